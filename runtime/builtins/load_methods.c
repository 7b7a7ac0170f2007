// SPDX-License-Identifier: MIT
// require, require_relative, load: finding files, running them once.
//
// A name without an ending means NAME.mx or else NAME.rb, in each directory of $LOAD_PATH; compiled
// files (.mxc) are loaded by their whole name only. What was
// loaded is known by its absolute path in $LOADED_FEATURES, which programs may change; symbolic
// links are followed when paths are compared. A file that is being loaded is in `loading` and is
// not loaded again (circular requires).
#include "runtime/array.h"
#include "runtime/io.h"
#include "runtime/path.h"
#include "runtime/semantics.h"
#include "runtime/string.h"
#include "runtime/builtins/rows.h"

#include <limits.h>
#include <stdlib.h>
#include <sys/stat.h>

static const char *const load_provided[] = {
#define PROVIDED(name) name,
#include "runtime/builtins/load_features.def"
};

static const char *const load_endings[] = {".mx", ".rb"};

// ---- names

// Does a text end in an ending?
static bool load_ends_in(const char *text, const char *ending) {
  size_t len = strlen(text), tail = strlen(ending);
  return len > tail && strcmp(text + len - tail, ending) == 0;
}

// Is the name one of a library that is part of the core?
static bool load_is_provided(const char *name) {
  size_t len = strlen(name);
  if (load_ends_in(name, ".rb") || load_ends_in(name, ".so")) len -= 3;
  for (size_t i = 0; i < MX_COUNT_OF(load_provided); i++)
    if (strlen(load_provided[i]) == len && strncmp(name, load_provided[i], len) == 0) return true;
  return false;
}

// Does a path say where it starts (/, ~, ./ or ../), so that $LOAD_PATH is not searched?
static bool load_is_located(const char *path) {
  if (*path == '/' || *path == '~') return true;
  return strncmp(path, "./", 2) == 0 || strncmp(path, "../", 3) == 0;
}

// Is there a file to read?
static bool load_is_file(const char *path) {
  struct stat info;
  return stat(path, &info) == 0 && !S_ISDIR(info.st_mode);
}

// ---- finding

// Complete a path by an ending such that it names a file; with_endings: for require.
static bool load_complete(StrBuf *path, bool with_endings) {
  const char *text = mx_strbuf_text(path);
  bool has_ending =
      load_ends_in(text, ".mx") || load_ends_in(text, ".rb") || load_ends_in(text, ".mxc");
  if (!with_endings || has_ending) return load_is_file(text);
  size_t len = path->len;
  for (size_t i = 0; i < MX_COUNT_OF(load_endings); i++) {
    mx_strbuf_add_str(path, load_endings[i]);
    if (load_is_file(mx_strbuf_text(path))) return true;
    mx_strbuf_truncate(path, len);
  }
  return false;
}

// Try one directory: 1 found (the path is in *out), 0 not there, -1 raised.
static int load_try(ExecCtx *ec, StrBuf *out, const char *name, const char *dir,
                    bool with_endings) {
  mx_strbuf_truncate(out, 0);
  if (!mx_path_expand(ec, out, name, dir, true)) return -1;
  return load_complete(out, with_endings);
}

// Absolute path of a directory of $LOAD_PATH; NULL + exception.
static const char *load_directory(ExecCtx *ec, Value entry, StrBuf *out) {
  Value path = mx_to_path(ec, entry);
  const char *text = val_is_exc(path) ? NULL : mx_str_cstr(ec, path);
  mx_strbuf_truncate(out, 0);
  return text && mx_path_expand(ec, out, text, NULL, true) ? mx_strbuf_text(out) : NULL;
}

// Find a file: in *out; 1 found, 0 not there, -1 raised.
static int load_find(ExecCtx *ec, const char *name, bool with_endings, StrBuf *out) {
  if (load_is_located(name)) return load_try(ec, out, name, NULL, with_endings);
  StrBuf dir = STRBUF_INIT;
  int found = 0;
  for (uint32_t i = 0; found == 0 && i < mx_array_len(ec->vm->load_path); i++) {
    const char *text = load_directory(ec, mx_array_get(ec, ec->vm->load_path, i), &dir);
    found = text ? load_try(ec, out, name, text, with_endings) : -1;
  }
  mx_strbuf_free(&dir);
  return found;
}

