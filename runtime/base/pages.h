// SPDX-License-Identifier: MIT
// Pages of memory that is about to be filled.
#ifndef MX_RUNTIME_BASE_PAGES_H
#define MX_RUNTIME_BASE_PAGES_H

#include "runtime/base/check.h"

// New memory will be written from end to end: get its pages at once, not by a page fault each.
// Only a hint, and small areas are left alone. errno is kept.
MX_FUNC void mx_pages_expect(void *memory, size_t bytes);

#endif
