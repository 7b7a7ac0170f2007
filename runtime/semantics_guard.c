// SPDX-License-Identifier: MIT
// Guard against cycles in inspect, ==, hash, <=> and flatten.
//
// The visits that are under way are a stack of (method, a, b) in ec->recursion. Entering searches
// it from the top: nesting is shallow in practice and bounded by the depth limit.
#include "runtime/array.h"
#include "runtime/semantics.h"

enum { GUARD_WORDS = 3 }; // method, a, b

// Is the visit on the stack already?
static bool guard_is_active(const Array *stack, Sym method, Value a, Value b) {
  for (uint32_t at = stack->len; at >= GUARD_WORDS; at -= GUARD_WORDS) {
    const Value *visit = &stack->at.values[at - GUARD_WORDS];
    if (visit[1] == a && visit[2] == b && visit[0] == val_from_sym(method)) return true;
  }
  return false;
}

// Begin a visit; false when it is under way.
bool mx_recursion_enter(ExecCtx *ec, Sym method, Value a, Value b) {
  if (val_is_nil(ec->recursion)) ec->recursion = mx_array_new(ec, 8 * GUARD_WORDS);
  Array *stack = val_to_array(ec->recursion);
  if (guard_is_active(stack, method, a, b)) return false;
  (void)mx_array_values(ec, ec->recursion, stack->len + GUARD_WORDS);
  mx_array_push(ec, ec->recursion, val_from_sym(method));
  mx_array_push(ec, ec->recursion, a);
  mx_array_push(ec, ec->recursion, b);
  return true;
}

// End a visit and any that an exception left behind on top of it.
void mx_recursion_leave(ExecCtx *ec, Sym method, Value a, Value b) {
  Array *stack = val_to_array(ec->recursion);
  while (stack->len >= GUARD_WORDS) {
    Value *visit = &stack->at.values[stack->len - GUARD_WORDS];
    bool found = visit[0] == val_from_sym(method) && visit[1] == a && visit[2] == b;
    memset(visit, 0, GUARD_WORDS * sizeof(Value));
    stack->len -= GUARD_WORDS;
    if (found) return;
  }
}
