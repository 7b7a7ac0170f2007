// SPDX-License-Identifier: MIT
// Making classes and modules, singleton classes, names.
//
// Every class has its singleton class from the start, whose superclass is that of its superclass:
// class methods are inherited along that line. Modules and plain objects get one at need.
// GC: an object keeps its singleton class alive, which must not keep the object alive in turn: the
// pointer to it is complemented and cleared at its death.
#include "runtime/class.h"
#include "runtime/class_list.h"
#include "runtime/string.h"
#include "runtime/vm.h"

// Allocate a class object with empty tables; its own class is set by the caller.
static ClassObj *class_alloc(ExecCtx *ec, TypeTag type) {
  ClassObj *klass = mx_gc_alloc(ec->vm->lists, GC_KIND_WORDS, sizeof(ClassObj));
  klass->h.flags = type;
  klass->methods = mx_nametable_new(0);
  klass->serial = ++ec->vm->class_serial;
  mx_class_begin_life(ec->vm, klass);
  return klass;
}

// Make an object an instance of a class, without instance variables.
static void class_set_class(VM *vm, ClassObj *klass, ClassObj *of, uint16_t flags) {
  klass->meta = of;
  klass->h.shape = mx_shape_get(vm, of, mx_class_real(of)->root_layout, flags | SHAPE_HOLDS, 0);
}

// Take over what instances of the superclass are.
static void class_inherit(VM *vm, ClassObj *klass, ClassObj *super) {
  klass->super = super;
  klass->flags |= super->flags & CLASS_ABSTRACT;
  klass->instance_type = super->instance_type;
  klass->foreign = super->foreign;
  klass->allocate = super->allocate;
  klass->inline_cap = super->inline_cap;
  klass->root_layout = mx_layout_new(vm, false);
  uint16_t flags = klass->flags & CLASS_KEPT ? 0 : SHAPE_HOLDS;
  if (super->instance_shape) flags |= mx_shape_at(vm, super->instance_shape)->flags & SHAPE_FROZEN;
  klass->instance_shape = mx_shape_get(vm, klass, klass->root_layout, flags, klass->inline_cap);
}

// What the singleton class of an object is an instance of: the singleton class of Class, or that of
// the object's class.
static ClassObj *class_of_singleton(VM *vm, Value object) {
  bool of_class = val_is_type(object, T_CLASS);
  ClassObj *klass = of_class ? vm->cls.Class : mx_class_real(mx_class_of(vm, object));
  return klass->h.shape ? mx_class_of(vm, val_from_ptr(klass)) : klass;
}

// Make the singleton class of an object under a superclass, without entering it anywhere.
static ClassObj *class_new_singleton(ExecCtx *ec, Value object, ClassObj *super) {
  VM *vm = ec->vm;
  ClassObj *singleton = class_alloc(ec, T_CLASS);
  singleton->flags |= CLASS_SINGLETON;
  singleton->super = super;
  singleton->instance_type = super->instance_type;
  bool strong = val_is_class_or_module(object);
  singleton->attached_bits = strong ? object : ~object;
  if (!strong) mx_gc_weak_link((void **)&singleton->attached_bits, val_header(object));
  class_set_class(vm, singleton, class_of_singleton(vm, object), 0);
  mx_classlinks_push(&super->dependents, singleton);
  mx_class_update_mro(vm, singleton);
  return singleton;
}

// Singleton classes: the object; refinements: the refined class; else nil.
Value mx_class_attached(const ClassObj *klass) {
  return klass->attached_bits & 1 ? ~klass->attached_bits : klass->attached_bits;
}

// Give a class its singleton class.
static void class_make_meta(ExecCtx *ec, ClassObj *klass) {
  VM *vm = ec->vm;
  ClassObj *super = klass->super ? mx_class_of(vm, val_from_ptr(klass->super)) : vm->cls.Class;
  ClassObj *meta = class_new_singleton(ec, val_from_ptr(klass), super);
  class_set_class(vm, klass, meta, SHAPE_SINGLETON);
}

