// SPDX-License-Identifier: MIT
// Proves the fold rules: each one, on all Integers of 8 bits and on the doubles, words and Values
// where things go wrong, gives what the left side gives. A rule that nothing reaches fails too.
//
// The left side is built as instructions over parameters (for variables) and constants (for
// capitals); then it is evaluated before and after the rule has been applied.
#include "runtime/value.h"
#include "jit/ir/ir_eval.h"
#include "jit/opt/fold.h"
#include <check.h>
#include <float.h>
#include <math.h>

enum { TEST_BITS = 8, TEST_VALUES = 256 };

// The words that a name takes in turn.
typedef struct Domain {
  uint64_t words[TEST_VALUES];
  uint32_t count;
} Domain;

// A rule under test.
typedef struct RuleTest {
  const FoldRule *rule;            // the rule
  IrFn *fn;                        // holds all instructions that are built for it
  uint32_t index;                  // its index
  IrType types[FOLD_MAX_NAMES];    // of its names
  bool constant[FOLD_MAX_NAMES];   // is the name a constant?
  Domain domains[FOLD_MAX_NAMES];  // what each name stands for
  uint64_t values[FOLD_MAX_NAMES]; // at the moment
  uint32_t compared;               // cases in which both sides were defined
  uint32_t first;                  // builds in which no earlier rule of the op matched
} RuleTest;

// ---- what names stand for

// Note the types of the names below a node.
static void find_types(RuleTest *t, uint32_t index, IrType type) {
  const FoldNode *node = mx_fold_node(index);
  if (node->kind == FOLD_VARIABLE || node->kind == FOLD_CONSTANT) {
    t->types[node->op] = type;
    t->constant[node->op] = node->kind == FOLD_CONSTANT;
  }
  if (node->kind != FOLD_OP) return;
  const IrInfo *info = mx_ir_info(node->op);
  IrType same = IRT_INT; // of a select, unless one of its values is a literal
  for (uint32_t i = 0; i < info->refs; i++) {
    const FoldNode *kid = mx_fold_node(node->kids[i]);
    if (info->operands[i] == 's' && kid->kind == FOLD_LITERAL) same = mx_ir_info(kid->op)->result;
  }
  for (uint32_t i = 0; i < info->refs; i++) {
    IrType kid = mx_ir_letter_type(info->operands[i]);
    find_types(t, node->kids[i], kid == IRT_COUNT ? same : kid);
  }
}

// Add a word to a domain.
static void add_word(Domain *domain, uint64_t word) { domain->words[domain->count++] = word; }

// Add doubles, as bits or as Values.
static void add_doubles(Domain *domain, bool boxed) {
  static const double doubles[] = {0.0,      -0.0,      1.0,     -1.0,    0.5,     2.0,  -2.5,
                                   INFINITY, -INFINITY, NAN,     DBL_MIN, DBL_MAX, 1e-5, 3.0,
                                   0x1p52,   0x1p53,    0x1p-60, 5e-324,  -1e300};
  for (uint32_t i = 0; i < MX_COUNT_OF(doubles); i++) {
    uint64_t word;
    memcpy(&word, &doubles[i], sizeof word);
    if (!boxed || val_from_flonum(doubles[i], &word)) add_word(domain, word);
  }
}

// Fill a domain with all Integers of 8 bits, or with every so many of them.
static void add_integers(Domain *domain, uint32_t step) {
  for (int64_t n = -128; n < 128; n += step) add_word(domain, (uint64_t)n);
  if (step > 1) add_word(domain, 127);
}

// Fill a domain for a type.
static void fill_domain(Domain *domain, IrType type, uint32_t step) {
  static const uint64_t words[] = {0, 1, 2, 3, 5, 126, 127, 128, 1u << 31, 1ull << 62, UINT64_MAX};
  static const Value values[] = {VAL_NIL, VAL_FALSE, VAL_TRUE, 0x1000, 0x2000, 0x10c, 1, 3, 255};
  domain->count = 0;
  if (type == IRT_INT)
    add_integers(domain, step);
  else if (type == IRT_DOUBLE)
    add_doubles(domain, false);
  else if (type == IRT_BOOL)
    add_word(domain, 0), add_word(domain, 1);
  else if (type == IRT_OBJ)
    add_word(domain, 0x1000), add_word(domain, 0x2000);
  else if (type == IRT_VAL) {
    for (uint32_t i = 0; i < MX_COUNT_OF(values); i++) add_word(domain, values[i]);
    add_doubles(domain, true);
  } else {
    for (uint32_t i = 0; i < MX_COUNT_OF(words); i++) add_word(domain, words[i]);
  }
}

