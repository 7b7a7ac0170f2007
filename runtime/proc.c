// SPDX-License-Identifier: MIT
// Procs from blocks and back; closing of captured variables.
#include "runtime/proc.h"
#include "runtime/string.h"
#include "runtime/upcall.h"

// Allocate a Proc of a block, which is copied.
static Proc *proc_alloc(ExecCtx *ec, const Block *block) {
  Proc *proc = mx_object_alloc(ec, ec->vm->cls.Proc, T_PROC, sizeof(Proc));
  proc->block = *block;
  proc->block.proc = val_from_ptr(proc);
  return proc;
}

Value mx_proc_of(ExecCtx *ec, Env *env, Value self, Value home, const Block *like) {
  Proc *proc = proc_alloc(ec, like);
  if (!val_is_nil(home)) proc->block.home_block = &VAL_CAST(Proc, home)->block;
  proc->block.env = env;
  proc->block.self = self;
  return val_from_ptr(proc);
}

// Make a closed Env with its slots behind the struct; the rest is for the caller to fill.
// GC: there is room for one at least, or `slots` would point to the next cell and keep it alive.
static Env *env_alloc(ExecCtx *ec, uint32_t count, const Value *slots) {
  size_t bytes = (count ? count : 1) * sizeof(Value);
  Env *env = mx_gc_alloc(ec->vm->lists, GC_KIND_ENV, sizeof(Env) + bytes);
  env->slots = (Value *)(env + 1);
  if (count > 0) memcpy(env->slots, slots, count * sizeof(Value));
  return env;
}

Env *mx_env_of(ExecCtx *ec, Env *parent, const void *scope, uint64_t count, const Value *slots) {
  Env *env = env_alloc(ec, (uint32_t)count, slots);
  *env = (Env){.h.flags = T_ENV,
               .parent = parent,
               .count = (uint32_t)count,
               .scope = scope,
               .slots = env->slots};
  return env;
}

// Copy one open Env with its slots to the heap; its frame goes on with them there.
static Env *env_close_one(ExecCtx *ec, Env *env) {
  Env *closed = env_alloc(ec, env->count, env->slots);
  Value *slots = closed->slots;
  *closed = *env;
  closed->open = false;
  closed->slots = env->slots = slots;
  env->closed = closed;
  *env->home = slots;
  return closed;
}

Env *mx_env_close(ExecCtx *ec, Env *env) {
  if (!env || !env->open) return env;
  if (env->closed) return env->closed;
  Env *closed = env_close_one(ec, env);
  closed->parent = mx_env_close(ec, env->parent);
  return closed;
}

// Proc object of a block; the same one each time. nil when block is NULL.
Value mx_proc_from_block(ExecCtx *ec, const Block *block) {
  if (!block) return VAL_NIL;
  if (!val_is_nil(block->proc)) return block->proc;
  Env *env = mx_env_close(ec, block->env);
  Proc *proc = proc_alloc(ec, block);
  proc->block.env = env;
  if (block->home_block) {
    Value home = mx_proc_from_block(ec, block->home_block);
    proc->block.home_block = &VAL_CAST(Proc, home)->block;
  }
  // The block remembers its Proc, so that &b twice gives one object.
  ((Block *)(uintptr_t)block)->proc = val_from_ptr(proc);
  return val_from_ptr(proc);
}

// Proc of a kind that has no code of its own.
static Value proc_of(ExecCtx *ec, Block block) { return val_from_ptr(proc_alloc(ec, &block)); }

// Proc that calls a C function.
Value mx_proc_from_c(ExecCtx *ec, BlockFn fn, void *data, bool is_lambda) {
  return proc_of(ec, (Block){.kind = BLOCK_C, .fn = fn, .data = data, .is_lambda = is_lambda});
}

// Ask an object for its Proc by to_proc.
static Value proc_convert(ExecCtx *ec, Value v) {
  Value proc = mx_send_if(ec, v, SYM_to_proc, 0, NULL);
  if (val_is_exc(proc) || val_is_type(proc, T_PROC)) return proc;
  Value path = mx_class_path(ec, mx_class_real(mx_class_of(ec->vm, v)));
  if (val_is_undef(proc))
    return mx_raise_type(ec, "no implicit conversion of %s into Proc", mx_str_bytes(path));
  Value got = mx_class_path(ec, mx_class_real(mx_class_of(ec->vm, proc)));
  return mx_raise_type(ec, "can't convert %s into Proc (%s#to_proc gives %s)", mx_str_bytes(path),
                       mx_str_bytes(path), mx_str_bytes(got));
}

Value mx_proc_of_symbol(ExecCtx *ec, Value symbol) {
  NameTable *known = ec->vm->symbol_procs;
  const uint64_t *word = mx_nametable_find(known, val_to_sym(symbol));
  if (word) return (Value)*word;
  Value proc = mx_proc_of_symbol_at(ec, symbol, NULL);
  mx_nametable_put(known, val_to_sym(symbol), (uint64_t)proc);
  return proc;
}

Value mx_proc_of_symbol_at(ExecCtx *ec, Value symbol, const LexCtx *lex) {
  Block block = {.kind = BLOCK_SYMBOL, .value = symbol, .is_lambda = true, .lex = lex};
  return proc_of(ec, block);
}

// The Proc that stands for a value given as &value; VAL_EXC when it has none.
static Value proc_from_value(ExecCtx *ec, Value v) {
  if (val_is_type(v, T_PROC)) return v;
  if (val_is_symbol(v) && mx_method_is_builtin(ec, v, SYM_to_proc)) return mx_proc_of_symbol(ec, v);
  if (val_is_type(v, T_METHOD) && mx_method_is_builtin(ec, v, SYM_to_proc))
    return proc_of(ec, (Block){.kind = BLOCK_METHOD, .value = v, .is_lambda = true});
  return proc_convert(ec, v);
}

// The block of a value given as &value.
bool mx_block_from_value(ExecCtx *ec, Value v, const Block **out) {
  *out = NULL;
  if (val_is_nil(v)) return true;
  Value proc = proc_from_value(ec, v);
  if (val_is_exc(proc)) return false;
  *out = &VAL_CAST(Proc, proc)->block;
  return true;
}
