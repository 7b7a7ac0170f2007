// SPDX-License-Identifier: MIT
// Fibers: states, switches, and what the collector scans of them.
#include "interp/fiber.h"
#include "runtime/array.h"
#include "interp/invoke.h"
#include "interp/unwind.h"
#include "interp/watch.h"

static FiberObj *fiber_of(Value v) { return VAL_CAST(FiberObj, v); }

// Give a context the stacks of its fiber.
static void fiber_attach(FiberObj *fiber) {
  ExecCtx *ec = fiber->ec;
  ec->fiber = fiber;
  ec->vstack = ec->vsp = fiber->stack.vstack;
  ec->vstack_end = fiber->stack.vstack_end;
  ec->c_stack_limit = fiber->stack.low + PARAM_C_STACK_RESERVE;
  fiber->saved_vsp = fiber->stack.vstack;
}

// The stacks of a marked fiber: the C stack only while it is not running. A dead fiber whose cell
// is not swept yet may be marked again, by a word that looks like its address; its context may be
// something else by then. So only a running one's is looked into.
static void fiber_ranges(void *object, GcRangeMark mark, void *ctx) {
  FiberObj *fiber = object;
  if (!fiber->stack.low || !fiber->ec) return;
  mark(ctx, fiber->stack.vstack, fiber->saved_vsp ? fiber->saved_vsp : fiber->ec->vsp);
  if (fiber->state != FIBER_RUNNING && fiber->saved_sp)
    mark(ctx, fiber->saved_sp, fiber->stack.high);
}

// An abandoned fiber gives its stacks back.
static void fiber_finalize(void *object, void *pool) {
  mx_stack_give(pool, &((FiberObj *)object)->stack);
}

static Value fiber_allocate(ExecCtx *ec, ClassObj *klass) {
  FiberObj *fiber = mx_gc_alloc(ec->vm->lists, GC_KIND_FIBER, sizeof *fiber);
  fiber->h.shape = klass->instance_shape;
  fiber->h.flags = T_FIBER;
  if (!(klass->flags & CLASS_KEPT)) mx_object_hold_class(ec, val_from_ptr(fiber), klass);
  return val_from_ptr(fiber);
}

void mx_fiber_boot(ExecCtx *ec) {
  ec->vm->cls.Fiber->allocate = fiber_allocate;
  mx_gc_set_fiber_ranges(fiber_ranges);
}

// Leave `from` for `to`; returns when something switches back.
static void fiber_switch(FiberObj *from, FiberObj *to) {
  to->state = FIBER_RUNNING;
  from->saved_vsp = from->ec->vsp;
  to->saved_vsp = NULL;
  __atomic_store_n(&to->ec->vm->running, to->ec, __ATOMIC_RELAXED);
  uint32_t along = from->ec->poll & (POLL_SIGNAL | POLL_SWITCH);
  if (MX_UNLIKELY(along)) __atomic_or_fetch(&to->ec->poll, along, __ATOMIC_RELAXED);
  mx_gc_set_stack(to->stack.high);
  mx_stack_switch_start(from->state == FIBER_DEAD ? NULL : &from->fake_stack, &to->stack);
  mx_stack_switch(&from->saved_sp, to->saved_sp);
  mx_stack_switch_finish(from->fake_stack);
}

Value mx_fiber_escaped(ExecCtx *ec) {
  MX_ASSERT(ec->unwind == UNWIND_RAISE || ec->unwind == UNWIND_KILL,
            "a jump to a frame of another fiber");
  return mx_unwind_stop(ec);
}

// Whom a finished fiber goes back to.
static FiberObj *fiber_return_target(const FiberObj *fiber) {
  FiberObj *to = fiber->resumer;
  return to ? to : fiber->ec->vm->main_ec->fiber;
}

// First function on a fiber's stack.
static void fiber_begin(void *data) {
  FiberObj *fiber = data;
  ExecCtx *ec = fiber->ec;
  mx_stack_switch_finish(NULL);
  CallArgs args = {.argc = mx_array_len(fiber->transfer)};
  args.argv = mx_array_values(ec, fiber->transfer, args.argc);
  bool told = !mx_watch_wants(ec->vm, HOOK_FIBER_SWITCH) || mx_watch_fiber(ec);
  Value result = told ? mx_invoke_block(ec, &VAL_CAST(Proc, fiber->proc)->block, &args) : VAL_EXC;
  FiberObj *to = fiber_return_target(fiber);
  to->failed = val_is_exc(result);
  to->transfer = to->failed ? mx_fiber_escaped(ec) : result;
  fiber->state = FIBER_DEAD;
  fiber_switch(fiber, to);
  MX_UNREACHABLE();
}

