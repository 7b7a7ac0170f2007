// SPDX-License-Identifier: MIT
// What is known about every kind of node, expanded from ast.def, and the walks built on it.
//
// One FieldInfo row per field makes visiting, copying, comparing, dumping and the guest readers
// generic: none of them names a kind, so a new node needs nothing but its row.
#include "frontend/ast.h"

#include <string.h>

// A flag that is part of what a node means.
typedef struct AstFlag {
  NodeKind kind;    // the kind that has it
  uint16_t flag;    // NF_*
  const char *name; // as dumps show it
} AstFlag;

// Presentation is everything else: parentheses, modifiers, `and` for &&, do for {, heredocs.
static const AstFlag ast_flags[] = {
    {NODE_REGEXP, NF_ONCE, "once"},
    {NODE_HASH, NF_NO_BRACES, "keywords"},
    {NODE_RANGE, NF_EXCLUSIVE, "exclusive"},
    {NODE_FLIP_FLOP, NF_EXCLUSIVE, "exclusive"},
    {NODE_LOCAL, NF_IMPLICIT, "implicit"},
    {NODE_CONST, NF_TOP, "top"},
    {NODE_MULTI_TARGET, NF_TRAILING_COMMA, "comma"},
    {NODE_CALL, NF_SAFE_NAV, "safe"},
    {NODE_CALL, NF_VCALL, "bare"},
    {NODE_WHILE, NF_DO_WHILE, "body_first"},
    {NODE_UNTIL, NF_DO_WHILE, "body_first"},
    {NODE_CASE_IN, NF_HAS_ELSE, "has_else"},
    {NODE_MATCH, NF_HAS_ELSE, "has_else"},
    {NODE_BEGIN, NF_HAS_ELSE, "has_else"},
    {NODE_MATCH_PATTERN, NF_PREDICATE, "predicate"},
    {NODE_DEF, NF_NO_BODY, "no_body"},
    {NODE_MODULE, NF_TRAIT, "trait"},
    {NODE_BLOCK_FN, NF_IMPLICIT, "implicit"},
    {NODE_LAMBDA, NF_IMPLICIT, "implicit"},
    {NODE_PAT_VALUE, NF_PIN, "pin"},
    {NODE_PAT_ARRAY, NF_TRAILING_COMMA, "comma"},
};

// Return the metadata of a kind: one case per row, each with its static table of fields.
const NodeInfo *mx_ast_info(NodeKind kind) {
#define FIELD(n, TYPE) {.name = #n, .type = TYPE, .offset = offsetof(Self, n)},
#define F_NODE(n) FIELD(n, FIELD_NODE)
#define F_OPT(n) FIELD(n, FIELD_OPT)
#define F_LIST(n) FIELD(n, FIELD_LIST)
#define F_SYM(n) FIELD(n, FIELD_SYM)
#define F_TEXT(n) FIELD(n, FIELD_TEXT)
#define F_INT(n) FIELD(n, FIELD_INT)
#define F_FLOAT(n) FIELD(n, FIELD_FLOAT)
#define F_TAG(n) FIELD(n, FIELD_TAG)
#define F_SCOPE(n) FIELD(n, FIELD_SCOPE)
#define F_U32(n) FIELD(n, FIELD_U32)
#define NODE(KIND, Class, Super, FIELDS, text)                \
  case NODE_##KIND: {                                         \
    typedef Node##Class Self;                                 \
    static const FieldInfo fields[] = {FIELDS{.name = NULL}}; \
    static const NodeInfo info = {                            \
        .class_name = #Class,                                 \
        .super_name = #Super,                                 \
        .fields = fields,                                     \
        .field_count = MX_COUNT_OF(fields) - 1,               \
        .size = sizeof(Self),                                 \
        .doc = text,                                          \
    };                                                        \
    return &info;                                             \
  }
  switch (kind) {
#include "frontend/ast.def"
  case NODE_COUNT: break;
  }
#undef FIELD
  MX_UNREACHABLE();
}

// Write the class name in snake case.
void mx_ast_type_name(NodeKind kind, char out[NODE_TYPE_ROOM]) {
  const char *name = mx_ast_info(kind)->class_name;
  char *end = out;
  for (const char *p = name; *p; p++) {
    bool upper = *p >= 'A' && *p <= 'Z';
    if (upper && p > name) *end++ = '_';
    *end++ = upper ? (char)(*p - 'A' + 'a') : *p;
  }
  *end = '\0';
  MX_ASSERT(end - out < NODE_TYPE_ROOM, "type name %s", name);
}

