// SPDX-License-Identifier: MIT
// Unit tests of runtime/hash: order, growth, iteration, and random operations against a model.
#include "runtime/base/prng.h"
#include "runtime/array.h"
#include "runtime/hash.h"
#include "tests/unit/vm_fixture.h"

// Integer as a Value.
static Value fix(int64_t n) { return val_from_fixnum(n); }

// Entries keep the order of insertion through all sizes of the index.
START_TEST(order_survives_growth) {
  ExecCtx *ec = fixture_vm();
  Value h = mx_hash_new(ec);
  const int64_t count = 70000; // past the two-byte slots
  for (int64_t i = 0; i < count; i++) ck_assert(mx_hash_set(ec, h, fix(i * 7), fix(i)));
  ck_assert_int_eq(mx_hash_count(h), count);
  Value key, value;
  int64_t i = 0;
  for (uint32_t at = 0; mx_hash_next(h, &at, &key, &value); i++) {
    ck_assert_uint_eq(key, fix(i * 7));
    ck_assert_uint_eq(value, fix(i));
  }
  ck_assert_int_eq(i, count);
  ck_assert_uint_eq(mx_hash_get(ec, h, fix(7 * 69999)), fix(69999));
  ck_assert_uint_eq(mx_hash_get(ec, h, fix(1)), VAL_UNDEF);
  mx_vm_free(ec->vm);
}
END_TEST

// Equal strings are one key; the key kept is a frozen copy, but not under identity.
START_TEST(string_keys_are_copied) {
  ExecCtx *ec = fixture_vm();
  Value h = mx_hash_new(ec), key = mx_str_from_cstr(ec, "name");
  ck_assert(mx_hash_set(ec, h, key, fix(1)));
  ck_assert_uint_eq(mx_hash_get(ec, h, mx_str_from_cstr(ec, "name")), fix(1));
  uint32_t at = 0;
  Value kept, value;
  ck_assert(mx_hash_next(h, &at, &kept, &value));
  ck_assert_uint_ne(kept, key);
  ck_assert(mx_object_is_frozen(ec, kept));
  Value identity = mx_hash_new(ec);
  val_header(identity)->flags |= FL_HASH_IDENTITY;
  ck_assert(mx_hash_set(ec, identity, key, fix(1)));
  ck_assert_uint_eq(mx_hash_get(ec, identity, mx_str_from_cstr(ec, "name")), VAL_UNDEF);
  ck_assert_uint_eq(mx_hash_get(ec, identity, key), fix(1));
  mx_vm_free(ec->vm);
}
END_TEST

// While iterating, keys can go but not come.
START_TEST(no_new_keys_during_iteration) {
  ExecCtx *ec = fixture_vm();
  Value h = mx_hash_new(ec), key, value;
  for (int64_t i = 0; i < 20; i++) ck_assert(mx_hash_set(ec, h, fix(i), fix(i)));
  val_to_hash(h)->iterating++;
  int seen = 0;
  for (uint32_t at = 0; mx_hash_next(h, &at, &key, &value); seen++) {
    ck_assert_uint_eq(mx_hash_delete(ec, h, key), value);
    ck_assert(!mx_hash_set(ec, h, fix(100), VAL_NIL));
    ck_assert_str_eq(fixture_error(ec), "can't add a new key into hash during iteration");
  }
  ck_assert_int_eq(seen, 20);
  val_to_hash(h)->iterating--;
  ck_assert(mx_hash_set(ec, h, fix(100), VAL_NIL));
  ck_assert_uint_eq(mx_hash_count(h), 1);
  mx_vm_free(ec->vm);
}
END_TEST

// Taking from the front and adding at the back does not grow the table.
START_TEST(queues_do_not_grow) {
  ExecCtx *ec = fixture_vm();
  Value h = mx_hash_new(ec), key, value;
  for (int64_t i = 0; i < 100; i++) ck_assert(mx_hash_set(ec, h, fix(i), VAL_NIL));
  for (int64_t i = 100; i < 20000; i++) {
    ck_assert(mx_hash_shift(h, &key, &value));
    ck_assert_uint_eq(key, fix(i - 100));
    ck_assert(mx_hash_set(ec, h, fix(i), VAL_NIL));
  }
  ck_assert_uint_le(val_to_hash(h)->room, 256);
  mx_vm_free(ec->vm);
}
END_TEST

