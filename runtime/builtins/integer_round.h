// SPDX-License-Identifier: MIT
// Rounding that Integer, Float and Rational methods share: arguments, powers of ten.
#ifndef MX_BUILTINS_INTEGER_ROUND_H
#define MX_BUILTINS_INTEGER_ROUND_H

#include "runtime/numeric.h"

// Read the value of a `half:` option (nil: up); false + ArgumentError.
MX_FUNC MX_MUST_CHECK bool mx_round_half_mode(ExecCtx *ec, Value half, RoundMode *mode);
// Read an optional number of digits, 0 when absent.
MX_FUNC MX_MUST_CHECK bool mx_round_digits_arg(ExecCtx *ec, Value v, int64_t *digits);
// Round to 10 ** -digits; digits >= 0 leave the number as it is.
MX_FUNC MX_MUST_CHECK Value mx_integer_round_to(ExecCtx *ec, Value n, int64_t digits,
                                                RoundMode mode);
// Round a Rational (or Integer) to an Integer.
MX_FUNC MX_MUST_CHECK Value mx_rational_round_whole(ExecCtx *ec, Value v, RoundMode mode);

#endif
