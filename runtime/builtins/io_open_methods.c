// SPDX-License-Identifier: MIT
// Leaves of IO that make streams: new, reopen, dup, pipes, select.
#include "runtime/array.h"
#include "runtime/float.h"
#include "runtime/hash.h"
#include "runtime/integer.h"
#include "runtime/io.h"
#include "runtime/semantics.h"
#include "runtime/string.h"
#include "runtime/builtins/rows.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <poll.h>
#include <unistd.h>

// ---- opening files

// open(2), answering signals; -1 + exception.
int mx_io_sysopen(ExecCtx *ec, Value path, int oflags, int perm) {
  const char *text = mx_str_cstr(ec, path);
  if (!text) return -1;
  for (;;) {
    int fd = open(text, oflags | O_CLOEXEC, perm);
    if (fd >= 0) return fd;
    if (errno != EINTR) break;
    if (!mx_io_interrupted(ec)) return -1;
  }
  (void)mx_io_raise(ec, "rb_sysopen", path);
  return -1;
}

// Permissions argument: nil or absent is 0666.
static bool open_permissions(ExecCtx *ec, Value v, int *out) {
  int64_t perm = 0666;
  if (!val_is_undef(v) && !val_is_nil(v) && !mx_to_int64(ec, v, &perm)) return false;
  *out = (int)perm;
  return true;
}

// Skip a byte order mark and take its encoding.
static bool open_skip_bom(ExecCtx *ec, IoObj *io) {
  while (mx_io_ahead(io) < 3) {
    int more = mx_io_fill_more(ec, io);
    if (more < 0) return false;
    if (more == 0) return true;
  }
  if (memcmp(mx_io_at(io), "\xEF\xBB\xBF", 3) != 0) return true;
  io->in.start += 3;
  io->external = ENC_UTF_8;
  return true;
}

// IO.sysopen(path, mode = "r", perm = 0666)
Value mx_io_s_sysopen(ExecCtx *ec, Value self, Value a, Value b, Value c) {
  IoMode mode;
  int perm;
  Value path = mx_to_path(ec, a);
  if (val_is_exc(path) || !mx_io_parse_mode(ec, b, VAL_NIL, &mode)) return VAL_EXC;
  if (!open_permissions(ec, c, &perm)) return VAL_EXC;
  int fd = mx_io_sysopen(ec, path, mode.oflags, perm);
  return fd < 0 ? VAL_EXC : val_from_fixnum(fd);
}

// File#initialize(path or fd, mode = "r", perm = 0666, **options)
Value mx_file_m_initialize(ExecCtx *ec, Value self, int argc, const Value *argv) {
  IoMode mode;
  int perm;
  IoObj *io = mx_io_peek(self);
  if (argc > 0 && val_is_integer(argv[0])) return mx_io_m_initialize(ec, self, argc, argv);
  if (io->opened) return mx_raise(ec, ec->vm->cls.RuntimeError, "reinitializing File");
  Value options = mx_io_take_options(&argc, argv);
  if (argc < 1 || argc > 3) return mx_raise_arity(ec, argc, 1, 3);
  Value path = mx_to_path(ec, argv[0]);
  if (val_is_exc(path)) return path;
  Value given = argc > 2 ? argv[2] : mx_io_option(ec, options, "perm");
  if (!mx_io_parse_mode(ec, argc > 1 ? argv[1] : VAL_NIL, options, &mode)) return VAL_EXC;
  if (!open_permissions(ec, given, &perm)) return VAL_EXC;
  int fd = mx_io_sysopen(ec, path, mode.oflags, perm);
  if (fd < 0) return VAL_EXC;
  mx_io_attach(ec, io, fd, &mode);
  io->path = mx_str_freeze_dedup(ec, path);
  if (mode.bom && (mode.flags & IO_READABLE) && !open_skip_bom(ec, io)) return VAL_EXC;
  return VAL_NIL;
}

