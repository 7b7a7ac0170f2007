// SPDX-License-Identifier: MIT
// Control flow while building: stretches of bytecode in reverse postorder, joins, loops.
//
// Edges are collected with their states and left open; the IR block that they lead to is made when
// all but the back edges are there. One edge needs no block: building goes on in its own.
#include "interp/program.h"
#include "jit/record/build.h"

enum { FLOW_NONE = UINT32_MAX, FLOW_MAX_BLOCKS = 2000 };

// ---- stretches of bytecode

static bool flow_is_mark(OpCode op) { return mx_op_info(op)->phase == PHASE_MARK; }

// Does an instruction end a stretch?
static bool flow_ends(const Instruction *in) {
  return mx_op_find_operand(in->op, 'J') >= 0 || mx_op_ends_flow(in->op);
}

// Mark where stretches begin, by pc.
static void flow_leaders(const Chunk *chunk, uint8_t *leads) {
  Instruction in;
  leads[0] = 1;
  for (uint32_t pc = 0; pc < chunk->code_len; pc += in.size) {
    if (!mx_op_decode(chunk->code, chunk->code_len, pc, &in)) return;
    int jump = mx_op_find_operand(in.op, 'J');
    if (jump >= 0) leads[in.operands[jump]] = 1;
    if (flow_ends(&in)) leads[pc + in.size] = 1;
  }
  for (uint32_t i = 0; i < chunk->handler_count; i++) leads[chunk->handlers[i].target] = 1;
}

// Where control may go on behind the last instruction of a stretch.
static void flow_successors(ByteBlock *block, const Instruction *last) {
  int jump = mx_op_find_operand(last->op, 'J');
  block->succ[0] = mx_op_ends_flow(last->op) ? FLOW_NONE : block->end;
  block->succ[1] = jump >= 0 ? last->operands[jump] : FLOW_NONE;
}

// Cut the chunk into stretches; one begins where building does, which may be behind a mark.
static void flow_cut(Builder *b, BuildBody *body, const Chunk *chunk, uint32_t start_pc) {
  uint8_t *leads = mx_arena_array(b->arena, uint8_t, chunk->code_len + 1);
  flow_leaders(chunk, leads);
  leads[start_pc] = 1;
  for (uint32_t pc = 0; pc < chunk->code_len; pc++) body->count += leads[pc];
  body->blocks = mx_arena_array(b->arena, ByteBlock, body->count + 1);
  ByteBlock *block = body->blocks - 1;
  Instruction in;
  for (uint32_t pc = 0; pc < chunk->code_len; pc += in.size) {
    if (!mx_op_decode(chunk->code, chunk->code_len, pc, &in)) return;
    body->explains |= in.op == OP_MATCH_FAIL && in.operands[0] == 1;
    if (leads[pc]) *++block = (ByteBlock){.start = pc, .order = FLOW_NONE, .header = IR_NO_BLOCK};
    block->end = pc + in.size;
    flow_successors(block, &in);
  }
}

// The stretch that begins at a pc.
static ByteBlock *flow_at(const BuildBody *body, uint32_t pc) {
  uint32_t low = 0, high = body->count;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    if (body->blocks[middle].start < pc)
      low = middle + 1;
    else
      high = middle;
  }
  return low < body->count && body->blocks[low].start == pc ? &body->blocks[low] : NULL;
}

bool mx_build_is_reached(const BuildFrame *act, uint32_t pc) {
  const ByteBlock *block = flow_at(act->body, pc);
  return block && block->order != FLOW_NONE;
}

// Did the stretch run? Its first instruction that is not a mark says so.
static bool flow_ran(const BuildFrame *act, const ByteBlock *block) {
  const Chunk *chunk = act->code->chunk;
  Instruction in;
  for (uint32_t pc = block->start; pc < block->end; pc += in.size) {
    if (!mx_op_decode(chunk->code, chunk->code_len, pc, &in)) return false;
    if (!flow_is_mark(in.op)) return mx_record_seen(act->cx, pc) != NULL;
  }
  return block->succ[0] != FLOW_NONE; // marks only: it falls through
}

