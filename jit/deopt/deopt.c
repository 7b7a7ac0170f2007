// SPDX-License-Identifier: MIT
// Rebuilding frames: the root's locals and operands are written back, the frames of the inlining
// path are pushed as the interpreter would have pushed them.
#include "jit/deopt/deopt.h"
#include "runtime/array.h"
#include "runtime/float.h"
#include "runtime/hash.h"
#include "runtime/range.h"
#include "interp/ops.h"

// An exit being taken.
typedef struct Deopt {
  ExecCtx *ec;
  const DeoptMap *map;
  const uint64_t *buffer; // values of slots
  Value *objects;         // that were made
} Deopt;

static Value deopt_double(ExecCtx *ec, uint64_t bits) {
  double d;
  memcpy(&d, &bits, sizeof d);
  return mx_float_value(ec, d);
}

// The tagged Value of a word of an IR type.
static Value deopt_tag(ExecCtx *ec, IrType type, uint64_t word) {
  switch (type) {
  case IRT_INT: return word | 1;
  case IRT_DOUBLE: return deopt_double(ec, word);
  case IRT_BOOL: return val_bool(word != 0);
  default: return word;
  }
}

// The word of a value that is not at home already.
static uint64_t deopt_word(const Deopt *d, const DeoptValue *v) {
  switch ((DeoptPlace)v->place) {
  case DEOPT_SLOT: return d->buffer[v->index];
  case DEOPT_CONSTANT: return d->map->constants[v->index];
  case DEOPT_OBJECT: return d->objects[v->index];
  case DEOPT_HOME: break;
  }
  MX_UNREACHABLE();
}

// Write a value where it belongs.
static void deopt_write(const Deopt *d, const DeoptValue *v, Value *home) {
  if (v->place == DEOPT_HOME) return;
  *home = deopt_tag(d->ec, (IrType)v->type, deopt_word(d, v));
}

// Make an Array, Hash or Range.
static Value deopt_list(const Deopt *d, const DeoptObject *made) {
  Value *places = __builtin_alloca((made->stores + 1) * sizeof(Value));
  const DeoptValue *pair = &d->map->values[made->first];
  for (uint32_t i = 0; i < made->stores; i++, pair += 2)
    deopt_write(d, &pair[1], &places[pair->index]);
  if (made->kind == DEOPT_ARRAY) return mx_array_from(d->ec, made->stores, places);
  if (made->kind == DEOPT_HASH) return mx_hash_from_pairs(d->ec, made->stores, places);
  return mx_range_new(d->ec, places[0], places[1], made->shape != 0);
}

// Make a plain object, with what was stored to it. A double is a raw one: a field of any other
// representation was given a Value.
static Value deopt_plain(const Deopt *d, const DeoptObject *made) {
  Value object = mx_object_new_shape(d->ec, made->shape);
  const DeoptValue *pair = &d->map->values[made->first];
  for (uint32_t i = 0; i < made->stores; i++, pair += 2) {
    Value *place = (Value *)(uintptr_t)(object + pair->index);
    if (pair->index == 0)
      val_header(object)->shape = pair[1].index;
    else if (pair[1].type == IRT_DOUBLE)
      *place = deopt_word(d, &pair[1]);
    else
      deopt_write(d, &pair[1], place);
  }
  return object;
}

// Make the Env of a scope: its parent, then its slots.
// GC: rare doubles get a box: the slots are on the C stack, which is scanned.
static Value deopt_env(const Deopt *d, const DeoptObject *made) {
  Value *places = __builtin_alloca(made->stores * sizeof(Value));
  const DeoptValue *pair = &d->map->values[made->first];
  for (uint32_t i = 0; i < made->stores; i++, pair += 2)
    deopt_write(d, &pair[1], &places[pair->index]);
  Env *parent = (Env *)(uintptr_t)places[0];
  const void *scope = (const void *)(uintptr_t)d->map->constants[made->like];
  return val_from_ptr(mx_env_of(d->ec, parent, scope, made->stores - 1, places + 1));
}

// Make a Proc: its Env, self and home.
static Value deopt_proc(const Deopt *d, const DeoptObject *made) {
  Value places[3];
  const DeoptValue *pair = &d->map->values[made->first];
  for (uint32_t i = 0; i < 3; i++, pair += 2) deopt_write(d, &pair[1], &places[pair->index]);
  const Block *like = (const Block *)(uintptr_t)d->map->constants[made->like];
  return mx_proc_of(d->ec, (Env *)(uintptr_t)places[0], places[1], places[2], like);
}

