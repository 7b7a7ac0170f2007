// SPDX-License-Identifier: MIT
// The walker's centre: one case per kind of node; variables, statement lists, logic.
#include "frontend/steps.h"
#include "runtime/array.h"
#include "runtime/semantics.h"
#include "interp/constant.h"
#include "interp/match_vars.h"
#include "interp/profile.h"
#include "interp/program.h"
#include "interp/tree.h"
#include "interp/unwind.h"
#include "interp/variable.h"
#include "interp/watch.h"

// Tell hooks of a line that begins with a statement. A body is marked when one is first asked for.
static bool eval_line(ExecCtx *ec, Frame *fr, const Node *node) {
  Code *code = (Code *)(uintptr_t)fr->code;
  if (code->core) return true;
  if (!code->marked) mx_steps_mark(code->unit->source, code->node);
  code->marked = true;
  if (!(node->flags & NF_BEGINS_LINE)) return true;
  fr->site = mx_steps_site(node);
  return mx_watch_line(ec, fr, fr->site);
}

bool mx_tree_statement(ExecCtx *ec, Frame *fr, const Node *node) {
  return !mx_watch_wants(ec->vm, HOOK_LINE) || eval_line(ec, fr, node);
}

// Evaluate statements in order; the last one's value.
static Value eval_block(ExecCtx *ec, Frame *fr, const NodeBlock *node) {
  Value value = VAL_NIL;
  for (uint32_t i = 0; i < node->statements.count; i++) {
    if (!mx_tree_statement(ec, fr, node->statements.at[i])) return VAL_EXC;
    value = mx_tree_eval(ec, fr, node->statements.at[i]);
    if (val_is_exc(value)) break;
  }
  return value;
}

static Value eval_const(ExecCtx *ec, Frame *fr, const NodeConstant *node) {
  fr->site = node->base.span.start;
  if (node->base.flags & NF_TOP)
    return mx_constant_scoped(ec, val_from_ptr(ec->vm->cls.Object), node->name);
  if (!node->scope) return mx_constant_lookup(ec, fr->lex, node->name);
  Value scope = mx_tree_eval(ec, fr, node->scope);
  return val_is_exc(scope) ? scope : mx_constant_scoped(ec, scope, node->name);
}

// Evaluate a condition: 1, 0, or -1 when it raised.
static int eval_condition(ExecCtx *ec, Frame *fr, const Node *node) {
  Value v = mx_tree_eval(ec, fr, node);
  return val_is_exc(v) ? -1 : val_truthy(v);
}

static Value eval_if(ExecCtx *ec, Frame *fr, const NodeIf *node, bool wanted) {
  int holds = eval_condition(ec, fr, node->condition);
  if (holds < 0) return VAL_EXC;
  return mx_tree_eval(ec, fr, holds == wanted ? node->then_body : node->else_body);
}

static Value eval_and_or(ExecCtx *ec, Frame *fr, const NodeAnd *node, bool stop_on) {
  Value left = mx_tree_eval(ec, fr, node->left);
  if (val_is_exc(left) || val_truthy(left) == stop_on) return left;
  return mx_tree_eval(ec, fr, node->right);
}

static Value eval_case(ExecCtx *ec, Frame *fr, const Node *node) {
  const Node *body;
  return mx_tree_arm_body(ec, fr, node, &body) ? mx_tree_eval(ec, fr, body) : VAL_EXC;
}

// Flip-flop: a hidden local remembers whether the range is open.
static Value eval_flip_flop(ExecCtx *ec, Frame *fr, const NodeFlipFlop *node) {
  Value *state = mx_frame_local(fr, node->depth, node->slot);
  bool was_open = val_truthy(*state);
  if (!was_open) {
    int opens = eval_condition(ec, fr, node->first);
    if (opens <= 0) return opens < 0 ? VAL_EXC : VAL_FALSE;
    *mx_frame_local(fr, node->depth, node->slot) = VAL_TRUE;
    if (node->base.flags & NF_EXCLUSIVE) return VAL_TRUE;
  }
  int closes = eval_condition(ec, fr, node->last);
  if (closes < 0) return VAL_EXC;
  *mx_frame_local(fr, node->depth, node->slot) = val_bool(!closes);
  return VAL_TRUE;
}

