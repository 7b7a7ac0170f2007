// SPDX-License-Identifier: MIT
// The clock of the scheduler: has the running context poll when a switch of threads is due.
//
// scheduler -(ask)-> ticker -(POLL_SWITCH)-> the context that runs -> mx_thread_poll
//
// It is a thread of the system, which sleeps unless something is asked of it. So the poll word is
// clear while a thread has the processor, and polls cost what they cost with one thread; a timer
// signal would do the same, but interrupt the system calls of C leaves. A slice is measured in
// processor time: a thread that the system lets wait is not preempted before it has done anything.
//
// A tick may be lost, when the context that is asked is left for another one at that moment. So it
// is repeated until the scheduler asks for something else or begins a slice.
#ifndef MX_INTERP_TICKER_H
#define MX_INTERP_TICKER_H

#include "runtime/vm.h"

typedef struct Ticker Ticker; // malloc

MX_FUNC Ticker *mx_ticker_new(VM *vm);
// End the thread, and free.
MX_FUNC void mx_ticker_free(Ticker *ticker);
// Ask for polls: when the slice that was begun last is over (if slices), and at a time of
// CLOCK_MONOTONIC in seconds (INFINITY: none). What was asked before does not count any more.
// False: the system gives no thread.
MX_FUNC bool mx_ticker_ask(Ticker *ticker, bool slices, double at);
// A slice begins.
MX_FUNC void mx_ticker_begin(Ticker *ticker);
// The process is copied: the child has no thread until it needs one.
MX_FUNC void mx_ticker_fork(Ticker *ticker, ForkStage stage);

#endif
