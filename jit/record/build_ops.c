// SPDX-License-Identifier: MIT
// Building one instruction: the stack, operators, locals, jumps. What is not known here or in the
// files beside is an exit: the interpreter goes on from there.
#include "jit/record/build.h"
#include "jit/record/op_calls.h"

// ---- operators

// IR of a binary operator on Integers and on doubles; IR_NOP where there is none.
typedef struct OpPair {
  uint8_t ints, doubles;
} OpPair;

static const OpPair op_pairs[OP_COUNT] = {
    [OP_ADD] = {IR_ADD_OV, IR_FADD},   [OP_SUB] = {IR_SUB_OV, IR_FSUB},
    [OP_MUL] = {IR_MUL_OV, IR_FMUL},   [OP_DIV] = {IR_DIV, IR_FDIV},
    [OP_MOD] = {IR_MOD, IR_NOP},       [OP_EQ] = {IR_EQ, IR_FEQ},
    [OP_NE] = {IR_NE, IR_FNE},         [OP_LT] = {IR_LT, IR_FLT},
    [OP_LE] = {IR_LE, IR_FLE},         [OP_GT] = {IR_GT, IR_FGT},
    [OP_GE] = {IR_GE, IR_FGE},         [OP_BIT_AND] = {IR_AND, IR_NOP},
    [OP_BIT_OR] = {IR_OR, IR_NOP},     [OP_BIT_XOR] = {IR_XOR, IR_NOP},
    [OP_LSHIFT] = {IR_SHL_OV, IR_NOP}, [OP_RSHIFT] = {IR_SHR, IR_NOP},
};

// The number type of an operand: what it has, or what was seen; IRT_VOID when it is none.
static IrType op_number(const Builder *b, IrRef ref, const TypeSet *seen) {
  IrType type = mx_build_type(b, mx_build_resolve(b, ref));
  if (type == IRT_INT || type == IRT_DOUBLE) return type;
  if (type != IRT_VAL) return IRT_VOID;
  uint8_t kind = mx_seen_only(seen);
  return kind == SEEN_INT ? IRT_INT : kind == SEEN_FLOAT ? IRT_DOUBLE : IRT_VOID;
}

// An operand as a double, converted if it is an Integer.
static IrRef op_double(Builder *b, IrRef *entry, IrType type) {
  IrRef ref = mx_build_as(b, entry, type);
  if (b->block == IR_NO_BLOCK || type == IRT_DOUBLE) return ref;
  return mx_build_emit(b, IR_INT_TO_DOUBLE, ref, IR_NONE, IR_NONE, 0);
}

// Leave unless a condition holds.
static void op_require(Builder *b, IrOp compare, IrRef x, IrRef y) {
  IrRef ok = mx_build_emit(b, compare, x, y, IR_NONE, 0);
  mx_build_guard(b, IR_GUARD_TRUE, ok, IR_NONE, 0);
}

// What the operation presupposes of its right operand.
static void op_presuppose(Builder *b, OpCode op, IrRef y) {
  bool constant = mx_ir_at(b->fn, y)->op == IR_KINT;
  int64_t n = constant ? (int64_t)mx_ir_word(b->fn, y) : 0;
  if (op == OP_DIV || op == OP_MOD) {
    if (n == 0) op_require(b, IR_NE, y, mx_ir_int(b->fn, 0));
    if (op == OP_DIV && (!constant || n == -1)) op_require(b, IR_NE, y, mx_ir_int(b->fn, -1));
  }
  if (op == OP_RSHIFT && (!constant || n < 0)) op_require(b, IR_GE, y, mx_ir_int(b->fn, 0));
}

// Is the instruction's operator the built-in one for receivers of these classes (BASIC_*)?
static bool op_is_basic(Builder *b, uint32_t classes) {
  Sym name = mx_build_selector(b);
  return mx_build_basic(b, name, classes) &&
         (name != SYM_NEQ || mx_build_basic(b, SYM_EQ, classes));
}

// The classes of a number's type.
static uint32_t op_class(IrType type) { return type == IRT_INT ? BASIC_INTEGER : BASIC_FLOAT; }

