// SPDX-License-Identifier: MIT
// Building trees: AST::If.new(...), with, replace, quote.
//
// Nodes of collected memory are never changed, so a new tree points into old ones where nothing
// changed. Only nodes that hold spliced Values are copied, since their indices are into the table
// of their own tree.
#include "interp/ast_object.h"

#include "runtime/array.h"
#include "runtime/hash.h"
#include "runtime/integer.h"
#include "runtime/range.h"
#include "runtime/rational.h"
#include "runtime/regexp.h"
#include "runtime/semantics.h"
#include "runtime/string.h"
#include "interp/tree.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>

enum { BUILD_DECIMALS = 18 }; // places behind the point of a Rational literal

// Take a chunk of collected memory.
static void *build_chunk(void *ctx, size_t bytes) {
  MX_UNUSED(ctx);
  return mx_gc_alloc_words(bytes);
}

// Prepare an empty tree.
void mx_ast_builder_init(AstBuilder *builder, ExecCtx *ec) {
  *builder = (AstBuilder){
      .ec = ec, .spliced = VAL_NIL, .dialect = DIALECT_METOREX, .encoding = SYM_ENC_UTF8};
  mx_arena_init(&builder->arena, (ChunkAlloc){.alloc = build_chunk});
}

// The same for a tree made from another, under its dialect and magic comments.
void mx_ast_builder_from(AstBuilder *builder, ExecCtx *ec, const AstObj *ast) {
  mx_ast_builder_init(builder, ec);
  builder->dialect = ast->unit->tree->dialect;
  builder->flags = ast->unit->tree->flags;
  builder->encoding = ast->unit->tree->encoding;
  builder->encoding_name = ast->unit->tree->encoding_name;
}

// A fresh node of a kind with all fields empty; its text behind the end says "no place".
Node *mx_ast_new_node(AstBuilder *builder, NodeKind kind) {
  const NodeInfo *info = mx_ast_info(kind);
  Node *node = mx_arena_alloc(&builder->arena, info->size);
  node->kind = (uint8_t)kind;
  for (uint32_t i = 0; i < info->field_count; i++)
    if (info->fields[i].type == FIELD_TEXT)
      ((Text *)mx_ast_field(node, &info->fields[i]))->bytes = "";
  return node;
}

// Remember a Value; its index in the tree's table.
static int64_t build_splice(AstBuilder *builder, Value v) {
  if (val_is_nil(builder->spliced)) builder->spliced = mx_array_new(builder->ec, 4);
  mx_array_push(builder->ec, builder->spliced, v);
  return mx_array_len(builder->spliced) - 1;
}

// Make a node that stands for any Value.
static Node *build_spliced(AstBuilder *builder, Value v) {
  NodeSpliced *node = (NodeSpliced *)mx_ast_new_node(builder, NODE_SPLICED);
  node->index = build_splice(builder, v);
  return &node->base;
}

// A tree whose spliced Values move to another one.
typedef struct BuildMove {
  AstBuilder *builder; // where to
  Value spliced;       // table they are in now
} BuildMove;

// Replace a spliced Value's node by one of the new tree.
static Node *build_move(void *ctx, Node *node) {
  const BuildMove *move = ctx;
  if (node->kind != NODE_SPLICED) return node;
  int64_t index = ((const NodeSpliced *)node)->index;
  return build_spliced(move->builder, mx_array_get(move->builder->ec, move->spliced, index));
}

// Take a node into a tree being built; spliced Values move along.
Node *mx_ast_import(AstBuilder *builder, const AstObj *ast) {
  Node *node = (Node *)(uintptr_t)ast->node;
  if (val_is_nil(ast->unit->spliced)) return node;
  BuildMove move = {.builder = builder, .spliced = ast->unit->spliced};
  return mx_ast_clone(&builder->arena, node, build_move, &move);
}

