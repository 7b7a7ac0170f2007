// SPDX-License-Identifier: MIT
// Definitions: what `def`, `class` and `module` do to the object graph, for every engine.
#include "interp/define.h"
#include "runtime/array.h"
#include "runtime/semantics.h"
#include "runtime/string.h"
#include "interp/constant.h"

// Can no singleton class be made for the value?
static bool define_lacks_singleton(Value self) {
  if (val_is_heap(self)) return val_heap_type(self) == T_FLOAT || val_heap_type(self) == T_BIGNUM;
  return val_is_fixnum(self) || val_is_flonum(self) || val_is_symbol(self);
}

LexCtx *mx_define_lex(ExecCtx *ec, const LexCtx *lex, Value self, ClassObj *target,
                      uint32_t flags) {
  if (!target && define_lacks_singleton(self))
    return mx_lex_new(ec, lex, lex->module, LEX_NOT_CONST | LEX_NO_METHODS, lex->dialect);
  bool own = !target && flags & LEX_NOT_CONST; // else constants are looked up in it
  if (!target && !own) target = mx_class_singleton(ec, self);
  LexCtx *inner = mx_lex_new(ec, lex, target, flags, lex->dialect);
  if (own) inner->self = self;
  return inner;
}

ClassObj *mx_define_home(ExecCtx *ec, const LexCtx *lex) {
  if (lex->flags & LEX_NO_METHODS) {
    (void)mx_raise_type(ec, "can't define singleton");
    return NULL;
  }
  if (!lex->module) ((LexCtx *)(uintptr_t)lex)->module = mx_class_singleton(ec, lex->self);
  return lex->module;
}

bool mx_define_hook(ExecCtx *ec, ClassObj *klass, Sym name) {
  bool singleton = (klass->flags & CLASS_SINGLETON) != 0;
  Value receiver = singleton ? mx_class_attached(klass) : val_from_ptr(klass);
  Sym hook = singleton ? SYM_singleton_method_added : SYM_method_added;
  return !val_is_exc(mx_send1(ec, receiver, hook, val_from_sym(name)));
}

// Profiles call a body by the first method that was made of it, aliases or not.
static void define_first(MethodCode *method, const MethodEntry *me) {
  if (!method->first) method->first = me;
  if (method->made && !method->made->method) method->made->method = me;
}

Value mx_define_guest(ExecCtx *ec, ClassObj *klass, Sym name, const MethodCode *method,
                      Visibility visibility) {
  MethodEntry *me = mx_method_new(ec, METHOD_GUEST, name, visibility);
  me->as.code = (void *)(uintptr_t)method;
  if ((method->made ? method->made : method->around)->core) me->flags |= METHOD_F_CORE;
  define_first((MethodCode *)(uintptr_t)method, me);
  if (!mx_method_add(ec, klass, me) || !mx_define_hook(ec, klass, name)) return VAL_EXC;
  return val_from_sym(name);
}

Visibility mx_define_visibility(const Frame *definition, const ClassObj *home, Sym name) {
  if (name == SYM_initialize || name == SYM_initialize_copy || name == SYM_initialize_clone ||
      name == SYM_initialize_dup || name == SYM_respond_to_missing)
    return VIS_PRIVATE;
  if (home->flags & CLASS_SINGLETON && !(definition->flags & FRAME_CLASS)) return VIS_PUBLIC;
  if (definition->flags & FRAME_MODULE_FUNCTION) return VIS_PRIVATE;
  if (definition->flags & (FRAME_CLASS | FRAME_TOP)) return definition->visibility;
  return VIS_PUBLIC;
}

Value mx_define_method(ExecCtx *ec, Frame *fr, Sym name, const MethodCode *method) {
  ClassObj *home = mx_define_home(ec, fr->lex);
  if (!home) return VAL_EXC;
  Frame *definition = mx_frame_definition(fr);
  Value result =
      mx_define_guest(ec, home, name, method, mx_define_visibility(definition, home, name));
  if (val_is_exc(result) || !(definition->flags & FRAME_MODULE_FUNCTION)) return result;
  ClassObj *singleton = mx_class_singleton(ec, val_from_ptr(home));
  return mx_define_guest(ec, singleton, name, method, VIS_PUBLIC);
}

