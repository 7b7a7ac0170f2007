// SPDX-License-Identifier: MIT
// Calls of C leaves: a few are instructions of IR, the others are called at their address. The
// receiver has been narrowed to the shape that the method was found for, and that is assumed.
//
// A leaf that runs no guest code and does not look at the frame needs no frames, unless it raises:
// then they are made afterwards (BackendHooks.raised). Many rows have to say that they may run
// guest code although they do so only to convert an argument: leaf_calm lists the kinds of
// arguments with which they don't.
#include "runtime/array.h"
#include "runtime/builtin.h"
#include "runtime/range.h"
#include "runtime/string.h"
#include "jit/record/build.h"
#include "jit/record/op_calls.h"

// ---- arguments

// Was the place only seen to hold plain Strings?
static bool leaf_is_string(const Builder *b, const TypeSet *seen) {
  return seen->kinds == SEEN_HEAP && seen->shape_count == 1 && !seen->boxed &&
         seen->shapes[0] == b->vm->cls.String->instance_shape;
}

// Were objects of one shape met in the place, which keep what objects of a type keep?
static bool leaf_is_type(const Builder *b, const TypeSet *seen, uint8_t type) {
  return seen->kinds == SEEN_HEAP && seen->shape_count == 1 && !seen->boxed &&
         mx_shape_at(b->vm, seen->shapes[0])->klass->instance_type == type;
}

// The only shape of a place, if its objects' hash and eql? are those that every object has; 0
// otherwise. That is assumed then.
static uint32_t leaf_identity_key(Builder *b, const TypeSet *seen) {
  if (seen->kinds != SEEN_HEAP || seen->shape_count != 1 || seen->boxed) return 0;
  ClassObj *klass = mx_shape_at(b->vm, seen->shapes[0])->klass;
  if (klass->instance_type != T_OBJECT) return 0;
  static const Sym names[] = {SYM_hash, SYM_eql};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    const MethodEntry *me = mx_assume_method(b->vm, klass, names[i])->me;
    if (!me || me->kind != METHOD_BUILTIN) return 0;
  }
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    mx_build_assume(b, mx_assume_method(b->vm, klass, names[i]));
  return seen->shapes[0];
}

// Were immediates, Floats and Strings met in the place, of more than one kind or shape? C hashes
// and compares all of them without asking the program.
static bool leaf_is_mixed_key(const Builder *b, const TypeSet *seen) {
  if (seen->many || !seen->kinds) return false;
  for (uint32_t i = 0; i < seen->shape_count; i++)
    if (mx_shape_at(b->vm, seen->shapes[i])->klass->instance_type != T_STRING) return false;
  return true;
}

// Leave unless it is such a key.
static void leaf_narrow_mixed_key(Builder *b, const IrRef *entry) {
  IrRef key = mx_build_val(b, *entry);
  BuildCall c = {(RtFn)mx_call_key, 0, RTE_REFUSES, NULL};
  mx_build_c_call(b, &c, 1, &key);
}

// Is a value a Range of Integers: a constant, or one that is made here, of Integers always?
static bool leaf_is_range(const Builder *b, IrRef ref) {
  ref = mx_build_root(b, ref);
  if (mx_ir_at(b->fn, ref)->op == IR_AS_VAL) ref = mx_build_root(b, mx_ir_at(b->fn, ref)->a[0]);
  IrOp op = (IrOp)mx_ir_at(b->fn, ref)->op;
  if (op != IR_KVAL && op != IR_KOBJ) return op == IR_NEW_RANGE;
  Value v = mx_ir_word(b->fn, ref);
  if (!val_is_type(v, T_RANGE)) return false;
  const RangeObj *range = VAL_CAST(const RangeObj, v);
  return val_is_fixnum(range->first) && (val_is_fixnum(range->last) || val_is_nil(range->last));
}

// Does an argument have the kind of a letter, as far as was seen?
static bool leaf_fits(Builder *b, char letter, IrRef ref, const TypeSet *seen) {
  IrType type = mx_build_type(b, mx_build_resolve(b, ref));
  bool any = type == IRT_VAL;
  bool string = (any || type == IRT_OBJ) && leaf_is_string(b, seen);
  bool flat = type == IRT_INT || type == IRT_BOOL;
  switch (letter) {
  case 'i': return type == IRT_INT || (any && seen->kinds == SEEN_INT);
  case 'd': return type == IRT_DOUBLE || (any && mx_seen_only(seen) == SEEN_FLOAT);
  case 's': return string;
  case 'r': return leaf_is_range(b, ref);
  case 'a': return (any || type == IRT_OBJ) && leaf_is_type(b, seen, T_ARRAY);
  case 'R': return (any || type == IRT_OBJ) && leaf_is_type(b, seen, T_RANGE);
  case 'n': return (any || type == IRT_OBJ) && mx_build_is_numbers(b, seen);
  case 'k':
    if (flat || string) return true;
    if ((any || type == IRT_OBJ) && leaf_identity_key(b, seen)) return true;
    return any && leaf_is_mixed_key(b, seen);
  default: return true;
  }
}

// Make sure of it.
static void leaf_narrow(Builder *b, char letter, IrRef *entry, const TypeSet *seen) {
  IrType type = mx_build_type(b, mx_build_resolve(b, *entry));
  if (letter == 'i' || (letter == 'k' && type == IRT_VAL && seen->kinds == SEEN_INT))
    mx_build_as(b, entry, IRT_INT);
  else if (letter == 'd')
    mx_build_as(b, entry, IRT_DOUBLE);
  else if (letter == 's' || (letter == 'k' && leaf_is_string(b, seen)))
    mx_build_as_shape(b, entry, b->vm->cls.String->instance_shape);
  else if (letter == 'n')
    mx_build_as_numbers(b, entry, seen);
  else if (letter == 'a' || letter == 'R' || (letter == 'k' && leaf_identity_key(b, seen)))
    mx_build_as_shape(b, entry, seen->shapes[0]);
  else if (letter == 'k' && type == IRT_VAL && seen->kinds == SEEN_SYMBOL)
    mx_build_guard(b, IR_GUARD_SYMBOL, mx_build_resolve(b, *entry), IR_NONE, 0);
  else if (letter == 'k' && type == IRT_VAL)
    leaf_narrow_mixed_key(b, entry);
}

