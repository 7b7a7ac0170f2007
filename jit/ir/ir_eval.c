// SPDX-License-Identifier: MIT
// Running IR functions on the model of memory in ir_heap.c.
#include "jit/ir/ir_eval.h"
#include "runtime/value.h"

#include <math.h>

enum {
  EVAL_STEPS = 200000,
  EVAL_LIST = 64
}; // instructions of a run; operands of a call that count

// The word of an operand.
static uint64_t eval_word(const IrEval *e, IrRef ref) {
  return mx_ir_is_const(mx_ir_at(e->fn, ref)->op) ? mx_ir_word(e->fn, ref) : e->words[ref];
}

// The words of a side list, which may be cut off; returns how many.
static uint32_t eval_list(const IrEval *e, const IrIns *ins, uint64_t *words) {
  uint32_t count = mx_ir_list_count(e->fn, ins->list);
  if (count > EVAL_LIST) count = EVAL_LIST;
  for (uint32_t i = 0; i < count; i++)
    words[i] = eval_word(e, mx_ir_list_refs(e->fn, ins->list)[i]);
  return count;
}

// The double of a word, and back.
static double eval_double(uint64_t word) {
  double d;
  memcpy(&d, &word, sizeof d);
  return d;
}

static uint64_t eval_bits(double d) {
  uint64_t word;
  memcpy(&word, &d, sizeof word);
  return word;
}

// ---- memory

// The place that an instruction reads or writes.
static IrCell eval_place(const IrEval *e, const IrIns *ins) {
  uint64_t base = mx_ir_info(ins->op)->refs ? eval_word(e, ins->a[0]) : 0;
  uint64_t index = mx_ir_info(ins->op)->refs > 1 ? eval_word(e, ins->a[1]) : 0;
  switch ((int)ins->op) {
  case IR_HOME_LOAD:
  case IR_HOME_STORE: return (IrCell){IR_CELL_HOME, 0, ins->imm, 0};
  case IR_UPVAL_LOAD:
  case IR_UPVAL_STORE: return (IrCell){IR_CELL_HOME, base == e->heap->env ? 0 : base, ins->imm, 0};
  case IR_FIELD_LOAD:
  case IR_FIELD_STORE: return (IrCell){IR_CELL_FIELD, base, ins->imm, 0};
  case IR_SHAPE_STORE:
  case IR_GUARD_SHAPE: return (IrCell){IR_CELL_FIELD, base, IRF_SHAPE, 0};
  case IR_IVAR_LOAD:
  case IR_IVAR_STORE:
  case IR_IVAR_LOAD_DOUBLE:
  case IR_IVAR_STORE_DOUBLE: return (IrCell){IR_CELL_IVAR, base + ins->imm, 0, 0};
  case IR_BYTE_LOAD: return (IrCell){IR_CELL_BYTE, base + index, 0, 0};
  default: return (IrCell){IR_CELL_ELEM, base + 8 * index, 0, 0};
  }
}

// Run a READ.
static IrEvalWay eval_read(IrEval *e, const IrIns *ins, uint64_t *result) {
  IrCell place = eval_place(e, ins);
  uint64_t word = mx_ir_heap_get(e->heap, place.kind, place.address, place.index);
  if (ins->op == IR_ELEM_LOAD_INT) word = (uint64_t)val_to_fixnum(word);
  *result = word;
  return IR_EVAL_VALUE;
}

// Run a WRITE: the value is the last operand, or the shape.
static IrEvalWay eval_write(IrEval *e, const IrIns *ins) {
  IrCell place = eval_place(e, ins);
  uint32_t refs = mx_ir_info(ins->op)->refs;
  uint64_t word = eval_word(e, ins->a[refs - 1]);
  if (ins->op == IR_SHAPE_STORE) word = ins->imm;
  if (ins->op == IR_ELEM_STORE_INT) word = val_from_fixnum((int64_t)word);
  mx_ir_heap_set(e->heap, place.kind, place.address, place.index, word);
  return IR_EVAL_VALUE;
}

// ---- allocations

