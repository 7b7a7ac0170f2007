// SPDX-License-Identifier: MIT
// Refinements: made by Module#refine, activated by `using`.
//
// A module keeps its refinements as the hidden variable @__refinements, an Array in order of
// definition. Which are active where is the engine's knowledge (upcalls use_refinements and
// used_refinements).
#include "runtime/builtins/rows.h"
#include "runtime/builtins/support.h"

// The refinements of a module: an Array, made at need.
static Value refinement_list(ExecCtx *ec, Value module) {
  Sym name = mx_sym(ec->vm, "@__refinements");
  Value list = mx_ivar_get(ec, module, name);
  if (val_is_array(list)) return list;
  list = mx_array_new(ec, 2);
  mx_ivar_set_hidden(ec, module, name, list);
  return list;
}

// The refinement that a module has for a class, made at need.
Value mx_refinement_p_for(ExecCtx *ec, Value self, Value module, Value target) {
  if (!val_is_class_or_module(target))
    return mx_raise_type(ec, "wrong argument type %s (expected Class or Module)",
                         mx_support_class(ec, target));
  Value list = refinement_list(ec, module);
  for (uint32_t i = 0; i < mx_array_len(list); i++) {
    Value known = mx_array_get(ec, list, i);
    if (mx_class_attached(VAL_CAST(ClassObj, known)) == target) return known;
  }
  ClassObj *refinement = mx_refinement_new(ec, VAL_CAST(ClassObj, target));
  refinement->lexical_parent = VAL_CAST(ClassObj, module);
  mx_array_push(ec, list, val_from_ptr(refinement));
  return val_from_ptr(refinement);
}

// Check the argument of `using`.
static bool refinement_check_module(ExecCtx *ec, Value module) {
  if (val_is_type(module, T_MODULE)) {
    if (!(VAL_CAST(ClassObj, module)->flags & CLASS_REFINEMENT)) return true;
    mx_raise_arg(ec, "refinement object is not allowed");
    return false;
  }
  mx_raise_type(ec, "wrong argument type %s (expected Module)", mx_support_class(ec, module));
  return false;
}

Value mx_module_m_using(ExecCtx *ec, Value self, Value module) {
  if (!refinement_check_module(ec, module)) return VAL_EXC;
  CallerInfo caller;
  if (ec->vm->up->caller(ec, &caller) && caller.me)
    return mx_raise(ec, ec->vm->cls.RuntimeError, "Module#using is not permitted in methods");
  return ec->vm->up->use_refinements(ec, VAL_CAST(ClassObj, module)) ? self : VAL_EXC;
}

Value mx_module_m_refinements(ExecCtx *ec, Value self) {
  return mx_array_dup(ec, refinement_list(ec, self));
}

Value mx_module_s_used_refinements(ExecCtx *ec, Value self) {
  return ec->vm->up->used_refinements(ec);
}

// Modules that define the active refinements, each once.
Value mx_module_s_used_modules(ExecCtx *ec, Value self) {
  Value active = ec->vm->up->used_refinements(ec);
  Value modules = mx_array_new(ec, 4);
  for (uint32_t i = 0; i < mx_array_len(active); i++) {
    const ClassObj *refinement = VAL_CAST(ClassObj, mx_array_get(ec, active, i));
    Value module = val_from_ptr(refinement->lexical_parent);
    bool known = false;
    for (uint32_t j = 0; j < mx_array_len(modules) && !known; j++)
      known = mx_array_get(ec, modules, j) == module;
    if (!known) mx_array_push(ec, modules, module);
  }
  return modules;
}

Value mx_refinement_m_target(ExecCtx *ec, Value self) {
  return mx_class_attached(VAL_CAST(ClassObj, self));
}

// State of copying methods into a refinement.
typedef struct RefinementImport {
  ExecCtx *ec;
  ClassObj *into; // refinement
  ClassObj *from; // module imported
  bool ok;        // nothing raised
} RefinementImport;

// Copy one method; only methods written in the language can be imported.
static bool refinement_import(void *ctx, MethodEntry *me) {
  RefinementImport *state = ctx;
  if (me->kind != METHOD_GUEST && me->kind != METHOD_PROC) {
    mx_raise_arg(state->ec, "Can't import method which is not defined with Ruby code: %s#%s",
                 mx_support_path(state->ec, state->from), mx_support_name(state->ec, me->name));
    return state->ok = false;
  }
  MethodEntry *copy = mx_method_new(state->ec, me->kind, me->name, me->visibility);
  copy->as = me->as;
  copy->flags = me->flags;
  return state->ok = mx_method_add(state->ec, state->into, copy);
}

Value mx_refinement_m_import_methods(ExecCtx *ec, Value self, int argc, const Value *argv) {
  for (int i = 0; i < argc; i++) {
    if (!refinement_check_module(ec, argv[i])) return VAL_EXC;
    RefinementImport state = {ec, VAL_CAST(ClassObj, self), VAL_CAST(ClassObj, argv[i]), true};
    mx_method_each(state.from, refinement_import, &state);
    if (!state.ok) return VAL_EXC;
  }
  return self;
}
