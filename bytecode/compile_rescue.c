// SPDX-License-Identifier: MIT
// begin, rescue, else, ensure, and the rescue modifier.
//
//   BEGIN_TRY  body  END_TRY  else            value
//   handler:   [exception]  ENTER_RESCUE      [old$! exception]
//              classes, target, clause        [old$! exception value]   RESTORE range
//              LEAVE_RESCUE                   [value]
//   ensure:    [value or nil, nil or pending] ENSURE_START  clause  ENSURE_END  [value]
#include "bytecode/compile_internal.h"

enum { ENSURE_SHORT = 16 }; // nodes of a clause that jumps have copies of, at most

void mx_compile_protect(Compiler *c, Context *context) {
  static const HandlerKind kinds[] = {[CONTEXT_RESCUED] = HANDLER_RESCUE,
                                      [CONTEXT_ENSURE] = HANDLER_ENSURE,
                                      [CONTEXT_RESTORE] = HANDLER_RESTORE};
  context->range = mx_emit_try(&c->e, kinds[context->kind], context->handler, context->depth);
}

void mx_compile_unprotect(Compiler *c, Context *context) {
  mx_emit_end_try(&c->e, context->range);
  context->range = CONTEXT_NO_RANGE;
}

// Enter a context, which guards what follows if it has a handler, and leave it.
static void rescue_enter(Compiler *c, Context *context, ContextKind kind, uint32_t depth) {
  *context = (Context){.kind = kind, .prev = c->context, .depth = depth, .range = CONTEXT_NO_RANGE};
  c->context = context;
}

static void rescue_guard(Compiler *c, Context *context, ContextKind kind, Label handler,
                         uint32_t depth) {
  rescue_enter(c, context, kind, depth);
  context->handler = handler;
  mx_compile_protect(c, context);
}

// Leave the innermost context.
static void rescue_leave(Compiler *c, Context *context) {
  if (context->range != CONTEXT_NO_RANGE) mx_compile_unprotect(c, context);
  c->context = context->prev;
}

// `rescue *list`: go to `fits` if any class in it matches; [old$! exception] stays.
static void rescue_splat(Compiler *c, const NodeSplat *node, Label fits) {
  Label loop = mx_emit_label(&c->e), done = mx_emit_label(&c->e), found = mx_emit_label(&c->e);
  mx_compile_node(c, node->value, true);
  compile_at(c, node->base.span.start);
  mx_emit_op1(&c->e, OP_SPLAT, 0);
  mx_compile_constant(c, val_from_fixnum(0));
  mx_emit_bind(&c->e, loop);
  mx_emit_op1(&c->e, OP_ARRAY_NEXT, done);
  mx_emit_op1(&c->e, OP_PICK, 3);
  mx_emit_op(&c->e, OP_SWAP);
  mx_emit_op(&c->e, OP_RESCUE);
  mx_emit_op1(&c->e, OP_DROP, 1);
  mx_emit_op1(&c->e, OP_JUMP_IF_TRUE, found);
  mx_emit_op1(&c->e, OP_JUMP, loop);
  mx_emit_bind(&c->e, found);
  mx_emit_op1(&c->e, OP_POP_N, 2);
  mx_emit_op1(&c->e, OP_JUMP, fits);
  c->e.depth += 2;
  mx_emit_bind(&c->e, done);
  mx_emit_op1(&c->e, OP_POP_N, 2);
}

// Go to `fits` if the clause takes the exception at the top.
static void rescue_test(Compiler *c, const NodeRescue *clause, Label fits) {
  if (clause->classes.count == 0) {
    mx_emit_op(&c->e, OP_RESCUE_STANDARD);
    mx_emit_op1(&c->e, OP_JUMP_IF_TRUE, fits);
  }
  for (uint32_t i = 0; i < clause->classes.count; i++) {
    const Node *node = clause->classes.at[i];
    if (mx_ast_kind(node) == NODE_SPLAT) {
      rescue_splat(c, (const NodeSplat *)node, fits);
      continue;
    }
    mx_compile_node(c, node, true);
    mx_emit_op(&c->e, OP_RESCUE);
    mx_emit_op1(&c->e, OP_JUMP_IF_TRUE, fits);
  }
}

// One clause with its body; its value goes to `done`.
static void rescue_clause(Compiler *c, const NodeRescue *clause, bool want, uint32_t depth,
                          Label done) {
  Label fits = mx_emit_label(&c->e), next = mx_emit_label(&c->e);
  compile_at(c, clause->base.span.start);
  rescue_test(c, clause, fits);
  mx_emit_op1(&c->e, OP_JUMP, next);
  mx_emit_bind(&c->e, fits);
  if (clause->target) {
    mx_emit_op(&c->e, OP_DUP);
    mx_compile_store(c, clause->target);
  }
  mx_compile_node(c, clause->body, true);
  mx_emit_op(&c->e, OP_LEAVE_RESCUE);
  if (!want) mx_emit_op(&c->e, OP_POP);
  mx_emit_op1(&c->e, OP_JUMP, done);
  c->e.depth = (int32_t)depth + 2;
  mx_emit_bind(&c->e, next);
}

