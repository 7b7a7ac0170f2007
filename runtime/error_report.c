// SPDX-License-Identifier: MIT
// The report of an exception: what the command prints for an uncaught one and what
// Exception#full_message answers.
//
//   FILE:LINE:in 'Class#meth': first line of the message (ClassName)
//   further lines of the message
//       from FILE:LINE:in 'Class#caller'
//   ... the same for its cause, and so on
// The text before the first backtrace line comes from detailed_message, which a program may
// override. With `reverse` the order is turned round under a heading.
#include "runtime/error_report.h"
#include "runtime/array.h"
#include "runtime/global.h"
#include "runtime/hash.h"
#include "runtime/semantics.h"
#include "runtime/string.h"
#include "runtime/upcall.h"

#include <stdio.h>
#include <unistd.h>

enum {
  REPORT_MAX_CAUSES = 64, // causes followed; more can only be a cycle that a program made
  REPORT_HEAD = 8,        // lines shown of a SystemStackError's backtrace at its beginning ...
  REPORT_TAIL = 5,        // ... and at its end
};

#define REPORT_BOLD "\033[1m"
#define REPORT_UNDERLINE "\033[1;4m"
#define REPORT_RESET "\033[m"

// A report being written.
typedef struct Report {
  ExecCtx *ec;    // context
  StrBuf out;     // what is there so far
  bool highlight; // with escapes for a terminal
  bool reverse;   // innermost call last
  Value options;  // Hash of further keywords for detailed_message, or nil
} Report;

// Append the lines behind the first, each bold by itself; empty lines stay plain.
static void decorate_tail(StrBuf *out, const char *text, size_t len, bool highlight) {
  if (len == 0) return;
  mx_strbuf_add_byte(out, '\n');
  if (!highlight) {
    mx_strbuf_add(out, text, len);
    return;
  }
  for (const char *end = text + len; text < end;) {
    size_t line = strcspn(text, "\n");
    if (line > (size_t)(end - text)) line = (size_t)(end - text);
    if (line > 0) mx_strbuf_printf(out, REPORT_BOLD "%.*s" REPORT_RESET, (int)line, text);
    text += line;
    if (text < end) mx_strbuf_add_byte(out, *text++);
  }
}

// Append " (ClassName)" behind the first line; nothing for an anonymous class.
static void decorate_class(StrBuf *out, const char *name, bool highlight) {
  if (*name == '#') return;
  if (highlight)
    mx_strbuf_printf(out, " (" REPORT_UNDERLINE "%s" REPORT_RESET REPORT_BOLD ")" REPORT_RESET,
                     name);
  else
    mx_strbuf_printf(out, " (%s)", name);
}

// Text for an exception without a message.
static Value decorate_empty(ExecCtx *ec, ClassObj *klass, const char *name, bool highlight) {
  const char *text = klass == ec->vm->cls.RuntimeError ? "unhandled exception" : name;
  if (!highlight) return mx_str_from_cstr(ec, text);
  return mx_str_printf(ec, REPORT_UNDERLINE "%s" REPORT_RESET, text);
}

// Exception#detailed_message of a message text.
Value mx_error_decorate(ExecCtx *ec, ClassObj *klass, Value message, bool highlight) {
  Value path = mx_class_path(ec, mx_class_real(klass));
  const char *name = mx_str_bytes(path);
  size_t len = mx_str_len(message);
  if (len == 0) return decorate_empty(ec, mx_class_real(klass), name, highlight);
  const char *text = mx_str_bytes(message);
  const char *newline = memchr(text, '\n', len);
  size_t first = newline ? (size_t)(newline - text) : len;
  StrBuf out = STRBUF_INIT;
  if (highlight) mx_strbuf_add_str(&out, REPORT_BOLD);
  mx_strbuf_add(&out, text, first);
  decorate_class(&out, name, highlight);
  if (newline) decorate_tail(&out, newline + 1, len - first - 1, highlight);
  Value result = mx_str_new(ec, mx_strbuf_text(&out), out.len, mx_str_enc(message));
  mx_strbuf_free(&out);
  return result;
}

