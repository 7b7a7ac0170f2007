// SPDX-License-Identifier: MIT
// The profiler: its life, and what it counts.
#include "interp/profile.h"
#include "interp/program.h"
#include "interp/stream.h"
#include "interp/tier.h"

#include <unistd.h>

// ---- its life

Profiler *mx_profile_new(VM *vm, const ProfileOptions *options) {
  Profiler *profiler = mx_gc_alloc_words(sizeof *profiler);
  *profiler = (Profiler){.options = *options, .vm = vm, .pid = getpid()};
  mx_sample_init(&profiler->tree);
  return profiler;
}

// Count an object where a frame or machine code is.
static void profile_allocated_at(const Code *code, uint32_t place) {
  CodeProfile *profile = code->profile;
  if (!profile) return;
  if (profile->allocs)
    profile->allocs[place == FRAME_AT_START ? 0 : place]++;
  else
    profile->allocated++;
}

// An object is about to be allocated: count it where code of the program asked for it.
static void profile_allocated(void *ctx) {
  Profiler *profiler = ctx;
  if (profiler->done) return;
  profiler->allocated++;
  const ExecCtx *ec = profiler->vm->running;
  const TierPlace *at = ec ? ec->place : NULL;
  while (at && at->code->core) at = at->caller;
  const Frame *fr = ec ? ec->frame : NULL;
  while (fr && fr->code->core) fr = fr->prev;
  if (at)
    profile_allocated_at(at->code, at->pc);
  else if (fr)
    profile_allocated_at(fr->code, mx_frame_place(fr));
}

void mx_profile_start(Profiler *profiler) {
  if (!profiler->options.sample_only) mx_gc_watch(profiler->vm->lists, profile_allocated, profiler);
  profiler->start_ns = mx_sample_clock();
  profiler->running = mx_sample_start(profiler);
}

void mx_profile_finish(ExecCtx *ec, Profiler *profiler) {
  if (getpid() != profiler->pid) return;
  profiler->elapsed_ns = mx_sample_clock() - profiler->start_ns;
  profiler->done = true;
  if (profiler->running) mx_sample_stop(profiler);
  mx_profile_report(ec, profiler);
}

// ---- codes

bool mx_profile_counts(const VM *vm) {
  const Profiler *profiler = mx_interp(vm)->profiler;
  return MX_UNLIKELY(profiler != NULL) && !profiler->options.sample_only;
}

// A zeroed array of numbers.
static void *profile_numbers(size_t count, size_t size) {
  void *numbers = mx_gc_alloc_atomic((count + 1) * size);
  memset(numbers, 0, (count + 1) * size);
  return numbers;
}

// Note where jumps of an instruction lead, and that the next instruction begins a block.
static void profile_lead(const Instruction *in, uint8_t *leads) {
  int jump = mx_op_find_operand(in->op, 'J');
  if (jump >= 0) leads[in->operands[jump]] |= PROFILE_LEAD_JUMP;
  uint32_t behind = in->pc + in->size;
  if (mx_op_ends_flow(in->op))
    leads[behind] |=
        PROFILE_LEAD_JUMP; // a block that is never entered, unless something leads there
  else if (jump >= 0)
    leads[behind] |= PROFILE_LEAD_FALL;
}

uint8_t *mx_profile_leads(ExecCtx *ec, const Chunk *chunk) {
  if (!mx_profile_counts(ec->vm)) return NULL;
  uint8_t *leads = profile_numbers(chunk->code_len, 1);
  leads[0] = PROFILE_LEAD_FALL;
  Instruction in;
  for (uint32_t pc = 0; pc < chunk->code_len; pc += in.size) {
    if (!mx_op_decode(chunk->code, chunk->code_len, pc, &in)) break;
    profile_lead(&in, leads);
  }
  for (uint32_t i = 0; i < chunk->handler_count; i++)
    if (chunk->handlers[i].kind != HANDLER_RESTORE)
      leads[chunk->handlers[i].target] |= PROFILE_LEAD_JUMP;
  return leads;
}

