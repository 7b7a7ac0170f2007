// SPDX-License-Identifier: MIT
// Leaves of Hash: look-up, storing, removing, whole-table operations, defaults.
#include "runtime/array.h"
#include "runtime/hash.h"
#include "runtime/integer.h"
#include "runtime/semantics.h"
#include "runtime/string.h"
#include "runtime/builtins/rows.h"
#include "runtime/builtins/support.h"

enum { HASH_COLUMN_FEW = 16 }; // keys or values that are gathered on the stack

// ---- class methods

// Name of a value's class for messages; nil, true and false by themselves.
static const char *hash_kind(ExecCtx *ec, Value v) {
  if (val_is_nil(v)) return "nil";
  if (v == VAL_TRUE || v == VAL_FALSE) return v == VAL_TRUE ? "true" : "false";
  return mx_str_bytes(mx_class_path(ec, mx_class_real(mx_class_of(ec->vm, v))));
}

// Fill a hash from an array of [key, value] pairs.
static bool hash_from_pairs(ExecCtx *ec, Value hash, Value pairs) {
  for (uint32_t i = 0; i < mx_array_len(pairs); i++) {
    Value element = mx_array_get(ec, pairs, i);
    Value pair = mx_check_convert(ec, element, ec->vm->cls.Array, SYM_to_ary);
    if (val_is_exc(pair)) return false;
    if (val_is_nil(pair)) {
      mx_raise_arg(ec, "wrong element type %s at %u (expected array)", hash_kind(ec, element), i);
      return false;
    }
    uint32_t len = mx_array_len(pair);
    if (len != 1 && len != 2) {
      mx_raise_arg(ec, "invalid number of elements (%u for 1..2)", len);
      return false;
    }
    if (!mx_hash_set(ec, hash, mx_array_get(ec, pair, 0), mx_array_get(ec, pair, 1))) return false;
  }
  return true;
}

// Fill a hash from one argument: a Hash or an Array of pairs. 1 done, 0 neither, -1 raised.
static int hash_from_one(ExecCtx *ec, Value hash, Value source) {
  Value other = mx_check_convert(ec, source, ec->vm->cls.Hash, SYM_to_hash);
  if (val_is_exc(other)) return -1;
  if (!val_is_nil(other)) return mx_hash_merge(ec, hash, other) ? 1 : -1;
  Value pairs = mx_check_convert(ec, source, ec->vm->cls.Array, SYM_to_ary);
  if (val_is_exc(pairs)) return -1;
  if (val_is_nil(pairs)) return 0;
  return hash_from_pairs(ec, hash, pairs) ? 1 : -1;
}

// Hash[...]
Value mx_hash_s_of(ExecCtx *ec, Value self, int argc, const Value *argv) {
  ClassObj *klass = VAL_CAST(ClassObj, self);
  Value hash = klass->allocate(ec, klass);
  if (val_is_exc(hash)) return hash;
  int done = argc == 1 ? hash_from_one(ec, hash, argv[0]) : 0;
  if (done != 0) return done < 0 ? VAL_EXC : hash;
  if (argc % 2 != 0) return mx_raise_arg(ec, "odd number of arguments for Hash");
  for (int i = 0; i < argc; i += 2) {
    if (!mx_hash_set(ec, hash, argv[i], argv[i + 1])) return VAL_EXC;
  }
  return hash;
}

// Hash.try_convert
Value mx_hash_s_try_convert(ExecCtx *ec, Value self, Value a) {
  return mx_check_convert(ec, a, ec->vm->cls.Hash, SYM_to_hash);
}

// Hash.ruby2_keywords_hash
Value mx_hash_s_flag(ExecCtx *ec, Value self, Value a) {
  if (!val_is_hash(a)) return mx_raise_no_conversion(ec, a, "Hash");
  Value copy = mx_send0(ec, a, mx_sym(ec->vm, "dup"));
  if (val_is_exc(copy)) return copy;
  val_header(copy)->flags |= FL_HASH_RUBY2_KW;
  return copy;
}

// Hash.ruby2_keywords_hash?
Value mx_hash_s_flagged(ExecCtx *ec, Value self, Value a) {
  if (!val_is_hash(a)) return mx_raise_no_conversion(ec, a, "Hash");
  return val_bool((val_header(a)->flags & FL_HASH_RUBY2_KW) != 0);
}

// ---- look-up

// Hash#[]
Value mx_hash_m_aref(ExecCtx *ec, Value self, Value a) { return mx_hash_fetch(ec, self, a); }

