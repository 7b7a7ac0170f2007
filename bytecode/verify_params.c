// SPDX-License-Identifier: MIT
// Verifying a parameter list: its entries are made into a list again, which must come out the same.
#include "bytecode/verify_internal.h"

#include <stdlib.h>

// Stages of a list; each kind of parameter may come in some and leads to one.
enum { STAGE_PRE, STAGE_OPT, STAGE_REST, STAGE_POST, STAGE_KEY, STAGE_KEYREST, STAGE_END };

// The stage behind a parameter, or -1 when it may not come in this one.
static int params_advance(int stage, ParamKind kind) {
  switch (kind) {
  case PARAM_REQ:
    if (stage == STAGE_PRE) return STAGE_PRE;
    return stage <= STAGE_POST ? STAGE_POST : -1;
  case PARAM_OPT: return stage <= STAGE_OPT ? STAGE_OPT : -1;
  case PARAM_REST: return stage <= STAGE_OPT ? STAGE_REST : -1;
  case PARAM_KEYREQ:
  case PARAM_KEY: return stage <= STAGE_KEY ? STAGE_KEY : -1;
  case PARAM_KEYREST:
  case PARAM_NOKEY: return stage <= STAGE_KEY ? STAGE_KEYREST : -1;
  case PARAM_BLOCK: return stage <= STAGE_KEYREST ? STAGE_END : -1;
  case PARAM_FORWARD: return stage <= STAGE_OPT ? STAGE_END : -1;
  case PARAM_BLOCK_LOCAL: return STAGE_END;
  }
  return -1;
}

// Check one entry by itself.
static bool params_entry(const Verifier *v, uint32_t i, int *stage) {
  const ParamSpec *spec = &v->chunk->params.list[i];
  uint32_t slots = v->chunk->scope->count, needed = spec->kind == PARAM_FORWARD ? 3 : 1;
  *stage = params_advance(*stage, (ParamKind)spec->kind);
  if (*stage < 0) return mx_verify_fail(v, VERIFY_NO_PC, "parameter %u is out of order", i);
  if (spec->name >= v->rules->ec->vm->symtab.names.count)
    return mx_verify_fail(v, VERIFY_NO_PC, "parameter %u has no known name", i);
  bool none = spec->slot == SCOPE_NO_SLOT && spec->kind != PARAM_FORWARD;
  if (!none && (spec->slot >= slots || slots - spec->slot < needed))
    return mx_verify_fail(v, VERIFY_NO_PC, "parameter %u has the local %u of %u", i, spec->slot,
                          slots);
  if (spec->destructures && (spec->kind != PARAM_REQ || none))
    return mx_verify_fail(v, VERIFY_NO_PC, "parameter %u cannot be taken apart", i);
  return true;
}

// Do two lists say the same, entries aside?
static bool params_same(const Params *a, const Params *b) {
  return a->count == b->count && a->pre == b->pre && a->opt == b->opt && a->post == b->post &&
         a->post_at == b->post_at && a->key_at == b->key_at && a->keys == b->keys &&
         a->required_keys == b->required_keys && a->flags == b->flags &&
         a->rest_slot == b->rest_slot && a->has_rest == b->has_rest &&
         a->keyrest_slot == b->keyrest_slot && a->has_keyrest == b->has_keyrest &&
         a->block_slot == b->block_slot;
}

// The list that the entries make. `scratch` has room for them.
static Params params_remake(const Params *given, ParamSpec *scratch) {
  Params made = mx_params_none();
  made.count = given->count;
  made.list = scratch;
  made.flags = given->flags & PARAMS_TRAILING;
  // Which of them has an annotation is not known, nor does it matter.
  bool annotated = (given->flags & PARAMS_ANNOTATED) != 0;
  for (uint32_t i = 0; i < given->count; i++) mx_params_enter(&made, given->list[i], i, annotated);
  mx_params_finish(&made, false);
  return made;
}

// The parameter of a for loop has no entries and is kept in local 0.
static bool params_for(const Verifier *v) {
  const Params *params = &v->chunk->params;
  Params made = mx_params_for((params->flags & PARAMS_FOR_MANY) != 0);
  if (!params_same(params, &made) || v->chunk->scope->count == 0)
    return mx_verify_fail(v, VERIFY_NO_PC, "its parameter is not that of a for loop");
  return true;
}

bool mx_verify_params(Verifier *v) {
  const Params *params = &v->chunk->params;
  if (v->chunk->kind == CODE_FOR) return params_for(v);
  bool takes = v->chunk->kind == CODE_METHOD || v->chunk->kind == CODE_BLOCK;
  if (params->count > 0 && !takes)
    return mx_verify_fail(v, VERIFY_NO_PC, "it cannot have parameters");
  int stage = STAGE_PRE;
  for (uint32_t i = 0; i < params->count; i++)
    if (!params_entry(v, i, &stage)) return false;
  ParamSpec *scratch = calloc(params->count + 1u, sizeof *scratch);
  if (!scratch) mx_check_out_of_memory(params->count * sizeof *scratch);
  Params made = params_remake(params, scratch);
  free(scratch);
  return params_same(params, &made) ||
         mx_verify_fail(v, VERIFY_NO_PC, "its parameter list does not agree with its entries");
}
