// SPDX-License-Identifier: MIT
// The LLVM back end: IrFn -> machine code. The one door of the module that is loaded at the first
// hot region; nothing else of it is visible, and it calls nothing by name but what it is handed.
//
// A loop runs in the interpreter's frame, and `out` is the exit buffer (jit/ir/snap_map.h), behind
// whose slots calls put their arguments:
//
//   uint64_t loop(ExecCtx *ec, Frame *frame, uint64_t *out)  ->  [ SnapId: 62 | JitLeave: 2 ]
//
// A method gets its receiver, three arguments in registers, and `base`: where on the VM stack the
// receiver would lie. Further arguments lie behind it where its locals do. The code of calls with a
// block finds that in ec->given. It gives its Value, or
// VAL_EXC with what is unwinding in ec, and ec->frame and ec->depth as they were:
//
//   uint64_t method(ExecCtx *ec, Value *base, uint64_t self, uint64_t a0, uint64_t a1, uint64_t a2)
//
// The machine code of a block's body gets the address of the Block as its receiver, and finds it in
// the receiver's place when it is left.
//
// Its own record (interp/frame.h) would lie behind its locals; it is written around calls only.
// When there is no room for what it may push, the method is interpreted. To leave through a
// snapshot it lets hooks->leave do the rest, and gives on what that gives.
// OWNERSHIP: a MachineCode is freed by release(), when no activation is in it.
#ifndef MX_JIT_BACKEND_H
#define MX_JIT_BACKEND_H

#include "jit/ir/ir.h"

typedef struct ExecCtx ExecCtx;
typedef struct Frame Frame;
typedef struct Backend Backend;

// How machine code was left.
typedef enum JitLeave {
  JIT_LEAVE_EXIT,   // through the snapshot: `out` holds its values
  JIT_LEAVE_RAISED, // a call raised; its frames are on the VM stack, the exception is in ec
  JIT_LEAVE_LANDED, // a call ended and the region may not go on; its frames are on the VM stack
  JIT_LEAVE_THROWN, // a call raised; its frames are those of the snapshot, `out` holds its values
} JitLeave;

enum { JIT_LEAVE_BITS = 2 };
// The word that hooks->call gets: the call site, and above these bits the call's SnapId.
enum { JIT_SITE_BITS = 32 };

// Words behind the exit buffer's slots, for arguments of calls.
enum { JIT_OUT_ARGS = 8 };
// Bytes of C stack that methods leave to the interpreter.
enum { JIT_C_RESERVE = 64 << 10 };

typedef uint64_t (*LoopEntry)(ExecCtx *ec, Frame *frame, uint64_t *out);
typedef uint64_t (*MethodEntryPoint)(ExecCtx *ec, uint64_t *base, uint64_t self, uint64_t a0,
                                     uint64_t a1, uint64_t a2);

// What the back end must be told of the program that loads it.
typedef struct BackendHooks {
  const uint32_t *offsets; // by IrField: bytes from the struct's start
  const RtFn *addresses;   // by IrRtCall: the function
  // A call by the interpreter's protocol; the values of its snapshot lie in out. Gives
  // VAL_EXC for JIT_LEAVE_RAISED, VAL_UNDEF for JIT_LEAVE_LANDED.
  uint64_t (*call)(ExecCtx *ec, Frame *frame, const void *owner, uint64_t site, uint64_t *out);
  // A C function has raised, called by the snapshot's instruction; the method is what it is the
  // leaf of, 0 for none. Its frames are made, and the exception gets their backtrace.
  void (*raised)(ExecCtx *ec, Frame *frame, const void *owner, uint64_t snap, uint64_t method,
                 uint64_t *out);
  // Interpret a method of the language: self and its arguments lie at base. callee: the
  // MethodEntry, at: its owner's position in the mro. Gives what a method gives.
  uint64_t (*interpret)(ExecCtx *ec, const void *callee, uint64_t at, uint64_t *base,
                        uint64_t argc);
  // A method is left: `left` is what a loop would return. The interpreter ends the activation.
  uint64_t (*leave)(ExecCtx *ec, Frame *frame, const void *owner, uint64_t left, uint64_t *out);
  // A plain object of a shape, its slots nil: what is called when there is no free cell.
  uint64_t (*new_object)(ExecCtx *ec, uint64_t shape);
  uint64_t object_flags; // Header.flags of a plain object
  void **cells;          // heads of the lists of free cells by granules (mx_gc_cells)
  uint64_t granule;      // bytes
  uint64_t cell_max;     // bytes of the largest cell
  // --stress=exits: guards until one leaves though it holds; counted down by each. NULL without.
  uint32_t *stress;
  bool debugger; // --jit-symbols=gdb
} BackendHooks;

// From an offset in machine code on, up to the next one's.
typedef struct MachineLine {
  uint32_t offset; // bytes
  uint32_t place;  // IrIns.place
} MachineLine;

typedef struct MachineCode {
  union {                    // the code; it begins its bytes
    LoopEntry entry;         // of a loop; not NULL for both when there is code
    MethodEntryPoint method; // of a method
  };
  uint32_t bytes;      // of instructions
  uint32_t room;       // bytes of memory it takes, constants and the rest of its pages included
  void *tracker;       // the back end's handle
  MachineLine *lines;  // in order of their offsets, if the job wanted them; freed by release()
  uint32_t line_count; // entries of lines
} MachineCode;

// What a compile spends its time with.
typedef enum BackendPhase {
  BACKEND_LOWER,    // our IR to LLVM's
  BACKEND_OPTIMIZE, // LLVM's passes
  BACKEND_EMIT,     // instructions, registers, an object file
  BACKEND_LINK,     // to memory that can be executed
  BACKEND_PHASES
} BackendPhase;

// What the code of a method must know of itself.
typedef struct MethodJob {
  const void *callee; // its MethodEntry, NULL: the code is of a loop
  uint32_t at;        // position of its owner in the mro
  uint32_t argc;      // arguments
  uint32_t locals;    // words between base and its record
  uint32_t depth;     // ec->depth from which on it is interpreted
  uint32_t words;     // of VM stack from base on that it may take
} MethodJob;

// What is compiled, and how.
typedef struct BackendJob {
  IrFn *fn;           // verified
  const void *owner;  // handed to hooks->call; its first word is set, 32 bits, when
                      // an assumption of the code has broken
  MethodJob method;   // of a method
  const char *symbol; // unique; what a debugger and perf show
  uint64_t *budget;   // polls until the code is left to be made well; NULL: make it well now
  bool verify;        // --jit-verify: have LLVM check what it is given
  bool want_lines;    // --profile: give MachineCode.lines
  bool want_llvm;     // --dump=llvm: give llvm_text
  bool want_assembly; // --dump=asm: give assembly
  bool fell_back;     // out: FastISel left instructions to the slow selection
  char *llvm_text;    // out: freed by free_text
  char *assembly;     // out: freed by free_text
  uint64_t nanos[BACKEND_PHASES]; // out: time of each phase
} BackendJob;

typedef struct BackendApi {
  // NULL when LLVM cannot be set up.
  Backend *(*open)(const BackendHooks *hooks);
  void (*close)(Backend *backend);
  // False: refused, *error says why (free with free_text).
  bool (*compile)(Backend *backend, BackendJob *job, MachineCode *out, char **error);
  void (*release)(Backend *backend, MachineCode *code);
  void (*free_text)(char *text);
} BackendApi;

// The module's only symbol.
#define JIT_BACKEND_SYMBOL "mx_jit_backend"
typedef const BackendApi *(*JitBackendFn)(void);

#endif
