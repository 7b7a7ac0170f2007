// SPDX-License-Identifier: MIT
// Control flow: if, while, for, case, begin, jumps; conditions; expressions without a value.
#include "frontend/parser_internal.h"

#include <string.h>

// -- conditions ---------------------------------------------------------------------------------

// Rewrite an end of a range in a condition: an integer literal means `$. == n`, an open end nil.
static Node *control_flip_end(Parser *p, Node *node, Span range) {
  if (!node) return &NEW(p, NilLiteral, NIL, range)->base;
  if (node->kind != NODE_INTEGER) return mx_parse_condition(p, node);
  NodeGlobalVariable *line = NEW(p, GlobalVariable, GVAR, node->span);
  line->name = mx_sym_from_cstr(p->symtab, "$.");
  NodeMethodCall *call = (NodeMethodCall *)mx_parse_call_node(p, &line->base, SYM_EQ, node->span);
  call->base.flags = NF_OPERATOR;
  call->args = ((NodeBlock *)mx_parse_block_of(p, node))->statements;
  return &call->base;
}

// Make a match of $_ of a regexp in a condition.
static Node *control_match_line(Parser *p, Node *regexp) {
  NodeMatchLastLine *node = NEW(p, MatchLastLine, MATCH_LINE, regexp->span);
  node->regexp = regexp;
  mx_scope_use_match(p, false);
  mx_scope_use_match(p, true);
  return &node->base;
}

// Warn of a condition that never changes.
static void control_warn_literal(Parser *p, const Node *node) {
  mx_parser_warn(p, DIAG_WARNING_VERBOSE, node->span, "literal in condition");
}

// Rewrite a condition: a..b is a flip-flop, /re/ matches $_.
Node *mx_parse_condition(Parser *p, Node *node) {
  switch (mx_ast_kind(node)) {
  case NODE_REGEXP: return control_match_line(p, node);
  case NODE_RANGE: {
    NodeRangeLiteral *range = (NodeRangeLiteral *)node;
    range->first = control_flip_end(p, range->first, node->span);
    range->last = control_flip_end(p, range->last, node->span);
    return mx_scope_flip_flop(p, range);
  }
  case NODE_AND:
  case NODE_OR: {
    NodeAnd *logical = (NodeAnd *)node;
    logical->left = mx_parse_condition(p, logical->left);
    logical->right = mx_parse_condition(p, logical->right);
    return node;
  }
  case NODE_BLOCK: {
    NodeBlock *block = (NodeBlock *)node;
    if ((node->flags & NF_PARENS) && block->statements.count == 1)
      block->statements.at[0] = mx_parse_condition(p, block->statements.at[0]);
    return node;
  }
  case NODE_ASSIGN: {
    Node *value = ((NodeAssignment *)node)->value;
    if (value->kind == NODE_INTEGER || value->kind == NODE_STRING || value->kind == NODE_NIL ||
        value->kind == NODE_TRUE || value->kind == NODE_FALSE || value->kind == NODE_SYMBOL)
      mx_parser_warn(p, DIAG_WARNING, node->span, "found '= literal' in conditional, should be ==");
    return node;
  }
  case NODE_STRING:
  case NODE_DSTRING:
  case NODE_SYMBOL:
  case NODE_INTEGER:
  case NODE_FLOAT: control_warn_literal(p, node); return node;
  default: return node;
  }
}

// -- expressions without a value ----------------------------------------------------------------

// Find what makes an expression have no value: a jump that is certainly reached.
static const Node *control_void_node(const Node *node);

// Look at the last statement of a block.
static const Node *control_void_last(const Node *node) {
  if (!node) return NULL;
  if (node->kind != NODE_BLOCK) return control_void_node(node);
  const NodeBlock *block = (const NodeBlock *)node;
  if (block->statements.count == 0) return NULL;
  return control_void_node(block->statements.at[block->statements.count - 1]);
}

// Look at two branches: both must lack a value.
static const Node *control_void_both(const Node *a, const Node *b) {
  if (!a || !b) return NULL;
  const Node *first = control_void_last(a);
  return first && control_void_last(b) ? first : NULL;
}