// Make an Array; of a Hash its keys and values are as the elements of one.
static uint64_t eval_new_array(IrEval *e, const IrIns *ins) {
  uint64_t words[EVAL_LIST];
  uint32_t count = eval_list(e, ins, words);
  uint64_t array = mx_ir_heap_alloc(e->heap, 64);
  uint64_t buffer = mx_ir_heap_alloc(e->heap, 8 * (uint64_t)count);
  mx_ir_heap_set(e->heap, IR_CELL_FIELD, array, IRF_ARRAY_LEN, count);
  mx_ir_heap_set(e->heap, IR_CELL_FIELD, array, IRF_ARRAY_BUFFER, buffer);
  for (uint32_t i = 0; i < count; i++)
    mx_ir_heap_set(e->heap, IR_CELL_ELEM, buffer + 8 * i, 0, words[i]);
  return array;
}

// Make an Env.
static uint64_t eval_new_env(IrEval *e, const IrIns *ins) {
  uint64_t words[EVAL_LIST];
  uint32_t count = eval_list(e, ins, words);
  uint64_t env = mx_ir_heap_alloc(e->heap, 64);
  mx_ir_heap_set(e->heap, IR_CELL_FIELD, env, IRF_ENV_PARENT, eval_word(e, ins->a[0]));
  for (uint32_t i = 0; i < count; i++) mx_ir_heap_set(e->heap, IR_CELL_HOME, env, i, words[i]);
  return env;
}

// Make an object with two fields from two operands.
static uint64_t eval_new_pair(IrEval *e, const IrIns *ins, IrField first, IrField second) {
  uint64_t object = mx_ir_heap_alloc(e->heap, 64);
  mx_ir_heap_set(e->heap, IR_CELL_FIELD, object, first, eval_word(e, ins->a[0]));
  mx_ir_heap_set(e->heap, IR_CELL_FIELD, object, second, eval_word(e, ins->a[1]));
  return object;
}

// Run an allocation.
static IrEvalWay eval_alloc(IrEval *e, const IrIns *ins, uint64_t *result) {
  switch ((int)ins->op) {
  case IR_BOX_DOUBLE:
    *result = mx_ir_heap_box(e->heap, eval_double(eval_word(e, ins->a[0])));
    break;
  case IR_NEW_OBJECT:
    *result = mx_ir_heap_alloc(e->heap, ins->imm2);
    mx_ir_heap_set(e->heap, IR_CELL_FIELD, *result, IRF_SHAPE, ins->imm);
    break;
  case IR_NEW_HASH:
  case IR_NEW_ARRAY: *result = eval_new_array(e, ins); break;
  case IR_NEW_ENV: *result = eval_new_env(e, ins); break;
  case IR_NEW_PROC:
    *result = eval_new_pair(e, ins, IRF_PROC_ENV, IRF_PROC_SELF);
    mx_ir_heap_set(e->heap, IR_CELL_FIELD, *result, IRF_PROC_HOME, eval_word(e, ins->a[2]));
    break;
  case IR_NEW_RANGE:
    *result = eval_new_pair(e, ins, IRF_RANGE_FIRST, IRF_RANGE_LAST);
    mx_ir_heap_set(e->heap, IR_CELL_FIELD, *result, IRF_RANGE_EXCLUSIVE, val_bool(ins->imm));
    break;
  default: *result = mx_ir_heap_alloc(e->heap, 64); break;
  }
  return IR_EVAL_VALUE;
}

// ---- calls

// Note a call and its arguments in the trace.
static void eval_trace(IrEval *e, const IrIns *ins, const uint64_t *words, uint32_t count) {
  StrBuf *out = &e->heap->trace;
  mx_strbuf_add_str(out, mx_ir_info(ins->op)->text);
  for (uint32_t i = 0; i < count; i++) {
    IrType type = mx_ir_at(e->fn, mx_ir_list_refs(e->fn, ins->list)[i])->type;
    mx_strbuf_add_byte(out, ' ');
    mx_ir_heap_print(e->heap, type, words[i], out);
  }
  mx_strbuf_add_byte(out, '\n');
}