enum { FLOW_NEW, FLOW_OPEN, FLOW_DONE }; // states of a stretch in the search below

static void flow_search(Builder *b, BuildBody *body, uint8_t *states, uint32_t at);

// Control may go on at a pc.
static void flow_visit(Builder *b, BuildBody *body, uint8_t *states, uint32_t pc) {
  ByteBlock *next = pc == FLOW_NONE ? NULL : flow_at(body, pc);
  if (!next) return;
  uint32_t to = (uint32_t)(next - body->blocks);
  if (states[to] == FLOW_OPEN) next->loop = true;
  if (states[to] == FLOW_NEW && flow_ran(b->act, next)) flow_search(b, body, states, to);
}

// Number the stretches that ran, in postorder; a successor that is open is a loop header. Rescue
// clauses come behind what they cover.
static void flow_search(Builder *b, BuildBody *body, uint8_t *states, uint32_t at) {
  const ByteBlock *block = &body->blocks[at];
  const Chunk *chunk = b->act->code->chunk;
  states[at] = FLOW_OPEN;
  for (uint32_t i = 0; i < 2; i++) flow_visit(b, body, states, block->succ[i]);
  for (uint32_t i = 0; i < chunk->handler_count; i++) {
    const Handler *h = &chunk->handlers[i];
    if (h->kind == HANDLER_RESCUE && h->start < block->end && h->end > block->start)
      flow_visit(b, body, states, h->target);
  }
  states[at] = FLOW_DONE;
  body->order[body->ordered++] = at;
}

// Turn postorder into reverse postorder and tell the stretches their places.
static void flow_reverse(BuildBody *body) {
  for (uint32_t i = 0; i < body->ordered / 2; i++) {
    uint32_t other = body->order[body->ordered - 1 - i];
    body->order[body->ordered - 1 - i] = body->order[i];
    body->order[i] = other;
  }
  for (uint32_t i = 0; i < body->ordered; i++) body->blocks[body->order[i]].order = i;
}

// ---- edges and joins

BuildEdge mx_build_edge(Builder *b) {
  BuildEdge edge = {.from = b->block, .count = b->state.count};
  edge.at = mx_arena_array(b->arena, IrRef, edge.count + 1);
  memcpy(edge.at, b->state.at, edge.count * sizeof(IrRef));
  return edge;
}

// What was known of receivers elsewhere is forgotten.
void mx_build_resume(Builder *b, const BuildEdge *edge) {
  b->block = edge->from;
  for (BuildFrame *act = b->act; act; act = act->caller) act->self = act->receiver;
  b->state.count = edge->count;
  memcpy(b->state.at, edge->at, edge->count * sizeof(IrRef));
}

void mx_build_restore(Builder *b, const BuildEdge *edge) {
  b->state.count = edge->count;
  memcpy(b->state.at, edge->at, edge->count * sizeof(IrRef));
}

// The type that fits an entry on all edges.
static IrType flow_common_type(const Builder *b, const BuildEdge *edges, uint32_t count,
                               uint32_t i) {
  IrType type = mx_build_type(b, mx_build_resolve(b, edges[0].at[i]));
  for (uint32_t e = 1; e < count; e++)
    if (mx_build_type(b, mx_build_resolve(b, edges[e].at[i])) != type) return IRT_VAL;
  return type;
}

// Is an entry the same on all edges?
static bool flow_agrees(const Builder *b, const BuildEdge *edges, uint32_t count, uint32_t i) {
  for (uint32_t e = 1; e < count; e++)
    if (mx_build_resolve(b, edges[e].at[i]) != mx_build_resolve(b, edges[0].at[i])) return false;
  return true;
}

