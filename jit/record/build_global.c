// SPDX-License-Identifier: MIT
// Building global variables: a plain one is a load or a store of the variable itself, which is
// asked whether it is plain still. One that is not is read by C, unless that would run the program.
#include "runtime/global.h"
#include "jit/record/build.h"
#include "jit/record/op_calls.h"

static Value global_name(const Builder *b, const Instruction *in) {
  return b->act->code->chunk->consts[in->operands[0]];
}

// The address of a variable that is plain, which is made sure of; IR_NONE: it is not.
static IrRef global_plain(Builder *b, const Instruction *in) {
  const GlobalVar *var = mx_global_plain(b->vm, val_to_sym(global_name(b, in)));
  if (!var) return IR_NONE;
  IrRef at = mx_ir_const(b->fn, IR_KPTR, val_from_ptr(var));
  IrRef plain = mx_build_emit(b, IR_FIELD_LOAD, at, IR_NONE, IR_NONE, IRF_GLOBAL_PLAIN);
  IrRef one = mx_ir_const(b->fn, IR_KWORD, 1);
  mx_build_guard(b, IR_GUARD_TRUE, mx_build_emit(b, IR_WEQ, plain, one, IR_NONE, 0), IR_NONE, 0);
  return at;
}

bool mx_build_load_global(Builder *b, const Instruction *in) {
  IrRef at = global_plain(b, in), name = mx_ir_const(b->fn, IR_KVAL, global_name(b, in));
  BuildCall call = {(RtFn)mx_call_global, 0, RTE_REFUSES, NULL};
  mx_build_done(b, 0,
                at ? mx_build_emit(b, IR_FIELD_LOAD, at, IR_NONE, IR_NONE, IRF_GLOBAL_VALUE)
                   : mx_build_c_call(b, &call, 1, &name));
  return true;
}

bool mx_build_store_global(Builder *b, const Instruction *in) {
  IrRef at = global_plain(b, in);
  if (!at) return false;
  mx_build_emit(b, IR_FIELD_STORE, at, mx_build_val(b, *mx_build_top(b, 0)), IR_NONE,
                IRF_GLOBAL_VALUE);
  mx_build_done(b, 1, IR_NONE);
  return true;
}
