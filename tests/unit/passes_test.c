// SPDX-License-Identifier: MIT
// Random IR functions: what the passes make of one ends as it did, with the same calls, the same
// memory and, in an exit, the same frames. Each pass runs alone, and the whole pipeline, with the
// verifier after each; every function also goes through text and back.
//
// A function is straight code, diamonds and counted loops, nested. Values that dominate the place
// are in a pool by type. What an op presupposes always holds. Jumps have no snapshots, so that no
// guard moves and exits are comparable. An unused overflow check may go; runs that end in one are
// not compared. Objects that an exit makes are compared by what is loaded from them before.
#include "runtime/base/prng.h"
#include "runtime/value.h"
#include "jit/ir/ir_eval.h"
#include "jit/ir/ir_parse.h"
#include "jit/ir/ir_print.h"
#include "jit/ir/ir_verify.h"
#include "jit/opt/pipeline.h"
#include <check.h>
#include <stdio.h>

enum { SEEDS = 1500, RUNS = 6, PARAMS = 8, DEPTH = 3, STRAIGHT = 8, LOCALS = 3 };
enum { ROUNDS = 3 }; // of a strip: loops have more

typedef VEC(IrRef) Refs;

// A function that is being made.
typedef struct Maker {
  IrFn *fn;
  Prng prng;
  IrBlockId block;      // where instructions go
  Refs pool[IRT_COUNT]; // values that dominate it
  bool fronts;          // jumps to headers have snapshots
} Maker;

// ---- values

// A number below a bound.
static uint32_t below(Maker *m, uint32_t bound) { return (uint32_t)mx_prng_below(&m->prng, bound); }

// A constant of a type.
static IrRef constant(Maker *m, IrType type) {
  static const int64_t ints[] = {0, 1, 2, -1, 3, 5, 255, FIXNUM_MAX, FIXNUM_MIN};
  static const double doubles[] = {0.0, -0.0, 1.0, 2.0, -1.0, 0.5, 1e300};
  switch ((int)type) {
  case IRT_INT: return mx_ir_int(m->fn, ints[below(m, MX_COUNT_OF(ints))]);
  case IRT_DOUBLE: return mx_ir_double(m->fn, doubles[below(m, MX_COUNT_OF(doubles))]);
  case IRT_BOOL: return mx_ir_bool(m->fn, below(m, 2));
  case IRT_WORD: return mx_ir_const(m->fn, IR_KWORD, below(m, 6));
  default: return mx_ir_const(m->fn, IR_KVAL, below(m, 2) ? VAL_NIL : val_from_fixnum(below(m, 9)));
  }
}

// A value of a type: mostly a recent one. Objects and addresses are never constants.
static IrRef pick(Maker *m, IrType type) {
  const Refs *pool = &m->pool[type];
  bool fixed = type == IRT_OBJ || type == IRT_PTR;
  if (!fixed && (pool->count == 0 || below(m, 6) == 0)) return constant(m, type);
  uint32_t recent = pool->count > 6 && below(m, 2) ? 6 : pool->count;
  return pool->at[pool->count - 1 - below(m, recent)];
}

// Emit an instruction and put its value into the pool.
static IrRef emit(Maker *m, IrIns ins) {
  if (mx_ir_info(ins.op)->effect != IR_EFFECT_GUARD && ins.op != IR_CALL_GUEST)
    ins.snap = SNAP_NONE;
  IrRef ref = mx_ir_emit(m->fn, m->block, &ins);
  IrType type = mx_ir_at(m->fn, ref)->type;
  if (type != IRT_VOID) vec_push(&m->pool[type], ref);
  return ref;
}

// A snapshot of some values.
static SnapId snapshot(Maker *m) {
  static const IrType types[] = {IRT_VAL, IRT_INT, IRT_DOUBLE, IRT_BOOL, IRT_OBJ};
  IrFn *fn = m->fn;
  Snap snap = {.frame = fn->snap_frames.count, .frames = 1, .reason = fn->snaps.count};
  SnapFrame frame = {.first = fn->snap_values.count, .locals = LOCALS, .site = UINT32_MAX};
  frame.self = frame.block = SNAP_HOME;
  for (uint32_t i = 0; i < LOCALS; i++) {
    IrRef value = pick(m, types[below(m, MX_COUNT_OF(types))]);
    vec_push(&fn->snap_values, below(m, 4) ? value : SNAP_HOME);
  }
  vec_push(&fn->snap_frames, frame);
  vec_push(&fn->snaps, snap);
  return fn->snaps.count - 1;
}

