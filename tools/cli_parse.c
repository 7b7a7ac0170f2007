// SPDX-License-Identifier: MIT
// Command line to Cli: words are matched with the rows of options.def.
//
// Short options cluster (-lne CODE); one with an argument takes the rest of its word, or the next
// word when it must have one. The first word that is no option is the program, `-` is standard
// input, `--` ends the options.
#include "tools/cli.h"

#include <stdio.h>
#include <stdlib.h>

typedef enum OptionArg { ARG_NONE, ARG_ATTACHED, ARG_VALUE } OptionArg;

typedef struct Option {
  bool (*apply)(Cli *cli, const char *arg); // handler
  char letter;                              // short form, 0 for none
  bool env;                                 // allowed in RUBYOPT
  OptionArg arg;
  const char *name; // long form, NULL for none
} Option;

static const Option parse_options[] = {
#define OPTION(handler, short_form, long_form, arg_kind, arg_name, in_env, doc) \
  {.apply = mx_cli_apply_##handler,                                             \
   .letter = short_form,                                                        \
   .env = in_env,                                                               \
   .arg = ARG_##arg_kind,                                                       \
   .name = long_form},
#include "tools/options.def"
};

// Words still to be read.
typedef struct Words {
  int argc;
  char **argv;
} Words;

// Set defaults.
void mx_cli_init(Cli *cli) {
  *cli = (Cli){.separator = SEPARATOR_UNSET, .backtrace_limit = -1, .jit = mx_jit_defaults()};
  cli->vm.warn_experimental = true;
  mx_arena_init(&cli->arena, mx_arena_malloc_source());
}

// Free what a Cli owns.
void mx_cli_free(Cli *cli) {
  mx_strbuf_free(&cli->code);
  mx_strbuf_free(&cli->program);
  vec_free(&cli->requires);
  vec_free(&cli->load_paths);
  vec_free(&cli->globals);
  mx_arena_free(&cli->arena);
}

// Print a message about the command line itself; answers false.
bool mx_cli_fail(const char *error_class, const char *fmt, ...) {
  va_list args;
  va_start(args, fmt);
  fputs("metorex: ", stderr);
  vfprintf(stderr, fmt, args);
  va_end(args);
  fprintf(stderr, " (%s)\n", error_class);
  return false;
}

// Complain about an option that does not exist.
static bool parse_unknown(const char *prefix, const char *name) {
  return mx_cli_fail("RuntimeError", "invalid option %s%s  (-h will show valid options)", prefix,
                     name);
}

// Row of a short option, or NULL.
static const Option *parse_find_letter(char letter) {
  for (size_t i = 0; i < MX_COUNT_OF(parse_options); i++)
    if (letter && parse_options[i].letter == letter) return &parse_options[i];
  return NULL;
}

// Row of a long option of `len` bytes, or NULL.
static const Option *parse_find_name(const char *name, size_t len) {
  for (size_t i = 0; i < MX_COUNT_OF(parse_options); i++) {
    const char *row = parse_options[i].name;
    if (row && strlen(row) == len && strncmp(row, name, len) == 0) return &parse_options[i];
  }
  return NULL;
}

// Apply an option after checking that it may stand here.
static bool parse_apply(Cli *cli, const Option *option, const char *spelled, const char *arg) {
  if (cli->in_env && !option->env)
    return mx_cli_fail("RuntimeError", "invalid switch in RUBYOPT: %s", spelled);
  return option->apply(cli, arg);
}

// Take the next word as a required argument.
static bool parse_next_word(Words *words, const char **arg) {
  if (words->argc == 0) return false;
  *arg = words->argv[0];
  words->argc--;
  words->argv++;
  return true;
}

// Bytes behind a short option that belong to it though others may follow (-0777, -W1, -Ku).
static size_t parse_attached_len(char letter, const char *rest) {
  if (letter == '0') return strspn(rest, "01234567");
  if (letter == 'W' && *rest != ':') return strspn(rest, "0123456789");
  if (letter == 'K') return *rest ? 1 : 0;
  return strlen(rest);
}

// Read a cluster of short options.
static bool parse_cluster(Cli *cli, const char *at, Words *words) {
  while (*at) {
    char letter = *at++;
    char spelled[3] = {'-', letter, 0};
    const Option *option = parse_find_letter(letter);
    if (letter == '-' || letter == '\r') continue;
    if (!option) return parse_unknown("-", spelled + 1);
    if (cli->in_env && !option->env) return parse_apply(cli, option, spelled, NULL);
    const char *arg = NULL;
    if (option->arg == ARG_VALUE) {
      if (*at)
        arg = at;
      else if (!parse_next_word(words, &arg))
        return mx_cli_fail("RuntimeError", "no argument given for %s", spelled);
      at = "";
    } else if (option->arg == ARG_ATTACHED) {
      size_t len = parse_attached_len(letter, at);
      arg = mx_arena_copy(&cli->arena, at, len);
      at += len;
    }
    if (!parse_apply(cli, option, spelled, arg)) return false;
  }
  return true;
}

