// SPDX-License-Identifier: MIT
// IrFn: one region as a control-flow graph of SSA instructions.
//
// recorder -> builder -> IrFn -> passes (jit/opt) -> jit/llvm
//
// An instruction is named by its IrRef for life; passes relink, retype and kill, and never move
// one in memory. Blocks keep their instructions in a doubly linked list, phis first, one FLOW
// instruction last. Everything that no instruction can hold (operand lists, snapshots, constants'
// words, call sites) lies in side arrays of the same arena and is named by its index.
//
// INVARIANTS (checked by mx_ir_verify):
// 1. A definition dominates its uses; a phi's operand dominates the end of its predecessor.
// 2. Operands have the types that ir_ops.def says.
// 3. A block's preds are exactly the blocks whose FLOW instruction names it, in a fixed order that
//    phis follow. The entry has none. A block is reachable, or dead (mx_ir_cfg_sweep) and empty.
// 4. Guards, polls and exits have a snapshot, and so have calls that may raise or run guest code;
//    calls that can do neither may. A JUMP may: that one is the state at its end of the block, with
//    which a guard can be hoisted to there. No other instruction has one. Values of a snapshot
//    dominate the instruction that has it; an instruction is not in its own snapshot.
// 5. Constants are interned: equal constants have one ref.
// 6. PARAM stands in the entry block only. The two targets of a branch differ.
// OWNERSHIP: fn and its constant table lie in fn->arena, the growable arrays on malloc:
//    mx_ir_free() before the arena goes.
// GC: holds no GC pointers of its own. Values of constants are copied words whose objects the
//     record keeps alive until the code that mentions them has been installed or dropped.
// UNITS: an Integer immediate is the number itself; an INT value is the number shifted left by one.
#ifndef MX_JIT_IR_H
#define MX_JIT_IR_H

#include "runtime/base/arena.h"
#include "runtime/base/vec.h"

typedef uint32_t IrRef;     // index in fn->ins; IR_NONE for none
typedef uint32_t IrBlockId; // index in fn->blocks; 0 is the entry
typedef uint32_t IrList;    // index in fn->lists of a count, with that many refs behind it
typedef uint32_t SnapId;    // index in fn->snaps; SNAP_NONE for none

enum { IR_NONE = 0, SNAP_NONE = UINT32_MAX, IR_MAX_REFS = 3, IR_MAX_TARGETS = 2 };
#define IR_NO_BLOCK UINT32_MAX

typedef enum IrType {
#define IR_TYPE(NAME, text, letter, doc) IRT_##NAME,
#include "jit/ir/ir_types.def"
  IRT_COUNT
} IrType;

typedef enum IrOp {
  IR_NOP, // killed: in no block
#define IR(NAME, text, operands, RESULT, EFFECT, MEMORY, doc) IR_##NAME,
#include "jit/ir/ir_ops.def"
  IR_COUNT
} IrOp;

typedef enum IrField {
#define IR_FIELD(NAME, text, Struct, member, bytes, TYPE, KIND, doc) IRF_##NAME,
#include "jit/ir/ir_fields.def"
  IRF_COUNT
} IrField;

typedef enum IrRtCall {
#define RTCALL(NAME, text, operands, RESULT, EFFECTS, RAISES, function, doc) RT_##NAME,
#include "jit/ir/rtcalls.def"
  RT_COUNT
} IrRtCall;

typedef enum IrEffect {
  IR_EFFECT_PURE,
  IR_EFFECT_PARTIAL,
  IR_EFFECT_GUARD,
  IR_EFFECT_READ,
  IR_EFFECT_WRITE,
  IR_EFFECT_ALLOC,
  IR_EFFECT_CALL,
  IR_EFFECT_PHI,
  IR_EFFECT_FLOW,
} IrEffect;

typedef enum IrMemory {
  IR_MEMORY_NONE,
  IR_MEMORY_HOME,
  IR_MEMORY_IVAR,
  IR_MEMORY_ELEM,
  IR_MEMORY_FIELD,
  IR_MEMORY_ANY,
} IrMemory;