// Make the record of a code and enter it.
static CodeProfile *profile_enter(Profiler *profiler, Code *code, uint32_t counters) {
  CodeProfile *profile = mx_gc_alloc_words(sizeof *profile + counters * sizeof(ProfileCount));
  profile->code = code;
  profile->counter_count = counters;
  profile->next = profiler->codes;
  profiler->codes = profile;
  code->profile = profile;
  return profile;
}

void mx_profile_code(ExecCtx *ec, Code *code, uint32_t counters) {
  Profiler *profiler = mx_interp(ec->vm)->profiler;
  if (MX_LIKELY(!profiler)) return;
  CodeProfile *profile = profile_enter(profiler, code, counters);
  if (counters == 0) return;
  profile->places = profile_numbers(counters, sizeof(uint32_t));
  profile->allocs = profile_numbers(code->chunk->code_len, sizeof(uint64_t));
}

void mx_profile_tree_enter(ExecCtx *ec, const Code *code) {
  Profiler *profiler = mx_interp(ec->vm)->profiler;
  if (MX_LIKELY(!profiler)) return;
  if (!code->profile) (void)profile_enter(profiler, (Code *)(uintptr_t)code, 0);
  code->profile->calls++;
}

// ---- counts

// Are the blocks of a code counted?
static bool profile_has_counts(const Code *code) {
  return code->profile && code->profile->counter_count > 0;
}

// The counter at a word of the stream, NULL when there is another instruction.
static ProfileCount *profile_at(const Code *code, uint32_t word, uint32_t pc, StreamOp op) {
  bool counter = word < code->stream_len && code->pcs[word] == pc && code->stream[word] == op;
  return counter ? &code->profile->counts[code->stream[word + 1]] : NULL;
}

ProfileCount *mx_profile_jump(const Code *code, uint32_t pc) {
  if (!profile_has_counts(code)) return NULL;
  return profile_at(code, mx_stream_index(code, pc), pc, STREAM_COUNT_BLOCK);
}

ProfileCount *mx_profile_fall(const Code *code, uint32_t pc) {
  if (!profile_has_counts(code)) return NULL;
  uint32_t word = mx_stream_index(code, pc);
  return word < 2 ? NULL : profile_at(code, word - 2, pc, STREAM_COUNT_EDGE);
}

ProfileCount *mx_profile_exit(const Code *code, uint32_t pc) {
  if (!profile_has_counts(code)) return NULL;
  CodeProfile *profile = code->profile;
  if (!profile->leaves)
    profile->leaves = profile_numbers(code->chunk->code_len, sizeof *profile->leaves);
  return &profile->leaves[pc];
}

void mx_profile_note_leave(const Frame *fr) {
  ProfileCount *count = fr->ip ? mx_profile_exit(fr->code, mx_code_pc(fr->code, fr->ip - 1)) : NULL;
  if (count) count->n++;
}

void mx_profile_each(const CodeProfile *profile, ProfileVisit visit, void *ctx) {
  if (profile->counter_count == 0) return;
  const Chunk *chunk = profile->code->chunk;
  uint32_t counter = 0;
  uint64_t running = 0;
  Instruction in;
  for (uint32_t pc = 0; pc < chunk->code_len; pc += in.size) {
    if (!mx_op_decode(chunk->code, chunk->code_len, pc, &in)) return;
    for (; counter < profile->counter_count && profile->places[counter] == pc; counter++)
      running = profile->counts[counter].n;
    if (mx_op_info(in.op)->phase == PHASE_MARK) continue;
    visit(ctx, &in, running);
    if (profile->leaves) running -= profile->leaves[pc].n;
  }
}

uint64_t mx_profile_calls(const CodeProfile *profile) {
  return profile->counter_count > 0 ? profile->counts[0].n : profile->calls;
}
