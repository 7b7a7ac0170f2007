// SPDX-License-Identifier: MIT
// The call protocol: look-up with refinements and visibility, method_missing, the kinds of
// methods, super. Blocks are in block_call.c, argument binding in bind.c.
#include "interp/invoke.h"
#include "runtime/array.h"
#include "runtime/builtin.h"
#include "runtime/hash.h"
#include "runtime/semantics.h"
#include "runtime/string.h"
#include "interp/program.h"
#include "interp/refine.h"
#include "interp/unwind.h"
#include "interp/watch.h"

// The class that a singleton class or its object's class is called protected methods by.
static bool invoke_protected_ok(ExecCtx *ec, const MethodEntry *me) {
  Frame *fr = mx_frame_guest(ec->frame);
  const ClassObj *owner = me->defined_in ? me->defined_in : me->owner;
  return fr && mx_is_a(ec->vm, fr->self, owner);
}

bool mx_invoke_visible(ExecCtx *ec, const MethodEntry *me, uint32_t flags) {
  if (me->visibility == VIS_PUBLIC || flags & (CALL_FCALL | CALL_SAFE)) return true;
  return me->visibility == VIS_PROTECTED && !(flags & CALL_PUBLIC) && invoke_protected_ok(ec, me);
}

bool mx_invoke_sees(const LexCtx *lex, const MethodEntry *me) {
  if (me->flags & METHOD_F_INTERNAL) return !lex || lex->dialect == DIALECT_CORE;
  return lex && (lex->dialect != DIALECT_RUBY || lex->flags & LEX_METOREX);
}

const LexCtx *mx_invoke_symbol_lex(ExecCtx *ec, const Block *block) {
  return block->lex ? block->lex : mx_interp(ec->vm)->top_lex[DIALECT_RUBY];
}

MethodRef mx_invoke_find(ExecCtx *ec, ClassObj *klass, Sym name, const LexCtx *lex) {
  if (lex && lex->refinements) {
    MethodRef refined = mx_refine_find(ec, lex->refinements, klass, name);
    if (refined.me) return refined;
  }
  MethodRef ref = mx_method_find(ec->vm, klass, name);
  if (lex && lex->dialect == DIALECT_CORE) return mx_library_find(ec->vm, klass, name, ref);
  if (MX_LIKELY(!ref.me || !(ref.me->flags & METHOD_F_LIMITED)) || mx_invoke_sees(lex, ref.me))
    return ref;
  return mx_method_find_super(ec->vm, klass, ref.at, name);
}

// Raise NoMethodError with the arguments of the call.
static Value invoke_no_method(ExecCtx *ec, Value receiver, Sym name, const CallArgs *args) {
  (void)mx_raise_no_method(ec, receiver, name, (int)args->flags);
  if (ec->unwind == UNWIND_RAISE && mx_is_a(ec->vm, ec->exc, ec->vm->cls.NoMethodError))
    mx_ivar_set_hidden(ec, ec->exc, SYM_iv_args, mx_array_from(ec, args->argc, args->argv));
  return VAL_EXC;
}

bool mx_invoke_missing_args(ExecCtx *ec, Value receiver, Sym name, MethodRef *ref, CallArgs *args) {
  *ref = mx_method_find(ec->vm, mx_class_of(ec->vm, receiver), SYM_method_missing);
  if (!ref->me || ref->me->kind == METHOD_BUILTIN) {
    (void)invoke_no_method(ec, receiver, name, args);
    return false;
  }
  Value *argv = ec->vsp;
  if ((size_t)(ec->vstack_end - argv) < args->argc + 1) {
    (void)mx_raise_stack_error(ec);
    return false;
  }
  ec->vsp += args->argc + 1;
  argv[0] = val_from_sym(name);
  for (uint32_t i = 0; i < args->argc; i++) argv[i + 1] = args->argv[i];
  args->argv = argv;
  args->argc++;
  ec->missing_flags = args->flags;
  return true;
}

// Call method_missing with the name in front; NoMethodError when it is the built-in one.
static Value invoke_missing(ExecCtx *ec, Value receiver, Sym name, const CallArgs *args) {
  Value *saved = ec->vsp;
  CallArgs shifted = *args;
  MethodRef ref;
  if (!mx_invoke_missing_args(ec, receiver, name, &ref, &shifted)) return VAL_EXC;
  Value result = mx_invoke_method(ec, receiver, ref, SYM_method_missing, &shifted);
  ec->vsp = saved;
  return result;
}

