// SPDX-License-Identifier: MIT
// dup and clone: a shell of the same class with the same state, then initialize_dup or _clone.
//
// Types whose state the allocator cannot make (procs, methods, bindings, matches, ranges) are
// copied whole as structs; String, Array, Hash and foreign data fill themselves in
// initialize_copy. Immediates, numbers, Symbols and immutable foreign data (AST nodes) are
// their own copies.
#include "runtime/range.h"
#include "runtime/regexp.h"
#include "runtime/builtins/rows.h"
#include "runtime/builtins/support.h"

// Is the value one that is never copied?
static bool copy_is_shared(Value v) {
  if (!val_is_heap(v)) return true;
  switch (val_heap_type(v)) {
  case T_FLOAT:
  case T_BIGNUM:
  case T_RATIONAL:
  case T_COMPLEX: return true;
  case T_FOREIGN: return VAL_CAST(Foreign, v)->type->immutable;
  default: return false;
  }
}

// Size of a struct that is copied whole; 0 for types that are not.
static size_t copy_struct_size(TypeTag type) {
  switch (type) {
  case T_PROC: return sizeof(Proc);
  case T_METHOD:
  case T_UMETHOD: return sizeof(MethodObj);
  case T_BINDING: return sizeof(BindingObj);
  case T_MATCH: return sizeof(MatchObj);
  case T_RANGE: return sizeof(RangeObj);
  default: return 0;
  }
}

// Copy a struct whole but for its header.
static Value copy_struct(ExecCtx *ec, Value v, ClassObj *klass, size_t size) {
  char *copy = mx_object_alloc(ec, klass, val_heap_type(v), size);
  memcpy(copy + sizeof(Header), (const char *)val_header(v) + sizeof(Header),
         size - sizeof(Header));
  return val_from_ptr(copy);
}

// Make the copy without its initialization.
static Value copy_shell(ExecCtx *ec, Value v) {
  if (val_is_class_or_module(v)) {
    ClassObj *copy = mx_class_copy(ec, VAL_CAST(ClassObj, v));
    return copy ? val_from_ptr(copy) : VAL_EXC;
  }
  ClassObj *klass = mx_class_real(mx_class_of(ec->vm, v));
  size_t size = copy_struct_size(val_heap_type(v));
  if (size == 0 && !klass->allocate)
    return mx_raise_type(ec, "allocator undefined for %s", mx_support_path(ec, klass));
  Value copy = size ? copy_struct(ec, v, klass, size) : klass->allocate(ec, klass);
  if (!val_is_exc(copy)) mx_ivar_copy(ec, v, copy);
  return copy;
}

Value mx_object_m_dup(ExecCtx *ec, Value self) {
  if (copy_is_shared(self)) return self;
  Value copy = copy_shell(ec, self);
  if (val_is_exc(copy)) return copy;
  return val_is_exc(mx_send1(ec, copy, SYM_initialize_dup, self)) ? VAL_EXC : copy;
}

// State of copying the methods of a singleton class.
typedef struct CopyMethods {
  ExecCtx *ec;
  ClassObj *into; // singleton class of the clone
  bool ok;        // nothing raised
} CopyMethods;

// Copy one method entry into another class.
static bool copy_method(void *ctx, MethodEntry *me) {
  CopyMethods *state = ctx;
  MethodEntry *copy = mx_method_new(state->ec, me->kind, me->name, me->visibility);
  *copy = *me;
  copy->machine = NULL;
  copy->owner = state->into;
  if (copy->defined_in == me->owner) copy->defined_in = state->into;
  state->ok = mx_method_add(state->ec, state->into, copy);
  return state->ok;
}

// Copy one constant of a singleton class.
static bool copy_const(void *ctx, ConstEntry *entry) {
  CopyMethods *state = ctx;
  if (!val_is_undef(entry->value))
    state->ok = mx_const_set(state->ec, state->into, entry->name, entry->value);
  return state->ok;
}

// Give a clone the singleton methods and extensions of its original.
static bool copy_singleton(ExecCtx *ec, Value from, Value to) {
  ClassObj *single = mx_class_of(ec->vm, from);
  if (!(single->flags & CLASS_SINGLETON) || val_is_class_or_module(from)) return true;
  ClassObj *into = mx_class_singleton(ec, to);
  if (!into) return false;
  for (uint32_t i = 0; i < single->includes.count; i++)
    if (!mx_class_include(ec, into, single->includes.at[i])) return false;
  for (uint32_t i = 0; i < single->prepends.count; i++)
    if (!mx_class_prepend(ec, into, single->prepends.at[i])) return false;
  CopyMethods state = {ec, into, true};
  mx_method_each(single, copy_method, &state);
  if (state.ok) mx_const_each(single, copy_const, &state);
  return state.ok;
}

// Call initialize_clone, with freeze: when clone was told.
static bool copy_initialize_clone(ExecCtx *ec, Value copy, Value original, Value freeze) {
  Value argv[2] = {original, VAL_NIL};
  CallArgs call = mx_args(1, argv);
  if (!val_is_nil(freeze)) {
    argv[1] = mx_hash_new(ec);
    mx_hash_set_sym(ec, argv[1], mx_sym(ec->vm, "freeze"), freeze);
    call.argc = 2;
    call.flags |= CALL_KW;
  }
  return !val_is_exc(ec->vm->up->send(ec, copy, SYM_initialize_clone, &call));
}

// clone(freeze: nil): nil keeps the state of the original.
Value mx_object_p_clone(ExecCtx *ec, Value self, Value original, Value freeze) {
  if (!val_is_nil(freeze) && freeze != VAL_TRUE && freeze != VAL_FALSE)
    return mx_raise_arg(ec, "unexpected value for freeze: %s", mx_support_class(ec, freeze));
  if (copy_is_shared(original)) {
    if (freeze != VAL_FALSE) return original;
    return mx_raise_arg(ec, "can't unfreeze %s", mx_support_class(ec, original));
  }
  Value copy = copy_shell(ec, original);
  if (val_is_exc(copy) || !copy_singleton(ec, original, copy)) return VAL_EXC;
  if (!copy_initialize_clone(ec, copy, original, freeze)) return VAL_EXC;
  bool frozen = freeze == VAL_TRUE || mx_object_is_frozen(ec, original);
  if (freeze != VAL_FALSE && frozen) mx_object_freeze(ec, copy);
  return copy;
}

// The default copies nothing: variables are there already.
Value mx_object_m_initialize_copy(ExecCtx *ec, Value self, Value original) {
  if (self == original) return self;
  if (!mx_object_check_frozen(ec, self)) return VAL_EXC;
  if (mx_class_real(mx_class_of(ec->vm, self)) != mx_class_real(mx_class_of(ec->vm, original)))
    return mx_raise_type(ec, "initialize_copy should take same class object");
  return self;
}

Value mx_object_m_initialize_dup(ExecCtx *ec, Value self, Value original) {
  return val_is_exc(mx_send1(ec, self, SYM_initialize_copy, original)) ? VAL_EXC : self;
}

// The keyword is checked by clone and only passed through.
Value mx_object_m_initialize_clone(ExecCtx *ec, Value self, Value original, Value keywords) {
  if (!val_is_undef(keywords) && !val_is_hash(keywords)) return mx_raise_arity(ec, 2, 1, 1);
  return mx_object_m_initialize_dup(ec, self, original);
}