// ---- leaves as instructions

// array.length
static bool leaf_array_length(Builder *b, const BuildLeaf *call) {
  IrRef array = mx_build_leaf_self(b, call);
  IrRef length = mx_build_emit(b, IR_FIELD_LOAD, array, IR_NONE, IR_NONE, IRF_ARRAY_LEN);
  mx_build_done(b, 1, mx_build_emit(b, IR_WORD_TO_INT, length, IR_NONE, IR_NONE, 0));
  return true;
}

static bool leaf_array_empty(Builder *b, const BuildLeaf *call) {
  IrRef array = mx_build_leaf_self(b, call);
  IrRef length = mx_build_emit(b, IR_FIELD_LOAD, array, IR_NONE, IR_NONE, IRF_ARRAY_LEN);
  IrRef zero = mx_ir_const(b->fn, IR_KWORD, 0);
  mx_build_done(b, 1, mx_build_emit(b, IR_WEQ, length, zero, IR_NONE, 0));
  return true;
}

// string.bytesize
static bool leaf_string_bytesize(Builder *b, const BuildLeaf *call) {
  IrRef length = mx_build_emit(b, IR_FIELD_LOAD, mx_build_leaf_self(b, call), IR_NONE, IR_NONE,
                               IRF_STRING_LEN);
  mx_build_done(b, 1, mx_build_emit(b, IR_WORD_TO_INT, length, IR_NONE, IR_NONE, 0));
  return true;
}

// The first byte of a String, which has room for a few itself.
static IrRef leaf_string_bytes(Builder *b, IrRef string) {
  IrRef flags = mx_build_emit(b, IR_FIELD_LOAD, string, IR_NONE, IR_NONE, IRF_FLAGS);
  IrRef heap = mx_ir_const(b->fn, IR_KWORD, FL_STR_HEAP);
  flags = mx_build_emit(b, IR_WAND, flags, heap, IR_NONE, 0);
  IrIns pick = {.op = IR_SELECT, .type = IRT_PTR, .snap = SNAP_NONE};
  pick.a[0] = mx_build_emit(b, IR_WEQ, flags, heap, IR_NONE, 0);
  pick.a[1] = mx_build_emit(b, IR_FIELD_LOAD, string, IR_NONE, IR_NONE, IRF_STRING_BYTES);
  pick.a[2] = mx_build_emit(b, IR_OFFSET, string, IR_NONE, IR_NONE, offsetof(String, as));
  return mx_ir_emit(b->fn, b->block, &pick);
}

// string.getbyte(i), where it was never asked for a byte outside.
static bool leaf_string_getbyte(Builder *b, const BuildLeaf *call) {
  if (mx_seen_only(&call->seen->out) != SEEN_INT) return false;
  if (!leaf_fits(b, 'i', *mx_build_top(b, 0), &call->seen->in[0])) return false;
  IrRef i = mx_build_as(b, mx_build_top(b, 0), IRT_INT), string = mx_build_leaf_self(b, call);
  if (b->block == IR_NO_BLOCK) return true;
  IrRef length = mx_build_emit(b, IR_FIELD_LOAD, string, IR_NONE, IR_NONE, IRF_STRING_LEN);
  length = mx_build_emit(b, IR_WORD_TO_INT, length, IR_NONE, IR_NONE, 0);
  IrRef inside = mx_build_emit(b, IR_BELOW, i, length, IR_NONE, 0);
  mx_build_guard(b, IR_GUARD_TRUE, inside, IR_NONE, 0);
  IrRef bytes = leaf_string_bytes(b, string);
  mx_build_done(b, 2, mx_build_emit(b, IR_BYTE_LOAD, bytes, i, IR_NONE, 0));
  return true;
}

// integer.to_f
static bool leaf_integer_to_f(Builder *b, const BuildLeaf *call) {
  IrRef n = mx_build_leaf_self(b, call);
  mx_build_done(b, 1, mx_build_emit(b, IR_INT_TO_DOUBLE, n, IR_NONE, IR_NONE, 0));
  return true;
}

// A binary operation of the Integer and a constant.
static bool leaf_integer_with(Builder *b, const BuildLeaf *call, IrOp op, int64_t n) {
  IrRef x = mx_build_leaf_self(b, call), y = mx_ir_int(b->fn, n);
  bool guard = mx_ir_info(op)->effect == IR_EFFECT_GUARD;
  mx_build_done(b, 1, guard ? mx_build_guard(b, op, x, y, 0) : mx_build_emit(b, op, x, y, 0, 0));
  return true;
}

static bool leaf_integer_succ(Builder *b, const BuildLeaf *call) {
  return leaf_integer_with(b, call, IR_ADD_OV, 1);
}
static bool leaf_integer_pred(Builder *b, const BuildLeaf *call) {
  return leaf_integer_with(b, call, IR_SUB_OV, 1);
}
static bool leaf_integer_not(Builder *b, const BuildLeaf *call) {
  return leaf_integer_with(b, call, IR_XOR, -1);
}
static bool leaf_integer_is_zero(Builder *b, const BuildLeaf *call) {
  return leaf_integer_with(b, call, IR_EQ, 0);
}
static bool leaf_integer_is_positive(Builder *b, const BuildLeaf *call) {
  return leaf_integer_with(b, call, IR_GT, 0);
}
static bool leaf_integer_is_negative(Builder *b, const BuildLeaf *call) {
  return leaf_integer_with(b, call, IR_LT, 0);
}

