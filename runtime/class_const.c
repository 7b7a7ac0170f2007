// SPDX-License-Identifier: MIT
// Constants: own tables, search through ancestors, autoload, naming of classes.
//
// An entry whose value is VAL_UNDEF is an autoload: its path is required at the first use, and
// until that has ended the constant is absent. A number in place of the path is an errno whose
// class the runtime makes itself; true stands for the binding of the top level.
#include "runtime/assume.h"
#include "runtime/class_list.h"
#include "runtime/errno_class.h"
#include "runtime/semantics.h"
#include "runtime/string.h"
#include "runtime/vm.h"

// The entry of a name in klass's own table.
ConstEntry *mx_const_own(const ClassObj *klass, Sym name) {
  const uint64_t *word = klass->consts ? mx_nametable_find(klass->consts, name) : NULL;
  return word ? (ConstEntry *)(uintptr_t)*word : NULL;
}

// Require the file of an autoload; afterwards the entry is gone unless the file has set it.
static Value const_run_autoload(ExecCtx *ec, ClassObj *klass, ConstEntry *entry) {
  entry->loading = true;
  Value ok = mx_send1(ec, ec->vm->main_object, SYM_require, entry->autoload);
  entry->loading = false;
  if (val_is_exc(ok)) return ok;
  if (val_is_undef(entry->value) && mx_const_own(klass, entry->name) == entry) {
    mx_nametable_remove(klass->consts, entry->name);
    mx_assume_const_changed(ec->vm, entry->name);
    Value path = klass == ec->vm->cls.Object ? VAL_NIL : mx_class_path(ec, klass);
    mx_warn_verbose(ec, "Expected %s to define %s%s%s but it didn't", mx_str_bytes(entry->autoload),
                    val_is_nil(path) ? "" : mx_str_bytes(path),
                    val_is_nil(path) ? "" : "::", mx_sym_text(&ec->vm->symtab, entry->name));
  }
  return entry->value;
}

// The value of an entry; VAL_UNDEF when it is an autoload that does not set it.
static Value const_value(ExecCtx *ec, ClassObj *klass, ConstEntry *entry) {
  if (MX_LIKELY(!val_is_undef(entry->value))) return entry->value;
  if (entry->loading) return VAL_UNDEF;
  if (val_is_fixnum(entry->autoload)) {
    ClassObj *made = mx_errno_class(ec, (int)val_to_fixnum(entry->autoload));
    return entry->value = val_from_ptr(made);
  }
  if (entry->autoload == VAL_TRUE) return entry->value = ec->vm->up->toplevel_binding(ec);
  return const_run_autoload(ec, klass, entry);
}

// Warn about the use of a deprecated constant.
static void const_warn_deprecated(ExecCtx *ec, const ClassObj *klass, const ConstEntry *entry) {
  if (!entry->deprecated || !ec->vm->options.warn_deprecated) return;
  Value path = mx_class_path(ec, (ClassObj *)(uintptr_t)klass);
  const char *name = mx_sym_text(&ec->vm->symtab, entry->name);
  if (klass == ec->vm->cls.Object)
    mx_warn(ec, "constant ::%s is deprecated", name);
  else
    mx_warn(ec, "constant %s::%s is deprecated", mx_str_bytes(path), name);
}

// Look a name up in one module of the search.
static Value const_in(ExecCtx *ec, ClassObj *klass, Sym name, ConstEntry **found) {
  ConstEntry *entry = mx_const_own(klass, name);
  if (!entry) return VAL_UNDEF;
  Value v = const_value(ec, klass, entry);
  if (val_is_undef(v) || val_is_exc(v)) return v;
  const_warn_deprecated(ec, klass, entry);
  *found = entry;
  return v;
}

// Search klass and its ancestors, and tell the entry.
static Value const_search(ExecCtx *ec, ClassObj *klass, Sym name, bool with_object,
                          ConstEntry **found) {
  ClassObj *object = ec->vm->cls.Object;
  for (uint32_t i = 0; i < klass->mro.count; i++) {
    ClassObj *at = klass->mro.at[i];
    bool excluded = at == object && klass != object && !with_object;
    if (excluded && mx_const_own(object, name)) return VAL_UNDEF;
    Value v = const_in(ec, at, name, found);
    if (!val_is_undef(v)) return v;
  }
  bool module = val_heap_type(val_from_ptr(klass)) == T_MODULE;
  return module && with_object ? const_search(ec, object, name, false, found) : VAL_UNDEF;
}

