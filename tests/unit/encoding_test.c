// SPDX-License-Identifier: MIT
// Unit tests of runtime/encoding*: names, characters, conversion.
#include "runtime/encoding_convert.h"
#include "tests/unit/vm_fixture.h"

// Length of the character at the start of C text.
static size_t char_len(EncIndex enc, const char *text) {
  return mx_enc_char_len(enc, text, text + strlen(text));
}

// Names and aliases are found in any case.
START_TEST(names_are_found) {
  ck_assert_int_eq(mx_enc_find("utf-8", 5), ENC_UTF_8);
  ck_assert_int_eq(mx_enc_find("BINARY", 6), ENC_BINARY);
  ck_assert_int_eq(mx_enc_find("ascii", 5), ENC_US_ASCII);
  ck_assert_int_eq(mx_enc_find("latin", 5), ENC_NONE);
  ck_assert_str_eq(mx_enc_display_name(ENC_BINARY), "BINARY (ASCII-8BIT)");
}
END_TEST

// UTF-8 is strict: no overlong forms, no surrogates, nothing above U+10FFFF.
START_TEST(utf8_is_strict) {
  ck_assert_uint_eq(char_len(ENC_UTF_8, "a"), 1);
  ck_assert_uint_eq(char_len(ENC_UTF_8, "\xC3\xA9"), 2);
  ck_assert_uint_eq(char_len(ENC_UTF_8, "\xF0\x9F\x98\x80"), 4);
  ck_assert_uint_eq(char_len(ENC_UTF_8, "\xC0\x80"), 0);
  ck_assert_uint_eq(char_len(ENC_UTF_8, "\xE0\x80\x80"), 0);
  ck_assert_uint_eq(char_len(ENC_UTF_8, "\xED\xA0\x80"), 0);
  ck_assert_uint_eq(char_len(ENC_UTF_8, "\xF4\x90\x80\x80"), 0);
  ck_assert_uint_eq(char_len(ENC_UTF_8, "\xE3\x81"), 0);
  const char *cut = "\xE3\x81";
  ck_assert(mx_enc_is_prefix(ENC_UTF_8, cut, cut + 2));
  ck_assert(!mx_enc_is_prefix(ENC_UTF_8, "\xE3\x20", cut + 2));
}
END_TEST

// Every code point is written as it is read, in each of Unicode's forms.
START_TEST(code_points_survive) {
  static const EncIndex forms[] = {ENC_UTF_8, ENC_UTF_16LE, ENC_UTF_16BE, ENC_UTF_32LE,
                                   ENC_UTF_32BE};
  char bytes[8];
  for (size_t i = 0; i < MX_COUNT_OF(forms); i++) {
    for (uint32_t code = 0; code < 0x110000; code += code < 0x900 ? 1 : 37) {
      size_t len = mx_enc_put(forms[i], code, bytes);
      if (code >= 0xD800 && code <= 0xDFFF) {
        ck_assert_uint_eq(len, 0);
        continue;
      }
      ck_assert_uint_eq(mx_enc_char_len(forms[i], bytes, bytes + len), len);
      ck_assert_uint_eq(mx_enc_codepoint(forms[i], bytes, bytes + len), code);
    }
  }
}
END_TEST

// The start of a character is found from any of its bytes.
START_TEST(starts_of_characters) {
  const char *text = "a\xE3\x81\x82"
                     "b\xC3\xA9",
             *end = text + strlen(text);
  ck_assert_ptr_eq(mx_enc_left(ENC_UTF_8, text, text + 3, end), text + 1);
  ck_assert_ptr_eq(mx_enc_left(ENC_UTF_8, text, text + 4, end), text + 4);
  ck_assert_ptr_eq(mx_enc_left(ENC_UTF_8, text, text + 6, end), text + 5);
  const char *sjis = "\x83\x5C"
                     "a";
  ck_assert_ptr_eq(mx_enc_left(ENC_SHIFT_JIS, sjis, sjis + 1, sjis + 3), sjis);
  const char *pair = "\x3D\xD8\x00\xDE";
  ck_assert_ptr_eq(mx_enc_left(ENC_UTF_16LE, pair, pair + 2, pair + 4), pair);
}
END_TEST

// Convert UTF-8 C text.
static Value convert(ExecCtx *ec, const char *text, EncIndex to, uint32_t flags) {
  ConvertOptions options = {flags, VAL_NIL, VAL_NIL};
  return mx_str_convert(ec, mx_str_from_cstr(ec, text), ENC_UTF_8, to, &options);
}

// Conversion goes there and back; what has no counterpart raises or is replaced.
START_TEST(conversion) {
  ExecCtx *ec = fixture_vm();
  ck_assert_str_eq(fixture_text(convert(ec, "\xC3\xA9", ENC_ISO_8859_1, 0)), "\xE9");
  ck_assert_str_eq(fixture_text(convert(ec, "\xE3\x81\x82", ENC_EUC_JP, 0)), "\xA4\xA2");
  ck_assert_str_eq(fixture_text(convert(ec, "\xE2\x82\xAC", ENC_US_ASCII, CONVERT_UNDEF_REPLACE)),
                   "?");
  ck_assert_str_eq(fixture_text(convert(ec, "a<\"\n", ENC_UTF_8, CONVERT_XML_ATTR | CONVERT_CRLF)),
                   "\"a&lt;&quot;\r\n\"");
  ck_assert_uint_eq(convert(ec, "\xE2\x82\xAC", ENC_ISO_8859_1, 0), VAL_EXC);
  ck_assert_str_eq(fixture_error(ec), "U+20AC from UTF-8 to ISO-8859-1");
  ck_assert_uint_eq(convert(ec, "a\xE3z", ENC_UTF_16LE, 0), VAL_EXC);
  ck_assert_str_eq(fixture_error(ec), "\"\\xE3\" followed by \"z\" on UTF-8");
  ck_assert_uint_eq(convert(ec, "a\xE3\x81", ENC_UTF_16LE, 0), VAL_EXC);
  ck_assert_str_eq(fixture_error(ec), "incomplete \"\\xE3\\x81\" on UTF-8");
  mx_vm_free(ec->vm);
}
END_TEST

// Run the tests of this file.
int main(void) {
  TCase *tests = tcase_create("encoding");
  tcase_add_test(tests, names_are_found);
  tcase_add_test(tests, utf8_is_strict);
  tcase_add_test(tests, code_points_survive);
  tcase_add_test(tests, starts_of_characters);
  tcase_add_test(tests, conversion);
  return fixture_run("encoding", tests);
}
