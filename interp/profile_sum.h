// SPDX-License-Identifier: MIT
// The tables of a profile: counts and samples summed up by method, line, loop and stack.
//
// Stacks are as backtraces show them: a run of frames of the core library, and a C leaf, is one
// entry, the method that the program called; its lines are no lines of the program.
// OWNERSHIP: malloc memory; mx_profile_sum_free frees it all.
#ifndef MX_INTERP_PROFILE_SUM_H
#define MX_INTERP_PROFILE_SUM_H

#include "runtime/base/bytemap.h"
#include "runtime/base/vec.h"
#include "interp/profile.h"

typedef enum ProfileEngine { PROFILE_BYTECODE, PROFILE_AST, PROFILE_C } ProfileEngine;

// Method, block, class body or text; also a method of the library.
typedef struct ProfileMethod {
  const char *name;      // label, as in backtraces
  const char *file;      // path; NULL in the library
  uint32_t line;         // where it begins
  ProfileEngine engine;  // that ran it
  bool counted;          // calls are known
  uint32_t samples;      // that ended in it
  uint64_t self_ns;      // time in itself
  uint64_t machine_ns;   // of it in machine code
  uint64_t total_ns;     // and in what it called; once where it called itself
  uint64_t calls;        // frames begun
  uint64_t instructions; // executed in itself
  uint64_t allocations;  // objects, in itself and the library methods that it called
} ProfileMethod;

// Line of the program.
typedef struct ProfileLine {
  const Source *source;  // text
  const char *file;      // path
  uint32_t line;         // number
  uint64_t self_ns;      // time, that of library methods called there included
  uint64_t machine_ns;   // of it in machine code
  uint64_t total_ns;     // and that of code of the program called there
  uint64_t instructions; // executed
  uint64_t allocations;  // objects, as above
} ProfileLine;

// `while`, `until` and their kin.
typedef struct ProfileLoop {
  const Code *code;      // it stands in
  uint32_t start, end;   // pcs of its first instruction and of its last jump back
  uint32_t line;         // entry of lines: its condition
  uint64_t iterations;   // times that the body began
  uint64_t instructions; // executed in it
  uint64_t self_ns;      // time, that of library methods called there included
  uint64_t machine_ns;   // of it in machine code
  uint64_t total_ns;     // and that of code of the program called there
} ProfileLoop;

// A shown stack: an entry and the stack that called it.
typedef struct ProfileStack {
  uint32_t parent;     // caller; 0 is the root, which stands for nothing
  uint32_t method;     // entry of methods
  uint32_t samples;    // that ended here
  uint64_t self_ns;    // time that they stand for
  uint64_t machine_ns; // of it in machine code
  uint64_t total_ns;   // and that of the stacks above
} ProfileStack;

typedef struct ProfileSum {
  VEC(ProfileMethod) methods;
  VEC(ProfileLine) lines;
  VEC(ProfileLoop) loops; // of one code in a row
  VEC(ProfileStack) stacks;
  uint64_t ops[OP_COUNT]; // instructions executed, by opcode
  uint64_t instructions;  // executed in code of the program
  uint64_t library;       // executed in the core library
  uint64_t calls;         // frames of the program's code
  // ---- to find entries
  ByteMap method_keys; // label and place -> number
  ByteMap code_keys;   // address of a Code or MethodEntry -> number of its method
  ByteMap line_keys;   // path and line -> number
  ByteMap stack_keys;  // parent and method -> number
  ByteMap loop_keys;   // address of a Code -> number of its first loop
  Arena arena;         // texts
} ProfileSum;

// Sum a finished profile up.
MX_FUNC void mx_profile_sum(ExecCtx *ec, const Profiler *profiler, ProfileSum *out);
MX_FUNC void mx_profile_sum_free(ProfileSum *sum);

#endif
