// SPDX-License-Identifier: MIT
// Following the interpreter: contexts are entered and left as frames are, and each instruction
// notes what it finds.
#include "jit/record/record.h"
#include "runtime/array.h"

// ---- sets of types

// Kinds by the low bits and the well-known words of a value.
static uint8_t seen_kind(Value v) {
  if (val_is_fixnum(v)) return SEEN_INT;
  if (val_is_flonum(v)) return SEEN_FLOAT;
  if (val_is_symbol(v)) return SEEN_SYMBOL;
  switch (v) {
  case VAL_NIL: return SEEN_NIL;
  case VAL_TRUE: return SEEN_TRUE;
  case VAL_FALSE: return SEEN_FALSE;
  case VAL_UNDEF: return SEEN_UNDEF;
  default: return SEEN_HEAP;
  }
}

// Note the shape of an object; whether that is new.
static bool seen_shape(TypeSet *set, Value v) {
  if (val_heap_type(v) == T_FLOAT && !set->boxed) return set->boxed = true;
  if (val_heap_type(v) == T_ARRAY)
    set->strategies |= (uint8_t)(1u << mx_array_strategy(val_to_array(v)));
  uint32_t shape = val_header(v)->shape;
  for (uint32_t i = 0; i < set->shape_count; i++)
    if (set->shapes[i] == shape) return false;
  if (set->shape_count == SEEN_MAX_SHAPES) {
    bool news = !set->many;
    set->many = true;
    return news;
  }
  set->shapes[set->shape_count++] = shape;
  return true;
}

// Note a value; the number of facts that are new.
static uint32_t seen_add(TypeSet *set, Value v) {
  uint8_t kind = seen_kind(v);
  uint32_t news = !(set->kinds & kind);
  set->kinds |= kind;
  if (kind == SEEN_HEAP) news += seen_shape(set, v);
  return news;
}

uint8_t mx_seen_only(const TypeSet *set) {
  uint8_t kinds = set->kinds;
  return kinds & (uint8_t)(kinds - 1) ? 0 : kinds;
}

// ---- contexts

static RecordContext *record_context(Record *rec, RecordContext *caller, uint32_t call_pc,
                                     const Frame *fr) {
  RecordContext *cx = mx_arena_new(&rec->arena, RecordContext);
  cx->caller = caller;
  cx->frame.call_pc = call_pc;
  cx->frame.code = fr->code;
  cx->frame.me = fr->me;
  cx->frame.me_at = fr->me_at;
  cx->frame.lex = fr->lex;
  cx->frame.flags = fr->flags;
  cx->depth = caller ? caller->depth + 1 : 0;
  cx->seen = mx_arena_array(&rec->arena, Seen *, fr->code->chunk->code_len + 1);
  return cx;
}

const Seen *mx_record_seen(const RecordContext *context, uint32_t pc) { return context->seen[pc]; }

// What is noted at an instruction, made at need.
static Seen *record_at(Record *rec, RecordContext *cx, uint32_t pc) {
  if (!cx->seen[pc]) {
    cx->seen[pc] = mx_arena_new(&rec->arena, Seen);
    rec->news++;
  }
  return cx->seen[pc];
}

// How many activations of a code the path to a context has.
static uint32_t record_recursion(const RecordContext *cx, const Code *code) {
  uint32_t count = 0;
  for (; cx; cx = cx->caller) count += cx->frame.code == code;
  return count;
}

// The context of a callee of the instruction that the innermost frame executes.
static RecordContext *record_callee(Record *rec, const Frame *fr) {
  uint32_t call_pc = mx_code_pc(rec->at->frame.code, rec->frame->ip - 1);
  Seen *call = record_at(rec, rec->at, call_pc);
  for (RecordContext *cx = call->callees; cx; cx = cx->next)
    if (cx->frame.code == fr->code && cx->frame.me == fr->me) return cx;
  RecordContext *cx = record_context(rec, rec->at, call_pc, fr);
  cx->next = call->callees;
  call->callees = cx;
  rec->news++;
  return cx;
}

// A frame was pushed by the one that is followed: follow it, or wait until it is left.
static void record_enter(Record *rec, Frame *fr) {
  bool inlines = fr->prev == rec->frame && !(fr->flags & FRAME_ENTRY) &&
                 rec->at->depth < rec->params->inline_depth && rec->at->depth < RECORD_MAX_DEPTH &&
                 record_recursion(rec->at, fr->code) < rec->params->inline_recursion;
  if (!inlines) {
    rec->opaque = fr;
    return;
  }
  rec->at = record_callee(rec, fr);
  rec->frame = rec->path[rec->at->depth] = fr;
  rec->last = NULL;
}