// Mode of a descriptor that the program named: as given, else what the descriptor can do.
static bool open_fd_mode(ExecCtx *ec, int fd, Value given, Value options, IoMode *mode) {
  int actual = fcntl(fd, F_GETFL);
  if (actual < 0) {
    (void)mx_raise_errno(ec, errno, NULL);
    return false;
  }
  if (!mx_io_parse_mode(ec, given, options, mode)) return false;
  if (!mode->has_mode) {
    mode->flags &= ~(uint32_t)(IO_READABLE | IO_WRITABLE);
    int access = actual & O_ACCMODE;
    if (access != O_WRONLY) mode->flags |= IO_READABLE;
    if (access != O_RDONLY) mode->flags |= IO_WRITABLE;
    return true;
  }
  bool reads = mode->flags & IO_READABLE, writes = mode->flags & IO_WRITABLE;
  int access = actual & O_ACCMODE;
  bool fits = access == O_RDWR || (access == O_RDONLY ? !writes : !reads);
  if (!fits) (void)mx_raise_errno(ec, EINVAL, NULL);
  return fits;
}

// IO#initialize(fd, mode = nil, **options)
Value mx_io_m_initialize(ExecCtx *ec, Value self, int argc, const Value *argv) {
  IoMode mode;
  int64_t fd;
  IoObj *io = mx_io_peek(self);
  Value options = mx_io_take_options(&argc, argv);
  if (argc < 1 || argc > 2) return mx_raise_arity(ec, argc, 1, 2);
  if (!mx_to_int64(ec, argv[0], &fd)) return VAL_EXC;
  Value given = argc > 1 ? argv[1] : VAL_NIL;
  if (!open_fd_mode(ec, (int)fd, given, options, &mode)) return VAL_EXC;
  mx_io_attach(ec, io, (int)fd, &mode);
  if (fd <= STDERR_FILENO) io->flags &= ~(uint32_t)IO_AUTOCLOSE;
  Value autoclose = mx_io_option(ec, options, "autoclose");
  if (autoclose == VAL_FALSE) io->flags &= ~(uint32_t)IO_AUTOCLOSE;
  Value path = mx_io_option(ec, options, "path");
  if (!val_is_undef(path) && !val_is_nil(path)) {
    path = mx_to_str(ec, path);
    if (val_is_exc(path)) return path;
    io->path = mx_str_freeze_dedup(ec, path);
  }
  return VAL_NIL;
}

// IO#initialize_copy: another descriptor of the same open file.
Value mx_io_m_initialize_copy(ExecCtx *ec, Value self, Value a) {
  IoObj *from = mx_io_get(ec, a), *io = mx_io_peek(self);
  if (!from || !mx_io_flush(ec, from)) return VAL_EXC;
  mx_io_unread(from);
  int fd = fcntl(from->fd, F_DUPFD_CLOEXEC, 3);
  if (fd < 0) return mx_io_raise(ec, NULL, mx_io_name(ec, from));
  IoMode mode = {.flags = from->flags & ~(uint32_t)IO_STANDARD,
                 .external = from->external,
                 .internal = from->internal};
  mx_io_attach(ec, io, fd, &mode);
  io->path = from->path;
  io->lineno = from->lineno;
  if (from->write_fd >= 0) io->write_fd = fcntl(from->write_fd, F_DUPFD_CLOEXEC, 3);
  return self;
}

// ---- reopen

// Let a stream's descriptor mean another open file.
static bool open_replace(ExecCtx *ec, IoObj *io, int fd) {
  if (dup2(fd, io->fd) < 0) {
    (void)mx_raise_errno(ec, errno, NULL);
    return false;
  }
  if (io->fd > STDERR_FILENO) fcntl(io->fd, F_SETFD, FD_CLOEXEC);
  return true;
}

