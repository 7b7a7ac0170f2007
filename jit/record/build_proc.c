// SPDX-License-Identifier: MIT
// Building closures: Envs, lambdas that are made, and calls of Procs whose bodies were followed.
//
// An activation whose locals a Proc takes while it runs has them in an Env in the heap from its
// start on: they are loaded and stored there. What escape analysis finds that nobody else sees is
// not made, Env and Proc alike, and then the locals are values again.
// The root of a loop is a frame of the interpreter's. When its locals are in the heap already, the
// region may still have them as values, as long as it looks at no Env that might be the root's:
// mx_build_see_envs ends a try that did so. When they are on the VM stack, no Proc has them, and
// the interpreter makes the first.
//
// INVARIANT: an Env in the heap is in none or in one in the heap.
#include "interp/ops.h"
#include "jit/record/build.h"
#include "jit/record/op_calls.h"

enum { PROC_MAX_BODIES = 4 }; // that one call may have

// ---- locals

IrRef mx_build_local(Builder *b, const BuildFrame *act, uint32_t slot) {
  if (!act->env) return b->state.at[act->base + slot];
  return mx_build_emit(b, IR_UPVAL_LOAD, act->env, IR_NONE, IR_NONE, slot);
}

void mx_build_set_local(Builder *b, const BuildFrame *act, uint32_t slot, IrRef value) {
  if (act->env)
    mx_build_emit(b, IR_UPVAL_STORE, act->env, mx_build_val(b, value), IR_NONE, slot);
  else
    b->state.at[act->base + slot] = value;
}

bool mx_build_see_envs(Builder *b) {
  if (!b->rec->taken || b->in_env) return true;
  b->in_env = b->again = true;
  mx_build_leave(b);
  return false;
}

// ---- Envs

// Does a body stand in a scope, or is it the scope's own?
static bool proc_is_within(const Code *code, const Code *scope) {
  while (code && code != scope) code = code->parent;
  return code != NULL;
}

// Is it an activation of Kernel#lambda?
static bool proc_is_lambda(const RecordContext *cx) {
  return cx->frame.flags & FRAME_CORE && cx->frame.me && cx->frame.me->name == SYM_lambda;
}

// Was a lambda or the Proc of a block made in a scope, as far as an activation and what it called
// were followed?
static bool proc_takes(const RecordContext *cx, const Code *scope) {
  const Chunk *chunk = cx->frame.code->chunk;
  bool within = proc_is_within(cx->frame.code, scope);
  Instruction in;
  for (uint32_t pc = 0; pc < chunk->code_len; pc += in.size) {
    if (!mx_op_decode(chunk->code, chunk->code_len, pc, &in)) return false;
    const Seen *seen = mx_record_seen(cx, pc);
    if (!seen) continue;
    if (within && in.op == OP_BUILD_LAMBDA) return true;
    for (const RecordContext *callee = seen->callees; callee; callee = callee->next) {
      bool literal = in.op == OP_CALL_WITH_BLOCK || in.op == OP_SUPER_WITH_BLOCK;
      bool makes =
          literal && (callee->frame.code->params.block_slot >= 0 || proc_is_lambda(callee));
      if ((within && makes) || proc_takes(callee, scope)) return true;
    }
  }
  return false;
}

// The Env around an activation's, a null address where there is none; IR_NONE when it may not be in
// the heap.
static IrRef proc_parent(Builder *b, const BuildFrame *act) {
  if (!(act->cx->frame.flags & FRAME_BLOCK)) return mx_ir_const(b->fn, IR_KPTR, 0);
  if (act->proc && !act->home) return act->outer;
  if (act->home && act->home->is_entry && !act->home->caller) mx_build_see_envs(b);
  return act->home ? act->home->env : IR_NONE;
}

