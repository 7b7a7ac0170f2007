// SPDX-License-Identifier: MIT
// Unit tests of runtime/gc: what dies, what lives, finalizers, weak links, fibers, stress.
#include "tests/unit/vm_fixture.h"
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <time.h>

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { CELLS = 1000000 };

// A cell of the tests: a plausible header, then pointers.
typedef struct Cell {
  Header h;
  struct Cell *next;
} Cell;

// Allocate a cell of a kind.
static Cell *cell_new(GcFreeLists *lists, GcKind kind, size_t bytes, Cell *next) {
  Cell *cell = mx_gc_alloc(lists, kind, bytes);
  cell->h.flags = T_OBJECT;
  cell->next = next;
  return cell;
}

// Overwrite the part of the stack that calls have used, so that no stale pointer lies there.
static __attribute__((noinline)) void clear_stack(void) {
  volatile char bytes[4096];
  for (size_t i = 0; i < sizeof bytes; i++) bytes[i] = 0;
}

// Make a ring of cells that nothing points to.
static __attribute__((noinline)) void make_ring(GcFreeLists *lists) {
  Cell *first = cell_new(lists, GC_KIND_WORDS, 32, NULL), *at = first;
  for (int i = 1; i < CELLS; i++) at = cell_new(lists, GC_KIND_WORDS, 32, at);
  first->next = at;
}

// A million objects in a cycle are collected: the heap serves ten such rings without growing.
START_TEST(cycles_are_collected) {
  GcFreeLists *lists = mx_gc_init();
  make_ring(lists);
  size_t heap = mx_gc_stats().heap_bytes;
  for (int i = 0; i < 9; i++) {
    clear_stack();
    make_ring(lists);
  }
  ck_assert_uint_lt(mx_gc_stats().heap_bytes, heap * 3);
}
END_TEST

// Children reached through any word of a cell survive, the last one too.
START_TEST(children_survive) {
  GcFreeLists *lists = mx_gc_init();
  size_t sizes[] = {16, 32, 48, 64, 256, 512, 528, 4096};
  for (size_t s = 0; s < MX_COUNT_OF(sizes); s++) {
    Cell **cell = mx_gc_alloc(lists, GC_KIND_WORDS, sizes[s]);
    size_t words = sizes[s] / sizeof *cell;
    for (size_t i = 1; i < words; i++) {
      cell[i] = cell_new(lists, GC_KIND_WORDS, 16, NULL);
      cell[i]->h.shape = (ShapeId)(s * 1000 + i);
    }
    mx_gc_collect();
    for (int i = 0; i < 10000; i++) cell_new(lists, GC_KIND_WORDS, 16, NULL);
    for (size_t i = 1; i < words; i++) ck_assert_uint_eq(cell[i]->h.shape, s * 1000 + i);
  }
}
END_TEST

// Free cells on a list survive a collection, in every kind.
START_TEST(free_lists_survive) {
  GcFreeLists *lists = mx_gc_init();
  GcKind kinds[] = {GC_KIND_WORDS, GC_KIND_FIRST, GC_KIND_ENV, GC_KIND_SLOTS, GC_KIND_BYTES};
  for (size_t k = 0; k < MX_COUNT_OF(kinds); k++) {
    Cell *kept[64];
    for (size_t i = 0; i < MX_COUNT_OF(kept); i++) {
      kept[i] = mx_gc_alloc(lists, kinds[k], 32);
      ck_assert_uint_eq(kept[i]->h.flags, 0);
      kept[i]->h.flags = T_OBJECT + (uint32_t)i;
      if (i % 8 == 0) mx_gc_collect();
    }
    for (size_t i = 0; i < MX_COUNT_OF(kept); i++)
      ck_assert_uint_eq(kept[i]->h.flags, T_OBJECT + i);
  }
}
END_TEST

// Count a death.
static void count_death(void *object, void *data) {
  MX_UNUSED(object);
  ++*(int *)data;
}

// Make objects that die at once, with two finalizers each and a weak link.
static __attribute__((noinline)) void make_mortals(GcFreeLists *lists, int *deaths, void **links,
                                                   int count) {
  for (int i = 0; i < count; i++) {
    Cell *cell = cell_new(lists, GC_KIND_WORDS, 48, NULL);
    mx_gc_on_death(cell, count_death, deaths);
    mx_gc_on_death(cell, count_death, deaths);
    links[i] = (void *)~(uintptr_t)cell;
    mx_gc_weak_link(&links[i], cell);
  }
}

