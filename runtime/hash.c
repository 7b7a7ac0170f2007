// SPDX-License-Identifier: MIT
// Hashes: entries in insertion order, found by a linear search or through an index.
//
//   entries [ hash | key | value ] [ ... ] [ hole ] ...      used <= room
//   index   slots of 1, 2 or 4 bytes; 0: empty, else entry number + 1; linear probing
//
// A deleted entry becomes a hole (key VAL_UNDEF) and its index slot keeps pointing at it, which
// serves as the tombstone; holes go away when a full table is rebuilt. Entry 0, when it is a
// hole, keeps in `hash` where the first live entry can be looked for, so that deleting from the
// front (a queue, an LRU cache) does not walk over all holes each time.
//
// INVARIANTS:
// 1. index == NULL exactly while room <= HASH_LINEAR_MAX.
// 2. Slots of an index outnumber the room two to one, so a probe always meets an empty slot.
// 3. Nothing is moved while `iterating` > 0: values can change, keys can go but not come.
// Comparing keys may run guest code that rebuilds this very table; a search notices that by the
// entries pointer and starts again.
// GC: outgrown entries are left to the collector, since a search on the stack may compare its
// entries pointer with the table's and must not meet a recycled address.
#include "runtime/hash.h"
#include "runtime/float.h"
#include "runtime/integer.h"
#include "runtime/semantics.h"
#include "runtime/string.h"

enum {
  HASH_MIN_ROOM = 4,        // entries of the first allocation
  HASH_NARROW_ROOM = 254,   // entries that one-byte slots can number
  HASH_MEDIUM_ROOM = 65534, // entries that two-byte slots can number
  HASH_MAX_ROOM = 1 << 30,  // entries; beyond: out of memory
};

// ---- hashing and comparing keys

// Hash of a key without running guest code, if its class has a fixed meaning of eql?.
static bool hash_key_builtin(VM *vm, Value key, uint64_t *hash) {
  if (!val_is_heap(key)) {
    *hash = mx_hash_mix(vm->hash_seed[0], key);
    return true;
  }
  switch (val_heap_type(key)) {
  case T_STRING: *hash = mx_str_hash(vm, key); return true;
  case T_BIGNUM: *hash = mx_int_hash(vm, key); return true;
  case T_FLOAT: *hash = mx_float_hash(vm, val_to_double(key)); return true;
  default: return false; // every other type goes through its `hash` method
  }
}

bool mx_hash_key_is_builtin(Value key) {
  return !val_is_heap(key) || val_is_string(key) || val_is_bignum(key) || val_is_float(key);
}

// Hash of a key in the mode of the table.
static bool hash_key(ExecCtx *ec, const Hash *h, Value key, uint64_t *hash) {
  if (h->h.flags & FL_HASH_IDENTITY && !val_is_float(key)) {
    *hash = mx_hash_mix(ec->vm->hash_seed[0], key);
    return true;
  }
  return hash_key_builtin(ec->vm, key, hash) || mx_hash_of(ec, key, hash);
}

// Compare keys of equal hashes: 1 equal, 0 not, -1 raised.
static int hash_same_key(ExecCtx *ec, const Hash *h, Value a, Value b) {
  if (val_identical(a, b)) return 1;
  if (h->h.flags & FL_HASH_IDENTITY) return 0;
  if (!val_is_heap(a) || !val_is_heap(b)) return 0;
  if (val_is_string(a) && val_is_string(b)) return mx_str_eq(a, b);
  return mx_eql(ec, a, b);
}

// ---- index

// Bytes of a slot in a table with that room.
static inline uint32_t hash_slot_width(uint32_t room) {
  if (room <= HASH_NARROW_ROOM) return 1;
  return room <= HASH_MEDIUM_ROOM ? 2 : 4;
}

// Number of slots for a table with that room: the first power of two that is twice as much.
static inline uint32_t hash_slot_count(uint32_t room) {
  if (room <= HASH_LINEAR_MAX) return 2 * HASH_LINEAR_MAX;
  return (uint32_t)1 << (64 - __builtin_clzll(2 * (uint64_t)room - 1));
}

