// SPDX-License-Identifier: MIT
// The lexer proper: white space, line ends, names, operators and brackets.
//
// The state machine is Ruby's own, since its corner cases are part of the language: what a
// character means depends on the state (lexer.h), on white space before it and behind it.
#include "frontend/lexer.h"

#include <string.h>

static const char *const token_text[TOK_COUNT] = {
#define TOKEN(ID, text) [TOK_##ID] = (text),
#include "frontend/tokens.def"
};

static const uint16_t keyword_state[TOK_COUNT] = {
#define KEYWORD(len, ID, text, state) [TOK_##ID] = (state),
#include "frontend/tokens.def"
};

static const uint8_t modifier_of[TOK_COUNT] = {
#define MODIFIER(ID, text, of) [TOK_##of] = TOK_##ID,
#include "frontend/tokens.def"
};

static const Sym operator_sym[TOK_COUNT] = {
#define OPERATOR(ID, text, bp, assoc, sym) [TOK_##ID] = SYM_##sym,
#include "frontend/tokens.def"
    [TOK_BANG] = SYM_BANG,         [TOK_TILDE] = SYM_TILDE, [TOK_UPLUS] = SYM_UPLUS,
    [TOK_UMINUS] = SYM_UMINUS,     [TOK_AREF] = SYM_AREF,   [TOK_ASET] = SYM_ASET,
    [TOK_BACKTICK] = SYM_BACKTICK,
};

static_assert(TOK_COUNT < 256, "modifier_of holds a token in a byte");

// Give a token's spelling.
const char *mx_token_text(TokKind kind) { return token_text[kind]; }

// -- keywords ---------------------------------------------------------------------------------

// Find the first reserved word of a length; the rows are sorted by length.
static TokKind lexer_keyword_row(size_t len) {
  switch (len) {
  case 2: return TOK_DO;
  case 3: return TOK_AND;
  case 4: return TOK_CASE;
  case 5: return TOK_ALIAS;
  case 6: return TOK_ENSURE;
  case 8: return TOK_DEFINED;
  case 12: return TOK_SOURCE_ENCODING;
  default: return TOK_IDENT;
  }
}

// Look a name up among the reserved words.
TokKind mx_lex_keyword(const char *at, size_t len) {
  TokKind kind = lexer_keyword_row(len);
  if (kind == TOK_IDENT) return kind;
  for (; kind <= TOK_SOURCE_ENCODING; kind++) {
    const char *text = token_text[kind];
    if (text[0] != at[0]) {
      if (strlen(text) != len) break;
      continue;
    }
    if (strncmp(text, at, len) == 0 && text[len] == 0) return kind;
  }
  return TOK_IDENT;
}

// -- questions about the state ------------------------------------------------------------------

// Tell whether the state is one of some.
static bool lexer_in(const Lexer *lex, uint32_t states) { return (lex->state & states) != 0; }

// Tell whether a value is expected.
static bool lexer_is_beg(const Lexer *lex) {
  return lexer_in(lex, LEX_BEG_ANY) ||
         (lex->state & (LEX_ARG | LEX_LABELED)) == (LEX_ARG | LEX_LABELED);
}

// Tell whether an argument may follow: behind a method's name.
static bool lexer_is_arg(const Lexer *lex) { return lexer_in(lex, LEX_ARG_ANY); }

// Tell whether a value has just ended.
static bool lexer_is_end(const Lexer *lex) { return lexer_in(lex, LEX_END_ANY); }

// Tell whether a method's name is expected, so that an operator is one.
static bool lexer_after_operator(const Lexer *lex) { return lexer_in(lex, LEX_FNAME | LEX_DOT); }

// Tell whether an operator begins an argument: `foo -1`, but not `foo - 1` or `foo-1`.
static bool lexer_is_spaced_arg(const Lexer *lex, const Token *tok) {
  uint8_t next = mx_lex_peek(lex, 0);
  return lexer_is_arg(lex) && tok->space_before && !mx_is_space(next) && lex->pos < lex->len;
}

// Tell whether an operator that could be binary or a prefix is a prefix.
static bool lexer_is_prefix(const Lexer *lex, const Token *tok) {
  return lexer_is_beg(lex) || lexer_is_spaced_arg(lex, tok);
}

// Tell whether a name with a colon is a label here.
static bool lexer_label_possible(const Lexer *lex, bool command) {
  return (lexer_in(lex, LEX_LABEL | LEX_ENDFN) && !command) || lexer_is_arg(lex);
}

// Consume a byte when it comes next.
static bool lexer_accept(Lexer *lex, char c) {
  if (lex->pos >= lex->len || lex->text[lex->pos] != c) return false;
  lex->pos++;
  return true;
}

// -- white space, comments, line ends -----------------------------------------------------------

// Continue behind the bodies of heredocs that were read on the line just ended.
void mx_lex_line_end(Lexer *lex) {
  if (lex->resume == 0) return;
  lex->pos = lex->resume;
  lex->resume = 0;
}

