// SPDX-License-Identifier: MIT
// Streams: a descriptor with a buffer to read ahead and one to collect what is written.
//
//   in   [ read already | start .. end: not yet read by the program | room ]
//   out  [ 0 .. end: not yet written to the descriptor              | room ]
// A stream is never reading ahead and holding writes at once: a read flushes first, a write first
// moves the descriptor back over what was read ahead.
//
// INVARIANT: every open stream is in the VM's list, so that all are flushed at exit. Links are
// hidden from the collector (complemented), so that the list keeps no stream alive; a stream's
// finalizer flushes, closes and unlinks it.
// Texts without an encoding of their own have the default external one; what read(n) gives is
// BINARY.
#ifndef MX_RUNTIME_IO_H
#define MX_RUNTIME_IO_H

#include "runtime/encoding.h"
#include "runtime/vm.h"

enum {
  IO_READABLE = 1 << 0,
  IO_WRITABLE = 1 << 1,
  IO_APPEND = 1 << 2,
  IO_SYNC = 1 << 3,      // nothing is held back
  IO_TTY = 1 << 4,       // written out after each call
  IO_BINARY = 1 << 5,    // binmode
  IO_AUTOCLOSE = 1 << 6, // the descriptor is closed with the stream
  IO_STANDARD = 1 << 7,  // one of the three standard streams: never closed by the collector
  IO_CRLF = 1 << 8,      // universal newlines when reading
};

enum { IO_BUFFER_SIZE = 16384 }; // bytes, of both buffers

typedef struct IoBuffer {
  char *at;     // pointer-free collected memory, NULL before the first use
  size_t start; // first byte in use
  size_t end;   // one past the last byte in use
  size_t room;  // bytes allocated
} IoBuffer;

typedef struct IoState IoState;

typedef struct IoObj {
  int fd;            // descriptor, -1 when closed
  int write_fd;      // popen "r+": descriptor to write to, else -1
  uint32_t flags;    // IO_*
  bool opened;       // initialize ran
  int pid;           // process at the other end (popen), 0 for none
  EncIndex external; // ENC_NONE: the default
  EncIndex internal; // ENC_NONE: texts are not converted
  IoBuffer in;       // read ahead
  IoBuffer out;      // held back
  int64_t lineno;    // lines read by gets and its kin
  Value path;        // String, or nil
  Value tied;        // stream whose write side this one is (popen, sockets), or nil
  Value status;      // Process::Status of a closed popen, or nil
  IoState *state;    // whose list it is in, NULL when in none
  uintptr_t next;    // complemented IoObj *, 0 at the end
  uintptr_t prev;    // likewise
} IoObj;

// IO of one VM; kept in vm->io.
struct IoState {
  Value in, out, err;             // STDIN, STDOUT, STDERR
  Value var_in, var_out, var_err; // $stdin, $stdout, $stderr
  Value rs, ors, ofs, fs;         // $/ $\ $, $;
  Value default_rs;               // the "\n" that $/ is at first
  Value in_place;                 // $-i: extension, or nil
  Value argf;                     // ARGF
  Value status;                   // $?
  Value loading;                  // Array of paths of the files being required, or nil
  int64_t lineno;                 // $.
  uintptr_t open;                 // complemented head of the list of open streams
};

static inline IoState *mx_io_state(const VM *vm) { return vm->io; }

// How to open: what a mode like "w+b:utf-8" and keywords say.
typedef struct IoMode {
  int oflags;        // O_*
  uint32_t flags;    // IO_*
  EncIndex external; // ENC_NONE when not given
  EncIndex internal;
  bool bom;          // skip a byte order mark
  bool has_mode;     // a mode was given
  bool has_encoding; // an encoding was given
} IoMode;

// ---- io.c: streams as objects
MX_FUNC void mx_io_boot(ExecCtx *ec);
// A new stream of a class over a descriptor.
MX_FUNC Value mx_io_new(ExecCtx *ec, ClassObj *klass, int fd, uint32_t flags);
// Make an allocated stream one over a descriptor.
MX_FUNC void mx_io_attach(ExecCtx *ec, IoObj *io, int fd, const IoMode *mode);
// The payload of a stream that is open; NULL + IOError or TypeError.
MX_FUNC MX_MUST_CHECK IoObj *mx_io_get(ExecCtx *ec, Value v);
// The payload of a stream whatever its state, NULL when v is none.
MX_FUNC IoObj *mx_io_peek(Value v);
MX_FUNC MX_MUST_CHECK IoObj *mx_io_readable(ExecCtx *ec, Value v); // also flushes what is held back
MX_FUNC MX_MUST_CHECK IoObj *mx_io_writable(ExecCtx *ec, Value v);
// The stream that a value stands for (itself, or by to_io).
MX_FUNC MX_MUST_CHECK Value mx_io_convert(ExecCtx *ec, Value v);
MX_FUNC MX_MUST_CHECK bool mx_io_close(ExecCtx *ec, IoObj *io);
MX_FUNC MX_MUST_CHECK bool mx_io_close_write(ExecCtx *ec, IoObj *io);
// Flush every open stream; errors are dropped. For exit and before fork.
MX_FUNC void mx_io_flush_all(VM *vm);
// Flush standard output and standard error.
MX_FUNC void mx_io_flush_standard(VM *vm);
// Name of a stream for messages: its path or "fd 5".
MX_FUNC Value mx_io_name(ExecCtx *ec, const IoObj *io);
// Raise the Errno of the current errno: "text @ function - detail".
MX_FUNC Value mx_io_raise(ExecCtx *ec, const char *function, Value detail);
// After a system call that was interrupted: answer signals; false when that raised.
MX_FUNC MX_MUST_CHECK bool mx_io_interrupted(ExecCtx *ec);
// Do other threads want to run, so that a read must not block?
MX_FUNC bool mx_io_has_threads(const VM *vm);
// Block until a descriptor is ready (POLLIN, POLLOUT); ms -1 for ever. 1, 0 in time-out, -1 raised.
MX_FUNC int mx_io_wait(ExecCtx *ec, int fd, int events, int ms);

