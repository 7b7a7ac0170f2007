// SPDX-License-Identifier: MIT
// The engine of the fold rules: matching, conditions, building results, evaluating constants.
#include "jit/opt/fold.h"
#include "jit/ir/ir_eval.h"

#include "fold_rules.inc"

enum { FOLD_STEPS = 32 }; // rules in a row; the rules shrink, so this is never reached

// The values of a rule's names while it is tried.
typedef struct FoldNames {
  IrRef refs[FOLD_MAX_NAMES]; // IR_NONE: not bound yet
} FoldNames;

// ---- constants

// The constant of a type by its word.
static IrRef fold_make_const(IrFn *fn, IrType type, uint64_t word) {
  switch (type) {
  case IRT_INT: return mx_ir_const(fn, IR_KINT, word);
  case IRT_DOUBLE: return mx_ir_const(fn, IR_KDOUBLE, word);
  case IRT_BOOL: return mx_ir_const(fn, IR_KBOOL, word);
  case IRT_VAL: return mx_ir_const(fn, IR_KVAL, word);
  case IRT_OBJ: return mx_ir_const(fn, IR_KOBJ, word);
  case IRT_PTR: return mx_ir_const(fn, IR_KPTR, word);
  case IRT_WORD: return mx_ir_const(fn, IR_KWORD, word);
  case IRT_VOID:
  case IRT_COUNT: break;
  }
  MX_UNREACHABLE();
}

// Has the instruction value operands, and only constant ones?
static bool fold_all_const(const IrFn *fn, const IrIns *ins) {
  const IrInfo *info = mx_ir_info(ins->op);
  for (uint32_t i = 0; i < info->refs; i++)
    if (!mx_ir_is_const(mx_ir_at(fn, ins->a[i])->op)) return false;
  return info->refs > 0 && !info->list;
}

// Evaluate an instruction with constant operands.
static FoldResult fold_evaluate(Fold *fold, const IrIns *ins, IrRef *ref) {
  const IrInfo *info = mx_ir_info(ins->op);
  uint64_t words[IR_MAX_REFS] = {0}, result;
  for (uint32_t i = 0; i < info->refs; i++) words[i] = mx_ir_word(fold->fn, ins->a[i]);
  IrEvalWay way = mx_ir_eval_op(ins->op, words, fold->bits, &result);
  if (way == IR_EVAL_LEAVES) return FOLD_LEAVES;
  if (way != IR_EVAL_VALUE) return FOLD_SAME;
  IrType type = info->rule == IR_RULE_TYPE ? (IrType)info->result : (IrType)ins->type;
  if (type == IRT_VOID) return FOLD_HOLDS;
  *ref = fold_make_const(fold->fn, type, result);
  return FOLD_REF;
}

// ---- matching

static bool fold_match_ins(const Fold *fold, const FoldNode *node, const IrIns *ins,
                           FoldNames *names);

// Does a value match a node? Binds names.
static bool fold_match(const Fold *fold, uint32_t index, IrRef ref, FoldNames *names) {
  const FoldNode *node = &fold_nodes[index];
  const IrIns *ins = mx_ir_at(fold->fn, ref);
  if (node->kind == FOLD_LITERAL)
    return ins->op == node->op && mx_ir_word(fold->fn, ref) == node->word;
  if (node->kind == FOLD_OP) return ins->op == node->op && fold_match_ins(fold, node, ins, names);
  if (node->kind == FOLD_CONSTANT && !mx_ir_is_const(ins->op)) return false;
  if (names->refs[node->op] == IR_NONE) names->refs[node->op] = ref;
  return names->refs[node->op] == ref;
}

// Do the operands of an instruction match those of a node of the same op?
static bool fold_match_ins(const Fold *fold, const FoldNode *node, const IrIns *ins,
                           FoldNames *names) {
  for (uint32_t i = 0; i < mx_ir_info(ins->op)->refs; i++)
    if (!fold_match(fold, node->kids[i], ins->a[i], names)) return false;
  return true;
}

// Evaluate a condition's node; false when it is not defined.
static bool fold_condition(const Fold *fold, uint32_t index, const FoldNames *names,
                           uint64_t *word) {
  const FoldNode *node = &fold_nodes[index];
  if (node->kind == FOLD_LITERAL)
    *word = node->word;
  else if (node->kind != FOLD_OP)
    *word = mx_ir_word(fold->fn, names->refs[node->op]);
  if (node->kind != FOLD_OP) return true;
  uint64_t words[IR_MAX_REFS] = {0};
  for (uint32_t i = 0; i < mx_ir_info(node->op)->refs; i++)
    if (!fold_condition(fold, node->kids[i], names, &words[i])) return false;
  return mx_ir_eval_op(node->op, words, fold->bits, word) == IR_EVAL_VALUE;
}

