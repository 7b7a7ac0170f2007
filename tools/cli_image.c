// SPDX-License-Identifier: MIT
// What -c, --dump and --disassemble do with a compiled file: it is loaded, which verifies it,
// and nothing of it runs. Trees and tokens are those of the source text inside.
#include "bytecode/disasm.h"
#include "bytecode/mxc.h"
#include "interp/image.h"
#include "tools/cli.h"

#include <stdio.h>

// What is to be done inside the VM.
typedef struct ImageJob {
  const Cli *cli;
  const CliSource *source;
  int status; // exit status of what reads the text inside
} ImageJob;

bool mx_cli_is_image(const Cli *cli, const CliSource *source) {
  if (cli->has_code) return false;
  size_t len = strlen(source->name);
  return mx_mxc_is_image(source->text, source->len) ||
         (len > 4 && strcmp(source->name + len - 4, ".mxc") == 0);
}

// Say why the file cannot be loaded; false.
static bool image_refuse(ExecCtx *ec, const CliSource *source, const char *why) {
  (void)mx_raise(ec, ec->vm->cls.LoadError, "cannot load %s: %s", source->name, why);
  return false;
}

// Open the file; NULL + LoadError. Its bytes are the Cli's and outlive the VM.
static MxcFile *image_open(ExecCtx *ec, const CliSource *source) {
  StrBuf why = STRBUF_INIT;
  MxcFile *file = mx_mxc_open(ec, (const uint8_t *)source->text, source->len, source->name, &why);
  if (!file) (void)image_refuse(ec, source, mx_strbuf_text(&why));
  mx_strbuf_free(&why);
  return file;
}

// Load the bodies below a chunk; false + LoadError. Files nest no deeper than the loader allows.
static bool image_load_below(ExecCtx *ec, MxcFile *file, Chunk *chunk) {
  for (uint32_t i = 0; i < chunk->body_count; i++)
    if (!mx_mxc_load(ec, file, chunk, i) || !image_load_below(ec, file, chunk->bodies[i].chunk))
      return false;
  return true;
}

// The program with all its bodies; NULL + LoadError.
static Chunk *image_load(ExecCtx *ec, MxcFile *file) {
  Chunk *program = mx_mxc_program(ec, file);
  return program && image_load_below(ec, file, program) ? program : NULL;
}

// -c: is every byte as it was written, and does every body pass the verifier?
static bool image_check(ExecCtx *ec, MxcFile *file, const CliSource *source) {
  if (!image_load(ec, file)) return false;
  if (!mx_mxc_text_is_whole(file)) return image_refuse(ec, source, "its source text is damaged");
  if (!mx_mxc_is_whole(file)) return image_refuse(ec, source, "it is damaged");
  puts("Verified OK");
  return true;
}

// --dump=bytecode, --disassemble
static bool image_list(ExecCtx *ec, MxcFile *file, const CliSource *source) {
  const MxcSource *inside = mx_mxc_source(file);
  const Chunk *program = image_load(ec, file);
  if (!program) return false;
  Arena arena;
  StrBuf text = STRBUF_INIT;
  mx_arena_init(&arena, mx_arena_malloc_source());
  size_t name_len = mx_image_source_len(source->name, strlen(source->name));
  const char *name = mx_arena_copy(&arena, source->name, name_len);
  Source *lines = mx_source_new(&arena, name, inside->text, inside->len, 1);
  mx_source_know_lines(lines, inside->newlines, inside->places);
  mx_disasm_chunk(ec, program, lines, &text);
  fputs(mx_strbuf_text(&text), stdout);
  mx_strbuf_free(&text);
  mx_arena_free(&arena);
  return true;
}

// --dump=ast, --dump=tokens: of the text inside, read as it was when it was compiled.
static bool image_dump_text(ExecCtx *ec, ImageJob *job, const MxcFile *file) {
  if (!mx_mxc_text_is_whole(file))
    return image_refuse(ec, job->source, "its source text is damaged");
  const MxcSource *inside = mx_mxc_source(file);
  CliSource text = {.text = inside->text,
                    .len = inside->len,
                    .name = job->source->name,
                    .dialect = (Dialect)inside->dialect};
  Cli cli = *job->cli;
  cli.vm.frozen_strings = (inside->flags & MXC_FROZEN) != 0;
  job->status =
      cli.action == CLI_DUMP_AST ? mx_cli_dump_ast(&cli, &text) : mx_cli_dump_tokens(&cli, &text);
  return true;
}

// Body of the VM's run.
static Value image_look(ExecCtx *ec, void *data) {
  ImageJob *job = data;
  MxcFile *file = image_open(ec, job->source);
  if (!file) return VAL_EXC;
  bool ok;
  switch (job->cli->action) {
  case CLI_CHECK: ok = image_check(ec, file, job->source); break;
  case CLI_DUMP_BYTECODE: ok = image_list(ec, file, job->source); break;
  default: ok = image_dump_text(ec, job, file); break;
  }
  return ok ? VAL_NIL : VAL_EXC;
}

int mx_cli_look_at_image(const Cli *cli, const CliSource *source) {
  ImageJob job = {.cli = cli, .source = source};
  VM *vm = mx_api_boot(&cli->vm, &cli->eval);
  int status = mx_api_run(vm, image_look, &job);
  mx_api_free(vm);
  return status ? status : job.status;
}
