// SPDX-License-Identifier: MIT
// Methods of the program: their parameters, and calls that fit them.
//
// Arguments are leaves: a method may come to call itself, and a leaf does not grow on the way. What
// a splat spreads is cut.
#include "tests/fuzz/gen_state.h"

// Keyword parameters, required and not: locals 5 and 6 of the kind ANY.
#define CALL_KEY "x5"
#define CALL_EXTRA_KEY "x6"

// Add one parameter or argument to a join, behind a comma unless it is the first.
static void call_add(Gen *g, GenNode *join, const char *before, GenNode *node) {
  if (join->count > 0)
    gen_add(join, gen_text(g, ", %s", before));
  else if (*before)
    gen_add(join, gen_text(g, "%s", before));
  gen_add(join, node);
}

GenNode *gen_optional(Gen *g, const char *name, const char *between, GenKind kind) {
  GenNode *join = gen_node(g, GEN_JOIN, 4);
  int number = name ? 0 : gen_free_number(g, kind);
  uint8_t bit = number < 8 && !name ? (uint8_t)(1 << number) : 0, before = g->hidden[kind];
  g->hidden[kind] |= bit;
  GenNode *value = gen_value(g, kind);
  g->hidden[kind] = before;
  g->scope->names[kind] |= bit;
  gen_add(join, name ? gen_text(g, "%s", name) : gen_local_named(g, kind, number));
  gen_add(join, gen_text(g, "%s(", between));
  gen_add(join, value);
  gen_add(join, gen_text(g, ")"));
  return join;
}

// Kind of a parameter.
static GenKind call_kind(Gen *g) { return gen_chance(g, 40) ? GEN_ANY : gen_below(g, GEN_OBJ); }

GenNode *gen_params(Gen *g, GenMethod *method) {
  GenNode *join = gen_node(g, GEN_JOIN, 32), *whole = gen_node(g, GEN_JOIN, 3);
  *method = (GenMethod){.defined = true, .required = (uint8_t)gen_below(g, 3)};
  for (int i = 0; i < method->required; i++)
    call_add(g, join, "", gen_new_local(g, call_kind(g), true));
  method->extra = (uint8_t)(gen_chance(g, 35) + gen_chance(g, 10));
  for (int i = 0; i < method->extra; i++)
    call_add(g, join, "", gen_optional(g, NULL, " = ", call_kind(g)));
  method->rest = gen_chance(g, 20);
  if (method->rest) call_add(g, join, "*", gen_new_local(g, GEN_ARR, true));
  if (method->rest && gen_chance(g, 30)) {
    call_add(g, join, "", gen_new_local(g, GEN_ANY, true));
    method->required++;
  }
  method->key = gen_chance(g, 12);
  if (method->key) call_add(g, join, "", gen_text(g, CALL_KEY ":"));
  method->extra_key = gen_chance(g, 15);
  if (method->extra_key) call_add(g, join, "", gen_optional(g, CALL_EXTRA_KEY, ": ", GEN_INT));
  g->scope->names[GEN_ANY] |= (uint8_t)(method->key << 5 | method->extra_key << 6);
  if (gen_chance(g, 10)) call_add(g, join, "**", gen_new_local(g, GEN_HASH, true));
  method->block = gen_chance(g, 40);
  if (method->block && gen_chance(g, 50)) call_add(g, join, "&", gen_new_local(g, GEN_PROC, true));
  gen_add(whole, gen_text(g, "("));
  gen_add(whole, join);
  gen_add(whole, gen_text(g, ")"));
  return whole;
}

// How many positional arguments to pass: what fits, or now and then one too many or too few.
static uint32_t call_count(Gen *g, const GenMethod *method) {
  uint32_t count = method->required + gen_below(g, method->extra + 1u);
  if (method->rest) count += gen_below(g, 3);
  if (gen_chance(g, 3)) count += 1;
  if (gen_chance(g, 3) && count > 0) count -= 1;
  return count;
}

// Add the elements of a value.
static void call_add_splat(Gen *g, GenNode *join, const char *stars, GenKind kind) {
  GenNode *cut = gen_node(g, GEN_JOIN, 3);
  gen_add(cut, gen_text(g, "%scut(", stars));
  gen_add(cut, gen_value(g, kind));
  gen_add(cut, gen_text(g, ")"));
  call_add(g, join, "", cut);
}

// Arguments in parentheses.
static GenNode *call_arguments(Gen *g, const GenMethod *method) {
  GenNode *join = gen_node(g, GEN_JOIN, 32);
  uint32_t count = call_count(g, method);
  if (count > 1 && gen_chance(g, 8))
    call_add_splat(g, join, "*", GEN_ARR);
  else
    for (uint32_t i = 0; i < count; i++) call_add(g, join, "", gen_leaf(g));
  if (method->key) call_add(g, join, CALL_KEY ": ", gen_leaf(g));
  if (method->extra_key && gen_chance(g, 50))
    call_add(g, join, CALL_EXTRA_KEY ": ", gen_literal(g, GEN_INT));
  if (gen_chance(g, 2)) call_add_splat(g, join, "**", GEN_HASH);
  return join;
}

GenNode *gen_call(Gen *g) {
  uint32_t number = gen_below(g, GEN_METHODS);
  for (int i = 0; i < GEN_METHODS && !g->methods[number].defined; i++)
    number = (number + 1) % GEN_METHODS;
  const GenMethod *method = &g->methods[number];
  GenNode *call = gen_node(g, GEN_JOIN, 4), *arguments = call_arguments(g, method);
  bool passed = method->block && gen_chance(g, 20);
  if (passed) call_add(g, arguments, "&", gen_value(g, GEN_PROC));
  gen_add(call, gen_text(g, "m%u(", number));
  gen_add(call, arguments);
  gen_add(call, gen_text(g, ")"));
  if (method->block && !passed && gen_chance(g, 90)) gen_add(call, gen_value(g, GEN_BLOCK));
  return call;
}
