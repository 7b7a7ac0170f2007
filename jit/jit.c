// SPDX-License-Identifier: MIT
// When regions are recorded, built, entered and given up.
#include "jit/jit_state.h"

void mx_jit_fail(Jit *jit, Region *region, AbortReason reason) {
  static const bool final[ABORT_COUNT] = {
#define ABORT(NAME, text, FINAL, doc) [ABORT_##NAME] = FINAL,
#include "jit/ir/aborts.def"
  };
  mx_jit_log_region(jit, region, mx_jit_abort_text(reason));
  region->failures++;
  jit->stats.aborts[reason]++;
  if (!final[reason] && region->failures < jit->options.params.rebuilds) return;
  // An older build is kept, but not extended again.
  if (region->ready && reason != ABORT_SHORT) {
    region->builds = jit->options.params.rebuilds;
    return;
  }
  region->state = REGION_REFUSED;
  if (region->ready) mx_installed_drop(jit, region->ready);
}

// ---- recording

static void jit_stop_recording(Jit *jit) {
  jit->recorder->recording = false;
  jit->recording = NULL;
  jit->recorder = NULL;
  jit->denied = 0;
}

static void jit_record(ExecCtx *ec, Frame *fr, const uint32_t *ip, const Value *sp) {
  Jit *jit = mx_jit_of(ec->vm);
  Region *region = jit->recording;
  if (!region || jit->recorder != ec) {
    ec->recording = false;
    return;
  }
  MX_ASSERT(ec->vsp == sp, "recording allocates: the collector must see all operands");
  RecordStep step = mx_record_step(region->record, ec, fr, ip, sp);
  if (step == RECORD_MORE) return;
  jit_stop_recording(jit);
  if (step == RECORD_DONE)
    mx_compiler_build(jit, ec, region);
  else if (region->state == REGION_NEW)
    mx_jit_fail(jit, region, region->record->abort);
}

// Begin to record a region whose first instruction is about to execute.
static void jit_start_recording(Jit *jit, ExecCtx *ec, Region *region, const Landing *at) {
  // A context that was left for good while it recorded must not keep others from it.
  if (jit->recording) {
    if (jit->recorder == ec || ++jit->denied < jit->options.params.stale) return;
    Region *stale = jit->recording;
    jit_stop_recording(jit);
    if (stale->state == REGION_NEW) mx_jit_fail(jit, stale, ABORT_SWITCHED);
  }
  if (!region->record) {
    region->record = mx_gc_alloc_words(sizeof *region->record);
    mx_record_init(region->record, &jit->options.params, at->fr, region->pc);
  }
  region->record->root_operands = (uint32_t)(at->sp - mx_frame_stack(at->fr));
  mx_record_start(region->record, at->fr);
  jit->recording = region;
  jit->recorder = ec;
  ec->recording = true;
}

// An exit is hot: follow what happens behind it, and build the region again with that.
static void jit_extend(Jit *jit, ExecCtx *ec, const RegionCode *left, SnapId snap,
                       const Landing *at) {
  Region *region = left->region;
  const DeoptExit *exit = &left->deopt->exits[snap];
  if (jit->recording || left != region->ready || region->next_ready) return;
  if (region->builds >= jit->options.params.rebuilds) return;
  Frame *frames[RECORD_MAX_DEPTH + 1], *fr = at->fr;
  RecordContext *contexts[RECORD_MAX_DEPTH + 1];
  for (uint32_t i = exit->frames; i-- > 0; fr = fr->prev) {
    frames[i] = fr;
    // The frame is the context's first member.
    contexts[i] = (RecordContext *)(uintptr_t)left->deopt->frames[exit->frame + i].of;
  }
  mx_record_resume(region->record, exit->frames, frames, contexts);
  jit->recording = region;
  jit->recorder = ec;
  ec->recording = true;
}

// ---- running

// A region was left through a snapshot: is it worth its entries, has the exit become hot?
static void jit_left(Jit *jit, ExecCtx *ec, RegionCode *code, SnapId snap, const Landing *at) {
  if (code->entries == REGION_SAMPLE * REGION_SAMPLES && code == code->region->ready &&
      code->nanos < (uint64_t)REGION_SAMPLES * jit->options.params.short_time) {
    mx_jit_fail(jit, code->region, ABORT_SHORT);
    return;
  }
  uint32_t hot = jit->options.params.exit_threshold << code->region->builds;
  if (++code->exit_counts[snap] == hot) jit_extend(jit, ec, code, snap, at);
}

