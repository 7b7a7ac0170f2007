// SPDX-License-Identifier: MIT
// Telling hooks of events: which frames and calls a program sees, and running the hooks.
#include "interp/watch.h"
#include "runtime/array.h"
#include "runtime/string.h"
#include "runtime/thread.h"
#include "interp/image.h"
#include "interp/invoke.h"
#include "interp/program.h"
#include "interp/stream.h"
#include "interp/unwind.h"

// ---- running hooks

// Is the event in code that a hook looks at?
static bool watch_is_target(const Hook *hook, const HookArg *arg) {
  if (!hook->target) return true;
  const Code *code = arg->code;
  while (code && code != hook->target) code = code->parent;
  return code && (!hook->line || (arg->event == HOOK_LINE && arg->line == hook->line));
}

// Does a hook want the event?
static bool watch_fits(const ExecCtx *ec, const Hook *hook, const HookArg *arg) {
  bool thread = val_is_nil(hook->thread) || hook->thread == val_from_ptr(ec->thread);
  return hook->enabled && thread && hook->events & arg->event && watch_is_target(hook, arg);
}

// The six values of set_trace_func.
static Value watch_words(ExecCtx *ec, const HookArg *arg, Value proc) {
  const MethodEntry *me = arg->me;
  Value binding = arg->frame ? mx_eval_binding(ec, arg->frame) : VAL_NIL;
  if (val_is_exc(binding)) return binding;
  Value words[6] = {mx_str_from_cstr(ec, mx_hook_word(arg->event)),
                    arg->path,
                    val_from_fixnum(arg->line),
                    me ? val_from_sym(me->original_name) : VAL_NIL,
                    binding,
                    me ? val_from_ptr(me->owner) : VAL_NIL};
  CallArgs args = mx_args(6, words);
  return mx_invoke_send(ec, proc, SYM_call, &args, NULL);
}

// Call a hook.
static bool watch_run(ExecCtx *ec, Value v, const HookArg *arg) {
  const Hook *hook = mx_hook_of(v);
  CallArgs args = mx_args(1, &v);
  Value result = hook->words ? watch_words(ec, arg, hook->proc)
                             : mx_invoke_block(ec, &VAL_CAST(Proc, hook->proc)->block, &args);
  return !val_is_exc(result);
}

// Call all that want the event, those of everything before those of a target.
static bool watch_run_all(ExecCtx *ec, const HookArg *arg) {
  Value hooks = ec->vm->hooks;
  bool fine = true;
  for (int targets = 0; targets < 2; targets++)
    for (uint32_t i = 0; fine && i < mx_array_len(hooks); i++) {
      Value v = mx_array_get(ec, hooks, i);
      const Hook *hook = mx_hook_of(v);
      if ((hook->target != NULL) == targets && watch_fits(ec, hook, arg))
        fine = watch_run(ec, v, arg);
    }
  return fine;
}

// Tell an event. What is pending is pending again afterwards, unless a hook has raised.
static bool watch_tell(ExecCtx *ec, HookArg *arg) {
  Value errinfo = ec->errinfo, *vsp = ec->vsp;
  const MethodEntry *leaf = ec->leaf;
  uint32_t no_guest = ec->no_guest;
  TailCall tail = ec->tail;
  UnwindState pending = mx_unwind_save(ec);
  ec->errinfo = VAL_NIL;
  ec->leaf = NULL;
  ec->no_guest = 0;
  ec->event = arg;
  bool fine = watch_run_all(ec, arg);
  ec->event = NULL;
  ec->no_guest = no_guest;
  ec->leaf = leaf;
  ec->errinfo = errinfo;
  ec->vsp = vsp;
  ec->tail = tail;
  if (fine) mx_unwind_restore(ec, pending);
  return fine;
}

// Is an event to be told at all?
static bool watch_is_wanted(const ExecCtx *ec, uint32_t event) {
  return ec->vm->hooked & event && !ec->event;
}

// ---- frames

