// SPDX-License-Identifier: MIT
// Diagnostics of the front end and of file readers: collected, not thrown.
//
// Many errors may be reported in one run; each has a span, a message that says what was met and
// what was expected, and optionally a hint. Rendering adds file, line, column, the line itself
// and a caret.
// OWNERSHIP: messages are copied into the list's arena.
#ifndef MX_BASE_DIAG_H
#define MX_BASE_DIAG_H

#include "runtime/base/source.h"
#include "runtime/base/strbuf.h"
#include "runtime/base/vec.h"

typedef enum DiagKind { DIAG_ERROR, DIAG_WARNING, DIAG_WARNING_VERBOSE } DiagKind;

typedef struct Diag {
  DiagKind kind;
  Span span;           // where
  const char *message; // what was met, what was expected
  const char *hint;    // how to repair it, or NULL
} Diag;

enum { DIAG_MAX_ERRORS = 50 }; // further errors are only counted

typedef struct DiagList {
  Arena *arena;    // owns the messages
  VEC(Diag) items; // in order of discovery
  uint32_t errors; // errors found, also those past the limit
  bool unfinished; // before any other error the text ended where more of it was expected
} DiagList;

MX_FUNC void mx_diag_init(DiagList *list, Arena *arena);
MX_FUNC void mx_diag_free(DiagList *list);
MX_FUNC void mx_diag_add(DiagList *list, DiagKind kind, Span span, const char *hint,
                         const char *fmt, ...) MX_PRINTF(5, 6);
// Note that the text ended where more of it was expected; to be called before that is reported,
// and where it is no error.
MX_FUNC void mx_diag_note_end(DiagList *list);
// Render one item: "file:line:col: syntax error: message" (or "warning: "), the line, a caret, the
// hint. The message itself names no place and has no such prefix.
MX_FUNC void mx_diag_render(const Diag *diag, const Source *source, StrBuf *out);
// Render all items, sorted by position.
MX_FUNC void mx_diag_render_all(const DiagList *list, const Source *source, StrBuf *out);
// Render the errors only, likewise: the message of a SyntaxError.
MX_FUNC void mx_diag_render_errors(const DiagList *list, const Source *source, StrBuf *out);

#endif
