// SPDX-License-Identifier: MIT
// The region builder's state, shared by its files (build_*.c, snap_capture.c).
//
// INVARIANTS:
// 1. While an instruction is built the state is as at its start, except that refs may have been
//    replaced by narrower versions of themselves: so a snapshot can be taken at any time until
//    mx_build_done, which pops the operands and pushes the results.
// 2. b->block is the IR block being filled; IR_NO_BLOCK when control does not come here.
#ifndef MX_JIT_BUILD_H
#define MX_JIT_BUILD_H

#include "interp/profile.h"
#include "jit/record/region.h"

enum {
  BUILD_MAX_STATE = 512,
  BUILD_MAX_TRIES = 24,
  BUILD_MAX_SPREAD = 32, // elements that a splat in a call may have
  BUILD_SLACK = 36,      // entries that building an instruction takes beyond its code's operands
};

typedef struct BuildFrame BuildFrame;

// What is known of the block that an activation may yield to.
typedef struct BuildBlock {
  BuildFrame *home; // literal in an activation of the path; NULL: a Block in memory
  uint32_t body;    // literal: number of its body in home's code
  IrRef proc;       // literal, symbol, method: OBJ, the Proc that was made of it; IR_NONE: none was
  Sym symbol;       // &:name: what it sends to its first argument; 0: it is another one
  IrRef method;     // &method(:name): OBJ, the Method; IR_NONE: it is another one
  bool is_proc;     // it is that of `proc`, which comes from elsewhere
  IrRef at;         // in memory: PTR to the Block; IR_NONE: there is no block
  bool any;         // in memory: it may be any, so it is called; proc: made of it, or IR_NONE
  const Code *code; // in memory: its body; NULL: of a Symbol
  uint32_t level;   // in memory: index of its body in rec->blocks
  bool own;         // it is the block of the activation that has passed it on
  bool known;       // one of the two is known
} BuildBlock;

// Is there a block, and is it known where it comes from?
static inline bool mx_build_is_given(const BuildBlock *block) {
  return block->home || block->at || block->symbol || block->method || block->is_proc;
}

// One activation on the inlining path.
struct BuildFrame {
  BuildFrame *caller;      // NULL for the root
  const RecordContext *cx; // what was seen in it
  const Code *code;        // what runs
  uint32_t base;           // index in the state of its first local
  uint32_t operands;       // index in the state of its first operand
  uint32_t pc;             // of the instruction being built
  uint32_t next;           // pc behind it
  uint32_t site;           // index in fn->sites of the call that made it; UINT32_MAX for the root
  const TierPlace *called; // for --profile: its caller's instruction, NULL for the root
  uint32_t counted;        // one past the pc whose counter control has passed; 0 for none
  uint32_t kept;           // while a callee runs: state entries that stay, one past the last
  IrRef receiver;          // as it was when the activation began
  IrRef self;              // likewise, or what it was narrowed to where control is now
  uint32_t shape;          // of its receiver, as far as it depends on how control came here; or 0
  BuildBlock block;        // what it yields to
  BuildFrame *home;        // block body: activation of the scope around, NULL when in memory
  IrRef outer;             // block body whose scope around is in memory: PTR to its Env
  IrRef proc;              // body of a Proc: OBJ, the Proc; its outer is in the heap
  IrRef env;               // PTR to the Env in the heap with its locals; IR_NONE: state has them
  const FramePath *around; // what its caller calls it from, for records; NULL until needed
  bool is_new;             // initialize, called by `new`: its value is self
  bool is_callable;        // a method that could be called instead of being built in place
  bool is_entry;           // its frame is there when the region is entered
  struct BuildBody *body;  // its control flow
};

// The values of the whole path: locals and operands of each activation, from the root on.
typedef struct BuildState {
  uint32_t count;            // entries; one past the innermost operand stack
  IrRef at[BUILD_MAX_STATE]; // refs
} BuildState;

// Control reaches a bytecode block (or a return) from here.
typedef struct BuildEdge {
  IrBlockId from; // IR block that ends by going there
  IrRef *at;      // its state
  uint32_t count; // entries
} BuildEdge;

// A straight stretch of bytecode.
typedef struct ByteBlock {
  uint32_t start, end; // pcs: first instruction, one behind the last
  uint32_t succ[2];    // pcs where control may go on; UINT32_MAX for none
  uint32_t order;      // in reverse postorder; UINT32_MAX: not reached
  bool loop;           // target of a back edge
  VEC(BuildEdge) in;   // edges that have arrived
  IrBlockId header;    // loop: its IR block once built
  IrRef *phis;         // loop: by state index
} ByteBlock;

