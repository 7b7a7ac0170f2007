// SPDX-License-Identifier: MIT
// Strings, symbols, regexps, word lists and heredocs: from chunks of text to nodes.
//
// A literal is read as a list of parts; a single text part (or none) makes a plain node. Parts
// of a squiggly heredoc are gathered line by line, because the indentation that all lines share
// is known only at the end.
#include "frontend/parser_internal.h"

#include <string.h>

// Copy decoded bytes into the tree.
Text mx_parse_text(Parser *p, const char *bytes, size_t len, uint32_t enc) {
  return (Text){mx_arena_copy(p->arena, bytes, len), (uint32_t)len, enc};
}

// Make a symbol node.
Node *mx_parse_symbol_node(Parser *p, Sym name, Span span) {
  NodeSymbolLiteral *node = NEW(p, SymbolLiteral, SYMBOL, span);
  node->value = name;
  return &node->base;
}

// -- parts --------------------------------------------------------------------------------------

// Give the encoding of a chunk's bytes.
static uint32_t string_encoding(Parser *p, const StrChunk *chunk, Span span) {
  if (chunk->unicode && chunk->bytes && p->lex.encoding != SYM_ENC_UTF8)
    mx_parser_complain(p, span, NULL, "UTF-8 mixed within %s source",
                       p->lex.encoding == SYM_ENC_ASCII ? "US-ASCII" : "BINARY");
  if (chunk->unicode) return SYM_ENC_UTF8;
  if (chunk->bytes && p->lex.encoding == SYM_ENC_ASCII) return SYM_ENC_BINARY;
  return p->lex.encoding;
}

// Make a string node of a chunk, and empty the chunk.
static Node *string_text_node(Parser *p, StrChunk *chunk, Span span) {
  NodeStringLiteral *node = NEW(p, StringLiteral, STRING, span);
  node->value = mx_parse_text(p, mx_strbuf_text(&chunk->buf), chunk->buf.len,
                              string_encoding(p, chunk, span));
  if (p->ast->flags & TREE_FROZEN_STRINGS) node->base.flags |= NF_FROZEN;
  mx_strbuf_truncate(&chunk->buf, 0);
  chunk->unicode = chunk->bytes = chunk->stop_indent = false;
  return &node->base;
}

// What is set aside while the code of an interpolation is read.
typedef struct EmbedState {
  Context ctx;    // of the parser
  uint16_t state; // of the lexer, as all below
  int32_t lambda_nest;
  bool in_kwarg;
  bool in_params;
} EmbedState;

// Set the state aside and begin to read code.
static EmbedState string_embed_begin(Parser *p) {
  Lexer *lex = &p->lex;
  EmbedState saved = {p->ctx, lex->state, lex->lambda_nest, lex->in_kwarg, lex->in_params};
  p->ctx.no_do = p->ctx.in_cmdarg = p->ctx.no_pipe = p->ctx.no_in = p->ctx.in_argdef = false;
  p->ctx.target_paren = false;
  p->ctx.closer = TOK_RBRACE;
  lex->in_kwarg = lex->in_params = false;
  lex->lambda_nest = -1;
  lex->state = LEX_BEG;
  lex->command_start = true;
  lex->nest++;
  return saved;
}

// Take the state back.
static void string_embed_end(Parser *p, const EmbedState *saved) {
  Lexer *lex = &p->lex;
  p->ctx = saved->ctx;
  lex->state = saved->state;
  lex->lambda_nest = saved->lambda_nest;
  lex->in_kwarg = saved->in_kwarg;
  lex->in_params = saved->in_params;
  lex->command_start = false;
}

// Parse the statements of #{ } and push them as a part.
static void string_embed(Parser *p, uint32_t start) {
  NodeInterpolation *node = NEW(p, Interpolation, EMBED, ((Span){start, start}));
  EmbedState saved = string_embed_begin(p);
  mx_parser_advance(p);
  Node *body = mx_parse_statements(p);
  if (p->tok.kind != TOK_RBRACE) mx_parser_unexpected(p, "'}' to close the interpolation");
  node->base.span = (Span){start, p->tok.span.end};
  node->body = body ? body : &NEW(p, Block, BLOCK, node->base.span)->base;
  string_embed_end(p, &saved);
  vec_push(&p->stack, &node->base);
}

// Make the variable of #@x a part; nothing behind it is read as code.
static void string_embed_var(Parser *p, uint32_t start) {
  NodeInterpolation *node = NEW(p, Interpolation, EMBED, ((Span){start, start}));
  uint16_t state = p->lex.state;
  p->lex.state = LEX_BEG;
  mx_lexer_next(&p->lex, &p->tok);
  node->body = mx_parse_variable_node(p);
  p->lex.state = state;
  node->base.span = (Span){start, p->lex.pos};
  vec_push(&p->stack, &node->base);
}

