// SPDX-License-Identifier: MIT
// What stays of a function's snapshots when its code is installed.
#include "jit/deopt/deopt.h"
#include "jit/ir/snap_map.h"

// A map being made.
typedef struct MapMaker {
  IrFn *fn;                    // the function
  DeoptMap *map;               // so far
  IrRef slots[SNAP_MAX_SLOTS]; // of the snapshot at hand
  uint32_t slot_count;         // of them
  uint32_t constants;          // given out
} MapMaker;

// The tagged Value of a constant.
static Value map_constant(const IrFn *fn, IrRef ref) {
  uint64_t word = mx_ir_word(fn, ref);
  switch ((IrOp)mx_ir_at(fn, ref)->op) {
  case IR_KINT: return val_from_fixnum((int64_t)word);
  case IR_KBOOL: return val_bool(word != 0);
  default: return word;
  }
}

// Number of a ref in the exit buffer.
static uint32_t map_slot(const MapMaker *m, IrRef ref) {
  uint32_t i = 0;
  while (i < m->slot_count && m->slots[i] != ref) i++;
  return i;
}

static DeoptValue map_value(MapMaker *m, SnapValue value) {
  if (value == SNAP_HOME) return (DeoptValue){.place = DEOPT_HOME};
  if (value & SNAP_OBJECT)
    return (DeoptValue){DEOPT_OBJECT, IRT_VAL, value & ~(uint32_t)SNAP_OBJECT};
  const IrIns *ins = mx_ir_at(m->fn, value);
  // Doubles that are constants may need a box: their bits are kept and boxed at the exit.
  if (ins->op == IR_KDOUBLE) {
    m->map->constants[m->constants] = mx_ir_word(m->fn, value);
    return (DeoptValue){DEOPT_CONSTANT, IRT_DOUBLE, m->constants++};
  }
  if (mx_ir_is_const((IrOp)ins->op)) {
    m->map->constants[m->constants] = map_constant(m->fn, value);
    return (DeoptValue){DEOPT_CONSTANT, IRT_VAL, m->constants++};
  }
  return (DeoptValue){DEOPT_SLOT, ins->type, map_slot(m, value)};
}

// One frame of a snapshot.
static void map_frame(MapMaker *m, uint32_t at) {
  const SnapFrame *snap = &m->fn->snap_frames.at[at];
  DeoptFrame *frame = &m->map->frames[at];
  *frame = (DeoptFrame){.of = m->fn->codes.at[snap->code],
                        .pc = snap->pc,
                        .first = snap->first,
                        .operands = snap->operands,
                        .self = map_value(m, snap->self),
                        .block = map_value(m, snap->block),
                        .env = map_value(m, snap->env ? snap->env : SNAP_HOME)};
  for (uint32_t i = snap->first; i < snap->first + snap->locals + snap->operands; i++)
    m->map->values[i] = map_value(m, m->fn->snap_values.at[i]);
}

// The kind of object that an allocation makes.
static DeoptKind map_kind(const IrIns *alloc) {
  switch ((IrOp)alloc->op) {
  case IR_NEW_ARRAY: return DEOPT_ARRAY;
  case IR_NEW_HASH: return DEOPT_HASH;
  case IR_NEW_RANGE: return DEOPT_RANGE;
  case IR_NEW_ENV: return DEOPT_ENV;
  case IR_NEW_PROC: return DEOPT_PROC;
  default: break;
  }
  MX_ASSERT(alloc->op == IR_NEW_OBJECT, "no exit makes a %s", mx_ir_info((IrOp)alloc->op)->text);
  return DEOPT_PLAIN;
}

// One object of a snapshot, the one of this number.
static void map_object(MapMaker *m, uint32_t at, uint32_t number) {
  const SnapObject *snap = &m->fn->snap_objects.at[at];
  const IrIns *alloc = mx_ir_at(m->fn, snap->alloc);
  DeoptKind kind = map_kind(alloc);
  DeoptObject *object = &m->map->objects[at];
  *object = (DeoptObject){(uint8_t)kind, false, alloc->imm, snap->first, snap->stores, 0, {0}};
  object->real = map_value(m, snap->real ? snap->real : SNAP_HOME);
  if (kind == DEOPT_ENV || kind == DEOPT_PROC) {
    object->like = m->constants;
    m->map->constants[m->constants++] = val_from_ptr(m->fn->sites.at[alloc->imm].method);
  }
  for (uint32_t i = 0; i < snap->stores; i++) {
    const SnapValue *pair = &m->fn->snap_values.at[snap->first + 2 * i];
    DeoptValue *values = &m->map->values[snap->first + 2 * i];
    bool shape = kind == DEOPT_PLAIN && pair[0] == 0;
    values[0] = (DeoptValue){.index = pair[0]};
    values[1] =
        shape ? (DeoptValue){.index = (uint32_t)mx_ir_word(m->fn, pair[1])} : map_value(m, pair[1]);
    object->late |= values[1].place == DEOPT_OBJECT && values[1].index >= number;
  }
}

