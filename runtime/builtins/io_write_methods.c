// SPDX-License-Identifier: MIT
// Leaves of IO that write: write, puts, print and their kin; what Kernel's functions share.
//
// A stream is plain when it is an IO whose `write` nobody redefined: bytes go to its buffer at
// once. Anything else is written to by calling its `write`.
#include "runtime/array.h"
#include "runtime/builtin.h"
#include "runtime/format.h"
#include "runtime/integer.h"
#include "runtime/io.h"
#include "runtime/semantics.h"
#include "runtime/string.h"
#include "runtime/builtins/rows.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

// ---- what everything else stands on

// Is v a stream whose `write` is the built-in one?
bool mx_io_is_plain(ExecCtx *ec, Value v) {
  if (!mx_io_peek(v)) return false;
  MethodRef ref = mx_method_find(ec->vm, mx_class_of(ec->vm, v), SYM_write);
  return ref.me && ref.me->kind == METHOD_BUILTIN && ref.me->as.row->fn == (BuiltinFn)mx_io_m_write;
}

// Write a String to an open stream in the encoding that it writes.
static bool write_text(ExecCtx *ec, IoObj *io, Value str) {
  EncIndex enc = io->external;
  bool convert = enc != ENC_NONE && enc != ENC_BINARY && enc != mx_str_enc(str) &&
                 mx_str_enc(str) != ENC_BINARY && !mx_str_is_ascii(str);
  if (convert) {
    str = mx_send1(ec, str, mx_sym(ec->vm, "encode"), mx_enc_object(ec, enc));
    if (val_is_exc(str)) return false;
  }
  return mx_io_write(ec, io, mx_str_bytes(str), mx_str_len(str));
}

// Write a text to a stream, through its `write` when it is not a plain one.
bool mx_io_emit(ExecCtx *ec, Value stream, Value text) {
  if (!mx_io_is_plain(ec, stream)) return !val_is_exc(mx_send1(ec, stream, SYM_write, text));
  IoObj *io = mx_io_writable(ec, stream);
  return io && write_text(ec, io, text);
}

// Raise FrozenError for a frozen stream, as setters do.
static IoObj *write_target(ExecCtx *ec, Value self) { return mx_io_writable(ec, self); }

// ---- puts

// A line of text: with a newline unless it ends in one.
static Value puts_line(ExecCtx *ec, Value text) {
  size_t len = mx_str_len(text);
  if (len > 0 && mx_str_bytes(text)[len - 1] == '\n') return text;
  Value line = mx_str_dup(ec, text);
  mx_str_append_bytes(ec, line, "\n", 1);
  return line;
}

// Write a String and a newline to a plain stream.
static bool puts_plain(ExecCtx *ec, Value stream, Value text) {
  IoObj *io = mx_io_writable(ec, stream);
  if (!io) return false;
  if (io->flags & (IO_SYNC | IO_TTY)) return write_text(ec, io, puts_line(ec, text));
  if (!write_text(ec, io, text)) return false;
  size_t len = mx_str_len(text);
  if (len > 0 && mx_str_bytes(text)[len - 1] == '\n') return true;
  return mx_io_write(ec, io, "\n", 1);
}

static bool puts_value(ExecCtx *ec, Value stream, Value v);

// The elements of an array, each on its line; "[...]" for one inside itself.
static bool puts_array(ExecCtx *ec, Value stream, Value array) {
  if (!mx_c_stack_check(ec)) return false;
  if (!mx_recursion_enter(ec, SYM_puts, array, VAL_NIL))
    return puts_value(ec, stream, mx_str_from_cstr(ec, "[...]"));
  bool ok = true;
  for (uint32_t i = 0; ok && i < mx_array_len(array); i++)
    ok = puts_value(ec, stream, mx_array_get(ec, array, i));
  mx_recursion_leave(ec, SYM_puts, array, VAL_NIL);
  return ok;
}

