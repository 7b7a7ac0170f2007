// SPDX-License-Identifier: MIT
// Building calls that the library makes on behalf of a program: send of names that were seen, what
// method_missing answers, Method objects as such and as blocks, and methods that define_method made
// of blocks.
//
// The interpreter pushes the frame of what is called in the end, so that is what was followed. Here
// the values on the state are brought into the order that this one takes; snapshots of the
// instruction have them as they were.
#include "jit/record/build.h"

enum { INDIRECT_MAX_METHODS = 4 }; // that one call of a Method object may have

// ---- send

// The name that is sent, the first of the arguments; SYM_NONE when it is no constant.
static Sym indirect_name(Builder *b, const BuildSend *c) {
  IrRef name = mx_build_resolve(b, *mx_build_top(b, c->argc - 1));
  bool constant = mx_ir_at(b->fn, name)->op == IR_KVAL;
  Value v = constant ? mx_ir_word(b->fn, name) : VAL_NIL;
  return val_is_symbol(v) ? val_to_sym(v) : SYM_NONE;
}

// Send to the receiver by its cache, with the state as it is now.
static bool indirect_send(Builder *b, BuildSend *c, Sym name, const BuildEdge *before) {
  TypeSet receiver = {.kinds = SEEN_HEAP, .shape_count = 1, .shapes = {c->shape}};
  c->cc = mx_build_symbol_cache(b, name, c->argc, c->flags, &receiver);
  if (c->cc->entry.cell && mx_build_send_known(b, c)) return true;
  mx_build_restore(b, before);
  return b->block == IR_NO_BLOCK;
}

// Send a name, which is the first of the arguments.
static bool indirect_sent(Builder *b, const BuildSend *c, const CallEntry *entry, Sym name) {
  bool public = entry->callee == CALLEE_PUBLIC_SEND;
  BuildSend sent = *c;
  sent.argc--;
  sent.flags = (c->flags & OPF_KW) | (public ? (uint32_t)CALL_PUBLIC : (uint32_t)CALL_FCALL);
  sent.leaf = public ? entry->cell->me : NULL;
  mx_build_snap(b);
  BuildEdge before = mx_build_edge(b);
  memmove(mx_build_top(b, c->argc - 1), mx_build_top(b, c->argc - 1) + 1,
          sent.argc * sizeof(IrRef));
  mx_build_done(b, 1, IR_NONE);
  return indirect_send(b, &sent, name, &before);
}

// Send one of the names that were seen.
static bool indirect_sent_one(Builder *b, const BuildSend *c, const CallEntry *entry) {
  uint32_t count = c->seen.name_count;
  if (count == 0 || count > SEEN_MAX_NAMES) return false;
  BuildArms arms = {0};
  for (uint32_t i = 0; i < count && b->block != IR_NO_BLOCK; i++) {
    IrRef name = mx_build_val(b, *mx_build_top(b, c->argc - 1));
    IrRef this = mx_ir_const(b->fn, IR_KVAL, val_from_sym(c->seen.names[i]));
    IrRef same = mx_build_emit(b, IR_SAME, name, this, IR_NONE, 0);
    bool more = i + 1 < count;
    if (more)
      mx_build_arm(b, &arms, same);
    else
      mx_build_guard(b, IR_GUARD_TRUE, same, IR_NONE, 0);
    if (!indirect_sent(b, c, entry, c->seen.names[i])) mx_build_unknown(b);
    if (more) mx_build_arm_end(b, &arms);
  }
  mx_build_arms_join(b, &arms);
  return true;
}

bool mx_build_sent(Builder *b, const BuildSend *c, const CallEntry *entry) {
  BuildArgs args;
  if (c->argc == 0 || c->leaf || b->act->cx->frame.lex->refinements) return false;
  if (!mx_build_args(b, c->argc, c->flags, &args)) return false;
  Sym name = indirect_name(b, c);
  if (name != SYM_NONE) return indirect_sent(b, c, entry, name);
  return indirect_sent_one(b, c, entry);
}

// ---- method_missing

// May the call be one of a class, Point(1, 2), or is it looked up in some other way than plainly?
static bool indirect_names_class(const Builder *b, const BuildSend *c) {
  const LexCtx *lex = b->act->cx->frame.lex;
  char first = mx_sym_text(&b->vm->symtab, c->cc->name)[0];
  return lex->refinements || (lex->dialect != DIALECT_RUBY && first >= 'A' && first <= 'Z');
}

