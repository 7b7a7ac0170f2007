// SPDX-License-Identifier: MIT
// Calls from the runtime up into the engines: a table that interp installs in the VM.
//
// This is the only way from a C leaf to guest code. Each of these may run guest code, so a
// builtin that uses one has RUNS_GUEST in its effects.
#ifndef MX_RUNTIME_UPCALL_H
#define MX_RUNTIME_UPCALL_H

#include "runtime/hooks.h"

// What a primitive can ask about its caller: the innermost guest frame that is not core code.
typedef struct CallerInfo {
  Value self;            // its self
  const MethodEntry *me; // method it runs, or NULL at the top level and in class bodies
  const Block *block;    // block of that method's activation, or NULL
  ClassObj *module;      // where its `def` defines; NULL: a singleton class that is not made yet
  Visibility visibility; // default for methods defined there; PUBLIC outside class bodies
  const char *file;      // path as the program sees it
  uint32_t line;         // line of the call that is running
  bool is_image;         // it comes from a compiled file: its source need not be there
} CallerInfo;

struct Upcalls {
  // Call a method by name; honours visibility unless CALL_FCALL or CALL_SAFE; method_missing.
  Value (*send)(ExecCtx *ec, Value receiver, Sym name, const CallArgs *args);
  // Call a method that was looked up already.
  Value (*invoke)(ExecCtx *ec, Value receiver, MethodRef ref, Sym name, const CallArgs *args);
  // Call a block (yield semantics for procs, strict for lambdas).
  Value (*yield)(ExecCtx *ec, const Block *block, const CallArgs *args);
  // Call a block with another self and definition target (instance_exec, class_exec).
  // target: module that `def` inside defines in, NULL for self's singleton class.
  Value (*yield_self)(ExecCtx *ec, const Block *block, Value self, ClassObj *target,
                      const CallArgs *args);
  // Evaluate text. binding: T_BINDING, or nil for the top level. file, line: as the text's own.
  Value (*eval_text)(ExecCtx *ec, Value binding, Value text, const char *file, int32_t line);
  // instance_eval and class_eval of text: self and definition target are replaced.
  Value (*eval_text_self)(ExecCtx *ec, Value self, ClassObj *target, Value text, const char *file,
                          int32_t line);
  // Run a file's text at the top level (require, load). wrap: module for load(f, true), or NULL.
  Value (*run_file)(ExecCtx *ec, const char *path, ClassObj *wrap);
  // The caller's binding (needs_frame): skips core frames. RuntimeError when nothing else is there.
  Value (*caller_binding)(ExecCtx *ec);
  Value (*toplevel_binding)(ExecCtx *ec); // of the main program
  // Parameters of code, as Method#parameters gives them; arity.
  Value (*code_parameters)(ExecCtx *ec, const MethodEntry *me, const Block *block, bool lambda);
  int (*code_arity)(ExecCtx *ec, const MethodEntry *me, const Block *block);
  // [file, line] or nil.
  Value (*code_location)(ExecCtx *ec, const MethodEntry *me, const Block *block);
  // Backtrace of the running frames as an opaque collected object.
  void *(*capture_backtrace)(ExecCtx *ec);
  // Render it: Array of Strings "file:line:in 'Class#meth'"; limit -1 for all.
  Value (*render_backtrace)(ExecCtx *ec, void *captured, int64_t limit);
  // Source that shows where an exception happened, as detailed_message appends it, or nil.
  Value (*snippet)(ExecCtx *ec, Value exception);
  // Set and read $~ and $_ of the innermost guest frame that is not core (needs_frame).
  void (*set_match)(ExecCtx *ec, Value match);
  Value (*get_match)(ExecCtx *ec);
  // above: activations of guest code between the innermost one and the one that gets it.
  void (*set_last_line)(ExecCtx *ec, Value line, uint32_t above);
  Value (*get_last_line)(ExecCtx *ec);
  // Load a core method's body and turn its entry into METHOD_GUEST.
  void (*load_core)(ExecCtx *ec, MethodEntry *me);
  // Answer pending polls (signals, switches, finalizers); false when one raised.
  bool (*poll)(ExecCtx *ec);

