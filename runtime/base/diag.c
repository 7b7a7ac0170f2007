// SPDX-License-Identifier: MIT
// Collecting diagnostics and showing them with the line they speak of.
//
// The excerpt is built in cells, one per column of a terminal, so that the caret lands under the
// right character: a tab becomes spaces up to the next stop, control bytes and bytes that are not
// UTF-8 become escapes (\x1B), anything else is one cell per code point. Of a line too wide to
// read only a window around the caret is shown.
#include "runtime/base/diag.h"

#include <stdio.h>
#include <stdlib.h>

enum {
  DIAG_TAB = 8,         // cells between tab stops
  DIAG_WIDTH = 100,     // cells of a line that is shown whole
  DIAG_BEFORE = 40,     // cells kept before the caret in a windowed line
  DIAG_MAX_SCAN = 1000, // bytes before the caret that are looked at in a long line
};

// A line turned into cells.
typedef struct DiagLine {
  StrBuf text;         // bytes to print
  VEC(uint32_t) cells; // offset in text at which each cell starts
  uint32_t caret;      // cell of the first byte of the span
  uint32_t caret_end;  // cell behind the last byte of the span on this line
} DiagLine;

// Prepare an empty list whose messages live in the arena.
void mx_diag_init(DiagList *list, Arena *arena) { *list = (DiagList){.arena = arena}; }

// Free the list; the messages stay in the arena.
void mx_diag_free(DiagList *list) { vec_free(&list->items); }

// Copy NUL-terminated text into the list's arena; NULL stays NULL.
static const char *diag_copy(DiagList *list, const char *text) {
  StrBuf buf = STRBUF_INIT;
  if (!text) return NULL;
  mx_strbuf_add_str(&buf, text);
  const char *copy = mx_arena_copy(list->arena, buf.at, buf.len);
  mx_strbuf_free(&buf);
  return copy;
}

// Add an item; errors past the limit are only counted.
void mx_diag_add(DiagList *list, DiagKind kind, Span span, const char *hint, const char *fmt, ...) {
  if (kind == DIAG_ERROR && list->errors++ >= DIAG_MAX_ERRORS) return;
  StrBuf buf = STRBUF_INIT;
  va_list args;
  va_start(args, fmt);
  mx_strbuf_vprintf(&buf, fmt, args);
  va_end(args);
  Diag diag = {.kind = kind,
               .span = span,
               .message = diag_copy(list, mx_strbuf_text(&buf)),
               .hint = diag_copy(list, hint)};
  mx_strbuf_free(&buf);
  vec_push(&list->items, diag);
}

// Note that the text ended where more of it was expected.
void mx_diag_note_end(DiagList *list) {
  if (list->errors == 0) list->unfinished = true;
}

// Return the length of the well-formed UTF-8 character at p, or 0.
static uint32_t diag_utf8_len(const unsigned char *p, uint32_t left) {
  uint32_t len = *p < 0x80 ? 1 : *p < 0xC2 ? 0 : *p < 0xE0 ? 2 : *p < 0xF0 ? 3 : *p < 0xF5 ? 4 : 0;
  if (len > left) return 0;
  for (uint32_t i = 1; i < len; i++)
    if ((p[i] & 0xC0) != 0x80) return 0;
  if (len > 2) {
    bool overlong = (*p == 0xE0 && p[1] < 0xA0) || (*p == 0xF0 && p[1] < 0x90);
    bool outside = (*p == 0xED && p[1] >= 0xA0) || (*p == 0xF4 && p[1] >= 0x90);
    return overlong || outside ? 0 : len;
  }
  return len;
}

// Append bytes of which each is one cell.
static void diag_add_cells(DiagLine *line, const char *bytes) {
  for (; *bytes; bytes++) {
    vec_push(&line->cells, (uint32_t)line->text.len);
    mx_strbuf_add_byte(&line->text, *bytes);
  }
}

// Append one character of the source; returns the bytes taken.
static uint32_t diag_add_char(DiagLine *line, const char *at, uint32_t left) {
  char escape[8];
  unsigned char c = (unsigned char)*at;
  uint32_t len = diag_utf8_len((const unsigned char *)at, left);
  if (c == '\t') {
    do diag_add_cells(line, " ");
    while (line->cells.count % DIAG_TAB != 0);
    return 1;
  }
  if (len == 0 || c < 0x20 || c == 0x7F) {
    snprintf(escape, sizeof escape, "\\x%02X", c);
    diag_add_cells(line, escape);
    return 1;
  }
  vec_push(&line->cells, (uint32_t)line->text.len);
  mx_strbuf_add(&line->text, at, len);
  return len;
}