// Any value on its line.
static bool puts_value(ExecCtx *ec, Value stream, Value v) {
  if (!val_is_string(v)) {
    Value array = VAL_NIL;
    if (val_is_heap(v)) array = mx_check_convert(ec, v, ec->vm->cls.Array, SYM_to_ary);
    if (val_is_exc(array)) return false;
    if (!val_is_nil(array)) return puts_array(ec, stream, array);
    v = mx_to_s(ec, v);
    if (val_is_exc(v)) return false;
  }
  if (mx_io_is_plain(ec, stream)) return puts_plain(ec, stream, v);
  return !val_is_exc(mx_send1(ec, stream, SYM_write, puts_line(ec, v)));
}

// Write values, each on its line.
bool mx_io_puts(ExecCtx *ec, Value stream, int argc, const Value *argv) {
  if (argc == 0) return mx_io_emit(ec, stream, mx_str_from_cstr(ec, "\n"));
  for (int i = 0; i < argc; i++)
    if (!puts_value(ec, stream, argv[i])) return false;
  return true;
}

// Write values as texts with $, between and $\ behind them; $_ without any.
bool mx_io_print(ExecCtx *ec, Value stream, int argc, const Value *argv) {
  const IoState *state = mx_io_state(ec->vm);
  Value line = VAL_NIL;
  if (argc == 0) {
    line = ec->vm->up->get_last_line(ec);
    argv = &line;
    argc = 1;
  }
  for (int i = 0; i < argc; i++) {
    if (i > 0 && !val_is_nil(state->ofs) && !mx_io_emit(ec, stream, state->ofs)) return false;
    Value text = mx_to_s(ec, argv[i]);
    if (val_is_exc(text) || !mx_io_emit(ec, stream, text)) return false;
  }
  return val_is_nil(state->ors) || mx_io_emit(ec, stream, state->ors);
}

// ---- methods

// IO#write
Value mx_io_m_write(ExecCtx *ec, Value self, int argc, const Value *argv) {
  int64_t total = 0;
  for (int i = 0; i < argc; i++) {
    Value text = mx_to_s(ec, argv[i]);
    if (val_is_exc(text)) return text;
    IoObj *io = write_target(ec, self);
    if (!io || !write_text(ec, io, text)) return VAL_EXC;
    total += (int64_t)mx_str_len(text);
  }
  if (argc == 0 && !write_target(ec, self)) return VAL_EXC;
  return mx_int_from_i64(ec, total);
}

// IO#<<
Value mx_io_m_append(ExecCtx *ec, Value self, Value a) {
  Value text = mx_to_s(ec, a);
  return val_is_exc(text) || !mx_io_emit(ec, self, text) ? VAL_EXC : self;
}

// IO#puts
Value mx_io_m_puts(ExecCtx *ec, Value self, int argc, const Value *argv) {
  return mx_io_puts(ec, self, argc, argv) ? VAL_NIL : VAL_EXC;
}

// IO#print
Value mx_io_m_print(ExecCtx *ec, Value self, int argc, const Value *argv) {
  return mx_io_print(ec, self, argc, argv) ? VAL_NIL : VAL_EXC;
}

// IO#printf
Value mx_io_m_printf(ExecCtx *ec, Value self, int argc, const Value *argv) {
  if (argc == 0) return VAL_NIL;
  Value text = mx_format(ec, argv[0], argc - 1, argv + 1);
  return val_is_exc(text) || !mx_io_emit(ec, self, text) ? VAL_EXC : VAL_NIL;
}

// The text that putc writes: the first character, or the byte of a number.
static Value putc_text(ExecCtx *ec, Value v) {
  if (val_is_string(v)) {
    size_t len = mx_str_len(v) ? mx_str_char_len(v, 0) : 0;
    return mx_str_slice(ec, v, 0, len);
  }
  int64_t code;
  if (!mx_to_int64(ec, v, &code)) return VAL_EXC;
  return mx_str_new(ec, (char[]){(char)code}, 1, ENC_BINARY);
}

// IO#putc
Value mx_io_m_putc(ExecCtx *ec, Value self, Value a) {
  Value text = putc_text(ec, a);
  return val_is_exc(text) || !mx_io_emit(ec, self, text) ? VAL_EXC : a;
}

// IO#flush
Value mx_io_m_flush(ExecCtx *ec, Value self) {
  IoObj *io = mx_io_get(ec, self);
  return !io || !mx_io_flush(ec, io) ? VAL_EXC : self;
}