// Hash#length
Value mx_hash_m_length(ExecCtx *ec, Value self) { return val_from_fixnum(mx_hash_count(self)); }

// Hash#empty?
Value mx_hash_m_empty(ExecCtx *ec, Value self) { return val_bool(mx_hash_count(self) == 0); }

// Hash#key?
Value mx_hash_m_has_key(ExecCtx *ec, Value self, Value a) {
  uint32_t at;
  return mx_hash_position(ec, self, a, &at) ? val_bool(at != HASH_ABSENT) : VAL_EXC;
}

// Find the first entry with an equal value: 1 found, 0 none, -1 raised.
static int hash_find_value(ExecCtx *ec, Value hash, Value sought, Value *key, Value *value) {
  for (uint32_t at = 0; mx_hash_next(hash, &at, key, value);) {
    int same = mx_equal(ec, *value, sought);
    if (same != 0) return same;
  }
  return 0;
}

// Hash#value?
Value mx_hash_m_has_value(ExecCtx *ec, Value self, Value a) {
  Value key, value;
  int found = hash_find_value(ec, self, a, &key, &value);
  return found < 0 ? VAL_EXC : val_bool(found);
}

// Hash#key
Value mx_hash_m_key(ExecCtx *ec, Value self, Value a) {
  Value key, value;
  int found = hash_find_value(ec, self, a, &key, &value);
  if (found < 0) return VAL_EXC;
  return found ? key : VAL_NIL;
}

// Hash#rassoc
Value mx_hash_m_rassoc(ExecCtx *ec, Value self, Value a) {
  Value key, value;
  int found = hash_find_value(ec, self, a, &key, &value);
  if (found < 0) return VAL_EXC;
  return found ? MX_ARRAY_OF(ec, key, value) : VAL_NIL;
}

// Hash#assoc: keys are compared by ==
Value mx_hash_m_assoc(ExecCtx *ec, Value self, Value a) {
  Value key, value;
  for (uint32_t at = 0; mx_hash_next(self, &at, &key, &value);) {
    int same = mx_equal(ec, key, a);
    if (same != 0) return same < 0 ? VAL_EXC : MX_ARRAY_OF(ec, key, value);
  }
  return VAL_NIL;
}

// Array of the keys or of the values, in the narrowest form that fits.
static Value hash_column(ExecCtx *ec, Value hash, bool keys) {
  uint32_t room = mx_hash_count(hash), count = 0;
  Value few[HASH_COLUMN_FEW], key, value;
  // GC: scanned, for the hash may be one that nothing else refers to.
  Value *column = room <= HASH_COLUMN_FEW ? few : mx_gc_alloc_words(room * sizeof *column);
  for (uint32_t at = 0; mx_hash_next(hash, &at, &key, &value);)
    column[count++] = keys ? key : value;
  Value array = mx_array_from(ec, count, column);
  if (column != few) mx_gc_free(column);
  return array;
}

// Hash#keys
Value mx_hash_m_keys(ExecCtx *ec, Value self) { return hash_column(ec, self, true); }

// Hash#values
Value mx_hash_m_values(ExecCtx *ec, Value self) { return hash_column(ec, self, false); }

// Hash#to_a
Value mx_hash_m_to_a(ExecCtx *ec, Value self) {
  Value result = mx_array_new(ec, mx_hash_count(self));
  Value key, value;
  for (uint32_t at = 0; mx_hash_next(self, &at, &key, &value);) {
    mx_array_push(ec, result, MX_ARRAY_OF(ec, key, value));
  }
  return result;
}

// Hash#to_hash
Value mx_hash_m_to_hash(ExecCtx *ec, Value self) { return self; }

// Hash#values_at
Value mx_hash_m_values_at(ExecCtx *ec, Value self, int argc, const Value *argv) {
  Value result = mx_array_new(ec, (uint32_t)argc);
  for (int i = 0; i < argc; i++) {
    Value value = mx_hash_fetch(ec, self, argv[i]);
    if (val_is_exc(value)) return value;
    mx_array_push(ec, result, value);
  }
  return result;
}

// An empty plain Hash in the same mode.
static Value hash_like(ExecCtx *ec, Value hash) {
  Value fresh = mx_hash_new(ec);
  val_header(fresh)->flags |= val_header(hash)->flags & FL_HASH_IDENTITY;
  return fresh;
}

