// SPDX-License-Identifier: MIT
// Taking memory from a range of addresses.
#include "runtime/base/page_range.h"
#include <sys/mman.h>
#include <sys/resource.h>

// Has the process as many addresses as it likes? Where they are counted, reserved ones are, too.
static bool page_range_allowed(void) {
  struct rlimit limit;
  return getrlimit(RLIMIT_AS, &limit) == 0 && limit.rlim_cur == RLIM_INFINITY;
}

static bool page_range_reserve(PageRange *range) {
  int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE;
  void *start = MAP_FAILED;
  if (page_range_allowed()) start = mmap(NULL, range->bytes, PROT_NONE, flags, -1, 0);
  range->failed = start == MAP_FAILED;
  if (range->failed) return false;
  range->end = (uint8_t *)start + range->bytes;
  range->next = range->mapped = (uint8_t *)start + (-(uintptr_t)start & (PAGE_LARGE - 1));
  return true;
}

// Make memory of the range, at least up to an address.
static bool page_range_extend(PageRange *range, const uint8_t *until) {
  size_t bytes = ((size_t)(until - range->mapped) + PAGE_LARGE - 1) & ~(size_t)(PAGE_LARGE - 1);
  if (bytes > (size_t)(range->end - range->mapped)) return false;
  if (mprotect(range->mapped, bytes, PROT_READ | PROT_WRITE)) return false;
  size_t plain = range->plain < bytes ? range->plain : bytes;
  range->plain -= plain;
  if (plain < bytes) (void)madvise(range->mapped + plain, bytes - plain, MADV_HUGEPAGE);
  range->mapped += bytes;
  return true;
}

uint8_t *mx_page_range_take(PageRange *range, size_t bytes) {
  if (range->failed || (!range->next && !page_range_reserve(range))) return NULL;
  uint8_t *piece = range->next;
  if (bytes > (size_t)(range->end - piece)) return NULL;
  if (piece + bytes > range->mapped && !page_range_extend(range, piece + bytes)) return NULL;
  range->next = piece + bytes;
  return piece;
}
