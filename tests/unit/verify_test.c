// SPDX-License-Identifier: MIT
// Unit tests of the verifier: chunks made by hand, each refused for its own reason.
#include "runtime/array.h"
#include "bytecode/emit.h"
#include "bytecode/verify.h"
#include "tests/unit/vm_fixture.h"

#include <stdio.h>

// Constants of the chunks made here.
enum { K_NAME, K_GLOBAL, K_TEXT, K_FIVE, K_ZERO, K_KEYS, K_COUNT };

// A chunk under construction: a method with three locals in a file.
typedef struct Made {
  ExecCtx *ec;
  Chunk chunk;
  Scope scope, outer;
  Value consts[K_COUNT];
  Handler handlers[4];
  ChunkBody bodies[1];
  LineEntry lines[2], steps[2];
  uint8_t code[256];
  VerifyError error;
} Made;

static Scope made_scope(ScopeKind kind, Scope *parent) {
  return (Scope){.kind = kind,
                 .parent = parent,
                 .count = 3,
                 .match_slot = SCOPE_NO_SLOT,
                 .line_slot = SCOPE_NO_SLOT,
                 .rest_slot = SCOPE_NO_SLOT,
                 .keyrest_slot = SCOPE_NO_SLOT,
                 .block_slot = SCOPE_NO_SLOT,
                 .forward_slot = SCOPE_NO_SLOT};
}

// Set up the chunk without code.
static void made_start(Made *made, ExecCtx *ec) {
  *made = (Made){.ec = ec};
  made->outer = made_scope(SCOPE_PROGRAM, NULL);
  made->scope = made_scope(SCOPE_METHOD, &made->outer);
  Value name = val_from_sym(mx_sym(ec->vm, "name"));
  made->bodies[0].kind = CODE_BLOCK;
  made->consts[K_NAME] = name;
  made->consts[K_GLOBAL] = val_from_sym(mx_sym(ec->vm, "$global"));
  made->consts[K_TEXT] = mx_str_freeze_dedup(ec, mx_str_from_cstr(ec, "text"));
  made->consts[K_FIVE] = val_from_fixnum(5);
  made->consts[K_ZERO] = val_from_fixnum(0);
  made->consts[K_KEYS] = MX_ARRAY_OF(ec, name);
  mx_object_freeze(ec, made->consts[K_KEYS]);
  made->chunk = (Chunk){.code = made->code,
                        .consts = made->consts,
                        .const_count = K_COUNT,
                        .handlers = made->handlers,
                        .bodies = made->bodies,
                        .body_count = 1,
                        .lines = made->lines,
                        .line_count = 1,
                        .steps = made->steps,
                        .max_stack = 8,
                        .once_count = 1,
                        .end = 100,
                        .flags = CHUNK_HAS_BLOCKS,
                        .name = mx_sym(ec->vm, "foo"),
                        .kind = CODE_METHOD,
                        .scope = &made->scope,
                        .params = mx_params_none()};
  mx_params_finish(&made->chunk.params, false);
}

// Append an instruction.
static void made_put(Made *made, const Instruction *in) {
  made->chunk.code_len += mx_op_encode(in, false, made->code + made->chunk.code_len);
}

// Verify; the error, or NULL when it passes.
static const char *made_verify(Made *made) {
  VerifyRules rules = {.ec = made->ec, .outer = made->scope.parent, .saved = true};
  bool passed = mx_verify(&made->chunk, &rules, &made->error);
  ck_assert_int_eq(passed, (made->chunk.flags & CHUNK_VERIFIED) != 0);
  return passed ? NULL : made->error.text;
}

// The chunk is refused, with a message that contains a text.
static void made_refused(Made *made, const char *reason) {
  const char *error = made_verify(made);
  ck_assert_msg(error != NULL, "not refused, expected: %s", reason);
  ck_assert_msg(strstr(error, reason) != NULL, "refused because of \"%s\", expected: %s", error,
                reason);
}

static void made_passes(Made *made) {
  const char *error = made_verify(made);
  ck_assert_msg(error == NULL, "%s", error);
}

enum { CASE_MAX = 12 };

// Code, and why it is refused (NULL: it passes).
typedef struct CodeCase {
  const char *reason;
  Instruction code[CASE_MAX]; // ends with the first WIDE, which is all zero
} CodeCase;

#define I(OP, ...)                             \
  {                                            \
    .op = OP_##OP, .operands = { __VA_ARGS__ } \
  }

// Run cases, each in a chunk of its own kind.
static void cases_run(const CodeCase *cases, size_t count, CodeKind kind) {
  ExecCtx *ec = fixture_vm();
  for (size_t i = 0; i < count; i++) {
    Made made;
    made_start(&made, ec);
    made.chunk.kind = (uint8_t)kind;
    if (mx_code_kind_is_block(kind)) made.scope.kind = SCOPE_BLOCK;
    for (int k = 0; k < CASE_MAX && cases[i].code[k].op != OP_WIDE; k++) {
      if (cases[i].code[k].op == OP_RUN_BODY) made.bodies[0].kind = CODE_CLASS;
      made_put(&made, &cases[i].code[k]);
    }
    if (cases[i].reason)
      made_refused(&made, cases[i].reason);
    else
      made_passes(&made);
  }
  mx_vm_free(ec->vm);
}

// ---- operands

