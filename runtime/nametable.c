// SPDX-License-Identifier: MIT
// Insertion-ordered tables keyed by symbols: entries plus an open-addressed index.
#include "runtime/nametable.h"
#include "runtime/gc.h"

#include <string.h>

enum { NAMETABLE_MIN_ROOM = 4 };

// Spread dense symbol numbers over the index.
static uint32_t nametable_hash(Sym name) {
  uint32_t hash = name * 0x9e3779b1u;
  return hash ^ hash >> 15;
}

// Enter an entry's number into the index.
static void nametable_index_add(NameTable *table, uint32_t number) {
  uint32_t slot = nametable_hash(table->entries[number].name) & table->mask;
  while (table->index[slot]) slot = (slot + 1) & table->mask;
  table->index[slot] = number + 1;
}

// Build the index for the table's room; it stays at most half full.
static void nametable_build_index(NameTable *table) {
  uint32_t slots = NAMETABLE_LINEAR * 2;
  while (slots < table->room * 2) slots *= 2;
  table->index = mx_gc_alloc_atomic(slots * sizeof(uint32_t));
  memset(table->index, 0, slots * sizeof(uint32_t));
  table->mask = slots - 1;
  for (uint32_t i = 0; i < table->used; i++)
    if (table->entries[i].name != SYM_NONE) nametable_index_add(table, i);
}

// Move the entries into an array of `room`, without the holes.
static void nametable_resize(NameTable *table, uint32_t room) {
  NameEntry *entries = mx_gc_alloc_words(room * sizeof(NameEntry));
  uint32_t used = 0;
  for (uint32_t i = 0; i < table->used; i++)
    if (table->entries[i].name != SYM_NONE) entries[used++] = table->entries[i];
  table->entries = entries;
  table->used = used;
  table->room = room;
  table->index = NULL;
  if (room > NAMETABLE_LINEAR) nametable_build_index(table);
}

// Make an empty table with room for some names.
NameTable *mx_nametable_new(uint32_t room) {
  NameTable *table = mx_gc_alloc_words(sizeof(NameTable));
  if (room > 0) nametable_resize(table, room);
  return table;
}

// Make room for some more names.
void mx_nametable_reserve(NameTable *table, uint32_t more) {
  if (table->used + more > table->room) nametable_resize(table, table->used + more);
}

// The entry of a name by linear search; newest first.
static NameEntry *nametable_search(const NameTable *table, Sym name) {
  for (uint32_t i = table->used; i-- > 0;)
    if (table->entries[i].name == name) return &table->entries[i];
  return NULL;
}

// The entry of a name, or NULL.
static NameEntry *nametable_entry(const NameTable *table, Sym name) {
  if (!table->index) return nametable_search(table, name);
  uint32_t slot = nametable_hash(name) & table->mask;
  for (uint32_t number; (number = table->index[slot]) != 0; slot = (slot + 1) & table->mask)
    if (table->entries[number - 1].name == name) return &table->entries[number - 1];
  return NULL;
}

// The word of a name, NULL when absent.
uint64_t *mx_nametable_find(const NameTable *table, Sym name) {
  NameEntry *entry = nametable_entry(table, name);
  return entry ? &entry->word : NULL;
}

// Make room for one more entry: drop the holes if there are many, else grow.
static void nametable_reserve(NameTable *table) {
  if (table->used < table->room) return;
  bool holes = table->count < table->room / 2;
  uint32_t room = holes ? table->room : table->room * 2;
  nametable_resize(table, room < NAMETABLE_MIN_ROOM ? NAMETABLE_MIN_ROOM : room);
}

// Set a name's word; returns false when it replaced one.
bool mx_nametable_put(NameTable *table, Sym name, uint64_t word) {
  NameEntry *entry = nametable_entry(table, name);
  if (entry) {
    entry->word = word;
    return false;
  }
  nametable_reserve(table);
  table->entries[table->used] = (NameEntry){.name = name, .word = word};
  table->count++;
  if (table->index) nametable_index_add(table, table->used);
  table->used++;
  return true;
}

// Remove a name. Its index slot keeps pointing at the hole, so that probes go on past it.
bool mx_nametable_remove(NameTable *table, Sym name) {
  NameEntry *entry = nametable_entry(table, name);
  if (!entry) return false;
  *entry = (NameEntry){0};
  table->count--;
  return true;
}

// Remove all names.
void mx_nametable_clear(NameTable *table) { *table = (NameTable){0}; }

// Copy a table.
NameTable *mx_nametable_copy(const NameTable *table) {
  NameTable *copy = mx_nametable_new(table->count);
  uint32_t position = 0;
  for (NameEntry *entry; (entry = mx_nametable_next(table, &position));)
    mx_nametable_put(copy, entry->name, entry->word);
  return copy;
}

// Answer the entry at or behind a position, or NULL.
NameEntry *mx_nametable_next(const NameTable *table, uint32_t *position) {
  while (*position < table->used) {
    NameEntry *entry = &table->entries[(*position)++];
    if (entry->name != SYM_NONE) return entry;
  }
  return NULL;
}