// ---- instructions

// Arithmetic of Integers.
static void make_integer(Maker *m) {
  static const IrOp checked[] = {IR_ADD_OV, IR_SUB_OV, IR_MUL_OV, IR_AND, IR_OR, IR_XOR, IR_SHL_OV};
  IrOp op = checked[below(m, MX_COUNT_OF(checked))];
  IrRef a = pick(m, IRT_INT), b = pick(m, IRT_INT);
  switch (below(m, 6)) {
  case 0: b = mx_ir_int(m->fn, 1 + below(m, 9)), op = below(m, 2) ? IR_DIV : IR_MOD; break;
  case 1: b = mx_ir_int(m->fn, below(m, 64)), op = IR_SHR; break;
  case 2:
    a = emit(m, (IrIns){.op = IR_AND, .a = {a, mx_ir_int(m->fn, 1023)}});
    op = (IrOp[]){IR_ADD, IR_SUB, IR_MUL, IR_NEG}[below(m, 4)];
    b = op == IR_NEG ? IR_NONE : emit(m, (IrIns){.op = IR_AND, .a = {b, mx_ir_int(m->fn, 7)}});
    break;
  default: break;
  }
  emit(m, (IrIns){.op = op, .a = {a, b}, .snap = snapshot(m)});
}

// Comparisons and truth.
static void make_bool(Maker *m) {
  IrOp op = (IrOp)(IR_EQ + below(m, 6));
  IrRef a = pick(m, IRT_INT), b = pick(m, IRT_INT);
  switch (below(m, 6)) {
  case 0: op = IR_NOT, a = pick(m, IRT_BOOL), b = IR_NONE; break;
  case 1: op = IR_SAME, a = pick(m, IRT_VAL), b = pick(m, IRT_VAL); break;
  case 2: op = below(m, 2) ? IR_TRUTHY : IR_IS_NIL, a = pick(m, IRT_VAL), b = IR_NONE; break;
  case 3:
    op = IR_BELOW;
    b = emit(m, (IrIns){.op = IR_AND, .a = {b, mx_ir_int(m->fn, 255)}});
    break;
  case 4:
    op = (IrOp)(IR_FEQ + below(m, 6)), a = pick(m, IRT_DOUBLE), b = pick(m, IRT_DOUBLE);
    break;
  default: break;
  }
  emit(m, (IrIns){.op = op, .a = {a, b}});
}

// Doubles, boxes, selections.
static void make_value(Maker *m) {
  IrRef b = pick(m, IRT_BOOL), x = pick(m, IRT_INT), d = pick(m, IRT_DOUBLE);
  switch (below(m, 8)) {
  case 0: emit(m, (IrIns){.op = IR_BOX_INT, .a = {x}}); break;
  case 1: emit(m, (IrIns){.op = IR_BOX_BOOL, .a = {b}}); break;
  case 2: emit(m, (IrIns){.op = IR_BOX_DOUBLE, .a = {d}}); break;
  case 3: emit(m, (IrIns){.op = IR_AS_VAL, .a = {pick(m, IRT_OBJ)}}); break;
  case 4: emit(m, (IrIns){.op = IR_SELECT, .type = IRT_INT, .a = {b, x, pick(m, IRT_INT)}}); break;
  case 5: emit(m, (IrIns){.op = IR_INT_TO_DOUBLE, .a = {x}}); break;
  case 6: emit(m, (IrIns){.op = IR_FNEG, .a = {d}}); break;
  default:
    emit(m, (IrIns){.op = (IrOp)(IR_FADD + below(m, 4)), .a = {d, pick(m, IRT_DOUBLE)}});
    break;
  }
}