// Give the jump that leaves an expression without a value, or NULL.
static const Node *control_void_node(const Node *node) {
  switch (mx_ast_kind(node)) {
  case NODE_RETURN:
  case NODE_BREAK:
  case NODE_NEXT:
  case NODE_REDO:
  case NODE_RETRY: return node;
  case NODE_BLOCK: return control_void_last(node);
  case NODE_IF:
    return control_void_both(((const NodeIf *)node)->then_body, ((const NodeIf *)node)->else_body);
  case NODE_UNLESS:
    return control_void_both(((const NodeUnless *)node)->then_body,
                             ((const NodeUnless *)node)->else_body);
  case NODE_AND:
  case NODE_OR: return control_void_node(((const NodeAnd *)node)->left);
  case NODE_MATCH_PATTERN: return (node->flags & NF_PREDICATE) ? NULL : node;
  case NODE_BEGIN: {
    const NodeBegin *begin = (const NodeBegin *)node;
    if (begin->rescues.count || begin->ensure_body || begin->else_body) return NULL;
    return control_void_last(begin->body);
  }
  default: return NULL;
  }
}

// Refuse an expression that has no value where one is needed.
void mx_parse_check_value(Parser *p, Node *node) {
  const Node *bad = control_void_node(node);
  if (bad) mx_parser_complain(p, bad->span, NULL, "void value expression");
}

// -- if and unless ------------------------------------------------------------------------------

// Take `then`, or the line end that stands for it.
static void control_expect_then(Parser *p) {
  mx_parser_sync_line(p);
  if (mx_parser_accept(p, TOK_THEN)) return;
  if (p->tok.kind != TOK_NEWLINE && p->tok.kind != TOK_SEMICOLON) {
    mx_parser_unexpected(p, "'then' or end of line");
    mx_parser_sync_line(p);
    return;
  }
  mx_parser_skip_terms(p);
  mx_parser_accept(p, TOK_THEN);
}

// Parse an expression in front of a body; a loop's may be followed by `do`.
static Node *control_header_value(Parser *p, bool loop) {
  Context saved = p->ctx;
  p->ctx.no_do = loop || p->ctx.no_do;
  p->ctx.in_cmdarg = false;
  p->ctx.target_paren = false;
  if (!loop) p->ctx.no_do = saved.no_do;
  Node *value = mx_parse_expr(p, PX_EXPR);
  mx_parse_check_value(p, value);
  p->ctx = saved;
  return value;
}

// Parse a condition in front of a body.
static Node *control_header(Parser *p, bool loop) {
  return mx_parse_condition(p, control_header_value(p, loop));
}

// Parse the body of a branch, as an inner list of statements. In the condition of a loop, `do`
// belongs to the loop there too.
static Node *control_body(Parser *p) {
  Context saved = p->ctx;
  p->ctx.target_paren = p->ctx.no_in = p->ctx.no_pipe = false;
  p->ctx.in_cmdarg = false;
  p->ctx.closer = TOK_EOF;
  Node *body = mx_parse_statements(p);
  p->ctx = saved;
  return body;
}

// Parse `elsif`s and `else` behind a branch; *has_else tells of an else, maybe empty.
static Node *control_else(Parser *p, bool *has_else) {
  *has_else = p->tok.kind == TOK_ELSE || p->tok.kind == TOK_ELSIF;
  if (p->tok.kind == TOK_ELSIF) {
    if (!mx_parser_enter(p)) {
      mx_parser_leave(p);
      return NULL;
    }
    bool inner;
    NodeIf *node = NEW(p, If, IF, p->tok.span);
    mx_parser_advance(p);
    node->condition = control_header(p, false);
    control_expect_then(p);
    node->then_body = control_body(p);
    node->else_body = control_else(p, &inner);
    if (inner) node->base.flags |= NF_HAS_ELSE;
    node->base.span = mx_parser_span(p, node->base.span.start);
    mx_parser_leave(p);
    return &node->base;
  }
  if (!mx_parser_accept(p, TOK_ELSE)) return NULL;
  return control_body(p);
}

static_assert(sizeof(NodeIf) == sizeof(NodeUnless), "mx_parse_if makes either");

