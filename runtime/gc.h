// SPDX-License-Identifier: MIT
// Facade of the collector (libgc): kinds, allocation, roots, finalizers. Only gc.c knows gc.h.
//
// Conservative, non-moving, interior pointers on. Objects come from kinds of our own through
// per-VM free lists of 16-byte-multiple cells (GC_generic_malloc_many), since NORMAL hands out
// bigger cells and loses a word. Buffers of guest data come from the same lists; other buffers, and
// all that are made where no VM is at hand, from libgc's NORMAL and PTRFREE kinds.
// Finalizers run only at safepoints (mx_gc_run_finalizers).
// GC: the VM struct, guest stacks and fibers are the roots; malloc memory is not scanned, so
// nothing reachable only from malloc memory may be collected memory.
#ifndef MX_RUNTIME_GC_H
#define MX_RUNTIME_GC_H

#include "runtime/value.h"

typedef enum GcKind {
  GC_KIND_WORDS, // every word is scanned
  GC_KIND_FIRST, // only the first word is scanned (a header: nothing): boxed numbers
  GC_KIND_ENV,   // Env: every word, and the frame's homes are kept by the stack
  GC_KIND_FIBER, // Fiber: a mark procedure scans its saved stacks
  // ---- buffers, which are not objects
  GC_KIND_SLOTS, // every word is scanned
  GC_KIND_BYTES, // only the first word is scanned, of large ones none; NOT zeroed
  GC_KIND_COUNT,
  GC_KIND_OBJECTS = GC_KIND_SLOTS // kinds before it are of objects
} GcKind;

enum {
  GC_GRANULE = 16,    // bytes; cells are multiples of it
  GC_SMALL_MAX = 512, // bytes; larger objects are allocated one by one
};

typedef struct GcFreeLists GcFreeLists; // per VM; heads of the free cells by kind and size

// Start the collector for the process (idempotent) and make the free lists of one VM.
MX_FUNC GcFreeLists *mx_gc_init(void);

// Cell for an object or a buffer, zeroed but for GC_KIND_BYTES; bytes are rounded up to 16. Never
// NULL: out of memory raises NoMemoryError at the next safepoint and ends the process if that is
// impossible.
MX_FUNC void *mx_gc_alloc(GcFreeLists *lists, GcKind kind, size_t bytes);

// Heads of the lists of free cells of a kind, by size in granules of GC_GRANULE bytes, up to
// GC_SMALL_MAX; machine code takes cells from there itself. The first word of a free cell is the
// next one; the others are 0, but not in those of GC_KIND_BYTES. An empty list (it always is under
// stress and mx_gc_watch): call mx_gc_alloc.
MX_FUNC void **mx_gc_cells(GcFreeLists *lists, GcKind kind);

MX_FUNC void *mx_gc_alloc_words(size_t bytes);           // zeroed scanned buffer
MX_FUNC void *mx_gc_alloc_atomic(size_t bytes);          // pointer-free buffer, NOT zeroed
MX_FUNC void *mx_gc_realloc(void *buffer, size_t bytes); // keeps the buffer's kind
MX_FUNC void mx_gc_free(void *buffer);                   // an unshared buffer that nobody points to
MX_FUNC void *mx_gc_alloc_uncollectable(size_t bytes);   // zeroed, scanned, freed by mx_gc_free
MX_FUNC void *mx_gc_base(const void *interior); // start of the cell that holds an address, or NULL

// Finalizers of one object add up; the newest runs first. data is kept alive till then.
typedef void (*GcFinalizer)(void *object, void *data);
MX_FUNC void mx_gc_on_death(void *object, GcFinalizer finalizer, void *data);
// Clear *link (to 0) when target dies; *link must hide the pointer if it lies in scanned memory.
MX_FUNC void mx_gc_weak_link(void **link, const void *target);
MX_FUNC void mx_gc_weak_unlink(void **link);

MX_FUNC void mx_gc_add_root(void *start, void *end);
MX_FUNC void mx_gc_remove_root(void *start, void *end);
// Tell the collector where the current stack's cold end is (after a switch of stacks).
MX_FUNC void mx_gc_set_stack(void *cold_end);
// The cold end that the collector knows of now.
MX_FUNC void *mx_gc_stack(void);
// Run marking over [hot, cold) of a suspended fiber's stacks whenever `fiber` is marked.
typedef void (*GcRangeMark)(void *range_ctx, void *low, void *high);
typedef void (*GcFiberRanges)(void *fiber, GcRangeMark mark, void *range_ctx);
MX_FUNC void mx_gc_set_fiber_ranges(GcFiberRanges ranges);

MX_FUNC void mx_gc_collect(void);
// For a thread of the system that the collector does not know: between the two no collection begins
// (one that is due waits), so what a root leads to stays where it is.
MX_FUNC void mx_gc_hold_off(void);
MX_FUNC void mx_gc_let_go(void);
MX_FUNC bool mx_gc_finalizers_pending(void);
MX_FUNC void mx_gc_run_finalizers(void);
// Set bits in a word whenever finalizers become ready, so that the next poll runs them. One word
// for the process, as libgc runs the finalizers of all VMs together; NULL for none.
MX_FUNC void mx_gc_notify(volatile uint32_t *word, uint32_t bits);
MX_FUNC bool mx_gc_enable(bool on); // returns whether it was disabled before the call
typedef struct GcStats {
  size_t heap_bytes;      // heap size
  size_t free_bytes;      // of it, free
  size_t allocated_bytes; // since the start
  size_t collections;     // since the start
} GcStats;
MX_FUNC GcStats mx_gc_stats(void);
// Stress mode: collect at every nth allocation (0 turns it off); with a seed other than 0 at every
// nth on average, at distances that the seed decides. lists: those of the VM that is stressed.
MX_FUNC void mx_gc_stress(GcFreeLists *lists, uint32_t every_nth, uint64_t seed);
// Call watch(ctx) before every allocation of an object of the VM that the lists belong to. There is
// no way back. Free cells are kept out of sight of the fast path, which so costs nothing otherwise.
typedef void (*GcWatch)(void *ctx);
MX_FUNC void mx_gc_watch(GcFreeLists *lists, GcWatch watch, void *ctx);
// Call visit for every live object cell of our kinds (ObjectSpace); visit may allocate. Cells are
// those of all VMs of the process.
typedef void (*GcVisit)(void *ctx, void *cell);
MX_FUNC void mx_gc_each_object(GcFreeLists *lists, GcVisit visit, void *ctx);

#endif
