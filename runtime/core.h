// SPDX-License-Identifier: MIT
// The core library in the language: runtime/core/*.mx, embedded when the project is built.
//
// tools/gen_core turns the files into core_index.inc: their text and one row per method. A class
// gets its rows when it is first looked at (class_rows.h), as METHOD_CORE; a body is parsed at its
// first call (upcall load_core), so start-up pays for no method that is not used.
//
// Calls in core code ignore visibility, as calls from C do: `object.initialize(...)` is how
// Class#new runs a private method.
#ifndef MX_RUNTIME_CORE_H
#define MX_RUNTIME_CORE_H

#include "runtime/vm.h"

typedef struct CoreFile {
  const char *name; // "array.mx"
  const char *text; // NUL-terminated
  uint32_t len;     // bytes
} CoreFile;

typedef enum CoreClassKind { CORE_CLASS, CORE_MODULE } CoreClassKind;

// One `class` or `module` body; rows follow in file order.
typedef struct CoreClass {
  const char *path;  // "Enumerator::Lazy"
  const char *super; // path of the superclass for classes first made here, or NULL
  uint8_t kind;      // CoreClassKind
} CoreClass;

struct CoreRow {
  const char *name;     // method name
  uint16_t class_index; // into mx_core_classes
  uint8_t singleton;    // def self.x, or class << self
  uint8_t visibility;   // Visibility; MODULE_FUNCTION enters both
  uint16_t file;        // into mx_core_files
  uint32_t start;       // byte offset of the def in the file
  uint32_t len;         // bytes of the def
  uint32_t line;        // line of the def
  int16_t required;     // required positional parameters
  int16_t optional;     // optional ones; -1 with a rest parameter
  const char *alias_of; // alias rows: name of the method meant; start and len are 0
};

typedef struct CoreInclude {
  uint16_t class_index; // who
  const char *module;   // includes what
} CoreInclude;

typedef struct CoreConst {
  uint16_t class_index; // where
  const char *name;
  const char *string; // String value, or NULL
  int64_t integer;    // Integer value when string is NULL
} CoreConst;

MX_FUNC const CoreFile *mx_core_file(uint32_t index);
// Enter classes, includes and constants of the index; methods as class_rows.h says.
MX_FUNC void mx_core_boot(ExecCtx *ec);

#endif
