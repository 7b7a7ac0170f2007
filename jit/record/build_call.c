// SPDX-License-Identifier: MIT
// Building calls: methods and blocks that were followed are built in place, attributes are field
// accesses, `new` is an allocation with its initialize in place. Everything else is called.
#include "runtime/builtin.h"
#include "interp/ops.h"
#include "jit/record/build.h"

// How an activation that is built in place begins.
typedef struct CallPlan {
  const RecordContext *cx; // what was seen in it
  uint32_t argc;           // arguments at the top of the state
  uint32_t taken;          // entries at the top that the call takes, the receiver included
  IrRef self;              // receiver
  BuildBlock block;        // what it may yield to
  BuildFrame *home;        // block body: activation around
  IrRef outer;             // block body: Env around when that is in memory
  bool is_new;             // initialize, called by `new`
} CallPlan;

// ---- callees in place

// The context that was entered for a code from this instruction, or NULL.
static const RecordContext *call_followed(const Seen *seen, const Code *code, uint32_t kind) {
  if (code->scope->match_slot != SCOPE_NO_SLOT || code->scope->line_slot != SCOPE_NO_SLOT)
    return NULL; // what its calls match lies in its frame
  for (const RecordContext *cx = seen->callees; cx; cx = cx->next)
    if (cx->frame.code == code && cx->frame.flags & kind) return cx;
  return NULL;
}

// Can arguments be bound by moving them? Required and optional positional parameters only.
static bool call_binds(const Params *p, uint32_t argc, bool block) {
  bool plain = !p->has_rest && !p->has_keyrest && p->keys == 0 && p->post == 0 &&
               p->block_slot < 0 && (p->flags & PARAMS_SIMPLE || p->opt > 0);
  if (!plain) return false;
  if (!block) return argc >= p->pre && argc <= (uint32_t)(p->pre + p->opt);
  if (p->flags & PARAMS_PACKED && argc != 1) return false;
  return argc != 1 || p->pre + p->opt <= 1; // one Array may be taken apart
}

// Push the callee's locals: arguments, undefined optional parameters, nil.
static void call_locals(Builder *b, const Code *code, uint32_t argc) {
  const Params *p = &code->params;
  uint32_t first = b->state.count - argc, given = argc;
  if (given > (uint32_t)(p->pre + p->opt)) given = (uint32_t)(p->pre + p->opt);
  IrRef nil = mx_ir_const(b->fn, IR_KVAL, VAL_NIL), undef = mx_ir_const(b->fn, IR_KVAL, VAL_UNDEF);
  for (uint32_t i = 0; i < code->local_count; i++) {
    bool missing = i >= p->pre && i < (uint32_t)(p->pre + p->opt);
    mx_build_done(b, 0, i < given ? b->state.at[first + i] : missing ? undef : nil);
  }
}

// Build a followed callee in place; afterwards its value is pushed in place of what it took.
static void call_inline(Builder *b, const CallPlan *plan) {
  BuildFrame *caller = b->act;
  BuildFrame *act = mx_arena_new(b->arena, BuildFrame);
  caller->kept = b->state.count - plan->taken;
  *act = (BuildFrame){.caller = caller,
                      .cx = plan->cx,
                      .code = plan->cx->frame.code,
                      .base = b->state.count,
                      .receiver = plan->self,
                      .self = plan->self,
                      .block = plan->block,
                      .home = plan->home,
                      .outer = plan->outer,
                      .site = mx_build_site(b, NULL, plan->argc, 0),
                      .is_new = plan->is_new};
  call_locals(b, act->code, plan->argc);
  act->operands = b->state.count;
  b->act = act;
  if (b->block != IR_NO_BLOCK) mx_build_body(b, 0);
  b->act = caller;
  BuildBody *body = act->body;
  if (!body || b->abort != ABORT_NONE || b->again)
    mx_build_leave(b);
  else
    mx_build_join(b, body->returns.at, body->returns.count);
  if (body) vec_free(&body->returns);
}

void mx_build_end(Builder *b, BuildFrame *act) {
  IrRef value = act->is_new ? act->receiver : *mx_build_top(b, 0);
  if (!act->caller) {
    mx_ir_return(b->fn, b->block, mx_build_val(b, value));
    mx_build_leave(b);
    return;
  }
  b->state.count = act->caller->kept;
  mx_build_done(b, 0, mx_build_resolve(b, value));
  if (b->block == IR_NO_BLOCK) return;
  vec_push(&act->body->returns, mx_build_edge(b));
  b->straight = b->block;
  mx_build_leave(b);
}

