// SPDX-License-Identifier: MIT
// Building what the library does for instances of Struct and Data (runtime/core): its primitives as
// allocations and stores of fields, where the class is a constant and the Arrays and Hashes of
// arguments are as this code has made them, so that none of these is needed; and what patterns look
// at as an allocation of an Array or Hash of the fields, which escape analysis takes away.
//
// A class's hidden variables (__members, __fields, __keyword_init) are set before the class can
// have instances, and never again, since no program can name them: they are constants.
#include "runtime/array.h"
#include "runtime/object.h"
#include "interp/ops.h"
#include "jit/record/build.h"

// ---- what is known

// The class that an operand is, or NULL.
static ClassObj *struct_class(Builder *b, uint32_t depth) {
  IrRef ref = mx_build_root(b, *mx_build_top(b, depth));
  IrOp op = (IrOp)mx_ir_at(b->fn, ref)->op;
  Value v = op == IR_KOBJ || op == IR_KVAL ? mx_ir_word(b->fn, ref) : VAL_NIL;
  return val_is_type(v, T_CLASS) ? VAL_CAST(ClassObj, v) : NULL;
}

// A hidden variable of a class or of the nearest one above that has it: each class with members has
// all of them, or is below one that has.
static Value struct_hidden(const Builder *b, const ClassObj *klass, Sym name) {
  while (!mx_ivar_defined(b->ec, val_from_ptr(klass), name)) klass = klass->super;
  return mx_ivar_get(b->ec, val_from_ptr(klass), name);
}

// A hidden variable by its name, such as the names of the members, or of their variables, as an
// Array.
static Value struct_names(const Builder *b, const ClassObj *klass, const char *which) {
  return struct_hidden(b, klass, mx_sym(b->vm, which));
}

// ---- objects

bool mx_build_new_object(Builder *b, const ClassObj *klass, IrRef *out) {
  if (!mx_ops_makes_plain(klass)) return false;
  const Shape *shape = mx_shape_at(b->vm, klass->instance_shape);
  IrIns make = {.op = IR_NEW_OBJECT, .imm = shape->id, .snap = SNAP_NONE};
  make.imm2 = (uint32_t)(sizeof(Object) + shape->inline_cap * sizeof(Value));
  *out = mx_ir_emit(b->fn, b->block, &make);
  vec_push(&b->shapes, ((BuildShape){*out, shape->id}));
  if (klass->flags & CLASS_KEPT) return true;
  const TypeSet nothing = {0};
  IrRef held = mx_ir_const(b->fn, IR_KVAL, val_from_ptr(klass));
  return mx_build_store_field(b, *out, shape->id, SYM_iv_class, &held, &nothing);
}

// Store values as the variables of the names, which are all that there are; false: they do not fit,
// some may be stored.
static bool struct_store(Builder *b, IrRef object, Value fields, const IrRef *values) {
  const TypeSet nothing = {0};
  for (uint32_t i = 0; i < mx_array_len(fields) && b->block != IR_NO_BLOCK; i++) {
    IrRef value = mx_build_unboxed(b, values[i]);
    Sym name = val_to_sym(mx_array_get(b->ec, fields, i));
    uint32_t shape = mx_build_shape(b, object);
    if (!shape || !mx_build_store_field(b, object, shape, name, &value, &nothing)) return false;
  }
  return true;
}

// Values in the order of the members: those of an Array, then nil. NULL: not known, or too many.
static const IrRef *struct_placed(Builder *b, IrRef list, uint32_t members) {
  uint32_t count;
  const IrRef *elements;
  if (!mx_build_elements(b, list, &count, &elements) || count > members) return NULL;
  IrRef *values = mx_arena_array(b->arena, IrRef, members + 1);
  for (uint32_t i = 0; i < members; i++)
    values[i] = i < count ? elements[i] : mx_ir_const(b->fn, IR_KVAL, VAL_NIL);
  return values;
}

// The same of a Hash whose keys are the members. NULL: not known, or they are others.
static const IrRef *struct_named(Builder *b, IrRef hash, Value names) {
  uint32_t count, members = mx_array_len(names);
  const IrRef *pairs;
  if (!mx_build_pairs(b, hash, &count, &pairs) || count != 2 * members) return NULL;
  IrRef *values = mx_arena_array(b->arena, IrRef, members + 1);
  for (uint32_t i = 0; i < members; i++) {
    IrRef key = mx_ir_const(b->fn, IR_KVAL, mx_array_get(b->ec, names, i));
    values[i] = mx_build_value_of(b, hash, key);
    if (!values[i]) return NULL;
  }
  return values;
}

// ---- primitives

// class_allocate(klass)
static bool struct_allocate(Builder *b, const BuildLeaf *call) {
  const ClassObj *klass = struct_class(b, 0);
  IrRef object;
  if (!klass || !mx_build_new_object(b, klass, &object)) return false;
  mx_build_done(b, call->argc, object);
  return true;
}

