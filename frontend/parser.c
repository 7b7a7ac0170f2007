// SPDX-License-Identifier: MIT
// The parser's frame: start, magic comments, tokens, nodes, nesting, errors and recovery.
#include "frontend/parser_internal.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

// -- nodes --------------------------------------------------------------------------------------

// Make a node with zeroed fields.
void *mx_parser_node(Parser *p, NodeKind kind, size_t size, Span span) {
  Node *node = mx_arena_alloc(p->arena, size);
  node->kind = (uint8_t)kind;
  node->id = p->ast->node_count++;
  node->span = span;
  return node;
}

// Take the nodes pushed since a mark as a list.
NodeList mx_parser_list(Parser *p, uint32_t mark) {
  NodeList list = {.count = p->stack.count - mark};
  if (list.count > 0) {
    list.at = mx_arena_array(p->arena, Node *, list.count);
    memcpy(list.at, p->stack.at + mark, list.count * sizeof(Node *));
  }
  p->stack.count = mark;
  return list;
}

// Make the node that stands for text that did not parse.
Node *mx_parser_error_node(Parser *p, Span span) { return &NEW(p, Error, ERROR, span)->base; }

// -- tokens -------------------------------------------------------------------------------------

// Take the current token and read the next one.
void mx_parser_advance(Parser *p) {
  if (p->tok.kind != TOK_NEWLINE && p->tok.kind != TOK_SEMICOLON) p->prev_end = p->tok.span.end;
  if (p->fatal) {
    p->lex.pos = p->lex.len;
    p->tok.kind = TOK_EOF;
    p->tok.span = (Span){p->lex.len, p->lex.len};
    return;
  }
  mx_lexer_next(&p->lex, &p->tok);
  if (p->options->on_token)
    p->options->on_token(p->options->token_ctx, mx_token_text(p->tok.kind), p->tok.span);
  bool name = p->tok.kind == TOK_IDENT && !(p->tok.state & (LEX_DOT | LEX_FNAME));
  int number;
  if (name && (mx_scope_has(p, p->tok.sym) ||
               (p->ctx.in_block && mx_scope_is_numbered(p, p->tok.sym, &number))))
    p->lex.state = LEX_END | LEX_LABEL;
}

// Take the current token when it is of a kind.
bool mx_parser_accept(Parser *p, TokKind kind) {
  if (p->tok.kind != kind) return false;
  mx_parser_advance(p);
  return true;
}

// Take line ends.
void mx_parser_skip_newlines(Parser *p) {
  while (p->tok.kind == TOK_NEWLINE) mx_parser_advance(p);
}

// Take line ends and semicolons.
void mx_parser_skip_terms(Parser *p) {
  while (p->tok.kind == TOK_NEWLINE || p->tok.kind == TOK_SEMICOLON) mx_parser_advance(p);
}

// Give a symbol's text for a message.
const char *mx_parser_name(const Parser *p, Sym sym) { return mx_sym_text(p->symtab, sym); }

// -- nesting ------------------------------------------------------------------------------------

// Stop reading: what is being parsed nests too deep for any walk over the tree.
static void parser_too_deep(Parser *p) {
  if (p->fatal) return;
  p->recovering = false;
  mx_parser_error(p, p->tok.span, "split it into smaller parts",
                  "nesting too deep (more than %d levels)", PARSER_MAX_DEPTH);
  p->fatal = true;
  p->tok.kind = TOK_EOF;
}

// Go one level deeper; false when that is too deep.
bool mx_parser_enter(Parser *p) {
  p->depth++;
  if (p->depth + p->height > PARSER_MAX_DEPTH) parser_too_deep(p);
  return !p->fatal;
}

// Come back from a level.
void mx_parser_leave(Parser *p) { p->depth--; }

// Note that the tree of the current expression grew by a level.
void mx_parser_raise_height(Parser *p) {
  p->height++;
  if (p->depth + p->height > PARSER_MAX_DEPTH) parser_too_deep(p);
}

// -- errors -------------------------------------------------------------------------------------

// Add a message to the list.
static void parser_report(Parser *p, DiagKind kind, Span span, const char *hint, const char *fmt,
                          va_list args) {
  StrBuf text = STRBUF_INIT;
  mx_strbuf_vprintf(&text, fmt, args);
  mx_diag_add(p->diags, kind, span, hint, "%s", mx_strbuf_text(&text));
  mx_strbuf_free(&text);
}

// Tell whether an error was reported at this place just before; notes the place.
static bool parser_reported(Parser *p, Span span) {
  bool reported = p->has_error && p->last_error == span.start;
  p->has_error = true;
  p->last_error = span.start;
  return reported;
}

