// SPDX-License-Identifier: MIT
// Seeded randomness for stress modes and generators: xoshiro256** (Blackman and Vigna, 2018).
// Not the guest's Random, whose sequence is specified by Ruby.
#ifndef MX_BASE_PRNG_H
#define MX_BASE_PRNG_H

#include "runtime/base/check.h"

typedef struct Prng {
  uint64_t s[4]; // state, never all zero
} Prng;

MX_FUNC void mx_prng_seed(Prng *prng, uint64_t seed);
MX_FUNC uint64_t mx_prng_next(Prng *prng);
// A number below bound (> 0), without modulo bias.
MX_FUNC uint64_t mx_prng_below(Prng *prng, uint64_t bound);

#endif