// Is the lowest bit of the Integer `bit`?
static bool leaf_integer_parity(Builder *b, const BuildLeaf *call, int64_t bit) {
  IrRef one = mx_ir_int(b->fn, 1);
  IrRef low = mx_build_emit(b, IR_AND, mx_build_leaf_self(b, call), one, IR_NONE, 0);
  mx_build_done(b, 1, mx_build_emit(b, IR_EQ, low, mx_ir_int(b->fn, bit), IR_NONE, 0));
  return true;
}

static bool leaf_integer_is_even(Builder *b, const BuildLeaf *call) {
  return leaf_integer_parity(b, call, 0);
}
static bool leaf_integer_is_odd(Builder *b, const BuildLeaf *call) {
  return leaf_integer_parity(b, call, 1);
}

// Operators that are called by their names, of two Integers.
static bool leaf_integer_operator(Builder *b, const BuildLeaf *call) {
  static const struct {
    const char *name;
    uint8_t op;
  } operators[] = {{"+", IR_ADD_OV}, {"-", IR_SUB_OV}, {"*", IR_MUL_OV}, {"<", IR_LT},
                   {"<=", IR_LE},    {">", IR_GT},     {">=", IR_GE},    {"==", IR_EQ}};
  size_t i = 0;
  while (strcmp(operators[i].name, call->row->name) != 0) i++;
  if (!leaf_fits(b, 'i', *mx_build_top(b, 0), &call->seen->in[0])) return false;
  IrRef y = mx_build_as(b, mx_build_top(b, 0), IRT_INT), x = mx_build_leaf_self(b, call);
  if (b->block == IR_NO_BLOCK) return true;
  bool guard = mx_ir_info((IrOp)operators[i].op)->effect == IR_EFFECT_GUARD;
  mx_build_done(b, 2,
                guard ? mx_build_guard(b, (IrOp)operators[i].op, x, y, 0)
                      : mx_build_emit(b, (IrOp)operators[i].op, x, y, IR_NONE, 0));
  return true;
}

// The receiver itself: to_i of an Integer, itself.
static bool leaf_itself(Builder *b, const BuildLeaf *call) {
  mx_build_done(b, 1, mx_build_leaf_self(b, call));
  return true;
}

// float.to_i
static bool leaf_float_to_i(Builder *b, const BuildLeaf *call) {
  mx_build_done(b, 1, mx_build_guard(b, IR_DOUBLE_TO_INT, mx_build_leaf_self(b, call), IR_NONE, 0));
  return true;
}

static bool leaf_float_abs(Builder *b, const BuildLeaf *call) {
  IrRef d = mx_build_leaf_self(b, call);
  mx_build_done(b, 1, mx_build_emit(b, IR_FABS, d, IR_NONE, IR_NONE, 0));
  return true;
}

static bool leaf_float_is_nan(Builder *b, const BuildLeaf *call) {
  IrRef d = mx_build_leaf_self(b, call);
  mx_build_done(b, 1, mx_build_emit(b, IR_FNE, d, d, IR_NONE, 0));
  return true;
}

static bool leaf_float_is_zero(Builder *b, const BuildLeaf *call) {
  IrRef zero = mx_ir_double(b->fn, 0.0);
  mx_build_done(b, 1, mx_build_emit(b, IR_FEQ, mx_build_leaf_self(b, call), zero, IR_NONE, 0));
  return true;
}

// Math.sqrt of what was always a Float, and not below 0.
static bool leaf_sqrt(Builder *b, const BuildLeaf *call) {
  IrRef *top = mx_build_top(b, 0);
  bool flat = mx_build_type(b, mx_build_resolve(b, *top)) == IRT_DOUBLE;
  if (!flat && mx_seen_only(&call->seen->in[0]) != SEEN_FLOAT) return false;
  IrRef d = mx_build_as(b, top, IRT_DOUBLE);
  if (b->block == IR_NO_BLOCK) return true;
  IrRef ok = mx_build_emit(b, IR_FGE, d, mx_ir_double(b->fn, 0.0), IR_NONE, 0);
  mx_build_guard(b, IR_GUARD_TRUE, ok, IR_NONE, 0);
  mx_build_done(b, 2, mx_build_emit(b, IR_FSQRT, d, IR_NONE, IR_NONE, 0));
  return true;
}

// An object and another value: are they one? The identity of a double is that of its box.
static bool leaf_identical(Builder *b, const BuildLeaf *call) {
  if (mx_build_type(b, mx_build_leaf_self(b, call)) == IRT_DOUBLE) return false;
  IrRef x = mx_build_val(b, *mx_build_top(b, 1)), y = mx_build_val(b, *mx_build_top(b, 0));
  mx_build_done(b, 2, mx_build_emit(b, IR_SAME, x, y, IR_NONE, 0));
  return true;
}

// Kernel#nil? of what is not nil, and ! of what is true.
static bool leaf_false(Builder *b, const BuildLeaf *call) {
  IrType type = mx_build_type(b, mx_build_leaf_self(b, call));
  if (type != IRT_OBJ && type != IRT_INT && type != IRT_DOUBLE) return false;
  mx_build_done(b, 1, mx_ir_bool(b->fn, false));
  return true;
}

static bool leaf_true(Builder *b, const BuildLeaf *call) {
  (void)call;
  mx_build_done(b, 1, mx_ir_bool(b->fn, true));
  return true;
}

