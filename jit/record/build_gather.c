// SPDX-License-Identifier: MIT
// Literal Arrays and Hashes of which not all is known: with splats of what comes from elsewhere,
// and with keys that are no constants. C makes them, and adds to what it has made: nobody else has
// it yet. Where the program would have to be asked about a key C refuses, with nothing done.
//
// What is known is built without C (build_literal.c), so that it need not be made at all.
#include "runtime/array.h"
#include "runtime/hash.h"
#include "runtime/range.h"
#include "runtime/semantics.h"
#include "runtime/string.h"
#include "interp/ops.h"
#include "jit/record/build.h"

// ---- what C does

// Are all keys of these pairs such that C hashes and compares them itself?
static bool gather_keys(int count, const Value *pairs) {
  for (int i = 0; i < count; i += 2)
    if (!mx_hash_key_is_builtin(pairs[i])) return false;
  return true;
}

static Value gather_dict(ExecCtx *ec, Value nil, int count, const Value *pairs) {
  (void)nil;
  return gather_keys(count, pairs) ? mx_ops_dict(ec, (uint32_t)count / 2, pairs) : VAL_UNDEF;
}

static Value gather_set(ExecCtx *ec, Value hash, Value key, Value v) {
  if (!mx_hash_key_is_builtin(key)) return VAL_UNDEF;
  return mx_hash_set(ec, hash, key, v) ? hash : VAL_EXC;
}

static Value gather_merge(ExecCtx *ec, Value hash, Value from) {
  if (val_is_nil(from)) return hash;
  if (!val_is_hash(from)) return VAL_UNDEF;
  uint32_t at = 0;
  for (Value key, v; mx_hash_next(from, &at, &key, &v);)
    if (!mx_hash_key_is_builtin(key)) return VAL_UNDEF;
  return mx_hash_merge(ec, hash, from) ? hash : VAL_EXC;
}

static Value gather_push(ExecCtx *ec, Value array, Value v) {
  mx_array_push(ec, array, v);
  return array;
}

static Value gather_concat(ExecCtx *ec, Value array, Value from) {
  if (!val_is_array(from)) return VAL_UNDEF;
  mx_array_concat(ec, array, from);
  return array;
}

// Element i of those that an assignment to many takes from the end of an Array, behind `before` and
// a rest; how many there are is the last argument.
static Value gather_behind(ExecCtx *ec, Value array, Value before, Value behind, Value i) {
  int64_t taken = (int64_t)mx_array_len(array) - val_to_fixnum(before) - val_to_fixnum(behind);
  int64_t at = val_to_fixnum(before) + (taken > 0 ? taken : 0) + val_to_fixnum(i);
  return at < (int64_t)mx_array_len(array) ? mx_array_get(ec, array, at) : VAL_NIL;
}

// The rest in front of them.
static Value gather_rest(ExecCtx *ec, Value array, Value before, Value behind) {
  int64_t taken = (int64_t)mx_array_len(array) - val_to_fixnum(before) - val_to_fixnum(behind);
  if (taken <= 0) return mx_array_new(ec, 0);
  return mx_array_slice(ec, array, (uint32_t)val_to_fixnum(before), (uint32_t)taken);
}

enum { GATHER_MAX_RANGE = 1 << 16 }; // elements of a Range that is spread without leaving

// The Integers of a Range.
static Value gather_range_list(ExecCtx *ec, Value v) {
  if (!val_is_type(v, T_RANGE) || mx_class_of(ec->vm, v) != ec->vm->cls.Range) return VAL_UNDEF;
  const RangeObj *range = VAL_CAST(const RangeObj, v);
  if (!val_is_fixnum(range->first) || !val_is_fixnum(range->last)) return VAL_UNDEF;
  int64_t first = val_to_fixnum(range->first), last = val_to_fixnum(range->last);
  if (val_truthy(range->exclusive)) last--;
  if (last >= first && last - first >= GATHER_MAX_RANGE) return VAL_UNDEF;
  Value list = mx_array_new(ec, last < first ? 0 : (uint32_t)(last - first) + 1);
  for (int64_t i = first; i <= last; i++) mx_array_push(ec, list, val_from_fixnum(i));
  return list;
}

// A Range of Strings, numbers or nil.
static Value gather_range(ExecCtx *ec, Value first, Value last, Value exclusive) {
  const Value ends[] = {first, last};
  int texts = 0;
  for (int i = 0; i < 2; i++) {
    texts += val_is_string(ends[i]);
    bool plain = val_is_fixnum(ends[i]) || val_is_float(ends[i]) || val_is_nil(ends[i]);
    if (!plain && !val_is_string(ends[i])) return VAL_UNDEF;
  }
  bool alike = texts != 1 || val_is_nil(first) || val_is_nil(last);
  if (!alike || !mx_method_is_builtin(ec, first, SYM_CMP)) return VAL_UNDEF;
  return mx_range_new(ec, first, last, val_truthy(exclusive));
}

// ---- calls

enum { GATHER_EFFECTS = RTE_WRITES | RTE_COLLECTS | RTE_REFUSES | RTE_RAISES };

// Let what a call gives, an Array or a Hash, take the place of so many values.
static bool gather_done(Builder *b, uint32_t pops, IrRef value, const ClassObj *klass) {
  IrRef object = mx_build_emit(b, IR_AS_OBJ, value, IR_NONE, IR_NONE, 0);
  mx_build_shape_is(b, object, klass->instance_shape);
  mx_build_done(b, pops, object);
  return true;
}

