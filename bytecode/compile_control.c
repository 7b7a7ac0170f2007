// SPDX-License-Identifier: MIT
// Control flow: branches, loops, case/when, jumps out of loops, blocks and methods; tail position.
//
// A jump goes straight to its label. Short ensure clauses that lie in between are compiled once
// more on its way; longer ones make it an instruction that unwinds (BREAK, CONTINUE), as leaving a
// block is (RETURN_OUTER). On the way out of a rescue clause $! is restored.
#include "bytecode/compile_internal.h"

// Where control does not come, the depth is what it would have been.
static void control_depth(Compiler *c, uint32_t depth) {
  MX_ASSERT(!c->e.reachable || c->e.depth == (int32_t)depth, "depth is %d, not %u", c->e.depth,
            depth);
  c->e.depth = (int32_t)depth;
}

void mx_compile_if(Compiler *c, const NodeIf *node, bool sense, bool want) {
  Label other = mx_emit_label(&c->e), end = mx_emit_label(&c->e);
  uint32_t depth = (uint32_t)c->e.depth;
  mx_compile_condition(c, node->condition, !sense, other);
  mx_compile_node(c, node->then_body, want);
  if (!want && !node->else_body) {
    mx_emit_bind(&c->e, other);
    return;
  }
  mx_emit_op1(&c->e, OP_JUMP, end);
  control_depth(c, depth);
  mx_emit_bind(&c->e, other);
  mx_compile_node(c, node->else_body, want);
  mx_emit_bind(&c->e, end);
}

// ---- loops

void mx_compile_while(Compiler *c, const Node *node, bool want) {
  const NodeWhile *loop = (const NodeWhile *)node;
  bool sense = mx_ast_kind(node) == NODE_WHILE, reachable = c->e.reachable;
  Context context = {.kind = CONTEXT_LOOP,
                     .range = CONTEXT_NO_RANGE,
                     .prev = c->context,
                     .depth = (uint32_t)c->e.depth,
                     .want = want,
                     .break_label = mx_emit_label(&c->e),
                     .next_label = mx_emit_label(&c->e),
                     .redo_label = mx_emit_label(&c->e)};
  c->context = &context;
  if (!(node->flags & NF_DO_WHILE)) mx_emit_op1(&c->e, OP_JUMP, context.next_label);
  mx_emit_bind_loop(&c->e, context.redo_label, reachable);
  mx_compile_node(c, loop->body, false);
  mx_emit_bind(&c->e, context.next_label);
  compile_at(c, loop->condition->span.start);
  mx_compile_condition(c, loop->condition, sense, context.redo_label);
  if (want) mx_emit_op(&c->e, OP_PUSH_NIL);
  control_depth(c, context.depth + want);
  mx_emit_bind(&c->e, context.break_label);
  c->context = context.prev;
}

// ---- case/when

void mx_compile_guard(Compiler *c, const Node *guard, Label next) {
  if (!guard) return;
  bool sense = mx_ast_kind(guard) == NODE_IF;
  mx_compile_condition(c, ((const NodeIf *)guard)->condition, !sense, next);
}

// Test the top, a pattern, on the subject below; go to `fits` if it does.
static void case_test(Compiler *c, bool subject, uint32_t distance, Label fits) {
  if (subject) {
    mx_emit_op1(&c->e, OP_PICK, distance);
    mx_emit_op(&c->e, OP_CASE_EQ);
  }
  mx_emit_op1(&c->e, OP_JUMP_IF_TRUE, fits);
}

