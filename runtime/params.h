// SPDX-License-Identifier: MIT
// Tunables and limits as constants; the table is params.def.
#ifndef MX_RUNTIME_PARAMS_H
#define MX_RUNTIME_PARAMS_H

enum {
#define PARAM(name, value, unit, doc) PARAM_##name = (value),
#include "runtime/params.def"
};

#endif