// Call a function with the topmost values.
static bool gather_call(Builder *b, RtFn function, uint32_t count, const ClassObj *klass) {
  IrRef refs[3];
  for (uint32_t i = 0; i < count; i++) refs[i] = mx_build_val(b, *mx_build_top(b, count - 1 - i));
  BuildCall call = {function, (int32_t)count - 1, GATHER_EFFECTS, NULL};
  return gather_done(b, count, mx_build_c_call(b, &call, count, refs), klass);
}

bool mx_build_gather_range(Builder *b, bool exclusive, const Seen *seen) {
  for (uint32_t i = 0; i < 2; i++) {
    const TypeSet *end = &seen->in[i];
    if (end->many || !end->kinds || end->kinds & (SEEN_TRUE | SEEN_FALSE | SEEN_SYMBOL))
      return false;
    for (uint32_t k = 0; k < end->shape_count; k++)
      if (mx_shape_at(b->vm, end->shapes[k])->klass != b->vm->cls.String) return false;
  }
  IrRef refs[] = {mx_build_val(b, *mx_build_top(b, 1)), mx_build_val(b, *mx_build_top(b, 0)),
                  mx_build_val(b, mx_ir_bool(b->fn, exclusive))};
  BuildCall call = {(RtFn)gather_range, 2, RTE_COLLECTS | RTE_REFUSES | RTE_RAISES, NULL};
  mx_build_done(b, 2, mx_build_c_call(b, &call, 3, refs));
  return true;
}

bool mx_build_gather_spread(Builder *b, const TypeSet *seen) {
  bool one = seen->kinds == SEEN_HEAP && seen->shape_count == 1 && !seen->boxed;
  ClassObj *range = b->vm->cls.Range;
  if (!one || mx_shape_at(b->vm, seen->shapes[0])->klass != range) return false;
  const MethodCell *cell = mx_assume_method(b->vm, range, SYM_to_a);
  bool library = cell->me && (cell->me->kind == METHOD_CORE || cell->me->flags & METHOD_F_CORE);
  if (!library) return false;
  mx_build_assume(b, cell);
  IrRef v = mx_build_val(b, *mx_build_top(b, 0));
  BuildCall call = {(RtFn)gather_range_list, 0, RTE_COLLECTS | RTE_REFUSES, NULL};
  return gather_done(b, 1, mx_build_c_call(b, &call, 1, &v), b->vm->cls.Array);
}

bool mx_build_gather_dict(Builder *b, uint32_t pairs) {
  uint32_t count = 2 * pairs;
  IrRef *refs = mx_arena_array(b->arena, IrRef, count + 1);
  refs[0] = mx_ir_const(b->fn, IR_KVAL, VAL_NIL);
  for (uint32_t i = 0; i < count; i++)
    refs[i + 1] = mx_build_val(b, *mx_build_top(b, count - 1 - i));
  BuildCall call = {(RtFn)gather_dict, IR_SITE_LIST, RTE_COLLECTS | RTE_REFUSES, NULL};
  return gather_done(b, count, mx_build_c_call(b, &call, count + 1, refs), b->vm->cls.Hash);
}

bool mx_build_gather_is_filled(const Builder *b, IrRef ref) {
  const IrIns *ins = mx_ir_at(b->fn, mx_build_root(b, ref));
  if (ins->op == IR_AS_OBJ) ins = mx_ir_at(b->fn, mx_build_root(b, ins->a[0]));
  if (ins->op != IR_CALL_LEAF) return false;
  RtFn made = b->fn->sites.at[ins->imm].leaf;
  return made == (RtFn)gather_dict || made == (RtFn)gather_set;
}

bool mx_build_gather(Builder *b, OpCode op) {
  switch ((int)op) {
  case OP_ARRAY_PUSH: return gather_call(b, (RtFn)gather_push, 2, b->vm->cls.Array);
  case OP_ARRAY_CONCAT: return gather_call(b, (RtFn)gather_concat, 2, b->vm->cls.Array);
  case OP_HASH_SET: return gather_call(b, (RtFn)gather_set, 3, b->vm->cls.Hash);
  default: return gather_call(b, (RtFn)gather_merge, 2, b->vm->cls.Hash);
  }
}

IrRef mx_build_gather_behind(Builder *b, IrRef array, uint32_t before, uint32_t behind,
                             uint32_t i) {
  IrRef refs[] = {mx_build_val(b, array), mx_build_val(b, mx_ir_int(b->fn, before)),
                  mx_build_val(b, mx_ir_int(b->fn, behind)), mx_build_val(b, mx_ir_int(b->fn, i))};
  BuildCall call = {(RtFn)gather_behind, 3, RTE_COLLECTS, NULL};
  return mx_build_c_call(b, &call, 4, refs);
}

IrRef mx_build_gather_rest(Builder *b, IrRef array, uint32_t before, uint32_t behind) {
  IrRef refs[] = {mx_build_val(b, array), mx_build_val(b, mx_ir_int(b->fn, before)),
                  mx_build_val(b, mx_ir_int(b->fn, behind))};
  BuildCall call = {(RtFn)gather_rest, 2, RTE_COLLECTS, NULL};
  return mx_build_c_call(b, &call, 3, refs);
}
