// SPDX-License-Identifier: MIT
// The VM (one per embedded interpreter) and the execution context (one per thread or fiber).
//
// Both are passed explicitly; nothing else holds mutable state. The VM is collected memory that
// is registered as a root, so it may hold Values anywhere.
#ifndef MX_RUNTIME_VM_H
#define MX_RUNTIME_VM_H

#include "runtime/base/prng.h"
#include "runtime/addrtable.h"
#include "runtime/assume.h"
#include "runtime/class.h"
#include "runtime/error.h"
#include "runtime/gc.h"
#include "runtime/nametable.h"
#include "runtime/proc.h"

typedef struct Upcalls Upcalls;         // upcall.h
typedef struct MethodCache MethodCache; // class.c
typedef struct FiberObj FiberObj;       // interp/fiber.h
typedef struct Scheduler Scheduler;     // interp/scheduler.h
typedef struct CoreState CoreState;     // core.c
typedef struct HookArg HookArg;         // hooks.h

typedef struct BootClasses {
  ClassObj *NULL_CLASS; // NULL: superclass of BasicObject
#define CLASS(Id, name, Super, TYPE, flags) ClassObj *Id;
#define MODULE(Id, name) ClassObj *Id;
#define CLASS_IN(Outer, Id, name, Super, TYPE, flags) ClassObj *Id;
#define MODULE_IN(Outer, Id, name) ClassObj *Id;
#include "runtime/classes.def"
#define ERROR(Id, name, Super) ClassObj *Id;
#define ERROR_IN(Outer, Id, name, Super) ClassObj *Id;
#include "runtime/errors.def"
  ClassObj *MainSingleton; // singleton class of the main object
  ClassObj *Errno;         // module of the classes of errno.def
} BootClasses;

// What the command line sets; every other module only reads it.
typedef struct VmOptions {
  bool check_types;    // --check-types
  bool frozen_strings; // --enable=frozen-string-literal
  bool no_snippets;    // --disable=error_highlight: messages without pieces of source
  int verbose;         // $VERBOSE: -1 nil, 0 false, 1 true
  bool debug;          // $DEBUG
  bool warn_deprecated, warn_experimental, warn_performance, warn_unused_block; // -W:category
  uint32_t gc_stress;   // --stress=gc: collect every nth allocation, 0 off
  uint64_t stress_seed; // 0, or the seed of the distances between these collections
  uint32_t
      stack_stress;    // --stress=stack: locals leave the VM stack at one in so many chances, 0 off
  uint64_t stack_seed; // seed of the distances between these
  uint64_t seed;       // under --deterministic, the seed of hashes
  bool deterministic;
} VmOptions;

// When VM.forks is called; AFTER in the process that forked.
typedef enum ForkStage { FORK_BEFORE, FORK_AFTER, FORK_CHILD } ForkStage;

// The handlers that the dispatch loop uses (interp/dispatch.c).
typedef enum Handlers {
  HANDLERS_NORMAL,
  HANDLERS_GENERIC,  // some operator of a built-in class is redefined
  HANDLERS_HOOKED,   // some hook is enabled: each instruction is looked at
  HANDLERS_COUNT = 4 // a power of two
} Handlers;

struct VM {
  BootClasses cls;
  SymTab symtab;              // malloc; names of all symbols
  GcFreeLists *lists;         // free cells
  const Upcalls *up;          // calls into interp
  ShapeTable shapes;          // all shapes by id
  ClassList kept;             // classes that are CLASS_KEPT
  ClassLife *life;            // what finalizers of classes know the VM by (class.c)
  MethodCache *method_cache;  // (class, selector) -> MethodRef
  uint32_t *selector_serials; // by Sym; malloc; grown at need
  uint32_t selector_room;
  BasicOps basic;           // operators of built-in classes that are redefined
  uint32_t *const_versions; // by Sym; malloc; grown at need (assume.c)
  uint32_t const_room;
  uint64_t *assumed; // a bit by Sym: some cell was made under the name; likewise
  uint32_t assumed_room;
  uint8_t handlers; // Handlers
  uint32_t hooked;  // HOOK_* that some enabled hook wants (hooks.h)
  Value hooks;      // Array of the enabled TracePoints, the newest first; nil before
  // The first hook was enabled, or the last one disabled. NULL without the next tier.
  void (*hooks_toggled)(VM *vm, bool on);
  bool booted; // from here on code may rely on assumptions
  // A watched cell or a constant (its name) is no longer what code relied on. Runs no guest code.
  // NULL without the next tier.
  void (*assumption_broken)(VM *vm, const MethodCell *cell, Sym name);
  // The process is about to be copied, and was: for what has threads. NULL without.
  void (*forks)(VM *vm, ForkStage stage);
  uint64_t call_serial;   // number of the newest call with a literal block
  uint32_t stack_chances; // under --stress=stack, chances up to the next one that is taken; else 0
  Prng stack_prng;        // what they are drawn from
  uint32_t mro_serial;    // bumped when ancestors change
  uint32_t class_serial;  // serial of the newest class
  AddrTable *generic_ivars; // FL_GENERIC_IV objects: their extension vectors
  NameTable *symbol_procs;  // Symbol: the Proc that all of its to_proc give (proc.c)
  NameTable *globals;       // $variables: GlobalVar * (global.c)
  CoreState *core;          // the library in the language
  NameTable *primitives;    // rows of primitives, made when one is asked for first
  ExecCtx *main_ec;         // context of the main fiber of the main thread
  ExecCtx *running;         // context that runs: whom signals ask to poll
  Scheduler *scheduler;     // threads
  VmOptions options;
  Value main_object;                        // self at the top level
  Value top_lex;                            // unused by the runtime
  Value argv;                               // ARGV
  Value script_name;                        // $0
  Value load_path;                          // $LOAD_PATH
  Value loaded_features;                    // $LOADED_FEATURES
  Value at_exit;                            // Array of Procs
  Value random;                             // generator of Kernel#rand, nil before its first use
  Value env_object;                         // ENV
  Value zero_float;                         // preallocated 0.0
  Value out_of_memory;                      // preallocated NoMemoryError
  Value fstrings;                           // Hash of interned strings (-"x" and literals)
  Value encodings;                          // Array of Encoding objects by index
  Value default_external, default_internal; // Encoding or nil
  AddrTable *object_ids;                    // object_id of those that were asked
  int64_t next_object_id;                   // the next one to give
  uint64_t hash_seed[2];                    // SipHash key of this process
  void *fiber_stacks;                       // free stacks of dead fibers (interp/fiber_stack.c)
  void *interp;                             // interp's own state (walker, compiler)
  void *io; // IO state: standard streams, open files to flush at exit
};

