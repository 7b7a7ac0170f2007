// SPDX-License-Identifier: MIT
// Hashes: insertion-ordered; up to 8 entries searched linearly, else entries plus a narrow index
// (1, 2 or 4 bytes a slot). Keys compare by eql? (identity under compare_by_identity); String
// keys are copied and frozen. Deleted entries leave holes until the next rebuild.
#ifndef MX_RUNTIME_HASH_H
#define MX_RUNTIME_HASH_H

#include "runtime/vm.h"

enum {
  FL_HASH_IDENTITY = 1u << FL_USER_SHIFT,           // compare_by_identity
  FL_HASH_PROC_DEFAULT = 1u << (FL_USER_SHIFT + 1), // `fallback` is the default proc
  FL_HASH_RUBY2_KW = 1u << (FL_USER_SHIFT + 2),     // flagged keywords (ruby2_keywords)
  HASH_LINEAR_MAX = 8,
};

typedef struct HashEntry {
  uint64_t hash; // of the key
  Value key;     // VAL_UNDEF for a hole
  Value value;
} HashEntry;

typedef struct Hash {
  Header h;
  HashEntry *entries; // in order of insertion
  void *index;        // NULL while linear; else slots of 1, 2 or 4 bytes
  uint32_t count;     // live entries
  uint32_t used;      // entries in use, holes included
  uint32_t room;      // entries allocated
  uint32_t iterating; // active iterations: adding keys raises
  Value fallback;     // default value or proc
} Hash;

static inline bool val_is_hash(Value v) { return val_is_type(v, T_HASH); }
static inline Hash *val_to_hash(Value v) { return VAL_CAST(Hash, v); }

MX_FUNC Value mx_hash_new(ExecCtx *ec);
// Of `count` Values, immediate keys and what belongs to them in turn.
MX_FUNC Value mx_hash_from_pairs(ExecCtx *ec, uint64_t count, const Value *values);
MX_FUNC Value mx_hash_dup(ExecCtx *ec, Value hash); // entries and identity mode; plain Hash
// Value of a key, VAL_UNDEF when absent (defaults are not asked), VAL_EXC when hash/eql? raised.
MX_FUNC MX_MUST_CHECK Value mx_hash_get(ExecCtx *ec, Value hash, Value key);
// hash[key] with default value and default proc.
MX_FUNC MX_MUST_CHECK Value mx_hash_fetch(ExecCtx *ec, Value hash, Value key);
MX_FUNC MX_MUST_CHECK bool mx_hash_set(ExecCtx *ec, Value hash, Value key, Value value);
// Store unless the key is there.
MX_FUNC MX_MUST_CHECK bool mx_hash_add(ExecCtx *ec, Value hash, Value key, Value value);
MX_FUNC MX_MUST_CHECK Value mx_hash_delete(ExecCtx *ec, Value hash, Value key); // VAL_UNDEF: absent
MX_FUNC void mx_hash_clear(ExecCtx *ec, Value hash);
// Is it a key that is hashed and compared without running guest code?
MX_FUNC bool mx_hash_key_is_builtin(Value key);
// For symbol keys, which never run guest code.
MX_FUNC Value mx_hash_get_sym(Value hash, Sym key); // VAL_UNDEF when absent
MX_FUNC void mx_hash_set_sym(ExecCtx *ec, Value hash, Sym key, Value value);
// Iterate: *position starts at 0; false at the end. Entries may be changed meanwhile.
MX_FUNC bool mx_hash_next(Value hash, uint32_t *position, Value *key, Value *value);
static inline uint32_t mx_hash_count(Value hash) { return val_to_hash(hash)->count; }
MX_FUNC MX_MUST_CHECK bool mx_hash_merge(ExecCtx *ec, Value into, Value from); // into.update(from)
// Make room in advance; replace entries and identity mode by another's (defaults stay).
MX_FUNC void mx_hash_reserve(ExecCtx *ec, Value hash, uint32_t room);
MX_FUNC void mx_hash_replace(ExecCtx *ec, Value hash, Value other);
MX_FUNC bool mx_hash_shift(Value hash, Value *key, Value *value); // false when empty
MX_FUNC MX_MUST_CHECK bool mx_hash_rehash(ExecCtx *ec, Value hash);
#define HASH_ABSENT UINT32_MAX
// Number of the entry of a key, HASH_ABSENT without one; false when hash or eql? raised.
MX_FUNC MX_MUST_CHECK bool mx_hash_position(ExecCtx *ec, Value hash, Value key, uint32_t *at);
// The value for an absent key.
MX_FUNC MX_MUST_CHECK Value mx_hash_default(ExecCtx *ec, Value hash, Value key);
// SipHash-1-3 of bytes under the VM's key.
MX_FUNC uint64_t mx_hash_bytes(VM *vm, const void *bytes, size_t len);
// Combine a hash with another word; the order matters.
static inline uint64_t mx_hash_mix(uint64_t a, uint64_t b) {
  uint64_t z = (a << 25 | a >> 39) ^ (b * 0x9E3779B97F4A7C15u);
  z = (z ^ z >> 32) * 0xD6E8FEB86659FD93u;
  return z ^ z >> 32;
}

#endif
