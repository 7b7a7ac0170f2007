// SPDX-License-Identifier: MIT
// Unicode data that Oniguruma does not have: case mappings and normalization.
//
// The tables are written by tools/gen_unicode when the project is built. Mappings are indices into
// one pool of counted sequences. Those of case are found by two tables, of pages of 256 code points
// and of the characters of the pages that have any; the others are sorted by code point. Hangul
// syllables are computed.
#include "runtime/unicode.h"

#include "runtime/base/vec.h"

#include <stdlib.h>
#include <string.h>

typedef struct UnicodeCase {
  uint16_t to[4]; // by CaseForm: index into the pool
} UnicodeCase;

typedef struct UnicodePair {
  uint32_t code;  // character
  uint32_t value; // index into the pool, or combining class
} UnicodePair;

typedef struct UnicodeTriple {
  uint32_t first;    // character
  uint32_t second;   // combining character
  uint32_t composed; // what stands for both
} UnicodeTriple;

enum { UNICODE_PAGE = 256 }; // code points; tools/gen_unicode knows it, too

#include "unicode_tables.inc"

enum { // Hangul syllables: arithmetic of the Unicode standard, section 3.12
  HANGUL_S = 0xAC00,
  HANGUL_L = 0x1100,
  HANGUL_V = 0x1161,
  HANGUL_T = 0x11A7,
  HANGUL_L_COUNT = 19,
  HANGUL_V_COUNT = 21,
  HANGUL_T_COUNT = 28,
  HANGUL_N_COUNT = HANGUL_V_COUNT * HANGUL_T_COUNT,
  HANGUL_S_COUNT = HANGUL_L_COUNT * HANGUL_N_COUNT,
};

typedef VEC(uint32_t) CodeVec;

// Compare a code point with a row that begins with one.
static int unicode_by_code(const void *key, const void *row) {
  uint32_t a = *(const uint32_t *)key, b = *(const uint32_t *)row;
  return a < b ? -1 : a > b;
}

// Row of a code point among the mappings of case; the first row stands for none.
static uint32_t unicode_case_row(uint32_t code) {
  uint32_t page = code / UNICODE_PAGE;
  if (page >= MX_COUNT_OF(unicode_case_pages)) return 0;
  return unicode_case_index[unicode_case_pages[page] * UNICODE_PAGE + code % UNICODE_PAGE];
}

// Map a code point; returns how many code points were written.
size_t mx_unicode_case(uint32_t code, CaseForm form, uint32_t out[CASE_MAX]) {
  uint32_t row = unicode_case_row(code);
  if (row == 0) return out[0] = code, 1;
  const uint32_t *mapped = &unicode_pool[unicode_cases[row].to[form]];
  for (uint32_t i = 0; i < mapped[0]; i++) out[i] = mapped[i + 1];
  return mapped[0];
}

// Value of a code point in a table of pairs, -1 when it is not there.
static int64_t unicode_lookup(const UnicodePair *table, size_t count, uint32_t code) {
  const UnicodePair *row = bsearch(&code, table, count, sizeof *table, unicode_by_code);
  return row ? (int64_t)row->value : -1;
}

// Canonical combining class of a code point.
static int unicode_class(uint32_t code) {
  if (code < 0x300) return 0;
  int64_t value = unicode_lookup(unicode_classes, MX_COUNT_OF(unicode_classes), code);
  return value < 0 ? 0 : (int)value;
}

// Append the parts of a Hangul syllable.
static void unicode_decompose_hangul(CodeVec *out, uint32_t index) {
  vec_push(out, HANGUL_L + index / HANGUL_N_COUNT);
  vec_push(out, HANGUL_V + index % HANGUL_N_COUNT / HANGUL_T_COUNT);
  if (index % HANGUL_T_COUNT) vec_push(out, HANGUL_T + index % HANGUL_T_COUNT);
}

// Append the decomposition of a code point.
static void unicode_decompose(CodeVec *out, uint32_t code, bool compatible) {
  if (code - HANGUL_S < HANGUL_S_COUNT) {
    unicode_decompose_hangul(out, code - HANGUL_S);
    return;
  }
  int64_t at = code < 0xA0 ? -1
               : compatible
                   ? unicode_lookup(unicode_compatible, MX_COUNT_OF(unicode_compatible), code)
                   : unicode_lookup(unicode_canonical, MX_COUNT_OF(unicode_canonical), code);
  if (at < 0) {
    vec_push(out, code);
    return;
  }
  for (uint32_t i = 1; i <= unicode_pool[at]; i++) vec_push(out, unicode_pool[at + i]);
}

// Put runs of combining characters into the order of their classes.
static void unicode_reorder(uint32_t *codes, size_t count) {
  for (size_t i = 1; i < count; i++) {
    int own = unicode_class(codes[i]);
    uint32_t code = codes[i];
    size_t j = i;
    for (; own > 0 && j > 0 && unicode_class(codes[j - 1]) > own; j--) codes[j] = codes[j - 1];
    codes[j] = code;
  }
}

// Compare (first, second) with a row of compositions.
static int unicode_by_parts(const void *key, const void *row) {
  const UnicodeTriple *a = key, *b = row;
  if (a->first != b->first) return a->first < b->first ? -1 : 1;
  return a->second < b->second ? -1 : a->second > b->second;
}

// The character that stands for two; 0 when there is none.
static uint32_t unicode_compose_pair(uint32_t first, uint32_t second) {
  uint32_t l = first - HANGUL_L, v = second - HANGUL_V;
  if (l < HANGUL_L_COUNT && v < HANGUL_V_COUNT)
    return HANGUL_S + (l * HANGUL_V_COUNT + v) * HANGUL_T_COUNT;
  uint32_t s = first - HANGUL_S, t = second - HANGUL_T;
  if (s < HANGUL_S_COUNT && s % HANGUL_T_COUNT == 0 && t > 0 && t < HANGUL_T_COUNT)
    return first + t;
  UnicodeTriple key = {first, second, 0};
  const UnicodeTriple *row = bsearch(&key, unicode_compositions, MX_COUNT_OF(unicode_compositions),
                                     sizeof key, unicode_by_parts);
  return row ? row->composed : 0;
}

// Compose in place; returns the new count.
static size_t unicode_compose(uint32_t *codes, size_t count) {
  size_t out = 0, starter = SIZE_MAX;
  int last_class = 0;
  for (size_t i = 0; i < count; i++) {
    int own = unicode_class(codes[i]);
    bool adjacent = starter != SIZE_MAX && starter + 1 == out;
    bool reachable = starter != SIZE_MAX && (adjacent || last_class < own);
    uint32_t composed = reachable ? unicode_compose_pair(codes[starter], codes[i]) : 0;
    if (composed) {
      codes[starter] = composed;
      continue;
    }
    if (own == 0) starter = out;
    last_class = own;
    codes[out++] = codes[i];
  }
  return out;
}

// Normalize code points; the result is a malloc'd array that the caller frees.
uint32_t *mx_unicode_normalize(const uint32_t *codes, size_t count, NormalForm form,
                               size_t *out_count) {
  CodeVec out = {0};
  bool compatible = form == NORMAL_NFKC || form == NORMAL_NFKD;
  for (size_t i = 0; i < count; i++) unicode_decompose(&out, codes[i], compatible);
  unicode_reorder(out.at, out.count);
  bool composing = form == NORMAL_NFC || form == NORMAL_NFKC;
  *out_count = composing ? unicode_compose(out.at, out.count) : out.count;
  return out.at;
}
