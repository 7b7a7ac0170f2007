// SPDX-License-Identifier: MIT
// Prototypes of all C functions that rows of the builtins tables name.
//
// They are derived from the rows, so a function whose parameters disagree with its row's MAX
// does not compile.
#ifndef MX_BUILTINS_ROWS_H
#define MX_BUILTINS_ROWS_H

#include "runtime/builtin.h"

#define ROW_PARAMS_0 ExecCtx *ec, Value self
#define ROW_PARAMS_1 ROW_PARAMS_0, Value a
#define ROW_PARAMS_2 ROW_PARAMS_1, Value b
#define ROW_PARAMS_3 ROW_PARAMS_2, Value c
#define ROW_PARAMS_4 ROW_PARAMS_3, Value d
#define ROW_PARAMS_V ROW_PARAMS_0, int argc, const Value *argv

#define METHOD(Class, name, vis, min, max, fn, effects, ret) MX_FUNC Value fn(ROW_PARAMS_##max);
#define SINGLETON(Class, name, vis, min, max, fn, effects, ret) MX_FUNC Value fn(ROW_PARAMS_##max);
#define FUNCTION(Module, name, min, max, fn, effects, ret) MX_FUNC Value fn(ROW_PARAMS_##max);
#define PRIMITIVE(name, min, max, fn, effects, ret) MX_FUNC Value fn(ROW_PARAMS_##max);
#define ALIAS(Class, new_name, old_name)
#define SALIAS(Class, new_name, old_name)
#include "runtime/builtins/tables.def"

#undef ROW_PARAMS_0
#undef ROW_PARAMS_1
#undef ROW_PARAMS_2
#undef ROW_PARAMS_3
#undef ROW_PARAMS_4
#undef ROW_PARAMS_V

#endif
