// SPDX-License-Identifier: MIT
// Files of bytes, read whole or in part and replaced in one step.
//
// The new bytes go to a temporary file in the same folder, which is then renamed. Its name holds
// the process id and is created exclusively, so writers never meet; of two that replace the same
// file, the later one wins.
#include "interp/image_file.h"
#include "runtime/gc.h"
#include "bytecode/mxc.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
  IMAGE_MAX_LEN = 0x7fffffff, // bytes
  IMAGE_PIECE = 65536,        // bytes: room for what has no size
  IMAGE_SPLIT = 32768,        // bytes: a smaller file is read at once
};

// ---- reading

// May this be read? Sets errno.
static bool image_is_fit(const struct stat *info, ImageTrust trust) {
  bool file = S_ISREG(info->st_mode);
  errno = S_ISDIR(info->st_mode) ? EISDIR : info->st_size > IMAGE_MAX_LEN ? EFBIG : EACCES;
  if (S_ISDIR(info->st_mode) || info->st_size > IMAGE_MAX_LEN) return false;
  if (trust == IMAGE_OWN) return file && info->st_uid == geteuid() && !(info->st_mode & 022);
  return file || trust == IMAGE_ANY;
}

// Read to the end, or up to a limit; false with errno set.
static bool image_read_all(int fd, size_t room, size_t limit, ImageBytes *out) {
  uint8_t *at = mx_gc_alloc_atomic(room);
  size_t len = 0;
  while (len < limit) {
    ssize_t got = read(fd, at + len, (room < limit ? room : limit) - len);
    if (got == 0) break;
    if (got < 0 && errno != EINTR) return false;
    if (got > 0) len += (size_t)got;
    if (len > IMAGE_MAX_LEN) return errno = EFBIG, false;
    if (len == room) at = mx_gc_realloc(at, room *= 2);
  }
  *out = (ImageBytes){at, len, NULL};
  return true;
}

size_t mx_image_head(int fd, size_t file_len) {
  uint8_t look[MXC_LOOK];
  if (file_len < IMAGE_SPLIT || pread(fd, look, sizeof look, 0) != (ssize_t)sizeof look)
    return file_len;
  return mx_mxc_head(look, sizeof look, file_len);
}

void mx_image_absolute(const char *path, StrBuf *out) {
  char folder[PATH_MAX];
  if (*path == '/')
    mx_strbuf_add_str(out, path);
  else if (getcwd(folder, sizeof folder))
    mx_strbuf_printf(out, "%s/%s", folder, path);
}

// The absolute form of a path in collected memory.
static const char *image_place(const char *path) {
  StrBuf text = STRBUF_INIT;
  mx_image_absolute(path, &text);
  char *copy = mx_gc_alloc_atomic(text.len + 1);
  memcpy(copy, mx_strbuf_text(&text), text.len + 1);
  mx_strbuf_free(&text);
  return copy;
}

// Read a file, or its head if it has one and may be split.
static ImageBytes image_read(const char *path, ImageTrust trust, bool split) {
  ImageBytes bytes = {0};
  struct stat info;
  int fd = open(path, O_RDONLY | O_CLOEXEC | (trust == IMAGE_ANY ? 0 : O_NONBLOCK));
  if (fd < 0) return bytes;
  bool ok = fstat(fd, &info) == 0 && image_is_fit(&info, trust);
  bool sized = ok && S_ISREG(info.st_mode);
  size_t len = sized ? (size_t)info.st_size : 0,
         head = sized && split ? mx_image_head(fd, len) : len;
  // One byte more than there should be, so that the end is met without another round.
  size_t room = sized ? head + 1 : IMAGE_PIECE;
  ok = ok && image_read_all(fd, room, head < len ? head : SIZE_MAX, &bytes);
  int error = errno;
  close(fd);
  if (ok && head < len) bytes.path = image_place(path);
  errno = error;
  return bytes;
}

ImageBytes mx_image_read(const char *path, ImageTrust trust) {
  return image_read(path, trust, false);
}

ImageBytes mx_image_read_program(const char *path) { return image_read(path, IMAGE_ANY, true); }

const char *mx_image_read_part(const char *path, size_t start, size_t len) {
  int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  struct stat info;
  bool fits = fd >= 0 && fstat(fd, &info) == 0 && S_ISREG(info.st_mode) &&
              (uint64_t)info.st_size >= start + len;
  char *at = fits ? mx_gc_alloc_atomic(len) : NULL;
  for (size_t done = 0; at && done < len;) {
    ssize_t got = pread(fd, at + done, len - done, (off_t)(start + done));
    if (got > 0)
      done += (size_t)got;
    else if (got == 0 || errno != EINTR)
      at = NULL;
  }
  if (fd >= 0) close(fd);
  return at;
}

// ---- writing

// Write all bytes to a descriptor, and to the disk when asked; false with errno set.
static bool image_fill(int fd, const StrBuf *bytes, bool durable) {
  size_t done = 0;
  while (done < bytes->len) {
    ssize_t put = write(fd, bytes->at + done, bytes->len - done);
    if (put > 0) done += (size_t)put;
    if (put < 0 && errno != EINTR) return false;
  }
  return !durable || fsync(fd) == 0;
}

// Fill a new file and give it its name.
static bool image_replace(const char *temporary, const char *path, const StrBuf *bytes,
                          bool durable) {
  int fd = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  if (fd < 0) return false;
  int error = image_fill(fd, bytes, durable) ? 0 : errno;
  if (close(fd) != 0 && error == 0) error = errno;
  if (error == 0 && rename(temporary, path) != 0) error = errno;
  if (error == 0) return true;
  unlink(temporary);
  errno = error;
  return false;
}

bool mx_image_write(const char *path, const StrBuf *bytes, bool durable) {
  StrBuf temporary = STRBUF_INIT;
  mx_strbuf_printf(&temporary, "%s.%ld.tmp", path, (long)getpid());
  bool ok = image_replace(temporary.at, path, bytes, durable);
  if (!ok && errno == EEXIST) {
    // Left by a process of the same number that was killed.
    unlink(temporary.at);
    ok = image_replace(temporary.at, path, bytes, durable);
  }
  int error = errno;
  mx_strbuf_free(&temporary);
  errno = error;
  return ok;
}
