// SPDX-License-Identifier: MIT
// String#unpack and unpack1: bytes to values.
//
// The directives are those of pack (see pack_methods.c). A number that the string has no bytes for
// is nil when its count was given, and absent under *. Strings come out BINARY, digits of bits and
// nibbles US-ASCII. unpack1 stops at the first value.
#include "runtime/array.h"
#include "runtime/float.h"
#include "runtime/integer.h"
#include "runtime/builtins/pack_format.h"
#include "runtime/builtins/rows.h"
#include "runtime/builtins/string_args.h"

#include <ctype.h>

typedef struct Unpack {
  ExecCtx *ec;
  const unsigned char *start; // of the string
  const unsigned char *p;     // next byte
  const unsigned char *end;   // of the string
  Value list;                 // values so far
} Unpack;

// Bytes left.
static size_t unpack_left(const Unpack *u) { return (size_t)(u->end - u->p); }

// Add a value.
static void unpack_add(Unpack *u, Value v) { mx_array_push(u->ec, u->list, v); }

// Read a word of an item's size.
static uint64_t unpack_word(Unpack *u, const PackItem *item) {
  uint64_t word = 0;
  for (int i = 0; i < item->size; i++) {
    int shift = 8 * (item->big ? item->size - 1 - i : i);
    word |= (uint64_t)u->p[i] << shift;
  }
  u->p += item->size;
  return word;
}

// Value of a word as an item's number.
static Value unpack_number(Unpack *u, const PackItem *item) {
  uint64_t word = unpack_word(u, item);
  if (item->is_float && item->size == 8) {
    double d;
    memcpy(&d, &word, sizeof d);
    return mx_float_new(u->ec, d);
  }
  if (item->is_float) {
    float f;
    memcpy(&f, &word, sizeof f);
    return mx_float_new(u->ec, f);
  }
  if (!item->is_signed) return mx_int_from_u64(u->ec, word);
  int shift = 64 - 8 * item->size;
  return mx_int_from_i64(u->ec, (int64_t)(word << shift) >> shift);
}

// Read numbers; those that the string has no bytes for are nil.
static void unpack_numbers(Unpack *u, const PackItem *item) {
  size_t have = unpack_left(u) / item->size;
  size_t want = item->star ? have : (size_t)item->count;
  for (size_t i = 0; i < want && i < have; i++) unpack_add(u, unpack_number(u, item));
  for (size_t i = have; i < want && i < have + (1 << 20); i++) unpack_add(u, VAL_NIL);
}

// Read a string of A, a or Z.
static void unpack_text(Unpack *u, const PackItem *item) {
  size_t len = unpack_left(u);
  if (!item->star && (size_t)item->count < len) len = (size_t)item->count;
  const unsigned char *text = u->p;
  size_t keep = len, skip = len;
  if (item->type == 'Z') {
    const unsigned char *nul = memchr(text, 0, len);
    if (nul) keep = (size_t)(nul - text);
    if (nul && item->star) skip = keep + 1;
  }
  while (item->type == 'A' && keep > 0 && (text[keep - 1] == ' ' || text[keep - 1] == 0)) keep--;
  unpack_add(u, mx_str_new(u->ec, (const char *)text, keep, ENC_BINARY));
  u->p += skip;
}

// Read bits or nibbles as digits. per: digits in a byte.
static void unpack_digits(Unpack *u, const PackItem *item, size_t per) {
  size_t left = unpack_left(u), want = item->star ? left * per : (size_t)item->count;
  if (want > left * per) want = left * per;
  Value text = mx_str_new(u->ec, NULL, want, ENC_US_ASCII);
  size_t bits = 8 / per;
  bool low_first = item->type == 'b' || item->type == 'h';
  for (size_t i = 0; i < want; i++) {
    size_t at = low_first ? i % per : per - 1 - i % per;
    mx_str_bytes(text)[i] = "0123456789abcdef"[(u->p[i / per] >> (at * bits)) & ((1 << bits) - 1)];
  }
  unpack_add(u, text);
  u->p += (want + per - 1) / per;
}

