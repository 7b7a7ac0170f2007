// SPDX-License-Identifier: MIT
// Constants by lexical scope, then by ancestors; class variables' home.
#ifndef MX_INTERP_CONSTANT_H
#define MX_INTERP_CONSTANT_H

#include "bytecode/opcodes.h"
#include "interp/frame.h"

// Value of a bare constant name; const_missing, NameError.
MX_FUNC MX_MUST_CHECK Value mx_constant_lookup(ExecCtx *ec, const LexCtx *lex, Sym name);
// The same without const_missing: VAL_UNDEF when there is none.
MX_FUNC MX_MUST_CHECK Value mx_constant_find(ExecCtx *ec, const LexCtx *lex, Sym name);
// Is there such a constant? Runs no autoload.
MX_FUNC bool mx_constant_is_defined(ExecCtx *ec, const LexCtx *lex, Sym name);
// Value of scope::name; TypeError when scope is no class or module.
MX_FUNC MX_MUST_CHECK Value mx_constant_scoped(ExecCtx *ec, Value scope, Sym name);
// Innermost module that constants are set in.
MX_FUNC ClassObj *mx_constant_home(const LexCtx *lex);
// The module in which a constant that is written at `place` stands; scope counts for
// CONST_PLACE_SCOPE only. TypeError when it is no class or module.
MX_FUNC MX_MUST_CHECK Value mx_constant_module(ExecCtx *ec, const LexCtx *lex, ConstPlace place,
                                               Value scope);
// For ||=: true or false; true for a scope that is no module, whose read raises. Runs autoloads.
MX_FUNC MX_MUST_CHECK Value mx_constant_is_set(ExecCtx *ec, const LexCtx *lex, Sym name,
                                               ConstPlace place, Value scope);
// Module whose class variables the context sees; NULL + RuntimeError at the top level.
MX_FUNC ClassObj *mx_constant_cvar_home(ExecCtx *ec, const LexCtx *lex);
// Likewise; NULL at the top.
MX_FUNC ClassObj *mx_constant_cvar_class(const LexCtx *lex);

#endif
