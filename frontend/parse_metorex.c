// SPDX-License-Identifier: MIT
// What the metorex dialect adds: arrow lambdas, types, match, trait, continue, quote.
//
// Each extension is recognised by looking at the bytes ahead, without reading tokens: so that a
// text that only resembles one keeps its meaning in Ruby, and nothing has to be undone.
#include "frontend/parser_internal.h"

#include <string.h>

// -- looking ahead ------------------------------------------------------------------------------

// Give the offset of the next visible byte of the line.
static uint32_t metorex_skip_blank(const Parser *p, uint32_t at) {
  const char *text = p->source->text;
  while (text[at] == ' ' || text[at] == '\t') at++;
  return at;
}

// Give the offset behind a name, or the same offset when there is none.
static uint32_t metorex_skip_name(const Parser *p, uint32_t at) {
  const char *text = p->source->text;
  if (!mx_is_ident_start((uint8_t)text[at])) return at;
  while (mx_is_ident((uint8_t)text[at])) at++;
  return at;
}

// Tell whether a word stands at an offset.
static bool metorex_word_at(const Parser *p, uint32_t at, const char *word) {
  size_t len = strlen(word);
  return strncmp(p->source->text + at, word, len) == 0 &&
         !mx_is_ident((uint8_t)p->source->text[at + len]);
}

// Tell whether the current token is a word.
bool mx_parse_word_is(const Parser *p, const char *word) {
  uint32_t len = p->tok.span.end - p->tok.span.start;
  return strlen(word) == len && memcmp(p->source->text + p->tok.span.start, word, len) == 0;
}

// Tell whether a word stands behind the current token.
bool mx_parse_next_word_is(const Parser *p, const char *word) {
  return metorex_word_at(p, metorex_skip_blank(p, p->lex.pos), word);
}

// Tell whether a condition of `when` ends at an offset.
static bool metorex_condition_ends(const Parser *p, uint32_t at) {
  at = metorex_skip_blank(p, at);
  char c = p->source->text[at];
  if (c == '\n' || c == '\r' || c == ',' || c == ';' || c == '#' || c == 0) return true;
  return metorex_word_at(p, at, "then") || metorex_word_at(p, at, "if") ||
         metorex_word_at(p, at, "unless");
}

// Tell whether the name in the current token is a whole condition of `when`.
bool mx_parse_word_stands_alone(const Parser *p) {
  return metorex_condition_ends(p, p->tok.span.end);
}

// Give the offset behind the bracket that closes the one before an offset; skips quoted text.
static uint32_t metorex_matching(const Parser *p, uint32_t at) {
  const char *text = p->source->text;
  for (int depth = 1; at < p->source->len && depth > 0; at++) {
    char c = text[at];
    if (c == '[' || c == '{' || c == '(') depth++;
    if (c == ']' || c == '}' || c == ')') depth--;
    if (c != '"' && c != '\'') continue;
    for (at++; at < p->source->len && text[at] != c; at++)
      if (text[at] == '\\') at++;
  }
  return at < p->source->len ? at : p->source->len;
}

// Tell whether the brackets that begin at the current token are a whole condition of `when`.
bool mx_parse_brackets_stand_alone(const Parser *p) {
  return metorex_condition_ends(p, metorex_matching(p, p->lex.pos));
}

// Tell whether the string that begins at the current token ends as a label.
bool mx_parse_string_is_label(const Parser *p) {
  const char *text = p->source->text;
  uint32_t at = p->lex.pos;
  char close = (char)p->tok.term.close;
  if (close != '"' && close != '\'') return false;
  for (; at < p->source->len && text[at] != close; at++)
    if (text[at] == '\\') at++;
  return at < p->source->len && text[at + 1] == ':' && text[at + 2] != ':';
}

// -- arrow lambdas ------------------------------------------------------------------------------

// Tell whether `->` at an offset begins the body of an arrow lambda.
static bool metorex_arrow_at(const Parser *p, uint32_t at) {
  const char *text = p->source->text;
  at = metorex_skip_blank(p, at);
  if (text[at] != '-' || text[at + 1] != '>') return false;
  at = metorex_skip_blank(p, at + 2);
  return text[at] != '(' && text[at] != '{' && !metorex_word_at(p, at, "do");
}

