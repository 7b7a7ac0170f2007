// SPDX-License-Identifier: MIT
// Looking for the files that a pattern names (Dir.glob).
//
// A pattern is a list of parts. While directories are walked, a set of positions in that list is
// carried along (`**/` keeps its own position), so that each file is met once, in order.
#include "runtime/base/vec.h"
#include "runtime/array.h"
#include "runtime/file.h"
#include "runtime/string.h"

#include <dirent.h>
#include <stdlib.h>

enum { GLOB_MAX_PARTS = 128 }; // components of a pattern; more match nothing

typedef struct GlobPart {
  char *text;     // component, malloc
  bool magic;     // has wildcards
  bool recursive; // is **
} GlobPart;

typedef struct GlobWalk {
  ExecCtx *ec;
  Value out;        // Array of Strings
  const char *base; // directory that relative paths are seen from, or NULL
  int flags;        // GLOB_*
  bool sort;        // names of a directory in order
  bool only_dirs;   // the pattern ends in a slash
  GlobPart parts[GLOB_MAX_PARTS];
  uint32_t count; // parts
} GlobWalk;

// Positions in the list of parts.
typedef struct GlobSet {
  uint32_t at[GLOB_MAX_PARTS];
  uint32_t count;
} GlobSet;

// Add a position, and what `**` at it also allows.
static void walk_add(const GlobWalk *walk, GlobSet *set, uint32_t position) {
  for (;;) {
    for (uint32_t i = 0; i < set->count; i++)
      if (set->at[i] == position) return;
    set->at[set->count++] = position;
    if (!walk->parts[position].recursive || position + 1 >= walk->count) return;
    position++;
  }
}

// Remove the backslashes of a component.
static void walk_unescape(char *text, int flags) {
  char *to = text;
  if (flags & GLOB_NOESCAPE) return;
  for (const char *from = text; *from; from++) {
    if (*from == '\\' && from[1]) from++;
    *to++ = *from;
  }
  *to = 0;
}

