// SPDX-License-Identifier: MIT
// Calls beyond the fast paths: resolving call caches, splats, super, yield, blocks.
#include "runtime/array.h"
#include "runtime/assume.h"
#include "runtime/builtin.h"
#include "runtime/hash.h"
#include "runtime/semantics.h"
#include "interp/ops.h"
#include "interp/refine.h"
#include "interp/unwind.h"

// ---- call caches

// Does the context see a method, which may be one of the metorex dialect, or the library's own?
static bool send_sees(const Frame *fr, const MethodEntry *me) {
  return MX_LIKELY(!(me->flags & METHOD_F_LIMITED)) || mx_invoke_sees(fr->lex, me);
}

bool mx_ops_in_order(const Params *params, uint32_t argc) {
  return params->flags & PARAMS_IN_ORDER && params->required_keys == 0 && argc >= params->pre &&
         argc <= (uint32_t)params->pre + params->opt &&
         params->opt + params->keys <= STREAM_STACK_SLACK;
}

Callee mx_ops_callee(const CallCache *cc, const Params *params) {
  if (cc->flags & (OPF_KW | OPF_SPLAT)) return CALLEE_BIND;
  if (params->flags & PARAMS_SIMPLE && cc->argc == params->pre) return CALLEE_GUEST;
  bool in_order = mx_ops_in_order(params, cc->argc) && params->block_slot < 0;
  return in_order ? CALLEE_IN_ORDER : CALLEE_BIND;
}

// Resolve a method of the language.
static void send_resolve_guest(ExecCtx *ec, const CallCache *cc, const MethodEntry *me,
                               CallEntry *entry) {
  MethodCode *method = me->as.code;
  Code *code = mx_method_code(ec, method);
  if (!code || code->run != mx_dispatch_run || !mx_stream_prepare(ec, code)) return;
  entry->callee = (uint8_t)mx_ops_callee(cc, &code->params);
  entry->code = code;
  entry->lex = method->lex;
}

// Resolve a C leaf.
static void send_resolve_leaf(const VM *vm, const CallCache *cc, const MethodEntry *me,
                              CallEntry *entry) {
  const BuiltinRow *row = me->as.row;
  int argc = (int)cc->argc;
  if (cc->flags & (OPF_KW | OPF_SPLAT) || row->max_args == BUILTIN_VARIADIC) return;
  if (argc == 1 && mx_method_is_module_eqq(vm, me)) {
    entry->callee = CALLEE_IS_A;
    return;
  }
  if (argc < row->min_args || argc > row->max_args) return;
  entry->callee = CALLEE_LEAF;
  entry->params = (uint8_t)row->max_args;
  entry->as.fn = row->fn;
  entry->runs_guest = true;
}

// Resolve an attribute of a plain object with the variable in an inline slot.
static void send_resolve_attr(ExecCtx *ec, const CallCache *cc, const MethodEntry *me,
                              Value receiver, CallEntry *entry) {
  bool writes = me->kind == METHOD_ATTR_WRITER;
  if (cc->argc != writes || cc->flags & (OPF_KW | OPF_SPLAT) || !val_is_type(receiver, T_OBJECT))
    return;
  const Shape *shape = mx_shape_at(ec->vm, val_header(receiver)->shape);
  uint32_t index;
  FieldRep rep;
  if (shape->layout->dictionary || (writes && shape->flags & SHAPE_FROZEN) ||
      !mx_layout_find(ec->vm, shape->layout, me->as.ivar, &index, &rep) ||
      index >= shape->inline_cap)
    return;
  bool value = rep == FIELD_REP_VALUE;
  if (writes)
    entry->callee = value ? CALLEE_ATTR_SET : CALLEE_ATTR_SET_DOUBLE;
  else
    entry->callee = value ? CALLEE_ATTR_VALUE : CALLEE_ATTR_DOUBLE;
  entry->as.slot = (uint32_t)(offsetof(Object, slots) + index * sizeof(Value));
}

