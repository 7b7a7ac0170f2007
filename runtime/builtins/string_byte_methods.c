// SPDX-License-Identifier: MIT
// Leaves of String that count in bytes.
//
// byteslice and setbyte may cut a character in two; bytesplice, byteindex and byterindex refuse an
// offset inside one, because their result would depend on bytes that no character owns.
#include "runtime/integer.h"
#include "runtime/range.h"
#include "runtime/builtins/rows.h"
#include "runtime/builtins/string_args.h"

// str.getbyte(index)
Value mx_string_m_getbyte(ExecCtx *ec, Value self, Value a) {
  int64_t at, len = (int64_t)mx_str_len(self);
  if (!mx_to_int64(ec, a, &at)) return VAL_EXC;
  if (at < 0) at += len;
  if (at < 0 || at >= len) return VAL_NIL;
  return val_from_fixnum((unsigned char)mx_str_bytes(self)[at]);
}

// str.setbyte(index, byte)
Value mx_string_m_setbyte(ExecCtx *ec, Value self, Value a, Value b) {
  int64_t at, len = (int64_t)mx_str_len(self);
  Value byte = mx_to_int(ec, b);
  if (!mx_to_int64(ec, a, &at) || val_is_exc(byte) || !string_can_write(ec, self)) return VAL_EXC;
  if (at < -len || at >= len) return mx_raise_index(ec, "index %lld out of string", (long long)at);
  byte = mx_int_and(ec, byte, val_from_fixnum(0xFF));
  if (!mx_str_modify(ec, self)) return VAL_EXC;
  mx_str_bytes(self)[at < 0 ? at + len : at] = (char)val_to_fixnum(byte);
  return b;
}

// Bytes of (start, count) or a range: 1 ok, 0 outside, -1 raised.
static int byte_span(ExecCtx *ec, Value self, Value a, Value b, int64_t *at, int64_t *count) {
  int64_t len = (int64_t)mx_str_len(self);
  if (val_is_undef(b) && val_is_type(a, T_RANGE)) return mx_range_resolve(ec, a, len, at, count);
  *count = 1;
  if (!mx_to_int64(ec, a, at) || (!val_is_undef(b) && !mx_to_int64(ec, b, count))) return -1;
  if (*at < 0) *at += len;
  if (*at < 0 || *at > len || *count < 0 || (val_is_undef(b) && *at == len)) return 0;
  if (*count > len - *at) *count = len - *at;
  return 1;
}

// str.byteslice(index), (start, count), (range)
Value mx_string_m_byteslice(ExecCtx *ec, Value self, Value a, Value b) {
  int64_t at, count;
  int ok = byte_span(ec, self, a, b, &at, &count);
  if (ok != 1) return ok < 0 ? VAL_EXC : VAL_NIL;
  return mx_str_slice(ec, self, (size_t)at, (size_t)count);
}

// Does a character begin at a byte offset (or the string end there)?
static bool byte_at_boundary(Value str, int64_t at) {
  const char *bytes = mx_str_bytes(str), *end = bytes + mx_str_len(str);
  if (mx_str_is_single_byte(str)) return true;
  return mx_enc_left(mx_str_enc(str), bytes, bytes + at, end) == bytes + at;
}

// Check that an offset lies between characters.
static bool byte_check_boundary(ExecCtx *ec, Value str, int64_t at) {
  if (byte_at_boundary(str, at)) return true;
  mx_raise_index(ec, "offset %lld does not land on character boundary", (long long)at);
  return false;
}

// Span of bytesplice: it must exist and lie between characters.
static bool byte_splice_span(ExecCtx *ec, Value str, Value a, Value b, int64_t *at,
                             int64_t *count) {
  if (val_is_undef(b) && !val_is_type(a, T_RANGE))
    return mx_raise_type(ec, "wrong argument type %s (expected Range)",
                         mx_str_bytes(mx_class_path(ec, mx_class_of(ec->vm, a)))),
           false;
  int ok = byte_span(ec, str, a, b, at, count);
  if (ok == 0 && val_is_undef(b)) {
    Value text = mx_inspect(ec, a);
    if (!val_is_exc(text)) mx_raise_range(ec, "%s out of range", mx_str_bytes(text));
  } else if (ok == 0 && *count < 0) {
    mx_raise_index(ec, "negative length %lld", (long long)*count);
  } else if (ok == 0) {
    mx_raise_index(ec, "index %lld out of string",
                   (long long)(val_is_fixnum(a) ? val_to_fixnum(a) : 0));
  }
  return ok == 1 && byte_check_boundary(ec, str, *at) && byte_check_boundary(ec, str, *at + *count);
}

