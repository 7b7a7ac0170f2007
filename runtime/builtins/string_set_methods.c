// SPDX-License-Identifier: MIT
// Leaves of String over sets of characters, and changes of case.
#include "runtime/builtins/rows.h"
#include "runtime/builtins/string_args.h"

// Sets are of whole characters: broken text is refused.
static bool set_check_valid(ExecCtx *ec, Value str) {
  if (mx_str_content(str) != STR_BROKEN || mx_str_enc(str) == ENC_US_ASCII) return true;
  mx_raise_arg(ec, "invalid byte sequence in %s", mx_enc_info(mx_str_enc(str))->name);
  return false;
}

// Convert arguments to a set of characters; false when it raised.
bool mx_string_sets(ExecCtx *ec, CharSet *set, Value self, int argc, const Value *argv) {
  Value sets[8];
  if (argc > (int)MX_COUNT_OF(sets)) {
    mx_raise_arg(ec, "too many sets of characters");
    return false;
  }
  for (int i = 0; i < argc; i++) {
    sets[i] = argv[i];
    if (!string_arg(ec, &sets[i])) return false;
  }
  if (!set_check_valid(ec, self)) return false;
  for (int i = 0; i < argc; i++)
    if (!set_check_valid(ec, sets[i])) return false;
  return mx_charset_init(ec, set, self, argc, sets);
}

// str.count(*sets)
Value mx_string_m_count(ExecCtx *ec, Value self, int argc, const Value *argv) {
  if (argc == 0) return mx_raise_arg(ec, "wrong number of arguments (given 0, expected 1+)");
  CharSet set;
  if (!mx_string_sets(ec, &set, self, argc, argv)) return VAL_EXC;
  const char *p = mx_str_bytes(self), *end = p + mx_str_len(self);
  int64_t count = 0;
  if (mx_str_is_ascii(self))
    for (; p < end; p++) count += (set.ascii[(unsigned char)*p >> 6] >> (*p & 63)) & 1;
  for (size_t len; p < end; p += len)
    count += mx_charset_has(&set, mx_charset_code(mx_str_enc(self), p, end, &len));
  mx_charset_free(&set);
  return val_from_fixnum(count);
}

// What is dropped of a string: what is in a set, and, for squeeze, repeats its neighbour.
typedef struct SetFilter {
  const CharSet *set; // NULL: any character
  bool squeezes;
} SetFilter;

// Is an ASCII character that stands behind another dropped?
static inline bool set_drops_ascii(const SetFilter *filter, uint32_t code, uint32_t previous) {
  bool in = !filter->set || ((filter->set->ascii[code >> 6] >> (code & 63)) & 1);
  return in && (!filter->squeezes || code == previous);
}

// Likewise any character.
static bool set_drops(const SetFilter *filter, uint32_t code, uint32_t previous) {
  if (filter->squeezes && code != previous) return false;
  return !filter->set || mx_charset_has(filter->set, code);
}

// Filter the characters of an ASCII string; VAL_UNDEF when all stay.
static Value set_filter_ascii(ExecCtx *ec, Value self, const SetFilter *filter) {
  size_t len = mx_str_len(self), at = 0;
  const unsigned char *from = (const unsigned char *)mx_str_bytes(self);
  uint32_t previous = UINT32_MAX;
  for (; at < len && !set_drops_ascii(filter, from[at], previous); at++) previous = from[at];
  if (at == len) return VAL_UNDEF;
  Value out = mx_str_new(ec, NULL, len - 1, mx_str_enc(self));
  char *start = mx_str_bytes(out), *to = start + at;
  memcpy(start, from, at);
  // What is dropped at the end is written where the NUL belongs.
  for (; at < len; at++) {
    *to = (char)from[at];
    to += !set_drops_ascii(filter, from[at], previous);
    previous = from[at];
  }
  mx_str_resize(ec, out, (size_t)(to - start));
  mx_str_set_content(out, STR_ASCII);
  return out;
}

