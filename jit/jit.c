// SPDX-License-Identifier: MIT
// When regions are recorded, built, entered and given up.
//
// A loop is asked about at back edges, as often as its Code's heat says: seldom at first, at each
// one where a loop of the Code has machine code or is to be recorded further.
#include "jit/jit_state.h"
#include "jit/record/loops.h"
#include <stdlib.h>

// Back edges between two that ask, at least and at most, where another loop of the Code has machine
// code; entries of an inner loop that warm the one around.
enum { JIT_SHORT_SPAN = 4, JIT_LONG_SPAN = 128 };
enum { JIT_WARM_ENTRIES = 8192, JIT_STRESS_STRIP = 3 };
enum { JIT_MAX_PENALTY = 12, JIT_MAX_DOUBLINGS = 16 }; // of what makes a region, an exit hot
enum { JIT_MAX_REJUDGED = 10 };                        // see jit_judge_again

// Would a build have been good, but came at a bad time?
static bool jit_is_bad_time(AbortReason reason) {
  return reason == ABORT_BROKEN || reason == ABORT_CROWDED;
}

// A build failed, and there is an older one, which stays. If what an exit taught cannot be built it
// is forgotten, so that other exits may be followed nevertheless, and the code be made well. If the
// build only came at a bad time the next hot exit has it made again. Quick code goes on for another
// budget.
static void jit_keep_older(Jit *jit, Region *region, AbortReason reason) {
  bool refused = !jit_is_bad_time(reason);
  if (refused) mx_record_forget(region->record);
  region->facts = refused ? region->record->facts : 0;
  region->patience++;
  if (!region->ready->quick) return;
  region->worth = false;
  region->budget = region->ready->budget = jit->options.params.optimize;
}

static void jit_stop_recording(Jit *jit) {
  jit->recorder->recording = false;
  jit->recording = NULL;
  jit->recorder = NULL;
  jit->denied = 0;
}

// A region without code waits until it is hot again, ever longer, or for ever. Then it is recorded
// anew: the program may have changed its ways. Recording that goes on behind an exit ends with it.
static void jit_refuse(Jit *jit, Region *region, AbortReason reason, uint32_t penalty) {
  bool itself = reason != ABORT_EVICTED && !jit_is_bad_time(reason);
  region->state = itself ? REGION_REFUSED : REGION_NEW;
  region->penalty += penalty;
  if (region->penalty > JIT_MAX_PENALTY) region->penalty = JIT_MAX_PENALTY;
  if (penalty == ABORT_FOR_GOOD) region->penalty = penalty;
  region->heat = 0;
  region->goes_on = region->worth = false;
  region->budget = jit->options.params.optimize;
  if (!itself) return;
  if (jit->recording == region) jit_stop_recording(jit);
  region->record = NULL;
}

void mx_jit_fail(Jit *jit, Region *region, AbortReason reason) {
  static const uint8_t penalties[ABORT_COUNT] = {
#define ABORT(NAME, text, PENALTY, doc) [ABORT_##NAME] = PENALTY,
#include "jit/ir/aborts.def"
  };
  mx_jit_log_region(jit, region, mx_jit_abort_text(reason));
  region->why = reason;
  region->failures++;
  jit->stats.aborts[reason]++;
  if (region->ready && reason != ABORT_SHORT) {
    jit_keep_older(jit, region, reason);
    return;
  }
  jit_refuse(jit, region, reason, penalties[reason]);
  if (region->ready) mx_installed_drop(jit, region->ready);
}

// ---- recording

// Build what was recorded, unless there is machine code that knows all of it. If that is left in
// front of a loop all the same, a guard failed there that need not hold in each of its rounds.
static void jit_build(Jit *jit, ExecCtx *ec, Region *region) {
  region->goes_on = false;
  if (region->state == REGION_COMPILED && region->record->facts == region->facts) {
    Record *rec = region->record;
    bool stay = region->front && mx_record_set_cautious(rec, region->front, region->front_pc);
    if (!stay && !mx_record_set_apart(rec, region->left_in)) {
      mx_compiler_improve(jit, ec, region);
      return;
    }
  }
  region->facts = region->record->facts;
  region->patience++;
  mx_compiler_build(jit, ec, region);
}

