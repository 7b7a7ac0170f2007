// SPDX-License-Identifier: MIT
// The JIT's tunables, by name.
#ifndef MX_JIT_PARAMS_H
#define MX_JIT_PARAMS_H

#include <stdint.h>

typedef struct JitParams {
#define JIT_PARAM(NAME, option, initial, unit, doc) uint32_t NAME; // doc
#include "jit/ir/jit_params.def"
} JitParams;

// Their defaults, JIT_DEFAULT_name.
enum {
#define JIT_PARAM(NAME, option, initial, unit, doc) JIT_DEFAULT_##NAME = (initial),
#include "jit/ir/jit_params.def"
};

#endif
