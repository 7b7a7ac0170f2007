// SPDX-License-Identifier: MIT
// Frame records on the VM stack, Envs of frames, and the frames that control flow aims at.
#include "interp/frame.h"

// Is there room for one more frame of the code on both stacks, and in the count as it will be?
static bool frame_fits(const ExecCtx *ec, const Code *code, uint32_t depth) {
  char here;
  const char *c_stack = &here;
  if (depth > PARAM_MAX_DEPTH || c_stack <= ec->c_stack_limit) return false;
  return (size_t)(ec->vstack_end - ec->vsp) > code->frame_words;
}

Frame *mx_frame_push(ExecCtx *ec, const Code *code, Value self, const LexCtx *lex, uint32_t flags) {
  uint32_t depth = ec->depth + !(flags & FRAME_CORE);
  if (MX_UNLIKELY(!frame_fits(ec, code, depth))) {
    (void)mx_raise_stack_error(ec);
    return NULL;
  }
  size_t locals = code->scope->count;
  Value *base = ec->vsp;
  Frame *fr = (Frame *)(void *)(base + locals);
  memset(base, 0, locals * sizeof(Value) + sizeof *fr);
  fr->prev = ec->frame;
  fr->code = code;
  fr->site = code->start;
  fr->flags = flags;
  fr->self = self;
  fr->locals = base;
  fr->base = base;
  fr->lex = lex;
  fr->leaf = ec->leaf;
  ec->vsp = mx_frame_stack(fr);
  ec->leaf = NULL;
  mx_frame_publish();
  ec->frame = fr;
  ec->depth = depth;
  return fr;
}

void mx_frame_pop(ExecCtx *ec, Frame *fr) {
  MX_ASSERT(ec->frame == fr, "frames are popped in order");
  mx_frame_detach(fr);
  ec->frame = fr->prev;
  ec->leaf = fr->leaf;
  ec->depth -= !(fr->flags & FRAME_CORE);
  ec->vsp = fr->base;
}

// Env of a frame without room for one: closed from the start.
static Env *frame_closed_env(ExecCtx *ec, Frame *fr) {
  Env open = {.slots = fr->locals,
              .count = fr->code->scope->count,
              .open = true,
              .home = &fr->locals,
              .parent = fr->outer,
              .frame = fr,
              .scope = fr->code->scope};
  open.h.flags = T_ENV;
  return mx_env_close(ec, &open);
}

// Make the Env of a frame.
static Env *frame_make_env(ExecCtx *ec, Frame *fr) {
  if (!fr->code->has_blocks) return fr->env = frame_closed_env(ec, fr);
  Env *env = &mx_frame_blocks(fr)->env;
  *env = (Env){.parent = fr->outer,
               .slots = fr->locals,
               .count = fr->code->scope->count,
               .open = true,
               .frame = fr,
               .home = &fr->locals,
               .scope = fr->code->scope};
  env->h.flags = T_ENV;
  mx_frame_blocks(fr)->block.code = NULL; // nothing of it is set yet
  return fr->env = env;
}

// Under stress, take the locals off the VM stack though nothing wants it, if their turn has come.
static void frame_stress(ExecCtx *ec, Env *env) {
  VM *vm = ec->vm;
  if (--vm->stack_chances > 0) return;
  vm->stack_chances = mx_vm_stack_distance(vm);
  (void)mx_env_close(ec, env);
}

Env *mx_frame_env(ExecCtx *ec, Frame *fr) {
  Env *env = fr->env ? fr->env : frame_make_env(ec, fr);
  if (MX_UNLIKELY(ec->vm->stack_chances)) frame_stress(ec, env);
  return env;
}

Env *mx_frame_taken_env(const Frame *fr) {
  if (!fr->env) return NULL;
  return fr->env->open ? fr->env->closed : fr->env;
}

void mx_frame_take(Frame *fr, Env *env) {
  fr->env = env;
  fr->locals = env->slots;
  env->frame = fr;
  env->home = &fr->locals;
  if (fr->code->has_blocks) mx_frame_blocks(fr)->block.code = NULL; // nothing of it is set yet
}

uint32_t mx_frame_place(const Frame *fr) {
  if (!fr->code->stream) return fr->site;
  if (fr->flags & FRAME_MACHINE && fr->path) {
    const FramePath *own = fr->path;
    while (own->caller) own = own->caller;
    return mx_frame_path_place(own);
  }
  return fr->ip ? mx_code_pc(fr->code, fr->ip - 1) : FRAME_AT_START;
}

