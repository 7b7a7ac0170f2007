// SPDX-License-Identifier: MIT
// Method and UnboundMethod objects.
#include "runtime/builtins/callable.h"
#include "runtime/builtins/rows.h"
#include "runtime/builtins/support.h"

// The method object that self is.
static MethodObj *method_of(Value self) { return VAL_CAST(MethodObj, self); }

// Make a method object; an unbound one without receiver.
Value mx_method_object(ExecCtx *ec, Value receiver, ClassObj *klass, MethodRef ref, Sym name) {
  bool bound = !val_is_undef(receiver);
  ClassObj *type = bound ? ec->vm->cls.Method : ec->vm->cls.UnboundMethod;
  MethodObj *method = mx_object_alloc(ec, type, bound ? T_METHOD : T_UMETHOD, sizeof(MethodObj));
  method->receiver = bound ? receiver : VAL_NIL;
  method->klass = klass;
  method->me = ref.me;
  method->at = ref.at;
  method->name = name;
  return val_from_ptr(method);
}

// ---- calling

// Call a method object with the forwarded arguments.
Value mx_method_p_call(ExecCtx *ec, Value self, Value method, Value args, Value keywords) {
  const MethodObj *m = method_of(method);
  CallArgs call = mx_support_forward(ec, args, keywords, 0);
  call.flags |= CALL_SAFE;
  return ec->vm->up->invoke(ec, m->receiver, (MethodRef){m->me, m->at}, m->name, &call);
}

// Position of a module in a class's mro; 0 when it is not there (methods of other modules).
static uint32_t method_position(const ClassObj *klass, const ClassObj *owner) {
  for (uint32_t i = 0; i < klass->mro.count; i++)
    if (klass->mro.at[i] == owner) return i;
  return 0;
}

// Check that a method can be bound to an object.
static bool method_check_bind(ExecCtx *ec, const MethodObj *m, Value object) {
  ClassObj *owner = m->me->owner;
  if (val_is_type(val_from_ptr(owner), T_MODULE) || mx_is_a(ec->vm, object, owner)) return true;
  if (owner->flags & CLASS_SINGLETON)
    mx_raise_type(ec, "singleton method called for a different object");
  else
    mx_raise_type(ec, "bind argument must be an instance of %s", mx_support_path(ec, owner));
  return false;
}

Value mx_method_m_bind(ExecCtx *ec, Value self, Value object) {
  const MethodObj *m = method_of(self);
  if (!method_check_bind(ec, m, object)) return VAL_EXC;
  ClassObj *klass = mx_class_of(ec->vm, object);
  MethodRef ref = {m->me, method_position(klass, m->me->owner)};
  return mx_method_object(ec, object, klass, ref, m->name);
}

Value mx_method_p_bind_call(ExecCtx *ec, Value self, Value method, Value object, Value args,
                            Value keywords) {
  const MethodObj *m = method_of(method);
  if (!method_check_bind(ec, m, object)) return VAL_EXC;
  uint32_t at = method_position(mx_class_of(ec->vm, object), m->me->owner);
  CallArgs call = mx_support_forward(ec, args, keywords, 0);
  call.flags |= CALL_SAFE;
  return ec->vm->up->invoke(ec, object, (MethodRef){m->me, at}, m->name, &call);
}

Value mx_method_m_to_proc(ExecCtx *ec, Value self) {
  const Block *block;
  return mx_block_from_value(ec, self, &block) ? mx_proc_from_block(ec, block) : VAL_EXC;
}

// ---- asking

Value mx_method_m_arity(ExecCtx *ec, Value self) {
  return val_from_fixnum(mx_callable_arity(ec, method_of(self)->me));
}

Value mx_method_m_parameters(ExecCtx *ec, Value self) {
  return mx_callable_parameters(ec, method_of(self)->me);
}

Value mx_method_m_source_location(ExecCtx *ec, Value self) {
  return mx_callable_location(ec, method_of(self)->me);
}

Value mx_method_m_name(ExecCtx *ec, Value self) { return val_from_sym(method_of(self)->name); }

Value mx_method_m_original_name(ExecCtx *ec, Value self) {
  return val_from_sym(method_of(self)->me->original_name);
}

Value mx_method_m_owner(ExecCtx *ec, Value self) {
  return val_from_ptr(method_of(self)->me->owner);
}
Value mx_method_m_receiver(ExecCtx *ec, Value self) { return method_of(self)->receiver; }

Value mx_method_m_unbind(ExecCtx *ec, Value self) {
  const MethodObj *m = method_of(self);
  return mx_method_object(ec, VAL_UNDEF, m->klass, (MethodRef){m->me, m->at}, m->name);
}

// The method that super would call.
Value mx_method_m_super_method(ExecCtx *ec, Value self) {
  const MethodObj *m = method_of(self);
  MethodRef ref = mx_method_find_super(ec->vm, m->klass, m->at, m->me->original_name);
  if (!ref.me) return VAL_NIL;
  Value receiver = val_is_type(self, T_METHOD) ? m->receiver : VAL_UNDEF;
  return mx_method_object(ec, receiver, m->klass, ref, m->name);
}

