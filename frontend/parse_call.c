// SPDX-License-Identifier: MIT
// Calls: names, arguments with and without parentheses, blocks, indexes, super and yield.
//
// A call with bare arguments (a "command") may stand only where the flags PX_* allow it, and
// nothing but a block may follow it: p->command remembers the last one made.
#include "frontend/parser_internal.h"

#include <string.h>

// Make a call without arguments.
Node *mx_parse_call_node(Parser *p, Node *receiver, Sym name, Span span) {
  NodeMethodCall *node = NEW(p, MethodCall, CALL, span);
  node->receiver = receiver;
  node->name = name;
  node->name_start = span.start;
  return &node->base;
}

// Tell whether the current token begins a bare argument of the name just taken.
bool mx_parse_starts_argument(const Parser *p) {
  switch (p->tok.kind) {
  case TOK_SPLAT:
  case TOK_DOUBLE_SPLAT:
  case TOK_BLOCK_AMP: return true;
  case TOK_LPAREN:
  case TOK_LPAREN_BEG:
  case TOK_BDOT2:
  case TOK_BDOT3: return false;
  case TOK_LBRACE: return false;
  default: return mx_parse_starts_value(p);
  }
}

// -- arguments ----------------------------------------------------------------------------------

typedef struct ArgList {
  uint32_t mark;  // where the arguments begin on the parser's stack
  uint32_t pairs; // where the pairs of a hash without braces begin, or 0
  bool has_pairs; // a pair was read
  bool closed;    // a block argument or a command was read: nothing may follow
  Node *block;    // &block
  TokKind closer; // token that ends the list, TOK_EOF for bare arguments
} ArgList;

// Tell whether nothing but the end of the arguments or a comma stands here.
static bool call_at_argument_end(const Parser *p) {
  return p->tok.kind == TOK_COMMA || p->tok.kind == TOK_RPAREN || p->tok.kind == TOK_RBRACK ||
         p->tok.kind == TOK_NEWLINE || p->tok.kind == TOK_SEMICOLON || p->tok.kind == TOK_EOF ||
         p->tok.kind == TOK_RBRACE;
}

// Read the hidden local of an anonymous parameter, or complain that there is none.
static Node *call_anonymous(Parser *p, AnonKind kind, Span span) {
  static const char *const names[] = {"rest", "keyword rest", "block", "forwarding"};
  Node *node = mx_scope_anonymous(p, kind, 0, span);
  if (!node && kind != ANON_FORWARD)
    node = mx_scope_anonymous(p, ANON_FORWARD, (uint32_t)kind, span);
  if (!node) mx_parser_complain(p, span, NULL, "no anonymous %s parameter", names[kind]);
  return node;
}

// Parse *value or a bare *.
static Node *call_splat(Parser *p) {
  NodeSplat *node = NEW(p, Splat, SPLAT, p->tok.span);
  mx_parser_advance(p);
  node->value =
      call_at_argument_end(p) ? call_anonymous(p, ANON_REST, node->base.span) : mx_parse_value(p);
  node->base.span = mx_parser_span(p, node->base.span.start);
  return &node->base;
}

// Parse **value or a bare **.
static Node *call_double_splat(Parser *p, bool call) {
  NodeDoubleSplat *node = NEW(p, DoubleSplat, DOUBLE_SPLAT, p->tok.span);
  mx_parser_advance(p);
  if (call_at_argument_end(p) && call)
    node->value = call_anonymous(p, ANON_KEYREST, node->base.span);
  else
    node->value = mx_parse_value(p);
  node->base.span = mx_parser_span(p, node->base.span.start);
  return &node->base;
}

// Parse &value or a bare &.
static Node *call_block_pass(Parser *p) {
  NodeBlockPass *node = NEW(p, BlockPass, BLOCK_PASS, p->tok.span);
  mx_parser_advance(p);
  node->value =
      call_at_argument_end(p) ? call_anonymous(p, ANON_BLOCK, node->base.span) : mx_parse_value(p);
  node->base.span = mx_parser_span(p, node->base.span.start);
  return &node->base;
}