// What ended a recording.
static void jit_recorded(Jit *jit, ExecCtx *ec, Region *region, RecordStep step) {
  jit_stop_recording(jit);
  if (step == RECORD_DONE)
    jit_build(jit, ec, region);
  else if (step == RECORD_LEFT && region->state == REGION_NEW)
    mx_region_ask(region); // enough was not seen: it goes on when it is entered again
  else if (step == RECORD_ABORT && region->state == REGION_NEW)
    mx_jit_fail(jit, region, region->record->abort);
}

static void jit_record(ExecCtx *ec, Frame *fr, const uint32_t *ip, const Value *sp) {
  Jit *jit = mx_jit_of(ec->vm);
  Region *region = jit->recording;
  if (!region || jit->recorder != ec) {
    ec->recording = false;
    return;
  }
  MX_ASSERT(ec->vsp == sp, "recording allocates: the collector must see all operands");
  RecordStep step = mx_record_step(region->record, ec, fr, ip, sp);
  if (step != RECORD_MORE) jit_recorded(jit, ec, region, step);
}

// The recording that goes on gives way to that of another context. This is no failure of its
// region: it goes on when the loop or method is asked about again.
static void jit_give_way(Jit *jit) {
  Region *stale = jit->recording;
  jit_stop_recording(jit);
  if (stale->state != REGION_NEW) return;
  mx_jit_log_region(jit, stale, mx_jit_abort_text(ABORT_SWITCHED));
  stale->why = ABORT_SWITCHED;
  jit->stats.aborts[ABORT_SWITCHED]++;
}

// May the context begin to record? A recording goes on when its thread or fiber does; one that was
// left for long while it recorded must not keep others from it.
static bool jit_may_record(Jit *jit, const ExecCtx *ec) {
  if (!jit->recording) return true;
  if (jit->recorder == ec || ++jit->denied < jit->options.params.stale) return false;
  jit_give_way(jit);
  return true;
}

// What the context executes is shown to the record of a region from now on.
static void jit_set_recording(Jit *jit, ExecCtx *ec, Region *region) {
  region->goes_on = true;
  if (region->state == REGION_REFUSED) region->state = REGION_NEW;
  jit->recording = region;
  jit->recorder = ec;
  ec->recording = true;
}

// A record for a region that has none.
static Record *jit_new_record(const Jit *jit, const Region *region) {
  mx_jit_log_region(jit, region, "hot, is recorded");
  return mx_gc_alloc_words(sizeof(Record));
}

// Begin to record a region whose first instruction is about to execute.
static void jit_start_recording(Jit *jit, ExecCtx *ec, Region *region, const EntryFrames *entry,
                                const Value *sp) {
  if (!jit_may_record(jit, ec)) return;
  if (!region->record) {
    region->record = jit_new_record(jit, region);
    mx_record_init(region->record, &jit->options.params, entry, sp, region->pc);
  }
  if (!mx_record_fits(region->record, entry, sp)) return;
  mx_record_start(region->record, entry);
  jit_set_recording(jit, ec, region);
}

// Is an exit the end of the loop?
static bool jit_is_end(const Record *rec, const DeoptMap *deopt, const DeoptExit *exit) {
  const DeoptFrame *last = &deopt->frames[exit->frame + exit->frames - 1];
  return exit->frames == rec->entries && (last->pc < rec->pc || last->pc >= rec->end);
}

// Was an operator of two Integers left, which are the last operands of its frame? sp is NULL where
// something was raised instead.
static bool jit_is_beyond(const DeoptFrame *left, const Value *sp) {
  if (!sp) return false;
  switch ((OpCode)left->of->code->chunk->code[left->pc]) {
  case OP_ADD:
  case OP_SUB:
  case OP_MUL:
  case OP_DIV:
  case OP_MOD:
  case OP_LSHIFT: return val_is_fixnum(sp[-1]) && val_is_fixnum(sp[-2]);
  default: return false;
  }
}