// Guards.
static void make_guard(Maker *m) {
  IrRef v = pick(m, IRT_VAL), object = pick(m, IRT_OBJ), b = pick(m, IRT_BOOL);
  SnapId snap = snapshot(m);
  switch (below(m, 8)) {
  case 0:
  case 1: emit(m, (IrIns){.op = IR_GUARD_INT, .a = {v}, .snap = snap}); break;
  case 2: emit(m, (IrIns){.op = IR_GUARD_DOUBLE, .a = {v}, .snap = snap}); break;
  case 3:
    emit(m, (IrIns){.op = IR_GUARD_SHAPE, .a = {object}, .imm = 4 + below(m, 2), .snap = snap});
    break;
  case 4:
    emit(m, (IrIns){.op = IR_GUARD_SAME, .a = {v, constant(m, IRT_VAL)}, .snap = snap});
    break;
  case 5: emit(m, (IrIns){.op = IR_POLL, .snap = snap}); break;
  default:
    emit(m, (IrIns){.op = below(m, 2) ? IR_GUARD_TRUE : IR_GUARD_FALSE, .a = {b}, .snap = snap});
    break;
  }
}

// An index of the buffer.
static IrRef make_index(Maker *m) {
  return emit(m, (IrIns){.op = IR_AND, .a = {pick(m, IRT_INT), mx_ir_int(m->fn, 3)}});
}

// Loads and stores. The pool of addresses begins with the buffer and the Env.
static void make_memory(Maker *m) {
  IrRef object = pick(m, IRT_OBJ), v = pick(m, IRT_VAL);
  IrRef buffer = m->pool[IRT_PTR].at[0], env = m->pool[IRT_PTR].at[1];
  uint32_t slot = below(m, 3), offset = 16 + 8 * below(m, 2);
  switch (below(m, 12)) {
  case 0:
  case 1: emit(m, (IrIns){.op = IR_IVAR_LOAD, .a = {object}, .imm = offset}); break;
  case 2:
  case 3: emit(m, (IrIns){.op = IR_IVAR_STORE, .a = {object, v}, .imm = offset}); break;
  case 4: emit(m, (IrIns){.op = IR_HOME_LOAD, .imm = slot}); break;
  case 5: emit(m, (IrIns){.op = IR_HOME_STORE, .a = {v}, .imm = slot}); break;
  case 6: emit(m, (IrIns){.op = IR_UPVAL_LOAD, .a = {env}, .imm = slot}); break;
  case 7: emit(m, (IrIns){.op = IR_UPVAL_STORE, .a = {env, v}, .imm = slot}); break;
  case 8: emit(m, (IrIns){.op = IR_ELEM_LOAD, .a = {buffer, make_index(m)}}); break;
  case 9: emit(m, (IrIns){.op = IR_ELEM_STORE, .a = {buffer, make_index(m), v}}); break;
  case 10: emit(m, (IrIns){.op = IR_SHAPE_STORE, .a = {object}, .imm = 4 + below(m, 2)}); break;
  default: emit(m, (IrIns){.op = IR_FIELD_LOAD, .a = {object}, .imm = IRF_SHAPE}); break;
  }
}

// Allocations, and now and then a call.
static void make_alloc(Maker *m) {
  IrRef v = pick(m, IRT_VAL), w = pick(m, IRT_VAL), refs[] = {v, w};
  switch (below(m, 5)) {
  case 0: emit(m, (IrIns){.op = IR_NEW_RANGE, .a = {v, w}}); break;
  case 1:
    emit(m, (IrIns){.op = IR_CALL_GUEST,
                    .a = {pick(m, IRT_PTR)},
                    .list = mx_ir_list(m->fn, 2, refs),
                    .snap = snapshot(m)});
    break;
  default: emit(m, (IrIns){.op = IR_NEW_OBJECT, .imm = 4 + below(m, 2), .imm2 = 32}); break;
  }
}

// Some instructions in a row.
static void make_straight(Maker *m) {
  for (uint32_t n = 1 + below(m, STRAIGHT); n > 0; n--) {
    switch (below(m, 12)) {
    case 0:
    case 1: make_bool(m); break;
    case 2:
    case 3: make_value(m); break;
    case 4: make_guard(m); break;
    case 5:
    case 6:
    case 7: make_memory(m); break;
    case 8: make_alloc(m); break;
    default: make_integer(m); break;
    }
  }
}

