// SPDX-License-Identifier: MIT
// Unit tests of format strings. The expected texts of numbers are CRuby's.
#include "runtime/format.h"
#include "runtime/hash.h"
#include "runtime/numeric.h"
#include "tests/unit/vm_fixture.h"

static ExecCtx *ec;

// Make a VM.
static void set_up(void) { ec = fixture_vm(); }

typedef struct Case {
  const char *format;   // with one directive
  const char *number;   // Integer, Float with a point or exponent, or fraction
  const char *expected; // result
} Case;

static const Case cases[] = {
    {"%+d", "-1180591620717411303424", "-1180591620717411303424"},
    {"%8.3d|", "-123", "    -123|"},
    {"%u", "-123", "-123"},
    {"%x", "-1", "..f"},
    {"%#020x", "-123", "0x..ffffffffffffff85"},
    {"%+d", "123", "+123"},
    {"%o", "-8", "..70"},
    {"%#b", "-1", "0b..1"},
    {"%#x", "0", "0"},
    {"%.0d", "-1", "-1"},
    {"%#020x", "-1180591620717411303424", "0x..fc00000000000000000"},
    {"%+d", "8", "+8"},
    {"%.0d", "-123", "-123"},
    {"%B", "-1", "..1"},
    {"%X", "1180591620717411303424", "400000000000000000"},
    {"%#B", "-123", "0B..10000101"},
    {"%d", "123", "123"},
    {"%-8d|", "255", "255     |"},
    {"%+x", "-11", "-b"},
    {"%05d", "255", "00255"},
    {"%08x", "8", "00000008"},
    {"%+x", "-255", "-ff"},
    {"%#b", "-8", "0b..1000"},
    {"%b", "-1", "..1"},
    {"%#o", "8", "010"},
    {"%20.8x", "-123", "            ..ffff85"},
    {"%#x", "-1180591620717411303424", "0x..fc00000000000000000"},
    {"%#o", "-255", "..7401"},
    {"%d", "255", "255"},
    {"%d", "0", "0"},
    {"%8d|", "1180591620717411303424", "1180591620717411303424|"},
    {"%#b", "-123", "0b..10000101"},
    {"%#b", "1180591620717411303424",
     "0b10000000000000000000000000000000000000000000000000000000000000000000000"},
    {"%05d", "8", "00008"},
    {"%+05d", "123", "+0123"},
    {"%8d|", "0", "       0|"},
    {"%B", "-255", "..100000001"},
    {"%8d|", "8", "       8|"},
    {"%8d|", "-255", "    -255|"},
    {"%.0d", "-1180591620717411303424", "-1180591620717411303424"},
    {"%05d", "-1180591620717411303424", "-1180591620717411303424"},
    {"%x", "255", "ff"},
    {"%8.3d|", "1180591620717411303424", "1180591620717411303424|"},
    {"%.10x", "-1", "..ffffffff"},
    {"%#o", "1180591620717411303424", "0200000000000000000000000"},
    {"% d", "-1", "-1"},
    {"%b", "255", "11111111"},
    {"%.3d", "-8", "-008"},
    {"%+05d", "255", "+0255"},
    {"%+.3f", "1180591620717411303424", "+1180591620717411303424.000"},
    {"%.2f", "1", "1.00"},
    {"%d", "-255", "-255"},
    {"%.0f", "1180591620717411303424", "1180591620717411303424"},
    {"%.3d", "1180591620717411303424", "1180591620717411303424"},
    {"%+05d", "-8", "-0008"},
    {"%8.3d|", "8", "     008|"},
    {"%+05d", "0", "+0000"},
    {"%-#8x|", "-8", "0x..f8  |"},
    {"%+05d", "-123", "-0123"},
    {"%08x", "123", "0000007b"},
    {"%a", "1.0e-07", "0x1.ad7f29abcaf48p-24"},
    {"%a", "-2.5", "-0x1.4p+1"},
    {"% f", "3.14159", " 3.141590"},
    {"%g", "1e999", "Inf"},
    {"%+.1e", "1.5", "+1.5e+00"},
    {"%f", "3.14159", "3.141590"},
    {"%010.3f", "1.0e-07", "000000.000"},
    {"%#g", "-2.5", "-2.50000"},
    {"%-12.2f|", "1.0e+100",
     "100000000000000001590289110975991804683608085639452813897813275577478387721703810608134699858"
     "56815104.00|"},
    {"%020a", "-0.0", "-0x00000000000000p+0"},
    {"%G", "1e999", "Inf"},
    {"%.10g", "-2.5", "-2.5"},
    {"%-12.2f|", "1.0e-07", "0.00        |"},
    {"%010.3f", "1e999", "       Inf"},
    {"%-12.2f|", "1.5", "1.50        |"},
    {"%#.0f", "3.14159", "3."},
    {"%f", "-0.0", "-0.000000"},
    {"%a", "-0.0", "-0x0p+0"},
    {"%f", "1.0e-07", "0.000000"},
    {"%020a", "1.0e-07", "0x1.ad7f29abcaf48p-24"},
    {"%.3f", "-0.0", "-0.000"},
    {"%a", "1.0e+100", "0x1.249ad2594c37dp+332"},
    {"%010.3f", "-2.5", "-00002.500"},
    {"%G", "-0.0", "-0"},
    {"%G", "1.0e+100", "1E+100"},
    {"%020a", "3.14159", "0x1.921f9f01b866ep+1"},
    {"% f", "-2.5", "-2.500000"},
    {"%e", "1.0e-07", "1.000000e-07"},
    {"%#.0f", "1.0e+100",
     "100000000000000001590289110975991804683608085639452813897813275577478387721703810608134699858"
     "56815104."},
    {"%+.1e", "1.0e-07", "+1.0e-07"},
    {"%f", "-2.5", "-2.500000"},
    {"%f", "5/2", "2.500000"},
    {"%.2f", "5/2", "2.50"},
    {"%.0f", "5/2", "3"},
    {"%08.2f", "1/3", "00000.33"},
    {"%.0f", "1/3", "0"},
    {"%+.3f", "5/2", "+2.500"},
    {"%08.2f", "1/3", "00000.33"},
    {"%.2f", "-5/2", "-2.50"},
    {"%.2f", "1/3", "0.33"},
    {"%.0f", "1/3", "0"},
    {"%f", "-5/2", "-2.500000"},
    {"%+.3f", "1/3", "+0.333"},
    {"%+.3f", "1/3", "+0.333"},
    {"%+.3f", "-5/2", "-2.500"},
};

