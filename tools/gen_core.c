// SPDX-License-Identifier: MIT
// Build-time generator: the core library in the language becomes a table.
//
// runtime/core/*.mx -> core_index.inc, which runtime/core.c includes. The table holds the text of
// the files and rows for classes, methods, includes and constants (structs of runtime/core.h), so
// that boot enters rows and parses nothing; a method's text is parsed at its first call.
//
// Only what such a table can express is allowed in a class body: nested classes and modules,
// `class << self`, def, alias, alias_method, private, protected, public, module_function,
// private_class_method, include of constants, and `Name = literal` of an Integer or String.
// Anything else is an error with file and line. Methods that Ruby makes private by name
// (initialize and its kind) are private here too.
//
// usage: gen_core OUTPUT FILE...
#include "frontend/parser.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// A method: fields as in CoreRow.
typedef struct GenRow {
  const char *name;       // method name
  const char *alias_of;   // name of the method meant, or NULL
  const char *visibility; // VIS_* as C text
  uint32_t class_index;   // body it stands in
  bool singleton;         // method of the class object
  uint32_t file;          // index of its file
  Span span;              // text of the def; empty for an alias
  uint32_t line;          // line of the def
  int required;           // required positional parameters
  int optional;           // optional ones, -1 with a rest parameter
} GenRow;

// The generator's state.
typedef struct Gen {
  Arena arena;            // trees and texts
  SymTab symtab;          // names
  VEC(GenRow) rows;       // methods in file order
  StrBuf files;           // rows of the other tables as C text
  StrBuf classes;         // likewise
  StrBuf includes;        // likewise
  StrBuf consts;          // likewise
  uint32_t file_count;    // rows in files
  uint32_t class_count;   // rows in classes
  uint32_t include_count; // rows in includes
  uint32_t const_count;   // rows in consts
  const Source *source;   // file being read
  int errors;             // messages printed
} Gen;

// The class body being read.
typedef struct GenBody {
  const char *path;       // "Enumerator::Lazy"; NULL at the top of a file
  uint32_t class_index;   // its row
  bool singleton;         // inside class << self
  const char *visibility; // of the methods to come
} GenBody;

static void gen_statements(Gen *gen, GenBody *body, const Node *node);

// Report what cannot be put into the table.
static void gen_refuse(Gen *gen, const Node *node, const char *message) {
  fprintf(stderr, "%s:%u: %s\n", gen->source->name, mx_source_line(gen->source, node->span.start),
          message);
  gen->errors++;
}

// Return the text of a symbol.
static const char *gen_name(const Gen *gen, Sym sym) { return mx_sym_text(&gen->symtab, sym); }

// Write a C string literal.
static void gen_c_string(StrBuf *out, const char *bytes, size_t len) {
  mx_strbuf_add_byte(out, '"');
  for (size_t i = 0; i < len; i++) {
    unsigned char c = (unsigned char)bytes[i];
    if (c == '\n')
      mx_strbuf_add_str(out, i + 1 < len ? "\\n\"\n\"" : "\\n");
    else if (c == '"' || c == '\\' || c == '?')
      mx_strbuf_printf(out, "\\%c", c);
    else if (c < 0x20 || c >= 0x7F)
      mx_strbuf_printf(out, "\\%03o", c);
    else
      mx_strbuf_add_byte(out, c);
  }
  mx_strbuf_add_byte(out, '"');
}

// Write a C string literal, or NULL.
static void gen_c_text(StrBuf *out, const char *text) {
  if (text)
    gen_c_string(out, text, strlen(text));
  else
    mx_strbuf_add_str(out, "NULL");
}

// Return the path of a constant such as A::B, or NULL when the node is no such path.
static const char *gen_path(Gen *gen, const Node *node) {
  const NodeConstant *constant = (const NodeConstant *)node;
  if (node->kind != NODE_CONST) return NULL;
  const char *name = gen_name(gen, constant->name);
  if (!constant->scope) return name;
  const char *scope = gen_path(gen, constant->scope);
  if (!scope) return NULL;
  StrBuf buf = STRBUF_INIT;
  mx_strbuf_printf(&buf, "%s::%s", scope, name);
  const char *path = mx_arena_copy(&gen->arena, buf.at, buf.len);
  mx_strbuf_free(&buf);
  return path;
}

