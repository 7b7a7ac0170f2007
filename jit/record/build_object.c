// SPDX-License-Identifier: MIT
// Building variables, constants and elements of arrays.
#include "runtime/array.h"
#include "runtime/float.h"
#include "jit/record/build.h"
#include "jit/record/op_calls.h"

// The inline cache of the instruction being built.
static InlineCache *object_cache(const Builder *b) {
  const Code *code = b->act->code;
  const uint32_t *ip = code->stream + mx_stream_instruction(code, b->act->pc);
  return &((InlineCache *)code->caches)[ip[1]];
}

// ---- instance variables

bool mx_build_field(const Builder *b, uint32_t shape_id, Sym name, BuildField *out) {
  const Shape *shape = mx_shape_at(b->vm, shape_id);
  uint32_t index;
  FieldRep rep;
  if (shape->layout->dictionary || !mx_layout_find(b->vm, shape->layout, name, &index, &rep))
    return false;
  out->outside = index >= shape->inline_cap;
  out->is_double = rep == FIELD_REP_DOUBLE;
  out->slot = out->outside ? (uint32_t)((index - shape->inline_cap) * sizeof(Value))
                           : (uint32_t)(offsetof(Object, slots) + index * sizeof(Value));
  return true;
}

// The activation whose receiver that of a block is.
static const BuildFrame *object_home(const BuildFrame *act) {
  while (act->home) act = act->home;
  return act;
}

uint32_t mx_build_seen_self(const BuildFrame *act) {
  act = object_home(act);
  if (act->shape) return act->shape;
  const TypeSet *self = &act->cx->self;
  return self->kinds == SEEN_HEAP && self->shape_count ? self->shapes[self->shape_count - 1] : 0;
}

// self as a plain object of the shape that it has, or that it had, or that the inline cache saw;
// 0: not known.
static uint32_t object_self(Builder *b) {
  const IvarCache *cache = &object_cache(b)->ivar;
  uint32_t shape = mx_build_shape(b, b->act->self);
  if (!shape) shape = mx_build_seen_self(b->act);
  if (!shape) shape = cache->shape ? cache->shape : cache->seen[0].shape;
  if (!shape || mx_shape_at(b->vm, shape)->klass->instance_type != T_OBJECT) return 0;
  mx_build_as_shape(b, &b->act->self, shape);
  return shape;
}

// Let C load or store the variable of self: of class objects, Arrays and other objects that are not
// plain, and of those that keep their variables in a dictionary.
static IrRef object_ivar_by_c(Builder *b, RtFn function, uint32_t effects, IrRef value) {
  IrRef name = mx_ir_const(b->fn, IR_KVAL, val_from_sym(object_cache(b)->ivar.name));
  IrRef refs[] = {mx_build_val(b, mx_build_resolve(b, b->act->self)), name, value};
  BuildCall call = {function, value ? 2 : 1, effects, NULL};
  return mx_build_c_call(b, &call, value ? 3 : 2, refs);
}

// A variable of self, which was seen to have several shapes.
static bool object_any(Builder *b, BuildFields *of) {
  const BuildFrame *home = object_home(b->act);
  of->seen = &home->cx->self;
  bool known = home->shape || mx_build_shape(b, b->act->self);
  if (known || of->seen->kinds != SEEN_HEAP || of->seen->shape_count < 2) return false;
  if (!mx_build_are_plain(b, of->seen)) return false;
  IrRef object = mx_build_as(b, &b->act->self, IRT_OBJ);
  of->name = of->asked = object_cache(b)->ivar.name;
  if (b->block != IR_NO_BLOCK) mx_build_fields(b, object, of);
  return true;
}

static bool object_load_ivar(Builder *b) {
  if (object_any(b, &(BuildFields){.otherwise = (RtFn)mx_call_ivar})) return true;
  uint32_t shape = object_self(b);
  if (b->block == IR_NO_BLOCK) return true;
  IrRef value = IR_NONE, self = mx_build_resolve(b, b->act->self);
  if (shape) value = mx_build_load_field(b, self, shape, object_cache(b)->ivar.name);
  if (!value) value = object_ivar_by_c(b, (RtFn)mx_call_ivar, RTE_COLLECTS, IR_NONE);
  mx_build_done(b, 0, value);
  return true;
}

