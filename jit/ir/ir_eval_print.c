// SPDX-License-Identifier: MIT
// How a run of an IR function ended, as text: what the interpreter would find after an exit.
#include "runtime/value.h"
#include "jit/ir/ir_eval.h"
#include "jit/ir/ir_print.h"

// Where a value is printed: in which object, and which those around it are.
typedef struct EndObject {
  const struct EndObject *around; // NULL for the outermost
  uint32_t number;                // in the snapshot
} EndObject;

static void print_end_part(const IrEval *e, const Snap *snap, SnapValue value,
                           const EndObject *around, StrBuf *out);

// The word of a ref at the end.
static uint64_t print_word(const IrEval *e, IrRef ref) {
  return mx_ir_is_const(mx_ir_at(e->fn, ref)->op) ? mx_ir_word(e->fn, ref) : e->words[ref];
}

// Append an object that the exit makes; one that is around itself is shown by its number.
static void print_end_object(const IrEval *e, const Snap *snap, uint32_t number,
                             const EndObject *around, StrBuf *out) {
  const SnapObject *object = &e->fn->snap_objects.at[snap->object + number];
  const IrIns *alloc = mx_ir_at(e->fn, object->alloc);
  EndObject self = {around, number};
  if (object->real && print_word(e, object->real) != VAL_EXC) {
    print_end_part(e, snap, object->real, around, out);
    return;
  }
  for (; around; around = around->around) {
    if (around->number != number) continue;
    mx_strbuf_printf(out, "{sunk:%u}", number);
    return;
  }
  mx_strbuf_printf(out, "{%s", mx_ir_info(alloc->op)->text);
  for (uint32_t i = 0; i < object->stores; i++) {
    const SnapValue *pair = &e->fn->snap_values.at[object->first + 2 * i];
    mx_strbuf_printf(out, " %u: ", pair[0]);
    print_end_part(e, snap, pair[1], &self, out);
  }
  mx_strbuf_add_byte(out, '}');
}

// Append a value of an object, or of a frame.
static void print_end_part(const IrEval *e, const Snap *snap, SnapValue value,
                           const EndObject *around, StrBuf *out) {
  if (value & SNAP_OBJECT) {
    print_end_object(e, snap, value & ~SNAP_OBJECT, around, out);
    return;
  }
  const IrIns *ins = mx_ir_at(e->fn, value);
  mx_ir_heap_print(e->heap, ins->type, print_word(e, value), out);
}

// Append a value of a frame.
static void print_end_value(const IrEval *e, const Snap *snap, SnapValue value, StrBuf *out) {
  print_end_part(e, snap, value, NULL, out);
}

// Append self or the block.
static void print_end_word(const IrEval *e, const Snap *snap, const char *name, SnapValue value,
                           StrBuf *out) {
  if (value == SNAP_HOME) return;
  mx_strbuf_printf(out, " %s ", name);
  print_end_value(e, snap, value, out);
}

// Append the slots of a frame; what is in its home is read there.
static void print_end_slots(const IrEval *e, const Snap *snap, const SnapFrame *frame,
                            StrBuf *out) {
  for (uint32_t i = 0; i < frame->locals + frame->operands; i++) {
    SnapValue value = e->fn->snap_values.at[frame->first + i];
    mx_strbuf_add_str(out, i == frame->locals ? " | " : i ? " " : " locals ");
    if (value != SNAP_HOME)
      print_end_value(e, snap, value, out);
    else
      mx_ir_heap_print(e->heap, IRT_VAL, mx_ir_heap_get(e->heap, IR_CELL_HOME, 0, i), out);
  }
}

// Append the frames of an exit.
static void print_end_frames(const IrEval *e, const Snap *snap, StrBuf *out) {
  mx_strbuf_printf(out, "exit %u\n", snap->reason);
  for (uint32_t i = 0; i < snap->frames; i++) {
    const SnapFrame *frame = &e->fn->snap_frames.at[snap->frame + i];
    mx_strbuf_printf(out, "  code %u pc %u", frame->code, frame->pc);
    print_end_word(e, snap, "self", frame->self, out);
    print_end_word(e, snap, "block", frame->block, out);
    if (frame->env) print_end_word(e, snap, "env", frame->env, out);
    print_end_slots(e, snap, frame, out);
    mx_strbuf_add_byte(out, '\n');
  }
}

// Append how it ended.
void mx_ir_eval_print(const IrEval *e, StrBuf *out) {
  switch (e->end) {
  case IR_END_RETURN:
    mx_strbuf_add_str(out, "return ");
    mx_ir_heap_print(e->heap, e->fn->result, e->word, out);
    mx_strbuf_add_byte(out, '\n');
    break;
  case IR_END_EXIT: print_end_frames(e, &e->fn->snaps.at[mx_ir_at(e->fn, e->at)->snap], out); break;
  case IR_END_UNDEFINED:
    mx_strbuf_add_str(out, "undefined: ");
    mx_ir_print_ins(e->fn, e->at, out);
    mx_strbuf_add_byte(out, '\n');
    break;
  case IR_END_STEPS: mx_strbuf_add_str(out, "no end\n"); break;
  }
}
