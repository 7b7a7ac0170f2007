// SPDX-License-Identifier: MIT
// Conversion of strings between encodings, one character after the other through Unicode.
//
// Unicode's own forms are read and written directly, all others by iconv. Going by characters
// costs more than handing iconv the whole, but tells exactly which one is broken or has no
// counterpart. Pure ASCII between ASCII-compatible encodings is only relabelled.
//
// Messages are Ruby's, which converts in steps by way of UTF-8:
//   U+20AC from UTF-8 to ISO-8859-1
//   "\xA4" to UTF-8 in conversion from EUC-JP to UTF-8
//   "\xE3" followed by "a" on UTF-8,  incomplete "\xE3" on UTF-8
// BINARY has no characters above 127, so nothing there converts but by replacement.
// OWNERSHIP: a Convert owns its iconv handles and its buffer until convert_close().
#include "runtime/encoding_convert.h"

#include "runtime/hash.h"
#include "runtime/semantics.h"

#include <errno.h>
#include <iconv.h>
#include <stdio.h>

#define CONVERT_NO_ICONV ((iconv_t)(-1))

typedef struct Convert {
  ExecCtx *ec;
  const ConvertOptions *options;
  EncIndex from, to; // encodings
  iconv_t in;        // from -> UTF-32LE, CONVERT_NO_ICONV for Unicode
  iconv_t out;       // UTF-32LE -> to, likewise
  StrBuf buf;        // result
  bool after_cr;     // the last character read was \r
} Convert;

// Does the encoding need iconv to become Unicode?
static bool convert_needs_iconv(EncIndex enc) {
  return !mx_enc_is_unicode(enc) && enc != ENC_US_ASCII && enc != ENC_UTF_16 && enc != ENC_UTF_32;
}

// Is there a way from one encoding to the other?
bool mx_enc_can_convert(EncIndex from, EncIndex to) {
  return mx_enc_info(from)->iconv && mx_enc_info(to)->iconv;
}

// Open the converters; false when there is none.
static bool convert_open(Convert *c) {
  c->in = c->out = CONVERT_NO_ICONV;
  if (convert_needs_iconv(c->from)) {
    const char *name = mx_enc_info(c->from)->iconv;
    if (!name || (c->in = iconv_open("UTF-32LE", name)) == CONVERT_NO_ICONV) return false;
  }
  if (convert_needs_iconv(c->to)) {
    const char *name = mx_enc_info(c->to)->iconv;
    if (!name || (c->out = iconv_open(name, "UTF-32LE")) == CONVERT_NO_ICONV) return false;
  }
  return true;
}

// Close the converters and free the result.
static void convert_close(Convert *c) {
  if (c->in != CONVERT_NO_ICONV) iconv_close(c->in);
  if (c->out != CONVERT_NO_ICONV) iconv_close(c->out);
  mx_strbuf_free(&c->buf);
}

// Unicode code point of the character of len bytes at p; false when it has none.
static bool convert_read(Convert *c, const char *p, size_t len, uint32_t *code) {
  unsigned char raw[4];
  char *in = (char *)p, *out = (char *)raw;
  size_t in_left = len, out_left = sizeof raw;
  EncIndex from = c->from == ENC_UTF_16   ? ENC_UTF_16BE
                  : c->from == ENC_UTF_32 ? ENC_UTF_32BE
                                          : c->from;
  if (c->in == CONVERT_NO_ICONV) return *code = mx_enc_codepoint(from, p, p + len), true;
  iconv(c->in, NULL, NULL, NULL, NULL);
  if (iconv(c->in, &in, &in_left, &out, &out_left) == (size_t)-1 || out_left > 0) return false;
  *code = raw[0] | (uint32_t)raw[1] << 8 | (uint32_t)raw[2] << 16 | (uint32_t)raw[3] << 24;
  return true;
}

// Append a code point in the target encoding; false when it has no form there.
static bool convert_write(Convert *c, uint32_t code) {
  char bytes[32];
  char raw[4] = {(char)code, (char)(code >> 8), (char)(code >> 16), (char)(code >> 24)};
  char *in = raw, *out = bytes;
  size_t in_left = sizeof raw, out_left = sizeof bytes, len;
  if (c->out == CONVERT_NO_ICONV) {
    EncIndex to = c->to == ENC_UTF_16 ? ENC_UTF_16BE : c->to == ENC_UTF_32 ? ENC_UTF_32BE : c->to;
    len = mx_enc_put(to, code, bytes);
    if (len == 0) return false;
  } else {
    if (iconv(c->out, &in, &in_left, &out, &out_left) == (size_t)-1) return false;
    len = sizeof bytes - out_left;
  }
  mx_strbuf_add(&c->buf, bytes, len);
  return true;
}

