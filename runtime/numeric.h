// SPDX-License-Identifier: MIT
// Arithmetic over all kinds of numbers.
#ifndef MX_RUNTIME_NUMERIC_H
#define MX_RUNTIME_NUMERIC_H

#include "runtime/vm.h"

// Apply a binary operator to two numbers (Integer, Float, Rational, Complex); VAL_UNDEF when one
// of them is no such number or the operator is not one of theirs.
MX_FUNC MX_MUST_CHECK Value mx_num_binary(ExecCtx *ec, Sym op, Value a, Value b);

#endif
