// SPDX-License-Identifier: MIT
// Making a program small that shows something: parts go as long as it still does.
#ifndef MX_TESTS_FUZZ_SHRINK_H
#define MX_TESTS_FUZZ_SHRINK_H

#include "tests/fuzz/generate.h"

// Whether the text of a program still shows what is looked for.
typedef bool (*ShrinkTest)(void *data, const char *text);

// Change the tree until no single change that is known makes it smaller and still shows it, or
// until the tests are used up. Returns how many were needed.
uint32_t shrink_program(GenNode *program, ShrinkTest test, void *data, uint32_t max_tests);

#endif
