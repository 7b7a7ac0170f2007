// SPDX-License-Identifier: MIT
// Statements: lists of them, modifiers, and the loosest operators `and`, `or`, `not`, `=>`, `in`.
#include "frontend/parser_internal.h"

// Tell whether a token ends a statement list: it belongs to what is around the list.
bool mx_parse_ends_statement(TokKind kind) {
  switch (kind) {
  case TOK_EOF:
  case TOK_END:
  case TOK_ELSE:
  case TOK_ELSIF:
  case TOK_WHEN:
  case TOK_IN:
  case TOK_RESCUE:
  case TOK_ENSURE:
  case TOK_RBRACE:
  case TOK_RPAREN:
  case TOK_RBRACK: return true;
  default: return false;
  }
}

// Make a block of one statement.
Node *mx_parse_block_of(Parser *p, Node *statement) {
  NodeBlock *block = NEW(p, Block, BLOCK, statement->span);
  uint32_t mark = p->stack.count;
  vec_push(&p->stack, statement);
  block->statements = mx_parser_list(p, mark);
  return &block->base;
}

// -- statement lists ----------------------------------------------------------------------------

// Make the block of the statements pushed since a mark.
static Node *stmt_make_block(Parser *p, uint32_t mark) {
  NodeList list = mx_parser_list(p, mark);
  Span span = mx_span_join(list.at[0]->span, list.at[list.count - 1]->span);
  NodeBlock *block = NEW(p, Block, BLOCK, span);
  block->statements = list;
  for (uint32_t i = 0; i + 1 < list.count; i++) list.at[i]->flags |= NF_VALUE_UNUSED;
  return &block->base;
}

// Require the end of a statement: a line end, a semicolon, or what closes the list.
static void stmt_expect_term(Parser *p, const Node *node) {
  mx_parser_sync_line(p);
  // Behind a requirement of a trait the line end may have been taken with its parentheses.
  bool requirement = node && node->kind == NODE_DEF && (node->flags & NF_NO_BODY);
  if (requirement && p->tok.line_before && p->tok.kind != TOK_NEWLINE) return;
  if (p->tok.kind == TOK_NEWLINE || p->tok.kind == TOK_SEMICOLON) {
    mx_parser_skip_terms(p);
  } else if (!mx_parse_ends_statement(p->tok.kind)) {
    mx_parser_unexpected(p, "end of the statement");
    mx_parser_sync_line(p);
    mx_parser_skip_terms(p);
  }
}

static void stmt_begin_block(Parser *p);

// Parse statements up to a token that closes the list; NULL when there is none.
Node *mx_parse_statements(Parser *p) {
  uint32_t mark = p->stack.count;
  mx_parser_skip_terms(p);
  while (!mx_parse_ends_statement(p->tok.kind)) {
    Node *node = NULL;
    if (p->tok.kind == TOK_UPPER_BEGIN)
      stmt_begin_block(p);
    else
      node = mx_parse_statement(p);
    if (node) vec_push(&p->stack, node);
    stmt_expect_term(p, node);
  }
  return p->stack.count > mark ? stmt_make_block(p, mark) : NULL;
}

// -- BEGIN and END ------------------------------------------------------------------------------

// Parse BEGIN { } and set it aside: it runs before everything else, in the program's scope.
static void stmt_begin_block(Parser *p) {
  uint32_t start = p->tok.span.start;
  bool nested = p->scope->up != NULL || p->depth > 0;
  if (nested) mx_parser_complain(p, p->tok.span, NULL, "BEGIN is permitted only at toplevel");
  NodeBeginBlock *node = NEW(p, BeginBlock, BEGIN_BLOCK, p->tok.span);
  mx_parser_advance(p);
  if (p->tok.kind != TOK_LBRACE_BLOCK && p->tok.kind != TOK_LBRACE) {
    mx_parser_unexpected(p, "'{' behind BEGIN");
    return;
  }
  mx_parser_advance(p);
  if (mx_parser_enter(p)) node->body = mx_parse_statements(p);
  mx_parser_leave(p);
  mx_parser_expect(p, TOK_RBRACE, "to close BEGIN");
  node->base.span = mx_parser_span(p, start);
  node->base.flags |= NF_VALUE_UNUSED;
  vec_push(&p->begin_blocks, &node->base);
}

