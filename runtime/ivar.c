// SPDX-License-Identifier: MIT
// Instance variables: where a field lies, how objects move from shape to shape.
//
//   T_OBJECT          slots[0 .. inline_cap), then ext[]
//   classes, modules  ext[]
//   other types       ext[] behind the struct (FL_HAS_EXT) or in vm->generic_ivars
// ext vectors hold 4, 8, 16, ... fields, so their room follows from the number of fields. In
// dictionary mode ext points to a NameTable of Values instead.
#include "runtime/float.h"
#include "runtime/object.h"
#include "runtime/vm.h"

enum { IVAR_MIN_EXT = 4 }; // fields in the smallest extension vector

// Where the object keeps its extension pointer; NULL when it is in the side table and absent.
static Value **ivar_ext_place(VM *vm, Header *h) {
  TypeTag type = (TypeTag)(h->flags & FL_TYPE_MASK);
  if (type == T_OBJECT || type == T_CLASS || type == T_MODULE) return &((Object *)h)->ext;
  if (!(h->flags & FL_HAS_EXT)) {
    if (!(h->flags & FL_GENERIC_IV)) return NULL;
    return (Value **)mx_addrtable_find(vm->generic_ivars, h);
  }
  size_t size = mx_object_struct_size(type);
  if (type == T_FOREIGN) size += ((Foreign *)h)->type->size;
  return (Value **)((char *)h + ((size + 7) & ~(size_t)7));
}

// Set the extension pointer, in the side table if the object has no place for it.
static void ivar_set_ext(VM *vm, Header *h, void *ext) {
  Value **place = ivar_ext_place(vm, h);
  if (place) {
    *place = ext;
    return;
  }
  h->flags |= FL_GENERIC_IV;
  mx_addrtable_put(vm->generic_ivars, h, (uint64_t)(uintptr_t)ext);
}

// The slot of a field that exists.
static Value *ivar_slot(VM *vm, Header *h, const Shape *shape, uint32_t index) {
  if (index < shape->inline_cap) return &((Object *)h)->slots[index];
  return &(*ivar_ext_place(vm, h))[index - shape->inline_cap];
}

// Class whose layout tree the object's layouts belong to.
static ClassObj *ivar_tree_owner(const Shape *shape) { return mx_class_real(shape->klass); }

// Move an object to a layout, all else equal.
static void ivar_set_layout(VM *vm, Header *h, Layout *layout) {
  Shape *shape = mx_shape_at(vm, h->shape);
  if (!shape->next || mx_shape_at(vm, shape->next)->layout != layout)
    shape->next = mx_shape_get(vm, shape->klass, layout, shape->flags, shape->inline_cap);
  h->shape = shape->next;
}

// Read a slot under its representation.
static Value ivar_load(ExecCtx *ec, const Value *slot, FieldRep rep) {
  if (rep == FIELD_REP_VALUE) return *slot;
  double d;
  memcpy(&d, slot, sizeof d);
  return mx_float_new(ec, d);
}

// Write a Float into a double slot.
static void ivar_store_double(Value *slot, Value v) {
  double d = val_to_double(v);
  memcpy(slot, &d, sizeof d);
}

// The table of an object in dictionary mode.
static NameTable *ivar_dictionary(VM *vm, Header *h) { return (NameTable *)*ivar_ext_place(vm, h); }

// Collect a layout's fields by index.
static void ivar_fields(const Layout *layout, const Layout **fields) {
  for (; layout->parent; layout = layout->parent) fields[layout->index] = layout;
}

// Copy all fields into a new table.
static NameTable *ivar_to_table(ExecCtx *ec, Header *h, const Shape *shape) {
  const Layout *fields[SHAPE_MAX_FIELDS];
  uint32_t count = shape->layout->count;
  NameTable *table = mx_nametable_new(count + 1);
  ivar_fields(shape->layout, fields);
  for (uint32_t i = 0; i < count; i++) {
    const Value *slot = ivar_slot(ec->vm, h, shape, i);
    mx_nametable_put(table, fields[i]->name, ivar_load(ec, slot, (FieldRep)fields[i]->rep));
  }
  return table;
}

