// SPDX-License-Identifier: MIT
// Definitions: def, class, module, class << x, alias, undef; checks of type annotations.
#include "runtime/string.h"
#include "bytecode/compile_internal.h"

// The instruction for a def.
static OpCode def_op(const Compiler *c, const NodeMethodDef *node) {
  if (node->singleton) return OP_DEFINE_SINGLETON;
  if (node->base.flags & NF_NO_BODY) return OP_DEFINE_REQUIREMENT;
  return c->info.kind == CODE_PROGRAM ? OP_DEFINE_FUNCTION : OP_DEFINE_METHOD;
}

void mx_compile_def(Compiler *c, const NodeMethodDef *node) {
  uint32_t name = mx_emit_name(&c->e, node->name);
  if (node->singleton) mx_compile_node(c, node->singleton, true);
  compile_at(c, node->base.span.start);
  mx_emit_op2(&c->e, def_op(c, node), name, mx_compile_enter_body(c, node));
}

// Push the scope in which a path defines its last name; how it is to be found.
static ConstPlace def_scope(Compiler *c, const NodeConstant *path) {
  mx_compile_node(c, path->scope, true);
  if (path->base.flags & NF_TOP) return CONST_PLACE_TOP;
  return path->scope ? CONST_PLACE_SCOPE : CONST_PLACE_LEXICAL;
}

// class Path < Superclass
static void def_class(Compiler *c, const NodeClassDef *node) {
  const NodeConstant *path = (const NodeConstant *)node->path;
  ConstPlace place = def_scope(c, path);
  mx_compile_node(c, node->superclass, true);
  compile_at(c, node->base.span.start);
  mx_emit_op3(&c->e, OP_DEFINE_CLASS, mx_emit_name(&c->e, path->name),
              node->superclass ? DEFINE_HAS_SUPER : 0, place);
}

// module Path, trait Path
static void def_module(Compiler *c, const NodeModuleDef *node) {
  const NodeConstant *path = (const NodeConstant *)node->path;
  ConstPlace place = def_scope(c, path);
  compile_at(c, node->base.span.start);
  mx_emit_op3(&c->e, OP_DEFINE_MODULE, mx_emit_name(&c->e, path->name),
              node->base.flags & NF_TRAIT ? DEFINE_TRAIT : 0, place);
}

void mx_compile_class(Compiler *c, const Node *node) {
  if (mx_ast_kind(node) == NODE_CLASS) {
    def_class(c, (const NodeClassDef *)node);
  } else if (mx_ast_kind(node) == NODE_MODULE) {
    def_module(c, (const NodeModuleDef *)node);
  } else {
    mx_compile_node(c, ((const NodeSingletonClassDef *)node)->object, true);
    compile_at(c, node->span.start);
    mx_emit_op(&c->e, OP_OPEN_SINGLETON);
  }
  mx_emit_op1(&c->e, OP_RUN_BODY, mx_compile_enter_body(c, node));
}

void mx_compile_alias(Compiler *c, const NodeAlias *node) {
  if (mx_ast_kind(node->new_name) == NODE_GVAR) {
    mx_emit_op2(&c->e, OP_ALIAS_GLOBAL,
                mx_emit_name(&c->e, ((const NodeGlobalVariable *)node->new_name)->name),
                mx_emit_name(&c->e, ((const NodeGlobalVariable *)node->old_name)->name));
    return;
  }
  mx_compile_node(c, node->new_name, true);
  mx_compile_node(c, node->old_name, true);
  compile_at(c, node->base.span.start);
  mx_emit_op(&c->e, OP_ALIAS_METHOD);
}

void mx_compile_undef(Compiler *c, const NodeUndef *node) {
  for (uint32_t i = 0; i < node->names.count; i++) {
    if (i > 0) mx_emit_op(&c->e, OP_POP);
    mx_compile_node(c, node->names.at[i], true);
    compile_at(c, node->base.span.start);
    mx_emit_op(&c->e, OP_UNDEF_METHOD);
  }
}

// Go to `fits` if the top, which stays, fits a type.
static void def_type_test(Compiler *c, const Node *type, Label fits) {
  if (mx_ast_kind(type) == NODE_TYPE_GENERIC) {
    def_type_test(c, ((const NodeTypeGeneric *)type)->generic, fits);
    return;
  }
  if (mx_ast_kind(type) == NODE_TYPE_UNION) {
    const NodeList *types = &((const NodeTypeUnion *)type)->types;
    for (uint32_t i = 0; i < types->count; i++) def_type_test(c, types->at[i], fits);
    return;
  }
  mx_compile_node(c, type, true);
  mx_emit_op1(&c->e, OP_PICK, 1);
  mx_emit_op(&c->e, OP_CASE_EQ);
  mx_emit_op1(&c->e, OP_JUMP_IF_TRUE, fits);
}

void mx_compile_type_check(Compiler *c, const Node *type, const char *what, Sym name) {
  Label fits = mx_emit_label(&c->e);
  uint32_t site = c->e.site;
  def_type_test(c, type, fits);
  const char *text = c->unit->tree->source->text + type->span.start;
  Value expected = mx_str_printf(c->ec, "%s%s%s: expected %.*s", what, name ? " " : "",
                                 name ? mx_sym_text(&c->ec->vm->symtab, name) : "",
                                 (int)(type->span.end - type->span.start), text);
  compile_at(c, site);
  mx_emit_op1(&c->e, OP_TYPE_ERROR, mx_emit_const(&c->e, mx_str_freeze_dedup(c->ec, expected)));
  c->e.depth++;
  mx_emit_bind(&c->e, fits);
}
