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
// Past SHAPE_MAX_LAYOUTS layouts in a class, or after a removal, an object goes to dictionary
// mode: its layout is the class's `dictionary` one and its ext points to an IvarDict.
// GC: a Shape holds a ClassObj pointer in malloc memory; vm->shape_classes, a scanned array,
// keeps those classes alive.
#ifndef MX_RUNTIME_SHAPE_H
#define MX_RUNTIME_SHAPE_H

#include "runtime/object.h"

typedef enum FieldRep { FIELD_REP_DOUBLE, FIELD_REP_VALUE } FieldRep;

enum { SHAPE_MAX_LAYOUTS = 32, SHAPE_MAX_FIELDS = 512 };

typedef struct Layout {
  struct Layout *parent;    // without the last field; NULL for the empty layout
  Sym name;                 // last field's name
  uint8_t rep;              // FieldRep of the last field
  bool dictionary;          // fields are in an IvarDict instead
  uint32_t index;           // slot of the last field
  uint32_t count;           // fields in all
  struct Layout *children;  // first child
  struct Layout *sibling;   // next child of the same parent
  struct LayoutIndex *find; // name -> field, built at the first look-up of a layout past 8 fields
} Layout;

enum { SHAPE_FROZEN = 1 << 0, SHAPE_SINGLETON = 1 << 1 };

typedef struct Shape {
  ClassObj *klass;     // class or singleton class
  Layout *layout;      // instance variables
  uint16_t flags;      // SHAPE_*
  uint16_t inline_cap; // inline slots of the object (T_OBJECT only)
  ShapeId id;          // own index
  ShapeId next_same;   // next shape of the same layout, 0 at the end
} Shape;

// Find or make the shape of the four parts.
MX_FUNC ShapeId mx_shape_get(VM *vm, ClassObj *klass, Layout *layout, uint16_t flags,
                             uint16_t inline_cap);
MX_FUNC const Shape *mx_shape_at(const VM *vm, ShapeId id);
// The layout with one more field; NULL when the class must go to dictionary mode.
MX_FUNC Layout *mx_layout_add(VM *vm, ClassObj *klass, Layout *layout, Sym name, FieldRep rep);
// Index and representation of a field; false when the layout has none of the name.
MX_FUNC bool mx_layout_find(Layout *layout, Sym name, uint32_t *index, FieldRep *rep);
// The same fields with one generalized to FIELD_REP_VALUE.
MX_FUNC Layout *mx_layout_generalize(VM *vm, ClassObj *klass, Layout *layout, Sym name);

#endif
