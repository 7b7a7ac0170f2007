// SPDX-License-Identifier: MIT
// Unit tests of bytecode/mxc*: what is written is read again, and nothing else is accepted.
#include "frontend/parser.h"
#include "runtime/array.h"
#include "runtime/float.h"
#include "runtime/hash.h"
#include "runtime/integer.h"
#include "runtime/range.h"
#include "runtime/rational.h"
#include "bytecode/compile.h"
#include "bytecode/mxc_format.h"
#include "tests/unit/vm_fixture.h"

#include <ftw.h>
#include <stdio.h>

// ---- programs and images

// A compiled program, kept reachable by the stack of the test.
typedef struct Program {
  MxcSource source;
  Chunk *chunk;
  Arena *arena; // of the tree
} Program;

static void *program_memory(void *ctx, size_t bytes) {
  (void)ctx;
  return mx_gc_alloc_words(bytes);
}

// Parse and compile a text with all its bodies; false when it has errors.
static bool program_compile(ExecCtx *ec, Program *p, const char *text, size_t len,
                            Dialect dialect) {
  p->arena = mx_gc_alloc_words(sizeof *p->arena);
  mx_arena_init(p->arena, (ChunkAlloc){.alloc = program_memory});
  Source *source = mx_source_new(p->arena, "test", mx_arena_copy(p->arena, text, len), len, 1);
  DiagList diags;
  mx_diag_init(&diags, p->arena);
  ParseOptions options = {.dialect = dialect};
  Ast *tree = mx_parse(p->arena, &ec->vm->symtab, source, &options, &diags);
  bool ok = diags.errors == 0;
  mx_diag_free(&diags);
  if (!ok) return false;
  CompileUnit unit = {.tree = tree, .core = dialect == DIALECT_CORE};
  p->chunk = mx_compile_body(ec, &unit, tree->root);
  if (!p->chunk || !mx_compile_all(ec, &unit, p->chunk)) return false;
  p->source = (MxcSource){.text = source->text,
                          .len = (uint32_t)len,
                          .dialect = (uint8_t)dialect,
                          .flags = unit.core ? MXC_CORE : 0,
                          .tree_flags = tree->flags,
                          .node_count = tree->node_count,
                          .data_start = tree->data_start,
                          .encoding = tree->encoding,
                          .encoding_name = tree->encoding_name};
  return true;
}

static Program program_of(ExecCtx *ec, const char *text) {
  Program p;
  ck_assert(program_compile(ec, &p, text, strlen(text), DIALECT_METOREX));
  return p;
}

// An image in collected memory, as the loader wants it.
typedef struct Image {
  uint8_t *bytes;
  size_t len;
} Image;

static Image image_of(ExecCtx *ec, const Program *p) {
  StrBuf out = STRBUF_INIT;
  const char *why = NULL;
  bool ok = mx_mxc_write(ec, &p->source, p->chunk, &out, &why);
  ck_assert_msg(ok, "cannot be saved: %s", why);
  Image image = {mx_gc_alloc_atomic(out.len), out.len};
  memcpy(image.bytes, out.at, out.len);
  mx_strbuf_free(&out);
  return image;
}

// Open an image that must be right.
static MxcFile *image_open(ExecCtx *ec, Image image) {
  StrBuf why = STRBUF_INIT;
  MxcFile *file = mx_mxc_open(ec, image.bytes, image.len, "test.mxc", &why);
  ck_assert_msg(file != NULL, "refused: %s", mx_strbuf_text(&why));
  mx_strbuf_free(&why);
  return file;
}

// The reason why an image is refused; "" when it is not. Lives until the next call.
static const char *image_refusal(ExecCtx *ec, Image image) {
  static char text[200];
  StrBuf why = STRBUF_INIT;
  MxcFile *file = mx_mxc_open(ec, image.bytes, image.len, "test.mxc", &why);
  ck_assert((file == NULL) == (why.len > 0));
  snprintf(text, sizeof text, "%s", mx_strbuf_text(&why));
  mx_strbuf_free(&why);
  return text;
}

static char load_refusal[300]; // why the last body was refused

// Keep the reason why a body was refused; it is no longer pending then. Answers false.
static bool image_refused(ExecCtx *ec) {
  snprintf(load_refusal, sizeof load_refusal, "%s", fixture_error(ec));
  return false;
}

// Load a chunk's nested bodies and theirs; false when one is refused.
static bool image_load_below(ExecCtx *ec, MxcFile *file, Chunk *chunk) {
  for (uint32_t i = 0; i < chunk->body_count; i++) {
    if (!mx_mxc_load(ec, file, chunk, i)) return image_refused(ec);
    if (!image_load_below(ec, file, chunk->bodies[i].chunk)) return false;
  }
  return true;
}

// Load a whole image; NULL when it is refused somewhere.
static Chunk *image_load(ExecCtx *ec, Image image) {
  StrBuf why = STRBUF_INIT;
  MxcFile *file = mx_mxc_open(ec, image.bytes, image.len, "test.mxc", &why);
  mx_strbuf_free(&why);
  if (!file) return NULL;
  Chunk *chunk = mx_mxc_program(ec, file);
  if (!chunk) return (void)image_refused(ec), NULL;
  return image_load_below(ec, file, chunk) && mx_mxc_text_is_whole(file) ? chunk : NULL;
}

