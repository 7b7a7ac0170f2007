// SPDX-License-Identifier: MIT
// Builtin methods: C leaves, declared as rows of runtime/builtins/*.def.
//
// Each table file is one topic, included many times. Rows:
//   METHOD(Class, "name", VIS, min, MAX, function, EFFECTS, RET)   instance method
//   SINGLETON(Class, "name", VIS, min, MAX, function, EFFECTS, RET) method of the class object
//   FUNCTION(Module, "name", min, MAX, function, EFFECTS, RET)     private method + singleton
//   ALIAS(Class, "new", "old")     SALIAS(Class, "new", "old") for class methods
//   PRIMITIVE("name", min, MAX, function, EFFECTS, RET)            Primitive.name of core code
// Class is an Id of classes.def or errors.def. VIS is PUBLIC, PRIVATE or PROTECTED. min is the
// number of required arguments; MAX is 0..4 or V (no limit). EFFECTS is an or of E_*; RET a
// RET_* hint that the JIT may use only under a guard.
// The C signature follows from MAX: `Value f(ExecCtx *ec, Value self)` plus MAX Values, absent
// optional ones VAL_UNDEF; with V: `Value f(ExecCtx *ec, Value self, int argc, const Value *argv)`.
//
// A leaf takes no block and no keywords (a keywords Hash arrives as a last positional argument):
// whatever has those is written in runtime/core/*.mx over primitives. A leaf that may run guest
// code (E_GUEST) does so through upcall.h. For primitives, self is nil.
#ifndef MX_RUNTIME_BUILTIN_H
#define MX_RUNTIME_BUILTIN_H

#include "runtime/upcall.h"

enum {
  E_PURE = 0,         // result depends on the arguments alone
  E_READS = 1 << 0,   // reads mutable memory
  E_WRITES = 1 << 1,  // writes memory or the outside world
  E_ALLOC = 1 << 2,   // may allocate
  E_RAISES = 1 << 3,  // may raise
  E_GUEST = 1 << 4,   // may run guest code
  E_FRAME = 1 << 5,   // needs the caller's frame
  E_BORROWS = 1 << 6, // keeps no reference to self, a primitive's first argument, nor gives it
  E_ANY = E_READS | E_WRITES | E_ALLOC | E_RAISES | E_GUEST,
};

typedef enum RetHint {
  RET_ANY,
  RET_SELF,
  RET_NIL,
  RET_BOOL,
  RET_INT, // Integer, maybe big
  RET_FLOAT,
  RET_STRING,
  RET_SYMBOL,
  RET_ARRAY,
  RET_HASH,
} RetHint;

typedef void (*BuiltinFn)(void); // cast to one of these, as max_args tells
typedef Value (*Leaf0)(ExecCtx *, Value);
typedef Value (*Leaf1)(ExecCtx *, Value, Value);
typedef Value (*Leaf2)(ExecCtx *, Value, Value, Value);
typedef Value (*Leaf3)(ExecCtx *, Value, Value, Value, Value);
typedef Value (*Leaf4)(ExecCtx *, Value, Value, Value, Value, Value);
typedef Value (*LeafV)(ExecCtx *, Value, int, const Value *);

enum { BUILTIN_VARIADIC = -1, BUILTIN_MAX_FIXED = 4 };

typedef enum BuiltinHome { HOME_METHOD, HOME_SINGLETON, HOME_FUNCTION, HOME_PRIMITIVE } BuiltinHome;

struct BuiltinRow {
  const char *name; // method name
  BuiltinFn fn;
  uint16_t class_offset; // bytes of the class pointer inside BootClasses
  uint8_t home;          // BuiltinHome
  uint8_t visibility;    // Visibility
  int8_t min_args;
  int8_t max_args; // BUILTIN_VARIADIC: no limit
  uint8_t effects; // E_*
  uint8_t ret;     // RetHint
};

// Call a row's function with arguments whose number was checked.
MX_FUNC Value mx_builtin_call(ExecCtx *ec, const BuiltinRow *row, Value self, int argc,
                              const Value *argv);
// Check the number of arguments and call. Sets and restores ec->leaf.
MX_FUNC Value mx_builtin_invoke(ExecCtx *ec, const MethodEntry *me, Value self, int argc,
                                const Value *argv);
// Row of a primitive, or NULL.
MX_FUNC const BuiltinRow *mx_primitive_find(VM *vm, Sym name);
// Boot: note which classes have rows (class_rows.h); runtime/builtins/boot.c holds the rows.
MX_FUNC void mx_builtins_boot(ExecCtx *ec);

#endif
