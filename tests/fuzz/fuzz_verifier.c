// SPDX-License-Identifier: MIT
// Damaged chunks to the verifier: it answers, and what it lets pass can be walked.
//
// Input: number of a chunk (2 bytes), then edits of 6 bytes each:
//   [ what | place: 2 | value: 2 | width ]
// The chunks are all those of the programs in the repository, compiled at the start. All tables are
// copied to the byte, so that the sanitizer sees whoever looks beyond them.
#include "tests/fuzz/fuzz.h"

#include <fts.h>

enum { SEED_MAX = 20000, WALK_STEPS = 2000, EDIT_BYTES = 6 };

// The chunks that inputs choose from, and the scopes around them.
typedef struct Seeds {
  ExecCtx *ec;
  Chunk **chunks; // root of them: scanned, never freed
  uint32_t count; // of chunks
} Seeds;

static void seeds_add(Seeds *seeds, Chunk *chunk) {
  if (seeds->count < SEED_MAX) seeds->chunks[seeds->count++] = chunk;
  for (uint32_t i = 0; i < chunk->body_count; i++) seeds_add(seeds, chunk->bodies[i].chunk);
}

// Compile a file; its text and tree are kept.
static void seeds_file(Seeds *seeds, const char *path) {
  StrBuf text = STRBUF_INIT;
  char piece[8192];
  size_t got;
  FILE *file = fopen(path, "rb");
  if (!file) return;
  while ((got = fread(piece, 1, sizeof piece, file)) > 0) mx_strbuf_add(&text, piece, got);
  fclose(file);
  Compiled compiled;
  size_t len = text.len;
  compiled_parse(&compiled, seeds->ec, mx_strbuf_take(&text), len, compiled_dialect(path));
  if (compiled_make(&compiled, seeds->ec)) seeds_add(seeds, compiled.chunk);
}

static void seeds_load(Seeds *seeds) {
  char *roots[] = {"runtime/core", "tests/language", "examples", NULL};
  seeds->ec = fuzz_vm();
  seeds->chunks = mx_gc_alloc_uncollectable(SEED_MAX * sizeof(Chunk *));
  FTS *fts = fts_open(roots, FTS_PHYSICAL | FTS_NOCHDIR, NULL);
  for (FTSENT *entry; fts && (entry = fts_read(fts));) {
    const char *end = strrchr(entry->fts_name, '.');
    if (entry->fts_info == FTS_F && end && (!strcmp(end, ".rb") || !strcmp(end, ".mx")))
      seeds_file(seeds, entry->fts_path);
  }
  if (fts) fts_close(fts);
  if (seeds->count == 0) {
    fprintf(stderr, "no programs here: run it in the repository\n");
    exit(2);
  }
}

// ---- damage

// A copy of a chunk, every table in a block of its own; edits are applied to it.
typedef struct Victim {
  Chunk chunk;
  Scope scope;
} Victim;

// Copy a table into a block of exactly its size.
static void *victim_copy(const void *table, size_t size) {
  void *copy = malloc(size ? size : 1);
  if (!copy) exit(2);
  if (size) memcpy(copy, table, size);
  return copy;
}

static void victim_make(Victim *victim, const Chunk *seed) {
  Chunk *chunk = &victim->chunk;
  *chunk = *seed;
  chunk->flags &= ~(uint32_t)CHUNK_VERIFIED;
  victim->scope = *seed->scope;
  chunk->scope = &victim->scope;
  chunk->code = victim_copy(seed->code, seed->code_len);
  chunk->consts = victim_copy(seed->consts, seed->const_count * sizeof(Value));
  chunk->handlers = victim_copy(seed->handlers, seed->handler_count * sizeof(Handler));
  chunk->lines = victim_copy(seed->lines, seed->line_count * sizeof(LineEntry));
  chunk->steps = victim_copy(seed->steps, seed->step_count * sizeof(LineEntry));
  chunk->bodies = victim_copy(seed->bodies, seed->body_count * sizeof(ChunkBody));
  chunk->params.list = victim_copy(seed->params.list, seed->params.count * sizeof(ParamSpec));
}

static void victim_free(Victim *victim) {
  free((void *)victim->chunk.code);
  free((void *)victim->chunk.consts);
  free((void *)victim->chunk.steps);
  free((void *)victim->chunk.handlers);
  free((void *)victim->chunk.lines);
  free(victim->chunk.bodies);
  free(victim->chunk.params.list);
}

// Overwrite bytes of a table, cut at its end.
static void victim_write(const void *table, size_t size, const uint8_t *edit) {
  size_t place = (size_t)(edit[1] | edit[2] << 8);
  size_t width = edit[5] % 3 + 1u;
  if (size == 0) return;
  place %= size;
  for (size_t i = 0; i < width && i < 2 && place + i < size; i++)
    ((uint8_t *)(uintptr_t)table)[place + i] = edit[3 + i];
}

// Swap two constants: they stay proper Values.
static void victim_swap(Chunk *chunk, const uint8_t *edit) {
  if (chunk->const_count == 0) return;
  Value *consts = (Value *)(uintptr_t)chunk->consts;
  uint32_t a = edit[1] % chunk->const_count, b = edit[3] % chunk->const_count;
  Value kept = consts[a];
  consts[a] = consts[b];
  consts[b] = kept;
}

