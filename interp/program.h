// SPDX-License-Identifier: MIT
// From text to running code: programs, required files, eval in all its forms, core methods.
#ifndef MX_INTERP_PROGRAM_H
#define MX_INTERP_PROGRAM_H

#include "runtime/api.h"
#include "interp/frame.h"

// Why the last pattern did not fit, for the message of NoMatchingPatternError.
typedef enum PatternWhy {
  PATTERN_WHY_NONE,
  PATTERN_WHY_VALUE,      // a === b is not true
  PATTERN_WHY_LENGTH,     // a has `given` elements, not `expected`
  PATTERN_WHY_LENGTH_MIN, // a has fewer than `expected`
  PATTERN_WHY_ARRAY,      // a does not respond to deconstruct
  PATTERN_WHY_HASH,       // a does not respond to deconstruct_keys
  PATTERN_WHY_KEY,        // a has no key b
  PATTERN_WHY_REST,       // a, the rest, is not empty
  PATTERN_WHY_NOT_EMPTY,  // a is not empty
  PATTERN_WHY_FIND,       // a has no such run of elements
  PATTERN_WHY_GUARD,      // the guard does not hold
} PatternWhy;

typedef struct PatternMiss {
  PatternWhy why;
  Value a, b;
  uint32_t given, expected;
} PatternMiss;

// interp's state, kept in vm->interp.
typedef struct Interp {
  EvalOptions options;
  const LexCtx *top_lex[3];  // top level by dialect
  PatternMiss miss;          // of the last pattern that did not fit
  struct Tracer *tracer;     // --trace, --trace-ast (trace.h); NULL without
  struct Profiler *profiler; // --profile (profile.h); NULL without
  const struct Tier *tier;   // the JIT's hooks (tier.h); NULL without
  void *jit;                 // its own state
  uint32_t heat;             // what Code.heat begins with
  uint32_t calls;            // what Code.calls begins with
} Interp;

// The engines' part of a VM.
static inline Interp *mx_interp(const VM *vm) { return vm->interp; }

// What a program is read from.
typedef struct ProgramText {
  const char *bytes; // source text or image; an image stays in use and is not copied
  size_t len;        // bytes
  const char *path;  // the bytes are the head of an image: file that has the text; else NULL
  Value file;        // path; of an image's source, once it is known to be one
  bool is_image;     // set by mx_image_unit
  uint32_t data;     // likewise: offset behind the line __END__ in the source, or 0
} ProgramText;

// Dialect of a file by its name.
MX_FUNC Dialect mx_eval_dialect(const VM *vm, const char *path);
// Run the main program or a required file at the top level. main: -n, -p and DATA apply.
MX_FUNC MX_MUST_CHECK Value mx_eval_program(ExecCtx *ec, ProgramText *text, Dialect dialect,
                                            ClassObj *wrap, bool main);
// Run text at the top level and then fn in its frame (runtime/api.h, mx_api_run_session).
MX_FUNC MX_MUST_CHECK Value mx_eval_session(ExecCtx *ec, Value text, Value file, Dialect dialect,
                                            ApiSession fn, void *data);
// Does text for a binding end where more of it is expected? It is parsed, not run.
MX_FUNC bool mx_eval_is_unfinished(ExecCtx *ec, const BindingObj *binding, Value text);
// Run a file (require, load) at the top level, in a module when wrap is not NULL.
MX_FUNC MX_MUST_CHECK Value mx_eval_file(ExecCtx *ec, const char *path, ClassObj *wrap);
// Upcalls.
MX_FUNC MX_MUST_CHECK Value mx_eval_text(ExecCtx *ec, Value binding, Value text, const char *file,
                                         int32_t line);
// Run text with a self, defining in a class (instance_eval, class_eval).
MX_FUNC MX_MUST_CHECK Value mx_eval_text_self(ExecCtx *ec, Value self, ClassObj *target, Value text,
                                              const char *file, int32_t line);
// Parse the text of a core method at its first call.
MX_FUNC void mx_eval_load_core(ExecCtx *ec, MethodEntry *me);
// Binding of a frame; closes its Envs.
MX_FUNC Value mx_eval_binding(ExecCtx *ec, Frame *fr);
// The top level's binding.
MX_FUNC Value mx_eval_toplevel_binding(ExecCtx *ec);
// Locals of a binding by name.
MX_FUNC Value mx_eval_binding_get(ExecCtx *ec, Value binding, Sym name);
// Set or define one.
MX_FUNC MX_MUST_CHECK bool mx_eval_binding_set(ExecCtx *ec, Value binding, Sym name, Value value);
// Array of their names, inner ones first.
MX_FUNC Value mx_eval_binding_names(ExecCtx *ec, Value binding);

#endif
