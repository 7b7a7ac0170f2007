// SPDX-License-Identifier: MIT
// What sub, gsub and scan are made of: patterns, replacements with \1, one match after the other.
#include "runtime/array.h"
#include "runtime/builtins/rows.h"
#include "runtime/builtins/string_args.h"

#include <ctype.h>
#include <stdlib.h>

// Pattern of sub, gsub, scan, split: Regexp or String.
Value mx_string_p_pattern(ExecCtx *ec, Value self, Value a) {
  if (val_is_regexp(a) || val_is_string(a)) return a;
  Value str = mx_check_convert(ec, a, ec->vm->cls.String, SYM_to_str);
  if (!val_is_nil(str)) return str;
  bool named = val_is_nil(a) || a == VAL_TRUE || a == VAL_FALSE;
  Value kind = named ? mx_inspect(ec, a) : mx_class_path(ec, mx_class_real(mx_class_of(ec->vm, a)));
  if (val_is_exc(kind)) return kind;
  return mx_raise_type(ec, "wrong argument type %s (expected Regexp)", mx_str_bytes(kind));
}

// Regexp of match and match?: a String is a source.
Value mx_string_p_regexp(ExecCtx *ec, Value self, Value a) {
  Value pattern = mx_string_p_pattern(ec, self, a);
  return val_is_string(pattern) ? mx_regexp_new(ec, pattern, 0) : pattern;
}

// Find a Regexp or String from a byte offset on: MatchData, nil, VAL_EXC.
static Value pattern_find(ExecCtx *ec, Value str, Value pattern, size_t from) {
  if (val_is_regexp(pattern)) return mx_regexp_search(ec, pattern, str, (int64_t)from, false);
  EncIndex enc;
  if (!mx_str_check_compatible(ec, str, pattern, &enc)) return VAL_EXC;
  int64_t at = mx_str_index(str, pattern, from);
  return at < 0 ? VAL_NIL : mx_match_of_string(ec, str, (size_t)at, mx_str_len(pattern));
}

// Where the search goes on behind a match: an empty one moves by a character.
static size_t pattern_after(Value str, Value match) {
  MatchRegion r = string_match_span(match);
  size_t end = (size_t)r.end;
  if (r.start != r.end) return end;
  return end < mx_str_len(str) ? end + mx_str_char_len(str, end) : end + 1;
}

// ---- replacement texts

// A replacement being expanded.
typedef struct Expansion {
  ExecCtx *ec;
  Value match;   // what was found
  Value out;     // String that grows
  const char *p; // rest of the replacement
  const char *end;
} Expansion;

// Append a part of the subject.
static void expand_span(Expansion *x, int64_t from, int64_t to) {
  Value subject = VAL_CAST(MatchObj, x->match)->string;
  if (from >= 0)
    mx_str_append_bytes(x->ec, x->out, mx_str_bytes(subject) + from, (size_t)(to - from));
}

// Append a group.
static void expand_group(Expansion *x, int64_t group) {
  const MatchObj *m = VAL_CAST(MatchObj, x->match);
  if (group <= (int64_t)m->groups) expand_span(x, m->regions[group].start, m->regions[group].end);
}

// Append the last group that took part.
static void expand_last(Expansion *x) {
  const MatchObj *m = VAL_CAST(MatchObj, x->match);
  uint32_t group = m->groups;
  while (group > 0 && m->regions[group].start < 0) group--;
  if (group > 0) expand_group(x, group);
}

// Append the group of \k<name>; p is behind the k. False when the name is unknown.
static bool expand_name(Expansion *x) {
  const char *close = *x->p == '<' ? memchr(x->p, '>', (size_t)(x->end - x->p)) : NULL;
  if (!close) {
    mx_str_append_bytes(x->ec, x->out, "\\k", 2);
    return true;
  }
  size_t len = (size_t)(close - x->p - 1);
  Value name = mx_str_utf8(x->ec, x->p + 1, len);
  int64_t group = -1;
  if (len > 0 && isdigit((unsigned char)x->p[1]))
    group = strtol(mx_str_bytes(name), NULL, 10);
  else
    group = mx_match_name_to_group(x->ec, x->match, name);
  x->p = close + 1;
  if (group >= 0) return expand_group(x, group), true;
  mx_raise_index(x->ec, "undefined group name reference: %s", mx_str_bytes(name));
  return false;
}

