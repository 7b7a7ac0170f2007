// SPDX-License-Identifier: MIT
// Landing: handler tables, ends of activations, jumps through ensures.
//
// What waits while an ensure clause runs is a Pending, a heap object on the operand stack; the
// verifier keeps it where only ENSURE_START and ENSURE_END see it. It has a header, since traces
// print all operands.
#include "interp/land.h"
#include "interp/ops.h"
#include "interp/profile.h"
#include "interp/unwind.h"
#include "interp/watch.h"

// What goes on behind an ensure clause.
typedef struct Pending {
  Header h;
  UnwindState state; // an unwinding, unless it jumps
  LocalJump jump;    // inside the frame
  bool jumps;        // which of the two
} Pending;

// A Pending that is to be filled in.
static Pending *land_pending_new(ExecCtx *ec) {
  Pending *pending = mx_gc_alloc(ec->vm->lists, GC_KIND_WORDS, sizeof *pending);
  pending->h.flags = T_PENDING;
  return pending;
}

// What lies on the operand stack as a Value.
static const Pending *land_pending(Value v) { return VAL_CAST(const Pending, v); }

Value mx_land_pending_error(Value pending) {
  if (val_is_nil(pending)) return VAL_UNDEF;
  const Pending *p = land_pending(pending);
  return !p->jumps && p->state.tag == UNWIND_RAISE ? p->state.value : VAL_UNDEF;
}

// Pc of the instruction that the frame is executing.
static uint32_t land_pc(const Frame *fr) { return mx_code_pc(fr->code, fr->ip - 1); }

// Is the pc in the handler's range?
static bool land_covers(const Handler *h, uint32_t pc) { return pc >= h->start && pc < h->end; }

// Go on at a handler with its operands cut and `count` values pushed.
static void land_at(Frame *fr, const Handler *h, uint32_t count, const Value *values,
                    Landing *out) {
  Value *sp = mx_frame_stack(fr) + h->depth;
  for (uint32_t i = 0; i < count; i++) *sp++ = values[i];
  fr->call_serial = 0;
  *out = (Landing){fr, fr->code->stream + mx_stream_index(fr->code, h->target), sp};
}

// Enter an ensure clause.
static void land_ensure(Frame *fr, const Handler *h, const Pending *pending, Landing *out) {
  Value values[2] = {VAL_NIL, val_from_ptr(pending)};
  land_at(fr, h, 2, values, out);
}

// Search the frame's handlers for what is pending.
static bool land_in_frame(ExecCtx *ec, Frame *fr, Landing *out) {
  const Chunk *chunk = fr->code->chunk;
  if (!fr->code->stream || !fr->ip || chunk->handler_count == 0) return false;
  uint32_t pc = land_pc(fr);
  for (uint32_t i = 0; i < chunk->handler_count; i++) {
    const Handler *h = &chunk->handlers[i];
    if (!land_covers(h, pc)) continue;
    if (h->kind == HANDLER_RESTORE) {
      ec->errinfo = mx_frame_stack(fr)[h->depth];
    } else if (h->kind == HANDLER_ENSURE) {
      Pending *pending = land_pending_new(ec);
      pending->state = mx_unwind_save(ec);
      land_ensure(fr, h, pending, out);
      return true;
    } else if (h->kind == HANDLER_RETURN) {
      Value value = mx_unwind_method(ec, fr);
      if (val_is_exc(value)) continue;
      land_at(fr, h, 1, &value, out);
      return true;
    } else if (ec->unwind == UNWIND_RAISE) {
      Value exception = mx_exc_take(ec);
      land_at(fr, h, 1, &exception, out);
      return true;
    }
  }
  return false;
}

// Go on in the caller with the value of a call.
static void land_in_caller(ExecCtx *ec, Value value, Value *base, Landing *out) {
  Frame *fr = ec->frame;
  *base = value;
  *out = (Landing){fr, fr->ip, base + 1};
}

