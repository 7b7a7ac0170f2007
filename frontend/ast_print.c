// SPDX-License-Identifier: MIT
// The source printer's driver: the rule of each kind, parentheses, layout of statements.
//
// Tree -> text that parses back to an equal tree. What a program wrote in one of several ways
// (modifier or not, braces or do, heredoc or quotes) is kept where it reads better or where it
// matters in which order names appear, and normalised elsewhere.
#include "frontend/ast_printer.h"

#include <stdlib.h>
#include <string.h>

enum {
  PRINT_INDENT = 2,       // columns per step
  PRINT_SHORT_NODES = 16, // nodes of an expression that stays on one line
  PRINT_SHORT_TEXT = 60,  // bytes of literal text in it
};

// How a kind is printed and how tight its text binds.
typedef struct PrintEntry {
  PrintRule rule;                   // writes the text
  int prec;                         // PREC_*; for kinds of one form
  int (*prec_of)(const Node *node); // for kinds of several forms, else NULL
} PrintEntry;

static void print_block(Printer *printer, const Node *node);
static void print_error(Printer *printer, const Node *node);

static const PrintEntry print_entries[NODE_COUNT] = {
    [NODE_PROGRAM] = {mx_print_program, PREC_STATEMENT, NULL},
    [NODE_BLOCK] = {print_block, PREC_PRIMARY, NULL},
    [NODE_ERROR] = {print_error, PREC_PRIMARY, NULL},
    [NODE_NIL] = {mx_print_word, PREC_PRIMARY, NULL},
    [NODE_TRUE] = {mx_print_word, PREC_PRIMARY, NULL},
    [NODE_FALSE] = {mx_print_word, PREC_PRIMARY, NULL},
    [NODE_SELF] = {mx_print_word, PREC_PRIMARY, NULL},
    [NODE_INTEGER] = {mx_print_integer, PREC_PRIMARY, NULL},
    [NODE_FLOAT] = {mx_print_float, PREC_PRIMARY, NULL},
    [NODE_RATIONAL] = {mx_print_rational, PREC_PRIMARY, NULL},
    [NODE_IMAGINARY] = {mx_print_imaginary, PREC_PRIMARY, NULL},
    [NODE_STRING] = {mx_print_string, PREC_PRIMARY, NULL},
    [NODE_DSTRING] = {mx_print_dstring, PREC_PRIMARY, NULL},
    [NODE_XSTRING] = {mx_print_xstring, PREC_PRIMARY, NULL},
    [NODE_EMBED] = {mx_print_embed, PREC_PRIMARY, NULL},
    [NODE_SYMBOL] = {mx_print_symbol, PREC_PRIMARY, NULL},
    [NODE_DSYMBOL] = {mx_print_dsymbol, PREC_PRIMARY, NULL},
    [NODE_REGEXP] = {mx_print_regexp, PREC_PRIMARY, NULL},
    [NODE_MATCH_LINE] = {mx_print_match_line, PREC_PRIMARY, NULL},
    [NODE_ARRAY] = {mx_print_array, PREC_PRIMARY, NULL},
    [NODE_HASH] = {mx_print_hash, PREC_PRIMARY, NULL},
    [NODE_PAIR] = {mx_print_pair, PREC_PRIMARY, NULL},
    [NODE_RANGE] = {mx_print_range, PREC_RANGE, NULL},
    [NODE_FLIP_FLOP] = {mx_print_range, PREC_RANGE, NULL},
    [NODE_FILE] = {mx_print_word, PREC_PRIMARY, NULL},
    [NODE_LINE] = {mx_print_word, PREC_PRIMARY, NULL},
    [NODE_ENCODING] = {mx_print_word, PREC_PRIMARY, NULL},
    [NODE_LOCAL] = {mx_print_variable, PREC_PRIMARY, NULL},
    [NODE_IVAR] = {mx_print_variable, PREC_PRIMARY, NULL},
    [NODE_GVAR] = {mx_print_variable, PREC_PRIMARY, NULL},
    [NODE_NTH_REF] = {mx_print_nth_ref, PREC_PRIMARY, NULL},
    [NODE_CVAR] = {mx_print_variable, PREC_PRIMARY, NULL},
    [NODE_CONST] = {mx_print_const, PREC_PRIMARY, NULL},
    [NODE_ASSIGN] = {mx_print_assign, PREC_ASSIGN, mx_print_assign_prec},
    [NODE_OP_ASSIGN] = {mx_print_op_assign, PREC_ASSIGN, NULL},
    [NODE_MULTI_TARGET] = {mx_print_multi_target, PREC_PRIMARY, NULL},
    [NODE_CALL] = {mx_print_call, PREC_PRIMARY, mx_print_call_prec},
    [NODE_MATCH_WRITE] = {mx_print_match_write, PREC_PRIMARY, mx_print_match_write_prec},
    [NODE_SUPER] = {mx_print_super, PREC_PRIMARY, NULL},
    [NODE_ZSUPER] = {mx_print_zsuper, PREC_PRIMARY, NULL},
    [NODE_YIELD] = {mx_print_yield, PREC_PRIMARY, NULL},
    [NODE_SPLAT] = {mx_print_splat, PREC_PRIMARY, NULL},
    [NODE_DOUBLE_SPLAT] = {mx_print_double_splat, PREC_PRIMARY, NULL},
    [NODE_BLOCK_PASS] = {mx_print_block_pass, PREC_PRIMARY, NULL},
    [NODE_FORWARD_ARGS] = {mx_print_forward_args, PREC_PRIMARY, NULL},
    [NODE_AND] = {mx_print_and, PREC_AND, mx_print_logic_prec},
    [NODE_OR] = {mx_print_or, PREC_OR, mx_print_logic_prec},
    [NODE_DEFINED] = {mx_print_defined, PREC_PRIMARY, NULL},
    [NODE_IF] = {mx_print_if, PREC_PRIMARY, mx_print_if_prec},
    [NODE_UNLESS] = {mx_print_unless, PREC_PRIMARY, mx_print_if_prec},
    [NODE_WHILE] = {mx_print_loop, PREC_PRIMARY, mx_print_loop_prec},
    [NODE_UNTIL] = {mx_print_loop, PREC_PRIMARY, mx_print_loop_prec},
    [NODE_FOR] = {mx_print_for, PREC_PRIMARY, NULL},
    [NODE_CASE] = {mx_print_case, PREC_PRIMARY, NULL},
    [NODE_WHEN] = {mx_print_when, PREC_PRIMARY, NULL},
    [NODE_CASE_IN] = {mx_print_case_in, PREC_PRIMARY, NULL},
    [NODE_MATCH] = {mx_print_match, PREC_STATEMENT, NULL},
    [NODE_IN] = {mx_print_in, PREC_PRIMARY, NULL},
    [NODE_MATCH_PATTERN] = {mx_print_match_pattern, PREC_EXPR, NULL},
    [NODE_BREAK] = {mx_print_jump, PREC_EXPR, mx_print_jump_prec},
    [NODE_NEXT] = {mx_print_jump, PREC_EXPR, mx_print_jump_prec},
    [NODE_REDO] = {mx_print_word, PREC_PRIMARY, NULL},
    [NODE_RETRY] = {mx_print_word, PREC_PRIMARY, NULL},
    [NODE_RETURN] = {mx_print_jump, PREC_EXPR, mx_print_jump_prec},
    [NODE_BEGIN] = {mx_print_begin, PREC_PRIMARY, NULL},
    [NODE_RESCUE] = {mx_print_rescue, PREC_PRIMARY, NULL},
    [NODE_RESCUE_MOD] = {mx_print_rescue_mod, PREC_STATEMENT, NULL},
    [NODE_DEF] = {mx_print_def, PREC_PRIMARY, mx_print_def_prec},
    [NODE_PARAMS] = {mx_print_params, PREC_PRIMARY, NULL},
    [NODE_PARAM] = {mx_print_param, PREC_PRIMARY, NULL},
    [NODE_CLASS] = {mx_print_class, PREC_PRIMARY, NULL},
    [NODE_MODULE] = {mx_print_module, PREC_PRIMARY, NULL},
    [NODE_SCLASS] = {mx_print_sclass, PREC_PRIMARY, NULL},
    [NODE_BLOCK_FN] = {mx_print_block_fn, PREC_PRIMARY, NULL},
    [NODE_LAMBDA] = {mx_print_lambda, PREC_PRIMARY, NULL},
    [NODE_ALIAS] = {mx_print_alias, PREC_STATEMENT, NULL},
    [NODE_UNDEF] = {mx_print_undef, PREC_STATEMENT, NULL},
    [NODE_BEGIN_BLOCK] = {mx_print_begin_block, PREC_STATEMENT, NULL},
    [NODE_END_BLOCK] = {mx_print_end_block, PREC_STATEMENT, NULL},
    [NODE_TYPE_UNION] = {mx_print_type_union, PREC_PRIMARY, NULL},
    [NODE_TYPE_GENERIC] = {mx_print_type_generic, PREC_PRIMARY, NULL},
    [NODE_QUOTE] = {mx_print_quote, PREC_PRIMARY, NULL},
    [NODE_UNQUOTE] = {mx_print_unquote, PREC_PRIMARY, NULL},
    [NODE_SPLICED] = {mx_print_spliced, PREC_PRIMARY, NULL},
    [NODE_PAT_VALUE] = {mx_print_pattern, PREC_PRIMARY, NULL},
    [NODE_PAT_BIND] = {mx_print_pattern, PREC_PRIMARY, NULL},
    [NODE_PAT_ARRAY] = {mx_print_pattern, PREC_PRIMARY, NULL},
    [NODE_PAT_FIND] = {mx_print_pattern, PREC_PRIMARY, NULL},
    [NODE_PAT_HASH] = {mx_print_pattern, PREC_PRIMARY, NULL},
    [NODE_PAT_PAIR] = {mx_print_pattern, PREC_PRIMARY, NULL},
    [NODE_PAT_SPLAT] = {mx_print_pattern, PREC_PRIMARY, NULL},
    [NODE_PAT_ALT] = {mx_print_pattern, PREC_PRIMARY, NULL},
    [NODE_PAT_CAPTURE] = {mx_print_pattern, PREC_PRIMARY, NULL},
};