IrRef mx_build_load_field(Builder *b, IrRef object, uint32_t shape, Sym name) {
  BuildField field;
  if (!mx_build_field(b, shape, name, &field)) {
    bool dictionary = mx_shape_at(b->vm, shape)->layout->dictionary;
    return dictionary ? IR_NONE : mx_ir_const(b->fn, IR_KVAL, VAL_NIL);
  }
  if (field.outside)
    object = mx_build_emit(b, IR_FIELD_LOAD, object, IR_NONE, IR_NONE, IRF_OBJECT_EXT);
  IrOp op = field.is_double ? IR_IVAR_LOAD_DOUBLE : IR_IVAR_LOAD;
  return mx_build_emit(b, op, object, IR_NONE, IR_NONE, field.slot);
}

// Store into a field that the shape has.
static bool object_store_field(Builder *b, IrRef object, const BuildField *field, IrRef *value) {
  if (field->outside)
    object = mx_build_emit(b, IR_FIELD_LOAD, object, IR_NONE, IR_NONE, IRF_OBJECT_EXT);
  if (!field->is_double) {
    mx_build_emit(b, IR_IVAR_STORE, object, mx_build_val(b, *value), IR_NONE, field->slot);
    return true;
  }
  IrType type = mx_build_type(b, mx_build_resolve(b, *value));
  if (type != IRT_DOUBLE && type != IRT_VAL) return false;
  IrRef d = mx_build_as(b, value, IRT_DOUBLE);
  if (b->block != IR_NO_BLOCK)
    mx_build_emit(b, IR_IVAR_STORE_DOUBLE, object, d, IR_NONE, field->slot);
  return true;
}

// Has an object of a shape an inline slot for one more variable?
static bool object_has_room(const Shape *shape) {
  return !(shape->flags & SHAPE_FROZEN) && !shape->layout->dictionary &&
         shape->layout->count < shape->inline_cap;
}

bool mx_build_may_store(const Builder *b, uint32_t shape_id, Sym name) {
  const Shape *shape = mx_shape_at(b->vm, shape_id);
  BuildField field;
  bool has = mx_build_field(b, shape_id, name, &field);
  return has ? !(shape->flags & SHAPE_FROZEN) : object_has_room(shape);
}

// Store a variable that the object gains: the shape that it gets, 0 when it cannot be done here.
static uint32_t object_gain(Builder *b, uint32_t shape_id, Sym name, bool is_double) {
  const Shape *shape = mx_shape_at(b->vm, shape_id);
  if (!object_has_room(shape)) return 0;
  FieldRep rep = is_double ? FIELD_REP_DOUBLE : FIELD_REP_VALUE;
  Layout *layout = mx_layout_add(b->vm, shape->klass, shape->layout, name, rep);
  if (!layout || layout->count != shape->layout->count + 1) return 0;
  return mx_shape_get(b->vm, shape->klass, layout, shape->flags, shape->inline_cap);
}

bool mx_build_store_field(Builder *b, IrRef object, uint32_t shape, Sym name, IrRef *value,
                          const TypeSet *seen) {
  BuildField field;
  if (mx_shape_at(b->vm, shape)->flags & SHAPE_FROZEN) return false;
  if (mx_build_field(b, shape, name, &field)) return object_store_field(b, object, &field, value);
  IrType type = mx_build_type(b, mx_build_resolve(b, *value));
  if (type == IRT_VAL && mx_seen_only(seen) == SEEN_FLOAT) type = IRT_DOUBLE;
  uint32_t after = object_gain(b, shape, name, type == IRT_DOUBLE);
  if (!after || !mx_build_field(b, after, name, &field)) return false;
  // The field's value must be there when the shape says so: a collection sees both or none.
  if (type == IRT_VAL)
    mx_build_guard(b, IR_GUARD_NOT_DOUBLE, mx_build_resolve(b, *value), IR_NONE, 0);
  if (!object_store_field(b, object, &field, value)) return false;
  if (b->block == IR_NO_BLOCK) return true;
  mx_build_emit(b, IR_SHAPE_STORE, object, IR_NONE, IR_NONE, after);
  mx_build_shape_is(b, object, after);
  return true;
}