// What a runtime call does besides giving a value (rtcalls.def).
enum {
  RTE_NONE = 0,
  RTE_WRITES_ELEM = 1 << 0,
  RTE_WRITES_IVAR = 1 << 1,
  RTE_WRITES_FIELD = 1 << 2,
  RTE_COLLECTS = 1 << 3,
  RTE_GUEST = 1 << 4,        // runs guest code: writes everything
  RTE_RAISES = 1 << 5,       // call sites only: may give VAL_EXC
  RTE_REFUSES = 1 << 6,      // call sites only: may give VAL_UNDEF before any effect
  RTE_WRITES_ARRAY = 1 << 7, // buffer, room and flags of its first operand
  RTE_BORROWS = 1 << 8,      // call sites only: E_BORROWS (runtime/builtin.h)
  RTE_WRITES = RTE_WRITES_ELEM | RTE_WRITES_IVAR | RTE_WRITES_FIELD | RTE_WRITES_ARRAY,
  RTE_ANY = RTE_GUEST | RTE_RAISES,
  RTE_LEAVES = RTE_GUEST | RTE_RAISES | RTE_REFUSES, // needs a snapshot
};

// How a runtime call fails (rtcalls.def).
typedef enum RtRaises { RT_RAISES_NEVER, RT_RAISES_EXC, RT_RAISES_REFUSES } RtRaises;

// A row of ir_ops.def.
typedef struct IrInfo {
  const char *text;     // mnemonic
  const char *operands; // letters
  uint8_t result;       // IrType, or IRT_COUNT when `rule` says
  uint8_t rule;         // IrResultRule
  uint8_t effect;       // IrEffect
  uint8_t memory;       // IrMemory
  uint8_t refs;         // fixed operands that are values
  bool list;            // has a side list
} IrInfo;

typedef enum IrResultRule { IR_RULE_TYPE, IR_RULE_DECLARED, IR_RULE_FIELD } IrResultRule;

typedef enum IrFieldKind { IR_FIELD_FIXED, IR_FIELD_OWN, IR_FIELD_FRAME } IrFieldKind;

// A row of ir_fields.def, without its offset.
typedef struct IrFieldInfo {
  const char *text; // name in listings
  uint8_t bytes;    // size in memory
  uint8_t type;     // IrType of the value
  uint8_t kind;     // IrFieldKind
} IrFieldInfo;

// A row of rtcalls.def, without its address.
typedef struct IrRtInfo {
  const char *text;     // name in listings
  const char *operands; // letters of ir_types.def
  uint8_t result;       // IrType
  uint8_t raises;       // RtRaises
  uint32_t effects;     // RTE_*
} IrRtInfo;

// Arguments of the compiled function, by number.
typedef enum IrParam {
  IR_PARAM_FRAME, // PTR: its outermost frame's record
  IR_PARAM_EC,    // PTR: the ExecCtx
  IR_PARAM_SELF,  // VAL: a method's receiver
  IR_PARAM_ARG,   // VAL: a method's first argument, and so on
} IrParam;

enum {
  IR_REG_ARGS = 3, // arguments of a method that are passed in registers
  IR_OWN_ARGS = 8, // the first so many arguments may be numbers in calls of the method by itself
};

typedef struct IrIns {
  uint16_t op;          // IrOp
  uint8_t type;         // IrType of the value
  uint8_t flags;        // IRI_*
  IrBlockId block;      // where it stands; IR_NO_BLOCK for constants and what is in no block
  IrRef prev, next;     // neighbours in the block; IR_NONE at its ends
  IrRef a[IR_MAX_REFS]; // value operands; IR_NONE where there are none
  uint32_t imm;         // N, S, F, R, C; constants: index in fn->words
  uint32_t imm2;        // the second immediate of an op that has two
  IrList list;          // '*' operands; 0 for none
  SnapId snap;          // what its failure restores
  uint32_t place;       // index in fn->places: what it was made for; 0: not known
} IrIns;

// Flags of an instruction.
enum {
  IRI_SUNK = 1 << 0,  // allocation that only snapshots mention: made when one of them is taken
  IRI_EXACT = 1 << 1, // arithmetic that range analysis proved: for listings
};

