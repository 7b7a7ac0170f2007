// SPDX-License-Identifier: MIT
// Lowering: blocks in reverse postorder, so that every value but a phi's operand is there before
// its uses.
#include "jit/llvm/lower.h"
#include <stdlib.h>

LLVMValueRef mx_lower_word(Lower *lo, uint64_t word) { return LLVMConstInt(lo->i64, word, 0); }

LLVMValueRef mx_lower_pointer(Lower *lo, LLVMValueRef word) {
  if (LLVMGetTypeKind(LLVMTypeOf(word)) == LLVMPointerTypeKind) return word;
  return LLVMBuildIntToPtr(lo->at, word, lo->ptr, "");
}

LLVMBasicBlockRef mx_lower_block(Lower *lo, const char *name) {
  return LLVMAppendBasicBlockInContext(lo->cx, lo->function, name);
}

// The LLVM type of an IR type.
static LLVMTypeRef lower_type(const Lower *lo, IrType type) {
  switch (type) {
  case IRT_DOUBLE: return lo->f64;
  case IRT_BOOL: return lo->i1;
  default: return lo->i64;
  }
}

static LLVMValueRef lower_constant(Lower *lo, const IrIns *ins, IrRef ref) {
  switch ((IrOp)ins->op) {
  case IR_KINT: return mx_lower_word(lo, mx_ir_word(lo->fn, ref) << 1);
  case IR_KDOUBLE: return LLVMConstReal(lo->f64, mx_ir_double_of(lo->fn, ref));
  case IR_KBOOL: return LLVMConstInt(lo->i1, mx_ir_word(lo->fn, ref), 0);
  default: return mx_lower_word(lo, mx_ir_word(lo->fn, ref));
  }
}

LLVMValueRef mx_lower_value(Lower *lo, IrRef ref) {
  const IrIns *ins = mx_ir_at(lo->fn, ref);
  if (mx_ir_is_const((IrOp)ins->op)) return lower_constant(lo, ins, ref);
  MX_ASSERT(lo->values[ref], "ref %u is used before it is lowered", ref);
  return lo->values[ref];
}

LLVMValueRef mx_lower_address(Lower *lo, LLVMValueRef base, uint64_t offset) {
  LLVMValueRef index = mx_lower_word(lo, offset);
  LLVMTypeRef byte = LLVMInt8TypeInContext(lo->cx);
  return LLVMBuildGEP2(lo->at, byte, mx_lower_pointer(lo, base), &index, 1, "");
}

// Say what kind of memory an access touches.
static void lower_tag(Lower *lo, LLVMValueRef access, uint32_t memory) {
  LLVMSetMetadata(access, LLVMGetMDKindIDInContext(lo->cx, "tbaa", 4), lo->tags[memory]);
}

LLVMValueRef mx_lower_load(Lower *lo, LLVMTypeRef type, LLVMValueRef base, uint64_t offset,
                           uint32_t memory) {
  LLVMValueRef load = LLVMBuildLoad2(lo->at, type, mx_lower_address(lo, base, offset), "");
  lower_tag(lo, load, memory);
  return load;
}

void mx_lower_store(Lower *lo, LLVMValueRef value, LLVMValueRef base, uint64_t offset,
                    uint32_t memory) {
  lower_tag(lo, LLVMBuildStore(lo->at, value, mx_lower_address(lo, base, offset)), memory);
}

LLVMValueRef mx_lower_field(Lower *lo, LLVMValueRef base, IrField field) {
  const IrFieldInfo *info = mx_ir_field_info(field);
  LLVMTypeRef type =
      info->type == IRT_DOUBLE ? lo->f64 : LLVMIntTypeInContext(lo->cx, info->bytes * 8);
  uint32_t offset = lo->hooks->offsets[field];
  LLVMValueRef value = mx_lower_load(lo, type, base, offset, (uint32_t)(LOWER_FIELD + field));
  return info->bytes < 8 ? LLVMBuildZExt(lo->at, value, lo->i64, "") : value;
}

// --profile: say where C is called from.
static void lower_call_place(Lower *lo) {
  LLVMValueRef place = mx_lower_word(lo, (uint64_t)(uintptr_t)lo->fn->places.at[lo->place]);
  mx_lower_store(lo, place, lo->ec, lo->hooks->offsets[IRF_EC_PLACE], LOWER_FIELD + IRF_EC_PLACE);
}

LLVMValueRef mx_lower_call_address(Lower *lo, RtFn address, LLVMTypeRef type, LLVMValueRef *args,
                                   unsigned count) {
  LLVMValueRef target = LLVMConstIntToPtr(mx_lower_word(lo, (uint64_t)(uintptr_t)address), lo->ptr);
  if (lo->place) lower_call_place(lo);
  return LLVMBuildCall2(lo->at, type, target, args, count, "");
}

// ---- one instruction

static LLVMValueRef lower_param(Lower *lo, uint32_t number) {
  switch (number) {
  case IR_PARAM_FRAME: return LLVMBuildPtrToInt(lo->at, lo->frame, lo->i64, "");
  case IR_PARAM_EC: return LLVMBuildPtrToInt(lo->at, lo->ec, lo->i64, "");
  default: return mx_lower_method_param(lo, number);
  }
}

static LLVMValueRef lower_phi(Lower *lo, const IrIns *ins) {
  return LLVMBuildPhi(lo->at, lower_type(lo, (IrType)ins->type), "");
}

