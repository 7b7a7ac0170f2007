// SPDX-License-Identifier: MIT
// Storage of strings: inline bytes, buffers that strings share, growth, splicing.
//
// Short strings live in their cell. Longer ones have a StrBuffer; slices and dups point into the
// same buffer, and the first writer copies (FL_STR_SHARED is a hint that never goes away by
// itself: a buffer that was shared once is copied by each of its owners that writes).
// INVARIANTS:
// 1. An unshared heap string's bytes begin its buffer, and a NUL follows them.
// 2. A shared slice may lack the NUL; mx_str_cstr() makes it.
// 3. The content bits of the header are STR_UNKNOWN or true.
#include "runtime/string.h"

#include "runtime/hash.h"

#include <stdio.h>

enum { STRING_MIN_ROOM = 64 }; // bytes of the smallest buffer

// Forget what is known of the bytes and the breadcrumb.
static void string_forget(String *s) {
  s->h.flags &= ~(3u << FL_STR_CONTENT_SHIFT);
  if (s->h.flags & FL_STR_HEAP) s->as.heap.crumb_char = s->as.heap.crumb_byte = 0;
}

// Bytes of a String struct.
static char *string_bytes(String *s) {
  return s->h.flags & FL_STR_HEAP ? s->as.heap.bytes : s->as.bytes;
}

// Allocate a buffer with room for `room` bytes and the NUL.
static StrBuffer *string_buffer_new(ExecCtx *ec, size_t room) {
  StrBuffer *buffer = mx_gc_alloc(ec->vm->lists, GC_KIND_BYTES, sizeof(StrBuffer) + room + 1);
  buffer->cap = room + 1;
  return buffer;
}

// Allocate an empty plain String.
static String *string_alloc(ExecCtx *ec, EncIndex enc) {
  String *s = mx_object_alloc(ec, ec->vm->cls.String, T_STRING, sizeof(String));
  s->h.flags |= (uint32_t)enc << FL_STR_ENC_SHIFT;
  return s;
}

// Give a fresh string storage for len bytes and a NUL behind them.
static void string_init_storage(ExecCtx *ec, String *s, size_t len) {
  s->len = len;
  if (len > STR_INLINE_MAX) {
    s->as.heap.buffer = string_buffer_new(ec, len);
    s->as.heap.bytes = s->as.heap.buffer->bytes;
    s->h.flags |= FL_STR_HEAP;
  }
  string_bytes(s)[len] = 0;
}

// Make a String of a copy of bytes; NULL bytes leave the contents undefined.
Value mx_str_new(ExecCtx *ec, const char *bytes, size_t len, EncIndex enc) {
  String *s = string_alloc(ec, enc);
  string_init_storage(ec, s, len);
  if (bytes && len > 0) memcpy(string_bytes(s), bytes, len);
  return val_from_ptr(s);
}

// Make a zeroed String of a length that a program gave.
Value mx_str_of_size(ExecCtx *ec, size_t len, EncIndex enc) {
  if (len > STR_MAX_LEN)
    return mx_raise(ec, ec->vm->cls.NoMemoryError, "failed to allocate memory");
  Value str = mx_str_new(ec, NULL, len, enc);
  memset(mx_str_bytes(str), 0, len);
  return str;
}

// Make an UTF-8 String.
Value mx_str_utf8(ExecCtx *ec, const char *bytes, size_t len) {
  return mx_str_new(ec, bytes, len, ENC_UTF_8);
}

// Make an UTF-8 String of C text.
Value mx_str_from_cstr(ExecCtx *ec, const char *text) {
  return mx_str_new(ec, text, strlen(text), ENC_UTF_8);
}

// Make a US-ASCII String of C text.
Value mx_str_ascii(ExecCtx *ec, const char *text) {
  return mx_str_new(ec, text, strlen(text), ENC_US_ASCII);
}

// Make an UTF-8 String by a printf format.
Value mx_str_printf(ExecCtx *ec, const char *fmt, ...) {
  StrBuf buf = STRBUF_INIT;
  va_list args;
  va_start(args, fmt);
  mx_strbuf_vprintf(&buf, fmt, args);
  va_end(args);
  return mx_str_from_buf(ec, &buf);
}

// Make an UTF-8 String of a builder's bytes and free the builder.
Value mx_str_from_buf(ExecCtx *ec, StrBuf *buf) {
  Value str = mx_str_utf8(ec, buf->at, buf->len);
  mx_strbuf_free(buf);
  return str;
}

// Make `to` see bytes [start, start + len) of a heap string's buffer.
static void string_share(String *to, String *from, size_t start, size_t len) {
  from->h.flags |= FL_STR_SHARED;
  to->h.flags |= FL_STR_HEAP | FL_STR_SHARED;
  to->len = len;
  to->as.heap.buffer = from->as.heap.buffer;
  to->as.heap.bytes = from->as.heap.bytes + start;
  to->as.heap.crumb_char = to->as.heap.crumb_byte = 0;
}

