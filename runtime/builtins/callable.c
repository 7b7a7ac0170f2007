// SPDX-License-Identifier: MIT
// Arity, parameters and place of anything callable; see callable.h.
#include "runtime/builtins/callable.h"
#include "runtime/array.h"
#include "runtime/builtin.h"

// ---- blocks

bool mx_callable_is_lambda(const Block *block) {
  return block->is_lambda || block->kind == BLOCK_SYMBOL || block->kind == BLOCK_METHOD;
}

int mx_callable_block_arity(ExecCtx *ec, const Block *block, bool lambda) {
  switch ((BlockKind)block->kind) {
  case BLOCK_CODE: break;
  case BLOCK_SYMBOL: return -2;
  case BLOCK_METHOD: return mx_callable_arity(ec, VAL_CAST(MethodObj, block->value)->me);
  case BLOCK_C: return -1;
  }
  Block copy = *block;
  copy.is_lambda = lambda;
  return ec->vm->up->code_arity(ec, NULL, &copy);
}

// One anonymous parameter: [:rest].
static Value callable_param(ExecCtx *ec, const char *kind) {
  return MX_ARRAY_OF(ec, val_from_sym(mx_sym(ec->vm, kind)));
}

Value mx_callable_block_parameters(ExecCtx *ec, const Block *block, bool lambda) {
  switch ((BlockKind)block->kind) {
  case BLOCK_CODE: return ec->vm->up->code_parameters(ec, NULL, block, lambda);
  case BLOCK_SYMBOL:
    return MX_ARRAY_OF(ec, callable_param(ec, lambda ? "req" : "opt"), callable_param(ec, "rest"));
  case BLOCK_METHOD: return mx_callable_parameters(ec, VAL_CAST(MethodObj, block->value)->me);
  case BLOCK_C: return MX_ARRAY_OF(ec, callable_param(ec, "rest"));
  }
  MX_UNREACHABLE();
}

Value mx_callable_block_location(ExecCtx *ec, const Block *block) {
  if (block->kind == BLOCK_METHOD)
    return mx_callable_location(ec, VAL_CAST(MethodObj, block->value)->me);
  return block->kind == BLOCK_CODE ? ec->vm->up->code_location(ec, NULL, block) : VAL_NIL;
}

// ---- methods

// Arity of a C leaf.
static int callable_row_arity(const BuiltinRow *row) {
  return row->max_args == row->min_args ? row->min_args : -row->min_args - 1;
}

int mx_callable_arity(ExecCtx *ec, MethodEntry *me) {
  switch ((MethodKind)me->kind) {
  case METHOD_CORE:
  case METHOD_GUEST: return ec->vm->up->code_arity(ec, me, NULL);
  case METHOD_BUILTIN: return callable_row_arity(me->as.row);
  case METHOD_ATTR_WRITER: return 1;
  case METHOD_PROC: return mx_callable_block_arity(ec, &VAL_CAST(Proc, me->as.proc)->block, true);
  case METHOD_ATTR_READER:
  case METHOD_UNDEF:
  case METHOD_ZSUPER: return 0;
  }
  MX_UNREACHABLE();
}

// Parameters of a C leaf: nameless.
static Value callable_row_parameters(ExecCtx *ec, const BuiltinRow *row) {
  Value list = mx_array_new(ec, 4);
  for (int i = 0; i < row->min_args; i++) mx_array_push(ec, list, callable_param(ec, "req"));
  for (int8_t i = row->min_args; i < row->max_args; i++)
    mx_array_push(ec, list, callable_param(ec, "opt"));
  if (row->max_args == BUILTIN_VARIADIC) mx_array_push(ec, list, callable_param(ec, "rest"));
  return list;
}

Value mx_callable_parameters(ExecCtx *ec, MethodEntry *me) {
  switch ((MethodKind)me->kind) {
  case METHOD_CORE:
  case METHOD_GUEST: return ec->vm->up->code_parameters(ec, me, NULL, true);
  case METHOD_BUILTIN: return callable_row_parameters(ec, me->as.row);
  case METHOD_ATTR_WRITER: return MX_ARRAY_OF(ec, callable_param(ec, "req"));
  case METHOD_PROC:
    return mx_callable_block_parameters(ec, &VAL_CAST(Proc, me->as.proc)->block, true);
  case METHOD_ATTR_READER:
  case METHOD_UNDEF:
  case METHOD_ZSUPER: return mx_array_new(ec, 0);
  }
  MX_UNREACHABLE();
}

Value mx_callable_location(ExecCtx *ec, MethodEntry *me) {
  if (me->flags & METHOD_F_CORE) return VAL_NIL;
  if (me->kind == METHOD_GUEST) return ec->vm->up->code_location(ec, me, NULL);
  if (me->kind == METHOD_PROC)
    return mx_callable_block_location(ec, &VAL_CAST(Proc, me->as.proc)->block);
  return VAL_NIL;
}