// `when *list`: does any element fit? At `fits` the stack is as before.
static void case_splat(Compiler *c, const NodeSplat *node, bool subject, Label fits) {
  Label loop = mx_emit_label(&c->e), done = mx_emit_label(&c->e), found = mx_emit_label(&c->e),
        behind = mx_emit_label(&c->e);
  mx_compile_node(c, node->value, true);
  compile_at(c, node->base.span.start);
  mx_emit_op1(&c->e, OP_SPLAT, 0);
  mx_compile_constant(c, val_from_fixnum(0));
  mx_emit_bind(&c->e, loop);
  mx_emit_op1(&c->e, OP_ARRAY_NEXT, done);
  case_test(c, subject, 3, found);
  mx_emit_op1(&c->e, OP_JUMP, loop);
  control_depth(c, (uint32_t)c->e.depth);
  mx_emit_bind(&c->e, found);
  mx_emit_op1(&c->e, OP_POP_N, 2);
  mx_emit_op1(&c->e, OP_JUMP, fits);
  c->e.depth += 2;
  mx_emit_bind(&c->e, done);
  mx_emit_op1(&c->e, OP_POP_N, 2);
  mx_emit_bind(&c->e, behind);
}

// Test one condition of a `when`; go to `fits` if it holds.
static void case_condition(Compiler *c, const Node *node, bool subject, Matching matching,
                           Label fits) {
  NodeKind kind = mx_ast_kind(node);
  if (kind == NODE_SPLAT) {
    case_splat(c, (const NodeSplat *)node, subject, fits);
    return;
  }
  if (kind >= NODE_PAT_VALUE && kind <= NODE_PAT_CAPTURE) {
    Label miss = mx_emit_label(&c->e);
    mx_emit_op(&c->e, OP_DUP);
    mx_compile_subject_pattern(c, matching, node, miss);
    mx_emit_op1(&c->e, OP_JUMP, fits);
    mx_emit_bind(&c->e, miss);
    return;
  }
  if (!subject) {
    mx_compile_condition(c, node, true, fits);
    return;
  }
  compile_at(c, node->span.start);
  if (!mx_compile_shared(c, node, SYM_EQQ, false)) mx_compile_node(c, node, true);
  compile_at(c, node->span.start);
  case_test(c, true, 1, fits);
}

void mx_compile_when(Compiler *c, const NodeWhen *when, bool subject, Matching matching,
                     Label next) {
  Label fits = mx_emit_label(&c->e);
  for (uint32_t i = 0; i < when->conditions.count; i++)
    case_condition(c, when->conditions.at[i], subject, matching, fits);
  mx_emit_op1(&c->e, OP_JUMP, next);
  mx_emit_bind(&c->e, fits);
  mx_compile_guard(c, when->guard, next);
}

void mx_compile_case(Compiler *c, const NodeCase *node, Use use) {
  bool subject = node->subject != NULL;
  uint32_t depth = (uint32_t)c->e.depth;
  Label end = mx_emit_label(&c->e);
  if (subject) mx_compile_node(c, node->subject, true);
  for (uint32_t i = 0; i < node->whens.count; i++) {
    const NodeWhen *when = (const NodeWhen *)node->whens.at[i];
    Label next = mx_emit_label(&c->e);
    mx_compile_when(c, when, subject, (Matching){0}, next);
    if (subject) mx_emit_op(&c->e, OP_POP);
    mx_compile_used(c, when->body, use);
    mx_emit_op1(&c->e, OP_JUMP, end);
    control_depth(c, depth + subject);
    mx_emit_bind(&c->e, next);
  }
  if (subject) mx_emit_op(&c->e, OP_POP);
  mx_compile_used(c, node->else_body, use);
  mx_emit_bind(&c->e, end);
}