// Where a frame of the program is.
static void watch_place(HookArg *arg, Frame *fr, uint32_t site) {
  if (!fr) return;
  arg->frame = fr;
  arg->code = fr->code;
  arg->path = fr->code->unit->file;
  arg->line = mx_code_line(fr->code, site);
}

// Tell an event of a frame of the program.
static bool watch_frame(ExecCtx *ec, Frame *fr, uint32_t event, uint32_t site, Value value) {
  if (!watch_is_wanted(ec, event)) return true;
  bool block = event == HOOK_B_CALL || event == HOOK_B_RETURN;
  HookArg arg = {.event = event,
                 .self = fr->self,
                 .value = value,
                 .me = fr->me,
                 .block = block ? fr->own : NULL};
  watch_place(&arg, fr, site);
  return watch_tell(ec, &arg);
}

// Tell a call or return of a method of the library that the frame of the program makes.
static bool watch_leaf(ExecCtx *ec, Frame *caller, Value self, const MethodEntry *me,
                       uint32_t event, Value value) {
  if (!watch_is_wanted(ec, event)) return true;
  HookArg arg = {.event = event, .self = self, .value = value, .me = me};
  if (caller) watch_place(&arg, caller, mx_frame_site(caller));
  return watch_tell(ec, &arg);
}

// Does Ruby tell of calls of a method? Not of those that are its own way of calling, nor of hooks'.
static bool watch_tells(const VM *vm, const MethodEntry *me) {
  const ClassObj *owner = me->owner;
  bool singleton = owner->flags & CLASS_SINGLETON;
  if (owner == vm->cls.TracePoint ||
      (singleton && mx_class_attached(owner) == val_from_ptr(vm->cls.TracePoint)))
    return false;
  switch (me->original_name) {
  case SYM_send: return owner != vm->cls.Kernel;
  case SYM___send__: return owner != vm->cls.BasicObject;
  case SYM_call:
  case SYM_EQQ:
  case SYM_AREF: return owner != vm->cls.Proc;
  default: return true;
  }
}

// Does a method of the library do nothing but call another one for the program?
static bool watch_passes_on(const VM *vm, const MethodEntry *by, const MethodEntry *me) {
  Sym name = by->original_name;
  if (by->owner == vm->cls.Class) return name == SYM_new && me->original_name == SYM_initialize;
  if (by->owner == vm->cls.Kernel) return name == SYM_send || name == SYM_public_send;
  if (by->owner == vm->cls.Method) return name == SYM_call;
  if (by->owner == vm->cls.UnboundMethod) return name == SYM_bind_call;
  return by->owner == vm->cls.BasicObject && name == SYM___send__;
}

// Does the program see that a frame calls a method of the library?
static bool watch_shows(const VM *vm, const Frame *caller, const MethodEntry *leaf,
                        const MethodEntry *me) {
  if (!caller || leaf || !watch_tells(vm, me)) return false;
  if (!(caller->flags & FRAME_CORE)) return true;
  return caller->flags & FRAME_METHOD && watch_passes_on(vm, caller->me, me) && caller->prev &&
         !(caller->prev->flags & FRAME_CORE);
}

// Does the program see a frame of core code as a call of C?
static bool watch_is_call(const VM *vm, const Frame *fr) {
  return fr->flags & FRAME_METHOD && watch_shows(vm, fr->prev, fr->leaf, fr->me);
}

// The frame of the program that makes a call that is shown.
static Frame *watch_caller(Frame *fr) { return mx_frame_guest(fr); }

// Place of the word that ends a body.
static uint32_t watch_end_site(const Code *code) {
  return code->end > code->start ? code->end - 1 : code->start;
}

// Is a place that of a `return`?
static bool watch_is_return(const Code *code, uint32_t site) {
  static const char word[] = "return";
  Unit *unit = code->unit;
  bool has_text = !unit->image || mx_image_text(unit);
  return has_text && strncmp(unit->source->text + site, word, sizeof word - 1) == 0;
}

static bool watch_is_class(const Code *code) {
  return code->kind >= CODE_CLASS && code->kind <= CODE_SCLASS;
}

