// SPDX-License-Identifier: MIT
// Reflection on objects: instance variables, lists of methods, inspect.
#include "runtime/builtins/rows.h"
#include "runtime/builtins/support.h"

// ---- instance variables

// Take the name of an instance variable; false + NameError or TypeError.
static bool reflect_ivar_name(ExecCtx *ec, Value self, Value name, Sym *out) {
  if (!mx_to_method_name(ec, name, out)) return false;
  if (mx_support_is_variable_name(ec, *out, "@")) return true;
  mx_raise_name_error(ec, self, *out, "'%s' is not allowed as an instance variable name",
                      mx_support_name(ec, *out));
  return false;
}

Value mx_object_m_ivar_get(ExecCtx *ec, Value self, Value name) {
  Sym sym;
  return reflect_ivar_name(ec, self, name, &sym) ? mx_ivar_get(ec, self, sym) : VAL_EXC;
}

Value mx_object_m_ivar_set(ExecCtx *ec, Value self, Value name, Value value) {
  Sym sym;
  if (!reflect_ivar_name(ec, self, name, &sym)) return VAL_EXC;
  return mx_ivar_set(ec, self, sym, value) ? value : VAL_EXC;
}

Value mx_object_m_ivar_defined(ExecCtx *ec, Value self, Value name) {
  Sym sym;
  if (!reflect_ivar_name(ec, self, name, &sym)) return VAL_EXC;
  return val_bool(mx_ivar_defined(ec, self, sym));
}

Value mx_object_m_ivar_remove(ExecCtx *ec, Value self, Value name) {
  Sym sym;
  if (!reflect_ivar_name(ec, self, name, &sym)) return VAL_EXC;
  if (!mx_object_check_frozen(ec, self)) return VAL_EXC;
  Value value = mx_ivar_remove(ec, self, sym);
  if (!val_is_undef(value)) return value;
  return mx_raise_name_error(ec, self, sym, "instance variable %s not defined for %s",
                             mx_support_name(ec, sym), mx_str_bytes(mx_any_to_s(ec, self)));
}

// What collecting variables needs.
typedef struct ReflectVars {
  ExecCtx *ec;
  Value names; // Array of Symbols
} ReflectVars;

// Note a variable that is not hidden.
static void reflect_visit_ivar(void *ctx, Sym name, Value value) {
  ReflectVars *state = ctx;
  if (!mx_support_is_hidden(state->ec, name))
    mx_array_push(state->ec, state->names, val_from_sym(name));
}

Value mx_object_m_ivars(ExecCtx *ec, Value self) {
  ReflectVars state = {ec, mx_array_new(ec, 4)};
  if (val_is_heap(self)) mx_ivar_each(ec, self, reflect_visit_ivar, &state);
  return state.names;
}

// ---- inspect

// Names that inspect shows: those that instance_variables_to_inspect gives, or all.
static Value reflect_inspected(ExecCtx *ec, Value self) {
  Value all = mx_object_m_ivars(ec, self);
  Sym hook = mx_sym(ec->vm, "instance_variables_to_inspect");
  if (mx_method_is_builtin(ec, self, hook)) return all;
  Value wanted = mx_send0(ec, self, hook);
  if (val_is_exc(wanted)) return wanted;
  if (val_is_nil(wanted)) return all;
  if (!val_is_array(wanted))
    return mx_raise_type(ec,
                         "Expected #instance_variables_to_inspect to return an Array or nil, but "
                         "it returned %s",
                         mx_support_class(ec, wanted));
  Value shown = mx_array_new(ec, 4);
  for (uint32_t i = 0; i < mx_array_len(all); i++)
    for (uint32_t j = 0; j < mx_array_len(wanted); j++)
      if (mx_array_get(ec, all, i) == mx_array_get(ec, wanted, j))
        mx_array_push(ec, shown, mx_array_get(ec, all, i));
  return shown;
}

// Append " @a=1, @b=2" to text.
static bool reflect_inspect_vars(ExecCtx *ec, Value self, Value names, Value text) {
  for (uint32_t i = 0; i < mx_array_len(names); i++) {
    Sym name = val_to_sym(mx_array_get(ec, names, i));
    Value shown = mx_inspect(ec, mx_ivar_get(ec, self, name));
    if (val_is_exc(shown)) return false;
    mx_str_append_bytes(ec, text, i ? ", " : " ", i ? 2 : 1);
    if (!mx_str_append(ec, text, mx_sym_to_str(ec, name))) return false;
    mx_str_append_bytes(ec, text, "=", 1);
    if (!mx_str_append(ec, text, shown)) return false;
  }
  return true;
}