// ---- comparing

// Are two constants alike in class, value, encoding, bits and frozenness?
static bool same_const(ExecCtx *ec, Value a, Value b) {
  if (a == b) return true;
  if (val_is_float(a) && val_is_float(b)) {
    double x = val_to_double(a), y = val_to_double(b);
    return memcmp(&x, &y, sizeof x) == 0;
  }
  if (!val_is_heap(a) || !val_is_heap(b) || val_heap_type(a) != val_heap_type(b)) return false;
  if (val_is_integer(a)) return mx_int_eq(a, b);
  if (!mx_object_is_frozen(ec, b)) return false;
  if (val_is_string(a)) return mx_str_enc(a) == mx_str_enc(b) && mx_str_eq(a, b);
  if (val_is_type(a, T_RATIONAL) || val_is_type(a, T_COMPLEX)) {
    const RationalObj *x = VAL_CAST(RationalObj, a), *y = VAL_CAST(RationalObj, b);
    return same_const(ec, x->num, y->num) && same_const(ec, x->den, y->den);
  }
  if (val_is_type(a, T_RANGE)) {
    const RangeObj *x = VAL_CAST(RangeObj, a), *y = VAL_CAST(RangeObj, b);
    return x->exclusive == y->exclusive && same_const(ec, x->first, y->first) &&
           same_const(ec, x->last, y->last);
  }
  if (!val_is_type(a, T_ARRAY) || mx_array_len(a) != mx_array_len(b)) return false;
  for (uint32_t i = 0; i < mx_array_len(a); i++)
    if (!same_const(ec, mx_array_get(ec, a, i), mx_array_get(ec, b, i))) return false;
  return true;
}

static bool same_scope(const Scope *a, const Scope *b) {
  return a->kind == b->kind && a->flags == b->flags && !a->parent == !b->parent &&
         a->count == b->count &&
         (a->count == 0 || memcmp(a->names, b->names, a->count * sizeof(Sym)) == 0) &&
         a->match_slot == b->match_slot && a->line_slot == b->line_slot &&
         a->rest_slot == b->rest_slot && a->keyrest_slot == b->keyrest_slot &&
         a->block_slot == b->block_slot && a->forward_slot == b->forward_slot;
}

static bool same_params(const Params *a, const Params *b) {
  for (uint16_t i = 0; i < a->count && i < b->count; i++) {
    const ParamSpec *x = &a->list[i], *y = &b->list[i];
    if (x->name != y->name || x->slot != y->slot || x->kind != y->kind ||
        x->destructures != y->destructures)
      return false;
  }
  return a->count == b->count && a->pre == b->pre && a->opt == b->opt && a->post == b->post &&
         a->post_at == b->post_at && a->key_at == b->key_at && a->keys == b->keys &&
         a->required_keys == b->required_keys && a->flags == b->flags &&
         a->rest_slot == b->rest_slot && a->has_rest == b->has_rest &&
         a->keyrest_slot == b->keyrest_slot && a->has_keyrest == b->has_keyrest &&
         a->block_slot == b->block_slot;
}

// Are the tables of two chunks the same?
static bool same_tables(ExecCtx *ec, const Chunk *a, const Chunk *b) {
  if (a->const_count != b->const_count) return false;
  for (uint32_t i = 0; i < a->const_count; i++)
    if (!same_const(ec, a->consts[i], b->consts[i])) return false;
  return a->handler_count == b->handler_count && a->line_count == b->line_count &&
         memcmp(a->handlers, b->handlers, a->handler_count * sizeof(Handler)) == 0 &&
         memcmp(a->lines, b->lines, a->line_count * sizeof(LineEntry)) == 0 &&
         a->step_count == b->step_count &&
         memcmp(a->steps, b->steps, a->step_count * sizeof(LineEntry)) == 0;
}

// Are two chunks the same, with all below them?
static bool same_chunk(ExecCtx *ec, const Chunk *a, const Chunk *b) {
  if (a->code_len != b->code_len || memcmp(a->code, b->code, a->code_len) != 0) return false;
  if (a->max_stack != b->max_stack || a->once_count != b->once_count || a->start != b->start ||
      a->end != b->end || a->node_id != b->node_id || a->name != b->name || a->kind != b->kind ||
      a->body_count != b->body_count || (a->flags ^ b->flags) & ~(uint32_t)CHUNK_VERIFIED)
    return false;
  if (!same_scope(a->scope, b->scope) || !same_params(&a->params, &b->params)) return false;
  for (uint32_t i = 0; i < a->body_count; i++)
    if (!same_chunk(ec, a->bodies[i].chunk, b->bodies[i].chunk) ||
        b->bodies[i].chunk->scope->parent != b->scope)
      return false;
  return same_tables(ec, a, b);
}

// ---- tests: round trips