uint32_t mx_frame_site_of(const Code *code, uint32_t place) {
  if (!code->stream) return place;
  return place == FRAME_AT_START ? code->start : mx_chunk_site(code->chunk, place);
}

uint32_t mx_frame_site(const Frame *fr) { return mx_frame_site_of(fr->code, mx_frame_place(fr)); }

Frame *mx_frame_guest(Frame *fr) {
  while (fr && fr->flags & FRAME_CORE) fr = fr->prev;
  return fr;
}

// The frame that `return` in a frame ends; NULL when it has ended, and for evaluated text outside
// of methods, which does not end the program.
static Frame *frame_returning(Frame *fr) {
  bool in_block = false, in_text = false;
  while (!(fr->flags & (FRAME_METHOD | FRAME_LAMBDA))) {
    Env *env = fr->outer;
    bool class_body = !env && fr->flags & FRAME_CLASS;
    if (!env && !class_body) return in_text ? NULL : fr;
    if (env && fr->flags & FRAME_TOP) in_text = true;
    if (class_body && !in_block && fr->prev) {
      fr = fr->prev; // class << x; return: ends what the body stands in
      continue;
    }
    while (env && !env->frame) env = env->parent; // blocks around this one that have ended
    if (!env) return NULL;
    fr = env->frame;
    in_block = true;
  }
  return fr;
}

bool mx_frame_is_of(const ExecCtx *ec, const Frame *fr) {
  const Value *at = (const Value *)(const void *)fr;
  return at >= ec->vstack && at < ec->vstack_end;
}

Frame *mx_frame_return_target(ExecCtx *ec, Frame *fr) {
  Frame *target = frame_returning(fr);
  if (target && mx_frame_is_of(ec, target)) return target;
  mx_raise_local_jump(ec, "unexpected return", "return", VAL_NIL);
  return NULL;
}

Frame *mx_frame_definition(Frame *fr) {
  while (fr->flags & FRAME_BLOCK && !(fr->flags & (FRAME_CLASS | FRAME_METHOD)) && fr->outer &&
         fr->outer->frame)
    fr = fr->outer->frame;
  return fr;
}

Value *mx_frame_method_locals(Frame *fr, const Code **code) {
  const Code *at = fr->code;
  Value *slots = fr->locals;
  Env *env = fr->outer;
  while (at->kind != CODE_METHOD && env) {
    const Code *outer = at->parent ? at->parent : at->unit->outer;
    if (!outer) break;
    at = outer;
    slots = env->slots;
    env = env->parent;
  }
  *code = at;
  return slots;
}

bool mx_frame_in_proc_method(const Frame *fr) {
  const Frame *at = fr;
  while (at && !(at->flags & (FRAME_METHOD | FRAME_PROC_METHOD)) && at->outer)
    at = at->outer->frame;
  return at && at->flags & FRAME_PROC_METHOD;
}

// The hidden local of $~ or $_ in the method-level scope around a scope.
static Value *frame_hidden(const Scope *scope, Value *slots, const Env *outer, Sym name) {
  while ((scope->kind == SCOPE_BLOCK || scope->kind == SCOPE_EVAL) && scope->parent && outer) {
    scope = scope->parent;
    slots = outer->slots;
    outer = outer->parent;
  }
  uint32_t slot = name == SYM_g_line ? scope->line_slot : scope->match_slot;
  return slot == SCOPE_NO_SLOT ? NULL : &slots[slot];
}

Value *mx_frame_hidden_home(Frame *fr, Sym name) {
  return frame_hidden(fr->code->scope, fr->locals, fr->outer, name);
}

Value *mx_frame_block_hidden_home(const Block *block, Sym name) {
  if (block->kind != BLOCK_CODE || !block->env) return NULL;
  const Code *code = block->code;
  return frame_hidden(code->scope, NULL, block->env, name);
}

LexCtx *mx_lex_new(ExecCtx *ec, const LexCtx *parent, ClassObj *module, uint32_t flags,
                   Dialect dialect) {
  (void)ec;
  LexCtx *lex = mx_gc_alloc_words(sizeof *lex);
  lex->parent = parent;
  lex->module = module;
  lex->flags = flags | (parent ? parent->flags & LEX_METOREX : 0);
  lex->refinements = parent ? parent->refinements : NULL;
  lex->dialect = dialect;
  return lex;
}
