// SPDX-License-Identifier: MIT
// The leaf of lib/strscan.rb: a match at a place of a string, or behind it.
//
// A MatchData is made of each match and nothing else: the scanner keeps it, and asks it for what
// the program asks the scanner.
#include "runtime/regexp.h"
#include "runtime/semantics.h"
#include "runtime/builtins/rows.h"

// Flags of a call, as lib/strscan.rb numbers them.
enum {
  SCAN_ANYWHERE = 1, // at the place or behind it
  SCAN_ANCHORED = 2, // ^ and \A mean the beginning of the string, not the place
};

// Where a scanner looks.
typedef struct ScanPlace {
  Value string;
  int64_t at;    // bytes
  int64_t flags; // SCAN_*
} ScanPlace;

// Find a text.
static Value strscan_find_text(ExecCtx *ec, Value text, const ScanPlace *place) {
  const char *rest = mx_str_bytes(place->string) + place->at;
  size_t left = mx_str_len(place->string) - (size_t)place->at, len = mx_str_len(text);
  size_t room = place->flags & SCAN_ANYWHERE || len > left ? left : len;
  int64_t found = mx_str_find_bytes(rest, room, mx_str_bytes(text), len);
  if (found < 0) return VAL_NIL;
  return mx_match_of_string(ec, place->string, (size_t)(place->at + found), len);
}

// Find a pattern.
static Value strscan_find_pattern(ExecCtx *ec, Value regexp, const ScanPlace *place) {
  bool anywhere = place->flags & SCAN_ANYWHERE;
  if (!(place->flags & SCAN_ANCHORED))
    return mx_regexp_scan(ec, regexp, place->string, place->at, anywhere);
  if (anywhere) return mx_regexp_search(ec, regexp, place->string, place->at, false);
  return mx_regexp_match_at(ec, regexp, place->string, place->at);
}

// Metorex.strscan_find(pattern, string, at, flags)
Value mx_strscan_s_find(ExecCtx *ec, Value self, Value a, Value b, Value c, Value d) {
  ScanPlace place = {.string = mx_to_str(ec, b)};
  if (val_is_exc(place.string)) return VAL_EXC;
  if (!mx_to_int64(ec, c, &place.at) || !mx_to_int64(ec, d, &place.flags)) return VAL_EXC;
  if (place.at < 0 || place.at > (int64_t)mx_str_len(place.string)) return VAL_NIL;
  if (val_is_type(a, T_REGEXP)) return strscan_find_pattern(ec, a, &place);
  Value text = mx_to_str(ec, a);
  return val_is_exc(text) ? VAL_EXC : strscan_find_text(ec, text, &place);
}
