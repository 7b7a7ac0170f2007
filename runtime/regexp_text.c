// SPDX-License-Identifier: MIT
// How regular expressions print: inspect as a literal, to_s as a group for interpolation.
//
// to_s keeps the options when the text is put into another pattern: /a/i gives (?i-mx:a). When the
// whole source already is such a group, its options are taken over instead of nesting another one;
// whether the parentheses at both ends are one pair is found out by compiling what is inside.
#include "runtime/regexp.h"

#include <ctype.h>

// Print one character of a source; a slash gets a backslash.
static size_t text_add_char(StrBuf *buf, EncIndex enc, const char *p, const char *end) {
  size_t len = mx_enc_char_len(enc, p, end);
  if (len == 0) {
    mx_strbuf_printf(buf, "\\x%02X", (unsigned char)*p);
    return 1;
  }
  uint32_t code = mx_enc_codepoint(enc, p, end);
  if (*p == '/' && len == 1)
    mx_strbuf_add_str(buf, "\\/");
  else if (mx_enc_is_print(enc, code) || (code < 0x80 && isspace((int)code)))
    mx_strbuf_add(buf, p, len);
  else
    mx_strbuf_printf(buf, code < 0x100 ? "\\x%02X" : "\\x{%X}", code);
  return len;
}

// Print a source so that it can stand between slashes.
static void text_add_source(StrBuf *buf, EncIndex enc, const char *p, const char *end) {
  while (p < end) {
    if (*p == '\\' && p + 1 < end) {
      size_t len = 1 + mx_enc_step(enc, p + 1, end);
      mx_strbuf_add(buf, p, len);
      p += len;
    } else {
      p += text_add_char(buf, enc, p, end);
    }
  }
}

// Add the letters of options that are on, in Ruby's order.
static void text_add_options(StrBuf *buf, uint32_t options) {
  if (options & REGEXP_M) mx_strbuf_add_byte(buf, 'm');
  if (options & REGEXP_I) mx_strbuf_add_byte(buf, 'i');
  if (options & REGEXP_X) mx_strbuf_add_byte(buf, 'x');
}

// Make a String of built text in an encoding.
static Value text_take(ExecCtx *ec, StrBuf *buf, EncIndex enc) {
  Value text = mx_str_new(ec, buf->at, buf->len, enc);
  mx_strbuf_free(buf);
  return text;
}

// Text of a source between slashes.
Value mx_regexp_show_source(ExecCtx *ec, Value source) {
  StrBuf buf = STRBUF_INIT;
  const char *p = mx_str_bytes(source);
  mx_strbuf_add_byte(&buf, '/');
  text_add_source(&buf, mx_str_enc(source), p, p + mx_str_len(source));
  mx_strbuf_add_byte(&buf, '/');
  return text_take(ec, &buf, mx_str_enc(source));
}

// Text of regexp.inspect.
Value mx_regexp_inspect(ExecCtx *ec, Value regexp) {
  const RegexpObj *re = VAL_CAST(RegexpObj, regexp);
  if (val_is_nil(re->source)) return mx_str_ascii(ec, "#<Regexp: uninitialized>");
  StrBuf buf = STRBUF_INIT;
  const char *p = mx_str_bytes(re->source);
  mx_strbuf_add_byte(&buf, '/');
  text_add_source(&buf, mx_str_enc(re->source), p, p + mx_str_len(re->source));
  mx_strbuf_add_byte(&buf, '/');
  text_add_options(&buf, re->options);
  if (re->options & REGEXP_NONE) mx_strbuf_add_byte(&buf, 'n');
  return text_take(ec, &buf, mx_str_enc(re->source));
}

// Read (?flags-flags: at the start of a source that ends with `)`; bytes taken, 0 when absent.
static size_t text_group_options(const char *p, const char *end, uint32_t *options) {
  const char *q = p + 2;
  bool on = true;
  uint32_t found = *options;
  if (end - p < 4 || p[0] != '(' || p[1] != '?' || end[-1] != ')') return 0;
  for (; q < end && *q != ':'; q++) {
    uint32_t bit = *q == 'm' ? REGEXP_M : *q == 'i' ? REGEXP_I : *q == 'x' ? REGEXP_X : 0;
    if (*q == '-' && on)
      on = false;
    else if (bit == 0)
      return 0;
    else
      found = on ? found | bit : found & ~bit;
  }
  if (q >= end - 1) return 0;
  *options = found;
  return (size_t)(q + 1 - p);
}

// Is the text a complete pattern by itself (so that the parentheses around it are one pair)?
static bool text_is_pattern(ExecCtx *ec, Value source, size_t start, size_t len, uint32_t options) {
  Value inner = mx_str_slice(ec, source, start, len);
  Value errinfo = ec->errinfo;
  if (!val_is_exc(mx_regexp_new(ec, inner, options & 7))) return true;
  (void)mx_exc_take(ec);
  ec->errinfo = errinfo;
  return false;
}

// Text of regexp.to_s: (?mix:source), for interpolation into another.
Value mx_regexp_to_s(ExecCtx *ec, Value regexp) {
  const RegexpObj *re = VAL_CAST(RegexpObj, regexp);
  if (val_is_nil(re->source)) return mx_raise_type(ec, "uninitialized Regexp");
  const char *p = mx_str_bytes(re->source), *end = p + mx_str_len(re->source);
  uint32_t options = re->options, inner = options;
  size_t head = text_group_options(p, end, &inner);
  if (head > 0 && text_is_pattern(ec, re->source, head, (size_t)(end - p) - head - 1, inner)) {
    options = inner;
    p += head;
    end--;
  }
  StrBuf buf = STRBUF_INIT;
  mx_strbuf_add_str(&buf, "(?");
  text_add_options(&buf, options);
  if ((options & 7) != 7) mx_strbuf_add_byte(&buf, '-');
  text_add_options(&buf, ~options);
  mx_strbuf_add_byte(&buf, ':');
  text_add_source(&buf, mx_str_enc(re->source), p, end);
  mx_strbuf_add_byte(&buf, ')');
  return text_take(ec, &buf, mx_str_enc(re->source));
}