void mx_build_take_locals(Builder *b, BuildFrame *act) {
  if (!act->code->has_blocks || !proc_takes(act->cx, act->code)) return;
  IrRef parent = proc_parent(b, act);
  if (!parent || b->block == IR_NO_BLOCK) return;
  uint32_t count = act->code->local_count;
  IrRef *refs = mx_arena_array(b->arena, IrRef, count + 1);
  for (uint32_t i = 0; i < count; i++) refs[i] = mx_build_val(b, b->state.at[act->base + i]);
  IrIns make = {.op = IR_NEW_ENV, .a = {parent}, .snap = SNAP_NONE};
  make.imm = mx_build_site(b, NULL, 0, 0);
  b->fn->sites.at[make.imm].method = act->code->scope;
  make.list = mx_ir_list(b->fn, count, refs);
  act->env = mx_ir_emit(b->fn, b->block, &make);
}

// ---- lambdas

// The Block that Procs of a literal are copies of. It lives as long as the record.
static Block *proc_like(Builder *b, const Code *code, bool is_lambda) {
  const TierFrame *frame = &b->act->cx->frame;
  Arena *arena = &((Record *)(uintptr_t)b->rec)->arena;
  Block *like = mx_arena_new(arena, Block);
  *like = (Block){.kind = BLOCK_CODE,
                  .is_lambda = is_lambda,
                  .code = code,
                  .lex = frame->lex,
                  .me = frame->me,
                  .me_at = frame->me_at,
                  .self = VAL_NIL,
                  .value = VAL_NIL,
                  .proc = VAL_NIL};
  return like;
}

// What guards of it find.
static const IrProc *proc_facts(const Builder *b, const Block *like) {
  IrProc *facts = mx_arena_new(b->arena, IrProc);
  *facts = (IrProc){.shape = b->vm->cls.Proc->instance_shape,
                    .code = (uint64_t)(uintptr_t)like->code,
                    .lambda = like->is_lambda,
                    .lex = (uint64_t)(uintptr_t)like->lex,
                    .me = (uint64_t)(uintptr_t)like->me};
  return facts;
}

// The Proc of a literal block of an activation of the path; IR_NONE: not built.
static IrRef proc_of_literal(Builder *b, const BuildBlock *block) {
  BuildFrame *act = b->act;
  b->act = block->home;
  IrRef proc = mx_build_block_proc(b, block->body);
  b->act = act;
  return proc ? mx_build_val(b, proc) : IR_NONE;
}

// The Proc, or nil, of the block of the innermost activation's method; IR_NONE: not known here.
static IrRef proc_home(Builder *b) {
  const BuildBlock *block = &b->act->block;
  if (block->home && !block->proc) return proc_of_literal(b, block);
  if (block->proc) return mx_build_val(b, block->proc);
  if (block->at) return mx_build_val(b, mx_build_proc_of(b, block->at));
  return block->known ? mx_ir_const(b->fn, IR_KVAL, VAL_NIL) : IR_NONE;
}

// Make the Proc of a literal of the innermost activation; IR_NONE: not built, or control left.
static IrRef proc_make(Builder *b, uint32_t body, bool is_lambda) {
  const BuildFrame *act = b->act;
  for (const BuildFrame *at = act; at; at = at->home)
    if (mx_build_is_eval(at)) return IR_NONE; // its lexical context is there in frames only
  if (act->is_entry && !act->caller && !mx_build_see_envs(b)) return IR_NONE;
  Code *code = act->code->bodies ? act->code->bodies[body] : NULL;
  IrRef home = act->env && code ? proc_home(b) : IR_NONE;
  if (!home) return IR_NONE;
  const Block *like = proc_like(b, code, is_lambda);
  mx_ir_const(b->fn, IR_KPTR, (uint64_t)(uintptr_t)like); // keeps it alive
  IrIns make = {.op = IR_NEW_PROC, .snap = SNAP_NONE};
  make.a[0] = act->env;
  make.a[1] = mx_build_val(b, act->self);
  make.a[2] = home;
  make.imm = mx_build_site(b, NULL, 0, 0);
  b->fn->sites.at[make.imm].method = like;
  b->fn->sites.at[make.imm].proc = proc_facts(b, like);
  IrRef proc = mx_ir_emit(b->fn, b->block, &make);
  vec_push(&b->shapes, ((BuildShape){proc, b->vm->cls.Proc->instance_shape}));
  return proc;
}

