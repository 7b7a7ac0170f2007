// SPDX-License-Identifier: MIT
// Compiling a body: what its scope node says, the prologue of its parameters, its statements.
#include "frontend/steps.h"
#include "bytecode/compile_internal.h"

// ---- what a scope node says

CodeKind mx_compile_kind(const Node *node) {
  switch (mx_ast_kind(node)) {
  case NODE_PROGRAM:
    return ((const NodeProgram *)node)->scope->kind == SCOPE_EVAL ? CODE_EVAL : CODE_PROGRAM;
  case NODE_DEF: return CODE_METHOD;
  case NODE_CLASS: return CODE_CLASS;
  case NODE_MODULE: return CODE_MODULE;
  case NODE_SCLASS: return CODE_SCLASS;
  case NODE_FOR: return CODE_FOR;
  default: return CODE_BLOCK;
  }
}

// Name of the class or module that a path defines.
static Sym compile_path_name(const Node *path) { return ((const NodeConstant *)path)->name; }

// Take a parameter list apart.
static Params compile_params(const Node *node, bool implicit) {
  if (!node) {
    Params none = mx_params_none();
    mx_params_finish(&none, false);
    return none;
  }
  const NodeParameters *list = (const NodeParameters *)node;
  bool trailing = (node->flags & NF_TRAILING_COMMA) != 0;
  Params params = mx_params_begin(list->list.count, trailing);
  for (uint32_t i = 0; i < params.count; i++) {
    const NodeParameter *p = (const NodeParameter *)list->list.at[i];
    uint32_t slot = p->kind == PARAM_NOKEY ? SCOPE_NO_SLOT : p->slot; // **nil has no local
    ParamSpec spec = {p->name, slot, (uint8_t)p->kind, p->target != NULL, p};
    mx_params_enter(&params, spec, i, p->annotation != NULL);
  }
  mx_params_finish(&params, implicit);
  return params;
}

// Info of a def, block or lambda.
static BodyInfo compile_function_info(const Scope *scope, const Node *params, Sym name,
                                      bool implicit) {
  return (BodyInfo){.scope = scope, .params = compile_params(params, implicit), .name = name};
}

// Info of a body without parameters.
static BodyInfo compile_plain_info(const Scope *scope, Sym name) {
  return compile_function_info(scope, NULL, name, false);
}

// Info of a for loop's body.
static BodyInfo compile_for_info(const NodeFor *node) {
  bool many = mx_ast_kind(node->target) == NODE_MULTI_TARGET;
  return (BodyInfo){.scope = node->scope, .params = mx_params_for(many)};
}

// Info by kind of node, without kind and place.
static BodyInfo compile_info_of(const Node *node) {
  bool implicit = (node->flags & NF_IMPLICIT) != 0;
  switch (mx_ast_kind(node)) {
  case NODE_PROGRAM: return compile_plain_info(((const NodeProgram *)node)->scope, SYM_NONE);
  case NODE_DEF: {
    const NodeMethodDef *def = (const NodeMethodDef *)node;
    return compile_function_info(def->scope, def->params, def->name, false);
  }
  case NODE_CLASS: {
    const NodeClassDef *def = (const NodeClassDef *)node;
    return compile_plain_info(def->scope, compile_path_name(def->path));
  }
  case NODE_MODULE: {
    const NodeModuleDef *def = (const NodeModuleDef *)node;
    return compile_plain_info(def->scope, compile_path_name(def->path));
  }
  case NODE_SCLASS:
    return compile_plain_info(((const NodeSingletonClassDef *)node)->scope, SYM_NONE);
  case NODE_LAMBDA: {
    const NodeLambda *fn = (const NodeLambda *)node;
    return compile_function_info(fn->scope, fn->params, SYM_NONE, implicit);
  }
  case NODE_FOR: return compile_for_info((const NodeFor *)node);
  default: {
    MX_ASSERT(mx_ast_kind(node) == NODE_BLOCK_FN, "node %d has no scope", node->kind);
    const NodeBlockFunction *fn = (const NodeBlockFunction *)node;
    return compile_function_info(fn->scope, fn->params, SYM_NONE, implicit);
  }
  }
}