// Return the path of a class inside a body.
static const char *gen_nested_path(Gen *gen, const GenBody *body, const char *name) {
  if (!body->path || !name) return name;
  StrBuf buf = STRBUF_INIT;
  mx_strbuf_printf(&buf, "%s::%s", body->path, name);
  const char *path = mx_arena_copy(&gen->arena, buf.at, buf.len);
  mx_strbuf_free(&buf);
  return path;
}

// Add a class row and read the body.
static void gen_class(Gen *gen, const GenBody *outer, const Node *node, const Node *path_node,
                      const Node *super_node, const Node *body_node) {
  const char *path = gen_nested_path(gen, outer, gen_path(gen, path_node));
  const char *super = super_node ? gen_path(gen, super_node) : NULL;
  if (!path || (super_node && !super)) {
    gen_refuse(gen, node, "the name and the superclass of a class must be constants");
    return;
  }
  GenBody body = {.path = path, .class_index = gen->class_count++, .visibility = "VIS_PUBLIC"};
  mx_strbuf_add_str(&gen->classes, "    {");
  gen_c_text(&gen->classes, path);
  mx_strbuf_add_str(&gen->classes, ", ");
  gen_c_text(&gen->classes, super);
  mx_strbuf_printf(&gen->classes, ", %s},\n",
                   node->kind == NODE_CLASS ? "CORE_CLASS" : "CORE_MODULE");
  gen_statements(gen, &body, body_node);
}

// Tell whether Ruby makes a method private by its name alone.
static bool gen_is_private_by_name(const char *name) {
  static const char *const names[] = {"initialize", "initialize_copy", "initialize_clone",
                                      "initialize_dup", "respond_to_missing?"};
  for (size_t i = 0; i < MX_COUNT_OF(names); i++)
    if (strcmp(name, names[i]) == 0) return true;
  return false;
}

// Count the positional parameters of a method.
static void gen_count_params(GenRow *row, const Node *params) {
  if (!params) return;
  const NodeList *list = &((const NodeParameters *)params)->list;
  for (uint32_t i = 0; i < list->count; i++) {
    uint32_t kind = ((const NodeParameter *)list->at[i])->kind;
    if (kind == PARAM_REQ)
      row->required++;
    else if (kind == PARAM_OPT && row->optional >= 0)
      row->optional++;
    else if (kind == PARAM_REST || kind == PARAM_FORWARD)
      row->optional = -1;
  }
}

// Add the row of a def.
static void gen_def(Gen *gen, const GenBody *body, const Node *node) {
  const NodeMethodDef *def = (const NodeMethodDef *)node;
  if (!body->path) {
    gen_refuse(gen, node, "def outside of a class");
    return;
  }
  if (def->singleton && def->singleton->kind != NODE_SELF) {
    gen_refuse(gen, node, "only `def name` and `def self.name` are allowed");
    return;
  }
  GenRow row = {.name = gen_name(gen, def->name),
                .class_index = body->class_index,
                .singleton = body->singleton || def->singleton,
                .file = gen->file_count,
                .span = node->span,
                .line = mx_source_line(gen->source, node->span.start)};
  bool named_private = !row.singleton && gen_is_private_by_name(row.name);
  row.visibility = named_private ? "VIS_PRIVATE" : def->singleton ? "VIS_PUBLIC" : body->visibility;
  gen_count_params(&row, def->params);
  vec_push(&gen->rows, row);
}

// Find the newest row of a name in a class, whichever body of the class it stands in; or NULL.
static GenRow *gen_find_row(Gen *gen, const GenBody *body, const char *name, bool singleton) {
  for (uint32_t i = gen->rows.count; i-- > 0;) {
    GenRow *row = &gen->rows.at[i];
    if (row->class_index == body->class_index && row->singleton == singleton &&
        strcmp(row->name, name) == 0)
      return row;
  }
  return NULL;
}

// Add the row of an alias; a method of a C table may be meant, so the old name need not be known.
static void gen_alias(Gen *gen, const GenBody *body, const Node *node, const Node *new_name,
                      const Node *old_name) {
  if (!body->path || new_name->kind != NODE_SYMBOL || old_name->kind != NODE_SYMBOL) {
    gen_refuse(gen, node, "alias takes two method names inside a class");
    return;
  }
  GenRow row = {.name = gen_name(gen, ((const NodeSymbolLiteral *)new_name)->value),
                .alias_of = gen_name(gen, ((const NodeSymbolLiteral *)old_name)->value),
                .class_index = body->class_index,
                .singleton = body->singleton,
                .visibility = "VIS_PUBLIC",
                .file = gen->file_count,
                .line = mx_source_line(gen->source, node->span.start)};
  const GenRow *old = gen_find_row(gen, body, row.alias_of, row.singleton);
  if (old) {
    row.visibility = old->visibility;
    row.required = old->required;
    row.optional = old->optional;
  }
  vec_push(&gen->rows, row);
}

