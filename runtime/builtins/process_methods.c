// SPDX-License-Identifier: MIT
// Leaves of Process and Signal.
#include "runtime/array.h"
#include "runtime/float.h"
#include "runtime/integer.h"
#include "runtime/io.h"
#include "runtime/semantics.h"
#include "runtime/signal.h"
#include "runtime/spawn.h"
#include "runtime/string.h"
#include "runtime/thread.h"
#include "runtime/builtins/rows.h"

#include <errno.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/times.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

// ---- starting and waiting

// Primitive.process_spawn(env, args, options): pid
Value mx_process_p_spawn(ExecCtx *ec, Value self, Value a, Value b, Value c) {
  Spawn spawn;
  if (!mx_spawn_read(ec, a, b, c, &spawn)) return VAL_EXC;
  pid_t pid = mx_spawn_start(ec, &spawn);
  return pid < 0 ? VAL_EXC : val_from_fixnum(pid);
}

// Primitive.process_exec(env, args, options)
Value mx_process_p_exec(ExecCtx *ec, Value self, Value a, Value b, Value c) {
  Spawn spawn;
  return mx_spawn_read(ec, a, b, c, &spawn) ? mx_spawn_replace(ec, &spawn) : VAL_EXC;
}

static void process_tell(VM *vm, ForkStage stage) {
  vm->up->thread_fork(vm, stage);
  if (vm->forks) vm->forks(vm, stage);
}

// fork(), with whatever has threads of the system told of it.
static pid_t process_copy(VM *vm) {
  process_tell(vm, FORK_BEFORE);
  pid_t pid = fork();
  process_tell(vm, pid == 0 ? FORK_CHILD : FORK_AFTER);
  return pid;
}

// Primitive.process_fork: pid in the parent, nil in the child
Value mx_process_p_fork(ExecCtx *ec, Value self) {
  mx_io_flush_standard(ec->vm);
  pid_t pid = process_copy(ec->vm);
  if (pid < 0) return mx_raise_errno(ec, errno, "fork(2)");
  return pid == 0 ? VAL_NIL : val_from_fixnum(pid);
}

// Wait for a process while other threads run.
static pid_t process_wait(ExecCtx *ec, pid_t pid, int *status, int flags) {
  bool alone = !ec->vm->scheduler || ec->vm->scheduler->alive < 2;
  for (;;) {
    pid_t got = waitpid(pid, status, alone ? flags : flags | WNOHANG);
    if (got < 0 && errno == EINTR) {
      if (!mx_io_interrupted(ec)) return -2;
    } else if (got != 0 || alone || (flags & WNOHANG)) {
      return got;
    } else if (!ec->vm->up->thread_park(ec, 0.002)) {
      return -2;
    }
  }
}

// Primitive.process_wait(pid, flags): [pid, status], or nil when none is ready under WNOHANG
Value mx_process_p_wait(ExecCtx *ec, Value self, Value a, Value b) {
  int64_t pid, flags;
  int status = 0;
  if (!mx_to_int64(ec, a, &pid) || !mx_to_int64(ec, b, &flags)) return VAL_EXC;
  pid_t got = process_wait(ec, (pid_t)pid, &status, (int)flags);
  if (got == -2) return VAL_EXC;
  if (got < 0) return mx_raise_errno(ec, errno, NULL);
  if (got == 0) return VAL_NIL;
  return MX_ARRAY_OF(ec, val_from_fixnum(got), val_from_fixnum(status));
}

// Primitive.process_leave(status): end at once, buffers written
Value mx_process_p_leave(ExecCtx *ec, Value self, Value a) {
  mx_io_flush_all(ec->vm);
  _exit((int)val_to_fixnum(a));
}

// Primitive.process_at_exit: Array of the at_exit procs
Value mx_process_p_at_exit(ExecCtx *ec, Value self) { return ec->vm->at_exit; }

// ---- clocks

// Primitive.process_clock(id, resolution): [seconds, nanoseconds]
Value mx_process_p_clock(ExecCtx *ec, Value self, Value a, Value b) {
  int64_t id;
  struct timespec at;
  if (!mx_to_int64(ec, a, &id)) return VAL_EXC;
  int done = val_truthy(b) ? clock_getres((clockid_t)id, &at) : clock_gettime((clockid_t)id, &at);
  if (done < 0) return mx_raise_errno(ec, errno, val_truthy(b) ? "clock_getres" : "clock_gettime");
  return MX_ARRAY_OF(ec, mx_int_from_i64(ec, at.tv_sec), val_from_fixnum(at.tv_nsec));
}

// Seconds of a timeval.
static Value process_seconds(ExecCtx *ec, struct timeval at) {
  return mx_float_new(ec, (double)at.tv_sec + (double)at.tv_usec / 1e6);
}

// Primitive.process_times: [user, system, user of children, system of children]
Value mx_process_p_times(ExecCtx *ec, Value self) {
  struct rusage own, children;
  getrusage(RUSAGE_SELF, &own);
  getrusage(RUSAGE_CHILDREN, &children);
  Value user = process_seconds(ec, own.ru_utime), system = process_seconds(ec, own.ru_stime);
  Value child_user = process_seconds(ec, children.ru_utime);
  Value child_system = process_seconds(ec, children.ru_stime);
  return MX_ARRAY_OF(ec, user, system, child_user, child_system);
}

