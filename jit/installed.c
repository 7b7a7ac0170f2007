// SPDX-License-Identifier: MIT
// Installed machine code: what broken assumptions kill, and what gives its memory back.
//
// The list lies in malloc memory, so it keeps no RegionCode alive: one whose Code is gone is
// collected, and its finalizer releases the machine code.
#include "jit/jit_state.h"

// A code is no region's any more: its memory will be given back.
static void installed_count_out(Jit *jit, RegionCode *code) {
  if (!code->dropped) jit->room -= code->machine.room;
  code->dropped = true;
}

// Take a code out of the list and give its memory back.
static void installed_release(Jit *jit, RegionCode *code) {
  installed_count_out(jit, code);
  jit->moving = true;
  RegionCode *last = jit->installed.at[--jit->installed.count];
  jit->installed.at[code->slot] = last;
  last->slot = code->slot;
  code->slot = UINT32_MAX;
  jit->moving = false;
  if (jit->compiler->lost) return;
  jit->stats.released++;
  jit->compiler->api->release(jit->compiler->backend, &code->machine);
}

// A code that nobody refers to any more.
static void installed_finalize(void *object, void *data) {
  RegionCode *code = object;
  if (code->slot != UINT32_MAX) installed_release(data, code);
}

void mx_installed_add(Jit *jit, RegionCode *code) {
  code->slot = jit->installed.count;
  jit->room += code->machine.room;
  jit->moving = true;
  vec_push(&jit->installed, code);
  jit->moving = false;
  mx_gc_on_death(code, installed_finalize, jit);
}

void mx_installed_watch(const RegionCode *code) {
  for (uint32_t i = 0; i < code->assumption_count; i++)
    if (code->assumptions[i].cell)
      ((MethodCell *)(uintptr_t)code->assumptions[i].cell)->watched = true;
}

void mx_installed_drop(Jit *jit, RegionCode *code) {
  Region *region = code->region;
  installed_count_out(jit, code);
  if (region->ready == code) {
    region->ready = NULL;
    if (region->kind == REGION_METHOD) region->me->machine = NULL;
  }
  code->broken |= BROKEN_FOR_GOOD;
  bool idle = region->kind == REGION_LOOP && code->running == 0;
  if (idle && code->slot != UINT32_MAX) installed_release(jit, code);
}

// The newest code of a region gives its room away. What is recorded begins anew when it is hot.
static void installed_evict(Jit *jit, RegionCode *code) {
  Region *region = code->region;
  mx_installed_drop(jit, code);
  region->state = REGION_NEW;
  region->record = NULL;
  mx_jit_fail(jit, region, ABORT_EVICTED);
}

// Was a code entered since this was asked last?
static bool installed_is_used(RegionCode *code) {
  bool used = code->entries != code->seen;
  code->seen = code->entries;
  return used;
}

// May a code be evicted? Not what is on its way to be built again: that has its record.
static bool installed_is_idle(const RegionCode *code) {
  const Region *region = code->region;
  return !code->dropped && region->ready == code && !region->next_ready && code->running == 0;
}

void mx_installed_evict(Jit *jit, const RegionCode *newest) {
  uint64_t limit = (uint64_t)jit->options.params.code_limit << 10;
  // Twice around: whoever was entered since gets a second chance.
  for (uint32_t tries = 2 * jit->installed.count; jit->room > limit && tries > 0; tries--) {
    if (jit->hand >= jit->installed.count) jit->hand = 0;
    RegionCode *code = jit->installed.at[jit->hand++];
    if (code == newest || !installed_is_idle(code) || installed_is_used(code)) continue;
    if (jit->recording == code->region) continue;
    installed_evict(jit, code);
  }
}

// Does a code rely on a cell, or a constant's name?
static bool installed_relies(const RegionCode *code, const MethodCell *cell, Sym name) {
  for (uint32_t i = 0; i < code->assumption_count; i++) {
    const Assumption *a = &code->assumptions[i];
    if (cell ? a->cell == cell : !a->cell && a->name == name) return true;
  }
  return false;
}

void mx_installed_broken(VM *vm, const MethodCell *cell, Sym name) {
  Jit *jit = mx_jit_of(vm);
  for (RegionCode *code = jit->pending; code; code = code->next_pending)
    if (code->job && installed_relies(code, cell, name)) mx_queue_cancel(jit->compiler, code->job);
  // Dropping puts the last one in its place.
  for (uint32_t i = jit->installed.count; i-- > 0;) {
    RegionCode *code = jit->installed.at[i];
    if (code->broken & BROKEN_FOR_GOOD || !installed_relies(code, cell, name)) continue;
    Region *region = code->region;
    bool newest = region->ready == code;
    mx_installed_drop(jit, code);
    if (!newest) continue;
    region->state = REGION_NEW;
    mx_jit_fail(jit, region, ABORT_BROKEN);
  }
}

void mx_installed_watched(const Jit *jit, bool on) {
  for (uint32_t i = 0; i < jit->installed.count; i++) {
    RegionCode *code = jit->installed.at[i];
    code->broken = on ? code->broken | BROKEN_WATCHED : code->broken & ~(uint32_t)BROKEN_WATCHED;
  }
}

// Where the instruction at an offset in the machine code comes from, or NULL.
static const TierPlace *installed_place(const RegionCode *code, uint64_t offset) {
  uint32_t low = 0, high = code->machine.line_count; // the line is before `high`
  if (!code->places) return NULL;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    if (code->machine.lines[middle].offset <= offset)
      low = middle + 1;
    else
      high = middle;
  }
  return low > 0 ? code->places[code->machine.lines[low - 1].place] : NULL;
}

const Code *mx_installed_runs(const VM *vm, uint64_t address, const TierPlace **place) {
  const Jit *jit = mx_jit_of(vm);
  for (uint32_t i = 0; !jit->moving && i < jit->installed.count; i++) {
    const RegionCode *code = jit->installed.at[i];
    uint64_t offset = address - (uintptr_t)code->machine.entry;
    if (offset >= code->machine.bytes) continue;
    *place = installed_place(code, offset);
    return code->region->home ? code->region->home : code->region->code;
  }
  return NULL;
}

void mx_installed_close(Jit *jit) {
  for (uint32_t i = 0; i < jit->installed.count; i++) jit->installed.at[i]->slot = UINT32_MAX;
  vec_free(&jit->installed);
}