// Append what a backslash and a letter mean; p is at the letter.
static bool expand_escape(Expansion *x) {
  const MatchObj *m = VAL_CAST(MatchObj, x->match);
  char c = *x->p++;
  switch (c) {
  case '0':
  case '&': expand_group(x, 0); return true;
  case '`': expand_span(x, 0, m->regions[0].start); return true;
  case '\'': expand_span(x, m->regions[0].end, (int64_t)mx_str_len(m->string)); return true;
  case '+': expand_last(x); return true;
  case '\\': mx_str_append_bytes(x->ec, x->out, "\\", 1); return true;
  case 'k':
    return x->p == x->end ? (x->p--, mx_str_append_bytes(x->ec, x->out, "\\", 1), true)
                          : expand_name(x);
  default: break;
  }
  if (isdigit((unsigned char)c)) {
    expand_group(x, c - '0');
    return true;
  }
  mx_str_append_bytes(x->ec, x->out, "\\", 1);
  x->p--;
  return true;
}

// Append a replacement with its references expanded; false when it raised.
static bool expand_replacement(ExecCtx *ec, Value out, Value match, Value replacement) {
  const char *p = mx_str_bytes(replacement), *end = p + mx_str_len(replacement);
  if (!memchr(p, '\\', (size_t)(end - p))) return mx_str_append(ec, out, replacement);
  EncIndex enc;
  if (!mx_str_check_compatible(ec, out, replacement, &enc)) return false;
  if (enc != mx_str_enc(out)) mx_str_set_enc(out, enc);
  Expansion x = {ec, match, out, p, end};
  while (x.p < x.end) {
    const char *slash = memchr(x.p, '\\', (size_t)(x.end - x.p));
    const char *stop = slash && slash + 1 < x.end ? slash : x.end;
    mx_str_append_bytes(ec, out, x.p, (size_t)(stop - x.p));
    x.p = stop;
    if (stop == x.end) break;
    x.p++;
    if (!expand_escape(&x)) return false;
  }
  return true;
}

// Append str[from, to) to out; false when a replacement made the encodings disagree.
static bool pattern_copy(ExecCtx *ec, Value out, Value str, size_t from, size_t to) {
  if (to <= from) return true;
  if (mx_str_enc(out) != mx_str_enc(str))
    return mx_str_append(ec, out, mx_str_slice(ec, str, from, to - from));
  mx_str_append_bytes(ec, out, mx_str_bytes(str) + from, to - from);
  return true;
}

// str.sub(pattern, replacement); nil when nothing matches. Sets $~.
Value mx_string_p_sub(ExecCtx *ec, Value self, Value a, Value b, Value c) {
  Value match = pattern_find(ec, a, b, 0);
  if (val_is_exc(match)) return match;
  string_set_match(ec, match);
  if (val_is_nil(match)) return VAL_NIL;
  MatchRegion r = string_match_span(match);
  Value subject = VAL_CAST(MatchObj, match)->string;
  Value out = mx_str_slice(ec, subject, 0, (size_t)r.start);
  if (!expand_replacement(ec, out, match, c)) return VAL_EXC;
  return pattern_copy(ec, out, subject, (size_t)r.end, mx_str_len(subject)) ? out : VAL_EXC;
}

// str.gsub(pattern, replacement); nil when nothing matches. Sets $~.
Value mx_string_p_gsub(ExecCtx *ec, Value self, Value a, Value b, Value c) {
  Value out = mx_str_new(ec, "", 0, mx_str_enc(a)), last = VAL_NIL;
  size_t copied = 0;
  for (size_t from = 0; from <= mx_str_len(a);) {
    Value match = pattern_find(ec, a, b, from);
    if (val_is_exc(match)) return match;
    if (val_is_nil(match)) break;
    a = VAL_CAST(MatchObj, match)->string; // the frozen copy: one for all matches
    size_t start = (size_t)string_match_span(match).start;
    if (!pattern_copy(ec, out, a, copied, start)) return VAL_EXC;
    if (!expand_replacement(ec, out, match, c)) return VAL_EXC;
    copied = (size_t)string_match_span(match).end;
    from = pattern_after(a, match);
    last = match;
  }
  string_set_match(ec, last);
  if (val_is_nil(last)) return VAL_NIL;
  return pattern_copy(ec, out, a, copied, mx_str_len(a)) ? out : VAL_EXC;
}

// ---- one match after the other, for blocks

