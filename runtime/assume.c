// SPDX-License-Identifier: MIT
// Cells of methods, versions of constants, redefined operators.
#include "runtime/assume.h"
#include "runtime/class_list.h"
#include "runtime/hooks.h"

// Tell the next tier what broke: a cell or a constant's name.
static void assume_tell(VM *vm, const MethodCell *cell, Sym name) {
  if (vm->assumption_broken) vm->assumption_broken(vm, cell, name);
}

// ---- methods

enum { ASSUME_BITS = 64 }; // names of a word of VM.assumed

// Note that there is a cell under a name.
static void assume_note(VM *vm, Sym name) {
  uint32_t word = name / ASSUME_BITS;
  vm->assumed = mx_vec_cover(vm->assumed, &vm->assumed_room, word, sizeof *vm->assumed);
  vm->assumed[word] |= (uint64_t)1 << name % ASSUME_BITS;
}

// Can there be a cell under a name? Most names that are defined nothing relies on yet, and a class
// may have thousands below it.
static bool assume_is_noted(const VM *vm, Sym name) {
  uint32_t word = name / ASSUME_BITS;
  return word < vm->assumed_room && vm->assumed[word] >> name % ASSUME_BITS & 1;
}

MethodCell *mx_assume_method(VM *vm, ClassObj *klass, Sym name) {
  if (!klass->cells) klass->cells = mx_nametable_new(4);
  const uint64_t *word = mx_nametable_find(klass->cells, name);
  if (word) return (MethodCell *)(uintptr_t)*word;
  MethodRef ref = mx_method_find(vm, klass, name);
  MethodCell *cell = mx_gc_alloc_words(sizeof *cell);
  *cell = (MethodCell){.valid = 1, .at = ref.at, .me = ref.me};
  mx_nametable_put(klass->cells, name, (uint64_t)(uintptr_t)cell);
  assume_note(vm, name);
  return cell;
}

MethodCell *mx_assume_super(VM *vm, ClassObj *klass, Sym name, uint32_t behind) {
  MethodCell *head = mx_assume_method(vm, klass, name);
  for (MethodCell *cell = head->supers; cell; cell = cell->supers)
    if (cell->behind == behind) return cell;
  MethodRef ref = mx_method_find_super(vm, klass, behind, name);
  MethodCell *cell = mx_gc_alloc_words(sizeof *cell);
  *cell = (MethodCell){
      .valid = 1, .at = ref.at, .me = ref.me, .supers = head->supers, .behind = behind};
  head->supers = cell;
  return cell;
}

// Break the cell of a name in one class.
static void assume_break(VM *vm, ClassObj *klass, Sym name) {
  const uint64_t *word = klass->cells ? mx_nametable_find(klass->cells, name) : NULL;
  if (!word) return;
  MethodCell *broken = (MethodCell *)(uintptr_t)*word;
  mx_nametable_remove(klass->cells, name);
  for (MethodCell *cell = broken; cell; cell = cell->supers) {
    cell->valid = 0;
    if (cell->watched) assume_tell(vm, cell, SYM_NONE);
  }
}

// Break the cells of a name in a class and everything below it.
static void assume_break_below(VM *vm, ClassObj *klass, Sym name) {
  assume_break(vm, klass, name);
  uint32_t position = 0;
  for (ClassObj *below; (below = mx_classlinks_next(&klass->dependents, &position));)
    assume_break_below(vm, below, name);
}

// ---- operators

// A built-in class and the operators that engines take a short cut for.
typedef struct BasicRow {
  uint16_t class_offset; // bytes inside BootClasses
  uint16_t mask;         // BASIC_*
} BasicRow;

static const BasicRow basic_rows[] = {
    {offsetof(BootClasses, Integer), BASIC_INTEGER},
    {offsetof(BootClasses, Float), BASIC_FLOAT},
    {offsetof(BootClasses, String), BASIC_STRING},
    {offsetof(BootClasses, Array), BASIC_ARRAY},
    {offsetof(BootClasses, Hash), BASIC_HASH},
    {offsetof(BootClasses, Symbol), BASIC_SYMBOL},
    {offsetof(BootClasses, NilClass), BASIC_NIL},
    {offsetof(BootClasses, TrueClass), BASIC_TRUE},
    {offsetof(BootClasses, FalseClass), BASIC_FALSE},
    {offsetof(BootClasses, Object), BASIC_OBJECT},
    {offsetof(BootClasses, Class), BASIC_CLASS},
    {offsetof(BootClasses, Module), BASIC_CLASS},
    {offsetof(BootClasses, Proc), BASIC_PROC},
    {offsetof(BootClasses, Range), BASIC_RANGE},
};

