// SPDX-License-Identifier: MIT
// The commands of a text test of the IR.
//
// What `; let` may set:
//   let home 3 = WORD          a home of this frame
//   let upval 0x50 3 = WORD    slot of an Env;   let env 0x50: that one's slots are the homes
//   let ivar 0x100 16 = WORD   instance variable at an object
//   let elem 0x200 1 = WORD    element of a buffer;   let byte 0x200 1 = WORD
//   let field 0x100 shape = WORD
//   let result WORD            what the next call that has none yet gives
//   let polls 3                so many polls pass
//   let clobbers               calls write what they can reach
// A WORD is a constant as in the text of the IR: val:5, 5, 1.5, true, word:3.
#ifndef MX_TOOLS_IR_RUN_PARTS_H
#define MX_TOOLS_IR_RUN_PARTS_H

#include "runtime/base/strbuf.h"
#include "jit/ir/ir_eval.h"

typedef struct IrTest {
  const char *text;  // of the file
  Arena arena;       // of all functions
  IrFn *fn;          // as written; NULL when it cannot be parsed
  bool sound;        // the verifier accepts it; otherwise every command says why not
  IrFn *opt;         // after the last `opt`; NULL before one
  IrHeap heap;       // memory at the start of each run
  StrBuf error;      // why there is no fn
  uint32_t commands; // run so far
} IrTest;

// Parse the function of a file. False, with a message, when its text does not come back.
MX_FUNC bool mx_ir_test_start(IrTest *test, const char *text, const char *path);
MX_FUNC void mx_ir_test_end(IrTest *test);
// Run a command and append what it prints; false if the line is none.
MX_FUNC bool mx_ir_test_command(IrTest *test, const char *line, size_t len, StrBuf *out);

#endif
