// SPDX-License-Identifier: MIT
// Entering the core library: classes, includes, constants and one METHOD_CORE entry per method.
//
// The index is read-only data made when the project is built.
#include "runtime/core.h"
#include "runtime/class_list.h"
#include "runtime/class_rows.h"
#include "runtime/string.h"

#include "core_index.inc"

struct CoreState {
  ClassObj *classes[CORE_CLASS_COUNT + 1]; // by class_index
};

// A file of the library.
const CoreFile *mx_core_file(uint32_t index) { return &core_files[index]; }

// The module that a path names, up to its last `::`; *last is set to what follows. NULL when a
// part does not exist.
static ClassObj *core_outer(VM *vm, const char *path, const char **last) {
  ClassObj *outer = vm->cls.Object;
  for (const char *end; (end = strstr(path, "::")) != NULL; path = end + 2) {
    Sym name = mx_sym_intern(&vm->symtab, path, (size_t)(end - path), SYM_ENC_UTF8);
    const ConstEntry *entry = mx_const_own(outer, name);
    if (!entry) return NULL;
    outer = VAL_CAST(ClassObj, entry->value);
  }
  *last = path;
  return outer;
}

// The class or module of a path, or NULL.
static ClassObj *core_find(VM *vm, const char *path) {
  const char *last;
  const ClassObj *outer = core_outer(vm, path, &last);
  const ConstEntry *entry = outer ? mx_const_own(outer, mx_sym(vm, last)) : NULL;
  return entry ? VAL_CAST(ClassObj, entry->value) : NULL;
}

// Find or make the class of a row; NULL while what it needs does not exist.
static ClassObj *core_class(ExecCtx *ec, const CoreClass *row) {
  VM *vm = ec->vm;
  ClassObj *known = core_find(vm, row->path);
  if (known) return known;
  const char *last;
  ClassObj *outer = core_outer(vm, row->path, &last);
  ClassObj *super = row->super ? core_find(vm, row->super) : vm->cls.Object;
  if (!outer || !super) return NULL;
  if (row->kind == CORE_MODULE) return mx_module_define(ec, outer, mx_sym(vm, last));
  return mx_class_define(ec, outer, mx_sym(vm, last), super);
}

// Find or make all classes. A class may come before its superclass, so this is done in rounds.
static void core_boot_classes(ExecCtx *ec, CoreState *core) {
  bool missing = true;
  for (uint32_t round = 0; missing; round++) {
    MX_ASSERT(round < CORE_CLASS_COUNT + 1, "core classes need one another");
    missing = false;
    for (uint32_t i = 0; i != CORE_CLASS_COUNT; i++) {
      if (!core->classes[i]) core->classes[i] = core_class(ec, &core_classes[i]);
      missing |= !core->classes[i];
    }
  }
}

// Carry out the includes.
static void core_boot_includes(ExecCtx *ec, const CoreState *core) {
  for (uint32_t i = 0; i != CORE_INCLUDE_COUNT; i++) {
    const CoreInclude *row = &core_includes[i];
    ClassObj *module = core_find(ec->vm, row->module);
    MX_ASSERT(module, "core includes %s", row->module);
    if (!mx_class_include(ec, core->classes[row->class_index], module))
      MX_ASSERT(false, "core includes %s", row->module);
  }
}

// Enter the constants.
static void core_boot_consts(ExecCtx *ec, const CoreState *core) {
  for (uint32_t i = 0; i != CORE_CONST_COUNT; i++) {
    const CoreConst *row = &core_consts[i];
    Value v = row->string ? mx_str_from_cstr(ec, row->string) : val_from_fixnum(row->integer);
    if (row->string) mx_object_freeze(ec, v);
    if (!mx_const_set(ec, core->classes[row->class_index], mx_sym(ec->vm, row->name), v))
      MX_ASSERT(false, "core constant %s", row->name);
  }
}

