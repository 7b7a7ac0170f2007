// SPDX-License-Identifier: MIT
// Text to tokens, one at a time, driven by the parser.
//
// Ruby's tokens depend on what may come next: `foo /x/` and `a /x/` differ by what `foo` and `a`
// are. So the lexer keeps a state (LEX_*), set by each token and corrected by the parser, which
// alone knows the locals; and no token is read before the parser asks for it.
//
// Contents of strings are not tokens: at a TOK_*_BEG the parser calls mx_lex_string() for chunks
// until the end, and between "#{" and "}" it parses statements as usual.
//
// A heredoc's body is read when its TOK_HEREDOC_BEG is met: the position jumps to the next line
// and comes back; `resume` remembers where the line after the current one really starts.
#ifndef MX_FRONTEND_LEXER_H
#define MX_FRONTEND_LEXER_H

#include "runtime/base/diag.h"
#include "frontend/ast.h"

typedef enum TokKind {
#define TOKEN(ID, text) TOK_##ID,
#include "frontend/tokens.def"
  TOK_COUNT
} TokKind;

// What may come next; several may hold.
enum {
  LEX_BEG = 1 << 0,      // a value is expected
  LEX_MID = 1 << 1,      // behind return, break, next, rescue: a value or the end
  LEX_ARG = 1 << 2,      // behind a method name: maybe an argument
  LEX_CMDARG = 1 << 3,   // the same, where the name starts a statement
  LEX_END = 1 << 4,      // behind a value
  LEX_ENDARG = 1 << 5,   // behind the `)` of `foo (...)`
  LEX_ENDFN = 1 << 6,    // behind `)` and a method's name in def
  LEX_DOT = 1 << 7,      // behind . &. ::
  LEX_CLASS = 1 << 8,    // behind class: `<<` opens a singleton class
  LEX_FNAME = 1 << 9,    // a method's name is expected
  LEX_FITEM = 1 << 10,   // with FNAME: a symbol too
  LEX_LABEL = 1 << 11,   // with BEG, END: `name:` is a label
  LEX_LABELED = 1 << 12, // with ARG: behind a label
  LEX_BEG_ANY = LEX_BEG | LEX_MID | LEX_CLASS,
  LEX_ARG_ANY = LEX_ARG | LEX_CMDARG,
  LEX_END_ANY = LEX_END | LEX_ENDARG | LEX_ENDFN,
};

// Flags of a quoted literal.
enum {
  STR_EXPAND = 1 << 0,   // escapes and #{ } work
  STR_REGEXP = 1 << 1,   // escapes are kept
  STR_WORDS = 1 << 2,    // white space separates elements
  STR_LABEL = 1 << 3,    // may end in ": as a label
  STR_DASH = 1 << 4,     // heredoc: the terminator may be indented
  STR_SQUIGGLY = 1 << 5, // heredoc: common indentation is removed
  STR_COMMAND = 1 << 6,  // heredoc: runs as a command
};

typedef struct StrTerm {
  uint8_t open;   // bracket that nests, or 0
  uint8_t close;  // terminator
  uint8_t flags;  // STR_*
  bool joined;    // heredoc: the line before ended in a backslash
  uint32_t depth; // open nested brackets
  Span word;      // heredoc: the terminator's text
  uint32_t start; // offset of the literal, for messages
} StrTerm;

typedef struct Token {
  TokKind kind;
  bool space_before; // white space (or a comment) stood before
  bool line_before;  // a line ended before
  uint16_t state;    // lexer state when the token was met
  Span span;         // bytes
  Sym sym;           // names: the name; operators and OP_ASSIGN: the method
  StrTerm term;      // TOK_*_BEG
} Token;

typedef struct Lexer {
  const char *text;    // the whole source; text[len] is NUL
  uint32_t len;        // bytes
  uint32_t pos;        // next byte
  uint32_t resume;     // start of the line behind read heredocs, 0 for none
  uint16_t state;      // LEX_*
  bool command_start;  // a statement starts here
  bool in_params;      // between the brackets of parameters: `...` ends there
  bool in_kwarg;       // a line end behind a label ends the construct
  bool metorex;        // dialect
  int quote_depth;     // inside quote { }: `#{` is an unquote
  int32_t nest;        // open ( [ {
  int32_t lambda_nest; // value of nest at which { or do opens a lambda's body; -1 for none
  uint32_t encoding;   // SYM_ENC_* of the source
  uint32_t data_start; // offset behind __END__, or 0
  Source *source;      // for lines
  SymTab *symtab;      // interns names
  DiagList *diags;     // where complaints go
  StrBuf word;         // scratch: decoded character literal
  uint32_t word_enc;   // its encoding
} Lexer;

