// SPDX-License-Identifier: MIT
// Running programs in this process: a new VM for each, its output in files in memory.
#include "tests/fuzz/outcome.h"

#include "runtime/api.h"
#include "runtime/string.h"
#include "jit/jit.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

// End this process: it cannot do its work. The parent reports a crash.
static void sandbox_fail(const char *what) {
  perror(what);
  abort();
}

// Put an empty file in memory in place of a standard stream.
static int sandbox_redirect(int stream, const char *name) {
  int file = memfd_create(name, MFD_CLOEXEC);
  if (file < 0 || dup2(file, stream) < 0) sandbox_fail(name);
  return file;
}

void sandbox_open(Sandbox *sandbox) {
  fflush(NULL);
  sandbox->real_out = dup(STDOUT_FILENO);
  sandbox->out = sandbox_redirect(STDOUT_FILENO, "out");
  sandbox->err = sandbox_redirect(STDERR_FILENO, "err");
}

// Make the file empty.
static void sandbox_empty(int file) {
  if (ftruncate(file, 0) < 0 || lseek(file, 0, SEEK_SET) < 0) sandbox_fail("truncate");
}

// Replace the digits of addresses (0x and more than seven digits): they differ in every run.
static void outcome_blot(StrBuf *text) {
  for (char *at = text->at; at && (at = strcasestr(at, "0x"));) {
    at += 2;
    size_t len = 0;
    while (isxdigit((unsigned char)at[len])) len++;
    if (len > 7) memset(at, '.', len);
  }
}

// Read all that was written to the file.
static StrBuf sandbox_read(int file) {
  StrBuf text = STRBUF_INIT;
  char bytes[4096];
  ssize_t len;
  if (lseek(file, 0, SEEK_SET) < 0) sandbox_fail("seek");
  while ((len = read(file, bytes, sizeof bytes)) > 0) mx_strbuf_add(&text, bytes, (size_t)len);
  outcome_blot(&text);
  return text;
}

// Collect what ended VMs have left behind, now and then. PERF: left to itself the heap of a batch
// grows to 200 MB, and first use of a page is what booting a VM spends most of its time on; reusing
// 40 MB takes a third of the time.
static void sandbox_collect(Sandbox *sandbox) {
  enum { RUNS = 8 };
  if (++sandbox->runs % RUNS == 0) mx_gc_collect();
}

// What the body of a run needs.
typedef struct SandboxJob {
  const char *text; // of the program
  Dialect dialect;  // of the text
} SandboxJob;

// Body of a run.
static Value sandbox_body(ExecCtx *ec, void *data) {
  const SandboxJob *job = data;
  Value file = mx_str_from_cstr(ec, "program.rb");
  ec->vm->script_name = file;
  ApiText text = {.bytes = job->text, .len = strlen(job->text), .dialect = job->dialect};
  return mx_api_eval_main(ec, &text, file);
}

Outcome sandbox_run(Sandbox *sandbox, const char *text, const SandboxOptions *options) {
  SandboxJob job = {text, options->metorex ? DIALECT_METOREX : DIALECT_RUBY};
  VmOptions vm_options = {.deterministic = true,
                          .seed = 1,
                          .gc_stress = options->gc_stress,
                          .stress_seed = options->stress_seed};
  EvalOptions eval = {.dialect = job.dialect, .walker = options->walker};
  sandbox_empty(sandbox->out);
  sandbox_empty(sandbox->err);
  VM *vm = mx_api_boot(&vm_options, &eval);
  JitOptions jit = mx_jit_defaults();
  jit.mode = options->jit ? JIT_SYNC : JIT_OFF;
  jit.module = options->jit;
  jit.params.loop_threshold = options->threshold;
  jit.stress_exits = options->stress_exits;
  jit.stress_invalidate = options->stress_invalidate;
  jit.stress_seed = options->stress_seed;
  jit.params.optimize = 20;      // both kinds of machine code
  jit.params.exit_threshold = 1; // extensions of it
  jit.params.rejudge = 30;       // code that is judged again
  jit.params.strip = 3;          // loops of such programs have few rounds
  jit.params.give_back = 1;      // and Arrays few elements
  jit.params.calls = UINT32_MAX; // those, too, must do what the interpreter does
  mx_jit_install(vm, &jit);
  Outcome outcome = {.status = mx_api_run(vm, sandbox_body, &job)};
  mx_jit_free(vm);
  mx_api_free(vm);
  sandbox_collect(sandbox);
  outcome.out = sandbox_read(sandbox->out);
  outcome.err = sandbox_read(sandbox->err);
  return outcome;
}

void outcome_free(Outcome *outcome) {
  mx_strbuf_free(&outcome->out);
  mx_strbuf_free(&outcome->err);
}