// Flip-flop: a hidden local remembers whether the range is open.
void mx_compile_flip_flop(Compiler *c, const NodeFlipFlop *node) {
  Label open = mx_emit_label(&c->e), no = mx_emit_label(&c->e), yes = mx_emit_label(&c->e),
        end = mx_emit_label(&c->e);
  mx_compile_load_local(c, node->depth, node->slot);
  mx_emit_op1(&c->e, OP_JUMP_IF_TRUE, open);
  mx_compile_condition(c, node->first, false, no);
  mx_emit_op(&c->e, OP_PUSH_TRUE);
  mx_compile_store_local(c, node->depth, node->slot);
  if (node->base.flags & NF_EXCLUSIVE) mx_emit_op1(&c->e, OP_JUMP, yes);
  mx_emit_bind(&c->e, open);
  mx_compile_condition(c, node->last, false, yes);
  mx_emit_op(&c->e, OP_PUSH_FALSE);
  mx_compile_store_local(c, node->depth, node->slot);
  mx_emit_bind(&c->e, yes);
  mx_emit_op(&c->e, OP_PUSH_TRUE);
  mx_emit_op1(&c->e, OP_JUMP, end);
  c->e.depth--;
  mx_emit_bind(&c->e, no);
  mx_emit_op(&c->e, OP_PUSH_FALSE);
  mx_emit_bind(&c->e, end);
}

// ---- jumps

// Clauses that a jump has copies of, at most. These may have jumps of their own, with copies of
// those further out: that is no more than two to this power.
enum { JUMP_MAX_COPIES = 4 };

// What a jump passes on its way out to a context (NULL: out of the body).
typedef struct JumpPath {
  const Context *to; // where it lands
  uint32_t ensures;  // clauses that it passes
  bool unwinds;      // one of them is long, or there are many
  bool restores;     // it leaves a rescue clause
  uint32_t restore;  // then: position of the oldest $! passed
} JumpPath;

// Note what is passed on the way out of a context.
static void jump_pass(JumpPath *path, const Context *at) {
  if (at->kind == CONTEXT_ENSURE) {
    path->unwinds = path->unwinds || ++path->ensures > JUMP_MAX_COPIES ||
                    !mx_compile_ensure_is_short(at->clause);
  }
  if (at->kind == CONTEXT_RESTORE) {
    path->restores = true;
    path->restore = at->depth;
  }
}

// Follow the contexts outwards to the first of a kind.
static JumpPath jump_path(const Compiler *c, ContextKind kind) {
  JumpPath path = {0};
  const Context *at = c->context;
  for (; at && at->kind != kind; at = at->prev) jump_pass(&path, at);
  path.to = at;
  return path;
}

// Take away what lies above `depth` values; value: below the top.
static void jump_cut(Compiler *c, uint32_t depth, bool value) {
  uint32_t extra = (uint32_t)c->e.depth - value - depth;
  if (extra > 0) mx_emit_op1(&c->e, value ? OP_DROP : OP_POP_N, extra);
}

// Restore $! if the path asks for it, and go to a label at which `depth` values remain.
static void jump_straight(Compiler *c, const JumpPath *path, Label label, uint32_t depth,
                          bool value) {
  if (path->restores) mx_emit_op1(&c->e, OP_RESTORE_ERROR, path->restore);
  jump_cut(c, depth, value);
  mx_emit_op1(&c->e, OP_JUMP, label);
}

// A copy of an ensure clause, which nothing waits for.
static void jump_ensure(Compiler *c, Context *at, bool value) {
  uint32_t site = c->e.site;
  Context *inner = c->context;
  c->context = at->prev;
  jump_cut(c, at->depth, value);
  if (!value) mx_emit_op(&c->e, OP_PUSH_NIL);
  mx_emit_op(&c->e, OP_PUSH_NIL);
  mx_compile_ensure(c, at->clause, at->depth);
  if (!value) mx_emit_op(&c->e, OP_POP);
  c->context = inner;
  compile_at(c, site);
}

// Leave the contexts from `at` to the path's end, one by one: none guards the copies of the clauses
// that it has. What is compiled behind the jump is guarded again.
static void jump_leave(Compiler *c, Context *at, const JumpPath *path, Label label, uint32_t depth,
                       bool value) {
  if (at == path->to) {
    jump_straight(c, &(JumpPath){0}, label, depth, value);
    return;
  }
  bool guards = at->range != CONTEXT_NO_RANGE;
  if (at->kind == CONTEXT_RESTORE) mx_emit_op1(&c->e, OP_RESTORE_ERROR, at->depth);
  if (guards) mx_compile_unprotect(c, at);
  if (at->kind == CONTEXT_ENSURE) jump_ensure(c, at, value);
  jump_leave(c, at->prev, path, label, depth, value);
  if (guards) mx_compile_protect(c, at);
}

