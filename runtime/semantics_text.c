// SPDX-License-Identifier: MIT
// Text of any value: to_s, inspect, the default "#<Foo:0x...>", and interpolation.
#include "runtime/integer.h"
#include "runtime/semantics.h"
#include "runtime/string.h"
#include <inttypes.h>

// Text of built-in values whose to_s nobody redefined; VAL_UNDEF for others.
static Value text_builtin(ExecCtx *ec, Value v) {
  bool known = val_is_fixnum(v) || val_is_symbol(v) || val_is_nil(v);
  if (!known || !mx_method_is_builtin(ec, v, SYM_to_s)) return VAL_UNDEF;
  if (val_is_nil(v)) return mx_str_ascii(ec, "");
  return val_is_symbol(v) ? mx_sym_to_str(ec, val_to_sym(v)) : mx_int_to_s(ec, v, 10);
}

// Convert any value to a String by to_s; an answer that is no String is passed over.
Value mx_to_s(ExecCtx *ec, Value v) {
  if (val_is_string(v)) return v;
  Value text = text_builtin(ec, v);
  if (!val_is_undef(text)) return text;
  text = mx_send0(ec, v, SYM_to_s);
  if (val_is_exc(text) || val_is_string(text)) return text;
  return mx_any_to_s(ec, v);
}

// Call inspect; an answer that is no String is converted by to_s.
Value mx_inspect(ExecCtx *ec, Value v) {
  Value text = mx_send0(ec, v, SYM_inspect);
  return val_is_exc(text) ? text : mx_to_s(ec, text);
}

// Describe a value by class and address, without running guest code.
Value mx_any_to_s(ExecCtx *ec, Value v) {
  Value path = mx_class_path(ec, mx_class_real(mx_class_of(ec->vm, v)));
  return mx_str_printf(ec, "#<%.*s:0x%016" PRIx64 ">", (int)mx_str_len(path), mx_str_bytes(path),
                       (uint64_t)v);
}

// Join the parts of an interpolated string.
// A new String with what `part` has: an empty one that it is appended to keeps its encoding when
// that will do.
static Value text_begin(ExecCtx *ec, Value empty, Value part) {
  Value result = mx_str_dup(ec, part);
  if (val_is_undef(empty) || mx_str_enc(part) == mx_str_enc(empty)) return result;
  if (mx_str_len(part) == 0 || (mx_str_is_ascii(part) && mx_str_is_ascii(empty)))
    mx_str_set_enc(result, mx_str_enc(empty));
  return result;
}

Value mx_concat_strings(ExecCtx *ec, int count, const Value *parts) {
  Value result = VAL_UNDEF, empty = VAL_UNDEF;
  for (int i = 0; i < count; i++) {
    Value part = mx_to_s(ec, parts[i]);
    if (val_is_exc(part)) return part;
    if (!val_is_undef(result)) {
      if (!mx_str_append(ec, result, part)) return VAL_EXC;
    } else if (i == 0 && count > 1 && mx_str_len(part) == 0) {
      empty = part;
    } else {
      result = text_begin(ec, empty, part);
    }
  }
  return val_is_undef(result) ? mx_str_utf8(ec, "", 0) : result;
}