// Parse if ... end and unless ... end.
Node *mx_parse_if(Parser *p, bool unless) {
  uint32_t start = p->tok.span.start;
  bool has_else;
  NodeIf *node = NEW(p, If, IF, p->tok.span);
  if (unless) node->base.kind = NODE_UNLESS;
  mx_parser_advance(p);
  node->condition = control_header(p, false);
  control_expect_then(p);
  node->then_body = control_body(p);
  if (unless && p->tok.kind == TOK_ELSIF) mx_parser_unexpected(p, "'else' or 'end'");
  node->else_body = control_else(p, &has_else);
  if (has_else) node->base.flags |= NF_HAS_ELSE;
  mx_parser_expect_end(p, start, unless ? "unless" : "if");
  node->base.span = mx_parser_span(p, start);
  return &node->base;
}

// -- loops --------------------------------------------------------------------------------------

// Take `do` or the line end in front of a loop's body.
static void control_expect_do(Parser *p) {
  mx_parser_sync_line(p);
  if (mx_parser_accept(p, TOK_DO)) return;
  if (p->tok.kind != TOK_NEWLINE && p->tok.kind != TOK_SEMICOLON) {
    mx_parser_unexpected(p, "'do' or end of line");
    mx_parser_sync_line(p);
    return;
  }
  mx_parser_advance(p);
}

// Parse the body of a loop.
static Node *control_loop_body(Parser *p) {
  bool in_loop = p->ctx.in_loop;
  p->ctx.in_loop = true;
  Node *body = control_body(p);
  p->ctx.in_loop = in_loop;
  return body;
}

// Parse while ... end and until ... end.
Node *mx_parse_while(Parser *p, bool until) {
  uint32_t start = p->tok.span.start;
  NodeWhile *node = NEW(p, While, WHILE, p->tok.span);
  if (until) node->base.kind = NODE_UNTIL;
  mx_parser_advance(p);
  bool in_loop = p->ctx.in_loop;
  p->ctx.in_loop = true;
  node->condition = control_header(p, true);
  p->ctx.in_loop = in_loop;
  control_expect_do(p);
  node->body = control_loop_body(p);
  mx_parser_expect_end(p, start, until ? "until" : "while");
  node->base.span = mx_parser_span(p, start);
  return &node->base;
}

// Parse for target in iterable ... end.
Node *mx_parse_for(Parser *p) {
  uint32_t start = p->tok.span.start;
  NodeFor *node = NEW(p, For, FOR, p->tok.span);
  ScopeCtx sc;
  mx_scope_push(p, &sc, SCOPE_BLOCK);
  sc.is_for = true;
  mx_scope_hidden(p, sc.scope, SYM_NONE);
  mx_parser_advance(p);
  node->target = mx_parse_for_target(p);
  mx_parser_expect(p, TOK_IN, "behind the loop's variable");
  mx_scope_pop(p);
  node->iterable = control_header_value(p, true);
  p->scope = &sc;
  control_expect_do(p);
  node->body = control_loop_body(p);
  mx_scope_pop(p);
  node->scope = sc.scope;
  mx_parser_expect_end(p, start, "for");
  node->base.span = mx_parser_span(p, start);
  return &node->base;
}

// -- case ---------------------------------------------------------------------------------------

// Parse the guard of an arm: an IF or UNLESS without bodies.
static Node *control_guard(Parser *p) {
  if (p->tok.kind != TOK_IF_MOD && p->tok.kind != TOK_UNLESS_MOD) return NULL;
  NodeIf *node = NEW(p, If, IF, p->tok.span);
  if (p->tok.kind == TOK_UNLESS_MOD) node->base.kind = NODE_UNLESS;
  mx_parser_advance(p);
  node->condition = control_header(p, false);
  node->base.flags = NF_MODIFIER;
  node->base.span = mx_parser_span(p, node->base.span.start);
  return &node->base;
}

// What the conditions of an arm are compared with.
typedef enum ArmKind {
  ARM_TRUTH, // nothing: a case without a subject, whose conditions are never patterns
  ARM_CASE,  // the subject of a case
  ARM_MATCH, // the subject of a match statement: a bare name binds
} ArmKind;

