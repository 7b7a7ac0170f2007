// SPDX-License-Identifier: MIT
// What the parts of the compiler share: the body being compiled, its contexts, entry points.
//
// Every mx_compile_* of a node leaves one value on the stack when `want` is true and none
// otherwise, whether control comes to its end or not.
#ifndef MX_BYTECODE_COMPILE_INTERNAL_H
#define MX_BYTECODE_COMPILE_INTERNAL_H

#include "frontend/ast.h"
#include "bytecode/compile.h"
#include "bytecode/emit.h"

typedef enum ContextKind {
  CONTEXT_LOOP,    // while, until
  CONTEXT_RESCUED, // a rescue takes what is raised in it
  CONTEXT_ENSURE,  // guarded by an ensure: leaving runs it
  CONTEXT_RESTORE, // $! was set: leaving restores it
  CONTEXT_RETRY,   // rescue clause: retry goes to a label
} ContextKind;

// What surrounds the code being compiled, inside its body; innermost first.
typedef struct Context {
  ContextKind kind;     // what it is
  struct Context *prev; // the one around it, NULL for none
  uint32_t depth;       // stack: below the loop or begin; RESTORE: position of the old $!
  bool want;            // LOOP: its value is used
  Label break_label;    // LOOP
  Label next_label;     // LOOP; RETRY: where to go
  Label redo_label;     // LOOP
  Label handler;        // RESCUED, ENSURE: its code
  uint32_t range;     // RESCUED, ENSURE, RESTORE: of mx_emit_try; CONTEXT_NO_RANGE: not guarded now
  const Node *clause; // ENSURE: what leaving runs
} Context;

enum { CONTEXT_NO_RANGE = UINT32_MAX };

// What becomes of a node's value.
typedef enum Use {
  USE_NONE,  // dropped
  USE_VALUE, // left on the stack
  USE_TAIL,  // left on the stack as the value of a method under # tail_calls
} Use;

// The match whose patterns are being compiled, as far as they look at its subject.
typedef struct Matching {
  uint32_t kept; // values on the stack up to the subject's parts, which are kept; 0: they are not
  bool explains; // its failure says why
} Matching;

typedef struct Compiler {
  Emit e;                  // the chunk being assembled
  ExecCtx *ec;             // for constants
  const CompileUnit *unit; // what is asked of the text
  const Node *node;        // scope node of the body
  BodyInfo info;           // what the node says
  Context *context;        // innermost, NULL at the body's own level
  Label start;             // body behind the prologue: `redo` of a block
  Matching matching;       // of the pattern being compiled
  Label end;               // RETURN of the value at the top
  bool is_lambda;          // a lambda literal: return ends it
  bool unfolding;          // inside the unfolded form of a FOLD
} Compiler;

// Arguments of a call as they were compiled.
typedef struct CallShape {
  uint32_t argc;  // values pushed for them
  uint32_t flags; // OPF_*
  bool forwards;  // the block of `...` lies at the top
} CallShape;

// New instructions come from this place in the source.
static inline void compile_at(Compiler *c, uint32_t site) { c->e.site = site; }

// ---- compile_expr.c
// What stands in front of a statement's code; mx_emit_end_step follows it.
MX_FUNC void mx_compile_begin_statement(Compiler *c, const Node *node);
// Any node.
MX_FUNC void mx_compile_node(Compiler *c, const Node *node, bool want);
// Number of the nested body that a scope node is.
MX_FUNC uint32_t mx_compile_enter_body(Compiler *c, const void *node);
// Go to the label if the node's truth is `sense`; else go on.
MX_FUNC void mx_compile_condition(Compiler *c, const Node *node, bool sense, Label label);
// Push a value that is known.
MX_FUNC void mx_compile_constant(Compiler *c, Value v);
// A node whose evaluation has no effect and cannot fail.
MX_FUNC bool mx_compile_is_simple(const Node *node);

// ---- compile_literal.c
// A node that is a literal.
MX_FUNC void mx_compile_literal(Compiler *c, const Node *node);
// Push an Array of the elements, splats among them.
MX_FUNC void mx_compile_array(Compiler *c, const NodeList *elements);
// Push a Hash of the pairs, double splats among them.
MX_FUNC void mx_compile_hash(Compiler *c, const NodeList *pairs);
// A string without interpolation: the constant that equal ones share when frozen, else a copy.
MX_FUNC void mx_compile_string(Compiler *c, const NodeStringLiteral *node, bool frozen);
// Join the parts of an interpolated literal.
MX_FUNC void mx_compile_parts(Compiler *c, const NodeList *parts);
// Those of a String literal: what is joined begins in the source's encoding.
MX_FUNC void mx_compile_text(Compiler *c, const NodeList *parts);

// ---- compile_shared.c
// Push a literal that a method is called on without making it anew, if the method allows that;
// false: nothing was emitted. block: whether the call has a literal block.
MX_FUNC bool mx_compile_shared(Compiler *c, const Node *literal, Sym name, bool block);

// ---- compile_call.c
// A call in any form, blocks and safe navigation included.
MX_FUNC void mx_compile_call(Compiler *c, const NodeMethodCall *node);
// super with or without arguments.
MX_FUNC void mx_compile_super(Compiler *c, const Node *node);
// A yield.
MX_FUNC void mx_compile_yield(Compiler *c, const NodeYield *node);
// A call in tail position.
MX_FUNC void mx_compile_tail_call(Compiler *c, const NodeMethodCall *node);
// Push the arguments of a call; `block` is its block or NULL.
MX_FUNC CallShape mx_compile_args(Compiler *c, const NodeList *args, const Node *block);
// OPF_* for the form of a call.
MX_FUNC uint32_t mx_compile_call_flags(const Compiler *c, const NodeMethodCall *node);
// [a b] -> [a op b] for any operator name.
MX_FUNC void mx_compile_operator(Compiler *c, Sym name);
// Call self's method with values already pushed and a literal block.
MX_FUNC void mx_compile_send_block(Compiler *c, Sym name, uint32_t argc, uint32_t flags,
                                   const Node *block);

