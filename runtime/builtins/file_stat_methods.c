// SPDX-License-Identifier: MIT
// Leaves of File::Stat and the questions that File asks of paths; both read a struct stat.
#include "runtime/file.h"
#include "runtime/integer.h"
#include "runtime/io.h"
#include "runtime/semantics.h"
#include "runtime/string.h"
#include "runtime/time.h"
#include "runtime/builtins/rows.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/sysmacros.h>
#include <unistd.h>

// ---- looking at paths

// Look at a path, or at the file behind a stream: 1 there, 0 not there, -1 raised.
static int stat_look(ExecCtx *ec, Value v, struct stat *info) {
  Value io = mx_io_peek(v) ? v : mx_check_convert(ec, v, ec->vm->cls.IO, SYM_to_io);
  if (val_is_exc(io)) return -1;
  if (!val_is_nil(io)) {
    const IoObj *stream = mx_io_get(ec, io);
    return stream ? fstat(stream->fd, info) == 0 : -1;
  }
  Value path = mx_to_path(ec, v);
  const char *text = val_is_exc(path) ? NULL : mx_str_cstr(ec, path);
  return text ? stat(text, info) == 0 : -1;
}

// Raise the error of looking at a path.
static Value stat_raise(ExecCtx *ec, const char *function, Value v) {
  int error = errno;
  Value path = mx_io_peek(v) ? mx_io_name(ec, mx_io_peek(v)) : mx_to_path(ec, v);
  errno = error;
  return val_is_exc(path) ? path : mx_io_raise(ec, function, path);
}

// Look at a path that must be there.
static bool stat_must_look(ExecCtx *ec, Value v, const char *function, struct stat *info) {
  int there = stat_look(ec, v, info);
  if (there == 0) (void)stat_raise(ec, function, v);
  return there > 0;
}

// Ask a question about a path; false when there is no such file.
static Value stat_ask(ExecCtx *ec, Value v, Value (*question)(ExecCtx *ec, const struct stat *info),
                      Value otherwise) {
  struct stat info;
  int there = stat_look(ec, v, &info);
  if (there < 0) return VAL_EXC;
  return there ? question(ec, &info) : otherwise;
}

// ---- questions

#define KIND_QUESTION(name, TEST)                                      \
  static Value question_##name(ExecCtx *ec, const struct stat *info) { \
    return val_bool(TEST(info->st_mode));                              \
  }
#define BIT_QUESTION(name, BIT)                                        \
  static Value question_##name(ExecCtx *ec, const struct stat *info) { \
    return val_bool(info->st_mode & (BIT));                            \
  }
#define ACCESS_QUESTION(name, BITS)                                    \
  static Value question_##name(ExecCtx *ec, const struct stat *info) { \
    return val_bool(mx_stat_allows(info, BITS));                       \
  }
KIND_QUESTION(file, S_ISREG)
KIND_QUESTION(directory, S_ISDIR)
KIND_QUESTION(symlink, S_ISLNK)
KIND_QUESTION(pipe, S_ISFIFO)
KIND_QUESTION(socket, S_ISSOCK)
KIND_QUESTION(blockdev, S_ISBLK)
KIND_QUESTION(chardev, S_ISCHR)
BIT_QUESTION(setuid, S_ISUID)
BIT_QUESTION(setgid, S_ISGID)
BIT_QUESTION(sticky, S_ISVTX)
ACCESS_QUESTION(readable, 4)
ACCESS_QUESTION(writable, 2)
ACCESS_QUESTION(executable, 1)
#undef KIND_QUESTION
#undef BIT_QUESTION
#undef ACCESS_QUESTION

// Is there a file at all?
static Value question_there(ExecCtx *ec, const struct stat *info) { return VAL_TRUE; }

// Is it empty?
static Value question_zero(ExecCtx *ec, const struct stat *info) {
  return val_bool(info->st_size == 0);
}

// Size in bytes.
static Value question_size(ExecCtx *ec, const struct stat *info) {
  return mx_int_from_i64(ec, info->st_size);
}

