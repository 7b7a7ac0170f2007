// SPDX-License-Identifier: MIT
// The walker's pattern matching: case/in, => and in, metorex match, and every kind of pattern.
//
// A test answers 1 (fits), 0 (does not) or -1 (raised). Variables are bound as the match goes on
// and keep what they got when it fails later, as in Ruby.
#include "runtime/array.h"
#include "runtime/hash.h"
#include "interp/ops.h"
#include "interp/tree.h"

// pattern === v, noting a miss.
static int pattern_test(ExecCtx *ec, Frame *fr, Value pattern, Value v) {
  int fits = mx_tree_case_equal(ec, fr, pattern, v);
  if (fits == 0) mx_ops_match_note(ec, pattern, v);
  return fits;
}

// Constant(...) in front of a pattern: does constant === v?
static int pattern_constant(ExecCtx *ec, Frame *fr, const Node *constant, Value v) {
  if (!constant) return 1;
  Value klass = mx_tree_eval(ec, fr, constant);
  return val_is_exc(klass) ? -1 : pattern_test(ec, fr, klass, v);
}

// Did a value become the Array or Hash that a pattern looks at? 1, 0 (nil), -1.
static int pattern_became(Value v) { return val_is_exc(v) ? -1 : !val_is_nil(v); }

// Bind a name: only locals can be.
static void pattern_bind(Frame *fr, const Node *target, Value v) {
  const NodeLocalVariable *local = (const NodeLocalVariable *)target;
  MX_ASSERT(mx_ast_kind(target) == NODE_LOCAL, "a pattern binds what is no local");
  *mx_frame_local(fr, local->depth, local->slot) = v;
}

// Bind what a splat stands for, if it has a name.
static void pattern_bind_splat(Frame *fr, const Node *splat, Value elements) {
  const Node *target = ((const NodeSplatPattern *)splat)->target;
  if (target) pattern_bind(fr, target, elements);
}

// Match `count` patterns against elements from `start` on, which counts from the end below 0.
static int pattern_elements(ExecCtx *ec, Frame *fr, Node *const *patterns, uint32_t count,
                            Value array, int64_t start) {
  int fits = 1;
  for (uint32_t i = 0; i < count && fits == 1; i++)
    fits = mx_tree_pattern(ec, fr, patterns[i], mx_array_get(ec, array, start + i), NULL);
  return fits;
}

// Index of the splat among the elements, or their count.
static uint32_t pattern_splat_index(const NodeList *elements) {
  uint32_t i = 0;
  while (i < elements->count && mx_ast_kind(elements->at[i]) != NODE_PAT_SPLAT) i++;
  return i;
}

// What an array pattern looks at, kept for the others: 1, 0 (there is nothing), -1.
static int pattern_parts(ExecCtx *ec, Frame *fr, uint32_t site, Value v, Value *kept,
                         Value *array) {
  fr->site = site;
  *array = mx_ops_match_deconstruct(ec, v, kept ? *kept : VAL_FALSE);
  if (kept && !val_is_exc(*array)) *kept = *array;
  return pattern_became(*array);
}

static int pattern_array(ExecCtx *ec, Frame *fr, const NodeArrayPattern *node, Value v,
                         Value *kept) {
  int fits = pattern_constant(ec, fr, node->constant, v);
  Value array = VAL_NIL;
  if (fits == 1) fits = pattern_parts(ec, fr, node->base.span.start, v, kept, &array);
  if (fits != 1) return fits;
  const NodeList *elements = &node->elements;
  uint32_t splat = pattern_splat_index(elements);
  bool open = splat < elements->count;
  uint32_t fixed = elements->count - open;
  bool more = open || node->base.flags & NF_TRAILING_COMMA;
  MatchTest length = more ? MATCH_TEST_LENGTH_MIN : MATCH_TEST_LENGTH;
  if (!mx_ops_match_case(ec, length, fixed, array)) return 0;
  fits = pattern_elements(ec, fr, elements->at, splat, array, 0);
  if (fits != 1 || !open) return fits;
  uint32_t behind = fixed - splat;
  pattern_bind_splat(fr, elements->at[splat], mx_ops_match_slice(ec, array, splat, behind));
  return pattern_elements(ec, fr, elements->at + splat + 1, behind, array, -(int64_t)behind);
}

