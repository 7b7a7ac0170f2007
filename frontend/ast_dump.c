// SPDX-License-Identifier: MIT
// Trees as s-expressions, derived from the table: (type field ... flag ...).
//
// Nodes nest, an absent child is nil, lists stand in brackets, symbols have a colon except as the
// name of a variable, texts are quoted. The flags that carry meaning follow as bare words; hidden
// fields (slots, positions, scopes) are left out.
#include "frontend/ast_print.h"

#include <inttypes.h>
#include <string.h>

enum { DUMP_WIDTH = 100 }; // columns; in indented form a node that fits stays on one line

// One dump.
typedef struct Dump {
  const SymTab *symtab; // names
  StrBuf *out;          // text so far
  size_t limit;         // give up a trial on one line when out grows past this
} Dump;

static void dump_flat(Dump *dump, const Node *node);

// Write bytes in double quotes with everything that is not printable ASCII or UTF-8 escaped.
static void dump_text(Dump *dump, const Text *text) {
  mx_strbuf_add_byte(dump->out, '"');
  for (uint32_t i = 0; i < text->len; i++) {
    unsigned char c = (unsigned char)text->bytes[i];
    if (c == '"' || c == '\\')
      mx_strbuf_printf(dump->out, "\\%c", c);
    else if (c == '\n')
      mx_strbuf_add_str(dump->out, "\\n");
    else if (c < 0x20 || c == 0x7F || (c >= 0x80 && text->enc != SYM_ENC_UTF8))
      mx_strbuf_printf(dump->out, "\\x%02X", c);
    else
      mx_strbuf_add_byte(dump->out, c);
  }
  mx_strbuf_add_byte(dump->out, '"');
}

// Write a parameter's kind by name, any other code as a number.
static void dump_tag(Dump *dump, const Node *node, uint32_t tag) {
  static const char *const kinds[] = {
      [PARAM_REQ] = "req",           [PARAM_OPT] = "opt",     [PARAM_REST] = "rest",
      [PARAM_KEYREQ] = "keyreq",     [PARAM_KEY] = "key",     [PARAM_KEYREST] = "keyrest",
      [PARAM_NOKEY] = "nokey",       [PARAM_BLOCK] = "block", [PARAM_FORWARD] = "forward",
      [PARAM_BLOCK_LOCAL] = "local",
  };
  if (node->kind == NODE_PARAM && tag < MX_COUNT_OF(kinds))
    mx_strbuf_add_str(dump->out, kinds[tag]);
  else
    mx_strbuf_printf(dump->out, "%" PRIu32, tag);
}

// Write a symbol: bare as a variable's name, nil when there is none.
static void dump_sym(Dump *dump, const Node *node, Sym sym) {
  bool variable = strcmp(mx_ast_info(mx_ast_kind(node))->super_name, "Variable") == 0;
  if (sym == SYM_NONE) {
    mx_strbuf_add_str(dump->out, "nil");
    return;
  }
  if (!variable) mx_strbuf_add_byte(dump->out, ':');
  SymName name = mx_sym_name(dump->symtab, sym);
  mx_strbuf_add(dump->out, name.bytes, name.len);
}

// Write a double so that it reads back as the same.
static void dump_float(Dump *dump, double value) {
  size_t start = dump->out->len;
  mx_strbuf_printf(dump->out, "%.17g", value);
  if (!strpbrk(dump->out->at + start, ".en")) mx_strbuf_add_str(dump->out, ".0");
}

// Write a list on one line.
static void dump_list(Dump *dump, const NodeList *list) {
  mx_strbuf_add_byte(dump->out, '[');
  for (uint32_t i = 0; i < list->count; i++) {
    if (i > 0) mx_strbuf_add_byte(dump->out, ' ');
    dump_flat(dump, list->at[i]);
  }
  mx_strbuf_add_byte(dump->out, ']');
}

// Tell whether a field is shown: not the hidden ones, and of a number only the form that counts.
static bool dump_shows(const Node *node, const FieldInfo *field) {
  if (field->type == FIELD_SCOPE || field->type == FIELD_U32) return false;
  if (node->kind != NODE_INTEGER) return true;
  bool big = ((const NodeIntegerLiteral *)node)->digits.len > 0;
  return big == (field->type == FIELD_TEXT);
}

