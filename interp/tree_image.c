// SPDX-License-Identifier: MIT
// Programs from images and from the cache, images from programs.
#include "frontend/parser.h"
#include "runtime/string.h"
#include "bytecode/compile.h"
#include "bytecode/mxc.h"
#include "interp/code_cache.h"
#include "interp/image.h"
#include "interp/image_file.h"
#include "interp/program.h"
#include "interp/tree.h"
#include <errno.h>

// ---- how texts are compiled

// MXC_* that the options of this run ask for.
static uint8_t image_flags(const VM *vm, const ParseOptions *options) {
  return (uint8_t)((options->dialect == DIALECT_CORE ? MXC_CORE : 0) |
                   (vm->options.check_types ? MXC_TYPES : 0) |
                   (vm->options.frozen_strings ? MXC_FROZEN : 0));
}

// Text, dialect and flags: what the key of an image is made of.
static MxcSource image_source(const VM *vm, const char *text, size_t len,
                              const ParseOptions *options) {
  return (MxcSource){.text = text,
                     .len = (uint32_t)len,
                     .dialect = (uint8_t)options->dialect,
                     .flags = image_flags(vm, options)};
}

// Does this run execute bytecode of texts that are as they were written?
static bool image_is_usable(const VM *vm, const ParseOptions *options) {
  const EvalOptions *eval = &mx_interp(vm)->options;
  return !eval->walker && !eval->trace && !options->loop && !options->print;
}

// Is an image what this run executes, and not the text inside?
static bool image_is_for_run(const VM *vm, const MxcSource *source, const ParseOptions *options) {
  return image_is_usable(vm, options) && source->flags == image_flags(vm, options);
}

// Add what the parser knows.
static void image_describe(MxcSource *source, const Ast *tree, const DiagList *diags) {
  source->tree_flags = tree->flags;
  source->node_count = tree->node_count;
  source->data_start = tree->data_start;
  source->encoding = tree->encoding;
  source->encoding_name = tree->encoding_name;
  source->warnings = diags->items.at;
  source->warning_count = diags->items.count;
}

// Compile all bodies of a tree and append the image; the program, or NULL + exception.
static Chunk *image_make(ExecCtx *ec, const Ast *tree, MxcSource *source, const DiagList *diags,
                         StrBuf *out) {
  const char *why;
  CompileUnit unit = {.tree = tree, .types = (source->flags & MXC_TYPES) != 0};
  Chunk *program = mx_compile_body(ec, &unit, tree->root);
  if (!program || !mx_compile_all(ec, &unit, program)) return NULL;
  image_describe(source, tree, diags);
  if (mx_mxc_write(ec, source, program, out, &why)) return program;
  (void)mx_raise_arg(ec, "cannot be saved: it has %s", why);
  return NULL;
}

// ---- units

// Memory of a Source.
static void *image_memory(void *ctx, size_t bytes) {
  (void)ctx;
  return mx_gc_alloc_words(bytes);
}

// Has an image its text, as it was written? It is read from the file if it was left there.
static bool image_text(MxcFile *image) {
  uint32_t start;
  const char *path = mx_mxc_text_path(image, &start);
  if (!path) return mx_mxc_text_is_whole(image);
  const char *text = mx_image_read_part(path, start, mx_mxc_source(image)->len + (size_t)1);
  return text && mx_mxc_give_text(image, text);
}

bool mx_image_text(Unit *unit) {
  if (!image_text(unit->image)) return false;
  ((Source *)(uintptr_t)unit->source)->text = mx_mxc_source(unit->image)->text;
  return true;
}

