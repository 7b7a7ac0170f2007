// SPDX-License-Identifier: MIT
// Reading bodies of compiled files: what their parents say of them, and their sections.
#include "bytecode/mxc_format.h"
#include "bytecode/verify.h"

// ---- info

// A list without parameters, as the compiler makes it.
static Params body_no_params(void) {
  Params none = mx_params_none();
  mx_params_finish(&none, false);
  return none;
}

// Read the entries of a parameter list.
static Params body_params(MxcReader *r, uint8_t kind) {
  uint32_t how = mx_mxc_get_byte(r), count = mx_mxc_get_count(r, 3);
  if (kind == CODE_FOR) {
    if (count > 0) mx_mxc_bad(r, "a for loop has parameters");
    return mx_params_for((how & MXC_PARAMS_FOR_MANY) != 0);
  }
  if (count > VERIFY_MAX_LOCALS || how & MXC_PARAMS_FOR_MANY)
    mx_mxc_bad(r, "parameters make no sense");
  if (r->why) return mx_params_none();
  if (count == 0) return body_no_params();
  Params params = mx_params_begin(count, (how & MXC_PARAMS_TRAILING) != 0);
  for (uint32_t i = 0; i < count && !r->why; i++) {
    uint32_t what = mx_mxc_get_byte(r);
    ParamSpec spec = {.kind = what & (MXC_PARAM_DESTRUCTURES - 1u),
                      .destructures = (what & MXC_PARAM_DESTRUCTURES) != 0};
    if (what >= 2 * MXC_PARAM_DESTRUCTURES || spec.kind > PARAM_BLOCK_LOCAL)
      mx_mxc_bad(r, "a parameter is of an unknown kind");
    spec.name = mx_mxc_get_name(r);
    spec.slot = mx_mxc_get32(r) - 1u;
    mx_params_enter(&params, spec, i, (how & MXC_PARAMS_ANNOTATED) != 0);
  }
  mx_params_finish(&params, false);
  return params;
}

// Read a scope; the parser may note in its flags that an eval captures it, so it can be written.
static const Scope *body_scope(MxcReader *r, const Scope *parent) {
  Scope *scope = mx_arena_new(&r->file->arena, Scope);
  uint32_t kind = mx_mxc_get_byte(r), flags = mx_mxc_get32(r);
  if (kind > SCOPE_BLOCK || flags > UINT16_MAX) mx_mxc_bad(r, "a scope is of an unknown kind");
  scope->kind = (ScopeKind)kind;
  scope->flags = (uint16_t)flags;
  scope->parent = (Scope *)(uintptr_t)parent;
  scope->count = scope->room = mx_mxc_get_count(r, 1);
  scope->names = mx_arena_array(&r->file->arena, Sym, scope->count);
  for (uint32_t i = 0; i < scope->count; i++) scope->names[i] = mx_mxc_get_name(r);
  uint32_t present = mx_mxc_get_byte(r);
  MxcSlots slots = mxc_slots(scope);
  for (uint32_t i = 0; i < MX_COUNT_OF(slots.at); i++)
    *slots.at[i] = present & 1u << i ? mx_mxc_get32(r) : SCOPE_NO_SLOT;
  return scope;
}

// Flags that chunks of the file have or have not.
static uint32_t body_fixed_flags(const MxcSource *source) {
  return (source->flags & MXC_CORE ? CHUNK_CORE : 0u) |
         (source->flags & MXC_TYPES ? CHUNK_TYPES : 0u);
}

Chunk *mx_mxc_get_info(MxcReader *r, const Scope *parent) {
  const MxcSource *source = &r->file->source;
  Chunk *chunk = mx_arena_new(&r->file->arena, Chunk);
  chunk->kind = (uint8_t)mx_mxc_get_byte(r);
  chunk->flags = mx_mxc_get32(r);
  chunk->name = mx_mxc_get_name(r);
  chunk->start = mx_mxc_get32(r);
  uint32_t len = mx_mxc_get32(r);
  chunk->end = chunk->start + len;
  chunk->node_id = mx_mxc_get32(r);
  if (chunk->kind >= CODE_KIND_COUNT || chunk->kind == CODE_EVAL ||
      (chunk->kind == CODE_PROGRAM) != (parent == NULL))
    mx_mxc_bad(r, "a body is of a kind that cannot stand there");
  if ((chunk->flags & ~(uint32_t)CHUNK_HAS_BLOCKS) != body_fixed_flags(source))
    mx_mxc_bad(r, "a body was compiled in another way than the file");
  if (chunk->start > source->len || len > source->len - chunk->start ||
      chunk->node_id >= source->node_count)
    mx_mxc_bad(r, "a body is nowhere in the source");
  chunk->scope = body_scope(r, parent);
  chunk->params = body_params(r, chunk->kind);
  return r->why ? NULL : chunk;
}

