// SPDX-License-Identifier: MIT
// Leaves of String: parts by index, range, pattern; search.
#include "runtime/array.h"
#include "runtime/range.h"
#include "runtime/builtins/rows.h"
#include "runtime/builtins/string_args.h"

// A part of a string in bytes.
typedef struct Part {
  size_t at;  // first byte
  size_t len; // bytes
} Part;

// Outcome of resolving str[...]: found, not there (nil), raised.
enum { PART_RAISED = -1, PART_NONE = 0, PART_FOUND = 1 };

// Part that a match's group takes.
static int index_of_group(ExecCtx *ec, Value match, Value group, Part *part) {
  int64_t number = 0;
  const MatchObj *m = VAL_CAST(MatchObj, match);
  if (val_is_string(group) || val_is_symbol(group)) {
    Value name = val_is_symbol(group) ? mx_sym_to_str(ec, val_to_sym(group)) : group;
    number = mx_match_name_to_group(ec, match, name);
    if (number < 0) {
      mx_raise_index(ec, "undefined group name reference: %s", mx_str_bytes(name));
      return PART_RAISED;
    }
  } else if (!val_is_undef(group) && !mx_to_int64(ec, group, &number)) {
    return PART_RAISED;
  }
  // Counted from the end, the whole match is out of reach.
  bool from_end = number < 0;
  if (from_end) number += (int64_t)m->groups + 1;
  if (number < from_end || number > (int64_t)m->groups || m->regions[number].start < 0)
    return PART_NONE;
  MatchRegion r = m->regions[number];
  *part = (Part){(size_t)r.start, (size_t)(r.end - r.start)};
  return PART_FOUND;
}

// Part that a regular expression matches.
static int index_of_regexp(ExecCtx *ec, Value self, Value regexp, Value group, Part *part) {
  Value match = string_search(ec, regexp, self, 0, false);
  if (val_is_exc(match)) return PART_RAISED;
  return val_is_nil(match) ? PART_NONE : index_of_group(ec, match, group, part);
}

// Part that is equal to another string.
static int index_of_string(ExecCtx *ec, Value self, Value sub, Part *part) {
  EncIndex enc;
  if (!mx_str_check_compatible(ec, self, sub, &enc)) return PART_RAISED;
  int64_t at = mx_str_index(self, sub, 0);
  if (at < 0) return PART_NONE;
  *part = (Part){(size_t)at, mx_str_len(sub)};
  return PART_FOUND;
}

// Part of a range of characters.
static int index_of_range(ExecCtx *ec, Value self, Value range, Part *part) {
  int64_t start, count;
  int ok = mx_range_resolve(ec, range, (int64_t)mx_str_char_count(self), &start, &count);
  if (ok != 1) return ok < 0 ? PART_RAISED : PART_NONE;
  return mx_str_char_span(self, start, count, &part->at, &part->len) ? PART_FOUND : PART_NONE;
}

// Part that one argument names.
static int index_of_one(ExecCtx *ec, Value self, Value a, Part *part) {
  int64_t at;
  if (val_is_regexp(a)) return index_of_regexp(ec, self, a, VAL_UNDEF, part);
  if (val_is_string(a)) return index_of_string(ec, self, a, part);
  if (val_is_type(a, T_RANGE)) return index_of_range(ec, self, a, part);
  if (!mx_to_int64(ec, a, &at)) return PART_RAISED;
  if (!mx_str_char_span(self, at, 1, &part->at, &part->len) || part->len == 0) return PART_NONE;
  return PART_FOUND;
}

// Part that the arguments of str[...] name.
static int index_resolve(ExecCtx *ec, Value self, Value a, Value b, Part *part) {
  int64_t start, count;
  if (val_is_undef(b)) return index_of_one(ec, self, a, part);
  if (val_is_regexp(a)) return index_of_regexp(ec, self, a, b, part);
  if (!mx_to_int64(ec, a, &start) || !mx_to_int64(ec, b, &count)) return PART_RAISED;
  return mx_str_char_span(self, start, count, &part->at, &part->len) ? PART_FOUND : PART_NONE;
}

// str[index], str[start, length], str[range], str[regexp, group = 0], str[string]
Value mx_string_m_aref(ExecCtx *ec, Value self, Value a, Value b) {
  Part part;
  int found = index_resolve(ec, self, a, b, &part);
  if (found != PART_FOUND) return found == PART_NONE ? VAL_NIL : VAL_EXC;
  return mx_str_slice(ec, self, part.at, part.len);
}

// str.slice!(...)
Value mx_string_m_slice_bang(ExecCtx *ec, Value self, Value a, Value b) {
  Part part;
  if (!string_can_write(ec, self)) return VAL_EXC;
  int found = index_resolve(ec, self, a, b, &part);
  if (found != PART_FOUND) return found == PART_NONE ? VAL_NIL : VAL_EXC;
  Value cut = mx_str_slice(ec, self, part.at, part.len);
  Value nothing = mx_str_new(ec, "", 0, mx_str_enc(self));
  return mx_str_splice(ec, self, part.at, part.len, nothing) ? cut : VAL_EXC;
}

