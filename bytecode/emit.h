// SPDX-License-Identifier: MIT
// Assembling a chunk: instructions with labels, stack depth, constants, handlers, lines.
//
// compiler -> Emit (list of instructions, labels by number) -> peephole -> Chunk
// Instructions that control cannot reach are dropped as they come. Depths are tracked on the way;
// a label has one depth, whichever way it is reached.
// OWNERSHIP: the Emit's lists are malloc'd, freed by mx_emit_free; constants are collected.
#ifndef MX_BYTECODE_EMIT_H
#define MX_BYTECODE_EMIT_H

#include "runtime/base/vec.h"
#include "bytecode/chunk.h"

typedef uint32_t Label; // number of a label

typedef struct EmitInstr {
  uint8_t op;                         // OpCode
  bool dead;                          // taken out by the peephole pass
  uint32_t operands[OP_MAX_OPERANDS]; // a J operand is a Label
  uint32_t site;                      // place in the source
  uint32_t step;                      // site of its step (chunk.h), or EMIT_NO_STEP
} EmitInstr;

typedef struct EmitLabel {
  uint32_t at;    // index of the instruction behind it, EMIT_UNBOUND before it is bound
  int32_t depth;  // stack depth there, -1 until known
  uint32_t jumps; // how often it is aimed at
} EmitLabel;

enum { EMIT_NO_STEP = 0xffffffffu };
enum { EMIT_UNBOUND = 0xffffffffu };

typedef struct EmitHandler {
  uint32_t start, end;  // indices of instructions
  Label target;         // its first instruction; unused for RESTORE
  uint32_t depth, kind; // as in Handler
  uint32_t rank;        // place in the chunk's table: inner ones end, and so come, first
} EmitHandler;

typedef struct Emit {
  ExecCtx *ec;               // for constants
  VEC(EmitInstr) instrs;     // instructions so far
  VEC(EmitLabel) labels;     // by Label
  VEC(EmitHandler) handlers; // in the order they begin
  VEC(ChunkBody) bodies;     // nested bodies, by number
  Value consts;              // Array of the constants
  Value const_index;         // Hash: constant -> index
  uint32_t site;             // place that new instructions get
  uint32_t step;             // of the statement that the next one begins, or EMIT_NO_STEP
  uint32_t once_count;       // once-slots taken
  uint32_t ended;            // handlers whose range has ended
  int32_t depth;             // values on the stack now
  int32_t max_depth;         // highest depth so far
  bool reachable;            // can control come here?
} Emit;

// Begin an empty chunk.
MX_FUNC void mx_emit_init(Emit *e, ExecCtx *ec);
// Free the lists.
MX_FUNC void mx_emit_free(Emit *e);

// Append an instruction.
MX_FUNC void mx_emit_op(Emit *e, OpCode op);
// Append an instruction with one operand, and so on.
MX_FUNC void mx_emit_op1(Emit *e, OpCode op, uint32_t a);
MX_FUNC void mx_emit_op2(Emit *e, OpCode op, uint32_t a, uint32_t b);
MX_FUNC void mx_emit_op3(Emit *e, OpCode op, uint32_t a, uint32_t b, uint32_t c);
MX_FUNC void mx_emit_op4(Emit *e, OpCode op, uint32_t a, uint32_t b, uint32_t c, uint32_t d);

// The next instruction begins a statement that begins a line at a place in the source.
MX_FUNC void mx_emit_step(Emit *e, uint32_t site);
// The statement is over: if nothing was emitted for it, something is.
MX_FUNC void mx_emit_end_step(Emit *e);

// The instruction that was emitted last is what a `return` at a place in the source ends with.
MX_FUNC void mx_emit_returns(Emit *e, uint32_t site);

// Make a label, to be bound later.
MX_FUNC Label mx_emit_label(Emit *e);
// Has the label its place yet? Then a jump to it goes backwards.
MX_FUNC bool mx_emit_is_bound(const Emit *e, Label label);
// The label stands for the place of the next instruction.
MX_FUNC void mx_emit_bind(Emit *e, Label label);
// Bind a label that handlers aim at: `pushed` values lie above `depth` there.
MX_FUNC void mx_emit_bind_handler(Emit *e, Label label, uint32_t depth, uint32_t pushed);

// Index of a constant, interned. Strings must be frozen.
MX_FUNC uint32_t mx_emit_const(Emit *e, Value v);
// Index of the Symbol of a name.
MX_FUNC uint32_t mx_emit_name(Emit *e, Sym name);
// Number of a nested body.
MX_FUNC uint32_t mx_emit_body(Emit *e, CodeKind kind, const void *node);

// Bind the label at the head of a loop's body, which is first reached from its end.
MX_FUNC void mx_emit_bind_loop(Emit *e, Label label, bool reachable);

// A range with a handler: begin, then end. depth as in Handler. Its number.
MX_FUNC uint32_t mx_emit_try(Emit *e, HandlerKind kind, Label target, uint32_t depth);
// The range of the handler ends here.
MX_FUNC void mx_emit_end_try(Emit *e, uint32_t handler);

// Improve the instructions in place (peephole.c).
MX_FUNC void mx_peephole(Emit *e);
// Make the chunk's code, constants, handlers, lines and bodies; false + SystemStackError when no
// VM stack could hold what a frame needs.
MX_FUNC MX_MUST_CHECK bool mx_emit_finish(Emit *e, Chunk *chunk);

#endif
