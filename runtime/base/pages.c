// SPDX-License-Identifier: MIT
// Asking the kernel for pages in advance.
//
// PERF: reading a file of 680 kB into new memory takes 2.7 ms of processor time on the machine this
// was measured on, of which 1.2 ms are the page faults (2026-11-28).
#include "runtime/base/pages.h"

#include <errno.h>
#include <sys/mman.h>

#ifndef MADV_POPULATE_WRITE
#define MADV_POPULATE_WRITE 23 // Linux 5.14; older kernels answer EINVAL
#endif

enum {
  PAGES_WORTH = 64 << 10, // bytes: below, the call costs what it saves
  PAGES_UNIT = 4096,      // bytes; where pages are larger, the hint is refused
};

void mx_pages_expect(void *memory, size_t bytes) {
  if (bytes < PAGES_WORTH) return;
  uintptr_t start = ((uintptr_t)memory + PAGES_UNIT - 1) / PAGES_UNIT * PAGES_UNIT;
  uintptr_t end = ((uintptr_t)memory + bytes) / PAGES_UNIT * PAGES_UNIT;
  int error = errno;
  (void)madvise((void *)start, end - start, MADV_POPULATE_WRITE);
  errno = error;
}
