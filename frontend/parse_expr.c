// SPDX-License-Identifier: MIT
// Operators: precedence climbing over the rows of tokens.def.
//
// An assignment's left side is any operand, whatever the operators before it: `1 + a = 2` is
// `1 + (a = 2)`. So assignments are taken where operands are (expr_operand), not by precedence.
#include "frontend/parser_internal.h"

typedef enum Assoc { ASSOC_LEFT, ASSOC_RIGHT, ASSOC_NONE } Assoc;

typedef struct OperatorRow {
  uint8_t bp;    // binding power, 0 when the token is no binary operator
  uint8_t assoc; // Assoc
} OperatorRow;

static const OperatorRow operators[TOK_COUNT] = {
#define OPERATOR(ID, text, power, side, sym) [TOK_##ID] = {.bp = (power), .assoc = ASSOC_##side},
#include "frontend/tokens.def"
};

// Tell whether the current token may begin an expression.
bool mx_parse_starts_value(const Parser *p) {
  switch (p->tok.kind) {
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
  case TOK_CHAR:
  case TOK_STRING_BEG:
  case TOK_XSTRING_BEG:
  case TOK_REGEXP_BEG:
  case TOK_WORDS_BEG:
  case TOK_SYMBOLS_BEG:
  case TOK_DSYMBOL_BEG:
  case TOK_HEREDOC_BEG:
  case TOK_SYMBOL_BEG:
  case TOK_LPAREN:
  case TOK_LPAREN_BEG:
  case TOK_LPAREN_ARG:
  case TOK_LBRACK:
  case TOK_LBRACE:
  case TOK_COLON3:
  case TOK_LAMBDA:
  case TOK_BANG:
  case TOK_TILDE:
  case TOK_UPLUS:
  case TOK_UMINUS:
  case TOK_UMINUS_NUM:
  case TOK_BDOT2:
  case TOK_BDOT3:
  case TOK_IF:
  case TOK_UNLESS:
  case TOK_WHILE:
  case TOK_UNTIL:
  case TOK_CASE:
  case TOK_FOR:
  case TOK_BEGIN:
  case TOK_DEF:
  case TOK_CLASS:
  case TOK_MODULE:
  case TOK_NIL:
  case TOK_TRUE:
  case TOK_FALSE:
  case TOK_SELF:
  case TOK_NOT:
  case TOK_DEFINED:
  case TOK_BREAK:
  case TOK_NEXT:
  case TOK_REDO:
  case TOK_RETRY:
  case TOK_RETURN:
  case TOK_SUPER:
  case TOK_YIELD:
  case TOK_FILE_NAME:
  case TOK_LINE_NUMBER:
  case TOK_SOURCE_ENCODING:
  case TOK_UNQUOTE_BEG: return true;
  default: return false;
  }
}

// -- prefix operators ---------------------------------------------------------------------------

// Make a call of a unary operator's method.
static Node *expr_unary(Parser *p, Sym name, uint32_t start, Node *operand) {
  mx_parse_check_value(p, operand);
  NodeMethodCall *node = NEW(p, MethodCall, CALL, mx_parser_span(p, start));
  node->receiver = operand;
  node->name = name;
  node->name_start = start;
  node->base.flags = NF_OPERATOR;
  mx_parser_raise_height(p);
  return &node->base;
}

// Parse `!operand`; where a statement may stand, the operand may be a command.
static Node *expr_bang(Parser *p, int flags) {
  uint32_t start = p->tok.span.start;
  mx_parser_advance(p);
  int inner = flags & PX_NOT ? flags & ~PX_STMT : PX_NONE;
  Node *operand = mx_parse_binary(p, BP_UNARY, inner);
  bool command = operand == p->command;
  Node *node = expr_unary(p, SYM_BANG, start, mx_parse_condition(p, operand));
  if (command) p->command = node;
  return node;
}

// Parse the assignment that an operand may begin; without one the operand itself.
static Node *expr_assigned(Parser *p, Node *node, int flags) {
  if (p->tok.kind != TOK_ASSIGN && p->tok.kind != TOK_OP_ASSIGN) return node;
  if (p->recovering || node == p->command) return node;
  return mx_parse_assignment(p, node, flags);
}

// Parse a negative number; `-2 ** 2` is `-(2 ** 2)`.
static Node *expr_minus_number(Parser *p, int flags) {
  uint32_t start = p->tok.span.start;
  mx_parser_advance(p);
  Node *number = mx_parse_number(p);
  if (p->tok.kind != TOK_POW) {
    mx_parse_negate(p, number);
    number->span.start = start;
    return expr_assigned(p, mx_parse_postfix(p, number, flags & ~PX_STMT), flags);
  }
  NodeMethodCall *pow = NEW(p, MethodCall, CALL, number->span);
  pow->receiver = number;
  pow->name = SYM_POW;
  pow->name_start = p->tok.span.start;
  pow->base.flags = NF_OPERATOR;
  mx_parser_advance(p);
  Node *right = mx_parse_binary(p, BP_POW, PX_NONE);
  pow->args = ((NodeBlock *)mx_parse_block_of(p, right))->statements;
  pow->base.span = mx_parser_span(p, number->span.start);
  return expr_unary(p, SYM_UMINUS, start, &pow->base);
}

