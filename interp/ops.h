// SPDX-License-Identifier: MIT
// What instructions do beyond the dispatch loop's fast paths; by file. What takes neither ip nor a
// cache nor sp is called by the tree walker too, so that each operation has one meaning.
//
// All of these may raise unless said otherwise: VAL_EXC, false or NULL with the exception in ec.
// The caller has stored the frame's ip and ec->vsp before. sp is one past the operands.
#ifndef MX_INTERP_OPS_H
#define MX_INTERP_OPS_H

#include "interp/invoke.h"
#include "interp/stream.h"

// ---- ops_enter.c: bodies of the language as frames of the loop
// A body and what its frame needs.
typedef struct Activation {
  const Code *code;      // what runs; its stream is there
  Value self;            // receiver
  const LexCtx *lex;     // lexical context of the code
  const MethodEntry *me; // method that runs, or NULL
  const Block *block;    // block of the method activation, or NULL
  Env *outer;            // blocks: of the enclosing scope
  const Block *own;      // blocks: the block that runs
  Value *base;           // where the result goes
  uint32_t me_at;        // owner's position in the mro
  uint32_t flags;        // FRAME_* beside FRAME_CORE
} Activation;

// Make the record of a new frame behind its locals; NULL when a limit is reached. locals: where the
// arguments lie; `given` of the locals are set already, the others become nil.
static inline Frame *mx_ops_push(ExecCtx *ec, const Code *code, Value *locals, uint32_t given) {
  uint32_t count = code->local_count, depth = ec->depth + !code->core;
  if (MX_UNLIKELY(depth > PARAM_MAX_DEPTH ||
                  (size_t)(ec->vstack_end - locals) <= code->frame_words))
    return NULL;
  for (uint32_t i = given; i < count; i++) locals[i] = VAL_NIL;
  Frame *fr = (Frame *)(void *)(locals + count);
  fr->prev = ec->frame;
  fr->code = code;
  fr->ip = NULL;
  fr->locals = locals;
  fr->env = NULL;
  fr->leaf = NULL;
  fr->call_serial = 0;
  fr->visibility = VIS_PUBLIC;
  fr->flags = 0; // until the caller sets them: a sample may be taken now
  mx_frame_publish();
  ec->frame = fr;
  ec->depth = depth;
  return fr;
}

// Push a frame and bind the arguments by the rules of methods, lambdas or procs, as its flags say.
// ec->vsp is one past all that the caller has on the stack. When binding raises, the frame is
// there already.
MX_FUNC MX_MUST_CHECK bool mx_ops_enter(ExecCtx *ec, const Activation *a, const CallArgs *args);
// A `yield` whose block may get its keywords from where they lie.
typedef struct KeyedYield {
  const Block *block; // what is called; its stream is there
  const Value *pairs; // keys and values, the other arguments below them
  uint32_t count;     // of pairs
  uint32_t argc;      // other arguments
} KeyedYield;

// Does its block take these keywords, one by one?
MX_FUNC bool mx_ops_yield_fits(const KeyedYield *keyed);
// Then push its frame, with the arguments bound.
MX_FUNC MX_MUST_CHECK bool mx_ops_enter_yield(ExecCtx *ec, const KeyedYield *keyed);
// The same for a resolved call of a method or `new`; base: the receiver's place. VAL_UNDEF: the
// frame is pushed; else the value of the call, which the next tier has made.
MX_FUNC MX_MUST_CHECK Value mx_ops_enter_entry(ExecCtx *ec, const CallEntry *entry,
                                               const CallArgs *args, Value *base);
// Are new objects of the class plain ones, of which nothing else is to be made?
MX_FUNC bool mx_ops_makes_plain(const ClassObj *klass);
// Of a call with a plan keys and values lie at `pairs`, the other arguments below them. Put what
// the parameters get where the callee's first locals are, as for a method with parameters in order,
// and answer how many these are; 0: its arguments must be bound.
MX_FUNC uint32_t mx_ops_place_keyed(const CallEntry *entry, const CallCache *cc,
                                    const Value *pairs);
