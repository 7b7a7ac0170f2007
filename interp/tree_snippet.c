// SPDX-License-Identifier: MIT
// Snippets of source for error messages, found again in the tree from the site of the error.
//
//   nil.foo          the place of a NameError is the name with the dot before it,
//      ^^^^
//   1 + nil          of a TypeError or ArgumentError the arguments;
//       ^^^
// when a method written in the language was called with wrong arguments, both the call and the
// definition are shown. A place that spreads over several lines is not shown.
#include "runtime/semantics.h"
#include "runtime/string.h"
#include "interp/backtrace.h"
#include "interp/snippet.h"
#include "interp/tree.h"

// What is looked for in a tree, and what was found.
typedef struct SnippetSearch {
  uint32_t site;     // site of the error
  Sym const_name;    // name that a constant must have, SYM_NONE for any
  const Node *found; // the node of the site
} SnippetSearch;

// Is this the node whose evaluation sets the site?
static bool snippet_fits(const SnippetSearch *search, const Node *node) {
  if (mx_ast_kind(node) == NODE_CALL)
    return ((const NodeMethodCall *)node)->name_start == search->site;
  if (mx_ast_kind(node) != NODE_CONST || node->span.start != search->site) return false;
  return ((const NodeConstant *)node)->name == search->const_name;
}

// Search a node and its children; false once the node was found.
static bool snippet_visit(void *ctx, Node *node) {
  SnippetSearch *search = ctx;
  bool outside = node->span.start > search->site || node->span.end <= search->site;
  if (outside && mx_ast_kind(node) != NODE_PARAMS) return true;
  if (snippet_fits(search, node)) search->found = node;
  return !search->found && mx_ast_each_child(node, snippet_visit, search);
}

// The node of a site, or NULL.
static const Node *snippet_node(ExecCtx *ec, const Code *code, uint32_t site, Sym const_name) {
  const Node *root = mx_unit_root(ec, code->unit);
  if (!root) return NULL;
  SnippetSearch search = {.site = site, .const_name = const_name};
  snippet_visit(&search, (Node *)(uintptr_t)root);
  return search.found;
}

// Start of the call operator in front of a name, or the name's start.
static uint32_t snippet_operator(const char *text, uint32_t name_start) {
  uint32_t at = name_start;
  while (at > 0 && (text[at - 1] == ' ' || text[at - 1] == '\t')) at--;
  if (at > 1 && (memcmp(text + at - 2, "&.", 2) == 0 || memcmp(text + at - 2, "::", 2) == 0))
    return at - 2;
  return at > 0 && text[at - 1] == '.' ? at - 1 : name_start;
}

// Where the name of a call stands: with the dot before it and the `=` of an assignment behind it,
// or the brackets of an index.
static Span snippet_call_name(ExecCtx *ec, const NodeMethodCall *call, const char *text,
                              bool assigns) {
  Span span = {.start = call->name_start, .end = call->base.span.end};
  if (call->base.flags & NF_INDEX) return span;
  SymName name = mx_sym_name(&ec->vm->symtab, call->name);
  span.end = span.start + name.len;
  if (call->base.flags & NF_OPERATOR) {
    bool sign = name.len == 2 && name.bytes[1] == '@';
    span.end -= sign;
    return span;
  }
  if (assigns && text[span.end - 1] != '=') {
    uint32_t gap = (uint32_t)strspn(text + span.end, " \t");
    if (text[span.end + gap] == '=') span.end += gap + 1;
  }
  if (call->receiver) span.start = snippet_operator(text, span.start);
  return span;
}

// Where the arguments of a call stand; empty when it has none.
static Span snippet_call_args(const NodeMethodCall *call) {
  if (call->args.count == 0) return (Span){0};
  return mx_span_join(call->args.at[0]->span, call->args.at[call->args.count - 1]->span);
}

// Where the name of a constant stands: with the colons before it.
static Span snippet_const(ExecCtx *ec, const NodeConstant *node, const char *text) {
  uint32_t len = mx_sym_name(&ec->vm->symtab, node->name).len;
  Span span = {.start = node->base.span.end - len, .end = node->base.span.end};
  if (node->scope) span.start = snippet_operator(text, span.start);
  return span;
}

// Where the name of a definition stands.
static Span snippet_def(ExecCtx *ec, const Code *code) {
  const NodeMethodDef *def = (const NodeMethodDef *)mx_code_node(ec, code);
  if (!def || code->kind != CODE_METHOD || mx_ast_kind(&def->base) != NODE_DEF) return (Span){0};
  uint32_t len = mx_sym_name(&ec->vm->symtab, def->name).len;
  return (Span){.start = def->name_start, .end = def->name_start + len};
}

// Append blanks as wide as some text, then carets under a span. Tabs stay tabs.
static void snippet_carets(StrBuf *out, const char *line, size_t before, size_t len) {
  for (size_t i = 0; i < before + len; i++) {
    if ((line[i] & 0xC0) == 0x80) continue; // only the first byte of a character counts
    mx_strbuf_add_byte(out, i >= before ? '^' : line[i] == '\t' ? '\t' : ' ');
  }
}

