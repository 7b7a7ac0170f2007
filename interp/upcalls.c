// SPDX-License-Identifier: MIT
// The table of upcalls: how C leaves reach guest code, frames, text and fibers.
#include "runtime/array.h"
#include "runtime/integer.h"
#include "runtime/string.h"
#include "interp/backtrace.h"
#include "interp/fiber.h"
#include "interp/invoke.h"
#include "interp/match_vars.h"
#include "interp/program.h"
#include "interp/refine.h"
#include "interp/scheduler.h"
#include "interp/snippet.h"
#include "interp/stream.h"
#include "interp/tier.h"
#include "interp/watch.h"

static Value upcall_send(ExecCtx *ec, Value receiver, Sym name, const CallArgs *args) {
  const Frame *fr = args->flags & CALL_REFINED ? mx_frame_guest(ec->frame) : NULL;
  return mx_invoke_send(ec, receiver, name, args, fr ? fr->lex : NULL);
}

static Value upcall_caller_binding(ExecCtx *ec) {
  Frame *fr = mx_frame_guest(ec->frame);
  if (fr) return mx_eval_binding(ec, fr);
  return mx_raise(ec, ec->vm->cls.RuntimeError, "Can't create Binding Object on top of Fiber.");
}

// Code behind a method or a block; NULL when there is none, + exception when it cannot be read.
static const Code *upcall_code(ExecCtx *ec, const MethodEntry *me, const Block *block) {
  if (me && me->kind == METHOD_PROC) block = &VAL_CAST(Proc, me->as.proc)->block;
  if (block) return block->kind == BLOCK_CODE ? block->code : NULL;
  if (me && me->kind == METHOD_CORE) mx_eval_load_core(ec, (MethodEntry *)(uintptr_t)me);
  if (!me || me->kind != METHOD_GUEST) return NULL;
  return mx_method_code(ec, me->as.code);
}

// What stands for a code that upcall_code did not find.
static Value upcall_no_code(const ExecCtx *ec) {
  return ec->unwind == UNWIND_NONE ? VAL_NIL : VAL_EXC;
}

static Value upcall_parameters(ExecCtx *ec, const MethodEntry *me, const Block *block,
                               bool lambda) {
  const Code *code = upcall_code(ec, me, block);
  return code ? mx_params_list(ec, &code->params, lambda) : upcall_no_code(ec);
}

static int upcall_arity(ExecCtx *ec, const MethodEntry *me, const Block *block) {
  const Code *code = upcall_code(ec, me, block);
  bool lambda = me || !block || block->is_lambda;
  if (!code && ec->unwind != UNWIND_NONE) (void)mx_exc_take(ec); // whoever calls it will be told
  return code ? mx_params_arity(&code->params, lambda) : -1;
}

static Value upcall_location(ExecCtx *ec, const MethodEntry *me, const Block *block) {
  const Code *code = upcall_code(ec, me, block);
  if (!code) return upcall_no_code(ec);
  if (code->core) return VAL_NIL;
  Value pair[2] = {mx_str_dup(ec, code->unit->file),
                   mx_int_from_i64(ec, mx_code_line(code, code->start))};
  return mx_array_from(ec, 2, pair);
}

static bool upcall_caller(ExecCtx *ec, CallerInfo *out) {
  Frame *fr = mx_frame_guest(ec->frame);
  if (!fr) return false;
  const Frame *definition = mx_frame_definition(fr);
  *out = (CallerInfo){.self = fr->self,
                      .me = fr->me,
                      .block = fr->block,
                      .module = fr->lex->module,
                      .visibility =
                          definition->flags & FRAME_CLASS ? definition->visibility : VIS_PUBLIC};
  if (definition->flags & FRAME_MODULE_FUNCTION) out->visibility = VIS_MODULE_FUNCTION;
  out->is_image = fr->code && fr->code->unit->image != NULL;
  return mx_backtrace_here(ec, &out->file, &out->line);
}

static const Block *upcall_core_block(ExecCtx *ec) { return ec->frame ? ec->frame->block : NULL; }

static void upcall_set_visibility(ExecCtx *ec, Visibility visibility) {
  Frame *fr = mx_frame_guest(ec->frame);
  if (!fr) return;
  fr = mx_frame_definition(fr);
  fr->flags &= ~(uint32_t)FRAME_MODULE_FUNCTION;
  if (visibility == VIS_MODULE_FUNCTION)
    fr->flags |= FRAME_MODULE_FUNCTION;
  else
    fr->visibility = visibility;
}

static Value upcall_nesting(ExecCtx *ec) {
  Value list = mx_array_new(ec, 4);
  const Frame *fr = mx_frame_guest(ec->frame);
  for (const LexCtx *lex = fr ? fr->lex : NULL; lex && lex->parent; lex = lex->parent)
    if (!(lex->flags & LEX_NOT_CONST)) mx_array_push(ec, list, val_from_ptr(lex->module));
  return list;
}

