// SPDX-License-Identifier: MIT
// defined?: what a name or expression would be, without running it. Only receivers are evaluated,
// and what they raise makes the answer nil.
#include "runtime/string.h"
#include "bytecode/compile_internal.h"

static void defined_value(Compiler *c, const Node *node);

// Push a description.
static void defined_text(Compiler *c, const char *text) {
  mx_compile_constant(c, mx_str_freeze_dedup(c->ec, mx_str_ascii(c->ec, text)));
}

// Push the answer to a question about a name; the operand lies at the top.
static void defined_ask(Compiler *c, DefinedKind kind, Sym name) {
  mx_emit_op2(&c->e, OP_DEFINED, kind, mx_emit_name(&c->e, name));
}

// The same without operand.
static void defined_ask_here(Compiler *c, DefinedKind kind, Sym name) {
  mx_emit_op(&c->e, OP_PUSH_NIL);
  defined_ask(c, kind, name);
}

// Go to `no` unless every part is defined.
static void defined_all(Compiler *c, const NodeList *list, Label no) {
  for (uint32_t i = 0; i < list->count; i++) {
    defined_value(c, list->at[i]);
    mx_emit_op1(&c->e, OP_JUMP_IF_FALSE, no);
  }
}

// Push the value of a receiver; go to `no` when it is undefined or raises.
static void defined_receiver(Compiler *c, const Node *node, Label no) {
  Label handler = mx_emit_label(&c->e), done = mx_emit_label(&c->e);
  uint32_t depth = (uint32_t)c->e.depth;
  defined_value(c, node);
  mx_emit_op1(&c->e, OP_JUMP_IF_FALSE, no);
  uint32_t range = mx_emit_try(&c->e, HANDLER_RESCUE, handler, depth);
  mx_compile_node(c, node, true);
  mx_emit_end_try(&c->e, range);
  mx_emit_op1(&c->e, OP_JUMP, done);
  mx_emit_bind_handler(&c->e, handler, depth, 1);
  mx_emit_op(&c->e, OP_POP);
  mx_emit_op1(&c->e, OP_JUMP, no);
  c->e.depth = (int32_t)depth + 1;
  mx_emit_bind(&c->e, done);
}

// [answer]; at `no` it is nil.
static void defined_close(Compiler *c, Label no) {
  Label end = mx_emit_label(&c->e);
  mx_emit_op1(&c->e, OP_JUMP, end);
  c->e.depth--;
  mx_emit_bind(&c->e, no);
  mx_emit_op(&c->e, OP_PUSH_NIL);
  mx_emit_bind(&c->e, end);
}

// Would a call of `name` with the node's receiver and arguments find a method?
static void defined_method(Compiler *c, const NodeMethodCall *node, Sym name) {
  // A call with a block of its own is an expression, whatever it calls.
  if (node->block && mx_ast_kind(node->block) != NODE_BLOCK_PASS) {
    defined_text(c, "expression");
    return;
  }
  Label no = mx_emit_label(&c->e);
  bool to_self = !node->receiver || mx_ast_kind(node->receiver) == NODE_SELF;
  defined_all(c, &node->args, no);
  if (to_self)
    mx_emit_op(&c->e, OP_LOAD_SELF);
  else
    defined_receiver(c, node->receiver, no);
  defined_ask(c, to_self ? DEFINED_METHOD_SELF : DEFINED_METHOD, name);
  defined_close(c, no);
}

// defined?(A), defined?(::A) and defined?(a::B).
static void defined_const(Compiler *c, const NodeConstant *node) {
  if (node->base.flags & NF_TOP || !node->scope) {
    bool top = node->base.flags & NF_TOP;
    defined_ask_here(c, top ? DEFINED_CONST_TOP : DEFINED_CONST, node->name);
    return;
  }
  Label no = mx_emit_label(&c->e);
  defined_receiver(c, node->scope, no);
  defined_ask(c, DEFINED_CONST_FROM, node->name);
  defined_close(c, no);
}

// a.b = c and a[b] = c are calls; every other assignment is one.
static void defined_assignment(Compiler *c, const Node *target) {
  if (mx_ast_kind(target) != NODE_CALL) {
    defined_text(c, "assignment");
    return;
  }
  const NodeMethodCall *call = (const NodeMethodCall *)target;
  bool index = call->name == SYM_AREF;
  Sym setter = index ? SYM_ASET : mx_sym_setter(&c->ec->vm->symtab, call->name);
  defined_method(c, call, setter);
}

// A list of expressions: "expression" unless a part is undefined.
static void defined_list(Compiler *c, const NodeList *list) {
  Label no = mx_emit_label(&c->e);
  defined_all(c, list, no);
  defined_text(c, "expression");
  defined_close(c, no);
}

// $1: the number is the operand.
static void defined_nth_ref(Compiler *c, const NodeNthReference *node) {
  mx_compile_constant(c, val_from_fixnum(node->index));
  defined_ask(c, DEFINED_NTH_REF, SYM_NONE);
}

// Statements in parentheses.
static void defined_block(Compiler *c, const NodeBlock *node) {
  if (node->statements.count == 1)
    defined_value(c, node->statements.at[0]);
  else
    defined_text(c, node->statements.count == 0 ? "nil" : "expression");
}

// Push what the node is, or nil when it is undefined.
static void defined_value(Compiler *c, const Node *node) {
  switch (mx_ast_kind(node)) {
  case NODE_NIL: defined_text(c, "nil"); break;
  case NODE_TRUE: defined_text(c, "true"); break;
  case NODE_FALSE: defined_text(c, "false"); break;
  case NODE_SELF: defined_text(c, "self"); break;
  case NODE_LOCAL: defined_text(c, "local-variable"); break;
  case NODE_IVAR:
    defined_ask_here(c, DEFINED_IVAR, ((const NodeInstanceVariable *)node)->name);
    break;
  case NODE_GVAR:
    defined_ask_here(c, DEFINED_GVAR, ((const NodeGlobalVariable *)node)->name);
    break;
  case NODE_NTH_REF: defined_nth_ref(c, (const NodeNthReference *)node); break;
  case NODE_CVAR: defined_ask_here(c, DEFINED_CVAR, ((const NodeClassVariable *)node)->name); break;
  case NODE_CONST: defined_const(c, (const NodeConstant *)node); break;
  case NODE_CALL:
    defined_method(c, (const NodeMethodCall *)node, ((const NodeMethodCall *)node)->name);
    break;
  case NODE_SUPER:
  case NODE_ZSUPER: defined_ask_here(c, DEFINED_SUPER, SYM_NONE); break;
  case NODE_YIELD: defined_ask_here(c, DEFINED_YIELD, SYM_NONE); break;
  case NODE_ASSIGN: defined_assignment(c, ((const NodeAssignment *)node)->target); break;
  case NODE_OP_ASSIGN: defined_text(c, "assignment"); break;
  case NODE_ARRAY: defined_list(c, &((const NodeArrayLiteral *)node)->elements); break;
  case NODE_BLOCK: defined_block(c, (const NodeBlock *)node); break;
  default: defined_text(c, "expression");
  }
}

void mx_compile_defined(Compiler *c, const NodeDefined *node) {
  compile_at(c, node->base.span.start);
  defined_value(c, node->value);
}