// Append the line of a span and carets under it, each line behind a prefix. False when there is no
// such single line.
static bool snippet_add(StrBuf *out, const Source *source, Span span, const char *first,
                        const char *second) {
  if (span.end <= span.start || span.end > source->len) return false;
  const char *text = source->text;
  uint32_t start = span.start, end = span.end;
  if (memchr(text + start, '\n', end - start)) return false;
  while (start > 0 && text[start - 1] != '\n') start--;
  while (end < source->len && text[end] != '\n' && text[end] != '\r') end++;
  mx_strbuf_add_str(out, first);
  mx_strbuf_add(out, text + start, end - start);
  mx_strbuf_add_byte(out, '\n');
  mx_strbuf_add_str(out, second);
  snippet_carets(out, text + start, span.start - start, span.end - span.start);
  return true;
}

// The place that an exception is about, under a frame's code and site.
static Span snippet_place(ExecCtx *ec, Value exception, const Code *code, uint32_t site) {
  bool is_name = mx_is_a(ec->vm, exception, ec->vm->cls.NameError);
  Value name = is_name ? mx_ivar_get(ec, exception, SYM_iv_name) : VAL_NIL;
  Sym const_name = val_is_symbol(name) ? val_to_sym(name) : SYM_NONE;
  const Node *node = snippet_node(ec, code, site, const_name);
  if (!node) return (Span){0};
  const char *text = code->unit->source->text; // there since there is a tree
  if (mx_ast_kind(node) == NODE_CONST) return snippet_const(ec, (const NodeConstant *)node, text);
  const NodeMethodCall *call = (const NodeMethodCall *)node;
  if (!is_name) return snippet_call_args(call);
  SymName called = mx_sym_name(&ec->vm->symtab, const_name);
  bool assigns = called.len > 1 && called.bytes[called.len - 1] == '=';
  return snippet_call_name(ec, call, text, assigns);
}

// Append "    caller: file:line" and the snippet of a place.
static void snippet_add_side(StrBuf *out, const char *side, const Code *code, Span span) {
  StrBuf lines = STRBUF_INIT;
  if (snippet_add(&lines, code->unit->source, span, "    | ", "      ")) {
    mx_strbuf_printf(out, "\n    %s: %s:%u\n", side, mx_str_bytes(code->unit->file),
                     mx_code_line(code, span.start));
    mx_strbuf_add(out, lines.at, lines.len);
  }
  mx_strbuf_free(&lines);
}

// Append call and definition when arguments did not fit a method's parameters.
static bool snippet_add_call(ExecCtx *ec, StrBuf *out, Value exception, void *captured) {
  TracePlace callee, caller;
  Value message = mx_ivar_get(ec, exception, SYM_iv_message);
  if (!val_is_string(message)) return false;
  const char *text = mx_str_bytes(message);
  if (strncmp(text, "wrong number of arguments", 25) != 0 &&
      strncmp(text, "missing keyword", 15) != 0 && strncmp(text, "unknown keyword", 15) != 0)
    return false;
  if (!mx_backtrace_place(captured, 0, &callee) || callee.is_leaf) return false;
  if (!mx_backtrace_place(captured, 1, &caller)) return false;
  const Node *node = snippet_node(ec, caller.code, caller.site, SYM_NONE);
  if (!node || mx_ast_kind(node) != NODE_CALL) return false;
  mx_strbuf_add_byte(out, '\n');
  const NodeMethodCall *call = (const NodeMethodCall *)node;
  Span at = snippet_call_name(ec, call, caller.code->unit->source->text, false);
  snippet_add_side(out, "caller", caller.code, at);
  snippet_add_side(out, "callee", callee.code, snippet_def(ec, callee.code));
  return out->len > 1;
}

// Is the exception of a kind that has snippets?
static bool snippet_wanted(VM *vm, Value exception) {
  return mx_is_a(vm, exception, vm->cls.NameError) || mx_is_a(vm, exception, vm->cls.TypeError) ||
         mx_is_a(vm, exception, vm->cls.ArgumentError);
}

// Text that shows where an exception happened, or nil.
Value mx_snippet(ExecCtx *ec, Value exception) {
  void *captured = mx_error_captured(ec, exception);
  TracePlace place;
  if (!captured || !snippet_wanted(ec->vm, exception)) return VAL_NIL;
  if (!mx_backtrace_place(captured, 0, &place)) return VAL_NIL;
  StrBuf out = STRBUF_INIT;
  bool shown = mx_is_a(ec->vm, exception, ec->vm->cls.ArgumentError) &&
               snippet_add_call(ec, &out, exception, captured);
  if (!shown) {
    Span span = snippet_place(ec, exception, place.code, place.site);
    shown = snippet_add(&out, place.code->unit->source, span, "\n\n", "");
  }
  if (shown) return mx_str_from_buf(ec, &out);
  mx_strbuf_free(&out);
  return VAL_NIL;
}
