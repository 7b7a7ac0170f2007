// SPDX-License-Identifier: MIT
// Building what raises where its rescue clause is in the region: a jump, with the exception as a
// value.
//
// What `raise` raises is made by C, with its cause and its backtrace: while that is captured, the
// frames are seen as they are during a call (build_out.c). So they are when a call raises, or a C
// leaf; what it gives is looked at, and the exception taken from the context. Then the handlers of
// the activations that are built in place are searched from the innermost one outwards, as the
// interpreter would search them: which ones cover the instruction is known. Those that put $! back
// do; a rescue clause is gone on at, and the activations inside are over. An ensure clause on the
// way would have to run with something pending, and an activation that is there when the region is
// entered cannot end in it: such a `raise` is not built, and of calls the interpreter goes on with
// what is unwinding. So it is with all while --profile counts what activations did not come
// to, and where the clause was not seen to run.
#include "runtime/semantics.h"
#include "interp/program.h"
#include "jit/record/build.h"
#include "jit/record/op_calls.h"

// ---- where it lands

typedef struct RaiseLanding {
  BuildFrame *act;       // activation whose handler takes it
  const Handler *rescue; // the handler
  bool ran;              // code of the program ran since the instruction began
} RaiseLanding;

// Does a handler cover the instruction that an activation executes?
static bool raise_covers(const BuildFrame *act, const Handler *h) {
  return act->pc >= h->start && act->pc < h->end;
}

// The rescue clause of an activation that takes what its instruction raises; NULL: none does.
// *ensures: an ensure clause comes first.
static const Handler *raise_handler(const BuildFrame *act, bool *ensures) {
  const Chunk *chunk = act->code->chunk;
  for (uint32_t i = 0; i < chunk->handler_count; i++) {
    const Handler *h = &chunk->handlers[i];
    bool takes = h->kind == HANDLER_RESCUE || h->kind == HANDLER_ENSURE;
    if (!takes || !raise_covers(act, h)) continue;
    *ensures = h->kind == HANDLER_ENSURE;
    return h;
  }
  return NULL;
}

// Find where what the instruction raises lands; false when that is not in the region.
static bool raise_finds(Builder *b, RaiseLanding *out) {
  for (BuildFrame *act = b->act; act; act = act->caller) {
    bool ensures = false;
    const Handler *h = raise_handler(act, &ensures);
    if (h) {
      *out = (RaiseLanding){act, h, false};
      return !ensures && mx_build_is_reached(act, h->target);
    }
    if (act->is_entry) return false;
  }
  return false;
}

bool mx_build_is_rescued(Builder *b) {
  RaiseLanding at;
  return !mx_profile_counts(b->vm) && raise_finds(b, &at);
}

// $! becomes a value.
static void raise_set_error(Builder *b, IrRef value) {
  IrRef error = mx_build_val(b, value);
  BuildCall call = {(RtFn)mx_call_set_error, 0, RTE_WRITES_FIELD, NULL};
  mx_build_c_call(b, &call, 1, &error);
}

// Put $! back as the handlers in front of the landing say; the activations inside are over.
static void raise_unwind(Builder *b, const RaiseLanding *at) {
  for (BuildFrame *act = b->act;; act = act->caller) {
    const Chunk *chunk = act->code->chunk;
    // The activations inside may be of the same method: the clause that takes it ends none of them.
    const Handler *end = act == at->act ? at->rescue : chunk->handlers + chunk->handler_count;
    for (const Handler *h = chunk->handlers; h < end; h++) {
      if (h->kind == HANDLER_RESTORE && raise_covers(act, h))
        raise_set_error(b, b->state.at[act->operands + h->depth]);
    }
    if (act == at->act) return;
    act->body->lands = true;
  }
}

// Go on at the rescue clause with an exception. What the program's code has broken is seen there.
static void raise_land(Builder *b, const RaiseLanding *at, IrRef exception) {
  raise_unwind(b, at);
  BuildFrame *inner = b->act, before = *at->act;
  b->act = at->act;
  b->state.count = b->act->operands + at->rescue->depth;
  mx_build_done(b, 0, exception);
  b->act->pc = at->rescue->target;
  b->snap = SNAP_NONE;
  if (at->ran) mx_build_guard(b, IR_GUARD_VALID, IR_NONE, IR_NONE, 0);
  mx_build_go(b, at->rescue->target);
  at->act->pc = before.pc;
  at->act->counted = before.counted;
  b->act = inner;
  b->snap = SNAP_NONE;
}

