// SPDX-License-Identifier: MIT
// Integer: division, bits, text, rounding to tens, number theory.
#include "runtime/array.h"
#include "runtime/integer.h"
#include "runtime/numeric.h"
#include "runtime/range.h"
#include "runtime/semantics.h"
#include "runtime/string.h"
#include "runtime/builtins/integer_round.h"
#include "runtime/builtins/rows.h"

#include <math.h>

// Raise Math::DomainError for a function's argument.
static Value raise_domain(ExecCtx *ec, const char *function) {
  return mx_raise(ec, ec->vm->cls.DomainError, "Numerical argument is out of domain - \"%s\"",
                  function);
}

// Integer.sqrt(v)
Value mx_integer_s_sqrt(ExecCtx *ec, Value self, Value v) {
  Value n = mx_to_int(ec, v);
  if (n == VAL_EXC) return n;
  return mx_int_is_negative(n) ? raise_domain(ec, "isqrt") : mx_int_isqrt(ec, n);
}

// Integer.try_convert(v)
Value mx_integer_s_try_convert(ExecCtx *ec, Value self, Value v) {
  return mx_check_convert(ec, v, ec->vm->cls.Integer, SYM_to_int);
}

// integer.pow(b, modulus = ...)
Value mx_integer_m_pow(ExecCtx *ec, Value self, Value b, Value modulus) {
  if (modulus == VAL_UNDEF) return mx_numeric_m_power(ec, self, b);
  if (!val_is_integer(b)) {
    return mx_raise_type(ec,
                         "Integer#pow() 2nd argument not allowed unless a 1st argument is integer");
  }
  if (mx_int_is_negative(b)) {
    return mx_raise_range(ec, "Integer#pow() 1st argument cannot be negative when 2nd argument "
                              "specified");
  }
  if (!val_is_integer(modulus)) {
    return mx_raise_type(ec, "Integer#pow() 2nd argument not allowed unless all arguments are "
                             "integers");
  }
  return mx_int_pow_mod(ec, self, b, modulus);
}

// integer.div(other)
Value mx_integer_m_div(ExecCtx *ec, Value self, Value other) {
  if (val_is_integer(other)) return mx_int_div(ec, self, other);
  if (!val_is_real(other)) return mx_num_coerce_bin(ec, self, other, mx_sym(ec->vm, "div"));
  Value zero = mx_num_binary(ec, SYM_EQ, other, val_from_fixnum(0));
  if (val_truthy(zero)) return mx_raise(ec, ec->vm->cls.ZeroDivisionError, "divided by 0");
  if (val_is_float(other)) {
    return mx_int_from_double(ec, floor(mx_int_to_double(self) / val_to_double(other)));
  }
  Value pair = mx_num_binary(ec, SYM_divmod, self, other);
  return pair == VAL_EXC ? pair : mx_array_get(ec, pair, 0);
}

// integer.remainder(other)
Value mx_integer_m_remainder(ExecCtx *ec, Value self, Value other) {
  if (val_is_integer(other)) return mx_int_remainder(ec, self, other);
  if (val_is_float(other)) {
    double y = val_to_double(other);
    if (y == 0) return mx_raise(ec, ec->vm->cls.ZeroDivisionError, "divided by 0");
    return mx_float_new(ec, fmod(mx_int_to_double(self), y));
  }
  return mx_num_coerce_bin(ec, self, other, mx_sym(ec->vm, "remainder"));
}

// Apply a bit operator; the other operand must be or become an Integer.
static Value bit_op(ExecCtx *ec, Sym op, Value self, Value other) {
  if (val_is_integer(other)) return mx_num_binary(ec, op, self, other);
  return mx_num_coerce_bit(ec, self, other, op);
}

// integer & other
Value mx_integer_m_and(ExecCtx *ec, Value self, Value other) {
  return bit_op(ec, SYM_AMP, self, other);
}

