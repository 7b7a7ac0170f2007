// SPDX-License-Identifier: MIT
// Defining methods, classes and modules with their checks and hooks; shared by the engines.
#ifndef MX_INTERP_DEFINE_H
#define MX_INTERP_DEFINE_H

#include "bytecode/opcodes.h"
#include "interp/frame.h"

// The context of a block or text that runs with another self: `def` defines in target, by default
// in the singleton class of self. flags: LEX_*.
MX_FUNC LexCtx *mx_define_lex(ExecCtx *ec, const LexCtx *lex, Value self, ClassObj *target,
                              uint32_t flags);
// The module that `def`, alias and undef change; NULL + TypeError where there is none. A singleton
// class that a block of instance_eval would define in is made here, since few do.
MX_FUNC MX_MUST_CHECK ClassObj *mx_define_home(ExecCtx *ec, const LexCtx *lex);
// def: enter a method, closed over the frame's context, in the module that the text defines
// methods in; with visibility and module_function as they stand. The Symbol of the name.
MX_FUNC MX_MUST_CHECK Value mx_define_method(ExecCtx *ec, Frame *fr, Sym name,
                                             const MethodCode *method);
// def object.name: likewise, in the singleton class.
MX_FUNC MX_MUST_CHECK Value mx_define_singleton(ExecCtx *ec, Value object, Sym name,
                                                const MethodCode *method);
// Enter a method of the language and call method_added or singleton_method_added. The Symbol.
MX_FUNC MX_MUST_CHECK Value mx_define_guest(ExecCtx *ec, ClassObj *klass, Sym name,
                                            const MethodCode *method, Visibility visibility);
// Call the hook for a method that was entered; false when it raised.
MX_FUNC MX_MUST_CHECK bool mx_define_hook(ExecCtx *ec, ClassObj *klass, Sym name);
// Visibility of a def: private for initialize and its kind and at the top level.
MX_FUNC Visibility mx_define_visibility(const Frame *definition, const ClassObj *home, Sym name);
// The module in which a class or module that is written at `place` is defined.
MX_FUNC MX_MUST_CHECK Value mx_define_container(ExecCtx *ec, const LexCtx *lex, Sym name,
                                                ConstPlace place, Value scope);
// Open or make a class: superclass VAL_UNDEF when none was written; `inherited` is called.
MX_FUNC MX_MUST_CHECK Value mx_define_class(ExecCtx *ec, ClassObj *under, Sym name,
                                            Value superclass);
MX_FUNC MX_MUST_CHECK Value mx_define_module(ExecCtx *ec, ClassObj *under, Sym name, bool trait);
// Run the body of a class, module or singleton class that stands in fr.
MX_FUNC MX_MUST_CHECK Value mx_define_body(ExecCtx *ec, const Frame *fr, Value module,
                                           const Code *code);
// alias: nil. The names are Symbols or Strings.
MX_FUNC MX_MUST_CHECK Value mx_define_alias(ExecCtx *ec, const LexCtx *lex, Value new_name,
                                            Value old_name);
// undef: nil.
MX_FUNC MX_MUST_CHECK Value mx_define_undef(ExecCtx *ec, const LexCtx *lex, Value name);
// Note a def without body, which the trait around the text requires. The Symbol of the name.
MX_FUNC MX_MUST_CHECK Value mx_define_requirement(ExecCtx *ec, const LexCtx *lex, Sym name,
                                                  const MethodCode *method);
// At the end of a class body: NotImplementedError for requirements of traits that are missing.
MX_FUNC MX_MUST_CHECK bool mx_define_check_traits(ExecCtx *ec, ClassObj *klass);

#endif
