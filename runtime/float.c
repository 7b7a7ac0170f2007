// SPDX-License-Identifier: MIT
// Float: boxing, hashing, remainder, neighbours, rounding. Text is in float_text.c.
#include "runtime/float.h"

#include "runtime/hash.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

// Bits of a double.
static uint64_t double_bits(double d) {
  uint64_t bits;
  memcpy(&bits, &d, sizeof bits);
  return bits;
}

// Make a Float, in the word if it fits.
Value mx_float_new(ExecCtx *ec, double d) {
  Value v;
  if (val_from_flonum(d, &v)) return v;
  if (double_bits(d) == 0 && ec->vm->zero_float != VAL_NIL) return ec->vm->zero_float;
  FloatObj *object = mx_object_alloc(ec, ec->vm->cls.Float, T_FLOAT, sizeof *object);
  object->value = d;
  return val_from_ptr(object);
}

// Hash a double as eql? compares.
uint64_t mx_float_hash(VM *vm, double d) {
  // 0.0 and -0.0 are eql?.
  return mx_hash_mix(vm->hash_seed[1], d == 0 ? 0 : double_bits(d));
}

// Rest of a floored division; y is not 0.
double mx_float_mod(double a, double b) {
  double rest = isinf(b) && !isinf(a) ? a : fmod(a, b);
  return b * rest < 0 ? rest + b : rest;
}

// Step to the neighbour.
double mx_float_next(double d, bool up) { return nextafter(d, up ? INFINITY : -INFINITY); }

// Split a finite double into an odd whole number and a power of two.
void mx_float_decode(double d, int64_t *num, int *exponent) {
  *num = 0;
  *exponent = 0;
  if (d == 0) return;
  double mantissa = frexp(d, exponent);
  *num = (int64_t)ldexp(mantissa, 53);
  int zeros = __builtin_ctzll((uint64_t)*num);
  *num >>= zeros;
  *exponent += zeros - 53;
}

// Round halves by their mode; |d| is below 2^52, else it is whole already.
static double round_half(double d, RoundMode mode) {
  double whole = trunc(d), rest = fabs(d - whole); // exact
  bool away = rest > 0.5;
  if (rest == 0.5) {
    away = mode == ROUND_HALF_UP || (mode == ROUND_HALF_EVEN && fmod(whole, 2.0) != 0);
  }
  return copysign(away ? whole + copysign(1.0, d) : whole, d);
}

// Round to a whole number.
double mx_float_round_whole(double d, RoundMode mode) {
  switch (mode) {
  case ROUND_FLOOR: return floor(d);
  case ROUND_CEIL: return ceil(d);
  case ROUND_TRUNCATE: return trunc(d);
  case ROUND_HALF_UP:
  case ROUND_HALF_EVEN:
  case ROUND_HALF_DOWN: break;
  }
  return round_half(d, mode);
}