// integer | other
Value mx_integer_m_or(ExecCtx *ec, Value self, Value other) {
  return bit_op(ec, SYM_PIPE, self, other);
}

// integer ^ other
Value mx_integer_m_xor(ExecCtx *ec, Value self, Value other) {
  return bit_op(ec, SYM_CARET, self, other);
}

// integer << by
Value mx_integer_m_shift_left(ExecCtx *ec, Value self, Value by) {
  Value n = mx_to_int(ec, by);
  return n == VAL_EXC ? n : mx_int_shift(ec, self, n, true);
}

// integer >> by
Value mx_integer_m_shift_right(ExecCtx *ec, Value self, Value by) {
  Value n = mx_to_int(ec, by);
  return n == VAL_EXC ? n : mx_int_shift(ec, self, n, false);
}

// ~integer
Value mx_integer_m_not(ExecCtx *ec, Value self) { return mx_int_not(ec, self); }

// 2 ** count - 1; count is not negative.
static Value low_mask(ExecCtx *ec, Value count) {
  Value power = mx_int_shift(ec, val_from_fixnum(1), count, true);
  return power == VAL_EXC ? power : mx_int_sub(ec, power, val_from_fixnum(1));
}

// `count` bits from `start` on; all of them for a negative count.
static Value bit_slice(ExecCtx *ec, Value self, Value start, Value count) {
  Value moved = mx_int_shift(ec, self, start, false);
  if (moved == VAL_EXC || mx_int_is_negative(count)) return moved;
  Value mask = low_mask(ec, count);
  return mask == VAL_EXC ? mask : mx_int_and(ec, moved, mask);
}

// Bits below the end of a beginless range: 0 or an error, as there are infinitely many.
static Value beginless_bits(ExecCtx *ec, Value self, Value count) {
  if (!mx_int_is_negative(count)) {
    Value mask = low_mask(ec, count);
    if (mask == VAL_EXC) return mask;
    if (!mx_int_is_zero(mx_int_and(ec, self, mask))) {
      return mx_raise_arg(ec, "The beginless range for Integer#[] results in infinity");
    }
  }
  return val_from_fixnum(0);
}

// Bits at a range of positions.
static Value bit_range(ExecCtx *ec, Value self, const RangeObj *range) {
  Value first = val_is_nil(range->first) ? VAL_NIL : mx_to_int(ec, range->first);
  if (first == VAL_EXC) return first;
  if (val_is_nil(range->last)) return mx_int_shift(ec, self, first, false);
  Value end = mx_to_int(ec, range->last);
  if (end == VAL_EXC) return end;
  if (!val_truthy(range->exclusive)) end = mx_int_add(ec, end, val_from_fixnum(1));
  if (val_is_nil(first)) return beginless_bits(ec, self, end);
  Value count = mx_int_sub(ec, end, first);
  return bit_slice(ec, self, first, mx_int_is_zero(count) ? val_from_fixnum(-1) : count);
}

// integer[index, count = ...]
Value mx_integer_m_aref(ExecCtx *ec, Value self, Value index, Value count) {
  if (count == VAL_UNDEF && val_is_type(index, T_RANGE)) {
    return bit_range(ec, self, VAL_CAST(RangeObj, index));
  }
  Value at = mx_to_int(ec, index);
  if (at == VAL_EXC) return at;
  if (count != VAL_UNDEF) {
    Value n = mx_to_int(ec, count);
    return n == VAL_EXC ? n : bit_slice(ec, self, at, n);
  }
  if (mx_int_is_negative(at)) return val_from_fixnum(0);
  if (!val_is_fixnum(at)) return val_from_fixnum(mx_int_is_negative(self));
  return val_from_fixnum(mx_int_bit(self, (uint64_t)val_to_fixnum(at)));
}

// self & mask, the mask converted.
static Value masked(ExecCtx *ec, Value self, Value *mask) {
  *mask = mx_to_int(ec, *mask);
  return *mask == VAL_EXC ? *mask : mx_int_and(ec, self, *mask);
}

