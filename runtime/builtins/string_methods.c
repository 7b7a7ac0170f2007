// SPDX-License-Identifier: MIT
// Leaves of String: operators, comparison, size, conversion to text and symbols.
#include "runtime/array.h"
#include "runtime/format.h"
#include "runtime/integer.h"
#include "runtime/builtins/rows.h"
#include "runtime/builtins/string_args.h"

#include <dlfcn.h>
#include <errno.h>

// String.try_convert(v)
Value mx_string_s_try_convert(ExecCtx *ec, Value self, Value a) {
  return mx_check_convert(ec, a, ec->vm->cls.String, SYM_to_str);
}

// str + other
Value mx_string_m_plus(ExecCtx *ec, Value self, Value a) {
  EncIndex enc;
  if (!string_arg(ec, &a) || !mx_str_check_compatible(ec, self, a, &enc)) return VAL_EXC;
  size_t left = mx_str_len(self), right = mx_str_len(a);
  if (left + right > STR_MAX_LEN) return mx_raise_arg(ec, "argument too big");
  Value sum = mx_str_new(ec, NULL, left + right, enc);
  memcpy(mx_str_bytes(sum), mx_str_bytes(self), left);
  memcpy(mx_str_bytes(sum) + left, mx_str_bytes(a), right);
  mx_str_set_content(sum, mx_str_joined_content(mx_str_content(self), mx_str_content(a)));
  return sum;
}

// str * count
Value mx_string_m_times(ExecCtx *ec, Value self, Value a) {
  int64_t count;
  size_t len = mx_str_len(self);
  if (!mx_to_int64(ec, a, &count)) return VAL_EXC;
  if (count < 0) return mx_raise_arg(ec, "negative argument");
  if (len > 0 && (uint64_t)count > STR_MAX_LEN / len) return mx_raise_arg(ec, "argument too big");
  Value out = mx_str_new(ec, NULL, len * (size_t)count, mx_str_enc(self));
  char *to = mx_str_bytes(out);
  if (len == 0) return out;
  if (len == 1)
    memset(to, mx_str_bytes(self)[0], (size_t)count);
  else
    for (int64_t i = 0; i < count; i++, to += len) memcpy(to, mx_str_bytes(self), len);
  return out;
}

// str % arguments
Value mx_string_m_format(ExecCtx *ec, Value self, Value a) {
  Value list = mx_check_convert(ec, a, ec->vm->cls.Array, SYM_to_ary);
  if (val_is_exc(list)) return list;
  if (val_is_nil(list)) return mx_format(ec, self, 1, &a);
  Value copy = mx_array_dup(ec, list);
  return mx_format(ec, self, (int)mx_array_len(copy), mx_array_values(ec, copy, 0));
}

// +str: itself, or a copy that can be changed
Value mx_string_m_uplus(ExecCtx *ec, Value self) {
  return mx_object_is_frozen(ec, self) ? mx_str_dup(ec, self) : self;
}

// -str: the frozen String that stands for its kind
Value mx_string_m_uminus(ExecCtx *ec, Value self) { return mx_str_freeze_dedup(ec, self); }

// Answer of another object's <=> the other way round.
static Value string_reverse_compare(ExecCtx *ec, Value self, Value other) {
  Value order = mx_send_if(ec, other, SYM_CMP, 1, &self);
  if (val_is_exc(order)) return order;
  if (val_is_undef(order) || val_is_nil(order)) return VAL_NIL;
  if (val_is_fixnum(order)) return val_from_fixnum(-val_to_fixnum(order));
  return mx_op_binary(ec, SYM_MINUS, val_from_fixnum(0), order);
}

// str <=> other
Value mx_string_m_compare(ExecCtx *ec, Value self, Value a) {
  Value text = mx_check_convert(ec, a, ec->vm->cls.String, SYM_to_str);
  if (val_is_exc(text)) return text;
  if (val_is_string(text)) return val_from_fixnum(mx_str_cmp(self, text));
  return string_reverse_compare(ec, self, a);
}

// str == other: what answers to to_str compares itself
Value mx_string_m_equal(ExecCtx *ec, Value self, Value a) {
  if (val_is_string(a)) return val_bool(mx_str_eq(self, a));
  if (!val_is_heap(a)) return VAL_FALSE;
  int responds = mx_respond_to(ec, a, SYM_to_str, false);
  if (responds <= 0) return responds < 0 ? VAL_EXC : VAL_FALSE;
  int equal = mx_equal(ec, a, self);
  return equal < 0 ? VAL_EXC : val_bool(equal);
}