// Append ASCII text in the target encoding.
static void convert_write_text(Convert *c, const char *text) {
  for (; *text; text++) (void)convert_write(c, (unsigned char)*text);
}

// ---- errors

// Note the facts of a failed conversion on its exception and raise it.
static bool convert_raise(Convert *c, ClassObj *klass, Value message, const char *bytes,
                          size_t len) {
  ExecCtx *ec = c->ec;
  Value error = mx_error_new_str(ec, klass, message);
  mx_ivar_set_hidden(ec, error, mx_sym(ec->vm, "@__source"), mx_enc_object(ec, c->from));
  mx_ivar_set_hidden(ec, error, mx_sym(ec->vm, "@__target"), mx_enc_object(ec, c->to));
  Value chars = mx_str_new(ec, bytes, len,
                           klass == ec->vm->cls.InvalidByteSequenceError ? ENC_BINARY : c->from);
  mx_ivar_set_hidden(ec, error, mx_sym(ec->vm, "@__chars"), chars);
  mx_raise_value(ec, error);
  return false;
}

// Raise UndefinedConversionError.
static bool convert_raise_undefined(Convert *c, const char *p, size_t len, uint32_t code) {
  StrBuf what = STRBUF_INIT;
  const char *from = mx_enc_info(c->from)->name, *to = mx_enc_info(c->to)->name;
  bool unicode = c->from == ENC_UTF_8;
  if (mx_enc_is_unicode(c->from)) {
    mx_strbuf_printf(&what, "U+%04X", code);
  } else {
    mx_strbuf_add_byte(&what, '"');
    for (size_t i = 0; i < len; i++) mx_strbuf_printf(&what, "\\x%02X", (unsigned char)p[i]);
    mx_strbuf_add_byte(&what, '"');
  }
  bool direct = unicode || c->to == ENC_UTF_8;
  if (direct && c->from != ENC_BINARY && !unicode)
    mx_strbuf_printf(&what, " to %s in conversion from %s to %s", to, from, to);
  else if (direct)
    mx_strbuf_printf(&what, " from %s to %s", from, to);
  else
    mx_strbuf_printf(&what, " to %s in conversion from %s to UTF-8 to %s", to, from, to);
  Value message = mx_str_from_buf(c->ec, &what);
  return convert_raise(c, c->ec->vm->cls.UndefinedConversionError, message, p, len);
}

// Append bytes as "\xHH\xHH" in quotes.
static void convert_quote_bytes(StrBuf *buf, const char *p, size_t len) {
  mx_strbuf_add_byte(buf, '"');
  for (size_t i = 0; i < len; i++) mx_strbuf_printf(buf, "\\x%02X", (unsigned char)p[i]);
  mx_strbuf_add_byte(buf, '"');
}

// Raise InvalidByteSequenceError.
static bool convert_raise_invalid(Convert *c, const char *p, size_t len, const char *end) {
  StrBuf what = STRBUF_INIT;
  bool incomplete = p + len == end && mx_enc_is_prefix(c->from, p, end);
  bool started = mx_enc_is_prefix(c->from, p, p + len);
  if (incomplete) mx_strbuf_add_str(&what, "incomplete ");
  convert_quote_bytes(&what, p, len);
  if (!incomplete && started && p + len < end) {
    mx_strbuf_add_str(&what, " followed by ");
    unsigned char next = (unsigned char)p[len];
    if (next >= 0x20 && next < 0x7F)
      mx_strbuf_printf(&what, "\"%c\"", next);
    else
      convert_quote_bytes(&what, p + len, 1);
  }
  mx_strbuf_printf(&what, " on %s", mx_enc_info(c->from)->name);
  Value message = mx_str_from_buf(c->ec, &what);
  return convert_raise(c, c->ec->vm->cls.InvalidByteSequenceError, message, p, len);
}

// ---- replacements

