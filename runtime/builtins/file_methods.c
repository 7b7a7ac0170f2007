// SPDX-License-Identifier: MIT
// Leaves of File that change files, and those of open files.
#include "runtime/array.h"
#include "runtime/file.h"
#include "runtime/integer.h"
#include "runtime/io.h"
#include "runtime/semantics.h"
#include "runtime/string.h"
#include "runtime/time.h"
#include "runtime/builtins/rows.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <unistd.h>

// A path argument; NULL + exception. *path is the String.
static const char *file_path(ExecCtx *ec, Value v, Value *path) {
  *path = mx_to_path(ec, v);
  return val_is_exc(*path) ? NULL : mx_str_cstr(ec, *path);
}

// ---- the same for many paths

typedef int (*FileAction)(const char *path, const void *data);

// Do something with each path; the number of paths.
static Value file_each(ExecCtx *ec, int argc, const Value *argv, const char *function,
                       FileAction action, const void *data) {
  for (int i = 0; i < argc; i++) {
    Value path;
    const char *text = file_path(ec, argv[i], &path);
    if (!text) return VAL_EXC;
    if (action(text, data) < 0) return mx_io_raise(ec, function, path);
  }
  return val_from_fixnum(argc);
}

// Remove one.
static int action_unlink(const char *path, const void *data) { return unlink(path); }

// File.unlink
Value mx_file_s_unlink(ExecCtx *ec, Value self, int argc, const Value *argv) {
  return file_each(ec, argc, argv, "apply2files", action_unlink, NULL);
}

// Set permissions of one.
static int action_chmod(const char *path, const void *data) {
  return chmod(path, *(const mode_t *)data);
}

// The same without following a link, which Linux cannot.
static int action_lchmod(const char *path, const void *data) {
  return fchmodat(AT_FDCWD, path, *(const mode_t *)data, AT_SYMLINK_NOFOLLOW);
}

// Set permissions of many.
static Value file_chmod(ExecCtx *ec, int argc, const Value *argv, FileAction action) {
  int64_t mode;
  if (!mx_to_int64(ec, argv[0], &mode)) return VAL_EXC;
  mode_t bits = (mode_t)mode;
  return file_each(ec, argc - 1, argv + 1, "apply2files", action, &bits);
}

// File.chmod
Value mx_file_s_chmod(ExecCtx *ec, Value self, int argc, const Value *argv) {
  return file_chmod(ec, argc, argv, action_chmod);
}

// File.lchmod
Value mx_file_s_lchmod(ExecCtx *ec, Value self, int argc, const Value *argv) {
  return file_chmod(ec, argc, argv, action_lchmod);
}

typedef struct FileOwner {
  uid_t user;  // -1 leaves it
  gid_t group; // likewise
} FileOwner;

// Set the owner of one.
static int action_chown(const char *path, const void *data) {
  const FileOwner *owner = data;
  return chown(path, owner->user, owner->group);
}

// The same for a link itself.
static int action_lchown(const char *path, const void *data) {
  const FileOwner *owner = data;
  return lchown(path, owner->user, owner->group);
}

// User and group of two arguments; nil leaves one as it is.
static bool file_owner(ExecCtx *ec, Value user, Value group, FileOwner *out) {
  int64_t uid = -1, gid = -1;
  if (!val_is_nil(user) && !mx_to_int64(ec, user, &uid)) return false;
  if (!val_is_nil(group) && !mx_to_int64(ec, group, &gid)) return false;
  *out = (FileOwner){(uid_t)uid, (gid_t)gid};
  return true;
}

// Set the owner of many.
static Value file_chown(ExecCtx *ec, int argc, const Value *argv, FileAction action) {
  FileOwner owner;
  if (!file_owner(ec, argv[0], argv[1], &owner)) return VAL_EXC;
  return file_each(ec, argc - 2, argv + 2, "apply2files", action, &owner);
}

// File.chown
Value mx_file_s_chown(ExecCtx *ec, Value self, int argc, const Value *argv) {
  return file_chown(ec, argc, argv, action_chown);
}

// File.lchown
Value mx_file_s_lchown(ExecCtx *ec, Value self, int argc, const Value *argv) {
  return file_chown(ec, argc, argv, action_lchown);
}