bool mx_invoke_class_call(ExecCtx *ec, Sym name, const CallArgs *args, const LexCtx *lex,
                          Value *result) {
  if (!lex || lex->dialect != DIALECT_METOREX || args->flags & CALL_VCALL ||
      !(args->flags & CALL_FCALL))
    return false;
  char first = mx_sym_text(&ec->vm->symtab, name)[0];
  if (first < 'A' || first > 'Z') return false;
  for (const LexCtx *at = lex; at; at = at->parent) {
    if (at->flags & LEX_NOT_CONST) continue;
    Value klass = mx_const_find(ec, at->module, name, !at->parent);
    if (val_is_undef(klass)) continue;
    if (!val_is_exc(klass) && !val_is_type(klass, T_CLASS)) return false;
    *result = val_is_exc(klass) ? klass : mx_invoke_send(ec, klass, SYM_new, args, lex);
    return true;
  }
  return false;
}

// How send, __send__ and public_send of the library call a method; 0 for other methods.
static uint32_t invoke_sends(const VM *vm, const MethodEntry *me) {
  if (!(me->flags & METHOD_F_CORE)) return 0;
  if (me->original_name == SYM___send__) return me->owner == vm->cls.BasicObject ? CALL_FCALL : 0;
  if (me->owner != vm->cls.Kernel) return 0;
  if (me->original_name == SYM_send) return CALL_FCALL;
  return me->original_name == SYM_public_send ? CALL_PUBLIC : 0;
}

// Can the call be made: is there a method, and may it be called like that?
static bool invoke_is_allowed(ExecCtx *ec, const TailCall *call) {
  return call->ref.me && mx_invoke_visible(ec, call->ref.me, call->args.flags);
}

// Make of a call of send or its kind the call that it makes, so that no frame of the library stays;
// false: raised.
static bool invoke_follow_send(ExecCtx *ec, const Frame *fr, TailCall *call) {
  while (invoke_is_allowed(ec, call)) {
    uint32_t how = invoke_sends(ec->vm, call->ref.me), keyed = call->args.flags & CALL_KW ? 1 : 0;
    if (how == 0 || call->args.argc <= keyed) return true;
    if (!mx_to_method_name(ec, *call->args.argv, &call->name)) return false;
    call->args.argv++;
    call->args.argc--;
    call->args.flags = (call->args.flags & CALL_KW) | how;
    call->ref = mx_invoke_find(ec, mx_class_of(ec->vm, call->receiver), call->name, fr->lex);
  }
  return true;
}

Value mx_invoke_tail(ExecCtx *ec, Frame *fr, Value receiver, Sym name, const CallArgs *args) {
  TailCall call = {.receiver = receiver, .name = name, .args = *args};
  call.ref = mx_invoke_find(ec, mx_class_of(ec->vm, receiver), name, fr->lex);
  if (!invoke_follow_send(ec, fr, &call)) return VAL_EXC;
  // What initialize answers is not what `new` does.
  bool guest = invoke_is_allowed(ec, &call) && call.ref.me->kind == METHOD_GUEST;
  if (!guest || fr->flags & FRAME_NEW) return mx_invoke_send(ec, receiver, name, args, fr->lex);
  ec->tail = call;
  return mx_unwind_start(ec, UNWIND_TAIL, VAL_NIL, fr);
}

Value mx_invoke_send(ExecCtx *ec, Value receiver, Sym name, const CallArgs *args,
                     const LexCtx *lex) {
  MethodRef ref = mx_invoke_find(ec, mx_class_of(ec->vm, receiver), name, lex);
  if (MX_LIKELY(ref.me && mx_invoke_visible(ec, ref.me, args->flags)))
    return mx_invoke_method(ec, receiver, ref, name, args);
  Value result;
  if (!ref.me && mx_invoke_class_call(ec, name, args, lex, &result)) return result;
  return invoke_missing(ec, receiver, name, args);
}

// End the activation of a method, whose frame is popped, with the value of its body; *tail is set
// when a tail call takes its place.
static Value invoke_ended(ExecCtx *ec, Frame *fr, Value result, bool *tail) {
  *tail = val_is_exc(result) && ec->unwind == UNWIND_TAIL && ec->unwind_target == fr;
  if (val_is_exc(result) && !*tail) result = mx_unwind_method(ec, fr);
  mx_frame_pop(ec, fr);
  return result;
}