// An exit is hot: follow what happens behind it, and build the region again with that. Behind one
// activation little is seen, and what is missing here may be missing elsewhere, too: until nothing
// new comes, the next exits are followed as well.
static void jit_extend(Jit *jit, ExecCtx *ec, const RegionCode *left, SnapId snap,
                       const Landing *at) {
  Region *region = left->region;
  const DeoptExit *exit = &left->deopt->exits[snap];
  if (jit->recording || left != region->ready || region->next_ready) return;
  if (jit_is_end(region->record, left->deopt, exit)) return;
  Frame *frames[RECORD_MAX_DEPTH + 1], *fr = at->fr;
  RecordContext *contexts[RECORD_MAX_DEPTH + 1];
  for (uint32_t i = exit->frames; i-- > 0; fr = fr->prev) {
    frames[i] = fr;
    // The frame is the context's first member.
    contexts[i] = (RecordContext *)(uintptr_t)left->deopt->frames[exit->frame + i].of;
  }
  region->left_in = contexts[exit->frames - 1];
  const DeoptFrame *last = &left->deopt->frames[exit->frame + exit->frames - 1];
  if (!region->goes_on) {
    region->front = exit->reason == REGION_EXIT_IN_FRONT ? region->left_in : NULL;
    region->front_pc = last->pc;
    mx_record_extend(region->record);
  }
  mx_record_resume(region->record, exit->frames, frames, contexts);
  mx_jit_log_exit(jit, region, last);
  if (jit_is_beyond(last, at->sp)) mx_record_beyond(region->record, last->pc);
  jit_set_recording(jit, ec, region);
}

// ---- running

// Was a snapshot left so often that it is hot? Each build doubles what makes it so. What came to
// nothing, or could not be done, is tried again, but ever less often.
static bool jit_is_hot_exit(const Jit *jit, const Region *region, uint32_t count) {
  uint32_t doublings = region->patience + region->worth;
  if (doublings > JIT_MAX_DOUBLINGS) doublings = JIT_MAX_DOUBLINGS;
  uint32_t hot = jit->options.params.exit_threshold << doublings, times = count / hot;
  return count % hot == 0 && (times & (times - 1)) == 0;
}

// Has code that was made quickly done too little since it was judged last? To be asked every
// so many entries (--jit-judge). The round that is left counts half.
static bool jit_is_short(const Jit *jit, RegionCode *code) {
  const Region *region = code->region;
  if (!code->quick || region->worth || region->next_ready) return false;
  uint64_t halves = 2 * (code->budget - region->budget);
  code->budget = region->budget;
  uint64_t entries = jit->options.params.judge;
  if (halves <= entries) return true;
  return (halves - entries) * mx_record_work(region->record) <
         2 * entries * jit->options.params.short_work;
}

// Is quickly made code whose budget is spent worth making well? If it has but little of the
// processor's time (what its loops call in C has the rest, or other code), making it well takes
// longer than it gains, until it has had much all the same. An instruction counts as a nanosecond.
// What waits for its compiles is to be the same each time, and asks no clock.
static bool jit_pays(const Jit *jit, RegionCode *code) {
  const JitParams *params = &jit->options.params;
  uint64_t now = mx_stats_now(), passed = now - code->since;
  uint64_t work = (uint64_t)params->optimize * mx_record_work(code->region->record);
  code->since = now;
  code->worked += work;
  if (jit->options.mode == JIT_SYNC) return true;
  return work * 1000 >= passed * params->share || code->worked >= params->pays * 1000ull;
}

// Is the budget of a region's quickly made code spent? Then it is made well, or goes on for another
// budget: while that does not pay, or something waits to be made quickly (it may be a loop around).
static bool jit_is_spent(Jit *jit, ExecCtx *ec, RegionCode *code) {
  Region *region = code->region;
  if (region->worth || region->budget > 0) return false;
  if (mx_queue_is_quick(jit->compiler) || !jit_pays(jit, code)) {
    region->budget = jit->options.params.optimize;
    code->budget += region->budget;
    return true;
  }
  region->worth = true;
  region->budget = UINT64_MAX;
  region->penalty -= region->penalty > 0;
  mx_compiler_improve(jit, ec, region);
  return true;
}

// Code that was made well counts nothing. When it was left often it is made quickly once more, and
// judged as it was at first: the program may have changed its ways. Each time that it has not,
// twice as many exits are waited for.
static bool jit_judge_again(Jit *jit, ExecCtx *ec, const RegionCode *code) {
  Region *region = code->region;
  uint64_t often = (uint64_t)jit->options.params.rejudge << region->judged;
  if (code->quick || code->entries < often) return false;
  if (region->next_ready || jit->recording == region) return false;
  if (region->judged < JIT_MAX_REJUDGED) region->judged++;
  region->worth = false;
  region->budget = jit->options.params.optimize;
  mx_compiler_build(jit, ec, region);
  return true;
}

// Does it mean anything that a code was left? Not if that was for a poll.
static bool jit_is_told(Jit *jit, ExecCtx *ec, RegionCode *code) {
  return !jit_is_spent(jit, ec, code) && code == code->region->ready && !jit->stress && !ec->poll;
}

