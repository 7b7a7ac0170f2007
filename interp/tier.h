// SPDX-License-Identifier: MIT
// The hooks of the next tier: functions that the JIT installs, NULL without it.
//
// Each Code counts back edges down (Code.heat), and entries as a method (Code.calls). At zero the
// loop asks the tier, which enters machine code, begins to record, or lets things be, and sets the
// counter anew. While it records, every instruction is shown to it before it executes.
#ifndef MX_INTERP_TIER_H
#define MX_INTERP_TIER_H

#include "interp/land.h"

// What the frame of an activation is made of, apart from its values: enough to push it again.
typedef struct TierFrame {
  const Code *code;        // what runs
  const MethodEntry *me;   // method it belongs to, NULL at the top
  const LexCtx *lex;       // lexical context
  const MethodEntry *leaf; // C leaf that calls it, NULL for none; for backtraces
  uint32_t me_at;          // position of the method's owner in the mro
  uint32_t call_pc;        // the caller's instruction that calls it, in its chunk
  uint32_t flags;          // FRAME_* when it is entered
} TierFrame;

// What the interpreter does next.
typedef enum TierNext {
  TIER_GO_ON,  // at the landing
  TIER_UNWIND, // something is pending in ec; its frames are on the VM stack
} TierNext;

// What a program may ask about a code.
typedef enum TierQuestion {
  TIER_STATE,        // Symbol: :off, :interpreted, :compiling, :compiled, :refused
  TIER_IR,           // String, or nil
  TIER_MACHINE_CODE, // Array of binary Strings, or nil
} TierQuestion;

// A way out of machine code that was taken.
typedef struct TierExit {
  const char *op;   // instruction of the IR that left
  const Code *code; // of the innermost frame
  uint32_t pc;      // where it went on
  const Code *from; // likewise, of the innermost frame of the program; the same when there is none
  uint32_t from_pc; // where it was
  uint32_t count;   // times
} TierExit;

enum { TIER_EXITS = 5 }; // that are told of one place

// A place that was hot, and what became of it.
typedef struct TierRegion {
  const Code *code;           // it begins in
  uint32_t pc;                // where
  const Code *home;           // a loop that yields to the program: the code with the block, or NULL
  uint32_t home_pc;           // its call
  bool method;                // begins with an activation; else a loop
  const char *state;          // for people
  const char *why;            // the last failure, NULL for none
  const Code *missing_code;   // first instruction that could not be built, NULL for none
  uint32_t missing_pc;        // where
  Sym missing_name;           // method that it calls by the protocol, 0: it is not compiled at all
  uint32_t builds;            // of machine code
  uint32_t failures;          // attempts that came to nothing
  uint32_t bytes;             // of machine code
  uint64_t entries;           // times it was entered; of a method, left
  uint32_t exit_count;        // entries of exits
  TierExit exits[TIER_EXITS]; // taken most often
} TierRegion;

// Where an instruction of machine code comes from: an activation that was built in place, and what
// called it.
typedef struct TierPlace {
  const struct TierPlace *caller; // NULL: the outermost activation of the code
  const Code *code;               // what runs
  uint32_t pc;                    // the instruction
} TierPlace;

typedef void (*TierVisit)(void *ctx, const TierRegion *region);

typedef struct Tier {
  // A loop is hot. at: the frame, the loop's first instruction and the stack; changed when machine
  // code ran.
  TierNext (*hot)(ExecCtx *ec, Landing *at);
  // A method with parameters in order is about to be called: its receiver lies at base, its
  // arguments behind it, undefined ones that are missing included. Its value, or VAL_UNDEF: the
  // caller pushes its frame. block: may be NULL.
  MX_MUST_CHECK Value (*enter)(ExecCtx *ec, MethodRef ref, const Block *block, Value *base);
  // What stands for the body of a block that C is about to call, to be entered likewise, with the
  // address of the Block in the receiver's place; NULL: not now.
  MethodEntry *(*body)(const Block *block);
  // Machine code yields to a block that may be any: as mx_invoke_yield.
  MX_MUST_CHECK Value (*yield)(ExecCtx *ec, const Block *block, Value *base, uint64_t form);
  // An instruction is about to execute (ec->recording is set). May allocate: ec->vsp is sp.
  void (*record)(ExecCtx *ec, Frame *fr, const uint32_t *ip, const Value *sp);
  // A poll with POLL_INSTALL set: machine code is ready.
  void (*install)(ExecCtx *ec);
  // Method#jit_state and its kin, of a code and the blocks in it; may raise.
  Value (*tell)(ExecCtx *ec, const Code *code, TierQuestion what);
  // Every place that was hot, for --profile; the newest first.
  void (*regions)(const VM *vm, TierVisit visit, void *ctx);
  // The code whose machine code has the instruction at an address, or NULL; *place: where in it,
  // NULL when that is not known. Async-signal-safe.
  const Code *(*runs)(const VM *vm, uint64_t address, const TierPlace **place);
} Tier;

#endif
