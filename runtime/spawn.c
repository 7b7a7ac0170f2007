// SPDX-License-Identifier: MIT
// Starting programs: reading commands, environments and redirections; posix_spawn and exec.
#include "runtime/spawn.h"
#include "runtime/array.h"
#include "runtime/hash.h"
#include "runtime/io.h"
#include "runtime/semantics.h"
#include "runtime/string.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

// ---- texts

// A copy of a text in collected memory.
static char *spawn_copy(const char *text, size_t len) {
  char *copy = mx_gc_alloc_atomic(len + 1);
  memcpy(copy, text, len);
  copy[len] = 0;
  return copy;
}

// C text of a String argument; NULL + exception.
static char *spawn_text(ExecCtx *ec, Value v) {
  Value str = mx_to_str(ec, v);
  const char *text = val_is_exc(str) ? NULL : mx_str_cstr(ec, str);
  return text ? spawn_copy(text, mx_str_len(str)) : NULL;
}

// ---- commands

// Does a command need a shell?
static bool spawn_needs_shell(const char *command) {
  static const char *const words[] = {"exit", "cd",   "export", "set",  "unset", "trap", "eval",
                                      "if",   "for",  "while",  "case", "until", "type", "ulimit",
                                      "exec", "read", "wait",   ".",    ":",     "{",    "!"};
  if (strpbrk(command, "*?{}[]<>()~&|\\$;'`\"\n#=%")) return true;
  command += strspn(command, " \t");
  size_t len = strcspn(command, " \t");
  for (size_t i = 0; i < MX_COUNT_OF(words); i++)
    if (strlen(words[i]) == len && strncmp(command, words[i], len) == 0) return true;
  return false;
}

// Cut a command without special characters into words.
static char **spawn_split(const char *command) {
  size_t room = strlen(command) / 2 + 2, count = 0;
  char **argv = mx_gc_alloc_words(room * sizeof *argv);
  for (const char *at = command; *(at += strspn(at, " \t"));) {
    size_t len = strcspn(at, " \t");
    argv[count++] = spawn_copy(at, len);
    at += len;
  }
  return argv;
}

// A command in one String.
static bool spawn_read_line(ExecCtx *ec, Value v, Spawn *out) {
  char *command = spawn_text(ec, v);
  if (!command) return false;
  if (spawn_needs_shell(command)) {
    char *argv[] = {"sh", "-c", command, NULL};
    out->program = "/bin/sh";
    out->argv = mx_gc_alloc_words(sizeof argv);
    memcpy(out->argv, argv, sizeof argv);
    return true;
  }
  out->argv = spawn_split(command);
  out->program = out->argv[0];
  if (out->program) return true;
  (void)mx_raise_errno(ec, ENOENT, command);
  return false;
}

// The program of a list: a String, or [path, name it sees].
static bool spawn_read_program(ExecCtx *ec, Value v, Spawn *out) {
  Value pair = mx_check_convert(ec, v, ec->vm->cls.Array, SYM_to_ary);
  if (val_is_exc(pair)) return false;
  if (val_is_nil(pair)) {
    out->program = out->argv[0] = spawn_text(ec, v);
    return out->program != NULL;
  }
  if (mx_array_len(pair) != 2) {
    (void)mx_raise_arg(ec, "wrong first argument");
    return false;
  }
  out->program = spawn_text(ec, mx_array_get(ec, pair, 0));
  if (out->program) out->argv[0] = spawn_text(ec, mx_array_get(ec, pair, 1));
  return out->program && out->argv[0];
}

// The command: one String, or a program and its arguments.
static bool spawn_read_command(ExecCtx *ec, Value args, Spawn *out) {
  uint32_t count = mx_array_len(args);
  if (count == 0) {
    (void)mx_raise_arg(ec, "wrong number of arguments (given 0, expected 1+)");
    return false;
  }
  Value first = mx_array_get(ec, args, 0);
  if (count == 1 && !val_is_array(first)) return spawn_read_line(ec, first, out);
  out->argv = mx_gc_alloc_words((count + 1) * sizeof *out->argv);
  if (!spawn_read_program(ec, first, out)) return false;
  for (uint32_t i = 1; i < count; i++)
    if (!(out->argv[i] = spawn_text(ec, mx_array_get(ec, args, i)))) return false;
  return true;
}

// ---- environment

