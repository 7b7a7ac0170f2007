// SPDX-License-Identifier: MIT
// "#{v}" of objects, and the order of Strings.
#include "runtime/semantics.h"
#include "runtime/string.h"
#include "jit/record/build.h"

// ---- "#{v}"

// What to_s of a value gave, or what every object has when that is no String.
static Value text_checked(ExecCtx *ec, Value v, Value given) {
  return val_is_string(given) ? given : mx_any_to_s(ec, v);
}

// Its text, by its to_s whatever that is.
static Value text_of_any(ExecCtx *ec, Value v) { return mx_to_s(ec, v); }

// What objects of a place have to_s from, if all were of one shape, and it is a method of the
// program that can be called; NULL otherwise. It lives as long as the record.
static const CallEntry *text_method(Builder *b, const TypeSet *seen) {
  if (seen->kinds != SEEN_HEAP || seen->shape_count != 1 || seen->boxed || seen->many) return NULL;
  ClassObj *klass = mx_shape_at(b->vm, seen->shapes[0])->klass;
  MethodCell *cell = mx_assume_method(b->vm, klass, SYM_to_s);
  const MethodCode *method = cell->me && cell->me->kind == METHOD_GUEST ? cell->me->as.code : NULL;
  Code *code = method ? method->made : NULL;
  if (!code || !code->stream || !mx_build_can_call(code)) return NULL;
  mx_build_assume(b, cell);
  CallEntry *entry = mx_arena_new(b->kept, CallEntry);
  *entry = (CallEntry){.cell = cell,
                       .shape = seen->shapes[0],
                       .callee = CALLEE_GUEST,
                       .code = code,
                       .lex = method->lex};
  return entry;
}

// Call the method, and look at what it gives.
static bool text_ask(Builder *b, const CallEntry *entry) {
  mx_build_as_shape(b, mx_build_top(b, 0), entry->shape);
  if (b->block == IR_NO_BLOCK) return true;
  CallCache *cc = mx_arena_new(b->kept, CallCache);
  *cc = (CallCache){.name = SYM_to_s, .flags = OPF_FCALL};
  IrRef object = mx_build_val(b, *mx_build_top(b, 0));
  IrRef given =
      mx_build_call_value(b, entry, &(BuildOut){.cc = cc, .flags = cc->flags, .looks = true});
  if (!given) return false;
  BuildCall check = {(RtFn)text_checked, 1, RTE_COLLECTS, NULL};
  mx_build_called(b, 1, mx_build_c_call(b, &check, 2, (IrRef[]){object, given}));
  return true;
}

bool mx_build_text(Builder *b, const Seen *seen) {
  if (!mx_build_see_envs(b)) return true;
  const CallEntry *entry = text_method(b, &seen->in[0]);
  if (entry && text_ask(b, entry)) return true;
  if (b->block == IR_NO_BLOCK) return true;
  SnapId under_way = mx_build_snap(b);
  mx_build_show_frames(b);
  IrRef v = mx_build_val(b, *mx_build_top(b, 0));
  BuildCall call = {(RtFn)text_of_any, 0, RTE_GUEST, NULL};
  mx_build_called(b, 1, mx_build_returned(b, under_way, mx_build_c_call(b, &call, 1, &v)));
  return true;
}

// ---- the order of Strings

// Is a comparison true? Refuses what is no String.
static Value text_compare(ExecCtx *ec, Value a, Value b, Value name) {
  if (!val_is_string(a) || !val_is_string(b)) return VAL_UNDEF;
  if (mx_class_of(ec->vm, a) != ec->vm->cls.String) return VAL_UNDEF;
  int order = mx_str_cmp(a, b);
  switch (val_to_sym(name)) {
  case SYM_LT: return val_bool(order < 0);
  case SYM_LE: return val_bool(order <= 0);
  case SYM_GT: return val_bool(order > 0);
  default: return val_bool(order >= 0);
  }
}

// Were only Strings seen in a place?
static bool text_only(const Builder *b, const TypeSet *seen) {
  if (seen->kinds != SEEN_HEAP || seen->boxed || seen->many) return false;
  for (uint32_t i = 0; i < seen->shape_count; i++)
    if (mx_shape_at(b->vm, seen->shapes[i])->klass != b->vm->cls.String) return false;
  return true;
}

// An operand that is only looked at: a literal itself, not the copy of it that nobody else has.
static IrRef text_operand(Builder *b, IrRef ref) {
  const IrIns *ins = mx_ir_at(b->fn, mx_build_root(b, ref));
  return mx_build_val(b, ins->op == IR_NEW_STRING ? ins->a[0] : ref);
}

bool mx_build_text_order(Builder *b, Sym name, const Seen *seen) {
  if (name != SYM_LT && name != SYM_LE && name != SYM_GT && name != SYM_GE) return false;
  if (!text_only(b, &seen->in[0]) || !text_only(b, &seen->in[1])) return false;
  if (!mx_build_basic(b, name, BASIC_STRING) || !mx_build_basic(b, SYM_CMP, BASIC_STRING))
    return false;
  IrRef refs[] = {text_operand(b, *mx_build_top(b, 1)), text_operand(b, *mx_build_top(b, 0)),
                  mx_ir_const(b->fn, IR_KVAL, val_from_sym(name))};
  BuildCall call = {(RtFn)text_compare, 2, RTE_REFUSES, NULL};
  mx_build_done(b, 2, mx_build_truth(b, mx_build_c_call(b, &call, 3, refs)));
  return true;
}
