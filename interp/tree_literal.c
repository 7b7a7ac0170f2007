// SPDX-License-Identifier: MIT
// The walker's literals: numbers, strings with interpolation, collections, ranges, regexps.
#include "runtime/array.h"
#include "runtime/float.h"
#include "runtime/hash.h"
#include "runtime/integer.h"
#include "runtime/range.h"
#include "runtime/rational.h"
#include "runtime/semantics.h"
#include "runtime/string.h"
#include "interp/ast_object.h"
#include "interp/ops.h"
#include "interp/tree.h"

#include <string.h>

// An Integer; digits beyond 63 bits carry their radix prefix.
static Value literal_integer(ExecCtx *ec, const NodeIntegerLiteral *node) {
  if (node->digits.len == 0) return mx_int_from_i64(ec, node->value);
  const char *digits = node->digits.bytes;
  size_t len = node->digits.len;
  return mx_int_from_text(ec, digits, len, 0, true);
}

Value mx_tree_string(ExecCtx *ec, const NodeStringLiteral *node, bool frozen) {
  Value str = mx_str_new(ec, node->value.bytes, node->value.len, (EncIndex)node->value.enc);
  return frozen ? mx_str_freeze_dedup(ec, str) : str;
}

// Text of one part of an interpolated literal.
static Value literal_part(ExecCtx *ec, Frame *fr, const Node *part) {
  if (mx_ast_kind(part) == NODE_STRING) {
    const Text *text = &((const NodeStringLiteral *)part)->value;
    return mx_str_new(ec, text->bytes, text->len, (EncIndex)text->enc);
  }
  Value v = mx_tree_eval(ec, fr, part);
  if (val_is_exc(v)) return v;
  fr->site = part->span.start;
  return mx_ops_to_string(ec, fr, v);
}

// Evaluate the parts onto the VM stack and join them, behind what lies there from `saved` on.
static Value literal_join_behind(ExecCtx *ec, Frame *fr, const NodeList *parts, Value *saved) {
  Value result = VAL_NIL;
  for (uint32_t i = 0; i < parts->count && !val_is_exc(result); i++) {
    Value part = literal_part(ec, fr, parts->at[i]);
    result = val_is_exc(part) || !mx_tree_push(ec, part) ? VAL_EXC : VAL_NIL;
  }
  if (!val_is_exc(result)) result = mx_concat_strings(ec, (int)(ec->vsp - saved), saved);
  ec->vsp = saved;
  return result;
}

static Value literal_join(ExecCtx *ec, Frame *fr, const NodeList *parts) {
  return literal_join_behind(ec, fr, parts, ec->vsp);
}

// A String literal: it is of the source's encoding until a part needs another one.
static Value literal_dstring(ExecCtx *ec, Frame *fr, const NodeList *parts) {
  Value *saved = ec->vsp;
  EncIndex enc = (EncIndex)fr->code->unit->tree->encoding;
  bool begins = parts->count > 0 && mx_ast_kind(parts->at[0]) == NODE_EMBED;
  if (begins && !mx_tree_push(ec, mx_str_new(ec, "", 0, enc))) return VAL_EXC;
  return literal_join_behind(ec, fr, parts, saved);
}

static Value literal_dsymbol(ExecCtx *ec, Frame *fr, const NodeInterpolatedSymbol *node) {
  Value str = literal_join(ec, fr, &node->parts);
  return val_is_exc(str) ? str : val_from_sym(mx_str_to_sym(ec, str));
}

// `command`: Kernel#` of self.
static Value literal_xstring(ExecCtx *ec, Frame *fr, const NodeCommandString *node) {
  bool plain = node->parts.count == 1 && mx_ast_kind(node->parts.at[0]) == NODE_STRING;
  Value str = literal_join(ec, fr, &node->parts);
  if (val_is_exc(str)) return str;
  if (plain) str = mx_str_freeze_dedup(ec, str);
  fr->site = node->base.span.start;
  CallArgs args = {.argv = &str, .argc = 1, .flags = CALL_FCALL};
  return mx_invoke_send(ec, fr->self, SYM_BACKTICK, &args, fr->lex);
}

// Value kept per node of the unit; VAL_NIL until set.
static Value *literal_once(Frame *fr, const Node *node) {
  Unit *unit = fr->code->unit;
  if (!unit->once) unit->once = mx_gc_alloc_words(sizeof(Value) * (unit->tree->node_count + 1));
  return &unit->once[node->id];
}