static const CodeCase operand_cases[] = {
    {"LOAD_MODULE is reserved for modules", {I(LOAD_MODULE, K_TEXT), I(RETURN)}},
    {"IMPORT is reserved for modules", {I(PUSH_NIL), I(IMPORT, K_TEXT, K_NAME), I(RETURN)}},
    {"EXPORT is reserved for modules", {I(PUSH_NIL), I(EXPORT, K_NAME), I(PUSH_NIL), I(RETURN)}},
    {"constant 6 of 6", {I(PUSH_CONST, K_COUNT), I(RETURN)}},
    {"constant 3 is no Symbol", {I(LOAD_CONST, K_FIVE), I(RETURN)}},
    {"constant 0 is no String", {I(PUSH_STRING, K_NAME), I(RETURN)}},
    {"constant 3 is no String", {I(PUSH_NIL), I(TYPE_ERROR, K_FIVE)}},
    {"no name that begins with $", {I(LOAD_GLOBAL, K_NAME), I(RETURN)}},
    {"no name that begins with @", {I(LOAD_IVAR, K_GLOBAL), I(RETURN)}},
    {"no name that begins with @@", {I(LOAD_CVAR, K_NAME), I(RETURN)}},
    {"begins with $", {I(PUSH_NIL), I(DEFINED, DEFINED_GVAR, K_NAME), I(RETURN)}},
    {"local 3 of 3", {I(LOAD_LOCAL, 3), I(RETURN)}},
    {"local 70000 of 3", {I(LOAD_LOCAL, 70000), I(RETURN)}},
    {"0 scopes out", {I(GET_UPVALUE, 0, 0), I(RETURN)}},
    {"no 1 scopes outside", {I(GET_UPVALUE, 0, 1), I(RETURN)}},
    {"target 99 of", {I(JUMP, 99)}},
    {"target 1 lies inside an instruction", {I(JUMP, 1)}},
    {"body 1 of 1", {I(BUILD_LAMBDA, 1), I(RETURN)}},
    {"handler 0 of 0", {I(BEGIN_TRY, 0), I(PUSH_NIL), I(RETURN)}},
    {"once-slot 1 of 1", {I(PUSH_NIL), I(ONCE_SET, 1), I(RETURN)}},
    {"constant 3 is no String", {I(PUSH_SHARED, K_FIVE, K_NAME), I(RETURN)}},
    {"methods that are not watched", {I(FOLD, K_FIVE, K_NAME, 0), I(PUSH_NIL), I(RETURN)}},
    {"methods that are not watched", {I(FOLD, K_FIVE, K_TEXT, 0), I(PUSH_NIL), I(RETURN)}},
    {"variant 2 of 2", {I(PUSH_NIL), I(PUSH_NIL), I(BUILD_RANGE, 2), I(RETURN)}},
    {"variant 6 of 6", {I(PUSH_NIL), I(MATCH_CASE, MATCH_TEST_COUNT, 0, 0), I(RETURN)}},
    {"variant 11 of 11", {I(PUSH_NIL), I(DEFINED, DEFINED_KIND_COUNT, K_NAME), I(RETURN)}},
    {"unknown flags 0x8000", {I(LOAD_SELF), I(CALL_METHOD, K_NAME, 0, 0x8000), I(RETURN)}},
    {"unknown flags 0x8", {I(PUSH_STRING, K_TEXT), I(BUILD_REGEXP, 8), I(RETURN)}},
    {"SPLAT with 0 values", {I(LOAD_SELF), I(CALL, 0, OPF_SPLAT), I(RETURN)}},
    {"SPLAT with 1 values", {I(LOAD_SELF), I(CALL, 1, OPF_SPLAT | OPF_KW), I(RETURN)}},
    {"RUBY2 without SPLAT", {I(LOAD_SELF), I(CALL, 0, OPF_RUBY2), I(RETURN)}},
    {"KW without values", {I(LOAD_SELF), I(CALL, 0, OPF_KW), I(RETURN)}},
    {"rest 2 of 2", {I(BUILD_ARRAY, 0), I(SPREAD, 0, 2, 0), I(RETURN)}},
    {"the Hash cannot be the key", {I(PUSH_NIL), I(MATCH_VALUE, 0, 0), I(RETURN)}},
    {"only core code may have it", {I(PRIMITIVE, K_NAME, 0), I(RETURN)}},
    {"only core code may have it", {I(LOAD_SELF), I(CORE_LENGTH, 0), I(RETURN)}},
    {"only a block may have it", {I(PUSH_NIL), I(BREAK_BLOCK)}},
    {"cannot hold spliced Values", {I(PUSH_SPLICED, 0), I(RETURN)}},
    {"count 4294967295 of", {I(LOAD_NTH_REF, 0xffffffff), I(RETURN)}},
};

START_TEST(operands) { cases_run(operand_cases, MX_COUNT_OF(operand_cases), CODE_METHOD); }
END_TEST

static const CodeCase block_cases[] = {
    {NULL, {I(PUSH_NIL), I(BREAK_BLOCK)}},
    {NULL, {I(GET_UPVALUE, 2, 1), I(SET_UPVALUE, 0, 1), I(PUSH_NIL), I(RETURN)}},
    {"local 3 of 3", {I(GET_UPVALUE, 3, 1), I(RETURN)}},
    {"no 2 scopes outside", {I(GET_UPVALUE, 0, 2), I(RETURN)}},
    {"only a method may have it", {I(LOAD_SELF), I(TAIL_CALL, K_NAME, 0, 0), I(RETURN)}},
};

