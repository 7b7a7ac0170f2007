// SPDX-License-Identifier: MIT
// Literals: numbers, strings with interpolation, collections, ranges, regexps, quotes.
#include "runtime/array.h"
#include "runtime/float.h"
#include "runtime/integer.h"
#include "runtime/range.h"
#include "runtime/rational.h"
#include "runtime/string.h"
#include "bytecode/compile_internal.h"

// Elements that a literal gathers on the stack before it makes or fills its object.
enum { LITERAL_PIECE = 128 };

// The Integer of a literal; digits beyond 63 bits carry their radix prefix.
static Value literal_integer(Compiler *c, const NodeIntegerLiteral *node) {
  if (node->digits.len == 0) return mx_int_from_i64(c->ec, node->value);
  return mx_int_from_text(c->ec, node->digits.bytes, node->digits.len, 0, true);
}

// The number of a literal that is one.
static Value literal_number(Compiler *c, const Node *node) {
  switch (mx_ast_kind(node)) {
  case NODE_INTEGER: return literal_integer(c, (const NodeIntegerLiteral *)node);
  case NODE_FLOAT: return mx_float_new(c->ec, ((const NodeFloatLiteral *)node)->value);
  case NODE_RATIONAL: {
    const Text *digits = &((const NodeRationalLiteral *)node)->digits;
    return mx_rational_from_digits(c->ec, digits->bytes, digits->len);
  }
  case NODE_IMAGINARY: {
    Value im = literal_number(c, ((const NodeImaginaryLiteral *)node)->number);
    return mx_complex_new(c->ec, val_from_fixnum(0), im);
  }
  default: MX_UNREACHABLE();
  }
}

// The frozen String of a text; `one`: the one that equal frozen literals share.
static Value literal_text(Compiler *c, const Text *text, bool one) {
  Value str = mx_str_new(c->ec, text->bytes, text->len, (EncIndex)text->enc);
  if (one) return mx_str_freeze_dedup(c->ec, str);
  mx_object_freeze(c->ec, str);
  return str;
}

void mx_compile_string(Compiler *c, const NodeStringLiteral *node, bool frozen) {
  uint32_t index = mx_emit_const(&c->e, literal_text(c, &node->value, frozen));
  mx_emit_op1(&c->e, frozen ? OP_PUSH_CONST : OP_PUSH_STRING, index);
}

// Push the texts of the parts of a literal.
static void literal_push_parts(Compiler *c, const NodeList *parts) {
  for (uint32_t i = 0; i < parts->count; i++) {
    const Node *part = parts->at[i];
    if (mx_ast_kind(part) == NODE_STRING) {
      const Text *text = &((const NodeStringLiteral *)part)->value;
      mx_emit_op1(&c->e, OP_PUSH_CONST, mx_emit_const(&c->e, literal_text(c, text, false)));
      continue;
    }
    mx_compile_node(c, part, true);
    compile_at(c, part->span.start);
    mx_emit_op(&c->e, OP_TO_STRING);
  }
}

void mx_compile_text(Compiler *c, const NodeList *parts) {
  bool begins = parts->count > 0 && mx_ast_kind(parts->at[0]) == NODE_EMBED;
  const Text none = {"", 0, c->unit->tree->encoding};
  if (begins)
    mx_emit_op1(&c->e, OP_PUSH_CONST, mx_emit_const(&c->e, literal_text(c, &none, false)));
  literal_push_parts(c, parts);
  mx_emit_op1(&c->e, OP_BUILD_STRING, parts->count + begins);
}

void mx_compile_parts(Compiler *c, const NodeList *parts) {
  literal_push_parts(c, parts);
  mx_emit_op1(&c->e, OP_BUILD_STRING, parts->count);
}

// Is a regexp literal without interpolation, or /o? Then one object serves all evaluations.
static bool literal_regexp_fixed(const NodeRegexpLiteral *node) {
  if (node->base.flags & NF_ONCE) return true;
  for (uint32_t i = 0; i < node->parts.count; i++)
    if (mx_ast_kind(node->parts.at[i]) != NODE_STRING) return false;
  return true;
}

// A regexp; one without interpolation, or with /o, is made once.
static void literal_regexp(Compiler *c, const NodeRegexpLiteral *node) {
  bool fixed = literal_regexp_fixed(node);
  Label end = mx_emit_label(&c->e);
  uint32_t slot = fixed ? c->e.once_count++ : 0;
  if (fixed) mx_emit_op2(&c->e, OP_ONCE, slot, end);
  mx_compile_parts(c, &node->parts);
  compile_at(c, node->base.span.start);
  mx_emit_op1(&c->e, OP_BUILD_REGEXP, node->options);
  if (fixed) mx_emit_op1(&c->e, OP_ONCE_SET, slot);
  mx_emit_bind(&c->e, end);
}

