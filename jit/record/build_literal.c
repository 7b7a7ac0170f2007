// SPDX-License-Identifier: MIT
// Building literals, interpolation, multiple assignment, class variables, `===` of a case.
#include "runtime/array.h"
#include "runtime/builtin.h"
#include "runtime/range.h"
#include "runtime/semantics.h"
#include "runtime/string.h"
#include "interp/constant.h"
#include "jit/record/build.h"
#include "jit/record/op_calls.h"

// ---- texts

static bool literal_string(Builder *b, uint32_t number) {
  IrRef literal = mx_ir_const(b->fn, IR_KOBJ, b->act->code->chunk->consts[number]);
  IrRef text = mx_build_emit(b, IR_NEW_STRING, literal, IR_NONE, IR_NONE, 0);
  vec_push(&b->shapes, ((BuildShape){text, b->vm->cls.String->instance_shape}));
  mx_build_done(b, 0, text);
  return true;
}

// The literal itself, while the method that is called on it is the library's.
static bool literal_shared(Builder *b) {
  const uint32_t *ip = b->act->code->stream + mx_stream_instruction(b->act->code, b->act->pc);
  const CallCache *cc = &((const InlineCache *)b->act->code->caches)[ip[1]].call;
  Value literal = b->act->code->chunk->consts[cc->body];
  ClassObj *klass = val_is_string(literal) ? b->vm->cls.String : b->vm->cls.Array;
  const MethodCell *cell = mx_assume_method(b->vm, klass, cc->name);
  const MethodEntry *me = cell->me;
  bool library =
      me && (me->kind == METHOD_BUILTIN || me->kind == METHOD_CORE || me->flags & METHOD_F_CORE);
  if (!library || b->act->cx->frame.lex->refinements) return false;
  mx_build_assume(b, cell);
  mx_build_done(b, 0, mx_ir_const(b->fn, IR_KOBJ, literal));
  return true;
}

// :"#{v}" of the String at the top.
static bool literal_symbol(Builder *b) {
  IrRef v = mx_build_val(b, *mx_build_top(b, 0));
  BuildCall call = {(RtFn)mx_call_symbol, 0, RTE_COLLECTS, NULL};
  mx_build_done(b, 1, mx_build_c_call(b, &call, 1, &v));
  return true;
}

// The count topmost values as operands of a C call that takes a list.
static IrRef literal_from_list(Builder *b, RtFn function, uint32_t effects, uint32_t count) {
  IrRef *refs = mx_arena_array(b->arena, IrRef, count + 1);
  refs[0] = mx_ir_const(b->fn, IR_KVAL, VAL_NIL);
  for (uint32_t i = 0; i < count; i++)
    refs[i + 1] = mx_build_val(b, *mx_build_top(b, count - 1 - i));
  BuildCall call = {function, IR_SITE_LIST, effects, NULL};
  return mx_build_c_call(b, &call, count + 1, refs);
}

static bool literal_joined(Builder *b, uint32_t count) {
  mx_build_done(b, count,
                literal_from_list(b, (RtFn)mx_call_concat, RTE_COLLECTS | RTE_RAISES, count));
  return true;
}

// Was a place only seen to hold plain objects of a class?
static bool literal_only(const TypeSet *seen, const ClassObj *klass) {
  return seen->kinds == SEEN_HEAP && seen->shape_count == 1 && !seen->boxed &&
         seen->shapes[0] == klass->instance_shape;
}

// #{v} of a String, a number, a Symbol, nil, true or false.
static bool literal_text(Builder *b, const Seen *seen) {
  const TypeSet *set = &seen->in[0];
  IrRef *top = mx_build_top(b, 0);
  if (b->act->cx->frame.lex->refinements) return false;
  if (literal_only(set, b->vm->cls.String)) {
    mx_build_as_shape(b, top, b->vm->cls.String->instance_shape);
    return true;
  }
  bool strings = !set->many && !set->boxed;
  for (uint32_t i = 0; i < set->shape_count; i++)
    strings &= mx_shape_at(b->vm, set->shapes[i])->klass->instance_type == T_STRING;
  if (set->kinds & SEEN_HEAP && !strings) return mx_build_text(b, seen);
  IrRef v = mx_build_val(b, *top);
  BuildCall call = {(RtFn)mx_call_to_string, 0, RTE_COLLECTS | RTE_REFUSES, NULL};
  mx_build_done(b, 1, mx_build_c_call(b, &call, 1, &v));
  return true;
}

