// SPDX-License-Identifier: MIT
#include "jit/record/lookup.h"
#include "runtime/assume.h"
#include "runtime/builtin.h"
#include "runtime/hash.h"
#include "runtime/semantics.h"
#include "runtime/string.h"
#include "interp/program.h"
#include "interp/tier.h"

// ---- what is called

static const MethodCell *lookup_cell(VM *vm, const Lookup *site, ClassObj *klass) {
  Sym name = site->call.name;
  return site->core ? mx_assume_core_call(vm, klass, name) : mx_assume_method(vm, klass, name);
}

// Of a method of the library that is written in the language: it may look at its caller's frame.
static LookupWay lookup_library_way(const VM *vm, const MethodEntry *me) {
  switch (mx_ops_library_callee(vm, me)) {
  case CALLEE_PROC: return LOOKUP_PROC;
  case CALLEE_SEND: return LOOKUP_SEND;
  case CALLEE_PUBLIC_SEND: return LOOKUP_PUBLIC;
  case CALLEE_NEW: return LOOKUP_NEW;
  case CALLEE_METHOD: return LOOKUP_BOUND;
  default: return LOOKUP_REFUSED;
  }
}

// flags: OPF_* of the call.
static LookupWay lookup_way(const VM *vm, const MethodEntry *me, uint32_t flags) {
  if (!me) return LOOKUP_MISSING;
  bool sees = me->visibility == VIS_PUBLIC || flags & OPF_FCALL;
  if (!sees || me->flags & METHOD_F_LIMITED) return LOOKUP_REFUSED;
  switch ((MethodKind)me->kind) {
  case METHOD_GUEST: return me->flags & METHOD_F_CORE ? lookup_library_way(vm, me) : LOOKUP_METHOD;
  case METHOD_ATTR_READER:
  case METHOD_ATTR_WRITER:
  case METHOD_PROC: return LOOKUP_METHOD;
  case METHOD_BUILTIN: return me->as.row->effects & E_FRAME ? LOOKUP_REFUSED : LOOKUP_METHOD;
  case METHOD_CORE:
  case METHOD_ZSUPER:
  case METHOD_UNDEF: return LOOKUP_REFUSED;
  }
  MX_UNREACHABLE();
}

// Makes a class object, whose own class is `klass`, plain objects?
static bool lookup_makes_plain(const ClassObj *klass) {
  Value of = klass->flags & CLASS_SINGLETON ? mx_class_attached(klass) : VAL_NIL;
  return val_is_type(of, T_CLASS) && mx_ops_makes_plain(VAL_CAST(const ClassObj, of));
}

bool mx_lookup_takes(VM *vm, const Lookup *site, ClassObj *klass) {
  LookupWay way = lookup_way(vm, lookup_cell(vm, site, klass)->me, site->call.flags);
  return way == LOOKUP_NEW ? lookup_makes_plain(klass) : way != LOOKUP_REFUSED;
}

// ---- the table

// What a method runs; NULL when that is not of the language, + exception when it cannot be loaded.
static const Code *lookup_code(ExecCtx *ec, const MethodEntry *me) {
  if (me->kind == METHOD_GUEST) return mx_method_code(ec, me->as.code);
  if (me->kind != METHOD_PROC) return NULL;
  const Block *block = &VAL_CAST(const Proc, me->as.proc)->block;
  return block->kind == BLOCK_CODE ? block->code : NULL;
}

// Can machine code of the method be called with the arguments as they lie?
static bool lookup_is_direct(const CallCache *call, const Code *code) {
  uint32_t placed = mx_params_placed(&code->params);
  return code->run == mx_dispatch_run && !code->core && !(call->flags & (OPF_KW | OPF_SPLAT)) &&
         mx_ops_in_order(&code->params, call->argc) &&
         (placed == call->argc || placed <= IR_REG_ARGS);
}

// An attr_reader of plain objects of a shape: is the variable a Value in an inline slot?
static void lookup_attribute(VM *vm, Sym name, LookupEntry *entry) {
  const Shape *shape = mx_shape_at(vm, entry->shape);
  uint32_t index;
  FieldRep rep;
  if (shape->klass->instance_type != T_OBJECT || shape->layout->dictionary ||
      !mx_layout_find(vm, shape->layout, name, &index, &rep) || index >= shape->inline_cap ||
      rep != FIELD_REP_VALUE)
    return;
  entry->way = LOOKUP_SLOT;
  entry->as.slot = (uint32_t)(offsetof(Object, slots) + index * sizeof(Value));
}

// `new` of a class: what C makes plain objects of.
static void lookup_new(ExecCtx *ec, const CallCache *call, Value receiver, LookupEntry *entry) {
  CallEntry made = {.callee = CALLEE_INVOKE};
  entry->way = LOOKUP_REFUSED;
  if (val_is_type(receiver, T_CLASS)) mx_ops_resolve_new(ec, call, receiver, &made);
  if (made.callee != CALLEE_NEW || (!made.code && call->argc > 0)) return;
  entry->way = LOOKUP_NEW;
  entry->as.init = made.init;
}

