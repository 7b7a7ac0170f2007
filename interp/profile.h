// SPDX-License-Identifier: MIT
// --profile: what a run does, counted exactly, and where its time goes, sampled.
//
//   counts   stream words -> CodeProfile.counts -> by instruction, line     (profile.c)
//   time     clock -> signal -> stack of frames -> SampleTree               (profile_sample.c)
//   both     -> ProfileSum: tables by method, line, loop, stack             (profile_sum.c)
//            -> text, JSON, folded stacks                                   (profile_report.c)
//
// Counting. The expansion of a chunk puts an instruction that counts in front of each basic block
// (interp/stream.c); how often each instruction of the block ran follows. That costs one dispatch
// per block, where a counter per instruction would double them. What leaves a block in its middle,
// by an exception or a jump out of a callee, is noted where it lands (mx_profile_leave), so counts
// are exact. What is not seen: that a fiber stops for ever in the middle of a block.
//
// Sampling. A clock of the main thread's processor time raises SIGPROF; the handler walks the
// frames. Those behind the innermost stand at a call, so their `ip` is right. The innermost may be
// in the dispatch loop, which keeps ip in a register: the handler takes the register that points
// into the frame's stream. The alternative, a bit that the next poll looks at, shows loops and
// calls only, and puts the time of a C leaf to whatever polls after it.
//
// INVARIANTS:
// 1. A Code that has run under a Profiler has a CodeProfile, which is never freed.
// 2. The handler reads only codes that have one, allocates nothing, and writes to memory that was
//    mapped before.
// GC: the Profiler's list of CodeProfiles keeps codes alive, Code.method their names; C leaves that
// were sampled are in `pins`, which is scanned. The sample tree lies outside the collected heap.
#ifndef MX_INTERP_PROFILE_H
#define MX_INTERP_PROFILE_H

#include "runtime/api.h"
#include "interp/frame.h"

#include <sys/types.h>
#include <time.h>

// Where basic blocks begin.
enum {
  PROFILE_LEAD_JUMP = 1 << 0, // some jump or handler leads there
  PROFILE_LEAD_FALL = 1 << 1, // frames begin there, or the instruction before may jump
};

// A number that instructions and machine code add one to.
typedef struct ProfileCount {
  uint64_t n;
} ProfileCount;

// What is counted of one code.
typedef struct CodeProfile {
  const Code *code;
  struct CodeProfile *next; // made before, NULL for the first
  uint64_t calls;           // walker: activations
  uint64_t allocated;       // walker: objects allocated
  uint64_t *allocs;         // bytecode, by pc: objects allocated
  ProfileCount *leaves;     // bytecode, by pc: ways out in the middle of a block; NULL for none
  uint32_t *places;         // by counter: pc in front of which it stands, ascending
  uint32_t counter_count;   // entries of counts; 0 when nothing is counted
  ProfileCount counts[];    // by counter: how often control came there; the first counts calls
} CodeProfile;

// One frame, or one C leaf, below what called it.
typedef struct SampleNode {
  const Code *code;        // what runs, NULL for a C leaf
  const MethodEntry *leaf; // the C leaf itself, or the leaf that called the frame, or NULL
  uint32_t place;          // of the frame (mx_frame_place)
  bool machine;            // its machine code, or what that called, was interrupted
  uint32_t parent;         // node of the caller; smaller than this one's number
  uint32_t next;           // node in the same bucket, 0 for none
  uint32_t samples;        // that ended here
  uint64_t ns;             // processor time that they stand for
} SampleNode;

enum { SAMPLE_BUCKETS = 1 << 13, SAMPLE_PINS = 1 << 12, SAMPLE_NODES = 1 << 22 };

