// SPDX-License-Identifier: MIT
// Parameter lists: making them entry by entry, and what programs can ask of them.
#include "bytecode/param_list.h"
#include "runtime/array.h"

Params mx_params_none(void) {
  return (Params){.rest_slot = -1, .keyrest_slot = -1, .block_slot = -1};
}

Params mx_params_for(bool many) {
  Params params = mx_params_none();
  params.pre = 1;
  if (many) params.flags |= PARAMS_FOR_MANY;
  return params;
}

Params mx_params_begin(uint32_t count, bool trailing_comma) {
  Params params = mx_params_none();
  params.count = count;
  params.list = mx_gc_alloc_words(sizeof(ParamSpec) * ((size_t)count + 1));
  if (trailing_comma) params.flags |= PARAMS_TRAILING;
  return params;
}

// Slot as Params holds it.
static int32_t params_slot(uint32_t slot) { return slot == SCOPE_NO_SLOT ? -1 : (int32_t)slot; }

// Count a required parameter: before or behind the optional and rest ones.
static void params_required(Params *params, uint32_t at) {
  if (params->opt == 0 && !params->has_rest) {
    params->pre++;
    return;
  }
  if (params->post++ == 0) params->post_at = at;
}

// Count a keyword parameter.
static void params_key(Params *params, uint32_t at, bool required) {
  if (params->keys++ == 0) params->key_at = at;
  params->required_keys += required;
  params->flags |= PARAMS_HAS_KEYS;
}

// Take the three hidden locals of `...`.
static void params_forward(Params *params, uint32_t slot) {
  params->has_rest = params->has_keyrest = true;
  params->rest_slot = (int32_t)slot;
  params->keyrest_slot = (int32_t)slot + 1;
  params->block_slot = (int32_t)slot + 2;
  params->flags |= PARAMS_HAS_KEYS | PARAMS_FORWARD;
}

void mx_params_enter(Params *params, ParamSpec spec, uint32_t at, bool annotated) {
  if (annotated) params->flags |= PARAMS_ANNOTATED;
  if (spec.destructures) params->flags |= PARAMS_DESTRUCTURES;
  params->list[at] = spec;
  switch ((ParamKind)spec.kind) {
  case PARAM_REQ: params_required(params, at); break;
  case PARAM_OPT: params->opt++; break;
  case PARAM_REST:
    params->has_rest = true;
    params->rest_slot = params_slot(spec.slot);
    if (spec.name == SYM_NONE) params->flags |= PARAMS_ANON_REST;
    break;
  case PARAM_KEYREQ: params_key(params, at, true); break;
  case PARAM_KEY: params_key(params, at, false); break;
  case PARAM_KEYREST:
    params->has_keyrest = true;
    params->keyrest_slot = params_slot(spec.slot);
    params->flags |= PARAMS_HAS_KEYS;
    break;
  case PARAM_NOKEY: params->flags |= PARAMS_NO_KEYS; break;
  case PARAM_BLOCK: params->block_slot = params_slot(spec.slot); break;
  case PARAM_FORWARD: params_forward(params, spec.slot); break;
  case PARAM_BLOCK_LOCAL: break;
  }
}

// Are all parameters required positionals in the first slots?
static bool params_simple(const Params *params) {
  if (params->opt || params->has_rest || params->flags || params->block_slot >= 0) return false;
  for (uint32_t i = 0; i < params->pre; i++)
    if (params->list[i].slot != i) return false;
  return true;
}

// Are they required, optional and keyword parameters in the first slots, beside a &block?
static bool params_in_order(const Params *params) {
  uint32_t count = params->pre + params->opt + params->keys;
  if (params->has_rest || params->post || params->has_keyrest || count > params->count)
    return false;
  for (uint32_t i = 0; i < count; i++)
    if (params->list[i].slot != i) return false;
  return true;
}

void mx_params_finish(Params *params, bool implicit) {
  // `it` is a parameter without a name to those who ask; _1 keeps its own.
  if (implicit && params->count == 1 && params->list[0].name == SYM_it)
    params->list[0].name = SYM_NONE;
  if (params_simple(params)) params->flags |= PARAMS_SIMPLE;
  if (params_in_order(params)) params->flags |= PARAMS_IN_ORDER;
  if (params->flags & PARAMS_SIMPLE && params->pre == 1 && params->list[0].name == SYM_packed)
    params->flags |= PARAMS_PACKED;
}

int mx_params_arity(const Params *params, bool lambda) {
  int min = params->pre + params->post + (params->required_keys > 0);
  bool keys = (params->keys || params->has_keyrest) && !params->required_keys;
  bool fixed = lambda ? !params->opt && !params->has_rest && !keys : !params->has_rest;
  if (params->flags & PARAMS_ANON_REST && params->flags & PARAMS_TRAILING) fixed = true;
  return fixed ? min : -min - 1;
}

// Append [:kind] or [:kind, :name].
static void params_list_add(ExecCtx *ec, Value list, const char *kind, Sym name) {
  Value pair[2] = {val_from_sym(mx_sym(ec->vm, kind)), val_from_sym(name)};
  mx_array_push(ec, list, mx_array_from(ec, name == SYM_NONE ? 1 : 2, pair));
}

// Append the entry of one written parameter.
static void params_list_one(ExecCtx *ec, Value list, const ParamSpec *p, bool lambda) {
  const char *required = lambda ? "req" : "opt";
  switch ((ParamKind)p->kind) {
  case PARAM_REQ: params_list_add(ec, list, required, p->destructures ? SYM_NONE : p->name); break;
  case PARAM_OPT: params_list_add(ec, list, "opt", p->name); break;
  case PARAM_REST: params_list_add(ec, list, "rest", p->name ? p->name : SYM_STAR); break;
  case PARAM_KEYREQ: params_list_add(ec, list, "keyreq", p->name); break;
  case PARAM_KEY: params_list_add(ec, list, "key", p->name); break;
  case PARAM_KEYREST: params_list_add(ec, list, "keyrest", p->name ? p->name : SYM_POW); break;
  case PARAM_NOKEY: params_list_add(ec, list, "nokey", SYM_NONE); break;
  case PARAM_BLOCK: params_list_add(ec, list, "block", p->name ? p->name : SYM_AMP); break;
  case PARAM_FORWARD:
    params_list_add(ec, list, "rest", SYM_STAR);
    params_list_add(ec, list, "keyrest", SYM_POW);
    params_list_add(ec, list, "block", SYM_AMP);
    break;
  case PARAM_BLOCK_LOCAL: break;
  }
}

// Append the entries of the parameters of some kinds.
static void params_list_kinds(ExecCtx *ec, Value list, const Params *params, ParamKind first,
                              ParamKind last, bool lambda) {
  for (uint32_t i = 0; i < params->count; i++) {
    const ParamSpec *p = &params->list[i];
    if (p->kind >= first && p->kind <= last) params_list_one(ec, list, p, lambda);
  }
}

// Required keywords come before the others, wherever they are written.
Value mx_params_list(ExecCtx *ec, const Params *params, bool lambda) {
  Value list = mx_array_new(ec, params->count);
  params_list_kinds(ec, list, params, PARAM_REQ, PARAM_KEYREQ, lambda);
  params_list_kinds(ec, list, params, PARAM_KEY, PARAM_KEY, lambda);
  params_list_kinds(ec, list, params, PARAM_KEYREST, PARAM_BLOCK_LOCAL, lambda);
  return list;
}