// Parse one condition of `when`.
static Node *control_when_condition(Parser *p, ArmKind arm) {
  if (p->tok.kind == TOK_SPLAT) {
    NodeSplat *splat = NEW(p, Splat, SPLAT, p->tok.span);
    mx_parser_advance(p);
    splat->value = mx_parse_value(p);
    splat->base.span = mx_parser_span(p, splat->base.span.start);
    return &splat->base;
  }
  if (p->lex.metorex && arm != ARM_TRUTH) return mx_parse_when_pattern(p, arm == ARM_MATCH);
  return mx_parse_value(p);
}

// Parse when conditions [guard] then body.
static Node *control_when(Parser *p, ArmKind arm) {
  NodeWhen *node = NEW(p, When, WHEN, p->tok.span);
  uint32_t mark = p->stack.count;
  mx_parser_advance(p);
  do {
    mx_parser_skip_newlines(p);
    vec_push(&p->stack, control_when_condition(p, arm));
  } while (!p->recovering && mx_parser_accept(p, TOK_COMMA));
  node->conditions = mx_parser_list(p, mark);
  if (p->lex.metorex) node->guard = control_guard(p);
  control_expect_then(p);
  bool in_arm = p->ctx.in_arm;
  p->ctx.in_arm = true;
  node->body = control_body(p);
  p->ctx.in_arm = in_arm;
  node->base.span = mx_parser_span(p, node->base.span.start);
  return &node->base;
}

// Parse in pattern [guard] then body.
static Node *control_in(Parser *p) {
  NodeIn *node = NEW(p, In, IN, p->tok.span);
  bool in_kwarg = p->lex.in_kwarg;
  p->lex.in_kwarg = true;
  p->lex.state = LEX_BEG | LEX_LABEL;
  p->lex.command_start = false;
  mx_parser_advance(p);
  node->pattern = mx_parse_pattern_top(p);
  p->lex.in_kwarg = in_kwarg;
  node->guard = control_guard(p);
  control_expect_then(p);
  node->body = control_body(p);
  node->base.span = mx_parser_span(p, node->base.span.start);
  return &node->base;
}

// Parse the arms of a case up to else or end.
static NodeList control_arms(Parser *p, TokKind kind, ArmKind arm) {
  uint32_t mark = p->stack.count;
  while (p->tok.kind == kind)
    vec_push(&p->stack, kind == TOK_IN ? control_in(p) : control_when(p, arm));
  return mx_parser_list(p, mark);
}

// Parse the else of a case.
static Node *control_case_else(Parser *p, Node *node) {
  if (!mx_parser_accept(p, TOK_ELSE)) return NULL;
  node->flags |= NF_HAS_ELSE;
  return control_body(p);
}

// Parse case ... when and case ... in.
Node *mx_parse_case(Parser *p) {
  uint32_t start = p->tok.span.start;
  mx_parser_advance(p);
  Node *subject = NULL;
  if (p->tok.kind != TOK_WHEN && p->tok.kind != TOK_NEWLINE && p->tok.kind != TOK_SEMICOLON) {
    Context saved = p->ctx;
    p->ctx.in_cmdarg = p->ctx.target_paren = false;
    subject = mx_parse_expr(p, PX_EXPR);
    mx_parse_check_value(p, subject);
    p->ctx = saved;
  }
  mx_parser_sync_line(p);
  mx_parser_skip_terms(p);
  if (p->tok.kind == TOK_IN && subject) {
    NodeCaseIn *node = NEW(p, CaseIn, CASE_IN, p->tok.span);
    node->subject = subject;
    node->ins = control_arms(p, TOK_IN, ARM_CASE);
    node->else_body = control_case_else(p, &node->base);
    mx_parser_expect_end(p, start, "case");
    node->base.span = mx_parser_span(p, start);
    return &node->base;
  }
  NodeCase *node = NEW(p, Case, CASE, p->tok.span);
  node->subject = subject;
  if (p->tok.kind != TOK_WHEN) mx_parser_unexpected(p, "'when'");
  node->whens = control_arms(p, TOK_WHEN, subject ? ARM_CASE : ARM_TRUTH);
  if (subject) mx_parse_warn_whens(p, node->whens);
  node->else_body = control_case_else(p, &node->base);
  mx_parser_expect_end(p, start, "case");
  node->base.span = mx_parser_span(p, start);
  return &node->base;
}

