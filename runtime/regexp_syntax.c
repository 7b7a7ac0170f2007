// SPDX-License-Identifier: MIT
// From Ruby's regular expressions to those that Oniguruma takes: one pass over the source.
//
// What differs:
// - \w \d \s are ASCII in Ruby (\b and [[:word:]] are not): they become bracket expressions, as
//   Oniguruma's own switch would change \b and the POSIX brackets too;
// - the options a, d and u of (?...) select between these; Oniguruma has no such letters;
// - \uXXXX and \u{...} become the characters themselves, as do runs of \xHH above 127;
// - \c and \M- become the byte they mean.
// - a quantifier behind an anchor or look-around, which Oniguruma refuses, gets a group to stand
//   on: (?:^(?:))? for ^?;
// - \R is spelled out, since Oniguruma 6.9.8 fails to repeat it;
// - a backslash in front of a letter that means nothing in Ruby is dropped.
// Comments and bracket expressions are followed so that nothing inside them is mistaken. All
// else, errors of syntax among it, is left to Oniguruma.
#include "runtime/regexp_syntax.h"

#include "runtime/base/vec.h"

#include <ctype.h>

enum { SYNTAX_X = 1, SYNTAX_UNICODE = 2, SYNTAX_ASCII = 4 }; // options followed, per group

// An open group.
typedef struct SyntaxGroup {
  size_t start;    // offset of its parenthesis in the result
  uint8_t options; // SYNTAX_* that hold in it
  bool is_anchor;  // look-around
  bool is_plain;   // (?:...), which leaves no trace
  bool anchored;   // an anchor stands in it
} SyntaxGroup;

typedef struct Syntax {
  const char *p;           // next byte of the source
  const char *end;         // of the source
  EncIndex enc;            // of the source
  RegexpText *out;         // result
  bool unicode;            // the target is UTF-8
  uint32_t brackets;       // open bracket expressions
  VEC(SyntaxGroup) groups; // open groups, the whole pattern first
} Syntax;

// Note a reason and stop at the end.
static void syntax_fail(Syntax *s, const char *why) {
  if (!s->out->error) s->out->error = why;
  s->p = s->end;
}

// Options that hold here.
static uint8_t *syntax_options(Syntax *s) { return &vec_last(&s->groups).options; }

// Note that the pattern needs an encoding; two that differ are an error.
static void syntax_need(Syntax *s, EncIndex enc) {
  if (s->out->enc == ENC_NONE)
    s->out->enc = enc;
  else if (s->out->enc != enc)
    syntax_fail(s, enc == ENC_UTF_8 ? "UTF-8 character in non UTF-8 regexp"
                                    : "escaped non ASCII character in UTF-8 regexp");
}

// Copy the next n bytes.
static void syntax_copy(Syntax *s, size_t n) {
  if (n > (size_t)(s->end - s->p)) n = (size_t)(s->end - s->p);
  mx_strbuf_add(&s->out->text, s->p, n);
  s->p += n;
}

// Copy one character.
static void syntax_copy_char(Syntax *s) {
  if (s->p == s->end) return;
  if ((unsigned char)*s->p < 0x80) {
    syntax_copy(s, 1);
    return;
  }
  size_t len = mx_enc_char_len(s->enc, s->p, s->end);
  if (len == 0) {
    syntax_fail(s, "invalid multibyte character");
    return;
  }
  syntax_need(s, s->enc);
  syntax_copy(s, len);
}

// Does a quantifier follow?
static bool syntax_at_quantifier(const Syntax *s) {
  if (s->p == s->end) return false;
  if (*s->p == '{') return s->end - s->p > 1 && (isdigit((unsigned char)s->p[1]) || s->p[1] == ',');
  return *s->p == '*' || *s->p == '+' || *s->p == '?';
}

// Note an anchor whose text begins at an offset of the result; give a quantifier behind it a
// group to stand on.
static void syntax_end_anchor(Syntax *s, size_t start) {
  vec_last(&s->groups).anchored = true;
  if (!syntax_at_quantifier(s)) return;
  StrBuf *buf = &s->out->text;
  mx_strbuf_add_str(buf, "(?:(?:))");
  memmove(buf->at + start + 3, buf->at + start, buf->len - 8 - start);
  memcpy(buf->at + start, "(?:", 3);
  memcpy(buf->at + buf->len - 5, "(?:))", 5);
}