// Set the times of one.
static int action_utime(const char *path, const void *data) {
  return utimensat(AT_FDCWD, path, data, 0);
}

// The same for a link itself.
static int action_lutime(const char *path, const void *data) {
  return utimensat(AT_FDCWD, path, data, AT_SYMLINK_NOFOLLOW);
}

// Set the times of many; nil is the present.
static Value file_utime(ExecCtx *ec, int argc, const Value *argv, FileAction action) {
  struct timespec times[2];
  for (int i = 0; i < 2; i++) {
    times[i] = (struct timespec){.tv_nsec = UTIME_NOW};
    if (!val_is_nil(argv[i]) && !mx_time_to_timespec(ec, argv[i], &times[i])) return VAL_EXC;
  }
  return file_each(ec, argc - 2, argv + 2, "apply2files", action, times);
}

// File.utime
Value mx_file_s_utime(ExecCtx *ec, Value self, int argc, const Value *argv) {
  return file_utime(ec, argc, argv, action_utime);
}

// File.lutime
Value mx_file_s_lutime(ExecCtx *ec, Value self, int argc, const Value *argv) {
  return file_utime(ec, argc, argv, action_lutime);
}

// ---- two paths

// Do something with two paths; errors name both.
static Value file_pair(ExecCtx *ec, Value a, Value b, const char *function,
                       int (*action)(const char *, const char *)) {
  Value from, to;
  const char *source = file_path(ec, a, &from);
  const char *target = source ? file_path(ec, b, &to) : NULL;
  if (!target) return VAL_EXC;
  if (action(source, target) == 0) return val_from_fixnum(0);
  int error = errno;
  Value both = mx_str_printf(ec, "(%s, %s)", source, target);
  errno = error;
  return mx_io_raise(ec, function, both);
}

// File.link
Value mx_file_s_link(ExecCtx *ec, Value self, Value a, Value b) {
  return file_pair(ec, a, b, "rb_file_s_link", link);
}

// File.symlink
Value mx_file_s_symlink(ExecCtx *ec, Value self, Value a, Value b) {
  return file_pair(ec, a, b, "rb_file_s_symlink", symlink);
}

// File.rename
Value mx_file_s_rename(ExecCtx *ec, Value self, Value a, Value b) {
  return file_pair(ec, a, b, "rb_file_s_rename", rename);
}

// ---- one path

// File.readlink
Value mx_file_s_readlink(ExecCtx *ec, Value self, Value a) {
  char target[PATH_MAX];
  Value path;
  const char *text = file_path(ec, a, &path);
  if (!text) return VAL_EXC;
  ssize_t len = readlink(text, target, sizeof target);
  return len < 0 ? mx_io_raise(ec, "rb_readlink", path) : mx_str_utf8(ec, target, (size_t)len);
}

// File.truncate
Value mx_file_s_truncate(ExecCtx *ec, Value self, Value a, Value b) {
  int64_t len;
  Value path;
  const char *text = file_path(ec, a, &path);
  if (!text || !mx_to_int64(ec, b, &len)) return VAL_EXC;
  if (truncate(text, len) < 0) return mx_io_raise(ec, "rb_file_s_truncate", path);
  return val_from_fixnum(0);
}

// File.mkfifo
Value mx_file_s_mkfifo(ExecCtx *ec, Value self, Value a, Value b) {
  int64_t mode = 0666;
  Value path;
  const char *text = file_path(ec, a, &path);
  if (!text || (!val_is_undef(b) && !mx_to_int64(ec, b, &mode))) return VAL_EXC;
  if (mkfifo(text, (mode_t)mode) < 0) return mx_io_raise(ec, "rb_file_s_mkfifo", path);
  return val_from_fixnum(0);
}

// File.umask
Value mx_file_s_umask(ExecCtx *ec, Value self, Value a) {
  int64_t mask;
  if (val_is_undef(a)) {
    mode_t old = umask(0);
    umask(old);
    return val_from_fixnum(old);
  }
  return mx_to_int64(ec, a, &mask) ? val_from_fixnum(umask((mode_t)mask)) : VAL_EXC;
}

// ---- open files

// An open file, with all that was written in it.
static IoObj *file_flushed(ExecCtx *ec, Value self) {
  IoObj *io = mx_io_get(ec, self);
  return io && mx_io_flush(ec, io) ? io : NULL;
}

