// SPDX-License-Identifier: MIT
// Unit tests of jit/llvm: texts of the IR as machine code that runs, and what the back end refuses.
#include "interp/frame.h"
#include "jit/ir/ir_parse.h"
#include "jit/ir/ir_verify.h"
#include "jit/layout.h"
#include "jit/llvm/backend.h"
#include "tests/unit/vm_fixture.h"
#include <dlfcn.h>
#include <sys/prctl.h>
#include <unistd.h>

enum { TEST_HOMES = 2 }; // locals of the frame

#ifndef PR_SET_MDWE // of Linux 6.3
enum { PR_SET_MDWE = 65, PR_MDWE_REFUSE_EXEC_GAIN = 1 };
#endif

// What a test compiles with.
typedef struct Compiling {
  BackendHooks hooks;
  const BackendApi *api;
  Backend *backend;
  Arena arena; // of functions
} Compiling;

// Open the module, which lies beside the command, one folder up; false when it was not built.
static bool compiling_open(Compiling *c) {
  char path[4096];
  ssize_t length = readlink("/proc/self/exe", path, sizeof path - 1);
  ck_assert_int_gt(length, 0);
  path[length] = '\0';
  for (int i = 0; i < 2; i++) *strrchr(path, '/') = '\0';
  strcat(path, "/metorex-jit.so");
  if (access(path, R_OK) != 0) return false;
  void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
  ck_assert_msg(library, "%s", dlerror());
  JitBackendFn door;
  *(void **)(void *)&door = dlsym(library, JIT_BACKEND_SYMBOL);
  c->hooks = (BackendHooks){.offsets = mx_layout_offsets(), .addresses = mx_layout_addresses()};
  c->api = door();
  c->backend = c->api->open(&c->hooks);
  ck_assert_ptr_nonnull(c->backend);
  mx_arena_init(&c->arena, mx_arena_malloc_source());
  return true;
}

static void compiling_close(Compiling *c) {
  c->api->close(c->backend);
  mx_arena_free(&c->arena);
}

// The function of a text.
static IrFn *compiling_parse(Compiling *c, const char *text) {
  StrBuf problem = STRBUF_INIT;
  IrFn *fn = mx_ir_parse(&c->arena, text, &problem);
  ck_assert_msg(fn, "%s", mx_strbuf_text(&problem));
  mx_strbuf_free(&problem);
  fn->homes = TEST_HOMES;
  return fn;
}

// Compile a function; false with a message.
static bool compiling_make(Compiling *c, IrFn *fn, const char *symbol, MachineCode *code,
                           char **error) {
  BackendJob job = {.fn = fn, .symbol = symbol, .verify = true};
  return c->api->compile(c->backend, &job, code, error);
}

// A local is read, chosen and stored into another.
static const char homes[] =
    "fn \"homes\" params 0\n"
    "snap 0 reason 1\n"
    "  frame code 0 pc 0 site none self home block home locals [home, home] "
    "stack []\n"
    "block 0:\n"
    "  %1:val = home.load #0\n"
    "  %2:int = guard.int %1 !0\n"
    "  %3:int = add.ov %2, 1 !0\n"
    "  %4:int = undef\n"
    "  %5:bool = is.int %1\n"
    "  %6:int = select %5, %3, %4\n"
    "  %7:val = box.int %6\n"
    "  home.store %7, #1\n"
    "  exit !0\n";

// The verifier of the IR lets nothing like this pass: a truth where a number is due.
static const char mixed[] =
    "fn \"mixed\" params 0\n"
    "snap 0 reason 1\n"
    "  frame code 0 pc 0 site none self home block home locals [home, home] "
    "stack []\n"
    "block 0:\n"
    "  %1:val = home.load #0\n"
    "  %2:bool = is.nil %1\n"
    "  %3:int = add 1, %2\n"
    "  %4:val = box.int %3\n"
    "  home.store %4, #1\n"
    "  exit !0\n";

