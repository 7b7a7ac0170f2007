// SPDX-License-Identifier: MIT
// Primaries: literals, variables, brackets and keywords that begin an expression; and the chain
// of calls, indexes and constants behind them.
#include "frontend/parser_internal.h"

// -- variables and simple literals --------------------------------------------------------------

// Make a node without fields of its own from the current token.
static Node *primary_simple(Parser *p, NodeKind kind) {
  Node *node = mx_parser_node(p, kind, sizeof(Node), p->tok.span);
  mx_parser_advance(p);
  return node;
}

static_assert(sizeof(NodeNilLiteral) == sizeof(Node), "primary_simple makes bare nodes");

static_assert(sizeof(NodeInstanceVariable) == sizeof(NodeClassVariable), "primary_variable");
static_assert(sizeof(NodeInstanceVariable) == sizeof(NodeGlobalVariable), "primary_variable");

// Make an instance, class or global variable.
static Node *primary_named(Parser *p, NodeKind kind) {
  NodeInstanceVariable *node = mx_parser_node(p, kind, sizeof(*node), p->tok.span);
  node->name = p->tok.sym;
  return &node->base;
}

// Make a global; those that show the last match need a home for it.
static Node *primary_global(Parser *p) {
  const char *name = mx_parser_name(p, p->tok.sym);
  char c = name[1] && !name[2] ? name[1] : 0;
  bool match = c == '~' || c == '&' || c == '`' || c == '\'' || c == '+';
  if (match) mx_scope_use_match(p, false);
  if (p->tok.sym == SYM_g_line) mx_scope_use_match(p, true);
  return primary_named(p, NODE_GVAR);
}

// Make $1 and further.
static Node *primary_nth_ref(Parser *p) {
  NodeNthReference *node = NEW(p, NthReference, NTH_REF, p->tok.span);
  for (uint32_t i = p->tok.span.start + 1; i < p->tok.span.end; i++) {
    node->index = node->index * 10 + (p->source->text[i] - '0');
    if (node->index > NTH_REF_MAX) {
      mx_parser_warn(p, DIAG_WARNING, p->tok.span,
                     "'%s' is too big for a number variable, always nil",
                     mx_parser_name(p, p->tok.sym));
      node->index = NTH_REF_MAX;
      break;
    }
  }
  mx_scope_use_match(p, false);
  return &node->base;
}

// Make the node of a variable with a sigil, without taking its token.
Node *mx_parse_variable_node(Parser *p) {
  switch (p->tok.kind) {
  case TOK_IVAR: return primary_named(p, NODE_IVAR);
  case TOK_CVAR: return primary_named(p, NODE_CVAR);
  case TOK_GVAR: return primary_global(p);
  case TOK_NTH_REF: return primary_nth_ref(p);
  default: return mx_parser_unexpected(p, "a variable");
  }
}

// Parse a variable with a sigil.
static Node *primary_variable(Parser *p) {
  Node *node = mx_parse_variable_node(p);
  mx_parser_advance(p);
  return node;
}

// Make __LINE__.
static Node *primary_line(Parser *p) {
  NodeLineKeyword *node = NEW(p, LineKeyword, LINE, p->tok.span);
  node->value = mx_source_line(p->source, p->tok.span.start);
  mx_parser_advance(p);
  return &node->base;
}

// Parse ::Name.
static Node *primary_top_constant(Parser *p) {
  NodeConstant *node = NEW(p, Constant, CONST, p->tok.span);
  uint32_t start = p->tok.span.start;
  mx_parser_advance(p);
  if (p->tok.kind != TOK_CONST) return mx_parser_unexpected(p, "a constant behind '::'");
  node->name = p->tok.sym;
  node->base.flags = NF_TOP;
  p->lex.state = LEX_ARG;
  mx_parser_advance(p);
  node->base.span = mx_parser_span(p, start);
  return &node->base;
}

// -- brackets -----------------------------------------------------------------------------------

// Begin the inside of brackets: what holds outside does not hold there.
static Context primary_open(Parser *p) {
  Context saved = p->ctx;
  p->ctx.no_do = p->ctx.in_cmdarg = p->ctx.no_pipe = p->ctx.no_in = false;
  p->ctx.target_paren = false;
  return saved;
}