// The value that an entry is a narrower version of on all edges, IR_NONE when there are several.
static IrRef flow_root(const Builder *b, const BuildEdge *edges, uint32_t count, uint32_t i) {
  IrRef root = mx_build_root(b, edges[0].at[i]);
  for (uint32_t e = 1; e < count; e++)
    if (mx_build_root(b, edges[e].at[i]) != root) return IR_NONE;
  return root;
}

// One entry where edges meet that disagree on it: a phi, unless it is one value with more known of
// it on some of them. Numbers stay untagged.
static IrRef flow_phi(Builder *b, IrBlockId block, const BuildEdge *edges, uint32_t count,
                      uint32_t i) {
  IrType type = flow_common_type(b, edges, count, i);
  IrRef root = flow_root(b, edges, count, i);
  if (root && (type == IRT_VAL || type == IRT_OBJ)) return root;
  IrRef *refs = mx_arena_array(b->arena, IrRef, count);
  for (uint32_t e = 0; e < count; e++) {
    b->block = edges[e].from;
    refs[e] =
        type == IRT_VAL ? mx_build_val(b, edges[e].at[i]) : mx_build_resolve(b, edges[e].at[i]);
  }
  IrIns phi = {.op = IR_PHI, .type = (uint8_t)type, .snap = SNAP_NONE};
  phi.list = mx_ir_list(b->fn, count, refs);
  return mx_ir_emit(b->fn, block, &phi);
}

void mx_build_join(Builder *b, const BuildEdge *edges, uint32_t count) {
  b->block = IR_NO_BLOCK;
  if (count == 0) return;
  if (count != 1 || edges[0].from != b->straight) b->shapes.count = 0;
  b->straight = IR_NO_BLOCK;
  mx_build_resume(b, &edges[0]);
  if (count == 1) return;
  IrBlockId block = mx_ir_block(b->fn);
  for (uint32_t i = 0; i < edges[0].count; i++)
    if (!flow_agrees(b, edges, count, i)) b->state.at[i] = flow_phi(b, block, edges, count, i);
  for (uint32_t e = 0; e < count; e++) mx_ir_jump(b->fn, edges[e].from, block);
  b->block = block;
}

// ---- counts

void mx_build_count(Builder *b, const ProfileCount *count) {
  if (MX_LIKELY(!count)) return;
  IrRef at = mx_ir_const(b->fn, IR_KPTR, (uint64_t)(uintptr_t)count);
  IrRef n = mx_build_emit(b, IR_FIELD_LOAD, at, IR_NONE, IR_NONE, IRF_PROFILE_COUNT);
  n = mx_build_emit(b, IR_WADD, n, mx_ir_const(b->fn, IR_KWORD, 1), IR_NONE, 0);
  mx_build_emit(b, IR_FIELD_STORE, at, n, IR_NONE, IRF_PROFILE_COUNT);
}

// Control passes the counter at a pc. From here on snapshots of its instruction go on behind it.
static void flow_count(Builder *b, uint32_t pc) {
  const ProfileCount *count = mx_profile_jump(b->act->code, pc);
  if (MX_LIKELY(!count)) return;
  mx_build_count(b, count);
  b->act->counted = pc + 1;
}

// ---- loops

// Must an entry of a loop be any Value, as an earlier try found?
static bool flow_is_wide(const Builder *b, uint32_t pc, uint32_t index) {
  for (uint32_t i = 0; i < b->wide.count; i++) {
    const BuildWide *w = &b->wide.at[i];
    if (w->cx == b->act->cx && w->pc == pc && w->index == index) return true;
  }
  return false;
}

// The snapshot of the state as control comes to a loop's first instruction.
static SnapId flow_loop_snap(Builder *b, const ByteBlock *loop) {
  b->act->pc = loop->start;
  b->act->counted = 0;
  b->snap = SNAP_NONE;
  return mx_build_snap(b);
}

// The snapshot in front of a loop, for the guards that the passes move there; SNAP_NONE when they
// are to stay.
static SnapId flow_in_front(Builder *b, const ByteBlock *loop) {
  const Seen *seen = mx_record_seen(b->act->cx, loop->start);
  if (seen && seen->cautious) return SNAP_NONE;
  SnapId snap = flow_loop_snap(b, loop);
  b->fn->snaps.at[snap].reason = REGION_EXIT_IN_FRONT;
  return snap;
}

