// SPDX-License-Identifier: MIT
// One directive of a format string and the text of numbers under it; shared by format*.c.
#ifndef MX_RUNTIME_FORMAT_NUMBER_H
#define MX_RUNTIME_FORMAT_NUMBER_H

#include "runtime/base/strbuf.h"
#include "runtime/vm.h"

enum {
  FMT_SPACE = 1 << 0, // ' '
  FMT_ALT = 1 << 1,   // '#'
  FMT_PLUS = 1 << 2,  // '+'
  FMT_MINUS = 1 << 3, // '-'
  FMT_ZERO = 1 << 4,  // '0'
};

typedef struct FormatSpec {
  uint32_t flags;    // FMT_*
  int64_t width;     // least number of characters, -1 when not given
  int64_t precision; // after the point, -1 when not given
  char type;         // conversion letter
} FormatSpec;

// Append an Integer under d i u o x X b B.
MX_FUNC MX_MUST_CHECK bool mx_format_integer(ExecCtx *ec, StrBuf *out, const FormatSpec *spec,
                                             Value n);
// The double to print instead of a positive one that is as good as halfway between two texts.
MX_FUNC double mx_format_settle_tie(double magnitude, const FormatSpec *spec);
// Append a number under f e E g G a A; Integers and Rationals are exact under f.
MX_FUNC MX_MUST_CHECK bool mx_format_float(ExecCtx *ec, StrBuf *out, const FormatSpec *spec,
                                           Value number);

#endif
