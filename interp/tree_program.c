// SPDX-License-Identifier: MIT
// From text to running code: main program, required files, eval, core methods.
//
// Text is copied into collected memory and parsed into an arena of collected chunks, so a tree
// lives exactly as long as some code, method or AST object refers to it.
#include "frontend/parser.h"
#include "runtime/array.h"
#include "runtime/core.h"
#include "runtime/integer.h"
#include "runtime/string.h"
#include "interp/define.h"
#include "interp/image.h"
#include "interp/image_file.h"
#include "interp/program.h"
#include "interp/stream.h"
#include "interp/tree.h"
#include "interp/unwind.h"
#include "interp/watch.h"
#include <errno.h>
#include <stdio.h>

static void *eval_chunk(void *ctx, size_t bytes) {
  (void)ctx;
  return mx_gc_alloc_words(bytes);
}

static Arena *eval_arena(void) {
  Arena *arena = mx_gc_alloc_words(sizeof *arena);
  mx_arena_init(arena, (ChunkAlloc){.alloc = eval_chunk});
  return arena;
}

Dialect mx_eval_dialect(const VM *vm, const char *path) {
  const EvalOptions *options = &mx_interp(vm)->options;
  if (options->force_dialect) return options->dialect;
  size_t len = strlen(path);
  return len > 3 && strcmp(path + len - 3, ".mx") == 0 ? DIALECT_METOREX : DIALECT_RUBY;
}

// Raise SyntaxError with the rendered errors.
static void eval_syntax_error(ExecCtx *ec, const DiagList *diags, const Source *source) {
  StrBuf text = STRBUF_INIT;
  mx_diag_render_errors(diags, source, &text);
  while (text.len > 0 && text.at[text.len - 1] == '\n') mx_strbuf_truncate(&text, text.len - 1);
  Value error = mx_error_new_str(ec, ec->vm->cls.SyntaxError, mx_str_from_buf(ec, &text));
  mx_ivar_set_hidden(ec, error, mx_sym(ec->vm, "@__path"), mx_str_from_cstr(ec, source->name));
  (void)mx_raise_value(ec, error);
}

void mx_eval_warnings(ExecCtx *ec, const Diag *diags, uint32_t count, const Source *source) {
  for (uint32_t i = 0; i < count; i++) {
    const Diag *diag = &diags[i];
    if (diag->kind == DIAG_ERROR) continue;
    if (diag->kind == DIAG_WARNING_VERBOSE && ec->vm->options.verbose < 1) continue;
    if (ec->vm->options.verbose < 0) continue;
    fprintf(stderr, "%s:%u: warning: %s\n", source->name, mx_source_line(source, diag->span.start),
            diag->message);
  }
}

Unit *mx_eval_parse_diags(ExecCtx *ec, Value text, Value file, int32_t first_line,
                          const ParseOptions *options, DiagList *diags) {
  if (mx_str_len(text) > SOURCE_MAX_LEN) {
    (void)mx_raise_arg(ec, "source text too long");
    return NULL;
  }
  Arena *arena = eval_arena();
  const char *bytes = mx_arena_copy(arena, mx_str_bytes(text), mx_str_len(text));
  const char *name = mx_arena_copy(arena, mx_str_bytes(file), mx_str_len(file));
  Source *source = mx_source_new(arena, name, bytes, mx_str_len(text), first_line);
  mx_diag_init(diags, arena);
  Ast *tree = mx_parse(arena, &ec->vm->symtab, source, options, diags);
  mx_eval_warnings(ec, diags->items.at, diags->items.count, source);
  if (diags->errors == 0) return mx_unit_new(ec, tree, file, options->dialect == DIALECT_CORE);
  eval_syntax_error(ec, diags, source);
  return NULL;
}

const Ast *mx_eval_reparse(ExecCtx *ec, const Source *source, const ParseOptions *options) {
  Arena *arena = eval_arena();
  DiagList diags;
  mx_diag_init(&diags, arena);
  const Ast *tree = mx_parse(arena, &ec->vm->symtab, (Source *)(uintptr_t)source, options, &diags);
  bool fine = diags.errors == 0;
  mx_diag_free(&diags);
  return fine ? tree : NULL;
}

