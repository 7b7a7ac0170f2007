// SPDX-License-Identifier: MIT
// Writing compiled files: chunks to the layout of mxc_format.h.
//
// Sections are written from the outside in, so that they nest; a digest covers the references
// below it, so digests are entered from the inside out.
#include "runtime/array.h"
#include "runtime/float.h"
#include "runtime/hash.h"
#include "runtime/integer.h"
#include "runtime/range.h"
#include "runtime/rational.h"
#include "runtime/string.h"
#include "bytecode/mxc_format.h"

#include <stdlib.h>

typedef struct MxcWriter {
  ExecCtx *ec;
  StrBuf *out;      // the image so far
  size_t base;      // where it begins in out
  uint32_t *number; // by Sym: its number in the image, 0 for none yet; malloc
  VEC(Sym) names;   // in order of their numbers
  const char *why;  // what cannot be saved, NULL while all is well
} MxcWriter;

// ---- numbers

// Append one byte.
static void mxc_put_byte(MxcWriter *w, uint32_t byte) { mx_strbuf_add_byte(w->out, (int)byte); }

// Append a varint.
static void mxc_put(MxcWriter *w, uint64_t n) {
  while (n >= 0x80) {
    mxc_put_byte(w, (uint32_t)(n & 0x7f) | 0x80);
    n >>= 7;
  }
  mxc_put_byte(w, (uint32_t)n);
}

// Append a signed varint: 0 -1 1 -2 ... are 0 1 2 3 ...
static void mxc_put_signed(MxcWriter *w, int64_t n) {
  mxc_put(w, ((uint64_t)n << 1) ^ (uint64_t)(n >> 63));
}

// Append length and bytes.
static void mxc_put_text(MxcWriter *w, const char *bytes, size_t len) {
  mxc_put(w, len);
  mx_strbuf_add(w->out, bytes, len);
}

// Append zeros to be filled in later; answers where in the image.
static uint32_t mxc_put_hole(MxcWriter *w, size_t bytes) {
  uint32_t at = (uint32_t)(w->out->len - w->base);
  mx_strbuf_add_repeat(w->out, 0, bytes);
  return at;
}

// Where a byte of the image lies; good until more is appended.
static uint8_t *mxc_at(MxcWriter *w, uint32_t at) { return (uint8_t *)w->out->at + w->base + at; }
// Offset in the image of what is appended next.
static uint32_t mxc_here(const MxcWriter *w) { return (uint32_t)(w->out->len - w->base); }

// Fill in four bytes.
static void mxc_set_fixed(MxcWriter *w, uint32_t at, uint32_t n) {
  for (int i = 0; i < 4; i++) mxc_at(w, at)[i] = (uint8_t)(n >> 8 * i);
}

// Fill in the digest of bytes of the image.
static void mxc_set_sum(MxcWriter *w, uint32_t at, uint32_t start, uint32_t end) {
  Digest digest = mx_digest(mxc_at(w, start), end - start);
  memcpy(mxc_at(w, at), digest.bytes, DIGEST_BYTES);
}

// ---- names and constants

// Append a name by its number.
static void mxc_put_name(MxcWriter *w, Sym name) {
  if (name != SYM_NONE && w->number[name] == 0) {
    vec_push(&w->names, name);
    w->number[name] = w->names.count;
  }
  mxc_put(w, name == SYM_NONE ? 0 : w->number[name]);
}

static void mxc_put_const(MxcWriter *w, Value v, int depth);

// Append a number that has two parts.
static void mxc_put_pair(MxcWriter *w, MxcConst tag, Value a, Value b, int depth) {
  mxc_put_byte(w, tag);
  mxc_put_const(w, a, depth);
  mxc_put_const(w, b, depth);
}

// Is a String the one that literals of its bytes share?
static bool mxc_is_shared_string(ExecCtx *ec, Value v) {
  return !val_is_nil(ec->vm->fstrings) && mx_hash_get(ec, ec->vm->fstrings, v) == v;
}

