// SPDX-License-Identifier: MIT
// Chunk: one compiled body. What is verified, saved in .mxc files, listed, and read by the JIT.
//
// INVARIANTS:
// 1. A chunk is immutable once it has been verified; only `body.chunk` of a nested body is filled
//    in later, when that body is needed first. Blocks of a chunk from a file have a stub there, a
//    Chunk that knows what closures ask for (kind, scope, params, name, place) but has no code; it
//    becomes the whole chunk in place (mxc.h).
// 2. Constants are immutable Values: Symbols, numbers, frozen Strings, nil, Arrays of Symbols.
// 3. handlers are ordered so that of those that cover a pc the innermost comes first.
// 4. lines are ordered by pc, the first at pc 0; an entry holds up to the next one. So are steps,
//    which are of single instructions.
// OWNERSHIP: collected memory; consts is scanned, code, handlers and lines are pointer-free.
#ifndef MX_BYTECODE_CHUNK_H
#define MX_BYTECODE_CHUNK_H

#include "bytecode/opcodes.h"
#include "bytecode/param_list.h"

typedef enum HandlerKind {
  HANDLER_RESCUE,  // exceptions: the stack is cut to depth, the exception is pushed
  HANDLER_ENSURE,  // whatever leaves: cut to depth, nil and what is pending are pushed
  HANDLER_RETURN,  // --check-types: a `return` of a block ends the method: cut, its value is pushed
  HANDLER_RESTORE, // no code: $! is set to the value at depth, and the search goes on
  HANDLER_KIND_COUNT
} HandlerKind;

// What a handler guards may lie in several ranges, each with an entry of its own: they agree in all
// but the range.
typedef struct Handler {
  uint32_t start;  // first pc covered
  uint32_t end;    // first pc behind
  uint32_t target; // where to go on; unused for RESTORE
  uint32_t depth;  // values on the stack of this frame that stay
  uint32_t kind;   // HandlerKind
} Handler;

// From a pc on, instructions come from this place in the source.
typedef struct LineEntry {
  uint32_t pc;   // offset of an instruction
  uint32_t site; // byte offset in the source text
} LineEntry;

// In the site of a step: it is not where a line begins, but what a `return` jumps away by.
enum { STEP_RETURNS = (int)0x80000000u };

typedef struct Chunk Chunk;

// A nested body: compiled at need from its node, or loaded at need from its .mxc file.
typedef struct ChunkBody {
  Chunk *chunk;     // NULL until needed; a stub when it comes from a file
  const void *node; // scope node of the tree, NULL when it comes from a file
  uint32_t offset;  // where its bytes lie in the file's image, when node is NULL
  uint8_t kind;     // CodeKind; instructions that name the body are verified against it
} ChunkBody;

enum {
  CHUNK_HAS_BLOCKS = 1 << 0, // gives literal blocks to calls, or makes lambdas
  CHUNK_CORE = 1 << 1,       // core library: operators pass over redefinitions
  CHUNK_TRACED = 1 << 2,     // compiled with SET_LINE
  CHUNK_TYPES = 1 << 3,      // compiled with checks of types
  CHUNK_VERIFIED = 1 << 4,   // the verifier has passed it
};

struct Chunk {
  const uint8_t *code;     // instructions
  uint32_t code_len;       // bytes
  uint32_t const_count;    // entries of consts
  const Value *consts;     // constants, by number
  const Handler *handlers; // inner ones first
  uint32_t handler_count;  // entries of handlers
  uint32_t line_count;     // entries of lines
  const LineEntry *lines;  // places, by pc
  const LineEntry *steps;  // instructions that hooks look at, by pc: where their statements stand
  uint32_t step_count;     // entries of steps
  ChunkBody *bodies;       // nested bodies, by number
  uint32_t body_count;     // entries of bodies
  uint32_t max_stack;      // values that its frames have on the stack at most
  uint32_t once_count;     // slots of ONCE
  uint32_t start, end;     // bytes of the source that it stands for
  uint32_t node_id;        // number of its scope node in its tree
  uint32_t flags;          // CHUNK_*
  Sym name;                // method or class name, SYM_NONE otherwise
  uint8_t kind;            // CodeKind
  const Scope *scope;      // its locals
  Params params;           // none for programs and class bodies
};

// The name of a kind of handler; "unknown" for what is none.
MX_FUNC const char *mx_handler_text(uint32_t kind);
// Do two handlers guard parts of one clause's code?
static inline bool mx_handler_is_part(const Handler *a, const Handler *b) {
  return a->kind == b->kind && a->target == b->target && a->depth == b->depth;
}
// Does a jump from a pc to a target leave what a handler guards?
MX_FUNC bool mx_handler_is_left(const Chunk *chunk, const Handler *h, uint32_t pc, uint32_t target);
// Place in the source of the instruction at (or around) a pc.
MX_FUNC uint32_t mx_chunk_site(const Chunk *chunk, uint32_t pc);
// The site in the step at a pc, with STEP_RETURNS; false: there is none.
MX_FUNC bool mx_chunk_step(const Chunk *chunk, uint32_t pc, uint32_t *site);

#endif
