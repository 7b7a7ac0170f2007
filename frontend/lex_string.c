// SPDX-License-Identifier: MIT
// Contents of quoted literals, and the openings of % literals.
//
// One function reads on until something happens that the parser must act on (StrEvent); it
// serves strings, symbols, commands, regexps and word lists, which differ by StrTerm.flags.
#include "frontend/lexer.h"

#include <string.h>

bool mx_lex_is_embed(const char *p, size_t left) {
  uint8_t behind[EMBED_LOOK] = {0};
  memcpy(behind, p + 1, left - 1 < EMBED_LOOK ? left - 1 : EMBED_LOOK);
  if (behind[0] == '{') return true;
  if (behind[0] == '@') return mx_is_ident_start(behind[1] == '@' ? behind[2] : behind[1]);
  if (behind[0] != '$') return false;
  uint8_t c = behind[1];
  if (c == '-') return mx_is_ident(behind[2]);
  return mx_is_ident(c) || (c != 0 && strchr("~*$?!@/\\;,.=:<>\"&`'+", c) != NULL);
}

// Take an interpolation's opening; STR_EV_END when "#" is text.
StrEvent mx_lex_embed(Lexer *lex) {
  if (!mx_lex_is_embed(lex->text + lex->pos, lex->len - lex->pos)) return STR_EV_END;
  bool braces = mx_lex_peek(lex, 1) == '{';
  lex->pos += braces ? 2 : 1;
  return braces ? STR_EV_EMBED : STR_EV_VAR;
}

// Take a backslash in a literal without escapes: it protects the delimiters and itself.
static void lex_string_raw_escape(Lexer *lex, const StrTerm *term, StrChunk *chunk) {
  uint8_t c = mx_lex_peek(lex, 0);
  bool word_space = (term->flags & STR_WORDS) && mx_is_space(c);
  bool eats = c == term->close || (term->open && c == term->open) || c == '\\' || word_space;
  if (lex->pos >= lex->len) return;
  if (!eats) mx_strbuf_add_byte(&chunk->buf, '\\');
  if (!eats) return;
  mx_strbuf_add_byte(&chunk->buf, c);
  lex->pos++;
  if (c == '\n') mx_lex_line_end(lex);
}

// Take a backslash and what it escapes.
static void lex_string_escape(Lexer *lex, StrTerm *term, StrChunk *chunk) {
  lex->pos++;
  uint8_t c = mx_lex_peek(lex, 0);
  if (c == '\r' && mx_lex_peek(lex, 1) == '\n') c = mx_lex_peek(lex, 1), lex->pos++;
  if (!(term->flags & STR_EXPAND)) {
    lex_string_raw_escape(lex, term, chunk);
  } else if (c == '\n') {
    lex->pos++;
    mx_lex_line_end(lex);
    if (term->flags & STR_WORDS) mx_strbuf_add_byte(&chunk->buf, '\n');
  } else if (term->flags & STR_REGEXP) {
    mx_lex_regexp_escape(lex, term, chunk);
  } else if ((term->flags & STR_WORDS) && mx_is_space(c)) {
    mx_strbuf_add_byte(&chunk->buf, c);
    lex->pos++;
  } else {
    mx_lex_escape(lex, chunk);
  }
}

// Take white space between words.
static StrEvent lex_string_gap(Lexer *lex) {
  while (mx_is_space(mx_lex_peek(lex, 0))) {
    if (lex->text[lex->pos++] == '\n') mx_lex_line_end(lex);
  }
  return STR_EV_GAP;
}

// Take the terminator; it may be the colon of a label as well.
static StrEvent lex_string_finish(Lexer *lex, const StrTerm *term) {
  lex->pos++;
  bool label =
      (term->flags & STR_LABEL) && mx_lex_peek(lex, 0) == ':' && mx_lex_peek(lex, 1) != ':';
  if (!label) {
    lex->state = LEX_END;
    return STR_EV_END;
  }
  lex->pos++;
  lex->state = LEX_ARG | LEX_LABELED;
  return STR_EV_LABEL_END;
}

// Copy an ordinary byte; line ends count as "\n" and skip heredocs read on their line.
static void lex_string_byte(Lexer *lex, StrChunk *chunk, uint8_t c) {
  lex->pos++;
  if (c == '\r' && mx_lex_peek(lex, 0) == '\n') return;
  mx_strbuf_add_byte(&chunk->buf, c);
  if (c == '\n') mx_lex_line_end(lex);
}

