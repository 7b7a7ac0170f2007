// SPDX-License-Identifier: MIT
// Runs random programs under two engines and compares what they do.
//
// usage: differ [--seed N] [--count N] [--ruby] [--metorex] [--shrink] [--print SEED]
//               [--stress-gc N] [--jit MODULE] [--stress-exits N] [--stress-invalidate N]
//               [--oracle FILE]
//
// Seeds N, N+1, ... give programs; of five, one is in the metorex dialect (with --metorex all are).
// Each runs in a new VM by walking the tree and by the default engine, in child processes that do
// a batch each, so that a crash or a program without end is one finding and not the end. With
// --ruby the other side is the installed ruby; with --jit it has the JIT, whose back end is MODULE
// and which compiles loops at once. A child writes one byte for each program that it
// has judged; what is missing when it ends tells which program ended it.
#include "tests/fuzz/generate.h"
#include "tests/fuzz/outcome.h"
#include "tests/fuzz/shrink.h"

#include <inttypes.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
  DIFFER_BATCH = 100,         // programs of a child
  DIFFER_PATIENCE = 20000,    // milliseconds of processor time that one program may take
  DIFFER_WAITS = 15,          // so many times as long by the clock, on a busy machine
  DIFFER_SHRINK_TESTS = 3000, // programs that shrinking may try
  DIFFER_SHRUNK = 5,          // findings that are shrunk; more would take too long
};

typedef struct Differ {
  uint64_t seed;      // of the first program
  uint64_t count;     // programs
  bool ruby;          // --ruby
  bool metorex;       // --metorex
  bool shrink;        // --shrink
  uint64_t stress_gc; // --stress-gc
  const char *jit;    // --jit: the back end's module
  uint64_t exits;     // --stress-exits
  uint64_t drops;     // --stress-invalidate
  const char *oracle; // script that ruby runs
  uint64_t differing; // programs found
} Differ;

// What became of a program; the byte that a child sends.
typedef enum Verdict {
  VERDICT_SAME = '=',
  VERDICT_DIFFERENT = '!',
  VERDICT_CRASH = 'C',
  VERDICT_TIMEOUT = 'T',
} Verdict;

// What a child has to do: programs of seeds, or one text.
typedef struct Batch {
  const Differ *differ;
  uint64_t first, count; // seeds
  const char *text;      // instead of them, or NULL
  bool show;             // print what the two sides did
} Batch;

// The profile that a seed's program has.
static GenProfile differ_profile(const Differ *differ, uint64_t seed) {
  if (differ->ruby) return GEN_PORTABLE;
  return differ->metorex || seed % 5 == 0 ? GEN_METOREX : GEN_RUBY;
}

// --- In the child -------------------------------------------------------------------------------

// A child: where its programs run.
typedef struct Judge {
  const Batch *batch;
  Sandbox sandbox;
  Oracle oracle; // with --ruby
  uint64_t seed; // of the program
} Judge;

// Print one side of a difference.
static void judge_show_side(int to, const char *name, const Outcome *outcome) {
  dprintf(to, "--- %s: exit status %d\n%s%s", name, outcome->status, mx_strbuf_text(&outcome->out),
          mx_strbuf_text(&outcome->err));
}

// Whether two byte strings are the same.
static bool judge_same_text(const StrBuf *a, const StrBuf *b) {
  return a->len == b->len && (a->len == 0 || memcmp(a->at, b->at, a->len) == 0);
}

// Compare two outcomes, which end here.
static bool judge_compare(Judge *judge, Outcome *left, Outcome *right, const char *name) {
  bool unknown = judge->batch->differ->ruby && left->status == OUTCOME_UNKNOWN;
  bool same = left->status == right->status && judge_same_text(&left->out, &right->out) &&
              (judge->batch->differ->ruby || judge_same_text(&left->err, &right->err));
  same |= unknown;
  if (!same && judge->batch->show) {
    judge_show_side(judge->sandbox.real_out, judge->batch->differ->ruby ? "ruby" : "walker", left);
    judge_show_side(judge->sandbox.real_out, name, right);
  }
  outcome_free(left);
  outcome_free(right);
  return same;
}

// Properties of a program besides what its engines print. Objects that it can reach survive: it
// prints the same when the collector runs all the time. That the stack has its depth and that
// indices are in bounds builds with assertions check at each instruction (stream_check.h).
static bool judge_check_properties(Judge *judge, const char *text, SandboxOptions options) {
  if (judge->batch->differ->stress_gc == 0) return true;
  Outcome left = sandbox_run(&judge->sandbox, text, &options);
  options.gc_stress = (uint32_t)judge->batch->differ->stress_gc;
  Outcome right = sandbox_run(&judge->sandbox, text, &options);
  return judge_compare(judge, &left, &right, "under GC stress");
}

