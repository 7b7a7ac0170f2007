// SPDX-License-Identifier: MIT
// Encodings: an index per encoding, Oniguruma's tables for characters, iconv for conversion.
#ifndef MX_RUNTIME_ENCODING_H
#define MX_RUNTIME_ENCODING_H

#include "runtime/vm.h"

// EncIndex values are rows of encodings.def; the first three equal SYM_ENC_*.
typedef enum EncIndex {
#define ENCODING(ID, name, min, max, ascii) ENC_##ID,
#include "runtime/encodings.def"
  ENC_COUNT,
  ENC_NONE = 0xff
} EncIndex;

typedef struct EncInfo {
  const char *name;  // "UTF-8"
  uint8_t min_len;   // bytes of the shortest character
  uint8_t max_len;   // of the longest
  bool ascii_compat; // bytes below 128 mean ASCII
} EncInfo;

MX_FUNC const EncInfo *mx_enc_info(EncIndex enc);
// Find by name or alias, any case; ENC_NONE when unknown.
MX_FUNC EncIndex mx_enc_find(const char *name, size_t len);
// Length of the character at bytes, 0 when broken or cut off.
MX_FUNC size_t mx_enc_char_len(EncIndex enc, const char *bytes, const char *end);
// Code point of the (whole, valid) character at bytes.
MX_FUNC uint32_t mx_enc_codepoint(EncIndex enc, const char *bytes, const char *end);
// Encode a code point; returns bytes written (at most 8), 0 when it has no form.
MX_FUNC size_t mx_enc_put(EncIndex enc, uint32_t codepoint, char *out);
MX_FUNC Value mx_enc_object(ExecCtx *ec, EncIndex enc); // the Encoding object
MX_FUNC MX_MUST_CHECK bool mx_enc_from_value(ExecCtx *ec, Value v,
                                             EncIndex *out); // Encoding or name

#endif