typedef struct BuildBody {
  ByteBlock *blocks;      // in order of pc
  uint32_t count;         // entries
  uint32_t *order;        // reverse postorder, as indices of blocks
  uint32_t ordered;       // entries of order
  bool explains;          // there is a MATCH_FAIL that says why
  bool lands;             // what is raised or thrown in it lands in an activation around it
  VEC(BuildEdge) returns; // RETURN instructions, the value at the top of the state
} BuildBody;

// A loop-carried value whose type turned out to vary: it is a Value in the next try.
typedef struct BuildWide {
  const RecordContext *cx; // context of the loop
  uint32_t pc;             // its header
  uint32_t index;          // of the state
} BuildWide;

// A ref whose object has a shape, from here to the end of the block or the next call.
typedef struct BuildShape {
  IrRef ref;
  uint32_t shape;
} BuildShape;

// A Proc that this code makes of a literal block, or of a Method.
typedef struct BuildProc {
  IrRef proc;       // OBJ; of a Method: VAL
  BuildFrame *home; // activation that the literal stands in
  uint32_t body;    // number of its body
  IrRef method;     // OBJ, the Method; IR_NONE: it is of a literal
} BuildProc;

typedef struct Builder {
  ExecCtx *ec;
  VM *vm;
  const Record *rec;
  Arena *arena; // of fn, and of what is needed while building
  Arena *kept;  // of what machine code refers to: the record's, collected memory
  IrFn *fn;
  IrBlockId block; // being filled
  BuildFrame *act; // innermost
  BuildState state;
  const TierPlace *place; // for --profile: of the instruction being built
  SnapId snap;            // of the instruction being built, SNAP_NONE until one is needed
  IrRef frame;            // PTR: the root's Frame
  IrRef machine_ec;       // PTR: the ExecCtx
  IrRef caller;           // PTR: what ec->frame is while no call runs
  IrRef depth;            // WORD: ec->depth, likewise
  IrRef *forward;         // by ref: what it was replaced by; IR_NONE
  uint32_t forward_room;
  VEC(BuildShape) shapes; // known in the current block
  VEC(BuildProc) procs;   // made in this try
  IrBlockId straight;     // block that control left last into or out of a callee: `shapes` hold at
                          // its end; IR_NO_BLOCK once something else was built
  VEC(BuildWide) wide;    // kept over tries
  bool in_env;            // likewise: the root's locals are looked at in its Env
  bool together;          // a method is not built for each shape of its receiver: that is too big
  bool roomy;             // inner loops have got more room than the rest
  bool tight;             // they get no more: with that the region was too big
  bool again;             // this try found that another is needed
  uint32_t size;          // bytecode instructions built
  AbortReason abort;      // sticky
  RegionResult *out;
} Builder;

// ---- build_flow.c
// For --profile: what is emitted from now on is for the activation's instruction.
MX_FUNC void mx_build_at_place(Builder *b, const BuildFrame *act);

// ---- build_value.c: values and their types
// Entry `depth` below the top of the state.
static inline IrRef *mx_build_top(Builder *b, uint32_t depth) {
  return &b->state.at[b->state.count - 1 - depth];
}
// What a ref was replaced by.
MX_FUNC IrRef mx_build_resolve(const Builder *b, IrRef ref);
MX_FUNC IrType mx_build_type(const Builder *b, IrRef ref);
// Emit; the ref. `snap`: with the snapshot of the instruction's start.
MX_FUNC IrRef mx_build_emit(Builder *b, IrOp op, IrRef a0, IrRef a1, IrRef a2, uint32_t imm);
// An argument of the function, IR_PARAM_*.
MX_FUNC IrRef mx_build_param(Builder *b, uint32_t number, IrType type);
MX_FUNC IrRef mx_build_guard(Builder *b, IrOp op, IrRef a0, IrRef a1, uint32_t imm);
// What a value is a narrower version of.
MX_FUNC IrRef mx_build_root(const Builder *b, IrRef ref);
// As any Value.
MX_FUNC IrRef mx_build_val(Builder *b, IrRef ref);
// The value at a state entry as a type, guarded; the entry and its copies become the result.
MX_FUNC IrRef mx_build_as(Builder *b, IrRef *entry, IrType type);
// As an object of a shape, guarded.
MX_FUNC IrRef mx_build_as_shape(Builder *b, IrRef *entry, uint32_t shape);
// The shape that an object is known to have here, 0 if none is.
MX_FUNC uint32_t mx_build_shape(const Builder *b, IrRef ref);
// The object has got a shape.
MX_FUNC void mx_build_shape_is(Builder *b, IrRef ref, uint32_t shape);
// Its truth as BOOL.
MX_FUNC IrRef mx_build_truth(Builder *b, IrRef ref);
MX_FUNC IrRef mx_build_value_const(Builder *b, Value v);
// The instruction is done: pop `pops` and push a result unless it is IR_NONE.
MX_FUNC void mx_build_done(Builder *b, uint32_t pops, IrRef result);
// Another activation begins: has the state room for its locals and operands? If not, abort.
MX_FUNC bool mx_build_fits(Builder *b, const Code *code);
// Control leaves here: the rest of the block is not built.
MX_FUNC void mx_build_leave(Builder *b);