Value mx_define_singleton(ExecCtx *ec, Value object, Sym name, const MethodCode *method) {
  ClassObj *klass = mx_class_singleton(ec, object);
  return klass ? mx_define_guest(ec, klass, name, method, VIS_PUBLIC) : VAL_EXC;
}

Value mx_define_container(ExecCtx *ec, const LexCtx *lex, Sym name, ConstPlace place, Value scope) {
  Value module = mx_constant_module(ec, lex, place, scope);
  if (place != CONST_PLACE_SCOPE || val_is_exc(module)) return module;
  ClassObj *klass = VAL_CAST(ClassObj, module);
  const ConstEntry *entry = mx_const_own(klass, name);
  return entry && entry->is_private ? mx_raise_const_missing(ec, klass, name) : module;
}

// The constant that a definition reopens; at the top of `under` Object's own are seen too.
static Value define_existing(ExecCtx *ec, ClassObj *under, Sym name) {
  ConstEntry *entry = mx_const_own(under, name);
  if (!entry) return VAL_UNDEF;
  return val_is_undef(entry->value) ? mx_const_find(ec, under, name, false) : entry->value;
}

// Raise TypeError "X is not a class", with the place where X was set.
static Value define_wrong_kind(ExecCtx *ec, ClassObj *under, Sym name, const char *kind) {
  const char *text = mx_sym_text(&ec->vm->symtab, name);
  Value path = under == ec->vm->cls.Object ? VAL_NIL : mx_class_path(ec, under);
  const char *outer = val_is_nil(path) ? "" : mx_str_bytes(path), *join = *outer ? "::" : "";
  const ConstEntry *entry = mx_const_own(under, name);
  if (!entry || !entry->file)
    return mx_raise_type(ec, "%s%s%s is not a %s", outer, join, text, kind);
  return mx_raise_type(ec, "%s%s%s is not a %s\n%s:%u: previous definition of %s was here", outer,
                       join, text, kind, entry->file, entry->line, text);
}

// Check that a class can be opened again with the superclass written.
static Value define_reopen(ExecCtx *ec, ClassObj *under, Value existing, Sym name,
                           Value superclass) {
  if (!val_is_type(existing, T_CLASS)) return define_wrong_kind(ec, under, name, "class");
  ClassObj *klass = VAL_CAST(ClassObj, existing);
  if (!val_is_undef(superclass) && mx_class_real(klass->super) != VAL_CAST(ClassObj, superclass))
    return mx_raise_type(ec, "superclass mismatch for class %s",
                         mx_sym_text(&ec->vm->symtab, name));
  return existing;
}

Value mx_define_class(ExecCtx *ec, ClassObj *under, Sym name, Value superclass) {
  if (!val_is_undef(superclass)) {
    if (!val_is_type(superclass, T_CLASS))
      return mx_raise_type(
          ec, "superclass must be an instance of Class (given an instance of %s)",
          mx_str_bytes(mx_class_path(ec, mx_class_real(mx_class_of(ec->vm, superclass)))));
    if (VAL_CAST(ClassObj, superclass)->flags & CLASS_SINGLETON)
      return mx_raise_type(ec, "can't make subclass of singleton class");
    if (VAL_CAST(ClassObj, superclass) == ec->vm->cls.Class)
      return mx_raise_type(ec, "can't make subclass of Class");
  }
  Value existing = define_existing(ec, under, name);
  if (val_is_exc(existing)) return existing;
  if (!val_is_undef(existing)) return define_reopen(ec, under, existing, name, superclass);
  ClassObj *super = val_is_undef(superclass) ? ec->vm->cls.Object : VAL_CAST(ClassObj, superclass);
  Value klass = val_from_ptr(mx_class_new(ec, super));
  if (!mx_const_define(ec, under, name, klass)) return VAL_EXC;
  if (val_is_exc(mx_send1(ec, val_from_ptr(super), SYM_inherited, klass))) return VAL_EXC;
  return klass;
}