// Position of a variable in a list; the end when it is not there.
static size_t spawn_find_variable(char **envp, const char *name) {
  size_t len = strlen(name), i = 0;
  while (envp[i] && !(strncmp(envp[i], name, len) == 0 && envp[i][len] == '=')) i++;
  return i;
}

// Set or remove one variable.
static bool spawn_set_variable(ExecCtx *ec, char **envp, Value key, Value value) {
  const char *name = spawn_text(ec, key);
  if (!name) return false;
  size_t at = spawn_find_variable(envp, name), end = at;
  while (envp[end]) end++;
  if (val_is_nil(value)) {
    if (envp[at]) envp[at] = envp[end - 1];
    if (end > at) envp[end - 1] = NULL;
    return true;
  }
  const char *text = spawn_text(ec, value);
  if (!text) return false;
  size_t size = strlen(name) + strlen(text) + 2;
  envp[at] = mx_gc_alloc_atomic(size);
  snprintf(envp[at], size, "%s=%s", name, text);
  return true;
}

// The environment: that of this process with the changes of a Hash.
static bool spawn_read_env(ExecCtx *ec, Value env, bool empty, Spawn *out) {
  size_t count = 0;
  while (environ[count]) count++;
  size_t more = val_is_nil(env) ? 0 : mx_hash_count(env);
  out->envp = mx_gc_alloc_words((count + more + 1) * sizeof *out->envp);
  if (!empty) memcpy(out->envp, environ, count * sizeof *out->envp);
  Value key, value;
  for (uint32_t at = 0; more && mx_hash_next(env, &at, &key, &value);)
    if (!spawn_set_variable(ec, out->envp, key, value)) return false;
  return true;
}

// ---- redirections

// Add an action.
static void spawn_add(Spawn *spawn, SpawnAction action) {
  SpawnAction *grown = mx_gc_alloc_words((spawn->count + 1) * sizeof *grown);
  if (spawn->count) memcpy(grown, spawn->actions, spawn->count * sizeof *grown);
  grown[spawn->count++] = action;
  spawn->actions = grown;
}

// Descriptor that a value means: Integer, :in, :out, :err, IO. -1 when it means none, -2 raised.
static int spawn_descriptor(ExecCtx *ec, Value v) {
  static const char *const names[] = {"in", "out", "err"};
  if (val_is_fixnum(v)) return (int)val_to_fixnum(v);
  if (val_is_symbol(v)) {
    const char *text = mx_sym_text(&ec->vm->symtab, val_to_sym(v));
    for (int i = 0; i < 3; i++)
      if (strcmp(text, names[i]) == 0) return i;
    return -1;
  }
  Value io = mx_io_peek(v) ? v : mx_check_convert(ec, v, ec->vm->cls.IO, SYM_to_io);
  if (val_is_exc(io)) return -2;
  if (val_is_nil(io)) return -1;
  IoObj *stream = mx_io_get(ec, io);
  return !stream || !mx_io_flush(ec, stream) ? -2
         : stream->write_fd >= 0             ? stream->write_fd
                                             : stream->fd;
}

// Redirect to a file: path, mode (absent: by the descriptor), permissions.
static bool spawn_open(ExecCtx *ec, Spawn *spawn, int fd, Value path, Value mode, Value perm) {
  IoMode opened;
  int64_t permissions = 0644;
  path = mx_to_path(ec, path);
  const char *text = val_is_exc(path) ? NULL : mx_str_cstr(ec, path);
  if (!text || !mx_io_parse_mode(ec, mode, VAL_NIL, &opened)) return false;
  if (!val_is_nil(perm) && !mx_to_int64(ec, perm, &permissions)) return false;
  bool writes = val_is_nil(mode) && (fd == STDOUT_FILENO || fd == STDERR_FILENO);
  int oflags = writes ? O_WRONLY | O_CREAT | O_TRUNC : opened.oflags;
  spawn_add(spawn, (SpawnAction){.kind = SPAWN_OPEN,
                                 .fd = fd,
                                 .source = -1,
                                 .oflags = oflags,
                                 .perm = (int)permissions,
                                 .path = spawn_copy(text, strlen(text))});
  return true;
}