// Move to the newline that ends this line, or to the end.
static void lexer_skip_line(Lexer *lex) {
  const char *end = memchr(lex->text + lex->pos, '\n', lex->len - lex->pos);
  lex->pos = end ? (uint32_t)(end - lex->text) : lex->len;
}

// Tell whether a line at an offset begins with a word followed by white space or the end.
static bool lexer_line_is(const Lexer *lex, uint32_t at, const char *word) {
  size_t n = strlen(word);
  if (at + n > lex->len || memcmp(lex->text + at, word, n) != 0) return false;
  return at + n == lex->len || mx_is_space((uint8_t)lex->text[at + n]) || lex->text[at + n] == 0;
}

// Skip =begin ... =end; the position is at the "=".
static void lexer_skip_block_comment(Lexer *lex) {
  uint32_t start = lex->pos;
  while (lex->pos < lex->len) {
    lexer_skip_line(lex);
    if (lex->pos >= lex->len) break;
    lex->pos++;
    if (!lexer_line_is(lex, lex->pos, "=end")) continue;
    lexer_skip_line(lex);
    return;
  }
  mx_diag_note_end(lex->diags);
  mx_diag_add(lex->diags, DIAG_ERROR, (Span){start, start + 6}, "close it with a line `=end`",
              "embedded document meets end of file");
}

// Tell whether the position is at the start of a line.
static bool lexer_at_line_start(const Lexer *lex) {
  return lex->pos == 0 || lex->text[lex->pos - 1] == '\n';
}

// Skip an escaped line end of some bytes. At the end of the text it promised another line.
static void lexer_join_lines(Lexer *lex, Token *tok, uint32_t bytes) {
  lex->pos += bytes;
  if (lex->pos >= lex->len) mx_diag_note_end(lex->diags);
  mx_lex_line_end(lex);
  tok->space_before = true;
}

// Skip blanks, comments and escaped line ends; stops before a newline.
static void lexer_skip_blank(Lexer *lex, Token *tok) {
  for (;;) {
    uint8_t c = mx_lex_peek(lex, 0);
    if (c == ' ' || c == '\t' || c == '\f' || c == '\v' || c == '\r') {
      lex->pos++;
      tok->space_before = true;
    } else if (c == '\\' && mx_lex_peek(lex, 1) == '\n') {
      lexer_join_lines(lex, tok, 2);
    } else if (c == '\\' && mx_lex_peek(lex, 1) == '\r' && mx_lex_peek(lex, 2) == '\n') {
      lexer_join_lines(lex, tok, 3);
    } else if (c == '#' && !(lex->quote_depth > 0 && mx_lex_peek(lex, 1) == '{')) {
      lexer_skip_line(lex);
    } else if (c == '=' && lexer_at_line_start(lex) && lexer_line_is(lex, lex->pos, "=begin")) {
      lexer_skip_block_comment(lex);
    } else {
      return;
    }
  }
}

// Tell whether the word `and` or `or` stands at an offset.
static bool lexer_logical_word(const Lexer *lex, uint32_t at) {
  size_t n = 0;
  while (at + n < lex->len && mx_is_ident((uint8_t)lex->text[at + n])) n++;
  if (n == 0 || n > 3) return false;
  uint8_t next = at + n < lex->len ? (uint8_t)lex->text[at + n] : 0;
  if (next == '?' || next == '!' || next == ':' || next == '=') return false;
  TokKind kind = mx_lex_keyword(lex->text + at, n);
  return kind == TOK_AND || kind == TOK_OR;
}

// Tell whether the text at an offset continues the statement of the line before: `.foo`,
// `&.foo`, `&&`, `||`, `and`, `or`.
static bool lexer_continues(const Lexer *lex, uint32_t at) {
  char c = at < lex->len ? lex->text[at] : 0;
  char d = at + 1 < lex->len ? lex->text[at + 1] : 0;
  if (c == '.') return d != '.';
  if (c == '&') return d == '.' || d == '&';
  if (c == '|') return d == '|';
  return (c == 'a' || c == 'o') && lexer_logical_word(lex, at);
}

// Look past blank and comment lines behind a newline for a line that continues the statement.
static bool lexer_next_line_continues(Lexer *lex, uint32_t *where) {
  uint32_t at = lex->pos;
  for (;;) {
    while (at < lex->len && lex->text[at] != '\n' && mx_is_space((uint8_t)lex->text[at])) at++;
    if (at >= lex->len) return false;
    if (lex->text[at] == '#' && !(lex->quote_depth > 0 && lex->text[at + 1] == '{')) {
      const char *end = memchr(lex->text + at, '\n', lex->len - at);
      if (!end) return false;
      at = (uint32_t)(end - lex->text) + 1;
    } else if (lex->text[at] == '\n') {
      return false;
    } else {
      *where = at;
      return lexer_continues(lex, at);
    }
  }
}