// ---- control flow

static void make_segment(Maker *m, uint32_t depth);

// Note how large the pools are, and forget what has come since.
static void pools_save(const Maker *m, uint32_t *counts) {
  for (int type = 0; type < IRT_COUNT; type++) counts[type] = m->pool[type].count;
}

static void pools_restore(Maker *m, const uint32_t *counts) {
  for (int type = 0; type < IRT_COUNT; type++) m->pool[type].count = counts[type];
}

// Two ways that meet in phis.
static void make_diamond(Maker *m, uint32_t depth) {
  uint32_t counts[IRT_COUNT];
  IrRef condition = pick(m, IRT_BOOL), ints[2], vals[2];
  IrBlockId arms[2] = {mx_ir_block(m->fn), mx_ir_block(m->fn)}, join = mx_ir_block(m->fn);
  mx_ir_branch(m->fn, m->block, condition, arms[0], arms[1]);
  for (uint32_t i = 0; i < 2; i++) {
    pools_save(m, counts);
    m->block = arms[i];
    make_segment(m, depth - 1);
    ints[i] = pick(m, IRT_INT);
    vals[i] = pick(m, IRT_VAL);
    mx_ir_jump(m->fn, m->block, join);
    pools_restore(m, counts);
  }
  m->block = join;
  emit(m, (IrIns){.op = IR_PHI, .type = IRT_INT, .list = mx_ir_list(m->fn, 2, ints)});
  emit(m, (IrIns){.op = IR_PHI, .type = IRT_VAL, .list = mx_ir_list(m->fn, 2, vals)});
}

// A phi of a header, with the value that it begins with.
static IrRef make_phi(Maker *m, IrRef before) {
  IrIns phi = {.op = IR_PHI, .list = mx_ir_list(m->fn, 1, &before)};
  phi.type = mx_ir_at(m->fn, before)->type;
  return emit(m, phi);
}

// Jump to a header; where guards may move, the jump has a snapshot for them.
static void make_entry(Maker *m, IrBlockId header) {
  IrBlockId from = m->block;
  SnapId snap = m->fronts ? snapshot(m) : 0; // may move the instructions
  mx_ir_jump(m->fn, from, header);
  if (m->fronts) mx_ir_at(m->fn, m->fn->blocks.at[from].last)->snap = snap;
  m->block = header;
}

// A check of the counter, such as those of indices.
static void make_check(Maker *m, IrRef counter) {
  static const IrOp ops[] = {IR_LT, IR_BELOW, IR_GE, IR_GT};
  if (below(m, 2)) return;
  IrRef to = mx_ir_int(m->fn, below(m, 12));
  IrRef ok = emit(m, (IrIns){.op = ops[below(m, 4)], .a = {counter, to}});
  emit(m, (IrIns){.op = IR_GUARD_TRUE, .a = {ok}, .snap = snapshot(m)});
}

// What the third phi of a loop gets: any value, the counter, or, perhaps on one of two ways only, a
// constant more or less than it has.
static IrRef make_total(Maker *m, IrRef counter, IrRef total) {
  switch (below(m, 5)) {
  case 0: return counter;
  case 1:
  case 2: break;
  default: return pick(m, IRT_INT);
  }
  IrBlockId more = mx_ir_block(m->fn), other = mx_ir_block(m->fn), join = mx_ir_block(m->fn);
  IrRef by = mx_ir_int(m->fn, (int64_t)below(m, 5) - 2);
  mx_ir_branch(m->fn, m->block, pick(m, IRT_BOOL), more, other);
  IrIns sum = {.op = IR_ADD_OV, .a = {total, by}, .snap = snapshot(m)};
  IrRef ways[] = {mx_ir_emit(m->fn, more, &sum), total};
  mx_ir_jump(m->fn, more, join);
  mx_ir_jump(m->fn, other, join);
  m->block = join;
  return emit(m, (IrIns){.op = IR_PHI, .type = IRT_INT, .list = mx_ir_list(m->fn, 2, ways)});
}

