// SPDX-License-Identifier: MIT
// Tokens of the IR's text.
#ifndef MX_JIT_IR_LEX_H
#define MX_JIT_IR_LEX_H

#include "runtime/base/strbuf.h"

typedef enum IrTok {
  IR_TOK_END,
  IR_TOK_WORD,   // add.ov, home, b1
  IR_TOK_REF,    // %12: `number` is 12
  IR_TOK_INT,    // 12, -3, 0x1f
  IR_TOK_DOUBLE, // 1.5, 1e9
  IR_TOK_STRING, // "sum": without its quotes, escapes left in
  IR_TOK_PUNCT,  // one character
  IR_TOK_WRONG,  // a character that begins no token
} IrTok;

typedef struct IrLexer {
  const char *next;       // rest of the text
  const char *line_start; // of the line that `at` is in
  const char *line_next;  // of the line that `next` is in
  uint32_t line;          // of `at`, from 1
  uint32_t line_ahead;    // of `next`
  IrTok tok;              // kind of the token
  const char *at;         // its first character
  size_t len;             // its characters
  uint64_t number;        // REF, INT: its value; a negative one in two's complement
  double real;            // DOUBLE: its value
} IrLexer;

// Begin; the first token is there afterwards.
MX_FUNC void mx_ir_lex_start(IrLexer *lexer, const char *text);
// Go to the next token.
MX_FUNC void mx_ir_lex_next(IrLexer *lexer);
// Is the token this word or character?
MX_FUNC bool mx_ir_lex_is(const IrLexer *lexer, const char *text);

#endif