// Where a method gets its first locals from, if machine code takes them so; else NULL.
static const BindPlace *lookup_places(const Lookup *site, const Code *code) {
  const Params *params = &code->params;
  BindForm form = {site->call.argc - 1, site->keys, site->names, .strict = true};
  bool in_order = params->flags & (PARAMS_SIMPLE | PARAMS_IN_ORDER) && params->block_slot < 0;
  if (!in_order || code->core || code->run != mx_dispatch_run) return NULL;
  if (params->opt + params->keys > STREAM_STACK_SLACK) return NULL;
  BindPlace *places = mx_gc_alloc_atomic((code->local_count + 1) * sizeof *places);
  return mx_bind_layout(code, &form, places) ? places : NULL;
}

// Fill an entry for a receiver; false + exception.
static bool lookup_fill(ExecCtx *ec, const Lookup *site, Value receiver, LookupEntry *entry) {
  static const MethodEntry nobody = {0};
  const CallCache *call = &site->call;
  const MethodCell *cell = lookup_cell(ec->vm, site, mx_class_of(ec->vm, receiver));
  const MethodEntry *me = cell->me;
  LookupEntry filled = {.cell = cell, .direct = &nobody, .shape = mx_ops_shape(ec->vm, receiver)};
  filled.way = (uint8_t)lookup_way(ec->vm, me, call->flags);
  if (filled.way == LOOKUP_NEW) lookup_new(ec, call, receiver, &filled);
  const Code *code = filled.way == LOOKUP_METHOD ? lookup_code(ec, me) : NULL;
  if (code && lookup_is_direct(call, code)) filled.direct = me;
  if (code && site->keys && me->kind == METHOD_GUEST) filled.as.places = lookup_places(site, code);
  if (filled.way == LOOKUP_METHOD && me->kind == METHOD_ATTR_READER && call->argc == 0)
    lookup_attribute(ec->vm, me->as.ivar, &filled);
  *entry = filled;
  return ec->unwind == UNWIND_NONE;
}

// ---- calls

// Those of the call, whose receiver lies at base. An empty keywords Hash is no argument. False + no
// room for what an Array of them has.
static bool lookup_args(ExecCtx *ec, const CallCache *call, Value *base, CallArgs *args) {
  *args = (CallArgs){0};
  if (call->flags & OPF_SPLAT)
    return mx_ops_spread_args(ec, call->argc, call->flags, base + 1 + call->argc, args);
  args->argv = base + 1;
  args->argc = call->argc;
  args->flags = call->flags & (uint32_t)OPF_CALL_MASK;
  if (args->flags & CALL_KW && mx_hash_count(base[call->argc]) == 0) {
    args->flags &= ~(uint32_t)CALL_KW;
    args->argc--;
  }
  return true;
}

// Can a method that is found when the call is made be run?
static bool lookup_runs(const VM *vm, const MethodEntry *me, uint32_t sees) {
  return me && mx_ops_fits_below(vm, me) && lookup_way(vm, me, sees) == LOOKUP_METHOD;
}

// Send the name that comes first, if the method that it finds can be called: by public_send, which
// has a line in backtraces, a public one.
static Value lookup_send(ExecCtx *ec, Value receiver, const Lookup *site, const LookupEntry *entry,
                         CallArgs *args) {
  bool public = entry->way == LOOKUP_PUBLIC;
  Value name = args->argc > 0 ? args->argv[0] : VAL_NIL;
  if (val_is_string(name)) name = mx_to_sym(ec, name);
  if (!val_is_symbol(name)) return val_is_exc(name) ? name : VAL_UNDEF;
  MethodRef ref = mx_invoke_find(ec, mx_class_of(ec->vm, receiver), val_to_sym(name), site->lex);
  if (!lookup_runs(ec->vm, ref.me, public ? 0 : OPF_FCALL)) return VAL_UNDEF;
  args->argv++;
  args->argc--;
  args->flags = (args->flags & CALL_KW) | CALL_FCALL;
  SendTo to = {.receiver = receiver, .name = val_to_sym(name)};
  return public ? mx_ops_invoke_below(ec, entry->cell, &to, ref, args)
                : mx_invoke_method(ec, receiver, ref, to.name, args);
}

// Call a Method.
static Value lookup_bound(ExecCtx *ec, Value receiver, const LookupEntry *entry, CallArgs *args) {
  const MethodObj *m = VAL_CAST(MethodObj, receiver);
  if (!lookup_runs(ec->vm, m->me, OPF_FCALL)) return VAL_UNDEF;
  args->flags = (args->flags & CALL_KW) | CALL_SAFE;
  SendTo to = {.receiver = m->receiver, .name = m->name};
  return mx_ops_invoke_below(ec, entry->cell, &to, (MethodRef){m->me, m->at}, args);
}

