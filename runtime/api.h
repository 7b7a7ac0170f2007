// SPDX-License-Identifier: MIT
// The embedding API: make a VM, run programs in it, end it. interp/api.c defines it.
//
// Guest code runs on stacks that the VM maps itself; these functions switch to the main one.
// A VM belongs to the thread that made it. Two VMs may live in one process.
#ifndef MX_RUNTIME_API_H
#define MX_RUNTIME_API_H

#include "runtime/base/scope.h"
#include "runtime/vm.h"

// What the command line asks of programs.
typedef struct EvalOptions {
  Dialect dialect;    // of text that is not in a file, and of files when forced
  bool force_dialect; // --dialect
  bool loop;          // -n
  bool print;         // -p
  bool chomp;         // -l
  bool split;         // -a
  bool walker;        // --ast: run by walking the tree
} EvalOptions;

// Boot a VM with the reference engine.
MX_API VM *mx_api_boot(const VmOptions *options, const EvalOptions *eval);

// Run fn(ec, data) on the main stack, then at_exit procs, flushes and finalizers. An uncaught
// exception is reported on standard error in Ruby's form. Returns the exit status; when the
// program was ended by SignalException, the process has been ended by that signal.
typedef Value (*ApiMain)(ExecCtx *ec, void *data);
MX_API int mx_api_run(VM *vm, ApiMain fn, void *data);

// Bodies for mx_api_run: evaluate a text as the main program. file is $0 and __FILE__.
MX_API Value mx_api_eval_main(ExecCtx *ec, Value text, Value file, Dialect dialect);

MX_API void mx_api_free(VM *vm);

#endif
