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

// Where the rows of a class come from. Collected memory.
typedef struct ClassRows {
  VM *vm;
  const ClassObj *of; // the class, also for its singleton class
  uint16_t builtins;  // bytes of its pointer inside BootClasses; 0: no builtins
  bool core;          // it has methods of the core library
  bool singleton;     // those of the class object itself
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