// Copy the longest run of bytes that mean themselves.
static void lex_string_run(Lexer *lex, const StrTerm *term, StrChunk *chunk) {
  uint32_t start = lex->pos;
  while (lex->pos < lex->len) {
    uint8_t c = (uint8_t)lex->text[lex->pos];
    if (c <= ' ' || c == '\\' || c == '#' || c == term->close || c == term->open) break;
    lex->pos++;
  }
  mx_strbuf_add(&chunk->buf, lex->text + start, lex->pos - start);
}

// Read a chunk of a quoted literal up to the next event.
StrEvent mx_lex_string(Lexer *lex, StrTerm *term, StrChunk *chunk) {
  while (lex->pos < lex->len) {
    uint8_t c = (uint8_t)lex->text[lex->pos];
    if (term->open && c == term->open) {
      term->depth++;
    } else if (c == term->close) {
      if (term->depth == 0) return lex_string_finish(lex, term);
      term->depth--;
    } else if (c == '\\') {
      lex_string_escape(lex, term, chunk);
      continue;
    } else if (c == '#' && (term->flags & STR_EXPAND)) {
      StrEvent event = mx_lex_embed(lex);
      if (event != STR_EV_END) return event;
    } else if ((term->flags & STR_WORDS) && mx_is_space(c)) {
      return lex_string_gap(lex);
    } else if (c > ' ' && c != '#') {
      lex_string_run(lex, term, chunk);
      continue;
    }
    lex_string_byte(lex, chunk, c);
  }
  return STR_EV_EOF;
}

// -- % literals ---------------------------------------------------------------------------------

// Give the delimiter that closes an opening one.
static uint8_t lex_percent_closing(uint8_t open) {
  switch (open) {
  case '(': return ')';
  case '[': return ']';
  case '{': return '}';
  case '<': return '>';
  default: return open;
  }
}

// Give token and flags of a % literal by its letter; TOK_INVALID for an unknown one.
static TokKind lex_percent_kind(uint8_t letter, uint8_t *flags) {
  switch (letter) {
  case 'Q': *flags = STR_EXPAND; return TOK_STRING_BEG;
  case 'q': *flags = 0; return TOK_STRING_BEG;
  case 'W': *flags = STR_EXPAND | STR_WORDS; return TOK_WORDS_BEG;
  case 'w': *flags = STR_WORDS; return TOK_WORDS_BEG;
  case 'I': *flags = STR_EXPAND | STR_WORDS; return TOK_SYMBOLS_BEG;
  case 'i': *flags = STR_WORDS; return TOK_SYMBOLS_BEG;
  case 'x': *flags = STR_EXPAND; return TOK_XSTRING_BEG;
  case 'r': *flags = STR_EXPAND | STR_REGEXP; return TOK_REGEXP_BEG;
  case 's': *flags = 0; return TOK_DSYMBOL_BEG;
  default: return TOK_INVALID;
  }
}

// Tell whether a byte cannot delimit a % literal.
static bool lex_percent_is_word(int c) { return mx_is_alpha(c) || mx_is_digit(c) || c >= 128; }

// Refuse a % that begins no literal.
static TokKind lex_percent_unknown(Lexer *lex, Token *tok) {
  mx_diag_add(lex->diags, DIAG_ERROR, (Span){tok->span.start, lex->pos + 1}, NULL,
              "unknown type of %%string");
  return TOK_INVALID;
}

// Read the opening of a % literal; the position is behind the %.
TokKind mx_lex_percent(Lexer *lex, Token *tok) {
  uint8_t c = mx_lex_peek(lex, 0), flags = STR_EXPAND;
  TokKind kind = TOK_STRING_BEG;
  if (mx_is_alpha(c) || mx_is_digit(c)) {
    kind = lex_percent_kind(c, &flags);
    if (kind == TOK_INVALID || lex_percent_is_word(mx_lex_peek(lex, 1)))
      return lex_percent_unknown(lex, tok);
    c = mx_lex_peek(lex, 1);
    lex->pos++;
  }
  if (lex->pos >= lex->len || c >= 128) return lex_percent_unknown(lex, tok);
  lex->pos++;
  if (c == '\r' && mx_lex_peek(lex, 0) == '\n') c = '\n', lex->pos++;
  uint8_t close = lex_percent_closing(c);
  tok->term = (StrTerm){
      .open = close != c ? c : 0, .close = close, .flags = flags, .start = tok->span.start};
  return kind;
}
