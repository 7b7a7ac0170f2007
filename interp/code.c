// SPDX-License-Identifier: MIT
// What can be asked of code.
#include "interp/code.h"

uint32_t mx_code_line(const Code *code, uint32_t site) {
  return mx_source_line(code->unit->source, site);
}