// ---- calls that are not built in place

// Load a hidden local of the outermost frame, which a call may have set.
static void call_reload(Builder *b, const BuildFrame *root, uint32_t slot) {
  if (slot == SCOPE_NO_SLOT) return;
  b->state.at[root->base + slot] = mx_build_emit(b, IR_HOME_LOAD, IR_NONE, IR_NONE, IR_NONE, slot);
}

// Call by the interpreter's protocol. Frames of the whole path exist while it runs.
static void call_out(Builder *b, IrOp op, const CallCache *cc) {
  uint32_t count = cc->argc + 1;
  mx_build_note(b, cc->name);
  IrRef *refs = mx_arena_array(b->arena, IrRef, count);
  for (uint32_t i = 0; i < count; i++) refs[i] = mx_build_val(b, *mx_build_top(b, count - 1 - i));
  IrIns call = {.op = (uint16_t)op, .snap = mx_build_snap(b)};
  call.imm = mx_build_site(b, cc, cc->argc, cc->flags);
  call.list = mx_ir_list(b->fn, count, refs);
  mx_build_done(b, count, mx_ir_emit(b->fn, b->block, &call));
  b->shapes.count = 0;
  const BuildFrame *root = b->act;
  while (root->caller) root = root->caller;
  call_reload(b, root, root->code->scope->match_slot);
  call_reload(b, root, root->code->scope->line_slot);
}

// ---- sends

// The call cache of the instruction being built.
static CallCache *call_cache(const Builder *b) {
  const Code *code = b->act->code;
  const uint32_t *ip = code->stream + mx_stream_index(code, b->act->pc);
  return &((InlineCache *)code->caches)[ip[1]].call;
}

// What the interpreter's cache knows of a receiver shape; NULL when nothing valid.
static const CallEntry *call_entry(const CallCache *cc, uint32_t shape) {
  if (cc->entry.shape == shape && cc->entry.cell->valid) return &cc->entry;
  for (uint32_t i = 0; cc->others && i < CALL_MAX_SHAPES - 1; i++)
    if (cc->others[i].shape == shape && cc->others[i].cell->valid) return &cc->others[i];
  return NULL;
}

// The shape by which calls on values of one kind are cached; 0 for more than one.
static uint32_t call_receiver_shape(const Builder *b, const TypeSet *seen) {
  const BootClasses *cls = &b->vm->cls;
  switch (mx_seen_only(seen)) {
  case SEEN_INT: return cls->Integer->instance_shape;
  case SEEN_FLOAT: return cls->Float->instance_shape;
  case SEEN_NIL: return cls->NilClass->instance_shape;
  case SEEN_TRUE: return cls->TrueClass->instance_shape;
  case SEEN_FALSE: return cls->FalseClass->instance_shape;
  case SEEN_SYMBOL: return cls->Symbol->instance_shape;
  case SEEN_HEAP: return seen->shape_count == 1 && !seen->boxed ? seen->shapes[0] : 0;
  default: return 0;
  }
}

// Narrow the receiver to what was seen; IR_NONE when control left, or when it cannot be done.
static IrRef call_receiver(Builder *b, IrRef *entry, const TypeSet *seen, uint32_t shape) {
  IrRef ref = mx_build_resolve(b, *entry);
  switch (mx_seen_only(seen)) {
  case SEEN_INT: return mx_build_as(b, entry, IRT_INT);
  case SEEN_FLOAT: return mx_build_as(b, entry, IRT_DOUBLE);
  case SEEN_HEAP: return mx_build_as_shape(b, entry, shape);
  case SEEN_NIL:
    if (mx_build_type(b, ref) != IRT_VAL) return IR_NONE;
    mx_build_guard(b, IR_GUARD_SAME, ref, mx_ir_const(b->fn, IR_KVAL, VAL_NIL), 0);
    return ref;
  default: return IR_NONE;
  }
}

void mx_build_assume(Builder *b, const MethodCell *cell) {
  for (uint32_t i = 0; i < b->out->assumptions.count; i++)
    if (b->out->assumptions.at[i].cell == cell) return;
  vec_push(&b->out->assumptions, ((Assumption){.cell = cell}));
}

