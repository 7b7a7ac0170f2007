// SPDX-License-Identifier: MIT
// Leaves of String that take it apart into an Array: characters, bytes, lines, fields.
#include "runtime/array.h"
#include "runtime/encoding_convert.h"
#include "runtime/builtins/rows.h"
#include "runtime/builtins/string_args.h"

#include <ctype.h>

// The order of two Strings, whatever <=> has become.
Value mx_string_p_order(ExecCtx *ec, Value self, Value a, Value b) {
  return val_from_fixnum(mx_str_cmp(a, b));
}

// Array of the characters.
Value mx_string_p_chars(ExecCtx *ec, Value self, Value a) {
  size_t len = mx_str_len(a);
  EncIndex enc = mx_str_enc(a);
  bool single = mx_str_is_single_byte(a);
  Value list = mx_array_new(ec, (uint32_t)(single ? len : len / 2));
  for (size_t at = 0, step; at < len; at += step) {
    const char *p = mx_str_bytes(a) + at;
    step = single ? 1 : mx_enc_step(enc, p, p + len - at);
    mx_array_push(ec, list, mx_str_slice(ec, a, at, step));
  }
  return list;
}

// Array of the bytes.
Value mx_string_p_bytes(ExecCtx *ec, Value self, Value a) {
  size_t len = mx_str_len(a);
  Value list = mx_array_new(ec, (uint32_t)len);
  for (size_t i = 0; i < len; i++)
    mx_array_push(ec, list, val_from_fixnum((unsigned char)mx_str_bytes(a)[i]));
  return list;
}

// Array of the code points; ArgumentError for broken characters.
Value mx_string_p_codepoints(ExecCtx *ec, Value self, Value a) {
  EncIndex enc = mx_str_enc(a);
  const char *p = mx_str_bytes(a), *end = p + mx_str_len(a);
  Value list = mx_array_new(ec, (uint32_t)mx_str_len(a));
  for (size_t len; p < end; p += len) {
    len = mx_enc_char_len(enc, p, end);
    if (len == 0) return mx_raise_arg(ec, "invalid byte sequence in %s", mx_enc_info(enc)->name);
    mx_array_push(ec, list, val_from_fixnum(mx_enc_codepoint(enc, p, end)));
  }
  return list;
}

// Grapheme clusters of UTF-16 and UTF-32: those of the text in UTF-8.
static Value split_wide_graphemes(ExecCtx *ec, Value str) {
  const ConvertOptions plain = {0, VAL_NIL, VAL_NIL};
  EncIndex enc = mx_str_enc(str);
  Value utf8 = mx_str_convert(ec, str, enc, ENC_UTF_8, &plain);
  Value list = val_is_exc(utf8) ? utf8 : mx_string_p_graphemes(ec, VAL_NIL, utf8);
  if (val_is_exc(list)) return list;
  for (uint32_t i = 0; i < mx_array_len(list); i++) {
    Value cluster = mx_str_convert(ec, mx_array_get(ec, list, i), ENC_UTF_8, enc, &plain);
    if (val_is_exc(cluster) || !mx_array_set(ec, list, i, cluster)) return VAL_EXC;
  }
  return list;
}

// Array of the grapheme clusters.
Value mx_string_p_graphemes(ExecCtx *ec, Value self, Value a) {
  EncIndex enc = mx_str_enc(a);
  if (mx_enc_info(enc)->dummy || mx_str_content(a) == STR_BROKEN)
    return mx_string_p_chars(ec, self, a);
  if (mx_enc_info(enc)->min_len > 1) return split_wide_graphemes(ec, a);
  Value cluster = mx_regexp_new(ec, mx_str_ascii(ec, "\\X"), 0);
  Value list = mx_array_new(ec, 0);
  for (size_t at = 0; !val_is_exc(cluster) && at < mx_str_len(a);) {
    Value match = mx_regexp_match_at(ec, cluster, a, (int64_t)at);
    if (val_is_exc(match)) return match;
    size_t end = val_is_nil(match) ? at : (size_t)string_match_span(match).end;
    if (end == at) end = at + mx_str_char_len(a, at);
    mx_array_push(ec, list, mx_str_slice(ec, a, at, end - at));
    at = end;
  }
  return val_is_exc(cluster) ? cluster : list;
}