bool mx_fiber_init(ExecCtx *ec, Value v, Value proc) {
  FiberObj *fiber = fiber_of(v);
  if (fiber->ec) {
    (void)mx_raise(ec, ec->vm->cls.RuntimeError, "cannot initialize fiber twice");
    return false;
  }
  fiber->proc = proc;
  fiber->ec = mx_ec_new(ec->vm);
  fiber->ec->fiber = fiber;
  fiber->ec->thread = ec->thread;
  fiber->storage = ec->fiber->storage;
  return true;
}

// Give a new fiber its stacks, at its first resume; thread: it is a thread's first one.
static bool fiber_start(ExecCtx *ec, FiberObj *fiber, bool thread) {
  if (!mx_stack_take(ec->vm, thread, &fiber->stack)) {
    (void)mx_raise(ec, ec->vm->cls.FiberError, "can't alloc machine stack to fiber");
    return false;
  }
  fiber_attach(fiber);
  fiber->ec->depth = thread ? 0 : FIBER_DEPTH_START;
  fiber->saved_sp = mx_stack_prepare(&fiber->stack, fiber_begin, fiber);
  mx_gc_on_death(fiber, fiber_finalize, mx_stack_pool(ec->vm));
  return true;
}

// Values on their way: none is nil, one is itself, several are an Array.
static Value fiber_values(ExecCtx *ec, int argc, const Value *argv) {
  if (argc == 0) return VAL_NIL;
  return argc == 1 ? argv[0] : mx_array_from(ec, argc, argv);
}

// Switch and, once back, take the value that arrived.
static Value fiber_pass(ExecCtx *ec, FiberObj *to) {
  FiberObj *self = ec->fiber;
  fiber_switch(self, to);
  self->state = FIBER_RUNNING;
  if (to->state == FIBER_DEAD) mx_stack_give(mx_stack_pool(ec->vm), &to->stack);
  Value value = self->transfer;
  self->transfer = VAL_NIL;
  bool failed = self->failed;
  self->failed = false;
  if (mx_watch_wants(ec->vm, HOOK_FIBER_SWITCH) && !mx_watch_fiber(ec)) return VAL_EXC;
  return failed ? mx_raise_value(ec, value) : value;
}

static Value fiber_error(ExecCtx *ec, const char *text) {
  return mx_raise(ec, ec->vm->cls.FiberError, "%s", text);
}

// Why a fiber cannot be resumed, or NULL.
static const char *fiber_refusal(const ExecCtx *ec, const FiberObj *fiber) {
  if (!fiber->ec) return "uninitialized fiber";
  if (fiber->state == FIBER_DEAD) return "attempt to resume a terminated fiber";
  if (fiber == ec->fiber) return "attempt to resume the current fiber";
  if (fiber->state == FIBER_RESUMING) return "attempt to resume a resuming fiber";
  if (fiber->transferred) return "attempt to resume a transferring fiber";
  return NULL;
}

// Put what a resume brings where the fiber will look for it.
static bool fiber_deliver(ExecCtx *ec, FiberObj *fiber, int argc, const Value *argv) {
  bool fresh = fiber->state == FIBER_NEW;
  if (fresh && !fiber_start(ec, fiber, false)) return false;
  fiber->transfer = fresh ? mx_array_from(ec, argc, argv) : fiber_values(ec, argc, argv);
  return true;
}

Value mx_fiber_resume(ExecCtx *ec, Value v, int argc, const Value *argv) {
  FiberObj *fiber = fiber_of(v);
  const char *refusal = fiber_refusal(ec, fiber);
  if (refusal) return fiber_error(ec, refusal);
  if (!fiber_deliver(ec, fiber, argc, argv)) return VAL_EXC;
  fiber->resumer = ec->fiber;
  ec->fiber->state = FIBER_RESUMING;
  return fiber_pass(ec, fiber);
}

Value mx_fiber_yield(ExecCtx *ec, int argc, const Value *argv) {
  FiberObj *self = ec->fiber, *to = self->resumer;
  if (!to) return fiber_error(ec, "attempt to yield on a not resumed fiber");
  to->transfer = fiber_values(ec, argc, argv);
  self->resumer = NULL;
  self->state = FIBER_SUSPENDED;
  return fiber_pass(ec, to);
}

