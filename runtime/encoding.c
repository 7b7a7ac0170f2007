// SPDX-License-Identifier: MIT
// Encodings: names, and characters of every encoding through one set of functions.
//
// UTF-8 is decoded here, because every script lives on it and because Oniguruma's tables accept
// surrogates; UTF-16 and UTF-32 likewise. Other multi-byte encodings ask Oniguruma.
#include "runtime/encoding.h"

#include <oniguruma.h>

#include <ctype.h>
#include <strings.h>

static const EncInfo encoding_infos[] = {
#define ENCODING(ID, name, min, max, ascii, dummy, ONIG, iconv) \
  [ENC_##ID] = {name, min, max, ascii, dummy, iconv, &OnigEncoding##ONIG},
#include "runtime/encodings.def"
};

static const struct {
  const char *name;
  EncIndex enc;
} encoding_aliases[] = {
#define ENCODING_ALIAS(name, ID) {name, ENC_##ID},
#include "runtime/encoding_aliases.def"
};

_Static_assert((int)ENC_US_ASCII == (int)SYM_ENC_ASCII && (int)ENC_UTF_8 == (int)SYM_ENC_UTF8 &&
                   (int)ENC_BINARY == (int)SYM_ENC_BINARY,
               "symbols and strings number these encodings alike");

// Return the description of an encoding.
const EncInfo *mx_enc_info(EncIndex enc) {
  MX_ASSERT(enc < ENC_COUNT, "encoding %d", enc);
  return &encoding_infos[enc];
}

// Compare a counted name with a C name, any case.
static bool encoding_name_is(const char *name, size_t len, const char *known) {
  return strlen(known) == len && strncasecmp(name, known, len) == 0;
}

// Find by name or alias, any case; ENC_NONE when unknown.
EncIndex mx_enc_find(const char *name, size_t len) {
  for (EncIndex e = 0; e < ENC_COUNT; e++)
    if (encoding_name_is(name, len, encoding_infos[e].name)) return e;
  for (size_t i = 0; i < MX_COUNT_OF(encoding_aliases); i++)
    if (encoding_name_is(name, len, encoding_aliases[i].name)) return encoding_aliases[i].enc;
  return ENC_NONE;
}

// Return the nth alias and whose it is; NULL past the last.
const char *mx_enc_alias(size_t n, EncIndex *enc) {
  if (n >= MX_COUNT_OF(encoding_aliases)) return NULL;
  *enc = encoding_aliases[n].enc;
  return encoding_aliases[n].name;
}

// Tell whether an encoding is one of Unicode's forms.
bool mx_enc_is_unicode(EncIndex enc) {
  return enc == ENC_UTF_8 || (enc >= ENC_UTF_16LE && enc <= ENC_UTF_32BE) || enc == ENC_UTF8_MAC;
}

// Name as messages print it.
const char *mx_enc_display_name(EncIndex enc) {
  return enc == ENC_BINARY ? "BINARY (ASCII-8BIT)" : encoding_infos[enc].name;
}

// ---- UTF-8

// Is the byte one that continues a character?
static inline bool utf8_is_tail(unsigned char byte) { return (byte & 0xC0) == 0x80; }

// Lowest and highest second byte that a first byte allows; the count of bytes, 0 for no first byte.
static size_t utf8_lead(unsigned char lead, unsigned char *low, unsigned char *high) {
  *low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
  *high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
  if (lead < 0xC2 || lead > 0xF4) return 0;
  return lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
}

// Length of the well-formed UTF-8 character at p; 0 when broken. *prefix: cut off, not wrong.
static size_t utf8_char_len(const unsigned char *p, const unsigned char *end, bool *prefix) {
  unsigned char low, high;
  *prefix = false;
  if (p[0] < 0x80) return 1;
  size_t len = utf8_lead(p[0], &low, &high);
  size_t have = (size_t)(end - p);
  if (len == 0) return 0;
  if (have > 1 && (p[1] < low || p[1] > high)) return 0;
  for (size_t i = 2; i < len && i < have; i++)
    if (!utf8_is_tail(p[i])) return 0;
  *prefix = have < len;
  return *prefix ? 0 : len;
}

// Code point of a well-formed UTF-8 character.
static uint32_t utf8_codepoint(const unsigned char *p) {
  if (p[0] < 0x80) return p[0];
  if (p[0] < 0xE0) return ((p[0] & 0x1Fu) << 6) | (p[1] & 0x3Fu);
  if (p[0] < 0xF0) return ((p[0] & 0x0Fu) << 12) | ((p[1] & 0x3Fu) << 6) | (p[2] & 0x3Fu);
  return ((p[0] & 0x07u) << 18) | ((p[1] & 0x3Fu) << 12) | ((p[2] & 0x3Fu) << 6) | (p[3] & 0x3Fu);
}

// Write a code point as UTF-8.
static size_t utf8_put(uint32_t c, char *out) {
  if (c < 0x80) return out[0] = (char)c, 1;
  if (c < 0x800) {
    out[0] = (char)(0xC0 | (c >> 6));
    return out[1] = (char)(0x80 | (c & 0x3F)), 2;
  }
  if (c < 0x10000) {
    out[0] = (char)(0xE0 | (c >> 12));
    out[1] = (char)(0x80 | ((c >> 6) & 0x3F));
    return out[2] = (char)(0x80 | (c & 0x3F)), 3;
  }
  out[0] = (char)(0xF0 | (c >> 18));
  out[1] = (char)(0x80 | ((c >> 12) & 0x3F));
  out[2] = (char)(0x80 | ((c >> 6) & 0x3F));
  return out[3] = (char)(0x80 | (c & 0x3F)), 4;
}

// ---- UTF-16 and UTF-32

// Is an encoding's low byte first?
static inline bool encoding_is_little(EncIndex enc) {
  return enc == ENC_UTF_16LE || enc == ENC_UTF_32LE;
}

// The 16-bit unit at p.
static uint32_t utf16_unit(const unsigned char *p, bool little) {
  return little ? p[0] | (uint32_t)p[1] << 8 : p[1] | (uint32_t)p[0] << 8;
}

// The 32-bit unit at p.
static uint32_t utf32_unit(const unsigned char *p, bool little) {
  return little ? utf16_unit(p, true) | utf16_unit(p + 2, true) << 16
                : utf16_unit(p + 2, false) | utf16_unit(p, false) << 16;
}

// Length of the UTF-16 character at p, 0 when broken.
static size_t utf16_char_len(const unsigned char *p, const unsigned char *end, bool little,
                             bool *prefix) {
  size_t have = (size_t)(end - p);
  *prefix = have < 2;
  if (have < 2) return 0;
  uint32_t unit = utf16_unit(p, little);
  if (unit < 0xD800 || unit > 0xDFFF) return 2;
  if (unit >= 0xDC00) return 0;
  *prefix = have < 4;
  if (have < 4) return 0;
  uint32_t low = utf16_unit(p + 2, little);
  return low >= 0xDC00 && low <= 0xDFFF ? 4 : 0;
}

// Length of the UTF-32 character at p, 0 when broken.
static size_t utf32_char_len(const unsigned char *p, const unsigned char *end, bool little,
                             bool *prefix) {
  *prefix = end - p < 4;
  if (end - p < 4) return 0;
  uint32_t c = utf32_unit(p, little);
  return c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF) ? 0 : 4;
}

