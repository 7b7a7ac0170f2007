// SPDX-License-Identifier: MIT
// Syntax trees as guest objects: one class per kind of node, made from the table of nodes.
#include "interp/ast_object.h"
#include "interp/tree.h"

// Payload of an AST object.
typedef struct AstRef {
  Unit *unit;       // tree and text that the node belongs to
  const Node *node; // the node
} AstRef;

static const ForeignType ast_type = {"AST node", sizeof(AstRef), NULL};

// Class of a kind of node under Metorex::AST.
static ClassObj *ast_class(ExecCtx *ec, const char *name, ClassObj *super) {
  Sym sym = mx_sym(ec->vm, name);
  ConstEntry *entry = mx_const_own(ec->vm->cls.AST, sym);
  if (entry) return VAL_CAST(ClassObj, entry->value);
  return mx_class_define(ec, ec->vm->cls.AST, sym, super);
}

Value mx_ast_wrap(ExecCtx *ec, Unit *unit, const Node *node) {
  const NodeInfo *info = mx_ast_info(mx_ast_kind(node));
  Foreign *object = mx_foreign_new(ec, ast_class(ec, info->class_name, NULL), &ast_type);
  AstRef *ref = (AstRef *)(void *)object->payload;
  ref->unit = unit;
  ref->node = node;
  return val_from_ptr(object);
}

Value mx_ast_quote(ExecCtx *ec, Frame *fr, const NodeQuote *node) {
  return mx_ast_wrap(ec, fr->code->unit, node->body);
}

void mx_ast_boot(ExecCtx *ec) {
  ClassObj *base = ast_class(ec, "Node", ec->vm->cls.Object);
  for (NodeKind kind = 0; kind < NODE_COUNT; kind++) {
    const NodeInfo *info = mx_ast_info(kind);
    ast_class(ec, info->class_name, ast_class(ec, info->super_name, base));
  }
}
