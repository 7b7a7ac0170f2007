// SPDX-License-Identifier: MIT
// Folding: operators and interpolations of literals are computed when they are compiled.
//
//   FOLD value, names -> end      pushes the value and goes to end while the names' methods hold
//   ...                           what is written, evaluated as ever: pushes its result
//   end:
//
// The program may redefine what was folded, at any time. So the unfolded form stays in the chunk,
// and each FOLD says which built-in methods it relies on: the bit of one is set the moment it is
// redefined (runtime/assume.h), and the next execution takes the unfolded form. Core code means
// the built-in operators in any case; there the value stands alone.
// Only results that fit a word, and texts, are folded: none of them can fail or grow large.
#include "runtime/array.h"
#include "runtime/assume.h"
#include "runtime/float.h"
#include "runtime/integer.h"
#include "runtime/numeric.h"
#include "runtime/semantics.h"
#include "runtime/string.h"
#include "bytecode/compile_internal.h"

enum {
  FOLD_MAX_DEPTH = 16, // operators in each other; deeper ones are left to those above
  FOLD_MAX_PARTS = 16, // of an interpolated string
  FOLD_MAX_SHIFT = 62, // bits that a shift or exponent may be
};

// What is known of an expression.
typedef struct Fold {
  Value value;    // its value
  uint64_t names; // methods that it relies on, by Sym: all are below 64
} Fold;

_Static_assert((int)BASIC_NAMES <= 64, "the names that folds rely on fit a word");

static bool fold_node(const Compiler *c, const Node *node, int depth, Fold *fold);

// Rely on a method.
static void fold_rely(Fold *fold, Sym name) { fold->names |= UINT64_C(1) << name; }

// See through parentheses around one expression.
static const Node *fold_inner(const Node *node) {
  while (node && mx_ast_kind(node) == NODE_BLOCK &&
         ((const NodeBlock *)node)->statements.count == 1)
    node = ((const NodeBlock *)node)->statements.at[0];
  return node;
}

// Is it a number in a word?
static bool fold_is_number(Value v) { return val_is_fixnum(v) || val_is_flonum(v); }

// a ** b of small Integers, VAL_UNDEF when it is not a small Integer itself.
static Value fold_power(int64_t a, int64_t b) {
  int64_t result = 1;
  for (; b > 0; b--)
    if (__builtin_mul_overflow(result, a, &result)) return VAL_UNDEF;
  return fixnum_fits(result) ? val_from_fixnum(result) : VAL_UNDEF;
}

// a op b, VAL_UNDEF when that is not folded.
static Value fold_binary(ExecCtx *ec, Sym name, Value a, Value b) {
  if (!fold_is_number(a) || !fold_is_number(b)) return VAL_UNDEF;
  bool small = val_both_fixnum(a, b) && val_to_fixnum(b) >= 0 && val_to_fixnum(b) <= FOLD_MAX_SHIFT;
  switch (name) {
  case SYM_POW: return small ? fold_power(val_to_fixnum(a), val_to_fixnum(b)) : VAL_UNDEF;
  case SYM_LSHIFT:
  case SYM_RSHIFT:
    if (!small) return VAL_UNDEF;
    break;
  case SYM_AMP:
  case SYM_PIPE:
  case SYM_CARET:
    if (!val_both_fixnum(a, b)) return VAL_UNDEF;
    break;
  case SYM_SLASH:
  case SYM_PERCENT:
    if (b == val_from_fixnum(0)) return VAL_UNDEF;
    break;
  case SYM_PLUS:
  case SYM_MINUS:
  case SYM_STAR:
  case SYM_EQ:
  case SYM_NEQ:
  case SYM_LT:
  case SYM_LE:
  case SYM_GT:
  case SYM_GE:
  case SYM_CMP: break;
  default: return VAL_UNDEF;
  }
  return mx_op_builtin(ec, name, a, b);
}

// -a, !a, VAL_UNDEF when that is not folded.
static Value fold_unary(ExecCtx *ec, Sym name, Value a) {
  if (name == SYM_BANG) return val_bool(!val_truthy(a));
  if (name != SYM_UMINUS || !fold_is_number(a)) return VAL_UNDEF;
  return val_is_flonum(a) ? mx_float_new(ec, -val_to_flonum(a))
                          : mx_num_binary(ec, SYM_MINUS, val_from_fixnum(0), a);
}

// An operator whose operands are known.
static bool fold_operator(const Compiler *c, const NodeMethodCall *node, int depth, Fold *fold) {
  uint32_t argc = node->args.count;
  if (argc > 1 || !mx_compile_is_operator(c, node, argc)) return false;
  Fold right = {0};
  if (argc == 1 && !fold_node(c, node->args.at[0], depth + 1, &right)) return false;
  if (!fold_node(c, node->receiver, depth + 1, fold)) return false;
  Value v = argc == 1 ? fold_binary(c->ec, node->name, fold->value, right.value)
                      : fold_unary(c->ec, node->name, fold->value);
  if (val_is_undef(v) || val_is_heap(v)) return false;
  fold->value = v;
  fold->names |= right.names;
  fold_rely(fold, node->name);
  if (node->name == SYM_NEQ) fold_rely(fold, SYM_EQ);
  return true;
}