// Read a slot of an index whose slots have `width` bytes: entry number + 1, or 0.
static inline uint32_t hash_slot_get(const void *index, uint32_t width, uint32_t slot) {
  if (width == 1) return ((const uint8_t *)index)[slot];
  return width == 2 ? ((const uint16_t *)index)[slot] : ((const uint32_t *)index)[slot];
}

// Write a slot.
static inline void hash_slot_set(void *index, uint32_t width, uint32_t slot, uint32_t number) {
  if (width == 1)
    ((uint8_t *)index)[slot] = (uint8_t)number;
  else if (width == 2)
    ((uint16_t *)index)[slot] = (uint16_t)number;
  else
    ((uint32_t *)index)[slot] = number;
}

// Enter an entry into the first free slot of its probe sequence.
static void hash_index_add(Hash *h, uint32_t entry) {
  uint32_t mask = hash_slot_count(h->room) - 1, width = hash_slot_width(h->room);
  uint32_t slot = (uint32_t)h->entries[entry].hash & mask;
  while (hash_slot_get(h->index, width, slot) != 0) slot = (slot + 1) & mask;
  hash_slot_set(h->index, width, slot, entry + 1);
}

// Bytes of the index of a table with that room.
static size_t hash_index_bytes(uint32_t room) {
  return (size_t)hash_slot_count(room) * hash_slot_width(room);
}

// Give the table a fresh index over all of its entries, or none when it is small.
static void hash_index_build(ExecCtx *ec, Hash *h) {
  if (h->index) mx_gc_free(h->index);
  h->index = NULL;
  if (h->room <= HASH_LINEAR_MAX) return;
  size_t bytes = hash_index_bytes(h->room);
  h->index = mx_gc_alloc(ec->vm->lists, GC_KIND_BYTES, bytes);
  memset(h->index, 0, bytes);
  for (uint32_t i = 0; i < h->used; i++) {
    if (!val_is_undef(h->entries[i].key)) hash_index_add(h, i);
  }
}

// ---- searching

// A search that guest code may disturb.
typedef struct Probe {
  uint64_t hash;      // of the key sought
  Value key;          // sought
  HashEntry *entries; // the table's when the search began
} Probe;

// Test an entry of the hash sought: 1 it is the key, 0 not, -1 raised, -2 the table was changed
// meanwhile.
static int hash_probe_entry(ExecCtx *ec, const Hash *h, const Probe *probe, uint32_t i) {
  Value key = h->entries[i].key;
  if (val_is_undef(key)) return 0;
  if (key == probe->key) return 1;
  int same = hash_same_key(ec, h, probe->key, key);
  if (same < 0) return same;
  bool moved = h->entries != probe->entries || i >= h->used || h->entries[i].key != key;
  return moved ? -2 : same;
}

// Search entry by entry.
static int hash_search_linear(ExecCtx *ec, const Hash *h, const Probe *probe, uint32_t *found) {
  for (uint32_t i = 0; i < h->used; i++) {
    if (h->entries[i].hash != probe->hash) continue;
    int result = hash_probe_entry(ec, h, probe, i);
    if (result == 0) continue;
    *found = i;
    return result;
  }
  return 0;
}

// Search along the probe sequence of an index whose slots have `width` bytes.
static inline int hash_search_slots(ExecCtx *ec, const Hash *h, const Probe *probe, uint32_t width,
                                    uint32_t *found) {
  uint32_t mask = hash_slot_count(h->room) - 1;
  const void *index = h->index;
  for (uint32_t slot = (uint32_t)probe->hash & mask;; slot = (slot + 1) & mask) {
    uint32_t number = hash_slot_get(index, width, slot);
    if (number == 0) return 0;
    if (h->entries[number - 1].hash != probe->hash) continue;
    int result = hash_probe_entry(ec, h, probe, number - 1);
    if (result == 0) continue;
    *found = number - 1;
    return result;
  }
}

// Search through the index.
static int hash_search_index(ExecCtx *ec, const Hash *h, const Probe *probe, uint32_t *found) {
  uint32_t width = hash_slot_width(h->room);
  if (width == 1) return hash_search_slots(ec, h, probe, 1, found);
  if (width == 2) return hash_search_slots(ec, h, probe, 2, found);
  return hash_search_slots(ec, h, probe, 4, found);
}

