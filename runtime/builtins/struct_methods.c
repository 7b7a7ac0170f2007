// SPDX-License-Identifier: MIT
// Leaves of Struct: members by name and by number, all of them at once.
#include "runtime/array.h"
#include "runtime/hash.h"
#include "runtime/semantics.h"
#include "runtime/string.h"
#include "runtime/builtins/rows.h"
#include "runtime/builtins/struct_members.h"
#include "runtime/builtins/support.h"

// Index of the member of a name, -1 when there is none.
static int64_t struct_find(ExecCtx *ec, Value self, Sym name) {
  Value names = mx_struct_names(ec, self);
  for (uint32_t i = 0; i < mx_array_len(names); i++)
    if (mx_array_get(ec, names, i) == val_from_sym(name)) return i;
  return -1;
}

// Index of the member that a name means; -1: raised.
static int64_t struct_by_name(ExecCtx *ec, Value self, Value key) {
  Sym name = val_is_symbol(key) ? val_to_sym(key) : mx_str_to_sym(ec, key);
  int64_t at = struct_find(ec, self, name);
  if (at < 0) {
    SymName text = mx_sym_name(&ec->vm->symtab, name);
    mx_raise_name_error(ec, self, name, "no member '%.*s' in struct", (int)text.len, text.bytes);
  }
  return at;
}

// Index of the member that a number means; -1: raised.
static int64_t struct_by_number(ExecCtx *ec, Value self, Value key) {
  int64_t at, count = mx_array_len(mx_struct_fields(ec, self));
  if (!mx_to_int64(ec, key, &at)) return -1;
  if (at < count && at >= -count) return at < 0 ? at + count : at;
  mx_raise_index(ec, "offset %lld too %s for struct(size:%lld)", (long long)at,
                 at < 0 ? "small" : "large", (long long)count);
  return -1;
}

// Hidden name of the member that a key means; false: raised.
static bool struct_field(ExecCtx *ec, Value self, Value key, Sym *field) {
  bool named = val_is_symbol(key) || val_is_string(key);
  int64_t at = named ? struct_by_name(ec, self, key) : struct_by_number(ec, self, key);
  if (at < 0) return false;
  *field = val_to_sym(mx_array_get(ec, mx_struct_fields(ec, self), at));
  return true;
}

// Index of the member that a key means: -1 when there is none, -2 raised.
static int64_t struct_look(ExecCtx *ec, Value self, Value key) {
  int64_t at, count = mx_array_len(mx_struct_fields(ec, self));
  if (val_is_symbol(key)) return struct_find(ec, self, val_to_sym(key));
  if (val_is_string(key)) return struct_find(ec, self, mx_str_to_sym(ec, key));
  if (!mx_to_int64(ec, key, &at)) return -2;
  if (at < 0) at += count;
  return at >= 0 && at < count ? at : -1;
}

// Value of the member of an index.
static Value struct_at(ExecCtx *ec, Value self, int64_t at) {
  return mx_ivar_get(ec, self, val_to_sym(mx_array_get(ec, mx_struct_fields(ec, self), at)));
}

// struct[key]
Value mx_struct_m_get(ExecCtx *ec, Value self, Value key) {
  Sym field;
  return struct_field(ec, self, key, &field) ? mx_ivar_get(ec, self, field) : VAL_EXC;
}

// The same, asked by core code.
Value mx_struct_p_get(ExecCtx *ec, Value self, Value a, Value b) {
  return mx_struct_m_get(ec, a, b);
}

// struct[key] = value
Value mx_struct_m_set(ExecCtx *ec, Value self, Value key, Value value) {
  Sym field;
  if (!struct_field(ec, self, key, &field)) return VAL_EXC;
  if (!mx_object_check_frozen(ec, self)) return VAL_EXC;
  mx_ivar_set_hidden(ec, self, field, value);
  return value;
}

// struct.to_a
Value mx_struct_m_to_a(ExecCtx *ec, Value self) {
  Value fields = mx_struct_fields(ec, self);
  uint32_t count = mx_array_len(fields);
  Value list = mx_array_new(ec, count);
  for (uint32_t i = 0; i < count; i++)
    mx_array_push(ec, list, mx_ivar_get(ec, self, val_to_sym(mx_array_get(ec, fields, i))));
  return list;
}

