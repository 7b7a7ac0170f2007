// SPDX-License-Identifier: MIT
// Modules and classes as objects: names, order, ancestors, making and evaluating.
#include "runtime/class_list.h"
#include "runtime/builtins/rows.h"
#include "runtime/builtins/support.h"

// The module that self is.
static ClassObj *module_of(Value self) { return VAL_CAST(ClassObj, self); }

// ---- order

Value mx_module_m_case_equal(ExecCtx *ec, Value self, Value v) {
  return val_bool(mx_is_a(ec->vm, v, module_of(self)));
}

// Order two modules: -1 self below other, 1 above, 0 the same, 2 unrelated; 3 + TypeError.
static int module_order(ExecCtx *ec, Value self, Value other) {
  if (!val_is_class_or_module(other)) {
    (void)mx_raise_type(ec, "compared with non class/module");
    return 3;
  }
  if (self == other) return 0;
  if (mx_class_inherits(module_of(self), module_of(other))) return -1;
  return mx_class_inherits(module_of(other), module_of(self)) ? 1 : 2;
}

// Turn an order into the answer of a relation that holds for `strict` (and for equality).
static Value module_relation(int order, int strict, bool or_equal) {
  if (order == 3) return VAL_EXC;
  if (order == 2) return VAL_NIL;
  return val_bool(order == strict || (or_equal && order == 0));
}

Value mx_module_m_less(ExecCtx *ec, Value self, Value other) {
  return module_relation(module_order(ec, self, other), -1, false);
}
Value mx_module_m_less_equal(ExecCtx *ec, Value self, Value other) {
  return module_relation(module_order(ec, self, other), -1, true);
}
Value mx_module_m_greater(ExecCtx *ec, Value self, Value other) {
  return module_relation(module_order(ec, self, other), 1, false);
}
Value mx_module_m_greater_equal(ExecCtx *ec, Value self, Value other) {
  return module_relation(module_order(ec, self, other), 1, true);
}

Value mx_module_m_compare(ExecCtx *ec, Value self, Value other) {
  if (!val_is_class_or_module(other)) return VAL_NIL;
  int order = module_order(ec, self, other);
  return order == 2 ? VAL_NIL : val_from_fixnum(order);
}

// ---- names

Value mx_module_m_name(ExecCtx *ec, Value self) { return mx_class_name(ec, module_of(self)); }
Value mx_module_m_to_s(ExecCtx *ec, Value self) { return mx_class_path(ec, module_of(self)); }

// Is the text a path of constants (A::B, ::A)?
static bool module_is_const_path(ExecCtx *ec, Value text) {
  const char *at = mx_str_bytes(text), *end = at + mx_str_len(text);
  if (mx_str_len(text) > 2 && memcmp(at, "::", 2) == 0) at += 2;
  for (;;) {
    const char *stop = memmem(at, (size_t)(end - at), "::", 2);
    size_t len = (size_t)((stop ? stop : end) - at);
    Sym part = mx_sym_intern(&ec->vm->symtab, at, len, SYM_ENC_UTF8);
    if (len == 0 || !mx_support_is_const_name(ec, part)) return false;
    if (!stop) return true;
    at = stop + 2;
  }
}

// Give an anonymous module a name that is no constant's; nil takes it away.
Value mx_module_m_set_temporary_name(ExecCtx *ec, Value self, Value name) {
  ClassObj *module = module_of(self);
  if (mx_class_is_permanent(module))
    return mx_raise(ec, ec->vm->cls.RuntimeError, "can't change permanent name");
  if (!val_is_nil(name)) name = mx_to_str(ec, name);
  if (val_is_exc(name)) return name;
  if (val_is_string(name) && mx_str_len(name) == 0)
    return mx_raise_arg(ec, "empty class/module name");
  if (val_is_string(name) && module_is_const_path(ec, name))
    return mx_raise_arg(ec, "the temporary name must not be a constant path to avoid confusion");
  module->name = SYM_NONE;
  module->lexical_parent = NULL;
  module->full_name = val_is_nil(name) ? VAL_NIL : mx_str_freeze_dedup(ec, name);
  return self;
}