// Parse text into a unit; NULL + SyntaxError with all diagnostics rendered.
Unit *mx_eval_parse(ExecCtx *ec, Value text, Value file, int32_t first_line,
                    const ParseOptions *options) {
  DiagList diags = {0};
  Unit *unit = mx_eval_parse_diags(ec, text, file, first_line, options, &diags);
  mx_diag_free(&diags);
  return unit;
}

// Context of the top level, wrapped in a module for load(file, true).
static const LexCtx *eval_top_lex(ExecCtx *ec, Dialect dialect, ClassObj *wrap) {
  LexCtx *lex = mx_lex_new(ec, NULL, ec->vm->cls.Object, LEX_TOP, dialect);
  return wrap ? mx_lex_new(ec, lex, wrap, 0, dialect) : lex;
}

// DATA: the text behind __END__, as an open file or an IO over the text.
static bool eval_define_data(ExecCtx *ec, const ProgramText *text) {
  if (text->data == 0) return true;
  Value args[3] = {text->file, mx_int_from_i64(ec, text->data)};
  // Standard input has been read to its end.
  bool inside = text->is_image || (mx_str_len(text->file) == 1 && *mx_str_bytes(text->file) == '-');
  if (inside) args[2] = mx_str_utf8(ec, text->bytes, text->len);
  Value io = mx_send(ec, val_from_ptr(ec->vm->cls.File), mx_sym(ec->vm, "__open_data"),
                     inside ? 3 : 2, args);
  return !val_is_exc(io) && mx_const_set(ec, ec->vm->cls.Object, SYM_DATA, io);
}

// Run a unit's program in a frame of its own.
static Value eval_run(ExecCtx *ec, Unit *unit, Value self, const LexCtx *lex, Frame **top) {
  const Code *code = mx_unit_program(ec, unit);
  Frame *fr = code ? mx_frame_push(ec, code, self, lex, FRAME_TOP) : NULL;
  if (!fr) return VAL_EXC;
  fr->visibility = VIS_PRIVATE;
  if (top) *top = fr;
  Value result = code->run(ec, fr);
  if (val_is_exc(result)) result = mx_unwind_method(ec, fr);
  mx_frame_pop(ec, fr);
  return result;
}

// Run a unit at the top level, in a scope of its own.
Value mx_eval_run_top(ExecCtx *ec, Unit *unit) {
  const LexCtx *lex = eval_top_lex(ec, unit->tree->dialect, NULL);
  return eval_run(ec, unit, ec->vm->main_object, lex, NULL);
}

Value mx_eval_program(ExecCtx *ec, ProgramText *text, Dialect dialect, ClassObj *wrap, bool main) {
  const EvalOptions *options = &mx_interp(ec->vm)->options;
  ParseOptions parse = {.dialect = dialect, .frozen_strings = ec->vm->options.frozen_strings};
  if (main) {
    parse.loop = options->loop;
    parse.print = options->print;
    parse.chomp = options->chomp;
    parse.split = options->split;
  }
  Unit *unit = mx_image_unit(ec, text, &parse);
  if (!unit || (main && !eval_define_data(ec, text))) return VAL_EXC;
  if (mx_watch_wants(ec->vm, HOOK_SCRIPT_COMPILED) && !mx_watch_compiled(ec, unit, VAL_NIL))
    return VAL_EXC;
  if (main && text->is_image) ec->vm->script_name = text->file;
  Value self = ec->vm->main_object;
  if (wrap) {
    self = mx_send0(ec, self, mx_sym(ec->vm, "clone"));
    if (val_is_exc(self)) return self;
    ClassObj *singleton = mx_class_singleton(ec, self);
    if (!singleton || !mx_class_include(ec, singleton, wrap)) return VAL_EXC;
  }
  return eval_run(ec, unit, self, eval_top_lex(ec, parse.dialect, wrap), NULL);
}

