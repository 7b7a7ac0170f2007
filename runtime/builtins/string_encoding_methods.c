// SPDX-License-Identifier: MIT
// Leaves of String about encodings: asking, forcing, normalizing.
#include "runtime/unicode.h"
#include "runtime/builtins/rows.h"
#include "runtime/builtins/string_args.h"

#include <stdlib.h>

// str.encoding
Value mx_string_m_encoding(ExecCtx *ec, Value self) { return mx_enc_object(ec, mx_str_enc(self)); }

// str.force_encoding(encoding)
Value mx_string_m_force_encoding(ExecCtx *ec, Value self, Value a) {
  EncIndex enc;
  bool unset = val_is_string(a) && mx_str_len(a) == 8 && val_is_nil(ec->vm->default_internal) &&
               memcmp(mx_str_bytes(a), "internal", 8) == 0;
  if (!string_can_write(ec, self)) return VAL_EXC;
  if (unset)
    enc = ENC_BINARY;
  else if (!mx_enc_from_value(ec, a, &enc))
    return VAL_EXC;
  if (enc != mx_str_enc(self)) mx_str_set_enc(self, enc);
  return self;
}

// str.valid_encoding?
Value mx_string_m_valid_encoding(ExecCtx *ec, Value self) {
  return val_bool(mx_str_content(self) != STR_BROKEN);
}

// str.ascii_only?
Value mx_string_m_ascii_only(ExecCtx *ec, Value self) { return val_bool(mx_str_is_ascii(self)); }

// str.b
Value mx_string_m_b(ExecCtx *ec, Value self) {
  Value copy = mx_str_dup(ec, self);
  mx_str_set_enc(copy, ENC_BINARY);
  return copy;
}

// Read the form of normalization: nfc, nfd, nfkc, nfkd.
static bool encoding_normal_form(ExecCtx *ec, Value v, NormalForm *form) {
  static const char *const names[] = {"nfc", "nfd", "nfkc", "nfkd"};
  *form = NORMAL_NFC;
  if (val_is_undef(v)) return true;
  const char *name = val_is_symbol(v) ? mx_sym_text(&ec->vm->symtab, val_to_sym(v)) : "";
  for (size_t i = 0; i < MX_COUNT_OF(names); i++)
    if (strcmp(name, names[i]) == 0) return *form = (NormalForm)i, true;
  Value text = mx_to_s(ec, v);
  if (!val_is_exc(text)) mx_raise_arg(ec, "Invalid normalization form %s.", mx_str_bytes(text));
  return false;
}

// Code points of a string as a malloc'd array.
static uint32_t *encoding_codes(Value str, size_t *count) {
  EncIndex enc = mx_str_enc(str);
  const char *p = mx_str_bytes(str), *end = p + mx_str_len(str);
  uint32_t *codes = malloc((mx_str_len(str) + 1) * sizeof *codes);
  if (!codes) mx_check_out_of_memory(mx_str_len(str) * sizeof *codes);
  *count = 0;
  for (; p < end; p += mx_enc_step(enc, p, end)) codes[(*count)++] = mx_enc_codepoint(enc, p, end);
  return codes;
}

// The string of code points.
static Value encoding_from_codes(ExecCtx *ec, const uint32_t *codes, size_t count, EncIndex enc) {
  StrBuf buf = STRBUF_INIT;
  char bytes[8];
  for (size_t i = 0; i < count; i++) mx_strbuf_add(&buf, bytes, mx_enc_put(enc, codes[i], bytes));
  Value out = mx_str_new(ec, buf.at, buf.len, enc);
  mx_strbuf_free(&buf);
  return out;
}

// Normalize a string in one of Unicode's encodings.
static Value encoding_normalize(ExecCtx *ec, Value str, Value form_name) {
  NormalForm form;
  EncIndex enc = mx_str_enc(str);
  if (!mx_enc_is_unicode(enc) && enc != ENC_US_ASCII)
    return mx_raise(ec, ec->vm->cls.CompatibilityError,
                    "Unicode Normalization not appropriate for %s", mx_enc_info(enc)->name);
  if (!encoding_normal_form(ec, form_name, &form)) return VAL_EXC;
  if (enc == ENC_US_ASCII || (mx_str_is_ascii(str) && enc == ENC_UTF_8)) return mx_str_dup(ec, str);
  if (mx_str_content(str) == STR_BROKEN)
    return mx_raise_arg(ec, "invalid byte sequence in %s", mx_enc_info(enc)->name);
  size_t count;
  uint32_t *codes = encoding_codes(str, &count);
  uint32_t *normal = mx_unicode_normalize(codes, count, form, &count);
  Value out = encoding_from_codes(ec, normal, count, enc);
  free(codes);
  free(normal);
  return out;
}

// str.unicode_normalize(form = :nfc)
Value mx_string_m_normalize(ExecCtx *ec, Value self, Value a) {
  return encoding_normalize(ec, self, a);
}

// str.unicode_normalize!(form = :nfc)
Value mx_string_m_normalize_bang(ExecCtx *ec, Value self, Value a) {
  if (!string_can_write(ec, self)) return VAL_EXC;
  Value normal = encoding_normalize(ec, self, a);
  if (val_is_exc(normal)) return normal;
  mx_str_become(ec, self, normal);
  return self;
}

// str.unicode_normalized?(form = :nfc)
Value mx_string_m_normalized(ExecCtx *ec, Value self, Value a) {
  Value normal = encoding_normalize(ec, self, a);
  return val_is_exc(normal) ? normal : val_bool(mx_str_eq(self, normal));
}