// Finalizers add up and run only when asked to; weak links are cleared.
START_TEST(finalizers_and_weak_links) {
  GcFreeLists *lists = mx_gc_init();
  int *deaths = mx_gc_alloc_uncollectable(sizeof *deaths);
  void **links = mx_gc_alloc_uncollectable(100 * sizeof *links);
  static volatile uint32_t poll = 1;
  mx_gc_notify(&poll, 8);
  make_mortals(lists, deaths, links, 100);
  clear_stack();
  mx_gc_collect();
  ck_assert_uint_eq(poll, 9);
  ck_assert_int_eq(*deaths, 0);
  ck_assert(mx_gc_finalizers_pending());
  mx_gc_run_finalizers();
  ck_assert_int_ge(*deaths, 190);
  int cleared = 0;
  for (int i = 0; i < 100; i++) cleared += links[i] == NULL;
  ck_assert_int_ge(cleared, 95);
}
END_TEST

// Make objects that only the first word of a buffer of bytes points to; the buffers grow from
// `made` to `grown` bytes if that is more.
static __attribute__((noinline)) void make_hidden(GcFreeLists *lists, int *deaths, void **buffers,
                                                  size_t made, size_t grown) {
  for (int i = 0; i < 100; i++) {
    Cell *cell = cell_new(lists, GC_KIND_WORDS, 48, NULL);
    mx_gc_on_death(cell, count_death, deaths);
    buffers[i] = mx_gc_alloc(lists, GC_KIND_BYTES, made);
    *(Cell **)buffers[i] = cell;
    if (grown > made) buffers[i] = mx_gc_realloc(buffers[i], grown);
  }
}

// Buffers of bytes that are or become large are pointer-free, and keep what is in them.
START_TEST(large_bytes_are_not_scanned) {
  GcFreeLists *lists = mx_gc_init();
  int *deaths = mx_gc_alloc_uncollectable(sizeof *deaths);
  void **buffers = mx_gc_alloc_uncollectable(100 * sizeof *buffers);
  for (size_t made = 512; made <= 528; made += 16) {
    *deaths = 0;
    make_hidden(lists, deaths, buffers, made, 528);
    clear_stack();
    mx_gc_collect();
    mx_gc_run_finalizers();
    ck_assert_int_ge(*deaths, 95);
    for (int i = 0; i < 100; i++) ck_assert_ptr_nonnull(*(void **)buffers[i]);
  }
}
END_TEST

// Freed cells whose block a collection gives back are not handed out again, in any kind.
START_TEST(freed_cells_are_forgotten) {
  enum { MANY = 1000 };
  GcFreeLists *lists = mx_gc_init();
  void **cells = mx_gc_alloc_uncollectable(MANY * sizeof *cells);
  for (int kind = 0; kind < GC_KIND_COUNT; kind++) {
    for (int i = 0; i < MANY; i++) cells[i] = mx_gc_alloc(lists, (GcKind)kind, 32);
    for (int i = 0; i < MANY; i++) mx_gc_free(cells[i]);
    memset(cells, 0, MANY * sizeof *cells);
    mx_gc_collect();
    for (int i = 0; i < MANY; i++) {
      cells[i] = mx_gc_alloc(lists, (GcKind)kind, 32);
      ck_assert_ptr_eq(mx_gc_base(cells[i]), cells[i]);
    }
  }
}
END_TEST

// A test fiber: a header word, then the bounds of a "stack" outside the collector's sight.
typedef struct TestFiber {
  Header h;
  void **low, **high;
} TestFiber;

// Name the saved stack of a test fiber.
static void fiber_ranges(void *fiber, GcRangeMark mark, void *ctx) {
  TestFiber *f = fiber;
  mark(ctx, f->low, f->high);
}

// Put cells on a fiber's stack.
static __attribute__((noinline)) void fill_fiber(GcFreeLists *lists, TestFiber *fiber) {
  for (void **at = fiber->low; at < fiber->high; at++) {
    Cell *cell = cell_new(lists, GC_KIND_WORDS, 16, NULL);
    cell->h.shape = (ShapeId)(at - fiber->low) + 1;
    *at = cell;
  }
}

