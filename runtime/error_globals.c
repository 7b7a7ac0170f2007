// SPDX-License-Identifier: MIT
// $! and $@: the exception being handled and its backtrace.
#include "runtime/error_report.h"
#include "runtime/global.h"
#include "runtime/upcall.h"

static Value error_get(ExecCtx *ec, Sym name, void *data) { return ec->errinfo; }

static Value error_at_get(ExecCtx *ec, Sym name, void *data) {
  return val_is_nil(ec->errinfo) ? VAL_NIL : mx_send0(ec, ec->errinfo, SYM_backtrace);
}

// Set the backtrace of the exception being handled.
static bool error_at_set(ExecCtx *ec, Sym name, Value value, void *data) {
  if (!val_is_nil(ec->errinfo))
    return !val_is_exc(mx_send1(ec, ec->errinfo, SYM_set_backtrace, value));
  (void)mx_raise_arg(ec, "$! not set");
  return false;
}

// Enter the two variables.
void mx_error_boot_globals(VM *vm) {
  mx_global_hook(vm, SYM_g_error, error_get, NULL, NULL);
  mx_global_hook(vm, SYM_g_error_at, error_at_get, error_at_set, NULL);
  mx_global_set_asks(vm, SYM_g_error_at);
}