// The current block enters a loop: a header with a phi for each entry of the state.
static void flow_enter_loop(Builder *b, ByteBlock *loop) {
  loop->phis = mx_arena_array(b->arena, IrRef, b->state.count + 1);
  for (uint32_t i = 0; i < b->state.count; i++) {
    IrRef ref = mx_build_resolve(b, b->state.at[i]);
    b->state.at[i] = flow_is_wide(b, loop->start, i) ? mx_build_val(b, ref) : ref;
  }
  BuildEdge entry = mx_build_edge(b);
  SnapId in_front = flow_in_front(b, loop);
  loop->header = mx_ir_block(b->fn);
  mx_ir_block_at(b->fn, loop->header)->loop = true;
  for (uint32_t i = 0; i < b->state.count; i++) {
    IrIns phi = {.op = IR_PHI, .type = (uint8_t)mx_build_type(b, entry.at[i]), .snap = SNAP_NONE};
    phi.list = mx_ir_list(b->fn, 1, &entry.at[i]);
    b->state.at[i] = loop->phis[i] = mx_ir_emit(b->fn, loop->header, &phi);
  }
  mx_ir_jump(b->fn, entry.from, loop->header);
  mx_ir_at(b->fn, mx_ir_block_at(b->fn, entry.from)->last)->snap = in_front;
  vec_clear(&loop->in);
  vec_push(&loop->in, entry);
  b->block = loop->header;
  b->shapes.count = 0;
  IrIns poll = {.op = IR_POLL, .snap = flow_loop_snap(b, loop)};
  mx_ir_emit(b->fn, b->block, &poll);
}

enum { FLOW_PHIS = 4 }; // joins that are looked through

// May any Value be one of a type? Not where it is known that it comes as another one on some path.
static bool flow_may_be(const Builder *b, IrType type, IrRef ref, uint32_t phis) {
  const IrIns *ins = mx_ir_at(b->fn, ref);
  if (mx_ir_is_const((IrOp)ins->op)) return false;
  if (ins->op == IR_BOX_INT || ins->op == IR_BOX_DOUBLE || ins->op == IR_AS_VAL)
    return mx_build_type(b, mx_build_resolve(b, ins->a[0])) == type;
  if (ins->op != IR_PHI || phis == 0) return true;
  const IrRef *refs = mx_ir_list_refs(b->fn, ins->list);
  for (uint32_t i = 0; i < mx_ir_list_count(b->fn, ins->list); i++)
    if (!flow_may_be(b, type, mx_build_resolve(b, refs[i]), phis - 1)) return false;
  return true;
}

// Can a value come round a loop whose phi has a type, perhaps guarded?
static bool flow_fits(const Builder *b, IrType type, IrRef ref) {
  IrType has = mx_build_type(b, ref);
  if (type == IRT_VAL || has == type) return true;
  bool guarded = type == IRT_INT || type == IRT_DOUBLE || type == IRT_OBJ;
  return guarded && has == IRT_VAL && flow_may_be(b, type, ref, FLOW_PHIS);
}

// Note the entries that must be any Value in the next try; whether there are some.
static bool flow_widen(Builder *b, const ByteBlock *loop) {
  for (uint32_t i = 0; i < b->state.count; i++) {
    IrType type = mx_build_type(b, loop->phis[i]);
    if (flow_fits(b, type, mx_build_resolve(b, b->state.at[i]))) continue;
    vec_push(&b->wide, ((BuildWide){b->act->cx, loop->start, i}));
    b->again = true;
  }
  return b->again;
}

// Give those values of the state the types of the header's phis whose phi is, or is not, any Value.
static void flow_retype(Builder *b, const ByteBlock *loop, bool any) {
  for (uint32_t i = 0; b->block != IR_NO_BLOCK && i < b->state.count; i++) {
    IrType type = mx_build_type(b, loop->phis[i]);
    if ((type == IRT_VAL) == any) b->state.at[i] = mx_build_as(b, &b->state.at[i], type);
  }
}

