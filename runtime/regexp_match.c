// SPDX-License-Identifier: MIT
// Match results as data: groups by number and by name, the text around the match.
#include "runtime/regexp.h"

#include "runtime/array.h"
#include "runtime/hash.h"

// Make a MatchData whose regions are for the caller to fill.
Value mx_match_new(ExecCtx *ec, Value regexp, Value str, uint32_t groups) {
  MatchObj *m = mx_object_alloc(ec, ec->vm->cls.MatchData, T_MATCH, sizeof *m);
  m->regexp = regexp;
  m->string = mx_object_is_frozen(ec, str) ? str : mx_str_dup(ec, str);
  mx_object_freeze(ec, m->string);
  m->groups = groups;
  m->regions = mx_gc_alloc(ec->vm->lists, GC_KIND_BYTES, (groups + 1) * sizeof *m->regions);
  return val_from_ptr(m);
}

// Make the MatchData of a plain string found at a byte offset.
Value mx_match_of_string(ExecCtx *ec, Value str, size_t at, size_t len) {
  Value match = mx_match_new(ec, VAL_NIL, str, 0);
  VAL_CAST(MatchObj, match)->regions[0] = (MatchRegion){(int64_t)at, (int64_t)(at + len)};
  return match;
}

// Text of a group, nil when it took no part or does not exist.
Value mx_match_group(ExecCtx *ec, Value match, int64_t group) {
  const MatchObj *m = VAL_CAST(MatchObj, match);
  if (group < 0 || group > (int64_t)m->groups || m->regions[group].start < 0) return VAL_NIL;
  MatchRegion r = m->regions[group];
  return mx_str_slice(ec, m->string, (size_t)r.start, (size_t)(r.end - r.start));
}

// Text in front of the match.
Value mx_match_pre(ExecCtx *ec, Value match) {
  const MatchObj *m = VAL_CAST(MatchObj, match);
  return mx_str_slice(ec, m->string, 0, (size_t)m->regions[0].start);
}

// Text behind the match.
Value mx_match_post(ExecCtx *ec, Value match) {
  const MatchObj *m = VAL_CAST(MatchObj, match);
  size_t end = (size_t)m->regions[0].end;
  return mx_str_slice(ec, m->string, end, mx_str_len(m->string) - end);
}

// Number of the group that a name means: the last of its groups that took part. -1: no such name.
int64_t mx_match_name_to_group(ExecCtx *ec, Value match, Value name) {
  const MatchObj *m = VAL_CAST(MatchObj, match);
  if (val_is_nil(m->regexp)) return -1;
  Value names = VAL_CAST(RegexpObj, m->regexp)->names;
  Value list = val_is_nil(names) ? VAL_UNDEF : mx_hash_get(ec, names, name);
  if (!val_is_array(list)) return -1;
  const Array *groups = val_to_array(list);
  for (uint32_t i = groups->len; i-- > 0;) {
    int64_t group = val_to_fixnum(mx_array_at(ec, groups, i));
    if (m->regions[group].start >= 0) return group;
  }
  return val_to_fixnum(mx_array_at(ec, groups, groups->len - 1));
}

// Group by name, VAL_UNDEF when there is none of the name.
Value mx_match_named(ExecCtx *ec, Value match, const char *name, size_t len) {
  int64_t group = mx_match_name_to_group(ec, match, mx_str_utf8(ec, name, len));
  return group < 0 ? VAL_UNDEF : mx_match_group(ec, match, group);
}
