// SPDX-License-Identifier: MIT
// The loop of the interactive mode: inputs are read, evaluated in one binding, and answered.
//
// Whether an input goes on in the next line is the parser's to say: it goes on as long as the only
// thing wrong with it is that it ends. Nothing but the end of input, exit, :quit and a signal that
// ends programs gets out of the loop; every other exception is reported.
#include "tools/repl.h"
#include "runtime/error_report.h"
#include "runtime/io.h"
#include "runtime/string.h"
#include "runtime/upcall.h"

#include <stdio.h>
#include <unistd.h>

#define REPL_PROMPT "metorex> "
#define REPL_MORE "metorex* "

static const char repl_greeting[] = ":help lists the commands, Ctrl-D leaves\n";

// Evaluated first: `_` exists from the beginning, and $~ and $_ have homes that last.
static const char repl_prologue[] = "_ = $~ = $_ = nil";

// Print text behind what the program has printed.
void mx_repl_print(const Repl *repl, const char *text, size_t len) {
  mx_io_flush_standard(repl->ec->vm);
  fwrite(text, 1, len, stdout);
  fflush(stdout);
}

// Evaluate text that is no input.
Value mx_repl_eval(Repl *repl, const char *text) {
  ExecCtx *ec = repl->ec;
  return ec->vm->up->eval_text(ec, repl->binding, mx_str_from_cstr(ec, text), REPL_NAME, 1);
}

// Does an exception end the session?
static bool repl_is_final(VM *vm, Value error) {
  if (mx_is_a(vm, error, vm->cls.SystemExit)) return true;
  return mx_is_a(vm, error, vm->cls.SignalException) && !mx_is_a(vm, error, vm->cls.Interrupt);
}

// Report the pending exception, unless it ends the session.
bool mx_repl_rescue(Repl *repl) {
  ExecCtx *ec = repl->ec;
  if (ec->unwind == UNWIND_KILL) return false;
  Value error = mx_api_take_error(ec);
  if (val_is_nil(error)) return true;
  if (repl_is_final(ec->vm, error)) {
    (void)mx_raise_value(ec, error);
    return false;
  }
  mx_io_flush_standard(ec->vm);
  (void)mx_error_report(ec, error);
  return true;
}

// Read one line with whatever reads lines here.
static ReplGot repl_read_line(Repl *repl, const char *prompt, StrBuf *out) {
  mx_io_flush_standard(repl->ec->vm);
  return repl->editing ? mx_repl_read_edited(repl, prompt, out)
                       : mx_repl_read_plain(repl, prompt, out);
}

// Does the text go on in the next line?
static bool repl_goes_on(Repl *repl, const StrBuf *text) {
  Value so_far = mx_str_utf8(repl->ec, mx_strbuf_text(text), text->len);
  return mx_api_text_is_unfinished(repl->ec, repl->binding, so_far);
}

// Read a whole input. One that is cut off by Ctrl-D is handed on as it is: the parser will say
// what it lacks.
static ReplGot repl_read_input(Repl *repl, StrBuf *text) {
  ReplGot got = repl_read_line(repl, REPL_PROMPT, text);
  if (got != REPL_LINE || mx_repl_is_command(mx_strbuf_text(text))) return got;
  mx_strbuf_add_byte(text, '\n');
  while (repl_goes_on(repl, text)) {
    got = repl_read_line(repl, REPL_MORE, text);
    if (got == REPL_RAISED) return got;
    if (got == REPL_END) break;
    mx_strbuf_add_byte(text, '\n');
  }
  return REPL_LINE;
}

// Print "=> " and what inspect says of a value, and make it `_`; false: raised.
static bool repl_answer(Repl *repl, Value value) {
  ExecCtx *ec = repl->ec;
  if (!ec->vm->up->binding_set(ec, repl->binding, mx_sym(ec->vm, "_"), value)) return false;
  Value text = mx_send0(ec, value, SYM_inspect);
  if (!val_is_exc(text) && !val_is_string(text)) text = mx_describe_receiver(ec, value);
  if (val_is_exc(text)) return false;
  StrBuf out = STRBUF_INIT;
  mx_strbuf_add_str(&out, "=> ");
  mx_strbuf_add(&out, mx_str_bytes(text), mx_str_len(text));
  mx_strbuf_add_byte(&out, '\n');
  mx_repl_print(repl, out.at, out.len);
  mx_strbuf_free(&out);
  return true;
}

