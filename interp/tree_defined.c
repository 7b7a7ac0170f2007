// SPDX-License-Identifier: MIT
// The walker's defined?: what a name or expression would be, without running it. Only receivers
// are evaluated, and what they raise makes the answer nil.
#include "runtime/array.h"
#include "runtime/global.h"
#include "runtime/regexp.h"
#include "runtime/semantics.h"
#include "runtime/string.h"
#include "interp/constant.h"
#include "interp/tree.h"

static const char *defined_name(ExecCtx *ec, Frame *fr, const Node *node);

// Evaluate a receiver; VAL_UNDEF when it is undefined or raises.
static Value defined_receiver(ExecCtx *ec, Frame *fr, const Node *node) {
  if (!defined_name(ec, fr, node)) return VAL_UNDEF;
  Value v = mx_tree_eval(ec, fr, node);
  if (!val_is_exc(v)) return v;
  if (ec->unwind == UNWIND_RAISE) {
    (void)mx_exc_take(ec);
    return VAL_UNDEF;
  }
  return v;
}

static bool defined_args(ExecCtx *ec, Frame *fr, const NodeList *args) {
  for (uint32_t i = 0; i < args->count; i++)
    if (!defined_name(ec, fr, args->at[i])) return false;
  return true;
}

// Would the call find a method it may call?
static bool defined_method(ExecCtx *ec, Frame *fr, const NodeMethodCall *node) {
  if (!defined_args(ec, fr, &node->args)) return false;
  Value receiver = fr->self;
  bool to_self = !node->receiver || mx_ast_kind(node->receiver) == NODE_SELF;
  if (node->receiver) receiver = defined_receiver(ec, fr, node->receiver);
  if (val_is_undef(receiver) || val_is_exc(receiver)) return false;
  MethodRef ref = mx_invoke_find(ec, mx_class_of(ec->vm, receiver), node->name, fr->lex);
  if (ref.me) {
    if (to_self || ref.me->visibility == VIS_PUBLIC) return true;
    return ref.me->visibility == VIS_PROTECTED && mx_is_a(ec->vm, fr->self, ref.me->owner);
  }
  return mx_respond_to(ec, receiver, node->name, to_self) > 0;
}

// A call with a block of its own is an expression, whatever it calls.
static const char *defined_call(ExecCtx *ec, Frame *fr, const NodeMethodCall *node) {
  if (node->block && mx_ast_kind(node->block) != NODE_BLOCK_PASS) return "expression";
  return defined_method(ec, fr, node) ? "method" : NULL;
}

// a.b = c and a[b] = c are calls; every other assignment is one.
static const char *defined_assignment(ExecCtx *ec, Frame *fr, const Node *target) {
  if (mx_ast_kind(target) != NODE_CALL) return "assignment";
  NodeMethodCall call = *(const NodeMethodCall *)target;
  SymName name = mx_sym_name(&ec->vm->symtab, call.name);
  StrBuf setter = STRBUF_INIT;
  mx_strbuf_add(&setter, name.bytes, name.len);
  mx_strbuf_add_byte(&setter, '=');
  call.name = mx_sym_intern(&ec->vm->symtab, setter.at, setter.len, name.enc);
  mx_strbuf_free(&setter);
  return defined_method(ec, fr, &call) ? "method" : NULL;
}

static bool defined_const(ExecCtx *ec, Frame *fr, const NodeConstant *node) {
  if (!node->scope && !(node->base.flags & NF_TOP))
    return mx_constant_is_defined(ec, fr->lex, node->name);
  ClassObj *klass = ec->vm->cls.Object;
  if (node->scope) {
    Value scope = defined_receiver(ec, fr, node->scope);
    if (val_is_undef(scope) || !val_is_class_or_module(scope)) return false;
    klass = VAL_CAST(ClassObj, scope);
  }
  const ConstEntry *entry = mx_const_own(klass, node->name);
  if (entry && entry->is_private) return false;
  return mx_const_is_defined(ec, klass, node->name, false);
}

