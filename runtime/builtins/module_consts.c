// SPDX-License-Identifier: MIT
// Constants and class variables of modules, by name.
#include "runtime/builtins/rows.h"
#include "runtime/builtins/support.h"

// The module that self is.
static ClassObj *module_of(Value self) { return VAL_CAST(ClassObj, self); }

// An optional `inherit` argument, true when absent.
static bool module_inherit(Value inherit) { return val_is_undef(inherit) || val_truthy(inherit); }

// ---- names

// Raise NameError "wrong constant name foo".
static bool module_bad_const(ExecCtx *ec, Value self, Sym name) {
  mx_raise_name_error(ec, self, name, "wrong constant name %s", mx_support_name(ec, name));
  return false;
}

// Take the name of one constant.
static bool module_const_name(ExecCtx *ec, Value self, Value name, Sym *out) {
  if (!mx_to_method_name(ec, name, out)) return false;
  return mx_support_is_const_name(ec, *out) || module_bad_const(ec, self, *out);
}

// A path "A::B" being walked.
typedef struct ConstPath {
  const char *at;  // rest of the text
  const char *end; // one past its last byte
  Sym part;        // name taken last
  bool absolute;   // began with ::
} ConstPath;

// Begin a path given as Symbol or String.
static bool path_begin(ExecCtx *ec, Value self, Value name, ConstPath *path) {
  Sym whole;
  if (!mx_to_method_name(ec, name, &whole)) return false;
  SymName text = mx_sym_name(&ec->vm->symtab, whole);
  *path = (ConstPath){text.bytes, text.bytes + text.len, SYM_NONE, false};
  if (text.len > 2 && memcmp(text.bytes, "::", 2) == 0 && !val_is_symbol(name)) {
    path->at += 2;
    path->absolute = true;
  }
  bool scoped = val_is_symbol(name) && memmem(text.bytes, text.len, "::", 2);
  if (text.len == 0 || scoped) return module_bad_const(ec, self, whole);
  return true;
}

// Take the next name of a path; false at its end or, with NameError raised, at a bad name.
static bool path_next(ExecCtx *ec, Value self, ConstPath *path) {
  if (path->at >= path->end) return false;
  size_t left = (size_t)(path->end - path->at);
  const char *stop = memmem(path->at, left, "::", 2);
  if (!stop) stop = path->end;
  path->part = mx_sym_intern(&ec->vm->symtab, path->at, (size_t)(stop - path->at), SYM_ENC_UTF8);
  path->at = stop + 2;
  bool ends_badly = stop + 2 == path->end;
  if (!ends_badly && stop > path->end - left && mx_support_is_const_name(ec, path->part))
    return true;
  return module_bad_const(ec, self, path->part);
}

// ---- reading

// Look one constant up; VAL_UNDEF when there is none.
static Value module_lookup(ExecCtx *ec, ClassObj *module, Sym name, bool inherit,
                           bool with_object) {
  if (inherit) return mx_const_find(ec, module, name, with_object);
  ConstEntry *entry = mx_const_own(module, name);
  if (!entry) return VAL_UNDEF;
  if (!val_is_undef(entry->value)) return entry->value;
  return mx_const_find(ec, module, name, false);
}

// Look one constant up, or ask const_missing.
static Value module_const(ExecCtx *ec, ClassObj *module, Sym name, bool inherit, bool with_object) {
  Value value = module_lookup(ec, module, name, inherit, with_object);
  if (!val_is_undef(value)) return value;
  return mx_send1(ec, val_from_ptr(module), SYM_const_missing, val_from_sym(name));
}

Value mx_module_m_const_get(ExecCtx *ec, Value self, Value name, Value inherit) {
  ConstPath path;
  if (!path_begin(ec, self, name, &path)) return VAL_EXC;
  Value at = path.absolute ? val_from_ptr(ec->vm->cls.Object) : self;
  bool deep = false;
  while (path_next(ec, self, &path)) {
    if (!val_is_class_or_module(at))
      return mx_raise_type(ec, "%V does not refer to class/module", at);
    at = module_const(ec, module_of(at), path.part, module_inherit(inherit), !deep);
    if (val_is_exc(at)) return at;
    deep = true;
  }
  return ec->unwind == UNWIND_NONE ? at : VAL_EXC;
}

