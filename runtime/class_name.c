// SPDX-License-Identifier: MIT
// Names of classes and modules: "A::B", computed from the name and the place, cached once final.
#include "runtime/class_list.h"
#include "runtime/string.h"
#include "runtime/vm.h"

// Does the class have a name that will not change?
bool mx_class_is_permanent(const ClassObj *klass) {
  for (; klass; klass = klass->lexical_parent)
    if (klass->name == SYM_NONE) return false;
  return true;
}

// Append "#<Class:0x000...>" or "#<Module:0x000...>".
static void class_add_anonymous(ExecCtx *ec, StrBuf *buf, ClassObj *klass) {
  ClassObj *of = mx_class_real(mx_class_of(ec->vm, val_from_ptr(klass)));
  Value name = mx_class_name(ec, of);
  mx_strbuf_printf(buf, "#<%s:0x%016lx>", val_is_nil(name) ? "Class" : mx_str_bytes(name),
                   (unsigned long)(uintptr_t)klass);
}

static void class_add_path(ExecCtx *ec, StrBuf *buf, ClassObj *klass);

// Append what a singleton class, or a refinement, is named after. The object of a singleton class
// may be dead already.
static void class_add_attached(ExecCtx *ec, StrBuf *buf, ClassObj *klass) {
  Value object = mx_class_attached(klass);
  if (val_is_class_or_module(object)) {
    class_add_path(ec, buf, VAL_CAST(ClassObj, object));
    return;
  }
  mx_strbuf_add_str(buf, "#<");
  class_add_path(ec, buf, mx_class_real(klass));
  if (!val_is_nil(object)) mx_strbuf_printf(buf, ":0x%016lx", (unsigned long)object);
  mx_strbuf_add_str(buf, ">");
}

// Append the path of a refinement: "#<refinement:String@Module>".
static void class_add_refinement(ExecCtx *ec, StrBuf *buf, ClassObj *klass) {
  mx_strbuf_add_str(buf, "#<refinement:");
  class_add_attached(ec, buf, klass);
  mx_strbuf_add_str(buf, "@");
  if (klass->lexical_parent) class_add_path(ec, buf, klass->lexical_parent);
  mx_strbuf_add_str(buf, ">");
}

// Append the name of a named class, with those around it.
static void class_add_named(ExecCtx *ec, StrBuf *buf, ClassObj *klass) {
  if (klass->lexical_parent) {
    class_add_path(ec, buf, klass->lexical_parent);
    mx_strbuf_add_str(buf, "::");
  }
  SymName name = mx_sym_name(&ec->vm->symtab, klass->name);
  mx_strbuf_add(buf, name.bytes, name.len);
}

// Append the name of a class, or what stands for one.
static void class_add_path(ExecCtx *ec, StrBuf *buf, ClassObj *klass) {
  if (klass->flags & CLASS_SINGLETON) {
    mx_strbuf_add_str(buf, "#<Class:");
    class_add_attached(ec, buf, klass);
    mx_strbuf_add_str(buf, ">");
  } else if (klass->flags & CLASS_REFINEMENT) {
    class_add_refinement(ec, buf, klass);
  } else if (!val_is_nil(klass->full_name)) {
    mx_strbuf_add(buf, mx_str_bytes(klass->full_name), mx_str_len(klass->full_name));
  } else if (klass->name != SYM_NONE) {
    class_add_named(ec, buf, klass);
  } else {
    class_add_anonymous(ec, buf, klass);
  }
}

// String: the name, or what stands for one in messages.
Value mx_class_path(ExecCtx *ec, ClassObj *klass) {
  if (!val_is_nil(klass->full_name)) return klass->full_name;
  StrBuf buf = STRBUF_INIT;
  class_add_path(ec, &buf, klass);
  return mx_str_from_buf(ec, &buf);
}

// String, or nil while anonymous.
Value mx_class_name(ExecCtx *ec, ClassObj *klass) {
  if (!val_is_nil(klass->full_name)) return klass->full_name;
  if (klass->name == SYM_NONE) return VAL_NIL;
  Value name = mx_class_path(ec, klass);
  if (!mx_class_is_permanent(klass)) return name;
  mx_object_freeze(ec, name);
  klass->full_name = name;
  return name;
}
