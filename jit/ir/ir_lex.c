// SPDX-License-Identifier: MIT
// Tokens of the IR's text.
#include "jit/ir/ir_lex.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

// Begin.
void mx_ir_lex_start(IrLexer *lexer, const char *text) {
  *lexer = (IrLexer){.next = text, .line_next = text, .line_ahead = 1};
  mx_ir_lex_next(lexer);
}

// Skip blanks, newlines and comments.
static void lex_skip(IrLexer *lexer) {
  for (;; lexer->next++) {
    if (*lexer->next == ';') lexer->next += strcspn(lexer->next, "\n");
    if (*lexer->next == '\n') {
      lexer->line_ahead++;
      lexer->line_next = lexer->next + 1;
    } else if (*lexer->next != ' ') {
      return;
    }
  }
}

// Take an integer or a double.
static void lex_number(IrLexer *lexer) {
  char *end;
  const char *digits = lexer->at + (*lexer->at == '-');
  bool hex = digits[0] == '0' && digits[1] == 'x';
  size_t len =
      hex ? 2 + strspn(digits + 2, "0123456789abcdefABCDEF") : strspn(digits, "0123456789");
  lexer->tok = IR_TOK_INT;
  lexer->next = digits + len;
  if (hex || !strchr(".e", digits[len]) || !digits[len]) {
    uint64_t size = strtoull(digits, &end, hex ? 16 : 10);
    lexer->number = digits == lexer->at ? size : 0 - size;
    return;
  }
  lexer->tok = IR_TOK_DOUBLE;
  lexer->real = strtod(lexer->at, &end);
  lexer->next = end;
}

// Take a string.
static void lex_string(IrLexer *lexer) {
  lexer->tok = IR_TOK_STRING;
  lexer->at++;
  for (lexer->next++; *lexer->next && *lexer->next != '"'; lexer->next++)
    if (*lexer->next == '\\' && lexer->next[1]) lexer->next++;
  lexer->len = (size_t)(lexer->next - lexer->at);
  if (*lexer->next)
    lexer->next++;
  else
    lexer->tok = IR_TOK_WRONG;
}

// Take the token that begins with this character; its length follows from `next`.
static void lex_token(IrLexer *lexer, char first) {
  if (isalpha((unsigned char)first) || first == '_') {
    lexer->tok = IR_TOK_WORD;
    while (isalnum((unsigned char)*lexer->next) || *lexer->next == '.' || *lexer->next == '_')
      lexer->next++;
  } else if (isdigit((unsigned char)first) ||
             (first == '-' && isdigit((unsigned char)lexer->next[1]))) {
    lex_number(lexer);
  } else if (first == '%' && isdigit((unsigned char)lexer->next[1])) {
    char *end;
    lexer->tok = IR_TOK_REF;
    lexer->number = strtoull(lexer->next + 1, &end, 10);
    lexer->next = end;
  } else {
    lexer->tok = strchr("=,:[]()#!", first) ? IR_TOK_PUNCT : IR_TOK_WRONG;
    lexer->next++;
  }
}

// Go to the next token.
void mx_ir_lex_next(IrLexer *lexer) {
  lex_skip(lexer);
  lexer->line = lexer->line_ahead;
  lexer->line_start = lexer->line_next;
  lexer->at = lexer->next;
  lexer->len = 0;
  if (!*lexer->next)
    lexer->tok = IR_TOK_END;
  else if (*lexer->next == '"')
    lex_string(lexer);
  else
    lex_token(lexer, *lexer->next);
  if (!lexer->len) lexer->len = (size_t)(lexer->next - lexer->at);
}

// Is the token this word or character?
bool mx_ir_lex_is(const IrLexer *lexer, const char *text) {
  return (lexer->tok == IR_TOK_WORD || lexer->tok == IR_TOK_PUNCT) && strlen(text) == lexer->len &&
         memcmp(text, lexer->at, lexer->len) == 0;
}
