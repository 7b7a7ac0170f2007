// SPDX-License-Identifier: MIT
// The exit buffer of a snapshot: its distinct values in the order in which its slots name them.
#include "jit/ir/snap_map.h"

typedef struct SnapMap {
  const IrFn *fn; // the function
  IrRef *slots;   // found so far
  uint32_t count; // of them
} SnapMap;

static void snap_map_visit(void *ctx, IrRef *value) {
  SnapMap *map = ctx;
  if (mx_ir_is_const((IrOp)mx_ir_at(map->fn, *value)->op)) return;
  for (uint32_t i = 0; i < map->count; i++)
    if (map->slots[i] == *value) return;
  MX_ASSERT(map->count < SNAP_MAX_SLOTS, "snapshot has more than %d values", SNAP_MAX_SLOTS);
  if (map->count < SNAP_MAX_SLOTS) map->slots[map->count++] = *value;
}

uint32_t mx_snap_slots(IrFn *fn, SnapId snap, IrRef slots[SNAP_MAX_SLOTS]) {
  SnapMap map = {.fn = fn, .slots = slots};
  mx_ir_snap_values(fn, snap, snap_map_visit, &map);
  return map.count;
}

uint32_t mx_snap_room(IrFn *fn) {
  IrRef slots[SNAP_MAX_SLOTS];
  uint32_t room = 0;
  for (SnapId snap = 0; snap < fn->snaps.count; snap++) {
    uint32_t count = mx_snap_slots(fn, snap, slots);
    if (count > room) room = count;
  }
  for (IrRef ref = 1; ref < fn->ins.count; ref++) {
    uint32_t count = mx_ir_list_count(fn, mx_ir_at(fn, ref)->list);
    if (mx_ir_at(fn, ref)->op != IR_PHI && count > room) room = count;
  }
  return room;
}
