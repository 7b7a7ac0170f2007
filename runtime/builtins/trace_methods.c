// SPDX-License-Identifier: MIT
// Leaves of TracePoint: enabling, and what can be asked about the event that is told now.
#include "runtime/array.h"
#include "runtime/semantics.h"
#include "runtime/string.h"
#include "runtime/builtins/callable.h"
#include "runtime/builtins/rows.h"

// ---- enabling

// The events of a name; 0 for none. :a_call and :a_return stand for three each.
static uint32_t trace_event(VM *vm, Sym name) {
  const char *text = mx_sym_text(&vm->symtab, name);
  for (uint32_t i = 0; i < HOOK_NUMBERS; i++)
    if (strcmp(text, mx_hook_symbol(1u << i)) == 0) return 1u << i;
  if (strcmp(text, "a_call") == 0) return HOOK_CALL | HOOK_B_CALL | HOOK_C_CALL;
  if (strcmp(text, "a_return") == 0) return HOOK_RETURN | HOOK_B_RETURN | HOOK_C_RETURN;
  return 0;
}

// A TracePoint of Symbols, all events for none, and a Proc.
Value mx_trace_p_new(ExecCtx *ec, Value self, Value names, Value proc) {
  uint32_t events = mx_array_len(names) ? 0 : HOOK_ALL;
  for (uint32_t i = 0; i < mx_array_len(names); i++) {
    Sym name = val_to_sym(mx_array_get(ec, names, i));
    uint32_t event = trace_event(ec->vm, name);
    if (!event) return mx_raise_arg(ec, "unknown event: %s", mx_sym_text(&ec->vm->symtab, name));
    events |= event;
  }
  return mx_hook_new(ec, events, proc);
}

Value mx_trace_p_enabled(ExecCtx *ec, Value self, Value v) {
  return val_bool(mx_hook_of(v)->enabled);
}

// Is it enabled for a target?
Value mx_trace_p_targets(ExecCtx *ec, Value self, Value v) {
  return val_bool(mx_hook_of(v)->target != NULL);
}

// The thread that it is enabled for, or nil.
Value mx_trace_p_thread(ExecCtx *ec, Value self, Value v) { return mx_hook_of(v)->thread; }

// Is it told of an event of this name?
Value mx_trace_p_tells(ExecCtx *ec, Value self, Value v, Value name) {
  return val_bool((mx_hook_of(v)->events & trace_event(ec->vm, val_to_sym(name))) != 0);
}

// Tell it what happens everywhere from now on. thread: the only one to look at, or nil.
Value mx_trace_p_enable(ExecCtx *ec, Value self, Value v, Value thread) {
  mx_hook_of(v)->thread = thread;
  mx_hook_enable(ec, v);
  return VAL_NIL;
}

// Tell it from now on what happens in a Method, UnboundMethod or Proc. line: the only one whose
// :line is told, or nil. False: nothing ever happens there.
Value mx_trace_p_target(ExecCtx *ec, Value self, Value v, Value target, Value line) {
  Hook *hook = mx_hook_of(v);
  int64_t number = val_is_nil(line) ? 0 : val_to_fixnum(line);
  const void *code = ec->vm->up->hook_target(ec, target);
  if (!code && ec->unwind != UNWIND_NONE) return VAL_EXC;
  if (!code) return mx_raise_arg(ec, "specified target is not supported");
  if (!val_is_nil(line) && (number <= 0 || number > UINT32_MAX)) return VAL_FALSE;
  Hook wanted = *hook;
  wanted.target = code;
  wanted.line = (uint32_t)number;
  if (!ec->vm->up->hook_fits(ec, &wanted)) return VAL_FALSE;
  *hook = wanted;
  mx_hook_enable(ec, v);
  return VAL_TRUE;
}

Value mx_trace_p_disable(ExecCtx *ec, Value self, Value v) {
  mx_hook_disable(ec, v);
  return VAL_NIL;
}

// ---- TracePoint.allow_reentry

Value mx_trace_p_inside(ExecCtx *ec, Value self) { return val_bool(ec->event != NULL); }

// Events happen again, although hooks run: the one that is being told, for trace_again.
Value mx_trace_p_leave(ExecCtx *ec, Value self) {
  HookArg *event = ec->event;
  ec->event = NULL;
  return val_from_fixnum((int64_t)(intptr_t)event);
}

