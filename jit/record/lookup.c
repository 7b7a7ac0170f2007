// SPDX-License-Identifier: MIT
#include "jit/record/lookup.h"
#include "runtime/assume.h"
#include "runtime/builtin.h"
#include "runtime/hash.h"

// ---- what may be called

// Is it Proc#call of the library, which C can make without a frame for it?
static bool lookup_is_proc_call(const VM *vm, const MethodEntry *me) {
  return me->flags & METHOD_F_CORE && me->original_name == SYM_call && me->owner == vm->cls.Proc;
}

// Core methods may look at their caller's frame, and so may some C leaves.
static bool lookup_allows(const VM *vm, const Lookup *site, const MethodEntry *me) {
  if (!me) return true;
  bool sees =
      (me->visibility == VIS_PUBLIC || site->flags & OPF_FCALL) && !(me->flags & METHOD_F_LIMITED);
  if (!sees) return false;
  if (me->flags & METHOD_F_CORE) return lookup_is_proc_call(vm, me);
  switch ((MethodKind)me->kind) {
  case METHOD_GUEST:
  case METHOD_ATTR_READER:
  case METHOD_ATTR_WRITER:
  case METHOD_PROC: return true;
  case METHOD_BUILTIN: return !(me->as.row->effects & E_FRAME);
  case METHOD_CORE:
  case METHOD_ZSUPER:
  case METHOD_UNDEF: return false;
  }
  MX_UNREACHABLE();
}

bool mx_lookup_takes(VM *vm, const Lookup *site, ClassObj *klass) {
  return lookup_allows(vm, site, mx_ops_cell(vm, site->code, klass, site->name)->me);
}

// ---- the table

// Can machine code of the method be called with the arguments as they lie?
static bool lookup_is_direct(const Lookup *site, const Code *code) {
  uint32_t placed = mx_params_placed(&code->params);
  return code->run == mx_dispatch_run && !code->core && !(site->flags & OPF_KW) &&
         mx_ops_in_order(&code->params, site->argc) &&
         (placed == site->argc || placed <= IR_REG_ARGS);
}

// Where objects of a shape keep the variable of an attr_reader, if that is an inline slot with a
// Value; else 0.
static uint32_t lookup_slot(VM *vm, const Lookup *site, const MethodEntry *me, uint32_t of) {
  const Shape *shape = mx_shape_at(vm, of);
  uint32_t index;
  FieldRep rep;
  if (me->kind != METHOD_ATTR_READER || site->argc > 0 || shape->klass->instance_type != T_OBJECT ||
      shape->layout->dictionary || !mx_layout_find(vm, shape->layout, me->as.ivar, &index, &rep) ||
      index >= shape->inline_cap || rep != FIELD_REP_VALUE)
    return 0;
  return (uint32_t)(offsetof(Object, slots) + index * sizeof(Value));
}

// Fill an entry for a receiver; false + exception.
static bool lookup_fill(ExecCtx *ec, const Lookup *site, Value receiver, LookupEntry *entry) {
  static const MethodEntry nobody = {0};
  ClassObj *klass = mx_class_of(ec->vm, receiver);
  const MethodCell *cell = mx_ops_cell(ec->vm, site->code, klass, site->name);
  const MethodEntry *me = cell->me;
  LookupEntry filled = {.cell = cell, .direct = &nobody, .shape = mx_ops_shape(ec->vm, receiver)};
  if (me && me->kind == METHOD_GUEST && lookup_allows(ec->vm, site, me)) {
    const Code *code = mx_method_code(ec, me->as.code);
    if (!code) return false;
    if (lookup_is_direct(site, code)) filled.direct = me;
  }
  if (me && val_is_heap(receiver)) filled.slot = lookup_slot(ec->vm, site, me, filled.shape);
  *entry = filled;
  return true;
}

// ---- calls

// Those of the call, whose receiver lies at base. An empty keywords Hash is no argument.
static CallArgs lookup_args(const Lookup *site, const Value *base) {
  CallArgs args = {
      .argv = base + 1, .argc = site->argc, .flags = site->flags & (uint32_t)OPF_CALL_MASK};
  if (args.flags & CALL_KW && mx_hash_count(base[site->argc]) == 0) {
    args.flags &= ~(uint32_t)CALL_KW;
    args.argc--;
  }
  return args;
}

uint64_t mx_lookup_call(ExecCtx *ec, Lookup *site, Value *base) {
  Value receiver = base[0];
  uint32_t shape = mx_ops_shape(ec->vm, receiver);
  LookupEntry *entry = &site->entries[mx_lookup_place(shape)];
  ec->vsp = base + 1 + site->argc;
  if (!entry->cell || entry->shape != shape || !entry->cell->valid) {
    if (!lookup_fill(ec, site, receiver, entry)) return VAL_EXC;
  }
  const MethodEntry *me = entry->cell->me;
  if (entry->slot && me->visibility == VIS_PUBLIC)
    return *(const Value *)(const void *)((const char *)val_header(receiver) + entry->slot);
  if (!lookup_allows(ec->vm, site, me)) return VAL_UNDEF;
  CallArgs args = lookup_args(site, base);
  if (!me) return mx_invoke_send(ec, receiver, site->name, &args, site->lex);
  if (lookup_is_proc_call(ec->vm, me)) {
    args.flags &= CALL_KW;
    return mx_invoke_block(ec, &VAL_CAST(const Proc, receiver)->block, &args);
  }
  MethodRef ref = {entry->cell->me, entry->cell->at};
  return mx_invoke_method(ec, receiver, ref, site->name, &args);
}