// Take a newline: true when it is a token, false when the expression goes on behind it.
static bool lexer_newline(Lexer *lex, Token *tok) {
  tok->span = (Span){lex->pos, lex->pos + 1};
  lex->pos++;
  mx_lex_line_end(lex);
  tok->space_before = true;
  tok->line_before = true;
  bool skip =
      lexer_in(lex, LEX_BEG | LEX_CLASS | LEX_FNAME | LEX_DOT) && !lexer_in(lex, LEX_LABELED);
  bool labeled = (lex->state & (LEX_ARG | LEX_LABELED)) == (LEX_ARG | LEX_LABELED);
  if (skip || (labeled && !lex->in_kwarg)) return false;
  uint32_t where;
  if (lexer_next_line_continues(lex, &where)) {
    lex->pos = where;
    return false;
  }
  lex->command_start = true;
  lex->state = LEX_BEG;
  tok->kind = TOK_NEWLINE;
  return true;
}

// -- names ------------------------------------------------------------------------------------

// Complain about bytes of a name that are no valid text in a UTF-8 source.
static void lexer_check_name(Lexer *lex, Span span) {
  for (uint32_t i = span.start; i < span.end;) {
    uint8_t c = (uint8_t)lex->text[i];
    uint32_t n = c < 0x80 ? 1 : c >= 0xf0 ? 4 : c >= 0xe0 ? 3 : c >= 0xc2 ? 2 : 0;
    for (uint32_t k = 1; k < n; k++)
      if (i + k >= span.end || ((uint8_t)lex->text[i + k] & 0xc0) != 0x80) n = 0;
    if (n == 0) {
      mx_diag_add(lex->diags, DIAG_ERROR, (Span){i, i + 1}, NULL, "invalid multibyte char (UTF-8)");
      return;
    }
    i += n;
  }
}

// Intern the text of a span.
static Sym lexer_intern(Lexer *lex, uint32_t start, uint32_t end) {
  return mx_sym_intern(lex->symtab, lex->text + start, end - start, lex->encoding);
}

// Take the bytes of a name; reports whether all are ASCII.
static bool lexer_scan_name(Lexer *lex) {
  uint32_t start = lex->pos;
  uint8_t all = 0;
  while (mx_is_ident(mx_lex_peek(lex, 0))) all |= (uint8_t)lex->text[lex->pos++];
  if (all < 128) return true;
  if (lex->encoding == SYM_ENC_UTF8) lexer_check_name(lex, (Span){start, lex->pos});
  if (lex->encoding == SYM_ENC_ASCII)
    mx_diag_add(lex->diags, DIAG_ERROR, (Span){start, lex->pos}, NULL,
                "invalid multibyte char (US-ASCII)");
  return false;
}

typedef struct UpperRun {
  uint32_t first; // code point
  uint32_t last;  // code point
  uint32_t step;  // distance of members
} UpperRun;

static const UpperRun upper_runs[] = {
#define UPPER(first, last, step) {(first), (last), (step)},
#include "frontend/upper.def"
};

// Decode the character at an offset; bytes behind the end of the text count as 0.
static uint32_t lexer_codepoint(const Lexer *lex, uint32_t at) {
  uint8_t b[4] = {0};
  for (uint32_t i = 0; i < 4 && at + i < lex->len; i++) b[i] = (uint8_t)lex->text[at + i];
  if (b[0] < 0xe0) return ((uint32_t)(b[0] & 0x1f) << 6) | (b[1] & 0x3f);
  uint32_t tail = ((uint32_t)(b[1] & 0x3f) << 6) | (b[2] & 0x3f);
  if (b[0] < 0xf0) return ((uint32_t)(b[0] & 0x0f) << 12) | tail;
  return ((uint32_t)(b[0] & 0x07) << 18) | (tail << 6) | (b[3] & 0x3f);
}

// Tell whether a name beyond ASCII begins with an upper case letter.
static bool lexer_upper_utf8(const Lexer *lex, uint32_t at) {
  uint32_t cp = lexer_codepoint(lex, at), low = 0, high = MX_COUNT_OF(upper_runs);
  while (low < high) {
    uint32_t middle = (low + high) / 2;
    const UpperRun *run = &upper_runs[middle];
    if (cp < run->first)
      high = middle;
    else if (cp > run->last)
      low = middle + 1;
    else
      return (cp - run->first) % run->step == 0;
  }
  return false;
}

// Add the ending of a method's name: ! ? and, where one is defined, =.
static TokKind lexer_name_ending(Lexer *lex) {
  uint8_t c = mx_lex_peek(lex, 0), next = mx_lex_peek(lex, 1);
  if ((c == '!' || c == '?') && next != '=') {
    lex->pos++;
    return TOK_FID;
  }
  bool setter = c == '=' && lexer_in(lex, LEX_FNAME) && next != '~' && next != '>' &&
                (next != '=' || mx_lex_peek(lex, 2) == '>');
  if (!setter) return TOK_IDENT;
  lex->pos++;
  return TOK_FID;
}

