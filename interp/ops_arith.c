// SPDX-License-Identifier: MIT
// Operators: which specialized form fits the operands, and the built-in meaning where it holds.
//
// In core code built-in meanings hold always; where refinements are active or hooks are to be told
// of calls, never; elsewhere as long as nobody redefined the operator for the class (assume.h).
#include "runtime/array.h"
#include "runtime/hash.h"
#include "runtime/numeric.h"
#include "runtime/semantics.h"
#include "runtime/string.h"
#include "interp/ops.h"

// Specialized forms by binary instruction: for two small Integers, for two immediate Floats, for
// two small Integers with a conditional jump behind.
typedef struct ArithForms {
  uint16_t ints, floats, ints_if; // StreamOp, 0 for none
} ArithForms;

static const ArithForms arith_forms[OP_COUNT] = {
    [OP_ADD] = {STREAM_ADD_INT, STREAM_ADD_FLOAT, 0},
    [OP_SUB] = {STREAM_SUB_INT, STREAM_SUB_FLOAT, 0},
    [OP_MUL] = {STREAM_MUL_INT, STREAM_MUL_FLOAT, 0},
    [OP_DIV] = {STREAM_DIV_INT, STREAM_DIV_FLOAT, 0},
    [OP_MOD] = {STREAM_MOD_INT, 0, 0},
    [OP_EQ] = {STREAM_EQ_INT, 0, STREAM_EQ_INT_IF},
    [OP_NE] = {STREAM_NE_INT, 0, STREAM_NE_INT_IF},
    [OP_LT] = {STREAM_LT_INT, STREAM_LT_FLOAT, STREAM_LT_INT_IF},
    [OP_LE] = {STREAM_LE_INT, STREAM_LE_FLOAT, STREAM_LE_INT_IF},
    [OP_GT] = {STREAM_GT_INT, STREAM_GT_FLOAT, STREAM_GT_INT_IF},
    [OP_GE] = {STREAM_GE_INT, STREAM_GE_FLOAT, STREAM_GE_INT_IF},
    [OP_LSHIFT] = {STREAM_LSHIFT_INT, 0, 0},
    [OP_RSHIFT] = {STREAM_RSHIFT_INT, 0, 0},
    [OP_BIT_AND] = {STREAM_BIT_AND_INT, 0, 0},
    [OP_BIT_OR] = {STREAM_BIT_OR_INT, 0, 0},
    [OP_BIT_XOR] = {STREAM_BIT_XOR_INT, 0, 0},
};

// BASIC_* bit of a value's class, 0 when its operators have no short cut. Subclasses of built-in
// classes may have operators of their own.
static uint32_t arith_class(const VM *vm, Value v) {
  if (val_is_fixnum(v)) return BASIC_INTEGER;
  if (val_is_flonum(v)) return BASIC_FLOAT;
  if (!val_is_heap(v)) {
    if (val_is_symbol(v)) return BASIC_SYMBOL;
    return val_is_nil(v) ? BASIC_NIL : v == VAL_TRUE ? BASIC_TRUE : BASIC_FALSE;
  }
  const ClassObj *klass = mx_shape_at(vm, val_header(v)->shape)->klass;
  switch (val_heap_type(v)) {
  case T_BIGNUM: return BASIC_INTEGER;
  case T_FLOAT: return BASIC_FLOAT;
  case T_STRING: return klass == vm->cls.String ? BASIC_STRING : 0;
  case T_ARRAY: return klass == vm->cls.Array ? BASIC_ARRAY : 0;
  case T_HASH: return klass == vm->cls.Hash ? BASIC_HASH : 0;
  default: return 0;
  }
}