// Member b of a, nil when there is none.
Value mx_struct_p_look(ExecCtx *ec, Value self, Value a, Value b) {
  int64_t at = struct_look(ec, a, b);
  return at < -1 ? VAL_EXC : at < 0 ? VAL_NIL : struct_at(ec, a, at);
}

// Members by an Array of keys, up to the first one that is none's.
static Value struct_pick(ExecCtx *ec, Value self, Value keys) {
  Value hash = mx_hash_new(ec);
  uint32_t count = mx_array_len(keys);
  if (count > mx_array_len(mx_struct_fields(ec, self))) return hash;
  for (uint32_t i = 0; i < count; i++) {
    Value key = mx_array_get(ec, keys, i);
    int64_t at = struct_look(ec, self, key);
    if (at < 0) return at < -1 ? VAL_EXC : hash;
    if (!mx_hash_set(ec, hash, key, struct_at(ec, self, at))) return VAL_EXC;
  }
  return hash;
}

// struct.deconstruct_keys(keys)
Value mx_struct_m_deconstruct_keys(ExecCtx *ec, Value self, Value keys) {
  if (val_is_nil(keys)) return mx_struct_p_to_h(ec, self, self);
  if (val_is_array(keys)) return struct_pick(ec, self, keys);
  return mx_raise_type(ec, "wrong argument type %s (expected Array or nil)",
                       mx_support_class(ec, keys));
}

// Names and values of a as a Hash.
Value mx_struct_p_to_h(ExecCtx *ec, Value self, Value a) {
  Value names = mx_struct_names(ec, a), fields = mx_struct_fields(ec, a);
  Value hash = mx_hash_new(ec);
  for (uint32_t i = 0; i < mx_array_len(fields); i++) {
    Value value = mx_ivar_get(ec, a, val_to_sym(mx_array_get(ec, fields, i)));
    mx_hash_set_sym(ec, hash, val_to_sym(mx_array_get(ec, names, i)), value);
  }
  return hash;
}

// ---- comparison

typedef int (*StructCompare)(ExecCtx *ec, Value a, Value b); // 1 equal, 0 not, -1 raised

// Are the members of two instances of a class equal, or the same objects? 1, 0, or -1: raised.
static int struct_members_equal(ExecCtx *ec, Value a, Value b, StructCompare compare) {
  Value fields = mx_struct_fields(ec, a);
  int same = 1;
  for (uint32_t i = 0; same == 1 && i < mx_array_len(fields); i++) {
    Sym field = val_to_sym(mx_array_get(ec, fields, i));
    Value x = mx_ivar_get(ec, a, field), y = mx_ivar_get(ec, b, field);
    same = compare(ec, x, y);
  }
  return same;
}

// Compare with any object; a pair that is being compared already counts as equal.
static Value struct_equal(ExecCtx *ec, Value a, Value b, Sym method, StructCompare compare) {
  if (a == b) return VAL_TRUE;
  VM *vm = ec->vm;
  if (mx_class_real(mx_class_of(vm, a)) != mx_class_real(mx_class_of(vm, b))) return VAL_FALSE;
  if (!mx_recursion_enter(ec, method, a, b)) return VAL_TRUE;
  int same = struct_members_equal(ec, a, b, compare);
  mx_recursion_leave(ec, method, a, b);
  return same < 0 ? VAL_EXC : val_bool(same);
}

// struct == other
Value mx_struct_m_equal(ExecCtx *ec, Value self, Value other) {
  return struct_equal(ec, self, other, SYM_EQ, mx_equal);
}

// struct.eql?(other)
Value mx_struct_m_eql(ExecCtx *ec, Value self, Value other) {
  return struct_equal(ec, self, other, SYM_eql, mx_eql);
}

// struct.hash
Value mx_struct_m_hash(ExecCtx *ec, Value self) {
  Value fields = mx_struct_fields(ec, self);
  uint64_t hash, one;
  if (!mx_hash_of(ec, val_from_ptr(mx_class_real(mx_class_of(ec->vm, self))), &hash))
    return VAL_EXC;
  for (uint32_t i = 0; i < mx_array_len(fields); i++) {
    Sym field = val_to_sym(mx_array_get(ec, fields, i));
    if (!mx_hash_of(ec, mx_ivar_get(ec, self, field), &one)) return VAL_EXC;
    hash = mx_hash_mix(hash, one);
  }
  return val_from_fixnum((int64_t)hash >> 2);
}
