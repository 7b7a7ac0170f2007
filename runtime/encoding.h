// SPDX-License-Identifier: MIT
// Encodings: an index per encoding, Oniguruma's tables for characters, iconv for conversion.
#ifndef MX_RUNTIME_ENCODING_H
#define MX_RUNTIME_ENCODING_H

#include "runtime/vm.h"

struct OnigEncodingTypeST; // Oniguruma's tables; only those who match include <oniguruma.h>

// EncIndex values are rows of encodings.def; the first three equal SYM_ENC_*.
typedef enum EncIndex {
#define ENCODING(ID, name, min, max, ascii, dummy, ONIG, iconv) ENC_##ID,
#include "runtime/encodings.def"
  ENC_COUNT,
  ENC_NONE = 0xff
} EncIndex;

typedef struct EncInfo {
  const char *name;                // "UTF-8"
  uint8_t min_len;                 // bytes of the shortest character
  uint8_t max_len;                 // of the longest
  bool ascii_compat;               // bytes below 128 mean ASCII
  bool dummy;                      // a name only: strings are handled as bytes
  const char *iconv;               // name for iconv, NULL when there is no conversion
  struct OnigEncodingTypeST *onig; // tables of its characters
} EncInfo;

MX_FUNC const EncInfo *mx_enc_info(EncIndex enc);
// Find by name or alias, any case; ENC_NONE when unknown.
MX_FUNC EncIndex mx_enc_find(const char *name, size_t len);
// The nth alias (in the order of encoding_aliases.def) and whose it is; NULL past the last.
MX_FUNC const char *mx_enc_alias(size_t n, EncIndex *enc);
// Is it one of Unicode's forms (UTF-8, UTF-16, UTF-32)?
MX_FUNC bool mx_enc_is_unicode(EncIndex enc);
// Length of the character at bytes, 0 when broken or cut off.
MX_FUNC size_t mx_enc_char_len(EncIndex enc, const char *bytes, const char *end);
// Are there whole characters only?
MX_FUNC bool mx_enc_is_valid(EncIndex enc, const char *bytes, size_t len);
// How many bytes a step over the character at bytes takes: a broken one takes the shortest.
MX_FUNC size_t mx_enc_step(EncIndex enc, const char *bytes, const char *end);
// Are the bytes at the cut-off end of a text the beginning of a character?
MX_FUNC bool mx_enc_is_prefix(EncIndex enc, const char *bytes, const char *end);
// Bytes of the broken sequence at bytes: the longest beginning of a character, at least one unit.
MX_FUNC size_t mx_enc_broken_len(EncIndex enc, const char *bytes, const char *end);
// Start of the character that holds the byte at `at`, or at itself at the beginning of one.
MX_FUNC const char *mx_enc_left(EncIndex enc, const char *start, const char *at, const char *end);
// Code point of the (whole, valid) character at bytes.
MX_FUNC uint32_t mx_enc_codepoint(EncIndex enc, const char *bytes, const char *end);
// Encode a code point; returns bytes written (at most 8), 0 when it has no form.
MX_FUNC size_t mx_enc_put(EncIndex enc, uint32_t codepoint, char *out);
// Is a code point of the encoding printable?
MX_FUNC bool mx_enc_is_print(EncIndex enc, uint32_t codepoint);
MX_FUNC Value mx_enc_object(ExecCtx *ec, EncIndex enc);  // the Encoding object
MX_FUNC bool mx_enc_from_object(Value v, EncIndex *out); // false when v is no Encoding
MX_FUNC MX_MUST_CHECK bool mx_enc_from_value(ExecCtx *ec, Value v,
                                             EncIndex *out); // Encoding or name
// Default encodings; ENC_NONE when there is no internal one.
MX_FUNC EncIndex mx_enc_default_external(VM *vm);
MX_FUNC EncIndex mx_enc_default_internal(VM *vm);
// Name as messages print it: "BINARY (ASCII-8BIT)".
MX_FUNC const char *mx_enc_display_name(EncIndex enc);
// Boot: make the Encoding objects, their constants and the defaults.
MX_FUNC void mx_enc_boot(ExecCtx *ec);

#endif
