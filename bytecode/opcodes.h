// SPDX-License-Identifier: MIT
// Instructions of the virtual machine: their metadata, encoding and effect on the stack.
//
//   instruction   [ WIDE ] [ opcode: 1 byte ] [ operand: 2 bytes, 4 behind WIDE ] ...
//
// Operands are little-endian. A jump's operand is the offset of its target in the chunk, so an
// instruction can be read and checked on its own. The table is opcodes.def.
#ifndef MX_BYTECODE_OPCODES_H
#define MX_BYTECODE_OPCODES_H

#include "runtime/builtin.h"

typedef enum OpCode {
#define OP(NAME, operands, pops, pushes, effects, phase, send, doc, example) OP_##NAME,
#include "bytecode/opcodes.def"
  OP_COUNT
} OpCode;

_Static_assert(OP_COUNT <= 256, "an opcode is one byte");

typedef enum OpPhase {
  PHASE_FINAL,    // stands in chunks and is executed
  PHASE_PREFIX,   // changes how the next instruction is read
  PHASE_MARK,     // says something about its place; the private stream leaves it out
  PHASE_RESERVED, // never valid
} OpPhase;

// Flags in F operands of calls; the low ones are CALL_* of runtime/proc.h.
enum {
  OPF_KW = CALL_KW,       // the last argument is a Hash of keywords, made for this call
  OPF_FCALL = CALL_FCALL, // receiver is self
  OPF_VCALL = CALL_VCALL, // bare identifier
  OPF_SPLAT = 1 << 8,     // the last argument before any keywords is an Array to spread
  OPF_RUBY2 = 1 << 9,     // with SPLAT: a last Hash may be marked by ruby2_keywords
  OPF_CALL_MASK = 0xff,   // those that are CALL_*
};

// Values of V in STORE_CONST, CONST_DEFINED and DEFINE_*: where a constant stands.
typedef enum ConstPlace {
  CONST_PLACE_LEXICAL, // in this text's module; the scope on the stack is nil
  CONST_PLACE_TOP,     // ::X; the scope on the stack is nil
  CONST_PLACE_SCOPE,   // scope::X
} ConstPlace;

// Flags of DEFINE_CLASS and DEFINE_MODULE.
enum { DEFINE_HAS_SUPER = 1 << 0, DEFINE_TRAIT = 1 << 1 };

// Variants of MATCH_CASE; the tested value stays.
typedef enum MatchTest {
  MATCH_TEST_NOT_NIL,    // what deconstruct gave is there
  MATCH_TEST_LENGTH,     // the Array at the top has C elements
  MATCH_TEST_LENGTH_MIN, // at least C elements
  MATCH_TEST_DEFINED,    // the value of a key was found
  MATCH_TEST_EMPTY,      // the Hash at the top is empty
  MATCH_TEST_REST_EMPTY, // likewise, the rest of a hash pattern
  MATCH_TEST_COUNT
} MatchTest;

// Variants of DEFINED: what is asked.
typedef enum DefinedKind {
  DEFINED_IVAR,        // @N of self; the operand on the stack is nil
  DEFINED_GVAR,        // $N
  DEFINED_NTH_REF,     // $1: the operand is the number
  DEFINED_CVAR,        // @@N
  DEFINED_CONST,       // N from this text
  DEFINED_CONST_TOP,   // ::N
  DEFINED_CONST_FROM,  // operand::N
  DEFINED_METHOD,      // operand.N
  DEFINED_METHOD_SELF, // N of self: private methods count
  DEFINED_SUPER,       // is there a method behind the running one?
  DEFINED_YIELD,       // has the method a block?
  DEFINED_KIND_COUNT
} DefinedKind;

// Stack slots that an instruction takes or gives.
typedef struct StackUse {
  uint8_t base;  // in any case
  uint8_t mask;  // operands that count, bit 0 is the first
  uint8_t times; // slots for each unit of them
} StackUse;

enum { OP_MAX_OPERANDS = 4, OP_MAX_BYTES = 2 + 4 * OP_MAX_OPERANDS };

typedef struct OpInfo {
  const char *name;      // mnemonic
  const char *operands;  // a letter each: K N L D C F J B H V
  StackUse pops, pushes; // slots
  uint8_t effects;       // E_*
  uint8_t phase;         // OpPhase
  uint8_t operand_count; // letters in operands
  Sym send;              // selector it stands for, SYM_NONE for none
  const char *doc;       // what it does
  const char *example;   // "dialect:program" that emits it
} OpInfo;

// One instruction, decoded.
typedef struct Instruction {
  OpCode op;                          // without the prefix
  uint32_t pc;                        // offset of its first byte, the prefix included
  uint32_t size;                      // bytes, the prefix included
  uint32_t operands[OP_MAX_OPERANDS]; // as many as the table says
} Instruction;

// The rows of opcodes.def, by opcode.
MX_FUNC extern const OpInfo mx_op_infos[OP_COUNT];

// The row of opcodes.def.
static inline const OpInfo *mx_op_info(OpCode op) { return &mx_op_infos[op]; }
// Position of the operand with a letter, or -1.
static inline int mx_op_find_operand(OpCode op, char letter) {
  const OpInfo *info = mx_op_info(op);
  for (int i = 0; i < info->operand_count; i++)
    if (info->operands[i] == letter) return i;
  return -1;
}
// Read the instruction at pc. False when the bytes are no whole, known instruction; then op is
// OP_COUNT for an unknown opcode.
MX_FUNC MX_MUST_CHECK bool mx_op_decode(const uint8_t *code, uint32_t len, uint32_t pc,
                                        Instruction *out);
// Bytes that the encoding takes: wide when an operand needs it or `wide` asks for it.
MX_FUNC uint32_t mx_op_size(const Instruction *in, bool wide);
// Write the encoding; the bytes written, which are what mx_op_size says.
MX_FUNC uint32_t mx_op_encode(const Instruction *in, bool wide, uint8_t *out);
// Stack slots taken and given by an instruction; 64-bit, as operands may be anything.
MX_FUNC uint64_t mx_op_pops(const Instruction *in);
MX_FUNC uint64_t mx_op_pushes(const Instruction *in);
// Does control never go on to the next instruction?
MX_FUNC bool mx_op_ends_flow(OpCode op);

#endif
