// SPDX-License-Identifier: MIT
// From hot loops to machine code and back: recording, building, compiling, running, leaving.
#include "jit/jit.h"
#include "runtime/assume.h"
#include "runtime/hash.h"
#include "interp/ops.h"
#include "interp/program.h"
#include "interp/tier.h"
#include "jit/ir/ir_print.h"
#include "jit/ir/snap_map.h"
#include "jit/layout.h"
#include "jit/opt/pipeline.h"
#include "jit/region_table.h"
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

typedef struct Jit {
  JitOptions options;    // of the command line
  const BackendApi *api; // NULL until the first region, or when there is none
  Backend *backend;      // likewise
  BackendHooks hooks;    // what it is told
  bool no_backend;       // loading it failed
  Region *recording;     // the region that is being recorded, NULL for none
  ExecCtx *recorder;     // context that records
  uint32_t denied;       // requests of other contexts since that recording began
  uint32_t compiled;     // regions compiled so far
} Jit;

static Jit *jit_of(const VM *vm) { return mx_interp(vm)->jit; }

// ---- log

#define JIT_LOG(jit, ...) ((jit)->options.log ? (void)fprintf(stderr, __VA_ARGS__) : (void)0)

// Where a region begins, for people.
static void jit_log_region(const Jit *jit, const Region *region, const char *what) {
  if (!jit->options.log) return;
  uint32_t line = mx_code_line(region->code, mx_chunk_site(region->code->chunk, region->pc));
  fprintf(stderr, "jit: loop%s at line %u: %s\n", region->code->core ? " (core)" : "", line, what);
}

// What a region was built without.
static void jit_log_notes(const Jit *jit, const VM *vm, const RegionResult *built) {
  for (uint32_t i = 0; jit->options.log && i < built->notes.count; i++) {
    const BuildNote *note = &built->notes.at[i];
    const Chunk *chunk = note->code->chunk;
    Instruction in;
    if (!mx_op_decode(chunk->code, chunk->code_len, note->pc, &in)) continue;
    fprintf(stderr, "jit:   line %u: %s%s %s\n",
            mx_code_line(note->code, mx_chunk_site(chunk, note->pc)),
            note->code->core ? "(core) " : "",
            note->name ? mx_sym_text(&vm->symtab, note->name) : mx_op_info(in.op)->name,
            note->name ? "is called by the protocol" : "is not compiled");
  }
}

static const char *jit_abort_text(AbortReason reason) {
  static const char *const texts[ABORT_COUNT] = {
#define ABORT(NAME, text, FINAL, doc) [ABORT_##NAME] = text,
#include "jit/ir/aborts.def"
  };
  return texts[reason];
}

// ---- the back end

// The call protocol on the operands below sp.
static Value jit_protocol(ExecCtx *ec, const Frame *fr, const CallCache *cc, const CallEntry *entry,
                          const Value *sp) {
  if (!entry && ec->unwind != UNWIND_NONE) return VAL_EXC;
  CallArgs args = {.argv = sp - cc->argc, .argc = cc->argc, .flags = cc->flags & OPF_CALL_MASK};
  if (args.flags & CALL_KW && mx_hash_count(sp[-1]) == 0) {
    args.flags &= ~(uint32_t)CALL_KW;
    args.argc--;
  }
  if (!entry || !entry->cell->me)
    return mx_invoke_send(ec, args.argv[-1], cc->name, &args, fr->lex);
  MethodRef ref = {entry->cell->me, entry->cell->at};
  return mx_invoke_method(ec, args.argv[-1], ref, cc->name, &args);
}

// Did a Proc or Binding take the locals of a frame of the path away while it called?
static bool jit_escaped(const ExecCtx *ec, const Frame *root) {
  for (const Frame *fr = ec->frame;; fr = fr->prev) {
    if (fr->env && !fr->env->open) return true;
    if (fr == root) return false;
  }
}

// A call by the interpreter's protocol, in the frames that the snapshot describes.
static uint64_t jit_call(ExecCtx *ec, Frame *root, const void *owner, uint64_t site,
                         uint64_t *out) {
  const Region *region = owner;
  const CallCache *cc = region->calls[site & (((uint64_t)1 << JIT_SITE_BITS) - 1)];
  Landing at;
  mx_deopt_frames(ec, region->deopt, (SnapId)(site >> JIT_SITE_BITS), root, out, &at);
  at.fr->ip = at.ip + 2;
  const CallEntry *entry =
      mx_ops_resolve(ec, at.fr, (CallCache *)(uintptr_t)cc, at.sp[-1 - (int64_t)cc->argc]);
  Value value = jit_protocol(ec, at.fr, cc, entry, at.sp);
  if (val_is_exc(value)) return VAL_EXC;
  if (!mx_region_valid(ec->vm, region) || ec->poll || jit_escaped(ec, root)) {
    at.sp -= cc->argc + 1;
    *at.sp++ = value;
    ec->vsp = at.sp;
    return VAL_UNDEF;
  }
  while (ec->frame != root) mx_frame_pop(ec, ec->frame);
  return value;
}

