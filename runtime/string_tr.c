// SPDX-License-Identifier: MIT
// Sets of characters ("a-z", "^0-9", "\\-x") and what they drive: tr, tr_s; delete, squeeze and
// count ask mx_charset_has().
//
// A set is a list of ranges in the order written. ASCII answers come from a bit map.
#include "runtime/string_edit.h"

#include "runtime/base/vec.h"

#include <stdlib.h>

enum { TR_BROKEN = 0x40000000 }; // codes of broken bytes begin here

typedef struct CharRange {
  uint32_t first, last; // code points, both included
} CharRange;

// One set as written.
typedef struct TrList {
  VEC(CharRange) ranges; // in order
  bool negated;          // began with ^
} TrList;

struct CharSet {
  VEC(TrList) lists; // a member must be in all
  uint64_t ascii[2]; // bit map of the members below 128
};

// Code of the character at p: its code point, or a number of its own for a broken byte.
uint32_t mx_charset_code(EncIndex enc, const char *p, const char *end, size_t *len) {
  *len = mx_enc_char_len(enc, p, end);
  if (*len > 0) return mx_enc_codepoint(enc, p, end);
  *len = mx_enc_step(enc, p, end);
  return TR_BROKEN | (unsigned char)*p;
}

// Raise for a range that runs backwards.
static bool tr_raise_range(ExecCtx *ec, uint32_t first, uint32_t last) {
  if (first < 0x80 && last < 0x80)
    mx_raise_arg(ec, "invalid range \"%c-%c\" in string transliteration", (int)first, (int)last);
  else
    mx_raise_arg(ec, "invalid range in string transliteration");
  return false;
}

// Parse a set; false when it raised. The list is the caller's to free in any case.
static bool tr_parse(ExecCtx *ec, Value text, TrList *list) {
  EncIndex enc = mx_str_enc(text);
  const char *p = mx_str_bytes(text), *end = p + mx_str_len(text);
  size_t len;
  *list = (TrList){0};
  if (end - p > 1 && *p == '^') {
    list->negated = true;
    p++;
  }
  while (p < end) {
    if (*p == '\\' && end - p > 1) p++;
    CharRange range;
    range.first = range.last = mx_charset_code(enc, p, end, &len);
    p += len;
    if (end - p > 1 && *p == '-') {
      range.last = mx_charset_code(enc, p + 1, end, &len);
      p += 1 + len;
      if (range.first > range.last) return tr_raise_range(ec, range.first, range.last);
    }
    vec_push(&list->ranges, range);
  }
  return true;
}

// Does one list hold a code (^ regarded)?
static bool tr_list_has(const TrList *list, uint32_t code) {
  for (uint32_t i = 0; i < list->ranges.count; i++) {
    CharRange r = list->ranges.at[i];
    if (code >= r.first && code <= r.last) return !list->negated;
  }
  return list->negated;
}

// Is a code in all lists?
static bool charset_asks(const CharSet *set, uint32_t code) {
  for (uint32_t i = 0; i < set->lists.count; i++)
    if (!tr_list_has(&set->lists.at[i], code)) return false;
  return true;
}

// Keep those members of the bit map that a list has, too.
static void charset_keep(CharSet *set, const TrList *list) {
  uint64_t map[2] = {0};
  for (uint32_t i = 0; i < list->ranges.count; i++) {
    CharRange r = list->ranges.at[i];
    for (uint32_t c = r.first; c <= r.last && c < 128; c++) map[c >> 6] |= (uint64_t)1 << (c & 63);
  }
  for (int i = 0; i < 2; i++) set->ascii[i] &= list->negated ? ~map[i] : map[i];
}

// Is a code in the set?
bool mx_charset_has(const CharSet *set, uint32_t code) {
  if (MX_LIKELY(code < 128)) return (set->ascii[code >> 6] >> (code & 63)) & 1;
  return charset_asks(set, code);
}

// Free a set.
void mx_charset_free(CharSet *set) {
  if (!set) return;
  for (uint32_t i = 0; i < set->lists.count; i++) vec_free(&set->lists.at[i].ranges);
  vec_free(&set->lists);
  free(set);
}

// Parse one more set that must agree with a string's encoding.
static bool charset_add(ExecCtx *ec, CharSet *set, Value str, Value text) {
  EncIndex enc;
  TrList list;
  if (!mx_str_check_compatible(ec, str, text, &enc)) return false;
  bool ok = tr_parse(ec, text, &list);
  vec_push(&set->lists, list);
  charset_keep(set, &list);
  return ok;
}

// Parse the sets (Strings) and intersect them; NULL when it raised.
CharSet *mx_charset_new(ExecCtx *ec, Value str, int count, const Value *sets) {
  CharSet *set = calloc(1, sizeof *set);
  if (!set) mx_check_out_of_memory(sizeof *set);
  memset(set->ascii, 0xff, sizeof set->ascii);
  for (int i = 0; i < count; i++) {
    if (charset_add(ec, set, str, sets[i])) continue;
    mx_charset_free(set);
    return NULL;
  }
  return set;
}

// ---- tr

typedef struct Tr {
  TrList from, to;     // the two sets
  uint32_t last;       // last character of `to`
  uint32_t ascii[128]; // what ASCII characters become
} Tr;

enum { TR_KEEP = 0x7fffffff }; // no translation

// Position of a code in the order of a list, the last of several; -1 when absent.
static int64_t tr_position(const TrList *list, uint32_t code) {
  int64_t before = 0, found = -1;
  for (uint32_t i = 0; i < list->ranges.count; i++) {
    CharRange r = list->ranges.at[i];
    if (code >= r.first && code <= r.last) found = before + (code - r.first);
    before += (int64_t)r.last - r.first + 1;
  }
  return found;
}