// Both operands are Integers.
static void op_ints(Builder *b, OpCode op) {
  IrRef y = mx_build_as(b, mx_build_top(b, 0), IRT_INT);
  IrRef x = b->block == IR_NO_BLOCK ? IR_NONE : mx_build_as(b, mx_build_top(b, 1), IRT_INT);
  if (b->block == IR_NO_BLOCK) return;
  op_presuppose(b, op, y);
  IrOp ir = (IrOp)op_pairs[op].ints;
  bool guard = mx_ir_info(ir)->effect == IR_EFFECT_GUARD;
  mx_build_done(b, 2,
                guard ? mx_build_guard(b, ir, x, y, 0) : mx_build_emit(b, ir, x, y, IR_NONE, 0));
}

// A comparison of an Integer with a double is exact, and so is that of the doubles as long as the
// Integer is a double: leave beyond 2^53.
static void op_exact(Builder *b, IrRef *entry, IrType type) {
  IrRef n = type == IRT_INT ? mx_build_as(b, entry, IRT_INT) : IR_NONE;
  if (!n || b->block == IR_NO_BLOCK) return;
  const int64_t most = INT64_C(1) << 53;
  bool known = mx_ir_at(b->fn, n)->op == IR_KINT;
  int64_t value = known ? (int64_t)mx_ir_word(b->fn, n) : 0;
  if (known && value >= -most && value <= most) return;
  op_require(b, IR_LE, n, mx_ir_int(b->fn, most));
  op_require(b, IR_GE, n, mx_ir_int(b->fn, -most));
}

// One of the operands is a double.
static void op_doubles(Builder *b, OpCode op, IrType x_type, IrType y_type) {
  if (mx_ir_info((IrOp)op_pairs[op].doubles)->result == IRT_BOOL) {
    op_exact(b, mx_build_top(b, 0), y_type);
    if (b->block != IR_NO_BLOCK) op_exact(b, mx_build_top(b, 1), x_type);
    if (b->block == IR_NO_BLOCK) return;
  }
  IrRef y = op_double(b, mx_build_top(b, 0), y_type);
  IrRef x = b->block == IR_NO_BLOCK ? IR_NONE : op_double(b, mx_build_top(b, 1), x_type);
  if (b->block == IR_NO_BLOCK) return;
  mx_build_done(b, 2, mx_build_emit(b, (IrOp)op_pairs[op].doubles, x, y, IR_NONE, 0));
}

// Kinds whose == is identity whatever the other side is.
enum { OP_IDENTITY = SEEN_NIL | SEEN_TRUE | SEEN_FALSE | SEEN_SYMBOL };

// The classes of such kinds.
static uint32_t op_classes(uint32_t kinds) {
  return (kinds & SEEN_NIL ? BASIC_NIL : 0) | (kinds & SEEN_TRUE ? BASIC_TRUE : 0) |
         (kinds & SEEN_FALSE ? BASIC_FALSE : 0) | (kinds & SEEN_SYMBOL ? BASIC_SYMBOL : 0);
}

// == and != of a value that was nil, true, false or a Symbol.
static bool op_identity(Builder *b, OpCode op, const Seen *seen) {
  const TypeSet *left = &seen->in[1];
  IrRef x = mx_build_resolve(b, *mx_build_top(b, 1));
  if (mx_build_type(b, x) != IRT_VAL || !left->kinds || left->kinds & ~OP_IDENTITY) return false;
  if (!op_is_basic(b, op_classes(OP_IDENTITY))) return false;
  x = mx_build_guard(b, IR_GUARD_SPECIAL, x, IR_NONE, 0);
  IrRef same = mx_build_emit(b, IR_SAME, x, mx_build_val(b, *mx_build_top(b, 0)), IR_NONE, 0);
  if (op == OP_NE) same = mx_build_emit(b, IR_NOT, same, IR_NONE, IR_NONE, 0);
  mx_build_done(b, 2, same);
  return true;
}