// Tell whether names in parentheses followed by `->` begin behind an offset.
static bool metorex_arrow_list_at(const Parser *p, uint32_t at) {
  const char *text = p->source->text;
  at = metorex_skip_blank(p, at);
  while (text[at] != ')') {
    uint32_t end = metorex_skip_name(p, at);
    if (end == at) return false;
    at = metorex_skip_blank(p, end);
    if (text[at] != ',' && text[at] != ')') return false;
    if (text[at] == ',') at = metorex_skip_blank(p, at + 1);
  }
  at = metorex_skip_blank(p, at + 1);
  return text[at] == '-' && text[at + 1] == '>';
}

// Begin an arrow lambda.
static NodeLambda *metorex_lambda(Parser *p, ScopeCtx *sc, Context *saved) {
  NodeLambda *node = NEW(p, Lambda, LAMBDA, p->tok.span);
  *saved = p->ctx;
  mx_scope_push(p, sc, SCOPE_BLOCK);
  p->ctx.in_block = true;
  p->ctx.in_loop = p->ctx.in_rescue = p->ctx.in_arm = false;
  node->base.flags = NF_ARROW;
  node->scope = sc->scope;
  return node;
}

// Parse the body of an arrow lambda, whose `->` is the current token.
static Node *metorex_lambda_body(Parser *p, NodeLambda *node, ScopeCtx *sc, const Context *saved,
                                 int flags) {
  sc->has_params = node->params != NULL;
  p->lex.state = LEX_BEG;
  p->lex.command_start = false;
  mx_parser_advance(p);
  Node *body = mx_parse_arg(p, flags & PX_COMMAND);
  node->body = mx_parse_block_of(p, body);
  if (!node->params) node->params = mx_scope_implicit_params(p, sc, body->span);
  if (node->params && (node->params->flags & NF_IMPLICIT)) node->base.flags |= NF_IMPLICIT;
  mx_scope_pop(p);
  p->ctx = *saved;
  node->base.span = mx_parser_span(p, node->base.span.start);
  if (body == p->command) p->command = &node->base;
  return &node->base;
}

// Parse name -> expr and (names) -> expr; NULL when the current token begins neither.
Node *mx_parse_arrow_lambda(Parser *p, int flags) {
  bool name = p->tok.kind == TOK_IDENT && metorex_arrow_at(p, p->tok.span.end);
  bool paren = (p->tok.kind == TOK_LPAREN || p->tok.kind == TOK_LPAREN_BEG ||
                p->tok.kind == TOK_LPAREN_ARG) &&
               metorex_arrow_list_at(p, p->tok.span.end);
  if (!name && !paren) return NULL;
  ScopeCtx sc;
  Context saved;
  NodeLambda *node = metorex_lambda(p, &sc, &saved);
  if (paren) mx_parser_advance(p);
  node->params = mx_parse_params(p, PARAMS_LAMBDA, paren ? TOK_RPAREN : TOK_LAMBDA);
  if (paren) mx_parser_expect(p, TOK_RPAREN, "to close the parameters");
  return metorex_lambda_body(p, node, &sc, &saved, flags);
}

// Tell whether a brace or `do` comes on the same line, outside of brackets.
static bool metorex_body_ahead(const Parser *p, uint32_t at) {
  const char *text = p->source->text;
  for (int depth = 0; text[at] != 0 && text[at] != '\n'; at++) {
    char c = text[at];
    if (depth == 0 && (c == '{' || (c == 'd' && !mx_is_ident((uint8_t)text[at - 1]) &&
                                    metorex_word_at(p, at, "do"))))
      return true;
    if (c == '(' || c == '[' || c == '{') depth++;
    if (c == ')' || c == ']' || c == '}') depth--;
    if (depth < 0) return false;
  }
  return false;
}

// Tell whether Ruby's form of a lambda follows `->` at an offset: bare parameters and a body.
static bool metorex_ruby_lambda_at(const Parser *p, uint32_t at) {
  const char *text = p->source->text;
  at = metorex_skip_blank(p, at);
  char c = text[at];
  if (c == '(' || c == '{' || metorex_word_at(p, at, "do")) return true;
  if (c == '*' || c == '&') return metorex_body_ahead(p, at);
  uint32_t end = metorex_skip_name(p, at);
  if (end == at) return false;
  at = metorex_skip_blank(p, end);
  c = text[at];
  if (c == '{' || metorex_word_at(p, at, "do")) return true;
  bool default_value =
      c == '=' && text[at + 1] != '=' && text[at + 1] != '~' && text[at + 1] != '>';
  bool label = c == ':' && text[at + 1] != ':' && at == end;
  return (c == ',' || default_value || label) && metorex_body_ahead(p, at);
}

