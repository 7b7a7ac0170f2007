// SPDX-License-Identifier: MIT
// Listings of whole chunks.
#include "bytecode/disasm.h"
#include "runtime/brief.h"

// UNITS: columns of a listing.
enum {
  DISASM_OP_WIDTH = 21,      // opcodes; the longest has so many letters
  DISASM_OPERAND_WIDTH = 44, // operands
};

// A listing being made.
typedef struct Disasm {
  ExecCtx *ec;
  const Chunk *chunk;   // the body at hand
  const Source *source; // its text, NULL when it is not known
  StrBuf *out;
  uint8_t *targets; // by pc: may control come here from elsewhere?
} Disasm;

static const char *const disasm_kinds[CODE_KIND_COUNT] = {
    [CODE_PROGRAM] = "program", [CODE_EVAL] = "eval",     [CODE_METHOD] = "method",
    [CODE_CLASS] = "class",     [CODE_MODULE] = "module", [CODE_SCLASS] = "singleton class",
    [CODE_BLOCK] = "block",     [CODE_FOR] = "for"};

void mx_disasm_name(ExecCtx *ec, const Chunk *chunk, StrBuf *out) {
  mx_strbuf_add_str(out, chunk->kind < CODE_KIND_COUNT ? disasm_kinds[chunk->kind] : "body");
  if (chunk->name != SYM_NONE)
    mx_strbuf_printf(out, " %s", mx_sym_text(&ec->vm->symtab, chunk->name));
}

void mx_disasm_instruction(ExecCtx *ec, const Chunk *chunk, const Instruction *in, StrBuf *out) {
  mx_strbuf_add_str(out, mx_op_info(in->op)->name);
  size_t end = out->len;
  mx_strbuf_add_byte(out, ' ');
  size_t start = out->len;
  mx_disasm_operands(ec, chunk, in, out);
  if (out->len == start) mx_strbuf_truncate(out, end);
}

// ---- parts of a listing

// Columns that text takes from `start` on: bytes that begin a character.
static size_t disasm_columns(const StrBuf *out, size_t start) {
  size_t columns = 0;
  for (size_t i = start; i < out->len; i++) columns += ((unsigned char)out->at[i] & 0xc0) != 0x80;
  return columns;
}

// Fill what was written from `start` on with blanks up to a width.
static void disasm_pad(StrBuf *out, size_t start, size_t width) {
  size_t columns = disasm_columns(out, start);
  if (columns < width) mx_strbuf_add_repeat(out, ' ', width - columns);
}

// Append line and column of a place in the text, or its offset when the text is not known.
static void disasm_place(const Disasm *d, uint32_t site) {
  if (!d->source) {
    mx_strbuf_printf(d->out, "@%u", site);
    return;
  }
  SourcePos pos = mx_source_pos(d->source, site);
  mx_strbuf_printf(d->out, "%d:%u", (int)pos.line, pos.column);
}

// Append one parameter as a program writes it; a default is shown as `= ...`.
static void disasm_param(const Disasm *d, const ParamSpec *p) {
  const char *name = p->name == SYM_NONE ? "" : mx_sym_text(&d->ec->vm->symtab, p->name);
  switch ((ParamKind)p->kind) {
  case PARAM_REQ: mx_strbuf_add_str(d->out, p->destructures ? "(...)" : *name ? name : "_"); break;
  case PARAM_OPT: mx_strbuf_printf(d->out, "%s = ...", name); break;
  case PARAM_REST: mx_strbuf_printf(d->out, "*%s", name); break;
  case PARAM_KEYREQ: mx_strbuf_printf(d->out, "%s:", name); break;
  case PARAM_KEY: mx_strbuf_printf(d->out, "%s: ...", name); break;
  case PARAM_KEYREST: mx_strbuf_printf(d->out, "**%s", name); break;
  case PARAM_NOKEY: mx_strbuf_add_str(d->out, "**nil"); break;
  case PARAM_BLOCK: mx_strbuf_printf(d->out, "&%s", name); break;
  case PARAM_FORWARD: mx_strbuf_add_str(d->out, "..."); break;
  case PARAM_BLOCK_LOCAL: mx_strbuf_printf(d->out, "; %s", name); break;
  }
}

// Append the parameter list, if there is one.
static void disasm_params(const Disasm *d) {
  const Params *params = &d->chunk->params;
  if (params->count == 0) return;
  mx_strbuf_add_byte(d->out, '(');
  for (uint32_t i = 0; i < params->count; i++) {
    if (i > 0) mx_strbuf_add_str(d->out, params->list[i].kind == PARAM_BLOCK_LOCAL ? "" : ", ");
    disasm_param(d, &params->list[i]);
  }
  mx_strbuf_add_byte(d->out, ')');
}

// Append the names of the locals.
static void disasm_locals(const Disasm *d) {
  const Scope *scope = d->chunk->scope;
  for (uint32_t i = 0; scope && i < scope->count; i++) {
    const char *name = mx_sym_text(&d->ec->vm->symtab, scope->names[i]);
    mx_strbuf_printf(d->out, "%s%s", i ? ", " : "", scope->names[i] == SYM_NONE ? "_" : name);
  }
  if (!scope || scope->count == 0) mx_strbuf_add_str(d->out, "none");
}