// MatchData of a pattern from a byte offset on, or nil; $~ is set when there is one.
Value mx_string_p_find(ExecCtx *ec, Value self, Value a, Value b, Value c) {
  size_t from = (size_t)val_to_fixnum(c);
  if (from > mx_str_len(a)) return VAL_NIL;
  Value match = pattern_find(ec, a, b, from);
  if (!val_is_exc(match) && !val_is_nil(match)) string_set_match(ec, match);
  return match;
}

// Byte offset where the search goes on behind a match.
Value mx_string_p_after(ExecCtx *ec, Value self, Value a, Value b) {
  return val_from_fixnum((int64_t)pattern_after(a, b));
}

// Append subject[from...match] and a value's to_s to out; the byte offset behind the match.
Value mx_string_p_replace_match(ExecCtx *ec, Value self, Value a, Value b, Value c, Value d) {
  Value text = mx_to_s(ec, d), subject = VAL_CAST(MatchObj, c)->string;
  if (val_is_exc(text)) return text;
  MatchRegion r = string_match_span(c);
  if (!pattern_copy(ec, a, subject, (size_t)val_to_fixnum(b), (size_t)r.start)) return VAL_EXC;
  return mx_str_append(ec, a, text) ? val_from_fixnum(r.end) : VAL_EXC;
}

// What scan gives for a match: the text, or an Array of the groups.
Value mx_string_p_scan_item(ExecCtx *ec, Value self, Value a) {
  const MatchObj *m = VAL_CAST(MatchObj, a);
  if (m->groups == 0) return mx_match_group(ec, a, 0);
  Value list = mx_array_new(ec, m->groups);
  for (uint32_t i = 1; i <= m->groups; i++) mx_array_push(ec, list, mx_match_group(ec, a, i));
  return list;
}

// Array of all that scan finds. Sets $~.
Value mx_string_p_scan(ExecCtx *ec, Value self, Value a, Value b) {
  Value list = mx_array_new(ec, 0), last = VAL_NIL;
  for (size_t from = 0; from <= mx_str_len(a);) {
    Value match = pattern_find(ec, a, b, from);
    if (val_is_exc(match)) return match;
    if (val_is_nil(match)) break;
    a = VAL_CAST(MatchObj, match)->string;
    mx_array_push(ec, list, mx_string_p_scan_item(ec, self, match));
    from = pattern_after(a, match);
    last = match;
  }
  string_set_match(ec, last);
  return list;
}

// A plain String with the same bytes.
Value mx_string_p_copy(ExecCtx *ec, Value self, Value a) { return mx_str_dup(ec, a); }

// An empty plain String in the same encoding.
Value mx_string_p_empty_like(ExecCtx *ec, Value self, Value a) {
  return mx_str_new(ec, "", 0, mx_str_enc(a));
}

// Give a string the bytes and encoding of another one.
Value mx_string_p_become(ExecCtx *ec, Value self, Value a, Value b) {
  if (!string_can_write(ec, a)) return VAL_EXC;
  mx_str_become(ec, a, b);
  return a;
}

// Make room for bytes in all (String.new with a capacity).
Value mx_string_p_reserve(ExecCtx *ec, Value self, Value a, Value b) {
  int64_t room;
  if (!mx_to_int64(ec, b, &room)) return VAL_EXC;
  if (room > 0 && room < 1 << 30) mx_str_reserve(ec, a, (size_t)room);
  return a;
}

// Raise CompatibilityError unless two strings' encodings agree.
Value mx_string_p_check_compatible(ExecCtx *ec, Value self, Value a, Value b) {
  EncIndex enc;
  return mx_str_check_compatible(ec, a, b, &enc) ? VAL_NIL : VAL_EXC;
}

// Have two strings the same bytes and encoding?
Value mx_string_p_alike(ExecCtx *ec, Value self, Value a, Value b) {
  return val_bool(mx_str_enc(a) == mx_str_enc(b) && mx_str_eq(a, b));
}

// Set the caller's $~.
Value mx_string_p_set_match(ExecCtx *ec, Value self, Value a) {
  string_set_match(ec, a);
  return VAL_NIL;
}

// The caller's $_.
Value mx_string_p_last_line(ExecCtx *ec, Value self) { return ec->vm->up->get_last_line(ec); }

// The caller's $~.
Value mx_string_p_get_match(ExecCtx *ec, Value self) { return ec->vm->up->get_match(ec); }
