// SPDX-License-Identifier: MIT
// Conversion of strings between encodings, as String#encode does.
#ifndef MX_RUNTIME_ENCODING_CONVERT_H
#define MX_RUNTIME_ENCODING_CONVERT_H

#include "runtime/string.h"

enum {
  CONVERT_INVALID_REPLACE = 1 << 0, // broken bytes become the replacement
  CONVERT_UNDEF_REPLACE = 1 << 1,   // characters without a counterpart, too
  CONVERT_XML_TEXT = 1 << 2,        // & < > become entities
  CONVERT_XML_ATTR = 1 << 3,        // and ", with quotes around the whole
  CONVERT_UNIVERSAL = 1 << 4,       // \r\n and \r become \n
  CONVERT_CRLF = 1 << 5,            // \n becomes \r\n
  CONVERT_CR = 1 << 6,              // \n becomes \r
};

typedef struct ConvertOptions {
  uint32_t flags; // CONVERT_*
  Value replace;  // String, or nil for the default
  Value fallback; // Hash, Proc, Method or what answers to [], or nil
} ConvertOptions;

// Convert a string; the Encoding::*Error classes.
MX_FUNC MX_MUST_CHECK Value mx_str_convert(ExecCtx *ec, Value str, EncIndex from, EncIndex to,
                                           const ConvertOptions *options);
// Is there a way from one encoding to the other?
MX_FUNC bool mx_enc_can_convert(EncIndex from, EncIndex to);

#endif