// How many instance variables a body stores, of those whose names are among its first constants.
static uint32_t send_stored_ivars(const Chunk *chunk) {
  uint64_t names = 0;
  Instruction in;
  for (uint32_t pc = 0; pc < chunk->code_len; pc += in.size) {
    if (!mx_op_decode(chunk->code, chunk->code_len, pc, &in)) break;
    if (in.op == OP_STORE_IVAR && in.operands[0] < 64) names |= (uint64_t)1 << in.operands[0];
  }
  return (uint32_t)__builtin_popcountll(names);
}

bool mx_ops_makes_plain(const ClassObj *klass) {
  return !(klass->flags & (CLASS_SINGLETON | CLASS_ABSTRACT | CLASS_UNINITIALIZED)) &&
         klass->instance_type == T_OBJECT && klass->allocate == mx_class_allocate;
}

void mx_ops_resolve_new(ExecCtx *ec, const CallCache *cc, Value receiver, CallEntry *entry) {
  ClassObj *klass = VAL_CAST(ClassObj, receiver);
  if (!mx_ops_makes_plain(klass)) return;
  MethodCell *init = mx_assume_method(ec->vm, klass, SYM_initialize);
  if (!init->me) return;
  uint32_t fields = klass->flags & CLASS_KEPT ? 0 : 1;
  if (init->me->kind == METHOD_CORE) ec->vm->up->load_core(ec, init->me);
  if (init->me->kind == METHOD_BUILTIN) {
    if (init->me->owner != ec->vm->cls.BasicObject || cc->argc > 0) return;
  } else {
    if (init->me->kind != METHOD_GUEST) return;
    CallEntry called = {0};
    send_resolve_guest(ec, cc, init->me, &called);
    if (!called.code) return;
    entry->code = called.code;
    entry->lex = called.lex;
    entry->plain_init = called.callee == CALLEE_GUEST;
    // Once an instance has variables, the class learns from those; a site that sees many classes
    // comes here at every call.
    if (!klass->root_layout->children) fields += send_stored_ivars(called.code->chunk);
  }
  mx_ivar_expect(klass, fields);
  entry->init = init;
  entry->as.klass = klass;
  entry->callee = CALLEE_NEW;
}

Callee mx_ops_library_callee(const VM *vm, const MethodEntry *me) {
  if (!(me->flags & METHOD_F_CORE)) return CALLEE_INVOKE;
  switch (me->original_name) {
  case SYM_new: return me->owner == vm->cls.Class ? CALLEE_NEW : CALLEE_INVOKE;
  case SYM_call:
    if (me->owner == vm->cls.Proc) return CALLEE_PROC;
    return me->owner == vm->cls.Method ? CALLEE_METHOD : CALLEE_INVOKE;
  case SYM_bind_call: return me->owner == vm->cls.UnboundMethod ? CALLEE_BIND_CALL : CALLEE_INVOKE;
  case SYM_raise: return me->owner == vm->cls.Kernel ? CALLEE_RAISE : CALLEE_INVOKE;
  case SYM_send: return me->owner == vm->cls.Kernel ? CALLEE_SEND : CALLEE_INVOKE;
  case SYM___send__: return me->owner == vm->cls.BasicObject ? CALLEE_SEND : CALLEE_INVOKE;
  case SYM_public_send: return me->owner == vm->cls.Kernel ? CALLEE_PUBLIC_SEND : CALLEE_INVOKE;
  case SYM_instance_eval: return me->owner == vm->cls.BasicObject ? CALLEE_EVAL : CALLEE_INVOKE;
  case SYM_instance_exec: return me->owner == vm->cls.BasicObject ? CALLEE_EXEC : CALLEE_INVOKE;
  case SYM_class_eval: return me->owner == vm->cls.Module ? CALLEE_EVAL : CALLEE_INVOKE;
  case SYM_class_exec: return me->owner == vm->cls.Module ? CALLEE_EXEC : CALLEE_INVOKE;
  default: return CALLEE_INVOKE;
  }
}

