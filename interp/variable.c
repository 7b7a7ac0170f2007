// SPDX-License-Identifier: MIT
// Globals and class variables. $~ and $_ are hidden locals of the method level; the rest is in the
// table of globals.
#include "interp/variable.h"
#include "runtime/global.h"
#include "interp/constant.h"
#include "interp/match_vars.h"

// Is the global a hidden local?
static bool variable_is_hidden(Sym name) { return name == SYM_g_match || name == SYM_g_line; }

Value mx_variable_global(ExecCtx *ec, Frame *fr, Sym name) {
  return variable_is_hidden(name) ? mx_match_var_get(ec, fr, name) : mx_global_get(ec, name);
}

bool mx_variable_set_global(ExecCtx *ec, Frame *fr, Sym name, Value v) {
  return variable_is_hidden(name) ? mx_match_var_set(ec, fr, name, v) : mx_global_set(ec, name, v);
}

Value mx_variable_class(ExecCtx *ec, const Frame *fr, Sym name) {
  ClassObj *home = mx_constant_cvar_home(ec, fr->lex);
  return home ? mx_cvar_get(ec, home, name) : VAL_EXC;
}

bool mx_variable_set_class(ExecCtx *ec, const Frame *fr, Sym name, Value v) {
  ClassObj *home = mx_constant_cvar_home(ec, fr->lex);
  return home && mx_cvar_set(ec, home, name, v);
}

Value mx_variable_class_defined(ExecCtx *ec, const Frame *fr, Sym name) {
  ClassObj *home = mx_constant_cvar_home(ec, fr->lex);
  return home ? val_bool(mx_cvar_defined(home, name)) : VAL_EXC;
}
