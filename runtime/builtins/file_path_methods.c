// SPDX-License-Identifier: MIT
// Leaves of File about paths as texts: expand_path, basename, join, fnmatch, ...
#include "runtime/array.h"
#include "runtime/file.h"
#include "runtime/integer.h"
#include "runtime/io.h"
#include "runtime/path.h"
#include "runtime/semantics.h"
#include "runtime/string.h"
#include "runtime/builtins/rows.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>

// A path argument; NULL + exception. *path is the String.
static const char *path_argument(ExecCtx *ec, Value v, Value *path) {
  *path = mx_to_path(ec, v);
  return val_is_exc(*path) ? NULL : mx_str_cstr(ec, *path);
}

// A part of a path in the encoding of the whole.
static Value path_part(ExecCtx *ec, Value path, size_t start, size_t len) {
  return mx_str_new(ec, mx_str_bytes(path) + start, len, mx_str_enc(path));
}

// ---- absolute paths

// Expand a path, seen from a directory that may itself be relative.
static Value path_expand(ExecCtx *ec, Value a, Value b, bool home) {
  Value path, base = VAL_NIL;
  StrBuf out = STRBUF_INIT, dir = STRBUF_INIT;
  const char *text = path_argument(ec, a, &path);
  bool ok = text != NULL;
  if (ok && !val_is_undef(b) && !val_is_nil(b)) {
    const char *from = path_argument(ec, b, &base);
    ok = from && mx_path_expand(ec, &dir, from, NULL, home);
  }
  ok = ok && mx_path_expand(ec, &out, text, dir.len ? dir.at : NULL, home);
  Value result = VAL_EXC;
  if (ok) result = mx_str_new(ec, mx_strbuf_text(&out), out.len, mx_str_enc(path));
  if (ok && mx_str_enc(path) == ENC_US_ASCII) mx_str_set_enc(result, ENC_UTF_8);
  mx_strbuf_free(&out);
  mx_strbuf_free(&dir);
  return result;
}

// File.expand_path
Value mx_file_s_expand_path(ExecCtx *ec, Value self, Value a, Value b) {
  return path_expand(ec, a, b, true);
}

// File.absolute_path
Value mx_file_s_absolute_path(ExecCtx *ec, Value self, Value a, Value b) {
  return path_expand(ec, a, b, false);
}

// File.absolute_path?
Value mx_file_s_is_absolute_path(ExecCtx *ec, Value self, Value a) {
  Value path;
  const char *text = path_argument(ec, a, &path);
  return text ? val_bool(*text == '/') : VAL_EXC;
}

// File.realpath
Value mx_file_s_realpath(ExecCtx *ec, Value self, Value a, Value b) {
  char real[PATH_MAX];
  Value path = path_expand(ec, a, b, false);
  if (val_is_exc(path)) return path;
  if (!realpath(mx_str_bytes(path), real)) return mx_io_raise(ec, "rb_realpath_internal", path);
  return mx_str_from_cstr(ec, real);
}

// File.realdirpath: the last component need not exist.
Value mx_file_s_realdirpath(ExecCtx *ec, Value self, Value a, Value b) {
  char real[PATH_MAX];
  Value path = path_expand(ec, a, b, false);
  if (val_is_exc(path)) return path;
  if (realpath(mx_str_bytes(path), real)) return mx_str_from_cstr(ec, real);
  PathPart base = mx_path_base(mx_str_bytes(path), mx_str_len(path));
  Value dir = path_part(ec, path, 0, base.start);
  if (!realpath(mx_str_bytes(dir), real)) return mx_io_raise(ec, "rb_realpath_internal", path);
  const char *slash = strcmp(real, "/") == 0 ? "" : "/";
  return mx_str_printf(ec, "%s%s%.*s", real, slash, (int)base.len, mx_str_bytes(path) + base.start);
}

// ---- parts

// Length of a base name without a suffix; ".*" means any extension.
static size_t path_without_suffix(const char *name, size_t len, const char *suffix, size_t tail) {
  if (tail == 2 && memcmp(suffix, ".*", 2) == 0) return len - mx_path_extension(name, len).len;
  bool has = tail < len && memcmp(name + len - tail, suffix, tail) == 0;
  return has ? len - tail : len;
}

// File.basename
Value mx_file_s_basename(ExecCtx *ec, Value self, Value a, Value b) {
  Value path, suffix = b;
  const char *text = path_argument(ec, a, &path);
  if (text && !val_is_undef(b)) suffix = mx_to_str(ec, b);
  if (!text || val_is_exc(suffix)) return VAL_EXC;
  PathPart base = mx_path_base(text, mx_str_len(path));
  if (!val_is_undef(b))
    base.len =
        path_without_suffix(text + base.start, base.len, mx_str_bytes(suffix), mx_str_len(suffix));
  return path_part(ec, path, base.start, base.len);
}

