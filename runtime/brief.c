// SPDX-License-Identifier: MIT
// Short text of any Value: immediates, numbers and Strings as inspect prints them, a few elements
// of collections, the class of everything else.
#include "runtime/brief.h"
#include "runtime/array.h"
#include "runtime/float.h"
#include "runtime/hash.h"
#include "runtime/integer.h"
#include "runtime/range.h"
#include "runtime/rational.h"
#include "runtime/string.h"

// A text being made.
typedef struct Brief {
  ExecCtx *ec;
  StrBuf *out;
  size_t end;     // length of out at which enough is said
  uint32_t depth; // collections around the value being printed
} Brief;

enum {
  BRIEF_DEPTH = 3,      // collections inside one another that are opened
  BRIEF_BIG_LIMBS = 16, // Integers with more are described: their digits cost too much
};

static void brief_value(Brief *brief, Value v);

// Append a String's bytes.
static void brief_text(Brief *brief, Value text) {
  mx_strbuf_add(brief->out, mx_str_bytes(text), mx_str_len(text));
}

// Append an Integer that is no fixnum.
static void brief_bignum(Brief *brief, Value v) {
  int64_t limbs = VAL_CAST(BignumObj, v)->size;
  if (limbs < 0) limbs = -limbs;
  if (limbs <= BRIEF_BIG_LIMBS)
    brief_text(brief, mx_int_to_s(brief->ec, v, 10));
  else
    mx_strbuf_printf(brief->out, "#<Integer of %lld bits>", (long long)limbs * 64);
}

// Append a String: only what fits is looked at, so that huge ones cost nothing.
static void brief_string(Brief *brief, Value v) {
  size_t room = brief->end > brief->out->len ? brief->end - brief->out->len : 0;
  if (mx_str_len(v) > room + 4) v = mx_str_new(brief->ec, mx_str_bytes(v), room + 4, mx_str_enc(v));
  brief_text(brief, mx_str_inspect(brief->ec, v));
}

// Append the separator in front of element i; false when enough has been said.
static bool brief_next(Brief *brief, uint32_t i) {
  if (i > 0) mx_strbuf_add_str(brief->out, ", ");
  return brief->out->len <= brief->end;
}

// Append an Array.
static void brief_array(Brief *brief, Value v) {
  mx_strbuf_add_byte(brief->out, '[');
  for (uint32_t i = 0; i < mx_array_len(v) && brief_next(brief, i); i++)
    brief_value(brief, mx_array_get(brief->ec, v, i));
  mx_strbuf_add_byte(brief->out, ']');
}

// Append a Hash.
static void brief_hash(Brief *brief, Value v) {
  uint32_t position = 0, i = 0;
  Value key, value;
  mx_strbuf_add_byte(brief->out, '{');
  while (mx_hash_next(v, &position, &key, &value) && brief_next(brief, i++)) {
    brief_value(brief, key);
    mx_strbuf_add_str(brief->out, " => ");
    brief_value(brief, value);
  }
  mx_strbuf_add_byte(brief->out, '}');
}

// Append a Range.
static void brief_range(Brief *brief, Value v) {
  const RangeObj *range = VAL_CAST(RangeObj, v);
  if (!val_is_nil(range->first)) brief_value(brief, range->first);
  mx_strbuf_add_str(brief->out, val_truthy(range->exclusive) ? "..." : "..");
  if (!val_is_nil(range->last)) brief_value(brief, range->last);
}

// Append a Rational or Complex.
static void brief_pair(Brief *brief, Value a, const char *between, Value b, const char *behind) {
  mx_strbuf_add_byte(brief->out, '(');
  brief_value(brief, a);
  mx_strbuf_add_str(brief->out, between);
  brief_value(brief, b);
  mx_strbuf_add_str(brief->out, behind);
}

// Append the name of a class, or the class of an object.
static void brief_object(Brief *brief, Value v) {
  ExecCtx *ec = brief->ec;
  if (val_is_class_or_module(v)) {
    brief_text(brief, mx_class_path(ec, VAL_CAST(ClassObj, v)));
    return;
  }
  if (v == ec->vm->main_object) {
    mx_strbuf_add_str(brief->out, "main");
    return;
  }
  mx_strbuf_add_str(brief->out, "#<");
  brief_text(brief, mx_class_path(ec, mx_class_real(mx_class_of(ec->vm, v))));
  mx_strbuf_add_byte(brief->out, '>');
}

// Append a collection or another object on the heap.
static void brief_heap(Brief *brief, Value v) {
  if (brief->depth >= BRIEF_DEPTH && !val_is_string(v)) {
    brief_object(brief, v);
    return;
  }
  brief->depth++;
  switch ((TypeTag)val_heap_type(v)) {
  case T_STRING: brief_string(brief, v); break;
  case T_ARRAY: brief_array(brief, v); break;
  case T_HASH: brief_hash(brief, v); break;
  case T_RANGE: brief_range(brief, v); break;
  case T_BIGNUM: brief_bignum(brief, v); break;
  case T_FLOAT: brief_text(brief, mx_float_to_s(brief->ec, val_to_double(v))); break;
  case T_RATIONAL: brief_pair(brief, mx_rational_num(v), "/", mx_rational_den(v), ")"); break;
  case T_COMPLEX:
    brief_pair(brief, VAL_CAST(ComplexObj, v)->re, "+", VAL_CAST(ComplexObj, v)->im, "i)");
    break;
  case T_PENDING: mx_strbuf_add_str(brief->out, "(pending)"); break;
  default: brief_object(brief, v);
  }
  brief->depth--;
}

// Append a Value.
static void brief_value(Brief *brief, Value v) {
  if (val_is_heap(v))
    brief_heap(brief, v);
  else if (val_is_fixnum(v))
    mx_strbuf_printf(brief->out, "%lld", (long long)val_to_fixnum(v));
  else if (val_is_flonum(v))
    brief_text(brief, mx_float_to_s(brief->ec, val_to_flonum(v)));
  else if (val_is_symbol(v))
    brief_text(brief, mx_sym_inspect(brief->ec, val_to_sym(v)));
  else if (val_is_nil(v))
    mx_strbuf_add_str(brief->out, "nil");
  else if (v == VAL_TRUE || v == VAL_FALSE)
    mx_strbuf_add_str(brief->out, v == VAL_TRUE ? "true" : "false");
  else
    mx_strbuf_add_str(brief->out, "(undefined)");
}

void mx_brief(ExecCtx *ec, Value v, size_t limit, StrBuf *out) {
  Brief brief = {.ec = ec, .out = out, .end = out->len + limit};
  brief_value(&brief, v);
  if (out->len <= brief.end) return;
  size_t end = brief.end;
  while (end > 0 && ((unsigned char)out->at[end] & 0xc0) == 0x80) end--; // not inside a character
  mx_strbuf_truncate(out, end);
  mx_strbuf_add_str(out, "...");
}
