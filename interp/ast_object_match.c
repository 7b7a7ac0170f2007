// SPDX-License-Identifier: MIT
// Node#match: a tree against a pattern tree.
//
// In a pattern a name that begins with _ fits any node; `_` alone is forgotten, `_x` is captured
// under :x and must be equal wherever it stands again. A Value built into the pattern by unquote
// is asked by === with the node. Everything else fits by structure, as == compares.
#include "interp/ast_object.h"

#include "runtime/array.h"
#include "runtime/hash.h"
#include "runtime/semantics.h"

// One match.
typedef struct Match {
  ExecCtx *ec;
  const AstObj *pattern; // whole pattern, for its spliced Values
  Unit *unit;            // tree that is matched
  Value captures;        // Hash of nodes by name
  bool raised;           // an exception is pending
} Match;

static bool match_node(Match *match, const Node *pattern, const Node *node);

// See through statement lists of one statement.
static const Node *match_unwrap(const Node *node) {
  while (node && node->kind == NODE_BLOCK && ((const NodeBlock *)node)->statements.count == 1)
    node = ((const NodeBlock *)node)->statements.at[0];
  return node;
}

// Return the name of a wildcard, or SYM_NONE.
static Sym match_wildcard(const Match *match, const Node *pattern) {
  Sym name = SYM_NONE;
  if (pattern->kind == NODE_LOCAL) name = ((const NodeLocalVariable *)pattern)->name;
  bool bare = pattern->kind == NODE_CALL && pattern->flags & NF_VCALL;
  if (bare) name = ((const NodeMethodCall *)pattern)->name;
  return name != SYM_NONE && mx_sym_text(&match->ec->vm->symtab, name)[0] == '_' ? name : SYM_NONE;
}

// Capture a node; a second one of the same name must be equal.
static bool match_capture(Match *match, Sym name, const Node *node) {
  ExecCtx *ec = match->ec;
  const char *text = mx_sym_text(&ec->vm->symtab, name) + 1;
  if (!*text) return true;
  Sym key = mx_sym(ec->vm, text);
  Value before = mx_hash_get_sym(match->captures, key);
  if (!val_is_undef(before)) return mx_ast_equal(mx_ast_get(before)->node, node);
  mx_hash_set_sym(ec, match->captures, key, mx_ast_wrap(ec, match->unit, node));
  return true;
}

// Ask a Value of the pattern by ===.
static bool match_value(Match *match, const NodeSpliced *pattern, const Node *node) {
  ExecCtx *ec = match->ec;
  Value value = mx_array_get(ec, match->pattern->unit->spliced, pattern->index);
  int fits = mx_case_equal(ec, value, mx_ast_wrap(ec, match->unit, node));
  match->raised = match->raised || fits < 0;
  return fits > 0;
}

// Match two lists element by element.
static bool match_lists(Match *match, const NodeList *pattern, const NodeList *list) {
  if (pattern->count != list->count) return false;
  for (uint32_t i = 0; i < list->count; i++)
    if (!match_node(match, pattern->at[i], list->at[i])) return false;
  return true;
}

// Match one field; those without nodes compare.
static bool match_field(Match *match, const Node *pattern, const Node *node,
                        const FieldInfo *field) {
  const void *x = mx_ast_field(pattern, field);
  const void *y = mx_ast_field(node, field);
  switch (field->type) {
  case FIELD_NODE:
  case FIELD_OPT: return match_node(match, *(Node *const *)x, *(Node *const *)y);
  case FIELD_LIST: return match_lists(match, x, y);
  case FIELD_SYM:
  case FIELD_TAG: return *(const uint32_t *)x == *(const uint32_t *)y;
  case FIELD_TEXT: {
    const Text *a = x;
    const Text *b = y;
    return a->len == b->len && memcmp(a->bytes, b->bytes, a->len) == 0;
  }
  case FIELD_INT:
  case FIELD_FLOAT: return memcmp(x, y, sizeof(int64_t)) == 0;
  case FIELD_SCOPE:
  case FIELD_U32: return true;
  }
  MX_UNREACHABLE();
}

// Match the fields of two nodes of one kind.
static bool match_fields(Match *match, const Node *pattern, const Node *node) {
  const NodeInfo *info = mx_ast_info(mx_ast_kind(pattern));
  for (uint32_t i = 0; i < info->field_count; i++)
    if (!match_field(match, pattern, node, &info->fields[i])) return false;
  return true;
}

// Match a node against a pattern.
static bool match_node(Match *match, const Node *pattern, const Node *node) {
  pattern = match_unwrap(pattern);
  node = match_unwrap(node);
  if (!pattern || !node) return pattern == node;
  Sym wildcard = match_wildcard(match, pattern);
  if (wildcard != SYM_NONE) return match_capture(match, wildcard, node);
  if (pattern->kind == NODE_SPLICED && node->kind != NODE_SPLICED)
    return match_value(match, (const NodeSpliced *)pattern, node);
  uint16_t meaning = mx_ast_meaning(mx_ast_kind(pattern));
  bool same = pattern->kind == node->kind && !((pattern->flags ^ node->flags) & meaning);
  return same && match_fields(match, pattern, node);
}

// Node#match(pattern): Hash of the captures, or nil. Anything but a tree is asked by ===.
Value mx_ast_m_match(ExecCtx *ec, Value self, Value a) {
  const AstObj *ast = mx_ast_get(self);
  Match match = {.ec = ec, .pattern = mx_ast_get(a), .unit = ast->unit};
  match.captures = mx_hash_new(ec);
  if (!match.pattern) {
    int fits = mx_case_equal(ec, a, self);
    return fits < 0 ? VAL_EXC : fits ? match.captures : VAL_NIL;
  }
  const Node *pattern = match.pattern->node;
  if (pattern->kind == NODE_PROGRAM && ast->node->kind != NODE_PROGRAM)
    pattern = ((const NodeProgram *)pattern)->body;
  bool fits = match_node(&match, pattern, ast->node);
  if (match.raised) return VAL_EXC;
  return fits ? match.captures : VAL_NIL;
}
