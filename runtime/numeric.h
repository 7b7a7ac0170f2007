// SPDX-License-Identifier: MIT
// The numeric tower: what an operator means for two built-in numbers of any kinds.
//
// Operands meet at the higher kind of Integer < Rational < Float < Complex; comparisons of
// Integers with Floats are exact. What needs a user's class goes through `coerce`.
#ifndef MX_RUNTIME_NUMERIC_H
#define MX_RUNTIME_NUMERIC_H

#include "runtime/complex.h"
#include "runtime/float.h"
#include "runtime/integer.h"
#include "runtime/rational.h"

typedef enum NumKind { NUM_INT, NUM_RATIONAL, NUM_FLOAT, NUM_COMPLEX, NUM_NONE } NumKind;

static inline bool val_is_rational(Value v) { return val_is_type(v, T_RATIONAL); }
static inline bool val_is_complex(Value v) { return val_is_type(v, T_COMPLEX); }

MX_FUNC NumKind mx_num_kind(Value v);
static inline bool val_is_real(Value v) { return mx_num_kind(v) <= NUM_FLOAT; }

// Built-in meaning of + - * / % ** divmod == != === <=> < <= > >= & | ^ << >> for two built-in
// numbers; VAL_UNDEF when an operand is another value or the kinds have no such operation in C
// (Complex division and powers are in core/complex.mx).
MX_FUNC MX_MUST_CHECK Value mx_num_binary(ExecCtx *ec, Sym op, Value a, Value b);
// As above, else by sending: for components of unknown kinds.
MX_FUNC MX_MUST_CHECK Value mx_num_op(ExecCtx *ec, Sym op, Value a, Value b);
// Order of two real built-in numbers: -1, 0, 1, or 2 when a NaN is among them.
MX_FUNC int mx_num_cmp(ExecCtx *ec, Value a, Value b);
// eql? of two built-in numbers: same kind, same value.
MX_FUNC bool mx_num_eql(ExecCtx *ec, Value a, Value b);
// Hash that agrees with eql?; components of a Complex must be built-in.
MX_FUNC uint64_t mx_num_hash(VM *vm, Value v);
// Nearest double of a real built-in number.
MX_FUNC double mx_num_to_double(ExecCtx *ec, Value v);
// -v of a built-in number.
MX_FUNC MX_MUST_CHECK Value mx_num_negate(ExecCtx *ec, Value v);
// Text of a built-in number as to_s gives it.
MX_FUNC MX_MUST_CHECK Value mx_num_to_s(ExecCtx *ec, Value v);

// Integer(v, base) and Float(v): strings must be numbers as a whole. base nil: by prefix.
MX_FUNC MX_MUST_CHECK Value mx_num_to_integer(ExecCtx *ec, Value v, Value base);
MX_FUNC MX_MUST_CHECK Value mx_num_to_float(ExecCtx *ec, Value v);

// Boot: constants of the number classes, methods that Complex does not have
// (runtime/builtins/number_boot.c).
MX_FUNC void mx_numbers_boot(ExecCtx *ec);

// The coerce protocol for `x op y` with y of a class that x does not know.
MX_FUNC MX_MUST_CHECK bool mx_num_coerce_pair(ExecCtx *ec, Value x, Value y, Value out[2]);
MX_FUNC MX_MUST_CHECK Value mx_num_coerce_bin(ExecCtx *ec, Value x, Value y, Sym op);
// For bit operators: other numbers than Integers are refused.
MX_FUNC MX_MUST_CHECK Value mx_num_coerce_bit(ExecCtx *ec, Value x, Value y, Sym op);
MX_FUNC MX_MUST_CHECK Value mx_num_coerce_cmp(ExecCtx *ec, Value x, Value y); // nil if impossible
MX_FUNC MX_MUST_CHECK Value mx_num_coerce_relop(ExecCtx *ec, Value x, Value y, Sym op);
// "comparison of X with Y failed".
MX_FUNC Value mx_num_compare_failed(ExecCtx *ec, Value x, Value y);

#endif