// Report a syntax error, unless one is being recovered from.
void mx_parser_error(Parser *p, Span span, const char *hint, const char *fmt, ...) {
  if (p->recovering || p->fatal) return;
  p->recovering = true;
  if (parser_reported(p, span)) return;
  va_list args;
  va_start(args, fmt);
  parser_report(p, DIAG_ERROR, span, hint, fmt, args);
  va_end(args);
}

// Report an error that does not disturb parsing.
void mx_parser_complain(Parser *p, Span span, const char *hint, const char *fmt, ...) {
  if (p->recovering || p->fatal || parser_reported(p, span)) return;
  va_list args;
  va_start(args, fmt);
  parser_report(p, DIAG_ERROR, span, hint, fmt, args);
  va_end(args);
}

// Report something legal that is probably a slip.
void mx_parser_warn(Parser *p, DiagKind kind, Span span, const char *fmt, ...) {
  if (p->recovering || p->fatal) return;
  va_list args;
  va_start(args, fmt);
  parser_report(p, kind, span, NULL, fmt, args);
  va_end(args);
}

// Describe the current token for a message.
static void parser_describe(const Parser *p, char *out, size_t room) {
  const char *text = mx_token_text(p->tok.kind);
  uint32_t len = p->tok.span.end - p->tok.span.start;
  switch (p->tok.kind) {
  case TOK_EOF:
  case TOK_NEWLINE:
  case TOK_INVALID: snprintf(out, room, "%s", text); break;
  case TOK_IDENT:
  case TOK_FID:
  case TOK_CONST:
  case TOK_IVAR:
  case TOK_CVAR:
  case TOK_GVAR:
  case TOK_NTH_REF:
  case TOK_LABEL:
  case TOK_INTEGER:
  case TOK_FLOAT:
  case TOK_RATIONAL:
  case TOK_IMAGINARY:
  case TOK_OP_ASSIGN:
    snprintf(out, room, "%s '%.*s'", text, (int)(len > 40 ? 40 : len),
             p->source->text + p->tok.span.start);
    break;
  default: snprintf(out, room, "'%s'", text); break;
  }
}

// Give the place of the current token for a message: the end of file is shown behind the text.
static Span parser_here(const Parser *p) {
  if (p->tok.kind != TOK_EOF) return p->tok.span;
  uint32_t at = p->tok.span.start;
  while (at > 0 && mx_is_space((uint8_t)p->source->text[at - 1])) at--;
  return (Span){at, at};
}

// Report the current token as not fitting.
static Node *parser_unfit(Parser *p, const char *expected, const char *hint) {
  char met[80];
  parser_describe(p, met, sizeof met);
  Span span = parser_here(p);
  if (p->tok.kind == TOK_EOF) mx_diag_note_end(p->diags);
  if (p->tok.kind == TOK_INVALID)
    p->recovering = true; // the lexer has said why
  else if (expected)
    mx_parser_error(p, span, hint, "unexpected %s, expecting %s", met, expected);
  else
    mx_parser_error(p, span, hint, "unexpected %s", met);
  return mx_parser_error_node(p, span);
}

// Report the current token as not fitting; gives a node to go on with.
Node *mx_parser_unexpected(Parser *p, const char *expected) {
  return parser_unfit(p, expected, NULL);
}

// Take a token that must come; after tells, for the message, what it closes.
bool mx_parser_expect(Parser *p, TokKind kind, const char *after) {
  if (mx_parser_accept(p, kind)) return true;
  char text[96];
  snprintf(text, sizeof text, "'%s' %s", mx_token_text(kind), after);
  mx_parser_unexpected(p, text);
  return false;
}

// Take the bracket that closes the one at an offset; a hint points to that one when it stands on
// another line.
void mx_parser_close(Parser *p, TokKind kind, const char *what, uint32_t open) {
  if (mx_parser_accept(p, kind)) return;
  char text[96], hint[96];
  snprintf(text, sizeof text, "'%s' to close %s", mx_token_text(kind), what);
  SourcePos from = mx_source_pos(p->source, open);
  snprintf(hint, sizeof hint, "the '%c' at line %u, column %u is not closed", p->source->text[open],
           from.line, from.column);
  bool far = from.line != mx_source_line(p->source, parser_here(p).start);
  parser_unfit(p, text, far ? hint : NULL);
}

// Give the column of the first visible character on the line of an offset.
static uint32_t parser_indent_at(const Parser *p, uint32_t offset) {
  uint32_t at = offset;
  while (at > 0 && p->source->text[at - 1] != '\n') at--;
  uint32_t start = at;
  while (p->source->text[at] == ' ' || p->source->text[at] == '\t') at++;
  return at - start;
}

