// SPDX-License-Identifier: MIT
// Leaves of String: numbers out of text. Text that is no number gives 0; what follows is ignored.
#include "runtime/complex.h"
#include "runtime/float.h"
#include "runtime/integer.h"
#include "runtime/rational.h"
#include "runtime/builtins/rows.h"
#include "runtime/builtins/string_args.h"

#include <ctype.h>

// Text being read.
typedef struct NumText {
  const char *p;   // next byte
  const char *end; // of the text
} NumText;

// Begin to read a string: leading blanks are skipped.
static NumText number_text(Value str) {
  NumText t = {mx_str_bytes(str), mx_str_bytes(str) + mx_str_len(str)};
  while (t.p < t.end && isspace((unsigned char)*t.p)) t.p++;
  return t;
}

// Next byte, 0 at the end.
static char number_peek(const NumText *t) { return t->p < t->end ? *t->p : 0; }

// Value of a digit of any base, 99 for other bytes.
static int number_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  int letter = tolower((unsigned char)c);
  return letter >= 'a' && letter <= 'z' ? letter - 'a' + 10 : 99;
}

// Append the run of digits of a base at p, single underscores between them skipped.
static void number_digits(NumText *t, int base, StrBuf *buf) {
  while (number_digit(number_peek(t)) < base) {
    mx_strbuf_add_byte(buf, *t->p++);
    bool joined = t->end - t->p > 1 && t->p[0] == '_' && number_digit(t->p[1]) < base;
    if (joined) t->p++;
  }
}

// Base that the letter of a prefix means, 0 for none.
static int number_prefix_base(char letter) {
  switch (letter) {
  case 'x':
  case 'X': return 16;
  case 'b':
  case 'B': return 2;
  case 'o':
  case 'O': return 8;
  case 'd':
  case 'D': return 10;
  default: return 0;
  }
}

// Skip a prefix such as 0x that fits the base. base <= 0: any, -base (or 10) without one.
static int number_skip_prefix(NumText *t, int base) {
  bool any = base <= 0;
  if (number_peek(t) == '0' && t->end - t->p > 2) {
    int prefix = number_prefix_base(t->p[1]);
    if (prefix && (any || prefix == base) && number_digit(t->p[2]) < prefix) {
      t->p += 2;
      return prefix;
    }
  }
  if (!any) return base;
  if (base == 0 && number_peek(t) == '0') return 8;
  return base == 0 ? 10 : -base;
}

// Read an Integer; 0 when there is none.
static Value number_integer(ExecCtx *ec, Value str, int base) {
  NumText t = number_text(str);
  StrBuf buf = STRBUF_INIT;
  char sign = number_peek(&t);
  if (sign == '-' || sign == '+') t.p++;
  if (sign == '-') mx_strbuf_add_byte(&buf, '-');
  size_t head = buf.len;
  base = number_skip_prefix(&t, base);
  number_digits(&t, base, &buf);
  Value v = val_from_fixnum(0);
  if (buf.len > head) v = mx_int_parse(ec, buf.at, buf.len, base);
  mx_strbuf_free(&buf);
  return v;
}

// Raise for methods that read text byte by byte.
static bool number_needs_ascii(ExecCtx *ec, Value str) {
  if (mx_enc_info(mx_str_enc(str))->ascii_compat) return true;
  mx_raise(ec, ec->vm->cls.CompatibilityError, "ASCII incompatible encoding: %s",
           mx_enc_info(mx_str_enc(str))->name);
  return false;
}

// str.to_i(base = 10)
Value mx_string_m_to_i(ExecCtx *ec, Value self, Value a) {
  int64_t base = 10;
  if (!val_is_undef(a) && !mx_to_int64(ec, a, &base)) return VAL_EXC;
  if (base < 0 || base == 1 || base > 36)
    return mx_raise_arg(ec, "invalid radix %lld", (long long)base);
  if (!number_needs_ascii(ec, self)) return VAL_EXC;
  return number_integer(ec, self, (int)base);
}

// str.hex
Value mx_string_m_hex(ExecCtx *ec, Value self) { return number_integer(ec, self, 16); }

// str.oct: octal unless a prefix says otherwise
Value mx_string_m_oct(ExecCtx *ec, Value self) { return number_integer(ec, self, -8); }

// str.to_f
Value mx_string_m_to_f(ExecCtx *ec, Value self) {
  size_t used;
  return mx_float_new(ec, mx_float_parse(mx_str_bytes(self), mx_str_len(self), false, &used));
}

// ---- Rational and Complex

// 10 to a power as an Integer; the exponent is bounded, so that no text makes huge numbers.
static Value number_power_of_ten(ExecCtx *ec, int64_t exponent) {
  return mx_int_pow(ec, val_from_fixnum(10), val_from_fixnum(exponent));
}

// Read an exponent such as e-3 at p; 0 when there is none.
static int64_t number_exponent(NumText *t) {
  const char *p = t->p;
  if (tolower((unsigned char)number_peek(t)) != 'e') return 0;
  p++;
  bool negative = p < t->end && *p == '-';
  if (p < t->end && (*p == '-' || *p == '+')) p++;
  if (p == t->end || !isdigit((unsigned char)*p)) return 0;
  int64_t value = 0;
  for (; p < t->end && isdigit((unsigned char)*p); p++)
    if (value < 100000) value = value * 10 + (*p - '0');
  t->p = p;
  return negative ? -value : value;
}

// What an unsigned number in text was made of.
typedef struct NumParts {
  Value value;   // Rational or Integer, exact
  bool is_float; // it had a point or an exponent
  bool found;    // there was a number
} NumParts;

