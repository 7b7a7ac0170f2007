// SPDX-License-Identifier: MIT
// Arguments of a bare `super`: the parameters of the method around a frame as they are now, for
// both engines.
#include "runtime/array.h"
#include "runtime/hash.h"
#include "runtime/semantics.h"
#include "interp/invoke.h"

// Add the current value of one parameter.
static bool super_add(ExecCtx *ec, const ParamSpec *p, const Value *slots, Value out[2]) {
  switch ((ParamKind)p->kind) {
  case PARAM_REQ:
  case PARAM_OPT: mx_array_push(ec, out[0], slots[p->slot]); return true;
  case PARAM_FORWARD:
    mx_array_concat(ec, out[0], slots[p->slot]);
    return val_is_nil(slots[p->slot + 1]) || mx_hash_merge(ec, out[1], slots[p->slot + 1]);
  case PARAM_REST:
    if (p->slot == SCOPE_NO_SLOT) return true;
    Value list = mx_splat(ec, slots[p->slot]);
    if (val_is_exc(list)) return false;
    mx_array_concat(ec, out[0], list);
    return true;
  case PARAM_KEY:
  case PARAM_KEYREQ: return mx_hash_set(ec, out[1], val_from_sym(p->name), slots[p->slot]);
  case PARAM_KEYREST: return p->slot == SCOPE_NO_SLOT || mx_hash_merge(ec, out[1], slots[p->slot]);
  default: return true;
  }
}

bool mx_super_args(ExecCtx *ec, Frame *fr, Value out[2]) {
  if (mx_frame_in_proc_method(fr)) {
    (void)mx_raise(ec, ec->vm->cls.RuntimeError,
                   "implicit argument passing of super from method defined by define_method() is "
                   "not supported. Specify all arguments explicitly.");
    return false;
  }
  const Code *code;
  const Value *slots = mx_frame_method_locals(fr, &code);
  out[0] = mx_array_new(ec, code->params.count);
  out[1] = mx_hash_new(ec);
  // **rest comes first, as in Ruby: the keywords of their own go behind it.
  for (int rest = 1; rest >= 0; rest--)
    for (uint32_t i = 0; i < code->params.count; i++) {
      const ParamSpec *p = &code->params.list[i];
      if ((p->kind == PARAM_KEYREST) == rest && !super_add(ec, p, slots, out)) return false;
    }
  return true;
}