// Code point of a UTF-16 character.
static uint32_t utf16_codepoint(const unsigned char *p, bool little) {
  uint32_t unit = utf16_unit(p, little);
  if (unit < 0xD800 || unit > 0xDBFF) return unit;
  return 0x10000 + ((unit - 0xD800) << 10) + (utf16_unit(p + 2, little) - 0xDC00);
}

// Write a 16-bit unit.
static void utf16_put_unit(uint32_t unit, bool little, char *out) {
  out[little ? 0 : 1] = (char)unit;
  out[little ? 1 : 0] = (char)(unit >> 8);
}

// Write a code point as UTF-16.
static size_t utf16_put(uint32_t c, bool little, char *out) {
  if (c < 0x10000) return utf16_put_unit(c, little, out), 2;
  c -= 0x10000;
  utf16_put_unit(0xD800 + (c >> 10), little, out);
  utf16_put_unit(0xDC00 + (c & 0x3FF), little, out + 2);
  return 4;
}

// Write a code point as UTF-32.
static size_t utf32_put(uint32_t c, bool little, char *out) {
  utf16_put_unit(c & 0xFFFF, little, out + (little ? 0 : 2));
  utf16_put_unit(c >> 16, little, out + (little ? 2 : 0));
  return 4;
}

// ---- every encoding

