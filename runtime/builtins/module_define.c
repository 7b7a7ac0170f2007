// SPDX-License-Identifier: MIT
// Changing and listing the methods of a module: attr, define_method, alias, visibility.
//
// Without arguments the visibility words set the default of the caller's class body; attr_* and
// define_method obey that default when they run in the body of the very module they change.
#include "runtime/builtins/rows.h"
#include "runtime/builtins/support.h"

// The module that self is.
static ClassObj *module_of(Value self) { return VAL_CAST(ClassObj, self); }

// Visibility that the caller's body gives to new methods of the module.
static Visibility define_visibility(ExecCtx *ec, Value self) {
  CallerInfo caller;
  if (!ec->vm->up->caller(ec, &caller)) return VIS_PUBLIC;
  bool own = caller.self == self && caller.module == module_of(self);
  return own ? caller.visibility : VIS_PUBLIC;
}

// Enter a method with a default visibility; module_function makes a public singleton copy too.
static bool define_enter(ExecCtx *ec, Value self, MethodEntry *me, Visibility visibility) {
  bool twice = visibility == VIS_MODULE_FUNCTION;
  me->visibility = twice ? VIS_PRIVATE : visibility;
  if (!mx_support_method_add(ec, module_of(self), me)) return false;
  if (!twice) return true;
  ClassObj *single = mx_class_singleton(ec, self);
  MethodEntry *copy = mx_method_new(ec, me->kind, me->name, VIS_PUBLIC);
  copy->as = me->as;
  copy->flags = me->flags;
  copy->original_name = me->original_name;
  return mx_support_method_add(ec, single, copy);
}

// ---- attributes

// Check the name of an attribute.
static bool attr_name(ExecCtx *ec, Value self, Value name, Sym *out) {
  if (!mx_to_method_name(ec, name, out)) return false;
  if (mx_support_is_variable_name(ec, *out, "")) return true;
  mx_raise_name_error(ec, self, *out, "invalid attribute name '%s'", mx_support_name(ec, *out));
  return false;
}

// Define a reader or a writer and note its name.
static bool attr_define(ExecCtx *ec, Value self, Sym name, bool writer, Value names) {
  const char *text = mx_support_name(ec, name);
  Value var = mx_str_printf(ec, "@%s", text);
  Value method = writer ? mx_str_printf(ec, "%s=", text) : mx_sym_to_str(ec, name);
  Sym called = mx_str_to_sym(ec, method);
  MethodKind kind = writer ? METHOD_ATTR_WRITER : METHOD_ATTR_READER;
  MethodEntry *me = mx_method_new(ec, kind, called, VIS_PUBLIC);
  me->as.ivar = mx_str_to_sym(ec, var);
  mx_array_push(ec, names, val_from_sym(called));
  return define_enter(ec, self, me, define_visibility(ec, self));
}

// Define readers and writers for names.
static Value attr_all(ExecCtx *ec, Value self, int argc, const Value *argv, bool reader,
                      bool writer) {
  Value names = mx_array_new(ec, (uint32_t)argc * 2);
  for (int i = 0; i < argc; i++) {
    Sym name;
    if (!attr_name(ec, self, argv[i], &name)) return VAL_EXC;
    if (reader && !attr_define(ec, self, name, false, names)) return VAL_EXC;
    if (writer && !attr_define(ec, self, name, true, names)) return VAL_EXC;
  }
  return names;
}

Value mx_module_m_attr_reader(ExecCtx *ec, Value self, int argc, const Value *argv) {
  return attr_all(ec, self, argc, argv, true, false);
}

Value mx_module_m_attr_writer(ExecCtx *ec, Value self, int argc, const Value *argv) {
  return attr_all(ec, self, argc, argv, false, true);
}

Value mx_module_m_attr_accessor(ExecCtx *ec, Value self, int argc, const Value *argv) {
  return attr_all(ec, self, argc, argv, true, true);
}

// attr :name, true is an old way to write attr_accessor.
Value mx_module_m_attr(ExecCtx *ec, Value self, int argc, const Value *argv) {
  if (argc != 2 || (argv[1] != VAL_TRUE && argv[1] != VAL_FALSE))
    return attr_all(ec, self, argc, argv, true, false);
  mx_warn_verbose(ec, "optional boolean argument is obsoleted");
  return attr_all(ec, self, 1, argv, true, argv[1] == VAL_TRUE);
}

// ---- define_method

