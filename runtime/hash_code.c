// SPDX-License-Identifier: MIT
// Hash functions: SipHash-1-3 of bytes under the VM's key, and mixing of words.
//
// Strings come from outside, so an attacker must not be able to choose colliding ones: SipHash
// (Aumasson and Bernstein, 2012) with one compression and three finalization rounds. Words are
// mixed with two multiplications, which costs a tenth of it.
#include "runtime/hash.h"

typedef struct Sip {
  uint64_t v0, v1, v2, v3; // the state
} Sip;

// Rotate a word left.
static uint64_t sip_rotate(uint64_t word, int bits) { return word << bits | word >> (64 - bits); }

// One round over the state.
// PERF: as a call it takes a quarter of the time of hashing a short key.
__attribute__((always_inline)) static inline void sip_round(Sip *s) {
  s->v0 += s->v1;
  s->v2 += s->v3;
  s->v1 = sip_rotate(s->v1, 13) ^ s->v0;
  s->v3 = sip_rotate(s->v3, 16) ^ s->v2;
  s->v0 = sip_rotate(s->v0, 32);
  s->v2 += s->v1;
  s->v0 += s->v3;
  s->v1 = sip_rotate(s->v1, 17) ^ s->v2;
  s->v3 = sip_rotate(s->v3, 21) ^ s->v0;
  s->v2 = sip_rotate(s->v2, 32);
}

// Absorb one word.
static void sip_absorb(Sip *s, uint64_t word) {
  s->v3 ^= word;
  sip_round(s);
  s->v0 ^= word;
}

// The last word: the bytes past the last full one, and the length in the top byte.
static uint64_t sip_tail(const uint8_t *bytes, size_t len) {
  uint64_t word = 0;
  memcpy(&word, bytes, len & 7);
  return word | (uint64_t)len << 56;
}

// SipHash-1-3 under the key of the VM.
uint64_t mx_hash_bytes(VM *vm, const void *bytes, size_t len) {
  uint64_t k0 = vm->hash_seed[0], k1 = vm->hash_seed[1];
  Sip s = {k0 ^ 0x736f6d6570736575u, k1 ^ 0x646f72616e646f6du, k0 ^ 0x6c7967656e657261u,
           k1 ^ 0x7465646279746573u};
  const uint8_t *at = bytes;
  size_t words = len / 8;
  for (size_t i = 0; i < words; i++, at += 8) {
    uint64_t word;
    memcpy(&word, at, sizeof word);
    sip_absorb(&s, word);
  }
  sip_absorb(&s, sip_tail(at, len));
  s.v2 ^= 0xff;
  for (int i = 0; i < 3; i++) sip_round(&s);
  return s.v0 ^ s.v1 ^ s.v2 ^ s.v3;
}
