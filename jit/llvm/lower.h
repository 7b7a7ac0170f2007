// SPDX-License-Identifier: MIT
// Lowering: one IrFn to one LLVM function. Shared by the files of this folder.
//
// Every value but DOUBLE and BOOL is an i64; addresses become pointers where they are used. A
// block of the IR may become several of LLVM's; `ends` says in which one it ends.
#ifndef MX_JIT_LOWER_H
#define MX_JIT_LOWER_H

#include "jit/llvm/backend.h"
#include <llvm-c/Core.h>

// Kinds of memory that cannot overlap, each a type of LLVM's alias metadata.
typedef enum LowerMemory {
  LOWER_HOME,
  LOWER_IVAR,
  LOWER_ELEM,
  LOWER_OTHER,
  LOWER_FIELD, // one for each IrField from here on
  LOWER_MEMORIES = LOWER_FIELD + IRF_COUNT
} LowerMemory;

// A loop that appends to one Array (lower_array.c).
typedef struct LowerAppend {
  IrRef call;               // what appends
  IrRef array;              // the Array, as it is known in front of the loop
  uint32_t shape;           // that of an Array, if it is not known to be one there; else 0
  IrBlockId preheader;      // of the loop
  LLVMValueRef room;        // variable: elements that fit before C must look
  LLVMValueRef buffer;      // variable: address of the first element
  struct LowerAppend *next; // another one
} LowerAppend;

typedef struct Lower {
  const BackendHooks *hooks;
  const BackendJob *job;
  IrFn *fn;
  LLVMContextRef cx;
  LLVMModuleRef module;
  LLVMBuilderRef at;
  LLVMTypeRef i1, i32, i64, f64, ptr, none;
  LLVMValueRef function;              // being built
  LLVMValueRef entry;                 // what others call
  LLVMValueRef ec, frame, out, homes; // outermost frame, exit buffer, the frame's locals
  LLVMValueRef base;                  // methods: where the receiver would lie
  LLVMValueRef caller, depth;         // methods that call: ec->frame and ec->depth at the start
  uint32_t out_room;                  // methods: words of the exit buffer; its owner lies behind
  LLVMValueRef *values;               // by IrRef
  LLVMBasicBlockRef *blocks;          // by IrBlockId: where it begins
  LLVMBasicBlockRef *ends;            // by IrBlockId: where its FLOW instruction stands
  LLVMBasicBlockRef *exits;           // by SnapId: stores its values and returns; NULL until needed
  LLVMMetadataRef scope;              // what instructions with a place belong to; NULL: nobody asks
  uint32_t place;                     // of the instruction being lowered; 0: none is known
  LLVMValueRef tags[LOWER_MEMORIES];  // alias metadata
  LLVMValueRef unlikely;              // branch weights: the first target is taken
  LowerAppend *appends;               // owned
  LLVMValueRef own;                   // what calls of a method by itself call; NULL: the function
  IrType own_args[IR_OWN_ARGS];       // what it takes in registers behind self; VOID: nothing
} Lower;

// The whole function.
MX_FUNC void mx_lower_function(Lower *lo);
// One instruction, where the builder is.
MX_FUNC void mx_lower_instruction(Lower *lo, IrRef ref);
MX_FUNC LLVMValueRef mx_lower_word(Lower *lo, uint64_t word);
MX_FUNC LLVMValueRef mx_lower_pointer(Lower *lo, LLVMValueRef word);
MX_FUNC LLVMBasicBlockRef mx_lower_block(Lower *lo, const char *name);
// The LLVM value of a ref; constants are made at need.
MX_FUNC LLVMValueRef mx_lower_value(Lower *lo, IrRef ref);
// Load and store at base + offset bytes.
MX_FUNC LLVMValueRef mx_lower_load(Lower *lo, LLVMTypeRef type, LLVMValueRef base, uint64_t offset,
                                   uint32_t memory);
// Load a field of a struct; short ones are zero-extended.
MX_FUNC LLVMValueRef mx_lower_field(Lower *lo, LLVMValueRef base, IrField field);
MX_FUNC void mx_lower_store(Lower *lo, LLVMValueRef value, LLVMValueRef base, uint64_t offset,
                            uint32_t memory);
MX_FUNC LLVMValueRef mx_lower_call_address(Lower *lo, RtFn address, LLVMTypeRef type,
                                           LLVMValueRef *args, unsigned count);

// ---- lines.c: from machine code back to places
// Make the function one whose instructions have lines: the numbers of their places.
MX_FUNC void mx_lines_begin(Lower *lo);
// What is built from now on is for a place, or, if 0, for none; what it was for before.
MX_FUNC uint32_t mx_lines_at(Lower *lo, uint32_t place);
// The lines of an object file's function; NULL when there are none.
MX_FUNC MachineLine *mx_lines_read(LLVMMemoryBufferRef object, uint32_t *count);