// Parse -> expr, whose `->` is the current token; NULL when it is Ruby's form.
Node *mx_parse_arrow_body(Parser *p, int flags) {
  if (metorex_ruby_lambda_at(p, p->tok.span.end)) return NULL;
  ScopeCtx sc;
  Context saved;
  NodeLambda *node = metorex_lambda(p, &sc, &saved);
  return metorex_lambda_body(p, node, &sc, &saved, flags);
}

// -- types --------------------------------------------------------------------------------------

// Skip a type at an offset; gives the same offset when there is none.
static uint32_t metorex_skip_type(const Parser *p, uint32_t at) {
  const char *text = p->source->text;
  uint32_t start = at;
  if (!(text[at] >= 'A' && text[at] <= 'Z')) return start;
  for (;;) {
    uint32_t end = metorex_skip_name(p, at);
    if (end == at || !((text[at] >= 'A' && text[at] <= 'Z') || metorex_word_at(p, at, "nil")))
      return start;
    at = end;
    if (text[at] == ':' && text[at + 1] == ':') {
      at += 2;
      continue;
    }
    if (text[at] == '[' && text[at + 1] == ']') return start;
    if (text[at] == '[') at = metorex_matching(p, at + 1);
    uint32_t next = metorex_skip_blank(p, at);
    if (text[next] != '|' || text[next + 1] == '|') return at;
    next = metorex_skip_blank(p, next + 1);
    if (!(text[next] >= 'A' && text[next] <= 'Z') && !metorex_word_at(p, next, "nil")) return at;
    at = next;
  }
}

// Tell whether a type, and nothing more, follows the label in the current token.
bool mx_parse_annotation_here(const Parser *p) {
  uint32_t at = metorex_skip_blank(p, p->tok.span.end);
  uint32_t end = metorex_skip_type(p, at);
  if (end == at || (end == at + 3 && metorex_word_at(p, at, "nil"))) return false; // `x: nil`
  end = metorex_skip_blank(p, end);
  char c = p->source->text[end];
  bool assign = c == '=' && p->source->text[end + 1] != '=';
  return assign || c == ',' || c == ')' || c == '|' || c == '\n' || c == '\r' || c == ';' ||
         c == '#';
}

// Parse a constant's path with type arguments.
static Node *metorex_type(Parser *p) {
  uint32_t start = p->tok.span.start;
  if (p->tok.kind == TOK_NIL) {
    Node *nil = &NEW(p, NilLiteral, NIL, p->tok.span)->base;
    mx_parser_advance(p);
    return nil;
  }
  Node *node = NULL;
  do {
    if (p->tok.kind != TOK_CONST) return mx_parser_unexpected(p, "a type");
    NodeConstant *constant = NEW(p, Constant, CONST, p->tok.span);
    constant->scope = node;
    constant->name = p->tok.sym;
    mx_parser_advance(p);
    constant->base.span = mx_parser_span(p, start);
    node = &constant->base;
  } while (mx_parser_accept(p, TOK_COLON2));
  if (p->tok.kind != TOK_LBRACK_INDEX) return node;
  NodeTypeGeneric *generic = NEW(p, TypeGeneric, TYPE_GENERIC, node->span);
  uint32_t mark = p->stack.count;
  mx_parser_advance(p);
  do vec_push(&p->stack, mx_parse_annotation(p));
  while (!p->recovering && mx_parser_accept(p, TOK_COMMA));
  generic->generic = node;
  generic->args = mx_parser_list(p, mark);
  mx_parser_expect(p, TOK_RBRACK, "to close the type's arguments");
  generic->base.span = mx_parser_span(p, start);
  return &generic->base;
}

// Parse a type: a constant, A | B, Array[Integer].
Node *mx_parse_annotation(Parser *p) {
  if (!mx_parser_enter(p)) {
    mx_parser_leave(p);
    return mx_parser_unexpected(p, NULL);
  }
  uint32_t mark = p->stack.count;
  Node *first = metorex_type(p);
  mx_parser_leave(p);
  if (p->tok.kind != TOK_PIPE || p->ctx.no_pipe) return first;
  NodeTypeUnion *node = NEW(p, TypeUnion, TYPE_UNION, first->span);
  vec_push(&p->stack, first);
  while (!p->recovering && mx_parser_accept(p, TOK_PIPE)) vec_push(&p->stack, metorex_type(p));
  node->types = mx_parser_list(p, mark);
  node->base.span = mx_parser_span(p, first->span.start);
  return &node->base;
}