// Make a number of its text.
static Value number_of(const char *text) {
  const char *slash = strchr(text, '/');
  if (slash) {
    Value num = mx_int_parse(ec, text, (size_t)(slash - text), 10);
    return mx_rational_new(ec, num, mx_int_parse(ec, slash + 1, strlen(slash + 1), 10));
  }
  if (strpbrk(text, ".e")) return mx_float_new(ec, strtod(text, NULL));
  return mx_int_parse(ec, text, strlen(text), 10);
}

START_TEST(numbers) {
  for (size_t i = 0; i < MX_COUNT_OF(cases); i++) {
    Value number = number_of(cases[i].number);
    Value result = mx_format(ec, mx_str_from_cstr(ec, cases[i].format), 1, &number);
    ck_assert_msg(strcmp(fixture_text(result), cases[i].expected) == 0, "%s of %s: %s, not %s",
                  cases[i].format, cases[i].number, fixture_text(result), cases[i].expected);
  }
}
END_TEST

// Format up to two arguments; the text, or the error's message.
static const char *formatted(const char *format, int argc, Value a, Value b) {
  Value argv[] = {a, b};
  Value result = mx_format(ec, mx_str_from_cstr(ec, format), argc, argv);
  return result == VAL_EXC ? fixture_error(ec) : fixture_text(result);
}

START_TEST(text_and_positions) {
  Value text = mx_str_from_cstr(ec, "日本語"), five = val_from_fixnum(5), six = val_from_fixnum(6);
  ck_assert_str_eq(formatted("%s|%.2s", 2, text, text), "日本語|日本");
  ck_assert_str_eq(formatted("%5s|%-5s|", 2, text, text), "  日本語|日本語  |");
  ck_assert_str_eq(formatted("%2$s %1$s", 2, five, six), "6 5");
  ck_assert_str_eq(formatted("%*d|%%", 2, six, five), "     5|%");
  ck_assert_str_eq(formatted("%-*d|", 2, six, five), "5     |");
  ck_assert_str_eq(formatted("%c%c", 2, text, val_from_fixnum(0x3042)), "日あ");
}
END_TEST

START_TEST(names) {
  Value hash = mx_hash_new(ec);
  mx_hash_set_sym(ec, hash, mx_sym(ec->vm, "a"), val_from_fixnum(7));
  ck_assert_str_eq(formatted("%<a>03d %{a}", 1, hash, VAL_NIL), "007 7");
  ck_assert_str_eq(formatted("%-5<a>d|", 1, hash, VAL_NIL), "7    |");
  ck_assert_str_eq(formatted("%{b}", 1, hash, VAL_NIL), "key{b} not found");
  ck_assert_str_eq(formatted("%<a>d %d", 1, hash, VAL_NIL), "unnumbered(1) mixed with named");
}
END_TEST

START_TEST(errors_name_the_cause) {
  Value n = val_from_fixnum(1);
  ck_assert_str_eq(formatted("%d %d", 1, n, n), "too few arguments");
  ck_assert_str_eq(formatted("%y", 1, n, n), "malformed format string - %y");
  ck_assert_str_eq(formatted("abc%", 1, n, n),
                   "incomplete format specifier; use %% (double %) instead");
  ck_assert_str_eq(formatted("%s %1$s", 2, n, n), "numbered(1) after unnumbered(1)");
  ck_assert_str_eq(formatted("%1$s %s", 2, n, n), "unnumbered(1) mixed with numbered");
  ck_assert_str_eq(formatted("%5 d", 1, n, n), "flag after width");
  ck_assert_str_eq(formatted("%.1.1f", 1, n, n), "precision given twice");
  ck_assert_str_eq(formatted("%<a", 1, n, n), "malformed name - unmatched parenthesis");
  ck_assert_str_eq(formatted("%999999999999d", 1, n, n), "width too big");
}
END_TEST

// Run the tests of this file.
int main(void) {
  TCase *tests = tcase_create("format");
  tcase_add_checked_fixture(tests, set_up, NULL);
  tcase_add_test(tests, numbers);
  tcase_add_test(tests, text_and_positions);
  tcase_add_test(tests, names);
  tcase_add_test(tests, errors_name_the_cause);
  return fixture_run("format", tests);
}
