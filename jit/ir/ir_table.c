// SPDX-License-Identifier: MIT
// What the tables of the IR say, as arrays that every consumer reads.
#include "jit/ir/ir.h"

// The column RESULT, as the fields `result` and `rule`.
#define RESULT_VOID IRT_VOID, .rule = IR_RULE_TYPE
#define RESULT_INT IRT_INT, .rule = IR_RULE_TYPE
#define RESULT_DOUBLE IRT_DOUBLE, .rule = IR_RULE_TYPE
#define RESULT_BOOL IRT_BOOL, .rule = IR_RULE_TYPE
#define RESULT_VAL IRT_VAL, .rule = IR_RULE_TYPE
#define RESULT_OBJ IRT_OBJ, .rule = IR_RULE_TYPE
#define RESULT_PTR IRT_PTR, .rule = IR_RULE_TYPE
#define RESULT_WORD IRT_WORD, .rule = IR_RULE_TYPE
#define RESULT_DECLARED IRT_COUNT, .rule = IR_RULE_DECLARED
#define RESULT_FIELD IRT_COUNT, .rule = IR_RULE_FIELD

// Letter i of an operand column, '*' behind its end; and how many value operands are in front of
// the first '*', which are at most IR_MAX_REFS of at most four letters.
#define LETTER(s, i) (sizeof(s) - 1 > (i) ? (s)[sizeof(s) - 1 > (i) ? (i) : 0] : '*')
#define IS_REF(s, i) (LETTER(s, i) >= 'a')
#define ENDS(s, i) (LETTER(s, i) == '*')
#define REFS(s)                               \
  (ENDS(s, 0)   ? 0                           \
   : ENDS(s, 1) ? IS_REF(s, 0)                \
   : ENDS(s, 2) ? IS_REF(s, 0) + IS_REF(s, 1) \
                : IS_REF(s, 0) + IS_REF(s, 1) + IS_REF(s, 2) + IS_REF(s, 3))
#define HAS_STAR(s, i) (sizeof(s) - 1 > (i) && LETTER(s, i) == '*')
#define LIST(s) (HAS_STAR(s, 0) || HAS_STAR(s, 1) || HAS_STAR(s, 2) || HAS_STAR(s, 3))

static const IrInfo table_infos[IR_COUNT] = {
    [IR_NOP] = {.text = "nop", .operands = "", .result = IRT_VOID},
#define IR(NAME, mnemonic, letters, RESULT, EFFECT, MEMORY, doc) \
  [IR_##NAME] = {.text = mnemonic,                               \
                 .operands = letters,                            \
                 .effect = IR_EFFECT_##EFFECT,                   \
                 .memory = IR_MEMORY_##MEMORY,                   \
                 .refs = REFS(letters),                          \
                 .list = LIST(letters),                          \
                 .result = RESULT_##RESULT},
#include "jit/ir/ir_ops.def"
};

static const IrFieldInfo table_fields[IRF_COUNT] = {
#define IR_FIELD(NAME, name, Struct, member, size, TYPE, KIND, doc) \
  [IRF_##NAME] = {.text = name, .bytes = size, .type = IRT_##TYPE, .kind = IR_FIELD_##KIND},
#include "jit/ir/ir_fields.def"
};

static const IrRtInfo table_calls[RT_COUNT] = {
#define RTCALL(NAME, name, letters, RESULT, EFFECTS, RAISES, function, doc) \
  [RT_##NAME] = {.text = name,                                              \
                 .operands = letters,                                       \
                 .result = IRT_##RESULT,                                    \
                 .raises = RT_RAISES_##RAISES,                              \
                 .effects = EFFECTS},
#include "jit/ir/rtcalls.def"
};

static const char *const table_types[IRT_COUNT] = {
#define IR_TYPE(NAME, text, letter, doc) [IRT_##NAME] = text,
#include "jit/ir/ir_types.def"
};

static const char table_letters[IRT_COUNT] = {
#define IR_TYPE(NAME, text, letter, doc) [IRT_##NAME] = letter,
#include "jit/ir/ir_types.def"
};

// The row of an op.
const IrInfo *mx_ir_info(IrOp op) { return &table_infos[op]; }

// The row of a field.
const IrFieldInfo *mx_ir_field_info(IrField field) { return &table_fields[field]; }

// The row of a runtime call.
const IrRtInfo *mx_ir_rt_info(IrRtCall call) { return &table_calls[call]; }

// What a call does.
uint32_t mx_ir_call_effects(const IrFn *fn, const IrIns *call) {
  if (call->op == IR_RETURNED || call->op == IR_RETURNED_OWN) return RTE_RAISES;
  if (call->op != IR_CALL_RT) return fn->sites.at[call->imm].effects;
  const IrRtInfo *info = mx_ir_rt_info(call->imm);
  static const uint32_t fails[] = {
      [RT_RAISES_NEVER] = 0, [RT_RAISES_EXC] = RTE_RAISES, [RT_RAISES_REFUSES] = RTE_REFUSES};
  return info->effects | fails[info->raises];
}

// The name of a type in listings.
const char *mx_ir_type_text(IrType type) { return table_types[type]; }

// The type that a letter stands for.
IrType mx_ir_letter_type(char letter) {
  for (int type = 0; type < IRT_COUNT; type++)
    if (table_letters[type] == letter) return (IrType)type;
  return IRT_COUNT;
}
