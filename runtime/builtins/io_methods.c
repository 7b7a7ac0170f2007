// SPDX-License-Identifier: MIT
// Leaves of IO about position and state: pos, seek, close, encodings, flags.
#include "runtime/hash.h"
#include "runtime/integer.h"
#include "runtime/io.h"
#include "runtime/semantics.h"
#include "runtime/string.h"
#include "runtime/builtins/rows.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

// ---- position

// Where the program is in the file; -1 + exception when that makes no sense.
static off_t state_tell(ExecCtx *ec, IoObj *io) {
  if (!mx_io_flush(ec, io)) return -1;
  off_t at = lseek(io->fd, 0, SEEK_CUR);
  if (at >= 0) return at - (off_t)mx_io_ahead(io);
  (void)mx_io_raise(ec, NULL, mx_io_name(ec, io));
  return -1;
}

// Move; what was read ahead is forgotten.
static bool state_seek(ExecCtx *ec, IoObj *io, int64_t offset, int whence) {
  if (!mx_io_flush(ec, io)) return false;
  mx_io_unread(io);
  io->in.start = io->in.end = 0;
  if (lseek(io->fd, offset, whence) >= 0) return true;
  (void)mx_io_raise(ec, NULL, mx_io_name(ec, io));
  return false;
}

// IO#pos
Value mx_io_m_pos(ExecCtx *ec, Value self) {
  IoObj *io = mx_io_get(ec, self);
  off_t at = io ? state_tell(ec, io) : -1;
  return at < 0 ? VAL_EXC : mx_int_from_i64(ec, at);
}

// IO#pos=
Value mx_io_m_set_pos(ExecCtx *ec, Value self, Value a) {
  int64_t offset;
  IoObj *io = mx_io_get(ec, self);
  if (!io || !mx_to_int64(ec, a, &offset) || !state_seek(ec, io, offset, SEEK_SET)) return VAL_EXC;
  return mx_int_from_i64(ec, offset);
}

// SEEK_* of a number or a Symbol; false + exception.
static bool state_whence(ExecCtx *ec, Value v, int *out) {
  static const struct {
    const char *name;
    int whence;
  } names[] = {{"SET", SEEK_SET},
               {"CUR", SEEK_CUR},
               {"END", SEEK_END},
               {"DATA", SEEK_DATA},
               {"HOLE", SEEK_HOLE}};
  int64_t number = SEEK_SET;
  if (!val_is_undef(v) && !val_is_symbol(v) && !mx_to_int64(ec, v, &number)) return false;
  *out = (int)number;
  if (!val_is_symbol(v)) return true;
  const char *text = mx_sym_text(&ec->vm->symtab, val_to_sym(v));
  for (size_t i = 0; i < MX_COUNT_OF(names); i++) {
    *out = names[i].whence;
    if (strcmp(text, names[i].name) == 0) return true;
  }
  (void)mx_raise_arg(ec, "unknown whence: %s", text);
  return false;
}

// IO#seek
Value mx_io_m_seek(ExecCtx *ec, Value self, Value a, Value b) {
  int64_t offset;
  int whence;
  IoObj *io = mx_io_get(ec, self);
  if (!io || !mx_to_int64(ec, a, &offset) || !state_whence(ec, b, &whence)) return VAL_EXC;
  return state_seek(ec, io, offset, whence) ? val_from_fixnum(0) : VAL_EXC;
}

// IO#sysseek
Value mx_io_m_sysseek(ExecCtx *ec, Value self, Value a, Value b) {
  int64_t offset;
  int whence;
  IoObj *io = mx_io_get(ec, self);
  if (!io || !mx_to_int64(ec, a, &offset) || !state_whence(ec, b, &whence)) return VAL_EXC;
  if (mx_io_ahead(io) > 0) return mx_raise(ec, ec->vm->cls.IOError, "sysseek for buffered IO");
  if (io->out.end > 0) mx_warn(ec, "sysseek for buffered IO");
  off_t at = lseek(io->fd, offset, whence);
  return at < 0 ? mx_io_raise(ec, NULL, mx_io_name(ec, io)) : mx_int_from_i64(ec, at);
}

// IO#rewind
Value mx_io_m_rewind(ExecCtx *ec, Value self) {
  IoObj *io = mx_io_get(ec, self);
  if (!io || !state_seek(ec, io, 0, SEEK_SET)) return VAL_EXC;
  io->lineno = 0;
  return val_from_fixnum(0);
}

// IO#lineno
Value mx_io_m_lineno(ExecCtx *ec, Value self) {
  const IoObj *io = mx_io_readable(ec, self);
  return io ? mx_int_from_i64(ec, io->lineno) : VAL_EXC;
}

// IO#lineno=
Value mx_io_m_set_lineno(ExecCtx *ec, Value self, Value a) {
  int64_t number;
  IoObj *io = mx_io_readable(ec, self);
  if (!io || !mx_to_int64(ec, a, &number)) return VAL_EXC;
  if (number > INT32_MAX || number < INT32_MIN)
    return mx_raise_range(ec, "integer %ld too %s to convert to 'int'", (long)number,
                          number > 0 ? "big" : "small");
  io->lineno = number;
  return a;
}

