// SPDX-License-Identifier: MIT
// The embedding API: make a VM, run programs in it, end it. interp/api.c defines it.
//
// Guest code runs on stacks that the VM maps itself; these functions switch to the main one.
// A VM belongs to the thread that made it. Two VMs may live in one process.
#ifndef MX_RUNTIME_API_H
#define MX_RUNTIME_API_H

#include "runtime/base/scope.h"
#include "runtime/vm.h"

typedef enum ProfileForm { PROFILE_TEXT_FORM, PROFILE_JSON, PROFILE_FOLDED } ProfileForm;

// --profile (docs/profiling.md).
typedef struct ProfileOptions {
  bool on;          // profile the run
  bool sample_only; // take samples, count nothing
  ProfileForm form; // of the report
  int fd;           // where it goes
} ProfileOptions;

// What the command line asks of programs.
typedef struct EvalOptions {
  Dialect dialect;          // of text that is not in a file, and of files when forced
  bool force_dialect;       // --dialect
  bool loop;                // -n
  bool print;               // -p
  bool chomp;               // -l
  bool split;               // -a
  bool walker;              // --ast: run by walking the tree
  bool trace;               // --trace
  bool trace_ast;           // --trace-ast
  const char *trace_filter; // of both: "[FILE:][METHOD]", NULL for everything
  bool no_cache;            // --no-cache
  ProfileOptions profile;   // --profile
} EvalOptions;

// Boot a VM with the reference engine.
MX_API VM *mx_api_boot(const VmOptions *options, const EvalOptions *eval);

// Run fn(ec, data) on the main stack, then at_exit procs, flushes and finalizers. An uncaught
// exception is reported on standard error in Ruby's form. Returns the exit status; when the
// program was ended by SignalException, the process has been ended by that signal.
typedef Value (*ApiMain)(ExecCtx *ec, void *data);
MX_API int mx_api_run(VM *vm, ApiMain fn, void *data);

// A program. It may be an image (docs/mxc.md); its bytes stay as they are until the VM is freed.
typedef struct ApiText {
  const char *bytes; // source text or image
  size_t len;        // bytes
  const char *path;  // absolute, of an image that was read up to its source text; else NULL
  Dialect dialect;   // of a source text
} ApiText;
// Body for mx_api_run: evaluate a text as the main program. file is $0 and __FILE__.
MX_API Value mx_api_eval_main(ExecCtx *ec, const ApiText *text, Value file);

// Compile a file, as the main program would be, and write its image (docs/mxc.md) in one step;
// false + SyntaxError or Errno.
MX_API MX_MUST_CHECK bool mx_api_compile_file(ExecCtx *ec, const char *path, const char *target);

// A session: texts that are evaluated one after the other and see each other's locals.
//
// Run text at the top level, then fn(ec, binding, data) while its frame is there. What the binding
// evaluates keeps its new locals; it is TOPLEVEL_BINDING; the frame stands in no backtrace.
typedef Value (*ApiSession)(ExecCtx *ec, Value binding, void *data);
MX_API Value mx_api_run_session(ExecCtx *ec, Value text, Value file, Dialect dialect, ApiSession fn,
                                void *data);
// Does text for a binding end where more of it is expected, and is it right up to there?
MX_API bool mx_api_text_is_unfinished(ExecCtx *ec, Value binding, Value text);
// Take the exception that VAL_EXC stands for; nil for a thread that was killed.
MX_API Value mx_api_take_error(ExecCtx *ec);

MX_API void mx_api_free(VM *vm);

#endif
