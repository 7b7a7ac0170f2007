// SPDX-License-Identifier: MIT
// Refinements: which are active in a lexical context, and look-up through them.
#ifndef MX_INTERP_REFINE_H
#define MX_INTERP_REFINE_H

#include "interp/frame.h"

// One `using`: refined class -> refinement module; later ones come first.
struct Refinements {
  Refinements *next;    // activated before this one
  ClassObj *refined;    // class or module that is refined
  ClassObj *refinement; // its methods
};

// Method of the first active refinement of klass or an ancestor that has the name, as long as no
// class below the refined one defines it; me NULL when there is none.
MX_FUNC MethodRef mx_refine_find(ExecCtx *ec, const Refinements *active, ClassObj *klass,
                                 Sym name);
// What `super` in a refinement's method calls: the refinement's own ancestors, then the method
// of the refined class itself.
MX_FUNC MethodRef mx_refine_super(ExecCtx *ec, ClassObj *refinement, ClassObj *klass, Sym name);
// Activate all refinements of a module in a context.
MX_FUNC void mx_refine_use(ExecCtx *ec, LexCtx *lex, ClassObj *module);

#endif