// Append the two lines that say what the body is; path is its number, and those around it.
static void disasm_header(const Disasm *d, const char *path) {
  const Chunk *chunk = d->chunk;
  mx_strbuf_printf(d->out, "== %s%s", path, *path ? " " : "");
  mx_disasm_name(d->ec, chunk, d->out);
  disasm_params(d);
  if (d->source)
    mx_strbuf_printf(d->out, ", %s:%d", d->source->name,
                     (int)mx_source_line(d->source, chunk->start));
  mx_strbuf_add_str(d->out, "\n   locals: ");
  disasm_locals(d);
  mx_strbuf_printf(d->out, "; stack: %u", chunk->max_stack);
  if (chunk->once_count) mx_strbuf_printf(d->out, "; once: %u", chunk->once_count);
  if (chunk->flags & CHUNK_CORE) mx_strbuf_add_str(d->out, "; core");
  mx_strbuf_add_byte(d->out, '\n');
}

// Note where jumps and handlers lead.
static void disasm_find_targets(Disasm *d) {
  const Chunk *chunk = d->chunk;
  Instruction in;
  d->targets = mx_gc_alloc_atomic(chunk->code_len + 1);
  memset(d->targets, 0, chunk->code_len + 1);
  for (uint32_t pc = 0; mx_op_decode(chunk->code, chunk->code_len, pc, &in); pc += in.size) {
    int jump = mx_op_find_operand(in.op, 'J');
    if (jump >= 0 && in.operands[jump] < chunk->code_len) d->targets[in.operands[jump]] = 1;
  }
  for (uint32_t i = 0; i < chunk->handler_count; i++) {
    const Handler *h = &chunk->handlers[i];
    if (h->kind != HANDLER_RESTORE && h->target < chunk->code_len) d->targets[h->target] = 1;
  }
}

// Append the line of one instruction.
static void disasm_line(const Disasm *d, const Instruction *in) {
  StrBuf *out = d->out;
  mx_strbuf_printf(out, " %c %04u | ", d->targets[in->pc] ? '>' : ' ', in->pc);
  size_t start = out->len;
  if (d->chunk->code[in->pc] == OP_WIDE) mx_strbuf_add_str(out, "WIDE ");
  mx_strbuf_add_str(out, mx_op_info(in->op)->name);
  disasm_pad(out, start, DISASM_OP_WIDTH);
  mx_strbuf_add_byte(out, ' ');
  mx_disasm_operands(d->ec, d->chunk, in, out);
  disasm_pad(out, start, DISASM_OP_WIDTH + 1 + DISASM_OPERAND_WIDTH);
  mx_strbuf_add_str(out, " | ");
  disasm_place(d, mx_chunk_site(d->chunk, in->pc));
  mx_strbuf_add_byte(out, '\n');
}

// Append the lines of the instructions; bytes that are none end them.
static void disasm_code(const Disasm *d) {
  const Chunk *chunk = d->chunk;
  uint32_t pc = 0;
  Instruction in;
  if (!chunk->code) mx_strbuf_add_str(d->out, "   not loaded yet\n");
  for (; mx_op_decode(chunk->code, chunk->code_len, pc, &in); pc += in.size) disasm_line(d, &in);
  if (pc < chunk->code_len)
    mx_strbuf_printf(d->out, "   %04u | no instruction: 0x%02x\n", pc, chunk->code[pc]);
}

// Append the table of constants.
static void disasm_constants(const Disasm *d) {
  if (d->chunk->const_count) mx_strbuf_add_str(d->out, "   constants\n");
  for (uint32_t i = 0; i < d->chunk->const_count; i++) {
    mx_strbuf_printf(d->out, "   %4u   ", i);
    mx_brief(d->ec, d->chunk->consts[i], 2 * BRIEF_LIMIT, d->out);
    mx_strbuf_add_byte(d->out, '\n');
  }
}

// Append the table of handlers.
static void disasm_handler_table(const Disasm *d) {
  if (d->chunk->handler_count) mx_strbuf_add_str(d->out, "   handlers\n");
  for (uint32_t i = 0; i < d->chunk->handler_count; i++) {
    const Handler *h = &d->chunk->handlers[i];
    const char *kind = mx_handler_text(h->kind);
    mx_strbuf_printf(d->out, "   %4u   %-7s %04u..%04u", i, kind, h->start, h->end);
    if (h->kind != HANDLER_RESTORE) mx_strbuf_printf(d->out, " -> %04u", h->target);
    mx_strbuf_printf(d->out, ", %s %u\n", h->kind == HANDLER_RESTORE ? "from" : "keep", h->depth);
  }
}

// Append the listing of a chunk and its bodies.
static void disasm_tree(const Disasm *outer, const Chunk *chunk, const char *path) {
  Disasm d = *outer;
  d.chunk = chunk;
  disasm_find_targets(&d);
  disasm_header(&d, path);
  disasm_code(&d);
  disasm_constants(&d);
  disasm_handler_table(&d);
  for (uint32_t i = 0; i < chunk->body_count; i++) {
    if (!chunk->bodies[i].chunk) continue;
    StrBuf below = STRBUF_INIT;
    mx_strbuf_printf(&below, "%s%s%u", path, *path ? "." : "", i);
    mx_strbuf_add_byte(d.out, '\n');
    disasm_tree(&d, chunk->bodies[i].chunk, mx_strbuf_text(&below));
    mx_strbuf_free(&below);
  }
}

void mx_disasm_chunk(ExecCtx *ec, const Chunk *chunk, const Source *source, StrBuf *out) {
  Disasm d = {.ec = ec, .source = source, .out = out};
  disasm_tree(&d, chunk, "");
}

void mx_disasm_code(ExecCtx *ec, const Chunk *chunk, const Source *source, StrBuf *out) {
  Disasm d = {.ec = ec, .chunk = chunk, .source = source, .out = out};
  disasm_find_targets(&d);
  disasm_code(&d);
}