// Make the four classes that the making of classes needs, in a knot.
void mx_class_boot(ExecCtx *ec) {
  VM *vm = ec->vm;
  ClassObj **core[] = {&vm->cls.BasicObject, &vm->cls.Object, &vm->cls.Module, &vm->cls.Class};
  for (size_t i = 0; i < MX_COUNT_OF(core); i++) {
    *core[i] = class_alloc(ec, T_CLASS);
    (*core[i])->root_layout = mx_layout_new(vm, false);
  }
  vm->shapes.grave->klass = vm->cls.BasicObject;
  for (size_t i = 0; i < MX_COUNT_OF(core); i++) {
    ClassObj *klass = *core[i];
    klass->super = i > 0 ? *core[i - 1] : NULL;
    if (i > 0) mx_classlinks_push(&klass->super->dependents, klass);
    klass->instance_shape = mx_shape_get(vm, klass, klass->root_layout, 0, 0);
    mx_class_update_mro(vm, klass);
  }
  for (size_t i = 0; i < MX_COUNT_OF(core); i++) class_make_meta(ec, *core[i]);
  ClassObj *meta = mx_class_of(vm, val_from_ptr(vm->cls.Class));
  for (size_t i = 0; i < MX_COUNT_OF(core); i++)
    class_set_class(vm, mx_class_of(vm, val_from_ptr(*core[i])), meta, 0);
}

// Make an anonymous class; `inherited` is not called.
ClassObj *mx_class_new(ExecCtx *ec, ClassObj *super) {
  ClassObj *klass = class_alloc(ec, T_CLASS);
  class_inherit(ec->vm, klass, super);
  mx_classlinks_push(&super->dependents, klass);
  mx_class_update_mro(ec->vm, klass);
  class_make_meta(ec, klass);
  return klass;
}

// Make an anonymous module that is an instance of a subclass of Module.
ClassObj *mx_module_new_of(ExecCtx *ec, ClassObj *of) {
  ClassObj *module = class_alloc(ec, T_MODULE);
  class_set_class(ec->vm, module, of, 0);
  mx_class_update_mro(ec->vm, module);
  return module;
}

// Make an anonymous module.
ClassObj *mx_module_new(ExecCtx *ec) { return mx_module_new_of(ec, ec->vm->cls.Module); }

// Make an empty refinement of a class or module.
ClassObj *mx_refinement_new(ExecCtx *ec, ClassObj *refined) {
  ClassObj *refinement = mx_module_new_of(ec, ec->vm->cls.Refinement);
  refinement->flags |= CLASS_REFINEMENT;
  refinement->attached_bits = val_from_ptr(refined);
  return refinement;
}

// Enter a new class or module as a constant, without hooks or warnings.
static ClassObj *class_define(ExecCtx *ec, ClassObj *under, Sym name, ClassObj *klass) {
  klass->name = name;
  klass->lexical_parent = under == ec->vm->cls.Object ? NULL : under;
  mx_class_keep(ec->vm, klass);
  ConstEntry *entry = mx_gc_alloc_words(sizeof *entry);
  *entry = (ConstEntry){.name = name, .value = val_from_ptr(klass)};
  if (!under->consts) under->consts = mx_nametable_new(0);
  mx_nametable_put(under->consts, name, (uint64_t)(uintptr_t)entry);
  return klass;
}

// Make a class and name it; for boot.
ClassObj *mx_class_define(ExecCtx *ec, ClassObj *under, Sym name, ClassObj *super) {
  return class_define(ec, under, name, mx_class_new(ec, super));
}

// Make a module and name it; for boot.
ClassObj *mx_module_define(ExecCtx *ec, ClassObj *under, Sym name) {
  return class_define(ec, under, name, mx_module_new(ec));
}

// Name a class that exists already; for boot.
void mx_class_define_existing(ExecCtx *ec, ClassObj *under, Sym name, ClassObj *klass) {
  class_define(ec, under, name, klass);
}

// Superclass that a singleton class of the object gets.
static ClassObj *singleton_super(ExecCtx *ec, Value object) {
  ClassObj *klass = VAL_CAST(ClassObj, object);
  bool is_meta = val_is_type(object, T_CLASS) && (klass->flags & CLASS_SINGLETON);
  if (!is_meta) return mx_class_of(ec->vm, object);
  return mx_class_singleton(ec, val_from_ptr(klass->super));
}

// Class whose singleton methods an immediate's singleton class is; NULL when it can have none.
static ClassObj *singleton_of_immediate(ExecCtx *ec, Value object) {
  if (val_is_nil(object)) return ec->vm->cls.NilClass;
  if (object == VAL_TRUE) return ec->vm->cls.TrueClass;
  if (object == VAL_FALSE) return ec->vm->cls.FalseClass;
  mx_raise_type(ec, "can't define singleton");
  return NULL;
}