// Turn the bytes of a line into cells and find the cells of the span.
static void diag_make_cells(DiagLine *line, const Source *source, Span bytes, Span span) {
  uint32_t at = bytes.start;
  bool started = false;
  bool ended = false;
  while (at < bytes.end) {
    if (!started && at >= span.start) {
      line->caret = line->cells.count;
      started = true;
    }
    if (!ended && at >= span.end) {
      line->caret_end = line->cells.count;
      ended = true;
    }
    if (ended && started && line->cells.count > line->caret + DIAG_WIDTH) break;
    at += diag_add_char(line, source->text + at, bytes.end - at);
  }
  if (!started) line->caret = line->cells.count;
  if (!ended) line->caret_end = line->cells.count;
}

// Print the cells from first to last, with dots where the line goes on.
static void diag_print_window(const DiagLine *line, uint32_t first, uint32_t last, StrBuf *out) {
  const char *text = mx_strbuf_text(&line->text);
  uint32_t start = first < line->cells.count ? line->cells.at[first] : (uint32_t)line->text.len;
  uint32_t end = last < line->cells.count ? line->cells.at[last] : (uint32_t)line->text.len;
  if (first > 0) mx_strbuf_add_str(out, "...");
  mx_strbuf_add(out, text + start, end - start);
  if (last < line->cells.count) mx_strbuf_add_str(out, "...");
  mx_strbuf_add_byte(out, '\n');
}

// Print the line's excerpt and the caret below it; gutter is the text in front of the line.
static void diag_print_line(const DiagLine *line, const char *gutter, StrBuf *out) {
  uint32_t count = line->cells.count;
  uint32_t first = 0;
  if (count > DIAG_WIDTH && line->caret > DIAG_BEFORE) first = line->caret - DIAG_BEFORE;
  uint32_t last = count - first > DIAG_WIDTH ? first + DIAG_WIDTH : count;
  mx_strbuf_add_str(out, gutter);
  diag_print_window(line, first, last, out);
  for (const char *p = gutter; *p; p++) mx_strbuf_add_byte(out, *p == '|' ? '|' : ' ');
  uint32_t caret_end = line->caret_end < last ? line->caret_end : last;
  mx_strbuf_add_repeat(out, ' ', line->caret - first + (first > 0 ? 3 : 0));
  mx_strbuf_add_byte(out, '^');
  if (caret_end > line->caret + 1) mx_strbuf_add_repeat(out, '~', caret_end - line->caret - 1);
  mx_strbuf_add_byte(out, '\n');
}

// Print the source line of a span with its caret.
static void diag_print_excerpt(const Source *source, Span span, StrBuf *out) {
  char gutter[24];
  DiagLine line = {0};
  SourcePos pos = mx_source_pos(source, span.start);
  uint32_t index = pos.line - (uint32_t)source->first_line;
  Span bytes = mx_source_line_span(source, index);
  if (span.start > bytes.start + DIAG_MAX_SCAN) bytes.start = span.start - DIAG_MAX_SCAN;
  snprintf(gutter, sizeof gutter, "%3d | ", (int)pos.line);
  diag_make_cells(&line, source, bytes, span);
  diag_print_line(&line, gutter, out);
  mx_strbuf_free(&line.text);
  vec_free(&line.cells);
}

// Render one item with its line and hint.
void mx_diag_render(const Diag *diag, const Source *source, StrBuf *out) {
  SourcePos pos = mx_source_pos(source, diag->span.start);
  mx_strbuf_printf(out, "%s:%d:%u: %s: %s\n", source->name, (int)pos.line, pos.column,
                   diag->kind == DIAG_ERROR ? "syntax error" : "warning", diag->message);
  diag_print_excerpt(source, diag->span, out);
  if (diag->hint) mx_strbuf_printf(out, "hint: %s\n", diag->hint);
}

// Order item pointers by position, then by discovery.
static int diag_compare(const void *a, const void *b) {
  const Diag *x = *(const Diag *const *)a;
  const Diag *y = *(const Diag *const *)b;
  if (x->span.start != y->span.start) return x->span.start < y->span.start ? -1 : 1;
  return x < y ? -1 : x > y;
}

// Render items, sorted by position, and say how many errors were left out.
static void diag_render_list(const DiagList *list, const Source *source, bool warnings,
                             StrBuf *out) {
  VEC(const Diag *) sorted = {0};
  for (uint32_t i = 0; i < list->items.count; i++)
    if (warnings || list->items.at[i].kind == DIAG_ERROR) vec_push(&sorted, &list->items.at[i]);
  if (sorted.count > 0) qsort(sorted.at, sorted.count, sizeof(*sorted.at), diag_compare);
  for (uint32_t i = 0; i < sorted.count; i++) mx_diag_render(sorted.at[i], source, out);
  if (list->errors > DIAG_MAX_ERRORS)
    mx_strbuf_printf(out, "%s: %u more errors\n", source->name, list->errors - DIAG_MAX_ERRORS);
  vec_free(&sorted);
}

void mx_diag_render_all(const DiagList *list, const Source *source, StrBuf *out) {
  diag_render_list(list, source, true, out);
}

void mx_diag_render_errors(const DiagList *list, const Source *source, StrBuf *out) {
  diag_render_list(list, source, false, out);
}
