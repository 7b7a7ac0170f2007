// SPDX-License-Identifier: MIT
// Assembling: instructions and labels as the compiler gives them, then the chunk's tables.
#include "bytecode/emit.h"
#include "runtime/array.h"
#include "runtime/hash.h"
#include "runtime/params.h"
#include "runtime/string.h"

void mx_emit_init(Emit *e, ExecCtx *ec) {
  *e = (Emit){.ec = ec, .reachable = true, .step = EMIT_NO_STEP};
  e->consts = mx_array_new(ec, 8);
  e->const_index = mx_hash_new(ec);
}

void mx_emit_free(Emit *e) {
  vec_free(&e->instrs);
  vec_free(&e->labels);
  vec_free(&e->handlers);
  vec_free(&e->bodies);
}

// ---- instructions

// Note that a label is reached with a depth.
static void emit_reach(Emit *e, Label label, int32_t depth) {
  EmitLabel *l = &e->labels.at[label];
  l->jumps++;
  MX_ASSERT(l->depth < 0 || l->depth == depth, "label %u has depths %d and %d", label, l->depth,
            depth);
  l->depth = depth;
}

// Depth at the target of a jump that was just accounted for; some keep or cut values.
static int32_t emit_jump_depth(const Emit *e, const Instruction *in) {
  switch (in->op) {
  case OP_JUMP_IF_FALSE_KEEP:
  case OP_JUMP_IF_TRUE_KEEP: return e->depth + 1;
  case OP_MATCH_FIND:
  case OP_ARRAY_NEXT: return e->depth - 1;
  case OP_FOLD:
  case OP_ONCE: return e->depth + 1;
  case OP_BREAK: return (int32_t)in->operands[1] + 1;
  case OP_CONTINUE: return (int32_t)in->operands[1];
  default: return e->depth;
  }
}

// Append an instruction, unless control cannot come here.
static void emit_append(Emit *e, const Instruction *in) {
  e->depth -= (int32_t)mx_op_pops(in);
  MX_ASSERT(e->depth >= 0, "%s takes more than there is", mx_op_info(in->op)->name);
  e->depth += (int32_t)mx_op_pushes(in);
  // RETURN and its kind count as pushing nothing; what follows them is unreachable.
  if (e->depth > e->max_depth) e->max_depth = e->depth;
  if (!e->reachable) return;
  EmitInstr instr = {.op = (uint8_t)in->op, .site = e->site, .step = EMIT_NO_STEP};
  if (mx_op_info(in->op)->phase != PHASE_MARK) { // marks are not executed
    instr.step = e->step;
    e->step = EMIT_NO_STEP;
  }
  memcpy(instr.operands, in->operands, sizeof instr.operands);
  vec_push(&e->instrs, instr);
  int jump = mx_op_find_operand(in->op, 'J');
  if (jump >= 0) emit_reach(e, in->operands[jump], emit_jump_depth(e, in));
  if (mx_op_ends_flow(in->op)) e->reachable = false;
}

void mx_emit_op4(Emit *e, OpCode op, uint32_t a, uint32_t b, uint32_t c, uint32_t d) {
  Instruction in = {.op = op, .operands = {a, b, c, d}};
  emit_append(e, &in);
}

void mx_emit_op(Emit *e, OpCode op) { mx_emit_op4(e, op, 0, 0, 0, 0); }
void mx_emit_op1(Emit *e, OpCode op, uint32_t a) { mx_emit_op4(e, op, a, 0, 0, 0); }
void mx_emit_op2(Emit *e, OpCode op, uint32_t a, uint32_t b) { mx_emit_op4(e, op, a, b, 0, 0); }
void mx_emit_op3(Emit *e, OpCode op, uint32_t a, uint32_t b, uint32_t c) {
  mx_emit_op4(e, op, a, b, c, 0);
}

// ---- statements

