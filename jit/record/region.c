// SPDX-License-Identifier: MIT
// Building a region: the root activation, and tries until the types of loops fit.
#include "jit/record/build.h"

// A word of the VM stack as the region is entered, counted from the root's first local.
static IrRef region_load(Builder *b, uint32_t at) {
  return mx_build_emit(b, IR_HOME_LOAD, IR_NONE, IR_NONE, IR_NONE, at);
}

// Load the locals of an entry frame, and what lies on its operand stack.
static void region_load_state(Builder *b, BuildFrame *act, const RecordEntry *entry) {
  const Code *code = act->code;
  uint32_t frame = b->fn->homes + entry->words;
  uint32_t stack = frame + FRAME_WORDS + (code->has_blocks ? FRAME_BLOCKS_WORDS : 0);
  act->base = b->state.count;
  IrRef nil = mx_ir_const(b->fn, IR_KVAL, VAL_NIL);
  for (uint32_t i = 0; i < code->local_count; i++)
    mx_build_done(b, 0, act->env ? nil : region_load(b, frame - code->local_count + i));
  act->operands = b->state.count;
  for (uint32_t i = 0; i < entry->operands; i++) mx_build_done(b, 0, region_load(b, stack + i));
}

// A method's arguments, and the other locals as they begin.
static void region_load_args(Builder *b, BuildFrame *root) {
  uint32_t argc = mx_params_placed(&root->code->params);
  for (uint32_t i = 0; i < root->code->local_count; i++) {
    IrRef ref = mx_ir_const(b->fn, IR_KVAL, VAL_NIL);
    if (i < argc && i < IR_REG_ARGS)
      ref = mx_build_param(b, IR_PARAM_ARG + i, IRT_VAL);
    else if (i < argc)
      ref = region_load(b, i);
    mx_build_done(b, 0, ref);
  }
  root->operands = b->state.count;
}

// The type that a local or receiver had whenever the loop began a round; IRT_VAL when it varied.
static IrType region_local_type(const TypeSet *seen) {
  switch (mx_seen_only(seen)) {
  case SEEN_INT: return IRT_INT;
  case SEEN_FLOAT: return IRT_DOUBLE;
  default: return IRT_VAL;
  }
}

// Must an entry of the state be any Value?
static bool region_is_wide(const Builder *b, uint32_t index) {
  for (uint32_t i = 0; i < b->wide.count; i++) {
    const BuildWide *w = &b->wide.at[i];
    if (w->cx == b->rec->head && w->pc == b->rec->pc && w->index == index) return true;
  }
  return false;
}

// Narrow the receiver and locals to the types that they always had. Values that must stay wide are
// left alone.
static void region_narrow(Builder *b, BuildFrame *act) {
  IrType self = region_local_type(&act->cx->self);
  if (self != IRT_VAL) mx_build_as(b, &act->self, self);
  act->receiver = act->self; // where this is known, all that follows is reached from
  for (uint32_t i = act->base; !act->env && i < act->operands && b->block != IR_NO_BLOCK; i++) {
    IrType type = region_local_type(&act->cx->locals[i - act->base]);
    if (!region_is_wide(b, i) && type != IRT_VAL) mx_build_as(b, &b->state.at[i], type);
  }
}

// The Env that has the root's locals.
static IrRef region_env(Builder *b) {
  IrIns call = {.op = IR_CALL_RT, .type = IRT_PTR, .imm = RT_FRAME_ENV, .snap = SNAP_NONE};
  call.list = mx_ir_list(b->fn, 1, &b->frame);
  return mx_ir_emit(b->fn, b->block, &call);
}

// The root's receiver and block, which its frame holds.
static void region_receiver(Builder *b, BuildFrame *root) {
  root->self = mx_build_emit(b, IR_FIELD_LOAD, b->frame, IR_NONE, IR_NONE, IRF_FRAME_SELF);
  const Code *block = b->rec->blocks.bodies[0];
  Sym symbol = b->rec->root_symbol;
  bool known = block || symbol;
  root->block = (BuildBlock){.code = block, .symbol = symbol};
  root->block.known = b->rec->root_has_block == known;
  if (b->in_env) root->env = region_env(b);
  if (known)
    root->block.at = mx_build_emit(b, IR_FIELD_LOAD, b->frame, IR_NONE, IR_NONE, IRF_FRAME_BLOCK);
  if (root->cx->frame.flags & FRAME_BLOCK)
    root->outer = mx_build_emit(b, IR_FIELD_LOAD, b->frame, IR_NONE, IR_NONE, IRF_FRAME_OUTER);
}

