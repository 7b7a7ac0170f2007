// SPDX-License-Identifier: MIT
// The piece of source under an error message that shows where it happened.
#ifndef MX_INTERP_SNIPPET_H
#define MX_INTERP_SNIPPET_H

#include "runtime/vm.h"

// Upcall `snippet`: for NameError, TypeError and ArgumentError the line with a row of carets under
// the name or the arguments concerned, as a String that begins with an empty line; nil when there
// is nothing to show.
MX_FUNC Value mx_snippet(ExecCtx *ec, Value exception);

#endif
