// SPDX-License-Identifier: MIT
// Escapes of double-quoted text, of regexps, and character literals.
//
// In a string an escape is decoded to bytes. In a regexp it is checked and copied, because the
// regexp compiler must see it: an escaped "." is not a ".".
#include "frontend/lexer.h"

enum { ESC_CONTROL = 1, ESC_META = 2 }; // what \C- and \M- around an escape do to its byte

// Complain about an escape that began at an offset.
static void lex_escape_error(Lexer *lex, uint32_t start, const char *message) {
  mx_diag_add(lex->diags, DIAG_ERROR, (Span){start, lex->pos}, NULL, "%s", message);
}

// Append a byte; above 127 it makes the literal's encoding a question.
static void lex_escape_byte(StrChunk *chunk, int byte) {
  if (byte > 127) chunk->bytes = true;
  mx_strbuf_add_byte(&chunk->buf, byte);
}

// Append a code point of a \u escape.
static void lex_escape_codepoint(Lexer *lex, StrChunk *chunk, uint32_t cp, uint32_t start) {
  if (cp > 0x10ffff) {
    lex_escape_error(lex, start, "invalid Unicode codepoint (too large)");
    cp = 0xfffd;
  } else if (cp >= 0xd800 && cp <= 0xdfff) {
    lex_escape_error(lex, start, "invalid Unicode codepoint");
    cp = 0xfffd;
  }
  if (cp > 127) chunk->unicode = true;
  mx_strbuf_add_utf8(&chunk->buf, cp);
}

// Read up to max digits of a radix.
static uint32_t lex_escape_digits(Lexer *lex, int max, int radix, int *count) {
  uint32_t value = 0;
  int n = 0;
  for (; n < max; n++) {
    int digit = mx_hex_digit(mx_lex_peek(lex, 0));
    if (digit < 0 || digit >= radix) break;
    value = value * (uint32_t)radix + (uint32_t)digit;
    lex->pos++;
  }
  *count = n;
  return value;
}

// Tell whether a byte separates code points in \u{ }.
static bool lex_escape_blank(uint8_t c) { return c == ' ' || c == '\t'; }

// Read \u{1 2 3}; the position is behind the brace.
static void lex_escape_unicode_list(Lexer *lex, StrChunk *chunk, uint32_t start) {
  int total = 0;
  for (;;) {
    while (lex_escape_blank(mx_lex_peek(lex, 0)) || mx_lex_peek(lex, 0) == '\n') lex->pos++;
    int n;
    uint32_t cp = lex_escape_digits(lex, 7, 16, &n);
    if (n == 0) break;
    total++;
    lex_escape_codepoint(lex, chunk, n > 6 ? 0x110000 : cp, start);
  }
  if (mx_lex_peek(lex, 0) != '}') {
    lex_escape_error(lex, start, "unterminated Unicode escape");
    return;
  }
  lex->pos++;
  if (total == 0) lex_escape_error(lex, start, "invalid Unicode escape");
}

// Read a \u escape behind the u.
static void lex_escape_unicode(Lexer *lex, StrChunk *chunk, uint32_t start) {
  if (mx_lex_peek(lex, 0) == '{') {
    lex->pos++;
    lex_escape_unicode_list(lex, chunk, start);
    return;
  }
  int n;
  uint32_t cp = lex_escape_digits(lex, 4, 16, &n);
  if (n < 4)
    lex_escape_error(lex, start, "invalid Unicode escape");
  else
    lex_escape_codepoint(lex, chunk, cp, start);
}

// Apply what \C- and \M- around an escape do to its byte.
static int lex_escape_apply(int byte, int flags) {
  if (flags & ESC_CONTROL) byte = byte == '?' ? 127 : byte & 0x9f;
  if (flags & ESC_META) byte |= 0x80;
  return byte & 0xff;
}

static int lex_escape_value(Lexer *lex, uint32_t start, int flags);

// Read what follows \C-, \c or \M-: a byte or another escape.
static int lex_escape_operand(Lexer *lex, uint32_t start, int flags) {
  uint8_t c = mx_lex_peek(lex, 0);
  if (lex->pos >= lex->len || c >= 128 || c == '\n') {
    lex_escape_error(lex, start, "invalid escape character syntax");
    return 0;
  }
  lex->pos++;
  if (c != '\\') return lex_escape_apply(c, flags);
  if (mx_lex_peek(lex, 0) == 'u') {
    lex->pos++;
    lex_escape_error(lex, start, "invalid escape character syntax");
    return 0;
  }
  return lex_escape_value(lex, start, flags);
}

// Read \C-x, \cx or \M-x behind the letter.
static int lex_escape_modified(Lexer *lex, uint32_t start, uint8_t letter, int flags) {
  int flag = letter == 'M' ? ESC_META : ESC_CONTROL;
  if (letter != 'c') {
    if (mx_lex_peek(lex, 0) != '-') {
      lex_escape_error(lex, start, "invalid escape character syntax");
      return 0;
    }
    lex->pos++;
  }
  if (flags & flag) lex_escape_error(lex, start, "duplicated control or meta in an escape");
  return lex_escape_operand(lex, start, flags | flag);
}