// Decide what a call of a method does for a receiver.
static void send_resolve_method(ExecCtx *ec, const CallCache *cc, const MethodEntry *me,
                                Value receiver, CallEntry *entry) {
  entry->callee = CALLEE_INVOKE;
  switch ((MethodKind)me->kind) {
  case METHOD_GUEST:
    entry->callee = (uint8_t)mx_ops_library_callee(ec->vm, me);
    if (entry->callee == CALLEE_NEW) {
      entry->callee = CALLEE_INVOKE;
      if (val_is_type(receiver, T_CLASS)) mx_ops_resolve_new(ec, cc, receiver, entry);
    }
    if (entry->callee == CALLEE_INVOKE) send_resolve_guest(ec, cc, me, entry);
    break;
  case METHOD_BUILTIN: send_resolve_leaf(ec->vm, cc, me, entry); break;
  case METHOD_ATTR_READER:
  case METHOD_ATTR_WRITER: send_resolve_attr(ec, cc, me, receiver, entry); break;
  default: break;
  }
}

// An entry that is still good for a shape, or NULL.
static const CallEntry *send_known(const CallCache *cc, uint32_t shape) {
  if (cc->entry.shape == shape && cc->entry.cell->valid) return &cc->entry;
  for (uint32_t i = 0; cc->others && i < CALL_MAX_SHAPES - 1; i++)
    if (cc->others[i].shape == shape && cc->others[i].cell->valid) return &cc->others[i];
  return NULL;
}

// Enter what was found; the newest takes the first place, the others move up.
static const CallEntry *send_enter(CallCache *cc, const CallEntry *entry) {
  if (cc->entry.shape && cc->entry.cell->valid) {
    if (!cc->others) cc->others = mx_gc_alloc_words(sizeof(CallEntry) * (CALL_MAX_SHAPES - 1));
    memmove(cc->others + 1, cc->others, sizeof(CallEntry) * (CALL_MAX_SHAPES - 2));
    cc->others[0] = cc->entry;
  }
  cc->entry = *entry;
  return &cc->entry;
}

// May the caller call the method?
static bool send_visible(const MethodEntry *me, uint32_t flags) {
  return me->visibility == VIS_PUBLIC || flags & OPF_FCALL;
}

// Shape by which calls on a value are cached; that of its class's instances for immediates.
uint32_t mx_ops_shape(VM *vm, Value v) {
  return val_is_heap(v) ? val_header(v)->shape : mx_class_of(vm, v)->instance_shape;
}

// Note how the keywords of the call, a Hash at the top of the stack, are bound by position.
static void send_plan(const ExecCtx *ec, const CallCache *cc, CallEntry *entry) {
  if (!entry->code || (cc->flags & (OPF_KW | OPF_SPLAT)) != OPF_KW) return;
  entry->plan = mx_bind_plan(&entry->code->params, ec->vsp[-1], cc->argc - 1);
}

// Are the keywords at `pairs` those of an entry's plan?
static bool send_plan_fits(const CallEntry *entry, const Value *pairs, uint32_t count) {
  if (!entry->plan || entry->plan->count != count) return false;
  for (uint32_t i = 0; i < count; i++)
    if (pairs[2 * i] != val_from_sym(entry->plan->at[i].name)) return false;
  return true;
}

const CallEntry *mx_ops_keyed(VM *vm, const CallCache *cc, const Value *pairs, uint32_t count) {
  const CallEntry *entry = send_known(cc, mx_ops_shape(vm, pairs[-(int64_t)cc->argc]));
  if (!entry || (entry->callee == CALLEE_NEW && !entry->init->valid)) return NULL;
  return send_plan_fits(entry, pairs, count) ? entry : NULL;
}

MethodCell *mx_ops_cell(VM *vm, const Code *code, ClassObj *klass, Sym name) {
  return code->core ? mx_assume_core_call(vm, klass, name) : mx_assume_method(vm, klass, name);
}