bool mx_build_missing(Builder *b, const BuildSend *c) {
  ClassObj *klass = mx_shape_at(b->vm, c->shape)->klass;
  const MethodEntry *me = mx_assume_method(b->vm, klass, SYM_method_missing)->me;
  if (!me || me->kind != METHOD_GUEST || indirect_names_class(b, c)) return false;
  mx_build_snap(b);
  BuildEdge before = mx_build_edge(b);
  IrRef name = mx_ir_const(b->fn, IR_KVAL, val_from_sym(c->cc->name));
  mx_build_done(b, 0, name);
  memmove(mx_build_top(b, c->argc) + 1, mx_build_top(b, c->argc), c->argc * sizeof(IrRef));
  *mx_build_top(b, c->argc) = name;
  mx_build_emit(b, IR_FIELD_STORE, b->machine_ec,
                mx_ir_const(b->fn, IR_KWORD, c->flags & OPF_CALL_MASK), IR_NONE,
                IRF_EC_MISSING_FLAGS);
  BuildSend missing = *c;
  missing.argc++;
  missing.flags |= CALL_FCALL;
  return indirect_send(b, &missing, SYM_method_missing, &before);
}

// ---- blocks as methods

// What was followed of a method that define_method made; many may be of one literal.
static const RecordContext *indirect_made(const BuildSend *c, const MethodEntry *me,
                                          const Code *code) {
  const RecordContext *cx = mx_build_followed(&c->seen, code, FRAME_PROC_METHOD, c->leaf);
  while (cx && (cx->frame.me != me || cx->frame.code != code || cx->frame.leaf != c->leaf))
    cx = cx->next;
  return cx;
}

// The block of a method that define_method made, in place for a receiver. plan: self and taken.
static bool indirect_body(Builder *b, const BuildSend *c, const MethodEntry *me, CallPlan *plan) {
  Value proc = me->as.proc;
  const Block *block = &VAL_CAST(Proc, proc)->block;
  if (block->kind != BLOCK_CODE || c->literal || c->block.proc) return false;
  const RecordContext *cx = indirect_made(c, me, block->code);
  if (!cx || !mx_build_see_envs(b)) return b->block == IR_NO_BLOCK;
  uint32_t taken = plan->taken;
  if (!mx_build_bind_block(b, cx, c->argc, c->flags, &c->seen, plan)) return false;
  plan->taken = taken;
  plan->proc = mx_ir_const(b->fn, IR_KOBJ, proc);
  plan->outer = mx_build_emit(b, IR_FIELD_LOAD, plan->proc, IR_NONE, IR_NONE, IRF_PROC_ENV);
  plan->block.known = !block->home_block;
  mx_build_inline(b, plan);
  return true;
}

bool mx_build_proc_method(Builder *b, const BuildSend *c, const MethodEntry *me) {
  IrRef self = mx_build_resolve(b, *mx_build_top(b, c->argc));
  return indirect_body(b, c, me, &(CallPlan){.self = self, .taken = c->argc + 1});
}

// ---- Method objects

static IrRef indirect_field(Builder *b, IrRef object, IrField field) {
  return mx_build_emit(b, IR_FIELD_LOAD, object, IR_NONE, IR_NONE, field);
}

// Is a field of an object this word?
static IrRef indirect_is(Builder *b, IrRef object, IrField field, uint64_t word) {
  IrRef wanted = mx_ir_const(b->fn, IR_KWORD, word);
  return mx_build_emit(b, IR_WEQ, indirect_field(b, object, field), wanted, IR_NONE, 0);
}

// A Method that is called.
typedef struct IndirectTo {
  IrRef method;   // OBJ, the Method or UnboundMethod
  IrRef self;     // its receiver; IR_NONE: the one that it is bound to
  uint32_t shape; // of self, when that is given
  uint32_t taken; // entries at the top that the call takes
} IndirectTo;

// The receiver of a method; IR_NONE: it would not be called in this way.
static IrRef indirect_receiver(Builder *b, const IndirectTo *to, const RecordContext *cx) {
  if (to->self) {
    const ClassObj *klass = mx_shape_at(b->vm, to->shape)->klass;
    uint32_t at = cx->frame.me_at;
    bool same = at < klass->mro.count && klass->mro.at[at] == cx->frame.me->owner;
    return same ? to->self : IR_NONE;
  }
  IrRef same = indirect_is(b, to->method, IRF_METHOD_AT, cx->frame.me_at);
  mx_build_guard(b, IR_GUARD_TRUE, same, IR_NONE, 0);
  return indirect_field(b, to->method, IRF_METHOD_RECEIVER);
}

