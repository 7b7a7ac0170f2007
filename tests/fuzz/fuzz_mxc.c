// SPDX-License-Identifier: MIT
// Damaged images to the loader of compiled files: it answers, and what it accepts is verified.
//
// Input: an image; it is loaded whole and then by its head. What would refuse every change at once
// is made right first: magic, format, length, engine and digests, those of bodies when their turn
// comes. Seeds are the compiled tests.
#include "bytecode/mxc_format.h"
#include "tests/fuzz/fuzz.h"

enum { BODY_MAX = 2000 }; // bodies looked at in one input

static void fuzz_set_fixed(uint8_t *at, uint32_t n) {
  for (int i = 0; i < 4; i++) at[i] = (uint8_t)(n >> 8 * i);
}

// Enter the digest of bytes of the image, if they are there.
static void fuzz_seal(uint8_t *image, uint32_t size, uint32_t at, uint32_t start, uint32_t len) {
  if (start > size || len > size - start || at + DIGEST_BYTES > size) return;
  Digest digest = mx_digest(image + start, len);
  memcpy(image + at, digest.bytes, DIGEST_BYTES);
}

// Make the header right, but for what it says of parts.
static void fuzz_seal_header(uint8_t *image, uint32_t size) {
  static const uint32_t parts[][2] = {{MXC_AT_SOURCE, MXC_AT_SOURCE_SUM},
                                      {MXC_AT_INFO, MXC_AT_INFO_SUM},
                                      {MXC_AT_NAMES, MXC_AT_NAMES_SUM}};
  Digest engine = mx_mxc_engine();
  memcpy(image, MXC_MAGIC, sizeof MXC_MAGIC - 1);
  fuzz_set_fixed(image + MXC_AT_FORMAT, MXC_FORMAT);
  fuzz_set_fixed(image + MXC_AT_LENGTH, size);
  memcpy(image + MXC_AT_ENGINE, engine.bytes, DIGEST_BYTES);
  for (size_t i = 0; i < MX_COUNT_OF(parts); i++)
    fuzz_seal(image, size, parts[i][1], mxc_get_fixed(image + parts[i][0]),
              mxc_get_fixed(image + parts[i][0] + 4));
  memset(image + MXC_AT_HEADER_SUM, 0, DIGEST_BYTES);
  fuzz_seal(image, size, MXC_AT_HEADER_SUM, 0, MXC_HEADER);
}

// Make the digest in a reference right.
static void fuzz_seal_body(uint8_t *image, uint32_t size, uint32_t reference) {
  uint32_t start = mxc_get_fixed(image + reference);
  if (start <= size && size - start >= 4)
    fuzz_seal(image, size, reference + 8, start, mxc_get_fixed(image + start));
}

// Load the bodies below a chunk; no more than are left.
static void fuzz_load_below(ExecCtx *ec, MxcFile *file, uint8_t *image, Chunk *chunk, int *left) {
  for (uint32_t i = 0; i < chunk->body_count && (*left)-- > 0; i++) {
    fuzz_seal_body(image, file->len, chunk->bodies[i].offset);
    if (!mx_mxc_load(ec, file, chunk, i)) {
      (void)mx_exc_take(ec);
      continue;
    }
    if (!(chunk->bodies[i].chunk->flags & CHUNK_VERIFIED)) abort();
    fuzz_load_below(ec, file, image, chunk->bodies[i].chunk, left);
  }
}

// Load all of a file that was opened, and ask where its text has lines.
static void fuzz_load(ExecCtx *ec, MxcFile *file, uint8_t *image) {
  int left = BODY_MAX;
  fuzz_seal_body(image, file->len, file->reference);
  Chunk *program = mx_mxc_program(ec, file);
  if (program)
    fuzz_load_below(ec, file, image, program, &left);
  else
    (void)mx_exc_take(ec);
  const MxcSource *inside = mx_mxc_source(file);
  Source lines = {.len = inside->len, .newlines = inside->newlines, .places = inside->places};
  for (uint64_t at = 0; at <= inside->len; at += inside->len / 64 + 1)
    if (mx_source_pos(&lines, (uint32_t)at).column > at + 1) abort();
}

// Open the first `len` bytes, all of the image or its head, and load what there is.
static void fuzz_open(const uint8_t *bytes, size_t len, const char *path) {
  // A block of its own to the byte, so that the sanitizer sees whoever looks beyond it.
  uint8_t *image = malloc(len);
  if (!image) exit(2);
  memcpy(image, bytes, len);
  ExecCtx *ec = fuzz_next_vm();
  StrBuf why = STRBUF_INIT;
  MxcFile *file = mx_mxc_open_head(ec, image, len, path, "fuzz", &why);
  mx_strbuf_free(&why);
  if (file) fuzz_load(ec, file, image);
  free(image);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size < MXC_HEADER) return 0;
  uint8_t *image = malloc(size);
  if (!image) exit(2);
  memcpy(image, data, size);
  fuzz_seal_header(image, (uint32_t)size);
  fuzz_open(image, size, NULL);
  size_t head = mx_mxc_head(image, size, size);
  if (head < size) fuzz_open(image, head, "/nowhere");
  free(image);
  return 0;
}
