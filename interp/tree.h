// SPDX-License-Identifier: MIT
// The tree walker: the reference engine. Each function evaluates one kind of node by the plainest
// reading of the language; there is no cache at any call site and no second path.
//
// Returns the value, or VAL_EXC with what is unwinding in ec. `fr` is the running frame.
#ifndef MX_INTERP_TREE_H
#define MX_INTERP_TREE_H

#include "frontend/parser.h"
#include "bytecode/opcodes.h"
#include "interp/invoke.h"

// Wrap a parsed tree.
MX_FUNC Unit *mx_unit_new(ExecCtx *ec, Ast *tree, Value file, bool core);
// Code of a scope node; parent: the code it stands in.
MX_FUNC Code *mx_code_for(ExecCtx *ec, Unit *unit, const Node *node, const Code *parent);

// Code of a unit's program; NULL + LoadError.
MX_FUNC const Code *mx_unit_program(ExecCtx *ec, Unit *unit);

// Evaluate a node; NULL evaluates to nil.
MX_FUNC MX_MUST_CHECK Value mx_tree_eval(ExecCtx *ec, Frame *fr, const Node *node);
// A statement of a list is about to be evaluated: hooks may want to know.
MX_FUNC MX_MUST_CHECK bool mx_tree_statement(ExecCtx *ec, Frame *fr, const Node *node);
// Evaluate a node in tail position of a method under `# tail_calls: true`.
MX_FUNC MX_MUST_CHECK Value mx_tree_tail(ExecCtx *ec, Frame *fr, const Node *node);
// Does the code make tail calls?
static inline bool mx_tree_has_tails(const Code *code) {
  return code->kind == CODE_METHOD && code->unit->tree->flags & TREE_TAIL_CALLS;
}
// CodeRun of the walker: defaults of parameters, then the body.
MX_FUNC MX_MUST_CHECK Value mx_tree_run(ExecCtx *ec, Frame *fr);

// Print a node that is evaluated next, under --trace-ast.
MX_FUNC void mx_trace_node(ExecCtx *ec, Frame *fr, const Node *node);

// Where a constant stands that is written like this.
static inline ConstPlace mx_tree_const_place(const NodeConstant *node) {
  if (node->base.flags & NF_TOP) return CONST_PLACE_TOP;
  return node->scope ? CONST_PLACE_SCOPE : CONST_PLACE_LEXICAL;
}

// Parts of the walker, by file.
MX_FUNC MX_MUST_CHECK Value mx_tree_call(ExecCtx *ec, Frame *fr, const NodeMethodCall *node);
MX_FUNC MX_MUST_CHECK Value mx_tree_super(ExecCtx *ec, Frame *fr, const Node *node);
MX_FUNC MX_MUST_CHECK Value mx_tree_yield(ExecCtx *ec, Frame *fr, const NodeYield *node);
MX_FUNC MX_MUST_CHECK Value mx_tree_lambda(ExecCtx *ec, Frame *fr, const NodeLambda *node);
MX_FUNC MX_MUST_CHECK Value mx_tree_send_block(ExecCtx *ec, Frame *fr, Value receiver, Sym name,
                                               CallArgs *args, const Node *block_fn);

// CALL_* flags that the form of a call asks for.
MX_FUNC uint32_t mx_tree_call_flags(const Frame *fr, const NodeMethodCall *node);
// Receiver of a call: self when none is written. "text".freeze gets the shared String.
MX_FUNC MX_MUST_CHECK Value mx_tree_receiver(ExecCtx *ec, Frame *fr, const NodeMethodCall *node);
// Arguments pushed on the VM stack; ec->vsp is to be reset to args->argv afterwards.
MX_FUNC MX_MUST_CHECK bool mx_tree_args(ExecCtx *ec, Frame *fr, const NodeList *list,
                                        CallArgs *args);
