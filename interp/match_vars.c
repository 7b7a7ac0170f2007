// SPDX-License-Identifier: MIT
// $~ and $_ as both engines, C leaves and the table of globals see them.
#include "interp/match_vars.h"
#include "runtime/global.h"
#include "runtime/regexp.h"
#include "runtime/thread.h"
#include "runtime/upcall.h"
#include "interp/fiber.h"

// Where $~ or $_ of the method around fr is kept; NULL when nothing can observe it, or for no
// frame. What the block of a thread or fiber would share with the method around it is its own.
// Machine code has the locals of its frame in registers: what C that it calls calls on its part
// does not reach them.
static Value *match_home(const ExecCtx *ec, Frame *fr, Sym name) {
  if (ec->match_home && name == SYM_g_match) return ec->match_home;
  if (fr && fr->flags & FRAME_MACHINE && !(fr->flags & FRAME_BLOCK)) return NULL;
  Value *home = fr ? mx_frame_hidden_home(fr, name) : NULL;
  FiberObj *fiber = ec->fiber;
  Value proc = fiber->main ? ((const ThreadObj *)ec->thread)->proc : fiber->proc;
  if (!home || val_is_nil(proc)) return home;
  if (home != mx_frame_block_hidden_home(&VAL_CAST(Proc, proc)->block, name)) return home;
  return name == SYM_g_line ? &fiber->line : &fiber->match;
}

Value mx_match_var_get(const ExecCtx *ec, Frame *fr, Sym name) {
  const Value *home = match_home(ec, fr, name);
  return home ? *home : VAL_NIL;
}

bool mx_match_var_set(ExecCtx *ec, Frame *fr, Sym name, Value v) {
  if (name == SYM_g_match && !val_is_nil(v) && !val_is_type(v, T_MATCH)) {
    Value klass = val_from_ptr(mx_class_real(mx_class_of(ec->vm, v)));
    (void)mx_raise_type(ec, "wrong argument type %V (expected MatchData)", klass);
    return false;
  }
  Value *home = match_home(ec, fr, name);
  if (home) *home = v;
  return true;
}

Value mx_match_nth(ExecCtx *ec, Frame *fr, int64_t index) {
  Value match = mx_match_var_get(ec, fr, SYM_g_match);
  return val_is_nil(match) ? VAL_NIL : mx_match_group(ec, match, index);
}

Value mx_match_written(ExecCtx *ec, Frame *fr, Value result, Sym name) {
  Value match = mx_match_var_get(ec, fr, SYM_g_match);
  if (!val_truthy(match) || !val_truthy(result)) return VAL_NIL;
  return mx_send1(ec, match, SYM_AREF, val_from_sym(name));
}

// ---- from C leaves and the table of globals

void mx_match_set(ExecCtx *ec, Value match) {
  Value *home = match_home(ec, mx_frame_guest(ec->frame), SYM_g_match);
  if (home) *home = match;
}

Value mx_match_get(ExecCtx *ec) {
  return mx_match_var_get(ec, mx_frame_guest(ec->frame), SYM_g_match);
}

void mx_match_set_line(ExecCtx *ec, Value line, uint32_t above) {
  Frame *fr = mx_frame_guest(ec->frame);
  while (fr && above-- > 0) fr = mx_frame_guest(fr->prev);
  Value *home = match_home(ec, fr, SYM_g_line);
  if (home) *home = line;
}

Value mx_match_get_line(ExecCtx *ec) {
  return mx_match_var_get(ec, mx_frame_guest(ec->frame), SYM_g_line);
}

// Read $~ or $_ as globals.
static Value match_hook_get(ExecCtx *ec, Sym name, void *data) {
  (void)data;
  return mx_match_var_get(ec, mx_frame_guest(ec->frame), name);
}

// Set $~ or $_ as globals.
static bool match_hook_set(ExecCtx *ec, Sym name, Value value, void *data) {
  (void)data;
  return mx_match_var_set(ec, mx_frame_guest(ec->frame), name, value);
}

// The last group of the match that took part.
static Value match_last_group(ExecCtx *ec, Value match) {
  for (int64_t i = VAL_CAST(MatchObj, match)->groups; i > 0; i--) {
    Value group = mx_match_group(ec, match, i);
    if (!val_is_nil(group)) return group;
  }
  return VAL_NIL;
}

Value mx_match_part(ExecCtx *ec, Value match, Sym name) {
  if (val_is_nil(match)) return VAL_NIL;
  switch (mx_sym_text(&ec->vm->symtab, name)[1]) {
  case '&': return mx_match_group(ec, match, 0);
  case '`': return mx_match_pre(ec, match);
  case '\'': return mx_match_post(ec, match);
  default: return match_last_group(ec, match);
  }
}

// $& $` $' $+
static Value match_hook_part(ExecCtx *ec, Sym name, void *data) {
  (void)data;
  return mx_match_part(ec, mx_match_get(ec), name);
}

void mx_match_boot(ExecCtx *ec) {
  VM *vm = ec->vm;
  mx_global_hook(vm, SYM_g_match, match_hook_get, match_hook_set, NULL);
  mx_global_hook(vm, SYM_g_line, match_hook_get, match_hook_set, NULL);
  static const char *const parts[] = {"$&", "$`", "$'", "$+"};
  for (size_t i = 0; i < MX_COUNT_OF(parts); i++)
    mx_global_hook(vm, mx_sym(vm, parts[i]), match_hook_part, NULL, NULL);
  mx_global_set_asks(vm, SYM_g_match);
  mx_global_set_asks(vm, SYM_g_line);
  for (size_t i = 0; i < MX_COUNT_OF(parts); i++) mx_global_set_asks(vm, mx_sym(vm, parts[i]));
}