// Run one program on both sides.
static Verdict judge_program(Judge *judge, const char *text, bool metorex) {
  Outcome left;
  SandboxOptions options = {.metorex = metorex, .walker = true, .stress_seed = judge->seed};
  if (!judge->batch->differ->ruby)
    left = sandbox_run(&judge->sandbox, text, &options);
  else if (!oracle_run(&judge->oracle, text, &left))
    exit(1);
  options.walker = false;
  options.jit = judge->batch->differ->jit;
  options.stress_exits = (uint32_t)judge->batch->differ->exits;
  options.stress_invalidate = (uint32_t)judge->batch->differ->drops;
  // Loops of generated programs are short: they are recorded at once, or a round later.
  options.threshold = 1 + (uint32_t)(judge->seed % 3);
  Outcome right = sandbox_run(&judge->sandbox, text, &options);
  bool same = judge_compare(judge, &left, &right, options.jit ? "JIT" : "default engine");
  return same && judge_check_properties(judge, text, options) ? VERDICT_SAME : VERDICT_DIFFERENT;
}

// Make the program of a seed and judge it.
static Verdict judge_seed(Judge *judge, uint64_t seed) {
  Arena arena;
  StrBuf text = STRBUF_INIT;
  GenProfile profile = differ_profile(judge->batch->differ, seed);
  mx_arena_init(&arena, mx_arena_malloc_source());
  gen_print(gen_program(&arena, seed, profile), &text);
  Verdict verdict = judge_program(judge, text.at, profile == GEN_METOREX);
  mx_strbuf_free(&text);
  mx_arena_free(&arena);
  return verdict;
}

// Judge a batch; a byte goes to the parent for each program.
static void judge_batch(const Batch *batch, int report) {
  Judge judge = {.batch = batch};
  if (batch->differ->ruby) oracle_open(&judge.oracle, batch->differ->oracle);
  sandbox_open(&judge.sandbox);
  for (uint64_t i = 0; i < batch->count; i++) {
    judge.seed = batch->first + i;
    bool metorex = differ_profile(batch->differ, judge.seed) == GEN_METOREX;
    Verdict verdict =
        batch->text ? judge_program(&judge, batch->text, metorex) : judge_seed(&judge, judge.seed);
    char byte = (char)verdict;
    if (write(report, &byte, 1) != 1) exit(1);
  }
  exit(0);
}

// --- In the parent ------------------------------------------------------------------------------

// Milliseconds of processor time that a child has had.
static int64_t differ_used(pid_t child) {
  clockid_t clock;
  struct timespec used;
  if (clock_getcpuclockid(child, &clock) != 0 || clock_gettime(clock, &used) != 0) return 0;
  return (int64_t)used.tv_sec * 1000 + used.tv_nsec / 1000000;
}

// Receive the next verdict of a child: CRASH when it has ended, TIMEOUT when nothing comes.
static Verdict differ_receive(int report, pid_t child) {
  struct pollfd events = {.fd = report, .events = POLLIN};
  int64_t begun = differ_used(child);
  char byte;
  for (int waits = 0; poll(&events, 1, DIFFER_PATIENCE) == 0; waits++)
    if (waits == DIFFER_WAITS || differ_used(child) - begun >= DIFFER_PATIENCE)
      return VERDICT_TIMEOUT;
  return read(report, &byte, 1) == 1 ? (Verdict)byte : VERDICT_CRASH;
}

// Start a child for a batch; answers where its verdicts arrive.
static int differ_start(const Batch *batch, pid_t *child) {
  int report[2];
  if (pipe(report) < 0) abort();
  fflush(NULL);
  *child = fork();
  if (*child < 0) abort();
  if (*child == 0) {
    close(report[0]);
    judge_batch(batch, report[1]);
  }
  close(report[1]);
  return report[0];
}

// Run a child as far as its first finding; count becomes how many programs were the same.
static Verdict differ_run_child(const Batch *batch, uint64_t *count) {
  pid_t child;
  int report = differ_start(batch, &child);
  Verdict verdict = VERDICT_SAME;
  for (*count = 0; *count < batch->count; ++*count)
    if ((verdict = differ_receive(report, child)) != VERDICT_SAME) break;
  if (verdict != VERDICT_SAME || *count < batch->count) kill(child, SIGKILL);
  close(report);
  waitpid(child, NULL, 0);
  return verdict;
}

// What a shrinking program must go on to show.
typedef struct Finding {
  Batch batch;     // of the one text
  Verdict verdict; // that it has
} Finding;