START_TEST(operands_of_blocks) { cases_run(block_cases, MX_COUNT_OF(block_cases), CODE_BLOCK); }
END_TEST

// Bytes that are no instructions, and why.
static const struct {
  const char *reason;
  uint8_t bytes[6];
  uint32_t len;
} byte_cases[] = {
    {"there is no code", {0}, 0},
    {"there is no instruction 255", {255}, 1},
    {"PUSH_CONST: its operands go beyond the end", {OP_PUSH_CONST, 0}, 2},
    {"PUSH_CONST: its operands go beyond the end", {OP_WIDE, OP_PUSH_CONST, 0, 0, 0}, 5},
    {"WIDE stands at the end", {OP_PUSH_NIL, OP_WIDE}, 2},
    {"WIDE stands before WIDE", {OP_WIDE, OP_WIDE, OP_PUSH_NIL}, 3},
    {"WIDE before an instruction without operands", {OP_WIDE, OP_PUSH_NIL, OP_RETURN}, 3},
};

START_TEST(bytes) {
  ExecCtx *ec = fixture_vm();
  for (size_t i = 0; i < MX_COUNT_OF(byte_cases); i++) {
    Made made;
    made_start(&made, ec);
    memcpy(made.code, byte_cases[i].bytes, byte_cases[i].len);
    made.chunk.code_len = byte_cases[i].len;
    made_refused(&made, byte_cases[i].reason);
  }
  mx_vm_free(ec->vm);
}
END_TEST

// ---- the stack

static const CodeCase stack_cases[] = {
    {NULL, {I(PUSH_NIL), I(RETURN)}},
    {"RETURN: it takes 1 values, the stack has 0", {I(RETURN)}},
    {"control runs off the end", {I(PUSH_NIL)}},
    {"control runs off the end", {I(PUSH_NIL), I(JUMP_IF_TRUE, 0)}},
    {"needs 9 values on the stack, max_stack is 8",
     {I(BUILD_ARRAY, 0), I(SPREAD, 9, 0, 0), I(RETURN)}},
    {"needs 65536 values on the stack", {I(BUILD_ARRAY, 0), I(SPREAD, 65536, 0, 0), I(RETURN)}},
    {"takes 1073741823 values", {I(POP_N, (1u << 30) - 1), I(PUSH_NIL), I(RETURN)}},
    {"reaches 2 values down, the stack has 1", {I(PUSH_NIL), I(PICK, 1), I(RETURN)}},
    {"it takes 3 values, the stack has 2", {I(PUSH_NIL), I(DUP), I(TUCK, 2), I(RETURN)}},
    {"leads to 0 with 1 values on the stack, another way with 0", {I(PUSH_NIL), I(JUMP, 0)}},
    {"an Array made here, which the value at 0 may not be",
     {I(LOAD_LOCAL, 0), I(PUSH_NIL), I(ARRAY_PUSH), I(RETURN)}},
    {"an Array made here, which the value at 0 may not be",
     {I(PUSH_CONST, K_KEYS), I(PUSH_NIL), I(ARRAY_PUSH), I(RETURN)}},
    {"an Array made here", {I(LOAD_SELF), I(SPLAT, 0), I(PUSH_NIL), I(ARRAY_PUSH), I(RETURN)}},
    {NULL, {I(LOAD_SELF), I(SPLAT, 1), I(PUSH_NIL), I(ARRAY_PUSH), I(RETURN)}},
    {"takes an Array, which the value at 1",
     {I(BUILD_ARRAY, 0), I(PUSH_NIL), I(ARRAY_CONCAT), I(RETURN)}},
    {"takes a Hash made here", {I(PUSH_NIL), I(PUSH_NIL), I(HASH_MERGE), I(RETURN)}},
    {"takes a Hash or nil", {I(BUILD_DICT, 0), I(LOAD_SELF), I(HASH_MERGE), I(RETURN)}},
    {NULL, {I(BUILD_DICT, 0), I(LOAD_SELF), I(TO_HASH), I(HASH_MERGE), I(RETURN)}},
    {"takes a String", {I(LOAD_LOCAL, 0), I(BUILD_STRING, 1), I(RETURN)}},
    {NULL, {I(LOAD_LOCAL, 0), I(TO_STRING), I(PUSH_CONST, K_TEXT), I(BUILD_STRING, 2), I(RETURN)}},
    {"takes a class or module", {I(LOAD_SELF), I(RUN_BODY, 0), I(RETURN)}},
    {NULL, {I(LOAD_SELF), I(OPEN_SINGLETON), I(RUN_BODY, 0), I(RETURN)}},
    {"takes a Proc or nil",
     {I(LOAD_SELF), I(LOAD_LOCAL, 0), I(CALL_PASS, K_NAME, 0, 0), I(RETURN)}},
    {NULL, {I(LOAD_SELF), I(LOAD_LOCAL, 0), I(TO_BLOCK), I(CALL_PASS, K_NAME, 0, 0), I(RETURN)}},
    {"takes a Hash made here, which the value at 1",
     {I(LOAD_SELF), I(PUSH_NIL), I(CALL_METHOD, K_NAME, 1, OPF_KW), I(RETURN)}},
    {"takes an Array, which the value at 1",
     {I(LOAD_SELF), I(PUSH_NIL), I(CALL_METHOD, K_NAME, 1, OPF_SPLAT), I(RETURN)}},
    {NULL, {I(SUPER_ARGS), I(CALL_SUPER, K_NAME, 2, OPF_SPLAT | OPF_KW), I(RETURN)}},
    {NULL, {I(PUSH_NIL), I(BUILD_ARRAY, 0), I(CALL_SUPER, K_NAME, 2, OPF_SPLAT), I(RETURN)}},
    {"takes an Array, which the value at 1",
     {I(BUILD_ARRAY, 0), I(PUSH_NIL), I(CALL_SUPER, K_NAME, 2, OPF_SPLAT), I(RETURN)}},
    {"takes an Array, which the value at 0", {I(PUSH_NIL), I(SPREAD, 1, 0, 0), I(RETURN)}},
    {"takes an exception", {I(PUSH_NIL), I(ENTER_RESCUE), I(RETURN)}},
    {"takes what $! was", {I(LOAD_SELF), I(RESTORE_ERROR, 0), I(RETURN)}},
    {"should lie at 3, the stack has 1 values", {I(PUSH_NIL), I(RESTORE_ERROR, 3), I(RETURN)}},
    {"takes what is pending", {I(LOAD_SELF), I(ENSURE_START), I(RETURN)}},
    {"takes what $! was", {I(PUSH_NIL), I(LOAD_SELF), I(ENSURE_END), I(PUSH_NIL), I(RETURN)}},
};