// A program with bodies of every kind, parameters of every kind, handlers, patterns.
static const char everything[] =
    "# frozen_string_literal: true\n"
    "class A < Object; def m(a, (b, c), d = 1, *e, f, g:, h: 2, **i, &j) = [a, e] ; end\n"
    "module M; class << self; def n(...) = puts(...); end; end\n"
    "begin; x = [1].map { |v; w| v + 1 }; rescue ArgumentError => e; p e; ensure; p 1; end\n"
    "for q, r in [[1, 2]] do p \"#{q}\" end\n"
    "case x\nin [Integer => a, *] then p a\nin {k: 1, **nil} then p 2\nelse p 3 end\n"
    "l = ->(z) { z * 12345678901234567890123 + 1.5 }\np l, /a/o, :\"b c\", \"lit\", 2r, 3i, 1..2\n"
    "p { _1 }\np { it }\ndef y(*, **, &) = z(*, **, &)\n";

// Bodies, scopes, parameters and tables come back.
START_TEST(everything_comes_back) {
  ExecCtx *ec = fixture_vm();
  Program p = program_of(ec, everything);
  Image image = image_of(ec, &p);
  MxcFile *file = image_open(ec, image);
  ck_assert(mx_mxc_is_whole(file));
  const MxcSource *source = mx_mxc_source(file);
  ck_assert_str_eq(source->text, everything);
  ck_assert_uint_eq(source->node_count, p.source.node_count);
  ck_assert_uint_eq(source->tree_flags, TREE_FROZEN_STRINGS);
  ck_assert(same_chunk(ec, p.chunk, image_load(ec, image)));
}
END_TEST

// Nested bodies are not read before they are asked for, but what closures need is known of blocks.
START_TEST(bodies_are_loaded_at_need) {
  ExecCtx *ec = fixture_vm();
  Program p = program_of(ec, "proc { |a, b = 1| a }\ndef second = proc { 1 }\n");
  MxcFile *file = image_open(ec, image_of(ec, &p));
  Chunk *chunk = mx_mxc_program(ec, file);
  ck_assert_ptr_nonnull(chunk);
  Chunk *block = chunk->bodies[0].chunk;
  ck_assert_ptr_nonnull(block);
  ck_assert_ptr_null(block->code);
  ck_assert_int_eq(mx_params_arity(&block->params, true), -2);
  ck_assert_ptr_eq(block->scope->parent, chunk->scope);
  ck_assert_ptr_null(chunk->bodies[1].chunk);
  ck_assert_int_eq(chunk->bodies[1].kind, CODE_METHOD);
  ck_assert(mx_mxc_load(ec, file, chunk, 1));
  const Chunk *second = chunk->bodies[1].chunk;
  ck_assert(!block->code && second->code && second->bodies[0].chunk);
  ck_assert_str_eq(mx_sym_text(&ec->vm->symtab, second->name), "second");
  ck_assert(mx_mxc_load(ec, file, chunk, 1));
  ck_assert_ptr_eq(chunk->bodies[1].chunk, second);
  ck_assert(mx_mxc_load(ec, file, chunk, 0));
  ck_assert(block->code && chunk->bodies[0].chunk == block);
  ck_assert_ptr_eq(mx_mxc_program(ec, file), chunk);
}
END_TEST

// A program whose chunk has these constants and no code that uses them.
static Program program_with_constants(ExecCtx *ec, const Value *consts, uint32_t count) {
  Program p = program_of(ec, "1");
  Value *copy = mx_gc_alloc_words(count * sizeof(Value));
  memcpy(copy, consts, count * sizeof(Value));
  p.chunk->consts = copy;
  p.chunk->const_count = count;
  return p;
}

static Value frozen(ExecCtx *ec, Value v) {
  mx_object_freeze(ec, v);
  return v;
}

// Every kind of constant, at the ends of its range.
START_TEST(every_kind_of_constant) {
  ExecCtx *ec = fixture_vm();
  Value big = mx_int_parse(ec, "-123456789012345678901234567890123456789", 40, 10);
  Value symbols[] = {val_from_sym(mx_sym(ec->vm, "a")), val_from_sym(mx_sym(ec->vm, "\303\251"))};
  Value shared = mx_str_freeze_dedup(ec, mx_str_from_cstr(ec, "shared"));
  Value consts[] = {VAL_NIL,
                    VAL_TRUE,
                    VAL_FALSE,
                    symbols[0],
                    symbols[1],
                    val_from_sym(mx_sym_intern(&ec->vm->symtab, "a\0b", 3, SYM_ENC_UTF8)),
                    val_from_sym(mx_sym_intern(&ec->vm->symtab, "\xff", 1, SYM_ENC_BINARY)),
                    val_from_sym(mx_sym_intern(&ec->vm->symtab, "", 0, SYM_ENC_UTF8)),
                    val_from_fixnum(0),
                    val_from_fixnum(-1),
                    val_from_fixnum(FIXNUM_MAX),
                    val_from_fixnum(FIXNUM_MIN),
                    mx_int_from_i64(ec, INT64_MIN),
                    big,
                    mx_float_new(ec, 1.5),
                    mx_float_new(ec, -0.0),
                    mx_float_new(ec, 1e300),
                    mx_float_new(ec, -__builtin_inf()),
                    mx_float_new(ec, __builtin_nan("7")),
                    frozen(ec, mx_str_from_cstr(ec, "")),
                    frozen(ec, mx_str_new(ec, "\xff\0x", 3, ENC_UTF_8)),
                    frozen(ec, mx_str_new(ec, "\xa4\xa2", 2, ENC_EUC_JP)),
                    shared,
                    mx_rational_new(ec, val_from_fixnum(-1), big),
                    mx_complex_new(ec, val_from_fixnum(0), mx_float_new(ec, 2.5)),
                    mx_range_new(ec, val_from_fixnum(1), VAL_NIL, true),
                    mx_range_new(ec, VAL_NIL, mx_float_new(ec, 2.5), false),
                    mx_range_new(ec, frozen(ec, mx_str_from_cstr(ec, "a")), shared, false),
                    frozen(ec, mx_array_from(ec, 2, symbols)),
                    frozen(ec, mx_array_new(ec, 0))};
  Program p = program_with_constants(ec, consts, MX_COUNT_OF(consts));
  Chunk *chunk = mx_mxc_program(ec, image_open(ec, image_of(ec, &p)));
  ck_assert_ptr_nonnull(chunk);
  ck_assert_uint_eq(chunk->const_count, MX_COUNT_OF(consts));
  for (uint32_t i = 0; i < chunk->const_count; i++)
    ck_assert_msg(same_const(ec, consts[i], chunk->consts[i]), "constant %u differs", i);
  ck_assert(chunk->consts[22] == shared);
}
END_TEST

