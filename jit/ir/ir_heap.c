// SPDX-License-Identifier: MIT
// The memory that IR runs on in tests: cells, allocation, what a call may write.
#include "runtime/value.h"
#include "jit/ir/ir_eval.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>

// An empty heap.
void mx_ir_heap_init(IrHeap *heap) { *heap = (IrHeap){.next = IR_HEAP_FRESH, .polls = UINT32_MAX}; }

// Free a heap.
void mx_ir_heap_free(IrHeap *heap) {
  vec_free(&heap->cells);
  vec_free(&heap->fresh);
  vec_free(&heap->results);
  mx_strbuf_free(&heap->trace);
}

// A copy to run on.
void mx_ir_heap_copy(IrHeap *heap, const IrHeap *from) {
  *heap = *from;
  heap->cells.at = NULL, heap->cells.count = heap->cells.room = 0;
  heap->fresh.at = NULL, heap->fresh.count = heap->fresh.room = 0;
  heap->results.at = NULL, heap->results.count = heap->results.room = 0;
  heap->trace = STRBUF_INIT;
  for (uint32_t i = 0; i < from->cells.count; i++) vec_push(&heap->cells, from->cells.at[i]);
  for (uint32_t i = 0; i < from->fresh.count; i++) vec_push(&heap->fresh, from->fresh.at[i]);
  for (uint32_t i = 0; i < from->results.count; i++) vec_push(&heap->results, from->results.at[i]);
  mx_strbuf_add_str(&heap->trace, mx_strbuf_text(&from->trace));
}

// Find a cell.
static IrCell *heap_find(const IrHeap *heap, IrCellKind kind, uint64_t address, uint32_t index) {
  for (uint32_t i = 0; i < heap->cells.count; i++) {
    IrCell *cell = &heap->cells.at[i];
    if (cell->kind == kind && cell->address == address && cell->index == index) return cell;
  }
  return NULL;
}

// The contents of a cell; 0, which is nil, when nobody stored to it.
uint64_t mx_ir_heap_get(const IrHeap *heap, IrCellKind kind, uint64_t address, uint32_t index) {
  const IrCell *cell = heap_find(heap, kind, address, index);
  return cell ? cell->word : 0;
}

// Store to a cell.
void mx_ir_heap_set(IrHeap *heap, IrCellKind kind, uint64_t address, uint32_t index,
                    uint64_t word) {
  IrCell *cell = heap_find(heap, kind, address, index);
  if (cell)
    cell->word = word;
  else
    vec_push(&heap->cells, ((IrCell){kind, address, index, word}));
}

// The address of a new object.
uint64_t mx_ir_heap_alloc(IrHeap *heap, uint64_t bytes) {
  uint64_t address = heap->next;
  vec_push(&heap->fresh, address);
  heap->next += (bytes + 31) / 16 * 16;
  return address;
}

// The Value of a double. Equal ones share an object: a rule such as x * 1.0 => x then makes no
// difference that a run can see.
uint64_t mx_ir_heap_box(IrHeap *heap, double d) {
  Value v;
  if (val_from_flonum(d, &v)) return v;
  uint64_t bits;
  memcpy(&bits, &d, sizeof bits);
  for (uint32_t i = 0; i < heap->cells.count; i++)
    if (heap->cells.at[i].kind == IR_CELL_FLOAT && heap->cells.at[i].word == bits)
      return heap->cells.at[i].address;
  v = mx_ir_heap_alloc(heap, 16);
  mx_ir_heap_set(heap, IR_CELL_FLOAT, v, 0, bits);
  return v;
}

// ---- what a call may write

// The number of the allocation that an address lies in; UINT32_MAX for none.
static uint32_t heap_owner(const IrHeap *heap, uint64_t address) {
  if (address < IR_HEAP_FRESH || address >= heap->next) return UINT32_MAX;
  uint32_t i = heap->fresh.count;
  while (heap->fresh.at[i - 1] > address) i--;
  return i - 1;
}

// Mark the allocation that a word points into. Returns whether that is news.
static bool heap_mark(const IrHeap *heap, bool *reached, uint64_t word) {
  uint32_t owner = heap_owner(heap, word);
  if (owner == UINT32_MAX || reached[owner]) return false;
  return reached[owner] = true;
}

// Is the cell known to code that reaches these allocations?
static bool heap_knows(const IrHeap *heap, const bool *reached, const IrCell *cell) {
  uint32_t owner = heap_owner(heap, cell->address);
  return owner == UINT32_MAX || reached[owner];
}

