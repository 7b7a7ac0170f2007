// SPDX-License-Identifier: MIT
// Leaves of IO that read: lines, bytes, characters, parts.
#include "runtime/array.h"
#include "runtime/hash.h"
#include "runtime/integer.h"
#include "runtime/io.h"
#include "runtime/semantics.h"
#include "runtime/string.h"
#include "runtime/builtins/rows.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

// Raise EOFError.
static Value read_raise_eof(ExecCtx *ec) {
  return mx_raise(ec, ec->vm->cls.EOFError, "end of file reached");
}

// ---- lines

// Next line by the arguments of gets; does not set $_.
static Value read_line(ExecCtx *ec, Value self, int argc, const Value *argv) {
  IoLine line;
  if (argc > 3) return mx_raise_arity(ec, argc, 0, 2);
  if (!mx_io_line_args(ec, argc, argv, &line)) return VAL_EXC;
  IoObj *io = mx_io_readable(ec, self);
  return io ? mx_io_gets(ec, io, &line) : VAL_EXC;
}

// Primitive.io_gets(stream, args, options): next line, $_ left alone
Value mx_io_p_gets(ExecCtx *ec, Value self, Value a, Value b, Value c) {
  Value argv[4];
  int argc = (int)mx_array_len(b);
  if (argc > 2) return mx_raise_arity(ec, argc, 0, 2);
  mx_array_copy_out(ec, b, argv);
  if (mx_hash_count(c) > 0) argv[argc++] = c;
  return read_line(ec, a, argc, argv);
}

// IO#gets
Value mx_io_m_gets(ExecCtx *ec, Value self, int argc, const Value *argv) {
  Value line = read_line(ec, self, argc, argv);
  if (!val_is_exc(line)) ec->vm->up->set_last_line(ec, line, 0);
  return line;
}

// IO#readline
Value mx_io_m_readline(ExecCtx *ec, Value self, int argc, const Value *argv) {
  Value line = mx_io_m_gets(ec, self, argc, argv);
  return val_is_nil(line) ? read_raise_eof(ec) : line;
}

// IO#readlines
Value mx_io_m_readlines(ExecCtx *ec, Value self, int argc, const Value *argv) {
  IoLine line;
  IoObj *io = mx_io_readable(ec, self);
  if (!io || !mx_io_line_args(ec, argc, argv, &line)) return VAL_EXC;
  if (line.limit == 0) return mx_raise_arg(ec, "invalid limit: 0 for readlines");
  Value lines = mx_array_new(ec, 16);
  for (;;) {
    Value text = mx_io_gets(ec, io, &line);
    if (val_is_exc(text)) return text;
    if (val_is_nil(text)) return lines;
    mx_array_push(ec, lines, text);
  }
}

// ---- parts

// The length argument of a read; false + ArgumentError when it is negative.
static bool read_length(ExecCtx *ec, Value v, size_t *out) {
  int64_t len;
  if (!mx_to_int64(ec, v, &len)) return false;
  if (len < 0)
    (void)mx_raise_arg(ec, "negative length %ld given", (long)len);
  else if ((uint64_t)len > STR_MAX_LEN)
    (void)mx_raise_arg(ec, "length %ld too big", (long)len);
  else
    *out = (size_t)len;
  return len >= 0 && (uint64_t)len <= STR_MAX_LEN;
}

// The String to read into: the one given, or a new one. VAL_EXC when it is frozen.
static Value read_buffer(ExecCtx *ec, Value given) {
  if (val_is_undef(given) || val_is_nil(given)) return mx_str_new(ec, "", 0, ENC_BINARY);
  Value str = mx_to_str(ec, given);
  return val_is_exc(str) || !mx_str_modify(ec, str) ? VAL_EXC : str;
}

// Put what was read into the String that the program gave, keeping its encoding.
static Value read_deliver(ExecCtx *ec, Value given, Value got) {
  if (val_is_undef(given) || val_is_nil(given) || val_is_hash(given)) return got;
  EncIndex enc = mx_str_enc(given);
  mx_str_become(ec, given, got);
  if (enc != ENC_BINARY) mx_str_set_enc(given, enc);
  return given;
}