// Hash#slice
Value mx_hash_m_slice(ExecCtx *ec, Value self, int argc, const Value *argv) {
  Value result = hash_like(ec, self);
  for (int i = 0; i < argc; i++) {
    Value value = mx_hash_get(ec, self, argv[i]);
    if (val_is_exc(value)) return value;
    if (!val_is_undef(value) && !mx_hash_set(ec, result, argv[i], value)) return VAL_EXC;
  }
  return result;
}

// Hash#except
Value mx_hash_m_except(ExecCtx *ec, Value self, int argc, const Value *argv) {
  Value result = mx_hash_dup(ec, self);
  for (int i = 0; i < argc; i++) {
    if (val_is_exc(mx_hash_delete(ec, result, argv[i]))) return VAL_EXC;
  }
  return result;
}

// Hash#invert
Value mx_hash_m_invert(ExecCtx *ec, Value self) {
  Value result = mx_hash_new(ec);
  Value key, value;
  for (uint32_t at = 0; mx_hash_next(self, &at, &key, &value);) {
    if (!mx_hash_set(ec, result, value, key)) return VAL_EXC;
  }
  return result;
}

// ---- changing

// Hash#[]=
Value mx_hash_m_aset(ExecCtx *ec, Value self, Value a, Value b) {
  if (!mx_object_check_frozen(ec, self)) return VAL_EXC;
  return mx_hash_set(ec, self, a, b) ? b : VAL_EXC;
}

// Hash#shift
Value mx_hash_m_shift(ExecCtx *ec, Value self) {
  Value key, value;
  if (!mx_object_check_frozen(ec, self)) return VAL_EXC;
  return mx_hash_shift(self, &key, &value) ? MX_ARRAY_OF(ec, key, value) : VAL_NIL;
}

// Hash#clear
Value mx_hash_m_clear(ExecCtx *ec, Value self) {
  if (!mx_object_check_frozen(ec, self)) return VAL_EXC;
  mx_hash_clear(ec, self);
  return self;
}

// Raise when the table is being iterated over.
static bool hash_not_iterating(ExecCtx *ec, Value self, const char *what) {
  if (val_to_hash(self)->iterating == 0) return true;
  mx_raise(ec, ec->vm->cls.RuntimeError, "%s during iteration", what);
  return false;
}

// Take over another hash's default.
static void hash_copy_default(Value to, Value from) {
  Hash *h = val_to_hash(to);
  const Hash *other = val_to_hash(from);
  h->fallback = other->fallback;
  h->h.flags &= ~(uint32_t)FL_HASH_PROC_DEFAULT;
  h->h.flags |= other->h.flags & FL_HASH_PROC_DEFAULT;
}

// Hash#replace, also initialize_copy
Value mx_hash_m_replace(ExecCtx *ec, Value self, Value a) {
  if (!mx_object_check_frozen(ec, self)) return VAL_EXC;
  if (!hash_not_iterating(ec, self, "can't replace hash")) return VAL_EXC;
  Value other = mx_to_hash(ec, a);
  if (val_is_exc(other)) return other;
  mx_hash_replace(ec, self, other);
  hash_copy_default(self, other);
  return self;
}

// Hash#rehash
Value mx_hash_m_rehash(ExecCtx *ec, Value self) {
  if (!hash_not_iterating(ec, self, "rehash")) return VAL_EXC;
  if (!mx_object_check_frozen(ec, self)) return VAL_EXC;
  return mx_hash_rehash(ec, self) ? self : VAL_EXC;
}

// Hash#compact: the default stays.
Value mx_hash_m_compact(ExecCtx *ec, Value self) {
  Value result = hash_like(ec, self);
  hash_copy_default(result, self);
  Value key, value;
  for (uint32_t at = 0; mx_hash_next(self, &at, &key, &value);) {
    if (!val_is_nil(value) && !mx_hash_set(ec, result, key, value)) return VAL_EXC;
  }
  return result;
}

// Hash#compact!
Value mx_hash_m_compact_bang(ExecCtx *ec, Value self) {
  if (!mx_object_check_frozen(ec, self)) return VAL_EXC;
  uint32_t before = mx_hash_count(self);
  Value key, value;
  for (uint32_t at = 0; mx_hash_next(self, &at, &key, &value);) {
    if (val_is_nil(value) && val_is_exc(mx_hash_delete(ec, self, key))) return VAL_EXC;
  }
  return mx_hash_count(self) == before ? VAL_NIL : self;
}

