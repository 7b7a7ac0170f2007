// SPDX-License-Identifier: MIT
// --jit-stats: regions, time by phase, exits and failures, as a text of at most 100 columns.
#include "jit/jit_stats.h"
#include "jit/jit_state.h"
#include <stdio.h>
#include <time.h>

enum { STATS_EXITS = 5 }; // that are listed of each region

uint64_t mx_stats_now(void) {
  struct timespec now;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

static double stats_ms(uint64_t nanos) { return (double)nanos / 1e6; }

static void stats_totals(const JitStats *stats) {
  static const char *const names[STATS_PHASES] = {"build",    "passes", "lower",
                                                  "optimize", "emit",   "link"};
  fprintf(stderr, "jit: %u builds of %u instructions, %llu bytes of code, %u released\n",
          stats->builds, stats->instructions, (unsigned long long)stats->code_bytes,
          stats->released);
  fprintf(stderr, "jit: ms: load %.1f", stats_ms(stats->load_nanos));
  for (uint32_t i = 0; i < STATS_PHASES; i++)
    fprintf(stderr, ", %s %.1f", names[i], stats_ms(stats->nanos[i]));
  fprintf(stderr, "\n");
}

static const char *stats_state(const Region *region) {
  if (region->next_ready) return "compiling";
  switch (region->state) {
  case REGION_NEW: return region->record ? "recorded" : "new";
  case REGION_COMPILED: return "compiled";
  case REGION_REFUSED: return "refused";
  }
  return "";
}

// The exit that was taken most often, but less often than `below`, or as often and later.
static SnapId stats_exit(const RegionCode *code, SnapId after, uint32_t below) {
  SnapId best = SNAP_NONE;
  for (SnapId i = 0; i < code->deopt->exit_count; i++) {
    uint32_t count = code->exit_counts[i];
    if (count == 0 || count > below || (count == below && i <= after)) continue;
    if (best == SNAP_NONE || count > code->exit_counts[best]) best = i;
  }
  return best;
}

// The exits of a build: how often, which guard, and where the interpreter went on.
static void stats_exits(const RegionCode *code) {
  SnapId snap = 0;
  uint32_t below = UINT32_MAX;
  for (uint32_t n = 0; n < STATS_EXITS; n++) {
    snap = stats_exit(code, snap, below);
    if (snap == SNAP_NONE) return;
    below = code->exit_counts[snap];
    const DeoptExit *exit = &code->deopt->exits[snap];
    const DeoptFrame *at = &code->deopt->frames[exit->frame + exit->frames - 1];
    const Code *in = at->of->code;
    fprintf(stderr, "       left %10u times  %-18s at line %u%s\n", below,
            mx_ir_info((IrOp)code->exit_ops[snap])->text,
            mx_code_line(in, mx_chunk_site(in->chunk, at->pc)), in->core ? " (core)" : "");
  }
}

static void stats_region(const Region *region) {
  const RegionCode *code = region->ready;
  char where[64];
  mx_jit_log_where(region, where, sizeof where);
  fprintf(stderr, "  %-24s %-9s %6u %8u %9llu %7u\n", where, stats_state(region), region->builds,
          region->failures, (unsigned long long)(code ? code->entries : 0),
          code ? code->machine.bytes : 0);
  if (code) stats_exits(code);
}

void mx_stats_print(const Jit *jit) {
  stats_totals(&jit->stats);
  for (uint32_t i = 0; i < ABORT_COUNT; i++)
    if (jit->stats.aborts[i])
      fprintf(stderr, "jit: %u times: %s\n", jit->stats.aborts[i],
              mx_jit_abort_text((AbortReason)i));
  if (!jit->regions) return;
  fprintf(stderr, "  %-24s %-9s %6s %8s %9s %7s\n", "region", "state", "builds", "failures",
          "entries", "bytes");
  for (const Region *region = jit->regions; region; region = region->next_region)
    if (region->record || region->state != REGION_NEW) stats_region(region);
}
