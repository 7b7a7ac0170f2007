// SPDX-License-Identifier: MIT
// Leaves of String: appending, taking off the ends, padding.
#include "runtime/global.h"
#include "runtime/integer.h"
#include "runtime/builtins/rows.h"
#include "runtime/builtins/string_args.h"

// Encoding of a string that a character of a code point is added to.
static EncIndex edit_char_enc(Value self, uint32_t code) {
  EncIndex enc = mx_str_enc(self);
  return enc == ENC_US_ASCII && code > 127 && code < 256 ? ENC_BINARY : enc;
}

// Append the character of a code point.
static Value edit_append_code(ExecCtx *ec, Value self, Value code) {
  char bytes[8];
  uint64_t point;
  if (mx_int_sign(code) < 0 || !val_is_fixnum(code) || val_to_fixnum(code) > UINT32_MAX) {
    Value text = mx_int_to_s(ec, code, 10);
    return mx_raise_range(ec,
                          val_is_fixnum(code) ? "%s out of char range" : "bignum out of char range",
                          mx_str_bytes(text));
  }
  point = (uint64_t)val_to_fixnum(code);
  EncIndex enc = edit_char_enc(self, (uint32_t)point);
  size_t len = mx_enc_put(enc, (uint32_t)point, bytes);
  if (len == 0 && mx_enc_is_unicode(enc))
    return mx_raise_range(ec, "invalid codepoint 0x%llX in %s", (unsigned long long)point,
                          mx_enc_info(enc)->name);
  if (len == 0) return mx_raise_range(ec, "%llu out of char range", (unsigned long long)point);
  if (enc != mx_str_enc(self)) mx_str_set_enc(self, enc);
  mx_str_append_bytes(ec, self, bytes, len);
  return self;
}

// str << string_or_codepoint
Value mx_string_m_append(ExecCtx *ec, Value self, Value a) {
  if (!string_can_write(ec, self)) return VAL_EXC;
  if (val_is_integer(a)) return edit_append_code(ec, self, a);
  if (!string_arg(ec, &a)) return VAL_EXC;
  return mx_str_append(ec, self, a) ? self : VAL_EXC;
}

// str.concat(string_or_codepoint, ...); all arguments are read before the string changes
Value mx_string_m_concat(ExecCtx *ec, Value self, int argc, const Value *argv) {
  if (!string_can_write(ec, self)) return VAL_EXC;
  if (argc == 1) return mx_string_m_append(ec, self, argv[0]);
  Value all = mx_str_new(ec, "", 0, mx_str_enc(self));
  for (int i = 0; i < argc; i++)
    if (val_is_exc(mx_string_m_append(ec, all, argv[i]))) return VAL_EXC;
  return mx_str_append(ec, self, all) ? self : VAL_EXC;
}

// str.prepend(other, ...)
Value mx_string_m_prepend(ExecCtx *ec, Value self, int argc, const Value *argv) {
  if (!string_can_write(ec, self)) return VAL_EXC;
  Value all = mx_str_new(ec, "", 0, mx_str_enc(self));
  for (int i = 0; i < argc; i++) {
    Value part = argv[i];
    if (!string_arg(ec, &part) || !mx_str_append(ec, all, part)) return VAL_EXC;
  }
  return mx_str_splice(ec, self, 0, 0, all) ? self : VAL_EXC;
}

// ---- taking off the ends

// The part [at, end) of a string; VAL_UNDEF when that is all of it.
static Value edit_part(ExecCtx *ec, Value self, size_t at, size_t end) {
  if (at == 0 && end == mx_str_len(self)) return VAL_UNDEF;
  return mx_str_slice(ec, self, at, end - at);
}

// Bytes of the character in front of `end` if it is the one of an ASCII code, else 0.
static size_t edit_tail(Value self, size_t end, char code) {
  EncIndex enc = mx_str_enc(self);
  size_t unit = mx_enc_info(enc)->min_len;
  const char *bytes = mx_str_bytes(self), *p = bytes + end - unit;
  if (end < unit) return 0;
  if (unit == 1) return *p == code;
  bool valid = mx_enc_char_len(enc, p, bytes + end) == unit;
  return valid && mx_enc_codepoint(enc, p, bytes + end) == (uint32_t)code ? unit : 0;
}

