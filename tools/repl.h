// SPDX-License-Identifier: MIT
// The interactive mode: read an input, evaluate it, print its value, until the end.
//
//   lines (repl_readline.c or repl_line.c) -> one input (repl.c) -> command (repl_command.c)
//                                                               or text for the session's binding
// An input is a line, or several when the parser says that the text ends too early.
// GC: a Repl lies on the stack of the main fiber, which the collector scans.
#ifndef MX_TOOLS_REPL_H
#define MX_TOOLS_REPL_H

#include "runtime/base/source.h"
#include "runtime/base/strbuf.h"
#include "runtime/base/vec.h"
#include "tools/cli.h"

#define REPL_NAME "(repl)" // what __FILE__ and $0 say

typedef struct Repl {
  ExecCtx *ec;   // of the main fiber
  Value binding; // where inputs are evaluated
  int32_t line;  // number of the line to be read next, from 1
  bool editing;  // readline is loaded
  bool done;     // :quit
  StrBuf ahead;  // bytes read behind the last line, without readline
} Repl;

// What came of reading a line.
typedef enum ReplGot {
  REPL_LINE,  // a line
  REPL_END,   // Ctrl-D, or the terminal is gone
  REPL_RAISED // an exception is pending: Ctrl-C, another signal, a signal's handler
} ReplGot;

typedef VEC(char *) ReplWords; // malloc: whoever takes a word frees it

// ---- repl.c
// Run the interactive mode; answers the exit status.
MX_FUNC int mx_repl_run(Cli *cli);
// Print text behind what the program has printed.
MX_FUNC void mx_repl_print(const Repl *repl, const char *text, size_t len);
// Evaluate text that is no input: it has no place of its own.
MX_FUNC MX_MUST_CHECK Value mx_repl_eval(Repl *repl, const char *text);
// Report the pending exception. false: it ends the session and is pending still.
MX_FUNC MX_MUST_CHECK bool mx_repl_rescue(Repl *repl);

// ---- repl_line.c: lines as the terminal gives them
MX_FUNC ReplGot mx_repl_read_plain(Repl *repl, const char *prompt, StrBuf *out);
// Wait until there is something to read; other threads run meanwhile.
MX_FUNC ReplGot mx_repl_wait(Repl *repl);

// ---- repl_readline.c: lines that are edited; the only file that knows readline
// Load the library and the history; false when there is no library.
MX_FUNC bool mx_repl_open_readline(Repl *repl);
MX_FUNC ReplGot mx_repl_read_edited(Repl *repl, const char *prompt, StrBuf *out);

// ---- repl_complete.c
// Words that may stand in place of line[start, end).
MX_FUNC void mx_repl_complete(Repl *repl, const char *line, Span word, ReplWords *out);

// ---- repl_command.c
MX_FUNC bool mx_repl_is_command(const char *line);
// Obey a line that is a command; false: raised.
MX_FUNC MX_MUST_CHECK bool mx_repl_obey(Repl *repl, const char *line);
// Name of a command without its colon, NULL behind the last.
MX_FUNC const char *mx_repl_command_name(size_t index);

#endif
