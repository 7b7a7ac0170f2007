// SPDX-License-Identifier: MIT
// undump: the string that dump printed.
#include "runtime/string.h"

#include <ctype.h>

// A dumped text being read.
typedef struct Undump {
  ExecCtx *ec;
  const char *p, *end; // rest between the quotes
  StrBuf out;          // bytes of the result
  EncIndex enc;        // of the result
  bool unicode;        // a \u was met
  bool bytes;          // a \x above 127 was met
} Undump;

// Raise RuntimeError and stop.
static bool undump_fail(Undump *u, const char *why) {
  mx_raise(u->ec, u->ec->vm->cls.RuntimeError, "%s", why);
  return false;
}

// Read up to max hexadecimal digits; returns how many.
static int undump_hex(Undump *u, int max, uint32_t *value) {
  int n = 0;
  for (*value = 0; n < max && u->p < u->end && isxdigit((unsigned char)*u->p); n++, u->p++) {
    int c = tolower((unsigned char)*u->p);
    *value = *value * 16 + (uint32_t)(isdigit(c) ? c - '0' : c - 'a' + 10);
  }
  return n;
}

// Add a code point read from \u.
static bool undump_add_code(Undump *u, uint32_t code) {
  if (code > 0x10FFFF) return undump_fail(u, "invalid Unicode codepoint (too large)");
  if (code >= 0xD800 && code <= 0xDFFF) return undump_fail(u, "invalid Unicode codepoint");
  mx_strbuf_add_utf8(&u->out, code);
  return true;
}

// Read \u{...} behind the brace.
static bool undump_list(Undump *u) {
  uint32_t code;
  for (;;) {
    while (u->p < u->end && *u->p == ' ') u->p++;
    if (u->p == u->end) return undump_fail(u, "unterminated Unicode escape");
    if (*u->p == '}') break;
    if (undump_hex(u, 6, &code) == 0) return undump_fail(u, "invalid Unicode escape");
    if (!undump_add_code(u, code)) return false;
  }
  u->p++;
  return true;
}

// Read \u behind the letter.
static bool undump_unicode(Undump *u) {
  uint32_t code;
  if (u->bytes) return undump_fail(u, "hex escape and Unicode escape are mixed");
  u->unicode = true;
  if (u->p == u->end) return undump_fail(u, "invalid Unicode escape");
  u->enc = ENC_UTF_8;
  if (*u->p == '{') {
    u->p++;
    return undump_list(u);
  }
  if (undump_hex(u, 4, &code) != 4) return undump_fail(u, "invalid Unicode escape");
  return undump_add_code(u, code);
}

// Read \x behind the letter.
static bool undump_byte(Undump *u) {
  uint32_t byte;
  if (u->unicode) return undump_fail(u, "hex escape and Unicode escape are mixed");
  u->bytes = true;
  if (undump_hex(u, 2, &byte) != 2) return undump_fail(u, "invalid hex escape");
  mx_strbuf_add_byte(&u->out, (int)byte);
  return true;
}

// Read an escape behind the backslash.
static bool undump_escape(Undump *u) {
  static const char letters[] = "nrtfvbae", bytes[] = "\n\r\t\f\v\b\a\033";
  if (u->p == u->end) return undump_fail(u, "invalid escape");
  char c = *u->p++;
  const char *known = strchr(letters, c);
  if (c == 'u') return undump_unicode(u);
  if (c == 'x') return undump_byte(u);
  if (known) {
    mx_strbuf_add_byte(&u->out, bytes[known - letters]);
    return true;
  }
  if (!strchr("\\\"#", c)) mx_strbuf_add_byte(&u->out, '\\');
  mx_strbuf_add_byte(&u->out, c);
  return true;
}

// Read what follows the closing quote: nothing, or the encoding.
static bool undump_suffix(Undump *u, const char *p, const char *end) {
  static const char head[] = ".force_encoding(\"", dup[] = ".dup";
  if (p == end) return true;
  if (end - p > 4 && memcmp(p, dup, 4) == 0) p += 4;
  size_t len = sizeof head - 1;
  if ((size_t)(end - p) < len || memcmp(p, head, len) != 0)
    return undump_fail(u, "invalid dumped string; not wrapped with '\"' nor "
                          "'\"...\".force_encoding(\"...\")' form");
  p += len;
  const char *quote = memchr(p, '"', (size_t)(end - p));
  if (!quote) return undump_fail(u, "unterminated dumped string");
  if (quote + 2 != end || quote[1] != ')')
    return undump_fail(u, "invalid dumped string; not wrapped with '\"' nor "
                          "'\"...\".force_encoding(\"...\")' form");
  u->enc = mx_enc_find(p, (size_t)(quote - p));
  if (u->enc == ENC_NONE) {
    mx_raise(u->ec, u->ec->vm->cls.RuntimeError, "dumped string has unknown encoding name: %.*s",
             (int)(quote - p), p);
    return false;
  }
  return true;
}

// Read up to the closing quote and what follows it.
static bool undump_body(Undump *u) {
  while (u->p < u->end) {
    char c = *u->p++;
    if (c == '"') return undump_suffix(u, u->p, u->end);
    if (c == '\\') {
      if (!undump_escape(u)) return false;
    } else if (c == 0) {
      return undump_fail(u, "string contains null byte");
    } else {
      mx_strbuf_add_byte(&u->out, c);
    }
  }
  return undump_fail(u, "unterminated dumped string");
}

// The string that dump printed; RuntimeError when the text is no dump.
Value mx_str_undump(ExecCtx *ec, Value str) {
  Undump u = {.ec = ec, .p = mx_str_bytes(str), .enc = mx_str_enc(str)};
  u.end = u.p + mx_str_len(str);
  if (!mx_enc_info(u.enc)->ascii_compat)
    return mx_raise(ec, ec->vm->cls.CompatibilityError, "ASCII incompatible encoding: %s",
                    mx_enc_info(u.enc)->name);
  if (!mx_str_is_ascii(str))
    return mx_raise(ec, ec->vm->cls.RuntimeError, "non-ASCII character detected at the end");
  if (u.p == u.end || *u.p != '"')
    return mx_raise(ec, ec->vm->cls.RuntimeError,
                    "invalid dumped string; not wrapped with '\"' nor "
                    "'\"...\".force_encoding(\"...\")' form");
  u.p++;
  Value out = undump_body(&u) ? mx_str_new(ec, u.out.at, u.out.len, u.enc) : VAL_EXC;
  mx_strbuf_free(&u.out);
  return out;
}
