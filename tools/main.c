// SPDX-License-Identifier: MIT
// The command metorex: reads the command line, then does what it says.
#include "runtime/base/pages.h"
#include "tools/cli.h"
#include "tools/repl.h"

#include <unistd.h>

// The text that `metorex test` runs.
static void main_use_test_runner(CliSource *source) {
  static char text[] = "require 'metorex/test'\nexit Metorex::Test.main(ARGV)\n";
  *source =
      (CliSource){.text = text, .len = sizeof text - 1, .name = "test", .dialect = DIALECT_METOREX};
}

// Do what needs the program's text; answers the exit status.
static int main_with_program(Cli *cli) {
  CliSource source = {0};
  if (cli->action == CLI_TEST)
    main_use_test_runner(&source);
  else if (!mx_cli_read_program(cli, &source))
    return 1;
  bool runs = cli->action == CLI_RUN || cli->action == CLI_TEST;
  if (!runs && mx_cli_is_image(cli, &source)) return mx_cli_look_at_image(cli, &source);
  switch (cli->action) {
  case CLI_CHECK: return mx_cli_check_syntax(cli, &source);
  case CLI_DUMP_AST: return mx_cli_dump_ast(cli, &source);
  case CLI_DUMP_TOKENS: return mx_cli_dump_tokens(cli, &source);
  case CLI_DUMP_BYTECODE: return mx_cli_dump_bytecode(cli, &source);
  default: return mx_cli_run(cli, &source);
  }
}

// Is there no program, but somebody at a terminal?
static bool main_is_interactive(const Cli *cli) {
  bool program = cli->has_code || cli->script || cli->from_input || cli->skip || cli->eval.loop;
  return cli->action == CLI_RUN && !program && isatty(STDIN_FILENO);
}

// Do what the command line says; answers the exit status.
static int main_act(Cli *cli) {
  if (cli->print_version) mx_cli_print_version(cli);
  switch (cli->action) {
  case CLI_VERSION: mx_cli_print_version(cli); return 0;
  case CLI_COPYRIGHT: mx_cli_print_copyright(); return 0;
  case CLI_HELP:
  case CLI_SHORT_HELP: mx_cli_print_help(cli->action == CLI_HELP); return 0;
  case CLI_COMPILE: return mx_cli_compile(cli);
  default: return main_is_interactive(cli) ? mx_repl_run(cli) : main_with_program(cli);
  }
}

int main(int argc, char **argv) {
  mx_pages_begin();
  Cli cli;
  mx_cli_init(&cli);
  int status = mx_cli_parse(&cli, argc, argv) ? main_act(&cli) : 1;
  mx_cli_free(&cli);
  return status;
}
