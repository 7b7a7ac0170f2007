// SPDX-License-Identifier: MIT
// The module's door: LLVM's set-up, one module for each job, the pipeline, ORC.
#include "jit/ir/snap_map.h"
#include "jit/llvm/code_memory.h"
#include "jit/llvm/lower.h"
#include <llvm-c/Analysis.h>
#include <llvm-c/ExecutionEngine.h>
#include <llvm-c/LLJIT.h>
#include <llvm-c/Support.h>
#include <llvm-c/Target.h>
#include <llvm-c/TargetMachine.h>
#include <llvm-c/Transforms/PassBuilder.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct Backend {
  const BackendHooks *hooks;   // of the program
  LLVMTargetMachineRef target; // makes code well, for this processor; NULL until the first time
  LLVMTargetMachineRef quick;  // makes it quickly, for any processor of the kind
  LLVMOrcLLJITRef jit;         // links and holds the code
  CodeMemory memory;           // where it puts it
};

// Code that is made quickly gets none of LLVM's passes, and instructions one by one (FastISel). For
// the rest, what is left to do after our own passes.
// PERF: with mem2reg, instcombine and licm all compiles of the benchmarks took 8 % longer, and the
// code was as fast; default<O2> takes two to three times as long, likewise.
static const char pipeline[] = "function(early-cse<memssa>,simplifycfg)";

// What the code generator leaves out: merging the ends of exits, and a second scheduling.
// PERF: another 4 %, on the same terms. Most of the rest is the selection of instructions.
// What FastISel cannot select, and leaves to the slow selection, is told (backend_told). What has
// no line goes with what is before it (lines.c), so the table of lines need not say so.
static const char *const generator[] = {"metorex", "-enable-tail-merge=false",
                                        "-enable-misched=false", "-fast-isel-report-on-fallback",
                                        "-use-unknown-locations=Disable"};

// ---- errors

static char *backend_message(LLVMErrorRef error) {
  char *text = LLVMGetErrorMessage(error);
  char *copy = strdup(text);
  LLVMDisposeErrorMessage(text);
  return copy;
}

static void backend_free_text(char *text) { free(text); }

// ---- opening and closing

// LLVM was built for this kind of machine: it can make code for it.
static void backend_initialize_once(void) {
  LLVMParseCommandLineOptions(sizeof generator / sizeof *generator, generator, "");
  if (LLVMInitializeNativeTarget() || LLVMInitializeNativeAsmPrinter()) MX_UNREACHABLE();
}

// A code generator. PERF: working out what a processor has takes a tenth of all instructions that
// loading and the first compiles execute, so what makes code quickly does without.
static LLVMTargetMachineRef backend_target(LLVMCodeGenOptLevel level) {
  bool well = level != LLVMCodeGenLevelNone;
  char *triple = LLVMGetDefaultTargetTriple(), *error = NULL;
  char *cpu = well ? LLVMGetHostCPUName() : NULL;
  char *features = well ? LLVMGetHostCPUFeatures() : NULL;
  LLVMTargetRef target;
  if (LLVMGetTargetFromTriple(triple, &target, &error)) MX_UNREACHABLE();
  LLVMTargetMachineRef machine =
      LLVMCreateTargetMachine(target, triple, cpu ? cpu : "", features ? features : "", level,
                              LLVMRelocDefault, LLVMCodeModelJITDefault);
  LLVMDisposeMessage(triple);
  if (cpu) LLVMDisposeMessage(cpu);
  if (features) LLVMDisposeMessage(features);
  return machine;
}

// The code generator of a job.
static LLVMTargetMachineRef backend_target_of(Backend *backend, const BackendJob *job) {
  if (job->budget) return backend->quick;
  if (!backend->target) backend->target = backend_target(LLVMCodeGenLevelDefault);
  return backend->target;
}

static void backend_close(Backend *backend) {
  if (backend->jit) LLVMConsumeError(LLVMOrcDisposeLLJIT(backend->jit));
  if (backend->target) LLVMDisposeTargetMachine(backend->target);
  if (backend->quick) LLVMDisposeTargetMachine(backend->quick);
  free(backend);
}