// Copy a String's bytes into a text.
static Text build_text(AstBuilder *builder, Value str) {
  size_t len = mx_str_len(str);
  uint32_t enc =
      mx_str_enc(str) == ENC_BINARY && !mx_str_is_ascii(str) ? SYM_ENC_BINARY : SYM_ENC_UTF8;
  const char *bytes = mx_arena_copy(&builder->arena, mx_str_bytes(str), len);
  return (Text){.bytes = bytes, .len = (uint32_t)len, .enc = enc};
}

// Copy the digits of an Integer into a text, as the parser has them.
static Text build_digits(AstBuilder *builder, Value v) {
  Text text = build_text(builder, mx_int_to_s(builder->ec, v, 10));
  text.enc = SYM_ENC_ASCII;
  return text;
}

// Make an Integer literal.
static Node *build_integer(AstBuilder *builder, Value v) {
  NodeIntegerLiteral *node = (NodeIntegerLiteral *)mx_ast_new_node(builder, NODE_INTEGER);
  if (!mx_int_to_i64(v, &node->value)) node->digits = build_digits(builder, v);
  return &node->base;
}

// Make a list of the nodes of an Array's elements.
static NodeList build_list(AstBuilder *builder, Value array) {
  uint32_t count = mx_array_len(array);
  NodeList list = {.at = mx_arena_array(&builder->arena, Node *, count), .count = count};
  for (uint32_t i = 0; i < count; i++)
    list.at[i] = mx_ast_node_of(builder, mx_array_get(builder->ec, array, i));
  return list;
}

// Make a Hash literal.
static Node *build_hash(AstBuilder *builder, Value hash) {
  NodeHashLiteral *node = (NodeHashLiteral *)mx_ast_new_node(builder, NODE_HASH);
  node->pairs.at = mx_arena_array(&builder->arena, Node *, mx_hash_count(hash));
  uint32_t position = 0;
  Value key, value;
  while (mx_hash_next(hash, &position, &key, &value)) {
    NodePair *pair = (NodePair *)mx_ast_new_node(builder, NODE_PAIR);
    pair->key = mx_ast_node_of(builder, key);
    pair->value = mx_ast_node_of(builder, value);
    node->pairs.at[node->pairs.count++] = &pair->base;
  }
  return &node->base;
}

static Node *build_literal(AstBuilder *builder, Value v);

// Make a range between literals; NULL for any other, and for one between ranges, whose tree could
// be of any size.
static Node *build_range(AstBuilder *builder, const RangeObj *range) {
  if (val_is_type(range->first, T_RANGE) || val_is_type(range->last, T_RANGE)) return NULL;
  Node *first = build_literal(builder, range->first);
  Node *last = build_literal(builder, range->last);
  if (!first || !last) return NULL;
  NodeRangeLiteral *node = (NodeRangeLiteral *)mx_ast_new_node(builder, NODE_RANGE);
  bool open = val_is_nil(range->first) && !val_is_nil(range->last);
  node->first = open ? NULL : first;
  node->last = val_is_nil(range->last) ? NULL : last;
  if (val_truthy(range->exclusive)) node->base.flags |= NF_EXCLUSIVE;
  return &node->base;
}

// The digits of a Rational that is a decimal fraction; none when it is too long or no such one.
static Text build_decimal(AstBuilder *builder, const RationalObj *rational) {
  int64_t num, den, unit = 1;
  uint32_t places = 0;
  if (rational->den == val_from_fixnum(1)) return build_digits(builder, rational->num);
  if (!mx_int_to_i64(rational->num, &num) || !mx_int_to_i64(rational->den, &den)) return (Text){0};
  while (unit % den != 0) {
    if (++places > BUILD_DECIMALS) return (Text){0};
    unit *= 10;
  }
  int64_t limit = INT64_MAX / (unit / den);
  if (num > limit || num < -limit) return (Text){0};
  int64_t scaled = num * (unit / den), size = scaled < 0 ? -scaled : scaled;
  char buf[64];
  int len = snprintf(buf, sizeof buf, "%s%" PRId64 ".%0*" PRId64, scaled < 0 ? "-" : "",
                     size / unit, (int)places, size % unit);
  return (Text){mx_arena_copy(&builder->arena, buf, (size_t)len), (uint32_t)len, SYM_ENC_ASCII};
}

