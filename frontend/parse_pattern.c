// SPDX-License-Identifier: MIT
// Patterns: of case/in, `value => pattern`, `value in pattern`, and metorex `when`.
#include "frontend/parser_internal.h"

static Node *pattern_as(Parser *p);
static Node *pattern_primary(Parser *p);

// -- names --------------------------------------------------------------------------------------

// Declare a variable that a pattern binds; each may be bound once, unless it begins with "_".
static Node *pattern_local(Parser *p, Sym name, Span span) {
  int number;
  if (mx_scope_is_numbered(p, name, &number))
    mx_parser_complain(p, span, NULL, "_%d is reserved for numbered parameter", number);
  if (mx_parser_name(p, name)[0] != '_') {
    if (mx_symset_has(&p->pattern_names, name))
      mx_parser_complain(p, span, NULL, "duplicated variable name");
    mx_symset_add(&p->pattern_names, name);
  }
  return mx_scope_target(p, name, span);
}

// Make a pattern that binds a name.
static Node *pattern_bind(Parser *p, Sym name, Span span) {
  NodeBindPattern *node = NEW(p, BindPattern, PAT_BIND, span);
  node->target = pattern_local(p, name, span);
  return &node->base;
}

// Parse a bare name.
static Node *pattern_name(Parser *p) {
  Node *node = pattern_bind(p, p->tok.sym, p->tok.span);
  mx_parser_advance(p);
  return node;
}

// Make a pattern of a value.
static Node *pattern_value(Parser *p, Node *value) {
  NodeValuePattern *node = NEW(p, ValuePattern, PAT_VALUE, value->span);
  node->value = value;
  return &node->base;
}

// Parse *name, **name and ...name; without a name nothing is bound.
static Node *pattern_splat(Parser *p) {
  NodeSplatPattern *node = NEW(p, SplatPattern, PAT_SPLAT, p->tok.span);
  mx_parser_advance(p);
  if (p->tok.kind == TOK_IDENT) {
    node->target = pattern_local(p, p->tok.sym, p->tok.span);
    mx_parser_advance(p);
  }
  node->base.span = mx_parser_span(p, node->base.span.start);
  return &node->base;
}

// Tell whether *name (or ...name in the metorex dialect) begins.
static bool pattern_at_splat(const Parser *p) {
  if (p->lex.metorex && (p->tok.kind == TOK_BDOT3 || p->tok.kind == TOK_DOT3)) {
    char c = p->source->text[p->lex.pos];
    return (c >= 'a' && c <= 'z') || c == '_' || c == ',' || c == ']' || c == '}';
  }
  return p->tok.kind == TOK_SPLAT || p->tok.kind == TOK_STAR;
}

// Tell whether **name (or ...name in the metorex dialect) begins.
static bool pattern_at_double_splat(const Parser *p) {
  if (p->lex.metorex && (p->tok.kind == TOK_BDOT3 || p->tok.kind == TOK_DOT3)) return true;
  return p->tok.kind == TOK_DOUBLE_SPLAT || p->tok.kind == TOK_POW;
}

// -- arrays -------------------------------------------------------------------------------------

// Make an array or find pattern of the elements pushed since a mark.
static Node *pattern_make_array(Parser *p, Node *constant, uint32_t mark, uint16_t flags,
                                uint32_t start) {
  NodeList list = mx_parser_list(p, mark);
  uint32_t splats = 0;
  for (uint32_t i = 0; i < list.count; i++) splats += list.at[i]->kind == NODE_PAT_SPLAT;
  bool find = splats == 2 && list.count > 2 && list.at[0]->kind == NODE_PAT_SPLAT &&
              list.at[list.count - 1]->kind == NODE_PAT_SPLAT;
  Span span = mx_parser_span(p, start);
  if (find) {
    NodeFindPattern *node = NEW(p, FindPattern, PAT_FIND, span);
    node->constant = constant;
    node->elements = list;
    node->base.flags = flags;
    return &node->base;
  }
  if (splats > 1) mx_parser_complain(p, span, NULL, "unexpected second * in an array pattern");
  NodeArrayPattern *node = NEW(p, ArrayPattern, PAT_ARRAY, span);
  node->constant = constant;
  node->elements = list;
  node->base.flags = flags;
  return &node->base;
}

