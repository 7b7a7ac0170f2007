// SPDX-License-Identifier: MIT
// C functions that machine code calls for instructions whose work the interpreter does elsewhere.
//
// None runs guest code. Where the work would, or would raise in a way that only the interpreter
// gets right, they refuse: VAL_UNDEF before any effect, and the code leaves.
#ifndef MX_JIT_OP_CALLS_H
#define MX_JIT_OP_CALLS_H

#include "runtime/hash.h"

// a op b of Integers and Floats of any size, by the operator's name as a Symbol.
MX_FUNC Value mx_call_numbers(ExecCtx *ec, Value a, Value b, Value op);
// a / b and a % b of Integers.
MX_FUNC Value mx_call_divided(ExecCtx *ec, Value a, Value b, Value op);
// The same by the method's name, first, which a program may have redefined.
MX_FUNC Value mx_call_operate(ExecCtx *ec, Value op, Value a, Value b);
// array[i] of an Integer anywhere; never refuses.
MX_FUNC Value mx_call_array_get(ExecCtx *ec, Value array, Value i);
// array[i] = v; the value.
MX_FUNC Value mx_call_array_set(ExecCtx *ec, Value array, Value i, Value v);
// A Hash's key that is an immediate, a number or a String, which it gives; refuses others.
MX_FUNC Value mx_call_key(ExecCtx *ec, Value key);
// hash[key] of such a key; refuses where a default proc or method is to be asked.
MX_FUNC Value mx_call_hash_get(ExecCtx *ec, Value hash, Value key);
// The String that #{v} stands for.
MX_FUNC Value mx_call_to_string(ExecCtx *ec, Value v);
// The Symbol of a String.
MX_FUNC Value mx_call_symbol(ExecCtx *ec, Value text);
// Strings joined.
MX_FUNC Value mx_call_concat(ExecCtx *ec, Value nil, int count, const Value *parts);
// What a rest at the end of a multiple assignment gets: the elements behind the first `before`.
MX_FUNC Value mx_call_rest(ExecCtx *ec, Value array, Value before);
// The Proc that &method passes; refuses where the program is to be asked.
MX_FUNC Value mx_call_method_block(ExecCtx *ec, Value method);
// Refuses a Hash that ruby2_keywords has marked as one of keywords.
MX_FUNC Value mx_call_no_keywords(ExecCtx *ec, Value v);
// a ** b of Integers; refuses where that is no Integer.
MX_FUNC Value mx_call_power(ExecCtx *ec, Value a, Value b);
// pattern === v of an Integer or String; refuses where the program is to be asked.
MX_FUNC Value mx_call_case_int(ExecCtx *ec, Value pattern, Value v);
MX_FUNC Value mx_call_case_string(ExecCtx *ec, Value pattern, Value v);
// Has the value surely no method of the name, without asking the program?
MX_FUNC bool mx_call_lacks(ExecCtx *ec, Value v, Sym name);
// v.is_a?(klass)
MX_FUNC Value mx_call_is_a(ExecCtx *ec, Value v, Value klass);
// An instance variable, by its name as a Symbol.
MX_FUNC Value mx_call_ivar(ExecCtx *ec, Value object, Value name);
// Set it; refuses frozen objects.
MX_FUNC Value mx_call_set_ivar(ExecCtx *ec, Value object, Value name, Value v);
// object.name, object.name = v; refuse what is no public attr_reader or attr_writer.
MX_FUNC Value mx_call_attribute(ExecCtx *ec, Value object, Value name);
MX_FUNC Value mx_call_set_attribute(ExecCtx *ec, Value object, Value name, Value v);
// A global variable, by its name as a Symbol; refuses where reading it looks at a frame or asks the
// program.
MX_FUNC Value mx_call_global(ExecCtx *ec, Value name);
// @@name of a class.
MX_FUNC Value mx_call_class_variable(ExecCtx *ec, Value klass, Value name);
MX_FUNC Value mx_call_set_class_variable(ExecCtx *ec, Value klass, Value name, Value v);

// ---- patterns. Numbers are Integers
MX_FUNC Value mx_call_match_start(ExecCtx *ec, Value subject);
MX_FUNC Value mx_call_match_note(ExecCtx *ec, Value pattern, Value v);
MX_FUNC Value mx_call_match_guard(ExecCtx *ec, Value unused);
MX_FUNC Value mx_call_match_case(ExecCtx *ec, Value v, Value test, Value count);
// What a pattern looks at; refuse objects that are to be asked.
MX_FUNC Value mx_call_match_deconstruct(ExecCtx *ec, Value v);
MX_FUNC Value mx_call_match_keys(ExecCtx *ec, Value v, Value keys);
// What deconstruct or deconstruct_keys gave for v, if that is an Array or a Hash; else raise.
MX_FUNC Value mx_call_match_parts(ExecCtx *ec, Value v, Value parts);
MX_FUNC Value mx_call_match_pairs(ExecCtx *ec, Value v, Value pairs);
MX_FUNC Value mx_call_match_element(ExecCtx *ec, Value array, Value index, Value from_end);
MX_FUNC Value mx_call_match_slice(ExecCtx *ec, Value array, Value before, Value behind);
// VAL_UNDEF is a value here: the key is missing.
MX_FUNC Value mx_call_match_value(ExecCtx *ec, Value hash, Value rest, Value key);

// ---- $!
MX_FUNC Value mx_call_error(ExecCtx *ec, Value unused);
MX_FUNC Value mx_call_set_error(ExecCtx *ec, Value error);

// ---- raise
// A new exception whose initialize is the library's.
MX_FUNC Value mx_call_exception(ExecCtx *ec, Value klass, Value message);
// The exception that a call has raised, which is not pending any more; VAL_EXC: it is something
// else that unwinds, and goes on to.
MX_FUNC Value mx_call_caught(ExecCtx *ec, Value unused);
// Give an exception that is raised its cause and backtrace.
MX_FUNC Value mx_call_raised(ExecCtx *ec, Value exception);

#endif