// What a live fiber's saved stack points to survives.
START_TEST(fiber_stacks_are_scanned) {
  GcFreeLists *lists = mx_gc_init();
  mx_gc_set_fiber_ranges(fiber_ranges);
  TestFiber *fiber = mx_gc_alloc(lists, GC_KIND_FIBER, sizeof(TestFiber));
  fiber->h.flags = T_FIBER;
  fiber->low = calloc(5000, sizeof(void *));
  fiber->high = fiber->low + 5000;
  fill_fiber(lists, fiber);
  clear_stack();
  mx_gc_collect();
  for (int i = 0; i < 20000; i++) cell_new(lists, GC_KIND_WORDS, 16, NULL);
  for (int i = 0; i < 5000; i++)
    ck_assert_uint_eq(((Cell *)fiber->low[i])->h.shape, (unsigned)i + 1);
  free(fiber->low);
}
END_TEST

// Count the cells of a made-up shape.
static void count_shape(void *ctx, void *cell) {
  if (((Cell *)cell)->h.shape == 0xabcdef) ++*(int *)ctx;
}

// Walking the heap meets each live object once, no buffer and no free cell.
START_TEST(every_live_object_is_met) {
  GcFreeLists *lists = mx_gc_init();
  Cell *list = NULL;
  for (int i = 0; i < 1000; i++) {
    list = cell_new(lists, GC_KIND_WORDS, 32, list);
    list->h.shape = 0xabcdef;
    Cell *buffer = mx_gc_alloc_words(32);
    buffer->h = list->h;
  }
  int met = 0;
  mx_gc_each_object(lists, count_shape, &met);
  ck_assert_int_eq(met, 1000);
  ck_assert_ptr_nonnull(list->next);
}
END_TEST

// A cell that is looked for, and how often it was met.
typedef struct Meeting {
  void *cell;
  int met;
} Meeting;

static void meet(void *ctx, void *cell) {
  Meeting *meeting = ctx;
  meeting->met += cell == meeting->cell;
}

// A free cell that something points to is no object: it begins with its link.
START_TEST(free_cells_are_no_objects) {
  GcFreeLists *lists = mx_gc_init();
  Cell *object = cell_new(lists, GC_KIND_WORDS, 32, NULL);
  object->h.flags = 1;
  void **free_cell = mx_gc_alloc(lists, GC_KIND_WORDS, 32);
  *free_cell = object;
  Meeting of_object = {object, 0}, of_free = {free_cell, 0};
  mx_gc_each_object(lists, meet, &of_object);
  mx_gc_each_object(lists, meet, &of_free);
  ck_assert_int_eq(of_object.met, 1);
  ck_assert_int_eq(of_free.met, 0);
  ck_assert_ptr_eq(*free_cell, object);
}
END_TEST

// A buffer is no object, whatever it begins with.
START_TEST(buffers_are_no_objects) {
  GcFreeLists *lists = mx_gc_init();
  GcKind kinds[] = {GC_KIND_SLOTS, GC_KIND_BYTES};
  for (size_t k = 0; k < MX_COUNT_OF(kinds); k++) {
    Cell *buffer = mx_gc_alloc(lists, kinds[k], 32);
    buffer->h.flags = T_OBJECT;
    Meeting meeting = {buffer, 0};
    mx_gc_each_object(lists, meet, &meeting);
    ck_assert_int_eq(meeting.met, 0);
    ck_assert_uint_eq(buffer->h.flags, T_OBJECT);
  }
}
END_TEST

// Under stress everything reachable survives.
START_TEST(stress) {
  GcFreeLists *lists = mx_gc_init();
  mx_gc_stress(lists, 3, 0);
  size_t before = mx_gc_stats().collections;
  Cell *list = NULL;
  for (uint32_t i = 0; i < 300; i++) {
    list = cell_new(lists, GC_KIND_WORDS, 32, list);
    list->h.shape = i;
  }
  ck_assert_uint_ge(mx_gc_stats().collections - before, 99);
  for (uint32_t i = 300; i-- > 0; list = list->next) ck_assert_uint_eq(list->h.shape, i);
  mx_gc_stress(lists, 0, 0);
}
END_TEST

// Collections that a run of allocations brings about under stress.
static size_t stress_collections(GcFreeLists *lists, uint32_t nth, uint64_t seed) {
  enum { ALLOCATIONS = 600 };
  mx_gc_stress(lists, nth, seed);
  size_t before = mx_gc_stats().collections;
  void *buffer = mx_gc_alloc_words(32);
  for (int i = 0; i < ALLOCATIONS / 3; i++) {
    cell_new(lists, GC_KIND_WORDS, 32, NULL);
    mx_gc_alloc_atomic(32);
    buffer = mx_gc_realloc(buffer, 32 + (size_t)i);
  }
  mx_gc_stress(lists, 0, 0);
  return mx_gc_stats().collections - before;
}

