// SPDX-License-Identifier: MIT
// Assignments: single, multiple, and `op=` on every kind of target.
//
// Order of evaluation is Ruby's: receivers and arguments of targets from left to right (places),
// then the values, then the stores from left to right. Places stay on the stack meanwhile.
#include "bytecode/compile_internal.h"

// ---- locals

void mx_compile_load_local(Compiler *c, uint32_t depth, uint32_t slot) {
  if (depth == 0)
    mx_emit_op1(&c->e, OP_LOAD_LOCAL, slot);
  else
    mx_emit_op2(&c->e, OP_GET_UPVALUE, slot, depth);
}

void mx_compile_store_local(Compiler *c, uint32_t depth, uint32_t slot) {
  if (depth == 0)
    mx_emit_op1(&c->e, OP_STORE_LOCAL, slot);
  else
    mx_emit_op2(&c->e, OP_SET_UPVALUE, slot, depth);
}

// ---- places

// A target's receiver and arguments on the stack.
typedef struct Place {
  const Node *target;
  uint32_t base;  // position on the stack of the first value
  uint32_t count; // values
  uint32_t flags; // CALL: OPF_*
} Place;

typedef VEC(Place) PlaceList;

// What V says of where a constant stands.
static ConstPlace assign_const_place(const NodeConstant *node) {
  if (node->base.flags & NF_TOP) return CONST_PLACE_TOP;
  return node->scope ? CONST_PLACE_SCOPE : CONST_PLACE_LEXICAL;
}

// Push what a target needs before its value is known.
static Place assign_place(Compiler *c, const Node *target) {
  Place place = {.target = target, .base = (uint32_t)c->e.depth};
  if (mx_ast_kind(target) == NODE_CONST) {
    mx_compile_node(c, ((const NodeConstant *)target)->scope, true);
    place.count = 1;
  } else if (mx_ast_kind(target) == NODE_CALL) {
    const NodeMethodCall *node = (const NodeMethodCall *)target;
    mx_compile_node(c, node->receiver, true); // there is one, or the call would be a local
    CallShape shape = mx_compile_args(c, &node->args, NULL);
    // The value is going to be put behind the arguments.
    if (shape.flags & OPF_SPLAT) mx_emit_op1(&c->e, OP_SPLAT, 1);
    bool to_self = mx_ast_kind(node->receiver) == NODE_SELF;
    place.count = 1 + shape.argc;
    place.flags = (shape.flags & ~(uint32_t)OPF_RUBY2) | (to_self ? OPF_FCALL : 0);
  }
  return place;
}

// [receiver args value] -> [result]: the setter of a call target.
static void assign_setter(Compiler *c, const Place *place) {
  const NodeMethodCall *node = (const NodeMethodCall *)place->target;
  bool index = (node->base.flags & NF_INDEX) != 0;
  compile_at(c, node->name_start);
  if (place->flags & OPF_SPLAT) {
    mx_emit_op(&c->e, OP_ARRAY_PUSH);
    mx_emit_op3(&c->e, OP_CALL_METHOD, mx_emit_name(&c->e, SYM_ASET), place->count - 1,
                place->flags);
    return;
  }
  if (index && place->count == 2 && (!(place->flags & OPF_FCALL) || c->unit->core)) {
    mx_emit_op(&c->e, OP_INDEX_SET);
    return;
  }
  Sym setter = index ? SYM_ASET : mx_sym_setter(&c->ec->vm->symtab, node->name);
  mx_emit_op3(&c->e, OP_CALL_METHOD, mx_emit_name(&c->e, setter), place->count,
              place->flags & ~(uint32_t)OPF_KW);
}

// Pop the top into a target that needs no place.
static void assign_simple(Compiler *c, const Node *target) {
  compile_at(c, target->span.start);
  switch (mx_ast_kind(target)) {
  case NODE_LOCAL: {
    const NodeLocalVariable *local = (const NodeLocalVariable *)target;
    mx_compile_store_local(c, local->depth, local->slot);
    break;
  }
  case NODE_IVAR:
    mx_emit_op1(&c->e, OP_STORE_IVAR,
                mx_emit_name(&c->e, ((const NodeInstanceVariable *)target)->name));
    break;
  case NODE_GVAR:
    mx_emit_op1(&c->e, OP_STORE_GLOBAL,
                mx_emit_name(&c->e, ((const NodeGlobalVariable *)target)->name));
    break;
  case NODE_CVAR:
    mx_emit_op1(&c->e, OP_STORE_CVAR,
                mx_emit_name(&c->e, ((const NodeClassVariable *)target)->name));
    break;
  default:
    MX_ASSERT(false, "a %s is no target", mx_ast_info(mx_ast_kind(target))->class_name);
    mx_emit_op(&c->e, OP_POP);
  }
}

