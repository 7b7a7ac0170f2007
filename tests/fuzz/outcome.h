// SPDX-License-Identifier: MIT
// What a program did, as far as it can be seen from outside, and how to find out: in this process
// with either engine, or with the `ruby` that is installed.
#ifndef MX_TESTS_FUZZ_OUTCOME_H
#define MX_TESTS_FUZZ_OUTCOME_H

#include "runtime/base/strbuf.h"

#include <stdio.h>

typedef struct Outcome {
  StrBuf out, err; // standard output and standard error; addresses are blotted out
  int status;      // exit status
} Outcome;

// Status of the oracle when its ruby cannot compile a program that is fine; oracle.rb says why.
enum { OUTCOME_UNKNOWN = 99 };

// How a program is run in this process.
typedef struct SandboxOptions {
  bool walker;                // by walking the tree, else by the default engine
  bool metorex;               // in the metorex dialect
  const char *jit;            // file of the JIT's back end, which compiles every loop; NULL: no JIT
  uint32_t threshold;         // with jit: back edges before a loop is recorded
  uint32_t stress_exits;      // with jit: one in so many guards leaves though it holds, 0 off
  uint32_t stress_invalidate; // with jit: code is dropped at one in so many chances, 0 off
  uint32_t gc_stress;         // collect at every nth allocation on average, 0 off
  uint64_t stress_seed;       // of the distances between all of these
} SandboxOptions;

// Files that take standard output and standard error of this process from now on.
typedef struct Sandbox {
  int out, err;  // descriptors of files in memory
  int real_out;  // where standard output went before
  uint32_t runs; // programs so far
} Sandbox;

// Redirect the standard streams of this process, which runs nothing but programs afterwards.
void sandbox_open(Sandbox *sandbox);

// Run a program in a new VM.
Outcome sandbox_run(Sandbox *sandbox, const char *text, const SandboxOptions *options);

// A process of `ruby` that runs programs, each in a fork of its own.
typedef struct Oracle {
  int to;     // descriptor: programs, each behind its length
  FILE *from; // answers: exit status and length, then the output
} Oracle;

// Start the process; it runs the script and ends when this process does.
void oracle_open(Oracle *oracle, const char *script);

// Run a program; its standard error is not kept, for its wording is Ruby's own. False if the
// oracle has ended.
bool oracle_run(const Oracle *oracle, const char *text, Outcome *outcome);

void outcome_free(Outcome *outcome);

#endif