// ---- raise

// Rely on a method of a class being the library's, in the language.
static bool raise_relies(Builder *b, ClassObj *klass, Sym name, const ClassObj *owner) {
  const MethodCell *cell = mx_assume_method(b->vm, klass, name);
  const MethodEntry *me = cell->me;
  bool library = me && (me->kind == METHOD_CORE || me->flags & METHOD_F_CORE);
  if (!library || (owner && me->owner != owner)) return false;
  mx_build_assume(b, cell);
  return true;
}

static bool raise_is_exception(const Builder *b, const ClassObj *klass) {
  for (; klass; klass = klass->super)
    if (klass == b->vm->cls.Exception) return true;
  return false;
}

// Make the object and call the initialize of the program's that its class has, with what lies above
// the class as arguments; IR_NONE: that cannot be called.
static IrRef raise_initialized(Builder *b, ClassObj *klass, uint32_t argc) {
  MethodCell *cell = mx_assume_method(b->vm, klass, SYM_initialize);
  const MethodCode *method = cell->me && cell->me->kind == METHOD_GUEST ? cell->me->as.code : NULL;
  Code *code = method ? method->made : NULL;
  IrRef object;
  if (!code || !code->stream || !mx_build_can_call(code) || !mx_build_see_envs(b)) return IR_NONE;
  mx_build_snap(b);
  if (!mx_build_new_object(b, klass, &object)) return IR_NONE;
  mx_build_assume(b, cell);
  CallCache *cc = mx_arena_new(b->kept, CallCache);
  *cc = (CallCache){.name = SYM_initialize, .argc = argc, .flags = OPF_FCALL};
  CallEntry *entry = mx_arena_new(b->kept, CallEntry);
  *entry = (CallEntry){.cell = cell,
                       .shape = klass->instance_shape,
                       .callee = CALLEE_GUEST,
                       .code = code,
                       .lex = method->lex};
  IrRef *place = mx_build_top(b, argc), of = *place;
  *place = object;
  IrRef value = mx_build_call_value(
      b, entry, &(BuildOut){.cc = cc, .argc = argc, .flags = cc->flags, .looks = true});
  *place = of;
  return value ? object : IR_NONE;
}

// A new exception of a constant class, with so many values above that; IR_NONE: it is not known
// how.
static IrRef raise_new(Builder *b, ClassObj *klass, uint32_t argc, bool *ran) {
  bool plain = klass->allocate && !(klass->flags & (CLASS_SINGLETON | CLASS_ABSTRACT));
  if (!plain || !raise_is_exception(b, klass)) return IR_NONE;
  if (!raise_relies(b, mx_class_of(b->vm, val_from_ptr(klass)), SYM_exception, NULL))
    return IR_NONE;
  *ran = !raise_relies(b, klass, SYM_initialize, b->vm->cls.Exception);
  if (*ran) return raise_initialized(b, klass, argc);
  IrRef of = *mx_build_top(b, argc);
  IrRef message = argc > 0 ? *mx_build_top(b, 0) : mx_ir_const(b->fn, IR_KVAL, VAL_NIL);
  IrRef refs[] = {mx_build_val(b, of), mx_build_val(b, message)};
  BuildCall call = {(RtFn)mx_call_exception, 1, RTE_COLLECTS | RTE_WRITES_IVAR, NULL};
  return mx_build_c_call(b, &call, 2, refs);
}

// A RuntimeError with a text.
static IrRef raise_text(Builder *b, IrRef text) {
  IrRef klass = mx_ir_const(b->fn, IR_KOBJ, val_from_ptr(b->vm->cls.RuntimeError));
  IrRef refs[] = {mx_build_val(b, klass), mx_build_val(b, text)};
  BuildCall call = {(RtFn)mx_call_exception, 1, RTE_COLLECTS | RTE_WRITES_IVAR, NULL};
  return mx_build_c_call(b, &call, 2, refs);
}

