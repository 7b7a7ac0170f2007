// SPDX-License-Identifier: MIT
// Unit tests of runtime/base/digest.
#include "runtime/base/digest.h"

#include <check.h>
#include <string.h>

// Key 00 01 .. 0f of the published vectors, as words.
#define KEY_0 0x0706050403020100u
#define KEY_1 0x0f0e0d0c0b0a0908u

// Digest of the bytes 00 01 .. len-1 under that key, in hexadecimal.
static const char *vector_of(size_t len) {
  static char text[DIGEST_HEX];
  uint8_t bytes[64] = {0};
  for (size_t i = 0; i < len; i++) bytes[i] = (uint8_t)i;
  Digest digest = mx_digest_keyed(KEY_0, KEY_1, bytes, len);
  mx_digest_hex(&digest, text);
  return text;
}

// The vectors of the reference implementation: no byte, one, a full word, words and a rest.
START_TEST(published_vectors) {
  ck_assert_str_eq(vector_of(0), "a3817f04ba25a8e66df67214c7550293");
  ck_assert_str_eq(vector_of(1), "da87c1d86b99af44347659119b22fc45");
  ck_assert_str_eq(vector_of(8), "3b62a9ba6258f5610f83e264f31497b4");
  ck_assert_str_eq(vector_of(15), "5493e99933b0a8117e08ec0f97cfc3d9");
}
END_TEST

// Every bit of the text counts, and so do its length and the key.
START_TEST(every_bit_counts) {
  uint8_t text[41] = "what is written here does not matter now";
  Digest first = mx_digest(text, 40), again = mx_digest(text, 40);
  ck_assert(mx_digest_eq(&first, &again));
  for (size_t bit = 0; bit < 40 * 8; bit++) {
    text[bit / 8] ^= (uint8_t)(1u << bit % 8);
    Digest other = mx_digest(text, 40);
    ck_assert(!mx_digest_eq(&first, &other));
    text[bit / 8] ^= (uint8_t)(1u << bit % 8);
  }
  Digest longer = mx_digest(text, 41), keyed = mx_digest_keyed(0, 1, text, 40);
  ck_assert(!mx_digest_eq(&first, &longer));
  ck_assert(!mx_digest_eq(&first, &keyed));
}
END_TEST

int main(void) {
  TCase *tests = tcase_create("digest");
  tcase_add_test(tests, published_vectors);
  tcase_add_test(tests, every_bit_counts);
  Suite *suite = suite_create("digest");
  suite_add_tcase(suite, tests);
  SRunner *runner = srunner_create(suite);
  srunner_run_all(runner, CK_NORMAL);
  int failed = srunner_ntests_failed(runner);
  srunner_free(runner);
  return failed != 0;
}