static bool object_store_ivar(Builder *b, const Seen *seen) {
  BuildFields any = {
      .otherwise = (RtFn)mx_call_set_ivar, .pops = 1, .stores = true, .value = &seen->in[0]};
  if (object_any(b, &any)) return true;
  uint32_t shape = object_self(b);
  if (b->block == IR_NO_BLOCK) return true;
  IrRef *value = mx_build_top(b, 0), self = mx_build_resolve(b, b->act->self);
  Sym name = object_cache(b)->ivar.name;
  if (!shape || !mx_build_store_field(b, self, shape, name, value, &seen->in[0])) {
    const uint32_t effects = RTE_COLLECTS | RTE_WRITES | RTE_REFUSES;
    (void)object_ivar_by_c(b, (RtFn)mx_call_set_ivar, effects, mx_build_val(b, *value));
  }
  mx_build_done(b, 1, IR_NONE);
  return true;
}

// ---- constants

// Push the value of a constant in place of what it is asked of, as long as the name has no other.
static bool object_constant(Builder *b, const ConstCache *cache, uint32_t pops) {
  vec_push(&b->out->assumptions, ((Assumption){.name = cache->name, .version = cache->version}));
  Value v = cache->value;
  bool object = val_is_heap(v);
  mx_build_done(b, pops, object ? mx_ir_const(b->fn, IR_KOBJ, v) : mx_build_value_const(b, v));
  return true;
}

static bool object_load_const(Builder *b) {
  const ConstCache *cache = &object_cache(b)->constant;
  bool valid =
      cache->lex == b->act->cx->frame.lex && cache->version == b->vm->const_versions[cache->name];
  return valid && object_constant(b, cache, 0);
}

// A constant of the module at the top, the one that it was found in.
static bool object_load_const_from(Builder *b) {
  const ConstCache *cache = &object_cache(b)->constant;
  if (!val_is_heap(cache->scope) || cache->version != b->vm->const_versions[cache->name])
    return false;
  IrRef scope = mx_ir_const(b->fn, IR_KVAL, cache->scope);
  IrRef same = mx_build_emit(b, IR_SAME, mx_build_val(b, *mx_build_top(b, 0)), scope, IR_NONE, 0);
  mx_build_guard(b, IR_GUARD_TRUE, same, IR_NONE, 0);
  return object_constant(b, cache, 1);
}

static bool object_load_const_top(Builder *b) {
  const ConstCache *cache = &object_cache(b)->constant;
  bool valid = cache->scope == val_from_ptr(b->vm->cls.Object) &&
               cache->version == b->vm->const_versions[cache->name];
  return valid && object_constant(b, cache, 0);
}

// ---- captured variables

// The activation `depth` scopes out, or NULL and how many Envs to go from *env.
static BuildFrame *object_scope(Builder *b, uint32_t depth, IrRef *env) {
  BuildFrame *act = b->act;
  while (depth > 0 && act->home) {
    act = act->home;
    depth--;
  }
  if (depth == 0) return act;
  *env = act->outer;
  for (; depth > 1 && *env; depth--)
    *env = mx_build_emit(b, IR_FIELD_LOAD, *env, IR_NONE, IR_NONE, IRF_ENV_PARENT);
  return NULL;
}

static bool object_upvalue(Builder *b, const Instruction *in) {
  IrRef env = IR_NONE;
  BuildFrame *act = object_scope(b, in->operands[1], &env);
  uint32_t slot = in->operands[0];
  if (!act && !env) return false;
  if (in->op == OP_GET_UPVALUE) {
    mx_build_done(b, 0,
                  act ? mx_build_local(b, act, slot)
                      : mx_build_emit(b, IR_UPVAL_LOAD, env, IR_NONE, IR_NONE, slot));
    return true;
  }
  IrRef value = *mx_build_top(b, 0);
  if (act)
    mx_build_set_local(b, act, slot, value);
  else
    mx_build_emit(b, IR_UPVAL_STORE, env, mx_build_val(b, value), IR_NONE, slot);
  mx_build_done(b, 1, IR_NONE);
  return true;
}

// ---- elements of arrays