// Parse x: Type = value as a statement; NULL when the current token does not begin one.
Node *mx_parse_typed_local(Parser *p) {
  const char *text = p->source->text;
  if (p->tok.kind != TOK_IDENT) return NULL;
  uint32_t at = p->tok.span.end;
  if (text[at] != ':' || text[at + 1] == ':') return NULL;
  at = metorex_skip_blank(p, at + 1);
  uint32_t end = metorex_skip_type(p, at);
  if (end == at) return NULL;
  end = metorex_skip_blank(p, end);
  if (text[end] != '=' || text[end + 1] == '=' || text[end + 1] == '~') return NULL;
  NodeAssignment *node = NEW(p, Assignment, ASSIGN, p->tok.span);
  uint32_t start = p->tok.span.start;
  node->target = mx_scope_target(p, p->tok.sym, p->tok.span);
  p->lex.state = LEX_END;
  mx_parser_advance(p);
  mx_parser_expect(p, TOK_COLON, "behind the variable");
  node->annotation = mx_parse_annotation(p);
  mx_parser_expect(p, TOK_ASSIGN, "behind the type");
  node->value = mx_parse_arg(p, PX_COMMAND | PX_ASSIGN);
  mx_parse_check_value(p, node->value);
  node->base.span = mx_parser_span(p, start);
  return &node->base;
}

// -- words that begin statements ----------------------------------------------------------------

// Tell whether the line behind `match` is followed by a line that begins with `when`. Where the
// text ends with the line, such a line may be still to come; an empty one says that it is not.
static bool metorex_match_here(const Parser *p) {
  const char *text = p->source->text;
  uint32_t at = p->tok.span.end;
  if (text[at] != ' ' && text[at] != '\t' && text[at] != '(') return false;
  at = metorex_skip_blank(p, at);
  if (text[at] == '=' || text[at] == '.' || text[at] == ',') return false;
  while (text[at] != 0 && text[at] != '\n') at++;
  if (at + 1 >= p->source->len) mx_diag_note_end(p->diags);
  for (;;) {
    while (mx_is_space((uint8_t)text[at])) at++;
    if (text[at] != '#') break;
    while (text[at] != 0 && text[at] != '\n') at++;
  }
  return metorex_word_at(p, at, "when");
}

// Tell whether `trait` is followed by a constant.
static bool metorex_trait_here(const Parser *p) {
  uint32_t at = p->tok.span.end;
  if (p->source->text[at] != ' ') return false;
  char c = p->source->text[metorex_skip_blank(p, at)];
  return c >= 'A' && c <= 'Z';
}

// Tell whether the word in the current token is used as a name: called, assigned, indexed.
static bool metorex_name_here(const Parser *p) {
  const char *text = p->source->text;
  char next = text[p->tok.span.end];
  if (next == '(' || next == '.' || next == '[' || next == '&') return true;
  uint32_t at = metorex_skip_blank(p, p->tok.span.end);
  if (text[at] == ',') return true;
  return text[at] == '=' && text[at + 1] != '=' && text[at + 1] != '~';
}

// Parse `continue` as next, with its value.
static Node *metorex_continue(Parser *p) {
  if (!p->ctx.in_loop && !p->ctx.in_block)
    mx_parser_complain(p, p->tok.span, NULL, "Invalid continue");
  p->tok.kind = TOK_NEXT;
  p->lex.state = LEX_MID;
  Node *node = mx_parse_jump(p, PX_COMMAND);
  node->flags |= NF_CONTINUE;
  return node;
}

// Parse what a word of the dialect begins; NULL when it is an ordinary name here.
Node *mx_parse_metorex_word(Parser *p) {
  char first = p->source->text[p->tok.span.start];
  if (first != 'm' && first != 't' && first != 'c' && first != 'q') return NULL;
  if (mx_scope_has(p, p->tok.sym)) return NULL;
  bool is_name = metorex_name_here(p);
  // match(x) is a call where `when` may belong to what is around it.
  bool call = p->source->text[p->tok.span.end] == '(' ? p->ctx.in_arm : is_name;
  if (!call && mx_parse_word_is(p, "match") && metorex_match_here(p)) {
    p->lex.state = LEX_BEG;
    return mx_parse_match(p);
  }
  if (is_name) return NULL;
  if (mx_parse_word_is(p, "trait") && metorex_trait_here(p)) {
    p->lex.state = LEX_BEG;
    return mx_parse_module(p, true);
  }
  if (mx_parse_word_is(p, "continue")) return metorex_continue(p);
  return mx_parse_word_is(p, "quote") ? mx_parse_quote(p) : NULL;
}

