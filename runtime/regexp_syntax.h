// SPDX-License-Identifier: MIT
// From Ruby's regular expressions to those that Oniguruma takes.
#ifndef MX_RUNTIME_REGEXP_SYNTAX_H
#define MX_RUNTIME_REGEXP_SYNTAX_H

#include "runtime/base/strbuf.h"
#include "runtime/encoding.h"

typedef struct RegexpText {
  StrBuf text;       // pattern for Oniguruma; the caller frees it
  EncIndex enc;      // encoding that the pattern needs: ENC_NONE when it is ASCII only
  const char *error; // reason why it is no pattern, or NULL
} RegexpText;

// Translate a source in an encoding. extended: the x option is on;
// unicode: the pattern is for subjects in UTF-8. Escapes for bytes above 127
// mean characters of `enc`; \u means UTF-8.
MX_FUNC RegexpText mx_regexp_translate(const char *source, size_t len, EncIndex enc, bool extended,
                                       bool unicode);

#endif