// Make a Rational literal; NULL for what has none.
static Node *build_rational(AstBuilder *builder, const RationalObj *rational) {
  Text digits = build_decimal(builder, rational);
  if (!digits.bytes) return NULL;
  NodeRationalLiteral *node = (NodeRationalLiteral *)mx_ast_new_node(builder, NODE_RATIONAL);
  node->digits = digits;
  return &node->base;
}

// Make the literal of a Complex without a real part; NULL for any other.
static Node *build_imaginary(AstBuilder *builder, const ComplexObj *complex) {
  Node *number = complex->re == val_from_fixnum(0) ? build_literal(builder, complex->im) : NULL;
  if (!number) return NULL;
  NodeImaginaryLiteral *node = (NodeImaginaryLiteral *)mx_ast_new_node(builder, NODE_IMAGINARY);
  node->number = number;
  return &node->base;
}

// Does a String hold what a literal cannot: "#{", "#$" or "#@", which would begin an interpolation,
// a carriage return, which may be taken for a part of the end of a line, or an escaped end of a
// line, which would be left out?
static bool build_unwritable(Value str) {
  const char *text = mx_str_bytes(str);
  size_t len = mx_str_len(str);
  for (size_t i = 0; i < len; i++) {
    if (text[i] == '\r') return true;
    char next = '\0';
    if (i + 1 < len) next = text[i + 1];
    if (text[i] == '#' && (next == '{' || next == '$' || next == '@')) return true;
    if (text[i] == '\\' && next == '\n') return true;
  }
  return false;
}

// Make a Regexp literal; NULL for one in another encoding, for one whose text no literal has, and
// for one with named groups, since these would be set as locals where the literal stands before =~.
static Node *build_regexp(AstBuilder *builder, const RegexpObj *regexp) {
  if (val_is_nil(regexp->source) || !val_is_nil(regexp->names)) return NULL;
  if (build_unwritable(regexp->source)) return NULL;
  bool ascii = mx_str_is_ascii(regexp->source);
  bool fixed = (regexp->options & REGEXP_OPT_FIXED) != 0;
  EncIndex enc = mx_str_enc(regexp->source);
  if (enc != ENC_UTF_8 && (!ascii || fixed)) return NULL;
  NodeRegexpLiteral *node = (NodeRegexpLiteral *)mx_ast_new_node(builder, NODE_REGEXP);
  NodeStringLiteral *part = (NodeStringLiteral *)mx_ast_new_node(builder, NODE_STRING);
  part->value = build_text(builder, regexp->source);
  node->parts.at = mx_arena_array(&builder->arena, Node *, 1);
  node->parts.at[0] = &part->base;
  node->parts.count = 1;
  node->options = regexp->options & ~(uint32_t)REGEXP_OPT_FIXED;
  if (fixed && ascii) node->options |= REGEXP_OPT_FIXED | 1u << REGEXP_OPT_ENC_SHIFT;
  return &node->base;
}

// Make a node for a number that has a literal; NULL for all others.
static Node *build_number(AstBuilder *builder, Value v) {
  const VM *vm = builder->ec->vm;
  const ClassObj *klass = mx_class_of(builder->ec->vm, v);
  double number;
  if (klass == vm->cls.Integer) return build_integer(builder, v);
  if (klass == vm->cls.Rational) return build_rational(builder, VAL_CAST(RationalObj, v));
  if (klass == vm->cls.Complex) return build_imaginary(builder, VAL_CAST(ComplexObj, v));
  if (klass != vm->cls.Float || !mx_to_double(builder->ec, v, &number) || isnan(number))
    return NULL;
  NodeFloatLiteral *node = (NodeFloatLiteral *)mx_ast_new_node(builder, NODE_FLOAT);
  node->value = number;
  return &node->base;
}