// ---- lower_guard.c
// Leave through a snapshot unless ok; building goes on where it holds.
MX_FUNC void mx_lower_require(Lower *lo, LLVMValueRef ok, SnapId snap);
// A condition that nearly always holds: the block where it does not. Building goes on where it
// does.
MX_FUNC LLVMBasicBlockRef mx_lower_unless(Lower *lo, LLVMValueRef ok);
// Does the code still hold? An assumption may have broken, or a hook have been enabled.
MX_FUNC LLVMValueRef mx_lower_is_valid(Lower *lo);
// The block that leaves through a snapshot.
MX_FUNC LLVMBasicBlockRef mx_lower_exit(Lower *lo, SnapId snap);
// Store the values of a snapshot into the exit buffer; how many.
MX_FUNC uint32_t mx_lower_store_snap(Lower *lo, SnapId snap);
// The address `offset` bytes behind a base.
MX_FUNC LLVMValueRef mx_lower_address(Lower *lo, LLVMValueRef base, uint64_t offset);
// Return with a JitLeave.
MX_FUNC void mx_lower_leave(Lower *lo, SnapId snap, JitLeave how);
// A guard; its value, or NULL when it has none.
MX_FUNC LLVMValueRef mx_lower_guard(Lower *lo, const IrIns *ins);
// Is a Value the address of an object?
MX_FUNC LLVMValueRef mx_lower_is_heap(Lower *lo, LLVMValueRef v);
MX_FUNC LLVMValueRef mx_lower_box_double(Lower *lo, LLVMValueRef d);

// The number that an INT stands for. Says that the bit which is lost is 0.
MX_FUNC LLVMValueRef mx_lower_number(Lower *lo, LLVMValueRef n);
// ---- lower_math.c: Integers, doubles, booleans; NULL when it is no such instruction
MX_FUNC LLVMValueRef mx_lower_math(Lower *lo, const IrIns *ins);
// ---- lower_memory.c: loads and stores; false when it is no such instruction
MX_FUNC bool mx_lower_memory(Lower *lo, const IrIns *ins, LLVMValueRef *result);
// ---- lower_call.c: calls and allocations; likewise
MX_FUNC bool mx_lower_call(Lower *lo, const IrIns *ins, LLVMValueRef *result);

// ---- lower_array.c: appending to Arrays; false when it is no such instruction
MX_FUNC bool mx_lower_array(Lower *lo, const IrIns *ins);
// Find the loops that append to one Array and make their variables, in the entry; code that is made
// quickly has none.
MX_FUNC void mx_lower_appends_find(Lower *lo);
// The block ends: if it is a preheader of such loops, give their variables their values.
MX_FUNC void mx_lower_appends_begin(Lower *lo, IrBlockId block);
MX_FUNC void mx_lower_appends_free(Lower *lo);

// ---- lower_method.c: methods, and calls of them
// The LLVM type of a method's machine code.
MX_FUNC LLVMTypeRef mx_lower_method_type(const Lower *lo);
// What a method begins with: its arguments, and is there room for it?
MX_FUNC void mx_lower_method_begin(Lower *lo);
// An argument, IR_PARAM_SELF and behind.
MX_FUNC LLVMValueRef mx_lower_method_param(Lower *lo, uint32_t number);
// CALL_GUEST.
MX_FUNC LLVMValueRef mx_lower_method_call(Lower *lo, const IrIns *ins);
// CALL_YIELD.
MX_FUNC LLVMValueRef mx_lower_yield(Lower *lo, const IrIns *ins);
// CALL_LOOKUP.
MX_FUNC LLVMValueRef mx_lower_lookup(Lower *lo, const IrIns *ins);
// GC: before a call that may collect, put the owner of a method's code on the C stack, where the
// collector sees it. Who runs the code of a loop has it there.
MX_FUNC void mx_lower_method_hold(Lower *lo);
// End the activation of a method with its value.
MX_FUNC void mx_lower_method_return(Lower *lo, LLVMValueRef value);
// Likewise with a Value that the code has not looked at.
MX_FUNC void mx_lower_method_give(Lower *lo, LLVMValueRef value);
// RETURNED.
MX_FUNC LLVMValueRef mx_lower_method_returned(Lower *lo, const IrIns *ins);
// An exception is under way, and ends the activation; if the code has broken, go on elsewhere.
MX_FUNC void mx_lower_method_raised(Lower *lo, LLVMBasicBlockRef broken);
// The words of VM stack behind base: put one there.
MX_FUNC void mx_lower_method_put(Lower *lo, LLVMValueRef value, LLVMValueRef base, uint32_t index);

// ---- lower_own.c: calls of a method by itself, in an IrFn that is `own`
// What the object file calls the function that they call.
#define LOWER_OWN_SYMBOL "own"
// Build the function that others call, which calls the other one; that is lo->function then.
MX_FUNC void mx_lower_own(Lower *lo);
// Is lo->function the one that calls of itself call?
static inline bool mx_lower_in_own(const Lower *lo) { return lo->own && lo->function == lo->own; }
// An argument of that one: its parameter; NULL if it is none in a register.
MX_FUNC LLVMValueRef mx_lower_own_param(Lower *lo, uint32_t arg);
// Put its arguments on the VM stack, where the interpreter finds them.
MX_FUNC void mx_lower_own_put_args(Lower *lo);
// ARG.
MX_FUNC LLVMValueRef mx_lower_own_arg(Lower *lo, const IrIns *ins);
// CALL_OWN.
MX_FUNC LLVMValueRef mx_lower_own_call(Lower *lo, const IrIns *ins);
// RETURNED_OWN.
MX_FUNC LLVMValueRef mx_lower_own_returned(Lower *lo, const IrIns *ins);

#endif
