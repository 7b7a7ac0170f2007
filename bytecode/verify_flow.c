// SPDX-License-Identifier: MIT
// Verifying the stack: an abstract run of the code along all ways that control can take.
//
// Each instruction has one abstract stack: for each value the set of kinds it may have. Stacks
// are lists that share their lower parts, so an instruction costs what it touches, however deep
// the stack is, and comparing two stacks ends where they become one. Where ways meet, sets are
// joined, which can happen a few times for each value only; so it ends.
//
// INVARIANTS: 1. Cells never change. 2. The stacks of an instruction that was reached differ in
// sets alone. A sweep goes forward through the code and looks at the instructions whose stack has
// changed; jumps backwards ask for another sweep.
//
// `break` and its kind through ensure: the jump is pending while the ensure runs. A pending value
// knows which ensure it belongs to; each ensure has a list of the jumps that can be pending in it,
// and they go on where ENSURE_END stands, with the stack as it is there.
//
// Work and memory are bounded by a multiple of the size of the code: what needs more is refused.
#include "runtime/string.h"
#include "bytecode/verify_internal.h"

#include <stdlib.h>

// Kinds; a set is an or of them.
enum {
  KIND_NIL = 1 << 0,
  KIND_ZERO = 1 << 1,  // the Integer 0
  KIND_COUNT = 1 << 2, // an Integer from 1 to FLOW_MAX_COUNT
  KIND_STRING = 1 << 3,
  KIND_ARRAY = 1 << 4,
  KIND_FRESH_ARRAY = 1 << 5, // made here, not seen by anybody yet
  KIND_HASH = 1 << 6,
  KIND_FRESH_HASH = 1 << 7,
  KIND_PROC = 1 << 8,
  KIND_MODULE = 1 << 9, // class or module
  KIND_ERROR = 1 << 10, // exception
  KIND_OTHER = 1 << 11, // anything else that a program may see
  KIND_VALUE = (1 << 12) - 1,
  KIND_UNDEF = 1 << 12,   // VAL_UNDEF
  KIND_PENDING = 1 << 13, // what an ensure has to do at its end
};

enum { FLOW_MAX_COUNT = 1 << 30, FLOW_MAX_TAKEN = 4 };

// Sets of the letters of kinds.def.
static const uint16_t flow_letters[128] = {
    ['v'] = KIND_VALUE,
    ['x'] = KIND_VALUE | KIND_UNDEF | KIND_PENDING,
    ['u'] = KIND_VALUE | KIND_UNDEF,
    ['n'] = KIND_NIL,
    ['s'] = KIND_STRING,
    ['p'] = KIND_PROC | KIND_NIL,
    ['m'] = KIND_MODULE,
    ['a'] = KIND_ARRAY | KIND_FRESH_ARRAY,
    ['f'] = KIND_FRESH_ARRAY,
    ['A'] = KIND_ARRAY | KIND_FRESH_ARRAY | KIND_NIL,
    ['h'] = KIND_HASH | KIND_FRESH_HASH,
    ['d'] = KIND_FRESH_HASH,
    ['H'] = KIND_HASH | KIND_FRESH_HASH | KIND_NIL,
    ['e'] = KIND_ERROR,
    ['o'] = KIND_ERROR | KIND_NIL,
    ['w'] = KIND_PENDING | KIND_NIL,
    ['i'] = KIND_ZERO | KIND_COUNT,
    ['j'] = KIND_COUNT,
};

// What messages say of them.
static const char *const flow_letter_names[128] = {
    ['v'] = "a value",
    ['u'] = "a value",
    ['s'] = "a String",
    ['p'] = "a Proc or nil",
    ['m'] = "a class or module",
    ['a'] = "an Array",
    ['f'] = "an Array made here",
    ['A'] = "an Array or nil",
    ['h'] = "a Hash",
    ['d'] = "a Hash made here",
    ['H'] = "a Hash or nil",
    ['e'] = "an exception",
    ['o'] = "what $! was",
    ['w'] = "what is pending",
    ['i'] = "an index",
    ['j'] = "an index behind an element",
};

// One value on an abstract stack, and by its number the whole stack below it. Number 0 is empty.
typedef struct Cell {
  uint32_t below;  // cell
  uint32_t depth;  // values of the stack, this one included
  uint32_t kinds;  // KIND_*
  uint32_t ensure; // with PENDING: target of the ensure's handler, otherwise 0
} Cell;

