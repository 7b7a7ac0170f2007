// SPDX-License-Identifier: MIT
// Array#pack: values to bytes.
//
//   numbers   c C s S i I l L q Q j J n N v V, floats d D f F e E g G, w (base 128), U (UTF-8)
//   strings   a A Z, bits b B, nibbles h H, base64 m, quoted-printable M, uuencode u
//   moves     x (forward over zeroes), X (back), @ (to an offset)
//
// The result's encoding is guessed as Ruby does: UTF-8 when U comes first, US-ASCII while only m, M
// and u were met, else BINARY. Integers wrap around; too few values are an ArgumentError.
// p and P (addresses) are refused: a program cannot be given addresses of collected memory.
#include "runtime/array.h"
#include "runtime/float.h"
#include "runtime/integer.h"
#include "runtime/builtins/pack_format.h"
#include "runtime/builtins/rows.h"
#include "runtime/builtins/string_args.h"

typedef struct Pack {
  ExecCtx *ec;
  Value values;  // Array
  uint32_t next; // index of the value that is due
  StrBuf out;    // bytes so far
  EncIndex enc;  // of the result as known so far
} Pack;

// Take the next value; false when there is none.
static bool pack_take(Pack *p, Value *v) {
  if (p->next >= mx_array_len(p->values)) {
    mx_raise_arg(p->ec, "too few arguments");
    return false;
  }
  *v = mx_array_get(p->ec, p->values, p->next++);
  return true;
}

// Append `size` bytes of a word.
static void pack_word(Pack *p, uint64_t word, const PackItem *item) {
  for (int i = 0; i < item->size; i++) {
    int shift = 8 * (item->big ? item->size - 1 - i : i);
    mx_strbuf_add_byte(&p->out, (int)((word >> shift) & 0xFF));
  }
}

// Pack one integer.
static bool pack_integer(Pack *p, const PackItem *item) {
  Value v;
  uint64_t word;
  if (!pack_take(p, &v)) return false;
  v = mx_to_int(p->ec, v);
  if (val_is_exc(v)) return false;
  (void)mx_int_to_u64_wrap(v, &word);
  pack_word(p, word, item);
  return true;
}

// Pack one float.
static bool pack_float(Pack *p, const PackItem *item) {
  Value v;
  double d;
  uint64_t word = 0;
  if (!pack_take(p, &v) || !mx_to_double(p->ec, v, &d)) return false;
  if (item->size == 8) {
    memcpy(&word, &d, sizeof d);
  } else {
    float f = (float)d;
    memcpy(&word, &f, sizeof f);
  }
  pack_word(p, word, item);
  return true;
}

// Append a code in UTF-8's scheme, which reaches beyond Unicode with up to six bytes.
static void pack_add_utf8(StrBuf *out, uint32_t code) {
  if (code <= 0x10FFFF) {
    mx_strbuf_add_utf8(out, code);
    return;
  }
  int tails = code < 0x200000 ? 3 : code < 0x4000000 ? 4 : 5;
  uint32_t lead = tails == 3 ? 0xF0 : tails == 4 ? 0xF8 : 0xFC;
  mx_strbuf_add_byte(out, (int)(lead | code >> (6 * tails)));
  while (tails-- > 0) mx_strbuf_add_byte(out, (int)(0x80 | ((code >> (6 * tails)) & 0x3F)));
}

// Pack one code point as UTF-8.
static bool pack_utf8(Pack *p) {
  Value v;
  int64_t code;
  if (!pack_take(p, &v)) return false;
  v = mx_to_int(p->ec, v);
  if (val_is_exc(v)) return false;
  if (!mx_int_to_i64(v, &code) || code < 0 || code > 0x7fffffff) {
    mx_raise_range(p->ec, "pack(U): value out of range");
    return false;
  }
  pack_add_utf8(&p->out, (uint32_t)code);
  return true;
}

// Pack one integer in base 128, most significant first.
static bool pack_ber(Pack *p) {
  Value v;
  StrBuf digits = STRBUF_INIT;
  if (!pack_take(p, &v)) return false;
  v = mx_to_int(p->ec, v);
  if (val_is_exc(v)) return false;
  if (mx_int_sign(v) < 0) return mx_raise_arg(p->ec, "can't compress negative numbers"), false;
  do {
    Value low = mx_int_and(p->ec, v, val_from_fixnum(0x7F));
    mx_strbuf_add_byte(&digits, (int)val_to_fixnum(low));
    v = mx_int_shift(p->ec, v, val_from_fixnum(7), false);
  } while (!val_is_exc(v) && !mx_int_is_zero(v));
  for (size_t i = digits.len; i-- > 0;)
    mx_strbuf_add_byte(&p->out, digits.at[i] | (i > 0 ? 0x80 : 0));
  mx_strbuf_free(&digits);
  return true;
}