// Parse END { }.
static Node *stmt_end_block(Parser *p) {
  Span span = p->tok.span;
  if (p->ctx.in_def) mx_parser_warn(p, DIAG_WARNING, span, "END in method; use at_exit");
  NodeEndBlock *node = NEW(p, EndBlock, END_BLOCK, span);
  mx_parser_advance(p);
  if (p->tok.kind != TOK_LBRACE_BLOCK && p->tok.kind != TOK_LBRACE)
    return mx_parser_unexpected(p, "'{' behind END");
  node->function = mx_parse_block_fn(p, true);
  node->base.span = mx_parser_span(p, span.start);
  return &node->base;
}

// -- modifiers ----------------------------------------------------------------------------------

// Parse the condition of a modifier.
static Node *stmt_modifier_condition(Parser *p) {
  mx_parser_advance(p);
  Node *condition = mx_parse_expr(p, PX_EXPR);
  mx_parse_check_value(p, condition);
  return mx_parse_condition(p, condition);
}

// Wrap a statement in the `if` behind it.
static Node *stmt_if_modifier(Parser *p, Node *body) {
  NodeIf *node = NEW(p, If, IF, body->span);
  node->then_body = body;
  node->condition = stmt_modifier_condition(p);
  node->base.flags = NF_MODIFIER;
  return &node->base;
}

// Wrap a statement in the `unless` behind it.
static Node *stmt_unless_modifier(Parser *p, Node *body) {
  NodeUnless *node = NEW(p, Unless, UNLESS, body->span);
  node->then_body = body;
  node->condition = stmt_modifier_condition(p);
  node->base.flags = NF_MODIFIER;
  return &node->base;
}

// Wrap a statement in a loop; behind begin ... end the body runs first.
static Node *stmt_loop_modifier(Parser *p, Node *body, bool until) {
  NodeWhile *node = NEW(p, While, WHILE, body->span);
  if (until) node->base.kind = NODE_UNTIL;
  node->body = body;
  mx_parse_settle_jumps(p, body->span.start);
  node->condition = stmt_modifier_condition(p);
  node->base.flags = NF_MODIFIER;
  bool begin = body->kind == NODE_BEGIN && (body->flags & NF_KEYWORD);
  if (begin) node->base.flags |= NF_DO_WHILE;
  return &node->base;
}

// Wrap a statement in the `rescue` behind it.
static Node *stmt_rescue_modifier(Parser *p, Node *body) {
  NodeRescueModifier *node = NEW(p, RescueModifier, RESCUE_MOD, body->span);
  mx_parser_advance(p);
  bool in_rescue = p->ctx.in_rescue;
  p->ctx.in_rescue = true;
  node->body = body;
  node->rescue_value = mx_parse_expr(p, PX_STATEMENT);
  p->ctx.in_rescue = in_rescue;
  return &node->base;
}

static_assert(sizeof(NodeWhile) == sizeof(NodeUntil), "stmt_loop_modifier makes either");

// Wrap a statement in the modifiers behind it.
static Node *stmt_modifiers(Parser *p, Node *node) {
  for (;;) {
    uint32_t start = node->span.start;
    switch (p->tok.kind) {
    case TOK_IF_MOD: node = stmt_if_modifier(p, node); break;
    case TOK_UNLESS_MOD: node = stmt_unless_modifier(p, node); break;
    case TOK_WHILE_MOD: node = stmt_loop_modifier(p, node, false); break;
    case TOK_UNTIL_MOD: node = stmt_loop_modifier(p, node, true); break;
    case TOK_RESCUE_MOD: node = stmt_rescue_modifier(p, node); break;
    default: return node;
    }
    node->span = mx_parser_span(p, start);
    mx_parser_raise_height(p);
  }
}

// -- one statement ------------------------------------------------------------------------------