// Every allocation counts: of cells, of buffers, and by growing one. A seed varies the distances
// and keeps their average.
START_TEST(stress_counts) {
  GcFreeLists *lists = mx_gc_init();
  cell_new(lists, GC_KIND_WORDS, 32, NULL); // fills a list of cells
  ck_assert_uint_eq(stress_collections(lists, 1, 0), 601);
  ck_assert_uint_eq(stress_collections(lists, 10, 0), 60);
  size_t seeded = stress_collections(lists, 10, 7);
  ck_assert_uint_ge(seeded, 40);
  ck_assert_uint_le(seeded, 85);
  ck_assert_uint_eq(stress_collections(lists, 10, 7), seeded);
  ck_assert_uint_ne(stress_collections(lists, 10, 8), seeded);
}
END_TEST

// Turning the collector off and on says what it was.
START_TEST(enable) {
  mx_gc_init();
  ck_assert(!mx_gc_enable(false));
  ck_assert(mx_gc_enable(false));
  ck_assert(mx_gc_enable(true));
  ck_assert(!mx_gc_enable(true));
}
END_TEST

// Hold collections off for a while, as a thread that libgc does not know.
static void *hold_off_a_while(void *data) {
  atomic_int *stage = data;
  mx_gc_hold_off();
  *stage = 1;
  nanosleep(&(struct timespec){.tv_nsec = 50000000}, NULL);
  *stage = 2;
  mx_gc_let_go();
  return NULL;
}

// A collection waits until nobody holds it off, and then takes place.
START_TEST(held_off) {
  mx_gc_init();
  atomic_int stage = 0;
  pthread_t holder;
  size_t before = mx_gc_stats().collections;
  ck_assert_int_eq(pthread_create(&holder, NULL, hold_off_a_while, &stage), 0);
  while (stage == 0) sched_yield();
  mx_gc_collect();
  ck_assert_int_eq(stage, 2);
  ck_assert_uint_gt(mx_gc_stats().collections, before);
  pthread_join(holder, NULL);
}
END_TEST

// Do the pages of an address's mapping have a flag, as the kernel lists them? False without a list.
static bool mapping_has(const void *address, const char *flag) {
  FILE *maps = fopen("/proc/self/smaps", "r");
  char line[4096 + 128];
  bool inside = false, has = false;
  while (maps && fgets(line, sizeof line, maps)) {
    char *rest;
    uintptr_t start = strtoul(line, &rest, 16);
    if (*rest == '-')
      inside = start <= (uintptr_t)address && (uintptr_t)address < strtoul(rest + 1, NULL, 16);
    if (inside && strncmp(line, "VmFlags:", 8) == 0) has = strstr(line, flag) != NULL;
  }
  if (maps) fclose(maps);
  return has;
}

// The heap lies in large pages, where the system has them, and in one range however it grows.
START_TEST(large_pages) {
  mx_gc_init();
  if (access("/sys/kernel/mm/transparent_hugepage", F_OK)) return;
  enum { PIECE = 3 << 20 };
  char *first = mx_gc_alloc_atomic(PIECE);
  for (int i = 0; i < 8; i++) {
    char *piece = mx_gc_alloc_atomic(PIECE);
    ck_assert(mapping_has(piece, " hg"));
    ck_assert_int_lt(labs(piece - first), (8 + 16) * PIECE);
  }
}
END_TEST

// Run the tests of this file.
int main(void) {
  TCase *tests = tcase_create("gc");
  tcase_set_timeout(tests, 50);
  tcase_add_test(tests, cycles_are_collected);
  tcase_add_test(tests, children_survive);
  tcase_add_test(tests, free_lists_survive);
  tcase_add_test(tests, finalizers_and_weak_links);
  tcase_add_test(tests, large_bytes_are_not_scanned);
  tcase_add_test(tests, freed_cells_are_forgotten);
  tcase_add_test(tests, fiber_stacks_are_scanned);
  tcase_add_test(tests, every_live_object_is_met);
  tcase_add_test(tests, free_cells_are_no_objects);
  tcase_add_test(tests, buffers_are_no_objects);
  tcase_add_test(tests, stress);
  tcase_add_test(tests, stress_counts);
  tcase_add_test(tests, enable);
  tcase_add_test(tests, held_off);
  tcase_add_test(tests, large_pages);
  return fixture_run("gc", tests);
}
