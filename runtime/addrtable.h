// SPDX-License-Identifier: MIT
// AddrTable: objects to words, by identity, without keeping the objects alive.
//
// For state that few objects have and that has no place in them: instance variables of built-in
// objects, object ids, weak maps.
// GC: keys are hidden (complemented); a finalizer removes the entry of a dead object at the next
// safepoint. The words are scanned, so a word that leads back to its object keeps it alive.
#ifndef MX_RUNTIME_ADDRTABLE_H
#define MX_RUNTIME_ADDRTABLE_H

#include "runtime/base/check.h"

typedef struct AddrEntry {
  uintptr_t key; // complement of the address; 0 free, ADDR_GONE removed
  uint64_t word; // a Value or a pointer
} AddrEntry;

typedef struct AddrTable {
  AddrEntry *entries; // open-addressed
  uint32_t room;      // entries allocated; a power of two
  uint32_t used;      // entries that are not free
  uint32_t count;     // live entries
} AddrTable;

MX_FUNC AddrTable *mx_addrtable_new(void);
// The word of an object, or NULL; good until the next change of the table.
MX_FUNC uint64_t *mx_addrtable_find(const AddrTable *table, const void *object);
// Set the word of a heap object.
MX_FUNC void mx_addrtable_put(AddrTable *table, void *object, uint64_t word);
MX_FUNC void mx_addrtable_remove(AddrTable *table, const void *object);

#endif