  // ---- the caller's frame, for rows with E_FRAME
  // Describe the caller; false when no guest frame is running.
  bool (*caller)(ExecCtx *ec, CallerInfo *out);
  // Block that the running core method was given (the innermost frame's), or NULL: lets a
  // primitive call or convert it with no Proc made in between.
  const Block *(*core_block)(ExecCtx *ec);
  // Argless private, protected, public, module_function of the caller's class body.
  void (*set_default_visibility)(ExecCtx *ec, Visibility visibility);
  Value (*nesting)(ExecCtx *ec); // Module.nesting: Array, innermost first
  // Activate the refinements of a module in the caller's scope (using); they are the Array
  // @__refinements of the module, of Refinements whose `attached` is the refined module.
  bool (*use_refinements)(ExecCtx *ec, ClassObj *module);
  // Method of a class as the calling guest frame finds it, its refinements seen.
  MethodRef (*find_method)(ExecCtx *ec, ClassObj *klass, Sym name);
  Value (*used_refinements)(ExecCtx *ec); // Array of active Refinements, newest first

  // ---- fibers: argc values travel; several arrive as one Array
  bool (*fiber_init)(ExecCtx *ec, Value fiber, Value proc); // false: raised
  Value (*fiber_resume)(ExecCtx *ec, Value fiber, int argc, const Value *argv);
  Value (*fiber_yield)(ExecCtx *ec, int argc, const Value *argv);
  Value (*fiber_transfer)(ExecCtx *ec, Value fiber, int argc, const Value *argv);
  Value (*fiber_raise)(ExecCtx *ec, Value fiber, Value exception);
  Value (*fiber_alive)(ExecCtx *ec, Value fiber);

  // ---- threads (runtime/thread.h); false: raised
  ExecCtx *(*thread_context)(Value thread);           // that a live one runs in
  void (*thread_fork)(const VM *vm, ForkStage stage); // the process is copied
  bool (*thread_start)(ExecCtx *ec, Value thread, Value proc, Value args);
  bool (*thread_pass)(ExecCtx *ec);
  bool (*thread_park)(ExecCtx *ec, double seconds); // negative: until woken
  bool (*thread_wait_fd)(ExecCtx *ec, int fd, short events, double seconds, bool *ready);
  void (*thread_wake)(ExecCtx *ec, Value thread);
  bool (*thread_interrupt)(ExecCtx *ec, Value thread, Value exception); // VAL_UNDEF kills

  // ---- hooks (hooks.h)
  // mx_raise_value has made an exception pending; a hook may replace it.
  void (*raised)(ExecCtx *ec);
  // The body that a Proc, Method or UnboundMethod runs, or NULL, maybe with an exception.
  const void *(*hook_target)(ExecCtx *ec, Value v);
  // Can a hook ever be told anything of its target?
  bool (*hook_fits)(ExecCtx *ec, const Hook *hook);
  Value (*hook_binding)(ExecCtx *ec, const HookArg *arg); // or nil

  // Mark the parameters of a method or block for ruby2_keywords; false when they do not fit.
  bool (*ruby2_keywords)(ExecCtx *ec, const MethodEntry *me, const Block *block);

  // ---- locals of a binding
  Value (*binding_get)(ExecCtx *ec, Value binding, Sym name);             // VAL_UNDEF when absent
  bool (*binding_set)(ExecCtx *ec, Value binding, Sym name, Value value); // creates; false: raised
  Value (*binding_names)(ExecCtx *ec, Value binding);                     // Array of Symbols
  // Does text for a binding end where more of it is expected?
  bool (*binding_expects_more)(ExecCtx *ec, Value binding, Value text);
};

// ---- conveniences over the table (call.c of the runtime)
// Send with arguments on a C array.
MX_FUNC MX_MUST_CHECK Value mx_send(ExecCtx *ec, Value receiver, Sym name, int argc,
                                    const Value *argv);
MX_FUNC MX_MUST_CHECK Value mx_send0(ExecCtx *ec, Value receiver, Sym name);
MX_FUNC MX_MUST_CHECK Value mx_send1(ExecCtx *ec, Value receiver, Sym name, Value a);
MX_FUNC MX_MUST_CHECK Value mx_send2(ExecCtx *ec, Value receiver, Sym name, Value a, Value b);
MX_FUNC MX_MUST_CHECK Value mx_yield(ExecCtx *ec, const Block *block, int argc, const Value *argv);
// Does v answer to name (respond_to? / respond_to_missing? honoured when they are overridden)?
// 1 yes, 0 no, -1 raised.
MX_FUNC int mx_respond_to(ExecCtx *ec, Value v, Sym name, bool with_private);
// Send if v responds, else VAL_UNDEF.
MX_FUNC MX_MUST_CHECK Value mx_send_if(ExecCtx *ec, Value v, Sym name, int argc, const Value *argv);
// Is the method that v would run for name the one that the given class was born with?
MX_FUNC bool mx_method_is_builtin(ExecCtx *ec, Value v, Sym name);

#endif
