// SPDX-License-Identifier: MIT
// Checking streams while they run, in builds with assertions.
#include "interp/stream_check.h"

#include "bytecode/verify.h"

// End the process unless an invariant of the instruction at a word holds.
#define REQUIRE(cond, ...) \
  (MX_LIKELY(cond) ? (void)0 : mx_check_fail(__FILE__, __LINE__, __VA_ARGS__))

void mx_stream_keep_depths(ExecCtx *ec, Code *code) {
  Chunk *chunk = code->chunk;
  VerifyRules rules = {.ec = ec, .outer = chunk->scope->parent, .core = code->core};
  VerifyError error;
  uint32_t *by_pc = mx_gc_alloc_atomic(chunk->code_len * sizeof(uint32_t));
  REQUIRE(mx_verify_depths(chunk, &rules, &error, by_pc), "%s", error.text);
  code->depths = mx_gc_alloc_atomic((code->stream_len + 1) * sizeof(uint32_t));
  for (uint32_t i = 0; i < code->stream_len; i++) code->depths[i] = by_pc[code->pcs[i]];
}

// Check an operand word by its letter in opcodes.def.
static void check_operand(const Code *code, StreamOp op, char letter, const uint32_t *at,
                          uint32_t start) {
  const Chunk *chunk = code->chunk;
  uint32_t word = *at;
  OpCode base = mx_stream_base(op);
  switch (letter) {
  case 'K': REQUIRE(word < chunk->const_count, "constant %u", word); break;
  case 'B': REQUIRE(word < chunk->body_count, "body %u", word); break;
  case 'C':
    if (base == OP_ONCE || base == OP_ONCE_SET)
      REQUIRE(word < chunk->once_count, "once-slot %u", word);
    break;
  case 'J':
    if (base == OP_BREAK || base == OP_CONTINUE)
      REQUIRE(word < chunk->code_len, "jump to pc %u", word);
    else
      REQUIRE(start + word < code->stream_len, "jump from word %u by %d", start, (int32_t)word);
    break;
  default: break; // L may be of a scope outside; the verifier has checked both
  }
}

// Check the words of an instruction behind its first.
static void check_operands(const Code *code, StreamOp op, const uint32_t *ip) {
  uint32_t start = (uint32_t)(ip - code->stream);
  if (mx_stream_has_cache(mx_stream_base(op))) {
    REQUIRE(ip[1] < code->cache_count, "cache %u of %u", ip[1], code->cache_count);
    return;
  }
  // Those that stand for PUSH_CONST have the Integer itself in their word.
  if (mx_stream_base(op) == OP_PUSH_CONST && op != STREAM_PUSH_CONST) return;
  const char *letters = mx_op_info(mx_stream_base(op))->operands;
  for (uint32_t i = 0; letters[i]; i++) check_operand(code, op, letters[i], ip + 1 + i, start);
}

void mx_stream_check(const ExecCtx *ec, Frame *fr, const uint32_t *ip, const Value *sp) {
  const Code *code = fr->code;
  uint32_t word = (uint32_t)(ip - code->stream);
  REQUIRE(fr == ec->frame, "the loop runs another frame than the innermost");
  REQUIRE(word < code->stream_len, "word %u of %u", word, code->stream_len);
  StreamOp op = (StreamOp)*ip;
  REQUIRE(op < STREAM_COUNT, "no instruction %u", *ip);
  if (mx_stream_is_extra(op)) return; // has no pc of its own, and looks at nothing
  int64_t depth = sp - mx_frame_stack(fr);
  REQUIRE(depth == code->depths[word], "%s at %u with %lld values on the stack, not %u",
          mx_op_info(mx_stream_base(op))->name, code->pcs[word], (long long)depth,
          code->depths[word]);
  check_operands(code, op, ip);
}