// The strategy that arrays at a place had, if it was one; -1 otherwise.
static int object_strategy(const TypeSet *seen) {
  switch (seen->strategies) {
  case 1u << ARRAY_INT: return ARRAY_INT;
  case 1u << ARRAY_DOUBLE: return ARRAY_DOUBLE;
  case 1u << ARRAY_ANY: return ARRAY_ANY;
  default: return -1;
  }
}

// Leave unless the array's flags under a mask are as given.
static void object_require_flags(Builder *b, IrRef array, uint32_t mask, uint32_t flags) {
  IrRef has = mx_build_emit(b, IR_FIELD_LOAD, array, IR_NONE, IR_NONE, IRF_FLAGS);
  has = mx_build_emit(b, IR_WAND, has, mx_ir_const(b->fn, IR_KWORD, mask), IR_NONE, 0);
  IrRef ok = mx_build_emit(b, IR_WEQ, has, mx_ir_const(b->fn, IR_KWORD, flags), IR_NONE, 0);
  mx_build_guard(b, IR_GUARD_TRUE, ok, IR_NONE, 0);
}

enum { OBJECT_STRATEGY_MASK = 3u << FL_ARRAY_STRATEGY_SHIFT };

// An Array of a strategy and an Integer: is the index inside?
typedef struct ObjectElement {
  IrRef array, index; // OBJ, INT
  IrRef inside;       // BOOL
} ObjectElement;

// False when control has left. shape: of the Array.
static bool object_element(Builder *b, uint32_t depth, uint32_t shape, uint32_t more_mask,
                           int strategy, ObjectElement *out) {
  out->array = mx_build_as_shape(b, mx_build_top(b, depth), shape);
  if (b->block == IR_NO_BLOCK) return false;
  out->index = mx_build_as(b, mx_build_top(b, depth - 1), IRT_INT);
  if (b->block == IR_NO_BLOCK) return false;
  object_require_flags(b, out->array, OBJECT_STRATEGY_MASK | more_mask,
                       (uint32_t)strategy << FL_ARRAY_STRATEGY_SHIFT);
  IrRef length = mx_build_emit(b, IR_FIELD_LOAD, out->array, IR_NONE, IR_NONE, IRF_ARRAY_LEN);
  length = mx_build_emit(b, IR_WORD_TO_INT, length, IR_NONE, IR_NONE, 0);
  out->inside = mx_build_emit(b, IR_BELOW, out->index, length, IR_NONE, 0);
  return true;
}

// The buffer of an Array in which the index lies.
static IrRef object_buffer(Builder *b, const ObjectElement *at) {
  return mx_build_emit(b, IR_FIELD_LOAD, at->array, IR_NONE, IR_NONE, IRF_ARRAY_BUFFER);
}

// Element outside: by C.
static void object_get_outside(Builder *b, const ObjectElement *at) {
  IrRef refs[] = {mx_build_val(b, at->array), mx_build_val(b, at->index)};
  BuildCall call = {(RtFn)mx_call_array_get, 1, RTE_COLLECTS, NULL};
  mx_build_done(b, 2, mx_build_c_call(b, &call, 2, refs));
}

static void object_set_outside(Builder *b, const ObjectElement *at) {
  IrRef refs[] = {mx_build_val(b, at->array), mx_build_val(b, at->index),
                  mx_build_val(b, *mx_build_top(b, 0))};
  BuildCall call = {(RtFn)mx_call_array_set, 2,
                    RTE_COLLECTS | RTE_WRITES_ELEM | RTE_WRITES_FIELD | RTE_RAISES | RTE_REFUSES,
                    NULL};
  mx_build_c_call(b, &call, 3, refs);
  mx_build_done(b, 3, *mx_build_top(b, 0));
}

// Was the place only seen to hold plain Arrays of one shape, frozen or not?
static bool object_is_array(const Builder *b, const TypeSet *array) {
  return array->kinds == SEEN_HEAP && array->shape_count == 1 && !array->boxed &&
         mx_shape_at(b->vm, array->shapes[0])->klass == b->vm->cls.Array;
}

// Likewise of one strategy, indexed by Integers?
static bool object_array_seen(const Builder *b, const TypeSet *array, const TypeSet *index) {
  return object_is_array(b, array) && object_strategy(array) >= 0 && index->kinds == SEEN_INT;
}