START_TEST(stack) { cases_run(stack_cases, MX_COUNT_OF(stack_cases), CODE_METHOD); }
END_TEST

static const CodeCase match_cases[] = {
    {"takes an index, which the value at 1",
     {I(BUILD_ARRAY, 0), I(LOAD_LOCAL, 0), I(ARRAY_NEXT, 9), I(RETURN)}},
    {"an index behind an element",
     {I(BUILD_ARRAY, 0), I(PUSH_CONST, K_ZERO), I(MATCH_BEFORE), I(RETURN)}},
    {NULL, {I(BUILD_ARRAY, 0), I(PUSH_CONST, K_FIVE), I(MATCH_BEFORE), I(RETURN)}},
    {NULL,
     {I(BUILD_ARRAY, 0), I(PUSH_CONST, K_ZERO), I(ARRAY_NEXT, 13), I(POP), I(JUMP, 6), I(RETURN)}},
    {"takes an Array", {I(LOAD_SELF), I(MATCH_ELEMENT, 0, 0), I(RETURN)}},
    {"takes an Array",
     {I(LOAD_SELF), I(MATCH_DECONSTRUCT, 0), I(MATCH_CASE, MATCH_TEST_LENGTH, 0, 4), I(RETURN)}},
    {NULL,
     {I(LOAD_SELF), I(MATCH_DECONSTRUCT, 0), I(MATCH_CASE, MATCH_TEST_NOT_NIL, 0, 17),
      I(MATCH_ELEMENT, 0, 0), I(POP), I(RETURN)}},
    {NULL,
     {I(PUSH_FALSE), I(LOAD_SELF), I(MATCH_DECONSTRUCT, 1), I(MATCH_KEEP, 1), I(POP), I(RETURN)}},
    {"it looks at the value 1 below the top, the stack has 1",
     {I(LOAD_SELF), I(MATCH_DECONSTRUCT, 1), I(RETURN)}},
    {"it keeps an Array in place of another value",
     {I(PUSH_CONST, K_ZERO), I(LOAD_SELF), I(MATCH_DECONSTRUCT, 0), I(MATCH_KEEP, 1), I(POP),
      I(RETURN)}},
    {"it cannot keep itself in its own place", {I(PUSH_NIL), I(MATCH_KEEP, 0), I(RETURN)}},
    {"takes a Hash", {I(LOAD_SELF), I(MATCH_CASE, MATCH_TEST_EMPTY, 0, 1), I(RETURN)}},
    {"takes a Hash",
     {I(LOAD_SELF), I(PUSH_NIL), I(MATCH_KEYS), I(PUSH_NIL), I(MATCH_VALUE, 1, 0), I(RETURN)}},
    {"takes an Array or nil", {I(LOAD_SELF), I(LOAD_SELF), I(MATCH_KEYS), I(RETURN)}},
    {"takes a value, which the value at 1",
     {I(BUILD_DICT, 0), I(PUSH_NIL), I(MATCH_VALUE, 1, 0), I(RETURN)}},
    {NULL,
     {I(BUILD_DICT, 0), I(PUSH_NIL), I(MATCH_VALUE, 1, 0), I(MATCH_CASE, MATCH_TEST_DEFINED, 0, 17),
      I(RETURN), I(POP), I(RETURN)}},
    {"takes a Hash made here",
     {I(BUILD_DICT, 0), I(PUSH_NIL), I(PUSH_NIL), I(MATCH_VALUE, 2, 1), I(RETURN)}},
    {NULL, {I(BUILD_DICT, 0), I(MATCH_REST), I(PUSH_NIL), I(MATCH_VALUE, 2, 1), I(POP), I(RETURN)}},
    {"looks at the value 3 below the top, the stack has 2",
     {I(BUILD_DICT, 0), I(PUSH_NIL), I(MATCH_VALUE, 3, 0), I(RETURN)}},
};

START_TEST(patterns) { cases_run(match_cases, MX_COUNT_OF(match_cases), CODE_METHOD); }
END_TEST

// ---- handlers

