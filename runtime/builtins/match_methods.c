// SPDX-License-Identifier: MIT
// Leaves of MatchData.
#include "runtime/array.h"
#include "runtime/hash.h"
#include "runtime/range.h"
#include "runtime/builtins/rows.h"
#include "runtime/builtins/string_args.h"

// The match that self is.
static const MatchObj *match_self(Value self) { return VAL_CAST(MatchObj, self); }

// matchdata == other
Value mx_match_m_equal(ExecCtx *ec, Value self, Value a) {
  if (self == a) return VAL_TRUE;
  if (!val_is_type(a, T_MATCH)) return VAL_FALSE;
  const MatchObj *x = match_self(self), *y = match_self(a);
  if (x->groups != y->groups || !mx_str_eq(x->string, y->string)) return VAL_FALSE;
  if (memcmp(x->regions, y->regions, (x->groups + 1) * sizeof *x->regions) != 0) return VAL_FALSE;
  if (val_is_nil(x->regexp) || val_is_nil(y->regexp)) return val_bool(x->regexp == y->regexp);
  return mx_regexp_m_equal(ec, x->regexp, y->regexp);
}

// matchdata.hash
Value mx_match_m_hash(ExecCtx *ec, Value self) {
  const MatchObj *m = match_self(self);
  uint64_t hash =
      mx_hash_mix(mx_str_hash(ec->vm, m->string),
                  mx_hash_bytes(ec->vm, m->regions, (m->groups + 1) * sizeof *m->regions));
  return val_from_fixnum((int64_t)hash >> 2);
}

// Raise for a name that no group has.
static bool match_raise_name(ExecCtx *ec, Value name) {
  mx_raise_index(ec, "undefined group name reference: %.*s", (int)mx_str_len(name),
                 mx_str_bytes(name));
  return false;
}

// Number of the group that a String, Symbol or Integer means; false when it raised.
static bool match_group_number(ExecCtx *ec, Value self, Value v, int64_t *group) {
  if (val_is_symbol(v)) v = mx_sym_to_str(ec, val_to_sym(v));
  if (!val_is_string(v)) return mx_to_int64(ec, v, group);
  *group = mx_match_name_to_group(ec, self, v);
  return *group >= 0 || match_raise_name(ec, v);
}

// Group of an argument that must be one of the match's.
static bool match_group_arg(ExecCtx *ec, Value self, Value v, int64_t *group) {
  if (!match_group_number(ec, self, v, group)) return false;
  if (*group >= 0 && *group <= (int64_t)match_self(self)->groups) return true;
  mx_raise_index(ec, "index %lld out of matches", (long long)*group);
  return false;
}

// matchdata.to_a
Value mx_match_m_to_a(ExecCtx *ec, Value self) {
  const MatchObj *m = match_self(self);
  Value list = mx_array_new(ec, m->groups + 1);
  for (uint32_t i = 0; i <= m->groups; i++) mx_array_push(ec, list, mx_match_group(ec, self, i));
  return list;
}

// matchdata.captures
Value mx_match_m_captures(ExecCtx *ec, Value self) {
  const MatchObj *m = match_self(self);
  Value list = mx_array_new(ec, m->groups);
  for (uint32_t i = 1; i <= m->groups; i++) mx_array_push(ec, list, mx_match_group(ec, self, i));
  return list;
}

// matchdata[group], [start, length], [range], [name]
Value mx_match_m_aref(ExecCtx *ec, Value self, Value a, Value b) {
  int64_t group;
  if (!val_is_undef(b) || val_is_type(a, T_RANGE))
    return mx_array_m_aref(ec, mx_match_m_to_a(ec, self), a, b);
  if (!match_group_number(ec, self, a, &group)) return VAL_EXC;
  bool from_end = group < 0;
  if (from_end) group += (int64_t)match_self(self)->groups + 1;
  if (from_end && group == 0) return VAL_NIL; // counted from the end, out of reach
  return mx_match_group(ec, self, group);
}

// Character index of a byte offset of the subject.
static Value match_char(Value self, int64_t offset) {
  return val_from_fixnum((int64_t)mx_str_byte_to_char(match_self(self)->string, (size_t)offset));
}

// Region of a group argument; false when it raised.
static bool match_region(ExecCtx *ec, Value self, Value v, MatchRegion *region) {
  int64_t group;
  if (!match_group_arg(ec, self, v, &group)) return false;
  *region = match_self(self)->regions[group];
  return true;
}

// matchdata.begin(group)
Value mx_match_m_begin(ExecCtx *ec, Value self, Value a) {
  MatchRegion r;
  if (!match_region(ec, self, a, &r)) return VAL_EXC;
  return r.start < 0 ? VAL_NIL : match_char(self, r.start);
}

// matchdata.end(group)
Value mx_match_m_end(ExecCtx *ec, Value self, Value a) {
  MatchRegion r;
  if (!match_region(ec, self, a, &r)) return VAL_EXC;
  return r.start < 0 ? VAL_NIL : match_char(self, r.end);
}

// matchdata.offset(group)
Value mx_match_m_offset(ExecCtx *ec, Value self, Value a) {
  MatchRegion r;
  if (!match_region(ec, self, a, &r)) return VAL_EXC;
  if (r.start < 0) return MX_ARRAY_OF(ec, VAL_NIL, VAL_NIL);
  return MX_ARRAY_OF(ec, match_char(self, r.start), match_char(self, r.end));
}

// matchdata.bytebegin(group)
Value mx_match_m_bytebegin(ExecCtx *ec, Value self, Value a) {
  MatchRegion r;
  if (!match_region(ec, self, a, &r)) return VAL_EXC;
  return r.start < 0 ? VAL_NIL : val_from_fixnum(r.start);
}

