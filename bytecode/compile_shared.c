// SPDX-License-Identifier: MIT
// Literals that need not be made anew each time: receivers of methods that leave no trace of them.
//
// `[1, 2, 3].include?(x)` and `"%d" % x` would make an Array or String that nobody ever sees. If
// the library's method neither keeps nor changes nor gives back its receiver, PUSH_SHARED pushes
// one that is made when the code is compiled. The program may have a method of its own of that
// name; then it gets a copy, as it would see (interp/ops_build.c).
// Strings in Arrays are objects that == of the program's classes may get to see: such Arrays are
// made anew. So are receivers of each, which gives its receiver back.
#include "runtime/array.h"
#include "runtime/float.h"
#include "runtime/string.h"
#include "bytecode/compile_internal.h"

// Where a method's receiver may be shared.
typedef enum SharedFor {
  SHARED_STRING = 1, // a String
  SHARED_ARRAY = 2,  // an Array, with or without a block
  SHARED_BLOCK = 4,  // an Array, if there is a literal block; without one an Enumerator keeps it
} SharedFor;

static const struct {
  const char *name;
  uint8_t where; // SHARED_*
} shared_methods[] = {
    {"include?", SHARED_STRING | SHARED_ARRAY},
    {"size", SHARED_STRING | SHARED_ARRAY},
    {"length", SHARED_STRING | SHARED_ARRAY},
    {"empty?", SHARED_STRING | SHARED_ARRAY},
    {"===", SHARED_STRING},
    {"%", SHARED_STRING},
    {"to_sym", SHARED_STRING},
    {"split", SHARED_STRING},
    {"start_with?", SHARED_STRING},
    {"end_with?", SHARED_STRING},
    {"center", SHARED_STRING},
    {"ljust", SHARED_STRING},
    {"rjust", SHARED_STRING},
    {"ord", SHARED_STRING},
    {"member?", SHARED_ARRAY},
    {"[]", SHARED_ARRAY},
    {"first", SHARED_ARRAY},
    {"last", SHARED_ARRAY},
    {"at", SHARED_ARRAY},
    {"sum", SHARED_ARRAY},
    {"min", SHARED_ARRAY},
    {"max", SHARED_ARRAY},
    {"count", SHARED_ARRAY},
    {"any?", SHARED_ARRAY},
    {"all?", SHARED_ARRAY},
    {"none?", SHARED_ARRAY},
    {"sort", SHARED_ARRAY},
    {"reverse", SHARED_ARRAY},
    {"join", SHARED_ARRAY},
    {"inject", SHARED_ARRAY},
    {"reduce", SHARED_ARRAY},
    {"index", SHARED_BLOCK},
    {"map", SHARED_BLOCK},
    {"flat_map", SHARED_BLOCK},
    {"select", SHARED_BLOCK},
    {"filter", SHARED_BLOCK},
    {"reject", SHARED_BLOCK},
    {"find", SHARED_BLOCK},
    {"filter_map", SHARED_BLOCK},
    {"sort_by", SHARED_BLOCK},
    {"min_by", SHARED_BLOCK},
    {"max_by", SHARED_BLOCK},
};

// What of a method's receivers may be shared; 0: nothing.
static uint32_t shared_where(const Compiler *c, Sym name) {
  const char *text = mx_sym_text(&c->ec->vm->symtab, name);
  for (size_t i = 0; i < MX_COUNT_OF(shared_methods); i++)
    if (strcmp(shared_methods[i].name, text) == 0) return shared_methods[i].where;
  return 0;
}

// The value of an element that is no object, VAL_UNDEF for any other.
static Value shared_element(const Compiler *c, const Node *node) {
  switch (mx_ast_kind(node)) {
  case NODE_NIL: return VAL_NIL;
  case NODE_TRUE: return VAL_TRUE;
  case NODE_FALSE: return VAL_FALSE;
  case NODE_SYMBOL: return val_from_sym(((const NodeSymbolLiteral *)node)->value);
  case NODE_INTEGER: {
    const NodeIntegerLiteral *number = (const NodeIntegerLiteral *)node;
    bool small = number->digits.len == 0 && fixnum_fits(number->value);
    return small ? val_from_fixnum(number->value) : VAL_UNDEF;
  }
  case NODE_FLOAT: {
    Value v = mx_float_new(c->ec, ((const NodeFloatLiteral *)node)->value);
    return val_is_flonum(v) ? v : VAL_UNDEF;
  }
  default: return VAL_UNDEF;
  }
}

// The frozen Array of a literal whose elements are no objects, VAL_UNDEF for any other.
static Value shared_array(const Compiler *c, const NodeList *elements) {
  Value array = mx_array_new(c->ec, elements->count);
  for (uint32_t i = 0; i < elements->count; i++) {
    Value element = shared_element(c, elements->at[i]);
    if (val_is_undef(element)) return VAL_UNDEF;
    mx_array_push(c->ec, array, element);
  }
  mx_object_freeze(c->ec, array);
  return array;
}

// The value to share, VAL_UNDEF for none.
static Value shared_value(const Compiler *c, const Node *literal, uint32_t where, bool block) {
  if (mx_ast_kind(literal) == NODE_STRING) {
    const NodeStringLiteral *string = (const NodeStringLiteral *)literal;
    bool frozen = string->base.flags & NF_FROZEN || c->unit->tree->flags & TREE_FROZEN_STRINGS;
    if (frozen || !(where & SHARED_STRING)) return VAL_UNDEF;
    const Text *text = &string->value;
    Value str = mx_str_new(c->ec, text->bytes, text->len, (EncIndex)text->enc);
    return mx_str_freeze_dedup(c->ec, str);
  }
  if (mx_ast_kind(literal) != NODE_ARRAY) return VAL_UNDEF;
  bool fits = where & SHARED_ARRAY || (where & SHARED_BLOCK && block);
  return fits ? shared_array(c, &((const NodeArrayLiteral *)literal)->elements) : VAL_UNDEF;
}

bool mx_compile_shared(Compiler *c, const Node *literal, Sym name, bool block) {
  NodeKind kind = mx_ast_kind(literal);
  if (c->unit->core || (kind != NODE_STRING && kind != NODE_ARRAY)) return false;
  uint32_t where = shared_where(c, name);
  Value v = where ? shared_value(c, literal, where, block) : VAL_UNDEF;
  if (val_is_undef(v)) return false;
  compile_at(c, literal->span.start);
  uint32_t named = mx_emit_name(&c->e, name); // in this order, whatever compiled this
  mx_emit_op2(&c->e, OP_PUSH_SHARED, mx_emit_const(&c->e, v), named);
  return true;
}
