// SPDX-License-Identifier: MIT
// Binary operators: one slow path for every engine.
//
// An operator on two built-in operands has a built-in meaning (op_builtin), which holds as long as
// nobody redefined the method. Everything else is a send. Core code passes over redefinitions.
//
// The built-in meanings here are those that scripts use all the time; an operator without one
// (say `*` on an Array) is a send that finds the same C leaf a little later.
#include "runtime/semantics.h"
#include "runtime/array.h"
#include "runtime/hash.h"
#include "runtime/integer.h"
#include "runtime/numeric.h"
#include "runtime/string.h"

// Is the value one of those that NUM's operators take?
static bool op_is_number(Value v) {
  if (val_is_fixnum(v) || val_is_flonum(v)) return true;
  if (!val_is_heap(v)) return false;
  TypeTag type = val_heap_type(v);
  return type == T_FLOAT || type == T_BIGNUM || type == T_RATIONAL || type == T_COMPLEX;
}

// Compute an order relation from the result of a comparison.
static Value op_order(Sym op, int order) {
  switch (op) {
  case SYM_EQ: return val_bool(order == 0);
  case SYM_NEQ: return val_bool(order != 0);
  case SYM_LT: return val_bool(order < 0);
  case SYM_LE: return val_bool(order <= 0);
  case SYM_GT: return val_bool(order > 0);
  case SYM_GE: return val_bool(order >= 0);
  case SYM_CMP: return val_from_fixnum(order);
  default: return VAL_UNDEF;
  }
}

// Concatenate two strings.
static Value op_concat(ExecCtx *ec, Value a, Value b) {
  Value result = mx_str_dup(ec, a);
  return mx_str_append(ec, result, b) ? result : VAL_EXC;
}

// Operators of two strings.
static Value op_strings(ExecCtx *ec, Sym op, Value a, Value b) {
  switch (op) {
  case SYM_PLUS: return op_concat(ec, a, b);
  case SYM_EQ:
  case SYM_EQQ: return val_bool(mx_str_eq(a, b));
  case SYM_NEQ: return val_bool(!mx_str_eq(a, b));
  default: return op_order(op, mx_str_cmp(a, b));
  }
}

// Operators of a symbol, nil, true or false: identity only.
static Value op_identity(Sym op, Value a, Value b) {
  if (op == SYM_EQ || op == SYM_EQQ) return val_bool(a == b);
  if (op == SYM_NEQ) return val_bool(a != b);
  return VAL_UNDEF;
}

// Operators of an array.
static Value op_array(ExecCtx *ec, Sym op, Value a, Value b) {
  if (op == SYM_AREF && val_is_fixnum(b)) return mx_array_get(ec, a, val_to_fixnum(b));
  if (op != SYM_LSHIFT) return VAL_UNDEF;
  if (!mx_object_check_frozen(ec, a)) return VAL_EXC;
  mx_array_push(ec, a, b);
  return a;
}

// Apply the built-in meaning of an operator; see semantics.h.
Value mx_op_builtin(ExecCtx *ec, Sym op, Value a, Value b) {
  if (op_is_number(a)) return op_is_number(b) ? mx_num_binary(ec, op, a, b) : VAL_UNDEF;
  if (!val_is_heap(a)) return op_identity(op, a, b);
  switch (val_heap_type(a)) {
  case T_STRING: return val_is_string(b) ? op_strings(ec, op, a, b) : VAL_UNDEF;
  case T_ARRAY: return op_array(ec, op, a, b);
  case T_HASH: return op == SYM_AREF ? mx_hash_fetch(ec, a, b) : VAL_UNDEF;
  default: return VAL_UNDEF;
  }
}

// The method that decides an operator besides its own: `!=` asks `==`, `<` on strings asks `<=>`.
static Sym op_underlying(Sym op, Value a) {
  if (op == SYM_NEQ) return SYM_EQ;
  bool relation = op == SYM_LT || op == SYM_LE || op == SYM_GT || op == SYM_GE;
  return relation && val_is_string(a) ? SYM_CMP : op;
}

// Has nobody redefined what the built-in meaning of `a op ...` stands for?
static bool op_is_pristine(ExecCtx *ec, Sym op, Value a) {
  if (!mx_method_is_builtin(ec, a, op)) return false;
  Sym under = op_underlying(op, a);
  return under == op || mx_method_is_builtin(ec, a, under);
}

// Does the value belong to a class that has built-in meanings at all?
static bool op_has_builtin(Value v) {
  if (!val_is_heap(v)) return true;
  TypeTag type = val_heap_type(v);
  return op_is_number(v) || type == T_STRING || type == T_ARRAY || type == T_HASH;
}

// Evaluate `a op b`.
Value mx_op_binary(ExecCtx *ec, Sym op, Value a, Value b) {
  if (val_both_fixnum(a, b) && op < BASIC_NAMES && op != SYM_NEQ &&
      MX_BASIC_PRISTINE(ec->vm, op, BASIC_INTEGER)) {
    Value result = mx_num_binary(ec, op, a, b);
    if (!val_is_undef(result)) return result;
  }
  if (op_has_builtin(a) && op_is_pristine(ec, op, a)) {
    Value result = mx_op_builtin(ec, op, a, b);
    if (!val_is_undef(result)) return result;
  }
  // A program gives inject the name of any method.
  bool internal = op >= BASIC_NAMES && mx_method_internal(mx_sym_text(&ec->vm->symtab, op));
  return internal ? mx_raise_no_method(ec, a, op, 0) : mx_send1(ec, a, op, b);
}
