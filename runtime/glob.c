// SPDX-License-Identifier: MIT
// Matching names with patterns (fnmatch): *, ?, [sets], **/ under GLOB_PATHNAME, braces.
//
// Names are matched character by character (UTF-8). A leading period is matched by a period only,
// unless GLOB_DOTMATCH says otherwise. glob_walk.c looks for files with it.
#include "runtime/base/strbuf.h"
#include "runtime/encoding.h"
#include "runtime/file.h"

#include <ctype.h>
#include <string.h>

// Bytes of the character at a text; not 0 but at its end.
static size_t glob_step(const char *text) {
  size_t len = strnlen(text, 4);
  return len == 0 ? 0 : mx_enc_step(ENC_UTF_8, text, text + len);
}

// Are the characters at both places the same? *len: bytes of the one in the text.
static bool glob_same(const char *a, const char *b, int flags, size_t *len) {
  *len = glob_step(b);
  if (strncmp(a, b, *len) == 0) return true;
  return (flags & GLOB_CASEFOLD) && *len == 1 &&
         tolower((unsigned char)*a) == tolower((unsigned char)*b);
}

// Code point for the bounds of sets.
static uint32_t glob_code(const char *at, int flags) {
  uint32_t code = mx_enc_codepoint(ENC_UTF_8, at, at + glob_step(at));
  return (flags & GLOB_CASEFOLD) && code < 128 ? (uint32_t)tolower((int)code) : code;
}

// Does the set at *pattern (behind the bracket) hold the character? *pattern moves behind it.
// -1 when the set has no end.
static int glob_set(const char **pattern, const char *text, int flags) {
  const char *at = *pattern;
  bool negated = *at == '!' || *at == '^', found = false;
  uint32_t code = glob_code(text, flags);
  for (at += negated; *at != ']';) {
    if (*at == '\\' && !(flags & GLOB_NOESCAPE) && at[1]) at++;
    if (!*at) return -1;
    uint32_t low = glob_code(at, flags), high = low;
    at += glob_step(at);
    if (*at == '-' && at[1] && at[1] != ']') {
      at++;
      if (*at == '\\' && !(flags & GLOB_NOESCAPE) && at[1]) at++;
      high = glob_code(at, flags);
      at += glob_step(at);
    }
    found |= low <= code && code <= high;
  }
  *pattern = at + 1;
  return found != negated;
}

// Match one component, or the whole text without GLOB_PATHNAME. Both stop at a slash under it.
static bool glob_component(const char *pattern, const char *text, int flags) {
  bool by_parts = flags & GLOB_PATHNAME;
  const char *star = NULL, *resume = NULL;
  if (*text == '.' && !(flags & GLOB_DOTMATCH)) {
    const char *first = *pattern == '\\' && !(flags & GLOB_NOESCAPE) ? pattern + 1 : pattern;
    if (*first != '.') return false;
  }
  for (;;) {
    bool at_end = !*text || (by_parts && *text == '/');
    bool pattern_end = !*pattern || (by_parts && *pattern == '/');
    if (*pattern == '*') {
      while (*pattern == '*') pattern++;
      star = pattern;
      resume = text;
      continue;
    }
    if (at_end && pattern_end) return true;
    size_t len = at_end ? 0 : glob_step(text);
    bool fits = false;
    if (!at_end && !pattern_end && *pattern == '?') {
      fits = true;
      pattern++;
    } else if (!at_end && !pattern_end && *pattern == '[') {
      const char *behind = pattern + 1;
      fits = glob_set(&behind, text, flags) > 0;
      if (fits) pattern = behind;
    } else if (!at_end && !pattern_end) {
      const char *literal =
          *pattern == '\\' && !(flags & GLOB_NOESCAPE) && pattern[1] ? pattern + 1 : pattern;
      fits = glob_same(literal, text, flags, &len);
      if (fits) pattern = literal + len;
    }
    if (fits) {
      text += len;
    } else {
      if (!star || !*resume || (by_parts && *resume == '/')) return false;
      resume += glob_step(resume);
      text = resume;
      pattern = star;
    }
  }
}

// Next component, behind the slash; NULL at the last one.
static const char *glob_next(const char *path) {
  const char *slash = strchr(path, '/');
  return slash ? slash + 1 : NULL;
}

// Does a pattern match a text?
bool mx_glob_match(const char *pattern, const char *text, int flags) {
  if (!(flags & GLOB_PATHNAME)) return glob_component(pattern, text, flags);
  for (;;) {
    if (strncmp(pattern, "**/", 3) == 0) {
      while (strncmp(pattern, "**/", 3) == 0) pattern += 3;
      for (;;) {
        if (mx_glob_match(pattern, text, flags)) return true;
        if (*text == '.' && !(flags & GLOB_DOTMATCH)) return false;
        text = glob_next(text);
        if (!text) return false;
      }
    }
    if (!glob_component(pattern, text, flags)) return false;
    pattern = glob_next(pattern);
    text = glob_next(text);
    if (!pattern || !text) return !pattern && !text;
  }
}

// ---- braces

// The braces that are expanded first.
typedef struct Braces {
  const char *open;  // the brace, NULL without one
  const char *close; // its end
} Braces;

// Find the first pair of braces that is complete.
static Braces glob_find_braces(const char *pattern, int flags) {
  Braces braces = {NULL, NULL};
  int depth = 0;
  for (const char *at = pattern; *at; at++) {
    if (*at == '\\' && !(flags & GLOB_NOESCAPE) && at[1])
      at++;
    else if (*at == '{' && depth++ == 0)
      braces.open = at;
    else if (*at == '}' && depth > 0 && --depth == 0) {
      braces.close = at;
      return braces;
    }
  }
  return (Braces){NULL, NULL};
}

// End of an alternative: the comma or brace behind it.
static const char *glob_alternative_end(const char *at, const char *close, int flags) {
  for (int depth = 0; at < close; at++) {
    if (*at == '\\' && !(flags & GLOB_NOESCAPE) && at + 1 < close)
      at++;
    else if (*at == '{')
      depth++;
    else if (*at == '}')
      depth--;
    else if (*at == ',' && depth == 0)
      break;
  }
  return at;
}

// Call visit for each alternative of the braces in a pattern.
void mx_glob_braces(const char *pattern, int flags, GlobVisit visit, void *ctx) {
  Braces braces = glob_find_braces(pattern, flags);
  if (!braces.open) {
    visit(ctx, pattern);
    return;
  }
  const char *at = braces.open;
  while (at < braces.close) {
    const char *start = at + 1;
    at = glob_alternative_end(start, braces.close, flags);
    StrBuf whole = STRBUF_INIT;
    mx_strbuf_add(&whole, pattern, (size_t)(braces.open - pattern));
    mx_strbuf_add(&whole, start, (size_t)(at - start));
    mx_strbuf_add_str(&whole, braces.close + 1);
    mx_glob_braces(mx_strbuf_text(&whole), flags, visit, ctx);
    mx_strbuf_free(&whole);
  }
}
