// SPDX-License-Identifier: MIT
// Structure of regexp literals: brackets, character classes, groups, repetition, back references.
//
// Ruby refuses a malformed literal when it compiles the file. The regexp compiler belongs to the
// runtime, above this layer; so what goes wrong in practice is checked here, and the rest is an
// error when the literal is first evaluated. Only literals without interpolation are checked.
#include "frontend/parser_internal.h"

#include <string.h>

typedef struct RegexpCheck {
  const char *text;  // as the regexp compiler will see it
  uint32_t len;      // bytes
  uint32_t at;       // next byte
  uint32_t depth;    // open groups
  bool target;       // something stands before that can be repeated
  bool extended;     // white space and comments do not count
  uint64_t saved;    // extended around each open group, the innermost in bit 0; 64 levels
  const char *error; // what is wrong, NULL so far
} RegexpCheck;

// Give a byte ahead, or 0 behind the end.
static char regexp_peek(const RegexpCheck *re, uint32_t ahead) {
  return re->at + ahead < re->len ? re->text[re->at + ahead] : 0;
}

// Note what is wrong.
static bool regexp_fail(RegexpCheck *re, const char *message) {
  re->error = message;
  return false;
}

// Skip [:name:], whose position is at the inner bracket; false when it is none.
static bool regexp_posix_bracket(RegexpCheck *re) {
  if (regexp_peek(re, 1) != ':') return false;
  uint32_t at = re->at + 2;
  if (at < re->len && re->text[at] == '^') at++;
  while (at < re->len && mx_is_alpha(re->text[at])) at++;
  if (at + 1 >= re->len || re->text[at] != ':' || re->text[at + 1] != ']') return false;
  re->at = at + 2;
  return true;
}

// Check a character class; the position is behind its opening bracket.
static bool regexp_class(RegexpCheck *re) {
  uint32_t depth = 1, start = re->at;
  if (regexp_peek(re, 0) == '^') start = ++re->at;
  while (re->at < re->len) {
    char c = re->text[re->at];
    if (c == '\\') {
      re->at += 2;
    } else if (c == '[') {
      if (regexp_posix_bracket(re)) continue;
      depth++;
      re->at++;
      if (regexp_peek(re, 0) == '^') re->at++;
      start = re->at;
    } else if (c == ']') {
      bool literal = re->at == start && memchr(re->text + re->at + 1, ']', re->len - re->at - 1);
      if (re->at == start && !literal) return regexp_fail(re, "empty char-class");
      re->at++;
      if (!literal && --depth == 0) return true;
    } else {
      re->at++;
    }
  }
  return regexp_fail(re, "premature end of char-class");
}

// Skip a group's name up to its closing delimiter.
static bool regexp_group_name(RegexpCheck *re, char close) {
  uint32_t start = re->at;
  while (re->at < re->len && re->text[re->at] != close && re->text[re->at] != ')') re->at++;
  if (re->at >= re->len || re->text[re->at] != close)
    return regexp_fail(re, "invalid group name <>");
  if (re->at == start) return regexp_fail(re, "group name is empty");
  if (mx_is_digit(re->text[start])) return regexp_fail(re, "invalid group name <>");
  re->at++;
  return true;
}

// Check the letters of (?imx-imx) and (?imx-imx:subexp).
static bool regexp_group_options(RegexpCheck *re) {
  bool on = true;
  uint32_t start = re->at;
  while (re->at < re->len && strchr("imxadu-", re->text[re->at])) {
    if (re->text[re->at] == '-') on = false;
    if (re->text[re->at] == 'x') re->extended = on;
    re->at++;
  }
  char c = regexp_peek(re, 0);
  if ((c != ':' && c != ')') || re->at == start) return regexp_fail(re, "undefined group option");
  if (c == ')') {
    // The options hold up to the end of the group around.
    re->depth--;
    re->saved >>= 1;
    re->target = false;
  }
  re->at++;
  return true;
}

