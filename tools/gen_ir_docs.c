// SPDX-License-Identifier: MIT
// usage: gen_ir_docs [--check] FILE FOLDER
// Writes the page about the JIT's intermediate representation from its tables, and from the
// programs in the folder with their listings. --check: only compares the file with what would be
// written; exit code 1 when they differ.
#include "runtime/base/strbuf.h"
#include "jit/opt/fold.h"
#include "jit/opt/pipeline.h"

#include <stdio.h>
#include <string.h>

static const char docs_head[] =
    "# The JIT's intermediate representation\n"
    "\n"
    "Read this if you read a listing of the IR, write a pass, or lower it. `tools/dev docs` "
    "writes\n"
    "this page from `jit/ir/ir_ops.def` and the tables beside it; a test compares it, so do not\n"
    "edit it.\n"
    "\n"
    "A region is one function in SSA form: a control-flow graph whose blocks hold instructions,\n"
    "phis first, one instruction that ends the block last. `jit/ir/ir.h` has the structs and the\n"
    "invariants that the verifier checks, `jit/ir/ir_print.h` the textual form, which the parser\n"
    "reads back. `docs/adding-an-ir-op.md` says what a new instruction needs.\n"
    "\n"
    "A guard leaves the function through its snapshot, which says how to rebuild the\n"
    "interpreter's frames at the start of an opcode: locals, operand stack, self and block of\n"
    "each inlined frame, as values of the function or as objects that are made then.\n"
    "\n";

static const char docs_letters[] =
    "\n"
    "## Instructions\n"
    "\n"
    "Operands: letters of the types above; `x` any type, `s` the type of the result, `a` an\n"
    "object or an address, `*` any number of what follows. Capitals are immediates: `N` a number,\n"
    "`S` a shape, `F` a field, `R` a runtime call, `C` a call site, `T` target blocks, `K` the\n"
    "constant itself.\n"
    "\n"
    "Effects: PURE computes and may be moved and dropped; PARTIAL likewise, but stays below what\n"
    "makes sure of its presupposition; GUARD leaves unless what it says holds; READ and WRITE\n"
    "touch the memory of the next column; ALLOC makes an object; CALL runs C code or the program;\n"
    "PHI and FLOW are what they are called.\n"
    "\n"
    "| Name | Operands | Gives | Effect | Memory | |\n"
    "|---|---|---|---|---|---|\n";

static const char docs_types_head[] = "## Types\n\n| Name | Letter | |\n|---|---|---|\n";
static const char docs_fields_head[] =
    "\n## Fields\n\nOf runtime structs. FIXED ones never change once the object is made.\n"
    "\n| Name | Type | Bytes | Kind | |\n|---|---|---|---|---|\n";
static const char docs_calls_head[] =
    "\n## Runtime calls\n\n| Name | Operands | Gives | Raises | |\n|---|---|---|---|---|\n";
static const char docs_passes_head[] =
    "\n## Passes\n\nIn the order of the pipeline; each has a file in `jit/opt`, whose head comment "
    "states what\nit needs and leaves behind.\n\n";
static const char docs_rules_head[] =
    "\n## Fold rules\n\nFrom `jit/opt/fold.rules`; each is proved on all Integers of 8 bits.\n\n"
    "```\n";

static const char docs_translations_head[] =
    "\n## Three translations\n\n"
    "What `metorex --jit=sync --jit-threshold=100 --dump=ir` prints of the programs in\n"
    "`tests/jit/translations`: the IR that the back end gets. A test compares it.\n";

// The programs whose translations the page shows, in its order.
static const char *const docs_translations[] = {"sum", "block", "object"};

// Append text of a cell, in which a bar must not end it.
static void docs_cell(StrBuf *out, const char *text) {
  for (; *text; text++) {
    if (*text == '|') mx_strbuf_add_byte(out, '\\');
    mx_strbuf_add_byte(out, *text);
  }
}

// Append a row of cells.
static void docs_row(StrBuf *out, uint32_t count, const char *const *cells) {
  mx_strbuf_add_str(out, "| ");
  for (uint32_t i = 0; i < count; i++) {
    docs_cell(out, cells[i]);
    mx_strbuf_add_str(out, i + 1 < count ? " | " : " |\n");
  }
}

#define DOCS_ROW(out, ...)                                           \
  docs_row((out), MX_COUNT_OF(((const char *const[]){__VA_ARGS__})), \
           (const char *const[]){__VA_ARGS__})

