// SPDX-License-Identifier: MIT
// The successor of a string: the rightmost letter or digit is incremented, carrying leftwards.
//
// Without any letter or digit, the rightmost character is. A carry that leaves the leftmost one
// inserts a character of the same kind in front ("zz" -> "aaa", "99" -> "100").
#include "runtime/string_edit.h"

#include <oniguruma.h>

#include <ctype.h>

typedef enum SuccStep { SUCC_NOT_ALNUM, SUCC_DONE, SUCC_CARRY } SuccStep;

typedef struct Succ {
  EncIndex enc;     // of the string
  StrBuf buf;       // the string, being changed
  char carry[8];    // character to insert when the carry is left over
  size_t carry_len; // its bytes
  size_t carry_at;  // where
} Succ;

// Replace the character at an offset; its length may change.
static void succ_put(Succ *s, size_t at, size_t old_len, const char *bytes, size_t len) {
  StrBuf out = STRBUF_INIT;
  mx_strbuf_add(&out, s->buf.at, at);
  mx_strbuf_add(&out, bytes, len);
  mx_strbuf_add(&out, s->buf.at + at + old_len, s->buf.len - at - old_len);
  mx_strbuf_free(&s->buf);
  s->buf = out;
}

// Increment an ASCII letter or digit.
static SuccStep succ_ascii(Succ *s, size_t at) {
  char *c = &s->buf.at[at];
  s->carry_len = 1;
  switch (*c) {
  case 'z': s->carry[0] = *c = 'a'; return SUCC_CARRY;
  case 'Z': s->carry[0] = *c = 'A'; return SUCC_CARRY;
  case '9':
    *c = '0';
    s->carry[0] = '1';
    return SUCC_CARRY;
  default: (*c)++; return SUCC_DONE;
  }
}

// Is a code point beyond ASCII a letter or digit?
static bool succ_is_alnum(EncIndex enc, uint32_t code) {
  if (enc == ENC_BINARY || enc == ENC_US_ASCII) return false;
  OnigEncoding onig = mx_enc_info(enc)->onig;
  return onig->is_code_ctype(code, ONIGENC_CTYPE_ALNUM) != 0;
}

// Increment the letter or digit at an offset, if it is one.
static SuccStep succ_alnum(Succ *s, size_t at, size_t len) {
  char bytes[8];
  unsigned char c = (unsigned char)s->buf.at[at];
  if (len == 1 && c < 0x80) return isalnum(c) ? succ_ascii(s, at) : SUCC_NOT_ALNUM;
  uint32_t code = mx_enc_codepoint(s->enc, s->buf.at + at, s->buf.at + s->buf.len);
  if (!succ_is_alnum(s->enc, code) || !succ_is_alnum(s->enc, code + 1)) return SUCC_NOT_ALNUM;
  size_t put = mx_enc_put(s->enc, code + 1, bytes);
  if (put == 0) return SUCC_NOT_ALNUM;
  succ_put(s, at, len, bytes, put);
  return SUCC_DONE;
}

// Do a letter and a digit meet at an offset and the last alnum? Then a gap between them stops.
static bool succ_kinds_differ(const Succ *s, size_t at, size_t last) {
  unsigned char a = (unsigned char)s->buf.at[at], b = (unsigned char)s->buf.at[last];
  return isalpha(b) ? isdigit(a) != 0 : isdigit(b) && isalpha(a);
}

// Start of the character in front of an offset.
static size_t succ_previous(const Succ *s, size_t at) {
  const char *start = s->buf.at;
  return (size_t)(mx_enc_left(s->enc, start, start + at - 1, start + at) - start);
}

// Increment letters and digits from the right; true when there was any. *done: no carry is left.
static bool succ_walk_alnum(Succ *s, bool *done) {
  bool found = false, gap = false;
  size_t last = 0;
  *done = false;
  for (size_t at = s->buf.len; at > 0;) {
    size_t next = at;
    at = succ_previous(s, at);
    if (gap && found && succ_kinds_differ(s, at, last)) break;
    if (mx_enc_char_len(s->enc, s->buf.at + at, s->buf.at + next) == 0) continue;
    SuccStep step = succ_alnum(s, at, next - at);
    gap = step == SUCC_NOT_ALNUM;
    if (gap) continue;
    found = true;
    last = s->carry_at = at;
    if (step == SUCC_DONE) return *done = true;
  }
  return found;
}

// Increment a character that is no letter or digit; false when it wraps around.
static bool succ_any(Succ *s, size_t at, size_t len) {
  char bytes[8];
  uint32_t code = mx_enc_codepoint(s->enc, s->buf.at + at, s->buf.at + s->buf.len);
  uint32_t limit = mx_enc_is_unicode(s->enc) ? 0x10FFFF : s->enc == ENC_US_ASCII ? 0x7F : 0xFF;
  if (mx_enc_info(s->enc)->max_len > 1 && !mx_enc_is_unicode(s->enc)) limit = UINT32_MAX - 1;
  for (uint32_t tries = 0; code < limit && tries < 0x2000; tries++) {
    size_t put = mx_enc_put(s->enc, ++code, bytes);
    if (put == 0) continue;
    succ_put(s, at, len, bytes, put);
    return true;
  }
  memset(s->buf.at + at, 0, len);
  s->carry[0] = 1;
  s->carry_len = 1;
  s->carry_at = at;
  return false;
}

// Increment the rightmost characters of a string without letters and digits; false: carry left.
static bool succ_walk_any(Succ *s) {
  for (size_t at = s->buf.len; at > 0;) {
    size_t next = at;
    at = succ_previous(s, at);
    if (mx_enc_char_len(s->enc, s->buf.at + at, s->buf.at + next) == 0) {
      unsigned char *byte = (unsigned char *)&s->buf.at[at];
      s->carry[0] = 1;
      s->carry_len = 1;
      s->carry_at = at;
      if (++*byte != 0) return true;
    } else if (succ_any(s, at, next - at)) {
      return true;
    }
  }
  return false;
}

// The successor of a string.
Value mx_str_succ(ExecCtx *ec, Value str) {
  bool done;
  Succ s = {.enc = mx_str_enc(str)};
  if (mx_str_len(str) == 0) return mx_str_new(ec, "", 0, mx_str_enc(str));
  mx_strbuf_add(&s.buf, mx_str_bytes(str), mx_str_len(str));
  if (!succ_walk_alnum(&s, &done)) done = succ_walk_any(&s);
  if (!done) succ_put(&s, s.carry_at, 0, s.carry, s.carry_len);
  Value out = mx_str_new(ec, s.buf.at, s.buf.len, s.enc);
  mx_strbuf_free(&s.buf);
  return out;
}