// Check what follows `(?`.
static bool regexp_group_kind(RegexpCheck *re) {
  char c = regexp_peek(re, 0), next = regexp_peek(re, 1);
  switch (c) {
  case ':':
  case '=':
  case '!':
  case '>':
  case '~':
  case '(': re->at++; return true;
  case '#':
    while (re->at < re->len && re->text[re->at] != ')') re->at += re->text[re->at] == '\\' ? 2 : 1;
    if (re->at >= re->len) return regexp_fail(re, "end pattern in group");
    re->depth--;
    re->saved >>= 1;
    re->at++;
    return true;
  case '<':
    re->at += 2;
    if (next == '=' || next == '!') return true;
    re->at--;
    return regexp_group_name(re, '>');
  case '\'': re->at++; return regexp_group_name(re, '\'');
  default: return regexp_group_options(re);
  }
}

// Check the opening of a group; the position is behind the parenthesis.
static bool regexp_group(RegexpCheck *re) {
  re->depth++;
  re->saved = re->saved << 1 | re->extended;
  re->target = false;
  if (regexp_peek(re, 0) != '?') return true;
  re->at++;
  // (?(cond)yes|no): the condition has parentheses of its own, which need no further check.
  if (regexp_peek(re, 0) == '(') {
    while (re->at < re->len && re->text[re->at] != ')') re->at++;
    re->at++;
    return true;
  }
  return regexp_group_kind(re);
}

// Check a closing parenthesis.
static bool regexp_close(RegexpCheck *re) {
  if (re->depth == 0) return regexp_fail(re, "unmatched close parenthesis");
  re->depth--;
  re->extended = re->saved & 1;
  re->saved >>= 1;
  re->target = true;
  return true;
}

// Skip an escape; the position is behind the backslash. \c and \C- take another character.
static bool regexp_escape(RegexpCheck *re) {
  if (re->at >= re->len) return regexp_fail(re, "too short escape sequence");
  char c = re->text[re->at++];
  if (c == 'c') re->at++;
  if (c == 'C' || c == 'M') re->at += 2;
  if (re->at > 0 && re->at < re->len && c != '\\' && re->text[re->at - 1] == '\\') re->at++;
  re->target = true;
  return true;
}

// Check one element; the position is behind its first byte.
static bool regexp_element(RegexpCheck *re, char c) {
  switch (c) {
  case '\\': return regexp_escape(re);
  case '[': re->target = true; return regexp_class(re);
  case '(': return regexp_group(re);
  case ')': return regexp_close(re);
  case '|': re->target = false; return true;
  case '*':
  case '+':
  case '?':
    if (!re->target) return regexp_fail(re, "target of repeat operator is not specified");
    return true;
  case '#':
    if (re->extended)
      while (re->at < re->len && re->text[re->at] != '\n') re->at++;
    else
      re->target = true;
    return true;
  default:
    if (!(re->extended && mx_is_space(c))) re->target = true;
    return true;
  }
}

// Report a malformed regexp literal without interpolation.
void mx_parse_check_regexp(Parser *p, const NodeRegexpLiteral *node) {
  if (node->parts.count != 1 || node->parts.at[0]->kind != NODE_STRING) return;
  const Text *text = &((const NodeStringLiteral *)node->parts.at[0])->value;
  RegexpCheck re = {
      .text = text->bytes, .len = text->len, .extended = (node->options & REGEXP_OPT_X) != 0};
  bool fine = true;
  while (fine && re.at < re.len) {
    char c = re.text[re.at++];
    fine = regexp_element(&re, c);
  }
  if (fine && re.depth > 0) re.error = "end pattern with unmatched parenthesis";
  if (re.error)
    mx_parser_complain(p, node->base.span, NULL, "%s: /%.*s/", re.error,
                       (int)(text->len > 200 ? 200 : text->len), text->bytes);
}
