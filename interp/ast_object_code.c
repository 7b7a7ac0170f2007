// SPDX-License-Identifier: MIT
// From text and code to AST objects and back: parse, eval, compile, get_ast, set_ast.
//
// A tree that is to run is printed and parsed again where it is to run (see ast_object.h); the
// new text belongs to the new code, so locations, backtraces and get_ast of changed methods work
// as for any other.
#include "frontend/ast_print.h"
#include "frontend/parser.h"
#include "runtime/array.h"
#include "runtime/semantics.h"
#include "runtime/string.h"
#include "interp/ast_object.h"
#include "interp/define.h"
#include "interp/program.h"
#include "interp/tree.h"

#define AST_FILE "(ast)" // what locations in printed trees name

// -- spliced Values behind the parser -----------------------------------------------------------

// Putting spliced Values back into a tree that was printed and parsed.
typedef struct CodePatch {
  AstBuilder builder;   // makes the nodes
  const SymTab *symtab; // names of the tree
} CodePatch;

// Return the index that Primitive.spliced(i) names, or -1 for any other node.
static int64_t code_spliced_index(const CodePatch *patch, const Node *node) {
  const NodeMethodCall *call = (const NodeMethodCall *)node;
  if (node->kind != NODE_CALL || !call->receiver || call->receiver->kind != NODE_CONST ||
      call->args.count != 1 || call->args.at[0]->kind != NODE_INTEGER)
    return -1;
  bool primitive = ((const NodeConstant *)call->receiver)->name == SYM_Primitive &&
                   strcmp(mx_sym_text(patch->symtab, call->name), "spliced") == 0;
  return primitive ? ((const NodeIntegerLiteral *)call->args.at[0])->value : -1;
}

static bool code_patch_children(void *ctx, Node *node);

// Replace one child, or look below it. The tree is fresh, so it may be changed in place.
static void code_patch_child(CodePatch *patch, Node **at) {
  int64_t index = *at ? code_spliced_index(patch, *at) : -1;
  if (index >= 0) {
    NodeSpliced *spliced = (NodeSpliced *)mx_ast_new_node(&patch->builder, NODE_SPLICED);
    spliced->index = index;
    spliced->base.id = (*at)->id;
    spliced->base.span = (*at)->span;
    *at = &spliced->base;
  } else if (*at) {
    code_patch_children(patch, *at);
  }
}

// Put spliced Values back below a node.
static bool code_patch_children(void *ctx, Node *node) {
  CodePatch *patch = ctx;
  const NodeInfo *info = mx_ast_info(mx_ast_kind(node));
  for (uint32_t i = 0; i < info->field_count; i++) {
    void *at = mx_ast_field(node, &info->fields[i]);
    FieldType type = info->fields[i].type;
    if (type == FIELD_NODE || type == FIELD_OPT) code_patch_child(patch, at);
    if (type != FIELD_LIST) continue;
    NodeList *list = at;
    for (uint32_t e = 0; e < list->count; e++) code_patch_child(patch, &list->at[e]);
  }
  return true;
}

// Give a unit that was parsed from a printed tree the tree's spliced Values.
static void code_adopt_spliced(ExecCtx *ec, Unit *unit, Value spliced) {
  if (val_is_nil(spliced)) return;
  CodePatch patch = {.symtab = &ec->vm->symtab};
  mx_ast_builder_init(&patch.builder, ec);
  code_patch_children(&patch, unit->tree->root);
  unit->spliced = spliced;
}

// Print a tree as a String, with the magic comments that it stands under; *line is the number of
// the first line, so that the tree itself begins at line 1.
static Value code_text(ExecCtx *ec, const AstObj *ast, int32_t *line) {
  StrBuf out = STRBUF_INIT;
  *line = 1 - (int32_t)mx_ast_print_alone(ast->unit->tree, ast->node, &ec->vm->symtab, &out);
  return mx_str_from_buf(ec, &out);
}

// -- running ------------------------------------------------------------------------------------