// ---- sections

// Read the table of handlers.
static void body_handlers(MxcReader *r, Chunk *chunk) {
  chunk->handler_count = mx_mxc_get_count(r, 5);
  Handler *table = mx_gc_alloc_atomic((chunk->handler_count + 1u) * sizeof *table);
  for (uint32_t i = 0; i < chunk->handler_count; i++) {
    Handler *h = &table[i];
    h->start = mx_mxc_get32(r);
    h->end = mx_mxc_get32(r);
    h->target = mx_mxc_get32(r);
    h->depth = mx_mxc_get32(r);
    h->kind = mx_mxc_get_byte(r);
  }
  chunk->handlers = table;
}

// Read a table of places.
static const LineEntry *body_lines(MxcReader *r, const Chunk *chunk, uint32_t *count) {
  *count = mx_mxc_get_count(r, 2);
  LineEntry *lines = mx_gc_alloc_atomic((*count + 1u) * sizeof *lines);
  uint64_t pc = 0;
  int64_t site = chunk->start;
  for (uint32_t i = 0; i < *count; i++) {
    pc += mx_mxc_get32(r);
    int64_t step = mx_mxc_get_signed(r);
    site += (int32_t)(step >> 1);
    if (pc > chunk->code_len || site < 0 || site > r->file->source.len)
      mx_mxc_bad(r, "a line is nowhere");
    lines[i] = (LineEntry){(uint32_t)pc, (uint32_t)site | (step & 1 ? (uint32_t)STEP_RETURNS : 0)};
  }
  return lines;
}

// Bodies around a scope, itself included.
static uint32_t body_depth(const Scope *scope) {
  uint32_t depth = 0;
  for (; scope; scope = scope->parent) depth++;
  return depth;
}

// Check that nested sections fill the space from `start` to `end`.
static void body_tiling(MxcReader *r, const Chunk *chunk, uint32_t start, uint32_t end) {
  for (uint32_t i = 0; i < chunk->body_count && !r->why; i++) {
    const uint8_t *reference = r->file->bytes + chunk->bodies[i].offset;
    uint32_t below_end = mxc_get_fixed(reference + 4);
    if (mxc_get_fixed(reference) != start || below_end < start || below_end > end ||
        below_end - start < MXC_SECTION_MIN)
      mx_mxc_bad(r, "a nested body is not where it must be");
    start = below_end;
  }
  if (start != end) mx_mxc_bad(r, "something lies between bodies");
}

// Make the stub of a nested body from its entry in its parent's section, whose digest was right.
static Chunk *body_stub(ExecCtx *ec, MxcFile *file, const Chunk *chunk, const ChunkBody *body,
                        const char **why) {
  MxcReader r = {.ec = ec, .file = file, .end = file->bytes + file->len};
  r.at = file->bytes + body->offset + MXC_REFERENCE;
  uint32_t len;
  const uint8_t *info = mx_mxc_get_part(&r, &len);
  MX_ASSERT(info, "body at %u was not checked", body->offset);
  r.at = info;
  r.end = info + len;
  Chunk *stub = mx_mxc_get_info(&r, chunk->scope);
  if (!r.why && r.at != r.end) mx_mxc_bad(&r, "a body ends too late");
  if (!r.why && stub->kind != body->kind) mx_mxc_bad(&r, "a body is of another kind");
  *why = r.why;
  return r.why ? NULL : stub;
}

// Read where nested bodies are. Closures need to know more of blocks before they run.
static void body_nested(MxcReader *r, Chunk *chunk) {
  chunk->body_count = mx_mxc_get_count(r, MXC_NESTED_MIN);
  if (chunk->body_count > 0 && body_depth(chunk->scope) > MXC_MAX_DEPTH)
    chunk->body_count = mx_mxc_bad(r, "bodies are nested too deeply");
  chunk->bodies = mx_arena_array(&r->file->arena, ChunkBody, chunk->body_count);
  for (uint32_t i = 0; i < chunk->body_count && !r->why; i++) {
    ChunkBody *body = &chunk->bodies[i];
    const char *why = NULL;
    body->kind = (uint8_t)mx_mxc_get_byte(r);
    body->offset = (uint32_t)(r->at - r->file->bytes);
    mx_mxc_get_bytes(r, MXC_REFERENCE);
    uint32_t len;
    (void)mx_mxc_get_part(r, &len);
    if (!r->why && mx_code_kind_is_block((CodeKind)body->kind))
      body->chunk = body_stub(r->ec, r->file, chunk, body, &why);
    if (why) mx_mxc_bad(r, why);
  }
}

