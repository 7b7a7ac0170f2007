// SPDX-License-Identifier: MIT
// Moving expressions around in a tree.
//
// What programs build holds operators in operands, conditions in arguments and the like, that no
// text holds without parentheses; a printer that never saw such trees would get them wrong. A
// place is a field that takes any value; what moves must not depend on where it stands: no
// locals, jumps, definitions, nor what the parser reads differently in a condition.
#include "tools/print_splice.h"

#include <string.h>

// The fields that take any value, by kind of node.
typedef struct SplicePlace {
  NodeKind kind;     // of the parent
  const char *field; // its field
} SplicePlace;

static const SplicePlace splice_places[] = {
    {NODE_CALL, "receiver"},   {NODE_CALL, "args"},
    {NODE_ARRAY, "elements"},  {NODE_PAIR, "value"},
    {NODE_AND, "left"},        {NODE_AND, "right"},
    {NODE_OR, "left"},         {NODE_OR, "right"},
    {NODE_ASSIGN, "value"},    {NODE_OP_ASSIGN, "value"},
    {NODE_IF, "condition"},    {NODE_IF, "then_body"},
    {NODE_IF, "else_body"},    {NODE_UNLESS, "condition"},
    {NODE_WHILE, "condition"}, {NODE_RANGE, "first"},
    {NODE_RANGE, "last"},      {NODE_CASE, "subject"},
    {NODE_SPLAT, "value"},     {NODE_RETURN, "value"},
    {NODE_YIELD, "args"},      {NODE_SUPER, "args"},
    {NODE_EMBED, "body"},      {NODE_PARAM, "value"},
    {NODE_DEFINED, "value"},   {NODE_BLOCK, "statements"},
    {NODE_RESCUE_MOD, "body"}, {NODE_RESCUE_MOD, "rescue_value"},
    {NODE_RESCUE, "classes"},
};

// One tree being changed.
typedef struct Splice {
  const SymTab *symtab; // names
  VEC(Node **) places;  // where something may be put, in the copy
  VEC(Node *) values;   // what may be put there, of the original
  bool *locals;         // by Sym: a local somewhere in the tree
  bool movable;         // outcome of a test
} Splice;

// Note the names of locals, which a bare name must not meet.
static bool splice_note_locals(void *ctx, Node *node) {
  Splice *splice = ctx;
  if (node->kind == NODE_LOCAL) splice->locals[((NodeLocalVariable *)node)->name] = true;
  if (node->kind == NODE_PARAM) splice->locals[((NodeParameter *)node)->name] = true;
  return mx_ast_each_child(node, splice_note_locals, splice);
}

// Tell whether a node by itself means the same anywhere.
static bool splice_is_free(const Splice *splice, const Node *node) {
  switch (mx_ast_kind(node)) {
  case NODE_LOCAL:
  case NODE_PARAM:
  case NODE_ERROR:
  case NODE_REGEXP:
  case NODE_MATCH_LINE:
  case NODE_MATCH_WRITE:
  case NODE_RANGE:
  case NODE_FLIP_FLOP:
  case NODE_SUPER:
  case NODE_ZSUPER:
  case NODE_YIELD:
  case NODE_BREAK:
  case NODE_NEXT:
  case NODE_REDO:
  case NODE_RETRY:
  case NODE_RETURN:
  case NODE_CLASS:
  case NODE_MODULE:
  case NODE_SCLASS:
  case NODE_ALIAS:
  case NODE_UNDEF:
  case NODE_BEGIN_BLOCK:
  case NODE_END_BLOCK:
  case NODE_MATCH_PATTERN:
  case NODE_FORWARD_ARGS:
  case NODE_UNQUOTE: return false;
  case NODE_DEF: return !(node->flags & NF_NO_BODY);
  case NODE_BLOCK: return ((const NodeBlock *)node)->statements.count > 0;
  case NODE_SPLAT: return ((const NodeSplat *)node)->value != NULL;
  case NODE_DOUBLE_SPLAT: return ((const NodeDoubleSplat *)node)->value != NULL;
  case NODE_BLOCK_PASS: return ((const NodeBlockPass *)node)->value != NULL;
  case NODE_ASSIGN: return ((const NodeAssignment *)node)->target->kind != NODE_CONST;
  case NODE_OP_ASSIGN: return ((const NodeOpAssignment *)node)->target->kind != NODE_CONST;
  case NODE_CALL: {
    const NodeMethodCall *call = (const NodeMethodCall *)node;
    return call->receiver || (!splice->locals[call->name] && call->name != SYM_it);
  }
  default: return true;
  }
}

