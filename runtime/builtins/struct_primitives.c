// SPDX-License-Identifier: MIT
// Primitives of Struct and Data: classes whose members are hidden instance variables.
//
// The accessor of member x is an attribute method on @__m_x, which the engines know how to make a
// plain field access. The class methods of such a class (new, [], members, ...) are copies of
// entries that Class, Struct or Data has under other names.
#include "runtime/array.h"
#include "runtime/hash.h"
#include "runtime/semantics.h"
#include "runtime/string.h"
#include "runtime/builtins/rows.h"
#include "runtime/builtins/struct_members.h"
#include <ctype.h>

// Symbol made of a format and a member's name.
static Sym struct_name(ExecCtx *ec, const char *before, Sym member, const char *after) {
  SymName name = mx_sym_name(&ec->vm->symtab, member);
  Value text = mx_str_from_cstr(ec, before);
  mx_str_append_bytes(ec, text, name.bytes, name.len);
  mx_str_append_bytes(ec, text, after, strlen(after));
  return mx_str_to_sym(ec, text);
}

// Enter a reader or writer of a hidden variable.
static bool struct_add_accessor(ExecCtx *ec, ClassObj *klass, MethodKind kind, Sym name,
                                Sym field) {
  MethodEntry *me = mx_method_new(ec, kind, name, VIS_PUBLIC);
  me->as.ivar = field;
  return mx_method_add(ec, klass, me);
}

// Enter a copy of an entry under another name.
static bool struct_add_copy(ExecCtx *ec, ClassObj *klass, const char *name,
                            const MethodEntry *from) {
  MX_ASSERT(from, "no method to copy for %s", name);
  MethodEntry *me = mx_method_new(ec, (MethodKind)from->kind, mx_sym(ec->vm, name), VIS_PUBLIC);
  me->flags = (uint16_t)(from->flags & ~METHOD_F_INTERNAL);
  me->as = from->as;
  me->defined_in = from->defined_in ? from->defined_in : from->owner;
  return mx_method_add(ec, klass, me);
}

// Enter the class methods of a class made by Struct.new or Data.define.
static bool struct_add_class_methods(ExecCtx *ec, ClassObj *klass, bool is_struct) {
  VM *vm = ec->vm;
  ClassObj *home = mx_class_of(vm, val_from_ptr(is_struct ? vm->cls.Struct : vm->cls.Data));
  ClassObj *singleton = mx_class_singleton(ec, val_from_ptr(klass));
  const MethodEntry *make = is_struct ? mx_method_find(vm, vm->cls.Class, SYM_new).me
                                      : mx_method_find(vm, home, mx_sym(vm, "__create")).me;
  const MethodEntry *members = mx_method_find(vm, home, mx_sym(vm, "__members")).me;
  if (!struct_add_copy(ec, singleton, "new", make) || !struct_add_copy(ec, singleton, "[]", make) ||
      !struct_add_copy(ec, singleton, "members", members)) {
    return false;
  }
  if (!is_struct) return true;
  const MethodEntry *inspect = mx_method_find(vm, home, mx_sym(vm, "__inspect")).me;
  const MethodEntry *by_keyword = mx_method_find(vm, home, mx_sym(vm, "__keyword_init?")).me;
  return struct_add_copy(ec, singleton, "inspect", inspect) &&
         struct_add_copy(ec, singleton, "keyword_init?", by_keyword);
}

// Enter accessors and fill the list of hidden names.
static bool struct_add_members(ExecCtx *ec, ClassObj *klass, Value members, Value fields,
                               bool writers) {
  for (uint32_t i = 0; i < mx_array_len(members); i++) {
    Sym member = val_to_sym(mx_array_get(ec, members, i));
    Sym field = struct_name(ec, "@__m_", member, "");
    mx_array_push(ec, fields, val_from_sym(field));
    if (!struct_add_accessor(ec, klass, METHOD_ATTR_READER, member, field)) return false;
    Sym writer = struct_name(ec, "", member, "=");
    if (writers && !struct_add_accessor(ec, klass, METHOD_ATTR_WRITER, writer, field)) return false;
  }
  return true;
}

