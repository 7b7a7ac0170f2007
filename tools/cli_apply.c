// SPDX-License-Identifier: MIT
// What each option does: one handler per row of options.def, in the order of the rows.
#include "tools/cli.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

// -0[octal]
bool mx_cli_apply_separator(Cli *cli, const char *arg) {
  long code = strtol(arg, NULL, 8);
  if (*arg == 0)
    cli->separator = 0;
  else if (code == 0)
    cli->separator = SEPARATOR_PARAGRAPH;
  else
    cli->separator = code > 255 ? SEPARATOR_NONE : (int)code;
  return true;
}

// -a
bool mx_cli_apply_autosplit(Cli *cli, const char *arg) { return cli->eval.split = true; }

// -c
bool mx_cli_apply_check(Cli *cli, const char *arg) {
  cli->action = CLI_CHECK;
  return true;
}

// -C dir: several are relative to each other.
bool mx_cli_apply_chdir(Cli *cli, const char *arg) {
  if (!cli->dir || arg[0] == '/') {
    cli->dir = arg;
    return true;
  }
  StrBuf path = STRBUF_INIT;
  mx_strbuf_printf(&path, "%s/%s", cli->dir, arg);
  cli->dir = mx_arena_copy(&cli->arena, path.at, path.len);
  mx_strbuf_free(&path);
  return true;
}

// -d
bool mx_cli_apply_debug(Cli *cli, const char *arg) {
  cli->vm.verbose = 1;
  return cli->vm.debug = true;
}

// -e code
bool mx_cli_apply_execute(Cli *cli, const char *arg) {
  cli->has_code = true;
  mx_strbuf_add_str(&cli->code, arg);
  mx_strbuf_add_byte(&cli->code, '\n');
  return true;
}

// -E external[:internal]
bool mx_cli_apply_encoding_pair(Cli *cli, const char *arg) {
  size_t len = strcspn(arg, ":");
  if (len > 0) cli->external = mx_arena_copy(&cli->arena, arg, len);
  if (arg[len] && arg[len + 1]) cli->internal = arg + len + 1;
  return true;
}

// --external-encoding
bool mx_cli_apply_external(Cli *cli, const char *arg) {
  cli->external = arg;
  return true;
}

// --internal-encoding
bool mx_cli_apply_internal(Cli *cli, const char *arg) {
  cli->internal = arg;
  return true;
}

// -F pattern
bool mx_cli_apply_field_separator(Cli *cli, const char *arg) {
  if (*arg) cli->field_sep = arg;
  return true;
}

// -h
bool mx_cli_apply_short_help(Cli *cli, const char *arg) {
  cli->action = CLI_SHORT_HELP;
  return true;
}

// --help
bool mx_cli_apply_help(Cli *cli, const char *arg) {
  cli->action = CLI_HELP;
  return true;
}

// -i[extension]
bool mx_cli_apply_in_place(Cli *cli, const char *arg) {
  cli->in_place_ext = arg;
  return cli->in_place = true;
}

// -I dir[:dir...]
bool mx_cli_apply_include(Cli *cli, const char *arg) {
  char *save = NULL;
  char *copy = mx_arena_copy(&cli->arena, arg, strlen(arg));
  for (char *dir = strtok_r(copy, ":", &save); dir; dir = strtok_r(NULL, ":", &save))
    vec_push(&cli->load_paths, dir);
  return true;
}

// -Kx
bool mx_cli_apply_kcode(Cli *cli, const char *arg) {
  switch (*arg) {
  case 'e':
  case 'E': cli->external = "EUC-JP"; break;
  case 's':
  case 'S': cli->external = "Windows-31J"; break;
  case 'u':
  case 'U': cli->external = "UTF-8"; break;
  default: cli->external = "ASCII-8BIT"; break;
  }
  return true;
}

// -l
bool mx_cli_apply_line_ending(Cli *cli, const char *arg) { return cli->eval.chomp = true; }

// -n
bool mx_cli_apply_loop(Cli *cli, const char *arg) { return cli->eval.loop = true; }

// -p
bool mx_cli_apply_print(Cli *cli, const char *arg) {
  return cli->eval.loop = cli->eval.print = true;
}

// -r library
bool mx_cli_apply_require(Cli *cli, const char *arg) {
  vec_push(&cli->requires, arg);
  return true;
}

// -s
bool mx_cli_apply_switches(Cli *cli, const char *arg) { return cli->switches = true; }

// -S
bool mx_cli_apply_search(Cli *cli, const char *arg) { return cli->search_path = true; }

// -U
bool mx_cli_apply_unicode(Cli *cli, const char *arg) {
  cli->internal = "UTF-8";
  return true;
}

// --verbose
bool mx_cli_apply_verbose(Cli *cli, const char *arg) {
  cli->vm.verbose = 1;
  return true;
}

