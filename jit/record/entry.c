// SPDX-License-Identifier: MIT
// From the frame of a loop to the frame whose block it yields to.
#include "jit/record/entry.h"

// Was a method called with a literal block, by a frame of the loop, with its arguments in place?
// Leaving machine code makes such a frame again as it is.
static bool entry_extends(const Frame *fr) {
  const Frame *up = fr->prev;
  const uint32_t unlike = FRAME_ENTRY | FRAME_NEW | FRAME_PROC_METHOD;
  if (!(fr->flags & FRAME_METHOD) || fr->flags & unlike || fr->leaf) return false;
  if (!up || !up->code->has_blocks || !up->code->stream || !up->ip) return false;
  const Block *block = &mx_frame_blocks((Frame *)(uintptr_t)up)->block;
  if (fr->block != block || block->kind != BLOCK_CODE || block->is_lambda ||
      !val_is_nil(block->proc))
    return false;
  return mx_entry_is_home(fr) && fr->base + 1 == fr->locals && up->ip[-2] == STREAM_CALL_WITH_BLOCK;
}

void mx_entry_frames(Frame *head, EntryFrames *out) {
  Frame *chain[ENTRY_MAX_FRAMES] = {head};
  uint32_t count = 1;
  for (Frame *fr = head; count < ENTRY_MAX_FRAMES && entry_extends(fr); fr = fr->prev) {
    chain[count++] = fr->prev;
    if (!fr->prev->code->core) break;
  }
  out->count = count;
  for (uint32_t i = 0; i < count; i++) out->at[i] = chain[count - 1 - i];
}

uint32_t mx_entry_operands(const EntryFrames *entry, uint32_t index, const Value *sp) {
  const Value *end = index + 1 < entry->count ? entry->at[index + 1]->base : sp;
  return (uint32_t)(end - mx_frame_stack(entry->at[index]));
}

EntryBlocks mx_entry_blocks(const Block *block) {
  EntryBlocks blocks = {0};
  const Code *body = mx_entry_body(block);
  for (uint32_t i = 0; body && i < ENTRY_MAX_BLOCKS; i++) {
    blocks.bodies[i] = body;
    block = block->home_block;
    body = mx_entry_body(block);
    blocks.whole = !block;
  }
  return blocks;
}

uintptr_t mx_entry_key(const EntryFrames *entry) {
  const Frame *root = entry->at[0];
  EntryBlocks blocks = mx_entry_blocks(root->block);
  uintptr_t key = entry->count > 1 ? (uintptr_t)root->ip : 0;
  key += (uintptr_t)mx_entry_symbol(root->block) << 1;
  for (uint32_t i = 0; i < ENTRY_MAX_BLOCKS; i++) key ^= (uintptr_t)blocks.bodies[i] << i;
  return key << 2 | (uintptr_t)blocks.whole << 1 | !mx_entry_is_home(root);
}
