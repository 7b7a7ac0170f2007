// SPDX-License-Identifier: MIT
// Boot order, running a main program, shutdown.
#include "runtime/api.h"
#include "runtime/array.h"
#include "runtime/error_report.h"
#include "runtime/signal.h"
#include "runtime/string.h"
#include "interp/ast_object.h"
#include "interp/bytecode_object.h"
#include "interp/fiber.h"
#include "interp/fiber_stack.h"
#include "interp/image.h"
#include "interp/invoke.h"
#include "interp/match_vars.h"
#include "interp/profile.h"
#include "interp/program.h"
#include "interp/scheduler.h"
#include "interp/trace.h"

// Make interp's own state and what of the library needs an engine.
static void api_boot_interp(ExecCtx *ec, const EvalOptions *eval) {
  VM *vm = ec->vm;
  Interp *interp = mx_gc_alloc_words(sizeof *interp);
  interp->options = *eval;
  interp->tracer = mx_trace_new(eval->trace_filter, eval->trace || eval->trace_ast);
  for (int dialect = DIALECT_RUBY; dialect <= DIALECT_CORE; dialect++)
    interp->top_lex[dialect] = mx_lex_new(ec, NULL, vm->cls.Object, LEX_TOP, (Dialect)dialect);
  vm->interp = interp;
  if (eval->profile.on) interp->profiler = mx_profile_new(vm, &eval->profile);
  mx_fiber_boot(ec);
  mx_thread_boot(ec);
  mx_match_boot(ec);
  mx_ast_boot(ec);
  mx_bytecode_boot(ec);
}

// Metorex's own names for classes of Ruby's.
static void api_boot_names(ExecCtx *ec) {
  VM *vm = ec->vm;
  Value argument = val_from_ptr(vm->cls.ArgumentError);
  Value division = val_from_ptr(vm->cls.ZeroDivisionError);
  bool fine = mx_const_set(ec, vm->cls.Metorex, mx_sym(vm, "ValueError"), argument) &&
              mx_const_set(ec, vm->cls.Metorex, mx_sym(vm, "DivisionByZeroError"), division);
  MX_ASSERT(fine, "names of Metorex");
  MX_UNUSED(fine);
}

VM *mx_api_boot(const VmOptions *options, const EvalOptions *eval) {
  VM *vm = mx_vm_new(mx_interp_upcalls(), options);
  api_boot_interp(vm->main_ec, eval);
  api_boot_names(vm->main_ec);
  vm->booted = true;
  return vm;
}

Value mx_api_eval_main(ExecCtx *ec, const ApiText *text, Value file) {
  ProgramText program = {.bytes = text->bytes, .len = text->len, .path = text->path, .file = file};
  return mx_eval_program(ec, &program, text->dialect, NULL, true);
}

bool mx_api_compile_file(ExecCtx *ec, const char *path, const char *target) {
  return mx_image_compile_file(ec, path, target);
}

// What mx_api_run hands to the main fiber.
typedef struct ApiRun {
  ApiMain fn;
  void *data;
  int status; // exit status
  int signal; // that ends the process, 0 for none
  bool late;  // an at_exit block has raised what the process ends by
} ApiRun;

Value mx_api_run_session(ExecCtx *ec, Value text, Value file, Dialect dialect, ApiSession fn,
                         void *data) {
  return mx_eval_session(ec, text, file, dialect, fn, data);
}

bool mx_api_text_is_unfinished(ExecCtx *ec, Value binding, Value text) {
  return mx_eval_is_unfinished(ec, VAL_CAST(BindingObj, binding), text);
}

// Take the pending exception; nil for a thread that was killed. Jumps and throws do not come here:
// what begins one has looked whether there is something that it ends at.
Value mx_api_take_error(ExecCtx *ec) {
  MX_ASSERT(ec->unwind == UNWIND_RAISE || ec->unwind == UNWIND_KILL, "a jump out of the program");
  return mx_exc_take(ec);
}

// Does an exception say how the process ends, without being an error?
static bool api_is_ending(VM *vm, Value error) {
  return mx_is_a(vm, error, vm->cls.SystemExit) || mx_is_a(vm, error, vm->cls.SignalException);
}

// What an at_exit block raised: an error is reported at once, an ending takes the place of the one
// there was. Answers the exception that the process ends by.
static Value api_at_exit_raised(ExecCtx *ec, ApiRun *run, Value error, Value raised) {
  if (!api_is_ending(ec->vm, raised)) {
    run->status = mx_error_report(ec, raised);
    return run->late ? VAL_NIL : error;
  }
  if (!val_is_nil(error) && !api_is_ending(ec->vm, error)) (void)mx_error_report(ec, error);
  run->late = true;
  return raised;
}

// Run at_exit procs, last registered first; each sees what was raised last as $!.
static Value api_at_exit(ExecCtx *ec, ApiRun *run, Value error) {
  Value seen = error;
  while (val_is_array(ec->vm->at_exit) && mx_array_len(ec->vm->at_exit) > 0) {
    Value proc = mx_array_pop(ec, ec->vm->at_exit);
    ec->errinfo = seen;
    CallArgs args = {0};
    if (!val_is_exc(mx_invoke_block(ec, &VAL_CAST(Proc, proc)->block, &args))) continue;
    Value raised = mx_api_take_error(ec);
    if (val_is_nil(raised)) continue;
    seen = raised;
    error = api_at_exit_raised(ec, run, error, raised);
  }
  return error;
}

// Run what was asked for, the at_exit blocks, and the report of what they raised.
static Value api_main(ExecCtx *ec, void *data) {
  ApiRun *run = data;
  Profiler *profiler = mx_interp(ec->vm)->profiler;
  if (profiler) mx_profile_start(profiler);
  Value result = run->fn(ec, run->data);
  Value error = val_is_exc(result) ? mx_api_take_error(ec) : VAL_NIL;
  error = api_at_exit(ec, run, error);
  ec->frame = NULL;
  if (!val_is_nil(error)) run->status = mx_error_report(ec, error);
  if (!val_is_nil(error) && mx_is_a(ec->vm, error, ec->vm->cls.SignalException))
    run->signal = run->status - 128;
  Value flushed = mx_send0(ec, val_from_ptr(ec->vm->cls.IO), mx_sym(ec->vm, "__flush_all"));
  if (val_is_exc(flushed)) (void)mx_api_take_error(ec);
  if (profiler) mx_profile_finish(ec, profiler);
  return VAL_NIL;
}

int mx_api_run(VM *vm, ApiMain fn, void *data) {
  ApiRun run = {.fn = fn, .data = data};
  (void)mx_fiber_run_main(vm, api_main, &run);
  if (run.signal) mx_signal_end_process(run.signal);
  return run.status;
}

void mx_api_free(VM *vm) {
  mx_signal_leave(vm);
  mx_thread_close(vm);
  mx_stack_pool_free(vm);
  mx_vm_free(vm);
}
