// SPDX-License-Identifier: MIT
// malloc and its kin of what heap.c is linked into. Code that is linked with it calls them by the C
// library's names; these are for its tests.
#ifndef MX_LLVM_HEAP_H
#define MX_LLVM_HEAP_H

#include "runtime/base/check.h"

MX_FUNC void *mx_heap_malloc(size_t bytes) __asm__("malloc");
MX_FUNC void *mx_heap_calloc(size_t count, size_t bytes) __asm__("calloc");
MX_FUNC void *mx_heap_realloc(void *block, size_t bytes) __asm__("realloc");
MX_FUNC void mx_heap_free(void *block) __asm__("free");
MX_FUNC void *mx_heap_aligned(size_t alignment, size_t bytes) __asm__("aligned_alloc");
MX_FUNC int mx_heap_memalign(void **out, size_t alignment, size_t bytes) __asm__("posix_memalign");

#endif
