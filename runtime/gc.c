// SPDX-License-Identifier: MIT
// The facade over libgc: object kinds, free lists, buffers, finalizers, fiber stacks.
//
// Objects are popped off per-VM lists of equal cells that libgc fills a block at a time. A cell on
// a list is zero but for the link in its first word, which is why every kind scans the first word:
// a list keeps its own cells alive.
// Buffers have kinds of their own, so that walking the objects can tell them apart.
//
// WAIVER: gc_process is mutable static state. libgc itself is one per process, and its kinds, its
// mark procedures and its stress settings have no place that an argument could name.
#include "runtime/gc.h"

#include "runtime/base/prng.h"
#include "runtime/gc_map.h"

#include <gc.h>
#include <gc/gc_inline.h>
#include <gc/gc_mark.h>
#include <pthread.h>
#include <string.h>

enum {
  GC_SIZES = GC_SMALL_MAX / GC_GRANULE + 1, // free lists of one kind
  GC_FIRST_HEAP = 4 << 20,                  // bytes of address space: boot needs no collection
  GC_BETWEEN = 8 << 20,                     // bytes allocated between two collections at least
  GC_PARALLEL_HEAP = 32 << 20,              // bytes of heap from which marking uses threads
};

struct GcFreeLists {
  void *heads[GC_KIND_COUNT][GC_SIZES]; // first free cell by kind and size in granules
  // ---- under mx_gc_watch, when all of heads stay empty
  void *hidden[GC_KIND_COUNT][GC_SIZES]; // their free cells
  GcWatch watch;                         // called at every allocation, or NULL
  void *watch_ctx;                       // its argument
};

// What the process shares, as libgc does.
static struct {
  pthread_once_t once;        // guards the start of libgc
  int kinds[GC_KIND_COUNT];   // libgc's number of each kind
  GcFiberRanges fiber_ranges; // stacks of a fiber, NULL until interp says
  volatile uint32_t *notify;  // word to set when finalizers are ready, or NULL
  uint32_t notify_bits;       // bits to set in it
  uint32_t stress;            // collect at every nth allocation, 0: off
  uint32_t until_stress;      // allocations until the next such collection
  bool stress_varies;         // distances are drawn from 1 to 2 * stress - 1
  Prng stress_prng;           // what they are drawn from
  bool mark_threads;          // mark threads were started
  pthread_mutex_t held_off;   // held while no collection may begin
} gc_process = {.once = PTHREAD_ONCE_INIT, .held_off = PTHREAD_MUTEX_INITIALIZER};

// State of one run of the fiber mark procedure.
typedef struct GcMarkState {
  struct GC_ms_entry *top;   // libgc's mark stack pointer
  struct GC_ms_entry *limit; // its end
} GcMarkState;

// Mark what the words of [low, high) point to.
MX_NO_SANITIZE_ADDRESS static void gc_mark_range(void *ctx, void *low, void *high) {
  GcMarkState *state = ctx;
  void **end = high;
  for (void **word = low; word < end; word++)
    state->top = GC_MARK_AND_PUSH(*word, state->top, state->limit, word);
}

// Mark a fiber: its own words, then its saved stacks. A free cell has only its link.
static struct GC_ms_entry *gc_mark_fiber(GC_word *cell, struct GC_ms_entry *top,
                                         struct GC_ms_entry *limit, GC_word env) {
  MX_UNUSED(env);
  GcMarkState state = {.top = top, .limit = limit};
  gc_mark_range(&state, cell, (char *)cell + GC_size(cell));
  bool is_free = GC_size(cell) > sizeof(GC_word) && cell[1] == 0;
  if (!is_free && gc_process.fiber_ranges) gc_process.fiber_ranges(cell, gc_mark_range, &state);
  return state.top;
}

// Register a kind whose cells are scanned whole.
static int gc_kind_of_words(void) {
  return (int)GC_new_kind(GC_new_free_list(), GC_DS_LENGTH, 1, 1);
}