// The shape of the only argument: known, or seen and guarded; 0 for neither.
static uint32_t raise_shape(Builder *b, const TypeSet *seen) {
  IrRef *what = mx_build_top(b, 0);
  uint32_t shape = mx_build_shape(b, *what);
  bool one = seen->kinds == SEEN_HEAP && seen->shape_count == 1 && !seen->boxed && !seen->many;
  if (shape || !one) return shape;
  mx_build_as_shape(b, what, seen->shapes[0]);
  return seen->shapes[0];
}

// What `raise` raises for its arguments at the top of the state; IR_NONE: it is not known. *ran:
// code of the program ran.
static IrRef raise_made(Builder *b, uint32_t argc, const Seen *seen, bool *ran) {
  IrRef what = mx_build_resolve(b, *mx_build_top(b, argc - 1));
  const IrIns *ins = mx_ir_at(b->fn, what);
  if (ins->op == IR_KOBJ || ins->op == IR_KVAL) {
    Value v = mx_ir_word(b->fn, what);
    return val_is_type(v, T_CLASS) ? raise_new(b, VAL_CAST(ClassObj, v), argc - 1, ran) : IR_NONE;
  }
  uint32_t shape = argc == 1 ? raise_shape(b, &seen->in[0]) : 0;
  what = mx_build_resolve(b, *mx_build_top(b, argc - 1));
  if (b->block == IR_NO_BLOCK) return IR_NONE;
  ClassObj *klass = shape ? mx_shape_at(b->vm, shape)->klass : NULL;
  if (klass == b->vm->cls.String) return raise_text(b, what);
  bool plain = klass && raise_is_exception(b, klass);
  return plain && raise_relies(b, klass, SYM_exception, b->vm->cls.Exception) ? what : IR_NONE;
}

bool mx_build_raise(Builder *b, uint32_t argc, const Seen *seen) {
  RaiseLanding at;
  if (argc == 0 || argc > 2 || !mx_build_is_rescued(b) || !raise_finds(b, &at)) return false;
  IrRef exception = raise_made(b, argc, seen, &at.ran);
  if (!exception) return b->block == IR_NO_BLOCK;
  mx_build_show_frames(b);
  IrRef value = mx_build_val(b, exception);
  BuildCall call = {(RtFn)mx_call_raised, 0, RTE_COLLECTS | RTE_WRITES, NULL};
  mx_build_c_call(b, &call, 1, &value);
  raise_land(b, &at, value);
  return true;
}

// ---- what calls raise

IrRef mx_build_returned(Builder *b, SnapId under_way, IrRef value) {
  RaiseLanding at;
  IrIns returned = {.op = IR_RETURNED, .a = {value}, .snap = under_way};
  if (!mx_build_is_rescued(b) || !raise_finds(b, &at))
    return mx_ir_emit(b->fn, b->block, &returned);
  at.ran = true;
  BuildArms arms = {0};
  IrRef exc = mx_ir_const(b->fn, IR_KVAL, VAL_EXC);
  b->snap = under_way;
  mx_build_arm(b, &arms, mx_build_emit(b, IR_SAME, value, exc, IR_NONE, 0));
  BuildCall call = {(RtFn)mx_call_caught, 0, RTE_WRITES_FIELD, NULL};
  returned.a[0] = mx_build_c_call(b, &call, 1, &value);
  raise_land(b, &at, mx_ir_emit(b->fn, b->block, &returned));
  mx_build_arm_end(b, &arms);
  vec_free(&arms.ends);
  return value;
}

// ---- rescue clauses

static bool raise_enter(Builder *b) {
  IrRef exception = *mx_build_top(b, 0), nil = mx_ir_const(b->fn, IR_KVAL, VAL_NIL);
  BuildCall call = {(RtFn)mx_call_error, 0, RTE_NONE, NULL};
  IrRef before = mx_build_c_call(b, &call, 1, &nil);
  raise_set_error(b, exception);
  mx_build_done(b, 1, before);
  mx_build_done(b, 0, exception);
  return true;
}

