// SPDX-License-Identifier: MIT
// Rational and Complex numbers from text: String#to_r, String#to_c, Rational(), Complex().
//
// Each parser takes the longest prefix that is a number; strict callers then want the whole text.
#include "runtime/complex.h"
#include "runtime/numeric.h"
#include "runtime/semantics.h"
#include "runtime/string.h"
#include "runtime/builtins/rows.h"

#include <stdlib.h>
#include <string.h>

typedef struct Scanner {
  const char *at;  // next byte
  const char *end; // one past the last byte
} Scanner;

// Is it a decimal digit?
static bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Is it ASCII white space?
static bool is_blank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

// Next byte but `ahead`, 0 at the end.
static char peek(const Scanner *s, size_t ahead) {
  return (size_t)(s->end - s->at) > ahead ? s->at[ahead] : 0;
}

// Move past white space.
static void skip_blanks(Scanner *s) {
  while (is_blank(peek(s, 0))) s->at++;
}

// Copy digits with single underscores between them; returns their number.
static size_t scan_digits(Scanner *s, StrBuf *out) {
  size_t count = 0;
  for (;;) {
    if (is_digit(peek(s, 0))) {
      mx_strbuf_add_byte(out, *s->at++);
      count++;
    } else if (count && peek(s, 0) == '_' && is_digit(peek(s, 1))) {
      s->at++;
    } else {
      return count;
    }
  }
}

// Scan a sign: -1, 1, or 0 for none.
static int scan_sign(Scanner *s) {
  char c = peek(s, 0);
  if (c != '+' && c != '-') return 0;
  s->at++;
  return c == '-' ? -1 : 1;
}

// Scan an exponent behind a number; false, with nothing taken, when there is none.
static bool scan_exponent(Scanner *s, int64_t *exponent) {
  Scanner saved = *s;
  StrBuf digits = STRBUF_INIT;
  if ((peek(s, 0) | 0x20) != 'e') return false;
  s->at++;
  int sign = scan_sign(s);
  bool found = scan_digits(s, &digits) > 0;
  *exponent = found ? strtoll(mx_strbuf_text(&digits), NULL, 10) : 0;
  if (sign < 0) *exponent = -*exponent;
  mx_strbuf_free(&digits);
  if (!found) *s = saved;
  return found;
}

// Multiply by a power of ten, exactly; huge exponents give 0 or are refused.
static Value scale_by_ten(ExecCtx *ec, Value v, int64_t exponent) {
  if (exponent == 0 || mx_int_is_zero(mx_rational_num(v))) return v;
  if (exponent < -INT32_MAX) return val_from_fixnum(0);
  Value scale = mx_rational_pow_int(ec, val_from_fixnum(10), mx_int_from_i64(ec, exponent));
  return scale == VAL_EXC ? scale : mx_rational_binary(ec, SYM_STAR, v, scale);
}

// Scan digits, fraction and exponent as an exact number; VAL_UNDEF when there are no digits.
// *broken tells whether it had a fraction or an exponent.
static Value scan_exact(ExecCtx *ec, Scanner *s, bool *broken) {
  StrBuf digits = STRBUF_INIT;
  int64_t exponent = 0, decimals = 0;
  *broken = false;
  Value result = VAL_UNDEF;
  bool leading_point = peek(s, 0) == '.' && is_digit(peek(s, 1));
  if (scan_digits(s, &digits) > 0 || leading_point) {
    if (peek(s, 0) == '.' && is_digit(peek(s, 1))) {
      s->at++;
      decimals = (int64_t)scan_digits(s, &digits);
      *broken = true;
    }
    if (scan_exponent(s, &exponent)) *broken = true;
    result = mx_int_parse(ec, digits.at, digits.len, 10);
  }
  mx_strbuf_free(&digits);
  if (result == VAL_UNDEF || result == VAL_EXC) return result;
  return scale_by_ten(ec, result, exponent - decimals);
}

// Scan a denominator behind a slash; *number becomes the quotient. False when it raised.
static bool scan_denominator(ExecCtx *ec, Scanner *s, Value *number) {
  Scanner saved = *s;
  bool broken;
  if (peek(s, 0) != '/') return true;
  s->at++;
  if (!is_digit(peek(s, 0))) {
    *s = saved;
    return true;
  }
  Value den = scan_exact(ec, s, &broken);
  if (den == VAL_EXC) return false;
  *number = mx_rational_binary(ec, SYM_SLASH, *number, den);
  return *number != VAL_EXC;
}

// As a Rational, if it is an Integer.
static Value to_rational(ExecCtx *ec, Value v) {
  return val_is_integer(v) ? mx_rational_new(ec, v, val_from_fixnum(1)) : v;
}

// Parse a Rational; strict: VAL_NIL when malformed, else 0 for text without a number.
Value mx_rational_parse(ExecCtx *ec, Value self, Value text, Value strict) {
  const char *bytes = mx_str_bytes(text);
  Scanner s = {bytes, bytes + mx_str_len(text)};
  bool broken;
  skip_blanks(&s);
  int sign = scan_sign(&s);
  Value number = scan_exact(ec, &s, &broken);
  if (number == VAL_EXC) return number;
  if (number == VAL_UNDEF) {
    return val_truthy(strict) ? VAL_NIL
                              : mx_rational_new(ec, val_from_fixnum(0), val_from_fixnum(1));
  }
  if (!scan_denominator(ec, &s, &number)) return VAL_EXC;
  skip_blanks(&s);
  if (val_truthy(strict) && s.at != s.end) return VAL_NIL;
  if (sign < 0) number = mx_num_negate(ec, number);
  return number == VAL_EXC ? number : to_rational(ec, number);
}

