// SPDX-License-Identifier: MIT
// Stacks of fibers: mapped in slabs, reused, and switched between.
#ifndef MX_INTERP_FIBER_STACK_H
#define MX_INTERP_FIBER_STACK_H

#include "runtime/vm.h"

typedef struct FiberStack {
  char *low;         // lowest usable address of the C stack; NULL while there is none
  char *high;        // one past its highest
  Value *vstack;     // VM stack, grows upward
  Value *vstack_end; // one past its last word
} FiberStack;

// Free stacks of one VM. A dead fiber's finalizer may run when its VM has ended, and inside another
// one, so the pool outlives the VM: it is collected memory, and closed then.
typedef struct StackPool StackPool;

// The pool of a VM.
MX_FUNC StackPool *mx_stack_pool(VM *vm);
// Take a stack for a fiber, or for a thread's first one; false when address space ran out.
MX_FUNC MX_MUST_CHECK bool mx_stack_take(VM *vm, bool thread, FiberStack *out);
// Give it back to the pool it came from; its pages may be reused at once.
MX_FUNC void mx_stack_give(StackPool *pool, FiberStack *stack);
// Map the main fiber's big stack; ends the process when that fails.
MX_FUNC void mx_stack_map_main(FiberStack *out);

// Lay out a fresh stack so that switching to it calls entry(arg), which never returns.
MX_FUNC void *mx_stack_prepare(const FiberStack *stack, void (*entry)(void *), void *arg);
// Close the pool of a VM that ends; the address space of its stacks stays mapped.
MX_FUNC void mx_stack_pool_free(VM *vm);

// Save the running stack's pointer in *save and go on where `next` was saved.
MX_FUNC void mx_stack_switch(void **save, void *next);

// Tell AddressSanitizer that nothing is known of a stack that is used anew. That writes an eighth
// of its size: 128 MB for a main stack, which does not need it, since its addresses are new.
MX_FUNC void mx_stack_forget(const FiberStack *stack);
// Tell AddressSanitizer of a switch: before (leaving NULL: the stack dies), and after it.
MX_FUNC void mx_stack_switch_start(void **leaving, const FiberStack *to);
MX_FUNC void mx_stack_switch_finish(void *fake);
// After the first switch to a fresh stack: also note the bounds of the one that was left.
MX_FUNC void mx_stack_switch_finish_first(FiberStack *left);

#endif