// A jump that may be pending in an ensure, or an ENSURE_END that was reached with one.
typedef struct EnsureEntry {
  uint32_t pc;   // of the BREAK, CONTINUE or ENSURE_END
  uint32_t next; // entry of the same ensure, or NO_ENTRY
} EnsureEntry;

// What is known of an ensure: entries, or NO_ENTRY.
typedef struct EnsureLists {
  uint32_t jumps, ends;
} EnsureLists;

enum { NO_ENTRY = 0xffffffffu };

typedef struct Flow {
  Verifier *v;              // chunk under test
  uint32_t *stacks;         // by pc: cell, VERIFY_UNREACHED before control comes there
  VEC(Cell) cells;          // all there are
  VEC(Cell) scratch;        // of one join or shuffle
  VEC(EnsureEntry) entries; // of all lists
  EnsureLists *ensures;     // by the target of an ensure's handler; NULL before a jump is pending
  uint64_t fuel;            // steps that are left
  uint32_t cell_limit;      // cells there may be
  uint32_t pc;              // instruction looked at
  uint32_t again;           // lowest pc that another sweep has to look at
} Flow;

// ---- stacks

// Refuse the chunk at the instruction looked at.
#define flow_fail(f, ...) mx_verify_fail((f)->v, (f)->pc, __VA_ARGS__)

// Use up fuel; false when there is no more.
static bool flow_burn(Flow *f, uint64_t steps) {
  if (f->fuel < steps || f->cells.count > f->cell_limit)
    return flow_fail(f, "the code is too intricate to verify");
  f->fuel -= steps;
  return true;
}

// The stack with one value more.
static uint32_t flow_push(Flow *f, uint32_t stack, uint32_t kinds, uint32_t ensure) {
  Cell cell = {stack, f->cells.at[stack].depth + 1, kinds, ensure};
  vec_push(&f->cells, cell);
  return f->cells.count - 1;
}

// Values on a stack.
static uint32_t flow_depth(const Flow *f, uint32_t stack) { return f->cells.at[stack].depth; }

// The lowest `depth` values of a stack that has as many.
static uint32_t flow_cut(Flow *f, uint32_t stack, uint32_t depth) {
  while (flow_depth(f, stack) > depth) {
    stack = f->cells.at[stack].below;
    if (f->fuel > 0) f->fuel--;
  }
  return stack;
}

// Set bits in a value's kinds or take some away; an impossible value keeps its own.
static uint32_t flow_without(Flow *f, uint32_t stack, uint32_t kinds) {
  Cell top = f->cells.at[stack];
  uint32_t rest = top.kinds & ~kinds;
  return rest ? flow_push(f, top.below, rest, top.ensure) : stack;
}

// ---- joins

// Note that the instruction at a pc must be looked at.
static void flow_mark(Flow *f, uint32_t pc) {
  f->v->marks[pc] |= VERIFY_DIRTY;
  if (pc <= f->pc && pc < f->again) f->again = pc;
}

// Join two values in *into; false when they cannot be one.
static bool flow_join_cell(Flow *f, uint32_t to, Cell *into, const Cell *other) {
  bool both = (into->kinds & KIND_PENDING) && (other->kinds & KIND_PENDING);
  if (both && into->ensure != other->ensure)
    return flow_fail(f, "what two ensures have pending meets at %u", to);
  into->kinds |= other->kinds;
  into->ensure |= other->ensure; // one of them is 0, or they are the same
  return true;
}

// The stack of joined values, which differ from those of `old` in *changed of the top ones.
static uint32_t flow_rebuild(Flow *f, uint32_t old, uint32_t changed) {
  uint32_t stack = old;
  for (uint32_t i = 0; i < changed; i++) stack = f->cells.at[stack].below;
  while (changed-- > 0)
    stack = flow_push(f, stack, f->scratch.at[changed].kinds, f->scratch.at[changed].ensure);
  return stack;
}