static int pattern_find(ExecCtx *ec, Frame *fr, const NodeFindPattern *node, Value v, Value *kept) {
  int fits = pattern_constant(ec, fr, node->constant, v);
  Value array = VAL_NIL;
  if (fits == 1) fits = pattern_parts(ec, fr, node->base.span.start, v, kept, &array);
  if (fits != 1) return fits;
  uint32_t middle = node->elements.count - 2;
  for (int64_t start = 0;; start++) {
    Value found = mx_ops_match_find(ec, array, val_from_fixnum(start), middle);
    if (val_is_undef(found)) return 0;
    fits = pattern_elements(ec, fr, node->elements.at + 1, middle, found, 0);
    if (fits < 0) return fits;
    if (fits == 0) continue;
    Value next = val_from_fixnum(start + 1);
    pattern_bind_splat(fr, node->elements.at[0], mx_ops_match_before(ec, array, next));
    pattern_bind_splat(fr, node->elements.at[middle + 1],
                       mx_ops_match_after(ec, array, next, middle));
    return 1;
  }
}

// Key of a pair as a Value.
static Value pattern_key(ExecCtx *ec, Frame *fr, const Node *pair) {
  return mx_tree_eval(ec, fr, ((const NodePairPattern *)pair)->key);
}

// Argument of deconstruct_keys: the keys wanted, or nil for all.
static Value pattern_keys(ExecCtx *ec, Frame *fr, const NodeHashPattern *node) {
  if (mx_ast_asks_all_keys(node)) return VAL_NIL;
  Value keys = mx_array_new(ec, node->pairs.count);
  for (uint32_t i = 0; i < node->pairs.count; i++)
    mx_array_push(ec, keys, pattern_key(ec, fr, node->pairs.at[i]));
  return keys;
}

// Match one pair; a matched key is taken out of `rest` unless that is VAL_UNDEF.
static int pattern_pair(ExecCtx *ec, Frame *fr, const NodePairPattern *pair, Value hash,
                        Value rest) {
  Value key = mx_tree_eval(ec, fr, pair->key);
  Value v = val_is_exc(key) ? VAL_EXC : mx_ops_match_value(ec, hash, rest, key);
  if (val_is_exc(v)) return -1;
  if (val_is_undef(v)) return 0;
  return mx_tree_pattern(ec, fr, pair->pattern, v, NULL); // of `key:` alone the parser has made one
}

// **rest and **nil behind the pairs.
static int pattern_hash_rest(ExecCtx *ec, Frame *fr, const Node *rest_node, Value rest) {
  if (mx_ast_kind(rest_node) == NODE_PAT_VALUE)
    return mx_ops_match_case(ec, MATCH_TEST_REST_EMPTY, 0, rest);
  pattern_bind_splat(fr, rest_node, rest);
  return 1;
}

static int pattern_hash(ExecCtx *ec, Frame *fr, const NodeHashPattern *node, Value v) {
  int fits = pattern_constant(ec, fr, node->constant, v);
  Value hash = v;
  fr->site = node->base.span.start;
  if (fits == 1 && !mx_ops_match_is_itself(ec, v, SYM_deconstruct_keys))
    fits = pattern_became(hash = mx_ops_match_keys(ec, v, pattern_keys(ec, fr, node)));
  if (fits != 1) return fits;
  if (node->pairs.count == 0 && !node->rest)
    return mx_ops_match_case(ec, MATCH_TEST_EMPTY, 0, hash);
  Value rest = node->rest ? mx_hash_dup(ec, hash) : VAL_UNDEF;
  for (uint32_t i = 0; i < node->pairs.count && fits == 1; i++)
    fits = pattern_pair(ec, fr, (const NodePairPattern *)node->pairs.at[i], hash, rest);
  return fits == 1 && node->rest ? pattern_hash_rest(ec, fr, node->rest, rest) : fits;
}

// A value as a pattern: ===, where a literal range or regexp needs nothing special.
static int pattern_value(ExecCtx *ec, Frame *fr, const NodeValuePattern *node, Value v) {
  Value pattern = mx_tree_eval(ec, fr, node->value);
  if (val_is_exc(pattern)) return -1;
  fr->site = node->base.span.start;
  return pattern_test(ec, fr, pattern, v);
}

