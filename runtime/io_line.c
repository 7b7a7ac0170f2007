// SPDX-License-Identifier: MIT
// Texts of streams: lines by separator and limit, whole files, encodings.
#include "runtime/integer.h"
#include "runtime/io.h"
#include "runtime/semantics.h"
#include "runtime/string.h"

// ---- encodings

// Encoding that texts read from the stream have.
EncIndex mx_io_external(ExecCtx *ec, const IoObj *io) {
  if (io->external != ENC_NONE) return io->external;
  return io->flags & IO_BINARY ? ENC_BINARY : mx_enc_default_external(ec->vm);
}

// Replace "\r\n" and "\r" by "\n" in place.
static void line_unify(ExecCtx *ec, Value str) {
  char *bytes = mx_str_bytes(str);
  size_t len = mx_str_len(str), to = 0;
  if (!memchr(bytes, '\r', len)) return;
  for (size_t from = 0; from < len; from++) {
    if (bytes[from] == '\r' && from + 1 < len && bytes[from + 1] == '\n') continue;
    bytes[to++] = bytes[from] == '\r' ? '\n' : bytes[from];
  }
  mx_str_resize(ec, str, to);
}

// Give a text that was read its encoding.
Value mx_io_decode(ExecCtx *ec, const IoObj *io, Value str) {
  if (io->flags & IO_CRLF) line_unify(ec, str);
  mx_str_set_enc(str, mx_io_external(ec, io));
  EncIndex internal = io->internal;
  if (internal == ENC_NONE && io->external == ENC_NONE && !(io->flags & IO_BINARY))
    internal = mx_enc_default_internal(ec->vm);
  if (internal == ENC_NONE || internal == mx_str_enc(str)) return str;
  return mx_send1(ec, str, mx_sym(ec->vm, "encode"), mx_enc_object(ec, internal));
}

// Everything that is left, as a text.
Value mx_io_read_all(ExecCtx *ec, IoObj *io) {
  Value str = mx_str_new(ec, "", 0, ENC_BINARY);
  if (mx_io_read_into(ec, io, str, SIZE_MAX) < 0) return VAL_EXC;
  return mx_io_decode(ec, io, str);
}

// ---- arguments

// Take `chomp:` from keywords.
static bool line_take_chomp(ExecCtx *ec, Value options, IoLine *out) {
  Value chomp = mx_io_option(ec, options, "chomp");
  out->chomp = !val_is_undef(chomp) && val_truthy(chomp);
  return true;
}

// Take a limit: nil for none.
static bool line_take_limit(ExecCtx *ec, Value v, IoLine *out) {
  if (val_is_nil(v)) return true;
  if (!mx_to_int64(ec, v, &out->limit)) return false;
  if (out->limit < 0) out->limit = -1;
  return true;
}

// Read (separator = $/, limit = nil, chomp: false) from arguments.
bool mx_io_line_args(ExecCtx *ec, int argc, const Value *argv, IoLine *out) {
  *out = (IoLine){.separator = mx_io_state(ec->vm)->rs, .limit = -1};
  Value options = mx_io_take_options(&argc, argv);
  if (!line_take_chomp(ec, options, out)) return false;
  if (argc == 0) return true;
  if (argc == 1 && !val_is_nil(argv[0]) && !val_is_string(argv[0])) {
    Value text = mx_check_convert(ec, argv[0], ec->vm->cls.String, SYM_to_str);
    if (val_is_exc(text)) return false;
    if (val_is_nil(text)) return line_take_limit(ec, argv[0], out);
    out->separator = text;
    return true;
  }
  out->separator = val_is_nil(argv[0]) ? VAL_NIL : mx_to_str(ec, argv[0]);
  if (val_is_exc(out->separator)) return false;
  return argc < 2 || line_take_limit(ec, argv[1], out);
}

// ---- lines

// Where the text up to and with the separator ends in what was read ahead, from `from` on; 0 when
// the separator is not there.
static size_t line_find_end(const IoObj *io, size_t from, const char *separator, size_t len) {
  const char *at = mx_io_at(io);
  size_t ahead = mx_io_ahead(io);
  if (len == 1) {
    const char *found = memchr(at + from, separator[0], ahead - from);
    return found ? (size_t)(found - at) + 1 : 0;
  }
  from = from >= len - 1 ? from - (len - 1) : 0;
  const char *found = memmem(at + from, ahead - from, separator, len);
  return found ? (size_t)(found - at) + len : 0;
}

