// SPDX-License-Identifier: MIT
// Leaves of Encoding.
#include "runtime/array.h"
#include "runtime/encoding_convert.h"
#include "runtime/hash.h"
#include "runtime/builtins/rows.h"
#include "runtime/builtins/string_args.h"

// Index of the Encoding that self is.
static EncIndex encoding_self(Value self) {
  EncIndex enc = ENC_BINARY;
  (void)mx_enc_from_object(self, &enc);
  return enc;
}

// Encoding.list
Value mx_encoding_s_list(ExecCtx *ec, Value self) { return mx_array_dup(ec, ec->vm->encodings); }

// Encoding.name_list
Value mx_encoding_s_name_list(ExecCtx *ec, Value self) {
  EncIndex enc;
  const char *alias;
  Value list = mx_array_new(ec, ENC_COUNT * 2);
  for (EncIndex e = 0; e < ENC_COUNT; e++)
    mx_array_push(ec, list, mx_str_ascii(ec, mx_enc_info(e)->name));
  for (size_t i = 0; (alias = mx_enc_alias(i, &enc)) != NULL; i++)
    mx_array_push(ec, list, mx_str_ascii(ec, alias));
  static const char *const settings[] = {"locale", "external", "filesystem", "internal"};
  for (size_t i = 0; i < MX_COUNT_OF(settings); i++)
    mx_array_push(ec, list, mx_str_ascii(ec, settings[i]));
  return list;
}

// Enter one alias.
static bool encoding_add_alias(ExecCtx *ec, Value hash, const char *alias, EncIndex enc) {
  return mx_hash_set(ec, hash, mx_str_ascii(ec, alias), mx_str_ascii(ec, mx_enc_info(enc)->name));
}

// Encoding.aliases
Value mx_encoding_s_aliases(ExecCtx *ec, Value self) {
  EncIndex enc, external = mx_enc_default_external(ec->vm);
  const char *alias;
  Value hash = mx_hash_new(ec);
  for (size_t i = 0; (alias = mx_enc_alias(i, &enc)) != NULL; i++)
    if (!encoding_add_alias(ec, hash, alias, enc)) return VAL_EXC;
  bool ok = encoding_add_alias(ec, hash, "locale", ENC_UTF_8) &&
            encoding_add_alias(ec, hash, "external", external) &&
            encoding_add_alias(ec, hash, "filesystem", external);
  return ok ? hash : VAL_EXC;
}

// Encoding.find(name)
Value mx_encoding_s_find(ExecCtx *ec, Value self, Value a) {
  EncIndex enc;
  if (val_is_string(a) && mx_str_len(a) == 8 && memcmp(mx_str_bytes(a), "internal", 8) == 0)
    return ec->vm->default_internal;
  return mx_enc_from_value(ec, a, &enc) ? mx_enc_object(ec, enc) : VAL_EXC;
}

// Encoding of a value that has one; ENC_NONE for others.
static EncIndex encoding_of_value(ExecCtx *ec, Value v) {
  EncIndex enc;
  if (val_is_string(v)) return mx_str_enc(v);
  if (val_is_symbol(v)) return (EncIndex)mx_sym_name(&ec->vm->symtab, val_to_sym(v)).enc;
  if (val_is_regexp(v)) return mx_str_enc(VAL_CAST(RegexpObj, v)->source);
  return mx_enc_from_object(v, &enc) ? enc : ENC_NONE;
}

// Stand-in String of a value, whose content decides compatibility.
static Value encoding_sample(ExecCtx *ec, Value v) {
  if (val_is_symbol(v)) return mx_sym_to_str(ec, val_to_sym(v));
  return val_is_regexp(v) ? VAL_CAST(RegexpObj, v)->source : v;
}

