// SPDX-License-Identifier: MIT
// Building calls: methods and blocks that were followed are built in place, attributes are field
// accesses, `new` is an allocation with its initialize in place. Everything else is called.
#include "runtime/builtin.h"
#include "interp/ops.h"
#include "jit/record/build.h"

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
               (p->block_slot < 0 || !block) &&
               (p->flags & PARAMS_SIMPLE ||
                ((p->opt > 0 || p->block_slot >= 0) && p->flags & PARAMS_IN_ORDER));
  if (!plain) return false;
  if (!block) return argc >= p->pre && argc <= (uint32_t)(p->pre + p->opt);
  if (p->flags & PARAMS_PACKED && argc != 1) return false;
  return argc != 1 || p->pre + p->opt <= 1; // one Array may be taken apart
}

// Push the callee's locals: arguments, undefined optional parameters, the block as a Proc, nil.
static void call_locals(Builder *b, const Code *code, uint32_t argc, IrRef proc) {
  const Params *p = &code->params;
  uint32_t first = b->state.count - argc, given = argc;
  if (given > (uint32_t)(p->pre + p->opt)) given = (uint32_t)(p->pre + p->opt);
  IrRef nil = mx_ir_const(b->fn, IR_KVAL, VAL_NIL), undef = mx_ir_const(b->fn, IR_KVAL, VAL_UNDEF);
  for (uint32_t i = 0; i < code->local_count; i++) {
    bool missing = i >= p->pre && i < (uint32_t)(p->pre + p->opt);
    IrRef rest = (int64_t)i == p->block_slot && proc ? proc : nil;
    mx_build_done(b, 0, i < given ? b->state.at[first + i] : missing ? undef : rest);
  }
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
                      .site = mx_build_site(b, NULL, plan->argc, 0),
                      .is_callable = plan->is_callable,
                      .is_new = plan->is_new};
  call_locals(b, act->code, plan->argc, plan->block.proc);
  act->operands = b->state.count;
  b->act = act;
  if (b->block != IR_NO_BLOCK) mx_build_take_locals(b, act);
  if (b->block != IR_NO_BLOCK) mx_build_count(b, mx_profile_fall(act->code, 0));
  if (b->block != IR_NO_BLOCK) mx_build_body(b, 0);
  b->act = caller;
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

// The call cache of the instruction being built.
static CallCache *call_cache(const Builder *b) {
  const Code *code = b->act->code;
  const uint32_t *ip = code->stream + mx_stream_instruction(code, b->act->pc);
  return &((InlineCache *)code->caches)[ip[1]].call;
}

Sym mx_build_selector(const Builder *b) { return call_cache(b)->name; }

// What the interpreter's cache knows of a receiver shape; NULL when nothing valid.
static const CallEntry *call_cached(const CallCache *cc, uint32_t shape) {
  if (cc->entry.shape == shape && cc->entry.cell->valid) return &cc->entry;
  for (uint32_t i = 0; cc->others && i < CALL_MAX_SHAPES - 1; i++)
    if (cc->others[i].shape == shape && cc->others[i].cell->valid) return &cc->others[i];
  return NULL;
}

// What a call does for a receiver shape that the cache, which has few places, has given up; NULL
// when that is to be asked at each call.
static const CallEntry *call_find(const Builder *b, const CallCache *cc, uint32_t shape) {
  const MethodCell *cell = mx_assume_method(b->vm, b->vm->shapes[shape]->klass, cc->name);
  const MethodEntry *me = cell->me;
  bool sees = me && (me->visibility == VIS_PUBLIC || cc->flags & OPF_FCALL) &&
              !(me->flags & (METHOD_F_METOREX | METHOD_F_CORE)) && !b->act->code->refined;
  if (!sees) return NULL;
  CallEntry *entry = mx_arena_new(b->arena, CallEntry);
  *entry = (CallEntry){.cell = cell, .shape = shape, .callee = CALLEE_INVOKE};
  if (me->kind != METHOD_GUEST) return entry;
  entry->code = ((const MethodCode *)me->as.code)->made;
  if (!entry->code || entry->code->run != mx_dispatch_run || !entry->code->stream) return NULL;
  entry->callee = (uint8_t)mx_ops_callee(cc, &entry->code->params);
  return entry;
}

