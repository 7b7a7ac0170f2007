// SPDX-License-Identifier: MIT
// Pattern matching: case/in, => and in, metorex match, and every kind of pattern.
//
// A pattern takes the value at the top and goes on when it fits, or to a label when it does not;
// either way the value is gone. What it has pushed on top meanwhile is dropped on the way to the
// label, so each level has a label of its own. Variables are bound as the match goes on and keep
// what they got when it fails later, as in Ruby.
#include "bytecode/compile_internal.h"

static void pattern_any(Compiler *c, const Node *pattern, Label fail);

// [v] -> [v]: go to a label when the test does not hold.
static void pattern_test(Compiler *c, MatchTest test, uint32_t count, Label fail) {
  mx_emit_op3(&c->e, OP_MATCH_CASE, test, count, fail);
}

// The end of a pattern that keeps [v] while it matches: drop it on both ways out.
static void pattern_close(Compiler *c, Label failed, Label fail) {
  Label done = mx_emit_label(&c->e);
  mx_emit_op(&c->e, OP_POP);
  mx_emit_op1(&c->e, OP_JUMP, done);
  c->e.depth++;
  mx_emit_bind(&c->e, failed);
  mx_emit_op(&c->e, OP_POP);
  mx_emit_op1(&c->e, OP_JUMP, fail);
  mx_emit_bind(&c->e, done);
}

// [pattern v] -> []: pattern === v; what does not fit is noted behind the call, which may match
// something itself.
static void pattern_explained(Compiler *c, Label fail) {
  Label fits = mx_emit_label(&c->e);
  mx_emit_op1(&c->e, OP_DUP_N, 2);
  mx_emit_op(&c->e, OP_CASE_EQ);
  mx_emit_op1(&c->e, OP_JUMP_IF_TRUE, fits);
  mx_emit_op(&c->e, OP_MATCH_NOTE);
  mx_emit_op1(&c->e, OP_POP_N, 2);
  mx_emit_op1(&c->e, OP_JUMP, fail);
  c->e.depth += 2;
  mx_emit_bind(&c->e, fits);
  mx_emit_op1(&c->e, OP_POP_N, 2);
}

// [v] -> []: value === v.
static void pattern_value(Compiler *c, const Node *value, uint32_t site, Label fail) {
  mx_compile_node(c, value, true);
  mx_emit_op(&c->e, OP_SWAP);
  compile_at(c, site);
  if (c->matching.explains) {
    pattern_explained(c, fail);
    return;
  }
  mx_emit_op(&c->e, OP_CASE_EQ);
  mx_emit_op1(&c->e, OP_JUMP_IF_FALSE, fail);
}

// [v] -> [v]: Constant(...) in front of a pattern.
static void pattern_constant(Compiler *c, const Node *constant, Label failed) {
  if (!constant) return;
  mx_emit_op(&c->e, OP_DUP);
  pattern_value(c, constant, constant->span.start, failed);
}

// [v] -> []: bind it to a target.
static void pattern_bind(Compiler *c, const Node *target) {
  const NodeLocalVariable *local = (const NodeLocalVariable *)target;
  if (mx_ast_kind(target) == NODE_LOCAL && local->depth == 0)
    mx_emit_op1(&c->e, OP_MATCH_BIND, local->slot);
  else
    mx_compile_store(c, target);
}

// ---- arrays

// [v] -> [array]: what an array pattern looks at. The subject's is kept for the patterns behind it.
static void pattern_deconstruct(Compiler *c, const Node *constant, Label failed) {
  uint32_t kept = c->matching.kept, below = kept ? (uint32_t)c->e.depth - kept : 0;
  pattern_constant(c, constant, failed);
  mx_emit_op1(&c->e, OP_MATCH_DECONSTRUCT, below);
  if (below) mx_emit_op1(&c->e, OP_MATCH_KEEP, below);
  pattern_test(c, MATCH_TEST_NOT_NIL, 0, failed);
}

