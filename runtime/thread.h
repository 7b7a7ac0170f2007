// SPDX-License-Identifier: MIT
// Threads of the language: one runs at a time. Each is a chain of fibers with its own contexts;
// the scheduler (interp/scheduler.c) switches between them at polls and when one parks.
//
// While more than one is alive, POLL_SWITCH stays set and counts slices down; core library code
// is never preempted, so Mutex, Queue and their kind are plain code in core/thread.mx.
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
  Value match, line; // $~ and $_ of the body
  double wake_at;    // CLOCK_MONOTONIC seconds; infinite: until woken
  int wait_fd;       // file descriptor it waits for, or -1
  short wait_events; // poll(2) events wanted
  bool woken;        // wakeup came before or during the park
  bool killed;       // Thread#kill
  bool reported;     // its exception was printed
  uint8_t state;     // ThreadState
} ThreadObj;

struct Scheduler {
  ThreadObj *main;
  ThreadObj *current;
  uint32_t alive; // threads that are not dead
  uint32_t slice; // polls left of the current time slice
};

static inline ThreadObj *val_to_thread(Value v) { return VAL_CAST(ThreadObj, v); }

#endif