// Move an object to dictionary mode.
static void ivar_go_dictionary(ExecCtx *ec, Header *h) {
  VM *vm = ec->vm;
  const Shape *shape = mx_shape_at(vm, h->shape);
  if (shape->layout->dictionary) return;
  ClassObj *owner = ivar_tree_owner(shape);
  if (!owner->dictionary) owner->dictionary = mx_layout_new(vm, true);
  ivar_set_ext(vm, h, ivar_to_table(ec, h, shape));
  ivar_set_layout(vm, h, owner->dictionary);
}

// Fields that fit an extension vector which holds `count`.
static uint32_t ivar_ext_room(uint32_t count) {
  uint32_t room = count == 0 ? 0 : IVAR_MIN_EXT;
  while (room < count) room *= 2;
  return room;
}

// Make the extension vector hold one more field than `count`.
static void ivar_grow_ext(VM *vm, Header *h, uint32_t count) {
  uint32_t room = ivar_ext_room(count + 1);
  if (room == ivar_ext_room(count)) return;
  Value *ext = mx_gc_alloc(vm->lists, GC_KIND_SLOTS, room * sizeof(Value));
  if (count > 0) {
    Value *old = *ivar_ext_place(vm, h);
    memcpy(ext, old, count * sizeof(Value));
    mx_gc_free(old);
  }
  ivar_set_ext(vm, h, ext);
}

// Let the class give its next instances inline slots for so many variables.
void mx_ivar_expect(ClassObj *klass, uint32_t fields) {
  uint32_t cap = (fields + 1) & ~1u; // cells are multiples of two words
  if (cap > klass->inline_cap && cap <= SHAPE_MAX_INLINE) klass->inline_cap = (uint16_t)cap;
}

// Add a field that the object does not have.
static void ivar_add(ExecCtx *ec, Header *h, Sym name, Value v) {
  VM *vm = ec->vm;
  const Shape *shape = mx_shape_at(vm, h->shape);
  ClassObj *owner = ivar_tree_owner(shape);
  FieldRep rep = val_is_float(v) ? FIELD_REP_DOUBLE : FIELD_REP_VALUE;
  Layout *layout = mx_layout_add(vm, owner, shape->layout, name, rep);
  if (!layout) {
    ivar_go_dictionary(ec, h);
    mx_nametable_put(ivar_dictionary(vm, h), name, v);
    return;
  }
  if (layout->index >= shape->inline_cap) {
    ivar_grow_ext(vm, h, layout->index - shape->inline_cap);
    // That one object gets a singleton class says nothing about the next.
    bool counts = (h->flags & FL_TYPE_MASK) == T_OBJECT && name != SYM_iv_class;
    if (counts) mx_ivar_expect(owner, layout->count);
  }
  Value *slot = ivar_slot(vm, h, shape, layout->index);
  if (layout->rep == FIELD_REP_DOUBLE)
    ivar_store_double(slot, v);
  else
    *slot = v;
  ivar_set_layout(vm, h, layout);
}

// Store a value that is not a Float into a double field: generalize it.
static void ivar_generalize(ExecCtx *ec, Header *h, Sym name, uint32_t index, Value v) {
  VM *vm = ec->vm;
  const Shape *shape = mx_shape_at(vm, h->shape);
  Layout *layout = mx_layout_generalize(vm, ivar_tree_owner(shape), shape->layout, name);
  if (layout) {
    *ivar_slot(vm, h, shape, index) = v;
    ivar_set_layout(vm, h, layout);
    return;
  }
  ivar_go_dictionary(ec, h);
  mx_nametable_put(ivar_dictionary(vm, h), name, v);
}

// Set a variable of a heap object, whether frozen or not.
static void ivar_store(ExecCtx *ec, Header *h, Sym name, Value v) {
  VM *vm = ec->vm;
  const Shape *shape = mx_shape_at(vm, h->shape);
  uint32_t index;
  FieldRep rep;
  if (shape->layout->dictionary) {
    mx_nametable_put(ivar_dictionary(vm, h), name, v);
  } else if (!mx_layout_find(vm, shape->layout, name, &index, &rep)) {
    ivar_add(ec, h, name, v);
  } else if (rep == FIELD_REP_VALUE) {
    *ivar_slot(vm, h, shape, index) = v;
  } else if (val_is_float(v)) {
    ivar_store_double(ivar_slot(vm, h, shape, index), v);
  } else {
    ivar_generalize(ec, h, name, index, v);
  }
}

