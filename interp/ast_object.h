// SPDX-License-Identifier: MIT
// Syntax trees as guest objects: an AST object is (unit, node).
#ifndef MX_INTERP_AST_OBJECT_H
#define MX_INTERP_AST_OBJECT_H

#include "frontend/ast.h"
#include "interp/frame.h"

// Wrap a node of a unit as an instance of its AST:: class.
MX_FUNC Value mx_ast_wrap(ExecCtx *ec, Unit *unit, const Node *node);
// Build the tree of a quote, with its unquotes evaluated in fr and its own locals renamed apart.
MX_FUNC MX_MUST_CHECK Value mx_ast_quote(ExecCtx *ec, Frame *fr, const NodeQuote *node);
// Make the AST:: classes.
MX_FUNC void mx_ast_boot(ExecCtx *ec);

#endif
