// SPDX-License-Identifier: MIT
// Rational and Complex numbers.
#ifndef MX_RUNTIME_RATIONAL_H
#define MX_RUNTIME_RATIONAL_H

#include "runtime/vm.h"

typedef struct RationalObj {
  Header h;
  Value num; // Integer
  Value den; // Integer, positive; coprime with num
} RationalObj;

typedef struct ComplexObj {
  Header h;
  Value re; // real number
  Value im; // real number
} ComplexObj;

// Make num/den in lowest terms; ZeroDivisionError when den is 0. Both are Integers.
MX_FUNC MX_MUST_CHECK Value mx_rational_new(ExecCtx *ec, Value num, Value den);
// Value of literal text such as "3" or "1.25" (no sign, no underscores).
MX_FUNC Value mx_rational_from_digits(ExecCtx *ec, const char *text, size_t len);
// Exact value of a finite double.
MX_FUNC MX_MUST_CHECK Value mx_rational_from_double(ExecCtx *ec, double d);
// Numerator and denominator of an Integer or Rational.
MX_FUNC Value mx_rational_num(Value v);
MX_FUNC Value mx_rational_den(Value v);
// a op b for Integers and Rationals, not both Integers; VAL_UNDEF for operators they lack.
MX_FUNC MX_MUST_CHECK Value mx_rational_binary(ExecCtx *ec, Sym op, Value a, Value b);
MX_FUNC int mx_rational_cmp(ExecCtx *ec, Value a, Value b); // Integers or Rationals
// Power with an Integer exponent of any sign, exact.
MX_FUNC MX_MUST_CHECK Value mx_rational_pow_int(ExecCtx *ec, Value a, Value exponent);
// Simplest rational within [low, high] (Stern-Brocot); Integers or Rationals, low <= high.
MX_FUNC MX_MUST_CHECK Value mx_rational_simplest(ExecCtx *ec, Value low, Value high);
MX_FUNC Value mx_complex_new(ExecCtx *ec, Value re, Value im);

#endif