// May a method object become a method of the module?
static bool define_is_bindable(ExecCtx *ec, Value self, const MethodObj *method) {
  ClassObj *owner = method->me->owner;
  if (val_is_type(val_from_ptr(owner), T_MODULE)) return true;
  if (mx_class_inherits(module_of(self), owner)) return true;
  if (owner->flags & CLASS_SINGLETON)
    mx_raise_type(ec, "can't bind singleton method to a different class");
  else
    mx_raise_type(ec, "bind argument must be a subclass of %s", mx_support_path(ec, owner));
  return false;
}

// Make the entry for a body: a Method, an UnboundMethod, or a Proc.
static MethodEntry *define_entry(ExecCtx *ec, Value self, Sym name, Value body) {
  if (val_is_type(body, T_METHOD) || val_is_type(body, T_UMETHOD)) {
    const MethodObj *method = VAL_CAST(MethodObj, body);
    if (!define_is_bindable(ec, self, method)) return NULL;
    MethodEntry *me = mx_method_new(ec, method->me->kind, name, VIS_PUBLIC);
    me->as = method->me->as;
    me->flags = method->me->flags & (uint16_t)~METHOD_F_EACH;
    me->original_name = method->me->original_name;
    return me;
  }
  if (val_is_type(body, T_PROC)) {
    MethodEntry *me = mx_method_new(ec, METHOD_PROC, name, VIS_PUBLIC);
    me->as.proc = body;
    return me;
  }
  mx_raise_type(ec, "wrong argument type %s (expected Proc/Method/UnboundMethod)",
                mx_support_class(ec, body));
  return NULL;
}

// define_method(name, body or block). visibility is given for define_singleton_method, which
// always defines public methods; else the caller's default holds.
Value mx_module_p_define_method(ExecCtx *ec, Value self, Value module, Value name, Value body,
                                Value is_public) {
  Sym sym;
  if (!mx_to_method_name(ec, name, &sym)) return VAL_EXC;
  const Block *block = ec->vm->up->core_block(ec);
  bool given = body != mx_kernel_p_undefined(ec, VAL_NIL);
  if (!given && !block) return mx_raise_arg(ec, "tried to create Proc object without a block");
  if (!given) body = mx_proc_from_block(ec, block);
  if (val_is_exc(body)) return body;
  MethodEntry *me = define_entry(ec, module, sym, body);
  if (!me) return VAL_EXC;
  bool plain = !val_is_undef(is_public) && val_truthy(is_public);
  Visibility visibility = plain ? VIS_PUBLIC : define_visibility(ec, module);
  return define_enter(ec, module, me, visibility) ? val_from_sym(sym) : VAL_EXC;
}

// ---- alias, remove, undef

// Find a method as `alias` does: modules see Object's too.
static MethodRef define_find(ExecCtx *ec, ClassObj *module, Sym name, Visibility *visibility) {
  MethodRef ref = mx_support_find_method(ec, module, name, visibility);
  if (ref.me || !val_is_type(val_from_ptr(module), T_MODULE)) return ref;
  return mx_support_find_method(ec, ec->vm->cls.Object, name, visibility);
}

// Enumerable's form of a method that needs the own `each` of Array or Hash.
static MethodEntry *define_of_enumerable(ExecCtx *ec, const MethodEntry *me) {
  MethodEntry *general = mx_method_own(ec->vm->cls.Enumerable, me->name);
  MX_ASSERT(general, "Enumerable has no %s", mx_support_name(ec, me->name));
  return general;
}

Value mx_module_m_alias_method(ExecCtx *ec, Value self, Value new_name, Value old_name) {
  Sym fresh, old;
  if (!mx_to_method_name(ec, new_name, &fresh) || !mx_to_method_name(ec, old_name, &old))
    return VAL_EXC;
  if (!mx_class_check_frozen(ec, module_of(self))) return VAL_EXC;
  Visibility visibility;
  MethodRef ref = define_find(ec, module_of(self), old, &visibility);
  if (!ref.me) return mx_support_undefined_method(ec, module_of(self), old);
  // The alias is for classes with any `each`.
  if (ref.me->flags & METHOD_F_EACH) ref.me = define_of_enumerable(ec, ref.me);
  MethodEntry *me = mx_method_new(ec, ref.me->kind, fresh, visibility);
  me->as = ref.me->as;
  me->flags = (uint16_t)(ref.me->flags & ~METHOD_F_INTERNAL);
  me->original_name = ref.me->original_name;
  me->defined_in = ref.me->defined_in;
  return mx_support_method_add(ec, module_of(self), me) ? val_from_sym(fresh) : VAL_EXC;
}

