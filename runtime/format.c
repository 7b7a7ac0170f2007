// SPDX-License-Identifier: MIT
// Format strings: parsing of directives, choice of arguments, text arguments.
//
//   % [flags] [width] [.precision] type     flags: space # + - 0, n$, <name>, * and *n$ widths
//   %{name}                                 the value's to_s, under flags and width before it
// Arguments are taken in order, by number or by name, and the three ways do not mix.
#include "runtime/format.h"

#include "runtime/array.h"
#include "runtime/format_number.h"
#include "runtime/hash.h"
#include "runtime/integer.h"
#include "runtime/numeric.h"
#include "runtime/semantics.h"
#include "runtime/string.h"

#include <string.h>

enum { FORMAT_MAX_WIDTH = 1 << 28 }; // beyond: ArgumentError

typedef struct Format {
  ExecCtx *ec;
  const char *at;    // next byte of the format
  const char *end;   // one past its last byte
  int argc;          // arguments
  const Value *argv; // arguments
  int next;          // next argument in order; -1 once numbers, -2 once names were used
  Value hash;        // keywords, nil before a name was used
  EncIndex enc;      // encoding of the result so far
  StrBuf out;        // result so far
  Value picked;      // argument that n$ or <name> chose, VAL_UNDEF when there is none
  Sym picked_name;   // name in <name>, SYM_NONE without
} Format;

// Raise ArgumentError; returns VAL_EXC.
#define format_error(f, ...) mx_raise_arg((f)->ec, __VA_ARGS__)

// Next argument in order.
static Value next_arg(Format *f) {
  if (f->picked != VAL_UNDEF) return f->picked;
  if (f->next == -1) return format_error(f, "unnumbered(1) mixed with numbered");
  if (f->next == -2) return format_error(f, "unnumbered(1) mixed with named");
  if (f->next >= f->argc) return format_error(f, "too few arguments");
  return f->argv[f->next++];
}

// Argument by number, from 1.
static Value numbered_arg(Format *f, int64_t number) {
  if (f->next > 0) {
    return format_error(f, "numbered(%lld) after unnumbered(%d)", (long long)number, f->next);
  }
  if (f->next == -2) return format_error(f, "numbered(%lld) after named", (long long)number);
  if (number < 1) return format_error(f, "invalid index - %lld$", (long long)number);
  f->next = -1;
  if (number > f->argc) return format_error(f, "too few arguments");
  return f->argv[number - 1];
}

// The one Hash that names are looked up in.
static bool find_hash(Format *f) {
  if (!val_is_nil(f->hash)) return true;
  if (f->argc != 1) {
    format_error(f, "one hash required");
    return false;
  }
  f->hash = mx_check_convert(f->ec, f->argv[0], f->ec->vm->cls.Hash, SYM_to_hash);
  if (val_is_nil(f->hash)) format_error(f, "one hash required");
  return val_is_hash(f->hash);
}

// Argument by name; shown is the name with its brackets, for messages.
static Value named_arg(Format *f, Sym name, int shown_len, const char *shown) {
  if (f->next > 0)
    return format_error(f, "named%.*s after unnumbered(%d)", shown_len, shown, f->next);
  if (f->next == -1) return format_error(f, "named%.*s after numbered", shown_len, shown);
  f->next = -2;
  if (!find_hash(f)) return VAL_EXC;
  Value v = mx_hash_get_sym(f->hash, name);
  if (v != VAL_UNDEF) return v;
  v = mx_hash_fetch(f->ec, f->hash, val_from_sym(name));
  if (!val_is_nil(v)) return v;
  return mx_raise_key(f->ec, f->hash, val_from_sym(name), "key%.*s not found", shown_len, shown);
}