// "#<Foo:0x... @a=1>", "..." for the variables of an object under inspection already.
Value mx_object_m_inspect(ExecCtx *ec, Value self) {
  Value text = mx_any_to_s(ec, self);
  Value names = reflect_inspected(ec, self);
  if (val_is_exc(names)) return names;
  if (mx_array_len(names) == 0) return text;
  mx_str_resize(ec, text, mx_str_len(text) - 1);
  bool ok = true;
  if (mx_recursion_enter(ec, SYM_inspect, self, VAL_NIL)) {
    ok = reflect_inspect_vars(ec, self, names, text);
    mx_recursion_leave(ec, SYM_inspect, self, VAL_NIL);
  } else {
    mx_str_append_bytes(ec, text, " ...", 4);
  }
  mx_str_append_bytes(ec, text, ">", 1);
  return ok ? text : VAL_EXC;
}

// ---- lists of methods

enum {
  SEE_PUBLIC = 1 << VIS_PUBLIC,
  SEE_PRIVATE = 1 << VIS_PRIVATE,
  SEE_PROTECTED = 1 << VIS_PROTECTED,
  SEE_CALLABLE = SEE_PUBLIC | SEE_PROTECTED,
};

// What collecting methods needs.
typedef struct ReflectMethods {
  ExecCtx *ec;
  Value names;  // Array of Symbols
  Value seen;   // Hash: names that an earlier module decided
  uint32_t see; // SEE_* wanted
} ReflectMethods;

// Note a method unless a module before it has one of the name.
static bool reflect_visit_method(void *ctx, MethodEntry *me) {
  ReflectMethods *state = ctx;
  if (me->flags & METHOD_F_LIMITED) return true;
  if (!val_is_undef(mx_hash_get_sym(state->seen, me->name))) return true;
  mx_hash_set_sym(state->ec, state->seen, me->name, VAL_TRUE);
  if (me->kind != METHOD_UNDEF && state->see >> me->visibility & 1)
    mx_array_push(state->ec, state->names, val_from_sym(me->name));
  return true;
}

// Collect the names of methods of some modules of a list.
Value mx_object_method_names(ExecCtx *ec, const ClassList *mro, uint32_t from, uint32_t count,
                             uint32_t visibilities) {
  ReflectMethods state = {ec, mx_array_new(ec, 16), mx_hash_new(ec), visibilities};
  for (uint32_t i = from; i < from + count && i < mro->count; i++)
    mx_method_each(mro->at[i], reflect_visit_method, &state);
  return state.names;
}

// Position behind the singleton part and the prepends of a class: where its superclass begins.
static uint32_t reflect_own_count(ExecCtx *ec, const ClassObj *klass) {
  const ClassObj *real = mx_class_real((ClassObj *)klass);
  uint32_t count = 0;
  while (count < klass->mro.count && klass->mro.at[count] != real) count++;
  return count + 1;
}

// Methods of an object by visibility; without `all` those of its class and singleton class.
static Value reflect_methods(ExecCtx *ec, Value self, Value all, uint32_t see) {
  const ClassObj *klass = mx_class_of(ec->vm, self);
  bool whole = val_is_undef(all) || val_truthy(all);
  uint32_t count = whole ? klass->mro.count : reflect_own_count(ec, klass);
  return mx_object_method_names(ec, &klass->mro, 0, count, see);
}

Value mx_object_m_methods(ExecCtx *ec, Value self, Value all) {
  if (val_is_undef(all) || val_truthy(all)) return reflect_methods(ec, self, all, SEE_CALLABLE);
  return mx_object_m_singleton_methods(ec, self, VAL_FALSE);
}

Value mx_object_m_public_methods(ExecCtx *ec, Value self, Value all) {
  return reflect_methods(ec, self, all, SEE_PUBLIC);
}

Value mx_object_m_private_methods(ExecCtx *ec, Value self, Value all) {
  return reflect_methods(ec, self, all, SEE_PRIVATE);
}

Value mx_object_m_protected_methods(ExecCtx *ec, Value self, Value all) {
  return reflect_methods(ec, self, all, SEE_PROTECTED);
}