// ---- lines

// How a string is cut into lines.
typedef struct Lines {
  Value str;       // the text
  Value separator; // String; "\n\n" in paragraph mode
  bool paragraphs; // cut at runs of empty lines
  bool chomp;      // leave separators out
} Lines;

// Bytes of the separator at an offset: a run of line ends in paragraph mode.
static size_t lines_separator_len(const Lines *lines, size_t at) {
  size_t len = mx_str_len(lines->separator), end = at + len;
  if (!lines->paragraphs) return len;
  while (end < mx_str_len(lines->str) && mx_str_bytes(lines->str)[end] == '\n') end++;
  return end - at;
}

// Bytes of a line to leave out in front of its separator (\r of \r\n).
static size_t lines_return_len(const Lines *lines, size_t start, size_t at) {
  bool newline = mx_str_len(lines->separator) == 1 && *mx_str_bytes(lines->separator) == '\n';
  return newline && at > start && mx_str_bytes(lines->str)[at - 1] == '\r';
}

// Cut a string into lines.
static Value lines_cut(ExecCtx *ec, const Lines *lines) {
  Value list = mx_array_new(ec, 0);
  size_t start = 0, len = mx_str_len(lines->str);
  while (start < len) {
    int64_t at = mx_str_index(lines->str, lines->separator, start);
    size_t stop = at < 0 ? len : (size_t)at;
    size_t skip = at < 0 ? 0 : lines_separator_len(lines, stop);
    size_t end = at < 0 ? len : stop + mx_str_len(lines->separator);
    if (lines->chomp) end = stop - (at < 0 ? 0 : lines_return_len(lines, start, stop));
    mx_array_push(ec, list, mx_str_slice(ec, lines->str, start, end - start));
    start = stop + skip;
  }
  return list;
}

// Array of the lines: (str, separator or nil, chomp).
Value mx_string_p_lines(ExecCtx *ec, Value self, Value a, Value b, Value c) {
  if (val_is_nil(b) || mx_enc_info(mx_str_enc(a))->dummy) return MX_ARRAY_OF(ec, mx_str_dup(ec, a));
  if (!string_arg(ec, &b)) return VAL_EXC;
  Lines lines = {a, b, mx_str_len(b) == 0, val_truthy(c)};
  if (lines.paragraphs) lines.separator = mx_str_ascii(ec, "\n\n");
  EncIndex enc = mx_str_enc(a);
  const ConvertOptions plain = {0, VAL_NIL, VAL_NIL};
  if (mx_enc_info(enc)->min_len > 1 && mx_str_is_ascii(lines.separator))
    lines.separator = mx_str_convert(ec, lines.separator, ENC_US_ASCII, enc, &plain);
  if (val_is_exc(lines.separator)) return VAL_EXC;
  if (!mx_str_check_compatible(ec, a, lines.separator, &enc)) return VAL_EXC;
  return lines_cut(ec, &lines);
}

// ---- split

typedef struct Split {
  ExecCtx *ec;
  Value str;     // what is split
  Value list;    // fields so far
  int64_t limit; // most fields; <= 0: no limit
  size_t start;  // where the current field begins
} Split;

// Add the field [from, to).
static void split_add(Split *s, size_t from, size_t to) {
  mx_array_push(s->ec, s->list, mx_str_slice(s->ec, s->str, from, to - from));
}

// Is there room for one more field in front of the last?
static bool split_goes_on(const Split *s) {
  return s->limit <= 0 || (int64_t)mx_array_len(s->list) < s->limit - 1;
}

// Split at runs of blanks; blanks in front are skipped.
static void split_blanks(Split *s) {
  const char *bytes = mx_str_bytes(s->str);
  size_t len = mx_str_len(s->str), at = 0;
  for (;;) {
    while (at < len && isspace((unsigned char)bytes[at])) at++;
    s->start = at;
    if (at == len || !split_goes_on(s)) return;
    while (at < len && !isspace((unsigned char)bytes[at])) at++;
    if (at == len) return;
    split_add(s, s->start, at);
    s->start = ++at;
  }
}

