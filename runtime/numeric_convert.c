// SPDX-License-Identifier: MIT
// Conversions that a program asks for by name: Integer(v), Float(v), and %d and %f of format.
#include "runtime/numeric.h"
#include "runtime/semantics.h"
#include "runtime/string.h"

#include <string.h>

// "nil", "true", "false" or the class of a value, for messages.
static Value kind_name(ExecCtx *ec, Value v) {
  if (val_is_nil(v) || v == VAL_TRUE || v == VAL_FALSE) return mx_inspect(ec, v);
  return mx_class_path(ec, mx_class_real(mx_class_of(ec->vm, v)));
}

// Raise "can't convert X into Y".
static Value raise_no_number(ExecCtx *ec, Value v, const char *into) {
  Value name = kind_name(ec, v);
  return mx_raise_type(ec, "can't convert %.*s into %s", (int)mx_str_len(name), mx_str_bytes(name),
                       into);
}

// Integer(text, base).
static Value integer_of_text(ExecCtx *ec, Value text, int64_t base) {
  if (base == 1 || base > 36 || base < -36) {
    return mx_raise_arg(ec, "invalid radix %lld", (long long)(base < 0 ? -base : base));
  }
  if (memchr(mx_str_bytes(text), 0, mx_str_len(text))) {
    return mx_raise_arg(ec, "string contains null byte");
  }
  Value n = mx_int_from_text(ec, mx_str_bytes(text), mx_str_len(text), (int)base, true);
  return n == VAL_UNDEF ? mx_raise_arg(ec, "invalid value for Integer(): %V", text) : n;
}

// Integer(value) of an object by to_int, to_str or to_i.
static Value integer_of_object(ExecCtx *ec, Value v) {
  Value n = mx_send_if(ec, v, SYM_to_int, 0, NULL);
  if (n == VAL_EXC || (n != VAL_UNDEF && val_is_integer(n))) return n;
  Value text = mx_check_convert(ec, v, ec->vm->cls.String, SYM_to_str);
  if (text == VAL_EXC) return text;
  if (!val_is_nil(text)) return integer_of_text(ec, text, 0);
  n = mx_send_if(ec, v, SYM_to_i, 0, NULL);
  if (n == VAL_EXC || (n != VAL_UNDEF && val_is_integer(n))) return n;
  if (n == VAL_UNDEF) return raise_no_number(ec, v, "Integer");
  Value from = kind_name(ec, v), got = kind_name(ec, n);
  return mx_raise_type(ec, "can't convert %s into Integer (%s#to_i gives %s)", mx_str_bytes(from),
                       mx_str_bytes(from), mx_str_bytes(got));
}

// Convert as Integer() does.
Value mx_num_to_integer(ExecCtx *ec, Value v, Value base) {
  int64_t radix = 0;
  if (!val_is_nil(base)) {
    if (!mx_to_int64(ec, base, &radix)) return VAL_EXC;
    Value text = mx_check_convert(ec, v, ec->vm->cls.String, SYM_to_str);
    if (text == VAL_EXC) return text;
    if (!val_is_nil(text)) return integer_of_text(ec, text, radix);
    return mx_raise_arg(ec, "base specified for non string value");
  }
  if (val_is_integer(v)) return v;
  if (val_is_float(v)) return mx_int_from_double(ec, val_to_double(v));
  if (val_is_string(v)) return integer_of_text(ec, v, 0);
  return val_is_nil(v) ? raise_no_number(ec, v, "Integer") : integer_of_object(ec, v);
}

// Float(text).
static Value float_of_text(ExecCtx *ec, Value text) {
  const char *bytes = mx_str_bytes(text);
  size_t len = mx_str_len(text), used;
  if (memchr(bytes, 0, len)) return mx_raise_arg(ec, "string for Float contains null byte");
  double d = mx_float_parse(bytes, len, true, &used);
  if (used != len || used == 0) return mx_raise_arg(ec, "invalid value for Float(): %V", text);
  return mx_float_new(ec, d);
}

// Convert as Float() does.
Value mx_num_to_float(ExecCtx *ec, Value v) {
  if (val_is_float(v)) return v;
  if (val_is_real(v)) return mx_float_new(ec, mx_num_to_double(ec, v));
  if (val_is_string(v)) return float_of_text(ec, v);
  Value d = val_is_nil(v) ? VAL_UNDEF : mx_send_if(ec, v, SYM_to_f, 0, NULL);
  if (d == VAL_EXC || (d != VAL_UNDEF && val_is_float(d))) return d;
  if (d == VAL_UNDEF) return raise_no_number(ec, v, "Float");
  Value from = kind_name(ec, v), got = kind_name(ec, d);
  return mx_raise_type(ec, "can't convert %s into Float (%s#to_f gives %s)", mx_str_bytes(from),
                       mx_str_bytes(from), mx_str_bytes(got));
}
