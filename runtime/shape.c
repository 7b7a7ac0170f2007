// SPDX-License-Identifier: MIT
// Shapes by their parts, and the layout trees.
//
// A layout is a path in its class's tree: each node adds one field to its parent. Where a field
// may be a raw double or any Value, the two are siblings; once the Value sibling exists, new
// objects take it. Only branches count against SHAPE_MAX_LAYOUTS: an object with forty variables
// is one path.
#include "runtime/shape.h"
#include "runtime/vm.h"

#include <stdlib.h>

enum { SHAPE_FIRST_ROOM = 1024 }; // shapes before the first growth; a power of two

typedef struct LayoutSlot {
  Sym name;       // SYM_NONE: free
  uint32_t index; // slot of the field
  uint8_t rep;    // FieldRep
} LayoutSlot;

typedef struct LayoutIndex {
  uint32_t mask;      // slots - 1
  LayoutSlot slots[]; // open-addressed, at most half full
} LayoutIndex;

// Resize the table of shapes and its index; ids stay.
static void shapes_resize(VM *vm, uint32_t room);

// Set up the tables of shapes.
void mx_shapes_init(VM *vm) {
  mx_arena_init(&vm->layouts, mx_arena_malloc_source());
  vm->shape_count = 1;
  shapes_resize(vm, SHAPE_FIRST_ROOM);
}

// Free all shapes and layouts.
void mx_shapes_free(VM *vm) {
  free(vm->shapes);
  free(vm->shape_index);
  mx_arena_free(&vm->layouts);
}

// Mix the parts of a shape.
static uint32_t shape_hash(const ClassObj *klass, const Layout *layout, uint32_t rest) {
  uint64_t hash = (uint64_t)(uintptr_t)klass >> 4;
  hash = hash * 0x9e3779b97f4a7c15u + ((uint64_t)(uintptr_t)layout >> 4);
  hash = hash * 0x9e3779b97f4a7c15u + rest;
  hash *= 0x9e3779b97f4a7c15u;
  return (uint32_t)(hash >> 32);
}

// Hash an existing shape.
static uint32_t shape_hash_of(const Shape *shape) {
  return shape_hash(shape->klass, shape->layout, shape->flags | (uint32_t)shape->inline_cap << 16);
}

// Enter a shape into the index.
static void shape_index_add(VM *vm, ShapeId id) {
  uint32_t slot = shape_hash_of(vm->shapes[id]) & vm->shape_mask;
  while (vm->shape_index[slot]) slot = (slot + 1) & vm->shape_mask;
  vm->shape_index[slot] = id;
}

// Move the class pointers to a bigger collected array.
static void shapes_grow_classes(VM *vm, uint32_t room) {
  ClassObj **classes = mx_gc_alloc_words(room * sizeof *classes);
  if (vm->shape_classes) memcpy(classes, vm->shape_classes, vm->shape_count * sizeof *classes);
  vm->shape_classes = classes;
}

static void shapes_resize(VM *vm, uint32_t room) {
  Shape **shapes = realloc(vm->shapes, room * sizeof *shapes);
  ShapeId *index = calloc(room * 2, sizeof *index);
  if (!shapes || !index) mx_check_out_of_memory(room * sizeof *shapes);
  free(vm->shape_index);
  vm->shapes = shapes;
  vm->shape_index = index;
  vm->shape_mask = room * 2 - 1;
  shapes_grow_classes(vm, room);
  vm->shape_room = room;
  for (ShapeId id = 1; id < vm->shape_count; id++) shape_index_add(vm, id);
}

// Make a shape that does not exist yet.
static ShapeId shape_new(VM *vm, Shape parts) {
  if (vm->shape_count == vm->shape_room) shapes_resize(vm, vm->shape_room * 2);
  Shape *shape = mx_arena_new(&vm->layouts, Shape);
  *shape = parts;
  shape->id = vm->shape_count++;
  vm->shapes[shape->id] = shape;
  vm->shape_classes[shape->id] = shape->klass;
  shape_index_add(vm, shape->id);
  return shape->id;
}

// Are these the parts of the shape?
static bool shape_is(const Shape *shape, const Shape *parts) {
  return shape->klass == parts->klass && shape->layout == parts->layout &&
         shape->flags == parts->flags && shape->inline_cap == parts->inline_cap;
}

// Find or make the shape of the four parts.
ShapeId mx_shape_get(VM *vm, ClassObj *klass, Layout *layout, uint16_t flags, uint16_t inline_cap) {
  Shape parts = {.klass = klass, .layout = layout, .flags = flags, .inline_cap = inline_cap};
  uint32_t slot = shape_hash_of(&parts) & vm->shape_mask;
  for (ShapeId id; (id = vm->shape_index[slot]) != 0; slot = (slot + 1) & vm->shape_mask)
    if (shape_is(vm->shapes[id], &parts)) return id;
  return shape_new(vm, parts);
}