// Store the top, which stays, under a constant whose scope lies just below.
static void assign_const(Compiler *c, const NodeConstant *node) {
  compile_at(c, node->base.span.start);
  mx_emit_op2(&c->e, OP_STORE_CONST, mx_emit_name(&c->e, node->name), assign_const_place(node));
}

// Push copies of a place that lies somewhere below.
static void assign_copy_place(Compiler *c, const Place *place) {
  for (uint32_t i = 0; i < place->count; i++)
    mx_emit_op1(&c->e, OP_PICK, (uint32_t)c->e.depth - 1 - (place->base + i));
}

// Pop the top into a target whose place, if it has one, lies somewhere below. A nil whose setter is
// called by `&.` takes nothing.
static void assign_from_top(Compiler *c, const Place *place) {
  if (place->count == 0) {
    assign_simple(c, place->target);
    return;
  }
  Label skip = mx_emit_label(&c->e);
  assign_copy_place(c, place);
  if (place->target->flags & NF_SAFE_NAV) mx_emit_op1(&c->e, OP_JUMP_IF_NIL, skip);
  mx_emit_op1(&c->e, OP_PICK, place->count);
  if (mx_ast_kind(place->target) == NODE_CONST) {
    assign_const(c, (const NodeConstant *)place->target);
  } else {
    assign_setter(c, place);
    mx_emit_bind(&c->e, skip);
    mx_emit_op(&c->e, OP_POP);
  }
  mx_emit_op(&c->e, OP_POP);
}

// ---- several targets

enum { SPREAD_FEW = 64 }; // targets at most whose values may be stored without an Array

// The target that a SPLAT stores into; any other node itself.
static const Node *spread_target(const Node *node) {
  return mx_ast_kind(node) == NODE_SPLAT ? ((const NodeSplat *)node)->value : node;
}

// Push the places of all targets, nested ones included, in order.
static void spread_places(Compiler *c, const NodeMultiTarget *node, PlaceList *places) {
  for (uint32_t i = 0; i < node->targets.count; i++) {
    const Node *target = spread_target(node->targets.at[i]);
    if (!target) continue;
    if (mx_ast_kind(target) == NODE_MULTI_TARGET)
      spread_places(c, (const NodeMultiTarget *)target, places);
    else
      vec_push(places, assign_place(c, target));
  }
}

// [value] -> []: take it apart and store the elements.
static void spread_stores(Compiler *c, const NodeMultiTarget *node, const PlaceList *places,
                          uint32_t *next) {
  uint32_t count = node->targets.count, splat = 0;
  while (splat < count && mx_ast_kind(node->targets.at[splat]) != NODE_SPLAT) splat++;
  bool open = splat < count;
  compile_at(c, node->base.span.start);
  mx_emit_op(&c->e, OP_TO_ARY);
  mx_emit_op3(&c->e, OP_SPREAD, splat, open, open ? count - splat - 1 : 0);
  for (uint32_t i = 0; i < count; i++) {
    const Node *target = spread_target(node->targets.at[i]);
    if (!target)
      mx_emit_op(&c->e, OP_POP);
    else if (mx_ast_kind(target) == NODE_MULTI_TARGET)
      spread_stores(c, (const NodeMultiTarget *)target, places, next);
    else
      assign_from_top(c, &places->at[(*next)++]);
  }
}

// Is every target a local or instance variable, each another one? Many are not looked at, since
// each is compared with the others.
static bool spread_is_simple(const NodeMultiTarget *node) {
  if (node->targets.count > SPREAD_FEW) return false;
  for (uint32_t i = 0; i < node->targets.count; i++) {
    const Node *target = node->targets.at[i];
    NodeKind kind = mx_ast_kind(target);
    if (kind != NODE_LOCAL && kind != NODE_IVAR) return false;
    for (uint32_t k = 0; k < i; k++)
      if (mx_ast_equal(node->targets.at[k], target)) return false;
  }
  return true;
}