// Let a class below an abstract one have instances.
static void struct_make_concrete(ExecCtx *ec, ClassObj *klass) {
  klass->allocate = ec->vm->cls.Object->allocate;
  klass->flags &= ~(uint32_t)CLASS_ABSTRACT;
}

// Give a class its members.
Value mx_struct_p_define(ExecCtx *ec, Value self, Value a, Value b, Value c) {
  ClassObj *klass = VAL_CAST(ClassObj, a);
  Value fields = mx_array_new(ec, mx_array_len(b));
  bool is_struct = val_truthy(c);
  struct_make_concrete(ec, klass);
  mx_ivar_expect(klass, mx_array_len(b));
  if (!struct_add_members(ec, klass, b, fields, is_struct)) return VAL_EXC;
  mx_object_freeze(ec, b);
  mx_object_freeze(ec, fields);
  mx_ivar_set_hidden(ec, a, SYM_iv_members, b);
  mx_ivar_set_hidden(ec, a, SYM_iv_fields, fields);
  return struct_add_class_methods(ec, klass, is_struct) ? a : VAL_EXC;
}

// A plain object of a class that programs cannot instantiate.
Value mx_struct_p_object_of(ExecCtx *ec, Value self, Value a) {
  return mx_object_new(ec, VAL_CAST(ClassObj, a));
}

// Instance variable b of a.
Value mx_struct_p_ivar_get(ExecCtx *ec, Value self, Value a, Value b) {
  return mx_ivar_get(ec, a, val_to_sym(b));
}

// Set instance variable b of a to c.
Value mx_struct_p_ivar_set(ExecCtx *ec, Value self, Value a, Value b, Value c) {
  mx_ivar_set_hidden(ec, a, val_to_sym(b), c);
  return c;
}

static Value struct_inherited(ExecCtx *ec, ClassObj *klass, Sym name) {
  for (; klass; klass = klass->super) {
    Value holder = val_from_ptr(klass), v = mx_ivar_get(ec, holder, name);
    if (!val_is_nil(v) || mx_ivar_defined(ec, holder, name)) return v;
  }
  return VAL_NIL;
}

// Variable b of a class or of the nearest superclass that has it.
Value mx_struct_p_inherited(ExecCtx *ec, Value self, Value a, Value b) {
  return struct_inherited(ec, VAL_CAST(ClassObj, a), val_to_sym(b));
}

Value mx_struct_names(ExecCtx *ec, Value object) {
  return struct_inherited(ec, mx_class_real(mx_class_of(ec->vm, object)), SYM_iv_members);
}

Value mx_struct_fields(ExecCtx *ec, Value object) {
  return struct_inherited(ec, mx_class_real(mx_class_of(ec->vm, object)), SYM_iv_fields);
}

// ---- new instances

static void struct_set(ExecCtx *ec, Value object, Value fields, uint32_t i, Value value) {
  mx_ivar_set_hidden(ec, object, val_to_sym(mx_array_get(ec, fields, i)), value);
}

// Give the members of a, in their order, the values b, and nil when these run out; false, with
// nothing done, if they are too many.
Value mx_struct_p_place(ExecCtx *ec, Value self, Value a, Value b) {
  Value fields = mx_struct_fields(ec, a);
  uint32_t count = mx_array_len(fields), given = mx_array_len(b);
  if (given > count) return VAL_FALSE;
  for (uint32_t i = 0; i < count; i++)
    struct_set(ec, a, fields, i, i < given ? mx_array_get(ec, b, i) : VAL_NIL);
  return VAL_TRUE;
}

// Give the members of a Struct the values b, if they are not for members by name (c) and fit.
Value mx_struct_p_init(ExecCtx *ec, Value self, Value a, Value b, Value c) {
  ClassObj *klass = mx_class_real(mx_class_of(ec->vm, a));
  bool by_name = mx_hash_count(c) > 0;
  if (by_name || val_truthy(struct_inherited(ec, klass, SYM_iv_keyword_init))) return VAL_FALSE;
  return mx_struct_p_place(ec, self, a, b);
}