// The shape of an id.
const Shape *mx_shape_at(const VM *vm, ShapeId id) {
  MX_ASSERT(id > 0 && id < vm->shape_count, "shape %u of %u", id, vm->shape_count);
  return vm->shapes[id];
}

// Make the empty layout of a class, or the one of its dictionary mode.
Layout *mx_layout_new(VM *vm, bool dictionary) {
  Layout *layout = mx_arena_new(&vm->layouts, Layout);
  layout->dictionary = dictionary;
  return layout;
}

// The child that adds a field with a representation, or NULL.
static Layout *layout_child(const Layout *layout, Sym name, FieldRep rep) {
  Layout *child = layout->children;
  while (child && !(child->name == name && child->rep == rep)) child = child->sibling;
  return child;
}

// Make a child; NULL when the tree has too many branches or the path too many fields.
static Layout *layout_new_child(VM *vm, ClassObj *klass, Layout *layout, Sym name, FieldRep rep) {
  if (layout->count >= SHAPE_MAX_FIELDS) return NULL;
  if (layout->children && klass->layout_count >= SHAPE_MAX_LAYOUTS) return NULL;
  if (layout->children) klass->layout_count++;
  Layout *child = mx_arena_new(&vm->layouts, Layout);
  child->parent = layout;
  child->name = name;
  child->rep = (uint8_t)rep;
  child->index = layout->count;
  child->count = layout->count + 1;
  child->sibling = layout->children;
  layout->children = child;
  return child;
}

// The layout with one more field.
Layout *mx_layout_add(VM *vm, ClassObj *klass, Layout *layout, Sym name, FieldRep rep) {
  Layout *child = layout_child(layout, name, FIELD_REP_VALUE);
  if (!child && rep == FIELD_REP_DOUBLE) child = layout_child(layout, name, FIELD_REP_DOUBLE);
  return child ? child : layout_new_child(vm, klass, layout, name, rep);
}

// Slot of a name in an index: its own or the free one where it belongs.
static LayoutSlot *layout_slot(LayoutIndex *index, Sym name) {
  uint32_t at = name * 0x9e3779b1u >> 16 & index->mask;
  while (index->slots[at].name != SYM_NONE && index->slots[at].name != name)
    at = (at + 1) & index->mask;
  return &index->slots[at];
}

// Build the index of a layout with many fields.
static LayoutIndex *layout_build_index(VM *vm, const Layout *layout) {
  uint32_t slots = LAYOUT_LINEAR * 4;
  while (slots < layout->count * 2) slots *= 2;
  LayoutIndex *index =
      mx_arena_alloc(&vm->layouts, sizeof(LayoutIndex) + slots * sizeof(LayoutSlot));
  index->mask = slots - 1;
  for (const Layout *at = layout; at->parent; at = at->parent)
    *layout_slot(index, at->name) =
        (LayoutSlot){.name = at->name, .index = at->index, .rep = at->rep};
  return index;
}

// The node of a layout's path that added a field, or NULL.
static Layout *layout_node(Layout *layout, Sym name) {
  while (layout->parent && layout->name != name) layout = layout->parent;
  return layout->parent ? layout : NULL;
}

// Index and representation of a field; false when the layout has none of the name.
bool mx_layout_find(VM *vm, Layout *layout, Sym name, uint32_t *index, FieldRep *rep) {
  if (layout->count <= LAYOUT_LINEAR) {
    const Layout *node = layout_node(layout, name);
    if (!node) return false;
    *index = node->index;
    *rep = (FieldRep)node->rep;
    return true;
  }
  if (!layout->find) layout->find = layout_build_index(vm, layout);
  const LayoutSlot *slot = layout_slot(layout->find, name);
  if (slot->name == SYM_NONE) return false;
  *index = slot->index;
  *rep = (FieldRep)slot->rep;
  return true;
}

// The same fields with one generalized: replay the path on top of the field's Value sibling.
Layout *mx_layout_generalize(VM *vm, ClassObj *klass, Layout *layout, Sym name) {
  if (layout->name == name) return mx_layout_add(vm, klass, layout->parent, name, FIELD_REP_VALUE);
  Layout *base = mx_layout_generalize(vm, klass, layout->parent, name);
  // The replayed field keeps its representation even where a more general sibling exists, since
  // the object's slot holds what it held.
  Layout *child = base ? layout_child(base, layout->name, (FieldRep)layout->rep) : NULL;
  if (!base || child) return child;
  return layout_new_child(vm, klass, base, layout->name, (FieldRep)layout->rep);
}
