// SPDX-License-Identifier: MIT
// Buffers of arrays: allocation by strategy, growth, copy on write, widening.
//
// An array owns its buffer until a slice or dup shares it; from then on every sharer carries
// FL_ARRAY_SHARED and copies before it writes. Nobody counts sharers: the flag stays until the
// array gets a buffer of its own, and the collector frees the buffer when the last one is gone.
//
// A buffer inside the array's cell is that of an array which was made with few elements; it is too
// short to be shared and stays behind, empty, when the array outgrows it.
//
// INVARIANTS:
// 1. EMPTY arrays have at.raw == NULL and len == 0; their cap is only a wish for the first buffer.
// 2. A buffer without FL_ARRAY_SHARED is seen by one array, so it may be freed when outgrown,
//    unless it lies inside (FL_ARRAY_INSIDE).
// 3. In an own ANY buffer, words from len on are nil, so that the collector keeps nothing extra.
#include "runtime/array_storage.h"

enum {
  STORAGE_MIN_ROOM = 4,         // elements of the first buffer
  STORAGE_DOUBLE_MAX = 1 << 16, // elements; arrays with room for fewer double it when they grow
  STORAGE_SHARE_MIN = 16,       // elements; fewer are copied, which costs less than a later unshare
  STORAGE_INSIDE_MAX = STORAGE_SHARE_MIN - 1, // elements of a buffer inside: it is never shared
};

// Allocate a buffer of the kind that a strategy needs.
static void *storage_new(ExecCtx *ec, ArrayStrategy strategy, uint32_t room) {
  GcKind kind = strategy == ARRAY_ANY ? GC_KIND_SLOTS : GC_KIND_BYTES;
  return mx_gc_alloc(ec->vm->lists, kind, (size_t)room * sizeof(Value));
}

// Start of the buffer.
static Value *storage_base(Array *a) {
  return a->h.flags & FL_ARRAY_INSIDE ? (Value *)(a + 1) : mx_gc_base(a->at.raw);
}

// Free the buffer if no other array can see it; one inside is emptied.
static void storage_drop(Array *a) {
  if (!a->at.raw || a->h.flags & FL_ARRAY_SHARED) return;
  Value *base = storage_base(a);
  if (a->h.flags & FL_ARRAY_INSIDE)
    memset(base, 0, (size_t)(a->at.values + a->cap - base) * sizeof(Value));
  else
    mx_gc_free(base);
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
  a->h.flags &= ~(uint32_t)(FL_ARRAY_SHARED | FL_ARRAY_INSIDE);
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
static void storage_copy(ExecCtx *ec, Array *a, uint32_t room) {
  ArrayStrategy strategy = mx_array_strategy(a);
  void *buffer = storage_new(ec, strategy, room);
  if (a->len > 0) memcpy(buffer, a->at.raw, (size_t)a->len * sizeof(Value));
  storage_replace(a, strategy, buffer, room);
}

// Move the elements to an ANY buffer.
static void storage_widen(ExecCtx *ec, Array *a, uint32_t room) {
  Value *buffer = storage_new(ec, ARRAY_ANY, room);
  for (uint32_t i = 0; i < a->len; i++) buffer[i] = mx_array_at(ec, a, i);
  storage_replace(a, ARRAY_ANY, buffer, room);
}

// Win back room in front of the elements that shifts left; false when there is too little.
static bool storage_slide(Array *a, uint32_t room) {
  Value *base = storage_base(a);
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
static void storage_start(ExecCtx *ec, Array *a, ArrayStrategy strategy, uint32_t room) {
  uint32_t wish = mx_array_strategy(a) == ARRAY_EMPTY ? a->cap : 0;
  if (room < wish) room = wish;
  if (room < STORAGE_MIN_ROOM) room = STORAGE_MIN_ROOM;
  if (room > ARRAY_MAX_LEN) mx_check_out_of_memory((size_t)room * sizeof(Value));
  storage_replace(a, strategy, storage_new(ec, strategy, room), room);
}

// Make the array writable for values of a strategy, with room.
void mx_array_prepare(ExecCtx *ec, Array *a, ArrayStrategy need, uint32_t room) {
  ArrayStrategy now = mx_array_strategy(a);
  if (need == ARRAY_EMPTY) need = now == ARRAY_EMPTY ? ARRAY_ANY : now;
  if (a->len == 0 && now != need) {
    storage_start(ec, a, need, room);
  } else if (now != need && now != ARRAY_ANY) {
    storage_widen(ec, a, storage_next_room(a, room));
  } else if (a->h.flags & FL_ARRAY_SHARED) {
    storage_copy(ec, a, storage_next_room(a, room < a->len ? a->len : room));
  } else if (a->cap < room && !storage_slide(a, room)) {
    storage_copy(ec, a, storage_next_room(a, room));
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

// Make a plain Array with room for elements behind the struct. Its class needs nothing else
// (mx_object_alloc).
static Array *storage_array(ExecCtx *ec, uint32_t flags, uint32_t count) {
  size_t bytes = sizeof(Array) + (flags & FL_ARRAY_INSIDE ? count * sizeof(Value) : 0);
  Array *a = mx_gc_alloc(ec->vm->lists, GC_KIND_WORDS, bytes);
  a->h = (Header){.shape = ec->vm->cls.Array->instance_shape, .flags = T_ARRAY | flags};
  a->len = a->cap = count;
  return a;
}

// Make a plain Array whose elements are to be written.
Array *mx_array_begin(ExecCtx *ec, ArrayStrategy strategy, uint32_t count) {
  uint32_t flags = (uint32_t)strategy << FL_ARRAY_STRATEGY_SHIFT;
  bool inside = count <= STORAGE_INSIDE_MAX;
  Array *a = storage_array(ec, flags | (inside ? FL_ARRAY_INSIDE : 0u), count);
  a->at.raw = inside ? a + 1 : storage_new(ec, strategy, count);
  return a;
}

// Let an EMPTY array see a part of another's buffer.
static void storage_share(Array *to, Array *from, ArraySpan span) {
  storage_set_strategy(to, mx_array_strategy(from));
  to->at.values = from->at.values + span.start;
  to->h.flags |= FL_ARRAY_SHARED;
  from->h.flags |= FL_ARRAY_SHARED;
  to->len = to->cap = span.count;
}

// Part of an array as a plain Array.
Array *mx_array_part(ExecCtx *ec, Array *from, ArraySpan span) {
  if (span.count == 0 || span.count >= STORAGE_SHARE_MIN) {
    Array *part = val_to_array(mx_array_new(ec, 0));
    if (span.count > 0) storage_share(part, from, span);
    return part;
  }
  Array *part = mx_array_begin(ec, mx_array_strategy(from), span.count);
  storage_copy_words(part->at.values, from->at.values + span.start, span.count);
  return part;
}

// All elements of another array for an EMPTY one.
void mx_array_take(ExecCtx *ec, Array *to, Array *from) {
  ArraySpan all = {0, from->len};
  if (all.count >= STORAGE_SHARE_MIN) {
    storage_share(to, from, all);
  } else if (all.count > 0) {
    storage_start(ec, to, mx_array_strategy(from), all.count);
    storage_copy_words(to->at.values, from->at.values, all.count);
    to->len = all.count;
  }
}
