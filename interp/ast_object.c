// SPDX-License-Identifier: MIT
// AST objects: their classes, made from the table of nodes, and reading them.
//
// One class per kind, with one reader per visible field and one predicate per flag with meaning.
// All readers are one C function: the name it was called by says which field is meant.
#include "interp/ast_object.h"

#include "frontend/ast_print.h"
#include "runtime/array.h"
#include "runtime/builtin.h"
#include "runtime/hash.h"
#include "runtime/integer.h"
#include "runtime/string.h"

static const ForeignType ast_foreign = {
    .name = "AST node", .size = sizeof(AstObj), .immutable = true};

// The object's content, or NULL when v is no AST object.
AstObj *mx_ast_get(Value v) { return mx_foreign_get(v, &ast_foreign); }

// Return a constant of the AST module that boot made.
static Value ast_const(ExecCtx *ec, const char *name) {
  ConstEntry *entry = mx_const_own(ec->vm->cls.AST, mx_sym(ec->vm, name));
  return entry ? entry->value : VAL_UNDEF;
}

// Wrap a node of a unit as an instance of its AST:: class.
Value mx_ast_wrap(ExecCtx *ec, Unit *unit, const Node *node) {
  Value klass = ast_const(ec, mx_ast_info(mx_ast_kind(node))->class_name);
  Foreign *object = mx_foreign_new(ec, VAL_CAST(ClassObj, klass), &ast_foreign);
  *(AstObj *)object->payload = (AstObj){.unit = unit, .node = node};
  mx_object_freeze(ec, val_from_ptr(object));
  return val_from_ptr(object);
}

// The kind that a class under AST:: stands for; NODE_COUNT for the abstract ones.
NodeKind mx_ast_kind_of_class(ExecCtx *ec, const ClassObj *klass) {
  for (; klass; klass = klass->super)
    for (int kind = 0; kind < NODE_COUNT; kind++)
      if (ast_const(ec, mx_ast_info((NodeKind)kind)->class_name) == val_from_ptr(klass))
        return (NodeKind)kind;
  return NODE_COUNT;
}

// Tell whether programs see a field.
static bool ast_is_visible(const FieldInfo *field) {
  return field->type != FIELD_SCOPE && field->type != FIELD_U32;
}

// Find a visible field by name.
const FieldInfo *mx_ast_find_field(NodeKind kind, const char *name) {
  const NodeInfo *info = mx_ast_info(kind);
  for (uint32_t i = 0; i < info->field_count; i++)
    if (ast_is_visible(&info->fields[i]) && strcmp(info->fields[i].name, name) == 0)
      return &info->fields[i];
  return NULL;
}

// Flag of a kind by the name dumps give it, 0 when there is none.
uint16_t mx_ast_find_flag(NodeKind kind, const char *name) {
  uint16_t meaning = mx_ast_meaning(kind);
  for (uint32_t flag = 1; flag <= meaning; flag <<= 1)
    if (meaning & flag && strcmp(mx_ast_flag_name(kind, (uint16_t)flag), name) == 0)
      return (uint16_t)flag;
  return 0;
}

// Return a node or nil.
static Value ast_node_value(ExecCtx *ec, Unit *unit, const Node *node) {
  return node ? mx_ast_wrap(ec, unit, node) : VAL_NIL;
}

// Return the elements of a list as an Array.
static Value ast_list_value(ExecCtx *ec, Unit *unit, const NodeList *list) {
  Value array = mx_array_new(ec, list->count);
  for (uint32_t i = 0; i < list->count; i++)
    mx_array_push(ec, array, mx_ast_wrap(ec, unit, list->at[i]));
  return array;
}

// Return a text as a String.
static Value ast_text_value(ExecCtx *ec, const Text *text) {
  return mx_str_new(ec, text->bytes, text->len, (EncIndex)text->enc);
}

// Return the name of a parameter's kind.
static Value ast_param_kind(ExecCtx *ec, uint32_t kind) {
  static const char *const names[] = {
      [PARAM_REQ] = "req",           [PARAM_OPT] = "opt",     [PARAM_REST] = "rest",
      [PARAM_KEYREQ] = "keyreq",     [PARAM_KEY] = "key",     [PARAM_KEYREST] = "keyrest",
      [PARAM_NOKEY] = "nokey",       [PARAM_BLOCK] = "block", [PARAM_FORWARD] = "forward",
      [PARAM_BLOCK_LOCAL] = "local",
  };
  return val_from_sym(mx_sym(ec->vm, names[kind]));
}

