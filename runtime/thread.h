// SPDX-License-Identifier: MIT
// Threads of the language: one runs at a time. Each is a chain of fibers with its own contexts;
// the scheduler (interp/scheduler.c) switches between them at polls and when one parks.
//
// POLL_SWITCH is set when a switch is due: the running thread has had its slice while others want
// to run, a sleeper's time has come (interp/ticker.h), or it is to be interrupted. Under
// --deterministic no clock is asked: while more than one is alive the bit stays set, and polls are
// counted. Core library code is not preempted, unless it goes on for a tenth of a second, so Mutex,
// Queue and their kind are plain code in core/thread.mx.
#ifndef MX_RUNTIME_THREAD_H
#define MX_RUNTIME_THREAD_H

#include "runtime/vm.h"

typedef enum ThreadState {
  THREAD_RUNNABLE,
  THREAD_PARKED, // sleeps until woken, until wake_at, or until its file is ready
  THREAD_DEAD,
} ThreadState;

typedef struct ThreadObj {
  Header h;
  const ForeignType *foreign; // T_FOREIGN's type word
  struct ThreadObj *next;     // ring of live threads
  struct ThreadObj *previous;
  FiberObj *fiber;   // fiber that runs, or will when the thread is switched to
  FiberObj *root;    // its first fiber
  Value proc;        // body; nil for the main thread
  Value args;        // Array of the body's arguments
  Value result;      // value of the body
  Value exception;   // what ended it, or nil
  Value interrupts;  // Array of exceptions to raise in it, oldest first
  double wake_at;    // CLOCK_MONOTONIC seconds; infinite: until woken
  int wait_fd;       // file descriptor it waits for, or -1
  short wait_events; // poll(2) events wanted
  bool woken;        // wakeup came before or during the park
  bool killed;       // Thread#kill
  bool reported;     // its exception was printed
  uint8_t state;     // ThreadState
} ThreadObj;

typedef struct Ticker Ticker; // interp/ticker.h

struct Scheduler {
  ThreadObj *main;
  ThreadObj *current;
  Ticker *ticker;   // has the running context poll when a switch is due
  double wake_at;   // no parked thread wants to run earlier: CLOCK_MONOTONIC seconds, or infinite
  uint32_t alive;   // threads that are not dead
  uint32_t refused; // polls in core code, one after the other, that did not switch
  uint32_t overdue; // rounds of them since a switch was due
  uint32_t deaf;    // likewise, that left a signal waiting for the main thread
  bool counts;      // slices are numbers of polls: --deterministic, or there is no ticker
  uint32_t slice;   // polls left of such a slice
};

static inline ThreadObj *val_to_thread(Value v) { return VAL_CAST(ThreadObj, v); }

#endif