// ---- ids

// Process.pid
Value mx_process_f_pid(ExecCtx *ec, Value self) { return val_from_fixnum(getpid()); }

// Process.ppid
Value mx_process_f_ppid(ExecCtx *ec, Value self) { return val_from_fixnum(getppid()); }

// Ids of a process, by name.
static int64_t process_id(const char *name, int64_t argument, bool *known) {
  *known = true;
  if (strcmp(name, "uid") == 0) return getuid();
  if (strcmp(name, "gid") == 0) return getgid();
  if (strcmp(name, "euid") == 0) return geteuid();
  if (strcmp(name, "egid") == 0) return getegid();
  if (strcmp(name, "pgrp") == 0) return getpgrp();
  if (strcmp(name, "pgid") == 0) return getpgid((pid_t)argument);
  if (strcmp(name, "sid") == 0) return getsid((pid_t)argument);
  if (strcmp(name, "setsid") == 0) return setsid();
  if (strcmp(name, "setpgrp") == 0) return setpgid(0, 0);
  if (strcmp(name, "setuid") == 0) return setuid((uid_t)argument);
  if (strcmp(name, "setgid") == 0) return setgid((gid_t)argument);
  *known = false;
  return -1;
}

// Primitive.process_id(:uid, argument)
Value mx_process_p_id(ExecCtx *ec, Value self, Value a, Value b) {
  int64_t argument = 0;
  bool known;
  if (!val_is_nil(b) && !mx_to_int64(ec, b, &argument)) return VAL_EXC;
  errno = 0;
  int64_t id = process_id(mx_sym_text(&ec->vm->symtab, val_to_sym(a)), argument, &known);
  return id < 0 ? mx_raise_errno(ec, errno ? errno : EINVAL, NULL) : val_from_fixnum(id);
}

// An Integer of a limit; RLIM_INFINITY is the largest.
static Value process_limit_value(ExecCtx *ec, rlim_t limit) { return mx_int_from_u64(ec, limit); }

// Primitive.process_limit(resource, soft, hard): set, or get when soft is nil
Value mx_process_p_limit(ExecCtx *ec, Value self, Value a, Value b, Value c) {
  int64_t resource;
  struct rlimit limit;
  if (!mx_to_int64(ec, a, &resource)) return VAL_EXC;
  if (val_is_nil(b)) {
    if (getrlimit((__rlimit_resource_t)resource, &limit) < 0)
      return mx_raise_errno(ec, errno, "getrlimit");
    return MX_ARRAY_OF(ec, process_limit_value(ec, limit.rlim_cur),
                       process_limit_value(ec, limit.rlim_max));
  }
  uint64_t soft, hard;
  if (!mx_int_to_u64_wrap(b, &soft) || !mx_int_to_u64_wrap(c, &hard)) return VAL_EXC;
  limit = (struct rlimit){soft, hard};
  if (setrlimit((__rlimit_resource_t)resource, &limit) < 0)
    return mx_raise_errno(ec, errno, "setrlimit");
  return VAL_NIL;
}

// ---- signals

// Primitive.process_kill(number, pid); a negative number goes to the process group
Value mx_process_p_kill(ExecCtx *ec, Value self, Value a, Value b) {
  int64_t number, pid;
  if (!mx_to_int64(ec, a, &number) || !mx_to_int64(ec, b, &pid)) return VAL_EXC;
  int done = number < 0 ? killpg((pid_t)pid, (int)-number) : kill((pid_t)pid, (int)number);
  if (done < 0) return mx_raise_errno(ec, errno, NULL);
  return mx_io_interrupted(ec) ? val_from_fixnum(1) : VAL_EXC;
}

// Primitive.signal_take: the next signal that arrived, or nil
Value mx_signal_p_take(ExecCtx *ec, Value self) {
  int number = mx_signal_take();
  return number ? val_from_fixnum(number) : VAL_NIL;
}

// Primitive.signal_set(number, 0 catch, 1 ignore, 2 leave to the system)
Value mx_signal_p_set(ExecCtx *ec, Value self, Value a, Value b) {
  bool ok = mx_signal_set((int)val_to_fixnum(a), (SignalWay)val_to_fixnum(b));
  return ok ? VAL_NIL : mx_raise_errno(ec, errno, NULL);
}

// Primitive.signal_rows: [[name, number, action], ...]
Value mx_signal_p_rows(ExecCtx *ec, Value self) {
  static const struct {
    const char *name;
    int number;
    const char *action;
  } rows[] = {
#define SIGNAL(NAME, ACTION) {#NAME, SIG##NAME, #ACTION},
#include "runtime/signals.def"
  };
  Value list = mx_array_new(ec, MX_COUNT_OF(rows));
  for (size_t i = 0; i < MX_COUNT_OF(rows); i++) {
    Value name = mx_str_from_cstr(ec, rows[i].name);
    Value action = val_from_sym(mx_sym(ec->vm, rows[i].action));
    mx_array_push(ec, list, MX_ARRAY_OF(ec, name, val_from_fixnum(rows[i].number), action));
  }
  return list;
}
