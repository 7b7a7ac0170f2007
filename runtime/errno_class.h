// SPDX-License-Identifier: MIT
// The classes Errno::*, made when first used; the table is errno.def.
#ifndef MX_RUNTIME_ERRNO_CLASS_H
#define MX_RUNTIME_ERRNO_CLASS_H

#include "runtime/class.h"

// The class of a C errno; SystemCallError for one that has none.
MX_FUNC ClassObj *mx_errno_class(ExecCtx *ec, int error);
// Boot: enter the constants, without making the classes.
MX_FUNC void mx_errno_boot(ExecCtx *ec);

#endif
