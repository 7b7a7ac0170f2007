// SPDX-License-Identifier: MIT
// Leaves of threads: thin covers of the scheduler and readers of a thread's record.
#include "runtime/array.h"
#include "runtime/semantics.h"
#include "runtime/thread.h"
#include "runtime/builtins/rows.h"

Value mx_thread_p_start(ExecCtx *ec, Value self, Value thread, Value proc, Value args) {
  return ec->vm->up->thread_start(ec, thread, proc, args) ? thread : VAL_EXC;
}

Value mx_thread_p_current(ExecCtx *ec, Value self) { return val_from_ptr(ec->thread); }

// Let the current thread have a mutex that nobody has. It keeps a list of those that it has, which
// are freed when it ends.
Value mx_thread_p_mutex_take(ExecCtx *ec, Value self, Value a) {
  if (!val_is_nil(mx_ivar_get(ec, a, SYM_iv_owner))) return VAL_FALSE;
  Value thread = val_from_ptr(ec->thread), held = mx_ivar_get(ec, thread, SYM_iv_mutexes);
  if (val_is_nil(held)) {
    held = mx_array_new(ec, 4);
    mx_ivar_set_hidden(ec, thread, SYM_iv_mutexes, held);
  }
  mx_array_push(ec, held, a);
  mx_ivar_set_hidden(ec, a, SYM_iv_owner, thread);
  return VAL_TRUE;
}

// Take a mutex from its thread; the one taken last is most often the first to be freed.
Value mx_thread_p_mutex_free(ExecCtx *ec, Value self, Value a) {
  Value held = mx_ivar_get(ec, mx_ivar_get(ec, a, SYM_iv_owner), SYM_iv_mutexes);
  uint32_t at = mx_array_len(held);
  while (at > 0 && mx_array_get(ec, held, at - 1) != a) at--;
  if (at > 0) mx_array_delete_at(ec, held, at - 1);
  mx_ivar_set_hidden(ec, a, SYM_iv_owner, VAL_NIL);
  return VAL_NIL;
}

Value mx_thread_p_main(ExecCtx *ec, Value self) { return val_from_ptr(ec->vm->scheduler->main); }

Value mx_thread_p_list(ExecCtx *ec, Value self) {
  Value list = mx_array_new(ec, 4);
  const ThreadObj *main = ec->vm->scheduler->main, *at = main;
  do {
    mx_array_push(ec, list, val_from_ptr(at));
    at = at->next;
  } while (at != main);
  return list;
}

Value mx_thread_p_pass(ExecCtx *ec, Value self) {
  return ec->vm->up->thread_pass(ec) ? VAL_NIL : VAL_EXC;
}

// Sleep for some seconds; nil: until woken.
Value mx_thread_p_park(ExecCtx *ec, Value self, Value seconds) {
  double limit = -1;
  if (!val_is_nil(seconds) && !mx_to_double(ec, seconds, &limit)) return VAL_EXC;
  return ec->vm->up->thread_park(ec, limit) ? VAL_NIL : VAL_EXC;
}

Value mx_thread_p_wake(ExecCtx *ec, Value self, Value thread) {
  ec->vm->up->thread_wake(ec, thread);
  return thread;
}

Value mx_thread_p_interrupt(ExecCtx *ec, Value self, Value thread, Value exception) {
  return ec->vm->up->thread_interrupt(ec, thread, exception) ? VAL_NIL : VAL_EXC;
}

Value mx_thread_p_kill(ExecCtx *ec, Value self, Value thread) {
  return ec->vm->up->thread_interrupt(ec, thread, VAL_UNDEF) ? thread : VAL_EXC;
}

// 0 runnable, 1 parked, 2 dead; 3 for one that is being killed.
Value mx_thread_p_state(ExecCtx *ec, Value self, Value v) {
  const ThreadObj *thread = val_to_thread(v);
  return val_from_fixnum(thread->killed && thread->state != THREAD_DEAD ? 3 : thread->state);
}

Value mx_thread_p_result(ExecCtx *ec, Value self, Value v) { return val_to_thread(v)->result; }

Value mx_thread_p_exception(ExecCtx *ec, Value self, Value v) {
  return val_to_thread(v)->exception;
}

// Lines of the frames of a thread, the innermost first; nil when it has ended.
Value mx_thread_p_backtrace(ExecCtx *ec, Value self, Value thread) {
  if (val_to_thread(thread)->state == THREAD_DEAD) return VAL_NIL;
  const Upcalls *up = ec->vm->up;
  ExecCtx *context = thread == val_from_ptr(ec->thread) ? ec : up->thread_context(thread);
  return up->render_backtrace(ec, up->capture_backtrace(context), -1);
}