// Raise LoadError "cannot load such file -- name".
static Value load_raise(ExecCtx *ec, const char *name) {
  Value error = mx_error_new(ec, ec->vm->cls.LoadError, "cannot load such file -- %s", name);
  mx_ivar_set_hidden(ec, error, mx_sym(ec->vm, "@__path"), mx_str_from_cstr(ec, name));
  return mx_raise_value(ec, error);
}

// ---- what is loaded

// Index of a path in an Array of paths, -1 without one.
static int64_t load_index(ExecCtx *ec, Value paths, const char *path) {
  for (int64_t i = (int64_t)mx_array_len(paths) - 1; i >= 0; i--) {
    Value entry = mx_array_get(ec, paths, i);
    if (val_is_string(entry) && strcmp(mx_str_bytes(entry), path) == 0) return i;
  }
  return -1;
}

// Is the file loaded, under this path or the one that symbolic links lead to?
static bool load_is_loaded(ExecCtx *ec, const char *path, const char *real) {
  Value features = ec->vm->loaded_features;
  return load_index(ec, features, path) >= 0 || load_index(ec, features, real) >= 0;
}

// Does a feature mean the name: NAME or NAME with an ending, alone or in a directory of $LOAD_PATH?
static bool load_feature_is(ExecCtx *ec, const char *feature, const char *name) {
  size_t len = strlen(feature), name_len = strlen(name);
  for (size_t i = 0; i < MX_COUNT_OF(load_endings); i++)
    if (!load_ends_in(name, load_endings[i]) && load_ends_in(feature, load_endings[i])) len -= 3;
  if (len < name_len || memcmp(feature + len - name_len, name, name_len) != 0) return false;
  if (len == name_len) return true;
  size_t dir_len = len - name_len - 1;
  if (feature[dir_len] != '/') return false;
  for (uint32_t i = 0; i < mx_array_len(ec->vm->load_path); i++) {
    Value dir = mx_array_get(ec, ec->vm->load_path, i);
    if (val_is_string(dir) && mx_str_len(dir) == dir_len &&
        memcmp(mx_str_bytes(dir), feature, dir_len) == 0)
      return true;
  }
  return false;
}

// Is a feature of that name loaded already?
static bool load_is_known(ExecCtx *ec, const char *name) {
  Value features = ec->vm->loaded_features;
  for (uint32_t i = 0; i < mx_array_len(features); i++) {
    Value feature = mx_array_get(ec, features, i);
    if (val_is_string(feature) && load_feature_is(ec, mx_str_bytes(feature), name)) return true;
  }
  return false;
}

// The paths being loaded, each followed by the thread that does it.
static Value load_under_way(ExecCtx *ec) {
  IoState *state = mx_io_state(ec->vm);
  if (val_is_nil(state->loading)) state->loading = mx_array_new(ec, 4);
  return state->loading;
}

// Wait while another thread loads a file; false + exception when that is interrupted.
static bool load_wait(ExecCtx *ec, Value loading, const char *real) {
  for (;;) {
    int64_t at = load_index(ec, loading, real);
    if (at < 0 || mx_array_get(ec, loading, at + 1) == val_from_ptr(ec->thread)) return true;
    if (!ec->vm->up->thread_park(ec, 0.001)) return false;
  }
}

