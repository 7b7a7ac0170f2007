// SPDX-License-Identifier: MIT
// Calls of a method by itself: arguments and results that are numbers are passed as such.
//
// The code of such a method begins twice (jit/llvm/lower_own.c). Whoever calls it with Values comes
// in by guards of the arguments; the calls that it makes of itself have those checks behind them,
// and find a number where the method returns nothing else. So
//
//   %6:val = param #3                        %6:val = param #3
//   %7:double = guard.double %6 !0           %7:double = arg %6, #0 !0
//   ...                                      ...
//   %20:val = box.double %19            =>   %21:val = call.own %18, site:1, (%4, %19)
//   %21:val = call.guest %18, site:1, (%4, %20)
//   %22:val = returned %21                   %22:double = returned.own %21 !6
//   guard.valid !5                           guard.valid !5
//   return %30                               return %29
//
// An argument is a number if the activation begins with a guard of it and each call has one there;
// a result, if each return has one, or what such a call gave. Snapshot 6 is 5 with the Value that
// was given: what leaves machine code may give any.
// PRE: verified; behind calls nothing but the guard of the code itself looks at what returned.
// POST: the parameter of an arg has no other use; what a call.own gave, none but its `returned`.
#include "runtime/value.h"
#include "jit/opt/pipeline.h"

enum { OWN_PHIS = 4 }; // that are looked through, one behind the other

typedef struct Own {
  IrFn *fn;
  Arena arena;
  IrRef value[IR_OWN_ARGS]; // the argument as a Value; IR_NONE: there is none
  IrRef guard[IR_OWN_ARGS]; // what makes a number of it; IR_NONE: it is passed as a Value
  SnapId entry;             // of the activation's start
  IrRef first;              // the first guard, which has it
  VEC(IrRef) calls;         // of the method itself
  IrType result;            // of all returns
  IrRef *box;               // by ref: what stands for it where a Value is wanted
} Own;

static const IrIns *own_at(const Own *own, IrRef ref) { return mx_ir_at(own->fn, ref); }

// The instruction that makes a Value of a type.
static IrOp own_box_op(IrType type) { return type == IRT_INT ? IR_BOX_INT : IR_BOX_DOUBLE; }

// ---- what there is

// The number of an argument that an instruction of the entry block gives; IR_OWN_ARGS for none.
static uint32_t own_number(const IrIns *ins) {
  uint32_t number = IR_OWN_ARGS;
  if (ins->op == IR_PARAM && ins->type == IRT_VAL && ins->imm >= IR_PARAM_ARG)
    number = ins->imm - IR_PARAM_ARG;
  else if (ins->op == IR_HOME_LOAD && ins->imm >= IR_REG_ARGS)
    number = ins->imm;
  return number < IR_OWN_ARGS ? number : IR_OWN_ARGS;
}

// Note a guard of an argument, if it holds at the start.
static void own_find_guard(Own *own, IrRef ref) {
  const IrIns *ins = own_at(own, ref);
  if (!own->first) own->entry = ins->snap, own->first = ref;
  if (ins->op != IR_GUARD_INT && ins->op != IR_GUARD_DOUBLE) return;
  for (uint32_t i = 0; i < IR_OWN_ARGS; i++)
    if (own->value[i] == ins->a[0] && !own->guard[i] && ins->snap == own->entry)
      own->guard[i] = ref;
}

// May it come before the first guard? It uses no argument.
static bool own_is_early(const IrIns *ins) {
  return ins->op == IR_PARAM || ins->op == IR_HOME_LOAD || ins->op == IR_FIELD_LOAD;
}

// Find the arguments and their guards: in the entry block, before anything has an effect.
static void own_find_args(Own *own) {
  for (IrRef ref = own->fn->blocks.at[0].first; ref; ref = own_at(own, ref)->next) {
    const IrIns *ins = own_at(own, ref);
    uint32_t number = own_number(ins);
    if (number < IR_OWN_ARGS)
      own->value[number] = ref;
    else if (mx_ir_info((IrOp)ins->op)->effect == IR_EFFECT_GUARD)
      own_find_guard(own, ref);
    else if (mx_ir_info((IrOp)ins->op)->effect > IR_EFFECT_READ ||
             (!own->first && !own_is_early(ins)))
      return;
  }
}

