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

// Does the context see a method of the metorex dialect?
static bool send_sees(const Frame *fr, const MethodEntry *me) {
  return !(me->flags & METHOD_F_METOREX) || fr->lex->dialect != DIALECT_RUBY ||
         fr->lex->flags & LEX_METOREX;
}

// Is a method the library's own of this class and name?
static bool send_is_library(const MethodEntry *me, const ClassObj *owner, Sym name) {
  return me->owner == owner && me->original_name == name && me->flags & METHOD_F_CORE;
}

// Resolve a method of the language.
static void send_resolve_guest(ExecCtx *ec, const CallCache *cc, const MethodEntry *me,
                               CallEntry *entry) {
  MethodCode *method = me->as.code;
  Code *code = mx_method_code(ec, method);
  if (!code || code->run != mx_dispatch_run || !mx_stream_prepare(ec, code)) return;
  bool plain = code->params.flags & PARAMS_SIMPLE && cc->argc == code->params.pre &&
               !(cc->flags & (OPF_KW | OPF_SPLAT));
  entry->callee = plain ? CALLEE_GUEST : CALLEE_BIND;
  entry->code = code;
  entry->lex = method->lex;
}

// Resolve a C leaf.
static void send_resolve_leaf(const VM *vm, const CallCache *cc, const MethodEntry *me,
                              CallEntry *entry) {
  const BuiltinRow *row = me->as.row;
  int argc = (int)cc->argc;
  if (cc->flags & (OPF_KW | OPF_SPLAT) || row->max_args == BUILTIN_VARIADIC) return;
  if (me->original_name == SYM_EQQ && me->owner == vm->cls.Module && argc == 1) {
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
  const Shape *shape = ec->vm->shapes[val_header(receiver)->shape];
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

// Resolve `new` of a class of plain objects.
static void send_resolve_new(ExecCtx *ec, const CallCache *cc, Value receiver, CallEntry *entry) {
  ClassObj *klass = VAL_CAST(ClassObj, receiver);
  bool plain = !(klass->flags & (CLASS_SINGLETON | CLASS_ABSTRACT | CLASS_UNINITIALIZED)) &&
               klass->instance_type == T_OBJECT && klass->allocate == mx_class_allocate;
  if (!plain || cc->flags & OPF_SPLAT) return;
  MethodCell *init = mx_assume_method(ec->vm, klass, SYM_initialize);
  if (!init->me) return;
  if (init->me->kind == METHOD_CORE && !ec->vm->up->load_core(ec, init->me)) return;
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
  }
  entry->init = init;
  entry->as.klass = klass;
  entry->callee = CALLEE_NEW;
}

// Decide what a call of a method does for a receiver.
static void send_resolve_method(ExecCtx *ec, const CallCache *cc, const MethodEntry *me,
                                Value receiver, CallEntry *entry) {
  entry->callee = CALLEE_INVOKE;
  switch ((MethodKind)me->kind) {
  case METHOD_GUEST:
    if (send_is_library(me, ec->vm->cls.Class, SYM_new) && val_is_type(receiver, T_CLASS))
      send_resolve_new(ec, cc, receiver, entry);
    else if (send_is_library(me, ec->vm->cls.Proc, SYM_call) && !(cc->flags & OPF_SPLAT))
      entry->callee = CALLEE_PROC;
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
static uint32_t send_shape(VM *vm, Value v) {
  return val_is_heap(v) ? val_header(v)->shape : mx_class_of(vm, v)->instance_shape;
}

const CallEntry *mx_ops_resolve(ExecCtx *ec, Frame *fr, CallCache *cc, Value receiver) {
  if (MX_UNLIKELY(fr->code->refined)) return NULL;
  uint32_t shape = send_shape(ec->vm, receiver);
  const CallEntry *known = send_known(cc, shape);
  if (known) return known;
  MethodCell *cell = mx_assume_method(ec->vm, mx_class_of(ec->vm, receiver), cc->name);
  MethodEntry *me = cell->me;
  if (!me || !send_visible(me, cc->flags) || !send_sees(fr, me)) return NULL;
  if (me->kind == METHOD_CORE && !ec->vm->up->load_core(ec, me)) return NULL;
  CallEntry entry = {.cell = cell, .shape = shape};
  send_resolve_method(ec, cc, me, receiver, &entry);
  if (ec->unwind != UNWIND_NONE) return NULL;
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
  return mx_invoke_send(ec, sp[-1 - (int64_t)cc->argc], cc->name, &args, fr->lex);
}

Value mx_ops_invoke(ExecCtx *ec, const CallCache *cc, const CallEntry *entry, Value *sp,
                    const Block *block) {
  CallArgs args = send_args(cc, sp, block);
  MethodRef ref = {entry->cell->me, entry->cell->at};
  return mx_invoke_method(ec, sp[-1 - (int64_t)cc->argc], ref, cc->name, &args);
}

// Spread [array] or [array hash], which lie below sp, behind sp; false + SystemStackError.
static bool send_spread(ExecCtx *ec, uint32_t argc, uint32_t flags, Value *sp, CallArgs *args) {
  Value array = sp[-(int64_t)argc], keywords = argc == 2 ? sp[-1] : VAL_NIL;
  uint32_t len = mx_array_len(array);
  if ((size_t)(ec->vstack_end - sp) <= len + STREAM_STACK_SLACK) {
    (void)mx_raise_value(ec, ec->vm->stack_error);
    return false;
  }
  mx_array_copy_out(ec, array, sp);
  args->argv = sp;
  args->argc = len;
  args->flags = flags & OPF_CALL_MASK & ~(uint32_t)OPF_KW;
  if (!val_is_nil(keywords) && mx_hash_count(keywords) > 0) {
    sp[args->argc++] = keywords;
    args->flags |= CALL_KW;
  } else if (flags & OPF_RUBY2 && len > 0 && val_is_hash(sp[len - 1]) &&
             val_header(sp[len - 1])->flags & FL_HASH_RUBY2_KW) {
    sp[len - 1] = mx_hash_dup(ec, sp[len - 1]);
    args->flags |= CALL_KW;
  }
  ec->vsp = sp + args->argc;
  return true;
}

Value mx_ops_send_spread(ExecCtx *ec, Frame *fr, const CallCache *cc, Value *sp,
                         const Block *block) {
  CallArgs args = {.block = block};
  if (!send_spread(ec, cc->argc, cc->flags, sp, &args)) return VAL_EXC;
  Value result = mx_invoke_send(ec, sp[-1 - (int64_t)cc->argc], cc->name, &args, fr->lex);
  ec->vsp = sp;
  return result;
}

Value mx_ops_super(ExecCtx *ec, Frame *fr, const CallCache *cc, Value *sp, const Block *block) {
  CallArgs args = {.block = block};
  if (!(cc->flags & OPF_SPLAT))
    args = send_args(cc, sp, block);
  else if (!send_spread(ec, cc->argc, cc->flags, sp, &args))
    return VAL_EXC;
  Value result = mx_invoke_super(ec, fr, &args);
  ec->vsp = sp;
  return result;
}

Value mx_ops_tail_call(ExecCtx *ec, Frame *fr, const CallCache *cc, Value *sp) {
  CallArgs args = {0};
  if (!(cc->flags & OPF_SPLAT))
    args = send_args(cc, sp, NULL);
  else if (!send_spread(ec, cc->argc, cc->flags, sp, &args))
    return VAL_EXC;
  return mx_invoke_tail(ec, fr, sp[-1 - (int64_t)cc->argc], cc->name, &args);
}

Value mx_ops_yield(ExecCtx *ec, Frame *fr, uint32_t argc, uint32_t flags, Value *sp) {
  CallArgs args = {.argv = sp - argc, .argc = argc, .flags = flags & OPF_CALL_MASK};
  if (flags & OPF_SPLAT && !send_spread(ec, argc, flags, sp, &args)) return VAL_EXC;
  if (!(flags & OPF_SPLAT) && flags & OPF_KW && mx_hash_count(sp[-1]) == 0) {
    args.argc--;
    args.flags = 0;
  }
  Value result = mx_invoke_block(ec, fr->block, &args);
  ec->vsp = sp;
  return result;
}

const MethodEntry *mx_ops_symbol_method(ExecCtx *ec, const Block *block, Value receiver,
                                        uint32_t *at) {
  if (!block || block->kind != BLOCK_SYMBOL || (block->lex && block->lex->refinements)) return NULL;
  MethodRef ref = mx_method_find(ec->vm, mx_class_of(ec->vm, receiver), val_to_sym(block->value));
  *at = ref.at;
  if (!ref.me || ref.me->kind != METHOD_GUEST || ref.me->visibility != VIS_PUBLIC ||
      ref.me->flags & METHOD_F_METOREX)
    return NULL;
  const Code *code = ((const MethodCode *)ref.me->as.code)->made;
  bool plain = code && code->stream && code->params.flags & PARAMS_SIMPLE && code->params.pre == 0;
  return plain ? ref.me : NULL;
}

Value mx_ops_primitive(ExecCtx *ec, const CallCache *cc, Value *sp) {
  if (!cc->row)
    return mx_raise_name(ec, "unknown primitive %s", mx_sym_text(&ec->vm->symtab, cc->name));
  return mx_builtin_call(ec, cc->row, VAL_NIL, (int)cc->argc, sp - cc->argc);
}

Value mx_ops_allocate(ExecCtx *ec, ClassObj *klass) { return mx_object_new(ec, klass); }

// ---- blocks

// Fill in a literal block that stands in fr.
static void send_block_init(ExecCtx *ec, Frame *fr, uint32_t body, Block *block) {
  Code *code = mx_stream_body(ec, fr->code, body);
  if (MX_UNLIKELY(fr->code->refined)) mx_stream_refine(code);
  *block = (Block){.kind = BLOCK_CODE,
                   .code = code,
                   .env = mx_frame_env(ec, fr),
                   .self = fr->self,
                   .lex = fr->lex,
                   .me = fr->me,
                   .me_at = fr->me_at,
                   .home_block = fr->block};
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

const Block *mx_ops_passed(Value proc) {
  return val_is_nil(proc) ? NULL : &VAL_CAST(Proc, proc)->block;
}

Value mx_ops_lambda(ExecCtx *ec, Frame *fr, uint32_t body) {
  Block block;
  send_block_init(ec, fr, body, &block);
  block.is_lambda = true;
  return mx_proc_from_block(ec, &block);
}

Value mx_ops_to_block(ExecCtx *ec, Frame *fr, Value v) {
  if (val_is_nil(v) || val_is_type(v, T_PROC)) return v;
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
  if (val_is_symbol(v) && block->kind == BLOCK_SYMBOL)
    VAL_CAST(Proc, block->proc)->block.lex = fr->lex;
  return block->proc;
}

// ---- implicit super

// Slots of the method activation around fr; *code is the method's code.
static Value *super_locals(Frame *fr, const Code **code) {
  const Code *at = fr->code;
  Value *slots = fr->locals;
  Env *env = fr->outer;
  while (at->kind != CODE_METHOD && env) {
    const Code *outer = at->parent ? at->parent : at->unit->outer;
    if (!outer) break;
    at = outer;
    slots = env->slots;
    env = env->parent;
  }
  *code = at;
  return slots;
}

// Add the current value of one parameter.
static bool super_add(ExecCtx *ec, const ParamSpec *p, const Value *slots, Value out[2]) {
  switch ((ParamKind)p->kind) {
  case PARAM_REQ:
  case PARAM_OPT: mx_array_push(ec, out[0], slots[p->slot]); return true;
  case PARAM_FORWARD:
    mx_array_concat(ec, out[0], slots[p->slot]);
    return mx_hash_merge(ec, out[1], slots[p->slot + 1]);
  case PARAM_REST:
    if (p->slot == SCOPE_NO_SLOT) return true;
    Value list = mx_splat(ec, slots[p->slot]);
    if (val_is_exc(list)) return false;
    mx_array_concat(ec, out[0], list);
    return true;
  case PARAM_KEY:
  case PARAM_KEYREQ: return mx_hash_set(ec, out[1], val_from_sym(p->name), slots[p->slot]);
  case PARAM_KEYREST: return p->slot == SCOPE_NO_SLOT || mx_hash_merge(ec, out[1], slots[p->slot]);
  default: return true;
  }
}

// Is fr inside a method made by define_method?
static bool super_in_proc_method(const Frame *fr) {
  const Frame *at = fr;
  while (at && !(at->flags & (FRAME_METHOD | FRAME_PROC_METHOD)) && at->outer)
    at = at->outer->frame;
  return at && at->flags & FRAME_PROC_METHOD;
}

bool mx_ops_super_args(ExecCtx *ec, Frame *fr, Value out[2]) {
  if (super_in_proc_method(fr)) {
    (void)mx_raise(ec, ec->vm->cls.RuntimeError,
                   "implicit argument passing of super from method defined by define_method() is "
                   "not supported. Specify all arguments explicitly.");
    return false;
  }
  const Code *code;
  const Value *slots = super_locals(fr, &code);
  out[0] = mx_array_new(ec, code->params.count);
  out[1] = mx_hash_new(ec);
  // **rest comes first, as in Ruby: the keywords of their own go behind it.
  for (int rest = 1; rest >= 0; rest--)
    for (uint16_t i = 0; i < code->params.count; i++) {
      const ParamSpec *p = &code->params.list[i];
      if ((p->kind == PARAM_KEYREST) == rest && !super_add(ec, p, slots, out)) return false;
    }
  return true;
}