// Search klass and its ancestors, running autoload. Without `with_object` Object's own constants
// are not found, unless klass is Object.
Value mx_const_find(ExecCtx *ec, ClassObj *klass, Sym name, bool with_object) {
  ConstEntry *found;
  return const_search(ec, klass, name, with_object, &found);
}

// klass::name with const_missing, which is asked about private constants too.
Value mx_const_get(ExecCtx *ec, ClassObj *klass, Sym name) {
  ConstEntry *found = NULL;
  Value v = const_search(ec, klass, name, false, &found);
  if (val_is_exc(v) || (!val_is_undef(v) && !found->is_private)) return v;
  return mx_send1(ec, val_from_ptr(klass), SYM_const_missing, val_from_sym(name));
}

// The ancestor that has a private constant of the name, or NULL.
static ClassObj *const_private_owner(ExecCtx *ec, const ClassObj *klass, Sym name) {
  for (uint32_t i = 0; i < klass->mro.count; i++) {
    const ConstEntry *entry = mx_const_own(klass->mro.at[i], name);
    if (entry && klass->mro.at[i] != ec->vm->cls.Object)
      return entry->is_private ? klass->mro.at[i] : NULL;
  }
  return NULL;
}

// Raise NameError "uninitialized constant A::B", or that it is private.
Value mx_raise_const_missing(ExecCtx *ec, ClassObj *klass, Sym name) {
  const char *text = mx_sym_text(&ec->vm->symtab, name);
  ClassObj *owner = const_private_owner(ec, klass, name);
  if (owner)
    return mx_raise_name_error(ec, val_from_ptr(owner), name, "private constant %s::%s referenced",
                               mx_str_bytes(mx_error_class_name(ec, owner)), text);
  if (klass == ec->vm->cls.Object)
    return mx_raise_name_error(ec, val_from_ptr(klass), name, "uninitialized constant %s", text);
  return mx_raise_name_error(ec, val_from_ptr(klass), name, "uninitialized constant %s::%s",
                             mx_str_bytes(mx_error_class_name(ec, klass)), text);
}

static void const_name_class(ExecCtx *ec, ClassObj *under, Sym name, Value value);

// Name what a module that has just got its final name contains.
static void const_name_contents(ExecCtx *ec, ClassObj *module) {
  uint32_t position = 0;
  if (!module->consts) return;
  for (const NameEntry *entry; (entry = mx_nametable_next(module->consts, &position));) {
    const ConstEntry *constant = (const ConstEntry *)(uintptr_t)entry->word;
    const_name_class(ec, module, constant->name, constant->value);
  }
}

// Name a class or module after the constant that it is assigned to: the first time, and again when
// that name has no end at the top but this one has.
static void const_name_class(ExecCtx *ec, ClassObj *under, Sym name, Value value) {
  if (!val_is_class_or_module(value)) return;
  ClassObj *klass = VAL_CAST(ClassObj, value);
  if (klass->flags & (CLASS_SINGLETON | CLASS_REFINEMENT) || mx_class_is_permanent(klass)) return;
  bool permanent = mx_class_is_permanent(under);
  bool has_any = klass->name != SYM_NONE || !val_is_nil(klass->full_name);
  if (has_any && !permanent) return;
  klass->name = name;
  klass->lexical_parent = under == ec->vm->cls.Object ? NULL : under;
  klass->full_name = VAL_NIL;
  if (!permanent) return;
  mx_class_keep(ec->vm, klass);
  const_name_contents(ec, klass);
}

// Warn when a constant is set a second time.
static void const_warn_again(ExecCtx *ec, ClassObj *klass, const ConstEntry *entry) {
  if (val_is_undef(entry->value)) return;
  const char *name = mx_sym_text(&ec->vm->symtab, entry->name);
  Value path = klass == ec->vm->cls.Object ? VAL_NIL : mx_class_path(ec, klass);
  const char *outer = val_is_nil(path) ? "" : mx_str_bytes(path);
  mx_warn(ec, "already initialized constant %s%s%s", outer, *outer ? "::" : "", name);
  if (entry->file)
    mx_warn_at(ec, entry->file, entry->line, "previous definition of %s was here", name);
}