// Is one constant there, without running its autoload?
static ConstEntry *module_entry(ExecCtx *ec, ClassObj *module, Sym name, bool inherit) {
  ConstEntry *entry = mx_const_own(module, name);
  if (entry || !inherit) return entry;
  for (uint32_t i = 0; i < module->mro.count && !entry; i++)
    entry = mx_const_own(module->mro.at[i], name);
  bool plain = val_is_type(val_from_ptr(module), T_MODULE);
  return entry || !plain ? entry : mx_const_own(ec->vm->cls.Object, name);
}

// Walk a path to its last constant's entry. 1 found, 0 absent, -1 raised.
static int module_find_entry(ExecCtx *ec, Value self, Value name, Value inherit,
                             ConstEntry **entry) {
  ConstPath path;
  if (!path_begin(ec, self, name, &path)) return -1;
  Value at = path.absolute ? val_from_ptr(ec->vm->cls.Object) : self;
  *entry = NULL;
  while (path_next(ec, self, &path)) {
    if (*entry) at = mx_const_find(ec, module_of(at), (*entry)->name, true);
    if (val_is_exc(at)) return -1;
    if (!val_is_class_or_module(at)) return 0;
    *entry = module_entry(ec, module_of(at), path.part, module_inherit(inherit));
    if (!*entry) return 0;
  }
  return ec->unwind == UNWIND_NONE ? *entry != NULL : -1;
}

Value mx_module_m_const_defined(ExecCtx *ec, Value self, Value name, Value inherit) {
  ConstEntry *entry;
  int found = module_find_entry(ec, self, name, inherit, &entry);
  return found < 0 ? VAL_EXC : val_bool(found);
}

// [file, line], [] for constants of the runtime itself, nil when there is none.
Value mx_module_m_const_source_location(ExecCtx *ec, Value self, Value name, Value inherit) {
  ConstEntry *entry;
  int found = module_find_entry(ec, self, name, inherit, &entry);
  if (found <= 0) return found < 0 ? VAL_EXC : VAL_NIL;
  if (!entry->file) return mx_array_new(ec, 0);
  return MX_ARRAY_OF(ec, mx_str_from_cstr(ec, entry->file), val_from_fixnum(entry->line));
}

// The error names the place of the constant: the leaf leaves the backtrace.
Value mx_module_m_const_missing(ExecCtx *ec, Value self, Value name) {
  Sym sym;
  if (!mx_to_method_name(ec, name, &sym)) return VAL_EXC;
  ec->leaf = NULL;
  return mx_raise_const_missing(ec, module_of(self), sym);
}

// What collecting constants needs.
typedef struct ConstNames {
  ExecCtx *ec;
  Value names; // Array of Symbols
  Value seen;  // Hash: names noted already
} ConstNames;

// Note a name once.
static void module_note_name(ConstNames *state, Sym name) {
  if (!val_is_undef(mx_hash_get_sym(state->seen, name))) return;
  mx_hash_set_sym(state->ec, state->seen, name, VAL_TRUE);
  mx_array_push(state->ec, state->names, val_from_sym(name));
}

// Note a constant that is not private.
static bool module_visit_const(void *ctx, ConstEntry *entry) {
  if (!entry->is_private) module_note_name(ctx, entry->name);
  return true;
}

// Collect the constants of a module, and of its ancestors below Object.
static void module_collect(ConstNames *state, const ClassObj *module, bool inherit) {
  const ClassObj *object = state->ec->vm->cls.Object;
  for (uint32_t i = 0; i < module->mro.count; i++) {
    const ClassObj *at = module->mro.at[i];
    if (at != module && (!inherit || (at == object && module != object))) break;
    mx_const_each(at, module_visit_const, state);
  }
}

Value mx_module_m_constants(ExecCtx *ec, Value self, Value inherit) {
  ConstNames state = {ec, mx_array_new(ec, 8), mx_hash_new(ec)};
  module_collect(&state, module_of(self), module_inherit(inherit));
  return state.names;
}