// Can an object of the type have a singleton class?
static bool singleton_allowed(Value object) {
  return val_is_heap(object) && val_heap_type(object) != T_FLOAT &&
         val_heap_type(object) != T_BIGNUM;
}

// The singleton class of an object, made at need.
ClassObj *mx_class_singleton(ExecCtx *ec, Value object) {
  if (!singleton_allowed(object)) return singleton_of_immediate(ec, object);
  VM *vm = ec->vm;
  Header *h = val_header(object);
  ClassObj *klass = mx_shape_at(vm, h->shape)->klass;
  if (klass->flags & CLASS_SINGLETON && mx_class_attached(klass) == object) return klass;
  ClassObj *singleton = class_new_singleton(ec, object, singleton_super(ec, object));
  mx_object_hold_class(ec, object, singleton);
  const Shape *shape = mx_shape_at(vm, h->shape);
  h->shape = mx_shape_get(vm, singleton, shape->layout,
                          shape->flags | SHAPE_SINGLETON | SHAPE_HOLDS, shape->inline_cap);
  if (shape->flags & SHAPE_FROZEN) mx_object_freeze(ec, val_from_ptr(singleton));
  return singleton;
}

// The singleton class as a program gets to see it: one of a class has its own in turn.
ClassObj *mx_class_singleton_shown(ExecCtx *ec, Value object) {
  ClassObj *klass = mx_class_singleton(ec, object);
  if (klass && val_is_type(object, T_CLASS)) mx_class_singleton(ec, val_from_ptr(klass));
  return klass;
}

MethodEntry *mx_method_given(MethodEntry *me) {
  if (me->given) return me->given;
  MethodEntry *given = mx_gc_alloc_words(sizeof *given);
  *given = *me;
  given->flags |= METHOD_F_GIVEN;
  given->machine = NULL;
  given->given = me;
  return me->given = given;
}

// Copy the method entries of one class to another.
static void class_copy_methods(ClassObj *from, ClassObj *to) {
  uint32_t position = 0;
  for (NameEntry *entry; (entry = mx_nametable_next(mx_class_table(from), &position));) {
    const MethodEntry *old = (const MethodEntry *)(uintptr_t)entry->word;
    MethodEntry *me = mx_gc_alloc_words(sizeof *me);
    *me = *old;
    me->machine = NULL;
    me->given = NULL;
    me->owner = to;
    if (old->defined_in == from) me->defined_in = to;
    mx_nametable_put(to->methods, entry->name, (uint64_t)(uintptr_t)me);
  }
}

// Copy the constant entries of one class to another.
static void class_copy_consts(const ClassObj *from, ClassObj *to) {
  if (!from->consts) return;
  to->consts = mx_nametable_new(from->consts->count);
  uint32_t position = 0;
  for (NameEntry *entry; (entry = mx_nametable_next(from->consts, &position));) {
    ConstEntry *copy = mx_gc_alloc_words(sizeof *copy);
    *copy = *(const ConstEntry *)(uintptr_t)entry->word;
    mx_nametable_put(to->consts, entry->name, (uint64_t)(uintptr_t)copy);
  }
}

// Copy tables and ancestors of one class or module into a fresh one, which nothing keeps yet.
static void class_copy_into(ExecCtx *ec, ClassObj *from, ClassObj *to) {
  class_copy_methods(from, to);
  class_copy_consts(from, to);
  if (from->cvars) to->cvars = mx_nametable_copy(from->cvars);
  if (from->required) to->required = mx_nametable_copy(from->required);
  to->flags |= from->flags & ~(uint32_t)(CLASS_BUILTIN | CLASS_KEPT);
  mx_classlist_copy(&to->includes, &from->includes, to);
  mx_classlist_copy(&to->prepends, &from->prepends, to);
  mx_class_update_mro(ec->vm, to);
  mx_ivar_copy(ec, val_from_ptr(from), val_from_ptr(to));
}

