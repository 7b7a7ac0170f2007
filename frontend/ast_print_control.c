// SPDX-License-Identifier: MIT
// Printing control flow: conditions, loops, case, jumps, exception handling.
//
// Modifiers and ternaries stay what they were: in `x if x = f` the body comes first, so its x is
// no local yet, which a printed `if x = f` would change.
#include "frontend/ast_printer.h"

// Print a keyword, and `end` at the same depth.
static void control_end(Printer *printer) {
  mx_printer_newline(printer);
  mx_printer_text(printer, "end");
}

// Print a body under a keyword of its own line, such as else.
static void control_clause(Printer *printer, const char *keyword, const Node *body) {
  mx_printer_newline(printer);
  mx_printer_text(printer, keyword);
  mx_printer_body(printer, body);
}

// `and` and `or` bind looser than anything, && and || like operators.
int mx_print_logic_prec(const Node *node) {
  if (node->flags & NF_WORD) return PREC_EXPR;
  return node->kind == NODE_AND ? PREC_AND : PREC_OR;
}

// Tell whether a node is a jump, which may end an `and` without parentheses.
static bool control_is_jump(const Node *node) {
  return node->kind == NODE_BREAK || node->kind == NODE_NEXT || node->kind == NODE_RETURN;
}

// Print a logical operator.
static void control_logic(Printer *printer, const Node *node, const char *sign, const char *word) {
  const NodeAnd *logic = (const NodeAnd *)node;
  int prec = mx_print_logic_prec(node);
  bool as_word = node->flags & NF_WORD;
  mx_printer_expr(printer, logic->left, prec);
  mx_printer_text(printer, as_word ? word : sign);
  bool jump = as_word && control_is_jump(mx_printer_strip(logic->right));
  mx_printer_expr(printer, logic->right, jump ? prec : prec + 1);
}

static_assert(offsetof(NodeAnd, right) == offsetof(NodeOr, right), "control_logic serves both");

// Print a conjunction.
void mx_print_and(Printer *printer, const Node *node) {
  control_logic(printer, node, " && ", " and ");
}

// Print a disjunction.
void mx_print_or(Printer *printer, const Node *node) {
  control_logic(printer, node, " || ", " or ");
}

// Print defined?.
void mx_print_defined(Printer *printer, const Node *node) {
  mx_printer_text(printer, "defined?(");
  mx_printer_expr(printer, ((const NodeDefined *)node)->value, PREC_STATEMENT);
  mx_printer_text(printer, ")");
}

// Tell whether a condition is to be printed behind its body, which must be one expression.
static bool control_is_modifier(const Node *node) {
  const NodeIf *branch = (const NodeIf *)node;
  const Node *body = mx_printer_strip(branch->then_body);
  bool bare_list = body && body->kind == NODE_BLOCK && !(body->flags & NF_PARENS);
  return node->flags & NF_MODIFIER && body && !bare_list && !mx_printer_unwrap(branch->else_body);
}

// Tell whether a condition is to be printed as c ? a : b.
static bool control_is_ternary(const Node *node) {
  const NodeIf *branch = (const NodeIf *)node;
  return node->kind == NODE_IF && node->flags & NF_TERNARY &&
         mx_printer_unwrap(branch->then_body) && mx_printer_unwrap(branch->else_body);
}

// A modifier makes a statement, a ternary an operand.
int mx_print_if_prec(const Node *node) {
  if (control_is_modifier(node)) return PREC_STATEMENT;
  return control_is_ternary(node) ? PREC_TERNARY : PREC_PRIMARY;
}

// Print a body, a modifier keyword and its condition.
static void control_modifier(Printer *printer, const Node *body, const char *keyword,
                             const Node *condition) {
  mx_printer_tail(printer, body, PREC_STATEMENT, printer->statement);
  mx_printer_text(printer, keyword);
  mx_printer_expr(printer, condition, PREC_EXPR);
}

// Print c ? a : b.
static void control_ternary(Printer *printer, const NodeIf *branch) {
  mx_printer_expr(printer, branch->condition, PREC_OR);
  mx_printer_text(printer, " ? ");
  mx_printer_expr(printer, branch->then_body, PREC_TERNARY);
  mx_printer_text(printer, " : ");
  mx_printer_expr(printer, branch->else_body, PREC_TERNARY);
}

// Print a keyword with a condition and the body below.
static void control_branch(Printer *printer, const char *keyword, const NodeIf *branch) {
  mx_printer_text(printer, keyword);
  mx_printer_expr(printer, branch->condition, PREC_EXPR);
  mx_printer_body(printer, branch->then_body);
}

// Return the IF that continues an else as elsif, or NULL.
static const NodeIf *control_elsif(const Node *else_body) {
  const Node *node = mx_printer_strip(else_body);
  if (!node || node->kind != NODE_IF || mx_print_if_prec(node) != PREC_PRIMARY) return NULL;
  return (const NodeIf *)node;
}