// Run a runtime call that computes; false if it is another.
static bool eval_rt(IrEval *e, const IrIns *ins, const uint64_t *words, uint64_t *result) {
  double a = eval_double(words[0]), b = eval_double(words[1]);
  switch ((int)ins->imm) {
  case RT_FLOAT_NEW: *result = mx_ir_heap_box(e->heap, a); return true;
  case RT_FLOAT_POW: *result = eval_bits(pow(a, b)); return true;
  case RT_FLOAT_MOD: {
    double rest = fmod(a, b);
    *result = eval_bits(rest != 0 && (rest < 0) != (b < 0) ? rest + b : rest);
    return true;
  }
  default: return false;
  }
}

// The double of a boxed Float, or leave.
static IrEvalWay eval_boxed(const IrEval *e, uint64_t word, uint64_t *result) {
  for (uint32_t i = 0; i < e->heap->cells.count; i++) {
    const IrCell *cell = &e->heap->cells.at[i];
    if (cell->kind != IR_CELL_FLOAT || cell->address != word) continue;
    *result = cell->word;
    return IR_EVAL_VALUE;
  }
  return IR_EVAL_LEAVES;
}

// The number of a type that a Value is, or leave.
static IrEvalWay eval_number(const IrEval *e, IrType type, uint64_t word, uint64_t *result) {
  IrOp guard = type == IRT_INT ? IR_GUARD_INT : IR_GUARD_DOUBLE;
  IrEvalWay way = mx_ir_eval_op(guard, &word, e->bits, result);
  return way == IR_EVAL_MEMORY ? eval_boxed(e, word, result) : way;
}

// Look at what a call has given.
static IrEvalWay eval_returned(const IrEval *e, const IrIns *ins, uint64_t *result) {
  *result = eval_word(e, ins->a[0]);
  if (*result == VAL_EXC) return IR_EVAL_LEAVES;
  if (ins->op == IR_RETURNED) return IR_EVAL_VALUE;
  return eval_number(e, (IrType)ins->type, *result, result);
}

// Run a call.
static IrEvalWay eval_call(IrEval *e, const IrIns *ins, uint64_t *result) {
  uint64_t words[EVAL_LIST] = {0};
  uint32_t count = eval_list(e, ins, words);
  if (ins->op == IR_RETURNED || ins->op == IR_RETURNED_OWN) return eval_returned(e, ins, result);
  if (ins->op == IR_CALL_RT && eval_rt(e, ins, words, result)) return IR_EVAL_VALUE;
  eval_trace(e, ins, words, count);
  if (mx_ir_call_effects(e->fn, ins) & (RTE_WRITES | RTE_GUEST))
    mx_ir_heap_clobber(e->heap, words, count);
  uint32_t number = e->heap->call++;
  *result = number < e->heap->results.count ? e->heap->results.at[number] : VAL_NIL;
  return IR_EVAL_VALUE;
}

// ---- guards, flow

// Run a guard that depends on memory.
static IrEvalWay eval_guard(IrEval *e, const IrIns *ins, uint64_t *result) {
  uint64_t word = mx_ir_info(ins->op)->refs ? eval_word(e, ins->a[0]) : 0;
  bool good = true;
  *result = word;
  if (ins->op == IR_GUARD_SHAPE)
    good = mx_ir_heap_get(e->heap, IR_CELL_FIELD, word, IRF_SHAPE) == ins->imm;
  else if (ins->op == IR_POLL && e->heap->polls != UINT32_MAX)
    good = e->heap->polls-- > 0;
  else if (ins->op == IR_GUARD_DOUBLE)
    return eval_boxed(e, word, result);
  else if (ins->op == IR_ARG)
    return eval_number(e, (IrType)ins->type, word, result);
  return good ? IR_EVAL_VALUE : IR_EVAL_LEAVES;
}

// Run an op that depends on more than its operands' words.
static IrEvalWay eval_world(IrEval *e, const IrIns *ins, uint64_t *result) {
  switch ((int)mx_ir_info(ins->op)->effect) {
  case IR_EFFECT_READ: return eval_read(e, ins, result);
  case IR_EFFECT_WRITE: return eval_write(e, ins);
  case IR_EFFECT_ALLOC: return eval_alloc(e, ins, result);
  case IR_EFFECT_CALL: return eval_call(e, ins, result);
  case IR_EFFECT_GUARD: return eval_guard(e, ins, result);
  default: break;
  }
  if (ins->op == IR_PARAM)
    *result = e->args[ins->imm];
  else if (ins->op == IR_OFFSET)
    *result = eval_word(e, ins->a[0]) + ins->imm;
  else
    *result = 0; // UNDEF
  return IR_EVAL_VALUE;
}

