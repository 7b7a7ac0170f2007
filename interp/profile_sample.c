// SPDX-License-Identifier: MIT
// Samples: a clock of processor time, its signal handler, and the tree of stacks that it fills.
//
// The handler runs between any two machine instructions of the thread that runs the VM. ec->frame
// always points to a frame whose prev, code, ip and leaf are set (mx_frame_publish); other fields
// may not be. A frame that was pushed and has not begun (ip is NULL, no register points into its
// stream) is left out: its time is its caller's, at the call.
// A sample weighs the processor time since the one before, so that times add up to that of the run
// however slowly the system's clock ticks.
#include "interp/profile.h"
#include "interp/program.h"
#include "interp/tier.h"

#include <errno.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <ucontext.h>
#include <unistd.h>

#ifndef sigev_notify_thread_id
#define sigev_notify_thread_id _sigev_un._tid
#endif

// Where the dispatch loop lies; the linker knows.
// NOLINTNEXTLINE(cert-dcl37-c): the names are the linker's
MX_FUNC extern const char __start_dispatch_text[], __stop_dispatch_text[];

// What the interrupted code had in its registers.
#if defined(__x86_64__)
enum { SAMPLE_REGISTERS = REG_RSP + 1 }; // r8 to r15, rdi to rsp
static uint64_t sample_pc(const ucontext_t *uc) { return (uint64_t)uc->uc_mcontext.gregs[REG_RIP]; }
static uint64_t sample_register(const ucontext_t *uc, int i) {
  return (uint64_t)uc->uc_mcontext.gregs[i];
}
#elif defined(__aarch64__)
enum { SAMPLE_REGISTERS = 31 };
static uint64_t sample_pc(const ucontext_t *uc) { return uc->uc_mcontext.pc; }
static uint64_t sample_register(const ucontext_t *uc, int i) { return uc->uc_mcontext.regs[i]; }
#else
#error "no names of registers for this processor"
#endif

// Pages of zeroes that cost memory only when they are written.
static void *sample_map(size_t bytes) {
  int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE;
  void *memory = mmap(NULL, bytes, PROT_READ | PROT_WRITE, flags, -1, 0);
  if (memory == MAP_FAILED) mx_check_out_of_memory(bytes);
  return memory;
}

void mx_sample_init(SampleTree *tree) {
  tree->nodes = sample_map(SAMPLE_NODES * sizeof(SampleNode));
  tree->buckets = sample_map(SAMPLE_BUCKETS * sizeof(uint32_t));
  tree->scratch = sample_map(PARAM_PROFILE_DEPTH * sizeof(SampleNode));
  tree->pins = mx_gc_alloc_words(SAMPLE_PINS * sizeof(MethodEntry *));
  tree->count = 2;
}