// Redirect to what an array says: [path, mode, perm] or [:child, descriptor].
static bool spawn_redirect_array(ExecCtx *ec, Spawn *spawn, int fd, Value array) {
  Value first = mx_array_get(ec, array, 0);
  if (!val_is_symbol(first))
    return spawn_open(ec, spawn, fd, first, mx_array_get(ec, array, 1), mx_array_get(ec, array, 2));
  int source = spawn_descriptor(ec, mx_array_get(ec, array, 1));
  if (source == -2) return false;
  spawn_add(spawn, (SpawnAction){.kind = SPAWN_DUP, .fd = fd, .source = source, .late = true});
  return true;
}

// Redirect one descriptor.
static bool spawn_redirect(ExecCtx *ec, Spawn *spawn, int fd, Value target) {
  if (val_is_array(target)) return spawn_redirect_array(ec, spawn, fd, target);
  if (target == val_from_sym(mx_sym(ec->vm, "close"))) {
    spawn_add(spawn, (SpawnAction){.kind = SPAWN_CLOSE, .fd = fd});
    return true;
  }
  int source = spawn_descriptor(ec, target);
  if (source == -2) return false;
  if (source == -1) return spawn_open(ec, spawn, fd, target, VAL_NIL, VAL_NIL);
  spawn_add(spawn, (SpawnAction){.kind = SPAWN_DUP, .fd = fd, .source = source});
  return true;
}

// Redirect the descriptors of a key: one or an array of them, all to the same place.
static bool spawn_redirect_key(ExecCtx *ec, Spawn *spawn, Value key, Value target) {
  if (!val_is_array(key)) {
    int fd = spawn_descriptor(ec, key);
    if (fd == -1) (void)mx_raise_arg(ec, "wrong exec redirect action");
    return fd >= 0 && spawn_redirect(ec, spawn, fd, target);
  }
  int first = -1;
  for (uint32_t i = 0; i < mx_array_len(key); i++) {
    int fd = spawn_descriptor(ec, mx_array_get(ec, key, i));
    if (fd < 0)
      return fd == -1 ? !val_is_exc(mx_raise_arg(ec, "wrong exec redirect action")) : false;
    if (first >= 0)
      spawn_add(spawn, (SpawnAction){.kind = SPAWN_DUP, .fd = fd, .source = first});
    else if (!spawn_redirect(ec, spawn, fd, target))
      return false;
    else
      first = fd;
  }
  return true;
}

// ---- options

// Options other than redirections; false in *known when the name is none.
static bool spawn_option(ExecCtx *ec, Spawn *out, const char *name, Value value, bool *known) {
  int64_t number = 0;
  *known = true;
  if (strcmp(name, "chdir") == 0) {
    Value path = mx_to_path(ec, value);
    out->dir = val_is_exc(path) ? NULL : spawn_text(ec, path);
    return out->dir != NULL;
  }
  if (strcmp(name, "pgroup") == 0) {
    if (value != VAL_TRUE && val_truthy(value) && !mx_to_int64(ec, value, &number)) return false;
    out->pgroup = val_truthy(value) ? (int)number : -1;
    return true;
  }
  if (strcmp(name, "umask") == 0) {
    if (!mx_to_int64(ec, value, &number)) return false;
    out->umask = (int)number;
    return true;
  }
  static const char *const others[] = {"unsetenv_others", "close_others", "exception",
                                       "new_pgroup"};
  for (size_t i = 0; i < MX_COUNT_OF(others); i++)
    if (strcmp(name, others[i]) == 0) return true;
  *known = false;
  return true;
}

// Read one option or redirection.
static bool spawn_read_option(ExecCtx *ec, Spawn *out, Value key, Value value) {
  if (!val_is_symbol(key)) return spawn_redirect_key(ec, out, key, value);
  bool known;
  const char *name = mx_sym_text(&ec->vm->symtab, val_to_sym(key));
  if (spawn_descriptor(ec, key) >= 0) return spawn_redirect_key(ec, out, key, value);
  if (!spawn_option(ec, out, name, value, &known)) return false;
  if (!known) (void)mx_raise_arg(ec, "wrong exec option symbol: %s", name);
  return known;
}

// Put the late actions behind the others.
static void spawn_order(Spawn *spawn) {
  SpawnAction *ordered = mx_gc_alloc_words((spawn->count + 1) * sizeof *ordered);
  uint32_t to = 0;
  for (int late = 0; late <= 1; late++)
    for (uint32_t i = 0; i < spawn->count; i++)
      if (spawn->actions[i].late == late) ordered[to++] = spawn->actions[i];
  spawn->actions = ordered;
}

