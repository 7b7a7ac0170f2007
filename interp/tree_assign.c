// SPDX-License-Identifier: MIT
// The walker's assignments: single, multiple, and `op=` on every kind of target.
//
// Order of evaluation is Ruby's: receivers and arguments of targets from left to right, then the
// values, then the stores from left to right.
#include "runtime/array.h"
#include "runtime/semantics.h"
#include "interp/constant.h"
#include "interp/ops.h"
#include "interp/tree.h"
#include "interp/variable.h"

// A target whose receiver and arguments have been evaluated.
typedef struct Place {
  const Node *target;
  Value receiver; // CALL: receiver; CONST with a scope: the scope
  CallArgs args;  // CALL: arguments, on the VM stack with room for one more
  bool skipped;   // receiver&.name with a nil receiver
} Place;

static bool assign_const(ExecCtx *ec, Frame *fr, const Place *place, Value value) {
  const NodeConstant *node = (const NodeConstant *)place->target;
  Value module = mx_constant_module(ec, fr->lex, mx_tree_const_place(node), place->receiver);
  return !val_is_exc(module) && mx_const_define(ec, VAL_CAST(ClassObj, module), node->name, value);
}

// Is it `array[i]` in core code, which means the built-in element whatever a program has made of
// the methods?
static bool assign_is_core_index(const Frame *fr, const Place *place) {
  const NodeMethodCall *node = (const NodeMethodCall *)place->target;
  return fr->lex->dialect == DIALECT_CORE && node->base.flags & NF_INDEX && place->args.argc == 1;
}

// Call the setter with the value behind the arguments.
static bool assign_call(ExecCtx *ec, Frame *fr, const Place *place, Value value) {
  const NodeMethodCall *node = (const NodeMethodCall *)place->target;
  if (place->skipped) return true;
  if (assign_is_core_index(fr, place)) {
    if (mx_ops_index_set_core(ec, place->receiver, place->args.argv[0], value)) return true;
    if (ec->unwind != UNWIND_NONE) return false;
  }
  Value *saved = ec->vsp;
  CallArgs args = place->args;
  Value *argv = ec->vsp;
  for (uint32_t i = 0; i < args.argc; i++)
    if (!mx_tree_push(ec, args.argv[i])) return false;
  if (!mx_tree_push(ec, value)) return false;
  args.argv = argv;
  args.argc++;
  args.flags &= ~(uint32_t)CALL_KW;
  fr->site = node->name_start;
  bool index = (node->base.flags & NF_INDEX) != 0;
  Sym setter = index ? SYM_ASET : mx_sym_setter(&ec->vm->symtab, node->name);
  Value result = mx_invoke_send(ec, place->receiver, setter, &args, fr->lex);
  ec->vsp = saved;
  return !val_is_exc(result);
}

// Evaluate what a target needs before its value is known. Arguments stay on the VM stack.
static bool assign_place(ExecCtx *ec, Frame *fr, const Node *target, Place *place) {
  *place = (Place){.target = target};
  if (mx_ast_kind(target) == NODE_CONST) {
    const Node *scope = ((const NodeConstant *)target)->scope;
    place->receiver = mx_tree_eval(ec, fr, scope);
    return !val_is_exc(place->receiver) && mx_tree_push(ec, place->receiver);
  }
  if (mx_ast_kind(target) != NODE_CALL) return true;
  const NodeMethodCall *node = (const NodeMethodCall *)target;
  place->receiver = node->receiver ? mx_tree_eval(ec, fr, node->receiver) : fr->self;
  if (val_is_exc(place->receiver) || !mx_tree_push(ec, place->receiver)) return false;
  place->skipped = node->base.flags & NF_SAFE_NAV && val_is_nil(place->receiver);
  bool to_self = !node->receiver || mx_ast_kind(node->receiver) == NODE_SELF;
  place->args.flags = to_self ? CALL_FCALL : 0;
  if (place->skipped) return true;
  return mx_tree_args(ec, fr, &node->args, &place->args); // a target takes no block
}

// Store into a place.
static bool assign_store(ExecCtx *ec, Frame *fr, const Place *place, Value value) {
  const Node *target = place->target;
  fr->site = target->span.start;
  switch (mx_ast_kind(target)) {
  case NODE_LOCAL: {
    const NodeLocalVariable *local = (const NodeLocalVariable *)target;
    *mx_frame_local(fr, local->depth, local->slot) = value;
    return true;
  }
  case NODE_IVAR:
    return mx_ivar_set(ec, fr->self, ((const NodeInstanceVariable *)target)->name, value);
  case NODE_GVAR:
    return mx_variable_set_global(ec, fr, ((const NodeGlobalVariable *)target)->name, value);
  case NODE_CVAR:
    return mx_variable_set_class(ec, fr, ((const NodeClassVariable *)target)->name, value);
  case NODE_CONST: return assign_const(ec, fr, place, value);
  case NODE_CALL: return assign_call(ec, fr, place, value);
  case NODE_MULTI_TARGET: return mx_tree_spread(ec, fr, (const NodeMultiTarget *)target, value);
  default:
    MX_ASSERT(false, "a %s is no target", mx_ast_info(mx_ast_kind(target))->class_name);
    return false;
  }
}

