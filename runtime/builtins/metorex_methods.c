// SPDX-License-Identifier: MIT
// Leaves of what the metorex dialect adds.
#include "runtime/builtins/rows.h"

// Was the value made by `trait`?
Value mx_metorex_p_is_trait(ExecCtx *ec, Value self, Value v) {
  return val_bool(val_is_class_or_module(v) && VAL_CAST(ClassObj, v)->flags & CLASS_TRAIT);
}
