// SPDX-License-Identifier: MIT
// Any bytes to the parser: it answers, with a tree or with errors.
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  FuzzProgram program = fuzz_program(data, size);
  Arena arena;
  SymTab symbols;
  DiagList diags;
  mx_arena_init(&arena, mx_arena_malloc_source());
  mx_symtab_init(&symbols);
  mx_diag_init(&diags, &arena);
  Source *source = mx_source_new(&arena, "fuzz", program.text, program.len, 1);
  ParseOptions options = {.dialect = program.dialect};
  const Ast *tree = mx_parse(&arena, &symbols, source, &options, &diags);
  if (!tree && diags.errors == 0) abort();
  StrBuf out = STRBUF_INIT;
  mx_diag_render_all(&diags, source, &out);
  mx_strbuf_free(&out);
  mx_diag_free(&diags);
  mx_symtab_free(&symbols);
  mx_arena_free(&arena);
  free(program.text);
  return 0;
}