// ---- snap_capture.c
// A call site at the instruction being built: its index in fn->sites.
MX_FUNC uint32_t mx_build_site(Builder *b, const void *cache, uint32_t argc, uint32_t flags);
// The snapshot of the start of the instruction being built.
MX_FUNC SnapId mx_build_snap(Builder *b);

// ---- build_flow.c: bodies, joins, loops
// Count, when there is somebody who wants to know.
MX_FUNC void mx_build_count(Builder *b, const ProfileCount *count);
// Build the innermost activation's body from its first block on; afterwards the returns wait in
// its body.
MX_FUNC void mx_build_body(Builder *b, uint32_t start_pc);
// Control goes from the current block to a pc of the innermost activation.
MX_FUNC void mx_build_go(Builder *b, uint32_t pc);
// Is the stretch that begins at a pc of an activation one that is built?
MX_FUNC bool mx_build_is_reached(const BuildFrame *act, uint32_t pc);
// Join edges in a new block, which becomes the current one with their common state.
MX_FUNC void mx_build_join(Builder *b, const BuildEdge *edges, uint32_t count);
MX_FUNC BuildEdge mx_build_edge(Builder *b);
// Go on building where an edge comes from.
MX_FUNC void mx_build_resume(Builder *b, const BuildEdge *edge);
// Take back what was done to the state since an edge was noted in the current instruction.
MX_FUNC void mx_build_restore(Builder *b, const BuildEdge *edge);
MX_FUNC void mx_build_abort(Builder *b, AbortReason why);
// Note that the instruction being built is not (name 0), or is a call by the protocol.
MX_FUNC void mx_build_note(Builder *b, Sym name);

// ---- build_arms.c: ways that an instruction may take
typedef struct BuildArms {
  BuildEdge other;     // where the way not taken begins
  uint32_t pc;         // of the instruction
  SnapId snap;         // taken before the fork; SNAP_NONE: none
  VEC(BuildEdge) ends; // of the ways built so far
} BuildArms;

// Fork: building goes on where the condition holds, the other way waits.
MX_FUNC void mx_build_arm(Builder *b, BuildArms *arms, IrRef condition);
// This way is at its end, the instruction done; go on with the one that waits.
MX_FUNC void mx_build_arm_end(Builder *b, BuildArms *arms);
// So is the last one: go on where all have led.
MX_FUNC void mx_build_arms_join(Builder *b, BuildArms *arms);

// ---- build_ops.c: one instruction
MX_FUNC void mx_build_op(Builder *b, const Instruction *in, const Seen *seen);
// Were these numbers, of any size and kind?
MX_FUNC bool mx_build_numbers(const Builder *b, const TypeSet *seen);
// Go on at one pc when the condition holds and at another when not, as far as that ever happened.
MX_FUNC void mx_build_fork(Builder *b, IrRef condition, uint32_t yes, uint32_t no);
// Did control go on at a pc of the innermost activation?
MX_FUNC bool mx_build_ran(const Builder *b, uint32_t pc);
// Leave before the instruction.
MX_FUNC void mx_build_exit(Builder *b);
// Leave: this instruction, or this way of it, is not built.
MX_FUNC void mx_build_unknown(Builder *b);

// ---- build_apart.c: callees that are better called than built in place
// The instruction being built is not. If it runs often and a callee around it can be called, end
// this try: the next one calls it.
MX_FUNC bool mx_build_set_apart(Builder *b);
// What was built of an activation never comes back. If it can be called, end this try likewise.
MX_FUNC bool mx_build_not_back(Builder *b, const BuildFrame *act);