// A unit without a tree; NULL + LoadError.
static Unit *image_load(ExecCtx *ec, MxcFile *image, Value file) {
  const MxcSource *source = mx_mxc_source(image);
  if (!mx_mxc_program(ec, image)) return NULL;
  Arena *arena = mx_gc_alloc_words(sizeof *arena);
  mx_arena_init(arena, (ChunkAlloc){.alloc = image_memory});
  const char *name = mx_arena_copy(arena, mx_str_bytes(file), mx_str_len(file));
  Unit *unit = mx_gc_alloc_words(sizeof *unit);
  Source *text = mx_source_new(arena, name, source->text, source->len, 1);
  mx_source_know_lines(text, source->newlines, source->places);
  unit->source = text;
  unit->file = file;
  unit->image = image;
  mx_eval_warnings(ec, source->warnings, source->warning_count, unit->source);
  return unit;
}

// Does a path end in an ending?
static bool image_ends_in(const char *path, size_t len, const char *ending) {
  size_t tail = strlen(ending);
  return len > tail && memcmp(path + len - tail, ending, tail) == 0;
}

// The image that lies beside a source and is made of it: a.mxc for a.mx, a.rb.mxc for a.rb.
static MxcFile *image_beside(ExecCtx *ec, Value file, const MxcSource *source) {
  const char *path = mx_str_bytes(file);
  size_t len = mx_str_len(file);
  bool is_mx = image_ends_in(path, len, ".mx");
  if (!is_mx && !image_ends_in(path, len, ".rb")) return NULL;
  StrBuf name = STRBUF_INIT;
  mx_strbuf_printf(&name, "%s%s", path, is_mx ? "c" : ".mxc");
  ImageBytes bytes = mx_image_read(name.at, IMAGE_FILE);
  MxcFile *image = bytes.at ? mx_code_cache_open(ec, bytes.at, bytes.len, name.at, source) : NULL;
  mx_strbuf_free(&name);
  return image;
}

// Enter a program in the cache; what was compiled for that is what runs. What cannot be compiled or
// saved fails when it runs, if ever.
static void image_enter(ExecCtx *ec, Unit *unit, MxcSource *source, const DiagList *diags) {
  StrBuf image = STRBUF_INIT;
  unit->compiled = image_make(ec, unit->tree, source, diags, &image);
  if (unit->compiled)
    mx_code_cache_store(source, &image);
  else
    (void)mx_exc_take(ec);
  mx_strbuf_free(&image);
}

// Are compiled forms of a text looked for and entered?
static bool image_is_cached(const VM *vm, const ProgramText *text, const ParseOptions *options) {
  return !text->is_image && !mx_interp(vm)->options.no_cache && image_is_usable(vm, options) &&
         mx_code_cache_pays(text->len) && text->len <= SOURCE_MAX_LEN;
}

// Parse a source text; its compiled form is entered in the cache if there is a source for that.
static Unit *image_parse(ExecCtx *ec, ProgramText *text, const ParseOptions *options,
                         MxcSource *enter) {
  DiagList diags = {0};
  Value bytes = mx_str_utf8(ec, text->bytes, text->len);
  Unit *unit = mx_eval_parse_diags(ec, bytes, text->file, 1, options, &diags);
  if (unit) text->data = unit->tree->data_start;
  if (unit && enter) image_enter(ec, unit, enter, &diags);
  mx_diag_free(&diags);
  return unit;
}

// The unit of a source text.
static Unit *image_from_source(ExecCtx *ec, ProgramText *text, const ParseOptions *options) {
  if (!image_is_cached(ec->vm, text, options)) return image_parse(ec, text, options, NULL);
  MxcSource source = image_source(ec->vm, text->bytes, text->len, options);
  MxcFile *image = image_beside(ec, text->file, &source);
  if (!image) image = mx_code_cache_find(ec, &source);
  if (!image) return image_parse(ec, text, options, &source);
  text->data = mx_mxc_source(image)->data_start;
  return image_load(ec, image, text->file);
}

size_t mx_image_source_len(const char *path, size_t len) {
  if (image_ends_in(path, len, ".rb.mxc")) return len - 4;
  return image_ends_in(path, len, ".mxc") ? len - 1 : len;
}

