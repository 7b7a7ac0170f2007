// SPDX-License-Identifier: MIT
// Parameters of methods, blocks and lambdas.
//
// Parameters come in phases: required, optional, rest, required again, keywords, keyword rest,
// block. A later kind never precedes an earlier one; param_phase() says so for all of them.
#include "frontend/parser_internal.h"

typedef enum Phase {
  PHASE_LEAD,    // a
  PHASE_OPT,     // a = 1
  PHASE_REST,    // *a
  PHASE_POST,    // a behind the rest or an optional one
  PHASE_KEY,     // a:
  PHASE_KEYREST, // **a
  PHASE_BLOCK,   // &a
} Phase;

typedef struct ParamList {
  ParamStyle style; // of what
  TokKind closer;   // token behind the list, TOK_EOF for bare ones
  Phase phase;      // reached
} ParamList;

// Refuse a parameter that comes too late, and move to its phase.
static void param_phase(Parser *p, ParamList *list, Phase latest, Phase next, Span span) {
  if (list->phase > latest)
    mx_parser_complain(p, span, "the order is: a, b = 1, *c, d, e:, f: 1, **g, &h",
                       "unexpected parameter order");
  list->phase = next;
}

// -- names --------------------------------------------------------------------------------------

// Declare a parameter's name in the innermost scope; a name may be used once unless it begins
// with an underscore.
static uint32_t param_declare(Parser *p, Sym name, Span span) {
  int number;
  if (mx_scope_is_numbered(p, name, &number))
    mx_parser_complain(p, span, NULL, "_%d is reserved for numbered parameter", number);
  if (mx_scope_has_own(p, name)) {
    if (mx_parser_name(p, name)[0] != '_')
      mx_parser_complain(p, span, NULL, "duplicated argument name");
    return mx_scope_hidden(p, p->scope->scope, SYM_NONE);
  }
  return mx_scope_declare(p, name);
}

// Require a local's name in the current token.
static bool param_expect_name(Parser *p) {
  switch (p->tok.kind) {
  case TOK_IDENT: return true;
  case TOK_CONST:
    mx_parser_complain(p, p->tok.span, NULL, "formal argument cannot be a constant");
    return true;
  case TOK_IVAR:
    mx_parser_complain(p, p->tok.span, NULL, "formal argument cannot be an instance variable");
    return true;
  case TOK_GVAR:
    mx_parser_complain(p, p->tok.span, NULL, "formal argument cannot be a global variable");
    return true;
  case TOK_CVAR:
    mx_parser_complain(p, p->tok.span, NULL, "formal argument cannot be a class variable");
    return true;
  default: mx_parser_unexpected(p, "a parameter"); return false;
  }
}

// Begin a parameter at the current token.
static NodeParameter *param_node(Parser *p, ParamKind kind) {
  NodeParameter *node = NEW(p, Parameter, PARAM, p->tok.span);
  node->kind = kind;
  return node;
}

// End a parameter: it reaches to the last token taken.
static Node *param_finish(Parser *p, NodeParameter *node) {
  node->base.span = mx_parser_span(p, node->base.span.start);
  return &node->base;
}

// Take the name in the current token for a parameter.
static void param_take_name(Parser *p, NodeParameter *node) {
  node->name = p->tok.sym;
  node->slot = param_declare(p, node->name, p->tok.span);
  mx_parser_advance(p);
}

// -- destructuring ------------------------------------------------------------------------------

static Node *param_destructure(Parser *p);

// Parse a name inside a destructured parameter.
static Node *param_local_target(Parser *p) {
  if (!param_expect_name(p)) return mx_parser_error_node(p, p->tok.span);
  NodeLocalVariable *node = NEW(p, LocalVariable, LOCAL, p->tok.span);
  node->name = p->tok.sym;
  node->slot = param_declare(p, node->name, p->tok.span);
  mx_parser_advance(p);
  return &node->base;
}

// Parse *name inside a destructured parameter.
static Node *param_splat_target(Parser *p) {
  NodeSplat *node = NEW(p, Splat, SPLAT, p->tok.span);
  mx_parser_advance(p);
  if (p->tok.kind != TOK_COMMA && p->tok.kind != TOK_RPAREN) node->value = param_local_target(p);
  node->base.span = mx_parser_span(p, node->base.span.start);
  return &node->base;
}