// A back edge: its values get the types of the header's phis. A guard makes all copies of a value
// narrower, those whose phi is any Value, too; so they come last.
static void flow_back(Builder *b, ByteBlock *loop) {
  if (flow_widen(b, loop)) mx_build_leave(b);
  flow_retype(b, loop, false);
  flow_retype(b, loop, true);
  if (b->block == IR_NO_BLOCK) return;
  BuildEdge edge = mx_build_edge(b);
  mx_ir_jump(b->fn, edge.from, loop->header);
  vec_push(&loop->in, edge);
  mx_build_leave(b);
}

// Let everything that used `from` use `to`.
static void flow_forward(Builder *b, IrRef from, IrRef to) {
  if (from >= b->forward_room) {
    uint32_t room = b->fn->ins.count * 2;
    IrRef *grown = mx_arena_array(b->arena, IrRef, room);
    if (b->forward_room > 0) memcpy(grown, b->forward, b->forward_room * sizeof(IrRef));
    b->forward = grown;
    b->forward_room = room;
  }
  b->forward[from] = to;
  mx_ir_kill(b->fn, from);
}

// An object without the guards that it has passed.
static IrRef flow_unguarded(const Builder *b, IrRef ref) {
  for (const IrIns *ins; (ins = mx_ir_at(b->fn, ref))->op == IR_GUARD_SHAPE;)
    ref = mx_build_resolve(b, ins->a[0]);
  return ref;
}

// The one value that a phi stands for, or IR_NONE when there are several.
static IrRef flow_only_value(const Builder *b, const ByteBlock *loop, uint32_t i) {
  IrRef only = IR_NONE;
  for (uint32_t e = 0; e < loop->in.count; e++) {
    IrRef ref = mx_build_resolve(b, loop->in.at[e].at[i]);
    if (ref == only || flow_unguarded(b, ref) == loop->phis[i]) continue;
    if (only) return IR_NONE;
    only = ref;
  }
  return only;
}

// Give the header's phis their operands. Those that stand for one value give way to it, until
// none does.
static void flow_close_loop(Builder *b, ByteBlock *loop) {
  uint32_t count = loop->in.at[0].count;
  for (bool changed = true; changed;) {
    changed = false;
    for (uint32_t i = 0; i < count; i++) {
      if (mx_ir_at(b->fn, loop->phis[i])->op != IR_PHI) continue;
      IrRef only = flow_only_value(b, loop, i);
      if (!only) continue;
      flow_forward(b, loop->phis[i], only);
      changed = true;
    }
  }
  for (uint32_t i = 0; i < count; i++)
    for (uint32_t e = 1; e < loop->in.count && mx_ir_at(b->fn, loop->phis[i])->op == IR_PHI; e++)
      mx_ir_phi_push(b->fn, loop->phis[i], mx_build_resolve(b, loop->in.at[e].at[i]));
  mx_ir_block_at(b->fn, loop->header)->loop = loop->in.count > 1;
}

// ---- building

void mx_build_go(Builder *b, uint32_t pc) {
  if (b->block == IR_NO_BLOCK) return;
  if (pc == b->act->next) mx_build_count(b, mx_profile_fall(b->act->code, pc));
  b->act->pc = pc;
  b->act->counted = 0;
  b->snap = SNAP_NONE;
  ByteBlock *to = flow_at(b->act->body, pc);
  if (!to || to->order == FLOW_NONE) {
    mx_ir_exit(b->fn, b->block, mx_build_snap(b));
    mx_build_leave(b);
  } else if (to->header != IR_NO_BLOCK) {
    flow_back(b, to);
  } else {
    vec_push(&to->in, mx_build_edge(b));
    mx_build_leave(b);
  }
}