// Parse ( statements ), which may be the inner targets of a multiple assignment.
static Node *primary_paren(Parser *p, int flags) {
  uint32_t start = p->tok.span.start;
  bool arg = p->tok.kind == TOK_LPAREN_ARG;
  Context saved = primary_open(p);
  bool in_kwarg = p->lex.in_kwarg;
  p->lex.in_kwarg = false;
  p->ctx.target_paren = (flags & PX_STMT) || saved.target_paren;
  p->ctx.in_argdef = false;
  p->ctx.closer = TOK_RPAREN;
  mx_parser_advance(p);
  Node *body = mx_parse_statements(p);
  p->ctx = saved;
  p->lex.in_kwarg = in_kwarg;
  if (arg && p->tok.kind == TOK_RPAREN) p->lex.state = LEX_ENDARG;
  mx_parser_close(p, TOK_RPAREN, "the parentheses", start);
  Span span = mx_parser_span(p, start);
  if (body) {
    NodeBlock *block = (NodeBlock *)body;
    Node *only = block->statements.at[0];
    if (block->statements.count == 1 && only->kind == NODE_MULTI_TARGET) {
      only->flags |= NF_PARENS;
      only->span = span;
      return only;
    }
  } else {
    body = &NEW(p, Block, BLOCK, span)->base;
  }
  body->flags |= NF_PARENS;
  body->span = span;
  return body;
}

// Parse [elements].
static Node *primary_array(Parser *p) {
  uint32_t start = p->tok.span.start;
  Context saved = primary_open(p);
  bool in_kwarg = p->lex.in_kwarg;
  p->lex.in_kwarg = false;
  mx_parser_advance(p);
  NodeArrayLiteral *node = NEW(p, ArrayLiteral, ARRAY, p->tok.span);
  CallArgs args = mx_parse_args(p, TOK_RBRACK, PX_NONE);
  if (args.block)
    mx_parser_complain(p, args.block->span, NULL, "block argument should not be given here");
  node->elements = args.list;
  p->ctx = saved;
  p->lex.in_kwarg = in_kwarg;
  mx_parser_close(p, TOK_RBRACK, "the array", start);
  node->base.span = mx_parser_span(p, start);
  return &node->base;
}

// Parse {pairs}.
static Node *primary_hash(Parser *p) {
  uint32_t start = p->tok.span.start, mark = p->stack.count;
  NodeHashLiteral *node = NEW(p, HashLiteral, HASH, p->tok.span);
  Context saved = primary_open(p);
  bool in_kwarg = p->lex.in_kwarg;
  p->lex.in_kwarg = false;
  mx_parser_advance(p);
  mx_parser_skip_newlines(p);
  while (p->tok.kind != TOK_RBRACE && !p->recovering) {
    vec_push(&p->stack, mx_parse_hash_element(p));
    mx_parser_skip_newlines(p);
    if (!mx_parser_accept(p, TOK_COMMA)) break;
    mx_parser_skip_newlines(p);
  }
  node->pairs = mx_parser_list(p, mark);
  mx_parse_warn_keys(p, node->pairs);
  p->ctx = saved;
  p->lex.in_kwarg = in_kwarg;
  mx_parser_close(p, TOK_RBRACE, "the hash", start);
  node->base.span = mx_parser_span(p, start);
  return &node->base;
}

// -- not, lambda --------------------------------------------------------------------------------

// Parse not(...) where only a primary may stand.
static Node *primary_not(Parser *p) {
  Span span = p->tok.span;
  mx_parser_advance(p);
  if (p->tok.kind != TOK_LPAREN) return mx_parser_unexpected(p, "'(' behind not");
  NodeMethodCall *node = NEW(p, MethodCall, CALL, span);
  node->name = SYM_BANG;
  node->name_start = span.start;
  node->base.flags = NF_WORD | NF_OPERATOR;
  node->receiver = mx_parse_condition(p, primary_paren(p, PX_NONE));
  node->base.span = mx_parser_span(p, span.start);
  return &node->base;
}

