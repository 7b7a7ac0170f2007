// SPDX-License-Identifier: MIT
// Syntax trees as guest objects: an AST object is (unit, node).
//
// Nodes are immutable and collected, so an object keeps its whole tree alive and a changed copy
// shares what did not change. A tree that a program builds has a unit without source: its nodes
// have no location, and its locals have no slots yet. To run, a built tree is printed and parsed
// again in the place where it is to run; that resolves its locals and gives it a source text.
// Values built into a tree (NODE_SPLICED) are printed as Primitive.spliced(i) and put back behind
// the parser.
#ifndef MX_INTERP_AST_OBJECT_H
#define MX_INTERP_AST_OBJECT_H

#include "runtime/base/strbuf.h"
#include "frontend/ast.h"
#include "interp/frame.h"

// Wrap a node of a unit as an instance of its AST:: class.
MX_FUNC Value mx_ast_wrap(ExecCtx *ec, Unit *unit, const Node *node);
// Build the tree of a quote, with its unquotes evaluated in fr and its own locals renamed apart.
MX_FUNC MX_MUST_CHECK Value mx_ast_quote(ExecCtx *ec, Frame *fr, const NodeQuote *node);
// Make the AST:: classes.
MX_FUNC void mx_ast_boot(ExecCtx *ec);

// ---- shared by ast_object*.c

// What an AST object holds.
typedef struct AstObj {
  Unit *unit;       // its tree; unit->source is NULL for built trees
  const Node *node; // collected memory
} AstObj;

// A tree being built.
typedef struct AstBuilder {
  ExecCtx *ec;
  Arena arena;               // collected chunks
  Value spliced;             // Array of the Values built in, or nil
  Dialect dialect;           // of the text that the tree prints as
  uint32_t flags;            // TREE_*: magic comments it stands under
  uint32_t encoding;         // SYM_ENC_*: its source encoding
  const char *encoding_name; // its name where that is another one, or NULL
  bool failed;               // an exception is pending in ec
} AstBuilder;

// The object's content, or NULL when v is no AST object.
MX_FUNC AstObj *mx_ast_get(Value v);
// The kind that a class under AST:: stands for; NODE_COUNT for the abstract ones.
MX_FUNC NodeKind mx_ast_kind_of_class(ExecCtx *ec, const ClassObj *klass);
// Content of a field: a node, nil, Array, Symbol, String, Integer, Float, true or false.
MX_FUNC Value mx_ast_field_value(ExecCtx *ec, const AstObj *ast, const FieldInfo *field);
// Find a field by name; NULL when the kind has none or hides it.
MX_FUNC const FieldInfo *mx_ast_find_field(NodeKind kind, const char *name);
// Flag of a kind by the name dumps give it, 0 when there is none.
MX_FUNC uint16_t mx_ast_find_flag(NodeKind kind, const char *name);

// Begin an empty tree.
MX_FUNC void mx_ast_builder_init(AstBuilder *builder, ExecCtx *ec);
// The same for a tree made from another, under its dialect and magic comments.
MX_FUNC void mx_ast_builder_from(AstBuilder *builder, ExecCtx *ec, const AstObj *ast);
// Take a node into a tree being built; spliced Values move along.
MX_FUNC Node *mx_ast_import(AstBuilder *builder, const AstObj *ast);
// A node for any Value: AST objects as they are, literals, else a spliced Value.
MX_FUNC Node *mx_ast_node_of(AstBuilder *builder, Value v);
// A fresh node of a kind with all fields empty.
MX_FUNC Node *mx_ast_new_node(AstBuilder *builder, NodeKind kind);
// Set a field from a Value; false + TypeError when it does not fit.
MX_FUNC MX_MUST_CHECK bool mx_ast_set_field(AstBuilder *builder, Node *node, const FieldInfo *field,
                                            Value v);
// Check a tree that was built; false + TypeError or ArgumentError.
MX_FUNC MX_MUST_CHECK bool mx_ast_verify(ExecCtx *ec, const Node *root);
// May a node of the kind have the name? Check it: false + TypeError.
MX_FUNC bool mx_ast_is_name(ExecCtx *ec, NodeKind kind, Sym name);
MX_FUNC MX_MUST_CHECK bool mx_ast_check_name(ExecCtx *ec, NodeKind kind, Sym name);
// Can the String be the digits of a number? false + TypeError.
MX_FUNC MX_MUST_CHECK bool mx_ast_check_digits(ExecCtx *ec, Value str);
// Verify and wrap what was built; VAL_EXC when the builder has failed.
MX_FUNC MX_MUST_CHECK Value mx_ast_built(AstBuilder *builder, const Node *root);

// Prototypes of the methods of ast_object.def.
#define AST_PARAMS_0 ExecCtx *ec, Value self
#define AST_PARAMS_1 AST_PARAMS_0, Value a
#define AST_PARAMS_2 AST_PARAMS_1, Value b
#define AST_PARAMS_V AST_PARAMS_0, int argc, const Value *argv
#define AST_METHOD(Home, name, min, max, fn, effects, ret) MX_FUNC Value fn(AST_PARAMS_##max);
#include "interp/ast_object.def"
#undef AST_PARAMS_0
#undef AST_PARAMS_1
#undef AST_PARAMS_2
#undef AST_PARAMS_V

#endif
