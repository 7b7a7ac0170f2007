// SPDX-License-Identifier: MIT
// Strings: bytes with an encoding; symbols' text.
//
//   inline (len < 32)   [ header | len | 32 bytes, NUL behind the last            ]
//   heap                [ header | len | bytes -> | buffer -> | crumb char, byte  ]
// Heap bytes lie in a StrBuffer that slices and dups share until one side writes. The header's
// flags cache the encoding index and what is known of the content. One (character, byte)
// breadcrumb makes walking an UTF-8 string by index linear overall.
#ifndef MX_RUNTIME_STRING_H
#define MX_RUNTIME_STRING_H

#include "runtime/base/strbuf.h"
#include "runtime/encoding.h"
#include "runtime/vm.h"

typedef struct StrBuffer {
  size_t cap;   // bytes that fit, the NUL included
  char bytes[]; // pointer-free memory
} StrBuffer;

enum {
  STR_INLINE_MAX = 31, // bytes, without the NUL
  FL_STR_HEAP = 1u << FL_USER_SHIFT,
  FL_STR_SHARED = 1u << (FL_USER_SHIFT + 1), // buffer may be seen by another string
  FL_STR_CONTENT_SHIFT = FL_USER_SHIFT + 2,  // two bits: StrContent
  FL_STR_ENC_SHIFT = 24,                     // eight bits: EncIndex
};

#define STR_MAX_LEN ((size_t)1 << 31) // bytes; beyond: NoMemoryError or ArgumentError

// What is known of the bytes.
typedef enum StrContent { STR_UNKNOWN, STR_ASCII, STR_VALID, STR_BROKEN } StrContent;

typedef struct String {
  Header h;
  size_t len; // bytes
  union {
    char bytes[STR_INLINE_MAX + 1];
    struct {
      char *bytes;         // may point into the middle of the buffer
      StrBuffer *buffer;   // GC: also keeps it alive
      uint32_t crumb_char; // breadcrumb: character index ...
      uint32_t crumb_byte; // ... and its byte offset
    } heap;
  } as;
} String;

static inline bool val_is_string(Value v) { return val_is_type(v, T_STRING); }
static inline String *val_to_string(Value v) { return VAL_CAST(String, v); }
static inline char *mx_str_bytes(Value v) {
  String *s = val_to_string(v);
  return s->h.flags & FL_STR_HEAP ? s->as.heap.bytes : s->as.bytes;
}
static inline size_t mx_str_len(Value v) { return val_to_string(v)->len; } // bytes
static inline EncIndex mx_str_enc(Value v) {
  return (EncIndex)(val_header(v)->flags >> FL_STR_ENC_SHIFT);
}

MX_FUNC Value mx_str_new(ExecCtx *ec, const char *bytes, size_t len, EncIndex enc);
// As mx_str_new, zeroed, of a length that a program gave; NoMemoryError beyond STR_MAX_LEN.
MX_FUNC MX_MUST_CHECK Value mx_str_of_size(ExecCtx *ec, size_t len, EncIndex enc);
MX_FUNC Value mx_str_utf8(ExecCtx *ec, const char *bytes, size_t len);
MX_FUNC Value mx_str_from_cstr(ExecCtx *ec, const char *text);                  // UTF-8
MX_FUNC Value mx_str_ascii(ExecCtx *ec, const char *text);                      // US-ASCII
MX_FUNC Value mx_str_printf(ExecCtx *ec, const char *fmt, ...) MX_PRINTF(2, 3); // UTF-8
MX_FUNC Value mx_str_from_buf(ExecCtx *ec, StrBuf *buf);                        // UTF-8; frees buf
MX_FUNC Value mx_str_dup(ExecCtx *ec, Value str); // plain String, shares the buffer
MX_FUNC Value mx_str_slice(ExecCtx *ec, Value str, size_t byte_start, size_t byte_len);
MX_FUNC Value mx_str_freeze_dedup(ExecCtx *ec, Value str); // -str