// A loop of some rounds, up or down, whose counter and two more values are phis. Its condition is
// asked in the header or at the end of a round.
static void make_loop(Maker *m, uint32_t depth) {
  uint32_t counts[IRT_COUNT];
  IrFn *fn = m->fn;
  IrBlockId header = mx_ir_block(fn), after = mx_ir_block(fn);
  bool up = below(m, 4) > 0, top = below(m, 2), few = below(m, 2);
  int64_t first = up ? 0 : below(m, 10), last = up ? below(m, 10) : 0;
  IrRef bound = mx_ir_int(fn, last), before = pick(m, IRT_VAL), sum = pick(m, IRT_INT);
  IrRef step = mx_ir_int(fn, up ? 1 + below(m, 3) : -1 - (int64_t)below(m, 2));
  IrOp test = (IrOp)((up ? IR_LT : IR_GT) + below(m, 2));
  make_entry(m, header);
  IrRef counter = make_phi(m, mx_ir_int(fn, first));
  IrRef carried = make_phi(m, before), total = make_phi(m, sum);
  if (below(m, 4)) emit(m, (IrIns){.op = IR_POLL, .snap = snapshot(m)});
  if (top) {
    IrBlockId body = mx_ir_block(fn);
    mx_ir_branch(fn, header, emit(m, (IrIns){.op = test, .a = {counter, bound}}), body, after);
    pools_save(m, counts);
    m->block = body;
  }
  make_check(m, counter);
  if (few)
    make_integer(m), make_value(m), make_memory(m);
  else
    make_segment(m, depth - 1);
  make_check(m, counter);
  IrRef next = emit(m, (IrIns){.op = IR_ADD_OV, .a = {counter, step}, .snap = snapshot(m)});
  IrRef value = pick(m, IRT_VAL), added = make_total(m, counter, total);
  if (top)
    mx_ir_jump(fn, m->block, header);
  else
    mx_ir_branch(fn, m->block, emit(m, (IrIns){.op = test, .a = {next, bound}}), header, after);
  mx_ir_phi_push(fn, counter, next);
  mx_ir_phi_push(fn, carried, value);
  mx_ir_phi_push(fn, total, added);
  if (top) pools_restore(m, counts);
  m->block = after;
}

// Straight code with diamonds and loops between.
static void make_segment(Maker *m, uint32_t depth) {
  make_straight(m);
  for (uint32_t n = depth ? below(m, 3) : 0; n > 0; n--) {
    if (below(m, 2))
      make_diamond(m, depth);
    else
      make_loop(m, depth);
    make_straight(m);
  }
}

// Make the function of a seed.
static IrFn *make_function(Arena *arena, uint64_t seed, bool fronts) {
  static const IrType types[PARAMS] = {IRT_VAL, IRT_VAL, IRT_OBJ, IRT_OBJ,
                                       IRT_PTR, IRT_PTR, IRT_INT, IRT_DOUBLE};
  Maker m = {.fn = mx_ir_new(arena, "random"), .fronts = fronts};
  mx_prng_seed(&m.prng, seed);
  m.fn->params = PARAMS;
  vec_push(&m.fn->codes, NULL);
  vec_push(&m.fn->snap_frames,
           ((SnapFrame){.self = SNAP_HOME, .block = SNAP_HOME, .site = UINT32_MAX}));
  vec_push(&m.fn->sites, ((IrSite){.argc = 1, .effects = RTE_ANY}));
  for (uint32_t i = 0; i < PARAMS; i++)
    emit(&m, (IrIns){.op = IR_PARAM, .type = types[i], .imm = i});
  make_segment(&m, DEPTH);
  mx_ir_return(m.fn, m.block, pick(&m, IRT_VAL));
  for (int type = 0; type < IRT_COUNT; type++) vec_free(&m.pool[type]);
  return m.fn;
}

// ---- runs