// ---- build_object.c: variables, constants, elements. False: not built
// Where a variable lies in objects of a shape.
typedef struct BuildField {
  uint32_t slot;  // bytes from the start of the object, or of its ext
  bool outside;   // in the ext
  bool is_double; // a raw double
} BuildField;
// False: objects of the shape do not have it, or keep their variables in a dictionary.
MX_FUNC bool mx_build_field(const Builder *b, uint32_t shape, Sym name, BuildField *out);
// Load a variable of an object of a known shape; IR_NONE when that cannot be built.
MX_FUNC IrRef mx_build_load_field(Builder *b, IrRef object, uint32_t shape, Sym name);
// May one be stored in objects of a shape, as far as that says?
MX_FUNC bool mx_build_may_store(const Builder *b, uint32_t shape, Sym name);
// Store it. seen: types that the value had.
MX_FUNC bool mx_build_store_field(Builder *b, IrRef object, uint32_t shape, Sym name, IrRef *value,
                                  const TypeSet *seen);
// The shape that the receiver of an activation was seen to have when the region was entered last;
// 0: not known. Objects of a class get another one when the class has learned how many variables
// they have.
MX_FUNC uint32_t mx_build_seen_self(const BuildFrame *act);
MX_FUNC bool mx_build_object_op(Builder *b, const Instruction *in, const Seen *seen);
// ---- build_fields.c: objects of several shapes
// A variable to be loaded, or to be set to the value at the top.
typedef struct BuildFields {
  const TypeSet *seen;  // what its objects were seen to be: plain ones
  Sym name;             // of the variable
  Sym asked;            // what C is asked for where the shape is another one
  RtFn otherwise;       // which function: the object, `asked`, the value; VAL_UNDEF: refused
  uint32_t pops;        // operands that are taken
  bool stores;          // set it
  bool gives;           // likewise: and push the value
  const TypeSet *value; // likewise: types that it had
} BuildFields;
// Were all objects that a place was seen to hold plain ones, whose variables lie by their shapes?
MX_FUNC bool mx_build_are_plain(const Builder *b, const TypeSet *seen);
// Do so, whatever the shape of the object is.
MX_FUNC void mx_build_fields(Builder *b, IrRef object, const BuildFields *of);
// ---- build_call.c: calls, yields, returns. False: not built
MX_FUNC bool mx_build_call_op(Builder *b, const Instruction *in, const Seen *seen);
// The operator as the method call that it stands for. False: not built
MX_FUNC bool mx_build_send(Builder *b, const Seen *seen);
// The operator as another builtin method of the receiver, if that has only been of one shape.
MX_FUNC bool mx_build_builtin(Builder *b, Sym name, uint32_t argc, const Seen *seen);
// The selector of the instruction's call cache.
MX_FUNC Sym mx_build_selector(const Builder *b);
// Rely on a method.
MX_FUNC void mx_build_assume(Builder *b, const MethodCell *cell);
// Rely on an operator of built-in classes (BASIC_*). False: the program has its own, for what runs
// here. In core code operators always have their built-in meaning.
MX_FUNC bool mx_build_basic(Builder *b, Sym name, uint32_t classes);
// An activation ends, with those that it has called and the top as the value of its call.
MX_FUNC void mx_build_end(Builder *b, BuildFrame *act);

// A call as it is for receivers of one kind and shape, with the receiver and values behind it at
// the top of the state.
typedef struct BuildSend {
  const CallCache *cc;     // its selector, and what the interpreter knows
  uint32_t argc;           // values behind the receiver
  uint32_t flags;          // OPF_*
  BuildBlock block;        // what a literal passes
  bool literal;            // there is one
  bool passes;             // the Proc that is its block lies on top of what it takes
  uint32_t shape;          // by which the call is cached; 0 for more than one
  const MethodEntry *leaf; // what stands in backtraces as its caller, or NULL
  Seen seen;               // what was seen with this receiver
} BuildSend;

// Is the region so small still that more may be built in place that could be called?
MX_FUNC bool mx_build_has_room(const Builder *b);
// By what was followed, or by C; false when it is neither.
MX_FUNC bool mx_build_send_known(Builder *b, const BuildSend *c);
// The shape by which calls on values of one kind are cached; 0 for more than one.
MX_FUNC uint32_t mx_build_receiver_shape(const Builder *b, const TypeSet *seen);
// The context that was entered for a code from this instruction, or NULL. kind: FRAME_*; leaf: what
// stands in backtraces as its caller, or NULL.
MX_FUNC const RecordContext *mx_build_followed(const Seen *seen, const Code *code, uint32_t kind,
                                               const MethodEntry *leaf);
// The call cache of the instruction being built.
MX_FUNC CallCache *mx_build_call_cache(const Builder *b);
// An entry of a cache that is good for a shape, or NULL.
MX_FUNC const CallEntry *mx_build_cached(const CallCache *cc, uint32_t shape);

