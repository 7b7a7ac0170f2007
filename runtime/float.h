// SPDX-License-Identifier: MIT
// Float: doubles in the word where they fit, else boxed. Printing gives the shortest digits that
// read back as the same double.
#ifndef MX_RUNTIME_FLOAT_H
#define MX_RUNTIME_FLOAT_H

#include "runtime/base/strbuf.h"
#include "runtime/vm.h"

typedef struct FloatObj {
  Header h;
  double value;
} FloatObj;

static inline bool val_is_float(Value v) { return val_is_flonum(v) || val_is_type(v, T_FLOAT); }
// The double of a value that is a Float.
static inline double val_to_double(Value v) {
  return val_is_flonum(v) ? val_to_flonum(v) : VAL_CAST(FloatObj, v)->value;
}
// Are two values one object (equal?)? Boxed Floats of the same bits are: reading a raw field or
// element boxes it anew.
static inline bool val_identical(Value a, Value b) {
  if (a == b) return true;
  if (!val_is_type(a, T_FLOAT) || !val_is_type(b, T_FLOAT)) return false;
  uint64_t x, y;
  memcpy(&x, &VAL_CAST(FloatObj, a)->value, sizeof x);
  memcpy(&y, &VAL_CAST(FloatObj, b)->value, sizeof y);
  return x == y;
}
MX_FUNC Value mx_float_new(ExecCtx *ec, double d);
// The same, without a call for those that are held in the word.
static inline Value mx_float_value(ExecCtx *ec, double d) {
  Value v;
  return MX_LIKELY(val_from_flonum(d, &v)) ? v : mx_float_new(ec, d);
}
MX_FUNC Value mx_float_to_s(ExecCtx *ec, double d); // "1.0e+20", "Infinity"
MX_FUNC void mx_float_print(StrBuf *out, double d); // the same, appended
// Shortest digits: writes at most 17 digits (no NUL), returns their number, sets the exponent
// such that value = 0.d1d2... * 10^exponent. d is finite and not negative.
MX_FUNC int mx_float_digits(double d, char digits[17], int *exponent);
// Parse as Ruby's String#to_f does; *used is the number of bytes taken (0: none). strict: the
// rule of Float(): the whole text, underscores only between digits.
MX_FUNC double mx_float_parse(const char *text, size_t len, bool strict, size_t *used);
MX_FUNC uint64_t mx_float_hash(VM *vm, double d);
MX_FUNC double mx_float_mod(double a, double b); // sign of b
MX_FUNC double mx_float_next(double d, bool up); // the neighbouring double
// Exact fraction of a finite double: d = num * 2^exponent with an odd num (0 for 0).
MX_FUNC void mx_float_decode(double d, int64_t *num, int *exponent);
// Whole part as an Integer after rounding; FloatDomainError for NaN and infinities.
typedef enum RoundMode {
  ROUND_FLOOR,
  ROUND_CEIL,
  ROUND_TRUNCATE,
  ROUND_HALF_UP, // away from zero
  ROUND_HALF_EVEN,
  ROUND_HALF_DOWN, // towards zero
} RoundMode;
// Round to `digits` > 0 decimals: the double nearest to the exactly rounded decimal.
MX_FUNC double mx_float_round_digits(double d, int digits, RoundMode mode);
// Round to a whole number.
MX_FUNC double mx_float_round_whole(double d, RoundMode mode);

#endif
