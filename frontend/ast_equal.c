// SPDX-License-Identifier: MIT
// Equality and hash of trees by structure.
//
// Two trees are equal when they mean the same by construction, however they were written: spans,
// ids, slots and presentation flags do not count, parentheses and statement lists of one
// statement are seen through, an empty statement list is an absent child, and neighbouring string
// pieces of an interpolation are one piece (heredocs and adjacent literals come in pieces).
// INVARIANT: equal trees have equal hashes.
#include "frontend/ast.h"

#include <string.h>

// A position in the parts of an interpolated literal.
typedef struct PartCursor {
  const NodeList *parts; // STRING and EMBED nodes
  uint32_t index;        // next part
  uint32_t offset;       // bytes already taken of that part, when it is a STRING
} PartCursor;

// See through statement lists of one statement; NULL for an empty one and for no parameters.
static const Node *equal_unwrap(const Node *node) {
  if (node && node->kind == NODE_PARAMS && ((const NodeParameters *)node)->list.count == 0)
    return NULL;
  while (node && node->kind == NODE_BLOCK) {
    const NodeList *list = &((const NodeBlock *)node)->statements;
    if (list->count > 1) break;
    node = list->count == 0 ? NULL : list->at[0];
  }
  return node;
}

// Compare two texts, encodings included.
static bool equal_text(const Text *a, const Text *b) {
  return a->len == b->len && a->enc == b->enc && memcmp(a->bytes, b->bytes, a->len) == 0;
}

// Compare two optional nodes.
static bool equal_optional(const Node *a, const Node *b) {
  a = equal_unwrap(a);
  b = equal_unwrap(b);
  if (!a || !b) return a == b;
  return mx_ast_equal(a, b);
}

// Skip used-up and empty string pieces; return the STRING at the cursor, or NULL.
static const NodeStringLiteral *equal_string_at(PartCursor *cursor) {
  for (; cursor->index < cursor->parts->count; cursor->index++, cursor->offset = 0) {
    const Node *part = cursor->parts->at[cursor->index];
    if (part->kind != NODE_STRING) return NULL;
    const NodeStringLiteral *string = (const NodeStringLiteral *)part;
    if (cursor->offset < string->value.len) return string;
  }
  return NULL;
}

// Compare the bytes that both cursors have left in their pieces; advance behind them.
static bool equal_piece(PartCursor *x, const Text *a, PartCursor *y, const Text *b) {
  uint32_t left = a->len - x->offset;
  uint32_t other = b->len - y->offset;
  uint32_t len = left < other ? left : other;
  bool same = memcmp(a->bytes + x->offset, b->bytes + y->offset, len) == 0;
  x->offset += len;
  y->offset += len;
  return same && a->enc == b->enc;
}

// Compare the parts of interpolated literals, however their strings are cut into pieces.
static bool equal_parts(const NodeList *a, const NodeList *b) {
  PartCursor x = {.parts = a};
  PartCursor y = {.parts = b};
  for (;;) {
    const NodeStringLiteral *s = equal_string_at(&x);
    const NodeStringLiteral *t = equal_string_at(&y);
    if (s && t) {
      if (!equal_piece(&x, &s->value, &y, &t->value)) return false;
      continue;
    }
    bool x_ends = x.index == a->count;
    bool y_ends = y.index == b->count;
    if (s || t || x_ends || y_ends) return !s && !t && x_ends && y_ends;
    if (!mx_ast_equal(a->at[x.index++], b->at[y.index++])) return false;
  }
}

// Return the index of the next element that is not an empty statement list, from i on.
static uint32_t equal_next(const NodeList *list, uint32_t i) {
  while (i < list->count && !(list->at[i]->flags & NF_PARENS) && !equal_unwrap(list->at[i])) i++;
  return i;
}

// Compare two lists element by element.
static bool equal_lists(const NodeList *a, const NodeList *b) {
  uint32_t i = equal_next(a, 0);
  uint32_t k = equal_next(b, 0);
  while (i < a->count && k < b->count) {
    if (!equal_optional(a->at[i], b->at[k])) return false;
    i = equal_next(a, i + 1);
    k = equal_next(b, k + 1);
  }
  return i >= a->count && k >= b->count;
}

// Tell whether a node is nothing but its kind: `__LINE__` is the same wherever it stands.
static bool equal_is_word(const Node *node) { return node->kind == NODE_LINE; }

