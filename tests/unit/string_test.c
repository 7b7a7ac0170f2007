// SPDX-License-Identifier: MIT
// Unit tests of runtime/string*: storage, sharing, characters against a naive walk, case, succ, tr.
#include "runtime/base/prng.h"
#include "runtime/string_edit.h"
#include "tests/unit/vm_fixture.h"

// Make an UTF-8 String of C text.
static Value str(ExecCtx *ec, const char *text) { return mx_str_from_cstr(ec, text); }

// Are the bytes outside the cell?
static bool on_heap(Value v) { return val_header(v)->flags & FL_STR_HEAP; }

// Short strings are inline; appending moves them to a buffer and keeps the bytes.
START_TEST(strings_move_from_cell_to_buffer) {
  ExecCtx *ec = fixture_vm();
  Value s = str(ec, "");
  for (size_t i = 1; i <= 100; i++) {
    char c = (char)('a' + i % 26);
    mx_str_append_bytes(ec, s, &c, 1);
    ck_assert_int_eq(on_heap(s), i > STR_INLINE_MAX);
    ck_assert_uint_eq(mx_str_len(s), i);
    ck_assert_int_eq(mx_str_bytes(s)[i - 1], c);
    ck_assert_int_eq(mx_str_bytes(s)[i], 0);
  }
  mx_vm_free(ec->vm);
}
END_TEST

// Long slices share the buffer; a writer leaves the others as they were.
START_TEST(slices_share_until_written) {
  ExecCtx *ec = fixture_vm();
  Value whole = str(ec, "0123456789012345678901234567890123456789012345678901234567890123456789");
  Value part = mx_str_slice(ec, whole, 10, 40), copy = mx_str_dup(ec, whole);
  ck_assert_ptr_eq(mx_str_bytes(part), mx_str_bytes(whole) + 10);
  ck_assert_ptr_eq(mx_str_bytes(copy), mx_str_bytes(whole));
  mx_str_append_bytes(ec, part, "!", 1);
  ck_assert_int_eq(mx_str_bytes(whole)[50], '0');
  ck_assert(mx_str_modify(ec, whole));
  mx_str_bytes(whole)[0] = 'X';
  ck_assert_int_eq(mx_str_bytes(copy)[0], '0');
  ck_assert_int_eq(mx_str_bytes(part)[40], '!');
  mx_vm_free(ec->vm);
}
END_TEST

// A slice in the middle of a buffer becomes C text only by a copy of its own.
START_TEST(c_text_of_a_slice_ends) {
  ExecCtx *ec = fixture_vm();
  Value whole = str(ec, "0123456789012345678901234567890123456789");
  const char *text = mx_str_cstr(ec, mx_str_slice(ec, whole, 1, 35));
  ck_assert_uint_eq(strlen(text), 35);
  ck_assert_ptr_null(mx_str_cstr(ec, mx_str_utf8(ec, "a\0b", 3)));
  ck_assert_str_eq(fixture_error(ec), "string contains null byte");
  mx_vm_free(ec->vm);
}
END_TEST

// Splicing works on itself, grows and shrinks.
START_TEST(splices_replace_bytes) {
  ExecCtx *ec = fixture_vm();
  Value s = str(ec, "abcdef");
  ck_assert(mx_str_splice(ec, s, 2, 2, s));
  ck_assert_str_eq(fixture_text(s), "ababcdefef");
  ck_assert(mx_str_splice(ec, s, 0, 9, str(ec, "")));
  ck_assert_str_eq(fixture_text(s), "f");
  mx_str_resize(ec, s, 50);
  memset(mx_str_bytes(s), '-', 50);
  Value shared = mx_str_dup(ec, s);
  mx_str_resize(ec, s, 3);
  ck_assert_str_eq(fixture_text(s), "---");
  ck_assert_uint_eq(mx_str_len(shared), 50);
  mx_object_freeze(ec, s);
  ck_assert(!mx_str_splice(ec, s, 0, 0, s));
  ck_assert_str_eq(fixture_error(ec), "can't modify frozen String: \"---\"");
  mx_vm_free(ec->vm);
}
END_TEST

// What is known of the bytes follows every change.
START_TEST(content_is_kept_true) {
  ExecCtx *ec = fixture_vm();
  Value s = str(ec, "abc");
  ck_assert_int_eq(mx_str_content(s), STR_ASCII);
  ck_assert(mx_str_append(ec, s, str(ec, "\xC3\xA9")));
  ck_assert_int_eq(mx_str_content(s), STR_VALID);
  mx_str_append_bytes(ec, s, "\xC3", 1);
  ck_assert_int_eq(mx_str_content(s), STR_BROKEN);
  mx_str_append_bytes(ec, s, "\xA9", 1);
  ck_assert_int_eq(mx_str_content(s), STR_VALID);
  mx_str_set_enc(s, ENC_US_ASCII);
  ck_assert_int_eq(mx_str_content(s), STR_BROKEN);
  mx_str_set_enc(s, ENC_BINARY);
  ck_assert_int_eq(mx_str_content(s), STR_VALID);
  mx_vm_free(ec->vm);
}
END_TEST

