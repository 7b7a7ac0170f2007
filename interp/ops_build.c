// SPDX-License-Identifier: MIT
// Collections and texts that literals, arguments and assignments build, in both engines.
#include "runtime/array.h"
#include "runtime/assume.h"
#include "runtime/encoding.h"
#include "runtime/hash.h"
#include "runtime/regexp.h"
#include "runtime/semantics.h"
#include "runtime/string.h"
#include "interp/ops.h"
#include "interp/refine.h"

Value mx_ops_dict(ExecCtx *ec, uint32_t pairs, const Value *values) {
  Value hash = mx_hash_new(ec);
  for (uint32_t i = 0; i < pairs; i++)
    if (!mx_hash_set(ec, hash, values[2 * i], values[2 * i + 1])) return VAL_EXC;
  return hash;
}

Value mx_ops_splat(ExecCtx *ec, Value v, bool fresh) {
  Value array = mx_splat(ec, v);
  return val_is_exc(array) || array != v || !fresh ? array : mx_array_dup(ec, array);
}

Value mx_ops_to_ary(ExecCtx *ec, Value v) {
  if (val_is_array(v)) return v;
  Value array = mx_check_convert(ec, v, ec->vm->cls.Array, SYM_to_ary);
  return val_is_nil(array) ? mx_array_from(ec, 1, &v) : array;
}

// Element of an array, nil outside.
static Value build_element(ExecCtx *ec, const Array *a, int64_t i) {
  return i >= 0 && i < (int64_t)a->len ? mx_array_at(ec, a, (uint32_t)i) : VAL_NIL;
}

Value *mx_ops_spread(ExecCtx *ec, const uint32_t *counts, Value array, Value *sp) {
  const Array *a = val_to_array(array);
  int64_t before = counts[0], rest = counts[1], behind = counts[2], len = a->len;
  int64_t taken = len - before - behind;
  if (taken < 0 || !rest) taken = 0;
  for (int64_t i = behind; i-- > 0;) *sp++ = build_element(ec, a, before + taken + i);
  if (rest)
    *sp++ =
        taken ? mx_array_slice(ec, array, (uint32_t)before, (uint32_t)taken) : mx_array_new(ec, 0);
  for (int64_t i = before; i-- > 0;) *sp++ = build_element(ec, a, i);
  return sp;
}

Value mx_ops_shared(ExecCtx *ec, const Frame *fr, CallCache *cc) {
  Value literal = fr->code->chunk->consts[cc->body];
  bool is_string = val_is_string(literal);
  if (!fr->lex->refinements && !fr->code->refined) {
    ClassObj *klass = is_string ? ec->vm->cls.String : ec->vm->cls.Array;
    const MethodCell *cell = mx_assume_method(ec->vm, klass, cc->name);
    const MethodEntry *me = cell->me;
    cc->entry.cell = cell;
    if (me && (me->kind == METHOD_BUILTIN || me->kind == METHOD_CORE || me->flags & METHOD_F_CORE))
      return literal;
  }
  cc->entry.cell = NULL;
  return is_string ? mx_str_dup(ec, literal) : mx_array_dup(ec, literal);
}

Value mx_ops_to_hash(ExecCtx *ec, Value v) {
  return val_is_nil(v) || val_is_hash(v) ? v : mx_to_hash(ec, v);
}

Value mx_ops_to_string(ExecCtx *ec, const Frame *fr, Value v) {
  if (val_is_string(v)) return v;
  if (MX_UNLIKELY(fr->lex->refinements)) {
    MethodRef ref = mx_refine_find(ec, fr->lex->refinements, mx_class_of(ec->vm, v), SYM_to_s);
    CallArgs args = mx_args(0, NULL);
    if (ref.me) v = mx_invoke_method(ec, v, ref, SYM_to_s, &args);
    if (val_is_exc(v)) return v;
  }
  return mx_to_s(ec, v);
}

Value mx_ops_regexp(ExecCtx *ec, Value source, uint32_t options) {
  Value regexp = mx_regexp_new(ec, source, options);
  if (!val_is_exc(regexp)) mx_object_freeze(ec, regexp);
  return regexp;
}

Value mx_ops_type_error(ExecCtx *ec, Value expected, Value v) {
  Value found = mx_class_path(ec, mx_class_real(mx_class_of(ec->vm, v)));
  return mx_raise_type(ec, "%s, found %s", mx_str_bytes(expected), mx_str_bytes(found));
}
