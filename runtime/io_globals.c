// SPDX-License-Identifier: MIT
// Globals of streams and of the process: $stdout, $/, $., $?, $0, $:, ...
//
// Each is a field of the IoState or of the VM; a hook gets the field's place as its data.
#include "runtime/global.h"
#include "runtime/integer.h"
#include "runtime/io.h"
#include "runtime/semantics.h"
#include "runtime/string.h"

#include <unistd.h>

// Read the field.
static Value globals_get(ExecCtx *ec, Sym name, void *data) { return *(const Value *)data; }

// Write the field, any value.
static bool globals_set(ExecCtx *ec, Sym name, Value value, void *data) {
  *(Value *)data = value;
  return true;
}

// Raise TypeError "value of $x must be String".
static bool globals_bad(ExecCtx *ec, Sym name, const char *kind) {
  (void)mx_raise_type(ec, "value of %s must be %s", mx_sym_text(&ec->vm->symtab, name), kind);
  return false;
}

// Warn, if -W:deprecated is on, about a separator other than nil.
static void globals_warn(ExecCtx *ec, Sym name, Value value) {
  if (val_is_nil(value) || !ec->vm->options.warn_deprecated) return;
  mx_warn(ec, "'%s' is deprecated", mx_sym_text(&ec->vm->symtab, name));
}

// Write $\ and $, : a String or nil.
static bool globals_set_text(ExecCtx *ec, Sym name, Value value, void *data) {
  if (!val_is_nil(value) && !val_is_string(value)) return globals_bad(ec, name, "String");
  globals_warn(ec, name, value);
  return globals_set(ec, name, value, data);
}

// Write $/ : a String, of which a frozen copy is kept, or nil.
static bool globals_set_separator(ExecCtx *ec, Sym name, Value value, void *data) {
  if (!val_is_nil(value) && !val_is_string(value)) return globals_bad(ec, name, "String");
  globals_warn(ec, name, value);
  if (val_is_string(value) && !mx_object_is_frozen(ec, value)) {
    value = mx_str_dup(ec, value);
    mx_object_freeze(ec, value);
  }
  return globals_set(ec, name, value, data);
}

// Write $; : a pattern or nil.
static bool globals_set_pattern(ExecCtx *ec, Sym name, Value value, void *data) {
  bool fits = val_is_nil(value) || val_is_string(value) || val_is_type(value, T_REGEXP);
  if (!fits) return globals_bad(ec, name, "String or Regexp");
  globals_warn(ec, name, value);
  return globals_set(ec, name, value, data);
}

// Write $stdout, $stderr: something that has `write`.
static bool globals_set_stream(ExecCtx *ec, Sym name, Value value, void *data) {
  int responds = mx_respond_to(ec, value, SYM_write, true);
  if (responds < 0) return false;
  if (responds) return globals_set(ec, name, value, data);
  Value klass = mx_class_path(ec, mx_class_real(mx_class_of(ec->vm, value)));
  (void)mx_raise_type(ec, "%s must have write method, %s given", mx_sym_text(&ec->vm->symtab, name),
                      mx_str_bytes(klass));
  return false;
}

// Read $= .
static Value globals_get_ignored(ExecCtx *ec, Sym name, void *data) {
  if (ec->vm->options.warn_deprecated) mx_warn(ec, "variable $= is no longer effective");
  return VAL_FALSE;
}

// Write $= .
static bool globals_set_ignored(ExecCtx *ec, Sym name, Value value, void *data) {
  if (ec->vm->options.warn_deprecated) mx_warn(ec, "variable $= is no longer effective; ignored");
  return true;
}

// Write $0: also frozen, as the program sees it.
static bool globals_set_program(ExecCtx *ec, Sym name, Value value, void *data) {
  Value text = mx_to_str(ec, value);
  return !val_is_exc(text) && globals_set(ec, name, mx_str_freeze_dedup(ec, text), data);
}

// Read $. .
static Value globals_get_lineno(ExecCtx *ec, Sym name, void *data) {
  return mx_int_from_i64(ec, mx_io_state(ec->vm)->lineno);
}

// Write $. .
static bool globals_set_lineno(ExecCtx *ec, Sym name, Value value, void *data) {
  return mx_to_int64(ec, value, &mx_io_state(ec->vm)->lineno);
}

// Read $$ .
static Value globals_get_pid(ExecCtx *ec, Sym name, void *data) {
  return val_from_fixnum(getpid());
}

// Read $FILENAME: ARGF's.
static Value globals_get_filename(ExecCtx *ec, Sym name, void *data) {
  return mx_send0(ec, mx_io_state(ec->vm)->argf, mx_sym(ec->vm, "filename"));
}

