// SPDX-License-Identifier: MIT
// How to open: modes ("rb+:utf-8:utf-16", Integers), and the keywords that say the same.
#include "runtime/hash.h"
#include "runtime/integer.h"
#include "runtime/io.h"
#include "runtime/semantics.h"
#include "runtime/string.h"

#include <fcntl.h>
#include <strings.h>

// Take the Hash of keywords off the end of arguments.
Value mx_io_take_options(int *argc, const Value *argv) {
  if (*argc == 0 || !val_is_hash(argv[*argc - 1])) return VAL_NIL;
  return argv[--*argc];
}

// A keyword, VAL_UNDEF when absent.
Value mx_io_option(ExecCtx *ec, Value options, const char *name) {
  return val_is_hash(options) ? mx_hash_get_sym(options, mx_sym(ec->vm, name)) : VAL_UNDEF;
}

// An encoding by name; unknown ones are warned of and left out.
static bool mode_find_encoding(ExecCtx *ec, const char *name, size_t len, EncIndex *out) {
  EncIndex enc = mx_enc_find(name, len);
  if (enc == ENC_NONE) mx_warn(ec, "Unsupported encoding %.*s ignored", (int)len, name);
  *out = enc;
  return true;
}

// Read "external[:internal]"; "BOM|" before the name of an encoding asks to skip the mark.
bool mx_io_parse_encoding(ExecCtx *ec, const char *text, IoMode *out) {
  if (strncasecmp(text, "BOM|", 4) == 0) {
    out->bom = true;
    text += 4;
  }
  size_t len = strcspn(text, ":");
  out->has_encoding = true;
  if (!(len == 1 && *text == '-') && !mode_find_encoding(ec, text, len, &out->external))
    return false;
  if (text[len] != ':' || strcmp(text + len + 1, "-") == 0) return true;
  const char *internal = text + len + 1;
  if (!mode_find_encoding(ec, internal, strlen(internal), &out->internal)) return false;
  if (out->internal == out->external) out->internal = ENC_NONE;
  return true;
}

// Flags of O_* that say which way bytes may go.
static uint32_t mode_access(int oflags) {
  int access = oflags & O_ACCMODE;
  uint32_t flags = access == O_RDONLY ? IO_READABLE : IO_WRITABLE;
  if (access == O_RDWR) flags |= IO_READABLE;
  return oflags & O_APPEND ? flags | IO_APPEND : flags;
}

// What the letter at the front of a mode means; -1 for no mode.
static int mode_letter(char letter) {
  switch (letter) {
  case 'r': return O_RDONLY;
  case 'w': return O_WRONLY | O_CREAT | O_TRUNC;
  case 'a': return O_WRONLY | O_CREAT | O_APPEND;
  default: return -1;
  }
}

// Read the letters behind the first one; NULL when one is unknown.
static const char *mode_modifiers(const char *at, IoMode *out) {
  for (; *at && *at != ':'; at++) {
    if (*at == 'b')
      out->flags |= IO_BINARY;
    else if (*at == 't')
      out->flags |= IO_CRLF;
    else if (*at == '+')
      out->oflags = (out->oflags & ~O_ACCMODE) | O_RDWR;
    else if (*at == 'x' && (out->oflags & O_TRUNC))
      out->oflags |= O_EXCL;
    else
      return NULL;
  }
  return at;
}

// Read a mode String.
static bool mode_parse_text(ExecCtx *ec, Value mode, IoMode *out) {
  const char *text = mx_str_cstr(ec, mode);
  if (!text) return false;
  out->oflags = mode_letter(*text);
  const char *rest = out->oflags < 0 ? NULL : mode_modifiers(text + 1, out);
  if (!rest || (out->flags & (IO_BINARY | IO_CRLF)) == (IO_BINARY | IO_CRLF)) {
    (void)mx_raise_arg(ec, "invalid access mode %s", text);
    return false;
  }
  return *rest != ':' || mx_io_parse_encoding(ec, rest + 1, out);
}

