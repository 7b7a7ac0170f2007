// SPDX-License-Identifier: MIT
// Running a program: what the options ask for is set up inside the VM, then the text is evaluated.
#include "runtime/array.h"
#include "runtime/global.h"
#include "runtime/io.h"
#include "runtime/string.h"
#include "runtime/upcall.h"
#include "tools/cli.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

// What the body of the run needs.
typedef struct RunJob {
  Cli *cli;
  const CliSource *source;
} RunJob;

// Set a global to a text.
static bool run_set_global(ExecCtx *ec, const char *name, const char *text) {
  return mx_global_set(ec, mx_sym(ec->vm, name), mx_str_from_cstr(ec, text));
}

// Add the directories of a list separated by colons.
static void run_add_dirs(ExecCtx *ec, const char *list) {
  while (list && *list) {
    size_t len = strcspn(list, ":");
    if (len > 0) mx_array_push(ec, ec->vm->load_path, mx_str_utf8(ec, list, len));
    list += len + (list[len] == ':');
  }
}

// Add the directory of the libraries that come with the program: installed, or of the sources.
static void run_add_own_libraries(ExecCtx *ec) {
  static const char *const places[] = {"../share/metorex/lib", "../lib", "../../lib"};
  char exe[PATH_MAX];
  ssize_t len = readlink("/proc/self/exe", exe, sizeof exe - 1);
  if (len <= 0) return;
  exe[len] = 0;
  char *slash = strrchr(exe, '/');
  if (slash) *slash = 0;
  for (size_t i = 0; i < MX_COUNT_OF(places); i++) {
    char path[PATH_MAX + 64], full[PATH_MAX];
    snprintf(path, sizeof path, "%s/%s/metorex/test.mx", exe, places[i]);
    if (access(path, R_OK) != 0) continue;
    snprintf(path, sizeof path, "%s/%s", exe, places[i]);
    if (!realpath(path, full)) continue;
    mx_array_push(ec, ec->vm->load_path, mx_str_from_cstr(ec, full));
    return;
  }
}

// Fill $LOAD_PATH: -I, RUBYLIB, own libraries.
static void run_set_load_path(ExecCtx *ec, const Cli *cli) {
  for (uint32_t i = 0; i < cli->load_paths.count; i++) {
    char full[PATH_MAX];
    const char *dir = cli->load_paths.at[i];
    mx_array_push(ec, ec->vm->load_path, mx_str_from_cstr(ec, realpath(dir, full) ? full : dir));
  }
  run_add_dirs(ec, getenv("RUBYLIB"));
  run_add_own_libraries(ec);
}

// Fill ARGV and set $0.
static void run_set_arguments(ExecCtx *ec, const Cli *cli, const char *name) {
  for (int i = 0; i < cli->argc; i++)
    mx_array_push(ec, ec->vm->argv, mx_str_from_cstr(ec, cli->argv[i]));
  ec->vm->script_name = mx_str_from_cstr(ec, name);
}

// -s: set $name to true or to the text behind =; dashes become underscores.
static bool run_set_switch(ExecCtx *ec, const char *word) {
  size_t len = strcspn(word, "=");
  StrBuf name = STRBUF_INIT;
  mx_strbuf_add_byte(&name, '$');
  for (size_t i = 0; i < len; i++) mx_strbuf_add_byte(&name, word[i] == '-' ? '_' : word[i]);
  Value value = word[len] ? mx_str_from_cstr(ec, word + len + 1) : VAL_TRUE;
  bool ok = mx_global_set(ec, mx_sym(ec->vm, name.at), value);
  mx_strbuf_free(&name);
  return ok;
}

// -0: set $/.
static bool run_set_separator(ExecCtx *ec, const Cli *cli) {
  Value separator;
  if (cli->separator == SEPARATOR_UNSET) return true;
  if (cli->separator == SEPARATOR_NONE)
    separator = VAL_NIL;
  else if (cli->separator == SEPARATOR_PARAGRAPH)
    separator = mx_str_from_cstr(ec, "");
  else
    separator = mx_str_utf8(ec, (char[]){(char)cli->separator}, 1);
  return mx_global_set(ec, mx_sym(ec->vm, "$/"), separator);
}