void mx_emit_end_step(Emit *e) {
  if (e->step == EMIT_NO_STEP) return;
  if (e->reachable) {
    mx_emit_op(e, OP_PUSH_NIL);
    mx_emit_op(e, OP_POP);
  }
  e->step = EMIT_NO_STEP;
}

void mx_emit_step(Emit *e, uint32_t site) {
  mx_emit_end_step(e);
  if (e->reachable) e->step = site;
}

void mx_emit_returns(Emit *e, uint32_t site) {
  if (e->instrs.count > 0) e->instrs.at[e->instrs.count - 1].step = site | (uint32_t)STEP_RETURNS;
}

// ---- labels

Label mx_emit_label(Emit *e) {
  EmitLabel label = {.at = EMIT_UNBOUND, .depth = -1};
  vec_push(&e->labels, label);
  return e->labels.count - 1;
}

bool mx_emit_is_bound(const Emit *e, Label label) { return e->labels.at[label].at != EMIT_UNBOUND; }

void mx_emit_bind(Emit *e, Label label) {
  mx_emit_end_step(e); // it is not what jumps to the label come to
  EmitLabel *l = &e->labels.at[label];
  MX_ASSERT(!mx_emit_is_bound(e, label), "label %u is bound twice", label);
  l->at = e->instrs.count;
  if (!e->reachable && l->depth >= 0) e->depth = l->depth;
  MX_ASSERT(l->depth < 0 || l->depth == e->depth, "label %u: depth %d, not %d", label, e->depth,
            l->depth);
  l->depth = e->depth;
  if (l->jumps > 0) e->reachable = true;
}

void mx_emit_bind_loop(Emit *e, Label label, bool reachable) {
  mx_emit_bind(e, label);
  e->reachable = reachable;
}

void mx_emit_bind_handler(Emit *e, Label label, uint32_t depth, uint32_t pushed) {
  mx_emit_end_step(e);
  MX_ASSERT(!e->reachable || e->depth == (int32_t)(depth + pushed), "a handler's depth");
  e->depth = (int32_t)(depth + pushed);
  if (e->depth > e->max_depth) e->max_depth = e->depth;
  EmitLabel *l = &e->labels.at[label];
  l->at = e->instrs.count;
  l->depth = e->depth;
  // A handler whose range is empty is never entered.
  for (uint32_t i = 0; i < e->handlers.count; i++) {
    const EmitHandler *h = &e->handlers.at[i];
    if (h->target == label && h->kind != HANDLER_RESTORE && h->end > h->start) l->jumps++;
  }
  if (l->jumps > 0) e->reachable = true;
}

// ---- constants and bodies

// May equal values share an entry? Floats and big Integers are compared bit by bit nowhere.
static bool emit_internable(Value v) { return !val_is_heap(v) || val_is_string(v); }

uint32_t mx_emit_const(Emit *e, Value v) {
  ExecCtx *ec = e->ec;
  Value found = emit_internable(v) ? mx_hash_get(ec, e->const_index, v) : VAL_UNDEF;
  if (val_is_fixnum(found)) {
    Value there = mx_array_get(ec, e->consts, val_to_fixnum(found));
    if (there == v || (val_is_string(v) && mx_str_enc(there) == mx_str_enc(v)))
      return (uint32_t)val_to_fixnum(found);
  }
  uint32_t index = mx_array_len(e->consts);
  mx_array_push(ec, e->consts, v);
  if (val_is_undef(found) && emit_internable(v))
    (void)!mx_hash_set(ec, e->const_index, v, val_from_fixnum(index));
  return index;
}

uint32_t mx_emit_name(Emit *e, Sym name) { return mx_emit_const(e, val_from_sym(name)); }

uint32_t mx_emit_body(Emit *e, CodeKind kind, const void *node) {
  ChunkBody body = {.node = node, .kind = (uint8_t)kind};
  vec_push(&e->bodies, body);
  return e->bodies.count - 1;
}

// ---- handlers

