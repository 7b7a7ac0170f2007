// SPDX-License-Identifier: MIT
// Building calls out of machine code of methods that are not built in place.
//
// While such a call runs, each activation of the path has a record on the VM stack, as far as those
// that walk frames from inside a method of the language need one (interp/frame.h): backtraces, and
// what asks for the innermost frame of the program. Locals and operands stay in registers: nobody
// can see them, since no block of this code is alive and primitives that look at a caller's
// variables find the callee's frame in front. The records are taken away when the call is over.
#include "jit/record/build.h"

// ---- where things lie on the VM stack, in words from the root's record on

static uint32_t out_record_at(const BuildFrame *act);

// Where an activation's operands begin.
static uint32_t out_stack_at(const BuildFrame *act) {
  return out_record_at(act) + FRAME_WORDS + (act->code->has_blocks ? FRAME_BLOCKS_WORDS : 0u);
}

// Where its record lies: a callee's receiver and locals come behind what its caller keeps.
static uint32_t out_record_at(const BuildFrame *act) {
  const BuildFrame *caller = act->caller;
  if (!caller) return 0;
  return out_stack_at(caller) + caller->kept - caller->operands + 1 + act->code->local_count;
}

static IrRef out_address(Builder *b, uint32_t words) {
  return mx_build_emit(b, IR_OFFSET, b->frame, IR_NONE, IR_NONE, words * (uint32_t)sizeof(Value));
}

// ---- records

// What Frame.ip is while an activation calls from a pc.
static IrRef out_ip(Builder *b, const BuildFrame *act, uint32_t pc) {
  uint32_t index = mx_stream_instruction(act->code, pc);
  const uint32_t *ip = act->code->stream + index;
  ip += mx_stream_call_words((StreamOp)*ip);
  return mx_ir_const(b->fn, IR_KPTR, (uint64_t)(uintptr_t)ip);
}

static void out_store(Builder *b, IrRef record, IrField field, IrRef value) {
  mx_build_emit(b, IR_FIELD_STORE, record, value, IR_NONE, field);
}

static void out_store_address(Builder *b, IrRef record, IrField field, const void *at) {
  out_store(b, record, field, mx_ir_const(b->fn, IR_KPTR, (uint64_t)(uintptr_t)at));
}

static void out_store_word(Builder *b, IrRef record, IrField field, uint32_t word) {
  out_store(b, record, field, mx_ir_const(b->fn, IR_KWORD, word));
}

// Write the record of an activation that calls from a pc, in front of `prev`.
static void out_record(Builder *b, const BuildFrame *act, IrRef record, IrRef prev, uint32_t pc) {
  const TierFrame *of = &act->cx->frame;
  out_store(b, record, IRF_FRAME_PREV, prev);
  out_store_address(b, record, IRF_FRAME_CODE, of->code);
  out_store(b, record, IRF_FRAME_SELF, mx_build_val(b, act->self));
  out_store_address(b, record, IRF_FRAME_LEX, of->lex);
  out_store_address(b, record, IRF_FRAME_ME, of->me);
  out_store_address(b, record, IRF_FRAME_LEAF, NULL);
  out_store_word(b, record, IRF_FRAME_FLAGS, of->flags);
  out_store_word(b, record, IRF_FRAME_ME_AT, of->me_at);
  out_store(b, record, IRF_FRAME_IP, out_ip(b, act, pc));
}

// Write those of the path up to an activation that calls from a pc; the innermost. *depth: frames
// that count. The root of a loop has one already.
static IrRef out_records(Builder *b, const BuildFrame *act, uint32_t pc, uint32_t *depth) {
  bool counts = !(act->cx->frame.flags & FRAME_CORE);
  if (!act->caller && !b->rec->method) {
    out_store(b, b->frame, IRF_FRAME_IP, out_ip(b, act, pc));
    return b->frame;
  }
  IrRef prev = b->caller;
  if (act->caller) prev = out_records(b, act->caller, act->cx->frame.call_pc, depth);
  IrRef record = act->caller ? out_address(b, out_record_at(act)) : b->frame;
  out_record(b, act, record, prev, pc);
  *depth += counts;
  return record;
}

