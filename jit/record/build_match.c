// SPDX-License-Identifier: MIT
// Building patterns, and ensure clauses that control runs into. What a match looks at is looked at
// by C; find patterns, and objects that deconstruct themselves, are left to the interpreter.
#include "jit/record/build.h"
#include "jit/record/op_calls.h"

// A C call of the count topmost values and the numbers behind them.
static IrRef match_call(Builder *b, RtFn function, uint32_t effects, uint32_t count,
                        const uint32_t *numbers, uint32_t more) {
  IrRef refs[4];
  for (uint32_t i = 0; i < count; i++) refs[i] = mx_build_val(b, *mx_build_top(b, count - 1 - i));
  for (uint32_t i = 0; i < more; i++)
    refs[count + i] = mx_build_val(b, mx_ir_int(b->fn, numbers[i]));
  BuildCall call = {function, (int32_t)(count + more) - 1, effects, NULL};
  return mx_build_c_call(b, &call, count + more, refs);
}

enum { MATCH_NOTES = RTE_WRITES_FIELD }; // effects of what is kept for the message of a failure

// Go on behind the test, or at its target.
static bool match_test(Builder *b, const Instruction *in) {
  IrRef fits = match_call(b, (RtFn)mx_call_match_case, MATCH_NOTES, 1, in->operands, 2);
  mx_build_fork(b, mx_build_truth(b, fits), b->act->next, in->operands[2]);
  return true;
}

static bool match_bind(Builder *b, uint32_t slot) {
  mx_build_set_local(b, b->act, slot, *mx_build_top(b, 0));
  mx_build_done(b, 1, IR_NONE);
  return true;
}

// The value of a key in the Hash that lies `below` the key, or the undefined value. Keys are
// Symbols.
static bool match_value(Builder *b, uint32_t below, bool takes) {
  const uint32_t effects = RTE_COLLECTS | RTE_WRITES | RTE_RAISES;
  IrRef undefined = mx_ir_const(b->fn, IR_KVAL, VAL_UNDEF);
  IrRef refs[] = {mx_build_val(b, *mx_build_top(b, below)),
                  takes ? mx_build_val(b, *mx_build_top(b, 1)) : undefined,
                  mx_build_val(b, *mx_build_top(b, 0))};
  BuildCall call = {(RtFn)mx_call_match_value, 2, effects, NULL};
  mx_build_done(b, 1, mx_build_c_call(b, &call, 3, refs));
  return true;
}

// Push what a C call says of the Array or Hash at the top, which stays.
static bool match_part(Builder *b, const Instruction *in, RtFn function, uint32_t numbers) {
  mx_build_done(b, 0, match_call(b, function, RTE_COLLECTS, 1, in->operands, numbers));
  return true;
}

// Replace what is matched by what the pattern looks at.
static bool match_take(Builder *b, RtFn function, uint32_t count) {
  mx_build_done(b, count, match_call(b, function, MATCH_NOTES | RTE_REFUSES, count, NULL, 0));
  return true;
}

// ---- ensure

// Is nothing pending that the clause holds back? `depth`: where it would lie.
static bool match_nothing_pending(const Builder *b, uint32_t depth) {
  IrRef ref = mx_build_resolve(b, b->state.at[b->state.count - 1 - depth]);
  return mx_ir_at(b->fn, ref)->op == IR_KVAL && mx_ir_word(b->fn, ref) == VAL_NIL;
}

static bool match_ensure_start(Builder *b) {
  if (!match_nothing_pending(b, 0)) return false;
  mx_build_done(b, 0, match_call(b, (RtFn)mx_call_error, RTE_NONE, 1, NULL, 0));
  return true;
}

static bool match_ensure_end(Builder *b) {
  if (!match_nothing_pending(b, 1)) return false;
  match_call(b, (RtFn)mx_call_set_error, RTE_WRITES_FIELD, 1, NULL, 0);
  mx_build_done(b, 2, IR_NONE);
  return true;
}

// Note something for the message of a failure.
static bool match_note(Builder *b, RtFn function, uint32_t count) {
  match_call(b, function, MATCH_NOTES, count, NULL, 0);
  return true;
}

bool mx_build_match_op(Builder *b, const Instruction *in) {
  switch (in->op) {
  case OP_MATCH_START: return match_note(b, (RtFn)mx_call_match_start, 1);
  case OP_MATCH_NOTE: return match_note(b, (RtFn)mx_call_match_note, 2);
  case OP_MATCH_GUARD: return match_note(b, (RtFn)mx_call_match_guard, 1);
  case OP_MATCH_CASE: return match_test(b, in);
  case OP_MATCH_BIND: return match_bind(b, in->operands[0]);
  case OP_MATCH_END: mx_build_done(b, 1, IR_NONE); return true;
  case OP_MATCH_DECONSTRUCT: return match_take(b, (RtFn)mx_call_match_deconstruct, 1);
  case OP_MATCH_KEYS: return match_take(b, (RtFn)mx_call_match_keys, 2);
  case OP_MATCH_ELEMENT: return match_part(b, in, (RtFn)mx_call_match_element, 2);
  case OP_MATCH_SLICE: return match_part(b, in, (RtFn)mx_call_match_slice, 2);
  case OP_MATCH_REST: return match_part(b, in, (RtFn)mx_hash_dup, 0);
  case OP_MATCH_VALUE: return match_value(b, in->operands[0], in->operands[1] != 0);
  case OP_ENSURE_START: return match_ensure_start(b);
  case OP_ENSURE_END: return match_ensure_end(b);
  default: return false;
  }
}
