// SPDX-License-Identifier: MIT
// The tree of a class as it is now: made anew from its method table each time it is asked for, so
// it is true as methods come and go.
//
// class Path < Super / include M / def ... / private def ... / def self.x ... / end
// An anonymous one is Class.new(Super) do ... end. Methods in C have no tree and are left out.
#include "interp/ast_object.h"

#include "runtime/string.h"
#include "runtime/upcall.h"
#include "interp/define.h"

// A class body being made.
typedef struct ClassTree {
  AstBuilder builder; // the tree
  VEC(Node *) body;   // statements so far
  bool singleton;     // the methods are those of the class object
} ClassTree;

// Make a list of one node.
static NodeList class_list_of(ClassTree *tree, Node *node) {
  NodeList list = {.at = mx_arena_array(&tree->builder.arena, Node *, 1), .count = 1};
  list.at[0] = node;
  return list;
}

// Make a constant path from "A::B".
static Node *class_path(ClassTree *tree, const char *text, size_t len) {
  NodeConstant *node = (NodeConstant *)mx_ast_new_node(&tree->builder, NODE_CONST);
  size_t start = len;
  while (start > 1 && !(text[start - 1] == ':' && text[start - 2] == ':')) start--;
  if (start <= 1) start = 0;
  SymTab *symtab = &tree->builder.ec->vm->symtab;
  node->name = mx_sym_intern(symtab, text + start, len - start, SYM_ENC_UTF8);
  if (start >= 2) node->scope = class_path(tree, text, start - 2);
  return &node->base;
}

// Is it a module, and no class?
static bool class_is_module(ClassObj *klass) {
  return val_heap_type(val_from_ptr(klass)) == T_MODULE;
}

// The class above in the language, NULL for none but Object.
static ClassObj *class_written_super(ClassTree *tree, ClassObj *klass) {
  ClassObj *super = klass->super ? mx_class_real(klass->super) : NULL;
  return super == tree->builder.ec->vm->cls.Object ? NULL : super;
}

static Node *class_path_of(ClassTree *tree, ClassObj *klass);

// Make Class.new(Super) or Module.new.
static NodeMethodCall *class_anonymous(ClassTree *tree, ClassObj *klass) {
  bool module = class_is_module(klass);
  ClassObj *super = module ? NULL : class_written_super(tree, klass);
  NodeMethodCall *call = (NodeMethodCall *)mx_ast_new_node(&tree->builder, NODE_CALL);
  call->receiver = module ? class_path(tree, "Module", 6) : class_path(tree, "Class", 5);
  call->base.flags |= NF_PARENS;
  call->name = SYM_new;
  if (super) call->args = class_list_of(tree, class_path_of(tree, super));
  return call;
}

// Make the path of a module by its name, or what makes one that has none.
static Node *class_path_of(ClassTree *tree, ClassObj *klass) {
  Value name = mx_class_name(tree->builder.ec, klass);
  if (val_is_string(name)) return class_path(tree, mx_str_bytes(name), mx_str_len(name));
  return &class_anonymous(tree, klass)->base;
}

// Make a call without receiver.
static Node *class_call(ClassTree *tree, const char *name, Node *arg) {
  NodeMethodCall *call = (NodeMethodCall *)mx_ast_new_node(&tree->builder, NODE_CALL);
  call->name = mx_sym(tree->builder.ec->vm, name);
  call->args = class_list_of(tree, arg);
  return &call->base;
}

// Make a Symbol literal.
static Node *class_symbol(ClassTree *tree, Sym name) {
  NodeSymbolLiteral *node = (NodeSymbolLiteral *)mx_ast_new_node(&tree->builder, NODE_SYMBOL);
  node->value = name;
  return &node->base;
}

// Make an alias.
static Node *class_alias(ClassTree *tree, const MethodEntry *me) {
  NodeAlias *alias = (NodeAlias *)mx_ast_new_node(&tree->builder, NODE_ALIAS);
  alias->new_name = class_symbol(tree, me->name);
  alias->old_name = class_symbol(tree, me->original_name);
  return &alias->base;
}

// Make the def of a method of the language under its current name.
static Node *class_def(ClassTree *tree, const MethodEntry *me) {
  const Code *code = mx_method_code(tree->builder.ec, me->as.code);
  tree->builder.failed |= !code;
  if (!code) return NULL;
  AstObj ast = {.unit = code->unit, .node = mx_code_node(tree->builder.ec, code)};
  if (!ast.node) return NULL;
  const Node *node = mx_ast_import(&tree->builder, &ast);
  NodeMethodDef *def = (NodeMethodDef *)mx_ast_new_node(&tree->builder, NODE_DEF);
  *def = *(const NodeMethodDef *)node;
  def->name = me->name;
  def->singleton = tree->singleton ? mx_ast_new_node(&tree->builder, NODE_SELF) : NULL;
  return &def->base;
}

// Make define_method(:name) with the block that a method was made from.
static Node *class_proc_method(ClassTree *tree, const MethodEntry *me) {
  const Block *block = &VAL_CAST(Proc, me->as.proc)->block;
  const Code *code = block->code;
  if (block->kind != BLOCK_CODE) return NULL;
  AstObj ast = {.unit = code->unit, .node = mx_code_node(tree->builder.ec, code)};
  if (!ast.node) return NULL;
  NodeMethodCall *call =
      (NodeMethodCall *)class_call(tree, "define_method", class_symbol(tree, me->name));
  Node *function = mx_ast_import(&tree->builder, &ast);
  if (function->kind == NODE_BLOCK_FN) {
    call->block = function;
  } else {
    NodeBlockPass *pass = (NodeBlockPass *)mx_ast_new_node(&tree->builder, NODE_BLOCK_PASS);
    pass->value = function;
    call->block = &pass->base;
  }
  return &call->base;
}

