// SPDX-License-Identifier: MIT
// What a program is told of its machine code: Method#jit_state, #ir, #machine_code.
//
// The IR is not kept: it is built again from the record, which may have grown since.
#include "runtime/array.h"
#include "runtime/string.h"
#include "jit/ir/ir_print.h"
#include "jit/jit_state.h"
#include "jit/opt/pipeline.h"

// Call visit for each region of a code and of the bodies in it that have been made; loops of the
// library that yield to its blocks are among them.
typedef void (*RegionVisit)(ExecCtx *ec, const Region *region, void *ctx);
static void object_regions(ExecCtx *ec, const Code *code, RegionVisit visit, void *ctx) {
  for (const Region *region = code->regions; region; region = region->next) visit(ec, region, ctx);
  for (const Region *at = code->led; at; at = at->next_led) visit(ec, at, ctx);
  for (uint32_t i = 0; code->chunk && code->bodies && i < code->chunk->body_count; i++)
    if (code->bodies[i]) object_regions(ec, code->bodies[i], visit, ctx);
}

// States of a code, the one that says most last.
typedef enum ObjectState {
  OBJECT_INTERPRETED,
  OBJECT_REFUSED,
  OBJECT_COMPILING,
  OBJECT_COMPILED
} ObjectState;

static void object_state(ExecCtx *ec, const Region *region, void *ctx) {
  ObjectState *state = ctx, of = OBJECT_INTERPRETED;
  if (region->state == REGION_COMPILED)
    of = OBJECT_COMPILED;
  else if (region->next_ready)
    of = OBJECT_COMPILING;
  else if (region->state == REGION_REFUSED)
    of = OBJECT_REFUSED;
  if (of > *state) *state = of;
}

// Add the listing of a compiled region to a StrBuf.
static void object_ir(ExecCtx *ec, const Region *region, void *ctx) {
  if (region->state != REGION_COMPILED) return;
  Arena arena;
  RegionResult built;
  StrBuf problem = {0};
  PipelineOptions options = {.verify = false};
  mx_arena_init(&arena, mx_arena_malloc_source());
  if (mx_region_build(ec, region->record, &arena, &built) == ABORT_NONE) {
    mx_compiler_set_tier(region, built.fn, region->ready->quick);
    if (mx_pipeline_run(built.fn, &options, &problem)) {
      mx_jit_log_head(ec, region, built.fn, ctx);
      mx_ir_print(built.fn, ctx);
    }
    mx_ir_free(built.fn);
    vec_free(&built.assumptions);
  }
  vec_free(&built.notes);
  mx_strbuf_free(&problem);
  mx_arena_free(&arena);
}

// Add the bytes of a compiled region to an Array.
static void object_machine_code(ExecCtx *ec, const Region *region, void *ctx) {
  if (region->state != REGION_COMPILED) return;
  const MachineCode *machine = &region->ready->machine;
  // What begins the bytes is a function.
  const char *bytes;
  memcpy(&bytes, &machine->entry, sizeof bytes);
  mx_array_push(ec, *(Value *)ctx, mx_str_new(ec, bytes, machine->bytes, ENC_BINARY));
}

Value mx_jit_tell(ExecCtx *ec, const Code *code, TierQuestion what) {
  static const char *const states[] = {"interpreted", "refused", "compiling", "compiled"};
  ObjectState state = OBJECT_INTERPRETED;
  StrBuf text = {0};
  Value list = VAL_NIL;
  if (mx_compiler_ready(mx_jit_of(ec->vm))) mx_compiler_install(mx_jit_of(ec->vm), ec);
  switch (what) {
  case TIER_STATE:
    object_regions(ec, code, object_state, &state);
    return val_from_sym(mx_sym(ec->vm, states[state]));
  case TIER_IR:
    object_regions(ec, code, object_ir, &text);
    if (text.len > 0) return mx_str_from_buf(ec, &text);
    mx_strbuf_free(&text);
    return VAL_NIL;
  case TIER_MACHINE_CODE:
    list = mx_array_new(ec, 0);
    object_regions(ec, code, object_machine_code, &list);
    return mx_array_len(list) > 0 ? list : VAL_NIL;
  }
  MX_UNREACHABLE();
}