// The op of a constant of a type.
static IrOp const_op(IrType type) {
  switch ((int)type) {
  case IRT_INT: return IR_KINT;
  case IRT_DOUBLE: return IR_KDOUBLE;
  case IRT_BOOL: return IR_KBOOL;
  case IRT_OBJ: return IR_KOBJ;
  case IRT_WORD: return IR_KWORD;
  default: return IR_KVAL;
  }
}

// ---- building and evaluating

// Build the value of a node; the root's instruction is left to the caller.
static IrRef build_node(RuleTest *t, IrFn *fn, uint32_t index, const IrRef *names);

// Build the instruction of a node, without placing it.
static IrIns build_ins(RuleTest *t, IrFn *fn, const FoldNode *node, const IrRef *names) {
  const IrInfo *info = mx_ir_info(node->op);
  IrIns ins = {.op = node->op, .type = info->result, .snap = SNAP_NONE};
  for (uint32_t i = 0; i < info->refs; i++) ins.a[i] = build_node(t, fn, node->kids[i], names);
  if (info->rule == IR_RULE_DECLARED) ins.type = mx_ir_at(fn, ins.a[1])->type;
  return ins;
}

static IrRef build_node(RuleTest *t, IrFn *fn, uint32_t index, const IrRef *names) {
  const FoldNode *node = mx_fold_node(index);
  if (node->kind == FOLD_LITERAL) return mx_ir_const(fn, node->op, node->word);
  if (node->kind != FOLD_OP) return names[node->op];
  IrIns ins = build_ins(t, fn, node, names);
  return mx_ir_emit(fn, 0, &ins);
}

// The way and word of a value.
static IrEvalWay eval_ref(const RuleTest *t, const IrFn *fn, IrRef ref, uint64_t *word);

// The way and word of an instruction. A guard below the root that leaves is as good as undefined.
static IrEvalWay eval_ins(const RuleTest *t, const IrFn *fn, const IrIns *ins, uint64_t *word) {
  uint64_t words[IR_MAX_REFS] = {0};
  *word = 0;
  for (uint32_t i = 0; i < mx_ir_info(ins->op)->refs; i++)
    if (eval_ref(t, fn, ins->a[i], &words[i]) != IR_EVAL_VALUE) return IR_EVAL_UNDEFINED;
  return mx_ir_eval_op(ins->op, words, TEST_BITS, word);
}

static IrEvalWay eval_ref(const RuleTest *t, const IrFn *fn, IrRef ref, uint64_t *word) {
  const IrIns *ins = mx_ir_at(fn, ref);
  if (!mx_ir_is_const(ins->op) && ins->op != IR_PARAM) return eval_ins(t, fn, ins, word);
  *word = ins->op == IR_PARAM ? t->values[ins->imm] : mx_ir_word(fn, ref);
  return IR_EVAL_VALUE;
}

// Are two words of a type the same value? One NaN is as good as another.
static bool same_word(IrType type, uint64_t a, uint64_t b) {
  double x, y;
  memcpy(&x, &a, sizeof x);
  memcpy(&y, &b, sizeof y);
  return a == b || (type == IRT_DOUBLE && isnan(x) && isnan(y));
}

// The instruction before and after a rule.
typedef struct Applied {
  IrFn *fn;          // function that holds what they need
  IrIns before;      // left side
  IrIns after;       // right side, if it is an instruction
  FoldResult result; // what the rule gave
  IrRef ref;         // right side, if it is a value
} Applied;

// Compare both sides for the present values.
static void compare(RuleTest *t, const Applied *a) {
  uint64_t before, after = 0;
  IrEvalWay left = eval_ins(t, a->fn, &a->before, &before), right = IR_EVAL_LEAVES;
  if (left == IR_EVAL_UNDEFINED || left == IR_EVAL_MEMORY) return;
  if (a->result == FOLD_REF) right = eval_ref(t, a->fn, a->ref, &after);
  if (a->result == FOLD_SAME) right = eval_ins(t, a->fn, &a->after, &after);
  if (a->result == FOLD_HOLDS) right = IR_EVAL_VALUE;
  bool good = left == right && (left != IR_EVAL_VALUE || same_word(a->before.type, before, after));
  // A passed assertion of Check writes to a pipe, which is too slow for millions.
  if (!good)
    ck_abort_msg("%s: wrong for %lld %lld %lld", t->rule->text, (long long)t->values[0],
                 (long long)t->values[1], (long long)t->values[2]);
  t->compared++;
}

