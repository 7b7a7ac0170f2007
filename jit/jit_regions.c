// SPDX-License-Identifier: MIT
// What became of hot places, for --profile and --jit-stats.
#include "jit/jit_state.h"

static const char *regions_state(const Region *region) {
  if (region->next_ready) return "compiling";
  switch (region->state) {
  case REGION_NEW: return region->record ? "recorded" : "new";
  case REGION_COMPILED: return "compiled";
  case REGION_REFUSED: return "refused";
  }
  MX_UNREACHABLE();
}

// The exit that was taken most often, but less often than `below`, or as often and later.
static SnapId regions_exit(const RegionCode *code, SnapId after, uint32_t below) {
  SnapId best = SNAP_NONE;
  for (SnapId i = 0; i < code->deopt->exit_count; i++) {
    uint32_t count = code->exit_counts[i];
    if (count == 0 || count > below || (count == below && i <= after)) continue;
    if (best == SNAP_NONE || count > code->exit_counts[best]) best = i;
  }
  return best;
}

// Describe an exit.
static TierExit regions_tell_exit(const RegionCode *code, SnapId snap) {
  const DeoptExit *exit = &code->deopt->exits[snap];
  const DeoptFrame *first = &code->deopt->frames[exit->frame], *at = first + exit->frames - 1;
  const DeoptFrame *from = at;
  while (from > first && from->of->code->core) from--;
  if (from->of->code->core) from = at;
  const char *op = mx_ir_info((IrOp)code->exit_ops[snap])->text;
  return (TierExit){op, at->of->code, at->pc, from->of->code, from->pc, code->exit_counts[snap]};
}

// The exits of a build: how often, which guard, and where the interpreter went on.
static void regions_exits(const RegionCode *code, TierRegion *out) {
  SnapId snap = 0;
  uint32_t below = UINT32_MAX;
  while (out->exit_count < TIER_EXITS) {
    snap = regions_exit(code, snap, below);
    if (snap == SNAP_NONE) return;
    below = code->exit_counts[snap];
    out->exits[out->exit_count++] = regions_tell_exit(code, snap);
  }
}

void mx_jit_region_tell(const Region *region, TierRegion *out) {
  const RegionCode *code = region->ready;
  *out = (TierRegion){.code = region->code,
                      .pc = region->pc,
                      .home = region->home,
                      .home_pc = region->home_pc,
                      .method = region->kind == REGION_METHOD,
                      .state = regions_state(region),
                      .why = region->failures ? mx_jit_abort_text(region->why) : NULL,
                      .missing_code = region->missing.code,
                      .missing_pc = region->missing.pc,
                      .missing_name = region->missing.name,
                      .builds = region->builds,
                      .failures = region->failures};
  if (!code) return;
  out->bytes = code->machine.bytes;
  out->entries = code->entries;
  regions_exits(code, out);
}

void mx_jit_regions(const VM *vm, TierVisit visit, void *ctx) {
  for (const Region *region = mx_jit_of(vm)->regions; region; region = region->next_region) {
    TierRegion told;
    if (!mx_jit_region_counts(region)) continue;
    mx_jit_region_tell(region, &told);
    visit(ctx, &told);
  }
}