// ---- build_args.c: arguments
// What a call passes, apart from where it lies.
typedef struct BuildArgs {
  uint32_t argc;       // positional arguments
  const IrRef *at;     // theirs
  uint32_t keys;       // literal keywords
  const Sym *names;    // theirs
  const IrRef *values; // theirs
  IrRef hash;          // OBJ: all keywords; IR_NONE for none
  IrRef rest;          // what *rest gets; IR_NONE: an Array of the positional ones that are left
  bool unnamed;        // the keys of `hash`, which has some, are not known: `keys` is 0
  bool whole;          // as in BindForm
  bool many;           // they are one value that stands for several, or none
} BuildArgs;

// Those of a call with so many values at the top of the state; false: not known when it is built.
MX_FUNC bool mx_build_args(Builder *b, uint32_t argc, uint32_t flags, BuildArgs *out);
// Those of a block that takes apart an Array of any length; false: it has parameters that this does
// not know. The Array is the top, an object.
MX_FUNC bool mx_build_take_apart(Builder *b, const Params *params, BuildArgs *out);
// Let the elements of an Array that is spread (OPF_SPLAT) lie where it does. The snapshot of the
// instruction is taken before. False: not built.
MX_FUNC bool mx_build_spread(Builder *b, uint32_t *argc, uint32_t *flags, const Seen *seen);
// Where each local of the code gets its value from; NULL when only the interpreter can bind them.
// Keywords become an argument where the parameters know none.
MX_FUNC const BindPlace *mx_build_layout(Builder *b, const Code *code, BuildArgs *args,
                                         bool strict);
// Push the locals that a code begins with; proc: its block, or IR_NONE.
MX_FUNC void mx_build_locals(Builder *b, const Code *code, const BuildArgs *args,
                             const BindPlace *places, IrRef proc);
// An Array or a Hash (NEW_ARRAY, NEW_HASH) of these, or of these keys and values.
MX_FUNC IrRef mx_build_new_list(Builder *b, IrOp op, uint32_t count, const IrRef *refs);
// The elements of an Array that is as this code has made it, or keys and values of such a Hash, as
// any Values; false: not known.
MX_FUNC bool mx_build_elements(Builder *b, IrRef array, uint32_t *count, const IrRef **out);
MX_FUNC bool mx_build_pairs(Builder *b, IrRef hash, uint32_t *count, const IrRef **out);
// The shape of such an Array or Hash, else 0.
MX_FUNC uint32_t mx_build_list_shape(const Builder *b, IrRef ref);
// The value of a key in such a Hash; IR_NONE: not known.
MX_FUNC IrRef mx_build_value_of(Builder *b, IrRef hash, IrRef key);
// A value without the box that it is in, as its narrowest type.
MX_FUNC IrRef mx_build_unboxed(Builder *b, IrRef ref);

// ---- build_indirect.c: calls through something else. False: not built
// send, __send__, public_send.
MX_FUNC bool mx_build_sent(Builder *b, const BuildSend *c, const CallEntry *entry);
// method_missing.
MX_FUNC bool mx_build_missing(Builder *b, const BuildSend *c);
// A method that define_method has made of a block.
MX_FUNC bool mx_build_proc_method(Builder *b, const BuildSend *c, const MethodEntry *me);
// Method#call.
MX_FUNC bool mx_build_method_object(Builder *b, const BuildSend *c, const CallEntry *entry);
// UnboundMethod#bind_call.
MX_FUNC bool mx_build_bound(Builder *b, const BuildSend *c, const CallEntry *entry);
// yield to &method, an object that is a Method; c->argc values are all that lies on the state.
MX_FUNC bool mx_build_method_block(Builder *b, const BuildSend *c, IrRef method);
// Proc#call of what Method#to_proc gave.
MX_FUNC bool mx_build_method_proc(Builder *b, const BuildSend *c);

// ---- build_super.c: super in all its forms. False: not built
MX_FUNC bool mx_build_super_op(Builder *b, const Instruction *in, const Seen *seen);

// How an activation that is built in place begins.
typedef struct CallPlan {
  const RecordContext *cx; // what was seen in it
  BuildArgs args;          // its arguments
  const BindPlace *places; // where its locals get them
  uint32_t taken;          // entries at the top that the call takes, the receiver included
  IrRef self;              // receiver
  BuildBlock block;        // what it may yield to
  BuildFrame *home;        // block body: activation around
  IrRef outer;             // block body: Env around when that is in memory
  IrRef proc;              // block body: the Proc that it is of
  bool is_new;             // initialize, called by `new`
  bool is_callable;        // as in BuildFrame
} CallPlan;