// Print a condition.
void mx_print_if(Printer *printer, const Node *node) {
  const NodeIf *branch = (const NodeIf *)node;
  if (control_is_modifier(node)) {
    control_modifier(printer, branch->then_body, " if ", branch->condition);
    return;
  }
  if (control_is_ternary(node)) {
    control_ternary(printer, branch);
    return;
  }
  control_branch(printer, "if ", branch);
  const NodeIf *next;
  while ((next = control_elsif(branch->else_body)) != NULL) {
    branch = next;
    mx_printer_newline(printer);
    control_branch(printer, "elsif ", branch);
  }
  if (branch->else_body) control_clause(printer, "else", branch->else_body);
  control_end(printer);
}

static_assert(offsetof(NodeIf, else_body) == offsetof(NodeUnless, else_body),
              "IF and UNLESS share their printing");

// Print a negated condition.
void mx_print_unless(Printer *printer, const Node *node) {
  const NodeIf *branch = (const NodeIf *)node;
  if (control_is_modifier(node)) {
    control_modifier(printer, branch->then_body, " unless ", branch->condition);
    return;
  }
  control_branch(printer, "unless ", branch);
  if (branch->else_body) control_clause(printer, "else", branch->else_body);
  control_end(printer);
}

// Tell whether a loop is to be printed behind its body. A BEGIN there would run first, so without
// that meaning it must stand in parentheses or inside the loop.
static bool control_is_loop_modifier(const Node *node) {
  const Node *body = mx_printer_strip(((const NodeWhile *)node)->body);
  if (!body || (body->kind == NODE_BLOCK && !(body->flags & NF_PARENS))) return false;
  if (node->flags & NF_DO_WHILE) return true;
  return node->flags & NF_MODIFIER && body->kind != NODE_BEGIN;
}

// A loop behind its body makes a statement.
int mx_print_loop_prec(const Node *node) {
  return control_is_loop_modifier(node) ? PREC_STATEMENT : PREC_PRIMARY;
}

static_assert(offsetof(NodeWhile, body) == offsetof(NodeUntil, body), "mx_print_loop serves both");

// Print a while or until loop.
void mx_print_loop(Printer *printer, const Node *node) {
  const NodeWhile *loop = (const NodeWhile *)node;
  bool positive = node->kind == NODE_WHILE;
  if (control_is_loop_modifier(node)) {
    control_modifier(printer, loop->body, positive ? " while " : " until ", loop->condition);
    return;
  }
  mx_printer_text(printer, positive ? "while " : "until ");
  mx_printer_expr(printer, loop->condition, PREC_EXPR);
  mx_printer_body(printer, loop->body);
  control_end(printer);
}

// Print a for loop.
void mx_print_for(Printer *printer, const Node *node) {
  const NodeFor *loop = (const NodeFor *)node;
  mx_printer_text(printer, "for ");
  if (loop->target->kind == NODE_MULTI_TARGET)
    mx_print_multi_target(printer, loop->target);
  else
    mx_print_target(printer, loop->target);
  mx_printer_text(printer, " in ");
  mx_printer_expr(printer, loop->iterable, PREC_EXPR);
  mx_printer_body(printer, loop->body);
  control_end(printer);
}

// Print the arms of a case, an else and the end.
static void control_arms(Printer *printer, const NodeList *arms, bool has_else, const Node *body) {
  for (uint32_t i = 0; i < arms->count; i++) {
    mx_printer_newline(printer);
    mx_printer_expr(printer, arms->at[i], PREC_STATEMENT);
  }
  if (has_else) control_clause(printer, "else", body);
  control_end(printer);
}

// Print case/when.
void mx_print_case(Printer *printer, const Node *node) {
  const NodeCase *choice = (const NodeCase *)node;
  mx_printer_text(printer, "case");
  if (choice->subject) {
    mx_printer_text(printer, " ");
    mx_printer_expr(printer, choice->subject, PREC_EXPR);
  }
  control_arms(printer, &choice->whens, choice->else_body, choice->else_body);
}

// Print case/in.
void mx_print_case_in(Printer *printer, const Node *node) {
  const NodeCaseIn *choice = (const NodeCaseIn *)node;
  mx_printer_text(printer, "case ");
  mx_printer_expr(printer, choice->subject, PREC_EXPR);
  bool has_else = node->flags & NF_HAS_ELSE || choice->else_body;
  control_arms(printer, &choice->ins, has_else, choice->else_body);
}

// Print match/when.
void mx_print_match(Printer *printer, const Node *node) {
  const NodeMatch *choice = (const NodeMatch *)node;
  mx_printer_text(printer, "match ");
  mx_printer_expr(printer, choice->subject, PREC_TERNARY);
  bool has_else = node->flags & NF_HAS_ELSE || choice->else_body;
  control_arms(printer, &choice->whens, has_else, choice->else_body);
}