// Print a tree and parse the text again: for a binding, or for the top level when that is NULL.
static Unit *code_reparse(ExecCtx *ec, const AstObj *ast, const BindingObj *binding) {
  int32_t line;
  Value text = code_text(ec, ast, &line);
  ParseOptions options = {.dialect = ast->unit->tree->dialect};
  Unit *unit = binding ? mx_eval_parse_in(ec, binding, text, AST_FILE, line)
                       : mx_eval_parse(ec, text, mx_str_from_cstr(ec, AST_FILE), line, &options);
  if (unit) code_adopt_spliced(ec, unit, ast->unit->spliced);
  return unit;
}

// The same lexical context for text in a tree's dialect.
static const LexCtx *code_lex_as(const LexCtx *lex, const AstObj *ast) {
  LexCtx *copy = mx_gc_alloc_words(sizeof *copy);
  *copy = *lex;
  copy->dialect = ast->unit->tree->dialect;
  return copy;
}

// Node#eval(binding = the caller's)
Value mx_ast_m_eval(ExecCtx *ec, Value self, Value a) {
  Value binding = val_is_undef(a) || val_is_nil(a) ? ec->vm->up->caller_binding(ec) : a;
  if (val_is_exc(binding)) return VAL_EXC;
  if (!val_is_type(binding, T_BINDING))
    return mx_raise_type(ec, "wrong argument type (expected binding): %V", a);
  const AstObj *ast = mx_ast_get(self);
  BindingObj *place = VAL_CAST(BindingObj, binding);
  const LexCtx *lex = place->lex;
  if (lex->dialect != ast->unit->tree->dialect) place->lex = code_lex_as(lex, ast);
  Unit *unit = code_reparse(ec, ast, place);
  Value result = unit ? mx_eval_run_in(ec, place, unit) : VAL_EXC;
  place->lex = lex;
  return result;
}

// See through a program and lists of one statement.
static const Node *code_unwrap(const Node *node) {
  if (node->kind == NODE_PROGRAM) node = ((const NodeProgram *)node)->body;
  while (node->kind == NODE_BLOCK && ((const NodeBlock *)node)->statements.count == 1)
    node = ((const NodeBlock *)node)->statements.at[0];
  return node;
}

// Return parameters and body of a node that stands for a function; any other is its own body.
static void code_function_parts(const Node *node, Node **params, Node **body) {
  *params = NULL;
  *body = (Node *)(uintptr_t)node;
  if (node->kind == NODE_DEF) {
    *params = ((const NodeMethodDef *)node)->params;
    *body = ((const NodeMethodDef *)node)->body;
  } else if (node->kind == NODE_LAMBDA) {
    *params = ((const NodeLambda *)node)->params;
    *body = ((const NodeLambda *)node)->body;
  } else if (node->kind == NODE_BLOCK_FN) {
    *params = ((const NodeBlockFunction *)node)->params;
    *body = ((const NodeBlockFunction *)node)->body;
  }
}

// Node#compile: a lambda that runs the tree; a function's parameters become the lambda's.
Value mx_ast_m_compile(ExecCtx *ec, Value self) {
  const AstObj *ast = mx_ast_get(self);
  AstBuilder builder;
  mx_ast_builder_from(&builder, ec, ast);
  NodeLambda *lambda = (NodeLambda *)mx_ast_new_node(&builder, NODE_LAMBDA);
  const Node *node = code_unwrap(mx_ast_import(&builder, ast));
  code_function_parts(node, &lambda->params, &lambda->body);
  Value built = mx_ast_built(&builder, &lambda->base);
  Unit *unit = val_is_exc(built) ? NULL : code_reparse(ec, mx_ast_get(built), NULL);
  return unit ? mx_eval_run_top(ec, unit) : VAL_EXC;
}

