// SPDX-License-Identifier: MIT
// Finding the statements that begin a line; see steps.h.
#include "frontend/steps.h"
#include <string.h>

// Does an assignment evaluate its value first?
static bool steps_is_plain(const NodeAssignment *node) {
  switch (mx_ast_kind(node->target)) {
  case NODE_LOCAL:
  case NODE_IVAR:
  case NODE_GVAR:
  case NODE_CVAR: return true;
  case NODE_CONST: return !((const NodeConstant *)node->target)->scope;
  default: return false;
  }
}

// The part of a node that is evaluated first, NULL for the node itself.
static const Node *steps_step(const Node *node) {
  switch (mx_ast_kind(node)) {
  case NODE_ASSIGN:
    return steps_is_plain((const NodeAssignment *)node) ? ((const NodeAssignment *)node)->value
                                                        : NULL;
  case NODE_CALL: return ((const NodeMethodCall *)node)->receiver;
  case NODE_IF:
  case NODE_UNLESS: return ((const NodeIf *)node)->condition;
  case NODE_AND:
  case NODE_OR: return ((const NodeAnd *)node)->left;
  case NODE_ARRAY: {
    const NodeList *list = &((const NodeArrayLiteral *)node)->elements;
    return list->count > 0 ? list->at[0] : NULL;
  }
  case NODE_BEGIN: return ((const NodeBegin *)node)->body;
  case NODE_RESCUE_MOD: return ((const NodeRescueModifier *)node)->body;
  case NODE_BLOCK: {
    const NodeList *list = &((const NodeBlock *)node)->statements;
    return list->count == 1 ? list->at[0] : NULL;
  }
  default: return NULL;
  }
}

// Are a list's statements looked at? One in parentheses is a part of what it stands in.
static bool steps_are_listed(const NodeBlock *node) {
  return node->statements.count != 1 || !(node->base.flags & NF_PARENS);
}

// Does a statement lead into a list of others before anything else?
static bool steps_leads(const Node *node) {
  while (node && mx_ast_kind(node) != NODE_BLOCK) node = steps_step(node);
  if (!node) return false;
  const NodeBlock *block = (const NodeBlock *)node;
  if (steps_are_listed(block)) return block->statements.count > 0;
  return steps_leads(block->statements.at[0]);
}

uint32_t mx_steps_site(const Node *statement) {
  const Node *at = statement, *next;
  while ((next = steps_step(at))) at = next;
  return at->span.start;
}

// Is it a value without any effect?
static bool steps_is_value(const Node *node) {
  switch (mx_ast_kind(node)) {
  case NODE_NIL:
  case NODE_TRUE:
  case NODE_FALSE:
  case NODE_SELF:
  case NODE_INTEGER:
  case NODE_FLOAT:
  case NODE_RATIONAL:
  case NODE_IMAGINARY:
  case NODE_STRING:
  case NODE_SYMBOL:
  case NODE_LOCAL:
  case NODE_IVAR: return true;
  default: return false;
  }
}

enum { STEPS_NONE = 0xffffffffu };

// A walk over a body.
typedef struct Steps {
  const Source *source;
  uint32_t last;      // where the statement before stands, STEPS_NONE for none
  bool used;          // is the value of what is looked at?
  const Node *ensure; // clause of the begin that is looked at, or NULL
} Steps;

// Do two places stand on one line?
static bool steps_are_in_line(const Source *source, uint32_t a, uint32_t b) {
  if (a == STEPS_NONE) return false;
  uint32_t first = a < b ? a : b;
  return !memchr(source->text + first, '\n', (a < b ? b : a) - first);
}

// Mark a statement if it begins a line.
static void steps_statement(Steps *steps, Node *node) {
  if (steps_leads(node) || (!steps->used && steps_is_value(node))) return;
  uint32_t site = mx_steps_site(node);
  if (!steps_are_in_line(steps->source, steps->last, site)) node->flags |= NF_BEGINS_LINE;
  steps->last = site;
}

static bool steps_node(void *ctx, Node *node);

// Statements, each before what is in it. The value of a list is that of the last one.
static void steps_list(Steps *steps, const NodeList *list, bool listed) {
  bool used = steps->used;
  for (uint32_t i = 0; i < list->count; i++) {
    steps->used = used && i + 1 == list->count;
    if (listed) steps_statement(steps, list->at[i]);
    (void)steps_node(steps, list->at[i]);
  }
}

// Is the value of what is directly in a node used, when that of the node is?
static bool steps_uses(const Node *node, bool used) {
  switch (mx_ast_kind(node)) {
  case NODE_BLOCK:
  case NODE_IF:
  case NODE_UNLESS:
  case NODE_CASE:
  case NODE_CASE_IN:
  case NODE_MATCH:
  case NODE_WHEN:
  case NODE_IN:
  case NODE_BEGIN: return used;
  case NODE_WHILE:
  case NODE_UNTIL: return false;
  default: return true;
  }
}

// Look at what is directly in a node. An ensure clause gives no value, whoever uses its begin's.
static void steps_inside(Steps *steps, Node *node) {
  const Node *outer = steps->ensure;
  steps->ensure = mx_ast_kind(node) == NODE_BEGIN ? ((const NodeBegin *)node)->ensure_body : NULL;
  (void)mx_ast_each_child(node, steps_node, steps);
  steps->ensure = outer;
}

// Text with #{one statement} is one line.
static bool steps_are_embedded(const Node *node) {
  if (mx_ast_kind(node) != NODE_EMBED) return false;
  const Node *body = ((const NodeInterpolation *)node)->body;
  return mx_ast_kind(body) == NODE_BLOCK && ((const NodeBlock *)body)->statements.count == 1;
}

static bool steps_node(void *ctx, Node *node) {
  Steps *steps = ctx;
  bool used = steps->used;
  if (mx_ast_is_scope(mx_ast_kind(node))) return true;
  steps->used = steps_uses(node, used && node != steps->ensure);
  if (steps_are_embedded(node))
    steps_list(steps, &((NodeBlock *)((NodeInterpolation *)node)->body)->statements, false);
  else if (mx_ast_kind(node) == NODE_BLOCK)
    steps_list(steps, &((NodeBlock *)node)->statements, steps_are_listed((NodeBlock *)node));
  else
    steps_inside(steps, node);
  steps->used = used;
  return true;
}

void mx_steps_mark(const Source *source, const Node *scope) {
  Steps steps = {.source = source, .last = STEPS_NONE, .used = true};
  (void)mx_ast_each_child((Node *)(uintptr_t)scope, steps_node, &steps);
}

// What is looked for.
typedef struct StepsSearch {
  const Source *source;
  uint32_t line;
  bool found;
} StepsSearch;

// False ends the search.
static bool steps_search(void *ctx, Node *node) {
  StepsSearch *search = ctx;
  if (mx_ast_is_scope(mx_ast_kind(node))) mx_steps_mark(search->source, node);
  if (node->flags & NF_BEGINS_LINE)
    search->found |= mx_source_line(search->source, mx_steps_site(node)) == search->line;
  return !search->found && mx_ast_each_child(node, steps_search, search);
}

bool mx_steps_has(const Source *source, const Node *scope, uint32_t line) {
  StepsSearch search = {source, line, false};
  mx_steps_mark(source, scope);
  (void)mx_ast_each_child((Node *)(uintptr_t)scope, steps_search, &search);
  return search.found;
}