// Set up memory and arguments of a run.
static void make_world(Prng *prng, IrHeap *heap, uint64_t *args) {
  const uint64_t objects[] = {0x1000, 0x2000}, buffer = 0x3000, env = 0x4000;
  const Value values[] = {VAL_NIL, VAL_TRUE, 0x1000, val_from_fixnum(7), val_from_fixnum(-3)};
  mx_ir_heap_init(heap);
  for (uint32_t i = 0; i < 2; i++) {
    mx_ir_heap_set(heap, IR_CELL_FIELD, objects[i], IRF_SHAPE, 4 + mx_prng_below(prng, 2));
    for (uint32_t j = 0; j < 2; j++)
      mx_ir_heap_set(heap, IR_CELL_IVAR, objects[i] + 16 + 8 * j, 0,
                     values[mx_prng_below(prng, 5)]);
    args[i] = values[mx_prng_below(prng, 5)];
    args[2 + i] = objects[mx_prng_below(prng, 2)];
  }
  for (uint32_t i = 0; i < 4; i++) {
    mx_ir_heap_set(heap, IR_CELL_ELEM, buffer + 8 * i, 0, values[mx_prng_below(prng, 5)]);
    mx_ir_heap_set(heap, IR_CELL_HOME, 0, i, values[mx_prng_below(prng, 5)]);
    vec_push(&heap->results, values[mx_prng_below(prng, 5)]);
  }
  heap->clobbers = true;
  heap->env = mx_prng_below(prng, 2) ? env : 0;
  if (mx_prng_below(prng, 8) == 0) heap->polls = (uint32_t)mx_prng_below(prng, 4);
  args[4] = buffer;
  args[5] = env;
  args[6] = mx_prng_below(prng, 4) ? mx_prng_below(prng, 10) : (uint64_t)FIXNUM_MAX;
  double d = (double)mx_prng_below(prng, 5) - 2;
  memcpy(&args[7], &d, sizeof d);
}

// Append text in which an object that an exit makes is as fresh as one that the code has made.
static void add_plain(StrBuf *out, const char *text) {
  uint32_t nested = 0;
  for (; *text; text++) {
    if (*text == '{' && nested++ == 0) mx_strbuf_add_str(out, "fresh");
    if (nested == 0) mx_strbuf_add_byte(out, *text);
    if (*text == '}') nested--;
  }
}

// Run a function and append all that can be seen. Gives the op that it left at: IR_RETURN, IR_NOP
// when it did not end.
static IrOp run(IrFn *fn, uint64_t seed, StrBuf *out) {
  Prng prng;
  mx_prng_seed(&prng, seed);
  IrHeap before, heap;
  uint64_t args[PARAMS];
  StrBuf end_text = STRBUF_INIT;
  make_world(&prng, &before, args);
  mx_ir_heap_copy(&heap, &before);
  IrEval end = mx_ir_eval(fn, &heap, args, IR_EVAL_BITS);
  mx_strbuf_add_str(out, mx_strbuf_text(&heap.trace));
  mx_ir_heap_changes(&heap, &before, out);
  mx_ir_eval_print(&end, &end_text);
  add_plain(out, end_text.at);
  mx_ir_heap_free(&before);
  mx_ir_heap_free(&heap);
  mx_strbuf_free(&end_text);
  if (end.end != IR_END_EXIT) return end.end == IR_END_RETURN ? IR_RETURN : IR_NOP;
  return (IrOp)mx_ir_at(fn, end.at)->op;
}

// May passes end a run elsewhere that was left at this op? With strips they poll less often.
static bool is_comparable(IrOp left) {
  return left != IR_NOP && left != IR_ADD_OV && left != IR_SUB_OV && left != IR_MUL_OV &&
         left != IR_POLL;
}

// Two runs differ.
static void differ(uint64_t seed, IrFn *fn, IrFn *opt, const char *what, const StrBuf *should,
                   const StrBuf *is) {
  StrBuf text = STRBUF_INIT;
  mx_ir_print(fn, &text);
  mx_strbuf_printf(&text, "; after %s\n", what);
  mx_ir_print(opt, &text);
  // Check's messages are short; the function goes to standard error.
  fprintf(stderr, "%s-- as written:\n%s-- after %s:\n%s", text.at, should->at, what, is->at);
  ck_abort_msg("seed %u, %s", (uint32_t)seed, what);
}

