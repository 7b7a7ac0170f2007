// SPDX-License-Identifier: MIT
// The byte builder: amortized growth, a NUL kept behind the last byte.
#include "runtime/base/strbuf.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { STRBUF_MIN_ROOM = 64 }; // bytes of the first allocation

// Make room for `more` bytes and the NUL.
void mx_strbuf_reserve(StrBuf *buf, size_t more) {
  if (more >= SIZE_MAX / 4 - buf->len) mx_check_out_of_memory(more);
  size_t needed = buf->len + more + 1;
  if (needed <= buf->room) return;
  size_t room = buf->room < STRBUF_MIN_ROOM ? STRBUF_MIN_ROOM : buf->room * 2;
  if (room < needed) room = needed;
  char *grown = realloc(buf->at, room);
  if (!grown) mx_check_out_of_memory(room);
  buf->at = grown;
  buf->room = room;
}

// Append NUL-terminated text.
void mx_strbuf_add_str(StrBuf *buf, const char *text) { mx_strbuf_add(buf, text, strlen(text)); }

// Append the same byte count times.
void mx_strbuf_add_repeat(StrBuf *buf, int byte, size_t count) {
  mx_strbuf_reserve(buf, count);
  memset(buf->at + buf->len, byte, count);
  buf->len += count;
  buf->at[buf->len] = '\0';
}

// Append a code point as UTF-8; surrogates get their three-byte form.
void mx_strbuf_add_utf8(StrBuf *buf, uint32_t codepoint) {
  uint32_t c = codepoint;
  MX_ASSERT(c <= 0x10FFFF, "code point %x", (unsigned)c);
  unsigned char bytes[4];
  size_t len;
  if (c < 0x80) {
    len = 1;
    bytes[0] = (unsigned char)c;
  } else if (c < 0x800) {
    len = 2;
    bytes[0] = (unsigned char)(0xC0 | c >> 6);
  } else if (c < 0x10000) {
    len = 3;
    bytes[0] = (unsigned char)(0xE0 | c >> 12);
  } else {
    len = 4;
    bytes[0] = (unsigned char)(0xF0 | c >> 18);
  }
  for (size_t i = len; i-- > 1; c >>= 6) bytes[i] = (unsigned char)(0x80 | (c & 0x3F));
  mx_strbuf_add(buf, bytes, len);
}

// Append formatted text.
void mx_strbuf_printf(StrBuf *buf, const char *fmt, ...) {
  va_list args;
  va_start(args, fmt);
  mx_strbuf_vprintf(buf, fmt, args);
  va_end(args);
}

// Append formatted text from an argument list.
void mx_strbuf_vprintf(StrBuf *buf, const char *fmt, va_list args) {
  va_list again;
  va_copy(again, args);
  int len = vsnprintf(NULL, 0, fmt, args);
  if (len > 0) {
    mx_strbuf_reserve(buf, (size_t)len);
    vsnprintf(buf->at + buf->len, (size_t)len + 1, fmt, again);
    buf->len += (size_t)len;
  }
  va_end(again);
}

// Return the bytes built so far, "" when there are none.
const char *mx_strbuf_text(const StrBuf *buf) { return buf->at ? buf->at : ""; }

// Drop the bytes from `len` on.
void mx_strbuf_truncate(StrBuf *buf, size_t len) {
  MX_ASSERT(len <= buf->len, "truncate %zu to %zu", buf->len, len);
  if (!buf->at) return;
  buf->len = len;
  buf->at[len] = '\0';
}

// Hand the bytes over to the caller, who frees them with free().
char *mx_strbuf_take(StrBuf *buf) {
  mx_strbuf_reserve(buf, 0);
  buf->at[buf->len] = '\0';
  char *bytes = buf->at;
  *buf = STRBUF_INIT;
  return bytes;
}

// Free the bytes and leave the buffer empty.
void mx_strbuf_free(StrBuf *buf) {
  free(buf->at);
  *buf = STRBUF_INIT;
}
