// SPDX-License-Identifier: MIT
// Global variables: plain ones, aliases, and hooked ones ($stdout, $;, $!, ...).
#ifndef MX_RUNTIME_GLOBAL_H
#define MX_RUNTIME_GLOBAL_H

#include "runtime/vm.h"

// A variable. Several names may stand for one.
typedef struct GlobalVar GlobalVar;

typedef Value (*GlobalGet)(ExecCtx *ec, Sym name, void *data);
typedef bool (*GlobalSet)(ExecCtx *ec, Sym name, Value value, void *data); // false: raised

struct GlobalVar {
  Sym name;       // as it was made: what hooks are told under any alias
  uint32_t plain; // 1: it was set, reading and writing it is nothing but that, and all names that
                  // have stood for it still do; else 0
  Value value;    // of a plain variable
  GlobalGet get;  // hooked: reads it; NULL for plain ones
  GlobalSet set;  // hooked: writes it; NULL when it is read-only
  void *data;     // handed to both
  bool asks;      // hooked: reading it looks at the caller's frame, or asks the program
  bool defined;   // was set, or is hooked
  bool renamed;   // a name that stood for it stands for another one
  Value traces;   // Array of [what trace_var was given, callable], newest last; VAL_UNDEF for none
};

MX_FUNC MX_MUST_CHECK Value mx_global_get(ExecCtx *ec, Sym name); // nil when unset
MX_FUNC MX_MUST_CHECK bool mx_global_set(ExecCtx *ec, Sym name, Value value);
MX_FUNC bool mx_global_defined(VM *vm, Sym name);
// Does reading it look at no frame and run nothing of the program?
MX_FUNC bool mx_global_reads_alone(VM *vm, Sym name);
// The variable of a name while `plain` says so, or NULL.
MX_FUNC GlobalVar *mx_global_plain(const VM *vm, Sym name);
MX_FUNC void mx_global_alias(VM *vm, Sym new_name, Sym old_name);
// Define a hooked variable; set NULL makes it read-only (NameError "$x is a read-only variable").
MX_FUNC void mx_global_hook(VM *vm, Sym name, GlobalGet get, GlobalSet set, void *data);
// Note of a hooked variable that reading it does not.
MX_FUNC void mx_global_set_asks(VM *vm, Sym name);
MX_FUNC Value mx_global_names(ExecCtx *ec); // Array of Symbols
// What trace_var put on the variable: Array of [what was given, callable], to be changed in place.
MX_FUNC Value mx_global_traces(ExecCtx *ec, Sym name);

#endif
