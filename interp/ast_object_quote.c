// SPDX-License-Identifier: MIT
// quote { ... }: a template becomes a tree, with the values of its unquotes in their places.
//
// Hygiene: a local that the template itself binds (by assignment, as a block's parameter, in a
// pattern or rescue) gets a name of its own each time the template is built, so that it can
// neither capture a name in what is unquoted nor clobber one where the tree is used. Names that
// the template only mentions are left to the place of use. Keyword parameters and the parameters
// of a def are an interface and keep their names.
#include "interp/ast_object.h"

#include "runtime/array.h"
#include "interp/ops.h"
#include "interp/tree.h"

// A name that the template binds, and what it becomes.
typedef struct QuoteName {
  Sym name;  // in the template
  Sym fresh; // in the tree
} QuoteName;

// A template being built.
typedef struct Quote {
  AstBuilder builder;   // the tree
  const Value *values;  // values of the unquotes in order
  uint32_t left;        // of them
  VEC(QuoteName) names; // bound by the template
  int64_t serial;       // tells this tree's names from all others
} Quote;

// Find the row of a bound name, or NULL.
static const QuoteName *quote_find(const Quote *quote, Sym name) {
  for (uint32_t i = 0; i < quote->names.count; i++)
    if (quote->names.at[i].name == name) return &quote->names.at[i];
  return NULL;
}

// Note a name that the template binds.
static void quote_bind(Quote *quote, Sym name) {
  VM *vm = quote->builder.ec->vm;
  const char *text = mx_sym_text(&vm->symtab, name);
  bool writable = text[0] == '_' || (text[0] >= 'a' && text[0] <= 'z') || (text[0] & 0x80);
  bool numbered = text[0] == '_' && text[1] >= '1' && text[1] <= '9' && !text[2];
  if (!writable || numbered || quote_find(quote, name)) return;
  StrBuf buf = STRBUF_INIT;
  mx_strbuf_printf(&buf, "%s__%d", text, (int)quote->serial);
  QuoteName row = {.name = name, .fresh = mx_sym(vm, buf.at)};
  mx_strbuf_free(&buf);
  vec_push(&quote->names, row);
}

// Note the names in a target.
static bool quote_bind_target(void *ctx, Node *node) {
  if (node->kind == NODE_LOCAL) quote_bind(ctx, ((const NodeLocalVariable *)node)->name);
  bool nested = node->kind == NODE_MULTI_TARGET || node->kind == NODE_SPLAT;
  return !nested || mx_ast_each_child(node, quote_bind_target, ctx);
}

// Note the name of a block's parameter.
static void quote_bind_param(Quote *quote, const NodeParameter *param) {
  bool keyword = param->kind == PARAM_KEY || param->kind == PARAM_KEYREQ;
  if (!keyword && param->name != SYM_NONE) quote_bind(quote, param->name);
  if (param->target) quote_bind_target(quote, param->target);
}

// Note the names that a node binds, and those below it.
static bool quote_collect(void *ctx, Node *node) {
  Quote *quote = ctx;
  switch (mx_ast_kind(node)) {
  case NODE_UNQUOTE:
  case NODE_DEF: return true;
  case NODE_ASSIGN: quote_bind_target(quote, ((NodeAssignment *)node)->target); break;
  case NODE_OP_ASSIGN: quote_bind_target(quote, ((NodeOpAssignment *)node)->target); break;
  case NODE_FOR: quote_bind_target(quote, ((NodeFor *)node)->target); break;
  case NODE_PAT_BIND: quote_bind_target(quote, ((NodeBindPattern *)node)->target); break;
  case NODE_PAT_CAPTURE: quote_bind_target(quote, ((NodeCapturePattern *)node)->target); break;
  case NODE_PARAM: quote_bind_param(quote, (const NodeParameter *)node); break;
  case NODE_RESCUE: {
    Node *target = ((NodeRescue *)node)->target;
    if (target) quote_bind_target(quote, target);
    break;
  }
  case NODE_PAT_SPLAT: {
    Node *target = ((NodeSplatPattern *)node)->target;
    if (target) quote_bind_target(quote, target);
    break;
  }
  default: break;
  }
  return mx_ast_each_child(node, quote_collect, quote);
}

// Take the value of the next unquote; nil when there are too few.
static Value quote_next(Quote *quote) {
  if (quote->left == 0) return VAL_NIL;
  quote->left--;
  return *quote->values++;
}

// Copy a node under another name.
static Node *quote_rename(Quote *quote, const Node *node, Sym name) {
  const QuoteName *row = quote_find(quote, name);
  if (!row) return NULL;
  const NodeInfo *info = mx_ast_info(mx_ast_kind(node));
  Node *copy = mx_arena_alloc(&quote->builder.arena, info->size);
  memcpy(copy, node, info->size);
  *(Sym *)mx_ast_field(copy, mx_ast_find_field(mx_ast_kind(node), "name")) = row->fresh;
  return copy;
}

static Node *quote_edit(void *ctx, Node *node);

