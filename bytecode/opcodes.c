// SPDX-License-Identifier: MIT
// Metadata of instructions, their encoding, and their effect on the stack.
#include "bytecode/opcodes.h"

// One row per opcode. SEND is a token of symbols.def or NONE.
const OpInfo mx_op_infos[OP_COUNT] = {
#define OP(NAME, OPERANDS, POPS, PUSHES, EFFECTS, PHASE, SEND, DOC, EXAMPLE) \
  [OP_##NAME] = {.name = #NAME,                                              \
                 .operands = OPERANDS,                                       \
                 .pops = {POPS},                                             \
                 .pushes = {PUSHES},                                         \
                 .effects = EFFECTS,                                         \
                 .phase = PHASE_##PHASE,                                     \
                 .operand_count = sizeof(OPERANDS) - 1,                      \
                 .send = SYM_##SEND,                                         \
                 .doc = DOC,                                                 \
                 .example = EXAMPLE},
#include "bytecode/opcodes.def"
};

// Read a little-endian number of 2 or 4 bytes.
static uint32_t op_read(const uint8_t *at, bool wide) {
  uint32_t v = (uint32_t)at[0] | (uint32_t)at[1] << 8;
  return wide ? v | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24 : v;
}

// Write one; the bytes written.
static uint32_t op_write(uint8_t *at, uint32_t v, bool wide) {
  uint32_t bytes = wide ? 4 : 2;
  for (uint32_t i = 0; i < bytes; i++) at[i] = (uint8_t)(v >> 8 * i);
  return bytes;
}

bool mx_op_decode(const uint8_t *code, uint32_t len, uint32_t pc, Instruction *out) {
  *out = (Instruction){.op = OP_COUNT, .pc = pc};
  if (pc >= len) return false;
  uint32_t at = pc;
  bool wide = code[at] == OP_WIDE;
  at += wide;
  if (at >= len || code[at] >= OP_COUNT || code[at] == OP_WIDE) return false;
  out->op = (OpCode)code[at++];
  const OpInfo *info = &mx_op_infos[out->op];
  uint32_t bytes = wide ? 4 : 2;
  if (len - at < info->operand_count * bytes) return false;
  for (uint32_t i = 0; i < info->operand_count; i++, at += bytes)
    out->operands[i] = op_read(code + at, wide);
  out->size = at - pc;
  return true;
}

// Does an operand need four bytes?
static bool op_needs_wide(const Instruction *in) {
  for (uint32_t i = 0; i < mx_op_infos[in->op].operand_count; i++)
    if (in->operands[i] > 0xffff) return true;
  return false;
}

uint32_t mx_op_size(const Instruction *in, bool wide) {
  wide = wide || op_needs_wide(in);
  return wide + 1u + mx_op_infos[in->op].operand_count * (wide ? 4u : 2u);
}

uint32_t mx_op_encode(const Instruction *in, bool wide, uint8_t *out) {
  wide = wide || op_needs_wide(in);
  uint32_t at = 0;
  if (wide) out[at++] = OP_WIDE;
  out[at++] = (uint8_t)in->op;
  for (uint32_t i = 0; i < mx_op_infos[in->op].operand_count; i++)
    at += op_write(out + at, in->operands[i], wide);
  return at;
}

// Slots that one side of the table says.
static uint64_t op_slots(const Instruction *in, const StackUse *use) {
  if (!use->mask) return use->base;
  uint64_t units = 0;
  for (uint32_t i = 0; i < OP_MAX_OPERANDS; i++)
    if (use->mask & 1u << i) units += in->operands[i];
  return use->base + units * use->times;
}

uint64_t mx_op_pops(const Instruction *in) { return op_slots(in, &mx_op_infos[in->op].pops); }

uint64_t mx_op_pushes(const Instruction *in) { return op_slots(in, &mx_op_infos[in->op].pushes); }

bool mx_op_ends_flow(OpCode op) {
  switch (op) {
  case OP_JUMP:
  case OP_RETURN:
  case OP_RETURN_OUTER:
  case OP_BREAK:
  case OP_CONTINUE:
  case OP_BREAK_BLOCK:
  case OP_RERAISE:
  case OP_MATCH_FAIL:
  case OP_TYPE_ERROR: return true;
  default: return false;
  }
}
