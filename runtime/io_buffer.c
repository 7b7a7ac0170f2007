// SPDX-License-Identifier: MIT
// Bytes of streams: reading ahead, holding back, moving between both.
#include "runtime/io.h"
#include "runtime/semantics.h"
#include "runtime/string.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <unistd.h>

// ---- writing

// Descriptor that writes go to.
static int buffer_out_fd(const IoObj *io) { return io->write_fd >= 0 ? io->write_fd : io->fd; }

// Drop what was written out from the front of the buffer.
static void buffer_drop(IoBuffer *out, size_t count) {
  memmove(out->at, out->at + count, out->end - count);
  out->end -= count;
}

// Write out with no context; false and errno on failure.
bool mx_io_flush_raw(IoObj *io) {
  size_t done = 0;
  while (done < io->out.end) {
    ssize_t wrote = write(buffer_out_fd(io), io->out.at + done, io->out.end - done);
    if (wrote >= 0) {
      done += (size_t)wrote;
    } else if (errno == EAGAIN) {
      struct pollfd waiting = {.fd = buffer_out_fd(io), .events = POLLOUT};
      if (poll(&waiting, 1, -1) < 0 && errno != EINTR) break;
    } else if (errno != EINTR) {
      break;
    }
  }
  bool all = done == io->out.end;
  if (done > 0) buffer_drop(&io->out, done);
  return all;
}

// Raise the error of a write. A broken pipe behind standard output ends the program silently.
static bool buffer_write_failed(ExecCtx *ec, IoObj *io) {
  io->out.end = 0;
  if (errno == EPIPE && io == mx_io_peek(mx_io_state(ec->vm)->out)) {
    Value number = val_from_fixnum(SIGPIPE);
    Value klass = val_from_ptr(ec->vm->cls.SignalException);
    Value error = mx_send1(ec, klass, SYM_new, number);
    if (!val_is_exc(error)) (void)mx_raise_value(ec, error);
    return false;
  }
  (void)mx_io_raise(ec, "io_write", mx_io_name(ec, io));
  return false;
}

// Write out what is held back.
bool mx_io_flush(ExecCtx *ec, IoObj *io) {
  if (io->out.end == 0) return true;
  return mx_io_flush_raw(io) || buffer_write_failed(ec, io);
}

// Write bytes that do not go through the buffer.
static bool buffer_write_through(ExecCtx *ec, IoObj *io, const char *bytes, size_t len) {
  while (len > 0) {
    ssize_t wrote = write(buffer_out_fd(io), bytes, len);
    if (wrote >= 0) {
      bytes += wrote;
      len -= (size_t)wrote;
    } else if (errno == EAGAIN) {
      if (mx_io_wait(ec, buffer_out_fd(io), POLLOUT, -1) < 0) return false;
    } else if (errno != EINTR) {
      return buffer_write_failed(ec, io);
    } else if (!mx_io_interrupted(ec)) {
      return false;
    }
  }
  return true;
}

// Write bytes to a stream that is open for writing.
bool mx_io_write(ExecCtx *ec, IoObj *io, const char *bytes, size_t len) {
  IoBuffer *out = &io->out;
  if (mx_io_ahead(io) > 0) mx_io_unread(io);
  if (io->flags & IO_SYNC) return mx_io_flush(ec, io) && buffer_write_through(ec, io, bytes, len);
  if (!out->at) *out = (IoBuffer){mx_gc_alloc_atomic(IO_BUFFER_SIZE), 0, 0, IO_BUFFER_SIZE};
  if (len > out->room - out->end && !mx_io_flush(ec, io)) return false;
  if (len >= out->room) return buffer_write_through(ec, io, bytes, len);
  memcpy(out->at + out->end, bytes, len);
  out->end += len;
  return !(io->flags & IO_TTY) || mx_io_flush(ec, io);
}

// ---- reading

