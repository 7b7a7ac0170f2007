// SPDX-License-Identifier: MIT
// Text of Floats: the shortest digits that read back as the same double, and parsing.
//
// The digits come from the C library's exact conversion: a number of at most 15 digits survives
// the trip through a double, so the 15-digit text, stripped of zeros, is the shortest one if it
// reads back; else 16 or 17 digits are needed. In the usual range such numbers are found by a few
// divisions. Denormals have less precision and try every length.
#include "runtime/float.h"

#include "runtime/string.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { SURE_DIGITS = 15, MAX_DIGITS = 17, TEXT_ROOM = 40 };

// Where short_digits sees every number of at most 15 digits.
#define SHORT_LOW 1e-7
#define SHORT_HIGH 1e15

// Collect the digits of "d.ddde+xx" without zeros at the end; the value is 0.ddd * 10^exponent.
static int digits_of_text(const char *text, char digits[MAX_DIGITS], int *exponent) {
  int count = 0;
  for (; *text != 'e'; text++) {
    if (*text >= '0' && *text <= '9') digits[count++] = *text;
  }
  *exponent = (int)strtol(text + 1, NULL, 10) + 1;
  while (count > 1 && digits[count - 1] == '0') count--;
  return count;
}

// Add one to the last digit of "d.ddde+xx" unless it is a 9.
static bool bump_last_digit(char *text) {
  char *last = strchr(text, 'e') - 1;
  if (*last < '0' || *last >= '9') return false;
  ++*last;
  return true;
}

// Try texts with so many digits: the nearest one, and for a power of two, whose neighbour below is
// nearer than the one above, also the next one up.
static bool digits_read_back(double d, int count, char *text) {
  snprintf(text, TEXT_ROOM, "%.*e", count - 1, d);
  if (strtod(text, NULL) == d) return true;
  int exponent;
  return frexp(d, &exponent) == 0.5 && bump_last_digit(text) && strtod(text, NULL) == d;
}

// Digits of a whole number > 0 without zeros at the end; the value is 0.ddd * 10^exponent.
static int digits_of_whole(uint64_t n, char digits[MAX_DIGITS], int *exponent) {
  char reversed[20];
  int count = 0;
  *exponent = 0;
  for (; n % 10 == 0; n /= 10) ++*exponent;
  for (; n; n /= 10) reversed[count++] = (char)('0' + n % 10);
  for (int i = 0; i < count; i++) digits[i] = reversed[count - 1 - i];
  *exponent += count;
  return count;
}