// Run a file unless it is loaded; true when it ran.
static Value load_once(ExecCtx *ec, const char *path) {
  char real[PATH_MAX];
  if (!realpath(path, real)) return load_raise(ec, path);
  if (load_is_loaded(ec, path, real)) return VAL_FALSE;
  Value loading = load_under_way(ec);
  if (!load_wait(ec, loading, real)) return VAL_EXC;
  if (load_is_loaded(ec, path, real)) return VAL_FALSE;
  if (load_index(ec, loading, real) >= 0) {
    mx_warn_verbose(ec, "loading in progress, circular require considered harmful - %s", path);
    return VAL_FALSE;
  }
  mx_array_push(ec, loading, mx_str_from_cstr(ec, real));
  mx_array_push(ec, loading, val_from_ptr(ec->thread));
  Value done = ec->vm->up->run_file(ec, path, NULL);
  int64_t at = load_index(ec, loading, real);
  if (at >= 0) {
    mx_array_delete_at(ec, loading, (uint32_t)at + 1);
    mx_array_delete_at(ec, loading, (uint32_t)at);
  }
  if (val_is_exc(done)) return done;
  Value feature = mx_str_freeze_dedup(ec, mx_str_from_cstr(ec, path));
  mx_array_push(ec, ec->vm->loaded_features, feature);
  return VAL_TRUE;
}

// ---- functions

// The argument as C text; NULL + exception.
static const char *load_argument(ExecCtx *ec, Value v) {
  Value path = mx_to_path(ec, v);
  return val_is_exc(path) ? NULL : mx_str_cstr(ec, path);
}

// Kernel#require
Value mx_load_f_require(ExecCtx *ec, Value self, Value a) {
  const char *name = load_argument(ec, a);
  if (!name) return VAL_EXC;
  if (load_is_provided(name) || load_is_known(ec, name)) return VAL_FALSE;
  StrBuf path = STRBUF_INIT;
  int found = load_find(ec, name, true, &path);
  Value result = found > 0 ? load_once(ec, path.at) : found == 0 ? load_raise(ec, name) : VAL_EXC;
  mx_strbuf_free(&path);
  return result;
}

// Directory of a file that may not exist (eval with a path of its own).
static bool load_directory_of(ExecCtx *ec, const char *file, char real[PATH_MAX]) {
  if (!realpath(file, real)) {
    StrBuf path = STRBUF_INIT;
    bool ok = mx_path_expand(ec, &path, file, NULL, false) && path.len < PATH_MAX;
    if (ok) memcpy(real, path.at, path.len + 1);
    mx_strbuf_free(&path);
    if (!ok) return false;
  }
  char *slash = strrchr(real, '/');
  slash[slash == real ? 1 : 0] = 0;
  return true;
}

// Kernel#require_relative
Value mx_load_f_require_relative(ExecCtx *ec, Value self, Value a) {
  CallerInfo caller;
  char real[PATH_MAX];
  const char *name = load_argument(ec, a);
  if (!name) return VAL_EXC;
  if (!ec->vm->up->caller(ec, &caller) || !caller.file)
    return mx_raise(ec, ec->vm->cls.LoadError, "cannot infer basepath");
  if (!load_directory_of(ec, caller.file, real)) return VAL_EXC;
  StrBuf path = STRBUF_INIT;
  int found = load_try(ec, &path, name, real, true);
  Value result = found > 0    ? load_once(ec, path.at)
                 : found == 0 ? load_raise(ec, mx_strbuf_text(&path))
                              : VAL_EXC;
  mx_strbuf_free(&path);
  return result;
}

// Module that load wraps a file in: NULL for none.
static ClassObj *load_wrapper(ExecCtx *ec, Value v) {
  if (val_is_undef(v) || !val_truthy(v)) return NULL;
  return val_is_type(v, T_MODULE) ? VAL_CAST(ClassObj, v) : mx_module_new(ec);
}

// Kernel#load: a name that is not in $LOAD_PATH may also be one in the current directory.
Value mx_load_f_load(ExecCtx *ec, Value self, Value a, Value b) {
  const char *name = load_argument(ec, a);
  if (!name) return VAL_EXC;
  StrBuf path = STRBUF_INIT;
  int found = load_find(ec, name, false, &path);
  if (found == 0) found = load_try(ec, &path, name, NULL, false);
  Value result = VAL_EXC;
  if (found > 0)
    result = ec->vm->up->run_file(ec, path.at, load_wrapper(ec, b));
  else if (found == 0)
    result = load_raise(ec, name);
  mx_strbuf_free(&path);
  return val_is_exc(result) ? result : VAL_TRUE;
}