Value mx_fiber_transfer(ExecCtx *ec, Value v, int argc, const Value *argv) {
  FiberObj *fiber = fiber_of(v);
  if (!fiber->ec) return fiber_error(ec, "uninitialized fiber");
  if (fiber->state == FIBER_DEAD) return fiber_error(ec, "dead fiber called");
  if (fiber->state == FIBER_RESUMING)
    return fiber_error(ec, "attempt to transfer to a resuming fiber");
  if (fiber->state == FIBER_SUSPENDED && !fiber->transferred && !fiber->main)
    return fiber_error(ec, "attempt to transfer to a yielding fiber");
  if (fiber == ec->fiber) return fiber_values(ec, argc, argv);
  if (!fiber_deliver(ec, fiber, argc, argv)) return VAL_EXC;
  fiber->transferred = !fiber->main;
  ec->fiber->state = FIBER_SUSPENDED;
  ec->fiber->transferred = !ec->fiber->main;
  return fiber_pass(ec, fiber);
}

Value mx_fiber_raise(ExecCtx *ec, Value v, Value exception) {
  FiberObj *fiber = fiber_of(v);
  if (fiber == ec->fiber) return mx_raise_value(ec, exception);
  const char *refusal = fiber_refusal(ec, fiber);
  if (fiber->ec && fiber->state == FIBER_NEW) refusal = "cannot raise exception on unborn fiber";
  if (refusal) return fiber_error(ec, refusal);
  fiber->transfer = exception;
  fiber->failed = true;
  fiber->resumer = ec->fiber;
  ec->fiber->state = FIBER_RESUMING;
  return fiber_pass(ec, fiber);
}

Value mx_fiber_alive(ExecCtx *ec, Value v) {
  const FiberObj *fiber = fiber_of(v);
  return fiber->ec ? val_bool(fiber->state != FIBER_DEAD) : fiber_error(ec, "uninitialized fiber");
}

FiberObj *mx_fiber_for_thread(ExecCtx *ec, void *thread, void (*entry)(void *)) {
  FiberObj *fiber = fiber_of(fiber_allocate(ec, ec->vm->cls.Fiber));
  if (!mx_fiber_init(ec, val_from_ptr(fiber), VAL_NIL) || !fiber_start(ec, fiber, true))
    return NULL;
  fiber->ec->thread = thread;
  fiber->main = true;
  fiber->state = FIBER_SUSPENDED;
  fiber->saved_sp = mx_stack_prepare(&fiber->stack, entry, thread);
  return fiber;
}

void mx_fiber_end_thread(ExecCtx *ec) { mx_stack_give(mx_stack_pool(ec->vm), &ec->fiber->stack); }

void mx_fiber_switch_thread(FiberObj *from, FiberObj *to) {
  from->state = FIBER_SUSPENDED;
  fiber_switch(from, to);
  from->state = FIBER_RUNNING;
}

void mx_fiber_arrived(void) { mx_stack_switch_finish(NULL); }

// The main fiber's body, and how to get back to the stack the process began on.
typedef struct FiberRoot {
  FiberMain fn;
  void *data;
  FiberObj *fiber;
  void *process_sp; // stack of the caller of mx_fiber_run_main
  void *fake_stack;
  Value result;
} FiberRoot;

static void fiber_root_begin(void *data) {
  FiberRoot *root = data;
  FiberStack process = {0};
  mx_stack_switch_finish_first(&process);
  root->result = root->fn(root->fiber->ec, root->data);
  void *dead;
  mx_stack_switch_start(NULL, &process);
  mx_stack_switch(&dead, root->process_sp);
  MX_UNREACHABLE();
}

Value mx_fiber_run_main(VM *vm, FiberMain fn, void *data) {
  ExecCtx *ec = vm->main_ec;
  FiberObj *fiber = VAL_CAST(FiberObj, fiber_allocate(ec, vm->cls.Fiber));
  fiber->ec = ec;
  fiber->main = true;
  fiber->state = FIBER_RUNNING;
  mx_stack_map_main(&fiber->stack);
  fiber_attach(fiber);
  fiber->saved_vsp = NULL;
  FiberRoot root = {fn, data, fiber, NULL, NULL, VAL_NIL};
  void *sp = mx_stack_prepare(&fiber->stack, fiber_root_begin, &root);
  void *process_end = mx_gc_stack();
  mx_gc_set_stack(fiber->stack.high);
  mx_stack_switch_start(&root.fake_stack, &fiber->stack);
  mx_stack_switch(&root.process_sp, sp);
  mx_gc_set_stack(process_end); // else the collector misses what the caller's locals point to
  mx_stack_switch_finish(root.fake_stack);
  fiber->saved_vsp = fiber->stack.vstack;
  return root.result;
}
