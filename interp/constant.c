// SPDX-License-Identifier: MIT
// Constant look-up: the modules around the text, innermost first and the top left out, then the
// ancestors of the innermost one, then (in metorex code) Metorex, then const_missing.
#include "interp/constant.h"
#include "runtime/upcall.h"

// The innermost context that names constants.
static const LexCtx *constant_lex(const LexCtx *lex) {
  while (lex->flags & LEX_NOT_CONST && lex->parent) lex = lex->parent;
  return lex;
}

ClassObj *mx_constant_home(const LexCtx *lex) { return constant_lex(lex)->module; }

ClassObj *mx_constant_cvar_class(const LexCtx *lex) {
  while (lex->parent && (lex->flags & LEX_NOT_CONST || lex->module->flags & CLASS_SINGLETON))
    lex = lex->parent;
  return lex->parent ? lex->module : NULL;
}

ClassObj *mx_constant_cvar_home(ExecCtx *ec, const LexCtx *lex) {
  ClassObj *home = mx_constant_cvar_class(lex);
  if (!home) (void)mx_raise(ec, ec->vm->cls.RuntimeError, "class variable access from toplevel");
  return home;
}

// Constant of one module itself, autoload run; VAL_UNDEF when it has none.
static Value constant_own(ExecCtx *ec, ClassObj *module, Sym name) {
  ConstEntry *entry = mx_const_own(module, name);
  if (!entry) return VAL_UNDEF;
  if (!val_is_undef(entry->value)) return entry->value;
  return mx_const_find(ec, module, name, false);
}

Value mx_constant_find(ExecCtx *ec, const LexCtx *lex, Sym name) {
  for (const LexCtx *at = lex; at->parent; at = at->parent) {
    if (at->flags & LEX_NOT_CONST) continue;
    Value v = constant_own(ec, at->module, name);
    if (!val_is_undef(v)) return v;
  }
  Value v = mx_const_find(ec, mx_constant_home(lex), name, true);
  if (!val_is_undef(v) || lex->dialect == DIALECT_RUBY) return v;
  return constant_own(ec, ec->vm->cls.Metorex, name);
}

bool mx_constant_is_defined(ExecCtx *ec, const LexCtx *lex, Sym name) {
  for (const LexCtx *at = lex; at->parent; at = at->parent) {
    const ConstEntry *entry = at->flags & LEX_NOT_CONST ? NULL : mx_const_own(at->module, name);
    if (entry && (!val_is_undef(entry->value) || !entry->loading)) return true;
  }
  if (mx_const_is_defined(ec, mx_constant_home(lex), name, true)) return true;
  return lex->dialect != DIALECT_RUBY && mx_const_own(ec->vm->cls.Metorex, name);
}

Value mx_constant_lookup(ExecCtx *ec, const LexCtx *lex, Sym name) {
  Value v = mx_constant_find(ec, lex, name);
  if (!val_is_undef(v)) return v;
  return mx_send1(ec, val_from_ptr(mx_constant_home(lex)), SYM_const_missing, val_from_sym(name));
}

Value mx_constant_scoped(ExecCtx *ec, Value scope, Sym name) {
  if (!val_is_class_or_module(scope)) return mx_raise_type(ec, "%V is not a class/module", scope);
  return mx_const_get(ec, VAL_CAST(ClassObj, scope), name);
}

Value mx_constant_module(ExecCtx *ec, const LexCtx *lex, ConstPlace place, Value scope) {
  if (place == CONST_PLACE_LEXICAL) return val_from_ptr(mx_constant_home(lex));
  if (place == CONST_PLACE_TOP) return val_from_ptr(ec->vm->cls.Object);
  if (val_is_class_or_module(scope)) return scope;
  return mx_raise_type(ec, "%V is not a class/module", scope);
}

Value mx_constant_is_set(ExecCtx *ec, const LexCtx *lex, Sym name, ConstPlace place, Value scope) {
  Value v;
  if (place == CONST_PLACE_LEXICAL) {
    v = mx_constant_find(ec, lex, name);
  } else {
    if (place == CONST_PLACE_SCOPE && !val_is_class_or_module(scope)) return VAL_TRUE;
    Value module = mx_constant_module(ec, lex, place, scope);
    v = mx_const_find(ec, VAL_CAST(ClassObj, module), name, false);
  }
  return val_is_exc(v) ? v : val_bool(!val_is_undef(v));
}