Value mx_module_m_remove_method(ExecCtx *ec, Value self, int argc, const Value *argv) {
  for (int i = 0; i < argc; i++) {
    Sym name;
    if (!mx_to_method_name(ec, argv[i], &name)) return VAL_EXC;
    if (!mx_class_check_frozen(ec, module_of(self))) return VAL_EXC;
    MethodEntry *me = mx_method_own(module_of(self), name);
    if (!me || me->kind == METHOD_UNDEF)
      return mx_raise_name_error(ec, self, name, "method '%s' not defined in %s",
                                 mx_support_name(ec, name), mx_support_path(ec, module_of(self)));
    (void)mx_method_remove(ec->vm, module_of(self), name);
    if (!mx_support_method_hook(ec, module_of(self), METHOD_EVENT_REMOVED, name)) return VAL_EXC;
  }
  return self;
}

Value mx_module_m_undef_method(ExecCtx *ec, Value self, int argc, const Value *argv) {
  for (int i = 0; i < argc; i++) {
    Sym name;
    Visibility visibility;
    if (!mx_to_method_name(ec, argv[i], &name)) return VAL_EXC;
    if (!mx_class_check_frozen(ec, module_of(self))) return VAL_EXC;
    if (!define_find(ec, module_of(self), name, &visibility).me)
      return mx_support_undefined_method(ec, module_of(self), name);
    MethodEntry *me = mx_method_new(ec, METHOD_UNDEF, name, VIS_PUBLIC);
    if (!mx_method_add(ec, module_of(self), me)) return VAL_EXC;
    if (!mx_support_method_hook(ec, module_of(self), METHOD_EVENT_UNDEFINED, name)) return VAL_EXC;
  }
  return self;
}

// ---- visibility

// Position of the module itself in its mro: prepended modules come before it.
static uint32_t define_origin(const ClassObj *module) {
  uint32_t at = 0;
  while (module->mro.at[at] != module) at++;
  return at;
}

// Find the visibility of a module's own or inherited method; false when it has none. Those of
// prepended modules are passed over.
static bool define_find_visibility(ExecCtx *ec, ClassObj *module, Sym name,
                                   Visibility *visibility) {
  uint32_t origin = define_origin(module);
  const MethodEntry *me = mx_method_own(module, name);
  if (origin == 0 || (me && me->kind == METHOD_UNDEF))
    return define_find(ec, module, name, visibility).me;
  if (!me) me = mx_method_find_super(ec->vm, module, origin, name).me;
  if (!me && val_is_type(val_from_ptr(module), T_MODULE))
    me = mx_method_find(ec->vm, ec->vm->cls.Object, name).me;
  if (me) *visibility = (Visibility)me->visibility;
  return me;
}

// Give one method of a module a visibility; an inherited one gets an entry that stands for it.
static bool define_set_visibility(ExecCtx *ec, ClassObj *module, Sym name, Visibility visibility) {
  Visibility old;
  if (!define_find_visibility(ec, module, name, &old)) {
    (void)mx_support_undefined_method(ec, module, name);
    return false;
  }
  MethodEntry *own = mx_method_own(module, name);
  if (old == visibility && (!own || own->visibility == visibility)) return true;
  MethodKind kind = own ? own->kind : METHOD_ZSUPER;
  MethodEntry *me = mx_method_new(ec, kind, name, visibility);
  if (!own) return mx_support_method_add(ec, module, me);
  me->as = own->as;
  me->flags = own->flags;
  me->original_name = own->original_name;
  me->defined_in = own->defined_in;
  return mx_method_add(ec, module, me);
}

// Apply a visibility to names, or to the names in one Array.
static bool define_set_all(ExecCtx *ec, ClassObj *module, int argc, const Value *argv,
                           Visibility visibility) {
  if (!mx_class_check_frozen(ec, module)) return false;
  if (argc == 1 && val_is_array(argv[0])) {
    for (uint32_t i = 0; i < mx_array_len(argv[0]); i++) {
      Value name = mx_array_get(ec, argv[0], i);
      if (!define_set_all(ec, module, 1, &name, visibility)) return false;
    }
    return true;
  }
  for (int i = 0; i < argc; i++) {
    Sym name;
    if (!mx_to_method_name(ec, argv[i], &name)) return false;
    if (!define_set_visibility(ec, module, name, visibility)) return false;
  }
  return true;
}

// What public, private, protected and module_function answer: their argument or arguments.
static Value define_answer(ExecCtx *ec, int argc, const Value *argv) {
  if (argc == 0) return VAL_NIL;
  return argc == 1 ? argv[0] : mx_array_from(ec, argc, argv);
}