// Write one field on one line.
static void dump_field(Dump *dump, const Node *node, const FieldInfo *field) {
  const void *at = mx_ast_field(node, field);
  switch (field->type) {
  case FIELD_NODE:
  case FIELD_OPT: dump_flat(dump, *(Node *const *)at); return;
  case FIELD_LIST: dump_list(dump, at); return;
  case FIELD_SYM: dump_sym(dump, node, *(const Sym *)at); return;
  case FIELD_TEXT: dump_text(dump, at); return;
  case FIELD_INT: mx_strbuf_printf(dump->out, "%" PRId64, *(const int64_t *)at); return;
  case FIELD_FLOAT: dump_float(dump, *(const double *)at); return;
  case FIELD_TAG: dump_tag(dump, node, *(const uint32_t *)at); return;
  case FIELD_SCOPE:
  case FIELD_U32: return;
  }
  MX_UNREACHABLE();
}

// Write the opening parenthesis and the type.
static void dump_open(Dump *dump, const Node *node) {
  char type[NODE_TYPE_ROOM];
  mx_ast_type_name(mx_ast_kind(node), type);
  mx_strbuf_printf(dump->out, "(%s", type);
}

// Write the flags with meaning and the closing parenthesis.
static void dump_close(Dump *dump, const Node *node) {
  uint16_t flags = node->flags & mx_ast_meaning(mx_ast_kind(node));
  for (uint16_t flag = 1; flags; flag = (uint16_t)(flag << 1)) {
    if (flags & flag) mx_strbuf_printf(dump->out, " %s", mx_ast_flag_name(mx_ast_kind(node), flag));
    flags &= (uint16_t)~flag;
  }
  mx_strbuf_add_byte(dump->out, ')');
}

// Write a node on one line; past the limit the rest is not worth writing.
static void dump_flat(Dump *dump, const Node *node) {
  if (dump->out->len > dump->limit) return;
  if (!node) {
    mx_strbuf_add_str(dump->out, "nil");
    return;
  }
  const NodeInfo *info = mx_ast_info(mx_ast_kind(node));
  dump_open(dump, node);
  for (uint32_t i = 0; i < info->field_count; i++) {
    if (!dump_shows(node, &info->fields[i])) continue;
    mx_strbuf_add_byte(dump->out, ' ');
    dump_field(dump, node, &info->fields[i]);
  }
  dump_close(dump, node);
}

// Start a new line at a depth.
static void dump_newline(Dump *dump, int depth) {
  mx_strbuf_add_byte(dump->out, '\n');
  mx_strbuf_add_repeat(dump->out, ' ', (size_t)depth * 2);
}

// Try to write a node on the rest of the line; undo and return false when it does not fit.
static bool dump_fits(Dump *dump, const Node *node, int depth) {
  size_t start = dump->out->len;
  size_t width = (size_t)depth * 2 < DUMP_WIDTH ? DUMP_WIDTH - (size_t)depth * 2 : 0;
  dump->limit = start + width;
  dump_flat(dump, node);
  bool fits = dump->out->len <= dump->limit;
  dump->limit = SIZE_MAX;
  if (!fits) mx_strbuf_truncate(dump->out, start);
  return fits;
}

static void dump_indented(Dump *dump, const Node *node, int depth);

// Write one field of a node that takes several lines.
static void dump_field_indented(Dump *dump, const Node *node, const FieldInfo *field, int depth) {
  const void *at = mx_ast_field(node, field);
  if (field->type == FIELD_NODE || field->type == FIELD_OPT) {
    dump_newline(dump, depth);
    dump_indented(dump, *(Node *const *)at, depth);
  } else if (field->type == FIELD_LIST && ((const NodeList *)at)->count > 0) {
    const NodeList *list = at;
    dump_newline(dump, depth);
    mx_strbuf_add_byte(dump->out, '[');
    for (uint32_t i = 0; i < list->count; i++) {
      dump_newline(dump, depth + 1);
      dump_indented(dump, list->at[i], depth + 1);
    }
    mx_strbuf_add_byte(dump->out, ']');
  } else {
    mx_strbuf_add_byte(dump->out, ' ');
    dump_field(dump, node, field);
  }
}

// Write a node, on several lines when one is too short.
static void dump_indented(Dump *dump, const Node *node, int depth) {
  if (dump_fits(dump, node, depth)) return;
  const NodeInfo *info = mx_ast_info(mx_ast_kind(node));
  dump_open(dump, node);
  for (uint32_t i = 0; i < info->field_count; i++)
    if (dump_shows(node, &info->fields[i]))
      dump_field_indented(dump, node, &info->fields[i], depth + 1);
  dump_close(dump, node);
}

// Print an s-expression: one line when indent is negative, else indented from that depth.
void mx_ast_dump(const Node *node, const SymTab *symtab, int indent, StrBuf *out) {
  Dump dump = {.symtab = symtab, .out = out, .limit = SIZE_MAX};
  if (indent < 0)
    dump_flat(&dump, node);
  else
    dump_indented(&dump, node, indent);
}