// Return an Integer field; a literal too big for a word has it as digits.
static Value ast_int_value(ExecCtx *ec, const AstObj *ast, int64_t value) {
  const NodeIntegerLiteral *literal = (const NodeIntegerLiteral *)ast->node;
  if (ast->node->kind == NODE_INTEGER && literal->digits.len > 0)
    return mx_int_from_text(ec, literal->digits.bytes, literal->digits.len, 0, false);
  if (ast->node->kind == NODE_SPLICED) return mx_array_get(ec, ast->unit->spliced, value);
  return mx_int_from_i64(ec, value);
}

// Content of a field, one that is shown.
Value mx_ast_field_value(ExecCtx *ec, const AstObj *ast, const FieldInfo *field) {
  const void *at = mx_ast_field(ast->node, field);
  switch (field->type) {
  case FIELD_NODE:
  case FIELD_OPT: return ast_node_value(ec, ast->unit, *(Node *const *)at);
  case FIELD_LIST: return ast_list_value(ec, ast->unit, at);
  case FIELD_SYM: return *(const Sym *)at ? val_from_sym(*(const Sym *)at) : VAL_NIL;
  case FIELD_TEXT: return ast_text_value(ec, at);
  case FIELD_INT: return ast_int_value(ec, ast, *(const int64_t *)at);
  case FIELD_FLOAT: return mx_float_new(ec, *(const double *)at);
  case FIELD_TAG:
    if (ast->node->kind == NODE_PARAM) return ast_param_kind(ec, *(const uint32_t *)at);
    return val_from_fixnum(*(const uint32_t *)at);
  case FIELD_SCOPE:
  case FIELD_U32: break;
  }
  MX_UNREACHABLE();
}

// The reader of every field: the name of the running leaf is the field's.
static Value ast_read_field(ExecCtx *ec, Value self) {
  const AstObj *ast = mx_ast_get(self);
  const char *name = mx_sym_text(&ec->vm->symtab, ec->leaf->original_name);
  return mx_ast_field_value(ec, ast, mx_ast_find_field(mx_ast_kind(ast->node), name));
}

// The predicate of every flag: `exclusive?` asks for the flag "exclusive".
static Value ast_read_flag(ExecCtx *ec, Value self) {
  const Node *node = mx_ast_get(self)->node;
  SymName name = mx_sym_name(&ec->vm->symtab, ec->leaf->original_name);
  char flag[NODE_TYPE_ROOM];
  memcpy(flag, name.bytes, name.len - 1);
  flag[name.len - 1] = '\0';
  return val_bool(node->flags & mx_ast_find_flag(mx_ast_kind(node), flag));
}

// -- plain methods ------------------------------------------------------------------------------

// Node#type
Value mx_ast_m_type(ExecCtx *ec, Value self) {
  char type[NODE_TYPE_ROOM];
  mx_ast_type_name(mx_ast_kind(mx_ast_get(self)->node), type);
  return val_from_sym(mx_sym(ec->vm, type));
}

// A collection of children under way.
typedef struct AstChildren {
  ExecCtx *ec;
  Unit *unit;  // their tree
  Value array; // children so far
} AstChildren;

// Append a child.
static bool ast_add_child(void *ctx, Node *child) {
  AstChildren *children = ctx;
  mx_array_push(children->ec, children->array, mx_ast_wrap(children->ec, children->unit, child));
  return true;
}

// Node#children
Value mx_ast_m_children(ExecCtx *ec, Value self) {
  const AstObj *ast = mx_ast_get(self);
  AstChildren children = {.ec = ec, .unit = ast->unit, .array = mx_array_new(ec, 4)};
  mx_ast_each_child(ast->node, ast_add_child, &children);
  return children.array;
}

// A search for the parent of a node.
typedef struct AstParent {
  const Node *child;   // whose parent is looked for
  const Node *current; // node whose children are being visited
  const Node *found;   // the parent
} AstParent;

