// SPDX-License-Identifier: MIT
// What the JIT keeps for a VM; shared by the files of this folder.
//
// jit.c decides what is recorded, built and given up; compiler.c turns a record into machine code,
// on the thread of compile_queue.c unless the program waits; installed.c has what exists; enter.c
// runs that of loops, activation.c that of methods; backend_load.c finds LLVM; jit_log.c tells
// people.
#ifndef MX_JIT_STATE_H
#define MX_JIT_STATE_H

#include "runtime/base/prng.h"
#include "runtime/base/strbuf.h"
#include "interp/program.h"
#include "jit/jit.h"
#include "jit/jit_stats.h"
#include "jit/region_table.h"
#include <pthread.h>

// One build on its way to machine code. Malloc; what the collector must not free meanwhile hangs on
// the RegionCode.
typedef struct CompileJob CompileJob;
struct CompileJob {
  CompileJob *next;        // in the queue's list that it is in
  RegionCode *code;        // what it becomes; not looked into by the compiler thread
  volatile uint32_t *poll; // poll word of the context that asked; code->asker keeps it alive
  uint32_t gain;           // times that the program wanted the code since; the queue's lock
  bool stale;              // the result is not wanted any more; the queue's lock
  Arena arena;             // of fn
  IrFn *fn;                // the region
  uint64_t *budget;        // of the region: make it quickly; NULL: make it well
  MethodJob method;        // what the code of a method must know of itself
  char *symbol;            // malloc: name of the machine code
  char *head;              // malloc: comments in front of the IR; NULL without --dump=ir
  AbortReason reason;      // why there is none
  char *message;           // malloc: what the verifier, LLVM or the loader said; NULL for nothing
  MachineCode machine;     // the result
  uint64_t nanos[STATS_PHASES]; // time it took
  uint64_t load_nanos;          // to load the back end
  uint32_t instructions;        // of IR that the back end was given
};

// What the thread that runs the program shares with the compiler thread: malloc memory, not
// collected.
typedef struct Compiler {
  const JitOptions *options; // of Jit, which outlives it
  const BackendApi *api;     // NULL until the first job, or when there is none
  Backend *backend;          // likewise
  BackendHooks hooks;        // what it is told
  void **cells;              // free cells of plain objects (mx_gc_cells)
  bool tried;                // to load it
  uint32_t *stress;          // for the hooks
  uint64_t fuel;             // --jit-fuel: what is left
  // ---- the queue (compile_queue.c)
  pthread_mutex_t lock; // of what follows
  pthread_cond_t wake;  // of the thread: a job waits, or it is to end
  pthread_cond_t idle;  // `working` has become NULL
  pthread_t thread;     // while `alive`
  CompileJob *waiting;  // in the order they came
  CompileJob *working;  // the thread has it
  CompileJob *done;     // the newest first
  bool alive;           // there is a thread
  bool ends;            // it is to end
  bool lost;            // a fork cut a compile off: the back end may not be called any more
  uint32_t ready;       // atomic: `done` is not empty
} Compiler;

// --stress=exits, --stress=invalidate (jit_stress.c)
typedef struct JitStress {
  Prng prng;        // of the seed
  uint32_t exit;    // guards until machine code leaves though it need not; malloc, since it counts
  uint32_t chances; // until code is dropped though it is good
} JitStress;

struct Jit {
  JitOptions options;          // of the command line
  Compiler *compiler;          // malloc
  bool off;                    // nothing can be compiled: there is no back end
  RegionCode *pending;         // builds on their way to machine code
  Region *recording;           // the region that is being recorded, NULL for none
  ExecCtx *recorder;           // context that records
  uint32_t denied;             // requests of other contexts since that recording began
  uint32_t compiled;           // jobs so far
  VEC(RegionCode *) installed; // machine code there is; malloc, keeps nothing alive
  uint64_t room;               // bytes of memory of the code of regions, dropped code aside
  uint32_t hand;               // index in `installed` of what is to be evicted next
  uint32_t crowded;            // times that a method of a crowded code was hot
  JitStats stats;              // --jit-stats
  JitStress *stress;           // malloc; NULL without
  bool lists;                  // somebody will ask for all regions
  Region *regions;             // all of them, the newest first, when `lists`
  volatile bool moving;        // the list of installed code is being changed
};

static inline Jit *mx_jit_of(const VM *vm) { return mx_interp(vm)->jit; }

