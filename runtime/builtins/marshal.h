// SPDX-License-Identifier: MIT
// What dumping and loading by Marshal share: which objects a record of variables stands for.
#ifndef MX_RUNTIME_BUILTINS_MARSHAL_H
#define MX_RUNTIME_BUILTINS_MARSHAL_H

#include "runtime/vm.h"

// The record that objects of type T_OBJECT have in the stream.
typedef enum MarshalRecord {
  MARSHAL_NONE,   // none: their variables are state that the core library relies on
  MARSHAL_OBJECT, // 'o': variables
  MARSHAL_STRUCT, // 'S': members
} MarshalRecord;

// Return the record of a class's instances.
MX_FUNC MarshalRecord mx_marshal_record(const VM *vm, const ClassObj *klass);

#endif