// Read (env, args, options).
bool mx_spawn_read(ExecCtx *ec, Value env, Value args, Value options, Spawn *out) {
  *out = (Spawn){.pgroup = -1, .umask = -1};
  if (!spawn_read_command(ec, args, out)) return false;
  Value key, value;
  for (uint32_t at = 0; val_is_hash(options) && mx_hash_next(options, &at, &key, &value);)
    if (!spawn_read_option(ec, out, key, value)) return false;
  spawn_order(out);
  Value empty = mx_io_option(ec, options, "unsetenv_others");
  return spawn_read_env(ec, env, !val_is_undef(empty) && val_truthy(empty), out);
}

// ---- starting

// Tell posix_spawn of the actions.
static void spawn_fill_actions(const Spawn *spawn, posix_spawn_file_actions_t *actions) {
  for (uint32_t i = 0; i < spawn->count; i++) {
    const SpawnAction *at = &spawn->actions[i];
    if (at->kind == SPAWN_DUP)
      posix_spawn_file_actions_adddup2(actions, at->source, at->fd);
    else if (at->kind == SPAWN_CLOSE)
      posix_spawn_file_actions_addclose(actions, at->fd);
    else
      posix_spawn_file_actions_addopen(actions, at->fd, at->path, at->oflags, (mode_t)at->perm);
  }
  if (spawn->dir) posix_spawn_file_actions_addchdir_np(actions, spawn->dir);
}

// Tell posix_spawn of signals and the process group: caught signals are default again.
static void spawn_fill_attributes(const Spawn *spawn, posix_spawnattr_t *attributes) {
  short flags = POSIX_SPAWN_SETSIGMASK;
  sigset_t none;
  sigemptyset(&none);
  posix_spawnattr_setsigmask(attributes, &none);
  if (spawn->pgroup >= 0) {
    flags |= POSIX_SPAWN_SETPGROUP;
    posix_spawnattr_setpgroup(attributes, spawn->pgroup);
  }
  posix_spawnattr_setflags(attributes, flags);
}

// Start the program.
pid_t mx_spawn_start(ExecCtx *ec, const Spawn *spawn) {
  pid_t pid;
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  mx_io_flush_standard(ec->vm);
  posix_spawn_file_actions_init(&actions);
  posix_spawnattr_init(&attributes);
  spawn_fill_actions(spawn, &actions);
  spawn_fill_attributes(spawn, &attributes);
  mode_t mask = spawn->umask >= 0 ? umask((mode_t)spawn->umask) : 0;
  int error = posix_spawnp(&pid, spawn->program, &actions, &attributes, spawn->argv, spawn->envp);
  if (spawn->umask >= 0) umask(mask);
  posix_spawn_file_actions_destroy(&actions);
  posix_spawnattr_destroy(&attributes);
  if (error == 0) return pid;
  (void)mx_raise_errno(ec, error, spawn->program);
  return -1;
}

// Do one action in this process; false with errno.
static bool spawn_act(const SpawnAction *action) {
  if (action->kind == SPAWN_CLOSE) return close(action->fd) == 0;
  if (action->kind == SPAWN_DUP) {
    if (action->source == action->fd) return fcntl(action->fd, F_SETFD, 0) == 0;
    return dup2(action->source, action->fd) >= 0;
  }
  int fd = open(action->path, action->oflags, action->perm);
  if (fd < 0 || fd == action->fd) return fd >= 0;
  bool ok = dup2(fd, action->fd) >= 0;
  close(fd);
  return ok;
}

// Become the program; returns only after raising.
Value mx_spawn_replace(ExecCtx *ec, const Spawn *spawn) {
  mx_io_flush_all(ec->vm);
  for (uint32_t i = 0; i < spawn->count; i++)
    if (!spawn_act(&spawn->actions[i])) return mx_raise_errno(ec, errno, spawn->actions[i].path);
  if (spawn->dir && chdir(spawn->dir) < 0) return mx_raise_errno(ec, errno, spawn->dir);
  if (spawn->umask >= 0) umask((mode_t)spawn->umask);
  if (spawn->pgroup >= 0) setpgid(0, spawn->pgroup);
  execvpe(spawn->program, spawn->argv, spawn->envp);
  return mx_raise_errno(ec, errno, spawn->program);
}