// What no program can write is not saved, and nothing is appended then.
START_TEST(what_cannot_be_saved) {
  ExecCtx *ec = fixture_vm();
  const char *why = NULL;
  StrBuf out = STRBUF_INIT;
  mx_strbuf_add_str(&out, "kept");
  Value hash = mx_hash_new(ec);
  Program p = program_with_constants(ec, &hash, 1);
  ck_assert(!mx_mxc_write(ec, &p.source, p.chunk, &out, &why));
  ck_assert_ptr_nonnull(strstr(why, "constant"));
  Value deep = VAL_NIL;
  for (int i = 0; i < MXC_CONST_DEPTH + 1; i++) deep = mx_array_from(ec, 1, &deep);
  p = program_with_constants(ec, &deep, 1);
  ck_assert(!mx_mxc_write(ec, &p.source, p.chunk, &out, &why));
  ck_assert_ptr_nonnull(strstr(why, "deep"));
  p = program_of(ec, "def m = 1");
  Scope elsewhere = *p.chunk->bodies[0].chunk->scope;
  elsewhere.parent = &elsewhere;
  p.chunk->bodies[0].chunk->scope = &elsewhere;
  ck_assert(!mx_mxc_write(ec, &p.source, p.chunk, &out, &why));
  ck_assert_ptr_nonnull(strstr(why, "scope is not nested"));
  p = program_of(ec, "def m = 1");
  p.chunk->bodies[0].chunk = NULL;
  ck_assert(!mx_mxc_write(ec, &p.source, p.chunk, &out, &why));
  ck_assert_ptr_nonnull(strstr(why, "not compiled"));
  p.chunk->flags |= CHUNK_TRACED;
  ck_assert(!mx_mxc_write(ec, &p.source, p.chunk, &out, &why));
  ck_assert_ptr_nonnull(strstr(why, "--trace"));
  p.chunk->kind = CODE_EVAL;
  ck_assert(!mx_mxc_write(ec, &p.source, p.chunk, &out, &why));
  ck_assert_str_eq(out.at, "kept");
  mx_strbuf_free(&out);
}
END_TEST

// A program whose blocks are nested so deep, deeper than a parser takes.
static Program program_nested(ExecCtx *ec, int depth) {
  Program p = program_of(ec, "proc { proc { } }");
  Chunk *at = p.chunk;
  const Chunk outer = *at->bodies[0].chunk, inner = *outer.bodies[0].chunk;
  for (int i = 1; i <= depth; i++) {
    Chunk *body = mx_gc_alloc_words(sizeof *body);
    Scope *scope = mx_gc_alloc_words(sizeof *scope);
    *body = i < depth ? outer : inner;
    *scope = *body->scope;
    scope->parent = (Scope *)(uintptr_t)at->scope;
    body->scope = scope;
    ChunkBody *bodies = mx_gc_alloc_words(sizeof *bodies);
    *bodies = at->bodies[0];
    bodies->chunk = body;
    at->bodies = bodies;
    at = body;
  }
  return p;
}

START_TEST(bodies_are_nested_so_deep) {
  ExecCtx *ec = fixture_vm();
  Program p = program_nested(ec, MXC_MAX_DEPTH);
  ck_assert(same_chunk(ec, p.chunk, image_load(ec, image_of(ec, &p))));
  p = program_nested(ec, MXC_MAX_DEPTH + 1);
  ck_assert_ptr_null(image_load(ec, image_of(ec, &p)));
  ck_assert_ptr_nonnull(strstr(load_refusal, "nested too deeply"));
}
END_TEST