// Parse an element of an array pattern.
static Node *pattern_element(Parser *p) {
  return pattern_at_splat(p) ? pattern_splat(p) : pattern_as(p);
}

// Push elements up to a closing token; gives the flag of a trailing comma.
static uint16_t pattern_elements(Parser *p, TokKind closer) {
  while (p->tok.kind != closer && !p->recovering) {
    vec_push(&p->stack, pattern_element(p));
    mx_parser_skip_newlines(p);
    if (!mx_parser_accept(p, TOK_COMMA)) return 0;
    mx_parser_skip_newlines(p);
    if (p->tok.kind == closer) return NF_TRAILING_COMMA;
  }
  return 0;
}

// -- hashes -------------------------------------------------------------------------------------

// Complain of keys that pairs have in common.
static void pattern_check_keys(Parser *p, NodeList pairs) {
  SymSet keys = {0};
  for (uint32_t i = 0; i < pairs.count; i++) {
    const Node *key = ((NodePairPattern *)pairs.at[i])->key;
    if (key->kind != NODE_SYMBOL) continue;
    Sym name = ((const NodeSymbolLiteral *)key)->value;
    if (mx_symset_has(&keys, name)) mx_parser_complain(p, key->span, NULL, "duplicated key name");
    mx_symset_add(&keys, name);
  }
  mx_symset_free(&keys);
}

// Make the pattern of a key without one: it binds the local of its name.
static Node *pattern_shorthand(Parser *p, Sym name, Span span) {
  const char *text = mx_parser_name(p, name);
  size_t len = 0;
  while (mx_is_ident((uint8_t)text[len])) len++;
  bool local =
      len > 0 && text[len] == 0 && !(text[0] >= 'A' && text[0] <= 'Z') && !mx_is_digit(text[0]);
  if (!local) {
    mx_parser_complain(p, span, NULL, "key must be valid as local variables");
    return NULL;
  }
  Node *node = pattern_bind(p, name, span);
  node->flags |= NF_SHORTHAND;
  return node;
}

// Tell whether no pattern follows a key.
static bool pattern_no_value(const Parser *p) {
  switch (p->tok.kind) {
  case TOK_COMMA:
  case TOK_RBRACE:
  case TOK_RPAREN:
  case TOK_RBRACK:
  case TOK_NEWLINE:
  case TOK_SEMICOLON:
  case TOK_EOF:
  case TOK_THEN:
  case TOK_IF_MOD:
  case TOK_UNLESS_MOD:
  case TOK_IF:
  case TOK_UNLESS:
  case TOK_AND:
  case TOK_OR:
  case TOK_ASSOC:
  case TOK_WHILE_MOD:
  case TOK_UNTIL_MOD:
  case TOK_RESCUE_MOD:
  case TOK_ANDAND:
  case TOK_OROR: return true;
  default: return false;
  }
}

// After a shorthand key the lexer expected a value: `if` and `unless` are modifiers there.
static void pattern_fix_modifier(Parser *p) {
  if (p->tok.kind == TOK_IF) p->tok.kind = TOK_IF_MOD;
  if (p->tok.kind == TOK_UNLESS) p->tok.kind = TOK_UNLESS_MOD;
}

// Finish a pair behind its key.
static Node *pattern_pair(Parser *p, NodePairPattern *pair, Sym name, Span name_span) {
  if (pattern_no_value(p)) {
    pair->pattern = pattern_shorthand(p, name, name_span);
    pattern_fix_modifier(p);
  } else {
    pair->pattern = pattern_as(p);
  }
  pair->base.span = mx_parser_span(p, pair->base.span.start);
  return &pair->base;
}