// Give the members of a the values of the Hash b by name; false, with nothing done, if its keys are
// not the members, all of them and nothing else.
Value mx_struct_p_fill(ExecCtx *ec, Value self, Value a, Value b) {
  Value names = mx_struct_names(ec, a), fields = mx_struct_fields(ec, a);
  uint32_t count = mx_array_len(names);
  if (mx_hash_count(b) != count) return VAL_FALSE;
  for (uint32_t i = 0; i < count; i++)
    if (mx_hash_get_sym(b, val_to_sym(mx_array_get(ec, names, i))) == VAL_UNDEF) return VAL_FALSE;
  for (uint32_t i = 0; i < count; i++)
    struct_set(ec, a, fields, i, mx_hash_get_sym(b, val_to_sym(mx_array_get(ec, names, i))));
  return VAL_TRUE;
}

// An instance of the Data class a, made of the values b or the named ones c; nil if they do not
// fit, or if the class has an `initialize` of its own.
Value mx_struct_p_data_new(ExecCtx *ec, Value self, Value a, Value b, Value c) {
  ClassObj *klass = VAL_CAST(ClassObj, a);
  const MethodEntry *initialize = mx_method_find(ec->vm, klass, SYM_initialize).me;
  if (!initialize || initialize->owner != ec->vm->cls.Data) return VAL_NIL;
  Value object = mx_object_new(ec, klass);
  bool by_name = mx_array_len(b) == 0;
  bool whole =
      mx_hash_count(c) == 0 && mx_array_len(b) == mx_array_len(mx_struct_fields(ec, object));
  if (!by_name && !whole) return VAL_NIL;
  Value done =
      by_name ? mx_struct_p_fill(ec, self, object, c) : mx_struct_p_place(ec, self, object, b);
  if (done == VAL_FALSE) return VAL_NIL;
  mx_object_freeze(ec, object);
  return object;
}

// Remove a constant if the class has it.
Value mx_struct_p_remove_const(ExecCtx *ec, Value self, Value a, Value b) {
  ClassObj *klass = VAL_CAST(ClassObj, a);
  if (!mx_const_own(klass, val_to_sym(b))) return VAL_NIL;
  mx_warn(ec, "redefining constant %s::%s", mx_str_bytes(mx_class_path(ec, klass)),
          mx_sym_text(&ec->vm->symtab, val_to_sym(b)));
  (void)mx_const_remove(ec, klass, val_to_sym(b));
  return VAL_NIL;
}

// Name of a class, or #<Class:0x...>.
Value mx_struct_p_class_path(ExecCtx *ec, Value self, Value a) {
  return mx_class_path(ec, VAL_CAST(ClassObj, a));
}

// Name of a class, nil while it is not permanently named.
Value mx_struct_p_class_name(ExecCtx *ec, Value self, Value a) {
  Value name = mx_class_name(ec, VAL_CAST(ClassObj, a));
  bool temporary = !val_is_nil(name) && mx_str_len(name) > 0 && mx_str_bytes(name)[0] == '#';
  return temporary ? VAL_NIL : name;
}

// Is the name one that a local or a constant can have?
static bool struct_is_identifier(const SymName *name) {
  for (uint32_t i = 0; i < name->len; i++) {
    unsigned char c = (unsigned char)name->bytes[i];
    if (c < 0x80 && c != '_' && !isalpha(c) && !(i > 0 && isdigit(c))) return false;
  }
  return name->len > 0;
}

// A member's name as inspect shows it.
Value mx_struct_p_member_text(ExecCtx *ec, Value self, Value a) {
  SymName name = mx_sym_name(&ec->vm->symtab, val_to_sym(a));
  bool plain = struct_is_identifier(&name);
  return plain ? mx_sym_to_str(ec, val_to_sym(a)) : mx_sym_inspect(ec, val_to_sym(a));
}