// Cut a pattern into parts; returns false when there are too many.
static bool walk_split(GlobWalk *walk, const char *pattern) {
  while (*pattern) {
    size_t len = strcspn(pattern, "/");
    if (len > 0) {
      if (walk->count == GLOB_MAX_PARTS) return false;
      GlobPart *part = &walk->parts[walk->count++];
      part->text = strndup(pattern, len);
      part->recursive = strcmp(part->text, "**") == 0 && pattern[len] == '/';
      part->magic = part->recursive || strpbrk(part->text, "*?[");
      if ((walk->flags & GLOB_CASEFOLD) &&
          strpbrk(part->text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"))
        part->magic = true;
      if (!part->magic) walk_unescape(part->text, walk->flags);
    }
    pattern += len;
    walk->only_dirs = *pattern == '/';
    while (*pattern == '/') pattern++;
  }
  if (walk->count == 0 || !walk->parts[walk->count - 1].recursive) return true;
  if (walk->count == GLOB_MAX_PARTS) return false;
  walk->parts[walk->count++] = (GlobPart){strdup("*"), true, false}; // `**/`: all directories
  return true;
}

// Path as the system sees it.
static const char *walk_real(const GlobWalk *walk, const StrBuf *path, StrBuf *scratch) {
  const char *text = path->len ? path->at : ".";
  if (!walk->base || *text == '/') return text;
  mx_strbuf_truncate(scratch, 0);
  mx_strbuf_printf(scratch, "%s/%s", walk->base, text);
  return mx_strbuf_text(scratch);
}

// What a path names.
typedef struct GlobKind {
  bool there;
  bool dir;  // a directory, or a link to one
  bool link; // a symbolic link
} GlobKind;

// Look at a path.
static GlobKind walk_look(const GlobWalk *walk, const StrBuf *path) {
  struct stat info;
  StrBuf scratch = STRBUF_INIT;
  GlobKind kind = {0};
  const char *real = walk_real(walk, path, &scratch);
  kind.there = lstat(real, &info) == 0;
  kind.link = kind.there && S_ISLNK(info.st_mode);
  kind.dir = kind.there && (kind.link ? stat(real, &info) == 0 : true) && S_ISDIR(info.st_mode);
  mx_strbuf_free(&scratch);
  return kind;
}

// Add a path to the result.
static void walk_emit(GlobWalk *walk, const StrBuf *path, GlobKind kind) {
  if (walk->only_dirs && !kind.dir) return;
  Value str = mx_str_utf8(walk->ec, mx_strbuf_text(path), path->len);
  bool slash = walk->only_dirs && path->at[path->len - 1] != '/';
  if (slash) mx_str_append_bytes(walk->ec, str, "/", 1);
  mx_array_push(walk->ec, walk->out, str);
}

static void walk_dir(GlobWalk *walk, StrBuf *path, const GlobSet *set, bool top);

// Does a part match a name?
static bool walk_matches(const GlobWalk *walk, const GlobPart *part, const char *name) {
  if (!part->magic) return strcmp(part->text, name) == 0;
  return mx_glob_match(part->text, name, walk->flags & ~GLOB_PATHNAME);
}

// Go on with one name of a directory.
static void walk_name(GlobWalk *walk, StrBuf *path, const GlobSet *set, const char *name,
                      bool top) {
  GlobSet next = {.count = 0};
  bool found = false, hidden = name[0] == '.';
  bool self = strcmp(name, ".") == 0;
  if (strcmp(name, "..") == 0 || (self && !top)) return;
  size_t len = path->len;
  if (len > 0 && path->at[len - 1] != '/') mx_strbuf_add_byte(path, '/');
  mx_strbuf_add_str(path, name);
  GlobKind kind = walk_look(walk, path);
  for (uint32_t i = 0; i < set->count; i++) {
    uint32_t at = set->at[i];
    const GlobPart *part = &walk->parts[at];
    bool enters = kind.dir && !self;
    if (part->recursive) {
      bool walks = enters && !kind.link && (!hidden || (walk->flags & GLOB_DOTMATCH));
      if (walks) walk_add(walk, &next, at);
    } else if (walk_matches(walk, part, name)) {
      if (at + 1 == walk->count)
        found = true;
      else if (enters)
        walk_add(walk, &next, at + 1);
    }
  }
  if (found && kind.there) walk_emit(walk, path, kind);
  if (next.count > 0) walk_dir(walk, path, &next, false);
  mx_strbuf_truncate(path, len);
}

// Order of names.
static int walk_compare(const void *a, const void *b) {
  return strcmp(*(char *const *)a, *(char *const *)b);
}

// Go through the names of a directory.
static void walk_list(GlobWalk *walk, StrBuf *path, const GlobSet *set, bool top) {
  StrBuf scratch = STRBUF_INIT;
  VEC(char *) names = {0};
  DIR *dir = opendir(walk_real(walk, path, &scratch));
  mx_strbuf_free(&scratch);
  if (!dir) return;
  for (const struct dirent *entry; (entry = readdir(dir));) vec_push(&names, strdup(entry->d_name));
  closedir(dir);
  if (walk->sort && names.count > 1) qsort(names.at, names.count, sizeof *names.at, walk_compare);
  for (uint32_t i = 0; i < names.count; i++) {
    walk_name(walk, path, set, names.at[i], top);
    free(names.at[i]);
  }
  vec_free(&names);
}

// Go on below a directory. Names without wildcards are looked at, not looked for.
static void walk_dir(GlobWalk *walk, StrBuf *path, const GlobSet *set, bool top) {
  for (uint32_t i = 0; i < set->count; i++) {
    if (!walk->parts[set->at[i]].magic) continue;
    walk_list(walk, path, set, top);
    return;
  }
  for (uint32_t i = 0; i < set->count; i++) {
    uint32_t at = set->at[i];
    size_t len = path->len;
    if (len > 0 && path->at[len - 1] != '/') mx_strbuf_add_byte(path, '/');
    mx_strbuf_add_str(path, walk->parts[at].text);
    GlobKind kind = walk_look(walk, path);
    GlobSet next = {.count = 0};
    if (at + 1 < walk->count) walk_add(walk, &next, at + 1);
    if (kind.there && at + 1 == walk->count)
      walk_emit(walk, path, kind);
    else if (kind.dir && next.count > 0)
      walk_dir(walk, path, &next, true);
    mx_strbuf_truncate(path, len);
  }
}

// Look for one alternative of a pattern.
static void walk_pattern(void *ctx, const char *pattern) {
  GlobWalk *walk = ctx;
  StrBuf path = STRBUF_INIT;
  walk->count = 0;
  if (*pattern == '/') mx_strbuf_add_byte(&path, '/');
  if (walk_split(walk, pattern) && walk->count > 0) {
    GlobSet set = {.count = 0};
    walk_add(walk, &set, 0);
    walk_dir(walk, &path, &set, true);
  } else if (walk->count == 0 && path.len > 0) {
    walk->only_dirs = false;
    walk_emit(walk, &path, (GlobKind){true, true, false});
  }
  for (uint32_t i = 0; i < walk->count; i++) free(walk->parts[i].text);
  mx_strbuf_free(&path);
}

// Append the paths that match a pattern to an Array of Strings.
void mx_glob_collect(ExecCtx *ec, Value out, const char *pattern, const char *base, int flags,
                     bool sort) {
  GlobWalk walk = {.ec = ec, .out = out, .base = base, .flags = flags, .sort = sort};
  mx_glob_braces(pattern, flags, walk_pattern, &walk);
}