// Is a regexp literal without interpolation, or /o? Then one object serves all evaluations.
static bool literal_regexp_fixed(const NodeRegexpLiteral *node) {
  if (node->base.flags & NF_ONCE) return true;
  for (uint32_t i = 0; i < node->parts.count; i++)
    if (mx_ast_kind(node->parts.at[i]) != NODE_STRING) return false;
  return true;
}

static Value literal_regexp(ExecCtx *ec, Frame *fr, const NodeRegexpLiteral *node) {
  bool fixed = literal_regexp_fixed(node);
  if (fixed && !val_is_nil(*literal_once(fr, &node->base))) return *literal_once(fr, &node->base);
  fr->site = node->base.span.start;
  Value source = literal_join(ec, fr, &node->parts);
  if (val_is_exc(source)) return source;
  Value regexp = mx_ops_regexp(ec, source, node->options);
  if (fixed && !val_is_exc(regexp)) *literal_once(fr, &node->base) = regexp;
  return regexp;
}

// Is an end of a range literal an Integer, nil or left out?
static bool literal_end_fixed(const Node *node) {
  if (!node) return true;
  NodeKind kind = mx_ast_kind(node);
  return kind == NODE_INTEGER || kind == NODE_NIL;
}

// Does one object serve all evaluations of a number or range?
static bool literal_is_fixed(const Node *node) {
  switch (mx_ast_kind(node)) {
  case NODE_INTEGER: return ((const NodeIntegerLiteral *)node)->digits.len > 0;
  case NODE_RATIONAL:
  case NODE_IMAGINARY: return true;
  case NODE_RANGE: {
    const NodeRangeLiteral *range = (const NodeRangeLiteral *)node;
    return literal_end_fixed(range->first) && literal_end_fixed(range->last);
  }
  default: return false;
  }
}

static Value literal_range(ExecCtx *ec, Frame *fr, const NodeRangeLiteral *node) {
  Value *saved = ec->vsp;
  Value first = mx_tree_eval(ec, fr, node->first);
  if (val_is_exc(first) || !mx_tree_push(ec, first)) return VAL_EXC;
  Value last = mx_tree_eval(ec, fr, node->last);
  ec->vsp = saved;
  if (val_is_exc(last)) return last;
  fr->site = node->base.span.start;
  return mx_range_new(ec, first, last, (node->base.flags & NF_EXCLUSIVE) != 0);
}

Value mx_tree_splat(ExecCtx *ec, Frame *fr, const NodeSplat *node) {
  Value v = mx_tree_eval(ec, fr, node->value);
  if (val_is_exc(v)) return v;
  fr->site = node->base.span.start;
  return mx_ops_splat(ec, v, true);
}

// Push one element of an array literal; keywords without braces are one Hash.
static bool literal_element(ExecCtx *ec, Frame *fr, const Node *node, Value array) {
  if (mx_ast_kind(node) == NODE_SPLAT) {
    Value list = mx_tree_splat(ec, fr, (const NodeSplat *)node);
    if (val_is_exc(list)) return false;
    mx_array_concat(ec, array, list);
    return true;
  }
  Value v = mx_tree_eval(ec, fr, node);
  if (val_is_exc(v)) return false;
  bool empty =
      mx_ast_kind(node) == NODE_HASH && node->flags & NF_NO_BRACES && mx_hash_count(v) == 0;
  if (!empty) mx_array_push(ec, array, v);
  return true;
}

Value mx_tree_array(ExecCtx *ec, Frame *fr, const NodeList *list) {
  Value *saved = ec->vsp;
  Value array = mx_array_new(ec, list->count);
  if (!mx_tree_push(ec, array)) return VAL_EXC;
  bool fine = true;
  for (uint32_t i = 0; i < list->count && fine; i++)
    fine = literal_element(ec, fr, list->at[i], array);
  ec->vsp = saved;
  return fine ? array : VAL_EXC;
}

// **value: its pairs; nil has none.
static bool literal_double_splat(ExecCtx *ec, Frame *fr, const NodeDoubleSplat *node, Value hash) {
  Value v = mx_tree_eval(ec, fr, node->value);
  if (val_is_exc(v)) return false;
  fr->site = node->base.span.start;
  Value pairs = mx_ops_to_hash(ec, v);
  return val_is_nil(pairs) || (!val_is_exc(pairs) && mx_hash_merge(ec, hash, pairs));
}

// The key of a pair. A literal String is the one that equal frozen ones share.
static Value literal_key(ExecCtx *ec, Frame *fr, const Node *node) {
  if (mx_ast_kind(node) != NODE_STRING) return mx_tree_eval(ec, fr, node);
  return mx_tree_string(ec, (const NodeStringLiteral *)node, true);
}

