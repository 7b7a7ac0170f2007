// SPDX-License-Identifier: MIT
// GC and ObjectSpace: what a program may know of the collector and its objects.
#include "runtime/integer.h"
#include "runtime/builtins/rows.h"
#include "runtime/builtins/support.h"

Value mx_gc_p_start(ExecCtx *ec, Value self) {
  mx_gc_collect();
  return VAL_NIL;
}

// Enter a number under a name.
static void gc_stat(ExecCtx *ec, Value hash, const char *name, uint64_t n) {
  mx_hash_set_sym(ec, hash, mx_sym(ec->vm, name), mx_int_from_u64(ec, n));
}

Value mx_gc_p_stat(ExecCtx *ec, Value self) {
  GcStats stats = mx_gc_stats();
  Value hash = mx_hash_new(ec);
  gc_stat(ec, hash, "count", stats.collections);
  gc_stat(ec, hash, "heap_bytes", stats.heap_bytes);
  gc_stat(ec, hash, "heap_free_bytes", stats.free_bytes);
  gc_stat(ec, hash, "total_allocated_bytes", stats.allocated_bytes);
  return hash;
}

Value mx_gc_p_stress(ExecCtx *ec, Value self, Value on) {
  mx_gc_stress(ec->vm->lists, val_truthy(on), 0);
  return on;
}

Value mx_gc_s_enable(ExecCtx *ec, Value self) { return val_bool(mx_gc_enable(true)); }
Value mx_gc_s_disable(ExecCtx *ec, Value self) { return val_bool(mx_gc_enable(false)); }

Value mx_gc_s_count(ExecCtx *ec, Value self) {
  return mx_int_from_u64(ec, mx_gc_stats().collections);
}

// ---- ObjectSpace

// Objects found so far; collected first, since visiting may not allocate.
typedef struct ObjspaceList {
  ExecCtx *ec;
  ClassObj *klass; // wanted, NULL for all
  Value *at;       // collected memory
  uint32_t count;  // objects noted
  uint32_t room;   // objects that fit; further ones are only counted
} ObjspaceList;

// Is the cell an object that a program may see? Those that only wait for their finalizers, with
// their class, are not.
static bool objspace_is_visible(const VM *vm, const Header *h) {
  TypeTag type = (TypeTag)(h->flags & FL_TYPE_MASK);
  if (h->shape == 0 || type == T_NONE || type >= T_COUNT || type == T_ENV) return false;
  const Shape *shape = mx_shape_at(vm, h->shape);
  if (shape == vm->shapes.grave || mx_class_is_dead(shape->klass)) return false;
  if (type != T_CLASS && type != T_MODULE) return true;
  const ClassObj *klass = (const ClassObj *)(const void *)h;
  return !mx_class_is_dead(klass) && !(klass->flags & CLASS_SINGLETON);
}

// Note an object if it is of the wanted class.
static void objspace_visit(void *ctx, void *cell) {
  ObjspaceList *list = ctx;
  if (!objspace_is_visible(list->ec->vm, cell)) return;
  Value v = val_from_ptr(cell);
  if (list->klass && !mx_is_a(list->ec->vm, v, list->klass)) return;
  if (list->count < list->room) list->at[list->count] = v;
  list->count++;
}

Value mx_objspace_p_list(ExecCtx *ec, Value self, Value klass) {
  ObjspaceList list = {.ec = ec};
  if (!val_is_nil(klass) && !(list.klass = mx_support_module(ec, klass))) return VAL_EXC;
  mx_gc_each_object(ec->vm->lists, objspace_visit, &list);
  uint32_t room = list.count;
  list.at = mx_gc_alloc_words((room + 1) * sizeof(Value));
  list.room = room;
  list.count = 0;
  mx_gc_each_object(ec->vm->lists, objspace_visit, &list);
  return mx_array_from(ec, list.count < room ? list.count : room, list.at);
}

// Numbers by type.
typedef struct ObjspaceCounts {
  uint64_t by_type[T_COUNT];
} ObjspaceCounts;

// Count a cell.
static void objspace_count(void *ctx, void *cell) {
  ObjspaceCounts *counts = ctx;
  const Header *h = cell;
  uint32_t type = h->flags & FL_TYPE_MASK;
  if (h->shape != 0 && type < T_COUNT) counts->by_type[type]++;
}

Value mx_objspace_p_counts(ExecCtx *ec, Value self) {
  static const char *const names[] = {
#define TYPE(TAG, Struct, GcKind, doc) "T_" #TAG,
#include "runtime/types.def"
  };
  ObjspaceCounts counts = {{0}};
  mx_gc_each_object(ec->vm->lists, objspace_count, &counts);
  uint64_t total = 0;
  for (int i = 0; i < T_COUNT; i++) total += counts.by_type[i];
  Value hash = mx_hash_new(ec);
  gc_stat(ec, hash, "TOTAL", total);
  gc_stat(ec, hash, "FREE", 0);
  for (int i = 1; i < T_COUNT; i++) gc_stat(ec, hash, names[i], counts.by_type[i]);
  return hash;
}
