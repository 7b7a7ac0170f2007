// SPDX-License-Identifier: MIT
// Leaves of Hash that compare or print whole tables: == eql? hash inspect.
#include "runtime/array.h"
#include "runtime/hash.h"
#include "runtime/semantics.h"
#include "runtime/string.h"
#include "runtime/builtins/rows.h"

typedef int (*SameFn)(ExecCtx *ec, Value a, Value b); // 1, 0, -1 raised

// Does every entry of a have an equal one in b? 1, 0, -1 raised.
static int hashes_agree(ExecCtx *ec, Value a, Value b, SameFn same) {
  Value key, value;
  for (uint32_t at = 0; mx_hash_next(a, &at, &key, &value);) {
    Value other = mx_hash_get(ec, b, key);
    if (val_is_exc(other)) return -1;
    if (val_is_undef(other)) return 0;
    int result = value == other ? 1 : same(ec, value, other);
    if (result != 1) return result;
  }
  return 1;
}

// Compare under the guard against cycles.
static Value hashes_compare(ExecCtx *ec, Value a, Value b, SameFn same, Sym method) {
  if (mx_hash_count(a) != mx_hash_count(b)) return VAL_FALSE;
  bool modes = ((val_header(a)->flags ^ val_header(b)->flags) & FL_HASH_IDENTITY) == 0;
  if (!modes && mx_hash_count(a) > 0) return VAL_FALSE;
  if (a == b || !mx_recursion_enter(ec, method, a, b)) return VAL_TRUE;
  int result = hashes_agree(ec, a, b, same);
  mx_recursion_leave(ec, method, a, b);
  return result < 0 ? VAL_EXC : val_bool(result);
}

// Let an object that is like a Hash decide.
static Value hashes_ask_other(ExecCtx *ec, Value self, Value other, SameFn same) {
  int converts = mx_respond_to(ec, other, SYM_to_hash, false);
  if (converts <= 0) return converts < 0 ? VAL_EXC : VAL_FALSE;
  int result = same(ec, other, self);
  return result < 0 ? VAL_EXC : val_bool(result);
}

// Hash#==
Value mx_hash_m_equal(ExecCtx *ec, Value self, Value a) {
  if (!val_is_hash(a)) return hashes_ask_other(ec, self, a, mx_equal);
  return hashes_compare(ec, self, a, mx_equal, SYM_EQ);
}

// Hash#eql?
Value mx_hash_m_eql(ExecCtx *ec, Value self, Value a) {
  if (!val_is_hash(a)) return hashes_ask_other(ec, self, a, mx_eql);
  return hashes_compare(ec, self, a, mx_eql, SYM_eql);
}

// Hash of one entry.
static bool hashes_entry_hash(ExecCtx *ec, Value key, Value value, uint64_t *hash) {
  uint64_t x = 0, y = 0;
  bool ok = mx_hash_of(ec, key, &x) && mx_hash_of(ec, value, &y);
  *hash = mx_hash_mix(x, y);
  return ok;
}

// Hash#hash: the order of entries does not matter.
Value mx_hash_m_hash(ExecCtx *ec, Value self) {
  uint64_t hash = mx_hash_mix(ec->vm->hash_seed[1], ~(uint64_t)mx_hash_count(self));
  Value key, value;
  for (uint32_t at = 0; mx_hash_next(self, &at, &key, &value);) {
    uint64_t one;
    if (!hashes_entry_hash(ec, key, value, &one)) return VAL_EXC;
    hash += one;
  }
  return val_from_fixnum((int64_t)hash >> 2);
}

// Append `key: ` or `key => `.
static bool hashes_inspect_key(ExecCtx *ec, Value key, Value text) {
  if (!val_is_symbol(key)) {
    Value one = mx_inspect(ec, key);
    if (val_is_exc(one) || !mx_str_append(ec, text, one)) return false;
    mx_str_append_bytes(ec, text, " => ", 4);
    return true;
  }
  Value name = mx_sym_to_str(ec, val_to_sym(key));
  if (!mx_sym_is_simple_key(ec->vm, val_to_sym(key))) name = mx_str_inspect(ec, name);
  if (!mx_str_append(ec, text, name)) return false;
  mx_str_append_bytes(ec, text, ": ", 2);
  return true;
}

// Append all entries and the closing brace.
static bool hashes_inspect(ExecCtx *ec, Value self, Value text) {
  Value key, value;
  bool first = true;
  for (uint32_t at = 0; mx_hash_next(self, &at, &key, &value); first = false) {
    if (!first) mx_str_append_bytes(ec, text, ", ", 2);
    if (!hashes_inspect_key(ec, key, text)) return false;
    Value one = mx_inspect(ec, value);
    if (val_is_exc(one) || !mx_str_append(ec, text, one)) return false;
  }
  mx_str_append_bytes(ec, text, "}", 1);
  return true;
}

// Hash#inspect
Value mx_hash_m_inspect(ExecCtx *ec, Value self) {
  if (mx_hash_count(self) == 0) return mx_str_ascii(ec, "{}");
  if (!mx_recursion_enter(ec, SYM_inspect, self, VAL_NIL)) return mx_str_from_cstr(ec, "{...}");
  Value text = mx_str_from_cstr(ec, "{");
  bool ok = hashes_inspect(ec, self, text);
  mx_recursion_leave(ec, SYM_inspect, self, VAL_NIL);
  return ok ? text : VAL_EXC;
}