// The same as mx_ops_enter for a call with a plan.
MX_FUNC MX_MUST_CHECK bool mx_ops_enter_keyed(ExecCtx *ec, const CallEntry *entry,
                                              const CallCache *cc, const Value *pairs,
                                              const Block *block);
// The same for a `super` in the innermost frame, which has no receiver on the stack.
MX_FUNC MX_MUST_CHECK bool mx_ops_enter_keyed_super(ExecCtx *ec, const CallEntry *entry,
                                                    const CallCache *cc, const Value *pairs,
                                                    const Block *block);

// What a send asks for.
typedef struct SendTo {
  Value receiver;
  const LexCtx *lex; // refinements and dialect that apply, or NULL
  Sym name;
} SendTo;

// The next three make a call whose result goes to base. VAL_UNDEF: its frame was pushed, the loop
// goes on there; otherwise C has called it. ec->vsp is one past all that the caller has on the
// stack, the arguments included.
// Run a method that was found.
MX_FUNC MX_MUST_CHECK Value mx_ops_run(ExecCtx *ec, Value self, MethodRef ref, Sym name,
                                       const CallArgs *args, Value *base);
// Send by the call protocol.
MX_FUNC MX_MUST_CHECK Value mx_ops_send_to(ExecCtx *ec, const SendTo *to, const CallArgs *args,
                                           Value *base);
// Can a method be run below another one that has a line of its own in backtraces?
MX_FUNC bool mx_ops_fits_below(const VM *vm, const MethodEntry *me);
// Run such a method to its end; the line is that of the cell's method.
MX_FUNC MX_MUST_CHECK Value mx_ops_invoke_below(ExecCtx *ec, const MethodCell *cell,
                                                const SendTo *to, MethodRef ref,
                                                const CallArgs *args);
// Call a block.
MX_FUNC MX_MUST_CHECK Value mx_ops_run_block(ExecCtx *ec, const Block *block, const CallArgs *args,
                                             Value *base);
// The same of a body of the language, with another self and definition target.
MX_FUNC MX_MUST_CHECK Value mx_ops_run_block_self(ExecCtx *ec, const Block *block, Value self,
                                                  ClassObj *target, const CallArgs *args,
                                                  Value *base);

// ---- ops_send.c: calls
// The shape by which calls on a receiver are cached.
MX_FUNC uint32_t mx_ops_shape(VM *vm, Value v);
// The cell of what a call of the name in code finds on instances of a class.
MX_FUNC MethodCell *mx_ops_cell(VM *vm, const Code *code, ClassObj *klass, Sym name);
// What the call does for this receiver, cached; NULL when the call protocol must see the call
// (method_missing, visibility, refinements), or when an exception is pending. The arguments end at
// ec->vsp.
MX_FUNC const CallEntry *mx_ops_resolve(ExecCtx *ec, Frame *fr, CallCache *cc, Value receiver);
// Do so many plain arguments become the first locals where they lie, without looking at them?
MX_FUNC bool mx_ops_in_order(const Params *params, uint32_t argc);
// What a method of the core library that calls something else does; INVOKE for all others.
MX_FUNC Callee mx_ops_library_callee(const VM *vm, const MethodEntry *me);
// Resolve `new` of a class: an entry of one of plain objects becomes NEW. Its first instance gets
// the slots that initialize fills, so that it has the shapes of all later ones.
MX_FUNC void mx_ops_resolve_new(ExecCtx *ec, const CallCache *cc, Value receiver, CallEntry *entry);
// How a method of the language gets the arguments of a call: GUEST, IN_ORDER or BIND.
MX_FUNC Callee mx_ops_callee(const CallCache *cc, const Params *params);
// The entry that binds the literal keywords at `pairs` by position, or NULL. argc: other arguments.
MX_FUNC const CallEntry *mx_ops_keyed(VM *vm, const CallCache *cc, const Value *pairs,
                                      uint32_t count);
