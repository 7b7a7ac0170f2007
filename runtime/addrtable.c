// SPDX-License-Identifier: MIT
// Weak identity tables: linear probing over hidden addresses.
#include "runtime/addrtable.h"
#include "runtime/gc.h"

enum {
  ADDR_GONE = 1,      // key of a removed entry
  ADDR_MIN_ROOM = 16, // entries of a first table
};

// Hide an address from the collector.
static uintptr_t addr_hide(const void *object) { return ~(uintptr_t)object; }

// Spread hidden addresses over the table.
static uint32_t addr_slot(const AddrTable *table, uintptr_t key) {
  return (uint32_t)((key * 0x9e3779b97f4a7c15u) >> 32) & (table->room - 1);
}

// Make an empty table.
AddrTable *mx_addrtable_new(void) { return mx_gc_alloc_words(sizeof(AddrTable)); }

// The entry of a key, or NULL.
static AddrEntry *addr_find(const AddrTable *table, uintptr_t key) {
  if (table->room == 0) return NULL;
  uint32_t slot = addr_slot(table, key);
  while (table->entries[slot].key != 0) {
    if (table->entries[slot].key == key) return &table->entries[slot];
    slot = (slot + 1) & (table->room - 1);
  }
  return NULL;
}

// Enter a key that is absent; there is room.
static void addr_add(AddrTable *table, uintptr_t key, uint64_t word) {
  uint32_t slot = addr_slot(table, key);
  while (table->entries[slot].key > ADDR_GONE) slot = (slot + 1) & (table->room - 1);
  if (table->entries[slot].key == 0) table->used++;
  table->count++;
  table->entries[slot] = (AddrEntry){.key = key, .word = word};
}

// Make room for one more entry, dropping removed ones.
static void addr_reserve(AddrTable *table) {
  if (table->used < table->room / 4 * 3) return;
  AddrTable old = *table;
  uint32_t room = ADDR_MIN_ROOM;
  while (room < (old.count + 1) * 2) room *= 2;
  *table = (AddrTable){.entries = mx_gc_alloc_words(room * sizeof(AddrEntry)), .room = room};
  for (uint32_t i = 0; i < old.room; i++)
    if (old.entries[i].key > ADDR_GONE) addr_add(table, old.entries[i].key, old.entries[i].word);
}

// Finalizer: forget a dead object.
static void addr_on_death(void *object, void *table) { mx_addrtable_remove(table, object); }

// The word of an object, or NULL.
uint64_t *mx_addrtable_find(const AddrTable *table, const void *object) {
  AddrEntry *entry = addr_find(table, addr_hide(object));
  return entry ? &entry->word : NULL;
}

// Set the word of a heap object.
void mx_addrtable_put(AddrTable *table, void *object, uint64_t word) {
  AddrEntry *entry = addr_find(table, addr_hide(object));
  if (entry) {
    entry->word = word;
    return;
  }
  addr_reserve(table);
  addr_add(table, addr_hide(object), word);
  mx_gc_on_death(object, addr_on_death, table);
}

// Remove an object.
void mx_addrtable_remove(AddrTable *table, const void *object) {
  AddrEntry *entry = addr_find(table, addr_hide(object));
  if (!entry) return;
  *entry = (AddrEntry){.key = ADDR_GONE};
  table->count--;
}