// ---- identity

// IO#fileno
Value mx_io_m_fileno(ExecCtx *ec, Value self) {
  const IoObj *io = mx_io_get(ec, self);
  return io ? val_from_fixnum(io->fd) : VAL_EXC;
}

// IO#tty?
Value mx_io_m_is_tty(ExecCtx *ec, Value self) {
  const IoObj *io = mx_io_get(ec, self);
  return io ? val_bool(isatty(io->fd)) : VAL_EXC;
}

// IO#to_io
Value mx_io_m_to_io(ExecCtx *ec, Value self) { return self; }

// IO#pid
Value mx_io_m_pid(ExecCtx *ec, Value self) {
  const IoObj *io = mx_io_get(ec, self);
  if (!io) return VAL_EXC;
  return io->pid > 0 ? val_from_fixnum(io->pid) : VAL_NIL;
}

// IO#path
Value mx_io_m_path(ExecCtx *ec, Value self) {
  const IoObj *io = mx_io_peek(self);
  if (!io || !io->opened) return mx_raise(ec, ec->vm->cls.IOError, "uninitialized stream");
  return val_is_string(io->path) ? mx_str_dup(ec, io->path) : io->path;
}

// IO#inspect
Value mx_io_m_inspect(ExecCtx *ec, Value self) {
  const IoObj *io = mx_io_peek(self);
  if (!io || !io->opened) return mx_any_to_s(ec, self);
  const char *name = mx_str_bytes(mx_class_path(ec, mx_class_real(mx_class_of(ec->vm, self))));
  const char *state = io->fd >= 0 ? "" : " (closed)";
  if (val_is_nil(io->path) && io->fd < 0) return mx_str_printf(ec, "#<%s:(closed)>", name);
  if (val_is_nil(io->path)) return mx_str_printf(ec, "#<%s:fd %d>", name, io->fd);
  return mx_str_printf(ec, "#<%s:%s%s>", name, mx_str_bytes(io->path), state);
}

// ---- closing

// IO#close
Value mx_io_m_close(ExecCtx *ec, Value self) {
  IoObj *io = mx_io_peek(self);
  if (!io || !io->opened) return mx_raise(ec, ec->vm->cls.IOError, "uninitialized stream");
  return mx_io_close(ec, io) ? VAL_NIL : VAL_EXC;
}

// IO#closed?
Value mx_io_m_is_closed(ExecCtx *ec, Value self) {
  const IoObj *io = mx_io_peek(self);
  if (!io || !io->opened) return mx_raise(ec, ec->vm->cls.IOError, "uninitialized stream");
  return val_bool(io->fd < 0);
}

// IO#close_read
Value mx_io_m_close_read(ExecCtx *ec, Value self) {
  IoObj *io = mx_io_peek(self);
  if (!io || !io->opened) return mx_raise(ec, ec->vm->cls.IOError, "uninitialized stream");
  if (io->fd < 0) return VAL_NIL;
  if (!(io->flags & IO_READABLE))
    return mx_raise(ec, ec->vm->cls.IOError, "closing non-duplex IO for reading");
  if (io->write_fd < 0 && !(io->flags & IO_WRITABLE))
    return mx_io_close(ec, io) ? VAL_NIL : VAL_EXC;
  if (io->write_fd < 0)
    return mx_raise(ec, ec->vm->cls.IOError, "closing non-duplex IO for reading");
  close(io->fd);
  io->fd = io->write_fd;
  io->write_fd = -1;
  io->in = (IoBuffer){0};
  io->flags &= ~(uint32_t)IO_READABLE;
  return VAL_NIL;
}

// IO#close_write
Value mx_io_m_close_write(ExecCtx *ec, Value self) {
  IoObj *io = mx_io_peek(self);
  if (!io || !io->opened) return mx_raise(ec, ec->vm->cls.IOError, "uninitialized stream");
  if (io->fd >= 0 && !(io->flags & IO_WRITABLE) && io->pid == 0)
    return mx_raise(ec, ec->vm->cls.IOError, "closing non-duplex IO for writing");
  return mx_io_close_write(ec, io) ? VAL_NIL : VAL_EXC;
}

// ---- encodings

// IO#binmode
Value mx_io_m_binmode(ExecCtx *ec, Value self) {
  IoObj *io = mx_io_get(ec, self);
  if (!io) return VAL_EXC;
  io->flags = (io->flags | IO_BINARY) & ~(uint32_t)IO_CRLF;
  io->external = ENC_BINARY;
  io->internal = ENC_NONE;
  return self;
}

// IO#binmode?
Value mx_io_m_is_binmode(ExecCtx *ec, Value self) {
  const IoObj *io = mx_io_get(ec, self);
  return io ? val_bool(io->flags & IO_BINARY) : VAL_EXC;
}