// str.bytesplice(start, count, other), (range, other), with the same for a part of other
Value mx_string_m_bytesplice(ExecCtx *ec, Value self, int argc, const Value *argv) {
  int64_t at, count, other_at = 0, other_count;
  if (argc != 2 && argc != 3 && argc != 4 && argc != 5) return mx_raise_arity(ec, argc, 2, 5);
  bool ranges = argc == 2 || argc == 4;
  Value other = argv[ranges ? 1 : 2];
  if (argc == 4 && !val_is_type(argv[0], T_RANGE))
    return mx_raise_arg(ec, "wrong number of arguments (given 4, expected 2, 3, or 5)");
  if (argc == 3 && val_is_type(argv[0], T_RANGE)) {
    ranges = true;
    other = argv[1];
  }
  if (!string_arg(ec, &other)) return VAL_EXC;
  if (!byte_splice_span(ec, self, argv[0], ranges ? VAL_UNDEF : argv[1], &at, &count))
    return VAL_EXC;
  other_count = (int64_t)mx_str_len(other);
  bool part = argc == 5 || (ranges && argc > 2);
  if (part && !byte_splice_span(ec, other, argv[ranges ? 2 : 3], argc == 5 ? argv[4] : VAL_UNDEF,
                                &other_at, &other_count))
    return VAL_EXC;
  Value with = mx_str_slice(ec, other, (size_t)other_at, (size_t)other_count);
  return mx_str_splice(ec, self, (size_t)at, (size_t)count, with) ? self : VAL_EXC;
}

// Byte offset that a search starts at: 1 ok, 0 outside, -1 raised.
static int byte_start(ExecCtx *ec, Value self, Value v, bool backward, int64_t *at) {
  int64_t len = (int64_t)mx_str_len(self);
  *at = backward ? len : 0;
  if (val_is_undef(v)) return 1;
  if (!mx_to_int64(ec, v, at)) return -1;
  if (*at < 0) *at += len;
  if (*at < 0) return 0;
  if (*at > len) {
    if (!backward) return 0;
    *at = len;
  }
  return byte_check_boundary(ec, self, *at) ? 1 : -1;
}

// Search for byteindex and byterindex.
static Value byte_search(ExecCtx *ec, Value self, Value what, Value start, bool backward) {
  int64_t at, found;
  int ok = byte_start(ec, self, start, backward, &at);
  if (ok == 0 && val_is_regexp(what)) string_set_match(ec, VAL_NIL);
  if (ok != 1) return ok < 0 ? VAL_EXC : VAL_NIL;
  if (val_is_regexp(what)) {
    Value match = string_search(ec, what, self, at, backward);
    if (val_is_exc(match) || val_is_nil(match)) return match;
    return val_from_fixnum(string_match_span(match).start);
  }
  if (!string_arg_for(ec, self, &what)) return VAL_EXC;
  found = backward ? mx_str_rindex(self, what, (size_t)at) : mx_str_index(self, what, (size_t)at);
  return found < 0 ? VAL_NIL : val_from_fixnum(found);
}

// str.byteindex(pattern, start = 0)
Value mx_string_m_byteindex(ExecCtx *ec, Value self, Value a, Value b) {
  return byte_search(ec, self, a, b, false);
}

// str.byterindex(pattern, start = bytesize)
Value mx_string_m_byterindex(ExecCtx *ec, Value self, Value a, Value b) {
  return byte_search(ec, self, a, b, true);
}

// Append one argument of append_as_bytes: the low byte of an Integer, or a String's bytes.
static bool byte_append(ExecCtx *ec, Value self, Value v) {
  if (val_is_string(v)) {
    Value bytes = mx_str_dup(ec, v);
    mx_str_append_bytes(ec, self, mx_str_bytes(bytes), mx_str_len(bytes));
    return true;
  }
  if (!val_is_integer(v)) {
    mx_raise_type(ec, "wrong argument type %s (expected String or Integer)",
                  mx_str_bytes(mx_class_path(ec, mx_class_real(mx_class_of(ec->vm, v)))));
    return false;
  }
  char byte = (char)val_to_fixnum(mx_int_and(ec, v, val_from_fixnum(0xFF)));
  mx_str_append_bytes(ec, self, &byte, 1);
  return true;
}

// str.append_as_bytes(string_or_integer, ...)
Value mx_string_m_append_as_bytes(ExecCtx *ec, Value self, int argc, const Value *argv) {
  if (!string_can_write(ec, self)) return VAL_EXC;
  for (int i = 0; i < argc; i++)
    if (!byte_append(ec, self, argv[i])) return VAL_EXC;
  return self;
}
