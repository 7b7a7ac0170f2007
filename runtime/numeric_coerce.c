// SPDX-License-Identifier: MIT
// The coerce protocol: `x op y` asks y.coerce(x) for two numbers of one kind and repeats op.
#include "runtime/array.h"
#include "runtime/numeric.h"
#include "runtime/semantics.h"
#include "runtime/string.h"

// Name of a value in messages: inspect of immediates and Floats, else the class.
static Value name_of(ExecCtx *ec, Value v) {
  if (!val_is_heap(v) || val_is_float(v)) return mx_inspect(ec, v);
  return mx_class_path(ec, mx_class_real(mx_class_of(ec->vm, v)));
}

// Raise TypeError "Y can't be coerced into X".
static Value raise_cannot_coerce(ExecCtx *ec, Value x, Value y) {
  Value name = name_of(ec, y);
  if (name == VAL_EXC) return name;
  Value into = mx_class_path(ec, mx_class_real(mx_class_of(ec->vm, x)));
  return mx_raise_type(ec, "%.*s can't be coerced into %.*s", (int)mx_str_len(name),
                       mx_str_bytes(name), (int)mx_str_len(into), mx_str_bytes(into));
}

// Ask y for a pair: 1 with the pair in out, 0 when y cannot, -1 raised.
static int coerce_pair(ExecCtx *ec, Value x, Value y, Value out[2]) {
  Value pair = mx_send_if(ec, y, SYM_coerce, 1, &x);
  if (pair == VAL_EXC) return -1;
  if (pair == VAL_UNDEF || val_is_nil(pair)) return 0;
  if (!val_is_array(pair) || mx_array_len(pair) != 2) {
    mx_raise_type(ec, "coerce must return [x, y]");
    return -1;
  }
  mx_array_copy_out(ec, pair, out);
  return 1;
}

// Ask y for a pair, or raise.
bool mx_num_coerce_pair(ExecCtx *ec, Value x, Value y, Value out[2]) {
  int found = coerce_pair(ec, x, y, out);
  if (found == 0) raise_cannot_coerce(ec, x, y);
  return found > 0;
}

// Apply an operator to what y makes of both.
Value mx_num_coerce_bin(ExecCtx *ec, Value x, Value y, Sym op) {
  Value pair[2];
  if (!mx_num_coerce_pair(ec, x, y, pair)) return VAL_EXC;
  return mx_send1(ec, pair[0], op, pair[1]);
}

// Apply a bit operator to what y makes of both.
Value mx_num_coerce_bit(ExecCtx *ec, Value x, Value y, Sym op) {
  Value pair[2];
  if (mx_num_kind(y) != NUM_NONE) return raise_cannot_coerce(ec, x, y);
  if (!mx_num_coerce_pair(ec, x, y, pair)) return VAL_EXC;
  Value result = mx_send_if(ec, pair[0], op, 1, &pair[1]);
  return result == VAL_UNDEF ? raise_cannot_coerce(ec, x, y) : result;
}

// Compare by what y makes of both.
Value mx_num_coerce_cmp(ExecCtx *ec, Value x, Value y) {
  Value pair[2];
  int found = coerce_pair(ec, x, y, pair);
  if (found < 0) return VAL_EXC;
  return found ? mx_send1(ec, pair[0], SYM_CMP, pair[1]) : VAL_NIL;
}

// Raise for numbers that do not compare.
Value mx_num_compare_failed(ExecCtx *ec, Value x, Value y) {
  Value name = name_of(ec, y);
  if (name == VAL_EXC) return name;
  Value class_name = mx_class_path(ec, mx_class_real(mx_class_of(ec->vm, x)));
  return mx_raise_arg(ec, "comparison of %.*s with %.*s failed", (int)mx_str_len(class_name),
                      mx_str_bytes(class_name), (int)mx_str_len(name), mx_str_bytes(name));
}

// Apply an order operator to what y makes of both.
Value mx_num_coerce_relop(ExecCtx *ec, Value x, Value y, Sym op) {
  Value pair[2];
  int found = coerce_pair(ec, x, y, pair);
  if (found < 0) return VAL_EXC;
  Value answer = found ? mx_send1(ec, pair[0], op, pair[1]) : VAL_NIL;
  return val_is_nil(answer) ? mx_num_compare_failed(ec, x, y) : answer;
}
