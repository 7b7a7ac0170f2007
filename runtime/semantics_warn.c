// SPDX-License-Identifier: MIT
// Warnings of the runtime: "file:line: warning: text", handed to Warning.warn.
#include "runtime/array.h"
#include "runtime/semantics.h"
#include "runtime/string.h"

// Add "file:line: " of the innermost guest frame, if there is one.
static void warn_place(ExecCtx *ec, StrBuf *buf) {
  void *captured = ec->vm->up->capture_backtrace(ec);
  Value lines = captured ? ec->vm->up->render_backtrace(ec, captured, 1) : VAL_NIL;
  if (!val_is_array(lines) || mx_array_len(lines) == 0) return;
  Value line = mx_array_get(ec, lines, 0);
  const char *text = mx_str_bytes(line);
  const char *end = strstr(text, ":in ");
  mx_strbuf_add(buf, text, end ? (size_t)(end - text) : mx_str_len(line));
  mx_strbuf_add_str(buf, ": ");
}

// Hand a warning, of which buf has the place, to Warning.warn; what that raises is dropped.
static void warn_emit(ExecCtx *ec, StrBuf buf, const char *fmt, va_list args) {
  mx_strbuf_add_str(&buf, "warning: ");
  mx_strbuf_vprintf(&buf, fmt, args);
  mx_strbuf_add_byte(&buf, '\n');
  UnwindState pending = mx_unwind_save(ec);
  Value text = mx_str_from_buf(ec, &buf);
  Value done = mx_send1(ec, val_from_ptr(ec->vm->cls.Warning), mx_sym(ec->vm, "warn"), text);
  if (val_is_exc(done)) (void)mx_exc_take(ec);
  mx_unwind_restore(ec, pending);
}

// Warn unless $VERBOSE is nil.
void mx_warn(ExecCtx *ec, const char *fmt, ...) {
  if (ec->vm->options.verbose < 0) return;
  StrBuf buf = STRBUF_INIT;
  warn_place(ec, &buf);
  va_list args;
  va_start(args, fmt);
  warn_emit(ec, buf, fmt, args);
  va_end(args);
}

// Warn if $VERBOSE is true.
void mx_warn_verbose(ExecCtx *ec, const char *fmt, ...) {
  if (ec->vm->options.verbose < 1) return;
  StrBuf buf = STRBUF_INIT;
  warn_place(ec, &buf);
  va_list args;
  va_start(args, fmt);
  warn_emit(ec, buf, fmt, args);
  va_end(args);
}

// Warn about a place, unless $VERBOSE is nil.
void mx_warn_at(ExecCtx *ec, const char *file, uint32_t line, const char *fmt, ...) {
  if (ec->vm->options.verbose < 0) return;
  StrBuf buf = STRBUF_INIT;
  mx_strbuf_printf(&buf, "%s:%u: ", file, line);
  va_list args;
  va_start(args, fmt);
  warn_emit(ec, buf, fmt, args);
  va_end(args);
}