// Go to a label at which `depth` values remain; value: and the top.
static void jump_to(Compiler *c, const JumpPath *path, Label label, uint32_t depth, bool value) {
  if (path->unwinds)
    mx_emit_op2(&c->e, value ? OP_BREAK : OP_CONTINUE, label, depth);
  else if (path->ensures > 0 && c->e.reachable)
    jump_leave(c, c->context, path, label, depth, value);
  else
    jump_straight(c, path, label, depth, value);
}

// break: out of the loop, or of the call that the block was passed to.
static void jump_break(Compiler *c, const NodeBreak *node) {
  JumpPath path = jump_path(c, CONTEXT_LOOP);
  const Context *loop = path.to;
  if (!loop) {
    mx_compile_node(c, node->value, true);
    compile_at(c, node->base.span.start);
    mx_emit_op(&c->e, OP_BREAK_BLOCK);
    return;
  }
  mx_compile_node(c, node->value, loop->want);
  compile_at(c, node->base.span.start);
  jump_to(c, &path, loop->break_label, loop->depth, loop->want);
}

// Jumps backwards answer polls, which may raise: handlers must find the stack whole, so these
// always unwind.
static void jump_back(Compiler *c, Label label, uint32_t depth) {
  mx_emit_op2(&c->e, OP_CONTINUE, label, depth);
}

// next: to the condition of the loop, which lies behind when the condition itself says so, or the
// end of the block.
static void jump_next(Compiler *c, const NodeNext *node) {
  JumpPath path = jump_path(c, CONTEXT_LOOP);
  const Context *loop = path.to;
  mx_compile_node(c, node->value, !loop);
  compile_at(c, node->base.span.start);
  if (!loop)
    jump_to(c, &path, c->end, 0, true);
  else if (mx_emit_is_bound(&c->e, loop->next_label))
    jump_back(c, loop->next_label, loop->depth);
  else
    jump_to(c, &path, loop->next_label, loop->depth, false);
}

// return: to the end of the body, or out of the blocks around it.
static void jump_return(Compiler *c, const NodeReturn *node) {
  bool direct = c->info.kind == CODE_METHOD || c->is_lambda, tail = mx_compile_has_tails(c);
  JumpPath path = {0};
  for (const Context *at = c->context; at; at = at->prev) {
    jump_pass(&path, at);
    if (at->kind != CONTEXT_LOOP) tail = false;
  }
  mx_compile_used(c, node->value, tail ? USE_TAIL : USE_VALUE);
  compile_at(c, node->base.span.start);
  bool reachable = c->e.reachable && !c->unit->core && path.ensures == 0;
  if (direct)
    jump_to(c, &path, c->end, 0, true);
  else
    mx_emit_op(&c->e, OP_RETURN_OUTER);
  if (direct && reachable) mx_emit_returns(&c->e, node->base.span.start);
}

// redo: the loop's or the block's body again.
static void jump_redo(Compiler *c) {
  const Context *loop = jump_path(c, CONTEXT_LOOP).to;
  jump_back(c, loop ? loop->redo_label : c->start, loop ? loop->depth : 0);
}

// retry: the begin that the rescue clause belongs to again.
static void jump_retry(Compiler *c) {
  const Context *clause = jump_path(c, CONTEXT_RETRY).to;
  MX_ASSERT(clause, "retry outside of rescue");
  if (clause) jump_back(c, clause->next_label, clause->depth);
}