// Split at a String.
static void split_string(Split *s, Value separator) {
  int64_t at;
  while (split_goes_on(s) && (at = mx_str_index(s->str, separator, s->start)) >= 0) {
    split_add(s, s->start, (size_t)at);
    s->start = (size_t)at + mx_str_len(separator);
  }
}

// Split between characters.
static void split_chars(Split *s) {
  size_t len = mx_str_len(s->str);
  while (s->start < len && split_goes_on(s)) {
    size_t next = s->start + mx_str_char_len(s->str, s->start);
    split_add(s, s->start, next);
    s->start = next;
  }
}

// Add the groups of a separator.
static void split_add_groups(Split *s, Value match) {
  const MatchObj *m = VAL_CAST(MatchObj, match);
  for (uint32_t i = 1; i <= m->groups; i++)
    if (m->regions[i].start >= 0) mx_array_push(s->ec, s->list, mx_match_group(s->ec, match, i));
}

// Split at a Regexp; false when it raised. An empty match where the search began counts only
// behind one more character.
static bool split_regexp(Split *s, Value regexp) {
  size_t len = mx_str_len(s->str), from = 0;
  int64_t fields = 1;
  bool was_empty = false;
  while (from <= len) {
    Value match = mx_regexp_search(s->ec, regexp, s->str, (int64_t)from, false);
    if (val_is_exc(match)) return false;
    if (val_is_nil(match)) break;
    MatchRegion r = string_match_span(match);
    bool empty = r.start == r.end && (size_t)r.start == from;
    if (empty && !was_empty) {
      from += from == len ? 1 : mx_str_char_len(s->str, from);
      was_empty = true;
      continue;
    }
    size_t end = empty ? s->start + mx_str_char_len(s->str, s->start) : (size_t)r.start;
    split_add(s, s->start, end);
    s->start = empty ? from : (from = (size_t)r.end);
    was_empty = false;
    split_add_groups(s, match);
    if (s->limit > 0 && ++fields >= s->limit) break;
  }
  return true;
}

// Drop empty fields at the end.
static void split_drop_empty(Split *s) {
  while (mx_array_len(s->list) > 0) {
    Value last = mx_array_get(s->ec, s->list, -1);
    if (mx_str_len(last) > 0) return;
    (void)mx_array_pop(s->ec, s->list);
  }
}

// Is the pattern the one blank that means runs of blanks?
static bool split_is_blank(Value pattern) {
  return val_is_string(pattern) && mx_str_len(pattern) == 1 && *mx_str_bytes(pattern) == ' ';
}

// Array of the fields: (str, pattern or nil, limit).
Value mx_string_p_split(ExecCtx *ec, Value self, Value a, Value b, Value c) {
  EncIndex enc;
  Split s = {.ec = ec, .str = a, .list = mx_array_new(ec, 0), .limit = val_to_fixnum(c)};
  size_t len = mx_str_len(a);
  bool regexp = val_is_regexp(b);
  if (!val_is_nil(b) && !regexp && !mx_str_check_compatible(ec, a, b, &enc)) return VAL_EXC;
  if (val_is_string(b) && mx_str_content(b) == STR_BROKEN &&
      mx_enc_info(mx_str_enc(b))->ascii_compat)
    return mx_raise_arg(ec, "invalid byte sequence in %s", mx_enc_info(mx_str_enc(b))->name);
  if (len == 0) return s.list;
  if (val_is_string(b) && !split_is_blank(b) && mx_str_content(a) == STR_BROKEN &&
      mx_enc_info(mx_str_enc(a))->max_len > 1)
    return mx_raise_arg(ec, "invalid byte sequence in %s", mx_enc_info(mx_str_enc(a))->name);
  if (s.limit == 1) return MX_ARRAY_OF(ec, mx_str_dup(ec, a));
  if (val_is_nil(b) || split_is_blank(b))
    split_blanks(&s);
  else if (regexp) {
    if (!split_regexp(&s, b)) return VAL_EXC;
  } else if (mx_str_len(b) == 0)
    split_chars(&s);
  else
    split_string(&s, b);
  if (s.start < len || s.limit != 0) split_add(&s, s.start, len);
  if (s.limit == 0) split_drop_empty(&s);
  return s.list;
}
