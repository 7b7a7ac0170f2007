// SPDX-License-Identifier: MIT
// Calls: receiver, arguments, block; super, yield; operators and other calls that have an
// instruction of their own.
//
//   recv, args..., (Proc of &block)     plain arguments
//   recv, args..., Array, (Hash), (Proc)   with splats: OPF_SPLAT; the Array begins with the first
#include "bytecode/compile_internal.h"

// ---- arguments

// Arguments of one call that may lie on the stack at once; more are gathered in an Array.
enum { CALL_MAX_PLAIN = 255 };

// Is it an argument list's keywords without braces?
static bool call_is_keywords(const Node *node) {
  return mx_ast_kind(node) == NODE_HASH && node->flags & NF_NO_BRACES;
}

// Must the arguments be gathered in an Array?
static bool call_has_splat(const NodeList *args) {
  for (uint32_t i = 0; i < args->count; i++) {
    NodeKind kind = mx_ast_kind(args->at[i]);
    if (kind == NODE_SPLAT || kind == NODE_FORWARD_ARGS) return true;
  }
  return args->count > CALL_MAX_PLAIN;
}

// Arguments without splats; keywords are a Hash behind them.
static CallShape call_plain_args(Compiler *c, const NodeList *args) {
  CallShape shape = {.argc = args->count};
  for (uint32_t i = 0; i < args->count; i++) {
    mx_compile_node(c, args->at[i], true);
    if (call_is_keywords(args->at[i])) shape.flags |= OPF_KW;
  }
  return shape;
}

// Push what `...` passes on: a fresh Array or the one below, keywords, the block.
static void call_forward(Compiler *c, const NodeForwardArguments *node, bool has_array) {
  mx_compile_node(c, node->rest, true);
  mx_emit_op1(&c->e, OP_SPLAT, 0);
  if (has_array) mx_emit_op(&c->e, OP_ARRAY_CONCAT);
  mx_emit_op1(&c->e, OP_BUILD_DICT, 0);
  mx_compile_node(c, node->keywords, true);
  mx_emit_op(&c->e, OP_TO_HASH);
  mx_emit_op(&c->e, OP_HASH_MERGE);
  mx_compile_node(c, node->block, true);
  mx_emit_op(&c->e, OP_TO_BLOCK);
}

// Can what the call evaluates behind its arguments change them?
static bool call_block_has_effect(const Node *block) {
  if (!block || mx_ast_kind(block) != NODE_BLOCK_PASS) return false;
  const Node *value = ((const NodeBlockPass *)block)->value;
  if (!value) return false;
  NodeKind kind = mx_ast_kind(value);
  return kind != NODE_LOCAL && kind != NODE_IVAR && !mx_compile_is_simple(value);
}

// Add a splat to the array below; the first one of a list is the array itself.
static void call_splat(Compiler *c, const NodeSplat *node, bool has_array, bool alone) {
  mx_compile_node(c, node->value, true);
  compile_at(c, node->base.span.start);
  mx_emit_op1(&c->e, OP_SPLAT, !has_array && !alone);
  if (has_array) mx_emit_op(&c->e, OP_ARRAY_CONCAT);
}

// Arguments before the first splat, which lie on the stack as they are; none when they are many.
static uint32_t call_splat_plain(Compiler *c, const NodeList *args) {
  uint32_t plain = 0;
  while (plain < args->count && mx_ast_kind(args->at[plain]) != NODE_SPLAT &&
         mx_ast_kind(args->at[plain]) != NODE_FORWARD_ARGS)
    plain++;
  if (plain == args->count || plain > CALL_MAX_PLAIN) return 0;
  for (uint32_t i = 0; i < plain; i++) mx_compile_node(c, args->at[i], true);
  return plain;
}

