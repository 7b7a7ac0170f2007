// SPDX-License-Identifier: MIT
// The walker's calls: receiver, arguments, block, send; super, yield, lambda literals.
//
// Arguments are evaluated onto the VM stack, where the collector and the callee see them.
#include "runtime/array.h"
#include "runtime/builtin.h"
#include "runtime/hash.h"
#include "runtime/semantics.h"
#include "interp/invoke.h"
#include "interp/ops.h"
#include "interp/tree.h"
#include "interp/unwind.h"

bool mx_tree_push(ExecCtx *ec, Value v) {
  if (MX_UNLIKELY(ec->vsp >= ec->vstack_end)) {
    (void)mx_raise_stack_error(ec);
    return false;
  }
  *ec->vsp++ = v;
  return true;
}

// Push all elements of a splatted value.
static bool call_push_splat(ExecCtx *ec, Value value) {
  Value array = mx_splat(ec, value);
  if (val_is_exc(array)) return false;
  uint32_t len = mx_array_len(array);
  if ((size_t)(ec->vstack_end - ec->vsp) <= len) {
    (void)mx_raise_stack_error(ec);
    return false;
  }
  mx_array_copy_out(ec, array, ec->vsp);
  ec->vsp += len;
  return true;
}

// Does a splatted argument list end in keywords that ruby2_keywords collected?
static bool call_splat_keywords(ExecCtx *ec, const Value *start, CallArgs *args) {
  if (ec->vsp == start || !val_is_hash(ec->vsp[-1])) return true;
  if (!(val_header(ec->vsp[-1])->flags & FL_HASH_RUBY2_KW)) return true;
  ec->vsp[-1] = mx_hash_dup(ec, ec->vsp[-1]);
  args->flags |= CALL_KW;
  return true;
}

// Push keyword arguments as one Hash; an empty one is no argument.
static bool call_push_keywords(ExecCtx *ec, Frame *fr, const NodeList *pairs, CallArgs *args) {
  Value hash = mx_tree_hash(ec, fr, pairs);
  if (val_is_exc(hash)) return false;
  if (mx_hash_count(hash) == 0) return true;
  args->flags |= CALL_KW;
  return mx_tree_push(ec, hash);
}

// Push what `...` passes on: rest, keywords; the block goes to args.
static bool call_push_forward(ExecCtx *ec, Frame *fr, const NodeForwardArguments *node,
                              CallArgs *args) {
  Value rest = mx_tree_eval(ec, fr, node->rest);
  if (!call_push_splat(ec, rest)) return false;
  Value keywords = mx_tree_eval(ec, fr, node->keywords);
  if (val_is_hash(keywords) && mx_hash_count(keywords) > 0) {
    args->flags |= CALL_KW;
    if (!mx_tree_push(ec, mx_hash_dup(ec, keywords))) return false;
  }
  return mx_block_from_value(ec, mx_tree_eval(ec, fr, node->block), &args->block);
}

// Push one argument.
static bool call_push(ExecCtx *ec, Frame *fr, const Node *node, CallArgs *args, bool last) {
  switch (mx_ast_kind(node)) {
  case NODE_SPLAT: {
    Value v = mx_tree_eval(ec, fr, ((const NodeSplat *)node)->value);
    fr->site = node->span.start;
    if (val_is_exc(v) || !call_push_splat(ec, v)) return false;
    return !last || call_splat_keywords(ec, args->argv, args);
  }
  case NODE_HASH:
    if (!(node->flags & NF_NO_BRACES)) break;
    return call_push_keywords(ec, fr, &((const NodeHashLiteral *)node)->pairs, args);
  case NODE_FORWARD_ARGS:
    return call_push_forward(ec, fr, (const NodeForwardArguments *)node, args);
  default: break;
  }
  Value v = mx_tree_eval(ec, fr, node);
  return !val_is_exc(v) && mx_tree_push(ec, v);
}