// A region was left through a snapshot: is it worth its entries, has the exit become hot?
static void jit_left(Jit *jit, ExecCtx *ec, RegionCode *code, SnapId snap, const Landing *at) {
  Region *region = code->region;
  if (!jit_is_told(jit, ec, code)) return;
  if (code->entries % jit->options.params.judge == 0 && jit_is_short(jit, code)) {
    region->judged = 0;
    mx_jit_fail(jit, region, ABORT_SHORT);
    return;
  }
  if (jit_judge_again(jit, ec, code)) return;
  bool hot = jit_is_hot_exit(jit, code->region, ++code->exit_counts[snap]);
  if (hot || code->region->goes_on) jit_extend(jit, ec, code, snap, at);
}

// Does a rescue clause cover where one of so many frames is?
static bool jit_is_covered(const Frame *fr, uint32_t frames) {
  for (uint32_t i = 0; i < frames; i++, fr = fr->prev) {
    const Chunk *chunk = fr->code->chunk;
    uint32_t pc = mx_code_pc(fr->code, fr->ip - 1);
    for (uint32_t k = 0; k < chunk->handler_count; k++) {
      const Handler *h = &chunk->handlers[k];
      if (h->kind == HANDLER_RESCUE && pc >= h->start && pc < h->end) return true;
    }
  }
  return false;
}

// A region was left, and the frames are made, since something unwinds. An exception that may be
// rescued in the region's frames leaves through an exit like any other.
static void jit_unwinds(Jit *jit, ExecCtx *ec, RegionCode *code, SnapId snap) {
  bool raised = ec->unwind == UNWIND_RAISE;
  if (!raised || !jit_is_covered(ec->frame, code->deopt->exits[snap].frames)) return;
  Landing at = {ec->frame, NULL, NULL};
  jit_left(jit, ec, code, snap, &at);
}

// Enter a new region into the list of all.
static Region *jit_note(Jit *jit, Region *region) {
  if (!jit->lists) return region;
  region->next_region = jit->regions;
  return jit->regions = region;
}

// The region of the loop that the frames run.
static Region *jit_region(Jit *jit, const EntryFrames *entry, uint32_t start) {
  bool made;
  Region *region = mx_region_at(entry, start, &made);
  return made ? jit_note(jit, region) : region;
}

// The loop around the one of a region that a frame runs, in it or in a caller; NULL for none.
static Region *jit_around(Jit *jit, const Region *region, Frame *fr) {
  uint32_t pc = region->pc;
  for (uint32_t depth = 0; depth < RECORD_MAX_DEPTH; depth++) {
    uint32_t header = mx_loop_around(fr->code, pc);
    if (header != LOOP_NONE) {
      EntryFrames entry;
      mx_entry_frames(fr, &entry);
      return jit_region(jit, &entry, mx_stream_index(fr->code, header));
    }
    if (fr->flags & FRAME_ENTRY || !fr->prev || !fr->prev->code->stream) return NULL;
    fr = fr->prev;
    pc = mx_frame_place(fr);
  }
  return NULL;
}

// Entering the machine code of a loop warms the one around, so that at last the outermost loop that
// runs often is one region.
static void jit_warm_around(Jit *jit, const Region *region, Frame *fr) {
  uint32_t threshold = jit->options.params.loop_threshold;
  Region *around = jit_around(jit, region, fr);
  if (!around || around->state == REGION_COMPILED) return;
  around->heat += threshold / jit->options.params.warmth + 1;
  if (around->heat >= threshold) mx_region_set_heat(around->code, 1);
}

// Enter a region's machine code if the frames fit.
static TierNext jit_enter_loop(Jit *jit, ExecCtx *ec, const Region *region,
                               const EntryFrames *entry, Landing *at) {
  if (!mx_enter_allowed(ec, region, entry, at->sp)) return TIER_GO_ON;
  mx_region_set_heat(region->code, 1);
  RegionCode *ready = region->ready;
  mx_stress_invalidate(jit, ready);
  if (ready->broken) return TIER_GO_ON;
  if (ready->entries % jit->options.params.warm == 0 && ready->entries < JIT_WARM_ENTRIES)
    jit_warm_around(jit, region, at->fr);
  Entered entered = mx_enter_run(jit, ec, ready, entry, at);
  if (entered.exited) jit_left(jit, ec, ready, entered.snap, at);
  if (entered.next == TIER_UNWIND) jit_unwinds(jit, ec, ready, entered.snap);
  return entered.next;
}

