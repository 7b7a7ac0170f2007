// SPDX-License-Identifier: MIT
// Bump allocation over a chain of chunks.
//
// Chunks double in size up to a limit, so that a one-line eval costs one small chunk and a large
// file few large ones. A request too big for the normal size gets a chunk of its own, linked
// behind the newest one, whose free rest stays in use.
// INVARIANTS:
// 1. Memory is zeroed by the chunk source and handed out once, so no allocation clears it.
// 2. Every chunk links to the next older one, so the newest keeps all of them alive.
#include "runtime/base/arena.h"

#include <stdlib.h>
#include <string.h>

struct ArenaChunk {
  ArenaChunk *older; // next chunk in the chain
  size_t bytes;      // size of the whole chunk, header included
};

enum {
  ARENA_ALIGN = 16,            // bytes; alignment of every allocation
  ARENA_FIRST_CHUNK = 2048,    // bytes
  ARENA_LARGEST_CHUNK = 65536, // bytes; larger requests get chunks of their own
};

static_assert(sizeof(ArenaChunk) % ARENA_ALIGN == 0, "the first allocation is aligned");

// Take a zeroed chunk from malloc.
static void *arena_malloc_chunk(void *ctx, size_t bytes) {
  MX_UNUSED(ctx);
  void *chunk = calloc(1, bytes);
  if (!chunk) mx_check_out_of_memory(bytes);
  return chunk;
}

// Give a chunk back to malloc.
static void arena_free_chunk(void *ctx, void *chunk, size_t bytes) {
  MX_UNUSED(ctx);
  MX_UNUSED(bytes);
  free(chunk);
}

// Return the chunk source that uses malloc.
ChunkAlloc mx_arena_malloc_source(void) {
  return (ChunkAlloc){.alloc = arena_malloc_chunk, .release = arena_free_chunk, .ctx = NULL};
}

// Make an empty arena; nothing is allocated before the first request.
void mx_arena_init(Arena *arena, ChunkAlloc source) { *arena = (Arena){.source = source}; }

// Release all chunks, where their source wants them back, and leave the arena empty.
void mx_arena_free(Arena *arena) {
  ArenaChunk *chunk = arena->head;
  while (chunk && arena->source.release) {
    ArenaChunk *older = chunk->older;
    arena->source.release(arena->source.ctx, chunk, chunk->bytes);
    chunk = older;
  }
  mx_arena_init(arena, arena->source);
}

// Allocate a chunk of `bytes` with its header filled in.
static ArenaChunk *arena_new_chunk(Arena *arena, size_t bytes) {
  ArenaChunk *chunk = arena->source.alloc(arena->source.ctx, bytes);
  chunk->bytes = bytes;
  return chunk;
}

// Serve a large request from a chunk of its own, behind the newest chunk.
static void *arena_alloc_large(Arena *arena, size_t bytes) {
  ArenaChunk *chunk = arena_new_chunk(arena, sizeof(ArenaChunk) + bytes);
  if (arena->head) {
    chunk->older = arena->head->older;
    arena->head->older = chunk;
  } else {
    arena->head = chunk;
    arena->next = arena->end = (char *)chunk + chunk->bytes;
  }
  return chunk + 1;
}

// Start a new chunk, twice as large as the newest one within the limits.
static void arena_add_chunk(Arena *arena) {
  size_t bytes = arena->head ? arena->head->bytes * 2 : ARENA_FIRST_CHUNK;
  if (bytes > ARENA_LARGEST_CHUNK) bytes = ARENA_LARGEST_CHUNK;
  if (bytes < ARENA_FIRST_CHUNK) bytes = ARENA_FIRST_CHUNK;
  ArenaChunk *chunk = arena_new_chunk(arena, bytes);
  chunk->older = arena->head;
  arena->head = chunk;
  arena->next = (char *)(chunk + 1);
  arena->end = (char *)chunk + bytes;
}

// Allocate zeroed bytes, aligned to 16; a request for none gives memory too, never NULL.
void *mx_arena_alloc(Arena *arena, size_t bytes) {
  if (bytes == 0) bytes = 1;
  if (bytes > SIZE_MAX / 2) mx_check_out_of_memory(bytes);
  bytes = (bytes + ARENA_ALIGN - 1) & ~(size_t)(ARENA_ALIGN - 1);
  arena->used += bytes;
  if (bytes > (size_t)(arena->end - arena->next)) {
    if (bytes > ARENA_FIRST_CHUNK / 2) return arena_alloc_large(arena, bytes);
    arena_add_chunk(arena);
  }
  void *at = arena->next;
  arena->next += bytes;
  return at;
}

// Copy bytes into the arena and terminate them with a NUL that is not counted.
char *mx_arena_copy(Arena *arena, const void *bytes, size_t len) {
  char *copy = mx_arena_alloc(arena, len + 1);
  if (len > 0) memcpy(copy, bytes, len);
  return copy;
}
