// SPDX-License-Identifier: MIT
// Arity, parameters and place of anything callable: methods of all kinds, blocks of all kinds.
#ifndef MX_BUILTINS_CALLABLE_H
#define MX_BUILTINS_CALLABLE_H

#include "runtime/upcall.h"

MX_FUNC int mx_callable_arity(ExecCtx *ec, MethodEntry *me);
MX_FUNC MX_MUST_CHECK Value mx_callable_parameters(ExecCtx *ec,
                                                   MethodEntry *me); // [[:req, :a], ...]
MX_FUNC Value mx_callable_location(ExecCtx *ec, MethodEntry *me);    // [file, line] or nil
// The same of a block; lambda: by the rules of lambdas.
MX_FUNC int mx_callable_block_arity(ExecCtx *ec, const Block *block, bool lambda);
MX_FUNC MX_MUST_CHECK Value mx_callable_block_parameters(ExecCtx *ec, const Block *block,
                                                         bool lambda);
MX_FUNC Value mx_callable_block_location(ExecCtx *ec, const Block *block);
// Is it a lambda, or does it behave like one (&:symbol, &method)?
MX_FUNC bool mx_callable_is_lambda(const Block *block);

#endif