// Join a stack with the one that is known at a pc.
static bool flow_join(Flow *f, uint32_t to, uint32_t stack) {
  uint32_t old = f->stacks[to], changed = 0;
  vec_clear(&f->scratch);
  for (uint32_t a = old, b = stack; a != b; a = f->cells.at[a].below, b = f->cells.at[b].below) {
    if (!flow_burn(f, 1)) return false;
    Cell joined = f->cells.at[a];
    if (!flow_join_cell(f, to, &joined, &f->cells.at[b])) return false;
    vec_push(&f->scratch, joined);
    bool differs = joined.kinds != f->cells.at[a].kinds || joined.ensure != f->cells.at[a].ensure;
    if (differs) changed = f->scratch.count;
  }
  if (changed == 0) return true;
  f->stacks[to] = flow_rebuild(f, old, changed);
  flow_mark(f, to);
  return true;
}

// Control goes to a pc with a stack.
static bool flow_go(Flow *f, uint32_t to, uint32_t stack) {
  uint32_t depth = flow_depth(f, stack), known = f->stacks[to];
  if (depth > f->v->chunk->max_stack)
    return flow_fail(f, "it leads to %u values on the stack, max_stack is %u", depth,
                     f->v->chunk->max_stack);
  if (known == VERIFY_UNREACHED) {
    f->stacks[to] = stack;
    flow_mark(f, to);
    return flow_burn(f, 1);
  }
  if (flow_depth(f, known) != depth)
    return flow_fail(f, "it leads to %u with %u values on the stack, another way with %u", to,
                     depth, flow_depth(f, known));
  return flow_join(f, to, stack);
}

// ---- taking and giving

// Check a value against a letter.
static bool flow_check(Flow *f, const Cell *value, char letter) {
  if (!(value->kinds & ~(uint32_t)flow_letters[(uint8_t)letter])) return true;
  return flow_fail(f, "it takes %s, which the value at %u may not be",
                   flow_letter_names[(uint8_t)letter], value->depth - 1);
}

// Letters that stand for one value each.
static uint32_t flow_fixed(const char *letters) {
  uint32_t count = 0;
  for (; *letters; letters++) count += letters[1] == '*' || *letters == '*' ? 0 : 1;
  return count;
}

// Take what the instruction takes, checked; the lowest ones are copied to `taken`.
static bool flow_take(Flow *f, const Instruction *in, uint32_t *stack, Cell *taken) {
  const char *letters = mx_verify_kinds(in->op)->takes;
  uint32_t pops = (uint32_t)mx_op_pops(in), at = pops;
  for (size_t i = strlen(letters); i-- > 0;) {
    uint32_t times = 1;
    if (letters[i] == '*') {
      times = pops - flow_fixed(letters);
      i--;
    }
    for (; times > 0; times--, *stack = f->cells.at[*stack].below) {
      if (!flow_burn(f, 1) || !flow_check(f, &f->cells.at[*stack], letters[i])) return false;
      if (--at < FLOW_MAX_TAKEN) taken[at] = f->cells.at[*stack];
    }
  }
  return true;
}

// Push what letters say.
static uint32_t flow_give(Flow *f, const char *letters, uint32_t total, uint32_t stack,
                          const Cell *taken) {
  for (const char *all = letters; *letters; letters++) {
    uint32_t times = 1;
    if (letters[1] == '*')
      times = total - flow_fixed(all);
    else if (*letters == '*')
      continue;
    for (; times > 0; times--) {
      bool same = *letters >= '0' && *letters <= '9';
      Cell given = same ? taken[*letters - '0'] : (Cell){.kinds = flow_letters[(uint8_t)*letters]};
      stack = flow_push(f, stack, given.kinds, given.ensure);
    }
  }
  return stack;
}

// ---- instructions that move values

// Push copies of `count` values of the scratch list, which begins with the top of a stack.
static uint32_t flow_push_scratch(Flow *f, uint32_t stack, uint32_t first, uint32_t count) {
  while (count-- > 0) {
    Cell cell = f->scratch.at[first + count];
    stack = flow_push(f, stack, cell.kinds, cell.ensure);
  }
  return stack;
}

