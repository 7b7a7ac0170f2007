// SPDX-License-Identifier: MIT
// Streams as objects: making, checking, closing, the list of open ones.
#include "runtime/io.h"
#include "runtime/errno_class.h"
#include "runtime/file.h"
#include "runtime/integer.h"
#include "runtime/semantics.h"
#include "runtime/signal.h"
#include "runtime/string.h"
#include "runtime/thread.h"
#include "runtime/time.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

// ---- the list of open streams

// The stream behind a link.
static IoObj *io_of_link(uintptr_t link) { return link ? (IoObj *)~link : NULL; }
// Link to a stream.
static uintptr_t io_link_to(const IoObj *io) { return io ? ~(uintptr_t)io : 0; }

// Enter a stream into the list.
static void io_enlist(IoState *state, IoObj *io) {
  if (io->state) return;
  IoObj *head = io_of_link(state->open);
  io->state = state;
  io->next = state->open;
  io->prev = 0;
  if (head) head->prev = io_link_to(io);
  state->open = io_link_to(io);
}

// Take a stream off the list.
static void io_delist(IoObj *io) {
  if (!io->state) return;
  IoObj *next = io_of_link(io->next), *prev = io_of_link(io->prev);
  if (prev)
    prev->next = io->next;
  else
    io->state->open = io->next;
  if (next) next->prev = io->prev;
  io->state = NULL;
}

// A stream died: write out what it holds, close its descriptor.
static void io_finalize(void *payload) {
  IoObj *io = payload;
  if (io->fd >= 0 && !(io->flags & IO_STANDARD)) {
    (void)mx_io_flush_raw(io);
    if (io->flags & IO_AUTOCLOSE) close(io->fd);
    if (io->write_fd >= 0) close(io->write_fd);
  }
  io->fd = -1;
  io_delist(io);
}

static const ForeignType io_type = {.name = "IO", .size = sizeof(IoObj), .finalize = io_finalize};

// ---- making

// Allocate a stream of a class, not open yet.
static Value io_allocate(ExecCtx *ec, ClassObj *klass) {
  Foreign *foreign = mx_foreign_new(ec, klass, &io_type);
  IoObj *io = (IoObj *)(void *)foreign->payload;
  io->fd = io->write_fd = -1;
  io->external = io->internal = ENC_NONE;
  return val_from_ptr(foreign);
}

// Make an allocated stream one over a descriptor.
void mx_io_attach(ExecCtx *ec, IoObj *io, int fd, const IoMode *mode) {
  io->fd = fd;
  io->opened = true;
  io->flags = mode->flags | IO_AUTOCLOSE;
  io->external = mode->external;
  io->internal = mode->internal;
  if ((mode->flags & IO_WRITABLE) && isatty(fd)) io->flags |= IO_TTY;
  io_enlist(mx_io_state(ec->vm), io);
}

// A new stream of a class over a descriptor.
Value mx_io_new(ExecCtx *ec, ClassObj *klass, int fd, uint32_t flags) {
  Value v = io_allocate(ec, klass);
  IoMode mode = {.flags = flags, .external = ENC_NONE, .internal = ENC_NONE};
  mx_io_attach(ec, mx_io_peek(v), fd, &mode);
  return v;
}

// Make a standard stream.
static Value io_standard(ExecCtx *ec, int fd, uint32_t flags, const char *name) {
  Value v = mx_io_new(ec, ec->vm->cls.IO, fd, flags | IO_STANDARD);
  mx_io_peek(v)->path = mx_str_from_cstr(ec, name);
  return v;
}

// Catches SIGPIPE, so that writing to a broken pipe is an error and not the end; unlike an ignored
// signal, a caught one is not inherited by other programs.
static void io_on_sigpipe(int signal) { MX_UNUSED(signal); }