const CallEntry *mx_ops_resolve(ExecCtx *ec, Frame *fr, CallCache *cc, Value receiver) {
  if (MX_UNLIKELY(fr->code->refined)) return NULL;
  uint32_t shape = mx_ops_shape(ec->vm, receiver);
  const CallEntry *known = send_known(cc, shape);
  if (known) return known;
  MethodCell *cell = mx_ops_cell(ec->vm, fr->code, mx_class_of(ec->vm, receiver), cc->name);
  MethodEntry *me = cell->me;
  if (!me) return send_enter(cc, &(CallEntry){cell, .shape = shape, .callee = CALLEE_MISSING});
  if (!send_visible(me, cc->flags) || !send_sees(fr, me)) return NULL;
  if (me->kind == METHOD_CORE) ec->vm->up->load_core(ec, me);
  CallEntry entry = {.cell = cell, .shape = shape};
  send_resolve_method(ec, cc, me, receiver, &entry);
  if (ec->unwind != UNWIND_NONE) return NULL;
  send_plan(ec, cc, &entry);
  return send_enter(cc, &entry);
}

// ---- the call protocol

// Arguments as they lie below sp; an empty keywords Hash is not one.
static CallArgs send_args(const CallCache *cc, Value *sp, const Block *block) {
  CallArgs args = {
      .argv = sp - cc->argc, .argc = cc->argc, .flags = cc->flags & OPF_CALL_MASK, .block = block};
  if (args.flags & CALL_KW && mx_hash_count(sp[-1]) == 0) {
    args.flags &= ~(uint32_t)CALL_KW;
    args.argc--;
  }
  return args;
}

Value mx_ops_send(ExecCtx *ec, Frame *fr, const CallCache *cc, Value *sp, const Block *block) {
  if (ec->unwind != UNWIND_NONE) return VAL_EXC;
  CallArgs args = send_args(cc, sp, block);
  Value *base = sp - 1 - (int64_t)cc->argc;
  return mx_ops_send_to(ec, &(SendTo){*base, fr->lex, cc->name}, &args, base);
}

// Run the method that a call was resolved to.
static Value send_run(ExecCtx *ec, const CallEntry *entry, const CallArgs *args, Value *base) {
  MethodEntry *me = entry->cell->me;
  return mx_ops_run(ec, *base, (MethodRef){me, entry->cell->at}, me->name, args, base);
}

// What send(:name, ...) asks for; the name is not an argument of what it calls.
static SendTo send_named(const ExecCtx *ec, Value receiver, CallArgs *args, uint32_t flags) {
  const Frame *guest = mx_frame_guest(ec->frame);
  SendTo to = {receiver, guest ? guest->lex : NULL, val_to_sym(args->argv[0])};
  args->argv++;
  args->argc--;
  args->flags = (args->flags & CALL_KW) | flags;
  return to;
}

bool mx_ops_fits_below(const VM *vm, const MethodEntry *me) {
  if (!me) return false;
  switch ((MethodKind)me->kind) {
  case METHOD_GUEST:
  case METHOD_PROC: return true;
  case METHOD_BUILTIN:
  case METHOD_ATTR_READER:
  case METHOD_ATTR_WRITER: return !vm->hooked;
  case METHOD_CORE:
  case METHOD_ZSUPER:
  case METHOD_UNDEF: break;
  }
  return false;
}

// Run a method of C in a frame of the resolved one, whose line hides its own, as if that had run.
static Value send_leaf_below(ExecCtx *ec, const MethodCell *cell, const SendTo *to, MethodRef ref,
                             const CallArgs *args) {
  MethodCode *method = cell->me->as.code;
  Code *code = mx_method_code(ec, method);
  if (!code) return VAL_EXC;
  Frame *fr = mx_frame_push(ec, code, to->receiver, method->lex, FRAME_METHOD | FRAME_CORE);
  if (!fr) return VAL_EXC;
  fr->me = cell->me;
  fr->me_at = cell->at;
  Value result = mx_invoke_method(ec, to->receiver, ref, to->name, args);
  mx_frame_pop(ec, fr);
  return result;
}

Value mx_ops_invoke_below(ExecCtx *ec, const MethodCell *cell, const SendTo *to, MethodRef ref,
                          const CallArgs *args) {
  if (ref.me->kind != METHOD_GUEST && ref.me->kind != METHOD_PROC)
    return send_leaf_below(ec, cell, to, ref, args);
  ec->leaf = cell->me;
  Value result = mx_invoke_method(ec, to->receiver, ref, to->name, args);
  ec->leaf = NULL;
  return result;
}