// Make room behind what was read ahead.
static void buffer_make_room(IoBuffer *in) {
  if (!in->at) *in = (IoBuffer){mx_gc_alloc_atomic(IO_BUFFER_SIZE), 0, 0, IO_BUFFER_SIZE};
  if (in->start > 0) {
    memmove(in->at, in->at + in->start, in->end - in->start);
    in->end -= in->start;
    in->start = 0;
  }
  if (in->end < in->room) return;
  in->room *= 2;
  in->at = mx_gc_realloc(in->at, in->room);
}

// Show what the program wrote before waiting for the user.
static void buffer_prompt(ExecCtx *ec, const IoObj *io) {
  IoObj *out = mx_io_peek(mx_io_state(ec->vm)->out);
  if ((io->flags & IO_STANDARD) && (out->flags & IO_TTY)) (void)mx_io_flush_raw(out);
}

// Read once: bytes read, 0 at the end of file, -1 raised.
static ssize_t buffer_read(ExecCtx *ec, IoObj *io, char *to, size_t room) {
  for (;;) {
    if (ec->poll && !mx_io_interrupted(ec)) return -1;
    if (mx_io_has_threads(ec->vm) && mx_io_wait(ec, io->fd, POLLIN, -1) < 0) return -1;
    if (io->fd < 0) {
      (void)mx_raise(ec, ec->vm->cls.IOError, "stream closed in another thread");
      return -1;
    }
    ssize_t got = read(io->fd, to, room);
    if (got >= 0) return got;
    if (errno == EAGAIN) {
      if (mx_io_wait(ec, io->fd, POLLIN, -1) < 0) return -1;
    } else if (errno == EIO && isatty(io->fd)) {
      return 0; // the other end of a pseudo terminal is gone
    } else if (errno != EINTR) {
      (void)mx_io_raise(ec, "io_fread", mx_io_name(ec, io));
      return -1;
    }
  }
}

// Read more behind what is in the buffer.
int mx_io_fill_more(ExecCtx *ec, IoObj *io) {
  buffer_prompt(ec, io);
  buffer_make_room(&io->in);
  ssize_t got = buffer_read(ec, io, io->in.at + io->in.end, io->in.room - io->in.end);
  if (got <= 0) return (int)got;
  io->in.end += (size_t)got;
  return 1;
}

// Read ahead once when the buffer is empty.
int mx_io_fill(ExecCtx *ec, IoObj *io) {
  if (mx_io_ahead(io) > 0) return 1;
  io->in.start = io->in.end = 0;
  return mx_io_fill_more(ec, io);
}

// Forget what was read ahead, moving the descriptor back where that is possible.
void mx_io_unread(IoObj *io) {
  off_t ahead = (off_t)mx_io_ahead(io);
  if (ahead > 0 && lseek(io->fd, -ahead, SEEK_CUR) < 0) return;
  io->in.start = io->in.end = 0;
}

// Put bytes in front of what will be read next.
void mx_io_push_back(IoObj *io, const char *bytes, size_t len) {
  IoBuffer *in = &io->in;
  size_t ahead = mx_io_ahead(io);
  if (!in->at || len > in->start) {
    size_t room = IO_BUFFER_SIZE;
    while (room < len + ahead) room *= 2;
    char *at = mx_gc_alloc_atomic(room);
    if (ahead > 0) memcpy(at + room - ahead, mx_io_at(io), ahead);
    *in = (IoBuffer){at, room - ahead, room, room};
  }
  in->start -= len;
  memcpy(in->at + in->start, bytes, len);
}

// Take bytes out of the buffer into a String.
static void buffer_take(ExecCtx *ec, IoObj *io, Value str, size_t len) {
  mx_str_append_bytes(ec, str, mx_io_at(io), len);
  io->in.start += len;
}

// Append up to `len` bytes to a String. Big reads of files go there directly.
int mx_io_read_into(ExecCtx *ec, IoObj *io, Value str, size_t len) {
  while (len > 0) {
    size_t ahead = mx_io_ahead(io);
    if (ahead > 0) {
      size_t part = ahead < len ? ahead : len;
      buffer_take(ec, io, str, part);
      len -= part;
      continue;
    }
    int more = mx_io_fill(ec, io);
    if (more <= 0) return more;
  }
  return 0;
}
