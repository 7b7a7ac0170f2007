// SPDX-License-Identifier: MIT
// Assumptions: facts about the program that caches and machine code rely on until they break.
//
// A MethodCell stands for "this class finds this method under this name". It is made when code
// first relies on it, a negative answer too. Defining, removing or undefining a name, and changing
// ancestors, break the cells of that name in the class concerned and below, and no others; who
// holds a broken cell looks up again. Constants have a version by name. The operators of built-in
// classes have one bit each: redefined or not.
// Caches ask the cells, versions and bits themselves; the next tier is told of each that breaks
// (VM.assumption_broken), so that its machine code need not ask.
// OWNERSHIP: cells are collected memory, held by their class until they break and by their users.
#ifndef MX_RUNTIME_ASSUME_H
#define MX_RUNTIME_ASSUME_H

#include "runtime/class.h"

//
// What `super` finds is assumed likewise, by the position in the ancestors that the search starts
// behind: such cells hang on the cell of class and name and break together with it.
typedef struct MethodCell MethodCell;
struct MethodCell {
  uint32_t valid;     // 1 until it breaks, then 0 for good
  uint32_t at;        // position of the owner in the class's mro
  MethodEntry *me;    // NULL: there is no such method
  MethodCell *supers; // cell of class and name: what super finds; one of those: the next one
  uint32_t behind;    // cells of super: position in the mro that the search starts behind
  bool watched;       // VM.assumption_broken is told when it breaks
};

// The cell of a class and name.
MX_FUNC MethodCell *mx_assume_method(VM *vm, ClassObj *klass, Sym name);
// The cell of what a call of core code finds (mx_library_find).
MX_FUNC MethodCell *mx_assume_core_call(VM *vm, ClassObj *klass, Sym name);
// The cell of what super finds from a method at a position in the class's mro.
MX_FUNC MethodCell *mx_assume_super(VM *vm, ClassObj *klass, Sym name, uint32_t behind);
// A method of the name was entered, removed or changed in the class: break cells there and below.
MX_FUNC void mx_assume_method_changed(VM *vm, ClassObj *klass, Sym name);
// The ancestors of the class were computed anew: break its cells that would answer otherwise.
MX_FUNC void mx_assume_mro_changed(VM *vm, ClassObj *klass);

// ---- constants
// Version of a constant name: changes whenever a look-up of the name may answer otherwise.
MX_FUNC uint32_t mx_assume_const_version(VM *vm, Sym name);
MX_FUNC void mx_assume_const_changed(VM *vm, Sym name);
// The class gained ancestors: all names of their constants are looked up anew.
MX_FUNC void mx_assume_consts_of(VM *vm, const ClassObj *klass);

// ---- operators of built-in classes, and to_s of those that have literals
// Bits of the classes whose operators the engines take a short cut for.
typedef enum BasicClass {
  BASIC_INTEGER = 1 << 0,
  BASIC_FLOAT = 1 << 1,
  BASIC_STRING = 1 << 2,
  BASIC_ARRAY = 1 << 3,
  BASIC_HASH = 1 << 4,
  BASIC_SYMBOL = 1 << 5,
  BASIC_NIL = 1 << 6,
  BASIC_TRUE = 1 << 7,
  BASIC_FALSE = 1 << 8,
  BASIC_OBJECT = 1 << 9, // == and ! of plain objects
  BASIC_CLASS = 1 << 10, // === of classes and modules
  BASIC_PROC = 1 << 11,
  BASIC_RANGE = 1 << 12,
} BasicClass;

// Operators come first in symbols.def, then to_s, which folded interpolations rely on.
enum { BASIC_OPERATORS = SYM_UMINUS + 1, BASIC_NAMES = SYM_to_s + 1 };

// Classes whose literals are folded.
enum {
  BASIC_LITERALS = BASIC_INTEGER | BASIC_FLOAT | BASIC_SYMBOL | BASIC_NIL | BASIC_TRUE | BASIC_FALSE
};

typedef struct BasicOps {
  bool broken;                     // some bit of an operator is set below
  uint16_t redefined[BASIC_NAMES]; // by selector: BASIC_* of the classes where it is redefined
} BasicOps;

// The cell of an operator of a built-in class (a bit of BasicClass); NULL: it means what a program
// says. Where it was put back to what it was the bit stays set, but there is a cell again.
MX_FUNC MethodCell *mx_assume_operator(VM *vm, BasicClass klass, Sym name);

// Is what a class finds under a name (NULL: nothing) what it found at boot? Where that was nothing,
// nothing built-in is cut short.
MX_FUNC bool mx_assume_is_born(const ClassObj *klass, const MethodEntry *me, Sym name);

// Is the operator of the classes in `mask` as it was born?
#define MX_BASIC_PRISTINE(vm, name, mask) (!((vm)->basic.redefined[name] & (mask)))

#endif
