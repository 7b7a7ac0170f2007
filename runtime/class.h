// SPDX-License-Identifier: MIT
// Classes and modules: method tables, ancestors, constants, class variables, look-up.
//
// Each module keeps its own prepends and includes; `mro`, the linear list of ancestors, is
// derived from them and recomputed for a module and everything below it when they change. A
// method is found by walking the mro; `super` continues behind the position it was found at.
//   mro(C) = prepends of C, C, includes of C, mro(super)
// where the two lists hold whole mros of modules, in look-up order, put there as Ruby does: a
// module that the list or a superclass has already is not entered again.
//
// Classes die when nothing refers to them any more; an instance refers to its class (shape.h).
//
// Look-ups go through a global cache by (class, selector). Entries carry the serial of their
// selector (vm->selector_serials): defining, removing or refining a name anywhere bumps that
// name's serial only; changing ancestors bumps vm->mro_serial.
#ifndef MX_RUNTIME_CLASS_H
#define MX_RUNTIME_CLASS_H

#include "runtime/nametable.h"
#include "runtime/object.h"
#include "runtime/shape.h"

typedef enum MethodKind {
  METHOD_GUEST,       // def in the language: code is interp's (a tree node or a chunk)
  METHOD_BUILTIN,     // C leaf: row of a builtins table
  METHOD_CORE,        // core library method not yet loaded: row of the core index
  METHOD_ATTR_READER, // attr: instance variable `ivar`
  METHOD_ATTR_WRITER,
  METHOD_PROC,   // define_method with a block: proc
  METHOD_UNDEF,  // undef_method: look-up stops here, not found
  METHOD_ZSUPER, // visibility changed in a subclass: behave as super with this visibility
} MethodKind;

typedef enum Visibility { VIS_PUBLIC, VIS_PRIVATE, VIS_PROTECTED, VIS_MODULE_FUNCTION } Visibility;

typedef struct BuiltinRow BuiltinRow; // builtin.h
typedef struct CoreRow CoreRow;       // core.h

typedef struct MethodEntry {
  uint8_t kind;         // MethodKind
  uint8_t visibility;   // Visibility, never MODULE_FUNCTION
  uint16_t flags;       // METHOD_F_*
  Sym name;             // name it is called by
  Sym original_name;    // name in its def; differs for aliases
  ClassObj *owner;      // module whose table holds it
  ClassObj *defined_in; // where its def was, for aliases too; `super` looks behind this
  union {
    void *code;            // METHOD_GUEST: interp's method code (collected memory)
    const BuiltinRow *row; // METHOD_BUILTIN
    const CoreRow *core;   // METHOD_CORE
    Sym ivar;              // METHOD_ATTR_*
    Value proc;            // METHOD_PROC: T_PROC
  } as;
  void *machine; // METHOD_GUEST: its machine code (jit/llvm/backend.h), NULL while there is none
  struct MethodEntry *given; // METHOD_GUEST: what has the machine code of calls with a block, or
                             // NULL; F_GIVEN: the method
} MethodEntry;

enum {
  METHOD_F_CORE = 1 << 0,     // from runtime/core: hidden from backtraces
  METHOD_F_METOREX = 1 << 1,  // part of the implicit refinement of the metorex dialect
  METHOD_F_EACH = 1 << 2,     // Array's or Hash's version of one of Enumerable's: not for classes
                              // whose `each` is another than that
  METHOD_F_ADDED = 1 << 3,    // entered by the program
  METHOD_F_INTERNAL = 1 << 4, // the library has it for itself (mx_method_internal)
  METHOD_F_GIVEN = 1 << 5,    // stands for a method in calls with a block; in no class
  METHOD_F_LIMITED = METHOD_F_METOREX | METHOD_F_INTERNAL, // not every text sees it
};

// What stands for a method of the language in calls with a block, which is there in its machine
// code. Made at need.
MX_FUNC MethodEntry *mx_method_given(MethodEntry *me);
// The method that an entry is, or stands for.
static inline const MethodEntry *mx_method_meant(const MethodEntry *me) {
  return me->flags & METHOD_F_GIVEN ? me->given : me;
}