int mx_tree_pattern(ExecCtx *ec, Frame *fr, const Node *pattern, Value v, Value *kept) {
  Value *saved = ec->vsp;
  if (!mx_tree_push(ec, v)) return -1;
  int fits;
  switch (mx_ast_kind(pattern)) {
  case NODE_PAT_VALUE: fits = pattern_value(ec, fr, (const NodeValuePattern *)pattern, v); break;
  case NODE_PAT_BIND:
    pattern_bind(fr, ((const NodeBindPattern *)pattern)->target, v);
    fits = 1;
    break;
  case NODE_PAT_ARRAY:
    fits = pattern_array(ec, fr, (const NodeArrayPattern *)pattern, v, kept);
    break;
  case NODE_PAT_FIND: fits = pattern_find(ec, fr, (const NodeFindPattern *)pattern, v, kept); break;
  case NODE_PAT_HASH: fits = pattern_hash(ec, fr, (const NodeHashPattern *)pattern, v); break;
  case NODE_PAT_ALT: {
    const NodeAlternativePattern *alt = (const NodeAlternativePattern *)pattern;
    fits = mx_tree_pattern(ec, fr, alt->left, v, kept);
    if (fits == 0) fits = mx_tree_pattern(ec, fr, alt->right, v, kept);
    break;
  }
  case NODE_PAT_CAPTURE: {
    const NodeCapturePattern *capture = (const NodeCapturePattern *)pattern;
    fits = mx_tree_pattern(ec, fr, capture->pattern, v, kept);
    if (fits == 1) pattern_bind(fr, capture->target, v);
    break;
  }
  default: MX_UNREACHABLE();
  }
  ec->vsp = saved;
  return fits;
}

// Does an arm of case/in fit, its guard included?
static int pattern_arm(ExecCtx *ec, Frame *fr, const NodeIn *arm, Value subject, Value *kept) {
  int fits = mx_tree_pattern(ec, fr, arm->pattern, subject, kept);
  if (fits != 1) return fits;
  fits = mx_tree_guard(ec, fr, arm->guard);
  if (fits == 0) mx_ops_match_guard(ec);
  return fits;
}

// No arm fits: the else clause, or an error.
static bool pattern_otherwise(ExecCtx *ec, Frame *fr, const Node *node, Value subject, bool why) {
  if (node->flags & NF_HAS_ELSE) return true;
  fr->site = node->span.start;
  return !val_is_exc(mx_ops_match_fail(ec, subject, why));
}

bool mx_tree_case_in_body(ExecCtx *ec, Frame *fr, const NodeCaseIn *node, const Node **body) {
  Value subject = mx_tree_eval(ec, fr, node->subject), kept = VAL_FALSE;
  if (val_is_exc(subject)) return false;
  mx_ops_match_start(ec);
  for (uint32_t i = 0; i < node->ins.count; i++) {
    const NodeIn *arm = (const NodeIn *)node->ins.at[i];
    int fits = pattern_arm(ec, fr, arm, subject, &kept);
    *body = arm->body;
    if (fits != 0) return fits > 0;
  }
  *body = node->else_body;
  return pattern_otherwise(ec, fr, &node->base, subject, node->ins.count == 1);
}

bool mx_tree_match_body(ExecCtx *ec, Frame *fr, const NodeMatch *node, const Node **body) {
  Value subject = mx_tree_eval(ec, fr, node->subject), kept = VAL_FALSE;
  if (val_is_exc(subject)) return false;
  mx_ops_match_start(ec);
  for (uint32_t i = 0; i < node->whens.count; i++) {
    const NodeWhen *when = (const NodeWhen *)node->whens.at[i];
    int fits = mx_tree_when(ec, fr, when, subject, &kept);
    *body = when->body;
    if (fits != 0) return fits > 0;
  }
  *body = node->else_body;
  return pattern_otherwise(ec, fr, &node->base, subject, false);
}

Value mx_tree_match_pattern(ExecCtx *ec, Frame *fr, const NodeMatchPattern *node) {
  Value v = mx_tree_eval(ec, fr, node->value), kept = VAL_FALSE;
  if (val_is_exc(v)) return v;
  mx_ops_match_start(ec);
  int fits = mx_tree_pattern(ec, fr, node->pattern, v, &kept);
  if (fits < 0) return VAL_EXC;
  if (node->base.flags & NF_PREDICATE) return val_bool(fits);
  if (fits) return VAL_NIL;
  fr->site = node->base.span.start;
  return mx_ops_match_fail(ec, v, true);
}