// END { }: registered once; its value is nil.
static Value eval_end_block(ExecCtx *ec, Frame *fr, const NodeEndBlock *node) {
  Unit *unit = fr->code->unit;
  if (!unit->once) unit->once = mx_gc_alloc_words(sizeof(Value) * (unit->tree->node_count + 1));
  if (val_truthy(unit->once[node->base.id])) return VAL_NIL;
  unit->once[node->base.id] = VAL_TRUE;
  CallArgs args = {.flags = CALL_FCALL};
  Sym name = mx_sym(ec->vm, "at_exit");
  Value proc = mx_tree_send_block(ec, fr, fr->self, name, &args, node->function);
  return val_is_exc(proc) ? proc : VAL_NIL;
}

// /(?<name>...)/ =~ value: set the locals named as groups from the match.
static Value eval_match_write(ExecCtx *ec, Frame *fr, const NodeMatchWrite *node) {
  Value result = mx_tree_eval(ec, fr, node->call);
  if (val_is_exc(result)) return result;
  for (uint32_t i = 0; i < node->targets.count; i++) {
    const NodeLocalVariable *local = (const NodeLocalVariable *)node->targets.at[i];
    Value group = mx_match_written(ec, fr, result, local->name);
    if (val_is_exc(group)) return group;
    *mx_frame_local(fr, local->depth, local->slot) = group;
  }
  return result;
}

// if /re/: match against $_.
static Value eval_match_line(ExecCtx *ec, Frame *fr, const NodeMatchLastLine *node) {
  Value regexp = mx_tree_eval(ec, fr, node->regexp);
  if (val_is_exc(regexp)) return regexp;
  return mx_send1(ec, regexp, SYM_MATCH_OP, mx_match_var_get(ec, fr, SYM_g_line));
}

