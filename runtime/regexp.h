// SPDX-License-Identifier: MIT
// Regular expressions (Oniguruma, Ruby syntax) and match results.
#ifndef MX_RUNTIME_REGEXP_H
#define MX_RUNTIME_REGEXP_H

#include "runtime/string.h"

// Options of a Regexp as the language numbers them.
enum {
  REGEXP_I = 1,      // Regexp::IGNORECASE
  REGEXP_X = 2,      // EXTENDED
  REGEXP_M = 4,      // MULTILINE
  REGEXP_FIXED = 16, // FIXEDENCODING
  REGEXP_NONE = 32,  // NOENCODING
};

// How a subject is gone through.
typedef enum RegexpMode {
  REGEXP_FORWARD,    // first match at or behind the start
  REGEXP_BACKWARD,   // last match at or before the start
  REGEXP_MATCH_HERE, // match at the start only
} RegexpMode;

typedef struct RegexpObj {
  Header h;
  Value source;      // String, frozen; VAL_NIL while uninitialized (allocate)
  uint32_t options;  // REGEXP_OPT_* of the language: i 1, x 2, m 4, fixed 16, none 32
  uint32_t groups;   // capture groups
  void *compiled[3]; // compiled forms by kind of subject encoding; malloc, freed by a finalizer
  Value names;       // Hash name String -> Array of group numbers, or nil
} RegexpObj;

typedef struct MatchRegion {
  int64_t start; // bytes, -1: group did not take part
  int64_t end;
} MatchRegion;

typedef struct MatchObj {
  Header h;
  Value regexp;         // RegexpObj, or nil (match by a string)
  Value string;         // frozen copy of the subject
  uint32_t groups;      // capture groups, group 0 not counted
  MatchRegion *regions; // groups + 1 entries, pointer-free
} MatchObj;

// Compile; RegexpError with Oniguruma's reason.
MX_FUNC MX_MUST_CHECK Value mx_regexp_new(ExecCtx *ec, Value source, uint32_t options);
// Set up an allocated Regexp likewise.
MX_FUNC MX_MUST_CHECK bool mx_regexp_init(ExecCtx *ec, Value regexp, Value source,
                                          uint32_t options);
// Look for a match without making a MatchData: 1 found, 0 not, -1 raised.
MX_FUNC int mx_regexp_test(ExecCtx *ec, Value regexp, Value str, int64_t start, RegexpMode mode);
// Byte offset of the first match of a whole text, likewise: -1 for none, -2 raised.
MX_FUNC int64_t mx_regexp_position(ExecCtx *ec, Value regexp, Value str);
// Search from a byte offset; backward searches for the last match at or before it. MatchObj,
// nil, or VAL_EXC. Does not set $~.
MX_FUNC MX_MUST_CHECK Value mx_regexp_search(ExecCtx *ec, Value regexp, Value str, int64_t start,
                                             bool backward);
// Match exactly at a byte offset.
MX_FUNC MX_MUST_CHECK Value mx_regexp_match_at(ExecCtx *ec, Value regexp, Value str, int64_t at);
// Match at a byte offset, or search from it, as if the text began there; the places in the
// MatchData are in the whole text.
MX_FUNC MX_MUST_CHECK Value mx_regexp_scan(ExecCtx *ec, Value regexp, Value str, int64_t at,
                                           bool anywhere);
// MatchData whose regions the caller fills; of a plain string found at a byte offset.
MX_FUNC Value mx_match_new(ExecCtx *ec, Value regexp, Value str, uint32_t groups);
MX_FUNC Value mx_match_of_string(ExecCtx *ec, Value str, size_t at, size_t len);
// Number of the group that a name (String) means, -1 when there is none of the name.
MX_FUNC int64_t mx_match_name_to_group(ExecCtx *ec, Value match, Value name);
MX_FUNC Value mx_match_group(ExecCtx *ec, Value match, int64_t group); // String or nil
MX_FUNC Value mx_match_pre(ExecCtx *ec, Value match);
MX_FUNC Value mx_match_post(ExecCtx *ec, Value match);
// Group by name, VAL_UNDEF when there is none of the name.
MX_FUNC Value mx_match_named(ExecCtx *ec, Value match, const char *name, size_t len);
MX_FUNC Value mx_regexp_show_source(ExecCtx *ec, Value source); // between slashes
MX_FUNC Value mx_regexp_inspect(ExecCtx *ec, Value regexp);
MX_FUNC MX_MUST_CHECK Value mx_regexp_to_s(ExecCtx *ec, Value regexp); // (?-mix:source)

#endif
