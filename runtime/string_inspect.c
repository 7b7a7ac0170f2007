// SPDX-License-Identifier: MIT
// How strings print: inspect, which is for people, and dump, which undump reads back.
#include "runtime/string.h"

// One character (or broken unit) of a string being printed.
typedef struct InspectChar {
  EncIndex enc;     // of the string
  EncIndex out_enc; // of the result
  const char *at;   // the character's bytes
  const char *next; // behind it
  const char *end;  // of the string
  uint32_t code;    // code point, when valid
} InspectChar;

// Escape letter of a control character, 0 when it has none.
static int inspect_escape_letter(uint32_t code) {
  switch (code) {
  case '\n': return 'n';
  case '\r': return 'r';
  case '\t': return 't';
  case '\f': return 'f';
  case '\v': return 'v';
  case '\b': return 'b';
  case '\a': return 'a';
  case 0x1B: return 'e';
  default: return 0;
  }
}

// Would `#` in front of the rest of the text begin an interpolation?
static bool inspect_opens_interpolation(EncIndex enc, const char *rest, const char *end) {
  if (mx_enc_char_len(enc, rest, end) == 0) return false;
  uint32_t next = mx_enc_codepoint(enc, rest, end);
  return next == '{' || next == '$' || next == '@';
}

// Must the character be printed with a backslash in front?
static bool inspect_needs_backslash(const InspectChar *c) {
  if (c->code == '"' || c->code == '\\') return true;
  return c->code == '#' && inspect_opens_interpolation(c->enc, c->next, c->end);
}

// Print broken bytes.
static void inspect_bytes(StrBuf *buf, const char *from, const char *to) {
  for (; from < to; from++) mx_strbuf_printf(buf, "\\x%02X", (unsigned char)*from);
}

// Print a code point that is not shown as it is.
static void inspect_code(StrBuf *buf, EncIndex enc, uint32_t code) {
  bool unicode = mx_enc_is_unicode(enc);
  if (!unicode && code < 0x100)
    mx_strbuf_printf(buf, "\\x%02X", code);
  else if (!unicode)
    mx_strbuf_printf(buf, "\\x{%X}", code);
  else
    mx_strbuf_printf(buf, code < 0x10000 ? "\\u%04X" : "\\u{%X}", code);
}

// Can the character stand in the result as it is?
static bool inspect_shows(const InspectChar *c) {
  if (c->code < 0x80) return c->code >= 0x20 && c->code < 0x7F;
  return c->enc == c->out_enc && c->code != 0x85 && mx_enc_is_print(c->enc, c->code);
}

// Print one valid character.
static void inspect_char(StrBuf *buf, const InspectChar *c) {
  int letter = inspect_escape_letter(c->code);
  if (letter) {
    mx_strbuf_add_byte(buf, '\\');
    mx_strbuf_add_byte(buf, letter);
  } else if (inspect_needs_backslash(c)) {
    mx_strbuf_add_byte(buf, '\\');
    mx_strbuf_add_byte(buf, (int)c->code);
  } else if (!inspect_shows(c)) {
    inspect_code(buf, c->enc, c->code);
  } else if (c->code < 0x80) {
    mx_strbuf_add_byte(buf, (int)c->code);
  } else {
    mx_strbuf_add(buf, c->at, (size_t)(c->next - c->at));
  }
}

// Encoding that inspect answers in.
static EncIndex inspect_result_enc(VM *vm) {
  EncIndex enc = mx_enc_default_internal(vm);
  if (enc == ENC_NONE) enc = mx_enc_default_external(vm);
  return mx_enc_info(enc)->ascii_compat ? enc : ENC_US_ASCII;
}

// Text of s.inspect.
Value mx_str_inspect(ExecCtx *ec, Value str) {
  StrBuf buf = STRBUF_INIT;
  InspectChar c = {.enc = mx_str_enc(str), .out_enc = inspect_result_enc(ec->vm)};
  c.next = mx_str_bytes(str);
  c.end = c.next + mx_str_len(str);
  mx_strbuf_add_byte(&buf, '"');
  while (c.next < c.end) {
    c.at = c.next;
    c.next += mx_enc_step(c.enc, c.at, c.end);
    if (mx_enc_char_len(c.enc, c.at, c.end) == 0) {
      inspect_bytes(&buf, c.at, c.next);
    } else {
      c.code = mx_enc_codepoint(c.enc, c.at, c.end);
      inspect_char(&buf, &c);
    }
  }
  mx_strbuf_add_byte(&buf, '"');
  Value text = mx_str_new(ec, buf.at, buf.len, c.out_enc);
  mx_strbuf_free(&buf);
  return text;
}

// Dump one byte or UTF-8 character at p; returns the bytes taken.
static size_t dump_char(StrBuf *buf, EncIndex enc, const char *p, const char *end) {
  unsigned char byte = (unsigned char)*p;
  int letter = inspect_escape_letter(byte);
  bool hash = byte == '#' && p + 1 < end && (p[1] == '{' || p[1] == '$' || p[1] == '@');
  if (letter || byte == '"' || byte == '\\' || hash) {
    mx_strbuf_add_byte(buf, '\\');
    mx_strbuf_add_byte(buf, letter ? letter : byte);
    return 1;
  }
  size_t len = byte < 0x80 || enc != ENC_UTF_8 ? 1 : mx_enc_char_len(enc, p, end);
  if (len > 1) {
    uint32_t code = mx_enc_codepoint(enc, p, end);
    mx_strbuf_printf(buf, code < 0x10000 ? "\\u%04X" : "\\u{%X}", code);
    return len;
  }
  mx_strbuf_printf(buf, byte >= 0x20 && byte < 0x7F ? "%c" : "\\x%02X", byte);
  return 1;
}

// Text of s.dump: ASCII only; encodings without ASCII say how to get back.
Value mx_str_dump(ExecCtx *ec, Value str) {
  StrBuf buf = STRBUF_INIT;
  EncIndex enc = mx_str_enc(str);
  const char *p = mx_str_bytes(str), *end = p + mx_str_len(str);
  mx_strbuf_add_byte(&buf, '"');
  while (p < end) p += dump_char(&buf, enc, p, end);
  mx_strbuf_add_byte(&buf, '"');
  bool compat = mx_enc_info(enc)->ascii_compat;
  if (!compat) mx_strbuf_printf(&buf, ".dup.force_encoding(\"%s\")", mx_enc_info(enc)->name);
  Value text = mx_str_new(ec, buf.at, buf.len, compat ? enc : ENC_US_ASCII);
  mx_strbuf_free(&buf);
  return text;
}
