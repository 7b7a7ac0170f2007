// SPDX-License-Identifier: MIT
// From a record to machine code: building, passes, LLVM, installing.
#include "jit/ir/ir_print.h"
#include "jit/ir/snap_map.h"
#include "jit/jit_state.h"
#include "jit/opt/pipeline.h"
#include <stdio.h>
#include <stdlib.h>

// ---- before: on the thread that runs the program

// Keep alive what the machine code mentions.
static void compiler_pin(RegionCode *code, const IrFn *fn) {
  uint32_t count = 0;
  code->pins = mx_gc_alloc_words((fn->words.count + 1) * sizeof(Value));
  for (uint32_t i = 0; i < fn->words.count; i++) code->pins[count++] = fn->words.at[i];
}

// Keep what the code relies on.
static void compiler_keep_assumptions(RegionCode *code, RegionResult *built) {
  size_t bytes = built->assumptions.count * sizeof *code->assumptions;
  code->assumptions = mx_gc_alloc_words(bytes + 1);
  if (bytes) memcpy(code->assumptions, built->assumptions.at, bytes);
  code->assumption_count = built->assumptions.count;
  code->in_env = built->in_env;
  code->call_count = built->calls;
  vec_free(&built->assumptions);
}

// Keep what calls need when the function is gone.
static void compiler_keep_sites(RegionCode *code, const IrFn *fn) {
  code->calls = mx_gc_alloc_words((fn->sites.count + 1) * sizeof *code->calls);
  for (uint32_t i = 0; i < fn->sites.count; i++) code->calls[i] = fn->sites.at[i].cache;
}

// Keep what samples in the machine code are told by.
static void compiler_keep_places(RegionCode *code, const IrFn *fn) {
  size_t bytes = fn->places.count * sizeof *code->places;
  if (bytes) code->places = memcpy(mx_gc_alloc_words(bytes), fn->places.at, bytes);
}

// What a method's code must know of itself.
static MethodJob compiler_method(const Region *region, const IrFn *fn) {
  if (region->kind != REGION_METHOD) return (MethodJob){0};
  DeoptNeeds needs = mx_deopt_needs(fn);
  return (MethodJob){.callee = region->me,
                     .at = region->at,
                     .argc = mx_params_placed(&region->code->params),
                     .locals = 1 + region->code->local_count,
                     .depth = PARAM_MAX_DEPTH - 1 - needs.depth,
                     .words = 1 + needs.words + STREAM_STACK_SLACK};
}

// Say of a function how it will be made. Made quickly it counts rounds by polls. Made well it calls
// itself, until it is broken, as it is when there is newer code.
void mx_compiler_set_tier(const Region *region, IrFn *fn, bool quick) {
  if (quick) fn->strip = 0;
  if (quick || region->kind != REGION_METHOD) return;
  for (uint32_t i = 0; i < fn->sites.count; i++)
    fn->sites.at[i].own = fn->sites.at[i].method == region->me;
}

// What people are told of a job.
static void compiler_name(Jit *jit, ExecCtx *ec, CompileJob *job, const Region *region) {
  StrBuf symbol = STRBUF_INIT, head = STRBUF_INIT;
  mx_strbuf_printf(&symbol, "region_%u ", ++jit->compiled);
  mx_jit_log_name(ec, region, &symbol);
  job->symbol = mx_strbuf_take(&symbol);
  if (!jit->options.dump_ir) return;
  mx_jit_log_head(ec, region, job->fn, &head);
  job->head = mx_strbuf_take(&head);
}

// A job for what was recorded; NULL after the region has failed.
static CompileJob *compiler_begin(Jit *jit, ExecCtx *ec, Region *region) {
  CompileJob *job = calloc(1, sizeof *job);
  if (!job) mx_check_out_of_memory(sizeof *job);
  RegionResult built;
  mx_arena_init(&job->arena, mx_arena_malloc_source());
  uint64_t start = mx_stats_now();
  AbortReason reason = mx_region_build(ec, region->record, &job->arena, &built);
  job->nanos[STATS_BUILD] = mx_stats_now() - start;
  mx_jit_log_notes(jit, ec->vm, &built);
  region->missing = built.notes.count ? built.notes.at[0] : (BuildNote){0};
  vec_free(&built.notes);
  if (reason != ABORT_NONE) {
    mx_arena_free(&job->arena);
    free(job);
    mx_jit_fail(jit, region, reason);
    return NULL;
  }
  job->fn = built.fn;
  mx_compiler_set_tier(region, job->fn, !region->worth);
  job->poll = &ec->poll;
  if (!region->budget) region->budget = jit->options.params.optimize;
  job->budget = region->worth ? NULL : &region->budget;
  job->method = compiler_method(region, built.fn);
  compiler_name(jit, ec, job, region);
  RegionCode *code = job->code = mx_gc_alloc_words(sizeof *code);
  code->region = region;
  code->slot = UINT32_MAX;
  code->asker = ec;
  code->job = job;
  compiler_pin(code, built.fn);
  compiler_keep_assumptions(code, &built);
  compiler_keep_sites(code, built.fn);
  compiler_keep_places(code, built.fn);
  mx_installed_watch(code);
  return job;
}

