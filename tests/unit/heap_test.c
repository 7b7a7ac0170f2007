// SPDX-License-Identifier: MIT
// Unit tests of jit/llvm/heap, which is the malloc of this program.
#include "runtime/base/prng.h"
#include "jit/llvm/heap.h"
#include <check.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCKS = 400, STEPS = 60000 };

// A block and what it is filled with.
typedef struct Held {
  uint8_t *block;
  size_t bytes;
  uint8_t fill;
} Held;

// Is every byte what was written?
static bool is_filled(const uint8_t *block, size_t bytes, uint8_t fill) {
  size_t right = 0;
  while (right < bytes && block[right] == fill) right++;
  return right == bytes;
}

// Without the cost of ck_assert, which writes to a file each time.
static void assert_that(bool fact) {
  if (!fact) ck_abort();
}

// A size: small ones are more frequent, the largest has units of its own.
static size_t any_size(Prng *prng) {
  return (size_t)mx_prng_below(prng, (uint64_t)1 << (1 + mx_prng_below(prng, 16)));
}

// Replace what is held by a new block, or by one that has grown or shrunk.
static void step(Held *held, Prng *prng, uint8_t fill) {
  assert_that(is_filled(held->block, held->bytes, held->fill));
  size_t bytes = 1 + any_size(prng), kept = held->bytes < bytes ? held->bytes : bytes;
  size_t alignment = 16;
  switch (mx_prng_below(prng, 4)) {
  case 0:
    held->block = realloc(held->block, bytes);
    assert_that(is_filled(held->block, kept, held->fill));
    break;
  case 1:
    free(held->block);
    held->block = calloc(bytes, 1);
    assert_that(is_filled(held->block, bytes, 0));
    break;
  case 2:
    free(held->block);
    alignment <<= mx_prng_below(prng, 9);
    assert_that(!posix_memalign((void **)&held->block, alignment, bytes));
    break;
  default: free(held->block); held->block = malloc(bytes);
  }
  assert_that((uintptr_t)held->block % alignment == 0);
  held->bytes = bytes;
  held->fill = fill;
  memset(held->block, fill, bytes);
}

// Allocate, resize and free at random, and look whether blocks overlap.
static void *churn(void *seed) {
  Prng prng;
  mx_prng_seed(&prng, *(uint64_t *)seed);
  Held held[BLOCKS] = {0};
  for (int i = 0; i < STEPS; i++) step(&held[mx_prng_below(&prng, BLOCKS)], &prng, (uint8_t)i);
  for (int i = 0; i < BLOCKS; i++) free(held[i].block);
  return NULL;
}

START_TEST(blocks_do_not_overlap) {
  uint64_t seed = 1;
  churn(&seed);
}
END_TEST

START_TEST(two_threads_share_it) {
  uint64_t seeds[2] = {2, 3};
  pthread_t other;
  ck_assert_int_eq(pthread_create(&other, NULL, churn, &seeds[0]), 0);
  churn(&seeds[1]);
  pthread_join(other, NULL);
}
END_TEST

// A freed block is the next one of its size.
START_TEST(freed_blocks_are_used_again) {
  void *small = malloc(100), *large = malloc(100000);
  free(small);
  free(large);
  ck_assert_ptr_eq(malloc(112), small);
  ck_assert_ptr_eq(malloc(110000), large);
}
END_TEST

// What the C library allocated can be freed and resized; what is too large comes from there.
START_TEST(the_c_library_has_its_own) {
  char *text = NULL;
  size_t bytes = 0;
  FILE *stream = open_memstream(&text, &bytes);
  fputs("text", stream);
  fclose(stream);
  text = realloc(text, 1000);
  ck_assert_str_eq(text, "text");
  free(text);
  char *large = malloc((size_t)300 << 20);
  large[0] = large[((size_t)300 << 20) - 1] = 1;
  free(large);
  volatile size_t half = SIZE_MAX / 2; // the compiler would refuse a constant
  ck_assert_ptr_null(calloc(half, 3));
  void *aligned = aligned_alloc(1 << 20, 1 << 20);
  ck_assert_uint_eq((uintptr_t)aligned % (1 << 20), 0);
  free(aligned);
  free(NULL);
}
END_TEST

int main(void) {
  TCase *tests = tcase_create("heap");
  tcase_set_timeout(tests, 50);
  tcase_add_test(tests, blocks_do_not_overlap);
  tcase_add_test(tests, two_threads_share_it);
  tcase_add_test(tests, freed_blocks_are_used_again);
  tcase_add_test(tests, the_c_library_has_its_own);
  Suite *suite = suite_create("heap");
  suite_add_tcase(suite, tests);
  SRunner *runner = srunner_create(suite);
  srunner_run_all(runner, CK_ENV);
  int failed = srunner_ntests_failed(runner);
  srunner_free(runner);
  return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
