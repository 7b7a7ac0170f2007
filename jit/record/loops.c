// SPDX-License-Identifier: MIT
// Loops of a code, found by a walk over its chunk.
//
// A header is the first instruction of the stream behind the target of a jump back: marks, which
// the stream does not have, may stand before it.
#include "jit/record/loops.h"

// Where a jump back leads, LOOP_NONE for any other instruction.
static uint32_t loop_target(const Code *code, const Instruction *in) {
  int jump = mx_op_find_operand(in->op, 'J');
  if (jump < 0 || in->operands[jump] > in->pc) return LOOP_NONE;
  return mx_code_pc(code, code->stream + mx_stream_index(code, in->operands[jump]));
}

uint32_t mx_loop_end(const Code *code, uint32_t header) {
  const Chunk *chunk = code->chunk;
  uint32_t end = header;
  Instruction in;
  for (uint32_t pc = header; pc < chunk->code_len; pc += in.size) {
    if (!mx_op_decode(chunk->code, chunk->code_len, pc, &in)) break;
    if (loop_target(code, &in) == header) end = pc + in.size;
  }
  return end;
}

uint32_t mx_loop_around(const Code *code, uint32_t at) {
  const Chunk *chunk = code->chunk;
  uint32_t best = LOOP_NONE;
  Instruction in;
  for (uint32_t pc = 0; pc < chunk->code_len; pc += in.size) {
    if (!mx_op_decode(chunk->code, chunk->code_len, pc, &in)) break;
    uint32_t header = loop_target(code, &in);
    bool around = header < at && at < pc + in.size;
    if (around && (best == LOOP_NONE || header > best)) best = header;
  }
  return best;
}

bool mx_loop_yields(const Code *code) {
  const Chunk *chunk = code->chunk;
  Instruction in;
  for (uint32_t pc = 0; pc < chunk->code_len; pc += in.size) {
    if (!mx_op_decode(chunk->code, chunk->code_len, pc, &in)) break;
    if (in.op == OP_YIELD && mx_loop_around(code, pc) != LOOP_NONE) return true;
  }
  return false;
}