// Read a decimal number at the cursor; false + ArgumentError beyond the limit.
static bool read_number(Format *f, int64_t *number, const char *what) {
  int64_t n = 0;
  while (f->at < f->end && *f->at >= '0' && *f->at <= '9') {
    n = n * 10 + (*f->at++ - '0');
    if (n > FORMAT_MAX_WIDTH) {
      format_error(f, "%s too big", what);
      return false;
    }
  }
  *number = n;
  return true;
}

// Read `*` or `*n$` behind the star: a number from the arguments.
static bool read_star(Format *f, int64_t *number, const char *what) {
  const char *start = f->at;
  int64_t index;
  if (!read_number(f, &index, what)) return false;
  Value v;
  if (f->at > start && f->at < f->end && *f->at == '$') {
    f->at++;
    v = numbered_arg(f, index);
  } else {
    f->at = start;
    v = next_arg(f);
  }
  if (v == VAL_EXC || !mx_to_int64(f->ec, v, number)) return false;
  if (*number <= FORMAT_MAX_WIDTH && *number >= -FORMAT_MAX_WIDTH) return true;
  format_error(f, "%s too big", what);
  return false;
}

// Set the width, a negative one as a minus flag.
static bool set_width(Format *f, FormatSpec *spec, int64_t width) {
  if (spec->width >= 0) {
    format_error(f, "width given twice");
    return false;
  }
  if (width < 0) spec->flags |= FMT_MINUS;
  spec->width = width < 0 ? -width : width;
  return true;
}

// Read digits: a width, or the number of an argument before `$`.
static bool read_width_or_index(Format *f, FormatSpec *spec) {
  int64_t number;
  if (!read_number(f, &number, "width")) return false;
  if (f->at >= f->end || *f->at != '$') {
    if (spec->precision < 0) return set_width(f, spec, number);
    format_error(f, "width after precision");
    return false;
  }
  f->at++;
  if (f->picked != VAL_UNDEF) {
    format_error(f, "value given twice - %lld$", (long long)number);
    return false;
  }
  f->picked = numbered_arg(f, number);
  return f->picked != VAL_EXC;
}

// Read a precision behind its point.
static bool read_precision(Format *f, FormatSpec *spec) {
  if (spec->precision >= 0) {
    format_error(f, "precision given twice");
    return false;
  }
  if (f->at < f->end && *f->at == '*') {
    f->at++;
    if (!read_star(f, &spec->precision, "precision")) return false;
    if (spec->precision < 0) spec->precision = -1;
    return true;
  }
  return read_number(f, &spec->precision, "precision");
}

// Read the name up to its closing bracket and pick its value.
static bool read_name(Format *f, char close) {
  const char *open = f->at - 1, *stop = memchr(f->at, close, (size_t)(f->end - f->at));
  if (!stop) {
    format_error(f, "malformed name - unmatched parenthesis");
    return false;
  }
  int shown = (int)(stop + 1 - open);
  if (f->picked_name != SYM_NONE) {
    SymName old = mx_sym_name(&f->ec->vm->symtab, f->picked_name);
    format_error(f, "named%.*s after <%.*s>", shown, open, (int)old.len, old.bytes);
    return false;
  }
  Value text = mx_str_new(f->ec, f->at, (size_t)(stop - f->at), f->enc);
  f->picked_name = mx_str_to_sym(f->ec, text);
  f->at = stop + 1;
  f->picked = named_arg(f, f->picked_name, shown, open);
  return f->picked != VAL_EXC;
}

// Flag of a character, 0 for none.
static uint32_t flag_of(char c) {
  switch (c) {
  case ' ': return FMT_SPACE;
  case '#': return FMT_ALT;
  case '+': return FMT_PLUS;
  case '-': return FMT_MINUS;
  case '0': return FMT_ZERO;
  default: return 0;
  }
}

// Add a flag; flags come before width and precision.
static bool add_flag(Format *f, FormatSpec *spec, uint32_t flag) {
  f->at++;
  spec->flags |= flag;
  if (spec->width < 0 && spec->precision < 0) return true;
  format_error(f, spec->precision >= 0 ? "flag after precision" : "flag after width");
  return false;
}