// Append a snippet, each line bold when highlighted.
static Value detail_append(ExecCtx *ec, Value text, Value snippet, bool highlight) {
  StrBuf out = STRBUF_INIT;
  mx_strbuf_add(&out, mx_str_bytes(text), mx_str_len(text));
  const char *bytes = mx_str_bytes(snippet);
  size_t len = mx_str_len(snippet), blank = strspn(bytes, "\n");
  mx_strbuf_add(&out, bytes, blank - (highlight && blank > 0));
  if (highlight)
    decorate_tail(&out, bytes + blank, len - blank, true);
  else
    mx_strbuf_add(&out, bytes + blank, len - blank);
  Value result = mx_str_new(ec, mx_strbuf_text(&out), out.len, mx_str_enc(text));
  mx_strbuf_free(&out);
  return result;
}

// An exception's message with its class and the piece of source.
Value mx_error_detail(ExecCtx *ec, Value exception, Value message, bool highlight) {
  Value text = mx_error_decorate(ec, mx_class_of(ec->vm, exception), message, highlight);
  if (ec->vm->options.no_snippets || !ec->vm->up->snippet) return text;
  Value snippet = ec->vm->up->snippet(ec, exception);
  return val_is_string(snippet) ? detail_append(ec, text, snippet, highlight) : text;
}

// exception.detailed_message(highlight: ...); what is no String, or raises, is replaced.
static Value report_message(const Report *report, Value exception) {
  ExecCtx *ec = report->ec;
  bool more = val_is_hash(report->options);
  Value keywords = more ? mx_hash_dup(ec, report->options) : mx_hash_new(ec);
  mx_hash_set_sym(ec, keywords, SYM_highlight, val_bool(report->highlight));
  CallArgs args = {.argv = &keywords, .argc = 1, .flags = CALL_SAFE | CALL_KW};
  Value text = ec->vm->up->send(ec, exception, SYM_detailed_message, &args);
  if (!val_is_exc(text)) text = mx_check_convert(ec, text, ec->vm->cls.String, SYM_to_str);
  if (val_is_string(text)) return text;
  if (val_is_exc(text) && ec->unwind != UNWIND_RAISE) return text;
  if (val_is_exc(text)) mx_exc_take(ec);
  ClassObj *klass = mx_class_of(ec->vm, exception);
  Value name = mx_class_path(ec, mx_class_real(klass));
  if (!report->highlight) return name;
  return mx_str_printf(ec, REPORT_UNDERLINE "%s" REPORT_RESET, mx_str_bytes(name));
}

// Where the program is: the place of an exception that has no backtrace.
static Value report_here(ExecCtx *ec) {
  const Upcalls *up = ec->vm->up;
  if (!up->capture_backtrace) return VAL_NIL;
  Value lines = up->render_backtrace(ec, up->capture_backtrace(ec), 1);
  return val_is_array(lines) ? mx_array_get(ec, lines, 0) : VAL_NIL;
}

// Append a String's bytes.
static void report_add(Report *report, Value text) {
  mx_strbuf_add(&report->out, mx_str_bytes(text), mx_str_len(text));
}

// Append "FILE:LINE:in 'meth': message".
static void report_head(Report *report, Value backtrace, Value message) {
  Value at = val_is_array(backtrace) ? mx_array_get(report->ec, backtrace, 0) : VAL_NIL;
  if (!val_is_string(at)) at = report_here(report->ec);
  if (val_is_string(at)) {
    report_add(report, at);
    mx_strbuf_add_str(&report->out, ": ");
  }
  report_add(report, message);
  if (report->out.len == 0 || report->out.at[report->out.len - 1] != '\n')
    mx_strbuf_add_byte(&report->out, '\n');
}

// Append one line of a backtrace.
static void report_line(Report *report, Value line, uint32_t number, int width) {
  if (!val_is_string(line)) return;
  mx_strbuf_add_byte(&report->out, '\t');
  if (report->reverse) mx_strbuf_printf(&report->out, "%*u: ", width, number);
  mx_strbuf_add_str(&report->out, "from ");
  report_add(report, line);
  mx_strbuf_add_byte(&report->out, '\n');
}