// Tell whether only white space stands before an offset on its line.
static bool parser_first_on_line(const Parser *p, uint32_t offset) {
  while (offset > 0 && (p->source->text[offset - 1] == ' ' || p->source->text[offset - 1] == '\t'))
    offset--;
  return offset == 0 || p->source->text[offset - 1] == '\n';
}

// Note the first construct whose `end` stands at another indentation: if an `end` is missing
// at the end of the file, it is probably that one's.
static void parser_note_mismatch(Parser *p, uint32_t start) {
  if (p->has_mismatch || !parser_first_on_line(p, p->tok.span.start)) return;
  if (parser_indent_at(p, start) == parser_indent_at(p, p->tok.span.start)) return;
  p->has_mismatch = true;
  p->mismatch = (Span){start, start};
}

// Report the missing end of a construct, with a hint where it may belong.
static void parser_missing_end(Parser *p, uint32_t start, const char *what) {
  char hint[120];
  uint32_t suspect = p->has_mismatch && p->mismatch.start >= start ? p->mismatch.start : start;
  snprintf(hint, sizeof hint, "the construct at line %u may be the one that lacks its `end`",
           mx_source_line(p->source, suspect));
  if (suspect == start)
    snprintf(hint, sizeof hint, "`%s` at line %u lacks its `end`", what,
             mx_source_line(p->source, start));
  char met[80];
  parser_describe(p, met, sizeof met);
  if (p->tok.kind == TOK_EOF) mx_diag_note_end(p->diags);
  mx_parser_error(p, parser_here(p), hint, "unexpected %s, expecting 'end' to close `%s`", met,
                  what);
}

// Take the `end` of a construct that began at an offset.
void mx_parser_expect_end(Parser *p, uint32_t start, const char *what) {
  if (p->tok.kind == TOK_END) {
    parser_note_mismatch(p, start);
    mx_parser_advance(p);
    return;
  }
  parser_missing_end(p, start, what);
}

// -- recovery -----------------------------------------------------------------------------------

// Skip a literal whose opening is the current token.
static void parser_skip_literal(Parser *p) {
  bool label;
  if (p->tok.kind == TOK_WORDS_BEG || p->tok.kind == TOK_SYMBOLS_BEG)
    mx_parse_words(p);
  else if (p->tok.kind == TOK_REGEXP_BEG)
    mx_parse_regexp(p);
  else
    mx_parse_string(p, &label);
}

// Tell whether a token begins a literal whose text is no tokens.
static bool parser_is_literal_start(TokKind kind) {
  return kind == TOK_STRING_BEG || kind == TOK_XSTRING_BEG || kind == TOK_REGEXP_BEG ||
         kind == TOK_WORDS_BEG || kind == TOK_SYMBOLS_BEG || kind == TOK_HEREDOC_BEG;
}

// Tell whether a token begins what another one must close.
static bool parser_opens(TokKind kind) {
  switch (kind) {
  case TOK_LPAREN:
  case TOK_LPAREN_ARG:
  case TOK_LPAREN_BEG:
  case TOK_LBRACE:
  case TOK_LBRACE_ARG:
  case TOK_LBRACE_BLOCK:
  case TOK_LBRACE_LAMBDA:
  case TOK_LBRACK:
  case TOK_LBRACK_INDEX:
  case TOK_DO:
  case TOK_DO_LAMBDA:
  case TOK_UNQUOTE_BEG: return true;
  default: return false;
  }
}

// Tell whether a token closes what another one began.
static bool parser_closes(TokKind kind) {
  return kind == TOK_RPAREN || kind == TOK_RBRACE || kind == TOK_RBRACK || kind == TOK_END;
}

// Tell whether skipping ends at a token: at the end of the line, or where the list ends that the
// error is in. A bracket that nothing waits for does not stop it.
static bool parser_sync_point(const Parser *p, TokKind kind) {
  if (kind == TOK_NEWLINE || kind == TOK_SEMICOLON) return true;
  if (kind == TOK_RPAREN || kind == TOK_RBRACE || kind == TOK_RBRACK) return kind == p->ctx.closer;
  return mx_parse_ends_statement(kind);
}

// Skip to the end of the line, or a token that closes something opened outside.
void mx_parser_sync_line(Parser *p) {
  if (!p->recovering) return;
  int nest = 0;
  while (p->tok.kind != TOK_EOF) {
    TokKind kind = p->tok.kind;
    if (nest == 0 && parser_sync_point(p, kind)) break;
    if (parser_opens(kind)) nest++;
    if (parser_closes(kind) && nest > 0) nest--;
    if (parser_is_literal_start(kind))
      parser_skip_literal(p);
    else
      mx_parser_advance(p);
  }
  p->recovering = p->fatal;
}