// Run a method written in the language, once; *tail is set when a tail call takes its place.
static Value invoke_activation(ExecCtx *ec, Value receiver, MethodRef ref, const CallArgs *args,
                               bool *tail) {
  MethodCode *method = ref.me->as.code;
  Code *code = mx_method_code(ec, method);
  if (MX_UNLIKELY(!code)) return VAL_EXC;
  Value entered = mx_invoke_tier(ec, receiver, ref, args, code);
  if (!val_is_undef(entered)) return entered;
  uint32_t flags = FRAME_METHOD | (code->core ? FRAME_CORE : 0);
  Frame *fr = mx_frame_push(ec, code, receiver, method->lex, flags);
  if (!fr) return VAL_EXC;
  fr->block = args->block;
  fr->me = ref.me;
  fr->me_at = ref.at;
  Value result = mx_bind_args(ec, fr, args, true) ? code->run(ec, fr) : VAL_EXC;
  return invoke_ended(ec, fr, result, tail);
}

// Move a tail call's arguments down to where its caller's frame began.
static CallArgs invoke_tail_args(ExecCtx *ec, const TailCall *call) {
  CallArgs args = call->args;
  memmove(ec->vsp, args.argv, args.argc * sizeof(Value));
  args.argv = ec->vsp;
  ec->vsp += args.argc;
  return args;
}

// Run the tail calls that take the place of an activation that has ended.
static Value invoke_tails(ExecCtx *ec) {
  Value *saved = ec->vsp, result = VAL_EXC;
  bool tail = true;
  while (tail) {
    ec->vsp = saved;
    (void)mx_unwind_stop(ec);
    TailCall call = ec->tail;
    CallArgs moved = invoke_tail_args(ec, &call);
    tail = false;
    if (MX_UNLIKELY(ec->poll) && !mx_unwind_poll(ec)) break;
    result = call.ref.me->kind == METHOD_GUEST
                 ? invoke_activation(ec, call.receiver, call.ref, &moved, &tail)
                 : mx_invoke_method(ec, call.receiver, call.ref, call.name, &moved);
  }
  ec->vsp = saved;
  return result;
}

// Run a method written in the language, and the tail calls that take its place.
static Value invoke_guest(ExecCtx *ec, Value receiver, MethodRef ref, const CallArgs *args) {
  bool tail = false;
  Value result = invoke_activation(ec, receiver, ref, args, &tail);
  return MX_UNLIKELY(tail) ? invoke_tails(ec) : result;
}

Value mx_invoke_end(ExecCtx *ec, Frame *fr, Value result) {
  bool tail;
  result = invoke_ended(ec, fr, result, &tail);
  return MX_UNLIKELY(tail) ? invoke_tails(ec) : result;
}

// Run a C leaf. An empty keywords Hash is not an argument.
static Value invoke_builtin(ExecCtx *ec, Value receiver, const MethodEntry *me,
                            const CallArgs *args) {
  uint32_t argc = args->argc;
  if (args->flags & CALL_KW && argc > 0 && mx_hash_count(args->argv[argc - 1]) == 0) argc--;
  return mx_builtin_invoke(ec, me, receiver, (int)argc, args->argv);
}

// Read an attribute.
static Value invoke_attr_reader(ExecCtx *ec, Value receiver, const MethodEntry *me,
                                const CallArgs *args) {
  if (args->argc != 0) return mx_raise_arity(ec, (int)args->argc, 0, 0);
  return mx_ivar_get(ec, receiver, me->as.ivar);
}

// Write an attribute.
static Value invoke_attr_writer(ExecCtx *ec, Value receiver, const MethodEntry *me,
                                const CallArgs *args) {
  if (args->argc != 1) return mx_raise_arity(ec, (int)args->argc, 1, 1);
  return mx_ivar_set(ec, receiver, me->as.ivar, args->argv[0]) ? args->argv[0] : VAL_EXC;
}

// Go on behind an entry that only changes visibility.
static Value invoke_zsuper(ExecCtx *ec, Value receiver, MethodRef ref, Sym name,
                           const CallArgs *args) {
  MethodRef next =
      mx_method_find_super(ec->vm, mx_class_of(ec->vm, receiver), ref.at, ref.me->original_name);
  if (!next.me) return invoke_missing(ec, receiver, name, args);
  return mx_invoke_method(ec, receiver, next, name, args);
}