// Flush, then have the system write the file to its device.
static Value write_synchronize(ExecCtx *ec, Value self, int (*synchronize)(int fd)) {
  IoObj *io = mx_io_get(ec, self);
  if (!io || !mx_io_flush(ec, io)) return VAL_EXC;
  if (synchronize(io->fd) < 0) return mx_io_raise(ec, NULL, mx_io_name(ec, io));
  return val_from_fixnum(0);
}

// IO#fsync
Value mx_io_m_fsync(ExecCtx *ec, Value self) { return write_synchronize(ec, self, fsync); }

// IO#fdatasync
Value mx_io_m_fdatasync(ExecCtx *ec, Value self) { return write_synchronize(ec, self, fdatasync); }

// IO#sync
Value mx_io_m_sync(ExecCtx *ec, Value self) {
  const IoObj *io = mx_io_get(ec, self);
  return io ? val_bool(io->flags & IO_SYNC) : VAL_EXC;
}

// IO#sync=
Value mx_io_m_set_sync(ExecCtx *ec, Value self, Value a) {
  IoObj *io = mx_io_get(ec, self);
  if (!io || !mx_io_flush(ec, io)) return VAL_EXC;
  io->flags = val_truthy(a) ? io->flags | IO_SYNC : io->flags & ~(uint32_t)IO_SYNC;
  return a;
}

// IO#syswrite
Value mx_io_m_syswrite(ExecCtx *ec, Value self, Value a) {
  Value text = mx_to_s(ec, a);
  if (val_is_exc(text)) return text;
  IoObj *io = mx_io_writable(ec, self);
  if (!io) return VAL_EXC;
  if (io->out.end > 0) {
    mx_warn(ec, "syswrite for buffered IO");
    if (!mx_io_flush(ec, io)) return VAL_EXC;
  }
  ssize_t wrote;
  while ((wrote = write(io->fd, mx_str_bytes(text), mx_str_len(text))) < 0 && errno == EINTR)
    if (!mx_io_interrupted(ec)) return VAL_EXC;
  return wrote < 0 ? mx_io_raise(ec, NULL, mx_io_name(ec, io)) : val_from_fixnum(wrote);
}

// Raise IO::EAGAINWaitWritable, or answer :wait_writable when told not to raise.
static Value write_would_block(ExecCtx *ec, Value options) {
  Value exception = mx_io_option(ec, options, "exception");
  if (exception == VAL_FALSE) return val_from_sym(mx_sym(ec->vm, "wait_writable"));
  Value io = val_from_ptr(ec->vm->cls.IO);
  return mx_send0(ec, io, mx_sym(ec->vm, "__raise_wait_writable"));
}

// IO#write_nonblock
Value mx_io_m_write_nonblock(ExecCtx *ec, Value self, Value a, Value b) {
  Value text = mx_to_s(ec, a);
  if (val_is_exc(text)) return text;
  IoObj *io = mx_io_writable(ec, self);
  if (!io || !mx_io_flush(ec, io)) return VAL_EXC;
  int flags = fcntl(io->fd, F_GETFL);
  fcntl(io->fd, F_SETFL, flags | O_NONBLOCK);
  ssize_t wrote = write(io->fd, mx_str_bytes(text), mx_str_len(text));
  if (wrote >= 0) return val_from_fixnum(wrote);
  if (errno == EAGAIN) return write_would_block(ec, b);
  return mx_io_raise(ec, NULL, mx_io_name(ec, io));
}

// IO#pwrite
Value mx_io_m_pwrite(ExecCtx *ec, Value self, Value a, Value b) {
  Value text = mx_to_s(ec, a);
  int64_t at;
  if (val_is_exc(text) || !mx_to_int64(ec, b, &at)) return VAL_EXC;
  IoObj *io = mx_io_writable(ec, self);
  if (!io || !mx_io_flush(ec, io)) return VAL_EXC;
  ssize_t wrote = pwrite(io->fd, mx_str_bytes(text), mx_str_len(text), at);
  return wrote < 0 ? mx_io_raise(ec, NULL, mx_io_name(ec, io)) : val_from_fixnum(wrote);
}