// Make IO's own modules and exceptions.
static void io_boot_names(ExecCtx *ec) {
  VM *vm = ec->vm;
  ClassObj *readable = mx_module_define(ec, vm->cls.IO, mx_sym(vm, "WaitReadable"));
  ClassObj *writable = mx_module_define(ec, vm->cls.IO, mx_sym(vm, "WaitWritable"));
  ClassObj *again = mx_errno_class(ec, EAGAIN);
  ClassObj *read = mx_class_define(ec, vm->cls.IO, mx_sym(vm, "EAGAINWaitReadable"), again);
  ClassObj *write = mx_class_define(ec, vm->cls.IO, mx_sym(vm, "EAGAINWaitWritable"), again);
  (void)!mx_class_include(ec, read, readable);
  (void)!mx_class_include(ec, write, writable);
  static_assert(EWOULDBLOCK == EAGAIN, "the classes would differ");
  (void)!mx_const_set(ec, vm->cls.IO, mx_sym(vm, "EWOULDBLOCKWaitReadable"), val_from_ptr(read));
  (void)!mx_const_set(ec, vm->cls.IO, mx_sym(vm, "EWOULDBLOCKWaitWritable"), val_from_ptr(write));
  mx_file_boot_constants(ec);
}

// Make ENV and ARGF; their methods are in core/env.mx and core/argf.mx.
static void io_boot_objects(ExecCtx *ec) {
  VM *vm = ec->vm;
  ClassObj *environment = mx_module_define(ec, vm->cls.Metorex, mx_sym(vm, "Environment"));
  ClassObj *argf = mx_class_define(ec, vm->cls.Metorex, mx_sym(vm, "ArgfStream"), vm->cls.Object);
  vm->env_object = mx_object_new(ec, vm->cls.Object);
  mx_io_state(vm)->argf = mx_object_new(ec, argf);
  (void)!mx_class_include(ec, mx_class_singleton(ec, vm->env_object), environment);
  Value unlimited = mx_int_from_u64(ec, UINT64_MAX);
  (void)!mx_const_set(ec, vm->cls.Process, mx_sym(vm, "RLIM_INFINITY"), unlimited);
  (void)!mx_const_set(ec, vm->cls.Object, mx_sym(vm, "ENV"), vm->env_object);
  (void)!mx_const_set(ec, vm->cls.Object, mx_sym(vm, "ARGF"), mx_io_state(vm)->argf);
}

// Boot: the standard streams, their globals and constants.
void mx_io_boot(ExecCtx *ec) {
  VM *vm = ec->vm;
  IoState *state = mx_gc_alloc_words(sizeof *state);
  vm->io = state;
  vm->cls.IO->allocate = io_allocate;
  vm->cls.File->allocate = io_allocate;
  state->in = state->var_in = io_standard(ec, STDIN_FILENO, IO_READABLE, "<STDIN>");
  state->out = state->var_out = io_standard(ec, STDOUT_FILENO, IO_WRITABLE, "<STDOUT>");
  state->err = state->var_err = io_standard(ec, STDERR_FILENO, IO_WRITABLE | IO_SYNC, "<STDERR>");
  signal(SIGPIPE, io_on_sigpipe);
  mx_stat_boot(vm);
  mx_time_boot(vm);
  mx_signal_boot(vm);
  io_boot_names(ec);
  io_boot_objects(ec);
  mx_io_boot_globals(ec);
}

// ---- asking

// The payload of a stream whatever its state, NULL when v is none.
IoObj *mx_io_peek(Value v) { return mx_foreign_get(v, &io_type); }

// The payload of a stream that is open.
IoObj *mx_io_get(ExecCtx *ec, Value v) {
  IoObj *io = mx_io_peek(v);
  if (io && io->fd >= 0) return io;
  if (!io)
    (void)mx_raise_no_conversion(ec, v, "IO");
  else if (!io->opened)
    (void)mx_raise(ec, ec->vm->cls.IOError, "uninitialized stream");
  else
    (void)mx_raise(ec, ec->vm->cls.IOError, "closed stream");
  return NULL;
}

// The payload of a stream that can be read.
IoObj *mx_io_readable(ExecCtx *ec, Value v) {
  IoObj *io = mx_io_get(ec, v);
  if (!io) return NULL;
  if (!(io->flags & IO_READABLE)) {
    (void)mx_raise(ec, ec->vm->cls.IOError, "not opened for reading");
    return NULL;
  }
  if (io->out.end > 0 && !mx_io_flush(ec, io)) return NULL;
  return io;
}

// The payload of a stream that can be written.
IoObj *mx_io_writable(ExecCtx *ec, Value v) {
  IoObj *io = mx_io_get(ec, v);
  if (!io || (io->flags & IO_WRITABLE)) return io;
  (void)mx_raise(ec, ec->vm->cls.IOError, "not opened for writing");
  return NULL;
}

