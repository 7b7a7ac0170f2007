// SPDX-License-Identifier: MIT
// Paths as texts: expanding, and the parts that File names.
#include "runtime/path.h"

#include <errno.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

// ---- expanding

// Current directory.
bool mx_path_current(StrBuf *out) {
  char *dir = getcwd(NULL, 0);
  if (!dir) return false;
  mx_strbuf_add_str(out, dir);
  free(dir);
  return true;
}

// Append the components of a path, resolving `.` and `..` against what is there already.
static void path_add_components(StrBuf *out, const char *path) {
  while (*path) {
    size_t len = strcspn(path, "/");
    if (len == 2 && path[0] == '.' && path[1] == '.') {
      while (out->len > 1 && out->at[out->len - 1] != '/') mx_strbuf_truncate(out, out->len - 1);
      if (out->len > 1) mx_strbuf_truncate(out, out->len - 1);
    } else if (len > 0 && !(len == 1 && path[0] == '.')) {
      if (out->len == 0 || out->at[out->len - 1] != '/') mx_strbuf_add_byte(out, '/');
      mx_strbuf_add(out, path, len);
    }
    path += len;
    while (*path == '/') path++;
  }
}

// Home directory of a user, of the one who runs the program when there is no name; NULL + raised.
static const char *path_home(ExecCtx *ec, const char *name, size_t len) {
  if (len == 0) {
    const char *home = getenv("HOME");
    const struct passwd *own = home ? NULL : getpwuid(getuid());
    if (!home && own) home = own->pw_dir;
    if (!home)
      (void)mx_raise_arg(ec, "couldn't find HOME environment -- expanding '~'");
    else if (*home != '/')
      (void)mx_raise_arg(ec, "non-absolute home");
    return home && *home == '/' ? home : NULL;
  }
  char user[256];
  if (len >= sizeof user) len = sizeof user - 1;
  memcpy(user, name, len);
  user[len] = 0;
  const struct passwd *entry = getpwnam(user);
  if (entry) return entry->pw_dir;
  (void)mx_raise_arg(ec, "user %s doesn't exist", user);
  return NULL;
}

// Append the absolute form of a path.
bool mx_path_expand(ExecCtx *ec, StrBuf *out, const char *path, const char *dir, bool home) {
  StrBuf current = STRBUF_INIT;
  mx_strbuf_add_byte(out, '/');
  if (home && *path == '~') {
    size_t len = strcspn(path + 1, "/");
    const char *found = path_home(ec, path + 1, len);
    if (!found) return false;
    path_add_components(out, found);
    path += 1 + len;
  } else if (*path != '/') {
    if (!dir && !mx_path_current(&current)) {
      (void)mx_raise_errno(ec, errno, "getcwd");
      return false;
    }
    path_add_components(out, dir ? dir : mx_strbuf_text(&current));
  }
  path_add_components(out, path);
  mx_strbuf_free(&current);
  return true;
}

// ---- parts

// Length without trailing slashes; a path of slashes keeps one.
static size_t path_trim(const char *path, size_t len) {
  while (len > 1 && path[len - 1] == '/') len--;
  return len;
}

// Last component.
PathPart mx_path_base(const char *path, size_t len) {
  len = path_trim(path, len);
  size_t start = len;
  if (len == 1 && path[0] == '/') return (PathPart){0, 1};
  while (start > 0 && path[start - 1] != '/') start--;
  return (PathPart){start, len - start};
}

// Length of the directory part.
size_t mx_path_dir_len(const char *path, size_t len, int64_t levels) {
  len = path_trim(path, len);
  for (; levels > 0; levels--) {
    if (len == 1 && path[0] == '/') return 1;
    while (len > 0 && path[len - 1] != '/') len--;
    if (len == 0) return 0;
    size_t root = 0;
    while (root < len && path[root] == '/') root++;
    if (root == len) return 1;
    len = path_trim(path, len);
  }
  return len;
}

// Extension with its dot.
PathPart mx_path_extension(const char *path, size_t len) {
  PathPart base = mx_path_base(path, len);
  const char *name = path + base.start;
  size_t first = 0;
  while (first < base.len && name[first] == '.') first++;
  for (size_t at = base.len; at > first; at--) {
    if (name[at - 1] != '.') continue;
    return (PathPart){base.start + at - 1, base.len - at + 1};
  }
  return (PathPart){base.start + base.len, 0};
}