// A chunk with a rescue at [10].
static void made_rescue(Made *made, ExecCtx *ec) {
  static const Instruction code[] = {
      I(BEGIN_TRY, 0),          // 0
      I(LOAD_GLOBAL, K_GLOBAL), // 3
      I(END_TRY, 0),            // 6
      I(RETURN),                // 9
      I(ENTER_RESCUE),          // 10
      I(LOAD_GLOBAL, K_GLOBAL), // 11
      I(LEAVE_RESCUE),          // 14
      I(RETURN),                // 15
  };
  made_start(made, ec);
  for (size_t i = 0; i < MX_COUNT_OF(code); i++) made_put(made, &code[i]);
  made->handlers[0] = (Handler){.start = 3, .end = 9, .target = 10, .kind = HANDLER_RESCUE};
  made->handlers[1] = (Handler){.start = 11, .end = 14, .kind = HANDLER_RESTORE};
  made->chunk.handler_count = 2;
}

// What is wrong with a handler of made_rescue.
static const struct {
  const char *reason; // NULL: nothing
  uint32_t number;    // of the handler that is replaced
  Handler handler;
} handler_cases[] = {
    {NULL, 0, {3, 9, 10, 0, HANDLER_RESCUE}},
    {"handler 0 is of no kind", 0, {3, 9, 10, 0, HANDLER_KIND_COUNT}},
    {"handler 0 covers 9 to 0", 0, {9, 0, 10, 0, HANDLER_RESCUE}},
    {"handler 0 covers 3 to 99", 0, {3, 99, 10, 0, HANDLER_RESCUE}},
    {"the range of handler 0 cuts an instruction", 0, {3, 8, 10, 0, HANDLER_RESCUE}},
    {"the range of handler 0 cuts an instruction", 0, {4, 9, 10, 0, HANDLER_RESCUE}},
    {"the target of handler 0 is no instruction", 0, {3, 9, 12, 0, HANDLER_RESCUE}},
    {"handler 0 covers its own target", 0, {3, 9, 6, 0, HANDLER_RESCUE}},
    {"handler 0 needs 1 values", 0, {3, 9, 10, 1, HANDLER_RESCUE}},
    {"takes an exception, which the value at 1 may not be", 0, {3, 9, 10, 0, HANDLER_ENSURE}},
    {"the table says otherwise about handler 0", 0, {0, 9, 10, 0, HANDLER_RESCUE}},
    {"the table says otherwise about handler 0", 0, {3, 10, 10, 0, HANDLER_RESCUE}},
    {"the table says otherwise about handler 0", 0, {3, 9, 0, 0, HANDLER_RESTORE}},
    {"handler 1 comes too late in the table", 1, {3, 6, 0, 0, HANDLER_RESTORE}},
    {"handlers 0 and 1 overlap", 1, {6, 15, 0, 0, HANDLER_RESTORE}},
    {NULL, 1, {11, 14, 0, 1, HANDLER_RESTORE}}, // any exception will do
    {"handler 1 needs 3 values", 1, {11, 14, 0, 2, HANDLER_RESTORE}},
};

START_TEST(handlers) {
  ExecCtx *ec = fixture_vm();
  for (size_t i = 0; i < MX_COUNT_OF(handler_cases); i++) {
    Made made;
    made_rescue(&made, ec);
    made.handlers[handler_cases[i].number] = handler_cases[i].handler;
    if (handler_cases[i].reason)
      made_refused(&made, handler_cases[i].reason);
    else
      made_passes(&made);
  }
  mx_vm_free(ec->vm);
}
END_TEST

// A handler that restores $! from something else.
START_TEST(handler_of_another_kind) {
  static const Instruction code[] = {I(LOAD_SELF), I(LOAD_GLOBAL, K_GLOBAL), I(RETURN)};
  ExecCtx *ec = fixture_vm();
  Made made;
  made_start(&made, ec);
  for (size_t i = 0; i < MX_COUNT_OF(code); i++) made_put(&made, &code[i]);
  made.handlers[0] = (Handler){.start = 1, .end = 4, .kind = HANDLER_RESTORE};
  made.chunk.handler_count = 1;
  made_refused(&made, "LOAD_GLOBAL: it takes what $! was, which the value at 0 may not be");
  mx_vm_free(ec->vm);
}
END_TEST

// A chunk with `CONTINUE target, keeps` under an ensure whose handler is at [15].
static void made_ensure(Made *made, ExecCtx *ec, uint32_t target, uint32_t keeps) {
  const Instruction code[] = {
      I(BEGIN_TRY, 0),            // 0
      I(LOAD_SELF),               // 3
      I(CONTINUE, target, keeps), // 4
      I(END_TRY, 0),              // 9
      I(PUSH_NIL),                // 12
      I(PUSH_NIL),                // 13
      I(JUMP, 17),                // 14
      I(ENSURE_START),            // 17
      I(ENSURE_END),              // 18
      I(RETURN),                  // 19
      I(PUSH_NIL),                // 20
      I(RETURN),                  // 21
  };
  made_start(made, ec);
  for (size_t i = 0; i < MX_COUNT_OF(code); i++) made_put(made, &code[i]);
  made->handlers[0] = (Handler){.start = 3, .end = 12, .target = 17, .kind = HANDLER_ENSURE};
  made->chunk.handler_count = 1;
}

