// SPDX-License-Identifier: MIT
// Arguments of calls that are built in place: literal keywords and splats are taken apart, and each
// local of the callee gets the value that the binder (interp/bind.c) says.
//
// Arrays of arguments and Hashes of keywords are allocations like others; while nothing but the
// state has one, what it holds is known. So `f(*args)` of a rest parameter and `f(**options)` read
// no memory, and escape analysis leaves the allocation to exits.
#include "runtime/float.h"
#include "jit/record/build.h"
#include "jit/record/op_calls.h"

// ---- lists that are as they were made

enum { ARGS_MAX_NAMES = 8 }; // refs of one object that are looked for

// A search for uses of an object.
typedef struct ArgsSearch {
  const Builder *b;
  IrRef names[ARGS_MAX_NAMES]; // refs that stand for it
  uint32_t count;              // of them
  bool found;                  // the instruction at hand uses it
} ArgsSearch;

static void args_search(void *ctx, IrRef *operand) {
  ArgsSearch *search = ctx;
  IrRef ref = mx_build_resolve(search->b, *operand);
  for (uint32_t i = 0; i < search->count; i++) search->found |= search->names[i] == ref;
}

// Does an instruction that uses an object leave its contents alone, and give it to nobody?
static bool args_is_idle(ArgsSearch *search, IrRef ref) {
  const IrIns *ins = mx_ir_at(search->b->fn, ref);
  switch ((int)ins->op) {
  case IR_GUARD_OBJ:
  case IR_GUARD_SHAPE:
  case IR_AS_VAL:
    if (search->count == ARGS_MAX_NAMES) return false;
    search->names[search->count++] = ref;
    return true;
  case IR_FIELD_LOAD: return ins->imm != IRF_ARRAY_BUFFER;
  default: return false;
  }
}

// Was a loop entered since an instruction was built? What is known in front of it need not hold
// when it comes round.
static bool args_in_loop(const Builder *b, IrRef since) {
  for (const BuildFrame *act = b->act; act; act = act->caller)
    for (uint32_t i = 0; act->body && i < act->body->count; i++) {
      const ByteBlock *block = &act->body->blocks[i];
      if (block->header != IR_NO_BLOCK && mx_ir_block_at(b->fn, block->header)->first > since)
        return true;
    }
  return false;
}

// Does nothing but the state have the object that an allocation makes?
static bool args_is_untouched(const Builder *b, IrRef ref) {
  ArgsSearch search = {.b = b, .names = {ref}, .count = 1};
  for (IrRef at = ref + 1; at < b->fn->ins.count; at++) {
    const IrIns *ins = mx_ir_at(b->fn, at);
    search.found = ins->op == IR_CALL_SEND; // its frames are there to be looked at
    if (ins->block != IR_NO_BLOCK) mx_ir_operands(b->fn, at, args_search, &search);
    if (search.found && !args_is_idle(&search, at)) return false;
  }
  return true;
}

// The allocation that a ref is, if nothing but the state has it; IR_NONE: not known.
static IrRef args_made(const Builder *b, IrRef ref) {
  ref = mx_build_root(b, ref);
  if (mx_ir_at(b->fn, ref)->op == IR_AS_VAL) ref = mx_build_root(b, mx_ir_at(b->fn, ref)->a[0]);
  IrOp op = (IrOp)mx_ir_at(b->fn, ref)->op;
  if (op != IR_NEW_ARRAY && op != IR_NEW_HASH) return IR_NONE;
  return args_in_loop(b, ref) || !args_is_untouched(b, ref) ? IR_NONE : ref;
}

uint32_t mx_build_list_shape(const Builder *b, IrRef ref) {
  ref = args_made(b, ref);
  if (!ref) return 0;
  bool hash = mx_ir_at(b->fn, ref)->op == IR_NEW_HASH;
  return (hash ? b->vm->cls.Hash : b->vm->cls.Array)->instance_shape;
}

