// SPDX-License-Identifier: MIT
// defined?: what is known of a method, or of a block, is a constant; variables and constants are
// looked up by C. What would ask the program, and what its class variables and `super` are, is left
// to the interpreter.
#include "runtime/global.h"
#include "interp/constant.h"
#include "interp/defined.h"
#include "jit/record/build.h"
#include "jit/record/op_calls.h"

// The answer that a text stands for, NULL for nil, as a constant.
static IrRef defined_text(Builder *b, const char *text) {
  Value v = mx_defined_value(b->ec, text);
  return mx_ir_const(b->fn, text ? IR_KOBJ : IR_KVAL, v);
}

// The answer is known.
static bool defined_is(Builder *b, const char *text) {
  mx_build_done(b, 1, defined_text(b, text));
  return true;
}

// The text if a condition holds, else nil.
static bool defined_if(Builder *b, IrRef condition, const char *text) {
  IrIns pick = {.op = IR_SELECT, .type = IRT_VAL, .snap = SNAP_NONE};
  pick.a[0] = condition;
  pick.a[1] = mx_build_val(b, defined_text(b, text));
  pick.a[2] = defined_text(b, NULL);
  mx_build_done(b, 1, mx_ir_emit(b->fn, b->block, &pick));
  return true;
}

// Ask a function of what it is asked of, and the name.
static bool defined_ask(Builder *b, RtFn function, IrRef of, Value name, const char *text) {
  IrRef refs[] = {mx_build_val(b, of), mx_ir_const(b->fn, IR_KVAL, name)};
  BuildCall call = {function, 1, RTE_NONE, NULL};
  return defined_if(b, mx_build_truth(b, mx_build_c_call(b, &call, 2, refs)), text);
}

static Value defined_ivar(ExecCtx *ec, Value self, Value name) {
  return val_bool(mx_ivar_defined(ec, self, val_to_sym(name)));
}

static Value defined_global(ExecCtx *ec, Value unused, Value name) {
  (void)unused;
  return val_bool(mx_global_defined(ec->vm, val_to_sym(name)));
}

// A constant as the text of a lexical context, whose address is given as an Integer, finds it.
static Value defined_constant(ExecCtx *ec, Value lex, Value name) {
  const LexCtx *at = (const LexCtx *)(uintptr_t)val_to_fixnum(lex);
  return val_bool(mx_constant_is_defined(ec, at, val_to_sym(name)));
}

static bool defined_const(Builder *b, Value name) {
  const LexCtx *lex = b->act->cx->frame.lex;
  mx_ir_const(b->fn, IR_KPTR, (uint64_t)(uintptr_t)lex); // keeps it alive
  IrRef at = mx_ir_const(b->fn, IR_KVAL, val_from_fixnum((int64_t)(uintptr_t)lex));
  return defined_ask(b, (RtFn)defined_constant, at, name, "constant");
}

// $& and its kind ask the last match.
static bool defined_gvar(Builder *b, Value name) {
  const char *text = mx_sym_text(&b->vm->symtab, val_to_sym(name));
  if (text[1] && !text[2] && strchr("&`'+", text[1])) return false;
  IrRef nil = mx_ir_const(b->fn, IR_KVAL, VAL_NIL);
  return defined_ask(b, (RtFn)defined_global, nil, name, "global-variable");
}

// Does nobody answer for methods that a class does not have? That is assumed then.
static bool defined_answers_plainly(Builder *b, ClassObj *klass) {
  static const Sym names[] = {SYM_respond_to, SYM_respond_to_missing};
  for (size_t i = 0; i < MX_COUNT_OF(names); i++) {
    const MethodCell *cell = mx_assume_method(b->vm, klass, names[i]);
    if (!cell->me || cell->me->kind != METHOD_BUILTIN) return false;
    mx_build_assume(b, cell);
  }
  return true;
}

// Make sure of the receiver's class, by what was seen.
static void defined_narrow(Builder *b, const TypeSet *seen) {
  IrRef *receiver = mx_build_top(b, 0);
  if (seen->kinds == SEEN_HEAP)
    mx_build_as_shape(b, receiver, seen->shapes[0]);
  else
    mx_build_as(b, receiver, seen->kinds == SEEN_INT ? IRT_INT : IRT_DOUBLE);
}

// A method of what was always an object of one shape, an Integer or a Float.
static bool defined_method(Builder *b, Sym name, bool to_self, const TypeSet *seen) {
  uint32_t shape = mx_build_receiver_shape(b, seen);
  bool one = shape && !(seen->kinds & ~(SEEN_HEAP | SEEN_INT | SEEN_FLOAT));
  if (!one || b->act->cx->frame.lex->refinements || b->act->code->core) return false;
  ClassObj *klass = mx_shape_at(b->vm, shape)->klass;
  const MethodCell *cell = mx_assume_method(b->vm, klass, name);
  const MethodEntry *me = cell->me;
  if (me && me->flags & (METHOD_F_LIMITED | METHOD_F_CORE)) return false;
  if (me && !to_self && me->visibility == VIS_PROTECTED) return false;
  if (!me && !defined_answers_plainly(b, klass)) return false;
  defined_narrow(b, seen);
  if (b->block == IR_NO_BLOCK) return true;
  mx_build_assume(b, cell);
  return defined_is(b, me && (to_self || me->visibility == VIS_PUBLIC) ? "method" : NULL);
}

static bool defined_yield(Builder *b) {
  const BuildBlock *block = &b->act->block;
  return block->known && defined_is(b, mx_build_is_given(block) ? "yield" : NULL);
}

bool mx_build_defined(Builder *b, const Instruction *in, const Seen *seen) {
  Value name = b->act->code->chunk->consts[in->operands[1]];
  switch ((DefinedKind)in->operands[0]) {
  case DEFINED_IVAR:
    return defined_ask(b, (RtFn)defined_ivar, b->act->self, name, "instance-variable");
  case DEFINED_GVAR: return defined_gvar(b, name);
  case DEFINED_CONST: return defined_const(b, name);
  case DEFINED_METHOD: return defined_method(b, val_to_sym(name), false, &seen->in[0]);
  case DEFINED_METHOD_SELF: return defined_method(b, val_to_sym(name), true, &seen->in[0]);
  case DEFINED_YIELD: return defined_yield(b);
  case DEFINED_NTH_REF:
  case DEFINED_CVAR:
  case DEFINED_CONST_TOP:
  case DEFINED_CONST_FROM:
  case DEFINED_SUPER: return false;
  case DEFINED_KIND_COUNT: break;
  }
  MX_UNREACHABLE();
}