bool mx_build_numbers(const Builder *b, const TypeSet *seen) {
  if (!seen->kinds || seen->kinds & ~(SEEN_INT | SEEN_FLOAT | SEEN_HEAP) || seen->many)
    return false;
  for (uint32_t i = 0; i < seen->shape_count; i++)
    if (mx_shape_at(b->vm, seen->shapes[i])->klass != b->vm->cls.Integer) return false;
  return true;
}

// Numbers of several kinds, or Integers beyond 63 bits: by C.
static bool op_mixed(Builder *b, const Seen *seen) {
  if (!mx_build_numbers(b, &seen->in[0]) || !mx_build_numbers(b, &seen->in[1])) return false;
  if (!op_is_basic(b, BASIC_INTEGER | BASIC_FLOAT)) return false;
  IrRef refs[] = {mx_build_val(b, *mx_build_top(b, 1)), mx_build_val(b, *mx_build_top(b, 0)),
                  mx_ir_const(b->fn, IR_KVAL, val_from_sym(mx_build_selector(b)))};
  BuildCall call = {(RtFn)mx_call_numbers, 2, RTE_COLLECTS | RTE_REFUSES, NULL};
  mx_build_done(b, 2, mx_build_c_call(b, &call, 3, refs));
  return true;
}

// A division that may raise, where that is rescued in the region.
static bool op_divided(Builder *b) {
  if (b->act->code->core || !mx_build_is_rescued(b)) return false;
  Sym name = mx_build_selector(b);
  SnapId under_way = mx_build_snap(b);
  mx_build_show_frames(b);
  IrRef refs[] = {mx_build_val(b, *mx_build_top(b, 1)), mx_build_val(b, *mx_build_top(b, 0)),
                  mx_ir_const(b->fn, IR_KVAL, val_from_sym(name))};
  const MethodEntry *me = mx_assume_operator(b->vm, BASIC_INTEGER, name)->me;
  BuildCall call = {(RtFn)mx_call_divided, 2, RTE_COLLECTS, me};
  IrRef value = mx_build_returned(b, under_way, mx_build_c_call(b, &call, 3, refs));
  mx_build_done(b, 2, value);
  return true;
}

enum { OP_SHIFTS = 63 }; // bits from which on shl.ov leaves whatever it shifts

// An operator of Integers that are often beyond what instructions do; false: let them do it.
static bool op_beyond(Builder *b, OpCode op, const Seen *seen) {
  IrRef y = mx_build_resolve(b, *mx_build_top(b, 0));
  bool constant = mx_ir_at(b->fn, y)->op == IR_KINT, divides = op == OP_DIV || op == OP_MOD;
  int64_t n = constant ? (int64_t)mx_ir_word(b->fn, y) : 1;
  bool always = divides ? n == 0 : op == OP_LSHIFT && n >= OP_SHIFTS;
  if (!seen->beyond && !always) return false;
  return divides ? op_divided(b) : op_mixed(b, seen);
}

// A binary operator; false when it is neither numbers nor identity.
static bool op_binary(Builder *b, OpCode op, const Seen *seen) {
  if (op_pairs[op].ints == IR_NOP) return false;
  IrType y = op_number(b, *mx_build_top(b, 0), &seen->in[0]);
  IrType x = op_number(b, *mx_build_top(b, 1), &seen->in[1]);
  bool ints = x == IRT_INT && y == IRT_INT;
  if (ints || (x != IRT_VOID && y != IRT_VOID && op_pairs[op].doubles != IR_NOP)) {
    if (!op_is_basic(b, op_class(x))) return false;
    if (ints && op_beyond(b, op, seen)) return true;
    if (ints)
      op_ints(b, op);
    else
      op_doubles(b, op, x, y);
    return true;
  }
  if (op_mixed(b, seen) || mx_build_text_order(b, mx_build_selector(b), seen)) return true;
  return (op == OP_EQ || op == OP_NE) && op_identity(b, op, seen);
}

