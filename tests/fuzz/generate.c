// SPDX-License-Identifier: MIT
// Choosing rows and filling their holes.
//
// Size is bounded twice: by depth, below which only rows without holes are chosen, and by a budget
// for each statement of the top level, so that the last one has as much to say as the first.
#include "tests/fuzz/generate.h"
#include "tests/fuzz/gen_state.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static const GenRow gen_table[] = {
#define ROW(kind, weight, flags, template) {GEN_##kind, weight, flags, template},
#define METHOD(kind, weight, receiver, call) {GEN_##kind, weight, 0, "`" receiver "`." call},
#include "tests/fuzz/grammar_classes.def"
#include "tests/fuzz/grammar_library.def"
#include "tests/fuzz/grammar_statements.def"
#include "tests/fuzz/grammar_values.def"
#undef METHOD
#undef ROW
};

// Columns of grammar_kinds.def.
static const struct {
  const char *hole, *prefix, *simplest;
} gen_kinds[] = {
#define KIND(id, hole, prefix, simplest) {hole, prefix, simplest},
#include "tests/fuzz/grammar_kinds.def"
#undef KIND
};

enum {
  GEN_VALUES = GEN_OBJ + 1, // the kinds before are those of values
  GEN_LOCALS = 4,           // variables of a kind that are tried first
  GEN_MISTAKES = 2,         // percent of holes that get a value of another kind
  GEN_ROOM = 18,            // budget of a statement of the top level
  GEN_MIN_TOPS = 4,         // statements of the top level, at least
  GEN_MORE_TOPS = 4,        // and up to so many more
  GEN_LETS = 4,             // variables that one row may declare at its end
};

// What belongs to the expansion of one row.
typedef struct GenFrame {
  GenKind same; // the kind that was asked for
  struct {
    GenScope *scope;
    GenKind kind;
    int number;
  } lets[GEN_LETS];   // to be declared
  uint32_t let_count; // of them in use
} GenFrame;

const char *gen_simplest(GenKind kind) {
  return kind < GEN_KIND_COUNT ? gen_kinds[kind].simplest : "";
}

GenNode *gen_node(Gen *g, GenKind kind, uint32_t room) {
  GenNode *node = mx_arena_new(g->arena, GenNode);
  node->kind = (uint8_t)kind;
  if (room) node->kids = mx_arena_array(g->arena, GenNode *, room);
  return node;
}

GenNode *gen_text(Gen *g, const char *fmt, ...) {
  char text[128];
  va_list args;
  va_start(args, fmt);
  int len = vsnprintf(text, sizeof text, fmt, args);
  va_end(args);
  GenNode *node = gen_node(g, GEN_TEXT, 0);
  node->text = mx_arena_copy(g->arena, text, (size_t)len);
  return node;
}

void gen_add(GenNode *node, GenNode *kid) {
  if (kid) node->kids[node->count++] = kid;
}

// --- Local variables ----------------------------------------------------------------------------

// Bits of the locals of a kind that are visible.
static uint8_t gen_visible(const Gen *g, GenKind kind) {
  uint8_t names = 0;
  for (const GenScope *scope = g->scope; scope; scope = scope->outer) {
    names |= scope->names[kind];
    if (scope->opaque) break;
  }
  return names & (uint8_t)~g->hidden[kind];
}

// An existing local variable of the kind, or NULL.
static GenNode *gen_local(Gen *g, GenKind kind) {
  uint8_t names = gen_visible(g, kind);
  if (!names) return NULL;
  uint32_t number;
  do number = gen_below(g, 8);
  while (!(names >> number & 1));
  return gen_text(g, "%s%u", gen_kinds[kind].prefix, number);
}

int gen_free_number(Gen *g, GenKind kind) {
  uint8_t names = g->scope->names[kind] | g->hidden[kind];
  int number = (int)gen_below(g, GEN_LOCALS);
  for (int tries = 0; names >> number & 1; number = (number + 1) & 7)
    if (++tries > 7) return 10 + (int)++g->serial;
  return number;
}

GenNode *gen_local_named(Gen *g, GenKind kind, int number) {
  return gen_text(g, "%s%d", gen_kinds[kind].prefix, number);
}

GenNode *gen_new_local(Gen *g, GenKind kind, bool declare) {
  int number = gen_free_number(g, kind);
  if (declare && number < 8) g->scope->names[kind] |= (uint8_t)(1 << number);
  return gen_local_named(g, kind, number);
}