bool mx_build_lambda(Builder *b, uint32_t body) {
  IrRef proc = proc_make(b, body, true);
  if (proc) mx_build_done(b, 0, proc);
  return proc || b->block == IR_NO_BLOCK;
}

// Kernel#lambda, of the literal block that the innermost activation was given: it is what a literal
// lambda there would be.
bool mx_build_lambda_of_block(Builder *b) {
  BuildFrame *act = b->act;
  const BuildBlock block = act->block;
  if (!block.known || !block.home || block.proc) return false;
  b->act = block.home;
  IrRef proc = proc_make(b, block.body, true);
  b->act = act;
  if (proc) mx_build_done(b, 0, proc);
  return proc || b->block == IR_NO_BLOCK;
}

// ---- blocks as Procs

// The code of a body, which may never have run; NULL when it cannot be compiled.
static const Code *proc_body(Builder *b, const Code *code, uint32_t body) {
  Code *inner = mx_stream_body(b->ec, code, body);
  if (inner && mx_stream_prepare(b->ec, inner)) return inner;
  if (b->ec->unwind == UNWIND_RAISE) (void)mx_exc_take(b->ec);
  return NULL;
}

// May a block, or one in it, end an activation around it by `break` or `return`? What runs it in
// the interpreter, when a callee that is called has the Proc, finds no frame of the path to aim at.
static bool proc_jumps(Builder *b, const Code *code) {
  const Chunk *chunk = code->chunk;
  Instruction in;
  for (uint32_t pc = 0; pc < chunk->code_len; pc += in.size) {
    if (!mx_op_decode(chunk->code, chunk->code_len, pc, &in)) return true;
    if (in.op == OP_BREAK_BLOCK || in.op == OP_RETURN_OUTER) return true;
  }
  for (uint32_t i = 0; i < chunk->body_count; i++) {
    if (!mx_code_kind_is_block((CodeKind)chunk->bodies[i].kind)) continue;
    const Code *inner = proc_body(b, code, i);
    if (!inner || proc_jumps(b, inner)) return true;
  }
  return false;
}

IrRef mx_build_block_proc(Builder *b, uint32_t body) {
  const Code *code = proc_body(b, b->act->code, body);
  if (!code || proc_jumps(b, code)) return IR_NONE;
  IrRef proc = proc_make(b, body, false);
  if (proc) vec_push(&b->procs, ((BuildProc){.proc = proc, .home = b->act, .body = body}));
  return proc;
}

// The literal block that a Proc was made of in an activation of the path, or NULL.
static const BuildProc *proc_made(const Builder *b, IrRef ref) {
  ref = mx_build_root(b, ref);
  if (mx_ir_at(b->fn, ref)->op == IR_AS_VAL) ref = mx_build_root(b, mx_ir_at(b->fn, ref)->a[0]);
  for (uint32_t i = 0; i < b->procs.count; i++) {
    const BuildProc *made = &b->procs.at[i];
    const BuildFrame *act = b->act;
    while (act && act != made->home) act = act->caller;
    if (made->proc == ref && act) return made;
  }
  return NULL;
}

// &method: the Proc that is made of it each time.
static bool proc_of_method(Builder *b) {
  IrRef method = mx_build_as_shape(b, mx_build_top(b, 0), b->vm->cls.Method->instance_shape);
  if (b->block == IR_NO_BLOCK) return true;
  IrRef v = mx_build_val(b, method);
  BuildCall call = {(RtFn)mx_call_method_block, 0, RTE_COLLECTS | RTE_REFUSES, NULL};
  IrRef proc = mx_build_c_call(b, &call, 1, &v);
  vec_push(&b->procs, ((BuildProc){.proc = proc, .method = method}));
  mx_build_done(b, 1, proc);
  return true;
}