// ---- collections

// The count topmost values as an Array, or keys and values as a Hash.
static bool literal_list(Builder *b, IrOp op, uint32_t count) {
  mx_build_done(b, count, mx_build_new_list(b, op, count, b->state.at + b->state.count - count));
  return true;
}

// Is it a constant that hashes without guest code?
static bool literal_is_key(const Builder *b, IrRef ref) {
  IrRef key = mx_build_resolve(b, ref);
  IrOp op = (IrOp)mx_ir_at(b->fn, key)->op;
  return op == IR_KINT || (op == IR_KVAL && !val_is_heap(mx_ir_word(b->fn, key)));
}

static bool literal_dict(Builder *b, uint32_t pairs) {
  for (uint32_t i = 0; i < pairs; i++)
    if (!literal_is_key(b, *mx_build_top(b, 2 * i + 1))) return mx_build_gather_dict(b, pairs);
  return literal_list(b, IR_NEW_HASH, 2 * pairs);
}

// Add a value to an Array that this code has made and nobody has: another one takes its place.
static bool literal_push(Builder *b) {
  uint32_t count;
  const IrRef *elements;
  if (!mx_build_elements(b, *mx_build_top(b, 1), &count, &elements))
    return mx_build_gather(b, OP_ARRAY_PUSH);
  IrRef *refs = mx_arena_array(b->arena, IrRef, count + 1);
  if (count) memcpy(refs, elements, count * sizeof *refs);
  refs[count] = *mx_build_top(b, 0);
  mx_build_done(b, 2, mx_build_new_list(b, IR_NEW_ARRAY, count + 1, refs));
  return true;
}

// Add the elements of one to those of another, likewise.
static bool literal_concat(Builder *b) {
  uint32_t count, more;
  const IrRef *elements, *others;
  if (!mx_build_elements(b, *mx_build_top(b, 1), &count, &elements) ||
      !mx_build_elements(b, *mx_build_top(b, 0), &more, &others))
    return mx_build_gather(b, OP_ARRAY_CONCAT);
  IrRef *refs = mx_arena_array(b->arena, IrRef, count + more + 1);
  for (uint32_t i = 0; i < count + more; i++) refs[i] = i < count ? elements[i] : others[i - count];
  mx_build_done(b, 2, mx_build_new_list(b, IR_NEW_ARRAY, count + more, refs));
  return true;
}

// *v of an Array: itself, or a copy; of a Struct: its members; of a Range.
static bool literal_splat(Builder *b, uint32_t fresh, const Seen *seen) {
  uint32_t count;
  const IrRef *elements;
  IrRef *top = mx_build_top(b, 0);
  if (fresh && mx_build_elements(b, *top, &count, &elements)) {
    mx_build_done(b, 1, mx_build_new_list(b, IR_NEW_ARRAY, count, elements));
    return true;
  }
  if (!mx_build_is_array(b, top, &seen->in[0]))
    return mx_build_struct_parts(b, &seen->in[0], SYM_to_a) ||
           mx_build_gather_spread(b, &seen->in[0]);
  if (!fresh || b->block == IR_NO_BLOCK) return true;
  IrRef v = mx_build_val(b, *mx_build_top(b, 0));
  BuildCall call = {(RtFn)mx_array_dup, 0, RTE_COLLECTS, NULL};
  mx_build_done(b, 1, mx_build_c_call(b, &call, 1, &v));
  return true;
}

// ---- Hashes of keywords that this code has made and nobody has

// The place of a key among pairs; `count` when it is not there.
static uint32_t literal_key_at(const IrRef *pairs, uint32_t count, IrRef key) {
  uint32_t i = 0;
  while (i < count && pairs[i] != key) i += 2;
  return i;
}

// Let a Hash with `more` pairs, keys constants, take the place of the one below `taken` entries.
static bool literal_merge(Builder *b, uint32_t taken, const IrRef *pairs, uint32_t more) {
  uint32_t count;
  const IrRef *old;
  if (!mx_build_pairs(b, *mx_build_top(b, taken), &count, &old)) return false;
  IrRef *refs = mx_arena_array(b->arena, IrRef, count + more + 1);
  if (count) memcpy(refs, old, count * sizeof *refs);
  for (uint32_t i = 0; i < more; i += 2) {
    uint32_t at = literal_key_at(refs, count, pairs[i]);
    refs[at] = pairs[i];
    refs[at + 1] = pairs[i + 1];
    if (at == count) count += 2;
  }
  mx_build_done(b, taken + 1, mx_build_new_list(b, IR_NEW_HASH, count, refs));
  return true;
}