// Frames were popped down to fr: go back to its context. False: the root was left.
static bool record_leave(Record *rec, const Frame *fr) {
  while (rec->frame != fr) {
    if (!rec->at->caller || rec->frame < fr) return false;
    uint32_t call_pc = rec->at->frame.call_pc;
    rec->at = rec->at->caller;
    rec->frame = rec->path[rec->at->depth];
    rec->last = rec->at->seen[call_pc];
  }
  return true;
}

// ---- steps

// Collected memory: contexts keep the codes and methods alive that they name.
static void *record_memory(void *ctx, size_t bytes) {
  (void)ctx;
  return mx_gc_alloc_words(bytes);
}

void mx_record_init(Record *rec, const JitParams *params, Frame *fr, uint32_t pc) {
  *rec = (Record){.params = params, .pc = pc};
  mx_arena_init(&rec->arena, (ChunkAlloc){.alloc = record_memory});
  rec->root = record_context(rec, NULL, 0, fr);
  rec->root->locals = mx_arena_array(&rec->arena, TypeSet, fr->code->local_count + 1);
  rec->root_has_block = fr->block != NULL;
  if (fr->block && fr->block->kind == BLOCK_CODE) rec->root_block = fr->block->code;
}

void mx_record_start(Record *rec, Frame *fr) {
  rec->root_frame = rec->frame = rec->path[0] = fr;
  rec->at = rec->root;
  rec->opaque = NULL;
  rec->last = NULL;
  rec->steps = rec->rounds = rec->quiet = rec->news = 0;
  rec->abort = ABORT_NONE;
}

void mx_record_resume(Record *rec, uint32_t count, Frame *const *frames,
                      RecordContext *const *contexts) {
  mx_record_start(rec, frames[0]);
  for (uint32_t i = 0; i < count; i++) rec->path[i] = frames[i];
  rec->frame = frames[count - 1];
  rec->at = contexts[count - 1];
}

// A round is over: have the last ones taught anything?
static bool record_round(Record *rec) {
  rec->rounds++;
  rec->quiet = rec->news ? 0 : rec->quiet + 1;
  rec->news = 0;
  return rec->quiet >= rec->params->quiet_rounds || rec->rounds >= rec->params->rounds;
}

// The root is about to execute the region's first instruction.
static bool record_at_start(Record *rec, const Frame *fr) {
  for (uint32_t i = 0; i < fr->code->local_count; i++)
    rec->news += seen_add(&rec->root->locals[i], fr->locals[i]);
  return rec->steps > 1 && record_round(rec);
}

// The call cache of an instruction, or NULL.
static const CallCache *record_call_cache(const Code *code, uint32_t pc) {
  const uint32_t *ip = code->stream + mx_stream_index(code, pc);
  OpCode op = mx_stream_base((StreamOp)*ip);
  bool calls = mx_stream_has_cache(op) && op != OP_LOAD_IVAR && op != OP_STORE_IVAR &&
               op != OP_LOAD_CONST && op != OP_LOAD_CONST_FROM && op != OP_LOAD_CONST_TOP;
  return calls ? &((InlineCache *)code->caches)[ip[1]].call : NULL;
}

// Note what the instruction before this one left, and the operands of this one.
static void record_note(Record *rec, uint32_t pc, const Value *sp, const Value *bottom) {
  Seen *seen = record_at(rec, rec->at, pc);
  seen->count++;
  if (rec->last && sp > bottom) rec->news += seen_add(&rec->last->out, sp[-1]);
  for (uint32_t i = 0; i < SEEN_MAX_OPERANDS && sp - i > bottom; i++)
    rec->news += seen_add(&seen->in[i], sp[-1 - (int64_t)i]);
  const CallCache *cc = record_call_cache(rec->at->frame.code, pc);
  if (cc && sp - cc->argc > bottom)
    rec->news += seen_add(&seen->receiver, sp[-1 - (int64_t)cc->argc]);
  rec->last = seen;
}

static RecordStep record_abort(Record *rec, AbortReason why) {
  rec->abort = why;
  return RECORD_ABORT;
}

RecordStep mx_record_step(Record *rec, ExecCtx *ec, Frame *fr, const uint32_t *ip,
                          const Value *sp) {
  (void)ec;
  if (rec->opaque) {
    if (fr >= rec->opaque) return RECORD_MORE;
    rec->opaque = NULL;
  }
  if (++rec->steps > rec->params->record_limit) return record_abort(rec, ABORT_TOO_LONG);
  if (fr > rec->frame)
    record_enter(rec, fr);
  else if (!record_leave(rec, fr))
    return record_abort(rec, ABORT_LEFT);
  if (rec->opaque) return RECORD_MORE;
  uint32_t pc = mx_code_pc(fr->code, ip);
  bool start = fr == rec->root_frame && pc == rec->pc;
  if (start && record_at_start(rec, fr)) return RECORD_DONE;
  record_note(rec, pc, sp, mx_frame_stack(fr));
  return RECORD_MORE;
}