// The Method that a Proc was made of in this try, or IR_NONE.
static IrRef proc_method(const Builder *b, IrRef proc) {
  for (uint32_t i = 0; i < b->procs.count; i++)
    if (b->procs.at[i].method && b->procs.at[i].proc == mx_build_root(b, proc))
      return b->procs.at[i].method;
  return IR_NONE;
}

BuildBlock mx_build_passed(Builder *b, IrRef proc) {
  IrRef method = proc_method(b, proc);
  if (method) return (BuildBlock){.method = method, .proc = proc, .known = true};
  const BuildProc *made = proc_made(b, proc);
  const BuildBlock *own_block = &b->act->block;
  if (own_block->any && own_block->proc &&
      mx_build_root(b, own_block->proc) == mx_build_root(b, proc))
    return *own_block;
  if (made)
    return (BuildBlock){.home = made->home, .body = made->body, .proc = made->proc, .known = true};
  proc = mx_build_resolve(b, proc);
  const IrIns *ins = mx_ir_at(b->fn, proc);
  if (ins->op == IR_KVAL && val_is_undef(mx_ir_word(b->fn, proc))) {
    BuildBlock own = b->act->block;
    own.own = true;
    return own;
  }
  if (ins->op == IR_KOBJ && val_is_type(mx_ir_word(b->fn, proc), T_PROC)) {
    const Block *block = &VAL_CAST(Proc, mx_ir_word(b->fn, proc))->block;
    if (block->kind == BLOCK_SYMBOL && !block->lex)
      return (BuildBlock){.symbol = val_to_sym(block->value), .proc = proc, .known = true};
  }
  if (mx_build_shape(b, proc) == b->vm->cls.Proc->instance_shape)
    return (BuildBlock){.proc = proc, .is_proc = true, .known = true};
  return (BuildBlock){.known = ins->op == IR_KVAL && mx_ir_word(b->fn, proc) == VAL_NIL};
}

// &:symbol as the Proc that all of its kind are.
static bool proc_of_symbol(Builder *b, Value symbol) {
  const MethodCell *cell = mx_assume_method(b->vm, b->vm->cls.Symbol, SYM_to_proc);
  const Block *block;
  if (!cell->me || cell->me->kind != METHOD_BUILTIN || !mx_lex_is_plain(b->act->cx->frame.lex))
    return false;
  if (!mx_block_from_value(b->ec, symbol, &block)) MX_UNREACHABLE();
  mx_build_assume(b, cell);
  *mx_build_top(b, 0) = mx_ir_const(b->fn, IR_KOBJ, block->proc);
  return true;
}

// What a receiver shape's calls of a method find.
static CallEntry proc_symbol_entry(const Builder *b, const CallCache *cc, uint32_t shape) {
  MethodCell *cell = mx_ops_cell(b->vm, b->act->code, mx_shape_at(b->vm, shape)->klass, cc->name);
  const MethodEntry *me = cell->me;
  if (!me) return (CallEntry){.cell = cell, .shape = shape, .callee = CALLEE_MISSING};
  bool visible = me->visibility == VIS_PUBLIC || cc->flags & OPF_FCALL;
  if (!visible || me->flags & METHOD_F_LIMITED) return (CallEntry){0};
  CallEntry entry = {.cell = cell, .shape = shape, .callee = CALLEE_INVOKE};
  const MethodCode *method = me->kind == METHOD_GUEST ? me->as.code : NULL;
  if (!method || !method->made || !method->made->stream) return entry;
  entry.callee = (uint8_t)mx_ops_callee(cc, &method->made->params);
  entry.code = method->made;
  entry.lex = method->lex;
  return entry;
}

