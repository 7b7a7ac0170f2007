// SPDX-License-Identifier: MIT
// Hash map from byte strings to 64-bit words; keys are copied.
// Open addressing with linear probing; no deletion, since its users only intern.
// A map starts as all zeroes.
// OWNERSHIP: the owner calls mx_bytemap_free(). Key copies keep their address until then.
#ifndef MX_BASE_BYTEMAP_H
#define MX_BASE_BYTEMAP_H

#include "runtime/base/arena.h"

typedef struct ByteMapEntry {
  char *key;      // owned copy, NUL-terminated; NULL marks a free entry
  uint32_t len;   // bytes in key
  uint32_t hash;  // cached hash of the key
  uint64_t value; // the caller's word
} ByteMapEntry;

typedef struct ByteMap {
  ByteMapEntry *entries; // power-of-two table
  uint32_t room;         // entries allocated
  uint32_t count;        // entries in use
  Arena keys;            // holds the copies of the keys
} ByteMap;

// Hash bytes (seedless, for tables that hold no hostile guest data).
MX_FUNC uint32_t mx_bytemap_hash(const char *bytes, size_t len);
// Find the word of a key; false when it is absent.
MX_FUNC bool mx_bytemap_get(const ByteMap *map, const char *key, size_t len, uint64_t *value);
// Set the word of a key; returns the map's own copy of the key.
MX_FUNC const char *mx_bytemap_put(ByteMap *map, const char *key, size_t len, uint64_t value);
// Find a key, or enter it with *value in one look. Sets *value to the word of the key; returns the
// map's own copy of a new key, NULL when it was there.
MX_FUNC const char *mx_bytemap_intern(ByteMap *map, const char *key, size_t len, uint64_t *value);
// Make room for a number of keys in all.
MX_FUNC void mx_bytemap_reserve(ByteMap *map, uint32_t count);
MX_FUNC void mx_bytemap_free(ByteMap *map);

#endif
