// SPDX-License-Identifier: MIT
// Procs: making them of blocks, calling, describing.
#include "runtime/builtins/callable.h"
#include "runtime/builtins/rows.h"
#include "runtime/builtins/support.h"
#include <inttypes.h>

// The block that a Proc holds.
static Block *proc_block(Value self) { return &VAL_CAST(Proc, self)->block; }

// The block that the core method was given; NULL + ArgumentError without one.
static const Block *proc_given(ExecCtx *ec) {
  const Block *block = ec->vm->up->core_block(ec);
  if (!block) (void)mx_raise_arg(ec, "tried to create Proc object without a block");
  return block;
}

// Proc of the given block; one of a subclass is a Proc object of its own.
Value mx_proc_p_new(ExecCtx *ec, Value self, Value klass) {
  const Block *block = proc_given(ec);
  if (!block) return VAL_EXC;
  Value proc = mx_proc_from_block(ec, block);
  if (val_is_exc(proc) || mx_class_real(mx_class_of(ec->vm, proc)) == VAL_CAST(ClassObj, klass))
    return proc;
  Proc *own = mx_object_alloc(ec, VAL_CAST(ClassObj, klass), T_PROC, sizeof(Proc));
  own->block = *proc_block(proc);
  own->block.proc = val_from_ptr(own);
  return val_from_ptr(own);
}

// Lambda of a literal block. A Proc that is passed on with & stays what it is.
Value mx_proc_p_lambda(ExecCtx *ec, Value self) {
  const Block *block = proc_given(ec);
  if (!block) return VAL_EXC;
  if (mx_callable_is_lambda(block)) return mx_proc_from_block(ec, block);
  if (!val_is_nil(block->proc))
    return mx_raise_arg(ec, "the lambda method requires a literal block");
  Block copy = *block;
  copy.is_lambda = true;
  return mx_proc_from_block(ec, &copy);
}

// Call a Proc with the forwarded arguments.
Value mx_proc_p_call(ExecCtx *ec, Value self, Value proc, Value args, Value keywords) {
  CallArgs call = mx_support_forward(ec, args, keywords, 0);
  return ec->vm->up->yield(ec, proc_block(proc), &call);
}

// parameters(lambda: nil): by the rules of a lambda, of a proc, or its own.
Value mx_proc_p_parameters(ExecCtx *ec, Value self, Value proc, Value lambda) {
  const Block *block = proc_block(proc);
  bool strict = val_is_nil(lambda) ? mx_callable_is_lambda(block) : val_truthy(lambda);
  return mx_callable_block_parameters(ec, block, strict);
}

Value mx_proc_m_arity(ExecCtx *ec, Value self) {
  const Block *block = proc_block(self);
  return val_from_fixnum(mx_callable_block_arity(ec, block, block->is_lambda));
}

Value mx_proc_m_is_lambda(ExecCtx *ec, Value self) {
  return val_bool(mx_callable_is_lambda(proc_block(self)));
}

Value mx_proc_m_source_location(ExecCtx *ec, Value self) {
  return mx_callable_block_location(ec, proc_block(self));
}

// A binding of the scope that the block stands in.
Value mx_proc_m_binding(ExecCtx *ec, Value self) {
  const Block *block = proc_block(self);
  if (block->kind != BLOCK_CODE) return mx_raise_arg(ec, "Can't create Binding from C level Proc");
  BindingObj *binding = mx_object_alloc(ec, ec->vm->cls.Binding, T_BINDING, sizeof(BindingObj));
  binding->env = block->env;
  binding->self = block->self;
  binding->lex = block->lex;
  binding->me = block->me;
  binding->me_at = block->me_at;
  binding->block = (Block *)block->home_block;
  Value place = mx_callable_block_location(ec, block);
  if (val_is_array(place)) {
    binding->file = mx_array_get(ec, place, 0);
    binding->line = (uint32_t)val_to_fixnum(mx_array_get(ec, place, 1));
  }
  return val_from_ptr(binding);
}

// Procs of one block in one environment are equal.
Value mx_proc_m_equal(ExecCtx *ec, Value self, Value other) {
  if (self == other) return VAL_TRUE;
  if (!val_is_type(other, T_PROC)) return VAL_FALSE;
  const Block *a = proc_block(self), *b = proc_block(other);
  return val_bool(a->kind == b->kind && a->is_lambda == b->is_lambda && a->code == b->code &&
                  a->env == b->env && a->self == b->self && a->value == b->value &&
                  a->fn == b->fn && a->data == b->data);
}

Value mx_proc_m_ruby2_keywords(ExecCtx *ec, Value self) {
  if (!mx_object_check_frozen(ec, self)) return VAL_EXC;
  if (!ec->vm->up->ruby2_keywords(ec, NULL, &VAL_CAST(Proc, self)->block))
    mx_warn(ec, "Skipping set of ruby2_keywords flag for proc (proc accepts keywords or post "
                "arguments or proc does not accept argument splat)");
  return self;
}

Value mx_proc_m_hash(ExecCtx *ec, Value self) {
  const Block *block = proc_block(self);
  uint64_t hash = mx_hash_mix(ec->vm->hash_seed[0], (uint64_t)(uintptr_t)block->code);
  hash = mx_hash_mix(hash, (uint64_t)(uintptr_t)block->env);
  return val_from_fixnum((int64_t)mx_hash_mix(hash, block->value) >> 1);
}

// "#<Proc:0x... file:line (lambda)>".
Value mx_proc_m_inspect(ExecCtx *ec, Value self) {
  const Block *block = proc_block(self);
  StrBuf buf = STRBUF_INIT;
  mx_strbuf_printf(&buf, "#<%s:0x%016" PRIx64, mx_support_class(ec, self), (uint64_t)self);
  Value place = mx_callable_block_location(ec, block);
  if (block->kind == BLOCK_SYMBOL) {
    Value name = mx_sym_inspect(ec, val_to_sym(block->value));
    mx_strbuf_printf(&buf, "(&%s)", mx_str_bytes(name));
  } else if (val_is_array(place)) {
    mx_strbuf_printf(&buf, " %s:%lld", mx_str_bytes(mx_array_get(ec, place, 0)),
                     (long long)val_to_fixnum(mx_array_get(ec, place, 1)));
  }
  if (mx_callable_is_lambda(block)) mx_strbuf_add_str(&buf, " (lambda)");
  mx_strbuf_add_byte(&buf, '>');
  Value text = mx_str_from_buf(ec, &buf);
  mx_str_set_enc(text, ENC_BINARY);
  return text;
}
