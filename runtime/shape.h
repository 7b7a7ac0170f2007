// SPDX-License-Identifier: MIT
// Shapes: one 32-bit id that says class, layout of instance variables, frozenness, capacity.
//
// Layouts form a tree per class: adding a variable moves to a child. A Layout's field has a
// representation: any Value, or a raw double. Storing a non-double into a double field moves the
// object to the sibling layout with a Value field and generalizes the class, so that new
// instances start there. A Shape pairs a layout with a class (singleton classes share their
// object's layout), flags and the inline capacity with which the object was allocated.
//
// INVARIANTS: shapes and layouts are malloc'd, never freed, never GC objects; ids are dense.
// Past SHAPE_MAX_LAYOUTS branches in a class's tree, or after a removal, an object goes to
// dictionary mode: its layout is the class's `dictionary` one and its ext points to a NameTable.
// GC: a Shape holds a ClassObj pointer in malloc memory; vm->shape_classes, a scanned array,
// keeps those classes alive.
#ifndef MX_RUNTIME_SHAPE_H
#define MX_RUNTIME_SHAPE_H

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

enum { SHAPE_FROZEN = 1 << 0, SHAPE_SINGLETON = 1 << 1 };

typedef struct Shape {
  ClassObj *klass;     // class or singleton class
  Layout *layout;      // instance variables
  uint16_t flags;      // SHAPE_*
  uint16_t inline_cap; // inline slots of the object (T_OBJECT only)
  ShapeId id;          // own index
  ShapeId frozen;      // the same but frozen, 0 until somebody asked
  ShapeId next;        // the same with the layout that an object took last, 0 for none
} Shape;

// Set up the tables of shapes; free them with all layouts.
MX_FUNC void mx_shapes_init(VM *vm);
MX_FUNC void mx_shapes_free(VM *vm);
// Make the empty layout of a class, or with `dictionary` the one of its dictionary mode.
MX_FUNC Layout *mx_layout_new(VM *vm, bool dictionary);

// Find or make the shape of the four parts.
MX_FUNC ShapeId mx_shape_get(VM *vm, ClassObj *klass, Layout *layout, uint16_t flags,
                             uint16_t inline_cap);
MX_FUNC const Shape *mx_shape_at(const VM *vm, ShapeId id);
// The layout with one more field; NULL when the object must go to dictionary mode. Asked for a
// double, it answers a Value field where the class was generalized before.
MX_FUNC Layout *mx_layout_add(VM *vm, ClassObj *klass, Layout *layout, Sym name, FieldRep rep);
// Index and representation of a field; false when the layout has none of the name.
MX_FUNC bool mx_layout_find(VM *vm, Layout *layout, Sym name, uint32_t *index, FieldRep *rep);
// The same fields with one generalized to FIELD_REP_VALUE; NULL as above.
MX_FUNC Layout *mx_layout_generalize(VM *vm, ClassObj *klass, Layout *layout, Sym name);

#endif