// <=> of Integers.
static bool op_compare(Builder *b, const Seen *seen) {
  if (op_number(b, *mx_build_top(b, 0), &seen->in[0]) != IRT_INT ||
      op_number(b, *mx_build_top(b, 1), &seen->in[1]) != IRT_INT || !op_is_basic(b, BASIC_INTEGER))
    return false;
  IrRef y = mx_build_as(b, mx_build_top(b, 0), IRT_INT);
  IrRef x = b->block == IR_NO_BLOCK ? IR_NONE : mx_build_as(b, mx_build_top(b, 1), IRT_INT);
  if (b->block == IR_NO_BLOCK) return true;
  IrIns pick = {.op = IR_SELECT, .type = IRT_INT, .snap = SNAP_NONE};
  pick.a[0] = mx_build_emit(b, IR_GT, x, y, IR_NONE, 0);
  pick.a[1] = mx_ir_int(b->fn, 1);
  pick.a[2] = mx_ir_int(b->fn, 0);
  IrRef high = mx_ir_emit(b->fn, b->block, &pick);
  pick.a[0] = mx_build_emit(b, IR_LT, x, y, IR_NONE, 0);
  pick.a[1] = mx_ir_int(b->fn, -1);
  pick.a[2] = high;
  mx_build_done(b, 2, mx_ir_emit(b->fn, b->block, &pick));
  return true;
}

// The classes that the operand of ! may have; 0: it is no value whose ! is built in place.
static uint32_t op_not_classes(IrType type, uint32_t kinds) {
  switch (type) {
  case IRT_BOOL: return BASIC_TRUE | BASIC_FALSE;
  case IRT_INT:
  case IRT_DOUBLE: return op_class(type);
  case IRT_VAL: return kinds & ~OP_IDENTITY ? 0 : op_classes(OP_IDENTITY);
  default: return 0;
  }
}

// !a
static bool op_not(Builder *b, const Seen *seen) {
  IrRef x = mx_build_resolve(b, *mx_build_top(b, 0));
  IrType type = mx_build_type(b, x);
  uint32_t classes = op_not_classes(type, seen->in[0].kinds);
  if (!classes || !op_is_basic(b, classes)) return false;
  if (type == IRT_VAL) x = mx_build_guard(b, IR_GUARD_SPECIAL, x, IR_NONE, 0);
  mx_build_done(b, 1, mx_build_emit(b, IR_NOT, mx_build_truth(b, x), IR_NONE, IR_NONE, 0));
  return true;
}

// -a and !a.
static bool op_unary(Builder *b, OpCode op, const Seen *seen) {
  if (op == OP_NOT) return op_not(b, seen);
  IrRef *entry = mx_build_top(b, 0);
  IrType type = op_number(b, *entry, &seen->in[0]);
  if (type == IRT_VOID || !op_is_basic(b, op_class(type))) return false;
  IrRef x = mx_build_as(b, entry, type);
  if (b->block == IR_NO_BLOCK) return true;
  IrRef result = type == IRT_DOUBLE ? mx_build_emit(b, IR_FNEG, x, IR_NONE, IR_NONE, 0)
                                    : mx_build_guard(b, IR_SUB_OV, mx_ir_int(b->fn, 0), x, 0);
  mx_build_done(b, 1, result);
  return true;
}

// ---- jumps

// Where a conditional jump goes when its condition is true, and when it is false.
typedef struct OpFork {
  uint32_t yes, no;
} OpFork;

bool mx_build_ran(const Builder *b, uint32_t pc) {
  const Chunk *chunk = b->act->code->chunk;
  Instruction in;
  while (mx_op_decode(chunk->code, chunk->code_len, pc, &in) &&
         mx_op_info(in.op)->phase == PHASE_MARK)
    pc += in.size;
  return pc < chunk->code_len && mx_record_seen(b->act->cx, pc) != NULL;
}

// Continue in a fresh block behind a branch, with the state cut to `count` entries.
static void op_side(Builder *b, IrBlockId block, const BuildEdge *state, uint32_t count,
                    uint32_t pc) {
  b->block = block;
  b->state.count = count;
  memcpy(b->state.at, state->at, count * sizeof(IrRef));
  mx_build_go(b, pc);
}

