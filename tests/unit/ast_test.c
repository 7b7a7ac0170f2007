// SPDX-License-Identifier: MIT
// Unit tests of the generic operations on trees: metadata, visiting, copying, comparing, dumping.
// The trees are built by hand, so that the parser is not needed.
#include "frontend/ast_print.h"

#include <check.h>
#include <string.h>

static Arena arena;   // of the running test
static SymTab symtab; // of the running test

// Make an arena and a symbol table for each test.
static void set_up(void) {
  mx_arena_init(&arena, mx_arena_malloc_source());
  mx_symtab_init(&symtab);
}

// Release both.
static void tear_down(void) {
  mx_symtab_free(&symtab);
  mx_arena_free(&arena);
}

// Make a node of a kind with all fields empty.
static void *node_of(NodeKind kind) {
  Node *node = mx_arena_alloc(&arena, mx_ast_info(kind)->size);
  node->kind = (uint8_t)kind;
  return node;
}

// Make an INTEGER.
static Node *integer(int64_t value) {
  NodeIntegerLiteral *node = node_of(NODE_INTEGER);
  node->value = value;
  node->digits.bytes = "";
  return &node->base;
}

// Make a LOCAL in some slot.
static Node *local(const char *name, uint32_t slot) {
  NodeLocalVariable *node = node_of(NODE_LOCAL);
  node->name = mx_sym_from_cstr(&symtab, name);
  node->slot = slot;
  return &node->base;
}

// Make a STRING.
static Node *string(const char *text) {
  NodeStringLiteral *node = node_of(NODE_STRING);
  node->value = (Text){text, (uint32_t)strlen(text), SYM_ENC_UTF8};
  return &node->base;
}

// Make a list of up to three nodes; NULL ends it.
static NodeList list_of(Node *a, Node *b, Node *c) {
  Node *given[] = {a, b, c};
  NodeList list = {.at = mx_arena_array(&arena, Node *, 3)};
  while (list.count < 3 && given[list.count]) {
    list.at[list.count] = given[list.count];
    list.count++;
  }
  return list;
}

// Make the CALL receiver + arg.
static NodeMethodCall *plus(Node *receiver, Node *arg) {
  NodeMethodCall *node = node_of(NODE_CALL);
  node->base.flags = NF_OPERATOR;
  node->receiver = receiver;
  node->name = SYM_PLUS;
  node->args = list_of(arg, NULL, NULL);
  return node;
}

// Make a DSTRING of up to three parts.
static Node *dstring(Node *a, Node *b, Node *c) {
  NodeInterpolatedString *node = node_of(NODE_DSTRING);
  node->parts = list_of(a, b, c);
  return &node->base;
}

// Make a BLOCK of one statement.
static Node *block(Node *statement) {
  NodeBlock *node = node_of(NODE_BLOCK);
  node->statements = list_of(statement, NULL, NULL);
  return &node->base;
}

// Compare a dump on one line.
static void expect_dump(const Node *node, const char *expected) {
  StrBuf out = STRBUF_INIT;
  mx_ast_dump(node, &symtab, -1, &out);
  ck_assert_str_eq(mx_strbuf_text(&out), expected);
  mx_strbuf_free(&out);
}

// Metadata name the class, its superclass and the fields with their places.
START_TEST(metadata_come_from_the_table) {
  const NodeInfo *info = mx_ast_info(NODE_CALL);
  char type[NODE_TYPE_ROOM];
  ck_assert_str_eq(info->class_name, "MethodCall");
  ck_assert_str_eq(info->super_name, "Node");
  ck_assert_uint_eq(info->field_count, 5);
  ck_assert_str_eq(info->fields[1].name, "name");
  ck_assert_int_eq(info->fields[1].type, FIELD_SYM);
  ck_assert_uint_eq(info->fields[2].offset, offsetof(NodeMethodCall, args));
  for (int kind = 0; kind < NODE_COUNT; kind++) mx_ast_type_name((NodeKind)kind, type);
  mx_ast_type_name(NODE_SCLASS, type);
  ck_assert_str_eq(type, "singleton_class_def");
}
END_TEST

