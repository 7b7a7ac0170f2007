// SPDX-License-Identifier: MIT
// Look-ups in the tables of a chunk.
#include "bytecode/chunk.h"

const char *mx_handler_text(uint32_t kind) {
  static const char *const texts[HANDLER_KIND_COUNT] = {[HANDLER_RESCUE] = "rescue",
                                                        [HANDLER_ENSURE] = "ensure",
                                                        [HANDLER_RETURN] = "return",
                                                        [HANDLER_RESTORE] = "restore"};
  return kind < HANDLER_KIND_COUNT ? texts[kind] : "unknown";
}

static bool handler_covers(const Handler *h, uint32_t pc) { return pc >= h->start && pc < h->end; }

bool mx_handler_is_left(const Chunk *chunk, const Handler *h, uint32_t pc, uint32_t target) {
  if (!handler_covers(h, pc)) return false;
  for (uint32_t i = 0; i < chunk->handler_count; i++) {
    const Handler *other = &chunk->handlers[i];
    if (mx_handler_is_part(h, other) && handler_covers(other, target)) return false;
  }
  return true;
}

// Number of the last entry that is not behind a pc; 0 when all are.
static uint32_t chunk_entry(const LineEntry *entries, uint32_t count, uint32_t pc) {
  uint32_t low = 0, high = count;
  while (low + 1 < high) {
    uint32_t middle = low + (high - low) / 2;
    if (entries[middle].pc <= pc)
      low = middle;
    else
      high = middle;
  }
  return low;
}

uint32_t mx_chunk_site(const Chunk *chunk, uint32_t pc) {
  uint32_t entry = chunk_entry(chunk->lines, chunk->line_count, pc);
  return chunk->line_count ? chunk->lines[entry].site : chunk->start;
}

bool mx_chunk_step(const Chunk *chunk, uint32_t pc, uint32_t *site) {
  if (chunk->step_count == 0) return false;
  const LineEntry *entry = &chunk->steps[chunk_entry(chunk->steps, chunk->step_count, pc)];
  *site = entry->site;
  return entry->pc == pc;
}
