// SPDX-License-Identifier: MIT
// Printing calls: operators, elements, arguments with and without parentheses, blocks, lambdas.
//
// A call that is a statement and was written without parentheses is printed without them when
// its first argument cannot be taken for something else. Blocks are do ... end only on statements
// and in braces elsewhere, since a do belongs to the outermost call without parentheses.
#include "frontend/ast_printer.h"

#include <math.h>
#include <string.h>

typedef enum CallAssoc { CALL_LEFT, CALL_RIGHT, CALL_NONE } CallAssoc;

// A binary operator that is a method.
typedef struct CallOperator {
  Sym name;        // SYM_NONE for operators with a node of their own
  int bp;          // binding power
  CallAssoc assoc; // which operand may hold the same operator without parentheses
} CallOperator;

static const CallOperator call_operators[] = {
#define OPERATOR(ID, text, bp, assoc, sym) {SYM_##sym, bp, CALL_##assoc},
#include "frontend/tokens.def"
};

typedef enum CallForm {
  CALL_FORM_PLAIN,  // receiver.name(args)
  CALL_FORM_BINARY, // a + b
  CALL_FORM_UNARY,  // -a
  CALL_FORM_INDEX,  // a[b]
} CallForm;

// Find the row of a binary operator, or NULL.
static const CallOperator *call_operator(Sym name) {
  for (size_t i = 0; i < MX_COUNT_OF(call_operators); i++)
    if (name != SYM_NONE && call_operators[i].name == name) return &call_operators[i];
  return NULL;
}

// Tell whether an argument can be an operand: one value, no keywords, nothing spread.
static bool call_is_operand(const Node *arg) {
  bool keywords = arg->kind == NODE_HASH && arg->flags & NF_NO_BRACES;
  return !keywords && arg->kind != NODE_SPLAT && arg->kind != NODE_FORWARD_ARGS;
}

// Decide the form of a call. `=~` binds the groups of a literal only when written as operator.
static CallForm call_form(const NodeMethodCall *call) {
  if (!call->receiver || call->block || call->base.flags & NF_SAFE_NAV) return CALL_FORM_PLAIN;
  if (call->name == SYM_AREF) return CALL_FORM_INDEX;
  if (call->name == SYM_MATCH_OP && !(call->base.flags & NF_OPERATOR)) return CALL_FORM_PLAIN;
  if (call->args.count == 1 && call_operator(call->name) && call_is_operand(call->args.at[0]))
    return CALL_FORM_BINARY;
  bool unary = call->name == SYM_UMINUS || call->name == SYM_UPLUS || call->name == SYM_TILDE ||
               call->name == SYM_BANG;
  return unary && call->args.count == 0 ? CALL_FORM_UNARY : CALL_FORM_PLAIN;
}

// Operators bind by their table, all other forms are tight.
int mx_print_call_prec(const Node *node) {
  const NodeMethodCall *call = (const NodeMethodCall *)node;
  switch (call_form(call)) {
  case CALL_FORM_BINARY: return call_operator(call->name)->bp;
  case CALL_FORM_UNARY: return call->name == SYM_UMINUS ? PREC_MINUS : PREC_UNARY;
  case CALL_FORM_PLAIN:
  case CALL_FORM_INDEX: return PREC_PRIMARY;
  }
  MX_UNREACHABLE();
}

// Tell whether a node is a numeric literal.
static bool call_is_number(const Node *node) {
  node = mx_printer_strip(node);
  return node->kind == NODE_INTEGER || node->kind == NODE_FLOAT || node->kind == NODE_RATIONAL ||
         node->kind == NODE_IMAGINARY;
}

// Tell whether a node is a numeric literal with a sign.
static bool call_is_negative(const Node *node) {
  node = mx_printer_strip(node);
  const NodeIntegerLiteral *integer = (const NodeIntegerLiteral *)node;
  switch (mx_ast_kind(node)) {
  case NODE_INTEGER:
    return integer->value < 0 || (integer->digits.len > 0 && integer->digits.bytes[0] == '-');
  case NODE_FLOAT: return signbit(((const NodeFloatLiteral *)node)->value) != 0;
  case NODE_RATIONAL: return ((const NodeRationalLiteral *)node)->digits.bytes[0] == '-';
  case NODE_IMAGINARY: return call_is_negative(((const NodeImaginaryLiteral *)node)->number);
  default: return false;
  }
}