// Take the next value as a String; nil is empty.
static bool pack_take_string(Pack *p, Value *v) {
  if (!pack_take(p, v)) return false;
  if (val_is_nil(*v)) *v = mx_str_ascii(p->ec, "");
  return string_arg(p->ec, v);
}

// Refuse counts that no memory holds.
static bool pack_count_fits(Pack *p, int64_t count) {
  if (count <= 1 << 30) return true;
  mx_raise_arg(p->ec, "argument too big");
  return false;
}

// Pack a string of A, a or Z.
static bool pack_text(Pack *p, const PackItem *item) {
  Value v;
  if (!pack_take_string(p, &v)) return false;
  size_t len = mx_str_len(v), want = item->star ? len + (item->type == 'Z') : (size_t)item->count;
  if (!pack_count_fits(p, (int64_t)want)) return false;
  mx_strbuf_add(&p->out, mx_str_bytes(v), len < want ? len : want);
  if (want > len) mx_strbuf_add_repeat(&p->out, item->type == 'A' ? ' ' : 0, want - len);
  return true;
}

// Pack a string of bits: b least, B most significant first.
static bool pack_bits(Pack *p, const PackItem *item) {
  Value v;
  if (!pack_take_string(p, &v)) return false;
  size_t len = mx_str_len(v), want = item->star ? len : (size_t)item->count;
  const char *text = mx_str_bytes(v);
  if (!pack_count_fits(p, (int64_t)want)) return false;
  for (size_t i = 0; i < want && i < (len + 7) / 8 * 8; i += 8) {
    int byte = 0;
    for (size_t j = 0; j < 8; j++) {
      int bit = i + j < len && i + j < want ? text[i + j] & 1 : 0;
      byte |= bit << (item->type == 'b' ? j : 7 - j);
    }
    mx_strbuf_add_byte(&p->out, byte);
  }
  size_t have = (len + 7) / 8, all = (want + 7) / 8;
  if (all > have) mx_strbuf_add_repeat(&p->out, 0, (all - have));
  return true;
}

// Value of a hexadecimal digit as pack reads it.
static int pack_nibble(char c) {
  bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  return (letter ? (c & 7) + 9 : c) & 15;
}

// Pack a string of hexadecimal digits: h low, H high nibble first.
static bool pack_hex(Pack *p, const PackItem *item) {
  Value v;
  if (!pack_take_string(p, &v)) return false;
  size_t len = mx_str_len(v), want = item->star ? len : (size_t)item->count;
  const char *text = mx_str_bytes(v);
  if (!pack_count_fits(p, (int64_t)want)) return false;
  for (size_t i = 0; i < want; i += 2) {
    int first = i < len ? pack_nibble(text[i]) : 0;
    int second = i + 1 < len && i + 1 < want ? pack_nibble(text[i + 1]) : 0;
    mx_strbuf_add_byte(&p->out, item->type == 'h' ? first | second << 4 : first << 4 | second);
  }
  return true;
}

// ---- text encodings

// Append groups of three bytes as four letters of an alphabet.
static void pack_sixbits(StrBuf *out, const unsigned char *p, size_t len, const char *alphabet,
                         char padding) {
  for (size_t i = 0; i < len; i += 3) {
    uint32_t word = (uint32_t)p[i] << 16;
    if (i + 1 < len) word |= (uint32_t)p[i + 1] << 8;
    if (i + 2 < len) word |= p[i + 2];
    for (size_t j = 0; j < 4; j++) {
      bool pad = i + j > len;
      mx_strbuf_add_byte(out, pad ? padding : alphabet[(word >> (18 - 6 * j)) & 63]);
    }
  }
}

static const char pack_base64[] =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
static const char pack_uu[] = "`!\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_";

// Pack a string by lines of base64 or uuencode.
static bool pack_lines(Pack *p, const PackItem *item) {
  Value v;
  if (!pack_take(p, &v) || !string_arg(p->ec, &v)) return false;
  const unsigned char *text = (unsigned char *)mx_str_bytes(v);
  size_t len = mx_str_len(v), line = 45;
  bool base64 = item->type == 'm';
  if (item->has_count && item->count == 0 && base64) {
    pack_sixbits(&p->out, text, len, pack_base64, '=');
    return true;
  }
  if (item->has_count && item->count > 2) line = (size_t)item->count / 3 * 3;
  if (!base64 && line > 63) line = 63;
  for (size_t at = 0; at < len; at += line) {
    size_t n = len - at < line ? len - at : line;
    if (!base64) mx_strbuf_add_byte(&p->out, (int)(' ' + n));
    pack_sixbits(&p->out, text + at, n, base64 ? pack_base64 : pack_uu, base64 ? '=' : '`');
    mx_strbuf_add_byte(&p->out, '\n');
  }
  return true;
}

// Must a byte be escaped in quoted-printable text?
static bool pack_is_unprintable(unsigned char c) {
  return c > 126 || (c < 32 && c != '\n' && c != '\t') || c == '=';
}

