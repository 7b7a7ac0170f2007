// SPDX-License-Identifier: MIT
// Building calls: methods and blocks that were followed are built in place, attributes are field
// accesses, `new` is an allocation with its initialize in place. Everything else is called.
#include "runtime/builtin.h"
#include "interp/ops.h"
#include "jit/record/build.h"
#include "jit/record/loops.h"
#include "jit/record/op_calls.h"

// ---- callees in place

const RecordContext *mx_build_followed(const Seen *seen, const Code *code, uint32_t kind,
                                       const MethodEntry *leaf) {
  if (code->scope->match_slot != SCOPE_NO_SLOT || code->scope->line_slot != SCOPE_NO_SLOT)
    return NULL; // what its calls match lies in its frame
  for (const RecordContext *cx = seen->callees; cx; cx = cx->next)
    if (cx->frame.code == code && cx->frame.flags & kind && cx->frame.leaf == leaf) return cx;
  return NULL;
}

void mx_build_inline(Builder *b, const CallPlan *plan) {
  BuildFrame *caller = b->act;
  BuildFrame *act = mx_arena_new(b->arena, BuildFrame);
  caller->kept = b->state.count - plan->taken;
  *act = (BuildFrame){.caller = caller,
                      .cx = plan->cx,
                      .code = plan->cx->frame.code,
                      .base = b->state.count,
                      .receiver = plan->self,
                      .self = plan->self,
                      .shape = plan->is_new ? 0 : mx_build_shape(b, plan->self),
                      .block = plan->block,
                      .home = plan->home,
                      .outer = plan->outer,
                      .proc = plan->proc,
                      .site = mx_build_site(b, NULL, plan->args.argc, 0),
                      .called = b->place,
                      .is_callable = plan->is_callable,
                      .is_new = plan->is_new};
  if (mx_build_fits(b, act->code))
    mx_build_locals(b, act->code, &plan->args, plan->places, plan->block.proc);
  act->operands = b->state.count;
  b->act = act;
  if (b->block != IR_NO_BLOCK) mx_build_take_locals(b, act);
  if (b->block != IR_NO_BLOCK) mx_build_count(b, mx_profile_fall(act->code, 0));
  if (b->block != IR_NO_BLOCK) mx_build_body(b, 0);
  b->act = caller;
  mx_build_at_place(b, caller);
  BuildBody *body = act->body;
  bool over = !body || b->abort != ABORT_NONE || b->again;
  if (over || (body->returns.count == 0 && !body->lands && mx_build_not_back(b, act)))
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
  if (slot == SCOPE_NO_SLOT || root->env) return;
  b->state.at[root->base + slot] = mx_build_emit(b, IR_HOME_LOAD, IR_NONE, IR_NONE, IR_NONE, slot);
}