// Multiply an Integer by a power of ten, exactly.
static Value number_scale(ExecCtx *ec, Value digits, int64_t exponent) {
  Value power = number_power_of_ten(ec, exponent < 0 ? -exponent : exponent);
  if (val_is_exc(power)) return power;
  return exponent < 0 ? mx_rational_new(ec, digits, power) : mx_int_mul(ec, digits, power);
}

// Read digits, a fraction and an exponent.
static NumParts number_decimal(ExecCtx *ec, NumText *t) {
  NumParts parts = {val_from_fixnum(0), false, false};
  StrBuf buf = STRBUF_INIT;
  number_digits(t, 10, &buf);
  size_t whole = buf.len;
  if (whole > 0 && number_peek(t) == '.' && t->end - t->p > 1 && isdigit((unsigned char)t->p[1])) {
    t->p++;
    number_digits(t, 10, &buf);
    parts.is_float = true;
  }
  if (buf.len > 0) {
    const char *before = t->p;
    int64_t exponent = number_exponent(t);
    parts.found = true;
    parts.is_float |= t->p != before;
    Value digits = mx_int_parse(ec, buf.at, buf.len, 10);
    parts.value = number_scale(ec, digits, exponent - (int64_t)(buf.len - whole));
  }
  mx_strbuf_free(&buf);
  return parts;
}

// Read a number with an optional denominator.
static NumParts number_ratio(ExecCtx *ec, NumText *t) {
  NumParts parts = number_decimal(ec, t);
  NumText rest = {t->p + 1, t->end};
  if (!parts.found || val_is_exc(parts.value) || number_peek(t) != '/') return parts;
  NumParts below = number_decimal(ec, &rest);
  if (!below.found || val_is_exc(below.value)) return parts;
  *t = rest;
  if (mx_int_is_zero(below.value)) {
    parts.value = mx_raise(ec, ec->vm->cls.ZeroDivisionError, "divided by 0");
    return parts;
  }
  parts.is_float = false;
  parts.value = mx_send1(ec, parts.value, mx_sym(ec->vm, "quo"), below.value);
  return parts;
}

// str.to_r
Value mx_string_m_to_r(ExecCtx *ec, Value self) {
  NumText t = number_text(self);
  bool negative = number_peek(&t) == '-';
  if (negative || number_peek(&t) == '+') t.p++;
  NumParts parts = number_ratio(ec, &t);
  if (val_is_exc(parts.value)) return VAL_EXC;
  Value v = mx_send0(ec, parts.value, SYM_to_r);
  return negative && !val_is_exc(v) ? mx_send0(ec, v, SYM_UMINUS) : v;
}

// Read a signed real number of a Complex: Integer, Float or Rational.
static Value number_real(ExecCtx *ec, NumText *t, bool *found) {
  NumText start = *t;
  bool negative = number_peek(t) == '-';
  if (negative || number_peek(t) == '+') t->p++;
  NumParts parts = number_ratio(ec, t);
  *found = parts.found;
  if (!parts.found) {
    *t = start;
    return val_from_fixnum(0);
  }
  Value v = parts.value;
  if (parts.is_float && !val_is_exc(v)) v = mx_send0(ec, v, SYM_to_f);
  return negative && !val_is_exc(v) ? mx_send0(ec, v, SYM_UMINUS) : v;
}

// Is there an imaginary unit at p?
static bool number_at_unit(const NumText *t) {
  char c = number_peek(t);
  return c == 'i' || c == 'I' || c == 'j' || c == 'J';
}

// Read a sign followed by the imaginary unit alone: 1, -1, or 0 for none.
static int number_lone_unit(NumText *t) {
  char sign = number_peek(t);
  NumText rest = {t->p + (sign == '+' || sign == '-'), t->end};
  if (!number_at_unit(&rest)) return 0;
  t->p = rest.p + 1;
  return sign == '-' ? -1 : 1;
}

// Read the imaginary part behind a real one.
static Value number_imaginary(ExecCtx *ec, NumText *t) {
  bool found;
  char sign = number_peek(t);
  if (sign != '+' && sign != '-') return val_from_fixnum(0);
  int lone = number_lone_unit(t);
  if (lone) return val_from_fixnum(lone);
  Value v = number_real(ec, t, &found);
  if (val_is_exc(v)) return v;
  return found && number_at_unit(t) ? v : val_from_fixnum(0);
}

// str.to_c
Value mx_string_m_to_c(ExecCtx *ec, Value self) {
  NumText t = number_text(self);
  bool found;
  int lone = number_lone_unit(&t);
  if (lone) return mx_complex_new(ec, val_from_fixnum(0), val_from_fixnum(lone));
  Value re = number_real(ec, &t, &found);
  if (val_is_exc(re)) return re;
  if (found && number_at_unit(&t)) return mx_complex_new(ec, val_from_fixnum(0), re);
  if (found && number_peek(&t) == '@') {
    t.p++;
    Value angle = number_real(ec, &t, &found);
    if (val_is_exc(angle)) return angle;
    Value argv[] = {re, angle};
    Value complex = val_from_ptr(ec->vm->cls.Complex);
    return found ? mx_send(ec, complex, mx_sym(ec->vm, "polar"), 2, argv)
                 : mx_complex_new(ec, re, val_from_fixnum(0));
  }
  Value im = number_imaginary(ec, &t);
  return val_is_exc(im) ? im : mx_complex_new(ec, re, im);
}
