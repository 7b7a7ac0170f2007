// SPDX-License-Identifier: MIT
// What takes the place of parts of LLVM: where variables are.
//
// A function that has lines (lines.c) is taken for one that has variables, too. A pass follows
// every register and stack slot through it to say where they are, and before assembly is made all
// is looked through and numbered for them. Ours have none, and LLVM has no option against it. So
// the linker takes these functions instead: of two that each give an object that does the pass's
// work, leaving out what they would give; and of two that it is asked to replace (CMakeLists.txt).
//
// PERF: making code with lines takes 5 % longer than without them instead of 32 %.
// LIMITS: a module that uses LLVM's shared library does all that.
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

// InstructionOrdering::initialize(), which is for what comes of llvm::calculateDbgEntityHistory()
MX_FUNC void mx_no_variables_order(void *self, const void *function) __asm__(
    "__wrap__ZN4llvm19InstructionOrdering10initializeERKNS_15MachineFunctionE");
MX_FUNC void mx_no_variables_history(
    const void *function, const void *registers, void *values,
    void *labels) __asm__("__wrap__ZN4llvm25calculateDbgEntityHistoryEPKNS_15MachineFunctionEPKNS_"
                          "18TargetRegisterInfoE"
                          "RNS_18DbgValueHistoryMapERNS_16DbgLabelInstrMapE");

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

void mx_no_variables_order(void *self, const void *function) {
  MX_UNUSED(self);
  MX_UNUSED(function);
}

void mx_no_variables_history(const void *function, const void *registers, void *values,
                             void *labels) {
  MX_UNUSED(function);
  MX_UNUSED(registers);
  MX_UNUSED(values);
  MX_UNUSED(labels);
}