// Open or make a module or trait.
static Value define_open_module(ExecCtx *ec, ClassObj *under, Sym name) {
  Value existing = define_existing(ec, under, name);
  if (val_is_exc(existing)) return existing;
  if (!val_is_undef(existing)) {
    if (val_is_type(existing, T_MODULE)) return existing;
    return define_wrong_kind(ec, under, name, "module");
  }
  Value module = val_from_ptr(mx_module_new(ec));
  return mx_const_define(ec, under, name, module) ? module : VAL_EXC;
}

Value mx_define_module(ExecCtx *ec, ClassObj *under, Sym name, bool trait) {
  Value module = define_open_module(ec, under, name);
  if (!val_is_exc(module) && trait) VAL_CAST(ClassObj, module)->flags |= CLASS_TRAIT;
  return module;
}

Value mx_define_body(ExecCtx *ec, const Frame *fr, Value module, const Code *code) {
  ClassObj *klass = VAL_CAST(ClassObj, module);
  const LexCtx *lex = mx_lex_new(ec, fr->lex, klass, 0, fr->lex->dialect);
  Frame *body = mx_frame_push(ec, code, module, lex, FRAME_CLASS);
  if (!body) return VAL_EXC;
  Value result = code->run(ec, body);
  if (!val_is_exc(result) && !mx_define_check_traits(ec, klass)) result = VAL_EXC;
  mx_frame_pop(ec, body);
  return result;
}

Value mx_define_alias(ExecCtx *ec, const LexCtx *lex, Value new_name, Value old_name) {
  Sym names[2];
  if (!mx_to_method_name(ec, new_name, &names[0]) || !mx_to_method_name(ec, old_name, &names[1]))
    return VAL_EXC;
  ClassObj *home = mx_define_home(ec, lex);
  if (!home) return VAL_EXC;
  Value args[2] = {val_from_sym(names[0]), val_from_sym(names[1])};
  Value result = mx_send(ec, val_from_ptr(home), mx_sym(ec->vm, "alias_method"), 2, args);
  return val_is_exc(result) ? result : VAL_NIL;
}

Value mx_define_undef(ExecCtx *ec, const LexCtx *lex, Value name) {
  Sym sym;
  if (!mx_to_method_name(ec, name, &sym)) return VAL_EXC;
  ClassObj *home = mx_define_home(ec, lex);
  if (!home) return VAL_EXC;
  Value result =
      mx_send1(ec, val_from_ptr(home), mx_sym(ec->vm, "undef_method"), val_from_sym(sym));
  return val_is_exc(result) ? result : VAL_NIL;
}

Value mx_define_requirement(ExecCtx *ec, const LexCtx *lex, Sym name, const MethodCode *method) {
  ClassObj *home = mx_define_home(ec, lex);
  if (!home) return VAL_EXC;
  MethodEntry *me = mx_method_new(ec, METHOD_GUEST, name, VIS_PUBLIC);
  me->as.code = (void *)(uintptr_t)method;
  if (!home->required) home->required = mx_nametable_new(4);
  mx_nametable_put(home->required, name, (uint64_t)(uintptr_t)me);
  return val_from_sym(name);
}

// Append the names that klass lacks of one trait's requirements.
static void define_missing(ExecCtx *ec, ClassObj *klass, const ClassObj *trait, StrBuf *missing) {
  uint32_t position = 0;
  if (!trait->required) return;
  for (const NameEntry *at; (at = mx_nametable_next(trait->required, &position));) {
    if (mx_method_find(ec->vm, klass, at->name).me) continue;
    mx_strbuf_printf(missing, "%s%s", missing->len ? ", " : "",
                     mx_sym_text(&ec->vm->symtab, at->name));
  }
}

bool mx_define_check_traits(ExecCtx *ec, ClassObj *klass) {
  if (val_heap_type(val_from_ptr(klass)) == T_MODULE) return true;
  StrBuf missing = STRBUF_INIT;
  for (uint32_t i = 0; i < klass->mro.count; i++)
    if (klass->mro.at[i]->flags & CLASS_TRAIT)
      define_missing(ec, klass, klass->mro.at[i], &missing);
  if (missing.len == 0) return true;
  (void)mx_raise(ec, ec->vm->cls.NotImplementedError, "%s does not implement: %s",
                 mx_str_bytes(mx_class_path(ec, klass)), mx_strbuf_text(&missing));
  mx_strbuf_free(&missing);
  return false;
}