uint64_t mx_sample_clock(void) {
  struct timespec now;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

// ---- in the handler

// Spread the bits of a number.
static uint64_t sample_mix(uint64_t h) {
  h *= UINT64_C(0x9e3779b97f4a7c15);
  return h ^ (h >> 29);
}

// Keep a C leaf alive as long as the profiler; NULL when there are too many.
static const MethodEntry *sample_pin(SampleTree *tree, const MethodEntry *leaf) {
  if (!leaf) return NULL;
  uint64_t at = sample_mix((uint64_t)(uintptr_t)leaf);
  for (uint32_t i = 0; i < 64; i++) {
    const MethodEntry **slot = &tree->pins[(at + i) % SAMPLE_PINS];
    if (!*slot) *slot = leaf;
    if (*slot == leaf) return leaf;
  }
  return NULL;
}

// The stream's word that the loop executes for the frame, from the register that holds it.
static bool sample_loop_word(const Code *code, const ucontext_t *uc, uint32_t *word) {
  uint64_t pc = sample_pc(uc);
  if (pc < (uintptr_t)__start_dispatch_text || pc >= (uintptr_t)__stop_dispatch_text) return false;
  bool found = false;
  for (int i = 0; i < SAMPLE_REGISTERS; i++) {
    uint64_t offset = sample_register(uc, i) - (uintptr_t)code->stream;
    if (offset >= code->stream_len * sizeof(uint32_t) || offset % sizeof(uint32_t) != 0) continue;
    uint32_t at = (uint32_t)(offset / sizeof(uint32_t));
    if (!found || at > *word) *word = at;
    found = true;
  }
  return found;
}

// What a frame executes, as mx_frame_place has it; uc: it is the innermost. False: it has not
// begun.
static bool sample_place(const Frame *fr, const ucontext_t *uc, uint32_t *place) {
  const Code *code = fr->code;
  if (!code->profile) return false;
  *place = fr->site;
  if (!code->stream) return true;
  uint32_t word = 0;
  if (!uc || !sample_loop_word(code, uc, &word)) {
    if (!fr->ip) return false;
    word = (uint32_t)(fr->ip - 1 - code->stream);
  }
  if (word >= code->stream_len) return false;
  *place = code->pcs[word];
  return true;
}

// Add the activations that machine code built in place in a frame; the new count.
static uint32_t sample_path(SampleTree *tree, const FramePath *path, uint32_t count) {
  for (; path->caller && count < PARAM_PROFILE_DEPTH; path = path->caller)
    if (path->code->profile)
      tree->scratch[count++] = (SampleNode){.code = path->code, .place = mx_frame_path_place(path)};
  return count;
}

// Where a stack was interrupted, if that was in machine code or in C that it called.
typedef struct SampleMachine {
  const Code *code;       // its code, NULL: it was elsewhere
  const TierPlace *place; // the innermost activation there, NULL when that is not known
} SampleMachine;

static SampleMachine sample_machine(const ExecCtx *ec, const ucontext_t *uc) {
  const Tier *tier = mx_interp(ec->vm)->tier;
  SampleMachine machine = {NULL, NULL};
  if (tier) machine.code = tier->runs(ec->vm, sample_pc(uc), &machine.place);
  if (machine.code || !ec->place) return machine;
  const TierPlace *own = machine.place = ec->place;
  while (own->caller) own = own->caller;
  machine.code = own->code;
  return machine;
}

// Add the activations that machine code built in place where it was interrupted or calls, and its
// own when that has no frame (`bare`); the new count. *place: where the machine code's own
// activation is.
static uint32_t sample_built(SampleTree *tree, SampleMachine machine, bool bare, uint32_t count,
                             uint32_t *place) {
  const TierPlace *at = machine.place;
  for (; at && at->caller && count < PARAM_PROFILE_DEPTH; at = at->caller)
    if (at->code->profile) tree->scratch[count++] = (SampleNode){.code = at->code, .place = at->pc};
  *place = at ? at->pc : FRAME_AT_START;
  if (bare && machine.code->profile && count < PARAM_PROFILE_DEPTH)
    tree->scratch[count++] = (SampleNode){.code = machine.code, .place = *place};
  return count;
}

// Where a frame is; false: it has not begun. uc: it is the innermost, interrupted in the
// interpreter. Machine code that has called from an activation says so in the frame's path.
static bool sample_frame(const Frame *fr, const ucontext_t *uc, uint32_t *place) {
  if (!(fr->flags & FRAME_MACHINE && fr->path)) return sample_place(fr, uc, place);
  *place = mx_frame_place(fr);
  return fr->code->profile != NULL;
}

// Put the running frames into scratch, innermost first; *cut: there are more. The machine code of a
// method has no frame of its own until it calls; that of a loop runs in the innermost one.
static uint32_t sample_frames(SampleTree *tree, const ExecCtx *ec, const ucontext_t *uc,
                              bool *cut) {
  uint32_t count = 0, place = 0;
  SampleMachine machine = sample_machine(ec, uc);
  bool bare = machine.code && (!ec->frame || ec->frame->code != machine.code);
  bool own = machine.code && !bare; // the innermost frame is that of the machine code
  if (ec->leaf) tree->scratch[count++] = (SampleNode){.leaf = sample_pin(tree, ec->leaf)};
  if (machine.code) count = sample_built(tree, machine, bare, count, &place);
  for (const Frame *fr = ec->frame; fr; fr = fr->prev, uc = NULL, own = false) {
    if (!own && fr->flags & FRAME_MACHINE && fr->path) count = sample_path(tree, fr->path, count);
    if (own ? !fr->code->profile : !sample_frame(fr, uc, &place)) continue;
    *cut = count == PARAM_PROFILE_DEPTH;
    if (*cut) break;
    tree->scratch[count++] =
        (SampleNode){.code = fr->code, .leaf = sample_pin(tree, fr->leaf), .place = place};
  }
  tree->scratch[0].machine = machine.code != NULL;
  return count;
}

// The node below a parent, made at need; 0 when there is no room.
static uint32_t sample_child(SampleTree *tree, uint32_t parent, const SampleNode *like) {
  uint64_t h = sample_mix((uint64_t)(uintptr_t)like->code ^ parent);
  h = sample_mix(h ^ (uint64_t)(uintptr_t)like->leaf ^ ((uint64_t)like->place << 32));
  h ^= like->machine;
  uint32_t *bucket = &tree->buckets[h % SAMPLE_BUCKETS];
  for (uint32_t i = *bucket; i; i = tree->nodes[i].next) {
    const SampleNode *node = &tree->nodes[i];
    if (node->parent == parent && node->code == like->code && node->leaf == like->leaf &&
        node->place == like->place && node->machine == like->machine)
      return i;
  }
  if (tree->count == SAMPLE_NODES) return 0;
  SampleNode *node = &tree->nodes[tree->count];
  *node = *like;
  node->parent = parent;
  node->next = *bucket;
  return *bucket = tree->count++;
}

// Enter a sample that weighs so much; none while no frame of the program has begun.
static void sample_enter(SampleTree *tree, const ExecCtx *ec, const ucontext_t *uc, uint64_t ns) {
  bool cut = false;
  uint32_t count = sample_frames(tree, ec, uc, &cut), at = cut ? 1 : 0;
  if (count == 0) return;
  while (count > 0) {
    at = sample_child(tree, at, &tree->scratch[--count]);
    if (at > 0) continue;
    tree->lost++;
    return;
  }
  tree->nodes[at].samples++;
  tree->nodes[at].ns += ns;
  tree->samples++;
  tree->ns += ns;
}

// The handler of SIGPROF. Async-signal-safe.
static void sample_signal(int number, siginfo_t *info, void *context) {
  MX_UNUSED(number);
  if (info->si_code != SI_TIMER) return;
  int saved = errno;
  Profiler *profiler = info->si_value.sival_ptr;
  uint64_t now = mx_sample_clock();
  const ExecCtx *ec = profiler->vm->running;
  if (ec) sample_enter(&profiler->tree, ec, context, now - profiler->tree.last_ns);
  profiler->tree.last_ns = now;
  errno = saved;
}

// ---- the clock

bool mx_sample_start(Profiler *profiler) {
  struct sigaction action = {.sa_sigaction = sample_signal, .sa_flags = SA_SIGINFO | SA_RESTART};
  sigemptyset(&action.sa_mask);
  struct sigevent event = {.sigev_notify = SIGEV_THREAD_ID, .sigev_signo = SIGPROF};
  event.sigev_value.sival_ptr = profiler;
  event.sigev_notify_thread_id = (pid_t)syscall(SYS_gettid);
  struct timespec interval = {.tv_nsec = PARAM_PROFILE_INTERVAL * 1000l};
  struct itimerspec spec = {.it_interval = interval, .it_value = interval};
  profiler->tree.last_ns = mx_sample_clock();
  if (sigaction(SIGPROF, &action, NULL) != 0) return false;
  if (timer_create(CLOCK_THREAD_CPUTIME_ID, &event, &profiler->timer) != 0) return false;
  return timer_settime(profiler->timer, 0, &spec, NULL) == 0;
}

void mx_sample_stop(Profiler *profiler) {
  timer_delete(profiler->timer);
  (void)signal(SIGPROF, SIG_IGN);
}
