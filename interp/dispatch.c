// SPDX-License-Identifier: MIT
// The dispatch loop of the bytecode engine.
//
// Each handler ends in an indirect jump through a table of handlers, of which there are several
// (VM.handlers): while no operator of a built-in class is redefined, specialized instructions have
// their own handlers; afterwards they go to those of their base instructions, so fast paths test no
// flag; while a hook is enabled, each instruction is looked at and nothing passes a call by. Calls
// of methods and blocks of the language push a frame and go on in the loop; C calls recurse.
//
// INVARIANTS:
// 1. fr == ec->frame; locals == fr->locals; sp is one past fr's operands.
// 2. Before anything that can raise, allocate, run guest code or look at the frame: SAVE, which
//    stores ip behind the instruction (what is looked for is the word before) and sp.
// 3. After anything that can run guest code: RELOAD, since locals may have moved and operators
//    may have been redefined.
// 4. A callee's result is put at fr->base, where the receiver (or the block's first argument) lay.
#include "runtime/array.h"
#include "runtime/assume.h"
#include "runtime/builtin.h"
#include "runtime/float.h"
#include "runtime/global.h"
#include "runtime/hash.h"
#include "runtime/integer.h"
#include "runtime/range.h"
#include "runtime/semantics.h"
#include "runtime/string.h"
#include "interp/constant.h"
#include "interp/define.h"
#include "interp/defined.h"
#include "interp/land.h"
#include "interp/match_vars.h"
#include "interp/ops.h"
#include "interp/profile.h"
#include "interp/program.h"
#include "interp/stream_check.h"
#include "interp/tier.h"
#include "interp/trace.h"
#include "interp/unwind.h"
#include "interp/variable.h"
#include "interp/watch.h"

// Shape by which calls on a value are cached.
static inline uint32_t dispatch_shape(const VM *vm, Value v) {
  if (MX_LIKELY(val_is_heap(v))) return val_header(v)->shape;
  if (val_is_fixnum(v)) return vm->cls.Integer->instance_shape;
  if (val_is_flonum(v)) return vm->cls.Float->instance_shape;
  if (val_is_symbol(v)) return vm->cls.Symbol->instance_shape;
  if (val_is_nil(v)) return vm->cls.NilClass->instance_shape;
  return (v == VAL_TRUE ? vm->cls.TrueClass : vm->cls.FalseClass)->instance_shape;
}

// Is the value an instance of a built-in class itself, frozen or not?
static inline bool dispatch_is_plain(const VM *vm, Value v, TypeTag type, const ClassObj *klass) {
  if (!val_is_heap(v)) return false;
  const Header *h = val_header(v);
  if (MX_LIKELY(h->shape == klass->instance_shape)) return true;
  return (h->flags & FL_TYPE_MASK) == type && mx_shape_at(vm, h->shape)->klass == klass;
}

// Call a C leaf of self with its arguments below sp.
static inline Value dispatch_leaf(ExecCtx *ec, const CallEntry *entry, Value self, uint32_t argc,
                                  const Value *sp) {
  const Value *a = sp - argc;
  switch (entry->params) {
  case 0: return ((Leaf0)entry->as.fn)(ec, self);
  case 1: return ((Leaf1)entry->as.fn)(ec, self, argc > 0 ? a[0] : VAL_UNDEF);
  case 2:
    return ((Leaf2)entry->as.fn)(ec, self, argc > 0 ? a[0] : VAL_UNDEF,
                                 argc > 1 ? a[1] : VAL_UNDEF);
  case 3:
    return ((Leaf3)entry->as.fn)(ec, self, argc > 0 ? a[0] : VAL_UNDEF, argc > 1 ? a[1] : VAL_UNDEF,
                                 argc > 2 ? a[2] : VAL_UNDEF);
  default:
    return ((Leaf4)entry->as.fn)(ec, self, argc > 0 ? a[0] : VAL_UNDEF, argc > 1 ? a[1] : VAL_UNDEF,
                                 argc > 2 ? a[2] : VAL_UNDEF, argc > 3 ? a[3] : VAL_UNDEF);
  }
}

// Read a slot that holds a raw double.
static inline Value dispatch_load_double(ExecCtx *ec, const void *slot) {
  double d;
  memcpy(&d, slot, sizeof d);
  return mx_float_value(ec, d);
}

// Store into an array's slot that exists, if its strategy and buffer allow it just so.
static inline bool dispatch_put(Array *a, uint64_t at, Value v) {
  if (at >= a->len || a->h.flags & FL_ARRAY_SHARED) return false;
  ArrayStrategy strategy = mx_array_strategy(a);
  if (strategy == ARRAY_DOUBLE) {
    if (!val_is_flonum(v)) return false;
    a->at.doubles[at] = val_to_flonum(v);
    return true;
  }
  if (strategy == ARRAY_INT && !val_is_fixnum(v)) return false;
  a->at.values[at] = v;
  return true;
}

// Is it an element of an Array that is there?
static inline bool dispatch_is_element(const VM *vm, Value a, Value i) {
  return val_is_fixnum(i) && dispatch_is_plain(vm, a, T_ARRAY, vm->cls.Array) &&
         (uint64_t)val_to_fixnum(i) < val_to_array(a)->len;
}

// Fit arguments to a block with plain parameters by the rules of procs; false when that needs more
// than moving them. given: how many parameters have got one.
static inline bool dispatch_fit(ExecCtx *ec, const Block *block, const Code *code, Value *args,
                                uint32_t argc, uint32_t *given) {
  uint32_t pre = code->params.pre;
  *given = argc;
  if (MX_LIKELY(argc == pre)) return true;
  if (block->is_lambda || (code->core && code->params.flags & PARAMS_PACKED)) return false;
  if (argc > pre) *given = pre;
  if (argc != 1 || pre <= 1) return true;
  if (!val_is_array(args[0])) return !val_is_heap(args[0]);
  if ((size_t)(ec->vstack_end - args) <= pre + STREAM_STACK_SLACK) return false;
  const Array *a = val_to_array(args[0]);
  *given = a->len < pre ? a->len : pre;
  for (uint32_t i = 0; i < *given; i++) args[i] = mx_array_at(ec, a, i);
  return true;
}

// Fill in what a block's frame has beyond mx_ops_push.
static inline void dispatch_block_frame(Frame *nf, const Block *block, Value *base) {
  nf->self = block->self;
  nf->lex = block->lex;
  nf->me = block->me;
  nf->me_at = block->me_at;
  nf->block = block->home_block;
  nf->outer = block->env;
  nf->own = block;
  nf->base = base;
  nf->flags = (uint32_t)FRAME_BLOCK | (nf->code->core ? (uint32_t)FRAME_CORE : 0u) |
              (block->is_lambda ? (uint32_t)FRAME_LAMBDA : 0u);
}

// Is there a body that the loop can run?
static inline bool dispatch_block_ready(const Block *block) {
  return block && block->kind == BLOCK_CODE && ((const Code *)block->code)->stream;
}

// The local that the LOAD_LOCAL or GET_UPVALUE_1 at ip, part of a sequence, loads; gives what is
// behind it.
static inline const uint32_t *dispatch_fused_local(const Frame *fr, const uint32_t *ip,
                                                   Value *value) {
  bool own = *ip == STREAM_LOAD_LOCAL;
  *value = own ? fr->locals[ip[1]] : fr->outer->slots[ip[1]];
  return ip + (own ? 2 : 3);
}

#define CACHES ((InlineCache *)fr->code->caches)
#define SAVE(n) (fr->ip = ip + (n), ec->vsp = sp)
#define RELOAD() (locals = fr->locals, table = tables[ec->recording][ec->vm->handlers])
// Count a back edge that is taken from the instruction at ip.
#define COUNT_DOWN() MX_UNLIKELY(--((Code *)(uintptr_t)fr->code)->heat == 0)
#define NEXT(n)       \
  do {                \
    ip += (n);        \
    goto *table[*ip]; \
  } while (0)
#define CASE(NAME) op_##NAME
#define CHECK(v) \
  if (MX_UNLIKELY(val_is_exc(v))) goto unwind
// Push the result of what took n operands and w words, after guest code may have run.
#define RESULT(v, n, w) \
  do {                  \
    Value result = (v); \
    CHECK(result);      \
    RELOAD();           \
    sp -= (n);          \
    *sp++ = result;     \
    NEXT(w);            \
  } while (0)

// A binary operator: specialize, or the built-in meaning, or a call.
#define BINARY(NAME)                                          \
  CASE(NAME) : SAVE(2);                                       \
  if (mx_ops_specialize(ec, fr, ip, sp[-2], sp[-1])) NEXT(0); \
  cc = &CACHES[ip[1]].call;                                   \
  value = mx_ops_binary(ec, fr, cc->name, sp[-2], sp[-1]);    \
  if (val_is_undef(value)) goto call_plain;                   \
  RESULT(value, 2, 2);

// On two small Integers: the rest computes v from a and b (tagged) or goes to the base instruction.
#define INT_OP(NAME, BASE, ...)                               \
  CASE(NAME) : {                                              \
    Value a = sp[-2], b = sp[-1], v;                          \
    if (MX_UNLIKELY(!val_both_fixnum(a, b))) goto CASE(BASE); \
    __VA_ARGS__;                                              \
    sp--;                                                     \
    sp[-1] = v;                                               \
    NEXT(2);                                                  \
  }
#define OVERFLOWS(builtin, a, b, v) \
  if (MX_UNLIKELY(builtin((int64_t)(a), (int64_t)(b), (int64_t *)&(v))))
#define INT_COMPARE(NAME, BASE, op) INT_OP(NAME, BASE, v = val_bool((int64_t)a op(int64_t) b))
// Compare and do the conditional jump behind at once.
#define INT_COMPARE_IF(NAME, BASE, op)                        \
  CASE(NAME) : {                                              \
    Value a = sp[-2], b = sp[-1];                             \
    if (MX_UNLIKELY(!val_both_fixnum(a, b))) goto CASE(BASE); \
    sp -= 2;                                                  \
    ip += 2;                                                  \
    BRANCH((int64_t)a op(int64_t) b);                         \
  }
