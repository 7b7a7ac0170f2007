// SPDX-License-Identifier: MIT
// Building calls that the library makes on behalf of a program: send of a constant name, what
// method_missing answers, Method#call, and methods that define_method made of blocks.
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

bool mx_build_sent(Builder *b, const BuildSend *c, const CallEntry *entry) {
  Sym name = c->argc ? indirect_name(b, c) : SYM_NONE;
  if (name == SYM_NONE || c->leaf || b->act->cx->frame.lex->refinements) return false;
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

// ---- method_missing

// May the call be one of a class, Point(1, 2), or is it looked up in some other way than plainly?
static bool indirect_names_class(const Builder *b, const BuildSend *c) {
  const LexCtx *lex = b->act->cx->frame.lex;
  char first = mx_sym_text(&b->vm->symtab, c->cc->name)[0];
  return lex->refinements || (lex->dialect != DIALECT_RUBY && first >= 'A' && first <= 'Z');
}

bool mx_build_missing(Builder *b, const BuildSend *c) {
  ClassObj *klass = b->vm->shapes[c->shape]->klass;
  const MethodEntry *me = mx_assume_method(b->vm, klass, SYM_method_missing)->me;
  if (!me || me->kind != METHOD_GUEST || indirect_names_class(b, c)) return false;
  if (b->state.count == BUILD_MAX_STATE) return false;
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

// The block of a method that define_method made, in place for a receiver.
static bool indirect_body(Builder *b, const BuildSend *c, const MethodEntry *me, IrRef self) {
  Value proc = me->as.proc;
  const Block *block = &VAL_CAST(Proc, proc)->block;
  if (block->kind != BLOCK_CODE || c->literal || c->block.proc) return false;
  const RecordContext *cx = mx_build_followed(&c->seen, block->code, FRAME_PROC_METHOD, c->leaf);
  if (!cx || cx->frame.me != me || !mx_build_see_envs(b)) return b->block == IR_NO_BLOCK;
  CallPlan plan = {.self = self};
  if (!mx_build_bind_block(b, cx, c->argc, c->flags, &c->seen, &plan)) return false;
  plan.taken = c->argc + 1;
  plan.proc = mx_ir_const(b->fn, IR_KOBJ, proc);
  plan.outer = mx_build_emit(b, IR_FIELD_LOAD, plan.proc, IR_NONE, IR_NONE, IRF_PROC_ENV);
  plan.block.known = !block->home_block;
  mx_build_inline(b, &plan);
  return true;
}

bool mx_build_proc_method(Builder *b, const BuildSend *c, const MethodEntry *me) {
  return indirect_body(b, c, me, mx_build_resolve(b, *mx_build_top(b, c->argc)));
}

// ---- Method#call

static IrRef indirect_field(Builder *b, IrRef method, IrField field) {
  return mx_build_emit(b, IR_FIELD_LOAD, method, IR_NONE, IR_NONE, field);
}

// Call what a context is of on the receiver of the Method.
static bool indirect_call(Builder *b, const BuildSend *c, const RecordContext *cx, IrRef method) {
  IrRef at = mx_ir_const(b->fn, IR_KWORD, cx->frame.me_at);
  IrRef same = mx_build_emit(b, IR_WEQ, indirect_field(b, method, IRF_METHOD_AT), at, IR_NONE, 0);
  mx_build_guard(b, IR_GUARD_TRUE, same, IR_NONE, 0);
  IrRef self = indirect_field(b, method, IRF_METHOD_RECEIVER);
  if (cx->frame.me->kind == METHOD_PROC) return indirect_body(b, c, cx->frame.me, self);
  CallPlan plan = {.cx = cx, .self = self, .taken = c->argc + 1, .block = {.known = true}};
  if (!mx_build_args(b, c->argc, c->flags, &plan.args)) return false;
  plan.places = mx_build_layout(b, cx->frame.code, &plan.args, true);
  if (!plan.places) return false;
  mx_build_inline(b, &plan);
  return true;
}

// The next context that was entered for a Method object.
static const RecordContext *indirect_next(const RecordContext *cx, const MethodEntry *leaf) {
  while (cx && (cx->frame.leaf != leaf || !cx->frame.me)) cx = cx->next;
  return cx;
}

bool mx_build_method_object(Builder *b, const BuildSend *c, const CallEntry *entry) {
  const MethodEntry *leaf = entry->cell->me;
  const RecordContext *cx = indirect_next(c->seen.callees, leaf), *next;
  uint32_t count = 0;
  for (next = cx; next; next = indirect_next(next->next, leaf)) count++;
  if (count == 0 || count > INDIRECT_MAX_METHODS) return false;
  BuildSend call = *c;
  call.leaf = leaf;
  BuildArms arms = {0};
  for (; cx && b->block != IR_NO_BLOCK; cx = next) {
    next = indirect_next(cx->next, leaf);
    IrRef method = mx_build_resolve(b, *mx_build_top(b, c->argc));
    IrRef me = mx_ir_const(b->fn, IR_KPTR, (uint64_t)(uintptr_t)cx->frame.me);
    (void)me; // keeps it alive
    IrRef which = mx_ir_const(b->fn, IR_KWORD, (uint64_t)(uintptr_t)cx->frame.me);
    IrRef same =
        mx_build_emit(b, IR_WEQ, indirect_field(b, method, IRF_METHOD_ME), which, IR_NONE, 0);
    if (next)
      mx_build_arm(b, &arms, same);
    else
      mx_build_guard(b, IR_GUARD_TRUE, same, IR_NONE, 0);
    if (!indirect_call(b, &call, cx, method)) mx_build_unknown(b);
    if (next) mx_build_arm_end(b, &arms);
  }
  mx_build_arms_join(b, &arms);
  return true;
}
