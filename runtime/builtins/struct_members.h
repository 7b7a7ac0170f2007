// SPDX-License-Identifier: MIT
// What the class of an instance of Struct or Data says of its members.
#ifndef MX_RUNTIME_BUILTINS_STRUCT_MEMBERS_H
#define MX_RUNTIME_BUILTINS_STRUCT_MEMBERS_H

#include "runtime/vm.h"

// Array of the names, Symbols, and of the hidden variables; nil for what was only allocated.
MX_FUNC Value mx_struct_names(ExecCtx *ec, Value object);
MX_FUNC Value mx_struct_fields(ExecCtx *ec, Value object);

#endif