// Read UTF-8 characters as code points.
static bool unpack_utf8(Unpack *u, const PackItem *item) {
  for (int64_t i = 0; u->p < u->end && (item->star || i < item->count); i++) {
    size_t len = mx_enc_char_len(ENC_UTF_8, (const char *)u->p, (const char *)u->end);
    if (len == 0) return mx_raise_arg(u->ec, "malformed UTF-8 character"), false;
    uint32_t code = mx_enc_codepoint(ENC_UTF_8, (const char *)u->p, (const char *)u->end);
    unpack_add(u, val_from_fixnum(code));
    u->p += len;
  }
  return true;
}

// Read numbers in base 128.
static void unpack_ber(Unpack *u, const PackItem *item) {
  Value v = val_from_fixnum(0);
  int64_t found = 0;
  while (u->p < u->end && (item->star || found < item->count)) {
    unsigned char byte = *u->p++;
    v = mx_int_or(u->ec, mx_int_mul(u->ec, v, val_from_fixnum(128)), val_from_fixnum(byte & 0x7F));
    if (byte & 0x80) continue;
    unpack_add(u, v);
    v = val_from_fixnum(0);
    found++;
  }
}

// ---- text encodings

// Value of a base64 letter, -1 for others.
static int unpack_base64_value(unsigned char c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (c >= '0' && c <= '9') return c - '0' + 52;
  return c == '+' ? 62 : c == '/' ? 63 : -1;
}

// Is the text base64 without anything else in it (m0)?
static bool unpack_is_strict(const Unpack *u) {
  size_t len = unpack_left(u), pads = 0;
  if (len % 4 != 0) return false;
  while (pads < 2 && pads < len && u->end[-1 - (ptrdiff_t)pads] == '=') pads++;
  for (size_t i = 0; i < len - pads; i++)
    if (unpack_base64_value(u->p[i]) < 0) return false;
  if (len == 0 || pads == 0) return true;
  int last = unpack_base64_value(u->p[len - pads - 1]);
  return (last & (pads == 1 ? 3 : 15)) == 0;
}

// Read base64.
static bool unpack_base64(Unpack *u, const PackItem *item) {
  StrBuf out = STRBUF_INIT;
  uint32_t word = 0;
  int bits = 0;
  if (item->has_count && item->count == 0 && !unpack_is_strict(u))
    return mx_raise_arg(u->ec, "invalid base64"), false;
  for (; u->p < u->end && *u->p != '='; u->p++) {
    int value = unpack_base64_value(*u->p);
    if (value < 0) continue;
    word = (word << 6 | (uint32_t)value) & 0xFFFFFF;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    mx_strbuf_add_byte(&out, (int)((word >> bits) & 0xFF));
  }
  u->p = u->end;
  unpack_add(u, mx_str_new(u->ec, out.at, out.len, ENC_BINARY));
  mx_strbuf_free(&out);
  return true;
}

// Value of a uuencode letter at p, 0 behind the end.
static uint32_t unpack_uu_value(const Unpack *u, const unsigned char *p) {
  return p < u->end ? (uint32_t)(*p - ' ') & 63 : 0;
}

// Read uuencoded lines.
static void unpack_uu(Unpack *u) {
  StrBuf out = STRBUF_INIT;
  while (u->p<u->end && * u->p> ' ' && *u->p < 'a') {
    size_t len = (*u->p++ - ' ') & 63, got = 0;
    for (; got < len && u->p < u->end && *u->p != '\n'; u->p += 4) {
      uint32_t word = unpack_uu_value(u, u->p) << 18 | unpack_uu_value(u, u->p + 1) << 12 |
                      unpack_uu_value(u, u->p + 2) << 6 | unpack_uu_value(u, u->p + 3);
      for (int shift = 16; shift >= 0 && got < len; shift -= 8, got++)
        mx_strbuf_add_byte(&out, (int)((word >> shift) & 0xFF));
      if (unpack_left(u) < 4) {
        u->p = u->end;
        break;
      }
    }
    while (u->p < u->end && *u->p != '\n') u->p++;
    if (u->p < u->end) u->p++;
  }
  unpack_add(u, mx_str_new(u->ec, out.at, out.len, ENC_BINARY));
  mx_strbuf_free(&out);
}

// Value of a hexadecimal digit, -1 for others.
static int unpack_hex_value(unsigned char c) {
  if (!isxdigit(c)) return -1;
  return isdigit(c) ? c - '0' : (c | 32) - 'a' + 10;
}

