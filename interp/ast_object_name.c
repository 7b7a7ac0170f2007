// SPDX-License-Identifier: MIT
// Names and digits that a program gives to nodes it builds. A tree is printed to run, so what is no
// name would run as something else: AST::LocalVariable.new(:"1; exit") must not be a way to write
// `exit`. What the parser makes fits by itself and is not looked at.
#include "frontend/lexer.h"
#include "runtime/error.h"
#include "runtime/string.h"
#include "interp/ast_object.h"

#include <ctype.h>

// What a name can be.
typedef enum NameForm {
  NAME_WRONG,    // no name
  NAME_LOCAL,    // word
  NAME_CONST,    // Word; letters beyond ASCII may begin either
  NAME_MARKED,   // word?, word! or word=
  NAME_OPERATOR, // an operator that is a method
  NAME_VARIABLE, // with @, @@ or $ before it
} NameForm;

// Tell the form of a name.
static NameForm name_form(ExecCtx *ec, Sym name) {
  const char *text = mx_sym_text(&ec->vm->symtab, name);
  unsigned char first = (unsigned char)*text;
  if (!mx_sym_is_simple(ec->vm, name)) return NAME_WRONG;
  if (first == '@' || first == '$') return NAME_VARIABLE;
  if (!isalpha(first) && first != '_' && first < 0x80) return NAME_OPERATOR;
  if (strchr("?!=", text[strlen(text) - 1])) return NAME_MARKED;
  return isupper(first) ? NAME_CONST : NAME_LOCAL;
}

// Does the name begin with the sign, and not with more of it?
static bool name_has_sign(ExecCtx *ec, Sym name, const char *sign) {
  const char *text = mx_sym_text(&ec->vm->symtab, name);
  size_t len = strlen(sign);
  return strncmp(text, sign, len) == 0 && text[len] != '@';
}

// Is it an operator that `=` can follow? `a` and `<` would make `a <= 1`.
static bool name_assigns(ExecCtx *ec, Sym name) {
  static const char *const operators[] = {"+", "-", "*",  "/",  "%",  "**", "&",
                                          "|", "^", "<<", ">>", "||", "&&"};
  const char *text = mx_sym_text(&ec->vm->symtab, name);
  for (size_t i = 0; i < MX_COUNT_OF(operators); i++)
    if (strcmp(operators[i], text) == 0) return true;
  return false;
}

// Is the word a keyword?
static bool name_is_keyword(ExecCtx *ec, Sym name) {
  const char *text = mx_sym_text(&ec->vm->symtab, name);
  return mx_lex_keyword(text, strlen(text)) != TOK_IDENT;
}

bool mx_ast_is_name(ExecCtx *ec, NodeKind kind, Sym name) {
  NameForm form = name_form(ec, name);
  unsigned char first = (unsigned char)*mx_sym_text(&ec->vm->symtab, name);
  if (kind == NODE_SYMBOL) return true;
  if (kind == NODE_LOCAL) return form == NAME_LOCAL && !name_is_keyword(ec, name);
  if (kind == NODE_PARAM) return form == NAME_LOCAL;
  if (kind == NODE_CONST) return form == NAME_CONST || (form == NAME_LOCAL && first >= 0x80);
  if (kind == NODE_IVAR) return form == NAME_VARIABLE && name_has_sign(ec, name, "@");
  if (kind == NODE_CVAR) return form == NAME_VARIABLE && name_has_sign(ec, name, "@@");
  if (kind == NODE_GVAR) return form == NAME_VARIABLE && name_has_sign(ec, name, "$");
  if (kind == NODE_OP_ASSIGN) return name_assigns(ec, name);
  return form != NAME_WRONG && form != NAME_VARIABLE;
}

bool mx_ast_check_name(ExecCtx *ec, NodeKind kind, Sym name) {
  if (mx_ast_is_name(ec, kind, name)) return true;
  (void)mx_raise_type(ec, "%V is no name for an AST::%s", val_from_sym(name),
                      mx_ast_info(kind)->class_name);
  return false;
}

bool mx_ast_check_digits(ExecCtx *ec, Value str) {
  const char *p = mx_str_bytes(str), *end = p + mx_str_len(str);
  if (p == end) return true; // of a small Integer
  if (*p == '-') p++;
  bool good = p < end && isdigit((unsigned char)*p);
  for (; good && p < end; p++)
    good = isalnum((unsigned char)*p) || (*p == '.' && p + 1 < end && isdigit((unsigned char)p[1]));
  if (!good) (void)mx_raise_type(ec, "%V is no number", str);
  return good;
}