// What belongs to the text: warnings, encoding, data, module, flags.
START_TEST(head_comes_back) {
  ExecCtx *ec = fixture_vm();
  Program p = program_of(ec, "p 1\n__END__\ndata");
  Diag warnings[] = {{DIAG_WARNING, {0, 1}, "watch out", NULL},
                     {DIAG_WARNING_VERBOSE, {2, 3}, "", NULL}};
  p.source.warnings = warnings;
  p.source.warning_count = 2;
  p.source.encoding_name = "euc-jp";
  p.source.module_id = mx_digest("some/module", 11);
  p.source.module_version = 77;
  const MxcSource *source = mx_mxc_source(image_open(ec, image_of(ec, &p)));
  ck_assert_uint_eq(source->warning_count, 2);
  ck_assert_str_eq(source->warnings[0].message, "watch out");
  ck_assert_int_eq(source->warnings[1].kind, DIAG_WARNING_VERBOSE);
  ck_assert_uint_eq(source->warnings[1].span.end, 3);
  ck_assert_str_eq(source->encoding_name, "euc-jp");
  ck_assert(mx_digest_eq(&source->module_id, &p.source.module_id));
  ck_assert_uint_eq(source->module_version, 77);
  ck_assert_uint_eq(source->data_start, 12);
}
END_TEST

// The key of a text depends on its bytes and on how it is compiled, not on where it lies.
START_TEST(keys_tell_texts_apart) {
  MxcSource a = {.text = "p 1", .len = 3, .dialect = DIALECT_RUBY}, b = a;
  char copy[] = "p 1";
  b.text = copy;
  Digest first = mx_mxc_key(&a), second = mx_mxc_key(&b);
  ck_assert(mx_digest_eq(&first, &second));
  b.flags = MXC_TYPES;
  second = mx_mxc_key(&b);
  ck_assert(!mx_digest_eq(&first, &second));
  b = a;
  b.dialect = DIALECT_METOREX;
  second = mx_mxc_key(&b);
  ck_assert(!mx_digest_eq(&first, &second));
}
END_TEST

// ---- tests: all programs of the tree

static ExecCtx *walk_ec;     // nftw has no context
static uint32_t walk_saved;  // programs that made the round trip
static uint32_t walk_failed; // programs that did not

// Make the round trip with one file.
static int walk_file(const char *path, const struct stat *info, int type, struct FTW *where) {
  (void)info, (void)where;
  const char *ending = strrchr(path, '.');
  if (type != FTW_F || !ending || (strcmp(ending, ".mx") != 0 && strcmp(ending, ".rb") != 0))
    return 0;
  StrBuf text = STRBUF_INIT;
  FILE *file = fopen(path, "rb");
  char piece[4096];
  size_t got;
  while (file && (got = fread(piece, 1, sizeof piece, file)) > 0) mx_strbuf_add(&text, piece, got);
  if (file) fclose(file);
  Dialect dialect = ending[1] == 'r' ? DIALECT_RUBY : DIALECT_METOREX;
  if (strncmp(path, "runtime/core/", 13) == 0) dialect = DIALECT_CORE;
  Program p;
  if (program_compile(walk_ec, &p, mx_strbuf_text(&text), text.len, dialect)) {
    Chunk *chunk = image_load(walk_ec, image_of(walk_ec, &p));
    bool same = chunk && same_chunk(walk_ec, p.chunk, chunk);
    if (!same)
      fprintf(stderr, "%s does not come back: %s\n", path, chunk ? "differs" : load_refusal);
    if (same)
      walk_saved++;
    else
      walk_failed++;
  }
  mx_strbuf_free(&text);
  return 0;
}

// Every program of the tree that compiles comes back as it was.
START_TEST(all_programs_come_back) {
  walk_ec = fixture_vm();
  ck_assert_int_eq(nftw("tests", walk_file, 16, FTW_PHYS), 0);
  ck_assert_int_eq(nftw("examples", walk_file, 16, FTW_PHYS), 0);
  ck_assert_int_eq(nftw("lib", walk_file, 16, FTW_PHYS), 0);
  ck_assert_int_eq(nftw("runtime/core", walk_file, 16, FTW_PHYS), 0);
  ck_assert_uint_gt(walk_saved, 100);
  ck_assert_uint_eq(walk_failed, 0);
}
END_TEST

// ---- tests: images that are not as they were written

static const char small[] =
    "def m(a, b = 2) = [a, :s, \"t\", 1.5].each { |x| p x }\nm 1 rescue 0\n";

// Make the same image of the small program in every call.
static Image small_image(ExecCtx *ec, Program *p) {
  *p = program_of(ec, small);
  return image_of(ec, p);
}

// An image that was cut off is refused, at every length.
START_TEST(every_truncation_is_refused) {
  ExecCtx *ec = fixture_vm();
  Program p;
  Image image = small_image(ec, &p);
  for (size_t len = 0; len < image.len; len++) {
    Image cut = {mx_gc_alloc_atomic(len + 1), len};
    memcpy(cut.bytes, image.bytes, len);
    ck_assert_msg(*image_refusal(ec, cut), "accepted with %zu of %zu bytes", len, image.len);
  }
  ck_assert_str_eq(image_refusal(ec, image), "");
}
END_TEST

