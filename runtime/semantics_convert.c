// SPDX-License-Identifier: MIT
// Implicit conversions: a value as String, Array, Hash, Integer, Float, Symbol, path.
//
// Each takes the value itself when it is of the type, else calls the conversion method, and
// raises TypeError in Ruby's words when there is none or when it answers something else.
#include "runtime/array.h"
#include "runtime/float.h"
#include "runtime/hash.h"
#include "runtime/integer.h"
#include "runtime/semantics.h"
#include "runtime/string.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

// Name of a value's class, for messages.
static Value convert_class(ExecCtx *ec, Value v) {
  return mx_class_path(ec, mx_class_real(mx_class_of(ec->vm, v)));
}

// Name a value in "can't convert X": nil, true and false as such, else the class.
static Value convert_describe(ExecCtx *ec, Value v) {
  if (val_is_nil(v)) return mx_str_ascii(ec, "nil");
  if (v == VAL_TRUE || v == VAL_FALSE) return mx_str_ascii(ec, v == VAL_TRUE ? "true" : "false");
  return convert_class(ec, v);
}

// Raise "can't convert Foo into String (Foo#to_str gives Integer)".
static Value convert_mismatch(ExecCtx *ec, Value v, ClassObj *klass, Sym method, Value got) {
  const char *from = mx_str_bytes(convert_describe(ec, v));
  const char *into = mx_str_bytes(mx_class_path(ec, klass));
  const char *gives = mx_str_bytes(convert_class(ec, got));
  return mx_raise_type(ec, "can't convert %s into %s (%s#%s gives %s)", from, into, from,
                       mx_sym_text(&ec->vm->symtab, method), gives);
}

// Convert if the value has the method; nil when it has not or answers nil.
Value mx_check_convert(ExecCtx *ec, Value v, ClassObj *klass, Sym method) {
  if (mx_is_a(ec->vm, v, klass)) return v;
  Value result = mx_send_if(ec, v, method, 0, NULL);
  if (val_is_undef(result)) return VAL_NIL;
  if (val_is_exc(result) || val_is_nil(result)) return result;
  if (mx_is_a(ec->vm, result, klass)) return result;
  return convert_mismatch(ec, v, klass, method, result);
}

// Convert by a method that must exist and must answer an instance of klass.
static Value convert_strict(ExecCtx *ec, Value v, ClassObj *klass, Sym method, const char *into) {
  Value result = mx_send_if(ec, v, method, 0, NULL);
  if (val_is_exc(result)) return result;
  if (val_is_undef(result)) return mx_raise_no_conversion(ec, v, into);
  if (mx_is_a(ec->vm, result, klass)) return result;
  return convert_mismatch(ec, v, klass, method, result);
}

// Convert to a String by to_str.
Value mx_to_str(ExecCtx *ec, Value v) {
  if (val_is_string(v)) return v;
  return convert_strict(ec, v, ec->vm->cls.String, SYM_to_str, "String");
}

// Convert to an Array by to_ary.
Value mx_to_ary(ExecCtx *ec, Value v) {
  if (val_is_array(v)) return v;
  return convert_strict(ec, v, ec->vm->cls.Array, SYM_to_ary, "Array");
}

// Convert to a Hash by to_hash.
Value mx_to_hash(ExecCtx *ec, Value v) {
  if (val_is_hash(v)) return v;
  return convert_strict(ec, v, ec->vm->cls.Hash, SYM_to_hash, "Hash");
}

// Convert to an Integer by to_int; Floats are truncated.
Value mx_to_int(ExecCtx *ec, Value v) {
  if (val_is_integer(v)) return v;
  if (val_is_float(v)) return mx_int_from_double(ec, val_to_double(v));
  return convert_strict(ec, v, ec->vm->cls.Integer, SYM_to_int, "Integer");
}

// Does a Float lie in the range of int64_t? If not, the error names it.
static bool convert_float_fits(ExecCtx *ec, double d) {
  char text[32];
  if (d >= -0x1p63 && d < 0x1p63) return true;
  snprintf(text, sizeof text, "%.10g", d);
  if (isnan(d) || isinf(d)) strcpy(text, isnan(d) ? "NaN" : d < 0 ? "-Inf" : "Inf");
  mx_raise_range(ec, "float %s out of range of integer", text);
  return false;
}

// Convert to an Integer that fits 64 bits.
bool mx_to_int64(ExecCtx *ec, Value v, int64_t *out) {
  if (val_is_fixnum(v)) {
    *out = val_to_fixnum(v);
    return true;
  }
  if (val_is_nil(v)) { // Ruby has two wordings
    mx_raise_type(ec, "no implicit conversion from nil to integer");
    return false;
  }
  if (val_is_float(v) && !convert_float_fits(ec, val_to_double(v))) return false;
  Value n = mx_to_int(ec, v);
  if (val_is_exc(n)) return false;
  if (mx_int_to_i64(n, out)) return true;
  mx_raise_range(ec, "bignum too big to convert into 'long'");
  return false;
}

// Convert a number to a double; other objects have no such conversion.
bool mx_to_double(ExecCtx *ec, Value v, double *out) {
  if (val_is_float(v)) {
    *out = val_to_double(v);
    return true;
  }
  if (val_is_integer(v)) {
    *out = mx_int_to_double(v);
    return true;
  }
  if (!mx_is_a(ec->vm, v, ec->vm->cls.Numeric)) {
    mx_raise_type(ec, "can't convert %s into Float", mx_str_bytes(convert_describe(ec, v)));
    return false;
  }
  Value result = convert_strict(ec, v, ec->vm->cls.Float, SYM_to_f, "Float");
  if (val_is_exc(result)) return false;
  *out = val_to_double(result);
  return true;
}

// Convert a Symbol or what is like a String to a name.
bool mx_to_method_name(ExecCtx *ec, Value v, Sym *out) {
  if (val_is_symbol(v)) {
    *out = val_to_sym(v);
    return true;
  }
  Value text = mx_check_convert(ec, v, ec->vm->cls.String, SYM_to_str);
  if (val_is_exc(text)) return false;
  if (val_is_nil(text)) {
    mx_raise_type(ec, "%V is not a symbol nor a string", v);
    return false;
  }
  *out = mx_str_to_sym(ec, text);
  return true;
}

// Convert a Symbol or what is like a String to a Symbol.
Value mx_to_sym(ExecCtx *ec, Value v) {
  Sym name;
  return mx_to_method_name(ec, v, &name) ? val_from_sym(name) : VAL_EXC;
}

// Convert to the String of a path by to_path or to_str.
Value mx_to_path(ExecCtx *ec, Value v) {
  if (val_is_string(v)) return v;
  Value path = mx_send_if(ec, v, SYM_to_path, 0, NULL);
  if (val_is_exc(path)) return path;
  return mx_to_str(ec, val_is_undef(path) ? v : path);
}

// Build the Array that [*v] gives.
Value mx_splat(ExecCtx *ec, Value v) {
  if (val_is_array(v)) return v;
  if (val_is_nil(v)) return mx_array_new(ec, 0);
  Value list = mx_check_convert(ec, v, ec->vm->cls.Array, SYM_to_a);
  return val_is_nil(list) ? mx_array_from(ec, 1, &v) : list;
}