// A C function that machine code called has raised: make the frames, in which it did.
static void jit_raised(ExecCtx *ec, Frame *root, const void *owner, uint64_t snap, uint64_t method,
                       uint64_t *out) {
  const Region *region = owner;
  Landing at;
  mx_deopt_frames(ec, region->deopt, (SnapId)snap, root, out, &at);
  at.fr->ip = at.ip + 1;
  if (ec->unwind != UNWIND_RAISE) return;
  ec->leaf = (const MethodEntry *)(uintptr_t)method;
  mx_error_recapture(ec, ec->exc);
  ec->leaf = NULL;
}

static uint64_t jit_new_object(ExecCtx *ec, uint64_t shape) {
  return mx_object_new_shape(ec, (ShapeId)shape);
}

// Path of the back end's module, which lies beside the program.
static bool jit_module_path(char *path, size_t room) {
  static const char name[] = "metorex-jit.so";
  ssize_t length = readlink("/proc/self/exe", path, room - sizeof name);
  if (length <= 0) return false;
  while (length > 0 && path[length - 1] != '/') length--;
  memcpy(path + length, name, sizeof name);
  return true;
}

// Load the back end's module.
static void jit_load(Jit *jit) {
  jit->hooks = (BackendHooks){mx_layout_offsets(), mx_layout_addresses(), jit_call, jit_raised,
                              jit_new_object};
  jit->no_backend = true;
  char path[4096];
  bool given = jit->options.module != NULL;
  if (!given && !jit_module_path(path, sizeof path)) return;
  void *module = dlopen(given ? jit->options.module : path, RTLD_NOW | RTLD_LOCAL);
  if (!module) {
    JIT_LOG(jit, "jit: %s\n", dlerror());
    return;
  }
  JitBackendFn door;
  *(void **)(void *)&door = dlsym(module, JIT_BACKEND_SYMBOL);
  if (!door) return;
  jit->api = door();
  jit->backend = jit->api->open(&jit->hooks);
  jit->no_backend = jit->backend == NULL;
}

// ---- building and compiling

// Keep alive what the machine code mentions.
static void jit_pin(Region *region, const IrFn *fn) {
  uint32_t count = 0;
  region->pins =
      mx_gc_alloc_words((fn->words.count + region->built.assumptions.count + 1) * sizeof(Value));
  for (uint32_t i = 0; i < fn->words.count; i++) region->pins[count++] = fn->words.at[i];
  for (uint32_t i = 0; i < region->built.assumptions.count; i++)
    region->pins[count++] = val_from_ptr(region->built.assumptions.at[i].cell);
}

// Keep what calls need when the function is gone.
static void jit_keep_sites(Region *region, const IrFn *fn) {
  region->calls = mx_gc_alloc_words((fn->sites.count + 1) * sizeof *region->calls);
  for (uint32_t i = 0; i < fn->sites.count; i++) region->calls[i] = fn->sites.at[i].cache;
}

// --dump=ir
static void jit_dump(const IrFn *fn) {
  StrBuf text = {0};
  mx_ir_print(fn, &text);
  fputs(mx_strbuf_text(&text), stderr);
  mx_strbuf_free(&text);
}

// Run the passes, with the verifier between them.
static bool jit_optimize(const Jit *jit, Region *region, IrFn *fn) {
  StrBuf problem = {0};
  PipelineOptions options = {.verify = true};
  bool ok = mx_pipeline_run(fn, &options, &problem);
  if (!ok) jit_log_region(jit, region, mx_strbuf_text(&problem));
  MX_ASSERT(ok, "region does not verify: %s", mx_strbuf_text(&problem));
  mx_strbuf_free(&problem);
  return ok;
}