// Parse "key": pattern, and "key" => pattern of the metorex dialect.
static Node *pattern_string_pair(Parser *p) {
  NodePairPattern *pair = NEW(p, PairPattern, PAT_PAIR, p->tok.span);
  bool label;
  p->tok.term.flags |= STR_LABEL;
  Node *key = mx_parse_string(p, &label);
  if (label && key->kind == NODE_STRING) {
    Text *text = &((NodeStringLiteral *)key)->value;
    Sym name = mx_sym_intern(p->symtab, text->bytes, text->len, text->enc);
    pair->key = mx_parse_symbol_node(p, name, key->span);
    return pattern_pair(p, pair, name, key->span);
  }
  pair->key = key;
  if (label)
    mx_parser_complain(p, key->span, NULL, "symbol literal with interpolation is not allowed");
  if (!label && !(p->lex.metorex && mx_parser_accept(p, TOK_ASSOC))) {
    mx_parser_unexpected(p, "':' behind the key");
    return &pair->base;
  }
  pair->pattern = pattern_as(p);
  pair->base.span = mx_parser_span(p, key->span.start);
  return &pair->base;
}

// Parse one pair of a hash pattern.
static Node *pattern_hash_pair(Parser *p) {
  if (p->tok.kind == TOK_STRING_BEG) return pattern_string_pair(p);
  NodePairPattern *pair = NEW(p, PairPattern, PAT_PAIR, p->tok.span);
  Sym name = p->tok.sym;
  Span span = p->tok.span;
  if (p->tok.kind == TOK_LABEL) {
    span.end--;
    pair->key = mx_parse_symbol_node(p, name, span);
    mx_parser_advance(p);
    return pattern_pair(p, pair, name, span);
  }
  if (!p->lex.metorex || p->tok.kind != TOK_IDENT)
    return mx_parser_unexpected(p, "a key of the hash pattern");
  pair->key = mx_parse_symbol_node(p, name, span);
  pair->pattern = pattern_shorthand(p, name, span);
  mx_parser_advance(p);
  return &pair->base;
}

// Parse **rest and **nil.
static Node *pattern_hash_rest(Parser *p) {
  uint32_t start = p->tok.span.start;
  if (p->source->text[p->lex.pos] == 'n' && mx_parse_next_word_is(p, "nil")) {
    mx_parser_advance(p);
    Node *nil = &NEW(p, NilLiteral, NIL, p->tok.span)->base;
    mx_parser_advance(p);
    nil = pattern_value(p, nil);
    nil->span.start = start;
    return nil;
  }
  return pattern_splat(p);
}

// Parse the pairs of a hash pattern up to a closing token (TOK_EOF: as long as they last).
static Node *pattern_hash(Parser *p, Node *constant, TokKind closer, uint32_t start) {
  NodeHashPattern *node = NEW(p, HashPattern, PAT_HASH, p->tok.span);
  uint32_t mark = p->stack.count;
  bool bare = closer == TOK_EOF;
  node->constant = constant;
  while (p->tok.kind != closer && !p->recovering) {
    if (pattern_at_double_splat(p)) {
      node->rest = pattern_hash_rest(p);
    } else {
      Node *pair = pattern_hash_pair(p);
      if (pair->kind != NODE_PAT_PAIR) break;
      vec_push(&p->stack, pair);
    }
    if (!bare) mx_parser_skip_newlines(p);
    if (node->rest && p->tok.kind != TOK_COMMA) break;
    if (!mx_parser_accept(p, TOK_COMMA)) break;
    if (node->rest) mx_parser_unexpected(p, "the end of the pattern");
    if (!bare) mx_parser_skip_newlines(p);
    if (bare && pattern_no_value(p)) break;
  }
  node->pairs = mx_parser_list(p, mark);
  pattern_check_keys(p, node->pairs);
  if (bare) node->base.flags |= NF_NO_BRACKETS;
  node->base.span = mx_parser_span(p, start);
  return &node->base;
}

// Tell whether a hash pattern without braces begins.
static bool pattern_at_pair(Parser *p) {
  return p->tok.kind == TOK_LABEL || p->tok.kind == TOK_DOUBLE_SPLAT ||
         (p->tok.kind == TOK_STRING_BEG && mx_parse_string_is_label(p));
}

