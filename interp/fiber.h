// SPDX-License-Identifier: MIT
// Fibers: coroutines with a C stack and a VM stack of their own. All guest code runs on one.
//
// Stacks come from mapped slabs and are reused. They are no roots: the collector scans a
// suspended fiber's stacks when it marks the fiber, so an abandoned fiber dies with its stacks'
// contents, and its stacks go back to the slabs when its finalizer runs.
// A switch saves the callee-saved registers and the stack pointer, nothing else.
#ifndef MX_INTERP_FIBER_H
#define MX_INTERP_FIBER_H

#include "runtime/params.h"
#include "runtime/vm.h"
#include "interp/fiber_stack.h"

typedef enum FiberState {
  FIBER_NEW,       // never resumed
  FIBER_RUNNING,   // current one of its thread
  FIBER_RESUMING,  // waits for a fiber that it resumed
  FIBER_SUSPENDED, // in Fiber.yield
  FIBER_DEAD,
} FiberState;

struct FiberObj {
  Header h;
  uint8_t state;     // FiberState
  bool transferred;  // entered by transfer: may not yield
  bool main;         // the thread's first fiber
  FiberStack stack;  // empty until first resumed
  void *saved_sp;    // C stack pointer while not running
  Value *saved_vsp;  // end of its VM stack while not running, NULL while it is
  ExecCtx *ec;       // its execution context
  FiberObj *resumer; // whom Fiber.yield returns to
  Value proc;        // body
  Value transfer;    // value on its way through a switch; first: Array of the block's arguments
  bool failed;       // the value is an exception to raise in the fiber switched to
  Value storage;     // Fiber[] storage
  Value match, line; // $~ and $_ of the body
  void *fake_stack;  // AddressSanitizer's record of the stack while not running
};

// A fiber other than a thread's first has fewer frames until its limit: its count begins here.
enum { FIBER_DEPTH_START = PARAM_MAX_DEPTH - PARAM_FIBER_DEPTH };
// Frames of a fiber that count.
static inline uint32_t mx_fiber_depth(const FiberObj *fiber) {
  return fiber->ec->depth - (fiber->main ? 0 : FIBER_DEPTH_START);
}

// Run fn(ec, data) on a big stack of its own as the main fiber, and return its result.
typedef Value (*FiberMain)(ExecCtx *ec, void *data);
MX_FUNC Value mx_fiber_run_main(VM *vm, FiberMain fn, void *data);

// Set up Fiber's allocator and how the collector scans suspended fibers.
MX_FUNC void mx_fiber_boot(ExecCtx *ec);

// ---- for the scheduler of threads
// A fiber that begins with entry(thread) when it is first switched to; NULL + FiberError.
MX_FUNC FiberObj *mx_fiber_for_thread(ExecCtx *ec, void *thread, void (*entry)(void *));
// Give back the stacks of a thread's first fiber, which runs on them: all that it still may do is
// to leave for another thread.
MX_FUNC void mx_fiber_end_thread(ExecCtx *ec);
// Leave a fiber of one thread for one of another.
MX_FUNC void mx_fiber_switch_thread(FiberObj *from, FiberObj *to);
// To be called first on a new stack.
MX_FUNC void mx_fiber_arrived(void);
// End what is pending at the end of a fiber's or thread's body: its exception, for whoever waits;
// nil for a thread that was killed. No jump leaves the stack that it began on.
MX_FUNC Value mx_fiber_escaped(ExecCtx *ec);

// Upcalls: what Fiber's methods do. FiberError when the fiber's state does not allow it.
MX_FUNC MX_MUST_CHECK bool mx_fiber_init(ExecCtx *ec, Value fiber, Value proc);
MX_FUNC MX_MUST_CHECK Value mx_fiber_resume(ExecCtx *ec, Value fiber, int argc, const Value *argv);
MX_FUNC MX_MUST_CHECK Value mx_fiber_yield(ExecCtx *ec, int argc, const Value *argv);
MX_FUNC MX_MUST_CHECK Value mx_fiber_transfer(ExecCtx *ec, Value fiber, int argc,
                                              const Value *argv);
MX_FUNC MX_MUST_CHECK Value mx_fiber_raise(ExecCtx *ec, Value fiber, Value exception);
MX_FUNC MX_MUST_CHECK Value mx_fiber_alive(ExecCtx *ec, Value fiber);

#endif