// Jumps through ensures keep what is on the stack at the end of the ensure, not where they begin.
START_TEST(ensures) {
  ExecCtx *ec = fixture_vm();
  Made made;
  made_ensure(&made, ec, 20, 0);
  made_passes(&made);
  made_ensure(&made, ec, 20, 1); // the nil that lies under the pending value
  made_passes(&made);
  made_ensure(&made, ec, 20, 2);
  made_refused(&made, "at 18, ENSURE_END: 2 values of the stack are to be kept, it has 1");
  made_ensure(&made, ec, 3, 1);
  made_refused(&made, "it leads to 3 with 1 values on the stack, another way with 0");
  mx_vm_free(ec->vm);
}
END_TEST

// What a handler pushes must fit, too.
START_TEST(handler_beyond_the_stack) {
  ExecCtx *ec = fixture_vm();
  Made made;
  made_rescue(&made, ec);
  made.handlers[0].kind = HANDLER_ENSURE;
  made.chunk.max_stack = 1;
  made_refused(&made, "it leads to 2 values on the stack, max_stack is 1");
  mx_vm_free(ec->vm);
}
END_TEST

// What one ensure has pending is not for another.
START_TEST(ensures_that_meet) {
  static const Instruction code[] = {
      I(BEGIN_TRY, 0),          // 0
      I(LOAD_GLOBAL, K_GLOBAL), // 3
      I(END_TRY, 0),            // 6
      I(POP),                   // 9
      I(BEGIN_TRY, 1),          // 10
      I(LOAD_GLOBAL, K_GLOBAL), // 13
      I(END_TRY, 1),            // 16
      I(RETURN),                // 19
      I(JUMP, 23),              // 20
      I(ENSURE_START),          // 23
      I(ENSURE_END),            // 24
      I(RETURN),                // 25
  };
  ExecCtx *ec = fixture_vm();
  Made made;
  made_start(&made, ec);
  for (size_t i = 0; i < MX_COUNT_OF(code); i++) made_put(&made, &code[i]);
  made.handlers[0] = (Handler){.start = 3, .end = 9, .target = 20, .kind = HANDLER_ENSURE};
  made.handlers[1] = (Handler){.start = 13, .end = 19, .target = 23, .kind = HANDLER_ENSURE};
  made.chunk.handler_count = 2;
  made_refused(&made, "what two ensures have pending meets at 23");
  mx_vm_free(ec->vm);
}
END_TEST

// ---- tables

// Chunk `return nil`.
static void made_nil(Made *made, ExecCtx *ec) {
  made_start(made, ec);
  made_put(made, &(Instruction)I(PUSH_NIL));
  made_put(made, &(Instruction)I(RETURN));
}

// Refuse after one change to a chunk that passes.
#define REFUSED(change, reason)  \
  do {                           \
    made_nil(&made, ec);         \
    change;                      \
    made_refused(&made, reason); \
  } while (0)

START_TEST(sizes_and_scope) {
  ExecCtx *ec = fixture_vm();
  Made made;
  made_nil(&made, ec);
  made_passes(&made);
  REFUSED(made.chunk.max_stack = VERIFY_MAX_STACK + 1, "values on the stack; the limit is");
  REFUSED(made.chunk.handler_count = VERIFY_MAX_TABLE + 1, "handlers; the limit is");
  REFUSED(made.chunk.once_count = VERIFY_MAX_TABLE + 1, "once-slots; the limit is");
  REFUSED(made.chunk.kind = CODE_KIND_COUNT, "there is no kind of body 8");
  REFUSED(made.chunk.scope = NULL, "it has no scope");
  REFUSED(made.scope.kind = SCOPE_BLOCK, "its scope is of another kind");
  REFUSED(made.scope.count = VERIFY_MAX_LOCALS + 1, "locals; the limit is");
  REFUSED(made.scope.match_slot = 3, "keeps something in the local 3 of 3");
  REFUSED(made.scope.forward_slot = 1, "keeps something in the local 1 of 3");
  REFUSED(made.chunk.flags |= CHUNK_CORE, "it claims to be core code");
  made_nil(&made, ec);
  VerifyRules rules = {.ec = ec, .outer = NULL};
  ck_assert(!mx_verify(&made.chunk, &rules, &made.error));
  ck_assert_str_eq(made.error.text, "method foo: its scope stands in another one");
  mx_vm_free(ec->vm);
}
END_TEST

START_TEST(constants_and_lines) {
  ExecCtx *ec = fixture_vm();
  Made made;
  REFUSED(made.consts[K_TEXT] = VAL_UNDEF, "constant 2 is not of a kind that is constant");
  REFUSED(made.consts[K_TEXT] = VAL_EXC, "constant 2 is not");
  REFUSED(made.consts[K_FIVE] = mx_str_from_cstr(ec, "not frozen"), "constant 3 is not");
  REFUSED(made.consts[K_FIVE] = val_from_sym(0xffffff), "constant 3 is not");
  REFUSED(made.consts[K_ZERO] = val_from_ptr(ec->vm->cls.Object), "constant 4 is not");
  REFUSED(made.consts[K_KEYS] = MX_ARRAY_OF(ec, made.consts[K_NAME]), "constant 5 is not");
  REFUSED(made.chunk.line_count = 0, "its lines do not begin with the code");
  REFUSED(made.lines[0].pc = 1, "its lines do not begin with the code");
  REFUSED(made.chunk.line_count = 2, "line 1 is not behind the one before it");
  REFUSED((made.chunk.line_count = 2, made.lines[1].pc = 9), "line 1 is behind the code");
  REFUSED(made.lines[0].site = 101, "line 0 is outside its text");
  REFUSED(made.chunk.step_count = 2, "step 1 is not behind the one before it");
  REFUSED((made.chunk.step_count = 1, made.steps[0].pc = 9), "step 0 is behind the code");
  REFUSED((made.chunk.step_count = 1, made.steps[0].site = 101), "step 0 is outside its text");
  REFUSED(made.chunk.start = 200, "its text ends before it starts");
  mx_vm_free(ec->vm);
}
END_TEST

