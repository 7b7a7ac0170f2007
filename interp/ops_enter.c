// SPDX-License-Identifier: MIT
// Entering bodies of the language: calls of every form push a frame and go on in the loop.
//
//   what is called + arguments on the stack -> frame with its arguments bound, or a result from C
//
// Arguments that end the stack and fit parameters in order become the first locals where they lie.
// All others are bound above them (bind.c). What cannot be a frame of this loop (C leaves, bodies
// without a stream) is called by the protocol in C.
#include "interp/ops.h"
#include "interp/program.h"
#include "interp/refine.h"
#include "interp/tier.h"
#include "interp/unwind.h"

// ---- frames

// Can the loop run the code?
static bool enter_ready(ExecCtx *ec, const Code *code) {
  return code->run == mx_dispatch_run &&
         (code->stream || mx_stream_prepare(ec, (Code *)(uintptr_t)code));
}

// How many arguments become locals where they lie; -1 when binding takes more than that.
static int64_t enter_given(const ExecCtx *ec, const Params *params, const CallArgs *args,
                           bool strict) {
  uint32_t argc = args->argc, max = params->pre + params->opt;
  if (!(params->flags & PARAMS_IN_ORDER) || params->required_keys || args->flags & CALL_KW ||
      args->argv + argc != ec->vsp)
    return -1;
  if (params->flags & PARAMS_PACKED && argc != 1) return -1;
  if (strict) return argc >= params->pre && argc <= max ? (int64_t)argc : -1;
  bool splats = argc == 1 && (max > 1 || params->flags & PARAMS_TRAILING);
  if (splats && val_is_heap(args->argv[0])) return -1;
  return argc < max ? argc : max;
}

// Fill in what a frame has beyond mx_ops_push.
static void enter_fill(Frame *fr, const Activation *a) {
  fr->self = a->self;
  fr->lex = a->lex;
  fr->me = a->me;
  fr->me_at = a->me_at;
  fr->block = a->block;
  fr->outer = a->outer;
  fr->own = a->own;
  fr->base = a->base;
  fr->flags = a->flags | (a->code->core ? (uint32_t)FRAME_CORE : 0u);
  if (MX_UNLIKELY(a->lex->refinements != NULL)) mx_stream_refine((Code *)(uintptr_t)a->code);
}

// Push the frame with `given` locals set at `locals`; NULL + SystemStackError.
static Frame *enter_push(ExecCtx *ec, const Activation *a, Value *locals, uint32_t given) {
  Frame *fr = mx_ops_push(ec, a->code, locals, given);
  if (MX_UNLIKELY(!fr)) {
    (void)mx_raise_stack_error(ec);
    return NULL;
  }
  enter_fill(fr, a);
  fr->leaf = ec->leaf;
  ec->leaf = NULL;
  ec->vsp = mx_frame_stack(fr);
  return fr;
}

// Mark the optional and keyword parameters from `first` on as not given, and make the &block.
static void enter_rest(ExecCtx *ec, Frame *fr, uint32_t first, const Block *block) {
  const Params *params = &fr->code->params;
  uint32_t end = params->pre + params->opt + params->keys;
  for (uint32_t i = first > params->pre ? first : params->pre; i < end; i++)
    fr->locals[i] = VAL_UNDEF;
  if (params->block_slot < 0) return;
  Value proc = mx_proc_from_block(ec, block);
  fr->locals[params->block_slot] = proc;
}

bool mx_ops_enter(ExecCtx *ec, const Activation *a, const CallArgs *args) {
  bool strict = !(a->flags & FRAME_BLOCK) || a->flags & FRAME_LAMBDA;
  int64_t given = enter_given(ec, &a->code->params, args, strict);
  if (given < 0) {
    Frame *fr = enter_push(ec, a, ec->vsp, 0);
    return fr && mx_bind_args(ec, fr, args, strict);
  }
  Frame *fr = enter_push(ec, a, ec->vsp - args->argc, (uint32_t)given);
  if (!fr) return false;
  enter_rest(ec, fr, (uint32_t)given, args->block);
  return true;
}

// ---- methods

// The frame of a method of the language whose body is made.
static Activation enter_method(Value self, MethodRef ref, const Block *block, Value *base) {
  const MethodCode *method = ref.me->as.code;
  return (Activation){.code = method->made,
                      .self = self,
                      .lex = method->lex,
                      .me = ref.me,
                      .me_at = ref.at,
                      .flags = FRAME_METHOD,
                      .block = block,
                      .base = base};
}

// The frame of what a resolved call found; `new` has put the object in the receiver's place.
static Activation enter_entry(const CallEntry *entry, const Block *block, Value *base) {
  bool is_new = entry->callee == CALLEE_NEW;
  const MethodCell *cell = is_new ? entry->init : entry->cell;
  return (Activation){.code = entry->code,
                      .self = *base,
                      .lex = entry->lex,
                      .me = cell->me,
                      .me_at = cell->at,
                      .flags = FRAME_METHOD | (is_new ? (uint32_t)FRAME_NEW : 0u),
                      .block = block,
                      .base = base};
}