// Read one part of a directive before its type; *type is set when it is reached.
static bool read_part(Format *f, FormatSpec *spec, bool *done) {
  char c = *f->at;
  int64_t width;
  if (flag_of(c)) return add_flag(f, spec, flag_of(c));
  if (c >= '1' && c <= '9') return read_width_or_index(f, spec);
  f->at++;
  switch (c) {
  case '*': return read_star(f, &width, "width") && set_width(f, spec, width);
  case '.': return read_precision(f, spec);
  case '<': return read_name(f, '>');
  case '{':
    spec->type = 's'; // ends the directive
    *done = true;
    return read_name(f, '}');
  default:
    spec->type = c;
    *done = true;
    return true;
  }
}

// Read a directive behind its percent sign.
static bool read_spec(Format *f, FormatSpec *spec) {
  const char *start = f->at;
  bool done = false;
  while (!done && f->at < f->end) {
    if (!read_part(f, spec, &done)) return false;
  }
  if (done) return true;
  if (f->at == start) {
    format_error(f, "incomplete format specifier; use %%%% (double %%) instead");
  } else if (spec->width >= 0) {
    format_error(f, "malformed format string - %%*[0-9]");
  } else {
    format_error(f, "malformed format string - %%%.*s", (int)(f->end - start), start);
  }
  return false;
}

// ---- text arguments

// Take over the encoding of a text that is inserted; false when both cannot stand together.
static bool merge_encoding(Format *f, Value text) {
  EncIndex enc = mx_str_enc(text);
  if (enc == f->enc || mx_str_content(text) == STR_ASCII) return true;
  Value sofar = mx_str_new(f->ec, mx_strbuf_text(&f->out), f->out.len, f->enc);
  EncIndex both = mx_str_compatible(sofar, text);
  if (both != ENC_NONE) {
    f->enc = both;
    return true;
  }
  mx_raise(f->ec, f->ec->vm->cls.CompatibilityError, "incompatible character encodings: %s and %s",
           mx_enc_info(f->enc)->name, mx_enc_info(enc)->name);
  return false;
}

// Append text, cut to the precision and padded to the width, both in characters.
static bool put_text(Format *f, const FormatSpec *spec, Value text) {
  if (!merge_encoding(f, text)) return false;
  size_t len = mx_str_len(text), chars = mx_str_char_count(text);
  if (spec->precision >= 0 && (size_t)spec->precision < chars) {
    chars = (size_t)spec->precision;
    len = mx_str_char_to_byte(text, chars);
  }
  size_t pad = spec->width > (int64_t)chars ? (size_t)spec->width - chars : 0;
  if (!(spec->flags & FMT_MINUS)) mx_strbuf_add_repeat(&f->out, ' ', pad);
  mx_strbuf_add(&f->out, mx_str_bytes(text), len);
  if (spec->flags & FMT_MINUS) mx_strbuf_add_repeat(&f->out, ' ', pad);
  return true;
}

// Character of a %c argument: the first one of a String, or a code point.
static Value character_of(Format *f, Value v) {
  Value text = mx_check_convert(f->ec, v, f->ec->vm->cls.String, SYM_to_str);
  if (text == VAL_EXC) return text;
  if (!val_is_nil(text)) {
    size_t len = mx_str_len(text);
    return mx_str_slice(f->ec, text, 0, len ? mx_str_char_len(text, 0) : 0);
  }
  int64_t code;
  char bytes[8];
  Value n = mx_to_int(f->ec, v);
  if (n == VAL_EXC || !mx_to_int64(f->ec, n, &code)) return VAL_EXC;
  if (code < 0) return format_error(f, "invalid character");
  EncIndex enc = f->enc == ENC_US_ASCII && code > 127 ? ENC_BINARY : f->enc;
  size_t len = code > UINT32_MAX ? 0 : mx_enc_put(enc, (uint32_t)code, bytes);
  if (!len) return mx_raise_range(f->ec, "%lld out of char range", (long long)code);
  return mx_str_new(f->ec, bytes, len, enc);
}