// Run a method so that the resolved one has a line in backtraces as what called it.
static Value send_below(ExecCtx *ec, const CallEntry *entry, const SendTo *to, MethodRef ref,
                        const CallArgs *args, Value *base) {
  if (ref.me->kind != METHOD_GUEST && ref.me->kind != METHOD_PROC)
    return send_leaf_below(ec, entry->cell, to, ref, args);
  ec->leaf = entry->cell->me;
  Value result = mx_ops_run(ec, to->receiver, ref, to->name, args, base);
  ec->leaf = NULL;
  return result;
}

// Method#call.
static Value send_method_object(ExecCtx *ec, const CallEntry *entry, CallArgs args, Value *base) {
  const MethodObj *m = VAL_CAST(MethodObj, *base);
  if (!mx_ops_fits_below(ec->vm, m->me)) return send_run(ec, entry, &args, base);
  args.flags = (args.flags & CALL_KW) | CALL_SAFE;
  SendTo to = {.receiver = m->receiver, .name = m->name};
  return send_below(ec, entry, &to, (MethodRef){m->me, m->at}, &args, base);
}

// UnboundMethod#bind_call of an object that has the method's owner among its ancestors.
static Value send_bound(ExecCtx *ec, const CallEntry *entry, CallArgs args, Value *base) {
  const MethodObj *m = VAL_CAST(MethodObj, *base);
  uint32_t keyed = args.flags & CALL_KW ? 1 : 0, at = 0;
  if (args.argc <= keyed || !mx_ops_fits_below(ec->vm, m->me))
    return send_run(ec, entry, &args, base);
  const ClassObj *klass = mx_class_of(ec->vm, args.argv[0]);
  while (at < klass->mro.count && klass->mro.at[at] != m->me->owner) at++;
  if (at == klass->mro.count) return send_run(ec, entry, &args, base);
  SendTo to = {.receiver = args.argv[0], .name = m->name};
  args.argv++;
  args.argc--;
  args.flags = (args.flags & CALL_KW) | CALL_SAFE;
  return send_below(ec, entry, &to, (MethodRef){m->me, at}, &args, base);
}

// public_send.
static Value send_public(ExecCtx *ec, const CallEntry *entry, const CallArgs *args, Value *base) {
  CallArgs call = *args;
  SendTo to = send_named(ec, *base, &call, CALL_PUBLIC);
  MethodRef ref = mx_invoke_find(ec, mx_class_of(ec->vm, *base), to.name, to.lex);
  if (!mx_ops_fits_below(ec->vm, ref.me) || !mx_invoke_visible(ec, ref.me, CALL_PUBLIC))
    return send_run(ec, entry, args, base);
  return send_below(ec, entry, &to, ref, &call, base);
}

// Can a block of instance_eval and its kin be run here? Text is evaluated by the library.
static bool send_evals_block(const CallEntry *entry, const CallArgs *args) {
  bool plain = entry->callee == CALLEE_EXEC || args->argc == 0;
  return plain && args->block && args->block->kind == BLOCK_CODE;
}

// instance_eval, instance_exec, class_eval and class_exec of a block.
static Value send_eval(ExecCtx *ec, const CallEntry *entry, const CallArgs *args, Value *base) {
  const MethodEntry *me = entry->cell->me;
  ClassObj *target = me->owner == ec->vm->cls.Module ? VAL_CAST(ClassObj, *base) : NULL;
  CallArgs call = {.argv = args->argv, .argc = args->argc, .flags = args->flags & CALL_KW};
  if (entry->callee == CALLEE_EVAL) call = (CallArgs){.argv = base, .argc = 1};
  ec->leaf = me;
  Value result = mx_ops_run_block_self(ec, args->block, *base, target, &call, base);
  ec->leaf = NULL;
  return result;
}