// Overwrite something of a parameter; its bool stays one, as whoever reads a file makes it.
static void victim_param(Params *params, const uint8_t *edit) {
  victim_write(params->list, params->count * sizeof(ParamSpec), edit);
  for (uint16_t i = 0; i < params->count; i++) {
    uint8_t *byte = (uint8_t *)&params->list[i].destructures;
    *byte &= 1;
  }
}

// Apply one edit.
static void victim_edit(Victim *victim, const uint8_t *edit) {
  Chunk *chunk = &victim->chunk;
  uint16_t value = (uint16_t)(edit[3] | edit[4] << 8);
  switch (edit[0] % 12) {
  case 0: victim_write(chunk->handlers, chunk->handler_count * sizeof(Handler), edit); break;
  case 1: victim_write(chunk->lines, chunk->line_count * sizeof(LineEntry), edit); break;
  case 2: victim_swap(chunk, edit); break;
  case 3: chunk->max_stack = value; break;
  case 4: victim->scope.count = value; break;
  case 5: chunk->kind = edit[3]; break;
  case 6: chunk->flags = value & ~(uint32_t)CHUNK_VERIFIED; break;
  case 7: victim_param(&chunk->params, edit); break;
  case 8: chunk->params.pre = value; break;
  case 9: victim_write(chunk->steps, chunk->step_count * sizeof(LineEntry), edit); break;
  default: victim_write(chunk->code, chunk->code_len, edit);
  }
}

// ---- what a chunk that passed must stand

// A walk along a chunk, turning at random: only depths are kept.
typedef struct Walker {
  const Chunk *chunk;
  uint64_t random; // xorshift
  uint32_t pc, depth;
} Walker;

#define WALK_CHECK(cond) \
  ((cond) ? (void)0 : (fprintf(stderr, "at %u, depth %u: %s\n", w->pc, w->depth, #cond), abort()))

static uint32_t walk_random(Walker *w, uint32_t below) {
  w->random ^= w->random << 13;
  w->random ^= w->random >> 7;
  w->random ^= w->random << 17;
  return (uint32_t)(w->random % below);
}

// Let the innermost handler with code take over; false when there is none.
static bool walk_raise(Walker *w) {
  for (uint32_t i = 0; i < w->chunk->handler_count; i++) {
    const Handler *h = &w->chunk->handlers[i];
    if (w->pc < h->start || w->pc >= h->end || h->kind == HANDLER_RESTORE) continue;
    WALK_CHECK(h->depth <= w->depth);
    w->depth = h->depth + (h->kind == HANDLER_ENSURE ? 2 : 1);
    w->pc = h->target;
    return true;
  }
  return false;
}

// Values on the stack when the instruction's jump is taken.
static uint32_t walk_jump_depth(const Walker *w, const Instruction *in, uint32_t after) {
  switch (in->op) {
  case OP_JUMP_IF_FALSE_KEEP:
  case OP_JUMP_IF_TRUE_KEEP:
  case OP_MATCH_FIND:
  case OP_ARRAY_NEXT: return w->depth;
  case OP_FOLD:
  case OP_ONCE: return after + 1;
  default: return after;
  }
}

// One step; false where the walk ends.
static bool walk_step(Walker *w) {
  Instruction in;
  WALK_CHECK(mx_op_decode(w->chunk->code, w->chunk->code_len, w->pc, &in));
  WALK_CHECK(w->depth <= w->chunk->max_stack);
  uint64_t pops = mx_op_pops(&in), pushes = mx_op_pushes(&in);
  WALK_CHECK(pops <= w->depth);
  if (mx_op_info(in.op)->effects & E_RAISES && walk_random(w, 8) == 0) return walk_raise(w);
  uint32_t after = (uint32_t)(w->depth - pops + pushes);
  int jump = mx_op_find_operand(in.op, 'J');
  bool ends = mx_op_ends_flow(in.op);
  if (ends && in.op != OP_JUMP) return false;
  if (jump >= 0 && (ends || walk_random(w, 2) == 0)) {
    w->depth = walk_jump_depth(w, &in, after);
    w->pc = in.operands[jump];
    return true;
  }
  w->depth = after;
  w->pc += in.size;
  return true;
}

static void walk(const Chunk *chunk, uint64_t seed) {
  Walker w = {.chunk = chunk, .random = seed | 1};
  for (int i = 0; i < WALK_STEPS && walk_step(&w); i++) continue;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static Seeds seeds;
  if (!seeds.chunks) seeds_load(&seeds);
  if (size < 2) return 0;
  const Chunk *seed = seeds.chunks[(data[0] | data[1] << 8) % seeds.count];
  Victim victim;
  victim_make(&victim, seed);
  for (size_t at = 2; at + EDIT_BYTES <= size; at += EDIT_BYTES) victim_edit(&victim, data + at);
  VerifyRules rules = {.ec = seeds.ec, .outer = victim.scope.parent, .core = true};
  VerifyError error;
  if (mx_verify(&victim.chunk, &rules, &error))
    for (uint64_t i = 1; i < 4; i++) walk(&victim.chunk, i * 0x9e3779b97f4a7c15u);
  victim_free(&victim);
  return 0;
}
