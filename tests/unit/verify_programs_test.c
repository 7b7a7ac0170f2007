// SPDX-License-Identifier: MIT
// Every chunk that the compiler makes of the programs in this repository passes the verifier.
#include "tests/unit/compile_fixture.h"
#include "tests/unit/vm_fixture.h"

#include <fts.h>
#include <stdio.h>

// One walk over the programs.
typedef struct Walk {
  ExecCtx *ec;
  int programs; // compiled and verified
  int skipped;  // texts with errors of their own
  int refused;  // programs with a chunk that was refused
  bool trace;   // compile with SET_LINE
  bool types;   // compile with checks of types
} Walk;

// Read a whole file; the caller frees the text.
static char *walk_read(const char *path, size_t *len) {
  StrBuf buf = STRBUF_INIT;
  char piece[8192];
  size_t got;
  FILE *file = fopen(path, "rb");
  ck_assert_ptr_nonnull(file);
  while ((got = fread(piece, 1, sizeof piece, file)) > 0) mx_strbuf_add(&buf, piece, got);
  fclose(file);
  *len = buf.len;
  return mx_strbuf_take(&buf);
}

static void walk_file(Walk *walk, const char *path) {
  size_t len;
  char *text = walk_read(path, &len);
  Compiled compiled;
  compiled_parse(&compiled, walk->ec, text, len, compiled_dialect(path));
  compiled.unit.trace = walk->trace;
  compiled.unit.types = walk->types;
  VerifyError error;
  if (!compiled_make(&compiled, walk->ec)) {
    walk->skipped++;
  } else {
    walk->programs++;
    if (!compiled_verify(&compiled, walk->ec, &error)) {
      walk->refused++;
      fprintf(stderr, "%s: %s\n", path, error.text);
    }
  }
  compiled_free(&compiled);
  free(text);
}

static bool walk_is_program(const FTSENT *entry) {
  const char *end = strrchr(entry->fts_name, '.');
  return entry->fts_info == FTS_F && end && (strcmp(end, ".rb") == 0 || strcmp(end, ".mx") == 0);
}

static void walk_all(Walk *walk) {
  char *roots[] = {"runtime/core", "tests", "examples", "benchmarks", "lib", NULL};
  FTS *fts = fts_open(roots, FTS_PHYSICAL | FTS_NOCHDIR, NULL);
  ck_assert_ptr_nonnull(fts);
  for (FTSENT *entry; (entry = fts_read(fts));)
    if (walk_is_program(entry)) walk_file(walk, entry->fts_path);
  fts_close(fts);
}

// Without options.
START_TEST(programs_pass) {
  Walk walk = {.ec = fixture_vm()};
  walk_all(&walk);
  ck_assert_int_eq(walk.refused, 0);
  ck_assert_int_gt(walk.programs, 250);
  ck_assert_int_lt(walk.skipped, 20); // texts that show errors
  mx_vm_free(walk.ec->vm);
}
END_TEST

// Likewise with all that is only compiled on demand.
START_TEST(programs_with_trace_and_types_pass) {
  Walk walk = {.ec = fixture_vm(), .trace = true, .types = true};
  walk_all(&walk);
  ck_assert_int_eq(walk.refused, 0);
  ck_assert_int_gt(walk.programs, 250);
  mx_vm_free(walk.ec->vm);
}
END_TEST

// Programs that broke the compiler when they were found by fuzzing.
static const struct {
  const char *text;
  Dialect dialect;
} fuzz_finds[] = {
    {"def m(a, b = (return 1; 2), c = 3) = a", DIALECT_RUBY},
    {"Primitive.define(Object, *name)", DIALECT_CORE},
};

START_TEST(fuzz_finds_pass) {
  ExecCtx *ec = fixture_vm();
  for (size_t i = 0; i < MX_COUNT_OF(fuzz_finds); i++) {
    Compiled compiled;
    VerifyError error;
    compiled_parse(&compiled, ec, fuzz_finds[i].text, strlen(fuzz_finds[i].text),
                   fuzz_finds[i].dialect);
    ck_assert_msg(compiled_make(&compiled, ec), "%s", fuzz_finds[i].text);
    ck_assert_msg(compiled_verify(&compiled, ec, &error), "%s", error.text);
    compiled_free(&compiled);
  }
  mx_vm_free(ec->vm);
}
END_TEST

int main(void) {
  TCase *tests = tcase_create("programs");
  tcase_set_timeout(tests, 50);
  tcase_add_test(tests, programs_pass);
  tcase_add_test(tests, programs_with_trace_and_types_pass);
  tcase_add_test(tests, fuzz_finds_pass);
  return fixture_run("verify_programs", tests);
}