// The instruction by which an entry frame called the next one.
static void region_call(BuildFrame *act, uint32_t pc, uint32_t *body) {
  const Chunk *chunk = act->code->chunk;
  Instruction in;
  if (!mx_op_decode(chunk->code, chunk->code_len, pc, &in)) MX_UNREACHABLE();
  act->pc = pc;
  act->next = pc + in.size;
  *body = in.operands[3];
}

// The activations that the region is entered with: the root's callees yield to its literal block,
// those of callees to theirs.
static void region_enter(Builder *b, BuildFrame *acts) {
  for (uint32_t i = 0; i < b->rec->entries; i++) {
    const RecordEntry *entry = &b->rec->entry[i];
    BuildFrame *act = &acts[i], *caller = i ? act - 1 : NULL;
    *act = (BuildFrame){.caller = caller,
                        .cx = entry->cx,
                        .code = entry->cx->frame.code,
                        .pc = b->rec->pc,
                        .site = UINT32_MAX,
                        .is_entry = true};
    if (!mx_build_fits(b, act->code)) return;
    if (caller) {
      act->block = (BuildBlock){.home = caller, .known = true};
      region_call(caller, entry->cx->frame.call_pc, &act->block.body);
      mx_build_at_place(b, caller);
      act->called = b->place;
      caller->kept = b->state.count;
      act->site = mx_build_site(b, NULL, 0, 0);
      uint32_t self = b->fn->homes + entry->words + offsetof(Frame, self) / sizeof(Value);
      act->self = region_load(b, self);
    } else {
      region_receiver(b, act);
    }
    b->act = act;
    mx_build_at_place(b, act);
    region_load_state(b, act, entry);
  }
}

// Who a method's activation is of. A block as such gets its Block in the receiver's place, one that
// define_method made a method of is known.
static void region_own(Builder *b, BuildFrame *root) {
  const TierFrame *of = &root->cx->frame;
  if (!(of->flags & FRAME_BLOCK)) {
    root->self = mx_build_param(b, IR_PARAM_SELF, IRT_VAL);
    return;
  }
  root->block.known = !root->cx->has_block;
  if (of->flags & FRAME_PROC_METHOD) {
    root->self = mx_build_param(b, IR_PARAM_SELF, IRT_VAL);
    root->proc = mx_ir_const(b->fn, IR_KOBJ, of->me->as.proc);
    root->outer = mx_build_emit(b, IR_FIELD_LOAD, root->proc, IR_NONE, IR_NONE, IRF_PROC_ENV);
    return;
  }
  IrRef block = mx_build_param(b, IR_PARAM_SELF, IRT_PTR);
  root->self = mx_build_emit(b, IR_FIELD_LOAD, block, IR_NONE, IR_NONE, IRF_BLOCK_SELF);
  root->outer = mx_build_emit(b, IR_FIELD_LOAD, block, IR_NONE, IR_NONE, IRF_BLOCK_ENV);
  if (!root->cx->has_block) return;
  IrRef home = mx_build_emit(b, IR_FIELD_LOAD, block, IR_NONE, IR_NONE, IRF_BLOCK_HOME);
  root->block = (BuildBlock){.at = home, .any = true, .known = true};
}

// A method's activation begins: what must hold at every call of it.
static void region_enter_method(Builder *b, BuildFrame *root) {
  const RecordContext *cx = b->rec->root;
  *root =
      (BuildFrame){.cx = cx, .code = cx->frame.code, .site = UINT32_MAX, .block = {.known = true}};
  b->act = root;
  if (!mx_build_fits(b, root->code)) return;
  mx_build_at_place(b, root);
  region_own(b, root);
  region_load_args(b, root);
  if (b->rec->root_has_block) mx_build_given(b, root);
  mx_build_count(b, mx_profile_fall(root->code, 0));
  b->caller = mx_build_emit(b, IR_FIELD_LOAD, b->machine_ec, IR_NONE, IR_NONE, IRF_EC_FRAME);
  mx_build_guard(b, IR_POLL, IR_NONE, IR_NONE, 0);
  mx_build_guard(b, IR_GUARD_VALID, IR_NONE, IR_NONE, 0);
  mx_build_take_locals(b, root);
}