// What an Array or Hash holds that is as it was made; false: not known.
static bool args_list(Builder *b, IrRef ref, IrOp op, uint32_t *count, const IrRef **out) {
  ref = args_made(b, ref);
  if (!ref || mx_ir_at(b->fn, ref)->op != op) return false;
  IrList list = mx_ir_at(b->fn, ref)->list;
  *count = mx_ir_list_count(b->fn, list);
  IrRef *refs = mx_arena_array(b->arena, IrRef, *count + 1);
  for (uint32_t i = 0; i < *count; i++) refs[i] = mx_ir_list_refs(b->fn, list)[i];
  *out = refs;
  return true;
}

IrRef mx_build_unboxed(Builder *b, IrRef ref) {
  ref = mx_build_resolve(b, ref);
  const IrIns *ins = mx_ir_at(b->fn, ref);
  switch ((int)ins->op) {
  case IR_BOX_INT:
  case IR_BOX_DOUBLE:
  case IR_BOX_BOOL:
  case IR_AS_VAL: return mx_build_resolve(b, ins->a[0]);
  case IR_KVAL: {
    Value v = mx_ir_word(b->fn, ref);
    return val_is_heap(v) && !val_is_float(v) ? mx_ir_const(b->fn, IR_KOBJ, v)
                                              : mx_build_value_const(b, v);
  }
  default: return ref;
  }
}

IrRef mx_build_new_list(Builder *b, IrOp op, uint32_t count, const IrRef *refs) {
  IrRef *values = mx_arena_array(b->arena, IrRef, count + 1);
  for (uint32_t i = 0; i < count; i++) values[i] = mx_build_val(b, refs[i]);
  const ClassObj *klass = op == IR_NEW_HASH ? b->vm->cls.Hash : b->vm->cls.Array;
  IrIns make = {.op = (uint16_t)op, .imm = klass->instance_shape, .snap = SNAP_NONE};
  make.list = mx_ir_list(b->fn, count, values);
  IrRef list = mx_ir_emit(b->fn, b->block, &make);
  vec_push(&b->shapes, ((BuildShape){list, klass->instance_shape}));
  return list;
}

bool mx_build_elements(Builder *b, IrRef array, uint32_t *count, const IrRef **out) {
  return args_list(b, array, IR_NEW_ARRAY, count, out);
}

bool mx_build_pairs(Builder *b, IrRef hash, uint32_t *count, const IrRef **out) {
  return args_list(b, hash, IR_NEW_HASH, count, out);
}

IrRef mx_build_value_of(Builder *b, IrRef hash, IrRef key) {
  uint32_t count;
  const IrRef *pairs;
  key = mx_build_val(b, key);
  if (mx_ir_at(b->fn, key)->op != IR_KVAL || val_is_heap(mx_ir_word(b->fn, key))) return IR_NONE;
  if (!mx_build_pairs(b, hash, &count, &pairs)) return IR_NONE;
  for (uint32_t i = count; i > 0; i -= 2)
    if (pairs[i - 2] == key) return mx_build_unboxed(b, pairs[i - 1]);
  return IR_NONE;
}

// ---- what a call passes

// Is a ref a constant Symbol?
static bool args_is_name(const Builder *b, IrRef ref) {
  return mx_ir_at(b->fn, ref)->op == IR_KVAL && val_is_symbol(mx_ir_word(b->fn, ref));
}

// A Hash of keywords with keys that are not known to be Symbols.
static bool args_unnamed(Builder *b, IrRef hash, BuildArgs *out) {
  out->unnamed = true;
  out->hash = mx_build_resolve(b, hash);
  return true;
}

