// SPDX-License-Identifier: MIT
// Unit tests of what stands between a chunk and its execution: nothing runs unverified.
#include "runtime/api.h"
#include "runtime/error.h"
#include "runtime/string.h"
#include "interp/stream.h"
#include "interp/tree.h"

#include <check.h>
#include <stdlib.h>

// A program that was compiled in memory; it runs as it stands.
static Code *stream_code(ExecCtx *ec, const char *text) {
  ParseOptions options = {.dialect = DIALECT_RUBY};
  Unit *unit =
      mx_eval_parse(ec, mx_str_from_cstr(ec, text), mx_str_from_cstr(ec, "made.rb"), 1, &options);
  ck_assert_ptr_nonnull(unit);
  Code *code = mx_code_for(ec, unit, unit->tree->root, NULL);
  code->chunk = mx_code_compile(ec, code);
  ck_assert_ptr_nonnull(code->chunk);
  return code;
}

// Pc of the first instruction with an opcode.
static uint32_t stream_find(const Chunk *chunk, OpCode op) {
  Instruction in;
  for (uint32_t pc = 0; pc < chunk->code_len; pc += in.size) {
    ck_assert(mx_op_decode(chunk->code, chunk->code_len, pc, &in));
    if (in.op == op) return pc;
  }
  ck_abort_msg("no %s", mx_op_info(op)->name);
}

// Run a test inside a VM with the bytecode engine.
static void stream_run(ApiMain test) {
  VmOptions options = {.deterministic = true, .seed = 1};
  EvalOptions eval = {.dialect = DIALECT_RUBY};
  VM *vm = mx_api_boot(&options, &eval);
  ck_assert_int_eq(mx_api_run(vm, test, NULL), 0);
  mx_api_free(vm);
}

// The compiler's own chunk is verified before it gets a stream.
static Value stream_passes(ExecCtx *ec, void *data) {
  (void)data;
  Code *code = stream_code(ec, "a = 1\nb = [2, a]\n");
  ck_assert(!(code->chunk->flags & CHUNK_VERIFIED));
  ck_assert(mx_stream_prepare(ec, code));
  ck_assert(code->chunk->flags & CHUNK_VERIFIED);
  return VAL_NIL;
}

// A chunk that no verifier passes is an internal error: file, line, opcode, reason.
static Value stream_refuses(ExecCtx *ec, void *data) {
  (void)data;
  Code *code = stream_code(ec, "a = 1\nb = [2, a]\n");
  Chunk *chunk = code->chunk;
  uint8_t *wrong = mx_gc_alloc_atomic(chunk->code_len);
  memcpy(wrong, chunk->code, chunk->code_len);
  uint32_t pc = stream_find(chunk, OP_BUILD_ARRAY);
  wrong[pc + 1] = 9; // values that are not on the stack
  chunk->code = wrong;
  ck_assert(!mx_stream_prepare(ec, code));
  ck_assert_ptr_null(code->stream);
  Value error = mx_exc_take(ec);
  ck_assert_ptr_eq(mx_class_of(ec->vm, error), ec->vm->cls.ScriptError);
  const char *text = mx_str_bytes(mx_ivar_get(ec, error, SYM_iv_message));
  const char *expected = "made.rb:2: internal error: the verifier refuses program, at ";
  ck_assert_msg(strncmp(text, expected, strlen(expected)) == 0, "%s", text);
  ck_assert_msg(strstr(text, ", BUILD_ARRAY: it takes 9 values, the stack has 2"), "%s", text);
  return VAL_NIL;
}

START_TEST(compiled_code_is_verified) { stream_run(stream_passes); }
END_TEST

START_TEST(refused_code_does_not_run) { stream_run(stream_refuses); }
END_TEST

int main(void) {
  TCase *tests = tcase_create("stream");
  tcase_add_test(tests, compiled_code_is_verified);
  tcase_add_test(tests, refused_code_does_not_run);
  Suite *suite = suite_create("stream");
  suite_add_tcase(suite, tests);
  SRunner *runner = srunner_create(suite);
  srunner_run_all(runner, CK_NORMAL);
  int failed = srunner_ntests_failed(runner);
  srunner_free(runner);
  return failed != 0;
}