// Tell whether a list holds the parts of an interpolated literal.
static bool equal_is_parts(const FieldInfo *field) {
  return field->type == FIELD_LIST && strcmp(field->name, "parts") == 0;
}

// Compare one field of two nodes of the same kind.
static bool equal_field(const Node *a, const Node *b, const FieldInfo *field) {
  const void *x = mx_ast_field(a, field);
  const void *y = mx_ast_field(b, field);
  switch (field->type) {
  case FIELD_NODE:
  case FIELD_OPT: return equal_optional(*(Node *const *)x, *(Node *const *)y);
  case FIELD_LIST: return equal_is_parts(field) ? equal_parts(x, y) : equal_lists(x, y);
  case FIELD_SYM:
  case FIELD_TAG: return *(const uint32_t *)x == *(const uint32_t *)y;
  case FIELD_TEXT: return equal_text(x, y);
  case FIELD_INT:
  case FIELD_FLOAT: return memcmp(x, y, sizeof(int64_t)) == 0;
  case FIELD_SCOPE:
  case FIELD_U32: return true;
  }
  MX_UNREACHABLE();
}

// Compare two trees by structure.
bool mx_ast_equal(const Node *a, const Node *b) {
  a = equal_unwrap(a);
  b = equal_unwrap(b);
  if (a == b || !a || !b) return a == b;
  if (a->kind != b->kind || ((a->flags ^ b->flags) & mx_ast_meaning(mx_ast_kind(a)))) return false;
  if (equal_is_word(a)) return true;
  const NodeInfo *info = mx_ast_info(mx_ast_kind(a));
  for (uint32_t i = 0; i < info->field_count; i++)
    if (!equal_field(a, b, &info->fields[i])) return false;
  return true;
}

// Mix a word into a hash.
static uint64_t equal_mix(uint64_t hash, uint64_t word) {
  hash = (hash ^ word) * 0x9E3779B97F4A7C15u;
  return hash ^ hash >> 29;
}

// Mix bytes into a hash, one by one, so that it does not matter how they are cut into pieces.
static uint64_t equal_mix_bytes(uint64_t hash, const Text *text) {
  for (uint32_t i = 0; i < text->len; i++) hash = equal_mix(hash, (unsigned char)text->bytes[i]);
  return hash;
}

// Mix a list into a hash; string pieces count by their bytes alone.
static uint64_t equal_hash_list(uint64_t hash, const NodeList *list, bool parts) {
  for (uint32_t i = equal_next(list, 0); i < list->count; i = equal_next(list, i + 1)) {
    const Node *node = list->at[i];
    if (parts && node->kind == NODE_STRING)
      hash = equal_mix_bytes(hash, &((const NodeStringLiteral *)node)->value);
    else
      hash = equal_mix(hash, mx_ast_hash(node));
  }
  return hash;
}

// Mix one field into a hash.
static uint64_t equal_hash_field(uint64_t hash, const Node *node, const FieldInfo *field) {
  const void *at = mx_ast_field(node, field);
  uint64_t word;
  switch (field->type) {
  case FIELD_NODE:
  case FIELD_OPT: return equal_mix(hash, mx_ast_hash(*(Node *const *)at));
  case FIELD_LIST: return equal_hash_list(hash, at, equal_is_parts(field));
  case FIELD_SYM:
  case FIELD_TAG: return equal_mix(hash, *(const uint32_t *)at);
  case FIELD_TEXT: return equal_mix_bytes(hash, at);
  case FIELD_INT:
  case FIELD_FLOAT: memcpy(&word, at, sizeof word); return equal_mix(hash, word);
  case FIELD_SCOPE:
  case FIELD_U32: return hash;
  }
  MX_UNREACHABLE();
}

// Hash a tree by structure; NULL has a hash too.
uint64_t mx_ast_hash(const Node *node) {
  node = equal_unwrap(node);
  if (!node) return 0x51ED270B;
  const NodeInfo *info = mx_ast_info(mx_ast_kind(node));
  uint64_t hash = equal_mix(node->kind, node->flags & mx_ast_meaning(mx_ast_kind(node)));
  for (uint32_t i = 0; i < info->field_count && !equal_is_word(node); i++)
    hash = equal_hash_field(hash, node, &info->fields[i]);
  return hash;
}