// Make the call that takes the place of a frame that was popped: VAL_UNDEF when it is a frame too.
static Value land_tail_call(ExecCtx *ec, Value *base) {
  (void)mx_unwind_stop(ec);
  TailCall call = ec->tail;
  memmove(base + 1, call.args.argv, call.args.argc * sizeof(Value));
  call.args.argv = base + 1;
  ec->vsp = base + 1 + call.args.argc;
  if (MX_UNLIKELY(ec->poll) && !mx_unwind_poll(ec)) return VAL_EXC;
  return mx_ops_run(ec, call.receiver, call.ref, call.name, &call.args, base);
}

// The value of an activation that something unwinding ended, VAL_UNDEF when a tail call has pushed
// a frame in its place, or VAL_EXC. The frame is popped.
static Value land_end(ExecCtx *ec, Frame *fr, Value *base) {
  bool tail = ec->unwind == UNWIND_TAIL && ec->unwind_target == fr;
  Value value = VAL_EXC;
  if (!tail && fr->flags & FRAME_BLOCK)
    value = mx_unwind_block(ec, fr);
  else if (!tail)
    value = mx_unwind_method(ec, fr);
  if (fr->flags & FRAME_NEW && !val_is_exc(value)) value = fr->self;
  mx_frame_pop(ec, fr);
  ec->leaf = NULL; // its caller is in the loop, whatever its line in backtraces says
  return tail ? land_tail_call(ec, base) : value;
}

bool mx_land(ExecCtx *ec, Frame *entry, Landing *out) {
  for (;;) {
    Frame *fr = ec->frame;
    MX_ASSERT(ec->unwind != UNWIND_NONE, "nothing is unwinding");
    mx_profile_leave(fr);
    if (land_in_frame(ec, fr, out)) return true;
    if (mx_watch_wants(ec->vm, HOOK_ALL)) (void)!mx_watch_unwind(ec, fr);
    if (fr == entry) return false;
    Value *base = fr->base;
    Value value = land_end(ec, fr, base);
    if (val_is_undef(value)) {
      fr = ec->frame;
      *out = (Landing){fr, fr->code->stream, mx_frame_stack(fr)};
      return true;
    }
    if (val_is_exc(value)) value = mx_unwind_call(ec, ec->frame);
    if (!val_is_exc(value)) {
      land_in_caller(ec, value, base, out);
      return true;
    }
  }
}

// Jump, by way of the ensures that cover pc and not the target.
static void land_jump_from(ExecCtx *ec, Frame *fr, uint32_t pc, const LocalJump *jump,
                           Landing *out) {
  const Chunk *chunk = fr->code->chunk;
  mx_profile_leave(fr);
  for (uint32_t i = 0; i < chunk->handler_count; i++) {
    const Handler *h = &chunk->handlers[i];
    if (!mx_handler_is_left(chunk, h, pc, jump->target)) continue;
    if (h->kind == HANDLER_RESTORE) ec->errinfo = mx_frame_stack(fr)[h->depth];
    if (h->kind != HANDLER_ENSURE) continue;
    Pending *pending = land_pending_new(ec);
    pending->jump = *jump;
    pending->jumps = true;
    land_ensure(fr, h, pending, out);
    return;
  }
  Value *sp = mx_frame_stack(fr) + jump->depth;
  if (!val_is_undef(jump->value)) *sp++ = jump->value;
  *out = (Landing){fr, fr->code->stream + mx_stream_index(fr->code, jump->target), sp};
}

void mx_land_jump(ExecCtx *ec, Frame *fr, const LocalJump *jump, Landing *out) {
  land_jump_from(ec, fr, land_pc(fr), jump, out);
}

bool mx_land_resume(ExecCtx *ec, Frame *fr, Value pending, Landing *out) {
  if (val_is_nil(pending)) return true;
  const Pending *p = land_pending(pending);
  if (!p->jumps) {
    mx_unwind_restore(ec, p->state);
    return false;
  }
  land_jump_from(ec, fr, land_pc(fr), &p->jump, out);
  return true;
}