// Let a call with these arguments write what it can reach: 1 more for each Integer.
void mx_ir_heap_clobber(IrHeap *heap, const uint64_t *args, uint32_t count) {
  if (!heap->clobbers) return;
  Arena arena;
  mx_arena_init(&arena, mx_arena_malloc_source());
  bool *reached = mx_arena_array(&arena, bool, heap->fresh.count);
  for (uint32_t i = 0; i < count; i++) heap_mark(heap, reached, args[i]);
  for (bool news = true; news;) {
    news = false;
    for (uint32_t i = 0; i < heap->cells.count; i++) {
      const IrCell *cell = &heap->cells.at[i];
      if (heap_knows(heap, reached, cell)) news |= heap_mark(heap, reached, cell->word);
    }
  }
  for (uint32_t i = 0; i < heap->cells.count; i++) {
    IrCell *cell = &heap->cells.at[i];
    bool value = cell->kind <= IR_CELL_ELEM && val_is_fixnum(cell->word);
    if (value && heap_knows(heap, reached, cell)) cell->word += 2;
  }
  mx_arena_free(&arena);
}

// ---- printing

// Append a Value as a program would see it.
static void heap_print_value(const IrHeap *heap, Value v, StrBuf *out) {
  if (val_is_nil(v))
    mx_strbuf_add_str(out, "nil");
  else if (v == VAL_TRUE || v == VAL_FALSE)
    mx_strbuf_add_str(out, v == VAL_TRUE ? "true" : "false");
  else if (val_is_fixnum(v))
    mx_strbuf_printf(out, "%" PRId64, val_to_fixnum(v));
  else if (val_is_flonum(v))
    mx_strbuf_printf(out, "%.17gf", val_to_flonum(v));
  else if (heap_find(heap, IR_CELL_FLOAT, v, 0)) {
    uint64_t bits = mx_ir_heap_get(heap, IR_CELL_FLOAT, v, 0);
    mx_ir_heap_print(heap, IRT_DOUBLE, bits, out);
  } else if (heap_owner(heap, v) != UINT32_MAX)
    mx_strbuf_add_str(out, "fresh");
  else
    mx_strbuf_printf(out, "0x%" PRIx64, v);
}

// Append a guest value, whatever its type in the IR.
void mx_ir_heap_print(const IrHeap *heap, IrType type, uint64_t word, StrBuf *out) {
  double d;
  memcpy(&d, &word, sizeof d);
  if (type == IRT_INT)
    mx_strbuf_printf(out, "%" PRId64, (int64_t)word);
  else if (type == IRT_DOUBLE)
    isnan(d) ? mx_strbuf_add_str(out, "nanf") : mx_strbuf_printf(out, "%.17gf", d);
  else if (type == IRT_BOOL)
    mx_strbuf_add_str(out, word ? "true" : "false");
  else if (type == IRT_WORD)
    mx_strbuf_printf(out, "%" PRIu64, word);
  else
    heap_print_value(heap, word, out);
}

// Append the name of a cell.
static void heap_print_place(const IrCell *cell, StrBuf *out) {
  static const char *const names[] = {"home", "ivar", "elem", "byte", "field", "float"};
  mx_strbuf_add_str(out, names[cell->kind]);
  if (cell->kind != IR_CELL_HOME || cell->address)
    mx_strbuf_printf(out, " 0x%" PRIx64, cell->address);
  if (cell->kind == IR_CELL_HOME) mx_strbuf_printf(out, " %u", cell->index);
  if (cell->kind == IR_CELL_FIELD)
    mx_strbuf_printf(out, " %s", mx_ir_field_info(cell->index)->text);
}

// Order cells by kind, address and index.
static int heap_compare(const void *a, const void *b) {
  const IrCell *x = a, *y = b;
  if (x->kind != y->kind) return x->kind < y->kind ? -1 : 1;
  if (x->address != y->address) return x->address < y->address ? -1 : 1;
  return x->index < y->index ? -1 : x->index > y->index;
}

// Append the cells that are not in fresh objects and differ from those of the other heap.
void mx_ir_heap_changes(IrHeap *heap, const IrHeap *before, StrBuf *out) {
  if (heap->cells.count) qsort(heap->cells.at, heap->cells.count, sizeof(IrCell), heap_compare);
  for (uint32_t i = 0; i < heap->cells.count; i++) {
    const IrCell *cell = &heap->cells.at[i];
    if (heap_owner(heap, cell->address) != UINT32_MAX) continue;
    const IrCell *old = heap_find(before, cell->kind, cell->address, cell->index);
    if (old ? old->word == cell->word : cell->word == 0) continue;
    heap_print_place(cell, out);
    mx_strbuf_add_str(out, " = ");
    bool raw = cell->kind == IR_CELL_BYTE ||
               (cell->kind == IR_CELL_FIELD && mx_ir_field_info(cell->index)->type == IRT_WORD);
    if (raw)
      mx_strbuf_printf(out, "%" PRIu64, cell->word);
    else
      heap_print_value(heap, cell->word, out);
    mx_strbuf_add_byte(out, '\n');
  }
}
