// SPDX-License-Identifier: MIT
// Formats of Array#pack and String#unpack, read directive by directive.
#ifndef MX_BUILTINS_PACK_FORMAT_H
#define MX_BUILTINS_PACK_FORMAT_H

#include "runtime/vm.h"

typedef struct PackFormat {
  const char *p;     // rest of the format
  const char *end;   // of the format
  const char *start; // of the format, for messages
} PackFormat;

typedef struct PackItem {
  char type;      // directive
  bool big;       // most significant byte first
  bool star;      // count is *
  bool has_count; // a number was given
  int64_t count;  // repetitions or bytes; 1 without one
  uint8_t size;   // bytes of an integer or float, 0 for other directives
  bool is_signed; // integers
  bool is_float;  // floats
} PackItem;

// Read the next directive: 1 read, 0 at the end, -1 raised. verb: "pack" or "unpack".
MX_FUNC int mx_pack_next(ExecCtx *ec, PackFormat *format, const char *verb, PackItem *item);

#endif