// Raise what str[...] = v raises when the part does not exist.
static Value index_raise_absent(ExecCtx *ec, Value self, Value a, Value b) {
  int64_t count = 0, at = 0;
  if (val_is_regexp(a)) {
    if (!val_is_undef(b) && !val_is_nil(ec->vm->up->get_match(ec)))
      return mx_raise_index(ec, "index %lld out of regexp", (long long)val_to_fixnum(b));
    return mx_raise_index(ec, "regexp not matched");
  }
  if (val_is_string(a)) return mx_raise_index(ec, "string not matched");
  if (val_is_type(a, T_RANGE)) {
    Value text = mx_inspect(ec, a);
    return val_is_exc(text) ? text : mx_raise_range(ec, "%s out of range", mx_str_bytes(text));
  }
  if (!val_is_undef(b) && mx_to_int64(ec, b, &count) && count < 0)
    return mx_raise_index(ec, "negative length %lld", (long long)count);
  if (!mx_to_int64(ec, a, &at)) return VAL_EXC;
  return mx_raise_index(ec, "index %lld out of string", (long long)at);
}

// Is the argument of str[index] = v the place behind the last character?
static bool index_is_end(Value self, Value a, Value b, Part *part) {
  if (!val_is_fixnum(a) || !val_is_undef(b)) return false;
  return mx_str_char_span(self, val_to_fixnum(a), 0, &part->at, &part->len);
}

// str[...] = v
Value mx_string_m_aset(ExecCtx *ec, Value self, Value a, Value b, Value c) {
  Part part;
  Value v = val_is_undef(c) ? b : c, second = val_is_undef(c) ? VAL_UNDEF : b, given = v;
  if (!string_can_write(ec, self)) return VAL_EXC;
  int found = index_resolve(ec, self, a, second, &part);
  if (found == PART_RAISED) return VAL_EXC;
  if (found == PART_NONE && index_is_end(self, a, second, &part)) found = PART_FOUND;
  if (found == PART_NONE) return index_raise_absent(ec, self, a, second);
  if (!string_arg(ec, &v)) return VAL_EXC;
  return mx_str_splice(ec, self, part.at, part.len, v) ? given : VAL_EXC;
}

// str.insert(index, other)
Value mx_string_m_insert(ExecCtx *ec, Value self, Value a, Value b) {
  int64_t at;
  size_t offset, len;
  if (!string_can_write(ec, self) || !mx_to_int64(ec, a, &at) || !string_arg(ec, &b))
    return VAL_EXC;
  int64_t place = at == -1 ? (int64_t)mx_str_char_count(self) : at < 0 ? at + 1 : at;
  if (!mx_str_char_span(self, place, 0, &offset, &len))
    return mx_raise_index(ec, "index %lld out of string", (long long)place);
  return mx_str_splice(ec, self, offset, 0, b) ? self : VAL_EXC;
}

// ---- search

// Byte offset of an optional character index; false when outside (*raised tells why).
static bool index_start(ExecCtx *ec, Value self, Value v, size_t otherwise, bool clamp, size_t *at,
                        bool *raised) {
  int64_t index;
  size_t len;
  *raised = false;
  *at = otherwise;
  if (val_is_undef(v)) return true;
  *raised = !mx_to_int64(ec, v, &index);
  if (*raised) return false;
  if (mx_str_char_span(self, index, 0, at, &len)) return true;
  *at = mx_str_len(self);
  return clamp && index >= 0;
}

// nil, or the character index of a byte offset.
static Value index_answer(Value self, int64_t offset) {
  if (offset < 0) return VAL_NIL;
  return val_from_fixnum((int64_t)mx_str_byte_to_char(self, (size_t)offset));
}

// Search for a String or Regexp from a byte offset; false when it raised.
static bool index_search(ExecCtx *ec, Value self, Value what, size_t from, bool backward,
                         int64_t *found) {
  if (val_is_regexp(what)) {
    Value match = string_search(ec, what, self, (int64_t)from, backward);
    if (val_is_exc(match)) return false;
    *found = val_is_nil(match) ? -1 : string_match_span(match).start;
    return true;
  }
  if (!string_arg_for(ec, self, &what)) return false;
  *found = backward ? mx_str_rindex(self, what, from) : mx_str_index(self, what, from);
  return true;
}

// str.index(pattern, start = 0)
Value mx_string_m_index(ExecCtx *ec, Value self, Value a, Value b) {
  size_t from;
  bool raised;
  int64_t found;
  if (!index_start(ec, self, b, 0, false, &from, &raised)) {
    if (!raised && val_is_regexp(a)) string_set_match(ec, VAL_NIL);
    return raised ? VAL_EXC : VAL_NIL;
  }
  if (!index_search(ec, self, a, from, false, &found)) return VAL_EXC;
  return index_answer(self, found);
}