// Set the default visibility, or that of names.
static Value define_visibility_word(ExecCtx *ec, Value self, int argc, const Value *argv,
                                    Visibility visibility) {
  if (argc == 0) ec->vm->up->set_default_visibility(ec, visibility);
  if (argc > 0 && !define_set_all(ec, module_of(self), argc, argv, visibility)) return VAL_EXC;
  return define_answer(ec, argc, argv);
}

Value mx_module_m_public(ExecCtx *ec, Value self, int argc, const Value *argv) {
  return define_visibility_word(ec, self, argc, argv, VIS_PUBLIC);
}

Value mx_module_m_private(ExecCtx *ec, Value self, int argc, const Value *argv) {
  return define_visibility_word(ec, self, argc, argv, VIS_PRIVATE);
}

Value mx_module_m_protected(ExecCtx *ec, Value self, int argc, const Value *argv) {
  return define_visibility_word(ec, self, argc, argv, VIS_PROTECTED);
}

// Copy a method to the singleton class as a public one.
static bool define_module_function(ExecCtx *ec, Value self, Value name) {
  Sym sym;
  Visibility visibility;
  if (!mx_to_method_name(ec, name, &sym)) return false;
  MethodRef ref = define_find(ec, module_of(self), sym, &visibility);
  if (!ref.me) {
    (void)mx_support_undefined_method(ec, module_of(self), sym);
    return false;
  }
  ClassObj *single = mx_class_singleton(ec, self);
  MethodEntry *copy = mx_method_new(ec, ref.me->kind, sym, VIS_PUBLIC);
  copy->as = ref.me->as;
  copy->flags = ref.me->flags;
  copy->original_name = ref.me->original_name;
  return mx_support_method_add(ec, single, copy) &&
         define_set_visibility(ec, module_of(self), sym, VIS_PRIVATE);
}

Value mx_module_m_module_function(ExecCtx *ec, Value self, int argc, const Value *argv) {
  if (val_is_type(self, T_CLASS))
    return mx_raise_type(ec, "module_function must be called for modules");
  if (argc == 0) ec->vm->up->set_default_visibility(ec, VIS_MODULE_FUNCTION);
  bool list = argc == 1 && val_is_array(argv[0]);
  int count = list ? (int)mx_array_len(argv[0]) : argc;
  for (int i = 0; i < count; i++)
    if (!define_module_function(ec, self, list ? mx_array_get(ec, argv[0], i) : argv[i]))
      return VAL_EXC;
  return define_answer(ec, argc, argv);
}

Value mx_module_m_public_class_method(ExecCtx *ec, Value self, int argc, const Value *argv) {
  ClassObj *single = mx_class_singleton(ec, self);
  return define_set_all(ec, single, argc, argv, VIS_PUBLIC) ? VAL_NIL : VAL_EXC;
}

Value mx_module_m_private_class_method(ExecCtx *ec, Value self, int argc, const Value *argv) {
  ClassObj *single = mx_class_singleton(ec, self);
  return define_set_all(ec, single, argc, argv, VIS_PRIVATE) ? VAL_NIL : VAL_EXC;
}

// Mark methods that take a rest parameter but no keywords to pass keywords on.
Value mx_module_m_ruby2_keywords(ExecCtx *ec, Value self, int argc, const Value *argv) {
  for (int i = 0; i < argc; i++) {
    Sym name;
    if (!mx_to_method_name(ec, argv[i], &name)) return VAL_EXC;
    if (!mx_class_check_frozen(ec, module_of(self))) return VAL_EXC;
    MethodEntry *me = mx_method_own(module_of(self), name);
    Visibility visibility;
    if (!me && !define_find(ec, module_of(self), name, &visibility).me)
      return mx_support_undefined_method(ec, module_of(self), name);
    if (!me)
      return mx_raise_name_error(ec, self, name, "method '%s' not defined in %s",
                                 mx_support_name(ec, name), mx_support_path(ec, module_of(self)));
    if (!ec->vm->up->ruby2_keywords(ec, me, NULL))
      mx_warn(
          ec,
          "Skipping set of ruby2_keywords flag for %s (method accepts keywords or post arguments "
          "or method does not accept argument splat)",
          mx_support_name(ec, name));
  }
  return VAL_NIL;
}

// ---- lists

enum {
  LIST_PUBLIC = 1 << VIS_PUBLIC,
  LIST_PRIVATE = 1 << VIS_PRIVATE,
  LIST_PROTECTED = 1 << VIS_PROTECTED,
};