// Parse `...` as an argument.
static Node *call_forward(Parser *p) {
  Span span = p->tok.span;
  NodeForwardArguments *node = NEW(p, ForwardArguments, FORWARD_ARGS, span);
  node->rest = mx_scope_anonymous(p, ANON_FORWARD, 0, span);
  node->keywords = mx_scope_anonymous(p, ANON_FORWARD, 1, span);
  node->block = mx_scope_anonymous(p, ANON_FORWARD, 2, span);
  mx_parser_advance(p);
  if (node->rest) return &node->base;
  mx_parser_complain(p, span, NULL, "unexpected ... when the parent method is not forwarding");
  return mx_parser_error_node(p, span);
}

// -- pairs --------------------------------------------------------------------------------------

// Make the value that `{x:}` stands for.
static Node *call_shorthand_value(Parser *p, Sym name, Span span) {
  Node *local = mx_scope_read(p, name, span);
  if (local) return local;
  SymName text = mx_sym_name(p->symtab, name);
  char first = text.len ? text.bytes[0] : 0, last = text.len ? text.bytes[text.len - 1] : 0;
  if (last == '!' || last == '?')
    mx_parser_complain(p, span, NULL, "identifier %s is not valid to get", text.bytes);
  if (first >= 'A' && first <= 'Z') {
    NodeConstant *node = NEW(p, Constant, CONST, span);
    node->name = name;
    return &node->base;
  }
  Node *call = mx_parse_call_node(p, NULL, name, span);
  call->flags = NF_VCALL;
  mx_scope_note_call(p, name);
  return call;
}

// Parse `name: value` or `name:`.
static Node *call_label_pair(Parser *p) {
  Span span = p->tok.span;
  Span name_span = {span.start, span.end - 1};
  Sym name = p->tok.sym;
  NodePair *pair = NEW(p, Pair, PAIR, span);
  mx_parser_advance(p);
  pair->key = mx_parse_symbol_node(p, name, name_span);
  if (mx_parse_starts_value(p)) {
    pair->value = mx_parse_value(p);
    pair->base.span = mx_parser_span(p, span.start);
  } else {
    pair->value = call_shorthand_value(p, name, name_span);
    pair->base.flags = NF_SHORTHAND;
  }
  return &pair->base;
}

// Turn the key of "key": value into a symbol.
static Node *call_string_key(Parser *p, Node *key) {
  if (key->kind == NODE_STRING) {
    const Text *text = &((NodeStringLiteral *)key)->value;
    Sym name = mx_sym_intern(p->symtab, text->bytes, text->len, text->enc);
    return mx_parse_symbol_node(p, name, key->span);
  }
  NodeInterpolatedSymbol *node = NEW(p, InterpolatedSymbol, DSYMBOL, key->span);
  if (key->kind == NODE_DSTRING) node->parts = ((NodeInterpolatedString *)key)->parts;
  return &node->base;
}

// Parse the value behind a key.
static Node *call_pair_value(Parser *p, Node *key) {
  NodePair *pair = NEW(p, Pair, PAIR, key->span);
  pair->key = key;
  mx_parser_skip_newlines(p);
  pair->value = mx_parse_value(p);
  pair->base.span = mx_parser_span(p, key->span.start);
  return &pair->base;
}