// Print a node in parentheses, unless it has some already.
static void call_in_parens(Printer *printer, const Node *node) {
  node = mx_printer_strip(node);
  if (node->kind == NODE_BLOCK) {
    mx_printer_expr(printer, node, PREC_PRIMARY);
    return;
  }
  mx_printer_text(printer, "(");
  mx_printer_expr(printer, node, PREC_STATEMENT);
  mx_printer_text(printer, ")");
}

// Print a binary operator. A negative number before ** is in parentheses: its sign binds looser.
static void call_binary(Printer *printer, const NodeMethodCall *call) {
  const CallOperator *row = call_operator(call->name);
  if (call->name == SYM_POW && call_is_negative(call->receiver))
    call_in_parens(printer, call->receiver);
  else
    mx_printer_expr(printer, call->receiver, row->bp + (row->assoc != CALL_LEFT));
  mx_printer_text(printer, " ");
  mx_printer_name(printer, call->name);
  mx_printer_text(printer, " ");
  mx_printer_expr(printer, call->args.at[0], row->bp + (row->assoc != CALL_RIGHT));
}

// Tell whether a sign would become part of the number that the text of a node begins with.
static bool call_begins_with_number(const Node *node) {
  node = mx_printer_strip(node);
  while (node->kind == NODE_CALL && call_form((const NodeMethodCall *)node) != CALL_FORM_UNARY &&
         ((const NodeMethodCall *)node)->receiver)
    node = mx_printer_strip(((const NodeMethodCall *)node)->receiver);
  return call_is_number(node);
}

// Print a prefix operator.
static void call_unary(Printer *printer, const NodeMethodCall *call) {
  const char *sign = call->name == SYM_UMINUS  ? "-"
                     : call->name == SYM_UPLUS ? "+"
                     : call->name == SYM_TILDE ? "~"
                                               : "!";
  mx_printer_text(printer, sign);
  if (call_begins_with_number(call->receiver))
    call_in_parens(printer, call->receiver);
  else
    mx_printer_expr(printer, call->receiver, PREC_PRIMARY);
}

// Tell whether a dot may follow the text of a node directly.
static bool call_takes_dot(const Node *node) {
  switch (mx_ast_kind(node)) {
  case NODE_IF:
  case NODE_UNLESS:
  case NODE_WHILE:
  case NODE_UNTIL:
  case NODE_FOR:
  case NODE_CASE:
  case NODE_CASE_IN:
  case NODE_DEF:
  case NODE_CLASS:
  case NODE_MODULE:
  case NODE_SCLASS:
  case NODE_DEFINED:
  case NODE_BREAK:
  case NODE_NEXT:
  case NODE_REDO:
  case NODE_RETRY:
  case NODE_RETURN:
  case NODE_SPLAT:
  case NODE_RANGE:
  case NODE_FLIP_FLOP: return false;
  default: return true;
  }
}

// Tell whether a node is :&, which would become &. with a dot behind it.
static bool call_is_ampersand(const Node *node) {
  return node->kind == NODE_SYMBOL && ((const NodeSymbolLiteral *)node)->value == SYM_AMP;
}

// Print what a dot, a bracket or a :: follows.
void mx_print_receiver(Printer *printer, const Node *node) {
  const Node *stripped = mx_printer_strip(node);
  if (call_takes_dot(stripped) && !call_is_ampersand(stripped))
    mx_printer_expr(printer, node, PREC_PRIMARY);
  else
    call_in_parens(printer, node);
}

// Print an element reference. Behind a bare yield or super a bracket would be an argument.
static void call_index(Printer *printer, const NodeMethodCall *call) {
  const Node *receiver = mx_printer_strip(call->receiver);
  if (receiver->kind == NODE_YIELD || receiver->kind == NODE_ZSUPER)
    call_in_parens(printer, receiver);
  else
    mx_print_receiver(printer, receiver);
  mx_printer_text(printer, "[");
  mx_printer_list(printer, &call->args, PREC_ASSIGN);
  mx_printer_text(printer, "]");
}

// Print arguments and a block argument, separated by commas.
static void call_arg_list(Printer *printer, const NodeList *args, const Node *block) {
  mx_printer_list(printer, args, PREC_ASSIGN);
  if (!block || block->kind != NODE_BLOCK_PASS) return;
  if (args->count > 0) mx_printer_text(printer, ", ");
  mx_printer_expr(printer, block, PREC_STATEMENT);
}

// Print arguments in parentheses.
static void call_args(Printer *printer, const NodeList *args, const Node *block) {
  mx_printer_text(printer, "(");
  call_arg_list(printer, args, block);
  mx_printer_text(printer, ")");
}

