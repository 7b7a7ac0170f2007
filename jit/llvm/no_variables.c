// SPDX-License-Identifier: MIT
// What takes the place of a part of LLVM: where variables are.
//
// A function that has lines (lines.c) is taken for one that has variables, too, and a pass follows
// every register and stack slot through it to say where they are. Ours have none. LLVM has no
// option against it; but it has two ways to do it, and gets each from one function. The linker
// takes these two instead, and leaves the others out of the module.
//
// PERF: the pass was a seventh of what making code with lines took, two thirds of what lines cost.
// LIMITS: a module that uses LLVM's shared library runs the pass (CMakeLists.txt).
#include "jit/llvm/backend.h"

// An object as C++ lays it out: LLVM's LDVImpl, which has one function and a destructor.
typedef struct NoVariables {
  const struct NoVariablesTable *table;
} NoVariables;

typedef struct NoVariablesTable {
  bool (*extend)(const NoVariables *self, void *function, void *dominators, void *config,
                 unsigned block_limit, unsigned value_limit); // did it change the function?
  void (*destroy)(const NoVariables *self);
  void (*delete)(const NoVariables *self); // destroys it and frees its memory
} NoVariablesTable;

// llvm::makeVarLocBasedLiveDebugValues(), llvm::makeInstrRefBasedLiveDebugValues()
MX_FUNC const NoVariables *mx_no_variables_quick(void) __asm__(
    "_ZN4llvm30makeVarLocBasedLiveDebugValuesEv");
MX_FUNC const NoVariables *mx_no_variables_well(void) __asm__(
    "_ZN4llvm32makeInstrRefBasedLiveDebugValuesEv");

static bool no_variables_extend(const NoVariables *self, void *function, void *dominators,
                                void *config, unsigned block_limit, unsigned value_limit) {
  MX_UNUSED(self);
  MX_UNUSED(function);
  MX_UNUSED(dominators);
  MX_UNUSED(config);
  MX_UNUSED(block_limit);
  MX_UNUSED(value_limit);
  return false;
}

static void no_variables_destroy(const NoVariables *self) { MX_UNUSED(self); }

// One object for all: it has no state, and is never freed.
static const NoVariables *no_variables_only(void) {
  static const NoVariablesTable table = {no_variables_extend, no_variables_destroy,
                                         no_variables_destroy};
  static const NoVariables none = {&table};
  return &none;
}

const NoVariables *mx_no_variables_quick(void) { return no_variables_only(); }
const NoVariables *mx_no_variables_well(void) { return no_variables_only(); }