// A part of what an array or hash pattern looks at: it is not the subject.
static void pattern_inner(Compiler *c, const Node *pattern, Label fail) {
  uint32_t kept = c->matching.kept;
  c->matching.kept = 0;
  pattern_any(c, pattern, fail);
  c->matching.kept = kept;
}

// [a, *b, c]: length first, then the elements from the left.
static void pattern_array(Compiler *c, const NodeArrayPattern *node, Label fail) {
  const NodeList *elements = &node->elements;
  uint32_t count = elements->count, splat = 0;
  while (splat < count && mx_ast_kind(elements->at[splat]) != NODE_PAT_SPLAT) splat++;
  bool open = splat < count, minimum = open || node->base.flags & NF_TRAILING_COMMA;
  Label failed = mx_emit_label(&c->e);
  pattern_deconstruct(c, node->constant, failed);
  pattern_test(c, minimum ? MATCH_TEST_LENGTH_MIN : MATCH_TEST_LENGTH, count - open, failed);
  for (uint32_t i = 0; i < splat; i++) {
    mx_emit_op2(&c->e, OP_MATCH_ELEMENT, i, 0);
    pattern_inner(c, elements->at[i], failed);
  }
  const Node *target = open ? ((const NodeSplatPattern *)elements->at[splat])->target : NULL;
  if (target) {
    mx_emit_op2(&c->e, OP_MATCH_SLICE, splat, count - splat - 1);
    pattern_bind(c, target);
  }
  for (uint32_t i = splat + 1; i < count; i++) {
    mx_emit_op2(&c->e, OP_MATCH_ELEMENT, count - i, 1);
    pattern_inner(c, elements->at[i], failed);
  }
  pattern_close(c, failed, fail);
}

// [array i+1 slice] -> [array i+1 slice]: the elements in the middle of a find pattern.
static void pattern_find_middle(Compiler *c, const NodeFindPattern *node, Label next) {
  for (uint32_t i = 1; i + 1 < node->elements.count; i++) {
    mx_emit_op2(&c->e, OP_MATCH_ELEMENT, i - 1, 0);
    pattern_inner(c, node->elements.at[i], next);
  }
}

// [*, a, b, *]: try the elements in the middle at each index.
static void pattern_find(Compiler *c, const NodeFindPattern *node, Label fail) {
  uint32_t middle = node->elements.count - 2;
  const Node *before = ((const NodeSplatPattern *)node->elements.at[0])->target;
  const Node *behind = ((const NodeSplatPattern *)node->elements.at[middle + 1])->target;
  Label failed = mx_emit_label(&c->e), loop = mx_emit_label(&c->e), next = mx_emit_label(&c->e),
        none = mx_emit_label(&c->e), found = mx_emit_label(&c->e);
  pattern_deconstruct(c, node->constant, failed);
  mx_compile_constant(c, val_from_fixnum(0));
  mx_emit_bind(&c->e, loop);
  mx_emit_op2(&c->e, OP_MATCH_FIND, middle, none);
  int32_t depth = c->e.depth;
  pattern_find_middle(c, node, next);
  mx_emit_op1(&c->e, OP_JUMP, found);
  mx_emit_bind(&c->e, next);
  mx_emit_op(&c->e, OP_POP);
  mx_emit_op1(&c->e, OP_JUMP, loop);
  mx_emit_bind(&c->e, none);
  mx_emit_op(&c->e, OP_POP);
  mx_emit_op1(&c->e, OP_JUMP, failed);
  c->e.depth = depth;
  mx_emit_bind(&c->e, found);
  mx_emit_op(&c->e, OP_POP);
  if (before) {
    mx_emit_op(&c->e, OP_MATCH_BEFORE);
    pattern_bind(c, before);
  }
  if (behind) {
    mx_emit_op1(&c->e, OP_MATCH_AFTER, middle);
    pattern_bind(c, behind);
  }
  mx_emit_op(&c->e, OP_POP);
  pattern_close(c, failed, fail);
}