static bool literal_pair(ExecCtx *ec, Frame *fr, const NodePair *node, Value hash) {
  Value *saved = ec->vsp;
  Value key = literal_key(ec, fr, node->key);
  if (val_is_exc(key) || !mx_tree_push(ec, key)) return false;
  Value value = mx_tree_eval(ec, fr, node->value);
  ec->vsp = saved;
  return !val_is_exc(value) && mx_hash_set(ec, hash, key, value);
}

Value mx_tree_hash(ExecCtx *ec, Frame *fr, const NodeList *pairs) {
  Value *saved = ec->vsp;
  Value hash = mx_hash_new(ec);
  if (!mx_tree_push(ec, hash)) return VAL_EXC;
  bool fine = true;
  for (uint32_t i = 0; i < pairs->count && fine; i++) {
    const Node *node = pairs->at[i];
    fine = mx_ast_kind(node) == NODE_PAIR
               ? literal_pair(ec, fr, (const NodePair *)node, hash)
               : literal_double_splat(ec, fr, (const NodeDoubleSplat *)node, hash);
  }
  ec->vsp = saved;
  return fine ? hash : VAL_EXC;
}

static Value literal_imaginary(ExecCtx *ec, Frame *fr, const NodeImaginaryLiteral *node) {
  Value im = mx_tree_eval(ec, fr, node->number);
  return val_is_exc(im) ? im : mx_complex_new(ec, val_from_fixnum(0), im);
}

Value mx_ops_encoding(ExecCtx *ec, const Frame *fr) {
  const Ast *tree = mx_unit_tree(ec, fr->code->unit);
  if (!tree) return VAL_EXC;
  EncIndex enc = tree->encoding_name ? mx_enc_find(tree->encoding_name, strlen(tree->encoding_name))
                                     : ENC_NONE;
  return mx_enc_object(ec, enc == ENC_NONE ? (EncIndex)tree->encoding : enc);
}

// Evaluate a literal anew.
static Value literal_make(ExecCtx *ec, Frame *fr, const Node *node) {
  switch (mx_ast_kind(node)) {
  case NODE_INTEGER: return literal_integer(ec, (const NodeIntegerLiteral *)node);
  case NODE_FLOAT: return mx_float_new(ec, ((const NodeFloatLiteral *)node)->value);
  case NODE_RATIONAL: {
    const Text *digits = &((const NodeRationalLiteral *)node)->digits;
    return mx_rational_from_digits(ec, digits->bytes, digits->len);
  }
  case NODE_IMAGINARY: return literal_imaginary(ec, fr, (const NodeImaginaryLiteral *)node);
  case NODE_STRING: {
    bool frozen = node->flags & NF_FROZEN || fr->code->unit->tree->flags & TREE_FROZEN_STRINGS;
    return mx_tree_string(ec, (const NodeStringLiteral *)node, frozen);
  }
  case NODE_DSTRING: return literal_dstring(ec, fr, &((const NodeInterpolatedString *)node)->parts);
  case NODE_XSTRING: return literal_xstring(ec, fr, (const NodeCommandString *)node);
  case NODE_SYMBOL: return val_from_sym(((const NodeSymbolLiteral *)node)->value);
  case NODE_DSYMBOL: return literal_dsymbol(ec, fr, (const NodeInterpolatedSymbol *)node);
  case NODE_REGEXP: return literal_regexp(ec, fr, (const NodeRegexpLiteral *)node);
  case NODE_ARRAY: return mx_tree_array(ec, fr, &((const NodeArrayLiteral *)node)->elements);
  case NODE_HASH: return mx_tree_hash(ec, fr, &((const NodeHashLiteral *)node)->pairs);
  case NODE_RANGE: return literal_range(ec, fr, (const NodeRangeLiteral *)node);
  case NODE_FILE: return mx_str_dup(ec, fr->code->unit->file);
  case NODE_LINE: return mx_int_from_i64(ec, ((const NodeLineKeyword *)node)->value);
  case NODE_ENCODING: return mx_ops_encoding(ec, fr);
  case NODE_QUOTE: return mx_ast_quote(ec, fr, (const NodeQuote *)node);
  case NODE_SPLICED:
    return mx_array_get(ec, fr->code->unit->spliced, ((const NodeSpliced *)node)->index);
  default: MX_UNREACHABLE();
  }
}

Value mx_tree_literal(ExecCtx *ec, Frame *fr, const Node *node) {
  if (!literal_is_fixed(node)) return literal_make(ec, fr, node);
  if (!val_is_nil(*literal_once(fr, node))) return *literal_once(fr, node);
  Value made = literal_make(ec, fr, node);
  if (!val_is_exc(made)) *literal_once(fr, node) = made;
  return made;
}