// Is what is raised made without an initialize of the library's own but Exception's? Kernel#raise,
// which shows in no backtrace, hides what such a one raises.
static bool send_raises_plainly(VM *vm, const CallArgs *args) {
  if (args->argc == 0 || !val_is_type(args->argv[0], T_CLASS)) return true;
  ClassObj *klass = VAL_CAST(ClassObj, args->argv[0]);
  const MethodEntry *init = mx_method_find(vm, klass, SYM_initialize).me;
  bool library = init && (init->kind != METHOD_GUEST || init->flags & METHOD_F_CORE);
  return !library || init->owner == vm->cls.Exception;
}

// Kernel#raise with a class or object and a message at most.
static Value send_raise(ExecCtx *ec, const CallArgs *args) {
  Value error = mx_raise_exception(ec, args->argc, args->argv);
  return val_is_exc(error) ? error : mx_raise_value(ec, error);
}

// Make a resolved call whose arguments may be any number; the receiver lies at base.
static Value send_entry(ExecCtx *ec, Frame *fr, const CallCache *cc, const CallEntry *entry,
                        const CallArgs *args, Value *base) {
  switch ((Callee)entry->callee) {
  case CALLEE_NEW:
    if (!entry->init->valid) break;
    if (!entry->code && args->argc > 0) break;
    *base = mx_ops_allocate(ec, entry->as.klass);
    if (!entry->code) return *base;
    return mx_ops_enter_entry(ec, entry, args, base);
  case CALLEE_PROC: {
    CallArgs call = *args;
    call.flags &= CALL_KW;
    return mx_ops_run_block(ec, &VAL_CAST(Proc, *base)->block, &call, base);
  }
  case CALLEE_RAISE:
    if (args->flags & CALL_KW || args->argc > 2 || !send_raises_plainly(ec->vm, args)) break;
    return send_raise(ec, args);
  case CALLEE_BIND_CALL: return send_bound(ec, entry, *args, base);
  case CALLEE_METHOD: return send_method_object(ec, entry, *args, base);
  case CALLEE_PUBLIC_SEND:
    if (args->argc == 0 || !val_is_symbol(args->argv[0])) break;
    return send_public(ec, entry, args, base);
  case CALLEE_EVAL:
  case CALLEE_EXEC:
    if (!send_evals_block(entry, args)) break;
    return send_eval(ec, entry, args, base);
  case CALLEE_SEND: {
    if (args->argc == 0 || !val_is_symbol(args->argv[0])) break;
    CallArgs call = *args;
    SendTo to = send_named(ec, *base, &call, CALL_FCALL);
    return mx_ops_send_to(ec, &to, &call, base);
  }
  case CALLEE_MISSING: return mx_ops_send_to(ec, &(SendTo){*base, fr->lex, cc->name}, args, base);
  default: break;
  }
  return send_run(ec, entry, args, base);
}

Value mx_ops_invoke(ExecCtx *ec, Frame *fr, const CallCache *cc, const CallEntry *entry, Value *sp,
                    const Block *block) {
  CallArgs args = send_args(cc, sp, block);
  return send_entry(ec, fr, cc, entry, &args, sp - 1 - (int64_t)cc->argc);
}

bool mx_ops_spread_args(ExecCtx *ec, uint32_t argc, uint32_t flags, Value *sp, CallArgs *args) {
  Value keywords = flags & OPF_KW ? *--sp : VAL_NIL;
  Value array = *--sp;
  uint32_t len = mx_array_len(array), plain = argc - 1 - (flags & OPF_KW ? 1 : 0);
  if ((size_t)(ec->vstack_end - sp) <= len + STREAM_STACK_SLACK) {
    (void)mx_raise_stack_error(ec);
    return false;
  }
  ec->vsp = sp + len; // the collector sees Floats as they are made
  mx_array_copy_out(ec, array, sp);
  sp += len;
  args->argv = sp - len - plain;
  args->flags = flags & OPF_CALL_MASK & ~(uint32_t)OPF_KW;
  if (!val_is_nil(keywords) && mx_hash_count(keywords) > 0) {
    *sp++ = keywords;
    args->flags |= CALL_KW;
  } else if (flags & OPF_RUBY2 && len > 0 && val_is_hash(sp[-1]) &&
             val_header(sp[-1])->flags & FL_HASH_RUBY2_KW) {
    sp[-1] = mx_hash_dup(ec, sp[-1]);
    args->flags |= CALL_KW;
  }
  args->argc = (uint32_t)(sp - args->argv);
  ec->vsp = sp;
  return true;
}