// a, b = x, y with as many values as variables and nobody wanting an Array: no Array is made.
static bool spread_direct(Compiler *c, const NodeAssignment *node, bool want) {
  const NodeMultiTarget *target = (const NodeMultiTarget *)node->target;
  if (want || mx_ast_kind(node->value) != NODE_ARRAY || !spread_is_simple(target)) return false;
  const NodeList *values = &((const NodeArrayLiteral *)node->value)->elements;
  if (values->count != target->targets.count) return false;
  for (uint32_t i = 0; i < values->count; i++) {
    NodeKind kind = mx_ast_kind(values->at[i]);
    if (kind == NODE_SPLAT || kind == NODE_HASH) return false;
  }
  for (uint32_t i = 0; i < values->count; i++) mx_compile_node(c, values->at[i], true);
  for (uint32_t i = values->count; i-- > 0;) assign_simple(c, target->targets.at[i]);
  return true;
}

// a, b = values: places first, then the right side, then the stores.
static void assign_multi(Compiler *c, const NodeAssignment *node, bool want) {
  if (spread_direct(c, node, want)) return;
  const NodeMultiTarget *target = (const NodeMultiTarget *)node->target;
  PlaceList places = {0};
  uint32_t next = 0, base = (uint32_t)c->e.depth;
  spread_places(c, target, &places);
  uint32_t below = (uint32_t)c->e.depth - base;
  mx_compile_node(c, node->value, true);
  if (want) mx_emit_op(&c->e, OP_DUP);
  spread_stores(c, target, &places, &next);
  vec_free(&places);
  if (below > 0) mx_emit_op1(&c->e, want ? OP_DROP : OP_POP_N, below);
}

void mx_compile_store(Compiler *c, const Node *target) {
  PlaceList places = {0};
  uint32_t next = 0, base = (uint32_t)c->e.depth;
  if (mx_ast_kind(target) != NODE_MULTI_TARGET) {
    vec_push(&places, assign_place(c, target));
  } else {
    spread_places(c, (const NodeMultiTarget *)target, &places);
  }
  uint32_t below = (uint32_t)c->e.depth - base;
  if (below > 0) mx_emit_op1(&c->e, OP_PICK, below);
  if (mx_ast_kind(target) != NODE_MULTI_TARGET)
    assign_from_top(c, &places.at[0]);
  else
    spread_stores(c, (const NodeMultiTarget *)target, &places, &next);
  vec_free(&places);
  if (below > 0) mx_emit_op1(&c->e, OP_POP_N, below + 1);
}

// ---- one target

// [place value] -> [value] or []: store into a place just below the value.
static void assign_finish(Compiler *c, const Place *place, bool want) {
  if (place->count == 0) {
    if (want) mx_emit_op(&c->e, OP_DUP);
    assign_simple(c, place->target);
    return;
  }
  if (want) mx_emit_op1(&c->e, OP_TUCK, place->count);
  if (mx_ast_kind(place->target) == NODE_CONST) {
    assign_const(c, (const NodeConstant *)place->target);
    return;
  }
  assign_setter(c, place);
  mx_emit_op(&c->e, OP_POP);
}

// receiver&.name = value: nothing but nil when the receiver is nil.
static void assign_safe(Compiler *c, const NodeAssignment *node, bool want) {
  const NodeMethodCall *target = (const NodeMethodCall *)node->target;
  Label end = mx_emit_label(&c->e);
  Place place = {.target = node->target, .base = (uint32_t)c->e.depth, .count = 1};
  mx_compile_node(c, target->receiver, true);
  mx_emit_op1(&c->e, OP_JUMP_IF_NIL, end);
  mx_compile_node(c, node->value, true);
  assign_finish(c, &place, true);
  mx_emit_bind(&c->e, end);
  if (!want) mx_emit_op(&c->e, OP_POP);
}

void mx_compile_assign(Compiler *c, const NodeAssignment *node, bool want) {
  NodeKind kind = mx_ast_kind(node->target);
  if (kind == NODE_MULTI_TARGET) {
    assign_multi(c, node, want);
    return;
  }
  if (kind == NODE_CALL && node->target->flags & NF_SAFE_NAV) {
    assign_safe(c, node, want);
    return;
  }
  Place place = assign_place(c, node->target);
  mx_compile_node(c, node->value, true);
  if (node->annotation && c->unit->types)
    mx_compile_type_check(c, node->annotation, "variable", SYM_NONE);
  assign_finish(c, &place, want);
}

// ---- op=