// May a method be built for each shape that its receiver had?
static bool region_splits(const Builder *b, const TypeSet *self) {
  return b->rec->method && !b->together && self->kinds == SEEN_HEAP && !self->boxed &&
         self->shape_count > 1;
}

// A method that several classes have, for one shape of its receiver after the other: what it
// inherits from them, its variables and whom it calls, are others in each.
static void region_selves(Builder *b, BuildFrame *root) {
  const TypeSet *self = &root->cx->self;
  root->receiver = mx_build_as(b, &root->self, IRT_OBJ);
  BuildArms arms = {0};
  uint32_t count = self->shape_count, first = 0, most = b->rec->params->selves;
  if (count > most) first = count - most;
  for (uint32_t i = first; i < count && b->block != IR_NO_BLOCK; i++) {
    root->shape = self->shapes[i];
    if (i + 1 < count) {
      IrRef shape = mx_build_emit(b, IR_FIELD_LOAD, root->self, IR_NONE, IR_NONE, IRF_SHAPE);
      IrRef which = mx_ir_const(b->fn, IR_KWORD, root->shape);
      mx_build_arm(b, &arms, mx_build_emit(b, IR_WEQ, shape, which, IR_NONE, 0));
    }
    mx_build_as_shape(b, &root->self, root->shape);
    if (b->block != IR_NO_BLOCK) mx_build_body(b, b->rec->pc);
    if (i + 1 < count) mx_build_arm_end(b, &arms);
  }
  vec_free(&arms.ends);
}

// One try.
static void region_try(Builder *b) {
  BuildFrame acts[ENTRY_MAX_FRAMES];
  b->fn = mx_ir_new(b->arena, "region");
  b->fn->params = IR_PARAM_ARG + IR_REG_ARGS;
  b->fn->homes = b->rec->root->frame.code->local_count;
  b->fn->strip = b->rec->params->strip;
  b->fn->give_back = b->rec->params->give_back;
  b->act = acts;
  b->block = 0;
  b->state.count = 0;
  b->snap = SNAP_NONE;
  b->place = NULL;
  b->size = 0;
  b->again = false;
  b->shapes.count = b->procs.count = 0;
  b->straight = IR_NO_BLOCK;
  b->forward = NULL;
  b->forward_room = 0;
  b->frame = b->caller = mx_build_param(b, IR_PARAM_FRAME, IRT_PTR);
  b->machine_ec = mx_build_param(b, IR_PARAM_EC, IRT_PTR);
  b->depth = mx_build_emit(b, IR_FIELD_LOAD, b->machine_ec, IR_NONE, IR_NONE, IRF_EC_DEPTH);
  if (b->rec->method)
    region_enter_method(b, acts);
  else
    region_enter(b, acts);
  for (uint32_t i = 0; i < b->rec->entries && b->block != IR_NO_BLOCK; i++) {
    acts[i].receiver = acts[i].self;
    region_narrow(b, &acts[i]);
  }
  if (b->block == IR_NO_BLOCK) return;
  if (region_splits(b, &acts[0].cx->self))
    region_selves(b, acts);
  else
    mx_build_body(b, b->rec->pc);
}

// A slot of the outermost frame that still holds what was loaded from it needs no store.
// Calls write all homes, so that afterwards none is what it was when the region was entered.
static void region_homes(IrFn *fn) {
  for (IrRef ref = 1; ref < fn->ins.count; ref++)
    if (mx_ir_info((IrOp)mx_ir_at(fn, ref)->op)->effect == IR_EFFECT_CALL &&
        mx_ir_call_effects(fn, mx_ir_at(fn, ref)) & RTE_GUEST)
      return;
  for (uint32_t s = 0; s < fn->snaps.count; s++) {
    const SnapFrame *frame = &fn->snap_frames.at[fn->snaps.at[s].frame];
    for (uint32_t i = 0; i < frame->locals; i++) {
      SnapValue *v = &fn->snap_values.at[frame->first + i];
      const IrIns *ins = *v < fn->ins.count ? mx_ir_at(fn, *v) : NULL;
      while (ins && (ins->op == IR_GUARD_INT || ins->op == IR_GUARD_DOUBLE ||
                     ins->op == IR_GUARD_OBJ || ins->op == IR_GUARD_SHAPE))
        ins = mx_ir_at(fn, ins->a[0]);
      if (ins && ins->op == IR_HOME_LOAD && ins->imm == i) *v = SNAP_HOME;
    }
  }
}