// Write text as it is.
void mx_printer_text(Printer *printer, const char *text) { mx_strbuf_add_str(printer->out, text); }

// Write the bytes of a name.
void mx_printer_name(Printer *printer, Sym name) {
  SymName text = mx_sym_name(printer->symtab, name);
  mx_strbuf_add(printer->out, text.bytes, text.len);
}

// Start a new line at the current depth.
void mx_printer_newline(Printer *printer) {
  mx_strbuf_add_byte(printer->out, '\n');
  mx_strbuf_add_repeat(printer->out, ' ', (size_t)printer->depth * PRINT_INDENT);
}

// See through statement lists of one statement; NULL for an empty one without parentheses.
const Node *mx_printer_unwrap(const Node *node) {
  while (node && node->kind == NODE_BLOCK) {
    const NodeList *list = &((const NodeBlock *)node)->statements;
    bool empty = list->count == 0 && !(node->flags & NF_PARENS);
    if (list->count != 1) return empty ? NULL : node;
    node = list->at[0];
  }
  return node;
}

// Return how tight the text of a node binds.
static int print_prec(const Node *node) {
  const PrintEntry *entry = &print_entries[node->kind];
  return entry->prec_of ? entry->prec_of(node) : entry->prec;
}

// Print a node by its rule, as a statement or as part of one.
static void print_rule(Printer *printer, const Node *node, bool statement) {
  bool outer = printer->statement;
  printer->statement = statement;
  print_entries[node->kind].rule(printer, node);
  printer->statement = outer;
}

