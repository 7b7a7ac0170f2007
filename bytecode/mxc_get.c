// SPDX-License-Identifier: MIT
// Reading the parts that compiled files are made of: numbers, names, constants.
//
// A reader never goes past its end and allocates no more than what its bytes can fill.
#include "runtime/array.h"
#include "runtime/float.h"
#include "runtime/integer.h"
#include "runtime/range.h"
#include "runtime/rational.h"
#include "runtime/string.h"
#include "bytecode/mxc_format.h"

uint32_t mx_mxc_bad(MxcReader *r, const char *why) {
  if (!r->why) r->why = why;
  r->at = r->end;
  return 0;
}

// ---- numbers and bytes

// Bytes that are left.
static size_t get_left(const MxcReader *r) { return (size_t)(r->end - r->at); }

const uint8_t *mx_mxc_get_bytes(MxcReader *r, uint32_t len) {
  if (get_left(r) < len) {
    mx_mxc_bad(r, "it ends too early");
    return NULL;
  }
  const uint8_t *at = r->at;
  r->at += len;
  return at;
}

uint32_t mx_mxc_get_byte(MxcReader *r) {
  return r->at < r->end ? *r->at++ : mx_mxc_bad(r, "it ends too early");
}

uint64_t mx_mxc_get(MxcReader *r) {
  uint64_t n = 0;
  for (int shift = 0; shift < 64; shift += 7) {
    uint64_t byte = mx_mxc_get_byte(r);
    n |= (byte & 0x7f) << shift;
    if (byte < 0x80) return r->why ? 0 : n;
  }
  return mx_mxc_bad(r, "a number is too long");
}

uint32_t mx_mxc_get32(MxcReader *r) {
  uint64_t n = mx_mxc_get(r);
  return n <= UINT32_MAX ? (uint32_t)n : mx_mxc_bad(r, "a number is too large");
}

int64_t mx_mxc_get_signed(MxcReader *r) {
  uint64_t n = mx_mxc_get(r);
  return (int64_t)(n >> 1) ^ -(int64_t)(n & 1);
}

uint32_t mx_mxc_get_count(MxcReader *r, uint32_t bytes_each) {
  uint32_t count = mx_mxc_get32(r);
  if (count > get_left(r) / bytes_each) return mx_mxc_bad(r, "it ends too early");
  return count;
}

const char *mx_mxc_get_text(MxcReader *r) {
  uint32_t len = mx_mxc_get_count(r, 1);
  const uint8_t *bytes = mx_mxc_get_bytes(r, len);
  if (!bytes) return "";
  char *text = mx_gc_alloc_atomic(len + 1u);
  memcpy(text, bytes, len);
  text[len] = 0;
  return text;
}

const uint8_t *mx_mxc_get_part(MxcReader *r, uint32_t *len) {
  const uint8_t *at = mx_mxc_get_bytes(r, 4);
  *len = at ? mxc_get_fixed(at) : 0;
  return mx_mxc_get_bytes(r, *len);
}

// ---- names

// Encoding of a text.
static EncIndex get_encoding(MxcReader *r) {
  uint32_t enc = mx_mxc_get_byte(r);
  return enc < ENC_COUNT ? (EncIndex)enc : mx_mxc_bad(r, "an encoding is unknown");
}

// Intern the name with an index.
static Sym get_intern(MxcReader *r, uint32_t index) {
  const MxcFile *file = r->file;
  const uint8_t *bytes = file->names + 4 * (size_t)file->name_count;
  uint32_t room = file->names_len - 4 * file->name_count;
  uint32_t start = index ? mxc_get_fixed(file->names + 4 * (size_t)(index - 1)) : 0;
  uint32_t end = mxc_get_fixed(file->names + 4 * (size_t)index);
  if (start >= end || end > room) return mx_mxc_bad(r, "the names are out of order");
  MxcReader name = {.at = bytes + start, .end = bytes + end};
  EncIndex enc = get_encoding(&name);
  if (name.why) return mx_mxc_bad(r, name.why);
  const char *text = (const char *)name.at;
  if (mx_str_scan(enc, text, get_left(&name)) == STR_BROKEN)
    return mx_mxc_bad(r, "a name has characters that its encoding has not");
  return mx_sym_intern(&r->ec->vm->symtab, text, get_left(&name), enc);
}

Sym mx_mxc_get_name(MxcReader *r) {
  uint32_t number = mx_mxc_get32(r);
  if (number == 0) return SYM_NONE;
  if (number > r->file->name_count) return mx_mxc_bad(r, "a name is missing");
  Sym *known = &r->file->syms[number - 1];
  if (*known == SYM_NONE) *known = get_intern(r, number - 1);
  return *known;
}

// ---- constants

// Stands for what cannot be read.
static Value get_nothing(MxcReader *r, const char *why) {
  mx_mxc_bad(r, why);
  return VAL_NIL;
}

// A small Integer.
static Value get_fixnum(MxcReader *r) {
  int64_t n = mx_mxc_get_signed(r);
  return fixnum_fits(n) ? val_from_fixnum(n) : get_nothing(r, "an Integer is too large");
}