// Tell whether a destructured parameter begins.
static bool param_at_paren(const Parser *p) {
  return p->tok.kind == TOK_LPAREN || p->tok.kind == TOK_LPAREN_BEG ||
         p->tok.kind == TOK_LPAREN_ARG;
}

// Parse one element of a destructured parameter.
static Node *param_target(Parser *p) {
  if (p->tok.kind == TOK_SPLAT || p->tok.kind == TOK_STAR) return param_splat_target(p);
  return param_at_paren(p) ? param_destructure(p) : param_local_target(p);
}

// Parse (a, (b, *c)) as targets of one argument.
static Node *param_destructure(Parser *p) {
  NodeMultiTarget *node = NEW(p, MultiTarget, MULTI_TARGET, p->tok.span);
  uint32_t mark = p->stack.count;
  int splats = 0;
  mx_parser_advance(p);
  if (mx_parser_enter(p)) {
    do {
      if (p->tok.kind == TOK_RPAREN && p->stack.count > mark) {
        node->base.flags |= NF_TRAILING_COMMA;
        break;
      }
      Node *target = param_target(p);
      splats += target->kind == NODE_SPLAT;
      vec_push(&p->stack, target);
    } while (!p->recovering && mx_parser_accept(p, TOK_COMMA));
  }
  mx_parser_leave(p);
  if (splats > 1) mx_parser_error(p, node->base.span, NULL, "multiple splats in a parameter");
  node->targets = mx_parser_list(p, mark);
  mx_parser_close(p, TOK_RPAREN, "the parameter", node->base.span.start);
  node->base.flags |= NF_PARENS;
  node->base.span = mx_parser_span(p, node->base.span.start);
  return &node->base;
}

// Parse a destructured parameter.
static Node *param_pattern(Parser *p, ParamList *list) {
  NodeParameter *node = param_node(p, PARAM_REQ);
  param_phase(p, list, PHASE_POST, list->phase == PHASE_LEAD ? PHASE_LEAD : PHASE_POST,
              p->tok.span);
  node->slot = mx_scope_hidden(p, p->scope->scope, SYM_NONE);
  node->target = param_destructure(p);
  return param_finish(p, node);
}

// -- plain and optional parameters --------------------------------------------------------------

// Parse a default value; in a block's bars it is a primary only, so that `|` ends it.
static Node *param_default(Parser *p, const ParamList *list) {
  bool in_params = p->lex.in_params;
  bool no_pipe = p->ctx.no_pipe;
  p->lex.in_params = false;
  p->ctx.no_pipe = list->style == PARAMS_BLOCK;
  Node *value =
      list->style == PARAMS_BLOCK ? mx_parse_binary(p, BP_UNARY + 1, PX_NONE) : mx_parse_value(p);
  p->lex.in_params = in_params;
  p->ctx.no_pipe = no_pipe;
  return value;
}

// Parse a required or optional parameter behind its name (and annotation).
static Node *param_positional_tail(Parser *p, ParamList *list, NodeParameter *node) {
  if (p->tok.kind == TOK_ASSIGN) {
    param_phase(p, list, PHASE_OPT, PHASE_OPT, node->base.span);
    node->kind = PARAM_OPT;
    mx_parser_advance(p);
    node->value = param_default(p, list);
  } else {
    param_phase(p, list, PHASE_POST, list->phase == PHASE_LEAD ? PHASE_LEAD : PHASE_POST,
                node->base.span);
  }
  return param_finish(p, node);
}

// Parse a parameter that begins with a name.
static Node *param_named(Parser *p, ParamList *list) {
  NodeParameter *node = param_node(p, PARAM_REQ);
  if (!param_expect_name(p)) return &node->base;
  param_take_name(p, node);
  return param_positional_tail(p, list, node);
}

// -- keywords -----------------------------------------------------------------------------------

