// SPDX-License-Identifier: MIT
// Locals while parsing: declaring, finding, capturing; implicit and anonymous parameters.
//
// A local is resolved where it is read, to (depth, slot). So the slot numbers of an enclosing
// scope never change once given; scopes only grow.
#include "frontend/parser_internal.h"

#include <string.h>

enum { SCOPE_INDEXED = 64 }; // room for locals from which on they are found by an index

// -- the chain ----------------------------------------------------------------------------------

// Tell whether a scope sees nothing of those around it.
static bool scope_starts_chain(const Scope *scope) {
  return scope->kind == SCOPE_PROGRAM || scope->kind == SCOPE_METHOD || scope->kind == SCOPE_CLASS;
}

// Open a scope inside the current one.
void mx_scope_push(Parser *p, ScopeCtx *sc, ScopeKind kind) {
  Scope *scope = mx_arena_new(p->arena, Scope);
  scope->kind = kind;
  scope->parent = p->scope ? p->scope->scope : p->options->outer;
  scope->match_slot = scope->line_slot = SCOPE_NO_SLOT;
  scope->rest_slot = scope->keyrest_slot = scope->block_slot = scope->forward_slot = SCOPE_NO_SLOT;
  *sc = (ScopeCtx){.scope = scope, .up = p->scope};
  memset(sc->slots, 0xff, sizeof(sc->slots));
  p->scope = sc;
  if (kind == SCOPE_BLOCK && scope->parent) scope->parent->flags |= SCOPE_HAS_BLOCKS;
}

// Close the current scope.
void mx_scope_pop(Parser *p) { p->scope = p->scope->up; }

// Find the scope that starts the chain: the method's own.
static Scope *scope_method(Scope *scope) {
  while (!scope_starts_chain(scope) && scope->parent) scope = scope->parent;
  return scope;
}

// Find the outermost scope of this parse in the chain, where hidden locals may be added.
static Scope *scope_home(Parser *p, uint32_t *depth) {
  ScopeCtx *sc = p->scope;
  *depth = 0;
  while (sc->up && sc->scope->kind == SCOPE_BLOCK) {
    sc = sc->up;
    (*depth)++;
  }
  return sc->scope;
}

// -- declaring ----------------------------------------------------------------------------------

// Find the place of a name in the index: where it stands, or the empty one where it belongs.
static uint32_t *scope_index_place(const Scope *scope, Sym name) {
  uint32_t mask = 2 * scope->room - 1, at = name * 0x9E3779B1u & mask;
  while (scope->index[at] && scope->names[scope->index[at] - 1] != name) at = (at + 1) & mask;
  return &scope->index[at];
}

// Make room for more slots, and an index when there are many.
static void scope_grow(Parser *p, Scope *scope) {
  uint32_t room = scope->room ? scope->room * 2 : 8;
  Sym *names = mx_arena_array(p->arena, Sym, room);
  if (scope->count) memcpy(names, scope->names, scope->count * sizeof(Sym));
  scope->names = names;
  scope->room = room;
  if (room < SCOPE_INDEXED) return;
  scope->index = mx_arena_array(p->arena, uint32_t, 2 * room);
  memset(scope->index, 0, sizeof(uint32_t) * 2 * room);
  for (uint32_t i = 0; i < scope->count; i++) *scope_index_place(scope, names[i]) = i + 1;
}

// Append a slot to a scope.
uint32_t mx_scope_hidden(Parser *p, Scope *scope, Sym name) {
  if (scope->count == scope->room) scope_grow(p, scope);
  scope->names[scope->count] = name;
  if (scope->index) *scope_index_place(scope, name) = scope->count + 1;
  return scope->count++;
}

// Find a name in one scope.
static bool scope_lookup(const Scope *scope, Sym name, uint32_t *slot) {
  if (scope->index) {
    *slot = *scope_index_place(scope, name) - 1;
    return *slot != SCOPE_NO_SLOT;
  }
  for (uint32_t i = scope->count; i-- > 0;) {
    if (scope->names[i] != name) continue;
    *slot = i;
    return true;
  }
  return false;
}

// Add a local to the innermost scope, or find it there.
uint32_t mx_scope_declare(Parser *p, Sym name) {
  uint32_t slot;
  Scope *scope = p->scope->scope;
  return scope_lookup(scope, name, &slot) ? slot : mx_scope_hidden(p, scope, name);
}

// Tell whether a name is a local of the innermost scope itself.
bool mx_scope_has_own(const Parser *p, Sym name) {
  uint32_t slot;
  return scope_lookup(p->scope->scope, name, &slot);
}

// -- finding ------------------------------------------------------------------------------------

// Find a local in the chain; marks the scope it comes from when that is not the innermost.
bool mx_scope_find(Parser *p, Sym name, uint32_t *depth, uint32_t *slot) {
  *depth = 0;
  for (Scope *scope = p->scope->scope; scope; scope = scope->parent) {
    if (scope_lookup(scope, name, slot)) {
      if (*depth > 0) scope->flags |= SCOPE_CAPTURED;
      return true;
    }
    if (scope_starts_chain(scope)) return false;
    (*depth)++;
  }
  return false;
}

