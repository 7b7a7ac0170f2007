// SPDX-License-Identifier: MIT
// Heap objects: the header, plain objects, foreign data, and their allocation.
//
//   Header   [ shape id: 32 | flags: 32 ]     flags: [ per-type bits 31..8 | T_* 7..0 ]
//
// The shape says class, layout of instance variables, and frozenness (shape.h). The type tag is
// repeated in the flags because most tests ask for it alone.
//
// Instance variables of T_OBJECT, T_CLASS and T_MODULE lie in the object; other types with
// instance variables keep them in an extension vector that subclasses' instances reserve
// (FL_HAS_EXT) and instances of the built-in classes themselves get from a table on the VM.
// Names that begin with "@__" are hidden from reflection: the core library keeps state there. What
// programs must not be able to set has a name without "@".
#ifndef MX_RUNTIME_OBJECT_H
#define MX_RUNTIME_OBJECT_H

#include "runtime/value.h"

typedef struct VM VM;
typedef struct ExecCtx ExecCtx;
typedef struct ClassObj ClassObj;
typedef uint32_t ShapeId;

typedef enum TypeTag {
#define TYPE(TAG, Struct, GcKind, doc) T_##TAG,
#include "runtime/types.def"
  T_COUNT
} TypeTag;

typedef struct Header {
  ShapeId shape;  // index into vm->shapes
  uint32_t flags; // T_* in the low byte, FL_* above
} Header;

enum {
  FL_TYPE_MASK = 0xff,
  FL_HAS_EXT = 1u << 8,    // a word behind the struct points to instance variables
  FL_GENERIC_IV = 1u << 9, // instance variables are in the VM's side table
  FL_USER_SHIFT = 12,      // first bit a type may use for itself
};

typedef struct Object {
  Header h;
  Value *ext;    // instance variables past the inline ones, NULL while there are none
  Value slots[]; // inline instance variables; count is the shape's inline_cap
} Object;

typedef struct ForeignType {
  const char *name;                // for messages
  size_t size;                     // bytes of the payload
  void (*finalize)(void *payload); // runs at a safepoint after death, or NULL
  bool immutable;                  // dup and clone give the object itself
} ForeignType;

typedef struct Foreign {
  Header h;
  const ForeignType *type; // what the payload is; static
  Value payload[];         // type->size bytes, scanned conservatively
} Foreign;

static inline Header *val_header(Value v) { return (Header *)(uintptr_t)v; }
static inline Value val_from_ptr(const void *object) { return (Value)(uintptr_t)object; }
static inline TypeTag val_heap_type(Value v) {
  return (TypeTag)(val_header(v)->flags & FL_TYPE_MASK);
}
// Is v a heap object of the type?
static inline bool val_is_type(Value v, TypeTag type) {
  return val_is_heap(v) && val_heap_type(v) == type;
}
#define VAL_CAST(Type, v) ((Type *)(uintptr_t)(v))

// Size of a type's struct without its trailing parts; 0 for types that only interp knows.
MX_FUNC size_t mx_object_struct_size(TypeTag type);

// Allocate an object of a class with a struct of `size` bytes, zeroed but for its header. The
// class decides the shape; instances of subclasses of built-in classes get an extension word.
MX_FUNC void *mx_object_alloc(ExecCtx *ec, ClassObj *klass, TypeTag type, size_t size);

// Allocate a plain T_OBJECT with the inline capacity its class has learned.
MX_FUNC Value mx_object_new(ExecCtx *ec, ClassObj *klass);

// Likewise of a given shape, its variables nil; where the shape holds its class, that is the
// caller's to set.
MX_FUNC Value mx_object_new_shape(ExecCtx *ec, ShapeId shape);

// Make an object keep a class alive that is its own, or is about to be.
MX_FUNC void mx_object_hold_class(ExecCtx *ec, Value object, ClassObj *klass);

// Allocate foreign data; its finalizer, if any, is registered.
MX_FUNC Foreign *mx_foreign_new(ExecCtx *ec, ClassObj *klass, const ForeignType *type);

// Payload of v when it is foreign data of the type, else NULL.
MX_FUNC void *mx_foreign_get(Value v, const ForeignType *type);

// Instance variables; names include the @. Reading an unset one is nil.
// Setting raises FrozenError on frozen objects; immediates are always frozen.
MX_FUNC Value mx_ivar_get(ExecCtx *ec, Value object, Sym name);
MX_FUNC MX_MUST_CHECK bool mx_ivar_set(ExecCtx *ec, Value object, Sym name, Value value);
// As mx_ivar_set, but ignores frozenness; for state of the core library (@__ names).
MX_FUNC void mx_ivar_set_hidden(ExecCtx *ec, Value object, Sym name, Value value);
// Let the class give its next instances inline slots for so many variables.
MX_FUNC void mx_ivar_expect(ClassObj *klass, uint32_t fields);
MX_FUNC bool mx_ivar_defined(ExecCtx *ec, Value object, Sym name);
// Remove and return the value, VAL_UNDEF when it was not set, VAL_EXC when frozen.
MX_FUNC MX_MUST_CHECK Value mx_ivar_remove(ExecCtx *ec, Value object, Sym name);
// Call visit for each set variable, in order of creation, hidden ones included except what keeps
// the class alive.
typedef void (*IvarVisit)(void *ctx, Sym name, Value value);
MX_FUNC void mx_ivar_each(ExecCtx *ec, Value object, IvarVisit visit, void *ctx);
// Copy all variables of one object to a fresh other one (dup, clone).
MX_FUNC void mx_ivar_copy(ExecCtx *ec, Value from, Value to);

MX_FUNC bool mx_object_is_frozen(ExecCtx *ec, Value object);
MX_FUNC void mx_object_freeze(ExecCtx *ec, Value object);
// Raise FrozenError ("can't modify frozen String: \"abc\"") when the object is frozen.
MX_FUNC MX_MUST_CHECK bool mx_object_check_frozen(ExecCtx *ec, Value object);
// A stable number for object_id; small and dense.
MX_FUNC int64_t mx_object_id(ExecCtx *ec, Value object);

#endif