// Filter the characters of a string; VAL_UNDEF when all stay.
static Value set_filter(ExecCtx *ec, Value self, const SetFilter *filter) {
  if (mx_str_is_ascii(self)) return set_filter_ascii(ec, self, filter);
  StrBuf buf = STRBUF_INIT;
  EncIndex enc = mx_str_enc(self);
  const char *p = mx_str_bytes(self), *end = p + mx_str_len(self);
  uint32_t previous = UINT32_MAX;
  for (size_t len; p < end; p += len) {
    uint32_t code = mx_charset_code(enc, p, end, &len);
    if (!set_drops(filter, code, previous)) mx_strbuf_add(&buf, p, len);
    previous = code;
  }
  bool same = buf.len == mx_str_len(self);
  Value out = same ? VAL_UNDEF : mx_str_new(ec, buf.at, buf.len, enc);
  mx_strbuf_free(&buf);
  return out;
}

// The string without the characters of the sets.
static Value set_delete(ExecCtx *ec, Value self, int argc, const Value *argv) {
  if (argc == 0) return mx_raise_arg(ec, "wrong number of arguments (given 0, expected 1+)");
  CharSet set;
  if (!mx_string_sets(ec, &set, self, argc, argv)) return VAL_EXC;
  Value out = set_filter(ec, self, &(SetFilter){.set = &set});
  mx_charset_free(&set);
  return out;
}

// The string with runs of the characters of the sets (or of any) made single.
static Value set_squeeze(ExecCtx *ec, Value self, int argc, const Value *argv) {
  if (argc == 0) {
    if (!set_check_valid(ec, self)) return VAL_EXC;
    return set_filter(ec, self, &(SetFilter){.squeezes = true});
  }
  CharSet set;
  if (!mx_string_sets(ec, &set, self, argc, argv)) return VAL_EXC;
  Value out = set_filter(ec, self, &(SetFilter){.set = &set, .squeezes = true});
  mx_charset_free(&set);
  return out;
}

// str.delete(*sets)
Value mx_string_m_delete(ExecCtx *ec, Value self, int argc, const Value *argv) {
  return string_result(ec, self, set_delete(ec, self, argc, argv));
}

// str.delete!(*sets)
Value mx_string_m_delete_bang(ExecCtx *ec, Value self, int argc, const Value *argv) {
  if (!string_can_write(ec, self)) return VAL_EXC;
  return string_result_bang(ec, self, set_delete(ec, self, argc, argv));
}

// str.squeeze(*sets)
Value mx_string_m_squeeze(ExecCtx *ec, Value self, int argc, const Value *argv) {
  return string_result(ec, self, set_squeeze(ec, self, argc, argv));
}

// str.squeeze!(*sets)
Value mx_string_m_squeeze_bang(ExecCtx *ec, Value self, int argc, const Value *argv) {
  if (!string_can_write(ec, self)) return VAL_EXC;
  return string_result_bang(ec, self, set_squeeze(ec, self, argc, argv));
}

// Translate; an empty second set deletes.
static Value set_tr(ExecCtx *ec, Value self, Value from, Value to, bool squeeze) {
  if (!string_arg(ec, &from) || !string_arg(ec, &to)) return VAL_EXC;
  if (mx_str_len(to) == 0) return set_delete(ec, self, 1, &from);
  if (mx_str_len(self) == 0) return VAL_UNDEF;
  if (!set_check_valid(ec, self) || !set_check_valid(ec, from) || !set_check_valid(ec, to))
    return VAL_EXC;
  if (mx_str_len(from) == 0) return VAL_UNDEF;
  return mx_str_tr(ec, self, from, to, squeeze);
}

// str.tr(from, to)
Value mx_string_m_tr(ExecCtx *ec, Value self, Value a, Value b) {
  return string_result(ec, self, set_tr(ec, self, a, b, false));
}

// str.tr!(from, to)
Value mx_string_m_tr_bang(ExecCtx *ec, Value self, Value a, Value b) {
  if (!string_can_write(ec, self)) return VAL_EXC;
  return string_result_bang(ec, self, set_tr(ec, self, a, b, false));
}

// str.tr_s(from, to)
Value mx_string_m_tr_s(ExecCtx *ec, Value self, Value a, Value b) {
  return string_result(ec, self, set_tr(ec, self, a, b, true));
}

// str.tr_s!(from, to)
Value mx_string_m_tr_s_bang(ExecCtx *ec, Value self, Value a, Value b) {
  if (!string_can_write(ec, self)) return VAL_EXC;
  return string_result_bang(ec, self, set_tr(ec, self, a, b, true));
}

// ---- case

