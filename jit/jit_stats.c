// SPDX-License-Identifier: MIT
// --jit-stats: regions, time by phase, exits and failures, as a text of at most 100 columns.
#include "jit/jit_stats.h"
#include "jit/jit_state.h"
#include <stdio.h>
#include <time.h>

uint64_t mx_stats_now(void) {
  struct timespec now;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

enum { STATS_COLUMNS = 100 };

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

static void stats_exit(const TierExit *exit) {
  const Code *in = exit->code;
  fprintf(stderr, "       left %10u times  %-18s at line %u%s\n", exit->count, exit->op,
          mx_code_line(in, mx_chunk_site(in->chunk, exit->pc)), in->core ? " (core)" : "");
}

static void stats_region(const Region *region) {
  TierRegion told;
  char where[64];
  mx_jit_region_tell(region, &told);
  mx_jit_log_where(region, where, sizeof where);
  int wide = fprintf(stderr, "  %-24s %-9s %6u %8u %9llu %7u", where, told.state, told.builds,
                     told.failures, (unsigned long long)told.entries, told.bytes);
  const char *file = strrchr(mx_jit_log_file(region), '/');
  fprintf(stderr, " %.*s\n", STATS_COLUMNS - 1 - wide, file ? file + 1 : mx_jit_log_file(region));
  for (uint32_t i = 0; i < told.exit_count; i++) stats_exit(&told.exits[i]);
}

void mx_stats_print(const Jit *jit) {
  stats_totals(&jit->stats);
  for (uint32_t i = 0; i < ABORT_COUNT; i++)
    if (jit->stats.aborts[i])
      fprintf(stderr, "jit: %u times: %s\n", jit->stats.aborts[i],
              mx_jit_abort_text((AbortReason)i));
  if (!jit->regions) return;
  fprintf(stderr, "  %-24s %-9s %6s %8s %9s %7s %s\n", "region", "state", "builds", "failures",
          "entries", "bytes", "file");
  for (const Region *region = jit->regions; region; region = region->next_region)
    if (mx_jit_region_counts(region)) stats_region(region);
}
