// SPDX-License-Identifier: MIT
// Hooks: what TracePoint and set_trace_func ask to be told of.
//
// VM.hooked has the events that some enabled hook wants; zero, nearly always, means that nobody
// asks. The engines test it where they go through C anyway; the dispatch loop does not: while a
// hook is enabled, it uses a table of handlers that look (VM.handlers). Machine code is left and
// not entered (VM.hooks_toggled). What the engines tell, and when, is in interp/watch.h.
//
// INVARIANTS:
// 1. VM.hooks is an Array that is never changed, but replaced: whoever walks it may run guest code.
// 2. ec->event is the event whose hooks run in this context; no event happens meanwhile.
#ifndef MX_RUNTIME_HOOKS_H
#define MX_RUNTIME_HOOKS_H

#include "runtime/vm.h"

// Numbers of events, for tables; the bits are made of them.
typedef enum HookNumber {
#define EVENT(NAME, symbol, word, VALUE, when) HOOK_NUMBER_##NAME,
#include "runtime/hooks.def"
  HOOK_NUMBERS
} HookNumber;

enum {
#define EVENT(NAME, symbol, word, VALUE, when) HOOK_##NAME = 1 << HOOK_NUMBER_##NAME,
#include "runtime/hooks.def"
  HOOK_ALL = (1 << HOOK_NUMBERS) - 1,
};

// What HookArg.value is.
typedef enum HookValue {
  HOOK_VALUE_NONE,
  HOOK_VALUE_RETURNED,
  HOOK_VALUE_RAISED,
  HOOK_VALUE_SCRIPT,
} HookValue;

// An event that is being told; lives on the C stack of who tells it.
struct HookArg {
  uint32_t event;        // HOOK_*, one bit
  uint32_t line;         // where, 0 for nowhere
  Value path;            // file, or nil
  Value self;            // of the frame, or the receiver of a method of the library
  Value value;           // by event; VAL_UNDEF where it has none
  const MethodEntry *me; // method that runs or is called, NULL for none
  const Block *block;    // B_CALL, B_RETURN: what runs, or NULL
  const void *code;      // what runs (interp/code.h), or NULL
  Frame *frame;          // innermost frame of the program, or NULL
};

// Payload of a TracePoint.
typedef struct Hook {
  Value proc;         // what is called
  Value thread;       // the only one that is looked at, or nil
  const void *target; // code that is looked at, with those in it; NULL: all
  uint32_t line;      // of the target: the only one whose LINE is told, 0 for all
  uint32_t events;    // HOOK_* that are told
  bool enabled;       // it is in VM.hooks
  bool words;         // set_trace_func: the proc gets six values
} Hook;

// A TracePoint of a class that calls a Proc. Not enabled.
MX_FUNC Value mx_hook_new(ExecCtx *ec, uint32_t events, Value proc);
// The hook that a TracePoint is.
MX_FUNC Hook *mx_hook_of(Value v);
// Tell it events from now on, or no more. Neither does anything when that is so already.
MX_FUNC void mx_hook_enable(ExecCtx *ec, Value v);
MX_FUNC void mx_hook_disable(ExecCtx *ec, Value v);
// The dispatch loop's handlers for what the VM knows now.
MX_FUNC void mx_hooks_set_handlers(VM *vm);

// Names of an event (one bit), and what its value is.
MX_FUNC const char *mx_hook_symbol(uint32_t event);
MX_FUNC const char *mx_hook_word(uint32_t event);
MX_FUNC HookValue mx_hook_value(uint32_t event);

#endif