// Are there handlers around the call, in any activation of the path?
static bool out_is_covered(const Builder *b) {
  uint32_t pc = b->act->pc;
  for (const BuildFrame *act = b->act; act; pc = act->cx->frame.call_pc, act = act->caller) {
    const Chunk *chunk = act->code->chunk;
    for (uint32_t i = 0; i < chunk->handler_count; i++)
      if (pc >= chunk->handlers[i].start && pc < chunk->handlers[i].end) return true;
  }
  return false;
}

// ---- the call

// Set ec->frame, and ec->depth to so many more than it was at the beginning.
static void out_set_frame(Builder *b, IrRef frame, uint32_t depth) {
  IrRef count = b->depth;
  if (depth)
    count = mx_build_emit(b, IR_WADD, count, mx_ir_const(b->fn, IR_KWORD, depth), IR_NONE, 0);
  out_store(b, b->machine_ec, IRF_EC_FRAME, frame);
  out_store(b, b->machine_ec, IRF_EC_DEPTH, count);
}

// Call with the receiver and arguments at the top of the state; optional parameters that get none
// are undefined.
static IrRef out_call(Builder *b, const CallEntry *entry, const CallCache *cc) {
  uint32_t count = cc->argc + 1, depth = 0, placed = 1 + mx_params_placed(&entry->code->params);
  IrRef *refs = mx_arena_array(b->arena, IrRef, placed);
  for (uint32_t i = 0; i < count; i++) refs[i] = mx_build_val(b, *mx_build_top(b, count - 1 - i));
  for (uint32_t i = count; i < placed; i++) refs[i] = mx_ir_const(b->fn, IR_KVAL, VAL_UNDEF);
  uint32_t below = b->state.count - count - b->act->operands;
  IrRef base = out_address(b, out_stack_at(b->act) + below);
  IrRef innermost = out_records(b, b->act, b->act->pc, &depth);
  bool pushed = innermost != b->frame || b->rec->method;
  if (pushed) out_set_frame(b, innermost, depth);
  out_store(b, b->machine_ec, IRF_EC_VSP, base);
  IrIns call = {.op = IR_CALL_GUEST, .a = {base}, .snap = SNAP_NONE};
  call.imm = mx_build_site(b, cc, cc->argc, cc->flags);
  b->fn->sites.at[call.imm].method = entry->cell->me;
  b->fn->sites.at[call.imm].at = entry->cell->at;
  call.list = mx_ir_list(b->fn, placed, refs);
  IrRef value = mx_ir_emit(b->fn, b->block, &call);
  if (pushed) out_set_frame(b, b->caller, 0);
  return value;
}

IrRef mx_build_call_value(Builder *b, const CallEntry *entry, const CallCache *cc) {
  const MethodEntry *me = entry->cell->me;
  if (entry->callee == CALLEE_BIND || entry->code->core || me->kind != METHOD_GUEST) return IR_NONE;
  SnapId under_way = b->rec->method && !out_is_covered(b) ? SNAP_NONE : mx_build_snap(b);
  IrIns returned = {.op = IR_RETURNED, .snap = under_way};
  returned.a[0] = out_call(b, entry, cc);
  return mx_ir_emit(b->fn, b->block, &returned);
}

void mx_build_called(Builder *b, uint32_t pops, IrRef value) {
  mx_build_done(b, pops, value);
  b->shapes.count = 0;
  b->act->pc = b->act->next;
  b->snap = SNAP_NONE;
  mx_build_guard(b, IR_GUARD_VALID, IR_NONE, IR_NONE, 0);
}

bool mx_build_call_out(Builder *b, const CallEntry *entry, const CallCache *cc) {
  if (!mx_build_see_envs(b)) return true;
  IrRef value = mx_build_call_value(b, entry, cc);
  if (value) mx_build_called(b, cc->argc + 1, value);
  return value != IR_NONE;
}
