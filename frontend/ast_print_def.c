// SPDX-License-Identifier: MIT
// Printing definitions: programs, methods and their parameters, classes, aliases, quotations.
#include "frontend/ast_printer.h"

// Print `end` on a line of its own.
static void def_end(Printer *printer) {
  mx_printer_newline(printer);
  mx_printer_text(printer, "end");
}

// Print a whole program.
void mx_print_program(Printer *printer, const Node *node) {
  const NodeProgram *program = (const NodeProgram *)node;
  mx_printer_lines(printer, program->body);
  mx_printer_text(printer, "\n");
}

// A definition on one line takes all that follows as its body.
int mx_print_def_prec(const Node *node) {
  return node->flags & NF_ENDLESS ? PREC_ASSIGN : PREC_PRIMARY;
}

// Print the object whose singleton method is defined, and the dot.
static void def_singleton(Printer *printer, const Node *node) {
  const NodeMethodCall *call = (const NodeMethodCall *)node;
  bool simple = node->kind == NODE_SELF || node->kind == NODE_LOCAL || node->kind == NODE_IVAR ||
                node->kind == NODE_GVAR || node->kind == NODE_CVAR ||
                (node->kind == NODE_CALL && node->flags & NF_VCALL && !call->receiver) ||
                (node->kind == NODE_CONST && !((const NodeConstant *)node)->scope);
  bool bare = simple || (node->kind == NODE_BLOCK && node->flags & NF_PARENS);
  if (!bare) mx_printer_text(printer, "(");
  mx_printer_expr(printer, node, PREC_STATEMENT);
  mx_printer_text(printer, bare ? "." : ").");
}

// Print the body of a method on the same line.
static void def_endless_body(Printer *printer, const NodeMethodDef *def) {
  unsigned char first = (unsigned char)mx_sym_name(printer->symtab, def->name).bytes[0];
  bool identifier = (first >= 'a' && first <= 'z') || first == '_' || first >= 0x80;
  bool has_params = def->params && ((const NodeParameters *)def->params)->list.count > 0;
  if (!has_params && !identifier) mx_printer_text(printer, "()");
  mx_printer_text(printer, " = ");
  mx_printer_expr(printer, def->body, PREC_TERNARY);
}

// Print name, parameters and return type.
static void def_signature(Printer *printer, const NodeMethodDef *def) {
  mx_printer_name(printer, def->name);
  if (def->params && ((const NodeParameters *)def->params)->list.count > 0) {
    mx_printer_text(printer, "(");
    mx_print_params(printer, def->params);
    mx_printer_text(printer, ")");
  }
  if (def->return_type) {
    mx_printer_text(printer, " -> ");
    mx_printer_expr(printer, def->return_type, PREC_PRIMARY);
  }
}

// Print a method definition.
void mx_print_def(Printer *printer, const Node *node) {
  const NodeMethodDef *def = (const NodeMethodDef *)node;
  mx_printer_text(printer, "def ");
  if (def->singleton) def_singleton(printer, def->singleton);
  def_signature(printer, def);
  if (node->flags & NF_ENDLESS && def->body) {
    def_endless_body(printer, def);
  } else if (!(node->flags & NF_NO_BODY)) {
    mx_print_rescued_body(printer, def->body);
    def_end(printer);
  }
}

// Print the type of a parameter, between name and default.
static void def_annotation(Printer *printer, const NodeParameter *param) {
  if (!param->annotation) return;
  mx_printer_text(printer, ": ");
  mx_printer_expr(printer, param->annotation, PREC_PRIMARY);
}

// Print a parameter without its default. A name that no program can write is left out.
static void def_param_head(Printer *printer, const NodeParameter *param) {
  static const char *const prefixes[] = {
      [PARAM_REST] = "*", [PARAM_KEYREST] = "**", [PARAM_BLOCK] = "&", [PARAM_BLOCK_LOCAL] = ""};
  const char *prefix = param->kind < MX_COUNT_OF(prefixes) ? prefixes[param->kind] : NULL;
  bool hidden = param->name == SYM_NONE || param->name == SYM_STAR || param->name == SYM_POW ||
                param->name == SYM_AMP;
  if (prefix) mx_printer_text(printer, prefix);
  if (param->target)
    mx_print_target(printer, param->target);
  else if (!hidden)
    mx_printer_name(printer, param->name);
}

