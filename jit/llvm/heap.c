// SPDX-License-Identifier: MIT
// The module's heap: malloc and its kin, for LLVM and C++'s library, which are linked into it.
//
// The C library's would do but for where it puts things: the memory of a thread that is not the
// first grows by a page at a time, each of them a system call and a fault, and the main thread's
// faults wait for those. Here memory comes in large pages (runtime/base/page_range.h). The linker
// binds what is in the module to these functions; nobody outside sees them.
//
// The range is divided into units. Small blocks of one class share a unit, a larger one takes some
// units for itself. Free blocks wait in a list of their class; no memory is given back. What the C
// library allocated (strdup does) goes back to it: `free` tells by the address.
//
// PERF: loading the module and making fib's code quickly and well takes 48 ms instead of 66.
//
// INVARIANT: nothing outside the module frees what the module allocated.
// WAIVER: mutable static state, as every malloc has. Its lock spins: only the compiler thread
// allocates much; the program's own thread frees when it releases code.
#include "jit/llvm/heap.h"
#include "runtime/base/page_range.h"
#include <errno.h>
#include <sched.h>
#include <string.h>

enum {
  HEAP_UNIT = 16 << 10,  // bytes
  HEAP_SHARED = 8 << 10, // bytes of the largest block that shares a unit
  HEAP_GRANULE = 16,     // bytes that blocks are aligned to
  HEAP_FINE_BITS = 8,    // bytes up to which classes are a granule apart: a power of two
  HEAP_FINE = 1 << HEAP_FINE_BITS,
  HEAP_STEP_BITS = 2,   // classes between one power of two and the next: a power of two
  HEAP_CLASSES = 128,   // more than there are
  HEAP_MAX = 256 << 20, // bytes of the largest block; the C library has those beyond
  HEAP_UNITS = 1 << 18, // in the range
};

// Blocks of one size.
typedef struct HeapClass {
  void **free;        // the first free block, whose first word is the next one
  uint8_t *rest;      // what was never used of the newest unit
  const uint8_t *end; // of that unit
} HeapClass;

static struct {
  PageRange range;
  const uint8_t *start; // of the range; NULL before the first block
  HeapClass classes[HEAP_CLASSES];
  uint8_t class_of[HEAP_UNITS]; // of the blocks in a unit, or of the one that begins there
  bool locked;                  // somebody changes it
} heap = {.range = {.bytes = (size_t)HEAP_UNITS * HEAP_UNIT}};

// The C library's own, which it has for programs that replace them.
void *__libc_malloc(size_t bytes);
void *__libc_realloc(void *block, size_t bytes);
void *__libc_memalign(size_t alignment, size_t bytes);
void __libc_free(void *block);

// ---- classes

// The class of blocks that hold so many bytes, 1 at least, and their size.
static uint32_t heap_class(size_t bytes, size_t *size) {
  if (bytes <= HEAP_FINE) {
    *size = (bytes + HEAP_GRANULE - 1) & ~(size_t)(HEAP_GRANULE - 1);
    return (uint32_t)(*size / HEAP_GRANULE - 1);
  }
  uint32_t bits = 63 - (uint32_t)__builtin_clzll(bytes - 1), shift = bits - HEAP_STEP_BITS;
  size_t steps = ((bytes - 1) >> shift) + 1; // of 1 << shift bytes
  *size = steps << shift;
  uint32_t first = HEAP_FINE / HEAP_GRANULE + ((bits - HEAP_FINE_BITS) << HEAP_STEP_BITS);
  return first + (uint32_t)(steps - 1) - (1u << HEAP_STEP_BITS);
}

// The size of the blocks of a class.
static size_t heap_size(uint32_t class) {
  if (class < HEAP_FINE / HEAP_GRANULE) return (size_t)(class + 1) * HEAP_GRANULE;
  uint32_t at = class - HEAP_FINE / HEAP_GRANULE, mask = (1u << HEAP_STEP_BITS) - 1;
  uint32_t shift = (at >> HEAP_STEP_BITS) + HEAP_FINE_BITS - HEAP_STEP_BITS;
  return (size_t)((at & mask) + 1 + (1u << HEAP_STEP_BITS)) << shift;
}