// Writers: raise FrozenError; the content cache is kept true.
MX_FUNC MX_MUST_CHECK bool mx_str_modify(ExecCtx *ec, Value str); // make unshared, forget content
MX_FUNC MX_MUST_CHECK bool mx_str_append(ExecCtx *ec, Value str,
                                         Value other); // encodings must agree
MX_FUNC void mx_str_append_bytes(ExecCtx *ec, Value str, const char *bytes, size_t len);
MX_FUNC void mx_str_resize(ExecCtx *ec, Value str, size_t len); // unshares; new bytes are undefined
// Room for `room` bytes in all; the length stays.
MX_FUNC void mx_str_reserve(ExecCtx *ec, Value str, size_t room);
// Take over another string's bytes and encoding (replace); no checks.
MX_FUNC void mx_str_become(ExecCtx *ec, Value str, Value other);
MX_FUNC MX_MUST_CHECK bool mx_str_splice(ExecCtx *ec, Value str, size_t byte_start, size_t byte_len,
                                         Value with);

// Content and characters.
MX_FUNC StrContent mx_str_content(Value str);                   // computes and caches
MX_FUNC void mx_str_set_enc(Value str, EncIndex enc);           // forgets content
MX_FUNC void mx_str_set_content(Value str, StrContent content); // the caller knows
// May characters be taken for bytes (ASCII only, or an encoding of single bytes)?
MX_FUNC bool mx_str_is_single_byte(Value str);
MX_FUNC bool mx_str_is_ascii(Value str); // ASCII only, in an ASCII-compatible encoding
// What a and b are together, in one encoding.
MX_FUNC StrContent mx_str_joined_content(StrContent a, StrContent b);
MX_FUNC StrContent mx_str_scan(EncIndex enc, const char *bytes, size_t len);
// Characters in a span of bytes.
MX_FUNC size_t mx_str_count_span(EncIndex enc, StrContent content, const char *bytes, size_t len);
MX_FUNC size_t mx_str_char_count(Value str);
// Byte offset of a character index (clamped to the end).
MX_FUNC size_t mx_str_char_to_byte(Value str, size_t index);
MX_FUNC size_t mx_str_byte_to_char(Value str, size_t offset);
// Bytes of the character at an offset (1 for a broken byte).
MX_FUNC size_t mx_str_char_len(Value str, size_t offset);
// Encoding that both agree on, or ENC_NONE (Encoding.compatible?).
MX_FUNC EncIndex mx_str_compatible(Value a, Value b);
// As above; ENC_NONE raises Encoding::CompatibilityError.
MX_FUNC MX_MUST_CHECK bool mx_str_check_compatible(ExecCtx *ec, Value a, Value b, EncIndex *out);

MX_FUNC int mx_str_cmp(Value a, Value b); // bytes, then encodings; -1, 0, 1
MX_FUNC bool mx_str_eq(Value a, Value b);
MX_FUNC uint64_t mx_str_hash(VM *vm, Value str);
MX_FUNC Value mx_str_inspect(ExecCtx *ec, Value str);
MX_FUNC Value mx_str_dump(ExecCtx *ec, Value str);
MX_FUNC MX_MUST_CHECK Value mx_str_undump(ExecCtx *ec, Value str); // RuntimeError

// C text of a String without NUL bytes inside; NULL + ArgumentError "string contains null byte".
MX_FUNC const char *mx_str_cstr(ExecCtx *ec, Value str);

// Index of bytes inside bytes, -1 when absent; characters are not looked at.
MX_FUNC int64_t mx_str_find_bytes(const char *in, size_t in_len, const char *what, size_t len);

// Symbols.
MX_FUNC Value mx_sym_to_str(ExecCtx *ec, Sym sym);  // new String
MX_FUNC Sym mx_str_to_sym(ExecCtx *ec, Value str);  // intern
MX_FUNC Value mx_sym_inspect(ExecCtx *ec, Sym sym); // ":foo", ":\"a b\""
// Would :name print without quotes; name followed by `:` in a Hash literal?
MX_FUNC bool mx_sym_is_simple(VM *vm, Sym sym);
MX_FUNC bool mx_sym_is_simple_key(VM *vm, Sym sym);

#endif