// ---- escapes

// Read up to max hexadecimal digits; returns how many.
static int syntax_hex(Syntax *s, int max, uint32_t *value) {
  int n = 0;
  for (*value = 0; n < max && s->p < s->end && isxdigit((unsigned char)*s->p); n++, s->p++) {
    int c = tolower((unsigned char)*s->p);
    *value = *value * 16 + (uint32_t)(isdigit(c) ? c - '0' : c - 'a' + 10);
  }
  return n;
}

// Read up to three octal digits.
static uint32_t syntax_octal(Syntax *s) {
  uint32_t value = 0;
  for (int n = 0; n < 3 && s->p < s->end && *s->p >= '0' && *s->p <= '7'; n++, s->p++)
    value = value * 8 + (uint32_t)(*s->p - '0');
  return value & 0xFF;
}

// Add a character by code point.
static void syntax_add_code(Syntax *s, uint32_t code) {
  char bytes[8];
  if (code < 0x80) {
    mx_strbuf_printf(&s->out->text, "\\x%02X", code);
    return;
  }
  size_t len = mx_enc_put(ENC_UTF_8, code, bytes);
  if (len == 0) {
    syntax_fail(s, "invalid Unicode range");
    return;
  }
  syntax_need(s, ENC_UTF_8);
  mx_strbuf_add(&s->out->text, bytes, len);
}

// Translate \u{...}; p is behind the brace.
static void syntax_unicode_list(Syntax *s) {
  uint32_t code;
  int count = 0;
  for (;; count++) {
    while (s->p < s->end && (*s->p == ' ' || *s->p == '\t')) s->p++;
    if (s->p < s->end && *s->p == '}') break;
    int digits = syntax_hex(s, 7, &code);
    if (digits == 0 || digits > 6) {
      syntax_fail(s, digits == 0 ? "invalid Unicode list" : "invalid Unicode range");
      return;
    }
    syntax_add_code(s, code);
  }
  if (count == 0) syntax_fail(s, "invalid Unicode list");
  if (s->p < s->end) s->p++;
}

// Translate \uXXXX or \u{...}; p is behind the u.
static void syntax_unicode(Syntax *s) {
  uint32_t code;
  if (s->p == s->end) {
    syntax_fail(s, "too short escape sequence");
  } else if (*s->p == '{') {
    s->p++;
    syntax_unicode_list(s);
  } else if (syntax_hex(s, 4, &code) != 4) {
    syntax_fail(s, "invalid Unicode escape");
  } else {
    syntax_add_code(s, code);
  }
}

static bool syntax_escaped_byte(Syntax *s, uint32_t *byte);

// Read the character behind \c, \C- or \M-, which may be an escape itself.
static bool syntax_modified_byte(Syntax *s, uint32_t *byte) {
  if (s->p == s->end) return false;
  if (*s->p == '\\') {
    s->p++;
    return syntax_escaped_byte(s, byte);
  }
  *byte = (unsigned char)*s->p++;
  return *byte < 0x80;
}

// Read the rest of \C-x or \M-x; p is behind the letter.
static bool syntax_dashed_byte(Syntax *s, uint32_t *byte) {
  if (s->p == s->end || *s->p != '-') return false;
  s->p++;
  return syntax_modified_byte(s, byte);
}

// Read an escape that means one byte; p is behind the backslash. False when it is none.
static bool syntax_escaped_byte(Syntax *s, uint32_t *byte) {
  if (s->p == s->end) return false;
  bool ok = true;
  switch (*s->p) {
  case 'x': s->p++; return syntax_hex(s, 2, byte) > 0;
  case '0':
  case '1':
  case '2':
  case '3': *byte = syntax_octal(s); return true;
  case 'c':
    s->p++;
    ok = syntax_modified_byte(s, byte);
    *byte = *byte == '?' ? 0x7F : *byte & 0x9F;
    return ok;
  case 'C':
    s->p++;
    ok = syntax_dashed_byte(s, byte);
    *byte = *byte == '?' ? 0x7F : *byte & 0x9F;
    return ok;
  case 'M':
    s->p++;
    ok = syntax_dashed_byte(s, byte);
    *byte |= 0x80;
    return ok;
  default: *byte = (unsigned char)*s->p++; return *byte < 0x80;
  }
}

