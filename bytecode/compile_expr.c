// SPDX-License-Identifier: MIT
// The compiler's centre: one case per kind of node; variables, statement lists, conditions.
#include "frontend/steps.h"
#include "runtime/array.h"
#include "bytecode/compile_internal.h"

bool mx_compile_is_simple(const Node *node) {
  if (!node) return true;
  switch (mx_ast_kind(node)) {
  case NODE_NIL:
  case NODE_TRUE:
  case NODE_FALSE:
  case NODE_SELF:
  case NODE_SYMBOL: return true;
  case NODE_INTEGER: return ((const NodeIntegerLiteral *)node)->digits.len == 0;
  case NODE_LOCAL: return ((const NodeLocalVariable *)node)->depth == 0;
  default: return false;
  }
}

void mx_compile_constant(Compiler *c, Value v) {
  if (val_is_nil(v))
    mx_emit_op(&c->e, OP_PUSH_NIL);
  else if (v == VAL_TRUE || v == VAL_FALSE)
    mx_emit_op(&c->e, v == VAL_TRUE ? OP_PUSH_TRUE : OP_PUSH_FALSE);
  else
    mx_emit_op1(&c->e, OP_PUSH_CONST, mx_emit_const(&c->e, v));
}

// Begin a statement: note that it begins a line, and emit SET_LINE for --trace.
void mx_compile_begin_statement(Compiler *c, const Node *node) {
  if (node->flags & NF_BEGINS_LINE && !c->unit->core) mx_emit_step(&c->e, mx_steps_site(node));
  if (!c->unit->trace) return;
  compile_at(c, node->span.start);
  mx_emit_op1(&c->e, OP_SET_LINE, mx_source_line(c->unit->tree->source, node->span.start));
}

// Statements in order; the last one's value is the list's.
static void expr_statements(Compiler *c, const NodeBlock *node, bool want) {
  uint32_t count = node->statements.count;
  for (uint32_t i = 0; i < count; i++) {
    mx_compile_begin_statement(c, node->statements.at[i]);
    mx_compile_node(c, node->statements.at[i], want && i + 1 == count);
    mx_emit_end_step(&c->e);
  }
  if (count == 0 && want) mx_emit_op(&c->e, OP_PUSH_NIL);
}

// A, ::A or scope::A.
static void expr_const(Compiler *c, const NodeConstant *node) {
  uint32_t name = mx_emit_name(&c->e, node->name);
  if (node->scope) mx_compile_node(c, node->scope, true);
  compile_at(c, node->base.span.start);
  if (node->base.flags & NF_TOP)
    mx_emit_op1(&c->e, OP_LOAD_CONST_TOP, name);
  else
    mx_emit_op1(&c->e, node->scope ? OP_LOAD_CONST_FROM : OP_LOAD_CONST, name);
}

// left && right, left || right as a value.
static void expr_and_or(Compiler *c, const NodeAnd *node, bool is_and, bool want) {
  int known = mx_compile_known_truth(node->left);
  if (known >= 0) {
    mx_compile_node(c, known == is_and ? node->right : node->left, want);
    return;
  }
  Label end = mx_emit_label(&c->e);
  if (!want) {
    mx_compile_condition(c, node->left, !is_and, end);
    mx_compile_node(c, node->right, false);
    mx_emit_bind(&c->e, end);
    return;
  }
  mx_compile_node(c, node->left, true);
  if (mx_compile_is_simple(node->right)) {
    mx_compile_node(c, node->right, true);
    mx_emit_op(&c->e, is_and ? OP_AND : OP_OR);
    return;
  }
  mx_emit_op1(&c->e, is_and ? OP_JUMP_IF_FALSE_KEEP : OP_JUMP_IF_TRUE_KEEP, end);
  mx_compile_node(c, node->right, true);
  mx_emit_bind(&c->e, end);
}

// Condition of && and ||: each side jumps by itself.
static void condition_and_or(Compiler *c, const NodeAnd *node, bool is_and, bool sense,
                             Label label) {
  if (sense != is_and) {
    mx_compile_condition(c, node->left, sense, label);
    mx_compile_condition(c, node->right, sense, label);
    return;
  }
  Label skip = mx_emit_label(&c->e);
  mx_compile_condition(c, node->left, !sense, skip);
  mx_compile_condition(c, node->right, sense, label);
  mx_emit_bind(&c->e, skip);
}

// See through parentheses around one expression.
static const Node *condition_inner(const Node *node) {
  while (node && mx_ast_kind(node) == NODE_BLOCK &&
         ((const NodeBlock *)node)->statements.count == 1)
    node = ((const NodeBlock *)node)->statements.at[0];
  return node;
}

