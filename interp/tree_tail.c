// SPDX-License-Identifier: MIT
// Tail calls, in files that say `# tail_calls: true`: a call whose value is the method's value
// takes the place of the method's frame. Only forms with nothing left to do after the call count:
// statement lists, branches, && and ||, begin without clauses, and return outside of other begins.
// A call with a literal block is none, since the block needs the frame.
#include "interp/tree.h"

static Value tail_block(ExecCtx *ec, Frame *fr, const NodeBlock *node) {
  uint32_t count = node->statements.count;
  for (uint32_t i = 0; i < count; i++) {
    if (!mx_tree_statement(ec, fr, node->statements.at[i])) return VAL_EXC;
    if (i + 1 == count) return mx_tree_tail(ec, fr, node->statements.at[i]);
    if (val_is_exc(mx_tree_eval(ec, fr, node->statements.at[i]))) return VAL_EXC;
  }
  return VAL_NIL;
}

static Value tail_if(ExecCtx *ec, Frame *fr, const NodeIf *node, bool wanted) {
  Value v = mx_tree_eval(ec, fr, node->condition);
  if (val_is_exc(v)) return v;
  return mx_tree_tail(ec, fr, val_truthy(v) == wanted ? node->then_body : node->else_body);
}

static Value tail_and_or(ExecCtx *ec, Frame *fr, const NodeAnd *node, bool stop_on) {
  Value left = mx_tree_eval(ec, fr, node->left);
  if (val_is_exc(left) || val_truthy(left) == stop_on) return left;
  return mx_tree_tail(ec, fr, node->right);
}

static Value tail_case(ExecCtx *ec, Frame *fr, const Node *node) {
  const Node *body;
  return mx_tree_arm_body(ec, fr, node, &body) ? mx_tree_tail(ec, fr, body) : VAL_EXC;
}

// A begin is in the way when something is left to do behind its body.
static Value tail_begin(ExecCtx *ec, Frame *fr, const NodeBegin *node) {
  bool plain = node->rescues.count == 0 && !node->ensure_body && !node->else_body;
  return plain ? mx_tree_tail(ec, fr, node->body) : mx_tree_begin(ec, fr, node);
}

// A call without literal block that is no operator ends the frame.
static Value tail_call(ExecCtx *ec, Frame *fr, const NodeMethodCall *node) {
  const Node *pass = node->block;
  bool literal = pass && mx_ast_kind(pass) != NODE_BLOCK_PASS;
  if (literal || node->base.flags & (NF_OPERATOR | NF_INDEX))
    return mx_tree_eval(ec, fr, &node->base);
  Value receiver = mx_tree_receiver(ec, fr, node);
  if (val_is_exc(receiver)) return VAL_EXC;
  if (node->base.flags & NF_SAFE_NAV && val_is_nil(receiver)) return VAL_NIL;
  if (!mx_tree_push(ec, receiver)) return VAL_EXC;
  CallArgs args = {.flags = mx_tree_call_flags(fr, node)};
  if (!mx_tree_args(ec, fr, &node->args, &args)) return VAL_EXC;
  fr->site = node->name_start;
  if (pass && !mx_tree_block_pass(ec, fr, (const NodeBlockPass *)pass, fr->site, &args.block))
    return VAL_EXC;
  return mx_invoke_tail(ec, fr, receiver, node->name, &args);
}

Value mx_tree_tail(ExecCtx *ec, Frame *fr, const Node *node) {
  if (!node) return VAL_NIL;
  switch (mx_ast_kind(node)) {
  case NODE_BLOCK: return tail_block(ec, fr, (const NodeBlock *)node);
  case NODE_IF: return tail_if(ec, fr, (const NodeIf *)node, true);
  case NODE_UNLESS: return tail_if(ec, fr, (const NodeIf *)node, false);
  case NODE_AND: return tail_and_or(ec, fr, (const NodeAnd *)node, false);
  case NODE_OR: return tail_and_or(ec, fr, (const NodeAnd *)node, true);
  case NODE_CASE:
  case NODE_CASE_IN:
  case NODE_MATCH: return tail_case(ec, fr, node);
  case NODE_BEGIN: return tail_begin(ec, fr, (const NodeBegin *)node);
  case NODE_RETURN: return mx_tree_tail(ec, fr, ((const NodeReturn *)node)->value);
  case NODE_CALL: return tail_call(ec, fr, (const NodeMethodCall *)node);
  default: return mx_tree_eval(ec, fr, node);
  }
}