// ---- the work: touches no collected memory

// --dump=ir
static void compiler_dump(const CompileJob *job) {
  StrBuf text = {0};
  mx_strbuf_add_str(&text, job->head);
  mx_ir_print(job->fn, &text);
  fputs(mx_strbuf_text(&text), stderr);
  mx_strbuf_free(&text);
}

// Run the passes, with what is left of the fuel.
static bool compiler_optimize(Compiler *compiler, CompileJob *job) {
  StrBuf problem = {0};
  PipelineOptions options = {.verify = compiler->options->verify};
  uint64_t start = mx_stats_now();
  job->fn->fuel = compiler->fuel;
  bool ok = mx_pipeline_run(job->fn, &options, &problem);
  compiler->fuel = job->fn->fuel;
  job->nanos[STATS_PASSES] = mx_stats_now() - start;
  if (!ok) job->message = strdup(mx_strbuf_text(&problem));
  MX_ASSERT(ok, "region does not verify: %s", job->message);
  mx_strbuf_free(&problem);
  return ok;
}

// Instructions in blocks.
static uint32_t compiler_count(const IrFn *fn) {
  uint32_t count = 0;
  for (IrBlockId id = 0; id < fn->blocks.count; id++)
    for (IrRef ref = mx_ir_block_at(fn, id)->first; ref; ref = mx_ir_at(fn, ref)->next) count++;
  return count;
}

// Print a text of the back end's, and free it.
static void compiler_print(const Compiler *compiler, char *text) {
  if (!text) return;
  fputs(text, stderr);
  compiler->api->free_text(text);
}

// Have the back end make machine code.
static bool compiler_lower(const Compiler *compiler, CompileJob *job) {
  char *error = NULL;
  BackendJob back = {.fn = job->fn,
                     .budget = job->budget,
                     .owner = job->code,
                     .method = job->method,
                     .symbol = job->symbol,
                     .verify = compiler->options->verify,
                     .want_lines = job->fn->places.count > 0,
                     .want_llvm = compiler->options->dump_llvm,
                     .want_assembly = compiler->options->dump_assembly};
  job->instructions = compiler_count(job->fn);
  bool ok = compiler->api->compile(compiler->backend, &back, &job->machine, &error);
  memcpy(&job->nanos[STATS_BACKEND], back.nanos, sizeof back.nanos);
  compiler_print(compiler, back.llvm_text);
  compiler_print(compiler, back.assembly);
  if (error) job->message = strdup(error);
  if (error) compiler->api->free_text(error);
  MX_ASSERT(!back.fell_back, "FastISel cannot select all of %s", job->symbol);
  return ok;
}

void mx_compiler_work(Compiler *compiler, CompileJob *job) {
  uint64_t start = mx_stats_now();
  bool loads = !compiler->tried, loaded = mx_backend_load(compiler, &job->message);
  if (loads) job->load_nanos = mx_stats_now() - start;
  if (!loaded) {
    job->reason = ABORT_NO_BACKEND;
    return;
  }
  bool ok = compiler_optimize(compiler, job);
  if (ok && compiler->options->dump_ir) compiler_dump(job);
  if (!ok || !compiler_lower(compiler, job)) job->reason = ABORT_BACKEND;
}

// ---- after: on the thread that runs the program, at a safepoint

// Keep which instruction each exit belongs to, for people.
static void compiler_name_exits(RegionCode *code, const IrFn *fn) {
  size_t bytes = (fn->snaps.count + 1) * sizeof *code->exit_ops;
  code->exit_ops = memset(mx_gc_alloc_atomic(bytes), 0, bytes);
  for (IrBlockId id = 0; id < fn->blocks.count; id++)
    for (IrRef ref = mx_ir_block_at(fn, id)->first; ref; ref = mx_ir_at(fn, ref)->next) {
      const IrIns *ins = mx_ir_at(fn, ref);
      if (ins->snap != SNAP_NONE && !code->exit_ops[ins->snap]) code->exit_ops[ins->snap] = ins->op;
    }
}

// --jit-log: what a build came to.
static void compiler_log(const Jit *jit, const CompileJob *job) {
  uint64_t nanos = 0;
  for (uint32_t i = 0; i < STATS_PHASES; i++) nanos += job->nanos[i];
  char text[80];
  snprintf(text, sizeof text, "%s: %u instructions, %u bytes, %.1f ms",
           job->budget ? "compiled" : "optimized", job->instructions, job->machine.bytes,
           (double)nanos / 1e6);
  mx_jit_log_region(jit, job->code->region, text);
}