// Parse an element of a call or literal that may be a pair; *pair tells which it was.
static Node *call_element(Parser *p, int flags, bool *pair) {
  *pair = true;
  if (p->tok.kind == TOK_LABEL) return call_label_pair(p);
  bool label = false;
  Node *node;
  if (p->tok.kind == TOK_STRING_BEG && (p->tok.term.flags & STR_LABEL)) {
    node = mx_parse_string(p, &label);
    if (label) return call_pair_value(p, call_string_key(p, node));
    node = mx_parse_continue_value(p, node, flags);
  } else {
    node = mx_parse_arg(p, flags);
  }
  mx_parse_check_value(p, node);
  if (node == p->command) {
    *pair = false;
    return node;
  }
  if (p->tok.kind == TOK_ASSOC) {
    mx_parser_advance(p);
    return call_pair_value(p, node);
  }
  *pair = false;
  return node;
}

// Parse an element of a hash in braces.
Node *mx_parse_hash_element(Parser *p) {
  if (p->tok.kind == TOK_DOUBLE_SPLAT) return call_double_splat(p, true);
  bool pair;
  Node *node = call_element(p, PX_NONE, &pair);
  if (!pair) mx_parser_unexpected(p, "'=>' behind a key of the hash");
  return node;
}

// -- argument lists -----------------------------------------------------------------------------

// Add a positional argument.
static void call_add_positional(Parser *p, ArgList *args, Node *node) {
  if (args->has_pairs && node->kind != NODE_FORWARD_ARGS)
    mx_parser_error(p, node->span, "positional arguments come before keywords",
                    "unexpected argument behind keyword arguments");
  vec_push(&p->stack, node);
}

// Add a pair; pairs gather at the end and become one hash.
static void call_add_pair(Parser *p, ArgList *args, Node *node) {
  if (!args->has_pairs) args->pairs = p->stack.count;
  args->has_pairs = true;
  vec_push(&p->stack, node);
}

// Replace the pairs on the stack by a hash without braces.
static void call_fold_pairs(Parser *p, ArgList *args) {
  if (!args->has_pairs) return;
  NodeList pairs = mx_parser_list(p, args->pairs);
  mx_parse_warn_keys(p, pairs);
  Span span = mx_span_join(pairs.at[0]->span, pairs.at[pairs.count - 1]->span);
  NodeHashLiteral *hash = NEW(p, HashLiteral, HASH, span);
  hash->pairs = pairs;
  hash->base.flags = NF_NO_BRACES;
  vec_push(&p->stack, &hash->base);
  args->has_pairs = false;
}

// Parse one argument.
static void call_argument(Parser *p, ArgList *args, int flags) {
  bool pair;
  switch (p->tok.kind) {
  case TOK_SPLAT:
  case TOK_STAR: call_add_positional(p, args, call_splat(p)); return;
  case TOK_DOUBLE_SPLAT:
  case TOK_POW: call_add_pair(p, args, call_double_splat(p, true)); return;
  case TOK_BLOCK_AMP:
  case TOK_AMP:
    args->block = call_block_pass(p);
    args->closed = true;
    return;
  default: break;
  }
  Node *node = p->tok.kind == TOK_BDOT3 && mx_parse_forward_here(p) ? call_forward(p) : NULL;
  if (node) {
    call_fold_pairs(p, args);
    call_add_positional(p, args, node);
    args->closed = true;
    return;
  }
  node = call_element(p, flags, &pair);
  if (node == p->command) args->closed = true;
  if (pair)
    call_add_pair(p, args, node);
  else
    call_add_positional(p, args, node);
}

// Tell whether `...` here is the argument and not a beginless range.
bool mx_parse_forward_here(const Parser *p) {
  uint32_t at = p->lex.pos;
  while (mx_is_space((uint8_t)p->source->text[at])) at++;
  return p->source->text[at] == ')';
}