// Push the present value of a target; its place stays below.
static void op_read(Compiler *c, const Place *place) {
  const Node *target = place->target;
  if (mx_ast_kind(target) == NODE_CALL) {
    const NodeMethodCall *node = (const NodeMethodCall *)target;
    mx_emit_op1(&c->e, OP_DUP_N, place->count);
    compile_at(c, node->name_start);
    if (node->base.flags & NF_INDEX && place->count == 2 && !place->flags)
      mx_emit_op(&c->e, OP_INDEX_GET);
    else
      mx_emit_op3(&c->e, OP_CALL_METHOD, mx_emit_name(&c->e, node->name), place->count - 1,
                  place->flags);
    return;
  }
  if (mx_ast_kind(target) != NODE_CONST || !((const NodeConstant *)target)->scope) {
    mx_compile_node(c, target, true);
    return;
  }
  mx_emit_op(&c->e, OP_DUP);
  compile_at(c, target->span.start);
  mx_emit_op1(&c->e, OP_LOAD_CONST_FROM, mx_emit_name(&c->e, ((const NodeConstant *)target)->name));
}

// For ||=: go to `assign` when reading the target would raise because it is not defined.
static void op_check_defined(Compiler *c, const Place *place, Label assign) {
  const Node *target = place->target;
  compile_at(c, target->span.start);
  if (mx_ast_kind(target) == NODE_CVAR) {
    uint32_t name = mx_emit_name(&c->e, ((const NodeClassVariable *)target)->name);
    mx_emit_op1(&c->e, OP_CVAR_DEFINED, name);
  } else if (mx_ast_kind(target) == NODE_CONST) {
    const NodeConstant *node = (const NodeConstant *)target;
    mx_emit_op(&c->e, OP_DUP);
    mx_emit_op2(&c->e, OP_CONST_DEFINED, mx_emit_name(&c->e, node->name), assign_const_place(node));
  } else {
    return;
  }
  mx_emit_op1(&c->e, OP_JUMP_IF_FALSE, assign);
}

// target ||= value, target &&= value, with the place on the stack. In dead code no jump tells the
// labels their depth, so it is set.
static void op_logical(Compiler *c, const NodeOpAssignment *node, const Place *place, bool want) {
  bool is_or = node->operator== SYM_OROR;
  int32_t depth = c->e.depth;
  Label assign = mx_emit_label(&c->e), kept = mx_emit_label(&c->e), end = mx_emit_label(&c->e);
  if (is_or) op_check_defined(c, place, assign);
  op_read(c, place);
  bool keeps = want || place->count > 0;
  OpCode jump = is_or ? (keeps ? OP_JUMP_IF_TRUE_KEEP : OP_JUMP_IF_TRUE)
                      : (keeps ? OP_JUMP_IF_FALSE_KEEP : OP_JUMP_IF_FALSE);
  mx_emit_op1(&c->e, jump, keeps && place->count > 0 ? kept : end);
  mx_emit_bind(&c->e, assign);
  mx_compile_node(c, node->value, true);
  assign_finish(c, place, want);
  if (place->count > 0) {
    mx_emit_op1(&c->e, OP_JUMP, end);
    c->e.depth = depth + 1;
    mx_emit_bind(&c->e, kept);
    if (want)
      mx_emit_op1(&c->e, OP_DROP, place->count);
    else
      mx_emit_op1(&c->e, OP_POP_N, place->count + 1);
  }
  mx_emit_bind(&c->e, end);
}

// target op= value, with the place on the stack.
static void op_value(Compiler *c, const NodeOpAssignment *node, const Place *place, bool want) {
  if (node->operator== SYM_OROR || node->operator== SYM_ANDAND) {
    op_logical(c, node, place, want);
    return;
  }
  op_read(c, place);
  mx_compile_node(c, node->value, true);
  compile_at(c, node->base.span.start);
  mx_compile_operator(c, node->operator);
  assign_finish(c, place, want);
}

void mx_compile_op_assign(Compiler *c, const NodeOpAssignment *node, bool want) {
  const Node *target = node->target;
  if (mx_ast_kind(target) != NODE_CALL || !(target->flags & NF_SAFE_NAV)) {
    Place place = assign_place(c, target);
    op_value(c, node, &place, want);
    return;
  }
  Label end = mx_emit_label(&c->e);
  Place place = {.target = target, .base = (uint32_t)c->e.depth, .count = 1};
  mx_compile_node(c, ((const NodeMethodCall *)target)->receiver, true);
  mx_emit_op1(&c->e, OP_JUMP_IF_NIL, end);
  op_value(c, node, &place, true);
  mx_emit_bind(&c->e, end);
  if (!want) mx_emit_op(&c->e, OP_POP);
}