// -- brackets -----------------------------------------------------------------------------------

// Parse what stands in brackets behind a constant, or in [ ] and { } alone.
static Node *pattern_bracketed(Parser *p, Node *constant, TokKind closer, uint32_t start) {
  bool in_kwarg = p->lex.in_kwarg;
  p->lex.in_kwarg = false;
  p->lex.state = LEX_BEG | LEX_LABEL;
  p->lex.command_start = false;
  mx_parser_advance(p);
  mx_parser_skip_newlines(p);
  Node *node;
  uint32_t mark = p->stack.count;
  if (closer == TOK_RBRACE || (constant && pattern_at_pair(p))) {
    node = pattern_hash(p, constant, closer, start);
  } else {
    uint16_t comma = pattern_elements(p, closer);
    node = pattern_make_array(p, constant, mark, comma, start);
  }
  p->lex.in_kwarg = in_kwarg;
  mx_parser_expect(p, closer, "to close the pattern");
  node->span = mx_parser_span(p, start);
  return node;
}

// Parse ( pattern ).
static Node *pattern_paren(Parser *p) {
  bool in_kwarg = p->lex.in_kwarg;
  p->lex.in_kwarg = false;
  mx_parser_advance(p);
  mx_parser_skip_newlines(p);
  Node *node = pattern_as(p);
  mx_parser_skip_newlines(p);
  p->lex.in_kwarg = in_kwarg;
  mx_parser_expect(p, TOK_RPAREN, "to close the pattern");
  return node;
}

// -- values -------------------------------------------------------------------------------------

// Parse ^name, ^@name and ^(expr).
static Node *pattern_pin(Parser *p) {
  uint32_t start = p->tok.span.start;
  mx_parser_advance(p);
  Node *value;
  switch (p->tok.kind) {
  case TOK_IDENT:
    value = mx_scope_read(p, p->tok.sym, p->tok.span);
    if (!value) value = mx_scope_implicit(p, p->tok.sym, p->tok.span);
    if (!value) {
      mx_parser_complain(p, p->tok.span, NULL, "%s: no such local variable",
                         mx_parser_name(p, p->tok.sym));
      value = mx_parser_error_node(p, p->tok.span);
    }
    mx_parser_advance(p);
    break;
  case TOK_IVAR:
  case TOK_GVAR:
  case TOK_CVAR:
  case TOK_NTH_REF:
    value = mx_parse_variable_node(p);
    mx_parser_advance(p);
    break;
  case TOK_LPAREN_BEG:
  case TOK_LPAREN:
  case TOK_LPAREN_ARG: value = mx_parse_primary(p, PX_NONE); break;
  default: return mx_parser_unexpected(p, "a variable or '(' behind '^'");
  }
  Node *node = pattern_value(p, value);
  node->flags |= NF_PIN;
  node->span = mx_parser_span(p, start);
  return node;
}

// Parse a literal that may be an end of a range.
static Node *pattern_literal(Parser *p) {
  if (p->tok.kind == TOK_UMINUS_NUM) {
    uint32_t start = p->tok.span.start;
    mx_parser_advance(p);
    Node *number = mx_parse_number(p);
    mx_parse_negate(p, number);
    number->span.start = start;
    return number;
  }
  return mx_parse_primary(p, PX_NONE);
}

// Tell whether a literal begins.
static bool pattern_is_literal_start(const Parser *p) {
  switch (p->tok.kind) {
  case TOK_UMINUS_NUM:
  case TOK_INTEGER:
  case TOK_FLOAT:
  case TOK_RATIONAL:
  case TOK_IMAGINARY:
  case TOK_CHAR:
  case TOK_STRING_BEG:
  case TOK_XSTRING_BEG:
  case TOK_HEREDOC_BEG:
  case TOK_REGEXP_BEG:
  case TOK_WORDS_BEG:
  case TOK_SYMBOLS_BEG:
  case TOK_DSYMBOL_BEG:
  case TOK_SYMBOL_BEG:
  case TOK_NIL:
  case TOK_TRUE:
  case TOK_FALSE:
  case TOK_SELF:
  case TOK_FILE_NAME:
  case TOK_LINE_NUMBER:
  case TOK_SOURCE_ENCODING:
  case TOK_LAMBDA: return true;
  default: return false;
  }
}

