// SPDX-License-Identifier: MIT
// Lookup: calls of machine code whose receiver is of too many shapes for a way of each.
//
// Such a call has a table of its own, from shapes to what is called for them. Machine code looks
// there; a method that has machine code it calls at once, everything else C makes. What C must not
// call from here, since it looks at its caller's frame, is refused before any effect.
//
// INVARIANTS:
// 1. An entry is good while its cell is valid; whoever looks at it asks.
// 2. `direct` takes the call's arguments as they lie; parameters that get none are undefined, and
//    are in registers.
// GC: tables lie in the arena of the record, which keeps what they name alive; code pins it.
#ifndef MX_JIT_LOOKUP_H
#define MX_JIT_LOOKUP_H

#include "interp/ops.h"
#include "jit/ir/ir.h"

// What a call comes to.
typedef enum LookupWay {
  LOOKUP_REFUSED, // C must not make it from here
  LOOKUP_METHOD,  // a method, by its kind
  LOOKUP_MISSING, // there is none: method_missing
  LOOKUP_SLOT,    // attr_reader of an inline slot
  LOOKUP_PROC,    // Proc#call
  LOOKUP_SEND,    // send, __send__
  LOOKUP_PUBLIC,  // public_send
  LOOKUP_BOUND,   // Method#call
  LOOKUP_NEW,     // Class#new of a class of plain objects
} LookupWay;

// What is called for one shape.
typedef struct LookupEntry {
  const MethodCell *cell;    // method of the shape's class; NULL: the entry is empty
  const MethodEntry *direct; // it, when its machine code may be called; else one without any
  union {
    const BindPlace *places; // METHOD of a call with keywords: where its first locals get their
                             // values, NULL: they make a Hash
    const MethodCell *init;  // NEW: the cell of initialize
    uint32_t slot;           // SLOT: bytes from the object's start
  } as;                      // by way
  uint32_t shape;            // of the receiver
  uint8_t way;               // LookupWay
} LookupEntry;

// One call.
typedef struct Lookup {
  LookupEntry entries[IR_LOOKUP_ENTRIES]; // by mx_lookup_place of the shape
  CallCache call;                         // what is sent, with how many arguments; it has no entry
  const LexCtx *lex;                      // lexical context in which it stands; NULL: a Symbol's
  const Sym *names;                       // of literal keywords, whose values lie last
  uint32_t keys;                          // names; 0: a Hash lies there, or nothing
  bool core;                              // it stands in core code
} Lookup;

_Static_assert(sizeof(LookupEntry) == IR_LOOKUP_BYTES, "size of an entry");

enum { LOOKUP_MAX_ARGS = 16 }; // values behind the receiver

// Where the entry of a shape lies in a table.
static inline uint32_t mx_lookup_place(uint32_t shape) {
  return shape * IR_LOOKUP_FACTOR >> IR_LOOKUP_SHIFT;
}

// May a call be made so for instances of a class, as far as is known now?
MX_FUNC bool mx_lookup_takes(VM *vm, const Lookup *site, ClassObj *klass);
// Make the call whose receiver and arguments lie at base. Its value, VAL_EXC with what is unwinding
// in ec, or VAL_UNDEF: refused.
MX_FUNC uint64_t mx_lookup_call(ExecCtx *ec, Lookup *site, Value *base);

#endif