// DUP_N, PICK, TUCK, DROP. Only what a program may see is copied.
static bool flow_shuffle(Flow *f, const Instruction *in, uint32_t *stack) {
  uint32_t count = in->operands[0], reach = count + (in->op != OP_DUP_N), below = *stack;
  if (reach > flow_depth(f, *stack))
    return flow_fail(f, "it reaches %u values down, the stack has %u", reach,
                     flow_depth(f, *stack));
  if (!flow_burn(f, 3ull * reach)) return false;
  vec_clear(&f->scratch);
  for (uint32_t i = 0; i < reach; i++, below = f->cells.at[below].below) {
    bool copied =
        in->op == OP_DUP_N || (in->op == OP_PICK && i == count) || (in->op == OP_TUCK && i == 0);
    if (copied && !flow_check(f, &f->cells.at[below], 'v')) return false;
    vec_push(&f->scratch, f->cells.at[below]);
  }
  switch (in->op) {
  case OP_DUP_N: *stack = flow_push_scratch(f, *stack, 0, count); return true;
  case OP_PICK: *stack = flow_push_scratch(f, *stack, count, 1); return true;
  case OP_TUCK: *stack = flow_push_scratch(f, below, 0, 1); break;
  default: *stack = flow_push_scratch(f, below, 0, 1); return true;
  }
  *stack = flow_push_scratch(f, *stack, 0, count + 1);
  return true;
}

// ---- instructions that need more than a row of kinds.def says

// The value `down` below the top, or NULL + refusal.
static const Cell *flow_at(Flow *f, uint32_t stack, uint32_t down) {
  uint32_t depth = flow_depth(f, stack);
  if (down >= depth) {
    flow_fail(f, "it looks at the value %u below the top, the stack has %u", down, depth);
    return NULL;
  }
  return &f->cells.at[flow_cut(f, stack, depth - down)];
}

// Is the value `down` below the top of a kind?
static bool flow_check_at(Flow *f, uint32_t stack, uint32_t down, char letter) {
  const Cell *cell = flow_at(f, stack, down);
  return cell && flow_check(f, cell, letter);
}

// Array and Hash of a call with a splat, the Hash of one with keywords.
static bool flow_call(Flow *f, const Instruction *in, uint32_t stack) {
  if (!(mx_verify_kinds(in->op)->flags & (OPF_KW | OPF_SPLAT))) return true;
  int c = mx_op_find_operand(in->op, 'C'), flag = mx_op_find_operand(in->op, 'F');
  if (c < 0 || flag < 0) return true;
  uint32_t flags = in->operands[flag];
  uint32_t passed = in->op == OP_CALL_PASS || in->op == OP_SUPER_PASS || in->op == OP_TAIL_PASS;
  if (flags & OPF_KW && !flow_check_at(f, stack, passed, 'd')) return false;
  uint32_t keywords = flags & OPF_KW ? 1 : 0;
  return !(flags & OPF_SPLAT) || flow_check_at(f, stack, passed + keywords, 'a');
}

// Each test of MATCH_CASE looks at a value of its own kind.
static bool flow_match_case(Flow *f, const Instruction *in, uint32_t stack) {
  switch ((MatchTest)in->operands[0]) {
  case MATCH_TEST_NOT_NIL: return flow_check_at(f, stack, 0, 'v');
  case MATCH_TEST_LENGTH:
  case MATCH_TEST_LENGTH_MIN: return flow_check_at(f, stack, 0, 'a');
  case MATCH_TEST_EMPTY:
  case MATCH_TEST_REST_EMPTY: return flow_check_at(f, stack, 0, 'h');
  case MATCH_TEST_DEFINED:
  case MATCH_TEST_COUNT: break;
  }
  return true;
}

// What deconstruct gave is kept where any value may lie, so that nothing has to be known of it.
static bool flow_keep(Flow *f, uint32_t below, uint32_t stack) {
  if (!flow_check_at(f, stack, below, 'v')) return false;
  uint32_t kinds = flow_at(f, stack, below)->kinds;
  return kinds == KIND_VALUE || flow_fail(f, "it keeps an Array in place of another value");
}

// RESTORE_ERROR counts from the bottom of the stack.
static bool flow_restore(Flow *f, uint32_t position, uint32_t stack) {
  uint32_t depth = flow_depth(f, stack);
  if (position >= depth)
    return flow_fail(f, "what $! was should lie at %u, the stack has %u values", position, depth);
  return flow_check_at(f, stack, depth - 1 - position, 'o');
}

