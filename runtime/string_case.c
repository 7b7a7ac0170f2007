// SPDX-License-Identifier: MIT
// upcase, downcase, swapcase, capitalize: full Unicode mappings, ASCII ones elsewhere.
//
// A mapping may change the number of characters (sharp s becomes SS), so the result is built anew.
// Mappings do not look at neighbours: a final sigma stays as any other, as in Ruby. ASCII strings,
// nearly all of them, take a loop over bytes.
#include "runtime/string_edit.h"

#include "runtime/unicode.h"

#include <ctype.h>

enum { CASE_ROOM = CASE_MAX * 4 }; // bytes that the mapping of a character takes at most

// Case of one ASCII byte.
static char case_ascii(char c, CaseOp op, bool first) {
  bool upper = c >= 'A' && c <= 'Z', lower = c >= 'a' && c <= 'z';
  bool up = op == CASE_OP_UP || op == CASE_OP_SWAP || (op == CASE_OP_CAPITALIZE && first);
  bool down = op == CASE_OP_DOWN || op == CASE_OP_SWAP || (op == CASE_OP_CAPITALIZE && !first);
  if (lower && up) return (char)(c - 32);
  return upper && down ? (char)(c + 32) : c;
}

// Change the letters from `from` on in a string of ASCII alone: those of one case.
static Value case_change_plain(ExecCtx *ec, Value str, char from) {
  size_t len = mx_str_len(str), at = 0;
  const char *bytes = mx_str_bytes(str);
  while (at < len && (unsigned char)(bytes[at] - from) >= 26) at++;
  if (at == len) return VAL_UNDEF;
  Value out = mx_str_new(ec, bytes, len, mx_str_enc(str));
  char *to = mx_str_bytes(out);
  for (; at < len; at++) to[at] = (char)(to[at] ^ ((unsigned char)(to[at] - from) < 26 ? 0x20 : 0));
  mx_str_set_content(out, STR_ASCII);
  return out;
}

// Change ASCII letters only; other characters are stepped over.
static Value case_change_ascii(ExecCtx *ec, Value str, CaseOp op) {
  if ((op == CASE_OP_UP || op == CASE_OP_DOWN) && mx_str_is_ascii(str))
    return case_change_plain(ec, str, op == CASE_OP_UP ? 'a' : 'A');
  Value out = mx_str_new(ec, mx_str_bytes(str), mx_str_len(str), mx_str_enc(str));
  EncIndex enc = mx_str_enc(str);
  bool single = mx_str_is_single_byte(str) || enc == ENC_UTF_8;
  char *bytes = mx_str_bytes(out), *end = bytes + mx_str_len(out);
  bool changed = false;
  for (char *p = bytes; p < end; p += single ? 1 : mx_enc_step(enc, p, end)) {
    char to = case_ascii(*p, op, p == bytes);
    changed |= to != *p;
    *p = to;
  }
  if (!changed) return VAL_UNDEF;
  mx_str_set_content(out, mx_str_content(str));
  return out;
}

// Mapping that an operation asks of a character.
static CaseForm case_form(uint32_t code, CaseOp op, uint32_t flags, bool first) {
  uint32_t lower[CASE_MAX];
  switch (op) {
  case CASE_OP_UP: return CASE_UPPER;
  case CASE_OP_DOWN: return flags & CASE_FOLDING ? CASE_FOLD : CASE_LOWER;
  case CASE_OP_CAPITALIZE: return first ? CASE_TITLE : CASE_LOWER;
  case CASE_OP_SWAP: break;
  }
  bool is_upper = mx_unicode_case(code, CASE_LOWER, lower) > 1 || lower[0] != code;
  return is_upper ? CASE_LOWER : CASE_UPPER;
}

// Map a character the Turkish way; 0 when it has no such mapping.
static uint32_t case_turkic(uint32_t code, CaseForm form) {
  bool up = form == CASE_UPPER || form == CASE_TITLE;
  if (code == 'i' && up) return 0x130;
  if (code == 'I' && !up) return 0x131;
  return code == 0x130 && !up ? 'i' : 0;
}

// Append the mapping of one character, for which there is room.
static void case_add(StrBuf *buf, EncIndex enc, uint32_t code, CaseForm form, uint32_t flags) {
  uint32_t mapped[CASE_MAX];
  size_t count = 1;
  mapped[0] = flags & CASE_TURKIC ? case_turkic(code, form) : 0;
  if (mapped[0] == 0) count = mx_unicode_case(code, form, mapped);
  for (size_t i = 0; i < count; i++) buf->len += mx_enc_put(enc, mapped[i], buf->at + buf->len);
}

// Change the case of a string in one of Unicode's encodings.
static Value case_change_unicode(ExecCtx *ec, Value str, CaseOp op, uint32_t flags) {
  EncIndex enc = mx_str_enc(str);
  StrBuf buf = STRBUF_INIT;
  const char *start = mx_str_bytes(str), *end = start + mx_str_len(str);
  bool ascii = mx_enc_info(enc)->ascii_compat && !(flags & CASE_TURKIC);
  for (const char *p = start; p < end;) {
    if (buf.room - buf.len <= CASE_ROOM) mx_strbuf_reserve(&buf, (size_t)(end - p) + CASE_ROOM);
    if (ascii && (unsigned char)*p < 0x80) {
      buf.at[buf.len++] = case_ascii(*p, op, p == start);
      p++;
      continue;
    }
    size_t len = mx_enc_char_len(enc, p, end);
    if (len == 0) {
      mx_strbuf_free(&buf);
      return mx_raise_arg(ec, "input string invalid");
    }
    uint32_t code = mx_enc_codepoint(enc, p, end);
    case_add(&buf, enc, code, case_form(code, op, flags, p == start), flags);
    p += len;
  }
  bool same = buf.len == mx_str_len(str) && (buf.len == 0 || memcmp(buf.at, start, buf.len) == 0);
  Value out = same ? VAL_UNDEF : mx_str_new(ec, buf.at, buf.len, enc);
  mx_strbuf_free(&buf);
  return out;
}

// Change the case of a string; VAL_UNDEF when nothing changes.
Value mx_str_change_case(ExecCtx *ec, Value str, CaseOp op, uint32_t flags) {
  bool plain = mx_str_is_ascii(str) && !(flags & CASE_TURKIC);
  if (plain || (flags & CASE_ASCII_ONLY) || !mx_enc_is_unicode(mx_str_enc(str)))
    return case_change_ascii(ec, str, op);
  return case_change_unicode(ec, str, op, flags);
}