Value mx_ops_send_spread(ExecCtx *ec, Frame *fr, CallCache *cc, Value *sp, const Block *block) {
  CallArgs args = {.block = block};
  Value *base = sp - 1 - (int64_t)cc->argc;
  if (!mx_ops_spread_args(ec, cc->argc, cc->flags, sp, &args)) return VAL_EXC;
  bool told = ec->vm->hooked && !fr->code->core; // the protocol tells of each call
  const CallEntry *entry = told ? NULL : mx_ops_resolve(ec, fr, cc, *base);
  if (entry) return send_entry(ec, fr, cc, entry, &args, base);
  if (ec->unwind != UNWIND_NONE) return VAL_EXC;
  return mx_ops_send_to(ec, &(SendTo){*base, fr->lex, cc->name}, &args, base);
}

// ---- super

// The entry of what super found for the frame's self, or NULL.
static const CallEntry *send_super_known(VM *vm, const Frame *fr, const CallCache *cc) {
  const CallEntry *known = cc->from == fr->me ? send_known(cc, mx_ops_shape(vm, fr->self)) : NULL;
  return known && known->as.at == fr->me_at ? known : NULL;
}

const CallEntry *mx_ops_keyed_super(VM *vm, const Frame *fr, const CallCache *cc,
                                    const Value *pairs, uint32_t count) {
  const CallEntry *entry = send_super_known(vm, fr, cc);
  return entry && send_plan_fits(entry, pairs, count) ? entry : NULL;
}

// The cell of what super finds for the frame's self; NULL when the protocol must see the call, or
// when an exception is pending.
static const MethodCell *send_super_cell(ExecCtx *ec, Frame *fr, CallCache *cc) {
  const MethodEntry *me = fr->me;
  if (!me || me->owner->flags & CLASS_REFINEMENT || fr->lex->refinements) return NULL;
  if (cc->from != me) {
    cc->from = me;
    cc->entry = (CallEntry){0};
    cc->others = NULL;
  }
  const CallEntry *known = send_super_known(ec->vm, fr, cc);
  if (known) return known->cell;
  ClassObj *klass = mx_class_of(ec->vm, fr->self);
  uint32_t behind;
  if (!mx_invoke_super_place(ec, fr, klass, &behind)) return NULL;
  CallEntry entry = {.cell = mx_assume_super(ec->vm, klass, me->original_name, behind),
                     .shape = mx_ops_shape(ec->vm, fr->self),
                     .as.at = fr->me_at};
  if (entry.cell->me && entry.cell->me->kind == METHOD_GUEST)
    send_resolve_guest(ec, cc, entry.cell->me, &entry);
  if (ec->unwind != UNWIND_NONE) return NULL;
  send_plan(ec, cc, &entry);
  return send_enter(cc, &entry)->cell;
}

Value mx_ops_super(ExecCtx *ec, Frame *fr, CallCache *cc, Value *sp, const Block *block) {
  CallArgs args = {.block = block};
  if (!(cc->flags & OPF_SPLAT))
    args = send_args(cc, sp, block);
  else if (!mx_ops_spread_args(ec, cc->argc, cc->flags, sp, &args))
    return VAL_EXC;
  const MethodCell *cell = send_super_cell(ec, fr, cc);
  if (!cell || !cell->me)
    return ec->unwind == UNWIND_NONE ? mx_invoke_super(ec, fr, &args) : VAL_EXC;
  args.flags |= CALL_SUPER | CALL_SAFE;
  return mx_ops_run(ec, fr->self, (MethodRef){cell->me, cell->at}, fr->me->original_name, &args,
                    sp - cc->argc);
}

