// SPDX-License-Identifier: MIT
// The private instruction stream that a chunk is expanded into before it runs first.
//
//   chunk   [ opcode, operands of 2 or 4 bytes ]           immutable, verified, saved
//   stream  [ StreamOp ][ operand ] ...  32-bit words      executes, is specialized in place
//
// Operands are what handlers need at once: names are Syms, jumps are distances in words from the
// instruction (BREAK and CONTINUE keep the pc, which says what ranges the target lies in), calls
// of all forms have one word, the number of their inline cache. Marks are left out. A specialized
// instruction (quick_ops.def) takes the place of its base in the same words, so the map from words
// to pcs holds for good.
// GC: caches are scanned memory; stream and pcs are pointer-free.
#ifndef MX_INTERP_STREAM_H
#define MX_INTERP_STREAM_H

#include "interp/invoke.h"

typedef enum StreamOp {
#define OP(NAME, operands, pops, pushes, effects, phase, send, doc, example) STREAM_##NAME,
#include "bytecode/opcodes.def"
#define QUICK(NAME, BASE, KIND, doc) STREAM_##NAME,
#include "interp/quick_ops.def"
  STREAM_COUNT
} StreamOp;

_Static_assert((int)STREAM_EXPORT == (int)OP_EXPORT, "stream ops begin with the opcodes");

// Words beyond a frame's operands that calls out of it may need: method_missing shifts arguments.
enum { STREAM_STACK_SLACK = 16 };

// What a resolved call does.
typedef enum Callee {
  CALLEE_GUEST,           // method of the language: plain parameters, as many as arguments
  CALLEE_IN_ORDER,        // likewise: optional and keyword parameters, too, in the first slots
  CALLEE_BIND,            // method of the language whose arguments must be bound
  CALLEE_LEAF,            // C leaf with a fixed number of parameters that the call fits
  CALLEE_ATTR_VALUE,      // attr_reader of an inline slot
  CALLEE_ATTR_DOUBLE,     // attr_reader of an inline slot with a raw double
  CALLEE_ATTR_SET,        // attr_writer of an inline slot
  CALLEE_ATTR_SET_DOUBLE, // attr_writer of an inline slot with a raw double
  CALLEE_NEW,             // Class#new of a class of plain objects
  CALLEE_PROC,            // Proc#call
  CALLEE_METHOD,          // Method#call
  CALLEE_BIND_CALL,       // UnboundMethod#bind_call
  CALLEE_SEND,            // send, __send__
  CALLEE_PUBLIC_SEND,     // public_send
  CALLEE_EVAL,            // instance_eval, class_eval
  CALLEE_EXEC,            // instance_exec, class_exec
  CALLEE_RAISE,           // Kernel#raise
  CALLEE_MISSING,         // there is no such method: method_missing
  CALLEE_IS_A,            // Module#===
  CALLEE_INVOKE,          // everything else, by its method's kind
} Callee;

// One receiver shape and what is called for it.
typedef struct CallEntry {
  const MethodCell *cell; // method of the receiver's class
  const Code *code;       // GUEST, IN_ORDER, BIND: what runs; NEW: its initialize, or NULL for none
  const LexCtx *lex;      // its lexical context
  const MethodCell *init; // NEW: the cell of initialize
  const KeyPlan
      *plan; // GUEST, BIND, NEW: how the keywords seen last are bound by position, or NULL
  union {
    BuiltinFn fn;    // LEAF
    uint32_t slot;   // ATTR: bytes from the object's start
    ClassObj *klass; // NEW: class of the object
    uint32_t at;     // super: position in the mro of the running method
  } as;              // by callee
  uint32_t shape;    // of the receiver, 0 for an empty entry
  uint8_t callee;    // Callee
  uint8_t params;    // LEAF: parameters of the function
  bool runs_guest;   // LEAF: may run guest code or look at the frame
  bool plain_init;   // NEW: initialize takes the arguments as they are
} CallEntry;

enum { CALL_MAX_SHAPES = 4 };

