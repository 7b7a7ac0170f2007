// SPDX-License-Identifier: MIT
// Entering the rows of all builtins tables into the method tables of their classes.
//
// Rows are read-only data, in no order of classes, but most of those of a class lie together.
#include "runtime/class_list.h"
#include "runtime/class_rows.h"
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

// Does a row go to the class, or the class object, that `to` says? A function goes to both.
static bool boot_row_fits(const BuiltinRow *row, const ClassRows *to) {
  if (row->class_offset != to->offset) return false;
  return row->home != (to->singleton ? HOME_METHOD : HOME_SINGLETON);
}

static bool boot_alias_fits(const BootAlias *alias, const ClassRows *to) {
  return alias->class_offset == to->offset && alias->singleton == to->singleton;
}

uint32_t mx_builtins_count(const ClassRows *rows) {
  const RowRange *range = &rows->builtins;
  uint32_t count = 0;
  if (range->end == 0) return 0;
  for (uint32_t i = range->first; i < range->end; i++) count += boot_row_fits(&boot_rows[i], rows);
  for (size_t i = 0; i < BOOT_ALIASES; i++) count += boot_alias_fits(&boot_aliases[i], rows);
  return count;
}

// Enter one row.
static void boot_enter(const ClassRows *rows, ClassObj *klass, MethodEntry *me,
                       const BuiltinRow *row) {
  bool shown = row->home == HOME_FUNCTION && rows->singleton;
  me->kind = METHOD_BUILTIN;
  me->visibility = (uint8_t)(shown ? VIS_PUBLIC : row->visibility);
  me->name = me->original_name = mx_sym(rows->vm, row->name);
  me->as.row = row;
  me->flags = mx_method_internal(row->name);
  mx_method_enter(klass, me);
}

// Enter a second name.
static void boot_enter_alias(VM *vm, ClassObj *klass, MethodEntry *me, const BootAlias *alias) {
  const MethodEntry *old = mx_method_own(klass, mx_sym(vm, alias->old_name));
  MX_ASSERT(old, "alias '%s' of '%s'", alias->new_name, alias->old_name);
  *me = *old;
  me->name = mx_sym(vm, alias->new_name);
  mx_method_enter(klass, me);
}

MethodEntry *mx_builtins_enter(const ClassRows *rows, ClassObj *klass, MethodEntry *me) {
  const RowRange *range = &rows->builtins;
  if (range->end == 0) return me;
  for (uint32_t i = range->first; i < range->end; i++)
    if (boot_row_fits(&boot_rows[i], rows)) boot_enter(rows, klass, me++, &boot_rows[i]);
  for (size_t i = 0; i < BOOT_ALIASES; i++)
    if (boot_alias_fits(&boot_aliases[i], rows))
      boot_enter_alias(rows->vm, klass, me++, &boot_aliases[i]);
  return me;
}

// Note a row in a class.
static void boot_note(ClassRows *rows, uint32_t row) {
  rows->offset = boot_rows[row].class_offset;
  mx_row_range_add(&rows->builtins, row);
}

// A class with an alias has a row, too.
void mx_builtins_boot(ExecCtx *ec) {
  for (uint32_t i = 0; i < BOOT_ROWS; i++) {
    const BuiltinRow *row = &boot_rows[i];
    if (row->home == HOME_PRIMITIVE) continue;
    ClassObj *klass = boot_class(ec->vm, row->class_offset);
    if (row->home != HOME_SINGLETON) boot_note(mx_class_rows(ec, klass, false), i);
    if (row->home != HOME_METHOD) boot_note(mx_class_rows(ec, klass, true), i);
  }
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
