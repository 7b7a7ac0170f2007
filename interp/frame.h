// SPDX-License-Identifier: MIT
// Frame records: one contract for all engines.
//
// A Frame lies on the context's VM stack, between its locals and its operands:
//
//   VM stack   ... | arguments, other locals | Frame | FrameBlocks | operands ... vsp
//
// Arguments that were pushed for a call become the first locals where they lie. `locals` points at
// the homes, or at the closed Env's copy. FrameBlocks is there when the code has nested blocks.
// The place being evaluated is all a backtrace needs: the walker stores `site`, the bytecode
// engine `ip`, before everything that can raise or run guest code.
//
// Machine code writes a light record of its outermost activation, and that around calls only: prev,
// code, self, lex, me, me_at, flags and leaf, all that is looked at from inside a method that it
// calls, and the path: which of the activations that it built in place are under way, and where.
// The block that a method was given lies there from its start on. Its locals are in registers.
// Before anything that may look at more, whole frames are made (jit/deopt).
//
// INVARIANTS:
// 1. Frames are linked by prev in call order and popped in that order.
// 2. `env` is made when the first block or binding of the activation is (proc.h).
// 3. ec->depth counts frames, up to PARAM_MAX_DEPTH in every engine; a fiber begins above 0
//    (fiber.h). Frames of the core library do not count, since an engine may do without them
//    (`send`, `new`, `call`).
// 4. A frame has at most one call with a literal block under way: `call_serial` is its number.
#ifndef MX_INTERP_FRAME_H
#define MX_INTERP_FRAME_H

#include "runtime/params.h"
#include "runtime/vm.h"
#include "interp/code.h"

enum {
  LEX_NOT_CONST = 1 << 0, // instance_eval, class_eval with a block: defines, but names no constants
  LEX_TOP = 1 << 1,       // the top level of a file
  LEX_METOREX = 1 << 2,   // `using Metorex` is in effect
  LEX_NO_METHODS = 1 << 3, // instance_eval of a number or Symbol: `def` has no class to define in
};

typedef struct Refinements Refinements; // interp/refine.h

// Lexical context: nesting of modules, active refinements, dialect. Shared, collected memory.
struct LexCtx {
  const LexCtx *parent;     // enclosing context, NULL at the top
  ClassObj *module;         // where `def` defines and constants are set; NULL: see mx_define_home
  Value self;               // module is NULL: whose singleton class it comes to be
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
  FRAME_SWITCH_DUE = 1 << 7,      // core code: threads are to switch when it has returned
  FRAME_PROC_METHOD = 1 << 8,     // body of define_method: implicit super is an error
  FRAME_REDONE = 1 << 9,          // body runs again by redo: parameters are bound already
  FRAME_ENTRY = 1 << 10,          // run by a C caller: the interpreter returns when it ends
  FRAME_NEW = 1 << 11,            // initialize, called by `new`: the value is self
  FRAME_GUARDED = 1 << 12,        // walker: inside a begin with rescue or ensure
  FRAME_MACHINE = 1 << 13,        // machine code runs: what it calls from is in the path
  FRAME_TOLD = 1 << 14,           // hooks were told that it ends (watch.h)
};

// An activation of machine code, in a list that leads to the frame's own.
typedef struct FramePath {
  const struct FramePath *caller; // activation that has called it; NULL: it is the frame's own
  const Code *code;               // what runs
  const MethodEntry *me;          // its method
  const MethodEntry *leaf;        // C leaf that called it, NULL for none
  const uint32_t *ip;             // behind the instruction that calls
  uint32_t flags;                 // FRAME_*
  uint32_t depth;                 // frames that it and those around stand for in ec->depth
} FramePath;

struct Frame {
  Frame *prev;             // caller's record
  const Code *code;        // what runs
  const uint32_t *ip;      // bytecode: behind the instruction being executed
  Value *locals;           // by slot of code->scope
  Value self;              // receiver
  const Block *block;      // block of the method activation (block frames: of their home), or NULL
  const LexCtx *lex;       // lexical context of the code
  const MethodEntry *me;   // method that runs; NULL at the top and in class bodies
  Env *outer;              // of the enclosing scope; NULL for methods, classes, programs
  Env *env;                // of this activation, NULL until something captures it
  Value *base;             // where the VM stack is cut when the frame ends
  const Block *own;        // block frames: the block that runs
  const MethodEntry *leaf; // C leaf that called this activation, NULL for none; for backtraces
  uint64_t call_serial;    // number of the call with a literal block under way, 0 for none
  uint32_t flags;          // FRAME_*
  uint32_t me_at;          // its owner's position in the mro of self's class
  union {
    struct {
      uint32_t site;       // walker: byte offset in the source of what is being evaluated
      uint32_t loop_depth; // walker: `while` and `until` loops around the current point
    };
    const FramePath *path; // MACHINE: the innermost activation, or NULL before the first call
  };
  Visibility visibility; // default for `def` (FRAME_CLASS, FRAME_TOP)
};

