// SPDX-License-Identifier: MIT
// The commands of a text test of the IR.
#include "jit/ir/ir_lex.h"
#include "jit/ir/ir_parse.h"
#include "jit/ir/ir_print.h"
#include "jit/ir/ir_verify.h"
#include "jit/opt/pipeline.h"
#include "tools/ir_run_parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TEST_MAX_ARGS = 16 }; // of a run

// ---- constants of commands

// Parse a constant by putting it where a function has one.
static bool test_word(IrTest *test, const char *text, size_t len, uint64_t *word, IrType *type) {
  StrBuf source = STRBUF_INIT, error = STRBUF_INIT;
  mx_strbuf_printf(&source, "fn \"\" params 0 block 0: return %.*s", (int)len, text);
  IrFn *fn = mx_ir_parse(&test->arena, source.at, &error);
  bool good = fn && mx_ir_is_const(mx_ir_at(fn, mx_ir_at(fn, fn->blocks.at[0].last)->a[0])->op);
  if (good) {
    IrRef ref = mx_ir_at(fn, fn->blocks.at[0].last)->a[0];
    *word = mx_ir_word(fn, ref);
    *type = mx_ir_at(fn, ref)->type;
  }
  if (fn) mx_ir_free(fn);
  mx_strbuf_free(&source);
  mx_strbuf_free(&error);
  return good;
}

// Parse the constants of a line, separated by blanks; UINT32_MAX when one is wrong.
static uint32_t test_words(IrTest *test, const char *line, uint64_t *words) {
  uint32_t count = 0;
  IrType type;
  for (line += strspn(line, " "); *line && count < TEST_MAX_ARGS; line += strspn(line, " ")) {
    size_t len = strcspn(line, " ");
    if (!test_word(test, line, len, &words[count++], &type)) return UINT32_MAX;
    line += len;
  }
  return count;
}

// ---- functions

// Append how a run ended, with calls and changes of memory.
static void test_run_one(IrTest *test, IrFn *fn, const uint64_t *args, StrBuf *out) {
  IrHeap heap;
  mx_ir_heap_copy(&heap, &test->heap);
  IrEval end = mx_ir_eval(fn, &heap, args, IR_EVAL_BITS);
  mx_strbuf_add_str(out, mx_strbuf_text(&heap.trace));
  mx_ir_heap_changes(&heap, &test->heap, out);
  mx_ir_eval_print(&end, out);
  mx_ir_heap_free(&heap);
}

// Run the function as written, and what the passes made of it.
static void test_run(IrTest *test, const char *line, StrBuf *out) {
  uint64_t args[TEST_MAX_ARGS] = {0};
  uint32_t count = test_words(test, line, args);
  if (count != test->fn->params) {
    mx_strbuf_printf(out, "the run needs %u constants\n", test->fn->params);
    return;
  }
  StrBuf before = STRBUF_INIT, after = STRBUF_INIT;
  test_run_one(test, test->fn, args, &before);
  if (test->opt) test_run_one(test, test->opt, args, &after);
  bool same = !test->opt || strcmp(mx_strbuf_text(&before), mx_strbuf_text(&after)) == 0;
  if (!same) mx_strbuf_printf(out, "as written:\n%safter the passes:\n", mx_strbuf_text(&before));
  mx_strbuf_add_str(out, mx_strbuf_text(same ? &before : &after));
  mx_strbuf_free(&before);
  mx_strbuf_free(&after);
}

// Run the named passes on the function as written.
static void test_opt(IrTest *test, const char *names, StrBuf *out) {
  StrBuf error = STRBUF_INIT;
  if (test->opt) mx_ir_free(test->opt);
  test->opt = mx_ir_parse(&test->arena, test->text, &error);
  if (*names == ':') test->opt->fuel = strtoull(names + 1, (char **)&names, 10);
  for (names += strspn(names, " ,"); *names; names += strspn(names, " ,")) {
    size_t len = strcspn(names, " ,");
    const PassInfo *pass = mx_pipeline_find(names, len);
    if (!pass) {
      mx_strbuf_printf(out, "no pass is named %.*s\n", (int)len, names);
      break;
    }
    pass->run(test->opt);
    names += len;
    if (mx_ir_verify(test->opt, &error)) continue;
    mx_strbuf_printf(out, "after %s: %s\n", pass->name, error.at);
    mx_ir_print(test->opt, out);
    break;
  }
  if (!out->len) mx_ir_print(test->opt, out);
  mx_strbuf_free(&error);
}

// Verify the function as written.
static void test_verify(IrTest *test, StrBuf *out) {
  if (mx_ir_verify(test->fn, out)) mx_strbuf_add_str(out, "ok");
  mx_strbuf_add_byte(out, '\n');
}

// ---- memory

// The name of a field; IRF_COUNT for none.
static uint32_t test_field(const char *name) {
  uint32_t field = 0;
  while (field < IRF_COUNT && strcmp(mx_ir_field_info(field)->text, name) != 0) field++;
  return field;
}

