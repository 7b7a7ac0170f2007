// SPDX-License-Identifier: MIT
// Deoptimization: from a snapshot and the exit buffer to the interpreter's frames.
//
// A DeoptMap is what stays of an IrFn when its code is installed: for each snapshot the frames of
// the inlining path, and where each of their values is. Writing it back needs nothing else.
// The root of a loop is an interpreter's frame. That of a method is made, too: until then its
// record, at the place that it is to have, is empty, or the light one of its calls.
// INVARIANTS: a loop's root is ec->frame; so is a method's once it has called, before that its
// caller is; the VM stack has room for the
// path's frames (checked when the region is entered).
// GC: constants lie in `constants`, a collected array that the region holds.
#ifndef MX_JIT_DEOPT_H
#define MX_JIT_DEOPT_H

#include "interp/tier.h"
#include "jit/ir/ir.h"

typedef enum DeoptPlace {
  DEOPT_HOME,     // where it belongs already
  DEOPT_CONSTANT, // constants[index]
  DEOPT_SLOT,     // word `index` of the exit buffer, of an IR type
  DEOPT_OBJECT,   // object `index` of the exit, which is made for it
} DeoptPlace;

typedef struct DeoptValue {
  uint8_t place;  // DeoptPlace
  uint8_t type;   // IrType of a slot
  uint32_t index; // of the constant, slot or object
} DeoptValue;

typedef enum DeoptKind {
  DEOPT_PLAIN,
  DEOPT_ARRAY,
  DEOPT_HASH,
  DEOPT_RANGE,
  DEOPT_ENV,
  DEOPT_PROC,
} DeoptKind;

// An object that only exits see, made when one is taken (SnapObject). A pair in values is the
// place, in `index`, and what it holds. Of a plain object, place 0 holds its shape as `index`; of
// the others, the place is that in the list of elements, or of the ends.
typedef struct DeoptObject {
  uint8_t kind;    // DeoptKind
  bool late;       // holds an object that comes later, or itself
  uint32_t shape;  // of the allocation; Range: without its end?
  uint32_t first;  // index in values of its pairs
  uint32_t stores; // pairs
  uint32_t like;   // ENV, PROC: index in constants of its Scope or Block
  DeoptValue real; // what it is if that is not VAL_EXC; HOME: nothing
} DeoptObject;

typedef struct DeoptFrame {
  const TierFrame *of; // what runs
  uint32_t pc;         // innermost frame: next instruction; callers: behind their call
  uint32_t first;      // index in values of its locals, with its operands behind them
  uint32_t operands;   // how many
  uint32_t call;       // word of the caller's stream that calls it; unused for the root
  DeoptValue self;     // receiver; unused for the root of a loop
  DeoptValue block;    // body of a Proc: the Proc; method whose block is one: likewise; undefined:
                       // the caller's block; else nil
  DeoptValue env;      // the Env in the heap that has its locals; HOME: none
} DeoptFrame;

typedef struct DeoptExit {
  uint32_t frame;   // index in frames of the root's
  uint32_t frames;  // how many
  uint32_t object;  // index in objects
  uint32_t objects; // how many; what one holds comes before it, unless it is late
  uint32_t reason;  // of the snapshot
  uint32_t word;    // of the innermost frame's stream: where the interpreter goes on
} DeoptExit;

typedef struct DeoptMap {
  DeoptExit *exits;     // by SnapId
  DeoptFrame *frames;   // of all exits
  DeoptObject *objects; // of all exits
  DeoptValue *values;   // of all frames and objects
  Value *constants;     // that values name
  uint32_t exit_count;  // entries of exits
  bool method;          // the root's frame is made, too
  bool given;           // METHOD: its block lies in its record, whatever else does
  uint32_t depth;       // frames beside a loop's root that an exit makes at most
  uint32_t words;       // of VM stack that they take at most
} DeoptMap;

// What rebuilding the frames of a function may take, whichever its exit.
typedef struct DeoptNeeds {
  uint32_t depth; // frames beside a loop's root
  uint32_t words; // of VM stack
} DeoptNeeds;
MX_FUNC DeoptNeeds mx_deopt_needs(const IrFn *fn);
// The map of a finished function; collected memory.
MX_FUNC DeoptMap *mx_deopt_map(IrFn *fn, bool method);
// What machine code has made of its root for those that walk frames: FRAME_MACHINE, and of a method
// that has called, the record.
typedef struct DeoptMark {
  bool marked;           // anything
  const FramePath *path; // from where it called last, NULL: it has not
} DeoptMark;
// Take that away, as before the frames are made.
MX_FUNC DeoptMark mx_deopt_unmark(ExecCtx *ec, const DeoptMap *map, Frame *root);
// Put it back, when the frames that were made meanwhile are popped and machine code goes on.
MX_FUNC void mx_deopt_mark(ExecCtx *ec, DeoptMark mark, Frame *root);
// Make the interpreter's frames as an exit says. *out: where to go on.
MX_FUNC void mx_deopt_frames(ExecCtx *ec, const DeoptMap *map, SnapId snap, Frame *root,
                             const uint64_t *buffer, Landing *out);

#endif
