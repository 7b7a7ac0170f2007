// SPDX-License-Identifier: MIT
// Building calls out of machine code of methods that are not built in place.
//
// While such a call runs, the outermost activation has a light record on the VM stack, as far as
// those that walk frames from inside a method of the language need one (interp/frame.h):
// backtraces, and what asks for the innermost frame of the program. Those that are built in place
// in it are a list that is there when the code is built. Locals and operands stay in registers:
// nobody can see them, since no block of this code is alive and primitives that look at a caller's
// variables find the callee's frame in front. The record is made before the first call and stays
// until the activation ends; what a call changes of it is the path, and how deep that is.
#include "interp/program.h"
#include "jit/record/build.h"

// ---- the record

// The path to an activation that calls from a pc.
static const FramePath *out_path(Builder *b, BuildFrame *act, uint32_t pc) {
  const TierFrame *of = &act->cx->frame;
  if (act->caller && !act->around) act->around = out_path(b, act->caller, act->cx->frame.call_pc);
  const uint32_t *call = act->code->stream + mx_stream_instruction(act->code, pc);
  bool counts = !(of->flags & FRAME_CORE) && (act->caller || b->rec->method);
  FramePath *path = mx_arena_new(b->kept, FramePath);
  *path = (FramePath){.caller = act->around,
                      .code = act->code,
                      .me = of->me,
                      .leaf = of->leaf,
                      .ip = call + mx_stream_call_words((StreamOp)*call),
                      .flags = of->flags,
                      .depth = (act->around ? act->around->depth : 0u) + counts};
  return path;
}

static void out_store(Builder *b, IrField field, IrRef value) {
  mx_build_emit(b, IR_FIELD_STORE, b->frame, value, IR_NONE, field);
}

static void out_store_address(Builder *b, IrField field, const void *at) {
  out_store(b, field, mx_ir_const(b->fn, IR_KPTR, (uint64_t)(uintptr_t)at));
}

static void out_store_word(Builder *b, IrField field, uint32_t word) {
  out_store(b, field, mx_ir_const(b->fn, IR_KWORD, word));
}

// The outermost activation of the path.
static const BuildFrame *out_root(const Builder *b) {
  const BuildFrame *root = b->act;
  while (root->caller) root = root->caller;
  return root;
}

// Write the record of a method's activation. That of a loop's is an interpreter's frame.
static void out_record(Builder *b) {
  const BuildFrame *root = out_root(b);
  const TierFrame *of = &root->cx->frame;
  out_store(b, IRF_FRAME_PREV, b->caller);
  out_store_address(b, IRF_FRAME_CODE, of->code);
  out_store(b, IRF_FRAME_SELF, mx_build_val(b, root->self));
  out_store_address(b, IRF_FRAME_LEX, of->lex);
  out_store_address(b, IRF_FRAME_ME, of->me);
  out_store_address(b, IRF_FRAME_LEAF, NULL);
  out_store_word(b, IRF_FRAME_FLAGS, of->flags | FRAME_MACHINE);
  out_store_word(b, IRF_FRAME_ME_AT, of->me_at);
}

// Store into the context.
static void out_context(Builder *b, IrField field, IrRef value) {
  mx_build_emit(b, IR_FIELD_STORE, b->machine_ec, value, IR_NONE, field);
}