// Look for a Scope among the fields.
bool mx_ast_is_scope(NodeKind kind) {
  const NodeInfo *info = mx_ast_info(kind);
  for (uint32_t i = 0; i < info->field_count; i++)
    if (info->fields[i].type == FIELD_SCOPE) return true;
  return false;
}

// Return the statements of a scope node.
const Node *mx_ast_body(const Node *scope) {
  switch (mx_ast_kind(scope)) {
  case NODE_PROGRAM: return ((const NodeProgram *)scope)->body;
  case NODE_DEF: return ((const NodeMethodDef *)scope)->body;
  case NODE_CLASS: return ((const NodeClassDef *)scope)->body;
  case NODE_MODULE: return ((const NodeModuleDef *)scope)->body;
  case NODE_SCLASS: return ((const NodeSingletonClassDef *)scope)->body;
  case NODE_LAMBDA: return ((const NodeLambda *)scope)->body;
  case NODE_FOR: return ((const NodeFor *)scope)->body;
  default: return ((const NodeBlockFunction *)scope)->body;
  }
}

bool mx_ast_asks_all_keys(const NodeHashPattern *pattern) {
  const Node *rest = pattern->rest;
  if (!rest) return pattern->pairs.count == 0;
  return mx_ast_kind(rest) != NODE_PAT_SPLAT || ((const NodeSplatPattern *)rest)->target;
}

// Return the flags of a kind that are part of its meaning.
uint16_t mx_ast_meaning(NodeKind kind) {
  uint16_t mask = 0;
  for (size_t i = 0; i < MX_COUNT_OF(ast_flags); i++)
    if (ast_flags[i].kind == kind) mask |= ast_flags[i].flag;
  return mask;
}

// Return the name of one such flag.
const char *mx_ast_flag_name(NodeKind kind, uint16_t flag) {
  for (size_t i = 0; i < MX_COUNT_OF(ast_flags); i++)
    if (ast_flags[i].kind == kind && ast_flags[i].flag == flag) return ast_flags[i].name;
  MX_UNREACHABLE();
}

// Visit the elements of a list until visit says stop.
static bool ast_each_element(const NodeList *list, AstVisit visit, void *ctx) {
  for (uint32_t i = 0; i < list->count; i++)
    if (!visit(ctx, list->at[i])) return false;
  return true;
}

// Visit the child or children in one field; fields without nodes hold none.
static bool ast_each_in_field(const Node *node, const FieldInfo *field, AstVisit visit, void *ctx) {
  void *at = mx_ast_field(node, field);
  if (field->type == FIELD_LIST) return ast_each_element(at, visit, ctx);
  if (field->type != FIELD_NODE && field->type != FIELD_OPT) return true;
  Node *child = *(Node **)at;
  return !child || visit(ctx, child);
}

// Call visit for each direct child, in field order; stop early when it returns false.
bool mx_ast_each_child(const Node *node, AstVisit visit, void *ctx) {
  const NodeInfo *info = mx_ast_info(mx_ast_kind(node));
  for (uint32_t i = 0; i < info->field_count; i++)
    if (!ast_each_in_field(node, &info->fields[i], visit, ctx)) return false;
  return true;
}

// Copy what one field of a copied node points to.
static void ast_clone_field(Arena *arena, void *at, FieldType type, AstEdit edit, void *ctx) {
  if (type == FIELD_NODE || type == FIELD_OPT) {
    Node **child = at;
    if (*child) *child = mx_ast_clone(arena, *child, edit, ctx);
  } else if (type == FIELD_LIST) {
    NodeList *list = at;
    Node **old = list->at;
    list->at = mx_arena_array(arena, Node *, list->count);
    for (uint32_t i = 0; i < list->count; i++) list->at[i] = mx_ast_clone(arena, old[i], edit, ctx);
  } else if (type == FIELD_TEXT) {
    Text *text = at;
    text->bytes = mx_arena_copy(arena, text->bytes, text->len);
  }
}

// Copy a node with its children into an arena; scopes are shared with the original.
Node *mx_ast_clone(Arena *arena, Node *node, AstEdit edit, void *ctx) {
  if (edit) {
    Node *other = edit(ctx, node);
    if (other != node) return other;
  }
  const NodeInfo *info = mx_ast_info(mx_ast_kind(node));
  Node *copy = mx_arena_alloc(arena, info->size);
  memcpy(copy, node, info->size);
  for (uint32_t i = 0; i < info->field_count; i++)
    ast_clone_field(arena, mx_ast_field(copy, &info->fields[i]), info->fields[i].type, edit, ctx);
  return copy;
}