// Parse ..last and ...last.
static Node *expr_beginless(Parser *p) {
  NodeRangeLiteral *node = NEW(p, RangeLiteral, RANGE, p->tok.span);
  if (p->tok.kind == TOK_BDOT3) node->base.flags = NF_EXCLUSIVE;
  mx_parser_advance(p);
  node->last = mx_parse_binary(p, BP_RANGE + 1, PX_NONE);
  mx_parse_check_value(p, node->last);
  node->base.span = mx_parser_span(p, node->base.span.start);
  return &node->base;
}

// Parse `defined? operand`, with or without parentheses.
static Node *expr_defined(Parser *p, int flags) {
  NodeDefined *node = NEW(p, Defined, DEFINED, p->tok.span);
  uint32_t start = p->tok.span.start;
  bool in_defined = p->ctx.in_defined;
  p->ctx.in_defined = true;
  mx_parser_advance(p);
  mx_parser_skip_newlines(p);
  if (p->tok.kind == TOK_LPAREN) {
    Context saved = p->ctx;
    p->ctx.no_do = p->ctx.in_cmdarg = p->ctx.no_pipe = p->ctx.no_in = false;
    mx_parser_advance(p);
    mx_parser_skip_newlines(p);
    node->value = mx_parse_expr(p, PX_EXPR);
    mx_parser_skip_newlines(p);
    p->ctx = saved;
    p->ctx.in_defined = in_defined;
    mx_parser_expect(p, TOK_RPAREN, "behind defined?(");
    node->base.flags = NF_PARENS;
    node->base.span = mx_parser_span(p, start);
    return mx_parse_postfix(p, &node->base, flags & ~PX_STMT);
  }
  node->value = mx_parse_binary(p, BP_LOWEST, PX_NONE);
  p->ctx.in_defined = in_defined;
  node->base.span = mx_parser_span(p, start);
  return &node->base;
}

// Parse -operand, +operand and ~operand.
static Node *expr_sign(Parser *p, Sym name, int bp) {
  uint32_t start = p->tok.span.start;
  mx_parser_advance(p);
  Node *operand = mx_parse_binary(p, bp, PX_NONE);
  return expr_unary(p, name, start, operand);
}

// Parse the assignment that an operand may begin.
static Node *expr_assignment(Parser *p, Node *node, int flags) {
  if (p->tok.kind != TOK_ASSIGN && p->tok.kind != TOK_OP_ASSIGN) return node;
  if (p->recovering || node == p->command) return node;
  return mx_parse_assignment(p, node, flags);
}

// Parse an operand, and the assignment that it may begin.
static Node *expr_operand(Parser *p, int flags) {
  return expr_assignment(p, mx_parse_operand(p, flags), flags);
}

// Parse an operand with the operators before it.
static Node *expr_prefix(Parser *p, int flags) {
  switch (p->tok.kind) {
  case TOK_BANG: return expr_bang(p, flags);
  case TOK_TILDE: return expr_sign(p, SYM_TILDE, BP_UNARY);
  case TOK_UPLUS: return expr_sign(p, SYM_UPLUS, BP_UNARY);
  case TOK_UMINUS: return expr_sign(p, SYM_UMINUS, BP_UMINUS);
  case TOK_UMINUS_NUM: return expr_minus_number(p, flags);
  case TOK_BDOT2:
  case TOK_BDOT3: return expr_beginless(p);
  case TOK_DEFINED: return expr_defined(p, flags);
  default: return expr_operand(p, flags);
  }
}

// -- binary operators ---------------------------------------------------------------------------

// Parse then : else behind the condition and `?`.
static Node *expr_ternary(Parser *p, Node *condition) {
  NodeIf *node = NEW(p, If, IF, condition->span);
  Context saved = p->ctx;
  p->ctx.no_pipe = p->ctx.no_in = false;
  mx_parse_check_value(p, condition);
  node->condition = mx_parse_condition(p, condition);
  mx_parser_advance(p);
  mx_parser_skip_newlines(p);
  node->then_body = mx_parse_arg(p, PX_NONE);
  mx_parser_skip_newlines(p);
  p->ctx = saved;
  mx_parser_expect(p, TOK_COLON, "of the ternary operator");
  mx_parser_skip_newlines(p);
  node->else_body = mx_parse_arg(p, PX_NONE);
  node->base.flags = NF_TERNARY | NF_HAS_ELSE;
  node->base.span = mx_parser_span(p, condition->span.start);
  return &node->base;
}

