// SPDX-License-Identifier: MIT
// The walker's control flow: loops, case/when, begin/rescue/ensure, jumps.
#include "runtime/array.h"
#include "runtime/semantics.h"
#include "interp/ops.h"
#include "interp/tree.h"
#include "interp/unwind.h"
#include "interp/watch.h"

typedef enum LoopStep { LOOP_GO_ON, LOOP_DONE, LOOP_RAISED } LoopStep;

// Deal with a jump that ended a loop's body.
static LoopStep loop_jump(ExecCtx *ec, Frame *fr, Value *result) {
  if (ec->unwind_target != &fr->loop_depth) return LOOP_RAISED;
  if (ec->unwind == UNWIND_BREAK) {
    *result = mx_unwind_stop(ec);
    return LOOP_DONE;
  }
  if (ec->unwind != UNWIND_NEXT) return LOOP_RAISED;
  (void)mx_unwind_stop(ec);
  return LOOP_GO_ON;
}

// Run the body once, again after each redo.
static LoopStep loop_body(ExecCtx *ec, Frame *fr, const Node *body, Value *result) {
  for (;;) {
    if (!val_is_exc(mx_tree_eval(ec, fr, body))) return LOOP_GO_ON;
    if (ec->unwind != UNWIND_REDO || ec->unwind_target != &fr->loop_depth)
      return loop_jump(ec, fr, result);
    (void)mx_unwind_stop(ec);
  }
}

// Test the condition; `next` in it tests it again, `redo` in it goes to the body.
static LoopStep loop_test(ExecCtx *ec, Frame *fr, const Node *condition, bool wanted,
                          Value *result) {
  for (;;) {
    if (MX_UNLIKELY(ec->poll) && !mx_unwind_poll(ec)) return LOOP_RAISED;
    Value v = mx_tree_eval(ec, fr, condition);
    if (!val_is_exc(v)) return val_truthy(v) == wanted ? LOOP_GO_ON : LOOP_DONE;
    bool own = ec->unwind_target == &fr->loop_depth;
    bool again = own && ec->unwind == UNWIND_NEXT, redo = own && ec->unwind == UNWIND_REDO;
    if (!again && !redo) return loop_jump(ec, fr, result);
    (void)mx_unwind_stop(ec);
    if (redo) return LOOP_GO_ON;
  }
}

Value mx_tree_while(ExecCtx *ec, Frame *fr, const Node *node) {
  const NodeWhile *loop = (const NodeWhile *)node;
  bool wanted = mx_ast_kind(node) == NODE_WHILE;
  bool test_first = !(node->flags & NF_DO_WHILE);
  Value result = VAL_NIL;
  LoopStep step = LOOP_GO_ON;
  fr->loop_depth++;
  while (step == LOOP_GO_ON) {
    if (test_first) step = loop_test(ec, fr, loop->condition, wanted, &result);
    test_first = true;
    if (step == LOOP_GO_ON) step = loop_body(ec, fr, loop->body, &result);
  }
  fr->loop_depth--;
  return step == LOOP_RAISED ? VAL_EXC : result;
}

Value mx_tree_for(ExecCtx *ec, Frame *fr, const NodeFor *node) {
  Value iterable = mx_tree_eval(ec, fr, node->iterable);
  if (val_is_exc(iterable)) return iterable;
  CallArgs args = {0};
  return mx_tree_send_block(ec, fr, iterable, SYM_each, &args, &node->base);
}

int mx_tree_case_equal(ExecCtx *ec, Frame *fr, Value pattern, Value v) {
  if (!fr->lex->refinements && !ec->vm->hooked) return mx_case_equal(ec, pattern, v);
  // Hooks are told of the calls that bytecode makes.
  Value known = fr->lex->refinements ? VAL_UNDEF : mx_ops_case_equal(ec, fr, pattern, v);
  if (!val_is_undef(known)) return val_is_exc(known) ? -1 : val_truthy(known);
  CallArgs args = mx_args(1, &v);
  Value fits = mx_invoke_send(ec, pattern, SYM_EQQ, &args, fr->lex);
  return val_is_exc(fits) ? -1 : val_truthy(fits);
}

// `when *list`: does any element match?
static int case_splat(ExecCtx *ec, Frame *fr, const NodeSplat *node, Value subject) {
  Value list = mx_tree_splat(ec, fr, node);
  if (val_is_exc(list)) return -1;
  for (uint32_t i = 0; i < mx_array_len(list); i++) {
    Value pattern = mx_array_get(ec, list, i);
    int fits =
        val_is_undef(subject) ? val_truthy(pattern) : mx_tree_case_equal(ec, fr, pattern, subject);
    if (fits != 0) return fits;
  }
  return 0;
}

