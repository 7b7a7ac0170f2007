// SPDX-License-Identifier: MIT
// Boot of the number classes: constants that are not Integers of the core index, and the methods
// of Numeric and Comparable that Complex numbers, which have no order, do not have.
#include "runtime/numeric.h"
#include "runtime/random.h"

#include <float.h>
#include <math.h>

typedef struct FloatConst {
  const char *name; // constant
  double value;     // its value
} FloatConst;

typedef struct IntConst {
  const char *name; // constant
  int value;        // its value
} IntConst;

static const FloatConst float_consts[] = {
    {"INFINITY", INFINITY},   {"NAN", NAN}, {"MAX", DBL_MAX}, {"MIN", DBL_MIN},
    {"EPSILON", DBL_EPSILON},
};

static const IntConst int_consts[] = {
    {"DIG", DBL_DIG},
    {"MANT_DIG", DBL_MANT_DIG},
    {"RADIX", FLT_RADIX},
    {"MAX_EXP", DBL_MAX_EXP},
    {"MAX_10_EXP", DBL_MAX_10_EXP},
    {"MIN_EXP", DBL_MIN_EXP},
    {"MIN_10_EXP", DBL_MIN_10_EXP},
};

static const FloatConst math_consts[] = {{"PI", M_PI}, {"E", M_E}};

static const char *const complex_lacks[] = {
    "%",    "<",        "<=",    ">",         ">=",        "between?",  "clamp",
    "div",  "divmod",   "floor", "ceil",      "modulo",    "remainder", "round",
    "step", "truncate", "i",     "positive?", "negative?",
};

// Set a constant of a fresh class, which cannot fail.
static void set_const(ExecCtx *ec, ClassObj *klass, const char *name, Value v) {
  bool ok = mx_const_set(ec, klass, mx_sym(ec->vm, name), v);
  MX_ASSERT(ok, "constant %s", name);
  MX_UNUSED(ok);
}

// Undefine what Complex would inherit.
static void undefine_order(ExecCtx *ec) {
  for (size_t i = 0; i < MX_COUNT_OF(complex_lacks); i++) {
    Sym name = mx_sym(ec->vm, complex_lacks[i]);
    MethodEntry *me = mx_method_new(ec, METHOD_UNDEF, name, VIS_PUBLIC);
    bool ok = mx_method_add(ec, ec->vm->cls.Complex, me);
    MX_ASSERT(ok, "undefine %s", complex_lacks[i]);
    MX_UNUSED(ok);
  }
}

// Complete the number classes.
void mx_numbers_boot(ExecCtx *ec) {
  const BootClasses *cls = &ec->vm->cls;
  for (size_t i = 0; i < MX_COUNT_OF(float_consts); i++) {
    set_const(ec, cls->Float, float_consts[i].name, mx_float_new(ec, float_consts[i].value));
  }
  for (size_t i = 0; i < MX_COUNT_OF(int_consts); i++) {
    set_const(ec, cls->Float, int_consts[i].name, val_from_fixnum(int_consts[i].value));
  }
  for (size_t i = 0; i < MX_COUNT_OF(math_consts); i++) {
    set_const(ec, cls->Math, math_consts[i].name, mx_float_new(ec, math_consts[i].value));
  }
  Value unit = mx_complex_new(ec, val_from_fixnum(0), val_from_fixnum(1));
  set_const(ec, cls->Complex, "I", unit);
  cls->Random->foreign = &mx_random_type;
  undefine_order(ec);
}