// -v
bool mx_cli_apply_version_verbose(Cli *cli, const char *arg) {
  cli->print_version = true;
  return mx_cli_apply_verbose(cli, arg);
}

// --version
bool mx_cli_apply_version(Cli *cli, const char *arg) {
  cli->action = CLI_VERSION;
  return true;
}

// --copyright
bool mx_cli_apply_copyright(Cli *cli, const char *arg) {
  cli->action = CLI_COPYRIGHT;
  return true;
}

// -w
bool mx_cli_apply_warn(Cli *cli, const char *arg) {
  cli->vm.verbose = 1;
  return cli->vm.warn_deprecated = true;
}

// -W:category and -W:no-category
static bool apply_category(Cli *cli, const char *name) {
  bool on = strncmp(name, "no-", 3) != 0;
  if (!on) name += 3;
  if (strcmp(name, "deprecated") == 0)
    cli->vm.warn_deprecated = on;
  else if (strcmp(name, "experimental") == 0)
    cli->vm.warn_experimental = on;
  else if (strcmp(name, "performance") == 0)
    cli->vm.warn_performance = on;
  else
    return mx_cli_fail("RuntimeError", "unknown warning category: '%s'", name);
  return true;
}

// -W[level], -W:category
bool mx_cli_apply_warn_level(Cli *cli, const char *arg) {
  if (*arg == ':') return apply_category(cli, arg + 1);
  if (*arg == '0') {
    cli->vm.verbose = -1;
    cli->vm.warn_deprecated = cli->vm.warn_experimental = false;
    return true;
  }
  if (*arg != '1') return mx_cli_apply_warn(cli, arg);
  cli->vm.verbose = 0;
  return true;
}

// -x[dir]
bool mx_cli_apply_skip(Cli *cli, const char *arg) {
  cli->skip = true;
  return !*arg || mx_cli_apply_chdir(cli, arg);
}

// -X dir
bool mx_cli_apply_chdir_x(Cli *cli, const char *arg) { return mx_cli_apply_chdir(cli, arg); }

// Turn one feature on or off; those without a meaning here are accepted.
static bool apply_feature(Cli *cli, const char *name, bool on) {
  static const char *const inert[] = {"did_you_mean", "yjit", "rjit", "syntax_suggest"};
  bool all = strcmp(name, "all") == 0;
  // The snippets under messages are a gem's work in Ruby, so they go with the gems.
  bool snippets = all || strcmp(name, "error_highlight") == 0 || strncmp(name, "gem", 3) == 0;
  if (snippets) cli->vm.no_snippets = !on;
  if (snippets && !all) return true;
  if (all || strcmp(name, "rubyopt") == 0) cli->ignore_env = !on;
  if (all || strcmp(name, "jit") == 0) cli->jit.mode = on ? JIT_ON : JIT_OFF;
  if (all || strcmp(name, "rubyopt") == 0 || strcmp(name, "jit") == 0) return true;
  if (strncmp(name, "frozen", 6) == 0) { // also frozen_string_literal
    cli->vm.frozen_strings = on;
    return true;
  }
  for (size_t i = 0; i < MX_COUNT_OF(inert); i++)
    if (strcmp(name, inert[i]) == 0) return true;
  return mx_cli_fail("RuntimeError", "unknown argument for --%s: '%s'", on ? "enable" : "disable",
                     name);
}

// Turn a list of features on or off.
static bool apply_features(Cli *cli, const char *list, bool on) {
  char *save = NULL;
  char *copy = mx_arena_copy(&cli->arena, list, strlen(list));
  for (char *at = copy; *at; at++)
    if (*at == '-') *at = '_';
  for (char *name = strtok_r(copy, ",", &save); name; name = strtok_r(NULL, ",", &save))
    if (!apply_feature(cli, name, on)) return false;
  return true;
}

// --enable=feature,...
bool mx_cli_apply_enable(Cli *cli, const char *arg) { return apply_features(cli, arg, true); }

// --disable=feature,...
bool mx_cli_apply_disable(Cli *cli, const char *arg) { return apply_features(cli, arg, false); }

// --backtrace-limit=n
bool mx_cli_apply_backtrace_limit(Cli *cli, const char *arg) {
  char *end;
  long limit = strtol(arg, &end, 10);
  if (end == arg || *end || limit < -1 || limit > 1000000)
    return mx_cli_fail("RuntimeError", "wrong limit for backtrace length");
  cli->backtrace_limit = (int)limit;
  return true;
}

// --ast: the engine that there is.
bool mx_cli_apply_walker(Cli *cli, const char *arg) {
  cli->eval.walker = true;
  return true;
}

// --jit-log
bool mx_cli_apply_jit_log(Cli *cli, const char *arg) { return cli->jit.log = true; }

