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

// The Array of a module's refinements, or nil.
static Value refine_of(ExecCtx *ec, const ClassObj *module) {
  return mx_ivar_get(ec, val_from_ptr(module), mx_sym(ec->vm, "@__refinements"));
}

// The method that one entry of the active list has for a class.
static MethodEntry *refine_in(ExecCtx *ec, const Refinements *r, const ClassObj *refined,
                              Sym name) {
  if (r->refinement) return r->refined == refined ? refine_own(r->refinement, name) : NULL;
  Value list = refine_of(ec, r->refined);
  for (uint32_t i = val_is_array(list) ? mx_array_len(list) : 0; i-- > 0;) {
    ClassObj *refinement = VAL_CAST(ClassObj, mx_array_get(ec, list, i));
    MethodEntry *me = mx_class_attached(refinement) == val_from_ptr(refined)
                          ? refine_own(refinement, name)
                          : NULL;
    if (me) return me;
  }
  return NULL;
}

MethodRef mx_refine_find(ExecCtx *ec, const Refinements *active, ClassObj *klass, Sym name) {
  return mx_refine_find_from(ec, active, klass, 0, name);
}

// Modules that are prepended to a class: they lie in front of it in every mro that it is in.
static uint32_t refine_prepended(const ClassObj *klass) {
  uint32_t count = 0;
  while (klass->mro.at[count] != klass) count++;
  return count;
}

// The method that active refinements have for classes whose part of the mro begins at a position:
// what refines a class comes before what is prepended to it.
static MethodRef refine_at(ExecCtx *ec, const Refinements *active, const ClassObj *klass,
                           uint32_t start, Sym name) {
  for (uint32_t at = klass->mro.count; at-- > start;) {
    ClassObj *refined = klass->mro.at[at];
    if (refine_prepended(refined) != at - start) continue;
    for (const Refinements *r = active; r; r = r->next) {
      MethodEntry *me = refine_in(ec, r, refined, name);
      if (me) return (MethodRef){me, at};
    }
  }
  return (MethodRef){NULL, 0};
}

MethodRef mx_refine_find_from(ExecCtx *ec, const Refinements *active, ClassObj *klass,
                              uint32_t from, Sym name) {
  for (uint32_t at = from; at < klass->mro.count; at++) {
    MethodRef found = refine_at(ec, active, klass, at, name);
    if (found.me) return found;
    if (mx_method_own(klass->mro.at[at], name)) break;
  }
  return (MethodRef){NULL, 0};
}

MethodRef mx_refine_super(ExecCtx *ec, ClassObj *refined, ClassObj *klass, Sym name) {
  uint32_t own = 0;
  while (klass->mro.at[own] != refined) own++;
  for (uint32_t at = own - refine_prepended(refined); at <= own; at++) {
    MethodEntry *me = mx_method_own(klass->mro.at[at], name);
    if (me && me->kind != METHOD_UNDEF) return (MethodRef){me, at};
  }
  return mx_method_find_super(ec->vm, klass, own, name);
}

// Put an entry in front of a context's list.
static void refine_push(LexCtx *lex, ClassObj *refined, ClassObj *refinement) {
  Refinements *r = mx_gc_alloc_words(sizeof *r);
  *r = (Refinements){.next = lex->refinements, .refined = refined, .refinement = refinement};
  lex->refinements = r;
}

void mx_refine_use(ExecCtx *ec, LexCtx *lex, ClassObj *module) {
  for (uint32_t at = module->mro.count; at-- > 0;) {
    Value list = refine_of(ec, module->mro.at[at]);
    for (uint32_t i = 0; val_is_array(list) && i < mx_array_len(list); i++) {
      ClassObj *refinement = VAL_CAST(ClassObj, mx_array_get(ec, list, i));
      refine_push(lex, VAL_CAST(ClassObj, mx_class_attached(refinement)), refinement);
    }
  }
}

void mx_refine_use_all(LexCtx *lex, ClassObj *module) { refine_push(lex, module, NULL); }

void mx_refine_list(ExecCtx *ec, const Refinements *active, Value list) {
  for (const Refinements *r = active; r; r = r->next) {
    if (r->refinement)
      mx_array_push(ec, list, val_from_ptr(r->refinement));
    else if (val_is_array(refine_of(ec, r->refined)))
      mx_array_concat(ec, list, refine_of(ec, r->refined));
  }
}
