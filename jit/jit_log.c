// SPDX-License-Identifier: MIT
// What the JIT tells people: --jit-log, and what regions are called.
#include "runtime/string.h"
#include "interp/backtrace.h"
#include "jit/jit_state.h"
#include <stdio.h>
#include <unistd.h>

void mx_jit_log_where(const Region *region, char *text, size_t room) {
  uint32_t line = mx_code_line(region->code, mx_chunk_site(region->code->chunk, region->pc));
  const char *core = region->code->core ? " (core)" : "";
  if (!region->home) {
    snprintf(text, room, "%s%s at line %u", region->kind == REGION_METHOD ? "method" : "loop", core,
             line);
    return;
  }
  const Chunk *chunk = region->home->chunk;
  uint32_t site = mx_chunk_site(chunk, region->home_pc);
  snprintf(text, room, "loop%s at line %u for line %u", core, line,
           mx_code_line(region->home, site));
}

// The code that people know a region by: the program's, where an iterator yields to it.
static const Code *log_code(const Region *region) {
  return region->home ? region->home : region->code;
}

const char *mx_jit_log_file(const Region *region) {
  return mx_str_bytes(log_code(region)->unit->file);
}

void mx_jit_log_region(const Jit *jit, const Region *region, const char *what) {
  char where[64];
  if (!jit->options.log) return;
  mx_jit_log_where(region, where, sizeof where);
  fprintf(stderr, "jit: %s: %s: %s\n", mx_jit_log_file(region), where, what);
}

void mx_jit_log_exit(const Jit *jit, const Region *region, const DeoptFrame *at) {
  char text[80];
  const Code *code = at->of->code;
  snprintf(text, sizeof text, "is often left at line %u%s: recorded from there on",
           mx_code_line(code, mx_chunk_site(code->chunk, at->pc)), code->core ? " (core)" : "");
  mx_jit_log_region(jit, region, text);
}

// The label of a code, and a place in its text; one line of text whatever they contain.
static void log_label(ExecCtx *ec, const Code *code, const MethodEntry *me, uint32_t site,
                      StrBuf *out) {
  Value label = mx_backtrace_label(ec, code, me);
  size_t start = out->len;
  mx_strbuf_printf(out, "%s %s:%u", mx_str_bytes(label), mx_str_bytes(code->unit->file),
                   mx_code_line(code, site));
  for (size_t i = start; i < out->len; i++)
    if ((uint8_t)out->at[i] < ' ') out->at[i] = '?';
}

void mx_jit_log_name(ExecCtx *ec, const Region *region, StrBuf *out) {
  const Code *code = log_code(region);
  bool method = region->kind == REGION_METHOD;
  mx_strbuf_add_str(out, region->home ? "iterator " : method ? "method " : "loop ");
  uint32_t site = mx_chunk_site(code->chunk, region->home ? region->home_pc : region->pc);
  log_label(ec, code, region->record->root->frame.me, site, out);
}

void mx_jit_log_symbol(const RegionCode *code, const char *symbol) {
  char path[64];
  snprintf(path, sizeof path, "/tmp/perf-%d.map", (int)getpid());
  FILE *map = fopen(path, "a");
  if (!map) return;
  fprintf(map, "%llx %x metorex: %s\n", (unsigned long long)(uintptr_t)code->machine.entry,
          code->machine.bytes, symbol);
  fclose(map);
}

void mx_jit_log_head(ExecCtx *ec, const Region *region, const IrFn *fn, StrBuf *out) {
  mx_strbuf_add_str(out, "; ");
  mx_jit_log_name(ec, region, out);
  for (uint32_t i = 0; i < fn->codes.count; i++) {
    const TierFrame *of = fn->codes.at[i];
    mx_strbuf_printf(out, "\n; code %u: ", i);
    log_label(ec, of->code, of->me, of->code->start, out);
  }
  mx_strbuf_add_byte(out, '\n');
}

void mx_jit_log_notes(const Jit *jit, const VM *vm, const RegionResult *built) {
  for (uint32_t i = 0; jit->options.log && i < built->notes.count; i++) {
    const BuildNote *note = &built->notes.at[i];
    const Chunk *chunk = note->code->chunk;
    Instruction in;
    if (!mx_op_decode(chunk->code, chunk->code_len, note->pc, &in)) continue;
    fprintf(stderr, "jit:   line %u: %s%s %s\n",
            mx_code_line(note->code, mx_chunk_site(chunk, note->pc)),
            note->code->core ? "(core) " : "",
            note->name ? mx_sym_text(&vm->symtab, note->name) : mx_op_info(in.op)->name,
            note->name ? "is called by the protocol" : "is not compiled");
  }
}

const char *mx_jit_abort_text(AbortReason reason) {
  static const char *const texts[ABORT_COUNT] = {
#define ABORT(NAME, text, PENALTY, doc) [ABORT_##NAME] = text,
#include "jit/ir/aborts.def"
  };
  return texts[reason];
}
