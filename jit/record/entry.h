// SPDX-License-Identifier: MIT
// The frames that a region is entered with: the loop's own and, where that yields to a literal
// block of its caller, the caller's.
//
//   while i < n ... yield i      head: the loop's frame
//   total = 0; n.times { |i| total += i }   root: the frame whose locals the block changes
//
// So the locals of the scope around a block are values of the region, as the iterator's are. The
// chain goes on through core methods that pass a block of their own on (inject over each).
//
// INVARIANTS: frames are in call order on one VM stack, none but the root was entered from C; all
// but the root have their locals before them, so that a place in any is a number of words from the
// root's Frame, the same whenever the same calls lead there.
#ifndef MX_JIT_ENTRY_H
#define MX_JIT_ENTRY_H

#include "interp/land.h"

enum { ENTRY_MAX_FRAMES = 4, ENTRY_MAX_BLOCKS = 4 };

typedef struct EntryFrames {
  Frame *at[ENTRY_MAX_FRAMES]; // from the root to the head
  uint32_t count;              // 1: root and head are one
} EntryFrames;

// The frames for a loop that runs in `head`.
MX_FUNC void mx_entry_frames(Frame *head, EntryFrames *out);
static inline Frame *mx_entry_head(const EntryFrames *entry) { return entry->at[entry->count - 1]; }
// What tells the entries of one loop apart: where the root goes on behind its call, unless it is
// the head; what its block sends, or the bodies of its block and of those that this one leads to;
// whether its locals are in the heap. Others may have the same key.
MX_FUNC uintptr_t mx_entry_key(const EntryFrames *entry);
// The body of a block that yields can be built for, or NULL.
static inline const Code *mx_entry_body(const Block *block) {
  return block && block->kind == BLOCK_CODE ? block->code : NULL;
}
// A block and those that it leads to: its body may yield to the second one, and so on.
typedef struct EntryBlocks {
  const Code *bodies[ENTRY_MAX_BLOCKS]; // NULL behind the last that can be built for
  bool whole;                           // that one's body has none to yield to
} EntryBlocks;
MX_FUNC EntryBlocks mx_entry_blocks(const Block *block);
// What a block that is no more than a Symbol sends to its first argument; SYM_NONE: another block.
static inline Sym mx_entry_symbol(const Block *block) {
  return block && block->kind == BLOCK_SYMBOL && !block->lex ? val_to_sym(block->value) : SYM_NONE;
}
// Are a frame's locals on the VM stack before it, where no Proc or Binding has them?
static inline bool mx_entry_is_home(const Frame *fr) {
  return fr->locals + fr->code->local_count == (const Value *)(const void *)fr;
}
// Words from the root's Frame to another's.
static inline uint32_t mx_entry_words(const EntryFrames *entry, uint32_t index) {
  return (uint32_t)((const Value *)(const void *)entry->at[index] -
                    (const Value *)(const void *)entry->at[0]);
}
// Values on the operand stack of one of the frames that the next did not take. sp: of the head.
MX_FUNC uint32_t mx_entry_operands(const EntryFrames *entry, uint32_t index, const Value *sp);

#endif
