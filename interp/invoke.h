// SPDX-License-Identifier: MIT
// The call protocol: find a method, check visibility, bind arguments, run it.
#ifndef MX_INTERP_INVOKE_H
#define MX_INTERP_INVOKE_H

#include "runtime/upcall.h"
#include "interp/frame.h"

// Literal keywords of a call, in their order, and the locals of the callee that take them.
typedef struct KeyPlan {
  uint32_t count; // keywords
  struct {
    Sym name;      // of the keyword
    uint32_t slot; // of its parameter
  } at[];
} KeyPlan;

// Send with the method found, or method_missing; refinements of lex (may be NULL) apply.
MX_FUNC MX_MUST_CHECK Value mx_invoke_send(ExecCtx *ec, Value receiver, Sym name,
                                           const CallArgs *args, const LexCtx *lex);
// A send in tail position of fr's method: when a method of the language is found, fr ends and the
// call takes its place (UNWIND_TAIL); otherwise as mx_invoke_send.
MX_FUNC MX_MUST_CHECK Value mx_invoke_tail(ExecCtx *ec, Frame *fr, Value receiver, Sym name,
                                           const CallArgs *args);
// Run a method that was found.
MX_FUNC MX_MUST_CHECK Value mx_invoke_method(ExecCtx *ec, Value receiver, MethodRef ref, Sym name,
                                             const CallArgs *args);
// Let the next tier run a method whose body is `code` if it is its time and its arguments lie in
// order, and count the call; VAL_UNDEF: it does not (invoke_tier.c).
MX_FUNC MX_MUST_CHECK Value mx_invoke_tier(ExecCtx *ec, Value receiver, MethodRef ref,
                                           const CallArgs *args, Code *code);
// Likewise of a block of the language.
MX_FUNC MX_MUST_CHECK Value mx_invoke_tier_block(ExecCtx *ec, const Block *block,
                                                 const CallArgs *args);
// The value of a block's activation whose body gave `result`. The frame, which is the innermost, is
// popped.
MX_FUNC MX_MUST_CHECK Value mx_invoke_block_end(ExecCtx *ec, Frame *fr, Value result);
// The value of a method's activation whose body gave `result`: the end of a `return` out of a
// block, or of the tail calls that take its place. The frame, which is the innermost, is popped.
MX_FUNC MX_MUST_CHECK Value mx_invoke_end(ExecCtx *ec, Frame *fr, Value result);
// Call the method behind the running one in fr.
MX_FUNC MX_MUST_CHECK Value mx_invoke_super(ExecCtx *ec, Frame *fr, const CallArgs *args);
// Where the search of `super` from the running method starts behind, in the mro of self's class;
// false + TypeError. Not for methods of refinements.
MX_FUNC MX_MUST_CHECK bool mx_invoke_super_place(ExecCtx *ec, const Frame *fr, ClassObj *klass,
                                                 uint32_t *behind);
// Find what `super` calls; me NULL without an exception: nothing. False raised.
MX_FUNC MX_MUST_CHECK bool mx_invoke_find_super(ExecCtx *ec, const Frame *fr, MethodRef *found);
// Arguments of a bare `super` in fr: an Array of the positional ones and a Hash of keywords, both
// fresh; out lies where the collector sees it. False + exception (super_args.c).
MX_FUNC MX_MUST_CHECK bool mx_super_args(ExecCtx *ec, Frame *fr, Value out[2]);
// May the method be called with these flags (CALL_*)?
MX_FUNC bool mx_invoke_visible(ExecCtx *ec, const MethodEntry *me, uint32_t flags);
// A class is callable in the metorex dialect: Point(1, 2) is Point.new(1, 2). False: it is no such
// call.
MX_FUNC bool mx_invoke_class_call(ExecCtx *ec, Sym name, const CallArgs *args, const LexCtx *lex,
                                  Value *result);
// Find method_missing and put the name in front of the arguments, on the stack; false +
// NoMethodError when it is the built-in one.
MX_FUNC MX_MUST_CHECK bool mx_invoke_missing_args(ExecCtx *ec, Value receiver, Sym name,
                                                  MethodRef *ref, CallArgs *args);
// Call a block.
MX_FUNC MX_MUST_CHECK Value mx_invoke_block(ExecCtx *ec, const Block *block, const CallArgs *args);
// Likewise; its arguments lie on the VM stack behind base, where a place is free. form: how many
// values these are, above 32 bits the OPF_* of the yield.
MX_FUNC MX_MUST_CHECK Value mx_invoke_yield(ExecCtx *ec, const Block *block, Value *base,
                                            uint64_t form);
