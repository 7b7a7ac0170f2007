// SPDX-License-Identifier: MIT
// Record: what was seen at each instruction while a region was followed.
//
// interpreter -(each instruction)-> recorder -> Record -> region builder -> IrFn
//
// A record is a tree of contexts: the region's root and, below it, one context for each callee or
// block at each call site, so that one method called from two places is seen twice. At each
// instruction of a context it notes how often it ran, the types of the operands it found, and the
// type of what it pushed. Branches need nothing of their own: a path that never ran has count 0.
// A record only grows: recording goes on when the loop is entered again, and from hot exits on;
// that of a method follows several activations, each of which is a round.
// An inner loop that has become quiet runs in its own machine code; what it does is known.
//
// INVARIANTS:
// 1. Recording changes nothing that the program can see.
// 2. A context's caller was at `call_pc` when it was entered; contexts of frames that C pushed
//    (a leaf that calls a block) are opaque: nothing is noted in them or below.
// GC: collected memory throughout, so that Codes, MethodEntries and LexCtxs stay alive.
#ifndef MX_JIT_RECORD_H
#define MX_JIT_RECORD_H

#include "interp/tier.h"
#include "jit/ir/jit_params.h"
#include "jit/record/entry.h"

// Kinds of values, for sets of them.
typedef enum SeenKind {
  SEEN_INT = 1 << 0,    // Integer of 63 bits
  SEEN_FLOAT = 1 << 1,  // immediate Float
  SEEN_NIL = 1 << 2,    // nil
  SEEN_TRUE = 1 << 3,   // true
  SEEN_FALSE = 1 << 4,  // false
  SEEN_SYMBOL = 1 << 5, // Symbol
  SEEN_HEAP = 1 << 6,   // object; its shape is in the list
  SEEN_UNDEF = 1 << 7,  // the undefined value: optional parameter without argument
} SeenKind;

enum { SEEN_MAX_SHAPES = 16, SEEN_MAX_OPERANDS = 3, SEEN_MAX_NAMES = 4, RECORD_MAX_DEPTH = 64 };
// Callees of one instruction that are followed; the others count as opaque. Programs may make
// methods without end.
enum { RECORD_MAX_CALLEES = 16 };

// What kinds of values one place held.
typedef struct TypeSet {
  uint8_t kinds;                    // SEEN_*
  uint8_t shape_count;              // entries of shapes
  bool many;                        // more shapes than fit: the oldest are forgotten
  bool boxed;                       // Floats that are objects were among them
  uint8_t strategies;               // by ArrayStrategy: arrays that kept their elements so
  uint32_t shapes[SEEN_MAX_SHAPES]; // in the order they were met last
} TypeSet;

typedef struct RecordContext RecordContext;

// One instruction of a context.
typedef struct Seen {
  uint32_t count;                // times it ran
  uint32_t kept;                 // number of the recording in which it was kept as it was before
  uint32_t facts;                // header of a loop: rec->facts when its last round began
  uint32_t quiet;                // likewise: rounds since then that taught nothing
  TypeSet in[SEEN_MAX_OPERANDS]; // operands, from the top of the stack down
  TypeSet receiver;              // of instructions with a call cache
  TypeSet out;                   // what lay on top when the next instruction began
  RecordContext *callees;        // contexts entered from here
  struct Lookup *lookup;         // table of the call (lookup.h), NULL until it was built
  bool outside;                  // INDEX_GET, INDEX_SET: an index was not inside its Array, or a
                                 // Hash had a Proc for what it lacks
  bool beyond;                   // operators of Integers: machine code was often left for what
                                 // they are: the result is too large, or it is a division by 0
  Sym names[SEEN_MAX_NAMES];     // calls of send and its kin: names that were sent
  uint32_t name_count;           // of them; one more than fits: there are others
  bool cautious;                 // header of a loop: guards stay in it; in front of it they failed
  bool strange;        // calls: a Proc or Method came of which there is no context to follow
  bool spreads;        // OPF_SPLAT, SPREAD, YIELD of one value: Arrays of several lengths came
  uint32_t spread;     // likewise: length of the Array and 1; 0: none was seen
  TypeSet spread_only; // likewise: the element of Arrays of one
} Seen;

// An activation that the record followed.
struct RecordContext {
  TierFrame frame;       // what its activations are made of
  RecordContext *caller; // NULL for the root
  RecordContext *next;   // further callee of the same instruction
  uint32_t depth;        // contexts above it
  Seen **seen;           // by pc of the chunk; NULL where nothing ran
  TypeSet *locals;       // by slot: types at the loop header, for entry frames only
  TypeSet self;          // likewise of the receiver
  bool apart;            // of a method: to be called, since building it in place came to nothing
  bool has_block;        // its method was given a block, when it was entered first
};

// What ends a step of the recorder.
typedef enum RecordStep {
  RECORD_MORE,  // go on
  RECORD_DONE,  // enough was seen
  RECORD_LEFT,  // the loop or method was left: go on when it is entered again
  RECORD_ABORT, // rec->abort says why
} RecordStep;

typedef enum AbortReason {
  ABORT_NONE,
#define ABORT(NAME, text, PENALTY, doc) ABORT_##NAME,
#include "jit/ir/aborts.def"
  ABORT_COUNT
} AbortReason;

enum { ABORT_FOR_GOOD = UINT8_MAX }; // in aborts.def

// A frame that is there when the region is entered.
typedef struct RecordEntry {
  RecordContext *cx; // its context
  uint32_t words;    // from the root's Frame to its own
  uint32_t operands; // values on its operand stack
} RecordEntry;

// What a place was before a recording touched it.
typedef struct RecordKept {
  struct RecordKept *next;
  Seen **slot; // where the context has it
  Seen was;    // count is 0: it had none
} RecordKept;

