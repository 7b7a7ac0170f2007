// SPDX-License-Identifier: MIT
// usage: gen_docs [--check] FILE
// Writes the page about the bytecode from bytecode/opcodes.def and from what the examples there
// compile to. --check: only compares the file with what would be written; exit code 1 when they
// differ. Runs in the root of the sources.
#include "runtime/api.h"
#include "bytecode/disasm.h"
#include "tools/opcode_example.h"

#include <stdlib.h>

static const char docs_table[] = "bytecode/opcodes.def";

static const char docs_head[] =
    "# Bytecode\n"
    "\n"
    "Read this if you read a listing, or if you change the compiler, the interpreter or what\n"
    "reads bytecode. `tools/dev docs` writes this page from `bytecode/opcodes.def` and from what\n"
    "the examples there compile to; a test compares it, so do not edit it.\n"
    "\n"
    "A body (program, method, class body, block) is compiled into a chunk (`bytecode/chunk.h`):\n"
    "instructions, constants, handlers, places in the source, nested bodies. Instructions work\n"
    "on a stack of values in the body's frame; locals have slots of their own below it.\n"
    "`metorex --disassemble FILE` prints chunks, `method.disassemble` one of them.\n"
    "\n"
    "## Encoding\n"
    "\n"
    "```\n"
    "[ WIDE ] [ opcode: 1 byte ] [ operand: 2 bytes, 4 behind WIDE ] ...\n"
    "```\n"
    "\n"
    "Operands are little-endian and have no sign. When one of them is above 65,535, the prefix\n"
    "`WIDE` stands in front and all operands of the instruction have four bytes. How many there\n"
    "are follows from the opcode, so a chunk can be read from its start without anything else.\n"
    "A jump names its target by its offset in the chunk.\n"
    "\n"
    "A chunk is what is verified, saved and listed. The interpreter makes its own stream of\n"
    "words from it, with caches behind the instructions; marks (phase `MARK`) are not in there.\n"
    "\n"
    "## Operands\n"
    "\n"
    "| Letter | Operand | In listings |\n"
    "|---|---|---|\n"
    "| K | index of a constant | the constant, as `inspect` prints it, shortened |\n"
    "| N | index of a constant that is a Symbol | the name |\n"
    "| L | slot of a local | its name, `slot 3` for a hidden one |\n"
    "| D | scopes to go out | `1 out` |\n"
    "| C | count | the number, with a word in front where that alone says little |\n"
    "| F | flags | their names, joined by a bar; nothing when none is set |\n"
    "| J | offset of the target | `-> 0042`; the target's line is marked with `>` |\n"
    "| B | number of a nested body | `body 0 (method m)` |\n"
    "| H | number of a handler | `handler 0` |\n"
    "| V | variant | its name |\n"
    "\n"
    "Flags of calls: `KW`: the last argument is a Hash of keywords made for this call; `FCALL`:\n"
    "the receiver is self; `VCALL`: a bare name; `SPLAT`: the arguments are one Array, and maybe\n"
    "a keywords Hash; `RUBY2`: with `SPLAT`, a last Hash may be marked by ruby2_keywords.\n"
    "\n"
    "## Columns of the tables\n"
    "\n"
    "- **Stack**: values taken and values pushed; C is the count operand, C1 and C2 several.\n"
    "- **Effects** beyond stack and locals: `reads` and `writes` memory, `allocates`, `raises`;\n"
    "  `any`: all of these, and code of the program may run; `frame`: needs the frame's other\n"
    "  parts. An instruction runs guest code at most once, as its last act, and then only pushes\n"
    "  the result, so that it can be done again as long as it has not.\n"
    "- **Stands for**: the method that it calls in a faster way, as long as the built-in meaning\n"
    "  of that method holds; otherwise it does what `CALL_METHOD` of that name does.\n"
    "\n"
    "In the text of the rows `[a b]` is the stack, its top at the right.\n";

static const char docs_modules[] =
    "\n"
    "### LOAD_MODULE, IMPORT, EXPORT\n"
    "\n"
    "These three are reserved for modules that are files with a namespace of their own. The\n"
    "compiler never emits them, and the verifier refuses a chunk that holds one, so their numbers\n"
    "can get a meaning without a new format. What they are meant to do:\n"
    "\n"
    "- `LOAD_MODULE path` pushes the module of a path; the first time it is loaded and its body\n"
    "  runs, later times it is found by its id.\n"
    "- `IMPORT path name` replaces the module at the top by what it exports under the name, and\n"
    "  raises NameError, which tells the path, when it exports no such thing.\n"
    "- `EXPORT name` takes the value at the top as what this module exports under the name.\n"
    "\n"
    "`docs/modules.md` has the design around them.\n";

// The page being written.
typedef struct Docs {
  ExecCtx *ec;
  StrBuf table; // text of opcodes.def, for its headings
  StrBuf out;
} Docs;

