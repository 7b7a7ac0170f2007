// SPDX-License-Identifier: MIT
// Frame records: one contract for all engines.
//
// A Frame lies on the context's VM stack, its locals behind it:
//
//   VM stack   ... | Frame | locals (scope->count Values) | arguments being evaluated ... vsp
//
// `site` is stored before everything that can raise or run guest code: it is all a backtrace
// needs. `locals` points at the homes behind the frame, or at the closed Env's copy.
//
// INVARIANTS:
// 1. Frames are linked by prev in call order and popped in that order.
// 2. `env` is made when the first block or binding of the activation is; it is open as long as
//    no Proc or Binding escaped; env->frame is cleared when the frame is popped.
// 3. The number of frames is ec->depth, at most PARAM_MAX_DEPTH in every engine.
#ifndef MX_INTERP_FRAME_H
#define MX_INTERP_FRAME_H

#include "runtime/params.h"
#include "runtime/vm.h"
#include "interp/code.h"

enum {
  LEX_NOT_CONST = 1 << 0, // instance_eval, class_eval with a block: defines, but names no constants
  LEX_TOP = 1 << 1,       // the top level of a file
  LEX_METOREX = 1 << 2,   // `using Metorex` is in effect
};

typedef struct Refinements Refinements; // interp/refine.h

// Lexical context: nesting of modules, active refinements, dialect. Shared, collected memory.
struct LexCtx {
  const LexCtx *parent;     // enclosing context, NULL at the top
  ClassObj *module;         // where `def` defines and constants are set
  Refinements *refinements; // active here, NULL for none
  uint32_t flags;           // LEX_*
  Dialect dialect;          // of the text
};

enum {
  FRAME_METHOD = 1 << 0, // method body (also define_method): `return` ends it
  FRAME_BLOCK = 1 << 1,  // block body
  FRAME_LAMBDA = 1 << 2, // block body of a lambda: `return` ends it
  FRAME_CLASS = 1 << 3,  // class or module body, or class_eval: holds the default visibility
  FRAME_TOP = 1 << 4,    // program or eval text
  FRAME_CORE = 1 << 5,   // core library: hidden from backtraces
  FRAME_MODULE_FUNCTION = 1 << 6, // argless module_function is in effect
  FRAME_MUST_EXIT = 1 << 7,       // machine code must leave through its snapshot
  FRAME_PROC_METHOD = 1 << 8,     // body of define_method: implicit super is an error
  FRAME_REDONE = 1 << 9,          // body runs again by redo: parameters are bound already
};

struct Frame {
  Frame *prev;      // caller's record
  const Code *code; // what runs
  uint32_t site;    // byte offset in the source of what is being evaluated
  uint32_t flags;   // FRAME_*
  Value self;
  Value *locals;      // by slot of code->scope
  Env *env;           // of this activation, NULL until something captures it
  Env *outer;         // of the enclosing scope; NULL for methods, classes, programs
  const Block *block; // block of the method activation (block frames: of their home), or NULL
  const LexCtx *lex;
  const MethodEntry *me;         // method that runs; NULL at the top and in class bodies
  uint32_t me_at;                // its owner's position in the mro of self's class
  uint32_t loop_depth;           // `while` and `until` loops around the current point of this frame
  Visibility visibility;         // default for `def` (FRAME_CLASS, FRAME_TOP)
  const struct BlockSite *sites; // calls with a literal block that are active in this frame
  const Block *own;              // block frames: the block that runs
  const MethodEntry *leaf; // C leaf that called this activation, NULL for none; for backtraces
};

// A call with a literal block: the block's record and the place where its `break` goes.
typedef struct BlockSite {
  Block block;
  const struct BlockSite *prev; // enclosing site of the same frame
} BlockSite;

// Push a frame with its locals set to nil; NULL when SystemStackError was raised.
MX_FUNC MX_MUST_CHECK Frame *mx_frame_push(ExecCtx *ec, const Code *code, Value self,
                                           const LexCtx *lex, uint32_t flags);
// Pop the innermost frame, which must be fr.
MX_FUNC void mx_frame_pop(ExecCtx *ec, Frame *fr);

// The Env of a frame, made (open) at need.
MX_FUNC Env *mx_frame_env(ExecCtx *ec, Frame *fr);

// Home of a local `depth` scopes out.
static inline Value *mx_frame_local(Frame *fr, uint32_t depth, uint32_t slot) {
  if (depth == 0) return &fr->locals[slot];
  Env *env = fr->outer;
  while (--depth > 0) env = env->parent;
  return &env->slots[slot];
}

// Innermost frame that is not core library code, from fr on; NULL when there is none.
MX_FUNC Frame *mx_frame_guest(Frame *fr);
// The frame whose activation a `return` in fr leaves; NULL + LocalJumpError when it has ended.
MX_FUNC Frame *mx_frame_return_target(ExecCtx *ec, Frame *fr);
// The frame that holds the default visibility and definition target for fr.
MX_FUNC Frame *mx_frame_definition(Frame *fr);
// Home of the method-level hidden local for $~ or $_, or NULL when nothing can observe it.
MX_FUNC Value *mx_frame_match_home(Frame *fr);
MX_FUNC Value *mx_frame_line_home(Frame *fr);

MX_FUNC LexCtx *mx_lex_new(ExecCtx *ec, const LexCtx *parent, ClassObj *module, uint32_t flags,
                           Dialect dialect);

#endif