// Parse the body of a lambda in braces or do ... end.
static Node *primary_lambda_body(Parser *p) {
  uint32_t start = p->tok.span.start;
  bool braces = p->tok.kind != TOK_DO && p->tok.kind != TOK_DO_LAMBDA;
  p->lex.state = LEX_BEG;
  p->lex.command_start = true;
  mx_parser_advance(p);
  p->ctx.closer = braces ? TOK_RBRACE : TOK_EOF;
  if (!braces) return mx_parse_body(p, start, false);
  Node *body = mx_parse_statements(p);
  mx_parser_close(p, TOK_RBRACE, "the lambda", start);
  return body;
}

// Tell whether the body of a lambda begins.
static bool primary_at_lambda_body(const Parser *p) {
  switch (p->tok.kind) {
  case TOK_LBRACE:
  case TOK_LBRACE_BLOCK:
  case TOK_LBRACE_ARG:
  case TOK_LBRACE_LAMBDA:
  case TOK_DO:
  case TOK_DO_LAMBDA: return true;
  default: return false;
  }
}

// Parse the parameters of a lambda, in parentheses or bare.
static Node *primary_lambda_params(Parser *p) {
  bool paren =
      p->tok.kind == TOK_LPAREN || p->tok.kind == TOK_LPAREN_ARG || p->tok.kind == TOK_LPAREN_BEG;
  if (!paren) return primary_at_lambda_body(p) ? NULL : mx_parse_params(p, PARAMS_LAMBDA, TOK_EOF);
  mx_parser_advance(p);
  Node *params = mx_parse_params(p, PARAMS_LAMBDA, TOK_RPAREN);
  mx_parser_expect(p, TOK_RPAREN, "to close the parameters");
  return params;
}

// Parse ->(params) { body }; in the metorex dialect also -> expr.
Node *mx_parse_lambda(Parser *p, int flags) {
  uint32_t start = p->tok.span.start;
  if (p->lex.metorex) {
    Node *arrow = mx_parse_arrow_body(p, flags);
    if (arrow) return arrow;
  }
  NodeLambda *node = NEW(p, Lambda, LAMBDA, p->tok.span);
  ScopeCtx sc;
  Context saved = primary_open(p);
  int32_t lambda_nest = p->lex.lambda_nest;
  p->lex.lambda_nest = p->lex.nest;
  mx_scope_push(p, &sc, SCOPE_BLOCK);
  bool in_kwarg = p->lex.in_kwarg;
  p->lex.in_kwarg = false;
  p->ctx.in_block = true;
  p->ctx.in_loop = false;
  p->ctx.in_rescue = false;
  p->ctx.in_arm = false;
  mx_parser_advance(p);
  node->params = primary_lambda_params(p);
  sc.has_params = node->params != NULL;
  if (primary_at_lambda_body(p))
    node->body = primary_lambda_body(p);
  else
    mx_parser_unexpected(p, "'{' or 'do' with the lambda's body");
  if (!node->params) node->params = mx_scope_implicit_params(p, &sc, node->base.span);
  if (node->params && (node->params->flags & NF_IMPLICIT)) node->base.flags |= NF_IMPLICIT;
  mx_scope_pop(p);
  node->scope = sc.scope;
  p->ctx = saved;
  p->lex.in_kwarg = in_kwarg;
  p->lex.lambda_nest = lambda_nest;
  node->base.span = mx_parser_span(p, start);
  return &node->base;
}

// -- the switch ---------------------------------------------------------------------------------

// Parse a string; where it turns out to be a label, that is an error here.
static Node *primary_string(Parser *p) {
  bool label = false;
  Node *node = mx_parse_string(p, &label);
  if (label) mx_parser_error(p, node->span, NULL, "unexpected label");
  return node;
}

