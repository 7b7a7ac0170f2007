// SPDX-License-Identifier: MIT
// NameTable: symbols to words, in order of insertion; for methods, constants, variables.
//
// Entries lie in one array in the order they were made; removal leaves a hole (SYM_NONE) until
// the next growth. Up to NAMETABLE_LINEAR entries are searched linearly, more through an open-
// addressed index of entry numbers.
// GC: the table and its entries are collected memory, the index is pointer-free.
#ifndef MX_RUNTIME_NAMETABLE_H
#define MX_RUNTIME_NAMETABLE_H

#include "runtime/base/symbol.h"

enum { NAMETABLE_LINEAR = 8 };

typedef struct NameEntry {
  Sym name;      // SYM_NONE for a hole
  uint64_t word; // a Value or a pointer
} NameEntry;

typedef struct NameTable {
  NameEntry *entries; // in order of insertion
  uint32_t *index;    // entry number + 1 by hash, 0 free; NULL while searched linearly
  uint32_t count;     // names in the table
  uint32_t used;      // entries in use, holes included
  uint32_t room;      // entries allocated
  uint32_t mask;      // slots of the index - 1
} NameTable;

// Make an empty table with room for some names.
MX_FUNC NameTable *mx_nametable_new(uint32_t room);
// Make room for some more names.
MX_FUNC void mx_nametable_reserve(NameTable *table, uint32_t more);
// The word of a name, NULL when absent; good until the next change of the table.
MX_FUNC uint64_t *mx_nametable_find(const NameTable *table, Sym name);
// Set a name's word; returns false when it replaced one.
MX_FUNC bool mx_nametable_put(NameTable *table, Sym name, uint64_t word);
// Remove a name; false when it is absent.
MX_FUNC bool mx_nametable_remove(NameTable *table, Sym name);
MX_FUNC void mx_nametable_clear(NameTable *table);
MX_FUNC NameTable *mx_nametable_copy(const NameTable *table);
// Iterate: *position starts at 0; NULL at the end. The table may be changed meanwhile.
MX_FUNC NameEntry *mx_nametable_next(const NameTable *table, uint32_t *position);

#endif