// Copy for dup and clone: methods, constants, instance variables, ancestors.
ClassObj *mx_class_copy(ExecCtx *ec, ClassObj *from) {
  if (from == ec->vm->cls.BasicObject) {
    mx_raise_type(ec, "can't copy the root class");
    return NULL;
  }
  bool module = val_heap_type(val_from_ptr(from)) == T_MODULE;
  ClassObj *of = mx_class_real(mx_class_of(ec->vm, val_from_ptr(from)));
  ClassObj *copy = module ? mx_module_new_of(ec, of) : mx_class_new(ec, from->super);
  class_copy_into(ec, from, copy);
  copy->allocate = from->allocate;
  copy->foreign = from->foreign;
  copy->instance_type = from->instance_type;
  copy->flags |= from->flags & CLASS_ABSTRACT;
  if (from->flags & CLASS_REFINEMENT) { // what it is named after
    copy->attached_bits = from->attached_bits;
    copy->lexical_parent = from->lexical_parent;
  }
  ClassObj *meta = mx_shape_at(ec->vm, from->h.shape)->klass;
  if (meta->flags & CLASS_SINGLETON)
    class_copy_into(ec, meta, mx_class_singleton(ec, val_from_ptr(copy)));
  return copy;
}

// Allocate an empty instance with the struct of its type.
static Value class_allocate_struct(ExecCtx *ec, ClassObj *klass) {
  TypeTag type = (TypeTag)klass->instance_type;
  Header *h = mx_object_alloc(ec, klass, type, mx_object_struct_size(type));
  if (type == T_STRING) mx_str_set_enc(val_from_ptr(h), ENC_BINARY);
  return val_from_ptr(h);
}

// The `allocate` of a class that Class.allocate made.
static Value class_allocate_nothing(ExecCtx *ec, ClassObj *klass) {
  MX_UNUSED(klass);
  return mx_raise_type(ec, "can't instantiate uninitialized class");
}

// Make a class without a superclass to speak of.
static Value class_allocate_class(ExecCtx *ec) {
  ClassObj *klass = mx_class_new(ec, ec->vm->cls.Object);
  klass->flags |= CLASS_UNINITIALIZED;
  klass->allocate = class_allocate_nothing;
  return val_from_ptr(klass);
}

// The `allocate` of classes made at boot, by the type of their instances.
Value mx_class_allocate(ExecCtx *ec, ClassObj *klass) {
  switch (klass->instance_type) {
  case T_OBJECT: return mx_object_new(ec, klass);
  case T_CLASS: return class_allocate_class(ec);
  case T_MODULE: return val_from_ptr(mx_module_new_of(ec, klass));
  case T_FOREIGN:
    if (klass->foreign) return val_from_ptr(mx_foreign_new(ec, klass, klass->foreign));
    break;
  case T_PROC: break; // made of a block only
  default:
    if (mx_object_struct_size((TypeTag)klass->instance_type) > 0)
      return class_allocate_struct(ec, klass);
  }
  Value path = mx_class_path(ec, klass);
  return mx_raise_type(ec, "allocator undefined for %s", mx_str_bytes(path));
}

// Class of an immediate.
static ClassObj *class_of_immediate(const VM *vm, Value v) {
  if (val_is_fixnum(v)) return vm->cls.Integer;
  if (val_is_flonum(v)) return vm->cls.Float;
  if (val_is_symbol(v)) return vm->cls.Symbol;
  if (val_is_nil(v)) return vm->cls.NilClass;
  MX_ASSERT(v == VAL_TRUE || v == VAL_FALSE, "class of %#lx", (unsigned long)v);
  return v == VAL_TRUE ? vm->cls.TrueClass : vm->cls.FalseClass;
}

// Class of a value; the singleton class if there is one.
ClassObj *mx_class_of(VM *vm, Value v) {
  if (val_is_heap(v)) return mx_shape_at(vm, val_header(v)->shape)->klass;
  return class_of_immediate(vm, v);
}

// The nearest class that is no singleton class.
ClassObj *mx_class_real(ClassObj *klass) {
  while (klass->flags & CLASS_SINGLETON) klass = klass->super;
  return klass;
}

// Is the ancestor among the class's ancestors?
bool mx_class_inherits(const ClassObj *klass, const ClassObj *ancestor) {
  for (uint32_t i = 0; i < klass->mro.count; i++)
    if (klass->mro.at[i] == ancestor) return true;
  return false;
}

// v.is_a?(klass)
bool mx_is_a(VM *vm, Value v, const ClassObj *klass) {
  return mx_class_inherits(mx_class_of(vm, v), klass);
}
