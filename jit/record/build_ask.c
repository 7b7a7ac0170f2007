// SPDX-License-Identifier: MIT
// Building leaves that ask an object what it is, of a receiver whose shape is known: the answer
// lies in the shape, or in its class's methods, on which the code then relies.
#include "runtime/class.h"
#include "jit/record/build.h"

// The class of the receiver, singleton class included; NULL when it is not known.
static ClassObj *ask_class(const Builder *b, const BuildLeaf *call) {
  IrRef self = mx_build_leaf_self(b, call);
  uint32_t shape = mx_build_shape(b, self);
  if (shape) return mx_shape_at(b->vm, shape)->klass;
  if (mx_build_type(b, self) == IRT_INT) return b->vm->cls.Integer;
  return mx_build_type(b, self) == IRT_DOUBLE ? b->vm->cls.Float : NULL;
}

// The Symbol that an argument is, `depth` below the top; SYM_NONE when it is no constant.
static Sym ask_name(Builder *b, uint32_t depth) {
  IrRef ref = mx_build_resolve(b, *mx_build_top(b, depth));
  bool constant = mx_ir_at(b->fn, ref)->op == IR_KVAL && val_is_symbol(mx_ir_word(b->fn, ref));
  return constant ? val_to_sym(mx_ir_word(b->fn, ref)) : SYM_NONE;
}

static bool ask_answer(Builder *b, const BuildLeaf *call, bool answer) {
  mx_build_done(b, call->argc + 1, mx_ir_bool(b->fn, answer));
  return true;
}

bool mx_build_leaf_class(Builder *b, const BuildLeaf *call) {
  ClassObj *klass = ask_class(b, call);
  if (!klass) return false;
  mx_build_done(b, 1, mx_ir_const(b->fn, IR_KOBJ, val_from_ptr(mx_class_real(klass))));
  return true;
}

// Of a class: a module may be included later.
bool mx_build_leaf_is_a(Builder *b, const BuildLeaf *call) {
  const ClassObj *of = ask_class(b, call);
  IrRef wanted = mx_build_resolve(b, *mx_build_top(b, 0));
  if (!of || mx_ir_at(b->fn, wanted)->op != IR_KOBJ) return false;
  Value klass = mx_ir_word(b->fn, wanted);
  if (!val_is_type(klass, T_CLASS)) return false;
  while (of && of != VAL_CAST(ClassObj, klass)) of = of->super;
  return ask_answer(b, call, of != NULL);
}

bool mx_build_leaf_is_frozen(Builder *b, const BuildLeaf *call) {
  IrRef self = mx_build_leaf_self(b, call);
  uint32_t shape = mx_build_shape(b, self);
  bool number = mx_build_type(b, self) == IRT_INT || mx_build_type(b, self) == IRT_DOUBLE;
  if (!shape && !number) return false;
  return ask_answer(b, call, number || mx_shape_at(b->vm, shape)->flags & SHAPE_FROZEN);
}

bool mx_build_leaf_respond_to(Builder *b, const BuildLeaf *call) {
  ClassObj *klass = ask_class(b, call);
  Sym name = call->argc == 1 ? ask_name(b, 0) : SYM_NONE;
  if (!klass || name == SYM_NONE || b->act->cx->frame.lex->refinements) return false;
  const MethodCell *missing = mx_assume_method(b->vm, klass, SYM_respond_to_missing);
  const MethodCell *cell = mx_assume_method(b->vm, klass, name);
  bool plain = missing->me && missing->me->kind == METHOD_BUILTIN &&
               !(cell->me && cell->me->flags & METHOD_F_LIMITED);
  if (!plain) return false;
  mx_build_assume(b, missing);
  mx_build_assume(b, cell);
  return ask_answer(b, call, cell->me && cell->me->visibility == VIS_PUBLIC);
}

// a != b, where == is C's.
bool mx_build_leaf_not_equal(Builder *b, const BuildLeaf *call) {
  ClassObj *klass = ask_class(b, call);
  const MethodCell *cell = klass ? mx_assume_method(b->vm, klass, SYM_EQ) : NULL;
  if (!cell || !cell->me || cell->me->kind != METHOD_BUILTIN || b->act->code->refined) return false;
  mx_build_assume(b, cell);
  if (!mx_build_calm_leaf(b, cell->me, 1, call->seen)) return false;
  if (b->block == IR_NO_BLOCK) return true;
  IrRef equal = mx_build_truth(b, *mx_build_top(b, 0));
  mx_build_done(b, 1, mx_build_emit(b, IR_NOT, equal, IR_NONE, IR_NONE, 0));
  return true;
}

// ---- instance variables by their names

// May a program name a variable so? The library hides some of its own behind others.
static bool ask_is_variable(const char *text) {
  if (text[0] != '@' || text[1] < 'a' || text[1] > 'z') return false;
  for (text += 2; *text; text++) {
    bool letter = (*text >= 'a' && *text <= 'z') || (*text >= 'A' && *text <= 'Z');
    if (!letter && *text != '_' && (*text < '0' || *text > '9')) return false;
  }
  return true;
}

// The shape of the receiver, if the argument `depth` below the top names a variable of plain
// objects; 0 otherwise.
static uint32_t ask_variable(Builder *b, const BuildLeaf *call, uint32_t depth, Sym *name) {
  uint32_t shape = mx_build_shape(b, mx_build_leaf_self(b, call));
  *name = ask_name(b, depth);
  if (!shape || *name == SYM_NONE || mx_shape_at(b->vm, shape)->klass->instance_type != T_OBJECT)
    return 0;
  return ask_is_variable(mx_sym_text(&b->vm->symtab, *name)) ? shape : 0;
}

bool mx_build_leaf_ivar_get(Builder *b, const BuildLeaf *call) {
  Sym name;
  uint32_t shape = ask_variable(b, call, 0, &name);
  IrRef value = shape ? mx_build_load_field(b, mx_build_leaf_self(b, call), shape, name) : IR_NONE;
  if (value) mx_build_done(b, 2, value);
  return value != IR_NONE;
}

bool mx_build_leaf_ivar_set(Builder *b, const BuildLeaf *call) {
  Sym name;
  uint32_t shape = ask_variable(b, call, 1, &name);
  if (!shape || !mx_build_store_field(b, mx_build_leaf_self(b, call), shape, name,
                                      mx_build_top(b, 0), &call->seen->in[0]))
    return false;
  if (b->block != IR_NO_BLOCK) mx_build_done(b, 3, *mx_build_top(b, 0));
  return true;
}

// The method that the innermost activation of the program's own code stands in.
bool mx_build_leaf_method_name(Builder *b, const BuildLeaf *call) {
  const BuildFrame *act = b->act;
  while (act && act->cx->frame.flags & FRAME_CORE) act = act->caller;
  if (!act || call->argc > 0) return false;
  const MethodEntry *me = act->cx->frame.me;
  Value name = me ? val_from_sym(me->original_name) : VAL_NIL;
  mx_build_done(b, 1, mx_ir_const(b->fn, IR_KVAL, name));
  return true;
}
