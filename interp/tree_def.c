// SPDX-License-Identifier: MIT
// The walker's definitions: def, class, module, class << x, alias, undef.
#include "runtime/global.h"
#include "runtime/semantics.h"
#include "interp/constant.h"
#include "interp/define.h"
#include "interp/tree.h"
#include "interp/unwind.h"

// def object.name
static Value def_singleton(ExecCtx *ec, Frame *fr, const NodeMethodDef *node,
                           const MethodCode *method) {
  Value object = mx_tree_eval(ec, fr, node->singleton);
  if (val_is_exc(object)) return object;
  fr->site = node->base.span.start;
  ClassObj *klass = mx_class_singleton(ec, object);
  if (!klass) return VAL_EXC;
  return mx_define_guest(ec, klass, node->name, method, VIS_PUBLIC);
}

Value mx_tree_def(ExecCtx *ec, Frame *fr, const NodeMethodDef *node) {
  fr->site = node->base.span.start;
  MethodCode *method = mx_gc_alloc_words(sizeof *method);
  method->made = mx_code_for(ec, fr->code->unit, &node->base, fr->code);
  method->lex = fr->lex;
  if (node->singleton) return def_singleton(ec, fr, node, method);
  ClassObj *home = mx_define_home(ec, fr->lex);
  if (!home) return VAL_EXC;
  if (node->base.flags & NF_NO_BODY) return mx_define_requirement(ec, home, node->name);
  Frame *definition = mx_frame_definition(fr);
  Value result = mx_define_guest(ec, home, node->name, method,
                                 mx_define_visibility(definition, home, node->name));
  if (val_is_exc(result) || !(definition->flags & FRAME_MODULE_FUNCTION)) return result;
  ClassObj *singleton = mx_class_singleton(ec, val_from_ptr(home));
  return mx_define_guest(ec, singleton, node->name, method, VIS_PUBLIC);
}

// Run a class body.
static Value class_body(ExecCtx *ec, Frame *fr, const Node *node, ClassObj *klass) {
  const LexCtx *lex = mx_lex_new(ec, fr->lex, klass, 0, fr->lex->dialect);
  const Code *code = mx_code_for(ec, fr->code->unit, node, fr->code);
  Frame *body = mx_frame_push(ec, code, val_from_ptr(klass), lex, FRAME_CLASS);
  if (!body) return VAL_EXC;
  Value result = code->run(ec, body);
  if (!val_is_exc(result) && !mx_define_check_traits(ec, klass)) result = VAL_EXC;
  mx_frame_pop(ec, body);
  return result;
}

// The module in which a class path defines its last name.
static Value class_container(ExecCtx *ec, Frame *fr, const NodeConstant *path) {
  if (path->base.flags & NF_TOP) return val_from_ptr(ec->vm->cls.Object);
  if (!path->scope) return val_from_ptr(mx_constant_home(fr->lex));
  Value scope = mx_tree_eval(ec, fr, path->scope);
  if (val_is_exc(scope)) return scope;
  if (!val_is_class_or_module(scope)) return mx_raise_type(ec, "%V is not a class/module", scope);
  ClassObj *klass = VAL_CAST(ClassObj, scope);
  const ConstEntry *entry = mx_const_own(klass, path->name);
  return entry && entry->is_private ? mx_raise_const_missing(ec, klass, path->name) : scope;
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
  Value module = mx_define_module(ec, VAL_CAST(ClassObj, under), path->name);
  if (!val_is_exc(module) && node->base.flags & NF_TRAIT)
    VAL_CAST(ClassObj, module)->flags |= CLASS_TRAIT;
  return module;
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
  return class_body(ec, fr, node, VAL_CAST(ClassObj, klass));
}

// The Symbol of an alias or undef name.
static bool def_name(ExecCtx *ec, Frame *fr, const Node *node, Sym *out) {
  Value v = mx_tree_eval(ec, fr, node);
  return !val_is_exc(v) && mx_to_method_name(ec, v, out);
}

Value mx_tree_alias(ExecCtx *ec, Frame *fr, const NodeAlias *node) {
  fr->site = node->base.span.start;
  if (mx_ast_kind(node->new_name) == NODE_GVAR) {
    mx_global_alias(ec->vm, ((const NodeGlobalVariable *)node->new_name)->name,
                    ((const NodeGlobalVariable *)node->old_name)->name);
    return VAL_NIL;
  }
  Sym new_name, old_name;
  if (!def_name(ec, fr, node->new_name, &new_name) || !def_name(ec, fr, node->old_name, &old_name))
    return VAL_EXC;
  Value args[2] = {val_from_sym(new_name), val_from_sym(old_name)};
  ClassObj *home = mx_define_home(ec, fr->lex);
  if (!home) return VAL_EXC;
  Value result = mx_send(ec, val_from_ptr(home), mx_sym(ec->vm, "alias_method"), 2, args);
  return val_is_exc(result) ? result : VAL_NIL;
}

Value mx_tree_undef(ExecCtx *ec, Frame *fr, const NodeUndef *node) {
  fr->site = node->base.span.start;
  for (uint32_t i = 0; i < node->names.count; i++) {
    Sym name;
    if (!def_name(ec, fr, node->names.at[i], &name)) return VAL_EXC;
    ClassObj *home = mx_define_home(ec, fr->lex);
    if (!home) return VAL_EXC;
    Value result =
        mx_send1(ec, val_from_ptr(home), mx_sym(ec->vm, "undef_method"), val_from_sym(name));
    if (val_is_exc(result)) return result;
  }
  return VAL_NIL;
}