// ---- jit.c
// A recording, a build or running came to nothing: count it, and refuse the region if it is of no
// use to try again.
MX_FUNC void mx_jit_fail(Jit *jit, Region *region, AbortReason reason);

// A method is called so often that it should have machine code: record it, if that can be.
MX_FUNC void mx_jit_method_hot(ExecCtx *ec, MethodEntry *me, uint32_t at);
// A method's code was left through a snapshot, and its frames are made: has the exit become hot?
MX_FUNC void mx_jit_method_left(ExecCtx *ec, RegionCode *code, SnapId snap, const Landing *at);
// Likewise because something unwinds.
MX_FUNC void mx_jit_method_unwinds(ExecCtx *ec, RegionCode *code, SnapId snap);
// An activation that the interpreter ran, or went on with, for machine code has ended.
MX_FUNC void mx_jit_method_ended(ExecCtx *ec, const Frame *root);

// ---- backend_load.c
// Load the back end unless that was tried before; false when there is none, with *message why if
// that is new. On the thread that compiles.
MX_FUNC bool mx_backend_load(Compiler *compiler, char **message);

// ---- compiler.c
// Build what was recorded. In the background the region is pending then; otherwise it is COMPILED
// or has failed.
MX_FUNC void mx_compiler_build(Jit *jit, ExecCtx *ec, Region *region);
// Make a region's code well if that is worth it and not done yet.
MX_FUNC void mx_compiler_improve(Jit *jit, ExecCtx *ec, Region *region);
// Say of a function of a region how it will be made.
MX_FUNC void mx_compiler_set_tier(const Region *region, IrFn *fn, bool quick);
// The work of a job: passes and the back end. Touches no collected memory.
MX_FUNC void mx_compiler_work(Compiler *compiler, CompileJob *job);
// Install what is done. On the thread that runs the program, at a safepoint.
MX_FUNC void mx_compiler_install(Jit *jit, ExecCtx *ec);
static inline bool mx_compiler_ready(const Jit *jit) {
  return __atomic_load_n(&jit->compiler->ready, __ATOMIC_RELAXED) != 0;
}

// ---- compile_queue.c: the compiler thread
MX_FUNC Compiler *mx_queue_new(const JitOptions *options, void **cells);
// Hand a job to the thread, which is started at need; when too many wait, one is dropped. False: it
// cannot be started.
MX_FUNC bool mx_queue_push(Compiler *compiler, CompileJob *job);
// Take all jobs that are done, the oldest first.
MX_FUNC CompileJob *mx_queue_take(Compiler *compiler);
// The program would have run a code that is not there yet.
MX_FUNC void mx_queue_want(Compiler *compiler, CompileJob *job);
// Does a job that is to be made quickly wait, or is it at work?
MX_FUNC bool mx_queue_is_quick(Compiler *compiler);
// The result of a job is not wanted any more; it comes back without one.
MX_FUNC void mx_queue_cancel(Compiler *compiler, CompileJob *job);
// Before and after fork(). The child has no thread; false when it cannot have one, since the
// compiler was at work when the process was copied.
MX_FUNC void mx_queue_before_fork(Compiler *compiler);
MX_FUNC bool mx_queue_after_fork(Compiler *compiler, bool child);
// No other job begins; is the thread at work?
MX_FUNC bool mx_queue_end(Compiler *compiler);
// Wait until the thread has ended. Jobs that it had not begun come back without a result.
MX_FUNC void mx_queue_stop(Compiler *compiler);
MX_FUNC void mx_queue_free(Compiler *compiler);

// ---- installed.c: machine code that exists
// Be told when something breaks that a build relies on, from before it is compiled.
MX_FUNC void mx_installed_watch(const RegionCode *code);
// Enter a code, whose assumptions hold, into the list.
MX_FUNC void mx_installed_add(Jit *jit, RegionCode *code);
// A code will not be entered any more: its region has none, or a newer one. Its memory is given
// back at once if nothing runs it, else when the collector finds that nothing refers to it.
MX_FUNC void mx_installed_drop(Jit *jit, RegionCode *code);
// There may be more machine code than params allow: drop what was not entered lately.
MX_FUNC void mx_installed_evict(Jit *jit, const RegionCode *newest);
// Hooks are enabled, or no more: no code is to run meanwhile.
MX_FUNC void mx_installed_watched(const Jit *jit, bool on);
// VM.assumption_broken: kill the code that relies on it.
MX_FUNC void mx_installed_broken(VM *vm, const MethodCell *cell, Sym name);
// Tier.runs
MX_FUNC const Code *mx_installed_runs(const VM *vm, uint64_t address, const TierPlace **place);
// The back end goes away, with all machine code.
MX_FUNC void mx_installed_close(Jit *jit);