// Make a node for a value that has a literal of no other values than literals; NULL for all others.
static Node *build_literal(AstBuilder *builder, Value v) {
  VM *vm = builder->ec->vm;
  if (val_is_nil(v)) return mx_ast_new_node(builder, NODE_NIL);
  if (v == VAL_TRUE) return mx_ast_new_node(builder, NODE_TRUE);
  if (v == VAL_FALSE) return mx_ast_new_node(builder, NODE_FALSE);
  if (val_is_symbol(v)) {
    NodeSymbolLiteral *node = (NodeSymbolLiteral *)mx_ast_new_node(builder, NODE_SYMBOL);
    node->value = val_to_sym(v);
    return &node->base;
  }
  if (val_is_string(v)) {
    NodeStringLiteral *node = (NodeStringLiteral *)mx_ast_new_node(builder, NODE_STRING);
    node->value = build_text(builder, v);
    return &node->base;
  }
  const ClassObj *klass = mx_class_of(vm, v);
  if (klass == vm->cls.Range) return build_range(builder, VAL_CAST(RangeObj, v));
  if (klass == vm->cls.Regexp) return build_regexp(builder, VAL_CAST(RegexpObj, v));
  return build_number(builder, v);
}

// A node for any Value: AST objects as they are, literals, else a spliced Value.
Node *mx_ast_node_of(AstBuilder *builder, Value v) {
  const AstObj *ast = mx_ast_get(v);
  if (ast) return mx_ast_import(builder, ast);
  Node *literal = build_literal(builder, v);
  if (literal) return literal;
  if (val_is_array(v)) {
    NodeArrayLiteral *node = (NodeArrayLiteral *)mx_ast_new_node(builder, NODE_ARRAY);
    node->elements = build_list(builder, v);
    return &node->base;
  }
  return val_is_hash(v) ? build_hash(builder, v) : build_spliced(builder, v);
}

// Read the kind of a parameter from a Symbol.
static bool build_param_kind(AstBuilder *builder, uint32_t *kind, Value v) {
  static const char *const names[] = {"req",     "opt",   "rest",  "keyreq",  "key",
                                      "keyrest", "nokey", "block", "forward", "local"};
  Sym sym;
  if (!mx_to_method_name(builder->ec, v, &sym)) return false;
  for (uint32_t i = 0; i < MX_COUNT_OF(names); i++)
    if (strcmp(mx_sym_text(&builder->ec->vm->symtab, sym), names[i]) == 0) {
      *kind = i;
      return true;
    }
  (void)mx_raise_arg(builder->ec, "unknown kind of parameter: %V", v);
  return false;
}

// Set an Integer field; an index into spliced Values is never given by number.
static bool build_set_int(AstBuilder *builder, Node *node, int64_t *at, Value v) {
  if (node->kind == NODE_SPLICED) {
    *at = build_splice(builder, v);
    return true;
  }
  NodeIntegerLiteral *literal = (NodeIntegerLiteral *)node;
  if (node->kind == NODE_INTEGER &&
      mx_class_of(builder->ec->vm, v) == builder->ec->vm->cls.Integer && !mx_int_to_i64(v, at)) {
    literal->digits = build_text(builder, mx_int_to_s(builder->ec, v, 10));
    return true;
  }
  if (node->kind == NODE_INTEGER) literal->digits = (Text){.bytes = ""};
  if (!mx_to_int64(builder->ec, v, at)) return false;
  if (node->kind != NODE_NTH_REF || (*at > 0 && *at <= NTH_REF_MAX)) return true;
  (void)mx_raise_arg(builder->ec, "%V is no number of a group", v);
  return false;
}

// Set a code field.
static bool build_set_tag(AstBuilder *builder, const Node *node, uint32_t *at, Value v) {
  int64_t number;
  if (node->kind == NODE_PARAM) return build_param_kind(builder, at, v);
  if (!mx_to_int64(builder->ec, v, &number)) return false;
  *at = (uint32_t)number;
  return true;
}

