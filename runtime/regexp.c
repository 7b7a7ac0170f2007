// SPDX-License-Identifier: MIT
// Regular expressions: compiling for the encoding of a subject, searching.
//
// A pattern that is ASCII only fits subjects of every ASCII-compatible encoding, but Oniguruma
// compiles for one. So a Regexp keeps up to three compiled forms: for UTF-8 and for subjects
// that are ASCII only, for single bytes, and for the other encoding met last.
// Searches that run away end with Regexp::TimeoutError: Oniguruma counts its steps.
// OWNERSHIP: compiled forms are malloc'd and freed when the Regexp dies.
#include "runtime/regexp.h"

#include "runtime/array.h"
#include "runtime/hash.h"
#include "runtime/regexp_syntax.h"
#include "runtime/semantics.h"

#include <oniguruma.h>

#include <stdlib.h>

enum {
  REGEXP_FORM_UTF8,  // also for subjects that are ASCII only
  REGEXP_FORM_BYTES, // encodings of single bytes without tables of their own
  REGEXP_FORM_OTHER, // any other; compiled anew when the encoding changes
  REGEXP_OPT_IXM = 7,
  REGEXP_OPT_ENC_SHIFT = 8,        // bits 8-9: 1 u, 2 e, 3 s
  REGEXP_RETRY_LIMIT = 100000000,  // steps of one match
  REGEXP_SEARCH_LIMIT = 200000000, // steps of one search
  REGEXP_NEST_MAX = 4096,          // levels of a pattern; Ruby's limit
  REGEXP_NEST_MIN = 8,             // for these there is room in the reserve of a full stack
  REGEXP_NEST_STACK = 1024,        // bytes of C stack a level; 825 were measured at most
};

typedef struct RegexpForm {
  OnigRegex reg;      // compiled pattern
  OnigRegex here;     // the same for matches at one place; NULL before the first, may be `reg`
  OnigRegion *region; // scratch for results
  OnigEncoding onig;  // encoding it was compiled for
} RegexpForm;

// Free one compiled form.
static void regexp_free_form(RegexpForm *form) {
  if (!form) return;
  if (form->here != form->reg) onig_free(form->here);
  onig_free(form->reg);
  onig_region_free(form->region, 1);
  free(form);
}

// Finalizer: free the compiled forms of a Regexp.
static void regexp_finalize(void *object, void *data) {
  MX_UNUSED(data);
  RegexpObj *re = object;
  for (size_t i = 0; i < MX_COUNT_OF(re->compiled); i++) regexp_free_form(re->compiled[i]);
}

// Raise RegexpError "reason: /source/".
static void regexp_raise(ExecCtx *ec, Value source, const char *why) {
  Value text = mx_str_printf(ec, "%s: ", why);
  Value shown = mx_regexp_show_source(ec, source);
  mx_str_append_bytes(ec, text, mx_str_bytes(shown), mx_str_len(shown));
  mx_str_set_enc(text, mx_str_enc(source));
  mx_raise_value(ec, mx_error_new_str(ec, ec->vm->cls.RegexpError, text));
}

// Options of a Regexp as Oniguruma's.
static OnigOptionType regexp_onig_options(uint32_t options) {
  OnigOptionType onig = ONIG_OPTION_NONE;
  if (options & REGEXP_I) onig |= ONIG_OPTION_IGNORECASE;
  if (options & REGEXP_X) onig |= ONIG_OPTION_EXTEND;
  if (options & REGEXP_M) onig |= ONIG_OPTION_MULTILINE;
  return onig;
}

// Levels that a pattern may nest: Oniguruma parses by functions that call each other, and fibers
// have small stacks.
static unsigned regexp_nest_limit(const ExecCtx *ec) {
  char here;
  ptrdiff_t room = &here - ec->c_stack_limit;
  if (room < REGEXP_NEST_MIN * REGEXP_NEST_STACK) return REGEXP_NEST_MIN;
  ptrdiff_t levels = room / REGEXP_NEST_STACK;
  return levels < REGEXP_NEST_MAX ? (unsigned)levels : REGEXP_NEST_MAX;
}

// Prepare the library, which does nothing the second time, for the stack that is left.
static void regexp_start_engine(const ExecCtx *ec, OnigEncoding onig) {
  onig_initialize(&onig, 1);
  onig_set_parse_depth_limit(regexp_nest_limit(ec));
  onig_set_retry_limit_in_match(REGEXP_RETRY_LIMIT);
  onig_set_retry_limit_in_search(REGEXP_SEARCH_LIMIT);
}