// Code at a position of the target set; its last one behind the end.
static uint32_t tr_target(const Tr *tr, int64_t position) {
  for (uint32_t i = 0; i < tr->to.ranges.count; i++) {
    CharRange r = tr->to.ranges.at[i];
    if (position <= (int64_t)r.last - r.first) return r.first + (uint32_t)position;
    position -= (int64_t)r.last - r.first + 1;
  }
  return tr->last;
}

// What a code becomes, TR_KEEP when it stays.
static uint32_t tr_map(const Tr *tr, uint32_t code) {
  if (tr->from.negated) return tr_list_has(&tr->from, code) ? tr->last : TR_KEEP;
  int64_t position = tr_position(&tr->from, code);
  return position < 0 ? TR_KEEP : tr_target(tr, position);
}

// Fill the table: a step for each character that a range has, not a search for each ASCII one.
static void tr_fill(Tr *tr) {
  for (uint32_t c = 0; c < MX_COUNT_OF(tr->ascii); c++)
    tr->ascii[c] = tr->from.negated ? tr->last : TR_KEEP;
  for (uint32_t i = 0; i < tr->from.ranges.count; i++) {
    CharRange r = tr->from.ranges.at[i];
    for (uint32_t c = r.first; c <= r.last && c < MX_COUNT_OF(tr->ascii); c++)
      tr->ascii[c] = tr_map(tr, c);
  }
}

// Parse both sets; `^` has no meaning in the second.
static bool tr_init(ExecCtx *ec, Tr *tr, Value from, Value to) {
  tr->to = (TrList){0};
  if (!tr_parse(ec, from, &tr->from) || !tr_parse(ec, to, &tr->to)) return false;
  if (tr->to.negated) {
    CharRange caret = {'^', '^'};
    vec_push(&tr->to.ranges, caret);
    for (uint32_t i = tr->to.ranges.count - 1; i > 0; i--)
      tr->to.ranges.at[i] = tr->to.ranges.at[i - 1];
    tr->to.ranges.at[0] = caret;
  }
  tr->last = vec_last(&tr->to.ranges).last;
  tr_fill(tr);
  return true;
}

// Add a translated code in an encoding.
static void tr_add(StrBuf *buf, EncIndex enc, uint32_t code) {
  char bytes[8];
  if (code & TR_BROKEN)
    mx_strbuf_add_byte(buf, (int)(code & 0xFF));
  else
    mx_strbuf_add(buf, bytes, mx_enc_put(enc, code, bytes));
}

// Translate all characters; true when one changed.
static bool tr_run(const Tr *tr, Value str, EncIndex enc, bool squeeze, StrBuf *buf) {
  const char *p = mx_str_bytes(str), *end = p + mx_str_len(str);
  EncIndex own = mx_str_enc(str);
  uint32_t previous = TR_KEEP;
  bool changed = false;
  for (size_t len; p < end; p += len) {
    uint32_t code = mx_charset_code(own, p, end, &len);
    uint32_t to = code < 128 ? tr->ascii[code] : tr_map(tr, code);
    changed |= to != TR_KEEP;
    if (to == TR_KEEP)
      mx_strbuf_add(buf, p, len);
    else if (!squeeze || to != previous)
      tr_add(buf, enc, to);
    else
      changed = true;
    previous = to;
  }
  return changed;
}

// Do ASCII characters become ASCII characters only?
static bool tr_stays_ascii(const Tr *tr) {
  for (uint32_t i = 0; i < tr->to.ranges.count; i++)
    if (tr->to.ranges.at[i].last >= MX_COUNT_OF(tr->ascii)) return false;
  return true;
}

// Translate ASCII text into as many ASCII characters.
static Value tr_run_ascii(ExecCtx *ec, const Tr *tr, Value str, EncIndex enc) {
  size_t len = mx_str_len(str), at = 0;
  const unsigned char *from = (const unsigned char *)mx_str_bytes(str);
  while (at < len && tr->ascii[from[at]] == TR_KEEP) at++;
  if (at == len) return VAL_UNDEF;
  Value out = mx_str_new(ec, (const char *)from, len, enc);
  char *to = mx_str_bytes(out);
  for (; at < len; at++)
    if (tr->ascii[from[at]] != TR_KEEP) to[at] = (char)tr->ascii[from[at]];
  return out;
}

// Translate by both sets, which are parsed.
static Value tr_translate(ExecCtx *ec, const Tr *tr, Value str, EncIndex enc, bool squeeze) {
  if (!squeeze && mx_str_is_ascii(str) && tr_stays_ascii(tr)) return tr_run_ascii(ec, tr, str, enc);
  StrBuf buf = STRBUF_INIT;
  bool changed = tr_run(tr, str, enc, squeeze, &buf);
  Value out = changed ? mx_str_new(ec, buf.at, buf.len, enc) : VAL_UNDEF;
  mx_strbuf_free(&buf);
  return out;
}

// Translate; VAL_UNDEF when nothing changes. `to` is not empty.
Value mx_str_tr(ExecCtx *ec, Value str, Value from, Value to, bool squeeze) {
  EncIndex enc, other;
  Tr tr;
  if (!mx_str_check_compatible(ec, str, from, &enc)) return VAL_EXC;
  if (!mx_str_check_compatible(ec, str, to, &other)) return VAL_EXC;
  if (enc != other && !mx_str_check_compatible(ec, from, to, &enc)) return VAL_EXC;
  Value out = VAL_EXC;
  if (tr_init(ec, &tr, from, to)) out = tr_translate(ec, &tr, str, enc, squeeze);
  vec_free(&tr.from.ranges);
  vec_free(&tr.to.ranges);
  return out;
}
