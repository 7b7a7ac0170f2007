// SPDX-License-Identifier: MIT
// The walker's definitions: def, class, module, class << x, alias, undef.
#include "runtime/global.h"
#include "interp/define.h"
#include "interp/tree.h"

Value mx_tree_def(ExecCtx *ec, Frame *fr, const NodeMethodDef *node) {
  Value object = node->singleton ? mx_tree_eval(ec, fr, node->singleton) : VAL_NIL;
  if (val_is_exc(object)) return object;
  fr->site = node->base.span.start;
  MethodCode *method = mx_gc_alloc_words(sizeof *method);
  method->made = mx_code_for(ec, fr->code->unit, &node->base, fr->code);
  method->lex = fr->lex;
  if (node->singleton) return mx_define_singleton(ec, object, node->name, method);
  if (node->base.flags & NF_NO_BODY) return mx_define_requirement(ec, fr->lex, node->name, method);
  return mx_define_method(ec, fr, node->name, method);
}

// The module in which a class path defines its last name.
static Value class_container(ExecCtx *ec, Frame *fr, const NodeConstant *path) {
  ConstPlace place = mx_tree_const_place(path);
  Value scope = place == CONST_PLACE_SCOPE ? mx_tree_eval(ec, fr, path->scope) : VAL_NIL;
  if (val_is_exc(scope)) return scope;
  return mx_define_container(ec, fr->lex, path->name, place, scope);
}

// class Path < Superclass
static Value class_open(ExecCtx *ec, Frame *fr, const NodeClassDef *node) {
  const NodeConstant *path = (const NodeConstant *)node->path;
  Value under = class_container(ec, fr, path);
  if (val_is_exc(under)) return under;
  Value super = node->superclass ? mx_tree_eval(ec, fr, node->superclass) : VAL_UNDEF;
  if (val_is_exc(super)) return super;
  fr->site = node->base.span.start;
  return mx_define_class(ec, VAL_CAST(ClassObj, under), path->name, super);
}

// module Path, trait Path
static Value module_open(ExecCtx *ec, Frame *fr, const NodeModuleDef *node) {
  const NodeConstant *path = (const NodeConstant *)node->path;
  Value under = class_container(ec, fr, path);
  if (val_is_exc(under)) return under;
  fr->site = node->base.span.start;
  bool trait = (node->base.flags & NF_TRAIT) != 0;
  return mx_define_module(ec, VAL_CAST(ClassObj, under), path->name, trait);
}

// class << object
static Value singleton_open(ExecCtx *ec, Frame *fr, const NodeSingletonClassDef *node) {
  Value object = mx_tree_eval(ec, fr, node->object);
  if (val_is_exc(object)) return object;
  fr->site = node->base.span.start;
  ClassObj *klass = mx_class_singleton_shown(ec, object);
  return klass ? val_from_ptr(klass) : VAL_EXC;
}

Value mx_tree_class(ExecCtx *ec, Frame *fr, const Node *node) {
  Value klass;
  if (mx_ast_kind(node) == NODE_CLASS)
    klass = class_open(ec, fr, (const NodeClassDef *)node);
  else if (mx_ast_kind(node) == NODE_MODULE)
    klass = module_open(ec, fr, (const NodeModuleDef *)node);
  else
    klass = singleton_open(ec, fr, (const NodeSingletonClassDef *)node);
  if (val_is_exc(klass)) return klass;
  return mx_define_body(ec, fr, klass, mx_code_for(ec, fr->code->unit, node, fr->code));
}

Value mx_tree_alias(ExecCtx *ec, Frame *fr, const NodeAlias *node) {
  fr->site = node->base.span.start;
  if (mx_ast_kind(node->new_name) == NODE_GVAR) {
    mx_global_alias(ec->vm, ((const NodeGlobalVariable *)node->new_name)->name,
                    ((const NodeGlobalVariable *)node->old_name)->name);
    return VAL_NIL;
  }
  Value new_name = mx_tree_eval(ec, fr, node->new_name);
  Value old_name = val_is_exc(new_name) ? VAL_EXC : mx_tree_eval(ec, fr, node->old_name);
  return val_is_exc(old_name) ? VAL_EXC : mx_define_alias(ec, fr->lex, new_name, old_name);
}

Value mx_tree_undef(ExecCtx *ec, Frame *fr, const NodeUndef *node) {
  fr->site = node->base.span.start;
  for (uint32_t i = 0; i < node->names.count; i++) {
    Value name = mx_tree_eval(ec, fr, node->names.at[i]);
    if (val_is_exc(name) || val_is_exc(mx_define_undef(ec, fr->lex, name))) return VAL_EXC;
  }
  return VAL_NIL;
}