// The end of a range that is a small Integer or absent; VAL_UNDEF for any other.
static Value literal_range_end(const Node *node) {
  if (!node || mx_ast_kind(node) == NODE_NIL) return VAL_NIL;
  if (mx_ast_kind(node) != NODE_INTEGER) return VAL_UNDEF;
  const NodeIntegerLiteral *number = (const NodeIntegerLiteral *)node;
  bool small = number->digits.len == 0 && fixnum_fits(number->value);
  return small ? val_from_fixnum(number->value) : VAL_UNDEF;
}

// A range; one between small Integers is a constant.
static void literal_range(Compiler *c, const NodeRangeLiteral *node) {
  bool exclusive = (node->base.flags & NF_EXCLUSIVE) != 0;
  Value first = literal_range_end(node->first), last = literal_range_end(node->last);
  if (!val_is_undef(first) && !val_is_undef(last)) {
    mx_compile_constant(c, mx_range_new(c->ec, first, last, exclusive));
    return;
  }
  mx_compile_node(c, node->first, true);
  mx_compile_node(c, node->last, true);
  compile_at(c, node->base.span.start);
  mx_emit_op1(&c->e, OP_BUILD_RANGE, exclusive);
}

// Do all the pairs of a keyword list come from **: may it be empty?
static bool literal_may_be_empty(const NodeList *pairs) {
  for (uint32_t i = 0; i < pairs->count; i++)
    if (mx_ast_kind(pairs->at[i]) == NODE_PAIR) return false;
  return true;
}

// [array hash]: append the keywords without braces, unless there are none.
static void literal_push_keywords(Compiler *c, const NodeList *pairs) {
  if (!literal_may_be_empty(pairs)) {
    mx_emit_op(&c->e, OP_ARRAY_PUSH);
    return;
  }
  Label push = mx_emit_label(&c->e), end = mx_emit_label(&c->e);
  mx_emit_op3(&c->e, OP_MATCH_CASE, MATCH_TEST_EMPTY, 0, push);
  mx_emit_op(&c->e, OP_POP);
  mx_emit_op1(&c->e, OP_JUMP, end);
  mx_emit_bind(&c->e, push);
  mx_emit_op(&c->e, OP_ARRAY_PUSH);
  mx_emit_bind(&c->e, end);
}

// Does an element need more than to be pushed?
static bool literal_is_special(const Node *node) {
  return mx_ast_kind(node) == NODE_SPLAT ||
         (mx_ast_kind(node) == NODE_HASH && node->flags & NF_NO_BRACES);
}

// Append one element to the array below.
static void literal_append(Compiler *c, const Node *node) {
  if (mx_ast_kind(node) == NODE_SPLAT) {
    mx_compile_node(c, ((const NodeSplat *)node)->value, true);
    compile_at(c, node->span.start);
    mx_emit_op1(&c->e, OP_SPLAT, 0);
    mx_emit_op(&c->e, OP_ARRAY_CONCAT);
    return;
  }
  mx_compile_node(c, node, true);
  if (literal_is_special(node))
    literal_push_keywords(c, &((const NodeHashLiteral *)node)->pairs);
  else
    mx_emit_op(&c->e, OP_ARRAY_PUSH);
}

void mx_compile_array(Compiler *c, const NodeList *elements) {
  uint32_t at = 0;
  while (at < elements->count && at < LITERAL_PIECE && !literal_is_special(elements->at[at]))
    mx_compile_node(c, elements->at[at++], true);
  mx_emit_op1(&c->e, OP_BUILD_ARRAY, at);
  while (at < elements->count) literal_append(c, elements->at[at++]);
}

// Push key and value of a pair. A literal String as key is the one that equal frozen ones share.
static void literal_pair(Compiler *c, const NodePair *node) {
  if (mx_ast_kind(node->key) == NODE_STRING)
    mx_compile_string(c, (const NodeStringLiteral *)node->key, true);
  else
    mx_compile_node(c, node->key, true);
  mx_compile_node(c, node->value, true);
}

// Add one pair or the pairs of ** to the hash below.
static void literal_add_pair(Compiler *c, const Node *node) {
  if (mx_ast_kind(node) == NODE_PAIR) {
    literal_pair(c, (const NodePair *)node);
    compile_at(c, node->span.start);
    mx_emit_op(&c->e, OP_HASH_SET);
    return;
  }
  mx_compile_node(c, ((const NodeDoubleSplat *)node)->value, true);
  compile_at(c, node->span.start);
  mx_emit_op(&c->e, OP_TO_HASH);
  mx_emit_op(&c->e, OP_HASH_MERGE);
}