// Tell whether a name is a lower-case identifier, so that arguments may follow a space.
static bool call_is_command_name(const Printer *printer, Sym sym) {
  SymName name = mx_sym_name(printer->symtab, sym);
  unsigned char first = (unsigned char)name.bytes[0];
  unsigned char last = name.len > 0 ? (unsigned char)name.bytes[name.len - 1] : 0;
  bool starts = (first >= 'a' && first <= 'z') || first == '_' || first >= 0x80;
  return starts && last != '?' && last != '!' && last != '=';
}

// Tell whether an argument stands in parentheses: what follows an endless def, a do, is the def's.
static bool call_arg_needs_parens(const NodeMethodCall *call, const Node *arg) {
  return arg->kind == NODE_FORWARD_ARGS || arg->kind == NODE_SPLAT ||
         (arg->kind == NODE_DEF && call->block);
}

// Tell whether a call may be printed without parentheses around its arguments.
static bool call_may_be_command(const Printer *printer, const NodeMethodCall *call) {
  if (!printer->statement || call->base.flags & NF_PARENS || call->args.count == 0) return false;
  if (!call_is_command_name(printer, call->name)) return false;
  for (uint32_t i = 0; i < call->args.count; i++)
    if (call_arg_needs_parens(call, call->args.at[i])) return false;
  bool passes = call->block && call->block->kind == NODE_BLOCK_PASS;
  return !passes && (call->receiver || !mx_printer_may_be_local(printer, call->name));
}

// Print arguments behind a space; put parentheses around them after all when the text that
// comes first could be read as an operator, a block or an index.
static void call_command_args(Printer *printer, const NodeMethodCall *call) {
  size_t start = printer->out->len;
  mx_printer_text(printer, " ");
  mx_printer_bare_list(printer, &call->args, PREC_ASSIGN);
  unsigned char first = (unsigned char)printer->out->at[start + 1];
  unsigned char second = (unsigned char)printer->out->at[start + 2];
  bool word = (first >= 'a' && first <= 'z') || (first >= 'A' && first <= 'Z') ||
              (first >= '0' && first <= '9') || first == '_' || first >= 0x80;
  bool sigil = first == '"' || first == '@' || first == '$' || (first == ':' && second != ':');
  if (word || sigil) return;
  printer->out->at[start] = '(';
  mx_printer_text(printer, ")");
}

// Print a body in braces: on one line when it is short.
static void call_braces(Printer *printer, const Node *body, bool is_short) {
  if (is_short && body) {
    mx_printer_text(printer, " ");
    mx_printer_inline(printer, body);
    mx_printer_text(printer, " }");
  } else if (mx_printer_unwrap(body)) {
    mx_printer_body(printer, body);
    mx_printer_newline(printer);
    mx_printer_text(printer, "}");
  } else {
    mx_printer_text(printer, " }");
  }
}

// Tell whether a body fits into braces on one line.
static bool call_fits_line(const Node *body) {
  return mx_printer_unwrap(body) && mx_printer_is_short(body);
}

// Print a block behind its call.
static void call_block(Printer *printer, const NodeBlockFunction *block, bool as_do) {
  mx_printer_text(printer, as_do ? " do" : " {");
  mx_print_block_params(printer, block->base.flags & NF_IMPLICIT ? NULL : block->params);
  if (as_do) {
    mx_print_rescued_body(printer, block->body);
    mx_printer_newline(printer);
    mx_printer_text(printer, "end");
  } else {
    call_braces(printer, block->body, call_fits_line(block->body));
  }
}

// Print a block if there is one. On a statement, do is kept and used for long bodies.
static void call_literal_block(Printer *printer, const Node *block, bool statement, bool command) {
  if (!block || block->kind != NODE_BLOCK_FN) return;
  const NodeBlockFunction *fn = (const NodeBlockFunction *)block;
  bool tall = !call_fits_line(fn->body) && mx_printer_unwrap(fn->body);
  bool as_do = command || (statement && (tall || block->flags & NF_DO));
  call_block(printer, fn, as_do);
}

// Tell whether a call without arguments needs () to be read as a call.
static bool call_needs_parens(const Printer *printer, const NodeMethodCall *call) {
  if (call->receiver)
    return !call_is_command_name(printer, call->name) && call->base.flags & NF_PARENS &&
           call->name != SYM_AREF;
  if (call->base.flags & NF_VCALL) return false;
  bool literal_block = call->block && call->block->kind == NODE_BLOCK_FN;
  return !literal_block || !call_is_command_name(printer, call->name) ||
         mx_printer_may_be_local(printer, call->name);
}

