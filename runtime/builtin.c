// SPDX-License-Identifier: MIT
// Calling C leaves: arguments spread to the signature that a row's max_args tells.
#include "runtime/builtin.h"

// Argument i, or VAL_UNDEF when it was not given.
static Value builtin_arg(int argc, const Value *argv, int i) {
  return i < argc ? argv[i] : VAL_UNDEF;
}

// Call a row's function with arguments whose number was checked.
Value mx_builtin_call(ExecCtx *ec, const BuiltinRow *row, Value self, int argc, const Value *argv) {
  Value a[BUILTIN_MAX_FIXED];
  for (int i = 0; i < row->max_args; i++) a[i] = builtin_arg(argc, argv, i);
  switch (row->max_args) {
  case 0: return ((Leaf0)row->fn)(ec, self);
  case 1: return ((Leaf1)row->fn)(ec, self, a[0]);
  case 2: return ((Leaf2)row->fn)(ec, self, a[0], a[1]);
  case 3: return ((Leaf3)row->fn)(ec, self, a[0], a[1], a[2]);
  case 4: return ((Leaf4)row->fn)(ec, self, a[0], a[1], a[2], a[3]);
  default: return ((LeafV)row->fn)(ec, self, argc, argv);
  }
}

// Does the number of arguments fit the row?
static bool builtin_arity_fits(const BuiltinRow *row, int argc) {
  return argc >= row->min_args && (row->max_args == BUILTIN_VARIADIC || argc <= row->max_args);
}

// Check the room and the number of arguments, and call: leaves call each other without a frame, as
// inspect and == do. The leaf stands in backtraces meanwhile.
Value mx_builtin_invoke(ExecCtx *ec, const MethodEntry *me, Value self, int argc,
                        const Value *argv) {
  if (MX_UNLIKELY(mx_c_stack_is_full(ec))) return mx_raise_stack_error(ec);
  const BuiltinRow *row = me->as.row;
  const MethodEntry *outer = ec->leaf;
  ec->leaf = me;
  Value result = MX_LIKELY(builtin_arity_fits(row, argc))
                     ? mx_builtin_call(ec, row, self, argc, argv)
                     : mx_raise_arity(ec, argc, row->min_args, row->max_args);
  ec->leaf = outer;
  MX_ASSERT(!val_is_exc(result) || ec->unwind != UNWIND_NONE, "%s raised nothing", row->name);
  return result;
}