// Module.constants: what the caller sees; with an argument the method of every module.
Value mx_module_s_constants(ExecCtx *ec, Value self, Value inherit) {
  if (module_of(self) != ec->vm->cls.Module || !val_is_undef(inherit))
    return mx_module_m_constants(ec, self, inherit);
  ConstNames state = {ec, mx_array_new(ec, 64), mx_hash_new(ec)};
  Value nesting = ec->vm->up->nesting(ec);
  for (uint32_t i = 0; i < mx_array_len(nesting); i++)
    module_collect(&state, module_of(mx_array_get(ec, nesting, i)), true);
  module_collect(&state, ec->vm->cls.Object, true);
  return state.names;
}

// ---- changing

Value mx_module_m_const_set(ExecCtx *ec, Value self, Value name, Value value) {
  Sym sym;
  if (!module_const_name(ec, self, name, &sym)) return VAL_EXC;
  if (!mx_object_check_frozen(ec, self)) return VAL_EXC;
  return mx_const_define(ec, module_of(self), sym, value) ? value : VAL_EXC;
}

// Raise NameError for a constant that a module does not have itself.
static Value module_const_absent(ExecCtx *ec, Value self, Sym name) {
  if (module_of(self) == ec->vm->cls.Object)
    return mx_raise_name_error(ec, self, name, "constant Object::%s not defined",
                               mx_support_name(ec, name));
  return mx_raise_name_error(ec, self, name, "constant %s::%s not defined",
                             mx_support_path(ec, module_of(self)), mx_support_name(ec, name));
}

Value mx_module_m_remove_const(ExecCtx *ec, Value self, Value name) {
  Sym sym;
  if (!module_const_name(ec, self, name, &sym)) return VAL_EXC;
  if (!mx_object_check_frozen(ec, self)) return VAL_EXC;
  ConstEntry *entry = mx_const_own(module_of(self), sym);
  if (!entry) return module_const_absent(ec, self, sym);
  Value value = mx_const_remove(ec, module_of(self), sym);
  return val_is_undef(value) ? VAL_NIL : value;
}

typedef enum ConstMark { CONST_PRIVATE, CONST_PUBLIC, CONST_DEPRECATED } ConstMark;

// Mark own constants.
static bool module_mark_consts(ExecCtx *ec, Value self, int argc, const Value *argv,
                               ConstMark mark) {
  for (int i = 0; i < argc; i++) {
    Sym name;
    if (!module_const_name(ec, self, argv[i], &name)) return false;
    ConstEntry *entry = mx_const_own(module_of(self), name);
    if (!entry) {
      mx_raise_name_error(ec, self, name, "constant %s::%s not defined",
                          mx_support_path(ec, module_of(self)), mx_support_name(ec, name));
      return false;
    }
    if (mark == CONST_DEPRECATED)
      entry->deprecated = true;
    else
      entry->is_private = mark == CONST_PRIVATE;
    mx_assume_const_changed(ec->vm, name);
  }
  return true;
}

Value mx_module_m_private_constant(ExecCtx *ec, Value self, int argc, const Value *argv) {
  return module_mark_consts(ec, self, argc, argv, CONST_PRIVATE) ? VAL_NIL : VAL_EXC;
}

Value mx_module_m_public_constant(ExecCtx *ec, Value self, int argc, const Value *argv) {
  return module_mark_consts(ec, self, argc, argv, CONST_PUBLIC) ? VAL_NIL : VAL_EXC;
}

Value mx_module_m_deprecate_constant(ExecCtx *ec, Value self, int argc, const Value *argv) {
  return module_mark_consts(ec, self, argc, argv, CONST_DEPRECATED) ? self : VAL_EXC;
}

// ---- autoload

// Note a path for a constant that is not there.
static Value module_autoload(ExecCtx *ec, Value self, Value name, Value path) {
  Sym sym;
  if (!mx_to_method_name(ec, name, &sym)) return VAL_EXC;
  if (!mx_support_is_const_name(ec, sym))
    return mx_raise_name_error(ec, self, sym, "autoload must be constant name: %s",
                               mx_support_name(ec, sym));
  path = mx_to_path(ec, path);
  if (val_is_exc(path)) return path;
  if (mx_str_len(path) == 0) return mx_raise_arg(ec, "empty file name");
  path = mx_str_freeze_dedup(ec, path);
  return mx_const_autoload(ec, module_of(self), sym, path) ? VAL_NIL : VAL_EXC;
}