// Is the next thing an escape that means a byte?
static bool syntax_at_byte_escape(const Syntax *s) {
  return s->end - s->p >= 2 && s->p[0] == '\\' && strchr("x0123cCM", s->p[1]);
}

// Add a character whose first byte, above 127, came as an escape; the rest must follow so.
static void syntax_high_bytes(Syntax *s, uint32_t byte) {
  char bytes[8];
  size_t n = 0;
  bytes[n++] = (char)byte;
  while (mx_enc_char_len(s->enc, bytes, bytes + n) == 0) {
    bool more = n < sizeof bytes && mx_enc_is_prefix(s->enc, bytes, bytes + n);
    if (!more || !syntax_at_byte_escape(s)) {
      syntax_fail(s, "invalid multibyte escape");
      return;
    }
    s->p++;
    if (!syntax_escaped_byte(s, &byte)) break;
    bytes[n++] = (char)byte;
  }
  syntax_need(s, s->enc);
  mx_strbuf_add(&s->out->text, bytes, n);
}

// Translate \xHH, \c and their kind; p is behind the backslash.
static void syntax_byte(Syntax *s) {
  uint32_t byte = 0;
  bool hex = *s->p == 'x';
  if (!syntax_escaped_byte(s, &byte))
    syntax_fail(s, hex ? "invalid hex escape" : "too short control sequence");
  else if (byte < 0x80)
    mx_strbuf_printf(&s->out->text, "\\x%02X", byte);
  else
    syntax_high_bytes(s, byte);
}

// Translate digits: a character in octal, or a back-reference; p is at the first digit.
static void syntax_digits(Syntax *s) {
  const char *p = s->p;
  bool three =
      s->end - p >= 3 && p[0] <= '3' && p[1] >= '0' && p[1] <= '7' && p[2] >= '0' && p[2] <= '7';
  if (*p == '0' || (three && *p >= '2')) {
    syntax_byte(s);
    return;
  }
  mx_strbuf_add_byte(&s->out->text, '\\');
  syntax_copy(s, 1);
}

// Bracket expression of a class escape under Ruby's default, NULL when the letter is none.
static const char *syntax_class_of(char letter) {
  switch (letter) {
  case 'w': return "[a-zA-Z0-9_]";
  case 'W': return "[^a-zA-Z0-9_]";
  case 'd': return "[0-9]";
  case 'D': return "[^0-9]";
  case 's': return "[\\x20\\t\\r\\n\\f\\v]";
  case 'S': return "[^\\x20\\t\\r\\n\\f\\v]";
  default: return NULL;
  }
}

// Copy an escape that Oniguruma reads alike; those without a meaning lose their backslash.
static void syntax_other_escape(Syntax *s) {
  size_t start = s->out->text.len;
  char c = *s->p;
  bool known = !isalpha((unsigned char)c) || strchr("AbBzZGKRXhHwWdDsSpPkgntrfvae", c);
  if (known && (unsigned char)c < 0x80) mx_strbuf_add_byte(&s->out->text, '\\');
  syntax_copy_char(s);
  if (s->brackets == 0 && c && strchr("AbBzZGK", c)) syntax_end_anchor(s, start);
}

// Translate what begins with a backslash.
static void syntax_escape(Syntax *s) {
  s->p++;
  if (s->p == s->end) {
    syntax_fail(s, "too short escape sequence");
    return;
  }
  char c = *s->p;
  const char *set = *syntax_options(s) & SYNTAX_UNICODE ? NULL : syntax_class_of(c);
  if (set) {
    mx_strbuf_add_str(&s->out->text, set);
    s->p++;
  } else if (c == 'R' && s->brackets == 0) {
    mx_strbuf_add_str(&s->out->text, "(?>\\x0D\\x0A|[\\x0A-\\x0D");
    mx_strbuf_add_str(&s->out->text, s->unicode ? "\\x{85}\\x{2028}\\x{2029}])" : "])");
    s->p++;
  } else if (c == 'u') {
    s->p++;
    syntax_unicode(s);
  } else if (c >= '0' && c <= '7') {
    syntax_digits(s);
  } else if (c && strchr("xcCM", c)) {
    syntax_byte(s);
  } else {
    syntax_other_escape(s);
  }
}