// Whether the text has the finding's verdict.
static bool differ_still(void *data, const char *text) {
  Finding *finding = data;
  uint64_t count;
  // By these rows both sides of `--ruby` print alike.
  bool portable = strstr(text, "class Hash\n  def inspect") && strstr(text, "class NameError\n");
  if (finding->batch.differ->ruby && !portable) return false;
  finding->batch.text = text;
  return differ_run_child(&finding->batch, &count) == finding->verdict;
}

// Print the program of a finding, shrunk if that is wanted, and what the two sides do.
static void differ_show(Differ *differ, uint64_t seed, Verdict verdict) {
  Arena arena;
  StrBuf text = STRBUF_INIT;
  uint64_t count;
  mx_arena_init(&arena, mx_arena_malloc_source());
  GenNode *program = gen_program(&arena, seed, differ_profile(differ, seed));
  Finding finding = {.batch = {.differ = differ, .first = seed, .count = 1}, .verdict = verdict};
  if (verdict != VERDICT_TIMEOUT && differ->differing <= DIFFER_SHRUNK)
    shrink_program(program, differ_still, &finding, DIFFER_SHRINK_TESTS);
  gen_print(program, &text);
  printf("%s", mx_strbuf_text(&text));
  finding.batch.text = mx_strbuf_text(&text);
  finding.batch.show = true;
  differ_run_child(&finding.batch, &count);
  mx_strbuf_free(&text);
  mx_arena_free(&arena);
}

// Report a finding.
static void differ_report(Differ *differ, uint64_t seed, Verdict verdict) {
  const char *what = verdict == VERDICT_DIFFERENT ? "differs"
                     : verdict == VERDICT_CRASH   ? "crashes"
                                                  : "does not end";
  differ->differing++;
  printf("=== seed %" PRIu64 " %s\n", seed, what);
  if (differ->shrink) differ_show(differ, seed, verdict);
}

// Run all programs, batch by batch; behind a finding a new batch begins.
static void differ_run(Differ *differ) {
  for (uint64_t done = 0; done < differ->count;) {
    uint64_t left = differ->count - done, same;
    Batch batch = {.differ = differ, .first = differ->seed + done};
    batch.count = left < DIFFER_BATCH ? left : DIFFER_BATCH;
    Verdict verdict = differ_run_child(&batch, &same);
    done += same;
    if (verdict == VERDICT_SAME) continue;
    differ_report(differ, differ->seed + done, verdict);
    done++;
  }
}

// --print: the program of a seed.
static int differ_print(const Differ *differ, uint64_t seed) {
  Arena arena;
  StrBuf text = STRBUF_INIT;
  mx_arena_init(&arena, mx_arena_malloc_source());
  gen_print(gen_program(&arena, seed, differ_profile(differ, seed)), &text);
  fputs(mx_strbuf_text(&text), stdout);
  mx_strbuf_free(&text);
  mx_arena_free(&arena);
  return 0;
}

// Read one option that has a number; answers whether it is that option.
static bool differ_number(char ***argv, const char *option, uint64_t *number) {
  if (strcmp(**argv, option) != 0 || !(*argv)[1]) return false;
  *number = strtoull(*++*argv, NULL, 10);
  return true;
}

int main(int argc, char **argv) {
  Differ differ = {.seed = 1, .count = 1000, .oracle = "tests/fuzz/oracle.rb"};
  uint64_t print = 0;
  bool prints = false;
  MX_UNUSED(argc);
  for (argv++; *argv; argv++) {
    if (strcmp(*argv, "--ruby") == 0)
      differ.ruby = true;
    else if (strcmp(*argv, "--metorex") == 0)
      differ.metorex = true;
    else if (strcmp(*argv, "--shrink") == 0)
      differ.shrink = true;
    else if (strcmp(*argv, "--oracle") == 0 && argv[1])
      differ.oracle = *++argv;
    else if (strcmp(*argv, "--jit") == 0 && argv[1])
      differ.jit = *++argv;
    else if (differ_number(&argv, "--print", &print))
      prints = true;
    else if (!differ_number(&argv, "--seed", &differ.seed) &&
             !differ_number(&argv, "--count", &differ.count) &&
             !differ_number(&argv, "--stress-exits", &differ.exits) &&
             !differ_number(&argv, "--stress-invalidate", &differ.drops) &&
             !differ_number(&argv, "--stress-gc", &differ.stress_gc)) {
      fprintf(stderr, "differ: unknown option %s\n", *argv);
      return 2;
    }
  }
  if (prints) return differ_print(&differ, print);
  signal(SIGPIPE, SIG_IGN);
  differ_run(&differ);
  printf("%" PRIu64 " programs, %" PRIu64 " differ\n", differ.count, differ.differing);
  return differ.differing > 0;
}
