// SPDX-License-Identifier: MIT
// Strings as characters: what is known of the bytes, counting, indices, comparison.
//
// The index of a character is found from the nearest of three places: the start, the breadcrumb
// of the last look-up, or, in valid UTF-8, backwards from the breadcrumb. So a loop over s[i]
// is linear overall. Valid UTF-8 is counted eight bytes at a time.
#include "runtime/string.h"

#include "runtime/hash.h"

enum { CHARS_CRUMB_MAX = 0x7fffffff }; // breadcrumbs are 32 bits

// Are all bytes below 128?
static bool chars_all_ascii(const char *bytes, size_t len) {
  size_t i = 0;
  for (uint64_t word; i + sizeof word <= len; i += sizeof word) {
    memcpy(&word, bytes + i, sizeof word);
    if (word & 0x8080808080808080u) return false;
  }
  for (; i < len; i++)
    if ((unsigned char)bytes[i] >= 128) return false;
  return true;
}

// Find out what the bytes are in an encoding.
StrContent mx_str_scan(EncIndex enc, const char *bytes, size_t len) {
  const EncInfo *info = mx_enc_info(enc);
  if (info->ascii_compat && chars_all_ascii(bytes, len)) return STR_ASCII;
  return mx_enc_is_valid(enc, bytes, len) ? STR_VALID : STR_BROKEN;
}

// What is known of a + b when both are known.
StrContent mx_str_joined_content(StrContent a, StrContent b) {
  if (a == STR_UNKNOWN || b == STR_UNKNOWN || a == STR_BROKEN || b == STR_BROKEN)
    return STR_UNKNOWN;
  return a == STR_VALID || b == STR_VALID ? STR_VALID : STR_ASCII;
}

// What is known of a string; computed and cached.
StrContent mx_str_content(Value str) {
  String *s = val_to_string(str);
  StrContent known = (StrContent)((s->h.flags >> FL_STR_CONTENT_SHIFT) & 3);
  if (known != STR_UNKNOWN) return known;
  known = mx_str_scan(mx_str_enc(str), mx_str_bytes(str), s->len);
  mx_str_set_content(str, known);
  return known;
}

// Store what the caller knows of a string.
void mx_str_set_content(Value str, StrContent content) {
  String *s = val_to_string(str);
  s->h.flags &= ~(3u << FL_STR_CONTENT_SHIFT);
  s->h.flags |= (uint32_t)content << FL_STR_CONTENT_SHIFT;
}

// May characters be taken for bytes?
bool mx_str_is_single_byte(Value str) {
  return mx_enc_info(mx_str_enc(str))->max_len == 1 || mx_str_content(str) == STR_ASCII;
}

// ASCII only, in an ASCII-compatible encoding?
bool mx_str_is_ascii(Value str) { return mx_str_content(str) == STR_ASCII; }

// Count the characters of valid UTF-8: bytes that do not continue one.
static size_t chars_count_utf8(const char *bytes, size_t len) {
  size_t count = 0, i = 0;
  for (uint64_t word; i + sizeof word <= len; i += sizeof word) {
    memcpy(&word, bytes + i, sizeof word);
    uint64_t tails = (word >> 7) & ~(word >> 6) & 0x0101010101010101u;
    count += sizeof word - (size_t)__builtin_popcountll(tails);
  }
  for (; i < len; i++) count += ((unsigned char)bytes[i] & 0xC0) != 0x80;
  return count;
}

// Count the characters in a span of bytes.
size_t mx_str_count_span(EncIndex enc, StrContent content, const char *bytes, size_t len) {
  if (content == STR_ASCII || mx_enc_info(enc)->max_len == 1) return len;
  if (enc == ENC_UTF_8 && content == STR_VALID) return chars_count_utf8(bytes, len);
  size_t count = 0;
  for (const char *p = bytes, *end = bytes + len; p < end; count++) p += mx_enc_step(enc, p, end);
  return count;
}

// Count the characters of a string.
size_t mx_str_char_count(Value str) {
  StrContent content = mx_str_content(str);
  return mx_str_count_span(mx_str_enc(str), content, mx_str_bytes(str), mx_str_len(str));
}

// A place in a string: character index and byte offset of the same character.
typedef struct CharPlace {
  size_t index;  // characters from the start
  size_t offset; // bytes from the start
} CharPlace;

// The breadcrumb of a string, or its start.
static CharPlace chars_crumb(const String *s) {
  if (!(s->h.flags & FL_STR_HEAP)) return (CharPlace){0, 0};
  return (CharPlace){s->as.heap.crumb_char, s->as.heap.crumb_byte};
}

// Leave a breadcrumb.
static void chars_drop_crumb(String *s, CharPlace place) {
  if (!(s->h.flags & FL_STR_HEAP) || place.offset > CHARS_CRUMB_MAX) return;
  s->as.heap.crumb_char = (uint32_t)place.index;
  s->as.heap.crumb_byte = (uint32_t)place.offset;
}

// Walk valid UTF-8 backwards from a place to a character index.
static CharPlace chars_walk_back(const char *bytes, CharPlace from, size_t index) {
  while (from.index > index) {
    do from.offset--;
    while (((unsigned char)bytes[from.offset] & 0xC0) == 0x80);
    from.index--;
  }
  return from;
}

// Walk forwards from a place to a character index, or to the end.
static CharPlace chars_walk(Value str, CharPlace from, size_t index) {
  EncIndex enc = mx_str_enc(str);
  const char *bytes = mx_str_bytes(str), *end = bytes + mx_str_len(str);
  for (const char *p = bytes + from.offset; p < end && from.index < index; from.index++) {
    p += mx_enc_step(enc, p, end);
    from.offset = (size_t)(p - bytes);
  }
  return from;
}