// Parse the metorex statement match ... when; the current token is behind `match`.
Node *mx_parse_match(Parser *p) {
  uint32_t start = p->tok.span.start;
  NodeMatch *node = NEW(p, Match, MATCH, p->tok.span);
  mx_parser_advance(p);
  node->subject = mx_parse_expr(p, PX_EXPR);
  mx_parse_check_value(p, node->subject);
  mx_parser_sync_line(p);
  mx_parser_skip_terms(p);
  if (p->tok.kind != TOK_WHEN) mx_parser_unexpected(p, "'when'");
  node->whens = control_arms(p, TOK_WHEN, ARM_MATCH);
  node->else_body = control_case_else(p, &node->base);
  mx_parser_expect_end(p, start, "match");
  node->base.span = mx_parser_span(p, start);
  return &node->base;
}

// -- begin --------------------------------------------------------------------------------------

// Parse the exception classes of a rescue clause.
static NodeList control_rescue_classes(Parser *p) {
  uint32_t mark = p->stack.count;
  while (p->tok.kind != TOK_ASSOC && p->tok.kind != TOK_THEN && p->tok.kind != TOK_NEWLINE &&
         p->tok.kind != TOK_SEMICOLON && !p->recovering) {
    if (p->tok.kind == TOK_SPLAT) {
      NodeSplat *splat = NEW(p, Splat, SPLAT, p->tok.span);
      mx_parser_advance(p);
      splat->value = mx_parse_value(p);
      splat->base.span = mx_parser_span(p, splat->base.span.start);
      vec_push(&p->stack, &splat->base);
    } else {
      vec_push(&p->stack, mx_parse_value(p));
    }
    if (!mx_parser_accept(p, TOK_COMMA)) break;
    mx_parser_skip_newlines(p);
  }
  return mx_parser_list(p, mark);
}

// Parse rescue classes => target then body.
static Node *control_rescue(Parser *p) {
  NodeRescue *node = NEW(p, Rescue, RESCUE, p->tok.span);
  mx_parser_advance(p);
  node->classes = control_rescue_classes(p);
  if (mx_parser_accept(p, TOK_ASSOC)) {
    Node *target = mx_parse_operand(p, PX_NONE);
    if (!mx_parse_is_target(target)) mx_parser_unexpected(p, "a variable for the exception");
    node->target = mx_parse_target(p, target);
  }
  control_expect_then(p);
  bool in_rescue = p->ctx.in_rescue;
  p->ctx.in_rescue = true;
  node->body = control_body(p);
  p->ctx.in_rescue = in_rescue;
  node->base.span = mx_parser_span(p, node->base.span.start);
  return &node->base;
}

// Parse the rescue, else and ensure clauses behind a body.
static void control_clauses(Parser *p, NodeBegin *node) {
  uint32_t mark = p->stack.count;
  while (p->tok.kind == TOK_RESCUE) vec_push(&p->stack, control_rescue(p));
  node->rescues = mx_parser_list(p, mark);
  if (p->tok.kind == TOK_ELSE) {
    if (node->rescues.count == 0)
      mx_parser_complain(p, p->tok.span, NULL, "else without rescue is useless");
    mx_parser_advance(p);
    node->base.flags |= NF_HAS_ELSE;
    node->else_body = control_body(p);
  }
  if (mx_parser_accept(p, TOK_ENSURE)) {
    node->ensure_body = control_body(p);
    node->base.flags |= NF_HAS_ENSURE;
  }
}

// Tell whether a rescue, else or ensure clause begins.
static bool control_at_clause(const Parser *p) {
  return p->tok.kind == TOK_RESCUE || p->tok.kind == TOK_ELSE || p->tok.kind == TOK_ENSURE;
}

// Parse the body of a def, class or do block with its clauses, and its `end`.
Node *mx_parse_body(Parser *p, uint32_t start, bool keyword) {
  const char *text = p->source->text + start;
  const char *what = *text == 'd'   ? (text[1] == 'o' ? "do" : "def")
                     : *text == 'c' ? "class"
                     : *text == 'm' ? "module"
                     : *text == 'b' ? "begin"
                                    : "trait";
  mx_parser_skip_terms(p);
  uint32_t from = p->tok.span.start;
  Node *body = control_body(p);
  if (control_at_clause(p) || keyword) {
    NodeBegin *node = NEW(p, Begin, BEGIN, mx_parser_span(p, from));
    node->body = body;
    control_clauses(p, node);
    node->base.span = mx_parser_span(p, from);
    body = &node->base;
  }
  mx_parser_expect_end(p, start, what);
  return body;
}

