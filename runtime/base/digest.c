// SPDX-License-Identifier: MIT
// SipHash-2-4-128 (Aumasson and Bernstein, 2012): two rounds a word, four at each end.
#include "runtime/base/digest.h"

#include <endian.h>
#include <string.h>

typedef struct DigestState {
  uint64_t v0, v1, v2, v3;
} DigestState;

// Rotate a word left.
static uint64_t digest_rotate(uint64_t word, int bits) {
  return word << bits | word >> (64 - bits);
}

// Do some rounds over the state.
static void digest_rounds(DigestState *s, int count) {
  for (int i = 0; i < count; i++) {
    s->v0 += s->v1;
    s->v2 += s->v3;
    s->v1 = digest_rotate(s->v1, 13) ^ s->v0;
    s->v3 = digest_rotate(s->v3, 16) ^ s->v2;
    s->v0 = digest_rotate(s->v0, 32);
    s->v2 += s->v1;
    s->v0 += s->v3;
    s->v1 = digest_rotate(s->v1, 17) ^ s->v2;
    s->v3 = digest_rotate(s->v3, 21) ^ s->v0;
    s->v2 = digest_rotate(s->v2, 32);
  }
}

// Read a little-endian word.
static uint64_t digest_read(const uint8_t *at) {
  uint64_t word;
  memcpy(&word, at, sizeof word);
  return le64toh(word);
}

// Read the last bytes, fewer than eight, with the length of all in the top byte.
static uint64_t digest_read_tail(const uint8_t *at, size_t len) {
  uint8_t bytes[8] = {0};
  memcpy(bytes, at, len & 7);
  bytes[7] = (uint8_t)len;
  return digest_read(bytes);
}

// Absorb one word.
static void digest_absorb(DigestState *s, uint64_t word) {
  s->v3 ^= word;
  digest_rounds(s, 2);
  s->v0 ^= word;
}

// Finish half of the result.
static void digest_half(DigestState *s, uint8_t *out) {
  digest_rounds(s, 4);
  uint64_t word = s->v0 ^ s->v1 ^ s->v2 ^ s->v3;
  for (int i = 0; i < 8; i++) out[i] = (uint8_t)(word >> 8 * i);
}

Digest mx_digest_keyed(uint64_t k0, uint64_t k1, const void *bytes, size_t len) {
  DigestState s = {k0 ^ 0x736f6d6570736575u, k1 ^ 0x646f72616e646f6du ^ 0xee,
                   k0 ^ 0x6c7967656e657261u, k1 ^ 0x7465646279746573u};
  const uint8_t *at = bytes;
  size_t words = len / 8;
  for (size_t i = 0; i < words; i++, at += 8) digest_absorb(&s, digest_read(at));
  digest_absorb(&s, digest_read_tail(at, len));
  Digest digest;
  s.v2 ^= 0xee;
  digest_half(&s, digest.bytes);
  s.v1 ^= 0xdd;
  digest_half(&s, digest.bytes + 8);
  return digest;
}

Digest mx_digest(const void *bytes, size_t len) { return mx_digest_keyed(0, 0, bytes, len); }

bool mx_digest_eq(const Digest *a, const Digest *b) {
  return memcmp(a->bytes, b->bytes, DIGEST_BYTES) == 0;
}

void mx_digest_hex(const Digest *digest, char out[DIGEST_HEX]) {
  static const char digits[] = "0123456789abcdef";
  for (int i = 0; i < DIGEST_BYTES; i++) {
    out[2 * i] = digits[digest->bytes[i] >> 4];
    out[2 * i + 1] = digits[digest->bytes[i] & 15];
  }
  out[DIGEST_HEX - 1] = 0;
}