// Compare runs of two functions; returns how many were compared.
static uint32_t compare_runs(uint64_t seed, IrFn *fn, IrFn *opt, const char *what) {
  uint32_t compared = 0;
  for (uint32_t i = 0; i < RUNS; i++) {
    StrBuf is = STRBUF_INIT, should = STRBUF_INIT;
    bool comparable = is_comparable(run(fn, seed * RUNS + i, &should));
    run(opt, seed * RUNS + i, &is);
    if (comparable && strcmp(is.at, should.at) != 0) differ(seed, fn, opt, what, &should, &is);
    compared += comparable;
    mx_strbuf_free(&is);
    mx_strbuf_free(&should);
  }
  return compared;
}

// The function of a text.
static IrFn *parse(Arena *arena, const char *text) {
  StrBuf error = STRBUF_INIT;
  IrFn *fn = mx_ir_parse(arena, text, &error);
  if (!fn) ck_abort_msg("%s\n%s", error.at, text);
  return fn;
}

// Run the passes alone and together on the function of a seed; returns runs that were compared.
static uint32_t check_seed(uint64_t seed) {
  Arena arena;
  StrBuf text = STRBUF_INIT, problem = STRBUF_INIT;
  mx_arena_init(&arena, mx_arena_malloc_source());
  IrFn *fn = make_function(&arena, seed, false);
  mx_ir_print(fn, &text);
  if (!mx_ir_verify(fn, &problem)) ck_abort_msg("seed %u: %s", (uint32_t)seed, problem.at);
  uint32_t compared = 0;
  for (uint32_t i = 0; i <= PIPELINE_LENGTH; i++) {
    IrFn *opt = parse(&arena, text.at);
    opt->strip = ROUNDS;
    PipelineOptions options = {.verify = true};
    const char *what = i < PIPELINE_LENGTH ? mx_pipeline_at(i)->name : "the pipeline";
    bool good = true;
    if (i == PIPELINE_LENGTH)
      good = mx_pipeline_run(opt, &options, &problem);
    else
      mx_pipeline_at(i)->run(opt), good = mx_ir_verify(opt, &problem);
    if (!good) {
      fprintf(stderr, "%s\n%s", problem.at, text.at);
      ck_abort_msg("seed %u, %s is wrong", (uint32_t)seed, what);
    }
    compared += compare_runs(seed, fn, opt, what);
    mx_ir_free(opt);
  }
  mx_ir_free(fn);
  mx_strbuf_free(&text);
  mx_strbuf_free(&problem);
  mx_arena_free(&arena);
  return compared;
}

// What passes make of random functions does the same.
START_TEST(passes_keep_meaning) {
  uint32_t compared = 0;
  for (uint64_t seed = 1; seed <= SEEDS; seed++) compared += check_seed(seed);
  ck_assert_uint_gt(compared, SEEDS * RUNS);
}
END_TEST

// Compare runs of a function with those of its strips. Checks in heads may leave earlier than
// before, and where sums come near to the bounds of Integers; but what leaves does so with strips,
// too.
static uint32_t compare_strips(uint64_t seed, IrFn *fn, IrFn *opt) {
  uint32_t compared = 0;
  for (uint32_t i = 0; i < RUNS; i++) {
    StrBuf is = STRBUF_INIT, should = STRBUF_INIT;
    IrOp left = run(fn, seed * RUNS + i, &should), left_opt = run(opt, seed * RUNS + i, &is);
    bool same = strcmp(is.at, should.at) == 0;
    bool returns = left == IR_RETURN && (same || left_opt == IR_GUARD_TRUE);
    bool leaves = left != IR_RETURN && left_opt != IR_RETURN && left_opt != IR_NOP;
    if (left != IR_NOP && left != IR_POLL && !returns && !leaves)
      differ(seed, fn, opt, "strip", &should, &is);
    compared += same && is_comparable(left);
    mx_strbuf_free(&is);
    mx_strbuf_free(&should);
  }
  return compared;
}