// Tell whether a name is a local here.
bool mx_scope_has(const Parser *p, Sym name) {
  uint32_t slot;
  for (const Scope *scope = p->scope->scope; scope; scope = scope->parent) {
    if (scope_lookup(scope, name, &slot)) return true;
    if (scope_starts_chain(scope)) return false;
  }
  return false;
}

// Make a local at a place.
static Node *scope_local_node(Parser *p, Sym name, uint32_t depth, uint32_t slot, Span span) {
  NodeLocalVariable *node = NEW(p, LocalVariable, LOCAL, span);
  node->name = name;
  node->depth = depth;
  node->slot = slot;
  return &node->base;
}

// Tell whether a name is _1 to _9.
bool mx_scope_is_numbered(const Parser *p, Sym name, int *number) {
  const char *text = mx_sym_text(p->symtab, name);
  if (text[0] != '_' || text[1] < '1' || text[1] > '9' || text[2] != 0) return false;
  *number = text[1] - '0';
  return true;
}

// Find the block that an implicit parameter belongs to, skipping for loops.
static ScopeCtx *scope_implicit_owner(Parser *p, uint32_t *depth) {
  ScopeCtx *sc = p->scope;
  for (*depth = 0; sc && sc->is_for; (*depth)++) sc = sc->up;
  return sc && sc->scope->kind == SCOPE_BLOCK ? sc : NULL;
}

// Make a read of a local, or give NULL when the name is none.
Node *mx_scope_read(Parser *p, Sym name, Span span) {
  uint32_t depth, slot;
  int number;
  if (mx_scope_is_numbered(p, name, &number) && scope_implicit_owner(p, &depth))
    return mx_scope_implicit(p, name, span);
  if (!mx_scope_find(p, name, &depth, &slot)) return NULL;
  return scope_local_node(p, name, depth, slot, span);
}

// Make a target of a local, declaring it when new; a for loop's locals live outside of it.
Node *mx_scope_target(Parser *p, Sym name, Span span) {
  uint32_t depth, slot;
  if (!mx_scope_find(p, name, &depth, &slot)) {
    ScopeCtx *sc = p->scope;
    for (depth = 0; sc->is_for; depth++) sc = sc->up;
    slot = mx_scope_hidden(p, sc->scope, name);
    if (depth > 0) sc->scope->flags |= SCOPE_CAPTURED;
  }
  return scope_local_node(p, name, depth, slot, span);
}

// -- implicit parameters ------------------------------------------------------------------------

// Refuse _N in a block that cannot have it; true when it is an error.
static bool scope_numbered_conflict(Parser *p, ScopeCtx *sc, Span span) {
  if (sc->has_params) {
    mx_parser_complain(p, span, NULL, "ordinary parameter is defined");
    return true;
  }
  if (sc->uses_it) {
    mx_parser_complain(p, span, NULL,
                       "numbered parameters are not allowed when 'it' is already used");
    return true;
  }
  if (sc->inner_numbered) {
    mx_parser_complain(p, span, NULL, "numbered parameter is already used in inner block");
    return true;
  }
  for (ScopeCtx *up = sc->up; up && up->scope->kind == SCOPE_BLOCK; up = up->up) {
    if (up->numbered == 0) continue;
    mx_parser_complain(p, span, NULL, "numbered parameter is already used in outer block");
    return true;
  }
  return false;
}

// Note the use of _N in a block and in the blocks around it.
static void scope_use_numbered(ScopeCtx *sc, int number, Span span) {
  if (sc->numbered < number) sc->numbered = (uint8_t)number;
  sc->implicit = span;
  for (ScopeCtx *up = sc->up; up && up->scope->kind == SCOPE_BLOCK; up = up->up)
    up->inner_numbered = true;
}

// Read `it` or _1 in a block without parameters; NULL when the name is a method there.
Node *mx_scope_implicit(Parser *p, Sym name, Span span) {
  int number = 0;
  uint32_t depth;
  ScopeCtx *sc = scope_implicit_owner(p, &depth);
  bool numbered = mx_scope_is_numbered(p, name, &number);
  if (!sc || (!numbered && name != SYM_it)) return NULL;
  if (numbered) {
    if (scope_numbered_conflict(p, sc, span)) return NULL;
    scope_use_numbered(sc, number, span);
  } else {
    if (sc->has_params) {
      mx_parser_complain(p, span, NULL,
                         "'it' is not allowed when an ordinary parameter is defined");
      return NULL;
    }
    if (sc->numbered > 0) {
      mx_parser_complain(p, span, NULL,
                         "'it' is not allowed when a numbered parameter is already used");
      return NULL;
    }
    sc->uses_it = true;
  }
  if (sc->slots[number] == SCOPE_NO_SLOT)
    sc->slots[number] = mx_scope_hidden(p, sc->scope, SYM_NONE);
  if (depth > 0) sc->scope->flags |= SCOPE_CAPTURED;
  Node *node = scope_local_node(p, name, depth, sc->slots[number], span);
  node->flags |= NF_IMPLICIT;
  return node;
}