// A local variable that exists from the end of the row on.
static GenNode *gen_let(Gen *g, GenFrame *frame, GenKind kind) {
  int number = gen_free_number(g, kind);
  if (number < 8 && frame->let_count < GEN_LETS) {
    frame->lets[frame->let_count].scope = g->scope;
    frame->lets[frame->let_count].kind = kind;
    frame->lets[frame->let_count++].number = number;
  }
  return gen_local_named(g, kind, number);
}

// Open a scope; what it changes in the context depends on its mark.
static void gen_open_scope(Gen *g, char mark) {
  uint32_t context = g->scope->context;
  switch (mark) {
  case '[':
    context = (context & ~(uint32_t)ROW_IN_LOOP) | ROW_IN_DEF | ROW_IN_YIELD | ROW_ONCE;
    break;
  case '(': context |= ROW_IN_LOOP | ROW_ONCE; break;
  case '^': context |= ROW_IN_LOOP | ROW_IN_DEF | ROW_ONCE; break;
  case '<': context = (context & ~(uint32_t)ROW_NEEDS) | ROW_IN_CLASS; break;
  case '|': context = (context & ~(uint32_t)(ROW_IN_LOOP | ROW_IN_YIELD)) | ROW_ONCE; break;
  }
  GenScope *scope = mx_arena_new(g->arena, GenScope);
  *scope = (GenScope){.outer = g->scope, .opaque = mark == '[' || mark == '<', .context = context};
  g->scope = scope;
}

// --- Rows ---------------------------------------------------------------------------------------

// Whether a row has no holes but a number.
static bool gen_is_leaf(const GenRow *row) {
  const char *hole = strchr(row->template, '`');
  return !hole || (hole[1] == '#' && !strchr(hole + 3, '`'));
}

// Whether the context lets a row be chosen.
static bool gen_allows(const Gen *g, const GenRow *row) {
  uint32_t context = g->scope->context, needs = row->flags & ROW_NEEDS;
  uint32_t bans = row->flags & ~(uint32_t)ROW_NEEDS;
  return (needs & ~context) == 0 && (bans & context) == 0;
}

// Choose a row of the kind by weight, or NULL if none is allowed.
static const GenRow *gen_choose(Gen *g, GenKind kind, bool leaf) {
  const GenRow *allowed[256];
  uint32_t count = 0, total = 0;
  for (uint32_t i = g->first[kind]; i < g->first[kind + 1] && count < 256; i++) {
    if (!gen_allows(g, g->rows[i]) || (leaf && !gen_is_leaf(g->rows[i]))) continue;
    allowed[count++] = g->rows[i];
    total += g->rows[i]->weight;
  }
  if (!count) return NULL;
  uint32_t at = gen_below(g, total), i = 0;
  for (; at >= allowed[i]->weight; i++) at -= allowed[i]->weight;
  return allowed[i];
}

static GenNode *gen_expand(Gen *g, const GenRow *row, GenKind same);

// Whether what is made now should end soon.
static bool gen_is_deep(const Gen *g) { return g->depth > GEN_MAX_DEPTH || g->budget <= 0; }

// Expand a row of the kind; one without holes where the program is deep enough.
static GenNode *gen_of(Gen *g, GenKind kind) {
  const GenRow *row = gen_choose(g, kind, gen_is_deep(g));
  if (!row) row = gen_choose(g, kind, false);
  MX_ASSERT(row, "no row of %s fits", gen_kinds[kind].hole);
  return gen_expand(g, row, kind);
}

GenNode *gen_literal(Gen *g, GenKind kind) {
  if (kind == GEN_ANY) kind = (GenKind)gen_below(g, GEN_VALUES);
  return gen_expand(g, gen_choose(g, kind, true), kind);
}

GenNode *gen_leaf(Gen *g) {
  GenKind kind = (GenKind)gen_below(g, GEN_VALUES);
  GenNode *local = gen_chance(g, 70) ? gen_local(g, kind) : NULL;
  return local ? local : gen_literal(g, kind);
}

// Exchange the kind now and then: programs must be wrong, too. A size is never a large number.
static GenKind gen_mistake(Gen *g, GenKind kind) {
  if (kind > GEN_TINY || !gen_chance(g, GEN_MISTAKES)) return kind;
  if (kind == GEN_TINY) return (GenKind)(GEN_STR + gen_below(g, GEN_OBJ - GEN_STR));
  return (GenKind)gen_below(g, GEN_VALUES);
}