// Call by the interpreter's protocol. Frames of the whole path exist while it runs.
static void call_out(Builder *b, IrOp op, const CallCache *cc) {
  uint32_t count = cc->argc + 1;
  if (!mx_build_see_envs(b)) return;
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

CallCache *mx_build_call_cache(const Builder *b) {
  const Code *code = b->act->code;
  const uint32_t *ip = code->stream + mx_stream_instruction(code, b->act->pc);
  return &((InlineCache *)code->caches)[ip[1]].call;
}

Sym mx_build_selector(const Builder *b) { return mx_build_call_cache(b)->name; }

const CallEntry *mx_build_cached(const CallCache *cc, uint32_t shape) {
  if (cc->entry.shape == shape && cc->entry.cell->valid) return &cc->entry;
  for (uint32_t i = 0; cc->others && i < CALL_MAX_SHAPES - 1; i++)
    if (cc->others[i].shape == shape && cc->others[i].cell->valid) return &cc->others[i];
  return NULL;
}

// May self call a method, which is protected?
static bool call_protected(Builder *b, const MethodEntry *me) {
  const ClassObj *owner = me->defined_in ? me->defined_in : me->owner;
  uint32_t shape = mx_build_shape(b, b->act->self);
  if (!shape) shape = mx_build_seen_self(b->act);
  if (me->visibility != VIS_PROTECTED || !shape || b->act->code->core) return false;
  if (!mx_class_inherits(mx_shape_at(b->vm, shape)->klass, owner)) return false;
  mx_build_as_shape(b, &b->act->self, shape);
  return b->block != IR_NO_BLOCK;
}

// What a call does for a receiver shape that the cache, which has few places, has given up; NULL
// when that is to be asked at each call.
static const CallEntry *call_find(Builder *b, const CallCache *cc, uint32_t shape) {
  const MethodCell *cell =
      mx_ops_cell(b->vm, b->act->code, mx_shape_at(b->vm, shape)->klass, cc->name);
  const MethodEntry *me = cell->me;
  bool sees = me &&
              (me->visibility == VIS_PUBLIC || cc->flags & OPF_FCALL || call_protected(b, me)) &&
              !(me->flags & (METHOD_F_LIMITED | METHOD_F_CORE)) && !b->act->code->refined;
  if (!sees) return NULL;
  CallEntry *entry = mx_arena_new(b->arena, CallEntry);
  *entry = (CallEntry){.cell = cell, .shape = shape, .callee = CALLEE_INVOKE};
  if (me->kind != METHOD_GUEST) return entry;
  entry->code = ((const MethodCode *)me->as.code)->made;
  if (!entry->code || entry->code->run != mx_dispatch_run || !entry->code->stream) return NULL;
  entry->callee = (uint8_t)mx_ops_callee(cc, &entry->code->params);
  return entry;
}

static const CallEntry *call_entry(Builder *b, const CallCache *cc, uint32_t shape) {
  const CallEntry *entry = mx_build_cached(cc, shape);
  return entry ? entry : call_find(b, cc, shape);
}

uint32_t mx_build_receiver_shape(const Builder *b, const TypeSet *seen) {
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

// Make sure that the receiver is an immediate.
static IrRef call_receiver_same(Builder *b, IrRef ref, Value value) {
  IrType type = mx_build_type(b, ref);
  if (type == IRT_BOOL && value != VAL_NIL)
    mx_build_guard(b, value == VAL_TRUE ? IR_GUARD_TRUE : IR_GUARD_FALSE, ref, IR_NONE, 0);
  else if (type == IRT_VAL)
    mx_build_guard(b, IR_GUARD_SAME, ref, mx_ir_const(b->fn, IR_KVAL, value), 0);
  else
    return IR_NONE;
  return ref;
}

// Narrow the receiver to what was seen; IR_NONE when control left, or when it cannot be done.
static IrRef call_receiver(Builder *b, IrRef *entry, const TypeSet *seen, uint32_t shape) {
  IrRef ref = mx_build_resolve(b, *entry);
  switch (mx_seen_only(seen)) {
  case SEEN_INT: return mx_build_as(b, entry, IRT_INT);
  case SEEN_FLOAT: return mx_build_as(b, entry, IRT_DOUBLE);
  case SEEN_HEAP: return mx_build_as_shape(b, entry, shape);
  case SEEN_NIL: return call_receiver_same(b, ref, VAL_NIL);
  case SEEN_TRUE: return call_receiver_same(b, ref, VAL_TRUE);
  case SEEN_FALSE: return call_receiver_same(b, ref, VAL_FALSE);
  case SEEN_SYMBOL:
    if (mx_build_type(b, ref) != IRT_VAL) return IR_NONE;
    mx_build_guard(b, IR_GUARD_SYMBOL, ref, IR_NONE, 0);
    return ref;
  default: MX_UNREACHABLE(); // others have no shape that a call is cached by
  }
}

void mx_build_assume(Builder *b, const MethodCell *cell) {
  for (uint32_t i = 0; i < b->out->assumptions.count; i++)
    if (b->out->assumptions.at[i].cell == cell) return;
  vec_push(&b->out->assumptions, ((Assumption){.cell = cell}));
}

bool mx_build_basic(Builder *b, Sym name, uint32_t classes) {
  if (b->act->code->core) return true;
  if (b->act->code->refined) return false;
  for (uint32_t left = classes; left; left &= left - 1) {
    const MethodCell *cell = mx_assume_operator(b->vm, (BasicClass)(left & -left), name);
    if (!cell) return false;
    mx_build_assume(b, cell);
  }
  return true;
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

// An attribute whose variable the interpreter's cache has no place for: behind the inline ones, or
// not set in objects of the shape.
static bool call_attribute_outside(Builder *b, const CallEntry *entry, IrRef self, uint32_t argc,
                                   const Seen *seen) {
  const MethodEntry *me = entry->cell->me;
  bool fits = (me->kind == METHOD_ATTR_READER && argc == 0) ||
              (me->kind == METHOD_ATTR_WRITER && argc == 1);
  return fits && mx_shape_at(b->vm, entry->shape)->klass->instance_type == T_OBJECT &&
         call_attribute(b, entry, self, argc, seen);
}

// The call of a method of the language, built in place; false: its arguments do not fit.
static bool call_in_place(Builder *b, const BuildSend *c, CallPlan *plan) {
  const Code *code = plan->cx->frame.code;
  if (!mx_build_args(b, c->argc, c->flags, &plan->args)) return false;
  plan->places = mx_build_layout(b, code, &plan->args, true);
  if (!plan->places) return false;
  plan->block = c->block;
  plan->taken = c->argc + 1;
  if (code->params.block_slot >= 0 && c->block.home && !c->block.proc) {
    if (c->block.home != b->act) return false;
    plan->block.proc = mx_build_block_proc(b, c->block.body);
    if (!plan->block.proc) return b->block == IR_NO_BLOCK;
  }
  mx_build_inline(b, plan);
  return true;
}

// initialize of a new object whose body was not followed; afterwards the object is pushed.
static bool call_initialize(Builder *b, const CallEntry *entry, const BuildSend *c, IrRef object) {
  if (mx_build_is_given(&c->block) || !mx_build_see_envs(b)) return b->block == IR_NO_BLOCK;
  CallEntry init = *entry;
  init.cell = entry->init;
  if (init.cell->me->kind != METHOD_GUEST) return false;
  mx_build_snap(b);
  IrRef *receiver = mx_build_top(b, c->argc), klass = *receiver;
  *receiver = object;
  IrRef value =
      mx_build_call_value(b, &init, &(BuildOut){.cc = c->cc, .argc = c->argc, .flags = c->flags});
  *receiver = klass;
  if (value) mx_build_called(b, c->argc + 1, object);
  return value != IR_NONE;
}

// `new` of a class of plain objects.
static bool call_new(Builder *b, const CallEntry *entry, const BuildSend *c) {
  const RecordContext *cx =
      entry->code ? mx_build_followed(&c->seen, entry->code, FRAME_NEW, NULL) : NULL;
  if (!entry->init->valid || (!entry->code && c->argc > 0)) return false;
  mx_build_assume(b, entry->init);
  IrRef object;
  if (!mx_build_new_object(b, entry->as.klass, &object)) return false;
  if (!entry->code) {
    mx_build_done(b, c->argc + 1, object);
    return true;
  }
  if (!cx) return call_initialize(b, entry, c, object);
  return call_in_place(b, c, &(CallPlan){.cx = cx, .self = object, .is_new = true});
}

bool mx_build_has_room(const Builder *b) {
  const JitParams *params = b->rec->params;
  return b->size < params->inline_size / params->inline_share;
}

// Does the call come in a loop inside of the region?
static bool call_is_in_loop(const Builder *b) {
  uint32_t pc = b->act->pc;
  for (const BuildFrame *act = b->act; act; pc = act->cx->frame.call_pc, act = act->caller) {
    uint32_t header = mx_loop_around(act->code, pc);
    if (header != LOOP_NONE && (!act->is_entry || (act->cx == b->rec->head && header > b->rec->pc)))
      return true;
  }
  return false;
}

// Is there room for a method that was followed? Inner loops may be regions of their own, in which
// it is in place; so they have more room, unless the whole becomes too big then.
static bool call_has_room(Builder *b) {
  if (mx_build_has_room(b)) return true;
  const JitParams *params = b->rec->params;
  uint32_t more = 2 * params->inline_size / params->inline_share;
  if (b->tight || b->size >= more || !call_is_in_loop(b)) return false;
  return b->roomy = true;
}

// A method of the language: built in place if it was followed, unless the region is big already.
static bool call_guest(Builder *b, const BuildSend *c, const CallEntry *entry) {
  const RecordContext *cx = mx_build_followed(&c->seen, entry->code, FRAME_METHOD, c->leaf);
  BuildOut out = {.cc = c->cc, .argc = c->argc, .flags = c->flags};
  bool given = mx_build_is_given(&c->block), bare = !given && !c->leaf;
  bool in_place = cx && !cx->apart && call_has_room(b);
  if (given) out.block = &c->block;
  if (!c->leaf && !in_place && mx_build_call_out(b, entry, &out)) return true;
  if (!cx) return false;
  bool callable = bare && mx_build_can_call(entry->code);
  IrRef self = *mx_build_top(b, c->argc);
  return call_in_place(b, c, &(CallPlan){.cx = cx, .self = self, .is_callable = callable});
}

// A method that the interpreter's cache does not tell apart.
static bool call_invoked(Builder *b, const BuildSend *c, const CallEntry *entry, IrRef self) {
  const MethodEntry *me = entry->cell->me;
  if (me->kind == METHOD_PROC) return mx_build_proc_method(b, c, me);
  return !c->literal && call_attribute_outside(b, entry, self, c->argc, &c->seen);
}

// One receiver shape. `block` is what a literal passes.
static bool call_shape(Builder *b, const BuildSend *c, const CallEntry *entry) {
  mx_build_assume(b, entry->cell);
  IrRef self = mx_build_resolve(b, *mx_build_top(b, c->argc));
  bool plain = !c->literal && !(c->flags & OPF_KW);
  switch ((Callee)entry->callee) {
  case CALLEE_GUEST:
  case CALLEE_IN_ORDER:
  case CALLEE_BIND: return call_guest(b, c, entry);
  case CALLEE_ATTR_VALUE:
  case CALLEE_ATTR_DOUBLE:
  case CALLEE_ATTR_SET:
  case CALLEE_ATTR_SET_DOUBLE:
    return plain && call_attribute_outside(b, entry, self, c->argc, &c->seen);
  case CALLEE_NEW: return call_new(b, entry, c);
  case CALLEE_INVOKE: return call_invoked(b, c, entry, self);
  case CALLEE_PROC: return !c->literal && mx_build_proc_call(b, c);
  case CALLEE_LEAF: return plain && mx_build_leaf(b, entry->cell->me, c->argc, &c->seen);
  case CALLEE_SEND:
  case CALLEE_PUBLIC_SEND: return mx_build_sent(b, c, entry);
  case CALLEE_BIND_CALL: return !c->literal && mx_build_bound(b, c, entry);
  case CALLEE_METHOD: return !c->literal && mx_build_method_object(b, c, entry);
  case CALLEE_MISSING: return mx_build_missing(b, c);
  case CALLEE_EVAL:
  case CALLEE_EXEC: return mx_build_eval(b, c, entry);
  case CALLEE_RAISE:
  case CALLEE_IS_A: return false;
  }
  MX_UNREACHABLE();
}

// A method that C has, which a call cache that operators do not fill may not know.
static bool call_builtin(Builder *b, const BuildSend *c, Sym name) {
  if (!c->shape || c->literal || c->flags & (OPF_KW | OPF_SPLAT)) return false;
  ClassObj *klass = mx_shape_at(b->vm, c->shape)->klass;
  const MethodCell *cell = mx_ops_cell(b->vm, b->act->code, klass, name);
  const MethodEntry *me = cell->me;
  bool visible = me && (me->visibility == VIS_PUBLIC || c->flags & OPF_FCALL);
  if (!visible || me->kind != METHOD_BUILTIN || me->flags & METHOD_F_LIMITED ||
      b->act->code->refined)
    return false;
  IrRef self = call_receiver(b, mx_build_top(b, c->argc), &c->seen.receiver, c->shape);
  if (b->block == IR_NO_BLOCK) return true;
  if (!self) return false;
  mx_build_assume(b, cell);
  return mx_build_leaf(b, me, c->argc, &c->seen);
}

bool mx_build_builtin(Builder *b, Sym name, uint32_t argc, const Seen *seen) {
  BuildSend c = {.argc = argc, .seen = *seen};
  c.shape = mx_build_receiver_shape(b, &seen->receiver);
  return call_builtin(b, &c, name);
}

// Has an operator of core code a meaning of its own for what was seen, whatever a program has made
// of its method?
static bool call_is_core_operator(const Builder *b, const TypeSet *seen) {
  if (!b->act->code->core) return false;
  bool own = (seen->kinds & ~SEEN_HEAP) || seen->boxed || seen->many;
  for (uint32_t i = 0; i < seen->shape_count; i++)
    own |= mx_shape_at(b->vm, seen->shapes[i])->klass->instance_type != T_OBJECT;
  return own;
}

// The call that was found for the shape of the receiver, with a splat taken apart.
static bool call_spread(Builder *b, const BuildSend *c, const CallEntry *entry) {
  if (!(c->flags & OPF_SPLAT)) return call_shape(b, c, entry);
  BuildEdge before = mx_build_edge(b);
  BuildSend plain = *c;
  if (mx_build_spread(b, &plain.argc, &plain.flags, &c->seen)) {
    memset(plain.seen.in, 0, sizeof plain.seen.in);
    if (b->block == IR_NO_BLOCK || call_shape(b, &plain, entry)) return true;
    if (call_builtin(b, &plain, c->cc->name)) return true;
  }
  mx_build_restore(b, &before);
  return false;
}

bool mx_build_send_known(Builder *b, const BuildSend *c) {
  const CallEntry *entry = c->shape ? call_entry(b, c->cc, c->shape) : NULL;
  if (b->block == IR_NO_BLOCK) return true;
  if (entry) {
    IrRef self = call_receiver(b, mx_build_top(b, c->argc), &c->seen.receiver, c->shape);
    if (b->block == IR_NO_BLOCK) return true;
    if (self && call_spread(b, c, entry)) return true;
  }
  return b->block == IR_NO_BLOCK || call_builtin(b, c, c->cc->name);
}

// The call of what lies below a Proc that is passed on: the snapshots of the instruction have it,
// the call does not.
static bool call_below(Builder *b, const BuildSend *c) {
  IrRef proc = *mx_build_top(b, 0);
  BuildSend below = *c;
  below.passes = false;
  mx_build_snap(b);
  mx_build_done(b, 1, IR_NONE);
  if (mx_build_send_known(b, &below)) return true;
  mx_build_done(b, 0, proc);
  return false;
}

// By the protocol when it is not known; false when that is not possible, or not worth it: a region
// that leaves in a few of its rounds is better than none.
static bool call_case(Builder *b, const BuildSend *c) {
  if (c->passes) return call_below(b, c);
  if (mx_build_send_known(b, c) || mx_build_lookup(b, c, false)) return true;
  bool seldom = c->seen.count * b->rec->params->seldom <= b->rec->starts;
  if (c->literal || c->flags & OPF_SPLAT || seldom) return false;
  call_out(b, IR_CALL_SEND, c->cc);
  return true;
}

// ---- receivers of several kinds and shapes

// Where the receiver lies.
static IrRef *call_self(Builder *b, const BuildSend *c) {
  return mx_build_top(b, c->argc + c->passes);
}

// What the call finds for objects of a shape.
static const MethodCell *call_cell(const Builder *b, const BuildSend *c, uint32_t shape) {
  return mx_ops_cell(b->vm, b->act->code, mx_shape_at(b->vm, shape)->klass, c->cc->name);
}

// The variable that the call reads or sets as an attribute of all objects that were seen, which are
// of several shapes; SYM_NONE when it does not.
static Sym call_attributes(const Builder *b, const BuildSend *c) {
  const TypeSet *seen = &c->seen.receiver;
  bool block = c->passes || c->literal || mx_build_is_given(&c->block);
  bool plain = c->argc <= 1 && !block && !b->act->code->core;
  if (!plain || c->flags & (OPF_KW | OPF_SPLAT) || b->act->code->refined) return SYM_NONE;
  if (seen->shape_count < 2 || !mx_build_are_plain(b, seen)) return SYM_NONE;
  Sym name = SYM_NONE;
  for (uint32_t i = 0; i < seen->shape_count; i++) {
    const MethodEntry *me = call_cell(b, c, seen->shapes[i])->me;
    bool fits = me && me->kind == (c->argc ? METHOD_ATTR_WRITER : METHOD_ATTR_READER) &&
                me->visibility == VIS_PUBLIC && !(me->flags & METHOD_F_LIMITED);
    if (!fits || (name && me->as.ivar != name)) return SYM_NONE;
    name = me->as.ivar;
  }
  return name;
}

// The attribute of an object that is of one of several shapes.
static void call_attribute_any(Builder *b, const BuildSend *c, Sym name) {
  const TypeSet *seen = &c->seen.receiver;
  IrRef self = mx_build_as(b, mx_build_top(b, c->argc), IRT_OBJ);
  if (b->block == IR_NO_BLOCK) return;
  for (uint32_t i = 0; i < seen->shape_count; i++)
    mx_build_assume(b, call_cell(b, c, seen->shapes[i]));
  BuildFields any = {.seen = seen, .name = name, .asked = c->cc->name, .pops = c->argc + 1};
  any.stores = any.gives = c->argc == 1;
  any.value = &c->seen.in[0];
  any.otherwise = any.stores ? (RtFn)mx_call_set_attribute : (RtFn)mx_call_attribute;
  mx_build_fields(b, self, &any);
}

// Is the receiver of the case's kind and shape? Objects have been told from immediates.
static IrRef call_test(Builder *b, const BuildSend *c) {
  IrRef self = mx_build_resolve(b, *call_self(b, c));
  switch (c->seen.receiver.kinds) {
  case SEEN_HEAP: {
    IrRef shape = mx_build_emit(b, IR_FIELD_LOAD, self, IR_NONE, IR_NONE, IRF_SHAPE);
    return mx_build_emit(b, IR_WEQ, shape, mx_ir_const(b->fn, IR_KWORD, c->shape), IR_NONE, 0);
  }
  case SEEN_INT: return mx_build_emit(b, IR_IS_INT, self, IR_NONE, IR_NONE, 0);
  case SEEN_NIL: return mx_build_emit(b, IR_IS_NIL, self, IR_NONE, IR_NONE, 0);
  default: {
    Value v = c->seen.receiver.kinds == SEEN_TRUE ? VAL_TRUE : VAL_FALSE;
    return mx_build_emit(b, IR_SAME, self, mx_ir_const(b->fn, IR_KVAL, v), IR_NONE, 0);
  }
  }
}

// Ways for one call: with a block, which can only be built in place, and without, where a call by a
// table takes the place of more.
enum { CALL_MAX_CASES = 18, CALL_MAX_PLAIN = 10 };

// Add a case.
static BuildSend *call_add(const Builder *b, const BuildSend *of, uint8_t kind, BuildSend *cases,
                           uint32_t *count) {
  BuildSend *c = &cases[(*count)++];
  *c = *of;
  c->seen.receiver = (TypeSet){.kinds = kind, .strategies = of->seen.receiver.strategies};
  c->shape = kind == SEEN_HEAP ? 0 : mx_build_receiver_shape(b, &c->seen.receiver);
  return c;
}

// Likewise of objects of some of the shapes.
static void call_add_objects(const Builder *b, const BuildSend *of, uint32_t first, uint32_t shapes,
                             BuildSend *cases, uint32_t *count) {
  BuildSend *c = call_add(b, of, SEEN_HEAP, cases, count);
  c->seen.receiver.shape_count = (uint8_t)shapes;
  memcpy(c->seen.receiver.shapes, of->seen.receiver.shapes + first, shapes * sizeof(uint32_t));
  if (of->argc < SEEN_MAX_OPERANDS) c->seen.in[of->argc] = c->seen.receiver;
  c->shape = mx_build_receiver_shape(b, &c->seen.receiver);
}

// The cases that were seen, those that cannot be tested for last; 0 when there are too many.
// together: objects of all shapes are one.
static uint32_t call_cases(const Builder *b, const BuildSend *of, bool together, BuildSend *cases) {
  static const uint8_t tested[] = {SEEN_NIL, SEEN_TRUE, SEEN_FALSE, SEEN_INT};
  static const uint8_t last[] = {SEEN_FLOAT, SEEN_SYMBOL};
  const TypeSet *seen = &of->seen.receiver;
  uint32_t count = 0, untested = seen->shape_count > 0;
  uint32_t step = together ? seen->shape_count : 1;
  if ((seen->many && !together) || seen->boxed || seen->kinds & SEEN_UNDEF) return 0;
  for (uint32_t i = 0; i < sizeof last; i++) untested += (seen->kinds & last[i]) != 0;
  uint32_t kinds = (uint32_t)__builtin_popcount(seen->kinds & ~SEEN_HEAP);
  uint32_t most = of->literal ? CALL_MAX_CASES : CALL_MAX_PLAIN;
  if (untested > 1 || kinds + seen->shape_count / step > most) return 0;
  for (uint32_t i = 0; i < sizeof tested; i++)
    if (seen->kinds & tested[i]) call_add(b, of, tested[i], cases, &count);
  for (uint32_t i = 0; i < seen->shape_count; i += step)
    call_add_objects(b, of, i, step, cases, &count);
  for (uint32_t i = 0; i < sizeof last; i++)
    if (seen->kinds & last[i]) call_add(b, of, last[i], cases, &count);
  return count;
}

// One way for each case; the last leaves when it is none of them.
static bool call_poly(Builder *b, const BuildSend *of) {
  BuildSend cases[CALL_MAX_CASES], possible = *of;
  IrRef self = mx_build_resolve(b, *call_self(b, of));
  IrType type = mx_build_type(b, self);
  if (type == IRT_OBJ) possible.seen.receiver.kinds &= SEEN_HEAP;
  Sym name = call_attributes(b, &possible);
  uint32_t count = call_cases(b, &possible, name != SYM_NONE, cases);
  if (count == 1 && type == IRT_OBJ && !name) return call_case(b, &cases[0]);
  if (count + (name != SYM_NONE) < 2 || (type != IRT_VAL && type != IRT_OBJ)) return false;
  if (mx_ir_is_const((IrOp)mx_ir_at(b->fn, self)->op)) return false;
  BuildArms arms = {0};
  for (uint32_t i = 0; i < count && b->block != IR_NO_BLOCK; i++) {
    bool object = cases[i].seen.receiver.kinds == SEEN_HEAP, more = i + 1 < count;
    if (object) mx_build_as(b, call_self(b, of), IRT_OBJ);
    if (b->block == IR_NO_BLOCK) break;
    if (more) mx_build_arm(b, &arms, call_test(b, &cases[i]));
    if (object && name)
      call_attribute_any(b, &cases[i], name);
    else if (!call_case(b, &cases[i]))
      mx_build_unknown(b);
    if (more) mx_build_arm_end(b, &arms);
  }
  mx_build_arms_join(b, &arms);
  return true;
}

// The call of the instruction being built.
static BuildSend call_of(Builder *b, const Seen *seen) {
  const CallCache *cc = mx_build_call_cache(b);
  BuildSend c = {.cc = cc, .argc = cc->argc, .flags = cc->flags, .seen = *seen};
  c.block.known = true;
  c.shape = mx_build_receiver_shape(b, &seen->receiver);
  return c;
}

static bool call_send(Builder *b, const BuildSend *c) {
  return (!c->shape && call_poly(b, c)) || call_case(b, c);
}

static bool call_plain(Builder *b, const Seen *seen) {
  BuildSend c = call_of(b, seen);
  return call_send(b, &c);
}

// A call with a literal block.
static bool call_with_block(Builder *b, const Instruction *in, const Seen *seen) {
  BuildSend c = call_of(b, seen);
  c.block = (BuildBlock){.home = b->act, .body = in->operands[3], .known = true};
  c.literal = true;
  return call_send(b, &c);
}

// A call with the block of a Proc or nil, which lies on top.
static bool call_pass(Builder *b, const Seen *seen) {
  BuildSend c = call_of(b, seen);
  c.block = mx_build_passed(b, *mx_build_top(b, 0));
  if (!c.block.known) return false;
  c.passes = true;
  c.literal = mx_build_is_given(&c.block);
  for (uint32_t i = 0; i + 1 < SEEN_MAX_OPERANDS; i++) c.seen.in[i] = seen->in[i + 1];
  c.seen.in[SEEN_MAX_OPERANDS - 1] = (TypeSet){0};
  return call_send(b, &c);
}

bool mx_build_send(Builder *b, const Seen *seen) {
  if (call_is_core_operator(b, &seen->receiver))
    return mx_build_builtin(b, mx_build_selector(b), mx_build_call_cache(b)->argc, seen);
  return call_plain(b, seen);
}

// ---- yield

// The code of a known literal block, or NULL.
static const Code *call_literal(const BuildBlock *block) {
  return block->home ? block->home->code->bodies[block->body] : NULL;
}

// The elements of the Array at the top, if all were of one length.
static bool call_bind_elements(Builder *b, const Seen *seen, BuildArgs *args) {
  uint32_t count = seen->spread - 1;
  if (!seen->spread || seen->spreads || count > BUILD_MAX_SPREAD) return false;
  IrRef *refs = mx_arena_array(b->arena, IrRef, count + 1);
  if (!mx_build_load_elements(b, mx_build_top(b, 0), &seen->in[0], count, refs)) return false;
  *args = (BuildArgs){.argc = count, .at = refs, .whole = true};
  return true;
}

// A block that would take a single Array apart gets one value: what it is. False: not known.
static bool call_bind_one(Builder *b, const Params *params, const Seen *seen, BuildArgs *args) {
  const TypeSet *set = &seen->in[0];
  IrRef *top = mx_build_top(b, 0);
  IrType type = mx_build_type(b, mx_build_resolve(b, *top));
  uint32_t shape = b->vm->cls.Array->instance_shape;
  uint32_t count;
  const IrRef *elements;
  if (mx_build_elements(b, *top, &count, &elements)) {
    IrRef *refs = mx_arena_array(b->arena, IrRef, count + 1);
    for (uint32_t i = 0; i < count; i++) refs[i] = mx_build_unboxed(b, elements[i]);
    *args = (BuildArgs){.argc = count, .at = refs, .whole = true};
    return true;
  }
  bool array = set->kinds == SEEN_HEAP && set->shape_count == 1 && set->shapes[0] == shape;
  if (array && call_bind_elements(b, seen, args)) return true;
  if (array || mx_build_shape(b, *top) == shape) {
    mx_build_as_shape(b, top, shape);
    return b->block == IR_NO_BLOCK || mx_build_take_apart(b, params, args);
  }
  args->whole = true;
  if (type == IRT_INT || type == IRT_DOUBLE || type == IRT_BOOL) return true;
  uint8_t kind = mx_seen_only(set);
  if (type != IRT_VAL || (kind != SEEN_INT && kind != SEEN_FLOAT)) return false;
  ((IrRef *)(uintptr_t)args->at)[0] = mx_build_as(b, top, kind == SEEN_INT ? IRT_INT : IRT_DOUBLE);
  return true;
}

// A block of core code that takes all that is yielded as one value gets an Array of several.
static void call_pack(Builder *b, BuildArgs *args) {
  if (args->argc == 1 || args->hash) return;
  IrRef *packed = mx_arena_new(b->arena, IrRef);
  *packed = args->argc ? mx_build_new_list(b, IR_NEW_ARRAY, args->argc, args->at)
                       : mx_ir_const(b->fn, IR_KVAL, VAL_NIL);
  *args = (BuildArgs){.argc = 1, .at = packed, .whole = true, .many = true};
}

bool mx_build_bind_block(Builder *b, const RecordContext *cx, uint32_t argc, uint32_t flags,
                         const Seen *seen, CallPlan *plan) {
  const Code *code = cx->frame.code;
  const RecordContext *first = mx_build_followed(seen, code, FRAME_BLOCK, cx->frame.leaf);
  // Methods that define_method made of one literal have a context each.
  if (!first || (first != cx && !(cx->frame.flags & FRAME_PROC_METHOD))) return false;
  if (!mx_build_args(b, argc, flags, &plan->args)) return false;
  bool lambda = cx->frame.flags & FRAME_LAMBDA;
  if (!lambda && plan->args.argc == 1 && !plan->args.hash && mx_bind_splits(&code->params) &&
      !call_bind_one(b, &code->params, seen, &plan->args))
    return false;
  if (b->block == IR_NO_BLOCK) return true;
  if (code->core && code->params.flags & PARAMS_PACKED && !lambda) call_pack(b, &plan->args);
  plan->places = mx_build_layout(b, code, &plan->args, lambda);
  plan->cx = cx;
  plan->taken = argc;
  return plan->places && (lambda || code->params.block_slot < 0);
}

// yield to &:name: a send to the first argument.
static bool call_yield_symbol(Builder *b, Sym name, uint32_t argc, const Seen *seen) {
  if (argc == 0 || argc > SEEN_MAX_OPERANDS) return false;
  BuildSend c = {.argc = argc - 1, .block = {.known = true}, .seen = *seen};
  c.seen.receiver = seen->in[argc - 1];
  c.cc = mx_build_symbol_cache(b, name, argc - 1, 0, &c.seen.receiver);
  c.shape = mx_build_receiver_shape(b, &c.seen.receiver);
  return (!c.shape && call_poly(b, &c)) || (c.shape && mx_build_send_known(b, &c)) ||
         mx_build_lookup(b, &c, true);
}

// Leave unless a field of the block has this content.
static void call_block_has(Builder *b, IrField field, uint64_t word) {
  IrRef at = b->act->block.at;
  IrRef is = mx_build_emit(b, IR_FIELD_LOAD, at, IR_NONE, IR_NONE, field);
  is = mx_build_emit(b, IR_WEQ, is, mx_ir_const(b->fn, IR_KWORD, word), IR_NONE, 0);
  mx_build_guard(b, IR_GUARD_TRUE, is, IR_NONE, 0);
}

// Does the body of the block have a block to yield to? Leave where that is not as it was.
static void call_block_gives(Builder *b, const RecordContext *cx) {
  IrRef at = b->act->block.at;
  IrRef home = mx_build_emit(b, IR_FIELD_LOAD, at, IR_NONE, IR_NONE, IRF_BLOCK_GIVES);
  home = mx_build_emit(b, IR_WEQ, home, mx_ir_const(b->fn, IR_KWORD, 0), IR_NONE, 0);
  mx_build_guard(b, cx->has_block ? IR_GUARD_FALSE : IR_GUARD_TRUE, home, IR_NONE, 0);
}

// The block that the body of one in memory may yield to.
static void call_outer_block(Builder *b, const BuildBlock *block, const RecordContext *cx,
                             BuildBlock *outer) {
  uint32_t level = block->level + 1;
  const Code *body = NULL;
  bool has = cx->has_block;
  if (block->any) {
    call_block_gives(b, cx);
  } else {
    body = level < ENTRY_MAX_BLOCKS ? b->rec->blocks.bodies[level] : NULL;
    has = body || !b->rec->blocks.whole;
  }
  *outer = (BuildBlock){.code = body, .level = level, .any = has && !body, .known = true};
  if (!has) return;
  outer->at = mx_build_emit(b, IR_FIELD_LOAD, block->at, IR_NONE, IR_NONE, IRF_BLOCK_HOME);
}

// yield of values at the top to a literal block.
static bool call_yield_to(Builder *b, uint32_t argc, uint32_t flags, const Seen *seen) {
  const BuildBlock *block = &b->act->block;
  const Code *code = call_literal(block);
  if (!code && block->at) code = block->code;
  const RecordContext *cx = code ? mx_build_followed(seen, code, FRAME_BLOCK, NULL) : NULL;
  uint32_t lambda = cx ? (cx->frame.flags & FRAME_LAMBDA) != 0 : 0;
  if (!cx || (lambda && block->home)) return false;
  if (block->at) call_block_has(b, IRF_BLOCK_LAMBDA, lambda);
  CallPlan plan = {.home = block->home};
  if (!mx_build_bind_block(b, cx, argc, flags, seen, &plan)) return false;
  if (b->block == IR_NO_BLOCK) return true;
  if (block->home) {
    plan.self = block->home->self;
    plan.block = block->home->block;
  } else {
    plan.self = mx_build_emit(b, IR_FIELD_LOAD, block->at, IR_NONE, IR_NONE, IRF_BLOCK_SELF);
    plan.outer = mx_build_emit(b, IR_FIELD_LOAD, block->at, IR_NONE, IR_NONE, IRF_BLOCK_ENV);
    call_outer_block(b, block, cx, &plan.block);
  }
  mx_build_inline(b, &plan);
  return true;
}

// The next context of a block in a list.
static const RecordContext *call_next_block(const RecordContext *cx) {
  while (cx && !(cx->frame.flags & FRAME_BLOCK)) cx = cx->next;
  return cx;
}

// yield to a block whose body is that of a context.
static bool call_yield_like(Builder *b, const RecordContext *cx, uint32_t argc, const Seen *seen) {
  const TierFrame *of = &cx->frame;
  call_block_has(b, IRF_BLOCK_LEX, (uint64_t)(uintptr_t)of->lex);
  call_block_has(b, IRF_BLOCK_ME, (uint64_t)(uintptr_t)of->me);
  b->act->block.code = of->code;
  bool built = call_yield_to(b, argc, 0, seen);
  b->act->block.code = NULL;
  return built;
}

// Is a block that may be any yielded to in a loop of the method that has it, or of what that passes
// it on to? Where it calls itself in a loop it is a walk, and no more.
static bool call_iterates(const Builder *b) {
  const BuildFrame *act = b->act;
  while (act->code != b->rec->root->frame.code && mx_loop_around(act->code, act->pc) == LOOP_NONE)
    act = act->caller; // up to the root at most
  return mx_loop_around(act->code, act->pc) != LOOP_NONE;
}

// yield to a block that may be any: one body that was followed is built in place, others are
// called.
static bool call_yield_any(Builder *b, uint32_t argc, uint32_t flags, const Seen *seen) {
  IrRef at = b->act->block.at;
  if (b->rec->method && call_iterates(b)) {
    mx_build_abort(b, ABORT_ITERATES);
    return true;
  }
  const RecordContext *cx = call_next_block(seen->callees);
  bool one = cx && !call_next_block(cx->next) && !flags && mx_build_has_room(b);
  if (!one) return mx_build_yield_out(b, at, argc, flags);
  BuildArms arms = {0};
  IrRef code = mx_build_emit(b, IR_FIELD_LOAD, at, IR_NONE, IR_NONE, IRF_BLOCK_CODE);
  IrRef like = mx_ir_const(b->fn, IR_KWORD, (uint64_t)(uintptr_t)cx->frame.code);
  mx_build_arm(b, &arms, mx_build_emit(b, IR_WEQ, code, like, IR_NONE, 0));
  if (!call_yield_like(b, cx, argc, seen)) mx_build_yield_out(b, at, argc, flags);
  mx_build_arm_end(b, &arms);
  if (b->block != IR_NO_BLOCK) mx_build_yield_out(b, at, argc, flags);
  mx_build_arms_join(b, &arms);
  return true;
}

// yield to a block of which something is known.
static bool call_yield_known(Builder *b, uint32_t argc, uint32_t flags, const Seen *seen) {
  if (b->act->block.symbol) return !flags && call_yield_symbol(b, b->act->block.symbol, argc, seen);
  BuildSend c = {.argc = argc, .flags = flags, .block = {.known = true}, .seen = *seen};
  if (b->act->block.method) return mx_build_method_block(b, &c, b->act->block.method);
  if (b->act->block.is_proc)
    return !(flags & OPF_SPLAT) && mx_build_proc_yield(b, argc, flags, seen);
  if (!(flags & OPF_SPLAT)) return call_yield_to(b, argc, flags, seen);
  BuildEdge before = mx_build_edge(b);
  Seen plain = *seen;
  memset(plain.in, 0, sizeof plain.in);
  if (argc == 1 && seen->spread == 2) plain.in[0] = seen->spread_only;
  bool built = mx_build_spread(b, &argc, &flags, seen) &&
               (b->block == IR_NO_BLOCK || call_yield_to(b, argc, flags, &plain));
  if (!built) mx_build_restore(b, &before);
  return built;
}

static bool call_yield(Builder *b, const Instruction *in, const Seen *seen) {
  uint32_t argc = in->operands[0], flags = in->operands[1];
  const BuildBlock *block = &b->act->block;
  if (block->any) return call_yield_any(b, argc, flags, seen);
  if (call_yield_known(b, argc, flags, seen)) return true;
  return mx_build_lies(block) && mx_build_yield_out(b, mx_build_block_at(b, block), argc, flags);
}

// Kernel#raise.
static bool call_raise(Builder *b, const Seen *seen) {
  const CallCache *cc = mx_build_call_cache(b);
  uint32_t shape = mx_build_receiver_shape(b, &seen->receiver);
  const CallEntry *entry = shape ? mx_build_cached(cc, shape) : NULL;
  if (!entry || entry->callee != CALLEE_RAISE || cc->flags & (OPF_KW | OPF_SPLAT)) return false;
  IrRef self = call_receiver(b, mx_build_top(b, cc->argc), &seen->receiver, shape);
  if (b->block == IR_NO_BLOCK) return true;
  if (!self) return false;
  mx_build_assume(b, entry->cell);
  return mx_build_raise(b, cc->argc, seen);
}

// Does the block of a method of Hash take key and value as two? It is known of a literal that no
// Proc was made of.
static bool call_block_spreads(Builder *b) {
  const BuildBlock *block = &b->act->block;
  const Code *code =
      block->known && block->home && !block->proc ? block->home->code->bodies[block->body] : NULL;
  if (code) mx_build_done(b, 0, mx_ir_bool(b->fn, mx_params_arity(&code->params, false) > 1));
  return code != NULL;
}

static bool call_primitive(Builder *b, const Seen *seen) {
  const CallCache *cc = mx_build_call_cache(b);
  if (strcmp(cc->row->name, "hash_block_spreads") == 0) return call_block_spreads(b);
  if (strcmp(cc->row->name, "proc_lambda") == 0) return mx_build_lambda_of_block(b);
  return mx_build_primitive(b, cc->row, cc->argc, seen);
}

// Has the method a block? `pops` operands say so.
static bool call_has_block(Builder *b, uint32_t pops) {
  const BuildBlock *block = &b->act->block;
  if (!block->known) return false;
  mx_build_done(b, pops, mx_ir_bool(b->fn, mx_build_is_given(block)));
  return true;
}

// block_given? of self, while it is Kernel's.
static bool call_block_given(Builder *b, const Seen *seen) {
  BuildSend c = call_of(b, seen);
  const CallEntry *entry = c.shape ? mx_build_cached(c.cc, c.shape) : NULL;
  const MethodEntry *me = entry ? entry->cell->me : NULL;
  if (!me || me->kind != METHOD_BUILTIN || me->owner != b->vm->cls.Kernel) return false;
  bool fits = call_receiver(b, mx_build_top(b, 0), &seen->receiver, c.shape) != IR_NONE;
  if (!fits) return b->block == IR_NO_BLOCK;
  mx_build_assume(b, entry->cell);
  return call_has_block(b, 1);
}

bool mx_build_call_op(Builder *b, const Instruction *in, const Seen *seen) {
  switch (in->op) {
  case OP_CALL_WITH_BLOCK: return call_with_block(b, in, seen);
  case OP_YIELD: return call_yield(b, in, seen);
  case OP_BLOCK_GIVEN: return call_block_given(b, seen);
  case OP_CORE_BLOCK_GIVEN: return call_has_block(b, 0);
  case OP_RETURN:
    if (b->act->is_entry)
      mx_build_exit(b);
    else
      mx_build_end(b, b->act);
    return true;
  case OP_BREAK_BLOCK: return mx_build_break(b);
  case OP_RETURN_OUTER: return mx_build_return_outer(b);
  case OP_CALL_SUPER:
  case OP_SUPER_WITH_BLOCK:
  case OP_SUPER_PASS:
  case OP_SUPER_ARGS: return mx_build_super_op(b, in, seen);
  case OP_PRIMITIVE: return call_primitive(b, seen);
  case OP_RAISE: return call_raise(b, seen);
  case OP_CALL_PASS: return call_pass(b, seen);
  case OP_TO_BLOCK: return mx_build_to_block(b, seen);
  case OP_BUILD_LAMBDA: return mx_build_lambda(b, in->operands[0]);
  case OP_CALL_METHOD:
  case OP_CALL:
  case OP_CALL_BLOCK:
  case OP_NEW_INSTANCE: return call_plain(b, seen);
  default: return false;
  }
}
