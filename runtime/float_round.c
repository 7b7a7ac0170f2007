// SPDX-License-Identifier: MIT
// Rounding of Floats to decimals.
//
// Up to 14 decimals the number is scaled by a power of ten that a double holds exactly; scaling
// rounds, so 2.675 counts as a half, as in Ruby (2.68). With more decimals the exact expansion from
// the C library (at most 1,074 decimals) is rounded as text and read back.
#include "runtime/float.h"

#include "runtime/base/strbuf.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum {
  EXACT_DECIMALS = 1074, // of any double
  FAST_DECIMALS = 14,    // 10^14 and products near 2^53 are exact
  PRECISE_DIGITS = 17,   // digits that tell all doubles apart
};

// Tell whether the digits dropped from `rest` on move the magnitude up.
static bool drops_round_up(const char *kept_last, const char *rest, bool negative, RoundMode mode) {
  bool any = rest[strspn(rest, "0")] != 0;
  bool over_half = rest[0] > '5' || (rest[0] == '5' && rest[1 + strspn(rest + 1, "0")] != 0);
  bool half = rest[0] == '5' && !over_half;
  switch (mode) {
  case ROUND_FLOOR: return negative && any;
  case ROUND_CEIL: return !negative && any;
  case ROUND_TRUNCATE: return false;
  case ROUND_HALF_UP: return over_half || half;
  case ROUND_HALF_DOWN: return over_half;
  case ROUND_HALF_EVEN: return over_half || (half && (*kept_last & 1));
  }
  return false;
}

// Add one in the last place of "ddd.ddd"; a carry out of the front is returned.
static bool increment_text(char *text, char *last) {
  for (char *at = last; at >= text; at--) {
    if (*at == '.') continue;
    if (*at != '9') {
      ++*at;
      return false;
    }
    *at = '0';
  }
  return true;
}

// Round exactly, by decimal text.
static double round_exactly(double d, int digits, RoundMode mode) {
  StrBuf text = STRBUF_INIT;
  mx_strbuf_add_byte(&text, '0'); // room for a carry
  mx_strbuf_printf(&text, "%.*f", EXACT_DECIMALS, fabs(d));
  char *rest = strchr(text.at, '.') + 1 + digits;
  char *last = rest[-1] == '.' ? rest - 2 : rest - 1;
  bool up = drops_round_up(last, rest, signbit(d), mode);
  *rest = 0;
  if (up) increment_text(text.at, last);
  double rounded = strtod(text.at, NULL);
  mx_strbuf_free(&text);
  return copysign(rounded, d);
}

// Round to an even multiple at a tie. The fraction alone is scaled, which keeps more of its bits.
static double choose_even(double magnitude, double scale) {
  double whole, scaled = modf(magnitude, &whole) * scale, n = floor(scaled), rest = scaled - n;
  double multiple = whole * scale + n;
  bool tie = rest == 0.5 || (rest < 0.5 && (multiple + 0.5) / scale <= magnitude);
  if (tie) return multiple + fmod(multiple, 2.0);
  return rest > 0.5 ? multiple + 1 : multiple;
}

// Choose between the multiples n and n + 1 of 1/scale for a magnitude; n is its scaled floor.
static double choose_multiple(double magnitude, double scale, RoundMode mode) {
  double scaled = magnitude * scale, n = floor(scaled), rest = scaled - n;
  double middle = (n + 0.5) / scale;
  switch (mode) {
  case ROUND_HALF_UP: return rest >= 0.5 || middle <= magnitude ? n + 1 : n;
  case ROUND_HALF_DOWN: return rest >= 0.5 && middle < magnitude ? n + 1 : n;
  case ROUND_HALF_EVEN: return choose_even(magnitude, scale);
  case ROUND_TRUNCATE:
  case ROUND_FLOOR: return (n + 1) / scale <= magnitude ? n + 1 : n;
  case ROUND_CEIL: return n / scale >= magnitude ? n : n + 1;
  }
  return n;
}

// For a negative number floor and ceil change places on its magnitude.
static RoundMode magnitude_mode(RoundMode mode, bool negative) {
  if (!negative) return mode;
  if (mode == ROUND_FLOOR) return ROUND_CEIL;
  return mode == ROUND_CEIL ? ROUND_FLOOR : mode;
}

// Does a number below 2^exponent have nothing but zeros in so many decimals? It is 0.0 then, never
// -0.0, as in Ruby.
static bool float_is_lost(int exponent, int digits) {
  return digits < -(exponent > 0 ? exponent / 3 + 1 : exponent / 4);
}

// Round to decimals.
double mx_float_round_digits(double d, int digits, RoundMode mode) {
  if (!isfinite(d) || d == 0 || digits >= EXACT_DECIMALS) return d;
  int exponent;
  frexp(d, &exponent);
  int whole_digits = exponent > 0 ? exponent / 4 : exponent / 3 - 1;
  if (digits >= PRECISE_DIGITS - whole_digits) return d; // it has no more digits
  if (float_is_lost(exponent, digits) && magnitude_mode(mode, d < 0) != ROUND_CEIL) return 0.0;
  if (digits > FAST_DECIMALS) return round_exactly(d, digits, mode);
  double scale = pow(10, digits);
  double n = choose_multiple(fabs(d), scale, magnitude_mode(mode, d < 0));
  return copysign(n / scale, d);
}