typedef struct IrBlock {
  IrRef first, last;                 // instructions; the last is the FLOW one
  IrBlockId targets[IR_MAX_TARGETS]; // of the FLOW instruction; IR_NO_BLOCK
  VEC(IrBlockId) preds;              // in the order of the phis' operands
  uint32_t weight;                   // times that profile saw it run, saturating; for layout
  bool loop;                         // target of a back edge
  bool dead;                         // no longer reachable, and empty
} IrBlock;

// A function of the runtime, cast to the signature that its row or site tells.
typedef void (*RtFn)(void);

// ---- snapshots: how to rebuild the interpreter's frames at one point

// A value in a snapshot: an IrRef, or with this bit a SnapObject of the same snapshot. SNAP_HOME
// stands for a slot of the outermost frame whose home already holds the value.
typedef uint32_t SnapValue;
#define SNAP_OBJECT (1u << 31)
#define SNAP_HOME UINT32_MAX

// One interpreter frame, from the outermost inwards.
typedef struct SnapFrame {
  uint32_t code;     // index in fn->codes
  uint32_t pc;       // of the chunk: the opcode to run next; in callers, the one behind the call
  uint32_t first;    // index in fn->snap_values: locals, then operands
  uint32_t locals;   // how many
  uint32_t operands; // how many lie on its operand stack
  SnapValue self;    // receiver
  SnapValue block; // body of a Proc: the Proc; method: the Proc that was made of its block, or that
                   // it was passed. Nil: its block follows from the call that made it;
                   // SNAP_HOME: that of the outermost frame
  SnapValue env;   // PTR: the Env in the heap that has its locals; IR_NONE: they are its own
  uint32_t site;   // index in fn->sites of the call that made it; UINT32_MAX for the outermost
} SnapFrame;

// An object that is made when the snapshot is taken: a sunk allocation with what was stored to it.
// A pair is (place, value). The place is a byte offset in NEW_OBJECT, whose other slots are nil; a
// pair of place 0 has its shape, a KWORD, when it is no more that of the allocation. In any other
// allocation it is the number of the operand, fixed ones first, then those of the list: NEW_ENV 0
// is the parent and slot i is 1 + i; all of them have a pair. What is not in pairs (op, imm, imm2)
// is that of the allocation, whose operands mean nothing any more. A field of a NEW_OBJECT and a
// slot of an Env may hold an object that comes later, or its own: circles are closed at the end.
typedef struct SnapObject {
  IrRef alloc;     // the allocation: says kind, shape, size; it need not lie above
  SnapValue real;  // IR_NONE, or a Value: what it is if it has been made already, else VAL_EXC
  uint32_t first;  // index in fn->snap_values of pairs
  uint32_t stores; // pairs
} SnapObject;

typedef struct Snap {
  uint32_t frame;   // index in fn->snap_frames of the outermost
  uint32_t frames;  // how many
  uint32_t object;  // index in fn->snap_objects
  uint32_t objects; // how many; what one holds comes before it, unless it is in a circle
  uint32_t reason;  // a number of the maker's
  bool counted;     // --profile: the opcode to run next has been counted already
} Snap;

// What each Proc that a NEW_PROC makes has in common: the contents of its fields.
typedef struct IrProc {
  uint32_t shape;  // of the Proc
  uint64_t code;   // IRF_PROC_CODE
  uint64_t lambda; // IRF_PROC_LAMBDA
  uint64_t lex;    // IRF_PROC_LEX
  uint64_t me;     // IRF_PROC_ME
} IrProc;

// A call site: what machine code's calls, backtraces and rebuilt frames know of a call. Of its
// frame only code, pc and site count.
typedef struct IrSite {
  const void *cache; // the interpreter's CallCache, or the MethodEntry; only jit/record reads it
  uint32_t frame;    // index in fn->snap_frames of its innermost caller
  uint32_t argc;     // arguments
  uint32_t flags;    // OPF_* of the call
  uint32_t effects;  // RTE_*; those of a leaf's row, RTE_ANY for any other call
  RtFn leaf;         // CALL_LEAF: the function; CALL_LOOKUP, CALL_YIELD: what makes the call in C
  int32_t params; // CALL_LEAF: values it takes behind self; IR_SITE_LIST: their number and address
  const void *method; // CALL_LEAF: its MethodEntry, NULL for a primitive; CALL_GUEST: what is
                      // called; CALL_LOOKUP: the table; NEW_ENV: the Scope; NEW_PROC: a
                      // Block that is copied
  const IrProc *proc; // NEW_PROC; NULL where tests do not say
  uint32_t at;        // CALL_GUEST: position of its owner in the mro
  bool own; // CALL_GUEST: the method that the function is of, and it is the code to be called
} IrSite;