// Append a random character, now and then a broken byte.
static void append_random(ExecCtx *ec, Prng *prng, Value s) {
  static const uint32_t limits[] = {0x80, 0x800, 0xD800, 0x10FFFF};
  char bytes[8];
  if (mx_prng_below(prng, 8) == 0) {
    bytes[0] = (char)mx_prng_below(prng, 256);
    mx_str_append_bytes(ec, s, bytes, 1);
    return;
  }
  uint32_t code = (uint32_t)mx_prng_below(prng, limits[mx_prng_below(prng, 4)]);
  mx_str_append_bytes(ec, s, bytes, mx_enc_put(ENC_UTF_8, code, bytes));
}

// Byte offset of a character by walking from the start.
static size_t naive_offset(Value s, size_t index) {
  const char *start = mx_str_bytes(s), *p = start, *end = p + mx_str_len(s);
  while (p < end && index-- > 0) p += mx_enc_step(ENC_UTF_8, p, end);
  return (size_t)(p - start);
}

// Indices found by breadcrumbs agree with a walk from the start, in any order of asking.
START_TEST(breadcrumbs_agree_with_a_walk) {
  ExecCtx *ec = fixture_vm();
  Prng prng;
  mx_prng_seed(&prng, 42);
  for (int round = 0; round < 40; round++) {
    Value s = str(ec, "");
    size_t chars = mx_prng_below(&prng, 120);
    for (size_t i = 0; i < chars; i++) append_random(ec, &prng, s);
    size_t count = mx_str_char_count(s);
    for (int i = 0; i < 60; i++) {
      size_t index = mx_prng_below(&prng, count + 3);
      size_t offset = naive_offset(s, index);
      ck_assert_uint_eq(mx_str_char_to_byte(s, index), offset);
      if (index <= count) ck_assert_uint_eq(mx_str_byte_to_char(s, offset), index);
    }
  }
  mx_vm_free(ec->vm);
}
END_TEST

// Strings of different encodings agree when one is ASCII.
START_TEST(encodings_agree_on_ascii) {
  ExecCtx *ec = fixture_vm();
  Value utf8 = str(ec, "\xC3\xA9"), ascii = mx_str_ascii(ec, "a");
  Value binary = mx_str_new(ec, "\xFF", 1, ENC_BINARY), empty = mx_str_new(ec, "", 0, ENC_BINARY);
  ck_assert_int_eq(mx_str_compatible(utf8, ascii), ENC_UTF_8);
  ck_assert_int_eq(mx_str_compatible(ascii, binary), ENC_BINARY);
  ck_assert_int_eq(mx_str_compatible(utf8, empty), ENC_UTF_8);
  ck_assert_int_eq(mx_str_compatible(utf8, binary), ENC_NONE);
  ck_assert(!mx_str_append(ec, utf8, binary));
  ck_assert_str_eq(fixture_error(ec),
                   "incompatible character encodings: UTF-8 and BINARY (ASCII-8BIT)");
  ck_assert(mx_str_eq(ascii, str(ec, "a")));
  ck_assert_uint_eq(mx_str_hash(ec->vm, ascii), mx_str_hash(ec->vm, str(ec, "a")));
  mx_vm_free(ec->vm);
}
END_TEST

// Successors carry as Ruby's do.
START_TEST(successors_carry) {
  static const char *const pairs[][2] = {
      {"a", "b"},      {"az", "ba"},           {"zz", "aaa"},      {"a9", "b0"},
      {"Az", "Ba"},    {"Zz", "AAa"},          {"1.9.9", "2.0.0"}, {"<<koala>>", "<<koalb>>"},
      {"***", "**+"},  {"1999zzz", "2000aaa"}, {"-9", "-10"},      {"", ""},
      {"a-9", "a-10"}, {"1-9", "2-0"},         {"9", "10"}};
  ExecCtx *ec = fixture_vm();
  for (size_t i = 0; i < MX_COUNT_OF(pairs); i++)
    ck_assert_str_eq(fixture_text(mx_str_succ(ec, str(ec, pairs[i][0]))), pairs[i][1]);
  mx_vm_free(ec->vm);
}
END_TEST