// Methods of the singleton class; with `all` those of modules that extend the object too, and
// for classes those of their superclasses' singleton classes.
Value mx_object_m_singleton_methods(ExecCtx *ec, Value self, Value all) {
  const ClassObj *klass = mx_class_of(ec->vm, self);
  if (!(klass->flags & CLASS_SINGLETON)) {
    if (!val_is_type(self, T_CLASS)) return mx_array_new(ec, 0);
    klass = mx_class_singleton(ec, self);
  }
  uint32_t own = 0;
  while (klass->mro.at[own] != klass) own++;
  if (!val_is_undef(all) && !val_truthy(all))
    return mx_object_method_names(ec, &klass->mro, own, 1, SEE_CALLABLE);
  // The ancestors end with those of the first class that is no singleton class.
  const ClassObj *plain = mx_class_real((ClassObj *)klass);
  uint32_t end = klass->mro.count - plain->mro.count;
  return mx_object_method_names(ec, &klass->mro, 0, end, SEE_CALLABLE);
}

// ---- method objects

// Raise the NameError of `method` for a name that is not there.
static Value reflect_no_method(ExecCtx *ec, Value self, Sym name) {
  Value who = mx_describe_receiver(ec, self);
  return mx_raise_name_error(ec, self, name, "undefined method '%s' for %.*s",
                             mx_support_name(ec, name), (int)mx_str_len(who), mx_str_bytes(who));
}

// Call method_missing with block and keywords of the call; a C block that is the body of a method
// gets the receiver as first argument.
static Value reflect_call_missing(ExecCtx *ec, void *data, const CallArgs *call) {
  Value *args = mx_gc_alloc_words(call->argc * sizeof(Value));
  args[0] = (Value)(uintptr_t)data;
  memcpy(args + 1, call->argv + 1, (call->argc - 1) * sizeof(Value));
  CallArgs named = {args, call->block, call->argc, (call->flags & CALL_KW) | CALL_SAFE};
  return ec->vm->up->send(ec, call->argv[0], SYM_method_missing, &named);
}

// Make a Method out of method_missing if the object says that it answers to the name.
static Value reflect_missing_method(ExecCtx *ec, Value self, Sym name, bool all) {
  Value answer = mx_send2(ec, self, SYM_respond_to_missing, val_from_sym(name), val_bool(all));
  if (val_is_exc(answer)) return answer;
  if (!val_truthy(answer)) return reflect_no_method(ec, self, name);
  ClassObj *klass = mx_class_real(mx_class_of(ec->vm, self));
  MethodEntry *me = mx_method_new(ec, METHOD_PROC, name, VIS_PUBLIC);
  me->as.proc =
      mx_proc_from_c(ec, reflect_call_missing, (void *)(uintptr_t)val_from_sym(name), true);
  me->owner = me->defined_in = klass;
  return mx_method_object(ec, self, klass, (MethodRef){me, 0}, name);
}

// Find a method for `method` and `public_method`.
static Value reflect_method(ExecCtx *ec, Value self, Value name, bool all) {
  Sym sym;
  if (!mx_to_method_name(ec, name, &sym)) return VAL_EXC;
  ClassObj *klass = mx_class_of(ec->vm, self);
  Visibility visibility;
  MethodRef ref = mx_support_find_method(ec, klass, sym, &visibility);
  if (!ref.me || (!all && visibility != VIS_PUBLIC))
    return reflect_missing_method(ec, self, sym, all);
  return mx_method_object(ec, self, klass, ref, sym);
}

Value mx_object_m_method(ExecCtx *ec, Value self, Value name) {
  return reflect_method(ec, self, name, true);
}

Value mx_object_m_public_method(ExecCtx *ec, Value self, Value name) {
  return reflect_method(ec, self, name, false);
}

// Find a method of the singleton class or of a module that extends the object.
Value mx_object_m_singleton_method(ExecCtx *ec, Value self, Value name) {
  Sym sym;
  if (!mx_to_method_name(ec, name, &sym)) return VAL_EXC;
  ClassObj *klass = mx_class_of(ec->vm, self);
  MethodRef ref = mx_method_find(ec->vm, klass, sym);
  uint32_t end = 0;
  if (klass->flags & CLASS_SINGLETON)
    while (klass->mro.at[end] != mx_class_real(klass) && klass->mro.at[end] != klass->super) end++;
  if (!ref.me || ref.at >= end)
    return mx_raise_name_error(ec, self, sym, "undefined singleton method '%s' for %s",
                               mx_support_name(ec, sym), mx_str_bytes(mx_any_to_s(ec, self)));
  return mx_method_object(ec, self, klass, ref, sym);
}