// Path of the source that an image is made of.
static Value image_source_file(ExecCtx *ec, Value file) {
  const char *path = mx_str_bytes(file);
  return mx_str_utf8(ec, path, mx_image_source_len(path, mx_str_len(file)));
}

// What is wrong with an image for this run, or NULL.
static const char *image_objection(const VM *vm, MxcFile *image, const ParseOptions *options) {
  const MxcSource *source = mx_mxc_source(image);
  if (source->flags & MXC_CORE || source->dialect == DIALECT_CORE)
    return "it is a part of the core library";
  bool reads_text = source->data_start > 0 || mx_interp(vm)->options.profile.on ||
                    !image_is_for_run(vm, source, options);
  return reads_text && !image_text(image) ? "its source text is damaged" : NULL;
}

// Open the image that a text is; NULL + LoadError.
static MxcFile *image_open(ExecCtx *ec, const ProgramText *text, const ParseOptions *options) {
  StrBuf why = STRBUF_INIT;
  const char *name = mx_str_bytes(text->file);
  MxcFile *image =
      mx_mxc_open_head(ec, (const uint8_t *)text->bytes, text->len, text->path, name, &why);
  const char *objection = image ? image_objection(ec->vm, image, options) : NULL;
  if (objection) {
    mx_strbuf_add_str(&why, objection);
    image = NULL;
  }
  if (!image) (void)mx_raise(ec, ec->vm->cls.LoadError, "cannot load %s: %s", name, why.at);
  mx_strbuf_free(&why);
  return image;
}

// The unit of a text that is an image. A run that wants another engine or other flags has its
// source instead.
static Unit *image_from_image(ExecCtx *ec, ProgramText *text, ParseOptions *options) {
  MxcFile *image = image_open(ec, text, options);
  if (!image) return NULL;
  const MxcSource *source = mx_mxc_source(image);
  options->dialect = (Dialect)source->dialect;
  text->is_image = true;
  text->file = image_source_file(ec, text->file);
  text->data = source->data_start;
  text->bytes = source->text;
  text->len = source->len;
  if (image_is_for_run(ec->vm, source, options)) return image_load(ec, image, text->file);
  return image_from_source(ec, text, options);
}

Unit *mx_image_unit(ExecCtx *ec, ProgramText *text, ParseOptions *options) {
  // Bytes decide; a file that is named like one but is none is refused by image_open.
  if (mx_mxc_is_image(text->bytes, text->len) ||
      image_ends_in(mx_str_bytes(text->file), mx_str_len(text->file), ".mxc"))
    return image_from_image(ec, text, options);
  return image_from_source(ec, text, options);
}

// ---- metorex compile

// Compile a text and append its image; false + exception.
static bool image_of_text(ExecCtx *ec, const ImageBytes *text, const char *path, StrBuf *out) {
  ParseOptions options = {.dialect = mx_eval_dialect(ec->vm, path),
                          .frozen_strings = ec->vm->options.frozen_strings};
  DiagList diags = {0};
  Value bytes = mx_str_utf8(ec, (const char *)text->at, text->len);
  Unit *unit = mx_eval_parse_diags(ec, bytes, mx_str_from_cstr(ec, path), 1, &options, &diags);
  MxcSource source = image_source(ec->vm, mx_str_bytes(bytes), text->len, &options);
  bool ok = unit && image_make(ec, unit->tree, &source, &diags, out);
  mx_diag_free(&diags);
  return ok;
}

bool mx_image_compile_file(ExecCtx *ec, const char *path, const char *target) {
  ImageBytes bytes = mx_image_read(path, IMAGE_ANY);
  if (!bytes.at) return (void)mx_raise_errno(ec, errno, path), false;
  StrBuf image = STRBUF_INIT;
  bool ok = image_of_text(ec, &bytes, path, &image);
  if (ok && !mx_image_write(target, &image, true)) {
    (void)mx_raise_errno(ec, errno, target);
    ok = false;
  }
  mx_strbuf_free(&image);
  return ok;
}