// The keywords of a Hash that is as it was made.
static bool args_keywords(Builder *b, IrRef hash, BuildArgs *out) {
  uint32_t count;
  const IrRef *pairs;
  if (mx_build_gather_is_filled(b, hash)) return args_unnamed(b, hash, out);
  if (!mx_build_pairs(b, hash, &count, &pairs)) return false;
  Sym *names = mx_arena_array(b->arena, Sym, count + 1);
  IrRef *values = mx_arena_array(b->arena, IrRef, count + 1);
  for (uint32_t i = 0; i < count; i += 2) {
    if (!args_is_name(b, pairs[i])) return args_unnamed(b, hash, out);
    names[i / 2] = val_to_sym(mx_ir_word(b->fn, pairs[i]));
    values[i / 2] = mx_build_unboxed(b, pairs[i + 1]);
  }
  out->keys = count / 2;
  out->names = names;
  out->values = values;
  out->hash = count ? mx_build_resolve(b, hash) : IR_NONE;
  return true;
}

bool mx_build_args(Builder *b, uint32_t argc, uint32_t flags, BuildArgs *out) {
  *out = (BuildArgs){.argc = argc};
  if (flags & OPF_SPLAT) return false;
  if (flags & OPF_KW) {
    if (!args_keywords(b, *mx_build_top(b, 0), out)) return false;
    out->argc--;
  }
  IrRef *refs = mx_arena_array(b->arena, IrRef, argc + 1);
  for (uint32_t i = 0; i < out->argc; i++)
    refs[i] = mx_build_resolve(b, *mx_build_top(b, argc - 1 - i));
  out->at = refs;
  return true;
}

// ---- splats

// The elements of the Array to be spread, which is guarded to be as long as it was.
static bool args_elements(Builder *b, IrRef *entry, const TypeSet *types, const Seen *seen,
                          uint32_t *count, const IrRef **out) {
  if (mx_build_elements(b, *entry, count, out)) return true;
  if (seen->spread == 0 || seen->spreads || seen->spread > BUILD_MAX_SPREAD) return false;
  *count = seen->spread - 1;
  IrRef *refs = mx_arena_array(b->arena, IrRef, *count + 1);
  *out = refs;
  return mx_build_load_elements(b, entry, types, *count, refs);
}

// Leave if a value is a Hash that ruby2_keywords has marked: then it is keywords.
static void args_no_keywords(Builder *b, IrRef ref) {
  const IrIns *ins = mx_ir_at(b->fn, ref);
  bool object = ins->type == IRT_VAL || ins->type == IRT_OBJ;
  if (!object || ins->op == IR_NEW_HASH || ins->op == IR_NEW_ARRAY) return;
  if (ins->op == IR_KVAL && !val_is_heap(mx_ir_word(b->fn, ref))) return;
  IrRef v = mx_build_val(b, ref);
  BuildCall call = {(RtFn)mx_call_no_keywords, 0, RTE_REFUSES, NULL};
  mx_build_c_call(b, &call, 1, &v);
}

bool mx_build_spread(Builder *b, uint32_t *argc, uint32_t *flags, const Seen *seen) {
  uint32_t above = *flags & OPF_KW ? 1 : 0, count;
  const IrRef *elements;
  const TypeSet *types = &seen->in[above];
  mx_build_snap(b);
  if (!args_elements(b, mx_build_top(b, above), types, seen, &count, &elements)) return false;
  if (count > BUILD_MAX_SPREAD) return false;
  if (b->block == IR_NO_BLOCK) return true;
  if (*flags & OPF_RUBY2 && count > 0)
    args_no_keywords(b, mx_build_unboxed(b, elements[count - 1]));
  IrRef keywords = *mx_build_top(b, 0);
  mx_build_done(b, 1 + above, IR_NONE);
  for (uint32_t i = 0; i < count; i++) mx_build_done(b, 0, mx_build_unboxed(b, elements[i]));
  if (above) mx_build_done(b, 0, keywords);
  *argc += count - 1;
  *flags &= ~(uint32_t)(OPF_SPLAT | OPF_RUBY2);
  return true;
}

// ---- Arrays of any length