// AST.parse(text, dialect = :metorex)
Value mx_ast_s_parse(ExecCtx *ec, Value self, Value a, Value b) {
  MX_UNUSED(self);
  Value text = mx_to_str(ec, a);
  if (val_is_exc(text)) return text;
  Sym name = SYM_NONE;
  if (!val_is_undef(b) && !mx_to_method_name(ec, b, &name)) return VAL_EXC;
  bool ruby = name != SYM_NONE && strcmp(mx_sym_text(&ec->vm->symtab, name), "ruby") == 0;
  ParseOptions options = {.dialect = ruby ? DIALECT_RUBY : DIALECT_METOREX};
  Unit *unit = mx_eval_parse(ec, text, mx_str_from_cstr(ec, AST_FILE), 1, &options);
  return unit ? mx_ast_wrap(ec, unit, unit->tree->root) : VAL_EXC;
}

// -- reading code -------------------------------------------------------------------------------

// Wrap the node of a code; nil when there is no tree.
static Value code_wrap(ExecCtx *ec, const Code *code) {
  const Node *node = code ? mx_code_node(ec, code) : NULL;
  return node ? mx_ast_wrap(ec, code->unit, node) : VAL_NIL;
}

// The tree of a block's code, nil for procs that are not written in the language.
static Value code_of_block(ExecCtx *ec, const Block *block) {
  return block->kind == BLOCK_CODE ? code_wrap(ec, block->code) : VAL_NIL;
}

// The tree of a method, nil for C methods and attributes.
static Value code_of_method(ExecCtx *ec, MethodEntry *me) {
  if (me->kind == METHOD_CORE) ec->vm->up->load_core(ec, me);
  if (me->kind == METHOD_GUEST) {
    const Code *code = mx_method_code(ec, me->as.code);
    return code ? code_wrap(ec, code) : VAL_EXC;
  }
  if (me->kind == METHOD_PROC) return code_of_block(ec, &VAL_CAST(Proc, me->as.proc)->block);
  return VAL_NIL;
}

// The source text of an AST object, nil for nil.
static Value code_source(ExecCtx *ec, Value ast) {
  return mx_ast_get(ast) ? mx_ast_m_source(ec, ast) : ast;
}

// Method#get_ast, UnboundMethod#get_ast
Value mx_ast_c_method_ast(ExecCtx *ec, Value self) {
  return code_of_method(ec, VAL_CAST(MethodObj, self)->me);
}

// Method#get_source, UnboundMethod#get_source
Value mx_ast_c_method_source(ExecCtx *ec, Value self) {
  return code_source(ec, mx_ast_c_method_ast(ec, self));
}

// Proc#get_ast
Value mx_ast_c_proc_ast(ExecCtx *ec, Value self) {
  return code_of_block(ec, &VAL_CAST(Proc, self)->block);
}

// Proc#get_source
Value mx_ast_c_proc_source(ExecCtx *ec, Value self) {
  return code_source(ec, mx_ast_c_proc_ast(ec, self));
}

// AST.of(method, proc, class or node)
Value mx_ast_s_of(ExecCtx *ec, Value self, Value a) {
  MX_UNUSED(self);
  if (mx_ast_get(a)) return a;
  if (val_is_type(a, T_METHOD) || val_is_type(a, T_UMETHOD)) return mx_ast_c_method_ast(ec, a);
  if (val_is_type(a, T_PROC)) return mx_ast_c_proc_ast(ec, a);
  if (val_is_class_or_module(a)) return mx_ast_c_module_ast(ec, a);
  return mx_raise_type(ec, "no syntax tree of %V", a);
}

// Module#get_source(name = nil): of a method, else of the whole module.
Value mx_ast_c_module_source(ExecCtx *ec, Value self, Value a) {
  if (val_is_undef(a)) return code_source(ec, mx_ast_c_module_ast(ec, self));
  Sym name;
  if (!mx_to_method_name(ec, a, &name)) return VAL_EXC;
  MethodRef ref = mx_method_find(ec->vm, VAL_CAST(ClassObj, self), name);
  if (!ref.me)
    return mx_raise_name(ec, "undefined method '%s' for class %V",
                         mx_sym_text(&ec->vm->symtab, name), self);
  return code_source(ec, code_of_method(ec, ref.me));
}

