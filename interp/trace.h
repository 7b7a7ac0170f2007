// SPDX-License-Identifier: MIT
// --trace and --trace-ast: what is executed, on standard error, as it happens.
//
//   [2] --> Object#fib, t.rb:1, n = 3             a frame begins; its depth, its arguments
//   t.rb:2: n < 2 ? n : fib(n - 1)                a line begins (SET_LINE)
//    0003 | PUSH_CONST  2         | 2:7 | [3]     an instruction, and the stack as it finds it
//   [1] <-- <main>, t.rb:4                        control is back in a frame
//
// A filter names a file, a method, or both: FILE:, METHOD, FILE:METHOD. FILE is the end of a path.
// Without a file, code of the core library is left out; with one, it is code as any other.
// Nothing of the guest's runs for a trace, so a program does what it does without.
#ifndef MX_INTERP_TRACE_H
#define MX_INTERP_TRACE_H

#include "runtime/base/strbuf.h"
#include "interp/frame.h"

// What is traced, and where the last line that was printed stands.
typedef struct Tracer {
  char *file;         // of the filter: end of a path, NULL for any
  char *method;       // likewise: name, NULL for any
  const Frame *frame; // of the last line
  const Code *code;   // that ran in it
  const void *first;  // walker: the node that the frame began with
  uint32_t depth;     // of that frame
  uint32_t last_op;   // OpCode of the last line
  const uint32_t *ip; // where it stood in the stream
  uint32_t word;      // what stood there: specialized in place, an instruction comes again
} Tracer;

// Make the tracer that the command line asks for; NULL when it asks for none.
MX_FUNC Tracer *mx_trace_new(const char *filter, bool on);
// Does the filter let this frame through?
MX_FUNC bool mx_trace_wants(const Tracer *tracer, ExecCtx *ec, const Frame *fr);
// Print a line when the frame is another than that of the last line; begins: it is at its start.
MX_FUNC void mx_trace_frame(Tracer *tracer, ExecCtx *ec, Frame *fr, bool begins);
// Print and forget the text.
MX_FUNC void mx_trace_print(StrBuf *out);
// Print the instruction at ip, which is executed next; sp is one past the operands.
MX_FUNC void mx_vm_trace_hook(ExecCtx *ec, Frame *fr, const uint32_t *ip, Value *sp);

#endif
