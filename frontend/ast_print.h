// SPDX-License-Identifier: MIT
// Trees as text: readable source that parses back to an equal tree, and s-expressions.
#ifndef MX_FRONTEND_AST_PRINT_H
#define MX_FRONTEND_AST_PRINT_H

#include "runtime/base/strbuf.h"
#include "frontend/ast.h"

// Print source text of a node. INVARIANT: for a tree without errors, parsing the output under
// the same dialect gives a tree equal by mx_ast_equal.
MX_FUNC void mx_ast_print(const Node *node, const SymTab *symtab, Dialect dialect, StrBuf *out);

// Print a node of a tree as a text of its own, under the tree's dialect and behind the magic
// comments that it stands under; their number.
MX_FUNC uint32_t mx_ast_print_alone(const Ast *ast, const Node *node, const SymTab *symtab,
                                    StrBuf *out);

// Print an s-expression: (method_call (local_variable a) :+ [(integer_literal 1)] nil).
// One line when indent is negative, else indented from that depth.
MX_FUNC void mx_ast_dump(const Node *node, const SymTab *symtab, int indent, StrBuf *out);

#endif
