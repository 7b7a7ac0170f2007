// SPDX-License-Identifier: MIT
// The JIT's tunables, by name.
#ifndef MX_JIT_PARAMS_H
#define MX_JIT_PARAMS_H

#include <stdint.h>

typedef struct JitParams {
#define JIT_PARAM(NAME, option, initial, unit, doc) uint32_t NAME; // doc
#include "jit/ir/jit_params.def"
} JitParams;

#endif
