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

enum {
  SHAPE_FIRST_PAGES = 16,    // pages before the first growth of their list
  SHAPE_FIRST_INDEX = 4096,  // slots of the first index; a power of two
  SHAPE_DEAD = UINT32_MAX,   // slot of the index whose shape is gone
  SHAPE_MAX_IDS = INT32_MAX, // ids that machine code can compare with
};

typedef struct LayoutSlot {
  Sym name;       // SYM_NONE: free
  uint32_t index; // slot of the field
  uint8_t rep;    // FieldRep
} LayoutSlot;

typedef struct LayoutIndex {
  uint32_t mask;            // slots - 1
  struct LayoutIndex *next; // free indexes of the same size
  LayoutSlot slots[];       // open-addressed, at most half full
} LayoutIndex;

// Reallocate malloc memory, or end the process.
static void *shapes_realloc(void *memory, size_t bytes) {
  memory = realloc(memory, bytes);
  if (!memory) mx_check_out_of_memory(bytes);
  return memory;
}

// Make a page without shapes.
static ShapePage *shapes_new_page(const ShapeTable *table) {
  ShapePage *page = shapes_realloc(NULL, sizeof *page);
  page->live = 0;
  for (uint32_t i = 0; i < SHAPE_PAGE; i++) page->at[i] = table->grave;
  return page;
}

// Add the page of the ids from `count` on.
static void shapes_add_page(ShapeTable *table) {
  uint32_t at = table->count / SHAPE_PAGE;
  if (at == table->page_room) {
    table->page_room = table->page_room ? table->page_room * 2 : SHAPE_FIRST_PAGES;
    table->pages = shapes_realloc(table->pages, table->page_room * sizeof(ShapePage *));
  }
  table->pages[at] = shapes_new_page(table);
}

// Make an index without entries.
static void shapes_new_index(ShapeTable *table, uint32_t slots) {
  free(table->index);
  table->index = calloc(slots, sizeof *table->index);
  if (!table->index) mx_check_out_of_memory(slots * sizeof *table->index);
  table->index_mask = slots - 1;
  table->index_used = 0;
}

// Set up the table of shapes.
void mx_shapes_init(VM *vm) {
  ShapeTable *table = &vm->shapes;
  mx_arena_init(&table->arena, mx_arena_malloc_source());
  table->grave = mx_arena_new(&table->arena, Shape);
  table->grave->layout = mx_layout_new(vm, false);
  table->graveyard = shapes_new_page(table);
  shapes_add_page(table);
  table->count = 1;
  shapes_new_index(table, SHAPE_FIRST_INDEX);
}

// Free all shapes and layouts.
void mx_shapes_free(VM *vm) {
  ShapeTable *table = &vm->shapes;
  for (uint32_t i = 0; i <= (table->count - 1) / SHAPE_PAGE; i++)
    if (table->pages[i] != table->graveyard) free(table->pages[i]);
  free(table->graveyard);
  free(table->pages);
  free(table->index);
  mx_arena_free(&table->arena);
}

// Mix the parts of a shape.
static uint32_t shape_hash(const Shape *parts) {
  uint64_t hash = (uint64_t)(uintptr_t)parts->klass >> 4;
  hash = hash * 0x9e3779b97f4a7c15u + ((uint64_t)(uintptr_t)parts->layout >> 4);
  hash = hash * 0x9e3779b97f4a7c15u + (parts->flags | (uint32_t)parts->inline_cap << 16);
  hash *= 0x9e3779b97f4a7c15u;
  return (uint32_t)(hash >> 32);
}

// Enter a shape into the index, which has a free slot.
static void shape_index_add(ShapeTable *table, const Shape *shape) {
  uint32_t slot = shape_hash(shape) & table->index_mask;
  while (table->index[slot]) slot = (slot + 1) & table->index_mask;
  table->index[slot] = shape->id;
  table->index_used++;
}

// Make room for one more entry of the index, which is at most half full; dead ones are left behind.
static void shape_index_reserve(VM *vm) {
  ShapeTable *table = &vm->shapes;
  if (table->index_used < table->index_mask / 2) return;
  uint32_t old_slots = table->index_mask + 1, slots = SHAPE_FIRST_INDEX;
  while (slots < table->live * 4) slots *= 2;
  ShapeId *old = table->index;
  table->index = NULL;
  shapes_new_index(table, slots);
  for (uint32_t i = 0; i < old_slots; i++)
    if (old[i] && old[i] != SHAPE_DEAD) shape_index_add(table, mx_shape_at(vm, old[i]));
  free(old);
}

