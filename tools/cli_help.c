// SPDX-License-Identifier: MIT
// Help, version and copyright; the help is made of the rows of options.def.
#include "tools/cli.h"

#include <stdio.h>

typedef struct HelpRow {
  char letter;          // short form, 0 for none
  const char *name;     // long form, NULL for none
  const char *arg_name; // NULL for none
  const char *doc;
} HelpRow;

static const HelpRow help_rows[] = {
#define OPTION(handler, short_form, long_form, arg, called, env, text) \
  {.letter = short_form, .name = long_form, .arg_name = called, .doc = text},
#include "tools/options.def"
};

// Print one row: "  -C dir           run in another directory".
static void help_print_row(const HelpRow *row) {
  char form[64];
  const char *arg = row->arg_name ? row->arg_name : "";
  if (row->letter && row->name)
    snprintf(form, sizeof form, "-%c%s, --%s", row->letter, arg, row->name);
  else if (row->letter)
    snprintf(form, sizeof form, "-%c%s", row->letter, arg);
  else
    snprintf(form, sizeof form, "--%s%s%s", row->name, row->arg_name ? "=" : "", arg);
  printf("  %-26s %s\n", form, row->doc);
}

// Print the help; the short one has the short options only.
void mx_cli_print_help(bool full) {
  puts("Usage: metorex [options]                (on a terminal: interactive mode)\n"
       "       metorex [options] [--] [FILE | -] [arguments]\n"
       "       metorex [options] -e CODE [arguments]\n"
       "       metorex test [PATH...]\n"
       "       metorex [options] compile [-o OUT] FILE|DIR...");
  for (size_t i = 0; i < MX_COUNT_OF(help_rows); i++)
    if (full || help_rows[i].letter) help_print_row(&help_rows[i]);
  if (full)
    puts("Environment: RUBYOPT (options), RUBYLIB (directories for $LOAD_PATH),\n"
         "       METOREX_CACHE (folder of compiled texts; empty: none),\n"
         "       METOREX_HISTORY (file of the interactive mode's history)");
}

// Print the version, and whether the JIT is on.
void mx_cli_print_version(const Cli *cli) {
  bool jit = cli->jit.mode != JIT_OFF && !cli->eval.walker && mx_jit_available(&cli->jit);
  printf("metorex 0.1.0 (ruby 4.0.0)%s [x86_64-linux]\n", jit ? " +JIT" : "");
}

// Print the copyright.
void mx_cli_print_copyright(void) { puts("metorex - MIT License"); }