// The rest of the caller's body runs in a context of its own: what was defined before keeps the
// old one.
static bool upcall_use_refinements(ExecCtx *ec, ClassObj *module) {
  Frame *fr = mx_frame_guest(ec->frame);
  if (!fr) return true;
  LexCtx *lex = mx_gc_alloc_words(sizeof *lex);
  *lex = *fr->lex;
  if (module == ec->vm->cls.Metorex) lex->flags |= LEX_METOREX;
  mx_refine_use(ec, lex, module);
  fr->lex = lex;
  if (lex->refinements) mx_stream_refine((Code *)(uintptr_t)fr->code);
  return true;
}

static Value upcall_used_refinements(ExecCtx *ec) {
  Value list = mx_array_new(ec, 4);
  const Frame *fr = mx_frame_guest(ec->frame);
  if (fr) mx_refine_list(ec, fr->lex->refinements, list);
  return list;
}

static bool upcall_ruby2_keywords(ExecCtx *ec, const MethodEntry *me, const Block *block) {
  Code *code = (Code *)(uintptr_t)upcall_code(ec, me, block);
  if (!code || !code->params.has_rest || code->params.post > 0) return false;
  if (code->params.flags & (PARAMS_HAS_KEYS | PARAMS_NO_KEYS)) return false;
  code->params.flags |= PARAMS_RUBY2;
  return true;
}

// The method that the calling guest frame would run, its refinements seen.
static MethodRef upcall_find_method(ExecCtx *ec, ClassObj *klass, Sym name) {
  const Frame *fr = mx_frame_guest(ec->frame);
  return mx_invoke_find(ec, klass, name, fr ? fr->lex : NULL);
}

// Let the next tier install what it has compiled.
static void upcall_install(ExecCtx *ec) {
  __atomic_and_fetch(&ec->poll, ~(uint32_t)POLL_INSTALL, __ATOMIC_RELAXED);
  const Tier *tier = mx_interp(ec->vm)->tier;
  if (tier) tier->install(ec);
}

static bool upcall_poll(ExecCtx *ec) {
  if (ec->poll & POLL_INSTALL) upcall_install(ec);
  if (ec->poll & POLL_FINALIZE) {
    __atomic_and_fetch(&ec->poll, ~(uint32_t)POLL_FINALIZE, __ATOMIC_RELAXED);
    mx_gc_run_finalizers();
  }
  if (ec->poll & POLL_SWITCH && !mx_thread_poll(ec)) return false;
  if (!(ec->poll & POLL_SIGNAL) || !mx_thread_pass_signal(ec)) return true;
  __atomic_and_fetch(&ec->poll, ~(uint32_t)POLL_SIGNAL, __ATOMIC_RELAXED);
  Value handled = mx_send0(ec, val_from_ptr(ec->vm->cls.Signal), SYM___dispatch);
  return !val_is_exc(handled);
}

static const Upcalls upcalls = {
    .send = upcall_send,
    .invoke = mx_invoke_method,
    .yield = mx_invoke_block,
    .yield_self = mx_invoke_block_self,
    .eval_text = mx_eval_text,
    .eval_text_self = mx_eval_text_self,
    .run_file = mx_eval_file,
    .caller_binding = upcall_caller_binding,
    .toplevel_binding = mx_eval_toplevel_binding,
    .code_parameters = upcall_parameters,
    .code_arity = upcall_arity,
    .code_location = upcall_location,
    .capture_backtrace = mx_backtrace_capture,
    .snippet = mx_snippet,
    .render_backtrace = mx_backtrace_render,
    .set_match = mx_match_set,
    .get_match = mx_match_get,
    .set_last_line = mx_match_set_line,
    .get_last_line = mx_match_get_line,
    .load_core = mx_eval_load_core,
    .poll = upcall_poll,
    .caller = upcall_caller,
    .core_block = upcall_core_block,
    .set_default_visibility = upcall_set_visibility,
    .nesting = upcall_nesting,
    .use_refinements = upcall_use_refinements,
    .find_method = upcall_find_method,
    .used_refinements = upcall_used_refinements,
    .fiber_init = mx_fiber_init,
    .fiber_resume = mx_fiber_resume,
    .fiber_yield = mx_fiber_yield,
    .fiber_transfer = mx_fiber_transfer,
    .fiber_raise = mx_fiber_raise,
    .fiber_alive = mx_fiber_alive,
    .thread_context = mx_thread_context,
    .thread_fork = mx_thread_fork,
    .thread_start = mx_thread_start,
    .thread_pass = mx_thread_pass,
    .thread_park = mx_thread_park,
    .thread_wait_fd = mx_thread_wait_fd,
    .thread_wake = mx_thread_wake,
    .thread_interrupt = mx_thread_interrupt,
    .raised = mx_watch_raised,
    .hook_target = mx_watch_target,
    .hook_fits = mx_watch_fits,
    .hook_binding = mx_watch_binding,
    .ruby2_keywords = upcall_ruby2_keywords,
    .binding_get = mx_eval_binding_get,
    .binding_set = mx_eval_binding_set,
    .binding_names = mx_eval_binding_names,
    .binding_expects_more = mx_api_text_is_unfinished,
};

const Upcalls *mx_interp_upcalls(void) { return &upcalls; }