// Return the visibility that a call sets, or NULL.
static const char *gen_visibility(const char *name) {
  static const char *const words[][2] = {{"public", "VIS_PUBLIC"},
                                         {"private", "VIS_PRIVATE"},
                                         {"protected", "VIS_PROTECTED"},
                                         {"module_function", "VIS_MODULE_FUNCTION"},
                                         {"private_class_method", "VIS_PRIVATE"}};
  for (size_t i = 0; i < MX_COUNT_OF(words); i++)
    if (strcmp(name, words[i][0]) == 0) return words[i][1];
  return NULL;
}

// Set the visibility of a method named by a symbol, or of a def that is the argument itself.
static void gen_set_visibility(Gen *gen, const GenBody *body, const Node *arg, bool singleton,
                               const char *visibility) {
  const NodeSymbolLiteral *symbol = (const NodeSymbolLiteral *)arg;
  GenRow *row = NULL;
  if (arg->kind == NODE_DEF) {
    gen_def(gen, body, arg);
    row = gen->rows.count > 0 ? &vec_last(&gen->rows) : NULL;
  } else if (arg->kind == NODE_SYMBOL) {
    row = gen_find_row(gen, body, gen_name(gen, symbol->value), singleton);
  }
  if (row)
    row->visibility = visibility;
  else
    gen_refuse(gen, arg, "visibility of a method that is not defined in this class body");
}

// Apply private and its kind.
static void gen_visibility_call(Gen *gen, GenBody *body, const NodeMethodCall *call,
                                const char *visibility) {
  bool of_class = strcmp(gen_name(gen, call->name), "private_class_method") == 0;
  if (call->args.count == 0) body->visibility = visibility;
  for (uint32_t i = 0; i < call->args.count; i++)
    gen_set_visibility(gen, body, call->args.at[i], of_class || body->singleton, visibility);
}

// Add the rows of include.
static void gen_include(Gen *gen, const GenBody *body, const NodeMethodCall *call) {
  for (uint32_t i = 0; i < call->args.count; i++) {
    const char *path = gen_path(gen, call->args.at[i]);
    if (!path || body->singleton) {
      gen_refuse(gen, call->args.at[i], "include takes constants in a class body");
      continue;
    }
    mx_strbuf_printf(&gen->includes, "    {%u, ", body->class_index);
    gen_c_text(&gen->includes, path);
    mx_strbuf_add_str(&gen->includes, "},\n");
    gen->include_count++;
  }
}

// Read a call in a class body.
static void gen_call(Gen *gen, GenBody *body, const NodeMethodCall *call) {
  const char *name = gen_name(gen, call->name);
  const char *visibility = gen_visibility(name);
  if (call->receiver || call->block || !body->path)
    gen_refuse(gen, &call->base, "this call cannot be put into the core index");
  else if (visibility)
    gen_visibility_call(gen, body, call, visibility);
  else if (strcmp(name, "include") == 0)
    gen_include(gen, body, call);
  else if (strcmp(name, "alias_method") == 0 && call->args.count == 2)
    gen_alias(gen, body, &call->base, call->args.at[0], call->args.at[1]);
  else
    gen_refuse(gen, &call->base, "this call cannot be put into the core index");
}

// Add the row of a constant.
static void gen_const(Gen *gen, const GenBody *body, const NodeAssignment *assign) {
  const NodeConstant *target = (const NodeConstant *)assign->target;
  const NodeIntegerLiteral *integer = (const NodeIntegerLiteral *)assign->value;
  const NodeStringLiteral *string = (const NodeStringLiteral *)assign->value;
  bool is_integer = integer->base.kind == NODE_INTEGER && integer->digits.len == 0;
  bool is_string = string->base.kind == NODE_STRING;
  if (target->base.kind != NODE_CONST || target->scope || !body->path ||
      (!is_integer && !is_string)) {
    gen_refuse(gen, &assign->base, "only `Name = literal Integer or String` is allowed");
    return;
  }
  mx_strbuf_printf(&gen->consts, "    {%u, ", body->class_index);
  gen_c_text(&gen->consts, gen_name(gen, target->name));
  mx_strbuf_add_str(&gen->consts, ", ");
  gen_c_text(&gen->consts, is_string ? string->value.bytes : NULL);
  mx_strbuf_printf(&gen->consts, ", INT64_C(%" PRId64 ")},\n", is_integer ? integer->value : 0);
  gen->const_count++;
}