// ---- hashes

// Push the argument of deconstruct_keys: the keys wanted, or nil for all.
static void pattern_keys(Compiler *c, const NodeHashPattern *node) {
  if (mx_ast_asks_all_keys(node)) {
    mx_emit_op(&c->e, OP_PUSH_NIL);
    return;
  }
  for (uint32_t i = 0; i < node->pairs.count; i++)
    mx_compile_node(c, ((const NodePairPattern *)node->pairs.at[i])->key, true);
  mx_emit_op1(&c->e, OP_BUILD_ARRAY, node->pairs.count);
}

// One pair, on [hash] or [hash rest].
static void pattern_pair(Compiler *c, const NodePairPattern *pair, bool rest, Label failed) {
  Label missing = mx_emit_label(&c->e), done = mx_emit_label(&c->e);
  mx_compile_node(c, pair->key, true);
  mx_emit_op2(&c->e, OP_MATCH_VALUE, 1 + rest, rest);
  pattern_test(c, MATCH_TEST_DEFINED, 0, missing);
  pattern_inner(c, pair->pattern, failed); // of `key:` alone the parser has made one
  mx_emit_op1(&c->e, OP_JUMP, done);
  c->e.depth++;
  mx_emit_bind(&c->e, missing);
  mx_emit_op(&c->e, OP_POP);
  mx_emit_op1(&c->e, OP_JUMP, failed);
  mx_emit_bind(&c->e, done);
}

// **rest and **nil: [hash rest] stays.
static void pattern_rest(Compiler *c, const Node *rest, Label failed) {
  if (mx_ast_kind(rest) == NODE_PAT_VALUE) {
    pattern_test(c, MATCH_TEST_REST_EMPTY, 0, failed);
    return;
  }
  const Node *target = ((const NodeSplatPattern *)rest)->target;
  if (!target) return;
  mx_emit_op(&c->e, OP_DUP);
  pattern_bind(c, target);
}

// {key: pattern, **rest}
static void pattern_hash(Compiler *c, const NodeHashPattern *node, Label fail) {
  Label failed = mx_emit_label(&c->e);
  pattern_constant(c, node->constant, failed);
  pattern_keys(c, node);
  mx_emit_op(&c->e, OP_MATCH_KEYS);
  pattern_test(c, MATCH_TEST_NOT_NIL, 0, failed);
  if (node->pairs.count == 0 && !node->rest) pattern_test(c, MATCH_TEST_EMPTY, 0, failed);
  Label inner = node->rest ? mx_emit_label(&c->e) : failed;
  if (node->rest) mx_emit_op(&c->e, OP_MATCH_REST);
  for (uint32_t i = 0; i < node->pairs.count; i++)
    pattern_pair(c, (const NodePairPattern *)node->pairs.at[i], node->rest != NULL, inner);
  if (node->rest) {
    pattern_rest(c, node->rest, inner);
    pattern_close(c, inner, failed);
  }
  pattern_close(c, failed, fail);
}

// ---- combinations

// left | right
static void pattern_alternative(Compiler *c, const NodeAlternativePattern *node, Label fail) {
  Label other = mx_emit_label(&c->e), done = mx_emit_label(&c->e);
  mx_emit_op(&c->e, OP_DUP);
  pattern_any(c, node->left, other);
  mx_emit_op(&c->e, OP_POP);
  mx_emit_op1(&c->e, OP_JUMP, done);
  c->e.depth++;
  mx_emit_bind(&c->e, other);
  pattern_any(c, node->right, fail);
  mx_emit_bind(&c->e, done);
}

// pattern => name
static void pattern_capture(Compiler *c, const NodeCapturePattern *node, Label fail) {
  Label failed = mx_emit_label(&c->e);
  mx_emit_op(&c->e, OP_DUP);
  pattern_any(c, node->pattern, failed);
  mx_emit_op(&c->e, OP_DUP);
  pattern_bind(c, node->target);
  pattern_close(c, failed, fail);
}