static LLVMOrcObjectLayerRef backend_layer(void *context, LLVMOrcExecutionSessionRef session,
                                           const char *triple) {
  (void)triple;
  Backend *backend = context;
  LLVMOrcObjectLayerRef layer = mx_code_memory_layer(&backend->memory, session);
  if (backend->hooks->debugger)
    LLVMOrcRTDyldObjectLinkingLayerRegisterJITEventListener(layer,
                                                            LLVMCreateGDBRegistrationListener());
  return layer;
}

static Backend *backend_open(const BackendHooks *hooks) {
  // LLVM's tables of targets are the process's, and backends of several VMs may open at a time.
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, backend_initialize_once);
  Backend *backend = calloc(1, sizeof *backend);
  if (!backend) mx_check_out_of_memory(sizeof *backend);
  backend->hooks = hooks;
  backend->quick = backend_target(LLVMCodeGenLevelNone);
  LLVMOrcLLJITBuilderRef builder = LLVMOrcCreateLLJITBuilder();
  LLVMOrcLLJITBuilderSetObjectLinkingLayerCreator(builder, backend_layer, backend);
  LLVMOrcLLJITBuilderSetJITTargetMachineBuilder(
      builder,
      LLVMOrcJITTargetMachineBuilderCreateFromTargetMachine(backend_target(LLVMCodeGenLevelNone)));
  LLVMErrorRef failed = LLVMOrcCreateLLJIT(&backend->jit, builder);
  if (!failed) return backend;
  LLVMConsumeError(failed);
  backend_close(backend);
  return NULL;
}

// ---- one job

// Alias metadata: one type for each kind of memory under one root.
static void backend_tags(Lower *lo) {
  LLVMMetadataRef name = LLVMMDStringInContext2(lo->cx, "metorex", 7);
  LLVMMetadataRef root = LLVMMDNodeInContext2(lo->cx, &name, 1);
  LLVMMetadataRef zero = LLVMValueAsMetadata(mx_lower_word(lo, 0));
  for (uint32_t i = 0; i < LOWER_MEMORIES; i++) {
    char text[16];
    int length = snprintf(text, sizeof text, "m%u", i);
    LLVMMetadataRef type[3] = {LLVMMDStringInContext2(lo->cx, text, (size_t)length), root, zero};
    LLVMMetadataRef node = LLVMMDNodeInContext2(lo->cx, type, 3);
    lo->tags[i] = LLVMMetadataAsValue(
        lo->cx, LLVMMDNodeInContext2(lo->cx, (LLVMMetadataRef[]){node, node, zero}, 3));
  }
}

// Branch weights of a guard.
static void backend_weights(Lower *lo) {
  LLVMMetadataRef parts[3] = {
      LLVMMDStringInContext2(lo->cx, "branch_weights", 14),
      LLVMValueAsMetadata(LLVMConstInt(lo->i32, 1 << 16, 0)),
      LLVMValueAsMetadata(LLVMConstInt(lo->i32, 1, 0)),
  };
  lo->unlikely = LLVMMetadataAsValue(lo->cx, LLVMMDNodeInContext2(lo->cx, parts, 3));
}