// Append a String with its encoding.
static void mxc_put_string(MxcWriter *w, Value v) {
  mxc_put_byte(w, mxc_is_shared_string(w->ec, v) ? MXC_LITERAL : MXC_STRING);
  mxc_put_byte(w, mx_str_enc(v));
  mxc_put_text(w, mx_str_bytes(v), mx_str_len(v));
}

// Append an Integer of any size.
static void mxc_put_integer(MxcWriter *w, Value v) {
  if (val_is_fixnum(v)) {
    mxc_put_byte(w, MXC_FIXNUM);
    mxc_put_signed(w, val_to_fixnum(v));
    return;
  }
  Value digits = mx_int_to_s(w->ec, v, 16);
  mxc_put_byte(w, MXC_BIGNUM);
  mxc_put_text(w, mx_str_bytes(digits), mx_str_len(digits));
}

// Append a Float, by its bits.
static void mxc_put_float(MxcWriter *w, double d) {
  uint64_t bits;
  memcpy(&bits, &d, sizeof bits);
  mxc_put_byte(w, MXC_FLOAT);
  for (int i = 0; i < 8; i++) mxc_put_byte(w, bits >> 8 * i & 0xff);
}

// Append an Array of constants.
static void mxc_put_array(MxcWriter *w, Value v, int depth) {
  mxc_put_byte(w, MXC_ARRAY);
  mxc_put(w, mx_array_len(v));
  for (uint32_t i = 0; i < mx_array_len(v); i++) mxc_put_const(w, mx_array_get(w->ec, v, i), depth);
}

// Append a Range.
static void mxc_put_range(MxcWriter *w, const RangeObj *range, int depth) {
  mxc_put_byte(w, MXC_RANGE);
  mxc_put_byte(w, val_truthy(range->exclusive));
  mxc_put_const(w, range->first, depth);
  mxc_put_const(w, range->last, depth);
}

// Append a constant that is a heap object but no Integer, Float or String.
static void mxc_put_object(MxcWriter *w, Value v, int depth) {
  if (depth >= MXC_CONST_DEPTH) {
    w->why = "a constant that is nested too deeply";
  } else if (val_is_type(v, T_ARRAY)) {
    mxc_put_array(w, v, depth + 1);
  } else if (val_is_type(v, T_RANGE)) {
    mxc_put_range(w, VAL_CAST(RangeObj, v), depth + 1);
  } else if (val_is_type(v, T_RATIONAL)) {
    const RationalObj *r = VAL_CAST(RationalObj, v);
    mxc_put_pair(w, MXC_RATIONAL, r->num, r->den, depth + 1);
  } else if (val_is_type(v, T_COMPLEX)) {
    const ComplexObj *c = VAL_CAST(ComplexObj, v);
    mxc_put_pair(w, MXC_COMPLEX, c->re, c->im, depth + 1);
  } else {
    w->why = "a constant of a kind that no program can write";
  }
}

// Append a constant.
static void mxc_put_const(MxcWriter *w, Value v, int depth) {
  if (val_is_nil(v)) {
    mxc_put_byte(w, MXC_NIL);
  } else if (v == VAL_TRUE || v == VAL_FALSE) {
    mxc_put_byte(w, v == VAL_TRUE ? MXC_TRUE : MXC_FALSE);
  } else if (val_is_symbol(v)) {
    mxc_put_byte(w, MXC_SYMBOL);
    mxc_put_name(w, val_to_sym(v));
  } else if (val_is_integer(v)) {
    mxc_put_integer(w, v);
  } else if (val_is_float(v)) {
    mxc_put_float(w, val_to_double(v));
  } else if (val_is_string(v)) {
    mxc_put_string(w, v);
  } else {
    mxc_put_object(w, v, depth);
  }
}

// ---- what a body's parent says of it