// What is known of a node; false when that is not its value.
static bool fold_node(const Compiler *c, const Node *node, int depth, Fold *fold) {
  node = fold_inner(node);
  if (!node || depth > FOLD_MAX_DEPTH) return false;
  *fold = (Fold){VAL_UNDEF, 0};
  switch (mx_ast_kind(node)) {
  case NODE_TRUE: fold->value = VAL_TRUE; return true;
  case NODE_FALSE: fold->value = VAL_FALSE; return true;
  case NODE_NIL: fold->value = VAL_NIL; return true;
  case NODE_INTEGER: {
    const NodeIntegerLiteral *number = (const NodeIntegerLiteral *)node;
    if (number->digits.len > 0 || !fixnum_fits(number->value)) return false;
    fold->value = val_from_fixnum(number->value);
    return true;
  }
  case NODE_FLOAT:
    fold->value = mx_float_new(c->ec, ((const NodeFloatLiteral *)node)->value);
    return val_is_flonum(fold->value);
  case NODE_CALL: return fold_operator(c, (const NodeMethodCall *)node, depth, fold);
  default: return false;
  }
}

// The constant that lists the methods relied on: a Symbol, or an Array of them.
static Value fold_names(ExecCtx *ec, uint64_t names) {
  Sym first = (Sym)__builtin_ctzll(names);
  if (!(names & (names - 1))) return val_from_sym(first);
  Value list = mx_array_new(ec, 4);
  for (Sym name = first; name < BASIC_NAMES; name++)
    if (names >> name & 1) mx_array_push(ec, list, val_from_sym(name));
  mx_object_freeze(ec, list);
  return list;
}

// Begin a folded expression; what follows up to the label is its unfolded form.
static void fold_begin(Compiler *c, const Fold *fold, Label end) {
  uint32_t value = mx_emit_const(&c->e, fold->value);
  mx_emit_op3(&c->e, OP_FOLD, value, mx_emit_const(&c->e, fold_names(c->ec, fold->names)), end);
}

bool mx_compile_fold(Compiler *c, const NodeMethodCall *node) {
  Fold fold;
  if (c->unfolding || !fold_operator(c, node, 0, &fold)) return false;
  compile_at(c, node->name_start);
  if (c->unit->core) {
    mx_compile_constant(c, fold.value);
    return true;
  }
  Label end = mx_emit_label(&c->e);
  fold_begin(c, &fold, end);
  c->unfolding = true;
  mx_compile_call(c, node);
  c->unfolding = false;
  mx_emit_bind(&c->e, end);
  return true;
}

// ---- texts

// Text of a value in a word.
static Value fold_value_text(ExecCtx *ec, Value v) {
  if (val_is_fixnum(v)) return mx_int_to_s(ec, v, 10);
  if (val_is_flonum(v)) return mx_float_to_s(ec, val_to_flonum(v));
  return mx_str_ascii(ec, val_is_nil(v) ? "" : v == VAL_TRUE ? "true" : "false");
}

// Text of one part of an interpolated string, VAL_UNDEF when it is not known.
static Value fold_part(const Compiler *c, const Node *part, Fold *fold) {
  if (mx_ast_kind(part) == NODE_EMBED) part = fold_inner(((const NodeInterpolation *)part)->body);
  if (!part) return VAL_UNDEF;
  if (mx_ast_kind(part) == NODE_STRING) {
    const Text *text = &((const NodeStringLiteral *)part)->value;
    if ((EncIndex)text->enc != ENC_UTF_8) return VAL_UNDEF;
    return mx_str_utf8(c->ec, text->bytes, text->len);
  }
  Fold known;
  if (c->unit->core || !fold_node(c, part, 1, &known)) return VAL_UNDEF;
  fold->names |= known.names;
  fold_rely(fold, SYM_to_s);
  return fold_value_text(c->ec, known.value);
}

bool mx_compile_fold_text(Compiler *c, const NodeList *parts) {
  Value texts[FOLD_MAX_PARTS + 1] = {mx_str_utf8(c->ec, "", 0)};
  Fold fold = {VAL_UNDEF, 0};
  if (parts->count == 0 || parts->count > FOLD_MAX_PARTS) return false;
  if (c->unit->tree->encoding != SYM_ENC_UTF8) return false;
  for (uint32_t i = 0; i < parts->count; i++) {
    texts[i + 1] = fold_part(c, parts->at[i], &fold);
    if (val_is_undef(texts[i + 1])) return false;
  }
  fold.value = mx_concat_strings(c->ec, (int)parts->count + 1, texts);
  mx_object_freeze(c->ec, fold.value);
  if (!fold.names) {
    mx_emit_op1(&c->e, OP_PUSH_STRING, mx_emit_const(&c->e, fold.value));
    return true;
  }
  Label end = mx_emit_label(&c->e);
  fold_begin(c, &fold, end);
  mx_compile_text(c, parts);
  mx_emit_bind(&c->e, end);
  return true;
}

// ---- conditions

int mx_compile_known_truth(const Node *node) {
  node = fold_inner(node);
  if (!node) return 0;
  switch (mx_ast_kind(node)) {
  case NODE_NIL:
  case NODE_FALSE: return 0;
  case NODE_TRUE:
  case NODE_INTEGER:
  case NODE_FLOAT:
  case NODE_RATIONAL:
  case NODE_IMAGINARY:
  case NODE_STRING:
  case NODE_SYMBOL: return 1;
  default: return -1;
  }
}