// Hash#compare_by_identity
Value mx_hash_m_by_identity(ExecCtx *ec, Value self) {
  Hash *h = val_to_hash(self);
  if (h->h.flags & FL_HASH_IDENTITY) return self;
  if (!mx_object_check_frozen(ec, self)) return VAL_EXC;
  if (!hash_not_iterating(ec, self, "compare_by_identity")) return VAL_EXC;
  h->h.flags |= FL_HASH_IDENTITY;
  return mx_hash_rehash(ec, self) ? self : VAL_EXC;
}

// Hash#compare_by_identity?
Value mx_hash_m_is_by_identity(ExecCtx *ec, Value self) {
  return val_bool((val_header(self)->flags & FL_HASH_IDENTITY) != 0);
}

// ---- defaults

// Hash#default: with a key, what the default proc makes for it.
Value mx_hash_m_default(ExecCtx *ec, Value self, Value a) {
  bool by_proc = (val_header(self)->flags & FL_HASH_PROC_DEFAULT) != 0;
  if (by_proc && val_is_undef(a)) return VAL_NIL;
  return mx_hash_default(ec, self, a);
}

// Hash#default=
Value mx_hash_m_set_default(ExecCtx *ec, Value self, Value a) {
  if (!mx_object_check_frozen(ec, self)) return VAL_EXC;
  val_to_hash(self)->fallback = a;
  val_header(self)->flags &= ~(uint32_t)FL_HASH_PROC_DEFAULT;
  return a;
}

// Hash#default_proc
Value mx_hash_m_default_proc(ExecCtx *ec, Value self) {
  const Hash *h = val_to_hash(self);
  return h->h.flags & FL_HASH_PROC_DEFAULT ? h->fallback : VAL_NIL;
}

// Check that a proc takes two arguments if it is a lambda.
static bool hash_check_proc(ExecCtx *ec, Value proc) {
  const Block *block = &VAL_CAST(Proc, proc)->block;
  if (!block->is_lambda) return true;
  int arity = ec->vm->up->code_arity(ec, NULL, block);
  if (arity == 2 || (arity < 0 && arity >= -3)) return true;
  int shown = arity < 0 ? -arity - 1 : arity;
  mx_raise_type(ec, "default_proc takes two arguments (2 for %d)", shown);
  return false;
}

// Set the default proc.
Value mx_hash_p_set_proc(ExecCtx *ec, Value self, Value a, Value b) {
  if (!hash_check_proc(ec, b)) return VAL_EXC;
  val_to_hash(a)->fallback = b;
  val_header(a)->flags |= FL_HASH_PROC_DEFAULT;
  return b;
}

// Hash#default_proc=
Value mx_hash_m_set_default_proc(ExecCtx *ec, Value self, Value a) {
  if (!mx_object_check_frozen(ec, self)) return VAL_EXC;
  if (val_is_nil(a)) return mx_hash_m_set_default(ec, self, a);
  Value proc = mx_check_convert(ec, a, ec->vm->cls.Proc, SYM_to_proc);
  if (val_is_exc(proc)) return proc;
  if (val_is_nil(proc)) {
    ClassObj *klass = mx_class_real(mx_class_of(ec->vm, a));
    return mx_raise_type(ec, "wrong default_proc type %s (expected Proc)",
                         mx_str_bytes(mx_class_path(ec, klass)));
  }
  return mx_hash_p_set_proc(ec, VAL_NIL, self, proc);
}

// ---- primitives of hash.mx

// Number of the first live entry from a number on.
Value mx_hash_p_next(ExecCtx *ec, Value self, Value a, Value b) {
  uint32_t at = (uint32_t)val_to_fixnum(b);
  Value key, value;
  return mx_hash_next(a, &at, &key, &value) ? val_from_fixnum(at - 1) : VAL_NIL;
}

// Number of the entry of a key.
Value mx_hash_p_position(ExecCtx *ec, Value self, Value a, Value b) {
  uint32_t at;
  if (!mx_hash_position(ec, a, b, &at)) return VAL_EXC;
  return at == HASH_ABSENT ? VAL_NIL : val_from_fixnum(at);
}

// Key of an entry.
Value mx_hash_p_key_at(ExecCtx *ec, Value self, Value a, Value b) {
  return val_to_hash(a)->entries[val_to_fixnum(b)].key;
}

// Value of an entry.
Value mx_hash_p_value_at(ExecCtx *ec, Value self, Value a, Value b) {
  return val_to_hash(a)->entries[val_to_fixnum(b)].value;
}