// Is the call an operator with so many arguments, whose instruction stands for it?
MX_FUNC bool mx_compile_is_operator(const Compiler *c, const NodeMethodCall *node, uint32_t argc);

// ---- compile_fold.c
// An operator of literals, folded under guard; false when the call is none: nothing was emitted.
MX_FUNC bool mx_compile_fold(Compiler *c, const NodeMethodCall *node);
// The parts of an interpolated string likewise.
MX_FUNC bool mx_compile_fold_text(Compiler *c, const NodeList *parts);
// Truth of a node that is a literal: 1 or 0; -1 for any other.
MX_FUNC int mx_compile_known_truth(const Node *node);

// ---- compile_assign.c
// target = value, for one target or many.
MX_FUNC void mx_compile_assign(Compiler *c, const NodeAssignment *node, bool want);
// target op= value, ||= and &&= included.
MX_FUNC void mx_compile_op_assign(Compiler *c, const NodeOpAssignment *node, bool want);
// Pop the top into a target.
MX_FUNC void mx_compile_store(Compiler *c, const Node *target);
// Push a local that lies `depth` scopes out.
MX_FUNC void mx_compile_load_local(Compiler *c, uint32_t depth, uint32_t slot);
// Pop into a local that lies `depth` scopes out.
MX_FUNC void mx_compile_store_local(Compiler *c, uint32_t depth, uint32_t slot);

// ---- compile_control.c
// if, unless (sense false) and the ternary.
MX_FUNC void mx_compile_if(Compiler *c, const NodeIf *node, bool sense, bool want);
// while and until, with the condition in front or behind.
MX_FUNC void mx_compile_while(Compiler *c, const Node *node, bool want);
// case with when.
MX_FUNC void mx_compile_case(Compiler *c, const NodeCase *node, Use use);
// break, next, redo, retry, return.
MX_FUNC void mx_compile_jump(Compiler *c, const Node *node, bool want);
// A range as a condition.
MX_FUNC void mx_compile_flip_flop(Compiler *c, const NodeFlipFlop *node);
// Test the conditions and guard of a `when` on the subject at the top (none when there is no
// subject); go to the label, with the stack as it is, if it does not fit.
MX_FUNC void mx_compile_when(Compiler *c, const NodeWhen *when, bool subject, Matching matching,
                             Label next);
// Go to the label unless a guard (NULL: none) holds.
MX_FUNC void mx_compile_guard(Compiler *c, const Node *guard, Label next);
// A node in tail position of a method under # tail_calls; leaves a value.
MX_FUNC void mx_compile_tail(Compiler *c, const Node *node);
// A node whose value is used like this.
MX_FUNC void mx_compile_used(Compiler *c, const Node *node, Use use);
// Does the body make tail calls?
static inline bool mx_compile_has_tails(const Compiler *c) {
  return c->info.kind == CODE_METHOD && c->unit->tree->flags & TREE_TAIL_CALLS;
}

// ---- compile_rescue.c
// begin with its clauses.
MX_FUNC void mx_compile_begin(Compiler *c, const NodeBegin *node, bool want);
// Begin or end to guard what is compiled by a context that has a handler.
MX_FUNC void mx_compile_protect(Compiler *c, Context *context);
MX_FUNC void mx_compile_unprotect(Compiler *c, Context *context);
// The clause of an ENSURE, with [value nil] on the stack above its depth: [value].
MX_FUNC void mx_compile_ensure(Compiler *c, const Node *clause, uint32_t depth);
// May a clause be compiled once more where a jump leaves, so that nothing has to be pending?
MX_FUNC bool mx_compile_ensure_is_short(const Node *clause);
// body rescue value.
MX_FUNC void mx_compile_rescue_mod(Compiler *c, const NodeRescueModifier *node, bool want);

// ---- compile_def.c
// def, also of an object.
MX_FUNC void mx_compile_def(Compiler *c, const NodeMethodDef *node);
// class, module, class << object.
MX_FUNC void mx_compile_class(Compiler *c, const Node *node);
// alias of a method or a global.
MX_FUNC void mx_compile_alias(Compiler *c, const NodeAlias *node);
// undef.
MX_FUNC void mx_compile_undef(Compiler *c, const NodeUndef *node);
// Check the top against a type annotation; it stays.
MX_FUNC void mx_compile_type_check(Compiler *c, const Node *type, const char *what, Sym name);

// ---- compile_pattern.c
// Match the top, a match's subject, which is popped; go to the label when it does not fit.
MX_FUNC void mx_compile_subject_pattern(Compiler *c, Matching matching, const Node *pattern,
                                        Label fail);
// case with in.
MX_FUNC void mx_compile_case_in(Compiler *c, const NodeCaseIn *node, Use use);
// match of the metorex dialect.
MX_FUNC void mx_compile_match(Compiler *c, const NodeMatch *node, Use use);
// value => pattern, value in pattern.
MX_FUNC void mx_compile_match_pattern(Compiler *c, const NodeMatchPattern *node, bool want);

// ---- compile_defined.c
// defined?(...).
MX_FUNC void mx_compile_defined(Compiler *c, const NodeDefined *node);

#endif
