// SPDX-License-Identifier: MIT
// Entering the library's rows of a class when its method table is first asked for.
#include "runtime/class_rows.h"
#include "runtime/gc.h"
#include "runtime/nametable.h"
#include "runtime/vm.h"

ClassRows *mx_class_rows(ExecCtx *ec, ClassObj *of, bool singleton) {
  ClassObj *klass = singleton ? mx_class_singleton(ec, val_from_ptr(of)) : of;
  if (klass->rows) return klass->rows;
  klass->rows = mx_gc_alloc_words(sizeof *klass->rows);
  *klass->rows = (ClassRows){.vm = ec->vm, .of = of, .singleton = singleton};
  return klass->rows;
}

// All entries lie in one block, and the table gets its final size before it is filled.
void mx_class_enter_rows(ClassObj *klass) {
  const ClassRows rows = *klass->rows;
  klass->rows = NULL;
  uint32_t count = mx_builtins_count(&rows) + mx_core_count(&rows);
  mx_nametable_reserve(klass->methods, count);
  MethodEntry *me = mx_gc_alloc_words((count + 1) * sizeof *me);
  mx_core_enter(&rows, klass, mx_builtins_enter(&rows, klass, me));
}