// What ended a chunk of a string.
typedef enum StrEvent {
  STR_EV_END,       // the terminator, consumed
  STR_EV_LABEL_END, // the terminator with the colon of a label
  STR_EV_EMBED,     // #{ consumed
  STR_EV_VAR,       // # before a variable, consumed
  STR_EV_GAP,       // white space between words, consumed
  STR_EV_LINE,      // STR_SQUIGGLY: a line ended
  STR_EV_EOF,       // the text ended inside
} StrEvent;

// Bytes of a chunk with what escapes said about their encoding.
typedef struct StrChunk {
  StrBuf buf;       // decoded bytes
  uint32_t raw;     // leading bytes of buf that are unescaped white space (STR_SQUIGGLY)
  bool unicode;     // held a \u escape
  bool bytes;       // held an \x or octal escape above 127
  bool stop_indent; // something else than white space was seen
} StrChunk;

MX_FUNC void mx_lexer_init(Lexer *lex, Source *source, SymTab *symtab, DiagList *diags);
// Read the next token.
MX_FUNC void mx_lexer_next(Lexer *lex, Token *tok);
// Read a chunk of a quoted literal up to the next event.
MX_FUNC StrEvent mx_lex_string(Lexer *lex, StrTerm *term, StrChunk *chunk);
// The same for a heredoc's body; the position is at a line start the first time.
MX_FUNC StrEvent mx_lex_heredoc(Lexer *lex, StrTerm *term, StrChunk *chunk);
// Take the opening of an interpolation at a `#`; STR_EV_END when it is text.
MX_FUNC StrEvent mx_lex_embed(Lexer *lex);
enum { EMBED_LOOK = 3 }; // bytes behind a "#" that tell whether it begins an interpolation
// Does the "#" at p, with so many bytes left from there, begin an interpolation: #{ #@x #@@x #$x?
MX_FUNC bool mx_lex_is_embed(const char *p, size_t left);
// Go to the body of a heredoc whose token was just read; returns where to come back to.
MX_FUNC uint32_t mx_lex_heredoc_enter(Lexer *lex);
MX_FUNC void mx_lex_heredoc_leave(Lexer *lex, uint32_t back);
// Read a number at the position; returns its kind.
MX_FUNC TokKind mx_lex_number(Lexer *lex);
// Decode an escape behind a backslash into the chunk.
MX_FUNC void mx_lex_escape(Lexer *lex, StrChunk *chunk);
// Copy an escape of a regexp, checked but not decoded.
MX_FUNC void mx_lex_regexp_escape(Lexer *lex, StrTerm *term, StrChunk *chunk);
// Read the opening of a % literal.
MX_FUNC TokKind mx_lex_percent(Lexer *lex, Token *tok);
// Read << as a heredoc's opening; false leaves the position.
MX_FUNC bool mx_lex_heredoc_start(Lexer *lex, Token *tok);
// Read a character literal behind `?`; false when it is the ternary operator.
MX_FUNC bool mx_lex_char(Lexer *lex);
// Take the end of a line: skip past bodies of heredocs. The position is behind the newline.
MX_FUNC void mx_lex_line_end(Lexer *lex);

MX_FUNC const char *mx_token_text(TokKind kind);            // spelling for messages
MX_FUNC TokKind mx_lex_keyword(const char *at, size_t len); // TOK_IDENT when it is none

static inline uint8_t mx_lex_peek(const Lexer *lex, uint32_t ahead) {
  return lex->pos + ahead < lex->len ? (uint8_t)lex->text[lex->pos + ahead] : 0;
}

static inline bool mx_is_digit(int c) { return c >= '0' && c <= '9'; }
static inline bool mx_is_space(int c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
static inline bool mx_is_alpha(int c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
static inline bool mx_is_ident_start(int c) { return mx_is_alpha(c) || c == '_' || c >= 128; }
static inline bool mx_is_ident(int c) { return mx_is_ident_start(c) || mx_is_digit(c); }
static inline int mx_hex_digit(int c) {
  return mx_is_digit(c)         ? c - '0'
         : c >= 'a' && c <= 'f' ? c - 'a' + 10
         : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                : -1;
}

#endif