// Check what an instruction looks at beyond what it takes.
static bool flow_extra(Flow *f, const Instruction *in, uint32_t stack) {
  switch (in->op) {
  case OP_MATCH_CASE: return flow_match_case(f, in, stack);
  case OP_MATCH_VALUE:
    return flow_check_at(f, stack, in->operands[0], 'h') &&
           (in->operands[1] == 0 || flow_check_at(f, stack, 1, 'd'));
  case OP_MATCH_DECONSTRUCT:
    return in->operands[0] == 0 || flow_check_at(f, stack, in->operands[0], 'v');
  case OP_MATCH_KEEP: return flow_keep(f, in->operands[0], stack);
  case OP_RESTORE_ERROR: return flow_restore(f, in->operands[0], stack);
  default: return flow_call(f, in, stack);
  }
}

// Kinds of a constant.
static uint32_t flow_constant(Value constant) {
  if (val_is_nil(constant)) return KIND_NIL;
  if (val_is_string(constant)) return KIND_STRING;
  if (val_is_type(constant, T_ARRAY)) return KIND_ARRAY;
  if (!val_is_fixnum(constant)) return KIND_OTHER;
  int64_t number = val_to_fixnum(constant);
  if (number == 0) return KIND_ZERO;
  return number > 0 && number <= FLOW_MAX_COUNT ? KIND_COUNT : KIND_OTHER;
}

// Say more about what an instruction left at the top, and at the top of its jump's stack.
static void flow_refine(Flow *f, const Instruction *in, uint32_t *next, uint32_t *jump) {
  uint32_t below = f->cells.at[*next].below;
  if (in->op == OP_PUSH_CONST) {
    uint32_t kinds = flow_constant(f->v->chunk->consts[in->operands[0]]);
    *next = flow_push(f, below, kinds, 0);
  } else if (in->op == OP_SPLAT && in->operands[0] == 1) {
    *next = flow_push(f, below, KIND_FRESH_ARRAY, 0);
  } else if (in->op == OP_JUMP_IF_NIL) {
    *next = flow_without(f, *next, KIND_NIL);
  } else if (in->op == OP_MATCH_CASE && in->operands[0] == MATCH_TEST_NOT_NIL) {
    *next = flow_without(f, *next, KIND_NIL);
    *jump = flow_push(f, below, KIND_NIL, 0);
  } else if (in->op == OP_MATCH_CASE && in->operands[0] == MATCH_TEST_DEFINED) {
    *next = flow_without(f, *next, KIND_UNDEF);
    *jump = flow_push(f, below, KIND_UNDEF, 0);
  }
}

// ---- handlers and ensures

// May control leave the instruction for a handler? Jumps backwards answer polls, which may raise.
static bool flow_unwinds(const VerifyInstr *at) {
  return mx_op_info(at->in.op)->effects & (E_RAISES | E_GUEST | E_ALLOC) ||
         (at->jump >= 0 && at->in.operands[at->jump] <= at->in.pc);
}

// Does the instruction itself set $! to what it was, so that it may take that from the stack?
static bool flow_restores(OpCode op) { return op == OP_RERAISE || op == OP_ENSURE_END; }

// Check an instruction against the handlers that cover it, and go to their targets.
static bool flow_handlers(Flow *f, const VerifyInstr *at, uint32_t stack) {
  const Instruction *in = &at->in;
  if (f->v->inner[in->pc] == VERIFY_NO_HANDLER || !flow_unwinds(at)) return true;
  uint32_t depth = flow_depth(f, stack), pops = (uint32_t)mx_op_pops(in);
  for (uint32_t i = f->v->inner[in->pc]; i != VERIFY_NO_HANDLER; i = f->v->outer[i]) {
    const Handler *h = &f->v->chunk->handlers[i];
    if (!flow_burn(f, 1)) return false;
    uint32_t needed = h->depth + (h->kind == HANDLER_RESTORE && !flow_restores(in->op));
    if (h->depth > depth - pops || needed > depth - pops)
      return flow_fail(f, "handler %u needs %u values, of which it takes some", i, needed);
    if (h->kind == HANDLER_RESTORE) {
      if (!flow_restore(f, h->depth, stack)) return false;
      continue;
    }
    uint32_t kept = flow_cut(f, stack, h->depth);
    if (h->kind == HANDLER_ENSURE) {
      kept = flow_push(f, kept, KIND_NIL, 0);
      kept = flow_push(f, kept, KIND_PENDING, h->target);
    } else {
      kept = flow_push(f, kept, h->kind == HANDLER_RESCUE ? KIND_ERROR : KIND_VALUE, 0);
    }
    if (!flow_go(f, h->target, kept)) return false;
  }
  return true;
}