// hash[key] of a key that C can look up without asking the program. Refusing costs an exit: where
// a Proc may be asked for a default, the leaf is called as one that runs guest code.
static bool leaf_hash_get(Builder *b, const BuildLeaf *call) {
  if (call->seen->outside || !leaf_fits(b, 'k', *mx_build_top(b, 0), &call->seen->in[0]))
    return false;
  leaf_narrow(b, 'k', mx_build_top(b, 0), &call->seen->in[0]);
  if (b->block == IR_NO_BLOCK) return true;
  IrRef refs[] = {mx_build_val(b, *mx_build_top(b, 1)), mx_build_val(b, *mx_build_top(b, 0))};
  BuildCall c = {(RtFn)mx_call_hash_get, 1, RTE_REFUSES, NULL};
  mx_build_done(b, 2, mx_build_c_call(b, &c, 2, refs));
  return true;
}

// integer ** integer: the square by a multiplication, others by C.
static bool leaf_integer_power(Builder *b, const BuildLeaf *call) {
  if (!leaf_fits(b, 'i', *mx_build_top(b, 0), &call->seen->in[0])) return false;
  IrRef y = mx_build_as(b, mx_build_top(b, 0), IRT_INT), x = mx_build_leaf_self(b, call);
  if (b->block == IR_NO_BLOCK) return true;
  bool square = mx_ir_at(b->fn, y)->op == IR_KINT && mx_ir_word(b->fn, y) == 2;
  IrRef refs[] = {mx_build_val(b, x), mx_build_val(b, y)};
  BuildCall c = {(RtFn)mx_call_power, 1, RTE_COLLECTS | RTE_REFUSES, NULL};
  mx_build_done(b, 2,
                square ? mx_build_guard(b, IR_MUL_OV, x, x, 0) : mx_build_c_call(b, &c, 2, refs));
  return true;
}

// dup of a plain Array or String.
static bool leaf_dup(Builder *b, const BuildLeaf *call) {
  IrRef self = mx_build_leaf_self(b, call);
  uint32_t shape = mx_build_shape(b, self);
  bool array = shape == b->vm->cls.Array->instance_shape;
  if (!array && shape != b->vm->cls.String->instance_shape) return false;
  static const Sym names[] = {SYM_initialize_dup, SYM_initialize_copy};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    const MethodCell *cell = mx_assume_method(b->vm, mx_shape_at(b->vm, shape)->klass, names[i]);
    if (!cell->me || cell->me->kind != METHOD_BUILTIN) return false;
    mx_build_assume(b, cell);
  }
  IrRef v = mx_build_val(b, self);
  BuildCall c = {array ? (RtFn)mx_array_dup : (RtFn)mx_str_dup, 0, RTE_COLLECTS, NULL};
  IrRef copy = mx_build_c_call(b, &c, 1, &v);
  copy = mx_build_emit(b, IR_AS_OBJ, copy, IR_NONE, IR_NONE, 0);
  mx_build_shape_is(b, copy, shape);
  mx_build_done(b, 1, copy);
  return true;
}

// array.push(v) is array << v.
static bool leaf_push(Builder *b, const BuildLeaf *call) {
  IrRef self = mx_build_leaf_self(b, call);
  bool plain = mx_build_shape(b, self) == b->vm->cls.Array->instance_shape;
  if (call->argc != 1 || !plain) return false;
  mx_build_append(b, self, &call->seen->in[0]);
  return true;
}

// range.begin and range.end
static bool leaf_range_first(Builder *b, const BuildLeaf *call) {
  IrRef range = mx_build_leaf_self(b, call);
  mx_build_done(b, 1, mx_build_emit(b, IR_FIELD_LOAD, range, IR_NONE, IR_NONE, IRF_RANGE_FIRST));
  return true;
}

static bool leaf_range_last(Builder *b, const BuildLeaf *call) {
  IrRef range = mx_build_leaf_self(b, call);
  mx_build_done(b, 1, mx_build_emit(b, IR_FIELD_LOAD, range, IR_NONE, IR_NONE, IRF_RANGE_LAST));
  return true;
}

// empty? of a Hash that is as this code has made it.
static bool leaf_hash_empty(Builder *b, const BuildLeaf *call) {
  uint32_t count;
  const IrRef *pairs;
  if (!mx_build_pairs(b, mx_build_leaf_self(b, call), &count, &pairs)) return false;
  mx_build_done(b, 1, mx_ir_bool(b->fn, count == 0));
  return true;
}

// A builtin's row and what builds a call of it.
typedef struct LeafBuilder {
  uint16_t class_offset; // of the row: its class in BootClasses
  const char *name;      // of the row
  bool (*build)(Builder *b, const BuildLeaf *call);
} LeafBuilder;

#define CLASS(Name) offsetof(BootClasses, Name)