// -- magic comments -----------------------------------------------------------------------------

// Compare a word with a name; case, - and _ do not matter.
static bool parser_word_equals(const char *at, size_t len, const char *word) {
  if (strlen(word) != len) return false;
  for (size_t i = 0; i < len; i++) {
    char c = at[i] == '-' ? '_' : at[i];
    if (strncasecmp(&c, &word[i], 1) != 0) return false;
  }
  return true;
}

// Set the source's encoding by name.
static void parser_magic_encoding(Parser *p, const char *at, size_t len, Span span) {
  if (len > 5 && (strncasecmp(at + len - 5, "-unix", 5) == 0)) len -= 5;
  static const char *const utf8[] = {"utf_8", "utf8_mac", "utf_8_mac", "cp65001"};
  static const char *const ascii[] = {"us_ascii", "ascii", "ansi_x3.4_1968"};
  for (size_t i = 0; i < MX_COUNT_OF(utf8); i++)
    if (parser_word_equals(at, len, utf8[i])) return;
  for (size_t i = 0; i < MX_COUNT_OF(ascii); i++) {
    if (!parser_word_equals(at, len, ascii[i])) continue;
    p->lex.encoding = SYM_ENC_ASCII;
    return;
  }
  static const char *const known[] = {"iso_8859", "euc",   "shift",    "windows", "big5",
                                      "sjis",     "cp",    "gb",       "koi8",    "ibm",
                                      "macroman", "emacs", "stateless"};
  p->lex.encoding = SYM_ENC_BINARY;
  if (parser_word_equals(at, len, "ascii_8bit") || parser_word_equals(at, len, "binary")) return;
  for (size_t i = 0; i < MX_COUNT_OF(known); i++)
    if (len >= strlen(known[i]) && parser_word_equals(at, strlen(known[i]), known[i])) {
      p->ast->encoding_name = mx_arena_copy(p->arena, at, len);
      return;
    }
  p->lex.encoding = SYM_ENC_UTF8;
  mx_diag_add(p->diags, DIAG_ERROR, span, NULL, "unknown encoding name: %.*s", (int)len, at);
}

// Apply one `name: value` of a comment.
static void parser_magic(Parser *p, const char *name, size_t name_len, Span value, bool first) {
  const char *at = p->source->text + value.start;
  size_t len = value.end - value.start;
  bool is_true = parser_word_equals(at, len, "true"),
       is_false = parser_word_equals(at, len, "false");
  if (parser_word_equals(name, name_len, "frozen_string_literal")) {
    if (is_true) p->ast->flags |= TREE_FROZEN_STRINGS;
    if (is_false)
      p->ast->flags = (p->ast->flags & ~(uint32_t)TREE_FROZEN_STRINGS) | TREE_MUTABLE_STRINGS;
  } else if (parser_word_equals(name, name_len, "tail_calls")) {
    if (is_true) p->ast->flags |= TREE_TAIL_CALLS;
  } else if (parser_word_equals(name, name_len, "warn_indent")) {
    if (is_true) p->ast->flags |= TREE_WARN_INDENT;
  } else if (first && name_len >= 6 && (strncasecmp(name + name_len - 6, "coding", 6) == 0)) {
    parser_magic_encoding(p, at, len, value);
  }
}

// Find `name: value` pairs in a comment; first: the lines where an encoding counts.
static void parser_magic_line(Parser *p, Span line, bool first) {
  const char *text = p->source->text;
  for (uint32_t i = line.start; i < line.end; i++) {
    if (text[i] != ':' && !(text[i] == '=' && first)) continue;
    uint32_t end = i, start, from = i + 1, to;
    while (end > line.start && text[end - 1] == ' ') end--;
    for (start = end;
         start > line.start && (mx_is_ident((uint8_t)text[start - 1]) || text[start - 1] == '-');)
      start--;
    while (from < line.end && (mx_is_space((uint8_t)text[from]) || text[from] == '"')) from++;
    for (to = from;
         to < line.end && (mx_is_ident((uint8_t)text[to]) || text[to] == '-' || text[to] == '.');)
      to++;
    if (end > start && to > from)
      parser_magic(p, text + start, end - start, (Span){from, to}, first);
    if (to > i) i = to - 1;
  }
}

