// SPDX-License-Identifier: MIT
// Leaves behind Dir: reading, making, removing and entering directories, glob.
#include "runtime/array.h"
#include "runtime/file.h"
#include "runtime/integer.h"
#include "runtime/io.h"
#include "runtime/path.h"
#include "runtime/semantics.h"
#include "runtime/string.h"
#include "runtime/builtins/rows.h"

#include <dirent.h>
#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

// A path argument; NULL + exception. *path is the String.
static const char *dir_path(ExecCtx *ec, Value v, Value *path) {
  *path = mx_to_path(ec, v);
  return val_is_exc(*path) ? NULL : mx_str_cstr(ec, *path);
}

// Primitive.dir_entries(path): names, as the system lists them
Value mx_dir_p_entries(ExecCtx *ec, Value self, Value a) {
  Value path;
  const char *text = dir_path(ec, a, &path);
  if (!text) return VAL_EXC;
  DIR *dir = opendir(text);
  if (!dir) return mx_io_raise(ec, "dir_initialize", path);
  Value names = mx_array_new(ec, 16);
  EncIndex enc = mx_enc_default_external(ec->vm);
  for (const struct dirent *entry; (entry = readdir(dir));)
    mx_array_push(ec, names, mx_str_new(ec, entry->d_name, strlen(entry->d_name), enc));
  closedir(dir);
  return names;
}

// Primitive.dir_make(path, mode)
Value mx_dir_p_make(ExecCtx *ec, Value self, Value a, Value b) {
  int64_t mode;
  Value path;
  const char *text = dir_path(ec, a, &path);
  if (!text || !mx_to_int64(ec, b, &mode)) return VAL_EXC;
  if (mkdir(text, (mode_t)mode) < 0) return mx_io_raise(ec, "dir_s_mkdir", path);
  return val_from_fixnum(0);
}

// Primitive.dir_remove(path)
Value mx_dir_p_remove(ExecCtx *ec, Value self, Value a) {
  Value path;
  const char *text = dir_path(ec, a, &path);
  if (!text) return VAL_EXC;
  return rmdir(text) < 0 ? mx_io_raise(ec, "dir_s_rmdir", path) : val_from_fixnum(0);
}

// Primitive.dir_change(path)
Value mx_dir_p_change(ExecCtx *ec, Value self, Value a) {
  Value path;
  const char *text = dir_path(ec, a, &path);
  if (!text) return VAL_EXC;
  return chdir(text) < 0 ? mx_io_raise(ec, "dir_chdir0", path) : val_from_fixnum(0);
}

// Primitive.dir_change_root(path)
Value mx_dir_p_change_root(ExecCtx *ec, Value self, Value a) {
  Value path;
  const char *text = dir_path(ec, a, &path);
  if (!text) return VAL_EXC;
  return chroot(text) < 0 ? mx_io_raise(ec, "dir_s_chroot", path) : val_from_fixnum(0);
}

// Primitive.dir_current
Value mx_dir_p_current(ExecCtx *ec, Value self) {
  StrBuf path = STRBUF_INIT;
  if (mx_path_current(&path)) return mx_str_from_buf(ec, &path);
  return mx_raise_errno(ec, errno, "getcwd");
}

// Primitive.dir_glob(pattern, base, flags, sort): Array of paths
Value mx_dir_p_glob(ExecCtx *ec, Value self, Value a, Value b, Value c, Value d) {
  int64_t flags;
  Value pattern, base = VAL_NIL;
  const char *text = dir_path(ec, a, &pattern), *from = NULL;
  if (!text || !mx_to_int64(ec, c, &flags)) return VAL_EXC;
  if (!val_is_nil(b) && !(from = dir_path(ec, b, &base))) return VAL_EXC;
  Value paths = mx_array_new(ec, 8);
  if (from && !*from) from = NULL;
  mx_glob_collect(ec, paths, text, from, (int)flags, val_truthy(d));
  return paths;
}