// Parse the right side of .. or ...; nothing there makes an endless range.
static Node *expr_range(Parser *p, Node *first) {
  NodeRangeLiteral *node = NEW(p, RangeLiteral, RANGE, first->span);
  if (p->tok.kind == TOK_DOT3) node->base.flags = NF_EXCLUSIVE;
  mx_parse_check_value(p, first);
  node->first = first;
  mx_parser_advance(p);
  if (mx_parse_starts_value(p)) {
    node->last = mx_parse_binary(p, BP_RANGE + 1, PX_NONE);
    mx_parse_check_value(p, node->last);
  }
  node->base.span = mx_parser_span(p, first->span.start);
  return &node->base;
}

// Parse the right side of && and ||.
static Node *expr_logical(Parser *p, Node *left, int bp) {
  NodeAnd *node = NEW(p, And, AND, left->span);
  if (p->tok.kind == TOK_OROR) node->base.kind = NODE_OR;
  mx_parse_check_value(p, left);
  mx_parser_advance(p);
  node->left = left;
  node->right = mx_parse_binary(p, bp + 1, PX_NONE);
  node->base.span = mx_parser_span(p, left->span.start);
  return &node->base;
}

// Parse the right side of an operator that is a method.
static Node *expr_operator_call(Parser *p, Node *left, OperatorRow row) {
  NodeMethodCall *node = NEW(p, MethodCall, CALL, left->span);
  mx_parse_check_value(p, left);
  node->receiver = left;
  node->name = p->tok.sym;
  node->name_start = p->tok.span.start;
  node->base.flags = NF_OPERATOR;
  mx_parser_advance(p);
  Node *right = mx_parse_binary(p, row.assoc == ASSOC_RIGHT ? row.bp : row.bp + 1, PX_NONE);
  mx_parse_check_value(p, right);
  uint32_t mark = p->stack.count;
  vec_push(&p->stack, right);
  node->args = mx_parser_list(p, mark);
  node->base.span = mx_parser_span(p, left->span.start);
  return node->name == SYM_MATCH_OP ? mx_parse_match_write(p, &node->base) : &node->base;
}

// Parse the rest of an expression behind its left operand, at the operator.
static Node *expr_infix(Parser *p, Node *left, OperatorRow row) {
  switch (p->tok.kind) {
  case TOK_QUESTION: return expr_ternary(p, left);
  case TOK_DOT2:
  case TOK_DOT3: return expr_range(p, left);
  case TOK_ANDAND:
  case TOK_OROR: return expr_logical(p, left, row.bp);
  default: return expr_operator_call(p, left, row);
  }
}

// Climb: take operators of at least a binding power.
static Node *expr_climb(Parser *p, Node *left, int min_bp) {
  int none_at = 0; // binding power of the last operator that does not associate
  for (;;) {
    OperatorRow row = operators[p->tok.kind];
    if (row.bp == 0 || row.bp < min_bp || left == p->command || p->recovering) return left;
    if (p->tok.kind == TOK_PIPE && p->ctx.no_pipe) return left;
    if (row.assoc == ASSOC_NONE && row.bp == none_at) {
      mx_parser_unexpected(p, NULL);
      return left;
    }
    none_at = row.assoc == ASSOC_NONE ? row.bp : 0;
    left = expr_infix(p, left, row);
    mx_parser_raise_height(p);
  }
}

// Parse an expression whose operators bind at least as tight as min_bp.
Node *mx_parse_binary(Parser *p, int min_bp, int flags) {
  uint32_t height = p->height;
  p->height = 0;
  Node *node;
  if (mx_parser_enter(p))
    node = expr_climb(p, expr_prefix(p, flags), min_bp);
  else
    node = mx_parser_unexpected(p, NULL);
  mx_parser_leave(p);
  p->height = p->height + 1 > height ? p->height + 1 : height;
  return node;
}

// Parse all operators above and, or, not.
Node *mx_parse_arg(Parser *p, int flags) {
  if (p->lex.metorex) {
    Node *arrow = mx_parse_arrow_lambda(p, flags);
    if (arrow) return arrow;
  }
  return mx_parse_binary(p, BP_LOWEST, flags);
}

// Go on with the chain and the operators behind a primary that has been parsed.
Node *mx_parse_continue_value(Parser *p, Node *primary, int flags) {
  Node *node = expr_assignment(p, mx_parse_postfix(p, primary, flags), flags);
  return expr_climb(p, node, BP_LOWEST);
}

// Parse an arg whose value is needed.
Node *mx_parse_value(Parser *p) {
  Node *node = mx_parse_arg(p, PX_NONE);
  mx_parse_check_value(p, node);
  return node;
}
