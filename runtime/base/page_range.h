// SPDX-License-Identifier: MIT
// A range of addresses that memory is taken from, one piece behind the other, in large pages.
//
// PERF: where the host shadows page tables, a page costs 16 us when it is touched first, and a
// large one 160, that is 0.3 for each of its 512. Without large pages in the system it works as any
// other memory.
//
// OWNERSHIP: a range is never given back. Whoever has one serializes its use.
#ifndef MX_BASE_PAGE_RANGE_H
#define MX_BASE_PAGE_RANGE_H

#include "runtime/base/check.h"
#include <stdint.h>

enum { PAGE_LARGE = 2 << 20 }; // bytes of a large page

typedef struct PageRange {
  size_t bytes;    // of addresses; to be set before the first use, as is `plain`
  size_t plain;    // bytes at its start that stay in small pages, for when few of them are used
  uint8_t *next;   // where the next piece lies; NULL before the first one
  uint8_t *mapped; // it is memory up to here, a whole large page
  uint8_t *end;    // of the addresses
  bool failed;     // it cannot be reserved
} PageRange;

// Zeroed memory behind the last piece, at first at a large page; NULL when there is none. The range
// is reserved at the first use, unless the process may have only so many addresses, and becomes
// memory by large pages.
MX_FUNC uint8_t *mx_page_range_take(PageRange *range, size_t bytes);

#endif
