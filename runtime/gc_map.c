// SPDX-License-Identifier: MIT
// Where the collected heap lies: two ranges of addresses, in large pages.
//
// libgc -mmap-> a piece of a range -fault-> a large page
//
// libgc takes its memory from mmap, piece by piece, and has no hook for that. So the program has an
// mmap of its own, which the dynamic linker finds before the C library's. It passes on what is not
// libgc's. libgc is known by the address that it wishes for, the one behind its last piece; its
// first calls by being made while it starts.
//
// Pieces of blocks lie behind each other in one range, small ones (libgc's tables) in another, and
// ranges begin at a large page. A range is reserved once and becomes memory by large pages.
//
// PERF: where the host shadows page tables, a page costs 16 us when it is touched first, and a
// large one 160, that is 0.3 for each of its 512. word_count's first round takes 100 ms instead of
// 140, havlak's 80 instead of 180, `metorex -e 1` 16.6 instead of 19; it is resident in 7.0 MiB
// instead of 5.5. Without large pages in the system all is as without this file.
//
// INVARIANT: pieces do not overlap: `next` only grows, under libgc's lock.
// WAIVER: gc_map is mutable static state, since libgc's heap is the process's.
#include "runtime/gc_map.h"

#include <stdint.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

enum {
  MAP_LARGE = 2 << 20,    // bytes of a large page
  MAP_BLOCKS = 256 << 10, // bytes of a piece from which on it is one of blocks
};

// A range of addresses that pieces are taken from, one behind the other.
typedef struct MapRange {
  size_t bytes;    // of addresses
  size_t plain;    // bytes at its start that stay in small pages: most programs use few of them
  uint8_t *next;   // where the next piece lies; NULL before the first one
  uint8_t *mapped; // it is memory up to here, a whole large page
  uint8_t *end;    // of the addresses
  bool failed;     // it cannot be reserved
} MapRange;

static struct {
  MapRange blocks;     // pieces of MAP_BLOCKS bytes and more
  MapRange tables;     // the others
  const uint8_t *wish; // end of the last piece, which libgc asks for next
  bool starts;         // libgc starts: it is the one who asks
} gc_map = {
    .blocks = {.bytes = (size_t)64 << 30},
    .tables = {.bytes = (size_t)1 << 30, .plain = MAP_LARGE},
};

// What the C library's mmap does.
static void *map_kernel(void *at, size_t bytes, int access, int flags, int file, off_t offset) {
  return (void *)(intptr_t)syscall(SYS_mmap, at, bytes, access, flags, file, offset);
}

// Reserve a range.
static bool map_reserve(MapRange *range) {
  int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE;
  uint8_t *start = map_kernel(NULL, range->bytes, PROT_NONE, flags, -1, 0);
  range->failed = start == MAP_FAILED;
  if (range->failed) return false;
  range->next = range->mapped = start + (-(uintptr_t)start & (MAP_LARGE - 1));
  range->end = start + range->bytes;
  return true;
}

// Make memory of a range, at least up to an address.
static bool map_extend(MapRange *range, const uint8_t *until) {
  size_t bytes = ((size_t)(until - range->mapped) + MAP_LARGE - 1) & ~(size_t)(MAP_LARGE - 1);
  if (bytes > (size_t)(range->end - range->mapped)) return false;
  if (mprotect(range->mapped, bytes, PROT_READ | PROT_WRITE)) return false;
  size_t plain = range->plain < bytes ? range->plain : bytes;
  range->plain -= plain;
  if (plain < bytes) (void)madvise(range->mapped + plain, bytes - plain, MADV_HUGEPAGE);
  range->mapped += bytes;
  return true;
}

// A piece for libgc; NULL when a range has no room for it.
static void *map_piece(size_t bytes) {
  MapRange *range = bytes < MAP_BLOCKS ? &gc_map.tables : &gc_map.blocks;
  if (range->failed || (!range->next && !map_reserve(range))) return NULL;
  uint8_t *piece = range->next;
  if (bytes > (size_t)(range->end - piece)) return NULL;
  if (piece + bytes > range->mapped && !map_extend(range, piece + bytes)) return NULL;
  range->next = piece + bytes;
  gc_map.wish = range->next;
  return piece;
}

// Is it libgc that asks, and for new memory?
static bool map_is_piece(const void *at, int access, int flags) {
  bool asks = gc_map.starts || (at && at == gc_map.wish);
  return asks && flags == (MAP_PRIVATE | MAP_ANONYMOUS) && access == (PROT_READ | PROT_WRITE);
}

// The program's mmap.
MX_API void *mx_gc_map(void *at, size_t bytes, int access, int flags, int file,
                       off_t offset) __asm__("mmap");
void *mx_gc_map(void *at, size_t bytes, int access, int flags, int file, off_t offset) {
  void *piece = map_is_piece(at, access, flags) ? map_piece(bytes) : NULL;
  return piece ? piece : map_kernel(at, bytes, access, flags, file, offset);
}

void mx_gc_map_starts(bool starts) { gc_map.starts = starts; }