void mx_compile_hash(Compiler *c, const NodeList *pairs) {
  uint32_t at = 0;
  while (at < pairs->count && at < LITERAL_PIECE && mx_ast_kind(pairs->at[at]) == NODE_PAIR)
    literal_pair(c, (const NodePair *)pairs->at[at++]);
  mx_emit_op1(&c->e, OP_BUILD_DICT, at);
  while (at < pairs->count) literal_add_pair(c, pairs->at[at++]);
}

// `command`: Kernel#` of self.
static void literal_command(Compiler *c, const NodeCommandString *node) {
  mx_emit_op(&c->e, OP_LOAD_SELF);
  bool plain = node->parts.count == 1 && mx_ast_kind(node->parts.at[0]) == NODE_STRING;
  if (plain) {
    const Text *text = &((const NodeStringLiteral *)node->parts.at[0])->value;
    mx_emit_op1(&c->e, OP_PUSH_CONST, mx_emit_const(&c->e, literal_text(c, text, true)));
  } else {
    mx_compile_parts(c, &node->parts);
  }
  compile_at(c, node->base.span.start);
  mx_emit_op3(&c->e, OP_CALL_METHOD, mx_emit_name(&c->e, SYM_BACKTICK), 1, OPF_FCALL);
}

// Push the unquoted values of a template in the order of the tree.
typedef struct QuoteWalk {
  Compiler *c;
  uint32_t count; // values pushed
} QuoteWalk;

// Push the values of the unquotes below a node, in order.
static bool literal_unquote(void *ctx, Node *node) {
  QuoteWalk *walk = ctx;
  if (mx_ast_kind(node) != NODE_UNQUOTE) return mx_ast_each_child(node, literal_unquote, walk);
  mx_compile_node(walk->c, ((const NodeUnquote *)node)->value, true);
  walk->count++;
  return true;
}

// quote do ... end: the values to splice, then the tree by the number of its node.
static void literal_quote(Compiler *c, const NodeQuote *node) {
  QuoteWalk walk = {.c = c};
  mx_ast_each_child(&node->base, literal_unquote, &walk);
  compile_at(c, node->base.span.start);
  mx_emit_op2(&c->e, OP_QUOTE, node->base.id, walk.count);
}

void mx_compile_literal(Compiler *c, const Node *node) {
  switch (mx_ast_kind(node)) {
  case NODE_INTEGER:
  case NODE_FLOAT:
  case NODE_RATIONAL:
  case NODE_IMAGINARY: mx_compile_constant(c, literal_number(c, node)); break;
  case NODE_STRING: {
    bool frozen = node->flags & NF_FROZEN || c->unit->tree->flags & TREE_FROZEN_STRINGS;
    mx_compile_string(c, (const NodeStringLiteral *)node, frozen);
    break;
  }
  case NODE_DSTRING: {
    const NodeList *parts = &((const NodeInterpolatedString *)node)->parts;
    if (!mx_compile_fold_text(c, parts)) mx_compile_text(c, parts);
    break;
  }
  case NODE_XSTRING: literal_command(c, (const NodeCommandString *)node); break;
  case NODE_SYMBOL:
    mx_compile_constant(c, val_from_sym(((const NodeSymbolLiteral *)node)->value));
    break;
  case NODE_DSYMBOL:
    mx_compile_parts(c, &((const NodeInterpolatedSymbol *)node)->parts);
    mx_emit_op(&c->e, OP_BUILD_SYMBOL);
    break;
  case NODE_REGEXP: literal_regexp(c, (const NodeRegexpLiteral *)node); break;
  case NODE_ARRAY: mx_compile_array(c, &((const NodeArrayLiteral *)node)->elements); break;
  case NODE_HASH: mx_compile_hash(c, &((const NodeHashLiteral *)node)->pairs); break;
  case NODE_RANGE: literal_range(c, (const NodeRangeLiteral *)node); break;
  case NODE_FILE: mx_emit_op(&c->e, OP_PUSH_FILE); break;
  case NODE_LINE:
    mx_compile_constant(c, mx_int_from_i64(c->ec, ((const NodeLineKeyword *)node)->value));
    break;
  case NODE_ENCODING: mx_emit_op(&c->e, OP_PUSH_ENCODING); break;
  case NODE_QUOTE: literal_quote(c, (const NodeQuote *)node); break;
  case NODE_SPLICED:
    mx_emit_op1(&c->e, OP_PUSH_SPLICED, (uint32_t)((const NodeSpliced *)node)->index);
    break;
  default:
    MX_ASSERT(false, "a %s cannot be compiled by itself",
              mx_ast_info(mx_ast_kind(node))->class_name);
    mx_emit_op(&c->e, OP_PUSH_NIL);
  }
}