// Fork on a condition: a side that never ran is a guard. `pops_yes`, `pops_no`: operands that the
// jump takes when it goes either way.
static void op_fork(Builder *b, IrRef condition, OpFork to, uint32_t pops_yes, uint32_t pops_no) {
  const IrIns *ins = mx_ir_at(b->fn, condition);
  bool known = ins->op == IR_KBOOL, value = known && mx_ir_word(b->fn, condition);
  bool yes = known ? value : mx_build_ran(b, to.yes), no = known ? !value : mx_build_ran(b, to.no);
  if (yes && no) {
    BuildEdge state = mx_build_edge(b);
    IrBlockId yes_block = mx_ir_block(b->fn), no_block = mx_ir_block(b->fn);
    mx_ir_branch(b->fn, b->block, condition, yes_block, no_block);
    op_side(b, yes_block, &state, state.count - pops_yes, to.yes);
    op_side(b, no_block, &state, state.count - pops_no, to.no);
    return;
  }
  if (!known) mx_build_guard(b, yes ? IR_GUARD_TRUE : IR_GUARD_FALSE, condition, IR_NONE, 0);
  b->state.count -= yes ? pops_yes : pops_no;
  mx_build_go(b, yes ? to.yes : to.no);
}

void mx_build_fork(Builder *b, IrRef condition, uint32_t yes, uint32_t no) {
  op_fork(b, condition, (OpFork){yes, no}, 0, 0);
}

static void op_jump(Builder *b, const Instruction *in) {
  uint32_t target = in->operands[0], next = b->act->next;
  IrRef top = in->op == OP_JUMP ? IR_NONE : *mx_build_top(b, 0);
  switch (in->op) {
  case OP_JUMP: mx_build_go(b, target); break;
  case OP_JUMP_IF_FALSE: op_fork(b, mx_build_truth(b, top), (OpFork){next, target}, 1, 1); break;
  case OP_JUMP_IF_TRUE: op_fork(b, mx_build_truth(b, top), (OpFork){target, next}, 1, 1); break;
  case OP_JUMP_IF_FALSE_KEEP:
    op_fork(b, mx_build_truth(b, top), (OpFork){next, target}, 1, 0);
    break;
  case OP_JUMP_IF_TRUE_KEEP:
    op_fork(b, mx_build_truth(b, top), (OpFork){target, next}, 0, 1);
    break;
  default: { // JUMP_IF_NIL
    IrRef v = mx_build_resolve(b, top);
    IrRef nil = mx_build_type(b, v) != IRT_VAL
                    ? mx_ir_bool(b->fn, false)
                    : mx_build_emit(b, IR_IS_NIL, v, IR_NONE, IR_NONE, 0);
    op_fork(b, nil, (OpFork){target, next}, 0, 0);
  }
  }
}

// The optional parameter got an argument or not: known when the activation is inlined, and when the
// argument has a type.
static bool op_if_given(Builder *b, const Instruction *in) {
  IrRef v = mx_build_resolve(b, b->state.at[b->act->base + in->operands[0]]);
  if (b->act->is_entry) return false;
  IrRef undef = mx_ir_const(b->fn, IR_KVAL, VAL_UNDEF);
  IrRef missing = mx_ir_bool(b->fn, v == undef);
  if (!b->act->caller && mx_build_type(b, v) == IRT_VAL && v != undef)
    missing = mx_build_emit(b, IR_SAME, v, undef, IR_NONE, 0);
  mx_build_fork(b, missing, b->act->next, in->operands[1]);
  return true;
}

// ---- the stack