// ---- brackets

// Bytes of a POSIX bracket such as [:alpha:] at p, 0 when there is none.
static size_t syntax_posix_len(const Syntax *s) {
  if (s->end - s->p < 4 || s->p[1] != ':') return 0;
  for (const char *q = s->p + 2; q + 1 < s->end && q - s->p < 20; q++) {
    if (q[0] == ':' && q[1] == ']') return (size_t)(q + 2 - s->p);
    if (!isalpha((unsigned char)*q) && *q != '^') return 0;
  }
  return 0;
}

// Members of a POSIX bracket under the option a, NULL when the name is unknown.
static const char *syntax_ascii_posix(const char *name, size_t len) {
  static const struct {
    const char *name, *members;
  } sets[] = {{"alpha", "a-zA-Z"},
              {"digit", "0-9"},
              {"alnum", "a-zA-Z0-9"},
              {"upper", "A-Z"},
              {"lower", "a-z"},
              {"space", "\\x20\\t-\\r"},
              {"xdigit", "0-9a-fA-F"},
              {"word", "a-zA-Z0-9_"},
              {"blank", "\\x20\\t"},
              {"cntrl", "\\x00-\\x1F\\x7F"},
              {"print", "\\x20-\\x7E"},
              {"graph", "\\x21-\\x7E"},
              {"punct", "\\x21-\\x2F\\x3A-\\x40\\x5B-\\x60\\x7B-\\x7E"}};
  for (size_t i = 0; i < MX_COUNT_OF(sets); i++)
    if (strlen(sets[i].name) == len && memcmp(sets[i].name, name, len) == 0) return sets[i].members;
  return NULL;
}

// Translate a POSIX bracket of len bytes.
static void syntax_posix(Syntax *s, size_t len) {
  bool negated = s->p[2] == '^';
  const char *name = s->p + 2 + negated;
  const char *members =
      *syntax_options(s) & SYNTAX_ASCII ? syntax_ascii_posix(name, len - 4 - negated) : NULL;
  if (members) {
    mx_strbuf_printf(&s->out->text, "[%s%s]", negated ? "^" : "", members);
    s->p += len;
  } else {
    syntax_copy(s, len);
  }
}

// Open a bracket expression; a ] at its start stands for itself.
static void syntax_open_bracket(Syntax *s) {
  size_t posix = s->brackets > 0 ? syntax_posix_len(s) : 0;
  if (posix > 0) {
    syntax_posix(s, posix);
    return;
  }
  s->brackets++;
  syntax_copy(s, 1);
  if (s->p < s->end && *s->p == '^') syntax_copy(s, 1);
  if (s->p < s->end && *s->p == ']' && memchr(s->p + 1, ']', (size_t)(s->end - s->p - 1))) {
    mx_strbuf_add_byte(&s->out->text, '\\');
    syntax_copy(s, 1);
  }
}

// Translate one thing inside brackets.
static void syntax_in_brackets(Syntax *s) {
  if (*s->p == '[') {
    syntax_open_bracket(s);
    return;
  }
  if (*s->p == ']') s->brackets--;
  syntax_copy_char(s);
}

// ---- groups

// Enter a group.
static void syntax_push_group(Syntax *s, uint8_t options, size_t start, bool is_anchor,
                              bool is_plain) {
  SyntaxGroup group = {start, options, is_anchor, is_plain, false};
  vec_push(&s->groups, group);
}

// Does a look-around open here?
static bool syntax_at_look_around(const Syntax *s) {
  size_t left = (size_t)(s->end - s->p);
  if (left > 2 && (memcmp(s->p, "(?=", 3) == 0 || memcmp(s->p, "(?!", 3) == 0)) return true;
  return left > 3 && (memcmp(s->p, "(?<=", 4) == 0 || memcmp(s->p, "(?<!", 4) == 0);
}

// Translate a closing parenthesis.
static void syntax_close_group(Syntax *s) {
  syntax_copy(s, 1);
  if (s->groups.count <= 1) return;
  SyntaxGroup group = vec_last(&s->groups);
  (void)vec_pop(&s->groups);
  if (group.is_anchor || (group.is_plain && group.anchored)) syntax_end_anchor(s, group.start);
}