// Make the statement that defines a method; NULL when it has no tree.
static Node *class_method(ClassTree *tree, MethodEntry *me) {
  ExecCtx *ec = tree->builder.ec;
  switch ((MethodKind)me->kind) {
  case METHOD_CORE:
    if (!ec->vm->up->load_core(ec, me)) {
      tree->builder.failed = true;
      return NULL;
    }
    return class_def(tree, me);
  case METHOD_GUEST:
    return me->name == me->original_name ? class_def(tree, me) : class_alias(tree, me);
  case METHOD_ATTR_READER: return class_call(tree, "attr_reader", class_symbol(tree, me->name));
  case METHOD_ATTR_WRITER: {
    SymName name = mx_sym_name(&ec->vm->symtab, me->name);
    Sym attribute = mx_sym_intern(&ec->vm->symtab, name.bytes, name.len - 1, name.enc);
    return class_call(tree, "attr_writer", class_symbol(tree, attribute));
  }
  case METHOD_PROC: return class_proc_method(tree, me);
  case METHOD_UNDEF: {
    NodeUndef *undef = (NodeUndef *)mx_ast_new_node(&tree->builder, NODE_UNDEF);
    undef->names = class_list_of(tree, class_symbol(tree, me->name));
    return &undef->base;
  }
  case METHOD_BUILTIN:
  case METHOD_ZSUPER: return NULL;
  }
  MX_UNREACHABLE();
}

// Append the statement of a method, under its visibility.
static bool class_add_method(void *ctx, MethodEntry *me) {
  ClassTree *tree = ctx;
  Node *node = class_method(tree, me);
  if (!node) return !tree->builder.failed;
  bool plain_def = node->kind == NODE_DEF && !tree->singleton;
  bool by_name = me->name == SYM_initialize;
  if (plain_def && me->visibility == VIS_PRIVATE && !by_name)
    node = class_call(tree, "private", node);
  if (plain_def && me->visibility == VIS_PROTECTED) node = class_call(tree, "protected", node);
  vec_push(&tree->body, node);
  return true;
}

// Append the requirements of a trait.
static void class_add_requirements(ClassTree *tree, const ClassObj *trait) {
  uint32_t position = 0;
  if (!trait->required) return;
  for (const NameEntry *at; (at = mx_nametable_next(trait->required, &position));) {
    Node *def = class_def(tree, (const MethodEntry *)(uintptr_t)at->word);
    if (def) vec_push(&tree->body, def);
  }
}

// Append the includes and prepends of a class.
static void class_add_modules(ClassTree *tree, const ClassList *list, const char *how) {
  for (uint32_t i = 0; i < list->count; i++)
    vec_push(&tree->body, class_call(tree, how, class_path_of(tree, list->at[i])));
}

// Append the methods of the class object itself.
static void class_add_singleton(ClassTree *tree, ClassObj *klass) {
  ClassObj *meta = mx_class_of(tree->builder.ec->vm, val_from_ptr(klass));
  if (!(meta->flags & CLASS_SINGLETON) || mx_class_attached(meta) != val_from_ptr(klass)) return;
  tree->singleton = true;
  mx_method_each(meta, class_add_method, tree);
}

// Move the statements into the tree.
static Node *class_body(ClassTree *tree) {
  NodeBlock *block = (NodeBlock *)mx_ast_new_node(&tree->builder, NODE_BLOCK);
  block->statements.count = tree->body.count;
  block->statements.at = mx_arena_array(&tree->builder.arena, Node *, tree->body.count);
  for (uint32_t i = 0; i < tree->body.count; i++) block->statements.at[i] = tree->body.at[i];
  return &block->base;
}

// Make the definition around the body.
static Node *class_definition(ClassTree *tree, ClassObj *klass) {
  if (!val_is_string(mx_class_name(tree->builder.ec, klass))) {
    NodeMethodCall *call = class_anonymous(tree, klass);
    NodeBlockFunction *block = (NodeBlockFunction *)mx_ast_new_node(&tree->builder, NODE_BLOCK_FN);
    block->base.flags |= NF_DO;
    block->body = class_body(tree);
    call->block = &block->base;
    return &call->base;
  }
  if (class_is_module(klass)) {
    NodeModuleDef *def = (NodeModuleDef *)mx_ast_new_node(&tree->builder, NODE_MODULE);
    if (klass->flags & CLASS_TRAIT) def->base.flags |= NF_TRAIT;
    def->path = class_path_of(tree, klass);
    def->body = class_body(tree);
    return &def->base;
  }
  ClassObj *super = class_written_super(tree, klass);
  NodeClassDef *def = (NodeClassDef *)mx_ast_new_node(&tree->builder, NODE_CLASS);
  def->path = class_path_of(tree, klass);
  def->superclass = super ? class_path_of(tree, super) : NULL;
  def->body = class_body(tree);
  return &def->base;
}

// Module#get_ast
Value mx_ast_c_module_ast(ExecCtx *ec, Value self) {
  ClassObj *klass = VAL_CAST(ClassObj, self);
  ClassTree tree = {.singleton = false};
  mx_ast_builder_init(&tree.builder, ec);
  class_add_modules(&tree, &klass->prepends, "prepend");
  class_add_modules(&tree, &klass->includes, "include");
  class_add_requirements(&tree, klass);
  mx_method_each(klass, class_add_method, &tree);
  class_add_singleton(&tree, klass);
  Node *root = class_definition(&tree, klass);
  vec_free(&tree.body);
  return mx_ast_built(&tree.builder, root);
}