// Tell whether the position is at the colon of a label, and not at `::`.
static bool lexer_label_colon(const Lexer *lex) {
  return mx_lex_peek(lex, 0) == ':' && mx_lex_peek(lex, 1) != ':';
}

// Turn a reserved word into its token and set the state behind it.
static TokKind lexer_keyword(Lexer *lex, TokKind kind) {
  uint16_t before = lex->state;
  if (before & LEX_FNAME) {
    lex->state = LEX_ENDFN;
    return kind;
  }
  lex->state = keyword_state[kind];
  if (lex->state & LEX_BEG) lex->command_start = true;
  if (kind == TOK_DO && lex->lambda_nest == lex->nest) {
    lex->lambda_nest = -1;
    return TOK_DO_LAMBDA;
  }
  if ((before & (LEX_BEG | LEX_LABELED | LEX_CLASS)) || modifier_of[kind] == 0) return kind;
  lex->state = LEX_BEG | LEX_LABEL;
  return modifier_of[kind];
}

// Read a name: reserved word, label, constant, local or method.
static void lexer_name(Lexer *lex, Token *tok, bool command) {
  uint32_t start = lex->pos;
  bool ascii = lexer_scan_name(lex);
  TokKind kind = lexer_name_ending(lex);
  if (lexer_label_possible(lex, command) && lexer_label_colon(lex)) {
    tok->sym = lexer_intern(lex, start, lex->pos);
    lex->pos++;
    lex->state = LEX_ARG | LEX_LABELED;
    tok->kind = TOK_LABEL;
    return;
  }
  if (ascii && !lexer_in(lex, LEX_DOT)) {
    TokKind word = mx_lex_keyword(lex->text + start, lex->pos - start);
    if (word != TOK_IDENT) {
      tok->sym = lexer_intern(lex, start, lex->pos);
      tok->kind = lexer_keyword(lex, word);
      return;
    }
  }
  uint8_t first = (uint8_t)lex->text[start];
  bool upper = (first >= 'A' && first <= 'Z') || (first >= 0xc2 && lexer_upper_utf8(lex, start));
  if (kind == TOK_IDENT && upper) kind = TOK_CONST;
  if (lexer_in(lex, LEX_BEG_ANY | LEX_ARG_ANY | LEX_DOT))
    lex->state = command ? LEX_CMDARG : LEX_ARG;
  else
    lex->state = lexer_in(lex, LEX_FNAME) ? LEX_ENDFN : LEX_END;
  tok->sym = lexer_intern(lex, start, lex->pos);
  tok->kind = kind;
}

// Read @x or @@x.
static void lexer_at_variable(Lexer *lex, Token *tok) {
  uint32_t start = lex->pos++;
  TokKind kind = lexer_accept(lex, '@') ? TOK_CVAR : TOK_IVAR;
  const char *what = kind == TOK_CVAR ? "class" : "instance";
  lex->state = lexer_in(lex, LEX_FNAME) ? LEX_ENDFN : LEX_END;
  tok->kind = kind;
  uint8_t c = mx_lex_peek(lex, 0);
  if (!mx_is_ident_start(c)) {
    mx_diag_add(lex->diags, DIAG_ERROR, (Span){start, lex->pos + (mx_is_digit(c) ? 1 : 0)}, NULL,
                mx_is_digit(c) ? "a variable's name cannot begin with a digit"
                               : "'@' without identifiers is not allowed as %s variable name",
                what);
    while (mx_is_ident(mx_lex_peek(lex, 0))) lex->pos++;
    tok->kind = TOK_INVALID;
    return;
  }
  lexer_scan_name(lex);
  tok->sym = lexer_intern(lex, start, lex->pos);
}

// Read $1 and further; $0 is an ordinary global.
static TokKind lexer_numbered_global(Lexer *lex) {
  if (mx_lex_peek(lex, 0) == '0') {
    lexer_scan_name(lex);
    return TOK_GVAR;
  }
  while (mx_is_digit(mx_lex_peek(lex, 0))) lex->pos++;
  return TOK_NTH_REF;
}

// Read a global variable.
static void lexer_global(Lexer *lex, Token *tok) {
  uint32_t start = lex->pos++;
  uint8_t c = mx_lex_peek(lex, 0);
  lex->state = lexer_in(lex, LEX_FNAME) ? LEX_ENDFN : LEX_END;
  tok->kind = TOK_GVAR;
  if (mx_is_digit(c)) {
    tok->kind = lexer_numbered_global(lex);
  } else if (mx_is_ident_start(c)) {
    lexer_scan_name(lex);
  } else if (c == '-') {
    lex->pos++;
    if (mx_is_ident(mx_lex_peek(lex, 0))) lex->pos++;
    while (((uint8_t)mx_lex_peek(lex, 0) & 0xc0) == 0x80) lex->pos++;
  } else if (c != 0 && strchr("~*$?!@/\\;,.=:<>\"&`'+", c)) {
    lex->pos++;
  } else {
    mx_diag_add(lex->diags, DIAG_ERROR, (Span){start, lex->pos + (c > ' ')}, NULL,
                "'$' without a name is not allowed as a global variable name");
    if (c > ' ') lex->pos++;
    tok->kind = TOK_INVALID;
  }
  tok->sym = lexer_intern(lex, start, lex->pos);
}