// Call one with another self, that defines in `target` (NULL: in self's singleton class).
MX_FUNC MX_MUST_CHECK Value mx_invoke_block_self(ExecCtx *ec, const Block *block, Value self,
                                                 ClassObj *target, const CallArgs *args);
// The lexical context that its body then has.
MX_FUNC const LexCtx *mx_invoke_self_lex(ExecCtx *ec, const Block *block, Value self,
                                         ClassObj *target);

// Run a method made by define_method with a block.
MX_FUNC MX_MUST_CHECK Value mx_invoke_proc_method(ExecCtx *ec, Value receiver, MethodRef ref,
                                                  const CallArgs *args);

// Bind arguments to the locals of a fresh frame; false + ArgumentError. Missing optional ones
// become VAL_UNDEF. lambda: strict; otherwise procs' rules (splat of one Array, nil for missing).
MX_FUNC MX_MUST_CHECK bool mx_bind_args(ExecCtx *ec, Frame *fr, const CallArgs *args, bool lambda);

// How the keywords in a Hash are bound to a method's keyword parameters by position, beside `argc`
// other arguments; NULL when that is not all there is to it. Collected memory.
MX_FUNC const KeyPlan *mx_bind_plan(const Params *params, Value keywords, uint32_t argc);
// Bind by a plan to the locals of a fresh frame: args are the positional arguments, keys and values
// lie at `pairs`. Never raises.
MX_FUNC void mx_bind_keyed(ExecCtx *ec, Frame *fr, const CallArgs *args, const KeyPlan *plan,
                           const Value *pairs);
// Without a plan: do a method or block with these parameters take the keywords at `pairs`, each by
// a parameter of its own?
MX_FUNC bool mx_bind_takes(const Params *params, const Value *pairs, uint32_t count);
// Do methods and lambdas take so many other arguments?
MX_FUNC bool mx_bind_arity_fits(const Params *params, uint32_t argc);
// Then bind them as procs do. Never raises.
MX_FUNC void mx_bind_pairs(ExecCtx *ec, Frame *fr, const CallArgs *args, const Value *pairs,
                           uint32_t count);

// Arguments of which only their number and the names of literal keywords are known.
typedef struct BindForm {
  uint32_t argc;    // positional arguments
  uint32_t keys;    // keywords
  const Sym *names; // theirs
  bool strict;      // as methods and lambdas bind, not as procs do
  bool whole;       // procs: the only argument is no Array, and has no to_ary
} BindForm;

// Where a local of a fresh frame gets its value from.
typedef enum BindFrom {
  BIND_NIL,     // nowhere: nil
  BIND_MISSING, // parameter with a default: VAL_UNDEF
  BIND_ARG,     // argument number `first`
  BIND_REST,    // a new Array of `count` arguments from `first` on
  BIND_KEYWORD, // value of keyword number `first`
  BIND_KEYREST, // a new Hash of the `count` keywords that no parameter takes
  BIND_BLOCK,   // the block as a Proc, or nil
} BindFrom;

typedef struct BindPlace {
  BindFrom from;
  uint32_t first, count;
} BindPlace;

// What mx_bind_args does with such arguments, for each local of the code; false when that depends
// on more than their form, or raises. Machine code binds by it.
MX_FUNC bool mx_bind_layout(const Code *code, const BindForm *form, BindPlace *places);
// Has a keyword a parameter of its own?
MX_FUNC bool mx_bind_is_taken(const Params *params, Sym name);
// Does a proc with these parameters take a single Array apart?
MX_FUNC bool mx_bind_splits(const Params *params);
// Has a block with PARAMS_PACKED a second local that is true when it takes not just one value?
static inline bool mx_bind_tells_many(const Code *code) { return code->params.count > 1; }

// Does a context see a method that not every one sees (METHOD_F_LIMITED)? NULL: C's.
MX_FUNC bool mx_invoke_sees(const LexCtx *lex, const MethodEntry *me);
// The context that &:name sends from.
MX_FUNC const LexCtx *mx_invoke_symbol_lex(ExecCtx *ec, const Block *block);
// Find a method for a call from a lexical context: refinements first.
MX_FUNC MethodRef mx_invoke_find(ExecCtx *ec, ClassObj *klass, Sym name, const LexCtx *lex);

// The table of upcalls into this engine.
MX_FUNC const Upcalls *mx_interp_upcalls(void);

#endif