// Look for the child below a node; false stops the walk.
static bool ast_seek_parent(void *ctx, Node *node) {
  AstParent *seek = ctx;
  if (node == seek->child) {
    seek->found = seek->current;
    return false;
  }
  const Node *outer = seek->current;
  seek->current = node;
  bool more = mx_ast_each_child(node, ast_seek_parent, seek);
  seek->current = outer;
  return more;
}

// Node#parent: nil for the root.
Value mx_ast_m_parent(ExecCtx *ec, Value self) {
  const AstObj *ast = mx_ast_get(self);
  AstParent seek = {.child = ast->node, .current = ast->unit->tree->root};
  mx_ast_each_child(seek.current, ast_seek_parent, &seek);
  return ast_node_value(ec, ast->unit, seek.found);
}

// Node#root
Value mx_ast_m_root(ExecCtx *ec, Value self) {
  const AstObj *ast = mx_ast_get(self);
  return mx_ast_wrap(ec, ast->unit, ast->unit->tree->root);
}

// Node#fields: Hash of the readers' results by name.
Value mx_ast_m_fields(ExecCtx *ec, Value self) {
  const AstObj *ast = mx_ast_get(self);
  const NodeInfo *info = mx_ast_info(mx_ast_kind(ast->node));
  Value hash = mx_hash_new(ec);
  for (uint32_t i = 0; i < info->field_count; i++)
    if (ast_is_visible(&info->fields[i]))
      mx_hash_set_sym(ec, hash, mx_sym(ec->vm, info->fields[i].name),
                      mx_ast_field_value(ec, ast, &info->fields[i]));
  return hash;
}

// Node#flags: Symbols of the flags with meaning that are set.
Value mx_ast_m_flags(ExecCtx *ec, Value self) {
  const Node *node = mx_ast_get(self)->node;
  uint16_t flags = node->flags & mx_ast_meaning(mx_ast_kind(node));
  Value array = mx_array_new(ec, 2);
  for (uint32_t flag = 1; flag <= flags; flag <<= 1)
    if (flags & flag)
      mx_array_push(
          ec, array,
          val_from_sym(mx_sym(ec->vm, mx_ast_flag_name(mx_ast_kind(node), (uint16_t)flag))));
  return array;
}

// Node#to_s: a program with its magic comments, any other node as a piece of text.
Value mx_ast_m_to_s(ExecCtx *ec, Value self) {
  StrBuf out = STRBUF_INIT;
  const AstObj *ast = mx_ast_get(self);
  const Ast *tree = ast->unit->tree;
  if (ast->node->kind == NODE_PROGRAM)
    (void)mx_ast_print_alone(tree, ast->node, &ec->vm->symtab, &out);
  else
    mx_ast_print(ast->node, &ec->vm->symtab, tree->dialect, &out);
  return mx_str_from_buf(ec, &out);
}

// Add the bodies that stand behind a node's text of the heredocs that are opened in it.
static void ast_add_heredocs(const Ast *tree, Span span, StrBuf *out) {
  for (uint32_t i = 0; i < tree->heredoc_count; i++) {
    const Heredoc *heredoc = &tree->heredocs[i];
    Span body = heredoc->body;
    if (heredoc->opening < span.start || heredoc->opening >= span.end || body.start < span.end)
      continue;
    if (body.end > body.start && tree->source->text[body.end - 1] == '\n') body.end--;
    mx_strbuf_add_byte(out, '\n');
    mx_strbuf_add(out, tree->source->text + body.start, body.end - body.start);
  }
}

// Node#source: the text it was parsed from; for built trees the printed one.
Value mx_ast_m_source(ExecCtx *ec, Value self) {
  const AstObj *ast = mx_ast_get(self);
  Span span = ast->node->span;
  if (!ast->unit->source || span.end > ast->unit->source->len) return mx_ast_m_to_s(ec, self);
  StrBuf out = STRBUF_INIT;
  mx_strbuf_add(&out, ast->unit->source->text + span.start, span.end - span.start);
  ast_add_heredocs(ast->unit->tree, span, &out);
  return mx_str_from_buf(ec, &out);
}