// Likewise of a `super` in the frame.
MX_FUNC const CallEntry *mx_ops_keyed_super(VM *vm, const Frame *fr, const CallCache *cc,
                                            const Value *pairs, uint32_t count);
// The next five give VAL_UNDEF when a frame was pushed, as mx_ops_run does.
// Send by the call protocol; the arguments lie below sp, the receiver below them.
MX_FUNC MX_MUST_CHECK Value mx_ops_send(ExecCtx *ec, Frame *fr, const CallCache *cc, Value *sp,
                                        const Block *block);
// Make a resolved call.
MX_FUNC MX_MUST_CHECK Value mx_ops_invoke(ExecCtx *ec, Frame *fr, const CallCache *cc,
                                          const CallEntry *entry, Value *sp, const Block *block);
// Spread the Array that lies below sp, or below the keywords there, over its own place and behind,
// for a call of argc values with these OPF_* (OPF_SPLAT); false + SystemStackError.
MX_FUNC MX_MUST_CHECK bool mx_ops_spread_args(ExecCtx *ec, uint32_t argc, uint32_t flags, Value *sp,
                                              CallArgs *args);
// The arguments of a yield of argc values below sp with these OPF_*; false + SystemStackError.
MX_FUNC MX_MUST_CHECK bool mx_ops_yielded(ExecCtx *ec, uint32_t argc, uint32_t flags, Value *sp,
                                          CallArgs *out);
// A call whose last arguments are an Array to spread and maybe a keywords Hash (OPF_SPLAT).
MX_FUNC MX_MUST_CHECK Value mx_ops_send_spread(ExecCtx *ec, Frame *fr, CallCache *cc, Value *sp,
                                               const Block *block);
// The method behind the running one. block: the one to pass.
MX_FUNC MX_MUST_CHECK Value mx_ops_super(ExecCtx *ec, Frame *fr, CallCache *cc, Value *sp,
                                         const Block *block);
// The frame's block with the arguments below sp.
MX_FUNC MX_MUST_CHECK Value mx_ops_yield(ExecCtx *ec, Frame *fr, uint32_t argc, uint32_t flags,
                                         Value *sp);
// Leave the frame and have the call made in its place; gives VAL_EXC.
MX_FUNC MX_MUST_CHECK Value mx_ops_tail_call(ExecCtx *ec, Frame *fr, const CallCache *cc, Value *sp,
                                             const Block *block);
// Fill in a literal block that stands in fr; never raises.
MX_FUNC void mx_ops_block_init(ExecCtx *ec, Frame *fr, Code *code, Block *block);
// The literal block of a call that begins now; never raises.
MX_FUNC const Block *mx_ops_block(ExecCtx *ec, Frame *fr, uint32_t body);
// The block of a Proc or nil; of Primitive.own_block (core code) that of the frame's own method.
MX_FUNC const Block *mx_ops_passed(const Frame *fr, Value proc);
// What &v passes: Proc, nil, or Primitive.own_block.
MX_FUNC MX_MUST_CHECK Value mx_ops_to_block(ExecCtx *ec, Frame *fr, Value v);
// The Proc of a lambda literal.
MX_FUNC Value mx_ops_lambda(ExecCtx *ec, Frame *fr, uint32_t body);
// A new object of a class of plain objects whose `new` is the built-in one; never raises.
MX_FUNC Value mx_ops_allocate(ExecCtx *ec, ClassObj *klass);

