// SPDX-License-Identifier: MIT
// Algorithms on strings that make new strings: case, transliteration, successor, search.
//
// Functions that change a string answer a new plain String, or VAL_UNDEF when nothing changes, so
// that the methods with and without `!` share them.
#ifndef MX_RUNTIME_STRING_EDIT_H
#define MX_RUNTIME_STRING_EDIT_H

#include "runtime/base/vec.h"
#include "runtime/string.h"

// ---- case
typedef enum CaseOp { CASE_OP_UP, CASE_OP_DOWN, CASE_OP_SWAP, CASE_OP_CAPITALIZE } CaseOp;
enum { CASE_ASCII_ONLY = 1, CASE_TURKIC = 2, CASE_FOLDING = 4, CASE_LITHUANIAN = 8 };
MX_FUNC Value mx_str_change_case(ExecCtx *ec, Value str, CaseOp op, uint32_t flags);

// ---- sets of characters, as tr, delete, squeeze and count take them
typedef struct CharRange {
  uint32_t first, last; // codes, both included
} CharRange;
typedef struct CharList {
  VEC(CharRange) ranges; // in the order written
  bool negated;          // began with ^
} CharList;
typedef struct CharSet {
  uint64_t ascii[2];  // bit map of the members below 128
  bool ascii_only;    // it has no others
  VEC(CharList) wide; // those of its sets that name others: a member is in each
} CharSet;
// Parse the sets and intersect them; false when it raised. mx_charset_free frees what it holds.
MX_FUNC bool mx_charset_init(ExecCtx *ec, CharSet *set, Value str, int count, const Value *sets);
MX_FUNC void mx_charset_free(CharSet *set);
MX_FUNC bool mx_charset_has(const CharSet *set, uint32_t code);
// Code of the character at p for sets: its code point, or a number of its own for broken bytes.
MX_FUNC uint32_t mx_charset_code(EncIndex enc, const char *p, const char *end, size_t *len);
MX_FUNC MX_MUST_CHECK Value mx_str_tr(ExecCtx *ec, Value str, Value from, Value to, bool squeeze);

// ---- successor
MX_FUNC Value mx_str_succ(ExecCtx *ec, Value str);

// ---- search; offsets are in bytes, -1: absent. Encodings were checked by the caller.
MX_FUNC int64_t mx_str_index(Value str, Value sub, size_t from);
MX_FUNC int64_t mx_str_rindex(Value str, Value sub, size_t from); // last one at or before `from`
MX_FUNC bool mx_str_starts_with(Value str, Value prefix);
MX_FUNC bool mx_str_ends_with(Value str, Value suffix);
// Bytes of [start, start + count) in characters; false when start is outside. Negative start
// counts from the end.
MX_FUNC bool mx_str_char_span(Value str, int64_t start, int64_t count, size_t *at, size_t *len);

#endif
