// SPDX-License-Identifier: MIT
// Definitions: def, class, module, alias, undef, and method names.
#include "frontend/parser_internal.h"

#include <string.h>

// -- names --------------------------------------------------------------------------------------

// Tell whether a token is a method's name behind def, `.`, alias, undef or a symbol's colon.
bool mx_parse_is_method_name(TokKind kind) {
  if (kind >= TOK_CMP && kind <= TOK_POW) return true;
  if (kind >= TOK_DO && kind <= TOK_SOURCE_ENCODING) return true;
  switch (kind) {
  case TOK_IDENT:
  case TOK_FID:
  case TOK_CONST:
  case TOK_BACKTICK:
  case TOK_AREF:
  case TOK_ASET:
  case TOK_BANG:
  case TOK_TILDE:
  case TOK_UPLUS:
  case TOK_UMINUS: return true;
  default: return false;
  }
}

// Give the name in the current token.
Sym mx_parse_method_name(Parser *p) { return p->tok.sym; }

// -- scopes of definitions ----------------------------------------------------------------------

typedef struct DefState {
  Context ctx;   // of the parser
  bool in_kwarg; // of the lexer
  int32_t lambda_nest;
} DefState;

// Begin a body that sees nothing of what is around it.
static DefState def_begin(Parser *p, ScopeCtx *sc, ScopeKind kind) {
  DefState saved = {p->ctx, p->lex.in_kwarg, p->lex.lambda_nest};
  mx_scope_push(p, sc, kind);
  bool in_sclass = p->ctx.in_sclass;
  p->ctx = (Context){.in_sclass = in_sclass};
  p->lex.in_kwarg = false;
  p->lex.lambda_nest = -1;
  return saved;
}

// End such a body.
static void def_end(Parser *p, const DefState *saved) {
  mx_scope_pop(p);
  p->ctx = saved->ctx;
  p->lex.in_kwarg = saved->in_kwarg;
  p->lex.lambda_nest = saved->lambda_nest;
}

// -- def ----------------------------------------------------------------------------------------

// Take the dot behind a singleton; a name of any kind follows.
static void def_take_dot(Parser *p) {
  p->lex.state = LEX_FNAME;
  mx_parser_advance(p);
}

// Tell whether the name in the current token is followed by a dot: it is a singleton then.
static bool def_dot_follows(const Parser *p) {
  uint32_t at = p->tok.span.end;
  const char *text = p->source->text;
  while (text[at] == ' ' || text[at] == '\t') at++;
  return text[at] == '.' || (text[at] == ':' && text[at + 1] == ':');
}

// Parse (expr) in def (expr).name.
static Node *def_singleton_expr(Parser *p) {
  uint32_t start = p->tok.span.start;
  p->lex.state = LEX_BEG;
  mx_parser_advance(p);
  Node *node = mx_parse_expr(p, PX_EXPR);
  mx_parser_skip_newlines(p);
  p->lex.state = LEX_ENDFN;
  mx_parser_close(p, TOK_RPAREN, "the object", start);
  switch (mx_ast_kind(node)) {
  case NODE_STRING:
  case NODE_DSTRING:
  case NODE_SYMBOL:
  case NODE_INTEGER:
  case NODE_FLOAT:
  case NODE_ARRAY:
  case NODE_HASH:
  case NODE_REGEXP:
    mx_parser_complain(p, node->span, NULL, "can't define singleton method for literals");
    break;
  default: break;
  }
  node = mx_parse_block_of(p, node);
  node->flags |= NF_PARENS;
  node->span = mx_parser_span(p, start);
  return node;
}

