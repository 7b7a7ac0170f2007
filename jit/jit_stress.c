// SPDX-License-Identifier: MIT
// Stress: machine code that is left, or dropped, where it need not be.
//
// Every guard's snapshot must be one that the interpreter can go on from, and an assumption may
// break at every call; programs seldom show that. Distances are random around the number asked for,
// and the seed decides them.
#include "jit/jit_state.h"
#include <stdlib.h>

// A distance of `mean` on average.
static uint32_t stress_distance(JitStress *stress, uint32_t mean) {
  return 1 + (uint32_t)mx_prng_below(&stress->prng, 2 * (uint64_t)mean - 1);
}

JitStress *mx_stress_new(const JitOptions *options) {
  if (!options->stress_exits && !options->stress_invalidate) return NULL;
  JitStress *stress = calloc(1, sizeof *stress);
  if (!stress) mx_check_out_of_memory(sizeof *stress);
  mx_prng_seed(&stress->prng, options->stress_seed);
  if (options->stress_exits) stress->exit = stress_distance(stress, options->stress_exits);
  if (options->stress_invalidate)
    stress->chances = stress_distance(stress, options->stress_invalidate);
  return stress;
}

void mx_stress_invalidate(Jit *jit, RegionCode *code) {
  JitStress *stress = jit->stress;
  if (!stress || stress->chances == 0 || --stress->chances > 0) return;
  stress->chances = stress_distance(stress, jit->options.stress_invalidate);
  if (code->region->ready == code) {
    code->region->state = REGION_NEW;
    code->region->goes_on = true;
  }
  mx_installed_drop(jit, code);
}

void mx_stress_left(const Jit *jit) {
  if (jit->stress && jit->options.stress_exits)
    jit->stress->exit = stress_distance(jit->stress, jit->options.stress_exits);
}