// [hash key value] -> [hash]
static bool literal_hash_set(Builder *b) {
  IrRef pair[] = {mx_build_val(b, *mx_build_top(b, 1)), *mx_build_top(b, 0)};
  return (literal_is_key(b, pair[0]) && literal_merge(b, 2, pair, 2)) ||
         mx_build_gather(b, OP_HASH_SET);
}

static bool literal_is_nil(const Builder *b, IrRef ref) {
  ref = mx_build_resolve(b, ref);
  return mx_ir_at(b->fn, ref)->op == IR_KVAL && mx_ir_word(b->fn, ref) == VAL_NIL;
}

// [hash other] -> [hash]
static bool literal_hash_merge(Builder *b) {
  uint32_t more;
  const IrRef *pairs;
  if (literal_is_nil(b, *mx_build_top(b, 0))) {
    mx_build_done(b, 1, IR_NONE);
    return true;
  }
  return (mx_build_pairs(b, *mx_build_top(b, 0), &more, &pairs) &&
          literal_merge(b, 1, pairs, more)) ||
         mx_build_gather(b, OP_HASH_MERGE);
}

// **v of a Hash or nil is itself.
static bool literal_to_hash(Builder *b, const TypeSet *seen) {
  IrRef *top = mx_build_top(b, 0);
  if (literal_is_nil(b, *top) || mx_build_shape(b, *top) == b->vm->cls.Hash->instance_shape)
    return true;
  bool hash = seen->kinds == SEEN_HEAP && seen->shape_count == 1 && !seen->boxed &&
              mx_shape_at(b->vm, seen->shapes[0])->klass->instance_type == T_HASH;
  if (hash) mx_build_as_shape(b, top, seen->shapes[0]);
  return hash;
}

// A Range of Integers.
static bool literal_range(Builder *b, uint32_t exclusive, const Seen *seen) {
  for (uint32_t i = 0; i < 2; i++) {
    bool is_int = mx_build_type(b, mx_build_resolve(b, *mx_build_top(b, i))) == IRT_INT;
    if (!is_int && seen->in[i].kinds != SEEN_INT)
      return mx_build_gather_range(b, exclusive != 0, seen);
  }
  for (uint32_t i = 0; i < 2 && b->block != IR_NO_BLOCK; i++)
    mx_build_as(b, mx_build_top(b, i), IRT_INT);
  if (b->block == IR_NO_BLOCK) return true;
  IrRef last = mx_build_val(b, *mx_build_top(b, 0)), first = mx_build_val(b, *mx_build_top(b, 1));
  IrRef range = mx_build_emit(b, IR_NEW_RANGE, first, last, IR_NONE, exclusive != 0);
  mx_build_done(b, 2, range);
  return true;
}

// ---- assignments to many

bool mx_build_is_array(Builder *b, IrRef *entry, const TypeSet *seen) {
  if (mx_build_shape(b, *entry) == b->vm->cls.Array->instance_shape)
    return mx_build_as(b, entry, IRT_OBJ), true;
  bool only = seen->kinds == SEEN_HEAP && seen->shape_count == 1 && !seen->boxed &&
              mx_shape_at(b->vm, seen->shapes[0])->klass == b->vm->cls.Array;
  if (only) mx_build_as_shape(b, entry, seen->shapes[0]);
  return only;
}

IrRef mx_build_array_at(Builder *b, IrRef array, uint32_t i) {
  uint32_t count;
  const IrRef *elements;
  if (mx_build_elements(b, array, &count, &elements))
    return i < count ? mx_build_unboxed(b, elements[i]) : mx_ir_const(b->fn, IR_KVAL, VAL_NIL);
  IrRef refs[] = {mx_build_val(b, array), mx_build_val(b, mx_ir_int(b->fn, i))};
  BuildCall call = {(RtFn)mx_call_array_get, 1, RTE_COLLECTS, NULL};
  return mx_build_c_call(b, &call, 2, refs);
}