// A loop while a context records: an inner one that is known runs in its machine code, and the
// recorder goes on behind it.
static TierNext jit_hot_inside(Jit *jit, ExecCtx *ec, const Region *region,
                               const EntryFrames *entry, Landing *at) {
  if (region->state != REGION_COMPILED || jit->recorder != ec || jit->recording == region ||
      !mx_record_knows_loop(jit->recording->record, at->fr, region->pc))
    return TIER_GO_ON;
  ec->recording = false;
  TierNext next = jit_enter_loop(jit, ec, region, entry, at);
  ec->recording = jit->recorder == ec;
  if (jit->recording) mx_record_skipped(jit->recording->record);
  return next;
}

// Is a region without code hot? A recording that was begun goes on at once.
static bool jit_is_hot(const Jit *jit, const Region *region) {
  if (region->goes_on) return true;
  if (region->penalty == ABORT_FOR_GOOD) return false;
  return region->heat >= (uint64_t)jit->options.params.loop_threshold << region->penalty;
}

// A loop without machine code: wait for it, or follow the loop when it is hot.
static void jit_warm(Jit *jit, ExecCtx *ec, Region *region, const EntryFrames *entry,
                     const Value *sp) {
  if (region->next_ready)
    mx_queue_want(jit->compiler, region->next_ready->job);
  else if (jit_is_hot(jit, region))
    jit_start_recording(jit, ec, region, entry, sp);
}

// Back edges that have passed since the code's loops last asked. Where one of them has, or is to
// have, machine code, the others ask ever less often until it is entered: asking costs them more
// than a round does.
static uint32_t jit_span(const Jit *jit, const Code *code) {
  uint32_t threshold = jit->options.params.loop_threshold;
  uint32_t span = code->heat_span ? code->heat_span : threshold;
  uint32_t next = span < JIT_SHORT_SPAN ? JIT_SHORT_SPAN : span * 2;
  if (span <= JIT_LONG_SPAN && next > JIT_LONG_SPAN) next = JIT_LONG_SPAN;
  mx_region_set_heat(code, next < threshold ? next : threshold);
  return span;
}

static TierNext jit_hot(ExecCtx *ec, Landing *at) {
  Jit *jit = mx_jit_of(ec->vm);
  const Code *code = at->fr->code;
  uint32_t span = jit_span(jit, code);
  if (mx_compiler_ready(jit)) mx_compiler_install(jit, ec);
  if (code->refined || jit->off || ec->vm->hooked) return TIER_GO_ON;
  EntryFrames entry;
  mx_entry_frames(at->fr, &entry);
  Region *region = jit_region(jit, &entry, (uint32_t)(at->ip - code->stream));
  if (ec->recording) return jit_hot_inside(jit, ec, region, &entry, at);
  if (region->state == REGION_COMPILED) return jit_enter_loop(jit, ec, region, &entry, at);
  region->heat += span;
  jit_warm(jit, ec, region, &entry, at->sp);
  return TIER_GO_ON;
}

// ---- methods

// The region of a method; NULL where there is none yet, and its code is crowded: a method that is
// called often enough is met by one of the turns.
static Region *jit_method_region(Jit *jit, ExecCtx *ec, MethodEntry *me, uint32_t at) {
  Region *region = mx_region_find_method(me);
  if (region) return region;
  bool crowded = mx_region_is_crowded(mx_region_body(me), jit->options.params.crowd);
  if (crowded && ++jit->crowded % mx_interp(ec->vm)->calls != 0) return NULL;
  return jit_note(jit, mx_region_of_method(me, at));
}

void mx_jit_method_hot(ExecCtx *ec, MethodEntry *me, uint32_t at) {
  Jit *jit = mx_jit_of(ec->vm);
  Code *code = mx_region_body(me);
  code->calls = mx_interp(ec->vm)->calls;
  if (mx_compiler_ready(jit)) mx_compiler_install(jit, ec);
  if (ec->recording || code->refined || jit->off || ec->vm->hooked) return;
  Region *region = jit_method_region(jit, ec, me, at);
  if (!region || region->state == REGION_COMPILED) return;
  if (region->next_ready) {
    mx_queue_want(jit->compiler, region->next_ready->job);
    return;
  }
  region->heat += jit->options.params.loop_threshold;
  if (!jit_is_hot(jit, region) || !jit_may_record(jit, ec)) return;
  bool given = me->flags & METHOD_F_GIVEN;
  if (given && !region->record && mx_loop_yields(code)) {
    mx_jit_fail(jit, region, ABORT_ITERATES);
    return;
  }
  if (!region->record) {
    region->record = jit_new_record(jit, region);
    mx_record_init_method(region->record, &jit->options.params, code, given);
  }
  mx_record_await(region->record);
  jit_set_recording(jit, ec, region);
}