// str.rindex(pattern, start = length)
Value mx_string_m_rindex(ExecCtx *ec, Value self, Value a, Value b) {
  size_t from;
  bool raised;
  int64_t found;
  if (!index_start(ec, self, b, mx_str_len(self), true, &from, &raised)) {
    if (!raised && val_is_regexp(a)) string_set_match(ec, VAL_NIL);
    return raised ? VAL_EXC : VAL_NIL;
  }
  if (!index_search(ec, self, a, from, true, &found)) return VAL_EXC;
  return index_answer(self, found);
}

// str.include?(other)
Value mx_string_m_include(ExecCtx *ec, Value self, Value a) {
  if (!string_arg_for(ec, self, &a)) return VAL_EXC;
  return val_bool(mx_str_index(self, a, 0) >= 0);
}

// Does the string begin with one prefix or match? 1, 0, -1 raised.
static int index_begins(ExecCtx *ec, Value self, Value prefix) {
  if (!val_is_regexp(prefix)) {
    if (!string_arg_for(ec, self, &prefix)) return -1;
    return mx_str_starts_with(self, prefix);
  }
  Value match = mx_regexp_match_at(ec, prefix, self, 0);
  if (val_is_exc(match)) return -1;
  string_set_match(ec, match);
  return !val_is_nil(match);
}

// str.start_with?(prefix, ...)
Value mx_string_m_start_with(ExecCtx *ec, Value self, int argc, const Value *argv) {
  int found = 0;
  for (int i = 0; i < argc && found == 0; i++) found = index_begins(ec, self, argv[i]);
  return found < 0 ? VAL_EXC : val_bool(found);
}

// str.end_with?(suffix, ...)
Value mx_string_m_end_with(ExecCtx *ec, Value self, int argc, const Value *argv) {
  for (int i = 0; i < argc; i++) {
    Value suffix = argv[i];
    if (!string_arg_for(ec, self, &suffix)) return VAL_EXC;
    if (mx_str_ends_with(self, suffix)) return VAL_TRUE;
  }
  return VAL_FALSE;
}

// [in front, part, behind]
static Value index_three(ExecCtx *ec, Value self, size_t at, size_t len) {
  Value front = mx_str_slice(ec, self, 0, at), part = mx_str_slice(ec, self, at, len);
  Value rest = mx_str_slice(ec, self, at + len, mx_str_len(self) - at - len);
  return MX_ARRAY_OF(ec, front, part, rest);
}

// Split in three at the first or last occurrence of a pattern; VAL_UNDEF when there is none.
static Value index_split(ExecCtx *ec, Value self, Value pattern, bool backward) {
  size_t from = backward ? mx_str_len(self) : 0;
  if (val_is_regexp(pattern)) {
    Value match = string_search(ec, pattern, self, (int64_t)from, backward);
    if (val_is_exc(match)) return match;
    if (val_is_nil(match)) return VAL_UNDEF;
    MatchRegion r = string_match_span(match);
    return index_three(ec, self, (size_t)r.start, (size_t)(r.end - r.start));
  }
  EncIndex enc;
  pattern = mx_string_p_pattern(ec, self, pattern);
  if (val_is_exc(pattern) || !mx_str_check_compatible(ec, self, pattern, &enc)) return VAL_EXC;
  int64_t at = backward ? mx_str_rindex(self, pattern, from) : mx_str_index(self, pattern, from);
  if (at < 0) return VAL_UNDEF;
  Value parts = index_three(ec, self, (size_t)at, mx_str_len(pattern));
  return mx_array_set(ec, parts, 1, mx_str_dup(ec, pattern)) ? parts : VAL_EXC;
}

// str.partition(pattern)
Value mx_string_m_partition(ExecCtx *ec, Value self, Value a) {
  Value parts = index_split(ec, self, a, false);
  return val_is_undef(parts) ? index_three(ec, self, mx_str_len(self), 0) : parts;
}

// str.rpartition(pattern)
Value mx_string_m_rpartition(ExecCtx *ec, Value self, Value a) {
  Value parts = index_split(ec, self, a, true);
  return val_is_undef(parts) ? index_three(ec, self, 0, 0) : parts;
}

// str =~ other
Value mx_string_m_match_op(ExecCtx *ec, Value self, Value a) {
  if (val_is_string(a)) return mx_raise_type(ec, "type mismatch: String given");
  if (!val_is_regexp(a)) return mx_send1(ec, a, SYM_MATCH_OP, self);
  Value match = string_search(ec, a, self, 0, false);
  if (val_is_exc(match) || val_is_nil(match)) return match;
  return index_answer(self, string_match_span(match).start);
}

// str.match?(pattern, start = 0)
Value mx_string_m_match_p(ExecCtx *ec, Value self, Value a, Value b) {
  size_t from;
  bool raised;
  Value regexp = mx_string_p_regexp(ec, VAL_NIL, a);
  if (val_is_exc(regexp)) return regexp;
  if (!index_start(ec, self, b, 0, false, &from, &raised)) return raised ? VAL_EXC : VAL_FALSE;
  int found = mx_regexp_test(ec, regexp, self, (int64_t)from, REGEXP_FORWARD);
  return found < 0 ? VAL_EXC : val_bool(found);
}