Value mx_trace_p_again(ExecCtx *ec, Value self, Value event) {
  ec->event = (HookArg *)(intptr_t)val_to_fixnum(event);
  return VAL_NIL;
}

// ---- set_trace_func

// A TracePoint that calls a Proc as set_trace_func does.
Value mx_trace_p_func(ExecCtx *ec, Value self, Value proc) {
  uint32_t events = 0;
  for (uint32_t i = 0; i < HOOK_NUMBERS; i++)
    if (*mx_hook_word(1u << i)) events |= 1u << i;
  Value v = mx_hook_new(ec, events, proc);
  mx_hook_of(v)->words = true;
  return v;
}

// ---- the event that is being told

// The event; NULL + RuntimeError where none is.
static const HookArg *trace_arg(ExecCtx *ec) {
  if (!ec->event) (void)mx_raise(ec, ec->vm->cls.RuntimeError, "access from outside");
  return ec->event;
}

static Value trace_unsupported(ExecCtx *ec) {
  return mx_raise(ec, ec->vm->cls.RuntimeError, "not supported by this event");
}

// Its value, if that is of a kind.
static Value trace_value(ExecCtx *ec, HookValue kind) {
  const HookArg *arg = trace_arg(ec);
  if (!arg) return VAL_EXC;
  return mx_hook_value(arg->event) == kind ? arg->value : trace_unsupported(ec);
}

Value mx_trace_m_event(ExecCtx *ec, Value self) {
  const HookArg *arg = trace_arg(ec);
  return arg ? val_from_sym(mx_sym(ec->vm, mx_hook_symbol(arg->event))) : VAL_EXC;
}

Value mx_trace_m_lineno(ExecCtx *ec, Value self) {
  const HookArg *arg = trace_arg(ec);
  return arg ? val_from_fixnum(arg->line) : VAL_EXC;
}

Value mx_trace_m_path(ExecCtx *ec, Value self) {
  const HookArg *arg = trace_arg(ec);
  if (!arg) return VAL_EXC;
  return val_is_string(arg->path) ? mx_str_dup(ec, arg->path) : arg->path;
}

Value mx_trace_m_self(ExecCtx *ec, Value self) {
  const HookArg *arg = trace_arg(ec);
  return arg ? arg->self : VAL_EXC;
}

Value mx_trace_m_method_id(ExecCtx *ec, Value self) {
  const HookArg *arg = trace_arg(ec);
  if (!arg) return VAL_EXC;
  return arg->me ? val_from_sym(arg->me->original_name) : VAL_NIL;
}

Value mx_trace_m_callee_id(ExecCtx *ec, Value self) {
  const HookArg *arg = trace_arg(ec);
  if (!arg) return VAL_EXC;
  return arg->me ? val_from_sym(arg->me->name) : VAL_NIL;
}

Value mx_trace_m_defined_class(ExecCtx *ec, Value self) {
  const HookArg *arg = trace_arg(ec);
  if (!arg) return VAL_EXC;
  return arg->me ? val_from_ptr(arg->me->owner) : VAL_NIL;
}

Value mx_trace_m_binding(ExecCtx *ec, Value self) {
  const HookArg *arg = trace_arg(ec);
  return arg ? ec->vm->up->hook_binding(ec, arg) : VAL_EXC;
}

Value mx_trace_m_parameters(ExecCtx *ec, Value self) {
  const HookArg *arg = trace_arg(ec);
  if (!arg) return VAL_EXC;
  const uint32_t methods = HOOK_CALL | HOOK_RETURN | HOOK_C_CALL | HOOK_C_RETURN;
  if (arg->block) return mx_callable_block_parameters(ec, arg->block, arg->block->is_lambda);
  if (!(arg->event & methods)) return trace_unsupported(ec);
  return mx_callable_parameters(ec, (MethodEntry *)(uintptr_t)arg->me);
}

Value mx_trace_m_return_value(ExecCtx *ec, Value self) {
  return trace_value(ec, HOOK_VALUE_RETURNED);
}

Value mx_trace_m_raised(ExecCtx *ec, Value self) { return trace_value(ec, HOOK_VALUE_RAISED); }

Value mx_trace_m_eval_script(ExecCtx *ec, Value self) { return trace_value(ec, HOOK_VALUE_SCRIPT); }
