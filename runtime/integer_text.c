// SPDX-License-Identifier: MIT
// Text of Integers: digits of any base 2..36, both ways, in less than quadratic time (mpn).
#include "runtime/integer.h"

#include "runtime/integer_limbs.h"
#include "runtime/string.h"

#include <stdlib.h>
#include <string.h>

static const char digit_chars[] = "0123456789abcdefghijklmnopqrstuvwxyz";

// Value of a digit character, 36 when it is none.
static unsigned digit_value(char c) {
  if (c >= '0' && c <= '9') return (unsigned)(c - '0');
  if (c >= 'a' && c <= 'z') return (unsigned)(c - 'a') + 10;
  if (c >= 'A' && c <= 'Z') return (unsigned)(c - 'A') + 10;
  return 36;
}

// Print a machine word.
static Value fixnum_to_s(ExecCtx *ec, int64_t n, int base) {
  char text[66];
  char *at = text + sizeof text;
  uint64_t rest = n < 0 ? -(uint64_t)n : (uint64_t)n;
  do {
    *--at = digit_chars[rest % (unsigned)base];
    rest /= (unsigned)base;
  } while (rest);
  if (n < 0) *--at = '-';
  return mx_str_new(ec, at, (size_t)(text + sizeof text - at), ENC_US_ASCII);
}

// Print in a base.
Value mx_int_to_s(ExecCtx *ec, Value v, int base) {
  if (val_is_fixnum(v)) return fixnum_to_s(ec, val_to_fixnum(v), base);
  LimbView view;
  mx_limbs_view(v, &view);
  mp_limb_t *copy = mx_limbs_scratch(view.count + 1); // mpn_get_str overwrites its input
  mpn_copyi(copy, view.at, view.count);
  size_t room = mpn_sizeinbase(copy, view.count, base) + 2;
  unsigned char *text = malloc(room);
  if (!text) mx_check_out_of_memory(room);
  text[0] = '-';
  size_t count = mpn_get_str(text + 1, base, copy, view.count);
  free(copy);
  for (size_t i = 1; i <= count; i++) text[i] = (unsigned char)digit_chars[text[i]];
  size_t skip = 1; // the sign's place, and zeros in front
  while (skip < count && text[skip] == '0') skip++;
  if (view.negative) text[--skip] = '-';
  Value result = mx_str_new(ec, (char *)text + skip, count + 1 - skip, ENC_US_ASCII);
  free(text);
  return result;
}

// Make an Integer of digit values; short runs need no limbs.
static Value from_digits(ExecCtx *ec, const unsigned char *digits, size_t count, int base,
                         bool negative) {
  while (count && *digits == 0) digits++, count--;
  if (count <= 11) { // 36^11 < 2^62
    int64_t n = 0;
    for (size_t i = 0; i < count; i++) n = n * base + digits[i];
    return val_from_fixnum(negative ? -n : n);
  }
  if (count / 10 >= INTEGER_MAX_LIMBS) return mx_limbs_too_big(ec);
  mp_size_t room = (mp_size_t)(count * 6 / LIMB_BITS) + 2; // a digit has less than 6 bits
  mp_limb_t *limbs = mx_limbs_scratch(room);
  mp_size_t used = mpn_set_str(limbs, digits, count, base);
  Value result = mx_limbs_to_int(ec, limbs, used, negative);
  free(limbs);
  return result;
}

// Collect digit values with single underscores between them; *used is the number of bytes taken.
static size_t collect_digits(const char *text, size_t len, int base, unsigned char *digits,
                             size_t *used) {
  size_t count = 0, at = 0;
  *used = 0;
  while (at < len) {
    if (text[at] == '_' && at > 0 && text[at - 1] != '_') {
      at++;
      continue;
    }
    unsigned digit = digit_value(text[at]);
    if (digit >= (unsigned)base) break;
    digits[count++] = (unsigned char)digit;
    *used = ++at;
  }
  return count;
}

// Parse digits up to the first other byte; *used is 0 when there is none.
static Value parse_run(ExecCtx *ec, const char *text, size_t len, int base, bool negative,
                       size_t *used) {
  unsigned char small[64];
  unsigned char *digits = len <= sizeof small ? small : malloc(len);
  if (!digits) mx_check_out_of_memory(len);
  size_t count = collect_digits(text, len, base, digits, used);
  Value result = from_digits(ec, digits, count, base, negative);
  if (digits != small) free(digits);
  return result;
}

// Parse digits without a prefix.
Value mx_int_parse(ExecCtx *ec, const char *text, size_t len, int base) {
  bool negative = len > 0 && *text == '-';
  if (len > 0 && (*text == '-' || *text == '+')) text++, len--;
  size_t used;
  Value result = parse_run(ec, text, len, base, negative, &used);
  return used == len && used > 0 ? result : VAL_UNDEF;
}

// Base that a prefix names; *skip is its length, 0 without a prefix (base 10).
static int prefix_base(const char *text, size_t len, size_t *skip) {
  *skip = 0;
  if (len < 2 || text[0] != '0') return 10;
  *skip = 2;
  switch (text[1] | 0x20) {
  case 'x': return 16;
  case 'b': return 2;
  case 'o': return 8;
  case 'd': return 10;
  default: break;
  }
  *skip = digit_value(text[1]) < 10 || text[1] == '_';
  return *skip ? 8 : 10;
}

// Settle the base of text behind the sign; *skip is the length of a prefix to leave out.
static int settle_base(const char *text, size_t len, int base, size_t *skip) {
  int named = prefix_base(text, len, skip);
  bool octal_zero = *skip == 1; // plain 0: its zero also counts as a digit
  if (octal_zero) *skip = 0;
  bool matches = *skip && named == base;
  if (base > 1) {
    if (!matches) *skip = 0;
    return base;
  }
  if (*skip || octal_zero || base == 0) return named;
  return base < 0 ? -base : 10;
}

// ASCII white space, NUL not among it.
static bool is_blank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

// Parse as programs write Integers.
Value mx_int_from_text(ExecCtx *ec, const char *text, size_t len, int base, bool strict) {
  while (len && is_blank(*text)) text++, len--;
  if (strict) {
    while (len && is_blank(text[len - 1])) len--;
  }
  bool negative = len > 0 && *text == '-';
  if (len > 0 && (*text == '-' || *text == '+')) text++, len--;
  size_t skip, used;
  base = settle_base(text, len, base, &skip);
  // A prefix without a digit behind it is the number 0 and the prefix's letter.
  if (skip && (skip == len || digit_value(text[skip]) >= (unsigned)base)) {
    if (strict) return VAL_UNDEF;
    skip = 0;
  }
  Value result = parse_run(ec, text + skip, len - skip, base, negative, &used);
  if (strict && (used != len - skip || used == 0)) return VAL_UNDEF;
  return result;
}