Value mx_tree_eval(ExecCtx *ec, Frame *fr, const Node *node) {
  if (!node) return VAL_NIL;
  if (MX_UNLIKELY(mx_interp(ec->vm)->tracer != NULL)) mx_trace_node(ec, fr, node);
  switch (mx_ast_kind(node)) {
  case NODE_BLOCK: return eval_block(ec, fr, (const NodeBlock *)node);
  case NODE_NIL: return VAL_NIL;
  case NODE_TRUE: return VAL_TRUE;
  case NODE_FALSE: return VAL_FALSE;
  case NODE_SELF: return fr->self;
  case NODE_LOCAL: {
    const NodeLocalVariable *local = (const NodeLocalVariable *)node;
    Value v = *mx_frame_local(fr, local->depth, local->slot);
    return val_is_undef(v) ? VAL_NIL : v;
  }
  case NODE_IVAR: return mx_ivar_get(ec, fr->self, ((const NodeInstanceVariable *)node)->name);
  case NODE_GVAR:
    fr->site = node->span.start;
    return mx_variable_global(ec, fr, ((const NodeGlobalVariable *)node)->name);
  case NODE_NTH_REF: return mx_match_nth(ec, fr, ((const NodeNthReference *)node)->index);
  case NODE_CVAR:
    fr->site = node->span.start;
    return mx_variable_class(ec, fr, ((const NodeClassVariable *)node)->name);
  case NODE_CONST: return eval_const(ec, fr, (const NodeConstant *)node);
  case NODE_ASSIGN: return mx_tree_assign(ec, fr, (const NodeAssignment *)node);
  case NODE_OP_ASSIGN: return mx_tree_op_assign(ec, fr, (const NodeOpAssignment *)node);
  case NODE_CALL: return mx_tree_call(ec, fr, (const NodeMethodCall *)node);
  case NODE_SUPER:
  case NODE_ZSUPER: return mx_tree_super(ec, fr, node);
  case NODE_YIELD: return mx_tree_yield(ec, fr, (const NodeYield *)node);
  case NODE_LAMBDA: return mx_tree_lambda(ec, fr, (const NodeLambda *)node);
  case NODE_IF: return eval_if(ec, fr, (const NodeIf *)node, true);
  case NODE_UNLESS: return eval_if(ec, fr, (const NodeIf *)node, false);
  case NODE_AND: return eval_and_or(ec, fr, (const NodeAnd *)node, false);
  case NODE_OR: return eval_and_or(ec, fr, (const NodeAnd *)node, true);
  case NODE_WHILE:
  case NODE_UNTIL: return mx_tree_while(ec, fr, node);
  case NODE_FOR: return mx_tree_for(ec, fr, (const NodeFor *)node);
  case NODE_CASE:
  case NODE_CASE_IN:
  case NODE_MATCH: return eval_case(ec, fr, node);
  case NODE_MATCH_PATTERN: return mx_tree_match_pattern(ec, fr, (const NodeMatchPattern *)node);
  case NODE_BEGIN: return mx_tree_begin(ec, fr, (const NodeBegin *)node);
  case NODE_RESCUE_MOD: return mx_tree_rescue_mod(ec, fr, (const NodeRescueModifier *)node);
  case NODE_BREAK:
  case NODE_NEXT:
  case NODE_REDO:
  case NODE_RETRY:
  case NODE_RETURN: return mx_tree_jump(ec, fr, node);
  case NODE_DEF: return mx_tree_def(ec, fr, (const NodeMethodDef *)node);
  case NODE_CLASS:
  case NODE_MODULE:
  case NODE_SCLASS: return mx_tree_class(ec, fr, node);
  case NODE_ALIAS: return mx_tree_alias(ec, fr, (const NodeAlias *)node);
  case NODE_UNDEF: return mx_tree_undef(ec, fr, (const NodeUndef *)node);
  case NODE_DEFINED: return mx_tree_defined(ec, fr, (const NodeDefined *)node);
  case NODE_MATCH_WRITE: return eval_match_write(ec, fr, (const NodeMatchWrite *)node);
  case NODE_FLIP_FLOP: return eval_flip_flop(ec, fr, (const NodeFlipFlop *)node);
  case NODE_MATCH_LINE: return eval_match_line(ec, fr, (const NodeMatchLastLine *)node);
  case NODE_EMBED: return mx_tree_eval(ec, fr, ((const NodeInterpolation *)node)->body);
  case NODE_BEGIN_BLOCK: return mx_tree_eval(ec, fr, ((const NodeBeginBlock *)node)->body);
  case NODE_END_BLOCK: return eval_end_block(ec, fr, (const NodeEndBlock *)node);
  case NODE_INTEGER:
  case NODE_FLOAT:
  case NODE_RATIONAL:
  case NODE_IMAGINARY:
  case NODE_STRING:
  case NODE_DSTRING:
  case NODE_XSTRING:
  case NODE_SYMBOL:
  case NODE_DSYMBOL:
  case NODE_REGEXP:
  case NODE_ARRAY:
  case NODE_HASH:
  case NODE_RANGE:
  case NODE_FILE:
  case NODE_LINE:
  case NODE_ENCODING:
  case NODE_QUOTE:
  case NODE_SPLICED: return mx_tree_literal(ec, fr, node);
  case NODE_ERROR:
  case NODE_PROGRAM:
  case NODE_SPLAT:
  case NODE_PAIR:
  case NODE_MULTI_TARGET:
  case NODE_DOUBLE_SPLAT:
  case NODE_BLOCK_PASS:
  case NODE_FORWARD_ARGS:
  case NODE_WHEN:
  case NODE_IN:
  case NODE_RESCUE:
  case NODE_PARAMS:
  case NODE_PARAM:
  case NODE_BLOCK_FN:
  case NODE_TYPE_UNION:
  case NODE_TYPE_GENERIC:
  case NODE_UNQUOTE:
  case NODE_PAT_VALUE:
  case NODE_PAT_BIND:
  case NODE_PAT_ARRAY:
  case NODE_PAT_FIND:
  case NODE_PAT_HASH:
  case NODE_PAT_PAIR:
  case NODE_PAT_SPLAT:
  case NODE_PAT_ALT:
  case NODE_PAT_CAPTURE:
  case NODE_COUNT: break;
  }
  MX_UNREACHABLE();
}

