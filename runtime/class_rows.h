// SPDX-License-Identifier: MIT
// The methods of the library, entered class by class.
//
// A program uses few of the classes that there are when it starts. So boot only notes in each class
// which rows of the library's tables are its own, and their entries are made when somebody first
// asks for its method table (mx_class_table). Nobody can tell: a class that gets a method, loses
// one, is searched or copied has its rows by then, and rows depend on nothing that a program could
// have changed before.
#ifndef MX_RUNTIME_CLASS_ROWS_H
#define MX_RUNTIME_CLASS_ROWS_H

#include "runtime/class.h"

// Part of a table of rows; those of a class lie near each other. Empty when end is 0.
typedef struct RowRange {
  uint32_t first, end;
} RowRange;

// Make a range hold a row behind those that it holds.
static inline void mx_row_range_add(RowRange *range, uint32_t row) {
  if (range->end == 0) range->first = row;
  range->end = row + 1;
}

// Where the rows of a class come from. Collected memory.
typedef struct ClassRows {
  VM *vm;
  const ClassObj *of; // the class, also for its singleton class
  uint16_t offset;    // bytes of its pointer inside BootClasses, for builtins
  bool singleton;     // the rows of the class object itself
  RowRange builtins;  // holds those of them that are builtins, among others
  RowRange core;      // likewise, of the core library
} ClassRows;

// The rows, so far, of a class or of its singleton class; made at need.
MX_FUNC ClassRows *mx_class_rows(ExecCtx *ec, ClassObj *of, bool singleton);

// How many entries the builtins (builtins/boot.c) and the core library (core.c) have for a class,
// and making them in an array of that size; the entry behind the last is returned.
MX_FUNC uint32_t mx_builtins_count(const ClassRows *rows);
MX_FUNC MethodEntry *mx_builtins_enter(const ClassRows *rows, ClassObj *klass, MethodEntry *me);
MX_FUNC uint32_t mx_core_count(const ClassRows *rows);
MX_FUNC MethodEntry *mx_core_enter(const ClassRows *rows, ClassObj *klass, MethodEntry *me);

#endif
