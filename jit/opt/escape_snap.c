// SPDX-License-Identifier: MIT
// Snapshots of sunk objects: each value that stands for a candidate becomes an object of the
// snapshot, with the values that the candidate's slots have there.
#include "runtime/value.h"
#include "jit/opt/escape.h"

// A place of an object that is filled in when all others are known.
typedef struct SnapLater {
  uint32_t at;           // index in fn->snap_values
  const Candidate *held; // whose number it gets
} SnapLater;

// A snapshot that is being given objects.
typedef struct SnapEdit {
  Escape *e;
  SnapId snap;                  // the copy; SNAP_NONE before one is needed
  uint32_t object[ESCAPE_MOST]; // by candidate: its number in the snapshot + 1; 0: not in it
  VEC(SnapLater) later;         // places in circles
} SnapEdit;

// Give the snapshot the object of a candidate, after those that it must hold from the start;
// returns its number.
static uint32_t escape_object(SnapEdit *edit, const Candidate *c) {
  Escape *e = edit->e;
  IrFn *fn = e->rw.fn;
  uint32_t *number = &edit->object[c - e->all];
  if (*number) return *number - 1;
  IrOp made = (IrOp)mx_ir_at(fn, c->alloc)->op;
  bool plain = made == IR_NEW_OBJECT;
  SnapValue values[ESCAPE_SLOTS];
  const Candidate *later[ESCAPE_SLOTS] = {NULL};
  for (uint32_t i = 0; i < c->slots; i++) {
    values[i] = mx_rewrite_get(&e->rw, e->now[c->first + i]);
    const Candidate *held = mx_escape_of(e, values[i]);
    if (held && held->circular && mx_ir_snap_late(made, i))
      later[i] = held;
    else if (held)
      values[i] = escape_object(edit, held) | SNAP_OBJECT;
  }
  SnapObject object = {.alloc = c->alloc, .first = fn->snap_values.count};
  if (c->real) object.real = c->phi;
  IrRef nil = mx_ir_const(fn, IR_KVAL, VAL_NIL);
  IrRef shape = mx_ir_const(fn, IR_KWORD, mx_ir_at(fn, c->alloc)->imm);
  for (uint32_t i = 0; i < c->slots; i++) {
    if (plain && values[i] == (i ? nil : shape)) continue;
    vec_push(&fn->snap_values, plain ? 8 * i : i);
    if (later[i]) vec_push(&edit->later, ((SnapLater){fn->snap_values.count, later[i]}));
    vec_push(&fn->snap_values, values[i]);
    object.stores++;
  }
  vec_push(&fn->snap_objects, object);
  *number = ++fn->snaps.at[edit->snap].objects;
  return *number - 1;
}

// Fill in the places in circles; that may give the snapshot more objects.
static void escape_snap_later(SnapEdit *edit) {
  for (uint32_t i = 0; i < edit->later.count; i++) {
    SnapLater place = edit->later.at[i];
    SnapValue object = escape_object(edit, place.held) | SNAP_OBJECT;
    edit->e->rw.fn->snap_values.at[place.at] = object;
  }
  vec_free(&edit->later);
}

// Replace one value of a frame.
static void escape_snap_value(SnapEdit *edit, SnapValue *value) {
  if (*value & SNAP_OBJECT) return;
  const Candidate *c = mx_escape_of(edit->e, *value);
  if (!c) return;
  SnapValue object = escape_object(edit, c) | SNAP_OBJECT;
  *value = object;
}

// Which candidates a snapshot has, those that others hold among them.
typedef struct SnapSearch {
  Escape *e;
  bool found;           // any
  bool in[ESCAPE_MOST]; // by candidate
} SnapSearch;

static void escape_search(void *ctx, IrRef *value) {
  SnapSearch *search = ctx;
  Escape *e = search->e;
  const Candidate *c = mx_escape_of(e, *value);
  if (!c || search->in[c - e->all]) return;
  search->found = search->in[c - e->all] = true;
  for (uint32_t i = 0; i < c->slots; i++) escape_search(ctx, &e->now[c->first + i]);
}

// Give an instruction a snapshot that makes the candidates it has. A snapshot that has objects
// already is from an earlier run of the pass: what it has escapes.
void mx_escape_snap(Escape *e, IrRef ref) {
  IrFn *fn = e->rw.fn;
  SnapId id = mx_ir_at(fn, ref)->snap;
  SnapSearch search = {.e = e};
  mx_ir_snap_values(fn, id, escape_search, &search);
  if (!search.found) return;
  if (fn->snaps.at[id].objects) mx_ir_snap_values(fn, id, mx_escape_use, e);
  if (!e->wet) mx_escape_check_together(e, search.in);
  if (!e->wet) return;
  SnapEdit edit = {.e = e, .snap = mx_ir_snap_copy(fn, id)};
  Snap snap = fn->snaps.at[edit.snap];
  mx_ir_at(fn, ref)->snap = edit.snap;
  for (uint32_t i = 0; i < snap.frames; i++) {
    SnapFrame frame = fn->snap_frames.at[snap.frame + i];
    escape_snap_value(&edit, &frame.self);
    escape_snap_value(&edit, &frame.block);
    if (frame.env) escape_snap_value(&edit, &frame.env);
    fn->snap_frames.at[snap.frame + i] = frame;
    for (uint32_t j = 0; j < frame.locals + frame.operands; j++) {
      SnapValue value = fn->snap_values.at[frame.first + j];
      escape_snap_value(&edit, &value);
      fn->snap_values.at[frame.first + j] = value;
    }
  }
  escape_snap_later(&edit);
}
