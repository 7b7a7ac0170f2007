// SPDX-License-Identifier: MIT
// $~ and $_ as seen from C leaves and from the table of globals.
#include "interp/match_vars.h"
#include "runtime/global.h"
#include "runtime/regexp.h"

void mx_match_set(ExecCtx *ec, Value match) {
  Frame *fr = mx_frame_guest(ec->frame);
  Value *home = fr ? mx_frame_match_home(fr) : NULL;
  if (home) *home = match;
}

Value mx_match_get(ExecCtx *ec) {
  Frame *fr = mx_frame_guest(ec->frame);
  Value *home = fr ? mx_frame_match_home(fr) : NULL;
  return home ? *home : VAL_NIL;
}

void mx_match_set_line(ExecCtx *ec, Value line) {
  Frame *fr = mx_frame_guest(ec->frame);
  Value *home = fr ? mx_frame_line_home(fr) : NULL;
  if (home) *home = line;
}

Value mx_match_get_line(ExecCtx *ec) {
  Frame *fr = mx_frame_guest(ec->frame);
  Value *home = fr ? mx_frame_line_home(fr) : NULL;
  return home ? *home : VAL_NIL;
}

// Read $~ or $_ as globals.
static Value match_hook_get(ExecCtx *ec, Sym name, void *data) {
  (void)data;
  if (name == SYM_g_line) return mx_match_get_line(ec);
  return mx_match_get(ec);
}

// Set $~ or $_ as globals.
static bool match_hook_set(ExecCtx *ec, Sym name, Value value, void *data) {
  (void)data;
  if (name == SYM_g_line) {
    mx_match_set_line(ec, value);
    return true;
  }
  if (!val_is_nil(value) && !val_is_type(value, T_MATCH)) {
    Value klass = val_from_ptr(mx_class_real(mx_class_of(ec->vm, value)));
    (void)mx_raise_type(ec, "wrong argument type %V (expected MatchData)", klass);
    return false;
  }
  mx_match_set(ec, value);
  return true;
}

// The last group of the match that took part.
static Value match_last_group(ExecCtx *ec, Value match) {
  for (int64_t i = VAL_CAST(MatchObj, match)->groups; i > 0; i--) {
    Value group = mx_match_group(ec, match, i);
    if (!val_is_nil(group)) return group;
  }
  return VAL_NIL;
}

// $& $` $' $+
static Value match_part(ExecCtx *ec, Sym name, void *data) {
  (void)data;
  Value match = mx_match_get(ec);
  if (val_is_nil(match)) return VAL_NIL;
  switch (mx_sym_text(&ec->vm->symtab, name)[1]) {
  case '&': return mx_match_group(ec, match, 0);
  case '`': return mx_match_pre(ec, match);
  case '\'': return mx_match_post(ec, match);
  default: return match_last_group(ec, match);
  }
}

void mx_match_boot(ExecCtx *ec) {
  VM *vm = ec->vm;
  mx_global_hook(vm, SYM_g_match, match_hook_get, match_hook_set, NULL);
  mx_global_hook(vm, SYM_g_line, match_hook_get, match_hook_set, NULL);
  static const char *const parts[] = {"$&", "$`", "$'", "$+"};
  for (size_t i = 0; i < MX_COUNT_OF(parts); i++)
    mx_global_hook(vm, mx_sym(vm, parts[i]), match_part, NULL, NULL);
}