static const LeafBuilder leaf_builders[] = {
    {CLASS(Array), "length", leaf_array_length},
    {CLASS(Array), "empty?", leaf_array_empty},
    {CLASS(Array), "push", leaf_push},
    {CLASS(Array), "append", leaf_push},
    {CLASS(String), "bytesize", leaf_string_bytesize},
    {CLASS(String), "getbyte", leaf_string_getbyte},
    {CLASS(Integer), "to_f", leaf_integer_to_f},
    {CLASS(Integer), "succ", leaf_integer_succ},
    {CLASS(Integer), "pred", leaf_integer_pred},
    {CLASS(Integer), "~", leaf_integer_not},
    {CLASS(Integer), "**", leaf_integer_power},
    {CLASS(Integer), "zero?", leaf_integer_is_zero},
    {CLASS(Integer), "positive?", leaf_integer_is_positive},
    {CLASS(Integer), "negative?", leaf_integer_is_negative},
    {CLASS(Integer), "even?", leaf_integer_is_even},
    {CLASS(Integer), "odd?", leaf_integer_is_odd},
    {CLASS(Integer), "+", leaf_integer_operator},
    {CLASS(Integer), "-", leaf_integer_operator},
    {CLASS(Integer), "*", leaf_integer_operator},
    {CLASS(Integer), "<", leaf_integer_operator},
    {CLASS(Integer), "<=", leaf_integer_operator},
    {CLASS(Integer), ">", leaf_integer_operator},
    {CLASS(Integer), ">=", leaf_integer_operator},
    {CLASS(Integer), "==", leaf_integer_operator},
    {CLASS(Integer), "to_i", leaf_itself},
    {CLASS(Float), "to_i", leaf_float_to_i},
    {CLASS(Float), "to_f", leaf_itself},
    {CLASS(Float), "abs", leaf_float_abs},
    {CLASS(Float), "nan?", leaf_float_is_nan},
    {CLASS(Float), "zero?", leaf_float_is_zero},
    {CLASS(Math), "sqrt", leaf_sqrt},
    {CLASS(Hash), "[]", leaf_hash_get},
    {CLASS(Hash), "empty?", leaf_hash_empty},
    {CLASS(Range), "begin", leaf_range_first},
    {CLASS(Range), "end", leaf_range_last},
    {CLASS(BasicObject), "==", leaf_identical},
    {CLASS(BasicObject), "!", leaf_false},
    {CLASS(Kernel), "__method__", mx_build_leaf_method_name},
    {CLASS(Kernel), "throw", mx_build_leaf_throw},
    {CLASS(Kernel), "!~", mx_build_match_not},
    {CLASS(Kernel), "nil?", leaf_false},
    {CLASS(Kernel), "itself", leaf_itself},
    {CLASS(Kernel), "dup", leaf_dup},
    {CLASS(BasicObject), "!=", mx_build_leaf_not_equal},
    {CLASS(Kernel), "class", mx_build_leaf_class},
    {CLASS(Kernel), "is_a?", mx_build_leaf_is_a},
    {CLASS(Kernel), "frozen?", mx_build_leaf_is_frozen},
    {CLASS(Kernel), "respond_to?", mx_build_leaf_respond_to},
    {CLASS(Kernel), "instance_variable_get", mx_build_leaf_ivar_get},
    {CLASS(Kernel), "instance_variable_set", mx_build_leaf_ivar_set},
    {CLASS(NilClass), "nil?", leaf_true},
};

// Instructions compute with Integers of 63 bits; others are objects, of the same class.
static bool leaf_is_wide(Builder *b, const BuildLeaf *call) {
  return call->row->class_offset == CLASS(Integer) &&
         mx_build_type(b, mx_build_leaf_self(b, call)) != IRT_INT;
}

static bool leaf_as_instructions(Builder *b, const BuildLeaf *call) {
  if (leaf_is_wide(b, call)) return false;
  for (size_t i = 0; i < sizeof leaf_builders / sizeof *leaf_builders; i++) {
    const LeafBuilder *builder = &leaf_builders[i];
    if (builder->class_offset == call->row->class_offset &&
        strcmp(builder->name, call->row->name) == 0)
      return builder->build(b, call);
  }
  return false;
}

// ---- leaves by their address

// Arguments with which a leaf runs no guest code and does not look at the frame.
typedef struct LeafCalm {
  uint16_t class_offset; // of the row
  const char *name;      // of the row
  const char *args;      // a letter for each: i Integer of 63 bits, d Float, s String, k key of a
                         // Hash (an immediate, a String, an object that is no other's equal), a
                         // Array, n one that keeps Integers or Floats, R Range, r one that is
                         // known to be of Integers, v any value
} LeafCalm;

