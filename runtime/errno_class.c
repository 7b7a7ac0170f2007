// SPDX-License-Identifier: MIT
// Errno::*: constants at boot, classes at their first use (class_const.c asks for them).
//
// A hundred classes that hardly any program names would cost a tenth of the start-up.
#include "runtime/errno_class.h"
#include "runtime/vm.h"

#include <errno.h>

typedef struct ErrnoRow {
  const char *name; // constant under Errno
  int number;       // C errno
} ErrnoRow;

static const ErrnoRow errno_rows[] = {
#define ERRNO(NAME) {#NAME, NAME},
#define ERRNO_NONE(NAME) {#NAME, 0},
#include "runtime/errno.def"
};

// Enter a constant into the table of Errno, with a value or a number that stands for the class.
static void errno_enter(VM *vm, ConstEntry *entry, const ErrnoRow *row) {
  entry->name = mx_sym(vm, row->name);
  entry->value = VAL_UNDEF;
  entry->autoload = val_from_fixnum(row->number);
  mx_nametable_put(vm->cls.Errno->consts, entry->name, (uint64_t)(uintptr_t)entry);
}

// Boot: enter the constants, without making the classes.
void mx_errno_boot(ExecCtx *ec) {
  VM *vm = ec->vm;
  vm->cls.Errno = mx_module_define(ec, vm->cls.Object, mx_sym(vm, "Errno"));
  vm->cls.Errno->consts = mx_nametable_new(MX_COUNT_OF(errno_rows));
  ConstEntry *entries = mx_gc_alloc_words(MX_COUNT_OF(errno_rows) * sizeof *entries);
  for (size_t i = 0; i < MX_COUNT_OF(errno_rows); i++) errno_enter(vm, &entries[i], &errno_rows[i]);
}

// Make the class of a row.
static ClassObj *errno_make(ExecCtx *ec, const ErrnoRow *row, ConstEntry *entry) {
  VM *vm = ec->vm;
  ClassObj *klass = mx_class_new(ec, vm->cls.SystemCallError);
  klass->name = entry->name;
  klass->lexical_parent = vm->cls.Errno;
  mx_class_keep(vm, klass);
  ConstEntry *number = mx_gc_alloc_words(sizeof *number);
  *number = (ConstEntry){.name = mx_sym(vm, "Errno"), .value = val_from_fixnum(row->number)};
  klass->consts = mx_nametable_new(1);
  mx_nametable_put(klass->consts, number->name, (uint64_t)(uintptr_t)number);
  entry->value = val_from_ptr(klass);
  return klass;
}

// The class of a C errno: that of the first row with the number.
ClassObj *mx_errno_class(ExecCtx *ec, int error) {
  for (size_t i = 0; i < MX_COUNT_OF(errno_rows); i++) {
    if (errno_rows[i].number != error) continue;
    ConstEntry *entry = mx_const_own(ec->vm->cls.Errno, mx_sym(ec->vm, errno_rows[i].name));
    if (!entry) break;
    if (!val_is_undef(entry->value)) return VAL_CAST(ClassObj, entry->value);
    return errno_make(ec, &errno_rows[i], entry);
  }
  return ec->vm->cls.SystemCallError;
}