// Give the column of the line of an offset.
static uint32_t metorex_indent(const Parser *p, uint32_t at) {
  const char *text = p->source->text;
  while (at > 0 && text[at - 1] != '\n') at--;
  return metorex_skip_blank(p, at) - at;
}

// Decide whether a def in a trait ends with its header (the current token ends its line or is
// on the next one): it does
// when the next line of code is indented no deeper than the `def`, unless that line is an `end`,
// `rescue`, `else` or `ensure` in the same column.
bool mx_parse_requirement_here(const Parser *p, uint32_t start) {
  const char *text = p->source->text;
  if (p->tok.kind != TOK_NEWLINE && !p->tok.line_before) return false;
  uint32_t at = p->tok.kind == TOK_NEWLINE ? p->tok.span.end : p->tok.span.start;
  for (;;) {
    while (mx_is_space((uint8_t)text[at])) at++;
    if (text[at] != '#') break;
    while (text[at] != 0 && text[at] != '\n') at++;
  }
  uint32_t own = metorex_indent(p, start), next = metorex_indent(p, at);
  if (next > own) return false;
  bool clause = metorex_word_at(p, at, "end") || metorex_word_at(p, at, "rescue") ||
                metorex_word_at(p, at, "else") || metorex_word_at(p, at, "ensure");
  return !(clause && next == own);
}

// -- quotation ----------------------------------------------------------------------------------

// Parse quote { template }; NULL when no brace follows. The template's locals are its own.
Node *mx_parse_quote(Parser *p) {
  if (p->source->text[metorex_skip_blank(p, p->tok.span.end)] != '{') return NULL;
  uint32_t start = p->tok.span.start;
  NodeQuote *node = NEW(p, Quote, QUOTE, p->tok.span);
  ScopeCtx sc;
  Context saved = p->ctx;
  mx_parser_advance(p);
  mx_scope_push(p, &sc, SCOPE_METHOD);
  // A template may be put anywhere: whatever may stand in a method's loop may stand in it.
  p->ctx = (Context){.in_def = true, .in_block = true, .in_loop = true, .closer = TOK_RBRACE};
  p->lex.quote_depth++;
  p->lex.state = LEX_BEG;
  p->lex.command_start = true;
  mx_parser_advance(p);
  Node *body = mx_parse_statements(p);
  p->lex.quote_depth--;
  mx_scope_pop(p);
  p->ctx = saved;
  node->body = body ? body : &NEW(p, Block, BLOCK, p->tok.span)->base;
  mx_parser_expect(p, TOK_RBRACE, "to close the quotation");
  node->base.span = mx_parser_span(p, start);
  return &node->base;
}

// Find the scope around the innermost quote.
static ScopeCtx *metorex_outside_quote(Parser *p) {
  ScopeCtx *sc = p->scope;
  while (sc->up && sc->scope->kind == SCOPE_BLOCK) sc = sc->up;
  return sc->up ? sc->up : sc;
}

// Parse #{value} in a template: value belongs to the scope around the quotation.
Node *mx_parse_unquote(Parser *p) {
  NodeUnquote *node = NEW(p, Unquote, UNQUOTE, p->tok.span);
  ScopeCtx *inner = p->scope;
  int depth = p->lex.quote_depth;
  Context saved = p->ctx;
  p->scope = metorex_outside_quote(p);
  p->lex.quote_depth = 0;
  p->ctx.no_do = p->ctx.in_cmdarg = p->ctx.no_pipe = p->ctx.no_in = false;
  mx_parser_advance(p);
  node->value = mx_parse_expr(p, PX_EXPR);
  mx_parser_skip_newlines(p);
  p->scope = inner;
  p->ctx = saved;
  p->lex.quote_depth = depth;
  mx_parser_close(p, TOK_RBRACE, "the unquote", node->base.span.start);
  node->base.span = mx_parser_span(p, node->base.span.start);
  return &node->base;
}