// Make an object that was never made.
static Value deopt_object(const Deopt *d, const DeoptObject *made) {
  switch ((DeoptKind)made->kind) {
  case DEOPT_PLAIN: return deopt_plain(d, made);
  case DEOPT_ENV: return deopt_env(d, made);
  case DEOPT_PROC: return deopt_proc(d, made);
  case DEOPT_ARRAY:
  case DEOPT_HASH:
  case DEOPT_RANGE: break;
  }
  return deopt_list(d, made);
}

// The object of an exit: made now, unless it has been.
static Value deopt_or_real(const Deopt *d, const DeoptObject *made) {
  Value real = VAL_EXC;
  deopt_write(d, &made->real, &real);
  return val_is_exc(real) ? deopt_object(d, made) : real;
}

// Let an object hold those that came later than it.
static void deopt_close(const Deopt *d, const DeoptObject *made, Value object) {
  const DeoptValue *pair = &d->map->values[made->first];
  for (uint32_t i = 0; i < made->stores; i++, pair += 2) {
    if (pair[1].place != DEOPT_OBJECT) continue;
    if (made->kind == DEOPT_PLAIN)
      *(Value *)(uintptr_t)(object + pair->index) = d->objects[pair[1].index];
    else if (made->kind == DEOPT_ENV && pair->index > 0)
      ((Env *)(uintptr_t)object)->slots[pair->index - 1] = d->objects[pair[1].index];
  }
}

// Make the objects of an exit. Until one is there, those that hold it in a circle have nil.
static void deopt_objects(const Deopt *d, const DeoptExit *exit) {
  const DeoptObject *made = &d->map->objects[exit->object];
  for (uint32_t i = 0; i < exit->objects; i++) d->objects[i] = VAL_NIL;
  for (uint32_t i = 0; i < exit->objects; i++) d->objects[i] = deopt_or_real(d, &made[i]);
  for (uint32_t i = 0; i < exit->objects; i++)
    if (made[i].late) deopt_close(d, &made[i], d->objects[i]);
}

// Write a frame's locals and operands; one past the last operand.
// GC: rare doubles get a box, so the collector is shown the whole frame before its first value.
static Value *deopt_fill(const Deopt *d, const DeoptFrame *frame, Frame *fr) {
  const DeoptValue *v = &d->map->values[frame->first];
  d->ec->vsp = mx_frame_stack(fr) + frame->operands;
  if (frame->env.place != DEOPT_HOME)
    mx_frame_take(fr, (Env *)(uintptr_t)deopt_word(d, &frame->env));
  uint32_t locals = frame->of->code->local_count;
  for (uint32_t i = 0; i < locals; i++) deopt_write(d, v++, &fr->locals[i]);
  Value *sp = mx_frame_stack(fr);
  for (uint32_t i = 0; i < frame->operands; i++) deopt_write(d, v++, sp++);
  return sp;
}

// The literal block of the call that a frame executes; proc: what was made of it, or nil.
static const Block *deopt_literal(ExecCtx *ec, Frame *fr, const uint32_t *call, Value proc) {
  Block *block = (Block *)(uintptr_t)mx_ops_block(
      ec, fr, ((InlineCache *)fr->code->caches)[call[1]].call.body);
  block->proc = proc;
  if (!val_is_nil(proc)) VAL_CAST(Proc, proc)->block.site = block->site;
  return block;
}

// The block that the call which made a frame passed, or for a block's frame the block itself. proc:
// that it is of, nil, or undefined: the caller's own.
static const Block *deopt_block(ExecCtx *ec, Frame *caller, const DeoptFrame *frame, Value proc) {
  const uint32_t *call = caller->code->stream + frame->call;
  switch ((StreamOp)*call) {
  case STREAM_YIELD: return frame->of->flags & FRAME_BLOCK ? caller->block : NULL;
  case STREAM_CALL_SUPER: return caller->block;
  case STREAM_SUPER_WITH_BLOCK:
  case STREAM_CALL_WITH_BLOCK: return deopt_literal(ec, caller, call, proc);
  default: return mx_ops_passed(caller, proc);
  }
}

// Fill in the frame of a method.
static void deopt_method(Frame *fr, const TierFrame *of, Value self, const Block *block) {
  fr->self = self;
  fr->flags = of->flags;
  fr->block = block;
  fr->lex = of->lex;
  fr->me = of->me;
  fr->me_at = of->me_at;
  fr->outer = NULL;
}

// Fill in the frame of a block; self: of one that is a method, or that instance_eval runs.
static void deopt_block_frame(ExecCtx *ec, Frame *fr, const TierFrame *of, Value self,
                              const Block *block) {
  fr->self = block->self;
  fr->lex = block->lex;
  fr->me = block->me;
  fr->me_at = block->me_at;
  fr->block = block->home_block;
  fr->outer = block->env;
  fr->own = block;
  fr->flags = of->flags;
  if (of->flags & FRAME_CLASS) {
    fr->self = self;
    fr->lex = mx_invoke_self_lex(ec, block, self, NULL);
  }
  if (!(of->flags & FRAME_PROC_METHOD)) return;
  fr->self = self;
  fr->me = of->me;
  fr->me_at = of->me_at;
}