// Note a value of the start's snapshot that is not there before the method's own code.
static void own_visit_entry(void *ctx, IrRef *value) {
  Own *own = ctx;
  const IrIns *ins = own_at(own, *value);
  bool there = mx_ir_is_const((IrOp)ins->op) || ins->op == IR_PARAM || ins->op == IR_HOME_LOAD;
  if (!there) own->entry = SNAP_NONE;
}

// Find the calls.
static void own_find_calls(Own *own) {
  for (IrBlockId id = 0; id < own->fn->blocks.count; id++)
    for (IrRef ref = own->fn->blocks.at[id].first; ref; ref = own_at(own, ref)->next)
      if (own_at(own, ref)->op == IR_CALL_GUEST && own->fn->sites.at[own_at(own, ref)->imm].own)
        vec_push(&own->calls, ref);
}

// ---- what is a number

// Is that what looks at a call of the method by itself, where nothing else has to be done when that
// has raised?
static bool own_is_returned(const Own *own, IrRef ref) {
  const IrIns *ins = own_at(own, ref);
  if (ins->op != IR_RETURNED || ins->snap != SNAP_NONE) return false;
  const IrIns *call = own_at(own, ins->a[0]);
  bool itself = call->op == IR_CALL_GUEST && own->fn->sites.at[call->imm].own;
  return itself && own_at(own, ins->next)->op == IR_GUARD_VALID;
}

// What two Values have in common. VOID: one that may be of any type.
static IrType own_both(IrType a, IrType b) {
  if (a == IRT_VOID || a == b) return b;
  return b == IRT_VOID ? a : IRT_VAL;
}

// The type of number that a Value is, if the arguments and results are that are taken to be some so
// far; VAL if it may be anything.
static IrType own_type(const Own *own, IrRef ref, uint32_t depth) {
  const IrIns *ins = own_at(own, ref);
  if (ins->op == IR_BOX_INT) return IRT_INT;
  if (ins->op == IR_BOX_DOUBLE) return IRT_DOUBLE;
  if (ins->op == IR_KVAL && val_is_fixnum(mx_ir_word(own->fn, ref))) return IRT_INT;
  if (ins->op == IR_KVAL && val_is_flonum(mx_ir_word(own->fn, ref))) return IRT_DOUBLE;
  for (uint32_t i = 0; i < IR_OWN_ARGS; i++)
    if (own->guard[i] && own->value[i] == ref) return (IrType)own_at(own, own->guard[i])->type;
  if (own_is_returned(own, ref)) return own->result;
  if (ins->op != IR_PHI || own->fn->blocks.at[ins->block].loop || depth == OWN_PHIS) return IRT_VAL;
  IrType type = IRT_VOID;
  for (uint32_t i = 0; i < mx_ir_list_count(own->fn, ins->list); i++)
    type = own_both(type, own_type(own, mx_ir_list_refs(own->fn, ins->list)[i], depth + 1));
  return type;
}

// Drop the guards of arguments that some call has no such number for; were there any?
static bool own_drop_guards(Own *own) {
  bool dropped = false;
  for (uint32_t c = 0; c < own->calls.count; c++) {
    IrList list = own_at(own, own->calls.at[c])->list;
    for (uint32_t i = 0; i < IR_OWN_ARGS; i++) {
      if (!own->guard[i]) continue;
      IrType type = (IrType)own_at(own, own->guard[i])->type;
      bool passed = 1 + i < mx_ir_list_count(own->fn, list);
      if (passed && own_type(own, mx_ir_list_refs(own->fn, list)[1 + i], 0) == type) continue;
      own->guard[i] = IR_NONE;
      dropped = true;
    }
  }
  return dropped;
}