static bool defined_super(ExecCtx *ec, Frame *fr) {
  if (!fr->me) return false;
  ClassObj *klass = mx_class_of(ec->vm, fr->self);
  return mx_method_find_super(ec->vm, klass, fr->me_at, fr->me->original_name).me != NULL;
}

// Does the last match have the group?
static bool defined_group(ExecCtx *ec, Frame *fr, int64_t group) {
  Value *home = mx_frame_match_home(fr);
  return home && !val_is_nil(*home) && !val_is_nil(mx_match_group(ec, *home, group));
}

static bool defined_gvar(ExecCtx *ec, Frame *fr, Sym name) {
  const char *text = mx_sym_text(&ec->vm->symtab, name);
  if (strchr("&`'+", text[1]) && text[1] && !text[2])
    return text[1] == '+' ? !val_is_nil(mx_global_get(ec, name)) : defined_group(ec, fr, 0);
  return mx_global_defined(ec->vm, name);
}

// "expression" unless a part of the node is undefined.
static const char *defined_list(ExecCtx *ec, Frame *fr, const NodeList *list) {
  return defined_args(ec, fr, list) ? "expression" : NULL;
}

static const char *defined_cvar(ExecCtx *ec, Frame *fr, Sym name) {
  ClassObj *home = mx_constant_cvar_home(ec, fr->lex);
  if (!home) (void)mx_exc_take(ec);
  return home && mx_cvar_defined(home, name) ? "class variable" : NULL;
}

// What the node is, or NULL when it is undefined.
static const char *defined_name(ExecCtx *ec, Frame *fr, const Node *node) {
  switch (mx_ast_kind(node)) {
  case NODE_NIL: return "nil";
  case NODE_TRUE: return "true";
  case NODE_FALSE: return "false";
  case NODE_SELF: return "self";
  case NODE_LOCAL: return "local-variable";
  case NODE_IVAR:
    return mx_ivar_defined(ec, fr->self, ((const NodeInstanceVariable *)node)->name)
               ? "instance-variable"
               : NULL;
  case NODE_GVAR:
    return defined_gvar(ec, fr, ((const NodeGlobalVariable *)node)->name) ? "global-variable"
                                                                          : NULL;
  case NODE_NTH_REF:
    return defined_group(ec, fr, ((const NodeNthReference *)node)->index) ? "global-variable"
                                                                          : NULL;
  case NODE_CVAR: return defined_cvar(ec, fr, ((const NodeClassVariable *)node)->name);
  case NODE_CONST: return defined_const(ec, fr, (const NodeConstant *)node) ? "constant" : NULL;
  case NODE_CALL: return defined_call(ec, fr, (const NodeMethodCall *)node);
  case NODE_SUPER:
  case NODE_ZSUPER: return defined_super(ec, fr) ? "super" : NULL;
  case NODE_YIELD: return fr->block ? "yield" : NULL;
  case NODE_ASSIGN: return defined_assignment(ec, fr, ((const NodeAssignment *)node)->target);
  case NODE_OP_ASSIGN: return "assignment";
  case NODE_ARRAY: return defined_list(ec, fr, &((const NodeArrayLiteral *)node)->elements);
  case NODE_BLOCK: {
    const NodeList *list = &((const NodeBlock *)node)->statements;
    if (list->count == 0) return "nil";
    return list->count == 1 ? defined_name(ec, fr, list->at[0]) : "expression";
  }
  default: return "expression";
  }
}

Value mx_tree_defined(ExecCtx *ec, Frame *fr, const NodeDefined *node) {
  fr->site = node->base.span.start;
  const char *name = defined_name(ec, fr, node->value);
  if (ec->unwind != UNWIND_NONE) return VAL_EXC;
  if (!name) return VAL_NIL;
  Value str = mx_str_ascii(ec, name);
  mx_object_freeze(ec, str);
  return str;
}