// Bytes of the line end in front of `end`: \n, \r\n, and, when asked for, \r alone.
static size_t edit_line_end(Value self, size_t end, bool lone_return) {
  size_t newline = edit_tail(self, end, '\n');
  if (newline == 0 && !lone_return) return 0;
  return newline + edit_tail(self, end - newline, '\r');
}

// End of the string without all line ends.
static size_t edit_chomp_lines(Value self) {
  size_t end = mx_str_len(self), len;
  while ((len = edit_line_end(self, end, false)) > 0) end -= len;
  return end;
}

// chomp by a separator, absent for $/.
static Value edit_chomp(ExecCtx *ec, Value self, Value separator) {
  if (val_is_undef(separator)) separator = mx_global_get(ec, mx_sym(ec->vm, "$/"));
  if (val_is_exc(separator)) return VAL_EXC;
  if (val_is_nil(separator)) return VAL_UNDEF;
  if (!string_arg(ec, &separator)) return VAL_EXC;
  size_t len = mx_str_len(separator);
  if (len == 0) return edit_part(ec, self, 0, edit_chomp_lines(self));
  if (len == 1 && *mx_str_bytes(separator) == '\n')
    return edit_part(ec, self, 0, mx_str_len(self) - edit_line_end(self, mx_str_len(self), true));
  if (mx_str_compatible(self, separator) == ENC_NONE || !mx_str_ends_with(self, separator))
    return VAL_UNDEF;
  return edit_part(ec, self, 0, mx_str_len(self) - len);
}

// str.chomp(separator = $/)
Value mx_string_m_chomp(ExecCtx *ec, Value self, Value a) {
  return string_result(ec, self, edit_chomp(ec, self, a));
}

// str.chomp!(separator = $/)
Value mx_string_m_chomp_bang(ExecCtx *ec, Value self, Value a) {
  if (!string_can_write(ec, self)) return VAL_EXC;
  return string_result_bang(ec, self, edit_chomp(ec, self, a));
}

// The string without its last character, or without \r\n.
static Value edit_chop(ExecCtx *ec, Value self) {
  size_t end = mx_str_len(self);
  if (end == 0) return VAL_UNDEF;
  size_t newline = edit_tail(self, end, '\n');
  size_t before = newline ? edit_tail(self, end - newline, '\r') : 0;
  if (before) return edit_part(ec, self, 0, end - newline - before);
  const char *bytes = mx_str_bytes(self);
  const char *last = mx_enc_left(mx_str_enc(self), bytes, bytes + end - 1, bytes + end);
  return edit_part(ec, self, 0, (size_t)(last - bytes));
}

// str.chop
Value mx_string_m_chop(ExecCtx *ec, Value self) {
  return string_result(ec, self, edit_chop(ec, self));
}

// str.chop!
Value mx_string_m_chop_bang(ExecCtx *ec, Value self) {
  if (!string_can_write(ec, self)) return VAL_EXC;
  return string_result_bang(ec, self, edit_chop(ec, self));
}

// Which ends strip works on.
enum { STRIP_LEFT = 1, STRIP_RIGHT = 2 };

// Is a code one that strip takes off?
static bool edit_strips(const CharSet *set, uint32_t code) {
  if (set) return mx_charset_has(set, code);
  return code == 0 || code == ' ' || (code >= '\t' && code <= '\r');
}

// Offset of the first character that stays.
static size_t edit_strip_left(Value self, const CharSet *set) {
  const char *start = mx_str_bytes(self), *p = start, *end = p + mx_str_len(self);
  for (size_t len; p < end; p += len)
    if (!edit_strips(set, mx_charset_code(mx_str_enc(self), p, end, &len))) break;
  return (size_t)(p - start);
}

