// SPDX-License-Identifier: MIT
// Tracing: the filter, frames that come and go, instructions of the bytecode engine.
#include "interp/trace.h"
#include "runtime/brief.h"
#include "runtime/string.h"
#include "bytecode/disasm.h"
#include "interp/backtrace.h"
#include "interp/fiber.h"
#include "interp/program.h"
#include "interp/stream.h"

#include <stdio.h>

// UNITS: columns, values, bytes.
enum {
  TRACE_TEXT_WIDTH = 48, // opcode and operands
  TRACE_STACK_SHOWN = 6, // topmost values of the stack
  TRACE_VALUE = 24,      // of a value on the stack
  TRACE_LINE = 100,      // of a line of the source
};

// A collected copy of text.
static char *trace_copy(const char *text, size_t len) {
  char *copy = mx_gc_alloc_atomic(len + 1);
  memcpy(copy, text, len);
  copy[len] = 0;
  return copy;
}

// The colon of a filter behind its file's name; those of A::B are none. NULL when there is no file.
static const char *trace_colon(const char *filter) {
  for (const char *at = filter; (at = strchr(at, ':')); at += 2)
    if (at[1] != ':') return at;
  return NULL;
}

Tracer *mx_trace_new(const char *filter, bool on) {
  if (!on) return NULL;
  Tracer *tracer = mx_gc_alloc_words(sizeof *tracer);
  *tracer = (Tracer){.last_op = OP_COUNT};
  const char *colon = filter ? trace_colon(filter) : NULL;
  const char *method = colon ? colon + 1 : filter;
  if (colon && colon > filter) tracer->file = trace_copy(filter, (size_t)(colon - filter));
  if (method && *method) tracer->method = trace_copy(method, strlen(method));
  return tracer;
}

// Does a path end with a file's name, at the beginning of a part of the path?
static bool trace_is_file(const char *path, const char *file) {
  size_t len = strlen(path), end = strlen(file);
  if (end > len || strcmp(path + len - end, file) != 0) return false;
  return end == len || path[len - end - 1] == '/';
}

// Is this a method's name, or its label (A::B#m, A.m)?
static bool trace_is_method(ExecCtx *ec, const MethodEntry *me, const char *wanted) {
  if (strcmp(mx_sym_text(&ec->vm->symtab, me->name), wanted) == 0) return true;
  if (!strpbrk(wanted, "#.")) return false;
  return strcmp(mx_str_bytes(mx_backtrace_method_label(ec, me)), wanted) == 0;
}

bool mx_trace_wants(const Tracer *tracer, ExecCtx *ec, const Frame *fr) {
  if (!tracer->file && fr->code->core) return false;
  if (tracer->file && !trace_is_file(fr->code->unit->source->name, tracer->file)) return false;
  if (!tracer->method) return true;
  return fr->me && trace_is_method(ec, fr->me, tracer->method);
}

void mx_trace_print(StrBuf *out) {
  fwrite(mx_strbuf_text(out), 1, out->len, stderr);
  mx_strbuf_free(out);
}

// Append the arguments that a frame begins with.
static void trace_arguments(ExecCtx *ec, const Frame *fr, StrBuf *out) {
  const Params *params = &fr->code->params;
  for (uint32_t i = 0; i < params->count; i++) {
    const ParamSpec *p = &params->list[i];
    bool known = p->name != SYM_NONE && p->slot != SCOPE_NO_SLOT;
    if (!known || val_is_undef(fr->locals[p->slot])) continue;
    mx_strbuf_printf(out, ", %s = ", mx_sym_text(&ec->vm->symtab, p->name));
    mx_brief(ec, fr->locals[p->slot], BRIEF_LIMIT, out);
  }
}