enum { IR_SITE_LIST = -1 };

// The table of a CALL_LOOKUP: entries, the bytes of each, and how a shape gives its place.
enum {
  IR_LOOKUP_ENTRIES = 128,
  IR_LOOKUP_BYTES = 32,
  IR_LOOKUP_SHIFT = 25,
};
#define IR_LOOKUP_FACTOR 0x9E3779B1u

typedef struct IrFn {
  Arena *arena;                 // owns everything
  const char *name;             // for listings: method or loop, and line
  VEC(IrIns) ins;               // by IrRef; 0 is never used
  VEC(IrBlock) blocks;          // by IrBlockId
  VEC(uint32_t) lists;          // counts and refs; 0 is the empty list
  VEC(uint64_t) words;          // of constants
  VEC(Snap) snaps;              // by SnapId
  VEC(SnapFrame) snap_frames;   // of all snapshots
  VEC(SnapValue) snap_values;   // of all frames and objects
  VEC(SnapObject) snap_objects; // of all snapshots
  VEC(IrSite) sites;            // call sites
  VEC(const void *) codes;      // Codes that frames name; kept alive by the record
  VEC(const void *) places;     // for --profile: the maker's, which say where; empty without
  uint32_t place;               // likewise: that of what is emitted next, 0 for none
  struct IrConsts *consts;      // word and op -> ref of the constant
  uint32_t params;              // arguments of the compiled function
  uint32_t homes;               // locals of the outermost frame; home.load beyond them counts on in
                                // words of the VM stack, with the Frame behind the locals
  uint32_t live;                // instructions in blocks
  uint32_t strip;               // rounds of a counted loop between polls; 0, 1: each polls
  uint32_t give_back;           // room of an Array from which on ARRAY_CLEAR does something
  bool own;                     // calls of itself have an entry of their own (jit/opt/pass_own.c)
  IrType result;                // what it gives them; VAL unless it is own
  uint64_t fuel;                // changes that passes may still make (--jit-fuel); UINT64_MAX: any
} IrFn;

// ---- metadata
MX_FUNC const IrInfo *mx_ir_info(IrOp op);
MX_FUNC const IrFieldInfo *mx_ir_field_info(IrField field);
MX_FUNC const IrRtInfo *mx_ir_rt_info(IrRtCall call);
MX_FUNC const char *mx_ir_type_text(IrType type);
// The type that a letter of an operand column stands for; IRT_COUNT for x, s, a and capitals.
MX_FUNC IrType mx_ir_letter_type(char letter);
// What a call does, RTE_*.
MX_FUNC uint32_t mx_ir_call_effects(const IrFn *fn, const IrIns *call);
static inline bool mx_ir_is_const(IrOp op) { return op >= IR_KINT && op <= IR_KWORD; }

// ---- making. Nothing here folds
// An empty function with its entry block.
MX_FUNC IrFn *mx_ir_new(Arena *arena, const char *name);
// Free the growable arrays; the arena is the owner's.
MX_FUNC void mx_ir_free(IrFn *fn);
MX_FUNC IrBlockId mx_ir_block(IrFn *fn);
static inline IrIns *mx_ir_at(const IrFn *fn, IrRef ref) { return &fn->ins.at[ref]; }
static inline IrBlock *mx_ir_block_at(const IrFn *fn, IrBlockId id) { return &fn->blocks.at[id]; }

// Constants, interned.
MX_FUNC IrRef mx_ir_int(IrFn *fn, int64_t n); // the number itself
MX_FUNC IrRef mx_ir_double(IrFn *fn, double d);
MX_FUNC IrRef mx_ir_bool(IrFn *fn, bool b);
MX_FUNC IrRef mx_ir_const(IrFn *fn, IrOp op, uint64_t word); // KVAL, KOBJ, KPTR, KWORD
// The constant's word; KINT: the number; KDOUBLE: its bits.
MX_FUNC uint64_t mx_ir_word(const IrFn *fn, IrRef ref);
MX_FUNC double mx_ir_double_of(const IrFn *fn, IrRef ref);