// Parse arguments up to a closing token (not taken), or bare ones when it is TOK_EOF.
CallArgs mx_parse_args(Parser *p, TokKind closer, int flags) {
  ArgList args = {.mark = p->stack.count, .closer = closer};
  bool bare = closer == TOK_EOF;
  if (!bare) mx_parser_skip_newlines(p);
  while (p->tok.kind != closer && !p->recovering) {
    call_argument(p, &args, flags);
    flags = PX_NONE;
    if (!bare) mx_parser_skip_newlines(p);
    if (args.closed || p->tok.kind != TOK_COMMA) break;
    mx_parser_advance(p);
    mx_parser_skip_newlines(p);
    if (bare && !mx_parse_starts_argument(p) && p->tok.kind != TOK_LBRACE &&
        p->tok.kind != TOK_LPAREN_BEG && p->tok.kind != TOK_BDOT2 && p->tok.kind != TOK_BDOT3)
      mx_parser_unexpected(p, "an argument behind ','");
  }
  call_fold_pairs(p, &args);
  return (CallArgs){mx_parser_list(p, args.mark), args.block};
}

// Parse the arguments in parentheses; the current token is the opening one.
static CallArgs call_paren_args(Parser *p) {
  uint32_t open = p->tok.span.start;
  Context saved = p->ctx;
  bool in_kwarg = p->lex.in_kwarg;
  p->lex.in_kwarg = false;
  p->ctx.no_do = p->ctx.in_cmdarg = p->ctx.no_pipe = p->ctx.no_in = p->ctx.in_argdef = false;
  mx_parser_advance(p);
  CallArgs args = mx_parse_args(p, TOK_RPAREN, PX_COMMAND);
  p->ctx = saved;
  p->lex.in_kwarg = in_kwarg;
  mx_parser_close(p, TOK_RPAREN, "the arguments", open);
  return args;
}

// Parse bare arguments.
static CallArgs call_bare_args(Parser *p) {
  bool in_cmdarg = p->ctx.in_cmdarg;
  p->ctx.in_cmdarg = true;
  CallArgs args = mx_parse_args(p, TOK_EOF, PX_COMMAND);
  p->ctx.in_cmdarg = in_cmdarg;
  return args;
}

// -- blocks -------------------------------------------------------------------------------------

// Parse |params| of a block.
static Node *call_block_params(Parser *p, ScopeCtx *sc) {
  if (p->tok.kind == TOK_OROR) {
    NodeParameters *node = NEW(p, Parameters, PARAMS, p->tok.span);
    sc->has_params = true;
    p->lex.state = LEX_BEG;
    p->lex.command_start = true;
    mx_parser_advance(p);
    return &node->base;
  }
  if (p->tok.kind != TOK_PIPE) return NULL;
  sc->has_params = true;
  mx_parser_advance(p);
  Node *params = mx_parse_params(p, PARAMS_BLOCK, TOK_PIPE);
  p->lex.state = LEX_BEG;
  p->lex.command_start = true;
  mx_parser_expect(p, TOK_PIPE, "to close the block's parameters");
  return params;
}

// Parse { |params| body } or do |params| body end.
Node *mx_parse_block_fn(Parser *p, bool braces) {
  uint32_t start = p->tok.span.start;
  NodeBlockFunction *node = NEW(p, BlockFunction, BLOCK_FN, p->tok.span);
  Context saved = p->ctx;
  bool in_kwarg = p->lex.in_kwarg;
  ScopeCtx sc;
  mx_scope_push(p, &sc, SCOPE_BLOCK);
  p->ctx.no_do = p->ctx.in_cmdarg = p->ctx.no_pipe = p->ctx.no_in = p->ctx.in_argdef = false;
  p->ctx.target_paren = p->ctx.in_loop = p->ctx.in_rescue = p->ctx.in_arm = false;
  p->ctx.in_block = true;
  p->ctx.closer = braces ? TOK_RBRACE : TOK_EOF;
  p->lex.in_kwarg = false;
  p->lex.state = LEX_BEG;
  p->lex.command_start = true;
  mx_parser_advance(p);
  if (p->tok.kind == TOK_NEWLINE) mx_parser_skip_newlines(p);
  node->params = call_block_params(p, &sc);
  if (braces) {
    node->body = mx_parse_statements(p);
  } else {
    node->base.flags |= NF_DO;
    node->body = mx_parse_body(p, start, false);
  }
  if (!node->params) node->params = mx_scope_implicit_params(p, &sc, node->base.span);
  if (node->params && (node->params->flags & NF_IMPLICIT)) node->base.flags |= NF_IMPLICIT;
  mx_scope_pop(p);
  p->ctx = saved;
  p->lex.in_kwarg = in_kwarg;
  if (braces) mx_parser_close(p, TOK_RBRACE, "the block", start);
  node->scope = sc.scope;
  node->base.span = mx_parser_span(p, start);
  return &node->base;
}