// Encoding.compatible?(a, b)
Value mx_encoding_s_compatible(ExecCtx *ec, Value self, Value a, Value b) {
  EncIndex x = encoding_of_value(ec, a), y = encoding_of_value(ec, b), both = ENC_NONE;
  if (x == ENC_NONE || y == ENC_NONE) return VAL_NIL;
  Value sa = encoding_sample(ec, a), sb = encoding_sample(ec, b);
  if (x == y)
    both = x;
  else if (val_is_string(sa) && val_is_string(sb))
    both = mx_str_compatible(sa, sb);
  else if (mx_enc_info(x)->ascii_compat && mx_enc_info(y)->ascii_compat) {
    if (val_is_string(sa))
      both = mx_str_is_ascii(sa) ? y : ENC_NONE;
    else if (val_is_string(sb))
      both = mx_str_is_ascii(sb) ? x : ENC_NONE;
    else if (y == ENC_US_ASCII)
      both = x;
    else if (x == ENC_US_ASCII)
      both = y;
  }
  return both == ENC_NONE ? VAL_NIL : mx_enc_object(ec, both);
}

// Encoding.default_external
Value mx_encoding_s_external(ExecCtx *ec, Value self) { return ec->vm->default_external; }

// Encoding.default_external = v
Value mx_encoding_s_set_external(ExecCtx *ec, Value self, Value a) {
  EncIndex enc;
  if (val_is_nil(a)) return mx_raise_arg(ec, "default external can not be nil");
  if (!mx_enc_from_value(ec, a, &enc)) return VAL_EXC;
  ec->vm->default_external = mx_enc_object(ec, enc);
  return a;
}

// Encoding.default_internal
Value mx_encoding_s_internal(ExecCtx *ec, Value self) { return ec->vm->default_internal; }

// Encoding.default_internal = v
Value mx_encoding_s_set_internal(ExecCtx *ec, Value self, Value a) {
  EncIndex enc;
  if (!val_is_nil(a) && !mx_enc_from_value(ec, a, &enc)) return VAL_EXC;
  ec->vm->default_internal = val_is_nil(a) ? VAL_NIL : mx_enc_object(ec, enc);
  return a;
}

// Encoding.locale_charmap
Value mx_encoding_s_locale_charmap(ExecCtx *ec, Value self) { return mx_str_ascii(ec, "UTF-8"); }

// encoding.name
Value mx_encoding_m_name(ExecCtx *ec, Value self) {
  return mx_str_freeze_dedup(ec, mx_str_ascii(ec, mx_enc_info(encoding_self(self))->name));
}

// encoding.names
Value mx_encoding_m_names(ExecCtx *ec, Value self) {
  EncIndex enc, own = encoding_self(self);
  const char *alias;
  Value list = MX_ARRAY_OF(ec, mx_str_ascii(ec, mx_enc_info(own)->name));
  for (size_t i = 0; (alias = mx_enc_alias(i, &enc)) != NULL; i++)
    if (enc == own) mx_array_push(ec, list, mx_str_ascii(ec, alias));
  if (own == ENC_UTF_8) mx_array_push(ec, list, mx_str_ascii(ec, "locale"));
  if (own == mx_enc_default_external(ec->vm)) {
    mx_array_push(ec, list, mx_str_ascii(ec, "external"));
    mx_array_push(ec, list, mx_str_ascii(ec, "filesystem"));
  }
  if (own == mx_enc_default_internal(ec->vm)) mx_array_push(ec, list, mx_str_ascii(ec, "internal"));
  return list;
}

// encoding.inspect
Value mx_encoding_m_inspect(ExecCtx *ec, Value self) {
  EncIndex enc = encoding_self(self);
  return mx_str_printf(ec, "#<Encoding:%s%s>", mx_enc_display_name(enc),
                       mx_enc_info(enc)->dummy ? " (dummy)" : "");
}

// encoding.dummy?
Value mx_encoding_m_dummy(ExecCtx *ec, Value self) {
  return val_bool(mx_enc_info(encoding_self(self))->dummy);
}

// encoding.ascii_compatible?
Value mx_encoding_m_ascii(ExecCtx *ec, Value self) {
  return val_bool(mx_enc_info(encoding_self(self))->ascii_compat);
}

// The Encoding of an Encoding or name.
Value mx_encoding_p_of(ExecCtx *ec, Value self, Value a) {
  EncIndex enc;
  return mx_enc_from_value(ec, a, &enc) ? mx_enc_object(ec, enc) : VAL_EXC;
}

// Is there a conversion between two Encodings?
Value mx_encoding_p_converts(ExecCtx *ec, Value self, Value a, Value b) {
  return val_bool(mx_enc_can_convert(encoding_self(a), encoding_self(b)));
}