// Make the object of def obj.name from the current token; NULL when there is none.
static Node *def_singleton(Parser *p) {
  Token tok = p->tok;
  if (tok.kind == TOK_LPAREN || tok.kind == TOK_LPAREN_BEG || tok.kind == TOK_LPAREN_ARG)
    return def_singleton_expr(p);
  bool variable = tok.kind == TOK_IVAR || tok.kind == TOK_CVAR || tok.kind == TOK_GVAR;
  if (!variable && !def_dot_follows(p)) return NULL;
  Node *node;
  switch (tok.kind) {
  case TOK_SELF: node = &NEW(p, Self, SELF, tok.span)->base; break;
  case TOK_NIL: node = &NEW(p, NilLiteral, NIL, tok.span)->base; break;
  case TOK_TRUE: node = &NEW(p, TrueLiteral, TRUE, tok.span)->base; break;
  case TOK_FALSE: node = &NEW(p, FalseLiteral, FALSE, tok.span)->base; break;
  case TOK_IVAR:
  case TOK_CVAR:
  case TOK_GVAR: node = mx_parse_variable_node(p); break;
  case TOK_CONST: {
    NodeConstant *constant = NEW(p, Constant, CONST, tok.span);
    constant->name = tok.sym;
    node = &constant->base;
    break;
  }
  case TOK_IDENT:
    node = mx_scope_read(p, tok.sym, tok.span);
    if (node) break;
    node = mx_parse_call_node(p, NULL, tok.sym, tok.span);
    node->flags = NF_VCALL;
    break;
  default: return NULL;
  }
  p->lex.state = LEX_DOT;
  mx_parser_advance(p);
  return node;
}

// Parse the parameters of a def, in parentheses or bare.
static void def_params(Parser *p, NodeMethodDef *node) {
  if (p->tok.kind == TOK_LPAREN || p->tok.kind == TOK_LPAREN_ARG || p->tok.kind == TOK_LPAREN_BEG) {
    uint32_t open = p->tok.span.start;
    p->lex.in_params = true;
    p->lex.state = LEX_BEG | LEX_LABEL;
    mx_parser_advance(p);
    node->params = mx_parse_params(p, PARAMS_DEF, TOK_RPAREN);
    p->lex.in_params = false;
    p->lex.state = LEX_BEG;
    p->lex.command_start = true;
    if (p->tok.kind == TOK_RPAREN && mx_parse_endless_ahead(p)) p->lex.state = LEX_ENDFN;
    mx_parser_close(p, TOK_RPAREN, "the parameters", open);
    node->base.flags |= NF_PARENS;
  } else if (p->tok.kind != TOK_NEWLINE && p->tok.kind != TOK_SEMICOLON &&
             p->tok.kind != TOK_ASSIGN && p->tok.kind != TOK_LAMBDA && p->tok.kind != TOK_EOF) {
    p->lex.in_kwarg = true;
    node->params = mx_parse_params(p, PARAMS_DEF, TOK_EOF);
    p->lex.in_kwarg = false;
    p->lex.command_start = true;
    if (p->tok.kind != TOK_NEWLINE && p->tok.kind != TOK_SEMICOLON && p->tok.kind != TOK_LAMBDA)
      mx_parser_unexpected(p, "end of line behind the parameters");
  }
}

// Tell whether `=` or a metorex return type follows the closing parenthesis in the token.
bool mx_parse_endless_ahead(const Parser *p) {
  uint32_t at = p->tok.span.end;
  const char *text = p->source->text;
  while (text[at] == ' ' || text[at] == '\t') at++;
  if (text[at] == '-' && text[at + 1] == '>') return p->lex.metorex;
  return text[at] == '=' && text[at + 1] != '=' && text[at + 1] != '~' && text[at + 1] != '>';
}

// Parse the body behind `=`.
static void def_endless_body(Parser *p, NodeMethodDef *node) {
  const char *name = mx_parser_name(p, node->name);
  size_t len = strlen(name);
  if (len > 1 && name[len - 1] == '=' &&
      (name[len - 2] == ']' || mx_is_ident((uint8_t)name[len - 2])))
    mx_parser_complain(p, p->tok.span, NULL,
                       "setter method cannot be defined in an endless method definition");
  node->base.flags |= NF_ENDLESS;
  mx_parser_advance(p);
  mx_parser_skip_newlines(p);
  Node *body = mx_parse_arg(p, PX_COMMAND);
  if (p->tok.kind == TOK_RESCUE_MOD && !p->recovering) {
    NodeRescueModifier *rescue = NEW(p, RescueModifier, RESCUE_MOD, body->span);
    mx_parser_advance(p);
    rescue->body = body;
    rescue->rescue_value = mx_parse_arg(p, PX_NONE);
    rescue->base.span = mx_parser_span(p, body->span.start);
    body = &rescue->base;
  }
  node->body = mx_parse_block_of(p, body);
}