// Append a parameter list.
static void mxc_put_params(MxcWriter *w, const Params *params) {
  uint32_t how = 0;
  if (params->flags & PARAMS_TRAILING) how |= MXC_PARAMS_TRAILING;
  if (params->flags & PARAMS_ANNOTATED) how |= MXC_PARAMS_ANNOTATED;
  if (params->flags & PARAMS_FOR_MANY) how |= MXC_PARAMS_FOR_MANY;
  mxc_put_byte(w, how);
  mxc_put(w, params->count);
  for (uint32_t i = 0; i < params->count; i++) {
    const ParamSpec *p = &params->list[i];
    mxc_put_byte(w, p->kind | (p->destructures ? MXC_PARAM_DESTRUCTURES : 0u));
    mxc_put_name(w, p->name);
    mxc_put(w, p->slot + 1u); // SCOPE_NO_SLOT is 0
  }
}

// Append the locals of a body.
static void mxc_put_scope(MxcWriter *w, const Scope *scope) {
  MxcSlots slots = mxc_slots((Scope *)(uintptr_t)scope);
  mxc_put_byte(w, scope->kind);
  mxc_put(w, scope->flags);
  mxc_put(w, scope->count);
  for (uint32_t i = 0; i < scope->count; i++) mxc_put_name(w, scope->names[i]);
  uint32_t present = 0;
  for (uint32_t i = 0; i < MX_COUNT_OF(slots.at); i++)
    if (*slots.at[i] != SCOPE_NO_SLOT) present |= 1u << i;
  mxc_put_byte(w, present);
  for (uint32_t i = 0; i < MX_COUNT_OF(slots.at); i++)
    if (present & 1u << i) mxc_put(w, *slots.at[i]);
}

// Append what a stub has.
static void mxc_put_info(MxcWriter *w, const Chunk *chunk) {
  mxc_put_byte(w, chunk->kind);
  mxc_put(w, chunk->flags & ~(uint32_t)CHUNK_VERIFIED);
  mxc_put_name(w, chunk->name);
  mxc_put(w, chunk->start);
  mxc_put(w, chunk->end - chunk->start);
  mxc_put(w, chunk->node_id);
  mxc_put_scope(w, chunk->scope);
  mxc_put_params(w, &chunk->params);
}

// ---- sections

// Append the table of handlers.
static void mxc_put_handlers(MxcWriter *w, const Chunk *chunk) {
  mxc_put(w, chunk->handler_count);
  for (uint32_t i = 0; i < chunk->handler_count; i++) {
    const Handler *h = &chunk->handlers[i];
    mxc_put(w, h->start);
    mxc_put(w, h->end);
    mxc_put(w, h->target);
    mxc_put(w, h->depth);
    mxc_put_byte(w, h->kind);
  }
}

// Append a table of places, each as a distance from the one before.
static void mxc_put_lines(MxcWriter *w, const Chunk *chunk, const LineEntry *lines,
                          uint32_t count) {
  LineEntry last = {0, chunk->start};
  mxc_put(w, count);
  for (uint32_t i = 0; i < count; i++) {
    const LineEntry *line = &lines[i];
    uint32_t site = line->site & ~(uint32_t)STEP_RETURNS;
    mxc_put(w, line->pc - last.pc);
    mxc_put_signed(w, ((int64_t)site - last.site) * 2 + (site != line->site));
    last = (LineEntry){line->pc, site};
  }
}

// May the body be written as a nested body of this chunk? Notes why not.
static bool mxc_is_writable(MxcWriter *w, const Chunk *chunk, const Chunk *body) {
  if (!body || !body->code)
    w->why = "a body that is not compiled";
  else if (body->scope->parent != chunk->scope)
    w->why = "a body whose scope is not nested in that of the body around it";
  return !w->why;
}

// May the chunk be written as a whole program? Notes why not.
static bool mxc_is_program(MxcWriter *w, const Chunk *chunk) {
  if (chunk->kind != CODE_PROGRAM || chunk->scope->parent)
    w->why = "a text that is no program of its own";
  else if (chunk->flags & CHUNK_TRACED)
    w->why = "a program compiled for --trace";
  return !w->why;
}

static void mxc_put_section(MxcWriter *w, const Chunk *chunk, uint32_t reference);

// Append the entry of a nested body; answers where its reference is to stand.
static uint32_t mxc_put_entry(MxcWriter *w, const Chunk *body) {
  mxc_put_byte(w, body->kind);
  uint32_t reference = mxc_put_hole(w, MXC_REFERENCE), len = mxc_put_hole(w, 4);
  mxc_put_info(w, body);
  mxc_set_fixed(w, len, mxc_here(w) - len - 4);
  return reference;
}

