// SPDX-License-Identifier: MIT
// What combining and shuffling Arrays has in C: zip, the steps of permutation, elements by their
// indexes, shuffling by a generator of the library.
#include "runtime/array_storage.h"
#include "runtime/random.h"
#include "runtime/builtins/array_args.h"
#include "runtime/builtins/rows.h"

enum { SAMPLE_FEW = 10 }; // Ruby chooses more elements than that in another way

// One row of zip: the element of each list at an index, nil behind its end.
static Value combine_row(ExecCtx *ec, Value self, Value lists, uint32_t at) {
  uint32_t count = mx_array_len(lists);
  Value row = mx_array_new(ec, count + 1);
  mx_array_push(ec, row, mx_array_get(ec, self, at));
  for (uint32_t i = 0; i < count; i++)
    mx_array_push(ec, row, mx_array_get(ec, mx_array_get(ec, lists, i), at));
  return row;
}

// The rows of zip of a with the lists in b; nil when these are not all Arrays.
Value mx_array_p_zip(ExecCtx *ec, Value self, Value a, Value b) {
  for (uint32_t i = 0; i < mx_array_len(b); i++)
    if (!val_is_array(mx_array_get(ec, b, i))) return VAL_NIL;
  uint32_t len = mx_array_len(a);
  Value rows = mx_array_new(ec, len);
  for (uint32_t i = 0; i < len; i++) mx_array_push(ec, rows, combine_row(ec, a, b, i));
  return rows;
}

// The elements of a at the first c indexes in b, which are all inside.
Value mx_array_p_pick(ExecCtx *ec, Value self, Value a, Value b, Value c) {
  uint32_t count = (uint32_t)val_to_fixnum(c);
  Value picked = mx_array_new(ec, count);
  const Array *from = val_to_array(a), *order = val_to_array(b);
  Array *to = val_to_array(picked);
  mx_array_prepare(ec, to, mx_array_strategy(from), count);
  for (uint32_t i = 0; i < count; i++) // words, doubles or not
    to->at.values[i] = from->at.values[val_to_fixnum(order->at.values[i])];
  to->len = count;
  return picked;
}

// ---- product and combination

// Turn indexes into the lists into the next ones, the last list going fastest; behind the last row
// there are none.
static void combine_next_row(ExecCtx *ec, Value lists, Value indexes) {
  Value *at = mx_array_values(ec, indexes, 0);
  for (uint32_t i = mx_array_len(lists); i-- > 0;) {
    int64_t next = val_to_fixnum(at[i]) + 1;
    bool inside = next < mx_array_len(mx_array_get(ec, lists, i));
    at[i] = val_from_fixnum(inside ? next : 0);
    if (inside) return;
  }
  mx_array_clear(ec, indexes);
}

// The elements at the indexes b of the lists a, which become those of the next row; nil behind the
// last one.
Value mx_array_p_product_row(ExecCtx *ec, Value self, Value a, Value b) {
  uint32_t count = mx_array_len(b);
  if (count == 0) return VAL_NIL;
  Value row = mx_array_new(ec, count);
  for (uint32_t i = 0; i < count; i++) {
    Value list = mx_array_get(ec, a, i);
    int64_t at = val_to_fixnum(mx_array_get(ec, b, i));
    if (at >= mx_array_len(list)) return VAL_NIL; // an empty list
    mx_array_push(ec, row, mx_array_get(ec, list, at));
  }
  combine_next_row(ec, a, b);
  return row;
}

// Turn a, rising numbers below b, into the next ones in their order; false behind the last.
Value mx_array_p_combine(ExecCtx *ec, Value self, Value a, Value b) {
  int64_t count = mx_array_len(a), at = count - 1, limit = val_to_fixnum(b);
  Value *picks = mx_array_values(ec, a, 0);
  while (at >= 0 && val_to_fixnum(picks[at]) == limit - count + at) at--;
  if (at < 0) return VAL_FALSE;
  for (int64_t number = val_to_fixnum(picks[at]) + 1; at < count; at++, number++)
    picks[at] = val_from_fixnum(number);
  return VAL_TRUE;
}

// ---- permutation

// Bring the indexes a into their next order, as far as so many as b has are looked at; false behind
// the last. b: how many more indexes each place is to have, this one included: the place that has
// more takes the next one, those behind it begin anew.
Value mx_array_p_permute(ExecCtx *ec, Value self, Value a, Value b) {
  uint32_t all = mx_array_len(a), count = mx_array_len(b);
  Value *order = mx_array_values(ec, a, 0), *turns = mx_array_values(ec, b, 0);
  for (uint32_t i = count; i-- > 0;) {
    Value now = order[i];
    int64_t more = val_to_fixnum(turns[i]) - 1;
    uint32_t with = all - (uint32_t)more;
    if (more > 0) {
      turns[i] = val_from_fixnum(more);
      order[i] = order[with];
      order[with] = now;
      return VAL_TRUE;
    }
    memmove(order + i, order + i + 1, (all - i - 1) * sizeof *order);
    order[all - 1] = now;
    turns[i] = val_from_fixnum(all - i);
  }
  return VAL_FALSE;
}