// Tell whether the value before is the first of a range.
static bool pattern_at_range(const Parser *p) {
  return p->tok.kind == TOK_DOT2 || p->tok.kind == TOK_DOT3;
}

// Parse a range that begins with a value, or with nothing when first is NULL.
static Node *pattern_range(Parser *p, Node *first) {
  NodeRangeLiteral *node = NEW(p, RangeLiteral, RANGE, first ? first->span : p->tok.span);
  if (p->tok.kind == TOK_DOT3 || p->tok.kind == TOK_BDOT3) node->base.flags = NF_EXCLUSIVE;
  node->first = first;
  mx_parser_advance(p);
  if (pattern_is_literal_start(p))
    node->last = pattern_literal(p);
  else if (!first)
    mx_parser_unexpected(p, "the end of a range");
  pattern_fix_modifier(p);
  node->base.span = mx_parser_span(p, node->base.span.start);
  return &node->base;
}

// Parse a constant with what may follow it: a path and a pattern in brackets.
static Node *pattern_constant(Parser *p) {
  uint32_t start = p->tok.span.start;
  NodeConstant *node = NEW(p, Constant, CONST, p->tok.span);
  if (mx_parser_accept(p, TOK_COLON3)) node->base.flags = NF_TOP;
  node->name = p->tok.sym;
  if (p->tok.kind != TOK_CONST) return mx_parser_unexpected(p, "a constant");
  mx_parser_advance(p);
  node->base.span = mx_parser_span(p, start);
  while (p->tok.kind == TOK_COLON2) {
    mx_parser_advance(p);
    if (p->tok.kind != TOK_CONST) return mx_parser_unexpected(p, "a constant");
    NodeConstant *outer = NEW(p, Constant, CONST, p->tok.span);
    outer->scope = &node->base;
    outer->name = p->tok.sym;
    mx_parser_advance(p);
    outer->base.span = mx_parser_span(p, start);
    node = outer;
  }
  if (p->tok.kind == TOK_LPAREN) return pattern_bracketed(p, &node->base, TOK_RPAREN, start);
  if (p->tok.kind == TOK_LBRACK_INDEX) return pattern_bracketed(p, &node->base, TOK_RBRACK, start);
  if (pattern_at_range(p)) return pattern_value(p, pattern_range(p, &node->base));
  return pattern_value(p, &node->base);
}

// Parse a pattern without | and =>.
static Node *pattern_primary(Parser *p) {
  switch (p->tok.kind) {
  case TOK_IDENT: return pattern_name(p);
  case TOK_CARET: return pattern_pin(p);
  case TOK_CONST:
  case TOK_COLON3: return pattern_constant(p);
  case TOK_LBRACK:
  case TOK_LBRACK_INDEX: return pattern_bracketed(p, NULL, TOK_RBRACK, p->tok.span.start);
  case TOK_LBRACE:
  case TOK_LBRACE_BLOCK: return pattern_bracketed(p, NULL, TOK_RBRACE, p->tok.span.start);
  case TOK_LPAREN:
  case TOK_LPAREN_BEG:
  case TOK_LPAREN_ARG: return pattern_paren(p);
  case TOK_BDOT2:
  case TOK_BDOT3: return pattern_value(p, pattern_range(p, NULL));
  default: break;
  }
  if (!pattern_is_literal_start(p)) return mx_parser_unexpected(p, "a pattern");
  Node *value = pattern_literal(p);
  if (pattern_at_range(p)) value = pattern_range(p, value);
  return pattern_value(p, value);
}

// -- | and => -----------------------------------------------------------------------------------

