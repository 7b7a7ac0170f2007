// SPDX-License-Identifier: MIT
// Method tables and the global look-up cache.
//
// A cache entry is found by (class serial, selector) and believed while the selector's serial and
// the VM's mro serial are those it was made under. "Not found" is cached too.
// GC: the cache is malloc memory. An entry that is still believed names a method that its class's
// table holds, and a class serial is never used again, so nothing in it needs to be scanned.
#include "runtime/assume.h"
#include "runtime/class_list.h"
#include "runtime/params.h"
#include "runtime/vm.h"

#include <stdlib.h>
#include <string.h>

typedef struct CacheEntry {
  uint32_t class_serial; // 0: empty
  Sym name;              // selector
  uint32_t name_serial;  // of the selector when the entry was made
  uint32_t mro_serial;   // of the VM then
  MethodEntry *me;       // NULL: not found
  uint32_t at;           // position in the mro
} CacheEntry;

struct MethodCache {
  CacheEntry entries[PARAM_METHOD_CACHE];
};

// Make the cache; untouched parts of it cost no memory.
void mx_method_cache_init(VM *vm) {
  vm->method_cache = calloc(1, sizeof(MethodCache));
  if (!vm->method_cache) mx_check_out_of_memory(sizeof(MethodCache));
}

// Free the cache and the serials.
void mx_method_cache_free(VM *vm) {
  free(vm->method_cache);
  free(vm->selector_serials);
  free(vm->const_versions);
  free(vm->assumed);
}

// The serial of a selector.
static uint32_t *method_serial(VM *vm, Sym name) {
  uint32_t *serials = vm->selector_serials;
  if (MX_UNLIKELY(name >= vm->selector_room))
    vm->selector_serials = mx_vec_cover(serials, &vm->selector_room, name, sizeof *serials);
  return &vm->selector_serials[name];
}

// Forget cached look-ups of one name.
static void method_forget(VM *vm, ClassObj *klass, Sym name) {
  ++*method_serial(vm, name);
  mx_assume_method_changed(vm, klass, name);
}

// What a change of `each` in a class is about.
typedef struct EachChange {
  VM *vm;
  ClassObj *klass;
} EachChange;

// Forget a method that needs its class's own `each`.
static bool method_forget_each(void *ctx, MethodEntry *me) {
  const EachChange *change = ctx;
  if (me->flags & METHOD_F_EACH) method_forget(change->vm, change->klass, me->name);
  return true;
}

// A class has another `each`: forget what relies on that of one it inherits from.
static void method_forget_all_each(VM *vm, ClassObj *klass, ClassObj *base) {
  bool module = val_is_type(val_from_ptr(klass), T_MODULE);
  if (module || mx_class_inherits(klass, base))
    mx_method_each(base, method_forget_each, &(EachChange){vm, klass});
}

void mx_method_changed(VM *vm, ClassObj *klass, Sym name) {
  method_forget(vm, klass, name);
  if (MX_LIKELY(name != SYM_each) || !vm->booted) return;
  method_forget_all_each(vm, klass, vm->cls.Array);
  method_forget_all_each(vm, klass, vm->cls.Hash);
}

// The entry in a module's own table, METHOD_UNDEF included.
MethodEntry *mx_method_own(ClassObj *klass, Sym name) {
  const uint64_t *word = mx_nametable_find(mx_class_table(klass), name);
  return word ? (MethodEntry *)(uintptr_t)*word : NULL;
}

// Is a method Array's or Hash's, and would not see the `each` that klass has?
static bool method_skips_each(const ClassObj *klass, const MethodEntry *me) {
  if (MX_LIKELY(!(me->flags & METHOD_F_EACH))) return false;
  const MethodEntry *each = NULL;
  for (uint32_t at = 0; at < klass->mro.count && !each; at++)
    each = mx_method_own(klass->mro.at[at], SYM_each);
  return !each || each->owner != me->owner || !(each->flags & METHOD_F_CORE);
}

// Walk the mro from a position on.
static MethodRef method_walk(const ClassObj *klass, uint32_t from, Sym name) {
  for (uint32_t at = from; at < klass->mro.count; at++) {
    MethodEntry *me = mx_method_own(klass->mro.at[at], name);
    if (!me || method_skips_each(klass, me)) continue;
    if (me->kind == METHOD_UNDEF) break;
    return (MethodRef){.me = me, .at = at};
  }
  return (MethodRef){.me = NULL, .at = klass->mro.count};
}

