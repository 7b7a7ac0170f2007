// SPDX-License-Identifier: MIT
// What leaves of several topics share: forwarding calls, names in messages, NameErrors.
#ifndef MX_BUILTINS_SUPPORT_H
#define MX_BUILTINS_SUPPORT_H

#include "runtime/array.h"
#include "runtime/hash.h"
#include "runtime/semantics.h"
#include "runtime/string.h"

// C text of a class or module's path.
MX_FUNC const char *mx_support_path(ExecCtx *ec, const ClassObj *klass);
// C text of the path of a value's class, singleton classes left out.
MX_FUNC const char *mx_support_class(ExecCtx *ec, Value v);
// C text of a Symbol.
static inline const char *mx_support_name(ExecCtx *ec, Sym name) {
  return mx_sym_text(&ec->vm->symtab, name);
}

// Arguments of a call that a core method took as `*args, **keywords`: args behind the first
// `skip`, then the keywords if there are any, with the block that the core method was given.
// The memory of argv is collected.
MX_FUNC CallArgs mx_support_forward(ExecCtx *ec, Value args, Value keywords, uint32_t skip);

// Raise "undefined method 'name' for class 'Foo'".
MX_FUNC Value mx_support_undefined_method(ExecCtx *ec, ClassObj *klass, Sym name);

// Method of a class by name for reflection: entries that only change visibility are followed to
// what they stand for (*visibility keeps theirs). me NULL when there is none.
MX_FUNC MethodRef mx_support_find_method(ExecCtx *ec, ClassObj *klass, Sym name,
                                         Visibility *visibility);
// Call method_added (or singleton_method_added of the attached object) and its kin.
typedef enum MethodEvent {
  METHOD_EVENT_ADDED,
  METHOD_EVENT_REMOVED,
  METHOD_EVENT_UNDEFINED
} MethodEvent;
MX_FUNC MX_MUST_CHECK bool mx_support_method_hook(ExecCtx *ec, ClassObj *klass, MethodEvent event,
                                                  Sym name);
// Enter a method and call the hook.
MX_FUNC MX_MUST_CHECK bool mx_support_method_add(ExecCtx *ec, ClassObj *klass, MethodEntry *me);

// Check an argument that must be a class or module: TypeError "class or module required".
MX_FUNC MX_MUST_CHECK ClassObj *mx_support_module(ExecCtx *ec, Value v);
// Does a name of an instance or class variable have the sigil and the right form?
MX_FUNC bool mx_support_is_variable_name(ExecCtx *ec, Sym name, const char *sigil);
// Is it a constant's name?
MX_FUNC bool mx_support_is_const_name(ExecCtx *ec, Sym name);
// Is the variable one that the core library hides (@__x)?
MX_FUNC bool mx_support_is_hidden(ExecCtx *ec, Sym name);

// instance_eval and class_eval: run the core method's block with another self, or evaluate text
// (args: text, file, line). target: module that `def` defines in, NULL for the singleton class.
MX_FUNC MX_MUST_CHECK Value mx_object_eval_with(ExecCtx *ec, Value receiver, ClassObj *target,
                                                Value args);
// instance_exec and class_exec.
MX_FUNC MX_MUST_CHECK Value mx_object_exec_with(ExecCtx *ec, Value receiver, ClassObj *target,
                                                Value args, Value keywords);
// Collect method names (object_reflect.c): bits of VIS_* wanted, over count modules of a list.
MX_FUNC Value mx_object_method_names(ExecCtx *ec, const ClassList *mro, uint32_t from,
                                     uint32_t count, uint32_t visibilities);
// Make a Method or, without receiver (VAL_UNDEF), an UnboundMethod.
MX_FUNC Value mx_method_object(ExecCtx *ec, Value receiver, ClassObj *klass, MethodRef ref,
                               Sym name);

#endif