// Where the frames of a snapshot are called, and where its innermost one goes on.
// PERF: a search of the stream; exits are too often taken to do it there.
static void map_places(const MapMaker *m, const Snap *snap) {
  DeoptFrame *frames = &m->map->frames[snap->frame], *last = &frames[snap->frames - 1];
  for (uint32_t i = 1; i < snap->frames; i++)
    frames[i].call = mx_stream_instruction(frames[i - 1].of->code, frames[i].of->call_pc);
  DeoptExit *exit = &m->map->exits[snap - m->fn->snaps.at];
  exit->word = snap->counted ? mx_stream_instruction(last->of->code, last->pc)
                             : mx_stream_index(last->of->code, last->pc);
}

// One snapshot, and what its frames take.
static void map_exit(MapMaker *m, SnapId id) {
  const Snap *snap = &m->fn->snaps.at[id];
  m->slot_count = mx_snap_slots(m->fn, id, m->slots);
  m->map->exits[id] =
      (DeoptExit){snap->frame, snap->frames, snap->object, snap->objects, snap->reason, 0};
  for (uint32_t i = 0; i < snap->objects; i++) map_object(m, snap->object + i, i);
  for (uint32_t i = snap->frame; i < snap->frame + snap->frames; i++) map_frame(m, i);
  map_places(m, snap);
}

DeoptNeeds mx_deopt_needs(const IrFn *fn) {
  DeoptNeeds needs = {0};
  for (SnapId id = 0; id < fn->snaps.count; id++) {
    const Snap *snap = &fn->snaps.at[id];
    uint32_t words = 0;
    for (uint32_t i = snap->frame; i < snap->frame + snap->frames; i++) {
      const TierFrame *of = fn->codes.at[fn->snap_frames.at[i].code];
      words += of->code->frame_words + STREAM_STACK_SLACK;
    }
    if (snap->frames > needs.depth) needs.depth = snap->frames;
    if (words > needs.words) needs.words = words;
  }
  return needs;
}

// Map the snapshots that exits have. Others belonged to guards that are gone, and what they name
// may be gone, too.
static void map_exits(MapMaker *m) {
  const IrFn *fn = m->fn;
  for (IrBlockId id = 0; id < fn->blocks.count; id++)
    for (IrRef ref = mx_ir_block_at(fn, id)->first; ref; ref = mx_ir_at(fn, ref)->next) {
      const IrIns *ins = mx_ir_at(fn, ref);
      if (ins->snap != SNAP_NONE && m->map->exits[ins->snap].frames == 0) map_exit(m, ins->snap);
    }
}

DeoptMap *mx_deopt_map(IrFn *fn, bool method) {
  DeoptMap *map = mx_gc_alloc_words(sizeof *map);
  DeoptNeeds needs = mx_deopt_needs(fn);
  map->method = method;
  map->depth = needs.depth;
  map->words = needs.words;
  MapMaker m = {.fn = fn, .map = map};
  map->exit_count = fn->snaps.count;
  size_t bytes = (fn->snaps.count + 1) * sizeof *map->exits;
  map->exits = memset(mx_gc_alloc_atomic(bytes), 0, bytes);
  map->frames = mx_gc_alloc_words((fn->snap_frames.count + 1) * sizeof *map->frames);
  map->objects = mx_gc_alloc_atomic((fn->snap_objects.count + 1) * sizeof *map->objects);
  map->values = mx_gc_alloc_atomic((fn->snap_values.count + 1) * sizeof *map->values);
  uint32_t room =
      fn->snap_values.count + 3 * fn->snap_frames.count + 2 * fn->snap_objects.count + 1;
  map->constants = mx_gc_alloc_words(room * sizeof *map->constants);
  map_exits(&m);
  return map;
}