// Does one condition of a `when` hold? subject VAL_UNDEF: a case without one.
static int case_condition(ExecCtx *ec, Frame *fr, const Node *node, Value subject, Value *kept) {
  NodeKind kind = mx_ast_kind(node);
  if (kind == NODE_SPLAT) return case_splat(ec, fr, (const NodeSplat *)node, subject);
  if (kind >= NODE_PAT_VALUE && kind <= NODE_PAT_CAPTURE)
    return mx_tree_pattern(ec, fr, node, subject, kept);
  Value pattern = mx_tree_eval(ec, fr, node);
  if (val_is_exc(pattern)) return -1;
  if (val_is_undef(subject)) return val_truthy(pattern);
  fr->site = node->span.start;
  return mx_tree_case_equal(ec, fr, pattern, subject);
}

int mx_tree_guard(ExecCtx *ec, Frame *fr, const Node *guard) {
  if (!guard) return 1;
  Value v = mx_tree_eval(ec, fr, ((const NodeIf *)guard)->condition);
  if (val_is_exc(v)) return -1;
  return val_truthy(v) == (mx_ast_kind(guard) == NODE_IF);
}

int mx_tree_when(ExecCtx *ec, Frame *fr, const NodeWhen *when, Value subject, Value *kept) {
  int fits = 0;
  for (uint32_t i = 0; i < when->conditions.count && fits == 0; i++)
    fits = case_condition(ec, fr, when->conditions.at[i], subject, kept);
  return fits == 1 ? mx_tree_guard(ec, fr, when->guard) : fits;
}

bool mx_tree_case_body(ExecCtx *ec, Frame *fr, const NodeCase *node, const Node **body) {
  Value subject = node->subject ? mx_tree_eval(ec, fr, node->subject) : VAL_UNDEF;
  if (val_is_exc(subject)) return false;
  *body = node->else_body;
  for (uint32_t i = 0; i < node->whens.count; i++) {
    const NodeWhen *when = (const NodeWhen *)node->whens.at[i];
    int fits = mx_tree_when(ec, fr, when, subject, NULL);
    if (fits == 0) continue;
    *body = when->body;
    return fits > 0;
  }
  return true;
}

// Does one class or module of a rescue clause match the exception?
static int rescue_class(ExecCtx *ec, Frame *fr, Value klass, Value exception) {
  if (!val_is_class_or_module(klass)) {
    (void)mx_raise_type(ec, "class or module required for rescue clause");
    return -1;
  }
  if (fr->code->core) return mx_is_a(ec->vm, exception, VAL_CAST(ClassObj, klass));
  return mx_tree_case_equal(ec, fr, klass, exception);
}

// Does any class in a splatted list match?
static int rescue_splat(ExecCtx *ec, Frame *fr, const NodeSplat *node, Value exception) {
  Value list = mx_tree_splat(ec, fr, node);
  if (val_is_exc(list)) return -1;
  int fits = 0;
  for (uint32_t i = 0; i < mx_array_len(list) && fits == 0; i++)
    fits = rescue_class(ec, fr, mx_array_get(ec, list, i), exception);
  return fits;
}

// Does a rescue clause take the exception?
static int rescue_fits(ExecCtx *ec, Frame *fr, const NodeRescue *clause, Value exception) {
  if (clause->classes.count == 0) return mx_is_a(ec->vm, exception, ec->vm->cls.StandardError);
  int fits = 0;
  for (uint32_t i = 0; i < clause->classes.count && fits == 0; i++) {
    const Node *node = clause->classes.at[i];
    if (mx_ast_kind(node) == NODE_SPLAT) {
      fits = rescue_splat(ec, fr, (const NodeSplat *)node, exception);
      continue;
    }
    Value klass = mx_tree_eval(ec, fr, node);
    fits = val_is_exc(klass) ? -1 : rescue_class(ec, fr, klass, exception);
  }
  return fits;
}

// Run the clause that fits the pending exception; *handled says whether one did.
static Value begin_rescue(ExecCtx *ec, Frame *fr, const NodeBegin *node, bool *handled) {
  Value saved_error = ec->errinfo;
  Value exception = mx_exc_take(ec);
  *handled = true;
  for (uint32_t i = 0; i < node->rescues.count; i++) {
    const NodeRescue *clause = (const NodeRescue *)node->rescues.at[i];
    ec->errinfo = exception;
    int fits = rescue_fits(ec, fr, clause, exception);
    if (fits == 0) continue;
    Value result = VAL_EXC;
    bool told = fits <= 0 || !mx_watch_wants(ec->vm, HOOK_RESCUE);
    if (!told) fr->site = clause->base.span.start;
    if (!told && !mx_watch_rescue(ec, fr, exception)) fits = -1;
    if (fits > 0 && (!clause->target || mx_tree_store(ec, fr, clause->target, exception)))
      result = mx_tree_eval(ec, fr, clause->body);
    ec->errinfo = saved_error;
    return result;
  }
  *handled = false;
  ec->errinfo = saved_error;
  return mx_unwind_start(ec, UNWIND_RAISE, exception, NULL);
}