// Give the region machine code; false when the back end refuses.
static bool jit_compile(Jit *jit, Region *region, IrFn *fn) {
  char symbol[32], *error = NULL;
  snprintf(symbol, sizeof symbol, "region_%u", ++jit->compiled);
  BackendJob job = {
      .fn = fn, .owner = region, .symbol = symbol, .want_text = jit->options.dump_llvm};
  bool ok = jit->api->compile(jit->backend, &job, &region->machine, &error);
  if (job.llvm_text) fputs(job.llvm_text, stderr);
  if (job.llvm_text) jit->api->free_text(job.llvm_text);
  if (!ok) jit_log_region(jit, region, error);
  if (error) jit->api->free_text(error);
  return ok;
}

// A recording or build came to nothing.
static void jit_fail(const Jit *jit, Region *region, AbortReason reason) {
  static const bool final[ABORT_COUNT] = {
#define ABORT(NAME, text, FINAL, doc) [ABORT_##NAME] = FINAL,
#include "jit/ir/aborts.def"
  };
  jit_log_region(jit, region, jit_abort_text(reason));
  region->failures++;
  if (final[reason] || region->failures >= jit->options.params.rebuilds)
    region->state = REGION_REFUSED;
}

// Build and compile what was recorded.
static void jit_build(Jit *jit, ExecCtx *ec, Region *region) {
  if (!jit->backend && !jit->no_backend) jit_load(jit);
  if (jit->no_backend) {
    region->state = REGION_REFUSED;
    return;
  }
  // What runs relies on the tables of its own build.
  if (region->running) return;
  if (region->machine.entry) jit->api->release(jit->backend, &region->machine);
  region->state = REGION_NEW;
  Arena arena;
  mx_arena_init(&arena, mx_arena_malloc_source());
  AbortReason reason = mx_region_build(ec, region->record, &arena, &region->built);
  IrFn *fn = region->built.fn;
  jit_log_notes(jit, ec->vm, &region->built);
  vec_free(&region->built.notes);
  if (reason == ABORT_NONE && !jit_optimize(jit, region, fn)) reason = ABORT_BACKEND;
  if (reason == ABORT_NONE && jit->options.dump_ir) jit_dump(fn);
  if (reason == ABORT_NONE) {
    region->deopt = mx_deopt_map(fn);
    region->room = mx_snap_room(fn);
    jit_keep_sites(region, fn);
    jit_pin(region, fn);
    region->exit_counts = mx_gc_alloc_atomic((fn->snaps.count + 1) * sizeof(uint32_t));
    if (!jit_compile(jit, region, fn)) reason = ABORT_BACKEND;
  }
  if (fn) mx_ir_free(fn);
  region->built.fn = NULL;
  mx_arena_free(&arena);
  if (reason != ABORT_NONE) {
    jit_fail(jit, region, reason);
    return;
  }
  region->builds++;
  region->entries = region->nanos = 0;
  region->state = REGION_COMPILED;
  jit_log_region(jit, region, "compiled");
}

// ---- recording

static void jit_stop_recording(Jit *jit) {
  jit->recorder->recording = false;
  jit->recording = NULL;
  jit->recorder = NULL;
  jit->denied = 0;
}

static void jit_record(ExecCtx *ec, Frame *fr, const uint32_t *ip, const Value *sp) {
  Jit *jit = jit_of(ec->vm);
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
    jit_build(jit, ec, region);
  else if (region->state == REGION_NEW)
    jit_fail(jit, region, region->record->abort);
}