uint32_t mx_emit_try(Emit *e, HandlerKind kind, Label target, uint32_t depth) {
  EmitHandler handler = {.start = e->instrs.count,
                         .end = EMIT_UNBOUND,
                         .target = target,
                         .depth = depth,
                         .kind = kind};
  vec_push(&e->handlers, handler);
  uint32_t number = e->handlers.count - 1;
  if (kind != HANDLER_RESTORE) mx_emit_op1(e, OP_BEGIN_TRY, number);
  e->handlers.at[number].start = e->instrs.count;
  return number;
}

void mx_emit_end_try(Emit *e, uint32_t number) {
  if (e->handlers.at[number].kind != HANDLER_RESTORE) mx_emit_op1(e, OP_END_TRY, number);
  e->handlers.at[number].end = e->instrs.count;
  e->handlers.at[number].rank = e->ended++;
}

// ---- the chunk

// Where each instruction lies, under sizes that grow until all operands fit.
typedef struct EmitLayout {
  uint32_t *pcs; // by index of the instruction; one more for the end
  bool *wide;    // by index
} EmitLayout;

// Index of the instruction behind a label.
static uint32_t emit_label_at(const Emit *e, Label label) {
  MX_ASSERT(mx_emit_is_bound(e, label), "label %u is not bound", label);
  return e->labels.at[label].at;
}

// The instruction with labels and handler numbers resolved.
static Instruction emit_resolve(const Emit *e, const EmitLayout *layout, uint32_t i) {
  const EmitInstr *instr = &e->instrs.at[i];
  Instruction in = {.op = (OpCode)instr->op};
  memcpy(in.operands, instr->operands, sizeof in.operands);
  int jump = mx_op_find_operand(in.op, 'J'), handler = mx_op_find_operand(in.op, 'H');
  if (jump >= 0) in.operands[jump] = layout->pcs[emit_label_at(e, in.operands[jump])];
  if (handler >= 0) in.operands[handler] = e->handlers.at[in.operands[handler]].rank;
  return in;
}

// Assign offsets once; true when some instruction has become wide.
static bool emit_place(const Emit *e, EmitLayout *layout) {
  uint32_t pc = 0;
  for (uint32_t i = 0; i < e->instrs.count; i++) {
    layout->pcs[i] = pc;
    if (e->instrs.at[i].dead) continue;
    Instruction in = {.op = (OpCode)e->instrs.at[i].op};
    pc += mx_op_size(&in, layout->wide[i]);
  }
  layout->pcs[e->instrs.count] = pc;
  bool grown = false;
  for (uint32_t i = 0; i < e->instrs.count; i++) {
    if (e->instrs.at[i].dead || layout->wide[i]) continue;
    Instruction in = emit_resolve(e, layout, i);
    if (mx_op_size(&in, false) == mx_op_size(&(Instruction){.op = in.op}, false)) continue;
    layout->wide[i] = grown = true;
  }
  return grown;
}

// Write code and lines.
static void emit_write_code(const Emit *e, const EmitLayout *layout, Chunk *chunk) {
  uint8_t *code = mx_gc_alloc_atomic(layout->pcs[e->instrs.count] + 1);
  LineEntry *lines = mx_gc_alloc_atomic((e->instrs.count + 1) * sizeof *lines);
  for (uint32_t i = 0; i < e->instrs.count; i++) {
    if (e->instrs.at[i].dead) continue;
    Instruction in = emit_resolve(e, layout, i);
    chunk->code_len += mx_op_encode(&in, layout->wide[i], code + chunk->code_len);
    uint32_t site = e->instrs.at[i].site;
    if (chunk->line_count == 0 || lines[chunk->line_count - 1].site != site)
      lines[chunk->line_count++] = (LineEntry){layout->pcs[i], site};
  }
  chunk->code = code;
  chunk->lines = lines;
}