// The lists of an ensure.
static EnsureLists *flow_lists(Flow *f, uint32_t ensure) {
  if (!f->ensures) {
    size_t bytes = f->v->chunk->code_len * sizeof *f->ensures;
    f->ensures = malloc(bytes);
    if (!f->ensures) mx_check_out_of_memory(bytes);
    memset(f->ensures, 0xff, bytes); // NO_ENTRY
  }
  return &f->ensures[ensure];
}

// Add a pc to a list unless it is there: *added tells. False when the fuel is used up.
static bool flow_note(Flow *f, uint32_t *list, uint32_t pc, bool *added) {
  *added = false;
  for (uint32_t i = *list; i != NO_ENTRY; i = f->entries.at[i].next) {
    if (!flow_burn(f, 1)) return false;
    if (f->entries.at[i].pc == pc) return true;
  }
  *added = true;
  vec_push(&f->entries, ((EnsureEntry){pc, *list}));
  *list = f->entries.count - 1;
  return flow_burn(f, 1);
}

// Note that a jump can be pending in an ensure: its ends must be looked at again.
static bool flow_pend(Flow *f, uint32_t ensure, uint32_t pc) {
  EnsureLists *lists = flow_lists(f, ensure);
  bool added;
  if (!flow_note(f, &lists->jumps, pc, &added)) return false;
  for (uint32_t i = added ? lists->ends : NO_ENTRY; i != NO_ENTRY; i = f->entries.at[i].next) {
    if (!flow_burn(f, 1)) return false;
    flow_mark(f, f->entries.at[i].pc);
  }
  return true;
}

// Does a jump from where a handler covers the code to `target` leave its clause? What
// mx_handler_is_left says, found among the handlers that cover the target.
static bool flow_is_left(Flow *f, const Handler *h, uint32_t target) {
  for (uint32_t i = f->v->inner[target]; i != VERIFY_NO_HANDLER; i = f->v->outer[i]) {
    if (f->fuel > 0) f->fuel--;
    if (mx_handler_is_part(h, &f->v->chunk->handlers[i])) return false;
  }
  return true;
}

// A BREAK or CONTINUE goes on from a pc: into the next ensure, or to its target.
static bool flow_leave(Flow *f, const Instruction *jump, uint32_t from, uint32_t stack) {
  uint32_t target = jump->operands[0], keeps = jump->operands[1];
  for (uint32_t i = f->v->inner[from]; i != VERIFY_NO_HANDLER; i = f->v->outer[i]) {
    const Handler *h = &f->v->chunk->handlers[i];
    if (!flow_burn(f, 1)) return false;
    if (h->kind == HANDLER_ENSURE && flow_is_left(f, h, target))
      return flow_pend(f, h->target, jump->pc);
  }
  if (keeps > flow_depth(f, stack))
    return flow_fail(f, "%u values of the stack are to be kept, it has %u", keeps,
                     flow_depth(f, stack));
  stack = flow_cut(f, stack, keeps);
  if (jump->op == OP_BREAK) stack = flow_push(f, stack, KIND_VALUE, 0);
  return flow_go(f, target, stack);
}

// ENSURE_END: what can be pending goes on.
static bool flow_ensure_end(Flow *f, const Cell *pending, uint32_t stack) {
  if (!(pending->kinds & KIND_PENDING)) return true;
  uint32_t pc = f->pc;
  bool added;
  if (!flow_note(f, &flow_lists(f, pending->ensure)->ends, pc, &added)) return false;
  for (uint32_t i = f->ensures[pending->ensure].jumps; i != NO_ENTRY; i = f->entries.at[i].next)
    if (!flow_burn(f, 1) || !flow_leave(f, &verify_at(f->v, f->entries.at[i].pc)->in, pc, stack))
      return false;
  return true;
}

// ---- one instruction