// Make an object, and initialize it.
static Value lookup_make(ExecCtx *ec, Value *base, const LookupEntry *entry, const CallArgs *args) {
  const MethodEntry *me = entry->as.init->me;
  Value object = base[0] = mx_ops_allocate(ec, VAL_CAST(ClassObj, base[0]));
  if (me->kind == METHOD_BUILTIN) return object;
  CallArgs call = *args;
  call.flags |= CALL_FCALL;
  MethodRef ref = {entry->as.init->me, entry->as.init->at};
  Value result = mx_invoke_method(ec, object, ref, SYM_initialize, &call);
  return val_is_exc(result) ? result : object;
}

// Make a call by what its entry says.
static Value lookup_made(ExecCtx *ec, const Lookup *site, const LookupEntry *entry, Value *base) {
  Value receiver = base[0];
  CallArgs args;
  MethodRef ref = {entry->cell->me, entry->cell->at};
  if (entry->way == LOOKUP_REFUSED) return VAL_UNDEF;
  if (!lookup_args(ec, &site->call, base, &args)) return VAL_EXC;
  switch ((LookupWay)entry->way) {
  case LOOKUP_REFUSED: break;
  case LOOKUP_SLOT:
    return *(const Value *)(const void *)((const char *)val_header(receiver) + entry->as.slot);
  case LOOKUP_METHOD: return mx_invoke_method(ec, receiver, ref, site->call.name, &args);
  case LOOKUP_MISSING: return mx_invoke_send(ec, receiver, site->call.name, &args, site->lex);
  case LOOKUP_SEND:
  case LOOKUP_PUBLIC: return lookup_send(ec, receiver, site, entry, &args);
  case LOOKUP_BOUND: return lookup_bound(ec, receiver, entry, &args);
  case LOOKUP_NEW: return lookup_make(ec, base, entry, &args);
  case LOOKUP_PROC:
    args.flags &= CALL_KW;
    return mx_invoke_block(ec, &VAL_CAST(const Proc, receiver)->block, &args);
  }
  MX_UNREACHABLE();
}

// Let a method's machine code have the values of a call with keywords in their places, when it is
// its time; VAL_UNDEF: it is not.
static Value lookup_enter(ExecCtx *ec, const Lookup *site, const LookupEntry *entry, Value *base,
                          const Value *given) {
  MethodRef ref = {entry->cell->me, entry->cell->at};
  Code *code = ((const MethodCode *)ref.me->as.code)->made;
  uint32_t placed = mx_params_placed(&code->params), positional = site->call.argc - 1;
  if (!code->stream) return VAL_UNDEF;
  if (code->calls > 1) return code->calls--, VAL_UNDEF;
  for (uint32_t i = 0; i < placed; i++) {
    const BindPlace *place = &entry->as.places[i];
    uint32_t from = place->first + (place->from == BIND_KEYWORD ? positional : 0);
    base[1 + i] = place->from == BIND_MISSING ? VAL_UNDEF : given[from];
  }
  ec->vsp = base + 1 + placed;
  return mx_interp(ec->vm)->tier->enter(ec, ref, NULL, base);
}

// Make a call with literal keywords, whose values lie behind the other arguments.
static Value lookup_keyed(ExecCtx *ec, const Lookup *site, const LookupEntry *entry, Value *base) {
  Value given[LOOKUP_MAX_ARGS], pairs[2 * LOOKUP_MAX_ARGS];
  uint32_t positional = site->call.argc - 1;
  memcpy(given, base + 1, (positional + site->keys) * sizeof *given);
  if (entry->way == LOOKUP_METHOD && entry->as.places) {
    Value entered = lookup_enter(ec, site, entry, base, given);
    if (!val_is_undef(entered)) return entered;
  }
  for (uint32_t i = 0; i < site->keys; i++) {
    pairs[2 * i] = val_from_sym(site->names[i]);
    pairs[2 * i + 1] = given[positional + i];
  }
  Value hash = mx_hash_from_pairs(ec, 2 * site->keys, pairs);
  memcpy(base + 1, given, positional * sizeof *given);
  base[1 + positional] = hash;
  ec->vsp = base + 2 + positional;
  return lookup_made(ec, site, entry, base);
}

uint64_t mx_lookup_call(ExecCtx *ec, Lookup *site, Value *base) {
  uint32_t shape = mx_ops_shape(ec->vm, base[0]);
  LookupEntry *entry = &site->entries[mx_lookup_place(shape)];
  bool known = entry->cell && entry->shape == shape && entry->cell->valid &&
               (entry->way != LOOKUP_NEW || entry->as.init->valid);
  ec->vsp = base + 1 + site->call.argc + (site->keys ? site->keys - 1 : 0);
  if (!known && !lookup_fill(ec, site, base[0], entry)) return VAL_EXC;
  return site->keys ? lookup_keyed(ec, site, entry, base) : lookup_made(ec, site, entry, base);
}