// Append what is known of nested bodies, each with room for its reference, then end the section's
// own bytes; then the nested sections.
static void mxc_put_nested(MxcWriter *w, const Chunk *chunk, uint32_t start) {
  uint32_t count = chunk->body_count;
  uint32_t *holes = malloc((count + 1u) * sizeof *holes);
  if (!holes) mx_check_out_of_memory(count * sizeof *holes);
  mxc_put(w, count);
  for (uint32_t i = 0; i < count; i++) {
    if (!mxc_is_writable(w, chunk, chunk->bodies[i].chunk)) break;
    holes[i] = mxc_put_entry(w, chunk->bodies[i].chunk);
  }
  mxc_set_fixed(w, start, mxc_here(w) - start);
  for (uint32_t i = 0; i < count && !w->why; i++)
    mxc_put_section(w, chunk->bodies[i].chunk, holes[i]);
  free(holes);
}

// Append a body's section and all below it, and fill in the reference to it.
static void mxc_put_section(MxcWriter *w, const Chunk *chunk, uint32_t reference) {
  uint32_t start = mxc_put_hole(w, 4);
  mxc_put(w, chunk->max_stack);
  mxc_put(w, chunk->once_count);
  mxc_put_text(w, (const char *)chunk->code, chunk->code_len);
  mxc_put(w, chunk->const_count);
  for (uint32_t i = 0; i < chunk->const_count; i++) mxc_put_const(w, chunk->consts[i], 0);
  mxc_put_handlers(w, chunk);
  mxc_put_lines(w, chunk, chunk->lines, chunk->line_count);
  mxc_put_lines(w, chunk, chunk->steps, chunk->step_count);
  mxc_put_nested(w, chunk, start);
  if (mxc_here(w) > MXC_MAX_LEN) w->why = "more than 2 GiB of code";
  if (w->why) return;
  mxc_set_fixed(w, reference, start);
  mxc_set_fixed(w, reference + 4, mxc_here(w));
  mxc_set_sum(w, reference + 8, start, start + mxc_get_fixed(mxc_at(w, start)));
}

// ---- the image

// Append the warnings that the text gave when it was parsed.
static void mxc_put_warnings(MxcWriter *w, const MxcSource *source) {
  mxc_put(w, source->warning_count);
  for (uint32_t i = 0; i < source->warning_count; i++) {
    const Diag *warning = &source->warnings[i];
    mxc_put_byte(w, warning->kind);
    mxc_put(w, warning->span.start);
    mxc_put(w, warning->span.end);
    mxc_put_text(w, warning->message, strlen(warning->message));
  }
}

// Append how many newlines are in each block of the text, and where in their blocks they are.
static void mxc_put_newlines(MxcWriter *w, const MxcSource *source) {
  for (uint32_t i = 0; i < mx_source_blocks(source->len); i++) {
    uint32_t start = i * SOURCE_BLOCK, left = source->len - start;
    mxc_put(w, mx_source_count(source->text + start, left < SOURCE_BLOCK ? left : SOURCE_BLOCK));
  }
  for (uint32_t i = 0; i < source->len; i++) {
    if (source->text[i] != '\n') continue;
    mxc_put_byte(w, i % SOURCE_BLOCK & 0xff);
    mxc_put_byte(w, i % SOURCE_BLOCK >> 8);
  }
}

// Append the program info but the reference; answers where that is to stand.
static uint32_t mxc_put_program(MxcWriter *w, const MxcSource *source, const Chunk *program) {
  const char *encoding = source->encoding_name ? source->encoding_name : "";
  mxc_put(w, source->tree_flags);
  mxc_put(w, source->node_count);
  mxc_put(w, source->data_start);
  mxc_put_byte(w, source->encoding);
  mxc_put_text(w, encoding, strlen(encoding));
  mxc_put_newlines(w, source);
  mxc_put_warnings(w, source);
  mxc_put_info(w, program);
  return mxc_put_hole(w, MXC_REFERENCE);
}