// Give where a call keeps its block; NULL for what takes none.
static Node **call_block_slot(Node *node) {
  switch (mx_ast_kind(node)) {
  case NODE_CALL: return &((NodeMethodCall *)node)->block;
  case NODE_SUPER: return &((NodeSuper *)node)->block;
  case NODE_ZSUPER: return &((NodeImplicitSuper *)node)->block;
  default: return NULL;
  }
}

// Tell whether the current token begins a block of the call just parsed.
static bool call_at_block(const Parser *p, bool command, bool *braces) {
  *braces = p->tok.kind == TOK_LBRACE_BLOCK || (command && p->tok.kind == TOK_LBRACE_ARG);
  if (command && p->tok.kind == TOK_LBRACE_BLOCK) return false;
  if (*braces) return true;
  return p->tok.kind == TOK_DO && !p->ctx.no_do && !p->ctx.in_cmdarg;
}

// Parse a block behind a call, if there is one.
Node *mx_parse_attach_block(Parser *p, Node *call, int flags) {
  bool braces;
  MX_UNUSED(flags);
  Node **slot = call_block_slot(call);
  if (!slot || p->recovering || !call_at_block(p, call == p->command, &braces)) return call;
  Node *block = mx_parse_block_fn(p, braces);
  if (*slot) mx_parser_complain(p, block->span, NULL, "both block arg and actual block given");
  *slot = block;
  call->flags &= (uint16_t)~NF_VCALL;
  call->span.end = p->prev_end;
  return call;
}

// -- named calls --------------------------------------------------------------------------------

// Parse arguments and block behind a call's name, which has been taken.
static Node *call_tail(Parser *p, NodeMethodCall *call, int flags) {
  CallArgs args = {0};
  bool command = false;
  if (p->tok.kind == TOK_LPAREN) {
    args = call_paren_args(p);
    call->base.flags |= NF_PARENS;
  } else if ((flags & PX_COMMAND) && mx_parse_starts_argument(p) && !p->tok.line_before) {
    args = call_bare_args(p);
    command = true;
  }
  call->args = args.list;
  call->block = args.block;
  call->base.span = mx_parser_span(p, call->base.span.start);
  if (command) p->command = &call->base;
  mx_scope_note_call(p, call->name);
  return mx_parse_attach_block(p, &call->base, flags);
}

// Tell whether behind a local's name only a call of a method of that name makes sense.
static bool call_forced(const Parser *p, int flags) {
  bool braces;
  if (p->tok.kind == TOK_LPAREN || call_at_block(p, false, &braces)) return true;
  return (flags & PX_COMMAND) && mx_parse_starts_argument(p) && !p->tok.line_before;
}

// Parse a constant's name: a constant, unless arguments or a block follow.
static Node *call_constant(Parser *p, NodeMethodCall *call, int flags) {
  bool braces;
  bool is_call = p->tok.kind == TOK_LPAREN || call_at_block(p, false, &braces) ||
                 ((flags & PX_COMMAND) && mx_parse_starts_argument(p) && !p->tok.line_before);
  if (is_call) return call_tail(p, call, flags);
  NodeConstant *node = NEW(p, Constant, CONST, call->base.span);
  node->name = call->name;
  return &node->base;
}