// The handler's code: all clauses, then the exception goes on.
static void rescue_clauses(Compiler *c, const NodeBegin *node, bool want, Label start, Label done) {
  uint32_t depth = (uint32_t)c->e.depth - 1;
  compile_at(c, node->rescues.at[0]->span.start);
  mx_emit_op(&c->e, OP_ENTER_RESCUE);
  Context retry, restore;
  rescue_enter(c, &retry, CONTEXT_RETRY, depth);
  retry.next_label = start;
  rescue_guard(c, &restore, CONTEXT_RESTORE, 0, depth);
  for (uint32_t i = 0; i < node->rescues.count; i++)
    rescue_clause(c, (const NodeRescue *)node->rescues.at[i], want, depth, done);
  rescue_leave(c, &restore);
  rescue_leave(c, &retry);
  mx_emit_op(&c->e, OP_RERAISE);
  c->e.depth = (int32_t)(depth + want);
}

// The value of a body without exception: its own, or that of the else clause.
static void rescue_else(Compiler *c, const NodeBegin *node, bool want) {
  bool has_else = node->base.flags & NF_HAS_ELSE || node->else_body;
  if (has_else) mx_compile_node(c, node->else_body, want);
}

// Body, rescues and else.
static void rescue_body(Compiler *c, const NodeBegin *node, bool want) {
  bool has_else = node->base.flags & NF_HAS_ELSE || node->else_body;
  if (node->rescues.count == 0) {
    mx_compile_node(c, node->body, want && !has_else);
    rescue_else(c, node, want);
    return;
  }
  Label start = mx_emit_label(&c->e), handler = mx_emit_label(&c->e), done = mx_emit_label(&c->e);
  uint32_t depth = (uint32_t)c->e.depth;
  mx_emit_bind(&c->e, start);
  Context rescued;
  rescue_guard(c, &rescued, CONTEXT_RESCUED, handler, depth);
  mx_compile_node(c, node->body, want && !has_else);
  mx_compile_unprotect(c, &rescued);
  rescue_else(c, node, want);
  rescue_leave(c, &rescued);
  mx_emit_op1(&c->e, OP_JUMP, done);
  mx_emit_bind_handler(&c->e, handler, depth, 1);
  rescue_clauses(c, node, want, start, done);
  mx_emit_bind(&c->e, done);
}

// Counts the nodes of a clause; false for what must be there once only.
static bool rescue_count(void *ctx, Node *node) {
  uint32_t *count = ctx;
  switch (mx_ast_kind(node)) {
  case NODE_REGEXP:
  case NODE_FLIP_FLOP:
  case NODE_END_BLOCK:
  case NODE_QUOTE: return false;
  default: break;
  }
  return ++*count <= ENSURE_SHORT && !mx_ast_is_scope(mx_ast_kind(node)) &&
         mx_ast_each_child(node, rescue_count, ctx);
}

bool mx_compile_ensure_is_short(const Node *clause) {
  uint32_t count = 0;
  return rescue_count(&count, (Node *)(uintptr_t)clause);
}

// The clause is entered with [value nil] or, when something leaves, with [nil pending].
void mx_compile_ensure(Compiler *c, const Node *clause, uint32_t depth) {
  compile_at(c, clause->span.start);
  mx_emit_op(&c->e, OP_ENSURE_START);
  Context restore;
  rescue_guard(c, &restore, CONTEXT_RESTORE, 0, depth + 2);
  mx_compile_node(c, clause, false);
  rescue_leave(c, &restore);
  mx_emit_op(&c->e, OP_ENSURE_END);
}

void mx_compile_begin(Compiler *c, const NodeBegin *node, bool want) {
  if (!node->ensure_body) {
    rescue_body(c, node, want);
    return;
  }
  Label handler = mx_emit_label(&c->e);
  uint32_t depth = (uint32_t)c->e.depth;
  Context guarded;
  rescue_guard(c, &guarded, CONTEXT_ENSURE, handler, depth);
  guarded.clause = node->ensure_body;
  rescue_body(c, node, true);
  rescue_leave(c, &guarded);
  mx_emit_op(&c->e, OP_PUSH_NIL);
  mx_emit_bind_handler(&c->e, handler, depth, 2);
  mx_compile_ensure(c, node->ensure_body, depth);
  if (!want) mx_emit_op(&c->e, OP_POP);
}

void mx_compile_rescue_mod(Compiler *c, const NodeRescueModifier *node, bool want) {
  Label handler = mx_emit_label(&c->e), other = mx_emit_label(&c->e), done = mx_emit_label(&c->e);
  uint32_t depth = (uint32_t)c->e.depth;
  Context rescued;
  rescue_guard(c, &rescued, CONTEXT_RESCUED, handler, depth);
  mx_compile_node(c, node->body, true);
  rescue_leave(c, &rescued);
  mx_emit_op1(&c->e, OP_JUMP, done);
  mx_emit_bind_handler(&c->e, handler, depth, 1);
  compile_at(c, node->rescue_value->span.start);
  mx_emit_op(&c->e, OP_ENTER_RESCUE);
  mx_emit_op(&c->e, OP_RESCUE_STANDARD);
  mx_emit_op1(&c->e, OP_JUMP_IF_FALSE, other);
  Context restore;
  rescue_guard(c, &restore, CONTEXT_RESTORE, 0, depth);
  mx_compile_node(c, node->rescue_value, true);
  rescue_leave(c, &restore);
  mx_emit_op(&c->e, OP_LEAVE_RESCUE);
  mx_emit_op1(&c->e, OP_JUMP, done);
  c->e.depth = (int32_t)depth + 2;
  mx_emit_bind(&c->e, other);
  mx_emit_op(&c->e, OP_RERAISE);
  c->e.depth = (int32_t)depth + 1;
  mx_emit_bind(&c->e, done);
  if (!want) mx_emit_op(&c->e, OP_POP);
}
