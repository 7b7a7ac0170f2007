// SPDX-License-Identifier: MIT
// Random programs: a seed and a profile give a tree of statements, which prints as Ruby text.
//
// The grammar is data: rows of templates (grammar_*.def), grouped by what they yield. A template
// is program text with holes in backquotes; filling a hole picks a row of the hole's kind. So the
// tree of a program is the tree of the rows that were chosen, and a shrinker can delete and
// replace any part of it without knowing the language.
//
// Holes:
//   int, str, any ...   an expression of that kind; now and then of another kind, on purpose
//   body, loop, members a list of statements; loop allows break; members are those of a class
//   body:int            a list of statements whose last one is an expression of the kind
//   lit:int             a literal; leaf: a literal or a variable of any kind
//   var:int             an existing local variable, else a new one
//   new:int, let:int    a local variable that exists from here, from the end of the row
//   opt:any             a parameter with a default
//   calm:any, calm      an expression or list that calls no method of the program
//   same                the kind that was asked for
//   call, params        a call of a method of the program, the parameters of a definition
//   #                   a number that no other row of the program has
//   [ ( ^ < |   )       opens the scope of a method, block, lambda, class or eval; closes it
//
// INVARIANT: every program ends. Loops and methods spend fuel (`tick`), which raises an exception
// of its own class when it is used up; what is stored again and again goes through `cut`.
// OWNERSHIP: a tree lives in the arena that it was made in.
#ifndef MX_TESTS_FUZZ_GENERATE_H
#define MX_TESTS_FUZZ_GENERATE_H

#include "runtime/base/arena.h"
#include "runtime/base/strbuf.h"

typedef enum GenKind {
#define KIND(id, hole, prefix, simplest) GEN_##id,
#include "tests/fuzz/grammar_kinds.def"
#undef KIND
  GEN_KIND_COUNT,
  GEN_LIST, // of statements, one a line
  GEN_TEXT, // fixed: a name
  GEN_JOIN, // the children behind each other
} GenKind;

// What a program is for.
typedef enum GenProfile {
  GEN_RUBY,     // all of Ruby: engine against engine
  GEN_METOREX,  // the extensions too: engine against engine
  GEN_PORTABLE, // only what Ruby 3.1 and 4.0 print alike
} GenProfile;

// When a row may be chosen: the context must have all of `IN_*`; the others are bans.
enum {
  ROW_IN_LOOP = 1 << 0,  // a loop or block is around: break, next, redo
  ROW_IN_DEF = 1 << 1,   // a method or lambda is around: return
  ROW_IN_YIELD = 1 << 2, // a def is around: yield, block_given?
  ROW_IN_CLASS = 1 << 3, // a class of the program is around: class variables, super
  ROW_NEEDS = (1 << 4) - 1,
  ROW_CALLS = 1 << 4,    // may run code that spends fuel: not in quiet places
  ROW_ONCE = 1 << 5,     // only where it runs at most once: not in loops, methods, blocks
  ROW_CHANGED = 1 << 6,  // Ruby 3.1 and 4.0 differ: not in the portable profile
  ROW_METOREX = 1 << 7,  // only in the metorex dialect
  ROW_PORTABLE = 1 << 8, // only in the portable profile
};

typedef struct GenRow {
  uint8_t kind;         // GenKind
  uint8_t weight;       // how often it is chosen among the rows of its kind
  uint16_t flags;       // ROW_*
  const char *template; // text with holes
} GenRow;

typedef struct GenNode GenNode;
struct GenNode {
  uint8_t kind;      // GenKind; SAME never
  uint32_t serial;   // what the hole # prints
  const GenRow *row; // template, NULL for lists, texts and joins
  const char *text;  // of GEN_TEXT, and of a node that a shrinker has simplified
  GenNode **kids;    // what fills the holes, in order
  uint32_t count;    // children in use
};

// Make the program of a seed.
GenNode *gen_program(Arena *arena, uint64_t seed, GenProfile profile);

// Append the text of a tree, indented.
void gen_print(const GenNode *node, StrBuf *out);

// The spelling that a shrinker puts in place of a node of the kind.
const char *gen_simplest(GenKind kind);

#endif