// File.dirname
Value mx_file_s_dirname(ExecCtx *ec, Value self, Value a, Value b) {
  Value path;
  int64_t levels = 1;
  const char *text = path_argument(ec, a, &path);
  if (!text || (!val_is_undef(b) && !mx_to_int64(ec, b, &levels))) return VAL_EXC;
  if (levels < 0) return mx_raise_arg(ec, "negative level: %ld", (long)levels);
  if (levels == 0) return mx_str_dup(ec, path);
  size_t len = mx_path_dir_len(text, mx_str_len(path), levels);
  if (len == 0) return mx_str_new(ec, ".", 1, mx_str_enc(path));
  size_t root = 0;
  while (root + 1 < len && text[root + 1] == '/' && text[0] == '/') root++;
  return path_part(ec, path, root, len - root);
}

// File.extname
Value mx_file_s_extname(ExecCtx *ec, Value self, Value a) {
  Value path;
  const char *text = path_argument(ec, a, &path);
  if (!text) return VAL_EXC;
  PathPart extension = mx_path_extension(text, mx_str_len(path));
  return path_part(ec, path, extension.start, extension.len);
}

// File.split
Value mx_file_s_split(ExecCtx *ec, Value self, Value a) {
  Value dir = mx_file_s_dirname(ec, self, a, VAL_UNDEF);
  if (val_is_exc(dir)) return dir;
  Value base = mx_file_s_basename(ec, self, a, VAL_UNDEF);
  return val_is_exc(base) ? base : MX_ARRAY_OF(ec, dir, base);
}

// File.path
Value mx_file_s_path(ExecCtx *ec, Value self, Value a) {
  Value path;
  return path_argument(ec, a, &path) ? mx_str_dup(ec, path) : VAL_EXC;
}

// ---- join

static bool join_value(ExecCtx *ec, Value out, Value v, bool first);

// Join the elements of an array.
static bool join_array(ExecCtx *ec, Value out, Value array, bool first) {
  if (!mx_c_stack_check(ec)) return false;
  Sym method = mx_sym(ec->vm, "join");
  if (!mx_recursion_enter(ec, method, array, VAL_TRUE)) {
    (void)mx_raise_arg(ec, "recursive array");
    return false;
  }
  bool ok = true;
  for (uint32_t i = 0; ok && i < mx_array_len(array); i++)
    ok = join_value(ec, out, mx_array_get(ec, array, i), first && i == 0);
  mx_recursion_leave(ec, method, array, VAL_TRUE);
  return ok;
}

// Add one component with exactly one slash before it.
static bool join_text(ExecCtx *ec, Value out, Value text, bool first) {
  const char *add = mx_str_bytes(text);
  size_t len = mx_str_len(text), have = mx_str_len(out);
  if (first) return mx_str_append(ec, out, text);
  bool tail = have > 0 && mx_str_bytes(out)[have - 1] == '/';
  if (len > 0 && *add == '/') {
    while (have > 0 && mx_str_bytes(out)[have - 1] == '/') have--;
    mx_str_resize(ec, out, have);
  } else if (!tail) {
    mx_str_append_bytes(ec, out, "/", 1);
  }
  return mx_str_append(ec, out, text);
}

// Add a String, a path, or an array of them.
static bool join_value(ExecCtx *ec, Value out, Value v, bool first) {
  if (val_is_array(v)) return join_array(ec, out, v, first);
  Value text = val_is_string(v) ? v : mx_to_path(ec, v);
  if (val_is_exc(text)) return false;
  return mx_str_cstr(ec, text) && join_text(ec, out, text, first);
}

// File.join
Value mx_file_s_join(ExecCtx *ec, Value self, int argc, const Value *argv) {
  Value out = mx_str_new(ec, "", 0, argc ? ENC_UTF_8 : ENC_US_ASCII);
  for (int i = 0; i < argc; i++)
    if (!join_value(ec, out, argv[i], i == 0)) return VAL_EXC;
  return out;
}

// ---- matching

// What a match under FNM_EXTGLOB looks for.
typedef struct PathMatch {
  const char *text;
  int flags;
  bool found;
} PathMatch;

// Match one alternative.
static void path_match_one(void *ctx, const char *pattern) {
  PathMatch *match = ctx;
  match->found = match->found || mx_glob_match(pattern, match->text, match->flags);
}

// File.fnmatch
Value mx_file_s_fnmatch(ExecCtx *ec, Value self, Value a, Value b, Value c) {
  Value path, pattern = mx_to_str(ec, a);
  int64_t flags = 0;
  const char *from = val_is_exc(pattern) ? NULL : mx_str_cstr(ec, pattern);
  const char *text = from ? path_argument(ec, b, &path) : NULL;
  if (!text || (!val_is_undef(c) && !mx_to_int64(ec, c, &flags))) return VAL_EXC;
  PathMatch match = {text, (int)flags, false};
  if (flags & GLOB_EXTGLOB)
    mx_glob_braces(from, (int)flags, path_match_one, &match);
  else
    path_match_one(&match, from);
  return val_bool(match.found);
}