// Do the rule's conditions hold?
static bool fold_conditions(const Fold *fold, const FoldRule *rule, const FoldNames *names) {
  for (uint32_t i = 0; i < rule->condition_count; i++) {
    uint64_t word;
    uint32_t node = rule->conditions[i];
    if (!fold_condition(fold, node, names, &word)) return false;
    bool truth = mx_ir_info(fold_nodes[node].op)->result == IRT_BOOL;
    if (truth && !word) return false;
  }
  return true;
}

// ---- results

// The value of a result's node; an op there has constant operands.
static IrRef fold_build(Fold *fold, uint32_t index, const FoldNames *names) {
  const FoldNode *node = &fold_nodes[index];
  if (node->kind == FOLD_LITERAL) return mx_ir_const(fold->fn, node->op, node->word);
  if (node->kind != FOLD_OP) return names->refs[node->op];
  IrIns ins = {.op = node->op, .type = mx_ir_info(node->op)->result, .snap = SNAP_NONE};
  for (uint32_t i = 0; i < mx_ir_info(node->op)->refs; i++)
    ins.a[i] = fold_build(fold, node->kids[i], names);
  IrRef ref = IR_NONE;
  if (mx_fold(fold, &ins, &ref) != FOLD_REF) MX_UNREACHABLE();
  return ref;
}

// Change the instruction into what a node says. Only guards keep the snapshot.
static void fold_become(Fold *fold, const FoldNode *node, const FoldNames *names, IrIns *ins) {
  const IrInfo *info = mx_ir_info(node->op);
  IrIns made = {.op = node->op, .block = ins->block, .prev = ins->prev, .next = ins->next};
  made.type = info->rule == IR_RULE_TYPE ? info->result : ins->type;
  made.snap = info->effect == IR_EFFECT_GUARD ? ins->snap : SNAP_NONE;
  for (uint32_t i = 0; i < info->refs; i++) made.a[i] = fold_build(fold, node->kids[i], names);
  *ins = made;
}

// Try one rule only.
bool mx_fold_try(Fold *fold, uint32_t index, IrIns *ins, FoldResult *result, IrRef *ref) {
  const FoldRule *rule = &fold_rules[index];
  FoldNames names = {{IR_NONE}};
  if (!fold_match_ins(fold, &fold_nodes[rule->left], ins, &names)) return false;
  if (!fold_conditions(fold, rule, &names)) return false;
  if (fold->fired) fold->fired[index]++;
  *result = rule->action == FOLD_DROP ? FOLD_HOLDS : FOLD_LEAVES;
  if (rule->action != FOLD_VALUE) return true;
  const FoldNode *right = &fold_nodes[rule->right];
  *result = right->kind == FOLD_OP ? FOLD_SAME : FOLD_REF;
  if (right->kind == FOLD_OP)
    fold_become(fold, right, &names, ins);
  else
    *ref = fold_build(fold, rule->right, &names);
  return true;
}

// Try the rules of an op; false when none matches.
static bool fold_step(Fold *fold, IrIns *ins, FoldResult *result, IrRef *ref) {
  FoldRange range = fold_by_op[ins->op];
  for (uint32_t i = 0; i < range.count; i++)
    if (mx_fold_try(fold, range.first + i, ins, result, ref)) return true;
  return false;
}

// Simplify an instruction as far as possible.
FoldResult mx_fold(Fold *fold, IrIns *ins, IrRef *ref) {
  FoldResult result = FOLD_SAME;
  for (uint32_t i = 0; i < FOLD_STEPS && result == FOLD_SAME; i++) {
    if (fold_all_const(fold->fn, ins)) return fold_evaluate(fold, ins, ref);
    if (!fold_step(fold, ins, &result, ref)) break;
  }
  return result;
}

// ---- for tests

// How many rules there are.
uint32_t mx_fold_rule_count(void) { return MX_COUNT_OF(fold_rules); }

// A rule by its index.
const FoldRule *mx_fold_rule(uint32_t index) { return &fold_rules[index]; }

// A node by its index.
const FoldNode *mx_fold_node(uint32_t index) { return &fold_nodes[index]; }