bool mx_tree_args(ExecCtx *ec, Frame *fr, const NodeList *list, CallArgs *args) {
  args->argv = ec->vsp;
  for (uint32_t i = 0; i < list->count; i++)
    if (!call_push(ec, fr, list->at[i], args, i + 1 == list->count)) return false;
  args->argc = (uint32_t)(ec->vsp - args->argv);
  return true;
}

// Fill in a literal block that stands in fr.
static void call_block_init(ExecCtx *ec, Frame *fr, const Node *fn, Block *block) {
  mx_ops_block_init(ec, fr, mx_code_for(ec, fr->code->unit, fn, fr->code), block);
}

// What a call with a block calls in the end.
typedef struct CallTarget {
  Value receiver;
  Sym name;
  uint32_t site; // offset for backtraces
  bool is_super; // the method behind the running one
} CallTarget;

// Call with the arguments complete.
static Value call_run(ExecCtx *ec, Frame *fr, const CallTarget *target, const CallArgs *args) {
  fr->site = target->site;
  if (target->is_super) return mx_invoke_super(ec, fr, args);
  return mx_invoke_send(ec, target->receiver, target->name, args, fr->lex);
}

// Call with a literal block: `break` in it ends this call.
static Value call_with_block(ExecCtx *ec, Frame *fr, const CallTarget *target, CallArgs *args,
                             const Node *fn) {
  Block block;
  call_block_init(ec, fr, fn, &block);
  block.site = fr->call_serial = ++ec->vm->call_serial;
  args->block = &block;
  Value result = call_run(ec, fr, target, args);
  if (val_is_exc(result)) result = mx_unwind_call(ec, fr);
  fr->call_serial = 0;
  return result;
}

// Evaluate &value.
bool mx_tree_block_pass(ExecCtx *ec, Frame *fr, const NodeBlockPass *node, uint32_t site,
                        const Block **out) {
  Value v = mx_tree_eval(ec, fr, node->value);
  fr->site = site;
  Value proc = val_is_exc(v) ? v : mx_ops_to_block(ec, fr, v);
  if (val_is_exc(proc)) return false;
  *out = mx_ops_passed(fr, proc);
  return true;
}

// Attach the block of a call node and call.
static Value call_finish(ExecCtx *ec, Frame *fr, const CallTarget *target, CallArgs *args,
                         const Node *block) {
  if (!block) return call_run(ec, fr, target, args);
  if (mx_ast_kind(block) != NODE_BLOCK_PASS) return call_with_block(ec, fr, target, args, block);
  const NodeBlockPass *pass = (const NodeBlockPass *)block;
  if (!mx_tree_block_pass(ec, fr, pass, target->site, &args->block)) return VAL_EXC;
  return call_run(ec, fr, target, args);
}

Value mx_tree_send_block(ExecCtx *ec, Frame *fr, Value receiver, Sym name, CallArgs *args,
                         const Node *block_fn) {
  CallTarget target = {receiver, name, block_fn->span.start, false};
  return call_with_block(ec, fr, &target, args, block_fn);
}

// Primitive.name(args) of core code.
static Value call_primitive(ExecCtx *ec, Frame *fr, const NodeMethodCall *node) {
  const BuiltinRow *row = mx_primitive_find(ec->vm, node->name);
  MX_ASSERT(row, "primitive %s", mx_sym_text(&ec->vm->symtab, node->name));
  CallArgs args = {0};
  Value *saved = ec->vsp;
  Value result = VAL_EXC;
  if (mx_tree_args(ec, fr, &node->args, &args))
    result = mx_builtin_call(ec, row, VAL_NIL, (int)args.argc, args.argv);
  ec->vsp = saved;
  return result;
}