bool mx_assume_is_born(const ClassObj *klass, const MethodEntry *me, Sym name) {
  const MethodEntry *library = mx_library_method(klass, name);
  if (!me || !library) return me == library;
  if (me->visibility != library->visibility) return false;
  if (library->kind == METHOD_BUILTIN)
    return me->kind == METHOD_BUILTIN && me->as.row == library->as.row;
  bool core = me->kind == METHOD_CORE || me->flags & METHOD_F_CORE;
  return core && me->original_name == name && me->defined_in == library->defined_in;
}

MethodCell *mx_assume_operator(VM *vm, BasicClass klass, Sym name) {
  size_t row = 0;
  while (basic_rows[row].mask != klass) row++;
  ClassObj *of = *(ClassObj **)((char *)&vm->cls + basic_rows[row].class_offset);
  MethodCell *cell = mx_assume_method(vm, of, name);
  bool born = MX_BASIC_PRISTINE(vm, name, klass) || mx_assume_is_born(of, cell->me, name);
  return born ? cell : NULL;
}

// Look at one operator of the built-in classes that are at or below a changed class.
static void basic_check(VM *vm, const ClassObj *changed, Sym name) {
  for (size_t i = 0; i < MX_COUNT_OF(basic_rows); i++) {
    ClassObj *klass = *(ClassObj **)((char *)&vm->cls + basic_rows[i].class_offset);
    if (!klass || !mx_class_inherits(klass, changed)) continue;
    if (mx_assume_is_born(klass, mx_method_find(vm, klass, name).me, name)) continue;
    vm->basic.redefined[name] |= basic_rows[i].mask;
    if (name >= BASIC_OPERATORS || vm->basic.broken) continue;
    vm->basic.broken = true;
    mx_hooks_set_handlers(vm);
  }
}

// The ancestors of a built-in class have changed: look at all its operators.
static void basic_check_class(VM *vm, const ClassObj *klass) {
  for (size_t i = 0; i < MX_COUNT_OF(basic_rows); i++) {
    if (*(ClassObj **)((char *)&vm->cls + basic_rows[i].class_offset) != klass) continue;
    for (Sym name = SYM_NONE + 1; name < BASIC_NAMES; name++) basic_check(vm, klass, name);
    return;
  }
}

void mx_assume_method_changed(VM *vm, ClassObj *klass, Sym name) {
  if (!vm->booted) return;
  if (assume_is_noted(vm, name)) assume_break_below(vm, klass, name);
  if (name < BASIC_NAMES) basic_check(vm, klass, name);
}

void mx_assume_mro_changed(VM *vm, ClassObj *klass) {
  if (!vm->booted) return;
  if (klass->flags & CLASS_BUILTIN) basic_check_class(vm, klass);
  if (!klass->cells) return;
  uint32_t position = 0;
  for (const NameEntry *entry; (entry = mx_nametable_next(klass->cells, &position));) {
    const MethodCell *cell = (const MethodCell *)(uintptr_t)entry->word;
    MethodRef ref = mx_method_find(vm, klass, entry->name);
    if (ref.me != cell->me || ref.at != cell->at || cell->supers)
      assume_break(vm, klass, entry->name);
  }
}

// ---- constants

// Make the array of versions cover a name.
static uint32_t *assume_version(VM *vm, Sym name) {
  uint32_t *versions = vm->const_versions;
  vm->const_versions = mx_vec_cover(versions, &vm->const_room, name, sizeof *versions);
  return &vm->const_versions[name];
}

uint32_t mx_assume_const_version(VM *vm, Sym name) { return *assume_version(vm, name); }

void mx_assume_const_changed(VM *vm, Sym name) {
  if (!vm->booted) return;
  ++*assume_version(vm, name);
  assume_tell(vm, NULL, name);
}

void mx_assume_consts_of(VM *vm, const ClassObj *klass) {
  if (!vm->booted) return;
  for (uint32_t i = 0; i < klass->mro.count; i++) {
    const ClassObj *at = klass->mro.at[i];
    if (at == vm->cls.Object) return;
    uint32_t position = 0;
    for (const NameEntry *entry; at->consts && (entry = mx_nametable_next(at->consts, &position));)
      mx_assume_const_changed(vm, entry->name);
  }
}