GenNode *gen_value(Gen *g, GenKind kind) {
  kind = gen_mistake(g, kind);
  bool deep = gen_is_deep(g);
  if (kind == GEN_ANY && (deep || gen_chance(g, 65))) kind = (GenKind)gen_below(g, GEN_VALUES);
  if (kind <= GEN_ANY && gen_chance(g, deep ? 75 : 30)) {
    GenNode *local = gen_local(g, kind);
    if (local) return local;
  }
  if (kind <= GEN_ANY && !deep && gen_chance(g, 12))
    return gen_expand(g, gen_choose(g, GEN_SAME, false), kind);
  return gen_of(g, kind);
}

// --- Lists --------------------------------------------------------------------------------------

// A list of nodes of the kind, with an expression behind them unless last is LIST.
static GenNode *gen_list(Gen *g, GenKind kind, uint32_t count, GenKind last) {
  GenNode *list = gen_node(g, GEN_LIST, count + 1);
  for (uint32_t i = 0; i < count && (i == 0 || !gen_is_deep(g)); i++)
    gen_add(list, gen_of(g, kind));
  if (last != GEN_LIST) gen_add(list, gen_value(g, last));
  return list;
}

// A list of statements: one to three, none to two before an expression.
static GenNode *gen_body(Gen *g, GenKind last) {
  uint32_t count = gen_below(g, 3) + (last == GEN_LIST);
  return gen_list(g, GEN_STMT, count, last);
}

// Make something in a context that has more bits.
static GenNode *gen_within(Gen *g, uint32_t bits, GenNode *(*make)(Gen *, GenKind), GenKind kind) {
  uint32_t context = g->scope->context;
  GenScope *scope = g->scope;
  scope->context |= bits;
  GenNode *node = make(g, kind);
  scope->context = context;
  return node;
}

// --- Holes --------------------------------------------------------------------------------------

// The kind that a hole names.
static GenKind gen_kind_named(const GenFrame *frame, const char *name, size_t len) {
  for (int kind = 0; kind < GEN_KIND_COUNT; kind++)
    if (strlen(gen_kinds[kind].hole) == len && memcmp(gen_kinds[kind].hole, name, len) == 0)
      return kind == GEN_SAME ? frame->same : (GenKind)kind;
  MX_ASSERT(false, "unknown hole %.*s", (int)len, name);
  return GEN_ANY;
}

// Whether the hole is the word, with or without a kind behind it.
static bool gen_hole_is(const char *hole, const char *word) {
  size_t len = strlen(word);
  return strncmp(hole, word, len) == 0 && (hole[len] == '`' || hole[len] == ':');
}

// The parameters of a new method, or of a new version of one; its name stands before them.
static GenNode *gen_definition(Gen *g) {
  uint32_t number = gen_below(g, GEN_METHODS);
  GenNode *join = gen_node(g, GEN_JOIN, 2);
  gen_add(join, gen_text(g, "m%u", number));
  gen_add(join, gen_params(g, &g->methods[number]));
  return join;
}

// A parameter with a default.
static GenNode *gen_default(Gen *g, GenKind kind) { return gen_optional(g, NULL, " = ", kind); }

// Fill a hole that has a kind behind a word.
static GenNode *gen_fill_of_kind(Gen *g, GenFrame *frame, const char *hole, GenKind kind) {
  if (gen_hole_is(hole, "body")) return gen_body(g, kind);
  if (gen_hole_is(hole, "lit")) return gen_literal(g, kind);
  if (gen_hole_is(hole, "new")) return gen_new_local(g, kind, true);
  if (gen_hole_is(hole, "opt")) return gen_within(g, ROW_CALLS, gen_default, kind);
  if (gen_hole_is(hole, "let")) return gen_let(g, frame, kind);
  if (gen_hole_is(hole, "calm")) return gen_within(g, ROW_CALLS, gen_value, kind);
  MX_ASSERT(gen_hole_is(hole, "var"), "unknown hole %.10s", hole);
  GenNode *local = gen_local(g, kind);
  return local ? local : gen_new_local(g, kind, true);
}