// Call what a context is of on the receiver of a Method.
static bool indirect_call(Builder *b, const BuildSend *c, const RecordContext *cx,
                          const IndirectTo *to) {
  CallPlan plan = {.cx = cx, .taken = to->taken, .block = {.known = true}};
  plan.self = indirect_receiver(b, to, cx);
  if (!plan.self) return false;
  if (cx->frame.me->kind == METHOD_PROC) return indirect_body(b, c, cx->frame.me, &plan);
  if (!mx_build_args(b, c->argc, c->flags, &plan.args)) return false;
  plan.places = mx_build_layout(b, cx->frame.code, &plan.args, true);
  if (!plan.places) return false;
  mx_build_inline(b, &plan);
  return true;
}

// The next context that was entered for a Method.
static const RecordContext *indirect_next(const RecordContext *cx, const MethodEntry *leaf) {
  const uint32_t method = FRAME_METHOD | FRAME_PROC_METHOD;
  while (cx && (cx->frame.leaf != leaf || !cx->frame.me || !(cx->frame.flags & method)))
    cx = cx->next;
  return cx;
}

// Are the arguments such as a context's method takes in place?
static bool indirect_fits(Builder *b, const BuildSend *c, const RecordContext *cx) {
  BuildArgs args;
  if (!mx_build_args(b, c->argc, c->flags, &args)) return false;
  return cx->frame.me->kind == METHOD_PROC || mx_build_layout(b, cx->frame.code, &args, true);
}

// Call a Method with c->argc values at the top. Each method that it was of has a way of its own.
static bool indirect_method(Builder *b, const BuildSend *c, const IndirectTo *to) {
  const RecordContext *cx = indirect_next(c->seen.callees, c->leaf), *next;
  uint32_t count = 0;
  for (next = cx; next; next = indirect_next(next->next, c->leaf), count++)
    if (!indirect_fits(b, c, next)) return false;
  if (count == 0 || count > INDIRECT_MAX_METHODS) return false;
  BuildArms arms = {0};
  for (; cx && b->block != IR_NO_BLOCK; cx = next) {
    next = indirect_next(cx->next, c->leaf);
    uint64_t me = (uint64_t)(uintptr_t)cx->frame.me;
    mx_ir_const(b->fn, IR_KPTR, me); // keeps it alive
    IrRef same = indirect_is(b, to->method, IRF_METHOD_ME, me);
    if (next)
      mx_build_arm(b, &arms, same);
    else
      mx_build_guard(b, IR_GUARD_TRUE, same, IR_NONE, 0);
    if (!indirect_call(b, c, cx, to)) mx_build_unknown(b);
    if (next) mx_build_arm_end(b, &arms);
  }
  mx_build_arms_join(b, &arms);
  return true;
}

bool mx_build_method_object(Builder *b, const BuildSend *c, const CallEntry *entry) {
  if (c->seen.strange) return false;
  BuildSend call = *c;
  call.leaf = entry->cell->me;
  IrRef method = mx_build_resolve(b, *mx_build_top(b, c->argc));
  return indirect_method(b, &call, &(IndirectTo){.method = method, .taken = c->argc + 1});
}

bool mx_build_bound(Builder *b, const BuildSend *c, const CallEntry *entry) {
  uint32_t keyed = c->flags & OPF_KW ? 1 : 0;
  if (c->argc <= keyed || c->argc > SEEN_MAX_OPERANDS) return false;
  const TypeSet *seen = &c->seen.in[c->argc - 1];
  IrRef *self = mx_build_top(b, c->argc - 1);
  bool one = seen->kinds == SEEN_HEAP && seen->shape_count == 1 && !seen->boxed;
  uint32_t shape = one ? seen->shapes[0] : mx_build_shape(b, *self);
  if (!shape) return false;
  IndirectTo to = {.shape = shape, .taken = c->argc + 1};
  to.self = mx_build_as_shape(b, self, shape);
  if (b->block == IR_NO_BLOCK) return true;
  to.method = mx_build_resolve(b, *mx_build_top(b, c->argc));
  BuildSend call = *c;
  call.argc--;
  call.leaf = entry->cell->me;
  return indirect_method(b, &call, &to);
}

bool mx_build_method_block(Builder *b, const BuildSend *c, IrRef method) {
  return indirect_method(b, c, &(IndirectTo){.method = method, .taken = c->argc});
}

bool mx_build_method_proc(Builder *b, const BuildSend *c) {
  if (!indirect_next(c->seen.callees, NULL)) return false;
  IrRef proc = mx_build_resolve(b, *mx_build_top(b, c->argc));
  IrRef same = indirect_is(b, proc, IRF_PROC_KIND, BLOCK_METHOD);
  mx_build_guard(b, IR_GUARD_TRUE, same, IR_NONE, 0);
  IrRef method = indirect_field(b, proc, IRF_PROC_VALUE);
  method = mx_build_guard(b, IR_GUARD_OBJ, method, IR_NONE, 0);
  return indirect_method(b, c, &(IndirectTo){.method = method, .taken = c->argc + 1});
}
