// SPDX-License-Identifier: MIT
// How long classes live, and lists that do not prolong it.
//
// A class is kept for good (CLASS_KEPT) or dies when nothing refers to it. Its weak link tells of
// its death at once; its finalizer, which comes at a safepoint, gives its shapes back. Nobody may
// find a class between the two: it would lose its shapes.
#include "runtime/class_list.h"
#include "runtime/vm.h"

enum { CLASSLINKS_MIN_ROOM = 4 };

// What the finalizer of a class knows its VM by.
struct ClassLife {
  VM *vm; // NULL once it is freed
};

ClassLife *mx_class_life_new(VM *vm) {
  ClassLife *life = mx_gc_alloc_words(sizeof *life);
  life->vm = vm;
  return life;
}

void mx_class_life_end(VM *vm) { vm->life->vm = NULL; }

// Finalizer of a class.
static void class_on_death(void *object, void *data) {
  const ClassLife *life = data;
  if (life->vm) mx_shapes_drop(life->vm, object);
}

void mx_class_begin_life(VM *vm, ClassObj *klass) {
  if (!vm->booted) {
    mx_class_keep(vm, klass);
    return;
  }
  klass->link = mx_gc_alloc_atomic(sizeof *klass->link);
  klass->link->klass = klass;
  mx_gc_weak_link((void **)&klass->link->klass, klass);
  mx_gc_on_death(klass, class_on_death, vm->life);
}

// Let the class live as long as the VM.
void mx_class_keep(VM *vm, ClassObj *klass) {
  if (klass->flags & CLASS_KEPT) return;
  klass->flags |= CLASS_KEPT;
  mx_classlist_push(&vm->kept, klass);
  if (!klass->instance_shape) return;
  const Shape *shape = mx_shape_at(vm, klass->instance_shape);
  uint16_t flags = shape->flags & (uint16_t)~SHAPE_HOLDS;
  klass->instance_shape = mx_shape_get(vm, klass, shape->layout, flags, shape->inline_cap);
}

// The class of an entry, NULL when it is dead.
static ClassObj *classlinks_class(uintptr_t entry) {
  return entry & 1 ? ((const ClassLink *)(entry & ~(uintptr_t)1))->klass : (ClassObj *)entry;
}

// Make room for one more entry; dead ones go first.
static void classlinks_reserve(ClassLinks *list) {
  if (list->count < list->room) return;
  uint32_t living = 0;
  for (uint32_t i = 0; i < list->count; i++)
    if (classlinks_class(list->at[i])) list->at[living++] = list->at[i];
  list->count = living;
  if (living < list->room / 2) return;
  uint32_t room = list->room ? list->room * 2 : CLASSLINKS_MIN_ROOM;
  uintptr_t *at = mx_gc_alloc_words(room * sizeof *at);
  if (living > 0) memcpy(at, list->at, living * sizeof *at);
  list->at = at;
  list->room = room;
}

void mx_classlinks_push(ClassLinks *list, ClassObj *klass) {
  classlinks_reserve(list);
  list->at[list->count++] = klass->link ? (uintptr_t)klass->link | 1 : (uintptr_t)klass;
}

ClassObj *mx_classlinks_at(const ClassLinks *list, uint32_t i) {
  return classlinks_class(list->at[i]);
}

ClassObj *mx_classlinks_next(const ClassLinks *list, uint32_t *position) {
  while (*position < list->count) {
    ClassObj *klass = mx_classlinks_at(list, (*position)++);
    if (klass) return klass;
  }
  return NULL;
}