static const LeafCalm leaf_calm[] = {
    {CLASS(Array), "[]", "i"},
    {CLASS(Array), "[]", "ii"},
    {CLASS(Array), "[]=", "iv"},
    {CLASS(Array), "at", "i"},
    {CLASS(Array), "pop", ""},
    {CLASS(Array), "pop", "i"},
    {CLASS(Array), "shift", ""},
    {CLASS(Array), "shift", "i"},
    {CLASS(Array), "first", ""},
    {CLASS(Array), "first", "i"},
    {CLASS(Array), "last", ""},
    {CLASS(Array), "last", "i"},
    {CLASS(Array), "take", "i"},
    {CLASS(Array), "drop", "i"},
    {CLASS(Array), "delete_at", "i"},
    {CLASS(Array), "rotate", ""},
    {CLASS(Array), "rotate", "i"},
    {CLASS(Array), "*", "i"},
    {CLASS(Array), "+", "a"},
    {CLASS(Array), "concat", "a"},
    {CLASS(Array), "replace", "a"},
    {CLASS(Hash), "[]=", "kv"},
    {CLASS(Hash), "key?", "k"},
    {CLASS(Integer), "**", "d"},
    {CLASS(Integer), "[]", "i"},
    {CLASS(Integer), "<=>", "i"},
    {CLASS(Integer), "<=>", "d"},
    {CLASS(Integer), "fdiv", "i"},
    {CLASS(Integer), "fdiv", "d"},
    {CLASS(Integer), "div", "i"},
    {CLASS(Integer), "divmod", "i"},
    {CLASS(Integer), "remainder", "i"},
    {CLASS(Integer), "floor", ""},
    {CLASS(Integer), "ceil", ""},
    {CLASS(Integer), "truncate", ""},
    {CLASS(Integer), "to_s", ""},
    {CLASS(Integer), "to_s", "i"},
    {CLASS(Integer), "chr", ""},
    {CLASS(Integer), "digits", ""},
    {CLASS(Float), "%", "d"},
    {CLASS(Float), "%", "i"},
    {CLASS(Float), "**", "d"},
    {CLASS(Float), "**", "i"},
    {CLASS(Float), "<=>", "d"},
    {CLASS(Float), "<=>", "i"},
    {CLASS(Float), "divmod", "d"},
    {CLASS(Float), "divmod", "i"},
    {CLASS(Float), "floor", ""},
    {CLASS(Float), "ceil", ""},
    {CLASS(Float), "truncate", ""},
    {CLASS(String), "==", "s"},
    {CLASS(String), "<=>", "s"},
    {CLASS(String), "+", "s"},
    {CLASS(String), "*", "i"},
    {CLASS(String), "<<", "s"},
    {CLASS(String), "<<", "i"},
    {CLASS(String), "[]", "i"},
    {CLASS(String), "[]", "ii"},
    {CLASS(String), "[]", "s"},
    {CLASS(String), "[]", "r"},
    {CLASS(String), "[]=", "is"},
    {CLASS(String), "[]=", "iis"},
    {CLASS(String), "[]=", "ss"},
    {CLASS(String), "getbyte", "i"},
    {CLASS(String), "setbyte", "ii"},
    {CLASS(String), "byteslice", "i"},
    {CLASS(String), "byteslice", "ii"},
    {CLASS(String), "index", "s"},
    {CLASS(String), "index", "si"},
    {CLASS(String), "rindex", "s"},
    {CLASS(String), "rindex", "si"},
    {CLASS(String), "include?", "s"},
    {CLASS(String), "start_with?", "s"},
    {CLASS(String), "end_with?", "s"},
    {CLASS(String), "to_i", ""},
    {CLASS(String), "chomp", ""},
    {CLASS(String), "strip", ""},
    {CLASS(String), "lstrip", ""},
    {CLASS(String), "rstrip", ""},
    {CLASS(String), "upcase", ""},
    {CLASS(String), "downcase", ""},
    {CLASS(String), "capitalize", ""},
    {CLASS(String), "swapcase", ""},
    {CLASS(String), "count", "s"},
    {CLASS(String), "delete", "s"},
    {CLASS(String), "squeeze", ""},
    {CLASS(String), "tr", "ss"},
    {CLASS(String), "delete_prefix", "s"},
    {CLASS(String), "delete_suffix", "s"},
    {CLASS(String), "center", "i"},
    {CLASS(String), "ljust", "i"},
    {CLASS(String), "ljust", "is"},
    {CLASS(String), "rjust", "i"},
    {CLASS(String), "rjust", "is"},
    {CLASS(Struct), "[]", "k"},
    {CLASS(Struct), "[]=", "kv"},
    {CLASS(Math), "sin", "d"},
    {CLASS(Math), "cos", "d"},
    {CLASS(Math), "tan", "d"},
    {CLASS(Math), "atan", "d"},
    {CLASS(Math), "exp", "d"},
    {CLASS(Math), "log", "d"},
    {CLASS(Math), "log2", "d"},
    {CLASS(Math), "log10", "d"},
    {CLASS(Math), "cbrt", "d"},
    {CLASS(Math), "atan2", "dd"},
    {CLASS(Math), "hypot", "dd"},
    {CLASS(Math), "sqrt", "d"},
    {CLASS(Math), "sqrt", "i"},
};

#undef CLASS

// Likewise primitives of core code.
static const LeafCalm leaf_calm_primitives[] = {
    {0, "hash_position", "vk"}, {0, "hash_remove", "vk"}, {0, "compare", "ii"},
    {0, "compare", "dd"},       {0, "compare", "ss"},     {0, "order", "ivv"},
    {0, "to_long", "i"},        {0, "to_int", "i"},       {0, "array_sum", "ni"},
    {0, "array_sum", "nd"},     {0, "hash_tally", "vk"},
};

// Arguments with which a leaf may run guest code, but does not look at the frame.
static const LeafCalm leaf_frameless[] = {
    {offsetof(BootClasses, String), "[]", "R"},
    {offsetof(BootClasses, String), "[]=", "Rs"},
};

// Do the arguments fit an entry of the list?
static bool leaf_fits_all(Builder *b, const BuildLeaf *call, const LeafCalm *calm) {
  if (strcmp(calm->name, call->row->name) != 0 || strlen(calm->args) != call->argc) return false;
  for (uint32_t at = 0; at < call->argc; at++) {
    uint32_t depth = call->argc - 1 - at;
    if (!leaf_fits(b, calm->args[at], *mx_build_top(b, depth), &call->seen->in[depth]))
      return false;
  }
  return true;
}

// The entry of the list for these arguments, or NULL.
static const LeafCalm *leaf_find(Builder *b, const BuildLeaf *call, const LeafCalm *list,
                                 size_t count) {
  bool primitive = call->row->home == HOME_PRIMITIVE;
  if (call->argc > SEEN_MAX_OPERANDS) return NULL;
  for (size_t i = 0; i < count; i++)
    if ((primitive || list[i].class_offset == call->row->class_offset) &&
        leaf_fits_all(b, call, &list[i]))
      return &list[i];
  return NULL;
}

// Make sure of the arguments of an entry; false when there is none.
static bool leaf_narrow_all(Builder *b, const BuildLeaf *call, const LeafCalm *calm) {
  for (uint32_t at = 0; calm && at < call->argc && b->block != IR_NO_BLOCK; at++) {
    uint32_t depth = call->argc - 1 - at;
    leaf_narrow(b, calm->args[at], mx_build_top(b, depth), &call->seen->in[depth]);
  }
  return calm != NULL;
}