void mx_jit_method_left(ExecCtx *ec, RegionCode *code, SnapId snap, const Landing *at) {
  code->entries++;
  jit_left(mx_jit_of(ec->vm), ec, code, snap, at);
}

void mx_jit_method_unwinds(ExecCtx *ec, RegionCode *code, SnapId snap) {
  code->entries++;
  jit_unwinds(mx_jit_of(ec->vm), ec, code, snap);
}

void mx_jit_method_ended(ExecCtx *ec, const Frame *root) {
  Jit *jit = mx_jit_of(ec->vm);
  if (!jit->recording || jit->recorder != ec) return;
  const Record *rec = jit->recording->record;
  if (!rec->method || rec->head_frame != root) return;
  jit_recorded(jit, ec, jit->recording, mx_record_ended(jit->recording->record));
}

// A method is called while a context records: may it run in its machine code? In a frame that is
// not followed, so that this one takes less long.
static bool jit_may_skip(const Jit *jit, const ExecCtx *ec) {
  return jit->recorder == ec && mx_record_waits(jit->recording->record, ec->frame);
}

static Value jit_enter(ExecCtx *ec, MethodRef ref, const Block *block, Value *base) {
  Jit *jit = mx_jit_of(ec->vm);
  if (block && ref.me->kind != METHOD_GUEST) return VAL_UNDEF;
  MethodEntry *me = block ? mx_method_given(ref.me) : ref.me;
  if (!me->machine) mx_jit_method_hot(ec, me, ref.at);
  if (me->machine || (me->given && me->given->machine)) mx_region_body(me)->calls = 1;
  if (!me->machine) return VAL_UNDEF;
  if (ec->poll || ec->vm->hooked || !mx_activation_fits(ec)) return VAL_UNDEF;
  bool skips = ec->recording;
  if (skips && !jit_may_skip(jit, ec)) return VAL_UNDEF;
  if (skips) ec->recording = false;
  ec->given = block;
  Value value = mx_activation_enter(ec, me, base);
  if (skips) ec->recording = jit->recorder == ec;
  return value;
}

// What stands for the body of blocks, and what those are like that its region was recorded for.
typedef struct JitBody {
  MethodEntry me;        // Code.body
  MethodCode code;       // what me is of
  void *like;            // the machine code that what follows is known of
  const LexCtx *lex;     // lexical context
  const MethodEntry *of; // method that the literal stands in
  uint32_t at;           // position of that in the mro
  uint32_t argc;         // arguments that are its locals as they lie; UINT32_MAX: that is asked
  bool is_lambda;        // of the blocks
  bool has_block;        // the method that the literal stands in has a block
} JitBody;

// Is a block like those that a body was recorded for?
static bool jit_body_fits(const JitBody *body, const Block *block) {
  return body->lex == block->lex && body->of == block->me && body->at == block->me_at &&
         body->is_lambda == block->is_lambda && body->has_block == (block->home_block != NULL);
}

// Note what a body was recorded for, if it was.
static bool jit_body_like(JitBody *body) {
  const Region *region = mx_region_find_method(&body->me);
  const RecordContext *root = region && region->record ? region->record->root : NULL;
  if (!root) return false;
  body->like = body->me.machine;
  body->lex = root->frame.lex;
  body->of = root->frame.me;
  body->at = root->frame.me_at;
  body->is_lambda = root->frame.flags & FRAME_LAMBDA;
  body->has_block = root->has_block;
  const Params *params = &root->frame.code->params;
  body->argc = params->flags & PARAMS_SIMPLE ? params->pre : UINT32_MAX;
  return true;
}

