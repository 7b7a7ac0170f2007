// SPDX-License-Identifier: MIT
// Short text of any Value, for those who look at a running program from outside.
//
// Like inspect, but no guest code runs, nothing is raised, and the length is bounded: listings of
// bytecode and --trace must not change what the program does.
#ifndef MX_RUNTIME_BRIEF_H
#define MX_RUNTIME_BRIEF_H

#include "runtime/base/strbuf.h"
#include "runtime/vm.h"

enum { BRIEF_LIMIT = 40 }; // bytes that fit a column of a listing

// Append the text of a Value, at most `limit` bytes and an ellipsis; it stays on one line.
MX_FUNC void mx_brief(ExecCtx *ec, Value v, size_t limit, StrBuf *out);

#endif