// Would a default behind a keyword's name be read as a type in the metorex dialect?
static bool def_is_type(const Node *node) {
  if (node->kind == NODE_CONST) return true;
  if (node->kind != NODE_CALL) return false;
  const NodeMethodCall *call = (const NodeMethodCall *)node;
  bool form = node->flags & NF_INDEX || call->name == SYM_PIPE;
  return form && call->receiver && def_is_type(call->receiver);
}

// Print the default of a keyword parameter.
static void def_key_default(Printer *printer, const Node *value, int min) {
  bool apart = printer->dialect == DIALECT_METOREX && def_is_type(value);
  mx_printer_text(printer, apart ? " (" : " ");
  mx_printer_expr(printer, value, apart ? PREC_STATEMENT : min);
  if (apart) mx_printer_text(printer, ")");
}

// Print a parameter whose default binds at least as tight as min.
static void def_param(Printer *printer, const NodeParameter *param, int min) {
  if (param->kind == PARAM_NOKEY || param->kind == PARAM_FORWARD) {
    mx_printer_text(printer, param->kind == PARAM_NOKEY ? "**nil" : "...");
    return;
  }
  bool key = param->kind == PARAM_KEY || param->kind == PARAM_KEYREQ;
  def_param_head(printer, param);
  if (key)
    mx_printer_text(printer, ":");
  else
    def_annotation(printer, param);
  if (!param->value) return;
  if (key) {
    def_key_default(printer, param->value, min);
    return;
  }
  mx_printer_text(printer, " = ");
  mx_printer_expr(printer, param->value, min);
}

// Print one parameter.
void mx_print_param(Printer *printer, const Node *node) {
  def_param(printer, (const NodeParameter *)node, PREC_TERNARY);
}

// Print parameters with the block-local variables behind a semicolon.
static void def_param_list(Printer *printer, const NodeList *list, int min) {
  bool locals = false;
  for (uint32_t i = 0; i < list->count; i++) {
    const NodeParameter *param = (const NodeParameter *)list->at[i];
    bool first_local = param->kind == PARAM_BLOCK_LOCAL && !locals;
    if (first_local)
      mx_printer_text(printer, i > 0 ? "; " : ";");
    else if (i > 0)
      mx_printer_text(printer, ", ");
    locals = locals || first_local;
    def_param(printer, param, min);
  }
}

// Print the parameters of a method or lambda, without parentheses around them.
void mx_print_params(Printer *printer, const Node *node) {
  def_param_list(printer, &((const NodeParameters *)node)->list, PREC_TERNARY);
  if (node->flags & NF_TRAILING_COMMA) mx_printer_text(printer, ",");
}

// Print |a, b; c|. A default in there must not hold a bare |.
void mx_print_block_params(Printer *printer, const Node *params) {
  if (!params) return;
  mx_printer_text(printer, " |");
  def_param_list(printer, &((const NodeParameters *)params)->list, PREC_PRIMARY);
  mx_printer_text(printer, params->flags & NF_TRAILING_COMMA ? ",|" : "|");
}

// Print the body of a class-like definition and its end.
static void def_class_body(Printer *printer, const Node *body) {
  mx_print_rescued_body(printer, body);
  def_end(printer);
}

// Print a class.
void mx_print_class(Printer *printer, const Node *node) {
  const NodeClassDef *def = (const NodeClassDef *)node;
  mx_printer_text(printer, "class ");
  mx_printer_expr(printer, def->path, PREC_PRIMARY);
  if (def->superclass) {
    mx_printer_text(printer, " < ");
    mx_printer_expr(printer, def->superclass, PREC_TERNARY);
  }
  def_class_body(printer, def->body);
}