// Stacks that were seen, merged where they begin alike. Node 0 is the root, node 1 stands for the
// frames beyond PARAM_PROFILE_DEPTH.
typedef struct SampleTree {
  SampleNode *nodes;        // mapped; SAMPLE_NODES of them are reserved
  uint32_t *buckets;        // mapped: first node by hash, 0 for none
  uint32_t count;           // nodes in use
  uint32_t samples;         // taken
  uint32_t lost;            // not taken for lack of room
  uint64_t ns;              // processor time of all samples
  uint64_t last_ns;         // clock at the last one
  SampleNode *scratch;      // frames of the sample being taken, innermost first
  const MethodEntry **pins; // open-addressed set of the C leaves in nodes
} SampleTree;

typedef struct Profiler {
  ProfileOptions options;
  VM *vm;
  CodeProfile *codes;  // newest first
  uint64_t allocated;  // objects, those outside any frame included
  uint64_t start_ns;   // processor time of the thread when the run began
  uint64_t elapsed_ns; // how much of it the run took
  timer_t timer;       // raises SIGPROF
  bool running;        // the timer is there
  bool done;           // the run has ended: nothing is counted any more
  pid_t pid;           // process that reports: children made by fork do not
  SampleTree tree;
} Profiler;

// ---- profile.c
// Make the profiler of a VM, before any of its code runs.
MX_FUNC Profiler *mx_profile_new(VM *vm, const ProfileOptions *options);
// The run begins: take samples and count allocations from here on.
MX_FUNC void mx_profile_start(Profiler *profiler);
// The run has ended: write the report. Does nothing in a process that fork made.
MX_FUNC void mx_profile_finish(ExecCtx *ec, Profiler *profiler);
// Does somebody count what runs?
MX_FUNC bool mx_profile_counts(const VM *vm);
// By pc of a chunk, where blocks begin (PROFILE_LEAD_*); NULL when nothing is to be counted.
MX_FUNC uint8_t *mx_profile_leads(ExecCtx *ec, const Chunk *chunk);
// Make the record of a code that will run, unless nobody profiles.
MX_FUNC void mx_profile_code(ExecCtx *ec, Code *code, uint32_t counters);
// Call visit for each instruction of a code in order, with how often it was executed.
typedef void (*ProfileVisit)(void *ctx, const Instruction *in, uint64_t count);
MX_FUNC void mx_profile_each(const CodeProfile *profile, ProfileVisit visit, void *ctx);
// How often frames of the code began.
MX_FUNC uint64_t mx_profile_calls(const CodeProfile *profile);
// What machine code counts in place of the interpreter: control comes to a pc, by a jump or by
// falling to it; control leaves the block around a pc there. NULL: nothing is counted.
MX_FUNC ProfileCount *mx_profile_jump(const Code *code, uint32_t pc);
MX_FUNC ProfileCount *mx_profile_fall(const Code *code, uint32_t pc);
MX_FUNC ProfileCount *mx_profile_exit(const Code *code, uint32_t pc);

// The slow part of the next one.
MX_FUNC void mx_profile_note_leave(const Frame *fr);
// Control leaves a frame's block at the instruction that it executes.
static inline void mx_profile_leave(const Frame *fr) {
  if (MX_UNLIKELY(fr->code->profile != NULL)) mx_profile_note_leave(fr);
}
// The walker begins a body.
MX_FUNC void mx_profile_tree_enter(ExecCtx *ec, const Code *code);

// ---- profile_sample.c
// Reserve the memory of a tree.
MX_FUNC void mx_sample_init(SampleTree *tree);
// Take samples until mx_sample_stop; false when the system has no such clock.
MX_FUNC MX_MUST_CHECK bool mx_sample_start(Profiler *profiler);
MX_FUNC void mx_sample_stop(Profiler *profiler);
// Processor time of this thread in nanoseconds.
MX_FUNC uint64_t mx_sample_clock(void);

// Stands in front of the dispatch loop: code between these addresses keeps ip in a register.
#define PROFILE_TEXT __attribute__((section("dispatch_text")))

// ---- profile_report.c
// Write the report that the options ask for.
MX_FUNC void mx_profile_report(ExecCtx *ec, const Profiler *profiler);

#endif