// Tell whether a node and all below it mean the same anywhere.
static bool splice_is_movable(void *ctx, Node *node) {
  Splice *splice = ctx;
  splice->movable = splice->movable && splice_is_free(splice, node) &&
                    mx_ast_each_child(node, splice_is_movable, splice);
  return splice->movable;
}

// Tell whether a node is a value by itself, movable or about to be replaced.
static bool splice_is_value(Splice *splice, Node *node) {
  bool part = node->kind == NODE_SPLAT || node->kind == NODE_BLOCK_PASS ||
              node->kind == NODE_DOUBLE_SPLAT || node->kind == NODE_PAIR ||
              (node->kind == NODE_HASH && node->flags & NF_NO_BRACES) ||
              (node->kind == NODE_ARRAY && node->flags & NF_NO_BRACKETS);
  splice->movable = !part;
  return splice_is_movable(splice, node);
}

// Tell whether a field takes any value.
static bool splice_is_place(const Node *node, const FieldInfo *field) {
  for (size_t i = 0; i < MX_COUNT_OF(splice_places); i++)
    if (splice_places[i].kind == mx_ast_kind(node) &&
        strcmp(splice_places[i].field, field->name) == 0)
      return true;
  return false;
}

// Collect the values in one field: as places of the copy or as values of the original.
static void splice_collect_field(Splice *splice, Node *node, const FieldInfo *field) {
  NodeList *list = mx_ast_field(node, field);
  bool many = field->type == FIELD_LIST;
  Node **at = many ? list->at : mx_ast_field(node, field);
  for (uint32_t i = 0; i < (many ? list->count : 1); i++) {
    if (!at[i] || !splice_is_value(splice, at[i])) continue;
    vec_push(&splice->places, &at[i]);
    vec_push(&splice->values, at[i]);
  }
}

static bool splice_collect(void *ctx, Node *node);

// Collect below the targets of an assignment to many. What a splat of it holds is a target, too.
static bool splice_collect_targets(void *ctx, const NodeMultiTarget *targets) {
  for (uint32_t i = 0; i < targets->targets.count; i++) {
    Node *target = targets->targets.at[i];
    if (target->kind == NODE_SPLAT) target = ((NodeSplat *)target)->value;
    if (target && !splice_collect(ctx, target)) return false;
  }
  return true;
}

// Collect below a node. Targets of assignments are no values; patterns take few.
static bool splice_collect(void *ctx, Node *node) {
  const NodeInfo *info = mx_ast_info(mx_ast_kind(node));
  if (strcmp(info->super_name, "Pattern") == 0) return true;
  if (node->kind == NODE_MULTI_TARGET) return splice_collect_targets(ctx, (NodeMultiTarget *)node);
  for (uint32_t i = 0; i < info->field_count; i++)
    if (splice_is_place(node, &info->fields[i])) splice_collect_field(ctx, node, &info->fields[i]);
  return mx_ast_each_child(node, splice_collect, ctx);
}

// Put up to `count` expressions of a tree into places of others.
Node *mx_splice(Arena *arena, const SymTab *symtab, Node *root, Prng *prng, int count) {
  Splice splice = {.symtab = symtab};
  splice.locals = mx_arena_array(arena, bool, symtab->names.count);
  splice_note_locals(&splice, root);
  Node *copy = mx_ast_clone(arena, root, NULL, NULL);
  splice_collect(&splice, root);
  vec_clear(&splice.places);
  uint32_t values = splice.values.count;
  splice_collect(&splice, copy);
  for (int i = 0; i < count && values > 0; i++) {
    uint64_t from = mx_prng_below(prng, values);
    uint64_t to = mx_prng_below(prng, splice.places.count);
    *splice.places.at[to] = mx_ast_clone(arena, splice.values.at[from], NULL, NULL);
  }
  vec_free(&splice.places);
  vec_free(&splice.values);
  return copy;
}
