// SPDX-License-Identifier: MIT
// Leaves of Array as a set: - & | uniq and their n-ary forms, over a Hash of the elements.
#include "runtime/hash.h"
#include "runtime/builtins/array_args.h"
#include "runtime/builtins/rows.h"

enum { SET_RESERVE = 1024 }; // entries that a table gets room for in advance, at most

// Enter all elements of an array into a hash as their own values; the first of equal ones stays.
static bool set_enter(ExecCtx *ec, Value table, Value array) {
  for (uint32_t i = 0; i < mx_array_len(array); i++) {
    Value v = mx_array_get(ec, array, i);
    if (!mx_hash_add(ec, table, v, v)) return false;
  }
  return true;
}

// A hash of the elements of an array, VAL_EXC when hashing raised.
static Value set_of(ExecCtx *ec, Value array) {
  Value table = mx_hash_new(ec);
  uint32_t room = mx_array_len(array);
  mx_hash_reserve(ec, table, room < SET_RESERVE ? room : SET_RESERVE);
  return set_enter(ec, table, array) ? table : VAL_EXC;
}

// Elements of an array without those that eql? the other's, or, each once, only those.
static Value set_select(ExecCtx *ec, Value array, Value other, bool common) {
  Value table = set_of(ec, other);
  if (val_is_exc(table)) return table;
  Value result = mx_array_new(ec, 0);
  for (uint32_t i = 0; i < mx_array_len(array); i++) {
    Value v = mx_array_get(ec, array, i);
    Value found = common ? mx_hash_delete(ec, table, v) : mx_hash_get(ec, table, v);
    if (val_is_exc(found)) return found;
    if (val_is_undef(found) != common) mx_array_push(ec, result, v);
  }
  return result;
}

// Elements of an array without equal ones.
static Value set_uniq(ExecCtx *ec, Value array) {
  Value table = set_of(ec, array);
  return val_is_exc(table) ? table : mx_hash_m_values(ec, table);
}

// Array#-
Value mx_array_m_minus(ExecCtx *ec, Value self, Value a) {
  Value other = mx_to_ary(ec, a);
  return val_is_exc(other) ? other : set_select(ec, self, other, false);
}

// Array#&
Value mx_array_m_and(ExecCtx *ec, Value self, Value a) {
  Value other = mx_to_ary(ec, a);
  return val_is_exc(other) ? other : set_select(ec, self, other, true);
}

// Array#|
Value mx_array_m_or(ExecCtx *ec, Value self, Value a) { return mx_array_m_union(ec, self, 1, &a); }

// Array#difference
Value mx_array_m_difference(ExecCtx *ec, Value self, int argc, const Value *argv) {
  Value result = mx_array_dup(ec, self);
  for (int i = 0; i < argc && !val_is_exc(result); i++) {
    result = mx_array_m_minus(ec, result, argv[i]);
  }
  return result;
}

// Array#union
Value mx_array_m_union(ExecCtx *ec, Value self, int argc, const Value *argv) {
  Value lists = mx_array_new(ec, (uint32_t)argc);
  for (int i = 0; i < argc; i++) {
    Value list = mx_to_ary(ec, argv[i]);
    if (val_is_exc(list)) return list;
    mx_array_push(ec, lists, list);
  }
  Value table = set_of(ec, self);
  for (int i = 0; i < argc && !val_is_exc(table); i++) {
    if (!set_enter(ec, table, mx_array_get(ec, lists, i))) return VAL_EXC;
  }
  return val_is_exc(table) ? table : mx_hash_m_values(ec, table);
}

// Array#intersection
Value mx_array_m_intersection(ExecCtx *ec, Value self, int argc, const Value *argv) {
  Value result = set_uniq(ec, self);
  for (int i = 0; i < argc && !val_is_exc(result); i++) {
    result = mx_array_m_and(ec, result, argv[i]);
  }
  return result;
}

// Array#intersect?
Value mx_array_m_intersects(ExecCtx *ec, Value self, Value a) {
  Value common = mx_array_m_and(ec, self, a);
  return val_is_exc(common) ? common : val_bool(mx_array_len(common) > 0);
}

// Elements without equal ones (uniq without a block).
Value mx_array_p_uniq(ExecCtx *ec, Value self, Value a) { return set_uniq(ec, a); }
