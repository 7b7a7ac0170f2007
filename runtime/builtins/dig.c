// SPDX-License-Identifier: MIT
// dig: an element of an element, as far as the arguments go.
#include "runtime/array.h"
#include "runtime/hash.h"
#include "runtime/semantics.h"
#include "runtime/string.h"
#include "runtime/builtins/rows.h"

// Is a key looked up in a value by its own Array#dig or Hash#dig, without a call?
static bool dig_is_plain(ExecCtx *ec, Value v, Value key) {
  bool fits = val_is_hash(v) || (val_is_array(v) && val_is_fixnum(key));
  return fits && mx_method_is_builtin(ec, v, SYM_dig);
}

// Let an element that was found dig on; nil ends it.
static Value dig_on(ExecCtx *ec, Value found, int argc, const Value *argv) {
  for (; argc > 0 && !val_is_exc(found) && !val_is_nil(found); argc--, argv++) {
    if (!dig_is_plain(ec, found, *argv)) break;
    found = val_is_hash(found) ? mx_hash_fetch(ec, found, *argv)
                               : mx_array_get(ec, found, val_to_fixnum(*argv));
  }
  if (argc == 0 || val_is_exc(found) || val_is_nil(found)) return found;
  Value dug = mx_send_if(ec, found, SYM_dig, argc, argv);
  if (!val_is_undef(dug)) return dug;
  ClassObj *klass = mx_class_real(mx_class_of(ec->vm, found));
  return mx_raise_type(ec, "%s does not have #dig method", mx_str_bytes(mx_class_path(ec, klass)));
}

// Hash#dig
Value mx_hash_m_dig(ExecCtx *ec, Value self, int argc, const Value *argv) {
  return dig_on(ec, mx_hash_fetch(ec, self, *argv), argc - 1, argv + 1);
}

// Array#dig
Value mx_array_m_dig(ExecCtx *ec, Value self, int argc, const Value *argv) {
  return dig_on(ec, mx_array_m_at(ec, self, *argv), argc - 1, argv + 1);
}

// Let a dig on with the arguments in the Array b.
Value mx_convert_p_dig(ExecCtx *ec, Value self, Value a, Value b) {
  uint32_t count = mx_array_len(b);
  return dig_on(ec, a, (int)count, mx_array_values(ec, b, count));
}