// Is the call `Primitive.name(...)` in core code?
static bool call_is_primitive(const Frame *fr, const NodeMethodCall *node) {
  if (fr->lex->dialect != DIALECT_CORE || !node->receiver) return false;
  if (mx_ast_kind(node->receiver) != NODE_CONST) return false;
  const NodeConstant *scope = (const NodeConstant *)node->receiver;
  return scope->name == SYM_Primitive && !scope->scope;
}

Value mx_tree_core_operator(ExecCtx *ec, Frame *fr, Sym op, Value a, Value b) {
  Value result = mx_op_builtin(ec, op, a, b);
  CallArgs args = {.argv = &b, .argc = 1, .flags = CALL_FCALL};
  return val_is_undef(result) ? mx_invoke_send(ec, a, op, &args, fr->lex) : result;
}

static Value call_core_operator(ExecCtx *ec, Frame *fr, const NodeMethodCall *node, Value left) {
  Value *saved = ec->vsp;
  if (!mx_tree_push(ec, left)) return VAL_EXC;
  Value right = mx_tree_eval(ec, fr, node->args.at[0]);
  ec->vsp = saved;
  if (val_is_exc(right)) return right;
  fr->site = node->name_start;
  return mx_tree_core_operator(ec, fr, node->name, left, right);
}

// May core code run the node as an operator on built-in operands?
static bool call_is_core_operator(const Frame *fr, const NodeMethodCall *node) {
  return fr->lex->dialect == DIALECT_CORE && node->base.flags & (NF_OPERATOR | NF_INDEX) &&
         node->args.count == 1 && !node->block && node->receiver &&
         mx_ast_kind(node->args.at[0]) != NODE_SPLAT && mx_ast_kind(node->args.at[0]) != NODE_HASH;
}

// Tests and reads that core code does without a send, whatever a program has made of the methods:
// block_given?, nil? and ! of any receiver, length of an Array.
static bool call_core_leaf(const Frame *fr, const NodeMethodCall *node, Value receiver,
                           Value *result) {
  if (fr->lex->dialect != DIALECT_CORE || node->args.count > 0 || node->block) return false;
  if (node->name == SYM_block_given && !node->receiver) {
    *result = val_bool(fr->block != NULL);
    return true;
  }
  if (node->name == SYM_nil_p || node->name == SYM_BANG) {
    *result = val_bool(node->name == SYM_nil_p ? val_is_nil(receiver) : !val_truthy(receiver));
    return true;
  }
  if (node->name != SYM_length || !val_is_array(receiver)) return false;
  *result = val_from_fixnum(mx_array_len(receiver));
  return true;
}

// Visibility and error wording that the form of a call asks for; core code sees private methods.
uint32_t mx_tree_call_flags(const Frame *fr, const NodeMethodCall *node) {
  if (node->base.flags & NF_VCALL) return CALL_FCALL | CALL_VCALL;
  if (fr->lex->dialect == DIALECT_CORE) return CALL_FCALL;
  bool to_self = !node->receiver || mx_ast_kind(node->receiver) == NODE_SELF;
  return to_self ? CALL_FCALL : 0;
}

// Is it `hash[key]` of a Hash as it was born? No backtrace shows Hash#[] then.
static bool call_is_hash_index(const ExecCtx *ec, const Frame *fr, const NodeMethodCall *node,
                               Value receiver) {
  return node->base.flags & NF_INDEX && !node->block && node->args.count == 1 &&
         val_is_type(receiver, T_HASH) && !fr->lex->refinements &&
         mx_ast_kind(node->args.at[0]) != NODE_SPLAT &&
         mx_ast_kind(node->args.at[0]) != NODE_HASH &&
         mx_class_of(ec->vm, receiver) == ec->vm->cls.Hash &&
         MX_BASIC_PRISTINE(ec->vm, SYM_AREF, BASIC_HASH) && !ec->vm->hooked;
}