// Fill a hole; NULL for one that only opens or closes a scope, or prints a number.
static GenNode *gen_fill(Gen *g, GenFrame *frame, const char *hole, const char *end) {
  if (*hole == '#') return NULL;
  if (*hole == ')') {
    g->scope = g->scope->outer;
    return NULL;
  }
  if (strchr("[(^<|", *hole)) {
    gen_open_scope(g, *hole);
    return NULL;
  }
  const char *colon = memchr(hole, ':', (size_t)(end - hole));
  if (colon)
    return gen_fill_of_kind(g, frame, hole,
                            gen_kind_named(frame, colon + 1, (size_t)(end - colon - 1)));
  if (gen_hole_is(hole, "body")) return gen_body(g, GEN_LIST);
  if (gen_hole_is(hole, "loop")) return gen_within(g, ROW_IN_LOOP | ROW_ONCE, gen_body, GEN_LIST);
  if (gen_hole_is(hole, "calm")) return gen_within(g, ROW_CALLS, gen_body, GEN_LIST);
  if (gen_hole_is(hole, "members")) return gen_list(g, GEN_MEMBER, 2 + gen_below(g, 4), GEN_LIST);
  if (gen_hole_is(hole, "leaf")) return gen_leaf(g);
  if (gen_hole_is(hole, "call")) return gen_call(g);
  if (gen_hole_is(hole, "params")) return gen_definition(g);
  return gen_value(g, gen_kind_named(frame, hole, (size_t)(end - hole)));
}

// Make a node of a row: fill its holes from left to right.
static GenNode *gen_expand(Gen *g, const GenRow *row, GenKind same) {
  GenNode *node = gen_node(g, row->kind == GEN_SAME ? same : (GenKind)row->kind, GEN_MAX_KIDS);
  GenFrame frame = {.same = same};
  node->row = row;
  node->serial = ++g->serial;
  g->depth++;
  if (!gen_is_leaf(row)) g->budget--;
  for (const char *hole = strchr(row->template, '`'); hole;) {
    const char *end = strchr(++hole, '`');
    gen_add(node, gen_fill(g, &frame, hole, end));
    hole = strchr(end + 1, '`');
  }
  for (uint32_t i = 0; i < frame.let_count; i++)
    frame.lets[i].scope->names[frame.lets[i].kind] |= (uint8_t)(1 << frame.lets[i].number);
  g->depth--;
  return node;
}

// --- Programs -----------------------------------------------------------------------------------

// Group the rows by kind.
static void gen_index_rows(Gen *g) {
  uint32_t count = 0;
  g->rows = mx_arena_array(g->arena, const GenRow *, MX_COUNT_OF(gen_table));
  for (int kind = 0; kind < GEN_KIND_COUNT; kind++) {
    g->first[kind] = count;
    for (size_t i = 0; i < MX_COUNT_OF(gen_table); i++)
      if (gen_table[i].kind == kind) g->rows[count++] = &gen_table[i];
  }
  g->first[GEN_KIND_COUNT] = count;
}

// What every program begins with: the rows of PROLOGUE, and a variable or two of each kind.
static void gen_begin_program(Gen *g, GenNode *program) {
  for (uint32_t i = g->first[GEN_PROLOGUE]; i < g->first[GEN_PROLOGUE + 1]; i++)
    if (gen_allows(g, g->rows[i])) gen_add(program, gen_expand(g, g->rows[i], GEN_PROLOGUE));
  for (int kind = 0; kind < GEN_VALUES; kind++) {
    if (gen_chance(g, 25)) continue;
    GenNode *join = gen_node(g, GEN_JOIN, 3);
    gen_add(join, gen_new_local(g, (GenKind)kind, true));
    gen_add(join, gen_text(g, " = "));
    gen_add(join, gen_literal(g, (GenKind)kind));
    gen_add(program, join);
  }
}

GenNode *gen_program(Arena *arena, uint64_t seed, GenProfile profile) {
  GenScope top = {.context = (profile == GEN_PORTABLE ? ROW_CHANGED : ROW_PORTABLE) |
                             (profile == GEN_METOREX ? 0 : ROW_METOREX)};
  Gen g = {.arena = arena, .scope = &top};
  mx_prng_seed(&g.prng, seed);
  gen_index_rows(&g);
  uint32_t count = GEN_MIN_TOPS + gen_below(&g, GEN_MORE_TOPS + 1);
  GenNode *program = gen_node(&g, GEN_LIST, 64);
  gen_begin_program(&g, program);
  for (uint32_t i = 0; i < count; i++) {
    g.budget = GEN_ROOM;
    gen_add(program, gen_of(&g, GEN_TOP));
  }
  // What no handler is around ends some programs with an exception.
  g.budget = GEN_ROOM;
  if (gen_chance(&g, 30)) gen_add(program, gen_of(&g, GEN_STMT));
  return program;
}