// Set a text field.
static bool build_set_text(AstBuilder *builder, const Node *node, Text *at, Value v) {
  bool digits = node->kind == NODE_INTEGER || node->kind == NODE_RATIONAL;
  Value str = mx_to_str(builder->ec, v);
  if (val_is_exc(str) || (digits && !mx_ast_check_digits(builder->ec, str))) return false;
  *at = build_text(builder, str);
  return true;
}

// Set a name field; only parameters may go without a name.
static bool build_set_sym(AstBuilder *builder, const Node *node, Sym *at, Value v) {
  *at = SYM_NONE;
  if (val_is_nil(v) && node->kind == NODE_PARAM) return true;
  return mx_to_method_name(builder->ec, v, at) && mx_ast_check_name(builder->ec, node->kind, *at);
}

// Set a list field from an Array, nil or a single node.
static bool build_set_list(AstBuilder *builder, NodeList *at, Value v) {
  Value array = mx_ast_get(v) ? MX_ARRAY_OF(builder->ec, v) : mx_splat(builder->ec, v);
  if (val_is_exc(array)) return false;
  *at = build_list(builder, array);
  return true;
}

// Set a field from a Value; false + TypeError when it does not fit.
bool mx_ast_set_field(AstBuilder *builder, Node *node, const FieldInfo *field, Value v) {
  void *at = mx_ast_field(node, field);
  switch (field->type) {
  case FIELD_NODE: *(Node **)at = mx_ast_node_of(builder, v); return true;
  case FIELD_OPT: *(Node **)at = val_is_nil(v) ? NULL : mx_ast_node_of(builder, v); return true;
  case FIELD_LIST: return build_set_list(builder, at, v);
  case FIELD_SYM: return build_set_sym(builder, node, at, v);
  case FIELD_TEXT: return build_set_text(builder, node, at, v);
  case FIELD_INT: return build_set_int(builder, node, at, v);
  case FIELD_FLOAT: return mx_to_double(builder->ec, v, at);
  case FIELD_TAG: return build_set_tag(builder, node, at, v);
  case FIELD_SCOPE:
  case FIELD_U32: break;
  }
  MX_UNREACHABLE();
}

// Verify and wrap what was built; VAL_EXC when the builder has failed.
Value mx_ast_built(AstBuilder *builder, const Node *root) {
  if (builder->failed || !mx_ast_verify(builder->ec, root)) return VAL_EXC;
  Ast *tree = mx_arena_new(&builder->arena, Ast);
  tree->root = (Node *)(uintptr_t)root;
  tree->dialect = builder->dialect;
  tree->flags = builder->flags;
  tree->encoding = builder->encoding;
  tree->encoding_name = builder->encoding_name;
  Unit *unit = mx_gc_alloc_words(sizeof *unit);
  unit->tree = tree;
  unit->spliced = builder->spliced;
  return mx_ast_wrap(builder->ec, unit, root);
}

// -- new and with -------------------------------------------------------------------------------

// Set what a keyword names: a field, or a flag with meaning.
static bool build_set_named(AstBuilder *builder, Node *node, Value key, Value v) {
  ExecCtx *ec = builder->ec;
  NodeKind kind = mx_ast_kind(node);
  const char *name = val_is_symbol(key) ? mx_sym_text(&ec->vm->symtab, val_to_sym(key)) : "";
  const FieldInfo *field = mx_ast_find_field(kind, name);
  if (field) return mx_ast_set_field(builder, node, field, v);
  uint16_t flag = mx_ast_find_flag(kind, name);
  if (flag == 0) {
    (void)mx_raise_arg(ec, "unknown keyword: %V", key);
    return false;
  }
  node->flags = (uint16_t)(val_truthy(v) ? node->flags | flag : node->flags & ~flag);
  return true;
}