// The region that begins at a word of a stream.
static Region *jit_region(Jit *jit, Code *code, uint32_t start) {
  Region *region = mx_region_find(code, start);
  if (region) return region;
  region = mx_region_at(code, start);
  if (!jit->options.stats) return region;
  region->next_region = jit->regions;
  return jit->regions = region;
}

static TierNext jit_hot(ExecCtx *ec, Landing *at) {
  Jit *jit = mx_jit_of(ec->vm);
  Code *code = (Code *)(uintptr_t)at->fr->code;
  Region *region = jit_region(jit, code, (uint32_t)(at->ip - code->stream));
  code->heat = jit->options.params.loop_threshold;
  if (mx_compiler_ready(jit)) mx_compiler_install(jit, ec->vm);
  if (ec->recording || code->refined || jit->off) return TIER_GO_ON;
  switch (region->state) {
  case REGION_NEW:
    if (region->next_ready)
      mx_queue_want(jit->compiler, region->next_ready->job);
    else
      jit_start_recording(jit, ec, region, at);
    return TIER_GO_ON;
  case REGION_REFUSED: return TIER_GO_ON;
  case REGION_COMPILED: break;
  }
  if (!mx_enter_allowed(ec, region, at)) return TIER_GO_ON;
  code->heat = 1;
  RegionCode *ready = region->ready;
  Entered entered = mx_enter_run(jit, ec, ready, at);
  if (entered.exited) jit_left(jit, ec, ready, entered.snap, at);
  return entered.next;
}

// ---- installing

JitOptions mx_jit_defaults(void) {
  JitOptions options = {.mode = JIT_OFF, .fuel = UINT64_MAX};
#ifndef NDEBUG
  options.verify = true;
#endif
#define JIT_PARAM(NAME, option, initial, unit, doc) options.params.NAME = (initial);
#include "jit/ir/jit_params.def"
  return options;
}

// The process is copied: the child has no compiler thread until it needs one.
static void jit_fork(VM *vm, ForkStage stage) {
  Jit *jit = mx_jit_of(vm);
  if (stage == FORK_BEFORE)
    mx_queue_before_fork(jit->compiler);
  else if (!mx_queue_after_fork(jit->compiler, stage == FORK_CHILD))
    jit->off = true;
}

static void jit_install(ExecCtx *ec) { mx_compiler_install(mx_jit_of(ec->vm), ec->vm); }

void mx_jit_install(VM *vm, const JitOptions *options) {
  static const Tier tier = {jit_hot, jit_record, jit_install, mx_jit_tell};
  // What looks at each instruction must be shown each instruction.
  Interp *interp = mx_interp(vm);
  if (options->mode == JIT_OFF || interp->options.trace || interp->profiler) return;
  Jit *jit = mx_gc_alloc_words(sizeof *jit);
  jit->options = *options;
  if (vm->options.deterministic) jit->options.mode = JIT_SYNC;
  jit->compiler = mx_queue_new(&jit->options, mx_gc_cells(vm->lists, GC_KIND_WORDS));
  interp->jit = jit;
  interp->tier = &tier;
  interp->heat = options->params.loop_threshold;
  vm->assumption_broken = mx_installed_broken;
  vm->forks = jit_fork;
}

void mx_jit_report(const VM *vm) {
  const Jit *jit = mx_jit_of(vm);
  if (jit && jit->options.stats) mx_stats_print(jit);
}

bool mx_jit_busy(const VM *vm) {
  const Jit *jit = mx_jit_of(vm);
  return jit && mx_queue_busy(jit->compiler);
}

void mx_jit_free(VM *vm) {
  Jit *jit = mx_jit_of(vm);
  if (!jit) return;
  Compiler *compiler = jit->compiler;
  mx_queue_stop(compiler);
  mx_compiler_install(jit, vm);
  jit->off = true;
  vm->assumption_broken = NULL;
  vm->forks = NULL;
  mx_installed_close(jit);
  if (compiler->backend) compiler->api->close(compiler->backend);
  mx_queue_free(compiler);
}
