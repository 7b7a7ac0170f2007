// SPDX-License-Identifier: MIT
// Building calls that look their method up: receivers of many shapes, arguments that C must bind,
// whatever else is not built in place and not called by name.
//
// The look-up is total, so no guard stands before it: what C refuses (lookup.c) was not seen here.
#include "interp/program.h"
#include "jit/record/build.h"
#include "jit/record/lookup.h"

enum { LOOKUP_MAX_ARGS = 16 };

// Can every receiver that was seen be called so?
static bool lookup_fits(const Builder *b, const Lookup *site, const TypeSet *seen, uint32_t shape) {
  if (shape) return mx_lookup_takes(b->vm, site, mx_shape_at(b->vm, shape)->klass);
  for (uint32_t i = 0; i < seen->shape_count; i++)
    if (!mx_lookup_takes(b->vm, site, mx_shape_at(b->vm, seen->shapes[i])->klass)) return false;
  return true;
}

// The table of the instruction, which all builds of it share if they look up the same.
static Lookup *lookup_table(Builder *b, const Lookup *like) {
  Seen *seen = (Seen *)(uintptr_t)mx_record_seen(b->act->cx, b->act->pc);
  Lookup *table = seen->lookup;
  bool same = table && table->call.name == like->call.name && table->call.argc == like->call.argc &&
              table->call.flags == like->call.flags && table->lex == like->lex &&
              table->core == like->core;
  if (same) return table;
  table = seen->lookup = mx_arena_new(b->kept, Lookup);
  *table = *like;
  return table;
}

// The table of a call; NULL: the call is not made so. of_symbol: what a &:name block sends.
static Lookup *lookup_site(Builder *b, const BuildSend *c, bool of_symbol) {
  const LexCtx *lex = of_symbol ? NULL : b->act->cx->frame.lex;
  bool refined = !of_symbol && (b->act->code->refined || lex->refinements);
  if (c->literal || mx_build_is_given(&c->block) || c->leaf || c->argc > LOOKUP_MAX_ARGS ||
      c->flags & OPF_SPLAT || refined)
    return NULL;
  Lookup site = {.call = {.name = c->cc->name, .argc = c->argc, .flags = c->flags}, .lex = lex};
  site.core = !of_symbol && b->act->code->core;
  return lookup_fits(b, &site, &c->seen.receiver, c->shape) ? lookup_table(b, &site) : NULL;
}

bool mx_build_lookup(Builder *b, const BuildSend *c, bool of_symbol) {
  const Lookup *table = lookup_site(b, c, of_symbol);
  if (!table) return false;
  if (!mx_build_see_envs(b)) return true;
  mx_ir_const(b->fn, IR_KPTR, val_from_ptr(table)); // keeps it alive
  uint32_t count = c->argc + 1;
  IrRef *refs = mx_arena_array(b->arena, IrRef, count);
  for (uint32_t i = 0; i < count; i++) refs[i] = mx_build_val(b, *mx_build_top(b, count - 1 - i));
  SnapId under_way = mx_build_snap(b);
  IrIns call = {.op = IR_CALL_LOOKUP, .a = {mx_build_show_frames(b)}, .snap = under_way};
  call.imm = mx_build_site(b, NULL, c->argc, c->flags);
  IrSite *site = &b->fn->sites.at[call.imm];
  site->leaf = (RtFn)mx_lookup_call;
  site->method = table;
  site->effects = RTE_ANY | RTE_REFUSES;
  call.list = mx_ir_list(b->fn, count, refs);
  IrIns returned = {.op = IR_RETURNED, .snap = under_way};
  returned.a[0] = mx_ir_emit(b->fn, b->block, &call);
  mx_build_called(b, count, mx_ir_emit(b->fn, b->block, &returned));
  return true;
}