static const CallEntry *call_entry(const Builder *b, const CallCache *cc, uint32_t shape) {
  const CallEntry *entry = call_cached(cc, shape);
  return entry ? entry : call_find(b, cc, shape);
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

// An attribute whose variable the interpreter's cache has no place for: behind the inline ones, or
// not set in objects of the shape.
static bool call_attribute_outside(Builder *b, const CallEntry *entry, IrRef self, uint32_t argc,
                                   const Seen *seen) {
  const MethodEntry *me = entry->cell->me;
  bool fits = (me->kind == METHOD_ATTR_READER && argc == 0) ||
              (me->kind == METHOD_ATTR_WRITER && argc == 1);
  return fits && b->vm->shapes[entry->shape]->klass->instance_type == T_OBJECT &&
         call_attribute(b, entry, self, argc, seen);
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
  mx_build_inline(b, &(CallPlan){.cx = cx,
                                 .argc = cc->argc,
                                 .taken = cc->argc + 1,
                                 .self = object,
                                 .is_new = true,
                                 .block = {.known = true}});
  return true;
}

// Share of the size of a region that is used up before methods are called instead of being built in
// place, where that is possible.
enum { CALL_INLINE_SHARE = 3 };

// A method of the language: built in place if it was followed, unless the region is big already.
static bool call_guest(Builder *b, const CallEntry *entry, const CallCache *cc, const Seen *seen,
                       BuildBlock block) {
  const RecordContext *cx = call_followed(seen, entry->code, FRAME_METHOD);
  bool binds = entry->callee != CALLEE_BIND || call_binds(&entry->code->params, cc->argc, false);
  bool fits = cx && binds && !(cc->flags & (OPF_KW | OPF_SPLAT));
  bool roomy = b->size < b->rec->params->inline_size / CALL_INLINE_SHARE;
  bool bare = !block.home && !block.symbol, in_place = fits && roomy && !cx->apart;
  if (bare && !in_place && mx_build_call_out(b, entry, cc)) return true;
  if (!fits) return false;
  if (entry->code->params.block_slot >= 0 && block.home && !block.proc) {
    block.proc = mx_build_block_proc(b, block.body);
    if (!block.proc) return b->block == IR_NO_BLOCK;
  }
  bool callable = bare && entry->callee != CALLEE_BIND && !entry->code->core;
  IrRef self = *mx_build_top(b, cc->argc);
  mx_build_inline(b, &(CallPlan){.cx = cx,
                                 .argc = cc->argc,
                                 .taken = cc->argc + 1,
                                 .self = self,
                                 .block = block,
                                 .is_callable = callable});
  return true;
}

// One receiver shape. `block` is what a literal passes.
static bool call_shape(Builder *b, const CallCache *cc, const CallEntry *entry, const Seen *seen,
                       BuildBlock block, bool literal) {
  mx_build_assume(b, entry->cell);
  IrRef self = mx_build_resolve(b, *mx_build_top(b, cc->argc));
  switch ((Callee)entry->callee) {
  case CALLEE_GUEST:
  case CALLEE_IN_ORDER:
  case CALLEE_BIND: return call_guest(b, entry, cc, seen, block);
  case CALLEE_ATTR_VALUE:
  case CALLEE_ATTR_DOUBLE:
  case CALLEE_ATTR_SET:
  case CALLEE_ATTR_SET_DOUBLE: return !literal && call_attribute(b, entry, self, cc->argc, seen);
  case CALLEE_NEW: return !literal && call_new(b, entry, cc, seen);
  case CALLEE_INVOKE: return !literal && call_attribute_outside(b, entry, self, cc->argc, seen);
  case CALLEE_PROC:
    return !literal && !(cc->flags & (OPF_KW | OPF_SPLAT)) && mx_build_proc_call(b, cc->argc, seen);
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

// A call as it is for receivers of one kind and shape.
typedef struct CallCase {
  const CallCache *cc;
  BuildBlock block; // what a literal passes
  bool literal;     // there is one
  uint32_t shape;   // by which the call is cached; 0 for more than one
  Seen seen;        // what was seen with this receiver
} CallCase;

// By what was followed, or by C; false when it is neither.
static bool call_known(Builder *b, const CallCase *c) {
  const CallEntry *entry = c->shape ? call_entry(b, c->cc, c->shape) : NULL;
  if (entry) {
    IrRef self = call_receiver(b, mx_build_top(b, c->cc->argc), &c->seen.receiver, c->shape);
    if (b->block == IR_NO_BLOCK) return true;
    if (self && call_shape(b, c->cc, entry, &c->seen, c->block, c->literal)) return true;
  }
  bool plain = c->shape && !c->literal && !(c->cc->flags & OPF_KW);
  return b->block == IR_NO_BLOCK ||
         (plain && call_builtin(b, c->cc->name, c->cc->argc, c->shape, &c->seen));
}

// By the protocol when it is not known; false when that is not possible.
static bool call_case(Builder *b, const CallCase *c) {
  if (call_known(b, c)) return true;
  if (c->literal) return false;
  call_out(b, IR_CALL_SEND, c->cc);
  return true;
}

// ---- receivers of several kinds and shapes

// Is the receiver of the case's kind and shape? Objects have been told from immediates.
static IrRef call_test(Builder *b, const CallCase *c) {
  IrRef self = mx_build_resolve(b, *mx_build_top(b, c->cc->argc));
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

enum { CALL_MAX_CASES = 10 };

// Add a case.
static void call_add(const Builder *b, const CallCase *of, uint8_t kind, uint32_t shape,
                     CallCase *cases, uint32_t *count) {
  CallCase *c = &cases[(*count)++];
  *c = *of;
  c->seen.receiver = (TypeSet){.kinds = kind, .strategies = of->seen.receiver.strategies};
  if (shape) c->seen.receiver.shapes[c->seen.receiver.shape_count++] = shape;
  if (of->cc->argc < SEEN_MAX_OPERANDS) c->seen.in[of->cc->argc] = c->seen.receiver;
  c->shape = call_receiver_shape(b, &c->seen.receiver);
}

// The cases that were seen, those that cannot be tested for last; 0 when there are too many.
static uint32_t call_cases(const Builder *b, const CallCase *of, CallCase *cases) {
  static const uint8_t tested[] = {SEEN_NIL, SEEN_TRUE, SEEN_FALSE, SEEN_INT};
  static const uint8_t last[] = {SEEN_FLOAT, SEEN_SYMBOL};
  const TypeSet *seen = &of->seen.receiver;
  uint32_t count = 0, untested = seen->shape_count > 0;
  if (seen->many || seen->boxed || seen->kinds & SEEN_UNDEF) return 0;
  for (uint32_t i = 0; i < sizeof last; i++) untested += (seen->kinds & last[i]) != 0;
  uint32_t kinds = (uint32_t)__builtin_popcount(seen->kinds & ~SEEN_HEAP);
  if (untested > 1 || kinds + seen->shape_count > CALL_MAX_CASES) return 0;
  for (uint32_t i = 0; i < sizeof tested; i++)
    if (seen->kinds & tested[i]) call_add(b, of, tested[i], 0, cases, &count);
  for (uint32_t i = 0; i < seen->shape_count; i++)
    call_add(b, of, SEEN_HEAP, seen->shapes[i], cases, &count);
  for (uint32_t i = 0; i < sizeof last; i++)
    if (seen->kinds & last[i]) call_add(b, of, last[i], 0, cases, &count);
  return count;
}

// One way for each case; the last leaves when it is none of them.
static bool call_poly(Builder *b, const CallCase *of) {
  CallCase cases[CALL_MAX_CASES], possible = *of;
  IrRef self = mx_build_resolve(b, *mx_build_top(b, of->cc->argc));
  IrType type = mx_build_type(b, self);
  if (type == IRT_OBJ) possible.seen.receiver.kinds &= SEEN_HEAP;
  uint32_t count = call_cases(b, &possible, cases);
  if (count == 1 && type == IRT_OBJ) return call_case(b, &cases[0]);
  if (count < 2 || (type != IRT_VAL && type != IRT_OBJ)) return false;
  if (mx_ir_is_const((IrOp)mx_ir_at(b->fn, self)->op)) return false;
  BuildArms arms = {0};
  for (uint32_t i = 0; i < count && b->block != IR_NO_BLOCK; i++) {
    if (cases[i].seen.receiver.kinds == SEEN_HEAP)
      mx_build_as(b, mx_build_top(b, of->cc->argc), IRT_OBJ);
    if (b->block == IR_NO_BLOCK) break;
    bool more = i + 1 < count;
    if (more) mx_build_arm(b, &arms, call_test(b, &cases[i]));
    if (!call_case(b, &cases[i])) mx_build_unknown(b);
    if (more) mx_build_arm_end(b, &arms);
  }
  mx_build_arms_join(b, &arms);
  return true;
}

// A send, with a literal block or none.
static bool call_send(Builder *b, const Seen *seen, BuildBlock block, bool literal) {
  CallCase c = {.cc = call_cache(b), .block = block, .literal = literal, .seen = *seen};
  if (c.cc->flags & OPF_SPLAT) return false;
  c.shape = call_receiver_shape(b, &seen->receiver);
  return (!c.shape && call_poly(b, &c)) || call_case(b, &c);
}

// A call with the block of a Proc or nil, which lies on top. The snapshots of the instruction have
// it, the call does not.
static bool call_pass(Builder *b, const Seen *seen) {
  IrRef proc = *mx_build_top(b, 0);
  CallCase c = {.cc = call_cache(b), .block = mx_build_passed(b, proc), .seen = *seen};
  c.shape = call_receiver_shape(b, &seen->receiver);
  if (!c.block.known || !c.shape || c.cc->flags & (OPF_SPLAT | OPF_KW)) return false;
  c.literal = c.block.home || c.block.symbol;
  for (uint32_t i = 0; i + 1 < SEEN_MAX_OPERANDS; i++) c.seen.in[i] = seen->in[i + 1];
  c.seen.in[SEEN_MAX_OPERANDS - 1] = (TypeSet){0};
  mx_build_snap(b);
  mx_build_done(b, 1, IR_NONE);
  if (call_known(b, &c)) return true;
  mx_build_done(b, 0, proc);
  return false;
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

// Does a block of several plain parameters get one Array, whose elements they take?
static bool call_spreads(Builder *b, const Params *p, uint32_t argc, const Seen *seen) {
  const TypeSet *set = &seen->in[0];
  uint32_t shape = b->vm->cls.Array->instance_shape;
  bool array = set->kinds == SEEN_HEAP && set->shape_count == 1 && set->shapes[0] == shape;
  return argc == 1 && p->flags & PARAMS_SIMPLE && p->pre > 1 &&
         (array || mx_build_shape(b, *mx_build_top(b, 0)) == shape);
}

// Let the elements take the place of the Array.
static void call_spread(Builder *b, uint32_t count) {
  IrRef list = mx_build_as_shape(b, mx_build_top(b, 0), b->vm->cls.Array->instance_shape);
  if (b->block == IR_NO_BLOCK) return;
  IrRef *refs = mx_arena_array(b->arena, IrRef, count);
  for (uint32_t i = 0; i < count; i++) refs[i] = mx_build_array_at(b, list, i);
  mx_build_done(b, 1, IR_NONE);
  for (uint32_t i = 0; i < count; i++) mx_build_done(b, 0, refs[i]);
}

bool mx_build_bind_block(Builder *b, const RecordContext *cx, uint32_t *argc, const Seen *seen) {
  const Code *code = cx->frame.code;
  if (call_followed(seen, code, FRAME_BLOCK) != cx) return false;
  bool lambda = cx->frame.flags & FRAME_LAMBDA;
  if (lambda || !call_spreads(b, &code->params, *argc, seen))
    return call_binds(&code->params, *argc, !lambda);
  *argc = code->params.pre;
  call_spread(b, *argc);
  return true;
}

// yield to &:name: a send to the first argument.
static bool call_yield_symbol(Builder *b, Sym name, uint32_t argc, const Seen *seen) {
  if (argc == 0 || argc > SEEN_MAX_OPERANDS) return false;
  CallCase c = {.block = {.known = true}, .seen = *seen};
  c.seen.receiver = seen->in[argc - 1];
  c.cc = mx_build_symbol_cache(b, name, argc - 1, &c.seen.receiver);
  c.shape = call_receiver_shape(b, &c.seen.receiver);
  return (!c.shape && call_poly(b, &c)) || (c.shape && call_known(b, &c));
}

static bool call_yield(Builder *b, const Instruction *in, const Seen *seen) {
  const BuildBlock *block = &b->act->block;
  uint32_t argc = in->operands[0];
  if (block->symbol && !in->operands[1]) return call_yield_symbol(b, block->symbol, argc, seen);
  const Code *code = call_literal(block);
  if (!code && block->at) code = block->code;
  const RecordContext *cx = code ? call_followed(seen, code, FRAME_BLOCK) : NULL;
  if (!cx || in->operands[1] || cx->frame.flags & FRAME_LAMBDA) return false;
  if (!mx_build_bind_block(b, cx, &argc, seen)) return false;
  if (b->block == IR_NO_BLOCK) return true;
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
  mx_build_inline(b, &plan);
  return true;
}

// The entry of a super cache that is for the running method and the shape of self; NULL when there
// is none, or several and the shape is not known.
static const CallEntry *call_super_entry(Builder *b, const CallCache *cc) {
  const TierFrame *frame = &b->act->cx->frame;
  uint32_t shape = mx_build_shape(b, b->act->self);
  if (cc->from != frame->me || !frame->me) return NULL;
  if (!shape) shape = mx_build_seen_self(b->act);
  if (!shape && !cc->others) shape = cc->entry.shape;
  const CallEntry *entry = shape ? call_cached(cc, shape) : NULL;
  if (!entry || entry->as.at != frame->me_at || !entry->cell->me) return NULL;
  return b->vm->shapes[shape]->klass->instance_type == T_OBJECT ? entry : NULL;
}

// super of self as a method that was followed, or that C has and does nothing (initialize).
static bool call_super(Builder *b, const Seen *seen) {
  const CallCache *cc = call_cache(b);
  const CallEntry *entry = cc->flags & (OPF_SPLAT | OPF_KW) ? NULL : call_super_entry(b, cc);
  if (!entry) return false;
  const MethodEntry *me = entry->cell->me;
  mx_build_as_shape(b, &b->act->self, entry->shape);
  if (b->block == IR_NO_BLOCK) return true;
  mx_build_assume(b, entry->cell);
  if (me->kind == METHOD_BUILTIN) {
    if (me->as.row->effects != E_PURE || me->as.row->ret != RET_NIL || cc->argc > 0) return false;
    mx_build_done(b, 0, mx_ir_const(b->fn, IR_KVAL, VAL_NIL));
    return true;
  }
  const RecordContext *cx = seen->callees;
  while (cx && cx->frame.me != me) cx = cx->next;
  if (cx) cx = call_followed(seen, cx->frame.code, FRAME_METHOD);
  if (!cx || !call_binds(&cx->frame.code->params, cc->argc, false)) return false;
  const BuildBlock *block = &b->act->block;
  bool given = !block->known || block->home || block->at || block->symbol;
  if (cx->frame.code->params.block_slot >= 0 && given && !block->proc) return false;
  mx_build_inline(b, &(CallPlan){.cx = cx,
                                 .argc = cc->argc,
                                 .taken = cc->argc,
                                 .self = b->act->self,
                                 .block = b->act->block});
  return true;
}

// Kernel#raise.
static bool call_raise(Builder *b, const Seen *seen) {
  const CallCache *cc = call_cache(b);
  uint32_t shape = call_receiver_shape(b, &seen->receiver);
  const CallEntry *entry = shape ? call_cached(cc, shape) : NULL;
  if (!entry || entry->callee != CALLEE_RAISE || cc->flags & (OPF_KW | OPF_SPLAT)) return false;
  if (!call_receiver(b, mx_build_top(b, cc->argc), &seen->receiver, shape))
    return b->block == IR_NO_BLOCK;
  mx_build_assume(b, entry->cell);
  return mx_build_raise(b, cc->argc);
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
    mx_build_done(
        b, 0, mx_ir_bool(b->fn, b->act->block.home || b->act->block.at || b->act->block.symbol));
    return true;
  case OP_RETURN:
    if (b->act->is_entry)
      mx_build_exit(b);
    else
      mx_build_end(b, b->act);
    return true;
  case OP_BREAK_BLOCK: return mx_build_break(b);
  case OP_RETURN_OUTER: return mx_build_return_outer(b);
  case OP_CALL_SUPER: return call_super(b, seen);
  case OP_PRIMITIVE: return call_primitive(b, seen);
  case OP_RAISE: return call_raise(b, seen);
  case OP_CALL_PASS: return call_pass(b, seen);
  case OP_TO_BLOCK: return mx_build_to_block(b, seen);
  case OP_BUILD_LAMBDA: return mx_build_lambda(b, in->operands[0]);
  case OP_CALL_METHOD:
  case OP_CALL:
  case OP_CALL_BLOCK:
  case OP_NEW_INSTANCE: return call_send(b, seen, (BuildBlock){.known = true}, false);
  default: return false;
  }
}