// Set a cell; false when the command is wrong. Offsets are added to the address as the ops do.
static bool test_set(IrTest *test, const char *name, uint64_t address, const char *index,
                     uint64_t word) {
  uint64_t number = strtoull(index, NULL, 0);
  if (strcmp(name, "home") == 0)
    mx_ir_heap_set(&test->heap, IR_CELL_HOME, 0, number, word);
  else if (strcmp(name, "upval") == 0)
    mx_ir_heap_set(&test->heap, IR_CELL_HOME, address, number, word);
  else if (strcmp(name, "ivar") == 0)
    mx_ir_heap_set(&test->heap, IR_CELL_IVAR, address + number, 0, word);
  else if (strcmp(name, "elem") == 0)
    mx_ir_heap_set(&test->heap, IR_CELL_ELEM, address + 8 * number, 0, word);
  else if (strcmp(name, "byte") == 0)
    mx_ir_heap_set(&test->heap, IR_CELL_BYTE, address + number, 0, word);
  else if (strcmp(name, "field") == 0 && test_field(index) < IRF_COUNT)
    mx_ir_heap_set(&test->heap, IR_CELL_FIELD, address, test_field(index), word);
  else
    return false;
  return true;
}

// Run `let` with a cell.
static bool test_let_cell(IrTest *test, const char *line) {
  char name[16], address[32] = "0", index[32], constant[64];
  bool good = sscanf(line, "home %31s = %63s", index, constant) == 2;
  if (good)
    strcpy(name, "home");
  else
    good = sscanf(line, "%15s %31s %31s = %63s", name, address, index, constant) == 4;
  uint64_t word;
  IrType type;
  return good && test_word(test, constant, strlen(constant), &word, &type) &&
         test_set(test, name, strtoull(address, NULL, 0), index, word);
}

// Run `let`.
static void test_let(IrTest *test, const char *line, StrBuf *out) {
  uint64_t word;
  IrType type;
  if (strcmp(line, "clobbers") == 0)
    test->heap.clobbers = true;
  else if (strncmp(line, "polls ", 6) == 0)
    test->heap.polls = strtoul(line + 6, NULL, 10);
  else if (strncmp(line, "env ", 4) == 0)
    test->heap.env = strtoull(line + 4, NULL, 0);
  else if (strncmp(line, "result ", 7) == 0 &&
           test_word(test, line + 7, strlen(line + 7), &word, &type))
    vec_push(&test->heap.results, word);
  else if (!test_let_cell(test, line))
    mx_strbuf_add_str(out, "what is to be set?\n");
}

// ---- tests

// Does the text of the function come back the same from the parser?
static bool test_round_trip(IrTest *test, const char *path) {
  StrBuf once = STRBUF_INIT, twice = STRBUF_INIT, error = STRBUF_INIT;
  mx_ir_print(test->fn, &once);
  IrFn *again = mx_ir_parse(&test->arena, once.at, &error);
  if (again) mx_ir_print(again, &twice);
  bool good = again && strcmp(once.at, twice.at) == 0;
  if (!good)
    printf("%s: printed and parsed, it is another function: %s\n", path, mx_strbuf_text(&error));
  if (again) mx_ir_free(again);
  mx_strbuf_free(&once);
  mx_strbuf_free(&twice);
  mx_strbuf_free(&error);
  return good;
}

// Parse the function of a file.
bool mx_ir_test_start(IrTest *test, const char *text, const char *path) {
  *test = (IrTest){.text = text};
  mx_arena_init(&test->arena, mx_arena_malloc_source());
  mx_ir_heap_init(&test->heap);
  test->fn = mx_ir_parse(&test->arena, text, &test->error);
  StrBuf problem = STRBUF_INIT;
  test->sound = test->fn && mx_ir_verify(test->fn, &problem);
  mx_strbuf_free(&problem);
  return !test->sound || test_round_trip(test, path);
}

// Free what a test has made.
void mx_ir_test_end(IrTest *test) {
  if (test->fn) mx_ir_free(test->fn);
  if (test->opt) mx_ir_free(test->opt);
  mx_ir_heap_free(&test->heap);
  mx_strbuf_free(&test->error);
  mx_arena_free(&test->arena);
}

// Run a command whose words are a string.
static bool test_dispatch(IrTest *test, const char *line, StrBuf *out) {
  static const char *const names[] = {"print", "verify", "opt", "run", "let"};
  uint32_t which = 0;
  size_t len = strcspn(line, " :");
  while (which < MX_COUNT_OF(names) &&
         (strlen(names[which]) != len || strncmp(names[which], line, len) != 0))
    which++;
  if (which == MX_COUNT_OF(names)) return false;
  const char *rest = line + len + (line[len] == ' ');
  if (!test->fn)
    mx_strbuf_printf(out, "%s\n", mx_strbuf_text(&test->error));
  else if (which == 0)
    mx_ir_print(test->fn, out);
  else if (which == 1 || !test->sound)
    test_verify(test, out);
  else if (which == 2)
    test_opt(test, rest, out);
  else if (which == 3)
    test_run(test, rest, out);
  else
    test_let(test, rest, out);
  return true;
}

// Run a command; a line of words that begins with none of them is a comment.
bool mx_ir_test_command(IrTest *test, const char *line, size_t len, StrBuf *out) {
  char *copy = mx_arena_copy(&test->arena, line, len);
  if (strchr("> ", *copy) || !test_dispatch(test, copy, out)) return false;
  test->commands++;
  return true;
}