// Print a module or trait.
void mx_print_module(Printer *printer, const Node *node) {
  const NodeModuleDef *def = (const NodeModuleDef *)node;
  mx_printer_text(printer, node->flags & NF_TRAIT ? "trait " : "module ");
  mx_printer_expr(printer, def->path, PREC_PRIMARY);
  def_class_body(printer, def->body);
}

// Print class << object.
void mx_print_sclass(Printer *printer, const Node *node) {
  const NodeSingletonClassDef *def = (const NodeSingletonClassDef *)node;
  mx_printer_text(printer, "class << ");
  mx_printer_expr(printer, def->object, PREC_TERNARY);
  def_class_body(printer, def->body);
}

// Print a method name as alias and undef take it: bare where it is an identifier.
static void def_method_name(Printer *printer, const Node *node) {
  const NodeSymbolLiteral *symbol = (const NodeSymbolLiteral *)node;
  if (node->kind == NODE_SYMBOL && mx_print_is_label(printer, symbol->value))
    mx_printer_name(printer, symbol->value);
  else
    mx_printer_expr(printer, node, PREC_PRIMARY);
}

// Print alias.
void mx_print_alias(Printer *printer, const Node *node) {
  const NodeAlias *alias = (const NodeAlias *)node;
  mx_printer_text(printer, "alias ");
  def_method_name(printer, alias->new_name);
  mx_printer_text(printer, " ");
  def_method_name(printer, alias->old_name);
}

// Print undef.
void mx_print_undef(Printer *printer, const Node *node) {
  const NodeList *names = &((const NodeUndef *)node)->names;
  mx_printer_text(printer, "undef ");
  for (uint32_t i = 0; i < names->count; i++) {
    if (i > 0) mx_printer_text(printer, ", ");
    def_method_name(printer, names->at[i]);
  }
}

// Print statements in braces on lines of their own.
static void def_braced(Printer *printer, const char *keyword, const Node *body) {
  mx_printer_text(printer, keyword);
  mx_printer_text(printer, " {");
  mx_printer_body(printer, body);
  mx_printer_newline(printer);
  mx_printer_text(printer, "}");
}

// Print BEGIN { }.
void mx_print_begin_block(Printer *printer, const Node *node) {
  def_braced(printer, "BEGIN", ((const NodeBeginBlock *)node)->body);
}

// Print END { }.
void mx_print_end_block(Printer *printer, const Node *node) {
  const NodeBlockFunction *function =
      (const NodeBlockFunction *)((const NodeEndBlock *)node)->function;
  def_braced(printer, "END", function->body);
}

// Print A | B.
void mx_print_type_union(Printer *printer, const Node *node) {
  const NodeList *types = &((const NodeTypeUnion *)node)->types;
  for (uint32_t i = 0; i < types->count; i++) {
    if (i > 0) mx_printer_text(printer, " | ");
    mx_printer_expr(printer, types->at[i], PREC_PRIMARY);
  }
}

// Print Array[Integer].
void mx_print_type_generic(Printer *printer, const Node *node) {
  const NodeTypeGeneric *type = (const NodeTypeGeneric *)node;
  mx_printer_expr(printer, type->generic, PREC_PRIMARY);
  mx_printer_text(printer, "[");
  mx_printer_list(printer, &type->args, PREC_PRIMARY);
  mx_printer_text(printer, "]");
}

// Print quote { template }.
void mx_print_quote(Printer *printer, const Node *node) {
  const Node *body = ((const NodeQuote *)node)->body;
  if (!mx_printer_is_short(body)) {
    def_braced(printer, "quote", body);
    return;
  }
  mx_printer_text(printer, "quote { ");
  mx_printer_inline(printer, body);
  mx_printer_text(printer, " }");
}

// Print #{value} inside a template.
void mx_print_unquote(Printer *printer, const Node *node) {
  mx_printer_text(printer, "#{");
  mx_printer_expr(printer, ((const NodeUnquote *)node)->value, PREC_STATEMENT);
  mx_printer_text(printer, "}");
}