// Build a followed callee in place; afterwards its value is pushed in place of what it took.
MX_FUNC void mx_build_inline(Builder *b, const CallPlan *plan);
// Can the body be built in place with the arguments at the top? Then plan->args and places say how
// it begins.
MX_FUNC bool mx_build_bind_block(Builder *b, const RecordContext *cx, uint32_t argc, uint32_t flags,
                                 const Seen *seen, CallPlan *plan);

// ---- build_proc.c: Envs and Procs. False: not built
// A local of an activation.
MX_FUNC IrRef mx_build_local(Builder *b, const BuildFrame *act, uint32_t slot);
MX_FUNC void mx_build_set_local(Builder *b, const BuildFrame *act, uint32_t slot, IrRef value);
// An activation begins: give it an Env if a Proc takes its locals later on.
MX_FUNC void mx_build_take_locals(Builder *b, BuildFrame *act);
// From here on Envs in memory are looked at, of which one may be the root's. False: this try is
// over.
MX_FUNC bool mx_build_see_envs(Builder *b);
// Proc#call.
MX_FUNC bool mx_build_proc_call(Builder *b, const BuildSend *c);
// yield of values at the top to a Proc that was passed as the block.
MX_FUNC bool mx_build_proc_yield(Builder *b, uint32_t argc, uint32_t flags, const Seen *seen);
MX_FUNC bool mx_build_lambda(Builder *b, uint32_t body);
// Primitive.proc_lambda.
MX_FUNC bool mx_build_lambda_of_block(Builder *b);
// What a `&:symbol` block sends: the cache of a call like that, filled for the receivers that were
// seen. It lives as long as the record.
MX_FUNC const CallCache *mx_build_symbol_cache(Builder *b, Sym name, uint32_t argc, uint32_t flags,
                                               const TypeSet *receiver);
// The Proc of a literal block of the innermost activation; IR_NONE: not built.
MX_FUNC IrRef mx_build_block_proc(Builder *b, uint32_t body);
// The block that a Proc or nil passes, if its literal stands in an activation of the path.
MX_FUNC BuildBlock mx_build_passed(Builder *b, IrRef proc);
// What &v passes.
MX_FUNC bool mx_build_to_block(Builder *b, const Seen *seen);

// ---- build_out.c: methods of the language that are called, not built in place. False: not built
typedef struct BuildOut {
  const CallCache *cc;     // of the call
  uint32_t argc;           // values behind the receiver
  uint32_t flags;          // OPF_*
  bool looks;              // what it returns is looked at before mx_build_called
  const BuildBlock *block; // what it passes; NULL for nothing
} BuildOut;

// Do its arguments become locals in order, so that it can be called?
MX_FUNC bool mx_build_can_call(const Code *code);
// The value of a call, with receiver and arguments at the top of the state, which stay; IR_NONE:
// not built. Envs have been seen.
MX_FUNC IrRef mx_build_call_value(Builder *b, const CallEntry *entry, const BuildOut *out);
// The instruction that called is over: as mx_build_done. What the call has broken is seen here.
MX_FUNC void mx_build_called(Builder *b, uint32_t pops, IrRef value);
MX_FUNC bool mx_build_call_out(Builder *b, const CallEntry *entry, const BuildOut *out);
// Does nobody look at how the activations end when a call at hand raises? Then they need no frames.
MX_FUNC bool mx_build_ends_alone(const Builder *b);

// Let what walks frames see from where the innermost activation calls.
// Where the receiver of what is called would lie.
MX_FUNC IrRef mx_build_show_frames(Builder *b);

// ---- build_yield.c: blocks that may be any. False: not built
// The Proc of a Block in memory, as OBJ.
MX_FUNC IrRef mx_build_proc_of(Builder *b, IrRef block);
// The block that a method was given.
MX_FUNC void mx_build_given(Builder *b, BuildFrame *root);
// Does the Block that a call passes lie in memory, and where?
static inline bool mx_build_lies(const BuildBlock *block) { return block->at || block->proc; }
MX_FUNC IrRef mx_build_block_at(Builder *b, const BuildBlock *block);
// yield of values at the top to whatever lies there.
MX_FUNC bool mx_build_yield_out(Builder *b, IrRef at, uint32_t argc, uint32_t flags);

// ---- build_global.c
MX_FUNC bool mx_build_load_global(Builder *b, const Instruction *in);
MX_FUNC bool mx_build_store_global(Builder *b, const Instruction *in);