// Does nobody but the class it was born with have a say in what a selector means for a value in
// this frame?
static bool arith_is_pristine(const ExecCtx *ec, const Frame *fr, Sym name, Value a) {
  if (fr->code->core) return true;
  if (fr->code->refined) return false;
  uint32_t klass = arith_class(ec->vm, a);
  if (!klass) return false;
  if (!MX_BASIC_PRISTINE(ec->vm, name, klass)) return false;
  Sym under = name == SYM_NEQ ? SYM_EQ : name;
  if (klass == BASIC_STRING &&
      (name == SYM_LT || name == SYM_LE || name == SYM_GT || name == SYM_GE))
    under = SYM_CMP;
  return MX_BASIC_PRISTINE(ec->vm, under, klass);
}

// May an operator be done without a call?
static bool arith_holds(const ExecCtx *ec, const Frame *fr, Sym name, Value a) {
  return arith_is_pristine(ec, fr, name, a) && (!ec->vm->hooked || fr->code->core);
}

// Has nobody redefined the method for a class that has literals?
static bool arith_is_born(const VM *vm, Value name) {
  return MX_BASIC_PRISTINE(vm, val_to_sym(name), BASIC_LITERALS);
}

bool mx_ops_fold_holds(ExecCtx *ec, const Frame *fr, Value names) {
  if (fr->code->refined || fr->lex->refinements || ec->vm->hooked) return false;
  if (val_is_symbol(names)) return arith_is_born(ec->vm, names);
  for (uint32_t i = 0; i < mx_array_len(names); i++)
    if (!arith_is_born(ec->vm, mx_array_get(ec, names, i))) return false;
  return true;
}

bool mx_ops_specialize(ExecCtx *ec, const Frame *fr, const uint32_t *ip, Value a, Value b) {
  if (ec->vm->handlers != HANDLERS_NORMAL || fr->code->refined) return false;
  OpCode base = mx_stream_base((StreamOp)*ip);
  uint32_t form = 0;
  bool jumps = mx_stream_is_branch(ip[2]);
  if (val_both_fixnum(a, b))
    form = jumps && arith_forms[base].ints_if ? arith_forms[base].ints_if : arith_forms[base].ints;
  else if (val_is_flonum(a) && val_is_flonum(b))
    form = arith_forms[base].floats;
  else if (base == OP_EQ || base == OP_NE)
    form = val_is_heap(a) || val_is_fixnum(a) || val_is_flonum(a) ? 0
           : base == OP_EQ                                        ? STREAM_EQ_IDENTITY
                                                                  : STREAM_NE_IDENTITY;
  else if (base == OP_INDEX_GET && arith_class(ec->vm, a) == BASIC_ARRAY && val_is_fixnum(b))
    form = STREAM_INDEX_GET_ARRAY;
  else if (base == OP_INDEX_GET && arith_class(ec->vm, a) == BASIC_HASH)
    form = STREAM_INDEX_GET_HASH;
  else if (base == OP_LSHIFT && arith_class(ec->vm, a) == BASIC_ARRAY)
    form = STREAM_LSHIFT_ARRAY;
  if (!form || form == *ip) return false;
  *(uint32_t *)(uintptr_t)ip = form;
  return true;
}

// Can a number be divided by it? Rationals and Complexes are not looked at: they may be 0.
static bool arith_divides(Value v) {
  if (val_is_float(v)) return val_to_double(v) != 0;
  return val_is_integer(v) && v != val_from_fixnum(0);
}

// Does the built-in meaning answer without raising? What raises is left to the call of the leaf,
// which then stands in the backtrace.
static bool arith_cannot_raise(Sym name, Value a, Value b) {
  if (val_is_string(a)) return name != SYM_PLUS;
  if (val_is_type(a, T_ARRAY)) return name == SYM_AREF;
  if (name == SYM_SLASH || name == SYM_PERCENT) return arith_divides(b);
  return name != SYM_LSHIFT && name != SYM_RSHIFT;
}

