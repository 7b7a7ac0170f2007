// SPDX-License-Identifier: MIT
// Argument conversions and results that the leaves of String share.
#ifndef MX_BUILTINS_STRING_ARGS_H
#define MX_BUILTINS_STRING_ARGS_H

#include "runtime/regexp.h"
#include "runtime/semantics.h"
#include "runtime/string_edit.h"

// Raise FrozenError if the string is frozen.
static inline MX_MUST_CHECK bool string_can_write(ExecCtx *ec, Value str) {
  return mx_object_check_frozen(ec, str);
}

// Convert an argument to a String in place.
static inline MX_MUST_CHECK bool string_arg(ExecCtx *ec, Value *v) {
  *v = mx_to_str(ec, *v);
  return !val_is_exc(*v);
}

// Convert an argument to a String in place and check that its encoding agrees with str's.
static inline MX_MUST_CHECK bool string_arg_for(ExecCtx *ec, Value str, Value *v) {
  EncIndex enc;
  return string_arg(ec, v) && mx_str_check_compatible(ec, str, *v, &enc);
}

// Result of a method without `!`: the changed string, or a copy when nothing changed.
static inline Value string_result(ExecCtx *ec, Value self, Value changed) {
  return val_is_undef(changed) ? mx_str_dup(ec, self) : changed;
}

// Result of a method with `!`: self with the changes, or nil when nothing changed.
static inline Value string_result_bang(ExecCtx *ec, Value self, Value changed) {
  if (val_is_exc(changed)) return changed;
  if (val_is_undef(changed)) return VAL_NIL;
  mx_str_become(ec, self, changed);
  return self;
}

// Convert arguments to a set of characters; false when it raised.
MX_FUNC bool mx_string_sets(ExecCtx *ec, CharSet *set, Value self, int argc, const Value *argv);

static inline bool val_is_regexp(Value v) { return val_is_type(v, T_REGEXP); }

// Set the caller's $~.
static inline void string_set_match(ExecCtx *ec, Value match) { ec->vm->up->set_match(ec, match); }

// Search from a byte offset and set $~; MatchData, nil or VAL_EXC.
static inline MX_MUST_CHECK Value string_search(ExecCtx *ec, Value regexp, Value str, int64_t from,
                                                bool backward) {
  Value match = mx_regexp_search(ec, regexp, str, from, backward);
  if (!val_is_exc(match)) string_set_match(ec, match);
  return match;
}

// Where a match begins and ends, in bytes.
static inline MatchRegion string_match_span(Value match) {
  return VAL_CAST(MatchObj, match)->regions[0];
}

#endif