// Replace a statement list of one statement without parentheses by the statement.
const Node *mx_printer_strip(const Node *node) {
  while (node && node->kind == NODE_BLOCK && !(node->flags & NF_PARENS) &&
         ((const NodeBlock *)node)->statements.count == 1)
    node = ((const NodeBlock *)node)->statements.at[0];
  return node;
}

// Print a child that ends its statement, in parentheses when it binds looser than min.
void mx_printer_tail(Printer *printer, const Node *node, int min, bool statement) {
  node = mx_printer_strip(node);
  if (print_prec(node) >= min) {
    print_rule(printer, node, statement);
    return;
  }
  mx_printer_text(printer, "(");
  print_rule(printer, node, false);
  mx_printer_text(printer, ")");
}

// Print an expression, in parentheses when it binds looser than min.
void mx_printer_expr(Printer *printer, const Node *node, int min) {
  mx_printer_tail(printer, node, min, false);
}

// Print expressions separated by commas.
void mx_printer_list(Printer *printer, const NodeList *list, int min) {
  for (uint32_t i = 0; i < list->count; i++) {
    if (i > 0) mx_printer_text(printer, ", ");
    mx_printer_expr(printer, list->at[i], min);
  }
}

// Put parentheses around the text from `start` on when it begins with a word that would be a
// modifier of what stands before it.
void mx_printer_guard(Printer *printer, size_t start) {
  static const char *const words[] = {"if", "unless", "while", "until", "rescue"};
  StrBuf *out = printer->out;
  size_t len = strspn(out->at + start, "abcdefghijklmnopqrstuvwxyz");
  for (size_t i = 0; i < MX_COUNT_OF(words); i++) {
    if (strlen(words[i]) != len || memcmp(words[i], out->at + start, len) != 0) continue;
    mx_printer_text(printer, "()");
    memmove(out->at + start + 1, out->at + start, out->len - start - 2);
    out->at[start] = '(';
  }
}

