// SPDX-License-Identifier: MIT
// MT19937 (Matsumoto and Nishimura, 1998): the generator whose sequence Ruby specifies.
#ifndef MX_RUNTIME_RANDOM_H
#define MX_RUNTIME_RANDOM_H

#include "runtime/vm.h"

enum { MT_WORDS = 624 };

typedef struct RandomState {
  Value seed;               // Integer it was seeded with, nil before that
  uint32_t state[MT_WORDS]; // words of the generator
  uint32_t next;            // index of the next word to hand out
} RandomState;

MX_FUNC extern const ForeignType mx_random_type; // payload: RandomState

// Seed from the magnitude of an Integer.
MX_FUNC void mx_random_init(RandomState *r, Value seed);
MX_FUNC uint32_t mx_random_word(RandomState *r);
MX_FUNC double mx_random_double(RandomState *r);        // in [0, 1), 53 bits
MX_FUNC double mx_random_double_closed(RandomState *r); // in [0, 1]
// Uniform Integer in [0, limit], limit >= 0.
MX_FUNC Value mx_random_upto(ExecCtx *ec, RandomState *r, Value limit);
// Fill bytes from the system's source; false when that fails.
MX_FUNC bool mx_random_system_bytes(void *bytes, size_t len);

#endif
