// SPDX-License-Identifier: MIT
// Call arguments, blocks, procs, methods, bindings and captured variables.
//
// A block is passed as a pointer to a Block on the caller's stack: no allocation. It becomes a
// Proc when the program asks for an object (&b, proc, lambda), and then the Envs it refers to
// are closed (their slots move to the heap) all at once.
//
// An Env is the captured locals of one scope. Open: it lies in its frame on the VM stack, and
// `slots` points at the frame's homes. Closed: it lies in the heap with a copy of the slots. When
// it closes, the frame's `locals` and the stack's Env follow to the copy, so running code never
// asks which.
// INVARIANTS:
// 1. At most one Env per activation of a scope; its parent chain mirrors the chain of Scopes.
// 2. Only frames and Blocks above the frame on the same stack point to an Env on the stack, so
//    none outlives it; a Proc, a Binding and an Env in the heap point to Envs in the heap only.
#ifndef MX_RUNTIME_PROC_H
#define MX_RUNTIME_PROC_H

#include "runtime/class.h"

typedef struct Frame Frame;   // interp/frame.h
typedef struct LexCtx LexCtx; // interp/frame.h: nesting of modules, refinements, dialect

typedef struct Env {
  Header h;           // T_*
  struct Env *parent; // Env of the enclosing scope, NULL at the top of a chain
  Value *slots;       // homes of the locals: VM stack while open, behind the struct when closed
  uint32_t count;     // slots
  bool open;          // lies, with its slots, on a VM stack
  Frame *frame;       // activation that owns it, NULL once that has ended
  Value **home;       // that frame's pointer to its locals, which follows when the Env closes
  const void *scope;  // the code's Scope: names by slot, for eval and binding
  struct Env *closed; // of an Env on the stack: its copy in the heap, NULL before there is one
} Env;

// Are its slots in the heap, because a Proc or Binding has it?
static inline bool mx_env_is_taken(const Env *env) { return !env->open || env->closed; }

typedef enum BlockKind {
  BLOCK_CODE,   // literal block: code is interp's (a tree node with its tree, or a chunk)
  BLOCK_SYMBOL, // &:name
  BLOCK_METHOD, // &method(:name): value is the T_METHOD
  BLOCK_C,      // C function, for the runtime's own needs
} BlockKind;

typedef struct CallArgs CallArgs;
typedef Value (*BlockFn)(ExecCtx *ec, void *data, const CallArgs *args);

typedef struct Block {
  uint8_t kind;          // BlockKind
  bool is_lambda;        // strict arguments; return leaves only itself
  bool from_method;      // made by define_method: self is given at the call
  const void *code;      // BLOCK_CODE
  Env *env;              // Env of the scope that the literal stands in
  Value self;            // self of that scope
  const LexCtx *lex;     // its lexical context
  const MethodEntry *me; // method it stands in, for super and __method__; NULL at the top
  uint32_t me_at;        // that method's position in the mro
  Value value;           // BLOCK_SYMBOL: the Symbol; BLOCK_METHOD: the method object
  BlockFn fn;            // BLOCK_C
  void *data;            // BLOCK_C: handed to fn; scanned when the block is a Proc
  Value proc;            // the Proc made of it, so that &b twice gives one object; nil before
  const struct Block
      *home_block; // block of the method the literal stands in; a proc's is its own copy
  uint64_t site;   // number of the call it was passed to, where `break` goes; 0 for none
} Block;

typedef struct Proc {
  Header h;    // T_*
  Block block; // by value; block.env is closed
} Proc;

typedef struct MethodObj {
  Header h;        // T_*
  Value receiver;  // T_METHOD
  ClassObj *klass; // class it was looked up in
  MethodEntry *me; // the method
  uint32_t at;     // position in klass's mro
  Sym name;        // as asked for
} MethodObj;

typedef struct BindingObj {
  Header h;              // T_*
  Env *env;              // innermost; eval may push new ones for new locals
  Value self;            // of the scope
  const LexCtx *lex;     // its lexical context
  const MethodEntry *me; // method it stands in, NULL at the top
  uint32_t me_at;        // that method's position in the mro
  Block *block;          // block of the method, heap copy, or NULL
  Value file;            // source_location
  uint32_t line;         // source_location
} BindingObj;

enum {
  CALL_KW = 1 << 0,      // the last argument is a Hash of keywords, made for this call
  CALL_FCALL = 1 << 1,   // receiver is self: private methods may be called
  CALL_VCALL = 1 << 2,   // bare identifier: NameError instead of NoMethodError
  CALL_SUPER = 1 << 3,   // for messages
  CALL_SAFE = 1 << 4,    // calls that ignore visibility (send, runtime)
  CALL_REFINED = 1 << 5, // looked up under the refinements of the guest frame that called (send)
  CALL_PUBLIC = 1 << 6,  // public_send: protected methods are out of reach too
};

struct CallArgs {
  const Value *argv;  // on a stack the collector scans
  const Block *block; // NULL for none
  uint32_t argc;      // including the keywords Hash
  uint32_t flags;     // CALL_*
};

static inline CallArgs mx_args(int argc, const Value *argv) {
  return (CallArgs){.argv = argv, .argc = (uint32_t)argc, .flags = CALL_SAFE};
}

// Proc object of a block; closes the Envs it refers to. nil when block is NULL.
MX_FUNC Value mx_proc_from_block(ExecCtx *ec, const Block *block);
// The block of a value given as &value: Proc, Symbol, Method, or through to_proc.
// false + TypeError when it has none. *out is NULL for nil.
MX_FUNC MX_MUST_CHECK bool mx_block_from_value(ExecCtx *ec, Value v, const Block **out);
// The one Proc of a Symbol, made when it is asked for first.
MX_FUNC Value mx_proc_of_symbol(ExecCtx *ec, Value symbol);
// A Proc of a Symbol that calls as the context sees methods; NULL: as Ruby code without
// refinements does.
MX_FUNC Value mx_proc_of_symbol_at(ExecCtx *ec, Value symbol, const LexCtx *lex);
MX_FUNC Value mx_proc_from_c(ExecCtx *ec, BlockFn fn, void *data, bool is_lambda);
// An Env in the heap of no frame, with a copy of the slots; scope: as in Env.
MX_FUNC Env *mx_env_of(ExecCtx *ec, Env *parent, const void *scope, uint64_t count,
                       const Value *slots);
// A Proc of a block like this one, in an Env in the heap and with a self of its own; home: the Proc
// of the block of the method that the literal stands in, nil for none.
MX_FUNC Value mx_proc_of(ExecCtx *ec, Env *env, Value self, Value home, const Block *like);
// Close an Env and all its parents (idempotent); the Env in the heap. NULL for NULL.
MX_FUNC Env *mx_env_close(ExecCtx *ec, Env *env);

#endif
