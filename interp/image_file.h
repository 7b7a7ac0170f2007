// SPDX-License-Identifier: MIT
// Compiled files on disk: read whole or up to their text, and replaced in one step.
#ifndef MX_INTERP_IMAGE_FILE_H
#define MX_INTERP_IMAGE_FILE_H

#include "runtime/base/strbuf.h"

// Bytes of a file, in collected memory.
typedef struct ImageBytes {
  uint8_t *at; // NULL when it could not be read
  size_t len;
  const char *path; // absolute, when the bytes are the head of an image: where the text is
} ImageBytes;

// What may be read.
typedef enum ImageTrust {
  IMAGE_ANY,  // whatever can be read to its end
  IMAGE_FILE, // a file
  IMAGE_OWN,  // a file that this user owns and nobody else can write to
} ImageTrust;

// Read at most 2 GiB; when it fails, errno says why.
MX_FUNC ImageBytes mx_image_read(const char *path, ImageTrust trust);
// The same of IMAGE_ANY, but of an image that is as long as it says, its head.
MX_FUNC ImageBytes mx_image_read_program(const char *path);
// How much of an open file a program is read from (mx_mxc_head).
MX_FUNC size_t mx_image_head(int fd, size_t file_len);
// The absolute form of a path; "" when there is none. Links are not followed.
MX_FUNC void mx_image_absolute(const char *path, StrBuf *out);
// Read `len` bytes of a file from an offset on; NULL when there are fewer. Collected memory.
MX_FUNC const char *mx_image_read_part(const char *path, size_t start, size_t len);
// Write a file so that others see the old one or the new one, whole, and never anything else; false
// with errno set. durable: it is on the disk before it gets its name.
MX_FUNC MX_MUST_CHECK bool mx_image_write(const char *path, const StrBuf *bytes, bool durable);

#endif