// Replace the value of an entry, unless the table lost it meanwhile.
Value mx_hash_p_set_value_at(ExecCtx *ec, Value self, Value a, Value b, Value c) {
  Hash *h = val_to_hash(a);
  uint32_t at = (uint32_t)val_to_fixnum(b);
  if (at < h->used && !val_is_undef(h->entries[at].key)) h->entries[at].value = c;
  return c;
}

// Count a key: the Integer that belongs to it grows by one.
Value mx_hash_p_tally(ExecCtx *ec, Value self, Value a, Value b) {
  uint32_t at;
  if (!mx_hash_position(ec, a, b, &at)) return VAL_EXC;
  Value one = val_from_fixnum(1);
  if (at == HASH_ABSENT) return mx_hash_set(ec, a, b, one) ? one : VAL_EXC;
  Value total = val_to_hash(a)->entries[at].value;
  if (!val_is_integer(total))
    return mx_raise_type(ec, "wrong argument type %s (expected Integer)",
                         mx_support_class(ec, total));
  total = mx_int_add(ec, total, one);
  val_to_hash(a)->entries[at].value = total;
  return total;
}

// Does the block of the running core method take a single Array apart? A proc with two required
// parameters or more does.
Value mx_hash_p_block_spreads(ExecCtx *ec, Value self) {
  const Block *block = ec->vm->up->core_block(ec);
  if (!block || block->kind != BLOCK_CODE || block->is_lambda) return VAL_FALSE;
  return val_bool(ec->vm->up->code_arity(ec, NULL, block) > 1);
}

// Begin (b > 0) or end an iteration.
Value mx_hash_p_iterating(ExecCtx *ec, Value self, Value a, Value b) {
  val_to_hash(a)->iterating += (uint32_t)val_to_fixnum(b);
  return VAL_NIL;
}

// Remove a key; its value or nil.
Value mx_hash_p_remove(ExecCtx *ec, Value self, Value a, Value b) {
  Value value = mx_hash_delete(ec, a, b);
  return val_is_undef(value) ? VAL_NIL : value;
}

// The key object that the table holds for an equal key, or nil.
Value mx_hash_p_key_for(ExecCtx *ec, Value self, Value a, Value b) {
  Value at = mx_hash_p_position(ec, self, a, b);
  return val_is_fixnum(at) ? mx_hash_p_key_at(ec, self, a, at) : at;
}

// Store all entries of another hash. A Set that was only allocated has none.
Value mx_hash_p_merge(ExecCtx *ec, Value self, Value a, Value b) {
  if (!val_is_hash(a) || !val_is_hash(b)) return mx_raise_type(ec, "uninitialized set");
  return mx_hash_merge(ec, a, b) ? a : VAL_EXC;
}

// Store all entries of the hashes in an Array.
Value mx_hash_p_merge_all(ExecCtx *ec, Value self, Value a, Value b) {
  for (uint32_t i = 0; i < mx_array_len(b); i++) {
    Value other = mx_to_hash(ec, mx_array_at(ec, val_to_array(b), i));
    if (val_is_exc(other) || !mx_hash_merge(ec, a, other)) return VAL_EXC;
  }
  return a;
}

// A plain copy without defaults.
Value mx_hash_p_dup(ExecCtx *ec, Value self, Value a) { return mx_hash_dup(ec, a); }

// Make room in advance; absurd wishes are passed over.
Value mx_hash_p_reserve(ExecCtx *ec, Value self, Value a, Value b) {
  enum { RESERVE_MAX = 1 << 20 }; // entries
  int64_t room;
  if (!mx_to_int64(ec, b, &room)) return VAL_EXC;
  if (room > 0 && room <= RESERVE_MAX) mx_hash_reserve(ec, a, (uint32_t)room);
  return a;
}

// An empty plain Hash in the same mode.
Value mx_hash_p_like(ExecCtx *ec, Value self, Value a) { return hash_like(ec, a); }

// A plain copy with the defaults.
Value mx_hash_p_copy(ExecCtx *ec, Value self, Value a) {
  Value copy = mx_hash_dup(ec, a);
  hash_copy_default(copy, a);
  return copy;
}

// Likewise of a Hash without instance variables and methods of its own; nil for any other.
Value mx_hash_p_twin(ExecCtx *ec, Value self, Value a) {
  const Shape *shape = mx_shape_at(ec->vm, val_header(a)->shape);
  bool plain = shape->klass == ec->vm->cls.Hash && shape->layout == shape->klass->root_layout;
  return plain ? mx_hash_p_copy(ec, self, a) : VAL_NIL;
}