// Decode one escape that stands for a byte; the position is behind the backslash.
static int lex_escape_value(Lexer *lex, uint32_t start, int flags) {
  uint8_t c = mx_lex_peek(lex, 0);
  int n;
  lex->pos++;
  switch (c) {
  case 'n': return lex_escape_apply('\n', flags);
  case 't': return lex_escape_apply('\t', flags);
  case 'r': return lex_escape_apply('\r', flags);
  case 'f': return lex_escape_apply('\f', flags);
  case 'v': return lex_escape_apply('\v', flags);
  case 'a': return lex_escape_apply('\a', flags);
  case 'b': return lex_escape_apply('\b', flags);
  case 'e': return lex_escape_apply(27, flags);
  case 's': return lex_escape_apply(' ', flags);
  case 'x': {
    uint32_t value = lex_escape_digits(lex, 2, 16, &n);
    if (n == 0) lex_escape_error(lex, start, "invalid hex escape");
    return lex_escape_apply((int)value, flags);
  }
  case 'c':
  case 'C':
  case 'M': return lex_escape_modified(lex, start, c, flags);
  default:
    if (c < '0' || c > '7') return lex_escape_apply(c, flags);
    lex->pos--;
    return lex_escape_apply((int)(lex_escape_digits(lex, 3, 8, &n) & 0xff), flags);
  }
}

// Tell whether an escape letter stands for one decoded byte.
static bool lex_escape_is_byte(uint8_t c) {
  return (c >= '0' && c <= '7') || c == 'x' || c == 'c' || c == 'C' || c == 'M';
}

// Decode an escape behind a backslash into the chunk.
void mx_lex_escape(Lexer *lex, StrChunk *chunk) {
  uint32_t start = lex->pos - 1;
  uint8_t c = mx_lex_peek(lex, 0);
  if (lex->pos >= lex->len) return;
  if (c == 'u') {
    lex->pos++;
    lex_escape_unicode(lex, chunk, start);
  } else if (c >= 128) {
    mx_strbuf_add_byte(&chunk->buf, c);
    lex->pos++;
  } else if (lex_escape_is_byte(c)) {
    lex_escape_byte(chunk, lex_escape_value(lex, start, 0));
  } else {
    mx_strbuf_add_byte(&chunk->buf, lex_escape_value(lex, start, 0));
  }
}

// -- regexps ------------------------------------------------------------------------------------

// Check a numeric, control or Unicode escape of a regexp and copy it as written.
static void lex_escape_regexp_copy(Lexer *lex, StrChunk *chunk) {
  StrChunk decoded = {0};
  uint32_t start = lex->pos - 1;
  mx_lex_escape(lex, &decoded);
  chunk->unicode |= decoded.unicode;
  mx_strbuf_add(&chunk->buf, lex->text + start, lex->pos - start);
  mx_strbuf_free(&decoded.buf);
}

// Tell whether a delimiter means something in a regexp, so that its escape must stay.
static bool lex_escape_regexp_meta(uint8_t c) {
  return c == '$' || c == '*' || c == '+' || c == '.' || c == '?' || c == '^' || c == '|' ||
         c == ')' || c == ']' || c == '}' || c == '>';
}

// Copy an escape of a regexp, checked but not decoded; the position is behind the backslash.
void mx_lex_regexp_escape(Lexer *lex, StrTerm *term, StrChunk *chunk) {
  uint8_t c = mx_lex_peek(lex, 0);
  if (lex->pos >= lex->len) return;
  if (c == term->close && !lex_escape_regexp_meta(c)) {
    mx_strbuf_add_byte(&chunk->buf, c);
    lex->pos++;
  } else if (c == 'x' || c == 'u' || c == 'c' || c == 'C' || c == 'M') {
    lex_escape_regexp_copy(lex, chunk);
  } else {
    mx_strbuf_add_byte(&chunk->buf, '\\');
    mx_strbuf_add_byte(&chunk->buf, c);
    lex->pos++;
  }
}

// -- character literals -------------------------------------------------------------------------

// Give the number of bytes of the UTF-8 character at the position.
static uint32_t lex_char_len(const Lexer *lex) {
  uint8_t c = mx_lex_peek(lex, 0);
  uint32_t n = c < 0xc2 ? 1 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
  for (uint32_t i = 1; i < n; i++)
    if ((mx_lex_peek(lex, i) & 0xc0) != 0x80) return 1;
  return n;
}

// Keep a decoded character literal for the parser.
static void lex_char_finish(Lexer *lex, StrChunk *chunk) {
  mx_strbuf_free(&lex->word);
  lex->word = chunk->buf;
  lex->word_enc = chunk->unicode                                   ? SYM_ENC_UTF8
                  : chunk->bytes && lex->encoding == SYM_ENC_ASCII ? SYM_ENC_BINARY
                                                                   : lex->encoding;
}

// Read a character literal behind `?`; false when it is the ternary operator.
bool mx_lex_char(Lexer *lex) {
  uint8_t c = mx_lex_peek(lex, 0);
  if (lex->pos >= lex->len || mx_is_space(c)) return false;
  uint32_t n = c >= 128 && lex->encoding == SYM_ENC_UTF8 ? lex_char_len(lex) : 1;
  if (mx_is_ident(c) && mx_is_ident(mx_lex_peek(lex, n))) return false;
  StrChunk chunk = {0};
  if (c == '\\') {
    lex->pos++;
    if (lex->pos >= lex->len) lex_escape_error(lex, lex->pos - 1, "incomplete character syntax");
    mx_lex_escape(lex, &chunk);
  } else {
    mx_strbuf_add(&chunk.buf, lex->text + lex->pos, n);
    lex->pos += n;
  }
  lex_char_finish(lex, &chunk);
  return true;
}