// Every change of one byte is noticed, before or when the body that it is in is loaded.
START_TEST(every_damaged_byte_is_noticed) {
  ExecCtx *ec = fixture_vm();
  Program p;
  Image image = small_image(ec, &p);
  static const uint8_t changes[] = {0x01, 0x80, 0xff};
  for (size_t at = 0; at < image.len; at++)
    for (size_t i = 0; i < sizeof changes; i++) {
      image.bytes[at] ^= changes[i];
      Chunk *chunk = image_load(ec, image);
      ck_assert_msg(!chunk, "byte %zu ^ %02x", at, changes[i]);
      image.bytes[at] ^= changes[i];
    }
  ck_assert(same_chunk(ec, p.chunk, image_load(ec, image)));
}
END_TEST

// Where a section lies and which reference tells so.
typedef struct Section {
  uint32_t reference, start, own;
} Section;

// Sections of an image, outer ones first.
typedef struct Sections {
  Section at[16];
  int count;
} Sections;

static void sections_add(Sections *s, const Image *image, uint32_t reference) {
  uint32_t start = mxc_get_fixed(image->bytes + reference);
  s->at[s->count++] = (Section){reference, start, mxc_get_fixed(image->bytes + start)};
}

static void sections_below(Sections *s, const Image *image, const Chunk *chunk) {
  for (uint32_t i = 0; i < chunk->body_count; i++) {
    sections_add(s, image, chunk->bodies[i].offset);
    sections_below(s, image, chunk->bodies[i].chunk);
  }
}

static void seal(uint8_t *sum, const uint8_t *bytes, size_t len) {
  Digest digest = mx_digest(bytes, len);
  memcpy(sum, digest.bytes, DIGEST_BYTES);
}

// Make all digests right again, as a forger would.
static void image_reseal(Image *image, const Sections *s) {
  static const uint32_t parts[][2] = {{MXC_AT_SOURCE, MXC_AT_SOURCE_SUM},
                                      {MXC_AT_INFO, MXC_AT_INFO_SUM},
                                      {MXC_AT_NAMES, MXC_AT_NAMES_SUM}};
  uint8_t *bytes = image->bytes;
  for (int i = s->count - 1; i >= 0; i--)
    seal(bytes + s->at[i].reference + 8, bytes + s->at[i].start, s->at[i].own);
  for (size_t i = 0; i < MX_COUNT_OF(parts); i++) {
    uint32_t start = mxc_get_fixed(bytes + parts[i][0]);
    uint32_t len = mxc_get_fixed(bytes + parts[i][0] + 4);
    if (start <= image->len && len <= image->len - start)
      seal(bytes + parts[i][1], bytes + start, len);
  }
  seal(bytes + MXC_AT_IMAGE_SUM, bytes + MXC_HEADER, image->len - MXC_HEADER);
  memset(bytes + MXC_AT_HEADER_SUM, 0, DIGEST_BYTES);
  seal(bytes + MXC_AT_HEADER_SUM, bytes, MXC_HEADER);
}

// Sections of an image that is right.
static Sections sections_of(ExecCtx *ec, Image image) {
  Sections s = {0};
  MxcFile *file = image_open(ec, image);
  Chunk *chunk = mx_mxc_program(ec, file);
  ck_assert(image_load_below(ec, file, chunk));
  sections_add(&s, &image, file->reference);
  sections_below(&s, &image, chunk);
  return s;
}

// With right digests, wrong bytes are refused or give some program, and never more than that.
START_TEST(forged_bytes_do_no_harm) {
  ExecCtx *ec = fixture_vm();
  Program p;
  Image image = small_image(ec, &p), forged = {mx_gc_alloc_atomic(image.len), image.len};
  Sections s = sections_of(ec, image);
  ck_assert_int_eq(s.count, 3);
  static const uint8_t values[] = {0x00, 0x01, 0x7f, 0x80, 0xff};
  uint32_t refused = 0;
  for (size_t at = MXC_AT_MODULE_ID; at < image.len; at++)
    for (size_t i = 0; i < sizeof values; i++) {
      memcpy(forged.bytes, image.bytes, image.len);
      forged.bytes[at] = values[i];
      image_reseal(&forged, &s);
      refused += image_load(ec, forged) == NULL;
    }
  ck_assert_uint_gt(refused, image.len);
  memcpy(forged.bytes, image.bytes, image.len);
  image_reseal(&forged, &s);
  ck_assert(same_chunk(ec, p.chunk, image_load(ec, forged)));
}
END_TEST

static void set_fixed(uint8_t *at, uint32_t n) {
  for (int i = 0; i < 4; i++) at[i] = (uint8_t)(n >> 8 * i);
}