void mx_compile_condition(Compiler *c, const Node *node, bool sense, Label label) {
  node = condition_inner(node);
  int known;
  switch (node ? mx_ast_kind(node) : NODE_NIL) {
  case NODE_AND: condition_and_or(c, (const NodeAnd *)node, true, sense, label); return;
  case NODE_OR: condition_and_or(c, (const NodeAnd *)node, false, sense, label); return;
  default:
    known = mx_compile_known_truth(node);
    if (known >= 0) {
      if (known == sense) mx_emit_op1(&c->e, OP_JUMP, label);
      return;
    }
    mx_compile_node(c, node, true);
    mx_emit_op1(&c->e, sense ? OP_JUMP_IF_TRUE : OP_JUMP_IF_FALSE, label);
  }
}

// END { }: registered once.
static void expr_end_block(Compiler *c, const NodeEndBlock *node) {
  Label end = mx_emit_label(&c->e);
  uint32_t slot = c->e.once_count++;
  mx_emit_op2(&c->e, OP_ONCE, slot, end);
  mx_emit_op(&c->e, OP_PUSH_TRUE);
  mx_emit_op1(&c->e, OP_ONCE_SET, slot);
  mx_emit_op(&c->e, OP_POP);
  mx_emit_op(&c->e, OP_LOAD_SELF);
  mx_compile_send_block(c, SYM_at_exit, 0, OPF_FCALL, node->function);
  mx_emit_bind(&c->e, end);
  mx_emit_op(&c->e, OP_POP);
  mx_emit_op(&c->e, OP_PUSH_NIL);
}

// /(?<name>...)/ =~ value: set the locals named as groups from the match.
static void expr_match_write(Compiler *c, const NodeMatchWrite *node) {
  mx_compile_node(c, node->call, true);
  for (uint32_t i = 0; i < node->targets.count; i++) {
    const NodeLocalVariable *local = (const NodeLocalVariable *)node->targets.at[i];
    mx_emit_op1(&c->e, OP_MATCH_GROUP, mx_emit_name(&c->e, local->name));
    mx_compile_store_local(c, local->depth, local->slot);
  }
}

// if /re/: match against $_.
static void expr_match_line(Compiler *c, const NodeMatchLastLine *node) {
  mx_compile_node(c, node->regexp, true);
  mx_emit_op1(&c->e, OP_LOAD_GLOBAL, mx_emit_name(&c->e, SYM_g_line));
  mx_emit_op3(&c->e, OP_CALL_METHOD, mx_emit_name(&c->e, SYM_MATCH_OP), 1, 0);
}

// ->(params) { body }
static void expr_lambda(Compiler *c, const NodeLambda *node) {
  compile_at(c, node->base.span.start);
  mx_emit_op1(&c->e, OP_BUILD_LAMBDA, mx_compile_enter_body(c, node));
}

// Variables, which push their value.
static void expr_variable(Compiler *c, const Node *node) {
  compile_at(c, node->span.start);
  switch (mx_ast_kind(node)) {
  case NODE_LOCAL: {
    const NodeLocalVariable *local = (const NodeLocalVariable *)node;
    mx_compile_load_local(c, local->depth, local->slot);
    break;
  }
  case NODE_IVAR:
    mx_emit_op1(&c->e, OP_LOAD_IVAR,
                mx_emit_name(&c->e, ((const NodeInstanceVariable *)node)->name));
    break;
  case NODE_GVAR:
    mx_emit_op1(&c->e, OP_LOAD_GLOBAL,
                mx_emit_name(&c->e, ((const NodeGlobalVariable *)node)->name));
    break;
  case NODE_NTH_REF:
    mx_emit_op1(&c->e, OP_LOAD_NTH_REF, (uint32_t)((const NodeNthReference *)node)->index);
    break;
  case NODE_CVAR:
    mx_emit_op1(&c->e, OP_LOAD_CVAR, mx_emit_name(&c->e, ((const NodeClassVariable *)node)->name));
    break;
  default: expr_const(c, (const NodeConstant *)node);
  }
}

