// SPDX-License-Identifier: MIT
// The cache of compiled texts: where it is, looking up, entering, and keeping it small.
//
// INVARIANTS:
// 1. The folder is $METOREX_CACHE, or metorex below $XDG_CACHE_HOME, or ~/.cache/metorex. An empty
//    METOREX_CACHE, and a program that runs with another user's rights, have no cache.
// 2. Only files of this user that nobody else can write to are read.
// 3. Entries are not forced to the disk: one that a crash of the machine has torn is found damaged
//    by its digest, and written anew.
#include "interp/code_cache.h"
#include "runtime/params.h"
#include "interp/image_file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum {
  CACHE_FRESH = 24 * 60 * 60, // seconds: an entry is marked as used at most so often
  CACHE_STALE = 60 * 60,      // seconds: a temporary file of this age was left by a crash
};

#define CACHE_ENDING ".mxc"

bool mx_code_cache_pays(size_t len) { return len >= PARAM_CACHE_MIN_SOURCE; }

// ---- places

// Append the folder; false when there is none.
static bool cache_folder(StrBuf *path) {
  const char *own = secure_getenv("METOREX_CACHE"), *xdg = secure_getenv("XDG_CACHE_HOME");
  const char *home = secure_getenv("HOME");
  if (own)
    mx_strbuf_add_str(path, own);
  else if (xdg && *xdg == '/')
    mx_strbuf_printf(path, "%s/metorex", xdg);
  else if (home && *home == '/')
    mx_strbuf_printf(path, "%s/.cache/metorex", home);
  return path->len > 0;
}

// Append the path of a text's entry; false when there is no folder.
static bool cache_path(StrBuf *path, const MxcSource *source) {
  char name[DIGEST_HEX];
  Digest key = mx_mxc_key(source);
  if (!cache_folder(path)) return false;
  mx_digest_hex(&key, name);
  mx_strbuf_printf(path, "/%s" CACHE_ENDING, name);
  return true;
}

// Make the folders of a path that are not there, for this user alone.
static void cache_make_folders(StrBuf *path) {
  for (size_t i = 1; i < path->len; i++) {
    if (path->at[i] != '/') continue;
    path->at[i] = 0;
    mkdir(path->at, 0700);
    path->at[i] = '/';
  }
}

// ---- looking up

MxcFile *mx_code_cache_open(ExecCtx *ec, const uint8_t *bytes, size_t len, const char *name,
                            const MxcSource *source) {
  StrBuf why = STRBUF_INIT;
  MxcFile *file = mx_mxc_open(ec, bytes, len, name, &why);
  mx_strbuf_free(&why);
  if (!file || !mx_mxc_is_whole(file)) return NULL;
  const MxcSource *found = mx_mxc_source(file);
  bool same = found->dialect == source->dialect && found->flags == source->flags &&
              found->len == source->len && memcmp(found->text, source->text, source->len) == 0;
  return same ? file : NULL;
}

// Note that an entry is in use, so that it is not the first to go.
static void cache_mark_used(const char *path) {
  struct stat info;
  if (stat(path, &info) == 0 && time(NULL) - info.st_mtime > CACHE_FRESH)
    utimensat(AT_FDCWD, path, NULL, 0);
}

MxcFile *mx_code_cache_find(ExecCtx *ec, const MxcSource *source) {
  StrBuf path = STRBUF_INIT;
  MxcFile *file = NULL;
  if (cache_path(&path, source)) {
    ImageBytes bytes = mx_image_read(path.at, IMAGE_OWN);
    if (bytes.at) file = mx_code_cache_open(ec, bytes.at, bytes.len, path.at, source);
    if (file) cache_mark_used(path.at);
  }
  mx_strbuf_free(&path);
  return file;
}

// ---- keeping it small

// A file of the folder.
typedef struct CacheEntry {
  char name[64];
  time_t used; // when it was written or marked last
  off_t size;  // bytes
} CacheEntry;

typedef struct CacheList {
  VEC(CacheEntry) entries;
  int64_t total; // bytes of all
} CacheList;

// Does a text end in an ending?
static bool cache_ends_in(const char *text, const char *ending) {
  size_t len = strlen(text), tail = strlen(ending);
  return len > tail && strcmp(text + len - tail, ending) == 0;
}

// Note a file of the folder; what a crash has left goes at once. Other files are none of ours.
static void cache_note(CacheList *list, int folder, const char *name) {
  struct stat info;
  CacheEntry entry = {0};
  bool temporary = cache_ends_in(name, ".tmp");
  if (strlen(name) >= sizeof entry.name || (!temporary && !cache_ends_in(name, CACHE_ENDING)) ||
      fstatat(folder, name, &info, AT_SYMLINK_NOFOLLOW) != 0 || !S_ISREG(info.st_mode))
    return;
  if (temporary) {
    if (time(NULL) - info.st_mtime > CACHE_STALE) unlinkat(folder, name, 0);
    return;
  }
  strcpy(entry.name, name);
  entry.used = info.st_mtime;
  entry.size = info.st_size;
  vec_push(&list->entries, entry);
  list->total += entry.size;
}

// Order entries from the one used longest ago.
static int cache_compare(const void *a, const void *b) {
  const CacheEntry *x = a, *y = b;
  return (x->used > y->used) - (x->used < y->used);
}

// Remove the entries used longest ago until three quarters of the limit are left.
static void cache_evict(CacheList *list, int folder) {
  qsort(list->entries.at, list->entries.count, sizeof(CacheEntry), cache_compare);
  for (uint32_t i = 0; i < list->entries.count; i++) {
    if (list->total <= PARAM_CACHE_LIMIT / 4 * 3) return;
    const CacheEntry *entry = &list->entries.at[i];
    if (unlinkat(folder, entry->name, 0) == 0) list->total -= entry->size;
  }
}

// Look through the folder and make room if it is above its limit.
static void cache_tidy(const char *path) {
  DIR *dir = opendir(path);
  CacheList list = {0};
  if (!dir) return;
  for (struct dirent *entry; (entry = readdir(dir));) cache_note(&list, dirfd(dir), entry->d_name);
  if (list.total > PARAM_CACHE_LIMIT) cache_evict(&list, dirfd(dir));
  vec_free(&list.entries);
  closedir(dir);
}

// ---- entering

void mx_code_cache_store(const MxcSource *source, const StrBuf *image) {
  StrBuf path = STRBUF_INIT;
  if (image->len <= PARAM_CACHE_LIMIT / 4 && cache_path(&path, source)) {
    bool stored = mx_image_write(path.at, image, false);
    if (!stored && errno == ENOENT) {
      cache_make_folders(&path);
      stored = mx_image_write(path.at, image, false);
    }
    *strrchr(path.at, '/') = 0;
    if (stored) cache_tidy(path.at);
  }
  mx_strbuf_free(&path);
}