// The result of a system call on an open file.
static Value file_done(ExecCtx *ec, const IoObj *io, int result) {
  return result < 0 ? mx_io_raise(ec, NULL, mx_io_name(ec, io)) : val_from_fixnum(0);
}

// File#size
Value mx_file_m_size(ExecCtx *ec, Value self) {
  struct stat info;
  const IoObj *io = file_flushed(ec, self);
  if (!io) return VAL_EXC;
  if (fstat(io->fd, &info) < 0) return mx_io_raise(ec, NULL, mx_io_name(ec, io));
  return mx_int_from_i64(ec, info.st_size);
}

// File#lstat
Value mx_file_m_lstat(ExecCtx *ec, Value self) {
  const IoObj *io = mx_io_get(ec, self);
  if (!io) return VAL_EXC;
  return mx_file_s_lstat(ec, val_from_ptr(ec->vm->cls.File), mx_io_name(ec, io));
}

// File#chmod
Value mx_file_m_chmod(ExecCtx *ec, Value self, Value a) {
  int64_t mode;
  const IoObj *io = mx_io_get(ec, self);
  if (!io || !mx_to_int64(ec, a, &mode)) return VAL_EXC;
  return file_done(ec, io, fchmod(io->fd, (mode_t)mode));
}

// File#chown
Value mx_file_m_chown(ExecCtx *ec, Value self, Value a, Value b) {
  FileOwner owner;
  const IoObj *io = mx_io_get(ec, self);
  if (!io || !file_owner(ec, a, b, &owner)) return VAL_EXC;
  return file_done(ec, io, fchown(io->fd, owner.user, owner.group));
}

// File#flock: false when LOCK_NB is given and another has the lock.
Value mx_file_m_flock(ExecCtx *ec, Value self, Value a) {
  int64_t operation;
  const IoObj *io = file_flushed(ec, self);
  if (!io || !mx_to_int64(ec, a, &operation)) return VAL_EXC;
  bool shared = mx_io_has_threads(ec->vm);
  while (flock(io->fd, (int)operation | (shared ? LOCK_NB : 0)) < 0) {
    if (errno == EWOULDBLOCK && (operation & LOCK_NB)) return VAL_FALSE;
    if (errno == EWOULDBLOCK) {
      if (!ec->vm->up->thread_park(ec, 0.002)) return VAL_EXC; // others run until it is free
      continue;
    }
    if (errno != EINTR) return mx_io_raise(ec, NULL, mx_io_name(ec, io));
    if (!mx_io_interrupted(ec)) return VAL_EXC;
  }
  return val_from_fixnum(0);
}

// File#truncate
Value mx_file_m_truncate(ExecCtx *ec, Value self, Value a) {
  int64_t len;
  IoObj *io = mx_io_writable(ec, self);
  if (!io || !mx_to_int64(ec, a, &len) || !mx_io_flush(ec, io)) return VAL_EXC;
  return file_done(ec, io, ftruncate(io->fd, len));
}

// A file without a name that holds a text; -1 when there is none.
static int file_hold(Value text) {
  int fd = memfd_create("DATA", MFD_CLOEXEC);
  size_t done = 0, len = mx_str_len(text);
  while (fd >= 0 && done < len) {
    ssize_t put = write(fd, mx_str_bytes(text) + done, len - done);
    if (put <= 0) break;
    done += (size_t)put;
  }
  return fd;
}

// File.__open_data(path, offset, text = nil): DATA. A program from an image has its text.
Value mx_file_s_open_data(ExecCtx *ec, Value self, Value a, Value b, Value c) {
  int fd = val_is_string(c) ? file_hold(c) : mx_io_sysopen(ec, a, O_RDONLY, 0);
  if (fd < 0) {
    (void)mx_exc_take(ec); // the program has no file of its own: -e, standard input
    return mx_io_state(ec->vm)->in;
  }
  Value v = mx_io_new(ec, ec->vm->cls.File, fd, IO_READABLE);
  mx_io_peek(v)->path = a;
  if (lseek(fd, val_to_fixnum(b), SEEK_SET) < 0) return mx_raise_errno(ec, errno, NULL);
  return v;
}
