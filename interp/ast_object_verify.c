// SPDX-License-Identifier: MIT
// What a tree that a program builds must fulfil, so that printing, walking and running it is safe.
//
// 1. Where code relies on the kind of a child, the child is of such a kind (verify_rules).
// 2. Nesting and size are bounded: all walks recurse, and a node may be shared so often that its
//    tree is astronomically large.
// 3. Names are names (ast_object_name.c, when they are set).
// 4. No text of a Regexp takes what follows it for escaped.
// 5. No range and no Regexp is a condition: there a range is written for a flip-flop, and a Regexp
//    for a match of $_.
// What is left can at worst be refused by the parser when the tree is to run.
#include "interp/ast_object.h"

enum {
  VERIFY_MAX_DEPTH = 3000,    // nested nodes; a parsed tree stays below
  VERIFY_MAX_NODES = 1 << 22, // nodes, shared ones counted at each place
  VERIFY_ALTERNATIVES = 3,    // kinds that a rule may allow
};

// The kinds allowed in a field; NODE_COUNT fills up.
typedef struct VerifyRule {
  NodeKind kind;                         // of the parent
  const char *field;                     // its field
  NodeKind allowed[VERIFY_ALTERNATIVES]; // kinds of the child or of all elements
} VerifyRule;

static const VerifyRule verify_rules[] = {
    {NODE_DEF, "params", {NODE_PARAMS, NODE_COUNT, NODE_COUNT}},
    {NODE_BLOCK_FN, "params", {NODE_PARAMS, NODE_COUNT, NODE_COUNT}},
    {NODE_LAMBDA, "params", {NODE_PARAMS, NODE_COUNT, NODE_COUNT}},
    {NODE_PARAMS, "list", {NODE_PARAM, NODE_COUNT, NODE_COUNT}},
    {NODE_CLASS, "path", {NODE_CONST, NODE_COUNT, NODE_COUNT}},
    {NODE_MODULE, "path", {NODE_CONST, NODE_COUNT, NODE_COUNT}},
    {NODE_END_BLOCK, "function", {NODE_BLOCK_FN, NODE_COUNT, NODE_COUNT}},
    {NODE_MATCH_WRITE, "call", {NODE_CALL, NODE_COUNT, NODE_COUNT}},
    {NODE_CALL, "block", {NODE_BLOCK_FN, NODE_BLOCK_PASS, NODE_COUNT}},
    {NODE_SUPER, "block", {NODE_BLOCK_FN, NODE_BLOCK_PASS, NODE_COUNT}},
    {NODE_ZSUPER, "block", {NODE_BLOCK_FN, NODE_BLOCK_PASS, NODE_COUNT}},
    {NODE_CASE, "whens", {NODE_WHEN, NODE_COUNT, NODE_COUNT}},
    {NODE_MATCH, "whens", {NODE_WHEN, NODE_COUNT, NODE_COUNT}},
    {NODE_CASE_IN, "ins", {NODE_IN, NODE_COUNT, NODE_COUNT}},
    {NODE_WHEN, "guard", {NODE_IF, NODE_UNLESS, NODE_COUNT}},
    {NODE_IN, "guard", {NODE_IF, NODE_UNLESS, NODE_COUNT}},
    {NODE_BEGIN, "rescues", {NODE_RESCUE, NODE_COUNT, NODE_COUNT}},
    {NODE_HASH, "pairs", {NODE_PAIR, NODE_DOUBLE_SPLAT, NODE_UNQUOTE}},
    {NODE_DSTRING, "parts", {NODE_STRING, NODE_EMBED, NODE_COUNT}},
    {NODE_DSYMBOL, "parts", {NODE_STRING, NODE_EMBED, NODE_COUNT}},
    {NODE_XSTRING, "parts", {NODE_STRING, NODE_EMBED, NODE_COUNT}},
    {NODE_REGEXP, "parts", {NODE_STRING, NODE_EMBED, NODE_COUNT}},
    {NODE_PAT_HASH, "pairs", {NODE_PAT_PAIR, NODE_COUNT, NODE_COUNT}},
    {NODE_PAT_HASH, "rest", {NODE_PAT_SPLAT, NODE_PAT_VALUE, NODE_COUNT}},
};

// A verification under way.
typedef struct Verify {
  ExecCtx *ec;
  uint32_t depth; // nodes around the current one
  uint32_t nodes; // nodes met
} Verify;

// Find the rule of a field, or NULL.
static const VerifyRule *verify_rule(NodeKind kind, const char *field) {
  for (size_t i = 0; i < MX_COUNT_OF(verify_rules); i++)
    if (verify_rules[i].kind == kind && strcmp(verify_rules[i].field, field) == 0)
      return &verify_rules[i];
  return NULL;
}