// Report a literal that the end of the text cut off.
static void string_unterminated(Parser *p, const StrTerm *term) {
  Span span = {term->start, term->start + 1};
  const char *what = term->flags & STR_REGEXP  ? "regexp"
                     : term->flags & STR_WORDS ? "list"
                                               : "string";
  mx_diag_note_end(p->diags);
  if (term->word.end)
    mx_parser_error(p, span, "write the terminator on a line of its own",
                    "can't find string \"%.*s\" anywhere before EOF",
                    (int)(term->word.end - term->word.start), p->source->text + term->word.start);
  else
    mx_parser_error(p, span, "close it with its delimiter", "unterminated %s meets end of file",
                    what);
}

// -- squiggly heredocs --------------------------------------------------------------------------

// A piece of text of a squiggly heredoc.
typedef struct Piece {
  NodeStringLiteral *node; // its text
  uint32_t raw;            // leading bytes that were not written as escapes
  bool blank;              // a whole line of white space: does not count
} Piece;

typedef struct Pieces {
  VEC(Piece) items; // those that begin a line
  uint32_t indent;  // columns that all lines share so far
  bool at_start;    // a line begins here
} Pieces;

// Measure leading white space: *bytes of it, in columns, tabs reaching the next multiple of 8.
static uint32_t string_indent(const char *at, uint32_t len, uint32_t limit, uint32_t *bytes) {
  uint32_t column = 0, i = 0;
  for (; i < len && (at[i] == ' ' || at[i] == '\t'); i++) {
    uint32_t next = at[i] == ' ' ? column + 1 : (column / 8 + 1) * 8;
    if (next > limit) break;
    column = next;
  }
  *bytes = i;
  return column;
}

// Note a piece of text that begins a line.
static void string_note_piece(Pieces *pieces, NodeStringLiteral *node, uint32_t raw, bool line) {
  const Text *text = &node->value;
  uint32_t bytes, indent = string_indent(text->bytes, raw, UINT32_MAX, &bytes);
  bool blank = line && bytes + 1 == text->len && text->bytes[bytes] == '\n';
  vec_push(&pieces->items, ((Piece){node, raw, blank}));
  if (!blank && indent < pieces->indent) pieces->indent = indent;
}

// Push a chunk of a squiggly heredoc as a part of its own.
static void string_flush_piece(Parser *p, Pieces *pieces, StrChunk *chunk, uint32_t start,
                               bool line, bool end) {
  if (chunk->buf.len == 0) {
    if (pieces->at_start && !end && (!line || chunk->stop_indent)) pieces->indent = 0;
    chunk->stop_indent = false;
    return;
  }
  uint32_t raw = chunk->stop_indent ? chunk->raw : (uint32_t)chunk->buf.len;
  Node *node = string_text_node(p, chunk, (Span){start, p->lex.pos});
  vec_push(&p->stack, node);
  if (pieces->at_start) string_note_piece(pieces, (NodeStringLiteral *)node, raw, line);
}

// Remove the common indentation.
static void string_dedent(Pieces *pieces) {
  for (uint32_t i = 0; i < pieces->items.count; i++) {
    Piece *piece = &pieces->items.at[i];
    Text *text = &piece->node->value;
    uint32_t bytes;
    string_indent(text->bytes, piece->raw, pieces->indent, &bytes);
    text->bytes += bytes;
    text->len -= bytes;
  }
}

// -- gathering ----------------------------------------------------------------------------------

// Act on an event inside a literal; false when the literal is over.
static bool string_event(Parser *p, const StrTerm *term, StrEvent event, uint32_t at) {
  switch (event) {
  case STR_EV_LINE: return true;
  case STR_EV_EMBED:
    string_embed(p, at - 2);
    if (p->tok.kind != TOK_EOF) return true;
    string_unterminated(p, term);
    return false;
  case STR_EV_VAR: string_embed_var(p, at - 1); return true;
  case STR_EV_EOF: string_unterminated(p, term); return false;
  default: return false;
  }
}

