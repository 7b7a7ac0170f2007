// SPDX-License-Identifier: MIT
// Compiled files on disk: read whole, and replaced in one step.
#ifndef MX_INTERP_IMAGE_FILE_H
#define MX_INTERP_IMAGE_FILE_H

#include "runtime/base/strbuf.h"

// Bytes of a file, in collected memory.
typedef struct ImageBytes {
  uint8_t *at; // NULL when it could not be read
  size_t len;
} ImageBytes;

// What may be read.
typedef enum ImageTrust {
  IMAGE_ANY,  // whatever can be read to its end
  IMAGE_FILE, // a file
  IMAGE_OWN,  // a file that this user owns and nobody else can write to
} ImageTrust;

// Read at most 2 GiB; when it fails, errno says why.
MX_FUNC ImageBytes mx_image_read(const char *path, ImageTrust trust);
// Write a file so that others see the old one or the new one, whole, and never anything else; false
// with errno set. durable: it is on the disk before it gets its name.
MX_FUNC MX_MUST_CHECK bool mx_image_write(const char *path, const StrBuf *bytes, bool durable);

#endif