// What the rest behind the first `before` elements is.
static IrRef literal_rest(Builder *b, IrRef array, uint32_t before) {
  IrRef refs[] = {mx_build_val(b, array), mx_build_val(b, mx_ir_int(b->fn, before))};
  BuildCall call = {(RtFn)mx_call_rest, 2, RTE_COLLECTS, NULL};
  return mx_build_c_call(b, &call, 2, refs);
}

// Push the elements of an Array that has always been of one length, and is none that is made here.
static bool literal_spread_all(Builder *b, const Instruction *in, const Seen *seen) {
  uint32_t before = in->operands[0], behind = in->operands[2], length = seen->spread - 1, count;
  const IrRef *known;
  if (!seen->spread || seen->spreads || length < before + behind || length > BUILD_MAX_SPREAD ||
      mx_build_elements(b, *mx_build_top(b, 0), &count, &known))
    return false;
  IrRef *all = mx_arena_array(b->arena, IrRef, length + 1), rest = IR_NONE;
  if (!mx_build_load_elements(b, mx_build_top(b, 0), &seen->in[0], length, all)) return false;
  if (b->block == IR_NO_BLOCK) return true;
  uint32_t middle = length - before - behind;
  if (in->operands[1]) rest = mx_build_new_list(b, IR_NEW_ARRAY, middle, all + before);
  mx_build_done(b, 1, IR_NONE);
  for (uint32_t i = 0; i < behind; i++) mx_build_done(b, 0, all[length - 1 - i]);
  if (rest) mx_build_done(b, 0, rest);
  for (uint32_t i = before; i-- > 0;) mx_build_done(b, 0, all[i]);
  return true;
}

// Push an Array's elements, the first at the top.
static bool literal_spread(Builder *b, const Instruction *in, const Seen *seen) {
  uint32_t before = in->operands[0], rest = in->operands[1], behind = in->operands[2];
  if (literal_spread_all(b, in, seen)) return true;
  if (!mx_build_is_array(b, mx_build_top(b, 0), &seen->in[0])) return false;
  if (b->block == IR_NO_BLOCK) return true;
  IrRef array = mx_build_resolve(b, *mx_build_top(b, 0));
  uint32_t count = before + rest + behind;
  IrRef *refs = mx_arena_array(b->arena, IrRef, count + 1);
  for (uint32_t i = 0; i < behind; i++)
    refs[behind - 1 - i] = mx_build_gather_behind(b, array, before, behind, i);
  if (rest)
    refs[behind] =
        behind ? mx_build_gather_rest(b, array, before, behind) : literal_rest(b, array, before);
  for (uint32_t i = 0; i < before; i++) refs[count - 1 - i] = mx_build_array_at(b, array, i);
  mx_build_done(b, 1, IR_NONE);
  for (uint32_t i = 0; i < count; i++) mx_build_done(b, 0, refs[i]);
  return true;
}

// ---- class variables

static IrRef literal_name(Builder *b, const Instruction *in) {
  return mx_ir_const(b->fn, IR_KVAL, b->act->code->chunk->consts[in->operands[0]]);
}

// The class that has the class variables of the text that runs, as a constant; IR_NONE: there is
// none.
static IrRef literal_cvar_home(Builder *b) {
  ClassObj *home = mx_constant_cvar_class(b->act->cx->frame.lex);
  return home ? mx_build_val(b, mx_ir_const(b->fn, IR_KOBJ, val_from_ptr(home))) : IR_NONE;
}

static bool literal_load_cvar(Builder *b, const Instruction *in) {
  IrRef refs[] = {literal_cvar_home(b), literal_name(b, in)};
  if (!refs[0]) return false;
  BuildCall call = {(RtFn)mx_call_class_variable, 1, RTE_COLLECTS | RTE_RAISES, NULL};
  mx_build_done(b, 0, mx_build_c_call(b, &call, 2, refs));
  return true;
}

static bool literal_store_cvar(Builder *b, const Instruction *in) {
  IrRef value = mx_build_val(b, *mx_build_top(b, 0));
  IrRef refs[] = {literal_cvar_home(b), literal_name(b, in), value};
  if (!refs[0]) return false;
  BuildCall call = {(RtFn)mx_call_set_class_variable, 2, RTE_COLLECTS | RTE_RAISES, NULL};
  mx_build_c_call(b, &call, 3, refs);
  mx_build_done(b, 1, IR_NONE);
  return true;
}