// How elements are loaded, by strategy.
static const uint8_t object_loads[] = {[ARRAY_INT] = IR_ELEM_LOAD_INT,
                                       [ARRAY_DOUBLE] = IR_ELEM_LOAD_DOUBLE,
                                       [ARRAY_ANY] = IR_ELEM_LOAD};

bool mx_build_load_elements(Builder *b, IrRef *entry, const TypeSet *seen, uint32_t count,
                            IrRef *out) {
  int strategy = object_strategy(seen);
  if (!object_is_array(b, seen) || (count > 0 && strategy < 0)) return false;
  IrRef array = mx_build_as_shape(b, entry, seen->shapes[0]);
  if (b->block == IR_NO_BLOCK) return true;
  if (count > 0)
    object_require_flags(b, array, OBJECT_STRATEGY_MASK,
                         (uint32_t)strategy << FL_ARRAY_STRATEGY_SHIFT);
  IrRef length = mx_build_emit(b, IR_FIELD_LOAD, array, IR_NONE, IR_NONE, IRF_ARRAY_LEN);
  IrRef as_seen = mx_build_emit(b, IR_WEQ, length, mx_ir_const(b->fn, IR_KWORD, count), IR_NONE, 0);
  mx_build_guard(b, IR_GUARD_TRUE, as_seen, IR_NONE, 0);
  IrRef buffer = mx_build_emit(b, IR_FIELD_LOAD, array, IR_NONE, IR_NONE, IRF_ARRAY_BUFFER);
  for (uint32_t i = 0; i < count; i++)
    out[i] =
        mx_build_emit(b, (IrOp)object_loads[strategy], buffer, mx_ir_int(b->fn, i), IR_NONE, 0);
  return true;
}

// An element or value of an Array or Hash that is as this code has made it, at a constant index or
// key. False: not known.
static bool object_get_known(Builder *b) {
  IrRef list = *mx_build_top(b, 1), at = mx_build_resolve(b, *mx_build_top(b, 0));
  uint32_t count;
  const IrRef *elements;
  IrRef value = mx_build_value_of(b, list, at);
  if (!value && mx_ir_at(b->fn, at)->op == IR_KINT &&
      mx_build_elements(b, list, &count, &elements)) {
    int64_t i = (int64_t)mx_ir_word(b->fn, at);
    if (i < 0) i += count;
    bool inside = i >= 0 && i < count;
    value = inside ? mx_build_unboxed(b, elements[i]) : mx_ir_const(b->fn, IR_KVAL, VAL_NIL);
  }
  if (!value || !mx_build_basic(b, SYM_AREF, BASIC_ARRAY | BASIC_HASH)) return false;
  mx_build_done(b, 2, value);
  return true;
}

static bool object_index_get(Builder *b, const Seen *seen) {
  if (object_get_known(b)) return true;
  if (!object_array_seen(b, &seen->in[1], &seen->in[0])) return false;
  if (!mx_build_basic(b, SYM_AREF, BASIC_ARRAY)) return false;
  int strategy = object_strategy(&seen->in[1]);
  ObjectElement at;
  BuildArms arms = {0};
  if (!object_element(b, 1, seen->in[1].shapes[0], 0, strategy, &at)) return true;
  if (seen->outside)
    mx_build_arm(b, &arms, at.inside);
  else
    mx_build_guard(b, IR_GUARD_TRUE, at.inside, IR_NONE, 0);
  IrRef buffer = object_buffer(b, &at);
  mx_build_done(b, 2, mx_build_emit(b, (IrOp)object_loads[strategy], buffer, at.index, IR_NONE, 0));
  if (!seen->outside) return true;
  mx_build_arm_end(b, &arms);
  if (b->block != IR_NO_BLOCK) object_get_outside(b, &at);
  mx_build_arms_join(b, &arms);
  return true;
}

