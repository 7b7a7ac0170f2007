// SPDX-License-Identifier: MIT
// usage: ir_run [--update] FILE...
// Runs text tests of the IR (tests/ir): a function with commands in comments, and below each
// command what it must print.
//
//   ; print              the function, or why it cannot be parsed
//   ; verify             "ok", or what is wrong
//   ; opt fold,dce       the function after these passes, with the verifier after each
//   ; opt:3 fold         likewise with fuel for three changes
//   ; let NAME ...       something for the runs that follow; ir_run_parts.h lists the names
//   ; run ARG...         how the function ends, after the last `opt`, with what calls were made and
//                        what memory changed; if the function as written ends otherwise, both
//   ; > TEXT             a line that the command above must print
//
// In each file the function must also survive printing and parsing. With --update the lines are
// written anew. The exit code is 1 when a line differs.
#include "tools/ir_run_parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// Read a whole file; NULL when that is not possible. The caller frees.
static char *run_read(const char *path) {
  FILE *file = fopen(path, "rb");
  if (!file) return NULL;
  StrBuf text = STRBUF_INIT;
  char part[4096];
  for (size_t got; (got = fread(part, 1, sizeof part, file)) > 0;) mx_strbuf_add(&text, part, got);
  fclose(file);
  mx_strbuf_add_str(&text, "");
  return mx_strbuf_take(&text);
}

// Append output as the lines of a file that expect it.
static void run_expect(const char *output, StrBuf *out) {
  while (*output) {
    size_t len = strcspn(output, "\n");
    mx_strbuf_printf(out, "; > %.*s", (int)len, output);
    while (out->at[out->len - 1] == ' ') mx_strbuf_truncate(out, out->len - 1);
    mx_strbuf_add_byte(out, '\n');
    output += len + (output[len] == '\n');
  }
}

// The file as it should be: old expectations left out, those that hold put in.
static void run_file(IrTest *test, const char *text, StrBuf *out) {
  StrBuf output = STRBUF_INIT;
  for (const char *line = text; *line;) {
    size_t len = strcspn(line, "\n");
    bool command = strncmp(line, "; ", 2) == 0;
    const char *next = line + len + (line[len] == '\n');
    if (!command || strncmp(line, "; >", 3) != 0) mx_strbuf_add(out, line, (size_t)(next - line));
    mx_strbuf_truncate(&output, 0);
    if (command && mx_ir_test_command(test, line + 2, len - 2, &output))
      run_expect(mx_strbuf_text(&output), out);
    line = next;
  }
  mx_strbuf_free(&output);
}

// Print the first line in which two texts differ.
static void run_complain(const char *path, const char *is, const char *should) {
  uint32_t line = 1;
  size_t i = 0, start = 0;
  for (; is[i] && is[i] == should[i]; i++) {
    if (is[i] != '\n') continue;
    line++;
    start = i + 1;
  }
  printf("%s:%u: expected: %.*s\n", path, line, (int)strcspn(is + start, "\n"), is + start);
  printf("%s:%u: got:      %.*s\n", path, line, (int)strcspn(should + start, "\n"), should + start);
}

// Run one file; true when it holds.
static bool run_test(const char *path, bool update) {
  char *text = run_read(path);
  if (!text) {
    printf("%s: cannot be read\n", path);
    return false;
  }
  IrTest test;
  StrBuf out = STRBUF_INIT;
  bool good = mx_ir_test_start(&test, text, path);
  run_file(&test, text, &out);
  if (!test.commands) {
    printf("%s: has no command\n", path);
    good = false;
  }
  if (strcmp(text, mx_strbuf_text(&out)) != 0) {
    FILE *file = update ? fopen(path, "wb") : NULL;
    if (file) {
      fwrite(out.at, 1, out.len, file);
      fclose(file);
    } else {
      run_complain(path, text, mx_strbuf_text(&out));
      good = false;
    }
  }
  mx_ir_test_end(&test);
  mx_strbuf_free(&out);
  free(text);
  return good;
}

// Run the files of the command line.
int main(int argc, char **argv) {
  bool update = argc > 1 && strcmp(argv[1], "--update") == 0, good = argc > 1 + update;
  if (!good) printf("usage: ir_run [--update] FILE...\n");
  for (int i = 1 + update; i < argc; i++) good &= run_test(argv[i], update);
  return good ? 0 : 1;
}
