// SPDX-License-Identifier: MIT
// Improvements on the list of instructions, before it gets offsets.
//
//   push, POP            neither (what pushes has no effect)
//   JUMP to JUMP         straight to the end of the chain
//   JUMP to the next     nothing
//   JUMP to RETURN       RETURN
//   a condition's jump over a JUMP forward   the jump of the opposite
//   what nothing reaches nothing
// An instruction that begins a line stays, and jumps do not pass it over.
// A label between two instructions keeps them apart: control may come in there.
#include "bytecode/emit.h"

// Find the labels' places.
static bool *peephole_targets(const Emit *e) {
  bool *targets = mx_gc_alloc_atomic(e->instrs.count + 1);
  memset(targets, 0, e->instrs.count + 1);
  for (uint32_t i = 0; i < e->labels.count; i++)
    if (e->labels.at[i].at != EMIT_UNBOUND) targets[e->labels.at[i].at] = true;
  for (uint32_t i = 0; i < e->handlers.count; i++)
    targets[e->handlers.at[i].start] = targets[e->handlers.at[i].end] = true;
  return targets;
}

// Index of the first living instruction from i on.
static uint32_t peephole_skip(const Emit *e, uint32_t i) {
  while (i < e->instrs.count && e->instrs.at[i].dead) i++;
  return i;
}

// Does the instruction only push one value, without any effect or failure?
static bool peephole_only_pushes(const EmitInstr *in) {
  const OpInfo *info = mx_op_info((OpCode)in->op);
  Instruction decoded = {.op = (OpCode)in->op};
  memcpy(decoded.operands, in->operands, sizeof decoded.operands);
  bool fresh = in->op == OP_PUSH_STRING || in->op == OP_LOAD_IVAR || in->op == OP_GET_UPVALUE ||
               in->op == OP_DUP;
  return (fresh || info->effects == E_PURE) && !mx_op_ends_flow((OpCode)in->op) &&
         mx_op_find_operand((OpCode)in->op, 'J') < 0 &&
         mx_op_pushes(&decoded) == mx_op_pops(&decoded) + 1 &&
         (mx_op_pops(&decoded) == 0 || in->op == OP_DUP);
}

// Do hooks want to see the instruction?
static bool peephole_is_step(const EmitInstr *in) { return in->step != EMIT_NO_STEP; }
static bool peephole_is_return(const EmitInstr *in) {
  return peephole_is_step(in) && in->step & STEP_RETURNS;
}

// Where a jump to i ends up; a loop of jumps stays where it is.
static uint32_t peephole_follow(const Emit *e, uint32_t i) {
  for (uint32_t steps = 0; steps < e->labels.count; steps++) {
    i = peephole_skip(e, i);
    if (i >= e->instrs.count || e->instrs.at[i].op != OP_JUMP) break;
    if (peephole_is_step(&e->instrs.at[i])) break;
    uint32_t next = e->labels.at[e->instrs.at[i].operands[0]].at;
    if (next <= i) break; // a loop's back edge polls: it is not passed over
    i = next;
  }
  return i;
}

// What an instruction leads to, if it is the jump of a `return`; else itself.
static const EmitInstr *peephole_behind_return(const Emit *e, const EmitInstr *in) {
  if (in->op != OP_JUMP || !peephole_is_return(in)) return in;
  uint32_t end = peephole_follow(e, e->labels.at[in->operands[0]].at);
  return end < e->instrs.count ? &e->instrs.at[end] : in;
}

// Shorten one instruction's jump.
static void peephole_jump(Emit *e, uint32_t i) {
  EmitInstr *in = &e->instrs.at[i];
  int operand = mx_op_find_operand((OpCode)in->op, 'J');
  if (operand < 0) return;
  EmitLabel *label = &e->labels.at[in->operands[operand]];
  label->at = peephole_follow(e, label->at);
  if (in->op != OP_JUMP || label->at >= e->instrs.count) return;
  const EmitInstr *to = peephole_behind_return(e, &e->instrs.at[label->at]);
  bool next = label->at == peephole_skip(e, i + 1), returns = to->op == OP_RETURN;
  if (returns && (!next || peephole_is_return(in))) {
    in->op = OP_RETURN;
    if (!peephole_is_step(in)) in->step = e->instrs.at[label->at].step;
  } else if (next) {
    in->dead = !peephole_is_step(in) || peephole_is_return(in);
  }
}

