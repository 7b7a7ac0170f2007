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
// Pieces of blocks lie behind each other in one range, small ones (libgc's tables) in another.
//
// PERF: word_count's first round takes 100 ms instead of 140, havlak's 80 instead of 180,
// `metorex -e 1` 16.6 instead of 19; it is resident in 7.0 MiB instead of 5.5.
//
// INVARIANT: only libgc takes pieces, under its lock.
// WAIVER: gc_map is mutable static state, since libgc's heap is the process's.
#include "runtime/gc_map.h"

#include "runtime/base/page_range.h"

#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { MAP_BLOCKS = 256 << 10 }; // bytes of a piece from which on it is one of blocks

static struct {
  PageRange blocks;    // pieces of MAP_BLOCKS bytes and more
  PageRange tables;    // the others
  const uint8_t *wish; // end of the last piece, which libgc asks for next
  bool starts;         // libgc starts: it is the one who asks
} gc_map = {
    .blocks = {.bytes = (size_t)64 << 30},
    .tables = {.bytes = (size_t)1 << 30, .plain = PAGE_LARGE},
};

// A piece for libgc; NULL when a range has no room for it.
static void *map_piece(size_t bytes) {
  uint8_t *piece = mx_page_range_take(bytes < MAP_BLOCKS ? &gc_map.tables : &gc_map.blocks, bytes);
  if (piece) gc_map.wish = piece + bytes;
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
  if (piece) return piece;
  return (void *)(intptr_t)syscall(SYS_mmap, at, bytes, access, flags, file, offset);
}

void mx_gc_map_starts(bool starts) { gc_map.starts = starts; }