// What a frame whose code has blocks has behind it.
typedef struct FrameBlocks {
  Env env;     // while open
  Block block; // of the call with a literal block under way (bytecode)
} FrameBlocks;

enum {
  FRAME_WORDS = (sizeof(Frame) + sizeof(Value) - 1) / sizeof(Value),
  FRAME_BLOCKS_WORDS = (sizeof(FrameBlocks) + sizeof(Value) - 1) / sizeof(Value),
};

static inline FrameBlocks *mx_frame_blocks(Frame *fr) { return (FrameBlocks *)(void *)(fr + 1); }

// Where the operands of a frame begin.
static inline Value *mx_frame_stack(Frame *fr) {
  return (Value *)(void *)(fr + 1) + (fr->code->has_blocks ? FRAME_BLOCKS_WORDS : 0);
}

// Words that frames of a code take beside its operands.
static inline uint32_t mx_frame_words(const Scope *scope, bool has_blocks) {
  return scope->count + FRAME_WORDS + (has_blocks ? FRAME_BLOCKS_WORDS : 0);
}

// What the frame is evaluating, to be resolved by mx_frame_site_of: the walker's site, the pc of
// the bytecode engine, or FRAME_AT_START when it has not begun.
enum { FRAME_AT_START = UINT32_MAX };
MX_FUNC uint32_t mx_frame_place(const Frame *fr);
// Where an activation of machine code calls, likewise.
static inline uint32_t mx_frame_path_place(const FramePath *path) {
  return mx_code_pc(path->code, path->ip - 1);
}
MX_FUNC uint32_t mx_frame_site_of(const Code *code, uint32_t place);
// Byte offset in the source of what the frame is evaluating.
MX_FUNC uint32_t mx_frame_site(const Frame *fr);

// Stands before ec->frame is set: a signal handler that comes in between (--profile) finds prev,
// code, ip and leaf in place. Orders what the compiler does; costs nothing.
static inline void mx_frame_publish(void) { __atomic_signal_fence(__ATOMIC_RELEASE); }

// Push a frame with its locals set to nil; NULL when SystemStackError was raised.
MX_FUNC MX_MUST_CHECK Frame *mx_frame_push(ExecCtx *ec, const Code *code, Value self,
                                           const LexCtx *lex, uint32_t flags);
// Tell the frame's Env, if it has one, that the frame ends.
static inline void mx_frame_detach(Frame *fr) {
  if (MX_LIKELY(!fr->env)) return;
  Env *env = fr->env->open ? fr->env->closed : fr->env;
  if (env) env->frame = NULL;
}
// Pop the innermost frame, which must be fr.
MX_FUNC void mx_frame_pop(ExecCtx *ec, Frame *fr);

// The Env of a frame, made (open) at need.
MX_FUNC Env *mx_frame_env(ExecCtx *ec, Frame *fr);

// The Env in the heap that has the frame's locals; NULL when they are on the VM stack.
MX_FUNC Env *mx_frame_taken_env(const Frame *fr);
// Let an Env in the heap have the locals of a frame.
MX_FUNC void mx_frame_take(Frame *fr, Env *env);

// Home of a local `depth` scopes out.
static inline Value *mx_frame_local(Frame *fr, uint32_t depth, uint32_t slot) {
  if (depth == 0) return &fr->locals[slot];
  Env *env = fr->outer;
  while (--depth > 0) env = env->parent;
  return &env->slots[slot];
}

// Innermost frame that is not core library code, from fr on; NULL when there is none.
MX_FUNC Frame *mx_frame_guest(Frame *fr);
// Is a frame one of this context's, and not of another fiber or thread?
MX_FUNC bool mx_frame_is_of(const ExecCtx *ec, const Frame *fr);
// The frame whose activation a `return` in fr leaves; NULL + LocalJumpError when it has ended.
MX_FUNC Frame *mx_frame_return_target(ExecCtx *ec, Frame *fr);
// The frame that holds the default visibility and definition target for fr.
MX_FUNC Frame *mx_frame_definition(Frame *fr);
// Slots of the method activation around fr, that of evaluated text included; *code is the method's.
MX_FUNC Value *mx_frame_method_locals(Frame *fr, const Code **code);
// Is fr inside a method made by define_method?
MX_FUNC bool mx_frame_in_proc_method(const Frame *fr);
// Home of the method-level hidden local for $~ or $_ (SYM_g_match, SYM_g_line), or NULL when
// nothing can observe it.
MX_FUNC Value *mx_frame_hidden_home(Frame *fr, Sym name);
// The same as a block sees it.
MX_FUNC Value *mx_frame_block_hidden_home(const Block *block, Sym name);

// Does the context see methods as Ruby code without refinements does?
static inline bool mx_lex_is_plain(const LexCtx *lex) {
  return !lex->refinements && lex->dialect == DIALECT_RUBY && !(lex->flags & LEX_METOREX);
}

MX_FUNC LexCtx *mx_lex_new(ExecCtx *ec, const LexCtx *parent, ClassObj *module, uint32_t flags,
                           Dialect dialect);

#endif