// ---- io_buffer.c: bytes
MX_FUNC MX_MUST_CHECK bool mx_io_write(ExecCtx *ec, IoObj *io, const char *bytes, size_t len);
MX_FUNC MX_MUST_CHECK bool mx_io_flush(ExecCtx *ec, IoObj *io);
// Write out with no context; false and errno on failure. For finalizers and exit.
MX_FUNC bool mx_io_flush_raw(IoObj *io);
// Read ahead once when the buffer is empty: 1 there are bytes, 0 end of file, -1 raised.
MX_FUNC int mx_io_fill(ExecCtx *ec, IoObj *io);
// Read more behind what is in the buffer: likewise.
MX_FUNC int mx_io_fill_more(ExecCtx *ec, IoObj *io);
// Forget what was read ahead, moving the descriptor back.
MX_FUNC void mx_io_unread(IoObj *io);
// Put bytes in front of what will be read next.
MX_FUNC void mx_io_push_back(IoObj *io, const char *bytes, size_t len);
// Append up to `len` bytes to a String: -1 raised, else 0; stops at the end of file.
MX_FUNC int mx_io_read_into(ExecCtx *ec, IoObj *io, Value str, size_t len);
static inline size_t mx_io_ahead(const IoObj *io) { return io->in.end - io->in.start; }
static inline const char *mx_io_at(const IoObj *io) { return io->in.at + io->in.start; }

// ---- io_line.c: texts
typedef struct IoLine {
  Value separator; // String, or nil for none
  int64_t limit;   // bytes, -1 for none
  bool chomp;      // leave out the separator
} IoLine;
// Read (separator = $/, limit = nil, chomp: false) from arguments.
MX_FUNC MX_MUST_CHECK bool mx_io_line_args(ExecCtx *ec, int argc, const Value *argv, IoLine *out);
// Next line as a String, nil at the end; counts lineno and sets $. .
MX_FUNC MX_MUST_CHECK Value mx_io_gets(ExecCtx *ec, IoObj *io, const IoLine *line);
// Give a text that was read its encoding: external, converted to internal.
MX_FUNC MX_MUST_CHECK Value mx_io_decode(ExecCtx *ec, const IoObj *io, Value str);
// Everything that is left, as a text.
MX_FUNC MX_MUST_CHECK Value mx_io_read_all(ExecCtx *ec, IoObj *io);
MX_FUNC EncIndex mx_io_external(ExecCtx *ec, const IoObj *io);

// ---- io_mode.c
// Take the Hash of keywords off the end of arguments; nil when there is none.
MX_FUNC Value mx_io_take_options(int *argc, const Value *argv);
MX_FUNC Value mx_io_option(ExecCtx *ec, Value options, const char *name); // VAL_UNDEF when absent
// Mode (String, Integer or nil) and keywords.
MX_FUNC MX_MUST_CHECK bool mx_io_parse_mode(ExecCtx *ec, Value mode, Value options, IoMode *out);
MX_FUNC MX_MUST_CHECK bool mx_io_parse_encoding(ExecCtx *ec, const char *text, IoMode *out);

// ---- io_globals.c
MX_FUNC void mx_io_boot_globals(ExecCtx *ec);

// ---- file_constants.c
MX_FUNC void mx_file_boot_constants(ExecCtx *ec);

// ---- builtins/io_methods.c: what Kernel shares
// Write a text to a stream, through its `write` when it is not a plain one.
MX_FUNC MX_MUST_CHECK bool mx_io_emit(ExecCtx *ec, Value stream, Value text);
MX_FUNC MX_MUST_CHECK bool mx_io_puts(ExecCtx *ec, Value stream, int argc, const Value *argv);
MX_FUNC MX_MUST_CHECK bool mx_io_print(ExecCtx *ec, Value stream, int argc, const Value *argv);
// open(2) with close-on-exec, answering signals; -1 + exception.
MX_FUNC int mx_io_sysopen(ExecCtx *ec, Value path, int oflags, int perm);
// Is v a stream whose `write` is the built-in one?
MX_FUNC bool mx_io_is_plain(ExecCtx *ec, Value v);

#endif