// Read the magic comments at the head of the source.
static void parser_magic_comments(Parser *p) {
  uint32_t at = p->lex.pos;
  const char *text = p->source->text;
  bool encoding_line = true; // the first line, or the one behind #!
  for (uint32_t line = 0; at < p->source->len; line++) {
    uint32_t start = at;
    while (at < p->source->len && text[at] != '\n') at++;
    uint32_t visible = start;
    while (visible < at && mx_is_space((uint8_t)text[visible])) visible++;
    if (visible < at && text[visible] != '#') return;
    bool shebang = line == 0 && visible + 1 < at && text[visible + 1] == '!';
    if (visible < at && !shebang) parser_magic_line(p, (Span){visible, at}, encoding_line);
    encoding_line = shebang;
    at++;
  }
}

// -- the program --------------------------------------------------------------------------------

// Parse statements to the end of the text; what closes nothing is an error and is skipped.
static Node *parser_top_statements(Parser *p) {
  uint32_t mark = p->stack.count;
  Span span = p->tok.span;
  for (;;) {
    Node *body = mx_parse_statements(p);
    if (body) {
      NodeBlock *block = (NodeBlock *)body;
      for (uint32_t i = 0; i < block->statements.count; i++)
        vec_push(&p->stack, block->statements.at[i]);
    }
    if (p->tok.kind == TOK_EOF) break;
    p->recovering = false;
    mx_parser_unexpected(p, NULL);
    mx_parser_advance(p);
    mx_parser_sync_line(p);
  }
  if (p->stack.count > mark) span = p->stack.at[mark]->span;
  NodeBlock *block = NEW(p, Block, BLOCK, mx_parser_span(p, span.start));
  uint32_t count = p->begin_blocks.count;
  for (uint32_t i = 0; i < count; i++) vec_push(&p->stack, p->begin_blocks.at[i]);
  uint32_t total = p->stack.count - mark;
  // BEGIN blocks run first: rotate them to the front.
  NodeList all = mx_parser_list(p, mark);
  block->statements = (NodeList){mx_arena_array(p->arena, Node *, total), total};
  for (uint32_t i = 0; i < total; i++)
    block->statements.at[(i + count) % (total ? total : 1)] = all.at[i];
  return &block->base;
}

// Tell whether yield and super make sense at the top of an eval's text.
static void parser_start_context(Parser *p) {
  const ParseOptions *options = p->options;
  p->ctx.in_def = options->in_method;
  for (const Scope *scope = options->outer; scope; scope = scope->parent)
    if (scope->kind == SCOPE_METHOD) p->ctx.in_def = true;
}

// Parse the program and make its node.
static Node *parser_program(Parser *p) {
  ScopeCtx sc;
  mx_scope_push(p, &sc, p->options->eval ? SCOPE_EVAL : SCOPE_PROGRAM);
  mx_parser_advance(p);
  Node *body = parser_top_statements(p);
  mx_parse_report_jumps(p);
  if (p->options->loop) mx_scope_use_match(p, true); // the loop sets $_
  mx_scope_pop(p);
  NodeProgram *program = NEW(p, Program, PROGRAM, ((Span){0, p->source->len}));
  program->scope = sc.scope;
  program->body = mx_parse_wrap_loop(p, body);
  return &program->base;
}

// Keep where the bodies of heredocs are.
static void parser_keep_heredocs(Parser *p) {
  uint32_t count = p->heredocs.count;
  Heredoc *table = mx_arena_array(p->arena, Heredoc, count);
  for (uint32_t i = 0; i < count; i++) table[i] = p->heredocs.at[i];
  p->ast->heredocs = table;
  p->ast->heredoc_count = count;
}

// Parse a whole text.
Ast *mx_parse(Arena *arena, SymTab *symtab, Source *source, const ParseOptions *options,
              DiagList *diags) {
  Ast *ast = mx_arena_new(arena, Ast);
  ast->source = source;
  ast->dialect = options->dialect;
  Parser p = {.arena = arena,
              .symtab = symtab,
              .source = source,
              .diags = diags,
              .options = options,
              .ast = ast};
  mx_lexer_init(&p.lex, source, symtab, diags);
  p.lex.metorex = options->dialect == DIALECT_METOREX;
  if (options->frozen_strings) ast->flags |= TREE_FROZEN_STRINGS;
  parser_magic_comments(&p);
  parser_start_context(&p);
  ast->root = parser_program(&p);
  ast->encoding = p.lex.encoding;
  ast->data_start = p.lex.data_start;
  parser_keep_heredocs(&p);
  mx_strbuf_free(&p.lex.word);
  vec_free(&p.stack);
  mx_symset_free(&p.pattern_names);
  vec_free(&p.jumps);
  vec_free(&p.heredocs);
  vec_free(&p.begin_blocks);
  return ast;
}