// str.eql?(other)
Value mx_string_m_eql(ExecCtx *ec, Value self, Value a) {
  return val_bool(val_is_string(a) && mx_str_eq(self, a));
}

// str.hash
Value mx_string_m_hash(ExecCtx *ec, Value self) {
  return val_from_fixnum((int64_t)mx_str_hash(ec->vm, self) >> 2);
}

// Compare two bytes without regard to ASCII case.
static int string_compare_folded(Value a, Value b) {
  const unsigned char *p = (unsigned char *)mx_str_bytes(a), *q = (unsigned char *)mx_str_bytes(b);
  size_t la = mx_str_len(a), lb = mx_str_len(b), n = la < lb ? la : lb;
  for (size_t i = 0; i < n; i++) {
    int x = p[i] >= 'A' && p[i] <= 'Z' ? p[i] + 32 : p[i];
    int y = q[i] >= 'A' && q[i] <= 'Z' ? q[i] + 32 : q[i];
    if (x != y) return x < y ? -1 : 1;
  }
  return la == lb ? 0 : la < lb ? -1 : 1;
}

// Convert the argument of casecmp: nil when it is no text or encodings do not agree.
static bool string_case_other(ExecCtx *ec, Value self, Value *other) {
  *other = mx_check_convert(ec, *other, ec->vm->cls.String, SYM_to_str);
  if (val_is_exc(*other)) return false;
  if (val_is_nil(*other)) return true;
  if (mx_str_compatible(self, *other) == ENC_NONE) *other = VAL_NIL;
  return true;
}

// str.casecmp(other)
Value mx_string_m_casecmp(ExecCtx *ec, Value self, Value a) {
  if (!string_case_other(ec, self, &a)) return VAL_EXC;
  return val_is_nil(a) ? VAL_NIL : val_from_fixnum(string_compare_folded(self, a));
}

// str.casecmp?(other)
Value mx_string_m_casecmp_p(ExecCtx *ec, Value self, Value a) {
  if (!string_case_other(ec, self, &a)) return VAL_EXC;
  if (val_is_nil(a)) return VAL_NIL;
  Value x = mx_str_change_case(ec, self, CASE_OP_DOWN, CASE_FOLDING);
  Value y = val_is_exc(x) ? x : mx_str_change_case(ec, a, CASE_OP_DOWN, CASE_FOLDING);
  if (val_is_exc(y)) return y;
  return val_bool(mx_str_eq(val_is_undef(x) ? self : x, val_is_undef(y) ? a : y));
}

// str.length
Value mx_string_m_length(ExecCtx *ec, Value self) {
  return val_from_fixnum((int64_t)mx_str_char_count(self));
}

// str.bytesize
Value mx_string_m_bytesize(ExecCtx *ec, Value self) {
  return val_from_fixnum((int64_t)mx_str_len(self));
}

// str.empty?
Value mx_string_m_empty(ExecCtx *ec, Value self) { return val_bool(mx_str_len(self) == 0); }

// str.to_s: itself; a plain String for instances of subclasses
Value mx_string_m_to_s(ExecCtx *ec, Value self) {
  bool plain = mx_class_real(mx_class_of(ec->vm, self)) == ec->vm->cls.String;
  return plain ? self : mx_str_dup(ec, self);
}

// str.to_sym
Value mx_string_m_to_sym(ExecCtx *ec, Value self) {
  if (mx_str_content(self) == STR_BROKEN)
    return mx_raise(ec, ec->vm->cls.EncodingError, "invalid symbol in encoding %s :%s",
                    mx_enc_info(mx_str_enc(self))->name, mx_str_bytes(mx_str_inspect(ec, self)));
  return val_from_sym(mx_str_to_sym(ec, self));
}

// str.inspect
Value mx_string_m_inspect(ExecCtx *ec, Value self) { return mx_str_inspect(ec, self); }

// str.dump
Value mx_string_m_dump(ExecCtx *ec, Value self) { return mx_str_dump(ec, self); }

// str.undump
Value mx_string_m_undump(ExecCtx *ec, Value self) { return mx_str_undump(ec, self); }

// str.replace(other)
Value mx_string_m_replace(ExecCtx *ec, Value self, Value a) {
  if (!string_can_write(ec, self) || !string_arg(ec, &a)) return VAL_EXC;
  mx_str_become(ec, self, a);
  return self;
}