// Parse a name: local, constant or call.
Node *mx_parse_identifier(Parser *p, int flags) {
  Token name = p->tok;
  if (p->lex.metorex && name.kind == TOK_IDENT) {
    Node *node = mx_parse_metorex_word(p);
    if (node) return node;
  }
  NodeMethodCall *call = (NodeMethodCall *)mx_parse_call_node(p, NULL, name.sym, name.span);
  mx_parser_advance(p);
  if (name.kind == TOK_CONST) return call_constant(p, call, flags);
  if (name.kind == TOK_IDENT) {
    Node *local = call_forced(p, flags) ? NULL : mx_scope_read(p, name.sym, name.span);
    if (local) return local;
  }
  Node *node = call_tail(p, call, flags);
  bool bare = node == &call->base && !call->block && !(node->flags & NF_PARENS) &&
              node != p->command && name.kind == TOK_IDENT;
  if (!bare) return node;
  node->flags |= NF_VCALL;
  // What is assigned is a local, whatever its name.
  if (p->tok.kind == TOK_ASSIGN || p->tok.kind == TOK_OP_ASSIGN) return node;
  Node *implicit = mx_scope_implicit(p, name.sym, name.span);
  return implicit ? implicit : node;
}

// Parse .() and ::().
static Node *call_implicit_call(Parser *p, Node *receiver, bool safe) {
  uint32_t start = receiver->span.start;
  NodeMethodCall *call = (NodeMethodCall *)mx_parse_call_node(p, receiver, SYM_call, p->tok.span);
  if (safe) call->base.flags |= NF_SAFE_NAV;
  call->base.span.start = start;
  p->tok.kind = TOK_LPAREN;
  return call_tail(p, call, PX_NONE);
}

// Parse receiver::Name: a constant, unless arguments follow.
static Node *call_scoped_constant(Parser *p, Node *receiver, int flags) {
  Token name = p->tok;
  mx_parser_advance(p);
  bool is_call = p->tok.kind == TOK_LPAREN ||
                 ((flags & PX_COMMAND) && !p->tok.line_before && mx_parse_starts_argument(p));
  if (is_call) {
    NodeMethodCall *call = (NodeMethodCall *)mx_parse_call_node(p, receiver, name.sym, name.span);
    call->base.span.start = receiver->span.start;
    return call_tail(p, call, flags);
  }
  NodeConstant *node = NEW(p, Constant, CONST, mx_parser_span(p, receiver->span.start));
  node->scope = receiver;
  node->name = name.sym;
  return &node->base;
}

// Parse a call with a receiver; the current token is `.`, `&.` or `::`.
Node *mx_parse_method_call(Parser *p, Node *receiver, int flags) {
  TokKind dot = p->tok.kind;
  mx_parser_advance(p);
  if (p->tok.kind == TOK_LPAREN || p->tok.kind == TOK_LPAREN_BEG || p->tok.kind == TOK_LPAREN_ARG)
    return call_implicit_call(p, receiver, dot == TOK_SAFE_NAV);
  if (p->tok.kind == TOK_CONST && dot == TOK_COLON2)
    return call_scoped_constant(p, receiver, flags);
  if (!mx_parse_is_method_name(p->tok.kind))
    return mx_parser_unexpected(p,
                                dot == TOK_COLON2 ? "a constant or method name" : "a method name");
  Sym name = mx_parse_method_name(p);
  NodeMethodCall *call = (NodeMethodCall *)mx_parse_call_node(p, receiver, name, p->tok.span);
  call->base.span.start = receiver->span.start;
  if (dot == TOK_SAFE_NAV) call->base.flags |= NF_SAFE_NAV;
  mx_parser_advance(p);
  return call_tail(p, call, flags);
}