// Parse an expression statement, which may be a multiple assignment.
static Node *stmt_expression(Parser *p) {
  bool inner_target = p->ctx.target_paren;
  uint32_t start = p->tok.span.start;
  p->ctx.target_paren = false;
  Node *node =
      p->tok.kind == TOK_SPLAT || p->tok.kind == TOK_STAR ? NULL : mx_parse_expr(p, PX_STATEMENT);
  p->ctx.target_paren = inner_target;
  if (!node) return mx_parse_multi_assignment(p, NULL, start, PX_STATEMENT);
  if (p->tok.kind == TOK_COMMA && mx_parse_is_target(node) && !p->recovering)
    return mx_parse_multi_assignment(p, node, start, PX_STATEMENT);
  if (node->kind == NODE_MULTI_TARGET && !(inner_target && p->tok.kind == TOK_RPAREN))
    mx_parser_unexpected(p, "'=' behind the targets of an assignment");
  return node;
}

// Parse the first word of a statement.
static Node *stmt_leading(Parser *p) {
  switch (p->tok.kind) {
  case TOK_ALIAS: return mx_parse_alias(p);
  case TOK_UNDEF: return mx_parse_undef(p);
  case TOK_UPPER_END: return stmt_end_block(p);
  default: break;
  }
  if (p->lex.metorex) {
    Node *node = mx_parse_typed_local(p);
    if (node) return node;
  }
  return stmt_expression(p);
}

// Parse a statement with its modifiers.
Node *mx_parse_statement(Parser *p) {
  uint32_t height = p->height;
  p->height = 0;
  Node *node = mx_parser_enter(p) ? stmt_leading(p) : mx_parser_unexpected(p, NULL);
  node = stmt_modifiers(p, node);
  mx_parser_leave(p);
  p->height = p->height + 1 > height ? p->height + 1 : height;
  return node;
}

// -- and, or, not, patterns ---------------------------------------------------------------------

// Parse `value => pattern` or `value in pattern` behind the value.
static Node *stmt_match_pattern(Parser *p, Node *value) {
  bool predicate = p->tok.kind == TOK_IN;
  mx_parse_check_value(p, value);
  NodeMatchPattern *node = NEW(p, MatchPattern, MATCH_PATTERN, value->span);
  p->lex.state = LEX_BEG | LEX_LABEL;
  p->lex.command_start = false;
  bool in_kwarg = p->lex.in_kwarg;
  p->lex.in_kwarg = true;
  mx_parser_advance(p);
  node->value = value;
  node->pattern = mx_parse_pattern_top(p);
  p->lex.in_kwarg = in_kwarg;
  if (predicate) node->base.flags |= NF_PREDICATE;
  node->base.span = mx_parser_span(p, value->span.start);
  return &node->base;
}

// Parse `not expr`.
static Node *stmt_not(Parser *p, int flags) {
  Span span = p->tok.span;
  mx_parser_advance(p);
  if (p->tok.kind == TOK_NEWLINE) mx_parser_skip_newlines(p);
  NodeMethodCall *node = NEW(p, MethodCall, CALL, span);
  node->name = SYM_BANG;
  node->name_start = span.start;
  node->base.flags = NF_WORD | NF_OPERATOR;
  Node *operand = mx_parse_not_level(p, flags);
  mx_parse_check_value(p, operand);
  node->receiver = mx_parse_condition(p, operand);
  node->base.span = mx_parser_span(p, span.start);
  mx_parser_raise_height(p);
  return &node->base;
}

// Parse what stands between `and` and `or`.
Node *mx_parse_not_level(Parser *p, int flags) {
  if (!mx_parser_enter(p)) {
    mx_parser_leave(p);
    return mx_parser_unexpected(p, NULL);
  }
  Node *node;
  // `not (a).b` negates the whole expression; `not(a).b` is a call on `not(a)`.
  if (p->tok.kind == TOK_NOT && p->source->text[p->tok.span.end] != '(')
    node = stmt_not(p, flags & ~PX_STMT);
  else
    node = mx_parse_arg(p, flags);
  bool pattern = p->tok.kind == TOK_ASSOC || (p->tok.kind == TOK_IN && !p->ctx.no_in);
  if (pattern && node != p->command && (flags & PX_NOT) && !p->recovering)
    node = stmt_match_pattern(p, node);
  mx_parser_leave(p);
  return node;
}

