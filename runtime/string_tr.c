// SPDX-License-Identifier: MIT
// Sets of characters ("a-z", "^0-9", "\\-x") and what they drive: tr, tr_s; delete, squeeze and
// count ask mx_charset_has().
//
// What is ASCII in a set goes into a bit map, so that the usual sets need no memory. tr wants the
// ranges in the order written.
#include "runtime/string_edit.h"

enum { TR_BROKEN = 0x40000000 }; // codes of broken bytes begin here

// One set as it is read.
typedef struct SetReader {
  EncIndex enc;
  const char *p, *end; // what is left to read
  bool negated;        // began with ^
} SetReader;

// Code of the character at p: its code point, or a number of its own for a broken byte.
uint32_t mx_charset_code(EncIndex enc, const char *p, const char *end, size_t *len) {
  *len = mx_enc_char_len(enc, p, end);
  if (*len > 0) return mx_enc_codepoint(enc, p, end);
  *len = mx_enc_step(enc, p, end);
  return TR_BROKEN | (unsigned char)*p;
}

// Begin to read a set.
static SetReader set_reader(Value text) {
  const char *p = mx_str_bytes(text), *end = p + mx_str_len(text);
  bool negated = end - p > 1 && *p == '^';
  return (SetReader){mx_str_enc(text), p + negated, end, negated};
}

// Read one character.
static uint32_t set_read_code(SetReader *r) {
  size_t len = 1;
  bool plain = (unsigned char)*r->p < 128 && mx_enc_info(r->enc)->ascii_compat;
  uint32_t code = plain ? (unsigned char)*r->p : mx_charset_code(r->enc, r->p, r->end, &len);
  r->p += len;
  return code;
}

// Read the next range; false when it runs backwards. The caller sees to it that there is one.
static bool set_read(SetReader *r, CharRange *range) {
  if (*r->p == '\\' && r->end - r->p > 1) r->p++;
  range->first = range->last = set_read_code(r);
  if (r->end - r->p <= 1 || *r->p != '-') return true;
  r->p++;
  range->last = set_read_code(r);
  return range->first <= range->last;
}

// Raise for a range that runs backwards.
static bool tr_raise_range(ExecCtx *ec, CharRange range) {
  if (range.first < 0x80 && range.last < 0x80)
    mx_raise_arg(ec, "invalid range \"%c-%c\" in string transliteration", (int)range.first,
                 (int)range.last);
  else
    mx_raise_arg(ec, "invalid range in string transliteration");
  return false;
}

// Does one list hold a code (^ regarded)?
static bool tr_list_has(const CharList *list, uint32_t code) {
  for (uint32_t i = 0; i < list->ranges.count; i++) {
    CharRange r = list->ranges.at[i];
    if (code >= r.first && code <= r.last) return !list->negated;
  }
  return list->negated;
}

// Is a code in the set?
bool mx_charset_has(const CharSet *set, uint32_t code) {
  if (MX_LIKELY(code < 128)) return (set->ascii[code >> 6] >> (code & 63)) & 1;
  if (set->ascii_only) return false;
  for (uint32_t i = 0; i < set->wide.count; i++)
    if (!tr_list_has(&set->wide.at[i], code)) return false;
  return true;
}

// Free what a set holds.
void mx_charset_free(CharSet *set) {
  for (uint32_t i = 0; i < set->wide.count; i++) vec_free(&set->wide.at[i].ranges);
  vec_free(&set->wide);
}

// Read one more set: its ASCII part into the map, ranges that go beyond into the list.
static bool charset_read(ExecCtx *ec, SetReader *r, uint64_t map[2], CharList *list) {
  CharRange range;
  while (r->p < r->end) {
    if (!set_read(r, &range)) return tr_raise_range(ec, range);
    for (uint32_t c = range.first; c <= range.last && c < 128; c++)
      map[c >> 6] |= (uint64_t)1 << (c & 63);
    if (range.last >= 128) vec_push(&list->ranges, range);
  }
  return true;
}

// Intersect with one more set, which must agree with a string's encoding; false when it raised.
static bool charset_add(ExecCtx *ec, CharSet *set, Value str, Value text) {
  EncIndex enc;
  if (!mx_str_check_compatible(ec, str, text, &enc)) return false;
  SetReader reader = set_reader(text);
  CharList list = {.negated = reader.negated};
  uint64_t map[2] = {0};
  bool ok = charset_read(ec, &reader, map, &list);
  for (int i = 0; i < 2; i++) set->ascii[i] &= list.negated ? ~map[i] : map[i];
  if (list.ranges.count > 0)
    vec_push(&set->wide, list);
  else
    set->ascii_only |= !list.negated;
  return ok;
}