// Write where statements begin.
static void emit_write_steps(const Emit *e, const EmitLayout *layout, Chunk *chunk) {
  uint32_t count = 0;
  for (uint32_t i = 0; i < e->instrs.count; i++) count += e->instrs.at[i].step != EMIT_NO_STEP;
  LineEntry *steps = mx_gc_alloc_atomic((count + 1) * sizeof *steps);
  for (uint32_t i = 0; i < e->instrs.count; i++) {
    const EmitInstr *instr = &e->instrs.at[i];
    if (instr->dead || instr->step == EMIT_NO_STEP) continue;
    steps[chunk->step_count++] = (LineEntry){layout->pcs[i], instr->step};
  }
  chunk->steps = steps;
}

// Does a handler guard nothing, behind a jump, so that there is no mark of it?
static bool emit_is_idle(const Emit *e, const EmitHandler *h) {
  const EmitInstr *mark = h->start > 0 ? &e->instrs.at[h->start - 1] : NULL;
  if (mark && mark->op == OP_BEGIN_TRY && !mark->dead) return false;
  for (uint32_t i = h->start; i < h->end; i++)
    if (!e->instrs.at[i].dead) return false;
  return true;
}

// Leave out the handlers that are idle, and rank the others anew.
static void emit_rank_handlers(Emit *e) {
  uint32_t count = e->handlers.count, kept = 0;
  uint32_t *by_rank = mx_gc_alloc_atomic((count + 1) * sizeof *by_rank);
  for (uint32_t i = 0; i < count; i++) by_rank[e->handlers.at[i].rank] = i;
  for (uint32_t rank = 0; rank < count; rank++) {
    EmitHandler *h = &e->handlers.at[by_rank[rank]];
    h->rank = emit_is_idle(e, h) ? EMIT_UNBOUND : kept++;
  }
  e->ended = kept;
}

// Write the table of handlers.
static void emit_write_handlers(const Emit *e, const EmitLayout *layout, Chunk *chunk) {
  Handler *table = mx_gc_alloc_atomic((e->ended + 1) * sizeof *table);
  for (uint32_t i = 0; i < e->handlers.count; i++) {
    const EmitHandler *h = &e->handlers.at[i];
    if (h->rank == EMIT_UNBOUND) continue;
    bool has_target = h->kind != HANDLER_RESTORE;
    table[h->rank] = (Handler){.start = layout->pcs[h->start],
                               .end = layout->pcs[h->end],
                               .target = has_target ? layout->pcs[emit_label_at(e, h->target)] : 0,
                               .depth = h->depth,
                               .kind = h->kind};
  }
  chunk->handlers = table;
  chunk->handler_count = e->ended;
}

// Write constants and nested bodies.
static void emit_write_tables(const Emit *e, Chunk *chunk) {
  chunk->const_count = mx_array_len(e->consts);
  Value *consts = mx_gc_alloc_words((chunk->const_count + 1) * sizeof(Value));
  mx_array_copy_out(e->ec, e->consts, consts);
  chunk->consts = consts;
  chunk->body_count = e->bodies.count;
  chunk->bodies = mx_gc_alloc_words((e->bodies.count + 1) * sizeof(ChunkBody));
  if (e->bodies.count) memcpy(chunk->bodies, e->bodies.at, e->bodies.count * sizeof(ChunkBody));
}

bool mx_emit_finish(Emit *e, Chunk *chunk) {
  mx_peephole(e);
  emit_rank_handlers(e);
  uint32_t count = e->instrs.count;
  EmitLayout layout = {.pcs = mx_gc_alloc_atomic((count + 1) * sizeof(uint32_t)),
                       .wide = mx_gc_alloc_atomic(count + 1)};
  memset(layout.wide, 0, count + 1);
  while (emit_place(e, &layout)) continue;
  emit_write_code(e, &layout, chunk);
  emit_write_steps(e, &layout, chunk);
  emit_write_handlers(e, &layout, chunk);
  emit_write_tables(e, chunk);
  chunk->max_stack = (uint32_t)e->max_depth;
  chunk->once_count = e->once_count;
  if ((size_t)e->max_depth < PARAM_MAIN_VM_STACK / sizeof(Value)) return true;
  (void)mx_raise_stack_error(e->ec);
  return false;
}
