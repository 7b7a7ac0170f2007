// SPDX-License-Identifier: MIT
// Pattern matching in both engines: tests, parts of what is matched, and why a match failed.
//
// Guest code may change an Array or Hash between two instructions that look at it, so every index
// is checked again; what is not there any more is nil.
#include "runtime/array.h"
#include "runtime/hash.h"
#include "runtime/semantics.h"
#include "interp/ops.h"
#include "interp/program.h"

// Note why a pattern does not fit.
static void match_miss(ExecCtx *ec, PatternWhy why, Value a, Value b) {
  mx_interp(ec->vm)->miss = (PatternMiss){.why = why, .a = a, .b = b};
}

void mx_ops_match_start(ExecCtx *ec) { match_miss(ec, PATTERN_WHY_NONE, VAL_NIL, VAL_NIL); }

void mx_ops_match_note(ExecCtx *ec, Value pattern, Value v) {
  match_miss(ec, PATTERN_WHY_VALUE, pattern, v);
}

void mx_ops_match_guard(ExecCtx *ec) { match_miss(ec, PATTERN_WHY_GUARD, VAL_NIL, VAL_NIL); }

// Does the array have the length? Notes it if not.
static bool match_length(ExecCtx *ec, Value array, uint32_t expected, bool open) {
  uint32_t len = mx_array_len(array);
  if (open ? len >= expected : len == expected) return true;
  mx_interp(ec->vm)->miss = (PatternMiss){.why = open ? PATTERN_WHY_LENGTH_MIN : PATTERN_WHY_LENGTH,
                                          .a = array,
                                          .given = len,
                                          .expected = expected};
  return false;
}

// Is the hash empty? Notes it if not.
static bool match_empty(ExecCtx *ec, Value hash, PatternWhy why) {
  if (mx_hash_count(hash) == 0) return true;
  match_miss(ec, why, hash, VAL_NIL);
  return false;
}

bool mx_ops_match_case(ExecCtx *ec, MatchTest test, uint32_t count, Value v) {
  switch (test) {
  case MATCH_TEST_NOT_NIL: return !val_is_nil(v);
  case MATCH_TEST_LENGTH: return match_length(ec, v, count, false);
  case MATCH_TEST_LENGTH_MIN: return match_length(ec, v, count, true);
  case MATCH_TEST_DEFINED: return !val_is_undef(v);
  case MATCH_TEST_EMPTY: return match_empty(ec, v, PATTERN_WHY_NOT_EMPTY);
  case MATCH_TEST_REST_EMPTY: return match_empty(ec, v, PATTERN_WHY_REST);
  case MATCH_TEST_COUNT: break;
  }
  MX_UNREACHABLE();
}

// What a public method of the value gives for a pattern to look at; VAL_UNDEF when it has none.
static Value match_convert(ExecCtx *ec, Value v, Sym method, int argc, const Value *argv) {
  int responds = mx_respond_to(ec, v, method, false);
  if (responds < 0) return VAL_EXC;
  return responds ? mx_send(ec, v, method, argc, argv) : VAL_UNDEF;
}

bool mx_ops_match_is_itself(ExecCtx *ec, Value v, Sym method) {
  if (!(method == SYM_deconstruct ? val_is_array(v) : val_is_hash(v))) return false;
  const MethodEntry *me = mx_method_find(ec->vm, mx_class_of(ec->vm, v), method).me;
  return me && !(me->flags & METHOD_F_ADDED);
}

Value mx_ops_match_deconstruct(ExecCtx *ec, Value v, Value kept) {
  if (mx_ops_match_is_itself(ec, v, SYM_deconstruct)) return v;
  if (val_is_array(kept) || val_is_nil(kept)) return kept;
  Value array = match_convert(ec, v, SYM_deconstruct, 0, NULL);
  if (val_is_undef(array)) {
    match_miss(ec, PATTERN_WHY_ARRAY, v, VAL_NIL);
    return VAL_NIL;
  }
  return val_is_exc(array) ? VAL_EXC : mx_ops_match_parts(ec, array);
}

Value mx_ops_match_parts(ExecCtx *ec, Value array) {
  return val_is_array(array) ? array : mx_raise_type(ec, "deconstruct must return Array");
}

Value mx_ops_match_keys(ExecCtx *ec, Value v, Value keys) {
  if (mx_ops_match_is_itself(ec, v, SYM_deconstruct_keys)) return v;
  Value hash = match_convert(ec, v, SYM_deconstruct_keys, 1, &keys);
  if (val_is_undef(hash)) {
    match_miss(ec, PATTERN_WHY_HASH, v, VAL_NIL);
    return VAL_NIL;
  }
  return val_is_exc(hash) ? VAL_EXC : mx_ops_match_pairs(ec, hash);
}

Value mx_ops_match_pairs(ExecCtx *ec, Value hash) {
  return val_is_hash(hash) ? hash : mx_raise_type(ec, "deconstruct_keys must return Hash");
}