// Byte offset of a character index, clamped to the end.
size_t mx_str_char_to_byte(Value str, size_t index) {
  String *s = val_to_string(str);
  if (mx_str_is_single_byte(str)) return index < s->len ? index : s->len;
  const EncInfo *info = mx_enc_info(mx_str_enc(str));
  if (info->min_len == info->max_len && !info->dummy)
    return index < s->len / info->min_len ? index * info->min_len : s->len;
  CharPlace crumb = chars_crumb(s);
  bool back = mx_str_enc(str) == ENC_UTF_8 && mx_str_content(str) == STR_VALID;
  if (crumb.index > index && back && index > crumb.index / 2)
    crumb = chars_walk_back(mx_str_bytes(str), crumb, index);
  else
    crumb = chars_walk(str, crumb.index > index ? (CharPlace){0, 0} : crumb, index);
  chars_drop_crumb(s, crumb);
  return crumb.offset;
}

// Character index of a byte offset.
size_t mx_str_byte_to_char(Value str, size_t offset) {
  String *s = val_to_string(str);
  if (mx_str_is_single_byte(str)) return offset;
  CharPlace crumb = chars_crumb(s);
  if (crumb.offset > offset) crumb = (CharPlace){0, 0};
  EncIndex enc = mx_str_enc(str);
  const char *bytes = mx_str_bytes(str);
  // Cut characters do not count as whole ones here, so a valid string's span is valid too.
  crumb.index +=
      mx_str_count_span(enc, mx_str_content(str), bytes + crumb.offset, offset - crumb.offset);
  crumb.offset = offset;
  bool boundary = mx_enc_left(enc, bytes, bytes + offset, bytes + s->len) == bytes + offset;
  if (boundary) chars_drop_crumb(s, crumb);
  return crumb.index;
}

// Bytes of the character at an offset.
size_t mx_str_char_len(Value str, size_t offset) {
  const char *bytes = mx_str_bytes(str), *end = bytes + mx_str_len(str);
  return mx_enc_step(mx_str_enc(str), bytes + offset, end);
}

// Encoding that both agree on, or ENC_NONE.
EncIndex mx_str_compatible(Value a, Value b) {
  EncIndex ea = mx_str_enc(a), eb = mx_str_enc(b);
  if (ea == eb) return ea;
  if (mx_str_len(b) == 0) return ea;
  bool a_ascii = mx_enc_info(ea)->ascii_compat, b_ascii = mx_enc_info(eb)->ascii_compat;
  if (mx_str_len(a) == 0) return a_ascii && mx_str_is_ascii(b) ? ea : eb;
  if (!a_ascii || !b_ascii) return ENC_NONE;
  if (mx_str_is_ascii(b)) return ea;
  return mx_str_is_ascii(a) ? eb : ENC_NONE;
}

// Encoding that both agree on; CompatibilityError when there is none.
bool mx_str_check_compatible(ExecCtx *ec, Value a, Value b, EncIndex *out) {
  *out = mx_str_compatible(a, b);
  if (*out != ENC_NONE) return true;
  mx_raise(ec, ec->vm->cls.CompatibilityError, "incompatible character encodings: %s and %s",
           mx_enc_display_name(mx_str_enc(a)), mx_enc_display_name(mx_str_enc(b)));
  return false;
}

// Can equal bytes mean equal strings?
static bool chars_comparable(Value a, Value b) {
  EncIndex ea = mx_str_enc(a), eb = mx_str_enc(b);
  if (ea == eb || (mx_str_len(a) == 0 && mx_str_len(b) == 0)) return true;
  if (mx_str_is_ascii(a) && mx_enc_info(eb)->ascii_compat) return true;
  return mx_str_is_ascii(b) && mx_enc_info(ea)->ascii_compat;
}

// Compare bytes, then encodings.
int mx_str_cmp(Value a, Value b) {
  size_t la = mx_str_len(a), lb = mx_str_len(b);
  int order = a == b ? 0 : memcmp(mx_str_bytes(a), mx_str_bytes(b), la < lb ? la : lb);
  if (order != 0) return order < 0 ? -1 : 1;
  if (la != lb) return la < lb ? -1 : 1;
  if (chars_comparable(a, b)) return 0;
  return mx_str_enc(a) < mx_str_enc(b) ? -1 : 1;
}

// Equal bytes in encodings that agree?
bool mx_str_eq(Value a, Value b) {
  if (a == b) return true;
  size_t len = mx_str_len(a);
  if (len != mx_str_len(b)) return false;
  const char *p = mx_str_bytes(a), *q = mx_str_bytes(b);
  if (p != q && memcmp(p, q, len) != 0) return false; // copies share their bytes
  return chars_comparable(a, b);
}

// Hash of bytes and, unless ASCII, of the encoding.
uint64_t mx_str_hash(VM *vm, Value str) {
  uint64_t hash = mx_hash_bytes(vm, mx_str_bytes(str), mx_str_len(str));
  bool neutral = mx_str_len(str) == 0 || mx_str_is_ascii(str);
  return neutral ? hash : hash ^ (uint64_t)mx_str_enc(str);
}

// Index of bytes inside bytes, -1 when absent.
int64_t mx_str_find_bytes(const char *in, size_t in_len, const char *what, size_t len) {
  if (len == 0) return 0;
  const char *found = memmem(in, in_len, what, len);
  return found ? found - in : -1;
}