// Make a shape that does not exist yet.
static ShapeId shape_new(VM *vm, const Shape *parts) {
  ShapeTable *table = &vm->shapes;
  if (table->count == SHAPE_MAX_IDS) mx_check_fail(__FILE__, __LINE__, "too many shapes");
  if (table->count % SHAPE_PAGE == 0) shapes_add_page(table);
  shape_index_reserve(vm);
  Shape *shape = table->free_shapes;
  if (shape)
    table->free_shapes = (Shape *)(void *)shape->layout;
  else
    shape = mx_arena_new(&table->arena, Shape);
  *shape = *parts;
  shape->id = table->count++;
  shape->of_class = parts->klass->shapes;
  parts->klass->shapes = shape->id;
  ShapePage *page = table->pages[shape->id / SHAPE_PAGE];
  page->at[shape->id % SHAPE_PAGE] = shape;
  page->live++;
  table->live++;
  shape_index_add(table, shape);
  return shape->id;
}

// Are these the parts of the shape?
static bool shape_is(const Shape *shape, const Shape *parts) {
  return shape->klass == parts->klass && shape->layout == parts->layout &&
         shape->flags == parts->flags && shape->inline_cap == parts->inline_cap;
}

// Find or make the shape of the four parts.
ShapeId mx_shape_get(VM *vm, ClassObj *klass, Layout *layout, uint16_t flags, uint16_t inline_cap) {
  const ShapeTable *table = &vm->shapes;
  Shape parts = {.klass = klass, .layout = layout, .flags = flags, .inline_cap = inline_cap};
  uint32_t slot = shape_hash(&parts) & table->index_mask;
  for (ShapeId id; (id = table->index[slot]) != 0; slot = (slot + 1) & table->index_mask)
    if (id != SHAPE_DEAD && shape_is(mx_shape_at(vm, id), &parts)) return id;
  return shape_new(vm, &parts);
}

// ---- the shapes and layouts of a dead class

// Give a shape's place back.
static void shape_drop(VM *vm, Shape *shape) {
  ShapeTable *table = &vm->shapes;
  uint32_t slot = shape_hash(shape) & table->index_mask, at = shape->id / SHAPE_PAGE;
  while (table->index[slot] != shape->id) slot = (slot + 1) & table->index_mask;
  table->index[slot] = SHAPE_DEAD;
  table->live--;
  ShapePage *page = table->pages[at];
  page->at[shape->id % SHAPE_PAGE] = table->grave;
  shape->layout = (Layout *)(void *)table->free_shapes;
  table->free_shapes = shape;
  if (--page->live > 0 || at == table->count / SHAPE_PAGE) return;
  table->pages[at] = table->graveyard;
  free(page);
}

// The list of free indexes of a size.
static LayoutIndex **layout_free_indexes(ShapeTable *table, uint32_t slots) {
  return &table->free_indexes[__builtin_ctz(slots / (LAYOUT_LINEAR * 4))];
}

// Give a layout and all that grew from it back.
static void layout_drop(ShapeTable *table, Layout *layout) {
  for (Layout *child = layout->children, *next; child; child = next) {
    next = child->sibling;
    layout_drop(table, child);
  }
  if (layout->find) {
    LayoutIndex **list = layout_free_indexes(table, layout->find->mask + 1);
    layout->find->next = *list;
    *list = layout->find;
  }
  layout->sibling = table->free_layouts;
  table->free_layouts = layout;
}

void mx_shapes_drop(VM *vm, ClassObj *klass) {
  for (ShapeId id = klass->shapes, next; id; id = next) {
    next = mx_shape_at(vm, id)->of_class;
    shape_drop(vm, mx_shape_at(vm, id));
  }
  if (klass->root_layout) layout_drop(&vm->shapes, klass->root_layout);
  if (klass->dictionary) layout_drop(&vm->shapes, klass->dictionary);
}

// ---- layouts

// Memory of a layout, zeroed.
static Layout *layout_alloc(VM *vm) {
  Layout *layout = vm->shapes.free_layouts;
  if (!layout) return mx_arena_new(&vm->shapes.arena, Layout);
  vm->shapes.free_layouts = layout->sibling;
  *layout = (Layout){0};
  return layout;
}

// Make the empty layout of a class, or the one of its dictionary mode.
Layout *mx_layout_new(VM *vm, bool dictionary) {
  Layout *layout = layout_alloc(vm);
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
  Layout *child = layout_alloc(vm);
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

// Make an index without entries.
static LayoutIndex *layout_new_index(ShapeTable *table, uint32_t slots) {
  LayoutIndex **list = layout_free_indexes(table, slots), *index = *list;
  size_t bytes = sizeof(LayoutIndex) + slots * sizeof(LayoutSlot);
  if (index) {
    *list = index->next;
    memset(index, 0, bytes);
  } else {
    index = mx_arena_alloc(&table->arena, bytes);
  }
  index->mask = slots - 1;
  return index;
}

// Build the index of a layout with many fields.
static LayoutIndex *layout_build_index(VM *vm, const Layout *layout) {
  uint32_t slots = LAYOUT_LINEAR * 4;
  while (slots < layout->count * 2) slots *= 2;
  LayoutIndex *index = layout_new_index(&vm->shapes, slots);
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
