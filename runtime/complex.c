// SPDX-License-Identifier: MIT
// Complex numbers: sums, products, equality and text; polar form with exact quarter turns.
#include "runtime/complex.h"

#include "runtime/numeric.h"
#include "runtime/semantics.h"
#include "runtime/string.h"

#include <math.h>

// Make a Complex of two real numbers.
Value mx_complex_new(ExecCtx *ec, Value re, Value im) {
  if (re == VAL_EXC || im == VAL_EXC) return VAL_EXC;
  ComplexObj *c = mx_object_alloc(ec, ec->vm->cls.Complex, T_COMPLEX, sizeof *c);
  c->re = re;
  c->im = im;
  return val_from_ptr(c);
}

// Real part; a real number is its own.
static Value re_of(Value v) { return val_is_complex(v) ? VAL_CAST(ComplexObj, v)->re : v; }

// Imaginary part; exact zero for a real number.
static Value im_of(Value v) {
  return val_is_complex(v) ? VAL_CAST(ComplexObj, v)->im : val_from_fixnum(0);
}

// Make a Complex from magnitude and half turns.
Value mx_complex_polar_pi(ExecCtx *ec, double magnitude, double angle) {
  double turn = fmod(angle, 2.0); // exact; 2 is a whole turn
  if (turn < 0) turn += 2.0;
  if (turn == 0) return mx_float_new(ec, magnitude);
  if (turn == 1) return mx_float_new(ec, -magnitude);
  Value zero = mx_float_new(ec, 0.0);
  if (turn == 0.5) return mx_complex_new(ec, zero, mx_float_new(ec, magnitude));
  if (turn == 1.5) return mx_complex_new(ec, zero, mx_float_new(ec, -magnitude));
  return mx_complex_new(ec, mx_float_new(ec, magnitude * cos(M_PI * turn)),
                        mx_float_new(ec, magnitude * sin(M_PI * turn)));
}

// Combine both components by one operator; a real operand on the right leaves the imaginary part.
static Value componentwise(ExecCtx *ec, Sym op, Value a, Value b) {
  Value re = mx_num_op(ec, op, re_of(a), re_of(b));
  if (re == VAL_EXC) return re;
  if (!val_is_complex(b)) return mx_complex_new(ec, re, im_of(a));
  return mx_complex_new(ec, re, mx_num_op(ec, op, im_of(a), im_of(b)));
}

// Is it an infinite Float?
static bool is_infinite(Value v) { return val_is_float(v) && isinf(val_to_double(v)); }

// x * y, where zero times infinity is a zero with the sign of both.
static Value multiply_parts(ExecCtx *ec, Value x, Value y) {
  bool x_zero = mx_num_kind(x) < NUM_COMPLEX && mx_num_to_double(ec, x) == 0;
  bool y_zero = mx_num_kind(y) < NUM_COMPLEX && mx_num_to_double(ec, y) == 0;
  if (y_zero && is_infinite(x)) x = mx_float_new(ec, copysign(1.0, val_to_double(x)));
  if (x_zero && is_infinite(y)) y = mx_float_new(ec, copysign(1.0, val_to_double(y)));
  return mx_num_op(ec, SYM_STAR, x, y);
}

// x op y of two products.
static Value combine_products(ExecCtx *ec, Sym op, const Value factors[4]) {
  Value x = multiply_parts(ec, factors[0], factors[1]);
  if (x == VAL_EXC) return x;
  Value y = multiply_parts(ec, factors[2], factors[3]);
  return y == VAL_EXC ? y : mx_num_op(ec, op, x, y);
}

// a * b.
static Value complex_mul(ExecCtx *ec, Value a, Value b) {
  Value ar = re_of(a), ai = im_of(a), br = re_of(b), bi = im_of(b);
  if (!val_is_complex(b)) { // scaling: no sums with an exact zero
    Value re = mx_num_op(ec, SYM_STAR, ar, b);
    return re == VAL_EXC ? re : mx_complex_new(ec, re, mx_num_op(ec, SYM_STAR, ai, b));
  }
  Value re = combine_products(ec, SYM_MINUS, (Value[]){ar, br, ai, bi});
  if (re == VAL_EXC) return re;
  return mx_complex_new(ec, re, combine_products(ec, SYM_PLUS, (Value[]){ar, bi, ai, br}));
}

// a == b as true, false or VAL_EXC.
static Value complex_equal(ExecCtx *ec, Value a, Value b) {
  Value same = mx_num_op(ec, SYM_EQ, re_of(a), re_of(b));
  if (same == VAL_EXC || !val_truthy(same)) return same;
  return mx_num_op(ec, SYM_EQ, im_of(a), im_of(b));
}

// Apply an operator of which one side is Complex.
Value mx_complex_binary(ExecCtx *ec, Sym op, Value a, Value b) {
  Value same;
  if (val_is_fixnum(a) && (op == SYM_PLUS || op == SYM_STAR))
    return mx_complex_binary(ec, op, b, a);
  switch (op) {
  case SYM_PLUS:
  case SYM_MINUS: return componentwise(ec, op, a, b);
  case SYM_STAR: return complex_mul(ec, a, b);
  case SYM_EQ:
  case SYM_EQQ: return complex_equal(ec, a, b);
  case SYM_NEQ:
    same = complex_equal(ec, a, b);
    return same == VAL_EXC ? same : val_bool(!val_truthy(same));
  default: return VAL_UNDEF;
  }
}

// Text of one component.
static Value part_text(ExecCtx *ec, Value part, bool inspect) {
  return inspect ? mx_inspect(ec, part) : mx_to_s(ec, part);
}

// Tell whether a component is written with a minus; a NaN by its sign bit.
static int part_is_negative(ExecCtx *ec, Value part) {
  if (val_is_float(part)) return signbit(val_to_double(part)) != 0;
  Value less = mx_num_op(ec, SYM_LT, part, val_from_fixnum(0));
  return less == VAL_EXC ? -1 : val_truthy(less);
}

// Print as to_s or inspect do.
Value mx_complex_to_s(ExecCtx *ec, Value v, bool inspect) {
  Value re = part_text(ec, re_of(v), inspect), im = im_of(v);
  int negative = re == VAL_EXC ? -1 : part_is_negative(ec, im);
  if (negative < 0) return VAL_EXC;
  Value text = part_text(ec, im, inspect);
  if (text == VAL_EXC) return text;
  // The sign of the imaginary part stands between the parts, so its own is left out.
  const char *bytes = mx_str_bytes(text);
  size_t len = mx_str_len(text), skip = len > 1 && bytes[0] == '(';
  bool own_sign = negative && bytes[skip] == '-';
  bool digit_last = len > 0 && bytes[len - 1] >= '0' && bytes[len - 1] <= '9';
  return mx_str_printf(ec, "%s%.*s%c%.*s%.*s%s%s", inspect ? "(" : "", (int)mx_str_len(re),
                       mx_str_bytes(re), negative ? '-' : '+', (int)skip, bytes,
                       (int)(len - skip - own_sign), bytes + skip + own_sign,
                       digit_last ? "i" : "*i", inspect ? ")" : "");
}
