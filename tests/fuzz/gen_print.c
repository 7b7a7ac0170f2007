// SPDX-License-Identifier: MIT
// The text of a tree. A line break in a template keeps the indentation of where the row stands.
#include "tests/fuzz/generate.h"

#include <string.h>

static void print_node(const GenNode *node, StrBuf *out, uint32_t indent);

// Begin a line.
static void print_line(StrBuf *out, uint32_t indent) {
  mx_strbuf_add_byte(out, '\n');
  mx_strbuf_add_repeat(out, ' ', (size_t)indent * 2);
}

// Print text whose lines keep the indentation.
static void print_text(const char *text, size_t len, StrBuf *out, uint32_t indent) {
  for (size_t i = 0; i < len; i++) {
    if (text[i] == '\n')
      print_line(out, indent);
    else
      mx_strbuf_add_byte(out, text[i]);
  }
}

// Print the statements of a list and of the lists in it, each on a line of its own.
static void print_list(const GenNode *list, StrBuf *out, uint32_t indent) {
  for (uint32_t i = 0; i < list->count; i++) {
    if (list->kids[i]->kind == GEN_LIST) {
      print_list(list->kids[i], out, indent);
      continue;
    }
    print_line(out, indent);
    print_node(list->kids[i], out, indent);
  }
}

// Whether a hole prints a child; the others are marks.
static bool print_has_kid(const char *hole) { return !strchr("#[(^<|)", *hole); }

// Print a template with its holes filled.
static void print_row(const GenNode *node, StrBuf *out, uint32_t indent) {
  uint32_t kid = 0;
  const char *text = node->row->template;
  for (const char *hole = strchr(text, '`'); hole; hole = strchr(text, '`')) {
    print_text(text, (size_t)(hole - text), out, indent);
    if (print_has_kid(hole + 1))
      print_node(node->kids[kid++], out, indent);
    else if (hole[1] == '#')
      mx_strbuf_printf(out, "%u", node->serial);
    text = strchr(hole + 1, '`') + 1;
  }
  print_text(text, strlen(text), out, indent);
}

// Print any node.
static void print_node(const GenNode *node, StrBuf *out, uint32_t indent) {
  if (node->text) {
    print_text(node->text, strlen(node->text), out, indent);
  } else if (node->kind == GEN_LIST) {
    print_list(node, out, indent + 1);
    print_line(out, indent);
  } else if (node->row) {
    print_row(node, out, indent);
  } else {
    for (uint32_t i = 0; i < node->count; i++) print_node(node->kids[i], out, indent);
  }
}

void gen_print(const GenNode *node, StrBuf *out) {
  if (node->kind != GEN_LIST) {
    print_node(node, out, 0);
    return;
  }
  size_t start = out->len;
  print_list(node, out, 0);
  if (out->len > start) memmove(out->at + start, out->at + start + 1, --out->len - start);
  mx_strbuf_add_byte(out, '\n');
}