// GBK is the two-byte part of GB18030.
static size_t gbk_char_len(const unsigned char *p, const unsigned char *end, bool *prefix) {
  if (p[0] < 0x80) return 1;
  if (p[0] == 0x80 || p[0] == 0xFF) return 0;
  *prefix = end - p < 2;
  if (*prefix) return 0;
  return p[1] >= 0x40 && p[1] != 0x7F && p[1] != 0xFF ? 2 : 0;
}

// Length of a character of an encoding that Oniguruma measures, 0 when broken.
static size_t encoding_onig_len(const EncInfo *info, const unsigned char *p,
                                const unsigned char *end, bool *prefix) {
  int len = info->onig->mbc_enc_len(p);
  *prefix = len > end - p;
  if (*prefix) return 0;
  return info->onig->is_valid_mbc_string(p, p + len) ? (size_t)len : 0;
}

// Length of the character at p, 0 when it is broken; *prefix tells whether it is only cut off.
static size_t encoding_measure(EncIndex enc, const char *bytes, const char *limit, bool *prefix) {
  const unsigned char *p = (const unsigned char *)bytes, *end = (const unsigned char *)limit;
  const EncInfo *info = &encoding_infos[enc];
  *prefix = false;
  switch ((int)enc) {
  case ENC_UTF_8:
  case ENC_UTF8_MAC:
  case ENC_CESU_8: return utf8_char_len(p, end, prefix);
  case ENC_US_ASCII: return p[0] < 0x80 ? 1 : 0;
  case ENC_UTF_16LE:
  case ENC_UTF_16BE: return utf16_char_len(p, end, encoding_is_little(enc), prefix);
  case ENC_UTF_32LE:
  case ENC_UTF_32BE: return utf32_char_len(p, end, encoding_is_little(enc), prefix);
  case ENC_GBK: return gbk_char_len(p, end, prefix);
  default: return info->max_len == 1 || info->dummy ? 1 : encoding_onig_len(info, p, end, prefix);
  }
}

// Length of the character at bytes, 0 when broken or cut off.
size_t mx_enc_char_len(EncIndex enc, const char *bytes, const char *end) {
  bool prefix;
  if (bytes >= end) return 0;
  if ((unsigned char)*bytes < 0x80 && encoding_infos[enc].ascii_compat) return 1;
  return encoding_measure(enc, bytes, end, &prefix);
}

// Are there whole characters of UTF-8 only?
static bool utf8_is_valid(const unsigned char *p, const unsigned char *end) {
  bool prefix;
  while (p < end) {
    size_t len = utf8_char_len(p, end, &prefix);
    if (len == 0) return false;
    p += len;
    if (len > 1) continue;
    for (uint64_t word; (size_t)(end - p) >= sizeof word; p += sizeof word) {
      memcpy(&word, p, sizeof word);
      if (word & 0x8080808080808080u) break;
    }
  }
  return true;
}

bool mx_enc_is_valid(EncIndex enc, const char *bytes, size_t len) {
  const char *end = bytes + len;
  if (enc == ENC_UTF_8)
    return utf8_is_valid((const unsigned char *)bytes, (const unsigned char *)end);
  for (size_t step; bytes < end; bytes += step)
    if ((step = mx_enc_char_len(enc, bytes, end)) == 0) return false;
  return true;
}

// Tell whether the bytes at the cut-off end of a text are the beginning of a character.
bool mx_enc_is_prefix(EncIndex enc, const char *bytes, const char *end) {
  bool prefix = false;
  if (bytes < end) encoding_measure(enc, bytes, end, &prefix);
  return prefix;
}

// Bytes of a step over the character at bytes: a broken one takes the shortest length.
size_t mx_enc_step(EncIndex enc, const char *bytes, const char *end) {
  size_t len = mx_enc_char_len(enc, bytes, end);
  if (len > 0) return len;
  size_t left = (size_t)(end - bytes), shortest = encoding_infos[enc].min_len;
  if (encoding_infos[enc].dummy) shortest = 1;
  return left < shortest ? left : shortest;
}