// Size in bytes, nil for none.
static Value question_size_or_nil(ExecCtx *ec, const struct stat *info) {
  return info->st_size == 0 ? VAL_NIL : question_size(ec, info);
}

// Does it belong to the user?
static Value question_owned(ExecCtx *ec, const struct stat *info) {
  return val_bool(info->st_uid == geteuid());
}

// Does it belong to the group?
static Value question_group_owned(ExecCtx *ec, const struct stat *info) {
  return val_bool(info->st_gid == getegid());
}

// Permissions when everybody may read, else nil.
static Value question_world_readable(ExecCtx *ec, const struct stat *info) {
  return info->st_mode & S_IROTH ? val_from_fixnum(info->st_mode & 0777) : VAL_NIL;
}

// Permissions when everybody may write, else nil.
static Value question_world_writable(ExecCtx *ec, const struct stat *info) {
  return info->st_mode & S_IWOTH ? val_from_fixnum(info->st_mode & 0777) : VAL_NIL;
}

// A question asked of File (a path) and of File::Stat (itself).
#define QUESTION(file_fn, stat_fn, question, otherwise)     \
  Value file_fn(ExecCtx *ec, Value self, Value a) {         \
    return stat_ask(ec, a, question_##question, otherwise); \
  }                                                         \
  Value stat_fn(ExecCtx *ec, Value self) { return question_##question(ec, mx_stat_get(self)); }
QUESTION(mx_file_s_is_file, mx_stat_m_is_file, file, VAL_FALSE)
QUESTION(mx_file_s_is_directory, mx_stat_m_is_directory, directory, VAL_FALSE)
QUESTION(mx_file_s_is_pipe, mx_stat_m_is_pipe, pipe, VAL_FALSE)
QUESTION(mx_file_s_is_socket, mx_stat_m_is_socket, socket, VAL_FALSE)
QUESTION(mx_file_s_is_blockdev, mx_stat_m_is_blockdev, blockdev, VAL_FALSE)
QUESTION(mx_file_s_is_chardev, mx_stat_m_is_chardev, chardev, VAL_FALSE)
QUESTION(mx_file_s_is_readable, mx_stat_m_is_readable, readable, VAL_FALSE)
QUESTION(mx_file_s_is_writable, mx_stat_m_is_writable, writable, VAL_FALSE)
QUESTION(mx_file_s_is_executable, mx_stat_m_is_executable, executable, VAL_FALSE)
QUESTION(mx_file_s_world_readable, mx_stat_m_world_readable, world_readable, VAL_NIL)
QUESTION(mx_file_s_world_writable, mx_stat_m_world_writable, world_writable, VAL_NIL)
QUESTION(mx_file_s_is_owned, mx_stat_m_is_owned, owned, VAL_FALSE)
QUESTION(mx_file_s_is_group_owned, mx_stat_m_is_group_owned, group_owned, VAL_FALSE)
QUESTION(mx_file_s_is_setuid, mx_stat_m_is_setuid, setuid, VAL_FALSE)
QUESTION(mx_file_s_is_setgid, mx_stat_m_is_setgid, setgid, VAL_FALSE)
QUESTION(mx_file_s_is_sticky, mx_stat_m_is_sticky, sticky, VAL_FALSE)
QUESTION(mx_file_s_is_zero, mx_stat_m_is_zero, zero, VAL_FALSE)
QUESTION(mx_file_s_size_or_nil, mx_stat_m_size_or_nil, size_or_nil, VAL_NIL)
#undef QUESTION

// File.exist?
Value mx_file_s_is_there(ExecCtx *ec, Value self, Value a) {
  return stat_ask(ec, a, question_there, VAL_FALSE);
}

// The path as C text; NULL + exception.
static const char *stat_path(ExecCtx *ec, Value v) {
  Value path = mx_to_path(ec, v);
  return val_is_exc(path) ? NULL : mx_str_cstr(ec, path);
}

// File.symlink?
Value mx_file_s_is_symlink(ExecCtx *ec, Value self, Value a) {
  struct stat info;
  const char *path = stat_path(ec, a);
  return path ? val_bool(lstat(path, &info) == 0 && S_ISLNK(info.st_mode)) : VAL_EXC;
}

// May the process by its real ids?
static Value stat_real_access(ExecCtx *ec, Value v, int mode) {
  const char *path = stat_path(ec, v);
  return path ? val_bool(access(path, mode) == 0) : VAL_EXC;
}

// File.readable_real?
Value mx_file_s_is_readable_real(ExecCtx *ec, Value self, Value a) {
  return stat_real_access(ec, a, R_OK);
}

// File.writable_real?
Value mx_file_s_is_writable_real(ExecCtx *ec, Value self, Value a) {
  return stat_real_access(ec, a, W_OK);
}

// File.executable_real?
Value mx_file_s_is_executable_real(ExecCtx *ec, Value self, Value a) {
  return stat_real_access(ec, a, X_OK);
}

// File.size
Value mx_file_s_size(ExecCtx *ec, Value self, Value a) {
  struct stat info;
  IoObj *io = mx_io_peek(a);
  if (io && io->fd >= 0 && !mx_io_flush(ec, io)) return VAL_EXC;
  return stat_must_look(ec, a, "rb_file_s_size", &info) ? question_size(ec, &info) : VAL_EXC;
}

// File.identical?
Value mx_file_s_is_identical(ExecCtx *ec, Value self, Value a, Value b) {
  struct stat one, other;
  int there = stat_look(ec, a, &one);
  if (there > 0) there = stat_look(ec, b, &other);
  if (there < 0) return VAL_EXC;
  return val_bool(there && one.st_dev == other.st_dev && one.st_ino == other.st_ino);
}

// ---- making

// File.stat
Value mx_file_s_stat(ExecCtx *ec, Value self, Value a) {
  struct stat info;
  return stat_must_look(ec, a, "rb_file_s_stat", &info) ? mx_stat_new(ec, &info) : VAL_EXC;
}

// File.lstat
Value mx_file_s_lstat(ExecCtx *ec, Value self, Value a) {
  struct stat info;
  const char *path = stat_path(ec, a);
  if (!path) return VAL_EXC;
  return lstat(path, &info) == 0 ? mx_stat_new(ec, &info) : stat_raise(ec, "rb_file_lstat", a);
}

// File.ftype
Value mx_file_s_ftype(ExecCtx *ec, Value self, Value a) {
  struct stat info;
  const char *path = stat_path(ec, a);
  if (!path) return VAL_EXC;
  if (lstat(path, &info) < 0) return stat_raise(ec, "rb_file_s_ftype", a);
  return mx_str_from_cstr(ec, mx_stat_type(&info));
}

// File::Stat#initialize
Value mx_stat_m_initialize(ExecCtx *ec, Value self, Value a) {
  const char *path = stat_path(ec, a);
  if (!path) return VAL_EXC;
  return stat(path, mx_stat_get(self)) == 0 ? VAL_NIL : stat_raise(ec, "rb_file_s_stat", a);
}

// File::Stat#initialize_copy
Value mx_stat_m_initialize_copy(ExecCtx *ec, Value self, Value a) {
  const struct stat *from = mx_stat_get(a);
  if (!from) return mx_raise_type(ec, "wrong argument class");
  *mx_stat_get(self) = *from;
  return self;
}

// File::Stat.__of_descriptor(fd)
Value mx_stat_s_of_descriptor(ExecCtx *ec, Value self, Value a) {
  struct stat info;
  if (fstat((int)val_to_fixnum(a), &info) < 0) return mx_raise_errno(ec, errno, NULL);
  return mx_stat_new(ec, &info);
}

// ---- fields

#define FIELD(fn, expression)                          \
  Value fn(ExecCtx *ec, Value self) {                  \
    const struct stat *info = mx_stat_get(self);       \
    return mx_int_from_i64(ec, (int64_t)(expression)); \
  }
FIELD(mx_stat_m_dev, info->st_dev)
FIELD(mx_stat_m_dev_major, major(info->st_dev))
FIELD(mx_stat_m_dev_minor, minor(info->st_dev))
FIELD(mx_stat_m_ino, info->st_ino)
FIELD(mx_stat_m_mode, info->st_mode)
FIELD(mx_stat_m_nlink, info->st_nlink)
FIELD(mx_stat_m_uid, info->st_uid)
FIELD(mx_stat_m_gid, info->st_gid)
FIELD(mx_stat_m_rdev, info->st_rdev)
FIELD(mx_stat_m_rdev_major, major(info->st_rdev))
FIELD(mx_stat_m_rdev_minor, minor(info->st_rdev))
FIELD(mx_stat_m_size, info->st_size)
FIELD(mx_stat_m_blksize, info->st_blksize)
FIELD(mx_stat_m_blocks, info->st_blocks)
#undef FIELD

// File::Stat#symlink?
Value mx_stat_m_is_symlink(ExecCtx *ec, Value self) {
  return question_symlink(ec, mx_stat_get(self));
}

// File::Stat#ftype
Value mx_stat_m_ftype(ExecCtx *ec, Value self) {
  return mx_str_from_cstr(ec, mx_stat_type(mx_stat_get(self)));
}

// A time of a file as a Time.
static Value stat_time(ExecCtx *ec, struct timespec at) {
  return mx_time_at(ec, at.tv_sec, at.tv_nsec);
}

// File::Stat#<=>: by mtime
Value mx_stat_m_compare(ExecCtx *ec, Value self, Value a) {
  const struct stat *one = mx_stat_get(self), *other = mx_stat_get(a);
  if (!other) return VAL_NIL;
  return mx_send1(ec, stat_time(ec, one->st_mtim), SYM_CMP, stat_time(ec, other->st_mtim));
}

// A time, asked of File::Stat, of File, and of an open File.
#define TIME(which, field)                                       \
  Value mx_stat_m_##which(ExecCtx *ec, Value self) {             \
    return stat_time(ec, mx_stat_get(self)->field);              \
  }                                                              \
  Value mx_file_s_##which(ExecCtx *ec, Value self, Value a) {    \
    struct stat info;                                            \
    bool ok = stat_must_look(ec, a, "rb_file_s_" #which, &info); \
    return ok ? stat_time(ec, info.field) : VAL_EXC;             \
  }                                                              \
  Value mx_file_m_##which(ExecCtx *ec, Value self) { return mx_file_s_##which(ec, self, self); }
TIME(atime, st_atim)
TIME(mtime, st_mtim)
TIME(ctime, st_ctim)
#undef TIME

// When a file was made; the time of its last change where the file system does not know.
static Value stat_birth(ExecCtx *ec, Value v, const char *path, int fd) {
  struct statx info;
  int flags = path ? 0 : AT_EMPTY_PATH;
  if (statx(fd, path ? path : "", flags, STATX_BTIME | STATX_CTIME, &info) < 0)
    return stat_raise(ec, "rb_file_s_birthtime", v);
  struct statx_timestamp at = info.stx_mask & STATX_BTIME ? info.stx_btime : info.stx_ctime;
  return mx_time_at(ec, at.tv_sec, at.tv_nsec);
}

// File.birthtime
Value mx_file_s_birthtime(ExecCtx *ec, Value self, Value a) {
  if (mx_io_peek(a)) return mx_file_m_birthtime(ec, a);
  const char *path = stat_path(ec, a);
  return path ? stat_birth(ec, a, path, AT_FDCWD) : VAL_EXC;
}

// File#birthtime
Value mx_file_m_birthtime(ExecCtx *ec, Value self) {
  const IoObj *io = mx_io_get(ec, self);
  return io ? stat_birth(ec, self, NULL, io->fd) : VAL_EXC;
}
