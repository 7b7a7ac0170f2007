// SPDX-License-Identifier: MIT
// Building calls that look their method up: receivers of many shapes, arguments that C must bind,
// whatever else is not built in place and not called by name.
//
// The look-up is total, so no guard stands before it: what C refuses (lookup.c) was not seen here
// lately.
#include "interp/program.h"
#include "jit/record/build.h"
#include "jit/record/lookup.h"

enum { LOOKUP_ASKED = 8 }; // shapes of receivers that were met last

// Can every receiver that was seen lately be called so?
static bool lookup_fits(const Builder *b, const Lookup *site, const TypeSet *seen, uint32_t shape) {
  if (shape) return mx_lookup_takes(b->vm, site, mx_shape_at(b->vm, shape)->klass);
  uint32_t first = seen->shape_count > LOOKUP_ASKED ? seen->shape_count - LOOKUP_ASKED : 0;
  for (uint32_t i = first; i < seen->shape_count; i++)
    if (!mx_lookup_takes(b->vm, site, mx_shape_at(b->vm, seen->shapes[i])->klass)) return false;
  return true;
}

// Do two tables look up the same?
static bool lookup_is_like(const Lookup *a, const Lookup *b) {
  bool same = a->call.name == b->call.name && a->call.argc == b->call.argc &&
              a->call.flags == b->call.flags && a->lex == b->lex && a->core == b->core &&
              a->keys == b->keys;
  for (uint32_t i = 0; same && i < a->keys; i++) same = a->names[i] == b->names[i];
  return same;
}

// The table of the instruction, which all builds of it share if they look up the same.
static Lookup *lookup_table(Builder *b, const Lookup *like) {
  Seen *seen = (Seen *)(uintptr_t)mx_record_seen(b->act->cx, b->act->pc);
  if (seen->lookup && lookup_is_like(seen->lookup, like)) return seen->lookup;
  Lookup *table = seen->lookup = mx_arena_new(b->kept, Lookup);
  Sym *names = mx_arena_array(b->kept, Sym, like->keys + 1);
  for (uint32_t i = 0; i < like->keys; i++) names[i] = like->names[i];
  *table = *like;
  table->names = names;
  return table;
}

// The table of a call; NULL: the call is not made so. of_symbol: what a &:name block sends.
static Lookup *lookup_site(Builder *b, const BuildSend *c, bool of_symbol, const BuildArgs *args) {
  const LexCtx *lex = of_symbol ? NULL : b->act->cx->frame.lex;
  bool refined = !of_symbol && (b->act->code->refined || lex->refinements);
  if (c->literal || mx_build_is_given(&c->block) || c->leaf || c->argc > LOOKUP_MAX_ARGS || refined)
    return NULL;
  Lookup site = {.call = {.name = c->cc->name, .argc = c->argc, .flags = c->flags}, .lex = lex};
  site.keys = args->keys;
  site.names = args->names;
  site.core = !of_symbol && b->act->code->core;
  return lookup_fits(b, &site, &c->seen.receiver, c->shape) ? lookup_table(b, &site) : NULL;
}

// What the call passes: keywords that are known one by one, or everything as it lies.
static void lookup_args(Builder *b, const BuildSend *c, BuildArgs *args) {
  bool known = c->flags & OPF_KW && mx_build_args(b, c->argc, c->flags, args);
  if (known && args->keys > 0 && args->argc + args->keys <= LOOKUP_MAX_ARGS) return;
  *args = (BuildArgs){.argc = c->argc};
  IrRef *at = mx_arena_array(b->arena, IrRef, c->argc + 1);
  for (uint32_t i = 0; i < c->argc; i++) at[i] = *mx_build_top(b, c->argc - 1 - i);
  args->at = at;
}

// Emit the call, with the receiver and what is passed.
static IrRef lookup_emit(Builder *b, const Lookup *table, const BuildSend *c,
                         const BuildArgs *args) {
  uint32_t count = 1 + args->argc + args->keys;
  IrRef *refs = mx_arena_array(b->arena, IrRef, count);
  refs[0] = mx_build_val(b, *mx_build_top(b, c->argc));
  for (uint32_t i = 0; i < args->argc; i++) refs[1 + i] = mx_build_val(b, args->at[i]);
  for (uint32_t i = 0; i < args->keys; i++)
    refs[1 + args->argc + i] = mx_build_val(b, args->values[i]);
  mx_ir_const(b->fn, IR_KPTR, val_from_ptr(table)); // keeps it alive
  IrIns call = {.op = IR_CALL_LOOKUP, .snap = mx_build_snap(b)};
  call.a[0] = mx_build_show_frames(b);
  call.imm = mx_build_site(b, NULL, c->argc, c->flags);
  IrSite *site = &b->fn->sites.at[call.imm];
  site->leaf = (RtFn)mx_lookup_call;
  site->method = table;
  site->effects = RTE_ANY | RTE_REFUSES;
  call.list = mx_ir_list(b->fn, count, refs);
  return mx_ir_emit(b->fn, b->block, &call);
}

bool mx_build_lookup(Builder *b, const BuildSend *c, bool of_symbol) {
  BuildArgs args = {0};
  if (c->argc <= LOOKUP_MAX_ARGS) lookup_args(b, c, &args);
  const Lookup *table = lookup_site(b, c, of_symbol, &args);
  if (!table) return false;
  if (!mx_build_see_envs(b)) return true;
  SnapId under_way = mx_build_snap(b);
  IrRef value = lookup_emit(b, table, c, &args);
  mx_build_called(b, c->argc + 1, mx_build_returned(b, under_way, value));
  return true;
}