// Read a mode of any kind.
static bool mode_parse_value(ExecCtx *ec, Value mode, IoMode *out) {
  out->has_mode = true;
  if (!val_is_integer(mode)) {
    Value text = mx_check_convert(ec, mode, ec->vm->cls.String, SYM_to_str);
    if (val_is_exc(text)) return false;
    if (!val_is_nil(text)) return mode_parse_text(ec, text, out);
  }
  int64_t number;
  if (!mx_to_int64(ec, mode, &number)) return false;
  out->oflags = (int)number;
  return true;
}

// Is a keyword there and true?
static bool mode_is_set(ExecCtx *ec, Value options, const char *name) {
  Value v = mx_io_option(ec, options, name);
  return !val_is_undef(v) && val_truthy(v);
}

// An Encoding or name given by a keyword.
static bool mode_take_encoding(ExecCtx *ec, Value v, EncIndex *out, IoMode *mode) {
  if (val_is_undef(v) || val_is_nil(v)) return true;
  mode->has_encoding = true;
  if (val_is_string(v) && mx_str_len(v) == 1 && *mx_str_bytes(v) == '-') return true;
  if (val_is_string(v) && mx_str_len(v) > 4 && strncasecmp(mx_str_bytes(v), "BOM|", 4) == 0) {
    mode->bom = true;
    v = mx_str_slice(ec, v, 4, mx_str_len(v) - 4);
  }
  return mx_enc_from_value(ec, v, out);
}

// Read the keywords that name encodings.
static bool mode_parse_encodings(ExecCtx *ec, Value options, IoMode *out) {
  Value both = mx_io_option(ec, options, "encoding");
  if (!val_is_undef(both) && !val_is_nil(both)) {
    if (!val_is_string(both)) return mode_take_encoding(ec, both, &out->external, out);
    if (!mx_io_parse_encoding(ec, mx_str_bytes(both), out)) return false;
  }
  Value external = mx_io_option(ec, options, "external_encoding");
  Value internal = mx_io_option(ec, options, "internal_encoding");
  return mode_take_encoding(ec, external, &out->external, out) &&
         mode_take_encoding(ec, internal, &out->internal, out);
}

// Read all keywords.
static bool mode_parse_options(ExecCtx *ec, Value options, IoMode *out) {
  Value mode = mx_io_option(ec, options, "mode");
  if (!val_is_undef(mode) && !val_is_nil(mode)) {
    if (out->has_mode) return !val_is_exc(mx_raise_arg(ec, "mode specified twice"));
    if (!mode_parse_value(ec, mode, out)) return false;
  }
  Value flags = mx_io_option(ec, options, "flags");
  int64_t more = 0;
  if (!val_is_undef(flags) && !val_is_nil(flags) && !mx_to_int64(ec, flags, &more)) return false;
  out->oflags |= (int)more;
  bool binary = mode_is_set(ec, options, "binmode");
  if (binary && mode_is_set(ec, options, "textmode"))
    return !val_is_exc(mx_raise_arg(ec, "both textmode and binmode specified"));
  if (binary) out->flags |= IO_BINARY;
  if (mode_is_set(ec, options, "universal_newline")) out->flags |= IO_CRLF;
  return mode_parse_encodings(ec, options, out);
}

// Mode (String, Integer or nil) and keywords.
bool mx_io_parse_mode(ExecCtx *ec, Value mode, Value options, IoMode *out) {
  *out = (IoMode){.oflags = O_RDONLY, .external = ENC_NONE, .internal = ENC_NONE};
  if (!val_is_undef(mode) && !val_is_nil(mode) && !mode_parse_value(ec, mode, out)) return false;
  if (val_is_hash(options) && !mode_parse_options(ec, options, out)) return false;
  out->flags |= mode_access(out->oflags);
  if ((out->flags & IO_BINARY) && !out->has_encoding) out->external = ENC_BINARY;
  return true;
}