// Block of a &value argument of the call at site.
MX_FUNC MX_MUST_CHECK bool mx_tree_block_pass(ExecCtx *ec, Frame *fr, const NodeBlockPass *node,
                                              uint32_t site, const Block **out);
// Push one Value on the VM stack; false + SystemStackError when it is full.
MX_FUNC MX_MUST_CHECK bool mx_tree_push(ExecCtx *ec, Value v);
// [*value] as a value of its own (a = *b).
MX_FUNC MX_MUST_CHECK Value mx_tree_splat(ExecCtx *ec, Frame *fr, const NodeSplat *node);
// Array of a list of elements that may hold splats.
MX_FUNC MX_MUST_CHECK Value mx_tree_array(ExecCtx *ec, Frame *fr, const NodeList *list);
MX_FUNC MX_MUST_CHECK Value mx_tree_hash(ExecCtx *ec, Frame *fr, const NodeList *pairs);

MX_FUNC MX_MUST_CHECK Value mx_tree_assign(ExecCtx *ec, Frame *fr, const NodeAssignment *node);
MX_FUNC MX_MUST_CHECK Value mx_tree_op_assign(ExecCtx *ec, Frame *fr, const NodeOpAssignment *node);
// Store into a target; attribute and index targets evaluate their receiver and arguments now.
MX_FUNC MX_MUST_CHECK bool mx_tree_store(ExecCtx *ec, Frame *fr, const Node *target, Value value);
// Spread a value over a MULTI_TARGET.
MX_FUNC MX_MUST_CHECK bool mx_tree_spread(ExecCtx *ec, Frame *fr, const NodeMultiTarget *target,
                                          Value value);

MX_FUNC MX_MUST_CHECK Value mx_tree_while(ExecCtx *ec, Frame *fr, const Node *node);
MX_FUNC MX_MUST_CHECK Value mx_tree_for(ExecCtx *ec, Frame *fr, const NodeFor *node);
// The body of the clause that fits the subject, NULL for none; false when something raised.
MX_FUNC MX_MUST_CHECK bool mx_tree_case_body(ExecCtx *ec, Frame *fr, const NodeCase *node,
                                             const Node **body);
// pattern === v, as the refinements of the place have it. 1, 0, -1 raised.
MX_FUNC int mx_tree_case_equal(ExecCtx *ec, Frame *fr, Value pattern, Value v);
// Does a WHEN fit the subject (VAL_UNDEF for a case without one)? 1, 0, -1 raised.
// kept: as in mx_tree_pattern.
MX_FUNC int mx_tree_when(ExecCtx *ec, Frame *fr, const NodeWhen *when, Value subject, Value *kept);
// Does a guard hold? NULL does. 1, 0, -1 raised.
MX_FUNC int mx_tree_guard(ExecCtx *ec, Frame *fr, const Node *guard);
MX_FUNC MX_MUST_CHECK Value mx_tree_begin(ExecCtx *ec, Frame *fr, const NodeBegin *node);
MX_FUNC MX_MUST_CHECK Value mx_tree_rescue_mod(ExecCtx *ec, Frame *fr,
                                               const NodeRescueModifier *node);
MX_FUNC MX_MUST_CHECK Value mx_tree_jump(ExecCtx *ec, Frame *fr, const Node *node);

// Likewise of case/in and of the metorex dialect's match, which raise when nothing fits.
MX_FUNC MX_MUST_CHECK bool mx_tree_case_in_body(ExecCtx *ec, Frame *fr, const NodeCaseIn *node,
                                                const Node **body);
MX_FUNC MX_MUST_CHECK bool mx_tree_match_body(ExecCtx *ec, Frame *fr, const NodeMatch *node,
                                              const Node **body);
