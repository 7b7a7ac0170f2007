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
typedef enum ConvertStatus {
  CONVERT_FINISHED,   // all of it
  CONVERT_INCOMPLETE, // the end is the beginning of a character
  CONVERT_INVALID,    // broken bytes
  CONVERT_UNDEFINED,  // a character that the target lacks
  CONVERT_RAISED,     // a replacement could not be converted
} ConvertStatus;

// How far a piece was converted.
typedef struct ConvertStep {
  ConvertStatus status; // why it ended
  size_t used;          // bytes read in front of what is wrong
  size_t wrong;         // bytes that are wrong
  size_t again;         // bytes behind them that were looked at to know so
  Value out;            // String: what was converted
} ConvertStep;

// Convert up to the end or to what is wrong, without raising.
MX_FUNC ConvertStep mx_str_convert_step(ExecCtx *ec, Value str, EncIndex from, EncIndex to,
                                        const ConvertOptions *options);
// Is there a way from one encoding to the other?
MX_FUNC bool mx_enc_can_convert(EncIndex from, EncIndex to);

#endif