// Reopen as another stream.
static Value reopen_stream(ExecCtx *ec, Value self, Value other) {
  IoObj *io = mx_io_peek(self), *from = mx_io_get(ec, other);
  if (!from || !mx_io_flush(ec, from)) return VAL_EXC;
  if (io == from) return self;
  mx_io_unread(from);
  if (!open_replace(ec, io, from->fd)) return VAL_EXC;
  uint32_t keep = IO_STANDARD | IO_AUTOCLOSE | IO_SYNC;
  io->flags = (io->flags & keep) | (from->flags & ~(uint32_t)keep);
  io->path = from->path;
  io->lineno = from->lineno;
  return self;
}

// Mode to reopen a file with when none is given: what the stream had.
static void reopen_default_mode(const IoObj *io, IoMode *mode) {
  bool reads = io->flags & IO_READABLE, writes = io->flags & IO_WRITABLE;
  mode->oflags = reads && writes ? O_RDWR : writes ? O_WRONLY | O_CREAT | O_TRUNC : O_RDONLY;
  if (io->flags & IO_APPEND) mode->oflags = (mode->oflags & ~O_TRUNC) | O_APPEND;
  mode->flags = io->flags & (IO_READABLE | IO_WRITABLE | IO_APPEND | IO_BINARY);
}

// Reopen as a file.
static Value reopen_path(ExecCtx *ec, Value self, Value target, Value given, Value options) {
  IoMode mode;
  IoObj *io = mx_io_peek(self);
  Value path = mx_to_path(ec, target);
  if (val_is_exc(path) || !mx_io_parse_mode(ec, given, options, &mode)) return VAL_EXC;
  if (!mode.has_mode) reopen_default_mode(io, &mode);
  int fd = mx_io_sysopen(ec, path, mode.oflags, 0666);
  if (fd < 0) return VAL_EXC;
  if (io->fd < 0) {
    mx_io_attach(ec, io, fd, &mode);
  } else {
    bool ok = open_replace(ec, io, fd);
    close(fd);
    if (!ok) return VAL_EXC;
    io->flags = (io->flags & (IO_STANDARD | IO_AUTOCLOSE | IO_SYNC)) | mode.flags;
  }
  if (mode.has_encoding) {
    io->external = mode.external;
    io->internal = mode.internal;
  }
  io->path = mx_str_freeze_dedup(ec, path);
  return self;
}

// IO#reopen(other) or (path, mode = nil, **options)
Value mx_io_m_reopen(ExecCtx *ec, Value self, int argc, const Value *argv) {
  IoObj *io = mx_io_peek(self);
  Value options = mx_io_take_options(&argc, argv);
  if (argc < 1 || argc > 2) return mx_raise_arity(ec, argc, 1, 2);
  if (io->fd >= 0 && !mx_io_flush(ec, io)) return VAL_EXC;
  if (io->fd >= 0) mx_io_unread(io);
  io->in.start = io->in.end = 0;
  Value other =
      mx_io_peek(argv[0]) ? argv[0] : mx_check_convert(ec, argv[0], ec->vm->cls.IO, SYM_to_io);
  if (val_is_exc(other)) return other;
  if (val_is_nil(other))
    return reopen_path(ec, self, argv[0], argc > 1 ? argv[1] : VAL_NIL, options);
  return mx_io_get(ec, self) ? reopen_stream(ec, self, other) : VAL_EXC;
}

// ---- pipes

// Primitive.io_pipe: [reader, writer]
Value mx_io_p_pipe(ExecCtx *ec, Value self) {
  int fds[2];
  if (pipe2(fds, O_CLOEXEC) < 0) return mx_raise_errno(ec, errno, NULL);
  Value reader = mx_io_new(ec, ec->vm->cls.IO, fds[0], IO_READABLE);
  Value writer = mx_io_new(ec, ec->vm->cls.IO, fds[1], IO_WRITABLE | IO_SYNC);
  return MX_ARRAY_OF(ec, reader, writer);
}

