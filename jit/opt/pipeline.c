// SPDX-License-Identifier: MIT
// Runs the passes in order, with the verifier between them.
#include "jit/opt/pipeline.h"
#include "jit/ir/ir_print.h"
#include "jit/ir/ir_verify.h"

#include <string.h>
#include <time.h>

static const PassInfo pipeline_passes[PIPELINE_LENGTH] = {
#define PASS(word, text) {.name = #word, .doc = text, .run = mx_pass_##word},
#include "jit/opt/passes.def"
};

// The pass in this place of the pipeline.
const PassInfo *mx_pipeline_at(uint32_t index) { return &pipeline_passes[index]; }

// The pass of this name, or NULL.
const PassInfo *mx_pipeline_find(const char *name, size_t len) {
  for (uint32_t i = 0; i < PIPELINE_LENGTH; i++) {
    const PassInfo *pass = &pipeline_passes[i];
    if (strlen(pass->name) == len && memcmp(pass->name, name, len) == 0) return pass;
  }
  return NULL;
}

// Nanoseconds of a clock that only grows.
static uint64_t pipeline_now(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}

// Verify, if that is asked for; `when` says after what.
static bool pipeline_verify(IrFn *fn, const PipelineOptions *options, const char *when,
                            StrBuf *problem) {
  if (!options->verify) return true;
  size_t start = problem->len;
  mx_strbuf_printf(problem, "%s: after %s: ", fn->name, when);
  if (!mx_ir_verify(fn, problem)) return false;
  mx_strbuf_truncate(problem, start);
  return true;
}

// Run all passes.
bool mx_pipeline_run(IrFn *fn, PipelineOptions *options, StrBuf *problem) {
  if (!pipeline_verify(fn, options, "the builder", problem)) return false;
  for (uint32_t i = 0; i < PIPELINE_LENGTH; i++) {
    const PassInfo *pass = &pipeline_passes[i];
    uint64_t start = pipeline_now();
    options->changes[i] = pass->run(fn);
    options->nanos[i] = pipeline_now() - start;
    if (!pipeline_verify(fn, options, pass->name, problem)) return false;
    if (!options->log || !options->changes[i]) continue;
    mx_strbuf_printf(options->log, "; after %s\n", pass->name);
    mx_ir_print(fn, options->log);
  }
  return true;
}