const CallCache *mx_build_symbol_cache(Builder *b, Sym name, uint32_t argc, uint32_t flags,
                                       const TypeSet *receiver) {
  Arena *arena = &((Record *)(uintptr_t)b->rec)->arena;
  CallCache *cc = mx_arena_new(arena, CallCache);
  *cc = (CallCache){.name = name, .argc = argc, .flags = flags};
  uint32_t count = 0; // of entries: a cache has room for fewer shapes than are noted
  for (uint32_t i = receiver->shape_count; i-- > 0 && count < CALL_MAX_SHAPES;) { // newest first
    CallEntry entry = proc_symbol_entry(b, cc, receiver->shapes[i]);
    if (!entry.cell) continue;
    if (count == 1) cc->others = mx_arena_array(arena, CallEntry, CALL_MAX_SHAPES - 1);
    *(count > 0 ? &cc->others[count - 1] : &cc->entry) = entry;
    count++;
  }
  return cc;
}

bool mx_build_to_block(Builder *b, const Seen *seen) {
  const TypeSet *set = &seen->in[0];
  IrRef passed = mx_build_resolve(b, *mx_build_top(b, 0));
  bool constant = mx_ir_at(b->fn, passed)->op == IR_KVAL;
  if (constant && val_is_undef(mx_ir_word(b->fn, passed))) return true;
  if (constant && val_is_symbol(mx_ir_word(b->fn, passed)))
    return proc_of_symbol(b, mx_ir_word(b->fn, passed));
  uint32_t shape = b->vm->cls.Proc->instance_shape;
  bool one = set->kinds == SEEN_HEAP && set->shape_count == 1;
  if (one && set->shapes[0] == b->vm->cls.Method->instance_shape) return proc_of_method(b);
  if (mx_build_passed(b, *mx_build_top(b, 0)).known) return true;
  bool proc = one && set->shapes[0] == shape;
  if (proc) mx_build_as_shape(b, mx_build_top(b, 0), shape);
  return proc;
}

// ---- calls

static IrRef proc_field(Builder *b, IrRef proc, IrField field) {
  return mx_build_emit(b, IR_FIELD_LOAD, proc, IR_NONE, IR_NONE, field);
}

// Has a field of the Proc this content?
static IrRef proc_has(Builder *b, IrRef proc, IrField field, uint64_t word) {
  IrRef expected = mx_ir_const(b->fn, IR_KWORD, word);
  return mx_build_emit(b, IR_WEQ, proc_field(b, proc, field), expected, IR_NONE, 0);
}

// Leave unless a field of the Proc has this content.
static void proc_require(Builder *b, IrRef proc, IrField field, uint64_t word) {
  mx_build_guard(b, IR_GUARD_TRUE, proc_has(b, proc, field, word), IR_NONE, 0);
}

// A call of a Proc.
typedef struct ProcCall {
  uint32_t argc;          // values at the top
  uint32_t taken;         // likewise, and the Proc below if it lies there
  uint32_t flags;         // OPF_*
  const Seen *seen;       // of the call
  const BuildSend *other; // how any other Proc is called; NULL: the code leaves before it
} ProcCall;

// Call the Proc, whose code is that of a context.
static bool proc_call_body(Builder *b, IrRef proc, const RecordContext *cx, const ProcCall *call) {
  const TierFrame *frame = &cx->frame;
  proc_require(b, proc, IRF_PROC_LAMBDA, (frame->flags & FRAME_LAMBDA) != 0);
  proc_require(b, proc, IRF_PROC_LEX, (uint64_t)(uintptr_t)frame->lex);
  proc_require(b, proc, IRF_PROC_ME, (uint64_t)(uintptr_t)frame->me);
  if (!cx->has_block) proc_require(b, proc, IRF_PROC_HOME, 0);
  CallPlan plan = {.proc = proc, .block = {.known = !cx->has_block}};
  if (!mx_build_bind_block(b, cx, call->argc, call->flags, call->seen, &plan)) return false;
  if (b->block == IR_NO_BLOCK) return true;
  plan.taken = call->taken;
  plan.self = proc_field(b, proc, IRF_PROC_SELF);
  plan.outer = proc_field(b, proc, IRF_PROC_ENV);
  mx_build_inline(b, &plan);
  return true;
}

