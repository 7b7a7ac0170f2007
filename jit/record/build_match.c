// SPDX-License-Identifier: MIT
// Building patterns, and ensure clauses that control runs into. What a match looks at is looked at
// by C; find patterns, and objects that deconstruct themselves, are left to the interpreter.
#include "interp/program.h"
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

// Is it an Array of this code's that is matched?
static bool match_made(Builder *b) {
  IrRef ref = mx_build_root(b, *mx_build_top(b, 0));
  if (mx_ir_at(b->fn, ref)->op == IR_AS_VAL) ref = mx_build_root(b, mx_ir_at(b->fn, ref)->a[0]);
  return mx_ir_at(b->fn, ref)->op == IR_NEW_ARRAY;
}

// The length of the Array at the top as a word; IR_NONE when control left, or it may be none.
static IrRef match_length(Builder *b, const Seen *seen) {
  if (!mx_build_is_array(b, mx_build_top(b, 0), &seen->in[0]) || b->block == IR_NO_BLOCK)
    return IR_NONE;
  IrRef array = mx_build_resolve(b, *mx_build_top(b, 0));
  return mx_build_emit(b, IR_FIELD_LOAD, array, IR_NONE, IR_NONE, IRF_ARRAY_LEN);
}

// Is the value at the top another one than a constant?
static IrRef match_is_not(Builder *b, Value other) {
  IrRef v = mx_build_resolve(b, *mx_build_top(b, 0));
  IrRef same = mx_build_emit(b, IR_SAME, v, mx_ir_const(b->fn, IR_KVAL, other), IR_NONE, 0);
  return mx_build_emit(b, IR_NOT, same, IR_NONE, IR_NONE, 0);
}

// The result of a test of which nothing is noted; IR_NONE when C has to make it.
static IrRef match_fits(Builder *b, const Instruction *in, const Seen *seen) {
  IrRef length, count = mx_ir_const(b->fn, IR_KWORD, in->operands[1]);
  switch ((MatchTest)in->operands[0]) {
  case MATCH_TEST_NOT_NIL: return match_is_not(b, VAL_NIL);
  case MATCH_TEST_DEFINED: return match_is_not(b, VAL_UNDEF);
  case MATCH_TEST_LENGTH:
    length = match_length(b, seen);
    return length ? mx_build_emit(b, IR_WEQ, length, count, IR_NONE, 0) : IR_NONE;
  case MATCH_TEST_LENGTH_MIN: {
    length = match_length(b, seen);
    IrRef fewer = length ? mx_build_emit(b, IR_WBELOW, length, count, IR_NONE, 0) : IR_NONE;
    return length ? mx_build_emit(b, IR_NOT, fewer, IR_NONE, IR_NONE, 0) : IR_NONE;
  }
  default: return IR_NONE;
  }
}

// What a test says, as a constant, where it is known when the region is built; else IR_NONE.
static IrRef match_known(Builder *b, const Instruction *in) {
  uint32_t count, wanted = in->operands[1];
  const IrRef *elements;
  switch ((MatchTest)in->operands[0]) {
  case MATCH_TEST_NOT_NIL:
  case MATCH_TEST_DEFINED: {
    bool object = mx_build_type(b, mx_build_resolve(b, *mx_build_top(b, 0))) != IRT_VAL;
    return object ? mx_ir_bool(b->fn, true) : IR_NONE;
  }
  case MATCH_TEST_LENGTH:
  case MATCH_TEST_LENGTH_MIN: {
    bool exact = in->operands[0] == MATCH_TEST_LENGTH;
    if (!mx_build_elements(b, *mx_build_top(b, 0), &count, &elements)) return IR_NONE;
    return mx_ir_bool(b->fn, exact ? count == wanted : count >= wanted);
  }
  default: return IR_NONE;
  }
}

