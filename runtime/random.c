// SPDX-License-Identifier: MIT
// MT19937, seeded by an array of words as Ruby does, and uniform numbers drawn from it.
#include "runtime/random.h"

#include "runtime/integer.h"
#include "runtime/integer_limbs.h"

#include <math.h>
#include <stdlib.h>
#include <sys/random.h>

enum { MT_MIDDLE = 397 };

// Fill the state from one word.
static void init_by_word(RandomState *r, uint32_t seed) {
  r->state[0] = seed;
  for (uint32_t i = 1; i < MT_WORDS; i++) {
    uint32_t before = r->state[i - 1];
    r->state[i] = 1812433253u * (before ^ (before >> 30)) + i;
  }
  r->next = MT_WORDS;
}

// Stir the word before position i into the one at i.
static uint32_t stirred(const RandomState *r, uint32_t i, uint32_t factor) {
  uint32_t before = r->state[i - 1];
  return r->state[i] ^ ((before ^ (before >> 30)) * factor);
}

// Step to the next position, wrapping the last word to the front.
static uint32_t next_position(RandomState *r, uint32_t i) {
  if (++i < MT_WORDS) return i;
  r->state[0] = r->state[MT_WORDS - 1];
  return 1;
}

// Fill the state from an array of words.
static void init_by_array(RandomState *r, const uint32_t *key, uint32_t len) {
  init_by_word(r, 19650218u);
  uint32_t i = 1, j = 0;
  for (uint32_t k = len > MT_WORDS ? len : MT_WORDS; k; k--) {
    r->state[i] = stirred(r, i, 1664525u) + key[j] + j;
    i = next_position(r, i);
    if (++j >= len) j = 0;
  }
  for (uint32_t k = MT_WORDS - 1; k; k--) {
    r->state[i] = stirred(r, i, 1566083941u) - i;
    i = next_position(r, i);
  }
  r->state[0] = 0x80000000u;
}

// Start the sequence of a seed.
void mx_random_init(RandomState *r, Value seed) {
  LimbView view;
  mx_limbs_view(seed, &view);
  r->seed = seed;
  uint32_t len = (uint32_t)(view.count ? view.count * 2 : 1);
  uint32_t *key = calloc(len, sizeof *key);
  if (!key) mx_check_out_of_memory(len * sizeof *key);
  for (mp_size_t i = 0; i < view.count; i++) {
    key[2 * i] = (uint32_t)view.at[i];
    key[2 * i + 1] = (uint32_t)(view.at[i] >> 32);
  }
  while (len > 1 && key[len - 1] == 0) len--;
  if (len > 1 && key[len - 1] == 1) len--; // Ruby takes a leading 1 for a guard of zeros
  if (len > 1) {
    init_by_array(r, key, len);
  } else {
    init_by_word(r, key[0]);
  }
  free(key);
}

// Compute the next 624 words.
static void refill(RandomState *r) {
  for (uint32_t i = 0; i < MT_WORDS; i++) {
    uint32_t mixed = (r->state[i] & 0x80000000u) | (r->state[(i + 1) % MT_WORDS] & 0x7fffffffu);
    uint32_t twisted = (mixed >> 1) ^ (mixed & 1 ? 0x9908b0dfu : 0);
    r->state[i] = r->state[(i + MT_MIDDLE) % MT_WORDS] ^ twisted;
  }
  r->next = 0;
}

// Draw 32 bits.
uint32_t mx_random_word(RandomState *r) {
  if (r->next >= MT_WORDS) refill(r);
  uint32_t y = r->state[r->next++];
  y ^= y >> 11;
  y ^= (y << 7) & 0x9d2c5680u;
  y ^= (y << 15) & 0xefc60000u;
  return y ^ (y >> 18);
}

// Draw from [0, 1).
double mx_random_double(RandomState *r) {
  uint32_t high = mx_random_word(r) >> 5, low = mx_random_word(r) >> 6;
  return (high * 67108864.0 + low) * (1.0 / 9007199254740992.0);
}

// Draw from [0, 1].
double mx_random_double_closed(RandomState *r) {
  uint64_t high = mx_random_word(r), low = mx_random_word(r);
  unsigned __int128 steps = ((unsigned __int128)1 << 53) + 1; // 0 .. 2^53
  uint64_t bits = (high << 32) | low;
  return ldexp((double)(uint64_t)(steps * bits >> 64), -53);
}

// Uniform word in [0, limit]: draw words under a mask, from the high half on, until one fits.
static uint64_t limited_word(RandomState *r, uint64_t limit) {
  if (limit == 0) return 0;
  uint64_t mask = ~(uint64_t)0 >> __builtin_clzll(limit);
  for (;;) {
    uint64_t value = 0;
    bool fits = true;
    for (int i = 1; i >= 0 && fits; i--) {
      if (!(mask >> (32 * i) & 0xffffffffu)) continue;
      value |= (uint64_t)mx_random_word(r) << (32 * i);
      value &= mask;
      fits = value <= limit;
    }
    if (fits) return value;
  }
}

// Uniform magnitude in [0, limit] of several limbs, drawn in words of 32 bits from the top.
static bool draw_limbs(RandomState *r, const LimbView *limit, uint32_t *out) {
  bool boundary = true;
  uint32_t mask = 0;
  for (mp_size_t i = limit->count * 2 - 1; i >= 0; i--) {
    uint32_t word = (uint32_t)(limit->at[i / 2] >> (i % 2 * 32));
    mask = mask ? 0xffffffffu : word ? 0xffffffffu >> __builtin_clz(word) : 0;
    uint32_t value = 0;
    if (mask) {
      value = mx_random_word(r) & mask;
      if (boundary && value > word) return false;
      if (value < word) boundary = false;
    }
    out[i] = value;
  }
  return true;
}

// Draw an Integer up to a limit.
Value mx_random_upto(ExecCtx *ec, RandomState *r, Value limit) {
  LimbView view;
  mx_limbs_view(limit, &view);
  if (view.count <= 1) return mx_int_from_u64(ec, limited_word(r, view.count ? view.at[0] : 0));
  mp_limb_t *limbs = mx_limbs_scratch(view.count);
  uint32_t *words = (uint32_t *)limbs;
  while (!draw_limbs(r, &view, words)) {
  }
  for (mp_size_t i = 0; i < view.count; i++) { // words to limbs, whatever the byte order
    uint32_t low = words[2 * i], high = words[2 * i + 1];
    limbs[i] = (mp_limb_t)high << 32 | low;
  }
  Value result = mx_limbs_to_int(ec, limbs, view.count, false);
  free(limbs);
  return result;
}

// Fill memory from the system's source.
bool mx_random_system_bytes(void *bytes, size_t len) {
  char *at = bytes;
  while (len) {
    ssize_t got = getrandom(at, len, 0);
    if (got <= 0) return false;
    at += got;
    len -= (size_t)got;
  }
  return true;
}