// ---- enter.c
// May the region's code run in these frames? sp: of the head.
MX_FUNC bool mx_enter_allowed(const ExecCtx *ec, const Region *region, const EntryFrames *entry,
                              const Value *sp);
// What running a region's code came to.
typedef struct Entered {
  TierNext next; // what the interpreter does
  bool exited;   // through a snapshot
  SnapId snap;   // which
} Entered;
// Run it from the landing on, to where *at is afterwards.
MX_FUNC Entered mx_enter_run(Jit *jit, ExecCtx *ec, RegionCode *code, const EntryFrames *entry,
                             Landing *at);
// A call by the interpreter's protocol, for BackendHooks. owner: the RegionCode.
MX_FUNC uint64_t mx_enter_call(ExecCtx *ec, Frame *root, const void *owner, uint64_t site,
                               uint64_t *out);

// A C function that machine code called has raised: make the frames in which it did, likewise.
MX_FUNC void mx_enter_raised(ExecCtx *ec, Frame *root, const void *owner, uint64_t snap,
                             uint64_t method, uint64_t *out);

// ---- jit_stress.c: --stress=exits, --stress=invalidate
// NULL unless one of them is asked for; malloc.
MX_FUNC JitStress *mx_stress_new(const JitOptions *options);
// Machine code is about to run, or has made a call: drop the code? The region begins anew then.
MX_FUNC void mx_stress_invalidate(Jit *jit, RegionCode *code);
// Machine code was left: how far is it to the next exit?
MX_FUNC void mx_stress_left(const Jit *jit);

// ---- activation.c
// Is there room on the C stack for machine code, and for the interpreter below it?
MX_FUNC bool mx_activation_fits(const ExecCtx *ec);
// Run a method's machine code; its receiver and arguments lie at base. Its value, or VAL_EXC.
MX_FUNC MX_MUST_CHECK Value mx_activation_enter(ExecCtx *ec, const MethodEntry *me, Value *base);
// For BackendHooks: interpret, leave. owner: the RegionCode.
MX_FUNC uint64_t mx_activation_interpret(ExecCtx *ec, const void *callee, uint64_t at, Value *base,
                                         uint64_t argc);
MX_FUNC uint64_t mx_activation_leave(ExecCtx *ec, Frame *root, const void *owner, uint64_t left,
                                     uint64_t *out);

// ---- jit_regions.c: what became of hot places
// Describe a region.
MX_FUNC void mx_jit_region_tell(const Region *region, TierRegion *out);
// Tier.regions
MX_FUNC void mx_jit_regions(const VM *vm, TierVisit visit, void *ctx);
// Is there anything to tell of it?
static inline bool mx_jit_region_counts(const Region *region) {
  return region->record || region->state != REGION_NEW;
}

// ---- jit_object.c: Tier.tell
MX_FUNC Value mx_jit_tell(ExecCtx *ec, const Code *code, TierQuestion what);

// ---- jit_log.c: --jit-log
// Where a region is, for people.
MX_FUNC void mx_jit_log_where(const Region *region, char *text, size_t room);
// The file of that; the program's where it is a loop of the library that yields to the program.
MX_FUNC const char *mx_jit_log_file(const Region *region);
// What became of a region.
MX_FUNC void mx_jit_log_region(const Jit *jit, const Region *region, const char *what);
// An exit of a region, whose innermost frame goes on there, has become hot.
MX_FUNC void mx_jit_log_exit(const Jit *jit, const Region *region, const DeoptFrame *at);
// --jit-symbols=perf: add the code to perf's map of this process.
MX_FUNC void mx_jit_log_symbol(const RegionCode *code, const char *symbol);
// What a recorded region is called in full: "loop Foo#bar t.rb:3", "method ...", or "iterator ..."
// with the place of the call that has the block.
MX_FUNC void mx_jit_log_name(ExecCtx *ec, const Region *region, StrBuf *out);
// Comments in front of its IR: the name, and which codes the snapshots name by number.
MX_FUNC void mx_jit_log_head(ExecCtx *ec, const Region *region, const IrFn *fn, StrBuf *out);
// What a region was built without.
MX_FUNC void mx_jit_log_notes(const Jit *jit, const VM *vm, const RegionResult *built);
MX_FUNC const char *mx_jit_abort_text(AbortReason reason);

#endif