BodyInfo mx_compile_info(const Node *node) {
  BodyInfo info = compile_info_of(node);
  info.kind = mx_compile_kind(node);
  info.start = node->span.start;
  info.end = node->span.end;
  return info;
}

// ---- captured locals

// Which locals of a body nested ones mention.
typedef struct CaptureSearch {
  uint32_t depth; // scopes between the node and the body
  bool *captured; // by slot
} CaptureSearch;

// Note a mention of the body's locals; go into nested blocks, not into definitions.
static bool compile_find_captures(void *ctx, Node *node) {
  CaptureSearch *search = ctx;
  switch (mx_ast_kind(node)) {
  case NODE_LOCAL: {
    const NodeLocalVariable *local = (const NodeLocalVariable *)node;
    if (search->depth > 0 && local->depth == search->depth) search->captured[local->slot] = true;
    return true;
  }
  case NODE_DEF:
  case NODE_CLASS:
  case NODE_MODULE:
  case NODE_SCLASS: return true;
  case NODE_BLOCK_FN:
  case NODE_LAMBDA:
  case NODE_FOR: {
    search->depth++;
    mx_ast_each_child(node, compile_find_captures, search);
    search->depth--;
    return true;
  }
  default: return mx_ast_each_child(node, compile_find_captures, search);
  }
}

// Mark the locals that nested bodies share, with an instruction for each.
static void compile_mark_captures(Compiler *c, OpCode mark) {
  const Scope *scope = c->info.scope;
  if (!(scope->flags & SCOPE_CAPTURED) || scope->count == 0) return;
  CaptureSearch search = {.captured = mx_gc_alloc_atomic(scope->count)};
  memset(search.captured, 0, scope->count);
  mx_ast_each_child(c->node, compile_find_captures, &search);
  for (uint32_t slot = 0; slot < scope->count; slot++)
    if (search.captured[slot]) mx_emit_op1(&c->e, mark, slot);
}

// ---- prologue

// Give an optional parameter its default when it got no argument.
static void compile_default(Compiler *c, const NodeParameter *p) {
  if (!p->value) return;
  Label given = mx_emit_label(&c->e);
  compile_at(c, p->base.span.start);
  mx_emit_op2(&c->e, OP_JUMP_IF_GIVEN, p->slot, given);
  mx_emit_op(&c->e, OP_PUSH_NIL);
  mx_emit_op1(&c->e, OP_STORE_LOCAL, p->slot);
  mx_compile_node(c, p->value, true);
  mx_emit_op1(&c->e, OP_STORE_LOCAL, p->slot);
  mx_emit_bind(&c->e, given);
}

// Take an argument apart for a parameter written as (a, b).
static void compile_destructure(Compiler *c, const NodeParameter *p) {
  if (!p->target) return;
  compile_at(c, p->base.span.start);
  mx_emit_op1(&c->e, OP_LOAD_LOCAL, p->slot);
  mx_compile_store(c, p->target);
}

// Check the arguments against their annotations.
static void compile_param_types(Compiler *c) {
  for (uint32_t i = 0; i < c->info.params.count; i++) {
    const NodeParameter *p = c->info.params.list[i].node;
    if (!p->annotation) continue;
    mx_emit_op1(&c->e, OP_LOAD_LOCAL, p->slot);
    mx_compile_type_check(c, p->annotation, "argument", p->name);
    mx_emit_op(&c->e, OP_POP);
  }
}

// Destructuring parameters, then defaults, then checks.
static void compile_prologue(Compiler *c) {
  const Params *params = &c->info.params;
  for (uint32_t i = 0; i < params->count; i++) compile_destructure(c, params->list[i].node);
  for (uint32_t i = 0; i < params->count; i++) compile_default(c, params->list[i].node);
  if (c->unit->types && params->flags & PARAMS_ANNOTATED) compile_param_types(c);
  if (c->info.kind != CODE_FOR) return;
  mx_emit_op1(&c->e, OP_LOAD_LOCAL, 0);
  mx_compile_store(c, ((const NodeFor *)c->node)->target);
}

// ---- bodies

uint32_t mx_compile_enter_body(Compiler *c, const void *node) {
  return mx_emit_body(&c->e, mx_compile_kind(node), node);
}