// An attribute of the receiver.
static bool call_attribute(Builder *b, const CallEntry *entry, IrRef self, uint32_t argc,
                           const Seen *seen) {
  Sym name = entry->cell->me->as.ivar;
  if (argc == 0) {
    IrRef value = mx_build_load_field(b, self, entry->shape, name);
    if (value) mx_build_done(b, 1, value);
    return value != IR_NONE;
  }
  if (!mx_build_store_field(b, self, entry->shape, name, mx_build_top(b, 0), &seen->in[0]))
    return false;
  if (b->block != IR_NO_BLOCK) mx_build_done(b, 2, *mx_build_top(b, 0));
  return true;
}

// `new` of a class of plain objects.
static bool call_new(Builder *b, const CallEntry *entry, const CallCache *cc, const Seen *seen) {
  const Shape *shape = b->vm->shapes[entry->as.klass->instance_shape];
  const RecordContext *cx = entry->code ? call_followed(seen, entry->code, FRAME_NEW) : NULL;
  if (entry->code && (!cx || !entry->plain_init)) return false;
  if (!entry->init->valid) return false;
  mx_build_assume(b, entry->init);
  IrIns make = {.op = IR_NEW_OBJECT, .imm = shape->id, .snap = SNAP_NONE};
  make.imm2 = (uint32_t)(sizeof(Object) + shape->inline_cap * sizeof(Value));
  IrRef object = mx_ir_emit(b->fn, b->block, &make);
  vec_push(&b->shapes, ((BuildShape){object, shape->id}));
  if (!entry->code) {
    mx_build_done(b, cc->argc + 1, object);
    return true;
  }
  call_inline(b, &(CallPlan){.cx = cx,
                             .argc = cc->argc,
                             .taken = cc->argc + 1,
                             .self = object,
                             .is_new = true,
                             .block = {.known = true}});
  return true;
}

// A method of the language that was followed.
static bool call_guest(Builder *b, const CallEntry *entry, const CallCache *cc, const Seen *seen,
                       BuildBlock block) {
  const RecordContext *cx = call_followed(seen, entry->code, FRAME_METHOD);
  if (!cx || !call_binds(&entry->code->params, cc->argc, false) || cc->flags & (OPF_KW | OPF_SPLAT))
    return !block.home && mx_build_call_out(b, entry, cc);
  IrRef self = *mx_build_top(b, cc->argc);
  call_inline(
      b,
      &(CallPlan){.cx = cx, .argc = cc->argc, .taken = cc->argc + 1, .self = self, .block = block});
  return true;
}

// One receiver shape. `block` is what a literal passes.
static bool call_shape(Builder *b, const CallCache *cc, const CallEntry *entry, const Seen *seen,
                       BuildBlock block, bool literal) {
  mx_build_assume(b, entry->cell);
  IrRef self = mx_build_resolve(b, *mx_build_top(b, cc->argc));
  switch ((Callee)entry->callee) {
  case CALLEE_GUEST:
  case CALLEE_BIND: return call_guest(b, entry, cc, seen, block);
  case CALLEE_ATTR_VALUE:
  case CALLEE_ATTR_DOUBLE:
  case CALLEE_ATTR_SET:
  case CALLEE_ATTR_SET_DOUBLE: return !literal && call_attribute(b, entry, self, cc->argc, seen);
  case CALLEE_NEW: return !literal && call_new(b, entry, cc, seen);
  case CALLEE_LEAF: return !literal && mx_build_leaf(b, entry->cell->me, cc->argc, seen);
  default: return false;
  }
}

// A method that C has, which a call cache that operators do not fill may not know.
static bool call_builtin(Builder *b, Sym name, uint32_t argc, uint32_t shape, const Seen *seen) {
  const MethodCell *cell = mx_assume_method(b->vm, b->vm->shapes[shape]->klass, name);
  const MethodEntry *me = cell->me;
  if (!me || me->kind != METHOD_BUILTIN || me->visibility != VIS_PUBLIC ||
      me->flags & METHOD_F_METOREX || b->act->code->refined)
    return false;
  IrRef self = call_receiver(b, mx_build_top(b, argc), &seen->receiver, shape);
  if (b->block == IR_NO_BLOCK) return true;
  if (!self) return false;
  mx_build_assume(b, cell);
  return mx_build_leaf(b, me, argc, seen);
}

bool mx_build_builtin(Builder *b, Sym name, uint32_t argc, const Seen *seen) {
  uint32_t shape = call_receiver_shape(b, &seen->receiver);
  return shape && call_builtin(b, name, argc, shape, seen);
}

