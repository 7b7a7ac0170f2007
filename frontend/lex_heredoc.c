// SPDX-License-Identifier: MIT
// Heredocs: their openings, and their bodies line by line.
//
// A body is read where its opening is met, by moving the position to the following line and
// back (see lexer.h). Text, terminator and interpolations are read as in other literals, except
// that nothing closes the literal but a line that holds only the terminator.
#include "frontend/lexer.h"

#include <string.h>

// Read << as a heredoc's opening; the position is behind the first "<".
bool mx_lex_heredoc_start(Lexer *lex, Token *tok) {
  uint32_t at = 1;
  uint8_t flags = STR_EXPAND, c = mx_lex_peek(lex, at), quote = 0;
  if (c == '-') flags |= STR_DASH, at++;
  if (c == '~') flags |= STR_DASH | STR_SQUIGGLY, at++;
  c = mx_lex_peek(lex, at);
  if (c == '"' || c == '\'' || c == '`') quote = c, at++;
  uint32_t start = lex->pos + at, end = start;
  if (quote) {
    while (end < lex->len && lex->text[end] != (char)quote && lex->text[end] != '\n') end++;
    if (end >= lex->len || lex->text[end] != (char)quote) {
      mx_diag_add(lex->diags, DIAG_ERROR, (Span){tok->span.start, end}, NULL,
                  "unterminated here document identifier");
      return false;
    }
  } else {
    if (!mx_is_ident_start(c) && !mx_is_digit(c)) return false;
    if (mx_is_digit(c)) return false;
    while (end < lex->len && mx_is_ident((uint8_t)lex->text[end])) end++;
  }
  if (quote == '\'') flags &= (uint8_t)~STR_EXPAND;
  if (quote == '`') flags |= STR_COMMAND;
  tok->term = (StrTerm){.flags = flags, .word = {start, end}, .start = tok->span.start};
  lex->pos = end + (quote ? 1 : 0);
  return true;
}

// Go to the body of a heredoc whose token was just read; returns where to come back to.
uint32_t mx_lex_heredoc_enter(Lexer *lex) {
  uint32_t back = lex->pos;
  if (lex->resume) {
    lex->pos = lex->resume;
  } else {
    const char *end = memchr(lex->text + lex->pos, '\n', lex->len - lex->pos);
    lex->pos = end ? (uint32_t)(end - lex->text) + 1 : lex->len;
  }
  lex->resume = 0;
  return back;
}

// Come back from a body; the position is behind the terminator's line.
void mx_lex_heredoc_leave(Lexer *lex, uint32_t back) {
  lex->resume = lex->pos;
  lex->pos = back;
}

// Tell whether a line at the position is the terminator; *end is the offset behind the line.
static bool lex_heredoc_at_end(const Lexer *lex, const StrTerm *term, uint32_t *end) {
  uint32_t at = lex->pos, len = term->word.end - term->word.start;
  if (term->flags & STR_DASH)
    while (at < lex->len && lex->text[at] != '\n' && mx_is_space((uint8_t)lex->text[at])) at++;
  if (at + len > lex->len) return false;
  if (memcmp(lex->text + at, lex->text + term->word.start, len) != 0) return false;
  at += len;
  if (at < lex->len && lex->text[at] == '\r') at++;
  if (at < lex->len && lex->text[at] != '\n') return false;
  *end = at < lex->len ? at + 1 : lex->len;
  return true;
}

// Tell whether the position is at the start of a line.
static bool lex_heredoc_line_start(const Lexer *lex) {
  return lex->pos == 0 || lex->text[lex->pos - 1] == '\n';
}

// Copy the longest run of bytes that mean themselves.
static void lex_heredoc_run(Lexer *lex, StrChunk *chunk) {
  uint32_t start = lex->pos++;
  while (lex->pos < lex->len) {
    uint8_t c = (uint8_t)lex->text[lex->pos];
    if (c == '\n' || c == '\r' || c == '\\' || c == '#') break;
    lex->pos++;
  }
  mx_strbuf_add(&chunk->buf, lex->text + start, lex->pos - start);
}

// Copy one line end; a squiggly heredoc stops behind each.
static bool lex_heredoc_newline(Lexer *lex, const StrTerm *term, StrChunk *chunk) {
  mx_strbuf_add_byte(&chunk->buf, '\n');
  lex->pos++;
  mx_lex_line_end(lex);
  return (term->flags & STR_SQUIGGLY) != 0;
}

// Take a backslash of a body that expands; true when it joined two lines.
static bool lex_heredoc_escape(Lexer *lex, StrChunk *chunk) {
  lex->pos++;
  if (mx_lex_peek(lex, 0) == '\r' && mx_lex_peek(lex, 1) == '\n') lex->pos++;
  if (mx_lex_peek(lex, 0) != '\n') {
    mx_lex_escape(lex, chunk);
    return false;
  }
  lex->pos++;
  mx_lex_line_end(lex);
  return true;
}

// Take one byte, or a run of bytes, that is neither line end nor escape.
static StrEvent lex_heredoc_plain(Lexer *lex, StrChunk *chunk, uint8_t c, bool expand) {
  if (c == '#' && expand) {
    StrEvent event = mx_lex_embed(lex);
    if (event != STR_EV_END) return event;
  }
  if (c == '\r' && mx_lex_peek(lex, 1) == '\n')
    lex->pos++;
  else
    lex_heredoc_run(lex, chunk);
  return STR_EV_END;
}

// Read a chunk of a body up to the next event.
StrEvent mx_lex_heredoc(Lexer *lex, StrTerm *term, StrChunk *chunk) {
  bool expand = (term->flags & STR_EXPAND) != 0;
  while (lex->pos < lex->len) {
    uint32_t end;
    if (lex_heredoc_line_start(lex) && !term->joined && lex_heredoc_at_end(lex, term, &end)) {
      lex->pos = end;
      return STR_EV_END;
    }
    term->joined = false;
    uint8_t c = (uint8_t)lex->text[lex->pos];
    if (c == '\n') {
      if (lex_heredoc_newline(lex, term, chunk)) return STR_EV_LINE;
    } else if (c == '\\' && expand) {
      if (!chunk->stop_indent) chunk->raw = (uint32_t)chunk->buf.len, chunk->stop_indent = true;
      term->joined = lex_heredoc_escape(lex, chunk);
      if (term->joined && (term->flags & STR_SQUIGGLY)) return STR_EV_LINE;
    } else {
      StrEvent event = lex_heredoc_plain(lex, chunk, c, expand);
      if (event != STR_EV_END) return event;
    }
  }
  return STR_EV_EOF;
}
