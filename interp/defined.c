// SPDX-License-Identifier: MIT
// defined?: what a name would be, without reading it.
#include "interp/defined.h"
#include "runtime/global.h"
#include "runtime/string.h"
#include "interp/constant.h"
#include "interp/invoke.h"
#include "interp/match_vars.h"
#include "interp/variable.h"

// Does the last match have the group?
static bool defined_group(ExecCtx *ec, Frame *fr, int64_t group) {
  return !val_is_nil(mx_match_nth(ec, fr, group));
}

// Is a global set? $& and its kind ask the last match.
static bool defined_gvar(ExecCtx *ec, Frame *fr, Sym name) {
  const char *text = mx_sym_text(&ec->vm->symtab, name);
  if (strchr("&`'+", text[1]) && text[1] && !text[2])
    return text[1] == '+' ? !val_is_nil(mx_global_get(ec, name)) : defined_group(ec, fr, 0);
  return mx_global_defined(ec->vm, name);
}

// Is a class variable set?
static bool defined_cvar(ExecCtx *ec, const Frame *fr, Sym name) {
  Value defined = mx_variable_class_defined(ec, fr, name);
  if (val_is_exc(defined)) (void)mx_exc_take(ec);
  return defined == VAL_TRUE;
}

// Does a module have a public constant?
static bool defined_const(ExecCtx *ec, Sym name, Value scope) {
  if (!val_is_class_or_module(scope)) return false;
  ClassObj *klass = VAL_CAST(ClassObj, scope);
  const ConstEntry *entry = mx_const_own(klass, name);
  if (entry && entry->is_private) return false;
  return mx_const_is_defined(ec, klass, name, false);
}

// Would a call of the receiver find a method it may call?
static bool defined_method(ExecCtx *ec, const Frame *fr, Sym name, Value receiver, bool to_self) {
  MethodRef ref = mx_invoke_find(ec, mx_class_of(ec->vm, receiver), name, fr->lex);
  if (ref.me) {
    if (to_self || ref.me->visibility == VIS_PUBLIC) return true;
    return ref.me->visibility == VIS_PROTECTED && mx_is_a(ec->vm, fr->self, ref.me->owner);
  }
  return mx_respond_to(ec, receiver, name, to_self) > 0;
}

// Is there a method behind the running one? Machine code that serves several classes leaves frames
// whose me_at may be that of another one, so super's own search is asked.
static bool defined_super(ExecCtx *ec, const Frame *fr) {
  if (!fr->me) return false;
  const ClassObj *owner = fr->me->owner;
  bool fits = mx_class_inherits(mx_class_of(ec->vm, fr->self), owner);
  if (!fits && !(owner->flags & CLASS_REFINEMENT)) return false;
  MethodRef ref;
  return mx_invoke_find_super(ec, fr, &ref) && ref.me;
}

const char *mx_defined_name(ExecCtx *ec, Frame *fr, DefinedKind kind, Sym name, Value operand) {
  Value object = val_from_ptr(ec->vm->cls.Object);
  switch (kind) {
  case DEFINED_IVAR: return mx_ivar_defined(ec, fr->self, name) ? "instance-variable" : NULL;
  case DEFINED_GVAR: return defined_gvar(ec, fr, name) ? "global-variable" : NULL;
  case DEFINED_NTH_REF:
    return defined_group(ec, fr, val_to_fixnum(operand)) ? "global-variable" : NULL;
  case DEFINED_CVAR: return defined_cvar(ec, fr, name) ? "class variable" : NULL;
  case DEFINED_CONST: return mx_constant_is_defined(ec, fr->lex, name) ? "constant" : NULL;
  case DEFINED_CONST_TOP: return defined_const(ec, name, object) ? "constant" : NULL;
  case DEFINED_CONST_FROM: return defined_const(ec, name, operand) ? "constant" : NULL;
  case DEFINED_METHOD: return defined_method(ec, fr, name, operand, false) ? "method" : NULL;
  case DEFINED_METHOD_SELF: return defined_method(ec, fr, name, operand, true) ? "method" : NULL;
  case DEFINED_SUPER: return defined_super(ec, fr) ? "super" : NULL;
  case DEFINED_YIELD: return fr->block ? "yield" : NULL;
  case DEFINED_KIND_COUNT: break;
  }
  MX_UNREACHABLE();
}

Value mx_defined_value(ExecCtx *ec, const char *text) {
  if (ec->unwind != UNWIND_NONE) return VAL_EXC;
  return text ? mx_str_freeze_dedup(ec, mx_str_ascii(ec, text)) : VAL_NIL;
}