// Parse the name of a def, with its object; false when there is none.
static bool def_name(Parser *p, NodeMethodDef *node) {
  mx_parser_advance(p);
  node->singleton = def_singleton(p);
  if (node->singleton) {
    if (p->tok.kind != TOK_DOT && p->tok.kind != TOK_COLON2) {
      mx_parser_unexpected(p, "'.' behind the object of a singleton method");
      return false;
    }
    def_take_dot(p);
  }
  if (!mx_parse_is_method_name(p->tok.kind)) {
    mx_parser_unexpected(p, "a method name");
    return false;
  }
  node->name = mx_parse_method_name(p);
  node->name_start = p->tok.span.start;
  return true;
}

// Parse def ... end and def name = expr.
Node *mx_parse_def(Parser *p) {
  uint32_t start = p->tok.span.start;
  NodeMethodDef *node = NEW(p, MethodDef, DEF, p->tok.span);
  ScopeCtx sc;
  bool in_trait = p->ctx.in_trait;
  bool named = def_name(p, node);
  DefState saved = def_begin(p, &sc, SCOPE_METHOD);
  p->ctx.in_def = p->ctx.in_own_def = true;
  p->ctx.in_sclass = false;
  if (named) {
    p->lex.state = LEX_ENDFN | LEX_LABEL;
    mx_parser_advance(p);
    def_params(p, node);
    if (p->lex.metorex && p->tok.kind == TOK_LAMBDA && !p->tok.line_before) {
      mx_parser_advance(p);
      node->return_type = mx_parse_annotation(p);
    }
  }
  mx_parser_sync_line(p);
  if (p->tok.kind == TOK_ASSIGN)
    def_endless_body(p, node);
  else if (in_trait && mx_parse_requirement_here(p, start))
    node->base.flags |= NF_NO_BODY;
  else
    node->body = mx_parse_body(p, start, false);
  bool endless_command =
      (node->base.flags & NF_ENDLESS) && p->command && p->command->span.end == p->prev_end;
  def_end(p, &saved);
  node->scope = sc.scope;
  node->base.span = mx_parser_span(p, start);
  if (endless_command) p->command = &node->base;
  return &node->base;
}

// -- class and module ---------------------------------------------------------------------------

// Parse the path of a class or module: A, A::B, ::A, expr::A.
static Node *def_path(Parser *p) {
  Node *node = mx_parse_operand(p, PX_NONE);
  if (node->kind != NODE_CONST && !p->recovering)
    mx_parser_error(p, node->span, "begin the name with a capital letter",
                    "class/module name must be CONSTANT");
  return node;
}

// Refuse a class or module in a method.
static void def_check_class_place(Parser *p, const char *what, Span span) {
  if (p->ctx.in_own_def) mx_parser_complain(p, span, NULL, "%s definition in method body", what);
}

// Parse class << object ... end.
static Node *def_singleton_class(Parser *p, uint32_t start) {
  NodeSingletonClassDef *node = NEW(p, SingletonClassDef, SCLASS, p->tok.span);
  ScopeCtx sc;
  p->lex.state = LEX_BEG;
  mx_parser_advance(p);
  node->object = mx_parse_expr(p, PX_EXPR);
  mx_parse_check_value(p, node->object);
  mx_parser_sync_line(p);
  if (p->tok.kind != TOK_NEWLINE && p->tok.kind != TOK_SEMICOLON) {
    mx_parser_unexpected(p, "end of line");
    mx_parser_sync_line(p);
  }
  DefState saved = def_begin(p, &sc, SCOPE_CLASS);
  p->ctx.in_sclass = true;
  node->body = mx_parse_body(p, start, false);
  def_end(p, &saved);
  node->scope = sc.scope;
  node->base.span = mx_parser_span(p, start);
  return &node->base;
}

