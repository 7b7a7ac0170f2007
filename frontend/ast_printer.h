// SPDX-License-Identifier: MIT
// What the files of the source printer (ast_print*.c) share; no contract of anyone else.
//
// A rule per kind of node writes its text at the current place. Rules never end a line; a
// construct of several lines starts each further line with mx_printer_newline(). Who prints a
// child says how tight its context binds; a child that binds looser gets parentheses, which
// mx_ast_equal sees through, so that too many are ugly and too few are wrong.
#ifndef MX_FRONTEND_AST_PRINTER_H
#define MX_FRONTEND_AST_PRINTER_H

#include "frontend/ast_print.h"

// How tight expressions bind. Binary operators lie between TERNARY and UNARY with the binding
// powers of tokens.def.
enum {
  PREC_STATEMENT = 0, // modifiers, multiple assignment, alias: anything
  PREC_EXPR = 1,      // and, or, return 1, value => pattern: not as an argument
  PREC_ASSIGN = 2,    // a = 1: as an argument, not as an operand
  PREC_TERNARY = 4,
  PREC_RANGE = 6,
  PREC_OR = 8,
  PREC_AND = 10,
  PREC_MINUS = 26, // -a: looser than **
  PREC_UNARY = 30, // !a, ~a, +a
  PREC_PRIMARY = 40,
};

typedef struct Printer {
  const SymTab *symtab; // names
  Dialect dialect;      // of the text to write
  uint32_t encoding;    // SYM_ENC_* of the text's source encoding
  StrBuf *out;          // text so far
  int depth;            // indentation in steps
  bool *locals;         // by Sym: the tree has a local or parameter of this name
  bool statement;       // the current node stands alone as a statement: do-blocks are safe
} Printer;

typedef void (*PrintRule)(Printer *printer, const Node *node);

// -- ast_print.c: driver and helpers --
MX_FUNC void mx_printer_text(Printer *printer, const char *text);
MX_FUNC void mx_printer_name(Printer *printer, Sym name);
MX_FUNC void mx_printer_newline(Printer *printer);
// Print an expression for a context that binds as tight as min.
MX_FUNC void mx_printer_expr(Printer *printer, const Node *node, int min);
// The same for a child that ends its statement, like the value of an assignment.
MX_FUNC void mx_printer_tail(Printer *printer, const Node *node, int min, bool statement);
// Print statements as lines one step deeper, each beginning with a newline.
MX_FUNC void mx_printer_body(Printer *printer, const Node *body);
// Print statements as lines at the current depth, the first one where the text stands.
MX_FUNC void mx_printer_lines(Printer *printer, const Node *body);
// Print statements on one line, separated by semicolons.
MX_FUNC void mx_printer_inline(Printer *printer, const Node *body);
// Print expressions separated by commas.
MX_FUNC void mx_printer_list(Printer *printer, const NodeList *list, int min);
// The same behind a word that is not followed by a parenthesis.
MX_FUNC void mx_printer_bare_list(Printer *printer, const NodeList *list, int min);
// Put parentheses around the text from `start` on when it begins with a modifier's word.
MX_FUNC void mx_printer_guard(Printer *printer, size_t start);
// Replace a statement list of one statement without parentheses by the statement.
MX_FUNC const Node *mx_printer_strip(const Node *node);
// See through statement lists of one statement; NULL for an empty one without parentheses.
MX_FUNC const Node *mx_printer_unwrap(const Node *node);
// Tell whether a node reads well on one line: few nodes, no construct of several lines.
MX_FUNC bool mx_printer_is_short(const Node *node);
// Tell whether a name may be a local variable here: somewhere in the tree it is one.
MX_FUNC bool mx_printer_may_be_local(const Printer *printer, Sym name);

// -- ast_print_literal.c --
MX_FUNC void mx_print_word(Printer *printer, const Node *node); // nil, true, self, redo ...
MX_FUNC void mx_print_integer(Printer *printer, const Node *node);
MX_FUNC void mx_print_float(Printer *printer, const Node *node);
MX_FUNC void mx_print_rational(Printer *printer, const Node *node);
MX_FUNC void mx_print_imaginary(Printer *printer, const Node *node);
MX_FUNC void mx_print_string(Printer *printer, const Node *node);
MX_FUNC void mx_print_dstring(Printer *printer, const Node *node);
MX_FUNC void mx_print_xstring(Printer *printer, const Node *node);
MX_FUNC void mx_print_embed(Printer *printer, const Node *node);
MX_FUNC void mx_print_symbol(Printer *printer, const Node *node);
MX_FUNC void mx_print_dsymbol(Printer *printer, const Node *node);
MX_FUNC void mx_print_regexp(Printer *printer, const Node *node);
MX_FUNC void mx_print_match_line(Printer *printer, const Node *node);
MX_FUNC void mx_print_array(Printer *printer, const Node *node);
MX_FUNC void mx_print_hash(Printer *printer, const Node *node);
MX_FUNC void mx_print_pair(Printer *printer, const Node *node);
MX_FUNC void mx_print_range(Printer *printer, const Node *node);
MX_FUNC void mx_print_spliced(Printer *printer, const Node *node);
// Tell whether a symbol can be written as a label: name: value.
MX_FUNC bool mx_print_is_label(const Printer *printer, Sym name);
// Print a symbol's name as a label, quoted where needed, with its colon.
MX_FUNC void mx_print_label(Printer *printer, Sym name);

