// SPDX-License-Identifier: MIT
// The tree of a class as it is now: made anew from its method table each time it is asked for, so
// it is true as methods come and go.
//
// class Path < Super / include M / extend M / def ... / private def ... / def self.x ... / end
// What of the class object's own methods is no public def stands in class << self. An anonymous
// class is Class.new(Super) do ... end, the singleton class of what is no module class << self.
// Methods in C have no tree and are left out.
#include "interp/ast_object.h"

#include "runtime/string.h"
#include "runtime/upcall.h"
#include "interp/define.h"

// Which methods are being added.
typedef enum ClassPart {
  PART_METHODS,  // those of instances
  PART_OWN_DEFS, // of the class object: what is a public def
  PART_OWN_REST, // of the class object: the others
} ClassPart;

// A class body being made.
typedef struct ClassTree {
  AstBuilder builder; // the tree
  VEC(Node *) body;   // statements so far
  ClassPart part;     // what is being added
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

// Is a text a path of constants? Temporary names are none.
static bool class_is_path(ExecCtx *ec, const char *text, size_t len) {
  for (size_t start = 0, i = 0; i <= len; i++) {
    if (i < len && text[i] != ':') continue;
    Sym name = mx_sym_intern(&ec->vm->symtab, text + start, i - start, SYM_ENC_UTF8);
    if (!mx_ast_is_name(ec, NODE_CONST, name)) return false;
    i += i < len;
    start = i + 1;
  }
  return true;
}

// The path of a module that has a name, else NULL.
static Node *class_path_by_name(ClassTree *tree, ClassObj *klass) {
  Value name = mx_class_name(tree->builder.ec, klass);
  if (!val_is_string(name)) return NULL;
  const char *text = mx_str_bytes(name);
  size_t len = mx_str_len(name);
  return class_is_path(tree->builder.ec, text, len) ? class_path(tree, text, len) : NULL;
}

// Make the path of a module by its name, or what makes one that has none.
static Node *class_path_of(ClassTree *tree, ClassObj *klass) {
  Node *path = class_path_by_name(tree, klass);
  return path ? path : &class_anonymous(tree, klass)->base;
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

// Which of two methods comes first in a table.
typedef struct ClassOrder {
  const MethodEntry *one;   // one of them
  const MethodEntry *other; // the other
  const MethodEntry *first; // the one that comes first
} ClassOrder;

// Stop at the first of two methods.
static bool class_find_first(void *ctx, MethodEntry *me) {
  ClassOrder *order = ctx;
  if (me == order->one || me == order->other) order->first = me;
  return !order->first;
}

// Is a method of the language one that an alias makes? The method that its def made must still be
// there: else it is written as a def, with the body that it has. What an alias makes has the
// visibility of what it names; the other ones are given behind it.
static bool class_is_alias(ExecCtx *ec, MethodEntry *me) {
  if (me->name == me->original_name) return false;
  const MethodEntry *original = mx_method_find(ec->vm, me->owner, me->original_name).me;
  if (!original || original->kind != METHOD_GUEST || original->as.code != me->as.code) return false;
  if (me->visibility == VIS_PUBLIC && original->visibility != VIS_PUBLIC) return false;
  if (original->owner != me->owner) return true;
  ClassOrder order = {.one = original, .other = me};
  mx_method_each(me->owner, class_find_first, &order);
  return order.first == original;
}

// Make an alias.
static Node *class_alias(ClassTree *tree, const MethodEntry *me) {
  NodeAlias *alias = (NodeAlias *)mx_ast_new_node(&tree->builder, NODE_ALIAS);
  alias->new_name = class_symbol(tree, me->name);
  alias->old_name = class_symbol(tree, me->original_name);
  return &alias->base;
}

// Does code mean something else in a block than in a def?
static bool class_needs_def(const Node *node);

// Visit a child; false when it is found to need a def.
static bool class_visit_needs_def(void *ctx, Node *child) { return !class_needs_def(child); }

static bool class_needs_def(const Node *node) {
  switch (mx_ast_kind(node)) {
  case NODE_YIELD:
  case NODE_ZSUPER: return true;
  case NODE_PARAM:
    if (((const NodeParameter *)node)->kind == PARAM_FORWARD) return true;
    break;
  case NODE_CALL: {
    const NodeMethodCall *call = (const NodeMethodCall *)node;
    if (call->name == SYM_block_given && !call->receiver) return true;
    break;
  }
  default:
    if (node->kind == NODE_DEF || node->kind == NODE_CLASS || node->kind == NODE_MODULE)
      return false;
    break;
  }
  return !mx_ast_each_child(node, class_visit_needs_def, NULL);
}

// Make define_method(:name) of a def whose name cannot be written in a def: with its parameters
// and body as a block or, where these would mean something else there, with a quoted def.
static Node *class_named_by_symbol(ClassTree *tree, NodeMethodDef *def) {
  NodeMethodCall *call =
      (NodeMethodCall *)class_call(tree, "define_method", class_symbol(tree, def->name));
  if (def->return_type || !mx_ast_each_child(&def->base, class_visit_needs_def, NULL)) {
    NodeQuote *quote = (NodeQuote *)mx_ast_new_node(&tree->builder, NODE_QUOTE);
    def->name = mx_sym(tree->builder.ec->vm, "method");
    quote->body = &def->base;
    NodeList args = {.at = mx_arena_array(&tree->builder.arena, Node *, 2), .count = 2};
    args.at[0] = call->args.at[0];
    args.at[1] = &quote->base;
    call->args = args;
    return &call->base;
  }
  NodeBlockFunction *block = (NodeBlockFunction *)mx_ast_new_node(&tree->builder, NODE_BLOCK_FN);
  block->base.flags |= NF_DO;
  block->params = def->params;
  block->body = def->body;
  call->block = &block->base;
  return &call->base;
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
  bool own = tree->part == PART_OWN_DEFS;
  def->singleton = own ? mx_ast_new_node(&tree->builder, NODE_SELF) : NULL;
  bool writable = mx_ast_is_name(tree->builder.ec, NODE_DEF, me->name);
  return writable ? &def->base : class_named_by_symbol(tree, def);
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
  case METHOD_CORE: ec->vm->up->load_core(ec, me); return class_def(tree, me);
  case METHOD_GUEST: return class_is_alias(ec, me) ? class_alias(tree, me) : class_def(tree, me);
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
  case METHOD_ZSUPER: return class_symbol(tree, me->name);
  case METHOD_BUILTIN: return NULL;
  }
  MX_UNREACHABLE();
}

// Is a method of a class object written as def self.x?
static bool class_is_own_def(ExecCtx *ec, MethodEntry *me) {
  bool def = me->kind == METHOD_CORE || (me->kind == METHOD_GUEST && !class_is_alias(ec, me));
  return def && me->visibility == VIS_PUBLIC && mx_ast_is_name(ec, NODE_DEF, me->name);
}

// The word for a method's visibility, NULL where none is needed.
static const char *class_visibility(const MethodEntry *me) {
  bool inherited = me->kind == METHOD_ZSUPER; // made nothing but public, private or protected here
  if (me->visibility == VIS_PUBLIC) return inherited ? "public" : NULL;
  if (me->kind == METHOD_UNDEF || (me->name == SYM_initialize && !inherited)) return NULL;
  return me->visibility == VIS_PROTECTED ? "protected" : "private";
}

// Append the statement of a method, under its visibility.
static bool class_add_method(void *ctx, MethodEntry *me) {
  ClassTree *tree = ctx;
  bool own_def = class_is_own_def(tree->builder.ec, me);
  if (tree->part != PART_METHODS && own_def != (tree->part == PART_OWN_DEFS)) return true;
  Node *node = class_method(tree, me);
  if (!node) return !tree->builder.failed;
  const char *word = class_visibility(me);
  bool behind = node->kind == NODE_DEF || node->kind == NODE_SYMBOL; // stands behind the word
  vec_push(&tree->body, word && behind ? class_call(tree, word, node) : node);
  if (word && !behind) vec_push(&tree->body, class_call(tree, word, class_symbol(tree, me->name)));
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

// Move the statements behind the first ones into a block.
static Node *class_block(ClassTree *tree, size_t first) {
  NodeBlock *block = (NodeBlock *)mx_ast_new_node(&tree->builder, NODE_BLOCK);
  uint32_t count = (uint32_t)(tree->body.count - first);
  block->statements.count = count;
  block->statements.at = mx_arena_array(&tree->builder.arena, Node *, count);
  for (uint32_t i = 0; i < count; i++) block->statements.at[i] = tree->body.at[first + i];
  tree->body.count = first;
  return &block->base;
}

// Make class << object from the statements behind the first ones.
static Node *class_singleton(ClassTree *tree, Node *object, size_t first) {
  NodeSingletonClassDef *def =
      (NodeSingletonClassDef *)mx_ast_new_node(&tree->builder, NODE_SCLASS);
  def->object = object;
  def->body = class_block(tree, first);
  return &def->base;
}

// Append the modules and methods of the class object itself.
static void class_add_singleton(ClassTree *tree, ClassObj *klass) {
  ClassObj *meta = mx_class_of(tree->builder.ec->vm, val_from_ptr(klass));
  if (!(meta->flags & CLASS_SINGLETON) || mx_class_attached(meta) != val_from_ptr(klass)) return;
  class_add_modules(tree, &meta->includes, "extend");
  tree->part = PART_OWN_DEFS;
  mx_method_each(meta, class_add_method, tree);
  size_t first = tree->body.count;
  class_add_modules(tree, &meta->prepends, "prepend");
  tree->part = PART_OWN_REST;
  mx_method_each(meta, class_add_method, tree);
  if (tree->body.count == first) return;
  Node *self = mx_ast_new_node(&tree->builder, NODE_SELF);
  vec_push(&tree->body, class_singleton(tree, self, first));
}

// The definition of a singleton class: of a module by its name, of any other object as self.
static Node *class_singleton_definition(ClassTree *tree, ClassObj *klass) {
  Value object = mx_class_attached(klass);
  Node *path =
      val_is_class_or_module(object) ? class_path_by_name(tree, VAL_CAST(ClassObj, object)) : NULL;
  return class_singleton(tree, path ? path : mx_ast_new_node(&tree->builder, NODE_SELF), 0);
}

// Make the definition around the body.
static Node *class_definition(ClassTree *tree, ClassObj *klass) {
  if (klass->flags & CLASS_SINGLETON) return class_singleton_definition(tree, klass);
  Node *path = class_path_by_name(tree, klass);
  if (!path) {
    NodeMethodCall *call = class_anonymous(tree, klass);
    NodeBlockFunction *block = (NodeBlockFunction *)mx_ast_new_node(&tree->builder, NODE_BLOCK_FN);
    block->base.flags |= NF_DO;
    block->body = class_block(tree, 0);
    call->block = &block->base;
    return &call->base;
  }
  if (class_is_module(klass)) {
    NodeModuleDef *def = (NodeModuleDef *)mx_ast_new_node(&tree->builder, NODE_MODULE);
    if (klass->flags & CLASS_TRAIT) def->base.flags |= NF_TRAIT;
    def->path = path;
    def->body = class_block(tree, 0);
    return &def->base;
  }
  ClassObj *super = class_written_super(tree, klass);
  NodeClassDef *def = (NodeClassDef *)mx_ast_new_node(&tree->builder, NODE_CLASS);
  def->path = path;
  def->superclass = super ? class_path_of(tree, super) : NULL;
  def->body = class_block(tree, 0);
  return &def->base;
}

// Module#get_ast
Value mx_ast_c_module_ast(ExecCtx *ec, Value self) {
  ClassObj *klass = VAL_CAST(ClassObj, self);
  ClassTree tree = {.part = PART_METHODS};
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