// Parse a primary that is a keyword.
static Node *primary_keyword(Parser *p, int flags) {
  switch (p->tok.kind) {
  case TOK_NIL: return primary_simple(p, NODE_NIL);
  case TOK_TRUE: return primary_simple(p, NODE_TRUE);
  case TOK_FALSE: return primary_simple(p, NODE_FALSE);
  case TOK_SELF: return primary_simple(p, NODE_SELF);
  case TOK_FILE_NAME: return primary_simple(p, NODE_FILE);
  case TOK_LINE_NUMBER: return primary_line(p);
  case TOK_SOURCE_ENCODING: return primary_simple(p, NODE_ENCODING);
  case TOK_IF: return mx_parse_if(p, false);
  case TOK_UNLESS: return mx_parse_if(p, true);
  case TOK_WHILE: return mx_parse_while(p, false);
  case TOK_UNTIL: return mx_parse_while(p, true);
  case TOK_FOR: return mx_parse_for(p);
  case TOK_CASE: return mx_parse_case(p);
  case TOK_BEGIN: return mx_parse_begin(p);
  case TOK_DEF: return mx_parse_def(p);
  case TOK_CLASS: return mx_parse_class(p);
  case TOK_MODULE: return mx_parse_module(p, false);
  case TOK_SUPER: return mx_parse_super(p, flags);
  case TOK_YIELD: return mx_parse_yield(p, flags);
  case TOK_NOT: return primary_not(p);
  case TOK_BREAK:
  case TOK_NEXT:
  case TOK_REDO:
  case TOK_RETRY:
  case TOK_RETURN: return mx_parse_jump(p, flags);
  default: return mx_parser_unexpected(p, NULL);
  }
}

// Parse a primary without what follows it.
Node *mx_parse_primary(Parser *p, int flags) {
  switch (p->tok.kind) {
  case TOK_IDENT:
  case TOK_FID:
  case TOK_CONST: return mx_parse_identifier(p, flags);
  case TOK_IVAR:
  case TOK_CVAR:
  case TOK_GVAR:
  case TOK_NTH_REF: return primary_variable(p);
  case TOK_INTEGER:
  case TOK_FLOAT:
  case TOK_RATIONAL:
  case TOK_IMAGINARY: return mx_parse_number(p);
  case TOK_CHAR:
  case TOK_STRING_BEG:
  case TOK_XSTRING_BEG:
  case TOK_HEREDOC_BEG: return primary_string(p);
  case TOK_REGEXP_BEG: return mx_parse_regexp(p);
  case TOK_WORDS_BEG:
  case TOK_SYMBOLS_BEG: return mx_parse_words(p);
  case TOK_DSYMBOL_BEG:
  case TOK_SYMBOL_BEG: return mx_parse_symbol(p);
  case TOK_LPAREN:
  case TOK_LPAREN_BEG:
  case TOK_LPAREN_ARG: return primary_paren(p, flags);
  case TOK_LBRACK: return primary_array(p);
  case TOK_LBRACE: return primary_hash(p);
  case TOK_COLON3: return primary_top_constant(p);
  case TOK_LAMBDA: return mx_parse_lambda(p, flags);
  case TOK_UNQUOTE_BEG: return mx_parse_unquote(p);
  default: return primary_keyword(p, flags);
  }
}

// -- what follows a primary ---------------------------------------------------------------------

// Tell whether a call with bare arguments may go on: only behind its block.
static bool primary_is_closed_command(const Parser *p, const Node *node) {
  if (node != p->command) return false;
  if (node->kind == NODE_CALL) return ((const NodeMethodCall *)node)->block == NULL;
  if (node->kind == NODE_SUPER) return ((const NodeSuper *)node)->block == NULL;
  return true;
}

// Parse one link of the chain; NULL when there is none.
static Node *primary_link(Parser *p, Node *node, int flags) {
  switch (p->tok.kind) {
  case TOK_DOT:
  case TOK_SAFE_NAV:
  case TOK_COLON2: return mx_parse_method_call(p, node, flags);
  case TOK_LBRACK_INDEX: return mx_parse_index(p, node);
  default: return NULL;
  }
}

// Parse the calls, indexes and constants behind a primary.
Node *mx_parse_postfix(Parser *p, Node *node, int flags) {
  for (;;) {
    bool closed = node->kind == NODE_MULTI_TARGET || primary_is_closed_command(p, node);
    if (p->recovering || closed) return node;
    bool command = node == p->command;
    if (command && p->tok.kind == TOK_LBRACK_INDEX) return node;
    Node *next = primary_link(p, node, flags);
    if (!next) return node;
    mx_parse_check_value(p, node);
    if (command) p->command = next;
    node = next;
    mx_parser_raise_height(p);
  }
}

// Parse a primary with its chain.
Node *mx_parse_operand(Parser *p, int flags) {
  return mx_parse_postfix(p, mx_parse_primary(p, flags), flags & ~PX_STMT);
}