// Make the leaf one that runs no guest code; false when it may.
static bool leaf_calms(Builder *b, const BuildLeaf *call) {
  if (!(call->row->effects & (E_GUEST | E_FRAME))) return true;
  bool primitive = call->row->home == HOME_PRIMITIVE;
  const LeafCalm *list = primitive ? leaf_calm_primitives : leaf_calm;
  size_t count = primitive ? MX_COUNT_OF(leaf_calm_primitives) : MX_COUNT_OF(leaf_calm);
  return leaf_narrow_all(b, call, leaf_find(b, call, list, count));
}

// Make the leaf one that does not look at its caller's frame; false when it may.
static bool leaf_is_frameless(Builder *b, const BuildLeaf *call) {
  if (!(call->row->effects & E_FRAME)) return true;
  size_t count = MX_COUNT_OF(leaf_frameless);
  return call->row->home != HOME_PRIMITIVE &&
         leaf_narrow_all(b, call, leaf_find(b, call, leaf_frameless, count));
}

// Does the number of arguments fit?
static bool leaf_takes(const BuiltinRow *row, uint32_t argc) {
  return argc >= (uint32_t)row->min_args &&
         (row->max_args == BUILTIN_VARIADIC || argc <= (uint32_t)row->max_args);
}

// What the IR calls the effects of a row.
static uint32_t leaf_effects(uint8_t effects) {
  return (effects & E_WRITES ? RTE_WRITES : 0) | (effects & E_ALLOC ? RTE_COLLECTS : 0) |
         (effects & E_RAISES ? RTE_RAISES : 0) | (effects & E_BORROWS ? RTE_BORROWS : 0);
}

IrRef mx_build_c_call(Builder *b, const BuildCall *call, uint32_t count, const IrRef *refs) {
  uint32_t number = mx_build_site(b, NULL, count - 1, 0);
  IrSite *site = &b->fn->sites.at[number];
  site->effects = call->effects;
  site->leaf = call->function;
  site->params = call->params;
  site->method = call->method;
  if (call->method) mx_ir_const(b->fn, IR_KPTR, val_from_ptr(call->method)); // keeps it alive
  IrIns ins = {.op = IR_CALL_LEAF, .imm = number, .snap = SNAP_NONE};
  if (call->effects & RTE_LEAVES) ins.snap = mx_build_snap(b);
  ins.list = mx_ir_list(b->fn, count, refs);
  if (call->effects & RTE_WRITES) b->shapes.count = 0;
  return mx_ir_emit(b->fn, b->block, &ins);
}

// Emit the call; self is nil for a primitive, for which `me` is NULL. effects: RTE_*.
static IrRef leaf_emit(Builder *b, const BuildLeaf *call, IrRef self, const MethodEntry *me,
                       uint32_t effects) {
  IrRef *refs = mx_arena_array(b->arena, IrRef, call->argc + 1);
  refs[0] = mx_build_val(b, self);
  for (uint32_t i = 0; i < call->argc; i++)
    refs[i + 1] = mx_build_val(b, *mx_build_top(b, call->argc - 1 - i));
  bool list = call->row->max_args == BUILTIN_VARIADIC;
  BuildCall c = {.function = call->row->fn,
                 .params = list ? (int32_t)IR_SITE_LIST : call->row->max_args,
                 .effects = effects,
                 .method = me};
  return mx_build_c_call(b, &c, call->argc + 1, refs);
}

// The value of a leaf that runs no guest code; what it raises may be rescued in the region.
static IrRef leaf_value(Builder *b, const BuildLeaf *call, IrRef self, const MethodEntry *me) {
  uint32_t effects = leaf_effects(call->row->effects);
  if (!(effects & RTE_RAISES) || !mx_build_is_rescued(b))
    return leaf_emit(b, call, self, me, effects);
  SnapId under_way = mx_build_snap(b);
  mx_build_show_frames(b);
  IrRef value = leaf_emit(b, call, self, me, effects & ~(uint32_t)RTE_RAISES);
  return mx_build_returned(b, under_way, value);
}

// The method that backtraces show for a leaf: none where hash[key] is an instruction.
static const MethodEntry *leaf_shown(Builder *b, const BuildLeaf *call, IrRef self,
                                     const MethodEntry *me) {
  bool index = b->act->code->chunk->code[b->act->pc] == OP_INDEX_GET;
  if (!index || call->row->class_offset != offsetof(BootClasses, Hash)) return me;
  return mx_shape_at(b->vm, mx_build_shape(b, self))->klass == b->vm->cls.Hash ? NULL : me;
}

// Call a leaf that may run guest code: it finds the frames of the path, and what it has changed is
// seen behind it. Not for what looks at its caller's frame.
static bool leaf_guest(Builder *b, const BuildLeaf *call, IrRef self, const MethodEntry *me) {
  if (!leaf_is_frameless(b, call)) return false;
  if (b->block == IR_NO_BLOCK || !mx_build_see_envs(b)) return true;
  SnapId under_way = mx_build_snap(b);
  mx_build_show_frames(b);
  IrRef value = leaf_emit(b, call, self, leaf_shown(b, call, self, me), RTE_GUEST);
  mx_build_called(b, call->argc + (me != NULL), mx_build_returned(b, under_way, value));
  return true;
}

// May a leaf break assumptions, as methods of class objects that write do?
static bool leaf_breaks(const Builder *b, const BuildLeaf *call, const MethodEntry *me) {
  bool of_class = me->owner == b->vm->cls.Module || me->owner == b->vm->cls.Class;
  return call->row->effects & E_WRITES && of_class;
}

