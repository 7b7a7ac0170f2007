// SPDX-License-Identifier: MIT
// File::Stat as data: what the system knows of a file.
#include "runtime/file.h"

#include <grp.h>
#include <unistd.h>

static const ForeignType stat_type = {.name = "File::Stat", .size = sizeof(struct stat)};

// Allocate an empty one.
static Value stat_allocate(ExecCtx *ec, ClassObj *klass) {
  return val_from_ptr(mx_foreign_new(ec, klass, &stat_type));
}

// A File::Stat of what the system answered.
Value mx_stat_new(ExecCtx *ec, const struct stat *info) {
  Value v = stat_allocate(ec, ec->vm->cls.FileStat);
  *mx_stat_get(v) = *info;
  return v;
}

// The payload; NULL when v is no File::Stat.
struct stat *mx_stat_get(Value v) {
  return mx_foreign_get(v, &stat_type);
}

// Boot: how instances are made.
void mx_stat_boot(VM *vm) { vm->cls.FileStat->allocate = stat_allocate; }

// Kind of file.
const char *mx_stat_type(const struct stat *info) {
  switch (info->st_mode & S_IFMT) {
  case S_IFREG: return "file";
  case S_IFDIR: return "directory";
  case S_IFCHR: return "characterSpecial";
  case S_IFBLK: return "blockSpecial";
  case S_IFIFO: return "fifo";
  case S_IFLNK: return "link";
  case S_IFSOCK: return "socket";
  default: return "unknown";
  }
}

// Is the process in a group?
static bool stat_in_group(gid_t group) {
  gid_t groups[256];
  if (getegid() == group) return true;
  int count = getgroups(256, groups);
  for (int i = 0; i < count; i++)
    if (groups[i] == group) return true;
  return false;
}

// May the process do what the permission bits say?
bool mx_stat_allows(const struct stat *info, unsigned bits) {
  if (geteuid() == 0) return bits != 1 || (info->st_mode & 0111) || S_ISDIR(info->st_mode);
  if (info->st_uid == geteuid()) return (info->st_mode >> 6 & bits) != 0;
  if (stat_in_group(info->st_gid)) return (info->st_mode >> 3 & bits) != 0;
  return (info->st_mode & bits) != 0;
}