// Run the code of a loop on a frame with these locals; answers how it left.
static uint64_t run_loop(const MachineCode *code, Value *locals) {
  Frame frame = {.locals = locals};
  uint64_t out[JIT_OUT_ARGS + TEST_HOMES] = {0};
  return code->entry(NULL, &frame, out);
}

START_TEST(homes_are_loaded_and_stored) {
  Compiling c;
  if (!compiling_open(&c)) return;
  MachineCode code;
  char *error = NULL;
  IrFn *fn = compiling_parse(&c, homes);
  StrBuf problem = STRBUF_INIT;
  ck_assert_msg(mx_ir_verify(fn, &problem), "%s", mx_strbuf_text(&problem));
  mx_strbuf_free(&problem);
  ck_assert_msg(compiling_make(&c, fn, "homes", &code, &error), "%s", error);
  Value locals[TEST_HOMES] = {val_from_fixnum(41), VAL_NIL};
  ck_assert_uint_eq(run_loop(&code, locals), JIT_LEAVE_EXIT);
  ck_assert_uint_eq(locals[1], val_from_fixnum(42));
  locals[0] = VAL_TRUE;
  ck_assert_uint_eq(run_loop(&code, locals), JIT_LEAVE_EXIT);
  ck_assert_uint_eq(locals[1], val_from_fixnum(42)); // the guard has left before
  c.api->release(c.backend, &code);
  mx_ir_free(fn);
  compiling_close(&c);
}
END_TEST

// LLVM's verifier stops what ours would not have let pass; the next job is not harmed.
START_TEST(what_does_not_verify_is_refused) {
  Compiling c;
  if (!compiling_open(&c)) return;
  MachineCode code;
  char *error = NULL;
  IrFn *fn = compiling_parse(&c, mixed), *good = compiling_parse(&c, homes);
  ck_assert(!compiling_make(&c, fn, "mixed", &code, &error));
  ck_assert_ptr_nonnull(strstr(error, "same type"));
  c.api->free_text(error);
  ck_assert(compiling_make(&c, good, "good", &code, &error));
  c.api->release(c.backend, &code);
  mx_ir_free(fn);
  mx_ir_free(good);
  compiling_close(&c);
}
END_TEST

// Two codes of one name cannot be linked.
START_TEST(a_name_that_is_taken_is_refused) {
  Compiling c;
  if (!compiling_open(&c)) return;
  MachineCode code, other;
  char *error = NULL;
  IrFn *fn = compiling_parse(&c, homes);
  ck_assert(compiling_make(&c, fn, "one", &code, &error));
  ck_assert(!compiling_make(&c, fn, "one", &other, &error));
  ck_assert_msg(strstr(error, "one"), "%s", error);
  c.api->free_text(error);
  c.api->release(c.backend, &code);
  mx_ir_free(fn);
  compiling_close(&c);
}
END_TEST

// Where the system lets no memory that was written be executed there is no machine code.
START_TEST(memory_may_not_be_executed) {
  Compiling c;
  if (!compiling_open(&c)) return;
  if (prctl(PR_SET_MDWE, PR_MDWE_REFUSE_EXEC_GAIN, 0, 0, 0) != 0) return; // Linux before 6.3
  MachineCode code;
  char *error = NULL;
  IrFn *fn = compiling_parse(&c, homes);
  ck_assert(!compiling_make(&c, fn, "homes", &code, &error));
  ck_assert_ptr_nonnull(error);
  c.api->free_text(error);
  mx_ir_free(fn);
  compiling_close(&c);
}
END_TEST

// Run the tests of this file.
int main(void) {
  TCase *tests = tcase_create("backend");
  tcase_set_timeout(tests, 60);
  tcase_add_test(tests, homes_are_loaded_and_stored);
  tcase_add_test(tests, what_does_not_verify_is_refused);
  tcase_add_test(tests, a_name_that_is_taken_is_refused);
  tcase_add_test(tests, memory_may_not_be_executed);
  return fixture_run("backend", tests);
}