// Run a method by its kind.
static Value invoke_kind(ExecCtx *ec, Value receiver, MethodRef ref, Sym name,
                         const CallArgs *args) {
  MethodEntry *me = ref.me;
  switch ((MethodKind)me->kind) {
  case METHOD_GUEST: return invoke_guest(ec, receiver, ref, args);
  case METHOD_BUILTIN: return invoke_builtin(ec, receiver, me, args);
  case METHOD_CORE: ec->vm->up->load_core(ec, me); return invoke_guest(ec, receiver, ref, args);
  case METHOD_ATTR_READER: return invoke_attr_reader(ec, receiver, me, args);
  case METHOD_ATTR_WRITER: return invoke_attr_writer(ec, receiver, me, args);
  case METHOD_PROC: return mx_invoke_proc_method(ec, receiver, ref, args);
  case METHOD_ZSUPER: return invoke_zsuper(ec, receiver, ref, name, args);
  case METHOD_UNDEF: break;
  }
  MX_UNREACHABLE();
}

// Run a method while hooks are told of calls of C.
static Value invoke_told(ExecCtx *ec, Value receiver, MethodRef ref, Sym name,
                         const CallArgs *args) {
  if (!mx_watch_is_leaf(ec, ref.me)) return invoke_kind(ec, receiver, ref, name, args);
  if (!mx_watch_call(ec, receiver, ref.me)) return VAL_EXC;
  Value result = invoke_kind(ec, receiver, ref, name, args);
  return mx_watch_called(ec, receiver, ref.me, result);
}

Value mx_invoke_method(ExecCtx *ec, Value receiver, MethodRef ref, Sym name, const CallArgs *args) {
  if (MX_UNLIKELY(ec->poll) && !mx_unwind_poll(ec)) return VAL_EXC;
  if (mx_watch_wants(ec->vm, HOOK_C_CALL | HOOK_C_RETURN))
    return invoke_told(ec, receiver, ref, name, args);
  return invoke_kind(ec, receiver, ref, name, args);
}

// Where `super` goes on behind: an alias stands for the method in the module of its def. A block
// may run with another self, whose ancestors stand in another order. Behind an alias of what is
// none of them (of Object's methods, in a module of a BasicObject) there is nothing.
static uint32_t invoke_super_from(const Frame *fr, const ClassObj *klass) {
  const MethodEntry *me = fr->me;
  const ClassObj *home = me->defined_in ? me->defined_in : me->owner;
  if (fr->me_at < klass->mro.count && klass->mro.at[fr->me_at] == home) return fr->me_at;
  for (uint32_t at = 0; at < klass->mro.count; at++)
    if (klass->mro.at[at] == home) return at;
  return klass->mro.count;
}

// Is self of the class whose method calls super? False raised.
static bool invoke_super_fits(ExecCtx *ec, ClassObj *klass, ClassObj *owner) {
  if (mx_class_inherits(klass, owner)) return true;
  Value given = mx_class_path(ec, mx_class_real(klass)), wanted = mx_class_path(ec, owner);
  (void)mx_raise_type(ec, "self has wrong type to call super in this context: %s (expected %s)",
                      mx_str_bytes(given), mx_str_bytes(wanted));
  return false;
}

bool mx_invoke_super_place(ExecCtx *ec, const Frame *fr, ClassObj *klass, uint32_t *behind) {
  const MethodEntry *me = fr->me;
  if (!invoke_super_fits(ec, klass, me->owner)) return false;
  *behind = invoke_super_from(fr, klass);
  return true;
}

bool mx_invoke_find_super(ExecCtx *ec, const Frame *fr, MethodRef *found) {
  const MethodEntry *me = fr->me;
  ClassObj *klass = mx_class_of(ec->vm, fr->self);
  if (me->owner->flags & CLASS_REFINEMENT) {
    ClassObj *refined = VAL_CAST(ClassObj, mx_class_attached(me->owner));
    if (!invoke_super_fits(ec, klass, refined)) return false;
    *found = mx_refine_super(ec, refined, klass, me->original_name);
    return true;
  }
  uint32_t behind;
  if (!mx_invoke_super_place(ec, fr, klass, &behind)) return false;
  if (fr->lex->refinements) {
    *found = mx_refine_find_from(ec, fr->lex->refinements, klass, behind + 1, me->original_name);
    if (found->me) return true;
  }
  *found = mx_method_find_super(ec->vm, klass, behind, me->original_name);
  return true;
}

Value mx_invoke_super(ExecCtx *ec, Frame *fr, const CallArgs *args) {
  const MethodEntry *me = fr->me;
  if (!me) return mx_raise(ec, ec->vm->cls.NoMethodError, "super called outside of method");
  MethodRef ref;
  if (!mx_invoke_find_super(ec, fr, &ref)) return VAL_EXC;
  CallArgs call = *args;
  call.flags |= CALL_SUPER | CALL_SAFE;
  if (ref.me) return mx_invoke_method(ec, fr->self, ref, me->original_name, &call);
  return invoke_missing(ec, fr->self, me->original_name, &call);
}