// Go on behind the test, or at its target. What fails is noted by C, if the message may say it.
static bool match_test(Builder *b, const Instruction *in, const Seen *seen) {
  bool explains = b->act->body->explains;
  IrRef result = match_known(b, in);
  if (result && explains && !mx_ir_word(b->fn, result)) result = IR_NONE;
  if (!result && !explains) result = match_fits(b, in, seen);
  if (b->block == IR_NO_BLOCK) return true;
  if (result) {
    mx_build_fork(b, result, b->act->next, in->operands[2]);
    return true;
  }
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
  IrRef known =
      takes ? IR_NONE : mx_build_value_of(b, *mx_build_top(b, below), *mx_build_top(b, 0));
  if (known) {
    mx_build_done(b, 1, known);
    return true;
  }
  if (!takes && !b->act->body->explains) {
    IrRef pair[] = {mx_build_val(b, *mx_build_top(b, below)), mx_build_val(b, *mx_build_top(b, 0))};
    BuildCall get = {(RtFn)mx_hash_get, 1, RTE_NONE, NULL};
    mx_build_done(b, 1, mx_build_c_call(b, &get, 2, pair));
    return true;
  }
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

// Push an element of the Array at the top, which stays. That of another one than was seen is got by
// C.
static bool match_element(Builder *b, const Instruction *in, const Seen *seen) {
  uint32_t at = in->operands[0], count;
  const IrRef *refs;
  bool known = mx_build_elements(b, *mx_build_top(b, 0), &count, &refs);
  if (known && at < count + in->operands[1]) {
    mx_build_done(b, 0, refs[in->operands[1] ? count - at : at]);
    return true;
  }
  IrRef index = mx_ir_int(b->fn, at);
  bool array = !known && mx_build_is_array(b, mx_build_top(b, 0), &seen->in[0]);
  if (b->block == IR_NO_BLOCK) return true;
  if (array && in->operands[1]) {
    IrRef length = mx_build_emit(b, IR_WORD_TO_INT, match_length(b, seen), IR_NONE, IR_NONE, 0);
    index = mx_build_emit(b, IR_SUB, length, index, IR_NONE, 0);
  }
  if (array) {
    IrRef list = *mx_build_top(b, 0);
    (void)mx_build_snap(b); // exits find the state as it is now
    mx_build_done(b, 0, list);
    mx_build_done(b, 0, index);
    if (mx_build_element(b, &seen->in[0])) return true;
    mx_build_done(b, 2, IR_NONE);
  }
  return match_part(b, in, (RtFn)mx_call_match_element, 2);
}

// Replace what is matched by what the pattern looks at.
static bool match_take(Builder *b, RtFn function, uint32_t count) {
  mx_build_done(b, count, match_call(b, function, MATCH_NOTES | RTE_REFUSES, count, NULL, 0));
  return true;
}

// ---- objects that deconstruct themselves

// A method that patterns ask an object for.
typedef struct MatchAsk {
  CallCache cc;    // of a call of it
  CallEntry entry; // what it finds
} MatchAsk;

// The method that objects of a place have for patterns, if all were plain objects of one shape;
// NULL when it is not one that can be called. It lives as long as the record.
static const MatchAsk *match_method(Builder *b, const TypeSet *seen, Sym name, uint32_t argc) {
  if (seen->kinds != SEEN_HEAP || seen->shape_count != 1 || seen->boxed || seen->many) return NULL;
  ClassObj *klass = mx_shape_at(b->vm, seen->shapes[0])->klass;
  const MethodCell *responds = mx_assume_method(b->vm, klass, SYM_respond_to);
  const MethodCell *cell = mx_assume_method(b->vm, klass, name);
  bool plain = klass->instance_type == T_OBJECT && responds->me && cell->me &&
               responds->me->kind == METHOD_BUILTIN && cell->me->kind == METHOD_GUEST;
  const MethodCode *method = plain ? cell->me->as.code : NULL;
  const Code *code = method ? method->made : NULL;
  if (!code || !code->stream || !(code->params.flags & PARAMS_SIMPLE) || code->params.pre != argc)
    return NULL;
  mx_build_assume(b, responds);
  mx_build_assume(b, cell);
  MatchAsk *ask = mx_arena_new(&((Record *)(uintptr_t)b->rec)->arena, MatchAsk);
  ask->cc = (CallCache){.name = name, .argc = argc};
  ask->entry = (CallEntry){.cell = (MethodCell *)(uintptr_t)cell,
                           .shape = seen->shapes[0],
                           .callee = CALLEE_GUEST,
                           .code = (Code *)(uintptr_t)code,
                           .lex = method->lex};
  return ask;
}

// Ask the object that lies below the method's arguments, and check what it gives.
static bool match_ask(Builder *b, const MatchAsk *ask, RtFn check) {
  uint32_t argc = ask->cc.argc;
  mx_build_as_shape(b, mx_build_top(b, argc), ask->entry.shape);
  if (b->block == IR_NO_BLOCK) return true;
  mx_build_snap(b); // where a wrong answer raises
  IrRef object = mx_build_val(b, *mx_build_top(b, argc));
  IrRef given =
      mx_build_call_value(b, &ask->entry, &(BuildOut){.cc = &ask->cc, .argc = argc, .looks = true});
  if (!given) return false;
  BuildCall call = {check, 1, RTE_WRITES_FIELD | RTE_RAISES, NULL};
  mx_build_called(b, argc + 1, mx_build_c_call(b, &call, 2, (IrRef[]){object, given}));
  return true;
}

// What an array pattern looks at, when nothing is kept.
static bool match_take_parts(Builder *b, const Seen *seen) {
  if (mx_build_struct_parts(b, &seen->in[0], SYM_deconstruct)) return true;
  const MatchAsk *ask = match_method(b, &seen->in[0], SYM_deconstruct, 0);
  if (ask) return !mx_build_see_envs(b) || match_ask(b, ask, (RtFn)mx_call_match_parts);
  return match_take(b, (RtFn)mx_call_match_deconstruct, 1);
}

// Likewise when something may be kept, which then is neither false nor looked at here.
static bool match_kept_parts(Builder *b, IrRef kept, const Seen *seen) {
  if (!mx_build_see_envs(b)) return true;
  BuildArms arms = {0};
  IrRef never = mx_ir_const(b->fn, IR_KVAL, VAL_FALSE);
  IrRef asked = mx_build_emit(b, IR_SAME, mx_build_val(b, kept), never, IR_NONE, 0);
  mx_build_arm(b, &arms, mx_build_emit(b, IR_NOT, asked, IR_NONE, IR_NONE, 0));
  mx_build_done(b, 1, mx_build_val(b, kept));
  mx_build_arm_end(b, &arms);
  if (b->block != IR_NO_BLOCK && !match_take_parts(b, seen)) mx_build_unknown(b);
  mx_build_arms_join(b, &arms);
  return true;
}

// Are objects of a built-in class themselves what patterns look at? (mx_ops_match_is_itself)
static bool match_is_itself(Builder *b, ClassObj *klass, Sym method) {
  const MethodCell *cell = mx_assume_method(b->vm, klass, method);
  if (!cell->me || cell->me->flags & METHOD_F_ADDED) return false;
  mx_build_assume(b, cell);
  return true;
}

// What an array pattern looks at: an Array is it itself. below: where what the subject's
// deconstruct gave is kept, 0 for nowhere.
static bool match_deconstruct(Builder *b, uint32_t below, const Seen *seen) {
  if (match_is_itself(b, b->vm->cls.Array, SYM_deconstruct) &&
      (match_made(b) || mx_build_is_array(b, mx_build_top(b, 0), &seen->in[0])))
    return true;
  if (b->block == IR_NO_BLOCK || below == 0) return match_take_parts(b, seen);
  IrRef kept = mx_build_resolve(b, *mx_build_top(b, below));
  if (mx_build_type(b, kept) == IRT_BOOL) return match_take_parts(b, seen);
  return match_kept_parts(b, kept, seen);
}

// What a hash pattern looks at: a Hash is it itself.
static bool match_keys(Builder *b, const Seen *seen) {
  const TypeSet *set = &seen->in[1];
  uint32_t shape = b->vm->cls.Hash->instance_shape;
  bool hash = set->kinds == SEEN_HEAP && set->shape_count == 1 && set->shapes[0] == shape &&
              match_is_itself(b, b->vm->cls.Hash, SYM_deconstruct_keys);
  if (!hash && mx_build_struct_pairs(b, set)) return true;
  const MatchAsk *ask = hash ? NULL : match_method(b, set, SYM_deconstruct_keys, 1);
  if (ask) return !mx_build_see_envs(b) || match_ask(b, ask, (RtFn)mx_call_match_pairs);
  if (!hash) return match_take(b, (RtFn)mx_call_match_keys, 2);
  mx_build_as_shape(b, mx_build_top(b, 1), shape);
  mx_build_done(b, 1, IR_NONE);
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

// Note something for the message of a failure, if there is one that says why.
static bool match_note(Builder *b, RtFn function, uint32_t count) {
  if (b->act->body->explains) match_call(b, function, MATCH_NOTES, count, NULL, 0);
  return true;
}

bool mx_build_match_op(Builder *b, const Instruction *in, const Seen *seen) {
  switch (in->op) {
  case OP_MATCH_START: return match_note(b, (RtFn)mx_call_match_start, 1);
  case OP_MATCH_NOTE: return match_note(b, (RtFn)mx_call_match_note, 2);
  case OP_MATCH_GUARD: return match_note(b, (RtFn)mx_call_match_guard, 1);
  case OP_MATCH_CASE: return match_test(b, in, seen);
  case OP_MATCH_BIND: return match_bind(b, in->operands[0]);
  case OP_MATCH_END: mx_build_done(b, 1, IR_NONE); return true;
  case OP_MATCH_DECONSTRUCT: return match_deconstruct(b, in->operands[0], seen);
  case OP_MATCH_KEEP: *mx_build_top(b, in->operands[0]) = *mx_build_top(b, 0); return true;
  case OP_MATCH_KEYS: return match_keys(b, seen);
  case OP_MATCH_ELEMENT: return match_element(b, in, seen);
  case OP_MATCH_SLICE: return match_part(b, in, (RtFn)mx_call_match_slice, 2);
  case OP_MATCH_REST: return match_part(b, in, (RtFn)mx_hash_dup, 0);
  case OP_MATCH_VALUE: return match_value(b, in->operands[0], in->operands[1] != 0);
  case OP_ENSURE_START: return match_ensure_start(b);
  case OP_ENSURE_END: return match_ensure_end(b);
  default: return false;
  }
}
