// SPDX-License-Identifier: MIT
// What the JIT tells people: --jit-log.
#include "runtime/string.h"
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

void mx_jit_log_region(const Jit *jit, const Region *region, const char *what) {
  char where[64];
  if (!jit->options.log) return;
  mx_jit_log_where(region, where, sizeof where);
  fprintf(stderr, "jit: %s: %s\n", where, what);
}

void mx_jit_log_symbol(const RegionCode *code) {
  char path[64], where[64];
  snprintf(path, sizeof path, "/tmp/perf-%d.map", (int)getpid());
  FILE *map = fopen(path, "a");
  if (!map) return;
  mx_jit_log_where(code->region, where, sizeof where);
  fprintf(map, "%llx %x metorex: %s of %s\n", (unsigned long long)(uintptr_t)code->machine.entry,
          code->machine.bytes, where, mx_str_bytes(code->region->code->unit->file));
  fclose(map);
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