// Register the kinds of objects with libgc.
static void gc_make_kinds(void) {
  unsigned proc = GC_new_proc(gc_mark_fiber);
  gc_process.kinds[GC_KIND_WORDS] = gc_kind_of_words();
  gc_process.kinds[GC_KIND_FIRST] =
      (int)GC_new_kind(GC_new_free_list(), sizeof(GC_word) | GC_DS_LENGTH, 0, 1);
  gc_process.kinds[GC_KIND_ENV] = gc_kind_of_words();
  gc_process.kinds[GC_KIND_SLOTS] = gc_kind_of_words();
  gc_process.kinds[GC_KIND_BYTES] =
      (int)GC_new_kind(GC_new_free_list(), sizeof(GC_word) | GC_DS_LENGTH, 0, 0);
  gc_process.kinds[GC_KIND_FIBER] =
      (int)GC_new_kind(GC_new_free_list(), GC_MAKE_PROC(proc, 0), 0, 1);
}

// Allocate a cell of each kind singly. libgc takes a kind for unused until then, though it has made
// blocks of cells of it: a collection does not forget the freed cells of such a kind, which it goes
// on to hand out after their blocks are gone, and sweeps none of its blocks.
static void gc_open_kinds(void) {
  for (int i = 0; i < GC_KIND_COUNT; i++)
    if (!GC_generic_malloc(GC_GRANULE, gc_process.kinds[i])) mx_check_out_of_memory(GC_GRANULE);
}

// Called by libgc, in the thread that collects: wait until nobody holds collections off. Who does
// from here on finds what is reachable, as nothing else runs.
static void gc_event(GC_EventType event) {
  if (event != GC_EVENT_START) return;
  mx_gc_hold_off();
  mx_gc_let_go();
}

// Start libgc: no roots but ours and the stack, finalizers only when asked for.
static void gc_start(void) {
  GC_set_no_dls(1);
  GC_set_all_interior_pointers(1);
  GC_set_handle_fork(1);
  GC_set_finalize_on_demand(1);
  GC_set_warn_proc(GC_ignore_warn_proc);
  GC_set_on_collection_event(gc_event);
  mx_gc_map_starts(true);
  GC_INIT();
  mx_gc_map_starts(false);
  GC_expand_hp(GC_FIRST_HEAP);
  GC_set_min_bytes_allocd(GC_BETWEEN);
  gc_make_kinds();
  gc_open_kinds();
}

// Start the collector for the process (idempotent) and make the free lists of one VM.
GcFreeLists *mx_gc_init(void) {
  pthread_once(&gc_process.once, gc_start);
  return mx_gc_alloc_uncollectable(sizeof(GcFreeLists));
}

// Choose how many allocations there are until the next collection under stress.
static void gc_stress_choose(void) {
  uint32_t n = gc_process.stress;
  if (gc_process.stress_varies) n = 1 + (uint32_t)mx_prng_below(&gc_process.stress_prng, 2 * n - 1);
  gc_process.until_stress = n;
}

// Count an allocation under stress; collect when it is time.
static void gc_stress_tick(void) {
  if (--gc_process.until_stress > 0) return;
  gc_stress_choose();
  GC_gcollect();
}

// Answer a result of libgc, or end the process.
static void *gc_checked(void *memory, size_t bytes) {
  if (MX_UNLIKELY(!memory)) mx_check_out_of_memory(bytes);
  return memory;
}

// Allocate one cell outside the lists: large ones, and all under stress.
static void *gc_alloc_single(GcKind kind, size_t bytes) {
  if (gc_process.stress) gc_stress_tick();
  return gc_checked(GC_generic_malloc(bytes, gc_process.kinds[kind]), bytes);
}

// Start the mark threads once the heap is worth it.
static void gc_consider_mark_threads(void) {
  if (gc_process.mark_threads || GC_get_heap_size() < GC_PARALLEL_HEAP) return;
  gc_process.mark_threads = true;
  GC_start_mark_threads();
}

