// SPDX-License-Identifier: MIT
// Engine of Kernel#format and String#%.
#ifndef MX_RUNTIME_FORMAT_H
#define MX_RUNTIME_FORMAT_H

#include "runtime/vm.h"

// Format arguments by a format String; ArgumentError, KeyError, TypeError. May run guest code.
MX_FUNC MX_MUST_CHECK Value mx_format(ExecCtx *ec, Value fmt, int argc, const Value *argv);

#endif