static void lower_flow(Lower *lo, const IrIns *ins) {
  const IrBlock *block = mx_ir_block_at(lo->fn, ins->block);
  mx_lower_appends_begin(lo, ins->block);
  lo->ends[ins->block] = LLVMGetInsertBlock(lo->at);
  switch ((IrOp)ins->op) {
  case IR_JUMP: LLVMBuildBr(lo->at, lo->blocks[block->targets[0]]); break;
  case IR_BRANCH:
    LLVMBuildCondBr(lo->at, mx_lower_value(lo, ins->a[0]), lo->blocks[block->targets[0]],
                    lo->blocks[block->targets[1]]);
    break;
  case IR_EXIT: LLVMBuildBr(lo->at, mx_lower_exit(lo, ins->snap)); break;
  case IR_RETURN: mx_lower_method_return(lo, mx_lower_value(lo, ins->a[0])); break;
  default: MX_UNREACHABLE();
  }
}

void mx_lower_instruction(Lower *lo, IrRef ref) {
  const IrIns *ins = mx_ir_at(lo->fn, ref);
  LLVMValueRef result = NULL;
  if (ins->flags & IRI_SUNK) return; // made by the exits that have it
  if (ins->place) mx_lines_at(lo, ins->place);
  if (mx_ir_info((IrOp)ins->op)->effect == IR_EFFECT_FLOW)
    lower_flow(lo, ins);
  else if (ins->op == IR_ARG)
    result = mx_lower_own_arg(lo, ins);
  else if (ins->op == IR_PHI)
    result = lower_phi(lo, ins);
  else if (ins->op == IR_PARAM)
    result = lower_param(lo, ins->imm);
  else if (ins->op == IR_UNDEF)
    result = LLVMGetUndef(lower_type(lo, (IrType)ins->type));
  else if (mx_ir_info((IrOp)ins->op)->effect == IR_EFFECT_GUARD)
    result = mx_lower_guard(lo, ins);
  else if (!mx_lower_memory(lo, ins, &result) && !mx_lower_call(lo, ins, &result))
    result = mx_lower_math(lo, ins);
  lo->values[ref] = result;
}

// ---- the function

// Blocks from one on in postorder.
static void lower_search(const Lower *lo, IrBlockId at, uint8_t *seen, IrBlockId *order,
                         uint32_t *count) {
  seen[at] = 1;
  const IrBlock *block = mx_ir_block_at(lo->fn, at);
  for (int i = 0; i < IR_MAX_TARGETS; i++)
    if (block->targets[i] != IR_NO_BLOCK && !seen[block->targets[i]])
      lower_search(lo, block->targets[i], seen, order, count);
  order[(*count)++] = at;
}

static void lower_block(Lower *lo, IrBlockId id) {
  LLVMPositionBuilderAtEnd(lo->at, lo->blocks[id]);
  for (IrRef ref = mx_ir_block_at(lo->fn, id)->first; ref; ref = mx_ir_at(lo->fn, ref)->next)
    mx_lower_instruction(lo, ref);
}

// Give the phis of a block their operands; all values are there now.
static void lower_phis(Lower *lo, IrBlockId id) {
  const IrBlock *block = mx_ir_block_at(lo->fn, id);
  for (IrRef ref = block->first; ref && mx_ir_at(lo->fn, ref)->op == IR_PHI;
       ref = mx_ir_at(lo->fn, ref)->next) {
    const IrRef *refs = mx_ir_list_refs(lo->fn, mx_ir_at(lo->fn, ref)->list);
    for (uint32_t i = 0; i < block->preds.count; i++) {
      LLVMValueRef value = mx_lower_value(lo, refs[i]);
      LLVMBasicBlockRef from = lo->ends[block->preds.at[i]];
      LLVMAddIncoming(lo->values[ref], &value, &from, 1);
    }
  }
}

// What every region begins with.
static void lower_prologue(Lower *lo, LLVMBasicBlockRef first) {
  LLVMBasicBlockRef entry = mx_lower_block(lo, "entry");
  LLVMMoveBasicBlockBefore(entry, first);
  LLVMPositionBuilderAtEnd(lo->at, entry);
  mx_lower_appends_find(lo);
  if (lo->job->method.callee)
    mx_lower_method_begin(lo);
  else
    lo->homes = mx_lower_field(lo, lo->frame, IRF_FRAME_LOCALS);
  LLVMBuildBr(lo->at, first);
}

// Say that branch weights can be relied on: then blocks that they call rare are put behind loops.
static void lower_trust_weights(Lower *lo) {
  LLVMMetadataRef parts[2] = {
      LLVMMDStringInContext2(lo->cx, "function_entry_count", 20),
      LLVMValueAsMetadata(mx_lower_word(lo, 1)),
  };
  LLVMGlobalSetMetadata(lo->function, LLVMGetMDKindIDInContext(lo->cx, "prof", 4),
                        LLVMMDNodeInContext2(lo->cx, parts, 2));
}

void mx_lower_function(Lower *lo) {
  IrFn *fn = lo->fn;
  uint32_t count = 0;
  lower_trust_weights(lo);
  uint8_t *seen = calloc(fn->blocks.count + 1, 1);
  IrBlockId *order = calloc(fn->blocks.count + 1, sizeof *order);
  lower_search(lo, 0, seen, order, &count);
  for (uint32_t i = count; i-- > 0;) lo->blocks[order[i]] = mx_lower_block(lo, "");
  lower_prologue(lo, lo->blocks[0]);
  for (uint32_t i = count; i-- > 0;) lower_block(lo, order[i]);
  for (uint32_t i = 0; i < count; i++) lower_phis(lo, order[i]);
  mx_lower_appends_free(lo);
  free(seen);
  free(order);
}
