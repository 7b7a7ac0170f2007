// SPDX-License-Identifier: MIT
// The IR as text that mx_ir_parse reads back: printing, parsing and printing gives the same text.
//
//   fn "sum" params 2
//   site 0 code 0 pc 7 from none argc 1 flags 0
//   snap 0 reason 3
//     frame code 0 pc 12 site none self %1 block home locals [%2, home] stack [sunk:0]
//     object %9 [16: %2]
//   block 1 loop weight 10 preds [0, 1]:
//     %4:int = phi (0, %5)
//     %5:int = add.ov %4, 1 !0
//     branch %6, b1, b2
//
// A ref is %N. Constants are written where they are used: 5 is an Integer, 5.0 a double, true a
// truth value; val:nil, val:5, val:0x14, obj:0x10, ptr:0x10, word:5 the others. Immediates: #N a
// number, shape:N, site:N, the name of a field or of a runtime call, bN a block. !N is the
// snapshot. In a snapshot `home` is a value that its home already has, sunk:N an object of it.
// A comment begins with a semicolon.
#ifndef MX_JIT_IR_PRINT_H
#define MX_JIT_IR_PRINT_H

#include "runtime/base/strbuf.h"
#include "jit/ir/ir.h"

// Append a function. Snapshots that no instruction has are left out.
MX_FUNC void mx_ir_print(const IrFn *fn, StrBuf *out);
// Append one instruction, without a newline.
MX_FUNC void mx_ir_print_ins(const IrFn *fn, IrRef ref, StrBuf *out);
// Append an operand: a ref or a constant.
MX_FUNC void mx_ir_print_ref(const IrFn *fn, IrRef ref, StrBuf *out);

#endif
