// SPDX-License-Identifier: MIT
// Unit tests of runtime/base/arena.
#include "runtime/base/arena.h"

#include <check.h>
#include <string.h>

// Blocks are aligned, zeroed and distinct, across chunk borders too.
START_TEST(allocations_are_aligned_and_zeroed) {
  Arena arena;
  mx_arena_init(&arena, mx_arena_malloc_source());
  for (size_t size = 0; size < 3000; size += 7) {
    char *at = mx_arena_alloc(&arena, size);
    ck_assert_uint_eq((uintptr_t)at % 16, 0);
    for (size_t i = 0; i < size; i++) ck_assert_int_eq(at[i], 0);
    memset(at, 0xAA, size);
  }
  mx_arena_free(&arena);
}
END_TEST

// A request larger than a chunk works and leaves the current chunk in use.
START_TEST(large_requests_get_their_own_chunk) {
  Arena arena;
  mx_arena_init(&arena, mx_arena_malloc_source());
  char *large_first = mx_arena_alloc(&arena, 100000);
  char *a = mx_arena_alloc(&arena, 16);
  char *large = mx_arena_alloc(&arena, 1000000);
  char *b = mx_arena_alloc(&arena, 16);
  large_first[99999] = large[999999] = 1;
  ck_assert_ptr_eq(b, a + 16);
  ck_assert_uint_eq(arena.used, 1100032);
  mx_arena_free(&arena);
  ck_assert_ptr_null(arena.head);
}
END_TEST

// A copy ends with a NUL that does not count.
START_TEST(copies_are_terminated) {
  Arena arena;
  mx_arena_init(&arena, mx_arena_malloc_source());
  ck_assert_str_eq(mx_arena_copy(&arena, "hello world", 5), "hello");
  ck_assert_str_eq(mx_arena_copy(&arena, NULL, 0), "");
  mx_arena_free(&arena);
}
END_TEST

// Run the tests of this file.
int main(void) {
  TCase *tests = tcase_create("arena");
  tcase_add_test(tests, allocations_are_aligned_and_zeroed);
  tcase_add_test(tests, large_requests_get_their_own_chunk);
  tcase_add_test(tests, copies_are_terminated);
  Suite *suite = suite_create("arena");
  suite_add_tcase(suite, tests);
  SRunner *runner = srunner_create(suite);
  srunner_run_all(runner, CK_NORMAL);
  int failed = srunner_ntests_failed(runner);
  srunner_free(runner);
  return failed != 0;
}