// Compile translated text for an encoding; answers Oniguruma's code.
static int regexp_compile(const ExecCtx *ec, const StrBuf *text, uint32_t options,
                          OnigEncoding onig, OnigRegex *reg, OnigErrorInfo *info) {
  const OnigUChar *bytes = (const OnigUChar *)mx_strbuf_text(text);
  regexp_start_engine(ec, onig);
  return onig_new(reg, bytes, bytes + text->len, regexp_onig_options(options), onig,
                  ONIG_SYNTAX_RUBY, info);
}

// Make a form of translated text; NULL with the reason in `why`.
static RegexpForm *regexp_form_of(const ExecCtx *ec, const StrBuf *text, uint32_t options,
                                  OnigEncoding onig, char why[ONIG_MAX_ERROR_MESSAGE_LEN]) {
  OnigErrorInfo info;
  OnigRegex reg;
  int code = regexp_compile(ec, text, options, onig, &reg, &info);
  if (code != ONIG_NORMAL) {
    onig_error_code_to_str((OnigUChar *)why, code, &info);
    return NULL;
  }
  RegexpForm *form = malloc(sizeof *form);
  if (!form) mx_check_out_of_memory(sizeof *form);
  *form = (RegexpForm){.reg = reg, .region = onig_region_new(), .onig = onig};
  return form;
}

// Encoding that escapes of a source are read in.
static EncIndex regexp_source_enc(Value source, uint32_t options) {
  if ((options & REGEXP_NONE) && mx_str_is_ascii(source)) return ENC_BINARY;
  return mx_str_enc(source);
}

// The source of a Regexp for Oniguruma; the caller frees its text.
static RegexpText regexp_text(const RegexpObj *re, OnigEncoding onig) {
  return mx_regexp_translate(mx_str_bytes(re->source), mx_str_len(re->source),
                             regexp_source_enc(re->source, re->options), re->options & REGEXP_X,
                             onig == ONIG_ENCODING_UTF8);
}

// Make a compiled form; NULL when it raised.
static RegexpForm *regexp_make_form(ExecCtx *ec, const RegexpObj *re, OnigEncoding onig) {
  char why[ONIG_MAX_ERROR_MESSAGE_LEN];
  RegexpForm *form = NULL;
  RegexpText text = regexp_text(re, onig);
  if (text.error)
    regexp_raise(ec, re->source, text.error);
  else if (!(form = regexp_form_of(ec, &text.text, re->options, onig, why)))
    regexp_raise(ec, re->source, why);
  mx_strbuf_free(&text.text);
  return form;
}

// Compile the pattern of a form for matches at one place: behind \G. One that calls itself as a
// whole would call that, too, and behind a comment the parenthesis is lost: these stay as they are.
static OnigRegex regexp_make_here(const ExecCtx *ec, const RegexpObj *re, const RegexpForm *form) {
  OnigErrorInfo info;
  OnigRegex here = form->reg;
  StrBuf anchored = {0};
  RegexpText text = regexp_text(re, form->onig);
  mx_strbuf_add_str(&anchored, "\\G(?:");
  mx_strbuf_add(&anchored, mx_strbuf_text(&text.text), text.text.len);
  mx_strbuf_add_str(&anchored, re->options & REGEXP_X ? "\n)" : ")");
  bool calls = memmem(mx_strbuf_text(&text.text), text.text.len, "\\g", 2) != NULL;
  if (calls || regexp_compile(ec, &anchored, re->options, form->onig, &here, &info) != ONIG_NORMAL)
    here = form->reg;
  mx_strbuf_free(&text.text);
  mx_strbuf_free(&anchored);
  return here;
}

// Which form serves an encoding.
static int regexp_slot(EncIndex enc) {
  if (enc == ENC_UTF_8 || enc == ENC_US_ASCII) return REGEXP_FORM_UTF8;
  return mx_enc_info(enc)->onig == ONIG_ENCODING_ASCII ? REGEXP_FORM_BYTES : REGEXP_FORM_OTHER;
}

// The compiled form for subjects of an encoding; NULL when it raised.
static RegexpForm *regexp_form(ExecCtx *ec, RegexpObj *re, EncIndex enc) {
  int slot = regexp_slot(enc);
  OnigEncoding onig = slot == REGEXP_FORM_UTF8 ? ONIG_ENCODING_UTF8 : mx_enc_info(enc)->onig;
  RegexpForm *form = re->compiled[slot];
  if (form && form->onig == onig) return form;
  form = regexp_make_form(ec, re, onig);
  if (!form) return NULL;
  regexp_free_form(re->compiled[slot]);
  re->compiled[slot] = form;
  return form;
}