// Do two entries share one definition (aliases do)?
static bool method_same_definition(const MethodEntry *a, const MethodEntry *b) {
  if (a == b) return true;
  if (a->flags & b->flags & METHOD_F_CORE)
    return a->owner == b->owner && a->original_name == b->original_name;
  return a->kind == b->kind && a->owner == b->owner && a->as.proc == b->as.proc;
}

Value mx_method_m_equal(ExecCtx *ec, Value self, Value other) {
  if (!val_is_type(other, val_heap_type(self))) return VAL_FALSE;
  const MethodObj *a = method_of(self), *b = method_of(other);
  return val_bool(a->receiver == b->receiver && method_same_definition(a->me, b->me));
}

Value mx_method_m_hash(ExecCtx *ec, Value self) {
  const MethodObj *m = method_of(self);
  uint64_t hash = mx_hash_mix(mx_hash_mix(ec->vm->hash_seed[0], m->receiver), m->me->as.proc);
  return val_from_fixnum((int64_t)hash >> 1);
}

// ---- inspect

// Add "name: ..." and the like for one parameter.
static void method_inspect_param(ExecCtx *ec, StrBuf *buf, Value param) {
  const char *kind = mx_support_name(ec, val_to_sym(mx_array_get(ec, param, 0)));
  Value name = mx_array_get(ec, param, 1);
  const char *text = val_is_symbol(name) ? mx_support_name(ec, val_to_sym(name)) : NULL;
  const char *plain = text ? text : "_";
  bool bare = !text || strchr("*&", text[0]);
  if (strcmp(kind, "req") == 0) mx_strbuf_add_str(buf, plain);
  if (strcmp(kind, "opt") == 0) mx_strbuf_printf(buf, "%s=...", plain);
  if (strcmp(kind, "rest") == 0) mx_strbuf_printf(buf, "*%s", bare ? "" : text);
  if (strcmp(kind, "keyreq") == 0) mx_strbuf_printf(buf, "%s:", plain);
  if (strcmp(kind, "key") == 0) mx_strbuf_printf(buf, "%s: ...", plain);
  if (strcmp(kind, "keyrest") == 0) mx_strbuf_printf(buf, "**%s", bare ? "" : text);
  if (strcmp(kind, "nokey") == 0) mx_strbuf_add_str(buf, "**nil");
  if (strcmp(kind, "block") == 0) mx_strbuf_printf(buf, "&%s", bare ? "" : text);
}

// Add "(a, b=..., *c) file:line".
static bool method_inspect_tail(ExecCtx *ec, StrBuf *buf, const MethodEntry *me) {
  Value params = mx_callable_parameters(ec, (MethodEntry *)me);
  if (val_is_exc(params)) return false;
  mx_strbuf_add_byte(buf, '(');
  for (uint32_t i = 0; i < mx_array_len(params); i++) {
    if (i) mx_strbuf_add_str(buf, ", ");
    method_inspect_param(ec, buf, mx_array_get(ec, params, i));
  }
  mx_strbuf_add_byte(buf, ')');
  Value place = mx_callable_location(ec, (MethodEntry *)me);
  if (val_is_array(place)) {
    Value file = mx_array_get(ec, place, 0);
    mx_strbuf_printf(buf, " %s:%lld", mx_str_bytes(file),
                     (long long)val_to_fixnum(mx_array_get(ec, place, 1)));
  }
  return true;
}

// Add who the method belongs to: "Integer(Comparable)#", "Foo.", "main.".
static bool method_inspect_owner(ExecCtx *ec, StrBuf *buf, Value self) {
  const MethodObj *m = method_of(self);
  const ClassObj *owner = m->me->owner;
  if (owner->flags & CLASS_SINGLETON && val_is_type(self, T_METHOD)) {
    Value who = mx_inspect(ec, m->receiver);
    if (val_is_exc(who)) return false;
    mx_strbuf_printf(buf, "%s.", mx_str_bytes(who));
    return true;
  }
  bool of_module = val_is_type(self, T_METHOD) && val_is_class_or_module(m->receiver);
  const ClassObj *klass = val_is_type(self, T_METHOD) ? mx_class_real(m->klass) : owner;
  if (of_module) klass = m->klass;
  mx_strbuf_add_str(buf, mx_support_path(ec, klass));
  if (klass != owner) mx_strbuf_printf(buf, "(%s)", mx_support_path(ec, owner));
  mx_strbuf_add_byte(buf, '#');
  return true;
}

// "#<Method: Integer(Comparable)#clamp(*) file:line>".
Value mx_method_m_inspect(ExecCtx *ec, Value self) {
  const MethodObj *m = method_of(self);
  StrBuf buf = STRBUF_INIT;
  mx_strbuf_printf(&buf, "#<%s: ", mx_support_class(ec, self));
  bool ok = method_inspect_owner(ec, &buf, self);
  mx_strbuf_add_str(&buf, mx_support_name(ec, m->name));
  if (m->me->original_name != m->name)
    mx_strbuf_printf(&buf, "(%s)", mx_support_name(ec, m->me->original_name));
  ok = ok && method_inspect_tail(ec, &buf, m->me);
  mx_strbuf_add_byte(&buf, '>');
  Value text = mx_str_from_buf(ec, &buf);
  return ok ? text : VAL_EXC;
}