// Symbol keys work without running guest code.
START_TEST(symbol_keys) {
  ExecCtx *ec = fixture_vm();
  Value h = mx_hash_new(ec);
  mx_hash_set_sym(ec, h, SYM_each, fix(1));
  mx_hash_set_sym(ec, h, SYM_each, fix(2));
  ck_assert_uint_eq(mx_hash_get_sym(h, SYM_each), fix(2));
  ck_assert_uint_eq(mx_hash_get_sym(h, SYM_call), VAL_UNDEF);
  ck_assert_uint_eq(mx_hash_get(ec, h, val_from_sym(SYM_each)), fix(2));
  mx_vm_free(ec->vm);
}
END_TEST

enum { MODEL_KEYS = 300, MODEL_STEPS = 60000 };

typedef struct Model {
  int64_t value[MODEL_KEYS]; // by key; 0 when absent
  int64_t order[MODEL_KEYS]; // by key: number of the insertion
  int64_t clock;             // insertions so far
  uint32_t count;            // keys present
} Model;

// Do one random operation on both.
static void model_step(ExecCtx *ec, Prng *prng, Value h, Model *m, uint64_t keys) {
  uint64_t k = mx_prng_below(prng, keys);
  Value key = fix((int64_t)k * 1000003);
  switch (mx_prng_below(prng, 3)) {
  case 0:
    ck_assert_uint_eq(mx_hash_get(ec, h, key), m->value[k] ? fix(m->value[k]) : VAL_UNDEF);
    break;
  case 1:
    ck_assert_uint_eq(mx_hash_delete(ec, h, key), m->value[k] ? fix(m->value[k]) : VAL_UNDEF);
    m->count -= m->value[k] != 0;
    m->value[k] = 0;
    break;
  default:
    if (m->value[k] == 0) m->order[k] = ++m->clock, m->count++;
    m->value[k] = 1 + (int64_t)mx_prng_below(prng, 1000);
    ck_assert(mx_hash_set(ec, h, key, fix(m->value[k])));
  }
}

// Walk over the hash: every entry is the model's, in the model's order.
static void model_check(Value h, const Model *m) {
  Value key, value;
  int64_t last = 0;
  uint32_t seen = 0;
  for (uint32_t at = 0; mx_hash_next(h, &at, &key, &value); seen++) {
    int64_t k = val_to_fixnum(key) / 1000003;
    ck_assert_uint_eq(value, fix(m->value[k]));
    ck_assert_int_gt(m->order[k], last);
    last = m->order[k];
  }
  ck_assert_uint_eq(seen, m->count);
  ck_assert_uint_eq(mx_hash_count(h), m->count);
}

// Random operations agree with the model, over few and over many keys.
START_TEST(random_operations_agree_with_a_model) {
  ExecCtx *ec = fixture_vm();
  Prng prng;
  Model model = {.clock = 0};
  Value h = mx_hash_new(ec);
  mx_prng_seed(&prng, 11);
  for (int step = 0; step < MODEL_STEPS; step++) {
    uint64_t keys = step % 4000 < 2000 ? 12 : MODEL_KEYS;
    model_step(ec, &prng, h, &model, keys);
    if (step % 64 == 0) model_check(h, &model);
  }
  mx_vm_free(ec->vm);
}
END_TEST

// Run the tests of this file.
int main(void) {
  TCase *tests = tcase_create("hash");
  tcase_add_test(tests, order_survives_growth);
  tcase_add_test(tests, string_keys_are_copied);
  tcase_add_test(tests, no_new_keys_during_iteration);
  tcase_add_test(tests, queues_do_not_grow);
  tcase_add_test(tests, symbol_keys);
  tcase_add_test(tests, random_operations_agree_with_a_model);
  return fixture_run("hash", tests);
}