// Names of instance methods by visibility; without inherit those of the module itself.
static Value define_list(ExecCtx *ec, Value self, Value inherit, uint32_t see) {
  const ClassObj *module = module_of(self);
  if (val_is_undef(inherit) || val_truthy(inherit))
    return mx_object_method_names(ec, &module->mro, 0, module->mro.count, see);
  uint32_t origin = define_origin(module);
  return mx_object_method_names(ec, &module->mro, origin, 1, see);
}

Value mx_module_m_instance_methods(ExecCtx *ec, Value self, Value inherit) {
  return define_list(ec, self, inherit, LIST_PUBLIC | LIST_PROTECTED);
}

Value mx_module_m_public_instance_methods(ExecCtx *ec, Value self, Value inherit) {
  return define_list(ec, self, inherit, LIST_PUBLIC);
}

Value mx_module_m_private_instance_methods(ExecCtx *ec, Value self, Value inherit) {
  return define_list(ec, self, inherit, LIST_PRIVATE);
}

Value mx_module_m_protected_instance_methods(ExecCtx *ec, Value self, Value inherit) {
  return define_list(ec, self, inherit, LIST_PROTECTED);
}

// Where undefined names are collected.
typedef struct DefineUndefined {
  ExecCtx *ec;
  Value names; // Array of Symbols
} DefineUndefined;

// Note an entry of undef_method.
static bool define_visit_undefined(void *ctx, MethodEntry *me) {
  DefineUndefined *state = ctx;
  if (me->kind == METHOD_UNDEF) mx_array_push(state->ec, state->names, val_from_sym(me->name));
  return true;
}

Value mx_module_m_undefined_instance_methods(ExecCtx *ec, Value self) {
  DefineUndefined state = {ec, mx_array_new(ec, 4)};
  mx_method_each(module_of(self), define_visit_undefined, &state);
  return state.names;
}

// Is a method of one of the visibilities there?
static Value define_is_defined(ExecCtx *ec, Value self, Value name, Value inherit, uint32_t see) {
  Sym sym;
  if (!mx_to_method_name(ec, name, &sym)) return VAL_EXC;
  bool whole = val_is_undef(inherit) || val_truthy(inherit);
  const MethodEntry *me =
      whole ? mx_method_find(ec->vm, module_of(self), sym).me : mx_method_own(module_of(self), sym);
  if (!me || me->kind == METHOD_UNDEF || me->flags & METHOD_F_LIMITED) return VAL_FALSE;
  return val_bool(see >> me->visibility & 1);
}

Value mx_module_m_method_defined(ExecCtx *ec, Value self, Value name, Value inherit) {
  return define_is_defined(ec, self, name, inherit, LIST_PUBLIC | LIST_PROTECTED);
}

Value mx_module_m_public_method_defined(ExecCtx *ec, Value self, Value name, Value inherit) {
  return define_is_defined(ec, self, name, inherit, LIST_PUBLIC);
}

Value mx_module_m_private_method_defined(ExecCtx *ec, Value self, Value name, Value inherit) {
  return define_is_defined(ec, self, name, inherit, LIST_PRIVATE);
}

Value mx_module_m_protected_method_defined(ExecCtx *ec, Value self, Value name, Value inherit) {
  return define_is_defined(ec, self, name, inherit, LIST_PROTECTED);
}

// Make an UnboundMethod.
static Value define_unbound(ExecCtx *ec, Value self, Value name, bool public_only) {
  Sym sym;
  Visibility visibility;
  if (!mx_to_method_name(ec, name, &sym)) return VAL_EXC;
  MethodRef ref = mx_support_find_method(ec, module_of(self), sym, &visibility);
  if (!ref.me) return mx_support_undefined_method(ec, module_of(self), sym);
  if (public_only && visibility != VIS_PUBLIC)
    return mx_raise_name_error(
        ec, self, sym, "method '%s' for %s '%s' is %s", mx_support_name(ec, sym),
        val_is_type(self, T_CLASS) ? "class" : "module", mx_support_path(ec, module_of(self)),
        visibility == VIS_PRIVATE ? "private" : "protected");
  return mx_method_object(ec, VAL_UNDEF, module_of(self), ref, sym);
}

Value mx_module_m_instance_method(ExecCtx *ec, Value self, Value name) {
  return define_unbound(ec, self, name, false);
}

Value mx_module_m_public_instance_method(ExecCtx *ec, Value self, Value name) {
  return define_unbound(ec, self, name, true);
}