// Sections may not overlap, repeat, leave gaps or lead in circles.
START_TEST(sections_form_a_tree) {
  ExecCtx *ec = fixture_vm();
  Program p = program_of(ec, "def a = 1\ndef b = 2\n");
  Image image = image_of(ec, &p), forged = {mx_gc_alloc_atomic(image.len), image.len};
  Sections s = sections_of(ec, image);
  const Section *root = &s.at[0], *a = &s.at[1], *b = &s.at[2];
  const uint32_t wrong[][3] = {{b->reference, a->start, b->start},
                               {b->reference, root->start, b->start + b->own},
                               {a->reference, a->start, b->start + b->own},
                               {a->reference, a->start, a->start},
                               {b->reference, b->start, b->start + b->own - 1},
                               {a->reference, 0xffffff00, 0xffffffff}};
  for (size_t i = 0; i < MX_COUNT_OF(wrong); i++) {
    memcpy(forged.bytes, image.bytes, image.len);
    set_fixed(forged.bytes + wrong[i][0], wrong[i][1]);
    set_fixed(forged.bytes + wrong[i][0] + 4, wrong[i][2]);
    image_reseal(&forged, &s);
    ck_assert_msg(image_load(ec, forged) == NULL, "tree %zu is accepted", i);
  }
}
END_TEST

// Files of other formats and engines, and files that are something else, are refused by name.
START_TEST(others_are_refused) {
  ExecCtx *ec = fixture_vm();
  Program p;
  Image image = small_image(ec, &p);
  Sections s = sections_of(ec, image);
  ck_assert_str_eq(image_refusal(ec, (Image){(uint8_t *)"puts 1", 6}), "it is no compiled file");
  set_fixed(image.bytes + MXC_AT_FORMAT, 9);
  ck_assert_str_eq(image_refusal(ec, image),
                   "its format has version 9, this metorex reads version 3");
  set_fixed(image.bytes + MXC_AT_FORMAT, MXC_FORMAT);
  image.bytes[MXC_AT_ENGINE] ^= 1;
  memcpy(image.bytes + MXC_AT_VERSION, "9.8\x07", 4);
  image_reseal(&image, &s);
  ck_assert_ptr_nonnull(strstr(image_refusal(ec, image), "it was compiled by metorex 9.8?"));
}
END_TEST

// A body that is refused raises LoadError with the file's name and the reason.
START_TEST(damaged_body_raises) {
  ExecCtx *ec = fixture_vm();
  Program p;
  Image image = small_image(ec, &p);
  Sections s = sections_of(ec, image);
  image.bytes[s.at[1].start + 6] ^= 1;
  MxcFile *file = image_open(ec, image);
  ck_assert(!mx_mxc_is_whole(file));
  Chunk *chunk = mx_mxc_program(ec, file);
  ck_assert_ptr_nonnull(chunk);
  ck_assert(!mx_mxc_load(ec, file, chunk, 0));
  ck_assert_str_eq(fixture_error(ec), "cannot load test.mxc: a body is damaged");
  ck_assert_ptr_null(chunk->bodies[0].chunk);
}
END_TEST

// Bytes of a constant, and why they are none.
typedef struct BadConst {
  const char *why;
  uint8_t bytes[24];
} BadConst;

// A constant of another kind than its place is for is refused.
START_TEST(constants_fit_their_places) {
  static const BadConst cases[] = {
      {"a number is too long",
       {MXC_FIXNUM, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 1}},
      {"a number is none", {MXC_COMPLEX, MXC_FIXNUM, 2, MXC_NIL}},
      {"a Rational is none", {MXC_RATIONAL, MXC_FIXNUM, 2, MXC_FIXNUM, 0}},
      {"a Rational is none", {MXC_RATIONAL, MXC_NIL, MXC_FIXNUM, 2}},
      {"a Range has ends that do not compare", {MXC_RANGE, 0, MXC_FIXNUM, 2, MXC_TRUE}},
  };
  ExecCtx *ec = fixture_vm();
  for (size_t i = 0; i < MX_COUNT_OF(cases); i++) {
    MxcReader r = {.ec = ec, .at = cases[i].bytes, .end = cases[i].bytes + sizeof cases[i].bytes};
    (void)!val_is_nil(mx_mxc_get_const(&r, 0));
    ck_assert_str_eq(r.why, cases[i].why);
  }
}
END_TEST

// ---- tests: the text comes later

// The head of an image, in a block of its own to the byte.
static Image head_of(Image image) {
  Image head = {NULL, mx_mxc_head(image.bytes, MXC_LOOK, image.len)};
  head.bytes = mx_gc_alloc_atomic(head.len);
  memcpy(head.bytes, image.bytes, head.len);
  return head;
}

// Open a head; NULL when it is refused.
static MxcFile *head_open(ExecCtx *ec, Image head) {
  StrBuf why = STRBUF_INIT;
  MxcFile *file = mx_mxc_open_head(ec, head.bytes, head.len, "/there.mxc", "test.mxc", &why);
  ck_assert((file == NULL) == (why.len > 0));
  mx_strbuf_free(&why);
  return file;
}

