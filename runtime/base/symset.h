// SPDX-License-Identifier: MIT
// Set of symbols in the order in which they came; cutting the list takes the newest out again.
//
// A few members are searched one by one. For more, an array by symbol tells where each one lies;
// what it says counts only if the list has the symbol there, so that cutting need not clean it.
// A set starts as all zeroes.
// OWNERSHIP: the owner calls mx_symset_free().
#ifndef MX_BASE_SYMSET_H
#define MX_BASE_SYMSET_H

#include "runtime/base/symbol.h"
#include "runtime/base/vec.h"

enum { SYMSET_FEW = 16 };

typedef struct SymSet {
  VEC(Sym) list;    // members; the owner may lower its count
  uint32_t *places; // by symbol: index in the list
  uint32_t room;    // symbols that places covers
} SymSet;

// Is a symbol a member?
static inline bool mx_symset_has(const SymSet *set, Sym sym) {
  if (set->list.count > SYMSET_FEW) {
    uint32_t place = sym < set->room ? set->places[sym] : 0;
    return place < set->list.count && set->list.at[place] == sym;
  }
  for (uint32_t i = 0; i < set->list.count; i++)
    if (set->list.at[i] == sym) return true;
  return false;
}

// Add a symbol at the end.
MX_FUNC void mx_symset_add(SymSet *set, Sym sym);
MX_FUNC void mx_symset_free(SymSet *set);

#endif