// -- operators --------------------------------------------------------------------------------

// Set the state behind an operator, which is a method's name behind def and `.`.
static TokKind lexer_operator(Lexer *lex, TokKind kind) {
  lex->state = lexer_after_operator(lex) ? LEX_ARG : LEX_BEG;
  return kind;
}

// Finish `op=`.
static TokKind lexer_op_assign(Lexer *lex, Token *tok, Sym op) {
  tok->sym = op;
  lex->state = LEX_BEG;
  return TOK_OP_ASSIGN;
}

// Read *, **, *= or **=.
static TokKind lexer_star(Lexer *lex, Token *tok) {
  if (lexer_accept(lex, '*')) {
    if (lexer_accept(lex, '=')) return lexer_op_assign(lex, tok, SYM_POW);
    return lexer_operator(lex, lexer_is_prefix(lex, tok) ? TOK_DOUBLE_SPLAT : TOK_POW);
  }
  if (lexer_accept(lex, '=')) return lexer_op_assign(lex, tok, SYM_STAR);
  return lexer_operator(lex, lexer_is_prefix(lex, tok) ? TOK_SPLAT : TOK_STAR);
}

// Read !, != or !~.
static TokKind lexer_bang(Lexer *lex) {
  if (lexer_after_operator(lex)) {
    lex->state = LEX_ARG;
    if (lexer_accept(lex, '@')) return TOK_BANG;
  } else {
    lex->state = LEX_BEG;
  }
  if (lexer_accept(lex, '=')) return TOK_NEQ;
  if (lexer_accept(lex, '~')) return TOK_NMATCH;
  return TOK_BANG;
}

// Read =, ==, ===, =~ or =>.
static TokKind lexer_equal(Lexer *lex) {
  lexer_operator(lex, TOK_EQ);
  if (lexer_accept(lex, '=')) return lexer_accept(lex, '=') ? TOK_EQQ : TOK_EQ;
  if (lexer_accept(lex, '~')) return TOK_MATCH;
  if (lexer_accept(lex, '>')) return TOK_ASSOC;
  return TOK_ASSIGN;
}

// Read <, <=, <=>, <<, <<= or the opening of a heredoc.
static TokKind lexer_less(Lexer *lex, Token *tok) {
  bool heredoc = mx_lex_peek(lex, 0) == '<' && !lexer_in(lex, LEX_DOT | LEX_CLASS) &&
                 !lexer_is_end(lex) &&
                 (!lexer_is_arg(lex) || lexer_in(lex, LEX_LABELED) || tok->space_before);
  if (heredoc && mx_lex_heredoc_start(lex, tok)) {
    lex->state = LEX_END;
    return TOK_HEREDOC_BEG;
  }
  if (lexer_in(lex, LEX_CLASS)) lex->command_start = true;
  lexer_operator(lex, TOK_LT);
  if (lexer_accept(lex, '=')) return lexer_accept(lex, '>') ? TOK_CMP : TOK_LE;
  if (!lexer_accept(lex, '<')) return TOK_LT;
  return lexer_accept(lex, '=') ? lexer_op_assign(lex, tok, SYM_LSHIFT) : TOK_LSHIFT;
}

// Read >, >=, >> or >>=.
static TokKind lexer_greater(Lexer *lex, Token *tok) {
  lexer_operator(lex, TOK_GT);
  if (lexer_accept(lex, '=')) return TOK_GE;
  if (!lexer_accept(lex, '>')) return TOK_GT;
  return lexer_accept(lex, '=') ? lexer_op_assign(lex, tok, SYM_RSHIFT) : TOK_RSHIFT;
}

// Read &, &&, &., &= or &&=.
static TokKind lexer_amp(Lexer *lex, Token *tok) {
  if (lexer_accept(lex, '&')) {
    if (lexer_accept(lex, '=')) return lexer_op_assign(lex, tok, SYM_ANDAND);
    lex->state = LEX_BEG;
    return TOK_ANDAND;
  }
  if (lexer_accept(lex, '=')) return lexer_op_assign(lex, tok, SYM_AMP);
  if (lexer_accept(lex, '.')) {
    lex->state = LEX_DOT;
    return TOK_SAFE_NAV;
  }
  return lexer_operator(lex, lexer_is_prefix(lex, tok) ? TOK_BLOCK_AMP : TOK_AMP);
}