// Set the globals that options name: $; $/ $\ and those of -s.
static bool run_set_globals(ExecCtx *ec, const Cli *cli) {
  if (!run_set_separator(ec, cli)) return false;
  if (cli->eval.chomp) {
    Value separator = mx_global_get(ec, mx_sym(ec->vm, "$/"));
    if (!mx_global_set(ec, mx_sym(ec->vm, "$\\"), separator)) return false;
  }
  if (cli->field_sep) {
    Value pattern = mx_str_from_cstr(ec, cli->field_sep);
    Value regexp = mx_send1(ec, val_from_ptr(ec->vm->cls.Regexp), SYM_new, pattern);
    if (val_is_exc(regexp) || !mx_global_set(ec, mx_sym(ec->vm, "$;"), regexp)) return false;
  }
  if (cli->in_place && !run_set_global(ec, "$-i", cli->in_place_ext)) return false;
  for (uint32_t i = 0; i < cli->globals.count; i++)
    if (!run_set_switch(ec, cli->globals.at[i])) return false;
  return true;
}

// -n, -p: Kernel gains sub, gsub, chop and chomp, which change $_.
static bool run_add_line_functions(ExecCtx *ec) {
  Value owner = mx_const_get(ec, ec->vm->cls.Metorex, mx_sym(ec->vm, "LineFunctions"));
  return !val_is_exc(owner) && !val_is_exc(mx_send0(ec, owner, mx_sym(ec->vm, "install")));
}

// Set a default encoding by its name.
static bool run_set_encoding(ExecCtx *ec, const char *setter, const char *name) {
  if (!name) return true;
  Value text = mx_str_from_cstr(ec, name);
  Value encoding = val_from_ptr(ec->vm->cls.Encoding);
  return !val_is_exc(mx_send1(ec, encoding, mx_sym(ec->vm, setter), text));
}

// Set all that the options ask for; libraries of -r are loaded last.
bool mx_cli_prepare(ExecCtx *ec, const Cli *cli, const char *name) {
  run_set_load_path(ec, cli);
  run_set_arguments(ec, cli, name);
  if (!run_set_encoding(ec, "default_external=", cli->external)) return false;
  if (!run_set_encoding(ec, "default_internal=", cli->internal)) return false;
  if (!run_set_globals(ec, cli)) return false;
  if (cli->eval.loop && !run_add_line_functions(ec)) return false;
  for (uint32_t i = 0; i < cli->requires.count; i++) {
    Value library = mx_str_from_cstr(ec, cli->requires.at[i]);
    if (val_is_exc(mx_send1(ec, ec->vm->main_object, SYM_require, library))) return false;
  }
  return true;
}

// Body of the run.
static Value run_body(ExecCtx *ec, void *data) {
  const RunJob *job = data;
  const CliSource *source = job->source;
  if (!mx_cli_prepare(ec, job->cli, source->name)) return VAL_EXC;
  Value file = mx_str_from_cstr(ec, source->name);
  ApiText text = {source->text, source->len, source->path, source->dialect};
  return mx_api_eval_main(ec, &text, file);
}

// Open the file that the report of --profile goes to.
static bool run_open_profile(Cli *cli) {
  const char *path = cli->profile_output;
  cli->eval.profile.fd = STDERR_FILENO;
  if (!path) return true;
  if (!cli->eval.profile.on) return mx_cli_fail("RuntimeError", "--profile-output needs --profile");
  int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (fd < 0) return mx_cli_fail("RuntimeError", "--profile-output: %s: %s", path, strerror(errno));
  cli->eval.profile.fd = fd;
  return true;
}

int mx_cli_end(VM *vm, int status) {
  mx_jit_report(vm);
  if (!mx_jit_end(vm)) {
    fflush(NULL);
    _exit(status);
  }
  mx_jit_free(vm);
  mx_api_free(vm);
  return status;
}

// Run the program; answers the exit status.
int mx_cli_run(Cli *cli, const CliSource *source) {
  RunJob job = {cli, source};
  if (!run_open_profile(cli)) return 1;
  VM *vm = mx_api_boot(&cli->vm, &cli->eval);
  if (!cli->eval.walker) mx_jit_install(vm, &cli->jit);
  return mx_cli_end(vm, mx_api_run(vm, run_body, &job));
}
