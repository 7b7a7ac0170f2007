// SPDX-License-Identifier: MIT
// Array#join: the text of all elements, nested arrays flattened, with a separator between.
//
// An element is taken as text by to_str, else as an array by to_ary, else by to_s, as Ruby tries
// them. Each of those may run guest code that changes the array, so lengths are read anew.
#include "runtime/array.h"
#include "runtime/semantics.h"
#include "runtime/string.h"

typedef struct Join {
  Value result;    // String being built
  Value separator; // String, or nil for none
  bool begun;      // something was appended, so that the next element needs a separator
} Join;

static bool join_array(ExecCtx *ec, Join *join, Value array);

// Append a text with the separator before it; the first text decides the encoding.
static bool join_text(ExecCtx *ec, Join *join, Value text) {
  if (!join->begun) {
    mx_str_set_enc(join->result, mx_str_enc(text));
  } else if (!val_is_nil(join->separator)) {
    if (!mx_str_append(ec, join->result, join->separator)) return false;
  }
  join->begun = true;
  return mx_str_append(ec, join->result, text);
}

// Append an element that is neither String nor Array.
static bool join_other(ExecCtx *ec, Join *join, Value v) {
  VM *vm = ec->vm;
  if (val_is_heap(v)) {
    Value text = mx_check_convert(ec, v, vm->cls.String, SYM_to_str);
    if (val_is_exc(text)) return false;
    if (!val_is_nil(text)) return join_text(ec, join, text);
    Value array = mx_check_convert(ec, v, vm->cls.Array, SYM_to_ary);
    if (val_is_exc(array)) return false;
    if (!val_is_nil(array)) return join_array(ec, join, array);
  }
  Value text = mx_to_s(ec, v);
  return !val_is_exc(text) && join_text(ec, join, text);
}

// Append one element.
static bool join_element(ExecCtx *ec, Join *join, Value v) {
  if (val_is_string(v)) return join_text(ec, join, v);
  if (val_is_array(v)) return join_array(ec, join, v);
  return join_other(ec, join, v);
}

// Append the elements of an array; an array inside itself is an error.
static bool join_array(ExecCtx *ec, Join *join, Value array) {
  if (!mx_c_stack_check(ec)) return false;
  Sym method = mx_sym(ec->vm, "join");
  if (!mx_recursion_enter(ec, method, array, VAL_NIL)) {
    mx_raise_arg(ec, "recursive array join");
    return false;
  }
  bool ok = true;
  for (uint32_t i = 0; ok && i < mx_array_len(array); i++) {
    ok = join_element(ec, join, mx_array_at(ec, val_to_array(array), i));
  }
  mx_recursion_leave(ec, method, array, VAL_NIL);
  return ok;
}

// Join all elements into a new String.
Value mx_array_join(ExecCtx *ec, Value array, Value separator) {
  Join join = {.result = mx_str_ascii(ec, ""), .separator = separator};
  return join_array(ec, &join, array) ? join.result : VAL_EXC;
}