// Find the entry of a key: its number, HASH_ABSENT, or false when hash or eql? raised.
static bool hash_find(ExecCtx *ec, const Hash *h, Value key, uint64_t hash, uint32_t *found) {
  int result;
  do {
    Probe probe = {.hash = hash, .key = key, .entries = h->entries};
    *found = HASH_ABSENT;
    result = h->index ? hash_search_index(ec, h, &probe, found)
                      : hash_search_linear(ec, h, &probe, found);
  } while (result == -2);
  if (result == 0) *found = HASH_ABSENT;
  return result >= 0;
}

// ---- storage

// Number of the first entry that may be live.
static uint32_t hash_first(const Hash *h) {
  return h->used > 0 && val_is_undef(h->entries[0].key) ? (uint32_t)h->entries[0].hash : 0;
}

// Move the live entries to another array, closing the holes.
static void hash_compact(Hash *h, HashEntry *to) {
  uint32_t live = 0;
  for (uint32_t i = 0; i < h->used; i++) {
    if (!val_is_undef(h->entries[i].key)) to[live++] = h->entries[i];
  }
  h->used = live;
}

// Give the table room for `room` entries, without holes and with a fitting index.
static void hash_resize(ExecCtx *ec, Hash *h, uint32_t room) {
  HashEntry *old = h->entries;
  HashEntry *entries = mx_gc_alloc(ec->vm->lists, GC_KIND_SLOTS, room * sizeof(HashEntry));
  if (old) hash_compact(h, entries);
  h->entries = entries;
  h->room = room;
  hash_index_build(ec, h);
}

// Make room for one more entry behind the last: grow, or close holes when they are many.
static void hash_grow(ExecCtx *ec, Hash *h) {
  if (h->used < h->room) return;
  if (h->count <= h->room / 4 * 3 && h->room >= HASH_MIN_ROOM) {
    // A fresh array, although the old one is big enough: searches notice the change.
    hash_resize(ec, h, h->room);
    return;
  }
  if (h->room >= HASH_MAX_ROOM) mx_check_out_of_memory((size_t)h->room * sizeof(HashEntry));
  hash_resize(ec, h, h->room == 0 ? HASH_MIN_ROOM : h->room * 2);
}

// Append an entry for a key that is not in the table.
static void hash_append(ExecCtx *ec, Hash *h, uint64_t hash, Value key, Value value) {
  hash_grow(ec, h);
  h->entries[h->used] = (HashEntry){.hash = hash, .key = key, .value = value};
  h->used++;
  h->count++;
  if (h->index) hash_index_add(h, h->used - 1);
}

// Turn an entry into a hole.
static void hash_remove(Hash *h, uint32_t at) {
  uint32_t first = hash_first(h);
  h->entries[at] = (HashEntry){.key = VAL_UNDEF, .value = VAL_NIL};
  if (at == 0 || at == first) h->entries[0].hash = at + 1;
  h->count--;
  if (h->count == 0 && h->iterating == 0 && !h->index) h->used = 0;
}

// ---- the public face

// Make an empty hash.
Value mx_hash_new(ExecCtx *ec) {
  return val_from_ptr(mx_object_alloc(ec, ec->vm->cls.Hash, T_HASH, sizeof(Hash)));
}

// Make room for so many entries in advance.
void mx_hash_reserve(ExecCtx *ec, Value hash, uint32_t room) {
  Hash *h = val_to_hash(hash);
  if (room > h->room && h->iterating == 0) hash_resize(ec, h, room);
}

// Take another table's entries over into the room that is there, none of which is a hole.
static void hash_copy_dense(ExecCtx *ec, Hash *h, const Hash *from) {
  memcpy(h->entries, from->entries, (size_t)from->used * sizeof(HashEntry));
  size_t bytes = hash_index_bytes(h->room);
  if (h->room <= HASH_LINEAR_MAX || !from->index || bytes != hash_index_bytes(from->room)) {
    hash_index_build(ec, h);
    return;
  }
  h->index = mx_gc_alloc(ec->vm->lists, GC_KIND_BYTES, bytes);
  memcpy(h->index, from->index, bytes);
}