// Apply one letter of (?...); false when Oniguruma does not know it.
static bool syntax_apply_option(char letter, bool on, uint8_t *options) {
  if (letter == 'x') *options = (uint8_t)(on ? *options | SYNTAX_X : *options & ~SYNTAX_X);
  if (letter == 'u' || letter == 'a' || letter == 'd')
    *options &= (uint8_t) ~(SYNTAX_UNICODE | SYNTAX_ASCII);
  if (letter == 'u') *options |= SYNTAX_UNICODE;
  if (letter == 'a') *options |= SYNTAX_ASCII;
  return letter == 'i' || letter == 'm' || letter == 'x';
}

// Bytes of option letters at p.
static size_t syntax_option_letters(const char *p, const char *end) {
  const char *q = p;
  while (q < end && *q && strchr("imxadu-", *q)) q++;
  return q < end && (*q == ')' || *q == ':') ? (size_t)(q - p) : 0;
}

// Translate (?flags) or (?flags:; p is behind the question mark.
static void syntax_group_options(Syntax *s, size_t letters) {
  uint8_t options = *syntax_options(s);
  size_t start = s->out->text.len;
  StrBuf kept = STRBUF_INIT;
  bool on = true;
  for (size_t i = 0; i < letters; i++) {
    char c = s->p[i];
    if (c == '-') on = false;
    if (c == '-' || syntax_apply_option(c, on, &options)) mx_strbuf_add_byte(&kept, c);
  }
  s->p += letters;
  bool isolated = *s->p == ')';
  const char *flags = mx_strbuf_text(&kept);
  if (!isolated)
    mx_strbuf_printf(&s->out->text, "(?%s:", flags);
  else if (kept.len > 0)
    mx_strbuf_printf(&s->out->text, "(?%s)", flags);
  mx_strbuf_free(&kept);
  s->p++;
  if (isolated)
    *syntax_options(s) = options;
  else
    syntax_push_group(s, options, start, false, false);
}

// Skip (?#...); p is at the #.
static void syntax_skip_comment_group(Syntax *s) {
  while (s->p < s->end && *s->p != ')') s->p += *s->p == '\\' ? 2 : 1;
  if (s->p >= s->end)
    syntax_fail(s, "end pattern in group");
  else
    s->p++;
}

// Translate an opening parenthesis with what follows it.
static void syntax_open_group(Syntax *s) {
  if (s->end - s->p >= 3 && s->p[1] == '?') {
    size_t letters = syntax_option_letters(s->p + 2, s->end);
    if (letters > 0) {
      s->p += 2;
      syntax_group_options(s, letters);
      return;
    }
    if (s->p[2] == '#') {
      s->p += 2;
      syntax_skip_comment_group(s);
      return;
    }
  }
  bool plain = s->end - s->p > 2 && memcmp(s->p, "(?:", 3) == 0;
  syntax_push_group(s, *syntax_options(s), s->out->text.len, syntax_at_look_around(s), plain);
  syntax_copy(s, 1);
}

// Translate one thing outside brackets.
static void syntax_outside(Syntax *s) {
  switch (*s->p) {
  case '[': syntax_open_bracket(s); break;
  case '(': syntax_open_group(s); break;
  case ')': syntax_close_group(s); break;
  case '^':
  case '$':
    syntax_copy(s, 1);
    syntax_end_anchor(s, s->out->text.len - 1);
    break;
  case '#':
    if (*syntax_options(s) & SYNTAX_X)
      while (s->p < s->end && *s->p != '\n') s->p++;
    else
      syntax_copy(s, 1);
    break;
  default: syntax_copy_char(s);
  }
}

// Translate a source in an encoding.
RegexpText mx_regexp_translate(const char *source, size_t len, EncIndex enc, bool extended,
                               bool unicode) {
  RegexpText out = {.enc = ENC_NONE};
  Syntax s = {.p = source, .end = source + len, .enc = enc, .out = &out, .unicode = unicode};
  syntax_push_group(&s, extended ? SYNTAX_X : 0, 0, false, false);
  while (s.p < s.end) {
    if (*s.p == '\\')
      syntax_escape(&s);
    else if (s.brackets > 0)
      syntax_in_brackets(&s);
    else
      syntax_outside(&s);
  }
  vec_free(&s.groups);
  return out;
}