// Move a cut at `limit` bytes behind the character that it would split.
static size_t line_whole_chars(ExecCtx *ec, IoObj *io, size_t limit) {
  EncIndex enc = mx_io_external(ec, io);
  size_t at = 0;
  while (at < limit) {
    if (mx_io_ahead(io) < limit + 8) (void)mx_io_fill_more(ec, io);
    at += mx_enc_step(enc, mx_io_at(io) + at, mx_io_at(io) + mx_io_ahead(io));
  }
  return at < mx_io_ahead(io) ? at : mx_io_ahead(io);
}

// Bytes of the next line, reading as much as it takes; 0 at the end of file. false: raised.
static bool line_measure(ExecCtx *ec, IoObj *io, const IoLine *line, Value separator, size_t *out) {
  size_t searched = 0;
  for (;;) {
    size_t ahead = mx_io_ahead(io);
    size_t end = 0;
    if (ahead > searched && !val_is_nil(separator))
      end = line_find_end(io, searched, mx_str_bytes(separator), mx_str_len(separator));
    size_t limit = line->limit < 0 ? SIZE_MAX : (size_t)line->limit;
    if (end == 0 && ahead >= limit) end = limit;
    if (end > 0) {
      *out = end > limit || (end == limit && limit < ahead) ? line_whole_chars(ec, io, limit) : end;
      return true;
    }
    searched = ahead;
    int more = mx_io_fill_more(ec, io);
    if (more < 0) return false;
    *out = mx_io_ahead(io);
    if (more == 0) return true;
  }
}

// Skip the empty lines in front of or behind a paragraph.
static bool line_skip_newlines(ExecCtx *ec, IoObj *io) {
  for (;;) {
    int more = mx_io_fill(ec, io);
    if (more <= 0) return more == 0;
    if (*mx_io_at(io) != '\n') return true;
    io->in.start++;
  }
}

// Length of a line without its separator; a newline also takes a "\r" before it along.
static size_t line_chomped(const char *bytes, size_t len, Value separator) {
  if (val_is_nil(separator)) return len;
  size_t tail = mx_str_len(separator);
  if (len < tail || memcmp(bytes + len - tail, mx_str_bytes(separator), tail) != 0) return len;
  len -= tail;
  if (tail == 1 && *mx_str_bytes(separator) == '\n' && len > 0 && bytes[len - 1] == '\r') len--;
  if (tail == 2 && memcmp(mx_str_bytes(separator), "\n\n", 2) == 0) return len;
  return len;
}

// Take a line of `len` bytes out of the buffer and count it.
static Value line_take(ExecCtx *ec, IoObj *io, const IoLine *line, Value separator, size_t len) {
  size_t keep = line->chomp ? line_chomped(mx_io_at(io), len, separator) : len;
  Value str = mx_str_new(ec, mx_io_at(io), keep, mx_io_external(ec, io));
  io->in.start += len;
  io->lineno++;
  mx_io_state(ec->vm)->lineno = io->lineno;
  return mx_io_decode(ec, io, str);
}

// Next line as a String, nil at the end.
Value mx_io_gets(ExecCtx *ec, IoObj *io, const IoLine *line) {
  Value separator = line->separator;
  bool paragraph = !val_is_nil(separator) && mx_str_len(separator) == 0;
  if (line->limit == 0) return mx_str_new(ec, "", 0, mx_io_external(ec, io));
  if (paragraph) {
    if (!line_skip_newlines(ec, io)) return VAL_EXC;
    separator = mx_str_from_cstr(ec, "\n\n");
  }
  size_t len = 0;
  if (!line_measure(ec, io, line, separator, &len)) return VAL_EXC;
  if (len == 0) return VAL_NIL;
  Value str = line_take(ec, io, line, separator, len);
  if (paragraph && !val_is_exc(str) && !line_skip_newlines(ec, io)) return VAL_EXC;
  return str;
}
