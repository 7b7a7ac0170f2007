// SPDX-License-Identifier: MIT
// Any program to the compiler: what parses compiles or is a SyntaxError, and what was compiled
// passes the verifier.
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  ExecCtx *ec = fuzz_next_vm();
  FuzzProgram program = fuzz_program(data, size);
  Compiled compiled;
  compiled_parse(&compiled, ec, program.text, program.len, program.dialect);
  compiled.unit.trace = program.trace;
  compiled.unit.types = program.types;
  VerifyError error;
  if (compiled_make(&compiled, ec)) {
    if (!compiled_verify(&compiled, ec, &error)) {
      fprintf(stderr, "refused: %s\n", error.text);
      abort();
    }
  } else if (compiled.diags.errors == 0) {
    mx_exc_take(ec);
  }
  compiled_free(&compiled);
  free(program.text);
  return 0;
}