// Read quoted-printable text.
static void unpack_quoted(Unpack *u) {
  StrBuf out = STRBUF_INIT;
  while (u->p < u->end) {
    if (*u->p != '=') {
      mx_strbuf_add_byte(&out, *u->p++);
      continue;
    }
    size_t left = unpack_left(u);
    if (left >= 2 && u->p[1] == '\n') {
      u->p += 2;
    } else if (left >= 3 && u->p[1] == '\r' && u->p[2] == '\n') {
      u->p += 3;
    } else if (left >= 3 && unpack_hex_value(u->p[1]) >= 0 && unpack_hex_value(u->p[2]) >= 0) {
      mx_strbuf_add_byte(&out, unpack_hex_value(u->p[1]) << 4 | unpack_hex_value(u->p[2]));
      u->p += 3;
    } else {
      mx_strbuf_add(&out, u->p, left);
      u->p = u->end;
    }
  }
  unpack_add(u, mx_str_new(u->ec, out.at, out.len, ENC_BINARY));
  mx_strbuf_free(&out);
}

// ---- directives

// Move the place to read at: x, X, @ (which counts from the offset given).
static bool unpack_move(Unpack *u, const PackItem *item) {
  size_t left = unpack_left(u), behind = (size_t)(u->p - u->start);
  size_t count = (size_t)item->count;
  if (item->star) {
    if (item->type == '@') return true;
    count = left;
  } else if (item->type == '@' && !item->has_count) {
    count = 0;
  }
  bool ok = item->type == 'x'   ? count <= left
            : item->type == 'X' ? count <= behind
                                : count <= (size_t)(u->end - u->start);
  if (!ok) return mx_raise_arg(u->ec, "%c outside of string", item->type), false;
  if (item->type == 'x')
    u->p += count;
  else if (item->type == 'X')
    u->p -= count;
  else
    u->p = u->start + count;
  return true;
}

// Run one directive.
static bool unpack_item(Unpack *u, const PackItem *item) {
  switch (item->type) {
  case 'A':
  case 'a':
  case 'Z': return unpack_text(u, item), true;
  case 'B':
  case 'b': return unpack_digits(u, item, 8), true;
  case 'H':
  case 'h': return unpack_digits(u, item, 2), true;
  case 'U': return unpack_utf8(u, item);
  case 'w': return unpack_ber(u, item), true;
  case 'm': return unpack_base64(u, item);
  case 'u': return unpack_uu(u), true;
  case 'M': return unpack_quoted(u), true;
  case 'x':
  case 'X':
  case '@': return unpack_move(u, item);
  case 'p':
  case 'P':
    mx_raise(u->ec, u->ec->vm->cls.NotImplementedError, "pointers cannot be unpacked");
    return false;
  default: return unpack_numbers(u, item), true;
  }
}

// Check the offset to begin at.
static bool unpack_offset(ExecCtx *ec, Value str, Value v, int64_t *offset) {
  if (!mx_to_int64(ec, v, offset)) return false;
  if (*offset < 0) return mx_raise_arg(ec, "offset can't be negative"), false;
  if (*offset <= (int64_t)mx_str_len(str)) return true;
  mx_raise_arg(ec, "offset outside of string");
  return false;
}

// string.unpack(format, offset: 0), or the first value alone
Value mx_pack_p_unpack(ExecCtx *ec, Value self, Value a, Value b, Value c, Value d) {
  int64_t offset;
  bool first = val_truthy(d);
  if (!string_arg(ec, &b) || !unpack_offset(ec, a, c, &offset)) return VAL_EXC;
  const char *text = mx_str_bytes(b);
  PackFormat format = {text, text + mx_str_len(b), text};
  const unsigned char *bytes = (unsigned char *)mx_str_bytes(a);
  Unpack u = {ec, bytes + offset, bytes + offset, bytes + mx_str_len(a), mx_array_new(ec, 0)};
  PackItem item;
  int more;
  while ((more = mx_pack_next(ec, &format, "unpack", &item)) > 0) {
    if (!unpack_item(&u, &item)) return VAL_EXC;
    if (first && mx_array_len(u.list) > 0) break;
  }
  if (more < 0) return VAL_EXC;
  return first ? mx_array_get(ec, u.list, 0) : u.list;
}