// Instructions that only move values.
static bool op_stack(Builder *b, const Instruction *in) {
  uint32_t n = in->operands[0];
  IrRef *top = b->state.at + b->state.count, ref;
  switch (in->op) {
  case OP_PUSH_CONST:
    mx_build_done(b, 0, mx_build_value_const(b, b->act->code->chunk->consts[n]));
    return true;
  case OP_PUSH_NIL: mx_build_done(b, 0, mx_ir_const(b->fn, IR_KVAL, VAL_NIL)); return true;
  case OP_PUSH_TRUE: mx_build_done(b, 0, mx_ir_bool(b->fn, true)); return true;
  case OP_PUSH_FALSE: mx_build_done(b, 0, mx_ir_bool(b->fn, false)); return true;
  case OP_POP: mx_build_done(b, 1, IR_NONE); return true;
  case OP_POP_N: mx_build_done(b, n, IR_NONE); return true;
  case OP_DUP: mx_build_done(b, 0, top[-1]); return true;
  case OP_DUP_N:
    for (uint32_t i = 0; i < n; i++) mx_build_done(b, 0, *mx_build_top(b, n - 1));
    return true;
  case OP_SWAP:
    ref = top[-1];
    top[-1] = top[-2];
    top[-2] = ref;
    return true;
  case OP_PICK: mx_build_done(b, 0, *mx_build_top(b, n)); return true;
  case OP_TUCK:
    ref = top[-1];
    mx_build_done(b, 0, ref);
    memmove(top - n, top - n - 1, (n + 1) * sizeof(IrRef));
    top[-1 - (int64_t)n] = ref;
    return true;
  case OP_DROP: mx_build_done(b, n + 1, top[-1]); return true;
  case OP_LOAD_LOCAL: mx_build_done(b, 0, mx_build_local(b, b->act, n)); return true;
  case OP_STORE_LOCAL:
    mx_build_set_local(b, b->act, n, top[-1]);
    mx_build_done(b, 1, IR_NONE);
    return true;
  case OP_LOAD_SELF: mx_build_done(b, 0, b->act->self); return true;
  default: return false;
  }
}

// `a and b` of operands without effects.
static bool op_and_or(Builder *b, OpCode op) {
  IrIns pick = {.op = IR_SELECT, .snap = SNAP_NONE};
  IrRef y = mx_build_resolve(b, *mx_build_top(b, 0)), x = mx_build_resolve(b, *mx_build_top(b, 1));
  pick.type = (uint8_t)mx_build_type(b, x);
  if (mx_build_type(b, x) != mx_build_type(b, y)) {
    pick.type = IRT_VAL;
    x = mx_build_val(b, x);
    y = mx_build_val(b, y);
  }
  pick.a[0] = mx_build_truth(b, x);
  pick.a[1] = op == OP_AND ? y : x;
  pick.a[2] = op == OP_AND ? x : y;
  mx_build_done(b, 2, mx_ir_emit(b->fn, b->block, &pick));
  return true;
}

// The kinds of instructions in turn; false when none knows it.
static bool op_known(Builder *b, const Instruction *in, const Seen *seen) {
  switch (in->op) {
  case OP_JUMP:
  case OP_JUMP_IF_FALSE:
  case OP_JUMP_IF_TRUE:
  case OP_JUMP_IF_FALSE_KEEP:
  case OP_JUMP_IF_TRUE_KEEP:
  case OP_JUMP_IF_NIL: op_jump(b, in); return true;
  case OP_JUMP_IF_GIVEN: return op_if_given(b, in);
  case OP_AND:
  case OP_OR: return op_and_or(b, in->op);
  case OP_COMPARE: return op_compare(b, seen) || mx_build_send(b, seen);
  case OP_NEG:
  case OP_NOT: return op_unary(b, in->op, seen) || mx_build_send(b, seen);
  default: break;
  }
  if (op_stack(b, in) || mx_build_object_op(b, in, seen) || mx_build_literal_op(b, in, seen) ||
      mx_build_match_op(b, in, seen) || mx_build_rescue_op(b, in))
    return true;
  if (op_pairs[in->op].ints != IR_NOP) return op_binary(b, in->op, seen) || mx_build_send(b, seen);
  return mx_build_call_op(b, in, seen);
}

void mx_build_unknown(Builder *b) {
  if (b->block == IR_NO_BLOCK || mx_build_set_apart(b)) return;
  mx_build_note(b, 0);
  mx_build_exit(b);
}

void mx_build_exit(Builder *b) {
  if (b->block == IR_NO_BLOCK) return;
  mx_ir_exit(b->fn, b->block, mx_build_snap(b));
  mx_build_leave(b);
}

void mx_build_op(Builder *b, const Instruction *in, const Seen *seen) {
  if (!op_known(b, in, seen)) mx_build_unknown(b);
}
