// SPDX-License-Identifier: MIT
// Units and Codes of the walker: parsed text made ready to run; parameter lists taken apart.
#include "interp/tree.h"

Unit *mx_unit_new(ExecCtx *ec, Ast *tree, Value file, bool core) {
  (void)ec;
  Unit *unit = mx_gc_alloc_words(sizeof *unit);
  unit->tree = tree;
  unit->source = tree->source;
  unit->file = file;
  unit->codes = mx_gc_alloc_words(sizeof(Code *) * (tree->node_count + 1));
  unit->core = core;
  return unit;
}

// Kind, scope, parameters and name of a scope node.
typedef struct CodeParts {
  CodeKind kind;
  const Scope *scope;
  const Node *params; // PARAMS or NULL
  Sym name;
  bool implicit; // has _1 or `it`
} CodeParts;

static Sym code_path_name(const Node *path) { return ((const NodeConstant *)path)->name; }

// Read the parts of a scope node.
static CodeParts code_parts(const Node *node) {
  bool implicit = (node->flags & NF_IMPLICIT) != 0;
  switch (mx_ast_kind(node)) {
  case NODE_PROGRAM: {
    const Scope *scope = ((const NodeProgram *)node)->scope;
    return (CodeParts){.kind = scope->kind == SCOPE_EVAL ? CODE_EVAL : CODE_PROGRAM,
                       .scope = scope};
  }
  case NODE_DEF: {
    const NodeMethodDef *def = (const NodeMethodDef *)node;
    return (CodeParts){CODE_METHOD, def->scope, def->params, def->name, false};
  }
  case NODE_CLASS: {
    const NodeClassDef *def = (const NodeClassDef *)node;
    return (CodeParts){CODE_CLASS, def->scope, NULL, code_path_name(def->path), false};
  }
  case NODE_MODULE: {
    const NodeModuleDef *def = (const NodeModuleDef *)node;
    return (CodeParts){CODE_MODULE, def->scope, NULL, code_path_name(def->path), false};
  }
  case NODE_SCLASS:
    return (CodeParts){.kind = CODE_SCLASS, .scope = ((const NodeSingletonClassDef *)node)->scope};
  case NODE_LAMBDA: {
    const NodeLambda *fn = (const NodeLambda *)node;
    return (CodeParts){CODE_BLOCK, fn->scope, fn->params, SYM_NONE, implicit};
  }
  case NODE_FOR: return (CodeParts){.kind = CODE_FOR, .scope = ((const NodeFor *)node)->scope};
  default: {
    MX_ASSERT(mx_ast_kind(node) == NODE_BLOCK_FN, "node %d has no scope", node->kind);
    const NodeBlockFunction *fn = (const NodeBlockFunction *)node;
    return (CodeParts){CODE_BLOCK, fn->scope, fn->params, SYM_NONE, implicit};
  }
  }
}

// Count a required parameter: before or behind the optional and rest ones.
static void params_required(Params *params, uint16_t at) {
  if (params->opt == 0 && !params->has_rest) {
    params->pre++;
    return;
  }
  if (params->post++ == 0) params->post_at = at;
}

// Count a keyword parameter.
static void params_key(Params *params, uint16_t at, bool required) {
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
  params->flags |= PARAMS_HAS_KEYS;
}

// Enter one parameter, at index `at` of the list.
static void params_enter(Params *params, const NodeParameter *p, uint16_t at) {
  if (p->annotation) params->flags |= PARAMS_ANNOTATED;
  if (p->target) params->flags |= PARAMS_DESTRUCTURES;
  params->list[at] = (ParamSpec){p->name, p->slot, (uint8_t)p->kind, p->target != NULL, p};
  switch ((ParamKind)p->kind) {
  case PARAM_REQ: params_required(params, at); break;
  case PARAM_OPT: params->opt++; break;
  case PARAM_REST:
    params->has_rest = true;
    params->rest_slot = p->slot == SCOPE_NO_SLOT ? -1 : (int32_t)p->slot;
    if (p->name == SYM_NONE) params->flags |= PARAMS_ANON_REST;
    break;
  case PARAM_KEYREQ: params_key(params, at, true); break;
  case PARAM_KEY: params_key(params, at, false); break;
  case PARAM_KEYREST:
    params->has_keyrest = true;
    params->keyrest_slot = p->slot == SCOPE_NO_SLOT ? -1 : (int32_t)p->slot;
    params->flags |= PARAMS_HAS_KEYS;
    break;
  case PARAM_NOKEY: params->flags |= PARAMS_NO_KEYS; break;
  case PARAM_BLOCK: params->block_slot = p->slot == SCOPE_NO_SLOT ? -1 : (int32_t)p->slot; break;
  case PARAM_FORWARD: params_forward(params, p->slot); break;
  case PARAM_BLOCK_LOCAL: break;
  }
}

// `it` is a parameter without a name to those who ask; _1 keeps its own.
static void params_unnamed(Params *params) {
  if (params->count == 1 && params->list[0].name == SYM_it) params->list[0].name = SYM_NONE;
}

// Are all parameters required positionals in the first slots?
static bool params_simple(const Params *params) {
  if (params->opt || params->has_rest || params->flags || params->block_slot >= 0) return false;
  for (uint16_t i = 0; i < params->pre; i++)
    if (params->list[i].slot != i) return false;
  return true;
}

// Take a parameter list apart.
static void params_init(Params *params, const NodeParameters *node) {
  params->count = (uint16_t)node->list.count;
  params->list = mx_gc_alloc_words(sizeof(ParamSpec) * (params->count + 1u));
  if (node->base.flags & NF_TRAILING_COMMA) params->flags |= PARAMS_TRAILING;
  for (uint16_t i = 0; i < params->count; i++)
    params_enter(params, (const NodeParameter *)node->list.at[i], i);
}

// A for loop takes one argument: the first value yielded, or all of them for several targets.
static void params_for(Params *params, const NodeFor *node) {
  params->pre = 1;
  if (mx_ast_kind(node->target) == NODE_MULTI_TARGET) params->flags |= PARAMS_FOR_MANY;
}

Code *mx_code_for(ExecCtx *ec, Unit *unit, const Node *node, const Code *parent) {
  Code *code = unit->codes[node->id];
  if (code) return code;
  CodeParts parts = code_parts(node);
  code = mx_gc_alloc_words(sizeof *code);
  *code = (Code){.run = mx_tree_run,
                 .unit = unit,
                 .node = node,
                 .start = node->span.start,
                 .scope = parts.scope,
                 .parent = parent,
                 .name = parts.name,
                 .kind = (uint8_t)parts.kind,
                 .core = unit->core};
  Params *params = &code->params;
  params->rest_slot = params->keyrest_slot = params->block_slot = -1;
  if (parts.params) params_init(params, (const NodeParameters *)parts.params);
  if (parts.implicit) params_unnamed(params);
  if (code->kind == CODE_FOR)
    params_for(params, (const NodeFor *)node);
  else if (params_simple(params))
    params->flags |= PARAMS_SIMPLE;
  unit->codes[node->id] = code;
  return code;
}