// Has an operator of core code a meaning of its own for what was seen, whatever a program has made
// of its method?
static bool call_is_core_operator(const Builder *b, const TypeSet *seen) {
  if (!b->act->code->core) return false;
  bool own = (seen->kinds & ~SEEN_HEAP) || seen->boxed || seen->many;
  for (uint32_t i = 0; i < seen->shape_count; i++)
    own |= b->vm->shapes[seen->shapes[i]]->klass->instance_type != T_OBJECT;
  return own;
}

// A send, with a literal block or none.
static bool call_send(Builder *b, const Seen *seen, BuildBlock block, bool literal) {
  const CallCache *cc = call_cache(b);
  if (cc->flags & OPF_SPLAT) return false;
  uint32_t shape = call_receiver_shape(b, &seen->receiver);
  const CallEntry *entry = shape ? call_entry(cc, shape) : NULL;
  if (entry) {
    IrRef self = call_receiver(b, mx_build_top(b, cc->argc), &seen->receiver, shape);
    if (b->block == IR_NO_BLOCK) return true;
    if (self && call_shape(b, cc, entry, seen, block, literal)) return true;
  }
  bool plain = shape && !literal && !(cc->flags & OPF_KW);
  if (plain && b->block != IR_NO_BLOCK && call_builtin(b, cc->name, cc->argc, shape, seen))
    return true;
  if (literal || b->block == IR_NO_BLOCK) return b->block == IR_NO_BLOCK;
  call_out(b, IR_CALL_SEND, cc);
  return true;
}

bool mx_build_send(Builder *b, const Seen *seen) {
  if (call_is_core_operator(b, &seen->receiver))
    return mx_build_builtin(b, call_cache(b)->name, call_cache(b)->argc, seen);
  return call_send(b, seen, (BuildBlock){.known = true}, false);
}

// ---- yield

// The code of a known literal block, or NULL.
static const Code *call_literal(const BuildBlock *block) {
  return block->home ? block->home->code->bodies[block->body] : NULL;
}

static bool call_yield(Builder *b, const Instruction *in, const Seen *seen) {
  const BuildBlock *block = &b->act->block;
  uint32_t argc = in->operands[0];
  const Code *code = call_literal(block);
  if (!code && block->at) code = block->code;
  const RecordContext *cx = code ? call_followed(seen, code, FRAME_BLOCK) : NULL;
  if (!cx || in->operands[1] || cx->frame.flags & FRAME_LAMBDA ||
      !call_binds(&code->params, argc, true))
    return false;
  CallPlan plan = {.cx = cx, .argc = argc, .taken = argc, .home = block->home};
  if (block->home) {
    plan.self = block->home->self;
    plan.block = block->home->block;
  } else {
    plan.self = mx_build_emit(b, IR_FIELD_LOAD, block->at, IR_NONE, IR_NONE, IRF_BLOCK_SELF);
    plan.outer = mx_build_emit(b, IR_FIELD_LOAD, block->at, IR_NONE, IR_NONE, IRF_BLOCK_ENV);
    if (block->is_root) {
      plan.block = (BuildBlock){.code = b->rec->outer_block, .known = true};
      plan.block.at = mx_build_emit(b, IR_FIELD_LOAD, block->at, IR_NONE, IR_NONE, IRF_BLOCK_HOME);
    }
  }
  call_inline(b, &plan);
  return true;
}

static bool call_primitive(Builder *b, const Seen *seen) {
  const CallCache *cc = call_cache(b);
  return cc->row && mx_build_primitive(b, cc->row, cc->argc, seen);
}

bool mx_build_call_op(Builder *b, const Instruction *in, const Seen *seen) {
  switch (in->op) {
  case OP_CALL_WITH_BLOCK:
    return call_send(b, seen, (BuildBlock){.home = b->act, .body = in->operands[3], .known = true},
                     true);
  case OP_YIELD: return call_yield(b, in, seen);
  case OP_CORE_BLOCK_GIVEN:
    if (!b->act->block.known) return false;
    mx_build_done(b, 0, mx_ir_bool(b->fn, b->act->block.home || b->act->block.at));
    return true;
  case OP_RETURN:
    if (b->act->is_entry) return false;
    mx_build_end(b, b->act);
    return true;
  case OP_BREAK_BLOCK: return mx_build_break(b);
  case OP_RETURN_OUTER: return mx_build_return_outer(b);
  case OP_PRIMITIVE: return call_primitive(b, seen);
  case OP_CALL_METHOD:
  case OP_NEW_INSTANCE: return call_send(b, seen, (BuildBlock){.known = true}, false);
  default: return false;
  }
}