// Parse the sets (Strings) and intersect them; false when it raised.
bool mx_charset_init(ExecCtx *ec, CharSet *set, Value str, int count, const Value *sets) {
  *set = (CharSet){.ascii = {UINT64_MAX, UINT64_MAX}};
  for (int i = 0; i < count; i++) {
    if (charset_add(ec, set, str, sets[i])) continue;
    mx_charset_free(set);
    return false;
  }
  return true;
}

// ---- tr

typedef struct Tr {
  CharList from, to;   // the two sets
  uint32_t last;       // last character of `to`
  uint32_t ascii[128]; // what ASCII characters become
  bool plain;          // those are ASCII, too
} Tr;

enum { TR_KEEP = 0x7fffffff }; // no translation

// Position of a code in the order of a list, the last of several; -1 when absent.
static int64_t tr_position(const CharList *list, uint32_t code) {
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

// Read a set for tr; false when it raised. The list is the caller's to free in any case.
static bool tr_parse(ExecCtx *ec, Value text, CharList *list) {
  SetReader reader = set_reader(text);
  CharRange range;
  *list = (CharList){.negated = reader.negated};
  while (reader.p < reader.end) {
    if (!set_read(&reader, &range)) return tr_raise_range(ec, range);
    vec_push(&list->ranges, range);
  }
  return true;
}

// Fill the table of the ASCII characters; one in several ranges has the place in the last.
static void tr_fill_ascii(Tr *tr) {
  const CharList *from = &tr->from;
  uint32_t position = 0;
  for (int c = 0; c < 128; c++) tr->ascii[c] = from->negated ? tr->last : TR_KEEP;
  for (uint32_t i = 0; i < from->ranges.count; i++) {
    CharRange r = from->ranges.at[i];
    for (uint32_t c = r.first; c <= r.last && c < 128; c++)
      tr->ascii[c] = from->negated ? TR_KEEP : tr_target(tr, position + (c - r.first));
    position += r.last - r.first + 1;
  }
  tr->plain = true;
  for (int c = 0; c < 128; c++) tr->plain &= tr->ascii[c] < 128 || tr->ascii[c] == TR_KEEP;
}

// Parse both sets; `^` has no meaning in the second.
static bool tr_init(ExecCtx *ec, Tr *tr, Value from, Value to) {
  tr->to = (CharList){0};
  if (!tr_parse(ec, from, &tr->from) || !tr_parse(ec, to, &tr->to)) return false;
  if (tr->to.negated) {
    CharRange caret = {'^', '^'};
    vec_push(&tr->to.ranges, caret);
    for (uint32_t i = tr->to.ranges.count - 1; i > 0; i--)
      tr->to.ranges.at[i] = tr->to.ranges.at[i - 1];
    tr->to.ranges.at[0] = caret;
  }
  tr->last = vec_last(&tr->to.ranges).last;
  tr_fill_ascii(tr);
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

// Translate a string of ASCII into one of the same length; VAL_UNDEF when nothing changes.
static Value tr_run_ascii(ExecCtx *ec, const Tr *tr, Value str, EncIndex enc) {
  size_t len = mx_str_len(str), at = 0;
  const unsigned char *from = (const unsigned char *)mx_str_bytes(str);
  while (at < len && tr->ascii[from[at]] == TR_KEEP) at++;
  if (at == len) return VAL_UNDEF;
  Value out = mx_str_new(ec, mx_str_bytes(str), len, enc);
  unsigned char *bytes = (unsigned char *)mx_str_bytes(out);
  for (; at < len; at++) {
    uint32_t to = tr->ascii[bytes[at]];
    if (to != TR_KEEP) bytes[at] = (unsigned char)to;
  }
  mx_str_set_content(out, STR_ASCII);
  return out;
}

// Translate a string of any kind; VAL_UNDEF when nothing changes.
static Value tr_run_any(ExecCtx *ec, const Tr *tr, Value str, EncIndex enc, bool squeeze) {
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
  if (tr_init(ec, &tr, from, to)) {
    bool simple = tr.plain && !squeeze && mx_str_is_ascii(str);
    out = simple ? tr_run_ascii(ec, &tr, str, enc) : tr_run_any(ec, &tr, str, enc, squeeze);
  }
  vec_free(&tr.from.ranges);
  vec_free(&tr.to.ranges);
  return out;
}