// Nodes that know what to do when nobody wants their value; false for any other.
static bool expr_by_want(Compiler *c, const Node *node, bool want) {
  switch (mx_ast_kind(node)) {
  case NODE_BLOCK: expr_statements(c, (const NodeBlock *)node, want); return true;
  case NODE_EMBED: mx_compile_node(c, ((const NodeInterpolation *)node)->body, want); return true;
  case NODE_BEGIN_BLOCK:
    mx_compile_node(c, ((const NodeBeginBlock *)node)->body, want);
    return true;
  case NODE_IF: mx_compile_if(c, (const NodeIf *)node, true, want); return true;
  case NODE_UNLESS: mx_compile_if(c, (const NodeIf *)node, false, want); return true;
  case NODE_AND: expr_and_or(c, (const NodeAnd *)node, true, want); return true;
  case NODE_OR: expr_and_or(c, (const NodeAnd *)node, false, want); return true;
  case NODE_WHILE:
  case NODE_UNTIL: mx_compile_while(c, node, want); return true;
  case NODE_CASE: mx_compile_case(c, (const NodeCase *)node, (Use)want); return true;
  case NODE_CASE_IN: mx_compile_case_in(c, (const NodeCaseIn *)node, (Use)want); return true;
  case NODE_MATCH: mx_compile_match(c, (const NodeMatch *)node, (Use)want); return true;
  case NODE_MATCH_PATTERN:
    mx_compile_match_pattern(c, (const NodeMatchPattern *)node, want);
    return true;
  case NODE_BEGIN: mx_compile_begin(c, (const NodeBegin *)node, want); return true;
  case NODE_RESCUE_MOD:
    mx_compile_rescue_mod(c, (const NodeRescueModifier *)node, want);
    return true;
  case NODE_BREAK:
  case NODE_NEXT:
  case NODE_REDO:
  case NODE_RETRY:
  case NODE_RETURN: mx_compile_jump(c, node, want); return true;
  case NODE_ASSIGN: mx_compile_assign(c, (const NodeAssignment *)node, want); return true;
  case NODE_OP_ASSIGN: mx_compile_op_assign(c, (const NodeOpAssignment *)node, want); return true;
  default: return false;
  }
}

// for target in iterable: a call of each.
static void expr_for(Compiler *c, const NodeFor *node) {
  mx_compile_node(c, node->iterable, true);
  compile_at(c, node->base.span.start);
  mx_compile_send_block(c, SYM_each, 0, 0, &node->base);
}

// Nodes that always leave a value.
static void expr_value(Compiler *c, const Node *node) {
  switch (mx_ast_kind(node)) {
  case NODE_NIL: mx_compile_constant(c, VAL_NIL); break;
  case NODE_TRUE: mx_compile_constant(c, VAL_TRUE); break;
  case NODE_FALSE: mx_compile_constant(c, VAL_FALSE); break;
  case NODE_SELF: mx_emit_op(&c->e, OP_LOAD_SELF); break;
  case NODE_LOCAL:
  case NODE_IVAR:
  case NODE_GVAR:
  case NODE_NTH_REF:
  case NODE_CVAR:
  case NODE_CONST: expr_variable(c, node); break;
  case NODE_CALL: mx_compile_call(c, (const NodeMethodCall *)node); break;
  case NODE_SUPER:
  case NODE_ZSUPER: mx_compile_super(c, node); break;
  case NODE_YIELD: mx_compile_yield(c, (const NodeYield *)node); break;
  case NODE_LAMBDA: expr_lambda(c, (const NodeLambda *)node); break;
  case NODE_FOR: expr_for(c, (const NodeFor *)node); break;
  case NODE_DEF: mx_compile_def(c, (const NodeMethodDef *)node); break;
  case NODE_CLASS:
  case NODE_MODULE:
  case NODE_SCLASS: mx_compile_class(c, node); break;
  case NODE_ALIAS: mx_compile_alias(c, (const NodeAlias *)node); break;
  case NODE_UNDEF: mx_compile_undef(c, (const NodeUndef *)node); break;
  case NODE_DEFINED: mx_compile_defined(c, (const NodeDefined *)node); break;
  case NODE_MATCH_WRITE: expr_match_write(c, (const NodeMatchWrite *)node); break;
  case NODE_FLIP_FLOP: mx_compile_flip_flop(c, (const NodeFlipFlop *)node); break;
  case NODE_MATCH_LINE: expr_match_line(c, (const NodeMatchLastLine *)node); break;
  case NODE_END_BLOCK: expr_end_block(c, (const NodeEndBlock *)node); break;
  default: mx_compile_literal(c, node);
  }
}

void mx_compile_node(Compiler *c, const Node *node, bool want) {
  if (!node) {
    if (want) mx_emit_op(&c->e, OP_PUSH_NIL);
    return;
  }
  compile_at(c, node->span.start);
  if (expr_by_want(c, node, want)) return;
  expr_value(c, node);
  if (!want) mx_emit_op(&c->e, OP_POP);
}