// Likewise, closing the holes.
static void hash_copy_live(ExecCtx *ec, Hash *h, const Hash *from) {
  for (uint32_t i = 0, live = 0; i < from->used; i++)
    if (!val_is_undef(from->entries[i].key)) h->entries[live++] = from->entries[i];
  hash_index_build(ec, h);
}

// Replace the entries and the mode of a hash by another's; defaults stay.
void mx_hash_replace(ExecCtx *ec, Value hash, Value other) {
  Hash *h = val_to_hash(hash);
  const Hash *from = val_to_hash(other);
  if (h == from) return;
  mx_hash_clear(ec, hash);
  h->h.flags = (h->h.flags & ~(uint32_t)FL_HASH_IDENTITY) | (from->h.flags & FL_HASH_IDENTITY);
  if (from->count == 0) return;
  h->room = from->count < HASH_MIN_ROOM ? HASH_MIN_ROOM : from->count;
  h->entries = mx_gc_alloc(ec->vm->lists, GC_KIND_SLOTS, h->room * sizeof(HashEntry));
  h->used = h->count = from->count;
  if (from->count == from->used)
    hash_copy_dense(ec, h, from);
  else
    hash_copy_live(ec, h, from);
}

Value mx_hash_from_pairs(ExecCtx *ec, uint64_t count, const Value *values) {
  Value hash = mx_hash_new(ec);
  for (uint64_t i = 0; i < count; i += 2)
    if (!mx_hash_set(ec, hash, values[i], values[i + 1])) MX_UNREACHABLE();
  return hash;
}

// Copy entries and identity mode to a plain Hash.
Value mx_hash_dup(ExecCtx *ec, Value hash) {
  Value copy = mx_hash_new(ec);
  mx_hash_replace(ec, copy, hash);
  return copy;
}

// Find the entry of a key; HASH_ABSENT when there is none.
bool mx_hash_position(ExecCtx *ec, Value hash, Value key, uint32_t *at) {
  const Hash *h = val_to_hash(hash);
  uint64_t code;
  *at = HASH_ABSENT;
  if (h->count == 0) return true;
  return hash_key(ec, h, key, &code) && hash_find(ec, h, key, code, at);
}

// Value of a key without defaults.
Value mx_hash_get(ExecCtx *ec, Value hash, Value key) {
  uint32_t at;
  if (!mx_hash_position(ec, hash, key, &at)) return VAL_EXC;
  return at == HASH_ABSENT ? VAL_UNDEF : val_to_hash(hash)->entries[at].value;
}

// Value for an absent key: the default, or what the default proc makes.
Value mx_hash_default(ExecCtx *ec, Value hash, Value key) {
  const Hash *h = val_to_hash(hash);
  if (!(h->h.flags & FL_HASH_PROC_DEFAULT)) return h->fallback;
  return mx_send2(ec, h->fallback, SYM_call, hash, key);
}

// hash[key]; a redefined `default` method is asked.
Value mx_hash_fetch(ExecCtx *ec, Value hash, Value key) {
  Value found = mx_hash_get(ec, hash, key);
  if (!val_is_undef(found)) return found;
  if (mx_method_is_builtin(ec, hash, SYM_default)) return mx_hash_default(ec, hash, key);
  return mx_send1(ec, hash, SYM_default, key);
}

// The object to keep as key: Strings are copied and frozen, but not under identity.
static Value hash_own_key(ExecCtx *ec, const Hash *h, Value key) {
  if (!val_is_string(key) || (h->h.flags & FL_HASH_IDENTITY)) return key;
  if (mx_object_is_frozen(ec, key)) return key;
  Value copy = mx_str_dup(ec, key);
  mx_object_freeze(ec, copy);
  return copy;
}

// Store under a key; what it has stays unless it is to be replaced.
static inline bool hash_store(ExecCtx *ec, Value hash, Value key, Value value, bool replace) {
  Hash *h = val_to_hash(hash);
  uint64_t code;
  uint32_t at;
  if (!hash_key(ec, h, key, &code) || !hash_find(ec, h, key, code, &at)) return false;
  if (at != HASH_ABSENT) {
    if (replace) h->entries[at].value = value;
    return true;
  }
  if (h->iterating > 0) {
    mx_raise(ec, ec->vm->cls.RuntimeError, "can't add a new key into hash during iteration");
    return false;
  }
  hash_append(ec, h, code, hash_own_key(ec, h, key), value);
  return true;
}

