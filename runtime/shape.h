// SPDX-License-Identifier: MIT
// Shapes: one 32-bit id that says class, layout of instance variables, frozenness, capacity.
//
// Layouts form a tree per class: adding a variable moves to a child. A Layout's field has a
// representation: any Value, or a raw double. Storing a non-double into a double field moves the
// object to the sibling layout with a Value field and generalizes the class, so that new
// instances start there. A Shape pairs a layout with a class (singleton classes share their
// object's layout), flags and the inline capacity with which the object was allocated.
//
// INVARIANTS: shapes and layouts are malloc'd, never GC objects; they go with their class, and no
// id is given twice, since caches and machine code compare them. What still knows that of a dead
// class's shape finds `vm->shapes.grave`, a shape that no object has.
// Past SHAPE_MAX_LAYOUTS branches in a class's tree, or after a removal, an object goes to
// dictionary mode: its layout is the class's `dictionary` one and its ext points to a NameTable.
// GC: a Shape's pointer to its class lies in malloc memory and keeps nothing alive. A class that is
// not CLASS_KEPT (class.h) is kept alive by the objects of its shapes, which are SHAPE_HOLDS.
#ifndef MX_RUNTIME_SHAPE_H
#define MX_RUNTIME_SHAPE_H

#include "runtime/base/arena.h"
#include "runtime/object.h"

typedef enum FieldRep { FIELD_REP_DOUBLE, FIELD_REP_VALUE } FieldRep;

enum {
  SHAPE_MAX_LAYOUTS = 32, // branches in the layout tree of a class
  SHAPE_MAX_FIELDS = 512, // fields of a layout
  SHAPE_MAX_INLINE = 32,  // inline slots that a class learns to give
  LAYOUT_LINEAR = 8,      // fields up to which a layout is searched along its parents
};

typedef struct Layout {
  struct Layout *parent;    // without the last field; NULL for the empty layout
  Sym name;                 // last field's name
  uint8_t rep;              // FieldRep of the last field
  bool dictionary;          // fields are in a NameTable instead
  uint32_t index;           // slot of the last field
  uint32_t count;           // fields in all
  struct Layout *children;  // first child
  struct Layout *sibling;   // next child of the same parent
  struct LayoutIndex *find; // name -> field, built when a layout past LAYOUT_LINEAR is searched
} Layout;

enum {
  SHAPE_FROZEN = 1 << 0,
  SHAPE_SINGLETON = 1 << 1,
  SHAPE_HOLDS = 1 << 2, // objects keep the class alive: in SYM_iv_class, classes in `meta`
};

typedef struct Shape {
  ClassObj *klass;     // class or singleton class
  Layout *layout;      // instance variables
  uint16_t flags;      // SHAPE_*
  uint16_t inline_cap; // inline slots of the object (T_OBJECT only)
  ShapeId id;          // own index
  ShapeId frozen;      // the same but frozen, 0 until somebody asked
  ShapeId next;        // the same with the layout that an object took last, 0 for none
  ShapeId of_class;    // another shape of the class, 0 for none
} Shape;

enum {
  SHAPE_PAGE = 256,      // shapes of a page
  SHAPE_INDEX_SIZES = 6, // sizes of a LayoutIndex: powers of two up to twice SHAPE_MAX_FIELDS
};

typedef struct ShapePage {
  Shape *at[SHAPE_PAGE]; // by the lower bits of the id; the grave where there is none
  uint32_t live;         // shapes that have a living class
} ShapePage;

// All shapes of a VM. Pages without a living shape are given back.
typedef struct ShapeTable {
  ShapePage **pages;    // by the upper bits of the id; malloc
  uint32_t page_room;   // pages allocated
  uint32_t count;       // ids given; id 0 is unused
  uint32_t live;        // shapes that have a living class
  ShapeId *index;       // open-addressed: shapes by their parts; malloc
  uint32_t index_mask;  // slots of the index - 1
  uint32_t index_used;  // slots in use, those of dead shapes included
  Shape *grave;         // stands for all dead shapes
  ShapePage *graveyard; // stands for all pages without a living shape
  Arena arena;          // malloc: shapes, layouts and their indexes
  Shape *free_shapes;   // linked through `layout`
  Layout *free_layouts; // linked through `sibling`
  struct LayoutIndex *free_indexes[SHAPE_INDEX_SIZES]; // by size
} ShapeTable;

// Set up the table of shapes; free it with all layouts. mx_shape_at (vm.h) is the shape of an id.
MX_FUNC void mx_shapes_init(VM *vm);
MX_FUNC void mx_shapes_free(VM *vm);
// Make the empty layout of a class, or with `dictionary` the one of its dictionary mode.
MX_FUNC Layout *mx_layout_new(VM *vm, bool dictionary);

// Find or make the shape of the four parts.
MX_FUNC ShapeId mx_shape_get(VM *vm, ClassObj *klass, Layout *layout, uint16_t flags,
                             uint16_t inline_cap);
// The class has died: so do its shapes and, unless it is a singleton class, its layouts.
MX_FUNC void mx_shapes_drop(VM *vm, ClassObj *klass);
// The layout with one more field; NULL when the object must go to dictionary mode. Asked for a
// double, it answers a Value field where the class was generalized before.
MX_FUNC Layout *mx_layout_add(VM *vm, ClassObj *klass, Layout *layout, Sym name, FieldRep rep);
// Index and representation of a field; false when the layout has none of the name.
MX_FUNC bool mx_layout_find(VM *vm, Layout *layout, Sym name, uint32_t *index, FieldRep *rep);
// The same fields with one generalized to FIELD_REP_VALUE; NULL as above.
MX_FUNC Layout *mx_layout_generalize(VM *vm, ClassObj *klass, Layout *layout, Sym name);

#endif