// A conditional jump at ip, with the condition known (mx_stream_is_branch).
#define BRANCH(condition)                               \
  if (*ip == STREAM_JUMP_IF_FALSE) {                    \
    if (!(condition)) NEXT((int32_t)ip[1]);             \
    NEXT(2);                                            \
  }                                                     \
  if (!(condition)) NEXT(2);                            \
  if (*ip == STREAM_JUMP_IF_TRUE) NEXT((int32_t)ip[1]); \
  if (MX_UNLIKELY(ec->poll)) goto poll_back;            \
  if (COUNT_DOWN()) goto hot_back;                      \
  NEXT((int32_t)ip[1])
// Two operands from the words of loads, or the top and a word: compare, and do the jump behind. The
// rest goes to the loads, for good when the types are others.
#define FUSED_IF(NAME, A, B, words, taken, otherwise, op) \
  CASE(NAME) : {                                          \
    Value a = (A), b = (B);                               \
    if (MX_UNLIKELY(!val_both_fixnum(a, b))) {            \
      *(uint32_t *)(uintptr_t)ip = STREAM_##otherwise;    \
      goto CASE(otherwise);                               \
    }                                                     \
    sp -= (taken);                                        \
    ip += (words);                                        \
    BRANCH((int64_t)a op(int64_t) b);                     \
  }