// -- changing code ------------------------------------------------------------------------------

// Make the def of a method from the tree that a program gives for it. What a def cannot be called
// is the name of the entry only.
static Value code_make_def(ExecCtx *ec, const AstObj *ast, Sym name) {
  AstBuilder builder;
  mx_ast_builder_from(&builder, ec, ast);
  NodeMethodDef *def = (NodeMethodDef *)mx_ast_new_node(&builder, NODE_DEF);
  const Node *node = code_unwrap(mx_ast_import(&builder, ast));
  code_function_parts(node, &def->params, &def->body);
  if (node->kind == NODE_DEF) def->return_type = ((const NodeMethodDef *)node)->return_type;
  def->name = mx_ast_is_name(ec, NODE_DEF, name) ? name : mx_sym(ec->vm, "method");
  return mx_ast_built(&builder, &def->base);
}

// Parse a printed def; NULL + exception. Its code is what a METHOD_GUEST entry points to.
static const MethodCode *code_parse_def(ExecCtx *ec, const AstObj *ast, const LexCtx *lex) {
  Unit *unit = code_reparse(ec, ast, NULL);
  if (!unit) return NULL;
  const Node *def = ((const NodeProgram *)unit->tree->root)->body;
  while (def->kind == NODE_BLOCK) def = ((const NodeBlock *)def)->statements.at[0];
  MX_ASSERT(def->kind == NODE_DEF, "printed def is node %d", def->kind);
  MethodCode *method = mx_gc_alloc_words(sizeof *method);
  method->made = mx_code_for(ec, unit, def, NULL);
  method->lex = lex;
  return method;
}

// Lexical context for a method's new body: that of the old one, else the class itself.
static const LexCtx *code_lex(ExecCtx *ec, ClassObj *klass, const MethodEntry *old,
                              Dialect dialect) {
  if (old && old->kind == METHOD_GUEST) return ((const MethodCode *)old->as.code)->lex;
  return mx_lex_new(ec, mx_interp(ec->vm)->top_lex[dialect], klass, 0, dialect);
}

// Give a method of a class a new body; the new entry, or NULL + exception.
static MethodEntry *code_set_method(ExecCtx *ec, ClassObj *klass, Sym name, Value tree) {
  const AstObj *ast = mx_ast_get(tree);
  if (!ast) {
    (void)mx_raise_type(ec, "wrong argument type (expected AST::Node): %V", tree);
    return NULL;
  }
  Value def = code_make_def(ec, ast, name);
  if (val_is_exc(def)) return NULL;
  const MethodEntry *old = mx_method_own(klass, name);
  Visibility visibility = old ? (Visibility)old->visibility : VIS_PUBLIC;
  const LexCtx *lex = code_lex(ec, klass, old, ast->unit->tree->dialect);
  const MethodCode *method = code_parse_def(ec, mx_ast_get(def), lex);
  if (!method || val_is_exc(mx_define_guest(ec, klass, name, method, visibility))) return NULL;
  return mx_method_own(klass, name);
}

// Module#set_method_ast(name, ast)
Value mx_ast_c_module_set(ExecCtx *ec, Value self, Value a, Value b) {
  Sym name;
  if (!mx_to_method_name(ec, a, &name)) return VAL_EXC;
  return code_set_method(ec, VAL_CAST(ClassObj, self), name, b) ? val_from_sym(name) : VAL_EXC;
}

// Method#set_ast(ast): changes the class that owns the method; the object follows.
Value mx_ast_c_method_set(ExecCtx *ec, Value self, Value a) {
  MethodObj *method = VAL_CAST(MethodObj, self);
  MethodEntry *me = code_set_method(ec, method->me->owner, method->me->name, a);
  if (!me) return VAL_EXC;
  method->me = me;
  return self;
}