Value mx_eval_file(ExecCtx *ec, const char *path, ClassObj *wrap) {
  ImageBytes bytes = mx_image_read_program(path);
  if (!bytes.at) return mx_raise_errno(ec, errno, path);
  ProgramText text = {.bytes = (const char *)bytes.at,
                      .len = bytes.len,
                      .path = bytes.path,
                      .file = mx_str_from_cstr(ec, path)};
  return mx_eval_program(ec, &text, mx_eval_dialect(ec->vm, path), wrap, false);
}

// Lexical context of a core method: the module it is written in, inside those around it.
static LexCtx *eval_core_lex(ExecCtx *ec, ClassObj *module) {
  if (module->flags & CLASS_SINGLETON) {
    Value attached = mx_class_attached(module);
    if (val_is_class_or_module(attached)) module = VAL_CAST(ClassObj, attached);
  }
  const LexCtx *outer = module->lexical_parent ? eval_core_lex(ec, module->lexical_parent)
                                               : mx_interp(ec->vm)->top_lex[DIALECT_CORE];
  return mx_lex_new(ec, outer, module, 0, DIALECT_CORE);
}

// A core method that was parsed, for its aliases.
typedef struct CoreLoaded {
  const CoreRow *row; // what was parsed
  MethodCode *code;   // what came of it
} CoreLoaded;

// Give an entry of the same row the same code, so that aliases stay equal.
static bool eval_core_share(void *ctx, MethodEntry *me) {
  const CoreLoaded *loaded = ctx;
  if (me->kind == METHOD_CORE && me->as.core == loaded->row) {
    me->as.code = loaded->code;
    me->kind = METHOD_GUEST;
  }
  return true;
}

void mx_eval_load_core(ExecCtx *ec, MethodEntry *me) {
  const CoreRow *row = me->as.core;
  const CoreFile *file = mx_core_file(row->file);
  ParseOptions parse = {.dialect = DIALECT_CORE};
  Value text = mx_str_utf8(ec, file->text + row->start, row->len);
  Unit *unit =
      mx_eval_parse(ec, text, mx_str_from_cstr(ec, file->name), (int32_t)row->line, &parse);
  MX_ASSERT(unit, "%s of the core library does not parse", row->name); // gen_core has parsed it
  const NodeBlock *body = (const NodeBlock *)((const NodeProgram *)unit->tree->root)->body;
  const Node *def = mx_ast_kind(&body->base) == NODE_BLOCK ? body->statements.at[0] : &body->base;
  MX_ASSERT(mx_ast_kind(def) == NODE_DEF, "core row %s is no def", row->name);
  MethodCode *method = mx_gc_alloc_words(sizeof *method);
  Code *code = mx_code_for(ec, unit, def, NULL);
  code->method = me;
  method->made = code;
  method->lex = eval_core_lex(ec, me->defined_in ? me->defined_in : me->owner);
  CoreLoaded loaded = {row, method};
  mx_method_each(me->owner, eval_core_share, &loaded);
  me->as.code = method;
  me->kind = METHOD_GUEST;
}

Value mx_eval_binding(ExecCtx *ec, Frame *fr) {
  BindingObj *binding = mx_object_alloc(ec, ec->vm->cls.Binding, T_BINDING, sizeof *binding);
  binding->env = mx_env_close(ec, mx_frame_env(ec, fr));
  binding->self = fr->self;
  binding->lex = fr->lex;
  binding->me = fr->me;
  binding->me_at = fr->me_at;
  if (fr->block) {
    Value proc = mx_proc_from_block(ec, fr->block);
    binding->block = &VAL_CAST(Proc, proc)->block;
  }
  binding->file = fr->code->unit->file;
  binding->line = mx_code_line(fr->code, mx_frame_site(fr));
  return val_from_ptr(binding);
}

Value mx_eval_toplevel_binding(ExecCtx *ec) {
  Frame *fr = ec->frame;
  if (!fr) return VAL_NIL;
  while (fr->prev) fr = fr->prev;
  return mx_eval_binding(ec, fr);
}

// Is the frame or the code around it inside a method? (super, yield in eval'd text)
static bool eval_in_method(const BindingObj *binding) { return binding->me != NULL; }