// Run an instruction that is neither a phi nor FLOW.
static IrEvalWay eval_ins(IrEval *e, IrRef ref) {
  const IrIns *ins = mx_ir_at(e->fn, ref);
  uint64_t words[IR_MAX_REFS] = {0}, result = 0;
  for (uint32_t i = 0; i < mx_ir_info(ins->op)->refs; i++) words[i] = eval_word(e, ins->a[i]);
  IrEvalWay way = mx_ir_eval_op(ins->op, words, e->bits, &result);
  if (way == IR_EVAL_MEMORY) way = eval_world(e, ins, &result);
  e->words[ref] = result;
  return way;
}

// Give the phis of a block their values, all at once.
static void eval_phis(IrEval *e, IrBlockId id, IrBlockId from, uint64_t *room) {
  const IrBlock *block = mx_ir_block_at(e->fn, id);
  uint32_t number = 0;
  while (number < block->preds.count && block->preds.at[number] != from) number++;
  for (int pass = 0; pass < 2; pass++) {
    for (IrRef ref = block->first; mx_ir_at(e->fn, ref)->op == IR_PHI;
         ref = mx_ir_at(e->fn, ref)->next) {
      IrRef operand = mx_ir_list_refs(e->fn, mx_ir_at(e->fn, ref)->list)[number];
      if (pass == 0)
        room[ref] = eval_word(e, operand);
      else
        e->words[ref] = room[ref];
    }
  }
}

// Run the FLOW instruction; IR_NO_BLOCK: the function has ended.
static IrBlockId eval_flow(IrEval *e, IrBlockId id) {
  const IrBlock *block = mx_ir_block_at(e->fn, id);
  const IrIns *ins = mx_ir_at(e->fn, e->at);
  if (ins->op == IR_JUMP) return block->targets[0];
  if (ins->op == IR_BRANCH) return block->targets[eval_word(e, ins->a[0]) ? 0 : 1];
  e->end = ins->op == IR_RETURN ? IR_END_RETURN : IR_END_EXIT;
  if (ins->op == IR_RETURN) e->word = eval_word(e, ins->a[0]);
  return IR_NO_BLOCK;
}

// Run the instructions of a block behind its phis, up to its FLOW one; false if it ended earlier.
static bool eval_body(IrEval *e, IrBlockId id) {
  for (e->at = mx_ir_block_at(e->fn, id)->first; e->at; e->at = mx_ir_at(e->fn, e->at)->next) {
    const IrIns *ins = mx_ir_at(e->fn, e->at);
    if (mx_ir_info(ins->op)->effect == IR_EFFECT_FLOW) return true;
    if (ins->op == IR_PHI) continue;
    IrEvalEnd end = IR_END_STEPS;
    if (e->steps-- > 0) {
      IrEvalWay way = eval_ins(e, e->at);
      if (way == IR_EVAL_VALUE) continue;
      end = way == IR_EVAL_LEAVES ? IR_END_EXIT : IR_END_UNDEFINED;
    }
    e->end = end;
    return false;
  }
  MX_UNREACHABLE();
}

// Run a function.
IrEval mx_ir_eval(IrFn *fn, IrHeap *heap, const uint64_t *args, uint32_t bits) {
  IrEval e = {.fn = fn, .heap = heap, .bits = bits, .steps = EVAL_STEPS};
  e.words = mx_arena_array(fn->arena, uint64_t, fn->ins.count);
  e.args = mx_arena_array(fn->arena, uint64_t, fn->params);
  for (uint32_t i = 0; i < fn->params; i++) e.args[i] = args[i];
  uint64_t *room = mx_arena_array(fn->arena, uint64_t, fn->ins.count);
  for (IrBlockId id = 0, from = IR_NO_BLOCK; id != IR_NO_BLOCK;) {
    if (from != IR_NO_BLOCK) eval_phis(&e, id, from, room);
    if (e.steps-- == 0) {
      e.end = IR_END_STEPS;
      break;
    }
    if (!eval_body(&e, id)) break;
    from = id;
    id = eval_flow(&e, id);
  }
  return e;
}