// The stream that a value stands for.
Value mx_io_convert(ExecCtx *ec, Value v) {
  if (mx_io_peek(v)) return v;
  Value io = mx_check_convert(ec, v, ec->vm->cls.IO, SYM_to_io);
  return val_is_nil(io) ? mx_raise_no_conversion(ec, v, "IO") : io;
}

// Name of a stream for messages.
Value mx_io_name(ExecCtx *ec, const IoObj *io) {
  if (!val_is_nil(io->path)) return io->path;
  return mx_str_printf(ec, "fd %d", io->fd);
}

// ---- errors and waiting

// Raise the Errno of the current errno: "text @ function - detail".
Value mx_io_raise(ExecCtx *ec, const char *function, Value detail) {
  int error = errno;
  StrBuf text = STRBUF_INIT;
  if (function) mx_strbuf_printf(&text, "@ %s - ", function);
  mx_strbuf_add(&text, mx_str_bytes(detail), mx_str_len(detail));
  Value raised = mx_raise_errno(ec, error, mx_strbuf_text(&text));
  mx_strbuf_free(&text);
  return raised;
}

// After a system call that was interrupted: answer signals; false when that raised.
bool mx_io_interrupted(ExecCtx *ec) { return !ec->poll || !ec->vm->up || ec->vm->up->poll(ec); }

// Do other threads want to run?
bool mx_io_has_threads(const VM *vm) { return vm->scheduler && vm->scheduler->alive > 1; }

// Block until a descriptor is ready; other threads run meanwhile.
int mx_io_wait(ExecCtx *ec, int fd, int events, int ms) {
  if (mx_io_has_threads(ec->vm)) {
    bool ready = false;
    double seconds = ms < 0 ? -1 : ms / 1000.0;
    if (!ec->vm->up->thread_wait_fd(ec, fd, (short)events, seconds, &ready)) return -1;
    return ready;
  }
  struct pollfd waiting = {.fd = fd, .events = (short)events};
  for (;;) {
    int ready = poll(&waiting, 1, ms);
    if (ready >= 0) return ready;
    if (errno != EINTR) return val_is_exc(mx_raise_errno(ec, errno, "poll")) ? -1 : 0;
    if (!mx_io_interrupted(ec)) return -1;
  }
}

// ---- closing

// Wait for the process behind a popen and set $?.
static bool io_reap(ExecCtx *ec, IoObj *io) {
  if (io->pid <= 0) return true;
  Value pid = val_from_fixnum(io->pid);
  io->pid = 0;
  Value process = val_from_ptr(ec->vm->cls.Process);
  Value done = mx_send1(ec, process, mx_sym(ec->vm, "wait"), pid);
  if (!val_is_exc(done)) return true;
  (void)mx_exc_take(ec); // someone else waited for it
  return true;
}

// Close a stream; a second time does nothing.
bool mx_io_close(ExecCtx *ec, IoObj *io) {
  if (io->fd < 0) return true;
  bool flushed = mx_io_flush(ec, io);
  int fd = io->fd;
  io_delist(io);
  io->fd = -1;
  io->in = io->out = (IoBuffer){0};
  close(fd);
  if (io->write_fd >= 0) close(io->write_fd);
  io->write_fd = -1;
  return flushed && io_reap(ec, io);
}

// Close the write side of a stream that has two.
bool mx_io_close_write(ExecCtx *ec, IoObj *io) {
  if (io->fd < 0 || !(io->flags & IO_WRITABLE)) return true;
  if (!(io->flags & IO_READABLE)) return mx_io_close(ec, io);
  if (io->write_fd < 0) {
    (void)mx_raise(ec, ec->vm->cls.IOError, "closing non-duplex IO for writing");
    return false;
  }
  bool flushed = mx_io_flush(ec, io);
  close(io->write_fd);
  io->write_fd = -1;
  io->flags &= ~(uint32_t)IO_WRITABLE;
  return flushed;
}

// Flush every open stream.
void mx_io_flush_all(VM *vm) {
  for (IoObj *io = io_of_link(mx_io_state(vm)->open); io; io = io_of_link(io->next))
    (void)mx_io_flush_raw(io);
}

// Flush standard output and standard error.
void mx_io_flush_standard(VM *vm) {
  (void)mx_io_flush_raw(mx_io_peek(mx_io_state(vm)->out));
  (void)mx_io_flush_raw(mx_io_peek(mx_io_state(vm)->err));
}