// Insert an argument under s, p or c.
static bool put_text_arg(Format *f, FormatSpec *spec, Value v) {
  Value text;
  if (spec->type == 'c') {
    text = character_of(f, v);
    spec->precision = -1;
  } else {
    text = spec->type == 'p' ? mx_inspect(f->ec, v) : mx_to_s(f->ec, v);
  }
  return text != VAL_EXC && put_text(f, spec, text);
}

// Insert an argument under an integer conversion.
static bool put_integer_arg(Format *f, const FormatSpec *spec, Value v) {
  Value n = mx_num_to_integer(f->ec, v, VAL_NIL);
  return n != VAL_EXC && mx_format_integer(f->ec, &f->out, spec, n);
}

// Format one directive behind its percent sign.
static bool put_directive(Format *f) {
  FormatSpec spec = {.width = -1, .precision = -1};
  f->picked = VAL_UNDEF;
  f->picked_name = SYM_NONE;
  if (f->at < f->end && *f->at == '%') {
    mx_strbuf_add_byte(&f->out, *f->at++);
    return true;
  }
  if (!read_spec(f, &spec)) return false;
  if (spec.type == '%') {
    format_error(f, "invalid format character - %%");
    return false;
  }
  if (!spec.type || !strchr("cspdiuoxXbBfeEgGaA", spec.type)) {
    format_error(f, "malformed format string - %%%c", spec.type);
    return false;
  }
  Value v = next_arg(f);
  if (v == VAL_EXC) return false;
  if (strchr("csp", spec.type)) return put_text_arg(f, &spec, v);
  if (strchr("diuoxXbB", spec.type)) return put_integer_arg(f, &spec, v);
  return mx_format_float(f->ec, &f->out, &spec, v);
}

// Format everything into f->out.
static bool run(Format *f) {
  while (f->at < f->end) {
    const char *percent = memchr(f->at, '%', (size_t)(f->end - f->at));
    const char *stop = percent ? percent : f->end;
    mx_strbuf_add(&f->out, f->at, (size_t)(stop - f->at));
    f->at = stop;
    if (!percent) break;
    f->at++;
    if (!put_directive(f)) return false;
  }
  if (f->next >= 0 && f->next < f->argc && f->ec->vm->options.debug) {
    format_error(f, "too many arguments for format string");
    return false;
  }
  return true;
}

// Arguments that the format did not ask for: an error under $DEBUG, a warning under $VERBOSE.
static bool format_check_rest(const Format *f) {
  bool named = f->argc == 1 && val_is_hash(f->argv[0]);
  if (f->next < 0 || f->next >= f->argc || named) return true;
  if (f->ec->vm->options.debug) {
    (void)format_error(f, "too many arguments for format string");
    return false;
  }
  mx_warn_verbose(f->ec, "too many arguments for format string");
  return true;
}

// Format by a String.
Value mx_format(ExecCtx *ec, Value fmt, int argc, const Value *argv) {
  Value text = mx_to_str(ec, fmt);
  if (text == VAL_EXC) return text;
  // GC: the format is copied to a slice, so that guest code cannot change the bytes being read.
  text = mx_str_new(ec, mx_str_bytes(text), mx_str_len(text), mx_str_enc(text));
  const char *bytes = mx_str_bytes(text);
  Format f = {.ec = ec,
              .at = bytes,
              .end = bytes + mx_str_len(text),
              .argc = argc,
              .argv = argv,
              .hash = VAL_NIL,
              .enc = mx_str_enc(text),
              .picked = VAL_UNDEF};
  bool ok = run(&f) && format_check_rest(&f);
  Value result = ok ? mx_str_new(ec, mx_strbuf_text(&f.out), f.out.len, f.enc) : VAL_EXC;
  mx_strbuf_free(&f.out);
  return result;
}

#undef format_error
