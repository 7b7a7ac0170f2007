// SPDX-License-Identifier: MIT
// Numeric literals: radix prefixes, underscores, fractions, exponents, the suffixes r and i.
//
// Only the extent and the kind are found here; the parser makes the value from the text.
#include "frontend/lexer.h"

// Complain at the current byte.
static void lex_number_error(Lexer *lex, const char *message) {
  mx_diag_add(lex->diags, DIAG_ERROR, (Span){lex->pos, lex->pos + 1}, NULL, "%s", message);
}

// Tell whether a byte is a digit of a radix.
static bool lex_number_is_digit(int c, int radix) {
  int value = mx_hex_digit(c);
  return value >= 0 && value < radix;
}

// Take digits with single underscores between them; false when there is none.
static bool lex_number_digits(Lexer *lex, int radix) {
  uint32_t start = lex->pos;
  for (;;) {
    uint8_t c = mx_lex_peek(lex, 0);
    if (c == '_') {
      if (lex->pos == start || !lex_number_is_digit(mx_lex_peek(lex, 1), radix)) {
        lex_number_error(lex, lex->pos == start ? "numeric literal without digits"
                                                : "trailing '_' in number");
        while (mx_lex_peek(lex, 0) == '_') lex->pos++;
        if (!lex_number_is_digit(mx_lex_peek(lex, 0), radix)) return true;
      } else {
        lex->pos++;
      }
    } else if (lex_number_is_digit(c, radix)) {
      lex->pos++;
    } else {
      return lex->pos > start;
    }
  }
}

// Give the radix of a prefix behind 0, or 0 for none; *skip is the prefix letter's length.
static int lex_number_radix(uint8_t c, uint32_t *skip) {
  *skip = 1;
  switch (c) {
  case 'x':
  case 'X': return 16;
  case 'b':
  case 'B': return 2;
  case 'o':
  case 'O': return 8;
  case 'd':
  case 'D': return 10;
  default: *skip = 0; return mx_is_digit(c) || c == '_' ? 8 : 0;
  }
}

// Take the suffixes r and i; a letter behind them makes them part of a name, and an error.
static TokKind lex_number_suffix(Lexer *lex, TokKind kind, bool exponent) {
  uint8_t c = mx_lex_peek(lex, 0);
  uint32_t n = 0;
  bool rational = c == 'r' && !exponent;
  if (rational) c = mx_lex_peek(lex, ++n);
  bool imaginary = c == 'i';
  if (imaginary) c = mx_lex_peek(lex, ++n);
  if (n == 0 || mx_is_ident(c)) return kind;
  lex->pos += n;
  return imaginary ? TOK_IMAGINARY : TOK_RATIONAL;
}

// Take an exponent when digits follow.
static bool lex_number_exponent(Lexer *lex) {
  uint8_t c = mx_lex_peek(lex, 0);
  if (c != 'e' && c != 'E') return false;
  uint8_t sign = mx_lex_peek(lex, 1);
  uint32_t skip = sign == '+' || sign == '-' ? 2 : 1;
  if (!mx_is_digit(mx_lex_peek(lex, skip))) return false;
  lex->pos += skip;
  lex_number_digits(lex, 10);
  return true;
}

// Read a number with a radix prefix, or an octal number; the position is at the 0.
static TokKind lex_number_prefixed(Lexer *lex, int radix, uint32_t skip) {
  lex->pos += 1 + skip;
  if (skip == 0 && mx_lex_peek(lex, 0) == '_') lex->pos++;
  if (!lex_number_digits(lex, radix) || (skip == 0 && mx_is_digit(mx_lex_peek(lex, 0)))) {
    lex_number_error(lex, skip == 0 ? "invalid octal digit" : "numeric literal without digits");
    while (mx_is_ident(mx_lex_peek(lex, 0))) lex->pos++;
  }
  return lex_number_suffix(lex, TOK_INTEGER, false);
}

// Read a number at the position; returns its kind.
TokKind mx_lex_number(Lexer *lex) {
  uint32_t skip = 0;
  int radix = mx_lex_peek(lex, 0) == '0' ? lex_number_radix(mx_lex_peek(lex, 1), &skip) : 0;
  if (radix) return lex_number_prefixed(lex, radix, skip);
  lex_number_digits(lex, 10);
  TokKind kind = TOK_INTEGER;
  if (mx_lex_peek(lex, 0) == '.' && mx_is_digit(mx_lex_peek(lex, 1))) {
    lex->pos++;
    lex_number_digits(lex, 10);
    kind = TOK_FLOAT;
  }
  bool exponent = lex_number_exponent(lex);
  if (exponent) kind = TOK_FLOAT;
  return lex_number_suffix(lex, kind, exponent);
}