// Check the kind of a child; false + TypeError.
static bool verify_child(Verify *verify, const VerifyRule *rule, const Node *child) {
  for (int i = 0; i < VERIFY_ALTERNATIVES; i++)
    if (mx_ast_kind(child) == rule->allowed[i]) return true;
  (void)mx_raise_type(verify->ec, "%s of AST::%s must be an AST::%s, not AST::%s", rule->field,
                      mx_ast_info(rule->kind)->class_name,
                      mx_ast_info(rule->allowed[0])->class_name,
                      mx_ast_info(mx_ast_kind(child))->class_name);
  return false;
}

// Check the children in a field; false + TypeError.
static bool verify_field(Verify *verify, const Node *node, const FieldInfo *field) {
  const VerifyRule *rule = verify_rule(mx_ast_kind(node), field->name);
  if (!rule) return true;
  if (field->type == FIELD_LIST) {
    const NodeList *list = mx_ast_field(node, field);
    for (uint32_t i = 0; i < list->count; i++)
      if (!verify_child(verify, rule, list->at[i])) return false;
    return true;
  }
  const Node *child = *(Node **)mx_ast_field(node, field);
  return !child || verify_child(verify, rule, child);
}

// Check that no text of a Regexp ends in a backslash that escapes what follows; false + TypeError.
static bool verify_regexp(Verify *verify, const NodeRegexpLiteral *regexp) {
  for (uint32_t i = 0; i < regexp->parts.count; i++) {
    const NodeStringLiteral *part = (const NodeStringLiteral *)regexp->parts.at[i];
    if (mx_ast_kind(&part->base) != NODE_STRING) continue;
    uint32_t slashes = 0, len = part->value.len;
    while (slashes < len && part->value.bytes[len - 1 - slashes] == '\\') slashes++;
    if (slashes % 2 == 0) continue;
    (void)mx_raise_type(verify->ec, "text of AST::RegexpLiteral ends in a backslash");
    return false;
  }
  return true;
}

// The range or Regexp that a condition is or is made of, or NULL.
static const Node *verify_tested(const Node *node) {
  switch (mx_ast_kind(node)) {
  case NODE_RANGE:
  case NODE_REGEXP: return node;
  case NODE_AND:
  case NODE_OR: {
    const NodeAnd *logical = (const NodeAnd *)node;
    const Node *left = verify_tested(logical->left);
    return left ? left : verify_tested(logical->right);
  }
  case NODE_BLOCK: {
    const NodeBlock *block = (const NodeBlock *)node;
    return block->statements.count == 1 ? verify_tested(block->statements.at[0]) : NULL;
  }
  default: return NULL;
  }
}

// The condition of a node, or NULL.
static const Node *verify_condition_of(const Node *node) {
  switch (mx_ast_kind(node)) {
  case NODE_IF: return ((const NodeIf *)node)->condition;
  case NODE_UNLESS: return ((const NodeUnless *)node)->condition;
  case NODE_WHILE: return ((const NodeWhile *)node)->condition;
  case NODE_UNTIL: return ((const NodeUntil *)node)->condition;
  case NODE_CALL: {
    const NodeMethodCall *call = (const NodeMethodCall *)node;
    return call->name == SYM_BANG && call->base.flags & NF_OPERATOR ? call->receiver : NULL;
  }
  default: return NULL;
  }
}

// Check the condition of a node, whose size is known to be bounded; false + TypeError.
static bool verify_condition(Verify *verify, const Node *node) {
  const Node *condition = verify_condition_of(node);
  const Node *tested = condition ? verify_tested(condition) : NULL;
  if (!tested) return true;
  (void)mx_raise_type(verify->ec, "a condition cannot be an AST::%s",
                      mx_ast_info(mx_ast_kind(tested))->class_name);
  return false;
}

// Check a node and all below it.
static bool verify_node(void *ctx, Node *node) {
  Verify *verify = ctx;
  if (verify->depth >= VERIFY_MAX_DEPTH || verify->nodes++ >= VERIFY_MAX_NODES) {
    (void)mx_raise_arg(verify->ec, "syntax tree is too %s",
                       verify->depth >= VERIFY_MAX_DEPTH ? "deep" : "large");
    return false;
  }
  const NodeInfo *info = mx_ast_info(mx_ast_kind(node));
  for (uint32_t i = 0; i < info->field_count; i++)
    if (!verify_field(verify, node, &info->fields[i])) return false;
  if (mx_ast_kind(node) == NODE_REGEXP && !verify_regexp(verify, (const NodeRegexpLiteral *)node))
    return false;
  verify->depth++;
  bool good = mx_ast_each_child(node, verify_node, verify);
  verify->depth--;
  return good && verify_condition(verify, node);
}

// Check a tree that was built; false + exception.
bool mx_ast_verify(ExecCtx *ec, const Node *root) {
  Verify verify = {.ec = ec};
  return verify_node(&verify, (Node *)(uintptr_t)root);
}