// Let the next tier make a call whose arguments lie in order, when it is its time.
static Value enter_tier(ExecCtx *ec, const CallEntry *entry, const CallArgs *args, Value *base) {
  Code *code = (Code *)(uintptr_t)entry->code;
  const Tier *tier = mx_interp(ec->vm)->tier;
  if (!tier || entry->callee == CALLEE_NEW) return VAL_UNDEF;
  if (MX_LIKELY(code->calls > 1)) return code->calls--, VAL_UNDEF;
  bool last = args->argv == base + 1 && args->argv + args->argc == ec->vsp;
  if (!last || args->flags & CALL_KW || !mx_ops_in_order(&code->params, args->argc))
    return VAL_UNDEF;
  uint32_t placed = mx_params_placed(&code->params);
  for (uint32_t i = args->argc; i < placed; i++) base[1 + i] = VAL_UNDEF;
  return tier->enter(ec, (MethodRef){entry->cell->me, entry->cell->at}, args->block, base);
}

Value mx_ops_enter_entry(ExecCtx *ec, const CallEntry *entry, const CallArgs *args, Value *base) {
  Value entered = enter_tier(ec, entry, args, base);
  if (!val_is_undef(entered)) return entered;
  Activation a = enter_entry(entry, args->block, base);
  return mx_ops_enter(ec, &a, args) ? VAL_UNDEF : VAL_EXC;
}

// Push a frame and bind keywords by the entry's plan; the other arguments lie below them.
static bool enter_planned(ExecCtx *ec, const Activation *a, const CallEntry *entry,
                          const CallCache *cc, const Value *pairs) {
  CallArgs args = {.argv = pairs - (cc->argc - 1), .block = a->block, .argc = cc->argc - 1};
  Frame *fr = enter_push(ec, a, ec->vsp, 0);
  if (!fr) return false;
  mx_bind_keyed(ec, fr, &args, entry->plan, pairs);
  return true;
}

uint32_t mx_ops_place_keyed(const CallEntry *entry, const CallCache *cc, const Value *pairs) {
  const Params *params = &entry->code->params;
  if (entry->callee == CALLEE_NEW || !(params->flags & PARAMS_IN_ORDER) ||
      params->block_slot >= 0 || params->opt + params->keys > STREAM_STACK_SLACK)
    return 0;
  uint32_t argc = cc->argc - 1, placed = mx_params_placed(params);
  const KeyPlan *plan = entry->plan;
  Value *locals = (Value *)(uintptr_t)pairs - argc, values[STREAM_STACK_SLACK];
  for (uint32_t i = 0; i < plan->count; i++) values[i] = pairs[2 * i + 1];
  for (uint32_t i = argc; i < placed; i++) locals[i] = VAL_UNDEF;
  for (uint32_t i = 0; i < plan->count; i++) locals[plan->at[i].slot] = values[i];
  return placed;
}

bool mx_ops_enter_keyed(ExecCtx *ec, const CallEntry *entry, const CallCache *cc,
                        const Value *pairs, const Block *block) {
  Value *base = (Value *)(uintptr_t)pairs - cc->argc;
  if (entry->callee == CALLEE_NEW) *base = mx_ops_allocate(ec, entry->as.klass);
  Activation a = enter_entry(entry, block, base);
  return enter_planned(ec, &a, entry, cc, pairs);
}

bool mx_ops_enter_keyed_super(ExecCtx *ec, const CallEntry *entry, const CallCache *cc,
                              const Value *pairs, const Block *block) {
  Activation a = enter_entry(entry, block, (Value *)(uintptr_t)pairs - (cc->argc - 1));
  a.self = ec->frame->self;
  return enter_planned(ec, &a, entry, cc, pairs);
}

// Run a body as a frame, if the loop can; VAL_EXC without an exception: it cannot.
static Value enter_run(ExecCtx *ec, const Activation *a, const CallArgs *args) {
  if (MX_UNLIKELY(!enter_ready(ec, a->code))) return VAL_EXC;
  return mx_ops_enter(ec, a, args) ? VAL_UNDEF : VAL_EXC;
}

// The frame of a method that define_method made of a block.
static Activation enter_proc_method(Value self, MethodRef ref, const Block *block, Value *base) {
  return (Activation){.code = block->code,
                      .self = self,
                      .lex = block->lex,
                      .me = ref.me,
                      .me_at = ref.at,
                      .flags = FRAME_BLOCK | FRAME_LAMBDA | FRAME_PROC_METHOD,
                      .block = block->home_block,
                      .outer = block->env,
                      .own = block,
                      .base = base};
}

