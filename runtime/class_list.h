// SPDX-License-Identifier: MIT
// Inside the class modules: lists of classes, ancestors brought up to date, boot.
#ifndef MX_RUNTIME_CLASS_LIST_H
#define MX_RUNTIME_CLASS_LIST_H

#include "runtime/class.h"

MX_FUNC void mx_classlist_push(ClassList *list, ClassObj *klass);
// Append to a list that keeps nothing alive.
MX_FUNC void mx_classlinks_push(ClassLinks *list, ClassObj *klass);
MX_FUNC ClassObj *mx_classlinks_at(const ClassLinks *list, uint32_t i); // NULL: it is dead
// The next living class of it: *position starts at 0; NULL at the end.
MX_FUNC ClassObj *mx_classlinks_next(const ClassLinks *list, uint32_t *position);

// Begin the life of a class that was just allocated: for good before the VM has booted.
MX_FUNC void mx_class_begin_life(VM *vm, ClassObj *klass);
MX_FUNC ClassLife *mx_class_life_new(VM *vm);
MX_FUNC void mx_class_life_end(VM *vm); // the VM goes: classes that die later know none
MX_FUNC void mx_classlist_insert(ClassList *list, uint32_t at, ClassObj *klass);
// Position of a class from an index on, or -1.
MX_FUNC int64_t mx_classlist_find(const ClassList *list, const ClassObj *klass, uint32_t from);
// Copy a list of ancestors for a new owner, which becomes a dependent of all in it.
MX_FUNC void mx_classlist_copy(ClassList *to, const ClassList *from, ClassObj *owner);

// Recompute the mro of a class and of everything below it.
MX_FUNC void mx_class_update_mro(VM *vm, ClassObj *klass);
// Make BasicObject, Object, Module and Class.
MX_FUNC void mx_class_boot(ExecCtx *ec);
MX_FUNC void mx_class_define_existing(ExecCtx *ec, ClassObj *under, Sym name, ClassObj *klass);

// Does the class have a name that will not change?
MX_FUNC bool mx_class_is_permanent(const ClassObj *klass);

MX_FUNC void mx_method_cache_init(VM *vm);
MX_FUNC void mx_method_cache_free(VM *vm);
// Enter a method without looking at frozenness or caches; for boot.
MX_FUNC void mx_method_enter(ClassObj *klass, MethodEntry *me);

#endif