// A call that takes the place of the frame that makes it (# tail_calls: true).
typedef struct TailCall {
  Value receiver;
  MethodRef ref;
  Sym name;
  CallArgs args; // on the VM stack, above the frame that ends
} TailCall;

struct ExecCtx {
  VM *vm;
  Frame *frame;            // innermost frame record
  UnwindTag unwind;        // what is pending; UNWIND_NONE when nothing is
  Value exc;               // exception, or value of break, return, throw
  Value unwind_tag_value;  // tag of a throw
  void *unwind_target;     // frame record or Env aimed at
  Value errinfo;           // $!
  const MethodEntry *leaf; // C leaf being run, for backtraces; NULL in guest code
  TailCall tail;           // with UNWIND_TAIL: what to call
  const void *place;       // --profile: where machine code calls C (TierPlace, interp/tier.h);
                           // NULL in code that it does not call
  Value *vsp;              // first free word of the VM stack
  Value *vstack;           // its start
  Value *vstack_end;       // one past its last word
  char *c_stack_limit;     // lowest address that guest calls may reach on the C stack
  uint32_t depth;          // frames of the program, inlined ones included; limit is params.def's
  volatile uint32_t poll;  // POLL_* bits, set async-signal-safely
  bool recording;          // the next tier is shown each instruction
  uint32_t no_guest;       // debug: depth of rows that deny running guest code
  uint32_t missing_flags;  // CALL_* of the call that method_missing answers, for its message
  HookArg *event;          // whose hooks run, NULL for none
  FiberObj *fiber;         // own fiber
  void *thread;            // own thread (interp/scheduler.h)
  Value catch_tags;        // Array of live catch tags
  Value *match_home;       // where a C leaf that machine code calls puts $~; NULL: in the frame
  Value match;             // that place
  const Block *given;      // block of the call by which machine code is entered next
  Value result;            // what a method in machine code gives where a double is expected, until
                           // its caller takes it; VAL_UNDEF
  Value fiber_locals;      // Hash of Fiber[] storage, or nil
  uint32_t hash_depth;     // nested computations of hash
  bool hash_cycle;         // one of them met an object that it is inside of
  Value recursion;         // Array guarding inspect, ==, hash against cycles, or nil
};

enum {
  POLL_SWITCH = 1 << 0,   // time slice of the thread is over
  POLL_SIGNAL = 1 << 1,   // a signal arrived
  POLL_FINALIZE = 1 << 2, // finalizers wait
  POLL_INSTALL = 1 << 3,  // the next tier has something to install
};

// Create a VM with its classes, builtins and core index entered. upcalls must outlive it.
MX_FUNC VM *mx_vm_new(const Upcalls *upcalls, const VmOptions *options);
MX_FUNC void mx_vm_free(VM *vm);
// Under --stress=stack, how many chances for locals to leave the VM stack there are up to the next
// one that is taken.
MX_FUNC uint32_t mx_vm_stack_distance(VM *vm);
// Make a context; stacks are set by its fiber.
MX_FUNC ExecCtx *mx_ec_new(VM *vm);

// Has the C stack no room for another function that calls itself, as those do that walk data?
static inline bool mx_c_stack_is_full(const ExecCtx *ec) {
  char here;
  return &here <= ec->c_stack_limit;
}

// The shape of an id: the grave's when its class is dead.
static inline Shape *mx_shape_at(const VM *vm, ShapeId id) {
  return vm->shapes.pages[id / SHAPE_PAGE]->at[id % SHAPE_PAGE];
}

// Interned symbol of C text.
static inline Sym mx_sym(VM *vm, const char *text) { return mx_sym_from_cstr(&vm->symtab, text); }

#endif