// integer.allbits?(mask)
Value mx_integer_m_allbits(ExecCtx *ec, Value self, Value mask) {
  Value bits = masked(ec, self, &mask);
  return bits == VAL_EXC ? bits : val_bool(mx_int_eq(bits, mask));
}

// integer.anybits?(mask)
Value mx_integer_m_anybits(ExecCtx *ec, Value self, Value mask) {
  Value bits = masked(ec, self, &mask);
  return bits == VAL_EXC ? bits : val_bool(!mx_int_is_zero(bits));
}

// integer.nobits?(mask)
Value mx_integer_m_nobits(ExecCtx *ec, Value self, Value mask) {
  Value bits = masked(ec, self, &mask);
  return bits == VAL_EXC ? bits : val_bool(mx_int_is_zero(bits));
}

// integer.bit_length
Value mx_integer_m_bit_length(ExecCtx *ec, Value self) {
  return val_from_fixnum((int64_t)mx_int_bit_length(self));
}

// integer.size
Value mx_integer_m_size(ExecCtx *ec, Value self) {
  if (val_is_fixnum(self)) return val_from_fixnum(8);
  return val_from_fixnum((int64_t)(mx_int_bit_length(mx_int_abs(ec, self)) + 7) / 8);
}

// integer.to_s(base = ...)
Value mx_integer_m_to_s(ExecCtx *ec, Value self, Value base) {
  int64_t radix = 10;
  if (base != VAL_UNDEF && !mx_to_int64(ec, base, &radix)) return VAL_EXC;
  if (radix < 2 || radix > 36) return mx_raise_arg(ec, "invalid radix %lld", (long long)radix);
  return mx_int_to_s(ec, self, (int)radix);
}

// integer.to_i
Value mx_integer_m_self(ExecCtx *ec, Value self) { return self; }

// Character in the encoding that `chr` without argument chooses.
static Value default_chr(ExecCtx *ec, Value self, uint32_t code) {
  char byte = (char)code;
  if (code < 0x100) return mx_str_new(ec, &byte, 1, code < 0x80 ? ENC_US_ASCII : ENC_BINARY);
  if (!val_is_nil(ec->vm->default_internal)) {
    return mx_integer_m_chr(ec, self, ec->vm->default_internal);
  }
  return mx_raise_range(ec, "%u out of char range", code);
}

// integer.chr(encoding = ...)
Value mx_integer_m_chr(ExecCtx *ec, Value self, Value encoding) {
  int64_t code = val_is_fixnum(self) ? val_to_fixnum(self) : -1;
  if (!val_is_fixnum(self)) return mx_raise_range(ec, "bignum out of char range");
  if (code < 0 || code > UINT32_MAX) {
    return mx_raise_range(ec, "%lld out of char range", (long long)code);
  }
  if (encoding == VAL_UNDEF) return default_chr(ec, self, (uint32_t)code);
  EncIndex enc;
  if (!mx_enc_from_value(ec, encoding, &enc)) return VAL_EXC;
  char bytes[8];
  bool surrogate = enc == ENC_UTF_8 && code >= 0xd800 && code <= 0xdfff;
  size_t len = surrogate ? 0 : mx_enc_put(enc, (uint32_t)code, bytes);
  if (len) return mx_str_new(ec, bytes, len, enc);
  if (enc == ENC_UTF_8 && !surrogate) {
    return mx_raise_range(ec, "%lld out of char range", (long long)code);
  }
  return mx_raise_range(ec, "invalid codepoint 0x%llX in %s", (long long)code,
                        mx_enc_info(enc)->name);
}

// integer.succ
Value mx_integer_m_succ(ExecCtx *ec, Value self) {
  return mx_int_add(ec, self, val_from_fixnum(1));
}

