// SPDX-License-Identifier: MIT
// An interpreter of the IR, for tests and for folding constants: the meaning of each op, once.
//
// Values are words as constants have them: an INT is the number itself, a DOUBLE its bits, a BOOL 0
// or 1, the others what the machine would hold. INT has `bits` bits, so that tests can try all
// Integers of 8 bits; code always has 63.
// Memory is a model: a cell for each (kind, address, index) that anybody stored to. Fresh
// allocations get addresses from IR_HEAP_FRESH upwards. Cells nobody stored to are nil, or 0.
#ifndef MX_JIT_IR_EVAL_H
#define MX_JIT_IR_EVAL_H

#include "runtime/base/strbuf.h"
#include "jit/ir/ir.h"

enum { IR_EVAL_BITS = 63 }; // of an Integer in code

typedef enum IrEvalWay {
  IR_EVAL_VALUE,     // there is a value (or, without one to give, nothing happened)
  IR_EVAL_LEAVES,    // a guard failed
  IR_EVAL_UNDEFINED, // what the op presupposes does not hold
  IR_EVAL_MEMORY,    // depends on memory or the world
} IrEvalWay;

// Evaluate an op that needs nothing but its operands' words.
MX_FUNC IrEvalWay mx_ir_eval_op(IrOp op, const uint64_t *words, uint32_t bits, uint64_t *result);

// ---- memory
typedef enum IrCellKind {
  IR_CELL_HOME,  // index: slot; address: the Env, 0 for this frame
  IR_CELL_IVAR,  // address: of the word
  IR_CELL_ELEM,  // address: of the word
  IR_CELL_BYTE,  // address: of the byte
  IR_CELL_FIELD, // address: of the object; index: IrField
  IR_CELL_FLOAT, // address: of a boxed Float; word: bits
} IrCellKind;

typedef struct IrCell {
  IrCellKind kind;  // what it is
  uint64_t address; // see IrCellKind
  uint32_t index;   // see IrCellKind
  uint64_t word;    // contents: Values are tagged
} IrCell;

#define IR_HEAP_FRESH ((uint64_t)1 << 40) // address of the first allocation

typedef struct IrHeap {
  VEC(IrCell) cells;     // no two of one place
  VEC(uint64_t) fresh;   // first addresses of allocations, ascending
  uint64_t next;         // address of the next allocation
  VEC(uint64_t) results; // what calls give, in turn; then nil
  uint32_t call;         // calls so far
  uint32_t polls;        // so many polls pass, the next one leaves; UINT32_MAX: all pass
  bool clobbers;         // calls add 1 to each Integer in memory that they may write
  uint64_t env;          // address of the Env whose slots are this frame's homes; 0 for none
  StrBuf trace;          // the calls with their arguments, a line each
} IrHeap;

MX_FUNC void mx_ir_heap_init(IrHeap *heap);
MX_FUNC void mx_ir_heap_free(IrHeap *heap);
// A copy to run on.
MX_FUNC void mx_ir_heap_copy(IrHeap *heap, const IrHeap *from);
MX_FUNC uint64_t mx_ir_heap_get(const IrHeap *heap, IrCellKind kind, uint64_t address,
                                uint32_t index);
MX_FUNC void mx_ir_heap_set(IrHeap *heap, IrCellKind kind, uint64_t address, uint32_t index,
                            uint64_t word);
// The address of a new object of so many bytes.
MX_FUNC uint64_t mx_ir_heap_alloc(IrHeap *heap, uint64_t bytes);
// The Value of a double.
MX_FUNC uint64_t mx_ir_heap_box(IrHeap *heap, double d);
// Let a call with these arguments write what it can reach.
MX_FUNC void mx_ir_heap_clobber(IrHeap *heap, const uint64_t *args, uint32_t count);
// Append a guest value as a program would see it: 5, 1.5, nil, true, 0x1000, fresh.
MX_FUNC void mx_ir_heap_print(const IrHeap *heap, IrType type, uint64_t word, StrBuf *out);
// Append the cells that are not in fresh objects and differ from those of the other heap, sorted.
MX_FUNC void mx_ir_heap_changes(IrHeap *heap, const IrHeap *before, StrBuf *out);

// ---- functions
typedef enum IrEvalEnd {
  IR_END_RETURN,    // word is the value
  IR_END_EXIT,      // `at` left through its snapshot
  IR_END_UNDEFINED, // `at` was given what it may not be given
  IR_END_STEPS,     // ran for too long
} IrEvalEnd;

typedef struct IrEval {
  IrFn *fn;        // what runs
  IrHeap *heap;    // its memory
  uint64_t *words; // by ref: value of the last time it ran
  uint64_t *args;  // arguments, fn->params of them
  uint32_t bits;   // of an Integer
  uint32_t steps;  // instructions still allowed
  IrEvalEnd end;   // how it ended
  IrRef at;        // the instruction with which it ended
  uint64_t word;   // returned Value
} IrEval;

// Run a function that the verifier accepts. The result's words lie in the function's arena.
MX_FUNC IrEval mx_ir_eval(IrFn *fn, IrHeap *heap, const uint64_t *args, uint32_t bits);
// Append how it ended: "return 5", or "exit 3" and the frames of the snapshot, a line each.
MX_FUNC void mx_ir_eval_print(const IrEval *eval, StrBuf *out);

#endif
