// SPDX-License-Identifier: MIT
// Random: generators as foreign data, and the one that Kernel#rand uses.
#include "runtime/random.h"

#include "runtime/float.h"
#include "runtime/integer.h"
#include "runtime/semantics.h"
#include "runtime/string.h"
#include "runtime/builtins/rows.h"

const ForeignType mx_random_type = {.name = "Random", .size = sizeof(RandomState)};

// A seed from the system: 128 bits.
static Value system_seed(ExecCtx *ec) {
  uint64_t words[2] = {1, 2};
  if (!mx_random_system_bytes(words, sizeof words)) return val_from_fixnum(1);
  Value high = mx_int_shift(ec, mx_int_from_u64(ec, words[1]), val_from_fixnum(64), true);
  return high == VAL_EXC ? high : mx_int_add(ec, high, mx_int_from_u64(ec, words[0]));
}

// Random.new_seed
Value mx_random_s_new_seed(ExecCtx *ec, Value self) { return system_seed(ec); }

// State of a generator; nil is the VM's own one, seeded at its first use.
static RandomState *state_of(ExecCtx *ec, Value generator) {
  if (!val_is_nil(generator)) return mx_foreign_get(generator, &mx_random_type);
  if (val_is_nil(ec->vm->random)) {
    Value made = val_from_ptr(mx_foreign_new(ec, ec->vm->cls.Random, &mx_random_type));
    bool fixed = ec->vm->options.deterministic;
    Value seed = fixed ? mx_int_from_u64(ec, ec->vm->options.seed) : system_seed(ec);
    mx_random_init(mx_foreign_get(made, &mx_random_type), seed);
    ec->vm->random = made;
  }
  return mx_foreign_get(ec->vm->random, &mx_random_type);
}

// Random.urandom(count)
Value mx_random_s_urandom(ExecCtx *ec, Value self, Value count) {
  int64_t len;
  if (!mx_to_int64(ec, count, &len)) return VAL_EXC;
  if (len < 0) return mx_raise_arg(ec, "negative string size (or size too big)");
  Value result = mx_str_new(ec, NULL, 0, ENC_BINARY);
  mx_str_resize(ec, result, (size_t)len);
  if (!mx_random_system_bytes(mx_str_bytes(result), (size_t)len)) {
    return mx_raise(ec, ec->vm->cls.RuntimeError, "failed to get urandom");
  }
  return result;
}

// random.seed
Value mx_random_m_seed(ExecCtx *ec, Value self) { return state_of(ec, self)->seed; }

// random == other
Value mx_random_m_equal(ExecCtx *ec, Value self, Value other) {
  const RandomState *a = state_of(ec, self), *b = mx_foreign_get(other, &mx_random_type);
  if (!b || mx_class_of(ec->vm, self) != mx_class_of(ec->vm, other)) return VAL_FALSE;
  return val_bool(a->next == b->next && mx_int_eq(a->seed, b->seed) &&
                  memcmp(a->state, b->state, sizeof a->state) == 0);
}

// The words of the generator as one number.
Value mx_random_m_state(ExecCtx *ec, Value self) {
  const RandomState *r = state_of(ec, self);
  Value state = val_from_fixnum(0);
  for (uint32_t i = 0; i < MT_WORDS && state != VAL_EXC; i++) {
    Value moved = mx_int_shift(ec, state, val_from_fixnum(32), true);
    if (moved == VAL_EXC) return moved;
    state = mx_int_or(ec, moved, val_from_fixnum(r->state[MT_WORDS - 1 - i]));
  }
  return state;
}

// random.initialize_copy(other)
Value mx_random_m_initialize_copy(ExecCtx *ec, Value self, Value other) {
  const RandomState *from = mx_foreign_get(other, &mx_random_type);
  if (!from) return mx_raise_type(ec, "wrong argument type");
  *state_of(ec, self) = *from;
  return self;
}

// Seed a generator; a nil seed comes from the system. Returns the former seed.
Value mx_random_seed(ExecCtx *ec, Value self, Value generator, Value seed) {
  RandomState *r = state_of(ec, generator);
  Value before = r->seed, n = val_is_nil(seed) ? system_seed(ec) : mx_to_int(ec, seed);
  if (n == VAL_EXC) return n;
  mx_random_init(r, n);
  return before;
}

// Draw from [0, 1).
Value mx_random_float(ExecCtx *ec, Value self, Value generator) {
  return mx_float_new(ec, mx_random_double(state_of(ec, generator)));
}

// Draw from [0, 1].
Value mx_random_float_closed(ExecCtx *ec, Value self, Value generator) {
  return mx_float_new(ec, mx_random_double_closed(state_of(ec, generator)));
}

// Uniform Integer below a positive limit.
Value mx_random_below(ExecCtx *ec, Value self, Value generator, Value limit) {
  Value last = mx_int_sub(ec, limit, val_from_fixnum(1));
  return last == VAL_EXC ? last : mx_random_upto(ec, state_of(ec, generator), last);
}

// Draw bytes.
Value mx_random_bytes(ExecCtx *ec, Value self, Value generator, Value count) {
  int64_t len;
  if (!mx_to_int64(ec, count, &len)) return VAL_EXC;
  if (len < 0 || len > INT32_MAX) return mx_raise_arg(ec, "negative string size (or size too big)");
  Value result = mx_str_new(ec, NULL, 0, ENC_BINARY);
  mx_str_resize(ec, result, (size_t)len);
  RandomState *r = state_of(ec, generator);
  char *at = mx_str_bytes(result);
  for (int64_t i = 0; i < len; i += 4) {
    uint32_t word = mx_random_word(r);
    for (int64_t j = i; j < len && j < i + 4; j++, word >>= 8) at[j] = (char)word;
  }
  return result;
}

// Seed of the generator of Kernel#rand.
Value mx_random_generator_seed(ExecCtx *ec, Value self) { return state_of(ec, VAL_NIL)->seed; }