// Print expressions separated by commas behind a word that is not followed by a parenthesis.
void mx_printer_bare_list(Printer *printer, const NodeList *list, int min) {
  size_t start = printer->out->len;
  for (uint32_t i = 0; i < list->count; i++) {
    if (i > 0) mx_printer_text(printer, ", ");
    mx_printer_expr(printer, list->at[i], min);
    if (i == 0) mx_printer_guard(printer, start);
  }
}

// Return the statements of a body; a single node is a list of itself.
static NodeList print_statements_of(const Node **body) {
  const Node *node = *body;
  if (!node) return (NodeList){0};
  if (node->kind == NODE_BLOCK && !(node->flags & NF_PARENS))
    return ((const NodeBlock *)node)->statements;
  return (NodeList){.at = (Node **)body, .count = 1};
}

// Tell whether a statement is set apart by blank lines.
static bool print_is_definition(const Node *node) {
  bool multi_line_def = node->kind == NODE_DEF && !(node->flags & NF_ENDLESS);
  return multi_line_def || node->kind == NODE_CLASS || node->kind == NODE_MODULE ||
         node->kind == NODE_SCLASS;
}

// Tell whether a statement is one: a hoisted BEGIN leaves an empty list where it stood.
static bool print_is_nothing(const Node *node) {
  return node->kind == NODE_BLOCK && !(node->flags & NF_PARENS) &&
         ((const NodeBlock *)node)->statements.count == 0;
}

// Print statements as lines at the current depth; the first begins with a newline if asked.
static void print_lines(Printer *printer, const Node *body, bool first_newline) {
  NodeList list = print_statements_of(&body);
  const Node *before = NULL;
  for (uint32_t i = 0; i < list.count; i++) {
    const Node *node = list.at[i];
    if (print_is_nothing(node)) continue;
    bool apart = before && (print_is_definition(before) || print_is_definition(node));
    if (apart) mx_strbuf_add_byte(printer->out, '\n');
    if (before || first_newline) mx_printer_newline(printer);
    mx_printer_tail(printer, node, PREC_STATEMENT, true);
    before = node;
  }
}

// Print statements as lines one step deeper, each beginning with a newline.
void mx_printer_body(Printer *printer, const Node *body) {
  printer->depth++;
  print_lines(printer, body, true);
  printer->depth--;
}

// Print statements as lines at the current depth, the first one where the text stands.
void mx_printer_lines(Printer *printer, const Node *body) { print_lines(printer, body, false); }

// Print statements on one line, separated by semicolons.
void mx_printer_inline(Printer *printer, const Node *body) {
  NodeList list = print_statements_of(&body);
  for (uint32_t i = 0; i < list.count; i++) {
    if (i > 0) mx_printer_text(printer, "; ");
    mx_printer_expr(printer, list.at[i], PREC_STATEMENT);
  }
}

// Print a statement list inside an expression: in parentheses.
static void print_block(Printer *printer, const Node *node) {
  const NodeList *list = &((const NodeBlock *)node)->statements;
  mx_printer_text(printer, "(");
  for (uint32_t i = 0; i < list->count; i++) {
    if (i > 0) mx_printer_text(printer, "; ");
    mx_printer_expr(printer, list->at[i], PREC_STATEMENT);
  }
  mx_printer_text(printer, ")");
}

// Print what stands for text that did not parse; nothing parses it back.
static void print_error(Printer *printer, const Node *node) {
  MX_UNUSED(node);
  mx_printer_text(printer, "<error>");
}

// What is left of the allowance for one line.
typedef struct ShortBudget {
  int nodes; // nodes that may still come
  int bytes; // bytes of text that may still come
} ShortBudget;