// ---- parameters

// Give the chunk `return nil` parameters of the kinds, in locals 0, 1, ...
static void made_params(Made *made, ExecCtx *ec, const ParamKind *kinds, uint16_t count) {
  made_nil(made, ec);
  made->scope.count = 6;
  Params params = mx_params_begin(count, false);
  for (uint16_t i = 0; i < count; i++) {
    ParamSpec spec = {.name = SYM_it, .slot = i, .kind = (uint8_t)kinds[i]};
    mx_params_enter(&params, spec, i, false);
  }
  mx_params_finish(&params, false);
  made->chunk.params = params;
}

#define PARAMS(...)                                        \
  made_params(&made, ec, (const ParamKind[]){__VA_ARGS__}, \
              (uint16_t)MX_COUNT_OF(((const ParamKind[]){__VA_ARGS__})))

START_TEST(parameters) {
  ExecCtx *ec = fixture_vm();
  Made made;
  PARAMS(PARAM_REQ, PARAM_OPT, PARAM_REST, PARAM_REQ, PARAM_KEY, PARAM_BLOCK);
  made_passes(&made);
  PARAMS(PARAM_REQ, PARAM_FORWARD);
  made_passes(&made);
  PARAMS(PARAM_OPT, PARAM_REQ, PARAM_OPT);
  made_refused(&made, "parameter 2 is out of order");
  PARAMS(PARAM_BLOCK, PARAM_REQ);
  made_refused(&made, "parameter 1 is out of order");
  PARAMS(99);
  made_refused(&made, "parameter 0 is out of order");
  PARAMS(PARAM_REQ, PARAM_FORWARD);
  made.scope.count = 3;
  made_refused(&made, "parameter 1 has the local 1 of 3");
  PARAMS(PARAM_REQ);
  made.chunk.params.list[0].slot = 6;
  made_refused(&made, "parameter 0 has the local 6 of 6");
  PARAMS(PARAM_REQ);
  made.chunk.params.list[0].name = 0xffffff;
  made_refused(&made, "parameter 0 has no known name");
  PARAMS(PARAM_REST);
  made.chunk.params.list[0].destructures = true;
  made_refused(&made, "parameter 0 cannot be taken apart");
  PARAMS(PARAM_REQ, PARAM_REQ);
  made.chunk.params.pre = 3;
  made_refused(&made, "does not agree with its entries");
  PARAMS(PARAM_REQ, PARAM_KEY);
  made.chunk.params.flags |= PARAMS_SIMPLE;
  made_refused(&made, "does not agree with its entries");
  PARAMS(PARAM_REST);
  made.chunk.params.rest_slot = 5;
  made_refused(&made, "does not agree with its entries");
  mx_vm_free(ec->vm);
}
END_TEST

START_TEST(parameters_by_kind_of_body) {
  ExecCtx *ec = fixture_vm();
  Made made;
  PARAMS(PARAM_REQ);
  made.chunk.kind = CODE_CLASS;
  made.scope.kind = SCOPE_CLASS;
  made_refused(&made, "it cannot have parameters");
  PARAMS(PARAM_REQ);
  made.chunk.kind = CODE_FOR;
  made.scope.kind = SCOPE_BLOCK;
  made_refused(&made, "its parameter is not that of a for loop");
  made.chunk.params = mx_params_for(true);
  made_passes(&made);
  mx_vm_free(ec->vm);
}
END_TEST

// ---- nested bodies

START_TEST(nested) {
  ExecCtx *ec = fixture_vm();
  Made made, body;
  made_start(&made, ec);
  made_put(&made, &(Instruction)I(BUILD_LAMBDA, 0));
  made_put(&made, &(Instruction)I(RETURN));
  made_passes(&made);
  made_nil(&body, ec);
  body.scope.parent = &made.scope;
  VerifyRules rules = {.ec = ec};
  ck_assert(!mx_verify_nested(&made.chunk, 0, &body.chunk, &rules, &body.error));
  ck_assert_str_eq(body.error.text, "method foo: body 0 is of another kind");
  body.chunk.kind = CODE_BLOCK;
  body.scope.kind = SCOPE_BLOCK;
  ck_assert(mx_verify_nested(&made.chunk, 0, &body.chunk, &rules, &body.error));
  made.bodies[0].kind = CODE_METHOD;
  made.chunk.flags = CHUNK_HAS_BLOCKS;
  made_refused(&made, "at 0, BUILD_LAMBDA: its body is of another kind");
  made.chunk.flags = 0;
  made_refused(&made, "does not say that it has nested bodies");
  mx_vm_free(ec->vm);
}
END_TEST

