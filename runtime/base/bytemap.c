// SPDX-License-Identifier: MIT
// Byte-string hash map: FNV-1a, linear probing, at most three quarters full.
#include "runtime/base/bytemap.h"

#include <stdlib.h>
#include <string.h>

enum { BYTEMAP_MIN_ROOM = 64 }; // entries of the first table

// Hash bytes by FNV-1a with a final mix, so that the low bits depend on all of them.
uint32_t mx_bytemap_hash(const char *bytes, size_t len) {
  uint32_t hash = 2166136261u;
  for (size_t i = 0; i < len; i++) hash = (hash ^ (unsigned char)bytes[i]) * 16777619u;
  return hash ^ hash >> 15;
}

// Find the entry of a key, or the free entry where it belongs. The table is never full.
static ByteMapEntry *bytemap_find(const ByteMap *map, const char *key, size_t len, uint32_t hash) {
  uint32_t mask = map->room - 1;
  for (uint32_t i = hash & mask;; i = (i + 1) & mask) {
    ByteMapEntry *entry = &map->entries[i];
    if (!entry->key) return entry;
    if (entry->hash == hash && entry->len == len && memcmp(entry->key, key, len) == 0) return entry;
  }
}

// Replace the table by one of `room` entries.
static void bytemap_resize(ByteMap *map, uint32_t room) {
  ByteMap old = *map;
  map->entries = calloc(room, sizeof(ByteMapEntry));
  if (!map->entries) mx_check_out_of_memory(room * sizeof(ByteMapEntry));
  map->room = room;
  for (uint32_t i = 0; i < old.room; i++) {
    ByteMapEntry *entry = &old.entries[i];
    if (entry->key) *bytemap_find(map, entry->key, entry->len, entry->hash) = *entry;
  }
  free(old.entries);
}

// Make room for a number of keys in all: the table is at most three quarters full.
void mx_bytemap_reserve(ByteMap *map, uint32_t count) {
  if (map->room == 0) mx_arena_init(&map->keys, mx_arena_malloc_source());
  uint32_t room = map->room ? map->room : BYTEMAP_MIN_ROOM;
  while (count > room / 4 * 3) room *= 2;
  if (room != map->room) bytemap_resize(map, room);
}

// Fill a free entry in with a key, which is copied.
static void bytemap_fill(ByteMap *map, ByteMapEntry *entry, const char *key, size_t len) {
  entry->key = mx_arena_copy(&map->keys, key, len);
  entry->len = (uint32_t)len;
  map->count++;
}

// Find the word of a key; false when it is absent.
bool mx_bytemap_get(const ByteMap *map, const char *key, size_t len, uint64_t *value) {
  if (map->room == 0) return false;
  const ByteMapEntry *entry = bytemap_find(map, key, len, mx_bytemap_hash(key, len));
  if (!entry->key) return false;
  *value = entry->value;
  return true;
}

// Set the word of a key, which is copied when it is new.
const char *mx_bytemap_put(ByteMap *map, const char *key, size_t len, uint64_t value) {
  MX_ASSERT(len <= UINT32_MAX, "key of %zu bytes", len);
  mx_bytemap_reserve(map, map->count + 1);
  uint32_t hash = mx_bytemap_hash(key, len);
  ByteMapEntry *entry = bytemap_find(map, key, len, hash);
  if (!entry->key) bytemap_fill(map, entry, key, len);
  entry->hash = hash;
  entry->value = value;
  return entry->key;
}

// Find a key, or enter it with *value.
const char *mx_bytemap_intern(ByteMap *map, const char *key, size_t len, uint64_t *value) {
  MX_ASSERT(len <= UINT32_MAX, "key of %zu bytes", len);
  mx_bytemap_reserve(map, map->count + 1);
  uint32_t hash = mx_bytemap_hash(key, len);
  ByteMapEntry *entry = bytemap_find(map, key, len, hash);
  if (entry->key) {
    *value = entry->value;
    return NULL;
  }
  bytemap_fill(map, entry, key, len);
  entry->hash = hash;
  entry->value = *value;
  return entry->key;
}

// Free the table and the keys and leave the map empty.
void mx_bytemap_free(ByteMap *map) {
  free(map->entries);
  if (map->room > 0) mx_arena_free(&map->keys);
  *map = (ByteMap){0};
}