// METHOD_F_INTERNAL for the name of a method that the library has for itself, else 0. Such names
// begin with two underscores, and do not end with them as __send__ does.
MX_FUNC uint16_t mx_method_internal(const char *name);

typedef struct ClassList {
  ClassObj **at;  // collected memory
  uint32_t count; // entries in use
  uint32_t room;  // entries allocated
} ClassList;

// A class as those see it that must not keep it alive.
typedef struct ClassLink {
  ClassObj *klass; // NULL once nothing keeps the class alive; not scanned
} ClassLink;

typedef struct ClassLinks {
  uintptr_t *at;  // ClassObj * of those that are kept, else ClassLink * | 1; collected memory
  uint32_t count; // entries in use, dead ones among them
  uint32_t room;  // entries allocated
} ClassLinks;

typedef struct ClassLife ClassLife; // class_life.c

typedef struct ConstEntry {
  Sym name;
  Value value;      // VAL_UNDEF: autoload that has not run
  Value autoload;   // path String; errno of a class that is made when first used; or nil
  bool is_private;  // private_constant
  bool deprecated;  // deprecate_constant
  bool loading;     // its autoload is running: absent to those that ask meanwhile
  const char *file; // where it was set, or NULL (const_source_location)
  uint32_t line;    // likewise
} ConstEntry;

enum {
  CLASS_SINGLETON = 1 << 0,
  CLASS_REFINEMENT = 1 << 1,
  CLASS_TRAIT = 1 << 2,
  CLASS_METOREX = 1 << 3,       // reached without Metorex:: from metorex code only
  CLASS_BUILTIN = 1 << 4,       // made at boot: instances have no extension word
  CLASS_ABSTRACT = 1 << 5,      // no allocator: `new` is undefined (Integer, Symbol, ...)
  CLASS_UNINITIALIZED = 1 << 6, // made by Class.allocate
  CLASS_KEPT = 1 << 7, // lives as long as the VM: those made at boot, and those with a final name
};

struct ClassObj {
  Header h;
  Value *ext;             // instance variables of the class object itself
  NameTable *methods;     // own methods: MethodEntry *; read by mx_class_table
  struct ClassRows *rows; // of the library, not in that table yet (class_rows.h); NULL: none
  NameTable *replaced;    // methods of the library that a program replaced or removed; or NULL
  NameTable *required; // methods without body, of a trait: MethodEntry *; NULL while there are none
  NameTable *consts;   // own constants: ConstEntry *; NULL while there are none
  NameTable *cells;    // MethodCell * by name: look-ups that code relies on (assume.h); or NULL
  NameTable *core_cells;    // likewise, where core code calls past the program's methods
  NameTable *cvars;         // own class variables: Values; NULL while there are none
  ClassObj *super;          // declared superclass (a class, never a module); NULL for BasicObject
  ClassList mro;            // ancestors in order, itself among them
  ClassList includes;       // modules behind it and before mro(super), in look-up order
  ClassList prepends;       // modules before it, in look-up order
  ClassLinks dependents;    // direct subclasses, and modules and classes whose lists have it
  ClassLink *link;          // of itself; NULL for what was made at boot
  ClassObj *meta;           // its own class, kept alive
  Value attached_bits;      // read by mx_class_attached; complemented (weak) for plain objects
  ClassObj *lexical_parent; // module it was named in, NULL at the top
  Sym name;                 // last part of the name, SYM_NONE while anonymous
  Value full_name;          // String "A::B" once permanently named, else nil
  uint32_t flags;           // CLASS_*
  uint32_t serial;          // number of the class in its VM, never reused; key of the method cache
  uint8_t instance_type;    // TypeTag of the instances that `allocate` makes
  const ForeignType *foreign;                      // for T_FOREIGN
  Value (*allocate)(ExecCtx *ec, ClassObj *klass); // inherited; NULL: none
  Layout *root_layout;                             // empty layout that instances begin with
  Layout *dictionary;     // layout of instances in dictionary mode, made at need
  uint32_t layout_count;  // branches in the tree of root_layout
  uint16_t inline_cap;    // inline slots that new instances get; learned
  ShapeId instance_shape; // shape of a new instance
  ShapeId shapes;         // one of its shapes (Shape.of_class)
};

