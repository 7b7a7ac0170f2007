// SPDX-License-Identifier: MIT
// When two instructions compute the same.
#include "jit/opt/same_ins.h"

// Do equal operands give equal results, whatever has happened between?
bool mx_ir_is_timeless(const IrIns *ins) {
  const IrInfo *info = mx_ir_info(ins->op);
  switch ((IrEffect)info->effect) {
  case IR_EFFECT_PURE: return ins->op != IR_UNDEF;
  case IR_EFFECT_PARTIAL: return true;
  case IR_EFFECT_GUARD: return info->memory == IR_MEMORY_NONE;
  case IR_EFFECT_READ:
    return ins->op == IR_FIELD_LOAD && mx_ir_field_info(ins->imm)->kind == IR_FIELD_FIXED;
  case IR_EFFECT_ALLOC: // boxes of equal doubles are two objects
  case IR_EFFECT_WRITE:
  case IR_EFFECT_CALL:
  case IR_EFFECT_PHI:
  case IR_EFFECT_FLOW: return false;
  }
  MX_UNREACHABLE();
}

// Mix a word into a hash.
static uint32_t hash_mix(uint32_t hash, uint32_t word) {
  return (hash ^ word) * 0x9e3779b1u + (hash >> 15);
}

// A hash of op, type, operands and immediates.
uint32_t mx_ir_hash(const IrFn *fn, const IrIns *ins) {
  uint32_t hash = hash_mix(ins->op, ins->type);
  for (uint32_t i = 0; i < mx_ir_info(ins->op)->refs; i++) hash = hash_mix(hash, ins->a[i]);
  hash = hash_mix(hash_mix(hash, ins->imm), ins->imm2);
  for (uint32_t i = 0; i < mx_ir_list_count(fn, ins->list); i++)
    hash = hash_mix(hash, mx_ir_list_refs(fn, ins->list)[i]);
  return hash ^ hash >> 16;
}

// Are op, type, operands and immediates the same?
bool mx_ir_equal(const IrFn *fn, const IrIns *a, const IrIns *b) {
  if (a->op != b->op || a->type != b->type || a->imm != b->imm || a->imm2 != b->imm2) return false;
  for (uint32_t i = 0; i < mx_ir_info(a->op)->refs; i++)
    if (a->a[i] != b->a[i]) return false;
  uint32_t count = mx_ir_list_count(fn, a->list);
  if (count != mx_ir_list_count(fn, b->list)) return false;
  for (uint32_t i = 0; i < count; i++)
    if (mx_ir_list_refs(fn, a->list)[i] != mx_ir_list_refs(fn, b->list)[i]) return false;
  return true;
}