#define FUSED_COMPARE(NAME, op)                                                           \
  FUSED_IF(NAME##_LOCALS_IF, locals[ip[1]], locals[ip[3]], 6, 0, LOAD_LOCAL_LOCAL, op)    \
  FUSED_IF(NAME##_LOCAL_INT_IF, locals[ip[1]], WORD_INT(ip[3]), 6, 0, LOAD_LOCAL_INT, op) \
  FUSED_IF(NAME##_CONST_IF, sp[-1], WORD_INT(ip[1]), 4, 1, PUSH_INT, op)
// Is the literal of a PUSH_SHARED known to be seen by built-in methods only?
#define SHARES(call) ((call).entry.cell && (call).entry.cell->valid && !fr->lex->refinements)
// `when` of a constant k: does it fit the top, v, which stays?
#define FUSED_CASE(NAME, FIRST, known, K, fits)  \
  CASE(NAME) : {                                 \
    Value v = sp[-1], k;                         \
    if (MX_UNLIKELY(!(known))) goto CASE(FIRST); \
    k = (K), ip += 6;                            \
    BRANCH(fits);                                \
  }
// The small Integer in a word.
#define WORD_INT(word) val_from_fixnum((int32_t)(word))
// Compute v from the top, a, and the Integer b in the word.
#define FUSED_CONST(NAME, ...)                      \
  CASE(NAME) : {                                    \
    Value a = sp[-1], b = WORD_INT(ip[1]), v;       \
    if (MX_UNLIKELY(!val_is_fixnum(a))) {           \
      *(uint32_t *)(uintptr_t)ip = STREAM_PUSH_INT; \
      goto CASE(PUSH_INT);                          \
    }                                               \
    __VA_ARGS__;                                    \
    sp[-1] = v;                                     \
    NEXT(4);                                        \
  }
// Push v computed from a local, a, and the Integer b in the word behind it.
#define FUSED_LOCAL_INT(NAME, builtin)                             \
  CASE(NAME) : {                                                   \
    Value a = locals[ip[1]], b = WORD_INT(ip[3]);                  \
    if (MX_UNLIKELY(!val_is_fixnum(a))) {                          \
      *(uint32_t *)(uintptr_t)ip = STREAM_LOAD_LOCAL_INT;          \
      goto CASE(LOAD_LOCAL_INT);                                   \
    }                                                              \
    OVERFLOWS(builtin, a, b - 1, value) goto CASE(LOAD_LOCAL_INT); \
    *sp++ = value;                                                 \
    NEXT(6);                                                       \
  }
// On two immediate Floats.
#define FLOAT_OP(NAME, BASE, op)                                              \
  CASE(NAME) : {                                                              \
    Value a = sp[-2], b = sp[-1];                                             \
    if (MX_UNLIKELY(!val_is_flonum(a) || !val_is_flonum(b))) goto CASE(BASE); \
    double d = val_to_flonum(a) op val_to_flonum(b);                          \
    if (MX_UNLIKELY(!val_from_flonum(d, &value))) {                           \
      SAVE(2);                                                                \
      value = mx_float_new(ec, d);                                            \
    }                                                                         \
    sp--, sp[-1] = value;                                                     \
    NEXT(2);                                                                  \
  }
#define FLOAT_COMPARE(NAME, BASE, op)                                         \
  CASE(NAME) : {                                                              \
    Value a = sp[-2], b = sp[-1];                                             \
    if (MX_UNLIKELY(!val_is_flonum(a) || !val_is_flonum(b))) goto CASE(BASE); \
    sp--, sp[-1] = val_bool(val_to_flonum(a) op val_to_flonum(b));            \
    NEXT(2);                                                                  \
  }

// Handler of a quick instruction when operators are redefined.
#define GENERIC_GUARDED(NAME, BASE) &&op_##BASE
// Of one that stands in the place of PUSH_INT, whose operand is the number itself.
#define GENERIC_OPERAND(NAME, BASE) &&op_PUSH_INT
#define GENERIC_FREE(NAME, BASE) &&op_##NAME
#define GENERIC_WRITTEN(NAME, BASE) &&op_##NAME
#define GENERIC_FUSED(NAME, BASE) &&op_##BASE
#define GENERIC_FUSED_IF(NAME, BASE) &&op_##BASE
#define GENERIC_FUSED_FREE(NAME, BASE) &&op_##NAME
// Handler of a quick instruction that does no more than its base does.
#define SINGLE_GUARDED(NAME, BASE) &&op_##NAME
#define SINGLE_FREE(NAME, BASE) &&op_##NAME
#define SINGLE_WRITTEN(NAME, BASE) &&op_##NAME
#define SINGLE_FUSED(NAME, BASE) &&op_##BASE
#define SINGLE_FUSED_FREE(NAME, BASE) &&op_##BASE
#define SINGLE_OPERAND(NAME, BASE) &&op_PUSH_INT
#define SINGLE_FUSED_IF(NAME, BASE) &&op_##BASE##_INT
// Handler of a quick instruction that does no more than its base does, calls operators included.
#define OBSERVED_GUARDED(NAME, BASE) &&op_##BASE
#define OBSERVED_FREE(NAME, BASE) &&op_##NAME
#define OBSERVED_WRITTEN(NAME, BASE) &&op_##NAME
#define OBSERVED_FUSED(NAME, BASE) &&op_##BASE
#define OBSERVED_FUSED_FREE(NAME, BASE) &&op_##BASE
#define OBSERVED_OPERAND(NAME, BASE) &&op_PUSH_INT
#define OBSERVED_FUSED_IF(NAME, BASE) &&op_##BASE

// Execute from the landing on until the entry frame ends; where ip is NULL, something unwinds.
PROFILE_TEXT static Value dispatch_loop(ExecCtx *ec, Frame *const entry, Landing land) {
  // Handlers by StreamOp: as they are, and with specialized ones replaced by their bases.
  static const void *const normal[STREAM_COUNT] = {
#define OP(NAME, operands, pops, pushes, effects, phase, send, doc, example) \
  [STREAM_##NAME] = &&op_##NAME,
#include "bytecode/opcodes.def"
#define QUICK(NAME, BASE, KIND, doc) [STREAM_##NAME] = &&op_##NAME,
#include "interp/quick_ops.def"
  };
  static const void *const generic[STREAM_COUNT] = {
#define OP(NAME, operands, pops, pushes, effects, phase, send, doc, example) \
  [STREAM_##NAME] = &&op_##NAME,
#include "bytecode/opcodes.def"
#define QUICK(NAME, BASE, KIND, doc) [STREAM_##NAME] = GENERIC_##KIND(NAME, BASE),
#include "interp/quick_ops.def"
  };
  // One instruction at a time, while the next tier looks at each.
  static const void *const single[STREAM_COUNT] = {
#define OP(NAME, operands, pops, pushes, effects, phase, send, doc, example) \
  [STREAM_##NAME] = &&op_##NAME,
#include "bytecode/opcodes.def"
#define QUICK(NAME, BASE, KIND, doc) [STREAM_##NAME] = SINGLE_##KIND(NAME, BASE),
#include "interp/quick_ops.def"
  };
  // Likewise, and no operator without a look at what it means: while hooks look at each, and while
  // the next tier does and some operator is redefined.
  static const void *const observed[STREAM_COUNT] = {
#define OP(NAME, operands, pops, pushes, effects, phase, send, doc, example) \
  [STREAM_##NAME] = &&op_##NAME,
#include "bytecode/opcodes.def"
#define QUICK(NAME, BASE, KIND, doc) [STREAM_##NAME] = OBSERVED_##KIND(NAME, BASE),
#include "interp/quick_ops.def"
  };
  // What goes another way then, by base instruction: calls in code of the program.
  static const void *const told[OP_COUNT] = {
      [OP_ADD] = &&told_call,
      [OP_SUB] = &&told_call,
      [OP_MUL] = &&told_call,
      [OP_DIV] = &&told_call,
      [OP_MOD] = &&told_call,
      [OP_EQ] = &&told_call,
      [OP_NE] = &&told_call,
      [OP_LT] = &&told_call,
      [OP_LE] = &&told_call,
      [OP_GT] = &&told_call,
      [OP_GE] = &&told_call,
      [OP_LSHIFT] = &&told_call,
      [OP_RSHIFT] = &&told_call,
      [OP_BIT_AND] = &&told_call,
      [OP_BIT_OR] = &&told_call,
      [OP_BIT_XOR] = &&told_call,
      [OP_COMPARE] = &&told_call,
      [OP_INDEX_GET] = &&told_call,
      [OP_INDEX_SET] = &&told_call,
      [OP_NEG] = &&told_call,
      [OP_NOT] = &&told_call,
      [OP_CALL_METHOD] = &&told_call,
      [OP_CALL_WITH_BLOCK] = &&told_block,
      [OP_CALL_PASS] = &&told_pass,
      [OP_CASE_EQ] = &&told_case,
  };
  static const void *const watched[STREAM_COUNT] = {[0 ... STREAM_COUNT - 1] = &&op_watched};
  static const void *const hooked[STREAM_COUNT] = {[0 ... STREAM_COUNT - 1] = &&op_hooked};
  // By ec->recording and vm->handlers.
  static const void *const *const plain_tables[2][HANDLERS_COUNT] = {{normal, generic, hooked},
                                                                     {watched, watched, hooked}};
  static const void *const *const watched_tables[2][HANDLERS_COUNT] = {{watched, watched, watched},
                                                                       {watched, watched, watched}};
  // --trace: every instruction is printed before it is executed by its general handler.
  const Interp *const interp = mx_interp(ec->vm);
  const bool traced = interp->options.trace;
  const void *const *const(*const tables)[HANDLERS_COUNT] =
      MX_CHECKED || traced ? watched_tables : plain_tables;
  Frame *fr = land.fr;
  const uint32_t *ip = land.ip;
  Value *sp = land.sp, *locals = fr->locals;
  const void *const *table = tables[ec->recording][ec->vm->handlers];
  CallCache *cc;
  const CallEntry *ce;
  const Block *block;
  uint32_t placed; // arguments of a call that are locals where they lie
  Value value;
  entry->flags |= FRAME_ENTRY;
  if (MX_UNLIKELY(!ip)) goto unwind;
  NEXT(0);

  CASE(watched) : if (MX_CHECKED) mx_stream_check(ec, fr, ip, sp);
  if (ec->recording && ec->vm->handlers != HANDLERS_HOOKED) {
    SAVE(1); // recording allocates
    interp->tier->record(ec, fr, ip, sp);
    RELOAD();
    goto *(ec->vm->handlers == HANDLERS_GENERIC ? observed : single)[*ip];
  }
  if (!traced) goto *plain_tables[0][ec->vm->handlers][*ip];
  {
    const uint32_t *before = fr->ip;
    SAVE(1);
    mx_vm_trace_hook(ec, fr, ip, sp);
    if (ec->vm->handlers != HANDLERS_HOOKED) goto *generic[*ip];
    fr->ip = before; // it tells whether the frame begins
    goto op_hooked;
  }

  // ---- hooks
  CASE(hooked) : if (!mx_watch_step(ec, fr, ip, sp)) goto unwind;
  RELOAD();
  {
    const void *how = told[mx_stream_base((StreamOp)*ip)];
    if (!how || fr->code->core) how = observed[*ip];
    goto *how;
  }
told_call:
  block = NULL;
told_send: // the call protocol; no operator has OPF_SPLAT
  cc = &CACHES[ip[1]].call;
  SAVE(2);
  value = cc->flags & OPF_SPLAT ? mx_ops_send_spread(ec, fr, cc, sp, block)
                                : mx_ops_send(ec, fr, cc, sp, block);
  goto sent;
told_block:
  SAVE(2);
  block = mx_ops_block(ec, fr, CACHES[ip[1]].call.body);
  goto told_send;
told_pass:
  block = mx_ops_passed(fr, *--sp);
  goto told_send;
told_case:
  SAVE(2);
  cc = &CACHES[ip[1]].call;
  goto case_equal;

  // ---- stack
  CASE(PUSH_CONST) : *sp++ = fr->code->chunk->consts[ip[1]];
  NEXT(2);
  CASE(PUSH_INT) : *sp++ = val_from_fixnum((int32_t)ip[1]);
  NEXT(2);
  CASE(PUSH_NIL) : *sp++ = VAL_NIL;
  NEXT(1);
  CASE(PUSH_TRUE) : *sp++ = VAL_TRUE;
  NEXT(1);
  CASE(PUSH_FALSE) : *sp++ = VAL_FALSE;
  NEXT(1);
  CASE(PUSH_STRING) : SAVE(2);
  *sp++ = mx_str_dup(ec, fr->code->chunk->consts[ip[1]]);
  NEXT(2);
  CASE(PUSH_SHARED) : cc = &CACHES[ip[1]].call;
  SAVE(2);
  *sp++ = MX_LIKELY(SHARES(*cc)) ? fr->code->chunk->consts[cc->body] : mx_ops_shared(ec, fr, cc);
  NEXT(2);
  CASE(POP) : sp--;
  NEXT(1);
  CASE(POP_N) : sp -= ip[1];
  NEXT(2);
  CASE(DUP) : *sp = sp[-1];
  sp++;
  NEXT(1);
  CASE(DUP_N) : memcpy(sp, sp - ip[1], ip[1] * sizeof(Value));
  sp += ip[1];
  NEXT(2);
  CASE(SWAP) : value = sp[-1];
  sp[-1] = sp[-2];
  sp[-2] = value;
  NEXT(1);
  CASE(PICK) : value = sp[-1 - (int64_t)ip[1]];
  *sp++ = value;
  NEXT(2);
  CASE(TUCK) : value = sp[-1];
  memmove(sp - ip[1], sp - ip[1] - 1, (ip[1] + 1) * sizeof(Value));
  sp[-1 - (int64_t)ip[1]] = value;
  sp++;
  NEXT(2);
  CASE(DROP) : sp[-1 - (int64_t)ip[1]] = sp[-1];
  sp -= ip[1];
  NEXT(2);

  // ---- operators
  BINARY(ADD)
  BINARY(SUB)
  BINARY(MUL)
  BINARY(DIV)
  BINARY(MOD)
  BINARY(EQ)
  BINARY(NE)
  BINARY(LT)
  BINARY(LE)
  BINARY(GT)
  BINARY(GE)
  BINARY(LSHIFT)
  BINARY(RSHIFT)
  BINARY(BIT_AND)
  BINARY(BIT_OR)
  BINARY(BIT_XOR)
  BINARY(COMPARE)
  BINARY(INDEX_GET)
  INT_OP(ADD_INT, ADD, OVERFLOWS(__builtin_add_overflow, a, b - 1, v) goto CASE(ADD))
  INT_OP(SUB_INT, SUB, OVERFLOWS(__builtin_sub_overflow, a, b - 1, v) goto CASE(SUB))
  INT_OP(MUL_INT, MUL, OVERFLOWS(__builtin_mul_overflow, a - 1, val_to_fixnum(b), v) goto CASE(MUL);
         v += 1)
  INT_OP(DIV_INT, DIV, if (b == 1 || b == val_from_fixnum(-1)) goto CASE(DIV);
         int64_t x = val_to_fixnum(a), y = val_to_fixnum(b), q = x / y;
         v = val_from_fixnum(q - (x % y != 0 && (x ^ y) < 0)))
  INT_OP(MOD_INT, MOD, if (b == 1) goto CASE(MOD);
         int64_t y = val_to_fixnum(b), r = val_to_fixnum(a) % y;
         v = val_from_fixnum(r != 0 && (r ^ y) < 0 ? r + y : r))
  INT_COMPARE(EQ_INT, EQ, ==)
  INT_COMPARE(NE_INT, NE, !=)
  INT_COMPARE(LT_INT, LT, <)
  INT_COMPARE(LE_INT, LE, <=)
  INT_COMPARE(GT_INT, GT, >)
  INT_COMPARE(GE_INT, GE, >=)
  INT_COMPARE_IF(EQ_INT_IF, EQ, ==)
  INT_COMPARE_IF(NE_INT_IF, NE, !=)
  INT_COMPARE_IF(LT_INT_IF, LT, <)
  INT_COMPARE_IF(LE_INT_IF, LE, <=)
  INT_COMPARE_IF(GT_INT_IF, GT, >)
  INT_COMPARE_IF(GE_INT_IF, GE, >=)
  INT_OP(LSHIFT_INT, LSHIFT, int64_t x = val_to_fixnum(a); uint64_t n = b >> 1;
         if (n > 61) goto CASE(LSHIFT);
         int64_t r = (int64_t)((uint64_t)x << n); // of a negative one C has no <<
         if (r >> n != x || !fixnum_fits(r)) goto CASE(LSHIFT); v = val_from_fixnum(r))
  INT_OP(RSHIFT_INT, RSHIFT, uint64_t n = b >> 1; if (n > 62) goto CASE(RSHIFT);
         v = val_from_fixnum(val_to_fixnum(a) >> n))
  INT_OP(BIT_AND_INT, BIT_AND, v = a & b)
  INT_OP(BIT_OR_INT, BIT_OR, v = a | b)
  INT_OP(BIT_XOR_INT, BIT_XOR, v = (a ^ b) | 1)
  FLOAT_OP(ADD_FLOAT, ADD, +)
  FLOAT_OP(SUB_FLOAT, SUB, -)
  FLOAT_OP(MUL_FLOAT, MUL, *)
  FLOAT_OP(DIV_FLOAT, DIV, /)
  FLOAT_COMPARE(LT_FLOAT, LT, <)
  FLOAT_COMPARE(LE_FLOAT, LE, <=)
  FLOAT_COMPARE(GT_FLOAT, GT, >)
  FLOAT_COMPARE(GE_FLOAT, GE, >=)
  CASE(CASE_EQ) : SAVE(2);
  cc = &CACHES[ip[1]].call;
  if (val_is_class_or_module(sp[-2])) {
    ce = &cc->entry;
    if (ce->shape != val_header(sp[-2])->shape || !ce->cell->valid)
      ce = mx_ops_resolve(ec, fr, cc, sp[-2]);
    if (ce && ce->callee == CALLEE_IS_A) {
      sp--;
      sp[-1] = val_bool(mx_is_a(ec->vm, sp[0], VAL_CAST(ClassObj, sp[-1])));
      NEXT(2);
    }
    if (ec->unwind != UNWIND_NONE) goto unwind;
  }
case_equal:
  value = mx_ops_case_equal(ec, fr, sp[-2], sp[-1]);
  if (!val_is_undef(value)) RESULT(value, 2, 2);
  if (MX_UNLIKELY(ec->vm->hooked)) goto told_call;
  goto call_plain;
  CASE(NEG) : CASE(NOT) : SAVE(2);
  cc = &CACHES[ip[1]].call;
  value = mx_ops_unary(ec, fr, cc->name, sp[-1]);
  if (val_is_undef(value)) goto call_plain;
  RESULT(value, 1, 2);
  CASE(AND) : value = *--sp;
  if (val_truthy(sp[-1])) sp[-1] = value;
  NEXT(1);
  CASE(OR) : value = *--sp;
  if (!val_truthy(sp[-1])) sp[-1] = value;
  NEXT(1);
  CASE(INDEX_SET) : SAVE(2);
  if (mx_ops_index_set(ec, fr, ip, sp - 3)) {
    sp[-3] = sp[-1];
    sp -= 2;
    NEXT(2);
  }
  if (MX_UNLIKELY(ec->unwind != UNWIND_NONE)) goto unwind;
  cc = &CACHES[ip[1]].call;
  goto call_plain;
  CASE(INDEX_GET_ARRAY) : {
    Value a = sp[-2], i = sp[-1];
    if (!val_is_fixnum(i) || !dispatch_is_plain(ec->vm, a, T_ARRAY, ec->vm->cls.Array))
      goto CASE(INDEX_GET);
    const Array *array = val_to_array(a);
    uint64_t at = (uint64_t)val_to_fixnum(i);
    if (mx_array_strategy(array) == ARRAY_DOUBLE) SAVE(2);
    sp--;
    sp[-1] =
        at < array->len ? mx_array_at(ec, array, (uint32_t)at) : mx_array_get(ec, a, (int64_t)at);
    NEXT(2);
  }
  CASE(INDEX_GET_HASH) : {
    Value a = sp[-2];
    if (!dispatch_is_plain(ec->vm, a, T_HASH, ec->vm->cls.Hash)) goto CASE(INDEX_GET);
    SAVE(2);
    RESULT(mx_hash_fetch(ec, a, sp[-1]), 2, 2);
  }
  CASE(INDEX_SET_ARRAY) : {
    Value a = sp[-3], i = sp[-2];
    if (!val_is_fixnum(i) || !val_is_heap(a) ||
        val_header(a)->shape != ec->vm->cls.Array->instance_shape ||
        !dispatch_put(val_to_array(a), (uint64_t)val_to_fixnum(i), sp[-1]))
      goto CASE(INDEX_SET);
    sp[-3] = sp[-1];
    sp -= 2;
    NEXT(2);
  }
  CASE(EQ_IDENTITY) : {
    Value a = sp[-2];
    if (val_is_heap(a) || val_is_fixnum(a) || val_is_flonum(a)) goto CASE(EQ);
    sp--;
    sp[-1] = val_bool(a == sp[0]);
    NEXT(2);
  }
  CASE(NE_IDENTITY) : {
    Value a = sp[-2];
    if (val_is_heap(a) || val_is_fixnum(a) || val_is_flonum(a)) goto CASE(NE);
    sp--;
    sp[-1] = val_bool(a != sp[0]);
    NEXT(2);
  }
  CASE(LSHIFT_ARRAY) : {
    Value a = sp[-2];
    if (!val_is_heap(a) || val_header(a)->shape != ec->vm->cls.Array->instance_shape)
      goto CASE(LSHIFT);
    SAVE(2);
    mx_array_push(ec, a, sp[-1]);
    sp--;
    NEXT(2);
  }

  // ---- variables
  CASE(LOAD_LOCAL) : *sp++ = locals[ip[1]];
  NEXT(2);
  CASE(LOAD_LOCAL_LOCAL) : sp[0] = locals[ip[1]];
  sp[1] = locals[ip[3]];
  sp += 2;
  NEXT(4);
  CASE(LOAD_LOCAL_INT) : sp[0] = locals[ip[1]];
  sp[1] = val_from_fixnum((int32_t)ip[3]);
  sp += 2;
  NEXT(4);
  CASE(ADD_LOCAL_INT) : {
    Value a = locals[ip[1]], n = (Value)(int64_t)(int32_t)ip[3] << 1;
    if (MX_UNLIKELY(!val_is_fixnum(a)) ||
        __builtin_add_overflow((int64_t)a, (int64_t)n, (int64_t *)&value))
      goto CASE(LOAD_LOCAL);
    locals[ip[1]] = value;
    NEXT(8);
  }
  FUSED_COMPARE(EQ, ==)
  FUSED_COMPARE(LT, <)
  FUSED_COMPARE(LE, <=)
  FUSED_COMPARE(GT, >)
  FUSED_COMPARE(GE, >=)
  FUSED_CASE(CASE_INT_IF, PUSH_INT, val_is_fixnum(v), WORD_INT(ip[1]), v == k)
  FUSED_CASE(CASE_SYMBOL_IF, PUSH_CONST, true, fr->code->chunk->consts[ip[1]], v == k)
  FUSED_CASE(CASE_STRING_IF, PUSH_SHARED, val_is_string(v) && SHARES(CACHES[ip[1]].call),
             fr->code->chunk->consts[CACHES[ip[1]].call.body], mx_str_eq(k, v))
  FUSED_IF(LT_LOCAL_SELF_IF, locals[ip[1]], fr->self, 5, 0, LOAD_LOCAL, <)
  FUSED_CONST(ADD_CONST, OVERFLOWS(__builtin_add_overflow, a, b - 1, v) goto CASE(PUSH_INT))
  FUSED_CONST(SUB_CONST, OVERFLOWS(__builtin_sub_overflow, a, b - 1, v) goto CASE(PUSH_INT))
  FUSED_CONST(MUL_CONST,
              OVERFLOWS(__builtin_mul_overflow, a - 1, val_to_fixnum(b), v) goto CASE(PUSH_INT);
              v += 1)
  FUSED_CONST(MOD_CONST, int64_t y = val_to_fixnum(b); if (y <= 0) goto CASE(PUSH_INT);
              int64_t r = val_to_fixnum(a) % y; v = val_from_fixnum(r < 0 ? r + y : r))
  FUSED_LOCAL_INT(LOCAL_PLUS_INT, __builtin_add_overflow)
  FUSED_LOCAL_INT(LOCAL_MINUS_INT, __builtin_sub_overflow)
  CASE(LOCAL_ELEMENT) : {
    Value a = locals[ip[1]], i = locals[ip[3]];
    if (MX_UNLIKELY(!dispatch_is_element(ec->vm, a, i))) {
      if (!val_is_array(a)) *(uint32_t *)(uintptr_t)ip = STREAM_LOAD_LOCAL_LOCAL;
      goto CASE(LOAD_LOCAL_LOCAL);
    }
    SAVE(6);
    *sp++ = mx_array_at(ec, val_to_array(a), (uint32_t)val_to_fixnum(i));
    NEXT(6);
  }
  CASE(ELEMENT_LOCAL) : {
    Value a = sp[-1], i = locals[ip[1]];
    if (MX_UNLIKELY(!dispatch_is_element(ec->vm, a, i))) {
      if (!val_is_array(a)) *(uint32_t *)(uintptr_t)ip = STREAM_LOAD_LOCAL;
      goto CASE(LOAD_LOCAL);
    }
    SAVE(4);
    sp[-1] = mx_array_at(ec, val_to_array(a), (uint32_t)val_to_fixnum(i));
    NEXT(4);
  }
  CASE(SELF_ELEMENT) : {
    Value a = fr->self, i = locals[ip[2]];
    if (MX_UNLIKELY(!val_is_array(a) || !val_is_fixnum(i) ||
                    (uint64_t)val_to_fixnum(i) >= val_to_array(a)->len))
      goto CASE(LOAD_SELF);
    SAVE(5);
    *sp++ = mx_array_at(ec, val_to_array(a), (uint32_t)val_to_fixnum(i));
    NEXT(5);
  }
  CASE(NEXT_ELEMENT) : {
    Value i = locals[ip[1]];
    if (MX_UNLIKELY(!val_is_fixnum(i) || !val_is_array(fr->self))) goto CASE(LOAD_LOCAL);
    OVERFLOWS(__builtin_add_overflow, i, WORD_INT(ip[3]) - 1, value) goto CASE(LOAD_LOCAL);
    locals[ip[1]] = value;
    ip += 15;
    BRANCH(val_to_fixnum(value) < (int64_t)val_to_array(fr->self)->len);
  }
  CASE(STORE_LOCAL) : locals[ip[1]] = *--sp;
  NEXT(2);
  CASE(GET_UPVALUE_1) : *sp++ = fr->outer->slots[ip[1]];
  NEXT(3);
  CASE(SET_UPVALUE_1) : fr->outer->slots[ip[1]] = *--sp;
  NEXT(3);
  CASE(GET_UPVALUE) : {
    const Env *env = fr->outer;
    for (uint32_t depth = ip[2]; depth > 1; depth--) env = env->parent;
    *sp++ = env->slots[ip[1]];
    NEXT(3);
  }
  CASE(SET_UPVALUE) : {
    Env *env = fr->outer;
    for (uint32_t depth = ip[2]; depth > 1; depth--) env = env->parent;
    env->slots[ip[1]] = *--sp;
    NEXT(3);
  }
  CASE(LOAD_GLOBAL) : SAVE(2);
  RESULT(mx_variable_global(ec, fr, ip[1]), 0, 2);
  CASE(STORE_GLOBAL) : SAVE(2);
  if (!mx_variable_set_global(ec, fr, ip[1], sp[-1])) goto unwind;
  RELOAD();
  sp--;
  NEXT(2);
  CASE(LOAD_NTH_REF) : SAVE(2);
  RESULT(mx_match_nth(ec, fr, ip[1]), 0, 2);
  CASE(LOAD_IVAR) : SAVE(2);
  *sp++ = mx_ops_ivar_get(ec, fr, ip);
  NEXT(2);
  CASE(LOAD_IVAR_VALUE) : {
    const IvarCache *cache = &CACHES[ip[1]].ivar;
    Value self = fr->self;
    if (!val_is_heap(self) || val_header(self)->shape != cache->shape) goto CASE(LOAD_IVAR);
    *sp++ = *(const Value *)(const void *)((const char *)val_header(self) + cache->slot);
    NEXT(2);
  }
  CASE(LOAD_IVAR_DOUBLE) : {
    const IvarCache *cache = &CACHES[ip[1]].ivar;
    Value self = fr->self;
    if (!val_is_heap(self) || val_header(self)->shape != cache->shape) goto CASE(LOAD_IVAR);
    SAVE(2);
    *sp++ = dispatch_load_double(ec, (const char *)val_header(self) + cache->slot);
    NEXT(2);
  }
  CASE(LOAD_IVAR_EXT) : {
    const IvarCache *cache = &CACHES[ip[1]].ivar;
    Value self = fr->self;
    if (!val_is_heap(self) || val_header(self)->shape != cache->shape) goto CASE(LOAD_IVAR);
    *sp++ = VAL_CAST(Object, self)->ext[cache->slot];
    NEXT(2);
  }
  CASE(STORE_IVAR_EXT) : {
    const IvarCache *cache = &CACHES[ip[1]].ivar;
    Value self = fr->self;
    if (!val_is_heap(self) || val_header(self)->shape != cache->shape) goto CASE(STORE_IVAR);
    VAL_CAST(Object, self)->ext[cache->slot] = *--sp;
    NEXT(2);
  }
  CASE(STORE_IVAR) : SAVE(2);
  if (!mx_ops_ivar_set(ec, fr, ip, sp[-1])) goto unwind;
  sp--;
  NEXT(2);
  CASE(STORE_IVAR_VALUE) : {
    const IvarCache *cache = &CACHES[ip[1]].ivar;
    Value self = fr->self;
    if (!val_is_heap(self) || val_header(self)->shape != cache->shape) goto CASE(STORE_IVAR);
    *(Value *)(void *)((char *)val_header(self) + cache->slot) = *--sp;
    NEXT(2);
  }
  CASE(STORE_IVAR_DOUBLE) : {
    const IvarCache *cache = &CACHES[ip[1]].ivar;
    Value self = fr->self;
    if (!val_is_heap(self) || val_header(self)->shape != cache->shape || !val_is_flonum(sp[-1]))
      goto CASE(STORE_IVAR);
    double d = val_to_flonum(*--sp);
    memcpy((char *)val_header(self) + cache->slot, &d, sizeof d);
    NEXT(2);
  }
  CASE(STORE_IVAR_ADD) : {
    const IvarCache *cache = &CACHES[ip[1]].ivar;
    Value self = fr->self;
    if (!val_is_heap(self) || val_header(self)->shape != cache->shape || val_is_float(sp[-1]))
      goto CASE(STORE_IVAR);
    *(Value *)(void *)((char *)val_header(self) + cache->slot) = *--sp;
    val_header(self)->shape = cache->new_shape;
    NEXT(2);
  }
  CASE(LOAD_CVAR) : SAVE(2);
  RESULT(mx_variable_class(ec, fr, ip[1]), 0, 2);
  CASE(STORE_CVAR) : SAVE(2);
  if (!mx_variable_set_class(ec, fr, ip[1], sp[-1])) goto unwind;
  sp--;
  NEXT(2);
  CASE(LOAD_CONST) : {
    ConstCache *cache = &CACHES[ip[1]].constant;
    if (MX_LIKELY(cache->lex == fr->lex && cache->version == ec->vm->const_versions[cache->name])) {
      *sp++ = cache->value;
      NEXT(2);
    }
    SAVE(2);
    RESULT(mx_ops_const(ec, fr, cache), 0, 2);
  }
  CASE(LOAD_CONST_FROM) : SAVE(2);
  RESULT(mx_ops_const_from(ec, sp[-1], &CACHES[ip[1]].constant), 1, 2);
  CASE(LOAD_CONST_TOP) : SAVE(2);
  RESULT(mx_ops_const_from(ec, val_from_ptr(ec->vm->cls.Object), &CACHES[ip[1]].constant), 0, 2);
  CASE(STORE_CONST) : SAVE(3);
  if (!mx_ops_const_set(ec, fr, ip[1], (ConstPlace)ip[2], sp - 2)) goto unwind;
  RELOAD();
  sp -= 2;
  NEXT(3);
  CASE(LOAD_SELF) : *sp++ = fr->self;
  NEXT(1);
  CASE(CONST_DEFINED) : SAVE(3);
  RESULT(mx_constant_is_set(ec, fr->lex, ip[1], (ConstPlace)ip[2], sp[-1]), 1, 3);
  CASE(CVAR_DEFINED) : SAVE(2);
  RESULT(mx_variable_class_defined(ec, fr, ip[1]), 0, 2);

  // ---- jumps
  CASE(JUMP) : NEXT((int32_t)ip[1]);
  CASE(JUMP_BACK) : if (MX_UNLIKELY(ec->poll)) goto poll_back;
  if (COUNT_DOWN()) goto hot_back;
  NEXT((int32_t)ip[1]);
  CASE(JUMP_IF_FALSE) : if (!val_truthy(*--sp)) NEXT((int32_t)ip[1]);
  NEXT(2);
  CASE(JUMP_IF_TRUE) : if (val_truthy(*--sp)) NEXT((int32_t)ip[1]);
  NEXT(2);
  CASE(JUMP_IF_FALSE_BACK) : if (val_truthy(*--sp)) NEXT(2);
  if (MX_UNLIKELY(ec->poll)) goto poll_back;
  if (COUNT_DOWN()) goto hot_back;
  NEXT((int32_t)ip[1]);
  CASE(JUMP_IF_TRUE_BACK) : if (!val_truthy(*--sp)) NEXT(2);
  if (MX_UNLIKELY(ec->poll)) goto poll_back;
  if (COUNT_DOWN()) goto hot_back;
  NEXT((int32_t)ip[1]);
  CASE(JUMP_IF_FALSE_KEEP) : if (!val_truthy(sp[-1])) NEXT((int32_t)ip[1]);
  sp--;
  NEXT(2);
  CASE(JUMP_IF_TRUE_KEEP) : if (val_truthy(sp[-1])) NEXT((int32_t)ip[1]);
  sp--;
  NEXT(2);
  CASE(JUMP_IF_NIL) : if (val_is_nil(sp[-1])) NEXT((int32_t)ip[1]);
  NEXT(2);
  CASE(JUMP_IF_GIVEN) : if (!val_is_undef(locals[ip[1]])) NEXT((int32_t)ip[2]);
  NEXT(3);
  CASE(RETURN_LOCAL) : value = locals[ip[1]];
  goto return_value;
  CASE(RETURN) : value = sp[-1];
return_value:
  if (MX_UNLIKELY(fr->flags & (FRAME_ENTRY | FRAME_NEW | FRAME_SWITCH_DUE))) {
    if (fr->flags & FRAME_SWITCH_DUE) __atomic_or_fetch(&ec->poll, POLL_SWITCH, __ATOMIC_RELAXED);
    if (fr->flags & FRAME_ENTRY) return value;
    if (fr->flags & FRAME_NEW) value = fr->self;
  }
  mx_frame_detach(fr);
  ec->depth -= !(fr->flags & FRAME_CORE);
  sp = fr->base;
  fr = fr->prev;
  ec->frame = fr;
  *sp++ = value;
  ip = fr->ip;
  locals = fr->locals;
  goto *table[*ip];
  CASE(RETURN_OUTER) : SAVE(1);
  {
    Frame *target = mx_frame_return_target(ec, fr);
    if (target)
      (void)mx_unwind_start(ec, UNWIND_RETURN, sp[-1], target);
    else
      mx_ivar_set_hidden(ec, ec->exc, SYM_iv_exit_value, sp[-1]);
    goto unwind;
  }
  CASE(BREAK) : SAVE(3);
  mx_land_jump(ec, fr, &(LocalJump){ip[1], ip[2], sp[-1]}, &land);
  goto landed;
  CASE(CONTINUE) : SAVE(3);
  mx_land_jump(ec, fr, &(LocalJump){ip[1], ip[2], VAL_UNDEF}, &land);
  goto landed;
  CASE(BREAK_BLOCK) : SAVE(1);
  (void)mx_unwind_break(ec, fr, sp[-1]);
  goto unwind;

  // ---- calls
  CASE(ATTR_LOCAL) : value = locals[ip[1]];
  ip += 2;
  goto attr;
  CASE(ATTR_SELF) : value = fr->self;
  ip++;
attr: // ip is at a CALL_METHOD without arguments
  cc = &CACHES[ip[1]].call;
  ce = &cc->entry;
  *sp++ = value;
  if (!val_is_heap(value) || val_header(value)->shape != ce->shape || !ce->cell->valid)
    goto call_plain;
  if (ce->callee == CALLEE_ATTR_VALUE) {
    sp[-1] = *(const Value *)(const void *)((const char *)val_header(value) + ce->as.slot);
    NEXT(2);
  }
  if (ce->callee != CALLEE_ATTR_DOUBLE) goto call_plain;
  SAVE(2);
  sp[-1] = dispatch_load_double(ec, (const char *)val_header(value) + ce->as.slot);
  NEXT(2);
  CASE(CALL_LOCAL) : *sp++ = locals[ip[1]];
  ip += 2;
  CASE(CALL_METHOD) : cc = &CACHES[ip[1]].call;
call_plain:
  block = NULL;
call_block:
  ce = &cc->entry;
  value = sp[-1 - (int64_t)cc->argc];
  if (MX_UNLIKELY(ce->shape != dispatch_shape(ec->vm, value) || !ce->cell->valid)) {
    SAVE(2);
    ce = mx_ops_resolve(ec, fr, cc, value);
    if (!ce) {
      value = mx_ops_send(ec, fr, cc, sp, block);
      goto sent;
    }
  }
  switch ((Callee)ce->callee) {
  case CALLEE_GUEST: placed = cc->argc; goto call_guest;
  case CALLEE_IN_ORDER: goto call_in_order;
  case CALLEE_BIND: goto call_bind;
  case CALLEE_LEAF:
    SAVE(2);
    ec->leaf = ce->cell->me;
    value = dispatch_leaf(ec, ce, value, cc->argc, sp);
    ec->leaf = NULL;
    goto called;
  case CALLEE_ATTR_VALUE:
    sp[-1] = *(const Value *)(const void *)((const char *)val_header(value) + ce->as.slot);
    NEXT(2);
  case CALLEE_ATTR_DOUBLE:
    SAVE(2);
    sp[-1] = dispatch_load_double(ec, (const char *)val_header(value) + ce->as.slot);
    NEXT(2);
  case CALLEE_ATTR_SET:
    *(Value *)(void *)((char *)val_header(value) + ce->as.slot) = sp[-1];
    sp[-2] = sp[-1];
    sp--;
    NEXT(2);
  case CALLEE_ATTR_SET_DOUBLE: {
    if (!val_is_flonum(sp[-1])) break;
    double d = val_to_flonum(sp[-1]);
    memcpy((char *)val_header(value) + ce->as.slot, &d, sizeof d);
    sp[-2] = sp[-1];
    sp--;
    NEXT(2);
  }
  case CALLEE_NEW:
    if (MX_UNLIKELY(!ce->init->valid)) break;
    SAVE(2);
    value = mx_ops_allocate(ec, ce->as.klass);
    sp[-1 - (int64_t)cc->argc] = value;
    if (!ce->code) NEXT(2);
    goto call_new;
  case CALLEE_PROC: goto call_proc;
  case CALLEE_IS_A:
    sp--;
    sp[-1] = val_bool(mx_is_a(ec->vm, sp[0], VAL_CAST(ClassObj, value)));
    NEXT(2);
  case CALLEE_METHOD:
  case CALLEE_BIND_CALL:
  case CALLEE_SEND:
  case CALLEE_PUBLIC_SEND:
  case CALLEE_EVAL:
  case CALLEE_EXEC:
  case CALLEE_RAISE:
  case CALLEE_MISSING:
  case CALLEE_INVOKE: break;
  }
  SAVE(2);
  value = mx_ops_invoke(ec, fr, cc, ce, sp, block);
sent: // VAL_UNDEF when a frame was pushed
  RELOAD();
  if (val_is_undef(value)) goto enter;
called: // the result of a call made in C
  if (MX_UNLIKELY(val_is_exc(value))) {
    if (!block || !fr->call_serial) goto unwind;
    value = mx_unwind_call(ec, fr);
    CHECK(value);
  }
  RELOAD();
  sp -= cc->argc + 1;
  *sp++ = value;
  NEXT(2);
call_in_order: // the same; optional parameters that get no argument are undefined
  placed = mx_params_placed(&ce->code->params);
  for (uint32_t i = cc->argc; i < placed; i++) sp[i - cc->argc] = VAL_UNDEF;
call_guest: // a method of the language, `placed` of whose locals lie behind the receiver
  SAVE(2);
call_placed: // the same, with ip and sp stored: the collector sees what is placed
  if (MX_UNLIKELY(--((Code *)(uintptr_t)ce->code)->calls == 0) && interp->tier) {
    MethodRef ref = {ce->cell->me, ce->cell->at};
    value = interp->tier->enter(ec, ref, block, sp - cc->argc - 1);
    if (!val_is_undef(value)) goto called;
    RELOAD();
  }
  {
    Value *args = sp - cc->argc;
    Frame *nf = mx_ops_push(ec, ce->code, args, placed);
    if (MX_UNLIKELY(!nf)) goto too_deep;
    nf->self = args[-1];
    nf->flags = (uint32_t)FRAME_METHOD | (nf->code->core ? (uint32_t)FRAME_CORE : 0u);
    nf->base = args - 1;
    nf->block = block;
    nf->lex = ce->lex;
    nf->me = ce->cell->me;
    nf->me_at = ce->cell->at;
    nf->outer = NULL;
    goto enter;
  }
call_new : { // initialize of a new object, which lies in the receiver's place
  Value *args = sp - cc->argc;
  if (!ce->plain_init) goto call_new_bind;
  Frame *nf = mx_ops_push(ec, ce->code, args, cc->argc);
  if (MX_UNLIKELY(!nf)) goto too_deep;
  nf->self = value;
  nf->flags = (uint32_t)(FRAME_METHOD | FRAME_NEW) | (nf->code->core ? (uint32_t)FRAME_CORE : 0u);
  nf->base = args - 1;
  nf->block = block;
  nf->lex = ce->lex;
  nf->me = ce->init->me;
  nf->me_at = ce->init->at;
  nf->outer = NULL;
  goto enter;
}
enter: // fr is the caller, ec->frame the callee
  fr = ec->frame;
  locals = fr->locals;
  sp = mx_frame_stack(fr);
  ip = fr->code->stream;
  if (MX_UNLIKELY(ec->poll)) goto poll_enter;
  goto *table[*ip];
call_new_bind:
call_bind : { // a method of the language whose arguments must be bound
  SAVE(2);
  Value *args = sp - cc->argc;
  value = mx_ops_enter_entry(ec, ce, &(CallArgs){args, block, cc->argc, cc->flags & OPF_CALL_MASK},
                             args - 1);
  goto sent;
}
call_proc : { // Proc#call
  const Block *proc = &VAL_CAST(Proc, value)->block;
  uint32_t given;
  Value *args = sp - cc->argc;
  SAVE(2);
  if (!dispatch_block_ready(proc) || block || cc->flags & OPF_KW) goto call_proc_slow;
  if (!(((const Code *)proc->code)->params.flags & PARAMS_SIMPLE) ||
      !dispatch_fit(ec, proc, proc->code, args, cc->argc, &given))
    goto call_proc_slow;
  Frame *nf = mx_ops_push(ec, proc->code, args, given);
  if (MX_UNLIKELY(!nf)) goto too_deep;
  dispatch_block_frame(nf, proc, args - 1);
  goto enter;
}
call_proc_slow:
  value = mx_ops_invoke(ec, fr, cc, ce, sp, block);
  goto sent;
  CASE(CALL_WITH_BLOCK) : cc = &CACHES[ip[1]].call;
  SAVE(2);
  block = mx_ops_block(ec, fr, cc->body);
  if (MX_LIKELY(!(cc->flags & OPF_SPLAT))) goto call_block;
  value = mx_ops_send_spread(ec, fr, cc, sp, block);
  goto sent;
  CASE(CALL_DONE) : fr->call_serial = 0;
  NEXT(1);
  CASE(CALL_PASS) : cc = &CACHES[ip[1]].call;
  block = mx_ops_passed(fr, *--sp);
  if (MX_LIKELY(!(cc->flags & OPF_SPLAT))) goto call_block;
  SAVE(2);
  value = mx_ops_send_spread(ec, fr, cc, sp, block);
  goto sent;
  CASE(CALL_SPREAD) : cc = &CACHES[ip[1]].call;
  SAVE(2);
  block = NULL;
  value = mx_ops_send_spread(ec, fr, cc, sp, NULL);
  goto sent;
  CASE(CALL_SUPER) : cc = &CACHES[ip[1]].call;
  SAVE(2);
  block = fr->block;
call_super:
  value = mx_ops_super(ec, fr, cc, sp, block);
  if (val_is_undef(value)) goto enter;
  if (val_is_exc(value)) value = mx_unwind_call(ec, fr);
  RESULT(value, cc->argc, 2);
  CASE(SUPER_WITH_BLOCK) : cc = &CACHES[ip[1]].call;
  SAVE(2);
  block = mx_ops_block(ec, fr, cc->body);
  goto call_super;
  CASE(SUPER_PASS) : cc = &CACHES[ip[1]].call;
  block = mx_ops_passed(fr, *--sp);
  SAVE(2);
  goto call_super;
  CASE(SUPER_ARGS) : sp[0] = sp[1] = VAL_NIL;
  sp += 2; // the collector sees them as they are made
  SAVE(1);
  if (!mx_super_args(ec, fr, sp - 2)) goto unwind;
  NEXT(1);
  CASE(YIELD) : {
    block = fr->block;
    uint32_t argc = ip[1], given;
    SAVE(3);
    if (MX_UNLIKELY(!dispatch_block_ready(block) || ip[2])) goto yield_slow;
    const Code *code = block->code;
    if (!(code->params.flags & PARAMS_SIMPLE) ||
        !dispatch_fit(ec, block, code, sp - argc, argc, &given))
      goto yield_slow;
    Frame *nf = mx_ops_push(ec, code, sp - argc, given);
    if (MX_UNLIKELY(!nf)) goto too_deep;
    dispatch_block_frame(nf, block, sp - argc);
    goto enter;
  }
yield_slow:
  value = mx_ops_yield(ec, fr, ip[1], ip[2], sp);
  if (val_is_undef(value)) goto enter;
  RESULT(value, ip[1], 3);
  CASE(TAIL_CALL) : cc = &CACHES[ip[1]].call;
  SAVE(2);
  RESULT(mx_ops_tail_call(ec, fr, cc, sp, NULL), cc->argc + 1, 2);
  CASE(TAIL_PASS) : cc = &CACHES[ip[1]].call;
  block = mx_ops_passed(fr, *--sp);
  SAVE(2);
  RESULT(mx_ops_tail_call(ec, fr, cc, sp, block), cc->argc + 1, 2);
  CASE(TO_BLOCK) : SAVE(1);
  RESULT(mx_ops_to_block(ec, fr, sp[-1]), 1, 1);
  CASE(PRIMITIVE_LEAF) : cc = &CACHES[ip[1]].call;
  SAVE(2);
  RESULT(dispatch_leaf(ec, &cc->entry, VAL_NIL, cc->argc, sp), cc->argc, 2);
  CASE(CORE_LENGTH) : if (MX_LIKELY(val_is_array(sp[-1]))) {
    sp[-1] = val_from_fixnum(mx_array_len(sp[-1]));
    NEXT(2);
  }
  cc = &CACHES[ip[1]].call;
  goto call_plain;
  CASE(CORE_BLOCK_GIVEN) : *sp++ = val_bool(fr->block != NULL);
  NEXT(1);

  // ---- collections and texts
  CASE(BUILD_ARRAY) : SAVE(2);
  value = mx_array_from(ec, ip[1], sp - ip[1]);
  sp -= ip[1];
  *sp++ = value;
  NEXT(2);
  CASE(YIELD_LIST) : {
    uint32_t count = ip[1];
    block = fr->block;
    if (!dispatch_block_ready(block) || block->is_lambda || count == 0) goto CASE(BUILD_ARRAY);
    const Code *code = block->code;
    uint32_t pre = code->params.pre;
    if (!(code->params.flags & PARAMS_SIMPLE) || pre < 2) goto CASE(BUILD_ARRAY);
    SAVE(5);
    Frame *nf = mx_ops_push(ec, code, sp - count, count < pre ? count : pre);
    if (MX_UNLIKELY(!nf)) goto too_deep;
    dispatch_block_frame(nf, block, sp - count);
    goto enter;
  }
  CASE(BUILD_DICT) : SAVE(2);
  RESULT(mx_ops_dict(ec, ip[1], sp - 2 * (int64_t)ip[1]), 2 * (int64_t)ip[1], 2);
  CASE(BUILD_DICT_CALL) : {
    cc = &CACHES[ip[3]].call;
    const Value *pairs = sp - 2 * (int64_t)ip[1];
    ce = mx_ops_keyed(ec->vm, cc, pairs, ip[1]);
    if (!ce) goto CASE(BUILD_DICT);
    ip += 2;
    SAVE(2);
    block = *ip == STREAM_CALL_WITH_BLOCK ? mx_ops_block(ec, fr, cc->body) : NULL;
    placed = mx_ops_place_keyed(ce, cc, pairs);
    if (placed) {
      sp = (Value *)(uintptr_t)pairs + 1; // as if they had been a Hash
      ec->vsp = sp - cc->argc + placed;
      goto call_placed;
    }
    if (!mx_ops_enter_keyed(ec, ce, cc, pairs, block)) goto unwind;
    goto enter;
  }
  CASE(BUILD_DICT_SUPER) : {
    cc = &CACHES[ip[3]].call;
    const Value *pairs = sp - 2 * (int64_t)ip[1];
    ce = mx_ops_keyed_super(ec->vm, fr, cc, pairs, ip[1]);
    if (!ce) goto CASE(BUILD_DICT);
    ip += 2;
    SAVE(2);
    block = *ip == STREAM_SUPER_WITH_BLOCK ? mx_ops_block(ec, fr, cc->body) : fr->block;
    if (!mx_ops_enter_keyed_super(ec, ce, cc, pairs, block)) goto unwind;
    goto enter;
  }
  CASE(BUILD_DICT_PASS) : {
    const Value *pairs = sp - 2 * (int64_t)ip[1];
    const uint32_t *call = dispatch_fused_local(fr, ip + 2, &value) + 1; // behind TO_BLOCK
    bool is_super = *call == STREAM_SUPER_PASS;
    cc = &CACHES[call[1]].call;
    if (!val_is_nil(value) && !val_is_type(value, T_PROC)) goto CASE(BUILD_DICT);
    ce = is_super ? mx_ops_keyed_super(ec->vm, fr, cc, pairs, ip[1])
                  : mx_ops_keyed(ec->vm, cc, pairs, ip[1]);
    if (!ce) goto CASE(BUILD_DICT);
    ip = call;
    SAVE(2);
    block = mx_ops_passed(fr, value);
    if (!(is_super ? mx_ops_enter_keyed_super : mx_ops_enter_keyed)(ec, ce, cc, pairs, block))
      goto unwind;
    goto enter;
  }
  CASE(BUILD_DICT_YIELD) : {
    const Value *pairs = sp - 2 * (int64_t)ip[1];
    KeyedYield keyed = {fr->block, pairs, ip[1], ip[3] - 1};
    if (!dispatch_block_ready(keyed.block) || !mx_ops_yield_fits(&keyed)) goto CASE(BUILD_DICT);
    ip += 2;
    SAVE(3);
    if (!mx_ops_enter_yield(ec, &keyed)) goto unwind;
    goto enter;
  }
  CASE(BUILD_DICT_FORWARD) : {
    const uint32_t *behind = dispatch_fused_local(fr, ip + 2, &value);
    if (!val_is_nil(value)) goto CASE(BUILD_DICT);
    *sp++ = VAL_NIL;
    ip = behind;
    NEXT(2);
  }
  CASE(BUILD_RANGE) : SAVE(2);
  RESULT(mx_range_new(ec, sp[-2], sp[-1], ip[1] != 0), 2, 2);
  CASE(BUILD_STRING) : SAVE(2);
  RESULT(mx_concat_strings(ec, (int)ip[1], sp - ip[1]), ip[1], 2);
  CASE(BUILD_SYMBOL) : SAVE(1);
  sp[-1] = val_from_sym(mx_str_to_sym(ec, sp[-1]));
  NEXT(1);
  CASE(BUILD_REGEXP) : SAVE(2);
  RESULT(mx_ops_regexp(ec, sp[-1], ip[1]), 1, 2);
  CASE(TO_STRING) : if (MX_LIKELY(val_is_string(sp[-1]))) NEXT(1);
  SAVE(1);
  RESULT(mx_ops_to_string(ec, fr, sp[-1]), 1, 1);
  CASE(ARRAY_PUSH) : SAVE(1);
  mx_array_push(ec, sp[-2], sp[-1]);
  sp--;
  NEXT(1);
  CASE(ARRAY_CONCAT) : SAVE(1);
  mx_array_concat(ec, sp[-2], sp[-1]);
  sp--;
  NEXT(1);
  CASE(SPLAT) : SAVE(2);
  RESULT(mx_ops_splat(ec, sp[-1], ip[1] != 0), 1, 2);
  CASE(TO_ARY) : if (MX_LIKELY(val_is_array(sp[-1]))) NEXT(1);
  SAVE(1);
  RESULT(mx_ops_to_ary(ec, sp[-1]), 1, 1);
  CASE(SPREAD) : SAVE(4);
  value = *--sp;
  sp = mx_ops_spread(ec, ip + 1, value, sp);
  NEXT(4);
  CASE(ARRAY_NEXT) : {
    uint64_t i = (uint64_t)val_to_fixnum(sp[-1]);
    if (i >= mx_array_len(sp[-2])) NEXT((int32_t)ip[1]);
    SAVE(2);
    sp[-1] = val_from_fixnum((int64_t)i + 1);
    *sp = mx_array_at(ec, val_to_array(sp[-2]), (uint32_t)i);
    sp++;
    NEXT(2);
  }
  CASE(HASH_SET) : SAVE(1);
  if (!mx_hash_set(ec, sp[-3], sp[-2], sp[-1])) goto unwind;
  RELOAD();
  sp -= 2;
  NEXT(1);
  CASE(HASH_MERGE) : SAVE(1);
  if (!val_is_nil(sp[-1]) && !mx_hash_merge(ec, sp[-2], sp[-1])) goto unwind;
  RELOAD();
  sp--;
  NEXT(1);
  CASE(TO_HASH) : SAVE(1);
  RESULT(mx_ops_to_hash(ec, sp[-1]), 1, 1);
  CASE(ONCE) : if (val_is_undef(fr->code->once[ip[1]])) NEXT(3);
  *sp++ = fr->code->once[ip[1]];
  NEXT((int32_t)ip[2]);
  CASE(ONCE_SET) : fr->code->once[ip[1]] = sp[-1];
  NEXT(2);
  CASE(FOLD_WORD) : *sp++ = fr->code->chunk->consts[ip[1]];
  NEXT((int32_t)ip[3]);
  CASE(FOLD) : if (!mx_ops_fold_holds(ec, fr, fr->code->chunk->consts[ip[2]])) NEXT(4);
  SAVE(4);
  value = fr->code->chunk->consts[ip[1]];
  *sp++ = val_is_string(value) ? mx_str_dup(ec, value) : value;
  NEXT((int32_t)ip[3]);
  CASE(MATCH_GROUP) : SAVE(2);
  RESULT(mx_match_written(ec, fr, sp[-1], ip[1]), 0, 2);
  CASE(PUSH_FILE) : SAVE(1);
  *sp++ = mx_str_dup(ec, fr->code->unit->file);
  NEXT(1);
  CASE(PUSH_ENCODING) : SAVE(1);
  RESULT(mx_ops_encoding(ec, fr), 0, 1);
  CASE(PUSH_SPLICED) : *sp++ = mx_array_get(ec, fr->code->unit->spliced, ip[1]);
  NEXT(2);
  CASE(QUOTE) : SAVE(3);
  RESULT(mx_ops_quote(ec, fr, ip[1], ip[2], sp - ip[2]), ip[2], 3);

  // ---- definitions
  CASE(BUILD_LAMBDA) : SAVE(2);
  RESULT(mx_ops_lambda(ec, fr, ip[1]), 0, 2);
  CASE(DEFINE_CLASS) : SAVE(4);
  RESULT(mx_ops_define_class(ec, fr, ip, sp - 2), 2, 4);
  CASE(DEFINE_MODULE) : SAVE(4);
  RESULT(mx_ops_define_module(ec, fr, ip, sp[-1]), 1, 4);
  CASE(OPEN_SINGLETON) : SAVE(1);
  {
    ClassObj *klass = mx_class_singleton_shown(ec, sp[-1]);
    RESULT(klass ? val_from_ptr(klass) : VAL_EXC, 1, 1);
  }
  CASE(RUN_BODY) : SAVE(2);
  RESULT(mx_ops_run_body(ec, fr, sp[-1], ip[1]), 1, 2);
  CASE(DEFINE_METHOD) : CASE(DEFINE_FUNCTION) : SAVE(3);
  RESULT(mx_define_method(ec, fr, ip[1], mx_ops_definition(fr, ip[2])), 0, 3);
  CASE(DEFINE_SINGLETON) : SAVE(3);
  value = mx_define_singleton(ec, sp[-1], ip[1], mx_ops_definition(fr, ip[2]));
  RESULT(value, 1, 3);
  CASE(DEFINE_REQUIREMENT) : SAVE(3);
  RESULT(mx_define_requirement(ec, fr->lex, ip[1], mx_ops_definition(fr, ip[2])), 0, 3);
  CASE(ALIAS_METHOD) : SAVE(1);
  RESULT(mx_define_alias(ec, fr->lex, sp[-2], sp[-1]), 2, 1);
  CASE(ALIAS_GLOBAL) : SAVE(3);
  mx_global_alias(ec->vm, ip[1], ip[2]);
  *sp++ = VAL_NIL;
  NEXT(3);
  CASE(UNDEF_METHOD) : SAVE(1);
  RESULT(mx_define_undef(ec, fr->lex, sp[-1]), 1, 1);

  // ---- exceptions
  CASE(ENTER_RESCUE) : value = sp[-1];
  sp[-1] = ec->errinfo;
  ec->errinfo = value;
  *sp++ = value;
  NEXT(1);
  CASE(RESCUE) : SAVE(1);
  if (!val_is_class_or_module(sp[-1])) {
    (void)mx_raise_type(ec, "class or module required for rescue clause");
    goto unwind;
  }
  value = mx_ops_rescues(ec, fr, sp[-1], sp[-2]);
  if (val_is_undef(value)) {
    CallArgs args = {.argv = sp - 2, .argc = 1, .flags = CALL_FCALL};
    value = mx_invoke_send(ec, sp[-1], SYM_EQQ, &args, fr->lex);
    CHECK(value);
  }
  RESULT(val_bool(val_truthy(value)), 1, 1);
  CASE(RESCUE_STANDARD) : *sp = val_bool(mx_is_a(ec->vm, sp[-1], ec->vm->cls.StandardError));
  sp++;
  NEXT(1);
  CASE(LEAVE_RESCUE) : ec->errinfo = sp[-3];
  sp[-3] = sp[-1];
  sp -= 2;
  NEXT(1);
  CASE(RERAISE) : SAVE(1);
  ec->errinfo = sp[-2];
  (void)mx_unwind_start(ec, UNWIND_RAISE, sp[-1], NULL);
  goto unwind;
  CASE(RESTORE_ERROR) : ec->errinfo = mx_frame_stack(fr)[ip[1]];
  NEXT(2);
  CASE(ENSURE_START) : *sp++ = ec->errinfo;
  value = mx_land_pending_error(sp[-2]);
  if (!val_is_undef(value)) ec->errinfo = value;
  NEXT(1);
  CASE(ENSURE_END) : SAVE(1);
  ec->errinfo = sp[-1];
  sp -= 2;
  land = (Landing){fr, ip + 1, sp};
  if (!mx_land_resume(ec, fr, sp[0], &land)) goto unwind;
  goto landed;

  // ---- patterns
  CASE(MATCH_START) : mx_ops_match_start(ec);
  NEXT(1);
  CASE(MATCH_NOTE) : mx_ops_match_note(ec, sp[-2], sp[-1]);
  NEXT(1);
  CASE(MATCH_GUARD) : mx_ops_match_guard(ec);
  NEXT(1);
  CASE(MATCH_CASE) : SAVE(4);
  if (!mx_ops_match_case(ec, (MatchTest)ip[1], ip[2], sp[-1])) NEXT((int32_t)ip[3]);
  NEXT(4);
  CASE(MATCH_BIND) : locals[ip[1]] = *--sp;
  NEXT(2);
  CASE(MATCH_END) : sp--;
  NEXT(1);
  CASE(MATCH_DECONSTRUCT) : SAVE(2);
  value = ip[1] ? sp[-1 - (int64_t)ip[1]] : VAL_FALSE;
  RESULT(mx_ops_match_deconstruct(ec, sp[-1], value), 1, 2);
  CASE(MATCH_KEEP) : sp[-1 - (int64_t)ip[1]] = sp[-1];
  NEXT(2);
  CASE(MATCH_KEYS) : SAVE(1);
  RESULT(mx_ops_match_keys(ec, sp[-2], sp[-1]), 2, 1);
  CASE(MATCH_ELEMENT) : SAVE(3);
  RESULT(mx_ops_match_element(ec, sp[-1], ip[1], ip[2] != 0), 0, 3);
  CASE(MATCH_SLICE) : SAVE(3);
  RESULT(mx_ops_match_slice(ec, sp[-1], ip[1], ip[2]), 0, 3);
  CASE(MATCH_FIND) : SAVE(3);
  value = mx_ops_match_find(ec, sp[-2], sp[-1], ip[1]);
  if (val_is_undef(value)) NEXT((int32_t)ip[2]);
  sp[-1] = val_from_fixnum(val_to_fixnum(sp[-1]) + 1);
  *sp++ = value;
  NEXT(3);
  CASE(MATCH_BEFORE) : SAVE(1);
  RESULT(mx_ops_match_before(ec, sp[-2], sp[-1]), 0, 1);
  CASE(MATCH_AFTER) : SAVE(2);
  RESULT(mx_ops_match_after(ec, sp[-2], sp[-1], ip[1]), 0, 2);
  CASE(MATCH_REST) : SAVE(1);
  RESULT(mx_hash_dup(ec, sp[-1]), 0, 1);
  CASE(MATCH_VALUE) : SAVE(3);
  RESULT(mx_ops_match_value(ec, sp[-1 - (int64_t)ip[1]], ip[2] ? sp[-2] : VAL_UNDEF, sp[-1]), 1, 3);
  CASE(MATCH_FAIL) : SAVE(2);
  (void)mx_ops_match_fail(ec, sp[-1], ip[1] != 0);
  goto unwind;
  CASE(DEFINED) : SAVE(3);
  value = mx_defined_value(ec, mx_defined_name(ec, fr, (DefinedKind)ip[1], ip[2], sp[-1]));
  RESULT(value, 1, 3);
  CASE(TYPE_ERROR) : SAVE(2);
  (void)mx_ops_type_error(ec, fr->code->chunk->consts[ip[1]], sp[-1]);
  goto unwind;
  CASE(SET_LINE) : NEXT(2);
  CASE(COUNT_BLOCK) : CASE(COUNT_EDGE) : fr->code->profile->counts[ip[1]].n++;
  NEXT(2);

  // ---- instructions that the expansion leaves out or writes as others
  CASE(WIDE)
      : CASE(CAPTURE_VAR)
      : CASE(CLOSE_UPVALUE)
      : CASE(BEGIN_TRY)
      : CASE(END_TRY)
      : CASE(LOAD_MODULE)
      : CASE(IMPORT)
      : CASE(EXPORT)
      : CASE(CALL)
      : CASE(CALL_BLOCK)
      : CASE(PRIMITIVE)
      : CASE(NEW_INSTANCE)
      : CASE(RAISE)
      : CASE(BLOCK_GIVEN)
      : CASE(EVAL_STRING)
      : CASE(DEFINE_METHOD_RUNTIME)
      : CASE(GET_METHOD_AST)
      : CASE(GET_CLASS_AST)
      : CASE(GET_AST)
      : CASE(SET_METHOD_AST) : CASE(REMOVE_METHOD) : CASE(BREAKPOINT) : MX_UNREACHABLE();

  // ---- polls
poll_back: // at a back edge that is taken
  SAVE(2);
  if (!mx_unwind_poll(ec)) goto unwind;
  RELOAD();
  NEXT((int32_t)ip[1]);
poll_enter: // before the first instruction of a frame
  ec->vsp = sp;
  if (!mx_unwind_poll(ec)) goto unwind;
  RELOAD();
  NEXT(0);
  // ---- the next tier
hot_back: // at a back edge that is taken
  SAVE(2);
  land = (Landing){fr, ip + (int32_t)ip[1], sp};
  if (!interp->tier || interp->tier->hot(ec, &land) == TIER_GO_ON) goto landed;
  goto unwind;
too_deep:
  (void)mx_raise_stack_error(ec);
unwind:
  if (!mx_land(ec, entry, &land)) return VAL_EXC;
landed:
  fr = land.fr;
  ip = land.ip;
  sp = land.sp;
  RELOAD();
  goto *table[*ip];
}

Value mx_dispatch_run(ExecCtx *ec, Frame *fr) {
  if (!mx_stream_prepare(ec, (Code *)(uintptr_t)fr->code)) return VAL_EXC;
  if ((size_t)(ec->vstack_end - ec->vsp) <= fr->code->chunk->max_stack + STREAM_STACK_SLACK)
    return mx_raise_stack_error(ec);
  if (MX_UNLIKELY(fr->lex->refinements != NULL)) mx_stream_refine((Code *)(uintptr_t)fr->code);
  return mx_dispatch_resume(ec, fr, &(Landing){fr, fr->code->stream, ec->vsp});
}

Value mx_dispatch_resume(ExecCtx *ec, Frame *entry, const Landing *at) {
  const void *place = ec->place;
  ec->place = NULL;
  Value result = dispatch_loop(ec, entry, *at);
  ec->place = place;
  return result;
}