// Arguments with splats: plain ones, an Array of the rest, and keywords as a Hash of their own.
static CallShape call_splat_args(Compiler *c, const NodeList *args, const Node *block) {
  uint32_t plain = call_splat_plain(c, args);
  CallShape shape = {.argc = plain + 1, .flags = OPF_SPLAT};
  bool has_array = false, alone = args->count == plain + 1 && !call_block_has_effect(block);
  for (uint32_t i = plain; i < args->count; i++) {
    const Node *node = args->at[i];
    bool last = i + 1 == args->count;
    if (mx_ast_kind(node) == NODE_FORWARD_ARGS) {
      call_forward(c, (const NodeForwardArguments *)node, has_array);
      shape.argc++;
      shape.flags |= OPF_KW;
      shape.forwards = true;
    } else if (mx_ast_kind(node) == NODE_SPLAT) {
      call_splat(c, (const NodeSplat *)node, has_array, alone);
      if (last) shape.flags |= OPF_RUBY2;
    } else if (call_is_keywords(node)) {
      mx_compile_node(c, node, true);
      shape.argc++;
      shape.flags |= OPF_KW;
    } else {
      if (!has_array) mx_emit_op1(&c->e, OP_BUILD_ARRAY, 0);
      mx_compile_node(c, node, true);
      mx_emit_op(&c->e, OP_ARRAY_PUSH);
    }
    has_array = true;
  }
  return shape;
}

CallShape mx_compile_args(Compiler *c, const NodeList *args, const Node *block) {
  return call_has_splat(args) ? call_splat_args(c, args, block) : call_plain_args(c, args);
}

uint32_t mx_compile_call_flags(const Compiler *c, const NodeMethodCall *node) {
  if (node->base.flags & NF_VCALL) return OPF_FCALL | OPF_VCALL;
  if (c->unit->core) return OPF_FCALL;
  bool to_self = !node->receiver || mx_ast_kind(node->receiver) == NODE_SELF;
  return to_self ? OPF_FCALL : 0;
}

// ---- instructions of their own

// The binary instruction that stands for an operator, OP_COUNT when there is none.
static OpCode call_binary_op(Sym name) {
  for (int op = OP_ADD; op <= OP_COMPARE; op++)
    if (mx_op_info((OpCode)op)->send == name) return (OpCode)op;
  return name == SYM_AREF ? OP_INDEX_GET : name == SYM_EQQ ? OP_CASE_EQ : OP_COUNT;
}

void mx_compile_operator(Compiler *c, Sym name) {
  OpCode op = call_binary_op(name);
  // CASE_EQ may call private methods.
  if (op != OP_COUNT && op != OP_CASE_EQ)
    mx_emit_op(&c->e, op);
  else
    mx_emit_op3(&c->e, OP_CALL_METHOD, mx_emit_name(&c->e, name), 1, 0);
}

// On self a program may call a private method; core code means the built-in one.
bool mx_compile_is_operator(const Compiler *c, const NodeMethodCall *node, uint32_t argc) {
  if (!(node->base.flags & (NF_OPERATOR | NF_INDEX)) || node->args.count != argc || node->block)
    return false;
  if (!node->receiver || node->base.flags & NF_SAFE_NAV) return false;
  if (mx_ast_kind(node->receiver) == NODE_SELF && !c->unit->core) return false;
  return argc == 0 || (!call_has_splat(&node->args) && !call_is_keywords(node->args.at[0]));
}

// Push the receiver of a call; a literal one may be shared, as the String of "text".freeze is.
static void call_receiver(Compiler *c, const NodeMethodCall *node) {
  bool block = node->block && mx_ast_kind(node->block) != NODE_BLOCK_PASS;
  if (!node->receiver)
    mx_emit_op(&c->e, OP_LOAD_SELF);
  else if (mx_ast_freezes_string(node))
    mx_compile_string(c, (const NodeStringLiteral *)node->receiver, true);
  else if (!mx_compile_shared(c, node->receiver, node->name, block))
    mx_compile_node(c, node->receiver, true);
}

