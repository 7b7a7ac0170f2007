// SPDX-License-Identifier: MIT
// What programs can ask of code: lines, arity, parameters.
#include "interp/code.h"
#include "runtime/array.h"

uint32_t mx_code_line(const Code *code, uint32_t site) {
  return mx_source_line(code->unit->source, site);
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

Value mx_params_list(ExecCtx *ec, const Params *params, bool lambda) {
  Value list = mx_array_new(ec, params->count);
  for (uint16_t i = 0; i < params->count; i++) params_list_one(ec, list, &params->list[i], lambda);
  return list;
}