// Pack a value's text as quoted-printable.
static bool pack_quoted(Pack *p, const PackItem *item) {
  Value v;
  if (!pack_take(p, &v)) return false;
  v = mx_to_s(p->ec, v);
  if (val_is_exc(v)) return false;
  int64_t limit = item->has_count && item->count > 1 ? item->count : 72, column = 0;
  const unsigned char *text = (unsigned char *)mx_str_bytes(v);
  int previous = -1;
  for (size_t i = 0; i < mx_str_len(v); i++) {
    unsigned char c = text[i];
    if (pack_is_unprintable(c)) {
      mx_strbuf_printf(&p->out, "=%02X", c);
      column += 3;
    } else if (c == '\n') {
      if (previous == ' ' || previous == '\t') mx_strbuf_add_str(&p->out, "=\n");
      mx_strbuf_add_byte(&p->out, c);
      column = 0;
    } else {
      mx_strbuf_add_byte(&p->out, c);
      column++;
    }
    previous = c;
    if (column > limit) {
      mx_strbuf_add_str(&p->out, "=\n");
      column = 0;
      previous = '\n';
    }
  }
  if (column > 0) mx_strbuf_add_str(&p->out, "=\n");
  return true;
}

// ---- directives

// Move the end of the bytes: x, X, @.
static bool pack_move(Pack *p, const PackItem *item) {
  int64_t count = item->star ? 0 : item->count;
  size_t to = p->out.len;
  if (item->type == '@') {
    to = item->star ? 0 : (size_t)count;
  } else if (item->type == 'X') {
    if ((size_t)count > to) return mx_raise_arg(p->ec, "X outside of string"), false;
    to -= (size_t)count;
  } else {
    to += (size_t)count;
  }
  if (!pack_count_fits(p, (int64_t)to)) return false;
  if (to > p->out.len)
    mx_strbuf_add_repeat(&p->out, 0, to - p->out.len);
  else if (p->out.at)
    mx_strbuf_truncate(&p->out, to);
  return true;
}

// Pack one value of a directive that repeats.
static bool pack_one(Pack *p, const PackItem *item) {
  if (item->is_float) return pack_float(p, item);
  if (item->size > 0) return pack_integer(p, item);
  return item->type == 'U' ? pack_utf8(p) : pack_ber(p);
}

// Pack as many values as a directive asks for.
static bool pack_repeat(Pack *p, const PackItem *item) {
  int64_t count = item->star ? (int64_t)mx_array_len(p->values) - p->next : item->count;
  for (int64_t i = 0; i < count; i++)
    if (!pack_one(p, item)) return false;
  return true;
}

// Note what a directive means for the result's encoding.
static void pack_note_enc(Pack *p, char type) {
  if (type == 'U')
    p->enc = p->enc == ENC_US_ASCII ? ENC_UTF_8 : p->enc;
  else if (!strchr("mMu", type))
    p->enc = ENC_BINARY;
}

// Run one directive.
static bool pack_item(Pack *p, const PackItem *item) {
  pack_note_enc(p, item->type);
  switch (item->type) {
  case 'A':
  case 'a':
  case 'Z': return pack_text(p, item);
  case 'B':
  case 'b': return pack_bits(p, item);
  case 'H':
  case 'h': return pack_hex(p, item);
  case 'm':
  case 'u': return pack_lines(p, item);
  case 'M': return pack_quoted(p, item);
  case 'x':
  case 'X':
  case '@': return pack_move(p, item);
  case 'p':
  case 'P':
    mx_raise(p->ec, p->ec->vm->cls.NotImplementedError, "pointers cannot be packed");
    return false;
  default: return pack_repeat(p, item);
  }
}

// array.pack(format, buffer: nil)
Value mx_pack_p_pack(ExecCtx *ec, Value self, Value a, Value b, Value c) {
  if (!string_arg(ec, &b)) return VAL_EXC;
  const char *start = mx_str_bytes(b);
  PackFormat format = {start, start + mx_str_len(b), start};
  Pack p = {.ec = ec, .values = a, .enc = ENC_US_ASCII};
  PackItem item;
  if (!val_is_nil(c)) {
    if (!string_can_write(ec, c)) return VAL_EXC;
    mx_strbuf_add(&p.out, mx_str_bytes(c), mx_str_len(c));
  }
  int more;
  while ((more = mx_pack_next(ec, &format, "pack", &item)) > 0)
    if (!pack_item(&p, &item)) break;
  Value out = VAL_EXC;
  if (more == 0) out = mx_str_new(ec, p.out.at, p.out.len, val_is_nil(c) ? p.enc : mx_str_enc(c));
  mx_strbuf_free(&p.out);
  if (val_is_exc(out) || val_is_nil(c)) return out;
  mx_str_become(ec, c, out);
  return c;
}