// Push the parts of a squiggly heredoc.
static void string_squiggly(Parser *p, StrTerm *term) {
  StrChunk chunk = {0};
  Pieces pieces = {.indent = UINT32_MAX, .at_start = true};
  bool more = true;
  while (more) {
    uint32_t start = p->lex.pos;
    StrEvent event = mx_lex_heredoc(&p->lex, term, &chunk);
    uint32_t at = p->lex.pos;
    string_flush_piece(p, &pieces, &chunk, start, event == STR_EV_LINE, event == STR_EV_END);
    pieces.at_start = event == STR_EV_LINE;
    more = string_event(p, term, event, at);
  }
  string_dedent(&pieces);
  vec_free(&pieces.items);
  mx_strbuf_free(&chunk.buf);
}

// Push the parts of any other literal; gives the event that ended it.
static StrEvent string_plain(Parser *p, StrTerm *term) {
  StrChunk chunk = {0};
  StrEvent event;
  bool more = true;
  while (more) {
    uint32_t start = p->lex.pos;
    event = term->word.end ? mx_lex_heredoc(&p->lex, term, &chunk)
                           : mx_lex_string(&p->lex, term, &chunk);
    uint32_t at = p->lex.pos;
    if (chunk.buf.len > 0) vec_push(&p->stack, string_text_node(p, &chunk, (Span){start, at}));
    more = string_event(p, term, event, at);
  }
  mx_strbuf_free(&chunk.buf);
  return event;
}

// Push the parts of the literal whose opening is the current token; gives how it ended.
static StrEvent string_parts(Parser *p) {
  StrTerm term = p->tok.term;
  Span opening = p->tok.span;
  TokKind kind = p->tok.kind;
  StrEvent event = STR_EV_END;
  if (!mx_parser_enter(p)) {
    event = STR_EV_EOF;
  } else if (term.word.end) {
    uint32_t back = mx_lex_heredoc_enter(&p->lex), start = p->lex.pos;
    if (term.flags & STR_SQUIGGLY)
      string_squiggly(p, &term);
    else
      string_plain(p, &term);
    vec_push(&p->heredocs, ((Heredoc){opening.start, {start, p->lex.pos}}));
    mx_lex_heredoc_leave(&p->lex, back);
    p->lex.state = LEX_END;
  } else {
    event = string_plain(p, &term);
  }
  mx_parser_leave(p);
  p->tok.kind = kind;
  p->tok.span = (Span){opening.start, term.word.end ? opening.end : p->lex.pos};
  return event;
}

// -- nodes from parts ---------------------------------------------------------------------------

// Join the text of two neighbouring parts.
static void string_join(Parser *p, NodeStringLiteral *a, const NodeStringLiteral *b) {
  char *bytes = mx_arena_alloc(p->arena, (size_t)a->value.len + b->value.len + 1);
  memcpy(bytes, a->value.bytes, a->value.len);
  memcpy(bytes + a->value.len, b->value.bytes, b->value.len);
  uint32_t enc = b->value.enc == SYM_ENC_UTF8 || a->value.len == 0 ? b->value.enc : a->value.enc;
  a->value = (Text){bytes, a->value.len + b->value.len, enc};
  a->base.span = mx_span_join(a->base.span, b->base.span);
}

// Give the total length of the run of texts that begins at a part.
static uint32_t string_run(Parser *p, uint32_t at) {
  uint32_t n = 0;
  while (at + n < p->stack.count && p->stack.at[at + n]->kind == NODE_STRING) n++;
  return n;
}

// Join a run of text parts into its first, copying each byte once.
static Node *string_join_run(Parser *p, uint32_t at, uint32_t n) {
  NodeStringLiteral *first = (NodeStringLiteral *)p->stack.at[at];
  if (n == 2) string_join(p, first, (NodeStringLiteral *)p->stack.at[at + 1]);
  if (n <= 2) return &first->base;
  StrBuf buf = STRBUF_INIT;
  uint32_t enc = first->value.enc;
  for (uint32_t i = 0; i < n; i++) {
    const Text *text = &((NodeStringLiteral *)p->stack.at[at + i])->value;
    mx_strbuf_add(&buf, text->bytes, text->len);
    if (text->enc == SYM_ENC_UTF8) enc = SYM_ENC_UTF8;
    first->base.span = mx_span_join(first->base.span, p->stack.at[at + i]->span);
  }
  first->value = mx_parse_text(p, mx_strbuf_text(&buf), buf.len, enc);
  mx_strbuf_free(&buf);
  return &first->base;
}

// Take the parts since a mark as a list, neighbouring texts joined and empty ones dropped.
static NodeList string_list(Parser *p, uint32_t mark) {
  uint32_t out = mark;
  for (uint32_t at = mark; at < p->stack.count;) {
    uint32_t n = string_run(p, at);
    Node *node = n ? string_join_run(p, at, n) : p->stack.at[at];
    at += n ? n : 1;
    if (node->kind == NODE_STRING && ((NodeStringLiteral *)node)->value.len == 0) continue;
    p->stack.at[out++] = node;
  }
  p->stack.count = out;
  return mx_parser_list(p, mark);
}