// Is it the activation of a block? Evaluated text has the flag, too.
static bool watch_is_block(const Frame *fr) {
  return fr->flags & FRAME_BLOCK && mx_code_kind_is_block(fr->code->kind);
}

bool mx_watch_begin(ExecCtx *ec, Frame *fr) {
  if (ec->event) return true;
  if (fr->flags & FRAME_CORE)
    return !watch_is_call(ec->vm, fr) ||
           watch_leaf(ec, watch_caller(fr), fr->self, fr->me, HOOK_C_CALL, VAL_UNDEF);
  uint32_t start = fr->code->start;
  if (watch_is_class(fr->code)) return watch_frame(ec, fr, HOOK_CLASS, start, VAL_UNDEF);
  if (fr->flags & (FRAME_METHOD | FRAME_PROC_METHOD) &&
      !watch_frame(ec, fr, HOOK_CALL, start, VAL_UNDEF))
    return false;
  return !watch_is_block(fr) || watch_frame(ec, fr, HOOK_B_CALL, start, VAL_UNDEF);
}

// The activation ends with a value, at a place.
static bool watch_ends(ExecCtx *ec, Frame *fr, uint32_t site, Value value) {
  if (ec->event || fr->flags & FRAME_TOLD) return true;
  fr->flags |= FRAME_TOLD;
  if (fr->flags & FRAME_CORE)
    return !watch_is_call(ec->vm, fr) ||
           watch_leaf(ec, watch_caller(fr), fr->self, fr->me, HOOK_C_RETURN, value);
  if (watch_is_class(fr->code)) return watch_frame(ec, fr, HOOK_END, site, VAL_UNDEF);
  if (watch_is_block(fr) && !watch_frame(ec, fr, HOOK_B_RETURN, site, value)) return false;
  return !(fr->flags & (FRAME_METHOD | FRAME_PROC_METHOD)) ||
         watch_frame(ec, fr, HOOK_RETURN, site, value);
}

// `new` of the fast path is over: its initialize, which ends, stands for it.
static bool watch_made(ExecCtx *ec, Frame *fr) {
  if (!(fr->flags & FRAME_NEW)) return true;
  const MethodEntry *me = mx_method_find(ec->vm, ec->vm->cls.Class, SYM_new).me;
  Value klass = val_from_ptr(mx_class_real(mx_class_of(ec->vm, fr->self)));
  return !watch_shows(ec->vm, fr->prev, NULL, me) ||
         watch_leaf(ec, watch_caller(fr->prev), klass, me, HOOK_C_RETURN, fr->self);
}

// ... with a value of its own.
static bool watch_leaves(ExecCtx *ec, Frame *fr, uint32_t site, Value value) {
  return watch_ends(ec, fr, site, value) && watch_made(ec, fr);
}

// The value that an activation which is unwound has for its caller: that of a jump that ends it,
// and of `break`.
static Value watch_unwound(const ExecCtx *ec, const Frame *fr) {
  switch (ec->unwind) {
  case UNWIND_BREAK: return fr->flags & FRAME_BLOCK ? ec->exc : VAL_NIL;
  case UNWIND_RETURN:
  case UNWIND_NEXT: return ec->unwind_target == fr ? ec->exc : VAL_NIL;
  case UNWIND_THROW: return mx_unwind_catches(ec, fr) ? ec->exc : VAL_NIL;
  default: return VAL_NIL;
  }
}

bool mx_watch_unwind(ExecCtx *ec, Frame *fr) {
  if (fr->code->stream && !fr->ip) return true; // its arguments did not fit: it never began
  bool own = (ec->unwind == UNWIND_RETURN || ec->unwind == UNWIND_NEXT) && ec->unwind_target == fr;
  uint32_t site = mx_frame_site(fr);
  if (own && !(ec->unwind == UNWIND_RETURN && watch_is_return(fr->code, site)))
    site = watch_end_site(fr->code);
  return watch_ends(ec, fr, site, watch_unwound(ec, fr));
}