// Fill an empty list with a block of cells and take the first.
static void *gc_refill(void **head, GcKind kind, size_t bytes) {
  if (gc_process.stress || kind == GC_KIND_FIBER) return gc_alloc_single(kind, bytes);
  gc_consider_mark_threads();
  GC_generic_malloc_many(bytes, gc_process.kinds[kind], head);
  void **cell = gc_checked(*head, bytes);
  *head = *cell;
  *cell = NULL;
  return cell;
}

// Take the first cell of a list, which may be empty.
static inline void *gc_take(void **head, GcKind kind, size_t granules) {
  void **cell = *head;
  if (MX_UNLIKELY(!cell)) return gc_refill(head, kind, granules * GC_GRANULE);
  *head = *cell;
  *cell = NULL;
  return cell;
}

// Allocate a large cell. Those of bytes are libgc's pointer-free ones, since it takes what it scans
// a word of for something to scan whole when it decides how much garbage to wait for.
static void *gc_alloc_large(GcKind kind, size_t bytes) {
  return kind == GC_KIND_BYTES ? mx_gc_alloc_atomic(bytes) : gc_alloc_single(kind, bytes);
}

// Allocate what the lists in sight do not have: large cells, and all that is watched.
static void *gc_alloc_slow(GcFreeLists *lists, GcKind kind, size_t bytes) {
  size_t granules = (bytes + GC_GRANULE - 1) / GC_GRANULE;
  if (lists->watch && kind < GC_KIND_OBJECTS) lists->watch(lists->watch_ctx);
  if (granules >= GC_SIZES) return gc_alloc_large(kind, bytes);
  void **head = lists->watch ? lists->hidden[kind] : lists->heads[kind];
  return gc_take(&head[granules], kind, granules);
}

// Cell for an object or a buffer.
void *mx_gc_alloc(GcFreeLists *lists, GcKind kind, size_t bytes) {
  size_t granules = (bytes + GC_GRANULE - 1) / GC_GRANULE;
  if (MX_UNLIKELY(granules >= GC_SIZES)) return gc_alloc_slow(lists, kind, bytes);
  void **head = &lists->heads[kind][granules];
  void **cell = *head;
  if (MX_UNLIKELY(!cell)) return gc_alloc_slow(lists, kind, bytes);
  *head = *cell;
  *cell = NULL;
  return cell;
}

// Heads of the free lists of a kind.
void **mx_gc_cells(GcFreeLists *lists, GcKind kind) { return lists->heads[kind]; }

// Call a function before every allocation of an object.
void mx_gc_watch(GcFreeLists *lists, GcWatch watch, void *ctx) {
  memcpy(lists->hidden, lists->heads, sizeof lists->hidden);
  memset(lists->heads, 0, sizeof lists->heads);
  lists->watch_ctx = ctx;
  lists->watch = watch;
}

// Zeroed scanned buffer.
void *mx_gc_alloc_words(size_t bytes) {
  if (MX_UNLIKELY(gc_process.stress)) gc_stress_tick();
  return gc_checked(GC_malloc(bytes), bytes);
}

// Pointer-free buffer, not zeroed.
void *mx_gc_alloc_atomic(size_t bytes) {
  if (MX_UNLIKELY(gc_process.stress)) gc_stress_tick();
  return gc_checked(GC_malloc_atomic(bytes), bytes);
}

// Move bytes from a cell of a list to a large one.
static void *gc_move_bytes(void *buffer, size_t old, size_t bytes) {
  void *moved = mx_gc_alloc_atomic(bytes);
  memcpy(moved, buffer, old);
  GC_free(buffer);
  return moved;
}