// Copy or share a span of one string into a fresh other one of the same encoding.
static void string_take_span(String *to, String *from, size_t start, size_t len) {
  if (len > STR_INLINE_MAX) {
    string_share(to, from, start, len);
    return;
  }
  to->len = len;
  memcpy(to->as.bytes, string_bytes(from) + start, len);
  to->as.bytes[len] = 0;
}

// Make a plain String with the same bytes, sharing the buffer.
Value mx_str_dup(ExecCtx *ec, Value str) {
  String *from = val_to_string(str);
  String *s = string_alloc(ec, mx_str_enc(str));
  string_take_span(s, from, 0, from->len);
  s->h.flags |= from->h.flags & (3u << FL_STR_CONTENT_SHIFT);
  return val_from_ptr(s);
}

// Make a plain String of a span of bytes, sharing the buffer when it is long.
Value mx_str_slice(ExecCtx *ec, Value str, size_t byte_start, size_t byte_len) {
  String *from = val_to_string(str);
  MX_ASSERT(byte_start <= from->len && byte_len <= from->len - byte_start, "slice of %zu bytes",
            from->len);
  String *s = string_alloc(ec, mx_str_enc(str));
  string_take_span(s, from, byte_start, byte_len);
  if (((from->h.flags >> FL_STR_CONTENT_SHIFT) & 3) == STR_ASCII)
    s->h.flags |= (uint32_t)STR_ASCII << FL_STR_CONTENT_SHIFT;
  return val_from_ptr(s);
}

// The frozen String that stands for all with these bytes and encoding (-str).
Value mx_str_freeze_dedup(ExecCtx *ec, Value str) {
  Value key = mx_object_is_frozen(ec, str) ? str : mx_str_dup(ec, str);
  if (val_is_nil(ec->vm->fstrings)) ec->vm->fstrings = mx_hash_new(ec);
  mx_object_freeze(ec, key);
  Value known = mx_hash_get(ec, ec->vm->fstrings, key);
  if (val_is_string(known)) return mx_str_enc(known) == mx_str_enc(key) ? known : key;
  bool set = !val_is_exc(known) && mx_hash_set(ec, ec->vm->fstrings, key, key);
  MX_ASSERT(set, "strings hash without raising");
  MX_UNUSED(set);
  return key;
}

// ---- writing

// Move a string's bytes into a buffer of its own with room for `room` bytes.
static void string_own(ExecCtx *ec, String *s, size_t room) {
  StrBuffer *buffer = string_buffer_new(ec, room);
  memcpy(buffer->bytes, string_bytes(s), s->len);
  buffer->bytes[s->len] = 0;
  s->as.heap.buffer = buffer;
  s->as.heap.bytes = buffer->bytes;
  s->as.heap.crumb_char = s->as.heap.crumb_byte = 0;
  s->h.flags = (s->h.flags | FL_STR_HEAP) & ~FL_STR_SHARED;
}

// Enlarge the buffer of an unshared heap string.
static void string_grow(String *s, size_t room) {
  StrBuffer *buffer = mx_gc_realloc(s->as.heap.buffer, sizeof(StrBuffer) + room + 1);
  buffer->cap = room + 1;
  s->as.heap.buffer = buffer;
  s->as.heap.bytes = buffer->bytes;
}

// Make a string writable with room for `needed` bytes; growth is geometric.
static void string_make_room(ExecCtx *ec, String *s, size_t needed) {
  bool heap = s->h.flags & FL_STR_HEAP;
  if (!heap && needed <= STR_INLINE_MAX) return;
  bool own = heap && !(s->h.flags & FL_STR_SHARED);
  if (own && needed < s->as.heap.buffer->cap) return;
  size_t room = needed > s->len ? needed + needed / 2 : s->len;
  if (room < STRING_MIN_ROOM) room = STRING_MIN_ROOM;
  if (own)
    string_grow(s, room);
  else
    string_own(ec, s, room);
}

// Make unshared and forget the content; raises FrozenError.
bool mx_str_modify(ExecCtx *ec, Value str) {
  if (!mx_object_check_frozen(ec, str)) return false;
  String *s = val_to_string(str);
  string_make_room(ec, s, s->len);
  string_forget(s);
  return true;
}

// Set the length; new bytes are undefined.
void mx_str_resize(ExecCtx *ec, Value str, size_t len) {
  String *s = val_to_string(str);
  string_make_room(ec, s, len);
  string_forget(s);
  s->len = len;
  string_bytes(s)[len] = 0;
}

// Make room for `room` bytes in all.
void mx_str_reserve(ExecCtx *ec, Value str, size_t room) {
  String *s = val_to_string(str);
  if (room < s->len) room = s->len;
  bool own = (s->h.flags & (FL_STR_HEAP | FL_STR_SHARED)) == FL_STR_HEAP;
  if (room <= STR_INLINE_MAX || (own && room < s->as.heap.buffer->cap)) return;
  if (own)
    string_grow(s, room);
  else
    string_own(ec, s, room);
}

