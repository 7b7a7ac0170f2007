// SPDX-License-Identifier: MIT
// Actions that do not run the program: -c, --dump=tokens, --dump=ast, --dump=bytecode. Only the
// last needs a VM, as constants are Values.
#include "frontend/ast_print.h"
#include "frontend/parser.h"
#include "bytecode/compile.h"
#include "bytecode/disasm.h"
#include "tools/cli.h"

#include <stdio.h>

// A text being looked at.
typedef struct Parse {
  Arena arena;
  SymTab own;     // names of a text that no VM sees
  SymTab *symtab; // names of the text
  DiagList diags;
  Source *source;
  uint32_t printed; // end of the last token that was printed
} Parse;

// Print a span of the source on one line: "3:5  kind  text".
static void dump_span(const Parse *parse, const char *kind, Span span) {
  SourcePos pos = mx_source_pos(parse->source, span.start);
  printf("%u:%u\t%s\t", pos.line, pos.column, kind);
  for (uint32_t i = span.start; i < span.end; i++) {
    unsigned char byte = (unsigned char)parse->source->text[i];
    if (byte == '\n')
      fputs("\\n", stdout);
    else if (byte < 32)
      printf("\\x%02x", byte);
    else
      putchar(byte);
  }
  putchar('\n');
}

// Print a token, and before it the contents of a literal, which is what lies between tokens.
static void dump_token(void *ctx, const char *kind, Span span) {
  Parse *parse = ctx;
  uint32_t from = parse->printed;
  while (from < span.start && strchr(" \t\r\n\\", parse->source->text[from])) from++;
  bool comment = from < span.start && parse->source->text[from] == '#';
  if (from < span.start && !comment) dump_span(parse, "text", (Span){from, span.start});
  dump_span(parse, kind, span);
  if (span.end > parse->printed) parse->printed = span.end;
}

// Prepare to read a text; its names go into a table of its own, or into one of a VM.
static void dump_open(Parse *parse, const CliSource *source, SymTab *symtab) {
  parse->printed = 0;
  parse->symtab = symtab ? symtab : &parse->own;
  mx_arena_init(&parse->arena, mx_arena_malloc_source());
  if (!symtab) mx_symtab_init(&parse->own);
  mx_diag_init(&parse->diags, &parse->arena);
  parse->source = mx_source_new(&parse->arena, source->name, source->text, source->len, 1);
}

// Print what the front end complained about, free everything, answer the exit status.
static int dump_close(Parse *parse) {
  StrBuf text = STRBUF_INIT;
  mx_diag_render_all(&parse->diags, parse->source, &text);
  fputs(mx_strbuf_text(&text), stderr);
  mx_strbuf_free(&text);
  int status = parse->diags.errors > 0 ? 1 : 0;
  mx_diag_free(&parse->diags);
  if (parse->symtab == &parse->own) mx_symtab_free(&parse->own);
  mx_arena_free(&parse->arena);
  return status;
}

// Parse as the program would be parsed.
static Ast *dump_parse(Parse *parse, const Cli *cli, const CliSource *source,
                       void (*on_token)(void *ctx, const char *kind, Span span)) {
  ParseOptions options = {.on_token = on_token,
                          .token_ctx = parse,
                          .dialect = source->dialect,
                          .frozen_strings = cli->vm.frozen_strings,
                          .loop = cli->eval.loop,
                          .print = cli->eval.print,
                          .chomp = cli->eval.chomp,
                          .split = cli->eval.split};
  return mx_parse(&parse->arena, parse->symtab, parse->source, &options, &parse->diags);
}

// -c
int mx_cli_check_syntax(const Cli *cli, const CliSource *source) {
  Parse parse;
  dump_open(&parse, source, NULL);
  dump_parse(&parse, cli, source, NULL);
  if (parse.diags.errors == 0) puts("Syntax OK");
  return dump_close(&parse);
}

// --dump=ast: an s-expression.
int mx_cli_dump_ast(const Cli *cli, const CliSource *source) {
  Parse parse;
  StrBuf text = STRBUF_INIT;
  dump_open(&parse, source, NULL);
  const Ast *tree = dump_parse(&parse, cli, source, NULL);
  if (parse.diags.errors == 0) {
    mx_ast_dump(tree->root, parse.symtab, 0, &text);
    puts(mx_strbuf_text(&text));
  }
  mx_strbuf_free(&text);
  return dump_close(&parse);
}

// --dump=tokens: one token on each line, with its place and kind.
int mx_cli_dump_tokens(const Cli *cli, const CliSource *source) {
  Parse parse;
  dump_open(&parse, source, NULL);
  dump_parse(&parse, cli, source, dump_token);
  return dump_close(&parse);
}

// What --dump=bytecode needs inside the VM.
typedef struct DumpBytecode {
  const Cli *cli;
  const CliSource *source;
  int status; // exit status of the parser
} DumpBytecode;

// Compile a tree with all its bodies and print the listing; false + exception.
static bool dump_chunk(ExecCtx *ec, const Cli *cli, const Parse *parse, const Ast *tree) {
  CompileUnit unit = {.tree = tree, .trace = cli->eval.trace, .types = ec->vm->options.check_types};
  Chunk *chunk = mx_compile_body(ec, &unit, tree->root);
  if (!chunk || !mx_compile_all(ec, &unit, chunk)) return false;
  StrBuf text = STRBUF_INIT;
  mx_disasm_chunk(ec, chunk, parse->source, &text);
  fputs(mx_strbuf_text(&text), stdout);
  mx_strbuf_free(&text);
  return true;
}

// Body of --dump=bytecode.
static Value dump_bytecode(ExecCtx *ec, void *data) {
  DumpBytecode *job = data;
  Parse parse;
  dump_open(&parse, job->source, &ec->vm->symtab);
  const Ast *tree = dump_parse(&parse, job->cli, job->source, NULL);
  bool ok = parse.diags.errors > 0 || dump_chunk(ec, job->cli, &parse, tree);
  job->status = dump_close(&parse);
  return ok ? VAL_NIL : VAL_EXC;
}

// --dump=bytecode, --disassemble
int mx_cli_dump_bytecode(const Cli *cli, const CliSource *source) {
  DumpBytecode job = {.cli = cli, .source = source};
  VM *vm = mx_api_boot(&cli->vm, &cli->eval);
  int status = mx_api_run(vm, dump_bytecode, &job);
  mx_api_free(vm);
  return status ? status : job.status;
}