// Resize a buffer; its kind stays.
void *mx_gc_realloc(void *buffer, size_t bytes) {
  size_t old;
  int kind = GC_get_kind_and_size(buffer, &old);
  if (bytes > GC_SMALL_MAX && kind == gc_process.kinds[GC_KIND_BYTES])
    return gc_move_bytes(buffer, old, bytes);
  if (MX_UNLIKELY(gc_process.stress)) gc_stress_tick();
  return gc_checked(GC_realloc(buffer, bytes), bytes);
}

// Free a buffer that nobody points to.
void mx_gc_free(void *buffer) { GC_free(buffer); }

// Zeroed scanned memory that lives until mx_gc_free.
void *mx_gc_alloc_uncollectable(size_t bytes) {
  if (MX_UNLIKELY(gc_process.stress)) gc_stress_tick();
  return gc_checked(GC_malloc_uncollectable(bytes), bytes);
}

// Start of the cell that holds an address, or NULL.
void *mx_gc_base(const void *interior) { return GC_base((void *)(uintptr_t)interior); }

// One of the finalizers of an object; libgc knows only the newest.
typedef struct GcLastWill {
  GcFinalizer finalizer;   // what to call
  void *data;              // its argument
  struct GcLastWill *next; // registered before
} GcLastWill;

// Run all finalizers of a dead object, the newest first.
static void gc_execute_wills(void *object, void *first) {
  for (GcLastWill *will = first; will; will = will->next) will->finalizer(object, will->data);
}

// Run a function on an object after its death, at a safepoint. Cycles do not prevent it.
void mx_gc_on_death(void *object, GcFinalizer finalizer, void *data) {
  GcLastWill *will = mx_gc_alloc_words(sizeof *will);
  GC_finalization_proc old_proc = NULL;
  void *old_wills = NULL;
  GC_register_finalizer_no_order(object, gc_execute_wills, will, &old_proc, &old_wills);
  *will = (GcLastWill){.finalizer = finalizer,
                       .data = data,
                       .next = old_proc == gc_execute_wills ? old_wills : NULL};
}

// Clear *link when target dies.
void mx_gc_weak_link(void **link, const void *target) {
  if (GC_general_register_disappearing_link(link, target) == GC_NO_MEMORY)
    mx_check_out_of_memory(sizeof *link);
}

// Forget a weak link.
void mx_gc_weak_unlink(void **link) { GC_unregister_disappearing_link(link); }

// Scan [start, end) as roots.
void mx_gc_add_root(void *start, void *end) { GC_add_roots(start, end); }

// Stop scanning [start, end).
void mx_gc_remove_root(void *start, void *end) { GC_remove_roots(start, end); }

// Tell the collector where the current stack's cold end is.
void mx_gc_set_stack(void *cold_end) {
  struct GC_stack_base base = {.mem_base = cold_end};
  GC_set_stackbottom(NULL, &base);
}

// The cold end of the current stack, to be set again after a switch and back.
void *mx_gc_stack(void) {
  struct GC_stack_base base;
  (void)GC_get_my_stackbottom(&base);
  return base.mem_base;
}

// Set the function that names the saved stacks of a fiber.
void mx_gc_set_fiber_ranges(GcFiberRanges ranges) { gc_process.fiber_ranges = ranges; }

// Collect now.
void mx_gc_collect(void) { GC_gcollect(); }

// Let no collection begin.
void mx_gc_hold_off(void) { pthread_mutex_lock(&gc_process.held_off); }

// Let collections begin again.
void mx_gc_let_go(void) { pthread_mutex_unlock(&gc_process.held_off); }

// Are there finalizers to run?
bool mx_gc_finalizers_pending(void) { return GC_should_invoke_finalizers() != 0; }

// Run the finalizers of dead objects.
void mx_gc_run_finalizers(void) { GC_invoke_finalizers(); }

// Turn collection on or off; returns whether it was off.
bool mx_gc_enable(bool on) {
  bool was_off = GC_is_disabled() != 0;
  if (on && was_off) GC_enable();
  if (!on && !was_off) GC_disable();
  return was_off;
}