// Does a row go to the class, or the class object, that `to` says? A module function goes to both.
static bool core_row_fits(const CoreRow *row, const ClassRows *to) {
  if (to->vm->core->classes[row->class_index] != to->of) return false;
  return row->singleton == to->singleton ||
         (to->singleton && row->visibility == VIS_MODULE_FUNCTION);
}

uint32_t mx_core_count(const ClassRows *rows) {
  uint32_t count = 0;
  for (uint32_t i = rows->core.first; i < rows->core.end; i++)
    count += core_row_fits(&core_rows[i], rows);
  return count;
}

// Fill in the entry of an alias from the method that it means.
static void core_fill_alias(VM *vm, MethodEntry *me, ClassObj *home, const CoreRow *row) {
  const MethodEntry *meant = mx_method_own(home, mx_sym(vm, row->alias_of));
  MX_ASSERT(meant, "alias %s of %s", row->name, row->alias_of);
  *me = *meant;
  me->machine = NULL;
  me->given = NULL;
  me->name = mx_sym(vm, row->name);
  me->flags = (uint16_t)((meant->flags & ~METHOD_F_INTERNAL) | mx_method_internal(row->name));
}

// Is the method one that the metorex dialect adds to a class of Ruby's?
static bool core_is_extension(const VM *vm, const ClassObj *home, const CoreRow *row) {
  return strcmp(core_files[row->file].name, "metorex.mx") == 0 &&
         home->lexical_parent != vm->cls.Metorex;
}

// Is it one of Enumerable's, in the form for Arrays or for Hashes?
static bool core_is_each(const CoreRow *row) {
  const char *name = core_files[row->file].name;
  return strcmp(name, "array_enumerable.mx") == 0 || strcmp(name, "hash_enumerable.mx") == 0;
}

// Enter one row. A module function is a private method and a public one of the module itself.
static void core_enter(const ClassRows *rows, ClassObj *home, MethodEntry *me, const CoreRow *row) {
  VM *vm = rows->vm;
  Visibility visibility = (Visibility)row->visibility;
  if (visibility == VIS_MODULE_FUNCTION) visibility = rows->singleton ? VIS_PUBLIC : VIS_PRIVATE;
  if (row->alias_of) {
    core_fill_alias(vm, me, home, row);
  } else {
    me->name = me->original_name = mx_sym(vm, row->name);
    me->kind = METHOD_CORE;
    me->flags = METHOD_F_CORE | mx_method_internal(row->name) |
                (core_is_extension(vm, home, row) ? METHOD_F_METOREX : 0) |
                (core_is_each(row) ? METHOD_F_EACH : 0);
    me->as.core = row;
  }
  me->visibility = (uint8_t)visibility;
  mx_method_enter(home, me);
}

MethodEntry *mx_core_enter(const ClassRows *rows, ClassObj *klass, MethodEntry *me) {
  for (uint32_t i = rows->core.first; i < rows->core.end; i++)
    if (core_row_fits(&core_rows[i], rows)) core_enter(rows, klass, me++, &core_rows[i]);
  return me;
}

// Note in each class that it has rows.
static void core_note_rows(ExecCtx *ec, const CoreState *core) {
  for (uint32_t i = 0; i != CORE_ROW_COUNT; i++) {
    const CoreRow *row = &core_rows[i];
    bool both = row->visibility == VIS_MODULE_FUNCTION;
    ClassObj *klass = core->classes[row->class_index];
    if (!row->singleton) mx_row_range_add(&mx_class_rows(ec, klass, false)->core, i);
    if (row->singleton || both) mx_row_range_add(&mx_class_rows(ec, klass, true)->core, i);
  }
}

// Enter classes, includes and constants of the index, and note its method rows.
void mx_core_boot(ExecCtx *ec) {
  CoreState *core = ec->vm->core = mx_gc_alloc_words(sizeof *core);
  core_boot_classes(ec, core);
  core_boot_includes(ec, core);
  core_boot_consts(ec, core);
  core_note_rows(ec, core);
}