// The entry of a name, made when it is absent.
static ConstEntry *const_entry(ClassObj *klass, Sym name) {
  ConstEntry *entry = mx_const_own(klass, name);
  if (entry) return entry;
  entry = mx_gc_alloc_words(sizeof *entry);
  *entry = (ConstEntry){.name = name, .value = VAL_UNDEF};
  if (!klass->consts) klass->consts = mx_nametable_new(0);
  mx_nametable_put(klass->consts, name, (uint64_t)(uintptr_t)entry);
  return entry;
}

// Note where a program sets a constant.
static void const_note_place(ExecCtx *ec, ConstEntry *entry) {
  CallerInfo caller;
  bool known = ec->vm->up && ec->vm->up->caller && ec->vm->up->caller(ec, &caller);
  entry->file = known ? caller.file : NULL;
  entry->line = known ? caller.line : 0;
}

// Set; names an anonymous class or module; warns when it was set before.
bool mx_const_set(ExecCtx *ec, ClassObj *klass, Sym name, Value value) {
  if (!mx_object_check_frozen(ec, val_from_ptr(klass))) return false;
  ConstEntry *entry = const_entry(klass, name);
  const_warn_again(ec, klass, entry);
  const_name_class(ec, klass, name, value);
  const_note_place(ec, entry);
  entry->value = value;
  entry->autoload = VAL_NIL;
  mx_assume_const_changed(ec->vm, name);
  return true;
}

// Call const_added if a program has overridden it.
static bool const_call_added(ExecCtx *ec, ClassObj *klass, Sym name) {
  if (mx_method_is_builtin(ec, val_from_ptr(klass), SYM_const_added)) return true;
  return !val_is_exc(mx_send1(ec, val_from_ptr(klass), SYM_const_added, val_from_sym(name)));
}

// Set as a program does: const_added is called too.
bool mx_const_define(ExecCtx *ec, ClassObj *klass, Sym name, Value value) {
  return mx_const_set(ec, klass, name, value) && const_call_added(ec, klass, name);
}

// Set the constant up to be loaded from a path; does nothing when it has a value.
bool mx_const_autoload(ExecCtx *ec, ClassObj *klass, Sym name, Value path) {
  if (!mx_object_check_frozen(ec, val_from_ptr(klass))) return false;
  ConstEntry *entry = const_entry(klass, name);
  if (!val_is_undef(entry->value)) return true;
  entry->autoload = path;
  const_note_place(ec, entry);
  mx_assume_const_changed(ec->vm, name);
  return const_call_added(ec, klass, name);
}

// Has the entry a value, or one that its autoload would give?
static bool const_entry_counts(const ConstEntry *entry) {
  return entry && (!val_is_undef(entry->value) || !entry->loading);
}

// Is there a constant? Runs no autoload.
bool mx_const_is_defined(ExecCtx *ec, ClassObj *klass, Sym name, bool with_object) {
  ClassObj *object = ec->vm->cls.Object;
  for (uint32_t i = 0; i < klass->mro.count; i++) {
    const ClassObj *at = klass->mro.at[i];
    if (at == object && klass != object && !with_object) return false;
    if (const_entry_counts(mx_const_own(at, name))) return true;
  }
  bool module = val_heap_type(val_from_ptr(klass)) == T_MODULE;
  return module && with_object && mx_const_is_defined(ec, object, name, false);
}

// Remove; its value, nil for an autoload that has not run, VAL_UNDEF when absent.
Value mx_const_remove(ExecCtx *ec, ClassObj *klass, Sym name) {
  const ConstEntry *entry = mx_const_own(klass, name);
  if (!entry) return VAL_UNDEF;
  mx_assume_const_changed(ec->vm, name);
  mx_nametable_remove(klass->consts, name);
  return val_is_undef(entry->value) ? VAL_NIL : entry->value;
}

// Call visit for each own constant in order of definition.
void mx_const_each(const ClassObj *klass, ConstVisit visit, void *ctx) {
  if (!klass->consts) return;
  uint32_t position = 0;
  for (const NameEntry *entry; (entry = mx_nametable_next(klass->consts, &position));)
    if (!visit(ctx, (ConstEntry *)(uintptr_t)entry->word)) return;
}