// ---- making

typedef struct NameWalk {
  ExecCtx *ec;
  Value names; // Hash being filled
} NameWalk;

// Enter one named group (callback of Oniguruma).
static int regexp_add_name(const OnigUChar *name, const OnigUChar *end, int count, int *groups,
                           OnigRegex reg, void *data) {
  MX_UNUSED(reg);
  NameWalk *walk = data;
  Value key = mx_str_utf8(walk->ec, (const char *)name, (size_t)(end - name));
  Value list = mx_array_new(walk->ec, (uint32_t)count);
  for (int i = 0; i < count; i++) mx_array_push(walk->ec, list, val_from_fixnum(groups[i]));
  return mx_hash_set(walk->ec, walk->names, key, list) ? 0 : 1;
}

typedef struct GroupOrder {
  Value name, groups; // one entry of the names Hash
} GroupOrder;

// Order names by their first group.
static int regexp_order_names(const void *a, const void *b) {
  const GroupOrder *x = a, *y = b;
  Value gx = mx_array_at(NULL, val_to_array(x->groups), 0);
  Value gy = mx_array_at(NULL, val_to_array(y->groups), 0);
  return val_to_fixnum(gx) < val_to_fixnum(gy) ? -1 : 1;
}

// The named groups of a form as a Hash in order of their numbers; nil when there are none.
static Value regexp_collect_names(ExecCtx *ec, OnigRegex reg) {
  if (onig_number_of_names(reg) == 0) return VAL_NIL;
  NameWalk walk = {ec, mx_hash_new(ec)};
  onig_foreach_name(reg, regexp_add_name, &walk);
  uint32_t count = mx_hash_count(walk.names), position = 0;
  GroupOrder *order = mx_gc_alloc_words(count * sizeof *order);
  for (uint32_t i = 0; mx_hash_next(walk.names, &position, &order[i].name, &order[i].groups);) i++;
  qsort(order, count, sizeof *order, regexp_order_names);
  Value names = mx_hash_new(ec);
  for (uint32_t i = 0; i < count; i++)
    if (!mx_hash_set(ec, names, order[i].name, order[i].groups)) return VAL_NIL;
  return names;
}

// Encoding that the option letters u, e and s fix; ENC_NONE for none.
static EncIndex regexp_letter_enc(uint32_t options) {
  static const EncIndex letters[] = {ENC_NONE, ENC_UTF_8, ENC_EUC_JP, ENC_WINDOWS_31J};
  return letters[(options >> REGEXP_OPT_ENC_SHIFT) & 3];
}

// Encoding of a Regexp whose source needs `needed` (ENC_NONE: ASCII only); sets REGEXP_FIXED.
static EncIndex regexp_settle_enc(RegexpObj *re, EncIndex needed, EncIndex letter) {
  if (needed != ENC_NONE && needed != ENC_BINARY) {
    re->options |= REGEXP_FIXED;
    return needed;
  }
  if (letter != ENC_NONE) return letter;
  if (needed == ENC_BINARY) {
    if (!(re->options & REGEXP_NONE)) re->options |= REGEXP_FIXED;
    return ENC_BINARY;
  }
  return re->options & REGEXP_FIXED ? mx_str_enc(re->source) : ENC_US_ASCII;
}

// Set up a Regexp from source and options, compiling it; RegexpError.
bool mx_regexp_init(ExecCtx *ec, Value regexp, Value source, uint32_t options) {
  RegexpObj *re = VAL_CAST(RegexpObj, regexp);
  EncIndex letter = regexp_letter_enc(options);
  Value own = mx_str_dup(ec, source);
  RegexpText text =
      mx_regexp_translate(mx_str_bytes(source), mx_str_len(source),
                          regexp_source_enc(source, options), options & REGEXP_X, true);
  mx_strbuf_free(&text.text);
  if (text.error) return regexp_raise(ec, source, text.error), false;
  re->source = own;
  re->options = options & (REGEXP_OPT_IXM | REGEXP_FIXED | REGEXP_NONE);
  if (letter != ENC_NONE) re->options |= REGEXP_FIXED;
  mx_str_set_enc(own, regexp_settle_enc(re, text.enc, letter));
  RegexpForm *form = regexp_form(ec, re, mx_str_enc(own));
  if (!form) return re->source = VAL_NIL, false;
  mx_gc_on_death(re, regexp_finalize, NULL);
  mx_object_freeze(ec, own);
  re->groups = (uint32_t)onig_number_of_captures(form->reg);
  re->names = regexp_collect_names(ec, form->reg);
  return true;
}