// Is the exception, `depth` below the top, a kind of the class?
static IrRef raise_is_a(Builder *b, uint32_t depth, IrRef klass) {
  IrRef refs[] = {mx_build_val(b, *mx_build_top(b, depth)), mx_build_val(b, klass)};
  BuildCall call = {(RtFn)mx_call_is_a, 1, RTE_NONE, NULL};
  return mx_build_truth(b, mx_build_c_call(b, &call, 2, refs));
}

// [exception class] -> [exception, whether the class takes it]
static bool raise_matches(Builder *b) {
  IrRef klass = mx_build_resolve(b, *mx_build_top(b, 0));
  IrOp op = (IrOp)mx_ir_at(b->fn, klass)->op;
  Value v = op == IR_KOBJ || op == IR_KVAL ? mx_ir_word(b->fn, klass) : VAL_NIL;
  if (!val_is_class_or_module(v) || b->act->code->refined) return false;
  if (!b->act->code->core) {
    const MethodCell *cell = mx_assume_method(b->vm, mx_class_of(b->vm, v), SYM_EQQ);
    if (!mx_method_is_module_eqq(b->vm, cell->me)) return false;
    mx_build_assume(b, cell);
  }
  mx_build_done(b, 1, raise_is_a(b, 1, klass));
  return true;
}

static bool raise_matches_standard(Builder *b) {
  IrRef klass = mx_ir_const(b->fn, IR_KOBJ, val_from_ptr(b->vm->cls.StandardError));
  mx_build_done(b, 0, raise_is_a(b, 0, klass));
  return true;
}

// [old $!, exception, value] -> [value]
static bool raise_leave(Builder *b) {
  raise_set_error(b, *mx_build_top(b, 2));
  IrRef value = *mx_build_top(b, 0);
  mx_build_done(b, 3, value);
  return true;
}

// [old $!, exception]: no clause takes it.
static bool raise_again(Builder *b) {
  RaiseLanding at;
  if (mx_profile_counts(b->vm) || !raise_finds(b, &at)) return false;
  IrRef exception = mx_build_val(b, *mx_build_top(b, 0));
  raise_set_error(b, *mx_build_top(b, 1));
  raise_land(b, &at, exception);
  return true;
}

// `break`, `next`, `redo` and `retry` inside the activation, out of clauses: $! as before, then a
// jump. Not built when an ensure clause is passed.
static bool raise_jump(Builder *b, const Instruction *in) {
  const Chunk *chunk = b->act->code->chunk;
  uint32_t target = in->operands[0];
  IrRef value = in->op == OP_BREAK ? *mx_build_top(b, 0) : IR_NONE;
  for (uint32_t i = 0; i < chunk->handler_count; i++)
    if (chunk->handlers[i].kind == HANDLER_ENSURE &&
        mx_handler_is_left(chunk, &chunk->handlers[i], b->act->pc, target))
      return false;
  for (uint32_t i = 0; i < chunk->handler_count; i++) {
    const Handler *h = &chunk->handlers[i];
    if (h->kind == HANDLER_RESTORE && mx_handler_is_left(chunk, h, b->act->pc, target))
      raise_set_error(b, b->state.at[b->act->operands + h->depth]);
  }
  b->state.count = b->act->operands + in->operands[1];
  mx_build_done(b, 0, value);
  mx_build_go(b, target);
  return true;
}

static bool raise_restore(Builder *b, uint32_t depth) {
  raise_set_error(b, b->state.at[b->act->operands + depth]);
  return true;
}

bool mx_build_rescue_op(Builder *b, const Instruction *in) {
  switch (in->op) {
  case OP_ENTER_RESCUE: return raise_enter(b);
  case OP_RESCUE: return raise_matches(b);
  case OP_RESCUE_STANDARD: return raise_matches_standard(b);
  case OP_LEAVE_RESCUE: return raise_leave(b);
  case OP_RERAISE: return raise_again(b);
  case OP_BREAK:
  case OP_CONTINUE: return !mx_profile_counts(b->vm) && raise_jump(b, in);
  case OP_RESTORE_ERROR: return raise_restore(b, in->operands[0]);
  default: return false;
  }
}