// Offset behind the last character that stays.
static size_t edit_strip_right(Value self, size_t from, const CharSet *set) {
  const char *start = mx_str_bytes(self) + from, *end = mx_str_bytes(self) + mx_str_len(self);
  EncIndex enc = mx_str_enc(self);
  const char *p = end;
  size_t len;
  while (p > start) {
    const char *before = mx_enc_left(enc, start, p - 1, p);
    if (!edit_strips(set, mx_charset_code(enc, before, p, &len))) break;
    p = before;
  }
  return (size_t)(p - mx_str_bytes(self));
}

// Take off one or both ends what is in the set, or blanks without one.
static Value edit_strip_set(ExecCtx *ec, Value self, const CharSet *set, int ends) {
  size_t at = ends & STRIP_LEFT ? edit_strip_left(self, set) : 0;
  size_t end = ends & STRIP_RIGHT ? edit_strip_right(self, at, set) : mx_str_len(self);
  return edit_part(ec, self, at, end);
}

// Strip one or both ends of the characters in the sets, or of blanks.
static Value edit_strip(ExecCtx *ec, Value self, int argc, const Value *argv, int ends) {
  if (argc == 0) return edit_strip_set(ec, self, NULL, ends);
  CharSet set;
  if (!mx_string_sets(ec, &set, self, argc, argv)) return VAL_EXC;
  Value out = edit_strip_set(ec, self, &set, ends);
  mx_charset_free(&set);
  return out;
}

// str.strip(*sets)
Value mx_string_m_strip(ExecCtx *ec, Value self, int argc, const Value *argv) {
  return string_result(ec, self, edit_strip(ec, self, argc, argv, STRIP_LEFT | STRIP_RIGHT));
}

// str.strip!(*sets)
Value mx_string_m_strip_bang(ExecCtx *ec, Value self, int argc, const Value *argv) {
  if (!string_can_write(ec, self)) return VAL_EXC;
  return string_result_bang(ec, self, edit_strip(ec, self, argc, argv, STRIP_LEFT | STRIP_RIGHT));
}

// str.lstrip(*sets)
Value mx_string_m_lstrip(ExecCtx *ec, Value self, int argc, const Value *argv) {
  return string_result(ec, self, edit_strip(ec, self, argc, argv, STRIP_LEFT));
}

// str.lstrip!(*sets)
Value mx_string_m_lstrip_bang(ExecCtx *ec, Value self, int argc, const Value *argv) {
  if (!string_can_write(ec, self)) return VAL_EXC;
  return string_result_bang(ec, self, edit_strip(ec, self, argc, argv, STRIP_LEFT));
}

// str.rstrip(*sets)
Value mx_string_m_rstrip(ExecCtx *ec, Value self, int argc, const Value *argv) {
  return string_result(ec, self, edit_strip(ec, self, argc, argv, STRIP_RIGHT));
}

// str.rstrip!(*sets)
Value mx_string_m_rstrip_bang(ExecCtx *ec, Value self, int argc, const Value *argv) {
  if (!string_can_write(ec, self)) return VAL_EXC;
  return string_result_bang(ec, self, edit_strip(ec, self, argc, argv, STRIP_RIGHT));
}

// The string without a prefix.
static Value edit_delete_prefix(ExecCtx *ec, Value self, Value prefix) {
  if (!string_arg_for(ec, self, &prefix)) return VAL_EXC;
  if (!mx_str_starts_with(self, prefix)) return VAL_UNDEF;
  return edit_part(ec, self, mx_str_len(prefix), mx_str_len(self));
}

// The string without a suffix.
static Value edit_delete_suffix(ExecCtx *ec, Value self, Value suffix) {
  if (!string_arg_for(ec, self, &suffix)) return VAL_EXC;
  if (!mx_str_ends_with(self, suffix)) return VAL_UNDEF;
  return edit_part(ec, self, 0, mx_str_len(self) - mx_str_len(suffix));
}

// str.delete_prefix(prefix)
Value mx_string_m_delete_prefix(ExecCtx *ec, Value self, Value a) {
  return string_result(ec, self, edit_delete_prefix(ec, self, a));
}