// Make a string of parts: plain when they are one text at most.
static Node *string_node(Parser *p, NodeList parts, Span span) {
  if (parts.count == 1 && parts.at[0]->kind == NODE_STRING) {
    parts.at[0]->span = span;
    return parts.at[0];
  }
  if (parts.count == 0) {
    StrChunk nothing = {0};
    Node *node = string_text_node(p, &nothing, span);
    mx_strbuf_free(&nothing.buf);
    return node;
  }
  NodeInterpolatedString *node = NEW(p, InterpolatedString, DSTRING, span);
  node->parts = parts;
  return &node->base;
}

// Make a symbol of parts: plain when they are one text at most.
static Node *string_symbol_node(Parser *p, NodeList parts, Span span) {
  bool plain = parts.count == 0 || (parts.count == 1 && parts.at[0]->kind == NODE_STRING);
  if (plain) {
    Text text = {"", 0, SYM_ENC_ASCII};
    if (parts.count) text = ((NodeStringLiteral *)parts.at[0])->value;
    return mx_parse_symbol_node(p, mx_sym_intern(p->symtab, text.bytes, text.len, text.enc), span);
  }
  NodeInterpolatedSymbol *node = NEW(p, InterpolatedSymbol, DSYMBOL, span);
  node->parts = parts;
  return &node->base;
}

// Make a command of parts.
static Node *string_command(Parser *p, NodeList parts, Span span) {
  NodeCommandString *node = NEW(p, CommandString, XSTRING, span);
  node->parts = parts;
  return &node->base;
}

// Tell whether the literal at the current token runs as a command.
static bool string_is_command(const Parser *p) {
  return p->tok.kind == TOK_XSTRING_BEG ||
         (p->tok.kind == TOK_HEREDOC_BEG && (p->tok.term.flags & STR_COMMAND));
}

// Tell whether the current token begins a string that joins the one before.
static bool string_joins(const Parser *p) {
  return p->tok.kind == TOK_STRING_BEG || (p->tok.kind == TOK_HEREDOC_BEG && !string_is_command(p));
}

// Push a character literal that stands next to a string as a part.
static void string_push_char(Parser *p) {
  NodeStringLiteral *node = NEW(p, StringLiteral, STRING, p->tok.span);
  node->value = mx_parse_text(p, mx_strbuf_text(&p->lex.word), p->lex.word.len, p->lex.word_enc);
  vec_push(&p->stack, &node->base);
}

// Parse a string, heredoc or command; strings next to each other are one.
Node *mx_parse_string(Parser *p, bool *label) {
  uint32_t start = p->tok.span.start, mark = p->stack.count;
  bool command = string_is_command(p), heredoc = p->tok.kind == TOK_HEREDOC_BEG;
  StrEvent event;
  do {
    event = STR_EV_END;
    if (p->tok.kind == TOK_CHAR)
      string_push_char(p);
    else
      event = string_parts(p);
    mx_parser_advance(p);
  } while (!command && event == STR_EV_END && !p->recovering &&
           (string_joins(p) || p->tok.kind == TOK_CHAR));
  *label = event == STR_EV_LABEL_END;
  NodeList parts = string_list(p, mark);
  Span span = mx_parser_span(p, start);
  Node *node = command ? string_command(p, parts, span) : string_node(p, parts, span);
  if (heredoc) node->flags |= NF_HEREDOC;
  return node;
}

// -- symbols, words, regexps --------------------------------------------------------------------

// Parse :name and :"text".
Node *mx_parse_symbol(Parser *p) { return mx_parse_symbol_before(p, LEX_END); }

// Parse a symbol with the lexer in a given state behind it.
Node *mx_parse_symbol_before(Parser *p, uint16_t state) {
  uint32_t start = p->tok.span.start, mark = p->stack.count;
  if (p->tok.kind == TOK_DSYMBOL_BEG) {
    string_parts(p);
    p->lex.state = state;
    mx_parser_advance(p);
    NodeList parts = string_list(p, mark);
    return string_symbol_node(p, parts, mx_parser_span(p, start));
  }
  mx_parser_advance(p);
  bool variable = p->tok.kind == TOK_IVAR || p->tok.kind == TOK_CVAR || p->tok.kind == TOK_GVAR ||
                  p->tok.kind == TOK_NTH_REF;
  if (!variable && !mx_parse_is_method_name(p->tok.kind))
    return mx_parser_unexpected(p, "a symbol's name");
  Sym name = variable ? p->tok.sym : mx_parse_method_name(p);
  p->lex.state = state;
  p->lex.command_start = false;
  mx_parser_advance(p);
  return mx_parse_symbol_node(p, name, mx_parser_span(p, start));
}

