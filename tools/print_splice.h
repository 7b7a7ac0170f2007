// SPDX-License-Identifier: MIT
// Seeded changes of trees for print_check: expressions move to places where nobody wrote them.
#ifndef MX_TOOLS_PRINT_SPLICE_H
#define MX_TOOLS_PRINT_SPLICE_H

#include "runtime/base/prng.h"
#include "frontend/ast.h"

// Put up to `count` expressions of a tree into places of others. Only expressions that mean the
// same anywhere move. Returns a changed copy in the arena, with the same scope.
MX_FUNC Node *mx_splice(Arena *arena, const SymTab *symtab, Node *root, Prng *prng, int count);

#endif