// inherited_ivar(klass, name)
static bool struct_inherited(Builder *b, const BuildLeaf *call) {
  const ClassObj *klass = struct_class(b, 1);
  IrRef name = mx_build_resolve(b, *mx_build_top(b, 0));
  if (!klass || mx_ir_at(b->fn, name)->op != IR_KVAL) return false;
  Value v = struct_hidden(b, klass, val_to_sym(mx_ir_word(b->fn, name)));
  mx_build_done(b, call->argc,
                val_is_heap(v) ? mx_ir_const(b->fn, IR_KOBJ, v) : mx_build_value_const(b, v));
  return true;
}

// The object below `depth` operands whose members are to be set, as one of a known shape: the one
// that it was seen to have last. IR_NONE: not known, or control has left.
static IrRef struct_object(Builder *b, const BuildLeaf *call, uint32_t depth) {
  IrRef *object = mx_build_top(b, depth);
  const TypeSet *seen = &call->seen->in[depth];
  if (mx_build_shape(b, *object)) return mx_build_resolve(b, *object);
  if (seen->kinds != SEEN_HEAP || !seen->shape_count) return IR_NONE;
  IrRef ref = mx_build_as_shape(b, object, seen->shapes[seen->shape_count - 1]);
  return b->block == IR_NO_BLOCK ? IR_NONE : ref;
}

// The class of an object of a known shape, NULL when that is not known, or the object's own.
static const ClassObj *struct_class_of(const Builder *b, IrRef object) {
  const ClassObj *klass = object ? mx_shape_at(b->vm, mx_build_shape(b, object))->klass : NULL;
  return klass && !(klass->flags & CLASS_SINGLETON) ? klass : NULL;
}

// Give the members of an object values in their order.
static bool struct_give(Builder *b, const BuildLeaf *call, IrRef object, const IrRef *values) {
  Value fields = struct_names(b, struct_class_of(b, object), "__fields");
  if (!values || !struct_store(b, object, fields, values)) return false;
  mx_build_done(b, call->argc, mx_ir_bool(b->fn, true));
  return true;
}

// members_place(object, values)
static bool struct_place(Builder *b, const BuildLeaf *call) {
  IrRef object = struct_object(b, call, 1);
  const ClassObj *klass = struct_class_of(b, object);
  if (!klass) return false;
  uint32_t members = mx_array_len(struct_names(b, klass, "__fields"));
  return struct_give(b, call, object, struct_placed(b, *mx_build_top(b, 0), members));
}

// members_fill(object, options)
static bool struct_fill(Builder *b, const BuildLeaf *call) {
  IrRef object = struct_object(b, call, 1);
  const ClassObj *klass = struct_class_of(b, object);
  if (!klass) return false;
  Value names = struct_names(b, klass, "__members");
  return struct_give(b, call, object, struct_named(b, *mx_build_top(b, 0), names));
}

// members_init(object, values, options)
static bool struct_init(Builder *b, const BuildLeaf *call) {
  uint32_t keyed;
  const IrRef *pairs;
  IrRef object = struct_object(b, call, 2);
  const ClassObj *klass = struct_class_of(b, object);
  if (!klass || !mx_build_pairs(b, *mx_build_top(b, 0), &keyed, &pairs)) return false;
  if (keyed > 0 || val_truthy(struct_names(b, klass, "__keyword_init"))) {
    mx_build_done(b, call->argc, mx_ir_bool(b->fn, false));
    return true;
  }
  uint32_t members = mx_array_len(struct_names(b, klass, "__fields"));
  return struct_give(b, call, object, struct_placed(b, *mx_build_top(b, 1), members));
}

// Freeze an object that this code has made.
static void struct_freeze(Builder *b, IrRef object) {
  const Shape *shape = mx_shape_at(b->vm, mx_build_shape(b, object));
  uint32_t frozen = mx_shape_get(b->vm, shape->klass, shape->layout, shape->flags | SHAPE_FROZEN,
                                 shape->inline_cap);
  mx_build_emit(b, IR_SHAPE_STORE, object, IR_NONE, IR_NONE, frozen);
  mx_build_shape_is(b, object, frozen);
}

// data_new(klass, values, options), of a class that has no initialize of its own.
static bool struct_data(Builder *b, const BuildLeaf *call) {
  const ClassObj *klass = struct_class(b, 2);
  if (!klass) return false;
  const MethodCell *cell = mx_assume_method(b->vm, (ClassObj *)(uintptr_t)klass, SYM_initialize);
  Value fields = struct_names(b, klass, "__fields");
  uint32_t given, keyed;
  const IrRef *elements, *pairs;
  if (!cell->me || cell->me->owner != b->vm->cls.Data) return false;
  if (!mx_build_elements(b, *mx_build_top(b, 1), &given, &elements)) return false;
  if (!mx_build_pairs(b, *mx_build_top(b, 0), &keyed, &pairs)) return false;
  bool whole = keyed == 0 && given == mx_array_len(fields);
  if (given > 0 && !whole) return false;
  const IrRef *values =
      given > 0 ? elements
                : struct_named(b, *mx_build_top(b, 0), struct_names(b, klass, "__members"));
  IrRef object;
  if (!values || !mx_build_new_object(b, klass, &object)) return false;
  mx_build_assume(b, cell);
  if (!struct_store(b, object, fields, values)) return false;
  if (b->block == IR_NO_BLOCK) return true;
  struct_freeze(b, object);
  mx_build_done(b, call->argc, object);
  return true;
}