// Print receiver.name(args) with its block.
static void call_plain(Printer *printer, const NodeMethodCall *call) {
  bool statement = printer->statement;
  bool command = call_may_be_command(printer, call);
  bool passes = call->block && call->block->kind == NODE_BLOCK_PASS;
  if (call->receiver) {
    mx_print_receiver(printer, call->receiver);
    mx_printer_text(printer, call->base.flags & NF_SAFE_NAV ? "&." : ".");
  }
  mx_printer_name(printer, call->name);
  if (command)
    call_command_args(printer, call);
  else if (call->args.count > 0 || passes || call_needs_parens(printer, call))
    call_args(printer, &call->args, call->block);
  call_literal_block(printer, call->block, statement, command);
}

// Print a call.
void mx_print_call(Printer *printer, const Node *node) {
  const NodeMethodCall *call = (const NodeMethodCall *)node;
  switch (call_form(call)) {
  case CALL_FORM_BINARY: call_binary(printer, call); return;
  case CALL_FORM_UNARY: call_unary(printer, call); return;
  case CALL_FORM_INDEX: call_index(printer, call); return;
  case CALL_FORM_PLAIN: call_plain(printer, call); return;
  }
  MX_UNREACHABLE();
}

// Print a match that sets locals: as the match alone, whose literal names them.
void mx_print_match_write(Printer *printer, const Node *node) {
  mx_print_call(printer, ((const NodeMatchWrite *)node)->call);
}

// It binds like its operator.
int mx_print_match_write_prec(const Node *node) {
  return mx_print_call_prec(((const NodeMatchWrite *)node)->call);
}

// Print super with explicit arguments.
void mx_print_super(Printer *printer, const Node *node) {
  const NodeSuper *super = (const NodeSuper *)node;
  bool statement = printer->statement;
  mx_printer_text(printer, "super");
  call_args(printer, &super->args, super->block);
  call_literal_block(printer, super->block, statement, false);
}

// Print super that passes on the parameters.
void mx_print_zsuper(Printer *printer, const Node *node) {
  const NodeImplicitSuper *super = (const NodeImplicitSuper *)node;
  mx_printer_text(printer, "super");
  call_literal_block(printer, super->block, printer->statement, false);
}

// Print yield.
void mx_print_yield(Printer *printer, const Node *node) {
  const NodeYield *yield = (const NodeYield *)node;
  mx_printer_text(printer, "yield");
  if (yield->args.count > 0) call_args(printer, &yield->args, NULL);
}

// Print a prefix and a value, which is nothing or a hidden local when it is anonymous.
static void call_prefixed(Printer *printer, const char *prefix, const Node *value, Sym anonymous) {
  const NodeLocalVariable *local = (const NodeLocalVariable *)value;
  mx_printer_text(printer, prefix);
  if (!value || (value->kind == NODE_LOCAL && local->name == anonymous)) return;
  mx_printer_expr(printer, value, PREC_TERNARY);
}

// Print *value.
void mx_print_splat(Printer *printer, const Node *node) {
  call_prefixed(printer, "*", ((const NodeSplat *)node)->value, SYM_STAR);
}

// Print **value.
void mx_print_double_splat(Printer *printer, const Node *node) {
  call_prefixed(printer, "**", ((const NodeDoubleSplat *)node)->value, SYM_POW);
}

// Print &value.
void mx_print_block_pass(Printer *printer, const Node *node) {
  call_prefixed(printer, "&", ((const NodeBlockPass *)node)->value, SYM_AMP);
}

// Print the argument that passes on everything.
void mx_print_forward_args(Printer *printer, const Node *node) {
  MX_UNUSED(node);
  mx_printer_text(printer, "...");
}

// Print a block that is asked for by itself: only with a call around it is it a program.
void mx_print_block_fn(Printer *printer, const Node *node) {
  const NodeBlockFunction *block = (const NodeBlockFunction *)node;
  mx_printer_text(printer, "proc {");
  mx_print_block_params(printer, block->base.flags & NF_IMPLICIT ? NULL : block->params);
  call_braces(printer, block->body, call_fits_line(block->body));
}

// Print a lambda literal.
void mx_print_lambda(Printer *printer, const Node *node) {
  const NodeLambda *lambda = (const NodeLambda *)node;
  mx_printer_text(printer, "->");
  if (lambda->params && !(node->flags & NF_IMPLICIT)) {
    mx_printer_text(printer, "(");
    mx_print_params(printer, lambda->params);
    mx_printer_text(printer, ")");
  }
  mx_printer_text(printer, " {");
  call_braces(printer, lambda->body, call_fits_line(lambda->body));
}
