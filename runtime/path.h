// SPDX-License-Identifier: MIT
// Paths as texts: no file is looked at, but home directories and the current one.
#ifndef MX_RUNTIME_PATH_H
#define MX_RUNTIME_PATH_H

#include "runtime/base/strbuf.h"
#include "runtime/vm.h"

// Append the absolute form of a path, seen from an absolute directory (NULL: the current one),
// without `.`, `..` and doubled slashes. home: replace ~ and ~user. false + ArgumentError.
MX_FUNC MX_MUST_CHECK bool mx_path_expand(ExecCtx *ec, StrBuf *out, const char *path,
                                          const char *dir, bool home);
// Current directory, in *out; false with errno.
MX_FUNC bool mx_path_current(StrBuf *out);

// Part of a path, in bytes.
typedef struct PathPart {
  size_t start; // offset
  size_t len;   // bytes
} PathPart;

// Last component, without trailing slashes; "/" for roots.
MX_FUNC PathPart mx_path_base(const char *path, size_t len);
// Length of the directory part for `levels` components taken off; 0: "." is meant.
MX_FUNC size_t mx_path_dir_len(const char *path, size_t len, int64_t levels);
// Extension with its dot, inside the base name; empty when there is none.
MX_FUNC PathPart mx_path_extension(const char *path, size_t len);

#endif