// matchdata.byteend(group)
Value mx_match_m_byteend(ExecCtx *ec, Value self, Value a) {
  MatchRegion r;
  if (!match_region(ec, self, a, &r)) return VAL_EXC;
  return r.start < 0 ? VAL_NIL : val_from_fixnum(r.end);
}

// matchdata.byteoffset(group)
Value mx_match_m_byteoffset(ExecCtx *ec, Value self, Value a) {
  MatchRegion r;
  if (!match_region(ec, self, a, &r)) return VAL_EXC;
  if (r.start < 0) return MX_ARRAY_OF(ec, VAL_NIL, VAL_NIL);
  return MX_ARRAY_OF(ec, val_from_fixnum(r.start), val_from_fixnum(r.end));
}

// matchdata.match(group)
Value mx_match_m_match(ExecCtx *ec, Value self, Value a) {
  int64_t group;
  return match_group_arg(ec, self, a, &group) ? mx_match_group(ec, self, group) : VAL_EXC;
}

// matchdata.match_length(group)
Value mx_match_m_match_length(ExecCtx *ec, Value self, Value a) {
  Value text = mx_match_m_match(ec, self, a);
  if (val_is_exc(text) || val_is_nil(text)) return text;
  return val_from_fixnum((int64_t)mx_str_char_count(text));
}

// matchdata.length
Value mx_match_m_length(ExecCtx *ec, Value self) {
  return val_from_fixnum((int64_t)match_self(self)->groups + 1);
}

// matchdata.names
Value mx_match_m_names(ExecCtx *ec, Value self) {
  const MatchObj *m = match_self(self);
  return val_is_nil(m->regexp) ? mx_array_new(ec, 0) : mx_regexp_m_names(ec, m->regexp);
}

// matchdata.pre_match
Value mx_match_m_pre_match(ExecCtx *ec, Value self) { return mx_match_pre(ec, self); }

// matchdata.post_match
Value mx_match_m_post_match(ExecCtx *ec, Value self) { return mx_match_post(ec, self); }

// matchdata.regexp; made of the text when the match was by a String
Value mx_match_m_regexp(ExecCtx *ec, Value self) {
  MatchObj *m = VAL_CAST(MatchObj, self);
  if (!val_is_nil(m->regexp)) return m->regexp;
  Value source = mx_regexp_s_escape(ec, VAL_NIL, mx_match_group(ec, self, 0));
  return val_is_exc(source) ? source : mx_regexp_new(ec, source, 0);
}

// matchdata.string
Value mx_match_m_string(ExecCtx *ec, Value self) { return match_self(self)->string; }

// matchdata.to_s
Value mx_match_m_to_s(ExecCtx *ec, Value self) { return mx_match_group(ec, self, 0); }

// Label of a group in inspect: its name, or its number.
static Value match_label(ExecCtx *ec, const MatchObj *m, uint32_t group) {
  Value key, list;
  if (!val_is_nil(m->regexp) && !val_is_nil(VAL_CAST(RegexpObj, m->regexp)->names)) {
    Value names = VAL_CAST(RegexpObj, m->regexp)->names;
    for (uint32_t at = 0; mx_hash_next(names, &at, &key, &list);)
      for (uint32_t i = 0; i < mx_array_len(list); i++)
        if (mx_array_get(ec, list, i) == val_from_fixnum(group)) return key;
  }
  return mx_str_printf(ec, "%u", group);
}

// matchdata.inspect
Value mx_match_m_inspect(ExecCtx *ec, Value self) {
  const MatchObj *m = match_self(self);
  Value text = mx_str_utf8(ec, "#<MatchData ", 12);
  for (uint32_t i = 0; i <= m->groups; i++) {
    if (i > 0) {
      Value label = match_label(ec, m, i);
      mx_str_append_bytes(ec, text, " ", 1);
      if (!mx_str_append(ec, text, label)) return VAL_EXC;
      mx_str_append_bytes(ec, text, ":", 1);
    }
    Value group = mx_match_group(ec, self, i);
    Value shown = val_is_nil(group) ? mx_str_ascii(ec, "nil") : mx_str_inspect(ec, group);
    if (!mx_str_append(ec, text, shown)) return VAL_EXC;
  }
  mx_str_append_bytes(ec, text, ">", 1);
  return text;
}

// Check that a range begins at one of the groups.
static bool match_check_range(ExecCtx *ec, Value self, Value range) {
  int64_t start, count;
  int ok = mx_range_resolve(ec, range, (int64_t)match_self(self)->groups + 1, &start, &count);
  if (ok != 0) return ok > 0;
  Value text = mx_inspect(ec, range);
  if (!val_is_exc(text)) mx_raise_range(ec, "%s out of range", mx_str_bytes(text));
  return false;
}

// matchdata.values_at(group_or_range, ...)
Value mx_match_m_values_at(ExecCtx *ec, Value self, int argc, const Value *argv) {
  Value list = mx_array_new(ec, (uint32_t)argc);
  for (int i = 0; i < argc; i++) {
    if (val_is_type(argv[i], T_RANGE)) {
      if (!match_check_range(ec, self, argv[i])) return VAL_EXC;
      Value part = mx_array_m_values_at(ec, mx_match_m_to_a(ec, self), 1, &argv[i]);
      if (val_is_exc(part)) return part;
      mx_array_concat(ec, list, part);
      continue;
    }
    Value group = mx_match_m_aref(ec, self, argv[i], VAL_UNDEF);
    if (val_is_exc(group)) return group;
    mx_array_push(ec, list, group);
  }
  return list;
}