// Append bytes whose content is known or STR_UNKNOWN.
static void string_append(ExecCtx *ec, String *s, const char *bytes, size_t len, StrContent added) {
  StrContent known =
      s->len == 0 ? STR_ASCII : (StrContent)((s->h.flags >> FL_STR_CONTENT_SHIFT) & 3);
  StrContent joined = mx_str_joined_content(known, added);
  size_t old = s->len;
  bool inside = bytes >= string_bytes(s) && bytes < string_bytes(s) + old;
  size_t offset = inside ? (size_t)(bytes - string_bytes(s)) : 0;
  string_make_room(ec, s, old + len);
  char *to = string_bytes(s);
  memmove(to + old, inside ? to + offset : bytes, len);
  s->len = old + len;
  to[s->len] = 0;
  s->h.flags &= ~(3u << FL_STR_CONTENT_SHIFT);
  s->h.flags |= (uint32_t)joined << FL_STR_CONTENT_SHIFT;
  // The last character may go on in the new bytes: its crumb must not be trusted.
  if (joined == STR_UNKNOWN) string_forget(s);
}

// Append bytes as they are.
void mx_str_append_bytes(ExecCtx *ec, Value str, const char *bytes, size_t len) {
  String *s = val_to_string(str);
  StrContent content = STR_UNKNOWN;
  if (len <= STR_INLINE_MAX || ((s->h.flags >> FL_STR_CONTENT_SHIFT) & 3) != STR_UNKNOWN)
    content = mx_str_scan(mx_str_enc(str), bytes, len);
  string_append(ec, s, bytes, len, content);
}

// Change the encoding index alone.
static void string_put_enc(String *s, EncIndex enc) {
  s->h.flags &= ~(0xffu << FL_STR_ENC_SHIFT);
  s->h.flags |= (uint32_t)enc << FL_STR_ENC_SHIFT;
}

// Append a String whose encoding agrees; CompatibilityError, FrozenError.
bool mx_str_append(ExecCtx *ec, Value str, Value other) {
  EncIndex enc;
  if (!mx_object_check_frozen(ec, str)) return false;
  if (!mx_str_check_compatible(ec, str, other, &enc)) return false;
  if (mx_str_len(str) + mx_str_len(other) > STR_MAX_LEN)
    return mx_raise(ec, ec->vm->cls.NoMemoryError, "failed to allocate memory"), false;
  StrContent added = mx_str_content(other);
  String *s = val_to_string(str);
  if (enc != mx_str_enc(str)) string_put_enc(s, enc);
  string_append(ec, s, mx_str_bytes(other), mx_str_len(other), added);
  return true;
}

// Replace a span of bytes by another String.
bool mx_str_splice(ExecCtx *ec, Value str, size_t byte_start, size_t byte_len, Value with) {
  EncIndex enc;
  if (!mx_object_check_frozen(ec, str)) return false;
  if (!mx_str_check_compatible(ec, str, with, &enc)) return false;
  if (str == with) with = mx_str_dup(ec, with);
  size_t old = mx_str_len(str), added = mx_str_len(with), tail = old - byte_start - byte_len;
  String *s = val_to_string(str);
  string_make_room(ec, s, old > old - byte_len + added ? old : old - byte_len + added);
  char *bytes = string_bytes(s);
  memmove(bytes + byte_start + added, bytes + byte_start + byte_len, tail);
  memcpy(bytes + byte_start, mx_str_bytes(with), added);
  s->len = byte_start + added + tail;
  bytes[s->len] = 0;
  string_forget(s);
  string_put_enc(s, enc);
  return true;
}

// Take over another string's bytes and encoding.
void mx_str_become(ExecCtx *ec, Value str, Value other) {
  MX_UNUSED(ec);
  if (str == other) return;
  String *s = val_to_string(str), *from = val_to_string(other);
  s->h.flags &= ~(uint32_t)(FL_STR_HEAP | FL_STR_SHARED | (3u << FL_STR_CONTENT_SHIFT));
  string_take_span(s, from, 0, from->len);
  string_put_enc(s, mx_str_enc(other));
  s->h.flags |= from->h.flags & (3u << FL_STR_CONTENT_SHIFT);
}

// Change the encoding and forget the content.
void mx_str_set_enc(Value str, EncIndex enc) {
  String *s = val_to_string(str);
  string_put_enc(s, enc);
  string_forget(s);
}

// C text of a String; NULL + ArgumentError when it holds a NUL.
const char *mx_str_cstr(ExecCtx *ec, Value str) {
  String *s = val_to_string(str);
  if (memchr(string_bytes(s), 0, s->len)) {
    mx_raise_arg(ec, "string contains null byte");
    return NULL;
  }
  if (s->h.flags & FL_STR_SHARED) string_own(ec, s, s->len);
  return string_bytes(s);
}