// -- ast_print_variable.c: variables and assignment --
MX_FUNC void mx_print_variable(Printer *printer, const Node *node); // LOCAL IVAR GVAR CVAR
MX_FUNC void mx_print_nth_ref(Printer *printer, const Node *node);
MX_FUNC void mx_print_const(Printer *printer, const Node *node);
MX_FUNC void mx_print_assign(Printer *printer, const Node *node);
MX_FUNC void mx_print_op_assign(Printer *printer, const Node *node);
MX_FUNC void mx_print_multi_target(Printer *printer, const Node *node);
// Print a target; a MULTI_TARGET gets parentheses.
MX_FUNC void mx_print_target(Printer *printer, const Node *node);
MX_FUNC int mx_print_assign_prec(const Node *node);

// -- ast_print_call.c --
MX_FUNC void mx_print_call(Printer *printer, const Node *node);
MX_FUNC void mx_print_match_write(Printer *printer, const Node *node);
MX_FUNC int mx_print_match_write_prec(const Node *node);
MX_FUNC void mx_print_super(Printer *printer, const Node *node);
MX_FUNC void mx_print_zsuper(Printer *printer, const Node *node);
MX_FUNC void mx_print_yield(Printer *printer, const Node *node);
MX_FUNC void mx_print_splat(Printer *printer, const Node *node);
MX_FUNC void mx_print_double_splat(Printer *printer, const Node *node);
MX_FUNC void mx_print_block_pass(Printer *printer, const Node *node);
MX_FUNC void mx_print_forward_args(Printer *printer, const Node *node);
MX_FUNC void mx_print_block_fn(Printer *printer, const Node *node);
MX_FUNC void mx_print_lambda(Printer *printer, const Node *node);
MX_FUNC void mx_print_receiver(Printer *printer, const Node *node);
MX_FUNC int mx_print_call_prec(const Node *node);

// -- ast_print_control.c --
MX_FUNC void mx_print_and(Printer *printer, const Node *node);
MX_FUNC void mx_print_or(Printer *printer, const Node *node);
MX_FUNC void mx_print_defined(Printer *printer, const Node *node);
MX_FUNC void mx_print_if(Printer *printer, const Node *node);
MX_FUNC void mx_print_unless(Printer *printer, const Node *node);
MX_FUNC void mx_print_loop(Printer *printer, const Node *node); // WHILE UNTIL
MX_FUNC void mx_print_for(Printer *printer, const Node *node);
MX_FUNC void mx_print_case(Printer *printer, const Node *node);
MX_FUNC void mx_print_case_in(Printer *printer, const Node *node);
MX_FUNC void mx_print_match(Printer *printer, const Node *node);
MX_FUNC void mx_print_when(Printer *printer, const Node *node);
MX_FUNC void mx_print_in(Printer *printer, const Node *node);
MX_FUNC void mx_print_jump(Printer *printer, const Node *node); // BREAK NEXT RETURN
MX_FUNC void mx_print_begin(Printer *printer, const Node *node);
MX_FUNC void mx_print_rescue(Printer *printer, const Node *node);
MX_FUNC void mx_print_rescue_mod(Printer *printer, const Node *node);
MX_FUNC int mx_print_logic_prec(const Node *node);
MX_FUNC int mx_print_if_prec(const Node *node);
MX_FUNC int mx_print_loop_prec(const Node *node);
MX_FUNC int mx_print_jump_prec(const Node *node);
// Print the body of a def, class or do-block, where rescue needs no begin.
MX_FUNC void mx_print_rescued_body(Printer *printer, const Node *body);

// -- ast_print_def.c --
MX_FUNC void mx_print_program(Printer *printer, const Node *node);
MX_FUNC void mx_print_def(Printer *printer, const Node *node);
MX_FUNC void mx_print_params(Printer *printer, const Node *node);
MX_FUNC void mx_print_param(Printer *printer, const Node *node);
MX_FUNC void mx_print_class(Printer *printer, const Node *node);
MX_FUNC void mx_print_module(Printer *printer, const Node *node);
MX_FUNC void mx_print_sclass(Printer *printer, const Node *node);
MX_FUNC void mx_print_alias(Printer *printer, const Node *node);
MX_FUNC void mx_print_undef(Printer *printer, const Node *node);
MX_FUNC void mx_print_begin_block(Printer *printer, const Node *node);
MX_FUNC void mx_print_end_block(Printer *printer, const Node *node);
MX_FUNC void mx_print_type_union(Printer *printer, const Node *node);
MX_FUNC void mx_print_type_generic(Printer *printer, const Node *node);
MX_FUNC void mx_print_quote(Printer *printer, const Node *node);
MX_FUNC void mx_print_unquote(Printer *printer, const Node *node);
MX_FUNC int mx_print_def_prec(const Node *node);
// Print |a, b; c|, with a space in front, or nothing when there are no parameters.
MX_FUNC void mx_print_block_params(Printer *printer, const Node *params);

// -- ast_print_pattern.c --
MX_FUNC void mx_print_pattern(Printer *printer, const Node *node); // any PAT_*
MX_FUNC void mx_print_match_pattern(Printer *printer, const Node *node);

#endif