// Tell whether a keyword parameter has no default.
static bool param_no_default(const Parser *p, const ParamList *list) {
  switch (p->tok.kind) {
  case TOK_COMMA:
  case TOK_NEWLINE:
  case TOK_SEMICOLON:
  case TOK_EOF:
  case TOK_RPAREN:
  case TOK_LBRACE_LAMBDA:
  case TOK_DO_LAMBDA:
  case TOK_DO: return true;
  default:
    return p->tok.kind == list->closer || (list->closer == TOK_EOF && p->tok.kind == TOK_ASSIGN);
  }
}

// Parse name: and name: default; in the metorex dialect a type makes it positional.
static Node *param_keyword(Parser *p, ParamList *list) {
  NodeParameter *node = param_node(p, PARAM_KEYREQ);
  bool typed = p->lex.metorex && list->phase < PHASE_KEY && mx_parse_annotation_here(p);
  const char *name = mx_parser_name(p, p->tok.sym);
  if (name[0] >= 'A' && name[0] <= 'Z')
    mx_parser_complain(p, p->tok.span, NULL, "formal argument cannot be a constant");
  param_take_name(p, node);
  if (typed) {
    node->kind = PARAM_REQ;
    bool no_pipe = p->ctx.no_pipe;
    p->ctx.no_pipe = list->style == PARAMS_BLOCK;
    node->annotation = mx_parse_annotation(p);
    p->ctx.no_pipe = no_pipe;
    return param_positional_tail(p, list, node);
  }
  param_phase(p, list, PHASE_KEY, PHASE_KEY, node->base.span);
  if (param_no_default(p, list)) return param_finish(p, node);
  node->kind = PARAM_KEY;
  node->value = param_default(p, list);
  return param_finish(p, node);
}

// -- rest, block, forwarding --------------------------------------------------------------------

// Tell whether a name follows, be it a legal one or not.
static bool param_at_name(const Parser *p) {
  return p->tok.kind == TOK_IDENT || p->tok.kind == TOK_CONST || p->tok.kind == TOK_IVAR ||
         p->tok.kind == TOK_GVAR || p->tok.kind == TOK_CVAR;
}

// Give a parameter without a name its hidden local, by which it may be passed on.
static void param_anonymous(Parser *p, NodeParameter *node, Sym name, uint32_t *method_slot) {
  Scope *scope = p->scope->scope;
  node->slot = mx_scope_hidden(p, scope, name);
  *method_slot = node->slot;
}

// Parse *name.
static Node *param_rest(Parser *p, ParamList *list) {
  NodeParameter *node = param_node(p, PARAM_REST);
  param_phase(p, list, PHASE_OPT, PHASE_REST, p->tok.span);
  mx_parser_advance(p);
  if (param_at_name(p) && param_expect_name(p))
    param_take_name(p, node);
  else
    param_anonymous(p, node, SYM_STAR, &p->scope->scope->rest_slot);
  return param_finish(p, node);
}

// Parse **name and **nil.
static Node *param_keyrest(Parser *p, ParamList *list) {
  NodeParameter *node = param_node(p, PARAM_KEYREST);
  param_phase(p, list, PHASE_KEY, PHASE_KEYREST, p->tok.span);
  mx_parser_advance(p);
  if (mx_parser_accept(p, TOK_NIL))
    node->kind = PARAM_NOKEY;
  else if (param_at_name(p) && param_expect_name(p))
    param_take_name(p, node);
  else
    param_anonymous(p, node, SYM_POW, &p->scope->scope->keyrest_slot);
  return param_finish(p, node);
}

// Parse &name.
static Node *param_block(Parser *p, ParamList *list) {
  NodeParameter *node = param_node(p, PARAM_BLOCK);
  param_phase(p, list, PHASE_KEYREST, PHASE_BLOCK, p->tok.span);
  mx_parser_advance(p);
  if (param_at_name(p) && param_expect_name(p))
    param_take_name(p, node);
  else
    param_anonymous(p, node, SYM_AMP, &p->scope->scope->block_slot);
  return param_finish(p, node);
}