// The method whose result is checked against the annotation behind the arrow, or NULL.
static const NodeMethodDef *compile_checked(const Compiler *c) {
  const NodeMethodDef *def = (const NodeMethodDef *)c->node;
  return c->unit->types && c->info.kind == CODE_METHOD && def->return_type ? def : NULL;
}

// The end, where the values of all `return` come, those of blocks by a handler, and are checked.
static void compile_checked_end(Compiler *c, const NodeMethodDef *def, uint32_t range) {
  mx_emit_end_try(&c->e, range);
  mx_emit_bind_handler(&c->e, c->end, 0, 1);
  mx_compile_type_check(c, def->return_type, "result of", def->name);
}

// Compile prologue, statements and the return of their value.
static void compile_whole(Compiler *c) {
  compile_at(c, c->info.start);
  compile_mark_captures(c, OP_CAPTURE_VAR);
  // Defaults may `return` already.
  c->start = mx_emit_label(&c->e);
  c->end = mx_emit_label(&c->e);
  const NodeMethodDef *checked = compile_checked(c);
  uint32_t range = checked ? mx_emit_try(&c->e, HANDLER_RETURN, c->end, 0) : 0;
  compile_prologue(c);
  mx_emit_bind(&c->e, c->start);
  const Node *statements = mx_ast_body(c->node);
  mx_compile_used(c, statements, mx_compile_has_tails(c) ? USE_TAIL : USE_VALUE);
  if (checked)
    compile_checked_end(c, checked, range);
  else
    mx_emit_bind(&c->e, c->end);
  if (c->info.kind == CODE_METHOD) compile_mark_captures(c, OP_CLOSE_UPVALUE);
  mx_emit_op(&c->e, OP_RETURN);
}

// CHUNK_* of a body that was compiled.
static uint32_t compile_chunk_flags(const Compiler *c) {
  uint32_t flags = 0;
  if (c->unit->core) flags |= CHUNK_CORE;
  if (c->unit->trace) flags |= CHUNK_TRACED;
  if (c->unit->types) flags |= CHUNK_TYPES;
  for (uint32_t i = 0; i < c->e.instrs.count; i++)
    if (!c->e.instrs.at[i].dead && mx_op_find_operand((OpCode)c->e.instrs.at[i].op, 'B') >= 0)
      flags |= CHUNK_HAS_BLOCKS;
  return flags;
}

// Let a chunk's text reach as far as its places do: bodies of heredocs that it opens on its last
// line stand behind its node.
static void compile_widen(Chunk *chunk) {
  for (uint32_t i = 0; i < chunk->line_count; i++)
    if (chunk->lines[i].site > chunk->end) chunk->end = chunk->lines[i].site;
}

Chunk *mx_compile_body(ExecCtx *ec, const CompileUnit *unit, const Node *node) {
  Compiler c = {.ec = ec, .unit = unit, .node = node, .info = mx_compile_info(node)};
  c.is_lambda = mx_ast_kind(node) == NODE_LAMBDA;
  mx_emit_init(&c.e, ec);
  if (!unit->core) mx_steps_mark(unit->tree->source, node);
  compile_whole(&c);
  Chunk *chunk = mx_gc_alloc_words(sizeof *chunk);
  *chunk = (Chunk){.start = c.info.start,
                   .end = c.info.end,
                   .node_id = node->id,
                   .flags = compile_chunk_flags(&c),
                   .name = c.info.name,
                   .kind = (uint8_t)c.info.kind,
                   .scope = c.info.scope,
                   .params = c.info.params};
  bool fits = mx_emit_finish(&c.e, chunk);
  compile_widen(chunk);
  mx_emit_free(&c.e);
  return fits ? chunk : NULL;
}

Chunk *mx_compile_nested(ExecCtx *ec, const CompileUnit *unit, Chunk *chunk, uint32_t index) {
  ChunkBody *body = &chunk->bodies[index];
  if (!body->chunk) body->chunk = mx_compile_body(ec, unit, body->node);
  return body->chunk;
}

bool mx_compile_all(ExecCtx *ec, const CompileUnit *unit, Chunk *chunk) {
  for (uint32_t i = 0; i < chunk->body_count; i++) {
    Chunk *nested = mx_compile_nested(ec, unit, chunk, i);
    if (!nested || !mx_compile_all(ec, unit, nested)) return false;
  }
  return true;
}
