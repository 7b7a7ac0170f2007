// SPDX-License-Identifier: MIT
// Simplifies one instruction by the rules of fold.rules, and evaluates constant operands.
//
// An instruction goes in by value, before or after it has its place, and comes out as a value that
// is there already, as one that always holds or fails, or simpler than it was. No rule makes
// another instruction: operands of its result are what its left side names, and constants.
#ifndef MX_JIT_FOLD_H
#define MX_JIT_FOLD_H

#include "jit/ir/ir.h"

enum { FOLD_MAX_NAMES = 6, FOLD_MAX_CONDITIONS = 3 };

typedef enum FoldKind { FOLD_VARIABLE, FOLD_CONSTANT, FOLD_LITERAL, FOLD_OP } FoldKind;

// A part of a rule.
typedef struct FoldNode {
  FoldKind kind;              // what it is
  uint32_t op;                // OP: IrOp; LITERAL: that of the constant; else number of the name
  uint64_t word;              // LITERAL: of the constant
  uint16_t kids[IR_MAX_REFS]; // OP: nodes of the operands
} FoldNode;

typedef enum FoldAction { FOLD_VALUE, FOLD_DROP, FOLD_LEAVE } FoldAction;

typedef struct FoldRule {
  const char *name;                         // as in fold.rules
  const char *text;                         // the whole rule
  FoldAction action;                        // what the right side is
  uint32_t names;                           // how many it binds
  uint16_t left;                            // node of the left side
  uint16_t right;                           // VALUE: node of the right side
  uint16_t conditions[FOLD_MAX_CONDITIONS]; // nodes
  uint32_t condition_count;                 // how many
} FoldRule;

// The rules of one op.
typedef struct FoldRange {
  uint16_t first; // index of the first
  uint16_t count; // how many follow each other
} FoldRange;

typedef struct Fold {
  IrFn *fn;
  uint32_t bits;   // of an Integer: IR_EVAL_BITS, fewer in tests
  uint32_t *fired; // by rule: how often; may be NULL
} Fold;

typedef enum FoldResult {
  FOLD_SAME,   // stays, maybe changed into a simpler instruction
  FOLD_REF,    // *ref has its value
  FOLD_HOLDS,  // a guard without value that always holds
  FOLD_LEAVES, // a guard that never holds
} FoldResult;

// Simplify an instruction as far as possible.
MX_FUNC FoldResult mx_fold(Fold *fold, IrIns *ins, IrRef *ref);

// ---- for tests
MX_FUNC uint32_t mx_fold_rule_count(void);
MX_FUNC const FoldRule *mx_fold_rule(uint32_t index);
MX_FUNC const FoldNode *mx_fold_node(uint32_t index);
// Try one rule only; false when it does not match. Otherwise *result and *ref as above.
MX_FUNC bool mx_fold_try(Fold *fold, uint32_t index, IrIns *ins, FoldResult *result, IrRef *ref);

#endif