// Dump a node, on one line or indented.
static Value ast_dump(ExecCtx *ec, Value self, int indent) {
  StrBuf out = STRBUF_INIT;
  mx_ast_dump(mx_ast_get(self)->node, &ec->vm->symtab, indent, &out);
  return mx_str_from_buf(ec, &out);
}

// Node#inspect: an s-expression on one line.
Value mx_ast_m_inspect(ExecCtx *ec, Value self) { return ast_dump(ec, self, -1); }

// Node#dump: an indented s-expression.
Value mx_ast_m_dump(ExecCtx *ec, Value self) { return ast_dump(ec, self, 0); }

// Node#==: by structure.
Value mx_ast_m_equal(ExecCtx *ec, Value self, Value a) {
  MX_UNUSED(ec);
  const AstObj *other = mx_ast_get(a);
  return val_bool(other && mx_ast_equal(mx_ast_get(self)->node, other->node));
}

// Node#hash
Value mx_ast_m_hash(ExecCtx *ec, Value self) {
  MX_UNUSED(ec);
  return val_from_fixnum((int64_t)(mx_ast_hash(mx_ast_get(self)->node) >> 3));
}

// Node#__location: [file, line, column, end line, end column], nil for built trees.
Value mx_ast_m_location(ExecCtx *ec, Value self) {
  const AstObj *ast = mx_ast_get(self);
  if (!ast->unit->source) return VAL_NIL;
  SourcePos start = mx_source_pos(ast->unit->source, ast->node->span.start);
  SourcePos end = mx_source_pos(ast->unit->source, ast->node->span.end);
  return MX_ARRAY_OF(ec, ast->unit->file, val_from_fixnum(start.line),
                     val_from_fixnum(start.column), val_from_fixnum(end.line),
                     val_from_fixnum(end.column));
}

// -- boot ---------------------------------------------------------------------------------------

// Enter a C method into a class.
static void ast_boot_method(ExecCtx *ec, ClassObj *klass, const BuiltinRow *row, uint16_t flags) {
  MethodEntry *me = mx_method_new(ec, METHOD_BUILTIN, mx_sym(ec->vm, row->name), VIS_PUBLIC);
  me->as.row = row;
  me->flags |= flags;
  bool added = mx_method_add(ec, klass, me);
  MX_ASSERT(added, "boot of AST method %s", row->name);
  MX_UNUSED(added);
}

// Rows of the readers, by kind; a row without a name ends each list.
static const BuiltinRow *ast_reader_rows(NodeKind kind) {
#define READER(n) {.name = #n, .fn = (BuiltinFn)(void (*)(void))ast_read_field, .effects = E_ALLOC},
#define F_NODE(n) READER(n)
#define F_OPT(n) READER(n)
#define F_LIST(n) READER(n)
#define F_SYM(n) READER(n)
#define F_TEXT(n) READER(n)
#define F_INT(n) READER(n)
#define F_FLOAT(n) READER(n)
#define F_TAG(n) READER(n)
#define NODE(KIND, Class, Super, FIELDS, doc)                \
  case NODE_##KIND: {                                        \
    static const BuiltinRow rows[] = {FIELDS{.name = NULL}}; \
    return rows;                                             \
  }
  switch (kind) {
#include "frontend/ast.def"
  case NODE_COUNT: break;
  }
#undef READER
  MX_UNREACHABLE();
}

// The predicates of flags; a kind gets those it has.
static const BuiltinRow ast_flag_rows[] = {
#define FLAG(n) \
  { .name = n "?", .fn = (BuiltinFn)(void (*)(void))ast_read_flag, .effects = E_PURE }
    FLAG("once"),      FLAG("keywords"), FLAG("exclusive"), FLAG("implicit"),   FLAG("top"),
    FLAG("comma"),     FLAG("safe"),     FLAG("bare"),      FLAG("body_first"), FLAG("has_else"),
    FLAG("predicate"), FLAG("no_body"),  FLAG("trait"),     FLAG("pin"),
#undef FLAG
};

