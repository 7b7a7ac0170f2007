// SPDX-License-Identifier: MIT
// Global variables. A name maps to a variable; an alias maps to the same one.
#include "runtime/global.h"
#include "runtime/array.h"
#include "runtime/upcall.h"

// The variable of a name, or NULL.
static GlobalVar *global_find(const VM *vm, Sym name) {
  const uint64_t *word = mx_nametable_find(vm->globals, name);
  return word ? (GlobalVar *)(uintptr_t)*word : NULL;
}

// The variable of a name, made when it is absent.
static GlobalVar *global_entry(VM *vm, Sym name) {
  GlobalVar *var = global_find(vm, name);
  if (var) return var;
  var = mx_gc_alloc_words(sizeof *var);
  var->name = name;
  var->traces = VAL_UNDEF;
  mx_nametable_put(vm->globals, name, (uint64_t)(uintptr_t)var);
  return var;
}

// Say whether it is plain, after a change.
static void global_changed(GlobalVar *var) {
  var->plain = var->defined && !var->get && !var->renamed && val_is_undef(var->traces);
}

// Read; nil when unset.
Value mx_global_get(ExecCtx *ec, Sym name) {
  const GlobalVar *var = global_find(ec->vm, name);
  if (!var) return VAL_NIL;
  return var->get ? var->get(ec, var->name, var->data) : var->value;
}

// Write, traces aside; NameError when it is read-only.
static bool global_store(ExecCtx *ec, GlobalVar *var, Sym name, Value value) {
  if (var->get) {
    if (var->set) return var->set(ec, var->name, value, var->data);
    mx_raise_name_error(ec, VAL_NIL, name, "%s is a read-only variable",
                        mx_sym_text(&ec->vm->symtab, name));
    return false;
  }
  var->value = value;
  if (MX_LIKELY(var->defined)) return true;
  var->defined = true;
  global_changed(var);
  return true;
}

// Call what traces the variable, the newest first, with its new value.
static bool global_run_traces(ExecCtx *ec, const GlobalVar *var, Value value) {
  for (int64_t i = (int64_t)mx_array_len(var->traces) - 1; i >= 0; i--) {
    Value trace = mx_array_get(ec, var->traces, i);
    if (!val_is_array(trace)) continue; // removed meanwhile
    if (val_is_exc(mx_send1(ec, mx_array_get(ec, trace, 1), SYM_call, value))) return false;
  }
  return true;
}

// Write; NameError when it is read-only.
bool mx_global_set(ExecCtx *ec, Sym name, Value value) {
  GlobalVar *var = global_entry(ec->vm, name);
  if (!global_store(ec, var, name, value)) return false;
  return MX_LIKELY(val_is_undef(var->traces)) || global_run_traces(ec, var, value);
}

Value mx_global_traces(ExecCtx *ec, Sym name) {
  GlobalVar *var = global_entry(ec->vm, name);
  if (val_is_undef(var->traces)) var->traces = mx_array_new(ec, 1);
  global_changed(var);
  return var->traces;
}

GlobalVar *mx_global_plain(const VM *vm, Sym name) {
  GlobalVar *var = global_find(vm, name);
  return var && var->plain ? var : NULL;
}

bool mx_global_reads_alone(VM *vm, Sym name) {
  const GlobalVar *var = global_find(vm, name);
  return !var || !var->asks;
}

void mx_global_set_asks(VM *vm, Sym name) { global_entry(vm, name)->asks = true; }

// Was it set, or is it hooked?
bool mx_global_defined(VM *vm, Sym name) {
  const GlobalVar *var = global_find(vm, name);
  return var && var->defined;
}

// Make a name mean the variable of another one.
void mx_global_alias(VM *vm, Sym new_name, Sym old_name) {
  GlobalVar *target = global_entry(vm, old_name), *before = global_find(vm, new_name);
  if (before && before != target) {
    before->renamed = true;
    global_changed(before);
  }
  mx_nametable_put(vm->globals, new_name, (uint64_t)(uintptr_t)target);
}

// Define a hooked variable.
void mx_global_hook(VM *vm, Sym name, GlobalGet get, GlobalSet set, void *data) {
  GlobalVar *var = global_entry(vm, name);
  *var = (GlobalVar){
      .name = name, .get = get, .set = set, .data = data, .defined = true, .traces = VAL_UNDEF};
}

// Array of the names as Symbols.
Value mx_global_names(ExecCtx *ec) {
  Value names = mx_array_new(ec, ec->vm->globals->count);
  uint32_t position = 0;
  for (const NameEntry *entry; (entry = mx_nametable_next(ec->vm->globals, &position));)
    mx_array_push(ec, names, val_from_sym(entry->name));
  return names;
}