// Read $VERBOSE.
static Value globals_get_verbose(ExecCtx *ec, Sym name, void *data) {
  int verbose = ec->vm->options.verbose;
  return verbose < 0 ? VAL_NIL : val_bool(verbose);
}

// Write $VERBOSE: nil, false, or anything else for true.
static bool globals_set_verbose(ExecCtx *ec, Sym name, Value value, void *data) {
  ec->vm->options.verbose = val_is_nil(value) ? -1 : val_truthy(value);
  return true;
}

// Read $-W.
static Value globals_get_level(ExecCtx *ec, Sym name, void *data) {
  return val_from_fixnum(ec->vm->options.verbose + 1);
}

// Read $DEBUG.
static Value globals_get_debug(ExecCtx *ec, Sym name, void *data) {
  return val_bool(ec->vm->options.debug);
}

// Write $DEBUG.
static bool globals_set_debug(ExecCtx *ec, Sym name, Value value, void *data) {
  ec->vm->options.debug = val_truthy(value);
  return true;
}

typedef struct GlobalRow {
  const char *name;
  GlobalGet get;
  GlobalSet set; // NULL: read-only
  Value *field;  // NULL: the hook knows
} GlobalRow;

typedef struct GlobalName {
  const char *name;
  const char *of; // variable that it is another name of
} GlobalName;

static const GlobalName globals_aliases[] = {
    {"$>", "$stdout"},    {"$-F", "$;"},       {"$PROGRAM_NAME", "$0"},
    {"$LOAD_PATH", "$:"}, {"$-I", "$:"},       {"$LOADED_FEATURES", "$\""},
    {"$-v", "$VERBOSE"},  {"$-w", "$VERBOSE"}, {"$-d", "$DEBUG"},
};

// Boot: enter all globals.
void mx_io_boot_globals(ExecCtx *ec) {
  VM *vm = ec->vm;
  IoState *io = mx_io_state(vm);
  io->rs = io->default_rs = mx_str_freeze_dedup(ec, mx_str_from_cstr(ec, "\n"));
  const GlobalRow rows[] = {
      {"$stdin", globals_get, globals_set, &io->var_in},
      {"$stdout", globals_get, globals_set_stream, &io->var_out},
      {"$stderr", globals_get, globals_set_stream, &io->var_err},
      {"$/", globals_get, globals_set_separator, &io->rs},
      {"$-0", globals_get, globals_set_separator, &io->rs},
      {"$\\", globals_get, globals_set_text, &io->ors},
      {"$,", globals_get, globals_set_text, &io->ofs},
      {"$;", globals_get, globals_set_pattern, &io->fs},
      {"$-i", globals_get, globals_set, &io->in_place},
      {"$?", globals_get, NULL, &io->status},
      {"$<", globals_get, NULL, &io->argf},
      {"$*", globals_get, NULL, &vm->argv},
      {"$0", globals_get, globals_set_program, &vm->script_name},
      {"$:", globals_get, NULL, &vm->load_path},
      {"$\"", globals_get, NULL, &vm->loaded_features},
      {"$.", globals_get_lineno, globals_set_lineno, NULL},
      {"$VERBOSE", globals_get_verbose, globals_set_verbose, NULL},
      {"$DEBUG", globals_get_debug, globals_set_debug, NULL},
      {"$-W", globals_get_level, NULL, NULL},
      {"$$", globals_get_pid, NULL, NULL},
      {"$=", globals_get_ignored, globals_set_ignored, NULL},
      {"$FILENAME", globals_get_filename, NULL, NULL},
  };
  for (size_t i = 0; i < MX_COUNT_OF(rows); i++)
    mx_global_hook(vm, mx_sym(vm, rows[i].name), rows[i].get, rows[i].set, rows[i].field);
  mx_global_set_asks(vm, mx_sym(vm, "$FILENAME"));
  for (size_t i = 0; i < MX_COUNT_OF(globals_aliases); i++)
    mx_global_alias(vm, mx_sym(vm, globals_aliases[i].name), mx_sym(vm, globals_aliases[i].of));
  ClassObj *object = vm->cls.Object;
  const struct {
    const char *name;
    Value value;
  } constants[] = {{"STDIN", io->in}, {"STDOUT", io->out}, {"STDERR", io->err}, {"ARGV", vm->argv}};
  for (size_t i = 0; i < MX_COUNT_OF(constants); i++)
    (void)!mx_const_set(ec, object, mx_sym(vm, constants[i].name), constants[i].value);
}
