// SPDX-License-Identifier: MIT
// Bytecode as guest objects: Method#bytecode and its kind answer a Metorex::Bytecode.
//
// An object is (unit, chunk). Chunks are immutable, and what a program gets from one is a copy.
// What is shown is what the bytecode engine runs; under the walker it is compiled for this alone.
#ifndef MX_INTERP_BYTECODE_OBJECT_H
#define MX_INTERP_BYTECODE_OBJECT_H

#include "interp/code.h"

// Enter the methods of bytecode_object.def.
MX_FUNC void mx_bytecode_boot(ExecCtx *ec);

// Prototypes of the methods of bytecode_object.def; two classes may share one.
#define BYTECODE_METHOD(Home, name, fn, effects, ret) MX_FUNC Value fn(ExecCtx *ec, Value self);
#include "interp/bytecode_object.def"

#endif