bool mx_tree_store(ExecCtx *ec, Frame *fr, const Node *target, Value value) {
  Value *saved = ec->vsp;
  Place place;
  bool fine = mx_tree_push(ec, value) && assign_place(ec, fr, target, &place) &&
              assign_store(ec, fr, &place, value);
  ec->vsp = saved;
  return fine;
}

// Evaluate the places of a MULTI_TARGET, nested ones included, in order, into an array.
static bool spread_places(ExecCtx *ec, Frame *fr, const NodeMultiTarget *node, Place **next) {
  for (uint32_t i = 0; i < node->targets.count; i++) {
    const Node *target = node->targets.at[i];
    if (mx_ast_kind(target) == NODE_SPLAT) target = ((const NodeSplat *)target)->value;
    if (!target) continue;
    if (mx_ast_kind(target) == NODE_MULTI_TARGET) {
      if (!spread_places(ec, fr, (const NodeMultiTarget *)target, next)) return false;
    } else if (!assign_place(ec, fr, target, (*next)++)) {
      return false;
    }
  }
  return true;
}

// Places that a MULTI_TARGET needs.
static uint32_t spread_count(const NodeMultiTarget *node) {
  uint32_t count = 0;
  for (uint32_t i = 0; i < node->targets.count; i++) {
    const Node *target = node->targets.at[i];
    if (mx_ast_kind(target) == NODE_SPLAT) target = ((const NodeSplat *)target)->value;
    if (!target) continue;
    bool nested = mx_ast_kind(target) == NODE_MULTI_TARGET;
    count += nested ? spread_count((const NodeMultiTarget *)target) : 1;
  }
  return count;
}

static bool spread_stores(ExecCtx *ec, Frame *fr, const NodeMultiTarget *node, Value value,
                          const Place **next);

// Store one element's value, going into nested targets.
static bool spread_store(ExecCtx *ec, Frame *fr, const Node *target, Value value,
                         const Place **next) {
  if (!target) return true;
  if (mx_ast_kind(target) == NODE_MULTI_TARGET)
    return spread_stores(ec, fr, (const NodeMultiTarget *)target, value, next);
  return assign_store(ec, fr, (*next)++, value);
}

// How many elements go to the targets before a splat, to one, and behind it.
static void spread_counts(const NodeList *targets, uint32_t counts[3]) {
  uint32_t at = 0;
  while (at < targets->count && mx_ast_kind(targets->at[at]) != NODE_SPLAT) at++;
  counts[0] = at;
  counts[1] = at < targets->count;
  counts[2] = targets->count - at - counts[1];
}

// Store the elements of a value into the prepared places.
static bool spread_stores(ExecCtx *ec, Frame *fr, const NodeMultiTarget *node, Value value,
                          const Place **next) {
  const NodeList *targets = &node->targets;
  Value array = mx_ops_to_ary(ec, value);
  if (val_is_exc(array)) return false;
  if ((size_t)(ec->vstack_end - ec->vsp) <= targets->count) {
    (void)mx_raise_stack_error(ec);
    return false;
  }
  uint32_t counts[3];
  spread_counts(targets, counts);
  ec->vsp = mx_ops_spread(ec, counts, array, ec->vsp);
  const Value *element = ec->vsp;
  for (uint32_t i = 0; i < targets->count; i++) {
    const Node *target = targets->at[i];
    if (mx_ast_kind(target) == NODE_SPLAT) target = ((const NodeSplat *)target)->value;
    if (!spread_store(ec, fr, target, *--element, next)) return false;
  }
  return true;
}

bool mx_tree_spread(ExecCtx *ec, Frame *fr, const NodeMultiTarget *node, Value value) {
  Value *saved = ec->vsp;
  Place *places = mx_gc_alloc_words(sizeof(Place) * (spread_count(node) + 1));
  Place *fill = places;
  const Place *next = places;
  bool fine = mx_tree_push(ec, value) && spread_places(ec, fr, node, &fill) &&
              spread_stores(ec, fr, node, value, &next);
  ec->vsp = saved;
  return fine;
}