// Enter the predicates of a kind.
static void ast_boot_flags(ExecCtx *ec, ClassObj *klass, NodeKind kind) {
  uint16_t meaning = mx_ast_meaning(kind);
  for (size_t i = 0; meaning && i < MX_COUNT_OF(ast_flag_rows); i++) {
    char flag[NODE_TYPE_ROOM];
    size_t len = strlen(ast_flag_rows[i].name) - 1;
    memcpy(flag, ast_flag_rows[i].name, len);
    flag[len] = '\0';
    if (mx_ast_find_flag(kind, flag)) ast_boot_method(ec, klass, &ast_flag_rows[i], 0);
  }
}

// Return a class under AST::, made if the core library has not opened it already. Only
// mx_ast_wrap makes instances: what an allocator would make has no node.
static ClassObj *ast_boot_class(ExecCtx *ec, const char *name, ClassObj *super) {
  Value known = ast_const(ec, name);
  ClassObj *klass = val_is_undef(known)
                        ? mx_class_define(ec, ec->vm->cls.AST, mx_sym(ec->vm, name), super)
                        : VAL_CAST(ClassObj, known);
  klass->flags |= CLASS_ABSTRACT;
  klass->allocate = NULL;
  return klass;
}

typedef enum AstHome {
  AST_HOME_NODE,
  AST_HOME_NODE_CLASS,
  AST_HOME_AST_MODULE,
  AST_HOME_METHOD, // this and the following: methods of the implicit refinement
  AST_HOME_UMETHOD,
  AST_HOME_PROC,
  AST_HOME_MODULE
} AstHome;

// A row of ast_object.def.
typedef struct AstRow {
  AstHome home;   // where it is entered
  BuiltinRow row; // what is entered
} AstRow;

// Return the class that a home of ast_object.def stands for.
static ClassObj *ast_home(ExecCtx *ec, AstHome home, ClassObj *node_class) {
  const BootClasses *cls = &ec->vm->cls;
  switch (home) {
  case AST_HOME_NODE: return node_class;
  case AST_HOME_NODE_CLASS: return mx_class_singleton(ec, val_from_ptr(node_class));
  case AST_HOME_AST_MODULE: return mx_class_singleton(ec, val_from_ptr(cls->AST));
  case AST_HOME_METHOD: return cls->Method;
  case AST_HOME_UMETHOD: return cls->UnboundMethod;
  case AST_HOME_PROC: return cls->Proc;
  case AST_HOME_MODULE: return cls->Module;
  }
  MX_UNREACHABLE();
}

// Enter the methods of ast_object.def.
static void ast_boot_methods(ExecCtx *ec, ClassObj *node_class) {
#define AST_MAX_0 0
#define AST_MAX_1 1
#define AST_MAX_2 2
#define AST_MAX_V BUILTIN_VARIADIC
#define AST_METHOD(Home, text, min, max, function, effect, hint) \
  {AST_HOME_##Home,                                              \
   {.name = text,                                                \
    .fn = (BuiltinFn)(void (*)(void))function,                   \
    .min_args = min,                                             \
    .max_args = AST_MAX_##max,                                   \
    .effects = effect,                                           \
    .ret = hint}},
  static const AstRow rows[] = {
#include "interp/ast_object.def"
  };
  for (size_t i = 0; i < MX_COUNT_OF(rows); i++) {
    bool core_class = rows[i].home >= AST_HOME_METHOD;
    ast_boot_method(ec, ast_home(ec, rows[i].home, node_class), &rows[i].row,
                    core_class ? METHOD_F_METOREX : 0);
  }
}

// Make the AST:: classes.
void mx_ast_boot(ExecCtx *ec) {
  ClassObj *node_class = ast_boot_class(ec, "Node", ec->vm->cls.Object);
  for (int kind = 0; kind < NODE_COUNT; kind++) {
    const NodeInfo *info = mx_ast_info((NodeKind)kind);
    ClassObj *super = ast_boot_class(ec, info->super_name, node_class);
    ClassObj *klass = ast_boot_class(ec, info->class_name, super);
    for (const BuiltinRow *row = ast_reader_rows((NodeKind)kind); row->name; row++)
      ast_boot_method(ec, klass, row, 0);
    ast_boot_flags(ec, klass, (NodeKind)kind);
  }
  ast_boot_methods(ec, node_class);
}
