// SPDX-License-Identifier: MIT
// What the fuzz targets share. A target is tests/fuzz/fuzz_<name>.c with a LLVMFuzzerTestOneInput;
// `tools/dev fuzz <name> SECONDS` builds and runs it, with seeds from the programs of the
// repository (fuzz_seeds of tools/dev says which for which target).
//
// An input that is a program begins with a byte of options:  [ - - - types trace | dialect: 2 ]
#ifndef MX_TESTS_FUZZ_H
#define MX_TESTS_FUZZ_H

#include "tests/unit/compile_fixture.h"

#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { FUZZ_VM_INPUTS = 20000 }; // a VM's symbols are never freed: it serves as many inputs

// An input that is a program, taken apart. OWNERSHIP: the text is malloc'd, a NUL behind it.
typedef struct FuzzProgram {
  char *text;
  size_t len;
  Dialect dialect;
  bool trace, types;
} FuzzProgram;

static inline FuzzProgram fuzz_program(const uint8_t *data, size_t size) {
  uint8_t options = size > 0 ? data[0] : 0;
  size_t len = size > 0 ? size - 1 : 0;
  char *text = malloc(len + 1);
  if (!text) exit(2);
  if (len > 0) memcpy(text, data + 1, len);
  text[len] = 0;
  return (FuzzProgram){.text = text,
                       .len = len,
                       .dialect = (Dialect)((options & 3) % (DIALECT_CORE + 1)),
                       .trace = (options & 4) != 0,
                       .types = (options & 8) != 0};
}

// A VM without an engine: nothing that a target does may run guest code.
static inline ExecCtx *fuzz_vm(void) {
  static const Upcalls none;
  VmOptions options = {.deterministic = true, .seed = 1};
  return mx_vm_new(&none, &options)->main_ec;
}

// The VM for the next input; a new one now and then.
static inline ExecCtx *fuzz_next_vm(void) {
  static ExecCtx *ec;
  static int inputs;
  if (ec && inputs++ < FUZZ_VM_INPUTS) return ec;
  if (ec) mx_vm_free(ec->vm);
  inputs = 0;
  return ec = fuzz_vm();
}

#endif
