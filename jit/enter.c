// SPDX-License-Identifier: MIT
// Running machine code: may it be entered, what it calls, how it is left.
#include "runtime/error.h"
#include "runtime/hash.h"
#include "interp/ops.h"
#include "jit/jit_state.h"

// ---- calls out of machine code

// The call protocol on the operands below sp.
static Value enter_protocol(ExecCtx *ec, const Frame *fr, const CallCache *cc,
                            const CallEntry *entry, const Value *sp) {
  if (!entry && ec->unwind != UNWIND_NONE) return VAL_EXC;
  CallArgs args = {.argv = sp - cc->argc, .argc = cc->argc, .flags = cc->flags & OPF_CALL_MASK};
  if (args.flags & CALL_KW && mx_hash_count(sp[-1]) == 0) {
    args.flags &= ~(uint32_t)CALL_KW;
    args.argc--;
  }
  if (!entry || !entry->cell->me)
    return mx_invoke_send(ec, args.argv[-1], cc->name, &args, fr->lex);
  MethodRef ref = {entry->cell->me, entry->cell->at};
  return mx_invoke_method(ec, args.argv[-1], ref, cc->name, &args);
}

// Did a Proc or Binding take the locals of a frame of the path away while it called?
static bool enter_escaped(const ExecCtx *ec, const Frame *root) {
  for (const Frame *fr = ec->frame;; fr = fr->prev) {
    if (!mx_entry_is_home(fr)) return true;
    if (fr == root) return false;
  }
}

// Take away the frame of a method's activation that machine code goes on with. The place of the
// receiver has the Block again that runs, where the method stands for one.
static void enter_unmake(ExecCtx *ec, Frame *root) {
  if ((root->flags & (FRAME_BLOCK | FRAME_PROC_METHOD)) == FRAME_BLOCK)
    *root->base = (Value)(uintptr_t)root->own;
  mx_frame_pop(ec, root);
}

uint64_t mx_enter_call(ExecCtx *ec, Frame *root, const void *owner, uint64_t site, uint64_t *out) {
  RegionCode *code = (RegionCode *)(uintptr_t)owner;
  const CallCache *cc = code->calls[site & (((uint64_t)1 << JIT_SITE_BITS) - 1)];
  Landing at;
  ec->place = NULL; // the frames say it
  DeoptMark mark = mx_deopt_unmark(ec, code->deopt, root);
  mx_deopt_frames(ec, code->deopt, (SnapId)(site >> JIT_SITE_BITS), root, out, &at);
  at.fr->ip = at.ip + mx_stream_call_words((StreamOp)*at.ip);
  const CallEntry *entry =
      mx_ops_resolve(ec, at.fr, (CallCache *)(uintptr_t)cc, at.sp[-1 - (int64_t)cc->argc]);
  Value value = enter_protocol(ec, at.fr, cc, entry, at.sp);
  if (val_is_exc(value)) return VAL_EXC;
  mx_stress_invalidate(mx_jit_of(ec->vm), code);
  if (code->broken || ec->poll || enter_escaped(ec, root)) {
    at.sp -= cc->argc + 1;
    *at.sp++ = value;
    ec->vsp = at.sp;
    return VAL_UNDEF;
  }
  while (ec->frame != root) mx_frame_pop(ec, ec->frame);
  if (code->region->kind == REGION_METHOD) enter_unmake(ec, root);
  mx_deopt_mark(ec, mark, root);
  return value;
}

void mx_enter_raised(ExecCtx *ec, Frame *root, const void *owner, uint64_t snap, uint64_t method,
                     uint64_t *out) {
  const RegionCode *code = owner;
  Landing at;
  ec->place = NULL;
  mx_deopt_frames(ec, code->deopt, (SnapId)snap, root, out, &at);
  at.fr->ip = at.ip + 1;
  if (ec->unwind != UNWIND_RAISE) return;
  ec->leaf = (const MethodEntry *)(uintptr_t)method;
  mx_error_recapture(ec, ec->exc);
  ec->leaf = NULL;
}

// ---- entering and leaving

bool mx_enter_allowed(const ExecCtx *ec, const Region *region, const EntryFrames *entry,
                      const Value *sp) {
  const RegionCode *code = region->ready;
  // A call by the protocol could change locals that a Proc has taken away.
  if (code->call_count > 0 && !code->in_env && !mx_entry_is_home(entry->at[0])) return false;
  return mx_record_fits(region->record, entry, sp) &&
         ec->depth + code->deopt->depth < PARAM_MAX_DEPTH &&
         (size_t)(ec->vstack_end - sp) > code->deopt->words + STREAM_STACK_SLACK;
}

Entered mx_enter_run(Jit *jit, ExecCtx *ec, RegionCode *code, const EntryFrames *entry,
                     Landing *at) {
  uint64_t *out = __builtin_alloca((code->room + JIT_OUT_ARGS) * sizeof *out);
  Frame *fr = entry->at[0];
  ec->vsp = at->sp;
  // What leaves makes the frames above the root again.
  ec->frame = fr;
  if (entry->count == 1) fr->ip = at->ip + 1; // for --profile: where its time goes
  for (uint32_t i = 1; i < entry->count; i++) ec->depth -= !(entry->at[i]->flags & FRAME_CORE);
  code->entries++;
  fr->flags |= FRAME_MACHINE;
  fr->path = NULL;
  code->running++;
  const void *place = ec->place;
  uint64_t left = code->machine.entry(ec, fr, out);
  ec->place = place;
  code->running--;
  mx_stress_left(jit);
  Entered entered = {TIER_GO_ON, false, (SnapId)(left >> JIT_LEAVE_BITS)};
  switch ((JitLeave)(left & ((1u << JIT_LEAVE_BITS) - 1))) {
  case JIT_LEAVE_RAISED: entered.next = TIER_UNWIND; break;
  case JIT_LEAVE_LANDED: *at = (Landing){ec->frame, ec->frame->ip, ec->vsp}; break;
  case JIT_LEAVE_EXIT:
    mx_deopt_frames(ec, code->deopt, entered.snap, fr, out, at);
    entered.exited = true;
    break;
  case JIT_LEAVE_THROWN:
    mx_deopt_frames(ec, code->deopt, entered.snap, fr, out, at);
    at->fr->ip = at->ip + mx_stream_call_words((StreamOp)*at->ip);
    entered.next = TIER_UNWIND;
    break;
  }
  if (code->broken & BROKEN_FOR_GOOD && code->running == 0) mx_installed_drop(jit, code);
  return entered;
}