// [v] -> []: a pattern of any kind.
static void pattern_any(Compiler *c, const Node *pattern, Label fail) {
  compile_at(c, pattern->span.start);
  switch (mx_ast_kind(pattern)) {
  case NODE_PAT_VALUE:
    pattern_value(c, ((const NodeValuePattern *)pattern)->value, pattern->span.start, fail);
    break;
  case NODE_PAT_BIND: pattern_bind(c, ((const NodeBindPattern *)pattern)->target); break;
  case NODE_PAT_ARRAY: pattern_array(c, (const NodeArrayPattern *)pattern, fail); break;
  case NODE_PAT_FIND: pattern_find(c, (const NodeFindPattern *)pattern, fail); break;
  case NODE_PAT_HASH: pattern_hash(c, (const NodeHashPattern *)pattern, fail); break;
  case NODE_PAT_ALT: pattern_alternative(c, (const NodeAlternativePattern *)pattern, fail); break;
  case NODE_PAT_CAPTURE: pattern_capture(c, (const NodeCapturePattern *)pattern, fail); break;
  default: MX_ASSERT(false, "a %s is no pattern", mx_ast_info(mx_ast_kind(pattern))->class_name);
  }
}

// ---- statements

// How often the subject may be asked for its parts: array patterns that are not inside others.
static uint32_t pattern_asks(const Node *pattern) {
  switch (mx_ast_kind(pattern)) {
  case NODE_PAT_ARRAY:
  case NODE_PAT_FIND: return 1;
  case NODE_PAT_CAPTURE: return pattern_asks(((const NodeCapturePattern *)pattern)->pattern);
  case NODE_PAT_ALT: {
    const NodeAlternativePattern *alt = (const NodeAlternativePattern *)pattern;
    return pattern_asks(alt->left) + pattern_asks(alt->right);
  }
  default: return 0;
  }
}

// Likewise of an arm.
static uint32_t pattern_arm_asks(const Node *arm) {
  if (mx_ast_kind(arm) == NODE_IN) return pattern_asks(((const NodeIn *)arm)->pattern);
  const NodeList *conditions = &((const NodeWhen *)arm)->conditions;
  uint32_t asks = 0;
  for (uint32_t i = 0; i < conditions->count; i++) asks += pattern_asks(conditions->at[i]);
  return asks;
}

static uint32_t pattern_arms_ask(const NodeList *arms) {
  uint32_t asks = 0;
  for (uint32_t i = 0; i < arms->count; i++) asks += pattern_arm_asks(arms->at[i]);
  return asks;
}

// [] -> [subject], or [false subject] when its parts are to be kept; false: not asked yet. What
// the patterns of the match are compiled with.
static Matching pattern_begin(Compiler *c, const Node *subject, uint32_t asks, bool explains) {
  Matching matching = {.explains = explains};
  if (asks > 1) {
    mx_emit_op(&c->e, OP_PUSH_FALSE);
    matching.kept = (uint32_t)c->e.depth;
  }
  mx_compile_node(c, subject, true);
  if (explains) mx_emit_op(&c->e, OP_MATCH_START);
  return matching;
}

// [subject] -> []: matching is over.
static void pattern_end(Compiler *c, Matching matching) {
  mx_emit_op(&c->e, OP_MATCH_END);
  if (matching.kept) mx_emit_op(&c->e, OP_POP);
}

void mx_compile_subject_pattern(Compiler *c, Matching matching, const Node *pattern, Label fail) {
  Matching outer = c->matching;
  c->matching = matching;
  pattern_any(c, pattern, fail);
  c->matching = outer;
}