// Path that is noted for a constant, or nil.
static Value module_autoload_path(ExecCtx *ec, Value self, Value name, Value inherit) {
  Sym sym;
  if (!mx_to_method_name(ec, name, &sym)) return VAL_EXC;
  ConstEntry *entry = module_entry(ec, module_of(self), sym, module_inherit(inherit));
  return entry && val_is_undef(entry->value) ? entry->autoload : VAL_NIL;
}

Value mx_module_m_autoload(ExecCtx *ec, Value self, Value name, Value path) {
  return module_autoload(ec, self, name, path);
}

Value mx_module_m_autoload_p(ExecCtx *ec, Value self, Value name, Value inherit) {
  return module_autoload_path(ec, self, name, inherit);
}

// The module that the caller's definitions go to.
static Value module_of_caller(ExecCtx *ec) {
  CallerInfo caller;
  if (!ec->vm->up->caller(ec, &caller)) return val_from_ptr(ec->vm->cls.Object);
  ClassObj *of_self = mx_class_real(mx_class_of(ec->vm, caller.self));
  return val_from_ptr(caller.module ? caller.module : of_self);
}

Value mx_kernel_f_autoload(ExecCtx *ec, Value self, Value name, Value path) {
  return module_autoload(ec, module_of_caller(ec), name, path);
}

Value mx_kernel_f_autoload_p(ExecCtx *ec, Value self, Value name, Value inherit) {
  return module_autoload_path(ec, module_of_caller(ec), name, inherit);
}

// ---- class variables

// Take the name of a class variable.
static bool module_cvar_name(ExecCtx *ec, Value self, Value name, Sym *out) {
  if (!mx_to_method_name(ec, name, out)) return false;
  if (mx_support_is_variable_name(ec, *out, "@@")) return true;
  mx_raise_name_error(ec, self, *out, "'%s' is not allowed as a class variable name",
                      mx_support_name(ec, *out));
  return false;
}

Value mx_module_m_cvar_get(ExecCtx *ec, Value self, Value name) {
  Sym sym;
  return module_cvar_name(ec, self, name, &sym) ? mx_cvar_get(ec, module_of(self), sym) : VAL_EXC;
}

Value mx_module_m_cvar_set(ExecCtx *ec, Value self, Value name, Value value) {
  Sym sym;
  if (!module_cvar_name(ec, self, name, &sym)) return VAL_EXC;
  if (!mx_object_check_frozen(ec, self)) return VAL_EXC;
  return mx_cvar_set(ec, module_of(self), sym, value) ? value : VAL_EXC;
}

Value mx_module_m_cvar_defined(ExecCtx *ec, Value self, Value name) {
  Sym sym;
  if (!module_cvar_name(ec, self, name, &sym)) return VAL_EXC;
  return val_bool(mx_cvar_defined(module_of(self), sym));
}

// Note the class variables of one module.
static void module_note_cvars(ConstNames *state, const ClassObj *module) {
  if (!module->cvars) return;
  uint32_t position = 0;
  for (const NameEntry *entry; (entry = mx_nametable_next(module->cvars, &position));)
    module_note_name(state, entry->name);
}

Value mx_module_m_cvars(ExecCtx *ec, Value self, Value inherit) {
  const ClassObj *module = module_of(self);
  ConstNames state = {ec, mx_array_new(ec, 4), mx_hash_new(ec)};
  for (uint32_t i = 0; i < module->mro.count; i++)
    if (module->mro.at[i] == module || module_inherit(inherit))
      module_note_cvars(&state, module->mro.at[i]);
  return state.names;
}

Value mx_module_m_cvar_remove(ExecCtx *ec, Value self, Value name) {
  Sym sym;
  if (!module_cvar_name(ec, self, name, &sym)) return VAL_EXC;
  if (!mx_object_check_frozen(ec, self)) return VAL_EXC;
  NameTable *table = module_of(self)->cvars;
  const uint64_t *found = table ? mx_nametable_find(table, sym) : NULL;
  if (found) {
    Value value = *found;
    mx_nametable_remove(table, sym);
    return value;
  }
  return mx_raise_name_error(ec, self, sym, "class variable %s not defined for %s",
                             mx_support_name(ec, sym), mx_support_path(ec, module_of(self)));
}