// integer.pred
Value mx_integer_m_pred(ExecCtx *ec, Value self) {
  return mx_int_sub(ec, self, val_from_fixnum(1));
}

// integer.even?
Value mx_integer_m_is_even(ExecCtx *ec, Value self) { return val_bool(mx_int_is_even(self)); }

// integer.odd?
Value mx_integer_m_is_odd(ExecCtx *ec, Value self) { return val_bool(!mx_int_is_even(self)); }

// integer.gcd(other)
Value mx_integer_m_gcd(ExecCtx *ec, Value self, Value other) {
  if (!val_is_integer(other)) return mx_raise_type(ec, "not an integer");
  return mx_int_gcd(ec, self, other);
}

// integer.lcm(other)
Value mx_integer_m_lcm(ExecCtx *ec, Value self, Value other) {
  if (!val_is_integer(other)) return mx_raise_type(ec, "not an integer");
  return mx_int_lcm(ec, self, other);
}

// Digits of a number not above 36 ways to write one: read them off the text.
static Value digits_by_text(ExecCtx *ec, Value self, int base) {
  Value text = mx_int_to_s(ec, self, base);
  size_t len = mx_str_len(text);
  Value result = mx_array_new(ec, (uint32_t)len);
  const char *bytes = mx_str_bytes(text);
  for (size_t i = len; i-- > 0;) {
    int digit = bytes[i] <= '9' ? bytes[i] - '0' : bytes[i] - 'a' + 10;
    mx_array_push(ec, result, val_from_fixnum(digit));
  }
  return result;
}

// Digits by repeated division.
static Value digits_by_division(ExecCtx *ec, Value self, Value base) {
  Value result = mx_array_new(ec, 4), rest = self, digit;
  do {
    if (!mx_int_divmod(ec, rest, base, &rest, &digit)) return VAL_EXC;
    mx_array_push(ec, result, digit);
  } while (!mx_int_is_zero(rest));
  return result;
}

// integer.digits(base = ...)
Value mx_integer_m_digits(ExecCtx *ec, Value self, Value base) {
  if (mx_int_is_negative(self)) return mx_raise(ec, ec->vm->cls.DomainError, "out of domain");
  Value radix = base == VAL_UNDEF ? val_from_fixnum(10) : mx_to_int(ec, base);
  if (radix == VAL_EXC) return radix;
  if (mx_int_is_negative(radix)) return mx_raise_arg(ec, "negative radix");
  if (mx_int_cmp(radix, val_from_fixnum(2)) < 0) {
    return mx_raise_arg(ec, "invalid radix %d", (int)val_to_fixnum(radix));
  }
  bool small = val_is_fixnum(radix) && val_to_fixnum(radix) <= 36;
  return small ? digits_by_text(ec, self, (int)val_to_fixnum(radix))
               : digits_by_division(ec, self, radix);
}

// ---- rounding to a power of ten

// Choose between floor and floor + step for a remainder of the floored division.
static bool rounds_up(ExecCtx *ec, Value floored, Value rest, Value step, RoundMode mode) {
  bool negative = mx_int_is_negative(floored);
  switch (mode) {
  case ROUND_FLOOR: return false;
  case ROUND_CEIL: return !mx_int_is_zero(rest);
  case ROUND_TRUNCATE: return negative && !mx_int_is_zero(rest);
  case ROUND_HALF_UP:
  case ROUND_HALF_EVEN:
  case ROUND_HALF_DOWN: break;
  }
  int order = mx_int_cmp(mx_int_add(ec, rest, rest), step);
  if (order != 0) return order > 0;
  if (mode == ROUND_HALF_EVEN) return !mx_int_is_even(mx_int_div(ec, floored, step));
  return (mode == ROUND_HALF_UP) != negative;
}