// ---- blocks

static void heap_lock(void) {
  while (__atomic_exchange_n(&heap.locked, true, __ATOMIC_ACQUIRE)) sched_yield();
}

static void heap_unlock(void) { __atomic_store_n(&heap.locked, false, __ATOMIC_RELEASE); }

// The unit that an address lies in; HEAP_UNITS when it is not in the range.
static size_t heap_unit(const void *block) {
  size_t at = (size_t)((const uint8_t *)block - heap.start);
  return heap.start && at < heap.range.bytes - PAGE_LARGE ? at / HEAP_UNIT : HEAP_UNITS;
}

// New units for a class: its next unit of small blocks, or a large block. NULL when there are none.
static uint8_t *heap_grow(uint32_t class, size_t size) {
  size_t bytes = (size + HEAP_UNIT - 1) & ~(size_t)(HEAP_UNIT - 1);
  uint8_t *units = mx_page_range_take(&heap.range, bytes);
  if (!units) return NULL;
  if (!heap.start) heap.start = units;
  heap.class_of[heap_unit(units)] = (uint8_t) class;
  if (size > HEAP_SHARED) return units;
  heap.classes[class].rest = units + size;
  heap.classes[class].end = units + HEAP_UNIT;
  return units;
}

// A block of a class; NULL when there is no memory. Under the lock.
static void *heap_take(uint32_t class, size_t size) {
  HeapClass *of = &heap.classes[class];
  if (of->free) {
    void **block = of->free;
    of->free = *block;
    return block;
  }
  if ((size_t)(of->end - of->rest) < size) return heap_grow(class, size);
  of->rest += size;
  return of->rest - size;
}

void *mx_heap_malloc(size_t bytes) {
  if (bytes > HEAP_MAX) return __libc_malloc(bytes);
  size_t size;
  uint32_t class = heap_class(bytes + !bytes, &size);
  heap_lock();
  void *block = heap_take(class, size);
  heap_unlock();
  return block ? block : __libc_malloc(bytes);
}

void mx_heap_free(void *block) {
  size_t unit = heap_unit(block);
  if (unit == HEAP_UNITS) {
    __libc_free(block);
    return;
  }
  heap_lock();
  HeapClass *of = &heap.classes[heap.class_of[unit]];
  *(void **)block = of->free;
  of->free = block;
  heap_unlock();
}

void *mx_heap_calloc(size_t count, size_t bytes) {
  size_t all;
  if (__builtin_mul_overflow(count, bytes, &all)) return NULL;
  void *block = mx_heap_malloc(all);
  return block ? memset(block, 0, all) : NULL;
}

void *mx_heap_realloc(void *block, size_t bytes) {
  if (!block) return mx_heap_malloc(bytes);
  size_t unit = heap_unit(block);
  if (unit == HEAP_UNITS) return __libc_realloc(block, bytes);
  size_t size = heap_size(heap.class_of[unit]);
  if (bytes <= size) return block;
  void *moved = mx_heap_malloc(bytes);
  if (!moved) return NULL;
  memcpy(moved, block, size);
  mx_heap_free(block);
  return moved;
}

// Sizes that are multiples of an alignment have classes that are, too, and units are aligned more.
void *mx_heap_aligned(size_t alignment, size_t bytes) {
  size_t all = (bytes + alignment - 1) & ~(alignment - 1);
  if (alignment > HEAP_UNIT || all > HEAP_MAX) return __libc_memalign(alignment, bytes);
  return mx_heap_malloc(all);
}

int mx_heap_memalign(void **out, size_t alignment, size_t bytes) {
  *out = mx_heap_aligned(alignment, bytes);
  return *out ? 0 : ENOMEM;
}