// Count the lines of a text.
static int32_t repl_count_lines(const StrBuf *text) {
  int32_t lines = 0;
  for (size_t i = 0; i < text->len; i++) lines += text->at[i] == '\n';
  return lines;
}

// Evaluate an input that is no command and print its value; false: raised.
static bool repl_evaluate(Repl *repl, const StrBuf *text) {
  ExecCtx *ec = repl->ec;
  int32_t line = repl->line;
  repl->line += repl_count_lines(text);
  Value source = mx_str_utf8(ec, mx_strbuf_text(text), text->len);
  Value value = ec->vm->up->eval_text(ec, repl->binding, source, REPL_NAME, line);
  return !val_is_exc(value) && repl_answer(repl, value);
}

// Is there nothing but blanks?
static bool repl_is_blank(const StrBuf *text) {
  return text->len == 0 || strspn(text->at, " \t\r\n") >= text->len;
}

// Do what an input says; false: the session ends by the pending exception.
static bool repl_obey_or_evaluate(Repl *repl, const StrBuf *text) {
  if (repl_is_blank(text)) return true;
  bool command = mx_repl_is_command(text->at);
  bool fine = command ? mx_repl_obey(repl, text->at) : repl_evaluate(repl, text);
  return fine || mx_repl_rescue(repl);
}

// A line was interrupted: drop it; whatever is not Ctrl-C is reported.
static bool repl_drop_line(Repl *repl) {
  ExecCtx *ec = repl->ec;
  bool silent = ec->unwind == UNWIND_RAISE && mx_is_a(ec->vm, ec->exc, ec->vm->cls.Interrupt);
  mx_repl_print(repl, "\n", 1);
  if (!silent) return mx_repl_rescue(repl);
  (void)mx_api_take_error(ec);
  return true;
}

// Read inputs and answer them to the end; VAL_EXC when an exception ends the session.
static Value repl_loop(Repl *repl) {
  StrBuf text = STRBUF_INIT;
  bool fine = true;
  while (fine && !repl->done) {
    mx_strbuf_truncate(&text, 0);
    ReplGot got = repl_read_input(repl, &text);
    if (got == REPL_END) break;
    fine = got == REPL_LINE ? repl_obey_or_evaluate(repl, &text) : repl_drop_line(repl);
  }
  mx_strbuf_free(&text);
  return fine ? VAL_NIL : VAL_EXC;
}

// Body of the session.
static Value repl_session(ExecCtx *ec, Value binding, void *data) {
  Repl repl = {.ec = ec, .binding = binding, .line = 1};
  mx_cli_print_version(data);
  mx_repl_print(&repl, repl_greeting, sizeof repl_greeting - 1);
  repl.editing = mx_repl_open_readline(&repl);
  Value result = repl_loop(&repl);
  mx_strbuf_free(&repl.ahead);
  return result;
}

// Body of the run.
static Value repl_body(ExecCtx *ec, void *data) {
  Cli *cli = data;
  if (!mx_cli_prepare(ec, cli, REPL_NAME)) return VAL_EXC;
  Dialect dialect = cli->eval.force_dialect ? cli->eval.dialect : DIALECT_METOREX;
  Value text = mx_str_from_cstr(ec, repl_prologue);
  return mx_api_run_session(ec, text, mx_str_from_cstr(ec, REPL_NAME), dialect, repl_session, cli);
}

// Run the interactive mode.
int mx_repl_run(Cli *cli) {
  if (!mx_cli_change_dir(cli)) return 1;
  VM *vm = mx_api_boot(&cli->vm, &cli->eval);
  if (!cli->eval.walker) mx_jit_install(vm, &cli->jit);
  return mx_cli_end(vm, mx_api_run(vm, repl_body, cli));
}
