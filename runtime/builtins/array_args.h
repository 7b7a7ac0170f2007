// SPDX-License-Identifier: MIT
// Argument conversions that the leaves of Array share.
#ifndef MX_BUILTINS_ARRAY_ARGS_H
#define MX_BUILTINS_ARRAY_ARGS_H

#include "runtime/array.h"
#include "runtime/semantics.h"

// Raise FrozenError if the array is frozen.
static inline MX_MUST_CHECK bool array_can_write(ExecCtx *ec, Value array) {
  return mx_object_check_frozen(ec, array);
}

// Read a count; ArgumentError with the message when it is negative.
MX_FUNC MX_MUST_CHECK bool mx_array_arg_count(ExecCtx *ec, Value v, const char *negative,
                                              int64_t *count);

// Resolve (start, count) or a Range against a length. 1 ok and clamped, 0 outside, -1 raised.
// b is VAL_UNDEF for the forms with one argument; *is_span is false for a plain index in a.
typedef struct ArrayTarget {
  bool is_span;  // a part rather than one element
  int64_t start; // index of the element, or where the part begins
  int64_t count; // elements of the part
} ArrayTarget;
MX_FUNC int mx_array_arg_target(ExecCtx *ec, Value array, Value a, Value b, ArrayTarget *target);

// ArgumentError "argument too big" when an array cannot have so many elements.
MX_FUNC MX_MUST_CHECK bool mx_array_arg_fits(ExecCtx *ec, int64_t len);

#endif
