// SPDX-License-Identifier: MIT
// What the leaves of File, File::Stat and Dir share: stat results, arguments that are paths,
// matching names.
#ifndef MX_RUNTIME_FILE_H
#define MX_RUNTIME_FILE_H

#include "runtime/vm.h"

#include <sys/stat.h>

// ---- file_stat.c
MX_FUNC Value mx_stat_new(ExecCtx *ec, const struct stat *info);
MX_FUNC struct stat *mx_stat_get(Value v); // NULL when v is no File::Stat
MX_FUNC void mx_stat_boot(VM *vm);
// Kind of file, as File.ftype names it.
MX_FUNC const char *mx_stat_type(const struct stat *info);
// May the process (by its effective ids) do what the permission bits (04, 02, 01) say?
MX_FUNC bool mx_stat_allows(const struct stat *info, unsigned bits);

// ---- glob.c: patterns of names. Flags are numbered as File::FNM_*.
enum {
  GLOB_NOESCAPE = 1,
  GLOB_PATHNAME = 2,
  GLOB_DOTMATCH = 4,
  GLOB_CASEFOLD = 8,
  GLOB_EXTGLOB = 16,
};
MX_FUNC bool mx_glob_match(const char *pattern, const char *text, int flags);
// Append the paths that match a pattern to an Array of Strings; base: directory they are seen
// from, NULL for the current one. NUL bytes are not in it.
MX_FUNC void mx_glob_collect(ExecCtx *ec, Value out, const char *pattern, const char *base,
                             int flags, bool sort);
// Call visit for each alternative of the braces in a pattern.
typedef void (*GlobVisit)(void *ctx, const char *pattern);
MX_FUNC void mx_glob_braces(const char *pattern, int flags, GlobVisit visit, void *ctx);

#endif