// How text for a binding is parsed.
static ParseOptions eval_options_in(const ExecCtx *ec, const BindingObj *binding) {
  return (ParseOptions){.dialect = binding->lex->dialect,
                        .outer = (Scope *)(uintptr_t)binding->env->scope,
                        .eval = true,
                        .in_method = eval_in_method(binding),
                        .frozen_strings = ec->vm->options.frozen_strings};
}

// Parse text that is to run in a binding; NULL + SyntaxError.
Unit *mx_eval_parse_in(ExecCtx *ec, const BindingObj *binding, Value text, const char *file,
                       int32_t line) {
  ParseOptions parse = eval_options_in(ec, binding);
  return mx_eval_parse(ec, text, mx_str_from_cstr(ec, file), line, &parse);
}

bool mx_eval_is_unfinished(ExecCtx *ec, const BindingObj *binding, Value text) {
  if (mx_str_len(text) > SOURCE_MAX_LEN) return false;
  ParseOptions parse = eval_options_in(ec, binding);
  Arena *arena = eval_arena();
  const char *bytes = mx_arena_copy(arena, mx_str_bytes(text), mx_str_len(text));
  Source *source = mx_source_new(arena, "", bytes, mx_str_len(text), 1);
  DiagList diags;
  mx_diag_init(&diags, arena);
  (void)mx_parse(arena, &ec->vm->symtab, source, &parse, &diags);
  bool unfinished = diags.unfinished;
  mx_diag_free(&diags);
  return unfinished;
}

// `using` in a text holds for the body around it.
static void eval_keep_lex(Frame *home, const LexCtx *lex) {
  home->lex = lex;
  if (lex->refinements) mx_stream_refine((Code *)(uintptr_t)home->code);
}

// Run a unit that was parsed for a binding. New locals stay: the binding gets the eval's Env.
Value mx_eval_run_in(ExecCtx *ec, BindingObj *binding, Unit *unit) {
  const Code *code = mx_code_for(ec, unit, unit->tree->root, NULL);
  Frame *fr = mx_frame_push(ec, code, binding->self, binding->lex, FRAME_TOP | FRAME_BLOCK);
  if (!fr) return VAL_EXC;
  fr->outer = binding->env;
  fr->me = binding->me;
  fr->me_at = binding->me_at;
  fr->block = binding->block;
  Frame *home = binding->env->frame ? mx_frame_definition(binding->env->frame) : NULL;
  unit->outer = binding->env->frame ? binding->env->frame->code : NULL;
  // The text has a default visibility of its own; in class_eval it begins as public.
  bool same_body = home && home->lex == binding->lex;
  fr->flags |= FRAME_CLASS;
  fr->visibility = same_body ? home->visibility : VIS_PUBLIC;
  if (same_body) fr->flags |= home->flags & FRAME_MODULE_FUNCTION;
  (void)mx_frame_env(ec, fr);
  Value result = code->run(ec, fr);
  if (same_body) eval_keep_lex(home, fr->lex);
  binding->lex = fr->lex;
  if (code->scope->count > 0) binding->env = mx_env_close(ec, fr->env);
  mx_frame_pop(ec, fr);
  return result;
}

// Run text in a binding.
static Value eval_in_binding(ExecCtx *ec, BindingObj *binding, Value text, const char *file,
                             int32_t line) {
  Unit *unit = mx_eval_parse_in(ec, binding, text, file, line);
  if (unit && mx_watch_wants(ec->vm, HOOK_SCRIPT_COMPILED) && !mx_watch_compiled(ec, unit, text))
    return VAL_EXC;
  return unit ? mx_eval_run_in(ec, binding, unit) : VAL_EXC;
}

Value mx_eval_session(ExecCtx *ec, Value text, Value file, Dialect dialect, ApiSession fn,
                      void *data) {
  ParseOptions parse = {.dialect = dialect};
  Unit *unit = mx_eval_parse(ec, text, file, 1, &parse);
  if (!unit) return VAL_EXC;
  const Code *code = mx_code_for(ec, unit, unit->tree->root, NULL);
  const LexCtx *lex = eval_top_lex(ec, dialect, NULL);
  Frame *fr = mx_frame_push(ec, code, ec->vm->main_object, lex, FRAME_TOP);
  if (!fr) return VAL_EXC;
  fr->visibility = VIS_PRIVATE;
  Value result = code->run(ec, fr);
  if (!val_is_exc(result))
    result = mx_const_get(ec, ec->vm->cls.Object, mx_sym(ec->vm, "TOPLEVEL_BINDING"));
  fr->flags |= FRAME_CORE; // from here on no text of the user's runs in it
  if (!val_is_exc(result)) result = fn(ec, result, data);
  mx_frame_pop(ec, fr);
  return result;
}