bool mx_build_calm_leaf(Builder *b, const MethodEntry *me, uint32_t argc, const Seen *seen) {
  BuildLeaf call = {me->as.row, argc, seen};
  if (!leaf_takes(call.row, argc)) return false;
  if (leaf_as_instructions(b, &call) || mx_build_match_leaf(b, &call, me)) return true;
  if (leaf_breaks(b, &call, me) || !leaf_calms(b, &call)) return false;
  if (b->block == IR_NO_BLOCK) return true;
  IrRef self = mx_build_leaf_self(b, &call);
  IrRef value = leaf_value(b, &call, self, me);
  mx_build_done(b, argc + 1, value);
  return true;
}

bool mx_build_leaf(Builder *b, const MethodEntry *me, uint32_t argc, const Seen *seen) {
  BuildLeaf call = {me->as.row, argc, seen};
  if (mx_build_calm_leaf(b, me, argc, seen) || b->block == IR_NO_BLOCK) return true;
  if (!leaf_takes(call.row, argc)) return false;
  return leaf_guest(b, &call, mx_build_leaf_self(b, &call), me);
}

// Apply the operator that is named first to numbers.
static bool leaf_operate(Builder *b) {
  IrRef refs[3];
  for (uint32_t i = 0; i < 3; i++) refs[i] = mx_build_val(b, *mx_build_top(b, 2 - i));
  BuildCall c = {(RtFn)mx_call_operate, 2, RTE_COLLECTS | RTE_REFUSES, NULL};
  mx_build_done(b, 3, mx_build_c_call(b, &c, 3, refs));
  return true;
}

bool mx_build_orders(Builder *b, BasicClass klass) {
  const MethodCell *cell = mx_assume_operator(b->vm, klass, SYM_CMP);
  if (!cell || !MX_BASIC_PRISTINE(b->vm, SYM_CMP, klass)) return false;
  mx_build_assume(b, cell);
  return true;
}

// Is the operator that a primitive asks of its first argument, whose class is known here, the
// built-in one?
static bool leaf_asks(Builder *b, const BuildLeaf *call) {
  if (strcmp(call->row->name, "compare") != 0) return true;
  IrType type = mx_build_type(b, mx_build_resolve(b, *mx_build_top(b, call->argc - 1)));
  BasicClass klass = type == IRT_INT      ? BASIC_INTEGER
                     : type == IRT_DOUBLE ? BASIC_FLOAT
                                          : BASIC_STRING;
  return mx_build_orders(b, klass);
}

// What conversions of core code leave as it is.
typedef struct LeafConversion {
  const char *name; // of the primitive
  uint8_t type;     // of the objects
} LeafConversion;

static const LeafConversion leaf_conversions[] = {
    {"to_str", T_STRING}, {"try_str", T_STRING}, {"to_ary", T_ARRAY},
    {"try_ary", T_ARRAY}, {"to_hash", T_HASH},   {"try_hash", T_HASH},
};

// Convert what is of the right type, as objects of one shape are.
static bool leaf_convert(Builder *b, const BuildLeaf *call) {
  const TypeSet *seen = &call->seen->in[0];
  for (size_t i = 0; i < MX_COUNT_OF(leaf_conversions); i++) {
    const LeafConversion *conversion = &leaf_conversions[i];
    if (strcmp(call->row->name, conversion->name) != 0) continue;
    if (!leaf_is_type(b, seen, conversion->type)) return false;
    IrRef *entry = mx_build_top(b, 0);
    mx_build_as_shape(b, entry, seen->shapes[0]);
    if (b->block != IR_NO_BLOCK) mx_build_done(b, 1, *entry);
    return true;
  }
  return false;
}

// Primitives that are constants, and whether a value is Primitive.undefined.
static bool leaf_undefined(Builder *b, const BuildLeaf *call) {
  IrRef undef = mx_ir_const(b->fn, IR_KVAL, val_from_sym(SYM_iv_undefined));
  bool own_block = strcmp(call->row->name, "own_block") == 0;
  if (own_block || strcmp(call->row->name, "undefined") == 0) {
    mx_build_done(b, 0, own_block ? mx_ir_const(b->fn, IR_KVAL, VAL_UNDEF) : undef);
    return true;
  }
  if (strcmp(call->row->name, "undefined?") != 0) return false;
  IrRef v = mx_build_resolve(b, *mx_build_top(b, 0));
  bool known = mx_build_type(b, v) != IRT_VAL || mx_ir_is_const((IrOp)mx_ir_at(b->fn, v)->op);
  IrRef is =
      known ? mx_ir_bool(b->fn, v == undef) : mx_build_emit(b, IR_SAME, v, undef, IR_NONE, 0);
  mx_build_done(b, 1, is);
  return true;
}

bool mx_build_primitive(Builder *b, const BuiltinRow *row, uint32_t argc, const Seen *seen) {
  BuildLeaf call = {row, argc, seen};
  if (!leaf_takes(row, argc)) return false;
  bool operates = strcmp(row->name, "operate") == 0;
  if (operates && mx_build_numbers(b, &seen->in[0]) && mx_build_numbers(b, &seen->in[1]))
    return leaf_operate(b);
  if (leaf_undefined(b, &call) || mx_build_struct_primitive(b, &call) || leaf_convert(b, &call) ||
      mx_build_match_primitive(b, &call) || mx_build_extreme(b, &call))
    return true;
  if (b->block == IR_NO_BLOCK) return true;
  IrRef nil = mx_ir_const(b->fn, IR_KVAL, VAL_NIL);
  bool calm = leaf_calms(b, &call);
  if (b->block == IR_NO_BLOCK) return true;
  if (!calm || !leaf_asks(b, &call)) return leaf_guest(b, &call, nil, NULL);
  IrRef value = leaf_value(b, &call, nil, NULL);
  mx_build_done(b, argc, value);
  return true;
}