// IO#external_encoding
Value mx_io_m_external_encoding(ExecCtx *ec, Value self) {
  const IoObj *io = mx_io_get(ec, self);
  if (!io) return VAL_EXC;
  if (io->external == ENC_NONE && (io->flags & IO_WRITABLE)) return VAL_NIL;
  return mx_enc_object(ec, mx_io_external(ec, io));
}

// IO#internal_encoding
Value mx_io_m_internal_encoding(ExecCtx *ec, Value self) {
  const IoObj *io = mx_io_get(ec, self);
  if (!io) return VAL_EXC;
  if (io->internal != ENC_NONE) return mx_enc_object(ec, io->internal);
  if (io->external != ENC_NONE || (io->flags & IO_WRITABLE)) return VAL_NIL;
  return ec->vm->default_internal;
}

// Read one encoding argument; nil is none.
static bool state_encoding(ExecCtx *ec, Value v, EncIndex *out) {
  *out = ENC_NONE;
  return val_is_undef(v) || val_is_nil(v) || val_is_hash(v) || mx_enc_from_value(ec, v, out);
}

// IO#set_encoding(external, internal = nil, **options)
Value mx_io_m_set_encoding(ExecCtx *ec, Value self, Value a, Value b, Value c) {
  IoObj *io = mx_io_get(ec, self);
  if (!io) return VAL_EXC;
  bool alone = val_is_undef(b) || val_is_nil(b) || val_is_hash(b);
  IoMode mode = {.external = ENC_NONE, .internal = ENC_NONE};
  if (alone && val_is_string(a)) {
    if (!mx_io_parse_encoding(ec, mx_str_bytes(a), &mode)) return VAL_EXC;
  } else if (!state_encoding(ec, a, &mode.external) || !state_encoding(ec, b, &mode.internal)) {
    return VAL_EXC;
  }
  io->external = mode.external;
  io->internal = mode.internal == mode.external ? ENC_NONE : mode.internal;
  return self;
}

// IO#set_encoding_by_bom
Value mx_io_m_set_encoding_by_bom(ExecCtx *ec, Value self) {
  IoObj *io = mx_io_readable(ec, self);
  if (!io) return VAL_EXC;
  if (!(io->flags & IO_BINARY))
    return mx_raise_arg(ec, "ASCII incompatible encoding needs binmode");
  if (io->external != ENC_NONE && io->external != ENC_BINARY)
    return mx_raise_arg(ec, "encoding is set to %s already", mx_enc_info(io->external)->name);
  while (mx_io_ahead(io) < 3) {
    int more = mx_io_fill_more(ec, io);
    if (more < 0) return VAL_EXC;
    if (more == 0) break;
  }
  if (mx_io_ahead(io) < 3 || memcmp(mx_io_at(io), "\xEF\xBB\xBF", 3) != 0) return VAL_NIL;
  io->in.start += 3;
  io->external = ENC_UTF_8;
  return mx_enc_object(ec, ENC_UTF_8);
}

// ---- flags of the descriptor

// IO#autoclose?
Value mx_io_m_is_autoclose(ExecCtx *ec, Value self) {
  const IoObj *io = mx_io_get(ec, self);
  return io ? val_bool(io->flags & IO_AUTOCLOSE) : VAL_EXC;
}

// IO#autoclose=
Value mx_io_m_set_autoclose(ExecCtx *ec, Value self, Value a) {
  IoObj *io = mx_io_get(ec, self);
  if (!io) return VAL_EXC;
  io->flags = val_truthy(a) ? io->flags | IO_AUTOCLOSE : io->flags & ~(uint32_t)IO_AUTOCLOSE;
  return a;
}

// IO#close_on_exec?
Value mx_io_m_is_close_on_exec(ExecCtx *ec, Value self) {
  const IoObj *io = mx_io_get(ec, self);
  return io ? val_bool(fcntl(io->fd, F_GETFD) & FD_CLOEXEC) : VAL_EXC;
}

// IO#close_on_exec=
Value mx_io_m_set_close_on_exec(ExecCtx *ec, Value self, Value a) {
  const IoObj *io = mx_io_get(ec, self);
  if (!io) return VAL_EXC;
  fcntl(io->fd, F_SETFD, val_truthy(a) ? FD_CLOEXEC : 0);
  return a;
}

// IO#fcntl with an Integer argument
Value mx_io_m_fcntl(ExecCtx *ec, Value self, Value a, Value b) {
  int64_t command, argument = 0;
  const IoObj *io = mx_io_get(ec, self);
  if (!io || !mx_to_int64(ec, a, &command)) return VAL_EXC;
  if (b == VAL_TRUE)
    argument = 1;
  else if (!val_is_undef(b) && val_truthy(b) && !mx_to_int64(ec, b, &argument))
    return VAL_EXC;
  int result = fcntl(io->fd, (int)command, argument);
  return result < 0 ? mx_io_raise(ec, NULL, mx_io_name(ec, io)) : val_from_fixnum(result);
}