// Parse alternatives; they bind nothing.
static Node *pattern_alternatives(Parser *p) {
  uint32_t start = p->tok.span.start, names = p->pattern_names.list.count;
  Node *left = pattern_primary(p);
  while (p->tok.kind == TOK_PIPE && !p->recovering) {
    NodeAlternativePattern *node = NEW(p, AlternativePattern, PAT_ALT, left->span);
    mx_parser_advance(p);
    node->left = left;
    node->right = pattern_primary(p);
    node->base.span = mx_parser_span(p, start);
    left = &node->base;
    mx_parser_raise_height(p);
    if (p->pattern_names.list.count > names)
      mx_parser_complain(p, left->span, NULL, "illegal variable in alternative pattern (%s)",
                         mx_parser_name(p, p->pattern_names.list.at[names]));
  }
  return left;
}

// Parse pattern => name.
static Node *pattern_as(Parser *p) {
  if (!mx_parser_enter(p)) {
    mx_parser_leave(p);
    return mx_parser_unexpected(p, NULL);
  }
  Node *left = pattern_alternatives(p);
  while (p->tok.kind == TOK_ASSOC && !p->recovering) {
    NodeCapturePattern *node = NEW(p, CapturePattern, PAT_CAPTURE, left->span);
    mx_parser_advance(p);
    if (p->tok.kind != TOK_IDENT) {
      left = mx_parser_unexpected(p, "a variable behind '=>'");
      break;
    }
    node->pattern = left;
    node->target = pattern_local(p, p->tok.sym, p->tok.span);
    mx_parser_advance(p);
    node->base.span = mx_parser_span(p, left->span.start);
    left = &node->base;
    mx_parser_raise_height(p);
  }
  mx_parser_leave(p);
  return left;
}

// -- entries ------------------------------------------------------------------------------------

// Parse a, *b, c without brackets behind its first element.
static Node *pattern_bare_array(Parser *p, Node *first, uint32_t start) {
  uint32_t mark = p->stack.count;
  uint16_t flags = NF_NO_BRACKETS;
  vec_push(&p->stack, first);
  while (mx_parser_accept(p, TOK_COMMA) && !p->recovering) {
    pattern_fix_modifier(p);
    if (pattern_no_value(p)) {
      flags |= NF_TRAILING_COMMA;
      break;
    }
    vec_push(&p->stack, pattern_element(p));
  }
  return pattern_make_array(p, NULL, mark, flags, start);
}

// Parse the pattern of `in` and `=>`, where brackets may be left out.
Node *mx_parse_pattern_top(Parser *p) {
  uint32_t names = p->pattern_names.list.count, start = p->tok.span.start;
  Context saved = p->ctx;
  p->ctx.no_pipe = p->ctx.in_cmdarg = false;
  Node *node;
  if (pattern_at_pair(p)) {
    node = pattern_hash(p, NULL, TOK_EOF, start);
  } else {
    node = pattern_element(p);
    if (p->tok.kind == TOK_COMMA || node->kind == NODE_PAT_SPLAT)
      node = pattern_bare_array(p, node, start);
  }
  p->ctx = saved;
  p->pattern_names.list.count = names;
  return node;
}

// Parse a condition of metorex `when`: array and hash patterns, ^name, and in a match statement
// a bare name; everything else is a value.
Node *mx_parse_when_pattern(Parser *p, bool bare_binds) {
  uint32_t names = p->pattern_names.list.count;
  Node *node;
  bool pattern = p->tok.kind == TOK_CARET;
  if (p->tok.kind == TOK_LBRACK || p->tok.kind == TOK_LBRACE)
    pattern = mx_parse_brackets_stand_alone(p);
  if (p->tok.kind == TOK_IDENT) {
    bool wildcard = mx_parse_word_is(p, "_") && !mx_scope_has(p, p->tok.sym);
    pattern = (bare_binds || wildcard) && mx_parse_word_stands_alone(p);
  }
  if (pattern)
    node = pattern_as(p);
  else
    node = mx_parse_value(p);
  p->pattern_names.list.count = names;
  return pattern || !bare_binds ? node : pattern_value(p, node);
}