// ---- values that are made once, and folded ones

static void literal_push_at(Builder *b, Value v, uint32_t pc) {
  mx_build_done(b, 0,
                val_is_heap(v) && !val_is_float(v) ? mx_ir_const(b->fn, IR_KOBJ, v)
                                                   : mx_build_value_const(b, v));
  mx_build_go(b, pc);
}

static bool literal_once(Builder *b, const Instruction *in) {
  Value v = b->act->code->once[in->operands[0]];
  if (val_is_undef(v)) return false;
  literal_push_at(b, v, in->operands[1]);
  return true;
}

// Are the methods that a fold relies on what they were born as?
static bool literal_fold_holds(Builder *b, Value names) {
  if (b->act->cx->frame.lex->refinements) return false;
  if (val_is_symbol(names)) return mx_build_basic(b, val_to_sym(names), BASIC_LITERALS);
  for (uint32_t i = 0; i < mx_array_len(names); i++)
    if (!mx_build_basic(b, val_to_sym(mx_array_get(b->ec, names, i)), BASIC_LITERALS)) return false;
  return true;
}

// A folded value, or what it is the value of, which comes next.
static bool literal_fold(Builder *b, const Instruction *in) {
  const Value *consts = b->act->code->chunk->consts;
  Value value = consts[in->operands[0]];
  if (!literal_fold_holds(b, consts[in->operands[1]])) return true;
  if (val_is_string(value)) {
    literal_string(b, in->operands[0]);
    mx_build_go(b, in->operands[2]);
  } else {
    literal_push_at(b, value, in->operands[2]);
  }
  return true;
}

// ---- case

// Is a value that was always of one shape, or is a number, a kind of the class? -1: not known here.
static int literal_is_kind(Builder *b, IrRef *entry, const ClassObj *klass, const TypeSet *seen) {
  IrType type = mx_build_type(b, mx_build_resolve(b, *entry));
  if (klass->h.flags & FL_TYPE_MASK && val_heap_type(val_from_ptr(klass)) != T_CLASS) return -1;
  uint8_t kind = type == IRT_INT ? SEEN_INT : type == IRT_DOUBLE ? SEEN_FLOAT : mx_seen_only(seen);
  const ClassObj *of = NULL;
  if (kind == SEEN_INT) {
    mx_build_as(b, entry, IRT_INT);
    of = b->vm->cls.Integer;
  } else if (kind == SEEN_FLOAT) {
    mx_build_as(b, entry, IRT_DOUBLE);
    of = b->vm->cls.Float;
  } else if (kind == SEEN_HEAP && seen->shape_count == 1 && !seen->boxed) {
    mx_build_as_shape(b, entry, seen->shapes[0]);
    of = mx_shape_at(b->vm, seen->shapes[0])->klass;
  } else {
    return -1;
  }
  for (; of && of != klass; of = of->super) continue;
  return of == klass;
}

// Class === v
static bool literal_case_class(Builder *b, ClassObj *klass, const Seen *seen) {
  const MethodCell *cell =
      mx_assume_method(b->vm, mx_shape_at(b->vm, klass->h.shape)->klass, SYM_EQQ);
  if (!mx_method_is_module_eqq(b->vm, cell->me)) return false;
  mx_build_assume(b, cell);
  int known = literal_is_kind(b, mx_build_top(b, 0), klass, &seen->in[0]);
  if (b->block == IR_NO_BLOCK) return true;
  IrRef result = known < 0 ? IR_NONE : mx_ir_bool(b->fn, known != 0);
  if (!result) {
    IrRef refs[] = {mx_build_val(b, *mx_build_top(b, 0)), mx_build_val(b, *mx_build_top(b, 1))};
    BuildCall call = {(RtFn)mx_call_is_a, 1, RTE_NONE, NULL};
    result = mx_build_truth(b, mx_build_c_call(b, &call, 2, refs));
  }
  mx_build_done(b, 2, result);
  return true;
}

// Is === of built-in classes (BASIC_*) theirs, and == which it stands for?
static bool literal_case_basic(Builder *b, uint32_t classes) {
  return mx_build_basic(b, SYM_EQQ, classes) && mx_build_basic(b, SYM_EQ, classes);
}

