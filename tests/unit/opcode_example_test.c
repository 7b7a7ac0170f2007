// SPDX-License-Identifier: MIT
// Each example of opcodes.def compiles, and emits the opcode that it is the example of.
#include "tests/unit/vm_fixture.h"
#include "tools/opcode_example.h"

// Compile one example and look for its opcode.
START_TEST(examples_emit_their_opcode) {
  ExecCtx *ec = fixture_vm();
  OpCode op = (OpCode)_i;
  const OpInfo *info = mx_op_info(op);
  if (info->phase == PHASE_RESERVED) {
    ck_assert_str_eq(info->example, "");
    return;
  }
  Arena arena;
  mx_arena_init(&arena, mx_arena_malloc_source());
  OpcodeExample example = example_compile(ec, &arena, op);
  ck_assert_msg(!example.problem, "%s: %s: %s", info->name, info->example, example.problem);
  ck_assert_msg(example_find(example.chunk, op) != NULL, "%s is not emitted by %s", info->name,
                info->example);
  mx_arena_free(&arena);
}
END_TEST

// Run the tests of this file.
int main(void) {
  TCase *tests = tcase_create("opcode_example");
  tcase_add_loop_test(tests, examples_emit_their_opcode, 0, OP_COUNT);
  return fixture_run("opcode_example", tests);
}
