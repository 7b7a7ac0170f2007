// SPDX-License-Identifier: MIT
// Unit tests of runtime/proc and runtime/builtin.
#include "tests/unit/vm_fixture.h"

// Add the arguments to a number.
static Value sum(ExecCtx *ec, void *data, const CallArgs *args) {
  MX_UNUSED(ec);
  int64_t total = (int64_t)(intptr_t)data;
  for (uint32_t i = 0; i < args->argc; i++) total += val_to_fixnum(args->argv[i]);
  return val_from_fixnum(total);
}

// A Proc of a C function is called like a block; the block of a Proc is its own.
START_TEST(procs_of_c_functions) {
  ExecCtx *ec = fixture_vm();
  Value proc = mx_proc_from_c(ec, sum, (void *)(intptr_t)10, true);
  const Block *block;
  ck_assert(mx_block_from_value(ec, proc, &block));
  Value args[] = {val_from_fixnum(1), val_from_fixnum(2)};
  ck_assert(mx_yield(ec, block, 2, args) == val_from_fixnum(13));
  ck_assert(mx_proc_from_block(ec, block) == proc);
  ck_assert(val_is_nil(mx_proc_from_block(ec, NULL)));
  ck_assert(mx_block_from_value(ec, VAL_NIL, &block));
  ck_assert_ptr_null(block);
}
END_TEST

// What has no to_proc is no block.
START_TEST(values_without_blocks) {
  ExecCtx *ec = fixture_vm();
  const Block *block;
  ck_assert(!mx_block_from_value(ec, val_from_fixnum(1), &block));
  ck_assert_str_eq(fixture_error(ec), "no implicit conversion of Integer into Proc");
}
END_TEST

// Closing an Env copies it with its slots and those of its parents to the heap; the frame's pointer
// and the Env on the stack follow to the copy.
START_TEST(closing_envs) {
  ExecCtx *ec = fixture_vm();
  Value outer_slots[] = {val_from_fixnum(1)}, inner_slots[] = {val_from_fixnum(2), VAL_TRUE};
  Value *outer_locals = outer_slots, *locals = inner_slots;
  Env outer = {.slots = outer_slots, .count = 1, .open = true, .home = &outer_locals};
  Env inner = {.parent = &outer, .slots = inner_slots, .count = 2, .open = true, .home = &locals};
  Env *closed = mx_env_close(ec, &inner);
  ck_assert(!closed->open && !closed->parent->open);
  ck_assert_ptr_ne(closed->slots, inner_slots);
  ck_assert_ptr_eq(locals, closed->slots);
  ck_assert_ptr_eq(inner.slots, closed->slots);
  ck_assert_ptr_eq(outer_locals, closed->parent->slots);
  ck_assert(closed->slots[1] == VAL_TRUE && closed->parent->slots[0] == val_from_fixnum(1));
  ck_assert_ptr_eq(mx_env_close(ec, &inner), closed);
  ck_assert_ptr_eq(mx_env_close(ec, closed), closed);
}
END_TEST

// A closed Env keeps no cell but its own alive, even if it has no slots.
START_TEST(slots_lie_in_the_cell) {
  ExecCtx *ec = fixture_vm();
  for (uint64_t count = 0; count < 5; count++) {
    const Value slots[] = {VAL_TRUE, VAL_TRUE, VAL_TRUE, VAL_TRUE};
    const Env *env = mx_env_of(ec, NULL, NULL, count, slots);
    ck_assert_ptr_eq(mx_gc_base(env->slots), env);
  }
}
END_TEST

// Arguments of leaves are counted; absent optional ones are VAL_UNDEF.
START_TEST(leaves_check_their_arguments) {
  ExecCtx *ec = fixture_vm();
  Value object = val_from_ptr(ec->vm->cls.String);
  ck_assert(mx_send1(ec, object, mx_sym(ec->vm, "equal?"), object) == VAL_TRUE);
  ck_assert(val_is_exc(mx_send0(ec, object, mx_sym(ec->vm, "equal?"))));
  ck_assert_str_eq(fixture_error(ec), "wrong number of arguments (given 0, expected 1)");
  ck_assert_ptr_null(ec->leaf);
}
END_TEST

// Run the tests of this file.
int main(void) {
  TCase *tests = tcase_create("proc");
  tcase_add_test(tests, procs_of_c_functions);
  tcase_add_test(tests, values_without_blocks);
  tcase_add_test(tests, closing_envs);
  tcase_add_test(tests, slots_lie_in_the_cell);
  tcase_add_test(tests, leaves_check_their_arguments);
  return fixture_run("proc", tests);
}
