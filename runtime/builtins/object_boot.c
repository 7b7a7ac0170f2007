// SPDX-License-Identifier: MIT
// Boot of the object model: what classes do not have although their superclasses do, $! and $@.
#include "runtime/error_report.h"
#include "runtime/semantics.h"

static const char *const class_lacks[] = {"append_features", "prepend_features", "extend_object",
                                          "module_function", "refine"};
static const char *const refinement_lacks[] = {"append_features", "prepend_features",
                                               "extend_object"};

// Undefine methods of a class.
static void objects_undef(ExecCtx *ec, ClassObj *klass, size_t count, const char *const *names) {
  for (size_t i = 0; i < count; i++) {
    Sym name = mx_sym(ec->vm, names[i]);
    MethodEntry *me = mx_method_new(ec, METHOD_UNDEF, name, VIS_PUBLIC);
    if (!mx_method_add(ec, klass, me)) return;
  }
}

void mx_objects_boot(ExecCtx *ec) {
  const BootClasses *cls = &ec->vm->cls;
  objects_undef(ec, cls->Class, MX_COUNT_OF(class_lacks), class_lacks);
  objects_undef(ec, cls->Refinement, MX_COUNT_OF(refinement_lacks), refinement_lacks);
  // Warning extends itself, so that a module that is included there can take part.
  ClassObj *warning = mx_class_singleton(ec, val_from_ptr(cls->Warning));
  if (!mx_class_include(ec, warning, cls->Warning)) return;
  cls->Struct->allocate = NULL; // classes with members get one
  mx_error_boot_globals(ec->vm);
}