void mx_build_at_place(Builder *b, const BuildFrame *act) {
  if (!mx_interp(b->vm)->profiler) return;
  TierPlace *place = mx_arena_new(b->kept, TierPlace);
  *place = (TierPlace){act->called, act->code, act->pc};
  b->place = place;
  if (b->fn->places.count == 0) vec_push(&b->fn->places, NULL);
  b->fn->place = b->fn->places.count;
  vec_push(&b->fn->places, place);
}

static uint32_t flow_line(const Code *code, uint32_t pc) {
  return mx_code_line(code, mx_frame_site_of(code, pc));
}

// For --profile: does the instruction at act->pc stand in the stretch, and at the line, that what
// was built last is for? One place will do for both: each costs LLVM time. Lines of the library are
// not shown.
static bool flow_has_place(const Builder *b, const ByteBlock *block) {
  const BuildFrame *act = b->act;
  const TierPlace *last = b->place;
  if (!last || last->code != act->code || last->caller != act->called) return false;
  if (last->pc < block->start || last->pc > act->pc) return false;
  return act->code->core || flow_line(act->code, last->pc) == flow_line(act->code, act->pc);
}

// Build one instruction of a stretch.
static void flow_instruction(Builder *b, const ByteBlock *block, const Instruction *in) {
  b->act->pc = in->pc;
  b->act->next = in->pc + in->size;
  b->snap = SNAP_NONE;
  if (!flow_has_place(b, block)) mx_build_at_place(b, b->act);
  const Seen *seen = mx_record_seen(b->act->cx, in->pc);
  if (++b->size > b->rec->params->inline_size) mx_build_abort(b, ABORT_TOO_BIG);
  if (b->block == IR_NO_BLOCK) return;
  if (seen) {
    mx_build_op(b, in, seen);
    return;
  }
  mx_ir_exit(b->fn, b->block, mx_build_snap(b));
  mx_build_leave(b);
}

// Build one stretch of bytecode.
static void flow_stretch(Builder *b, ByteBlock *block) {
  const Chunk *chunk = b->act->code->chunk;
  mx_build_join(b, block->in.at, block->in.count);
  if (b->block == IR_NO_BLOCK) return;
  if (block->loop) flow_enter_loop(b, block);
  Instruction in;
  for (uint32_t pc = block->start; pc < block->end && b->block != IR_NO_BLOCK; pc += in.size) {
    if (!mx_op_decode(chunk->code, chunk->code_len, pc, &in)) MX_UNREACHABLE();
    flow_count(b, pc);
    if (!flow_is_mark(in.op)) flow_instruction(b, block, &in);
  }
  mx_build_go(b, block->end);
}

void mx_build_body(Builder *b, uint32_t start_pc) {
  BuildFrame *act = b->act;
  BuildBody *body = act->body = mx_arena_new(b->arena, BuildBody);
  flow_cut(b, body, act->code->chunk, start_pc);
  ByteBlock *start = flow_at(body, start_pc);
  if (!start || body->count > FLOW_MAX_BLOCKS) {
    mx_build_abort(b, ABORT_TOO_BIG);
    return;
  }
  body->order = mx_arena_array(b->arena, uint32_t, body->count + 1);
  uint8_t *states = mx_arena_array(b->arena, uint8_t, body->count + 1);
  flow_search(b, body, states, (uint32_t)(start - body->blocks));
  flow_reverse(body);
  vec_push(&start->in, mx_build_edge(b));
  b->straight = b->block;
  mx_build_leave(b);
  for (uint32_t i = 0; i < body->ordered && b->abort == ABORT_NONE && !b->again; i++)
    flow_stretch(b, &body->blocks[body->order[i]]);
  for (uint32_t i = body->ordered; i-- > 0 && b->abort == ABORT_NONE && !b->again;) {
    ByteBlock *block = &body->blocks[body->order[i]];
    if (block->header != IR_NO_BLOCK) flow_close_loop(b, block);
  }
  for (uint32_t i = 0; i < body->count; i++) vec_free(&body->blocks[i].in);
}