// [subject] when no arm fits: the else clause, or NoMatchingPatternError.
static void pattern_otherwise(Compiler *c, Matching matching, const Node *node,
                              const Node *else_body, Use use) {
  if (node->flags & NF_HAS_ELSE) {
    pattern_end(c, matching);
    mx_compile_used(c, else_body, use);
    return;
  }
  compile_at(c, node->span.start);
  mx_emit_op1(&c->e, OP_MATCH_FAIL, matching.explains);
  c->e.depth += (use != USE_NONE) - (matching.kept != 0);
}

// The body of an arm that fits.
static void pattern_arm_body(Compiler *c, Matching matching, const Node *body, Use use, Label end) {
  int32_t depth = c->e.depth;
  pattern_end(c, matching);
  mx_compile_used(c, body, use);
  mx_emit_op1(&c->e, OP_JUMP, end);
  c->e.depth = depth;
}

// One arm of a case/in.
static void pattern_arm(Compiler *c, Matching matching, const NodeIn *arm, Use use, Label end) {
  Label next = mx_emit_label(&c->e), guarded = mx_emit_label(&c->e);
  mx_emit_op(&c->e, OP_DUP);
  mx_compile_subject_pattern(c, matching, arm->pattern, next);
  mx_compile_guard(c, arm->guard, guarded);
  pattern_arm_body(c, matching, arm->body, use, end);
  mx_emit_bind(&c->e, guarded);
  if (arm->guard && matching.explains) mx_emit_op(&c->e, OP_MATCH_GUARD);
  mx_emit_bind(&c->e, next);
}

void mx_compile_case_in(Compiler *c, const NodeCaseIn *node, Use use) {
  Label end = mx_emit_label(&c->e);
  bool explains = node->ins.count == 1 && !(node->base.flags & NF_HAS_ELSE);
  Matching matching = pattern_begin(c, node->subject, pattern_arms_ask(&node->ins), explains);
  for (uint32_t i = 0; i < node->ins.count; i++)
    pattern_arm(c, matching, (const NodeIn *)node->ins.at[i], use, end);
  pattern_otherwise(c, matching, &node->base, node->else_body, use);
  mx_emit_bind(&c->e, end);
}

void mx_compile_match(Compiler *c, const NodeMatch *node, Use use) {
  Label end = mx_emit_label(&c->e);
  Matching matching = pattern_begin(c, node->subject, pattern_arms_ask(&node->whens), false);
  for (uint32_t i = 0; i < node->whens.count; i++) {
    const NodeWhen *when = (const NodeWhen *)node->whens.at[i];
    Label next = mx_emit_label(&c->e);
    mx_compile_when(c, when, true, matching, next);
    pattern_arm_body(c, matching, when->body, use, end);
    mx_emit_bind(&c->e, next);
  }
  pattern_otherwise(c, matching, &node->base, node->else_body, use);
  mx_emit_bind(&c->e, end);
}

void mx_compile_match_pattern(Compiler *c, const NodeMatchPattern *node, bool want) {
  Label miss = mx_emit_label(&c->e), end = mx_emit_label(&c->e);
  bool predicate = node->base.flags & NF_PREDICATE;
  int32_t depth = c->e.depth;
  Matching matching = pattern_begin(c, node->value, pattern_asks(node->pattern), !predicate);
  int32_t matched = c->e.depth;
  mx_emit_op(&c->e, OP_DUP);
  mx_compile_subject_pattern(c, matching, node->pattern, miss);
  pattern_end(c, matching);
  if (want) mx_compile_constant(c, predicate ? VAL_TRUE : VAL_NIL);
  mx_emit_op1(&c->e, OP_JUMP, end);
  c->e.depth = matched;
  mx_emit_bind(&c->e, miss);
  compile_at(c, node->base.span.start);
  if (predicate) {
    pattern_end(c, matching);
    if (want) mx_emit_op(&c->e, OP_PUSH_FALSE);
  } else {
    mx_emit_op1(&c->e, OP_MATCH_FAIL, 1);
    c->e.depth = depth + want;
  }
  mx_emit_bind(&c->e, end);
}