// Primitive.io_popen(reader, writer, pid): one stream of two; either may be nil.
Value mx_io_p_popen(ExecCtx *ec, Value self, Value a, Value b, Value c) {
  Value result = val_is_nil(a) ? b : a;
  IoObj *io = mx_io_get(ec, result);
  if (!io) return VAL_EXC;
  io->pid = (int)val_to_fixnum(c);
  if (val_is_nil(a) || val_is_nil(b)) return result;
  IoObj *writer = mx_io_get(ec, b);
  if (!writer) return VAL_EXC;
  io->write_fd = fcntl(writer->fd, F_DUPFD_CLOEXEC, 3);
  io->flags |= IO_WRITABLE | IO_SYNC;
  return mx_io_close(ec, writer) ? result : VAL_EXC;
}

// ---- select

// Descriptors that a select waits for; an entry per stream.
typedef struct SelectSet {
  struct pollfd *at; // pointer-free collected memory
  Value streams;     // Array of what the program gave, in order
  uint32_t count;
} SelectSet;

// Add the streams of one argument; true in *ready when one has bytes read ahead.
static bool select_add(ExecCtx *ec, SelectSet *set, Value list, short events, bool *ready) {
  if (val_is_undef(list) || val_is_nil(list)) return true;
  list = mx_to_ary(ec, list);
  if (val_is_exc(list)) return false;
  size_t room = (set->count + mx_array_len(list) + 1) * sizeof(struct pollfd);
  struct pollfd *grown = mx_gc_alloc_atomic(room);
  memcpy(grown, set->at, set->count * sizeof *grown);
  set->at = grown;
  for (uint32_t i = 0; i < mx_array_len(list); i++) {
    Value stream = mx_array_get(ec, list, i);
    Value converted = mx_io_convert(ec, stream);
    IoObj *io = val_is_exc(converted) ? NULL : mx_io_get(ec, converted);
    if (!io) return false;
    bool ahead = events == POLLIN && mx_io_ahead(io) > 0;
    *ready |= ahead;
    int fd = events == POLLOUT && io->write_fd >= 0 ? io->write_fd : io->fd;
    set->at[set->count++] =
        (struct pollfd){.fd = fd, .events = events, .revents = ahead ? events : 0};
    mx_array_push(ec, set->streams, stream);
  }
  return true;
}

// Milliseconds of a time limit; -1 for none. false + exception.
static bool select_timeout(ExecCtx *ec, Value v, int *out) {
  double seconds;
  *out = -1;
  if (val_is_undef(v) || val_is_nil(v)) return true;
  if (!mx_to_double(ec, v, &seconds)) return false;
  if (seconds < 0) {
    (void)mx_raise_arg(ec, "time interval must not be negative");
    return false;
  }
  *out = seconds > 1e6 ? 1000000000 : (int)ceil(seconds * 1000);
  return true;
}

// Poll a set; events that were known before are kept.
static int select_wait(ExecCtx *ec, SelectSet *set, bool ready, int ms) {
  struct pollfd *asked = mx_gc_alloc_atomic((set->count + 1) * sizeof *asked);
  memcpy(asked, set->at, set->count * sizeof *asked);
  int found;
  while ((found = poll(asked, set->count, ready ? 0 : ms)) < 0) {
    if (errno != EINTR) return val_is_exc(mx_raise_errno(ec, errno, "select")) ? -1 : 0;
    if (!mx_io_interrupted(ec)) return -1;
  }
  for (uint32_t i = 0; i < set->count; i++) set->at[i].revents |= asked[i].revents;
  return found > 0 || ready;
}

