// SPDX-License-Identifier: MIT
// Class variables: one table per class, searched through the ancestors; the farthest one counts.
#include "runtime/string.h"
#include "runtime/vm.h"

// The first and last of the ancestors that have the variable.
typedef struct CvarSearch {
  ClassObj *first;
  ClassObj *last; // its variable is the one that is meant
} CvarSearch;

// Note a class if it has the variable.
static void cvar_look(CvarSearch *search, ClassObj *klass, Sym name) {
  if (!klass->cvars || !mx_nametable_find(klass->cvars, name)) return;
  if (!search->first) search->first = klass;
  search->last = klass;
}

// Search a class; a singleton class of a class looks into that one first.
static CvarSearch cvar_search(ClassObj *klass, Sym name) {
  CvarSearch search = {0};
  Value attached = klass->flags & CLASS_SINGLETON ? mx_class_attached(klass) : VAL_NIL;
  if (val_is_class_or_module(attached)) {
    const ClassObj *inner = VAL_CAST(ClassObj, attached);
    for (uint32_t i = 0; i < inner->mro.count; i++) cvar_look(&search, inner->mro.at[i], name);
  }
  for (uint32_t i = 0; i < klass->mro.count; i++) cvar_look(&search, klass->mro.at[i], name);
  return search;
}

// Raise when a variable was later defined in an ancestor too.
static bool cvar_check_overtaken(ExecCtx *ec, const CvarSearch *search, Sym name) {
  if (search->first == search->last) return true;
  Value mine = mx_class_path(ec, search->first);
  Value theirs = mx_class_path(ec, search->last);
  mx_raise(ec, ec->vm->cls.RuntimeError, "class variable %s of %s is overtaken by %s",
           mx_sym_text(&ec->vm->symtab, name), mx_str_bytes(mine), mx_str_bytes(theirs));
  return false;
}

// Read; NameError when absent.
Value mx_cvar_get(ExecCtx *ec, ClassObj *klass, Sym name) {
  CvarSearch search = cvar_search(klass, name);
  if (!search.first) {
    Value path = mx_class_path(ec, klass);
    return mx_raise_name_error(ec, val_from_ptr(klass), name,
                               "uninitialized class variable %s in %s",
                               mx_sym_text(&ec->vm->symtab, name), mx_str_bytes(path));
  }
  if (!cvar_check_overtaken(ec, &search, name)) return VAL_EXC;
  return *mx_nametable_find(search.last->cvars, name);
}

// Is there such a variable?
bool mx_cvar_defined(ClassObj *klass, Sym name) { return cvar_search(klass, name).first != NULL; }

// Set where it is, or in klass when it is new.
bool mx_cvar_set(ExecCtx *ec, ClassObj *klass, Sym name, Value value) {
  CvarSearch search = cvar_search(klass, name);
  if (search.first && !cvar_check_overtaken(ec, &search, name)) return false;
  ClassObj *home = search.last ? search.last : klass;
  if (!mx_object_check_frozen(ec, val_from_ptr(home))) return false;
  if (!home->cvars) home->cvars = mx_nametable_new(0);
  mx_nametable_put(home->cvars, name, value);
  return true;
}