// Round to a power of ten.
Value mx_integer_round_to(ExecCtx *ec, Value n, int64_t digits, RoundMode mode) {
  if (digits >= 0) return n;
  // Halves and truncation are zero beyond the number's own digits.
  bool directed = mode == ROUND_FLOOR || mode == ROUND_CEIL;
  if (!directed && (uint64_t)-digits > mx_int_bit_length(n)) return val_from_fixnum(0);
  if (digits < -(int64_t)UINT32_MAX) return mx_raise_range(ec, "number of digits is too large");
  Value step = mx_int_power_of_ten(ec, (uint32_t)-digits), rest;
  if (step == VAL_EXC) return step;
  rest = mx_int_mod(ec, n, step);
  if (rest == VAL_EXC) return rest;
  Value floored = mx_int_sub(ec, n, rest);
  return rounds_up(ec, floored, rest, step, mode) ? mx_int_add(ec, floored, step) : floored;
}

// Read a number of digits.
bool mx_round_digits_arg(ExecCtx *ec, Value v, int64_t *digits) {
  *digits = 0;
  if (val_is_undef(v)) return true;
  if (!mx_to_int64(ec, v, digits)) return false;
  if (*digits >= INT32_MIN && *digits <= INT32_MAX) return true;
  mx_raise_range(ec, "integer %lld too %s to convert to 'int'", (long long)*digits,
                 *digits < 0 ? "small" : "big");
  return false;
}

// Shared body of floor, ceil and truncate.
static Value integer_round_by(ExecCtx *ec, Value self, Value digits, RoundMode mode) {
  int64_t n;
  if (!mx_round_digits_arg(ec, digits, &n)) return VAL_EXC;
  return mx_integer_round_to(ec, self, n, mode);
}

// integer.floor(digits = ...)
Value mx_integer_m_floor(ExecCtx *ec, Value self, Value digits) {
  return integer_round_by(ec, self, digits, ROUND_FLOOR);
}

// integer.ceil(digits = ...)
Value mx_integer_m_ceil(ExecCtx *ec, Value self, Value digits) {
  return integer_round_by(ec, self, digits, ROUND_CEIL);
}

// integer.truncate(digits = ...)
Value mx_integer_m_truncate(ExecCtx *ec, Value self, Value digits) {
  return integer_round_by(ec, self, digits, ROUND_TRUNCATE);
}

// Read a half: option.
bool mx_round_half_mode(ExecCtx *ec, Value half, RoundMode *mode) {
  *mode = ROUND_HALF_UP;
  if (val_is_nil(half)) return true;
  Value text = val_is_symbol(half) ? mx_sym_to_str(ec, val_to_sym(half))
                                   : mx_check_convert(ec, half, ec->vm->cls.String, SYM_to_str);
  if (text == VAL_EXC) return false;
  if (val_is_nil(text)) {
    mx_raise_arg(ec, "invalid rounding mode: %V", half);
    return false;
  }
  static const struct {
    const char *name; // value of half:
    RoundMode mode;
  } modes[] = {{"up", ROUND_HALF_UP}, {"even", ROUND_HALF_EVEN}, {"down", ROUND_HALF_DOWN}};
  for (size_t i = 0; i < MX_COUNT_OF(modes); i++) {
    if (mx_str_len(text) != strlen(modes[i].name)) continue;
    if (memcmp(mx_str_bytes(text), modes[i].name, mx_str_len(text)) != 0) continue;
    *mode = modes[i].mode;
    return true;
  }
  mx_raise_arg(ec, "invalid rounding mode: %.*s", (int)mx_str_len(text), mx_str_bytes(text));
  return false;
}

// Integer#round over its digits and its half: option.
Value mx_integer_round(ExecCtx *ec, Value self, Value n, Value digits, Value half) {
  RoundMode mode;
  int64_t count;
  if (!mx_round_digits_arg(ec, digits, &count) || !mx_round_half_mode(ec, half, &mode)) {
    return VAL_EXC;
  }
  return mx_integer_round_to(ec, n, count, mode);
}