// Read |, ||, |= or ||=.
static TokKind lexer_pipe(Lexer *lex, Token *tok) {
  // In `{||}` the two bars are an empty parameter list.
  if (mx_lex_peek(lex, 0) == '|' && !lexer_in(lex, LEX_BEG)) {
    lex->pos++;
    if (lexer_accept(lex, '=')) return lexer_op_assign(lex, tok, SYM_OROR);
    lex->state = LEX_BEG;
    return TOK_OROR;
  }
  if (lexer_accept(lex, '=')) return lexer_op_assign(lex, tok, SYM_PIPE);
  lex->state = lexer_after_operator(lex) ? LEX_ARG : LEX_BEG | LEX_LABEL;
  return TOK_PIPE;
}

// Read + or -; with a digit behind, a prefix belongs to the number.
static TokKind lexer_sign(Lexer *lex, Token *tok, char sign) {
  bool plus = sign == '+';
  if (lexer_after_operator(lex)) {
    lex->state = LEX_ARG;
    if (lexer_accept(lex, '@')) return plus ? TOK_UPLUS : TOK_UMINUS;
    return plus ? TOK_PLUS : TOK_MINUS;
  }
  if (lexer_accept(lex, '=')) return lexer_op_assign(lex, tok, plus ? SYM_PLUS : SYM_MINUS);
  if (!plus && lexer_accept(lex, '>')) {
    lex->state = LEX_ENDFN;
    return TOK_LAMBDA;
  }
  bool prefix = lexer_is_prefix(lex, tok);
  bool digit = mx_is_digit(mx_lex_peek(lex, 0));
  lex->state = LEX_BEG;
  if (!prefix) return plus ? TOK_PLUS : TOK_MINUS;
  if (!digit) return plus ? TOK_UPLUS : TOK_UMINUS;
  if (!plus) return TOK_UMINUS_NUM;
  lex->state = LEX_END;
  return mx_lex_number(lex);
}

// Read ., .. or ....
static TokKind lexer_dot(Lexer *lex) {
  bool beg = lexer_is_beg(lex);
  if (!lexer_accept(lex, '.')) {
    if (mx_is_digit(mx_lex_peek(lex, 0)) && beg)
      mx_diag_add(lex->diags, DIAG_ERROR, (Span){lex->pos - 1, lex->pos + 1},
                  "write 0 before the dot", "no .<digit> floating literal anymore");
    lex->state = LEX_DOT;
    return TOK_DOT;
  }
  lex->state = LEX_BEG;
  if (!lexer_accept(lex, '.')) return beg ? TOK_BDOT2 : TOK_DOT2;
  if (lex->in_params) {
    lex->state = LEX_ENDARG;
    return TOK_BDOT3;
  }
  return beg ? TOK_BDOT3 : TOK_DOT3;
}

// Read :, ::, or the opening of a symbol.
static TokKind lexer_colon(Lexer *lex, Token *tok) {
  uint8_t c = mx_lex_peek(lex, 0);
  if (c == ':') {
    lex->pos++;
    if (lexer_is_beg(lex) || lexer_in(lex, LEX_CLASS) || lexer_is_spaced_arg(lex, tok)) {
      lex->state = LEX_BEG;
      return TOK_COLON3;
    }
    lex->state = LEX_DOT;
    return TOK_COLON2;
  }
  if (lexer_is_end(lex) || mx_is_space(c) || c == '#' || lex->pos >= lex->len) {
    lex->state = LEX_BEG;
    return TOK_COLON;
  }
  if (c == '"' || c == '\'') {
    lex->pos++;
    tok->term = (StrTerm){.close = c, .flags = c == '"' ? STR_EXPAND : 0, .start = tok->span.start};
    return TOK_DSYMBOL_BEG;
  }
  lex->state = LEX_FNAME;
  return TOK_SYMBOL_BEG;
}

// Read /, /= or the opening of a regexp.
static TokKind lexer_slash(Lexer *lex, Token *tok) {
  bool regexp = lexer_is_beg(lex);
  if (!regexp && lexer_accept(lex, '=')) return lexer_op_assign(lex, tok, SYM_SLASH);
  if (!regexp && !lexer_is_spaced_arg(lex, tok)) return lexer_operator(lex, TOK_SLASH);
  tok->term = (StrTerm){.close = '/', .flags = STR_EXPAND | STR_REGEXP, .start = tok->span.start};
  return TOK_REGEXP_BEG;
}

// Read %, %= or the opening of a % literal.
static TokKind lexer_percent(Lexer *lex, Token *tok) {
  if (lexer_is_beg(lex)) return mx_lex_percent(lex, tok);
  if (mx_lex_peek(lex, 0) == '=' && !lexer_is_spaced_arg(lex, tok)) {
    lex->pos++;
    return lexer_op_assign(lex, tok, SYM_PERCENT);
  }
  if (mx_lex_peek(lex, 0) == '=') {
    lex->pos++;
    return lexer_op_assign(lex, tok, SYM_PERCENT);
  }
  bool symbol = lexer_in(lex, LEX_FITEM) && mx_lex_peek(lex, 0) == 's';
  if (lexer_is_spaced_arg(lex, tok) || symbol) return mx_lex_percent(lex, tok);
  return lexer_operator(lex, TOK_PERCENT);
}