// ---- build_lookup.c
// Make the call by a table of its own; of_symbol: what a &:name block sends. False: not built
MX_FUNC bool mx_build_lookup(Builder *b, const BuildSend *c, bool of_symbol);

// ---- build_raise.c: exceptions that are rescued in the region. False: not built
// Kernel#raise with receiver and so many arguments at the top of the state.
MX_FUNC bool mx_build_raise(Builder *b, uint32_t argc, const Seen *seen);
MX_FUNC bool mx_build_rescue_op(Builder *b, const Instruction *in);
// Does what the instruction raises go on in the region?
MX_FUNC bool mx_build_is_rescued(Builder *b);
// What a call has given whose frames were shown, unless it has raised; under_way: the snapshot of
// its instruction.
MX_FUNC IrRef mx_build_returned(Builder *b, SnapId under_way, IrRef value);

// ---- build_break.c: out of blocks. False: not built
MX_FUNC bool mx_build_break(Builder *b);
MX_FUNC bool mx_build_return_outer(Builder *b);

// Was a place only seen to hold plain Arrays that keep Integers, or Floats?
MX_FUNC bool mx_build_is_numbers(const Builder *b, const TypeSet *seen);
// As such an Array, guarded.
MX_FUNC void mx_build_as_numbers(Builder *b, IrRef *entry, const TypeSet *seen);
// The elements of a plain Array, guarded to have so many; false: not built.
MX_FUNC bool mx_build_load_elements(Builder *b, IrRef *entry, const TypeSet *seen, uint32_t count,
                                    IrRef *out);
// [array v] -> [array], to which v was appended. array: the same, plain and not frozen; seen: v.
MX_FUNC void mx_build_append(Builder *b, IrRef array, const TypeSet *seen);
// [array index] -> [element]; seen: the array. What lies outside is left to the interpreter.
MX_FUNC bool mx_build_element(Builder *b, const TypeSet *seen);

// ---- build_literal.c: literals, assignments to many, texts, globals, patterns. False: not built
MX_FUNC bool mx_build_literal_op(Builder *b, const Instruction *in, const Seen *seen);
// Was it always an Array, or has it been built here? Then it is one.
MX_FUNC bool mx_build_is_array(Builder *b, IrRef *entry, const TypeSet *seen);
// Element i of an Array, nil outside.
MX_FUNC IrRef mx_build_array_at(Builder *b, IrRef array, uint32_t i);

// ---- build_match.c: patterns, ensure. False: not built
MX_FUNC bool mx_build_match_op(Builder *b, const Instruction *in, const Seen *seen);

// ---- build_leaf.c: C leaves, by instructions or by their address. False: not built
MX_FUNC bool mx_build_leaf(Builder *b, const MethodEntry *me, uint32_t argc, const Seen *seen);
// Likewise one that runs no guest code, so that more may be built of the instruction behind it.
MX_FUNC bool mx_build_calm_leaf(Builder *b, const MethodEntry *me, uint32_t argc, const Seen *seen);
// A call of a leaf, with its receiver and arguments at the top.
typedef struct BuildLeaf {
  const BuiltinRow *row; // what is called
  uint32_t argc;         // arguments
  const Seen *seen;      // of the call
} BuildLeaf;

static inline IrRef mx_build_leaf_self(const Builder *b, const BuildLeaf *call) {
  return mx_build_resolve(b, b->state.at[b->state.count - 1 - call->argc]);
}

// ---- build_struct.c: new objects, Struct and Data. False: not built
// Allocate a plain object of a class.
MX_FUNC bool mx_build_new_object(Builder *b, const ClassObj *klass, IrRef *out);
// A primitive that the classes of members use.
MX_FUNC bool mx_build_struct_primitive(Builder *b, const BuildLeaf *call);
// Replace the object at the top by the Array of its members that the method, deconstruct for array
// patterns or to_a for splats, gives.
MX_FUNC bool mx_build_struct_parts(Builder *b, const TypeSet *seen, Sym name);
// Replace the object, and the keys at the top, by the Hash that a hash pattern looks at.
MX_FUNC bool mx_build_struct_pairs(Builder *b, const TypeSet *seen);