// Parse an expression with `and` and `or`, which have one precedence.
Node *mx_parse_expr(Parser *p, int flags) {
  uint32_t start = p->tok.span.start;
  Node *left = mx_parse_not_level(p, flags);
  while (p->tok.kind == TOK_AND || p->tok.kind == TOK_OR) {
    NodeAnd *node = NEW(p, And, AND, left->span);
    if (p->tok.kind == TOK_OR) node->base.kind = NODE_OR;
    mx_parser_advance(p);
    mx_parser_skip_newlines(p);
    mx_parse_check_value(p, left);
    node->left = left;
    node->right = mx_parse_not_level(p, flags & ~PX_STMT);
    node->base.flags = NF_WORD;
    node->base.span = mx_parser_span(p, start);
    left = &node->base;
    mx_parser_raise_height(p);
  }
  return left;
}

static_assert(sizeof(NodeAnd) == sizeof(NodeOr), "AND and OR are made alike");

// -- -n and -p ----------------------------------------------------------------------------------

// Make $_.
static Node *stmt_line_var(Parser *p, Span span) {
  NodeGlobalVariable *node = NEW(p, GlobalVariable, GVAR, span);
  node->name = SYM_g_line;
  return &node->base;
}

// Append the statements that -l and -a put at the front of the loop's body.
static void stmt_loop_prelude(Parser *p, Span span) {
  if (p->options->chomp) {
    Sym name = mx_sym_from_cstr(p->symtab, "chomp!");
    vec_push(&p->stack, mx_parse_call_node(p, stmt_line_var(p, span), name, span));
  }
  if (!p->options->split) return;
  NodeGlobalVariable *fields = NEW(p, GlobalVariable, GVAR, span);
  fields->name = mx_sym_from_cstr(p->symtab, "$F");
  NodeAssignment *assign = NEW(p, Assignment, ASSIGN, span);
  assign->target = &fields->base;
  assign->value =
      mx_parse_call_node(p, stmt_line_var(p, span), mx_sym_from_cstr(p->symtab, "split"), span);
  vec_push(&p->stack, &assign->base);
}

// Make the `print $_` that -p puts at the end of the loop's body; `next` skips it.
static Node *stmt_print_line(Parser *p, Span span) {
  Node *call = mx_parse_call_node(p, NULL, SYM_print, span);
  Node *args = mx_parse_block_of(p, stmt_line_var(p, span));
  ((NodeMethodCall *)call)->args = ((NodeBlock *)args)->statements;
  return call;
}

// Make a loop over the lines of the input around a body.
static Node *stmt_line_loop(Parser *p, Node *body, Span span) {
  NodeWhile *loop = NEW(p, While, WHILE, span);
  uint32_t mark = p->stack.count;
  loop->condition = mx_parse_call_node(p, NULL, mx_sym_from_cstr(p->symtab, "gets"), span);
  stmt_loop_prelude(p, span);
  vec_push(&p->stack, body);
  if (p->options->print) vec_push(&p->stack, stmt_print_line(p, span));
  loop->body = stmt_make_block(p, mark);
  return &loop->base;
}

// -n, -p: put a program into its loop; gives the body itself otherwise.
Node *mx_parse_wrap_loop(Parser *p, Node *body) {
  if (!p->options->loop && !p->options->print) return body;
  Span span = body->span;
  uint32_t mark = p->stack.count;
  NodeBlock *block = (NodeBlock *)body;
  uint32_t hoisted = p->begin_blocks.count;
  for (uint32_t i = 0; i < hoisted; i++) vec_push(&p->stack, block->statements.at[i]);
  block->statements.at += hoisted;
  block->statements.count -= hoisted;
  vec_push(&p->stack, stmt_line_loop(p, body, span));
  return stmt_make_block(p, mark);
}