// Set all fields and flags that a Hash names.
static bool build_set_all(AstBuilder *builder, Node *node, Value hash) {
  uint32_t position = 0;
  Value key, value;
  while (mx_hash_next(hash, &position, &key, &value))
    if (!build_set_named(builder, node, key, value)) return false;
  return true;
}

// Set visible fields in order from positional arguments.
static bool build_set_positional(AstBuilder *builder, Node *node, int argc, const Value *argv) {
  const NodeInfo *info = mx_ast_info(mx_ast_kind(node));
  int at = 0;
  for (uint32_t i = 0; i < info->field_count && at < argc; i++) {
    const FieldInfo *field = &info->fields[i];
    if (field->type == FIELD_SCOPE || field->type == FIELD_U32) continue;
    if (!mx_ast_set_field(builder, node, field, argv[at++])) return false;
  }
  if (at == argc) return true;
  (void)mx_raise_arity(builder->ec, argc, 0, at);
  return false;
}

// Fill children that must be there and were not given with nil or an empty list of statements.
static void build_complete(AstBuilder *builder, Node *node) {
  const NodeInfo *info = mx_ast_info(mx_ast_kind(node));
  for (uint32_t i = 0; i < info->field_count; i++) {
    Node **at = mx_ast_field(node, &info->fields[i]);
    if (info->fields[i].type == FIELD_NODE && !*at)
      *at = mx_ast_new_node(builder,
                            strcmp(info->fields[i].name, "body") == 0 ? NODE_BLOCK : NODE_NIL);
  }
  if (node->kind == NODE_SPLICED && val_is_nil(builder->spliced))
    ((NodeSpliced *)node)->index = build_splice(builder, VAL_NIL);
  NodeMethodCall *call = (NodeMethodCall *)node;
  if (node->kind == NODE_CALL && call->name == SYM_MATCH_OP) node->flags |= NF_OPERATOR;
}

// AST::X.new(field, ...) and AST::X.new(field: ...)
Value mx_ast_s_new(ExecCtx *ec, Value self, int argc, const Value *argv) {
  NodeKind kind = mx_ast_kind_of_class(ec, VAL_CAST(ClassObj, self));
  if (kind == NODE_COUNT)
    return mx_raise(ec, ec->vm->cls.NoMethodError, "undefined method 'new' for abstract %V", self);
  AstBuilder builder;
  mx_ast_builder_init(&builder, ec);
  Node *node = mx_ast_new_node(&builder, kind);
  bool keywords = argc > 0 && val_is_hash(argv[argc - 1]);
  if (!build_set_positional(&builder, node, argc - keywords, argv)) return VAL_EXC;
  if (keywords && !build_set_all(&builder, node, argv[argc - 1])) return VAL_EXC;
  build_complete(&builder, node);
  return mx_ast_built(&builder, node);
}

// Copy a node without its children.
static Node *build_shallow_copy(AstBuilder *builder, const Node *node) {
  size_t size = mx_ast_info(mx_ast_kind(node))->size;
  Node *copy = mx_arena_alloc(&builder->arena, size);
  memcpy(copy, node, size);
  return copy;
}

// Node#with(field: value): a changed copy.
Value mx_ast_m_with(ExecCtx *ec, Value self, int argc, const Value *argv) {
  const AstObj *ast = mx_ast_get(self);
  if (argc != 1 || !val_is_hash(argv[0]))
    return argc == 0 ? self : mx_raise_arg(ec, "with takes keywords");
  AstBuilder builder;
  mx_ast_builder_from(&builder, ec, ast);
  Node *copy = build_shallow_copy(&builder, mx_ast_import(&builder, ast));
  if (!build_set_all(&builder, copy, argv[0])) return VAL_EXC;
  return mx_ast_built(&builder, copy);
}

// AST.literal(value): the node that stands for a value.
Value mx_ast_s_literal(ExecCtx *ec, Value self, Value a) {
  MX_UNUSED(self);
  AstBuilder builder;
  mx_ast_builder_init(&builder, ec);
  return mx_ast_built(&builder, mx_ast_node_of(&builder, a));
}

