// SPDX-License-Identifier: MIT
// Variables and constants: filling their inline caches
#include "runtime/array.h"
#include "runtime/assume.h"
#include "runtime/float.h"
#include "runtime/global.h"
#include "runtime/regexp.h"
#include "runtime/semantics.h"
#include "runtime/string.h"
#include "interp/constant.h"
#include "interp/ops.h"

// ---- instance variables

// Put another form in the place of an instruction.
static void object_specialize(const uint32_t *ip, StreamOp op) { *(uint32_t *)(uintptr_t)ip = op; }

// The inline cache of the instruction at ip.
static IvarCache *object_ivar_cache(const Frame *fr, const uint32_t *ip) {
  return &((InlineCache *)fr->code->caches)[ip[1]].ivar;
}

// Find the slot of a plain object's variable; false when there is none.
static bool object_find(ExecCtx *ec, Value self, Sym name, IvarEntry *out) {
  if (!val_is_type(self, T_OBJECT)) return false;
  const Shape *shape = mx_shape_at(ec->vm, val_header(self)->shape);
  uint32_t index;
  FieldRep rep;
  if (shape->layout->dictionary || !mx_layout_find(ec->vm, shape->layout, name, &index, &rep))
    return false;
  bool inside = index < shape->inline_cap, value = rep == FIELD_REP_VALUE;
  if (!inside && !value) return false;
  out->shape = val_header(self)->shape;
  out->place = !inside ? IVAR_EXT : value ? IVAR_VALUE : IVAR_DOUBLE;
  out->slot = inside ? (uint32_t)(offsetof(Object, slots) + index * sizeof(Value))
                     : index - shape->inline_cap;
  return true;
}

// The entry that was seen for a shape, or NULL.
static const IvarEntry *object_seen(const IvarCache *cache, uint32_t shape) {
  for (uint32_t i = 0; i < CALL_MAX_SHAPES; i++)
    if (cache->seen[i].shape == shape) return &cache->seen[i];
  return NULL;
}

// Note an entry. The first one gets an instruction of its own from `forms`, by its place; a second
// one brings the general instruction back.
static void object_note(IvarCache *cache, const IvarEntry *entry, const uint32_t *ip,
                        const StreamOp forms[3]) {
  cache->seen[cache->count++ % CALL_MAX_SHAPES] = *entry;
  bool first = cache->count == 1;
  if (first) {
    cache->shape = entry->shape;
    cache->slot = entry->slot;
  }
  object_specialize(ip, first ? forms[entry->place] : (StreamOp)mx_stream_base((StreamOp)*ip));
}

// The place that an entry describes.
static void *object_slot(Value self, const IvarEntry *entry) {
  if (entry->place == IVAR_EXT) return &VAL_CAST(Object, self)->ext[entry->slot];
  return (char *)val_header(self) + entry->slot;
}

Value mx_ops_ivar_get(ExecCtx *ec, const Frame *fr, const uint32_t *ip) {
  static const StreamOp forms[] = {STREAM_LOAD_IVAR_VALUE, STREAM_LOAD_IVAR_DOUBLE,
                                   STREAM_LOAD_IVAR_EXT};
  IvarCache *cache = object_ivar_cache(fr, ip);
  if (!val_is_heap(fr->self)) return VAL_NIL;
  const IvarEntry *seen = object_seen(cache, val_header(fr->self)->shape);
  IvarEntry entry;
  if (!seen && object_find(ec, fr->self, cache->name, &entry))
    object_note(cache, &entry, ip, forms);
  if (!seen || seen->place == IVAR_DOUBLE) return mx_ivar_get(ec, fr->self, cache->name);
  return *(const Value *)object_slot(fr->self, seen);
}

// Specialize a store that gave the object a variable.
static void object_note_gain(ExecCtx *ec, const uint32_t *ip, IvarCache *cache, Value self,
                             uint32_t before) {
  IvarEntry entry;
  uint32_t after = val_header(self)->shape;
  const VM *vm = ec->vm;
  bool gained = mx_shape_at(vm, before)->layout->count + 1 == mx_shape_at(vm, after)->layout->count;
  if (!gained || !object_find(ec, self, cache->name, &entry) || entry.place != IVAR_VALUE) return;
  cache->shape = before;
  cache->new_shape = after;
  cache->slot = entry.slot;
  object_specialize(ip, STREAM_STORE_IVAR_ADD);
}

bool mx_ops_ivar_set(ExecCtx *ec, const Frame *fr, const uint32_t *ip, Value v) {
  static const StreamOp forms[] = {STREAM_STORE_IVAR_VALUE, STREAM_STORE_IVAR_DOUBLE,
                                   STREAM_STORE_IVAR_EXT};
  IvarCache *cache = object_ivar_cache(fr, ip);
  Value self = fr->self;
  uint32_t before = val_is_heap(self) ? val_header(self)->shape : 0;
  const IvarEntry *seen = before ? object_seen(cache, before) : NULL;
  if (seen && seen->place != IVAR_DOUBLE) {
    *(Value *)object_slot(self, seen) = v;
    return true;
  }
  if (!mx_ivar_set(ec, self, cache->name, v)) return false;
  if (!val_is_type(self, T_OBJECT)) return true;
  IvarEntry entry;
  if (before != val_header(self)->shape)
    object_note_gain(ec, ip, cache, self, before);
  else if (!seen && object_find(ec, self, cache->name, &entry))
    object_note(cache, &entry, ip, forms);
  return true;
}

// ---- constants

// May a look-up be kept? Deprecated constants warn each time.
static bool object_const_cacheable(const ExecCtx *ec, Value v) {
  return !val_is_exc(v) && !ec->vm->options.warn_deprecated;
}

Value mx_ops_const(ExecCtx *ec, const Frame *fr, ConstCache *cache) {
  uint32_t version = mx_assume_const_version(ec->vm, cache->name);
  Value v = mx_constant_find(ec, fr->lex, cache->name);
  if (val_is_undef(v)) return mx_constant_lookup(ec, fr->lex, cache->name);
  if (object_const_cacheable(ec, v)) {
    cache->value = v;
    cache->lex = fr->lex;
    cache->version = version;
  }
  return v;
}

Value mx_ops_const_from(ExecCtx *ec, Value scope, ConstCache *cache) {
  uint32_t version = mx_assume_const_version(ec->vm, cache->name);
  if (cache->scope == scope && cache->version == version && !val_is_nil(cache->scope))
    return cache->value;
  if (!val_is_class_or_module(scope)) return mx_constant_scoped(ec, scope, cache->name);
  bool found = mx_const_is_defined(ec, VAL_CAST(ClassObj, scope), cache->name, false);
  Value v = mx_constant_scoped(ec, scope, cache->name);
  if (found && object_const_cacheable(ec, v)) {
    cache->value = v;
    cache->scope = scope;
    cache->version = version;
  }
  return v;
}

bool mx_ops_const_set(ExecCtx *ec, const Frame *fr, Sym name, ConstPlace place,
                      const Value *scope_and_value) {
  Value module = mx_constant_module(ec, fr->lex, place, scope_and_value[0]);
  return !val_is_exc(module) &&
         mx_const_define(ec, VAL_CAST(ClassObj, module), name, scope_and_value[1]);
}