// Case mappings may change the number of characters.
START_TEST(case_mappings_are_full) {
  ExecCtx *ec = fixture_vm();
  Value sharp = str(ec, "stra\xC3\x9F"
                        "e");
  ck_assert_str_eq(fixture_text(mx_str_change_case(ec, sharp, CASE_OP_UP, 0)), "STRASSE");
  ck_assert_str_eq(fixture_text(mx_str_change_case(ec, sharp, CASE_OP_CAPITALIZE, 0)),
                   "Stra\xC3\x9F"
                   "e");
  ck_assert_uint_eq(mx_str_change_case(ec, sharp, CASE_OP_DOWN, 0), VAL_UNDEF);
  ck_assert_str_eq(fixture_text(mx_str_change_case(ec, str(ec, "i"), CASE_OP_UP, CASE_TURKIC)),
                   "\xC4\xB0");
  mx_vm_free(ec->vm);
}
END_TEST

// tr maps ranges, negations and repeats.
START_TEST(transliteration_maps_sets) {
  ExecCtx *ec = fixture_vm();
  Value s = str(ec, "hello");
  ck_assert_str_eq(fixture_text(mx_str_tr(ec, s, str(ec, "el"), str(ec, "ip"), false)), "hippo");
  ck_assert_str_eq(fixture_text(mx_str_tr(ec, s, str(ec, "a-y"), str(ec, "b-z"), false)), "ifmmp");
  ck_assert_str_eq(fixture_text(mx_str_tr(ec, s, str(ec, "^l"), str(ec, "*"), false)), "**ll*");
  ck_assert_str_eq(fixture_text(mx_str_tr(ec, s, str(ec, "l"), str(ec, "r"), true)), "hero");
  ck_assert_uint_eq(mx_str_tr(ec, s, str(ec, "z-a"), s, false), VAL_EXC);
  ck_assert_str_eq(fixture_error(ec), "invalid range \"z-a\" in string transliteration");
  mx_vm_free(ec->vm);
}
END_TEST

// inspect and dump escape; undump reads dump back.
START_TEST(dumps_read_back) {
  ExecCtx *ec = fixture_vm();
  Value s = mx_str_utf8(ec, "a\"\\\n\x01#{}#x\xC3\xA9\xFF", 13);
  ck_assert_str_eq(fixture_text(mx_str_inspect(ec, s)),
                   "\"a\\\"\\\\\\n\\u0001\\#{}#x\xC3\xA9\\xFF\"");
  s = str(ec, "a\"\\\n#{} \xC3\xA9");
  ck_assert(mx_str_eq(mx_str_undump(ec, mx_str_dump(ec, s)), s));
  ck_assert_uint_eq(mx_str_undump(ec, str(ec, "\"abc")), VAL_EXC);
  ck_assert_str_eq(fixture_error(ec), "unterminated dumped string");
  mx_vm_free(ec->vm);
}
END_TEST

// Symbols print without quotes when the parser would take them so.
START_TEST(symbols_print) {
  static const char *const shown[][2] = {
      {"a", ":a"},   {"a?", ":a?"},   {"[]=", ":[]="},   {"a b", ":\"a b\""}, {"", ":\"\""},
      {"@a", ":@a"}, {"@@a", ":@@a"}, {"@1", ":\"@1\""}, {"$1", ":$1"},       {"$-w", ":$-w"},
      {"a=", ":a="}, {"9", ":\"9\""}, {"!", ":!"},       {"a?b", ":\"a?b\""}, {"A", ":A"}};
  ExecCtx *ec = fixture_vm();
  for (size_t i = 0; i < MX_COUNT_OF(shown); i++)
    ck_assert_str_eq(fixture_text(mx_sym_inspect(ec, mx_sym(ec->vm, shown[i][0]))), shown[i][1]);
  ck_assert(mx_sym_is_simple_key(ec->vm, mx_sym(ec->vm, "a?")));
  ck_assert(!mx_sym_is_simple_key(ec->vm, mx_sym(ec->vm, "a=")));
  mx_vm_free(ec->vm);
}
END_TEST

// Run the tests of this file.
int main(void) {
  TCase *tests = tcase_create("string");
  tcase_add_test(tests, strings_move_from_cell_to_buffer);
  tcase_add_test(tests, slices_share_until_written);
  tcase_add_test(tests, c_text_of_a_slice_ends);
  tcase_add_test(tests, splices_replace_bytes);
  tcase_add_test(tests, content_is_kept_true);
  tcase_add_test(tests, breadcrumbs_agree_with_a_walk);
  tcase_add_test(tests, encodings_agree_on_ascii);
  tcase_add_test(tests, successors_carry);
  tcase_add_test(tests, case_mappings_are_full);
  tcase_add_test(tests, transliteration_maps_sets);
  tcase_add_test(tests, dumps_read_back);
  tcase_add_test(tests, symbols_print);
  return fixture_run("string", tests);
}
