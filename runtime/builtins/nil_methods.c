// SPDX-License-Identifier: MIT
// nil, true and false.
#include "runtime/float.h"
#include "runtime/builtins/rows.h"
#include "runtime/builtins/support.h"

// The one frozen String of a text.
static Value nil_text(ExecCtx *ec, const char *text) {
  return mx_str_freeze_dedup(ec, mx_str_ascii(ec, text));
}

Value mx_nil_m_yes(ExecCtx *ec, Value self) { return VAL_TRUE; }
Value mx_nil_m_no(ExecCtx *ec, Value self, Value other) { return VAL_FALSE; }
Value mx_nil_m_truth(ExecCtx *ec, Value self, Value other) { return val_bool(val_truthy(other)); }
Value mx_nil_m_match(ExecCtx *ec, Value self, Value other) { return VAL_NIL; }
Value mx_nil_m_to_s(ExecCtx *ec, Value self) { return nil_text(ec, ""); }
Value mx_nil_m_to_a(ExecCtx *ec, Value self) { return mx_array_new(ec, 0); }
Value mx_nil_m_to_h(ExecCtx *ec, Value self) { return mx_hash_new(ec); }
Value mx_nil_m_to_i(ExecCtx *ec, Value self) { return val_from_fixnum(0); }
Value mx_nil_m_to_f(ExecCtx *ec, Value self) { return mx_float_new(ec, 0.0); }
Value mx_nil_m_inspect(ExecCtx *ec, Value self) { return mx_str_ascii(ec, "nil"); }

Value mx_true_m_to_s(ExecCtx *ec, Value self) { return nil_text(ec, "true"); }
Value mx_true_m_yes(ExecCtx *ec, Value self, Value other) { return VAL_TRUE; }
Value mx_true_m_not(ExecCtx *ec, Value self, Value other) { return val_bool(!val_truthy(other)); }
Value mx_true_m_negate(ExecCtx *ec, Value self) { return VAL_FALSE; }
Value mx_false_m_to_s(ExecCtx *ec, Value self) { return nil_text(ec, "false"); }