// Read class << self.
static void gen_singleton_class(Gen *gen, const GenBody *outer, const NodeSingletonClassDef *def) {
  GenBody body = *outer;
  body.singleton = true;
  body.visibility = "VIS_PUBLIC";
  if (def->object->kind != NODE_SELF || !outer->path || outer->singleton)
    gen_refuse(gen, &def->base, "only `class << self` in a class body is allowed");
  else
    gen_statements(gen, &body, def->body);
}

// Read one statement of a class body.
static void gen_statement(Gen *gen, GenBody *body, const Node *node) {
  const NodeClassDef *class_def = (const NodeClassDef *)node;
  const NodeModuleDef *module_def = (const NodeModuleDef *)node;
  const NodeAlias *alias = (const NodeAlias *)node;
  if (node->kind == NODE_CLASS)
    gen_class(gen, body, node, class_def->path, class_def->superclass, class_def->body);
  else if (node->kind == NODE_MODULE)
    gen_class(gen, body, node, module_def->path, NULL, module_def->body);
  else if (node->kind == NODE_SCLASS)
    gen_singleton_class(gen, body, (const NodeSingletonClassDef *)node);
  else if (node->kind == NODE_DEF)
    gen_def(gen, body, node);
  else if (node->kind == NODE_ALIAS)
    gen_alias(gen, body, node, alias->new_name, alias->old_name);
  else if (node->kind == NODE_CALL)
    gen_call(gen, body, (const NodeMethodCall *)node);
  else if (node->kind == NODE_ASSIGN)
    gen_const(gen, body, (const NodeAssignment *)node);
  else
    gen_refuse(gen, node, "this statement cannot be put into the core index");
}

// Read the statements of a body.
static void gen_statements(Gen *gen, GenBody *body, const Node *node) {
  if (!node) return;
  if (node->kind != NODE_BLOCK) {
    gen_statement(gen, body, node);
    return;
  }
  const NodeList *list = &((const NodeBlock *)node)->statements;
  for (uint32_t i = 0; i < list->count; i++) gen_statement(gen, body, list->at[i]);
}

// Read a whole file into the arena.
static const char *gen_read(Gen *gen, const char *path, size_t *len) {
  StrBuf buf = STRBUF_INIT;
  char chunk[4096];
  size_t got;
  FILE *file = fopen(path, "rb");
  if (!file) {
    perror(path);
    exit(1);
  }
  while ((got = fread(chunk, 1, sizeof chunk, file)) > 0) mx_strbuf_add(&buf, chunk, got);
  fclose(file);
  *len = buf.len;
  const char *text = mx_arena_copy(&gen->arena, mx_strbuf_text(&buf), buf.len);
  mx_strbuf_free(&buf);
  return text;
}

// Parse a file; NULL after printing what is wrong with it.
static const Ast *gen_parse(Gen *gen, Source *source) {
  ParseOptions options = {.dialect = DIALECT_CORE};
  DiagList diags;
  mx_diag_init(&diags, &gen->arena);
  const Ast *ast = mx_parse(&gen->arena, &gen->symtab, source, &options, &diags);
  if (diags.errors > 0) {
    StrBuf out = STRBUF_INIT;
    mx_diag_render_all(&diags, source, &out);
    fputs(mx_strbuf_text(&out), stderr);
    mx_strbuf_free(&out);
    gen->errors++;
    ast = NULL;
  }
  mx_diag_free(&diags);
  return ast;
}

// Is an operand of === a constant?
static bool gen_asks_constant(const Node *node) {
  if (mx_ast_kind(node) == NODE_WHEN) {
    const NodeList *list = &((const NodeWhen *)node)->conditions;
    for (uint32_t i = 0; i < list->count; i++)
      if (mx_ast_kind(list->at[i]) == NODE_CONST) return true;
    return false;
  }
  if (mx_ast_kind(node) != NODE_CALL) return false;
  const NodeMethodCall *call = (const NodeMethodCall *)node;
  return call->name == SYM_EQQ && call->receiver && mx_ast_kind(call->receiver) == NODE_CONST;
}

// Refuse what a program's Module#=== would answer for the library.
static bool gen_check_node(void *ctx, Node *node) {
  Gen *gen = ctx;
  if (gen_asks_constant(node)) gen_refuse(gen, node, "programs may change Module#===: use is_a?");
  return mx_ast_each_child(node, gen_check_node, gen);
}

