// SPDX-License-Identifier: MIT
// Lets the leak sanitizer see the collected heap; linked into the Asan build only.
//
// LeakSanitizer knows malloc blocks, globals and thread stacks, but not the mappings of libgc, so a
// malloc block owned by a collected object would count as lost. Just before its check at exit, this
// registers every mapping that holds collected cells as a root region. The mappings are read from
// the kernel, because libgc does not list its own, and recognised by the cells in them.
// GC: reads addresses only; keeps nothing alive before the process ends.
#include "runtime/gc.h"

#include <sanitizer/lsan_interface.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LEAK_PAGE = 4096 }; // bytes; libgc hands out blocks of this size

// Larger mappings are the sanitizer's own shadow memory, or address space reserved for stacks.
static const uintptr_t leak_largest_mapping = (uintptr_t)1 << 32;

// Tell whether some page of a mapping holds a collected cell.
static bool leak_holds_cells(uintptr_t start, uintptr_t end) {
  for (uintptr_t page = start; page < end; page += LEAK_PAGE) {
    if (mx_gc_base((const void *)(page + LEAK_PAGE / 2))) return true;
  }
  return false;
}

// Register the mapping that one line of /proc/self/maps describes, if the collector owns it.
static void leak_register_mapping(const char *line) {
  char *rest;
  uintptr_t start = strtoul(line, &rest, 16);
  uintptr_t end = strtoul(rest + 1, &rest, 16);
  if (strncmp(rest, " rw", 3) != 0 || end - start > leak_largest_mapping) return;
  if (leak_holds_cells(start, end)) __lsan_register_root_region((const void *)start, end - start);
}

// Register all mappings of the collector; does nothing if it was never started.
static void leak_register_heap(void) {
  if (mx_gc_stats().heap_bytes == 0) return;
  FILE *maps = fopen("/proc/self/maps", "r");
  if (!maps) return;
  char line[4096 + 128];
  while (fgets(line, sizeof line, maps)) leak_register_mapping(line);
  fclose(maps);
}

// Run leak_register_heap at exit, before the sanitizer's check, which was registered earlier.
__attribute__((constructor)) static void leak_install(void) { atexit(leak_register_heap); }