// --jit-stats
bool mx_cli_apply_jit_stats(Cli *cli, const char *arg) { return cli->jit.stats = true; }

// --jit-symbols=perf|gdb
bool mx_cli_apply_jit_symbols(Cli *cli, const char *arg) {
  if (strcmp(arg, "perf") == 0) return cli->jit.perf_map = true;
  if (strcmp(arg, "gdb") == 0) return cli->jit.debugger = true;
  return mx_cli_fail("RuntimeError", "--jit-symbols is perf or gdb, not '%s'", arg);
}

// --jit-verify
bool mx_cli_apply_jit_verify(Cli *cli, const char *arg) { return cli->jit.verify = true; }

// --jit-fuel=N
bool mx_cli_apply_jit_fuel(Cli *cli, const char *arg) {
  char *end;
  errno = 0;
  cli->jit.fuel = strtoull(arg, &end, 10);
  if (*arg >= '0' && *arg <= '9' && !*end && errno == 0) return true;
  return mx_cli_fail("RuntimeError", "--jit-fuel is a number, not '%s'", arg);
}

// Read a tunable of the JIT: a number that is at least 1.
static bool cli_jit_param(const char *option, const char *arg, uint32_t *value) {
  char *end;
  errno = 0;
  unsigned long number = strtoul(arg, &end, 10);
  if (*arg < '0' || *arg > '9' || *end || errno || number < 1 || number > UINT32_MAX)
    return mx_cli_fail("RuntimeError", "--jit-%s is a number from 1 on, not '%s'", option, arg);
  *value = (uint32_t)number;
  return true;
}

// --jit-threshold=N and its kin
#define JIT_PARAM(NAME, option, initial, unit, doc)           \
  bool mx_cli_apply_jit_##NAME(Cli *cli, const char *arg) {   \
    return cli_jit_param(option, arg, &cli->jit.params.NAME); \
  }
#include "jit/ir/jit_params.def"

// --jit[=on|off|sync]
bool mx_cli_apply_jit(Cli *cli, const char *arg) {
  if (!arg || strcmp(arg, "on") == 0)
    cli->jit.mode = JIT_ON;
  else if (strcmp(arg, "off") == 0)
    cli->jit.mode = JIT_OFF;
  else if (strcmp(arg, "sync") == 0)
    cli->jit.mode = JIT_SYNC;
  else
    return mx_cli_fail("RuntimeError", "--jit is on, off or sync, not '%s'", arg);
  return true;
}

// --dialect=ruby|metorex
bool mx_cli_apply_dialect(Cli *cli, const char *arg) {
  if (strcmp(arg, "ruby") == 0)
    cli->eval.dialect = DIALECT_RUBY;
  else if (strcmp(arg, "metorex") == 0)
    cli->eval.dialect = DIALECT_METOREX;
  else
    return mx_cli_fail("RuntimeError", "--dialect is ruby or metorex, not '%s'", arg);
  return cli->eval.force_dialect = true;
}

// --check-types
bool mx_cli_apply_check_types(Cli *cli, const char *arg) { return cli->vm.check_types = true; }

// What --dump=ir, llvm and asm print of what is compiled while the program runs; NULL for others.
static bool *cli_dump_of_jit(Cli *cli, const char *what, size_t len) {
  if (len == 2 && memcmp(what, "ir", len) == 0) return &cli->jit.dump_ir;
  if (len == 4 && memcmp(what, "llvm", len) == 0) return &cli->jit.dump_llvm;
  return len == 3 && memcmp(what, "asm", len) == 0 ? &cli->jit.dump_assembly : NULL;
}

// A list of these, with commas between; false for anything else.
static bool cli_dump_jit(Cli *cli, const char *list) {
  for (;; list++) {
    size_t len = strcspn(list, ",");
    bool *dump = cli_dump_of_jit(cli, list, len);
    if (!dump) return false;
    *dump = true;
    list += len;
    if (!*list) break;
  }
  cli->jit.mode = JIT_SYNC;
  return true;
}

// --dump=tokens|ast|bytecode|ir,llvm,asm
bool mx_cli_apply_dump(Cli *cli, const char *arg) {
  if (strcmp(arg, "tokens") == 0)
    cli->action = CLI_DUMP_TOKENS;
  else if (strcmp(arg, "ast") == 0)
    cli->action = CLI_DUMP_AST;
  else if (strcmp(arg, "bytecode") == 0)
    cli->action = CLI_DUMP_BYTECODE;
  else if (!cli_dump_jit(cli, arg))
    return mx_cli_fail("RuntimeError",
                       "--dump is tokens, ast, bytecode, or some of ir,llvm,asm; not '%s'", arg);
  return true;
}

// --disassemble
bool mx_cli_apply_disassemble(Cli *cli, const char *arg) {
  return mx_cli_apply_dump(cli, "bytecode");
}

