// SPDX-License-Identifier: MIT
// The one growth policy of all VEC arrays: double, starting at eight elements.
#include "runtime/base/vec.h"

#include <stdlib.h>
#include <string.h>

enum { VEC_MIN_ROOM = 8 }; // elements of the first allocation

// Enlarge an array to hold at least `needed` elements and return its new address.
void *mx_vec_grow(void *at, uint32_t *room, uint32_t needed, size_t size) {
  uint64_t wanted = *room < VEC_MIN_ROOM ? VEC_MIN_ROOM : (uint64_t)*room * 2;
  if (wanted < needed) wanted = needed;
  if (wanted > UINT32_MAX) wanted = UINT32_MAX;
  void *grown = needed == 0 ? NULL : realloc(at, wanted * size);
  if (!grown) mx_check_out_of_memory(wanted * size);
  *room = (uint32_t)wanted;
  return grown;
}

void *mx_vec_cover(void *at, uint32_t *room, uint32_t index, size_t size) {
  uint32_t before = *room;
  if (index < before) return at;
  at = mx_vec_grow(at, room, index + 1, size);
  memset((char *)at + before * size, 0, (*room - before) * size);
  return at;
}

// Free an array; NULL is allowed.
void mx_vec_release(void *at) { free(at); }