// Sizes and counts.
GcStats mx_gc_stats(void) {
  return (GcStats){
      .heap_bytes = GC_get_heap_size(),
      .free_bytes = GC_get_free_bytes(),
      .allocated_bytes = GC_get_total_bytes(),
      .collections = GC_get_gc_no(),
  };
}

// Called by libgc after a collection that made finalizers ready.
static void gc_finalizers_ready(void) {
  volatile uint32_t *word = gc_process.notify;
  if (word) __atomic_or_fetch(word, gc_process.notify_bits, __ATOMIC_RELAXED);
}

// Set bits in a word whenever finalizers become ready.
void mx_gc_notify(volatile uint32_t *word, uint32_t bits) {
  gc_process.notify = word;
  gc_process.notify_bits = bits;
  GC_set_finalizer_notifier(gc_finalizers_ready);
}

// Collect at every nth allocation, 0 for never. Cells that lie ready are given up, as nobody counts
// those that are taken from a list.
void mx_gc_stress(GcFreeLists *lists, uint32_t every_nth, uint64_t seed) {
  gc_process.stress = every_nth;
  gc_process.stress_varies = seed != 0;
  mx_prng_seed(&gc_process.stress_prng, seed);
  if (every_nth == 0) return;
  gc_stress_choose();
  memset(lists, 0, sizeof *lists);
}

// A list of live objects being made: counted first, then noted.
typedef struct GcCensus {
  void **cells; // room for `room` cells, NULL while counting
  size_t count; // cells seen
  size_t room;  // cells that fit
} GcCensus;

// Is the cell an object of one of our kinds, in use? A free one that libgc has not swept yet looks
// alive when some word happens to point to it; it begins with its link, which is no header.
static bool gc_is_object(void *cell) {
  GC_word first = *(GC_word *)cell;
  if (first >> 32 == 0 || GC_is_heap_ptr((void *)first)) return false;
  size_t size;
  int kind = GC_get_kind_and_size(cell, &size);
  for (int i = 0; i < GC_KIND_OBJECTS; i++)
    if (gc_process.kinds[i] == kind) return true;
  return false;
}

// Count or note one live cell.
static void gc_census_visit(void *cell, size_t bytes, void *ctx) {
  MX_UNUSED(bytes);
  GcCensus *census = ctx;
  if (!gc_is_object(cell)) return;
  if (census->cells && census->count == census->room) return;
  if (census->cells) census->cells[census->count] = cell;
  census->count++;
}

// Walk the heap; runs under libgc's lock, so it may not allocate.
static void *gc_census_walk(void *ctx) {
  GC_enumerate_reachable_objects_inner(gc_census_visit, ctx);
  return NULL;
}

// Unlink all free cells, so that no link is taken for a header.
static void gc_drop_free_cells(GcFreeLists *lists) {
  void **head = lists->watch ? &lists->hidden[0][0] : &lists->heads[0][0];
  for (size_t i = 0; i < (size_t)GC_KIND_COUNT * GC_SIZES; i++) {
    for (void **cell = head[i], **next; cell; cell = next) {
      next = *cell;
      *cell = NULL;
    }
    head[i] = NULL;
  }
}

// Call visit for every live object cell of our kinds.
void mx_gc_each_object(GcFreeLists *lists, GcVisit visit, void *ctx) {
  GcCensus census = {0};
  gc_drop_free_cells(lists);
  GC_gcollect();
  GC_call_with_alloc_lock(gc_census_walk, &census);
  census.room = census.count;
  census.count = 0;
  census.cells = mx_gc_alloc_uncollectable((census.room + 1) * sizeof *census.cells);
  GC_call_with_alloc_lock(gc_census_walk, &census);
  for (size_t i = 0; i < census.count; i++) visit(ctx, census.cells[i]);
  mx_gc_free(census.cells);
}
