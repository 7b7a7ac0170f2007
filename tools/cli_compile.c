// SPDX-License-Identifier: MIT
// metorex compile [-o OUT] FILE|DIR...: writes compiled files, in as many processes as there are
// processors.
//
// Files and folders -> list of jobs -> workers, each with a VM of its own, which take the next job
// from a counter that they share. A file that fails is reported and the others go on; the exit
// status is 1 then.
#include "runtime/string.h"
#include "tools/cli.h"

#include "runtime/error_report.h"

#include <dirent.h>
#include <errno.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

// One file to compile. The paths lie in the Cli's arena.
typedef struct CompileJob {
  const char *source;
  const char *target;
} CompileJob;

// What the workers share.
typedef struct CompileShared {
  _Atomic uint32_t next;   // job that nobody has taken yet
  _Atomic uint32_t failed; // jobs that failed
} CompileShared;

typedef struct CompileRun {
  const Cli *cli;
  Arena arena;           // owns paths
  const char *out;       // -o, or NULL
  bool out_is_dir;       // targets go below it
  VEC(CompileJob) jobs;  // in the order of the command line, folders by name
  CompileShared *shared; // in memory that all workers see
  bool ok;               // every input was found
  bool clash;            // some target must not be written
} CompileRun;

// ---- paths

// Does a text end in an ending?
static bool compile_ends_in(const char *text, const char *ending) {
  size_t len = strlen(text), tail = strlen(ending);
  return len > tail && strcmp(text + len - tail, ending) == 0;
}

static bool compile_is_program(const char *path) {
  return compile_ends_in(path, ".mx") || compile_ends_in(path, ".rb");
}