typedef struct Record {
  Arena arena;                         // contexts and what they saw
  const JitParams *params;             // limits
  uint32_t pc;                         // of the loop header
  uint32_t end;                        // of the loop: pc behind its last back edge
  const Code *method;                  // of its activations, from their start on; NULL: of a loop
  RecordContext *root;                 // outermost context; of a method NULL until one was seen
  RecordContext *head;                 // context of the loop
  RecordEntry entry[ENTRY_MAX_FRAMES]; // from the root to the head
  uint32_t entries;                    // entries of it
  bool taken;                          // the root's locals are in the heap (mx_entry_is_home)
  bool root_has_block;                 // its frame has a block
  EntryBlocks blocks;                  // likewise, and those that it leads to
  Sym root_symbol;                     // what it sends when it is a Symbol, else SYM_NONE
  uint32_t facts;                      // that were learned
  uint32_t round_facts;                // of these, before the current round
  uint32_t rounds;   // rounds that were followed, in all recordings since the last build
  uint32_t quiet;    // of these, the last ones that taught nothing
  uint32_t starts;   // of these, and of all before
  uint32_t turns;    // rounds of inner loops that were followed, but for the first of each entry
  uint32_t noted;    // instructions that were, in all recordings
  bool comes_round;  // the loop began a second round
  uint32_t steps;    // instructions followed in this recording
  uint32_t waits;    // likewise, of frames that are not followed
  AbortReason abort; // sticky
  // ---- what the last recording has changed, if it followed an exit
  uint32_t number;                        // of the recording
  bool keeps;                             // it followed an exit, and is not built yet
  uint32_t kept_facts;                    // `facts` when it began
  RecordKept *kept;                       // what instructions were then
  TypeSet *kept_values[ENTRY_MAX_FRAMES]; // of each entry: its receiver, then its locals
  // ---- where recording is
  Frame *head_frame;                 // frame of the head; NULL: a method is about to begin
  Frame *frame;                      // frame of `at`
  Frame *path[RECORD_MAX_DEPTH + 1]; // frames of the contexts from the root to `at`, by depth
  RecordContext *at;                 // context of the innermost followed frame
  Frame *opaque;               // a frame that is not followed: nothing is noted until it is left
  Seen *last;                  // instruction before this one in `at`, whose result is not noted yet
  const RecordContext *before; // context of the last instruction that was noted
  uint32_t before_pc;          // its pc there
} Record;

// sp: of the head.
MX_FUNC void mx_record_init(Record *rec, const JitParams *params, const EntryFrames *entry,
                            const Value *sp, uint32_t pc);
// The record of a method; given: of its calls with a block. A block's body has none.
MX_FUNC void mx_record_init_method(Record *rec, const JitParams *params, const Code *body,
                                   bool given);
// Follow its activation, whose first instruction comes next.
MX_FUNC void mx_record_await(Record *rec);
// May the region be entered from these frames, as far as the record assumes things of them?
MX_FUNC bool mx_record_fits(const Record *rec, const EntryFrames *entry, const Value *sp);
// Begin to follow the head, which is about to execute the region's first instruction. What earlier
// recordings learned counts.
MX_FUNC void mx_record_start(Record *rec, const EntryFrames *entry);
// What is followed from now on belongs together, and may be forgotten: exits of a region that was
// built.
MX_FUNC void mx_record_extend(Record *rec);
// Follow it again from where it was left: `count` frames of the path from the root inwards, and
// their contexts.
MX_FUNC void mx_record_resume(Record *rec, uint32_t count, Frame *const *frames,
                              RecordContext *const *contexts);
// What the last recording taught was built: it stays.
MX_FUNC void mx_record_accept(Record *rec);
// It cannot be built: forget what it has taught, if it followed an exit of code that there is.
MX_FUNC void mx_record_forget(Record *rec);
// Note the instruction at ip, which the frame is about to execute with its operands below sp.
MX_FUNC RecordStep mx_record_step(Record *rec, ExecCtx *ec, Frame *fr, const uint32_t *ip,
                                  const Value *sp);
// The activation that is followed has ended, in machine code: what a step would tell.
MX_FUNC RecordStep mx_record_ended(Record *rec);
// Instructions that are followed in a round of the loop, or of one in it, on average.
MX_FUNC uint32_t mx_record_work(const Record *rec);
// The innermost frame begins another round of a loop: have its last ones taught nothing? Then they
// need not be followed.
MX_FUNC bool mx_record_knows_loop(Record *rec, const Frame *fr, uint32_t pc);
// What it was left at is an operator of Integers that are beyond what machine code does.
MX_FUNC void mx_record_beyond(Record *rec, uint32_t pc);
// Frames were rebuilt by machine code that ran meanwhile.
MX_FUNC void mx_record_skipped(Record *rec);
// Is a frame one that is not followed, or inside of that?
MX_FUNC bool mx_record_waits(const Record *rec, const Frame *fr);
// Keep guards in a loop, whose header is at a pc. False if they stay there already.
MX_FUNC bool mx_record_set_cautious(Record *rec, RecordContext *cx, uint32_t pc);
// An exit in a context is hot, and what follows it is known: let the innermost method around that
// can be called be called. False: there is none.
MX_FUNC bool mx_record_set_apart(Record *rec, RecordContext *cx);
// What was seen at an instruction of a context; NULL when it never ran.
MX_FUNC const Seen *mx_record_seen(const RecordContext *context, uint32_t pc);
// The only kind in a set, or 0. Floats that are objects are SEEN_FLOAT if there are no others.
MX_FUNC uint8_t mx_seen_only(const TypeSet *set);

#endif
