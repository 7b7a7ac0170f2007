// SPDX-License-Identifier: MIT
// The tables of jit/ir expanded over the structs and functions that they name.
#include "jit/layout.h"
#include "runtime/array.h"
#include "runtime/float.h"
#include "runtime/global.h"
#include "runtime/hash.h"
#include "runtime/range.h"
#include "runtime/string.h"
#include "interp/frame.h"
#include "interp/profile.h"
#include "interp/program.h"
#include "jit/record/lookup.h"
#include <math.h>

#define IR_FIELD(NAME, text, Struct, member, bytes, TYPE, KIND, doc) \
  _Static_assert(sizeof(((Struct *)0)->member) == (bytes), "size of " text);
#include "jit/ir/ir_fields.def"

const uint32_t *mx_layout_offsets(void) {
  static const uint32_t offsets[IRF_COUNT] = {
#define IR_FIELD(NAME, text, Struct, member, bytes, TYPE, KIND, doc) \
  [IRF_##NAME] = (uint32_t)offsetof(Struct, member),
#include "jit/ir/ir_fields.def"
  };
  return offsets;
}

const RtFn *mx_layout_addresses(void) {
  static const RtFn addresses[RT_COUNT] = {
#define RTCALL(NAME, text, operands, RESULT, EFFECTS, RAISES, function, doc) \
  [RT_##NAME] = (RtFn)(function),
#include "jit/ir/rtcalls.def"
  };
  return addresses;
}