// Check that the instruction has what it takes, and that what it gives fits.
static bool flow_room(Flow *f, const Instruction *in, uint32_t stack) {
  uint64_t pops = mx_op_pops(in), pushes = mx_op_pushes(in), depth = flow_depth(f, stack);
  if (pops > depth)
    return flow_fail(f, "it takes %llu values, the stack has %llu", (unsigned long long)pops,
                     (unsigned long long)depth);
  uint64_t after = depth - pops + pushes;
  return after <= f->v->chunk->max_stack ||
         flow_fail(f, "it needs %llu values on the stack, max_stack is %u",
                   (unsigned long long)after, f->v->chunk->max_stack);
}

// Where control goes on from an instruction, with which stack.
static bool flow_successors(Flow *f, const VerifyInstr *at, uint32_t next, uint32_t jump) {
  const Instruction *in = &at->in;
  if (in->op == OP_BREAK || in->op == OP_CONTINUE) return flow_leave(f, in, in->pc, next);
  if (at->jump >= 0 && !flow_go(f, in->operands[at->jump], jump)) return false;
  if (mx_op_ends_flow(in->op)) return true;
  if (in->pc + in->size >= f->v->chunk->code_len)
    return flow_fail(f, "control runs off the end of the code");
  return flow_go(f, in->pc + in->size, next);
}

// Look at one instruction.
static bool flow_step(Flow *f, const VerifyInstr *at) {
  const Instruction *in = &at->in;
  uint32_t stack = f->stacks[in->pc];
  Cell taken[FLOW_MAX_TAKEN] = {{0}};
  if (!flow_burn(f, 1ull + (uint64_t)mx_op_pushes(in)) || !flow_room(f, in, stack) ||
      !flow_extra(f, in, stack) || !flow_handlers(f, at, stack))
    return false;
  if (in->op == OP_DUP_N || in->op == OP_PICK || in->op == OP_TUCK || in->op == OP_DROP)
    return flow_shuffle(f, in, &stack) && flow_successors(f, at, stack, stack);
  const OpKinds *kinds = mx_verify_kinds(in->op);
  if (!flow_take(f, in, &stack, taken)) return false;
  if (in->op == OP_ENSURE_END && !flow_ensure_end(f, &taken[0], stack)) return false;
  uint32_t next = flow_give(f, kinds->gives, (uint32_t)mx_op_pushes(in), stack, taken);
  uint32_t jump = flow_give(f, kinds->jump, 0, stack, taken);
  flow_refine(f, in, &next, &jump);
  return flow_successors(f, at, next, jump);
}

// Sweep through the code until nothing changes.
static bool flow_run(Flow *f) {
  uint32_t len = f->v->chunk->code_len;
  f->stacks[0] = 0;
  f->v->marks[0] |= VERIFY_DIRTY;
  for (uint32_t from = 0; from < len; from = f->again) {
    f->again = len;
    if (!flow_burn(f, len - from)) return false;
    for (uint32_t i = f->v->numbers[from]; i < f->v->instrs.count; i++) {
      f->pc = f->v->instrs.at[i].in.pc;
      if (!(f->v->marks[f->pc] & VERIFY_DIRTY)) continue;
      f->v->marks[f->pc] &= (uint8_t)~VERIFY_DIRTY;
      if (!flow_step(f, &f->v->instrs.at[i])) return false;
    }
  }
  return true;
}

// Tell how many values are on the stack at each pc.
static void flow_tell_depths(const Flow *f, uint32_t *depths) {
  for (uint32_t pc = 0; pc < f->v->chunk->code_len; pc++) {
    uint32_t stack = f->stacks[pc];
    depths[pc] = stack == VERIFY_UNREACHED ? VERIFY_UNREACHED : flow_depth(f, stack);
  }
}

bool mx_verify_flow(Verifier *v) {
  uint32_t len = v->chunk->code_len;
  Flow f = {.v = v, .fuel = 10000000ull + 200ull * len, .cell_limit = 1000000u + 4u * len};
  f.stacks = malloc((size_t)len * sizeof *f.stacks);
  if (!f.stacks) mx_check_out_of_memory((size_t)len * sizeof *f.stacks);
  memset(f.stacks, 0xff, (size_t)len * sizeof *f.stacks);
  vec_push(&f.cells, ((Cell){0}));
  bool ok = flow_run(&f);
  if (ok && v->depths) flow_tell_depths(&f, v->depths);
  free(f.stacks);
  vec_free(&f.cells);
  vec_free(&f.scratch);
  vec_free(&f.entries);
  free(f.ensures);
  return ok;
}