// Push the frame of a callee above its caller's operands.
static Frame *deopt_push(const Deopt *d, Frame *caller, const DeoptFrame *frame, Value *sp) {
  ExecCtx *ec = d->ec;
  const TierFrame *of = frame->of;
  Value self = VAL_NIL, proc = VAL_NIL;
  deopt_write(d, &frame->self, &self);
  deopt_write(d, &frame->block, &proc);
  const Block *block = deopt_block(ec, caller, frame, proc);
  *sp = self;
  Value *locals = sp + 1;
  Frame *fr = (Frame *)(void *)(locals + of->code->local_count);
  *fr = (Frame){.prev = caller, .code = of->code, .locals = locals, .base = sp};
  fr->leaf = of->leaf;
  if (of->flags & FRAME_BLOCK)
    deopt_block_frame(ec, fr, of, self, block);
  else
    deopt_method(fr, of, self, block);
  ec->frame = fr;
  ec->depth += !(fr->flags & FRAME_CORE);
  return fr;
}

// The block that a root runs, NULL when it is a method's own body. base: what lies in the
// receiver's place, the Block (backend.h).
static const Block *deopt_root_block(const TierFrame *of, Value base) {
  if (!(of->flags & FRAME_BLOCK)) return NULL;
  if (!(of->flags & FRAME_PROC_METHOD)) return (const Block *)(uintptr_t)base;
  return &VAL_CAST(const Proc, of->me->as.proc)->block;
}

// Push the frame of a method where its record has its place.
static void deopt_root(const Deopt *d, Frame *fr, const DeoptFrame *frame) {
  ExecCtx *ec = d->ec;
  const TierFrame *of = frame->of;
  Value self = VAL_NIL, *locals = (Value *)(void *)fr - of->code->local_count;
  deopt_write(d, &frame->self, &self);
  const Block *block = deopt_root_block(of, locals[-1]);
  const Block *given = d->map->given ? fr->block : NULL;
  locals[-1] = self;
  *fr = (Frame){.prev = ec->frame, .code = of->code, .locals = locals, .base = locals - 1};
  if (block)
    deopt_block_frame(ec, fr, of, self, block);
  else
    deopt_method(fr, of, self, given);
  ec->frame = fr;
  ec->depth += !(fr->flags & FRAME_CORE);
}

// Where the interpreter goes on in a caller when its callee returns: behind the call's words.
static const uint32_t *deopt_behind(const Code *code, uint32_t at) {
  const uint32_t *call = code->stream + at;
  return call + mx_stream_call_words((StreamOp)*call);
}

DeoptMark mx_deopt_unmark(ExecCtx *ec, const DeoptMap *map, Frame *root) {
  bool marked = map->method ? ec->frame == root : (root->flags & FRAME_MACHINE) != 0;
  if (!marked) return (DeoptMark){0};
  DeoptMark mark = {true, root->path};
  root->flags &= ~(uint32_t)FRAME_MACHINE;
  if (mark.path) ec->depth -= mark.path->depth;
  if (map->method) ec->frame = root->prev;
  return mark;
}

void mx_deopt_mark(ExecCtx *ec, DeoptMark mark, Frame *root) {
  if (!mark.marked) return;
  root->flags |= FRAME_MACHINE;
  root->path = mark.path;
  if (mark.path) ec->depth += mark.path->depth;
  ec->frame = root;
}

void mx_deopt_frames(ExecCtx *ec, const DeoptMap *map, SnapId snap, Frame *root,
                     const uint64_t *buffer, Landing *out) {
  const DeoptExit *exit = &map->exits[snap];
  (void)mx_deopt_unmark(ec, map, root);
  Deopt d = {ec, map, buffer, __builtin_alloca((exit->objects + 1) * sizeof(Value))};
  deopt_objects(&d, exit);
  Frame *fr = root;
  if (map->method) deopt_root(&d, root, &map->frames[exit->frame]);
  Value *sp = deopt_fill(&d, &map->frames[exit->frame], fr);
  for (uint32_t i = 1; i < exit->frames; i++) {
    const DeoptFrame *frame = &map->frames[exit->frame + i];
    fr->ip = deopt_behind(fr->code, frame->call);
    fr = deopt_push(&d, fr, frame, sp);
    sp = deopt_fill(&d, frame, fr);
  }
  *out = (Landing){fr, fr->code->stream + exit->word, sp};
}
