// SPDX-License-Identifier: MIT
// The list of enabled hooks, and what follows from whether it is empty.
#include "runtime/hooks.h"
#include "runtime/array.h"

typedef struct HookInfo {
  const char *symbol, *word;
  HookValue value;
} HookInfo;

static const HookInfo hook_infos[HOOK_NUMBERS] = {
#define EVENT(NAME, symbol, word, VALUE, when) {symbol, word, HOOK_VALUE_##VALUE},
#include "runtime/hooks.def"
};

static const HookInfo *hook_info(uint32_t event) { return &hook_infos[__builtin_ctz(event)]; }

const char *mx_hook_symbol(uint32_t event) { return hook_info(event)->symbol; }
const char *mx_hook_word(uint32_t event) { return hook_info(event)->word; }
HookValue mx_hook_value(uint32_t event) { return hook_info(event)->value; }

static const ForeignType hook_type = {.name = "tracepoint", .size = sizeof(Hook)};

Value mx_hook_new(ExecCtx *ec, uint32_t events, Value proc) {
  Foreign *object = mx_foreign_new(ec, ec->vm->cls.TracePoint, &hook_type);
  *(Hook *)(void *)object->payload = (Hook){.proc = proc, .thread = VAL_NIL, .events = events};
  return val_from_ptr(object);
}

Hook *mx_hook_of(Value v) { return mx_foreign_get(v, &hook_type); }

void mx_hooks_set_handlers(VM *vm) {
  vm->handlers = vm->hooked         ? HANDLERS_HOOKED
                 : vm->basic.broken ? HANDLERS_GENERIC
                                    : HANDLERS_NORMAL;
}

// Let the VM have other hooks.
static void hooks_replace(ExecCtx *ec, Value hooks) {
  VM *vm = ec->vm;
  bool before = vm->hooked != 0;
  vm->hooks = hooks;
  vm->hooked = 0;
  for (uint32_t i = 0; i < mx_array_len(hooks); i++)
    vm->hooked |= mx_hook_of(mx_array_get(ec, hooks, i))->events;
  mx_hooks_set_handlers(vm);
  bool now = vm->hooked != 0;
  if (now != before && vm->hooks_toggled) vm->hooks_toggled(vm, now);
}

// The enabled hooks but one.
static Value hooks_without(ExecCtx *ec, Value v, Value first) {
  Value hooks = mx_array_new(ec, 4);
  if (!val_is_undef(first)) mx_array_push(ec, hooks, first);
  for (uint32_t i = 0; !val_is_nil(ec->vm->hooks) && i < mx_array_len(ec->vm->hooks); i++) {
    Value at = mx_array_get(ec, ec->vm->hooks, i);
    if (at != v) mx_array_push(ec, hooks, at);
  }
  return hooks;
}

void mx_hook_enable(ExecCtx *ec, Value v) {
  Hook *hook = mx_hook_of(v);
  if (hook->enabled) return;
  hook->enabled = true;
  hooks_replace(ec, hooks_without(ec, v, v));
}

void mx_hook_disable(ExecCtx *ec, Value v) {
  Hook *hook = mx_hook_of(v);
  if (!hook->enabled) return;
  hook->enabled = false;
  hook->thread = VAL_NIL;
  hook->target = NULL;
  hook->line = 0;
  hooks_replace(ec, hooks_without(ec, v, VAL_UNDEF));
}
