// SPDX-License-Identifier: MIT
// Finding strings in strings, and spans of characters.
//
// In valid UTF-8 a byte search suffices; elsewhere a hit must begin at a character: the second byte
// of a Shift_JIS character may look like a backslash. Both kinds go through one loop, since the
// boundary test costs nothing where characters are bytes.
#include "runtime/string_edit.h"

// Does a character of the string begin at an offset?
static bool search_at_boundary(Value str, size_t at) {
  if (mx_str_is_single_byte(str)) return true;
  const char *bytes = mx_str_bytes(str), *end = bytes + mx_str_len(str);
  return mx_enc_left(mx_str_enc(str), bytes, bytes + at, end) == bytes + at;
}

// First occurrence at or behind a byte offset.
int64_t mx_str_index(Value str, Value sub, size_t from) {
  size_t len = mx_str_len(str), sub_len = mx_str_len(sub);
  if (from > len || sub_len > len - from) return -1;
  while (from <= len) {
    int64_t found =
        mx_str_find_bytes(mx_str_bytes(str) + from, len - from, mx_str_bytes(sub), sub_len);
    if (found < 0) return -1;
    from += (size_t)found;
    if (search_at_boundary(str, from)) return (int64_t)from;
    from++;
  }
  return -1;
}

// Last occurrence that begins at or before a byte offset.
int64_t mx_str_rindex(Value str, Value sub, size_t from) {
  size_t len = mx_str_len(str), sub_len = mx_str_len(sub);
  if (sub_len > len) return -1;
  if (from > len - sub_len) from = len - sub_len;
  const char *bytes = mx_str_bytes(str), *what = mx_str_bytes(sub);
  for (size_t at = from + 1; at-- > 0;) {
    if (memcmp(bytes + at, what, sub_len) != 0) continue;
    if (search_at_boundary(str, at)) return (int64_t)at;
  }
  return -1;
}

// Does the string begin with another one?
bool mx_str_starts_with(Value str, Value prefix) {
  size_t len = mx_str_len(prefix);
  if (len > mx_str_len(str) || memcmp(mx_str_bytes(str), mx_str_bytes(prefix), len) != 0)
    return false;
  return len == mx_str_len(str) || search_at_boundary(str, len);
}

// Does the string end with another one?
bool mx_str_ends_with(Value str, Value suffix) {
  size_t len = mx_str_len(suffix), own = mx_str_len(str);
  if (len > own || memcmp(mx_str_bytes(str) + own - len, mx_str_bytes(suffix), len) != 0)
    return false;
  return len == 0 || search_at_boundary(str, own - len);
}

// Bytes of [start, start + count) in characters; false when start is outside.
bool mx_str_char_span(Value str, int64_t start, int64_t count, size_t *at, size_t *len) {
  size_t bytes = mx_str_len(str);
  if (count < 0) return false;
  if (start < 0) start += (int64_t)mx_str_char_count(str);
  if (start < 0) return false;
  *at = mx_str_char_to_byte(str, (size_t)start);
  // At the end: does the string have that many characters at all?
  if (*at == bytes && (size_t)start > bytes) return false;
  if (*at == bytes && (size_t)start > mx_str_char_count(str)) return false;
  size_t left = bytes - *at;
  *len = left;
  if ((size_t)count < left) *len = mx_str_char_to_byte(str, (size_t)(start + count)) - *at;
  return true;
}