// Append the names; there are no new ones behind.
static void mxc_put_names(MxcWriter *w) {
  const SymTab *tab = &w->ec->vm->symtab;
  uint32_t ends = mxc_put_hole(w, 4 * (size_t)w->names.count), start = mxc_here(w);
  for (uint32_t i = 0; i < w->names.count; i++) {
    SymName name = mx_sym_name(tab, w->names.at[i]);
    mxc_put_byte(w, name.enc);
    mx_strbuf_add(w->out, name.bytes, name.len);
    mxc_set_fixed(w, ends + 4 * i, mxc_here(w) - start);
  }
}

// Fill in offset, length and digest of a part of the image that ends here.
static void mxc_end_part(MxcWriter *w, uint32_t at, uint32_t sum_at, uint32_t start, uint32_t len) {
  mxc_set_fixed(w, at, start);
  mxc_set_fixed(w, at + 4, len);
  mxc_set_sum(w, sum_at, start, start + len);
}

// Fill in the header.
static void mxc_set_header(MxcWriter *w, const MxcSource *source) {
  Digest engine = mx_mxc_engine();
  const char *version = mx_mxc_version();
  memcpy(mxc_at(w, MXC_AT_MAGIC), MXC_MAGIC, sizeof MXC_MAGIC - 1);
  mxc_set_fixed(w, MXC_AT_FORMAT, MXC_FORMAT);
  mxc_set_fixed(w, MXC_AT_LENGTH, mxc_here(w));
  memcpy(mxc_at(w, MXC_AT_VERSION), version, strnlen(version, MXC_VERSION_ROOM));
  memcpy(mxc_at(w, MXC_AT_ENGINE), engine.bytes, DIGEST_BYTES);
  memcpy(mxc_at(w, MXC_AT_MODULE_ID), source->module_id.bytes, DIGEST_BYTES);
  mxc_set_fixed(w, MXC_AT_MODULE_VER, source->module_version);
  mxc_set_fixed(w, MXC_AT_DIALECT, source->dialect);
  mxc_set_fixed(w, MXC_AT_FLAGS, source->flags);
  mxc_set_fixed(w, MXC_AT_NAME_COUNT, w->names.count);
  mxc_set_sum(w, MXC_AT_IMAGE_SUM, MXC_HEADER, mxc_here(w));
  mxc_set_sum(w, MXC_AT_HEADER_SUM, 0, MXC_HEADER);
}

// Append all parts of the image.
static void mxc_put_image(MxcWriter *w, const MxcSource *source, const Chunk *program) {
  mxc_put_hole(w, MXC_HEADER);
  uint32_t info = mxc_here(w), reference = mxc_put_program(w, source, program);
  uint32_t info_len = mxc_here(w) - info;
  if (mxc_is_program(w, program)) mxc_put_section(w, program, reference);
  if (w->why) return;
  mxc_end_part(w, MXC_AT_INFO, MXC_AT_INFO_SUM, info, info_len);
  uint32_t names = mxc_here(w);
  mxc_put_names(w);
  mxc_end_part(w, MXC_AT_NAMES, MXC_AT_NAMES_SUM, names, mxc_here(w) - names);
  uint32_t text = mxc_here(w);
  mx_strbuf_add(w->out, source->text, source->len);
  mxc_end_part(w, MXC_AT_SOURCE, MXC_AT_SOURCE_SUM, text, source->len);
  mxc_put_byte(w, 0);
  mxc_set_header(w, source);
}

bool mx_mxc_write(ExecCtx *ec, const MxcSource *source, const Chunk *program, StrBuf *out,
                  const char **why) {
  MxcWriter w = {.ec = ec, .out = out, .base = out->len};
  w.number = calloc(ec->vm->symtab.names.count + 1u, sizeof *w.number);
  if (!w.number) mx_check_out_of_memory(ec->vm->symtab.names.count * sizeof *w.number);
  mxc_put_image(&w, source, program);
  free(w.number);
  vec_free(&w.names);
  if (w.why) mx_strbuf_truncate(out, w.base);
  *why = w.why;
  return !w.why;
}
