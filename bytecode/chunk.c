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

uint32_t mx_chunk_site(const Chunk *chunk, uint32_t pc) {
  uint32_t low = 0, high = chunk->line_count;
  while (low + 1 < high) {
    uint32_t middle = low + (high - low) / 2;
    if (chunk->lines[middle].pc <= pc)
      low = middle;
    else
      high = middle;
  }
  return chunk->line_count ? chunk->lines[low].site : chunk->start;
}
