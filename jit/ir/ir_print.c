// SPDX-License-Identifier: MIT
// Printing of the IR; ir_print.h shows the form.
#include "jit/ir/ir_print.h"
#include "runtime/value.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

// ---- operands

// Append a double so that it reads back as the same bits and is no integer.
static void print_double(double d, uint64_t bits, StrBuf *out) {
  char text[40];
  if (!isfinite(d)) {
    mx_strbuf_printf(out, "double:0x%" PRIx64, bits);
    return;
  }
  snprintf(text, sizeof text, "%.17g", d);
  mx_strbuf_add_str(out, text);
  if (!strpbrk(text, ".e")) mx_strbuf_add_str(out, ".0");
}

// Append a constant Value.
static void print_value(Value v, StrBuf *out) {
  switch (v) {
  case VAL_NIL: mx_strbuf_add_str(out, "val:nil"); return;
  case VAL_FALSE: mx_strbuf_add_str(out, "val:false"); return;
  case VAL_TRUE: mx_strbuf_add_str(out, "val:true"); return;
  default: break;
  }
  if (val_is_fixnum(v))
    mx_strbuf_printf(out, "val:%" PRId64, val_to_fixnum(v));
  else
    mx_strbuf_printf(out, "val:0x%" PRIx64, v);
}

// Append a ref or a constant. The verifier also shows refs that are none.
void mx_ir_print_ref(const IrFn *fn, IrRef ref, StrBuf *out) {
  IrOp op = ref < fn->ins.count ? mx_ir_at(fn, ref)->op : IR_NOP;
  if (!mx_ir_is_const(op)) {
    mx_strbuf_printf(out, "%%%u", ref);
    return;
  }
  uint64_t word = mx_ir_word(fn, ref);
  if (op == IR_KINT)
    mx_strbuf_printf(out, "%" PRId64, (int64_t)word);
  else if (op == IR_KDOUBLE)
    print_double(mx_ir_double_of(fn, ref), word, out);
  else if (op == IR_KBOOL)
    mx_strbuf_add_str(out, word ? "true" : "false");
  else if (op == IR_KVAL)
    print_value(word, out);
  else if (op == IR_KWORD)
    mx_strbuf_printf(out, "word:%" PRIu64, word);
  else
    mx_strbuf_printf(out, "%s:0x%" PRIx64, op == IR_KOBJ ? "obj" : "ptr", word);
}

// Append the side list.
static void print_list(const IrFn *fn, IrList list, StrBuf *out) {
  uint32_t count = mx_ir_list_count(fn, list);
  mx_strbuf_add_byte(out, '(');
  for (uint32_t i = 0; i < count; i++) {
    if (i) mx_strbuf_add_str(out, ", ");
    mx_ir_print_ref(fn, mx_ir_list_refs(fn, list)[i], out);
  }
  mx_strbuf_add_byte(out, ')');
}

// Append the targets of a FLOW instruction.
static void print_targets(const IrFn *fn, IrBlockId id, StrBuf *out) {
  const IrBlock *block = mx_ir_block_at(fn, id);
  const char *between = "";
  for (uint32_t i = 0; i < IR_MAX_TARGETS; i++) {
    if (block->targets[i] == IR_NO_BLOCK) continue;
    mx_strbuf_printf(out, "%sb%u", between, block->targets[i]);
    between = ", ";
  }
}

// Append an immediate.
static void print_immediate(char letter, uint32_t imm, StrBuf *out) {
  switch (letter) {
  case 'N': mx_strbuf_printf(out, "#%u", imm); break;
  case 'S': mx_strbuf_printf(out, "shape:%u", imm); break;
  case 'C': mx_strbuf_printf(out, "site:%u", imm); break;
  case 'F': mx_strbuf_add_str(out, mx_ir_field_info(imm)->text); break;
  case 'R': mx_strbuf_add_str(out, mx_ir_rt_info(imm)->text); break;
  default: MX_UNREACHABLE();
  }
}

