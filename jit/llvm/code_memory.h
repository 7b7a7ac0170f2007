// SPDX-License-Identifier: MIT
// Memory of machine code: pages of their own for each object that is linked, written first and
// executable afterwards, never both.
#ifndef MX_JIT_CODE_MEMORY_H
#define MX_JIT_CODE_MEMORY_H

#include "runtime/base/check.h"
#include <llvm-c/OrcEE.h>

// Where the next object goes. One object is linked at a time.
typedef struct CodeMemory {
  size_t room;         // bytes that it takes at most, set before it is linked
  const uint8_t *code; // its instructions, once it is linked
  size_t code_bytes;   // of them
  size_t pages;        // bytes of memory that it took
} CodeMemory;

// The object layer that links into such memory.
MX_FUNC LLVMOrcObjectLayerRef mx_code_memory_layer(CodeMemory *memory,
                                                   LLVMOrcExecutionSessionRef session);

#endif
