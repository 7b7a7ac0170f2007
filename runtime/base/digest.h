// SPDX-License-Identifier: MIT
// Digest: 128 bits that tell byte strings apart (SipHash-2-4 with 128-bit result).
//
// For caches and damage checks: the same text has the same digest on every machine, and bytes
// that were damaged have another one. It is no protection from a forger, who can compute it as
// well; whoever reads such bytes checks what they say. SipHash because it is short, needs no
// library (each one costs start-up time), has published test vectors, and is several times as
// fast as a cryptographic hash on a machine without instructions for one.
#ifndef MX_BASE_DIGEST_H
#define MX_BASE_DIGEST_H

#include "runtime/base/check.h"

enum { DIGEST_BYTES = 16, DIGEST_HEX = 2 * DIGEST_BYTES + 1 };

typedef struct Digest {
  uint8_t bytes[DIGEST_BYTES];
} Digest;

// Digest under a key of two words, which keeps uses apart that must not be mixed up.
MX_FUNC Digest mx_digest_keyed(uint64_t k0, uint64_t k1, const void *bytes, size_t len);
// Digest under the key 0.
MX_FUNC Digest mx_digest(const void *bytes, size_t len);
MX_FUNC bool mx_digest_eq(const Digest *a, const Digest *b);
// Write lower-case hexadecimal digits and a NUL.
MX_FUNC void mx_digest_hex(const Digest *digest, char out[DIGEST_HEX]);

#endif