// a op b, -a, !a; false when the call is none of these.
static bool call_operator(Compiler *c, const NodeMethodCall *node) {
  if (mx_compile_fold(c, node)) return true;
  OpCode unary = node->name == SYM_UMINUS ? OP_NEG : node->name == SYM_BANG ? OP_NOT : OP_COUNT;
  bool is_unary = unary != OP_COUNT && mx_compile_is_operator(c, node, 0);
  if (!is_unary && !mx_compile_is_operator(c, node, 1)) return false;
  call_receiver(c, node);
  if (!is_unary) mx_compile_node(c, node->args.at[0], true);
  compile_at(c, node->name_start);
  if (is_unary)
    mx_emit_op(&c->e, unary);
  else
    mx_compile_operator(c, node->name);
  return true;
}

// Primitive.name(args) of core code; false when the call is none.
static bool call_primitive(Compiler *c, const NodeMethodCall *node) {
  if (!c->unit->core || !node->receiver || mx_ast_kind(node->receiver) != NODE_CONST) return false;
  const NodeConstant *scope = (const NodeConstant *)node->receiver;
  // A primitive takes plain arguments; with others it is a call of an unknown constant.
  if (scope->name != SYM_Primitive || scope->scope || call_has_splat(&node->args)) return false;
  CallShape shape = mx_compile_args(c, &node->args, NULL);
  compile_at(c, node->name_start);
  mx_emit_op2(&c->e, OP_PRIMITIVE, mx_emit_name(&c->e, node->name), shape.argc);
  return true;
}

// nil? of core code looks at the value, whatever the program has made of the method: anything but
// nil becomes true, and NOT, a primitive there, does the rest.
static bool call_core_nil(Compiler *c, const NodeMethodCall *node) {
  if (node->name != SYM_nil_p || !node->receiver || node->base.flags & NF_SAFE_NAV) return false;
  Label is_nil = mx_emit_label(&c->e);
  mx_compile_node(c, node->receiver, true);
  mx_emit_op1(&c->e, OP_JUMP_IF_NIL, is_nil);
  mx_emit_op(&c->e, OP_POP);
  mx_emit_op(&c->e, OP_PUSH_TRUE);
  mx_emit_bind(&c->e, is_nil);
  mx_emit_op(&c->e, OP_NOT);
  return true;
}

// length, nil? and block_given? of core code; false when the call is none of them.
static bool call_core_leaf(Compiler *c, const NodeMethodCall *node) {
  if (!c->unit->core || node->args.count > 0 || node->block) return false;
  if (call_core_nil(c, node)) return true;
  if (node->name == SYM_block_given && !node->receiver) {
    mx_emit_op(&c->e, OP_CORE_BLOCK_GIVEN);
    return true;
  }
  if (node->name != SYM_length || node->base.flags & NF_SAFE_NAV) return false;
  if (node->receiver)
    mx_compile_node(c, node->receiver, true);
  else
    mx_emit_op(&c->e, OP_LOAD_SELF);
  compile_at(c, node->name_start);
  mx_emit_op1(&c->e, OP_CORE_LENGTH, mx_compile_call_flags(c, node));
  return true;
}

// Is the node a local that holds the method's &block parameter?
static bool call_is_block_param(const Compiler *c, const Node *node) {
  if (mx_ast_kind(node) != NODE_LOCAL) return false;
  const NodeLocalVariable *local = (const NodeLocalVariable *)node;
  return local->depth == 0 && (int32_t)local->slot == c->info.params.block_slot;
}

// The instruction for a call of a well-known name on a receiver; OP_COUNT when there is none.
static OpCode call_named_receiver(const Compiler *c, const NodeMethodCall *node) {
  const Node *receiver = node->receiver;
  switch (node->name) {
  case SYM_new: return OP_NEW_INSTANCE;
  case SYM_call: return call_is_block_param(c, receiver) ? OP_CALL_BLOCK : OP_CALL;
  case SYM_get_ast:
    if (mx_ast_kind(receiver) == NODE_CONST) return OP_GET_CLASS_AST;
    return mx_ast_kind(receiver) == NODE_CALL && ((const NodeMethodCall *)receiver)->args.count == 1
               ? OP_GET_METHOD_AST
               : OP_GET_AST;
  case SYM_set_method_ast: return OP_SET_METHOD_AST;
  case SYM_remove_method: return OP_REMOVE_METHOD;
  default: return OP_COUNT;
  }
}

