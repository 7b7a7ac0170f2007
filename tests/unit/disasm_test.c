// SPDX-License-Identifier: MIT
// Unit tests of bytecode/disasm, on chunks put together by hand.
#include "runtime/integer.h"
#include "bytecode/disasm.h"
#include "bytecode/emit.h"
#include "tests/unit/vm_fixture.h"

static const char text[] = "a = 1\nb = a\n";

// Make a source of the text above, in memory that lives as long as the test.
static const Source *make_source(void) {
  static Arena arena;
  mx_arena_init(&arena, mx_arena_malloc_source());
  return mx_source_new(&arena, "t.rb", text, sizeof text - 1, 1);
}

// Make a chunk of what was emitted, with two locals a and b.
static Chunk *finish(ExecCtx *ec, Emit *e) {
  static Sym names[2];
  static Scope scope = {.kind = SCOPE_PROGRAM, .names = names, .count = 2};
  names[0] = mx_sym(ec->vm, "a");
  names[1] = mx_sym(ec->vm, "b");
  Chunk *chunk = mx_gc_alloc_words(sizeof *chunk);
  *chunk = (Chunk){.kind = CODE_PROGRAM, .scope = &scope, .params = mx_params_none()};
  ck_assert(mx_emit_finish(e, chunk));
  mx_emit_free(e);
  return chunk;
}

// Compare the listing of a chunk.
static void check_listing(ExecCtx *ec, const Chunk *chunk, const Source *source,
                          const char *expected) {
  StrBuf out = STRBUF_INIT;
  mx_disasm_chunk(ec, chunk, source, &out);
  ck_assert_str_eq(mx_strbuf_text(&out), expected);
  mx_strbuf_free(&out);
}

// Offsets, operands by meaning, lines, constants.
START_TEST(arithmetic) {
  ExecCtx *ec = fixture_vm();
  Emit e;
  mx_emit_init(&e, ec);
  mx_emit_op1(&e, OP_PUSH_CONST, mx_emit_const(&e, val_from_fixnum(1)));
  mx_emit_op1(&e, OP_STORE_LOCAL, 0);
  e.site = 10;
  mx_emit_op1(&e, OP_LOAD_LOCAL, 0);
  mx_emit_op1(&e, OP_LOAD_LOCAL, 7);
  mx_emit_op(&e, OP_ADD);
  mx_emit_op(&e, OP_RETURN);
  check_listing(ec, finish(ec, &e), make_source(),
                "== program, t.rb:1\n"
                "   locals: a, b; stack: 2\n"
                "   0000 | PUSH_CONST            1                            "
                "                | 1:1\n"
                "   0003 | STORE_LOCAL           a                            "
                "                | 1:1\n"
                "   0006 | LOAD_LOCAL            a                            "
                "                | 2:5\n"
                "   0009 | LOAD_LOCAL            slot 7                       "
                "                | 2:5\n"
                "   0012 | ADD                                                "
                "                | 2:5\n"
                "   0013 | RETURN                                             "
                "                | 2:5\n"
                "   constants\n"
                "      0   1\n");
}
END_TEST

// Jump targets are marked; without a source the places are offsets.
START_TEST(jumps) {
  ExecCtx *ec = fixture_vm();
  Emit e;
  mx_emit_init(&e, ec);
  Label end = mx_emit_label(&e);
  mx_emit_op1(&e, OP_LOAD_LOCAL, 1);
  mx_emit_op1(&e, OP_JUMP_IF_FALSE_KEEP, end);
  mx_emit_op(&e, OP_LOAD_SELF);
  mx_emit_bind(&e, end);
  mx_emit_op(&e, OP_RETURN);
  check_listing(ec, finish(ec, &e), NULL,
                "== program\n"
                "   locals: a, b; stack: 1\n"
                "   0000 | LOAD_LOCAL            b                            "
                "                | @0\n"
                "   0003 | JUMP_IF_FALSE_KEEP    -> 0007                      "
                "                | @0\n"
                "   0006 | LOAD_SELF                                          "
                "                | @0\n"
                " > 0007 | RETURN                                             "
                "                | @0\n");
}
END_TEST

// Handlers are a table of their own, and where they lead is marked.
START_TEST(handlers) {
  ExecCtx *ec = fixture_vm();
  Emit e;
  mx_emit_init(&e, ec);
  Label rescue = mx_emit_label(&e);
  uint32_t handler = mx_emit_try(&e, HANDLER_RESCUE, rescue, 0);
  mx_emit_op(&e, OP_LOAD_SELF);
  mx_emit_end_try(&e, handler);
  mx_emit_op(&e, OP_RETURN);
  mx_emit_bind_handler(&e, rescue, 0, 1);
  mx_emit_op(&e, OP_RETURN);
  check_listing(ec, finish(ec, &e), NULL,
                "== program\n"
                "   locals: a, b; stack: 1\n"
                "   0000 | BEGIN_TRY             handler 0                    "
                "                | @0\n"
                "   0003 | LOAD_SELF                                          "
                "                | @0\n"
                "   0004 | END_TRY               handler 0                    "
                "                | @0\n"
                "   0007 | RETURN                                             "
                "                | @0\n"
                " > 0008 | RETURN                                             "
                "                | @0\n"
                "   handlers\n"
                "      0   rescue  0003..0007 -> 0008, keep 0\n");
}
END_TEST