// Find the type of what all returns give, those aside that give what the method gave.
static void own_find_result(Own *own) {
  IrType result = own->result = IRT_VOID;
  for (IrBlockId id = 0; id < own->fn->blocks.count; id++) {
    IrRef last = own->fn->blocks.at[id].last;
    if (last && own_at(own, last)->op == IR_RETURN)
      result = own_both(result, own_type(own, own_at(own, last)->a[0], 0));
  }
  own->result = result == IRT_VOID ? IRT_VAL : result;
}

// ---- changing

// Let a number have a Value that stands for it in operands.
static void own_box(Own *own, IrRef value, IrRef number) {
  IrType type = (IrType)own_at(own, number)->type;
  IrIns box = {.op = own_box_op(type), .a = {number}, .snap = SNAP_NONE};
  own->box[value] = mx_ir_insert_before(own->fn, own_at(own, number)->next, &box);
}

// Let arguments be numbers from the start on.
static void own_take_args(Own *own) {
  if (own->entry == SNAP_NONE) return;
  SnapId entry = mx_ir_snap_copy(own->fn, own->entry);
  for (uint32_t i = 0; i < IR_OWN_ARGS; i++) {
    if (!own->guard[i]) continue;
    IrIns *arg = mx_ir_at(own->fn, own->guard[i]);
    arg->op = IR_ARG;
    arg->imm = i;
    arg->snap = entry;
    mx_ir_move_before(own->fn, own->guard[i], own->first);
    own_box(own, own->value[i], own->guard[i]);
  }
}

// Let what a call gave be a number, where it is one.
static void own_take_result(Own *own, IrRef ref) {
  IrIns *ins = mx_ir_at(own->fn, ref);
  SnapId behind = mx_ir_snap_copy(own->fn, own_at(own, ins->next)->snap);
  ins->op = IR_RETURNED_OWN;
  ins->type = (uint8_t)own->result;
  ins->snap = behind;
  own_box(own, ref, ref);
}

// In the snapshot behind a call stands what the call gave.
typedef struct OwnGave {
  IrRef returned, call;
} OwnGave;

static void own_visit_gave(void *ctx, IrRef *value) {
  const OwnGave *gave = ctx;
  if (*value == gave->returned) *value = gave->call;
}

static void own_take_results(Own *own) {
  for (uint32_t c = 0; c < own->calls.count; c++) {
    IrRef call = own->calls.at[c], ref = own_at(own, call)->next;
    if (!own_is_returned(own, ref)) continue;
    own_take_result(own, ref);
    mx_ir_snap_values(own->fn, own_at(own, ref)->snap, own_visit_gave, &(OwnGave){ref, call});
  }
}

// Replace an operand that is a number by now by its Value.
static void own_visit_operand(void *ctx, IrRef *operand) {
  const Own *own = ctx;
  if (own->box[*operand]) *operand = own->box[*operand];
}

// Replace an argument in a snapshot by the number.
static void own_visit_snap(void *ctx, IrRef *value) {
  const Own *own = ctx;
  for (uint32_t i = 0; i < IR_OWN_ARGS; i++)
    if (own->guard[i] && *value == own->value[i]) *value = own->guard[i];
}

// Let everything use the numbers, or Values that are made of them.
static void own_replace(Own *own) {
  IrFn *fn = own->fn;
  for (IrBlockId id = 0; id < fn->blocks.count; id++)
    for (IrRef ref = fn->blocks.at[id].first; ref; ref = own_at(own, ref)->next) {
      const IrIns *ins = own_at(own, ref);
      if (ins->op == IR_ARG) continue;
      if (ins->snap != SNAP_NONE) mx_ir_snap_values(fn, ins->snap, own_visit_snap, own);
      bool makes =
          (ins->op == IR_BOX_INT || ins->op == IR_BOX_DOUBLE) && own->box[ins->a[0]] == ref;
      if (!makes) mx_ir_operands(fn, ref, own_visit_operand, own);
    }
}

static IrRef own_unbox(Own *own, IrRef ref);

