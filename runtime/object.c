// SPDX-License-Identifier: MIT
// Heap objects: allocation, frozenness, identity, foreign data.
#include "runtime/object.h"
#include "runtime/array.h"
#include "runtime/float.h"
#include "runtime/hash.h"
#include "runtime/integer.h"
#include "runtime/range.h"
#include "runtime/rational.h"
#include "runtime/regexp.h"
#include "runtime/string.h"
#include "runtime/vm.h"

// GC kinds by type.
static const uint8_t object_kinds[T_COUNT] = {
#define TYPE(TAG, Struct, GcKind, doc) [T_##TAG] = GC_KIND_##GcKind,
#include "runtime/types.def"
};

// Size of a type's struct without its trailing parts.
size_t mx_object_struct_size(TypeTag type) {
  static const uint16_t sizes[T_COUNT] = {
      [T_OBJECT] = sizeof(Object),      [T_CLASS] = sizeof(ClassObj),
      [T_MODULE] = sizeof(ClassObj),    [T_FLOAT] = sizeof(FloatObj),
      [T_BIGNUM] = sizeof(BignumObj),   [T_RATIONAL] = sizeof(RationalObj),
      [T_COMPLEX] = sizeof(ComplexObj), [T_STRING] = sizeof(String),
      [T_REGEXP] = sizeof(RegexpObj),   [T_MATCH] = sizeof(MatchObj),
      [T_ARRAY] = sizeof(Array),        [T_HASH] = sizeof(Hash),
      [T_RANGE] = sizeof(RangeObj),     [T_PROC] = sizeof(Proc),
      [T_METHOD] = sizeof(MethodObj),   [T_UMETHOD] = sizeof(MethodObj),
      [T_BINDING] = sizeof(BindingObj), [T_ENV] = sizeof(Env),
      [T_FOREIGN] = sizeof(Foreign),
  };
  return sizes[type];
}

// Do instances of the class have an extension word behind the struct? Only those of subclasses
// of built-in classes, of types whose size the runtime knows and that can have variables.
static bool object_wants_ext(const ClassObj *klass, TypeTag type) {
  return !(klass->flags & CLASS_BUILTIN) && type >= T_RATIONAL && type != T_FIBER && type != T_ENV;
}

void mx_object_hold_class(ExecCtx *ec, Value object, ClassObj *klass) {
  if (val_is_class_or_module(object))
    VAL_CAST(ClassObj, object)->meta = klass;
  else
    mx_ivar_set_hidden(ec, object, SYM_iv_class, val_from_ptr(klass));
}

// Finish an object whose header was set.
static inline void object_begin(ExecCtx *ec, ClassObj *klass, Header *h) {
  if (MX_UNLIKELY(!(klass->flags & CLASS_KEPT))) mx_object_hold_class(ec, val_from_ptr(h), klass);
}

// Allocate an object of a class with a struct of `size` bytes, zeroed but for its header; it is to
// be finished by object_begin.
static Header *object_alloc(ExecCtx *ec, const ClassObj *klass, TypeTag type, size_t size) {
  bool ext = object_wants_ext(klass, type);
  size_t bytes = ext ? ((size + 7) & ~(size_t)7) + sizeof(Value *) : size;
  Header *h = mx_gc_alloc(ec->vm->lists, (GcKind)object_kinds[type], bytes);
  h->shape = klass->instance_shape;
  h->flags = (uint32_t)type | (ext ? (uint32_t)FL_HAS_EXT : 0u);
  return h;
}

void *mx_object_alloc(ExecCtx *ec, ClassObj *klass, TypeTag type, size_t size) {
  Header *h = object_alloc(ec, klass, type, size);
  object_begin(ec, klass, h);
  return h;
}

// Bring a class's instance shape up to the inline capacity it has learned.
static void object_update_capacity(VM *vm, ClassObj *klass) {
  uint16_t flags = mx_shape_at(vm, klass->instance_shape)->flags;
  klass->instance_shape = mx_shape_get(vm, klass, klass->root_layout, flags, klass->inline_cap);
}

