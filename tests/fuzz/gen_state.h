// SPDX-License-Identifier: MIT
// What the parts of the generator share while one program is made.
#ifndef MX_TESTS_FUZZ_GEN_STATE_H
#define MX_TESTS_FUZZ_GEN_STATE_H

#include "runtime/base/prng.h"
#include "tests/fuzz/generate.h"

enum {
  GEN_METHODS = 5,   // m0 to m4
  GEN_MAX_DEPTH = 6, // rows within rows; deeper ones have no holes
  GEN_MAX_KIDS = 12, // holes of a template, children of a join
};

typedef struct GenScope GenScope;
struct GenScope {
  GenScope *outer;               // enclosing scope
  bool opaque;                   // the locals of the enclosing one are not visible
  uint8_t names[GEN_KIND_COUNT]; // bit n: the local PREFIXn of the kind exists
  uint32_t context;              // ROW_* that hold here; of the bans, those in force
};

// How a method of the program wants to be called.
typedef struct GenMethod {
  bool defined;            // it may be called
  uint8_t required, extra; // positional parameters without and with a default
  bool rest;               // *rest
  bool key, extra_key;     // k1:, k2: 0
  bool block;              // it yields
} GenMethod;

typedef struct Gen {
  Prng prng;
  Arena *arena;                       // of the tree
  GenScope *scope;                    // innermost
  uint8_t hidden[GEN_KIND_COUNT];     // bits of locals that a default must not read: its own
  uint32_t depth;                     // rows being expanded
  int budget;                         // rows that may still be expanded with holes
  uint32_t serial;                    // newest number of a row
  GenMethod methods[GEN_METHODS];     // of the top level
  const GenRow **rows;                // all rows, grouped by kind
  uint32_t first[GEN_KIND_COUNT + 1]; // where a kind begins in rows
} Gen;

// Chance of percent in a hundred.
static inline bool gen_chance(Gen *g, uint32_t percent) {
  return mx_prng_below(&g->prng, 100) < percent;
}

// A number below bound.
static inline uint32_t gen_below(Gen *g, uint32_t bound) {
  return (uint32_t)mx_prng_below(&g->prng, bound);
}

// Make a node with room for children.
GenNode *gen_node(Gen *g, GenKind kind, uint32_t room);

// Make a fixed text.
GenNode *gen_text(Gen *g, const char *fmt, ...) MX_PRINTF(2, 3);

// Add a child; an absent one is not added.
void gen_add(GenNode *node, GenNode *kid);

// An expression of the kind, of SAME's rows too.
GenNode *gen_value(Gen *g, GenKind kind);

// A literal of the kind.
GenNode *gen_literal(Gen *g, GenKind kind);

// A literal or variable of any kind.
GenNode *gen_leaf(Gen *g);

// Number of a local variable that the innermost scope lacks; above 7 when it has them all.
int gen_free_number(Gen *g, GenKind kind);

// The name of a local variable.
GenNode *gen_local_named(Gen *g, GenKind kind, int number);

// A name for a local variable that the innermost scope does not have.
GenNode *gen_new_local(Gen *g, GenKind kind, bool declare);

// A parameter with a default, which may read the parameters before it; a new one if name is NULL.
GenNode *gen_optional(Gen *g, const char *name, const char *between, GenKind kind);

// Parameters of a definition of the method; whether it yields is decided here.
GenNode *gen_params(Gen *g, GenMethod *method);

// A call of some method; almost always with arguments that fit.
GenNode *gen_call(Gen *g);

#endif