// Compile; RegexpError with Oniguruma's reason.
Value mx_regexp_new(ExecCtx *ec, Value source, uint32_t options) {
  RegexpObj *re = mx_object_alloc(ec, ec->vm->cls.Regexp, T_REGEXP, sizeof *re);
  Value regexp = val_from_ptr(re);
  if (!mx_regexp_init(ec, regexp, source, options)) return VAL_EXC;
  return regexp;
}

// ---- searching

// Raise the error of a subject whose encoding does not fit.
static RegexpForm *regexp_raise_encoding(ExecCtx *ec, const RegexpObj *re, Value str) {
  mx_raise(ec, ec->vm->cls.CompatibilityError,
           "incompatible encoding regexp match (%s regexp with %s string)",
           mx_enc_display_name(mx_str_enc(re->source)), mx_enc_display_name(mx_str_enc(str)));
  return NULL;
}

// The form that fits a subject; NULL when it raised.
static RegexpForm *regexp_form_for(ExecCtx *ec, RegexpObj *re, Value str) {
  EncIndex enc = mx_str_enc(str);
  StrContent content = mx_str_content(str);
  if (val_is_nil(re->source)) return mx_raise_type(ec, "uninitialized Regexp"), NULL;
  if (content == STR_BROKEN)
    return mx_raise_arg(ec, "invalid byte sequence in %s", mx_enc_info(enc)->name), NULL;
  EncIndex own = mx_str_enc(re->source);
  if (own == enc) return regexp_form(ec, re, enc);
  if (!mx_enc_info(enc)->ascii_compat) return regexp_raise_encoding(ec, re, str);
  if (re->options & REGEXP_FIXED)
    return content == STR_ASCII ? regexp_form(ec, re, own) : regexp_raise_encoding(ec, re, str);
  if (own == ENC_BINARY) return regexp_form(ec, re, ENC_BINARY);
  return regexp_form(ec, re, content == STR_ASCII ? ENC_US_ASCII : enc);
}

// Raise what Oniguruma says of a search that failed.
static Value regexp_raise_search(ExecCtx *ec, const RegexpObj *re, int code) {
  if (code == ONIGERR_RETRY_LIMIT_IN_MATCH_OVER || code == ONIGERR_RETRY_LIMIT_IN_SEARCH_OVER)
    return mx_raise(ec, ec->vm->cls.RegexpTimeoutError, "regexp match timeout");
  char why[ONIG_MAX_ERROR_MESSAGE_LEN];
  onig_error_code_to_str((OnigUChar *)why, code);
  regexp_raise(ec, re->source, why);
  return VAL_EXC;
}

// A subject, and what is looked for in it.
typedef struct RegexpRun {
  const RegexpObj *re;
  RegexpForm *form;            // of re, for the subject
  const OnigUChar *bytes, *at; // start of the subject, and where to begin
  const OnigUChar *end;        // of the subject
  OnigRegion *region;          // where the groups are noted, or NULL
} RegexpRun;

// What to do with a subject from a byte offset on. groups: are they of interest?
static RegexpRun regexp_run_of(const RegexpObj *re, RegexpForm *form, Value str, int64_t start,
                               bool groups) {
  const OnigUChar *bytes = (const OnigUChar *)mx_str_bytes(str);
  return (RegexpRun){
      re, form, bytes, bytes + start, bytes + mx_str_len(str), groups ? form->region : NULL};
}

// Match at one place.
// PERF: as a search behind \G, which first asks whether a match can begin so: a plain match copies
// its stack of some 5 KB, whatever comes of it. What fails takes 30 ns, not 100.
static int regexp_run_here(const ExecCtx *ec, const RegexpRun *run) {
  RegexpForm *form = run->form;
  if (!form->here) form->here = regexp_make_here(ec, run->re, form);
  if (form->here == form->reg)
    return onig_match(form->reg, run->bytes, run->end, run->at, run->region, ONIG_OPTION_NONE);
  return onig_search(form->here, run->bytes, run->end, run->at, run->end, run->region,
                     ONIG_OPTION_NONE);
}

static int regexp_run_forward(const RegexpRun *run) {
  return onig_search(run->form->reg, run->bytes, run->end, run->at, run->end, run->region,
                     ONIG_OPTION_NONE);
}

// Find the last match that begins at or before a place. Oniguruma's own backward search is not
// used: its optimizations miss matches that begin at the start of the search.
static int regexp_run_backward(const ExecCtx *ec, RegexpRun *run, EncIndex enc) {
  for (;; run->at--) {
    run->at = (const OnigUChar *)mx_enc_left(enc, (const char *)run->bytes, (const char *)run->at,
                                             (const char *)run->end);
    int code = regexp_run_here(ec, run);
    if (code != ONIG_MISMATCH || run->at == run->bytes) return code;
  }
}

