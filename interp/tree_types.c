// SPDX-License-Identifier: MIT
// --check-types: annotations of parameters, results and variables, checked as the walker runs.
#include "runtime/semantics.h"
#include "runtime/string.h"
#include "interp/ops.h"
#include "interp/tree.h"

// Does a value fit a type node? 1, 0, -1 raised.
static int types_fit(ExecCtx *ec, Frame *fr, const Node *type, Value v) {
  if (mx_ast_kind(type) == NODE_TYPE_GENERIC)
    return types_fit(ec, fr, ((const NodeTypeGeneric *)type)->generic, v);
  if (mx_ast_kind(type) == NODE_TYPE_UNION) {
    const NodeList *types = &((const NodeTypeUnion *)type)->types;
    int fits = 0;
    for (uint32_t i = 0; i < types->count && fits == 0; i++)
      fits = types_fit(ec, fr, types->at[i], v);
    return fits;
  }
  Value klass = mx_tree_eval(ec, fr, type);
  return val_is_exc(klass) ? -1 : mx_tree_case_equal(ec, fr, klass, v);
}

bool mx_tree_check_type(ExecCtx *ec, Frame *fr, const Node *type, Value v, const char *what,
                        Sym name) {
  int fits = types_fit(ec, fr, type, v);
  if (fits != 0) return fits > 0;
  const char *text = fr->code->unit->source->text + type->span.start;
  Value expected = mx_str_printf(ec, "%s%s%s: expected %.*s", what, name ? " " : "",
                                 name ? mx_sym_text(&ec->vm->symtab, name) : "",
                                 (int)(type->span.end - type->span.start), text);
  (void)mx_ops_type_error(ec, expected, v);
  return false;
}

bool mx_tree_check_params(ExecCtx *ec, Frame *fr) {
  const Params *params = &fr->code->params;
  for (uint32_t i = 0; i < params->count; i++) {
    const NodeParameter *p = params->list[i].node;
    if (p->annotation &&
        !mx_tree_check_type(ec, fr, p->annotation, fr->locals[p->slot], "argument", p->name))
      return false;
  }
  return true;
}

Value mx_tree_check_result(ExecCtx *ec, Frame *fr, Value result) {
  if (fr->code->kind != CODE_METHOD) return result;
  const NodeMethodDef *def = fr->code->node;
  if (!def->return_type) return result;
  bool fits = mx_tree_check_type(ec, fr, def->return_type, result, "result of", def->name);
  return fits ? result : VAL_EXC;
}
