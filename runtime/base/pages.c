// SPDX-License-Identifier: MIT
// Where malloc's memory lies: from the first large page above the program on.
//
//   program | gap, never touched | a page | a large page ... | small ones, as malloc grows
//
// malloc writes down how long its memory is when it gets it. So that the large page is not touched
// before the system was told that it is to be one, that stands in the page in front.
#include "runtime/base/pages.h"
#include "runtime/base/page_range.h"

#include <errno.h>
#include <malloc.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

enum { PAGES_SMALL = 4096 }; // bytes of a page, or less than them

void mx_pages_begin(void) {
#ifdef M_TOP_PAD
  int error = errno;
  uintptr_t end = (uintptr_t)sbrk(0);
  size_t gap = (-end - PAGES_SMALL) & (PAGE_LARGE - 1);
  if (sbrk((intptr_t)gap) != (void *)-1) {
    mallopt(M_TOP_PAD, PAGE_LARGE);
    mallopt(M_MMAP_THRESHOLD, PAGE_LARGE / 2);
    mallopt(M_TRIM_THRESHOLD, 4 * PAGE_LARGE);
    void *volatile first = malloc(1); // a compiler leaves out what nobody looks at
    free(first);
    (void)madvise((void *)(end + gap + PAGES_SMALL), PAGE_LARGE, MADV_HUGEPAGE);
  }
  errno = error;
#endif
}
