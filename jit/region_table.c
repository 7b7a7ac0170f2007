// SPDX-License-Identifier: MIT
// Regions by the place where they begin.
#include "jit/region_table.h"

Region *mx_region_find(const Code *code, uint32_t start) {
  Region *region = code->regions;
  while (region && region->start != start) region = region->next;
  return region;
}

Region *mx_region_at(Code *code, uint32_t start) {
  Region *region = mx_region_find(code, start);
  if (region) return region;
  region = mx_gc_alloc_words(sizeof *region);
  region->code = code;
  region->start = start;
  region->pc = mx_code_pc(code, code->stream + start);
  region->next = code->regions;
  code->regions = region;
  return region;
}

bool mx_region_valid(const VM *vm, const RegionCode *code) {
  if (code->basic && vm->basic.broken) return false;
  for (uint32_t i = 0; i < code->assumption_count; i++) {
    const Assumption *a = &code->assumptions[i];
    if (a->cell ? !a->cell->valid : a->version != vm->const_versions[a->name]) return false;
  }
  return true;
}
