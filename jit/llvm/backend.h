// SPDX-License-Identifier: MIT
// The LLVM back end: IrFn -> machine code. The one door of the module that is loaded at the first
// hot region; nothing else of it is visible, and it calls nothing by name but what it is handed.
//
//   machine code   uint64_t region(ExecCtx *ec, Frame *frame, uint64_t *out)
//   it returns     [ SnapId: 62 | JitLeave: 2 ]
//
// `frame` is the interpreter's frame that the region runs in; `out` is the exit buffer
// (jit/ir/snap_map.h), behind whose slots calls put their arguments.
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
} JitLeave;

enum { JIT_LEAVE_BITS = 2 };
// The word that hooks->call gets: the call site, and above these bits the call's SnapId.
enum { JIT_SITE_BITS = 32 };

typedef uint64_t (*RegionEntry)(ExecCtx *ec, Frame *frame, uint64_t *out);

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
  // A plain object of a shape, its slots nil: what is called when there is no free cell.
  uint64_t (*new_object)(ExecCtx *ec, uint64_t shape);
  uint64_t object_flags; // Header.flags of a plain object
  void **cells;          // heads of the lists of free cells by granules (mx_gc_cells)
  uint64_t granule;      // bytes
  uint64_t cell_max;     // bytes of the largest cell
} BackendHooks;

typedef struct MachineCode {
  RegionEntry entry; // the code; it begins its bytes
  uint32_t bytes;    // of instructions
  uint32_t room;     // bytes of memory it takes, constants and the rest of its pages included
  void *tracker;     // the back end's handle
} MachineCode;

// What a compile spends its time with.
typedef enum BackendPhase {
  BACKEND_LOWER,    // our IR to LLVM's
  BACKEND_OPTIMIZE, // LLVM's passes
  BACKEND_EMIT,     // instructions, registers, an object file
  BACKEND_LINK,     // to memory that can be executed
  BACKEND_PHASES
} BackendPhase;

// What is compiled, and how.
typedef struct BackendJob {
  IrFn *fn;                       // verified
  const void *owner;              // handed to hooks->call
  const char *symbol;             // unique; what a debugger and perf show
  bool want_llvm;                 // --dump=llvm: give llvm_text
  bool want_assembly;             // --dump=asm: give assembly
  char *llvm_text;                // out: freed by free_text
  char *assembly;                 // out: freed by free_text
  uint64_t nanos[BACKEND_PHASES]; // out: time of each phase
} BackendJob;

typedef struct BackendApi {
  // NULL when there is no code generator for this machine.
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
