// SPDX-License-Identifier: MIT
// Printing variables, constants and every kind of assignment.
#include "frontend/ast_printer.h"

#include <inttypes.h>

// Print a variable whose node has nothing but a name.
void mx_print_variable(Printer *printer, const Node *node) {
  mx_printer_name(printer, ((const NodeLocalVariable *)node)->name);
}

static_assert(offsetof(NodeLocalVariable, name) == offsetof(NodeInstanceVariable, name) &&
                  offsetof(NodeLocalVariable, name) == offsetof(NodeGlobalVariable, name) &&
                  offsetof(NodeLocalVariable, name) == offsetof(NodeClassVariable, name),
              "mx_print_variable reads the name of all of them");

// Print a match reference.
void mx_print_nth_ref(Printer *printer, const Node *node) {
  mx_strbuf_printf(printer->out, "$%" PRId64, ((const NodeNthReference *)node)->index);
}

// Print a constant with its scope.
void mx_print_const(Printer *printer, const Node *node) {
  const NodeConstant *constant = (const NodeConstant *)node;
  if (constant->scope) mx_print_receiver(printer, constant->scope);
  if (constant->scope || node->flags & NF_TOP) mx_printer_text(printer, "::");
  mx_printer_name(printer, constant->name);
}

// Print the name of an attribute that is assigned to, without the = it may end with.
static void variable_attribute(Printer *printer, Sym sym) {
  SymName name = mx_sym_name(printer->symtab, sym);
  bool setter = name.len > 1 && name.bytes[name.len - 1] == '=';
  mx_strbuf_add(printer->out, name.bytes, setter ? name.len - 1 : name.len);
}

// Print an attribute or element that is assigned to.
static void variable_call_target(Printer *printer, const NodeMethodCall *call) {
  mx_print_receiver(printer, call->receiver);
  if (call->name == SYM_AREF || call->name == SYM_ASET) {
    mx_printer_text(printer, "[");
    mx_printer_list(printer, &call->args, PREC_ASSIGN);
    mx_printer_text(printer, "]");
    return;
  }
  mx_printer_text(printer, call->base.flags & NF_SAFE_NAV ? "&." : ".");
  variable_attribute(printer, call->name);
}

// Print a target; a MULTI_TARGET gets parentheses.
void mx_print_target(Printer *printer, const Node *node) {
  const NodeSplat *splat = (const NodeSplat *)node;
  if (node->kind == NODE_MULTI_TARGET) {
    mx_printer_text(printer, "(");
    mx_print_multi_target(printer, node);
    mx_printer_text(printer, ")");
  } else if (node->kind == NODE_SPLAT) {
    mx_printer_text(printer, "*");
    if (splat->value) mx_print_target(printer, splat->value);
  } else if (node->kind == NODE_CALL && ((const NodeMethodCall *)node)->receiver) {
    variable_call_target(printer, (const NodeMethodCall *)node);
  } else {
    mx_printer_expr(printer, node, PREC_PRIMARY);
  }
}

// Print targets separated by commas.
void mx_print_multi_target(Printer *printer, const Node *node) {
  const NodeList *targets = &((const NodeMultiTarget *)node)->targets;
  for (uint32_t i = 0; i < targets->count; i++) {
    if (i > 0) mx_printer_text(printer, ", ");
    mx_print_target(printer, targets->at[i]);
  }
  if (node->flags & NF_TRAILING_COMMA) mx_printer_text(printer, ",");
}

// Print the left side of an assignment; only a MULTI_TARGET may go without parentheses.
static void variable_left_side(Printer *printer, const Node *target) {
  const NodeList *targets = &((const NodeMultiTarget *)target)->targets;
  bool bare = target->kind == NODE_MULTI_TARGET &&
              (targets->count > 1 || target->flags & NF_TRAILING_COMMA ||
               (targets->count == 1 && targets->at[0]->kind == NODE_SPLAT));
  if (bare)
    mx_print_multi_target(printer, target);
  else
    mx_print_target(printer, target);
}

// Multiple assignment is a statement, all others are arguments. An annotation needs a statement.
int mx_print_assign_prec(const Node *node) {
  const NodeAssignment *assign = (const NodeAssignment *)node;
  bool statement = assign->target->kind == NODE_MULTI_TARGET || assign->annotation;
  return statement ? PREC_STATEMENT : PREC_ASSIGN;
}

// Print an assigned value: a list without brackets only behind several targets.
static void variable_value(Printer *printer, const NodeAssignment *assign, bool statement) {
  const NodeArrayLiteral *array = (const NodeArrayLiteral *)assign->value;
  bool bare = assign->target->kind == NODE_MULTI_TARGET && assign->value->kind == NODE_ARRAY &&
              assign->value->flags & NF_NO_BRACKETS && array->elements.count > 1;
  if (bare)
    mx_printer_list(printer, &array->elements, PREC_TERNARY);
  else
    mx_printer_tail(printer, assign->value, PREC_ASSIGN, statement);
}

// Print an assignment.
void mx_print_assign(Printer *printer, const Node *node) {
  const NodeAssignment *assign = (const NodeAssignment *)node;
  bool statement = printer->statement;
  variable_left_side(printer, assign->target);
  if (assign->annotation) {
    mx_printer_text(printer, ": ");
    mx_printer_expr(printer, assign->annotation, PREC_PRIMARY);
  }
  mx_printer_text(printer, " = ");
  variable_value(printer, assign, statement);
}

// Print an assignment with an operator.
void mx_print_op_assign(Printer *printer, const Node *node) {
  const NodeOpAssignment *assign = (const NodeOpAssignment *)node;
  bool statement = printer->statement;
  mx_print_target(printer, assign->target);
  mx_printer_text(printer, " ");
  mx_printer_name(printer, assign->operator);
  mx_printer_text(printer, "= ");
  mx_printer_tail(printer, assign->value, PREC_ASSIGN, statement);
}
