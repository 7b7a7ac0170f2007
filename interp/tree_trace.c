// SPDX-License-Identifier: MIT
// --trace-ast: each node that the walker evaluates, in the form of trace.h.
//
//    2:3  | If                 | n < 2 ? n : fib(n - 1)
#include "interp/fiber.h"
#include "interp/program.h"
#include "interp/trace.h"
#include "interp/tree.h"

enum { TRACE_SOURCE = 60 }; // bytes of a node's text that are shown

// Append the first line of a node's text.
static void trace_text(const Source *source, const Node *node, StrBuf *out) {
  const char *text = source->text + node->span.start;
  size_t len = node->span.end - node->span.start;
  const char *end = memchr(text, '\n', len);
  size_t shown = end ? (size_t)(end - text) : len;
  if (shown > TRACE_SOURCE) shown = TRACE_SOURCE;
  while (shown > 0 && ((unsigned char)text[shown] & 0xc0) == 0x80) shown--;
  mx_strbuf_add(out, text, shown);
  if (shown < len) mx_strbuf_add_str(out, "...");
}

void mx_trace_node(ExecCtx *ec, Frame *fr, const Node *node) {
  Tracer *tracer = mx_interp(ec->vm)->tracer;
  if (!mx_trace_wants(tracer, ec, fr)) return;
  bool other = fr != tracer->frame || fr->code != tracer->code;
  // The node that a frame began with is evaluated again only by another activation.
  bool begins = !other && node == tracer->first;
  if (other && (mx_fiber_depth(ec->fiber) > tracer->depth || !tracer->frame)) tracer->first = node;
  mx_trace_frame(tracer, ec, fr, begins);
  const Source *source = fr->code->unit->source;
  SourcePos pos = mx_source_pos(source, node->span.start);
  StrBuf out = STRBUF_INIT;
  mx_strbuf_printf(&out, " %4d:%-3u| %-22s | ", (int)pos.line, pos.column,
                   mx_ast_info(mx_ast_kind(node))->class_name);
  trace_text(source, node, &out);
  mx_strbuf_add_byte(&out, '\n');
  mx_trace_print(&out);
}
