// SPDX-License-Identifier: MIT
// The slow path of each guest operation, once, for all engines; conversions and protocols.
//
// Operators first try the built-in meaning for built-in operands whose method nobody redefined,
// then send. Returns VAL_EXC with the exception in ec, as everywhere.
#ifndef MX_RUNTIME_SEMANTICS_H
#define MX_RUNTIME_SEMANTICS_H

#include "runtime/upcall.h"

// ---- operators (guest `a op b`)
MX_FUNC MX_MUST_CHECK Value mx_op_binary(ExecCtx *ec, Sym op, Value a, Value b);
// Built-in meaning of an operator for two built-in operands; VAL_UNDEF when it has none.
MX_FUNC MX_MUST_CHECK Value mx_op_builtin(ExecCtx *ec, Sym op, Value a, Value b);

// ---- equality, order, hashing: 1 true, 0 false, -1 raised
MX_FUNC int mx_equal(ExecCtx *ec, Value a, Value b);            // a == b
MX_FUNC int mx_eql(ExecCtx *ec, Value a, Value b);              // a.eql?(b), for hash keys
MX_FUNC int mx_case_equal(ExecCtx *ec, Value pattern, Value v); // pattern === v
// Is a method (NULL: none) the library's Module#===?
MX_FUNC bool mx_method_is_module_eqq(const VM *vm, const MethodEntry *me);
MX_FUNC MX_MUST_CHECK bool mx_hash_of(ExecCtx *ec, Value v, uint64_t *hash); // v.hash
// a <=> b as -1, 0, 1 in *order; ArgumentError "comparison of X with Y failed" when nil.
MX_FUNC MX_MUST_CHECK bool mx_compare(ExecCtx *ec, Value a, Value b, int *order);
// The same from what `a <=> b` or a block answered.
MX_FUNC MX_MUST_CHECK bool mx_order_of(ExecCtx *ec, Value result, Value a, Value b, int *order);

// ---- text of any value
MX_FUNC MX_MUST_CHECK Value mx_to_s(ExecCtx *ec, Value v);    // String; interpolation's rule
MX_FUNC MX_MUST_CHECK Value mx_inspect(ExecCtx *ec, Value v); // String from v.inspect
MX_FUNC Value mx_any_to_s(ExecCtx *ec, Value v); // "#<Foo>"-style default, no guest code

// ---- implicit conversions: the value itself, converted, or TypeError
MX_FUNC MX_MUST_CHECK Value mx_to_str(ExecCtx *ec, Value v);  // String
MX_FUNC MX_MUST_CHECK Value mx_to_ary(ExecCtx *ec, Value v);  // Array
MX_FUNC MX_MUST_CHECK Value mx_to_hash(ExecCtx *ec, Value v); // Hash
MX_FUNC MX_MUST_CHECK Value mx_to_int(ExecCtx *ec, Value v);  // Integer (to_int)
MX_FUNC MX_MUST_CHECK Value mx_to_sym(ExecCtx *ec, Value v);  // Symbol from Symbol or String-like
MX_FUNC MX_MUST_CHECK bool mx_to_int64(ExecCtx *ec, Value v, int64_t *out); // RangeError beyond
MX_FUNC MX_MUST_CHECK bool mx_to_double(ExecCtx *ec, Value v, double *out); // TypeError
MX_FUNC MX_MUST_CHECK bool mx_to_method_name(ExecCtx *ec, Value v,
                                             Sym *out);       // "is not a symbol nor a string"
MX_FUNC MX_MUST_CHECK Value mx_to_path(ExecCtx *ec, Value v); // String: to_path, to_str
// As above but nil when there is no such conversion (Array.try_convert's rule).
MX_FUNC MX_MUST_CHECK Value mx_check_convert(ExecCtx *ec, Value v, ClassObj *klass, Sym method);
// [*v]: Array by to_a, or [v]; nil gives [].
MX_FUNC MX_MUST_CHECK Value mx_splat(ExecCtx *ec, Value v);

// ---- kinds of interpolation and literals
MX_FUNC MX_MUST_CHECK Value mx_concat_strings(ExecCtx *ec, int count, const Value *parts);

// ---- guarding against cycles in inspect, ==, hash, <=>, flatten
// Enter (a, b) under a method name; false when it is being visited already.
MX_FUNC bool mx_recursion_enter(ExecCtx *ec, Sym method, Value a, Value b);
MX_FUNC void mx_recursion_leave(ExecCtx *ec, Sym method, Value a, Value b);

// ---- warnings: to $stderr through Warning.warn, as -W says
MX_FUNC void mx_warn(ExecCtx *ec, const char *fmt, ...);         // unless $VERBOSE is nil
MX_FUNC void mx_warn_verbose(ExecCtx *ec, const char *fmt, ...); // if $VERBOSE is true
MX_FUNC void mx_warn_at(ExecCtx *ec, const char *file, uint32_t line, const char *fmt, ...);

// ---- boot (builtins/object_boot.c)
MX_FUNC void mx_objects_boot(ExecCtx *ec);

#endif
