// SPDX-License-Identifier: MIT
// Memory that is about to be filled from end to end.
#ifndef MX_RUNTIME_BASE_PAGES_H
#define MX_RUNTIME_BASE_PAGES_H

#include "runtime/base/check.h"

enum { PAGES_WORTH = 128 << 10 }; // bytes that a large page is worth its time and memory for

// Memory of malloc of at least *bytes, PAGES_WORTH or more, in large pages where the system has
// them; *bytes becomes what there is. NULL: there is none. Freed with free.
MX_FUNC void *mx_pages_large(size_t *bytes);

#endif
