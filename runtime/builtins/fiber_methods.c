// SPDX-License-Identifier: MIT
// Fiber's leaves: thin covers of the engine's fibers.
#include "runtime/hash.h"
#include "runtime/builtins/rows.h"

Value mx_fiber_p_init(ExecCtx *ec, Value self, Value fiber, Value proc) {
  return ec->vm->up->fiber_init(ec, fiber, proc) ? fiber : VAL_EXC;
}

Value mx_fiber_m_resume(ExecCtx *ec, Value self, int argc, const Value *argv) {
  return ec->vm->up->fiber_resume(ec, self, argc, argv);
}

Value mx_fiber_m_transfer(ExecCtx *ec, Value self, int argc, const Value *argv) {
  return ec->vm->up->fiber_transfer(ec, self, argc, argv);
}

Value mx_fiber_m_alive(ExecCtx *ec, Value self) { return ec->vm->up->fiber_alive(ec, self); }

Value mx_fiber_p_raise(ExecCtx *ec, Value self, Value fiber, Value exception) {
  return ec->vm->up->fiber_raise(ec, fiber, exception);
}

Value mx_fiber_s_yield(ExecCtx *ec, Value self, int argc, const Value *argv) {
  return ec->vm->up->fiber_yield(ec, argc, argv);
}

Value mx_fiber_s_current(ExecCtx *ec, Value self) { return val_from_ptr(ec->fiber); }

// Storage of a fiber, made at need and kept in the running context.
Value mx_fiber_p_storage(ExecCtx *ec, Value self, Value fiber) {
  if (val_is_nil(ec->fiber_locals)) ec->fiber_locals = mx_hash_new(ec);
  return ec->fiber_locals;
}
