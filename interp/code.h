// SPDX-License-Identifier: MIT
// Code: one body that can run (program, method, class body, block), whatever the engine.
//
// A Unit is one parsed text with what the engines keep per node of it. A Code is made at the
// first need for a scope node of the unit and cached there. The call protocol (invoke.c, bind.c)
// is the same for all engines: it pushes a frame, binds arguments, and calls code->run, which
// fills in defaults of optional parameters that are still VAL_UNDEF and runs the body.
#ifndef MX_INTERP_CODE_H
#define MX_INTERP_CODE_H

#include "runtime/base/source.h"
#include "bytecode/chunk.h"

typedef struct Code Code;
typedef struct Unit Unit;

typedef Value (*CodeRun)(ExecCtx *ec, Frame *fr);

struct Code {
  CodeRun run;          // engine entry
  Unit *unit;           // text it comes from
  const void *node;     // scope node of the tree; NULL while the unit has no tree (mx_code_node)
  uint32_t start, end;  // bytes of its text
  uint32_t frame_words; // words that its frames take on the VM stack, arguments aside
  const Scope *scope;   // locals
  const Code *parent;   // lexically enclosing code, NULL at the top; for labels
  Params params;        // empty for programs and class bodies
  Sym name;             // method or class name, SYM_NONE otherwise
  uint8_t kind;         // CodeKind
  bool core;            // core library
  bool has_blocks;      // frames have room for an Env and a Block
  bool refined;         // runs where refinements are active: calls and operators are not cached
  bool marked;          // walker: its statements that begin a line are marked
  // ---- of the bytecode engine
  Chunk *chunk;         // NULL until it runs first
  uint32_t *stream;     // private instructions (stream.h), NULL until it runs first
  uint32_t *pcs;        // by word of the stream: pc in the chunk
  uint32_t *depths;     // by word: operands there; NULL unless MX_CHECKED (stream_check.h)
  uint32_t stream_len;  // words
  uint32_t cache_count; // inline caches
  uint32_t local_count; // slots of scope
  void *caches;         // inline caches of the stream
  Code **bodies;        // codes of nested bodies, by number; NULL until needed
  Value *once;          // by once-slot: its value, or VAL_UNDEF
  ChunkBody *origin;    // where its chunk comes from, when it is a nested body
  // ---- of the next tier
  uint32_t heat;            // back edges until it is asked; wraps while there is none
  uint32_t heat_span;       // what it last set heat to; 0 before
  uint32_t calls;           // entries as a method with plain parameters until it is asked, likewise
  struct Region *regions;   // its machine code; NULL until it was asked
  struct Region *led;       // machine code of loops elsewhere that yield to its blocks; likewise
  struct MethodEntry *body; // a block's: the method that stands for it there; likewise
  // ---- for --profile
  const struct MethodEntry *method; // the first method that was made of it, NULL for none
  struct CodeProfile *profile;      // what is counted of it (profile.h), NULL without
};

// What a METHOD_GUEST entry's code points to; aliases share it. Of most methods nothing but this is
// ever made: the body is made, or read from its compiled file, when it is needed first.
typedef struct MethodCode {
  Code *made;                      // body, NULL until it is needed: mx_method_code
  const LexCtx *lex;               // lexical context of the def
  const Code *around;              // while there is no body: the code in which it is nested
  uint32_t body;                   // its number there
  const struct MethodEntry *first; // the first method that was made of it, for --profile
} MethodCode;

struct Unit {
  const struct Ast *tree; // nodes; NULL when the code was loaded: mx_unit_tree recovers it
  const Source *source;   // text
  Value file;             // String for __FILE__ and backtraces
  Code **codes;           // by node id, NULL until made
  Value *once;            // by node id: values kept per node (/o regexps, END blocks); made at need
  Value spliced;          // Array of Values that NODE_SPLICED nodes index, or nil
  bool core;              // core library text
  const Code *outer;      // eval: the code around it, for labels
  Chunk *compiled;        // the program with all its bodies, when they were compiled for the cache
  void *image;            // file that nested bodies are loaded from (mxc.h), or NULL
};

// The unit's tree, parsed again from its text when it was loaded without one; NULL + exception
// (tree_code.c).
MX_FUNC const struct Ast *mx_unit_tree(ExecCtx *ec, Unit *unit);
// Its root, and the scope node of a code; NULL when there is no tree, and nothing is raised.
MX_FUNC const struct Node *mx_unit_root(ExecCtx *ec, Unit *unit);
// The scope node of a code, likewise.
MX_FUNC const struct Node *mx_code_node(ExecCtx *ec, const Code *code);
// Does a statement of the code, or of one inside it, begin a line? (tree_code.c)
MX_FUNC bool mx_code_has_line(ExecCtx *ec, const Code *code, uint32_t line);
// Line of a byte offset in the code's text.
MX_FUNC uint32_t mx_code_line(const Code *code, uint32_t site);
// Make the body of a method that has none yet; NULL + exception.
MX_FUNC Code *mx_method_load(ExecCtx *ec, MethodCode *method);
// The body of a method; NULL + exception when it cannot be loaded.
static inline Code *mx_method_code(ExecCtx *ec, MethodCode *method) {
  return MX_LIKELY(method->made) ? method->made : mx_method_load(ec, method);
}
// Pc in the chunk of a word in the stream.
static inline uint32_t mx_code_pc(const Code *code, const uint32_t *ip) {
  return code->pcs[ip - code->stream];
}

#endif