static bool compile_is_dir(const char *path) {
  struct stat info;
  return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

// Join two parts of a path and an ending.
static char *compile_path(CompileRun *run, const char *dir, const char *name, const char *ending) {
  size_t len = (dir ? strlen(dir) + 1 : 0) + strlen(name) + strlen(ending) + 1;
  char *path = mx_arena_alloc(&run->arena, len);
  if (dir)
    snprintf(path, len, "%s/%s%s", dir, name, ending);
  else
    snprintf(path, len, "%s%s", name, ending);
  return path;
}

// Name of the compiled form: a.mx has a.mxc, a.rb has a.rb.mxc.
static const char *compile_ending(const char *source) {
  return compile_ends_in(source, ".mx") ? "c" : ".mxc";
}

// Make the folders above a path.
static void compile_make_folders(CompileRun *run, const char *path) {
  char *copy = mx_arena_copy(&run->arena, path, strlen(path));
  for (char *at = copy + 1; (at = strchr(at, '/')); at++) {
    *at = 0;
    mkdir(copy, 0777);
    *at = '/';
  }
}

// ---- collecting

// Add a file; `name` is its path below what was named on the command line.
static void compile_add(CompileRun *run, const char *source, const char *name) {
  CompileJob job = {source, compile_path(run, NULL, source, compile_ending(source))};
  if (run->out && run->out_is_dir)
    job.target = compile_path(run, run->out, name, compile_ending(source));
  else if (run->out)
    job.target = run->out;
  vec_push(&run->jobs, job);
}

static int compile_visible(const struct dirent *entry) { return entry->d_name[0] != '.'; }

// Complain about an input.
static void compile_complain(CompileRun *run, const char *path, const char *why) {
  run->ok = mx_cli_fail("LoadError", "%s -- %s", why, path);
}

// Add the programs of a folder and of those below it. Links to folders are not followed.
static void compile_add_dir(CompileRun *run, const char *dir, const char *name) {
  struct dirent **entries;
  int count = scandir(dir, &entries, compile_visible, alphasort);
  if (count < 0) return compile_complain(run, dir, strerror(errno));
  for (int i = 0; i < count; i++) {
    struct stat info;
    const char *path = compile_path(run, dir, entries[i]->d_name, "");
    const char *below = compile_path(run, name, entries[i]->d_name, "");
    free(entries[i]);
    if (lstat(path, &info) != 0) continue;
    if (S_ISDIR(info.st_mode))
      compile_add_dir(run, path, below);
    else if (compile_is_program(path) && !compile_is_dir(path))
      compile_add(run, path, below);
  }
  free(entries);
}

// Add a word of the command line.
static void compile_add_word(CompileRun *run, const char *word) {
  const char *slash = strrchr(word, '/');
  if (compile_is_dir(word))
    compile_add_dir(run, word, NULL);
  else if (access(word, R_OK) != 0)
    compile_complain(run, word, strerror(errno));
  else if (!compile_is_program(word))
    compile_complain(run, word, "not a program: it is named neither .mx nor .rb");
  else
    compile_add(run, word, slash ? slash + 1 : word);
}

// Order jobs by target, then by source.
static int compile_compare(const void *a, const void *b) {
  const CompileJob *one = *(const CompileJob *const *)a, *other = *(const CompileJob *const *)b;
  int order = strcmp(one->target, other->target);
  return order != 0 ? order : strcmp(one->source, other->source);
}

// Complain where a target is the source itself, or a device or pipe that a file would replace.
static void compile_check_target(CompileRun *run, const CompileJob *job) {
  struct stat target, source;
  if (stat(job->target, &target) != 0 || S_ISDIR(target.st_mode)) return;
  bool same = stat(job->source, &source) == 0 && source.st_dev == target.st_dev &&
              source.st_ino == target.st_ino;
  if (S_ISREG(target.st_mode) && !same) return;
  run->clash = true;
  (void)mx_cli_fail("RuntimeError", "compile: %s is %s; nothing is written", job->target,
                    same ? "the source itself" : "not a regular file");
}

// Complain where two sources have one target, of which one would be lost, and about each target.
static void compile_check_targets(CompileRun *run) {
  VEC(const CompileJob *) sorted = {0};
  for (uint32_t i = 0; i < run->jobs.count; i++) vec_push(&sorted, &run->jobs.at[i]);
  if (sorted.count > 0) qsort(sorted.at, sorted.count, sizeof *sorted.at, compile_compare);
  for (uint32_t i = 1; i < sorted.count; i++) {
    const CompileJob *one = sorted.at[i - 1], *other = sorted.at[i];
    bool same_source = strcmp(one->source, other->source) == 0;
    if (same_source || strcmp(one->target, other->target) != 0) continue;
    run->clash = true;
    (void)mx_cli_fail("RuntimeError", "compile: %s and %s would both become %s; nothing is written",
                      one->source, other->source, one->target);
  }
  for (uint32_t i = 0; i < sorted.count; i++) compile_check_target(run, sorted.at[i]);
  vec_free(&sorted);
}

// Read the words behind `compile`; false after a message.
static bool compile_read_words(CompileRun *run) {
  int argc = run->cli->argc, inputs = 0;
  char **argv = run->cli->argv;
  const char *input[1] = {NULL};
  for (int i = 0; i < argc; i++) {
    if (strcmp(argv[i], "-o") != 0) {
      input[0] = argv[i];
      inputs++;
    } else if (++i == argc) {
      return mx_cli_fail("RuntimeError", "no argument given for -o");
    } else {
      run->out = argv[i];
    }
  }
  if (inputs == 0) return mx_cli_fail("RuntimeError", "compile: no FILE or DIR is given");
  run->out_is_dir =
      run->out && (inputs > 1 || compile_is_dir(input[0]) || compile_is_dir(run->out));
  for (int i = 0; i < argc; i++) {
    if (strcmp(argv[i], "-o") == 0)
      i++;
    else
      compile_add_word(run, argv[i]);
  }
  compile_check_targets(run);
  return !run->clash;
}

// ---- compiling

// Body of a worker: jobs until there are no more.
static Value compile_work(ExecCtx *ec, void *data) {
  CompileRun *run = data;
  for (;;) {
    uint32_t number = atomic_fetch_add(&run->shared->next, 1);
    if (number >= run->jobs.count) return VAL_NIL;
    const CompileJob *job = &run->jobs.at[number];
    if (run->out_is_dir) compile_make_folders(run, job->target);
    if (mx_api_compile_file(ec, job->source, job->target)) continue;
    atomic_fetch_add(&run->shared->failed, 1);
    (void)mx_error_report(ec, mx_exc_take(ec));
  }
}

// Run a worker in this process; answers its exit status.
static int compile_in_process(CompileRun *run) {
  VM *vm = mx_api_boot(&run->cli->vm, &run->cli->eval);
  int status = mx_api_run(vm, compile_work, run);
  mx_api_free(vm);
  return status;
}

// Run workers in processes of their own; false when one of them did not end well.
static bool compile_in_parallel(CompileRun *run, long count) {
  bool ok = true;
  for (long i = 1; i < count; i++) {
    pid_t pid = fork();
    if (pid == 0) _exit(compile_in_process(run));
    if (pid < 0) break; // fewer will do
  }
  if (compile_in_process(run) != 0) ok = false;
  int status;
  pid_t pid;
  while ((pid = wait(&status)) > 0 || errno == EINTR)
    if (pid > 0 && status != 0) ok = mx_cli_fail("RuntimeError", "a process of compile failed");
  return ok;
}

// Compile all that was collected; false when something failed.
static bool compile_all(CompileRun *run) {
  run->shared =
      mmap(NULL, sizeof *run->shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (run->shared == MAP_FAILED) return mx_cli_fail("NoMemoryError", "%s", strerror(errno));
  long count = sysconf(_SC_NPROCESSORS_ONLN);
  if (count > (long)run->jobs.count) count = (long)run->jobs.count;
  bool ok = compile_in_parallel(run, count);
  ok = ok && run->shared->failed == 0;
  munmap(run->shared, sizeof *run->shared);
  return ok;
}

// Do the words ask for help?
static bool compile_wants_help(const Cli *cli) {
  for (int i = 0; i < cli->argc; i++)
    if (strcmp(cli->argv[i], "--help") == 0 || strcmp(cli->argv[i], "-h") == 0) return true;
  return false;
}

static int compile_print_help(void) {
  puts("Usage: metorex [options] compile [-o OUT] FILE|DIR...\n"
       "  Compiles programs (.mx, .rb), and those in folders: a.mx to a.mxc, a.rb to a.rb.mxc.\n"
       "  -o OUT    write the file OUT, or below the folder OUT");
  return 0;
}

int mx_cli_compile(const Cli *cli) {
  if (compile_wants_help(cli)) return compile_print_help();
  CompileRun run = {.cli = cli, .ok = true};
  mx_arena_init(&run.arena, mx_arena_malloc_source());
  bool ok = compile_read_words(&run) && (run.jobs.count == 0 || compile_all(&run)) && run.ok;
  vec_free(&run.jobs);
  mx_arena_free(&run.arena);
  return ok ? 0 : 1;
}
