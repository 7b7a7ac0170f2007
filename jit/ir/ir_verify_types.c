// SPDX-License-Identifier: MIT
// The verifier's checks of types and immediates, by the letters of the table.
#include "jit/ir/ir_print.h"
#include "jit/ir/ir_verify_parts.h"

// The type of an operand.
static IrType types_of(const Verifier *v, IrRef ref) { return mx_ir_at(v->fn, ref)->type; }

// Check one operand against its letter.
static void types_operand(Verifier *v, uint32_t number, char letter, IrRef ref) {
  IrType type = types_of(v, ref), wanted = mx_ir_letter_type(letter);
  bool good = type == wanted;
  if (letter == 'x') good = type != IRT_VOID;
  if (letter == 'a') good = type == IRT_OBJ || type == IRT_PTR;
  if (letter == 's') {
    wanted = types_of(v, v->ref);
    good = type == wanted;
  }
  const IrIns *ins = mx_ir_at(v->fn, ref);
  const IrIns *user = mx_ir_at(v->fn, v->ref);
  if (!good && letter == 'a')
    mx_ir_verify_fail(v, "operand %u is no address", number);
  else if (!good)
    mx_ir_verify_fail(v, "operand %u is %s, not %s", number, mx_ir_type_text(type),
                      wanted == IRT_COUNT ? "a value" : mx_ir_type_text(wanted));
  else if (ins->flags & IRI_SUNK && !(user->flags & IRI_SUNK))
    mx_ir_verify_fail(v, "operand %u is a sunk allocation", number);
}

// Check the operands of a runtime call against its row, and the type that it declares.
static void types_rt(Verifier *v, const IrIns *ins) {
  const IrRtInfo *info = mx_ir_rt_info(ins->imm);
  uint32_t count = mx_ir_list_count(v->fn, ins->list);
  if (ins->type != info->result)
    mx_ir_verify_fail(v, "gives %s, not %s", mx_ir_type_text(info->result),
                      mx_ir_type_text(ins->type));
  for (uint32_t i = 0; i < count && !v->failed; i++) {
    if (!info->operands[i]) break;
    types_operand(v, i + 1, info->operands[i], mx_ir_list_refs(v->fn, ins->list)[i]);
  }
  uint32_t wanted = 0;
  while (info->operands[wanted]) wanted++;
  if (count != wanted) mx_ir_verify_fail(v, "%u operands, not %u", count, wanted);
}

// Check an immediate against its letter.
static void types_immediate(Verifier *v, const IrIns *ins, char letter, uint32_t imm) {
  if (letter == 'F' && imm >= IRF_COUNT) mx_ir_verify_fail(v, "there is no field %u", imm);
  if (letter == 'R' && imm >= RT_COUNT) mx_ir_verify_fail(v, "there is no runtime call %u", imm);
  if (letter == 'C' && imm >= v->fn->sites.count) mx_ir_verify_fail(v, "there is no site %u", imm);
  if (ins->op == IR_PARAM && imm >= v->fn->params)
    mx_ir_verify_fail(v, "the function has %u parameters", v->fn->params);
}

// Check what only a function with an entry of its own has, and the type that it gives.
static void types_own(Verifier *v, const IrIns *ins) {
  bool own = ins->op == IR_ARG || ins->op == IR_CALL_OWN || ins->op == IR_RETURNED_OWN;
  bool number = ins->type == IRT_INT || ins->type == IRT_DOUBLE;
  if (own && !v->fn->own)
    mx_ir_verify_fail(v, "the function is not own");
  else if (ins->op == IR_ARG && (!number || ins->imm >= IR_OWN_ARGS))
    mx_ir_verify_fail(v, "no argument that may be a number");
  else if (ins->op == IR_CALL_OWN && ins->type != IRT_VAL)
    mx_ir_verify_fail(v, "gives val");
  else if (ins->op == IR_RETURNED_OWN &&
           (!number || ins->type != v->fn->result || mx_ir_at(v->fn, ins->a[0])->op != IR_CALL_OWN))
    mx_ir_verify_fail(v, "not what an own call gave");
  else if (ins->op == IR_RETURN && types_of(v, ins->a[0]) != v->fn->result)
    mx_ir_verify_fail(v, "the function gives %s", mx_ir_type_text(v->fn->result));
}

// Check a store to a field.
static void types_field_store(Verifier *v, const IrIns *ins) {
  const IrFieldInfo *field = mx_ir_field_info(ins->imm);
  if (field->kind == IR_FIELD_FIXED)
    mx_ir_verify_fail(v, "the field never changes");
  else if (types_of(v, ins->a[1]) != field->type)
    mx_ir_verify_fail(v, "operand 2 is %s, not %s", mx_ir_type_text(types_of(v, ins->a[1])),
                      mx_ir_type_text(field->type));
}

// Check the list behind '*', whose letter follows.
static void types_list(Verifier *v, const IrIns *ins, uint32_t fixed, char letter) {
  uint32_t count = mx_ir_list_count(v->fn, ins->list);
  if (ins->op == IR_CALL_RT) {
    types_rt(v, ins);
    return;
  }
  for (uint32_t i = 0; i < count && !v->failed; i++)
    types_operand(v, fixed + i + 1, letter, mx_ir_list_refs(v->fn, ins->list)[i]);
}

// Check that the instruction's own type is what the table says.
static void types_result(Verifier *v, const IrIns *ins) {
  const IrInfo *info = mx_ir_info(ins->op);
  IrType wanted = info->rule == IR_RULE_TYPE    ? (IrType)info->result
                  : info->rule == IR_RULE_FIELD ? (IrType)mx_ir_field_info(ins->imm)->type
                                                : (IrType)ins->type;
  bool may_be_void = ins->op == IR_CALL_RT && mx_ir_rt_info(ins->imm)->result == IRT_VOID;
  if (ins->type != wanted || ins->type >= IRT_COUNT)
    mx_ir_verify_fail(v, "gives %s", mx_ir_type_text(wanted));
  else if (info->rule == IR_RULE_DECLARED && ins->type == IRT_VOID && !may_be_void)
    mx_ir_verify_fail(v, "gives no value");
  if (ins->flags & IRI_SUNK && info->effect != IR_EFFECT_ALLOC)
    mx_ir_verify_fail(v, "only allocations are sunk");
}

// Check types and immediates.
void mx_ir_verify_types(Verifier *v) {
  const IrIns *ins = mx_ir_at(v->fn, v->ref);
  const char *letter = mx_ir_info(ins->op)->operands;
  uint32_t refs = 0, immediates = 0;
  for (; *letter && *letter != '*' && !v->failed; letter++) {
    if (*letter == 'T') continue;
    if (*letter >= 'a') {
      types_operand(v, refs + 1, *letter, ins->a[refs]);
      refs++;
    } else {
      types_immediate(v, ins, *letter, immediates++ ? ins->imm2 : ins->imm);
    }
  }
  if (!v->failed) types_result(v, ins);
  if (!v->failed && *letter == '*') types_list(v, ins, refs, letter[1]);
  if (!v->failed && ins->op == IR_FIELD_STORE) types_field_store(v, ins);
  if (!v->failed) types_own(v, ins);
}