// Replace what gave way while building by what it gave way to.
static void region_finish(Builder *b) {
  IrRef *table = mx_arena_array(b->arena, IrRef, b->fn->ins.count + 1);
  for (uint32_t i = 0; i < b->forward_room && i < b->fn->ins.count; i++) table[i] = b->forward[i];
  mx_ir_replace_all(b->fn, table);
  if (!b->rec->method) region_homes(b->fn);
}

// Does a loop come round, does a method return? What always leaves is not worth entering.
static bool region_goes_on(const IrFn *fn, bool method) {
  for (IrBlockId id = 0; id < fn->blocks.count; id++) {
    const IrBlock *block = mx_ir_block_at(fn, id);
    bool ends = block->last && mx_ir_at(fn, block->last)->op == IR_RETURN;
    if (!block->dead && (method ? ends : block->loop)) return true;
  }
  return false;
}

// Instructions of an op.
static uint32_t region_count(const IrFn *fn, IrOp op) {
  uint32_t count = 0;
  for (IrRef ref = 1; ref < fn->ins.count; ref++) {
    const IrIns *ins = mx_ir_at(fn, ref);
    count += ins->op == op && !mx_ir_block_at(fn, ins->block)->dead;
  }
  return count;
}

// Instructions that may run guest code.
static uint32_t region_guests(const IrFn *fn) {
  uint32_t count = 0;
  for (IrRef ref = 1; ref < fn->ins.count; ref++) {
    const IrIns *ins = mx_ir_at(fn, ref);
    bool call = mx_ir_info((IrOp)ins->op)->effect == IR_EFFECT_CALL;
    if (call && !mx_ir_block_at(fn, ins->block)->dead)
      count += (mx_ir_call_effects(fn, ins) & RTE_GUEST) != 0;
  }
  return count;
}

// A region has become too big: may the next try be a smaller one?
static bool region_shrinks(Builder *b) {
  if (b->abort != ABORT_TOO_BIG) return false;
  if (b->roomy && !b->tight)
    b->tight = true;
  else if (region_splits(b, &b->rec->root->self))
    b->together = true;
  else
    return false;
  b->abort = ABORT_NONE;
  return true;
}

AbortReason mx_region_build(ExecCtx *ec, Record *rec, Arena *arena, RegionResult *out) {
  Builder b = {.ec = ec, .vm = ec->vm, .rec = rec, .arena = arena, .kept = &rec->arena, .out = out};
  *out = (RegionResult){0};
  for (uint32_t tries = 0; tries < BUILD_MAX_TRIES; tries++) {
    if (b.fn) mx_ir_free(b.fn);
    vec_clear(&out->assumptions);
    vec_clear(&out->notes);
    region_try(&b);
    if (b.abort == ABORT_NONE && b.fn->snap_values.count > rec->params->exit_values)
      b.abort = ABORT_TOO_BIG;
    if (!region_shrinks(&b) && (!b.again || b.abort != ABORT_NONE)) break;
  }
  if (b.again && b.abort == ABORT_NONE) b.abort = ABORT_TOO_BIG;
  out->in_env = b.in_env;
  if (b.abort == ABORT_NONE) region_finish(&b);
  if (b.abort == ABORT_NONE && !region_goes_on(b.fn, rec->method)) b.abort = ABORT_OPCODE;
  uint32_t sends = b.abort == ABORT_NONE ? region_count(b.fn, IR_CALL_SEND) : 0;
  if (b.abort == ABORT_NONE) out->calls = region_guests(b.fn);
  if (b.abort == ABORT_NONE && sends >= rec->params->calls) b.abort = ABORT_CALLS;
  vec_free(&b.wide);
  vec_free(&b.procs);
  vec_free(&b.shapes);
  out->fn = b.fn;
  if (b.abort != ABORT_NONE) {
    mx_ir_free(b.fn);
    vec_free(&out->assumptions);
    out->fn = NULL;
  }
  return b.abort;
}
