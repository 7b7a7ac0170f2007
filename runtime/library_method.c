// SPDX-License-Identifier: MIT
// What the library's methods find when they call one another, whatever the program has made of
// these methods.
//
// Ruby's library is C, whose functions call each other; a program that redefines Array#first
// changes nothing else. So calls in core code on Arrays, Hashes, Strings, Ranges and MatchData see
// the methods that these classes had at boot: a method that a program replaces or removes is kept
// (replaced of the ClassObj), and methods that a program has entered are passed over. Calls by a
// few names are for whatever the program has made of them, because Ruby's library asks by these
// names too. On other objects, calls see what the program has made, but for the names of what C
// knows of any object, such as its class, and of what C does itself, such as to raise.
#include "runtime/assume.h"
#include "runtime/vm.h"

// Does the library ask any object by this name?
static bool library_asks(Sym name) {
  switch (name) {
  case SYM_EQ:
  case SYM_NEQ:
  case SYM_EQQ:
  case SYM_CMP:
  case SYM_LT:
  case SYM_LE:
  case SYM_GT:
  case SYM_GE:
  case SYM_PLUS:
  case SYM_hash:
  case SYM_eql:
  case SYM_succ:
  case SYM_each:
  case SYM_call:
  case SYM_coerce:
  case SYM_inspect:
  case SYM_respond_to:
  case SYM_initialize:
  case SYM_to_ary:
  case SYM_to_hash:
  case SYM_to_i:
  case SYM_to_int:
  case SYM_to_f:
  case SYM_to_r:
  case SYM_to_io:
  case SYM_to_path:
  case SYM_to_proc:
  case SYM_to_s:
  case SYM_to_str: return true;
  default: return false;
  }
}

// Is it a name of what the library knows of any object or does itself?
static bool library_does(Sym name) { return name >= SYM_class && name <= SYM_Hash; }

// Is the method one that a program has not entered?
static bool library_has(const MethodEntry *me) {
  return me && !(me->flags & METHOD_F_ADDED) && me->kind != METHOD_UNDEF;
}

void mx_library_keep(ClassObj *klass, Sym name) {
  MethodEntry *me = mx_method_own(klass, name);
  if (!library_has(me)) return;
  if (!klass->replaced) klass->replaced = mx_nametable_new(4);
  mx_nametable_put(klass->replaced, name, (uint64_t)(uintptr_t)me);
}

// The library's method of a name in a module's own table, NULL for none.
static MethodEntry *library_own(ClassObj *klass, Sym name) {
  const uint64_t *word = klass->replaced ? mx_nametable_find(klass->replaced, name) : NULL;
  MethodEntry *me = word ? (MethodEntry *)(uintptr_t)*word : mx_method_own(klass, name);
  return library_has(me) ? me : NULL;
}

// Walk the mro.
static MethodRef library_walk(const ClassObj *klass, Sym name) {
  for (uint32_t at = 0; at < klass->mro.count; at++) {
    MethodEntry *me = library_own(klass->mro.at[at], name);
    if (me) return (MethodRef){.me = me, .at = at};
  }
  return (MethodRef){.me = NULL, .at = klass->mro.count};
}

MethodEntry *mx_library_method(const ClassObj *klass, Sym name) {
  return library_walk(klass, name).me;
}

// Do calls of core code on instances of a class see the library's methods?
static bool library_binds(const ClassObj *klass, Sym name) {
  if (library_does(name)) return true;
  bool bound = klass->instance_type == T_ARRAY || klass->instance_type == T_HASH ||
               klass->instance_type == T_STRING || klass->instance_type == T_RANGE ||
               klass->instance_type == T_MATCH;
  return bound && !library_asks(name);
}

MethodRef mx_library_find(const VM *vm, const ClassObj *klass, Sym name, MethodRef found) {
  bool own = found.at == 0 && library_has(found.me);
  if (own || !library_binds(klass, name)) return found;
  MethodRef ref = library_walk(klass, name);
  // What is known of any object is known of a BasicObject, which has no method for it.
  if (!ref.me && library_does(name)) ref.me = library_walk(vm->cls.Object, name).me;
  return ref.me ? ref : found;
}

MethodCell *mx_assume_core_call(VM *vm, ClassObj *klass, Sym name) {
  MethodCell *cell = mx_assume_method(vm, klass, name);
  MethodRef ref = mx_library_find(vm, klass, name, (MethodRef){cell->me, cell->at});
  if (ref.me == cell->me) return cell;
  if (!klass->core_cells) klass->core_cells = mx_nametable_new(4);
  const uint64_t *word = mx_nametable_find(klass->core_cells, name);
  if (word) return (MethodCell *)(uintptr_t)*word;
  MethodCell *fixed = mx_gc_alloc_words(sizeof *fixed);
  *fixed = (MethodCell){.valid = 1, .at = ref.at, .me = ref.me};
  mx_nametable_put(klass->core_cells, name, (uint64_t)(uintptr_t)fixed);
  return fixed;
}