// Print the guard of an arm.
static void control_guard(Printer *printer, const Node *guard) {
  if (!guard) return;
  mx_printer_text(printer, guard->kind == NODE_IF ? " if " : " unless ");
  mx_printer_expr(printer, ((const NodeIf *)guard)->condition, PREC_EXPR);
}

// Print a when arm.
void mx_print_when(Printer *printer, const Node *node) {
  const NodeWhen *when = (const NodeWhen *)node;
  mx_printer_text(printer, "when ");
  mx_printer_list(printer, &when->conditions, PREC_TERNARY);
  control_guard(printer, when->guard);
  mx_printer_body(printer, when->body);
}

// Print an in arm.
void mx_print_in(Printer *printer, const Node *node) {
  const NodeIn *in = (const NodeIn *)node;
  mx_printer_text(printer, "in ");
  mx_print_pattern(printer, in->pattern);
  control_guard(printer, in->guard);
  mx_printer_body(printer, in->body);
}

// A jump without a value is a word, one with a value no argument.
int mx_print_jump_prec(const Node *node) {
  return ((const NodeReturn *)node)->value ? PREC_EXPR : PREC_PRIMARY;
}

static_assert(offsetof(NodeReturn, value) == offsetof(NodeBreak, value) &&
                  offsetof(NodeReturn, value) == offsetof(NodeNext, value),
              "mx_print_jump serves all three");

// Return the word of a jump.
static const char *control_jump_word(const Printer *printer, const Node *node) {
  if (node->kind == NODE_BREAK) return "break";
  if (node->kind == NODE_RETURN) return "return";
  bool metorex = printer->dialect == DIALECT_METOREX;
  return metorex && node->flags & NF_CONTINUE ? "continue" : "next";
}

// Print a break, next or return.
void mx_print_jump(Printer *printer, const Node *node) {
  const Node *value = ((const NodeReturn *)node)->value;
  const NodeArrayLiteral *array = (const NodeArrayLiteral *)value;
  mx_printer_text(printer, control_jump_word(printer, node));
  if (!value) return;
  mx_printer_text(printer, " ");
  size_t start = printer->out->len;
  if (value->kind == NODE_ARRAY && value->flags & NF_NO_BRACKETS && array->elements.count > 1) {
    mx_printer_bare_list(printer, &array->elements, PREC_TERNARY);
  } else {
    mx_printer_expr(printer, value, PREC_TERNARY);
    mx_printer_guard(printer, start);
  }
}

// Print the clauses behind the body of a begin.
static void control_clauses(Printer *printer, const NodeBegin *begin) {
  for (uint32_t i = 0; i < begin->rescues.count; i++) {
    mx_printer_newline(printer);
    mx_printer_expr(printer, begin->rescues.at[i], PREC_STATEMENT);
  }
  if (begin->base.flags & NF_HAS_ELSE || begin->else_body)
    control_clause(printer, "else", begin->else_body);
  if (begin->ensure_body) control_clause(printer, "ensure", begin->ensure_body);
}

// Print begin ... end.
void mx_print_begin(Printer *printer, const Node *node) {
  const NodeBegin *begin = (const NodeBegin *)node;
  mx_printer_text(printer, "begin");
  mx_printer_body(printer, begin->body);
  control_clauses(printer, begin);
  control_end(printer);
}

// Print the body of a def, class or do-block, where rescue needs no begin.
void mx_print_rescued_body(Printer *printer, const Node *body) {
  const NodeBegin *begin = (const NodeBegin *)mx_printer_strip(body);
  bool implicit = begin && begin->base.kind == NODE_BEGIN && !(begin->base.flags & NF_KEYWORD) &&
                  (begin->rescues.count > 0 || begin->ensure_body);
  if (!implicit) {
    mx_printer_body(printer, body);
    return;
  }
  mx_printer_body(printer, begin->body);
  control_clauses(printer, begin);
}

// Print a rescue clause.
void mx_print_rescue(Printer *printer, const Node *node) {
  const NodeRescue *rescue = (const NodeRescue *)node;
  mx_printer_text(printer, "rescue");
  if (rescue->classes.count > 0) {
    mx_printer_text(printer, " ");
    mx_printer_bare_list(printer, &rescue->classes, PREC_TERNARY);
  }
  if (rescue->target) {
    mx_printer_text(printer, " => ");
    mx_print_target(printer, rescue->target);
  }
  mx_printer_body(printer, rescue->body);
}

// Print a rescue modifier.
void mx_print_rescue_mod(Printer *printer, const Node *node) {
  const NodeRescueModifier *rescue = (const NodeRescueModifier *)node;
  mx_printer_expr(printer, rescue->body, PREC_TERNARY);
  mx_printer_text(printer, " rescue ");
  mx_printer_expr(printer, rescue->rescue_value, PREC_TERNARY);
}