// Parse `...`: three hidden locals in a row.
static Node *param_forward(Parser *p, ParamList *list) {
  NodeParameter *node = param_node(p, PARAM_FORWARD);
  Scope *scope = p->scope->scope;
  param_phase(p, list, PHASE_OPT, PHASE_BLOCK, p->tok.span);
  if (list->style != PARAMS_DEF)
    mx_parser_complain(p, p->tok.span, NULL, "unexpected ... in block or lambda parameters");
  node->slot = scope->forward_slot = mx_scope_hidden(p, scope, SYM_STAR);
  mx_scope_hidden(p, scope, SYM_POW);
  mx_scope_hidden(p, scope, SYM_AMP);
  mx_parser_advance(p);
  return param_finish(p, node);
}

// -- lists --------------------------------------------------------------------------------------

// Parse one parameter.
static Node *param_one(Parser *p, ParamList *list) {
  switch (p->tok.kind) {
  case TOK_SPLAT:
  case TOK_STAR: return param_rest(p, list);
  case TOK_DOUBLE_SPLAT:
  case TOK_POW: return param_keyrest(p, list);
  case TOK_BLOCK_AMP:
  case TOK_AMP: return param_block(p, list);
  case TOK_BDOT3:
  case TOK_DOT3: return param_forward(p, list);
  case TOK_LABEL: return param_keyword(p, list);
  case TOK_LPAREN:
  case TOK_LPAREN_BEG:
  case TOK_LPAREN_ARG: return param_pattern(p, list);
  default: return param_named(p, list);
  }
}

// Tell whether the list is over.
static bool param_at_end(const Parser *p, const ParamList *list) {
  if (p->tok.kind == list->closer || p->tok.kind == TOK_EOF || p->tok.kind == TOK_SEMICOLON)
    return true;
  if (list->closer != TOK_EOF) return false;
  return p->tok.kind == TOK_NEWLINE || p->tok.kind == TOK_LBRACE_LAMBDA ||
         p->tok.kind == TOK_DO_LAMBDA;
}

// Parse the names behind `;`.
static void param_block_locals(Parser *p, const ParamList *list) {
  do {
    mx_parser_skip_newlines(p);
    NodeParameter *node = param_node(p, PARAM_BLOCK_LOCAL);
    if (p->tok.kind == list->closer || !param_expect_name(p)) return;
    param_take_name(p, node);
    vec_push(&p->stack, param_finish(p, node));
    mx_parser_skip_newlines(p);
  } while (mx_parser_accept(p, TOK_COMMA));
}

// Parse the parameters up to a comma too many, the block locals or the closing token.
static void param_list(Parser *p, ParamList *list, NodeParameters *node) {
  bool brackets = list->closer != TOK_EOF;
  if (brackets) mx_parser_skip_newlines(p);
  while (!param_at_end(p, list) && !p->recovering) {
    Node *param = param_one(p, list);
    vec_push(&p->stack, param);
    if (brackets) mx_parser_skip_newlines(p);
    if (p->tok.kind != TOK_COMMA) break;
    mx_parser_advance(p);
    if (brackets) mx_parser_skip_newlines(p);
    if (!param_at_end(p, list)) continue;
    bool excess = list->style == PARAMS_BLOCK && list->phase == PHASE_LEAD;
    if (!excess) mx_parser_unexpected(p, "a parameter");
    node->base.flags |= NF_TRAILING_COMMA;
  }
}

// Parse parameters up to the closing token, which is not taken.
Node *mx_parse_params(Parser *p, ParamStyle style, TokKind closer) {
  ParamList list = {.style = style, .closer = closer};
  NodeParameters *node = NEW(p, Parameters, PARAMS, p->tok.span);
  uint32_t mark = p->stack.count, start = p->tok.span.start;
  bool in_argdef = p->ctx.in_argdef;
  p->ctx.in_argdef = true;
  param_list(p, &list, node);
  if (p->tok.kind == TOK_SEMICOLON && style != PARAMS_DEF && closer != TOK_EOF && !p->recovering) {
    mx_parser_advance(p);
    param_block_locals(p, &list);
  }
  p->ctx.in_argdef = in_argdef;
  node->list = mx_parser_list(p, mark);
  node->base.span = node->list.count ? mx_parser_span(p, start) : (Span){start, start};
  return &node->base;
}