// Rename a block's parameter; what is below it is built as any other part.
static Node *quote_edit_param(Quote *quote, Node *node) {
  const NodeParameter *param = (const NodeParameter *)node;
  bool keyword = param->kind == PARAM_KEY || param->kind == PARAM_KEYREQ;
  NodeParameter *copy = keyword ? NULL : (NodeParameter *)quote_rename(quote, node, param->name);
  if (!copy) return node;
  Arena *arena = &quote->builder.arena;
  if (copy->target) copy->target = mx_ast_clone(arena, copy->target, quote_edit, quote);
  if (copy->value) copy->value = mx_ast_clone(arena, copy->value, quote_edit, quote);
  return &copy->base;
}

// Take the shorthand {x:} apart when x gets another name: its key stays.
static Node *quote_edit_pair(Quote *quote, Node *node) {
  if (!(node->flags & NF_SHORTHAND)) return node;
  NodePair *copy = (NodePair *)mx_ast_new_node(&quote->builder, NODE_PAIR);
  *copy = *(const NodePair *)node;
  copy->base.flags &= (uint16_t)~NF_SHORTHAND;
  copy->value = mx_ast_clone(&quote->builder.arena, copy->value, quote_edit, quote);
  return &copy->base;
}

// Replace unquotes by their values and bound names by fresh ones.
static Node *quote_edit(void *ctx, Node *node) {
  Quote *quote = ctx;
  Node *renamed = NULL;
  switch (mx_ast_kind(node)) {
  case NODE_UNQUOTE: return mx_ast_node_of(&quote->builder, quote_next(quote));
  case NODE_LOCAL:
    renamed = quote_rename(quote, node, ((const NodeLocalVariable *)node)->name);
    break;
  case NODE_PARAM: return quote_edit_param(quote, node);
  case NODE_PAIR: return quote_edit_pair(quote, node);
  default: break;
  }
  return renamed ? renamed : node;
}

// Build the tree of a quote, its own locals renamed apart.
static Value quote_build(ExecCtx *ec, const Frame *fr, Quote *quote, const NodeQuote *node) {
  quote->serial = ec->vm->next_object_id++;
  mx_ast_builder_init(&quote->builder, ec);
  bool ruby = fr->lex->dialect == DIALECT_RUBY;
  quote->builder.dialect = ruby ? DIALECT_RUBY : DIALECT_METOREX;
  quote_collect(quote, node->body);
  Node *root = mx_ast_clone(&quote->builder.arena, node->body, quote_edit, quote);
  vec_free(&quote->names);
  const NodeBlock *block = (const NodeBlock *)root;
  if (root->kind == NODE_BLOCK && block->statements.count == 1) root = block->statements.at[0];
  return mx_ast_built(&quote->builder, root);
}

// The unquotes of a template being evaluated.
typedef struct QuoteEval {
  ExecCtx *ec;  // context
  Frame *fr;    // where
  Value values; // Array of what they gave
} QuoteEval;

// Evaluate the unquotes below a node, in order; false when one raises.
static bool quote_eval(void *ctx, Node *node) {
  QuoteEval *eval = ctx;
  if (node->kind != NODE_UNQUOTE) return mx_ast_each_child(node, quote_eval, eval);
  Value v = mx_tree_eval(eval->ec, eval->fr, ((const NodeUnquote *)node)->value);
  if (val_is_exc(v)) return false;
  mx_array_push(eval->ec, eval->values, v);
  return true;
}

// All unquotes are evaluated before the tree is begun, as the bytecode does it.
Value mx_ast_quote(ExecCtx *ec, Frame *fr, const NodeQuote *node) {
  QuoteEval eval = {.ec = ec, .fr = fr, .values = mx_array_new(ec, 4)};
  if (!mx_ast_each_child(&node->base, quote_eval, &eval)) return VAL_EXC;
  uint32_t count = mx_array_len(eval.values);
  Quote quote = {.values = mx_array_values(ec, eval.values, count), .left = count};
  return quote_build(ec, fr, &quote, node);
}

// What is looked for in a tree: the quote with a number.
typedef struct QuoteSearch {
  uint32_t id;       // number
  const Node *found; // NULL until it is found
} QuoteSearch;

// Note the quote when it is found; false ends the search.
static bool quote_search(void *ctx, Node *node) {
  QuoteSearch *search = ctx;
  if (node->kind == NODE_QUOTE && node->id == search->id) search->found = node;
  return !search->found && mx_ast_each_child(node, quote_search, search);
}

Value mx_ops_quote(ExecCtx *ec, Frame *fr, uint32_t node, uint32_t count, const Value *values) {
  const Ast *tree = mx_unit_tree(ec, fr->code->unit);
  if (!tree) return VAL_EXC;
  QuoteSearch search = {.id = node};
  (void)quote_search(&search, tree->root);
  if (!search.found) return mx_raise_arg(ec, "no template has the number %u", node);
  Quote quote = {.values = values, .left = count};
  return quote_build(ec, fr, &quote, (const NodeQuote *)search.found);
}