// IO#read
Value mx_io_m_read(ExecCtx *ec, Value self, Value a, Value b) {
  Value given = read_buffer(ec, b);
  IoObj *io = mx_io_readable(ec, self);
  size_t len;
  if (val_is_exc(given) || !io) return VAL_EXC;
  if (val_is_undef(a) || val_is_nil(a)) {
    Value all = mx_io_read_all(ec, io);
    if (val_is_exc(all) || val_is_undef(b) || val_is_nil(b)) return all;
    mx_str_become(ec, given, all);
    return given;
  }
  if (!read_length(ec, a, &len)) return VAL_EXC;
  Value got = mx_str_new(ec, "", 0, ENC_BINARY);
  if (mx_io_read_into(ec, io, got, len) < 0) return VAL_EXC;
  Value result = read_deliver(ec, b, got);
  return len > 0 && mx_str_len(got) == 0 ? VAL_NIL : result;
}

// Bytes that are there, up to `len`; waits only when there are none. nil at the end of file.
static Value read_part(ExecCtx *ec, IoObj *io, size_t len) {
  Value got = mx_str_new(ec, "", 0, ENC_BINARY);
  if (len == 0) return got;
  int more = mx_io_fill(ec, io);
  if (more <= 0) return more < 0 ? VAL_EXC : VAL_NIL;
  size_t ahead = mx_io_ahead(io);
  if (mx_io_read_into(ec, io, got, ahead < len ? ahead : len) < 0) return VAL_EXC;
  return got;
}

// IO#readpartial
Value mx_io_m_readpartial(ExecCtx *ec, Value self, Value a, Value b) {
  size_t len;
  IoObj *io = mx_io_readable(ec, self);
  if (!io || !read_length(ec, a, &len) || val_is_exc(read_buffer(ec, b))) return VAL_EXC;
  Value got = read_part(ec, io, len);
  if (val_is_exc(got)) return got;
  if (!val_is_nil(got)) return read_deliver(ec, b, got);
  (void)read_deliver(ec, b, mx_str_new(ec, "", 0, ENC_BINARY));
  return read_raise_eof(ec);
}

// Raise IO::EAGAINWaitReadable, or answer :wait_readable when told not to raise.
static Value read_would_block(ExecCtx *ec, bool raises) {
  if (!raises) return val_from_sym(mx_sym(ec->vm, "wait_readable"));
  Value io = val_from_ptr(ec->vm->cls.IO);
  return mx_send0(ec, io, mx_sym(ec->vm, "__raise_wait_readable"));
}

// IO#read_nonblock(length, buffer = nil, exception: true)
Value mx_io_m_read_nonblock(ExecCtx *ec, Value self, Value a, Value b, Value c) {
  size_t len;
  IoObj *io = mx_io_readable(ec, self);
  Value options = val_is_undef(c) ? b : c;
  if (!io || !read_length(ec, a, &len)) return VAL_EXC;
  bool raises = mx_io_option(ec, options, "exception") != VAL_FALSE;
  if (mx_io_ahead(io) == 0) {
    fcntl(io->fd, F_SETFL, fcntl(io->fd, F_GETFL) | O_NONBLOCK);
    char byte;
    ssize_t got = read(io->fd, &byte, 1);
    if (got < 0 && errno == EAGAIN) return read_would_block(ec, raises);
    if (got < 0) return mx_io_raise(ec, NULL, mx_io_name(ec, io));
    if (got == 0) return raises ? read_raise_eof(ec) : VAL_NIL;
    mx_io_push_back(io, &byte, 1);
    char more[IO_BUFFER_SIZE];
    got = len > 1 ? read(io->fd, more, len - 1 < sizeof more ? len - 1 : sizeof more) : 0;
    if (got > 0) {
      io->in.start++;
      mx_io_push_back(io, more, (size_t)got);
      mx_io_push_back(io, &byte, 1);
    }
  }
  Value got = read_part(ec, io, len);
  return val_is_exc(got) ? got : read_deliver(ec, b, got);
}

// IO#sysread
Value mx_io_m_sysread(ExecCtx *ec, Value self, Value a, Value b) {
  size_t len;
  IoObj *io = mx_io_readable(ec, self);
  if (!io || !read_length(ec, a, &len) || val_is_exc(read_buffer(ec, b))) return VAL_EXC;
  if (mx_io_ahead(io) > 0) return mx_raise(ec, ec->vm->cls.IOError, "sysread for buffered IO");
  Value got = mx_str_of_size(ec, len, ENC_BINARY);
  if (val_is_exc(got)) return got;
  ssize_t count;
  while ((count = read(io->fd, mx_str_bytes(got), len)) < 0 && errno == EINTR)
    if (!mx_io_interrupted(ec)) return VAL_EXC;
  if (count < 0) return mx_io_raise(ec, NULL, mx_io_name(ec, io));
  mx_str_resize(ec, got, (size_t)count);
  if (count == 0 && len > 0) return read_raise_eof(ec);
  return read_deliver(ec, b, got);
}