// Give a parameter that got no argument its default.
static bool run_default(ExecCtx *ec, Frame *fr, const NodeParameter *p) {
  if (!p->value || !val_is_undef(fr->locals[p->slot])) return true;
  fr->locals[p->slot] = VAL_NIL;
  Value v = mx_tree_eval(ec, fr, p->value);
  if (val_is_exc(v)) return false;
  fr->locals[p->slot] = v;
  return true;
}

// Take an argument apart for a parameter written as (a, b).
static bool run_destructure(ExecCtx *ec, Frame *fr, const NodeParameter *p) {
  return !p->target ||
         mx_tree_spread(ec, fr, (const NodeMultiTarget *)p->target, fr->locals[p->slot]);
}

// Evaluate defaults and destructuring parameters, in order.
static bool run_prologue(ExecCtx *ec, Frame *fr, const Params *params) {
  if (params->flags & PARAMS_DESTRUCTURES)
    for (uint32_t i = 0; i < params->count; i++)
      if (!run_destructure(ec, fr, params->list[i].node)) return false;
  if (params->opt == 0 && params->keys == 0) return true;
  for (uint32_t i = 0; i < params->count; i++)
    if (!run_default(ec, fr, params->list[i].node)) return false;
  return true;
}

// Check a method's result, which a `return` of its own or of a block may be on the way with.
static Value run_check_result(ExecCtx *ec, Frame *fr, Value result) {
  bool returns = val_is_exc(result) && fr->code->kind == CODE_METHOD;
  if (returns) result = mx_unwind_method(ec, fr);
  return val_is_exc(result) ? result : mx_tree_check_result(ec, fr, result);
}

// Run a body.
static Value run_code(ExecCtx *ec, Frame *fr) {
  const Code *code = fr->code;
  const Params *params = &code->params;
  bool block = code->kind == CODE_BLOCK || code->kind == CODE_FOR;
  mx_profile_tree_enter(ec, code);
  if (block && MX_UNLIKELY(ec->poll) && !mx_unwind_poll(ec)) return VAL_EXC;
  if (!(params->flags & PARAMS_SIMPLE) && !(fr->flags & FRAME_REDONE) &&
      !run_prologue(ec, fr, params))
    return VAL_EXC;
  if (ec->vm->options.check_types && params->flags & PARAMS_ANNOTATED &&
      !mx_tree_check_params(ec, fr))
    return VAL_EXC;
  if (code->kind == CODE_FOR &&
      !mx_tree_store(ec, fr, ((const NodeFor *)code->node)->target, fr->locals[0]))
    return VAL_EXC;
  const Node *body = mx_ast_body(code->node);
  Value result = mx_tree_has_tails(code) ? mx_tree_tail(ec, fr, body) : mx_tree_eval(ec, fr, body);
  return ec->vm->options.check_types ? run_check_result(ec, fr, result) : result;
}

Value mx_tree_run(ExecCtx *ec, Frame *fr) {
  bool begins = mx_watch_wants(ec->vm, HOOK_ALL) && !(fr->flags & FRAME_REDONE);
  Value result = !begins || mx_watch_begin(ec, fr) ? run_code(ec, fr) : VAL_EXC;
  return mx_watch_wants(ec->vm, HOOK_ALL) ? mx_watch_end(ec, fr, result) : result;
}
