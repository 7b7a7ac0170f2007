// SPDX-License-Identifier: MIT
// Units and Codes: parsed text and loaded images made ready to run in either engine.
#include "frontend/steps.h"
#include "bytecode/compile.h"
#include "bytecode/mxc.h"
#include "interp/image.h"
#include "interp/program.h"
#include "interp/stream.h"
#include "interp/tree.h"

Unit *mx_unit_new(ExecCtx *ec, Ast *tree, Value file, bool core) {
  (void)ec;
  Unit *unit = mx_gc_alloc_words(sizeof *unit);
  unit->tree = tree;
  unit->source = tree->source;
  unit->file = file;
  unit->core = core;
  return unit;
}

// Make the code of a body.
static Code *code_make(ExecCtx *ec, Unit *unit, const BodyInfo *info, const Code *parent) {
  bool has_blocks = (info->scope->flags & SCOPE_HAS_BLOCKS) != 0;
  Code *code = mx_gc_alloc_words(sizeof *code);
  *code = (Code){.run = mx_interp(ec->vm)->options.walker ? mx_tree_run : mx_dispatch_run,
                 .unit = unit,
                 .start = info->start,
                 .end = info->end,
                 .frame_words = mx_frame_words(info->scope, has_blocks),
                 .scope = info->scope,
                 .parent = parent,
                 .params = info->params,
                 .name = info->name,
                 .kind = (uint8_t)info->kind,
                 .core = unit->core,
                 .has_blocks = has_blocks,
                 .local_count = info->scope->count};
  return code;
}

Code *mx_code_for(ExecCtx *ec, Unit *unit, const Node *node, const Code *parent) {
  // A unit from an image has a tree only once somebody has asked for it.
  if (!unit->codes) unit->codes = mx_gc_alloc_words(sizeof(Code *) * (unit->tree->node_count + 1));
  Code *code = unit->codes[node->id];
  if (code) return code;
  BodyInfo info = mx_compile_info(node);
  code = unit->codes[node->id] = code_make(ec, unit, &info, parent);
  code->node = node;
  return code;
}

// ---- code from images

// Make the code of a chunk, or of a stub of one; origin: its entry in the chunk around it, whose
// code keeps it (Code.bodies).
static Code *code_for_chunk(ExecCtx *ec, Unit *unit, const Chunk *chunk, ChunkBody *origin,
                            const Code *parent) {
  BodyInfo info = {.kind = (CodeKind)chunk->kind,
                   .scope = chunk->scope,
                   .params = chunk->params,
                   .name = chunk->name,
                   .start = chunk->start,
                   .end = chunk->end};
  Code *code = code_make(ec, unit, &info, parent);
  code->origin = origin;
  return code;
}

const Code *mx_unit_program(ExecCtx *ec, Unit *unit) {
  if (!unit->image) {
    Code *code = mx_code_for(ec, unit, unit->tree->root, NULL);
    if (!code->chunk) code->chunk = unit->compiled;
    return code;
  }
  const Chunk *chunk = mx_mxc_program(ec, unit->image);
  return chunk ? code_for_chunk(ec, unit, chunk, NULL, NULL) : NULL;
}

// The chunk of a code from an image, read at need.
static Chunk *code_load(ExecCtx *ec, const Code *code) {
  MxcFile *image = code->unit->image;
  if (!code->origin) return mx_mxc_program(ec, image);
  Chunk *around = code->parent->chunk;
  uint32_t index = (uint32_t)(code->origin - around->bodies);
  return mx_mxc_load(ec, image, around, index) ? code->origin->chunk : NULL;
}

bool mx_code_has_line(ExecCtx *ec, const Code *code, uint32_t line) {
  const Node *node = mx_code_node(ec, code);
  return node && mx_steps_has(code->unit->source, node, line);
}

// ---- chunks

// How the compiler sees a unit.
static CompileUnit code_compile_unit(ExecCtx *ec, const Unit *unit) {
  return (CompileUnit){.tree = unit->tree,
                       .core = unit->core,
                       .trace = mx_interp(ec->vm)->options.trace && !unit->core,
                       .types = ec->vm->options.check_types};
}

Chunk *mx_code_compile(ExecCtx *ec, Code *code) {
  if (code->unit->image) return code_load(ec, code);
  CompileUnit unit = code_compile_unit(ec, code->unit);
  return mx_compile_body(ec, &unit, code->node);
}

Code *mx_code_nested(ExecCtx *ec, const Code *code, uint32_t index) {
  ChunkBody *body = &code->chunk->bodies[index];
  if (body->node) {
    Code *made = mx_code_for(ec, code->unit, body->node, code);
    if (!made->chunk) made->chunk = body->chunk; // compiled for the cache, or for a listing
    return made;
  }
  if (!body->chunk && !mx_mxc_load(ec, code->unit->image, code->chunk, index)) return NULL;
  return code_for_chunk(ec, code->unit, body->chunk, body, code);
}

// ---- trees of units from images

// The tree of a unit, parsed again when it came from an image; NULL when its source is broken.
static const Ast *code_tree(ExecCtx *ec, Unit *unit) {
  if (unit->tree || !unit->image || !mx_image_text(unit)) return unit->tree;
  const MxcSource *source = mx_mxc_source(unit->image);
  ParseOptions options = {.dialect = (Dialect)source->dialect,
                          .frozen_strings = (source->flags & MXC_FROZEN) != 0};
  unit->tree = mx_eval_reparse(ec, unit->source, &options);
  return unit->tree;
}

const Ast *mx_unit_tree(ExecCtx *ec, Unit *unit) {
  const Ast *tree = code_tree(ec, unit);
  if (!tree)
    (void)mx_raise(ec, ec->vm->cls.SyntaxError, "%s: its source text is damaged",
                   unit->source->name);
  return tree;
}

const Node *mx_unit_root(ExecCtx *ec, Unit *unit) {
  const Ast *tree = code_tree(ec, unit);
  return tree ? tree->root : NULL;
}

// What is looked for in a tree: the scope node with a number.
typedef struct CodeSearch {
  uint32_t id, start; // its number and its place
  const Node *found;  // NULL until it is found
} CodeSearch;

// Note the node when it is found; false ends the search.
static bool code_search(void *ctx, Node *node) {
  CodeSearch *search = ctx;
  if (node->id == search->id && node->span.start == search->start) search->found = node;
  return !search->found && mx_ast_each_child(node, code_search, search);
}

// Is a node a body of this kind?
static bool code_node_fits(const Node *node, CodeKind kind) {
  return mx_ast_is_scope(mx_ast_kind(node)) && mx_compile_kind(node) == kind;
}

const Node *mx_code_node(ExecCtx *ec, const Code *code) {
  const Node *root = code->node ? NULL : mx_unit_root(ec, code->unit);
  if (!root) return code->node;
  const Chunk *chunk = code->origin ? code->origin->chunk : mx_mxc_program(ec, code->unit->image);
  CodeSearch search = {.id = chunk->node_id, .start = chunk->start};
  (void)code_search(&search, (Node *)(uintptr_t)root);
  if (!search.found || !code_node_fits(search.found, (CodeKind)code->kind)) return NULL;
  ((Code *)(uintptr_t)code)->node = search.found;
  return search.found;
}
