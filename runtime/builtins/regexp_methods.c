// SPDX-License-Identifier: MIT
// Leaves of Regexp.
#include "runtime/array.h"
#include "runtime/hash.h"
#include "runtime/builtins/rows.h"
#include "runtime/builtins/string_args.h"

// The Regexp that self is; TypeError while it has no source.
static RegexpObj *regexp_self(ExecCtx *ec, Value self) {
  RegexpObj *re = VAL_CAST(RegexpObj, self);
  if (!val_is_nil(re->source)) return re;
  mx_raise_type(ec, "uninitialized Regexp");
  return NULL;
}

// Letter that escapes a character in a pattern, 0 when it needs none.
static int regexp_escape_letter(char c) {
  switch (c) {
  case '\n': return 'n';
  case '\t': return 't';
  case '\r': return 'r';
  case '\f': return 'f';
  case '\v': return 'v';
  default: return c && strchr("[]{}()|-*.\\?+^$# ", c) ? c : 0;
  }
}

// Regexp.escape(string)
Value mx_regexp_s_escape(ExecCtx *ec, Value self, Value a) {
  StrBuf buf = STRBUF_INIT;
  if (val_is_symbol(a)) a = mx_sym_to_str(ec, val_to_sym(a));
  if (!string_arg(ec, &a)) return VAL_EXC;
  EncIndex enc = mx_str_is_ascii(a) ? ENC_US_ASCII : mx_str_enc(a);
  const char *p = mx_str_bytes(a), *end = p + mx_str_len(a);
  for (size_t len; p < end; p += len) {
    len = mx_enc_step(enc, p, end);
    int letter = len == 1 ? regexp_escape_letter(*p) : 0;
    if (letter) {
      mx_strbuf_add_byte(&buf, '\\');
      mx_strbuf_add_byte(&buf, letter);
    } else {
      mx_strbuf_add(&buf, p, len);
    }
  }
  Value text = mx_str_new(ec, buf.at, buf.len, enc);
  mx_strbuf_free(&buf);
  return text;
}

// Regexp.try_convert(v)
Value mx_regexp_s_try_convert(ExecCtx *ec, Value self, Value a) {
  return mx_check_convert(ec, a, ec->vm->cls.Regexp, mx_sym(ec->vm, "to_regexp"));
}

// Set up an allocated Regexp.
Value mx_regexp_p_init(ExecCtx *ec, Value self, Value a, Value b, Value c) {
  if (!mx_object_check_frozen(ec, a)) return VAL_EXC;
  if (!val_is_nil(VAL_CAST(RegexpObj, a)->source))
    return mx_raise_type(ec, "already initialized regexp");
  return mx_regexp_init(ec, a, b, (uint32_t)val_to_fixnum(c)) ? a : VAL_EXC;
}

// Is a value a Regexp?
Value mx_regexp_p_is(ExecCtx *ec, Value self, Value a) { return val_bool(val_is_regexp(a)); }

// regexp == other
Value mx_regexp_m_equal(ExecCtx *ec, Value self, Value a) {
  if (!val_is_regexp(a)) return VAL_FALSE;
  const RegexpObj *x = VAL_CAST(RegexpObj, self), *y = VAL_CAST(RegexpObj, a);
  if (self == a) return VAL_TRUE;
  if (val_is_nil(x->source) || val_is_nil(y->source)) return VAL_FALSE;
  bool options = ((x->options ^ y->options) & ~(uint32_t)REGEXP_NONE) == 0;
  return val_bool(options && mx_str_enc(x->source) == mx_str_enc(y->source) &&
                  mx_str_eq(x->source, y->source));
}

// regexp.hash
Value mx_regexp_m_hash(ExecCtx *ec, Value self) {
  const RegexpObj *re = regexp_self(ec, self);
  if (!re) return VAL_EXC;
  uint64_t hash =
      mx_hash_mix(mx_str_hash(ec->vm, re->source), re->options & ~(uint32_t)REGEXP_NONE);
  return val_from_fixnum((int64_t)hash >> 2);
}

// Subject of a match: a String, a Symbol's name; TypeError for others.
static bool regexp_subject(ExecCtx *ec, Value *v) {
  if (val_is_symbol(*v)) *v = mx_sym_to_str(ec, val_to_sym(*v));
  return string_arg(ec, v);
}

// regexp === v: false for what is no text
Value mx_regexp_m_case_equal(ExecCtx *ec, Value self, Value a) {
  Value str = a;
  if (val_is_symbol(a))
    str = mx_sym_to_str(ec, val_to_sym(a));
  else if (!val_is_string(a))
    str = mx_check_convert(ec, a, ec->vm->cls.String, SYM_to_str);
  if (val_is_exc(str)) return str;
  if (val_is_nil(str)) {
    string_set_match(ec, VAL_NIL);
    return VAL_FALSE;
  }
  Value match = string_search(ec, self, str, 0, false);
  return val_is_exc(match) ? match : val_bool(!val_is_nil(match));
}