// Cache slot of a class and selector.
static CacheEntry *method_cache_slot(VM *vm, const ClassObj *klass, Sym name) {
  uint32_t hash = (klass->serial * 0x9e3779b1u) ^ (name * 0x85ebca6bu);
  return &vm->method_cache->entries[(hash ^ hash >> 16) & (PARAM_METHOD_CACHE - 1)];
}

// Find a method by the global cache.
MethodRef mx_method_find(VM *vm, ClassObj *klass, Sym name) {
  CacheEntry *entry = method_cache_slot(vm, klass, name);
  uint32_t name_serial = *method_serial(vm, name);
  if (MX_LIKELY(entry->class_serial == klass->serial && entry->name == name &&
                entry->name_serial == name_serial && entry->mro_serial == vm->mro_serial))
    return (MethodRef){.me = entry->me, .at = entry->at};
  MethodRef ref = method_walk(klass, 0, name);
  *entry = (CacheEntry){.class_serial = klass->serial,
                        .name = name,
                        .name_serial = name_serial,
                        .mro_serial = vm->mro_serial,
                        .me = ref.me,
                        .at = ref.at};
  return ref;
}

// Find the next method behind a position in klass's mro (super).
MethodRef mx_method_find_super(VM *vm, ClassObj *klass, uint32_t at, Sym name) {
  MX_UNUSED(vm);
  return method_walk(klass, at + 1, name);
}

// Names that are private whatever the visibility in force, except in singleton classes and as
// aliases of methods of modules.
static bool method_always_private(Sym name) {
  return name == SYM_initialize || name == SYM_initialize_copy || name == SYM_initialize_clone ||
         name == SYM_initialize_dup || name == SYM_respond_to_missing;
}

// Make a method entry; its owner is set when it is added.
MethodEntry *mx_method_new(ExecCtx *ec, MethodKind kind, Sym name, Visibility vis) {
  MX_UNUSED(ec);
  MethodEntry *me = mx_gc_alloc_words(sizeof *me);
  me->kind = (uint8_t)kind;
  me->visibility = (uint8_t)(vis == VIS_MODULE_FUNCTION ? VIS_PRIVATE : vis);
  me->name = name;
  me->original_name = name;
  return me;
}

uint16_t mx_method_internal(const char *name) {
  size_t len = strlen(name);
  return len > 2 && memcmp(name, "__", 2) == 0 && name[len - 1] != '_' ? METHOD_F_INTERNAL : 0;
}

// Enter a method into the table of its owner.
void mx_method_enter(ClassObj *klass, MethodEntry *me) {
  me->owner = klass;
  if (!me->defined_in) me->defined_in = klass;
  bool from_module =
      me->name != me->original_name && val_is_type(val_from_ptr(me->defined_in), T_MODULE);
  bool plain = !(klass->flags & CLASS_SINGLETON) && !from_module;
  if (plain && method_always_private(me->name)) me->visibility = VIS_PRIVATE;
  mx_nametable_put(mx_class_table(klass), me->name, (uint64_t)(uintptr_t)me);
}

bool mx_class_check_frozen(ExecCtx *ec, ClassObj *klass) {
  if (MX_LIKELY(!mx_object_is_frozen(ec, val_from_ptr(klass)))) return true;
  bool single = klass->flags & CLASS_SINGLETON; // which stands for its object
  (void)mx_raise_frozen(ec, single ? mx_class_attached(klass) : val_from_ptr(klass));
  return false;
}

// Enter a method, replacing one of that name; raises FrozenError.
bool mx_method_add(ExecCtx *ec, ClassObj *klass, MethodEntry *me) {
  if (!mx_class_check_frozen(ec, klass)) return false;
  if (ec->vm->booted) {
    mx_library_keep(klass, me->name);
    me->flags |= METHOD_F_ADDED;
  }
  mx_method_enter(klass, me);
  mx_method_changed(ec->vm, klass, me->name);
  return true;
}

// Remove from the own table; false when it was not there.
bool mx_method_remove(VM *vm, ClassObj *klass, Sym name) {
  mx_library_keep(klass, name);
  if (!mx_nametable_remove(mx_class_table(klass), name)) return false;
  mx_method_changed(vm, klass, name);
  return true;
}

// Call visit for each own method in order of definition.
void mx_method_each(ClassObj *klass, MethodVisit visit, void *ctx) {
  uint32_t position = 0;
  for (const NameEntry *entry; (entry = mx_nametable_next(mx_class_table(klass), &position));)
    if (!visit(ctx, (MethodEntry *)(uintptr_t)entry->word)) return;
}