// Read the ternary operator or a character literal.
static TokKind lexer_question(Lexer *lex) {
  if (lexer_is_end(lex) || !mx_lex_char(lex)) {
    lex->state = LEX_BEG;
    return TOK_QUESTION;
  }
  lex->state = LEX_END;
  return TOK_CHAR;
}

// Read the opening of a command, or the method of that name.
static TokKind lexer_backtick(Lexer *lex, Token *tok, bool command) {
  if (lexer_after_operator(lex)) {
    lex->state = lexer_in(lex, LEX_FNAME) ? LEX_ENDFN : command ? LEX_CMDARG : LEX_ARG;
    return TOK_BACKTICK;
  }
  tok->term = (StrTerm){.close = '`', .flags = STR_EXPAND, .start = tok->span.start};
  return TOK_XSTRING_BEG;
}

// Read the opening of a string, which may turn out to be a label.
static TokKind lexer_quote(Lexer *lex, Token *tok, char quote, bool command) {
  uint8_t flags = quote == '"' ? STR_EXPAND : 0;
  if (lexer_label_possible(lex, command)) flags |= STR_LABEL;
  tok->term = (StrTerm){.close = (uint8_t)quote, .flags = flags, .start = tok->span.start};
  return TOK_STRING_BEG;
}

// -- brackets -----------------------------------------------------------------------------------

// Read (: of a call, of an argument, or around an expression.
static TokKind lexer_open_paren(Lexer *lex, Token *tok) {
  TokKind kind = TOK_LPAREN;
  if (lexer_is_beg(lex))
    kind = TOK_LPAREN_BEG;
  else if (tok->space_before &&
           (lexer_is_arg(lex) || (lex->state & (LEX_END | LEX_LABEL)) == (LEX_END | LEX_LABEL)))
    kind = TOK_LPAREN_ARG;
  lex->nest++;
  lex->state = LEX_BEG | LEX_LABEL;
  return kind;
}

// Read [: of an array, of an index, or a method's name.
static TokKind lexer_open_bracket(Lexer *lex, Token *tok) {
  if (lexer_after_operator(lex)) {
    if (lexer_accept(lex, ']')) {
      bool aset = mx_lex_peek(lex, 0) == '=' && mx_lex_peek(lex, 1) != '=' &&
                  mx_lex_peek(lex, 1) != '~' && mx_lex_peek(lex, 1) != '>';
      aset = aset || (mx_lex_peek(lex, 0) == '=' && mx_lex_peek(lex, 1) == '=' &&
                      mx_lex_peek(lex, 2) == '>');
      if (aset) lex->pos++;
      lex->state = LEX_ARG;
      return aset ? TOK_ASET : TOK_AREF;
    }
    lex->nest++;
    lex->state = LEX_ARG | LEX_LABEL;
    return TOK_LBRACK_INDEX;
  }
  bool array =
      lexer_is_beg(lex) || (lexer_is_arg(lex) && (tok->space_before || lexer_in(lex, LEX_LABELED)));
  lex->nest++;
  lex->state = LEX_BEG | LEX_LABEL;
  return array ? TOK_LBRACK : TOK_LBRACK_INDEX;
}

// Read {: of a lambda, a block or a hash.
static TokKind lexer_open_brace(Lexer *lex) {
  TokKind kind = TOK_LBRACE;
  if (lex->lambda_nest == lex->nest) {
    kind = TOK_LBRACE_LAMBDA;
    lex->lambda_nest = -1;
  } else if (lexer_in(lex, LEX_LABELED)) {
    kind = TOK_LBRACE;
  } else if (lexer_in(lex, LEX_ARG_ANY | LEX_END | LEX_ENDFN)) {
    kind = TOK_LBRACE_BLOCK;
  } else if (lexer_in(lex, LEX_ENDARG)) {
    kind = TOK_LBRACE_ARG;
  }
  lex->nest++;
  lex->command_start = kind != TOK_LBRACE;
  lex->state = kind == TOK_LBRACE ? LEX_BEG | LEX_LABEL : LEX_BEG;
  return kind;
}

// Read a closing bracket.
static TokKind lexer_close(Lexer *lex, TokKind kind, uint16_t state) {
  lex->nest--;
  lex->state = state;
  return kind;
}

// -- the switch ---------------------------------------------------------------------------------

// Refuse a byte that begins no token.
static TokKind lexer_invalid(Lexer *lex, Token *tok, uint8_t c) {
  if (c >= ' ' && c < 127)
    mx_diag_add(lex->diags, DIAG_ERROR, (Span){tok->span.start, lex->pos}, NULL,
                "unexpected character '%c'", c);
  else
    mx_diag_add(lex->diags, DIAG_ERROR, (Span){tok->span.start, lex->pos}, NULL,
                "invalid character '\\x%02X' in expression", c);
  return TOK_INVALID;
}