// Tell whether a node always takes several lines.
static bool print_is_tall(const Node *node) {
  switch (mx_ast_kind(node)) {
  case NODE_IF:
  case NODE_UNLESS: return !(node->flags & (NF_MODIFIER | NF_TERNARY));
  case NODE_WHILE:
  case NODE_UNTIL: return !(node->flags & NF_MODIFIER);
  case NODE_BLOCK:
    return ((const NodeBlock *)node)->statements.count > 1 && !(node->flags & NF_PARENS);
  default:
    return node->kind == NODE_FOR || node->kind == NODE_CASE || node->kind == NODE_CASE_IN ||
           node->kind == NODE_MATCH || node->kind == NODE_BEGIN || print_is_definition(node);
  }
}

// Take a node and its children off the budget; false when it is spent.
static bool print_spend(void *ctx, Node *node) {
  ShortBudget *budget = ctx;
  if (print_is_tall(node) || --budget->nodes < 0) return false;
  if (node->kind == NODE_STRING) budget->bytes -= (int)((const NodeStringLiteral *)node)->value.len;
  return budget->bytes >= 0 && mx_ast_each_child(node, print_spend, budget);
}

// Tell whether a node reads well on one line.
bool mx_printer_is_short(const Node *node) {
  ShortBudget budget = {.nodes = PRINT_SHORT_NODES, .bytes = PRINT_SHORT_TEXT};
  return !node || print_spend(&budget, (Node *)node);
}

// Tell whether a name may be a local variable here: somewhere in the tree it is one.
bool mx_printer_may_be_local(const Printer *printer, Sym name) { return printer->locals[name]; }

// Note the names of locals and parameters in a tree.
static bool print_collect_locals(void *ctx, Node *node) {
  Printer *printer = ctx;
  if (node->kind == NODE_LOCAL) printer->locals[((NodeLocalVariable *)node)->name] = true;
  if (node->kind == NODE_PARAM) printer->locals[((NodeParameter *)node)->name] = true;
  return mx_ast_each_child(node, print_collect_locals, printer);
}

// Prepare for printing a tree.
static void print_begin(Printer *printer, const Node *node) {
  uint32_t names = printer->symtab->names.count;
  printer->locals = calloc(names, sizeof(bool));
  if (!printer->locals) mx_check_out_of_memory(names);
  print_collect_locals(printer, (Node *)(uintptr_t)node);
}

// Print source text of a node.
void mx_ast_print(const Node *node, const SymTab *symtab, Dialect dialect, StrBuf *out) {
  Printer printer = {.symtab = symtab, .dialect = dialect, .encoding = SYM_ENC_UTF8, .out = out};
  print_begin(&printer, node);
  mx_printer_lines(&printer, node);
  free(printer.locals);
}

// Print one magic comment.
static uint32_t print_comment(StrBuf *out, const char *name, const char *value) {
  mx_strbuf_printf(out, "# %s: %s\n", name, value);
  return 1;
}

// Print the magic comments that a tree stands under; their number.
static uint32_t print_magic_comments(const Ast *ast, StrBuf *out) {
  uint32_t lines = 0;
  const char *encoding = ast->encoding_name;
  if (!encoding && ast->encoding == SYM_ENC_BINARY) encoding = "binary";
  if (!encoding && ast->encoding == SYM_ENC_ASCII) encoding = "us-ascii";
  if (encoding) lines += print_comment(out, "encoding", encoding);
  if (ast->flags & TREE_FROZEN_STRINGS)
    lines += print_comment(out, "frozen_string_literal", "true");
  if (ast->flags & TREE_MUTABLE_STRINGS)
    lines += print_comment(out, "frozen_string_literal", "false");
  if (ast->flags & TREE_WARN_INDENT) lines += print_comment(out, "warn_indent", "true");
  if (ast->flags & TREE_TAIL_CALLS) lines += print_comment(out, "tail_calls", "true");
  return lines;
}

uint32_t mx_ast_print_alone(const Ast *ast, const Node *node, const SymTab *symtab, StrBuf *out) {
  Printer printer = {
      .symtab = symtab, .dialect = ast->dialect, .encoding = ast->encoding, .out = out};
  print_begin(&printer, node);
  uint32_t lines = print_magic_comments(ast, out);
  mx_printer_lines(&printer, node);
  free(printer.locals);
  return lines;
}