// Append a String of any encoding; false when it raised.
static bool convert_write_string(Convert *c, Value str) {
  ConvertOptions plain = {0, VAL_NIL, VAL_NIL};
  Value there = mx_str_convert(c->ec, str, mx_str_enc(str), c->to, &plain);
  if (val_is_exc(there)) return false;
  mx_strbuf_add(&c->buf, mx_str_bytes(there), mx_str_len(there));
  return true;
}

// Append the replacement: the given one, U+FFFD, or a question mark.
static bool convert_write_replacement(Convert *c) {
  if (!val_is_nil(c->options->replace)) return convert_write_string(c, c->options->replace);
  bool unicode = mx_enc_is_unicode(c->to) || c->to == ENC_UTF_16 || c->to == ENC_UTF_32;
  (void)convert_write(c, unicode ? 0xFFFD : '?');
  return true;
}

// Append what a fallback answered; an answer that the target lacks too is an ArgumentError.
static int convert_write_fallback(Convert *c, Value text) {
  ExecCtx *ec = c->ec;
  text = mx_to_str(ec, text);
  if (val_is_exc(text)) return -1;
  if (convert_write_string(c, text)) return 1;
  if (ec->unwind == UNWIND_RAISE && mx_is_a(ec->vm, ec->exc, ec->vm->cls.EncodingError)) {
    (void)mx_exc_take(ec);
    mx_raise_arg(ec, "too big fallback string");
  }
  return -1;
}

// Ask the fallback for a character; 1 written, 0 it has none, -1 raised.
static int convert_ask_fallback(Convert *c, const char *p, size_t len) {
  ExecCtx *ec = c->ec;
  Value key = mx_str_new(ec, p, len, c->from), fallback = c->options->fallback;
  bool callable = val_is_type(fallback, T_PROC) || val_is_type(fallback, T_METHOD);
  if (val_is_nil(fallback)) return 0;
  Value text = mx_send_if(ec, fallback, callable ? SYM_call : SYM_AREF, 1, &key);
  if (val_is_exc(text)) return -1;
  return val_is_nil(text) || val_is_undef(text) ? 0 : convert_write_fallback(c, text);
}

// Deal with a character that the target lacks; false when it raised.
static bool convert_undefined(Convert *c, const char *p, size_t len, uint32_t code) {
  uint32_t flags = c->options->flags;
  if (flags & CONVERT_UNDEF_REPLACE) return convert_write_replacement(c);
  int asked = convert_ask_fallback(c, p, len);
  if (asked != 0) return asked > 0;
  if (flags & (CONVERT_XML_TEXT | CONVERT_XML_ATTR)) {
    char text[16];
    snprintf(text, sizeof text, "&#x%X;", code);
    convert_write_text(c, text);
    return true;
  }
  return convert_raise_undefined(c, p, len, code);
}

// Entity that XML wants for a character, NULL for itself.
static const char *convert_entity(uint32_t flags, uint32_t code) {
  if (!(flags & (CONVERT_XML_TEXT | CONVERT_XML_ATTR))) return NULL;
  switch (code) {
  case '&': return "&amp;";
  case '<': return "&lt;";
  case '>': return "&gt;";
  case '"': return flags & CONVERT_XML_ATTR ? "&quot;" : NULL;
  default: return NULL;
  }
}

// Write a line end or part of one as the options say; false for other characters.
static bool convert_newline(Convert *c, uint32_t code) {
  uint32_t flags = c->options->flags;
  bool after_cr = c->after_cr;
  c->after_cr = code == '\r';
  if (code == '\r' && flags & CONVERT_UNIVERSAL) return (void)convert_write(c, '\n'), true;
  if (code != '\n') return false;
  if (flags & CONVERT_UNIVERSAL && after_cr) return true;
  if (flags & CONVERT_CRLF) return convert_write_text(c, "\r\n"), true;
  if (flags & CONVERT_CR) return (void)convert_write(c, '\r'), true;
  return false;
}

// Convert the character of len bytes at p; false when it raised.
static bool convert_char(Convert *c, const char *p, size_t len) {
  uint32_t code;
  if (!convert_read(c, p, len, &code)) return convert_undefined(c, p, len, 0);
  const char *entity = convert_entity(c->options->flags, code);
  if (entity) return convert_write_text(c, entity), true;
  if (convert_newline(c, code) || convert_write(c, code)) return true;
  return convert_undefined(c, p, len, code);
}