// Allocate a plain T_OBJECT with the inline capacity its class has learned.
Value mx_object_new(ExecCtx *ec, ClassObj *klass) {
  VM *vm = ec->vm;
  if (MX_UNLIKELY(mx_shape_at(vm, klass->instance_shape)->inline_cap != klass->inline_cap))
    object_update_capacity(vm, klass);
  size_t bytes = sizeof(Object) + klass->inline_cap * sizeof(Value);
  Object *object = mx_gc_alloc(vm->lists, GC_KIND_WORDS, bytes);
  object->h = (Header){.shape = klass->instance_shape, .flags = T_OBJECT};
  object_begin(ec, klass, &object->h);
  return val_from_ptr(object);
}

Value mx_object_new_shape(ExecCtx *ec, ShapeId shape) {
  size_t bytes = sizeof(Object) + mx_shape_at(ec->vm, shape)->inline_cap * sizeof(Value);
  Object *object = mx_gc_alloc(ec->vm->lists, GC_KIND_WORDS, bytes);
  object->h = (Header){.shape = shape, .flags = T_OBJECT};
  return val_from_ptr(object);
}

// Finalizer of foreign data.
static void foreign_on_death(void *object, void *data) {
  MX_UNUSED(data);
  Foreign *foreign = object;
  foreign->type->finalize(foreign->payload);
}

// Allocate foreign data; its finalizer, if any, is registered.
Foreign *mx_foreign_new(ExecCtx *ec, ClassObj *klass, const ForeignType *type) {
  Header *h = object_alloc(ec, klass, T_FOREIGN, sizeof(Foreign) + type->size);
  Foreign *foreign = VAL_CAST(Foreign, val_from_ptr(h));
  foreign->type = type; // first: where its variables lie depends on it
  object_begin(ec, klass, h);
  if (type->finalize) mx_gc_on_death(foreign, foreign_on_death, NULL);
  return foreign;
}

// Payload of v when it is foreign data of the type, else NULL.
void *mx_foreign_get(Value v, const ForeignType *type) {
  if (!val_is_type(v, T_FOREIGN)) return NULL;
  Foreign *foreign = VAL_CAST(Foreign, v);
  return foreign->type == type ? foreign->payload : NULL;
}

// Is the object frozen? Immediates always are.
bool mx_object_is_frozen(ExecCtx *ec, Value object) {
  if (!val_is_heap(object)) return true;
  return (mx_shape_at(ec->vm, val_header(object)->shape)->flags & SHAPE_FROZEN) != 0;
}

// Freeze an object, and with it its own singleton class.
void mx_object_freeze(ExecCtx *ec, Value object) {
  if (mx_object_is_frozen(ec, object)) return;
  Header *h = val_header(object);
  Shape *shape = mx_shape_at(ec->vm, h->shape);
  ClassObj *klass = shape->klass;
  if (MX_UNLIKELY(shape->frozen == 0))
    shape->frozen =
        mx_shape_get(ec->vm, klass, shape->layout, shape->flags | SHAPE_FROZEN, shape->inline_cap);
  h->shape = shape->frozen;
  if (klass->flags & CLASS_SINGLETON && mx_class_attached(klass) == object)
    mx_object_freeze(ec, val_from_ptr(klass));
}

// Raise FrozenError when the object is frozen.
bool mx_object_check_frozen(ExecCtx *ec, Value object) {
  if (MX_LIKELY(!mx_object_is_frozen(ec, object))) return true;
  mx_raise_frozen(ec, object);
  return false;
}

// Give a heap object its number.
static int64_t object_new_id(VM *vm, Value object) {
  int64_t id = vm->next_object_id;
  vm->next_object_id += 8;
  mx_addrtable_put(vm->object_ids, val_header(object), (uint64_t)id);
  return id;
}

// A stable number for object_id. Heap objects get multiples of 8 from 16 on, which no immediate
// has.
int64_t mx_object_id(ExecCtx *ec, Value object) {
  if (object == VAL_NIL) return 8;
  if (object == VAL_FALSE) return 0;
  if (object == VAL_TRUE) return 20;
  if (!val_is_heap(object)) return (int64_t)object;
  const uint64_t *id = mx_addrtable_find(ec->vm->object_ids, val_header(object));
  return id ? (int64_t)*id : object_new_id(ec->vm, object);
}