// Make one parameter of a block that used implicit ones.
static Node *scope_implicit_param(Parser *p, ScopeCtx *sc, int number, Span span) {
  NodeParameter *param = NEW(p, Parameter, PARAM, span);
  char text[3] = {'_', (char)('0' + number), 0};
  param->kind = PARAM_REQ;
  param->name = number == 0 ? SYM_it : mx_sym_from_cstr(p->symtab, text);
  if (sc->slots[number] == SCOPE_NO_SLOT)
    sc->slots[number] = mx_scope_hidden(p, sc->scope, SYM_NONE);
  param->slot = sc->slots[number];
  param->base.flags |= NF_IMPLICIT;
  return &param->base;
}

// Make the parameter list that a block's uses of it or _1 imply; NULL when there is none.
Node *mx_scope_implicit_params(Parser *p, ScopeCtx *sc, Span span) {
  if (!sc->uses_it && sc->numbered == 0) return NULL;
  uint32_t mark = p->stack.count;
  NodeParameters *params = NEW(p, Parameters, PARAMS, span);
  params->base.flags |= NF_IMPLICIT;
  if (sc->uses_it) vec_push(&p->stack, scope_implicit_param(p, sc, 0, span));
  for (int i = 1; i <= sc->numbered; i++) vec_push(&p->stack, scope_implicit_param(p, sc, i, span));
  params->list = mx_parser_list(p, mark);
  return &params->base;
}

// -- hidden locals ------------------------------------------------------------------------------

// Note that the method can read $~ (or $_), and give it a home.
void mx_scope_use_match(Parser *p, bool line) {
  uint32_t depth;
  Scope *home = scope_home(p, &depth);
  scope_method(home)->flags |= SCOPE_USES_MATCH;
  uint32_t *slot = line ? &home->line_slot : &home->match_slot;
  if (*slot != SCOPE_NO_SLOT || home->kind == SCOPE_EVAL) return;
  *slot = mx_scope_hidden(p, home, line ? SYM_g_line : SYM_g_match);
}

// Set a flag of the scope that starts the chain.
void mx_scope_method_flag(Parser *p, uint16_t flag) {
  scope_method(p->scope->scope)->flags |= flag;
}

// Note that text run later may see every local from here outward.
static void scope_use_eval(Parser *p) {
  for (Scope *scope = p->scope->scope; scope; scope = scope->parent) {
    scope->flags |= SCOPE_USES_EVAL | SCOPE_CAPTURED;
    if (scope_starts_chain(scope)) break;
  }
  mx_scope_use_match(p, false);
  mx_scope_use_match(p, true);
}

// Note a call by name that looks at the caller's frame.
void mx_scope_note_call(Parser *p, Sym name) {
  switch (name) {
  case SYM_eval:
  case SYM_binding:
  case SYM_breakpoint:
  case SYM_instance_eval:
  case SYM_class_eval:
  case SYM_module_eval:
  case SYM_local_variables: scope_use_eval(p); break;
  case SYM_last_match: mx_scope_use_match(p, false); break;
  case SYM_block_given: mx_scope_method_flag(p, SCOPE_USES_YIELD); break;
  default: break;
  }
}

// Give the slot of an anonymous parameter of a scope.
static uint32_t scope_anonymous_slot(const Scope *scope, AnonKind kind) {
  switch (kind) {
  case ANON_REST: return scope->rest_slot;
  case ANON_KEYREST: return scope->keyrest_slot;
  case ANON_BLOCK: return scope->block_slot;
  case ANON_FORWARD: return scope->forward_slot;
  }
  return SCOPE_NO_SLOT;
}

// Read the hidden local of an anonymous parameter of the method around; NULL when there is none.
Node *mx_scope_anonymous(Parser *p, AnonKind kind, uint32_t offset, Span span) {
  uint32_t depth = 0;
  for (Scope *scope = p->scope->scope; scope; scope = scope->parent, depth++) {
    uint32_t slot = scope_anonymous_slot(scope, kind);
    if (slot != SCOPE_NO_SLOT) {
      static const char *const names[] = {"rest", "keyword rest", "block", "forwarding"};
      if (depth > 0) scope->flags |= SCOPE_CAPTURED;
      if (scope->kind == SCOPE_BLOCK)
        mx_parser_complain(p, span, NULL, "anonymous %s parameter is also used within block",
                           names[kind]);
      return scope_local_node(p, scope->names[slot + offset], depth, slot + offset, span);
    }
    if (scope_starts_chain(scope)) break;
  }
  return NULL;
}

// Turn a range in a condition into a flip-flop, which keeps its state in a hidden local.
Node *mx_scope_flip_flop(Parser *p, NodeRangeLiteral *range) {
  NodeFlipFlop *node = NEW(p, FlipFlop, FLIP_FLOP, range->base.span);
  Scope *home = scope_home(p, &node->depth);
  node->first = range->first;
  node->last = range->last;
  node->base.flags = range->base.flags;
  node->slot = mx_scope_hidden(p, home, SYM_NONE);
  if (node->depth > 0) home->flags |= SCOPE_CAPTURED;
  return &node->base;
}