// Append the tables of types and instructions.
static void docs_ops(StrBuf *out) {
  mx_strbuf_add_str(out, docs_types_head);
#define IR_TYPE(NAME, text, letter, doc) \
  DOCS_ROW(out, "`" text "`", (const char[]){'`', letter, '`', 0}, doc);
#include "jit/ir/ir_types.def"
  mx_strbuf_add_str(out, docs_letters);
#define IR(NAME, text, operands, RESULT, EFFECT, MEMORY, doc) \
  DOCS_ROW(out, "`" text "`", operands, #RESULT, #EFFECT, #MEMORY, doc);
#include "jit/ir/ir_ops.def"
}

// Append the tables of fields and calls.
static void docs_world(StrBuf *out) {
  mx_strbuf_add_str(out, docs_fields_head);
#define IR_FIELD(NAME, text, Struct, member, bytes, TYPE, KIND, doc) \
  DOCS_ROW(out, "`" text "`", #TYPE, #bytes, #KIND, doc);
#include "jit/ir/ir_fields.def"
  mx_strbuf_add_str(out, docs_calls_head);
#define RTCALL(NAME, text, operands, RESULT, EFFECTS, RAISES, function, doc) \
  DOCS_ROW(out, "`" text "`", operands, #RESULT, #RAISES, doc);
#include "jit/ir/rtcalls.def"
}

// Append passes and rules.
static void docs_passes(StrBuf *out) {
  mx_strbuf_add_str(out, docs_passes_head);
  for (uint32_t i = 0; i < PIPELINE_LENGTH; i++) {
    const PassInfo *pass = mx_pipeline_at(i);
    mx_strbuf_printf(out, "%u. `%s`: %s\n", i + 1, pass->name, pass->doc);
  }
  mx_strbuf_add_str(out, docs_rules_head);
  for (uint32_t i = 0; i < mx_fold_rule_count(); i++)
    mx_strbuf_printf(out, "%s\n", mx_fold_rule(i)->text);
  mx_strbuf_add_str(out, "```\n");
}

// Append a file; whether it could be read.
static bool docs_read(const char *path, StrBuf *out) {
  FILE *file = fopen(path, "rb");
  if (!file) return false;
  char part[4096];
  for (size_t got; (got = fread(part, 1, sizeof part, file)) > 0;) mx_strbuf_add(out, part, got);
  fclose(file);
  return true;
}

// Append a file of a translation, between marks of code unless it is prose.
static bool docs_part(const char *folder, const char *name, const char *ending, StrBuf *out) {
  bool prose = strcmp(ending, "txt") == 0;
  char path[1024];
  snprintf(path, sizeof path, "%s/%s.%s", folder, name, ending);
  mx_strbuf_add_str(out, prose ? "\n" : "\n```\n");
  bool good = docs_read(path, out);
  if (!prose) mx_strbuf_add_str(out, "```\n");
  return good;
}

// Append the translations: program, IR, what is to be seen in it.
static bool docs_translate(const char *folder, StrBuf *out) {
  static const char *const endings[] = {"rb", "ir", "txt"};
  mx_strbuf_add_str(out, docs_translations_head);
  bool good = true;
  for (uint32_t i = 0; i < MX_COUNT_OF(docs_translations); i++) {
    mx_strbuf_printf(out, "\n### %s.rb\n", docs_translations[i]);
    for (uint32_t k = 0; k < MX_COUNT_OF(endings); k++)
      good = docs_part(folder, docs_translations[i], endings[k], out) && good;
  }
  return good;
}

// Does the file hold the text?
static bool docs_compare(const char *path, const StrBuf *text) {
  StrBuf is = STRBUF_INIT;
  if (!docs_read(path, &is)) return false;
  bool same = is.len == text->len && memcmp(is.at, text->at, is.len) == 0;
  mx_strbuf_free(&is);
  return same;
}

// Write the file.
static bool docs_write(const char *path, const StrBuf *text) {
  FILE *file = fopen(path, "wb");
  if (!file) return false;
  bool good = fwrite(text->at, 1, text->len, file) == text->len;
  return fclose(file) == 0 && good;
}

// Write or compare the page.
int main(int argc, char **argv) {
  bool check = argc == 4 && strcmp(argv[1], "--check") == 0;
  if (argc != (check ? 4 : 3)) {
    fputs("usage: gen_ir_docs [--check] FILE FOLDER\n", stderr);
    return 2;
  }
  StrBuf out = STRBUF_INIT;
  const char *path = argv[argc - 2];
  mx_strbuf_add_str(&out, docs_head);
  docs_ops(&out);
  docs_world(&out);
  docs_passes(&out);
  bool good = docs_translate(argv[argc - 1], &out);
  good = good && (check ? docs_compare(path, &out) : docs_write(path, &out));
  if (!good) fprintf(stderr, "%s: %s\n", path, check ? "run tools/dev docs" : "not written");
  mx_strbuf_free(&out);
  return good ? 0 : 1;
}
