// SPDX-License-Identifier: MIT
// Ancestors: include and prepend, and the linear look-up order that follows from them.
//
// Modules are entered into a class's lists one by one, in the order of the included module's own
// mro. One that the list has already only moves the place where the next goes; one that a
// superclass has is left out. A module that gains an ancestor later passes it on to the lists
// that it stands in, right behind (or before) itself.
#include "runtime/assume.h"
#include "runtime/class_list.h"
#include "runtime/vm.h"

enum { CLASSLIST_MIN_ROOM = 4 };

// Make room for one more class.
static void classlist_reserve(ClassList *list) {
  if (list->count < list->room) return;
  uint32_t room = list->room ? list->room * 2 : CLASSLIST_MIN_ROOM;
  ClassObj **at = mx_gc_alloc_words(room * sizeof *at);
  if (list->count > 0) memcpy(at, list->at, list->count * sizeof *at);
  list->at = at;
  list->room = room;
}

// Append a class.
void mx_classlist_push(ClassList *list, ClassObj *klass) {
  classlist_reserve(list);
  list->at[list->count++] = klass;
}

// Insert a class at a position.
void mx_classlist_insert(ClassList *list, uint32_t at, ClassObj *klass) {
  classlist_reserve(list);
  memmove(&list->at[at + 1], &list->at[at], (list->count - at) * sizeof *list->at);
  list->at[at] = klass;
  list->count++;
}

// Position of a class from an index on, or -1.
int64_t mx_classlist_find(const ClassList *list, const ClassObj *klass, uint32_t from) {
  for (uint32_t i = from; i < list->count; i++)
    if (list->at[i] == klass) return i;
  return -1;
}

// Copy a list of ancestors for a new owner.
void mx_classlist_copy(ClassList *to, const ClassList *from, ClassObj *owner) {
  for (uint32_t i = 0; i < from->count; i++) {
    mx_classlist_push(to, from->at[i]);
    mx_classlinks_push(&from->at[i]->dependents, owner);
  }
}

// Append a list to an array that has room.
static ClassObj **mro_append(ClassObj **at, const ClassList *list) {
  if (list->count > 0) memcpy(at, list->at, list->count * sizeof *at);
  return at + list->count;
}

// Recompute the mro of one class from its lists and its superclass.
static void mro_compute(ClassObj *klass) {
  static const ClassList none = {0};
  const ClassList *above = klass->super ? &klass->super->mro : &none;
  uint32_t count = klass->prepends.count + 1 + klass->includes.count + above->count;
  ClassObj **order = mx_gc_alloc_words(count * sizeof *order);
  ClassObj **at = mro_append(order, &klass->prepends);
  *at++ = klass;
  at = mro_append(at, &klass->includes);
  mro_append(at, above);
  klass->mro = (ClassList){.at = order, .count = count, .room = count};
}

// Recompute the mro of a class and of everything below it.
void mx_class_update_mro(VM *vm, ClassObj *klass) {
  mro_compute(klass);
  vm->mro_serial++;
  mx_assume_mro_changed(vm, klass);
  uint32_t position = 0;
  for (ClassObj *below; (below = mx_classlinks_next(&klass->dependents, &position));)
    if (below->super == klass) mx_class_update_mro(vm, below);
}

// Enter the modules of an mro into one of klass's lists, from a position on. Those that come later
// in the list already, or that the includer's prepends or its superclass have, are left out.
static void mro_enter(ClassObj *klass, ClassList *list, uint32_t at, const ClassList *modules) {
  const uint32_t from = at;
  bool including = list == &klass->includes;
  for (uint32_t i = 0; i < modules->count; i++) {
    ClassObj *module = modules->at[i];
    int64_t found = mx_classlist_find(list, module, from);
    if (found >= 0) {
      if (found >= at) at = (uint32_t)found + 1;
      continue;
    }
    if (including && mx_classlist_find(&klass->prepends, module, 0) >= 0) continue;
    if (including && klass->super && mx_class_inherits(klass->super, module)) continue;
    mx_classlist_insert(list, at++, module);
    mx_classlinks_push(&module->dependents, klass);
  }
}

// Pass the modules that `module` has now on to one list that it stands in: its prepends before it,
// its includes behind it.
static void mro_pass_on_to(ClassObj *klass, ClassList *list, const ClassObj *module) {
  int64_t at = mx_classlist_find(list, module, 0);
  if (at < 0) return;
  uint32_t start = (uint32_t)at;
  while (start > 0 && mx_classlist_find(&module->prepends, list->at[start - 1], 0) >= 0) start--;
  mro_enter(klass, list, start, &module->prepends);
  at = mx_classlist_find(list, module, 0);
  mro_enter(klass, list, (uint32_t)at + 1, &module->includes);
}

// Pass the modules that a module gained on to those that have it.
static void mro_pass_on(VM *vm, const ClassObj *module) {
  uint32_t position = 0;
  for (ClassObj *below; (below = mx_classlinks_next(&module->dependents, &position));) {
    mro_pass_on_to(below, &below->includes, module);
    mro_pass_on_to(below, &below->prepends, module);
    mx_class_update_mro(vm, below);
  }
}

// Raise when a module would become its own ancestor.
static bool mro_check_cycle(ExecCtx *ec, const ClassObj *klass, const ClassObj *module,
                            const char *verb) {
  if (klass != module && !mx_class_inherits(module, klass)) return true;
  mx_raise_arg(ec, "cyclic %s detected", verb);
  return false;
}

// Make changed ancestors count.
static void mro_changed(VM *vm, ClassObj *klass) {
  mx_class_update_mro(vm, klass);
  if (val_heap_type(val_from_ptr(klass)) == T_MODULE) mro_pass_on(vm, klass);
  mx_assume_consts_of(vm, klass);
}

// klass.include(module), without hooks.
bool mx_class_include(ExecCtx *ec, ClassObj *klass, ClassObj *module) {
  if (!mx_class_check_frozen(ec, klass)) return false;
  if (!mro_check_cycle(ec, klass, module, "include")) return false;
  mro_enter(klass, &klass->includes, 0, &module->mro);
  mro_changed(ec->vm, klass);
  return true;
}

// klass.prepend(module), without hooks.
bool mx_class_prepend(ExecCtx *ec, ClassObj *klass, ClassObj *module) {
  if (!mx_class_check_frozen(ec, klass)) return false;
  if (!mro_check_cycle(ec, klass, module, "prepend")) return false;
  mro_enter(klass, &klass->prepends, 0, &module->mro);
  mro_changed(ec->vm, klass);
  return true;
}