// The same for calls of self.
static OpCode call_named_self(Sym name) {
  switch (name) {
  case SYM_raise: return OP_RAISE;
  case SYM_block_given: return OP_BLOCK_GIVEN;
  case SYM_eval: return OP_EVAL_STRING;
  case SYM_breakpoint: return OP_BREAKPOINT;
  case SYM_remove_method: return OP_REMOVE_METHOD;
  default: return OP_COUNT;
  }
}

// ---- calls

// The block of a call node, compiled as far as it is a value.
typedef struct CallBlock {
  const Node *literal; // BLOCK_FN, or NULL
  bool passed;         // a Proc or nil lies at the top
} CallBlock;

// Push the value of &block, if there is one, of the call at site.
static CallBlock call_block(Compiler *c, const Node *block, const CallShape *shape, uint32_t site) {
  if (shape->forwards) return (CallBlock){.passed = true};
  if (!block) return (CallBlock){0};
  if (mx_ast_kind(block) != NODE_BLOCK_PASS) return (CallBlock){.literal = block};
  mx_compile_node(c, ((const NodeBlockPass *)block)->value, true);
  compile_at(c, site);
  mx_emit_op(&c->e, OP_TO_BLOCK);
  return (CallBlock){.passed = true};
}

// The call itself, when it has an instruction of its own; false for others.
static bool call_named(Compiler *c, const NodeMethodCall *node, const CallShape *shape,
                       const CallBlock *block, uint32_t flags) {
  if (shape->flags & OPF_SPLAT || block->passed || flags & OPF_VCALL) {
    bool plain_vcall =
        flags & OPF_VCALL && (node->name == SYM_breakpoint || node->name == SYM_block_given);
    if (!plain_vcall) return false;
  }
  if (block->literal) {
    if (node->name != SYM_define_method || node->receiver) return false;
    mx_emit_op3(&c->e, OP_DEFINE_METHOD_RUNTIME, shape->argc, flags,
                mx_compile_enter_body(c, block->literal));
    return true;
  }
  OpCode op = node->receiver ? call_named_receiver(c, node) : call_named_self(node->name);
  if (op == OP_COUNT) return false;
  mx_emit_op2(&c->e, op, shape->argc, flags);
  return true;
}

// Receiver and arguments lie on the stack: call.
static void call_emit(Compiler *c, const NodeMethodCall *node, const CallShape *shape,
                      const CallBlock *block) {
  uint32_t flags = mx_compile_call_flags(c, node) | shape->flags;
  compile_at(c, node->name_start);
  if (call_named(c, node, shape, block, flags)) return;
  uint32_t name = mx_emit_name(&c->e, node->name);
  if (block->literal)
    mx_emit_op4(&c->e, OP_CALL_WITH_BLOCK, name, shape->argc, flags,
                mx_compile_enter_body(c, block->literal));
  else
    mx_emit_op3(&c->e, block->passed ? OP_CALL_PASS : OP_CALL_METHOD, name, shape->argc, flags);
}

void mx_compile_call(Compiler *c, const NodeMethodCall *node) {
  if (call_primitive(c, node) || call_core_leaf(c, node) || call_operator(c, node)) return;
  Label end = mx_emit_label(&c->e);
  call_receiver(c, node);
  if (node->base.flags & NF_SAFE_NAV) mx_emit_op1(&c->e, OP_JUMP_IF_NIL, end);
  CallShape shape = mx_compile_args(c, &node->args, node->block);
  CallBlock block = call_block(c, node->block, &shape, node->name_start);
  call_emit(c, node, &shape, &block);
  mx_emit_bind(&c->e, end);
}