// JUMP_IF_TRUE a; JUMP b; a: JUMP_IF_FALSE b. Back edges stay what they are: they poll.
static void peephole_invert(Emit *e, const bool *targets, uint32_t i) {
  EmitInstr *in = &e->instrs.at[i];
  if (in->op != OP_JUMP_IF_TRUE && in->op != OP_JUMP_IF_FALSE) return;
  uint32_t over = peephole_skip(e, i + 1);
  if (over >= e->instrs.count || e->instrs.at[over].op != OP_JUMP) return;
  EmitInstr *jump = &e->instrs.at[over];
  if (peephole_is_step(jump) || e->labels.at[jump->operands[0]].at <= over) return;
  if (e->labels.at[in->operands[0]].at != peephole_skip(e, over + 1)) return;
  for (uint32_t k = i + 1; k <= over; k++)
    if (targets[k]) return;
  in->op = in->op == OP_JUMP_IF_TRUE ? OP_JUMP_IF_FALSE : OP_JUMP_IF_TRUE;
  in->operands[0] = jump->operands[0];
  jump->dead = true;
}

// Drop a push that is popped at once.
static void peephole_pop(Emit *e, const bool *targets, uint32_t i) {
  EmitInstr *in = &e->instrs.at[i];
  uint32_t next = peephole_skip(e, i + 1);
  if (in->dead || next >= e->instrs.count || !peephole_only_pushes(in)) return;
  if (peephole_is_step(in)) return;
  for (uint32_t k = i + 1; k <= next; k++)
    if (targets[k]) return;
  if (e->instrs.at[next].op == OP_POP) in->dead = e->instrs.at[next].dead = true;
}

// The walk that finds what control can reach.
typedef struct Reach {
  Emit *e;       // the list
  bool *reached; // by index
  VEC(uint32_t) todo;
} Reach;

// Control goes to an instruction.
static void reach_go(Reach *r, uint32_t i) {
  i = peephole_skip(r->e, i);
  if (i >= r->e->instrs.count || r->reached[i]) return;
  r->reached[i] = true;
  vec_push(&r->todo, i);
}

// Go on from an instruction.
static void reach_follow(Reach *r, uint32_t i) {
  const EmitInstr *in = &r->e->instrs.at[i];
  int operand = mx_op_find_operand((OpCode)in->op, 'J');
  if (operand >= 0) reach_go(r, r->e->labels.at[in->operands[operand]].at);
  if (!mx_op_ends_flow((OpCode)in->op)) reach_go(r, i + 1);
}

// Take out what control cannot reach any more. Marks stay: ranges of handlers begin and end there.
static void peephole_unreached(Emit *e) {
  Reach r = {.e = e, .reached = mx_gc_alloc_atomic(e->instrs.count + 1)};
  memset(r.reached, 0, e->instrs.count + 1);
  reach_go(&r, 0);
  for (uint32_t i = 0; i < e->handlers.count; i++)
    if (e->handlers.at[i].kind != HANDLER_RESTORE)
      reach_go(&r, e->labels.at[e->handlers.at[i].target].at);
  while (r.todo.count > 0) reach_follow(&r, r.todo.at[--r.todo.count]);
  for (uint32_t i = 0; i < e->instrs.count; i++)
    if (!r.reached[i] && mx_op_info((OpCode)e->instrs.at[i].op)->phase != PHASE_MARK)
      e->instrs.at[i].dead = true;
  vec_free(&r.todo);
}

void mx_peephole(Emit *e) {
  const bool *targets = peephole_targets(e);
  for (uint32_t i = 0; i < e->instrs.count; i++)
    if (!e->instrs.at[i].dead) peephole_jump(e, i);
  for (uint32_t i = 0; i < e->instrs.count; i++)
    if (!e->instrs.at[i].dead) peephole_invert(e, targets, i);
  peephole_unreached(e);
  // Backwards, so that a push before a pair that went meets the next POP.
  for (uint32_t i = e->instrs.count; i-- > 0;) peephole_pop(e, targets, i);
}