Value mx_eval_text(ExecCtx *ec, Value binding, Value text, const char *file, int32_t line) {
  return eval_in_binding(ec, VAL_CAST(BindingObj, binding), text, file, line);
}

Value mx_eval_text_self(ExecCtx *ec, Value self, ClassObj *target, Value text, const char *file,
                        int32_t line) {
  Frame *caller = mx_frame_guest(ec->frame);
  Value value = mx_eval_binding(ec, caller);
  BindingObj *binding = VAL_CAST(BindingObj, value);
  binding->self = self;
  binding->lex = mx_define_lex(ec, binding->lex, self, target, 0);
  return eval_in_binding(ec, binding, text, file, line);
}

// Slot of a name in an Env's chain, or NULL.
static Value *eval_find_local(Env *env, Sym name) {
  for (; env; env = env->parent) {
    const Scope *scope = env->scope;
    for (uint32_t slot = 0; slot < scope->count && slot < env->count; slot++)
      if (scope->names[slot] == name) return &env->slots[slot];
  }
  return NULL;
}

Value mx_eval_binding_get(ExecCtx *ec, Value binding, Sym name) {
  (void)ec;
  Value *home = eval_find_local(VAL_CAST(BindingObj, binding)->env, name);
  return home ? *home : VAL_UNDEF;
}

// A new Env with one local, in front of the binding's.
static void eval_new_local(ExecCtx *ec, BindingObj *binding, Sym name, Value value) {
  Scope *scope = mx_gc_alloc_words(sizeof *scope);
  *scope = (Scope){.kind = SCOPE_EVAL,
                   .parent = (Scope *)(uintptr_t)binding->env->scope,
                   .count = 1,
                   .match_slot = SCOPE_NO_SLOT,
                   .line_slot = SCOPE_NO_SLOT,
                   .rest_slot = SCOPE_NO_SLOT,
                   .keyrest_slot = SCOPE_NO_SLOT,
                   .block_slot = SCOPE_NO_SLOT,
                   .forward_slot = SCOPE_NO_SLOT};
  scope->names = mx_gc_alloc_words(sizeof(Sym) * 2);
  scope->names[0] = name;
  binding->env = mx_env_of(ec, binding->env, scope, 1, &value);
}

bool mx_eval_binding_set(ExecCtx *ec, Value binding, Sym name, Value value) {
  Value *home = eval_find_local(VAL_CAST(BindingObj, binding)->env, name);
  if (home)
    *home = value;
  else
    eval_new_local(ec, VAL_CAST(BindingObj, binding), name, value);
  return true;
}

// Can a program write the name? Hidden locals are not listed.
static bool eval_name_visible(ExecCtx *ec, Sym name) {
  if (name == SYM_NONE) return false;
  char first = mx_sym_text(&ec->vm->symtab, name)[0];
  return first == '_' || (first >= 'a' && first <= 'z') || (unsigned char)first >= 128;
}

Value mx_eval_binding_names(ExecCtx *ec, Value binding) {
  Value names = mx_array_new(ec, 8);
  for (const Env *env = VAL_CAST(BindingObj, binding)->env; env; env = env->parent) {
    const Scope *scope = env->scope;
    for (uint32_t slot = 0; slot < scope->count; slot++) {
      Value name = val_from_sym(scope->names[slot]);
      bool seen = !eval_name_visible(ec, scope->names[slot]);
      for (uint32_t i = 0; i < mx_array_len(names) && !seen; i++)
        seen = mx_array_get(ec, names, i) == name;
      if (!seen) mx_array_push(ec, names, name);
    }
  }
  return names;
}