// Append the operands in the order of the table.
static void print_operands(const IrFn *fn, const IrIns *ins, StrBuf *out) {
  uint32_t refs = 0, immediates = 0;
  const char *between = " ";
  for (const char *letter = mx_ir_info(ins->op)->operands; *letter; letter++) {
    mx_strbuf_add_str(out, between);
    between = ", ";
    if (*letter == '*') {
      print_list(fn, ins->list, out);
      return;
    }
    if (*letter == 'T')
      print_targets(fn, ins->block, out);
    else if (*letter >= 'a')
      mx_ir_print_ref(fn, ins->a[refs++], out);
    else
      print_immediate(*letter, immediates++ ? ins->imm2 : ins->imm, out);
  }
}

// Append one instruction.
void mx_ir_print_ins(const IrFn *fn, IrRef ref, StrBuf *out) {
  const IrIns *ins = mx_ir_at(fn, ref);
  if (ins->type != IRT_VOID) mx_strbuf_printf(out, "%%%u:%s = ", ref, mx_ir_type_text(ins->type));
  mx_strbuf_add_str(out, mx_ir_info(ins->op)->text);
  print_operands(fn, ins, out);
  if (ins->flags & IRI_SUNK) mx_strbuf_add_str(out, " sunk");
  if (ins->flags & IRI_EXACT) mx_strbuf_add_str(out, " exact");
  if (ins->snap != SNAP_NONE) mx_strbuf_printf(out, " !%u", ins->snap);
}

// ---- snapshots and sites

// Append a value of a snapshot.
static void print_snap_value(const IrFn *fn, SnapValue value, StrBuf *out) {
  if (value == SNAP_HOME)
    mx_strbuf_add_str(out, "home");
  else if (value & SNAP_OBJECT)
    mx_strbuf_printf(out, "sunk:%u", value & ~SNAP_OBJECT);
  else
    mx_ir_print_ref(fn, value, out);
}

// Append a word and a list of values.
static void print_snap_values(const IrFn *fn, const char *word, uint32_t first, uint32_t count,
                              StrBuf *out) {
  mx_strbuf_printf(out, " %s [", word);
  for (uint32_t i = 0; i < count; i++) {
    if (i) mx_strbuf_add_str(out, ", ");
    print_snap_value(fn, fn->snap_values.at[first + i], out);
  }
  mx_strbuf_add_byte(out, ']');
}

// Append a word and a site's number, or `none`.
static void print_site_of(const char *word, uint32_t site, StrBuf *out) {
  if (site == UINT32_MAX)
    mx_strbuf_printf(out, " %s none", word);
  else
    mx_strbuf_printf(out, " %s %u", word, site);
}

// Append a frame of a snapshot.
static void print_frame(const IrFn *fn, const SnapFrame *frame, StrBuf *out) {
  mx_strbuf_printf(out, "  frame code %u pc %u", frame->code, frame->pc);
  print_site_of("site", frame->site, out);
  mx_strbuf_add_str(out, " self ");
  print_snap_value(fn, frame->self, out);
  mx_strbuf_add_str(out, " block ");
  print_snap_value(fn, frame->block, out);
  if (frame->env) {
    mx_strbuf_add_str(out, " env ");
    print_snap_value(fn, frame->env, out);
  }
  print_snap_values(fn, "locals", frame->first, frame->locals, out);
  print_snap_values(fn, "stack", frame->first + frame->locals, frame->operands, out);
  mx_strbuf_add_byte(out, '\n');
}

// Append an object of a snapshot.
static void print_object(const IrFn *fn, const SnapObject *object, StrBuf *out) {
  mx_strbuf_printf(out, "  object %%%u ", object->alloc);
  if (object->real) {
    mx_strbuf_add_str(out, "unless ");
    print_snap_value(fn, object->real, out);
    mx_strbuf_add_byte(out, ' ');
  }
  mx_strbuf_add_byte(out, '[');
  for (uint32_t i = 0; i < object->stores; i++) {
    const SnapValue *pair = &fn->snap_values.at[object->first + 2 * i];
    mx_strbuf_printf(out, "%s%u: ", i ? ", " : "", pair[0]);
    print_snap_value(fn, pair[1], out);
  }
  mx_strbuf_add_str(out, "]\n");
}

