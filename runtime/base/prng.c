// SPDX-License-Identifier: MIT
// xoshiro256** with a state filled by splitmix64, as its authors advise.
#include "runtime/base/prng.h"

// Rotate a word left.
static uint64_t prng_rotate(uint64_t word, int bits) { return word << bits | word >> (64 - bits); }

// Spread a seed over the state; any seed is good, zero too.
void mx_prng_seed(Prng *prng, uint64_t seed) {
  for (int i = 0; i < 4; i++) {
    seed += 0x9E3779B97F4A7C15u;
    uint64_t z = seed;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    prng->s[i] = z ^ z >> 31;
  }
}

// Return the next 64 random bits.
uint64_t mx_prng_next(Prng *prng) {
  uint64_t *s = prng->s;
  uint64_t result = prng_rotate(s[1] * 5, 7) * 9;
  uint64_t t = s[1] << 17;
  s[2] ^= s[0];
  s[3] ^= s[1];
  s[1] ^= s[2];
  s[0] ^= s[3];
  s[2] ^= t;
  s[3] = prng_rotate(s[3], 45);
  return result;
}

// Return a number below bound; values of the last, incomplete round are drawn again.
uint64_t mx_prng_below(Prng *prng, uint64_t bound) {
  MX_ASSERT(bound > 0, "empty range");
  uint64_t skip = -bound % bound; // 2**64 mod bound
  uint64_t word;
  do word = mx_prng_next(prng);
  while (word < skip);
  return word % bound;
}