// Read a token that is punctuation without further choices.
static TokKind lexer_simple(Lexer *lex, Token *tok, uint8_t c) {
  switch (c) {
  case ')': return lexer_close(lex, TOK_RPAREN, LEX_ENDFN);
  case ']': return lexer_close(lex, TOK_RBRACK, LEX_END);
  case '}': return lexer_close(lex, TOK_RBRACE, LEX_END);
  case ';':
    lex->command_start = true;
    lex->state = LEX_BEG;
    return TOK_SEMICOLON;
  case ',': lex->state = LEX_BEG | LEX_LABEL; return TOK_COMMA;
  case '^':
    if (lexer_accept(lex, '=')) return lexer_op_assign(lex, tok, SYM_CARET);
    return lexer_operator(lex, TOK_CARET);
  case '~':
    if (lexer_after_operator(lex)) lexer_accept(lex, '@');
    return lexer_operator(lex, TOK_TILDE);
  case '#': // only inside quote { }
    lex->pos++;
    lex->nest++;
    lex->state = LEX_BEG;
    lex->command_start = true;
    return TOK_UNQUOTE_BEG;
  default: return lexer_invalid(lex, tok, c);
  }
}

// Read a token that begins with an operator character, a quote or a bracket.
static TokKind lexer_punct(Lexer *lex, Token *tok, uint8_t c, bool command) {
  switch (c) {
  case '*': return lexer_star(lex, tok);
  case '!': return lexer_bang(lex);
  case '=': return lexer_equal(lex);
  case '<': return lexer_less(lex, tok);
  case '>': return lexer_greater(lex, tok);
  case '"':
  case '\'': return lexer_quote(lex, tok, (char)c, command);
  case '`': return lexer_backtick(lex, tok, command);
  case '?': return lexer_question(lex);
  case '&': return lexer_amp(lex, tok);
  case '|': return lexer_pipe(lex, tok);
  case '+':
  case '-': return lexer_sign(lex, tok, (char)c);
  case '.': return lexer_dot(lex);
  case ':': return lexer_colon(lex, tok);
  case '/': return lexer_slash(lex, tok);
  case '%': return lexer_percent(lex, tok);
  case '(': return lexer_open_paren(lex, tok);
  case '[': return lexer_open_bracket(lex, tok);
  case '{': return lexer_open_brace(lex);
  default: return lexer_simple(lex, tok, c);
  }
}

// Tell whether the line __END__ is here: the program ends, DATA begins behind it.
static bool lexer_at_data(Lexer *lex) {
  if (!lexer_at_line_start(lex) || !lexer_line_is(lex, lex->pos, "__END__")) return false;
  uint32_t at = lex->pos + 7;
  if (at < lex->len && lex->text[at] == '\r') at++;
  if (at < lex->len && lex->text[at] != '\n') return false;
  lex->data_start = at < lex->len ? at + 1 : lex->len;
  return true;
}

// Produce the token of the end of the text.
static void lexer_end(Lexer *lex, Token *tok) {
  tok->kind = TOK_EOF;
  tok->span = (Span){lex->pos, lex->pos};
}

// Read the next token.
void mx_lexer_next(Lexer *lex, Token *tok) {
  tok->space_before = tok->line_before = false;
  tok->sym = SYM_NONE;
  uint8_t c;
  for (;;) {
    lexer_skip_blank(lex, tok);
    c = mx_lex_peek(lex, 0);
    if (c != '\n' || lex->pos >= lex->len) break;
    if (lexer_newline(lex, tok)) return;
  }
  tok->state = lex->state;
  bool command = lex->command_start;
  lex->command_start = false;
  tok->span.start = lex->pos;
  if (lex->pos >= lex->len || c == 0 || c == 4 || c == 26) {
    lexer_end(lex, tok);
    return;
  }
  if (c == '_' && lexer_at_data(lex)) {
    lexer_end(lex, tok);
    return;
  }
  if (mx_is_ident_start(c)) {
    lexer_name(lex, tok, command);
  } else if (mx_is_digit(c)) {
    tok->kind = mx_lex_number(lex);
    lex->state = LEX_END;
  } else if (c == '@') {
    lexer_at_variable(lex, tok);
  } else if (c == '$') {
    lexer_global(lex, tok);
  } else {
    lex->pos++;
    tok->kind = lexer_punct(lex, tok, c, command);
    if (tok->sym == SYM_NONE) tok->sym = operator_sym[tok->kind];
  }
  tok->span.end = lex->pos;
}

// Begin at the start of a source, behind a byte order mark.
void mx_lexer_init(Lexer *lex, Source *source, SymTab *symtab, DiagList *diags) {
  *lex = (Lexer){.text = source->text,
                 .len = source->len,
                 .state = LEX_BEG,
                 .command_start = true,
                 .lambda_nest = -1,
                 .encoding = SYM_ENC_UTF8,
                 .source = source,
                 .symtab = symtab,
                 .diags = diags};
  if (lex->len >= 3 && memcmp(lex->text, "\xef\xbb\xbf", 3) == 0) lex->pos = 3;
}