Value mx_module_m_freeze(ExecCtx *ec, Value self) {
  mx_object_freeze(ec, self);
  return self;
}

Value mx_module_m_is_singleton(ExecCtx *ec, Value self) {
  return val_bool(module_of(self)->flags & CLASS_SINGLETON);
}

// The copy is made whole by dup and clone.
Value mx_module_m_initialize_copy(ExecCtx *ec, Value self, Value original) { return self; }

// ---- ancestors

Value mx_module_m_ancestors(ExecCtx *ec, Value self) {
  const ClassList *mro = &module_of(self)->mro;
  Value list = mx_array_new(ec, mro->count);
  for (uint32_t i = 0; i < mro->count; i++) mx_array_push(ec, list, val_from_ptr(mro->at[i]));
  return list;
}

Value mx_module_m_included_modules(ExecCtx *ec, Value self) {
  const ClassList *mro = &module_of(self)->mro;
  Value list = mx_array_new(ec, mro->count);
  for (uint32_t i = 0; i < mro->count; i++) {
    Value module = val_from_ptr(mro->at[i]);
    if (module != self && val_is_type(module, T_MODULE)) mx_array_push(ec, list, module);
  }
  return list;
}

// Raise TypeError unless v is a module that is no class.
static bool module_check_mixin(ExecCtx *ec, Value v, const char *verb) {
  if (val_is_type(v, T_MODULE)) {
    if (!(module_of(v)->flags & CLASS_REFINEMENT)) return true;
    mx_raise_type(ec, "Cannot %s refinement", verb);
    return false;
  }
  mx_raise_type(ec, "wrong argument type %s (expected Module)", mx_support_class(ec, v));
  return false;
}

Value mx_module_m_is_included(ExecCtx *ec, Value self, Value module) {
  if (!module_check_mixin(ec, module, "include")) return VAL_EXC;
  return val_bool(self != module && mx_class_inherits(module_of(self), module_of(module)));
}

// Mix modules in, the last one first, through the two hooks.
static Value module_mix(ExecCtx *ec, Value self, int argc, const Value *argv, Sym features,
                        Sym done) {
  const char *verb = done == SYM_included ? "include" : "prepend";
  if (module_of(self)->flags & CLASS_REFINEMENT)
    return mx_raise_type(ec, "Refinement#%s has been removed", verb);
  for (int i = 0; i < argc; i++)
    if (!module_check_mixin(ec, argv[i], verb)) return VAL_EXC;
  for (int i = argc - 1; i >= 0; i--) {
    if (val_is_exc(mx_send1(ec, argv[i], features, self))) return VAL_EXC;
    if (val_is_exc(mx_send1(ec, argv[i], done, self))) return VAL_EXC;
  }
  return self;
}

Value mx_module_m_include(ExecCtx *ec, Value self, int argc, const Value *argv) {
  return module_mix(ec, self, argc, argv, SYM_append_features, SYM_included);
}

Value mx_module_m_prepend(ExecCtx *ec, Value self, int argc, const Value *argv) {
  return module_mix(ec, self, argc, argv, SYM_prepend_features, SYM_prepended);
}

// Classes are not mixed in, even if a method of Module is bound to one.
static bool module_can_mix(ExecCtx *ec, Value self) {
  if (val_is_type(self, T_MODULE)) return true;
  mx_raise_type(ec, "wrong argument type Class (expected Module)");
  return false;
}

Value mx_module_m_append_features(ExecCtx *ec, Value self, Value target) {
  if (!module_can_mix(ec, self)) return VAL_EXC;
  ClassObj *klass = mx_support_module(ec, target);
  return klass && mx_class_include(ec, klass, module_of(self)) ? self : VAL_EXC;
}

Value mx_module_m_prepend_features(ExecCtx *ec, Value self, Value target) {
  if (!module_can_mix(ec, self)) return VAL_EXC;
  ClassObj *klass = mx_support_module(ec, target);
  return klass && mx_class_prepend(ec, klass, module_of(self)) ? self : VAL_EXC;
}