// Parse begin ... end.
Node *mx_parse_begin(Parser *p) {
  uint32_t start = p->tok.span.start;
  Context saved = p->ctx;
  p->ctx.in_cmdarg = p->ctx.no_pipe = p->ctx.no_in = p->ctx.target_paren = false;
  mx_parser_advance(p);
  Node *node = mx_parse_body(p, start, true);
  p->ctx = saved;
  node->flags |= NF_KEYWORD;
  node->span = mx_parser_span(p, start);
  return node;
}

// -- jumps --------------------------------------------------------------------------------------

// Note break, next or redo outside of loops and blocks. It may still turn out to be in one:
// `begin ... break ... end while x`.
static void control_note_jump(Parser *p, const Token *tok) {
  if (p->ctx.in_loop || p->ctx.in_block || p->ctx.in_defined || p->recovering) return;
  vec_push(&p->jumps, ((PendingJump){tok->span, p->scope->scope, tok->kind, p->ctx.in_own_def}));
}

// Forget the jumps noted since an offset: a loop around them has appeared.
void mx_parse_settle_jumps(Parser *p, uint32_t start) {
  uint32_t kept = 0;
  for (uint32_t i = 0; i < p->jumps.count; i++) {
    PendingJump jump = p->jumps.at[i];
    bool settled = jump.span.start >= start && jump.scope == p->scope->scope;
    if (!settled) p->jumps.at[kept++] = jump;
  }
  p->jumps.count = kept;
}

// Report the jumps that have nowhere to go.
void mx_parse_report_jumps(Parser *p) {
  for (uint32_t i = 0; i < p->jumps.count; i++) {
    PendingJump jump = p->jumps.at[i];
    bool eval = p->options->eval && !jump.in_def;
    const char *what = eval ? "Can't escape from eval with" : "Invalid";
    mx_diag_add(p->diags, DIAG_ERROR, jump.span, NULL, "%s %s", what, mx_token_text(jump.kind));
  }
}

// Refuse a jump that has nowhere to go.
static void control_check_jump(Parser *p, const Token *tok) {
  switch (tok->kind) {
  case TOK_BREAK:
  case TOK_NEXT:
  case TOK_REDO: control_note_jump(p, tok); return;
  case TOK_RETRY:
    if (!p->ctx.in_rescue && !p->ctx.in_defined)
      mx_parser_complain(p, tok->span, NULL, "Invalid retry without rescue");
    return;
  case TOK_RETURN:
    if (p->ctx.in_class && !p->ctx.in_def && !p->ctx.in_block)
      mx_parser_complain(p, tok->span, NULL, "Invalid return in class/module body");
    return;
  default: return;
  }
}

// Give the node of a jump's word.
static NodeKind control_jump_kind(TokKind kind) {
  switch (kind) {
  case TOK_BREAK: return NODE_BREAK;
  case TOK_NEXT: return NODE_NEXT;
  case TOK_REDO: return NODE_REDO;
  case TOK_RETRY: return NODE_RETRY;
  default: return NODE_RETURN;
  }
}

static_assert(sizeof(NodeBreak) == sizeof(NodeReturn), "mx_parse_jump makes either");

// Parse return, break, next (with values where a command may stand), redo, retry.
Node *mx_parse_jump(Parser *p, int flags) {
  Token tok = p->tok;
  control_check_jump(p, &tok);
  NodeReturn *node = NEW(p, Return, RETURN, tok.span);
  node->base.kind = (uint8_t)control_jump_kind(tok.kind);
  mx_parser_advance(p);
  if (tok.kind == TOK_REDO || tok.kind == TOK_RETRY) return &node->base;
  if (flags & PX_COMMAND) {
    node->value = mx_parse_jump_value(p);
    if (node->value) p->command = &node->base;
  }
  node->base.span = mx_parser_span(p, tok.span.start);
  return &node->base;
}
