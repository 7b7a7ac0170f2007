// SPDX-License-Identifier: MIT
// Growable byte builder on malloc, always NUL-terminated (the NUL is not counted).
// OWNERSHIP: the owner calls mx_strbuf_free(), or takes the bytes with mx_strbuf_take().
#ifndef MX_BASE_STRBUF_H
#define MX_BASE_STRBUF_H

#include "runtime/base/check.h"
#include <stdarg.h>
#include <string.h>

typedef struct StrBuf {
  char *at;    // bytes, NULL while empty and never grown
  size_t len;  // bytes in use
  size_t room; // bytes allocated
} StrBuf;

#define STRBUF_INIT ((StrBuf){0})

// Make room for `more` bytes and the NUL.
MX_FUNC void mx_strbuf_reserve(StrBuf *buf, size_t more);
// Append bytes, which must not lie in the buffer itself.
static inline void mx_strbuf_add(StrBuf *buf, const void *bytes, size_t len) {
  // No overflow: a builder with room never has more than SIZE_MAX / 4 bytes.
  if (MX_UNLIKELY(len >= buf->room - buf->len || buf->room == 0)) mx_strbuf_reserve(buf, len);
  if (len > 0) memcpy(buf->at + buf->len, bytes, len);
  buf->len += len;
  buf->at[buf->len] = '\0';
}
// Append one byte.
static inline void mx_strbuf_add_byte(StrBuf *buf, int byte) {
  char c = (char)byte;
  mx_strbuf_add(buf, &c, 1);
}
MX_FUNC void mx_strbuf_add_str(StrBuf *buf, const char *text); // NUL-terminated text
MX_FUNC void mx_strbuf_add_repeat(StrBuf *buf, int byte, size_t count);
// Append a code point as UTF-8; accepts any value up to 0x10FFFF, surrogates included.
MX_FUNC void mx_strbuf_add_utf8(StrBuf *buf, uint32_t codepoint);
MX_FUNC void mx_strbuf_printf(StrBuf *buf, const char *fmt, ...) MX_PRINTF(2, 3);
MX_FUNC void mx_strbuf_vprintf(StrBuf *buf, const char *fmt, va_list args);
MX_FUNC const char *mx_strbuf_text(const StrBuf *buf); // "" when empty
MX_FUNC void mx_strbuf_truncate(StrBuf *buf, size_t len);
MX_FUNC char *mx_strbuf_take(StrBuf *buf); // caller frees with free(); buf is empty afterwards
MX_FUNC void mx_strbuf_free(StrBuf *buf);

#endif