static MethodEntry *jit_body(const Block *block) {
  Code *code = (Code *)(uintptr_t)block->code;
  JitBody *body = (JitBody *)(void *)code->body; // me is the first member
  if (!body) {
    body = mx_gc_alloc_words(sizeof *body);
    body->code = (MethodCode){.made = code, .lex = block->lex};
    body->me = (MethodEntry){.kind = METHOD_GUEST, .as.code = &body->code};
    code->body = &body->me;
  }
  bool known = (body->me.machine && body->like == body->me.machine) || jit_body_like(body);
  return !known || jit_body_fits(body, block) ? &body->me : NULL;
}

static Value jit_yield(ExecCtx *ec, const Block *block, Value *base, uint64_t form) {
  const Code *code = block->kind == BLOCK_CODE ? block->code : NULL;
  const JitBody *body = code ? (const JitBody *)(const void *)code->body : NULL;
  bool direct = body && body->me.machine && body->like == body->me.machine && body->argc == form &&
                jit_body_fits(body, block);
  if (!direct) return mx_invoke_yield(ec, block, base, form);
  base[0] = val_from_ptr(block);
  return mx_activation_enter(ec, &body->me, base);
}

// ---- hooks

// What a recording would follow are the handlers that look for hooks, so it is given up.
static void jit_hooks_toggled(VM *vm, bool on) {
  Jit *jit = mx_jit_of(vm);
  if (on && jit->recording) jit_stop_recording(jit);
  mx_installed_watched(jit, on);
}

// ---- installing

JitOptions mx_jit_defaults(void) {
  JitOptions options = {.mode = JIT_ON, .fuel = UINT64_MAX};
#ifndef NDEBUG
  options.verify = true;
#endif
#define JIT_PARAM(NAME, option, initial, unit, doc) options.params.NAME = (initial);
#include "jit/ir/jit_params.def"
  return options;
}

// The process is copied: the child has no compiler thread until it needs one.
static void jit_fork(VM *vm, ForkStage stage) {
  Jit *jit = mx_jit_of(vm);
  if (stage == FORK_BEFORE)
    mx_queue_before_fork(jit->compiler);
  else if (!mx_queue_after_fork(jit->compiler, stage == FORK_CHILD))
    jit->off = true;
}

static void jit_install(ExecCtx *ec) { mx_compiler_install(mx_jit_of(ec->vm), ec); }

void mx_jit_install(VM *vm, const JitOptions *options) {
  static const Tier tier = {jit_hot,     jit_enter,   jit_body,       jit_yield,        jit_record,
                            jit_install, mx_jit_tell, mx_jit_regions, mx_installed_runs};
  Interp *interp = mx_interp(vm);
  if (options->mode == JIT_OFF || interp->options.trace) return;
  Jit *jit = mx_gc_alloc_words(sizeof *jit);
  jit->options = *options;
  jit->lists = options->stats || interp->profiler;
  if (vm->options.deterministic) jit->options.mode = JIT_SYNC;
  jit->compiler = mx_queue_new(&jit->options, mx_gc_cells(vm->lists, GC_KIND_WORDS));
  jit->stress = mx_stress_new(options);
  if (options->stress_exits) jit->compiler->stress = &jit->stress->exit;
  // Long strips would have few places to leave at.
  uint32_t *strip = &jit->options.params.strip;
  if (options->stress_exits && *strip > JIT_STRESS_STRIP) *strip = JIT_STRESS_STRIP;
  interp->jit = jit;
  interp->tier = &tier;
  interp->heat = options->params.loop_threshold;
  interp->calls = options->params.loop_threshold * options->params.method_calls;
  vm->assumption_broken = mx_installed_broken;
  vm->hooks_toggled = jit_hooks_toggled;
  vm->forks = jit_fork;
}

void mx_jit_report(const VM *vm) {
  const Jit *jit = mx_jit_of(vm);
  if (jit && jit->options.stats) mx_stats_print(jit);
}

bool mx_jit_end(const VM *vm) {
  const Jit *jit = mx_jit_of(vm);
  return !jit || !mx_queue_end(jit->compiler);
}

void mx_jit_free(VM *vm) {
  Jit *jit = mx_jit_of(vm);
  if (!jit) return;
  Compiler *compiler = jit->compiler;
  mx_queue_stop(compiler);
  jit->off = true;
  mx_compiler_install(jit, vm->main_ec);
  vm->assumption_broken = NULL;
  vm->hooks_toggled = NULL;
  vm->forks = NULL;
  mx_installed_close(jit);
  if (compiler->backend && !compiler->lost) compiler->api->close(compiler->backend);
  mx_queue_free(compiler);
  free(jit->stress);
}