void mx_compile_tail_call(Compiler *c, const NodeMethodCall *node) {
  bool literal = node->block && mx_ast_kind(node->block) != NODE_BLOCK_PASS;
  if (literal || node->base.flags & (NF_OPERATOR | NF_INDEX)) {
    mx_compile_node(c, &node->base, true);
    return;
  }
  Label end = mx_emit_label(&c->e);
  call_receiver(c, node);
  if (node->base.flags & NF_SAFE_NAV) mx_emit_op1(&c->e, OP_JUMP_IF_NIL, end);
  CallShape shape = mx_compile_args(c, &node->args, node->block);
  CallBlock block = call_block(c, node->block, &shape, node->name_start);
  compile_at(c, node->name_start);
  mx_emit_op3(&c->e, block.passed ? OP_TAIL_PASS : OP_TAIL_CALL, mx_emit_name(&c->e, node->name),
              shape.argc, mx_compile_call_flags(c, node) | shape.flags);
  mx_emit_bind(&c->e, end);
}

void mx_compile_send_block(Compiler *c, Sym name, uint32_t argc, uint32_t flags,
                           const Node *block) {
  mx_emit_op4(&c->e, OP_CALL_WITH_BLOCK, mx_emit_name(&c->e, name), argc, flags,
              mx_compile_enter_body(c, block));
}

// ---- super and yield

// Arguments of a bare `super`: the method's parameters as they are now.
static CallShape super_implicit_args(Compiler *c) {
  const Params *params = &c->info.params;
  if (c->info.kind == CODE_METHOD && params->flags & PARAMS_IN_ORDER) {
    uint32_t count = params->pre + params->opt;
    for (uint32_t i = 0; i < count; i++) mx_emit_op1(&c->e, OP_LOAD_LOCAL, i);
    if (params->keys == 0) return (CallShape){.argc = count};
    for (uint32_t i = count; i < count + params->keys; i++) {
      mx_emit_op1(&c->e, OP_PUSH_CONST, mx_emit_name(&c->e, params->list[i].name));
      mx_emit_op1(&c->e, OP_LOAD_LOCAL, i);
    }
    mx_emit_op1(&c->e, OP_BUILD_DICT, params->keys);
    return (CallShape){.argc = count + 1, .flags = OPF_KW};
  }
  mx_emit_op(&c->e, OP_SUPER_ARGS);
  return (CallShape){.argc = 2, .flags = OPF_SPLAT | OPF_KW};
}

void mx_compile_super(Compiler *c, const Node *node) {
  bool implicit = mx_ast_kind(node) == NODE_ZSUPER;
  const Node *block_node =
      implicit ? ((const NodeImplicitSuper *)node)->block : ((const NodeSuper *)node)->block;
  CallShape shape = implicit ? super_implicit_args(c)
                             : mx_compile_args(c, &((const NodeSuper *)node)->args, block_node);
  CallBlock block = call_block(c, block_node, &shape, node->span.start);
  uint32_t name = mx_emit_name(&c->e, c->info.name);
  uint32_t flags = shape.flags | OPF_FCALL;
  compile_at(c, node->span.start);
  if (block.literal)
    mx_emit_op4(&c->e, OP_SUPER_WITH_BLOCK, name, shape.argc, flags,
                mx_compile_enter_body(c, block.literal));
  else
    mx_emit_op3(&c->e, block.passed ? OP_SUPER_PASS : OP_CALL_SUPER, name, shape.argc, flags);
}

void mx_compile_yield(Compiler *c, const NodeYield *node) {
  CallShape shape = mx_compile_args(c, &node->args, NULL);
  if (shape.forwards) mx_emit_op(&c->e, OP_POP);
  compile_at(c, node->base.span.start);
  mx_emit_op2(&c->e, OP_YIELD, shape.argc, shape.flags);
}