// IO.select(readers, writers = nil, errors = nil, timeout = nil)
Value mx_io_s_select(ExecCtx *ec, Value self, Value a, Value b, Value c, Value d) {
  SelectSet set = {.streams = mx_array_new(ec, 4)};
  bool ready = false;
  int ms;
  set.at = mx_gc_alloc_atomic(sizeof *set.at);
  if (!select_timeout(ec, d, &ms) || !select_add(ec, &set, a, POLLIN, &ready) ||
      !select_add(ec, &set, b, POLLOUT, &ready) || !select_add(ec, &set, c, POLLPRI, &ready))
    return VAL_EXC;
  int found = select_wait(ec, &set, ready, ms);
  if (found <= 0) return found < 0 ? VAL_EXC : VAL_NIL;
  Value lists[3] = {mx_array_new(ec, 2), mx_array_new(ec, 2), mx_array_new(ec, 0)};
  for (uint32_t i = 0; i < set.count; i++) {
    int which = set.at[i].events == POLLIN ? 0 : set.at[i].events == POLLOUT ? 1 : 2;
    bool hit = set.at[i].revents & (set.at[i].events | (which < 2 ? POLLHUP | POLLERR : 0));
    if (hit) mx_array_push(ec, lists[which], mx_array_get(ec, set.streams, i));
  }
  return mx_array_from(ec, 3, lists);
}

// ---- the rest

// IO.try_convert
Value mx_io_s_try_convert(ExecCtx *ec, Value self, Value a) {
  return mx_io_peek(a) ? a : mx_check_convert(ec, a, ec->vm->cls.IO, SYM_to_io);
}

// IO.__flush_all: at the end of the program
Value mx_io_s_flush_all(ExecCtx *ec, Value self) {
  mx_io_flush_all(ec->vm);
  return VAL_NIL;
}

// Primitive.io_decode(stream, bytes): the bytes as a text of the stream's encoding
Value mx_io_p_decode(ExecCtx *ec, Value self, Value a, Value b) {
  IoObj *io = mx_io_get(ec, a);
  return io ? mx_io_decode(ec, io, b) : VAL_EXC;
}

// Primitive.io_set_last_line(text): $_ of the caller
Value mx_io_p_set_last_line(ExecCtx *ec, Value self, Value a) {
  ec->vm->up->set_last_line(ec, a, 0);
  return a;
}

// Metorex.io_set_callers_last_line(text): $_ of whoever called the running method of a library
Value mx_io_s_set_callers_last_line(ExecCtx *ec, Value self, Value a) {
  ec->vm->up->set_last_line(ec, a, 1);
  return a;
}

// Primitive.io_default_separator?: is $/ the one it was at first?
Value mx_io_p_default_separator(ExecCtx *ec, Value self) {
  const IoState *state = mx_io_state(ec->vm);
  return val_bool(state->rs == state->default_rs);
}

// Field of the VM's IO state that core code names; NULL for an unknown name.
static Value *open_state_field(ExecCtx *ec, Value name) {
  IoState *state = mx_io_state(ec->vm);
  const struct {
    const char *name;
    Value *field;
  } fields[] = {{"argf", &state->argf},
                {"status", &state->status},
                {"stdin", &state->var_in},
                {"stdout", &state->var_out},
                {"stderr", &state->var_err},
                {"rs", &state->rs},
                {"ors", &state->ors},
                {"in_place", &state->in_place},
                {"argv", &ec->vm->argv},
                {"env", &ec->vm->env_object},
                {"load_path", &ec->vm->load_path},
                {"features", &ec->vm->loaded_features}};
  const char *text = mx_sym_text(&ec->vm->symtab, val_to_sym(name));
  for (size_t i = 0; i < MX_COUNT_OF(fields); i++)
    if (strcmp(fields[i].name, text) == 0) return fields[i].field;
  return NULL;
}

// Primitive.io_state(:name)
Value mx_io_p_state(ExecCtx *ec, Value self, Value a) {
  const Value *field = open_state_field(ec, a);
  return field ? *field : VAL_NIL;
}

// Primitive.io_set_state(:name, value)
Value mx_io_p_set_state(ExecCtx *ec, Value self, Value a, Value b) {
  Value *field = open_state_field(ec, a);
  if (field) *field = b;
  return b;
}