// Enter the rows of the library that a class has.
MX_FUNC void mx_class_enter_rows(ClassObj *klass);
// The method table of a class.
static inline NameTable *mx_class_table(ClassObj *klass) {
  if (MX_UNLIKELY(klass->rows)) mx_class_enter_rows(klass);
  return klass->methods;
}

// ---- making
MX_FUNC ClassObj *mx_class_new(ExecCtx *ec, ClassObj *super); // anonymous, no `inherited` call
MX_FUNC ClassObj *mx_module_new(ExecCtx *ec);
MX_FUNC ClassObj *mx_module_new_of(ExecCtx *ec, ClassObj *of); // instance of a subclass of Module
// `allocate` of a class made at boot, by the type of its instances; NULL for T_NONE.
MX_FUNC Value mx_class_allocate(ExecCtx *ec, ClassObj *klass);
MX_FUNC ClassObj *mx_class_define(ExecCtx *ec, ClassObj *under, Sym name, ClassObj *super); // boot
MX_FUNC ClassObj *mx_module_define(ExecCtx *ec, ClassObj *under, Sym name);                 // boot
MX_FUNC ClassObj *mx_class_singleton(ExecCtx *ec,
                                     Value object); // made at need; NULL + TypeError for immediates
// As above, for a program: the singleton class of a class gets its own too, so that methods of
// singleton classes of singleton classes are inherited.
MX_FUNC ClassObj *mx_class_singleton_shown(ExecCtx *ec, Value object);
// Copy for dup and clone: methods, constants, instance variables, ancestors. NULL + TypeError for
// BasicObject.
MX_FUNC ClassObj *mx_class_copy(ExecCtx *ec, ClassObj *from);
// Make an empty refinement of a class or module.
MX_FUNC ClassObj *mx_refinement_new(ExecCtx *ec, ClassObj *refined);

// Let the class live as long as the VM, so that its instances need not keep it alive.
MX_FUNC void mx_class_keep(VM *vm, ClassObj *klass);
// Has a class died that may still lie in memory, since its finalizer did not run yet?
static inline bool mx_class_is_dead(const ClassObj *klass) {
  return klass->link && !klass->link->klass;
}

// ---- asking
MX_FUNC ClassObj *mx_class_of(VM *vm, Value v);   // singleton class if there is one
MX_FUNC ClassObj *mx_class_real(ClassObj *klass); // skips singleton classes
// Singleton classes: the object; refinements: the refined class; else nil.
MX_FUNC Value mx_class_attached(const ClassObj *klass);
static inline bool val_is_class_or_module(Value v) {
  return val_is_heap(v) && (val_heap_type(v) == T_CLASS || val_heap_type(v) == T_MODULE);
}
MX_FUNC bool mx_class_inherits(const ClassObj *klass, const ClassObj *ancestor); // mro contains
MX_FUNC bool mx_is_a(VM *vm, Value v, const ClassObj *klass);
MX_FUNC Value mx_class_name(ExecCtx *ec, ClassObj *klass); // String, or nil while anonymous
MX_FUNC Value mx_class_path(ExecCtx *ec, ClassObj *klass); // String: name, or #<Class:0x...>

// ---- ancestors
MX_FUNC MX_MUST_CHECK bool mx_class_include(ExecCtx *ec, ClassObj *klass, ClassObj *module);
MX_FUNC MX_MUST_CHECK bool mx_class_prepend(ExecCtx *ec, ClassObj *klass, ClassObj *module);

// ---- methods
typedef struct MethodRef {
  MethodEntry *me; // NULL: not found (or undefined)
  uint32_t at;     // position of its owner in the receiver class's mro; where super continues
} MethodRef;

