// SPDX-License-Identifier: MIT
// Files of bytes, read whole and replaced in one step.
//
// The new bytes go to a temporary file in the same folder, which is then renamed. Its name holds
// the process id and is created exclusively, so writers never meet; of two that replace the same
// file, the later one wins.
#include "interp/image_file.h"
#include "runtime/base/pages.h"
#include "runtime/gc.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
  IMAGE_MAX_LEN = 0x7fffffff, // bytes
  IMAGE_PIECE = 65536,        // bytes: room for what has no size
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

// Read to the end; false with errno set.
static bool image_read_all(int fd, size_t room, ImageBytes *out) {
  uint8_t *at = mx_gc_alloc_atomic(room);
  size_t len = 0;
  mx_pages_expect(at, room);
  for (;;) {
    ssize_t got = read(fd, at + len, room - len);
    if (got == 0) break;
    if (got < 0 && errno != EINTR) return false;
    if (got > 0) len += (size_t)got;
    if (len > IMAGE_MAX_LEN) return errno = EFBIG, false;
    if (len == room) at = mx_gc_realloc(at, room *= 2);
  }
  *out = (ImageBytes){at, len};
  return true;
}

ImageBytes mx_image_read(const char *path, ImageTrust trust) {
  ImageBytes bytes = {0};
  struct stat info;
  int fd = open(path, O_RDONLY | O_CLOEXEC | (trust == IMAGE_ANY ? 0 : O_NONBLOCK));
  if (fd < 0) return bytes;
  bool ok = fstat(fd, &info) == 0 && image_is_fit(&info, trust);
  // One byte more than there should be, so that the end is met without another round.
  size_t room = ok && S_ISREG(info.st_mode) ? (size_t)info.st_size + 1 : IMAGE_PIECE;
  ok = ok && image_read_all(fd, room, &bytes);
  int error = errno;
  close(fd);
  errno = error;
  return bytes;
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
  bool ok = image_fill(fd, bytes, durable);
  int error = errno;
  if (close(fd) != 0 && ok) {
    ok = false;
    error = errno;
  }
  if (ok && rename(temporary, path) == 0) return true;
  if (ok) error = errno;
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
