// SPDX-License-Identifier: MIT
// Backtraces: captured as (code, site) words, rendered on demand.
#ifndef MX_INTERP_BACKTRACE_H
#define MX_INTERP_BACKTRACE_H

#include "interp/frame.h"

// Upcalls of these names.
MX_FUNC void *mx_backtrace_capture(ExecCtx *ec);
MX_FUNC Value mx_backtrace_render(ExecCtx *ec, void *captured, int64_t limit);
// One line of a captured backtrace.
typedef struct TracePlace {
  const Code *code; // what ran
  uint32_t site;    // byte offset in its source
  bool is_leaf;     // stands for a C leaf or core method called there
} TracePlace;
// Line number i, innermost first; false past the end.
MX_FUNC bool mx_backtrace_place(const void *captured, uint32_t i, TracePlace *out);
// Path and line of the innermost guest frame; false when there is none.
MX_FUNC bool mx_backtrace_here(ExecCtx *ec, const char **file, uint32_t *line);
// Label of a code as backtraces show it: "Foo#bar", "block in Foo#bar", "<main>".
MX_FUNC Value mx_backtrace_label(ExecCtx *ec, const Code *code, const MethodEntry *me);
// "Foo#bar" or "Foo.bar"; the bare name where the owner has none.
MX_FUNC Value mx_backtrace_method_label(ExecCtx *ec, const MethodEntry *me);
// Does a core method only call on? Then it has no line, and what it calls shows at its caller's.
MX_FUNC bool mx_backtrace_calls_on(const ExecCtx *ec, const MethodEntry *me);

#endif
