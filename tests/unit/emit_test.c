// SPDX-License-Identifier: MIT
// Unit tests of bytecode/emit: what no VM stack could hold is refused.
#include "runtime/params.h"
#include "bytecode/emit.h"
#include "tests/unit/vm_fixture.h"

// Make a chunk that pushes so many values; false when it is refused.
static bool pushes(ExecCtx *ec, uint32_t count) {
  Emit e;
  mx_emit_init(&e, ec);
  mx_emit_op(&e, OP_PUSH_NIL);
  for (uint32_t more, depth = 1; depth < count; depth += more) {
    more = depth < count - depth ? depth : count - depth;
    mx_emit_op1(&e, OP_DUP_N, more);
  }
  mx_emit_op(&e, OP_RETURN);
  Chunk chunk = {.kind = CODE_PROGRAM};
  bool ok = mx_emit_finish(&e, &chunk);
  mx_emit_free(&e);
  return ok;
}

START_TEST(operands_fit_the_largest_stack) {
  ExecCtx *ec = fixture_vm();
  const uint32_t room = PARAM_MAIN_VM_STACK / sizeof(Value);
  ck_assert(pushes(ec, 1000));
  ck_assert(pushes(ec, room - 1));
  ck_assert(!pushes(ec, room));
  ck_assert_str_eq(fixture_error(ec), "stack level too deep");
}
END_TEST

// Run the tests of this file.
int main(void) {
  TCase *tests = tcase_create("emit");
  tcase_add_test(tests, operands_fit_the_largest_stack);
  return fixture_run("emit", tests);
}