bool mx_build_take_apart(Builder *b, const Params *params, BuildArgs *out) {
  uint32_t count = params->pre + params->post;
  if (params->opt || params->keys || params->has_keyrest || count > BUILD_MAX_SPREAD) return false;
  IrRef list = mx_build_resolve(b, *mx_build_top(b, 0));
  IrRef *refs = mx_arena_array(b->arena, IrRef, count + 1);
  for (uint32_t i = 0; i < params->pre; i++) refs[i] = mx_build_array_at(b, list, i);
  for (uint32_t i = 0; i < params->post; i++)
    refs[params->pre + i] = mx_build_gather_behind(b, list, params->pre, params->post, i);
  *out = (BuildArgs){.argc = count, .at = refs, .whole = true};
  if (params->has_rest && params->rest_slot >= 0)
    out->rest = mx_build_gather_rest(b, list, params->pre, params->post);
  return true;
}

// ---- locals

const BindPlace *mx_build_layout(Builder *b, const Code *code, BuildArgs *args, bool strict) {
  const Params *params = &code->params;
  if (args->unnamed && params->flags & PARAMS_HAS_KEYS) return NULL;
  if (args->hash && !(params->flags & PARAMS_HAS_KEYS)) {
    if (params->flags & PARAMS_NO_KEYS) return NULL;
    IrRef *refs = mx_arena_array(b->arena, IrRef, args->argc + 1);
    if (args->argc) memcpy(refs, args->at, args->argc * sizeof *refs);
    refs[args->argc] = args->hash;
    *args = (BuildArgs){.argc = args->argc + 1, .at = refs, .whole = args->whole};
  }
  BindForm form = {args->argc, args->keys, args->names, strict, args->whole};
  BindPlace *places = mx_arena_array(b->arena, BindPlace, code->local_count + 1);
  return mx_bind_layout(code, &form, places) ? places : NULL;
}

// The Hash of the keywords that no parameter takes.
static IrRef args_rest_keywords(Builder *b, const Params *params, const BuildArgs *args) {
  IrRef *refs = mx_arena_array(b->arena, IrRef, 2 * args->keys + 1);
  uint32_t count = 0;
  for (uint32_t i = 0; i < args->keys; i++) {
    if (mx_bind_is_taken(params, args->names[i])) continue;
    refs[count++] = mx_ir_const(b->fn, IR_KVAL, val_from_sym(args->names[i]));
    refs[count++] = args->values[i];
  }
  return mx_build_new_list(b, IR_NEW_HASH, count, refs);
}

// What a local begins with; proc: the block, or IR_NONE.
static IrRef args_local(Builder *b, const Code *code, const BuildArgs *args, const BindPlace *place,
                        IrRef proc) {
  switch (place->from) {
  case BIND_NIL: return mx_ir_const(b->fn, IR_KVAL, VAL_NIL);
  case BIND_MISSING: return mx_ir_const(b->fn, IR_KVAL, VAL_UNDEF);
  case BIND_ARG: return args->at[place->first];
  case BIND_REST:
    if (args->rest) return args->rest;
    return mx_build_new_list(b, IR_NEW_ARRAY, place->count, args->at + place->first);
  case BIND_KEYWORD: return args->values[place->first];
  case BIND_KEYREST: return args_rest_keywords(b, &code->params, args);
  case BIND_BLOCK: return proc ? proc : mx_ir_const(b->fn, IR_KVAL, VAL_NIL);
  }
  MX_UNREACHABLE();
}

void mx_build_locals(Builder *b, const Code *code, const BuildArgs *args, const BindPlace *places,
                     IrRef proc) {
  for (uint32_t i = 0; i < code->local_count && b->block != IR_NO_BLOCK; i++)
    mx_build_done(b, 0, args_local(b, code, args, &places[i], proc));
  if (args->many && b->block != IR_NO_BLOCK && mx_bind_tells_many(code))
    b->state.at[b->state.count - code->local_count + 1] = mx_ir_const(b->fn, IR_KVAL, VAL_TRUE);
}