// Text of one instruction in a chunk with some constants.
static const char *text_of(Instruction in) {
  static StrBuf out;
  ExecCtx *ec = fixture_vm();
  Value consts[] = {val_from_sym(mx_sym(ec->vm, "foo")), val_from_sym(mx_sym(ec->vm, "a b")),
                    mx_str_from_cstr(ec, "a text that is much longer than any column is wide"),
                    mx_int_from_u64(ec, UINT64_MAX)};
  Chunk chunk = {.consts = consts, .const_count = MX_COUNT_OF(consts)};
  mx_strbuf_truncate(&out, 0);
  mx_disasm_instruction(ec, &chunk, &in, &out);
  return mx_strbuf_text(&out);
}

// Each letter of the operands is shown by what it means.
START_TEST(operands_by_meaning) {
  ck_assert_str_eq(text_of((Instruction){.op = OP_POP}), "POP");
  ck_assert_str_eq(text_of((Instruction){.op = OP_CALL_METHOD, .operands = {0, 2, OPF_KW}}),
                   "CALL_METHOD foo, argc 2, KW");
  ck_assert_str_eq(text_of((Instruction){.op = OP_CALL_METHOD, .operands = {0, 0, 0}}),
                   "CALL_METHOD foo, argc 0");
  ck_assert_str_eq(text_of((Instruction){.op = OP_CALL_METHOD,
                                         .operands = {1, 1, OPF_FCALL | OPF_SPLAT | 1 << 15}}),
                   "CALL_METHOD :\"a b\", argc 1, FCALL|SPLAT|0x8000");
  ck_assert_str_eq(text_of((Instruction){.op = OP_PUSH_CONST, .operands = {0}}), "PUSH_CONST :foo");
  ck_assert_str_eq(text_of((Instruction){.op = OP_PUSH_CONST, .operands = {3}}),
                   "PUSH_CONST 18446744073709551615");
  ck_assert_str_eq(text_of((Instruction){.op = OP_PUSH_STRING, .operands = {2}}),
                   "PUSH_STRING \"a text that is much longer than any col...");
  ck_assert_str_eq(text_of((Instruction){.op = OP_PUSH_CONST, .operands = {99}}),
                   "PUSH_CONST constant 99");
  ck_assert_str_eq(text_of((Instruction){.op = OP_GET_UPVALUE, .operands = {3, 2}}),
                   "GET_UPVALUE slot 3, 2 out");
  ck_assert_str_eq(text_of((Instruction){.op = OP_STORE_CONST, .operands = {0, CONST_PLACE_TOP}}),
                   "STORE_CONST foo, top");
  ck_assert_str_eq(text_of((Instruction){.op = OP_BUILD_RANGE, .operands = {7}}),
                   "BUILD_RANGE variant 7");
  ck_assert_str_eq(text_of((Instruction){.op = OP_BUILD_REGEXP, .operands = {5}}),
                   "BUILD_REGEXP IGNORECASE|MULTILINE");
  ck_assert_str_eq(text_of((Instruction){.op = OP_BUILD_LAMBDA, .operands = {1}}),
                   "BUILD_LAMBDA body 1");
  ck_assert_str_eq(text_of((Instruction){.op = OP_BREAK, .operands = {12, 1}}),
                   "BREAK -> 0012, keep 1");
  ck_assert_str_eq(text_of((Instruction){.op = OP_SPREAD, .operands = {2, 1, 0}}),
                   "SPREAD before 2, rest 1, behind 0");
}
END_TEST

// Every variant that the compiler can ask for has a name.
START_TEST(variants_have_names) {
  for (int op = 0; op < OP_COUNT; op++) {
    if (mx_op_find_operand((OpCode)op, 'V') < 0) continue;
    ck_assert_ptr_nonnull(mx_disasm_variant((OpCode)op, 0));
    ck_assert_ptr_nonnull(mx_disasm_variant((OpCode)op, 1));
    ck_assert_ptr_null(mx_disasm_variant((OpCode)op, 1000));
  }
  for (uint32_t kind = 0; kind < DEFINED_KIND_COUNT; kind++)
    ck_assert_ptr_nonnull(mx_disasm_variant(OP_DEFINED, kind));
  for (uint32_t test = 0; test < MATCH_TEST_COUNT; test++)
    ck_assert_ptr_nonnull(mx_disasm_variant(OP_MATCH_CASE, test));
  ck_assert_ptr_null(mx_disasm_variant(OP_POP, 0));
}
END_TEST

// Bytes that are no instruction end the listing with what they are.
START_TEST(broken_code) {
  ExecCtx *ec = fixture_vm();
  const uint8_t code[] = {OP_POP, 0xff, 0xff};
  Chunk chunk = {.code = code, .code_len = 3, .kind = CODE_KIND_COUNT};
  check_listing(ec, &chunk, NULL,
                "== body\n"
                "   locals: none; stack: 0\n"
                "   0000 | POP                                                "
                "                | @0\n"
                "   0001 | no instruction: 0xff\n");
  Chunk stub = {.kind = CODE_METHOD, .name = mx_sym(ec->vm, "m")};
  check_listing(ec, &stub, NULL,
                "== method m\n"
                "   locals: none; stack: 0\n"
                "   not loaded yet\n");
}
END_TEST

// Run the tests of this file.
int main(void) {
  TCase *tests = tcase_create("disasm");
  tcase_add_test(tests, arithmetic);
  tcase_add_test(tests, jumps);
  tcase_add_test(tests, handlers);
  tcase_add_test(tests, operands_by_meaning);
  tcase_add_test(tests, variants_have_names);
  tcase_add_test(tests, broken_code);
  return fixture_run("disasm", tests);
}