// Scope nodes are those whose row has a Scope.
START_TEST(bodies_of_their_own_come_from_the_table) {
  int scopes = 0;
  for (int kind = 0; kind < NODE_COUNT; kind++) scopes += mx_ast_is_scope((NodeKind)kind);
  ck_assert_int_eq(scopes, 8);
  ck_assert(mx_ast_is_scope(NODE_PROGRAM));
  ck_assert(mx_ast_is_scope(NODE_FOR));
  ck_assert(!mx_ast_is_scope(NODE_BLOCK));
  NodeFor *loop = node_of(NODE_FOR);
  ck_assert_ptr_null(mx_ast_body(&loop->base));
  loop->body = integer(1);
  ck_assert_ptr_eq(mx_ast_body(&loop->base), loop->body);
}
END_TEST

// S-expressions show visible fields; hidden ones and presentation are left out.
START_TEST(dumps_are_derived_from_the_table) {
  expect_dump(&plus(local("a", 3), integer(1))->base,
              "(method_call (local_variable a) :+ [(integer_literal 1)] nil)");
  NodeRangeLiteral *range = node_of(NODE_RANGE);
  range->base.flags = NF_EXCLUSIVE;
  range->first = integer(-1);
  expect_dump(&range->base, "(range_literal (integer_literal -1) nil exclusive)");
  expect_dump(string("a\"\n\x01"), "(string_literal \"a\\\"\\n\\x01\")");
  NodeParameter *param = node_of(NODE_PARAM);
  param->kind = PARAM_REST;
  expect_dump(&param->base, "(parameter rest nil nil nil nil)");
  NodeFloatLiteral *number = node_of(NODE_FLOAT);
  number->value = 2;
  expect_dump(&number->base, "(float_literal 2.0)");
}
END_TEST

// Indented dumps break the nodes that are too wide for a line.
START_TEST(dumps_are_indented) {
  StrBuf out = STRBUF_INIT;
  NodeMethodCall *call = plus(string("0123456789012345678901234567890123456789"),
                              string("0123456789012345678901234567890123456789"));
  mx_ast_dump(&call->base, &symtab, 0, &out);
  ck_assert_str_eq(mx_strbuf_text(&out),
                   "(method_call\n"
                   "  (string_literal \"0123456789012345678901234567890123456789\") :+\n"
                   "  [\n"
                   "    (string_literal \"0123456789012345678901234567890123456789\")]\n"
                   "  nil)");
  mx_strbuf_free(&out);
}
END_TEST

// Slots and presentation flags do not count, names, values and flags with meaning do.
START_TEST(equality_is_structural) {
  Node *a = &plus(local("a", 1), integer(1))->base;
  NodeMethodCall *b = plus(local("a", 2), integer(1));
  b->base.flags = NF_PARENS;
  ck_assert(mx_ast_equal(a, &b->base));
  ck_assert_uint_eq(mx_ast_hash(a), mx_ast_hash(&b->base));
  ck_assert(!mx_ast_equal(a, &plus(local("b", 1), integer(1))->base));
  ck_assert(!mx_ast_equal(a, &plus(local("a", 1), integer(2))->base));
  ck_assert(!mx_ast_equal(a, &plus(local("a", 1), NULL)->base));
  b->base.flags = NF_SAFE_NAV;
  ck_assert(!mx_ast_equal(a, &b->base));
}
END_TEST

// A statement list of one statement is that statement, an empty one is no child.
START_TEST(equality_sees_through_statement_lists) {
  NodeIf *a = node_of(NODE_IF);
  NodeIf *b = node_of(NODE_IF);
  a->condition = integer(1);
  b->condition = block(block(integer(1)));
  b->else_body = block(NULL);
  ck_assert(mx_ast_equal(&a->base, &b->base));
  ck_assert_uint_eq(mx_ast_hash(&a->base), mx_ast_hash(&b->base));
  b->else_body = block(integer(1));
  ck_assert(!mx_ast_equal(&a->base, &b->base));
}
END_TEST

