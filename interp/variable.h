// SPDX-License-Identifier: MIT
// Globals and class variables as a running frame sees them; for both engines.
#ifndef MX_INTERP_VARIABLE_H
#define MX_INTERP_VARIABLE_H

#include "interp/frame.h"

// A global; $~ and $_ are those of the frame.
MX_FUNC MX_MUST_CHECK Value mx_variable_global(ExecCtx *ec, Frame *fr, Sym name);
// Set a global.
MX_FUNC MX_MUST_CHECK bool mx_variable_set_global(ExecCtx *ec, Frame *fr, Sym name, Value v);
// A class variable as the text sees it; NameError, RuntimeError at the top level.
MX_FUNC MX_MUST_CHECK Value mx_variable_class(ExecCtx *ec, const Frame *fr, Sym name);
// Set a class variable.
MX_FUNC MX_MUST_CHECK bool mx_variable_set_class(ExecCtx *ec, const Frame *fr, Sym name, Value v);
// true or false; for ||= of class variables.
MX_FUNC MX_MUST_CHECK Value mx_variable_class_defined(ExecCtx *ec, const Frame *fr, Sym name);

#endif
