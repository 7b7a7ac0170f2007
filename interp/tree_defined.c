// SPDX-License-Identifier: MIT
// The walker's defined?: what a name or expression would be, without running it. Only receivers
// are evaluated, and what they raise makes the answer nil.
#include "interp/defined.h"
#include "interp/tree.h"

static const char *defined_name(ExecCtx *ec, Frame *fr, const Node *node);

// Evaluate a receiver; VAL_UNDEF when it is undefined or raises.
static Value defined_receiver(ExecCtx *ec, Frame *fr, const Node *node) {
  if (!defined_name(ec, fr, node)) return VAL_UNDEF;
  Value v = mx_tree_eval(ec, fr, node);
  if (!val_is_exc(v)) return v;
  if (ec->unwind == UNWIND_RAISE) {
    (void)mx_exc_take(ec);
    return VAL_UNDEF;
  }
  return v;
}

static bool defined_args(ExecCtx *ec, Frame *fr, const NodeList *args) {
  for (uint32_t i = 0; i < args->count; i++)
    if (!defined_name(ec, fr, args->at[i])) return false;
  return true;
}

// Would the call find a method it may call?
static bool defined_method(ExecCtx *ec, Frame *fr, const NodeMethodCall *node) {
  if (!defined_args(ec, fr, &node->args)) return false;
  Value receiver = fr->self;
  bool to_self = !node->receiver || mx_ast_kind(node->receiver) == NODE_SELF;
  if (node->receiver) receiver = defined_receiver(ec, fr, node->receiver);
  if (val_is_undef(receiver) || val_is_exc(receiver)) return false;
  DefinedKind kind = to_self ? DEFINED_METHOD_SELF : DEFINED_METHOD;
  return mx_defined_name(ec, fr, kind, node->name, receiver) != NULL;
}

// A call with a block of its own is an expression, whatever it calls.
static const char *defined_call(ExecCtx *ec, Frame *fr, const NodeMethodCall *node) {
  if (node->block && mx_ast_kind(node->block) != NODE_BLOCK_PASS) return "expression";
  return defined_method(ec, fr, node) ? "method" : NULL;
}

// a.b = c and a[b] = c are calls; every other assignment is one.
static const char *defined_assignment(ExecCtx *ec, Frame *fr, const Node *target) {
  if (mx_ast_kind(target) != NODE_CALL) return "assignment";
  NodeMethodCall call = *(const NodeMethodCall *)target;
  SymName name = mx_sym_name(&ec->vm->symtab, call.name);
  StrBuf setter = STRBUF_INIT;
  mx_strbuf_add(&setter, name.bytes, name.len);
  mx_strbuf_add_byte(&setter, '=');
  call.name = mx_sym_intern(&ec->vm->symtab, setter.at, setter.len, name.enc);
  mx_strbuf_free(&setter);
  return defined_method(ec, fr, &call) ? "method" : NULL;
}

static const char *defined_const(ExecCtx *ec, Frame *fr, const NodeConstant *node) {
  if (node->base.flags & NF_TOP)
    return mx_defined_name(ec, fr, DEFINED_CONST_TOP, node->name, VAL_NIL);
  if (!node->scope) return mx_defined_name(ec, fr, DEFINED_CONST, node->name, VAL_NIL);
  Value scope = defined_receiver(ec, fr, node->scope);
  if (val_is_undef(scope) || val_is_exc(scope)) return NULL;
  return mx_defined_name(ec, fr, DEFINED_CONST_FROM, node->name, scope);
}

// "expression" unless a part of the node is undefined.
static const char *defined_list(ExecCtx *ec, Frame *fr, const NodeList *list) {
  return defined_args(ec, fr, list) ? "expression" : NULL;
}

// What the node is, or NULL when it is undefined.
static const char *defined_name(ExecCtx *ec, Frame *fr, const Node *node) {
  const Value none = VAL_NIL;
  switch (mx_ast_kind(node)) {
  case NODE_NIL: return "nil";
  case NODE_TRUE: return "true";
  case NODE_FALSE: return "false";
  case NODE_SELF: return "self";
  case NODE_LOCAL: return "local-variable";
  case NODE_IVAR:
    return mx_defined_name(ec, fr, DEFINED_IVAR, ((const NodeInstanceVariable *)node)->name, none);
  case NODE_GVAR:
    return mx_defined_name(ec, fr, DEFINED_GVAR, ((const NodeGlobalVariable *)node)->name, none);
  case NODE_NTH_REF: {
    Value index = val_from_fixnum(((const NodeNthReference *)node)->index);
    return mx_defined_name(ec, fr, DEFINED_NTH_REF, SYM_NONE, index);
  }
  case NODE_CVAR:
    return mx_defined_name(ec, fr, DEFINED_CVAR, ((const NodeClassVariable *)node)->name, none);
  case NODE_CONST: return defined_const(ec, fr, (const NodeConstant *)node);
  case NODE_CALL: return defined_call(ec, fr, (const NodeMethodCall *)node);
  case NODE_SUPER:
  case NODE_ZSUPER: return mx_defined_name(ec, fr, DEFINED_SUPER, SYM_NONE, none);
  case NODE_YIELD: return mx_defined_name(ec, fr, DEFINED_YIELD, SYM_NONE, none);
  case NODE_ASSIGN: return defined_assignment(ec, fr, ((const NodeAssignment *)node)->target);
  case NODE_OP_ASSIGN: return "assignment";
  case NODE_ARRAY: return defined_list(ec, fr, &((const NodeArrayLiteral *)node)->elements);
  case NODE_BLOCK: {
    const NodeList *list = &((const NodeBlock *)node)->statements;
    if (list->count == 0) return "nil";
    return list->count == 1 ? defined_name(ec, fr, list->at[0]) : "expression";
  }
  default: return "expression";
  }
}

Value mx_tree_defined(ExecCtx *ec, Frame *fr, const NodeDefined *node) {
  fr->site = node->base.span.start;
  return mx_defined_value(ec, defined_name(ec, fr, node->value));
}