Value mx_module_m_extend_object(ExecCtx *ec, Value self, Value object) {
  if (!module_can_mix(ec, self)) return VAL_EXC;
  ClassObj *single = mx_class_singleton(ec, object);
  return single && mx_class_include(ec, single, module_of(self)) ? object : VAL_EXC;
}

// ---- evaluating

Value mx_module_s_nesting(ExecCtx *ec, Value self) { return ec->vm->up->nesting(ec); }

Value mx_module_p_eval(ExecCtx *ec, Value self, Value module, Value args) {
  return mx_object_eval_with(ec, module, module_of(module), args);
}

Value mx_module_p_exec(ExecCtx *ec, Value self, Value module, Value args, Value keywords) {
  return mx_object_exec_with(ec, module, module_of(module), args, keywords);
}

// Run the block of Module.new, Class.new or refine, if there is one, as the module's body.
Value mx_module_p_run_body(ExecCtx *ec, Value self, Value module) {
  const Block *block = ec->vm->up->core_block(ec);
  if (!block) return module;
  CallArgs call = mx_args(1, &module);
  Value result = ec->vm->up->yield_self(ec, block, module, module_of(module), &call);
  return val_is_exc(result) ? result : module;
}

Value mx_module_p_new(ExecCtx *ec, Value self) { return val_from_ptr(mx_module_new(ec)); }

// ---- classes

// Skip prepended and included modules: the class that is named as superclass.
Value mx_class_m_superclass(ExecCtx *ec, Value self) {
  if (module_of(self)->flags & CLASS_UNINITIALIZED) return mx_raise_type(ec, "uninitialized class");
  ClassObj *super = module_of(self)->super;
  return super ? val_from_ptr(super) : VAL_NIL;
}

Value mx_class_m_subclasses(ExecCtx *ec, Value self) {
  const ClassLinks *below = &module_of(self)->dependents;
  Value list = mx_array_new(ec, below->count);
  for (uint32_t i = below->count; i-- > 0;) {
    const ClassObj *klass = mx_classlinks_at(below, i);
    if (!klass || klass->flags & CLASS_SINGLETON) continue;
    if (klass->super == module_of(self)) mx_array_push(ec, list, val_from_ptr(klass));
  }
  return list;
}

Value mx_class_m_attached_object(ExecCtx *ec, Value self) {
  if (module_of(self)->flags & CLASS_SINGLETON) return mx_class_attached(module_of(self));
  return mx_raise_type(ec, "'%s' is not a singleton class", mx_support_path(ec, module_of(self)));
}

// Allocate an instance; classes of immediates have no allocator.
Value mx_class_m_allocate(ExecCtx *ec, Value self) {
  ClassObj *klass = module_of(self);
  if (klass->flags & CLASS_SINGLETON)
    return mx_raise_type(ec, "can't create instance of singleton class");
  if (klass->allocate && !(klass->flags & CLASS_ABSTRACT)) return klass->allocate(ec, klass);
  return mx_raise_type(ec, "allocator undefined for %s", mx_support_path(ec, klass));
}

// Likewise, for `new`.
Value mx_class_p_allocate(ExecCtx *ec, Value self, Value klass) {
  return mx_class_m_allocate(ec, klass);
}

// Make an anonymous class below another one and tell that.
Value mx_class_p_make(ExecCtx *ec, Value self, Value super) {
  if (!val_is_type(super, T_CLASS))
    return mx_raise_type(ec, "superclass must be an instance of Class (given an instance of %s)",
                         mx_support_class(ec, super));
  if (module_of(super)->flags & CLASS_SINGLETON)
    return mx_raise_type(ec, "can't make subclass of singleton class");
  if (super == val_from_ptr(ec->vm->cls.Class))
    return mx_raise_type(ec, "can't make subclass of Class");
  Value klass = val_from_ptr(mx_class_new(ec, module_of(super)));
  return val_is_exc(mx_send1(ec, super, SYM_inherited, klass)) ? VAL_EXC : klass;
}