// Begin to record a region whose first instruction is about to execute.
static void jit_start_recording(Jit *jit, ExecCtx *ec, Region *region, const Landing *at) {
  // A context that was left for good while it recorded must not keep others from it.
  if (jit->recording) {
    if (jit->recorder == ec || ++jit->denied < jit->options.params.stale) return;
    Region *stale = jit->recording;
    jit_stop_recording(jit);
    if (stale->state == REGION_NEW) jit_fail(jit, stale, ABORT_SWITCHED);
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
static void jit_extend(Jit *jit, ExecCtx *ec, Region *region, SnapId snap, const Landing *at) {
  const DeoptExit *exit = &region->deopt->exits[snap];
  if (jit->recording || region->running || region->builds >= jit->options.params.rebuilds) return;
  Frame *frames[RECORD_MAX_DEPTH + 1], *fr = at->fr;
  RecordContext *contexts[RECORD_MAX_DEPTH + 1];
  for (uint32_t i = exit->frames; i-- > 0; fr = fr->prev) {
    frames[i] = fr;
    // The frame is the context's first member.
    contexts[i] = (RecordContext *)(uintptr_t)region->deopt->frames[exit->frame + i].of;
  }
  mx_record_resume(region->record, exit->frames, frames, contexts);
  jit->recording = region;
  jit->recorder = ec;
  ec->recording = true;
}

// ---- running

// May the region's code run in this frame?
static bool jit_may_enter(const ExecCtx *ec, const Region *region, const Landing *at) {
  const Frame *fr = at->fr;
  const Record *rec = region->record;
  if (fr->env && !fr->env->open) return false;
  if ((fr->block != NULL) != rec->root_has_block) return false;
  if (rec->root_block &&
      (fr->block->kind != BLOCK_CODE || fr->block->is_lambda || fr->block->code != rec->root_block))
    return false;
  if ((uint32_t)(at->sp - mx_frame_stack((Frame *)(uintptr_t)fr)) != rec->root_operands)
    return false;
  if (fr->lex != rec->root->frame.lex || fr->flags & FRAME_MUST_EXIT) return false;
  return ec->depth + region->deopt->depth < PARAM_MAX_DEPTH &&
         (size_t)(ec->vstack_end - at->sp) > region->deopt->words + STREAM_STACK_SLACK &&
         mx_region_valid(ec->vm, region);
}

static uint64_t jit_clock(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

// Run the region's code from the landing on.
static TierNext jit_run(Jit *jit, ExecCtx *ec, Region *region, Landing *at) {
  uint64_t *out = __builtin_alloca((region->room + 8) * sizeof *out);
  Frame *fr = at->fr;
  ec->vsp = at->sp;
  bool sampled = ++region->entries % REGION_SAMPLE == 0;
  uint64_t start = sampled ? jit_clock() : 0;
  region->running++;
  uint64_t left = region->machine.entry(ec, fr, out);
  region->running--;
  if (sampled) region->nanos += jit_clock() - start;
  SnapId snap = (SnapId)(left >> JIT_LEAVE_BITS);
  switch ((JitLeave)(left & ((1u << JIT_LEAVE_BITS) - 1))) {
  case JIT_LEAVE_RAISED: return TIER_UNWIND;
  case JIT_LEAVE_LANDED: *at = (Landing){ec->frame, ec->frame->ip, ec->vsp}; return TIER_GO_ON;
  case JIT_LEAVE_EXIT: break;
  }
  mx_deopt_frames(ec, region->deopt, snap, fr, out, at);
  if (region->entries == REGION_SAMPLE * REGION_SAMPLES &&
      region->nanos < (uint64_t)REGION_SAMPLES * jit->options.params.short_time) {
    jit_fail(jit, region, ABORT_SHORT);
    return TIER_GO_ON;
  }
  uint32_t hot = jit->options.params.exit_threshold << region->builds;
  if (++region->exit_counts[snap] == hot) jit_extend(jit, ec, region, snap, at);
  return TIER_GO_ON;
}

static TierNext jit_hot(ExecCtx *ec, Landing *at) {
  Jit *jit = jit_of(ec->vm);
  Code *code = (Code *)(uintptr_t)at->fr->code;
  Region *region = mx_region_at(code, (uint32_t)(at->ip - code->stream));
  code->heat = jit->options.params.loop_threshold;
  if (ec->recording || code->refined) return TIER_GO_ON;
  switch (region->state) {
  case REGION_NEW: jit_start_recording(jit, ec, region, at); return TIER_GO_ON;
  case REGION_REFUSED: return TIER_GO_ON;
  case REGION_COMPILED: break;
  }
  if (!jit_may_enter(ec, region, at)) {
    if (!mx_region_valid(ec->vm, region)) {
      region->state = REGION_NEW;
      jit_fail(jit, region, ABORT_BROKEN);
    }
    return TIER_GO_ON;
  }
  code->heat = 1;
  return jit_run(jit, ec, region, at);
}

// ---- installing

JitOptions mx_jit_defaults(void) {
  JitOptions options = {.mode = JIT_OFF};
#define JIT_PARAM(NAME, option, initial, unit, doc) options.params.NAME = (initial);
#include "jit/ir/jit_params.def"
  return options;
}

void mx_jit_install(VM *vm, const JitOptions *options) {
  static const Tier tier = {jit_hot, jit_record};
  // What looks at each instruction must be shown each instruction.
  const Interp *interp = mx_interp(vm);
  if (options->mode == JIT_OFF || interp->options.trace || interp->profiler) return;
  Jit *jit = mx_gc_alloc_words(sizeof *jit);
  jit->options = *options;
  mx_interp(vm)->jit = jit;
  mx_interp(vm)->tier = &tier;
  mx_interp(vm)->heat = options->params.loop_threshold;
}

void mx_jit_free(VM *vm) {
  Jit *jit = jit_of(vm);
  if (jit && jit->backend) jit->api->close(jit->backend);
}