// nil, true, false or a Symbol === v, of the classes that it may be of.
static bool literal_case_same(Builder *b, uint32_t classes) {
  if (!literal_case_basic(b, classes)) return false;
  IrRef x = mx_build_val(b, *mx_build_top(b, 1)), y = mx_build_val(b, *mx_build_top(b, 0));
  mx_build_done(b, 2, mx_build_emit(b, IR_SAME, y, x, IR_NONE, 0));
  return true;
}

// A pattern === v by C, which refuses where the program is to be asked.
static bool literal_case_call(Builder *b, RtFn function, IrRef pattern) {
  IrRef refs[] = {mx_build_val(b, pattern), mx_build_val(b, *mx_build_top(b, 0))};
  BuildCall call = {function, 1, RTE_REFUSES, NULL};
  mx_build_done(b, 2, mx_build_truth(b, mx_build_c_call(b, &call, 2, refs)));
  return true;
}

// Integer === v.
static bool literal_case_int(Builder *b, const Seen *seen) {
  bool is_int = mx_build_type(b, mx_build_resolve(b, *mx_build_top(b, 0))) == IRT_INT;
  if (!is_int && seen->in[0].kinds & SEEN_FLOAT) return false;
  if (!literal_case_basic(b, BASIC_INTEGER)) return false;
  if (!is_int && seen->in[0].kinds != SEEN_INT)
    return literal_case_call(b, (RtFn)mx_call_case_int, *mx_build_top(b, 1));
  IrRef y = mx_build_as(b, mx_build_top(b, 0), IRT_INT);
  if (b->block == IR_NO_BLOCK) return true;
  IrRef x = mx_build_resolve(b, *mx_build_top(b, 1));
  mx_build_done(b, 2, mx_build_emit(b, IR_EQ, y, x, IR_NONE, 0));
  return true;
}

// A Range of Integers === v of what was always an Integer, while no program has defined what that
// is. Who counts wants the library's method to be called.
static bool literal_case_range(Builder *b, Value pattern, const Seen *seen) {
  const RangeObj *range = VAL_CAST(const RangeObj, pattern);
  bool open = val_is_nil(range->last) && !val_is_nil(range->first);
  bool ints = val_is_fixnum(range->first) && (open || val_is_fixnum(range->last));
  bool is_int = mx_build_type(b, mx_build_resolve(b, *mx_build_top(b, 0))) == IRT_INT;
  if (!ints || (!is_int && seen->in[0].kinds != SEEN_INT) || mx_profile_counts(b->vm)) return false;
  const ClassObj *klass = mx_shape_at(b->vm, val_header(pattern)->shape)->klass;
  const MethodCell *cell = mx_assume_method(b->vm, b->vm->cls.Range, SYM_EQQ);
  bool library = cell->me && (cell->me->kind == METHOD_CORE || cell->me->flags & METHOD_F_CORE);
  if (klass != b->vm->cls.Range || !library) return false;
  if (!mx_build_basic(b, SYM_CMP, BASIC_INTEGER)) return false;
  mx_build_assume(b, cell);
  IrRef v = mx_build_as(b, mx_build_top(b, 0), IRT_INT);
  if (b->block == IR_NO_BLOCK) return true;
  IrRef first = mx_ir_int(b->fn, val_to_fixnum(range->first));
  IrRef above = mx_build_emit(b, IR_GE, v, first, IR_NONE, 0), inside = above;
  if (!open) {
    IrOp compare = range->exclusive == VAL_TRUE ? IR_LT : IR_LE;
    IrRef last = mx_ir_int(b->fn, val_to_fixnum(range->last));
    IrIns both = {.op = IR_SELECT, .type = IRT_BOOL, .snap = SNAP_NONE};
    both.a[0] = above;
    both.a[1] = mx_build_emit(b, compare, v, last, IR_NONE, 0);
    both.a[2] = mx_ir_bool(b->fn, false);
    inside = mx_ir_emit(b->fn, b->block, &both);
  }
  mx_build_done(b, 2, inside);
  return true;
}