// -- rebuild and replace ------------------------------------------------------------------------

// Put the next new child in the place of an old one; nil leaves it out where it may be absent.
static void build_next_child(AstBuilder *builder, Node **at, bool optional, Value children,
                             int64_t *next) {
  if (!*at) return;
  Value child = mx_array_get(builder->ec, children, (*next)++);
  *at = val_is_nil(child) && optional ? NULL : mx_ast_node_of(builder, child);
}

// Replace the elements of a list; nil leaves one out.
static void build_next_list(AstBuilder *builder, NodeList *list, Value children, int64_t *next) {
  NodeList fresh = {.at = mx_arena_array(&builder->arena, Node *, list->count)};
  for (uint32_t i = 0; i < list->count; i++) {
    Value child = mx_array_get(builder->ec, children, (*next)++);
    if (!val_is_nil(child)) fresh.at[fresh.count++] = mx_ast_node_of(builder, child);
  }
  *list = fresh;
}

// Node#__rebuild(children): a copy with other children, in the order of Node#children.
Value mx_ast_m_rebuild(ExecCtx *ec, Value self, Value a) {
  if (!val_is_array(a)) return mx_raise_type(ec, "children must be an Array");
  const AstObj *ast = mx_ast_get(self);
  AstBuilder builder;
  mx_ast_builder_from(&builder, ec, ast);
  builder.spliced = ast->node->kind == NODE_SPLICED ? ast->unit->spliced : VAL_NIL;
  Node *copy = build_shallow_copy(&builder, ast->node);
  const NodeInfo *info = mx_ast_info(mx_ast_kind(copy));
  int64_t next = 0;
  for (uint32_t i = 0; i < info->field_count; i++) {
    void *at = mx_ast_field(copy, &info->fields[i]);
    if (info->fields[i].type == FIELD_LIST)
      build_next_list(&builder, at, a, &next);
    else if (info->fields[i].type == FIELD_NODE || info->fields[i].type == FIELD_OPT)
      build_next_child(&builder, at, info->fields[i].type == FIELD_OPT, a, &next);
  }
  return mx_ast_built(&builder, copy);
}

// A replacement under way.
typedef struct BuildReplace {
  AstBuilder *builder; // the new tree
  const AstObj *in;    // tree that is copied
  const Node *old;     // what is looked for
  bool identical;      // only this very node, since it is one of the tree
  Node *fresh;         // what comes in its place
} BuildReplace;

// Replace the node looked for; move spliced Values.
static Node *build_replace(void *ctx, Node *node) {
  const BuildReplace *replace = ctx;
  bool found = replace->identical ? node == replace->old : mx_ast_equal(node, replace->old);
  if (found) return replace->fresh;
  BuildMove move = {.builder = replace->builder, .spliced = replace->in->unit->spliced};
  return build_move(&move, node);
}

// Tell whether a node is inside another.
static bool build_contains(void *ctx, Node *node) {
  return node != ctx && mx_ast_each_child(node, build_contains, ctx);
}

// Node#replace(old, new): a copy with `new` for that very node, or for all nodes equal to it when
// it comes from elsewhere.
Value mx_ast_m_replace(ExecCtx *ec, Value self, Value a, Value b) {
  const AstObj *ast = mx_ast_get(self);
  const AstObj *old = mx_ast_get(a);
  if (!old) return mx_raise_type(ec, "wrong argument type (expected AST::Node): %V", a);
  AstBuilder builder;
  mx_ast_builder_from(&builder, ec, ast);
  BuildReplace replace = {.builder = &builder, .in = ast, .old = old->node};
  replace.identical = !build_contains((void *)(uintptr_t)old->node, (Node *)(uintptr_t)ast->node);
  replace.fresh = mx_ast_node_of(&builder, b);
  Node *copy = mx_ast_clone(&builder.arena, (Node *)(uintptr_t)ast->node, build_replace, &replace);
  return mx_ast_built(&builder, copy);
}
