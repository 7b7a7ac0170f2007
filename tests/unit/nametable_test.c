// SPDX-License-Identifier: MIT
// Unit tests of runtime/nametable and runtime/addrtable.
#include "runtime/addrtable.h"
#include "tests/unit/vm_fixture.h"

enum { NAMES = 1000 };

// Names keep their words and their order through growth, removal and replacement.
START_TEST(names_in_order) {
  mx_gc_init();
  NameTable *table = mx_nametable_new(0);
  for (Sym name = 1; name <= NAMES; name++) ck_assert(mx_nametable_put(table, name, name * 2));
  ck_assert(!mx_nametable_put(table, 7, 99));
  for (Sym name = 1; name <= NAMES; name += 3) ck_assert(mx_nametable_remove(table, name));
  ck_assert(!mx_nametable_remove(table, 1));
  ck_assert(mx_nametable_put(table, 1, 5));
  ck_assert_ptr_null(mx_nametable_find(table, 4));
  ck_assert_uint_eq(*mx_nametable_find(table, 1), 5);
  ck_assert_uint_eq(*mx_nametable_find(table, NAMES - 1), (NAMES - 1) * 2);
  uint32_t position = 0, seen = 0;
  Sym last = 0;
  for (NameEntry *entry; (entry = mx_nametable_next(table, &position)); seen++) {
    ck_assert(entry->name > last || entry->name == 1);
    last = entry->name;
  }
  ck_assert_uint_eq(seen, table->count);
  ck_assert_uint_eq(last, 1);
}
END_TEST

// A table that is filled and emptied over and over does not grow.
START_TEST(holes_are_reused) {
  mx_gc_init();
  NameTable *table = mx_nametable_new(0);
  for (Sym name = 1; name <= 100000; name++) {
    mx_nametable_put(table, name, name);
    if (name > 4) ck_assert(mx_nametable_remove(table, name - 4));
  }
  ck_assert_uint_eq(table->count, 4);
  ck_assert_uint_le(table->room, 32);
  NameTable *copy = mx_nametable_copy(table);
  mx_nametable_clear(table);
  ck_assert_uint_eq(table->count, 0);
  ck_assert_uint_eq(*mx_nametable_find(copy, 100000), 100000);
}
END_TEST

// Make objects that only the weak table knows; every tenth is kept.
static __attribute__((noinline)) void fill_weak(GcFreeLists *lists, AddrTable *table, void **kept) {
  for (uint32_t i = 0; i < NAMES; i++) {
    void *object = mx_gc_alloc(lists, GC_KIND_WORDS, 32);
    mx_addrtable_put(table, object, i);
    if (i % 10 == 0) kept[i / 10] = object;
  }
}

// Entries of dead objects go, those of live ones stay.
START_TEST(weak_entries) {
  GcFreeLists *lists = mx_gc_init();
  AddrTable *table = mx_addrtable_new();
  void *kept[NAMES / 10];
  fill_weak(lists, table, kept);
  ck_assert_uint_eq(table->count, NAMES);
  mx_gc_collect();
  mx_gc_run_finalizers();
  ck_assert_uint_lt(table->count, NAMES / 5);
  for (uint32_t i = 0; i < NAMES / 10; i++)
    ck_assert_uint_eq(*mx_addrtable_find(table, kept[i]), i * 10);
  mx_addrtable_remove(table, kept[3]);
  ck_assert_ptr_null(mx_addrtable_find(table, kept[3]));
}
END_TEST

// Run the tests of this file.
int main(void) {
  TCase *tests = tcase_create("nametable");
  tcase_add_test(tests, names_in_order);
  tcase_add_test(tests, holes_are_reused);
  tcase_add_test(tests, weak_entries);
  return fixture_run("nametable", tests);
}