// Read a file and add its rows.
static void gen_file(Gen *gen, const char *path) {
  size_t len;
  const char *text = gen_read(gen, path, &len);
  const char *slash = strrchr(path, '/');
  Source *source = mx_source_new(&gen->arena, path, text, len, 1);
  gen->source = source;
  const Ast *ast = gen_parse(gen, source);
  if (!ast) return;
  GenBody top = {.visibility = "VIS_PUBLIC"};
  gen_statements(gen, &top, ((const NodeProgram *)ast->root)->body);
  gen_check_node(gen, ast->root);
  mx_strbuf_add_str(&gen->files, "    {");
  gen_c_text(&gen->files, slash ? slash + 1 : path);
  mx_strbuf_add_str(&gen->files, ",\n");
  gen_c_string(&gen->files, text, len);
  mx_strbuf_printf(&gen->files, ", %zu},\n", len);
  gen->file_count++;
}

// Write one method row.
static void gen_print_row(StrBuf *out, const GenRow *row) {
  mx_strbuf_add_str(out, "    {");
  gen_c_text(out, row->name);
  mx_strbuf_printf(out, ", %u, %d, %s, %u, %u, %u, %u, %d, %d, ", row->class_index, row->singleton,
                   row->visibility, row->file, row->span.start, row->span.end - row->span.start,
                   row->line, row->required, row->optional);
  gen_c_text(out, row->alias_of);
  mx_strbuf_add_str(out, "},\n");
}

// Write one table, which ends with an empty row so that it is never empty.
static void gen_print_table(StrBuf *out, const char *type, const char *name, const char *count_name,
                            const StrBuf *rows, uint32_t count) {
  mx_strbuf_printf(out, "\nenum { %s = %u };\nstatic const %s %s[] = {\n%s    {0},\n};\n",
                   count_name, count, type, name, mx_strbuf_text(rows));
}

// Write all tables.
static void gen_print(Gen *gen, StrBuf *out) {
  StrBuf rows = STRBUF_INIT;
  for (uint32_t i = 0; i < gen->rows.count; i++) gen_print_row(&rows, &gen->rows.at[i]);
  mx_strbuf_add_str(out, "// Generated by tools/gen_core from runtime/core.\n");
  gen_print_table(out, "CoreFile", "core_files", "CORE_FILE_COUNT", &gen->files, gen->file_count);
  gen_print_table(out, "CoreClass", "core_classes", "CORE_CLASS_COUNT", &gen->classes,
                  gen->class_count);
  gen_print_table(out, "CoreInclude", "core_includes", "CORE_INCLUDE_COUNT", &gen->includes,
                  gen->include_count);
  gen_print_table(out, "CoreConst", "core_consts", "CORE_CONST_COUNT", &gen->consts,
                  gen->const_count);
  gen_print_table(out, "CoreRow", "core_rows", "CORE_ROW_COUNT", &rows, gen->rows.count);
  mx_strbuf_free(&rows);
}

// Write the output file.
static bool gen_write(Gen *gen, const char *path) {
  StrBuf out = STRBUF_INIT;
  gen_print(gen, &out);
  FILE *file = fopen(path, "wb");
  bool done = file && fwrite(out.at, 1, out.len, file) == out.len;
  if (!file || fclose(file) != 0 || !done) {
    perror(path);
    done = false;
  }
  mx_strbuf_free(&out);
  return done;
}

// Free everything.
static void gen_free(Gen *gen) {
  mx_strbuf_free(&gen->files);
  mx_strbuf_free(&gen->classes);
  mx_strbuf_free(&gen->includes);
  mx_strbuf_free(&gen->consts);
  vec_free(&gen->rows);
  mx_symtab_free(&gen->symtab);
  mx_arena_free(&gen->arena);
}

// Generate the table; the exit code tells whether all files could be put into it.
int main(int argc, char **argv) {
  if (argc < 2) {
    fputs("usage: gen_core OUTPUT FILE...\n", stderr);
    return 2;
  }
  Gen gen = {0};
  mx_arena_init(&gen.arena, mx_arena_malloc_source());
  mx_symtab_init(&gen.symtab);
  for (int i = 2; i < argc; i++) gen_file(&gen, argv[i]);
  bool done = gen.errors == 0 && gen_write(&gen, argv[1]);
  gen_free(&gen);
  return done ? 0 : 1;
}