// Append an instruction to a block, in front of its FLOW instruction if it has one already, and a
// phi behind the last phi. Its type follows from the table or is `type` when declared.
MX_FUNC IrRef mx_ir_emit(IrFn *fn, IrBlockId block, const IrIns *ins);
// Likewise under a ref that is a NOP: for the parser, whose text names refs.
MX_FUNC void mx_ir_emit_as(IrFn *fn, IrBlockId block, IrRef ref, const IrIns *ins);
// Likewise before another one.
MX_FUNC IrRef mx_ir_insert_before(IrFn *fn, IrRef at, const IrIns *ins);
// Give a phi one more operand: that of the predecessor which comes next.
MX_FUNC void mx_ir_phi_push(IrFn *fn, IrRef phi, IrRef operand);
// A list of operands.
MX_FUNC IrList mx_ir_list(IrFn *fn, uint32_t count, const IrRef *refs);
static inline uint32_t mx_ir_list_count(const IrFn *fn, IrList list) { return fn->lists.at[list]; }
static inline uint32_t *mx_ir_list_refs(const IrFn *fn, IrList list) {
  return &fn->lists.at[list + 1];
}
// End a block; targets get the block as their predecessor.
MX_FUNC void mx_ir_jump(IrFn *fn, IrBlockId from, IrBlockId to);
MX_FUNC void mx_ir_branch(IrFn *fn, IrBlockId from, IrRef condition, IrBlockId yes, IrBlockId no);
MX_FUNC void mx_ir_return(IrFn *fn, IrBlockId from, IrRef value);
MX_FUNC void mx_ir_exit(IrFn *fn, IrBlockId from, SnapId snap);

// ---- changing
// Take an instruction out of its block; it becomes a NOP.
MX_FUNC void mx_ir_kill(IrFn *fn, IrRef ref);
// Take an instruction from where it is to right before another one.
MX_FUNC void mx_ir_move_before(IrFn *fn, IrRef ref, IrRef at);
// Let everything that uses `ref` use by_ref[ref] when that is not IR_NONE: operands, phis,
// snapshots. Chains in the table are followed. Linear in the function, so that a pass collects what
// it replaces and calls this once, at its end.
MX_FUNC void mx_ir_replace_all(IrFn *fn, const IrRef *by_ref);
// Take an edge away: the target loses the predecessor and its phis their operand. The FLOW
// instruction is the caller's to change.
MX_FUNC void mx_ir_cut_edge(IrFn *fn, IrBlockId from, IrBlockId to);
// Put an empty block on an edge and return it; phis keep their operand, which now comes from there.
MX_FUNC IrBlockId mx_ir_split_edge(IrFn *fn, IrBlockId from, IrBlockId to);
// May a pass make one more change? Each change asks once, so that fuel bisects a miscompile.
static inline bool mx_ir_burn(IrFn *fn) {
  if (fn->fuel == 0) return false;
  if (fn->fuel != UINT64_MAX) fn->fuel--;
  return true;
}
// Call visit for each value operand in turn; it may change what the pointer points at.
typedef void (*IrVisit)(void *ctx, IrRef *operand);
MX_FUNC void mx_ir_operands(IrFn *fn, IrRef ref, IrVisit visit, void *ctx);
// Likewise for the values of a snapshot that are refs. The allocations of its objects are no
// values: they stand where they are, and only say what to make.
MX_FUNC void mx_ir_snap_values(IrFn *fn, SnapId snap, IrVisit visit, void *ctx);
// A snapshot of its own, equal to this one: for a pass that changes one.
MX_FUNC SnapId mx_ir_snap_copy(IrFn *fn, SnapId snap);
// May this place of a snapshot's object be filled in when the object is there already?
static inline bool mx_ir_snap_late(IrOp made, uint32_t place) {
  return (made == IR_NEW_OBJECT || made == IR_NEW_ENV) && place != 0;
}

#endif