// a, b = values: targets first, then the right side, then the stores.
static Value assign_multi(ExecCtx *ec, Frame *fr, const NodeAssignment *node) {
  const NodeMultiTarget *target = (const NodeMultiTarget *)node->target;
  Value *saved = ec->vsp;
  Place *places = mx_gc_alloc_words(sizeof(Place) * (spread_count(target) + 1));
  Place *fill = places;
  const Place *next = places;
  Value value = VAL_EXC;
  if (spread_places(ec, fr, target, &fill)) value = mx_tree_eval(ec, fr, node->value);
  if (!val_is_exc(value) &&
      (!mx_tree_push(ec, value) || !spread_stores(ec, fr, target, value, &next)))
    value = VAL_EXC;
  ec->vsp = saved;
  return value;
}

Value mx_tree_assign(ExecCtx *ec, Frame *fr, const NodeAssignment *node) {
  if (mx_ast_kind(node->target) == NODE_MULTI_TARGET) return assign_multi(ec, fr, node);
  Value *saved = ec->vsp;
  Place place;
  Value value = VAL_EXC;
  if (assign_place(ec, fr, node->target, &place)) {
    value = place.skipped ? VAL_NIL : mx_tree_eval(ec, fr, node->value);
    if (!val_is_exc(value) && node->annotation && ec->vm->options.check_types &&
        !mx_tree_check_type(ec, fr, node->annotation, value, "variable", SYM_NONE))
      value = VAL_EXC;
    if (!val_is_exc(value) && (!mx_tree_push(ec, value) || !assign_store(ec, fr, &place, value)))
      value = VAL_EXC;
  }
  ec->vsp = saved;
  return value;
}

// Read the present value of an op-assignment's target.
static Value op_read(ExecCtx *ec, Frame *fr, const Place *place) {
  const Node *target = place->target;
  if (mx_ast_kind(target) == NODE_CALL) {
    const NodeMethodCall *node = (const NodeMethodCall *)target;
    fr->site = node->name_start;
    if (assign_is_core_index(fr, place))
      return mx_tree_core_operator(ec, fr, SYM_AREF, place->receiver, place->args.argv[0]);
    return mx_invoke_send(ec, place->receiver, node->name, &place->args, fr->lex);
  }
  if (mx_ast_kind(target) == NODE_CONST && ((const NodeConstant *)target)->scope)
    return mx_constant_scoped(ec, place->receiver, ((const NodeConstant *)target)->name);
  return mx_tree_eval(ec, fr, target);
}

// For ||=: is the target set, so that reading it neither raises nor warns? false, true, VAL_EXC.
static Value op_is_set(ExecCtx *ec, Frame *fr, const Place *place) {
  const Node *target = place->target;
  fr->site = target->span.start;
  if (mx_ast_kind(target) == NODE_CVAR)
    return mx_variable_class_defined(ec, fr, ((const NodeClassVariable *)target)->name);
  if (mx_ast_kind(target) != NODE_CONST) return VAL_TRUE;
  const NodeConstant *node = (const NodeConstant *)target;
  return mx_constant_is_set(ec, fr->lex, node->name, mx_tree_const_place(node), place->receiver);
}

// New value of target op= value; *store is false when ||= or &&= keeps the old one.
static Value op_value(ExecCtx *ec, Frame *fr, const NodeOpAssignment *node, const Place *place,
                      bool *store) {
  *store = true;
  Value set = node->operator== SYM_OROR ? op_is_set(ec, fr, place) : VAL_TRUE;
  if (val_is_exc(set)) return set;
  if (set == VAL_FALSE) return mx_tree_eval(ec, fr, node->value);
  Value old = op_read(ec, fr, place);
  if (val_is_exc(old)) return old;
  if (node->operator== SYM_OROR || node->operator== SYM_ANDAND) {
    *store = val_truthy(old) == (node->operator== SYM_ANDAND);
    return *store ? mx_tree_eval(ec, fr, node->value) : old;
  }
  if (!mx_tree_push(ec, old)) return VAL_EXC;
  Value operand = mx_tree_eval(ec, fr, node->value);
  if (val_is_exc(operand)) return operand;
  fr->site = node->base.span.start;
  if (fr->lex->dialect == DIALECT_CORE)
    return mx_tree_core_operator(ec, fr, node->operator, old, operand);
  CallArgs args = {.argv = &operand, .argc = 1};
  return mx_invoke_send(ec, old, node->operator, & args, fr->lex);
}

Value mx_tree_op_assign(ExecCtx *ec, Frame *fr, const NodeOpAssignment *node) {
  Value *saved = ec->vsp;
  Place place;
  Value value = VAL_EXC;
  if (assign_place(ec, fr, node->target, &place)) {
    bool store = false;
    value = place.skipped ? VAL_NIL : op_value(ec, fr, node, &place, &store);
    if (!val_is_exc(value) && store && !place.skipped &&
        (!mx_tree_push(ec, value) || !assign_store(ec, fr, &place, value)))
      value = VAL_EXC;
  }
  ec->vsp = saved;
  return value;
}
