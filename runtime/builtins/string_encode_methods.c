// SPDX-License-Identifier: MIT
// Leaves of String that convert: encode, scrub, and the steps of Encoding::Converter.
//
// Options are the keywords of encode as a Hash: invalid: and undef: (:replace), replace:,
// fallback:, xml: (:text, :attr), and what becomes of line ends (newline:, crlf_newline:,
// cr_newline:, universal_newline:). Unknown keys are ignored, as in Ruby.
#include "runtime/array.h"
#include "runtime/encoding_convert.h"
#include "runtime/hash.h"
#include "runtime/builtins/rows.h"
#include "runtime/builtins/string_args.h"

// Option of encode by name; nil when absent.
static Value encode_option(ExecCtx *ec, Value options, const char *name) {
  Value v = mx_hash_get_sym(options, mx_sym(ec->vm, name));
  return val_is_undef(v) ? VAL_NIL : v;
}

// Is an option the Symbol of a name?
static bool encode_option_is(ExecCtx *ec, Value options, const char *name, const char *symbol) {
  return encode_option(ec, options, name) == val_from_sym(mx_sym(ec->vm, symbol));
}

// Read an option that is nil or :replace.
static bool encode_replaces(ExecCtx *ec, Value options, const char *name, uint32_t flag,
                            ConvertOptions *out) {
  if (encode_option_is(ec, options, name, "replace"))
    out->flags |= flag;
  else if (!val_is_nil(encode_option(ec, options, name)))
    return mx_raise_arg(ec, "unknown value for %s character option",
                        flag == CONVERT_UNDEF_REPLACE ? "undefined" : "invalid"),
           false;
  return true;
}

// Read the options that rewrite line ends.
static void encode_newlines(ExecCtx *ec, Value options, ConvertOptions *out) {
  if (val_truthy(encode_option(ec, options, "universal_newline"))) out->flags |= CONVERT_UNIVERSAL;
  if (val_truthy(encode_option(ec, options, "crlf_newline"))) out->flags |= CONVERT_CRLF;
  if (val_truthy(encode_option(ec, options, "cr_newline"))) out->flags |= CONVERT_CR;
  if (encode_option_is(ec, options, "newline", "universal")) out->flags |= CONVERT_UNIVERSAL;
  if (encode_option_is(ec, options, "newline", "crlf")) out->flags |= CONVERT_CRLF;
  if (encode_option_is(ec, options, "newline", "cr")) out->flags |= CONVERT_CR;
}

// Read the options of encode; false when it raised.
static bool encode_options(ExecCtx *ec, Value options, ConvertOptions *out) {
  *out = (ConvertOptions){0, VAL_NIL, VAL_NIL};
  if (val_is_nil(options)) return true;
  if (!encode_replaces(ec, options, "invalid", CONVERT_INVALID_REPLACE, out)) return false;
  if (!encode_replaces(ec, options, "undef", CONVERT_UNDEF_REPLACE, out)) return false;
  encode_newlines(ec, options, out);
  Value xml = encode_option(ec, options, "xml");
  if (encode_option_is(ec, options, "xml", "text"))
    out->flags |= CONVERT_XML_TEXT;
  else if (encode_option_is(ec, options, "xml", "attr"))
    out->flags |= CONVERT_XML_ATTR;
  else if (!val_is_nil(xml))
    return mx_raise_arg(ec, "unexpected value for xml option: %V", xml), false;
  out->fallback = encode_option(ec, options, "fallback");
  out->replace = encode_option(ec, options, "replace");
  return val_is_nil(out->replace) || string_arg(ec, &out->replace);
}

// Encoding of an argument; a name that is unknown has no converter.
static bool encode_encoding(ExecCtx *ec, Value v, Value other, EncIndex *out) {
  Value name = val_is_string(v) ? v : VAL_NIL;
  if (!val_is_nil(name)) *out = mx_enc_find(mx_str_bytes(name), mx_str_len(name));
  if (val_is_nil(name) || *out == ENC_NONE) {
    if (mx_enc_from_value(ec, v, out)) return true;
    if (val_is_nil(name)) return false;
    (void)mx_exc_take(ec);
    Value to = mx_to_s(ec, other);
    if (!val_is_exc(to))
      mx_raise(ec, ec->vm->cls.ConverterNotFoundError, "code converter not found (%s to %s)",
               mx_str_bytes(to), mx_str_bytes(name));
    return false;
  }
  return true;
}

// Convert: (str, to, from, options Hash or nil).
Value mx_string_p_encode(ExecCtx *ec, Value self, Value a, Value b, Value c, Value d) {
  EncIndex to, from = mx_str_enc(a);
  ConvertOptions options;
  if (!val_is_nil(c) && !encode_encoding(ec, c, mx_enc_object(ec, from), &from)) return VAL_EXC;
  if (!encode_encoding(ec, b, mx_enc_object(ec, from), &to)) return VAL_EXC;
  if (!encode_options(ec, d, &options)) return VAL_EXC;
  return mx_str_convert(ec, a, from, to, &options);
}

// Convert a piece of text up to what is wrong with it.
Value mx_string_p_convert_step(ExecCtx *ec, Value self, Value a, Value b, Value c, Value d) {
  static const char *const names[] = {"finished", "incomplete_input", "invalid_byte_sequence",
                                      "undefined_conversion"};
  EncIndex from, to;
  ConvertOptions options;
  if (!mx_enc_from_value(ec, b, &from) || !mx_enc_from_value(ec, c, &to)) return VAL_EXC;
  if (!encode_options(ec, d, &options)) return VAL_EXC;
  ConvertStep step = mx_str_convert_step(ec, a, from, to, &options);
  if (step.status == CONVERT_RAISED) return VAL_EXC;
  Value status = val_from_sym(mx_sym(ec->vm, names[step.status]));
  Value wrong = mx_str_slice(ec, a, step.used, step.wrong);
  Value again = mx_str_slice(ec, a, step.used + step.wrong, step.again);
  return MX_ARRAY_OF(ec, status, val_from_fixnum((int64_t)step.used), step.out, wrong, again);
}

// First broken sequence from a byte offset on: [offset, bytes], or nil.
Value mx_string_p_broken(ExecCtx *ec, Value self, Value a, Value b) {
  EncIndex enc = mx_str_enc(a);
  const char *start = mx_str_bytes(a), *end = start + mx_str_len(a);
  const char *p = start + val_to_fixnum(b);
  for (size_t len; p < end; p += len) {
    len = mx_enc_char_len(enc, p, end);
    if (len > 0) continue;
    Value at = val_from_fixnum(p - start);
    Value bytes = val_from_fixnum((int64_t)mx_enc_broken_len(enc, p, end));
    return MX_ARRAY_OF(ec, at, bytes);
  }
  return VAL_NIL;
}