// What Emit makes passes: a loop under a handler.
START_TEST(emitted) {
  ExecCtx *ec = fixture_vm();
  Made made;
  made_start(&made, ec);
  Emit e;
  mx_emit_init(&e, ec);
  Label loop = mx_emit_label(&e), handler = mx_emit_label(&e), end = mx_emit_label(&e);
  uint32_t range = mx_emit_try(&e, HANDLER_RESCUE, handler, 0);
  mx_emit_bind_loop(&e, loop, true);
  mx_emit_op1(&e, OP_LOAD_GLOBAL, mx_emit_name(&e, mx_sym(ec->vm, "$global")));
  mx_emit_op1(&e, OP_JUMP_IF_TRUE, loop);
  mx_emit_end_try(&e, range);
  mx_emit_op(&e, OP_PUSH_NIL);
  mx_emit_op1(&e, OP_JUMP, end);
  e.depth = 0;
  mx_emit_bind_handler(&e, handler, 0, 1);
  mx_emit_op(&e, OP_ENTER_RESCUE);
  mx_emit_op(&e, OP_PUSH_NIL);
  mx_emit_op(&e, OP_LEAVE_RESCUE);
  mx_emit_bind(&e, end);
  mx_emit_op(&e, OP_RETURN);
  ck_assert(mx_emit_finish(&e, &made.chunk));
  mx_emit_free(&e);
  made_passes(&made);
  ck_assert_uint_eq(made.chunk.handler_count, 1);
  mx_vm_free(ec->vm);
}
END_TEST

// Chunk of `count` times an instruction, then `return nil`; its code, which the caller frees.
static uint8_t *made_long(Made *made, ExecCtx *ec, const Instruction *in, uint32_t count) {
  made_start(made, ec);
  uint8_t *code = malloc((size_t)count * OP_MAX_BYTES + 2 * OP_MAX_BYTES);
  ck_assert_ptr_nonnull(code);
  uint32_t len = 0;
  for (uint32_t i = 0; i < count; i++) len += mx_op_encode(in, false, code + len);
  len += mx_op_encode(&(Instruction)I(PUSH_NIL), false, code + len);
  len += mx_op_encode(&(Instruction)I(RETURN), false, code + len);
  made->chunk.code = code;
  made->chunk.code_len = len;
  return code;
}

// Large code is no problem, nor is a deep stack.
START_TEST(large) {
  ExecCtx *ec = fixture_vm();
  Made made;
  uint8_t *code = made_long(&made, ec, &(Instruction)I(PUSH_NIL), 1000000);
  made.chunk.max_stack = VERIFY_MAX_STACK;
  made_passes(&made);
  free(code);
  code = made_long(&made, ec, &(Instruction)I(CAPTURE_VAR, 0), 1000000);
  made_passes(&made);
  free(code);
  mx_vm_free(ec->vm);
}
END_TEST

// Code that would keep the verifier busy for hours is refused in time.
START_TEST(too_intricate) {
  enum { HANDLERS = 20000 };
  ExecCtx *ec = fixture_vm();
  Made made;
  uint8_t *code = made_long(&made, ec, &(Instruction)I(CALL_SUPER, K_NAME, 0, 0), HANDLERS);
  made.chunk.max_stack = VERIFY_MAX_STACK;
  Handler *table = calloc(HANDLERS, sizeof *table);
  ck_assert_ptr_nonnull(table);
  for (int i = 0; i < HANDLERS; i++)
    table[i] = (Handler){
        .end = made.chunk.code_len - 2, .target = made.chunk.code_len - 1, .kind = HANDLER_RESCUE};
  made.chunk.handlers = table;
  made.chunk.handler_count = HANDLERS;
  made_refused(&made, "the code is too intricate to verify");
  free(table);
  free(code);
  mx_vm_free(ec->vm);
}
END_TEST

// A chunk that passes tells how deep the stack is at each instruction, and what is never reached.
START_TEST(depths) {
  ExecCtx *ec = fixture_vm();
  Made made;
  made_start(&made, ec);
  const Instruction code[] = {I(PUSH_NIL), I(DUP), I(POP), I(RETURN), I(PUSH_TRUE), I(RETURN)};
  const uint32_t expected[] = {0, 1, 2, 1, VERIFY_UNREACHED, VERIFY_UNREACHED};
  for (size_t i = 0; i < MX_COUNT_OF(code); i++) made_put(&made, &code[i]);
  VerifyRules rules = {.ec = ec, .outer = made.scope.parent};
  uint32_t told[MX_COUNT_OF(code)];
  ck_assert_uint_eq(made.chunk.code_len, MX_COUNT_OF(code));
  ck_assert_msg(mx_verify_depths(&made.chunk, &rules, &made.error, told), "%s", made.error.text);
  ck_assert_mem_eq(told, expected, sizeof told);
}
END_TEST

int main(void) {
  TCase *tests = tcase_create("verify");
  tcase_set_timeout(tests, 50);
  tcase_add_test(tests, operands);
  tcase_add_test(tests, operands_of_blocks);
  tcase_add_test(tests, bytes);
  tcase_add_test(tests, stack);
  tcase_add_test(tests, patterns);
  tcase_add_test(tests, handlers);
  tcase_add_test(tests, handler_of_another_kind);
  tcase_add_test(tests, ensures);
  tcase_add_test(tests, handler_beyond_the_stack);
  tcase_add_test(tests, ensures_that_meet);
  tcase_add_test(tests, sizes_and_scope);
  tcase_add_test(tests, constants_and_lines);
  tcase_add_test(tests, parameters);
  tcase_add_test(tests, parameters_by_kind_of_body);
  tcase_add_test(tests, nested);
  tcase_add_test(tests, emitted);
  tcase_add_test(tests, depths);
  tcase_add_test(tests, large);
  tcase_add_test(tests, too_intricate);
  return fixture_run("verify", tests);
}
