// SPDX-License-Identifier: MIT
// What the engines tell hooks (runtime/hooks.h), and when.
//
//   bytecode   mx_watch_step before each instruction: beginnings, lines, rescues, ends;
//              mx_watch_unwind where an activation is unwound (land.c)
//   walker     mx_watch_begin and mx_watch_end around a body, mx_watch_line at statements
//   both       mx_watch_call and mx_watch_called around methods of C (invoke.c), raise, threads
//
// Methods of the core library that are written in the language look like methods of C: C_CALL when
// their frame begins, C_RETURN when it ends, and nothing of what is inside them. Blocks of the
// program that they call, and methods of the program, are told as always.
//
// All of these give false with an exception pending when a hook has raised. Who calls them has
// stored the frame's place and ec->vsp, and reads afresh whatever guest code may change.
#ifndef MX_INTERP_WATCH_H
#define MX_INTERP_WATCH_H

#include "runtime/hooks.h"
#include "interp/frame.h"

// Does any hook want one of the events?
static inline bool mx_watch_wants(const VM *vm, uint32_t events) {
  return MX_UNLIKELY((vm->hooked & events) != 0);
}

// The frame, which is the innermost, is about to execute the instruction at ip. Stores its place.
MX_FUNC MX_MUST_CHECK bool mx_watch_step(ExecCtx *ec, Frame *fr, const uint32_t *ip, Value *sp);
// The activation begins, its arguments are bound.
MX_FUNC MX_MUST_CHECK bool mx_watch_begin(ExecCtx *ec, Frame *fr);
// What is pending leaves the activation.
MX_FUNC MX_MUST_CHECK bool mx_watch_unwind(ExecCtx *ec, Frame *fr);
// The activation ends with the result of its body, which is given back unless a hook has raised.
MX_FUNC MX_MUST_CHECK Value mx_watch_end(ExecCtx *ec, Frame *fr, Value result);
// A statement at a place in the source begins.
MX_FUNC MX_MUST_CHECK bool mx_watch_line(ExecCtx *ec, Frame *fr, uint32_t site);
// A rescue clause of the frame takes an exception.
MX_FUNC MX_MUST_CHECK bool mx_watch_rescue(ExecCtx *ec, Frame *fr, Value exception);

// Are calls of a method from here told as those of methods of C?
MX_FUNC bool mx_watch_is_leaf(const ExecCtx *ec, const MethodEntry *me);
// Such a method is called, and is over.
MX_FUNC MX_MUST_CHECK bool mx_watch_call(ExecCtx *ec, Value receiver, const MethodEntry *me);
MX_FUNC MX_MUST_CHECK Value mx_watch_called(ExecCtx *ec, Value receiver, const MethodEntry *me,
                                            Value result);

// The thread begins or ends (THREAD_BEGIN, THREAD_END).
MX_FUNC MX_MUST_CHECK bool mx_watch_thread(ExecCtx *ec, uint32_t event);
// The context goes on after another fiber.
MX_FUNC MX_MUST_CHECK bool mx_watch_fiber(ExecCtx *ec);
// A unit was parsed; text: it was evaluated, or nil for a file.
MX_FUNC MX_MUST_CHECK bool mx_watch_compiled(ExecCtx *ec, const Unit *unit, Value text);

// Upcalls (runtime/upcall.h).
MX_FUNC void mx_watch_raised(ExecCtx *ec);
MX_FUNC const void *mx_watch_target(ExecCtx *ec, Value v);
MX_FUNC bool mx_watch_fits(ExecCtx *ec, const Hook *hook);
MX_FUNC Value mx_watch_binding(ExecCtx *ec, const HookArg *arg);

#endif