Value mx_watch_end(ExecCtx *ec, Frame *fr, Value result) {
  if (!val_is_exc(result))
    return watch_leaves(ec, fr, watch_end_site(fr->code), result) ? result : VAL_EXC;
  bool again = ec->unwind == UNWIND_REDO && ec->unwind_target == fr;
  if (!again) (void)!mx_watch_unwind(ec, fr);
  return VAL_EXC;
}

// ---- inside frames

bool mx_watch_line(ExecCtx *ec, Frame *fr, uint32_t site) {
  return watch_frame(ec, fr, HOOK_LINE, site, VAL_UNDEF);
}

bool mx_watch_rescue(ExecCtx *ec, Frame *fr, Value exception) {
  if (fr->flags & FRAME_CORE) return true;
  return watch_frame(ec, fr, HOOK_RESCUE, mx_frame_site(fr), exception);
}

// Does a `return` end with the instruction at ip? Where.
static bool step_is_return(const Code *code, const uint32_t *ip, uint32_t *site) {
  if (!mx_chunk_step(code->chunk, mx_code_pc(code, ip), site) || !(*site & (uint32_t)STEP_RETURNS))
    return false;
  *site &= ~(uint32_t)STEP_RETURNS;
  return true;
}

// The frame is about to execute RETURN; before: behind a word of what it executed last, or NULL.
static bool step_return(ExecCtx *ec, Frame *fr, const uint32_t *before, Value value) {
  uint32_t site;
  bool returns = step_is_return(fr->code, fr->ip - 1, &site) ||
                 (before && step_is_return(fr->code, before - 1, &site));
  return watch_leaves(ec, fr, returns ? site : watch_end_site(fr->code), value);
}

// Has the instruction before, at `before`, found that a rescue clause takes the exception?
static bool step_has_rescued(const Code *code, const uint32_t *before, const uint32_t *ip,
                             const Value *sp) {
  if (before != ip || ip < code->stream + 2) return false;
  bool begins = mx_code_pc(code, ip - 1) != mx_code_pc(code, ip - 2);
  bool tests = ip[-1] == STREAM_RESCUE || ip[-1] == STREAM_RESCUE_STANDARD;
  return begins && tests && val_truthy(sp[-1]);
}

// Tell that a line begins if the instruction at ip is where one does.
static bool step_line(ExecCtx *ec, Frame *fr, const uint32_t *ip) {
  uint32_t site;
  if (mx_stream_is_extra((StreamOp)*ip)) return true;
  if (!mx_chunk_step(fr->code->chunk, mx_code_pc(fr->code, ip), &site)) return true;
  return site & (uint32_t)STEP_RETURNS || mx_watch_line(ec, fr, site);
}

bool mx_watch_step(ExecCtx *ec, Frame *fr, const uint32_t *ip, Value *sp) {
  const uint32_t *before = fr->ip;
  fr->ip = ip + 1;
  ec->vsp = sp;
  if (ec->event) return true;
  if (!before && ip == fr->code->stream && !mx_watch_begin(ec, fr)) return false;
  if (*ip == STREAM_RETURN) return step_return(ec, fr, before, sp[-1]);
  if (fr->flags & FRAME_CORE) return true;
  if (watch_is_wanted(ec, HOOK_LINE) && !step_line(ec, fr, ip)) return false;
  return !before || !step_has_rescued(fr->code, before, ip, sp) || mx_watch_rescue(ec, fr, sp[-2]);
}

// ---- methods of C

bool mx_watch_is_leaf(const ExecCtx *ec, const MethodEntry *me) {
  if (ec->event || me->kind == METHOD_GUEST || me->kind == METHOD_CORE) return false;
  bool leaf = me->kind != METHOD_PROC && me->kind != METHOD_ZSUPER;
  return leaf && watch_shows(ec->vm, ec->frame, ec->leaf, me);
}

bool mx_watch_call(ExecCtx *ec, Value receiver, const MethodEntry *me) {
  return watch_leaf(ec, watch_caller(ec->frame), receiver, me, HOOK_C_CALL, VAL_UNDEF);
}