// ---- ops_arith.c: operators
// Put a specialized form in the place of the binary operator at ip, if the operands allow one.
MX_FUNC bool mx_ops_specialize(ExecCtx *ec, const Frame *fr, const uint32_t *ip, Value a, Value b);
// Built-in meaning of an operator for the operands, VAL_UNDEF when it has none here.
MX_FUNC MX_MUST_CHECK Value mx_ops_binary(ExecCtx *ec, const Frame *fr, Sym name, Value a, Value b);
// Likewise of -a and !a.
MX_FUNC MX_MUST_CHECK Value mx_ops_unary(ExecCtx *ec, const Frame *fr, Sym name, Value a);
// Are the methods that a FOLD relies on the built-in ones, in this frame? Never raises.
MX_FUNC bool mx_ops_fold_holds(ExecCtx *ec, const Frame *fr, Value names);
// pattern === v as true or false when no guest code is needed, else VAL_UNDEF.
MX_FUNC MX_MUST_CHECK Value mx_ops_case_equal(ExecCtx *ec, const Frame *fr, Value pattern, Value v);
// klass === error for a rescue clause; core code, like C, looks at the error's class alone.
MX_FUNC MX_MUST_CHECK Value mx_ops_rescues(ExecCtx *ec, const Frame *fr, Value klass, Value error);
// a[i] = v in core code, whatever a program has made of []=, when a is a Hash, or an Array in which
// i lies or just behind; false: nothing was done, or raised.
MX_FUNC bool mx_ops_index_set_core(ExecCtx *ec, Value a, Value i, Value v);
// a[i] = v for [a i v] when a is an Array that is not frozen and i lies in it or just behind, by
// the instruction at ip, which is specialized; false: nothing was done, or raised.
MX_FUNC bool mx_ops_index_set(ExecCtx *ec, const Frame *fr, const uint32_t *ip,
                              const Value *operands);

// ---- ops_object.c: variables, constants, definitions
// Read an instance variable of self, and specialize the instruction at ip. Never raises.
MX_FUNC Value mx_ops_ivar_get(ExecCtx *ec, const Frame *fr, const uint32_t *ip);
// Write an instance variable of self, and specialize the instruction at ip.
MX_FUNC MX_MUST_CHECK bool mx_ops_ivar_set(ExecCtx *ec, const Frame *fr, const uint32_t *ip,
                                           Value v);
// A constant by its plain name, cached.
MX_FUNC MX_MUST_CHECK Value mx_ops_const(ExecCtx *ec, const Frame *fr, ConstCache *cache);
// scope::Name, cached.
MX_FUNC MX_MUST_CHECK Value mx_ops_const_from(ExecCtx *ec, Value scope, ConstCache *cache);
// Set a constant; a scope lies below the value unless the name is plain.
MX_FUNC MX_MUST_CHECK bool mx_ops_const_set(ExecCtx *ec, const Frame *fr, Sym name,
                                            ConstPlace place, const Value *scope_and_value);

// ---- ops_define.c
// A nested body as a method that is closed over the frame's context and not made yet; never raises.
MX_FUNC const MethodCode *mx_ops_definition(const Frame *fr, uint32_t body);
// Run a nested body as that of a class, module or singleton class.
MX_FUNC MX_MUST_CHECK Value mx_ops_run_body(ExecCtx *ec, const Frame *fr, Value module,
                                            uint32_t body);
// Open or make a class.
MX_FUNC MX_MUST_CHECK Value mx_ops_define_class(ExecCtx *ec, const Frame *fr, const uint32_t *ip,
                                                const Value *scope_and_super);
// Open or make a module.
MX_FUNC MX_MUST_CHECK Value mx_ops_define_module(ExecCtx *ec, const Frame *fr, const uint32_t *ip,
                                                 Value scope);

