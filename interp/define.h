// SPDX-License-Identifier: MIT
// Defining methods, classes and modules with their checks and hooks; shared by the engines.
#ifndef MX_INTERP_DEFINE_H
#define MX_INTERP_DEFINE_H

#include "interp/frame.h"

// The context of a block or text that runs with another self: `def` defines in target, by default
// in the singleton class of self. flags: LEX_*.
MX_FUNC LexCtx *mx_define_lex(ExecCtx *ec, const LexCtx *lex, Value self, ClassObj *target,
                              uint32_t flags);
// The module that `def`, alias and undef change; NULL + TypeError where there is none.
MX_FUNC MX_MUST_CHECK ClassObj *mx_define_home(ExecCtx *ec, const LexCtx *lex);
// Enter a method of the language and call method_added or singleton_method_added. The Symbol.
MX_FUNC MX_MUST_CHECK Value mx_define_guest(ExecCtx *ec, ClassObj *klass, Sym name,
                                            const MethodCode *method, Visibility visibility);
// Call the hook for a method that was entered; false when it raised.
MX_FUNC MX_MUST_CHECK bool mx_define_hook(ExecCtx *ec, ClassObj *klass, Sym name);
// Visibility of a def: private for initialize and its kind and at the top level.
MX_FUNC Visibility mx_define_visibility(const Frame *definition, const ClassObj *home, Sym name);
// Open or make a class: superclass VAL_UNDEF when none was written; `inherited` is called.
MX_FUNC MX_MUST_CHECK Value mx_define_class(ExecCtx *ec, ClassObj *under, Sym name,
                                            Value superclass);
MX_FUNC MX_MUST_CHECK Value mx_define_module(ExecCtx *ec, ClassObj *under, Sym name);
// Note a method that a trait requires.
MX_FUNC MX_MUST_CHECK Value mx_define_requirement(ExecCtx *ec, ClassObj *trait, Sym name);
// At the end of a class body: NotImplementedError for requirements of traits that are missing.
MX_FUNC MX_MUST_CHECK bool mx_define_check_traits(ExecCtx *ec, ClassObj *klass);

#endif