// Append what one side of the stack effect says.
static void docs_slots(Docs *d, const OpInfo *info, const StackUse *use) {
  uint32_t counts = 0;
  for (uint32_t i = 0; i < info->operand_count; i++) counts += info->operands[i] == 'C';
  const char *between = "";
  if (use->base || !use->mask) mx_strbuf_printf(&d->out, "%u", use->base);
  if (use->base) between = " + ";
  for (uint32_t i = 0, number = 0; i < info->operand_count; i++) {
    if (info->operands[i] == 'C') number++;
    if (!(use->mask & 1u << i)) continue;
    mx_strbuf_add_str(&d->out, between);
    if (use->times > 1) mx_strbuf_printf(&d->out, "%u ", use->times);
    mx_strbuf_add_byte(&d->out, 'C');
    if (counts > 1) mx_strbuf_printf(&d->out, "%u", number);
    between = " + ";
  }
}

// Append the names of the effects.
static void docs_effects(Docs *d, uint32_t effects) {
  static const char *const names[] = {"reads", "writes", "allocates", "raises", "guest", "frame"};
  const char *between = "";
  if ((effects & E_ANY) == E_ANY) {
    mx_strbuf_add_str(&d->out, "any");
    effects &= ~(uint32_t)E_ANY;
    between = ", ";
  }
  for (uint32_t i = 0; i < MX_COUNT_OF(names); i++) {
    if (!(effects & 1u << i)) continue;
    mx_strbuf_printf(&d->out, "%s%s", between, names[i]);
    between = ", ";
  }
}

// Append text in which a bar must not end a cell.
static void docs_cell(Docs *d, const char *text) {
  for (; *text; text++) {
    if (*text == '|') mx_strbuf_add_byte(&d->out, '\\');
    mx_strbuf_add_byte(&d->out, *text);
  }
}

// Append the row of an opcode.
static void docs_row(Docs *d, OpCode op) {
  const OpInfo *info = mx_op_info(op);
  mx_strbuf_printf(&d->out, "| %d | `%s` | ", op, info->name);
  for (uint32_t i = 0; i < info->operand_count; i++)
    mx_strbuf_printf(&d->out, "%s%c", i ? " " : "", info->operands[i]);
  mx_strbuf_add_str(&d->out, " | ");
  docs_slots(d, info, &info->pops);
  mx_strbuf_add_str(&d->out, " → ");
  docs_slots(d, info, &info->pushes);
  mx_strbuf_add_str(&d->out, " | ");
  docs_effects(d, info->effects);
  mx_strbuf_add_str(&d->out, " | ");
  if (info->send != SYM_NONE) {
    mx_strbuf_add_byte(&d->out, '`');
    docs_cell(d, mx_sym_text(&d->ec->vm->symtab, info->send));
    mx_strbuf_add_byte(&d->out, '`');
  }
  mx_strbuf_add_str(&d->out, " | ");
  docs_cell(d, info->doc);
  mx_strbuf_add_str(&d->out, " |\n");
}

// Place of an opcode's row in the text of the table.
static const char *docs_find_row(const Docs *d, OpCode op) {
  StrBuf start = STRBUF_INIT;
  mx_strbuf_printf(&start, "\nOP(%s,", mx_op_info(op)->name);
  const char *found = strstr(d->table.at, start.at);
  mx_strbuf_free(&start);
  return found;
}

// The heading that an opcode's row stands under: "// -- stack ---"; *len is that of its words.
static const char *docs_heading(const Docs *d, OpCode op, size_t *len) {
  const char *row = docs_find_row(d, op), *heading = NULL;
  static const char mark[] = "\n// -- ";
  for (const char *at = strstr(d->table.at, mark); at && at < row; at = strstr(at + 1, mark))
    heading = at + strlen(mark);
  *len = heading ? (size_t)(strstr(heading, " ---") - heading) : 0;
  return heading;
}

// Append the lines of a listing that hold a wide instruction; the rest is more of the same.
static void docs_wide_lines(Docs *d, const StrBuf *listing) {
  const char *line = mx_strbuf_text(listing);
  const char *end = strchr(strstr(line, "WIDE "), '\n');
  const char *start = end;
  while (start > line && start[-1] != '\n') start--;
  mx_strbuf_add(&d->out, start, (size_t)(end - start) + 1);
}

static const char *const docs_programs[][2] = {{"rb", ""},
                                               {"mx", ", metorex dialect"},
                                               {"core", ", core library code"},
                                               {"trace", ", compiled for `--trace`"},
                                               {"types", ", under `--check-types`"}};

// Append what an example is.
static void docs_program(Docs *d, const OpcodeExample *example) {
  for (size_t i = 0; i < MX_COUNT_OF(docs_programs); i++) {
    if (strcmp(docs_programs[i][0], example->prefix) != 0) continue;
    mx_strbuf_printf(&d->out, "Example%s:\n\n```ruby\n%s\n```\n\n", docs_programs[i][1],
                     example->text);
    return;
  }
  bool wide = strcmp(example->prefix, "wide") == 0;
  mx_strbuf_printf(&d->out, "Example: %s.\n\n",
                   wide ? "a program with more than 65,536 constants; one of its instructions"
                        : "a tree that holds a Value, and no text");
}