// [array i] -> [array i+1 element], or at the end go to the target.
static bool object_array_next(Builder *b, const Instruction *in, const Seen *seen) {
  if (!object_array_seen(b, &seen->in[1], &seen->in[0])) return false;
  int strategy = object_strategy(&seen->in[1]);
  ObjectElement at;
  if (!object_element(b, 1, seen->in[1].shapes[0], 0, strategy, &at)) return true;
  bool more = mx_build_ran(b, b->act->next), ends = mx_build_ran(b, in->operands[0]);
  BuildEdge end = mx_build_edge(b);
  if (more && ends) {
    IrBlockId inside = mx_ir_block(b->fn);
    end.from = mx_ir_block(b->fn);
    mx_ir_branch(b->fn, b->block, at.inside, inside, end.from);
    b->block = inside;
  } else {
    mx_build_guard(b, more ? IR_GUARD_TRUE : IR_GUARD_FALSE, at.inside, IR_NONE, 0);
  }
  if (more) {
    IrRef buffer = object_buffer(b, &at);
    IrRef element = mx_build_emit(b, (IrOp)object_loads[strategy], buffer, at.index, IR_NONE, 0);
    *mx_build_top(b, 0) = mx_build_emit(b, IR_ADD, at.index, mx_ir_int(b->fn, 1), IR_NONE, 0);
    mx_build_done(b, 0, element);
    mx_build_go(b, b->act->next);
    if (!ends) return true;
    mx_build_resume(b, &end);
  }
  mx_build_go(b, in->operands[0]);
  return true;
}

bool mx_build_is_numbers(const Builder *b, const TypeSet *seen) {
  const TypeSet any = {.kinds = SEEN_INT};
  return object_array_seen(b, seen, &any) && object_strategy(seen) != ARRAY_ANY;
}

void mx_build_as_numbers(Builder *b, IrRef *entry, const TypeSet *seen) {
  IrRef array = mx_build_as_shape(b, entry, seen->shapes[0]);
  if (b->block == IR_NO_BLOCK) return;
  object_require_flags(b, array, OBJECT_STRATEGY_MASK,
                       (uint32_t)object_strategy(seen) << FL_ARRAY_STRATEGY_SHIFT);
}

bool mx_build_element(Builder *b, const TypeSet *seen) {
  Seen both = {.in = {{.kinds = SEEN_INT}, *seen}};
  return object_index_get(b, &both);
}

// The value at the top as the strategy keeps it; IR_NONE when it does not fit.
static IrRef object_stored(Builder *b, int strategy) {
  IrRef *entry = mx_build_top(b, 0);
  if (strategy == ARRAY_ANY) return mx_build_val(b, *entry);
  return mx_build_as(b, entry, strategy == ARRAY_INT ? IRT_INT : IRT_DOUBLE);
}

// Can the strategy keep the value at the top, as far as was seen?
static bool object_keeps(Builder *b, int strategy, const TypeSet *seen) {
  IrType type = mx_build_type(b, mx_build_resolve(b, *mx_build_top(b, 0)));
  if (strategy == ARRAY_ANY) return true;
  IrType fits = strategy == ARRAY_INT ? IRT_INT : IRT_DOUBLE;
  uint8_t kind = strategy == ARRAY_INT ? SEEN_INT : SEEN_FLOAT;
  return type == fits || (type == IRT_VAL && mx_seen_only(seen) == kind);
}

static bool object_index_set(Builder *b, const Seen *seen) {
  uint32_t shape = b->vm->cls.Array->instance_shape;
  if (!object_array_seen(b, &seen->in[2], &seen->in[1]) || seen->in[2].shapes[0] != shape)
    return false;
  static const uint8_t stores[] = {[ARRAY_INT] = IR_ELEM_STORE_INT,
                                   [ARRAY_DOUBLE] = IR_ELEM_STORE_DOUBLE,
                                   [ARRAY_ANY] = IR_ELEM_STORE};
  int strategy = object_strategy(&seen->in[2]);
  if (!object_keeps(b, strategy, &seen->in[0])) return false;
  if (!mx_build_basic(b, SYM_ASET, BASIC_ARRAY)) return false;
  ObjectElement at;
  BuildArms arms = {0};
  if (!object_element(b, 2, shape, FL_ARRAY_SHARED, strategy, &at)) return true;
  IrRef value = object_stored(b, strategy);
  if (b->block == IR_NO_BLOCK) return true;
  if (seen->outside)
    mx_build_arm(b, &arms, at.inside);
  else
    mx_build_guard(b, IR_GUARD_TRUE, at.inside, IR_NONE, 0);
  mx_build_emit(b, (IrOp)stores[strategy], object_buffer(b, &at), at.index, value, 0);
  mx_build_done(b, 3, *mx_build_top(b, 0));
  if (!seen->outside) return true;
  mx_build_arm_end(b, &arms);
  if (b->block != IR_NO_BLOCK) object_set_outside(b, &at);
  mx_build_arms_join(b, &arms);
  return true;
}

