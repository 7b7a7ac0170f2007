// SPDX-License-Identifier: MIT
// The scheduler of threads: round robin, switched at polls and when a thread parks.
#ifndef MX_INTERP_SCHEDULER_H
#define MX_INTERP_SCHEDULER_H

#include "runtime/thread.h"

// Make the main thread out of the main fiber.
MX_FUNC void mx_thread_boot(ExecCtx *ec);
// The VM ends.
MX_FUNC void mx_thread_close(const VM *vm);
// Start a thread that calls proc with args; it runs when it is switched to.
MX_FUNC MX_MUST_CHECK bool mx_thread_start(ExecCtx *ec, Value thread, Value proc, Value args);
// Let others run.
MX_FUNC MX_MUST_CHECK bool mx_thread_pass(ExecCtx *ec);
// Sleep until woken, for at most `seconds` (negative: no limit). false when interrupted by a raise.
MX_FUNC MX_MUST_CHECK bool mx_thread_park(ExecCtx *ec, double seconds);
// Wait until a file is ready (events of poll(2)); *ready is false on time-out.
MX_FUNC MX_MUST_CHECK bool mx_thread_wait_fd(ExecCtx *ec, int fd, short events, double seconds,
                                             bool *ready);
// A signal waits to be handled: true in the main thread, which handles it; another one lets the
// main thread run and answers false.
MX_FUNC bool mx_thread_pass_signal(ExecCtx *ec);
MX_FUNC void mx_thread_wake(ExecCtx *ec, Value thread);
// Raise an exception in a thread at its next poll; VAL_UNDEF kills it.
MX_FUNC MX_MUST_CHECK bool mx_thread_interrupt(ExecCtx *ec, Value thread, Value exception);
// The context that a live thread runs in.
MX_FUNC ExecCtx *mx_thread_context(Value thread);
// The process is copied.
MX_FUNC void mx_thread_fork(const VM *vm, ForkStage stage);
// A poll with POLL_SWITCH set.
MX_FUNC MX_MUST_CHECK bool mx_thread_poll(ExecCtx *ec);

#endif