// str.delete_prefix!(prefix)
Value mx_string_m_delete_prefix_bang(ExecCtx *ec, Value self, Value a) {
  if (!string_can_write(ec, self)) return VAL_EXC;
  return string_result_bang(ec, self, edit_delete_prefix(ec, self, a));
}

// str.delete_suffix(suffix)
Value mx_string_m_delete_suffix(ExecCtx *ec, Value self, Value a) {
  return string_result(ec, self, edit_delete_suffix(ec, self, a));
}

// str.delete_suffix!(suffix)
Value mx_string_m_delete_suffix_bang(ExecCtx *ec, Value self, Value a) {
  if (!string_can_write(ec, self)) return VAL_EXC;
  return string_result_bang(ec, self, edit_delete_suffix(ec, self, a));
}

// ---- padding

enum { EDIT_RUN = 64 }; // bytes of padding that are appended at once, where the pad is shorter

// Append `count` characters of a pad, repeated.
static void edit_add_padding(ExecCtx *ec, Value out, Value pad, size_t pad_chars, size_t count) {
  size_t len = mx_str_len(pad), most = EDIT_RUN / len;
  for (size_t pads; (pads = count / pad_chars) > 1 && most > 1; count -= pads * pad_chars) {
    char run[EDIT_RUN];
    if (pads > most) pads = most;
    if (len == 1)
      memset(run, mx_str_bytes(pad)[0], pads);
    else
      for (size_t i = 0; i < pads; i++) memcpy(run + i * len, mx_str_bytes(pad), len);
    mx_str_append_bytes(ec, out, run, pads * len);
  }
  for (; count >= pad_chars; count -= pad_chars)
    mx_str_append_bytes(ec, out, mx_str_bytes(pad), len);
  if (count > 0) mx_str_append_bytes(ec, out, mx_str_bytes(pad), mx_str_char_to_byte(pad, count));
}

// Where the padding goes.
typedef enum PadSide { PAD_BEHIND, PAD_BOTH, PAD_BEFORE } PadSide;

// Pad a string to a width in characters.
static Value edit_pad(ExecCtx *ec, Value self, Value width, Value pad, PadSide side) {
  EncIndex enc = mx_str_enc(self);
  int64_t want, have = (int64_t)mx_str_char_count(self);
  if (!mx_to_int64(ec, width, &want)) return VAL_EXC;
  if (val_is_undef(pad))
    pad = mx_str_ascii(ec, " ");
  else if (!string_arg(ec, &pad) || !mx_str_check_compatible(ec, self, pad, &enc))
    return VAL_EXC;
  if (mx_str_len(pad) == 0) return mx_raise_arg(ec, "zero width padding");
  if (want <= have) return mx_str_dup(ec, self);
  size_t fill = (size_t)(want - have), chars = mx_str_char_count(pad);
  if (fill > STR_MAX_LEN / mx_str_len(pad)) return mx_raise_arg(ec, "argument too big");
  size_t before = side == PAD_BEHIND ? 0 : side == PAD_BOTH ? fill / 2 : fill;
  Value out = mx_str_new(ec, "", 0, enc);
  mx_str_reserve(ec, out, mx_str_len(self) + fill);
  edit_add_padding(ec, out, pad, chars, before);
  mx_str_append_bytes(ec, out, mx_str_bytes(self), mx_str_len(self));
  edit_add_padding(ec, out, pad, chars, fill - before);
  return out;
}

// str.center(width, pad = " ")
Value mx_string_m_center(ExecCtx *ec, Value self, Value a, Value b) {
  return edit_pad(ec, self, a, b, PAD_BOTH);
}

// str.ljust(width, pad = " ")
Value mx_string_m_ljust(ExecCtx *ec, Value self, Value a, Value b) {
  return edit_pad(ec, self, a, b, PAD_BEHIND);
}

// str.rjust(width, pad = " ")
Value mx_string_m_rjust(ExecCtx *ec, Value self, Value a, Value b) {
  return edit_pad(ec, self, a, b, PAD_BEFORE);
}
