// SPDX-License-Identifier: MIT
// Where libgc's heap lies in the address space: in large pages. Linking this gives the program an
// mmap of its own, which does what the system's does for everybody else.
#ifndef MX_RUNTIME_GC_MAP_H
#define MX_RUNTIME_GC_MAP_H

#include "runtime/base/check.h"

// libgc starts, or has started: what is mapped in between is its heap.
MX_FUNC void mx_gc_map_starts(bool starts);

#endif