// The phi of the numbers that the Values of a phi are.
static IrRef own_unbox_phi(Own *own, IrRef ref) {
  IrFn *fn = own->fn;
  uint32_t count = mx_ir_list_count(fn, own_at(own, ref)->list);
  IrRef *refs = mx_arena_array(&own->arena, IrRef, count);
  for (uint32_t i = 0; i < count; i++)
    refs[i] = own_unbox(own, mx_ir_list_refs(fn, own_at(own, ref)->list)[i]);
  IrIns phi = {.op = IR_PHI,
               .type = own_at(own, refs[0])->type,
               .list = mx_ir_list(fn, count, refs),
               .snap = SNAP_NONE};
  return mx_ir_emit(fn, own_at(own, ref)->block, &phi);
}

// The number that a Value is made of.
static IrRef own_unbox(Own *own, IrRef ref) {
  const IrIns *ins = own_at(own, ref);
  if (ins->op == IR_PHI) return own_unbox_phi(own, ref);
  if (ins->op != IR_KVAL) return ins->a[0];
  Value v = mx_ir_word(own->fn, ref);
  return val_is_fixnum(v) ? mx_ir_int(own->fn, val_to_fixnum(v))
                          : mx_ir_double(own->fn, val_to_flonum(v));
}

// Pass numbers in a call, if what it gives is looked at as the result of one.
static void own_pass(Own *own, IrRef call) {
  const IrIns *returned = own_at(own, own_at(own, call)->next);
  if (own->result != IRT_VAL && returned->op != IR_RETURNED_OWN) return;
  IrIns *ins = mx_ir_at(own->fn, call);
  IrList list = ins->list;
  ins->op = IR_CALL_OWN;
  for (uint32_t i = 0; i < IR_OWN_ARGS; i++) {
    if (!own->guard[i]) continue;
    IrRef number = own_unbox(own, mx_ir_list_refs(own->fn, list)[1 + i]);
    mx_ir_list_refs(own->fn, list)[1 + i] = number;
  }
}

// Let returns give numbers.
static void own_return(Own *own) {
  for (IrBlockId id = 0; id < own->fn->blocks.count; id++) {
    IrRef last = own->fn->blocks.at[id].last;
    if (!last || own_at(own, last)->op != IR_RETURN) continue;
    IrRef number = own_unbox(own, own_at(own, last)->a[0]);
    mx_ir_at(own->fn, last)->a[0] = number;
  }
}

// How many arguments and results are numbers, once calls agree on them.
static uint32_t own_decide(Own *own) {
  if (own->entry != SNAP_NONE) mx_ir_snap_values(own->fn, own->entry, own_visit_entry, own);
  if (own->entry == SNAP_NONE) memset(own->guard, 0, sizeof own->guard);
  do own_find_result(own);
  while (own_drop_guards(own));
  uint32_t numbers = own->result != IRT_VAL;
  for (uint32_t i = 0; i < IR_OWN_ARGS; i++) numbers += own->guard[i] != IR_NONE;
  return numbers;
}

static void own_change(Own *own) {
  // Each number has one box, and no change makes another number.
  mx_arena_init(&own->arena, mx_arena_malloc_source());
  own->box = mx_arena_array(&own->arena, IrRef, 2 * own->fn->ins.count + IR_OWN_ARGS);
  own_take_args(own);
  if (own->result != IRT_VAL) own_take_results(own);
  own_replace(own);
  for (uint32_t c = 0; c < own->calls.count; c++) own_pass(own, own->calls.at[c]);
  if (own->result != IRT_VAL) own_return(own);
  own->fn->own = true;
  own->fn->result = own->result;
  mx_arena_free(&own->arena);
}

// Run the pass. All of it is one change.
uint32_t mx_pass_own(IrFn *fn) {
  Own own = {.fn = fn, .entry = SNAP_NONE};
  own_find_calls(&own);
  if (own.calls.count) own_find_args(&own);
  uint32_t numbers = own.calls.count ? own_decide(&own) : 0;
  if (numbers && !mx_ir_burn(fn)) numbers = 0;
  if (numbers) own_change(&own);
  vec_free(&own.calls);
  return numbers;
}