// Try all values of the variables from a number onwards.
static void try_variables(RuleTest *t, const Applied *a, uint32_t name) {
  if (name == t->rule->names) {
    compare(t, a);
    return;
  }
  if (t->constant[name]) {
    try_variables(t, a, name + 1);
    return;
  }
  for (uint32_t i = 0; i < t->domains[name].count; i++) {
    t->values[name] = t->domains[name].words[i];
    try_variables(t, a, name + 1);
  }
}

// Does an earlier rule of the op match the instruction?
static bool hidden(const RuleTest *t, IrFn *fn, const IrIns *ins) {
  Fold fold = {.fn = fn, .bits = TEST_BITS};
  uint32_t first = t->index;
  while (first > 0 && mx_fold_node(mx_fold_rule(first - 1)->left)->op == ins->op) first--;
  for (; first < t->index; first++) {
    IrIns copy = *ins;
    FoldResult result;
    IrRef ref;
    if (mx_fold_try(&fold, first, &copy, &result, &ref)) return true;
  }
  return false;
}

// Build the left side for the present constants, apply the rule, and try all variables.
static void try_build(RuleTest *t) {
  Applied a = {.fn = t->fn};
  IrRef names[FOLD_MAX_NAMES] = {IR_NONE};
  for (uint32_t i = 0; i < t->rule->names; i++) {
    IrIns param = {.op = IR_PARAM, .type = t->types[i], .imm = i, .snap = SNAP_NONE};
    names[i] = t->constant[i] ? mx_ir_const(a.fn, const_op(t->types[i]), t->values[i])
                              : mx_ir_emit(a.fn, 0, &param);
  }
  a.before = build_ins(t, a.fn, mx_fold_node(t->rule->left), names);
  a.after = a.before;
  Fold fold = {.fn = a.fn, .bits = TEST_BITS};
  if (mx_fold_try(&fold, t->index, &a.after, &a.result, &a.ref)) {
    t->first += !hidden(t, a.fn, &a.before);
    try_variables(t, &a, 0);
  }
}

// Try all values of the constants from a number onwards.
static void try_constants(RuleTest *t, uint32_t name) {
  if (name == t->rule->names) {
    try_build(t);
    return;
  }
  if (!t->constant[name]) {
    try_constants(t, name + 1);
    return;
  }
  for (uint32_t i = 0; i < t->domains[name].count; i++) {
    t->values[name] = t->domains[name].words[i];
    try_constants(t, name + 1);
  }
}

// Every rule gives what its left side gives. With two constants the variable takes every 8th of
// the Integers, and the largest; otherwise all take all.
START_TEST(every_rule_is_right_and_reached) {
  for (uint32_t index = 0; index < mx_fold_rule_count(); index++) {
    RuleTest t = {.rule = mx_fold_rule(index), .index = index};
    find_types(&t, t.rule->left, IRT_VOID);
    for (uint32_t i = 0; i < t.rule->names; i++)
      fill_domain(&t.domains[i], t.types[i], t.rule->names > 2 && !t.constant[i] ? 8 : 1);
    Arena arena;
    mx_arena_init(&arena, mx_arena_malloc_source());
    t.fn = mx_ir_new(&arena, t.rule->name);
    try_constants(&t, 0);
    mx_ir_free(t.fn);
    mx_arena_free(&arena);
    ck_assert_msg(t.compared > 0, "%s: never matches", t.rule->text);
    ck_assert_msg(t.first > 0, "%s: an earlier rule always matches first", t.rule->text);
  }
}
END_TEST

// Run the tests of this file.
int main(void) {
  TCase *tests = tcase_create("fold");
  tcase_set_timeout(tests, 60);
  tcase_add_test(tests, every_rule_is_right_and_reached);
  Suite *suite = suite_create("fold");
  suite_add_tcase(suite, tests);
  SRunner *runner = srunner_create(suite);
  srunner_run_all(runner, CK_NORMAL);
  int failed = srunner_ntests_failed(runner);
  srunner_free(runner);
  return failed != 0;
}