// Append the snapshots that instructions have.
static void print_snaps(const IrFn *fn, StrBuf *out) {
  Arena arena;
  mx_arena_init(&arena, mx_arena_malloc_source());
  bool *used = mx_arena_array(&arena, bool, fn->snaps.count);
  for (IrBlockId id = 0; id < fn->blocks.count; id++)
    for (IrRef ref = fn->blocks.at[id].first; ref; ref = mx_ir_at(fn, ref)->next)
      if (mx_ir_at(fn, ref)->snap < fn->snaps.count) used[mx_ir_at(fn, ref)->snap] = true;
  for (SnapId id = 0; id < fn->snaps.count; id++) {
    if (!used[id]) continue;
    const Snap *snap = &fn->snaps.at[id];
    mx_strbuf_printf(out, "snap %u reason %u%s\n", id, snap->reason,
                     snap->counted ? " counted" : "");
    for (uint32_t i = 0; i < snap->frames; i++)
      print_frame(fn, &fn->snap_frames.at[snap->frame + i], out);
    for (uint32_t i = 0; i < snap->objects; i++)
      print_object(fn, &fn->snap_objects.at[snap->object + i], out);
  }
  mx_arena_free(&arena);
}

// Append the call sites.
static void print_sites(const IrFn *fn, StrBuf *out) {
  for (uint32_t i = 0; i < fn->sites.count; i++) {
    const IrSite *site = &fn->sites.at[i];
    const SnapFrame *frame = &fn->snap_frames.at[site->frame];
    mx_strbuf_printf(out, "site %u code %u pc %u", i, frame->code, frame->pc);
    print_site_of("from", frame->site, out);
    mx_strbuf_printf(out, " argc %u flags %u", site->argc, site->flags);
    if (site->effects != RTE_ANY) mx_strbuf_printf(out, " effects %u", site->effects);
    if (site->own) mx_strbuf_add_str(out, " own");
    mx_strbuf_add_byte(out, '\n');
  }
}

// ---- functions

// Append the line of a block, without its instructions.
static void print_block_head(const IrFn *fn, IrBlockId id, StrBuf *out) {
  const IrBlock *block = mx_ir_block_at(fn, id);
  mx_strbuf_printf(out, "block %u", id);
  if (block->dead) mx_strbuf_add_str(out, " dead");
  if (block->loop) mx_strbuf_add_str(out, " loop");
  if (block->weight) mx_strbuf_printf(out, " weight %u", block->weight);
  for (uint32_t i = 0; i < block->preds.count; i++)
    mx_strbuf_printf(out, "%s%u", i ? ", " : " preds [", block->preds.at[i]);
  mx_strbuf_add_str(out, block->preds.count ? "]:\n" : ":\n");
}

// Append a name in quotes.
static void print_name(const char *name, StrBuf *out) {
  mx_strbuf_add_byte(out, '"');
  for (; *name; name++) {
    if (*name == '"' || *name == '\\') mx_strbuf_add_byte(out, '\\');
    mx_strbuf_add_byte(out, (unsigned char)*name < ' ' ? '?' : *name);
  }
  mx_strbuf_add_byte(out, '"');
}

// Append a function.
void mx_ir_print(const IrFn *fn, StrBuf *out) {
  mx_strbuf_add_str(out, "fn ");
  print_name(fn->name, out);
  mx_strbuf_printf(out, " params %u", fn->params);
  if (fn->own) mx_strbuf_printf(out, " own %s", mx_ir_type_text(fn->result));
  mx_strbuf_add_byte(out, '\n');
  print_sites(fn, out);
  print_snaps(fn, out);
  for (IrBlockId id = 0; id < fn->blocks.count; id++) {
    print_block_head(fn, id, out);
    for (IrRef ref = fn->blocks.at[id].first; ref; ref = mx_ir_at(fn, ref)->next) {
      mx_strbuf_add_str(out, "  ");
      mx_ir_print_ins(fn, ref, out);
      mx_strbuf_add_byte(out, '\n');
    }
  }
}