// Find a method by the global cache; METHOD_UNDEF gives me == NULL. Visibility is not looked at.
MX_FUNC MethodRef mx_method_find(VM *vm, ClassObj *klass, Sym name);
// Find the next one behind a position in klass's mro (super).
MX_FUNC MethodRef mx_method_find_super(VM *vm, ClassObj *klass, uint32_t at, Sym name);
// The entry in a module's own table, METHOD_UNDEF included; NULL when there is none.
MX_FUNC MethodEntry *mx_method_own(ClassObj *klass, Sym name);
// Enter a method (replacing one of that name), with no hook called; raises FrozenError.
MX_FUNC MX_MUST_CHECK bool mx_method_add(ExecCtx *ec, ClassObj *klass, MethodEntry *me);
MX_FUNC MethodEntry *mx_method_new(ExecCtx *ec, MethodKind kind, Sym name, Visibility vis);
// What a call of core code finds on instances of a class, when any other call finds `found`: for
// Arrays, Hashes, Strings, Ranges, MatchData what the library has, but for the few names that it
// asks all by; for others likewise, if it is a name of what the library knows of any object or does
// itself.
MX_FUNC MethodRef mx_library_find(const VM *vm, const ClassObj *klass, Sym name, MethodRef found);
// What a class found under a name at boot; NULL for nothing.
MX_FUNC MethodEntry *mx_library_method(const ClassObj *klass, Sym name);
// May the methods and ancestors of a class change? Else false + FrozenError.
MX_FUNC MX_MUST_CHECK bool mx_class_check_frozen(ExecCtx *ec, ClassObj *klass);
// Keep a method of the library that a program is about to replace or to remove.
MX_FUNC void mx_library_keep(ClassObj *klass, Sym name);
// Remove from the own table; false when it was not there.
MX_FUNC bool mx_method_remove(VM *vm, ClassObj *klass, Sym name);
typedef bool (*MethodVisit)(void *ctx, MethodEntry *me); // false stops
MX_FUNC void mx_method_each(ClassObj *klass, MethodVisit visit, void *ctx);
// Forget cached look-ups of one name in a class and below it.
MX_FUNC void mx_method_changed(VM *vm, ClassObj *klass, Sym name);

// ---- constants; lexical search is interp's (it knows the nesting)
MX_FUNC ConstEntry *mx_const_own(const ClassObj *klass, Sym name);
// Search klass and its ancestors (Object too for modules when `with_object`), running autoload;
// VAL_UNDEF when absent, VAL_EXC when autoload raised.
MX_FUNC MX_MUST_CHECK Value mx_const_find(ExecCtx *ec, ClassObj *klass, Sym name, bool with_object);
// klass::name with const_missing; raises NameError.
MX_FUNC MX_MUST_CHECK Value mx_const_get(ExecCtx *ec, ClassObj *klass, Sym name);
// Set; names an anonymous class or module; warns "already initialized constant".
MX_FUNC MX_MUST_CHECK bool mx_const_set(ExecCtx *ec, ClassObj *klass, Sym name, Value value);
MX_FUNC Value mx_const_remove(ExecCtx *ec, ClassObj *klass, Sym name); // VAL_UNDEF when absent
// Set as a program does: const_added is called too.
MX_FUNC MX_MUST_CHECK bool mx_const_define(ExecCtx *ec, ClassObj *klass, Sym name, Value value);
// Is there one, in klass and its ancestors as for mx_const_find? Runs no autoload.
MX_FUNC bool mx_const_is_defined(ExecCtx *ec, ClassObj *klass, Sym name, bool with_object);
// Set the constant up to be loaded from a path String; does nothing when it has a value.
MX_FUNC MX_MUST_CHECK bool mx_const_autoload(ExecCtx *ec, ClassObj *klass, Sym name, Value path);
typedef bool (*ConstVisit)(void *ctx, ConstEntry *entry); // false stops
MX_FUNC void mx_const_each(const ClassObj *klass, ConstVisit visit, void *ctx);

// ---- class variables: searched in klass and its ancestors
MX_FUNC MX_MUST_CHECK Value mx_cvar_get(ExecCtx *ec, ClassObj *klass, Sym name); // NameError
MX_FUNC bool mx_cvar_defined(ClassObj *klass, Sym name);
MX_FUNC MX_MUST_CHECK bool mx_cvar_set(ExecCtx *ec, ClassObj *klass, Sym name, Value value);

#endif
