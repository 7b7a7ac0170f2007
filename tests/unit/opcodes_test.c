// SPDX-License-Identifier: MIT
// Unit tests of bytecode/opcodes: the table is complete, every instruction survives its encoding.
#include "runtime/base/prng.h"
#include "bytecode/opcodes.h"
#include "tests/unit/vm_fixture.h"

enum { ROUNDS = 10 }; // encodings of each opcode that are tried

// Every row has a name of its own, known operand letters and a sentence that says what it does.
START_TEST(rows_are_complete) {
  for (int op = 0; op < OP_COUNT; op++) {
    const OpInfo *info = mx_op_info((OpCode)op);
    ck_assert_uint_gt(strlen(info->name), 0);
    ck_assert_uint_le(strlen(info->name), 21);
    ck_assert_uint_eq(strlen(info->operands), info->operand_count);
    ck_assert_uint_le(info->operand_count, OP_MAX_OPERANDS);
    ck_assert_uint_eq(strspn(info->operands, "KNLDCFJBHV"), info->operand_count);
    ck_assert_uint_gt(strlen(info->doc), 0);
    ck_assert_int_eq(info->phase == PHASE_RESERVED, info->example[0] == 0);
    for (int other = 0; other < op; other++)
      ck_assert_str_ne(info->name, mx_op_info((OpCode)other)->name);
  }
}
END_TEST

// What counts slots of the stack is a count.
START_TEST(stack_use_names_counts) {
  for (int op = 0; op < OP_COUNT; op++) {
    const OpInfo *info = mx_op_info((OpCode)op);
    unsigned mask = info->pops.mask | info->pushes.mask;
    ck_assert_uint_lt(mask, 1u << info->operand_count);
    for (unsigned i = 0; i < info->operand_count; i++)
      if (mask & 1u << i) ck_assert_int_eq(info->operands[i], 'C');
  }
}
END_TEST

// Encode and decode one instruction.
static void check_round_trip(const Instruction *in, bool wide) {
  uint8_t code[OP_MAX_BYTES + 8];
  memset(code, 0xee, sizeof code);
  uint32_t size = mx_op_encode(in, wide, code + 3);
  ck_assert_uint_le(size, OP_MAX_BYTES);
  ck_assert_uint_eq(size, mx_op_size(in, wide));
  ck_assert_int_eq(code[3 + size], 0xee);
  Instruction out;
  ck_assert(mx_op_decode(code, 3 + size, 3, &out));
  ck_assert_int_eq(out.op, in->op);
  ck_assert_uint_eq(out.pc, 3);
  ck_assert_uint_eq(out.size, size);
  for (uint32_t i = 0; i < OP_MAX_OPERANDS; i++)
    ck_assert_uint_eq(out.operands[i], in->operands[i]);
  for (uint32_t len = 3; len < 3 + size; len++) ck_assert(!mx_op_decode(code, len, 3, &out));
}

// Every opcode in the narrow and the wide form, with random operands.
START_TEST(instructions_survive_encoding) {
  Prng prng;
  mx_prng_seed(&prng, 20261128);
  for (int op = 0; op < OP_COUNT; op++) {
    if (op == OP_WIDE) continue;
    for (int round = 0; round < ROUNDS; round++) {
      Instruction in = {.op = (OpCode)op};
      for (uint32_t i = 0; i < mx_op_info(in.op)->operand_count; i++)
        in.operands[i] = (uint32_t)mx_prng_next(&prng) >> (round & 1 ? 16 : 0);
      check_round_trip(&in, false);
      check_round_trip(&in, true);
    }
  }
}
END_TEST

// Operands up to 65,535 take two bytes, one above that makes all of them take four.
START_TEST(wide_begins_above_two_bytes) {
  Instruction in = {.op = OP_CALL_METHOD, .operands = {65535, 1, 2}};
  uint8_t code[OP_MAX_BYTES];
  ck_assert_uint_eq(mx_op_encode(&in, false, code), 7);
  ck_assert_int_eq(code[0], OP_CALL_METHOD);
  in.operands[0] = 65536;
  ck_assert_uint_eq(mx_op_encode(&in, false, code), 14);
  ck_assert_int_eq(code[0], OP_WIDE);
  ck_assert_int_eq(code[1], OP_CALL_METHOD);
  ck_assert_int_eq(code[4], 1);
}
END_TEST

// Bytes that are no instruction are told apart from those that are cut off.
START_TEST(what_is_no_instruction) {
  const uint8_t unknown[] = {255, 0, 0}, twice[] = {OP_WIDE, OP_WIDE, OP_POP}, cut[] = {OP_WIDE};
  Instruction out;
  ck_assert(!mx_op_decode(unknown, 3, 0, &out));
  ck_assert_int_eq(out.op, OP_COUNT);
  ck_assert(!mx_op_decode(twice, 3, 0, &out));
  ck_assert(!mx_op_decode(cut, 1, 0, &out));
  ck_assert(!mx_op_decode(cut, 1, 1, &out));
}
END_TEST

// Slots by counts: a call takes its receiver and its arguments.
START_TEST(stack_use_follows_operands) {
  Instruction call = {.op = OP_CALL_METHOD, .operands = {0, 3, 0}};
  ck_assert_uint_eq(mx_op_pops(&call), 4);
  ck_assert_uint_eq(mx_op_pushes(&call), 1);
  Instruction dict = {.op = OP_BUILD_DICT, .operands = {0xffffffffu}};
  ck_assert_uint_eq(mx_op_pops(&dict), 2 * (uint64_t)0xffffffffu);
  Instruction spread = {.op = OP_SPREAD, .operands = {2, 1, 3}};
  ck_assert_uint_eq(mx_op_pushes(&spread), 6);
}
END_TEST

// Run the tests of this file.
int main(void) {
  TCase *tests = tcase_create("opcodes");
  tcase_add_test(tests, rows_are_complete);
  tcase_add_test(tests, stack_use_names_counts);
  tcase_add_test(tests, instructions_survive_encoding);
  tcase_add_test(tests, wide_begins_above_two_bytes);
  tcase_add_test(tests, what_is_no_instruction);
  tcase_add_test(tests, stack_use_follows_operands);
  return fixture_run("opcodes", tests);
}
