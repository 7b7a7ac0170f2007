// SPDX-License-Identifier: MIT
// Listings of chunks: what --disassemble, `disassemble` and --trace print.
//
//   == method add(a, b), sum.rb:1
//      locals: a, b; stack: 2
//      0000 | LOAD_LOCAL            a                                            | 2:3
//      0003 | JUMP_IF_FALSE         -> 0012                                      | 2:3
//    > 0012 | ...                                            `>`: something jumps here
//
// Tables of constants and handlers follow when there are any, then the nested bodies. Nothing of
// the guest's runs, and any bytes can be listed: what is out of range is named as it is.
#ifndef MX_BYTECODE_DISASM_H
#define MX_BYTECODE_DISASM_H

#include "runtime/base/source.h"
#include "runtime/base/strbuf.h"
#include "bytecode/chunk.h"

// Append the listing of a chunk and of those of its nested bodies that are there.
MX_FUNC void mx_disasm_chunk(ExecCtx *ec, const Chunk *chunk, const Source *source, StrBuf *out);
// Append the lines of a chunk's instructions only.
MX_FUNC void mx_disasm_code(ExecCtx *ec, const Chunk *chunk, const Source *source, StrBuf *out);
// Append the operands of an instruction by their meaning, without line end.
MX_FUNC void mx_disasm_operands(ExecCtx *ec, const Chunk *chunk, const Instruction *in,
                                StrBuf *out);
// Append "OPCODE operands".
MX_FUNC void mx_disasm_instruction(ExecCtx *ec, const Chunk *chunk, const Instruction *in,
                                   StrBuf *out);
// Name of a body for people: "program", "method fib", "block".
MX_FUNC void mx_disasm_name(ExecCtx *ec, const Chunk *chunk, StrBuf *out);
// Names of the flags that are set in an F operand of an opcode, joined by |; "" for none.
MX_FUNC void mx_disasm_flags(OpCode op, uint32_t flags, StrBuf *out);
// Name of the variant that a V operand asks for, NULL when there is none of that number.
MX_FUNC const char *mx_disasm_variant(OpCode op, uint32_t variant);

#endif
