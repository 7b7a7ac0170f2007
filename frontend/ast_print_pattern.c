// SPDX-License-Identifier: MIT
// Printing patterns, which have a grammar of their own: brackets and braces are always written,
// alternatives and captures get parentheses where they stand inside another pattern.
#include "frontend/ast_printer.h"

// How tight patterns bind.
enum {
  PATTERN_CAPTURE, // p => name
  PATTERN_ALT,     // p | q
  PATTERN_PRIMARY, // all others
};

static void pattern_print(Printer *printer, const Node *node, int min);

// Print a pinned value: a variable as it is, anything else in parentheses.
static void pattern_pin(Printer *printer, const Node *value) {
  bool variable = value->kind == NODE_LOCAL || value->kind == NODE_IVAR ||
                  value->kind == NODE_GVAR || value->kind == NODE_CVAR;
  bool parens = value->kind == NODE_BLOCK && value->flags & NF_PARENS;
  mx_printer_text(printer, variable || parens ? "^" : "^(");
  mx_printer_expr(printer, value, PREC_STATEMENT);
  mx_printer_text(printer, variable || parens ? "" : ")");
}

// Print a value that is compared by ===.
static void pattern_value(Printer *printer, const Node *node) {
  const Node *value = ((const NodeValuePattern *)node)->value;
  if (node->flags & NF_PIN)
    pattern_pin(printer, value);
  else
    mx_printer_expr(printer, value, PREC_RANGE);
}

// Print a splat with its stars.
static void pattern_splat(Printer *printer, const Node *node, const char *stars) {
  const Node *target = ((const NodeSplatPattern *)node)->target;
  mx_printer_text(printer, stars);
  if (target) mx_print_target(printer, target);
}

// Print the constant of a pattern and its opening bracket.
static void pattern_open(Printer *printer, const Node *constant, const char *bracket) {
  if (constant) {
    mx_printer_expr(printer, constant, PREC_PRIMARY);
    mx_printer_text(printer, "(");
  } else {
    mx_printer_text(printer, bracket);
  }
}

// Print an array or find pattern.
static void pattern_array(Printer *printer, const Node *node) {
  const NodeArrayPattern *array = (const NodeArrayPattern *)node;
  pattern_open(printer, array->constant, "[");
  for (uint32_t i = 0; i < array->elements.count; i++) {
    if (i > 0) mx_printer_text(printer, ", ");
    pattern_print(printer, array->elements.at[i], PATTERN_CAPTURE);
  }
  if (node->flags & NF_TRAILING_COMMA) mx_printer_text(printer, ",");
  mx_printer_text(printer, array->constant ? ")" : "]");
}

static_assert(offsetof(NodeArrayPattern, elements) == offsetof(NodeFindPattern, elements),
              "pattern_array serves both");

// Print a pair of a hash pattern.
static void pattern_pair(Printer *printer, const Node *node) {
  const NodePairPattern *pair = (const NodePairPattern *)node;
  const NodeSymbolLiteral *symbol = (const NodeSymbolLiteral *)pair->key;
  if (pair->key->kind == NODE_SYMBOL) {
    mx_print_label(printer, symbol->value);
  } else {
    mx_printer_expr(printer, pair->key, PREC_PRIMARY);
    mx_printer_text(printer, " =>");
  }
  bool shorthand =
      pair->pattern && pair->pattern->kind == NODE_PAT_BIND && pair->pattern->flags & NF_SHORTHAND;
  if (!pair->pattern || shorthand) return;
  mx_printer_text(printer, " ");
  pattern_print(printer, pair->pattern, PATTERN_CAPTURE);
}

// Print what a hash pattern says about further keys.
static void pattern_hash_rest(Printer *printer, const Node *rest) {
  if (rest->kind == NODE_PAT_SPLAT)
    pattern_splat(printer, rest, "**");
  else
    mx_printer_text(printer, "**nil");
}

// Print a hash pattern.
static void pattern_hash(Printer *printer, const Node *node) {
  const NodeHashPattern *hash = (const NodeHashPattern *)node;
  pattern_open(printer, hash->constant, "{");
  for (uint32_t i = 0; i < hash->pairs.count; i++) {
    if (i > 0) mx_printer_text(printer, ", ");
    pattern_pair(printer, hash->pairs.at[i]);
  }
  if (hash->rest && hash->pairs.count > 0) mx_printer_text(printer, ", ");
  if (hash->rest) pattern_hash_rest(printer, hash->rest);
  mx_printer_text(printer, hash->constant ? ")" : "}");
}

// Print left | right.
static void pattern_alt(Printer *printer, const Node *node) {
  const NodeAlternativePattern *alt = (const NodeAlternativePattern *)node;
  pattern_print(printer, alt->left, PATTERN_ALT);
  mx_printer_text(printer, " | ");
  pattern_print(printer, alt->right, PATTERN_PRIMARY);
}

// Print pattern => name.
static void pattern_capture(Printer *printer, const Node *node) {
  const NodeCapturePattern *capture = (const NodeCapturePattern *)node;
  pattern_print(printer, capture->pattern, PATTERN_CAPTURE);
  mx_printer_text(printer, " => ");
  mx_print_target(printer, capture->target);
}

// Return how tight a pattern binds.
static int pattern_prec(const Node *node) {
  if (node->kind == NODE_PAT_CAPTURE) return PATTERN_CAPTURE;
  return node->kind == NODE_PAT_ALT ? PATTERN_ALT : PATTERN_PRIMARY;
}

// Print a pattern by its kind.
static void pattern_by_kind(Printer *printer, const Node *node) {
  switch (mx_ast_kind(node)) {
  case NODE_PAT_VALUE: pattern_value(printer, node); return;
  case NODE_PAT_BIND: mx_print_target(printer, ((const NodeBindPattern *)node)->target); return;
  case NODE_PAT_ARRAY:
  case NODE_PAT_FIND: pattern_array(printer, node); return;
  case NODE_PAT_HASH: pattern_hash(printer, node); return;
  case NODE_PAT_PAIR: pattern_pair(printer, node); return;
  case NODE_PAT_SPLAT: pattern_splat(printer, node, "*"); return;
  case NODE_PAT_ALT: pattern_alt(printer, node); return;
  case NODE_PAT_CAPTURE: pattern_capture(printer, node); return;
  default: mx_printer_expr(printer, node, PREC_TERNARY);
  }
}

// Print a pattern, in parentheses when it binds looser than min.
static void pattern_print(Printer *printer, const Node *node, int min) {
  bool parens = pattern_prec(node) < min;
  if (parens) mx_printer_text(printer, "(");
  pattern_by_kind(printer, node);
  if (parens) mx_printer_text(printer, ")");
}

// Print any pattern.
void mx_print_pattern(Printer *printer, const Node *node) {
  pattern_print(printer, node, PATTERN_CAPTURE);
}

// Print value => pattern or value in pattern.
void mx_print_match_pattern(Printer *printer, const Node *node) {
  const NodeMatchPattern *match = (const NodeMatchPattern *)node;
  mx_printer_expr(printer, match->value, PREC_TERNARY);
  mx_printer_text(printer, node->flags & NF_PREDICATE ? " in " : " => ");
  mx_print_pattern(printer, match->pattern);
}