// str.clear
Value mx_string_m_clear(ExecCtx *ec, Value self) {
  if (!string_can_write(ec, self)) return VAL_EXC;
  mx_str_become(ec, self, mx_str_new(ec, "", 0, mx_str_enc(self)));
  return self;
}

// str.ord
Value mx_string_m_ord(ExecCtx *ec, Value self) {
  const char *p = mx_str_bytes(self), *end = p + mx_str_len(self);
  EncIndex enc = mx_str_enc(self);
  if (p == end) return mx_raise_arg(ec, "empty string");
  if (mx_enc_char_len(enc, p, end) == 0)
    return mx_raise_arg(ec, "invalid byte sequence in %s", mx_enc_info(enc)->name);
  return val_from_fixnum(mx_enc_codepoint(enc, p, end));
}

// str.chr
Value mx_string_m_chr(ExecCtx *ec, Value self) {
  return mx_str_slice(ec, self, 0, mx_str_len(self) ? mx_str_char_len(self, 0) : 0);
}

// str.freeze
Value mx_string_m_freeze(ExecCtx *ec, Value self) {
  mx_object_freeze(ec, self);
  return self;
}

// str.reverse
Value mx_string_m_reverse(ExecCtx *ec, Value self) {
  EncIndex enc = mx_str_enc(self);
  size_t len = mx_str_len(self);
  Value out = mx_str_new(ec, NULL, len, enc);
  const char *p = mx_str_bytes(self), *end = p + len;
  char *to = mx_str_bytes(out) + len;
  if (mx_str_is_single_byte(self))
    while (p < end) *--to = *p++;
  for (size_t step; p < end; p += step) {
    step = mx_enc_step(enc, p, end);
    to -= step;
    memcpy(to, p, step);
  }
  if (mx_str_content(self) != STR_BROKEN) mx_str_set_content(out, mx_str_content(self));
  return out;
}

// str.reverse!
Value mx_string_m_reverse_bang(ExecCtx *ec, Value self) {
  if (!string_can_write(ec, self)) return VAL_EXC;
  mx_str_become(ec, self, mx_string_m_reverse(ec, self));
  return self;
}

// str.succ
Value mx_string_m_succ(ExecCtx *ec, Value self) { return mx_str_succ(ec, self); }

// str.succ!
Value mx_string_m_succ_bang(ExecCtx *ec, Value self) {
  if (!string_can_write(ec, self)) return VAL_EXC;
  mx_str_become(ec, self, mx_str_succ(ec, self));
  return self;
}

// str.sum(bits = 16)
Value mx_string_m_sum(ExecCtx *ec, Value self, Value a) {
  int64_t bits = 16;
  uint64_t sum = 0;
  if (!val_is_undef(a) && !mx_to_int64(ec, a, &bits)) return VAL_EXC;
  const unsigned char *p = (unsigned char *)mx_str_bytes(self);
  for (size_t i = 0; i < mx_str_len(self); i++) sum += p[i];
  if (bits > 0 && bits < 64) sum &= ((uint64_t)1 << bits) - 1;
  return mx_int_from_u64(ec, sum);
}

typedef char *(*CryptFn)(const char *key, const char *salt);

// The C library's crypt. It is loaded when a program calls it first, since a library that nearly
// none does would cost every start.
static CryptFn string_load_crypt(void) {
  void *library = dlopen("libcrypt.so.1", RTLD_NOW);
  if (!library) library = dlopen("libcrypt.so.2", RTLD_NOW);
  return library ? (CryptFn)(uintptr_t)dlsym(library, "crypt") : NULL;
}

// str.crypt(salt)
Value mx_string_m_crypt(ExecCtx *ec, Value self, Value a) {
  if (!string_arg(ec, &a)) return VAL_EXC;
  if (mx_str_len(a) < 2) return mx_raise_arg(ec, "salt too short (need >=2 bytes)");
  const char *key = mx_str_cstr(ec, self), *salt = key ? mx_str_cstr(ec, a) : NULL;
  if (!salt) return VAL_EXC;
  CryptFn crypt_text = string_load_crypt();
  if (!crypt_text)
    return mx_raise(ec, ec->vm->cls.NotImplementedError,
                    "crypt() function is unimplemented on this machine");
  const char *hash = crypt_text(key, salt);
  if (!hash || *hash == '*') return mx_raise_errno(ec, EINVAL, "crypt");
  return mx_str_new(ec, hash, strlen(hash), ENC_BINARY);
}