// Read `enable-x` and `disable-x`, which are spelled with a dash too.
static const Option *parse_feature(const char *word, const char **arg) {
  static const char *const verbs[] = {"enable", "disable"};
  for (size_t i = 0; i < MX_COUNT_OF(verbs); i++) {
    size_t len = strlen(verbs[i]);
    if (strncmp(word, verbs[i], len) != 0 || word[len] != '-') continue;
    *arg = word + len + 1;
    return parse_find_name(verbs[i], len);
  }
  return NULL;
}

// Read a long option.
static bool parse_long(Cli *cli, const char *word, Words *words) {
  size_t len = strcspn(word, "=");
  const char *arg = word[len] == '=' ? word + len + 1 : NULL;
  const Option *option = parse_find_name(word, len);
  if (!option) option = parse_feature(word, &arg);
  if (!option || (option->arg == ARG_NONE && arg)) return parse_unknown("--", word);
  if (option->arg == ARG_VALUE && !arg && !parse_next_word(words, &arg))
    return mx_cli_fail("RuntimeError", "missing argument for --%s", word);
  return parse_apply(cli, option, word, arg);
}

// Read options up to the first word that is none.
static bool parse_words(Cli *cli, Words *words) {
  while (words->argc > 0) {
    const char *word = words->argv[0];
    if (word[0] != '-' || word[1] == 0) return true;
    words->argc--;
    words->argv++;
    if (strcmp(word, "--") == 0) return true;
    bool ok =
        word[1] == '-' ? parse_long(cli, word + 2, words) : parse_cluster(cli, word + 1, words);
    if (!ok) return false;
  }
  return true;
}

// Take options from one line of text.
bool mx_cli_parse_text(Cli *cli, const char *text, bool rubyopt) {
  char *copy = mx_arena_copy(&cli->arena, text, strlen(text));
  char *argv[64];
  Words words = {0, argv};
  char *save = NULL;
  for (char *word = strtok_r(copy, " \t\r\n", &save); word;
       word = strtok_r(NULL, " \t\r\n", &save)) {
    if (rubyopt && word[0] != '-') { // RUBYOPT may leave out the first dash
      char *dashed = mx_arena_alloc(&cli->arena, strlen(word) + 2);
      dashed[0] = '-';
      memcpy(dashed + 1, word, strlen(word) + 1);
      word = dashed;
    }
    if (words.argc < (int)MX_COUNT_OF(argv)) argv[words.argc++] = word;
  }
  cli->in_env = rubyopt;
  bool ok = parse_words(cli, &words);
  cli->in_env = false;
  return ok;
}

// Choose the program: `test`, `compile`, a path, or standard input.
static void parse_program(Cli *cli, Words *words) {
  if (!cli->has_code && words->argc > 0) {
    const char *word = words->argv[0];
    words->argc--;
    words->argv++;
    if (cli->action == CLI_RUN && strcmp(word, "test") == 0)
      cli->action = CLI_TEST;
    else if (cli->action == CLI_RUN && strcmp(word, "compile") == 0)
      cli->action = CLI_COMPILE;
    else if (strcmp(word, "-") == 0)
      cli->from_input = true;
    else
      cli->script = word;
  } else if (!cli->has_code && cli->print_version && cli->action == CLI_RUN) {
    cli->action = CLI_VERSION;
    cli->print_version = false;
  }
  cli->argc = words->argc;
  cli->argv = words->argv;
}

// Take the words behind the script's name that -s makes globals.
void mx_cli_take_switches(Cli *cli) {
  if (!cli->switches) return;
  while (cli->argc > 0 && cli->argv[0][0] == '-' && cli->argv[0][1]) {
    const char *word = *cli->argv++;
    cli->argc--;
    if (strcmp(word, "--") == 0) return;
    word += word[1] == '-' ? 2 : 1;
    vec_push(&cli->globals, word);
  }
}

// Read the command line and RUBYOPT.
bool mx_cli_parse(Cli *cli, int argc, char **argv) {
  Words words = {argc - 1, argv + 1};
  if (argc == 0) words.argc = 0;
  if (!parse_words(cli, &words)) return false;
  parse_program(cli, &words);
  const char *env = getenv("RUBYOPT");
  return !env || cli->ignore_env || mx_cli_parse_text(cli, env, true);
}
