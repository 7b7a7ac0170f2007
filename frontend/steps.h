// SPDX-License-Identifier: MIT
// Where lines begin, as TracePoint's :line event sees it.
//
// A statement begins a line if the first part of it that is evaluated stands on another line than
// that of the statement before it in the same body: `a = 1; b = 2` is one line. What merely leads
// into other statements (`x = begin ... end`) begins none; nor does a value that nobody uses.
#ifndef MX_FRONTEND_STEPS_H
#define MX_FRONTEND_STEPS_H

#include "frontend/ast.h"

// Set NF_BEGINS_LINE on the statements of a body, nested bodies aside. scope: its node.
MX_FUNC void mx_steps_mark(const Source *source, const Node *scope);
// Where the first part of a statement stands that is evaluated.
MX_FUNC uint32_t mx_steps_site(const Node *statement);
// Does a statement of the body, or of one inside it, begin this line? Marks nested bodies, too.
MX_FUNC bool mx_steps_has(const Source *source, const Node *scope, uint32_t line);

#endif