// ---- build_gather.c: literal Arrays and Hashes of which not all is known. False: not built
// *v of a Range of Integers.
MX_FUNC bool mx_build_gather_spread(Builder *b, const TypeSet *seen);
// A Range of Strings, Floats or nil.
MX_FUNC bool mx_build_gather_range(Builder *b, bool exclusive, const Seen *seen);
MX_FUNC bool mx_build_gather_dict(Builder *b, uint32_t pairs);
// Was an object made as a literal Hash with at least one pair, whose keys are not known?
MX_FUNC bool mx_build_gather_is_filled(const Builder *b, IrRef ref);
// ARRAY_PUSH, ARRAY_CONCAT, HASH_SET or HASH_MERGE.
MX_FUNC bool mx_build_gather(Builder *b, OpCode op);
// What an assignment to many takes from an Array that has so many targets before and behind a rest:
// element i of those behind it, and the rest itself.
MX_FUNC IrRef mx_build_gather_behind(Builder *b, IrRef array, uint32_t before, uint32_t behind,
                                     uint32_t i);
MX_FUNC IrRef mx_build_gather_rest(Builder *b, IrRef array, uint32_t before, uint32_t behind);

// ---- build_eval.c: instance_eval, instance_exec. False: not built
MX_FUNC bool mx_build_eval(Builder *b, const BuildSend *c, const CallEntry *entry);
// Does an activation run a block with another self than that of its literal?
static inline bool mx_build_is_eval(const BuildFrame *act) {
  uint32_t both = FRAME_BLOCK | FRAME_CLASS;
  return (act->cx->frame.flags & both) == both;
}

// ---- build_defined.c: defined? of names. False: not built
MX_FUNC bool mx_build_defined(Builder *b, const Instruction *in, const Seen *seen);

// ---- build_text.c: "#{v}" of objects; comparisons of Strings, by the operator's name. False: not
// built
MX_FUNC bool mx_build_text(Builder *b, const Seen *seen);
MX_FUNC bool mx_build_text_order(Builder *b, Sym name, const Seen *seen);

// Rely on <=> of built-in numbers or Strings, which C asks, too: where the program has its own, C
// calls it as it calls any method.
MX_FUNC bool mx_build_orders(Builder *b, BasicClass klass);

// ---- build_extreme.c: the primitive of min and max
MX_FUNC bool mx_build_extreme(Builder *b, const BuildLeaf *call);

// ---- build_last_match.c: what sets and reads $~. False: not built
// A call of a leaf, me NULL for a primitive.
MX_FUNC bool mx_build_match_leaf(Builder *b, const BuildLeaf *call, const MethodEntry *me);
// Likewise of one that core code uses.
MX_FUNC bool mx_build_match_primitive(Builder *b, const BuildLeaf *call);
// Kernel#!~
MX_FUNC bool mx_build_match_not(Builder *b, const BuildLeaf *call);
// [regexp v] -> [regexp === v] of a constant.
MX_FUNC bool mx_build_match_case(Builder *b, const Seen *seen);
// $1 and its kind; $~ $& $` $' $+; [result] -> [result group], by the group's name.
MX_FUNC bool mx_build_match_group(Builder *b, uint32_t number);
MX_FUNC bool mx_build_match_global(Builder *b, Value name);
MX_FUNC bool mx_build_match_written(Builder *b, Value name);

// ---- build_ask.c: leaves that ask an object what it is. False: not built
MX_FUNC bool mx_build_leaf_not_equal(Builder *b, const BuildLeaf *call);
MX_FUNC bool mx_build_leaf_class(Builder *b, const BuildLeaf *call);
MX_FUNC bool mx_build_leaf_is_a(Builder *b, const BuildLeaf *call);
MX_FUNC bool mx_build_leaf_is_frozen(Builder *b, const BuildLeaf *call);
MX_FUNC bool mx_build_leaf_respond_to(Builder *b, const BuildLeaf *call);
MX_FUNC bool mx_build_leaf_ivar_get(Builder *b, const BuildLeaf *call);
MX_FUNC bool mx_build_leaf_method_name(Builder *b, const BuildLeaf *call);
MX_FUNC bool mx_build_leaf_throw(Builder *b, const BuildLeaf *call);
MX_FUNC bool mx_build_leaf_ivar_set(Builder *b, const BuildLeaf *call);

// A call of a C function with at least one Value, all of which are any Values.
typedef struct BuildCall {
  RtFn function;             // what is called: ec, the first Value, the others
  int32_t params;            // as in IrSite
  uint32_t effects;          // RTE_*
  const MethodEntry *method; // whose leaf it is, or NULL
} BuildCall;

MX_FUNC IrRef mx_build_c_call(Builder *b, const BuildCall *call, uint32_t count, const IrRef *refs);
// A primitive of core code.
MX_FUNC bool mx_build_primitive(Builder *b, const BuiltinRow *row, uint32_t argc, const Seen *seen);

#endif