Value mx_watch_called(ExecCtx *ec, Value receiver, const MethodEntry *me, Value result) {
  Value value = val_is_exc(result) ? VAL_NIL : result;
  Frame *caller = watch_caller(ec->frame);
  return watch_leaf(ec, caller, receiver, me, HOOK_C_RETURN, value) ? result : VAL_EXC;
}

// Is it the frame of Kernel#raise? As in Ruby it is over before the exception is raised.
static bool watch_raises(const VM *vm, const Frame *fr) {
  return fr->flags & FRAME_CORE && fr->flags & FRAME_METHOD && fr->me->owner == vm->cls.Kernel &&
         fr->me->original_name == SYM_raise;
}

void mx_watch_raised(ExecCtx *ec) {
  Value exception = ec->exc;
  Frame *fr = ec->frame, *guest = mx_frame_guest(fr);
  if (!guest || exception == ec->vm->out_of_memory || ec->event) return;
  if (watch_raises(ec->vm, fr) && !mx_watch_unwind(ec, fr)) return;
  (void)!watch_frame(ec, guest, HOOK_RAISE, mx_frame_site(guest), exception);
}

// ---- threads, fibers, texts

bool mx_watch_thread(ExecCtx *ec, uint32_t event) {
  if (!watch_is_wanted(ec, event)) return true;
  HookArg arg = {
      .event = event, .self = val_from_ptr(ec->thread), .value = VAL_UNDEF, .path = VAL_NIL};
  return watch_tell(ec, &arg);
}

bool mx_watch_fiber(ExecCtx *ec) {
  Frame *fr = mx_frame_guest(ec->frame);
  if (fr) return watch_frame(ec, fr, HOOK_FIBER_SWITCH, mx_frame_site(fr), VAL_UNDEF);
  if (!watch_is_wanted(ec, HOOK_FIBER_SWITCH)) return true;
  HookArg arg = {.event = HOOK_FIBER_SWITCH, .self = VAL_NIL, .value = VAL_UNDEF, .path = VAL_NIL};
  return watch_tell(ec, &arg);
}

bool mx_watch_compiled(ExecCtx *ec, const Unit *unit, Value text) {
  Frame *fr = mx_frame_guest(ec->frame);
  if (!watch_is_wanted(ec, HOOK_SCRIPT_COMPILED) || unit->core) return true;
  HookArg arg = {.event = HOOK_SCRIPT_COMPILED,
                 .self = fr ? fr->self : VAL_NIL,
                 .value = text,
                 .me = fr ? fr->me : NULL,
                 .path = unit->file};
  if (fr) watch_place(&arg, fr, mx_frame_site(fr));
  return watch_tell(ec, &arg);
}

// ---- upcalls

const void *mx_watch_target(ExecCtx *ec, Value v) {
  const Block *block = NULL;
  MethodEntry *me = NULL;
  if (val_is_type(v, T_PROC)) block = &VAL_CAST(Proc, v)->block;
  if (val_is_type(v, T_METHOD) || val_is_type(v, T_UMETHOD)) me = VAL_CAST(MethodObj, v)->me;
  if (me && me->kind == METHOD_PROC) block = &VAL_CAST(Proc, me->as.proc)->block;
  if (block) return block->kind == BLOCK_CODE ? block->code : NULL;
  bool guest = me && me->kind == METHOD_GUEST && !(me->flags & METHOD_F_CORE);
  return guest ? mx_method_code(ec, me->as.code) : NULL;
}

bool mx_watch_fits(ExecCtx *ec, const Hook *hook) {
  const Code *code = hook->target;
  const uint32_t in_blocks = HOOK_B_CALL | HOOK_B_RETURN | HOOK_LINE;
  if (hook->line) return hook->events & HOOK_LINE && mx_code_has_line(ec, code, hook->line);
  if (hook->events & in_blocks) return true;
  return code->kind == CODE_METHOD && hook->events & (HOOK_CALL | HOOK_RETURN);
}

Value mx_watch_binding(ExecCtx *ec, const HookArg *arg) {
  bool leaf = arg->event == HOOK_C_CALL || arg->event == HOOK_C_RETURN;
  return leaf || !arg->frame ? VAL_NIL : mx_eval_binding(ec, arg->frame);
}
