// SPDX-License-Identifier: MIT
// Limbs behind Integers: what the integer_*.c files share; nobody else includes this.
//
// A view reads a fixnum as one limb or none, so that the slow paths see only sign and magnitude.
// GC: a view's pointer into a bignum is interior and on the C stack, which keeps the bignum alive.
#ifndef MX_RUNTIME_INTEGER_LIMBS_H
#define MX_RUNTIME_INTEGER_LIMBS_H

#include "runtime/integer.h"

#include <gmp.h>

_Static_assert(sizeof(mp_limb_t) == sizeof(uint64_t) && GMP_NAIL_BITS == 0, "limbs are words");

enum { LIMB_BITS = 64 };

typedef struct LimbView {
  const mp_limb_t *at; // magnitude, least significant limb first
  mp_size_t count;     // limbs, 0 for zero; the top one is not zero
  bool negative;       // sign
  mp_limb_t own;       // the limb of a fixnum; `at` points here, so a view is never copied
} LimbView;

// View an Integer.
MX_FUNC void mx_limbs_view(Value v, LimbView *view);
// Allocate a bignum with room for so many limbs (at least one); the size is not set yet.
MX_FUNC BignumObj *mx_limbs_new(ExecCtx *ec, mp_size_t room);
// Set sign and size, strip zero limbs, give a fixnum where it fits.
MX_FUNC Value mx_limbs_finish(BignumObj *big, mp_size_t count, bool negative);
// Integer of a magnitude in foreign memory.
MX_FUNC Value mx_limbs_to_int(ExecCtx *ec, const mp_limb_t *at, mp_size_t count, bool negative);
// Scratch limbs on malloc, for at least one limb; the caller frees.
MX_FUNC mp_limb_t *mx_limbs_scratch(mp_size_t count);
// Compare magnitudes: -1, 0, 1.
MX_FUNC int mx_limbs_cmp(const LimbView *a, const LimbView *b);
// Raise ArgumentError for a result beyond INTEGER_MAX_LIMBS.
MX_FUNC Value mx_limbs_too_big(ExecCtx *ec);

#endif
