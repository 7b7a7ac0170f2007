// SPDX-License-Identifier: MIT
// The command line: options, the program's text, actions without a VM, and the run itself.
//
// argv -> Cli (cli_parse.c) -> text (cli_source.c) -> run (cli_run.c) or another action.
// The options are rows of options.def; the help is printed from them.
// OWNERSHIP: everything a Cli refers to lies in its arena or in argv.
#ifndef MX_TOOLS_CLI_H
#define MX_TOOLS_CLI_H

#include "runtime/base/arena.h"
#include "runtime/base/strbuf.h"
#include "runtime/base/vec.h"
#include "runtime/api.h"
#include "jit/jit.h"

typedef enum CliAction {
  CLI_RUN,           // run a program
  CLI_CHECK,         // -c
  CLI_DUMP_TOKENS,   // --dump=tokens
  CLI_DUMP_AST,      // --dump=ast
  CLI_DUMP_BYTECODE, // --dump=bytecode, --disassemble
  CLI_HELP,          // --help
  CLI_SHORT_HELP,    // -h
  CLI_VERSION,       // --version, and -v without a program
  CLI_COPYRIGHT,     // --copyright
  CLI_TEST,          // metorex test
  CLI_COMPILE,       // metorex compile
} CliAction;

typedef VEC(const char *) CliList;

typedef struct Cli {
  VmOptions vm;
  EvalOptions eval;
  CliAction action;
  JitOptions jit;             // --jit and its kin
  Arena arena;                // owns texts made here
  bool in_env;                // options come from RUBYOPT or a script's first line
  bool has_code;              // -e was given
  bool search_path;           // -S
  bool switches;              // -s
  bool skip;                  // -x
  bool print_version;         // -v
  bool ignore_env;            // --disable=rubyopt
  bool in_place;              // -i
  int separator;              // -0: the byte, -1 none given, SEPARATOR_* else
  int backtrace_limit;        // --backtrace-limit, -1 for none
  const char *in_place_ext;   // "" for none
  const char *field_sep;      // -F, or NULL
  const char *external;       // encoding names, or NULL
  const char *internal;       // likewise
  const char *profile_output; // --profile-output, NULL for standard error
  const char *dir;            // where to run: joined -C, -X, -x; NULL for here
  StrBuf code;                // -e lines
  StrBuf program;             // text of the program, when it was read
  CliList requires;           // -r
  CliList load_paths;         // -I
  CliList globals;            // -s: "name", or "name=value"
  const char *script;         // path of the program; NULL: standard input
  bool from_input;            // the program was named `-`: standard input, even on a terminal
  int argc;                   // arguments of the program
  char **argv;                // likewise
} Cli;

enum { SEPARATOR_UNSET = -1, SEPARATOR_PARAGRAPH = -2, SEPARATOR_NONE = -3 };

// ---- cli_parse.c
MX_FUNC void mx_cli_init(Cli *cli);
MX_FUNC void mx_cli_free(Cli *cli);
// Read the command line and RUBYOPT; false after a message on standard error.
MX_FUNC MX_MUST_CHECK bool mx_cli_parse(Cli *cli, int argc, char **argv);
// Take options from RUBYOPT or a script's first line.
MX_FUNC MX_MUST_CHECK bool mx_cli_parse_text(Cli *cli, const char *text, bool rubyopt);
// Take the words behind the script's name that -s makes globals.
MX_FUNC void mx_cli_take_switches(Cli *cli);
// Print "metorex: message (Class)" on standard error; answers false.
MX_FUNC bool mx_cli_fail(const char *error_class, const char *fmt, ...) MX_PRINTF(2, 3);

// ---- cli_help.c
MX_FUNC void mx_cli_print_help(bool full);
MX_FUNC void mx_cli_print_version(const Cli *cli);
MX_FUNC void mx_cli_print_copyright(void);

// ---- cli_source.c
typedef struct CliSource {
  const char *text; // bytes, NUL behind them; the Cli's
  size_t len;       // bytes
  const char *name; // what __FILE__ and $0 say
  Dialect dialect;
  const char *path; // absolute, when a compiled file was read up to its source text; else NULL
} CliSource;
// Go to the directory of -C, -X and -x; false after a message.
MX_FUNC MX_MUST_CHECK bool mx_cli_change_dir(const Cli *cli);
// Find and read the program: -e, a file, or standard input; options of its first line are taken.
MX_FUNC MX_MUST_CHECK bool mx_cli_read_program(Cli *cli, CliSource *out);

// ---- cli_dump.c: actions that do not run the program; they answer the exit status
MX_FUNC int mx_cli_check_syntax(const Cli *cli, const CliSource *source);
MX_FUNC int mx_cli_dump_ast(const Cli *cli, const CliSource *source);
MX_FUNC int mx_cli_dump_tokens(const Cli *cli, const CliSource *source);
MX_FUNC int mx_cli_dump_bytecode(const Cli *cli, const CliSource *source);

// ---- cli_image.c: the same actions for compiled files
// Is the program a compiled file, or named like one?
MX_FUNC bool mx_cli_is_image(const Cli *cli, const CliSource *source);
MX_FUNC int mx_cli_look_at_image(const Cli *cli, const CliSource *source);

// ---- cli_run.c
// Set inside the VM all that the options ask for; name is $0. false: raised.
MX_FUNC MX_MUST_CHECK bool mx_cli_prepare(ExecCtx *ec, const Cli *cli, const char *name);
// The run is over: reports, and the end of the VM, or of the process if a compile is going on.
// Answers the status.
MX_FUNC int mx_cli_end(VM *vm, int status);
// Run the program, or the tests of `metorex test`; answers the exit status.
MX_FUNC int mx_cli_run(Cli *cli, const CliSource *source);

// ---- cli_compile.c
// Write the compiled form of the files and folders that follow; answers the exit status.
MX_FUNC int mx_cli_compile(const Cli *cli);

// ---- cli_apply.c: one handler per row of options.def
#define OPTION(handler, letter, name, arg, arg_name, env, doc) \
  MX_FUNC bool mx_cli_apply_##handler(Cli *cli, const char *arg);
#include "tools/options.def"

#endif