// Push the word made of the parts since a mark, if there are any.
static void string_push_word(Parser *p, uint32_t mark, bool symbols, Span span) {
  if (p->stack.count == mark) return;
  NodeList parts = string_list(p, mark);
  vec_push(&p->stack, symbols ? string_symbol_node(p, parts, span) : string_node(p, parts, span));
}

// Leave out the white space at the end of a span.
static Span string_trim(const Parser *p, Span span) {
  while (span.end > span.start && mx_is_space((uint8_t)p->source->text[span.end - 1])) span.end--;
  return span;
}

// Parse %w( ), %W( ), %i( ) and %I( ).
Node *mx_parse_words(Parser *p) {
  bool symbols = p->tok.kind == TOK_SYMBOLS_BEG;
  NodeArrayLiteral *array = NEW(p, ArrayLiteral, ARRAY, p->tok.span);
  uint32_t start = p->tok.span.start, mark = p->stack.count, word = mark, from = p->lex.pos;
  StrTerm term = p->tok.term;
  StrChunk chunk = {0};
  bool more = mx_parser_enter(p);
  while (more) {
    uint32_t chunk_start = p->lex.pos;
    StrEvent event = mx_lex_string(&p->lex, &term, &chunk);
    uint32_t at = p->lex.pos;
    if (chunk.buf.len) vec_push(&p->stack, string_text_node(p, &chunk, (Span){chunk_start, at}));
    more = event == STR_EV_GAP || string_event(p, &term, event, at);
    if (more && event != STR_EV_GAP) continue;
    uint32_t end = event == STR_EV_END ? at - 1 : at;
    string_push_word(p, word, symbols, string_trim(p, (Span){from, end}));
    word = p->stack.count;
    from = p->lex.pos;
  }
  mx_parser_leave(p);
  mx_strbuf_free(&chunk.buf);
  array->elements = mx_parser_list(p, mark);
  p->tok.kind = TOK_WORDS_BEG;
  p->tok.span = (Span){start, p->lex.pos};
  mx_parser_advance(p);
  array->base.span = mx_parser_span(p, start);
  return &array->base;
}

// Give the option bits of a letter behind a regexp; 0 for an unknown one.
static uint32_t string_regexp_option(char c) {
  switch (c) {
  case 'i': return REGEXP_OPT_I;
  case 'x': return REGEXP_OPT_X;
  case 'm': return REGEXP_OPT_M;
  case 'n': return REGEXP_OPT_NONE;
  case 'u': return REGEXP_OPT_FIXED | 1u << REGEXP_OPT_ENC_SHIFT;
  case 'e': return REGEXP_OPT_FIXED | 2u << REGEXP_OPT_ENC_SHIFT;
  case 's': return REGEXP_OPT_FIXED | 3u << REGEXP_OPT_ENC_SHIFT;
  default: return 0;
  }
}

// Read the letters behind a regexp.
static void string_regexp_options(Parser *p, NodeRegexpLiteral *node) {
  while (mx_is_alpha(mx_lex_peek(&p->lex, 0))) {
    char c = (char)mx_lex_peek(&p->lex, 0);
    uint32_t bits = string_regexp_option(c);
    if (c == 'o')
      node->base.flags |= NF_ONCE;
    else if (bits == 0)
      mx_parser_complain(p, (Span){p->lex.pos, p->lex.pos + 1}, "known are i m x o n e s u",
                         "unknown regexp option - %c", c);
    if (bits & REGEXP_OPT_FIXED) node->options &= ~(3u << REGEXP_OPT_ENC_SHIFT);
    node->options |= bits;
    p->lex.pos++;
  }
}

// Parse a regexp literal with its options.
Node *mx_parse_regexp(Parser *p) {
  uint32_t start = p->tok.span.start, mark = p->stack.count;
  NodeRegexpLiteral *node = NEW(p, RegexpLiteral, REGEXP, p->tok.span);
  if (string_parts(p) != STR_EV_EOF) string_regexp_options(p, node);
  p->tok.span.end = p->lex.pos;
  p->lex.state = LEX_END;
  mx_parser_advance(p);
  node->parts = string_list(p, mark);
  node->base.span = mx_parser_span(p, start);
  mx_parse_check_regexp(p, node);
  return &node->base;
}
