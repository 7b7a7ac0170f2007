// SPDX-License-Identifier: MIT
// Regions by the place where they begin.
#include "jit/region_table.h"

// Find a region and let it be the first of its code: loops of core methods have one for each call.
static Region *region_find(Code *code, uint32_t start, uintptr_t key) {
  for (Region **at = &code->regions; *at; at = &(*at)->next) {
    Region *region = *at;
    if (region->kind != REGION_LOOP || region->start != start || region->key != key) continue;
    *at = region->next;
    region->next = code->regions;
    return code->regions = region;
  }
  return NULL;
}

// A region is forgotten: its home does not lead to it any more.
static void region_leave_home(const Region *region) {
  if (!region->home) return;
  Region **at = &((Code *)(uintptr_t)region->home)->led;
  while (*at != region) at = &(*at)->next_led;
  *at = region->next_led;
}

// Forget the region of a loop that was asked for the longest time ago if there are too many: what
// calls iterators may be text that is evaluated once.
static void region_trim(Code *code) {
  uint32_t loops = 0;
  for (Region **at = &code->regions; *at;)
    if ((*at)->kind == REGION_LOOP && ++loops >= REGION_MAX) {
      region_leave_home(*at);
      *at = (*at)->next;
    } else {
      at = &(*at)->next;
    }
}

// A new region, the first of its code.
static Region *region_new(Code *code, uint32_t start) {
  Region *region = mx_gc_alloc_words(sizeof *region);
  region->code = code;
  region->start = start;
  region->pc = mx_code_pc(code, code->stream + start);
  region->next = code->regions;
  return code->regions = region;
}

Region *mx_region_at(const EntryFrames *entry, uint32_t start, bool *made) {
  Code *code = (Code *)(uintptr_t)mx_entry_head(entry)->code;
  uintptr_t key = mx_entry_key(entry);
  Region *region = region_find(code, start, key);
  *made = region == NULL;
  if (region) return region;
  region_trim(code);
  region = region_new(code, start);
  region->key = key;
  if (entry->count == 1) return region;
  Code *home = (Code *)(uintptr_t)entry->at[0]->code;
  region->home = home;
  region->home_pc = mx_code_pc(home, entry->at[0]->ip - 1);
  region->next_led = home->led;
  return home->led = region;
}

bool mx_region_is_crowded(const Code *code, uint32_t many) {
  uint32_t methods = 0;
  for (const Region *at = code->regions; at; at = at->next) methods += at->kind == REGION_METHOD;
  return methods >= many;
}

Region *mx_region_find_method(const MethodEntry *me) {
  Region *region = mx_region_body(me)->regions;
  while (region && region->me != me) region = region->next;
  return region;
}

Region *mx_region_of_method(MethodEntry *me, uint32_t at) {
  Region *region = mx_region_find_method(me);
  if (region) return region;
  region = region_new(mx_region_body(me), 0);
  region->kind = REGION_METHOD;
  region->me = me;
  region->at = at;
  return region;
}

bool mx_region_valid(const VM *vm, const RegionCode *code) {
  for (uint32_t i = 0; i < code->assumption_count; i++) {
    const Assumption *a = &code->assumptions[i];
    if (a->cell ? !a->cell->valid : a->version != vm->const_versions[a->name]) return false;
  }
  return true;
}