// Strips with checks in their heads do the same.
START_TEST(strips_keep_meaning) {
  uint32_t compared = 0, strips = 0;
  for (uint64_t seed = 1; seed <= SEEDS; seed++) {
    Arena arena;
    StrBuf text = STRBUF_INIT, problem = STRBUF_INIT;
    mx_arena_init(&arena, mx_arena_malloc_source());
    IrFn *fn = make_function(&arena, seed, true);
    mx_ir_print(fn, &text);
    IrFn *opt = parse(&arena, text.at);
    opt->strip = ROUNDS;
    uint32_t changes = mx_pass_strip(opt);
    if (!mx_ir_verify(opt, &problem)) ck_abort_msg("seed %u: %s", (uint32_t)seed, problem.at);
    if (changes) compared += compare_strips(seed, fn, opt);
    strips += changes;
    mx_ir_free(opt);
    mx_ir_free(fn);
    mx_strbuf_free(&text);
    mx_strbuf_free(&problem);
    mx_arena_free(&arena);
  }
  ck_assert_uint_gt(strips, SEEDS / 2);
  ck_assert_uint_gt(compared, SEEDS);
}
END_TEST

// Run the tests of this file.
// ---- a Proc that the function makes

// Each field is loaded and stored into an Array's buffer.
static const char proc_fields[] = "fn \"f\" params 2\n"
                                  "site 0 code 1 pc 4 from none argc 0 flags 0\n"
                                  "block 0:\n"
                                  "  %1:val = param #0\n"
                                  "  %2:ptr = param #1\n"
                                  "  %3:obj = new.proc %2, %1, val:nil, site:0\n"
                                  "  %4:word = field.load %3, proc.code\n"
                                  "  %5:word = field.load %3, proc.lambda\n"
                                  "  %6:word = field.load %3, proc.lex\n"
                                  "  %7:word = field.load %3, proc.me\n"
                                  "  %8:word = field.load %3, shape\n"
                                  "  %9:word = field.load %3, proc.home\n"
                                  "  %10:word = field.load %3, proc.kind\n"
                                  "  %11:word = wadd %4, %5\n"
                                  "  %12:word = wadd %6, %7\n"
                                  "  %13:word = wadd %8, %9\n"
                                  "  %14:word = wadd %11, %12\n"
                                  "  %15:word = wadd %13, %14\n"
                                  "  %16:word = wadd %10, %15\n"
                                  "  %17:int = word.int %16\n"
                                  "  %18:val = box.int %17\n"
                                  "  return %18\n";

// What all of a site's Procs have in common is known; the kind of block is read.
START_TEST(fields_of_made_procs_are_known) {
  static const IrProc common = {.shape = 16, .code = 1, .lambda = 2, .lex = 4, .me = 8};
  Arena arena;
  StrBuf error = STRBUF_INIT, text = STRBUF_INIT;
  mx_arena_init(&arena, mx_arena_malloc_source());
  IrFn *fn = mx_ir_parse(&arena, proc_fields, &error);
  ck_assert_msg(fn, "%s", mx_strbuf_text(&error));
  fn->sites.at[0].proc = &common;
  mx_pass_forward(fn);
  mx_pass_fold(fn);
  mx_pass_dce(fn);
  mx_ir_print(fn, &text);
  const char *load = strstr(text.at, "field.load");
  ck_assert_msg(load && strncmp(load, "field.load %3, proc.kind", 24) == 0, "%s", text.at);
  ck_assert_ptr_null(strstr(load + 1, "field.load"));
  ck_assert_msg(strstr(load, "word:31"), "%s", text.at); // the sum of all others
  mx_ir_free(fn);
  mx_strbuf_free(&text);
  mx_strbuf_free(&error);
  mx_arena_free(&arena);
}
END_TEST

int main(void) {
  TCase *tests = tcase_create("passes");
  tcase_set_timeout(tests, 60);
  tcase_add_test(tests, passes_keep_meaning);
  tcase_add_test(tests, strips_keep_meaning);
  tcase_add_test(tests, fields_of_made_procs_are_known);
  Suite *suite = suite_create("passes");
  suite_add_tcase(suite, tests);
  SRunner *runner = srunner_create(suite);
  srunner_run_all(runner, CK_NORMAL);
  int failed = srunner_ntests_failed(runner);
  srunner_free(runner);
  return failed != 0;
}