// Read all of a section but its length into a chunk.
static void body_section(MxcReader *r, Chunk *chunk) {
  chunk->max_stack = mx_mxc_get32(r);
  chunk->once_count = mx_mxc_get32(r);
  chunk->code_len = mx_mxc_get_count(r, 1);
  chunk->code = mx_mxc_get_bytes(r, chunk->code_len);
  if (chunk->once_count > chunk->code_len) mx_mxc_bad(r, "it has more once-slots than code");
  chunk->const_count = mx_mxc_get_count(r, 1);
  Value *consts = mx_arena_array(&r->file->arena, Value, chunk->const_count);
  for (uint32_t i = 0; i < chunk->const_count && !r->why; i++) consts[i] = mx_mxc_get_const(r, 0);
  chunk->consts = consts;
  body_handlers(r, chunk);
  chunk->lines = body_lines(r, chunk, &chunk->line_count);
  chunk->steps = body_lines(r, chunk, &chunk->step_count);
  body_nested(r, chunk);
}

// Read the section that a reference names into a chunk that is as its stub is; the reference lies
// inside the image.
static bool body_read(MxcReader *r, Chunk *chunk, uint32_t reference) {
  const MxcFile *file = r->file;
  const uint8_t *at = file->bytes + reference;
  uint32_t start = mxc_get_fixed(at), end = mxc_get_fixed(at + 4);
  Digest stated;
  memcpy(stated.bytes, at + 8, DIGEST_BYTES);
  *r = (MxcReader){.ec = r->ec, .file = r->file};
  if (end > file->len || start > end || end - start < MXC_SECTION_MIN)
    return mx_mxc_bad(r, "a body lies outside of the file");
  uint32_t own = mxc_get_fixed(file->bytes + start);
  if (own < MXC_SECTION_MIN || own > end - start) return mx_mxc_bad(r, "a body is damaged");
  if (!file->whole) {
    Digest digest = mx_digest(file->bytes + start, own);
    if (!mx_digest_eq(&digest, &stated)) return mx_mxc_bad(r, "a body is damaged");
  }
  r->at = file->bytes + start + 4;
  r->end = file->bytes + start + own;
  body_section(r, chunk);
  if (!r->why && r->at != r->end) mx_mxc_bad(r, "a body ends too late");
  if (!r->why) body_tiling(r, chunk, start + own, end);
  return !r->why;
}

// ---- loading

// What the verifier is to allow of bodies inside a scope.
static VerifyRules body_rules(const MxcReader *r, const Scope *outer) {
  return (VerifyRules){
      .ec = r->ec, .outer = outer, .core = (r->file->source.flags & MXC_CORE) != 0, .saved = true};
}

// Let the verifier pass what was read. chunk is NULL for the program itself. Stubs are verified
// with the chunk that they belong to, as frames are made by them.
static bool body_verify(MxcReader *r, const Chunk *chunk, uint32_t index, Chunk *body,
                        VerifyError *error) {
  VerifyRules rules = body_rules(r, NULL), below = body_rules(r, body->scope);
  bool ok =
      chunk ? mx_verify_nested(chunk, index, body, &rules, error) : mx_verify(body, &rules, error);
  for (uint32_t i = 0; i < body->body_count && ok; i++)
    ok = !body->bodies[i].chunk || mx_verify_stub(body->bodies[i].chunk, &below, error);
  if (!ok) r->why = error->text;
  return ok;
}

// Read and verify a body, completing its stub when it has one; false + LoadError.
static bool body_load(ExecCtx *ec, MxcFile *file, const Chunk *chunk, uint32_t index) {
  MxcReader r = {.ec = ec, .file = file};
  ChunkBody *entry = chunk ? &chunk->bodies[index] : NULL;
  Chunk *stub = entry ? entry->chunk : file->root;
  if (!stub) stub = body_stub(ec, file, chunk, entry, &r.why);
  Chunk body = stub ? *stub : (Chunk){0};
  VerifyError error;
  if (stub && body_read(&r, &body, entry ? entry->offset : file->reference) &&
      body_verify(&r, chunk, index, &body, &error)) {
    *stub = body;
    if (entry) entry->chunk = stub;
    return true;
  }
  (void)mx_raise(ec, ec->vm->cls.LoadError, "cannot load %s: %s", file->name, r.why);
  return false;
}

Chunk *mx_mxc_program(ExecCtx *ec, MxcFile *file) {
  return file->root->code || body_load(ec, file, NULL, 0) ? file->root : NULL;
}

bool mx_mxc_load(ExecCtx *ec, MxcFile *file, Chunk *chunk, uint32_t index) {
  const Chunk *body = chunk->bodies[index].chunk;
  return (body && body->code) || body_load(ec, file, chunk, index);
}
