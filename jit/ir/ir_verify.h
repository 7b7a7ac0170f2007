// SPDX-License-Identifier: MIT
// Checks the invariants of ir.h and the types of ir_ops.def, between passes and in tests.
#ifndef MX_JIT_IR_VERIFY_H
#define MX_JIT_IR_VERIFY_H

#include "runtime/base/strbuf.h"
#include "jit/ir/ir.h"

// Is the function well formed? If not, `problem` names the first wrong instruction, and why.
MX_FUNC bool mx_ir_verify(IrFn *fn, StrBuf *problem);

#endif
