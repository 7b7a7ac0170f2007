// SPDX-License-Identifier: MIT
// Refinements: which are active in a lexical context, and look-up through them.
#ifndef MX_INTERP_REFINE_H
#define MX_INTERP_REFINE_H

#include "interp/frame.h"

// One active refinement, or all of a module; later ones come first.
struct Refinements {
  Refinements *next;    // activated before this one
  ClassObj *refined;    // class or module that is refined
  ClassObj *refinement; // its methods; NULL: every refinement that `refined` has by then
};

// Method of the first active refinement of klass or an ancestor that has the name, as long as no
// class below the refined one defines it; me NULL when there is none.
MX_FUNC MethodRef mx_refine_find(ExecCtx *ec, const Refinements *active, ClassObj *klass, Sym name);
// The same of the ancestors of klass from a place on.
MX_FUNC MethodRef mx_refine_find_from(ExecCtx *ec, const Refinements *active, ClassObj *klass,
                                      uint32_t from, Sym name);
// What `super` in a refinement's method calls for a self of klass: the method of the refined class,
// which is klass or above it. (A refinement has no ancestors: Refinement#include and prepend are
// refused.)
MX_FUNC MethodRef mx_refine_super(ExecCtx *ec, ClassObj *refined, ClassObj *klass, Sym name);
// Activate the refinements of a module and its ancestors in a context.
MX_FUNC void mx_refine_use(ExecCtx *ec, LexCtx *lex, ClassObj *module);

// Activate those that a module has and will have (the body of `refine`).
MX_FUNC void mx_refine_use_all(LexCtx *lex, ClassObj *module);
// Append the active Refinements to an Array.
MX_FUNC void mx_refine_list(ExecCtx *ec, const Refinements *active, Value list);

#endif