// IO#pread
Value mx_io_m_pread(ExecCtx *ec, Value self, Value a, Value b, Value c) {
  size_t len;
  int64_t at;
  IoObj *io = mx_io_readable(ec, self);
  if (!io || !read_length(ec, a, &len) || !mx_to_int64(ec, b, &at)) return VAL_EXC;
  if (val_is_exc(read_buffer(ec, c))) return VAL_EXC;
  Value got = mx_str_of_size(ec, len, ENC_BINARY);
  if (val_is_exc(got)) return got;
  ssize_t count = pread(io->fd, mx_str_bytes(got), len, at);
  if (count < 0) return mx_io_raise(ec, NULL, mx_io_name(ec, io));
  mx_str_resize(ec, got, (size_t)count);
  return count == 0 && len > 0 ? read_raise_eof(ec) : read_deliver(ec, c, got);
}

// ---- characters and bytes

// IO#getc
Value mx_io_m_getc(ExecCtx *ec, Value self) {
  IoObj *io = mx_io_readable(ec, self);
  if (!io) return VAL_EXC;
  int more = mx_io_fill(ec, io);
  EncIndex enc = mx_io_external(ec, io);
  while (more > 0 && mx_enc_char_len(enc, mx_io_at(io), mx_io_at(io) + mx_io_ahead(io)) == 0 &&
         mx_enc_is_prefix(enc, mx_io_at(io), mx_io_at(io) + mx_io_ahead(io)))
    more = mx_io_fill_more(ec, io);
  if (more < 0) return VAL_EXC;
  if (mx_io_ahead(io) == 0) return VAL_NIL;
  size_t len = mx_enc_step(enc, mx_io_at(io), mx_io_at(io) + mx_io_ahead(io));
  Value str = mx_str_new(ec, mx_io_at(io), len, enc);
  io->in.start += len;
  return mx_io_decode(ec, io, str);
}

// IO#readchar
Value mx_io_m_readchar(ExecCtx *ec, Value self) {
  Value character = mx_io_m_getc(ec, self);
  return val_is_nil(character) ? read_raise_eof(ec) : character;
}

// IO#getbyte
Value mx_io_m_getbyte(ExecCtx *ec, Value self) {
  IoObj *io = mx_io_readable(ec, self);
  if (!io) return VAL_EXC;
  int more = mx_io_fill(ec, io);
  if (more <= 0) return more < 0 ? VAL_EXC : VAL_NIL;
  return val_from_fixnum((unsigned char)io->in.at[io->in.start++]);
}

// IO#readbyte
Value mx_io_m_readbyte(ExecCtx *ec, Value self) {
  Value byte = mx_io_m_getbyte(ec, self);
  return val_is_nil(byte) ? read_raise_eof(ec) : byte;
}

// IO#ungetc
Value mx_io_m_ungetc(ExecCtx *ec, Value self, Value a) {
  IoObj *io = mx_io_readable(ec, self);
  if (!io) return VAL_EXC;
  if (val_is_nil(a)) return VAL_NIL;
  if (val_is_integer(a)) {
    char text[8];
    int64_t code;
    if (!mx_to_int64(ec, a, &code)) return VAL_EXC;
    size_t len = mx_enc_put(mx_io_external(ec, io), (uint32_t)code, text);
    if (len == 0) return mx_raise_range(ec, "%ld out of char range", (long)code);
    mx_io_push_back(io, text, len);
    return VAL_NIL;
  }
  Value text = mx_to_str(ec, a);
  if (val_is_exc(text)) return text;
  mx_io_push_back(io, mx_str_bytes(text), mx_str_len(text));
  return VAL_NIL;
}

// IO#ungetbyte
Value mx_io_m_ungetbyte(ExecCtx *ec, Value self, Value a) {
  IoObj *io = mx_io_readable(ec, self);
  if (!io) return VAL_EXC;
  if (val_is_nil(a)) return VAL_NIL;
  if (!val_is_integer(a)) return mx_io_m_ungetc(ec, self, a);
  uint64_t byte;
  if (!mx_int_to_u64_wrap(a, &byte)) return VAL_NIL;
  mx_io_push_back(io, (char[]){(char)byte}, 1);
  return VAL_NIL;
}

// IO#eof?
Value mx_io_m_is_eof(ExecCtx *ec, Value self) {
  IoObj *io = mx_io_readable(ec, self);
  if (!io) return VAL_EXC;
  int more = mx_io_fill(ec, io);
  return more < 0 ? VAL_EXC : val_bool(more == 0);
}
