// SPDX-License-Identifier: MIT
// Leaves of Symbol.
#include "runtime/array.h"
#include "runtime/builtins/rows.h"
#include "runtime/builtins/string_args.h"

// Symbol.all_symbols
Value mx_symbol_s_all(ExecCtx *ec, Value self) {
  uint32_t count = ec->vm->symtab.names.count;
  Value list = mx_array_new(ec, count);
  for (Sym sym = 1; sym < count; sym++) mx_array_push(ec, list, val_from_sym(sym));
  return list;
}

// symbol == other
Value mx_symbol_m_equal(ExecCtx *ec, Value self, Value a) { return val_bool(self == a); }

// symbol <=> other
Value mx_symbol_m_compare(ExecCtx *ec, Value self, Value a) {
  if (!val_is_symbol(a)) return VAL_NIL;
  Value x = mx_sym_to_str(ec, val_to_sym(self)), y = mx_sym_to_str(ec, val_to_sym(a));
  return val_from_fixnum(mx_str_cmp(x, y));
}

// symbol.to_s
Value mx_symbol_m_to_s(ExecCtx *ec, Value self) { return mx_sym_to_str(ec, val_to_sym(self)); }

// symbol.name: one frozen String for all calls
Value mx_symbol_m_name(ExecCtx *ec, Value self) {
  return mx_str_freeze_dedup(ec, mx_sym_to_str(ec, val_to_sym(self)));
}

// symbol.to_sym
Value mx_symbol_m_to_sym(ExecCtx *ec, Value self) { return self; }

// symbol.to_proc
Value mx_symbol_m_to_proc(ExecCtx *ec, Value self) { return mx_proc_of_symbol(ec, self); }

// symbol.inspect
Value mx_symbol_m_inspect(ExecCtx *ec, Value self) { return mx_sym_inspect(ec, val_to_sym(self)); }

// symbol.length
Value mx_symbol_m_length(ExecCtx *ec, Value self) {
  return val_from_fixnum((int64_t)mx_str_char_count(mx_sym_to_str(ec, val_to_sym(self))));
}

// symbol.empty?
Value mx_symbol_m_empty(ExecCtx *ec, Value self) {
  return val_bool(mx_sym_name(&ec->vm->symtab, val_to_sym(self)).len == 0);
}