// How a literal is cut into pieces does not matter.
START_TEST(equality_joins_string_pieces) {
  NodeInterpolation *embed = node_of(NODE_EMBED);
  embed->body = integer(1);
  Node *a = dstring(string("ab"), string("c"), &embed->base);
  Node *b = dstring(string("a"), string("bc"), &embed->base);
  ck_assert(mx_ast_equal(a, b));
  ck_assert_uint_eq(mx_ast_hash(a), mx_ast_hash(b));
  ck_assert(!mx_ast_equal(a, dstring(string("ab"), &embed->base, string("c"))));
  ck_assert(!mx_ast_equal(a, dstring(string("abcd"), &embed->base, NULL)));
  ck_assert(!mx_ast_equal(a, dstring(string("abc"), NULL, NULL)));
}
END_TEST

// Note the kinds that are visited; stop at a SYMBOL or after three.
static bool note_kind(void *ctx, Node *child) {
  int *sum = ctx;
  *sum = *sum * 100 + child->kind;
  return *sum < 10000;
}

// Children come in field order, absent ones not at all.
START_TEST(children_are_visited_in_order) {
  int sum = 0;
  ck_assert(mx_ast_each_child(&plus(local("a", 0), integer(1))->base, note_kind, &sum));
  ck_assert_int_eq(sum, NODE_LOCAL * 100 + NODE_INTEGER);
  sum = 0;
  ck_assert(!mx_ast_each_child(dstring(integer(1), integer(2), integer(3)), note_kind, &sum));
}
END_TEST

// Replace the integer 1 by the local z.
static Node *replace_one(void *ctx, Node *node) {
  MX_UNUSED(ctx);
  bool one = node->kind == NODE_INTEGER && ((NodeIntegerLiteral *)node)->value == 1;
  return one ? local("z", 0) : node;
}

// A copy is equal and shares nothing; an edited copy leaves the original alone.
START_TEST(clones_are_deep_and_editable) {
  Node *node = &plus(local("a", 0), dstring(string("x"), integer(1), NULL))->base;
  Node *copy = mx_ast_clone(&arena, node, NULL, NULL);
  ck_assert(mx_ast_equal(node, copy));
  ck_assert_ptr_ne(((NodeMethodCall *)copy)->args.at, ((NodeMethodCall *)node)->args.at);
  Node *edited = mx_ast_clone(&arena, node, replace_one, NULL);
  expect_dump(edited, "(method_call (local_variable a) :+ "
                      "[(interpolated_string [(string_literal \"x\") (local_variable z)])] nil)");
  ck_assert(mx_ast_equal(node, copy));
}
END_TEST

// Run the tests of this file.
int main(void) {
  TCase *tests = tcase_create("ast");
  tcase_add_checked_fixture(tests, set_up, tear_down);
  tcase_add_test(tests, metadata_come_from_the_table);
  tcase_add_test(tests, bodies_of_their_own_come_from_the_table);
  tcase_add_test(tests, dumps_are_derived_from_the_table);
  tcase_add_test(tests, dumps_are_indented);
  tcase_add_test(tests, equality_is_structural);
  tcase_add_test(tests, equality_sees_through_statement_lists);
  tcase_add_test(tests, equality_joins_string_pieces);
  tcase_add_test(tests, children_are_visited_in_order);
  tcase_add_test(tests, clones_are_deep_and_editable);
  Suite *suite = suite_create("ast");
  suite_add_tcase(suite, tests);
  SRunner *runner = srunner_create(suite);
  srunner_run_all(runner, CK_NORMAL);
  int failed = srunner_ntests_failed(runner);
  srunner_free(runner);
  return failed != 0;
}
