// SPDX-License-Identifier: MIT
// Writes the counts of processes that end at once or by a signal; linked into the Coverage build
// only.
//
// gcov writes its counts when a process exits, by what it has registered there; _exit and signals
// leave that out. The linker's --wrap has the calls of what ends a process so come here, by the
// names below.
#include "runtime/signal.h"

#include <gcov.h>
#include <unistd.h>

_Noreturn void mx_coverage_exit(int status) __asm__("__wrap__exit");
_Noreturn void mx_coverage_real_exit(int status) __asm__("__real__exit");
void mx_coverage_end_process(int number) __asm__("__wrap_mx_signal_end_process");
void mx_coverage_real_end_process(int number) __asm__("__real_mx_signal_end_process");

// Leave at once.
void mx_coverage_exit(int status) {
  __gcov_dump();
  mx_coverage_real_exit(status);
}

// Leave by a signal.
void mx_coverage_end_process(int number) {
  __gcov_dump();
  mx_coverage_real_end_process(number);
}