// Scan an unsigned real part: Integer, Rational or Float; VAL_UNDEF when there is none.
static Value scan_real(ExecCtx *ec, Scanner *s) {
  const char *start = s->at;
  bool broken;
  if (!is_digit(peek(s, 0))) return VAL_UNDEF;
  Value number = scan_exact(ec, s, &broken);
  if (number == VAL_EXC) return number;
  if (peek(s, 0) == '/' && is_digit(peek(s, 1))) {
    return scan_denominator(ec, s, &number) ? to_rational(ec, number) : VAL_EXC;
  }
  if (!broken) return number;
  size_t used;
  return mx_float_new(ec, mx_float_parse(start, (size_t)(s->at - start), false, &used));
}

// Scan a sign and a real number. A sign alone counts as 1 before an imaginary unit.
static Value scan_signed(ExecCtx *ec, Scanner *s, int *sign) {
  *sign = scan_sign(s);
  Value number = scan_real(ec, s);
  return number != VAL_UNDEF && number != VAL_EXC && *sign < 0 ? mx_num_negate(ec, number) : number;
}

// Accept an imaginary unit.
static bool scan_unit(Scanner *s) {
  char c = peek(s, 0) | 0x20;
  if (c != 'i' && c != 'j') return false;
  s->at++;
  return true;
}

// Complex of polar coordinates through the class method.
static Value polar(ExecCtx *ec, Value magnitude, Value angle) {
  return mx_send2(ec, val_from_ptr(ec->vm->cls.Complex), mx_sym(ec->vm, "polar"), magnitude, angle);
}

// Scan what follows a real part: an angle, or a signed imaginary part.
static Value scan_tail(ExecCtx *ec, Scanner *s, Value re) {
  Scanner saved = *s;
  int sign;
  if (peek(s, 0) == '@') {
    s->at++;
    Value angle = scan_signed(ec, s, &sign);
    if (angle == VAL_EXC) return angle;
    if (angle != VAL_UNDEF) return polar(ec, re, angle);
  } else if (peek(s, 0) == '+' || peek(s, 0) == '-') {
    Value im = scan_signed(ec, s, &sign);
    if (im == VAL_EXC) return im;
    if (scan_unit(s)) return mx_complex_new(ec, re, im == VAL_UNDEF ? val_from_fixnum(sign) : im);
  }
  *s = saved;
  return mx_complex_new(ec, re, val_from_fixnum(0));
}

// Scan a Complex; VAL_UNDEF when there is none.
static Value scan_complex(ExecCtx *ec, Scanner *s) {
  int sign;
  Value first = scan_signed(ec, s, &sign);
  if (first == VAL_EXC) return first;
  if (first == VAL_UNDEF) {
    if (!scan_unit(s)) return VAL_UNDEF;
    return mx_complex_new(ec, val_from_fixnum(0), val_from_fixnum(sign < 0 ? -1 : 1));
  }
  if (scan_unit(s)) return mx_complex_new(ec, val_from_fixnum(0), first);
  return scan_tail(ec, s, first);
}

// Parse a Complex; strict: VAL_NIL when malformed, else 0 for text without a number.
Value mx_complex_parse(ExecCtx *ec, Value self, Value text, Value strict) {
  const char *bytes = mx_str_bytes(text);
  Scanner s = {bytes, bytes + mx_str_len(text)};
  skip_blanks(&s);
  Value number = scan_complex(ec, &s);
  if (number == VAL_EXC) return number;
  skip_blanks(&s);
  bool whole = number != VAL_UNDEF && s.at == s.end;
  if (val_truthy(strict)) return whole ? number : VAL_NIL;
  if (number != VAL_UNDEF) return number;
  return mx_complex_new(ec, val_from_fixnum(0), val_from_fixnum(0));
}

// Kernel#Integer without its options; base nil when not given.
Value mx_numeric_convert_integer(ExecCtx *ec, Value self, Value v, Value base) {
  return mx_num_to_integer(ec, v, base);
}

// Kernel#Float without its options.
Value mx_numeric_convert_float(ExecCtx *ec, Value self, Value v) { return mx_num_to_float(ec, v); }

// Refuse text in an encoding whose bytes are not ASCII characters.
Value mx_complex_check_encoding(ExecCtx *ec, Value self, Value text) {
  const EncInfo *info = mx_enc_info(mx_str_enc(text));
  if (info->ascii_compat) return VAL_NIL;
  return mx_raise(ec, ec->vm->cls.CompatibilityError, "ASCII incompatible encoding: %s",
                  info->name);
}

// Refuse such text, and text with a NUL.
Value mx_complex_check_text(ExecCtx *ec, Value self, Value text) {
  if (mx_complex_check_encoding(ec, self, text) == VAL_EXC) return VAL_EXC;
  if (!memchr(mx_str_bytes(text), 0, mx_str_len(text))) return VAL_NIL;
  return mx_raise_arg(ec, "string contains null byte");
}