// ---- ops_build.c: collections and texts
// A Hash of keys and values that lie in pairs.
MX_FUNC MX_MUST_CHECK Value mx_ops_dict(ExecCtx *ec, uint32_t pairs, const Value *values);
// The Array that *v stands for; fresh: one that nobody else has.
MX_FUNC MX_MUST_CHECK Value mx_ops_splat(ExecCtx *ec, Value v, bool fresh);
// The Array that an assignment to many targets takes apart.
MX_FUNC MX_MUST_CHECK Value mx_ops_to_ary(ExecCtx *ec, Value v);
// Push the elements of an array for SPREAD's three operands; the new sp. Never raises.
MX_FUNC Value *mx_ops_spread(ExecCtx *ec, const uint32_t *counts, Value array, Value *sp);
// The literal of a PUSH_SHARED: the constant itself, if the method that is called on it allows
// that, or a copy. Never raises.
MX_FUNC Value mx_ops_shared(ExecCtx *ec, const Frame *fr, CallCache *cc);
// The Hash that **v stands for.
MX_FUNC MX_MUST_CHECK Value mx_ops_to_hash(ExecCtx *ec, Value v);
// The String that #{v} stands for.
MX_FUNC MX_MUST_CHECK Value mx_ops_to_string(ExecCtx *ec, const Frame *fr, Value v);
// A Regexp of a source with interpolation.
MX_FUNC MX_MUST_CHECK Value mx_ops_regexp(ExecCtx *ec, Value source, uint32_t options);
// __ENCODING__.
MX_FUNC MX_MUST_CHECK Value mx_ops_encoding(ExecCtx *ec, const Frame *fr);
// The AST object of a quote with values spliced in.
MX_FUNC MX_MUST_CHECK Value mx_ops_quote(ExecCtx *ec, Frame *fr, uint32_t node, uint32_t count,
                                         const Value *values);
// Raise TypeError for a value that does not fit its annotation; VAL_EXC.
MX_FUNC Value mx_ops_type_error(ExecCtx *ec, Value expected, Value v);

// ---- ops_match.c: patterns
// A match begins: nothing has failed yet. Never raises.
MX_FUNC void mx_ops_match_start(ExecCtx *ec);
// Remember the test that has failed, for the message. Never raises.
MX_FUNC void mx_ops_match_note(ExecCtx *ec, Value pattern, Value v);
// Remember that a guard has failed. Never raises.
MX_FUNC void mx_ops_match_guard(ExecCtx *ec);
// Does the value pass a test? Never raises.
MX_FUNC bool mx_ops_match_case(ExecCtx *ec, MatchTest test, uint32_t count, Value v);
// The Array that an array pattern looks at, nil if there is none. kept: what this has given for v
// Does a pattern look at the value itself: an Array, or a Hash for deconstruct_keys, for which the
// program has no such method of its own?
MX_FUNC bool mx_ops_match_is_itself(ExecCtx *ec, Value v, Sym method);
// before; false: nothing.
MX_FUNC MX_MUST_CHECK Value mx_ops_match_deconstruct(ExecCtx *ec, Value v, Value kept);
// Likewise when deconstruct has given this.
MX_FUNC MX_MUST_CHECK Value mx_ops_match_parts(ExecCtx *ec, Value array);
// The Hash that a hash pattern looks at, nil if there is none.
MX_FUNC MX_MUST_CHECK Value mx_ops_match_keys(ExecCtx *ec, Value v, Value keys);
// Likewise when deconstruct_keys has given this.
MX_FUNC MX_MUST_CHECK Value mx_ops_match_pairs(ExecCtx *ec, Value hash);
// An element, counted from either end. Never raises.
MX_FUNC Value mx_ops_match_element(ExecCtx *ec, Value array, uint32_t index, bool from_end);
// What a splat in an array pattern stands for. Never raises.
MX_FUNC Value mx_ops_match_slice(ExecCtx *ec, Value array, uint32_t before, uint32_t behind);
// Slice of `count` elements from i on; VAL_UNDEF when there are fewer.
MX_FUNC Value mx_ops_match_find(ExecCtx *ec, Value array, Value i, uint32_t count);
// Elements before those that a find pattern found; never raises.
MX_FUNC Value mx_ops_match_before(ExecCtx *ec, Value array, Value next);
// Elements behind them; never raises.
MX_FUNC Value mx_ops_match_after(ExecCtx *ec, Value array, Value next, uint32_t count);
// The value of a key, taken out of the rest; VAL_UNDEF when it is missing.
MX_FUNC MX_MUST_CHECK Value mx_ops_match_value(ExecCtx *ec, Value hash, Value rest, Value key);
// Raise NoMatchingPatternError or its kind for the subject; VAL_EXC.
MX_FUNC Value mx_ops_match_fail(ExecCtx *ec, Value v, bool why);

#endif
