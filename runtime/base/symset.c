// SPDX-License-Identifier: MIT
// Set of symbols.
#include "runtime/base/symset.h"

// Note where a member lies.
static void symset_note(SymSet *set, uint32_t place) {
  Sym sym = set->list.at[place];
  set->places = mx_vec_cover(set->places, &set->room, sym, sizeof *set->places);
  set->places[sym] = place;
}

// Add a symbol at the end.
void mx_symset_add(SymSet *set, Sym sym) {
  uint32_t place = set->list.count;
  vec_push(&set->list, sym);
  if (place < SYMSET_FEW) return;
  // The first one too many: none of those before it is noted yet.
  for (uint32_t i = place == SYMSET_FEW ? 0 : place; i <= place; i++) symset_note(set, i);
}

void mx_symset_free(SymSet *set) {
  vec_free(&set->list);
  mx_vec_release(set->places);
  set->places = NULL;
  set->room = 0;
}
