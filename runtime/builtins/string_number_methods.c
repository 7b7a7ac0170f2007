// SPDX-License-Identifier: MIT
// Leaves of String: numbers out of text. Text that is no number gives 0; what follows is ignored.
#include "runtime/float.h"
#include "runtime/integer.h"
#include "runtime/builtins/rows.h"
#include "runtime/builtins/string_args.h"

// Raise for text whose bytes are not ASCII characters.
static bool number_needs_ascii(ExecCtx *ec, Value str) {
  if (mx_enc_info(mx_str_enc(str))->ascii_compat) return true;
  mx_raise(ec, ec->vm->cls.CompatibilityError, "ASCII incompatible encoding: %s",
           mx_enc_info(mx_str_enc(str))->name);
  return false;
}

// Read an Integer; base as in mx_int_from_text.
static Value number_integer(ExecCtx *ec, Value str, int base) {
  if (!number_needs_ascii(ec, str)) return VAL_EXC;
  return mx_int_from_text(ec, mx_str_bytes(str), mx_str_len(str), base, false);
}

// str.to_i(base = 10)
Value mx_string_m_to_i(ExecCtx *ec, Value self, Value a) {
  int64_t base = 10;
  if (!val_is_undef(a) && !mx_to_int64(ec, a, &base)) return VAL_EXC;
  if (base < 0 || base == 1 || base > 36)
    return mx_raise_arg(ec, "invalid radix %lld", (long long)base);
  return number_integer(ec, self, (int)base);
}

// str.hex
Value mx_string_m_hex(ExecCtx *ec, Value self) { return number_integer(ec, self, 16); }

// str.oct: octal unless a prefix says otherwise
Value mx_string_m_oct(ExecCtx *ec, Value self) { return number_integer(ec, self, -8); }

// str.to_f
Value mx_string_m_to_f(ExecCtx *ec, Value self) {
  size_t used;
  if (!number_needs_ascii(ec, self)) return VAL_EXC;
  return mx_float_new(ec, mx_float_parse(mx_str_bytes(self), mx_str_len(self), false, &used));
}

// str.to_r
Value mx_string_m_to_r(ExecCtx *ec, Value self) {
  if (!number_needs_ascii(ec, self)) return VAL_EXC;
  return mx_rational_parse(ec, VAL_NIL, self, VAL_FALSE);
}

// str.to_c
Value mx_string_m_to_c(ExecCtx *ec, Value self) {
  if (!number_needs_ascii(ec, self)) return VAL_EXC;
  return mx_complex_parse(ec, VAL_NIL, self, VAL_FALSE);
}
