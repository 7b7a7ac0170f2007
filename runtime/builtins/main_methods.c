// SPDX-License-Identifier: MIT
// Singleton methods of the main object: its name, and Module's methods on behalf of Object.
#include "runtime/string.h"
#include "runtime/builtins/rows.h"

// Object, as the receiver of Module's methods.
static Value main_object_class(const ExecCtx *ec) { return val_from_ptr(ec->vm->cls.Object); }

Value mx_main_m_to_s(ExecCtx *ec, Value self) {
  MX_UNUSED(self);
  return mx_str_from_cstr(ec, "main");
}

Value mx_main_m_include(ExecCtx *ec, Value self, int argc, const Value *argv) {
  MX_UNUSED(self);
  return mx_module_m_include(ec, main_object_class(ec), argc, argv);
}

Value mx_main_m_using(ExecCtx *ec, Value self, Value module) {
  Value done = mx_module_m_using(ec, main_object_class(ec), module);
  return val_is_exc(done) ? done : self;
}

Value mx_main_m_public(ExecCtx *ec, Value self, int argc, const Value *argv) {
  MX_UNUSED(self);
  return mx_module_m_public(ec, main_object_class(ec), argc, argv);
}

Value mx_main_m_private(ExecCtx *ec, Value self, int argc, const Value *argv) {
  MX_UNUSED(self);
  return mx_module_m_private(ec, main_object_class(ec), argc, argv);
}