void mx_trace_frame(Tracer *tracer, ExecCtx *ec, Frame *fr, bool begins) {
  if (fr == tracer->frame && fr->code == tracer->code && !begins) return;
  uint32_t depth = mx_fiber_depth(ec->fiber);
  bool enters = begins || depth > tracer->depth || !tracer->frame;
  uint32_t line = mx_code_line(fr->code, enters ? fr->code->start : mx_frame_site(fr));
  StrBuf out = STRBUF_INIT;
  mx_strbuf_printf(&out, "[%u] %s %s, %s:%d", depth, enters ? "-->" : "<--",
                   mx_str_bytes(mx_backtrace_label(ec, fr->code, fr->me)),
                   fr->code->unit->source->name, (int)line);
  if (enters) trace_arguments(ec, fr, &out);
  mx_strbuf_add_byte(&out, '\n');
  mx_trace_print(&out);
  tracer->frame = fr;
  tracer->code = fr->code;
  tracer->depth = depth;
}

// ---- instructions

// Print the text of the line that begins.
static void trace_line(const Code *code, uint32_t line) {
  const Source *source = code->unit->source;
  StrBuf out = STRBUF_INIT;
  mx_strbuf_printf(&out, "%s:%d: ", source->name, (int)line);
  Span span = mx_source_line_span(source, line - (uint32_t)source->first_line);
  while (span.start < span.end && source->text[span.start] == ' ') span.start++;
  uint32_t len = span.end - span.start;
  mx_strbuf_add(&out, source->text + span.start, len < TRACE_LINE ? len : TRACE_LINE);
  mx_strbuf_add_byte(&out, '\n');
  mx_trace_print(&out);
}

// Append the values on the stack of a frame, the top last.
static void trace_stack(ExecCtx *ec, const Value *bottom, const Value *sp, StrBuf *out) {
  const Value *from = sp - bottom > TRACE_STACK_SHOWN ? sp - TRACE_STACK_SHOWN : bottom;
  mx_strbuf_add_str(out, from > bottom ? "[..., " : "[");
  for (const Value *at = from; at < sp; at++) {
    if (at > from) mx_strbuf_add_str(out, ", ");
    mx_brief(ec, *at, TRACE_VALUE, out);
  }
  mx_strbuf_add_byte(out, ']');
}

// Print an instruction.
static void trace_instruction(ExecCtx *ec, Frame *fr, const Instruction *in, const Value *sp) {
  const Code *code = fr->code;
  SourcePos pos = mx_source_pos(code->unit->source, mx_chunk_site(code->chunk, in->pc));
  StrBuf text = STRBUF_INIT, out = STRBUF_INIT;
  mx_disasm_instruction(ec, code->chunk, in, &text);
  mx_strbuf_printf(&out, " %04u | %-*s | %d:%u | ", in->pc, TRACE_TEXT_WIDTH, mx_strbuf_text(&text),
                   pos.line, pos.column);
  trace_stack(ec, mx_frame_stack(fr), sp, &out);
  mx_strbuf_add_byte(&out, '\n');
  mx_trace_print(&out);
  mx_strbuf_free(&text);
}

void mx_vm_trace_hook(ExecCtx *ec, Frame *fr, const uint32_t *ip, Value *sp) {
  Tracer *tracer = mx_interp(ec->vm)->tracer;
  const Chunk *chunk = fr->code->chunk;
  Instruction in;
  // What the stream has beyond the chunk's instructions is not shown.
  if (mx_stream_is_extra((StreamOp)*ip) || !mx_trace_wants(tracer, ec, fr)) return;
  bool again = fr == tracer->frame && ip == tracer->ip && *ip != tracer->word;
  tracer->ip = ip;
  tracer->word = *ip;
  if (again) return;
  bool fine = mx_op_decode(chunk->code, chunk->code_len, mx_code_pc(fr->code, ip), &in);
  MX_ASSERT(fine, "no instruction at %u", in.pc);
  if (!fine) return;
  // At the first instruction the frame is new, unless a jump led back there.
  bool jumped = tracer->last_op < OP_COUNT && mx_op_find_operand(tracer->last_op, 'J') >= 0;
  mx_trace_frame(tracer, ec, fr, in.pc == 0 && !(jumped && fr == tracer->frame));
  if (in.op == OP_SET_LINE)
    trace_line(fr->code, in.operands[0]);
  else
    trace_instruction(ec, fr, &in, sp);
  tracer->last_op = in.op;
}