// The head is all but the text, if the first bytes of a file say how long the file is.
START_TEST(head_is_what_comes_before_the_text) {
  ExecCtx *ec = fixture_vm();
  Program p;
  Image image = small_image(ec, &p);
  size_t head = mx_mxc_head(image.bytes, MXC_LOOK, image.len);
  ck_assert_uint_eq(head, image.len - sizeof small);
  ck_assert_mem_eq(image.bytes + head, small, sizeof small);
  ck_assert_uint_eq(mx_mxc_head(image.bytes, MXC_LOOK, image.len - 1), image.len - 1);
  ck_assert_uint_eq(mx_mxc_head(image.bytes, MXC_LOOK, image.len + 1), image.len + 1);
  ck_assert_uint_eq(mx_mxc_head(image.bytes, MXC_HEADER - 1, image.len), image.len);
  ck_assert_uint_eq(mx_mxc_head((const uint8_t *)small, sizeof small, 5000), 5000);
  const uint32_t places[] = {0, MXC_HEADER - 1, (uint32_t)image.len, UINT32_MAX};
  for (size_t i = 0; i < MX_COUNT_OF(places); i++) {
    set_fixed(image.bytes + MXC_AT_SOURCE, places[i]);
    ck_assert_uint_eq(mx_mxc_head(image.bytes, MXC_LOOK, image.len), image.len);
  }
}
END_TEST

// A program is loaded without its text, which is taken later if it is the one that was written.
START_TEST(text_is_given_later) {
  ExecCtx *ec = fixture_vm();
  Program p;
  Image image = small_image(ec, &p);
  MxcFile *file = head_open(ec, head_of(image));
  ck_assert_ptr_nonnull(file);
  Chunk *chunk = mx_mxc_program(ec, file);
  ck_assert(chunk && image_load_below(ec, file, chunk) && same_chunk(ec, p.chunk, chunk));
  const MxcSource *source = mx_mxc_source(file);
  ck_assert(!source->text && source->len == strlen(small));
  ck_assert(!mx_mxc_text_is_whole(file) && !mx_mxc_is_whole(file));
  uint32_t start;
  ck_assert_str_eq(mx_mxc_text_path(file, &start), "/there.mxc");
  ck_assert_uint_eq(start, image.len - sizeof small);
  char text[sizeof small];
  for (size_t i = 0; i < sizeof small; i++) {
    memcpy(text, small, sizeof small);
    text[i] ^= 1;
    ck_assert(!mx_mxc_give_text(file, text) && !source->text);
  }
  ck_assert(mx_mxc_give_text(file, small) && mx_mxc_text_is_whole(file));
  ck_assert_ptr_null(mx_mxc_text_path(file, &start));
  ck_assert_uint_eq(source->newlines[1], 2);
  ck_assert_uint_eq(source->places[0] + 1u, strchr(small, '\n') + 1 - small);
}
END_TEST

// Of a head, too, every truncation and every change of a byte is noticed.
START_TEST(every_damage_of_a_head_is_noticed) {
  ExecCtx *ec = fixture_vm();
  Program p;
  Image image = small_image(ec, &p), head = head_of(image);
  for (size_t len = 0; len < head.len; len++) {
    Image cut = {mx_gc_alloc_atomic(len + 1), len};
    memcpy(cut.bytes, head.bytes, len);
    ck_assert_msg(!head_open(ec, cut), "accepted with %zu bytes", len);
  }
  for (size_t at = 0; at < head.len; at++) {
    head.bytes[at] ^= 0x81;
    MxcFile *file = head_open(ec, head);
    Chunk *chunk = file ? mx_mxc_program(ec, file) : NULL;
    if (file && !chunk) image_refused(ec);
    // The digest of the text and that of the whole are those of what is not there yet.
    bool noticed = !chunk || !image_load_below(ec, file, chunk);
    ck_assert_msg(noticed, "byte %zu", at);
    head.bytes[at] ^= 0x81;
  }
}
END_TEST

// A head whose text would be longer than what it says of its lines is refused.
START_TEST(lines_cover_the_text) {
  ExecCtx *ec = fixture_vm();
  Program p;
  Image image = small_image(ec, &p), head = head_of(image);
  uint32_t len = 0x40000000;
  set_fixed(head.bytes + MXC_AT_SOURCE + 4, len);
  set_fixed(head.bytes + MXC_AT_LENGTH, (uint32_t)head.len + len + 1);
  Sections none = {0};
  image_reseal(&head, &none);
  ck_assert_ptr_null(head_open(ec, head));
}
END_TEST

int main(void) {
  TCase *tests = tcase_create("mxc");
  tcase_set_timeout(tests, 50);
  tcase_add_test(tests, everything_comes_back);
  tcase_add_test(tests, bodies_are_loaded_at_need);
  tcase_add_test(tests, every_kind_of_constant);
  tcase_add_test(tests, what_cannot_be_saved);
  tcase_add_test(tests, bodies_are_nested_so_deep);
  tcase_add_test(tests, head_comes_back);
  tcase_add_test(tests, keys_tell_texts_apart);
  tcase_add_test(tests, all_programs_come_back);
  tcase_add_test(tests, every_truncation_is_refused);
  tcase_add_test(tests, every_damaged_byte_is_noticed);
  tcase_add_test(tests, forged_bytes_do_no_harm);
  tcase_add_test(tests, sections_form_a_tree);
  tcase_add_test(tests, others_are_refused);
  tcase_add_test(tests, damaged_body_raises);
  tcase_add_test(tests, constants_fit_their_places);
  tcase_add_test(tests, head_is_what_comes_before_the_text);
  tcase_add_test(tests, text_is_given_later);
  tcase_add_test(tests, every_damage_of_a_head_is_noticed);
  tcase_add_test(tests, lines_cover_the_text);
  return fixture_run("mxc", tests);
}