// Run Oniguruma: search forwards or backwards, or match at one place.
static int regexp_run(const ExecCtx *ec, RegexpRun *run, RegexpMode mode, EncIndex enc) {
  if (mode == REGEXP_MATCH_HERE) return regexp_run_here(ec, run);
  return mode == REGEXP_BACKWARD ? regexp_run_backward(ec, run, enc) : regexp_run_forward(run);
}

// Look for a match without making a MatchData: 1 found, 0 not, -1 raised.
int mx_regexp_test(ExecCtx *ec, Value regexp, Value str, int64_t start, RegexpMode mode) {
  RegexpObj *re = VAL_CAST(RegexpObj, regexp);
  if (start < 0 || start > (int64_t)mx_str_len(str)) return 0;
  RegexpForm *form = regexp_form_for(ec, re, str);
  if (!form) return -1;
  RegexpRun run = regexp_run_of(re, form, str, start, false);
  int code = regexp_run(ec, &run, mode, mx_str_enc(str));
  if (code >= 0) return 1;
  if (code == ONIG_MISMATCH) return 0;
  regexp_raise_search(ec, re, code);
  return -1;
}

// Byte offset of the first match: -1 for none, -2 raised.
int64_t mx_regexp_position(ExecCtx *ec, Value regexp, Value str) {
  RegexpObj *re = VAL_CAST(RegexpObj, regexp);
  RegexpForm *form = regexp_form_for(ec, re, str);
  if (!form) return -2;
  RegexpRun run = regexp_run_of(re, form, str, 0, false);
  int code = regexp_run_forward(&run);
  if (code >= ONIG_MISMATCH) return code;
  regexp_raise_search(ec, re, code);
  return -2;
}

// Make the MatchData of a region whose places count from `base`.
static Value regexp_make_match(ExecCtx *ec, Value regexp, Value str, const OnigRegion *region,
                               int64_t base) {
  Value match = mx_match_new(ec, regexp, str, (uint32_t)region->num_regs - 1);
  MatchRegion *to = VAL_CAST(MatchObj, match)->regions;
  for (int i = 0; i < region->num_regs; i++) {
    bool part = region->beg[i] >= 0;
    to[i] =
        part ? (MatchRegion){base + region->beg[i], base + region->end[i]} : (MatchRegion){-1, -1};
  }
  return match;
}

// Search or match and make a MatchData, nil when there is no match.
static Value regexp_find(ExecCtx *ec, Value regexp, Value str, int64_t start, RegexpMode mode) {
  RegexpObj *re = VAL_CAST(RegexpObj, regexp);
  if (start < 0 || start > (int64_t)mx_str_len(str)) return VAL_NIL;
  RegexpForm *form = regexp_form_for(ec, re, str);
  if (!form) return VAL_EXC;
  RegexpRun run = regexp_run_of(re, form, str, start, true);
  int code = regexp_run(ec, &run, mode, mx_str_enc(str));
  if (code >= 0) return regexp_make_match(ec, regexp, str, form->region, 0);
  return code == ONIG_MISMATCH ? VAL_NIL : regexp_raise_search(ec, re, code);
}

// Search from a byte offset.
Value mx_regexp_search(ExecCtx *ec, Value regexp, Value str, int64_t start, bool backward) {
  return regexp_find(ec, regexp, str, start, backward ? REGEXP_BACKWARD : REGEXP_FORWARD);
}

// Match exactly at a byte offset.
Value mx_regexp_match_at(ExecCtx *ec, Value regexp, Value str, int64_t at) {
  return regexp_find(ec, regexp, str, at, REGEXP_MATCH_HERE);
}

// Match at a byte offset, or search from it, as if the text began there.
Value mx_regexp_scan(ExecCtx *ec, Value regexp, Value str, int64_t at, bool anywhere) {
  RegexpObj *re = VAL_CAST(RegexpObj, regexp);
  RegexpForm *form = regexp_form_for(ec, re, str);
  if (!form) return VAL_EXC;
  RegexpRun run = regexp_run_of(re, form, str, at, true);
  run.bytes = run.at; // as if nothing stood before
  int code = anywhere ? regexp_run_forward(&run) : regexp_run_here(ec, &run);
  if (code >= 0) return regexp_make_match(ec, regexp, str, form->region, at);
  return code == ONIG_MISMATCH ? VAL_NIL : regexp_raise_search(ec, re, code);
}