// Parse class ... end.
Node *mx_parse_class(Parser *p) {
  Span span = p->tok.span;
  mx_parser_advance(p);
  if (p->tok.kind == TOK_LSHIFT) return def_singleton_class(p, span.start);
  def_check_class_place(p, "class", span);
  NodeClassDef *node = NEW(p, ClassDef, CLASS, span);
  ScopeCtx sc;
  node->path = def_path(p);
  if (p->tok.kind == TOK_LT) {
    p->lex.state = LEX_BEG;
    p->lex.command_start = true;
    mx_parser_advance(p);
    node->superclass = mx_parse_expr(p, PX_EXPR);
    mx_parse_check_value(p, node->superclass);
    mx_parser_sync_line(p);
    if (p->tok.kind != TOK_NEWLINE && p->tok.kind != TOK_SEMICOLON)
      mx_parser_unexpected(p, "end of line behind the superclass");
  }
  mx_parser_sync_line(p);
  DefState saved = def_begin(p, &sc, SCOPE_CLASS);
  p->ctx.in_class = true;
  p->ctx.in_sclass = false;
  node->body = mx_parse_body(p, span.start, false);
  def_end(p, &saved);
  node->scope = sc.scope;
  node->base.span = mx_parser_span(p, span.start);
  return &node->base;
}

// Parse module ... end, and trait ... end of the metorex dialect.
Node *mx_parse_module(Parser *p, bool trait) {
  Span span = p->tok.span;
  NodeModuleDef *node = NEW(p, ModuleDef, MODULE, span);
  ScopeCtx sc;
  def_check_class_place(p, trait ? "trait" : "module", span);
  mx_parser_advance(p);
  node->path = def_path(p);
  mx_parser_sync_line(p);
  DefState saved = def_begin(p, &sc, SCOPE_CLASS);
  p->ctx.in_class = true;
  p->ctx.in_sclass = false;
  p->ctx.in_trait = trait;
  if (trait) node->base.flags |= NF_TRAIT;
  node->body = mx_parse_body(p, span.start, false);
  def_end(p, &saved);
  node->scope = sc.scope;
  node->base.span = mx_parser_span(p, span.start);
  return &node->base;
}

// -- alias and undef ----------------------------------------------------------------------------

// Parse a method's name, bare or as a symbol.
static Node *def_item(Parser *p, uint16_t state) {
  if (p->tok.kind == TOK_SYMBOL_BEG || p->tok.kind == TOK_DSYMBOL_BEG) {
    Node *node = mx_parse_symbol_before(p, state);
    return node;
  }
  if (!mx_parse_is_method_name(p->tok.kind)) return mx_parser_unexpected(p, "a method name");
  Node *node = mx_parse_symbol_node(p, mx_parse_method_name(p), p->tok.span);
  p->lex.state = state;
  mx_parser_advance(p);
  return node;
}

// Parse the first name of an alias of globals.
static Node *def_alias_global(Parser *p) {
  Node *node = mx_parse_variable_node(p);
  p->lex.state = LEX_FNAME | LEX_FITEM;
  mx_parser_advance(p);
  return node;
}

// Parse alias new old.
Node *mx_parse_alias(Parser *p) {
  NodeAlias *node = NEW(p, Alias, ALIAS, p->tok.span);
  mx_parser_advance(p);
  if (p->tok.kind == TOK_GVAR) {
    node->new_name = def_alias_global(p);
    if (p->tok.kind == TOK_NTH_REF)
      mx_parser_complain(p, p->tok.span, NULL, "can't make alias for the number variables");
    else if (p->tok.kind != TOK_GVAR)
      return mx_parser_unexpected(p, "a global variable");
    node->old_name = mx_parse_variable_node(p);
    p->lex.state = LEX_END;
    mx_parser_advance(p);
  } else {
    node->new_name = def_item(p, LEX_FNAME | LEX_FITEM);
    node->old_name = def_item(p, LEX_END);
  }
  node->base.span = mx_parser_span(p, node->base.span.start);
  return &node->base;
}

// Parse undef names.
Node *mx_parse_undef(Parser *p) {
  NodeUndef *node = NEW(p, Undef, UNDEF, p->tok.span);
  uint32_t mark = p->stack.count;
  mx_parser_advance(p);
  vec_push(&p->stack, def_item(p, LEX_END));
  while (p->tok.kind == TOK_COMMA && !p->recovering) {
    p->lex.state = LEX_FNAME | LEX_FITEM;
    mx_parser_advance(p);
    vec_push(&p->stack, def_item(p, LEX_END));
  }
  node->names = mx_parser_list(p, mark);
  node->base.span = mx_parser_span(p, node->base.span.start);
  return &node->base;
}