// A pattern that is no constant, but was always an Integer or a Symbol.
static bool literal_case_seen(Builder *b, const Seen *seen) {
  IrRef *pattern = mx_build_top(b, 1);
  IrType type = mx_build_type(b, mx_build_resolve(b, *pattern));
  if (type == IRT_INT || (type == IRT_VAL && seen->in[1].kinds == SEEN_INT)) {
    mx_build_as(b, pattern, IRT_INT);
    return b->block == IR_NO_BLOCK || literal_case_int(b, seen);
  }
  if (type != IRT_VAL || seen->in[1].kinds != SEEN_SYMBOL) return false;
  mx_build_guard(b, IR_GUARD_SYMBOL, mx_build_resolve(b, *pattern), IR_NONE, 0);
  return literal_case_same(b, BASIC_SYMBOL);
}

// A String === v.
static bool literal_case_string(Builder *b, IrRef pattern) {
  return literal_case_basic(b, BASIC_STRING) &&
         literal_case_call(b, (RtFn)mx_call_case_string, pattern);
}

// Others than these patterns are sends of ===.
static bool literal_case(Builder *b, const Seen *seen) {
  IrRef pattern = mx_build_resolve(b, *mx_build_top(b, 1));
  const IrIns *ins = mx_ir_at(b->fn, pattern);
  if (b->act->code->refined) return false;
  if (ins->op == IR_KINT) return literal_case_int(b, seen);
  if (ins->op == IR_KBOOL) return literal_case_same(b, BASIC_TRUE | BASIC_FALSE);
  if (ins->op == IR_NEW_STRING) return literal_case_string(b, ins->a[0]);
  if (ins->op != IR_KVAL && ins->op != IR_KOBJ) return literal_case_seen(b, seen);
  Value v = mx_ir_word(b->fn, pattern);
  if (val_is_class_or_module(v)) return literal_case_class(b, VAL_CAST(ClassObj, v), seen);
  if (val_is_string(v))
    return mx_shape_at(b->vm, val_header(v)->shape)->klass == b->vm->cls.String &&
           literal_case_string(b, pattern);
  if (val_is_type(v, T_RANGE)) return literal_case_range(b, v, seen);
  if (val_is_type(v, T_REGEXP)) return mx_build_match_case(b, seen);
  if (val_is_heap(v)) return false;
  return literal_case_same(b, val_is_nil(v) ? BASIC_NIL : BASIC_SYMBOL);
}

bool mx_build_literal_op(Builder *b, const Instruction *in, const Seen *seen) {
  switch (in->op) {
  case OP_PUSH_STRING: return literal_string(b, in->operands[0]);
  case OP_PUSH_SHARED: return literal_shared(b);
  case OP_BUILD_SYMBOL: return literal_symbol(b);
  case OP_BUILD_STRING: return literal_joined(b, in->operands[0]);
  case OP_TO_STRING: return literal_text(b, seen);
  case OP_BUILD_ARRAY: return literal_list(b, IR_NEW_ARRAY, in->operands[0]);
  case OP_ARRAY_PUSH: return literal_push(b);
  case OP_ARRAY_CONCAT: return literal_concat(b);
  case OP_SPLAT: return literal_splat(b, in->operands[0], seen);
  case OP_HASH_SET: return literal_hash_set(b);
  case OP_HASH_MERGE: return literal_hash_merge(b);
  case OP_TO_HASH: return literal_to_hash(b, &seen->in[0]);
  case OP_BUILD_DICT: return literal_dict(b, in->operands[0]);
  case OP_BUILD_RANGE: return literal_range(b, in->operands[0], seen);
  case OP_TO_ARY: return mx_build_is_array(b, mx_build_top(b, 0), &seen->in[0]);
  case OP_SPREAD: return literal_spread(b, in, seen);
  case OP_LOAD_NTH_REF: return mx_build_match_group(b, in->operands[0]);
  case OP_MATCH_GROUP:
    return mx_build_match_written(b, b->act->code->chunk->consts[in->operands[0]]);
  case OP_LOAD_GLOBAL:
    return mx_build_match_global(b, b->act->code->chunk->consts[in->operands[0]]) ||
           mx_build_load_global(b, in);
  case OP_STORE_GLOBAL: return mx_build_store_global(b, in);
  case OP_LOAD_CVAR: return literal_load_cvar(b, in);
  case OP_STORE_CVAR: return literal_store_cvar(b, in);
  case OP_ONCE: return literal_once(b, in);
  case OP_FOLD: return literal_fold(b, in);
  case OP_DEFINED: return mx_build_defined(b, in, seen);
  case OP_CASE_EQ: return literal_case(b, seen) || mx_build_send(b, seen);
  default: return false;
  }
}