// Types, and the function with its arguments.
static void backend_begin(Lower *lo) {
  lo->i1 = LLVMInt1TypeInContext(lo->cx);
  lo->i32 = LLVMInt32TypeInContext(lo->cx);
  lo->i64 = LLVMInt64TypeInContext(lo->cx);
  lo->f64 = LLVMDoubleTypeInContext(lo->cx);
  lo->ptr = LLVMPointerTypeInContext(lo->cx, 0);
  lo->none = LLVMVoidTypeInContext(lo->cx);
  lo->at = LLVMCreateBuilderInContext(lo->cx);
  bool method = lo->job->method.callee != NULL;
  LLVMTypeRef loop = LLVMFunctionType(lo->i64, (LLVMTypeRef[]){lo->ptr, lo->ptr, lo->ptr}, 3, 0);
  lo->entry = lo->function =
      LLVMAddFunction(lo->module, lo->job->symbol, method ? mx_lower_method_type(lo) : loop);
  lo->ec = LLVMGetParam(lo->function, 0);
  backend_tags(lo);
  backend_weights(lo);
  if (method) return;
  lo->frame = LLVMGetParam(lo->function, 1);
  lo->out = LLVMGetParam(lo->function, 2);
  unsigned kind = LLVMGetEnumAttributeKindForName("noalias", 7);
  LLVMAddAttributeAtIndex(lo->function, 3, LLVMCreateEnumAttribute(lo->cx, kind, 0));
}

// IR of the job as a module of LLVM.
static LLVMModuleRef backend_lower(Backend *backend, BackendJob *job, LLVMContextRef cx) {
  Lower lo = {.hooks = backend->hooks, .job = job, .fn = job->fn, .cx = cx};
  lo.module = LLVMModuleCreateWithNameInContext(job->symbol, cx);
  lo.values = calloc(job->fn->ins.count + 1, sizeof *lo.values);
  lo.blocks = calloc(job->fn->blocks.count + 1, sizeof *lo.blocks);
  lo.ends = calloc(job->fn->blocks.count + 1, sizeof *lo.ends);
  lo.exits = calloc(job->fn->snaps.count + 1, sizeof *lo.exits);
  backend_begin(&lo);
  if (job->fn->own) mx_lower_own(&lo);
  if (job->want_lines) mx_lines_begin(&lo);
  mx_lower_function(&lo);
  LLVMDisposeBuilder(lo.at);
  free(lo.values);
  free(lo.blocks);
  free(lo.ends);
  free(lo.exits);
  return lo.module;
}