// Parse receiver[args].
Node *mx_parse_index(Parser *p, Node *receiver) {
  NodeMethodCall *call = (NodeMethodCall *)mx_parse_call_node(p, receiver, SYM_AREF, p->tok.span);
  Context saved = p->ctx;
  bool in_kwarg = p->lex.in_kwarg;
  p->lex.in_kwarg = false;
  p->ctx.no_do = p->ctx.in_cmdarg = p->ctx.no_pipe = p->ctx.no_in = false;
  mx_parser_advance(p);
  CallArgs args = mx_parse_args(p, TOK_RBRACK, PX_COMMAND);
  p->ctx = saved;
  p->lex.in_kwarg = in_kwarg;
  mx_parser_close(p, TOK_RBRACK, "the index", call->name_start);
  call->args = args.list;
  call->block = args.block;
  call->base.flags = NF_INDEX;
  call->base.span = mx_parser_span(p, receiver->span.start);
  return mx_parse_attach_block(p, &call->base, PX_NONE);
}

// -- super and yield ----------------------------------------------------------------------------

// Parse super, with or without arguments.
Node *mx_parse_super(Parser *p, int flags) {
  Span span = p->tok.span;
  mx_parser_advance(p);
  bool bare = (flags & PX_COMMAND) && mx_parse_starts_argument(p) && !p->tok.line_before;
  if (p->tok.kind != TOK_LPAREN && !bare) {
    NodeImplicitSuper *node = NEW(p, ImplicitSuper, ZSUPER, span);
    return mx_parse_attach_block(p, &node->base, flags);
  }
  NodeSuper *node = NEW(p, Super, SUPER, span);
  CallArgs args = bare ? call_bare_args(p) : call_paren_args(p);
  if (!bare) node->base.flags = NF_PARENS;
  node->args = args.list;
  node->block = args.block;
  node->base.span = mx_parser_span(p, span.start);
  if (bare) p->command = &node->base;
  return mx_parse_attach_block(p, &node->base, flags);
}

// Parse yield, with or without arguments.
Node *mx_parse_yield(Parser *p, int flags) {
  NodeYield *node = NEW(p, Yield, YIELD, p->tok.span);
  if (!p->ctx.in_def && !p->ctx.in_defined)
    mx_parser_complain(p, p->tok.span, NULL, "Invalid yield");
  mx_scope_method_flag(p, SCOPE_USES_YIELD);
  mx_parser_advance(p);
  CallArgs args = {0};
  if (p->tok.kind == TOK_LPAREN) {
    args = call_paren_args(p);
    node->base.flags = NF_PARENS;
  } else if ((flags & PX_COMMAND) && mx_parse_starts_argument(p) && !p->tok.line_before) {
    args = call_bare_args(p);
    p->command = &node->base;
  }
  if (args.block)
    mx_parser_complain(p, args.block->span, NULL, "block argument should not be given");
  node->args = args.list;
  node->base.span = mx_parser_span(p, node->base.span.start);
  return &node->base;
}

// Parse the values of return, break and next: NULL, one value, or an array without brackets.
Node *mx_parse_jump_value(Parser *p) {
  bool starts = mx_parse_starts_argument(p) || p->tok.kind == TOK_LPAREN_BEG ||
                p->tok.kind == TOK_LBRACE || p->tok.kind == TOK_BDOT2 || p->tok.kind == TOK_BDOT3 ||
                p->tok.kind == TOK_LPAREN;
  if (!starts || p->tok.line_before) return NULL;
  CallArgs args = mx_parse_args(p, TOK_EOF, PX_COMMAND);
  if (args.block)
    mx_parser_complain(p, args.block->span, NULL, "block argument should not be given");
  if (args.list.count == 1 && args.list.at[0]->kind != NODE_SPLAT) return args.list.at[0];
  if (args.list.count == 0) return NULL;
  Span span = mx_span_join(args.list.at[0]->span, args.list.at[args.list.count - 1]->span);
  NodeArrayLiteral *array = NEW(p, ArrayLiteral, ARRAY, span);
  array->elements = args.list;
  array->base.flags = NF_NO_BRACKETS;
  return &array->base;
}