Value mx_ops_run(ExecCtx *ec, Value self, MethodRef ref, Sym name, const CallArgs *args,
                 Value *base) {
  MethodEntry *me = ref.me;
  Value result = VAL_EXC;
  if (me->kind == METHOD_CORE) ec->vm->up->load_core(ec, me);
  if (me->kind == METHOD_GUEST) {
    if (!mx_method_code(ec, me->as.code)) return VAL_EXC;
    Activation a = enter_method(self, ref, args->block, base);
    result = enter_run(ec, &a, args);
  } else if (me->kind == METHOD_PROC) {
    const Block *block = &VAL_CAST(Proc, me->as.proc)->block;
    Activation a = enter_proc_method(self, ref, block, base);
    if (block->kind == BLOCK_CODE) result = enter_run(ec, &a, args);
  }
  bool done = !val_is_exc(result) || ec->unwind != UNWIND_NONE;
  return done ? result : mx_invoke_method(ec, self, ref, name, args);
}

// ---- sends

Value mx_ops_send_to(ExecCtx *ec, const SendTo *to, const CallArgs *args, Value *base) {
  MethodRef ref = mx_invoke_find(ec, mx_class_of(ec->vm, to->receiver), to->name, to->lex);
  if (ref.me && mx_invoke_visible(ec, ref.me, args->flags))
    return mx_ops_run(ec, to->receiver, ref, to->name, args, base);
  Value result;
  if (!ref.me && mx_invoke_class_call(ec, to->name, args, to->lex, &result)) return result;
  CallArgs shifted = *args;
  if (!mx_invoke_missing_args(ec, to->receiver, to->name, &ref, &shifted)) return VAL_EXC;
  return mx_ops_run(ec, to->receiver, ref, SYM_method_missing, &shifted, base);
}

// ---- blocks

// The frame of a block with its own self.
static Activation enter_block(const Block *block, Value *base) {
  return (Activation){.code = block->code,
                      .self = block->self,
                      .lex = block->lex,
                      .me = block->me,
                      .me_at = block->me_at,
                      .flags = FRAME_BLOCK | (block->is_lambda ? (uint32_t)FRAME_LAMBDA : 0u),
                      .block = block->home_block,
                      .outer = block->env,
                      .own = block,
                      .base = base};
}

bool mx_ops_yield_fits(const KeyedYield *keyed) {
  const Params *params = &((const Code *)keyed->block->code)->params;
  return mx_bind_takes(params, keyed->pairs, keyed->count) &&
         (!keyed->block->is_lambda || mx_bind_arity_fits(params, keyed->argc));
}

bool mx_ops_enter_yield(ExecCtx *ec, const KeyedYield *keyed) {
  Value *argv = (Value *)(uintptr_t)keyed->pairs - keyed->argc;
  Activation a = enter_block(keyed->block, argv);
  Frame *fr = enter_push(ec, &a, ec->vsp, 0);
  if (!fr) return false;
  mx_bind_pairs(ec, fr, &(CallArgs){.argv = argv, .argc = keyed->argc}, keyed->pairs, keyed->count);
  return true;
}

Value mx_ops_run_block(ExecCtx *ec, const Block *block, const CallArgs *args, Value *base) {
  if (!block || block->kind == BLOCK_C) return mx_invoke_block(ec, block, args);
  CallArgs call = *args;
  if (block->kind == BLOCK_METHOD) {
    const MethodObj *m = VAL_CAST(MethodObj, block->value);
    call.flags |= CALL_SAFE;
    return mx_ops_run(ec, m->receiver, (MethodRef){m->me, m->at}, m->name, &call, base);
  }
  if (block->kind == BLOCK_SYMBOL) {
    if (args->argc == 0) return mx_invoke_block(ec, block, args);
    SendTo to = {args->argv[0], mx_invoke_symbol_lex(ec, block), val_to_sym(block->value)};
    call.argv++;
    call.argc--;
    call.flags &= CALL_KW;
    return mx_ops_send_to(ec, &to, &call, base);
  }
  Activation a = enter_block(block, base);
  Value result = enter_run(ec, &a, args);
  bool done = !val_is_exc(result) || ec->unwind != UNWIND_NONE;
  return done ? result : mx_invoke_block(ec, block, args);
}

Value mx_ops_run_block_self(ExecCtx *ec, const Block *block, Value self, ClassObj *target,
                            const CallArgs *args, Value *base) {
  Activation a = enter_block(block, base);
  a.self = self;
  a.lex = mx_invoke_self_lex(ec, block, self, target);
  a.flags |= FRAME_CLASS;
  Value result = enter_run(ec, &a, args);
  bool done = !val_is_exc(result) || ec->unwind != UNWIND_NONE;
  return done ? result : mx_invoke_block_self(ec, block, self, target, args);
}