// What is appended, at the top: numbers, and what has always been one, as such.
static IrRef object_pushed(Builder *b, const TypeSet *seen) {
  IrRef *entry = mx_build_top(b, 0);
  IrType type = mx_build_type(b, mx_build_resolve(b, *entry));
  if (type == IRT_INT || (type == IRT_VAL && mx_seen_only(seen) == SEEN_INT))
    return mx_build_as(b, entry, IRT_INT);
  if (type == IRT_DOUBLE || (type == IRT_VAL && mx_seen_only(seen) == SEEN_FLOAT))
    return mx_build_as(b, entry, IRT_DOUBLE);
  return mx_build_val(b, *entry);
}

void mx_build_append(Builder *b, IrRef array, const TypeSet *seen) {
  IrRef value = object_pushed(b, seen);
  if (b->block == IR_NO_BLOCK) return;
  IrRef length = mx_build_emit(b, IR_FIELD_LOAD, array, IR_NONE, IR_NONE, IRF_ARRAY_LEN);
  IrIns call = {.op = IR_CALL_RT, .type = IRT_VOID, .imm = RT_ARRAY_ADD, .snap = SNAP_NONE};
  call.list = mx_ir_list(b->fn, 3, (IrRef[]){array, length, value});
  mx_ir_emit(b->fn, b->block, &call);
  IrRef one = mx_ir_const(b->fn, IR_KWORD, 1);
  IrRef more = mx_build_emit(b, IR_WADD, length, one, IR_NONE, 0);
  mx_build_emit(b, IR_FIELD_STORE, array, more, IR_NONE, IRF_ARRAY_LEN);
  mx_build_done(b, 1, IR_NONE);
}

// array << v
static bool object_push(Builder *b, const Seen *seen) {
  const TypeSet *array = &seen->in[1];
  uint32_t shape = b->vm->cls.Array->instance_shape;
  if (array->kinds != SEEN_HEAP || array->shape_count != 1 || array->shapes[0] != shape)
    return false;
  if (!mx_build_basic(b, SYM_LSHIFT, BASIC_ARRAY)) return false;
  IrRef object = mx_build_as_shape(b, mx_build_top(b, 1), shape);
  if (b->block != IR_NO_BLOCK) mx_build_append(b, object, &seen->in[0]);
  return true;
}

static bool object_length(Builder *b, const Seen *seen) {
  if (!mx_build_is_array(b, mx_build_top(b, 0), &seen->in[0])) return false;
  if (b->block == IR_NO_BLOCK) return true;
  IrRef object = mx_build_resolve(b, *mx_build_top(b, 0));
  IrRef length = mx_build_emit(b, IR_FIELD_LOAD, object, IR_NONE, IR_NONE, IRF_ARRAY_LEN);
  mx_build_done(b, 1, mx_build_emit(b, IR_WORD_TO_INT, length, IR_NONE, IR_NONE, 0));
  return true;
}

bool mx_build_object_op(Builder *b, const Instruction *in, const Seen *seen) {
  switch (in->op) {
  case OP_LOAD_IVAR: return object_load_ivar(b);
  case OP_STORE_IVAR: return object_store_ivar(b, seen);
  case OP_LOAD_CONST: return object_load_const(b);
  case OP_LOAD_CONST_FROM: return object_load_const_from(b);
  case OP_LOAD_CONST_TOP: return object_load_const_top(b);
  case OP_ARRAY_NEXT: return object_array_next(b, in, seen);
  case OP_GET_UPVALUE:
  case OP_SET_UPVALUE: return object_upvalue(b, in);
  case OP_INDEX_GET: return object_index_get(b, seen) || mx_build_send(b, seen);
  case OP_INDEX_SET: return object_index_set(b, seen) || mx_build_send(b, seen);
  case OP_LSHIFT: return object_push(b, seen);
  case OP_CORE_LENGTH: return object_length(b, seen) || mx_build_send(b, seen);
  default: return false;
  }
}
