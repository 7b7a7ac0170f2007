// SPDX-License-Identifier: MIT
// Bump allocator over chunks that its owner provides.
//
// A tree, a record or a compile lives and dies as one, so nodes are carved from chunks and
// never freed alone. Where chunks come from is the owner's choice: the default is malloc; the
// runtime hands in collected memory, so that a syntax tree lives as long as anything points
// anywhere into it (the collector follows interior pointers, and pointers between chunks).
//
// OWNERSHIP: mx_arena_free() returns malloc chunks; collected chunks are simply dropped.
#ifndef MX_BASE_ARENA_H
#define MX_BASE_ARENA_H

#include "runtime/base/check.h"

typedef struct ChunkAlloc {
  void *(*alloc)(void *ctx, size_t bytes);               // zeroed memory, never NULL
  void (*release)(void *ctx, void *chunk, size_t bytes); // NULL: the collector's business
  void *ctx;                                             // handed to both
} ChunkAlloc;

typedef struct ArenaChunk ArenaChunk;

typedef struct Arena {
  ChunkAlloc source; // where chunks come from
  ArenaChunk *head;  // newest chunk; chunks are linked from new to old
  char *next;        // first free byte of the newest chunk
  char *end;         // one past its last byte
  size_t used;       // bytes handed out, for limits and statistics
} Arena;

// The malloc-backed chunk source.
MX_FUNC ChunkAlloc mx_arena_malloc_source(void);

MX_FUNC void mx_arena_init(Arena *arena, ChunkAlloc source);
MX_FUNC void mx_arena_free(Arena *arena);

// Allocate zeroed bytes, aligned to 16; a request for none gives memory too, never NULL.
MX_FUNC void *mx_arena_alloc(Arena *arena, size_t bytes);

// Copy bytes into the arena and terminate them with a NUL that is not counted.
MX_FUNC char *mx_arena_copy(Arena *arena, const void *bytes, size_t len);

#define mx_arena_new(arena, Type) ((Type *)mx_arena_alloc((arena), sizeof(Type)))
#define mx_arena_array(arena, Type, count) \
  ((Type *)mx_arena_alloc((arena), sizeof(Type) * (size_t)(count)))

#endif