// ---- chance

// The generator that a `random:` stands for: nil for that of Kernel#rand, itself; undefined for an
// object that is to be asked.
static Value combine_generator(const VM *vm, Value random) {
  if (random == val_from_ptr(vm->cls.Random)) return VAL_NIL;
  return mx_foreign_get(random, &mx_random_type) ? random : VAL_UNDEF;
}

// An Integer below b by the generator a; nil when a is none of the library's.
Value mx_array_p_random_index(ExecCtx *ec, Value self, Value a, Value b) {
  Value generator = combine_generator(ec->vm, a);
  return val_is_undef(generator) ? VAL_NIL : mx_random_below(ec, self, generator, b);
}

// Shuffle a by the generator b; false, with nothing done, when b is none of the library's.
Value mx_array_p_shuffle(ExecCtx *ec, Value self, Value a, Value b) {
  Value generator = combine_generator(ec->vm, b);
  if (val_is_undef(generator)) return VAL_FALSE;
  mx_array_own(ec, a);
  Value *at = val_to_array(a)->at.values; // words of one size in every strategy
  for (uint32_t i = mx_array_len(a); i > 1; i--) {
    int64_t j = val_to_fixnum(mx_random_below(ec, self, generator, val_from_fixnum(i)));
    Value held = at[i - 1];
    at[i - 1] = at[j];
    at[j] = held;
  }
  return VAL_TRUE;
}

// Numbers below b, b - 1, ..., c of them, by the generator a; nil when a is none of the library's.
Value mx_array_p_draws(ExecCtx *ec, Value self, Value a, Value b, Value c) {
  Value generator = combine_generator(ec->vm, a);
  if (val_is_undef(generator)) return VAL_NIL;
  int64_t limit = val_to_fixnum(b), count = val_to_fixnum(c);
  Value draws = mx_array_new(ec, (uint32_t)count);
  for (int64_t i = 0; i < count; i++)
    mx_array_push(ec, draws, mx_random_below(ec, self, generator, val_from_fixnum(limit - i)));
  return draws;
}

// A draw counts the places that those before it have left: turn it into the place. The places so
// far are sorted, and so they are with it.
static int64_t combine_place(int64_t *sorted, uint32_t count, int64_t draw) {
  uint32_t at = 0;
  for (; at < count && draw >= sorted[at]; at++) draw++;
  memmove(sorted + at + 1, sorted + at, (count - at) * sizeof *sorted);
  sorted[at] = draw;
  return draw;
}

// The elements that a few draws choose.
static Value combine_choose(ExecCtx *ec, Value array, Value draws) {
  int64_t sorted[SAMPLE_FEW], len = mx_array_len(array);
  uint32_t count = mx_array_len(draws);
  Value chosen = mx_array_new(ec, count);
  for (uint32_t i = 0; i < count; i++) {
    int64_t draw = val_to_fixnum(mx_array_get(ec, draws, i));
    if (draw >= len) return mx_array_new(ec, 0); // a generator of the program's took elements away
    mx_array_push(ec, chosen, mx_array_get(ec, array, combine_place(sorted, i, draw)));
  }
  return chosen;
}

// The elements that many draws choose: each is moved to the front of a copy.
static Value combine_shift(ExecCtx *ec, Value array, Value draws) {
  Value pool = mx_array_slice(ec, array, 0, mx_array_len(array));
  mx_array_own(ec, pool);
  Value *at = val_to_array(pool)->at.values; // words of one size in every strategy
  uint32_t count = mx_array_len(draws);
  for (uint32_t i = 0; i < count; i++) {
    int64_t j = i + val_to_fixnum(mx_array_get(ec, draws, i));
    if (j >= mx_array_len(pool)) return mx_array_new(ec, 0);
    Value held = at[i];
    at[i] = at[j];
    at[j] = held;
  }
  return mx_array_slice(ec, pool, 0, count);
}

// Different elements of a, chosen by draws below its length, one less, and so on. Ruby's way, so
// that a seed gives what it gives there.
Value mx_array_p_sample(ExecCtx *ec, Value self, Value a, Value b) {
  return mx_array_len(b) <= SAMPLE_FEW ? combine_choose(ec, a, b) : combine_shift(ec, a, b);
}