// Append example and listing of an opcode; false when it has none though it should.
static bool docs_example(Docs *d, OpCode op) {
  Arena arena;
  mx_arena_init(&arena, mx_arena_malloc_source());
  OpcodeExample example = example_compile(d->ec, &arena, op);
  const Chunk *chunk = example.problem ? NULL : example_find(example.chunk, op);
  if (!chunk) {
    fprintf(stderr, "%s: %s\n", mx_op_info(op)->name, mx_op_info(op)->example);
    return false;
  }
  mx_strbuf_printf(&d->out, "\n### %s\n\n%s\n\n", mx_op_info(op)->name, mx_op_info(op)->doc);
  docs_program(d, &example);
  StrBuf listing = STRBUF_INIT;
  mx_disasm_code(d->ec, chunk, example.source, &listing);
  mx_strbuf_add_str(&d->out, "```\n");
  if (op == OP_WIDE)
    docs_wide_lines(d, &listing);
  else
    mx_strbuf_add(&d->out, listing.at, listing.len);
  mx_strbuf_add_str(&d->out, "```\n");
  mx_strbuf_free(&listing);
  mx_arena_free(&arena);
  return true;
}

// Append the section that begins with an opcode; *end is the first opcode behind it.
static bool docs_section(Docs *d, int first, int *end) {
  size_t len, other_len;
  const char *heading = docs_heading(d, (OpCode)first, &len);
  mx_strbuf_add_str(&d->out, "\n## ");
  mx_strbuf_add_byte(&d->out,
                     heading[0] >= 'a' && heading[0] <= 'z' ? heading[0] - 32 : heading[0]);
  mx_strbuf_add(&d->out, heading + 1, len - 1);
  mx_strbuf_add_str(&d->out, "\n\n| No. | Opcode | Operands | Stack | Effects | Stands for | What "
                             "it does |\n|---|---|---|---|---|---|---|\n");
  for (*end = first; *end < OP_COUNT; ++*end) {
    if (docs_heading(d, (OpCode)*end, &other_len) != heading) break;
    docs_row(d, (OpCode)*end);
  }
  for (int op = first; op < *end; op++)
    if (mx_op_info((OpCode)op)->phase != PHASE_RESERVED && !docs_example(d, (OpCode)op))
      return false;
  return true;
}

// Read a file; false + message.
static bool docs_read(const char *path, StrBuf *out) {
  FILE *file = fopen(path, "rb");
  if (!file) {
    perror(path);
    return false;
  }
  char chunk[65536];
  for (size_t got; (got = fread(chunk, 1, sizeof chunk, file)) > 0;) mx_strbuf_add(out, chunk, got);
  fclose(file);
  return true;
}

// Make the page; false + message.
static bool docs_make(Docs *d) {
  if (!docs_read(docs_table, &d->table)) return false;
  mx_strbuf_add_str(&d->out, docs_head);
  for (int op = 0, next; op < OP_COUNT; op = next)
    if (!docs_section(d, op, &next)) return false;
  mx_strbuf_add_str(&d->out, docs_modules);
  return true;
}

// What to do with the page.
typedef struct DocsJob {
  const char *path;
  bool check; // only compare
  bool ok;
} DocsJob;

// Write the page.
static bool docs_write(const char *path, const StrBuf *page) {
  FILE *file = fopen(path, "wb");
  bool ok = file && fwrite(page->at, 1, page->len, file) == page->len;
  if (file) ok = fclose(file) == 0 && ok;
  if (!ok) perror(path);
  return ok;
}

// Compare the page with the file.
static bool docs_compare(const char *path, const StrBuf *page) {
  StrBuf old = STRBUF_INIT;
  bool same =
      docs_read(path, &old) && old.len == page->len && memcmp(old.at, page->at, page->len) == 0;
  if (!same) printf("%s is not what the sources make: run tools/dev docs\n", path);
  mx_strbuf_free(&old);
  return same;
}

// Body of the run, inside a VM.
static Value docs_run(ExecCtx *ec, void *data) {
  DocsJob *job = data;
  Docs d = {.ec = ec};
  job->ok = docs_make(&d);
  if (job->ok)
    job->ok = job->check ? docs_compare(job->path, &d.out) : docs_write(job->path, &d.out);
  mx_strbuf_free(&d.table);
  mx_strbuf_free(&d.out);
  return VAL_NIL;
}

int main(int argc, char **argv) {
  DocsJob job = {.check = argc == 3 && strcmp(argv[1], "--check") == 0};
  if (argc != (job.check ? 3 : 2)) {
    fputs("usage: gen_docs [--check] FILE\n", stderr);
    return 2;
  }
  job.path = argv[argc - 1];
  VmOptions options = {.deterministic = true};
  EvalOptions eval = {0};
  VM *vm = mx_api_boot(&options, &eval);
  int status = mx_api_run(vm, docs_run, &job);
  mx_api_free(vm);
  return status || !job.ok;
}