// Body, rescues and else, again after each retry.
static Value begin_body(ExecCtx *ec, Frame *fr, const NodeBegin *node) {
  for (;;) {
    Value *vsp = ec->vsp;
    uint32_t loop_depth = fr->loop_depth;
    Value result = mx_tree_eval(ec, fr, node->body);
    if (!val_is_exc(result))
      return node->base.flags & NF_HAS_ELSE || node->else_body
                 ? mx_tree_eval(ec, fr, node->else_body)
                 : result;
    if (ec->unwind != UNWIND_RAISE || node->rescues.count == 0) return result;
    ec->vsp = vsp;
    fr->loop_depth = loop_depth;
    bool handled;
    result = begin_rescue(ec, fr, node, &handled);
    if (!handled || !val_is_exc(result) || ec->unwind != UNWIND_RETRY) return result;
    (void)mx_unwind_stop(ec);
  }
}

// begin with an ensure clause.
static Value begin_ensure(ExecCtx *ec, Frame *fr, const NodeBegin *node) {
  Value result = begin_body(ec, fr, node);
  UnwindState pending = mx_unwind_save(ec);
  Value saved_error = ec->errinfo;
  if (val_is_exc(result) && pending.tag == UNWIND_RAISE) ec->errinfo = pending.value;
  Value ensured = mx_tree_eval(ec, fr, node->ensure_body);
  ec->errinfo = saved_error;
  if (val_is_exc(ensured)) return ensured;
  mx_unwind_restore(ec, pending);
  return result;
}

Value mx_tree_begin(ExecCtx *ec, Frame *fr, const NodeBegin *node) {
  if (node->rescues.count == 0 && !node->ensure_body) return begin_body(ec, fr, node);
  uint32_t guarded = fr->flags & FRAME_GUARDED;
  fr->flags |= FRAME_GUARDED;
  Value result = node->ensure_body ? begin_ensure(ec, fr, node) : begin_body(ec, fr, node);
  fr->flags = (fr->flags & ~(uint32_t)FRAME_GUARDED) | guarded;
  return result;
}

// body rescue value, without the guard.
static Value rescue_mod(ExecCtx *ec, Frame *fr, const NodeRescueModifier *node) {
  Value *vsp = ec->vsp;
  Value result = mx_tree_eval(ec, fr, node->body);
  if (!val_is_exc(result) || ec->unwind != UNWIND_RAISE ||
      !mx_is_a(ec->vm, ec->exc, ec->vm->cls.StandardError))
    return result;
  ec->vsp = vsp;
  Value saved_error = ec->errinfo;
  ec->errinfo = mx_exc_take(ec);
  bool told = !mx_watch_wants(ec->vm, HOOK_RESCUE) || mx_watch_rescue(ec, fr, ec->errinfo);
  if (told) result = mx_tree_eval(ec, fr, node->rescue_value);
  ec->errinfo = saved_error;
  return result;
}

Value mx_tree_rescue_mod(ExecCtx *ec, Frame *fr, const NodeRescueModifier *node) {
  uint32_t guarded = fr->flags & FRAME_GUARDED;
  fr->flags |= FRAME_GUARDED;
  Value result = rescue_mod(ec, fr, node);
  fr->flags = (fr->flags & ~(uint32_t)FRAME_GUARDED) | guarded;
  return result;
}

// break and next aim at the innermost loop of this activation, else at the block.
static Value jump_loop(ExecCtx *ec, Frame *fr, UnwindTag tag, Value value) {
  if (fr->loop_depth > 0) return mx_unwind_start(ec, tag, value, &fr->loop_depth);
  if (tag == UNWIND_BREAK) return mx_unwind_break(ec, fr, value);
  return mx_unwind_start(ec, tag, value, fr);
}

// The value of a return, whose call takes the frame's place when nothing is left to do behind it.
static Value jump_return_value(ExecCtx *ec, Frame *fr, const NodeReturn *node) {
  bool tail = mx_tree_has_tails(fr->code) && !(fr->flags & FRAME_GUARDED);
  return tail ? mx_tree_tail(ec, fr, node->value) : mx_tree_eval(ec, fr, node->value);
}

Value mx_tree_jump(ExecCtx *ec, Frame *fr, const Node *node) {
  NodeKind kind = mx_ast_kind(node);
  Value value = VAL_NIL;
  if (kind == NODE_RETURN) value = jump_return_value(ec, fr, (const NodeReturn *)node);
  if (kind == NODE_BREAK || kind == NODE_NEXT)
    value = mx_tree_eval(ec, fr, ((const NodeBreak *)node)->value);
  if (val_is_exc(value)) return value;
  fr->site = node->span.start;
  switch (kind) {
  case NODE_BREAK: return jump_loop(ec, fr, UNWIND_BREAK, value);
  case NODE_NEXT: return jump_loop(ec, fr, UNWIND_NEXT, value);
  case NODE_REDO: return jump_loop(ec, fr, UNWIND_REDO, VAL_NIL);
  case NODE_RETRY: return mx_unwind_start(ec, UNWIND_RETRY, VAL_NIL, fr);
  default: {
    Frame *target = mx_frame_return_target(ec, fr);
    if (target) return mx_unwind_start(ec, UNWIND_RETURN, value, target);
    mx_ivar_set_hidden(ec, ec->exc, SYM_iv_exit_value, value);
    return VAL_EXC;
  }
  }
}