// hash[key] with the key evaluated.
static Value call_hash_index(ExecCtx *ec, Frame *fr, const NodeMethodCall *node, Value hash) {
  Value *saved = ec->vsp;
  if (!mx_tree_push(ec, hash)) return VAL_EXC;
  Value key = mx_tree_eval(ec, fr, node->args.at[0]);
  ec->vsp = saved;
  if (val_is_exc(key)) return key;
  fr->site = node->name_start;
  return mx_hash_fetch(ec, hash, key);
}

Value mx_tree_receiver(ExecCtx *ec, Frame *fr, const NodeMethodCall *node) {
  if (!node->receiver) return fr->self;
  if (!mx_ast_freezes_string(node)) return mx_tree_eval(ec, fr, node->receiver);
  return mx_tree_string(ec, (const NodeStringLiteral *)node->receiver, true);
}

Value mx_tree_call(ExecCtx *ec, Frame *fr, const NodeMethodCall *node) {
  if (call_is_primitive(fr, node)) return call_primitive(ec, fr, node);
  Value receiver = mx_tree_receiver(ec, fr, node);
  if (val_is_exc(receiver)) return receiver;
  if (node->base.flags & NF_SAFE_NAV && val_is_nil(receiver)) return VAL_NIL;
  if (call_is_core_operator(fr, node)) return call_core_operator(ec, fr, node, receiver);
  if (call_is_hash_index(ec, fr, node, receiver)) return call_hash_index(ec, fr, node, receiver);
  Value result = VAL_EXC;
  if (call_core_leaf(fr, node, receiver, &result)) return result;
  Value *saved = ec->vsp;
  CallArgs args = {.flags = mx_tree_call_flags(fr, node)};
  CallTarget target = {receiver, node->name, node->name_start, false};
  if (mx_tree_push(ec, receiver) && mx_tree_args(ec, fr, &node->args, &args))
    result = call_finish(ec, fr, &target, &args, node->block);
  ec->vsp = saved;
  return result;
}

// Push the arguments of a bare `super`.
static bool super_push_implicit(ExecCtx *ec, Frame *fr, CallArgs *args) {
  Value out[2];
  args->argv = ec->vsp;
  if (!mx_super_args(ec, fr, out) || !call_push_splat(ec, out[0])) return false;
  if (mx_hash_count(out[1]) > 0) {
    args->flags |= CALL_KW;
    if (!mx_tree_push(ec, out[1])) return false;
  }
  args->argc = (uint32_t)(ec->vsp - args->argv);
  return true;
}

Value mx_tree_super(ExecCtx *ec, Frame *fr, const Node *node) {
  bool implicit = mx_ast_kind(node) == NODE_ZSUPER;
  fr->site = node->span.start;
  Value *saved = ec->vsp;
  CallArgs args = {.flags = CALL_FCALL, .block = fr->block};
  CallTarget target = {fr->self, SYM_NONE, node->span.start, true};
  const Node *block =
      implicit ? ((const NodeImplicitSuper *)node)->block : ((const NodeSuper *)node)->block;
  bool fine = implicit ? super_push_implicit(ec, fr, &args)
                       : mx_tree_args(ec, fr, &((const NodeSuper *)node)->args, &args);
  Value result = fine ? call_finish(ec, fr, &target, &args, block) : VAL_EXC;
  ec->vsp = saved;
  return result;
}

Value mx_tree_yield(ExecCtx *ec, Frame *fr, const NodeYield *node) {
  Value *saved = ec->vsp;
  CallArgs args = {0};
  Value result = VAL_EXC;
  if (mx_tree_args(ec, fr, &node->args, &args)) {
    fr->site = node->base.span.start;
    args.block = NULL;
    result = mx_invoke_block(ec, fr->block, &args);
  }
  ec->vsp = saved;
  return result;
}

Value mx_tree_lambda(ExecCtx *ec, Frame *fr, const NodeLambda *node) {
  Block block;
  call_block_init(ec, fr, &node->base, &block);
  block.is_lambda = true;
  return mx_proc_from_block(ec, &block);
}