// Nanoseconds of processor time that this thread has had.
static uint64_t backend_now(void) {
  struct timespec now;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

// Verify if that is asked for, and optimize; false with a message.
static bool backend_optimize(Backend *backend, BackendJob *job, LLVMModuleRef module,
                             char **error) {
  char *message = NULL;
  if (job->verify && LLVMVerifyModule(module, LLVMReturnStatusAction, &message)) {
    *error = strdup(message);
    LLVMDisposeMessage(message);
    return false;
  }
  LLVMDisposeMessage(message);
  if (job->budget) return true;
  LLVMPassBuilderOptionsRef options = LLVMCreatePassBuilderOptions();
  // Of all that can be wrong, only an unknown name in the pipeline would be told here.
  if (LLVMRunPasses(module, pipeline, backend_target_of(backend, job), options)) MX_UNREACHABLE();
  LLVMDisposePassBuilderOptions(options);
  return true;
}

// LLVM IR as text.
static char *backend_text(LLVMModuleRef module) {
  char *text = LLVMPrintModuleToString(module);
  char *copy = strdup(text);
  LLVMDisposeMessage(text);
  return copy;
}

// Make an object file, or assembly, of a module, which is used up.
static LLVMMemoryBufferRef backend_emit(Backend *backend, const BackendJob *job,
                                        LLVMModuleRef module, LLVMCodeGenFileType type) {
  LLVMTargetMachineRef target = backend_target_of(backend, job);
  LLVMMemoryBufferRef buffer;
  char *message; // set only by a code generator that knows no such files
  if (LLVMTargetMachineEmitToMemoryBuffer(target, module, type, &message, &buffer))
    MX_UNREACHABLE();
  return buffer;
}

// --dump=asm: assembly of a module, which stays as it is.
static char *backend_assembly(Backend *backend, const BackendJob *job, LLVMModuleRef module) {
  LLVMModuleRef copy = LLVMCloneModule(module);
  LLVMMemoryBufferRef buffer = backend_emit(backend, job, copy, LLVMAssemblyFile);
  char *text = strndup(LLVMGetBufferStart(buffer), LLVMGetBufferSize(buffer));
  LLVMDisposeMemoryBuffer(buffer);
  LLVMDisposeModule(copy);
  return text;
}

// Link an object file; false with a message.
static bool backend_link(Backend *backend, const BackendJob *job, LLVMMemoryBufferRef object,
                         MachineCode *out, char **error) {
  // The sections lie in the file; what else does is more than their alignment takes.
  backend->memory.room = LLVMGetBufferSize(object);
  LLVMOrcJITDylibRef library = LLVMOrcLLJITGetMainJITDylib(backend->jit);
  LLVMOrcResourceTrackerRef tracker = LLVMOrcJITDylibCreateResourceTracker(library);
  LLVMOrcExecutorAddress address = 0;
  LLVMErrorRef failed = LLVMOrcLLJITAddObjectFileWithRT(backend->jit, tracker, object);
  if (!failed) failed = LLVMOrcLLJITLookup(backend->jit, &address, job->symbol);
  if (failed) {
    *error = backend_message(failed);
    LLVMConsumeError(LLVMOrcResourceTrackerRemove(tracker));
    LLVMOrcReleaseResourceTracker(tracker);
    return false;
  }
  *out = (MachineCode){.entry = (LoopEntry)(uintptr_t)address,
                       .bytes = (uint32_t)backend->memory.code_bytes,
                       .room = (uint32_t)backend->memory.pages,
                       .tracker = tracker};
  return true;
}

// From LLVM IR to machine code; false with a message.
static bool backend_finish(Backend *backend, BackendJob *job, LLVMModuleRef module,
                           MachineCode *out, char **error) {
  uint64_t start = backend_now();
  if (!backend_optimize(backend, job, module, error)) return false;
  uint64_t optimized = backend_now();
  if (job->want_llvm) job->llvm_text = backend_text(module);
  if (job->want_assembly) job->assembly = backend_assembly(backend, job, module);
  uint64_t begun = backend_now();
  LLVMMemoryBufferRef object = backend_emit(backend, job, module, LLVMObjectFile);
  uint64_t emitted = backend_now();
  uint32_t line_count = 0;
  MachineLine *lines = job->want_lines ? mx_lines_read(object, &line_count) : NULL;
  bool ok = backend_link(backend, job, object, out, error);
  out->lines = lines;
  out->line_count = line_count;
  job->nanos[BACKEND_OPTIMIZE] = optimized - start;
  job->nanos[BACKEND_EMIT] = emitted - begun;
  job->nanos[BACKEND_LINK] = backend_now() - emitted;
  return ok;
}

// LLVM has something to say. A warning is about instructions that FastISel left to the slow
// selection; the rest are remarks.
static void backend_told(LLVMDiagnosticInfoRef told, void *ctx) {
  BackendJob *job = ctx;
  job->fell_back |= LLVMGetDiagInfoSeverity(told) == LLVMDSWarning;
}

static bool backend_compile(Backend *backend, BackendJob *job, MachineCode *out, char **error) {
  uint64_t start = backend_now();
  LLVMContextRef cx = LLVMContextCreate();
  LLVMContextSetDiagnosticHandler(cx, backend_told, job);
  LLVMModuleRef module = backend_lower(backend, job, cx);
  job->nanos[BACKEND_LOWER] = backend_now() - start;
  bool ok = backend_finish(backend, job, module, out, error);
  LLVMDisposeModule(module);
  LLVMContextDispose(cx);
  return ok;
}

static void backend_release(Backend *backend, MachineCode *code) {
  (void)backend;
  LLVMConsumeError(LLVMOrcResourceTrackerRemove(code->tracker));
  LLVMOrcReleaseResourceTracker(code->tracker);
  mx_vec_release(code->lines);
  *code = (MachineCode){0};
}

MX_API const BackendApi *mx_jit_backend(void);
const BackendApi *mx_jit_backend(void) {
  static const BackendApi api = {backend_open, backend_close, backend_compile, backend_release,
                                 backend_free_text};
  return &api;
}
