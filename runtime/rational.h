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
MX_FUNC Value mx_complex_new(ExecCtx *ec, Value re, Value im);

#endif