Value mx_ops_tail_call(ExecCtx *ec, Frame *fr, const CallCache *cc, Value *sp, const Block *block) {
  CallArgs args = {.block = block};
  if (!(cc->flags & OPF_SPLAT))
    args = send_args(cc, sp, block);
  else if (!mx_ops_spread_args(ec, cc->argc, cc->flags, sp, &args))
    return VAL_EXC;
  return mx_invoke_tail(ec, fr, sp[-1 - (int64_t)cc->argc], cc->name, &args);
}

bool mx_ops_yielded(ExecCtx *ec, uint32_t argc, uint32_t flags, Value *sp, CallArgs *out) {
  *out = (CallArgs){.argv = sp - argc, .argc = argc, .flags = flags & OPF_CALL_MASK};
  if (flags & OPF_SPLAT) return mx_ops_spread_args(ec, argc, flags, sp, out);
  if (flags & OPF_KW && mx_hash_count(sp[-1]) == 0) {
    out->argc--;
    out->flags = 0;
  }
  return true;
}

Value mx_ops_yield(ExecCtx *ec, Frame *fr, uint32_t argc, uint32_t flags, Value *sp) {
  CallArgs args;
  if (!mx_ops_yielded(ec, argc, flags, sp, &args)) return VAL_EXC;
  return mx_ops_run_block(ec, fr->block, &args, sp - argc);
}

Value mx_ops_allocate(ExecCtx *ec, ClassObj *klass) { return mx_object_new(ec, klass); }

// ---- blocks

void mx_ops_block_init(ExecCtx *ec, Frame *fr, Code *code, Block *block) {
  *block = (Block){.kind = BLOCK_CODE,
                   .code = code,
                   .env = mx_frame_env(ec, fr),
                   .self = fr->self,
                   .lex = fr->lex,
                   .me = fr->me,
                   .me_at = fr->me_at,
                   .home_block = fr->block};
}

// Fill in a literal block whose code is a nested body.
static void send_block_init(ExecCtx *ec, Frame *fr, uint32_t body, Block *block) {
  Code *code = mx_stream_body(ec, fr->code, body);
  if (MX_UNLIKELY(fr->code->refined)) mx_stream_refine(code);
  mx_ops_block_init(ec, fr, code, block);
}

const Block *mx_ops_block(ExecCtx *ec, Frame *fr, uint32_t body) {
  Block *block = &mx_frame_blocks(fr)->block;
  // Only the code differs from one call of a frame to the next, unless a Proc was made of it.
  bool again = fr->env && block->code && block->lex == fr->lex && val_is_nil(block->proc) &&
               !fr->code->refined && fr->code->bodies[body];
  if (again)
    block->code = fr->code->bodies[body];
  else
    send_block_init(ec, fr, body, block);
  block->site = fr->call_serial = ++ec->vm->call_serial;
  return block;
}

const Block *mx_ops_passed(const Frame *fr, Value proc) {
  if (MX_UNLIKELY(val_is_undef(proc))) return fr->block;
  return val_is_nil(proc) ? NULL : &VAL_CAST(Proc, proc)->block;
}

Value mx_ops_lambda(ExecCtx *ec, Frame *fr, uint32_t body) {
  Block block;
  send_block_init(ec, fr, body, &block);
  block.is_lambda = true;
  return mx_proc_from_block(ec, &block);
}

Value mx_ops_to_block(ExecCtx *ec, Frame *fr, Value v) {
  if (val_is_nil(v) || val_is_type(v, T_PROC) || val_is_undef(v)) return v;
  if (fr->lex->refinements) {
    MethodRef ref = mx_refine_find(ec, fr->lex->refinements, mx_class_of(ec->vm, v), SYM_to_proc);
    CallArgs none = mx_args(0, NULL);
    Value symbol = v;
    if (ref.me) v = mx_invoke_method(ec, symbol, ref, SYM_to_proc, &none);
    if (val_is_exc(v)) return v;
  }
  const Block *block;
  if (!mx_block_from_value(ec, v, &block)) return VAL_EXC;
  if (!block) return VAL_NIL;
  bool own = val_is_symbol(v) && block->kind == BLOCK_SYMBOL && !mx_lex_is_plain(fr->lex);
  return own ? mx_proc_of_symbol_at(ec, v, fr->lex) : block->proc;
}