// Any of the three.
static inline MX_MUST_CHECK bool mx_tree_arm_body(ExecCtx *ec, Frame *fr, const Node *node,
                                                  const Node **body) {
  if (mx_ast_kind(node) == NODE_CASE)
    return mx_tree_case_body(ec, fr, (const NodeCase *)node, body);
  if (mx_ast_kind(node) == NODE_CASE_IN)
    return mx_tree_case_in_body(ec, fr, (const NodeCaseIn *)node, body);
  return mx_tree_match_body(ec, fr, (const NodeMatch *)node, body);
}
MX_FUNC MX_MUST_CHECK Value mx_tree_match_pattern(ExecCtx *ec, Frame *fr,
                                                  const NodeMatchPattern *node);
// Test a pattern and bind its variables: 1 fits, 0 does not, -1 raised.
// kept: what v's deconstruct gave, for the other patterns that look at it; false before it is
// asked. NULL: there are none.
MX_FUNC int mx_tree_pattern(ExecCtx *ec, Frame *fr, const Node *pattern, Value v, Value *kept);

MX_FUNC MX_MUST_CHECK Value mx_tree_def(ExecCtx *ec, Frame *fr, const NodeMethodDef *node);
MX_FUNC MX_MUST_CHECK Value mx_tree_class(ExecCtx *ec, Frame *fr, const Node *node);
MX_FUNC MX_MUST_CHECK Value mx_tree_alias(ExecCtx *ec, Frame *fr, const NodeAlias *node);
MX_FUNC MX_MUST_CHECK Value mx_tree_undef(ExecCtx *ec, Frame *fr, const NodeUndef *node);

// --check-types: TypeError when a parameter or result does not fit its annotation.
MX_FUNC MX_MUST_CHECK bool mx_tree_check_params(ExecCtx *ec, Frame *fr);
MX_FUNC MX_MUST_CHECK Value mx_tree_check_result(ExecCtx *ec, Frame *fr, Value result);
MX_FUNC MX_MUST_CHECK bool mx_tree_check_type(ExecCtx *ec, Frame *fr, const Node *type, Value v,
                                              const char *what, Sym name);

// A string without interpolation: the one that equal ones share when frozen, else a new one.
MX_FUNC Value mx_tree_string(ExecCtx *ec, const NodeStringLiteral *node, bool frozen);
MX_FUNC MX_MUST_CHECK Value mx_tree_literal(ExecCtx *ec, Frame *fr, const Node *node);
MX_FUNC MX_MUST_CHECK Value mx_tree_defined(ExecCtx *ec, Frame *fr, const NodeDefined *node);

// As mx_eval_parse; what was found is in *diags, which is empty before and is freed by the caller.
MX_FUNC Unit *mx_eval_parse_diags(ExecCtx *ec, Value text, Value file, int32_t first_line,
                                  const ParseOptions *options, DiagList *diags);
// Parse a text that was parsed before; NULL when it has errors, and nothing is said about them.
MX_FUNC const Ast *mx_eval_reparse(ExecCtx *ec, const Source *source, const ParseOptions *options);
// Print warnings of the parser, as the options ask for them.
MX_FUNC void mx_eval_warnings(ExecCtx *ec, const Diag *diags, uint32_t count, const Source *source);
// Parse text into a unit; NULL + SyntaxError with all diagnostics rendered.
MX_FUNC Unit *mx_eval_parse(ExecCtx *ec, Value text, Value file, int32_t first_line,
                            const ParseOptions *options);
// Parse text that is to run in a binding; NULL + SyntaxError.
MX_FUNC Unit *mx_eval_parse_in(ExecCtx *ec, const BindingObj *binding, Value text, const char *file,
                               int32_t line);
// Run a unit at the top level, in a scope of its own.
MX_FUNC MX_MUST_CHECK Value mx_eval_run_top(ExecCtx *ec, Unit *unit);
// Run a unit that was parsed for a binding. New locals stay: the binding gets the eval's Env.
MX_FUNC MX_MUST_CHECK Value mx_eval_run_in(ExecCtx *ec, BindingObj *binding, Unit *unit);

#endif