// Append the backtrace behind its first line; that of an exhausted stack is cut in the middle.
static void report_backtrace(Report *report, Value exception, Value backtrace) {
  if (!val_is_array(backtrace)) return;
  ExecCtx *ec = report->ec;
  uint32_t len = mx_array_len(backtrace), skip = UINT32_MAX, skipped = 0;
  bool deep = mx_is_a(ec->vm, exception, ec->vm->cls.SystemStackError);
  if (deep && len > REPORT_HEAD + REPORT_TAIL + 5) {
    skip = REPORT_HEAD + 1;
    skipped = len - REPORT_HEAD - REPORT_TAIL - 3;
  }
  int width = snprintf(NULL, 0, "%u", len > 1 ? len - 1 : 1);
  for (uint32_t i = 1; i < len; i++) {
    if (i == skip) {
      mx_strbuf_printf(&report->out, "\t ... %u levels...\n", skipped);
      i += skipped;
    }
    uint32_t number = report->reverse ? len - i : i;
    report_line(report, mx_array_get(ec, backtrace, number), number, width);
  }
}

// Append exception and causes; false when a throw or the like came out of detailed_message.
static bool report_chain(Report *report, Value exception, int left) {
  ExecCtx *ec = report->ec;
  Value cause = mx_ivar_get(ec, exception, SYM_iv_cause);
  bool more = left > 0 && mx_is_a(ec->vm, cause, ec->vm->cls.Exception);
  if (report->reverse && more && !report_chain(report, cause, left - 1)) return false;
  Value message = report_message(report, exception);
  if (val_is_exc(message)) return false;
  Value backtrace = mx_error_backtrace(ec, exception);
  if (report->reverse) report_backtrace(report, exception, backtrace);
  report_head(report, backtrace, message);
  if (report->reverse) return true;
  report_backtrace(report, exception, backtrace);
  return !more || report_chain(report, cause, left - 1);
}

// Exception#full_message.
Value mx_error_full_message(ExecCtx *ec, Value exception, bool highlight, bool reverse,
                            Value options) {
  Report report = {.ec = ec, .highlight = highlight, .reverse = reverse, .options = options};
  if (reverse && highlight)
    mx_strbuf_add_str(&report.out, REPORT_BOLD "Traceback" REPORT_RESET);
  else if (reverse)
    mx_strbuf_add_str(&report.out, "Traceback");
  if (reverse) mx_strbuf_add_str(&report.out, " (most recent call last):\n");
  if (report_chain(&report, exception, REPORT_MAX_CAUSES)) return mx_str_from_buf(ec, &report.out);
  mx_strbuf_free(&report.out);
  return VAL_EXC;
}

// Write to standard error, or to what a program put in its place.
static void report_write(ExecCtx *ec, Value text) {
  Value target = mx_global_get(ec, SYM_g_stderr);
  if (!val_is_nil(target) && mx_class_of(ec->vm, target) != ec->vm->cls.IO) {
    if (val_is_exc(mx_send1(ec, target, SYM_write, text))) mx_exc_take(ec);
    return;
  }
  const char *bytes = mx_str_bytes(text), *end = bytes + mx_str_len(text);
  while (bytes < end) {
    ssize_t written = write(STDERR_FILENO, bytes, (size_t)(end - bytes));
    if (written <= 0) return;
    bytes += written;
  }
}

// Number in a hidden variable of an exception, or -1.
static int report_number(ExecCtx *ec, Value exception, Sym name) {
  Value v = mx_ivar_get(ec, exception, name);
  return val_is_fixnum(v) ? (int)val_to_fixnum(v) : -1;
}

// Report the exception that ended the program; returns the exit status.
int mx_error_report(ExecCtx *ec, Value exception) {
  VM *vm = ec->vm;
  if (mx_is_a(vm, exception, vm->cls.SystemExit)) {
    int status = report_number(ec, exception, SYM_iv_status);
    return status < 0 ? 0 : status;
  }
  int signal = report_number(ec, exception, SYM_iv_signo);
  if (signal < 0 || mx_is_a(vm, exception, vm->cls.Interrupt)) {
    Value text = mx_error_full_message(ec, exception, isatty(STDERR_FILENO) != 0, false, VAL_NIL);
    if (val_is_exc(text))
      mx_exc_take(ec);
    else
      report_write(ec, text);
  }
  return signal < 0 ? 1 : 128 + signal;
}