// Let what walks frames see from where the innermost activation calls.
static void out_enter(Builder *b, IrRef base) {
  const FramePath *path = out_path(b, b->act, b->act->pc);
  if (b->rec->method) out_record(b);
  out_store_address(b, IRF_FRAME_PATH, path);
  IrRef more = mx_ir_const(b->fn, IR_KWORD, path->depth);
  IrRef depth = path->depth ? mx_build_emit(b, IR_WADD, b->depth, more, IR_NONE, 0) : b->depth;
  out_context(b, IRF_EC_DEPTH, depth);
  if (b->rec->method) out_context(b, IRF_EC_FRAME, b->frame);
  out_context(b, IRF_EC_VSP, base);
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

// Where the receiver of what is called lies: behind the record, since nothing else of this code is
// on the VM stack.
static IrRef out_base(Builder *b) {
  uint32_t words = FRAME_WORDS + (out_root(b)->code->has_blocks ? FRAME_BLOCKS_WORDS : 0u);
  uint32_t bytes = words * (uint32_t)sizeof(Value);
  return mx_build_emit(b, IR_OFFSET, b->frame, IR_NONE, IR_NONE, bytes);
}

IrRef mx_build_show_frames(Builder *b) {
  IrRef base = out_base(b);
  out_enter(b, base);
  return base;
}

bool mx_build_can_call(const Code *code) {
  const Params *params = &code->params;
  bool in_order = params->flags & (PARAMS_SIMPLE | PARAMS_IN_ORDER);
  return in_order && !code->core && params->opt + params->keys <= STREAM_STACK_SLACK;
}

// What lies where the first locals of the callee are, for arguments at the top of the state;
// parameters that get none are undefined. NULL: its arguments do not become locals in order.
static IrRef *out_places(Builder *b, const Code *code, uint32_t argc, uint32_t flags) {
  uint32_t placed = mx_params_placed(&code->params);
  BuildArgs args;
  if (!mx_build_can_call(code) || !mx_build_args(b, argc, flags, &args)) return NULL;
  const BindPlace *places = mx_build_layout(b, code, &args, true);
  IrRef *refs = mx_arena_array(b->arena, IrRef, placed + 1);
  refs[0] = mx_build_val(b, *mx_build_top(b, argc));
  for (uint32_t i = 0; places && i < placed; i++) {
    bool missing = places[i].from == BIND_MISSING;
    const IrRef *from = places[i].from == BIND_KEYWORD ? args.values : args.at;
    refs[i + 1] =
        missing ? mx_ir_const(b->fn, IR_KVAL, VAL_UNDEF) : mx_build_val(b, from[places[i].first]);
  }
  return places ? refs : NULL;
}

// Call with what lies in its places.
static IrRef out_call(Builder *b, const CallEntry *entry, const BuildOut *out, const IrRef *refs) {
  IrRef block = out->block ? mx_build_block_at(b, out->block) : IR_NONE;
  IrRef base = out_base(b);
  out_enter(b, base);
  IrIns call = {.op = IR_CALL_GUEST, .a = {base}, .snap = SNAP_NONE};
  call.imm = mx_build_site(b, out->cc, out->argc, out->flags);
  MethodEntry *me = entry->cell->me;
  if (block) out_context(b, IRF_EC_GIVEN, block);
  b->fn->sites.at[call.imm].method = block ? mx_method_given(me) : me;
  b->fn->sites.at[call.imm].at = entry->cell->at;
  call.list = mx_ir_list(b->fn, 1 + mx_params_placed(&entry->code->params), refs);
  return mx_ir_emit(b->fn, b->block, &call);
}

bool mx_build_ends_alone(const Builder *b) {
  return b->rec->method && !out_is_covered(b) && !mx_profile_counts(b->vm);
}

IrRef mx_build_call_value(Builder *b, const CallEntry *entry, const BuildOut *out) {
  if (entry->cell->me->kind != METHOD_GUEST) return IR_NONE;
  if (out->block && !mx_build_lies(out->block)) return IR_NONE;
  const IrRef *refs = out_places(b, entry->code, out->argc, out->flags);
  if (!refs) return IR_NONE;
  // A hook that the call has enabled is seen behind it.
  bool alone = !out->looks && mx_build_ends_alone(b);
  SnapId under_way = alone ? SNAP_NONE : mx_build_snap(b);
  IrRef value = out_call(b, entry, out, refs);
  return mx_build_returned(b, under_way, value);
}

void mx_build_called(Builder *b, uint32_t pops, IrRef value) {
  mx_build_done(b, pops, value);
  b->shapes.count = 0;
  b->act->pc = b->act->next;
  b->snap = SNAP_NONE;
  mx_build_guard(b, IR_GUARD_VALID, IR_NONE, IR_NONE, 0);
}

bool mx_build_call_out(Builder *b, const CallEntry *entry, const BuildOut *out) {
  if (!mx_build_see_envs(b)) return true;
  IrRef value = mx_build_call_value(b, entry, out);
  if (value) mx_build_called(b, out->argc + 1, value);
  return value != IR_NONE;
}