Value mx_ops_match_element(ExecCtx *ec, Value array, uint32_t index, bool from_end) {
  return mx_array_get(ec, array, from_end ? -(int64_t)index : (int64_t)index);
}

// Elements [start, end) of an array, as far as they are there.
static Value match_part(ExecCtx *ec, Value array, int64_t start, int64_t end) {
  int64_t len = mx_array_len(array);
  if (end > len) end = len;
  if (start >= end) return mx_array_new(ec, 0);
  return mx_array_slice(ec, array, (uint32_t)start, (uint32_t)(end - start));
}

Value mx_ops_match_slice(ExecCtx *ec, Value array, uint32_t before, uint32_t behind) {
  return match_part(ec, array, before, (int64_t)mx_array_len(array) - behind);
}

Value mx_ops_match_find(ExecCtx *ec, Value array, Value i, uint32_t count) {
  int64_t start = val_to_fixnum(i);
  if (start == 0 && !match_length(ec, array, count, true)) return VAL_UNDEF;
  if (start + count > (int64_t)mx_array_len(array)) {
    match_miss(ec, PATTERN_WHY_FIND, array, VAL_NIL);
    return VAL_UNDEF;
  }
  return match_part(ec, array, start, start + count);
}

Value mx_ops_match_before(ExecCtx *ec, Value array, Value next) {
  return match_part(ec, array, 0, val_to_fixnum(next) - 1);
}

Value mx_ops_match_after(ExecCtx *ec, Value array, Value next, uint32_t count) {
  return match_part(ec, array, val_to_fixnum(next) - 1 + count, mx_array_len(array));
}

Value mx_ops_match_value(ExecCtx *ec, Value hash, Value rest, Value key) {
  Value v = mx_hash_get(ec, hash, key);
  if (val_is_undef(v)) match_miss(ec, PATTERN_WHY_KEY, hash, key);
  if (val_is_exc(v) || val_is_undef(v) || val_is_undef(rest)) return v;
  return val_is_exc(mx_hash_delete(ec, rest, key)) ? VAL_EXC : v;
}

// Raise NoMatchingPatternKeyError for a hash without a key.
static Value match_no_key(ExecCtx *ec, Value v, const PatternMiss *miss) {
  Value error =
      mx_error_new(ec, ec->vm->cls.NoMatchingPatternKeyError, "%V: key not found: %V", v, miss->b);
  mx_ivar_set_hidden(ec, error, mx_sym(ec->vm, "@__matchee"), miss->a);
  mx_ivar_set_hidden(ec, error, mx_sym(ec->vm, "@__key"), miss->b);
  return mx_raise_value(ec, error);
}

// Raise for a value that its only pattern did not fit, saying why.
static Value match_fail_why(ExecCtx *ec, Value v) {
  PatternMiss miss = mx_interp(ec->vm)->miss;
  ClassObj *klass = ec->vm->cls.NoMatchingPatternError;
  switch (miss.why) {
  case PATTERN_WHY_NONE: break;
  case PATTERN_WHY_VALUE:
    return mx_raise(ec, klass, "%V: %V === %V does not return true", v, miss.a, miss.b);
  case PATTERN_WHY_LENGTH:
    return mx_raise(ec, klass, "%V: %V length mismatch (given %u, expected %u)", v, miss.a,
                    miss.given, miss.expected);
  case PATTERN_WHY_LENGTH_MIN:
    return mx_raise(ec, klass, "%V: %V length mismatch (given %u, expected %u+)", v, miss.a,
                    miss.given, miss.expected);
  case PATTERN_WHY_ARRAY:
    return mx_raise(ec, klass, "%V: %V does not respond to #deconstruct", v, miss.a);
  case PATTERN_WHY_HASH:
    return mx_raise(ec, klass, "%V: %V does not respond to #deconstruct_keys", v, miss.a);
  case PATTERN_WHY_KEY: return match_no_key(ec, v, &miss);
  case PATTERN_WHY_REST: return mx_raise(ec, klass, "%V: rest of %V is not empty", v, miss.a);
  case PATTERN_WHY_NOT_EMPTY: return mx_raise(ec, klass, "%V: %V is not empty", v, miss.a);
  case PATTERN_WHY_FIND:
    return mx_raise(ec, klass, "%V: %V does not match to find pattern", v, miss.a);
  case PATTERN_WHY_GUARD: return mx_raise(ec, klass, "%V: guard clause does not return true", v);
  }
  return mx_raise(ec, klass, "%V", v);
}

Value mx_ops_match_fail(ExecCtx *ec, Value v, bool why) {
  if (why) return match_fail_why(ec, v);
  // The value itself is the message: for nil, the name of the class.
  Value error = mx_send1(ec, val_from_ptr(ec->vm->cls.NoMatchingPatternError), SYM_new, v);
  return val_is_exc(error) ? error : mx_raise_value(ec, error);
}