// Give a build that is good what it needs to run, and let its region have it.
static void compiler_commit(Jit *jit, const VM *vm, const CompileJob *job) {
  RegionCode *code = job->code;
  Region *region = code->region;
  code->machine = job->machine;
  code->broken = vm->hooked ? BROKEN_WATCHED : 0;
  code->quick = job->budget != NULL;
  code->budget = region->budget;
  code->since = mx_stats_now();
  code->deopt = mx_deopt_map(job->fn, region->kind == REGION_METHOD);
  code->deopt->given = region->kind == REGION_METHOD && region->me->flags & METHOD_F_GIVEN;
  code->room = mx_snap_room(job->fn);
  size_t bytes = (job->fn->snaps.count + 1) * sizeof *code->exit_counts;
  code->exit_counts = memset(mx_gc_alloc_atomic(bytes), 0, bytes);
  compiler_name_exits(code, job->fn);
  if (region->ready) mx_installed_drop(jit, region->ready);
  mx_installed_add(jit, code);
  region->ready = code;
  region->builds++;
  region->state = REGION_COMPILED;
  mx_record_accept(region->record);
  if (region->kind == REGION_METHOD)
    memcpy(&region->me->machine, &code->machine.method, sizeof region->me->machine);
  // Who would run it asks for it at the next round, or entry.
  mx_region_ask(region);
  compiler_log(jit, job);
  mx_installed_evict(jit, code);
  if (jit->options.perf_map) mx_jit_log_symbol(code, job->symbol);
}

// Count a job.
static void compiler_account(JitStats *stats, const CompileJob *job) {
  for (uint32_t i = 0; i < STATS_PHASES; i++) stats->nanos[i] += job->nanos[i];
  stats->load_nanos += job->load_nanos;
  stats->builds += job->reason == ABORT_NONE;
  stats->instructions += job->instructions;
  stats->code_bytes += job->machine.bytes;
}

static void compiler_free(CompileJob *job) {
  mx_ir_free(job->fn);
  mx_arena_free(&job->arena);
  free(job->symbol);
  free(job->head);
  free(job->message);
  free(job);
}

// The work is done: install the code if what it relies on still holds.
static void compiler_finish(Jit *jit, const VM *vm, CompileJob *job) {
  Region *region = job->code->region;
  job->code->job = NULL;
  job->code->asker = NULL;
  region->next_ready = NULL;
  compiler_account(&jit->stats, job);
  if (job->message) mx_jit_log_region(jit, region, job->message);
  if (job->reason == ABORT_NONE && (job->stale || !mx_region_valid(vm, job->code))) {
    job->reason = ABORT_BROKEN;
    if (job->machine.entry) jit->compiler->api->release(jit->compiler->backend, &job->machine);
  }
  if (job->reason == ABORT_NO_BACKEND) jit->off = true;
  if (job->reason == ABORT_NONE)
    compiler_commit(jit, vm, job);
  else
    mx_jit_fail(jit, region, job->reason);
  compiler_free(job);
}

// A build is on its way.
static void compiler_add_pending(Jit *jit, CompileJob *job) {
  job->code->region->next_ready = job->code;
  job->code->next_pending = jit->pending;
  jit->pending = job->code;
}

static void compiler_remove_pending(Jit *jit, const RegionCode *code) {
  RegionCode **at = &jit->pending;
  while (*at != code) at = &(*at)->next_pending;
  *at = code->next_pending;
}

void mx_compiler_install(Jit *jit, ExecCtx *ec) {
  for (CompileJob *job = mx_queue_take(jit->compiler), *next; job; job = next) {
    next = job->next;
    RegionCode *code = job->code;
    compiler_finish(jit, ec->vm, job);
    compiler_remove_pending(jit, code);
    mx_compiler_improve(jit, ec, code->region);
  }
}

void mx_compiler_build(Jit *jit, ExecCtx *ec, Region *region) {
  CompileJob *job = compiler_begin(jit, ec, region);
  if (!job) return;
  if (jit->options.mode == JIT_ON) {
    compiler_add_pending(jit, job);
    if (mx_queue_push(jit->compiler, job)) return;
    compiler_remove_pending(jit, job->code);
    job->reason = ABORT_NO_BACKEND;
  } else {
    mx_compiler_work(jit->compiler, job);
  }
  compiler_finish(jit, ec->vm, job);
}

void mx_compiler_improve(Jit *jit, ExecCtx *ec, Region *region) {
  const RegionCode *code = region->ready;
  bool wanted = region->worth && code && code->quick && !region->next_ready;
  if (wanted && !jit->off && jit->recording != region) mx_compiler_build(jit, ec, region);
}