// Convert all characters; false when it raised.
static bool convert_run(Convert *c, const char *p, const char *end) {
  bool quotes = c->options->flags & CONVERT_XML_ATTR;
  EncIndex from = c->from == ENC_UTF_16   ? ENC_UTF_16BE
                  : c->from == ENC_UTF_32 ? ENC_UTF_32BE
                                          : c->from;
  if (quotes) convert_write_text(c, "\"");
  for (size_t len; p < end; p += len) {
    len = mx_enc_char_len(from, p, end);
    if (len > 0) {
      if (!convert_char(c, p, len)) return false;
      continue;
    }
    len = mx_enc_broken_len(from, p, end);
    if (!(c->options->flags & CONVERT_INVALID_REPLACE))
      return convert_raise_invalid(c, p, len, end);
    if (!convert_write_replacement(c)) return false;
  }
  if (quotes) convert_write_text(c, "\"");
  return true;
}

// Convert the character of len bytes at p: finished, undefined, or raised.
static ConvertStatus convert_step_char(Convert *c, const char *p, size_t len) {
  if (convert_char(c, p, len)) return CONVERT_FINISHED;
  ExecCtx *ec = c->ec;
  bool undefined =
      ec->unwind == UNWIND_RAISE && mx_is_a(ec->vm, ec->exc, ec->vm->cls.UndefinedConversionError);
  if (!undefined) return CONVERT_RAISED;
  (void)mx_exc_take(ec);
  return CONVERT_UNDEFINED;
}

// Describe the broken sequence at p, or replace it.
static ConvertStatus convert_step_broken(Convert *c, ConvertStep *step, const char *p,
                                         const char *end) {
  step->wrong = mx_enc_broken_len(c->from, p, end);
  if (p + step->wrong == end && mx_enc_is_prefix(c->from, p, end)) return CONVERT_INCOMPLETE;
  if (c->options->flags & CONVERT_INVALID_REPLACE)
    return convert_write_replacement(c) ? CONVERT_FINISHED : CONVERT_RAISED;
  size_t unit = mx_enc_info(c->from)->min_len, left = (size_t)(end - p) - step->wrong;
  if (mx_enc_is_prefix(c->from, p, p + step->wrong)) step->again = left < unit ? left : unit;
  return CONVERT_INVALID;
}

// Convert characters until something is wrong.
static void convert_step_run(Convert *c, ConvertStep *step, const char *start, const char *end) {
  for (const char *p = start; p < end && step->status == CONVERT_FINISHED;) {
    step->used = (size_t)(p - start);
    step->wrong = mx_enc_char_len(c->from, p, end);
    step->status = step->wrong > 0 ? convert_step_char(c, p, step->wrong)
                                   : convert_step_broken(c, step, p, end);
    p += step->wrong;
  }
  if (step->status == CONVERT_FINISHED) {
    step->used = (size_t)(end - start);
    step->wrong = 0;
  }
}

// Convert up to the end or to what is wrong, without raising.
ConvertStep mx_str_convert_step(ExecCtx *ec, Value str, EncIndex from, EncIndex to,
                                const ConvertOptions *options) {
  Convert c = {.ec = ec, .options = options, .from = from, .to = to};
  ConvertStep step = {.status = CONVERT_FINISHED, .out = VAL_NIL};
  const char *p = mx_str_bytes(str);
  if (convert_open(&c)) convert_step_run(&c, &step, p, p + mx_str_len(str));
  step.out = mx_str_new(ec, c.buf.at, c.buf.len, to);
  convert_close(&c);
  return step;
}

// Let a target with shift states return to its first one.
static void convert_finish(Convert *c) {
  char bytes[16], *out = bytes;
  size_t left = sizeof bytes;
  if (c->out == CONVERT_NO_ICONV) return;
  if (iconv(c->out, NULL, NULL, &out, &left) == (size_t)-1) return;
  mx_strbuf_add(&c->buf, bytes, sizeof bytes - left);
}