bool mx_build_struct_primitive(Builder *b, const BuildLeaf *call) {
  static const struct {
    const char *name;
    bool (*build)(Builder *b, const BuildLeaf *call);
  } builders[] = {
      {"class_allocate", struct_allocate}, {"inherited_ivar", struct_inherited},
      {"members_place", struct_place},     {"members_fill", struct_fill},
      {"members_init", struct_init},       {"data_new", struct_data},
  };
  for (size_t i = 0; i < MX_COUNT_OF(builders); i++)
    if (strcmp(builders[i].name, call->row->name) == 0) return builders[i].build(b, call);
  return false;
}

// ---- patterns

// The class of the objects of a place, if all were of one shape and patterns or splats get their
// members by a method of the library's; NULL otherwise.
static const ClassObj *struct_matched(Builder *b, const TypeSet *seen, Sym name) {
  if (seen->kinds != SEEN_HEAP || seen->shape_count != 1 || seen->boxed || seen->many) return NULL;
  const Shape *shape = mx_shape_at(b->vm, seen->shapes[0]);
  ClassObj *klass = shape->klass;
  const MethodCell *responds = mx_assume_method(b->vm, klass, SYM_respond_to);
  const MethodCell *cell = mx_assume_method(b->vm, klass, name);
  if (klass->flags & CLASS_SINGLETON || shape->layout->dictionary || !cell->me) return NULL;
  const ClassObj *owner = cell->me->owner;
  bool library = owner == b->vm->cls.Struct || owner == b->vm->cls.Data;
  if (!library || cell->me->flags & METHOD_F_ADDED) return NULL;
  if (!responds->me || responds->me->kind != METHOD_BUILTIN) return NULL;
  mx_build_assume(b, responds);
  mx_build_assume(b, cell);
  return klass;
}

bool mx_build_struct_parts(Builder *b, const TypeSet *seen, Sym name) {
  const ClassObj *klass = struct_matched(b, seen, name);
  if (!klass) return false;
  IrRef object = mx_build_as_shape(b, mx_build_top(b, 0), seen->shapes[0]);
  if (b->block == IR_NO_BLOCK) return true;
  Value fields = struct_names(b, klass, "__fields");
  uint32_t count = mx_array_len(fields);
  IrRef *values = mx_arena_array(b->arena, IrRef, count + 1);
  for (uint32_t i = 0; i < count; i++) {
    Sym field = val_to_sym(mx_array_get(b->ec, fields, i));
    values[i] = mx_build_load_field(b, object, seen->shapes[0], field);
  }
  mx_build_done(b, 1, mx_build_new_list(b, IR_NEW_ARRAY, count, values));
  return true;
}

// The Symbols of a list that a pattern asks for; NULL: not known. All names, when it is nil.
static const Value *struct_keys(Builder *b, IrRef keys, Value names, uint32_t *count) {
  const IrRef *elements;
  const IrIns *ins = mx_ir_at(b->fn, mx_build_resolve(b, keys));
  bool all = ins->op == IR_KVAL && mx_ir_word(b->fn, mx_build_resolve(b, keys)) == VAL_NIL;
  if (all)
    *count = mx_array_len(names);
  else if (!mx_build_elements(b, keys, count, &elements))
    return NULL;
  Value *list = mx_arena_array(b->arena, Value, *count + 1);
  for (uint32_t i = 0; i < *count; i++) {
    list[i] = all ? mx_array_get(b->ec, names, i) : mx_ir_word(b->fn, elements[i]);
    if (!val_is_symbol(list[i])) return NULL;
  }
  return list;
}

bool mx_build_struct_pairs(Builder *b, const TypeSet *seen) {
  const ClassObj *klass = struct_matched(b, seen, SYM_deconstruct_keys);
  if (!klass) return false;
  Value names = struct_names(b, klass, "__members"), fields = struct_names(b, klass, "__fields");
  uint32_t count, members = mx_array_len(names), used = 0;
  const Value *keys = struct_keys(b, *mx_build_top(b, 0), names, &count);
  if (!keys) return false;
  IrRef object = mx_build_as_shape(b, mx_build_top(b, 1), seen->shapes[0]);
  if (b->block == IR_NO_BLOCK) return true;
  IrRef *pairs = mx_arena_array(b->arena, IrRef, 2 * count + 1);
  for (uint32_t i = 0; count <= members && i < count; i++) {
    uint32_t at = 0;
    while (at < members && mx_array_get(b->ec, names, at) != keys[i]) at++;
    if (at == members) break; // so the library does: the pattern cannot match
    Sym field = val_to_sym(mx_array_get(b->ec, fields, at));
    pairs[used++] = mx_ir_const(b->fn, IR_KVAL, keys[i]);
    pairs[used++] = mx_build_load_field(b, object, seen->shapes[0], field);
  }
  mx_build_done(b, 2, mx_build_new_list(b, IR_NEW_HASH, used, pairs));
  return true;
}
