// SPDX-License-Identifier: MIT
// Leaves of what the metorex dialect adds.
#include "runtime/builtins/rows.h"

// Was the value made by `trait`?
Value mx_metorex_p_is_trait(ExecCtx *ec, Value self, Value v) {
  return val_bool(val_is_class_or_module(v) && VAL_CAST(ClassObj, v)->flags & CLASS_TRAIT);
}

// Has a class all methods that one trait names?
static bool metorex_has_required(VM *vm, ClassObj *klass, const ClassObj *trait) {
  uint32_t position = 0;
  if (!trait->required) return true;
  for (const NameEntry *at; (at = mx_nametable_next(trait->required, &position));)
    if (!mx_method_find(vm, klass, at->name).me) return false;
  return true;
}

// Has the object b, or every instance of the class b, what the trait a and those in it require?
Value mx_metorex_p_meets_trait(ExecCtx *ec, Value self, Value a, Value b, Value c) {
  const ClassObj *trait = VAL_CAST(ClassObj, a);
  ClassObj *klass = val_truthy(c) ? VAL_CAST(ClassObj, b) : mx_class_of(ec->vm, b);
  for (uint32_t i = 0; i < trait->mro.count; i++)
    if (!metorex_has_required(ec->vm, klass, trait->mro.at[i])) return VAL_FALSE;
  return VAL_TRUE;
}