// Inline cache of a call.
typedef struct CallCache {
  CallEntry entry;         // the newest shape
  CallEntry *others;       // CALL_MAX_SHAPES - 1 more, NULL while one was seen
  Sym name;                // selector
  uint32_t argc;           // values pushed as arguments
  uint32_t flags;          // OPF_*
  uint32_t body;           // number of the literal block's body; PUSH_SHARED: of the constant
  const BuiltinRow *row;   // PRIMITIVE_LEAF
  const MethodEntry *from; // super: running method that the entries are for
} CallCache;

// Where an instance variable lies in objects of one shape.
typedef enum IvarPlace { IVAR_VALUE, IVAR_DOUBLE, IVAR_EXT } IvarPlace;

typedef struct IvarEntry {
  uint32_t shape; // 0 for an empty entry
  uint32_t slot;  // bytes from the object's start; EXT: index in ext
  uint32_t place; // IvarPlace
} IvarEntry;

// Inline cache of an instance variable. The first shape has a specialized instruction for itself;
// past it the general one looks through `seen`.
typedef struct IvarCache {
  uint32_t shape;     // of self, 0 for none
  uint32_t new_shape; // STORE_IVAR_ADD: shape afterwards
  uint32_t slot;      // bytes from the object's start; EXT: index in ext
  Sym name;           // of the variable
  uint32_t count;     // entries made in `seen`, overwritten in turn
  IvarEntry seen[CALL_MAX_SHAPES];
} IvarCache;

// Inline cache of a constant.
typedef struct ConstCache {
  Value value;       // of the constant
  const LexCtx *lex; // context it was found from, NULL for none
  Value scope;       // LOAD_CONST_FROM: the module
  uint32_t version;  // of the name then
  Sym name;          // of the constant
} ConstCache;

// What an instruction's cache word numbers; the instruction says which member it is.
typedef union InlineCache {
  CallCache call;      // calls, operators, primitives
  IvarCache ivar;      // LOAD_IVAR, STORE_IVAR and their kin
  ConstCache constant; // LOAD_CONST and its kin
} InlineCache;

// Compile, if need be, and expand a code's chunk; false + SyntaxError.
MX_FUNC MX_MUST_CHECK bool mx_stream_prepare(ExecCtx *ec, Code *code);
// The code of a nested body, made at need; NULL + LoadError when it is none of a block and its file
// is damaged.
MX_FUNC Code *mx_stream_body(ExecCtx *ec, const Code *code, uint32_t index);
// Index in the stream of the instruction at (or behind) a pc of the chunk.
MX_FUNC uint32_t mx_stream_index(const Code *code, uint32_t pc);
// Likewise, behind the counters that --profile puts in front of it.
MX_FUNC uint32_t mx_stream_instruction(const Code *code, uint32_t pc);
// Instruction that a stream op stands in place of.
MX_FUNC OpCode mx_stream_base(StreamOp op);
// Is the word behind an instruction the number of its inline cache?
MX_FUNC bool mx_stream_has_cache(OpCode op);
// Is it a conditional jump that comparisons are fused with?
static inline bool mx_stream_is_branch(uint32_t op) {
  return op == STREAM_JUMP_IF_FALSE || op == STREAM_JUMP_IF_TRUE || op == STREAM_JUMP_IF_TRUE_BACK;
}
// Does an instruction have no counterpart in the chunk?
static inline bool mx_stream_is_extra(StreamOp op) {
  return op == STREAM_CALL_DONE || op == STREAM_COUNT_BLOCK || op == STREAM_COUNT_EDGE;
}
// Words of an instruction that calls the program.
static inline uint32_t mx_stream_call_words(StreamOp op) {
  if (op == STREAM_MATCH_KEYS) return 1;
  return op == STREAM_YIELD ? 3 : 2;
}
// Run code where refinements are active: nothing in it is cached any more.
MX_FUNC void mx_stream_refine(Code *code);

// The compiler's chunk for a code; NULL + SyntaxError (tree_code.c).
MX_FUNC Chunk *mx_code_compile(ExecCtx *ec, Code *code);
// The code of a nested body of a code; NULL + LoadError as in mx_stream_body (tree_code.c).
MX_FUNC Code *mx_code_nested(ExecCtx *ec, const Code *code, uint32_t index);

// CodeRun of the bytecode engine (dispatch.c).
MX_FUNC MX_MUST_CHECK Value mx_dispatch_run(ExecCtx *ec, Frame *fr);

#endif