void mx_compile_jump(Compiler *c, const Node *node, bool want) {
  uint32_t depth = (uint32_t)c->e.depth;
  switch (mx_ast_kind(node)) {
  case NODE_BREAK: jump_break(c, (const NodeBreak *)node); break;
  case NODE_NEXT: jump_next(c, (const NodeNext *)node); break;
  case NODE_REDO: jump_redo(c); break;
  case NODE_RETRY: jump_retry(c); break;
  default: jump_return(c, (const NodeReturn *)node);
  }
  control_depth(c, depth + want);
}

// ---- tail position

// The last statement is in tail position.
static void tail_statements(Compiler *c, const NodeBlock *node) {
  uint32_t count = node->statements.count;
  for (uint32_t i = 0; i + 1 < count; i++) {
    mx_compile_begin_statement(c, node->statements.at[i]);
    mx_compile_node(c, node->statements.at[i], false);
    mx_emit_end_step(&c->e);
  }
  if (count) mx_compile_begin_statement(c, node->statements.at[count - 1]);
  mx_compile_tail(c, count ? node->statements.at[count - 1] : NULL);
  mx_emit_end_step(&c->e);
}

// Both branches are in tail position.
static void tail_if(Compiler *c, const NodeIf *node, bool sense) {
  Label other = mx_emit_label(&c->e), end = mx_emit_label(&c->e);
  uint32_t depth = (uint32_t)c->e.depth;
  mx_compile_condition(c, node->condition, !sense, other);
  mx_compile_tail(c, node->then_body);
  mx_emit_op1(&c->e, OP_JUMP, end);
  control_depth(c, depth);
  mx_emit_bind(&c->e, other);
  mx_compile_tail(c, node->else_body);
  mx_emit_bind(&c->e, end);
}

// The right side is in tail position.
static void tail_and_or(Compiler *c, const NodeAnd *node, OpCode jump) {
  Label end = mx_emit_label(&c->e);
  mx_compile_node(c, node->left, true);
  mx_emit_op1(&c->e, jump, end);
  mx_compile_tail(c, node->right);
  mx_emit_bind(&c->e, end);
}

// A begin is in the way when something is left to do behind its body.
static void tail_begin(Compiler *c, const NodeBegin *node) {
  if (node->rescues.count > 0 || node->ensure_body || node->else_body)
    mx_compile_begin(c, node, true);
  else
    mx_compile_tail(c, node->body);
}

void mx_compile_tail(Compiler *c, const Node *node) {
  if (!node) {
    mx_emit_op(&c->e, OP_PUSH_NIL);
    return;
  }
  switch (mx_ast_kind(node)) {
  case NODE_BLOCK: tail_statements(c, (const NodeBlock *)node); break;
  case NODE_IF: tail_if(c, (const NodeIf *)node, true); break;
  case NODE_UNLESS: tail_if(c, (const NodeIf *)node, false); break;
  case NODE_AND: tail_and_or(c, (const NodeAnd *)node, OP_JUMP_IF_FALSE_KEEP); break;
  case NODE_OR: tail_and_or(c, (const NodeAnd *)node, OP_JUMP_IF_TRUE_KEEP); break;
  case NODE_CASE: mx_compile_case(c, (const NodeCase *)node, USE_TAIL); break;
  case NODE_CASE_IN: mx_compile_case_in(c, (const NodeCaseIn *)node, USE_TAIL); break;
  case NODE_MATCH: mx_compile_match(c, (const NodeMatch *)node, USE_TAIL); break;
  case NODE_BEGIN: tail_begin(c, (const NodeBegin *)node); break;
  case NODE_RETURN: mx_compile_tail(c, ((const NodeReturn *)node)->value); break;
  case NODE_CALL: mx_compile_tail_call(c, (const NodeMethodCall *)node); break;
  default: mx_compile_node(c, node, true);
  }
}

void mx_compile_used(Compiler *c, const Node *node, Use use) {
  if (use == USE_TAIL)
    mx_compile_tail(c, node);
  else
    mx_compile_node(c, node, use == USE_VALUE);
}
