// SPDX-License-Identifier: MIT
// Warnings about literals that are written twice: keys of a hash, conditions of a case.
//
// Literals are compared by structure through a small hash table, since tables of data in source
// form may be long.
#include "frontend/parser_internal.h"

#include <stdlib.h>

// Tell whether a node is a literal that is equal whenever it is written equally.
static bool warn_is_literal(const Node *node) {
  switch (mx_ast_kind(node)) {
  case NODE_SYMBOL:
  case NODE_STRING:
  case NODE_INTEGER:
  case NODE_FLOAT:
  case NODE_RATIONAL:
  case NODE_IMAGINARY:
  case NODE_NIL:
  case NODE_TRUE:
  case NODE_FALSE: return true;
  default: return false;
  }
}

typedef struct LiteralSet {
  const Node **at; // power-of-two table, NULL marks a free entry
  uint32_t room;   // entries
} LiteralSet;

// Begin a set for up to count literals.
static LiteralSet warn_set_make(uint32_t count) {
  uint32_t room = 16;
  while (room < count * 2) room *= 2;
  LiteralSet set = {calloc(room, sizeof(Node *)), room};
  if (!set.at) mx_check_out_of_memory(room * sizeof(Node *));
  return set;
}

// Add a literal; gives an equal one that was there before, or NULL.
static const Node *warn_set_add(LiteralSet *set, const Node *node) {
  uint32_t i = (uint32_t)mx_ast_hash(node) & (set->room - 1);
  for (; set->at[i]; i = (i + 1) & (set->room - 1)) {
    if (!mx_ast_equal(set->at[i], node)) continue;
    const Node *before = set->at[i];
    set->at[i] = node;
    return before;
  }
  set->at[i] = node;
  return NULL;
}

// Warn of a key that a later one overwrites.
static void warn_duplicate_key(Parser *p, const Node *key, const Node *later) {
  bool symbol = key->kind == NODE_SYMBOL;
  const char *text = p->source->text + key->span.start;
  int len = (int)(key->span.end - key->span.start);
  if (symbol) {
    SymName name = mx_sym_name(p->symtab, ((const NodeSymbolLiteral *)key)->value);
    text = name.bytes;
    len = (int)name.len;
  }
  mx_parser_warn(p, DIAG_WARNING, key->span, "key %s%.*s is duplicated and overwritten on line %u",
                 symbol ? ":" : "", len, text, mx_source_line(p->source, later->span.start));
}

// Warn of keys that occur twice among pairs.
void mx_parse_warn_keys(Parser *p, NodeList pairs) {
  if (pairs.count < 2) return;
  LiteralSet set = warn_set_make(pairs.count);
  for (uint32_t i = 0; i < pairs.count; i++) {
    if (pairs.at[i]->kind != NODE_PAIR) continue;
    const Node *key = ((const NodePair *)pairs.at[i])->key;
    const Node *before = warn_is_literal(key) ? warn_set_add(&set, key) : NULL;
    if (!before) continue;
    warn_duplicate_key(p, before, key);
  }
  free(set.at);
}

// Warn of conditions that occur twice among the arms of a case.
void mx_parse_warn_whens(Parser *p, NodeList whens) {
  uint32_t count = 0;
  for (uint32_t i = 0; i < whens.count; i++) count += ((NodeWhen *)whens.at[i])->conditions.count;
  if (count < 2) return;
  LiteralSet set = warn_set_make(count);
  for (uint32_t i = 0; i < whens.count; i++) {
    const NodeWhen *when = (const NodeWhen *)whens.at[i];
    for (uint32_t k = 0; k < when->conditions.count && !when->guard; k++) {
      const Node *condition = when->conditions.at[k];
      const Node *before = warn_is_literal(condition) ? warn_set_add(&set, condition) : NULL;
      if (before)
        mx_parser_warn(
            p, DIAG_WARNING, condition->span,
            "'when' clause on line %u duplicates 'when' clause on line %u and is ignored",
            mx_source_line(p->source, condition->span.start),
            mx_source_line(p->source, before->span.start));
    }
  }
  free(set.at);
}
