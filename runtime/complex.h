// SPDX-License-Identifier: MIT
// Complex numbers: construction and the operations that need no guest code when both components
// are built-in numbers. Division, powers and functions are in core/complex.mx.
#ifndef MX_RUNTIME_COMPLEX_H
#define MX_RUNTIME_COMPLEX_H

#include "runtime/rational.h"

// Complex of magnitude and angle in units of pi, exact at multiples of a half; a Float when the
// result is real.
MX_FUNC Value mx_complex_polar_pi(ExecCtx *ec, double magnitude, double angle);
// a op b for + - * == != ===, either of them Complex; VAL_UNDEF for other operators.
MX_FUNC MX_MUST_CHECK Value mx_complex_binary(ExecCtx *ec, Sym op, Value a, Value b);
// Text: "1+2i"; with inspect of the parts (rationals in parentheses) when asked.
MX_FUNC MX_MUST_CHECK Value mx_complex_to_s(ExecCtx *ec, Value v, bool inspect);

#endif