// regexp =~ v
Value mx_regexp_m_match_op(ExecCtx *ec, Value self, Value a) {
  if (val_is_nil(a)) return string_set_match(ec, VAL_NIL), VAL_NIL;
  if (!regexp_subject(ec, &a)) return VAL_EXC;
  Value match = string_search(ec, self, a, 0, false);
  if (val_is_exc(match) || val_is_nil(match)) return match;
  return val_from_fixnum((int64_t)mx_str_byte_to_char(a, (size_t)string_match_span(match).start));
}

// Byte offset of a character position; false when outside.
static bool regexp_start(Value str, int64_t position, size_t *at) {
  size_t len;
  return mx_str_char_span(str, position, 0, at, &len);
}

// regexp.match?(v, position = 0)
Value mx_regexp_m_match_p(ExecCtx *ec, Value self, Value a, Value b) {
  int64_t position = 0;
  size_t at;
  if (val_is_nil(a)) return VAL_FALSE;
  if (!regexp_subject(ec, &a)) return VAL_EXC;
  if (!val_is_undef(b) && !mx_to_int64(ec, b, &position)) return VAL_EXC;
  if (!regexp_start(a, position, &at)) return VAL_FALSE;
  int found = mx_regexp_test(ec, self, a, (int64_t)at, REGEXP_FORWARD);
  return found < 0 ? VAL_EXC : val_bool(found);
}

// Match from a character position on; sets $~.
Value mx_regexp_p_match(ExecCtx *ec, Value self, Value a, Value b, Value c) {
  int64_t position;
  size_t at;
  if (!regexp_self(ec, a)) return VAL_EXC;
  if (val_is_nil(b)) return string_set_match(ec, VAL_NIL), VAL_NIL;
  if (!regexp_subject(ec, &b) || !mx_to_int64(ec, c, &position)) return VAL_EXC;
  if (!regexp_start(b, position, &at)) return string_set_match(ec, VAL_NIL), VAL_NIL;
  return string_search(ec, a, b, (int64_t)at, false);
}

// regexp.source
Value mx_regexp_m_source(ExecCtx *ec, Value self) {
  const RegexpObj *re = regexp_self(ec, self);
  return re ? mx_str_dup(ec, re->source) : VAL_EXC;
}

// regexp.options
Value mx_regexp_m_options(ExecCtx *ec, Value self) {
  const RegexpObj *re = regexp_self(ec, self);
  return re ? val_from_fixnum(re->options) : VAL_EXC;
}

// regexp.encoding
Value mx_regexp_m_encoding(ExecCtx *ec, Value self) {
  const RegexpObj *re = regexp_self(ec, self);
  return re ? mx_enc_object(ec, mx_str_enc(re->source)) : VAL_EXC;
}

// regexp.fixed_encoding?
Value mx_regexp_m_fixed_encoding(ExecCtx *ec, Value self) {
  const RegexpObj *re = regexp_self(ec, self);
  return re ? val_bool(re->options & REGEXP_FIXED) : VAL_EXC;
}

// regexp.casefold?
Value mx_regexp_m_casefold(ExecCtx *ec, Value self) {
  const RegexpObj *re = regexp_self(ec, self);
  return re ? val_bool(re->options & REGEXP_I) : VAL_EXC;
}

// regexp.names
Value mx_regexp_m_names(ExecCtx *ec, Value self) {
  const RegexpObj *re = regexp_self(ec, self);
  Value list = mx_array_new(ec, 0), key, value;
  if (!re) return VAL_EXC;
  if (val_is_nil(re->names)) return list;
  for (uint32_t at = 0; mx_hash_next(re->names, &at, &key, &value);)
    mx_array_push(ec, list, mx_str_dup(ec, key));
  return list;
}

// regexp.named_captures
Value mx_regexp_m_named_captures(ExecCtx *ec, Value self) {
  const RegexpObj *re = regexp_self(ec, self);
  Value copy = mx_hash_new(ec), key, value;
  if (!re) return VAL_EXC;
  if (val_is_nil(re->names)) return copy;
  for (uint32_t at = 0; mx_hash_next(re->names, &at, &key, &value);)
    if (!mx_hash_set(ec, copy, key, mx_array_dup(ec, value))) return VAL_EXC;
  return copy;
}

// regexp.inspect
Value mx_regexp_m_inspect(ExecCtx *ec, Value self) { return mx_regexp_inspect(ec, self); }

// regexp.to_s
Value mx_regexp_m_to_s(ExecCtx *ec, Value self) { return mx_regexp_to_s(ec, self); }