// An Integer beyond, by its digits.
static Value get_bignum(MxcReader *r) {
  uint32_t len = mx_mxc_get_count(r, 1);
  const uint8_t *digits = mx_mxc_get_bytes(r, len);
  if (!digits || len > 16u * INTEGER_MAX_LIMBS) return get_nothing(r, "an Integer is too large");
  Value v = mx_int_parse(r->ec, (const char *)digits, len, 16);
  return val_is_bignum(v) ? v : get_nothing(r, "an Integer has strange digits");
}

// A Float, by its bits.
static Value get_float(MxcReader *r) {
  const uint8_t *at = mx_mxc_get_bytes(r, 8);
  if (!at) return VAL_NIL;
  uint64_t bits = mxc_get_fixed(at) | (uint64_t)mxc_get_fixed(at + 4) << 32;
  double d;
  memcpy(&d, &bits, sizeof d);
  return mx_float_new(r->ec, d);
}

// Frozen, and shared by all literals of these bytes when it was so.
static Value get_string(MxcReader *r, bool shared) {
  EncIndex enc = get_encoding(r);
  uint32_t len = mx_mxc_get_count(r, 1);
  const uint8_t *bytes = mx_mxc_get_bytes(r, len);
  if (!bytes) return VAL_NIL;
  Value str = mx_str_new(r->ec, (const char *)bytes, len, enc);
  mx_object_freeze(r->ec, str);
  return shared ? mx_str_freeze_dedup(r->ec, str) : str;
}

// A real number.
static Value get_real(MxcReader *r, int depth) {
  Value v = mx_mxc_get_const(r, depth);
  if (val_is_integer(v) || val_is_float(v) || val_is_type(v, T_RATIONAL)) return v;
  return get_nothing(r, "a number is none");
}

// A Rational, by its two Integers.
static Value get_rational(MxcReader *r, int depth) {
  Value num = mx_mxc_get_const(r, depth), den = mx_mxc_get_const(r, depth);
  if (!val_is_integer(num) || !val_is_integer(den) || mx_int_sign(den) <= 0)
    return get_nothing(r, "a Rational is none");
  return mx_rational_new(r->ec, num, den);
}

// A Complex, by its two parts.
static Value get_complex(MxcReader *r, int depth) {
  Value re = get_real(r, depth), im = get_real(r, depth);
  return r->why ? VAL_NIL : mx_complex_new(r->ec, re, im);
}

// Ends that compare without a send: numbers that are no Rationals, or nil.
static bool get_is_range_end(Value v) {
  return val_is_nil(v) || val_is_integer(v) || val_is_float(v);
}

// A frozen Range.
static Value get_range(MxcReader *r, int depth) {
  bool exclusive = mx_mxc_get_byte(r) != 0;
  Value first = mx_mxc_get_const(r, depth), last = mx_mxc_get_const(r, depth);
  bool strings = val_is_string(first) && val_is_string(last);
  if (r->why || !(strings || (get_is_range_end(first) && get_is_range_end(last))))
    return get_nothing(r, "a Range has ends that do not compare");
  RangeObj *range = mx_object_alloc(r->ec, r->ec->vm->cls.Range, T_RANGE, sizeof *range);
  range->first = first;
  range->last = last;
  range->exclusive = val_bool(exclusive);
  mx_object_freeze(r->ec, val_from_ptr(range));
  return val_from_ptr(range);
}

// A frozen Array.
static Value get_array(MxcReader *r, int depth) {
  uint32_t count = mx_mxc_get_count(r, 1);
  Value array = mx_array_new(r->ec, count);
  for (uint32_t i = 0; i < count && !r->why; i++)
    mx_array_push(r->ec, array, mx_mxc_get_const(r, depth));
  mx_object_freeze(r->ec, array);
  return array;
}

// Read a constant that holds others.
static Value get_nested(MxcReader *r, MxcConst tag, int depth) {
  if (depth >= MXC_CONST_DEPTH) return get_nothing(r, "constants are nested too deeply");
  switch (tag) {
  case MXC_RANGE: return get_range(r, depth + 1);
  case MXC_RATIONAL: return get_rational(r, depth + 1);
  case MXC_COMPLEX: return get_complex(r, depth + 1);
  case MXC_ARRAY: return get_array(r, depth + 1);
  default: return get_nothing(r, "a constant is of an unknown kind");
  }
}

Value mx_mxc_get_const(MxcReader *r, int depth) {
  uint32_t tag = mx_mxc_get_byte(r);
  switch (tag) {
  case MXC_NIL: return VAL_NIL;
  case MXC_TRUE: return VAL_TRUE;
  case MXC_FALSE: return VAL_FALSE;
  case MXC_FIXNUM: return get_fixnum(r);
  case MXC_BIGNUM: return get_bignum(r);
  case MXC_FLOAT: return get_float(r);
  case MXC_STRING:
  case MXC_LITERAL: return get_string(r, tag == MXC_LITERAL);
  case MXC_SYMBOL: return val_from_sym(mx_mxc_get_name(r)); // SYM_NONE: super in no method
  default: return get_nested(r, (MxcConst)tag, depth);
  }
}