// The next context of a block in a list.
static const RecordContext *proc_next(const RecordContext *cx) {
  while (cx && !(cx->frame.flags & FRAME_BLOCK)) cx = cx->next;
  return cx;
}

// Call the Proc of a literal block whose activation is on the path.
static bool proc_call_made(Builder *b, const BuildProc *made, const ProcCall *call) {
  const Code *code = made->home->code->bodies[made->body];
  const RecordContext *cx = call->seen->callees;
  while (cx && cx->frame.code != code) cx = cx->next;
  CallPlan plan = {.home = made->home, .proc = made->proc, .block = made->home->block};
  if (!cx || !mx_build_bind_block(b, cx, call->argc, call->flags, call->seen, &plan)) return false;
  if (b->block == IR_NO_BLOCK) return true;
  plan.taken = call->taken;
  plan.self = made->home->self;
  mx_build_inline(b, &plan);
  return true;
}

// Call a Proc that is of one of the literals whose bodies were followed, from `cx` on, or another.
static bool proc_call_any(Builder *b, IrRef proc, const RecordContext *cx, const ProcCall *call) {
  if (!mx_build_see_envs(b)) return true;
  BuildArms arms = {0};
  for (const RecordContext *next; cx && b->block != IR_NO_BLOCK; cx = next) {
    next = proc_next(cx->next);
    proc = mx_build_resolve(b, proc);
    IrRef same = proc_has(b, proc, IRF_PROC_CODE, (uint64_t)(uintptr_t)cx->frame.code);
    bool more = next || call->other;
    if (more)
      mx_build_arm(b, &arms, same);
    else
      mx_build_guard(b, IR_GUARD_TRUE, same, IR_NONE, 0);
    if (!proc_call_body(b, proc, cx, call)) mx_build_unknown(b);
    if (more) mx_build_arm_end(b, &arms);
  }
  if (call->other && b->block != IR_NO_BLOCK && !mx_build_lookup(b, call->other, false))
    mx_build_unknown(b);
  mx_build_arms_join(b, &arms);
  return true;
}

bool mx_build_proc_call(Builder *b, const BuildSend *c) {
  ProcCall call = {c->argc, c->argc + 1, c->flags, &c->seen, c->seen.strange ? c : NULL};
  const RecordContext *cx = proc_next(c->seen.callees);
  IrRef proc = *mx_build_top(b, c->argc);
  const BuildProc *made = proc_made(b, proc);
  uint32_t count = 0;
  BuildArgs args;
  if (!mx_build_args(b, c->argc, c->flags, &args)) return false;
  if (made) return proc_call_made(b, made, &call);
  for (const RecordContext *at = cx; at; at = proc_next(at->next)) count++;
  BuildSend send = {.argc = c->argc, .flags = c->flags, .block = {.known = true}, .seen = c->seen};
  if (count == 0) return !c->seen.strange && mx_build_method_proc(b, &send);
  return count <= PROC_MAX_BODIES && proc_call_any(b, proc, cx, &call);
}

bool mx_build_proc_yield(Builder *b, uint32_t argc, uint32_t flags, const Seen *seen) {
  const ProcCall call = {argc, argc, flags, seen, NULL};
  const RecordContext *cx = proc_next(seen->callees);
  uint32_t count = 0;
  for (const RecordContext *at = cx; at; at = proc_next(at->next)) count++;
  return count > 0 && count <= PROC_MAX_BODIES && proc_call_any(b, b->act->block.proc, cx, &call);
}