// --trace[=[FILE:][METHOD]]
bool mx_cli_apply_trace(Cli *cli, const char *arg) {
  cli->eval.trace_filter = arg;
  return cli->eval.trace = true;
}

// --trace-ast[=[FILE:][METHOD]]: only the walker walks trees.
bool mx_cli_apply_trace_ast(Cli *cli, const char *arg) {
  cli->eval.trace_filter = arg;
  cli->eval.trace_ast = true;
  return mx_cli_apply_walker(cli, NULL);
}

// Take one word of --profile.
static bool apply_profile_word(ProfileOptions *options, const char *word, size_t len) {
  if (len == 4 && strncmp(word, "text", len) == 0)
    options->form = PROFILE_TEXT_FORM;
  else if (len == 4 && strncmp(word, "json", len) == 0)
    options->form = PROFILE_JSON;
  else if (len == 6 && strncmp(word, "folded", len) == 0)
    options->form = PROFILE_FOLDED;
  else if (len == 6 && strncmp(word, "sample", len) == 0)
    options->sample_only = true;
  else
    return mx_cli_fail("RuntimeError", "--profile is text, json, folded or sample, not '%.*s'",
                       (int)len, word);
  return true;
}

// --profile[=text|json|folded|sample,...]: stacks need nothing but samples.
bool mx_cli_apply_profile(Cli *cli, const char *arg) {
  ProfileOptions *options = &cli->eval.profile;
  *options = (ProfileOptions){.on = true};
  while (arg) {
    size_t len = strcspn(arg, ",");
    if (!apply_profile_word(options, arg, len)) return false;
    arg = arg[len] ? arg + len + 1 : NULL;
  }
  if (options->form == PROFILE_FOLDED) options->sample_only = true;
  return true;
}

// --profile-output=file
bool mx_cli_apply_profile_output(Cli *cli, const char *arg) {
  cli->profile_output = arg;
  return true;
}

// --no-cache
bool mx_cli_apply_no_cache(Cli *cli, const char *arg) { return cli->eval.no_cache = true; }

// Read a colon and a number that is at least 1; false when they are not there.
static bool cli_stress_number(const char **at, uint64_t most, uint64_t *number) {
  char *end;
  if ((*at)[0] != ':' || (*at)[1] < '1' || (*at)[1] > '9') return false;
  errno = 0;
  *number = strtoull(*at + 1, &end, 10);
  *at = end;
  return errno == 0 && *number <= most;
}

// A kind of stress: N and SEED behind its name.
typedef struct CliStress {
  const char *name; // before the first colon
  uint32_t usual;   // N when none is given
  uint32_t *nth;    // where it goes
  uint64_t *seed;   // likewise
} CliStress;

// Take NAME[:N[:SEED]] up to a comma or the end; false when it is no such text.
static bool cli_stress(const CliStress *kind, const char *arg) {
  size_t len = strlen(kind->name);
  uint64_t nth = kind->usual, seed = 0;
  if (strncmp(arg, kind->name, len) != 0) return false;
  const char *at = arg + len;
  if (*at == ':' && !cli_stress_number(&at, UINT32_MAX / 2, &nth)) return false;
  if (*at == ':' && !cli_stress_number(&at, UINT64_MAX, &seed)) return false;
  if (*at && *at != ',') return false;
  *kind->nth = (uint32_t)nth;
  *kind->seed = seed;
  return true;
}

// --stress=gc: collect at every allocation; gc:N: at every Nth; gc:N:SEED: at every Nth on average.
// stack: locals leave the VM stack, exits, invalidate: machine code is left, or dropped, at one in
// N chances on average. Several go behind commas, or in several options.
bool mx_cli_apply_stress(Cli *cli, const char *arg) {
  const CliStress kinds[] = {
      {"gc", 1, &cli->vm.gc_stress, &cli->vm.stress_seed},
      {"stack", 3, &cli->vm.stack_stress, &cli->vm.stack_seed},
      {"exits", 20, &cli->jit.stress_exits, &cli->jit.stress_seed},
      {"invalidate", 200, &cli->jit.stress_invalidate, &cli->jit.stress_seed},
  };
  for (const char *at = arg; at; at = strchr(at, ',') ? strchr(at, ',') + 1 : NULL) {
    size_t i = 0;
    while (i < MX_COUNT_OF(kinds) && !cli_stress(&kinds[i], at)) i++;
    if (i == MX_COUNT_OF(kinds))
      return mx_cli_fail("RuntimeError",
                         "--stress is gc, stack, exits or invalidate, [:N[:SEED]], not '%s'", arg);
  }
  return true;
}

// --deterministic
bool mx_cli_apply_deterministic(Cli *cli, const char *arg) { return cli->vm.deterministic = true; }