// Read a whole text of an encoding with shift states as UTF-8; nil when iconv cannot.
static Value convert_read_stateful(ExecCtx *ec, Value str, EncIndex from) {
  size_t room = mx_str_len(str) * 4 + 8, in_left = mx_str_len(str), out_left = room;
  iconv_t in = iconv_open("UTF-8", mx_enc_info(from)->iconv);
  if (in == CONVERT_NO_ICONV) return VAL_NIL;
  Value out = mx_str_new(ec, NULL, room, ENC_UTF_8);
  char *p = mx_str_bytes(str), *q = mx_str_bytes(out);
  size_t code = iconv(in, &p, &in_left, &q, &out_left);
  iconv_close(in);
  if (code == (size_t)-1) return VAL_NIL;
  mx_str_resize(ec, out, room - out_left);
  return out;
}

// Convert by characters.
static Value convert_by_chars(ExecCtx *ec, Value str, EncIndex from, EncIndex to,
                              const ConvertOptions *options) {
  Convert c = {.ec = ec, .options = options, .from = from, .to = to};
  Value result = VAL_EXC;
  if (!convert_open(&c)) {
    mx_raise(ec, ec->vm->cls.ConverterNotFoundError, "code converter not found (%s to %s)",
             mx_enc_info(from)->name, mx_enc_info(to)->name);
  } else {
    const char *p = mx_str_bytes(str);
    if (to == ENC_UTF_16 || to == ENC_UTF_32) (void)convert_write(&c, 0xFEFF);
    if (convert_run(&c, p, p + mx_str_len(str))) {
      convert_finish(&c);
      result = mx_str_new(ec, c.buf.at, c.buf.len, to);
    }
  }
  convert_close(&c);
  return result;
}

// BINARY has no characters above 127: they are undefined everywhere.
static Value convert_binary(ExecCtx *ec, Value str, EncIndex from, EncIndex to,
                            const ConvertOptions *options) {
  Convert c = {.ec = ec, .options = options, .from = from, .to = to};
  c.in = c.out = CONVERT_NO_ICONV;
  const char *p = mx_str_bytes(str), *end = p + mx_str_len(str);
  EncIndex other = from == ENC_BINARY ? to : from;
  bool ok = mx_enc_info(other)->ascii_compat && mx_enc_info(other)->iconv;
  if (!ok)
    mx_raise(ec, ec->vm->cls.ConverterNotFoundError, "code converter not found (%s to %s)",
             mx_enc_info(from)->name, mx_enc_info(to)->name);
  for (size_t len; ok && p < end; p += len) {
    len = mx_enc_step(from, p, end);
    uint32_t code = mx_enc_char_len(from, p, end) ? mx_enc_codepoint(from, p, end) : 0;
    if ((unsigned char)*p < 0x80)
      mx_strbuf_add(&c.buf, p, len);
    else
      ok = convert_undefined(&c, p, len, code);
  }
  Value result = ok ? mx_str_new(ec, c.buf.at, c.buf.len, to) : VAL_EXC;
  convert_close(&c);
  return result;
}

// Convert a string.
Value mx_str_convert(ExecCtx *ec, Value str, EncIndex from, EncIndex to,
                     const ConvertOptions *options) {
  const uint32_t changes =
      CONVERT_XML_TEXT | CONVERT_XML_ATTR | CONVERT_UNIVERSAL | CONVERT_CRLF | CONVERT_CR;
  bool both_ascii = mx_enc_info(from)->ascii_compat && mx_enc_info(to)->ascii_compat;
  bool plain = !(options->flags & changes);
  bool ascii = mx_str_scan(from, mx_str_bytes(str), mx_str_len(str)) == STR_ASCII;
  if (plain && (from == to || (both_ascii && ascii))) {
    if (from != to || !(options->flags & CONVERT_INVALID_REPLACE)) {
      Value copy = mx_str_dup(ec, str);
      mx_str_set_enc(copy, to);
      return copy;
    }
  }
  if ((from == ENC_BINARY || to == ENC_BINARY) && plain)
    return convert_binary(ec, str, from, to, options);
  if (mx_enc_info(from)->dummy && mx_enc_info(from)->min_len == 1 && mx_enc_info(from)->iconv) {
    Value utf8 = convert_read_stateful(ec, str, from);
    if (!val_is_nil(utf8)) return mx_str_convert(ec, utf8, ENC_UTF_8, to, options);
  }
  if (from == ENC_BINARY) from = ENC_US_ASCII;
  return convert_by_chars(ec, str, from, to, options);
}