Value mx_ops_binary(ExecCtx *ec, const Frame *fr, Sym name, Value a, Value b) {
  if (!arith_holds(ec, fr, name, a)) return VAL_UNDEF;
  if (fr->code->core) return mx_op_builtin(ec, name, a, b);
  if (val_is_type(a, T_HASH)) return name == SYM_AREF ? mx_hash_fetch(ec, a, b) : VAL_UNDEF;
  return arith_cannot_raise(name, a, b) ? mx_op_builtin(ec, name, a, b) : VAL_UNDEF;
}

Value mx_ops_unary(ExecCtx *ec, const Frame *fr, Sym name, Value a) {
  if (name == SYM_BANG) {
    bool pristine = !ec->vm->basic.redefined[SYM_BANG] && !val_is_heap(a) && !fr->code->refined &&
                    !ec->vm->hooked;
    return pristine || fr->code->core ? val_bool(!val_truthy(a)) : VAL_UNDEF;
  }
  if (!arith_holds(ec, fr, name, a)) return VAL_UNDEF;
  if (val_is_fixnum(a)) return mx_num_binary(ec, SYM_MINUS, val_from_fixnum(0), a);
  return val_is_flonum(a) ? mx_float_new(ec, -val_to_flonum(a)) : VAL_UNDEF;
}

Value mx_ops_case_equal(ExecCtx *ec, const Frame *fr, Value pattern, Value v) {
  if (fr->code->refined && !fr->code->core) return VAL_UNDEF;
  if (val_is_class_or_module(pattern)) {
    if (ec->vm->hooked && !fr->code->core) return VAL_UNDEF;
    MethodCell *cell = mx_assume_method(ec->vm, mx_class_of(ec->vm, pattern), SYM_EQQ);
    bool builtin = mx_method_is_module_eqq(ec->vm, cell->me);
    return builtin ? val_bool(mx_is_a(ec->vm, v, VAL_CAST(ClassObj, pattern))) : VAL_UNDEF;
  }
  if (!arith_is_pristine(ec, fr, SYM_EQQ, pattern) || !arith_is_pristine(ec, fr, SYM_EQ, pattern))
    return VAL_UNDEF;
  uint32_t klass = arith_class(ec->vm, pattern);
  if (klass == BASIC_STRING) return val_bool(val_is_string(v) && mx_str_eq(pattern, v));
  if (klass & (BASIC_SYMBOL | BASIC_NIL | BASIC_TRUE | BASIC_FALSE)) return val_bool(pattern == v);
  if (val_both_fixnum(pattern, v)) return val_bool(pattern == v);
  return VAL_UNDEF;
}

Value mx_ops_rescues(ExecCtx *ec, const Frame *fr, Value klass, Value error) {
  if (fr->code->core) return val_bool(mx_is_a(ec->vm, error, VAL_CAST(ClassObj, klass)));
  return mx_ops_case_equal(ec, fr, klass, error);
}

bool mx_ops_index_set_core(ExecCtx *ec, Value a, Value i, Value v) {
  if (mx_object_is_frozen(ec, a)) return false;
  if (val_is_type(a, T_HASH)) return mx_hash_set(ec, a, i, v);
  if (!val_is_type(a, T_ARRAY) || !val_is_fixnum(i)) return false;
  int64_t at = val_to_fixnum(i);
  return at >= 0 && at <= (int64_t)mx_array_len(a) && mx_array_set(ec, a, at, v);
}

bool mx_ops_index_set(ExecCtx *ec, const Frame *fr, const uint32_t *ip, const Value *operands) {
  Value a = operands[0], i = operands[1];
  bool element = val_is_type(a, T_ARRAY) && val_is_fixnum(i);
  if (!fr->code->core && (!element || !arith_holds(ec, fr, SYM_ASET, a))) return false;
  bool plain = element && ec->vm->handlers == HANDLERS_NORMAL && !fr->code->refined &&
               val_header(a)->shape == ec->vm->cls.Array->instance_shape;
  if (plain) *(uint32_t *)(uintptr_t)ip = STREAM_INDEX_SET_ARRAY;
  return mx_ops_index_set_core(ec, a, i, operands[2]);
}
