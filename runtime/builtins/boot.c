// SPDX-License-Identifier: MIT
// Entering the rows of all builtins tables into the method tables of their classes.
//
// Rows are read-only data. All method entries lie in one block, and each table gets its final size
// before it is filled, so that boot does little more than intern the names.
#include "runtime/class_list.h"
#include "runtime/builtins/rows.h"

#define ROW(Class, text, place, vis, min, MAX, f, row_effects, hint) \
  {.name = (text),                                                   \
   .fn = (BuiltinFn)(f),                                             \
   .class_offset = offsetof(BootClasses, Class),                     \
   .home = (place),                                                  \
   .visibility = (vis),                                              \
   .min_args = (min),                                                \
   .max_args = MAX_##MAX,                                            \
   .effects = (row_effects),                                         \
   .ret = (hint)},

enum { MAX_0, MAX_1, MAX_2, MAX_3, MAX_4, MAX_V = BUILTIN_VARIADIC };

static const BuiltinRow boot_rows[] = {
#define METHOD(Class, name, vis, min, max, fn, effects, ret) \
  ROW(Class, name, HOME_METHOD, VIS_##vis, min, max, fn, effects, ret)
#define SINGLETON(Class, name, vis, min, max, fn, effects, ret) \
  ROW(Class, name, HOME_SINGLETON, VIS_##vis, min, max, fn, effects, ret)
#define FUNCTION(Module, name, min, max, fn, effects, ret) \
  ROW(Module, name, HOME_FUNCTION, VIS_PRIVATE, min, max, fn, effects, ret)
#define PRIMITIVE(name, min, max, fn, effects, ret) \
  ROW(NULL_CLASS, name, HOME_PRIMITIVE, VIS_PUBLIC, min, max, fn, effects, ret)
#define ALIAS(Class, new_name, old_name)
#define SALIAS(Class, new_name, old_name)
#include "runtime/builtins/tables.def"
};

// A second name of a method.
typedef struct BootAlias {
  const char *new_name;
  const char *old_name;
  uint16_t class_offset; // bytes of the class pointer inside BootClasses
  bool singleton;        // of the class object
} BootAlias;

static const BootAlias boot_aliases[] = {
#define METHOD(Class, name, vis, min, max, fn, effects, ret)
#define SINGLETON(Class, name, vis, min, max, fn, effects, ret)
#define FUNCTION(Module, name, min, max, fn, effects, ret)
#define PRIMITIVE(name, min, max, fn, effects, ret)
#define ALIAS(Class, new_name, old_name) {new_name, old_name, offsetof(BootClasses, Class), false},
#define SALIAS(Class, new_name, old_name) {new_name, old_name, offsetof(BootClasses, Class), true},
#include "runtime/builtins/tables.def"
    {NULL, NULL, 0, false},
};

enum { BOOT_ROWS = MX_COUNT_OF(boot_rows), BOOT_ALIASES = MX_COUNT_OF(boot_aliases) - 1 };

#undef ROW

// The class at an offset of BootClasses.
static ClassObj *boot_class(const VM *vm, uint16_t offset) {
  ClassObj *klass;
  memcpy(&klass, (const char *)&vm->cls + offset, sizeof klass);
  MX_ASSERT(klass, "a row names a class that is not made at boot");
  return klass;
}

// The singleton class of the class at an offset.
static ClassObj *boot_singleton(ExecCtx *ec, uint16_t offset) {
  return mx_class_singleton(ec, val_from_ptr(boot_class(ec->vm, offset)));
}

// How many rows the method table and the singleton method table of a class get.
typedef struct BootCount {
  uint32_t methods;
  uint32_t singletons;
} BootCount;

enum { BOOT_CLASSES = sizeof(BootClasses) / sizeof(ClassObj *) };

// Count the rows by class.
static void boot_count(BootCount counts[BOOT_CLASSES]) {
  for (size_t i = 0; i < BOOT_ROWS; i++) {
    BootCount *count = &counts[boot_rows[i].class_offset / sizeof(ClassObj *)];
    count->methods += boot_rows[i].home != HOME_SINGLETON;
    count->singletons += boot_rows[i].home != HOME_METHOD;
  }
  for (size_t i = 0; i < BOOT_ALIASES; i++) {
    BootCount *count = &counts[boot_aliases[i].class_offset / sizeof(ClassObj *)];
    count->methods += !boot_aliases[i].singleton;
    count->singletons += boot_aliases[i].singleton;
  }
}

// Give the method tables their size. The first "class" is that of the primitives.
static void boot_size_tables(ExecCtx *ec) {
  BootCount counts[BOOT_CLASSES] = {0};
  boot_count(counts);
  for (size_t i = 1; i < BOOT_CLASSES; i++) {
    uint16_t offset = (uint16_t)(i * sizeof(ClassObj *));
    if (counts[i].methods)
      mx_nametable_reserve(boot_class(ec->vm, offset)->methods, counts[i].methods);
    if (counts[i].singletons)
      mx_nametable_reserve(boot_singleton(ec, offset)->methods, counts[i].singletons);
  }
}

// Enter one row into one class.
static void boot_enter(ClassObj *klass, MethodEntry *me, const BuiltinRow *row, Sym name,
                       Visibility visibility) {
  me->kind = METHOD_BUILTIN;
  me->visibility = (uint8_t)visibility;
  me->name = me->original_name = name;
  me->as.row = row;
  mx_method_enter(klass, me);
}

// Enter a row where it belongs; a function goes to two places.
static MethodEntry *boot_row(ExecCtx *ec, MethodEntry *me, const BuiltinRow *row) {
  Sym name = mx_sym(ec->vm, row->name);
  Visibility visibility = (Visibility)row->visibility;
  if (row->home != HOME_SINGLETON)
    boot_enter(boot_class(ec->vm, row->class_offset), me++, row, name, visibility);
  if (row->home == HOME_FUNCTION) visibility = VIS_PUBLIC;
  if (row->home != HOME_METHOD)
    boot_enter(boot_singleton(ec, row->class_offset), me++, row, name, visibility);
  return me;
}

// Enter a second name.
static void boot_alias(ExecCtx *ec, MethodEntry *me, const BootAlias *alias) {
  uint16_t offset = alias->class_offset;
  ClassObj *klass = alias->singleton ? boot_singleton(ec, offset) : boot_class(ec->vm, offset);
  const MethodEntry *old = mx_method_own(klass, mx_sym(ec->vm, alias->old_name));
  MX_ASSERT(old, "alias '%s' of '%s'", alias->new_name, alias->old_name);
  *me = *old;
  me->name = mx_sym(ec->vm, alias->new_name);
  mx_method_enter(klass, me);
}

// Boot: enter all rows of all tables.
void mx_builtins_boot(ExecCtx *ec) {
  boot_size_tables(ec);
  MethodEntry *me = mx_gc_alloc_words((BOOT_ROWS * 2 + BOOT_ALIASES) * sizeof *me);
  for (size_t i = 0; i < BOOT_ROWS; i++)
    if (boot_rows[i].home != HOME_PRIMITIVE) me = boot_row(ec, me, &boot_rows[i]);
  for (size_t i = 0; i < BOOT_ALIASES; i++) boot_alias(ec, me++, &boot_aliases[i]);
}

// Make the table of primitives.
static NameTable *boot_primitives(VM *vm) {
  NameTable *table = mx_nametable_new(BOOT_ROWS / 2);
  for (size_t i = 0; i < BOOT_ROWS; i++)
    if (boot_rows[i].home == HOME_PRIMITIVE)
      mx_nametable_put(table, mx_sym(vm, boot_rows[i].name), (uint64_t)(uintptr_t)&boot_rows[i]);
  return table;
}

// Row of a primitive, or NULL.
const BuiltinRow *mx_primitive_find(VM *vm, Sym name) {
  if (!vm->primitives) vm->primitives = boot_primitives(vm);
  const uint64_t *word = mx_nametable_find(vm->primitives, name);
  return word ? (const BuiltinRow *)(uintptr_t)*word : NULL;
}