// Flag of one option of upcase and its kind; 0 when it is unknown.
static uint32_t set_case_option(ExecCtx *ec, Value v) {
  const char *name = mx_sym_text(&ec->vm->symtab, val_to_sym(v));
  if (strcmp(name, "ascii") == 0) return CASE_ASCII_ONLY;
  if (strcmp(name, "turkic") == 0) return CASE_TURKIC;
  if (strcmp(name, "lithuanian") == 0) return CASE_LITHUANIAN;
  return strcmp(name, "fold") == 0 ? CASE_FOLDING : 0;
}

// Read the second option, which only completes :turkic or :lithuanian.
static bool set_case_second(ExecCtx *ec, uint32_t first, Value second, uint32_t *flags) {
  uint32_t flag = val_is_symbol(second) ? set_case_option(ec, second) : 0;
  uint32_t other = first == CASE_TURKIC ? CASE_LITHUANIAN : CASE_TURKIC;
  if (first != CASE_TURKIC && first != CASE_LITHUANIAN)
    return mx_raise_arg(ec, "too many options"), false;
  if (flag != other)
    return mx_raise_arg(ec, "invalid second argument: use only with %s",
                        first == CASE_TURKIC ? ":lithuanian" : ":turkic"),
           false;
  *flags |= flag;
  return true;
}

// Read the options of upcase and its kind.
static bool set_case_flags(ExecCtx *ec, int argc, const Value *argv, CaseOp op, uint32_t *flags) {
  *flags = 0;
  if (argc == 0) return true;
  if (argc > 2) return mx_raise_arg(ec, "too many options"), false;
  *flags = val_is_symbol(argv[0]) ? set_case_option(ec, argv[0]) : 0;
  if (argc == 2) return set_case_second(ec, *flags, argv[1], flags);
  if (*flags == 0) return mx_raise_arg(ec, "invalid option: %V", argv[0]), false;
  if (*flags != CASE_FOLDING || op == CASE_OP_DOWN) return true;
  mx_raise_arg(ec, "option :fold only allowed for downcasing");
  return false;
}

// Change the case as options say.
static Value set_case(ExecCtx *ec, Value self, int argc, const Value *argv, CaseOp op) {
  uint32_t flags;
  if (!set_case_flags(ec, argc, argv, op, &flags)) return VAL_EXC;
  return mx_str_change_case(ec, self, op, flags);
}

// str.upcase(*options)
Value mx_string_m_upcase(ExecCtx *ec, Value self, int argc, const Value *argv) {
  return string_result(ec, self, set_case(ec, self, argc, argv, CASE_OP_UP));
}

// str.upcase!(*options)
Value mx_string_m_upcase_bang(ExecCtx *ec, Value self, int argc, const Value *argv) {
  if (!string_can_write(ec, self)) return VAL_EXC;
  return string_result_bang(ec, self, set_case(ec, self, argc, argv, CASE_OP_UP));
}

// str.downcase(*options)
Value mx_string_m_downcase(ExecCtx *ec, Value self, int argc, const Value *argv) {
  return string_result(ec, self, set_case(ec, self, argc, argv, CASE_OP_DOWN));
}

// str.downcase!(*options)
Value mx_string_m_downcase_bang(ExecCtx *ec, Value self, int argc, const Value *argv) {
  if (!string_can_write(ec, self)) return VAL_EXC;
  return string_result_bang(ec, self, set_case(ec, self, argc, argv, CASE_OP_DOWN));
}

// str.swapcase(*options)
Value mx_string_m_swapcase(ExecCtx *ec, Value self, int argc, const Value *argv) {
  return string_result(ec, self, set_case(ec, self, argc, argv, CASE_OP_SWAP));
}

// str.swapcase!(*options)
Value mx_string_m_swapcase_bang(ExecCtx *ec, Value self, int argc, const Value *argv) {
  if (!string_can_write(ec, self)) return VAL_EXC;
  return string_result_bang(ec, self, set_case(ec, self, argc, argv, CASE_OP_SWAP));
}

// str.capitalize(*options)
Value mx_string_m_capitalize(ExecCtx *ec, Value self, int argc, const Value *argv) {
  return string_result(ec, self, set_case(ec, self, argc, argv, CASE_OP_CAPITALIZE));
}

// str.capitalize!(*options)
Value mx_string_m_capitalize_bang(ExecCtx *ec, Value self, int argc, const Value *argv) {
  if (!string_can_write(ec, self)) return VAL_EXC;
  return string_result_bang(ec, self, set_case(ec, self, argc, argv, CASE_OP_CAPITALIZE));
}
