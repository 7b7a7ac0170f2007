// SPDX-License-Identifier: MIT
// Refinements: activation and look-up.
#include "interp/refine.h"
#include "runtime/array.h"

// The own method of a refinement or of what it includes.
static MethodEntry *refine_own(ClassObj *refinement, Sym name) {
  for (uint32_t i = 0; i < refinement->mro.count; i++) {
    MethodEntry *me = mx_method_own(refinement->mro.at[i], name);
    if (me && me->kind != METHOD_UNDEF) return me;
  }
  return NULL;
}

MethodRef mx_refine_find(ExecCtx *ec, const Refinements *active, ClassObj *klass, Sym name) {
  (void)ec;
  for (uint32_t at = 0; at < klass->mro.count; at++) {
    for (const Refinements *r = active; r; r = r->next) {
      if (r->refined != klass->mro.at[at]) continue;
      MethodEntry *me = refine_own(r->refinement, name);
      if (me) return (MethodRef){me, at};
    }
    if (mx_method_own(klass->mro.at[at], name)) break;
  }
  return (MethodRef){NULL, 0};
}

MethodRef mx_refine_super(ExecCtx *ec, ClassObj *refinement, ClassObj *klass, Sym name) {
  for (uint32_t i = 1; i < refinement->mro.count; i++) {
    MethodEntry *me = mx_method_own(refinement->mro.at[i], name);
    if (me) return (MethodRef){me, 0};
  }
  ClassObj *refined = VAL_CAST(ClassObj, mx_class_attached(refinement));
  for (uint32_t at = 0; at < klass->mro.count; at++) {
    if (klass->mro.at[at] != refined) continue;
    MethodEntry *me = mx_method_own(refined, name);
    if (me && me->kind != METHOD_UNDEF) return (MethodRef){me, at};
    return mx_method_find_super(ec->vm, klass, at, name);
  }
  return (MethodRef){NULL, 0};
}

void mx_refine_use(ExecCtx *ec, LexCtx *lex, ClassObj *module) {
  Value list = mx_ivar_get(ec, val_from_ptr(module), mx_sym(ec->vm, "@__refinements"));
  if (!val_is_array(list)) return;
  for (uint32_t i = 0; i < mx_array_len(list); i++) {
    ClassObj *refinement = VAL_CAST(ClassObj, mx_array_get(ec, list, i));
    Refinements *r = mx_gc_alloc_words(sizeof *r);
    r->next = lex->refinements;
    r->refined = VAL_CAST(ClassObj, mx_class_attached(refinement));
    r->refinement = refinement;
    lex->refinements = r;
  }
}
