// SPDX-License-Identifier: MIT
// Units and Codes: parsed text made ready to run in either engine.
#include "bytecode/compile.h"
#include "interp/program.h"
#include "interp/stream.h"
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

Code *mx_code_for(ExecCtx *ec, Unit *unit, const Node *node, const Code *parent) {
  Code *code = unit->codes[node->id];
  if (code) return code;
  BodyInfo info = mx_compile_info(node);
  bool has_blocks = (info.scope->flags & SCOPE_HAS_BLOCKS) != 0;
  code = mx_gc_alloc_words(sizeof *code);
  *code = (Code){.run = mx_interp(ec->vm)->options.walker ? mx_tree_run : mx_dispatch_run,
                 .unit = unit,
                 .node = node,
                 .start = info.start,
                 .frame_words = mx_frame_words(info.scope, has_blocks),
                 .scope = info.scope,
                 .parent = parent,
                 .params = info.params,
                 .name = info.name,
                 .kind = (uint8_t)info.kind,
                 .core = unit->core,
                 .has_blocks = has_blocks,
                 .local_count = info.scope->count};
  unit->codes[node->id] = code;
  return code;
}

// How the compiler sees a unit.
static CompileUnit code_compile_unit(ExecCtx *ec, const Unit *unit) {
  return (CompileUnit){
      .tree = unit->tree,
      .core = unit->core,
      .trace = mx_interp(ec->vm)->options.trace && !unit->core,
      .types = ec->vm->options.check_types};
}

Chunk *mx_code_compile(ExecCtx *ec, Code *code) {
  CompileUnit unit = code_compile_unit(ec, code->unit);
  return mx_compile_body(ec, &unit, code->node);
}

Code *mx_code_nested(ExecCtx *ec, const Code *code, uint32_t index) {
  const ChunkBody *body = &code->chunk->bodies[index];
  return mx_code_for(ec, code->unit, body->node, code);
}

const Ast *mx_unit_tree(ExecCtx *ec, Unit *unit) {
  (void)ec;
  return unit->tree;
}