bool mx_hash_set(ExecCtx *ec, Value hash, Value key, Value value) {
  return hash_store(ec, hash, key, value, true);
}

bool mx_hash_add(ExecCtx *ec, Value hash, Value key, Value value) {
  return hash_store(ec, hash, key, value, false);
}

// Remove a key; its value, or VAL_UNDEF.
Value mx_hash_delete(ExecCtx *ec, Value hash, Value key) {
  Hash *h = val_to_hash(hash);
  uint32_t at;
  if (!mx_hash_position(ec, hash, key, &at)) return VAL_EXC;
  if (at == HASH_ABSENT) return VAL_UNDEF;
  Value value = h->entries[at].value;
  hash_remove(h, at);
  return value;
}

// Remove and return the first entry; false when there is none.
bool mx_hash_shift(Value hash, Value *key, Value *value) {
  Hash *h = val_to_hash(hash);
  uint32_t position = 0;
  if (!mx_hash_next(hash, &position, key, value)) return false;
  hash_remove(h, position - 1);
  return true;
}

// Remove all entries.
void mx_hash_clear(ExecCtx *ec, Value hash) {
  Hash *h = val_to_hash(hash);
  h->count = h->used = 0;
  h->entries = NULL;
  h->room = 0;
  hash_index_build(ec, h);
}

// Value of a Symbol key.
Value mx_hash_get_sym(Value hash, Sym key) {
  const Hash *h = val_to_hash(hash);
  Value sought = val_from_sym(key);
  for (uint32_t i = 0; i < h->used; i++) {
    if (h->entries[i].key == sought) return h->entries[i].value;
  }
  return VAL_UNDEF;
}

// Store under a Symbol key.
void mx_hash_set_sym(ExecCtx *ec, Value hash, Sym key, Value value) {
  Hash *h = val_to_hash(hash);
  uint32_t at = HASH_ABSENT;
  uint64_t code = mx_hash_mix(ec->vm->hash_seed[0], val_from_sym(key));
  bool found = hash_find(ec, h, val_from_sym(key), code, &at);
  MX_ASSERT(found, "a Symbol key raised");
  MX_UNUSED(found);
  if (at != HASH_ABSENT) {
    h->entries[at].value = value;
  } else {
    hash_append(ec, h, code, val_from_sym(key), value);
  }
}

// Step to the next live entry.
bool mx_hash_next(Value hash, uint32_t *position, Value *key, Value *value) {
  const Hash *h = val_to_hash(hash);
  uint32_t i = *position == 0 ? hash_first(h) : *position;
  while (i < h->used && val_is_undef(h->entries[i].key)) i++;
  if (i >= h->used) {
    *position = h->used;
    return false;
  }
  *key = h->entries[i].key;
  *value = h->entries[i].value;
  *position = i + 1;
  return true;
}

// Store all entries of another hash.
bool mx_hash_merge(ExecCtx *ec, Value into, Value from) {
  Value key, value;
  for (uint32_t at = 0; mx_hash_next(from, &at, &key, &value);) {
    if (!mx_hash_set(ec, into, key, value)) return false;
  }
  return true;
}

// Compute all hashes anew and drop entries whose keys have become equal; the first one stays.
bool mx_hash_rehash(ExecCtx *ec, Value hash) {
  Value fresh = mx_hash_new(ec);
  Hash *h = val_to_hash(fresh);
  h->h.flags |= val_header(hash)->flags & FL_HASH_IDENTITY;
  Value key, value;
  for (uint32_t position = 0; mx_hash_next(hash, &position, &key, &value);) {
    uint64_t code;
    uint32_t at;
    if (!hash_key(ec, h, key, &code) || !hash_find(ec, h, key, code, &at)) return false;
    if (at == HASH_ABSENT) hash_append(ec, h, code, key, value);
  }
  mx_hash_replace(ec, hash, fresh);
  return true;
}
