// SPDX-License-Identifier: MIT
// Definitions of the bytecode engine: methods, classes, modules, aliases.
#include "runtime/semantics.h"
#include "interp/constant.h"
#include "interp/define.h"
#include "interp/ops.h"
#include "interp/unwind.h"

// The method code of a nested body, closed over the frame's lexical context.
static const MethodCode *define_code(const Frame *fr, uint32_t body) {
  MethodCode *method = mx_gc_alloc_words(sizeof *method);
  *method = (MethodCode){.lex = fr->lex, .around = fr->code, .body = body};
  return method;
}

Value mx_ops_define_method(ExecCtx *ec, Frame *fr, Sym name, uint32_t body) {
  const MethodCode *method = define_code(fr, body);
  ClassObj *home = mx_define_home(ec, fr->lex);
  if (!home) return VAL_EXC;
  Frame *definition = mx_frame_definition(fr);
  Value result =
      mx_define_guest(ec, home, name, method, mx_define_visibility(definition, home, name));
  if (val_is_exc(result) || !(definition->flags & FRAME_MODULE_FUNCTION)) return result;
  ClassObj *singleton = mx_class_singleton(ec, val_from_ptr(home));
  return mx_define_guest(ec, singleton, name, method, VIS_PUBLIC);
}

Value mx_ops_define_singleton(ExecCtx *ec, Frame *fr, Value object, Sym name, uint32_t body) {
  ClassObj *klass = mx_class_singleton(ec, object);
  if (!klass) return VAL_EXC;
  return mx_define_guest(ec, klass, name, define_code(fr, body), VIS_PUBLIC);
}

// The module in which a path defines its last name.
static Value define_container(ExecCtx *ec, const Frame *fr, Sym name, ConstPlace place,
                              Value scope) {
  if (place == CONST_PLACE_TOP) return val_from_ptr(ec->vm->cls.Object);
  if (place == CONST_PLACE_LEXICAL) return val_from_ptr(mx_constant_home(fr->lex));
  if (!val_is_class_or_module(scope)) return mx_raise_type(ec, "%V is not a class/module", scope);
  ClassObj *klass = VAL_CAST(ClassObj, scope);
  const ConstEntry *entry = mx_const_own(klass, name);
  return entry && entry->is_private ? mx_raise_const_missing(ec, klass, name) : scope;
}

Value mx_ops_define_class(ExecCtx *ec, const Frame *fr, const uint32_t *ip,
                          const Value *scope_and_super) {
  Sym name = ip[1];
  Value under = define_container(ec, fr, name, (ConstPlace)ip[3], scope_and_super[0]);
  if (val_is_exc(under)) return under;
  Value super = ip[2] & DEFINE_HAS_SUPER ? scope_and_super[1] : VAL_UNDEF;
  return mx_define_class(ec, VAL_CAST(ClassObj, under), name, super);
}

Value mx_ops_define_module(ExecCtx *ec, const Frame *fr, const uint32_t *ip, Value scope) {
  Sym name = ip[1];
  Value under = define_container(ec, fr, name, (ConstPlace)ip[3], scope);
  if (val_is_exc(under)) return under;
  Value module = mx_define_module(ec, VAL_CAST(ClassObj, under), name);
  if (!val_is_exc(module) && ip[2] & DEFINE_TRAIT) VAL_CAST(ClassObj, module)->flags |= CLASS_TRAIT;
  return module;
}

Value mx_ops_run_body(ExecCtx *ec, Frame *fr, Value module, uint32_t body) {
  ClassObj *klass = VAL_CAST(ClassObj, module);
  Code *code = mx_stream_body(ec, fr->code, body);
  if (!code) return VAL_EXC;
  const LexCtx *lex = mx_lex_new(ec, fr->lex, klass, 0, fr->lex->dialect);
  if (lex->refinements) mx_stream_refine(code);
  Frame *inner = mx_frame_push(ec, code, module, lex, FRAME_CLASS);
  if (!inner) return VAL_EXC;
  Value result = code->run(ec, inner);
  if (!val_is_exc(result) && !mx_define_check_traits(ec, klass)) result = VAL_EXC;
  mx_frame_pop(ec, inner);
  return result;
}

Value mx_ops_alias(ExecCtx *ec, const Frame *fr, Value new_name, Value old_name) {
  Sym names[2];
  if (!mx_to_method_name(ec, new_name, &names[0]) || !mx_to_method_name(ec, old_name, &names[1]))
    return VAL_EXC;
  Value args[2] = {val_from_sym(names[0]), val_from_sym(names[1])};
  ClassObj *home = mx_define_home(ec, fr->lex);
  if (!home) return VAL_EXC;
  Value result = mx_send(ec, val_from_ptr(home), mx_sym(ec->vm, "alias_method"), 2, args);
  return val_is_exc(result) ? result : VAL_NIL;
}

Value mx_ops_undef(ExecCtx *ec, const Frame *fr, Value name) {
  Sym sym;
  if (!mx_to_method_name(ec, name, &sym)) return VAL_EXC;
  ClassObj *home = mx_define_home(ec, fr->lex);
  if (!home) return VAL_EXC;
  Value result =
      mx_send1(ec, val_from_ptr(home), mx_sym(ec->vm, "undef_method"), val_from_sym(sym));
  return val_is_exc(result) ? result : VAL_NIL;
}