// Digits of a double that is n / 10^k for some n of at most 15 digits; 0 when it is not.
// Both are doubles, so the quotient is rounded once and is what the decimal reads back as.
// PERF: 50 to 150 ns, against 700 for a conversion there and back by the C library.
static int short_digits(double d, char digits[MAX_DIGITS], int *exponent) {
  static const double powers[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                  1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                  1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
  for (int k = 0; k < (int)MX_COUNT_OF(powers); k++) {
    double n = nearbyint(d * powers[k]);
    if (n >= 1e15) return 0;
    if (n == 0 || n / powers[k] != d) continue;
    int count = digits_of_whole((uint64_t)n, digits, exponent);
    *exponent -= k;
    return count;
  }
  return 0;
}

// Find the shortest digits that read back.
int mx_float_digits(double d, char digits[17], int *exponent) {
  char text[TEXT_ROOM];
  bool tried = d >= SHORT_LOW && d < SHORT_HIGH;
  int found = tried ? short_digits(d, digits, exponent) : 0;
  if (found) return found;
  int count = d < 0x1p-1022 ? 1 : SURE_DIGITS + tried;
  while (count < MAX_DIGITS && !digits_read_back(d, count, text)) count++;
  if (count == MAX_DIGITS) snprintf(text, sizeof text, "%.*e", MAX_DIGITS - 1, d);
  return digits_of_text(text, digits, exponent);
}

// Write digits with the point among or around them.
static void write_fixed(StrBuf *out, const char *digits, int count, int point) {
  if (point <= 0) {
    mx_strbuf_add_str(out, "0.");
    mx_strbuf_add_repeat(out, '0', (size_t)-point);
    mx_strbuf_add(out, digits, (size_t)count);
    return;
  }
  int whole = count < point ? count : point;
  mx_strbuf_add(out, digits, (size_t)whole);
  mx_strbuf_add_repeat(out, '0', (size_t)(point - whole));
  mx_strbuf_add_byte(out, '.');
  if (whole == count) mx_strbuf_add_byte(out, '0');
  mx_strbuf_add(out, digits + whole, (size_t)(count - whole));
}

// Write digits as d.ddde+xx.
static void write_scientific(StrBuf *out, const char *digits, int count, int point) {
  write_fixed(out, digits, count, 1);
  mx_strbuf_printf(out, "e%+03d", point - 1);
}

// Append what Float#to_s answers.
void mx_float_print(StrBuf *out, double d) {
  if (!isfinite(d) || d == 0) {
    mx_strbuf_add_str(out, isnan(d)     ? "NaN"
                           : signbit(d) ? (d == 0 ? "-0.0" : "-Infinity")
                                        : (d == 0 ? "0.0" : "Infinity"));
    return;
  }
  char digits[MAX_DIGITS];
  int point, count = mx_float_digits(fabs(d), digits, &point);
  if (d < 0) mx_strbuf_add_byte(out, '-');
  if (point > -4 && (point <= SURE_DIGITS || point < count)) {
    write_fixed(out, digits, count, point);
  } else {
    write_scientific(out, digits, count, point);
  }
}

// Print as Float#to_s does.
Value mx_float_to_s(ExecCtx *ec, double d) {
  StrBuf out = STRBUF_INIT;
  mx_float_print(&out, d);
  Value result = mx_str_new(ec, out.at, out.len, ENC_US_ASCII);
  mx_strbuf_free(&out);
  return result;
}

// ---- parsing: a scanner copies what the grammar accepts to a buffer that strtod then reads

typedef struct FloatScan {
  const char *text; // what is read
  size_t len;       // bytes of it
  size_t at;        // next byte
  bool hex;         // digits are hexadecimal
  StrBuf out;       // accepted bytes, underscores left out
} FloatScan;

// Next byte, 0 at the end.
static char scan_peek(const FloatScan *s, size_t ahead) {
  return s->at + ahead < s->len ? s->text[s->at + ahead] : 0;
}

// Is it a digit of the number being read?
static bool scan_is_digit(const FloatScan *s, char c) {
  if (c >= '0' && c <= '9') return true;
  return s->hex && (((c | 0x20) >= 'a') && ((c | 0x20) <= 'f'));
}

// Accept a run of digits with single underscores inside; returns the number of digits.
static size_t scan_digits(FloatScan *s) {
  size_t count = 0;
  for (;;) {
    if (scan_is_digit(s, scan_peek(s, 0))) {
      mx_strbuf_add_byte(&s->out, scan_peek(s, 0));
      s->at++;
      count++;
    } else if (count && scan_peek(s, 0) == '_' && scan_is_digit(s, scan_peek(s, 1))) {
      s->at++;
    } else {
      return count;
    }
  }
}

// Accept a sign.
static void scan_sign(FloatScan *s) {
  char c = scan_peek(s, 0);
  if (c != '+' && c != '-') return;
  mx_strbuf_add_byte(&s->out, c);
  s->at++;
}

// Accept a fraction: a point and digits; the point alone counts before an exponent or the end.
static void scan_fraction(FloatScan *s, bool strict) {
  if (scan_peek(s, 0) != '.') return;
  char next = scan_peek(s, 1);
  bool bare = (next | 0x20) == (s->hex ? 'p' : 'e') || (strict && s->at + 1 == s->len);
  if (!scan_is_digit(s, next) && (!bare || s->hex)) return;
  mx_strbuf_add_byte(&s->out, '.');
  s->at++;
  scan_digits(s);
}

// Accept an exponent, or leave everything as it was.
static void scan_exponent(FloatScan *s) {
  if ((scan_peek(s, 0) | 0x20) != (s->hex ? 'p' : 'e')) return;
  size_t at = s->at, len = s->out.len;
  bool hex = s->hex;
  mx_strbuf_add_byte(&s->out, scan_peek(s, 0));
  s->at++;
  scan_sign(s);
  s->hex = false; // an exponent is always decimal
  if (scan_digits(s) == 0) {
    s->at = at;
    mx_strbuf_truncate(&s->out, len);
  }
  s->hex = hex;
}

// Accept 0x and note it, when a hexadecimal digit follows.
static void scan_prefix(FloatScan *s) {
  if (scan_peek(s, 0) != '0' || (scan_peek(s, 1) | 0x20) != 'x') return;
  s->hex = true;
  if (!scan_is_digit(s, scan_peek(s, 2))) {
    s->hex = false;
    return;
  }
  mx_strbuf_add_str(&s->out, "0x");
  s->at += 2;
}

// Scan a number; false when there is none.
static bool scan_number(FloatScan *s, bool strict) {
  scan_sign(s);
  if (strict) scan_prefix(s);
  bool leading_point = scan_peek(s, 0) == '.' && scan_is_digit(s, scan_peek(s, 1));
  if (scan_digits(s) == 0 && (!leading_point || s->hex)) return false;
  scan_fraction(s, strict);
  scan_exponent(s);
  return true;
}

// Pass decimal digits and add them to a number of at most SURE_DIGITS digits; false beyond.
static bool short_take(const char **at, const char *end, uint64_t *n, int *digits) {
  for (; *at < end && **at >= '0' && **at <= '9'; ++*at) {
    if (++*digits > SURE_DIGITS) return false;
    *n = *n * 10 + (uint64_t)(**at - '0');
  }
  return true;
}

// Read a text that is nothing but a decimal of at most 15 digits, fraction and point included.
// Digits and power of ten are doubles without error then, so one division rounds once.
// PERF: a tenth of what the scanner and strtod take.
static bool short_parse(const char *text, size_t len, double *d) {
  static const double powers[] = {1e0, 1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                  1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
  const char *at = text, *end = text + len;
  uint64_t n = 0;
  int digits = 0, before;
  bool negative = len > 0 && *text == '-';
  at += negative;
  if (!short_take(&at, end, &n, &digits) || digits == 0) return false;
  before = digits;
  if (at < end && *at == '.') {
    at++;
    if (!short_take(&at, end, &n, &digits) || digits == before) return false;
  }
  if (at < end) return false;
  *d = (double)n / powers[digits - before];
  if (negative) *d = -*d;
  return true;
}

// Read a double from text.
double mx_float_parse(const char *text, size_t len, bool strict, size_t *used) {
  double whole;
  if (short_parse(text, len, &whole)) {
    *used = len;
    return whole;
  }
  FloatScan s = {.text = text, .len = len};
  while (s.at < len && (text[s.at] == ' ' || (text[s.at] >= '\t' && text[s.at] <= '\r'))) s.at++;
  if (strict) {
    while (s.len > s.at &&
           (text[s.len - 1] == ' ' || (text[s.len - 1] >= '\t' && text[s.len - 1] <= '\r')))
      s.len--;
  }
  *used = 0;
  double d = 0;
  if (scan_number(&s, strict)) {
    d = strtod(mx_strbuf_text(&s.out), NULL);
    *used = strict && s.at == s.len ? len : s.at;
  }
  mx_strbuf_free(&s.out);
  return d;
}
