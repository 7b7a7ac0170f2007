// SPDX-License-Identifier: MIT
// The two ways in which the VM itself ends the process: a broken invariant, no memory.
#include "runtime/base/check.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

// Report a broken invariant and abort, so that a debugger or a core file shows the place.
void mx_check_fail(const char *file, int line, const char *fmt, ...) {
  va_list args;
  va_start(args, fmt);
  fprintf(stderr, "metorex: internal error at %s:%d: ", file, line);
  vfprintf(stderr, fmt, args);
  fputc('\n', stderr);
  va_end(args);
  abort();
}

// End the process without touching the heap again.
void mx_check_out_of_memory(size_t bytes) {
  fprintf(stderr, "metorex: out of memory (%zu bytes)\n", bytes);
  _Exit(70);
}