// Bytes of the broken sequence at bytes: the longest beginning of a character, at least one unit.
size_t mx_enc_broken_len(EncIndex enc, const char *bytes, const char *end) {
  size_t unit = encoding_infos[enc].min_len, left = (size_t)(end - bytes), len = unit;
  if (left < unit) return left;
  while (len + unit <= left && mx_enc_is_prefix(enc, bytes, bytes + len + unit)) len += unit;
  return len;
}

// Start of the UTF-8 character that holds the byte at `at`.
static const char *utf8_left(const char *start, const char *at, const char *end) {
  const char *p = at;
  while (p > start && at - p < 3 && utf8_is_tail((unsigned char)*p)) p--;
  return p + mx_enc_step(ENC_UTF_8, p, end) > at ? p : at;
}

// Start of the character that holds the byte at `at`.
const char *mx_enc_left(EncIndex enc, const char *start, const char *at, const char *end) {
  const EncInfo *info = &encoding_infos[enc];
  if (at >= end) return at;
  if (info->max_len == 1) return at;
  if (enc == ENC_UTF_8) return utf8_left(start, at, end);
  if (info->min_len > 1) {
    const char *p = start + (at - start) / info->min_len * info->min_len;
    bool low_half = info->min_len == 2 && p - 2 >= start && mx_enc_char_len(enc, p - 2, end) == 4;
    return low_half ? p - 2 : p;
  }
  return (const char *)onigenc_get_left_adjust_char_head(info->onig, (const OnigUChar *)start,
                                                         (const OnigUChar *)at);
}

// Code point of the whole, valid character at bytes.
uint32_t mx_enc_codepoint(EncIndex enc, const char *bytes, const char *end) {
  const unsigned char *p = (const unsigned char *)bytes;
  switch ((int)enc) {
  case ENC_UTF_8:
  case ENC_UTF8_MAC:
  case ENC_CESU_8: return utf8_codepoint(p);
  case ENC_UTF_16LE:
  case ENC_UTF_16BE: return utf16_codepoint(p, encoding_is_little(enc));
  case ENC_UTF_32LE:
  case ENC_UTF_32BE: return utf32_unit(p, encoding_is_little(enc));
  default: break;
  }
  const EncInfo *info = &encoding_infos[enc];
  if (info->max_len == 1 || info->dummy) return p[0];
  return info->onig->mbc_to_code(p, (const OnigUChar *)end);
}

// Write a code point of an encoding that Oniguruma knows; 0 when it has no form.
static size_t encoding_onig_put(const EncInfo *info, uint32_t codepoint, char *out) {
  int len = info->onig->code_to_mbclen(codepoint);
  if (len <= 0 || len > 8) return 0;
  len = info->onig->code_to_mbc(codepoint, (OnigUChar *)out);
  bool valid = info->onig->is_valid_mbc_string((OnigUChar *)out, (OnigUChar *)out + len);
  return len > 0 && valid ? (size_t)len : 0;
}

// Encode a code point; returns bytes written, 0 when it has no form.
size_t mx_enc_put(EncIndex enc, uint32_t codepoint, char *out) {
  const EncInfo *info = &encoding_infos[enc];
  if (mx_enc_is_unicode(enc)) {
    if (codepoint > 0x10FFFF || (codepoint >= 0xD800 && codepoint <= 0xDFFF)) return 0;
    if (info->min_len == 1) return utf8_put(codepoint, out);
    bool little = encoding_is_little(enc);
    return info->min_len == 2 ? utf16_put(codepoint, little, out)
                              : utf32_put(codepoint, little, out);
  }
  if (codepoint < 0x80 && info->ascii_compat) return out[0] = (char)codepoint, 1;
  if (enc == ENC_US_ASCII) return 0;
  if (info->max_len == 1 || info->dummy)
    return codepoint < 0x100 ? (out[0] = (char)codepoint, 1) : 0;
  return encoding_onig_put(info, codepoint, out);
}

// Is a code point of the encoding printable?
bool mx_enc_is_print(EncIndex enc, uint32_t codepoint) {
  if (codepoint < 0x80) return codepoint >= 0x20 && codepoint < 0x7F;
  if (enc == ENC_BINARY || enc == ENC_US_ASCII) return false;
  OnigEncoding onig = encoding_infos[enc].onig;
  return onig->is_code_ctype(codepoint, ONIGENC_CTYPE_PRINT) != 0;
}