// Read a variable; VAL_UNDEF when it is not set.
static Value ivar_fetch(ExecCtx *ec, Value object, Sym name) {
  if (!val_is_heap(object)) return VAL_UNDEF;
  Header *h = val_header(object);
  const Shape *shape = mx_shape_at(ec->vm, h->shape);
  uint32_t index;
  FieldRep rep;
  if (shape->layout->dictionary) {
    const uint64_t *word = mx_nametable_find(ivar_dictionary(ec->vm, h), name);
    return word ? *word : VAL_UNDEF;
  }
  if (!mx_layout_find(ec->vm, shape->layout, name, &index, &rep)) return VAL_UNDEF;
  return ivar_load(ec, ivar_slot(ec->vm, h, shape, index), rep);
}

// Read a variable; nil when it is not set.
Value mx_ivar_get(ExecCtx *ec, Value object, Sym name) {
  Value v = ivar_fetch(ec, object, name);
  return val_is_undef(v) ? VAL_NIL : v;
}

// Set a variable; raises FrozenError on frozen objects and immediates.
bool mx_ivar_set(ExecCtx *ec, Value object, Sym name, Value value) {
  if (!mx_object_check_frozen(ec, object)) return false;
  ivar_store(ec, val_header(object), name, value);
  return true;
}

// Set a variable of a heap object whether it is frozen or not.
void mx_ivar_set_hidden(ExecCtx *ec, Value object, Sym name, Value value) {
  MX_ASSERT(val_is_heap(object), "hidden variable of an immediate");
  ivar_store(ec, val_header(object), name, value);
}

// Is the variable set?
bool mx_ivar_defined(ExecCtx *ec, Value object, Sym name) {
  return !val_is_undef(ivar_fetch(ec, object, name));
}

// Remove and return the value, VAL_UNDEF when it was not set, VAL_EXC when frozen.
Value mx_ivar_remove(ExecCtx *ec, Value object, Sym name) {
  if (!mx_object_check_frozen(ec, object)) return VAL_EXC;
  Value v = ivar_fetch(ec, object, name);
  if (val_is_undef(v)) return v;
  Header *h = val_header(object);
  ivar_go_dictionary(ec, h);
  mx_nametable_remove(ivar_dictionary(ec->vm, h), name);
  return v;
}

// Call visit for each variable of an object in dictionary mode.
static void ivar_each_in_table(const NameTable *table, IvarVisit visit, void *ctx) {
  uint32_t position = 0;
  for (const NameEntry *entry; (entry = mx_nametable_next(table, &position));)
    if (entry->name != SYM_iv_class) visit(ctx, entry->name, entry->word);
}

// Call visit for each set variable, in order of creation.
void mx_ivar_each(ExecCtx *ec, Value object, IvarVisit visit, void *ctx) {
  if (!val_is_heap(object)) return;
  Header *h = val_header(object);
  const Shape *shape = mx_shape_at(ec->vm, h->shape);
  if (shape->layout->dictionary) {
    ivar_each_in_table(ivar_dictionary(ec->vm, h), visit, ctx);
    return;
  }
  const Layout *fields[SHAPE_MAX_FIELDS];
  ivar_fields(shape->layout, fields);
  uint32_t count = shape->layout->count;
  for (uint32_t i = 0; i < count; i++) {
    if (fields[i]->name == SYM_iv_class) continue;
    Value v = ivar_load(ec, ivar_slot(ec->vm, h, shape, i), (FieldRep)fields[i]->rep);
    visit(ctx, fields[i]->name, v);
  }
}

// Where mx_ivar_copy copies to.
typedef struct IvarCopy {
  ExecCtx *ec; // context
  Header *to;  // receiver of the variables
} IvarCopy;

// Copy one variable.
static void ivar_copy_one(void *ctx, Sym name, Value value) {
  const IvarCopy *copy = ctx;
  ivar_store(copy->ec, copy->to, name, value);
}

// Copy all variables of one object to a fresh other one.
void mx_ivar_copy(ExecCtx *ec, Value from, Value to) {
  if (!val_is_heap(to)) return;
  IvarCopy copy = {.ec = ec, .to = val_header(to)};
  mx_ivar_each(ec, from, ivar_copy_one, &copy);
}
